//! The one entry point: bytes in, document and problems out.

use super::Document;
use crate::config::Language;
use crate::diag::Parsed;
use crate::schema::Kinds;
use crate::source::Source;

/// What parsing needs besides the file itself. Equal options and equal bytes give equal documents.
#[derive(Debug, Clone, Copy)]
pub struct ParseOptions<'a> {
    /// The kinds.
    pub kinds: &'a Kinds,
    /// The site's languages, the default first.
    pub languages: &'a [Language],
    /// Kind of a page that names none: its folder's `member_kind`, else `page`.
    pub default_kind: &'a str,
    /// Whether HTML is passed through (sanitised).
    pub raw_html: bool,
}

/// Parses one page.
pub fn parse(_source: &Source, _options: &ParseOptions<'_>) -> Parsed<Document> {
    unimplemented!()
}
