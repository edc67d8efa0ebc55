//! One markdown file turned into one [`Document`]: all that can be known of it without knowing any other.
//!
//! `parse` splits off the front matter, checks it against the kind, and hands the rest to `markdown`.
//! Called by the engine for changed files only.

pub mod cascade;
mod entry;
mod front_matter;
pub mod json_schema;
mod lazy_cached;
mod outline;
mod parse;
mod placeholders;
mod scaffold;
mod string_table;

pub use front_matter::{COMMON, CommonKey, begins_page, stamp, to_translate};
pub use lazy_cached::{Damage, LazyCached};
pub use outline::{Heading, Outline};
pub use parse::{ParseOptions, page_text, parse};
pub use placeholders::{OwnedPlaceholder, Placeholder, PlaceholderKind, Placeholders};
pub use scaffold::{NewPage, placeholders, scaffold, translate_comment};
pub use string_table::StringTable;

use crate::schema::FieldValue;
use crate::source::{Fingerprint, SourcePath, Span};
use crate::text::PageText;
use jiff::civil::Date;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A few values by name. A site has two of these a page, so they are as small as can be.
pub type ByName<V> = LiteMap<Box<str>, V>;

/// The name under which [`Summary::spans`] has the place of an item of a list.
pub fn item_key(key: &str, number: usize) -> String {
    format!("{key}[{number}]")
}

/// One parsed page file.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// The file: `content/es/meetings/index.md`.
    pub path: SourcePath,
    /// Code of its language.
    pub lang: Arc<str>,
    /// Path inside its language's tree: `meetings/index.md`.
    pub logical: Arc<str>,
    /// Fingerprint of the bytes it was made from.
    pub fingerprint: Fingerprint,
    /// What other pages may see.
    pub summary: LazyCached<Summary>,
    /// Diagnostics that comments in the page allow.
    pub allows: Vec<Allow>,
    /// The body; none when it was dropped to save memory (parse again to have it back).
    #[serde(skip)]
    pub body: Option<Arc<Body>>,
    /// What the page says, for the rules; none when it was not asked for or was taken (see [`page_text`]).
    #[serde(skip)]
    pub text: Option<Arc<PageText>>,
    /// Whether there is no such file: the page of a folder that has none.
    #[serde(skip)]
    pub made: bool,
}

/// All that *other* pages may see of a page. Equal summaries mean that no other page can have changed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Name of its kind.
    pub kind: String,
    /// Title, plain text.
    pub title: String,
    /// One sentence.
    pub description: Option<String>,
    /// Position in its section; pages without one follow by title.
    pub order: Option<i64>,
    /// Short title for menus.
    pub nav_title: Option<String>,
    /// Not in menus and lists.
    pub hidden: bool,
    /// Not published unless drafts are asked for.
    pub draft: bool,
    /// First day on which it is published.
    pub publish: Option<Date>,
    /// First day on which it is no longer published.
    pub expires: Option<Date>,
    /// When its text was last changed, if the page says so.
    pub updated: Option<Date>,
    /// When its content was last reviewed.
    pub reviewed: Option<Date>,
    /// Days after which it must be reviewed again.
    pub review_every: Option<i64>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// What changed in it, for readers; the newest first.
    pub changes: Vec<ChangeNote>,
    /// Old addresses, from the output root of its language, with where each stands.
    pub aliases: Vec<(String, Span)>,
    /// Tags as written.
    pub tags: Vec<String>,
    /// Kind of the entries in it.
    pub entries_kind: Option<String>,
    /// Default kind of the pages in its folder (only in `index.md`).
    pub member_kind: Option<String>,
    /// What it says for itself and all below it (only in `index.md`).
    pub cascade: Option<Box<cascade::Cascade>>,
    /// Whether glossary terms are linked in it.
    pub glossary: bool,
    /// Whether search finds it.
    pub search: bool,
    /// Other words by which people look for it.
    pub search_words: Vec<String>,
    /// How much it counts in the search, in tenths; 0 when nothing is said.
    pub boost: u8,
    /// Whether it is in the print pages.
    pub print: bool,
    /// Fingerprint (first 16 hex digits) of the source it was translated from.
    pub translated_from: Option<String>,
    /// The kind's fields.
    pub fields: ByName<FieldValue>,
    /// Place of each front matter key's value, for messages that name it later.
    pub spans: ByName<Span>,
    /// All heading and entry ids.
    pub anchors: StringTable,
    /// Where the links in its text lead, as written; empty where no template asks which pages link to one.
    pub links: StringTable,
    /// Entries without their bodies.
    pub entries: Vec<EntrySummary>,
    /// Fingerprint of the text a translation is made from: title, description, body.
    pub text_fingerprint: Fingerprint,
    /// Number of words of the body.
    pub word_count: u32,
}

