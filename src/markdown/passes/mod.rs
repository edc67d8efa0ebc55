//! The passes: one concern a file, each a state and the methods by which the writer calls it.
//!
//! `heading` ids and outline; `link` and `image` addresses; `container` alerts and `:::`, `inline_component` those
//! in a line; `entry` the split into
//! entries; `term` where glossary terms may be linked; `table`, `footnote`, `task`; `raw` HTML with its `nesting` and each
//! `tag`; `comment` directives. They run together, on each event once.

pub(super) mod comment;
pub(super) mod container;
pub(super) mod entry;
pub(super) mod footnote;
pub(super) mod heading;
pub(super) mod image;
pub(super) mod inline_component;
pub(super) mod link;
pub(super) mod nesting;
pub(super) mod raw;
pub(super) mod table;
pub(super) mod tag;
pub(super) mod task;
pub(super) mod term;
