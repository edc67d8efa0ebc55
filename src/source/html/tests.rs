//! What the reader of HTML finds, and what html5gum, which follows the states of the standard, makes of the same text.

use super::{Attribute, Piece, Tag, pieces, resolved, tags};

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
    assert_eq!(shown("<!-- a --!><!--><!---><!-- b"), ["comment  a ", "comment ", "comment ", "comment  b"]);
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
