//! Diagnostics for people: the message, `file:line:column`, the line itself with what is meant underlined, help.
//!
//! Drawn by `annotate-snippets`, rustc's own renderer. Text of files and messages is shown with its control
//! characters made visible, so that no page can drive the terminal it is reported on.

use super::place::{Place, each};
use super::{Diagnostic, Severity, SourceText};
use crate::source::{LineIndex, SourcePath, Span};
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet,
    normalize_untrusted_str as visible,
};
use std::ops::Range;

/// Whether colors are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colors {
    /// None: for files, pipes and `NO_COLOR`.
    Plain,
    /// ANSI escape sequences.
    Ansi,
}

/// The widest drawing, in columns.
const WIDTH: usize = 120;

/// The most bytes of a file that are shown for one diagnostic.
const WINDOW: usize = 64 * 1024;

/// All diagnostics as text, one after the other with an empty line between.
pub fn render(diagnostics: &[Diagnostic], text: &dyn SourceText, colors: Colors) -> String {
    let renderer = match colors {
        Colors::Plain => Renderer::plain(),
        Colors::Ansi => Renderer::styled(),
    }
    .term_width(WIDTH);
    let mut out = String::new();
    each(diagnostics, text, |d, place| {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&renderer.render(&report(d, place, text)));
        out.push('\n');
    });
    out
}

/// "3 errors, 1 warning"; "" when there is nothing to count.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let part = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts = [
        part(count(Severity::Error), "error"),
        part(count(Severity::Warning), "warning"),
        part(count(Severity::Note), "note"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn report<'a>(d: &Diagnostic, place: Option<&Place<'_>>, text: &dyn SourceText) -> Vec<Group<'a>> {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group =
        level.primary_title(visible(&d.message)).id(d.code.name()).elements(Vec::<Origin<'_>>::new());
    match (&d.path, place) {
        // A document or photo has no lines that anyone could read.
        (Some(path), Some(place)) if is_binary(place.bytes) => {
            group = group.element(Origin::path(visible(path.as_str())));
        }
        (Some(path), Some(place)) => group = group.element(main_snippet(d, path, place)),
        (Some(path), None) => group = group.element(Origin::path(visible(path.as_str()))),
        (None, _) => {}
    }
    for label in d.labels.iter().filter(|l| Some(&l.path) != d.path.as_ref()) {
        if let Some(bytes) = text.text(&label.path) {
            let lines = LineIndex::new(&bytes);
            let window = Window::new(&Place { bytes: &bytes, lines: &lines }, label.span, label.span);
            let annotation =
                AnnotationKind::Context.span(window.range(label.span)).label(visible(&label.message));
            group = group.element(window.snippet(&label.path).annotation(annotation));
        }
    }
    let help = d.help.as_deref().map(visible);
    let patch = d.fix.as_ref().zip(d.path.as_ref().zip(place)).map(|(fix, (path, place))| {
        let window = Window::new(place, fix.span, fix.span);
        let (range, replacement) = window.patch(fix.span, &fix.replacement);
        (window.snippet::<Patch<'a>>(path), Patch::new(range, visible(&replacement)))
    });
    match (help, patch) {
        (help, Some((snippet, patch))) => {
            let title = Level::HELP.secondary_title(help.unwrap_or_else(|| "write it like this".to_owned()));
            vec![group, title.element(snippet.patch(patch))]
        }
        (Some(help), None) => vec![group.element(Level::HELP.message(help))],
        (None, None) => vec![group],
    }
}

/// The place and the labels in the same file.
fn main_snippet<'a>(d: &Diagnostic, path: &SourcePath, place: &Place<'_>) -> Snippet<'a, Annotation<'a>> {
    let near = |span: Span| (span.start.abs_diff(d.span.start) as usize) < WINDOW;
    let labels: Vec<_> = d.labels.iter().filter(|l| l.path == *path && near(l.span)).collect();
    let first = labels.iter().map(|l| l.span).chain([d.span]).min().unwrap_or(d.span);
    let last = labels.iter().map(|l| l.span).chain([d.span]).max_by_key(|s| s.end).unwrap_or(d.span);
    let window = Window::new(place, first, last);
    let mut snippet = window.snippet(path).annotation(AnnotationKind::Primary.span(window.range(d.span)));
    for label in labels {
        snippet = snippet.annotation(
            AnnotationKind::Context.span(window.range(label.span)).label(visible(&label.message)),
        );
    }
    snippet
}

