//! Lines of a piece of YAML as an editor sees them: indentation, key, value, comment.
//!
//! Used by `recover` to find where keys begin and by `explain` to find what a person meant; it guesses,
//! the parser decides.

/// One line, without its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line<'a> {
    /// First byte in the piece.
    pub start: usize,
    /// One past the last byte, without the line end.
    pub end: usize,
    /// One past the line end.
    pub next: usize,
    /// The text, without the line end.
    pub text: &'a str,
}

impl<'a> Line<'a> {
    /// The line that holds byte `at`.
    pub fn around(text: &'a str, at: usize) -> Line<'a> {
        let bytes = text.as_bytes();
        let at = at.min(bytes.len());
        let mut start = at;
        while start > 0 && !is_break(bytes[start - 1]) {
            start -= 1;
        }
        Line::from(text, start)
    }

    /// The line that starts at byte `start`.
    pub fn from(text: &'a str, start: usize) -> Line<'a> {
        let bytes = text.as_bytes();
        let end = bytes[start..].iter().position(|b| is_break(*b)).map_or(bytes.len(), |i| start + i);
        let next = match (bytes.get(end), bytes.get(end + 1)) {
            (Some(b'\r'), Some(b'\n')) => end + 2,
            (Some(_), _) => end + 1,
            (None, _) => end,
        };
        Line { start, end, next, text: text.get(start..end).unwrap_or("") }
    }

    /// All lines of `text`.
    pub fn all(text: &'a str) -> impl Iterator<Item = Line<'a>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            if at >= text.len() {
                return None;
            }
            let line = Line::from(text, at);
            at = line.next;
            Some(line)
        })
    }

    /// The last line above this one that is neither blank nor a comment.
    pub fn previous(self, text: &'a str) -> Option<Line<'a>> {
        let mut line = self;
        while line.start > 0 {
            line = Line::around(text, line.start - 1);
            if line.start > 0 && line.text.is_empty() && text.as_bytes().get(line.start - 1) == Some(&b'\r') {
                // Between the `\r` and the `\n` of one line end.
                line = Line::around(text, line.start - 1);
            }
            if !line.is_idle() {
                return Some(line);
            }
        }
        None
    }

    /// Whether it is blank or only a comment.
    pub fn is_idle(self) -> bool {
        let t = self.text.trim();
        t.is_empty() || t.starts_with('#')
    }

    /// Number of leading spaces.
    pub fn indent(self) -> usize {
        self.text.bytes().take_while(|b| *b == b' ').count()
    }

    /// The tabs in its indentation, as bytes of the piece.
    pub fn tabs(self) -> Option<(usize, usize)> {
        let lead = self.text.len() - self.text.trim_start_matches([' ', '\t']).len();
        let first = self.text[..lead].find('\t')?;
        Some((self.start + first, self.start + lead))
    }

    /// Its key and value when it reads `key: value` or `key:` after the indentation (and after `- `).
    pub fn key(self) -> Option<KeyLine<'a>> {
        let mut start = self.indent();
        while self.text[start..].starts_with("- ") {
            start += 2;
            start += self.text[start..].bytes().take_while(|b| *b == b' ').count();
        }
        let rest = &self.text[start..];
        let first = rest.chars().next()?;
        if "#[]{}&*!|>%@`,?".contains(first) || rest == "-" || rest.starts_with("- ") {
            return None;
        }
        let colon = if first == '"' || first == '\'' {
            let close = rest[1..].find(first)? + 1;
            let gap = rest[close + 1..].len() - rest[close + 1..].trim_start().len();
            let at = close + 1 + gap;
            rest[at..].starts_with(':').then_some(at)?
        } else {
            colon(rest)?
        };
        let after = &rest[colon + 1..];
        let value = after.trim();
        let lead = after.len() - after.trim_start().len();
        let value_start = self.start + start + colon + 1 + lead.min(after.len());
        let key = rest[..colon].trim_end();
        Some(KeyLine {
            key: key.trim_matches(['"', '\'']),
            key_start: self.start + start,
            key_end: self.start + start + key.len(),
            value,
            value_start,
            value_end: value_start + value.len(),
        })
    }
}

/// A line that reads `key: value`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct KeyLine<'a> {
    pub key: &'a str,
    pub key_start: usize,
    pub key_end: usize,
    /// The rest of the line, trimmed; "" for none.
    pub value: &'a str,
    pub value_start: usize,
    pub value_end: usize,
}

impl KeyLine<'_> {
    /// Whether nothing but a comment follows the colon.
    pub fn opens(&self) -> bool {
        self.value.is_empty() || self.value.starts_with("# ") || self.value == "#"
    }
}

/// The byte of the first colon that ends a key: followed by a space, a tab or nothing.
pub(super) fn colon(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&i| bytes[i] == b':' && matches!(bytes.get(i + 1), None | Some(b' ' | b'\t')))
}

/// Whether the byte ends a line.
pub(super) fn is_break(b: u8) -> bool {
    b == b'\n' || b == b'\r'
}
