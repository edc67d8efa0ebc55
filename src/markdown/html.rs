//! Raw HTML taken apart as a browser would: tags with their attributes, text, comments, each with its place.
//!
//! The reading is html5gum's, by the states of the HTML standard, so that what is a tag here is one in every browser. Used by
//! the pass on raw HTML, and by the rules that look at it.

use html5gum::{DefaultEmitter, HtmlString, Span, StartTag, Token, Tokenizer};
use std::ops::Range;

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// An opening tag.
    Open(Tag),
    /// A closing tag, its name in lower case.
    Close(String, Range<usize>),
    /// Text, character references resolved.
    Text(String, Range<usize>),
    /// A comment `<!-- … -->`: what stands inside.
    Comment(String),
    /// A declaration, a processing instruction: nothing that a page shows.
    Declaration(Range<usize>),
    /// A tag that the end cut off.
    Unfinished(Range<usize>),
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name in lower case.
    pub name: String,
    /// Its place in the piece.
    pub range: Range<usize>,
    /// Its attributes as they stand; of two of one name the first.
    pub attributes: Vec<Attribute>,
    /// Written `<name/>`.
    pub closes_itself: bool,
}

/// An attribute.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name in lower case.
    pub name: String,
    /// Its value, character references resolved; "" when it has none.
    pub value: String,
    /// Its place in the piece.
    pub range: Range<usize>,
}

impl Tag {
    /// Whether it is called so.
    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// The value of an attribute; "" when it stands without one.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.name == name).map(|a| a.value.as_str())
    }

    /// Name and value of each attribute, in order.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|a| (a.name.as_str(), a.value.as_str()))
    }
}

/// The opening tags of `html`, in order.
pub fn tags(html: &str) -> impl Iterator<Item = Tag> {
    pieces(html).into_iter().filter_map(|piece| match piece {
        Piece::Open(tag) => Some(tag),
        _ => None,
    })
}

/// All pieces of `html`, in order.
pub fn pieces(html: &str) -> Vec<Piece> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut found = Vec::new();
    let mut done = 0;
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        let piece = match token {
            Token::StartTag(tag) => Piece::Open(open(html, tag)),
            Token::EndTag(tag) => Piece::Close(text(&tag.name), place(html, tag.span)),
            Token::String(string) => Piece::Text(text(&string.value), place(html, string.span)),
            Token::Comment(comment) => {
                let range = place(html, comment.span);
                done = range.end;
                match html[range.clone()].starts_with("<!--") {
                    true => Piece::Comment(text(&comment.value)),
                    false => Piece::Declaration(range),
                }
            }
            Token::Doctype(doctype) => Piece::Declaration(place(html, doctype.span)),
            Token::Error(_) => continue,
        };
        done = match &piece {
            Piece::Open(tag) => tag.range.end,
            Piece::Close(_, range) | Piece::Text(_, range) | Piece::Declaration(range) => range.end,
            Piece::Comment(_) | Piece::Unfinished(_) => done,
        };
        found.push(piece);
    }
    // A browser forgets a tag that does not end.
    if let Some(at) = html[done..].find('<') {
        found.push(Piece::Unfinished(done + at..html.len()));
    }
    found
}

fn open(html: &str, tag: StartTag<usize>) -> Tag {
    let one = |(name, value): (HtmlString, html5gum::Spanned<HtmlString>)| {
        let mut range = place(html, value.span);
        // The place of a value without quotes reaches one byte beyond it.
        if !value.value.is_empty() && !html[range.clone()].ends_with(['"', '\'']) {
            range.end -= 1;
        }
        Attribute { name: text(&name), value: text(&value.value), range }
    };
    let mut attributes: Vec<Attribute> = tag.attributes.into_iter().map(one).collect();
    attributes.sort_by_key(|attribute| attribute.range.start);
    Tag { name: text(&tag.name), range: place(html, tag.span), attributes, closes_itself: tag.self_closing }
}

fn text(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A place, on borders of characters.
fn place(html: &str, span: Span<usize>) -> Range<usize> {
    let border = |at: usize| (0..=at.min(html.len())).rev().find(|i| html.is_char_boundary(*i)).unwrap_or(0);
    let start = border(span.start);
    start..border(span.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each piece as kind and text, attributes as name, value and text.
    fn shown(html: &str) -> Vec<String> {
        let one = |piece: Piece| match piece {
            Piece::Open(tag) => {
                let attributes = tag.attributes.iter();
                let attributes =
                    attributes.map(|a| format!(" {}={:?} at {}", a.name, a.value, &html[a.range.clone()]));
                format!("open {}{} at {}", tag.name, attributes.collect::<String>(), &html[tag.range])
            }
            Piece::Close(name, range) => format!("close {name} at {}", &html[range]),
            Piece::Text(text, range) => format!("text {text} at {}", &html[range]),
            Piece::Comment(text) => format!("comment {text}"),
            Piece::Declaration(range) => format!("declaration at {}", &html[range]),
            Piece::Unfinished(range) => format!("unfinished at {}", &html[range]),
        };
        pieces(html).into_iter().map(one).collect()
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
            shown("<script>a<b></script>c"),
            ["open script at <script>", "text a<b> at a<b>", "close script at </script>", "text c at c"]
        );
        assert_eq!(shown("x <div class=\"y"), ["text x  at x ", "unfinished at <div class=\"y"]);
        assert_eq!(
            shown("<!DOCTYPE html><?php x ?>"),
            ["declaration at <!DOCTYPE html>", "declaration at <?php x ?>"]
        );
        assert_eq!(shown("<!-- a"), ["comment  a"]);
    }

    proptest::proptest! {
        #[test]
        fn places_follow_one_another(html in "[a<>/='\" \r\n!é&;-]{0,40}") {
            let mut last = 0;
            for piece in pieces(&html) {
                let range = match piece {
                    Piece::Open(tag) => {
                        for a in &tag.attributes {
                            assert!(a.range.start >= tag.range.start && a.range.end <= tag.range.end, "{html:?}");
                        }
                        tag.range
                    }
                    Piece::Close(_, r) | Piece::Text(_, r) | Piece::Declaration(r) | Piece::Unfinished(r) => r,
                    Piece::Comment(_) => continue,
                };
                assert!(range.start >= last && range.end <= html.len(), "{html:?}");
                last = range.end;
            }
        }
    }
}
