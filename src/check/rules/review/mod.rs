//! Rules on dates and on who answers for a page.

group!(review_overdue, review_owner, checked_long_ago, placeholder);
