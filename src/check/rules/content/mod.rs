//! Rules on content.

group!();
