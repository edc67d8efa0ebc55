//! The lines of a page's body, each with what the parser made of it, as the page's text tells by the places of its parts.
//!
//! Made only by rules that have found a reason to look.

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
    let tags = page.html.iter().chain(&page.html_as_text).map(|html| html.span);
    let mut html: Vec<Span> = page.comments.iter().copied().chain(tags).collect();
    html.sort_unstable_by_key(|span| (span.start, span.end));
    let (mut block, mut table, mut code, mut tag) = (0, 0, 0, 0);
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
        while page.code_blocks.get(code).is_some_and(|c| c.span.end <= from) {
            code += 1;
        }
        while html.get(tag).is_some_and(|span| span.end <= from) {
            tag += 1;
        }
        let blank = line.trim().is_empty();
        let code_here = page.code_blocks.get(code).filter(|c| c.span.start <= to);
        let what = match code_here {
            Some(here) if here.fenced => What::Fenced(code as u32),
            Some(_) if !blank => What::Indented(code as u32),
            _ if blank => What::Blank,
            _ if page.tables.get(table).is_some_and(|t| t.span.start <= to) => What::Table(table as u32),
            _ if page.blocks.get(block).is_some_and(|b| b.span.start <= to && b.span.end > from) => {
                What::Text(block as u32)
            }
            _ if html.get(tag).is_some_and(|span| span.start <= to) => What::Html,
            _ => What::Other,
        };
        out.push(Line { start, text: line, what });
    }
    out
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
    page.code.iter().map(|code| code.span.range()).collect()
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
