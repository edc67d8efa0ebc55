//! Markdown to a [`Body`]: HTML with placeholders for all that only the finished site can fill.
//!
//! One walk over pulldown-cmark's events, one string written. [`writer`] holds the walk and the plain tags;
//! `passes/` holds one concern a file, each a set of methods on the writer and the state they need; `fences`
//! makes `:::` lines visible to the parser, `inline` does so with components in a line; `autolink` finds bare addresses, which
//! `linked` makes links of before anyone sees them; `marks` finds markdown where none is read; `elements` says what raw HTML may
//! be (what it is, [`crate::source::html`] does); `output` and `slug`
//! are the tools. Called by [`crate::document::parse`], once a page.

pub mod autolink;
mod elements;
pub(crate) mod events;
mod fences;
#[cfg(test)]
mod html_tests;
pub(crate) mod inline;
mod limits;
mod linked;
pub(crate) mod marks;
mod output;
mod passes;
mod slug;
#[cfg(test)]
mod tests;
pub(crate) mod valued;
mod writer;

pub use autolink::cell_links;
pub(crate) use passes::entry::is_field_list;
pub use passes::footnote::mention_id;
pub use passes::heading::FRAME_IDS;
pub use slug::slug;

use crate::config::Words;
use crate::diag::Parsed;
use crate::document::{Allow, Body, StringTable};
use crate::source::{SourcePath, Span};
use crate::text;

/// What becomes of HTML in markdown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// Shown as text and reported.
    #[default]
    Escape,
    /// A part of the page, as far as it is allowed.
    Sanitise,
    /// Passed through as it is: only for the CommonMark examples, never for a site.
    Verbatim,
}

/// Which markdown is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Flavor {
    /// All extensions and passes.
    #[default]
    Guide,
    /// CommonMark alone, links and images written directly.
    CommonMark,
}

/// How one body is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The file, for diagnostics.
    pub path: &'a SourcePath,
    /// Where the body starts in the file: spans count from the file's start.
    pub offset: usize,
    /// What becomes of HTML.
    pub raw_html: RawHtml,
    /// Which markdown is meant.
    pub flavor: Flavor,
    /// Words of the settings that the text may name.
    pub words: Words<'a>,
    /// The heading level at which an entry starts, on pages that have entries.
    pub entry_level: Option<u8>,
}

/// One body, read.
#[derive(Debug, Clone, Default)]
pub struct Markdown {
    /// The HTML, placeholders, outline and entry bodies.
    pub body: Body,
    /// What stands around each entry's body, in order.
    pub entries: Vec<EntryText>,
    /// Lists of `Label: value` lines under headings that begin no entry: their place and labels.
    pub misplaced: Vec<(Span, Vec<String>)>,
    /// All ids in the page, in order.
    pub anchors: StringTable,
    /// Diagnostics that the page allows.
    pub allows: Vec<Allow>,
    /// Number of words.
    pub words: u32,
}

/// An entry as written: its heading and field lines, not yet checked against its kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EntryText {
    /// Heading text, plain.
    pub title: String,
    /// Anchor id.
    pub id: Box<str>,
    /// Title of the group it stands in.
    pub group: Option<String>,
    /// Heading level.
    pub level: u8,
    /// The heading.
    pub span: Span,
    /// The lines of its field list.
    pub lines: Vec<FieldLine>,
    /// Plain text of the first paragraph.
    pub excerpt: String,
}

/// One `- Label: value` line of an entry.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FieldLine {
    /// The label as written, none when the line has no colon.
    pub label: Option<String>,
    /// Where the label stands; the whole line when there is none.
    pub label_span: Span,
    /// The value as written.
    pub raw: String,
    /// The value as plain text: escapes and typographic quotes resolved, marks dropped.
    pub text: String,
    /// Where the value stands.
    pub span: Span,
    /// The next line was taken for a part of the value, for want of an empty line.
    pub runs_on: Option<Span>,
}

/// Reads the body `text`.
pub fn parse(text: &str, options: &Options<'_>) -> Parsed<Markdown> {
    writer::Writer::new(text, options).run(|_, _| {})
}

/// Reads the body `text`, and from the same events the text that rules and search see.
pub(crate) fn parse_with_text<'a>(
    text: &'a str,
    options: &Options<'_>,
) -> Parsed<(Markdown, text::Builder<'a>)> {
    let mut builder = text::Builder::new(text, options.offset, options.raw_html);
    let parsed = writer::Writer::new(text, options).run(|event, range| builder.event(event, range));
    Parsed { value: (parsed.value, builder), diagnostics: parsed.diagnostics }
}
