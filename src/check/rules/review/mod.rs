//! Rules on dates and on who answers for a page.

pub mod checked_long_ago;
pub mod placeholder;
pub mod review_overdue;
pub mod review_owner;

group!(review_overdue, review_owner, checked_long_ago, placeholder);
