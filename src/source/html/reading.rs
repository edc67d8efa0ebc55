//! Tags, text and comments, in order and in linear time.

use super::attributes::{Attribute, Attributes, ends_name};
use super::references::value;
use std::borrow::Cow;
use std::ops::Range;

/// A piece of HTML.
#[derive(Debug, Clone)]
pub enum Piece<'h> {
    /// An opening tag.
    Open(Tag<'h>),
    /// A closing tag.
    Close(Tag<'h>),
    /// Text, with references in it ([`super::resolved`]).
    Text(Range<usize>),
    /// What stands in a script, a style or the like: letters as they are, no references.
    Raw(Range<usize>),
    /// A comment `<!-- … -->`: what stands inside.
    Comment(Range<usize>),
    /// A declaration, a processing instruction: nothing that a page shows.
    Declaration(Range<usize>),
    /// A tag that the end cut off.
    Unfinished(Range<usize>),
}

/// A tag in HTML.
#[derive(Debug, Clone)]
pub struct Tag<'h> {
    html: &'h str,
    /// Where its name stands.
    pub name_range: Range<usize>,
    /// The byte behind it.
    pub end: usize,
    /// Whether it closes an element.
    pub closes: bool,
    /// Written `<name/>`.
    pub closes_itself: bool,
}

impl<'h> Tag<'h> {
    /// Whether it is a tag of that name, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.written().eq_ignore_ascii_case(name)
    }

    /// Its place, angles included.
    pub fn range(&self) -> Range<usize> {
        self.name_range.start - if self.closes { 2 } else { 1 }..self.end
    }

    /// Its name as written.
    pub fn written(&self) -> &'h str {
        self.html.get(self.name_range.clone()).unwrap_or("")
    }

    /// Its name in lower case.
    pub fn name(&self) -> Cow<'h, str> {
        lower(self.written())
    }

    /// The level of a heading, opened or closed.
    pub fn heading(&self) -> Option<u8> {
        match self.written().as_bytes() {
            [b'h' | b'H', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        }
    }

    /// Its attributes as written: of two of one name a browser knows the first ([`Tag::distinct`]).
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'h>> + use<'h> {
        Attributes { html: self.html, at: self.name_range.end, end: self.end.saturating_sub(1) }
    }

    /// Its attributes, of two of one name the first.
    pub fn distinct(&self) -> Vec<Attribute<'h>> {
        let mut seen = rustc_hash::FxHashSet::default();
        self.attributes().filter(|attribute| seen.insert(attribute.name())).collect()
    }

    /// The value of an attribute, references resolved; "" when it stands without one.
    pub fn value(&self, name: &str) -> Option<Cow<'h, str>> {
        self.attributes().find(|a| a.is(name)).map(|a| value(a.written))
    }
}

/// A name in lower case.
pub fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// All tags of `html`, in order.
pub fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    pieces(html).filter_map(|piece| match piece {
        Piece::Open(tag) | Piece::Close(tag) => Some(tag),
        _ => None,
    })
}

/// The opening tags of `html`, in order.
pub fn opened(html: &str) -> impl Iterator<Item = Tag<'_>> {
    tags(html).filter(|tag| !tag.closes)
}

/// All pieces of `html`, in order.
pub fn pieces(html: &str) -> Pieces<'_> {
    Pieces { html, at: 0, inside: None }
}

/// What an element holds that takes no tags.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    /// Text with references.
    Text,
    /// Letters as they are.
    Raw,
    /// Everything up to the end.
    Rest,
}

/// What the element holds, if it takes no tags. (`noscript` does: a page without scripts shows them.)
fn holds(tag: &Tag<'_>) -> Option<Holds> {
    const NAMES: [(&str, Holds); 9] = [
        ("iframe", Holds::Raw),
        ("noembed", Holds::Raw),
        ("noframes", Holds::Raw),
        ("plaintext", Holds::Rest),
        ("script", Holds::Raw),
        ("style", Holds::Raw),
        ("textarea", Holds::Text),
        ("title", Holds::Text),
        ("xmp", Holds::Raw),
    ];
    // Most tags begin with another letter, and every tag of every page is asked.
    let first = tag.written().as_bytes().first()?.to_ascii_lowercase();
    let begin = NAMES.iter().filter(|(name, _)| name.as_bytes().first() == Some(&first));
    begin.into_iter().find(|(name, _)| tag.is(name)).map(|(_, holds)| *holds)
}

/// Reads the pieces of HTML.
pub struct Pieces<'h> {
    html: &'h str,
    at: usize,
    /// The element without tags that was opened last, and what it holds.
    inside: Option<(Range<usize>, Holds)>,
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        self.next_with(|_| {})
    }
}

impl<'h> Pieces<'h> {
    /// How far it has read, if a reader that begins there reads on as this one would: not inside an element that takes no tags.
    pub fn place(&self) -> Option<usize> {
        self.inside.is_none().then_some(self.at)
    }

