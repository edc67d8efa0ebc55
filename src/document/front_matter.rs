//! Front matter: found (`split`), checked (`read`).
//!
//! `parse` calls [`split`] on the file, `config::yaml::parse` on what it found, then [`read`] on the tree. The
//! common keys of every kind are listed in [`COMMON`]; the kind adds its fields. Every fault keeps the page
//! alive: a bad value falls back to its default, a missing title to the file's name.

mod foreign;
mod heading;
mod read;
mod split;
mod stamp;
mod stray;
#[cfg(test)]
mod tests;
mod translate;

pub use heading::{HeadingTitle, title as heading_title, without as without_heading};
pub use read::read;
pub(super) use read::words::filled;
pub use split::{Split, begins_page, split};
pub use stamp::stamp;
pub use translate::to_translate;

/// A key that every page may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommonKey {
    /// The key.
    pub name: &'static str,
    /// The type, as in `kinds.yaml`.
    pub ty: &'static str,
    /// What it does, in one sentence.
    pub about: &'static str,
}

macro_rules! common {
    ($($name:literal, $ty:literal, $about:literal;)*) => {
        /// The keys that every page may have, in the order of the manual.
        pub const COMMON: &[CommonKey] = &[$(CommonKey { name: $name, ty: $ty, about: $about }),*];
    };
}

common! {
    "title", "text", "The page's title; without it the first `#` heading is the title.";
    "description", "text", "One plain sentence, shown on cards and in search results.";
    "kind", "text", "The kind of the page; without it the folder's `member_kind`, else `page`.";
    "order", "integer", "Position in its section; pages without one follow by title.";
    "nav_title", "text", "A shorter title for menus.";
    "hidden", "boolean", "Leave the page out of menus and lists; its address still works.";
    "draft", "boolean", "Do not publish the page yet.";
    "publish", "date", "First day on which the page is published.";
    "expires", "date", "First day on which the page is no longer published.";
    "updated", "date", "When the text of the page was last changed.";
    "reviewed", "date", "When someone last checked the page.";
    "review_every", "duration", "How long a review holds, such as 2 years.";
    "owner", "text", "Who answers for the page.";
    "changes", "list of changes", "What changed and when, for readers: a list of `date` and `text`, one sentence.";
    "aliases", "list of text", "Old addresses that lead here.";
    "tags", "list of text", "A few words that group pages across sections.";
    "entries", "text", "The kind of the entries in the page.";
    "entry_level", "integer", "Level of the headings that are entries: 2 (the default) to 6.";
    "member_kind", "text", "In `index.md`: the kind of the folder's pages.";
    "cascade", "group", "In `index.md`: `owner`, `review_every`, `reviewed` and fields that hold for this page and all below it.";
    "glossary", "boolean", "false: do not link glossary words in the page.";
    "search", "boolean", "false: leave the page out of the search.";
    "search_words", "list of text", "Other words by which people look for the page; readers do not see them.";
    "boost", "number", "How much the page counts in the search: 2 is twice as much, 0.5 half.";
    "print", "boolean", "false: leave the page out of the print pages.";
    "translated_from", "text", "Fingerprint of the page it was translated from; written by `guidepost translations --mark`.";
}
