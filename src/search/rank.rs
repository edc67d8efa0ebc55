//! The second half of [`super::query`]: places in order, and what is told of them. The functions `rank` and `result` of `reader.js`.