    /// The next piece. `each` sees the attributes of a tag on the way to its end, those of one that is [`Piece::Unfinished`]
    /// too: so who looks at all attributes of a page reads each of them once.
    pub fn next_with(&mut self, each: impl FnMut(Attribute<'h>)) -> Option<Piece<'h>> {
        if let Some((name, holds)) = self.inside.take() {
            let from = self.at;
            self.at = self.end_of(&name, holds);
            if self.at > from {
                let range = from..self.at;
                return Some(if holds == Holds::Text { Piece::Text(range) } else { Piece::Raw(range) });
            }
        }
        let bytes = self.html.as_bytes();
        let from = self.at;
        let mut look = from;
        let start = loop {
            let Some(start) = bytes.get(look..).and_then(|rest| memchr::memchr(b'<', rest)).map(|i| look + i)
            else {
                self.at = bytes.len();
                return (from < bytes.len()).then_some(Piece::Text(from..bytes.len()));
            };
            match (bytes.get(start + 1), bytes.get(start + 2)) {
                (Some(b'!' | b'?'), _) | (Some(b'/'), Some(_)) => break start,
                (Some(byte), _) if byte.is_ascii_alphabetic() => break start,
                _ => look = start + 1,
            }
        };
        if start > from {
            self.at = start;
            return Some(Piece::Text(from..start));
        }
        Some(self.markup(start, each))
    }

    /// The piece of markup that begins at `start`.
    fn markup(&mut self, start: usize, each: impl FnMut(Attribute<'h>)) -> Piece<'h> {
        let bytes = self.html.as_bytes();
        let closes = bytes.get(start + 1) == Some(&b'/');
        let name = start + 1 + usize::from(closes);
        let is_tag = bytes.get(name).is_some_and(u8::is_ascii_alphabetic);
        if is_tag {
            let Some(tag) = tag_at(self.html, name, closes, each) else {
                self.at = bytes.len();
                return Piece::Unfinished(start..bytes.len());
            };
            self.at = tag.end;
            if closes {
                return Piece::Close(tag);
            }
            self.inside = holds(&tag).map(|holds| (tag.name_range.clone(), holds));
            return Piece::Open(tag);
        }
        if bytes[start..].starts_with(b"<!--") {
            let (inside, end) = comment(bytes, start + 4);
            self.at = end;
            return Piece::Comment(inside);
        }
        let end = memchr::memchr(b'>', &bytes[start + 2..]).map_or(bytes.len(), |i| start + 3 + i);
        self.at = end;
        Piece::Declaration(start..end)
    }

    /// Where the content of the element that was opened ends.
    fn end_of(&self, name: &Range<usize>, holds: Holds) -> usize {
        let html = self.html;
        if holds == Holds::Rest {
            return html.len();
        }
        let name = html.get(name.clone()).unwrap_or("");
        let mut at = self.at;
        while let Some(i) = html.as_bytes().get(at..).and_then(|rest| memchr::memmem::find(rest, b"</")) {
            let found = at + i;
            let end = found + 2 + name.len();
            let same = html.get(found + 2..end).is_some_and(|n| n.eq_ignore_ascii_case(name));
            if same && html.as_bytes().get(end).is_some_and(ends_name) {
                return found;
            }
            at = found + 2;
        }
        html.len()
    }
}

/// What stands inside a comment whose text begins at `from`, and where the comment ends.
fn comment(bytes: &[u8], from: usize) -> (Range<usize>, usize) {
    let rest = &bytes[from..];
    // `<!-->` and `<!--->` are whole.
    for empty in [&b">"[..], b"->"] {
        if rest.starts_with(empty) {
            return (from..from, from + empty.len());
        }
    }
    for end in memchr::memchr_iter(b'>', rest) {
        for close in [&b"--"[..], b"--!"] {
            if let Some(inside) = rest[..end].strip_suffix(close) {
                return (from..from + inside.len(), from + end + 1);
            }
        }
    }
    (from..bytes.len(), bytes.len())
}

/// The tag whose name begins at `start`; none when it never ends. `each` sees its attributes.
fn tag_at<'h>(
    html: &'h str,
    start: usize,
    closes: bool,
    mut each: impl FnMut(Attribute<'h>),
) -> Option<Tag<'h>> {
    let bytes = html.as_bytes();
    let name_range = start..start + bytes[start..].iter().position(ends_name)?;
    let mut at = name_range.end;
    let mut attributes = Attributes { html, at, end: html.len() };
    while let Some(attribute) = attributes.next() {
        at = attributes.at;
        each(attribute);
    }
    // What is left is no attribute: blanks and strokes up to the end.
    let angle = at + bytes.get(at..)?.iter().position(|b| !b.is_ascii_whitespace() && *b != b'/')?;
    let closes_itself = angle > at && bytes.get(angle - 1) == Some(&b'/');
    Some(Tag { html, name_range, end: angle + 1, closes, closes_itself })
}
