//! Byte spans inside a file, and their translation to line and column.
//!
//! Inside the program a place is a byte range; `line:column` exists only in what is printed.

use serde::{Deserialize, Serialize};
use std::ops::{Deref, Range};

/// A range of bytes `start..end` in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two offsets; offsets past 4 GiB saturate (such files are refused on reading).
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The empty span at `at`.
    pub fn at(at: usize) -> Self {
        Span::new(at, at)
    }

    /// The same span moved by `by` bytes to the right.
    pub fn shifted(self, by: usize) -> Self {
        Span::new(self.start as usize + by, self.end as usize + by)
    }

    /// As a `usize` range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(r: std::ops::Range<usize>) -> Self {
        Span::new(r.start, r.end)
    }
}

/// A place as a person reads it. Both count from 1; the column counts Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The lines of one text; `\n`, `\r\n` and a lone `\r` each end a line.
///
/// A place is found in the same time wherever it is in however long a line: a text with many messages is looked through once.
pub struct LineIndex<T> {
    text: T,
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many characters begin before each step of [`MAX_COUNTED_BYTES`] bytes.
    steps: Vec<usize>,
}

/// Maximum number of bytes that are counted for one place.
const MAX_COUNTED_BYTES: usize = 256;

impl<T: Deref<Target = [u8]>> LineIndex<T> {
    /// Indexes `text` once, in linear time.
    pub fn new(text: T) -> Self {
        let mut starts = vec![0];
        let ends = memchr::memchr2_iter(b'\n', b'\r', &text);
        starts.extend(ends.filter(|i| text[*i] == b'\n' || text.get(i + 1) != Some(&b'\n')).map(|i| i + 1));
        let mut count = 0;
        let steps = text.chunks(MAX_COUNTED_BYTES).map(|step| {
            let before = count;
            count += characters(step);
            before
        });
        let steps = steps.collect();
        LineIndex { text, starts, steps }
    }

    /// The text.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Line and column of byte `offset`; an offset past the end gives the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&s| s <= offset).saturating_sub(1);
        let mut column = self.characters_before(offset) - self.characters_before(self.starts[line]) + 1;
        // No editor counts the byte order mark.
        if line == 0 && self.text.starts_with(b"\xef\xbb\xbf") {
            column = if offset < 3 { 1 } else { column - 1 };
        }
        Position { line: line + 1, column }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let step = offset / MAX_COUNTED_BYTES;
        self.steps.get(step).map_or_else(
            // The end of a text that fills its last step.
            || {
                self.steps
                    .last()
                    .map_or(0, |before| before + characters(&self.text[offset - MAX_COUNTED_BYTES..]))
            },
            |before| before + characters(&self.text[step * MAX_COUNTED_BYTES..offset]),
        )
    }

    /// Where the line of byte `offset` begins, and where it ends, its end not counted in.
    pub fn line(&self, offset: usize) -> Range<usize> {
        let line = self.starts.partition_point(|&s| s <= offset.min(self.text.len()));
        let start = self.starts[line.saturating_sub(1)];
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let ends = |b: &&u8| matches!(b, b'\n' | b'\r');
        start..end - self.text[start..end].iter().rev().take(2).take_while(ends).count()
    }
}

/// How many characters begin in `bytes`: those that do not continue a UTF-8 sequence.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| (**b & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_and_all_line_ends() {
        let index = LineIndex::new("añb\r\ncd\re\n".as_bytes());
        assert_eq!(index.position(0), Position { line: 1, column: 1 });
        assert_eq!(index.position(3), Position { line: 1, column: 3 });
        assert_eq!(index.position(6), Position { line: 2, column: 1 });
        assert_eq!(index.position(9), Position { line: 3, column: 1 });
        let line = |at| &index.text()[index.line(at)];
        assert_eq!((line(0), line(4), line(5)), ("añb".as_bytes(), "añb".as_bytes(), "añb".as_bytes()));
        assert_eq!((line(9), line(11), line(99)), (&b"e"[..], &b""[..], &b""[..]));
        assert_eq!(index.position(999), Position { line: 4, column: 1 });
        let marked = LineIndex::new("\u{feff}ab\nc".as_bytes());
        assert_eq!(marked.position(4), Position { line: 1, column: 2 });
        assert_eq!(marked.position(6), Position { line: 2, column: 1 });
        assert_eq!(marked.position(3), Position { line: 1, column: 1 });
    }

    #[test]
    fn a_place_in_a_long_line_is_counted_from_the_nearest_step() {
        for n in
            [0, 1, MAX_COUNTED_BYTES - 1, MAX_COUNTED_BYTES, MAX_COUNTED_BYTES + 1, 5 * MAX_COUNTED_BYTES]
        {
            let text = format!("first\r\n{}x", "é".repeat(n));
            let index = LineIndex::new(text.as_bytes());
            for (i, c) in text.char_indices().skip(7).chain([(text.len(), ' ')]) {
                let column = text[7..i].chars().count() + 1;
                assert_eq!(index.position(i), Position { line: 2, column }, "{n} {i} {c}");
            }
        }
    }
}