/// Some whole lines of a file, as text that can be shown.
struct Window {
    text: String,
    /// The bytes that `text` was made from: not the same when they are not UTF-8.
    bytes: Vec<u8>,
    /// Where they begin in the file.
    start: usize,
    /// The line on which they begin.
    line: usize,
}

impl Window {
    /// The lines from `first` to `last`.
    fn new(place: &Place<'_>, first: Span, last: Span) -> Window {
        let file = place.bytes;
        let len = file.len();
        let from = (first.start as usize).min(len);
        let start = file[..from]
            .iter()
            .rposition(|b| is_break(*b))
            .map_or(0, |i| i + 1)
            .max(from.saturating_sub(WINDOW));
        let to = (last.end as usize).clamp(from, len);
        let end = file[to..].iter().position(|b| is_break(*b)).map_or(len, |i| to + i).min(to + WINDOW);
        let mut bytes = file.get(start..end).unwrap_or_default().to_vec();
        // A lone `\r` ends a line for us, but not for the renderer.
        for i in 0..bytes.len() {
            if bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n') {
                bytes[i] = b'\n';
            }
        }
        let line = place.lines.position(start).line;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Window { text, bytes, start, line }
    }

    /// A span of the file as a range of `text`, on one line.
    fn range(&self, span: Span) -> Range<usize> {
        let at = |offset: u32| {
            let offset = (offset as usize).saturating_sub(self.start).min(self.bytes.len());
            let mut at = String::from_utf8_lossy(&self.bytes[..offset]).len().min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (start, mut end) = (at(span.start), at(span.end));
        if let Some(stop) = self.text.get(start..end).and_then(|t| t.find('\n')) {
            end = start + self.text[start..start + stop].trim_end_matches('\r').len();
        }
        start..end.max(start)
    }

    /// A fix as it is drawn. One over several lines is drawn as whole lines, so that none looks cut off.
    fn patch(&self, span: Span, replacement: &str) -> (Range<usize>, String) {
        let (first, last) = (
            self.range(Span { end: span.start, ..span }).start,
            self.range(Span { start: span.end, ..span }).start,
        );
        if !self.text.get(first..last).is_some_and(|old| old.contains('\n')) {
            return (self.range(span), replacement.to_owned());
        }
        let end = self.text[last..].find('\n').map_or(self.text.len(), |i| last + i);
        (first..end, format!("{replacement}{}", &self.text[last..end]))
    }

    fn snippet<'a, T: Clone>(&self, path: &SourcePath) -> Snippet<'a, T> {
        Snippet::source(self.text.clone()).line_start(self.line).path(visible(path.as_str()))
    }
}

/// Whether a file begins like one that is not text.
fn is_binary(bytes: &[u8]) -> bool {
    const BEGINNINGS: &[&[u8]] =
        &[b"%PDF-", b"PK\x03\x04", b"\xFF\xD8\xFF", b"\x89PNG", b"RIFF", b"GIF8", b"\xD0\xCF\x11\xE0"];
    BEGINNINGS.iter().any(|start| bytes.starts_with(start))
}

fn is_break(b: u8) -> bool {
    b == b'\n' || b == b'\r'
}

#[cfg(test)]
mod tests {
    use super::super::place::testing::{diagnostics, files};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shows_place_line_and_help() {
        let out = render(&diagnostics(), &files(), Colors::Plain);
        insta::assert_snapshot!(out);
        assert!(!out.contains('\x1b'));
        assert!(render(&diagnostics(), &files(), Colors::Ansi).contains("\x1b["));
    }

    #[test]
    fn counts() {
        assert_eq!(summary(&diagnostics()), "5 errors, 1 warning");
        assert_eq!(summary(&[]), "");
    }

    proptest! {
        #[test]
        fn no_bytes_and_spans_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60), a in 0u32..70, b in 0u32..70, c in 0u32..70) {
            let files = super::super::place::testing::Files(vec![("x", bytes)]);
            let path = SourcePath::new("x").unwrap();
            let d = Diagnostic::error(crate::diag::code::NOT_UTF8, &path, Span { start: a, end: b }, "m")
                .label(&path, Span { start: b, end: c }, "l")
                .fix(Span { start: a, end: c }, "x\ny");
            render(std::slice::from_ref(&d), &files, Colors::Plain);
            crate::diag::json::render(std::slice::from_ref(&d), &files);
            crate::diag::github::render(std::slice::from_ref(&d), &files);
            crate::diag::sarif::render(std::slice::from_ref(&d), &files);
        }
    }
}
