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
    fn written(&self) -> &'h str {
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
pub(super) fn lower(name: &str) -> Cow<'_, str> {
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
pub fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
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
    NAMES.into_iter().find(|(name, _)| tag.is(name)).map(|(_, holds)| holds)
}

struct Pieces<'h> {
    html: &'h str,
    at: usize,
    /// The element without tags that was opened last, and what it holds.
    inside: Option<(Range<usize>, Holds)>,
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
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
        Some(self.markup(start))
    }
}

impl<'h> Pieces<'h> {
    /// The piece of markup that begins at `start`.
    fn markup(&mut self, start: usize) -> Piece<'h> {
        let bytes = self.html.as_bytes();
        let closes = bytes.get(start + 1) == Some(&b'/');
        let name = start + 1 + usize::from(closes);
        let is_tag = bytes.get(name).is_some_and(u8::is_ascii_alphabetic);
        if is_tag {
            let Some(tag) = tag_at(self.html, name, closes) else {
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

/// The tag whose name begins at `start`; none when it never ends.
fn tag_at(html: &str, start: usize, closes: bool) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let name_range = start..start + bytes[start..].iter().position(ends_name)?;
    let mut at = name_range.end;
    let mut attributes = Attributes { html, at, end: html.len() };
    while attributes.next().is_some() {
        at = attributes.at;
    }
    // What is left is no attribute: blanks and strokes up to the end.
    let angle = at + bytes.get(at..)?.iter().position(|b| !b.is_ascii_whitespace() && *b != b'/')?;
    let closes_itself = angle > at && bytes.get(angle - 1) == Some(&b'/');
    Some(Tag { html, name_range, end: angle + 1, closes, closes_itself })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::html::resolved;

    fn attributes(tag: &Tag<'_>, html: &str) -> String {
        let one = |a: &Attribute<'_>| format!(" {}={:?} at {}", a.name(), a.value(), &html[a.range.clone()]);
        tag.distinct().iter().map(one).collect()
    }

    /// Each piece as kind and text, attributes as name, value and text.
    fn shown(html: &str) -> Vec<String> {
        let one = |piece: Piece<'_>| match piece {
            Piece::Open(tag) => {
                format!("open {}{} at {}", tag.name(), attributes(&tag, html), &html[tag.range()])
            }
            Piece::Close(tag) => format!("close {} at {}", tag.name(), &html[tag.range()]),
            Piece::Text(range) => format!("text {} at {}", resolved(&html[range.clone()]), &html[range]),
            Piece::Raw(range) => format!("raw {}", &html[range]),
            Piece::Comment(range) => format!("comment {}", &html[range]),
            Piece::Declaration(range) => format!("declaration at {}", &html[range]),
            Piece::Unfinished(range) => format!("unfinished at {}", &html[range]),
        };
        pieces(html).map(one).collect()
    }

    #[test]
    fn takes_html_apart_at_the_right_places() {
        assert_eq!(
            shown("a < b<!-- <x> --><P lang=es Ü='\u{e4}' hidden>&eacute;&lt;</P >"),
            [
                "text a < b at a < b",
                "comment  <x> ",
                "open p lang=\"es\" at lang=es Ü=\"ä\" at Ü='ä' hidden=\"\" at hidden at <P lang=es Ü='ä' hidden>",
                "text é< at &eacute;&lt;",
                "close p at </P >",
            ]
        );
        assert_eq!(
            shown("<a\r\n href=\"a&amp;b\"\r\n>\r\ny</a>"),
            [
                "open a href=\"a&b\" at href=\"a&amp;b\" at <a\r\n href=\"a&amp;b\"\r\n>",
                "text \ny at \r\ny",
                "close a at </a>"
            ]
        );
    }

    #[test]
    fn programs_are_text_and_half_tags_are_told() {
        assert_eq!(
            shown("<script>a<b>&lt;</script>c"),
            ["open script at <script>", "raw a<b>&lt;", "close script at </script>", "text c at c"]
        );
        assert_eq!(
            shown("<TEXTAREA><b>&lt;</textareax></textarea/>"),
            [
                "open textarea at <TEXTAREA>",
                "text <b><</textareax> at <b>&lt;</textareax>",
                "close textarea at </textarea/>"
            ]
        );
        assert_eq!(shown("<style>never <b>"), ["open style at <style>", "raw never <b>"]);
        assert_eq!(shown("x <div class=\"y"), ["text x  at x ", "unfinished at <div class=\"y"]);
        assert_eq!(
            shown("<!DOCTYPE html><?php x ?></3></>"),
            [
                "declaration at <!DOCTYPE html>",
                "declaration at <?php x ?>",
                "declaration at </3>",
                "declaration at </>"
            ]
        );
        assert_eq!(
            shown("<!-- a --!><!--><!---><!-- b"),
            ["comment  a ", "comment ", "comment ", "comment  b"]
        );
        for open in ["<a id=\"x", "<a", "</a", "<a b='c>d", "<a =", "<a/"] {
            assert_eq!(shown(open), [format!("unfinished at {open}")]);
        }
    }

    #[test]
    fn tags_are_those_that_a_browser_sees() {
        let names = |html| tags(html).map(|tag| tag.name().into_owned()).collect::<Vec<_>>();
        assert_eq!(
            names("a < b <p id=x class = 'a>b' hidden><br/></p ><IMG alt=\"<a id='y'>\"/><é><h2>"),
            ["p", "br", "p", "img", "h2"]
        );
        let tag = tags("<iframe title='a > b' src=//x.y/ SRC=z =q allowfullscreen/>").next().unwrap();
        assert_eq!(tag.value("TITLE").as_deref(), Some("a > b"));
        assert_eq!(tag.value("src").as_deref(), Some("//x.y/"));
        assert_eq!(tag.value("=q").as_deref(), Some(""));
        assert_eq!(tag.value("allowfullscreen").as_deref(), Some(""));
        assert!(tag.closes_itself && tag.distinct().len() == 4 && tag.attributes().count() == 5);
        assert!(!tags("<a b=c/>").next().unwrap().closes_itself);
    }

    /// What html5gum, which follows the states of the standard, makes of it.
    fn theirs(html: &str) -> Vec<String> {
        use html5gum::{DefaultEmitter, HtmlString, Token, Tokenizer};
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let text = |bytes: &HtmlString| String::from_utf8_lossy(bytes).into_owned();
        let one = |token: Token<usize>| match token {
            Token::StartTag(tag) => {
                let mut attributes: Vec<_> = tag.attributes.iter().collect();
                attributes.sort_by_key(|(_, value)| value.span.start);
                let one = |(name, value): (&HtmlString, &html5gum::Spanned<HtmlString, usize>)| {
                    format!(" {}={:?}", text(name), text(&value.value))
                };
                let own: String = attributes.into_iter().map(one).collect();
                Some(format!("open {}{own} {}", text(&tag.name), tag.self_closing))
            }
            Token::EndTag(tag) => Some(format!("close {}", text(&tag.name))),
            Token::String(string) => Some(format!("text {}", text(&string.value))),
            Token::Comment(comment) => html[comment.span.start..]
                .starts_with("<!--")
                .then(|| format!("comment {}", text(&comment.value))),
            Token::Doctype(_) | Token::Error(_) => None,
        };
        Tokenizer::new_with_emitter(html, emitter).filter_map(|Ok(token)| one(token)).collect()
    }

    /// The same of ours: declarations and what is cut off are nothing to a browser.
    fn ours(html: &str) -> Vec<String> {
        let one = |piece: Piece<'_>| match piece {
            Piece::Open(tag) => {
                let one = |a: &Attribute<'_>| format!(" {}={:?}", a.name(), a.value());
                let own: String = tag.distinct().iter().map(one).collect();
                Some(format!("open {}{own} {}", tag.name(), tag.closes_itself))
            }
            Piece::Close(tag) => Some(format!("close {}", tag.name())),
            Piece::Text(range) => Some(format!("text {}", resolved(&html[range]))),
            Piece::Raw(range) => Some(format!("text {}", &html[range])),
            Piece::Comment(range) => Some(format!("comment {}", &html[range])),
            Piece::Declaration(_) | Piece::Unfinished(_) => None,
        };
        let mut out: Vec<String> = Vec::new();
        for piece in pieces(html).filter_map(one) {
            out.push(piece);
        }
        out
    }

