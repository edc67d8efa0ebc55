//! Diagnostics for people: the message, `file:line:column`, the line itself with what is meant underlined, help.
//!
//! Drawn by `annotate-snippets`, rustc's own renderer. Text of files and messages is shown with its control
//! characters made visible, so that no page can drive the terminal it is reported on.

use super::place::{Place, Places};
use super::{Code, Diagnostic, Severity, SourceText};
use crate::source::{Format, Position, SourcePath, Span};
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet,
    normalize_untrusted_str as visible,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Whether colors are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colors {
    /// None: for files, pipes and `NO_COLOR`.
    Plain,
    /// ANSI escape sequences.
    Ansi,
}

/// How much is shown of many diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of each.
    Whole,
    /// What a person reads: the first few in one line and how many more there are; of one kind the first with their lines, the
    /// rest in words alone.
    Short,
}

/// Maximum width of a drawing, in columns.
const MAX_WIDTH: usize = 120;

/// Number of bytes of a line that are shown on each side of a place: a page from a converter is one line.
const CONTEXT_BYTES: usize = 240;

/// Maximum distance between places of one diagnostic that are drawn as one piece of the file, in bytes.
const MAX_DISTANCE: usize = 4 * 1024;

/// Maximum number of diagnostics in one line of a file that are all shown.
const MAX_IN_LINE: usize = 5;

/// Number of diagnostics that are shown of a line that has more than [`MAX_IN_LINE`].
const SHOWN_IN_LINE: usize = 3;

/// Maximum number of diagnostics of one kind that are shown with their lines when not all are.
const MAX_DRAWN: usize = 100;

/// Draws diagnostics one after the other; those of one file should follow one another.
pub struct Drawing<'t> {
    places: Places<'t>,
    renderer: Renderer,
}

impl<'t> Drawing<'t> {
    /// Draws with the files that `text` gives.
    pub fn new(text: &'t dyn SourceText, colors: Colors) -> Self {
        let renderer = match colors {
            Colors::Plain => Renderer::plain(),
            Colors::Ansi => Renderer::styled(),
        };
        Drawing { places: Places::new(text), renderer: renderer.term_width(MAX_WIDTH) }
    }

    /// Where a diagnostic is; none when it has no file that can be read.
    pub fn position(&mut self, d: &Diagnostic) -> Option<Position> {
        self.places.of(d).map(|place| place.position(d.span.start as usize))
    }

    /// One diagnostic with its lines.
    pub fn whole(&mut self, d: &Diagnostic) -> String {
        let report = report(d, &mut self.places);
        self.renderer.render(&report)
    }

    /// The words of one diagnostic and its place.
    fn words(&mut self, d: &Diagnostic) -> String {
        let mut group = title(d);
        if let Some(path) = &d.path {
            let origin = Origin::path(visible(&self.places.name(path)));
            group = group.element(match self.position(d) {
                Some(at) => origin.line(at.line).char_column(at.column),
                None => origin,
            });
        }
        let help = self.places.help(d).map(|help| Level::HELP.message(visible(&help)));
        self.renderer.render(&[group.elements(help)])
    }
}

/// Diagnostics as text, one after the other with an empty line between.
pub fn render(diagnostics: &[Diagnostic], text: &dyn SourceText, colors: Colors, extent: Extent) -> String {
    let mut drawing = Drawing::new(text, colors);
    let mut out = String::new();
    let mut add = |text: &str| {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(text);
        out.push('\n');
    };
    if extent == Extent::Whole {
        diagnostics.iter().for_each(|d| add(&drawing.whole(d)));
        return out;
    }
    let mut drawn: BTreeMap<Code, usize> = BTreeMap::new();
    let mut rest = diagnostics;
    while let Some(first) = rest.first() {
        let line = drawing.position(first).map(|at| at.line);
        let mut same = |d: &&Diagnostic| {
            line.is_some() && d.path == first.path && drawing.position(d).map(|at| at.line) == line
        };
        let count = 1 + rest[1..].iter().take_while(|d| same(d)).count();
        let (in_line, after) = rest.split_at(count);
        rest = after;
        let mut shown: Vec<&Diagnostic> = in_line.iter().collect();
        let mut hidden = Vec::new();
        if count > MAX_IN_LINE {
            // The worst first; of equals, in their order.
            shown.sort_by_key(|d| d.severity);
            hidden = shown.split_off(SHOWN_IN_LINE);
        }
        for d in shown {
            let drawn = drawn.entry(d.code).or_default();
            *drawn += 1;
            add(&if *drawn > MAX_DRAWN { drawing.words(d) } else { drawing.whole(d) });
        }
        if let (false, Some(path), Some(line)) = (hidden.is_empty(), &first.path, line) {
            add(&more(&drawing.places.name(path), line, &hidden));
        }
    }
    out
}

