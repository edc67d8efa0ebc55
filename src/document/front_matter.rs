//! Front matter: a stand-in until the real reader lands from branch r1.
//!
//! Reads `key: value` lines only: `title`, `description`, `entries`, `entry_level`.

use super::{ParseOptions, Summary};
use crate::diag::{Diagnostic, Parsed, code};
use crate::source::{SourcePath, Span};

/// What stands above the body.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// All that front matter says.
    pub summary: Summary,
    /// The heading level of entries.
    pub entry_level: u8,
    /// Where the body starts in the file.
    pub body: usize,
}

/// Reads the front matter of a page.
pub(super) fn read(path: &SourcePath, text: &str, _lang: &str, options: &ParseOptions<'_>) -> Parsed<Front> {
    let mut summary = Summary {
        kind: options.default_kind.into(),
        glossary: true,
        search: true,
        print: true,
        ..Summary::default()
    };
    let mut front = Front { entry_level: 2, ..Front::default() };
    let mut diagnostics = Vec::new();
    if let Some(rest) = text.strip_prefix("---\n")
        && let Some(end) = rest.find("\n---\n")
    {
        front.body = 4 + end + 5;
        for line in rest[..end].lines() {
            let Some((key, value)) = line.split_once(": ") else { continue };
            match key {
                "title" => summary.title = value.into(),
                "description" => summary.description = Some(value.into()),
                "entries" => summary.entries_kind = Some(value.into()),
                "entry_level" => front.entry_level = value.parse().unwrap_or(2),
                _ => {}
            }
        }
    }
    if summary.title.is_empty() {
        diagnostics.push(Diagnostic::error(
            code::MISSING_FIELD,
            path,
            Span::default(),
            "this page has no title",
        ));
    }
    front.summary = summary;
    Parsed { value: front, diagnostics }
}
