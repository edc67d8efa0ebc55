//! Rules on translations.

group!();
