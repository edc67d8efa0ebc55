//! Rules on accessibility.

group!();