/// What is said of diagnostics in one line that are not shown.
fn more(path: &str, line: usize, hidden: &[&Diagnostic]) -> String {
    let kinds: BTreeSet<&str> = hidden.iter().map(|d| d.code.name()).collect();
    let kinds = kinds.into_iter().collect::<Vec<_>>().join(", ");
    let (path, count) = (visible(path), number(hidden.len()));
    format!("{path}:{line}: and {count} more in this line ({kinds}). `guidepost check --all` shows them all.")
}

/// A number with its thousands apart.
fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
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

fn title<'a>(d: &Diagnostic) -> Group<'a> {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    level.primary_title(visible(&d.message)).id(d.code.name()).elements(Vec::<Origin<'_>>::new())
}

fn report<'a>(d: &Diagnostic, places: &mut Places<'_>) -> Vec<Group<'a>> {
    let mut group = title(d);
    let place = places.of(d);
    match (&d.path, &place) {
        // A document or photo has no lines that anyone could read.
        (Some(path), Some(place)) if is_binary(place.text()) => {
            group = group.element(Origin::path(visible(&places.name(path))));
        }
        (Some(path), Some(place)) => {
            group = group.elements(main_snippet(d, path, place, &places.name(path)));
        }
        (Some(path), None) => group = group.element(Origin::path(visible(&places.name(path)))),
        (None, _) => {}
    }
    for label in d.labels.iter().filter(|l| Some(&l.path) != d.path.as_ref() || !near(d, l.span)) {
        if let Some(place) = places.file(&label.path) {
            if is_binary(place.text()) {
                group = group.element(Origin::path(visible(&places.name(&label.path))));
                continue;
            }
            let window = Window::new(&place, &[label.span]);
            let annotation =
                AnnotationKind::Context.span(window.range(label.span)).label(visible(&label.message));
            let snippet = window.snippet().annotation(annotation);
            group = group.elements(window.located(&places.name(&label.path), &place, label.span, snippet));
        }
    }
    let help = places.help(d).map(|help| visible(&help));
    let patch = d.fix.as_ref().zip(d.path.as_ref().zip(place)).and_then(|(fix, (path, place))| {
        // A change of a whole long text is told, not drawn.
        let long = fix.span.range().len().max(fix.replacement.len()) > MAX_DISTANCE;
        let window = Window::new(&place, &[fix.span, Span::at(fix.span.end as usize)]);
        let (range, replacement) = window.patch(fix.span, &fix.replacement);
        let snippet = window.snippet::<Patch<'a>>().path(visible(path.as_str()));
        (!long).then(|| (snippet, Patch::new(range, visible(&replacement))))
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

/// Whether another place in the file is drawn with the place itself.
fn near(d: &Diagnostic, span: Span) -> bool {
    (span.start.abs_diff(d.span.start) as usize) < MAX_DISTANCE
}

/// The place and the labels near it.
fn main_snippet<'a>(d: &Diagnostic, path: &SourcePath, place: &Place, name: &str) -> Vec<Element<'a>> {
    let labels: Vec<_> = d.labels.iter().filter(|l| l.path == *path && near(d, l.span)).collect();
    let spans: Vec<Span> = labels.iter().map(|l| l.span).chain([d.span]).collect();
    let window = Window::new(place, &spans);
    let mut snippet = window.snippet().annotation(AnnotationKind::Primary.span(window.range(d.span)));
    for label in labels {
        snippet = snippet.annotation(
            AnnotationKind::Context.span(window.range(label.span)).label(visible(&label.message)),
        );
    }
    window.located(name, place, d.span, snippet)
}

/// Some lines of a file, as text that can be shown; of long lines, the part around what is meant.
struct Window {
    text: String,
    /// The bytes that `text` was made from: not the same when they are not UTF-8.
    bytes: Vec<u8>,
    /// How much of `text` stands for what was left out before them.
    mark: usize,
    /// Where they begin in the file.
    start: usize,
    /// The line on which they begin.
    line: usize,
}

/// Stands for what is left out of a line.
const CUT: &str = "…";

impl Window {
    /// The lines in which the spans begin and what lies between; at least one span is given.
    fn new(place: &Place, spans: &[Span]) -> Window {
        let file = place.text();
        let first = spans.iter().map(|s| s.start as usize).min().unwrap_or(0).min(file.len());
        let reach = |s: &Span| (s.end as usize).min(s.start as usize + CONTEXT_BYTES);
        let last = spans.iter().map(reach).max().unwrap_or(0).clamp(first, file.len());
        let (head, tail) = (place.line(first).start, place.line(last).end);
        let continues = |at: &usize| file.get(*at).is_some_and(|b| b & 0xC0 == 0x80);
        let start =
            (head.max(first.saturating_sub(CONTEXT_BYTES))..first).find(|at| !continues(at)).unwrap_or(first);
        let end = (last..tail.min(last + CONTEXT_BYTES)).rev().find(|at| !continues(at));
        let end = if tail <= last + CONTEXT_BYTES { tail.max(last) } else { end.unwrap_or(last) };
        let mut bytes = file.get(start..end).unwrap_or_default().to_vec();
        // A lone `\r` ends a line for us, but not for the renderer.
        for i in 0..bytes.len() {
            if bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n') {
                bytes[i] = b'\n';
            }
        }
        let line = place.position(start).line;
        let before = if start > head { CUT } else { "" };
        let after = if end < tail { CUT } else { "" };
        let text = format!("{before}{}{after}", String::from_utf8_lossy(&bytes));
        Window { text, bytes, mark: before.len(), start, line }
    }

    /// A span of the file as a range of `text`, on one line.
    fn range(&self, span: Span) -> Range<usize> {
        let at = |offset: u32| {
            let offset = (offset as usize).saturating_sub(self.start).min(self.bytes.len());
            let before = self.mark + String::from_utf8_lossy(&self.bytes[..offset]).len();
            let mut at = before.min(self.text.len());
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

    fn snippet<'a, T: Clone>(&self) -> Snippet<'a, T> {
        Snippet::source(self.text.clone()).line_start(self.line)
    }

    /// The snippet under the place that it shows. The renderer finds the column in the text that it is given: of a line whose
    /// beginning was left out it has to be told.
    fn located<'a>(
        &self,
        name: &str,
        place: &Place,
        span: Span,
        snippet: Snippet<'a, Annotation<'a>>,
    ) -> Vec<Element<'a>> {
        let path = visible(name);
        if self.mark == 0 {
            return vec![snippet.path(path).into()];
        }
        let at = place.position(span.start as usize);
        vec![Origin::path(path).line(at.line).char_column(at.column).into(), snippet.into()]
    }
}

/// Whether a file begins like one that is not text.
fn is_binary(bytes: &[u8]) -> bool {
    const BEGINNINGS: &[&[u8]] = &[b"%PDF-", b"PK\x03\x04", b"RIFF", b"\xD0\xCF\x11\xE0"];
    let of_film = bytes.get(4..8).is_some_and(|name| name == b"ftyp");
    of_film || Format::of(bytes).is_some() || BEGINNINGS.iter().any(|start| bytes.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::super::place::testing::{Files, diagnostics, files};
    use super::*;
    use crate::diag::code;
    use proptest::prelude::*;

    #[test]
    fn shows_place_line_and_help() {
        let out = render(&diagnostics(), &files(), Colors::Plain, Extent::Whole);
        insta::assert_snapshot!(out);
        assert!(!out.contains('\x1b'));
        assert!(render(&diagnostics(), &files(), Colors::Ansi, Extent::Short).contains("\x1b["));
    }

    #[test]
    fn counts() {
        assert_eq!(summary(&diagnostics()), "5 errors, 1 warning");
        assert_eq!(summary(&[]), "");
    }

    /// A page of one line with a link every 32 bytes.
    fn one_line(n: usize) -> (Files, Vec<Diagnostic>) {
        let path = SourcePath::new("content/a.md").unwrap();
        let text: String = (0..n).map(|i| format!("[señor {i:06}](nowhere{i:06}.md) ")).collect();
        let found = text.match_indices('[').zip(text.match_indices(')')).map(|((from, _), (to, _))| {
            let span = Span::new(from, to + 1);
            let label = |d: Diagnostic| d.label(&path, Span::new(3, 7), "here first");
            label(Diagnostic::error(code::BROKEN_LINK, &path, span, "nothing there"))
                .fix(Span::new(to, to), "x")
        });
        let found = found.collect();
        (Files(vec![("content/a.md", text.into_bytes())]), found)
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let (files, all) = one_line(2_000);
        let d = std::slice::from_ref(&all[1_000]);
        let out = render(d, &files, Colors::Plain, Extent::Whole);
        assert!(out.contains("--> content/a.md:1:33001\n"), "{out}");
        assert!(out.contains("[señor 001000](nowhere001000.md)") && out.contains("here first"), "{out}");
        assert!(out.lines().all(|l| l.chars().count() < 3 * CONTEXT_BYTES), "{out}");
        // However long the line, however far the place: the same is drawn of it.
        let (longer, more) = one_line(20_000);
        let other = render(&more[19_000..19_001], &longer, Colors::Plain, Extent::Whole);
        assert!(other.len().abs_diff(out.len()) < 20, "{} {}", other.len(), out.len());
    }

    #[test]
    fn of_many_in_one_line_a_few_are_shown_and_the_rest_is_counted() {
        let (files, mut all) = one_line(1_200);
        let other = SourcePath::new("content/b.md").unwrap();
        all.push(Diagnostic::error(code::NOT_UTF8, &other, Span::at(0), "elsewhere"));
        let out = render(&all, &files, Colors::Plain, Extent::Short);
        assert_eq!(out.matches("nothing there").count(), SHOWN_IN_LINE, "{out}");
        let more = "content/a.md:1: and 1,197 more in this line (broken-link). `guidepost check --all` shows them all.";
        assert!(out.contains(&format!("\n\n{more}\n\nerror[not-utf8]: elsewhere\n")), "{out}");
        let whole = render(&all, &files, Colors::Plain, Extent::Whole);
        assert_eq!(whole.matches("nothing there").count(), 1_200);
    }

    #[test]
    fn of_many_of_a_kind_the_first_are_drawn_and_the_rest_is_told() {
        let path = SourcePath::new("content/a.md").unwrap();
        let text: String = (0..MAX_DRAWN + 5).map(|i| format!("line {i}\n")).collect();
        let starts = text.match_indices("line").map(|(i, _)| i);
        let all: Vec<Diagnostic> = starts
            .map(|at| {
                Diagnostic::error(code::BROKEN_LINK, &path, Span::new(at, at + 4), "no").help("mend it")
            })
            .collect();
        let out =
            render(&all, &Files(vec![("content/a.md", text.into_bytes())]), Colors::Plain, Extent::Short);
        assert_eq!((out.matches("^^^^").count(), out.matches("mend it").count()), (MAX_DRAWN, MAX_DRAWN + 5));
        let last = format!("\n--> content/a.md:{}:1\n", MAX_DRAWN + 5);
        assert!(out.contains(&last) && !out.contains(&format!("line {}", MAX_DRAWN)), "{out}");
    }

    #[test]
    fn numbers_are_written_in_thousands() {
        assert_eq!(
            [0, 999, 1_000, 9_997, 1_234_567].map(number),
            ["0", "999", "1,000", "9,997", "1,234,567"]
        );
    }

    proptest! {
        #[test]
        fn no_bytes_and_spans_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60), a in 0u32..70, b in 0u32..70, c in 0u32..70) {
            let files = Files(vec![("x", bytes)]);
            let path = SourcePath::new("x").unwrap();
            let d = Diagnostic::error(crate::diag::code::NOT_UTF8, &path, Span { start: a, end: b }, "m")
                .label(&path, Span { start: b, end: c }, "l")
                .fix(Span { start: a, end: c }, "x\ny");
            render(std::slice::from_ref(&d), &files, Colors::Plain, Extent::Short);
            crate::diag::json::render(std::slice::from_ref(&d), &files);
            crate::diag::github::render(std::slice::from_ref(&d), &files);
            crate::diag::sarif::render(std::slice::from_ref(&d), &files);
        }
    }
}