    const PARTS: &[&str] = &[
        "<",
        ">",
        "</",
        "/",
        "=",
        "\"",
        "'",
        " ",
        "\n",
        "a",
        "b",
        "é",
        "<a",
        "<b ",
        "</a>",
        "<br/>",
        "<!--",
        "-->",
        "--!>",
        "-",
        "!",
        "<!x>",
        "<?",
        "&amp;",
        "&eacute;",
        "&",
        "&#x41;",
        "&copy",
        ";",
        "x=y",
        "href=\"a\"",
        " id=",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<style",
        "</style",
    ];

    proptest::proptest! {
        #[test]
        fn html5gum_reads_the_same(parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..14)) {
            let html = parts.concat();
            // Comments in scripts have states of their own, and what the end cuts off leaves no tokens.
            let program = html.contains("<script>") && html.contains("<!--");
            let cut = pieces(&html).any(|p| match p {
                Piece::Unfinished(_) => true,
                Piece::Comment(range) => range.end == html.len(),
                _ => false,
            });
            if !program && !cut {
                let joined = |list: Vec<String>| {
                    let mut out: Vec<String> = Vec::new();
                    for piece in list {
                        match (out.last_mut(), piece.strip_prefix("text ")) {
                            (Some(last), Some(text)) if last.starts_with("text ") => last.push_str(text),
                            _ => out.push(piece),
                        }
                    }
                    out
                };
                assert_eq!(joined(ours(&html)), joined(theirs(&html)), "{html:?}");
            }
        }

        #[test]
        fn pieces_are_the_whole_text(html in "[a<>/='\" \r\n!é&;-]{0,40}") {
            let mut last = 0;
            for piece in pieces(&html) {
                let range = match piece {
                    Piece::Open(tag) | Piece::Close(tag) => {
                        for a in tag.attributes() {
                            assert!(a.range.start >= tag.range().start && a.range.end <= tag.range().end, "{html:?}");
                        }
                        tag.range()
                    }
                    Piece::Text(r) | Piece::Raw(r) | Piece::Declaration(r) | Piece::Unfinished(r) => r,
                    Piece::Comment(inside) => {
                        let close = html[inside.end..].find('>').map_or(html.len(), |i| inside.end + i + 1);
                        inside.start - 4..close
                    }
                };
                assert_eq!(range.start, last, "{html:?}");
                assert!(html.is_char_boundary(range.start) && html.is_char_boundary(range.end), "{html:?}");
                last = range.end;
            }
            assert_eq!(last, html.len());
        }
    }
}
