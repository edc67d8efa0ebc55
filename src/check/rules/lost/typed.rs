//! What several of these rules ask of a stretch of running text: whether it stands in the file as it is shown, which
//! block holds it, whether it looks like an address.

use crate::check::page::{Block, BlockKind, CODE, Page};
use crate::source::Span;
use std::ops::Range;

/// The place in the file of a stretch of [`Page::flat`] that is typed there letter by letter: not with a backslash
/// before it, which says that it is meant, nor with entities, code or other marks in it.
pub fn literal(page: &Page<'_>, flat: Range<u32>) -> Option<Span> {
    let span = page.span(flat.clone());
    let same = page.input.text.get(span.range()) == Some(page.flat_text(&flat));
    (same && !escaped(page.input.text, span.start as usize)).then_some(span)
}

/// The text of the file at a stretch of [`Page::flat`], with its marks.
pub fn source<'p>(page: &Page<'p>, flat: Range<u32>) -> &'p str {
    page.input.text.get(page.span(flat).range()).unwrap_or("")
}

/// Whether a backslash stands before byte `at`.
pub fn escaped(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or(&[]);
    before.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// Finds places of three bytes in the running text, block by block.
pub fn places<'p>(page: &'p Page<'_>, marks: [u8; 3]) -> impl Iterator<Item = (&'p Block, u32)> {
    let mut block = 0;
    memchr::memchr3_iter(marks[0], marks[1], marks[2], page.flat.as_bytes()).filter_map(move |at| {
        let at = at as u32;
        while page.blocks.get(block).is_some_and(|b| b.flat.end <= at) {
            block += 1;
        }
        page.blocks.get(block).filter(|b| b.flat.start <= at).map(|b| (b, at))
    })
}

/// The lines of a block's running text: where each starts in [`Page::flat`], and its text without the line end.
pub fn flat_lines<'p>(page: &'p Page<'_>, block: &Block) -> impl Iterator<Item = (u32, &'p str)> {
    let mut at = block.flat.start;
    page.block_text(block).split('\n').map(move |line| {
        let start = at;
        at += line.len() as u32 + 1;
        (start, line)
    })
}

/// Blocks of prose and of facts: all but headings and cells.
pub fn text_blocks<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p Block> {
    page.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Field))
}

/// Maximum distance that a rule looks ahead, in bytes: so that a long line of open marks costs no more than a long line.
pub const MAX_REACH: usize = 400;

/// The beginning of a stretch of running text: at most [`MAX_REACH`] bytes, and no further than its line.
pub fn ahead<'p>(page: &'p Page<'_>, flat: Range<u32>) -> &'p str {
    line(page.flat_text(&flat))
}

/// The beginning of a text: at most [`MAX_REACH`] bytes, and no further than its line.
pub fn line(text: &str) -> &str {
    let mut end = text.len().min(MAX_REACH);
    end = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[..end]).unwrap_or(end);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

/// Whether a text without blanks reads like the address of a page, a file or a place.
pub fn is_address(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.contains(char::is_whitespace) || text.contains(CODE) {
        return false;
    }
    let lower = text.get(..8.min(text.len())).unwrap_or(text).to_ascii_lowercase();
    ["http:", "https:", "mailto:", "tel:", "www.", "./", "../"].iter().any(|p| lower.starts_with(p))
        || text.starts_with('#') && text.len() > 1
        || text.starts_with('/') && text.len() > 1
        || is_file(text.split(['#', '?']).next().unwrap_or(""))
        || text.ends_with('/') && text.len() > 2
}

/// Whether a text can hardly be anything but an address: `and/or/`, `#1` and `/a` may be words.
pub fn is_clear(text: &str) -> bool {
    let whole = text.contains("://") || text.starts_with("./") || text.starts_with("../");
    is_address(text) && (whole || !text.starts_with(['#', '/', '.']) && !text.ends_with('/'))
}

/// Whether a text ends like the name of a file: a point, then two to five letters or digits, the first a letter.
pub fn is_file(text: &str) -> bool {
    let Some((name, ending)) = text.rsplit_once('.') else { return false };
    let whole = !name.is_empty() && !name.ends_with(['.', ' ']);
    let letters = (2..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    whole && letters && ending.starts_with(|c: char| c.is_ascii_alphabetic())
        || name.len() > 1 && ending == "7z"
}

/// A text on one line, cut at 40 characters, for a message.
pub fn short(text: &str) -> String {
    let mut out = String::new();
    for (n, c) in text.trim().chars().enumerate() {
        if n >= 40 {
            out.push('…');
            break;
        }
        out.push(match c {
            CODE => '…',
            c if c.is_whitespace() => ' ',
            c => c,
        });
    }
    out
}

/// A text as code in a message: between backticks, two of them where it holds one itself.
pub fn code(text: &str) -> String {
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let runs = text.split(|c| c != '`').map(str::len);
    let marks = "`".repeat(runs.max().unwrap_or(0) + 1);
    format!("{marks} {text} {marks}")
}

/// The line end that the file uses.
pub fn line_end(text: &str) -> &'static str {
    match memchr::memchr2(b'\n', b'\r', text.as_bytes()).map(|at| &text.as_bytes()[at..]) {
        Some([b'\r', b'\n', ..]) => "\r\n",
        Some([b'\r', ..]) => "\r",
        _ => "\n",
    }
}

/// Whether a line reads `key: value`.
pub fn is_key_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        !key.is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
            && (value.is_empty() || value.starts_with(' '))
    })
}
