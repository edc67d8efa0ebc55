//! Rules on review.

group!();
