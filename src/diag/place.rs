//! The text around diagnostics: each file is read and indexed once for a run of diagnostics about it.
//!
//! Used by the printers, which get places as bytes and print lines and columns.

use super::{Diagnostic, SourceText};
use crate::source::{LineIndex, Position, SourcePath, Span};
use std::rc::Rc;
use std::sync::Arc;

/// A file while its diagnostics are printed.
pub(super) type Place = LineIndex<Arc<[u8]>>;

/// Maximum number of files that are kept: that of a run of diagnostics, and those that their labels name.
const MAX_KEPT_FILES: usize = 4;

/// The files of the diagnostics that are printed.
pub(super) struct Places<'t> {
    text: &'t dyn SourceText,
    /// The one asked for last first.
    kept: Vec<(SourcePath, Option<Rc<Place>>)>,
}

impl<'t> Places<'t> {
    pub fn new(text: &'t dyn SourceText) -> Self {
        Places { text, kept: Vec::with_capacity(MAX_KEPT_FILES + 1) }
    }

    /// A file; none when it cannot be read.
    pub fn file(&mut self, path: &SourcePath) -> Option<Rc<Place>> {
        match self.kept.iter().position(|(known, _)| known == path) {
            Some(0) => {}
            Some(i) => self.kept[..=i].rotate_right(1),
            None => {
                let place = self.text.text(path).map(|bytes| Rc::new(LineIndex::new(bytes)));
                self.kept.insert(0, (path.clone(), place));
                self.kept.truncate(MAX_KEPT_FILES);
            }
        }
        self.kept.first().and_then(|(_, place)| place.clone())
    }

    /// The name of a file for people.
    pub fn name(&self, path: &SourcePath) -> String {
        super::shown(path, self.text)
    }

    /// What to do about a diagnostic, with how to come by a file that is not in the site's folder.
    pub fn help(&self, diagnostic: &Diagnostic) -> Option<String> {
        let built_in = diagnostic.path.as_ref().and_then(|path| self.text.built_in(path));
        match (&diagnostic.help, built_in) {
            (Some(help), Some(file)) => {
                let stop = if help.ends_with(['.', '?', '!']) { "" } else { "." };
                Some(format!("{help}{stop} {}", file.help))
            }
            (None, Some(file)) => Some(file.help),
            (help, None) => help.clone(),
        }
    }

    /// The file that a diagnostic is about.
    pub fn of(&mut self, diagnostic: &Diagnostic) -> Option<Rc<Place>> {
        self.file(diagnostic.path.as_ref()?)
    }
}

/// Where a span begins and ends.
pub(super) fn positions(place: &Place, span: Span) -> (Position, Position) {
    let range = span.range();
    (place.position(range.start), place.position(range.end))
}

#[cfg(test)]
pub(super) mod testing {
    //! A few files and diagnostics that every printer is tried on.

    use super::*;
    use crate::diag::code;

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
