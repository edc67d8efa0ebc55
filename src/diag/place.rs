//! The text around diagnostics, looked up once for each run of diagnostics of the same file.
//!
//! Used by the printers, which get places as bytes and print lines and columns.

use super::{Diagnostic, SourceText};
use crate::source::{LineIndex, Position, SourcePath, Span};

/// A file while its diagnostics are printed.
pub(super) struct Place<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its lines.
    pub lines: &'a LineIndex<'a>,
}

impl Place<'_> {
    /// Where a span begins and ends.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let range = span.range();
        (self.lines.position(range.start), self.lines.position(range.end))
    }
}

/// Calls `print` for every diagnostic, with its file when it has one that can be read.
pub(super) fn each(
    diagnostics: &[Diagnostic],
    text: &dyn SourceText,
    mut print: impl FnMut(&Diagnostic, Option<&Place<'_>>),
) {
    for run in diagnostics.chunk_by(|a, b| a.path == b.path) {
        let bytes = run.first().and_then(|d| d.path.as_ref()).and_then(|path| text.text(path));
        match &bytes {
            Some(bytes) => {
                let lines = LineIndex::new(bytes);
                let place = Place { bytes, lines: &lines };
                run.iter().for_each(|d| print(d, Some(&place)));
            }
            None => run.iter().for_each(|d| print(d, None)),
        }
    }
}

/// The positions of a span of any file; none when it cannot be read.
pub(super) fn positions(
    path: &SourcePath,
    span: Span,
    text: &dyn SourceText,
) -> Option<(Position, Position)> {
    let bytes = text.text(path)?;
    let lines = LineIndex::new(&bytes);
    Some(Place { bytes: &bytes, lines: &lines }.positions(span))
}

#[cfg(test)]
pub(super) mod testing {
    //! A few files and diagnostics that every printer is tried on.

    use super::*;
    use crate::diag::code;
    use std::sync::Arc;

    /// Files in memory.
    pub struct Files(pub Vec<(&'static str, Vec<u8>)>);

    impl SourceText for Files {
        fn text(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
            self.0.iter().find(|(p, _)| *p == path.as_str()).map(|(_, t)| t.clone().into())
        }
    }

    pub fn files() -> Files {
        Files(vec![
            ("content/a b.md", "---\r\ntítulo: x\r\ntitle: Fees: pay\r\ntitle: y\r\n---\r\n".into()),
            ("bad.md", b"ok\nA\xF1o \x1b[31m\n".to_vec()),
        ])
    }

    pub fn diagnostics() -> Vec<Diagnostic> {
        let path = |p: &str| SourcePath::new(p).unwrap();
        let page = path("content/a b.md");
        vec![
            Diagnostic::site(code::MISSING_HOME, crate::diag::Severity::Warning, "there is no start page"),
            Diagnostic::error(code::NOT_UTF8, &path("bad.md"), Span::new(4, 5), "this byte is not UTF-8"),
            Diagnostic::error(code::UNKNOWN_KEY, &page, Span::new(5, 12), "no key `título`, 100% sure")
                .help("did you mean `title`?"),
            Diagnostic::error(code::YAML_SYNTAX, &page, Span::new(24, 33), "a colon")
                .help("put quotes around the text")
                .fix(Span::new(24, 33), "\"Fees: pay\""),
            Diagnostic::error(code::DUPLICATE_KEY, &page, Span::new(35, 40), "`title` stands twice")
                .label(&page, Span::new(17, 22), "it stands here first")
                .help("delete one"),
            Diagnostic::error(code::UNREADABLE_FILE, &path("gone.md"), Span::at(0), "gone\x1b[2J\nnext"),
        ]
    }
}
