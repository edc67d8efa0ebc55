//! Links as footnotes for paper: each link of a body that leads off the sheet gets a number, and the page a list.
//!
//! The number is an attribute (`data-note`) that a theme's print styles show; on the screen nothing changes. Links to
//! other sites always count; links within the site only when its address is known, since a relative address says
//! nothing on paper. Words of the glossary have their meaning printed instead.

use super::context::map;
use super::link::address_of;
use super::reader::Reader;
use crate::source::address::is_absolute;
use crate::source::html::{Tag, resolved, tags};
use memchr::memmem;
use rustc_hash::FxHashMap;
use tera::Value;

/// The links of one output, in order of first use; the first has the number 1.
#[derive(Debug, Default)]
pub struct Notes {
    notes: Vec<Note>,
    /// The place of each by its address.
    known: FxHashMap<String, usize>,
}

#[derive(Debug, PartialEq, Eq)]
struct Note {
    /// What the link says where it stands first.
    title: String,
    address: String,
}

impl Notes {
    /// The links as templates see them.
    pub fn list(&self) -> Value {
        let links = self.notes.iter().enumerate().map(
            |(i, note)| map! {"number": i + 1, "title": note.title.as_str(), "address": note.address.as_str()},
        );
        Value::from(links.collect::<Vec<_>>())
    }

    /// `html` with a number on each link that counts.
    pub fn number(&mut self, reader: &Reader, html: String) -> String {
        let world = reader.unrecorded();
        // Without the site's address, which most previews have not, only links to other sites count.
        if world.base_url.is_none() && memmem::find(html.as_bytes(), b"://").is_none() {
            return html;
        }
        let full = |href: &str| {
            world.base_url.as_ref()?;
            let (path, anchor) = href.split_once('#').map_or((href, None), |(p, a)| (p, Some(a)));
            let mut url = world.canonical(&address_of(&reader.here, path))?;
            if let Some(anchor) = anchor {
                url.push('#');
                url.push_str(anchor);
            }
            Some(url)
        };
        self.mark(&html, full).unwrap_or(html)
    }

    /// `html` with its numbers; none when no link has one.
    fn mark(&mut self, html: &str, full: impl Fn(&str) -> Option<String>) -> Option<String> {
        let mut out = String::new();
        let mut done = 0;
        for link in tags(html).filter(|tag| !tag.closes && tag.is("a")) {
            let Some(address) = target(&link, &full) else { continue };
            // Paper says an address already that stands there as the text of its link.
            let title = text_of(&html[link.end..]);
            if bare(title.trim()) == bare(&address) {
                continue;
            }
            let number = *self.known.entry(address).or_insert_with_key(|address| {
                self.notes.push(Note { title, address: address.clone() });
                self.notes.len()
            });
            if done == 0 {
                out.reserve(html.len() + 64);
            }
            out.push_str(&html[done..link.end - 1]);
            done = link.end - 1;
            out.push_str(" data-note=\"");
            out.push_str(&number.to_string());
            out.push('"');
        }
        if done == 0 {
            return None;
        }
        out.push_str(&html[done..]);
        Some(out)
    }
}

/// The whole address to which a link leads, if it is one that counts.
fn target(link: &Tag<'_>, full: impl Fn(&str) -> Option<String>) -> Option<String> {
    let href = link.value("href")?;
    if link.value("class").is_some_and(|class| class.split_ascii_whitespace().any(|c| c == "term")) {
        return None;
    }
    let begins = |scheme: &str| href.get(..scheme.len()).is_some_and(|h| h.eq_ignore_ascii_case(scheme));
    if begins("https://") || begins("http://") {
        return Some(href.into_owned());
    }
    if href.is_empty() || href.starts_with('#') || is_absolute(&href) {
        return None;
    }
    full(&href)
}

/// The text of a link, whose tag ends where `after` begins.
fn text_of(after: &str) -> String {
    let mut text = String::new();
    let mut done = 0;
    for tag in tags(after) {
        let start = tag.range().start;
        text.push_str(&after[done..start]);
        done = tag.end;
        // The next link is another one, should this have no end.
        if tag.is("a") {
            break;
        }
    }
    resolved(&text).into_owned()
}

/// An address as people write it.
fn bare(address: &str) -> &str {
    address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(html: &str, base: Option<&str>) -> (String, Vec<String>) {
        let mut notes = Notes::default();
        let out = notes.mark(html, |href| base.map(|base| format!("{base}/{href}")));
        (out.unwrap_or_else(|| html.to_string()), notes.notes.into_iter().map(|n| n.address).collect())
    }

    #[test]
    fn links_off_the_sheet_are_numbered_once() {
        let html = "<p><a href=\"https://a.example/?x=1&amp;y\">A</a> <a href=\"b.html#c\">B</a> \
                    <a rel=\"external\" href=\"https://a.example/?x=1&amp;y\">again</a></p>";
        let (out, urls) = marked(html, None);
        assert_eq!(urls, ["https://a.example/?x=1&y"]);
        assert_eq!(out.matches("data-note=\"1\"").count(), 2);
        let (out, urls) = marked(html, Some("https://g.example"));
        assert_eq!(urls, ["https://a.example/?x=1&y", "https://g.example/b.html#c"]);
        assert!(out.contains("<a href=\"b.html#c\" data-note=\"2\">B</a>"), "{out}");
    }

    #[test]
    fn a_note_says_what_its_link_says() {
        let mut notes = Notes::default();
        notes.mark("<a href=\"https://a.example\"><b>A &amp; B</b>: &lt;c&gt;</a>", |_| None);
        assert_eq!(notes.notes[0].title, "A & B: <c>");
    }

    #[test]
    fn what_paper_says_already_is_not() {
        for html in [
            "<a class=\"term\" href=\"https://a.example\">word</a>",
            "<a href=\"#part\">part</a>",
            "<a href=\"mailto:a@example.org\">a@example.org</a>",
            "<a href=\"https://a.example/\">a.example</a>",
            "<abbr>x</abbr> <a id=\"x\">y</a> <a ",
        ] {
            assert_eq!(marked(html, Some("https://g.example")), (html.to_string(), Vec::new()), "{html}");
        }
    }
}
