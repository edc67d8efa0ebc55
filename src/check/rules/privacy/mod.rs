//! Rules on privacy.

group!();
