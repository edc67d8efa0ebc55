//! What a finished page can do without: stylesheets and scripts of parts that it does not have, and drawings that it has already.
//!
//! A template names them all and says what each is for: `<link rel="stylesheet" href="…" data-for="table glance">` stays on pages
//! that have an element of one of these names or classes, whoever made it: a page's text, raw HTML, a component, a site's own
//! template. That can be known only of the whole page, so it is decided here. A drawing that stands on a page twice (an icon) is
//! written once; the others refer to it.

use crate::source::html::{Piece, Tag, attribute_value, lower_name, pieces};
use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::ops::Range;

/// The attribute that says what a stylesheet or script is for.
const FOR: &str = "data-for";

/// What marks a drawing that must stand where it is: names of its own, and words, which are read where they stand.
const OWN: [&str; 5] = [" id=", "<title", "<style", "<use", "<text"];

/// A shorter drawing is not worth an address.
const SHORT: usize = 60;

/// A page as it was made, without what it does not need.
pub fn lean(made: Vec<u8>) -> Vec<u8> {
    let has = |what: &str| memmem::find(&made, what.as_bytes()).is_some();
    if !has(FOR) && !has("<svg") {
        return made;
    }
    match String::from_utf8(made) {
        Ok(html) => Page::read(&html).written(&html).into_bytes(),
        Err(bytes) => bytes.into_bytes(),
    }
}

/// What was found on a page.
#[derive(Default)]
struct Page<'h> {
    /// Stylesheets and scripts that say what they are for.
    asked: Vec<Asked<'h>>,
    /// Names of elements as written, each once.
    elements: FxHashSet<&'h str>,
    /// Classes of elements as written, all of an element together, each such text once.
    classes: FxHashSet<&'h str>,
    /// Drawings, in order, each with the place of what it holds.
    drawings: Vec<(Range<usize>, Range<usize>)>,
}

/// A stylesheet or script that says what it is for.
struct Asked<'h> {
    /// Its place, with the tag that closes it.
    place: Range<usize>,
    /// The place of what it says.
    attribute: Range<usize>,
    wanted: Cow<'h, str>,
    /// Whether it is a script whose end has not been met.
    open: bool,
}

impl<'h> Page<'h> {
    fn read(html: &'h str) -> Page<'h> {
        let mut page = Page::default();
        // The drawing that is open: where it begins, where what it holds begins, how many are open in it.
        let mut open: Option<(usize, usize, usize)> = None;
        for piece in pieces(html) {
            match piece {
                Piece::Open(tag) if tag.is("svg") => match &mut open {
                    Some((.., depth)) => *depth += 1,
                    None if !tag.closes_itself => open = Some((tag.range().start, tag.end, 1)),
                    None => {}
                },
                Piece::Open(tag) => page.note(&tag),
                Piece::Close(tag) if tag.is("svg") => {
                    if let Some((start, inside, depth)) = &mut open {
                        *depth -= 1;
                        if *depth == 0 {
                            page.drawings.push((*start..tag.end, *inside..tag.range().start));
                            open = None;
                        }
                    }
                }
                Piece::Close(tag) if tag.is("script") => {
                    if let Some(last) = page.asked.last_mut().filter(|last| last.open) {
                        last.place.end = tag.end;
                        last.open = false;
                    }
                }
                _ => {}
            }
        }
        page
    }

    fn note(&mut self, tag: &Tag<'h>) {
        let mut asked = None;
        for attribute in tag.attributes() {
            if attribute.is("class") {
                self.classes.insert(attribute.written);
            } else if attribute.is(FOR) && (tag.is("link") || tag.is("script")) {
                asked = Some(Asked {
                    place: tag.range(),
                    attribute: attribute.range.clone(),
                    wanted: attribute.value(),
                    open: tag.is("script"),
                });
            }
        }
        self.asked.extend(asked);
        self.elements.insert(tag.written());
    }

    /// Names and classes of the elements of the page.
    fn names(&self) -> FxHashSet<Cow<'h, str>> {
        let mut names: FxHashSet<Cow<'h, str>> = self.elements.iter().map(|name| lower_name(name)).collect();
        for classes in &self.classes {
            match attribute_value(classes) {
                Cow::Borrowed(classes) => names.extend(classes.split_ascii_whitespace().map(Cow::Borrowed)),
                Cow::Owned(classes) => {
                    names.extend(classes.split_ascii_whitespace().map(|one| Cow::Owned(one.to_owned())));
                }
            }
        }
        names
    }

    fn written(&self, html: &str) -> String {
        let mut changes: Vec<(Range<usize>, String)> = Vec::new();
        let names = self.names();
        for asked in &self.asked {
            let needed = asked.wanted.split_ascii_whitespace().any(|name| names.contains(name));
            let blank = |at: usize| html.as_bytes().get(at).is_some_and(u8::is_ascii_whitespace);
            let place = match needed {
                // With the blank before it, and with the end of its line.
                true => {
                    asked.attribute.start - usize::from(blank(asked.attribute.start - 1))..asked.attribute.end
                }
                false => asked.place.start..asked.place.end + usize::from(blank(asked.place.end)),
            };
            changes.push((place, String::new()));
        }
        self.draw_once(html, &mut changes);
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
    fn draw_once(&self, html: &str, changes: &mut Vec<(Range<usize>, String)>) {
        let mut alike: FxHashMap<&str, Vec<&Range<usize>>> = FxHashMap::default();
        for (whole, inside) in &self.drawings {
            let text = html.get(inside.clone()).unwrap_or("");
            let whole = html.get(whole.clone()).unwrap_or("");
            if text.len() >= SHORT && !OWN.iter().any(|own| whole.contains(own)) {
                alike.entry(text).or_default().push(inside);
            }
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
        // What is open when the page ends, or never opened, harms nothing.
        for broken in ["<svg>", "</svg></svg>", "<svg><svg></svg>", "<script data-for=x>", "<link data-for"] {
            let _ = leaned(broken);
        }
    }
}
