//! Links as footnotes for paper: each link of a body that leads off the sheet gets a number, and the page a list.
//!
//! The number is an attribute (`data-note`) that a theme's print styles show; on the screen nothing changes. Links to
//! other sites always count; links within the site only when its address is known, since a relative address says
//! nothing on paper. Words of the glossary have their meaning printed instead.

use super::context::map;
use super::link::address_of;
use super::reader::Reader;
use crate::source::address::is_absolute;
use memchr::memmem;
use tera::Value;

/// The links of one output, in order of first use; the first has the number 1.
#[derive(Debug, Default)]
pub struct Notes(Vec<Note>);

#[derive(Debug, PartialEq, Eq)]
struct Note {
    /// What the link says where it stands first.
    title: String,
    address: String,
}

impl Notes {
    /// The links as templates see them.
    pub fn list(&self) -> Value {
        let links = self.0.iter().enumerate().map(
            |(i, note)| map! {"number": i + 1, "title": note.title.as_str(), "address": note.address.as_str()},
        );
        Value::from(links.collect::<Vec<_>>())
    }

    /// `html` with a number on each link that counts.
    pub fn number(&mut self, reader: &Reader, html: String) -> String {
        let world = reader.fixed();
        let full = |href: &str| {
            // Without it no address can be told; most previews have none.
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
        let mut rest = html;
        while let Some(start) = memmem::find(rest.as_bytes(), b"<a ") {
            let Some(length) = memchr::memchr(b'>', &rest.as_bytes()[start..]) else { break };
            let (tag, after) = (&rest[start..start + length], &rest[start + length..]);
            // Paper says an address already that stands there as the text of its link.
            if let Some(address) = target(tag, &full)
                && let title = text_of(after)
                && bare(title.trim()) != bare(&address)
            {
                let number = self.0.iter().position(|n| n.address == address).unwrap_or_else(|| {
                    self.0.push(Note { title, address });
                    self.0.len() - 1
                });
                if done == 0 {
                    out.reserve(html.len() + 64);
                }
                let end = html.len() - after.len();
                out.push_str(&html[done..end]);
                done = end;
                out.push_str(" data-note=\"");
                out.push_str(&(number + 1).to_string());
                out.push('"');
            }
            rest = after;
        }
        if done == 0 {
            return None;
        }
        out.push_str(&html[done..]);
        Some(out)
    }
}

/// How a link to a word of the glossary begins.
const TERM: &str = "<a class=\"term\"";

/// The whole address to which a link leads, if it is one that counts.
fn target(tag: &str, full: impl Fn(&str) -> Option<String>) -> Option<String> {
    // As nearly all are written, told at a glance.
    let href = match tag.strip_prefix("<a href=\"") {
        Some(href) if !tag.contains("class=\"term\"") => href,
        None if !tag.starts_with(TERM) && !tag.contains("class=\"term\"") => tag.split_once(" href=\"")?.1,
        _ => return None,
    };
    let href = href.split('"').next()?;
    let href = if href.contains('&') { href.replace("&amp;", "&") } else { href.to_string() };
    let begins = |scheme: &str| href.get(..scheme.len()).is_some_and(|h| h.eq_ignore_ascii_case(scheme));
    if begins("https://") || begins("http://") {
        return Some(href);
    }
    if href.is_empty() || href.starts_with('#') || is_absolute(&href) {
        return None;
    }
    full(&href)
}

/// The text of a link, whose tag ends with the first byte of `after`.
fn text_of(after: &str) -> String {
    let html = after.split("</a>").next().unwrap_or("");
    let mut text = String::with_capacity(html.len());
    for part in html.split('<') {
        // Each part begins in a tag: that of the link itself, or one within its text.
        text.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
        text = text.replace(entity, sign);
    }
    text
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
        (out.unwrap_or_else(|| html.to_string()), notes.0.into_iter().map(|n| n.address).collect())
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
        assert_eq!(notes.0[0].title, "A & B: <c>");
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
