//! The attributes of a tag: names, values and their places.

use super::reading::lower;
use super::references::value;
use std::borrow::Cow;
use std::ops::Range;

/// An attribute of a tag.
#[derive(Debug, Clone)]
pub struct Attribute<'h> {
    name: &'h str,
    /// Its value as written, references and all; "" when it has none.
    pub written: &'h str,
    /// Its place.
    pub range: Range<usize>,
    /// The place of its value, without quotes.
    pub at: Range<usize>,
    /// Whether the value stands in quotes; one without can take no blank.
    pub quoted: bool,
}

impl<'h> Attribute<'h> {
    /// Whether it is called so, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Its name in lower case.
    pub fn name(&self) -> Cow<'h, str> {
        lower(self.name)
    }

    /// Its value, references resolved.
    pub fn value(&self) -> Cow<'h, str> {
        value(self.written)
    }
}

/// Whether the byte ends the name of a tag.
pub(super) fn ends_name(byte: &u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

/// The first place from `at` on whose byte is none of those that are passed over; the end when all are.
#[inline]
fn skip(bytes: &[u8], at: usize, passed_over: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|b| !passed_over(*b)).unwrap_or(rest.len())
}

/// How many bytes stand before the first of that value; all when there is none.
#[inline]
fn to(bytes: &[u8], byte: u8) -> usize {
    memchr::memchr(byte, bytes).unwrap_or(bytes.len())
}

/// Reads attributes from `at` on, up to the angle that ends the tag or the byte `end`.
pub(super) struct Attributes<'h> {
    pub html: &'h str,
    pub at: usize,
    pub end: usize,
}

impl<'h> Iterator for Attributes<'h> {
    type Item = Attribute<'h>;

    fn next(&mut self) -> Option<Attribute<'h>> {
        let bytes = &self.html.as_bytes()[..self.end];
        let blank = |b: u8| b.is_ascii_whitespace();
        let start = skip(bytes, self.at, |b| blank(b) || b == b'/');
        // A sign of equality belongs to the name that it begins.
        let first = start + usize::from(bytes.get(start) == Some(&b'='));
        let stop = skip(bytes, first, |b| !blank(b) && !matches!(b, b'/' | b'>' | b'='));
        if start == stop {
            return None;
        }
        let name = &self.html[start..stop];
        let sign = skip(bytes, stop, blank);
        if bytes.get(sign) != Some(&b'=') {
            self.at = stop;
            return Some(Attribute { name, written: "", range: start..stop, at: stop..stop, quoted: false });
        }
        let from = skip(bytes, sign + 1, blank);
        let quote = bytes.get(from).copied().filter(|b| matches!(b, b'"' | b'\''));
        let at = match quote {
            Some(quote) => {
                from + 1..bytes.get(from + 1..).map_or(self.end, |rest| to(rest, quote) + from + 1)
            }
            None => from..skip(bytes, from, |b| !blank(b) && b != b'>'),
        };
        self.at = at.end + usize::from(quote.is_some() && at.end < self.end);
        let range = start..self.at;
        Some(Attribute { name, written: &self.html[at.clone()], range, at, quoted: quote.is_some() })
    }
}
