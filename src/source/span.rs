//! Byte spans inside a file, and their translation to line and column.
//!
//! Inside the program a place is a byte range; `line:column` exists only in what is printed.

use serde::{Deserialize, Serialize};

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

/// The starts of the lines of one text; `\n`, `\r\n` and a lone `\r` each end a line.
pub struct LineIndex<'a> {
    text: &'a [u8],
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Indexes `text` once, in linear time.
    pub fn new(text: &'a [u8]) -> Self {
        let mut starts = vec![0];
        let mut i = 0;
        while i < text.len() {
            match text[i] {
                b'\n' => starts.push(i + 1),
                b'\r' if text.get(i + 1) != Some(&b'\n') => starts.push(i + 1),
                _ => {}
            }
            i += 1;
        }
        LineIndex { text, starts }
    }

    /// Line and column of byte `offset`; an offset past the end gives the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&s| s <= offset).saturating_sub(1);
        let before = &self.text[self.starts[line]..offset];
        // No editor counts the byte order mark.
        let before = if line == 0 { before.strip_prefix(b"\xef\xbb\xbf").unwrap_or(before) } else { before };
        // Count bytes that do not continue a UTF-8 sequence: the number of characters.
        let column = before.iter().filter(|b| (**b & 0xC0) != 0x80).count() + 1;
        Position { line: line + 1, column }
    }

    /// The bytes of line `line` (from 1), without its end.
    pub fn line(&self, line: usize) -> &'a [u8] {
        let Some(&start) = self.starts.get(line.wrapping_sub(1)) else { return b"" };
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let mut bytes = &self.text[start..end];
        while let [rest @ .., b'\n' | b'\r'] = bytes {
            bytes = rest;
        }
        bytes
    }
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
        assert_eq!(index.line(1), "añb".as_bytes());
        assert_eq!(index.line(3), b"e");
        assert_eq!(index.position(999), Position { line: 4, column: 1 });
        let marked = LineIndex::new("\u{feff}ab\nc".as_bytes());
        assert_eq!(marked.position(4), Position { line: 1, column: 2 });
        assert_eq!(marked.position(6), Position { line: 2, column: 1 });
        assert_eq!(marked.position(3), Position { line: 1, column: 1 });
    }
}
