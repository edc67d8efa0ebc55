//! What a finished page can do without: stylesheets and scripts of parts that it does not have, and drawings that it has already.
//!
//! A template names them all and says what each is for: `<link rel="stylesheet" href="…" data-for="table glance">` stays on pages
//! that have an element of one of these names or classes, whoever made it: a page's text, raw HTML, a component, a site's own
//! template. That can be known only of the whole page, so it is decided here. A drawing that stands on a page twice (an icon) is
//! written once; the others refer to it.

mod lines;

use lines::{Asked, Drawing, Page};
use memchr::memmem;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The attribute that says what a stylesheet or script is for.
const FOR: &str = "data-for";

/// A page as it was made, without what it does not need.
pub fn lean(made: Vec<u8>) -> Vec<u8> {
    let has = |what: &str| memmem::find(&made, what.as_bytes()).is_some();
    if !has(FOR) && !has("<svg") {
        return made;
    }
    match String::from_utf8(made) {
        Ok(html) => written(&html, &Page::read(&html)).into_bytes(),
        Err(bytes) => bytes.into_bytes(),
    }
}

fn written(html: &str, page: &Page) -> String {
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for Asked { place, attribute, wanted, .. } in &page.asked {
        let blank = |at: usize| html.as_bytes().get(at).is_some_and(u8::is_ascii_whitespace);
        let place = match wanted.iter().any(|name| page.has(*name)) {
            // With the blank before it, and with the end of its line.
            true => attribute.start - usize::from(blank(attribute.start - 1))..attribute.end,
            false => place.start..place.end + usize::from(blank(place.end)),
        };
        changes.push((place, String::new()));
    }
    draw_once(html, &page.drawings, &mut changes);
    changes.sort_by_key(|(place, _)| place.start);
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    for (place, new) in changes {
        out.push_str(html.get(done..place.start).unwrap_or(""));
        out.push_str(&new);
        done = place.end;
    }
    out.push_str(html.get(done..).unwrap_or(""));
    out
}

/// Names the first of drawings that are alike, and lets the others refer to it.
fn draw_once(html: &str, drawings: &[Drawing], changes: &mut Vec<(Range<usize>, String)>) {
    let mut alike: FxHashMap<&str, Vec<&Range<usize>>> = FxHashMap::default();
    for Drawing { inside, .. } in drawings.iter().filter(|drawing| drawing.moves) {
        alike.entry(html.get(inside.clone()).unwrap_or("")).or_default().push(inside);
    }
    let mut groups: Vec<_> = alike.into_iter().filter(|(_, places)| places.len() > 1).collect();
    groups.sort_by_key(|(_, places)| places.first().map_or(0, |place| place.start));
    for (number, (text, places)) in groups.into_iter().enumerate() {
        for (i, place) in places.into_iter().enumerate() {
            let new = match i {
                0 => format!("<g id=\"svg--{number}\">{text}</g>"),
                _ => format!("<use href=\"#svg--{number}\"/>"),
            };
            changes.push((place.clone(), new));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaned(html: &str) -> String {
        String::from_utf8(lean(html.as_bytes().to_vec())).unwrap()
    }

    #[test]
    fn what_is_for_nothing_here_goes() {
        for (made, left) in [
            ("<link href=\"a\" data-for=\"x y\">\n<p>", "<p>"),
            ("<link href=\"a\" data-for=\"x y\">\n<p class=\"z y\">", "<link href=\"a\">\n<p class=\"z y\">"),
            ("<link href=a data-for=table><TABLE>", "<link href=a><TABLE>"),
            ("<script src=a data-for=\"x\"></script><p class=x>", "<script src=a></script><p class=x>"),
            ("<script src=a data-for=\"x\" defer></script><script src=b data-for='x'></script><p>", "<p>"),
            ("<script src=a data-for=\"x\"></script>\n", ""),
            ("<script src=a data-for=\"x\">\n a < b </script><p>", "<p>"),
            ("<script src=a data-for=\"x\">a</script><script>b</script>", "<script>b</script>"),
            // Only a tag has names: a comment, a text and another script have none.
            (
                "<link data-for=\"x\"><!-- <p class=x> --> class=\"x\" <script>'<p class=x>'</script>",
                "<!-- <p class=x> --> class=\"x\" <script>'<p class=x>'</script>",
            ),
            ("<link data-for=\"é&amp;\"><p class=\"é&#38; b\">", "<link><p class=\"é&#38; b\">"),
            ("<p data-for=\"x\">", "<p data-for=\"x\">"),
        ] {
            assert_eq!(leaned(made), left, "{made}");
        }
    }

    #[test]
    fn a_line_that_is_known_says_nothing_where_it_is_no_markup() {
        let line = "<p class=x>\n";
        for _ in 0..4 {
            assert_eq!(leaned(&format!("<link data-for=\"x\">\n{line}")), format!("<link>\n{line}"));
        }
        for around in [
            ("<!--\n", "-->"),
            ("<script>\n", "</script>"),
            ("<textarea>\n", "</textarea>"),
            ("<a title='\n", "'>"),
        ] {
            let text = format!("{}{line}{}\n", around.0, around.1);
            assert_eq!(leaned(&format!("<link data-for=\"x\">\n{text}")), text);
        }
        assert_eq!(leaned(&format!("<link data-for=\"x\">\nWords {line}")), format!("<link>\nWords {line}"));
    }

    #[test]
    fn a_drawing_stands_once() {
        let path = "<path d=\"M1 1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1\"/>";
        let svg = |inside: &str, class: &str| format!("<svg class=\"{class}\">{inside}</svg>");
        let twice = format!("<p>{}</p>{}", svg(path, "a"), svg(path, "b"));
        let first = svg(&format!("<g id=\"svg--0\">{path}</g>"), "a");
        assert_eq!(leaned(&twice), format!("<p>{first}</p>{}", svg("<use href=\"#svg--0\"/>", "b")));
        let title = format!("<title>Hand</title>{path}");
        let nested = svg(&svg(path, "a"), "b");
        for same in [
            svg(path, "a"),
            svg(&title, "a").repeat(2),
            format!("<svg id=\"a\">{path}</svg><svg>{path}</svg>"),
            svg("<path d=\"M1 1\"/>", "a").repeat(3),
            nested,
            format!("<svg/>{}", svg(path, "a")),
        ] {
            assert_eq!(leaned(&same), same);
        }
        // Lines that were met before are known: all is the same again, and where other lines stand around them.
        for _ in 0..4 {
            let lines = format!("{}\n<p>a</p>\n{}\n", svg(path, "a"), svg(path, "b"));
            assert_eq!(
                leaned(&lines),
                format!("{first}\n<p>a</p>\n{}\n", svg("<use href=\"#svg--0\"/>", "b"))
            );
        }
        // What is open when the page ends, or never opened, harms nothing.
        for broken in ["<svg>", "</svg></svg>", "<svg><svg></svg>", "<script data-for=x>", "<link data-for"] {
            let _ = leaned(broken);
        }
    }
}