impl Summary {
    /// Whether the page names a first day that cannot be read: it is kept back, also in a site that makes that no error.
    pub fn comes_on_unread_day(&self) -> bool {
        self.publish.is_none() && self.spans.contains_key("publish")
    }
}

/// A change that readers are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeNote {
    /// When the page was changed.
    pub date: Date,
    /// What changed, in one sentence of the page's language.
    pub text: String,
}

/// What other pages may see of an entry.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct EntrySummary {
    /// Name of its kind.
    pub kind: String,
    /// Heading text, plain.
    pub title: String,
    /// Anchor id.
    pub id: Box<str>,
    /// Title of the group it stands in, if any.
    pub group: Option<String>,
    /// Heading level, 2 to 6.
    pub level: u8,
    /// The heading's place in the file.
    pub span: Span,
    /// The fields, defaults filled in.
    pub fields: ByName<FieldValue>,
    /// Place of each field's value.
    pub spans: ByName<Span>,
    /// Fingerprint of the entry's body, so that whoever shows it elsewhere follows its changes.
    pub body_fingerprint: Fingerprint,
    /// Plain text of the first paragraph of the body: the definition of a term.
    pub excerpt: String,
}

/// A comment `<!-- check: allow CODE -->`: diagnostics of that code in that stretch of the file are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allow {
    /// Name of the code.
    pub code: Box<str>,
    /// The comment.
    pub span: Span,
    /// What it holds for: the next block, the comment's own line, or the whole file.
    pub covers: Span,
}

/// The body of a page or entry: HTML with placeholders.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// The HTML between the placeholders.
    pub html: Box<str>,
    /// The placeholders, in order of their places.
    pub placeholders: Placeholders,
    /// Headings, in order (only of the page's own body; entry headings included).
    pub outline: Outline,
    /// Bodies of the page's entries, in the order of `Summary::entries`.
    pub entries: Vec<Body>,
    /// Footnotes in the order of their first mention (only of the page's own body; entries mention them too).
    pub notes: Box<[Body]>,
}

impl Body {
    /// The headings, in order.
    pub fn headings(&self) -> impl Iterator<Item = Heading<'_>> {
        self.outline.iter(&self.html)
    }
}

/// A link as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkPlaceholder {
    /// The address as written, entities and escapes resolved.
    pub target: Box<str>,
    /// The place of the link in the file.
    pub span: Span,
}

/// An image as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImagePlaceholder {
    /// The address as written.
    pub src: Box<str>,
    /// Alternative text, plain.
    pub alt: Box<str>,
    /// Title, if any.
    pub title: Option<Box<str>>,
    /// The place in the file.
    pub span: Span,
}

/// A container or alert, shown by a theme component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComponentPlaceholder {
    /// Name as written: `who-to-ask`. The theme's component is the same with `_` for `-`.
    pub name: Box<str>,
    /// Arguments as written, in order.
    pub args: Vec<(Box<str>, Box<str>)>,
    /// The place in the file: of the opening line, or of the whole call in a line.
    pub span: Span,
    /// Where it stands.
    pub form: Form,
}

/// Where a component stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// Between blocks: `:::name`.
    Block,
    /// In a line of text: `{:name}`. It may hold and make no block.
    InLine,
}
