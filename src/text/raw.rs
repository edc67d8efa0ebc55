//! Links of raw HTML: `<a href="…">` may stand in one piece, its text in others, its `</a>` in a third.

use super::LinkAt;
use crate::source::Span;
use crate::source::html::{self, Piece, Tag};

/// The link that is open, if one is.
#[derive(Default)]
pub(super) struct RawLinks {
    open: Option<Open>,
}

struct Open {
    link: LinkAt,
    /// Its text in blocks of HTML, of which the running text holds nothing.
    text: String,
}

impl RawLinks {
    /// Whether a link is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Reads a piece of HTML that stands at `start` in the file; the running text ends at `flat`.
    pub fn read(&mut self, source: &str, start: u32, flat: u32, links: &mut Vec<LinkAt>) {
        for piece in html::pieces(source) {
            match piece {
                Piece::Open(tag) => self.opened(&tag, start, flat, links),
                Piece::Close(tag) if tag.is("a") => self.end(flat, start + tag.end as u32, links),
                Piece::Text(range) => {
                    if let Some(open) = &mut self.open {
                        open.text.push_str(&html::resolved(&source[range]));
                    }
                }
                _ => {}
            }
        }
    }

    fn opened(&mut self, tag: &Tag<'_>, start: u32, flat: u32, links: &mut Vec<LinkAt>) {
        if tag.is("img") {
            return self.image(&tag.value("alt").unwrap_or_default());
        }
        let area = tag.is("area");
        if !area && !tag.is("a") {
            return;
        }
        let range = tag.range();
        if !area {
            // A link ends where the next begins.
            self.end(flat, start + range.start as u32, links);
        }
        let Some(target) = tag.value("href") else { return };
        let link = LinkAt {
            target: target.trim().into(),
            span: Span::new(start as usize + range.start, start as usize + range.end),
            flat: flat..flat,
            bare: false,
            image_alt: None,
            raw: Some("".into()),
        };
        if area {
            let alt = tag.value("alt").unwrap_or_default();
            links.push(LinkAt { raw: Some(alt.as_ref().into()), ..link });
        } else if !tag.closes_itself {
            self.open = Some(Open { link, text: String::new() });
        }
    }

    /// A picture that may stand in the link.
    pub fn image(&mut self, alt: &str) {
        if let Some(open) = &mut self.open {
            open.link.image_alt = Some(alt.into());
        }
    }

    /// The link ends, if one is open, at `flat` in the running text and `end` in the file.
    pub fn end(&mut self, flat: u32, end: u32, links: &mut Vec<LinkAt>) {
        let Some(Open { mut link, text }) = self.open.take() else { return };
        link.flat.end = flat;
        link.span.end = link.span.end.max(end);
        link.raw = Some(text.into());
        links.push(link);
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::RawHtml;
    use crate::text::Builder;

    /// Target, text and alternative text of each link, and what is its place.
    fn links(source: &str) -> Vec<String> {
        let page = Builder::new(source, 0, RawHtml::Sanitise).read(crate::config::Words::default(), &[]);
        let one = |link: &crate::text::LinkAt| {
            let alt = link.image_alt.as_deref().map(|alt| format!(" ({alt})")).unwrap_or_default();
            format!("{} \"{}\"{alt} at {}", link.target, page.link_text(link), &source[link.span.range()])
        };
        page.links.iter().map(one).collect()
    }

    #[test]
    fn links_of_raw_html_are_links() {
        for (source, expected) in [
            ("See <A HREF=' b.md '>the *b*</A>.", vec!["b.md \"the b\" at <A HREF=' b.md '>the *b*</A>"]),
            (
                "<div><a href=\"x?a&amp;b\">b &lt; c</a></div>",
                vec!["x?a&b \"b < c\" at <a href=\"x?a&amp;b\">b &lt; c</a>"],
            ),
            (
                "<div><a href=b.md>\n\nwords\n\n</a></div>\n",
                vec!["b.md \"words\" at <a href=b.md>\n\nwords\n\n</a>"],
            ),
            (
                "<a href=b.md><img src=x alt=pic></a>",
                vec!["b.md \"\" (pic) at <a href=b.md><img src=x alt=pic></a>"],
            ),
            ("<a href=b.md>![pic](x.png)</a>", vec!["b.md \"\" (pic) at <a href=b.md>![pic](x.png)</a>"]),
            (
                "a <a href=b.md>one <a href=c.md>two",
                vec!["b.md \"one\" at <a href=b.md>one ", "c.md \"two\" at <a href=c.md>"],
            ),
            (
                "a <a href=b.md>one [two](c.md)",
                vec!["b.md \"one\" at <a href=b.md>one ", "c.md \"two\" at [two](c.md)"],
            ),
            ("[a <a href=c.md>b</a>](d.md)", vec!["d.md \"a  b\" at [a <a href=c.md>b</a>](d.md)"]),
            ("<map><area href=b.md alt=B></map>", vec!["b.md \"B\" at <area href=b.md alt=B>"]),
            ("<a id=x></a> `<a href=b.md>` <!-- <a href=b.md> -->\n\n    <a href=b.md>\n", vec![]),
        ] {
            assert_eq!(links(source), expected, "{source}");
        }
        let shown =
            Builder::new("<a href=b.md>b</a>", 0, RawHtml::Escape).read(crate::config::Words::default(), &[]);
        assert!(shown.links.is_empty());
    }
}
