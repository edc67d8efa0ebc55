//! The lines of a page's body, each with what the walk made of it.
//!
//! Most of it is known from the places of blocks and tables; what stands in none of them is code, HTML, a comment, an
//! address (`[x]: y`) or a rule, and its own beginning tells which. Made only by rules that have found a reason to look.

use crate::check::page::{BlockKind, Page};
use crate::source::Span;
use std::ops::Range;

/// What a line of the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Nothing stands in it.
    Blank,
    /// Running text: a paragraph, an item, a heading, a field. Its first block.
    Text(u32),
    /// A table: its place in [`Page::tables`].
    Table(u32),
    /// Code between fences; lines of one piece have one number.
    Fenced(u32),
    /// Code by its indentation.
    Indented(u32),
    /// A comment, or HTML.
    Html,
    /// Anything else: fences of containers, rules, addresses of links.
    Other,
}

/// A line, without its end.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Where it starts in the file.
    pub start: usize,
    /// Its text.
    pub text: &'a str,
    /// What it is.
    pub what: What,
}

impl Line<'_> {
    /// Where it ends, without the line end.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is code.
    pub fn is_code(&self) -> bool {
        matches!(self.what, What::Fenced(_) | What::Indented(_))
    }
}

/// The lines of `text` from byte `from` to `to`: start and text of each.
pub fn split(text: &str, from: usize, to: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = from;
    let to = to.min(text.len());
    std::iter::from_fn(move || {
        let rest = text.get(at..to).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let gap = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        let start = at;
        at += end + gap;
        Some((start, &rest[..end]))
    })
}

/// All lines of the page's body.
pub fn of<'a>(page: &Page<'a>) -> Vec<Line<'a>> {
    let text = page.input.text;
    let mut reader = Reader { state: State::Plain, pieces: 0, blank_above: true };
    let (mut block, mut table) = (0, 0);
    let mut out = Vec::with_capacity(text.len() / 40);
    for (start, line) in split(text, page.body as usize, text.len()) {
        let (from, to) = (start as u32, (start + line.len()) as u32);
        while page.tables.get(table).is_some_and(|t| t.span.end <= from) {
            table += 1;
        }
        // The next block that ends behind the beginning of the line; cells lie in their table.
        while page.blocks.get(block).is_some_and(|b| b.span.end <= from || b.kind == BlockKind::Cell) {
            block += 1;
        }
        let in_table = page.tables.get(table).is_some_and(|t| t.span.start <= to);
        let in_block = page.blocks.get(block).is_some_and(|b| b.span.start <= to && b.span.end > from);
        let what = if line.trim().is_empty() {
            reader.blank()
        } else if in_table || in_block {
            reader.state = State::Plain;
            if in_table { What::Table(table as u32) } else { What::Text(block as u32) }
        } else {
            reader.other(line)
        };
        reader.blank_above = line.trim().is_empty();
        out.push(Line { start, text: line, what });
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Plain,
    Fence(u8, usize),
    Indent,
    Comment,
    Html,
}

/// Reads lines that are no text.
struct Reader {
    state: State,
    pieces: u32,
    blank_above: bool,
}

impl Reader {
    fn blank(&mut self) -> What {
        match self.state {
            State::Fence(..) => What::Fenced(self.pieces),
            State::Html => {
                self.state = State::Plain;
                What::Blank
            }
            _ => What::Blank,
        }
    }

    fn other(&mut self, line: &str) -> What {
        match self.state {
            State::Fence(mark, count) => {
                let inner = line.trim_start_matches([' ', '\t', '>']).trim_end();
                let run = inner.bytes().take_while(|b| *b == mark).count();
                if run >= count && run == inner.len() {
                    self.state = State::Plain;
                }
                return What::Fenced(self.pieces);
            }
            State::Comment => {
                if line.contains("-->") {
                    self.state = State::Plain;
                }
                return What::Html;
            }
            State::Html => return What::Html,
            State::Indent | State::Plain => {}
        }
        let (inner, columns) = inside(line);
        let indented = columns >= 4 && (self.blank_above || self.state == State::Indent);
        if indented {
            if self.state != State::Indent {
                self.pieces += 1;
            }
            self.state = State::Indent;
            return What::Indented(self.pieces);
        }
        self.state = State::Plain;
        for mark in [b'`', b'~'] {
            let run = inner.bytes().take_while(|b| *b == mark).count();
            if run >= 3 {
                self.pieces += 1;
                self.state = State::Fence(mark, run);
                return What::Fenced(self.pieces);
            }
        }
        if let Some(rest) = inner.strip_prefix("<!--") {
            self.state =
                if rest.contains("-->") || rest.starts_with('>') { State::Plain } else { State::Comment };
            return What::Html;
        }
        if inner.starts_with('<') {
            self.state = State::Html;
            return What::Html;
        }
        if columns >= 4 && !inner.is_empty() {
            self.pieces += 1;
            self.state = State::Indent;
            return What::Indented(self.pieces);
        }
        What::Other
    }
}

/// A line without the marks of quotes and lists before it, and by how many columns it is indented behind them.
fn inside(line: &str) -> (&str, usize) {
    let mut rest = line;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t']);
        let columns = rest[..rest.len() - trimmed.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        if let Some(quoted) = trimmed.strip_prefix('>') {
            rest = quoted.strip_prefix(' ').unwrap_or(quoted);
            continue;
        }
        match list_mark(trimmed) {
            Some(length) if columns < 4 => rest = trimmed.get(length + 1..).unwrap_or(""),
            _ => return (trimmed, columns),
        }
    }
}

/// The length of the mark of a list item at the beginning of `text`: of `-`, `*`, `+`, `1.` or `1)` with a blank behind.
pub fn list_mark(text: &str) -> Option<usize> {
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let length = match text.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    matches!(text.as_bytes().get(length), None | Some(b' ' | b'\t')).then_some(length)
}

/// Places of the code spans in the file, in order.
pub fn code_spans(page: &Page<'_>) -> Vec<Range<usize>> {
    let text = page.input.text;
    let spans = page.code.iter().filter_map(|(at, _)| {
        let start = page.span(*at..*at).start as usize;
        let rest = text.get(start..)?;
        let run = rest.bytes().take_while(|b| *b == b'`').count();
        let mut end = run;
        // The next run of as many backticks closes it.
        while let Some(next) = rest.get(end..).and_then(|r| r.find('`')) {
            let from = end + next;
            let length = rest[from..].bytes().take_while(|b| *b == b'`').count();
            end = from + length;
            if length == run {
                return Some(start..start + end);
            }
        }
        None
    });
    spans.collect()
}

/// Whether byte `at` of the file lies in one of the places, which are in order.
pub fn within(places: &[Range<usize>], at: usize) -> bool {
    let next = places.partition_point(|r| r.end <= at);
    places.get(next).is_some_and(|r| r.start <= at)
}

/// The lines of one place of the file, each without blanks and the marks of quotes before it: start and text.
pub fn bare<'a>(page: &Page<'a>, span: Span) -> impl Iterator<Item = (usize, &'a str)> {
    let text = page.input.text;
    split(text, span.start as usize, span.end as usize).map(|(start, line)| {
        let inner = line.trim_start_matches([' ', '\t', '>']);
        (start + line.len() - inner.len(), inner.trim_end())
    })
}
