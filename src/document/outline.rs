//! [`Outline`]: the headings of a page, as places in its HTML.
//!
//! Every heading stands in the HTML of its page, and mostly letter for letter; so a large site need not keep it twice.

use serde::{Deserialize, Serialize};

/// A heading of the outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'o> {
    /// As written, 1 to 6; 1 is shown as 2, since the title is the page's first heading.
    pub level: u8,
    /// Anchor id.
    pub id: &'o str,
    /// Plain text.
    pub title: &'o str,
}

/// Where a text lies: a byte of the HTML with the other texts behind it, and its length.
type Place = (u32, u32);

/// The headings of a page, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// Level, id and title of each.
    headings: Box<[(u8, Place, Place)]>,
    /// What does not stand in the HTML as it is.
    others: Box<str>,
}

impl Outline {
    /// The outline of a page with that HTML.
    pub fn of<'h>(headings: impl Iterator<Item = Heading<'h>>, html: &str) -> Outline {
        let mut others = String::new();
        let mut rest = |text: &str, found: Option<usize>| {
            let at = found.unwrap_or_else(|| {
                others.push_str(text);
                html.len() + others.len() - text.len()
            });
            (u32::try_from(at).unwrap_or(u32::MAX), u32::try_from(text.len()).unwrap_or(u32::MAX))
        };
        // Headings come in the order of the HTML, those of entries aside, whose HTML stands elsewhere.
        let mut tags = memchr::memchr_iter(b'<', html.as_bytes()).filter_map(|at| id_of(html, at)).peekable();
        let headings = headings.map(|h| {
            let place = tags.next_if(|at| {
                let after = html.get(*at..).and_then(|html| html.strip_prefix(h.id));
                after.is_some_and(|html| html.starts_with('"'))
            });
            let title = place.and_then(|at| {
                let from = at + h.id.len() + 1;
                let open = html.get(from..)?.find('>')? + from + 1;
                html.get(open..)?.starts_with(h.title).then_some(open)
            });
            (h.level, rest(h.id, place), rest(h.title, title))
        });
        let headings = headings.collect();
        Outline { headings, others: others.into() }
    }

    /// The headings; `html` is that of the page.
    pub fn iter<'o>(&'o self, html: &'o str) -> impl Iterator<Item = Heading<'o>> {
        let text = |(at, len): Place| {
            let (at, len) = (at as usize, len as usize);
            let found = match at.checked_sub(html.len()) {
                Some(at) => self.others.get(at..at + len),
                None => html.get(at..at + len),
            };
            found.unwrap_or_default()
        };
        self.headings.iter().map(move |(level, id, title)| Heading {
            level: *level,
            id: text(*id),
            title: text(*title),
        })
    }

    /// The bytes that they take.
    pub fn size(&self) -> usize {
        size_of_val(&*self.headings) + self.others.len()
    }
}

/// Where the id of the heading that begins at `at` stands, if one begins there: behind `<h2 id="`.
fn id_of(html: &str, at: usize) -> Option<usize> {
    let tag = html.as_bytes().get(at..at + 8)?;
    let heading = tag.starts_with(b"<h") && matches!(tag.get(2), Some(b'1'..=b'6'));
    (heading && tag.ends_with(b" id=\"")).then_some(at + 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_what_was_put_in_wherever_they_stand() {
        let html = "<h2 id=\"who\">Who?</h2><p>¿Qué?</p><h2 id=\"a\">A &amp; B</h2><h3 id=\"qué\">¿Qué?</h3>";
        let all = [
            Heading { level: 2, id: "who", title: "Who?" },
            Heading { level: 2, id: "a", title: "A & B" },
            Heading { level: 3, id: "qué", title: "¿Qué?" },
            Heading { level: 3, id: "", title: "" },
            Heading { level: 2, id: "in-an-entry", title: "Who?" },
        ];
        let outline = Outline::of(all.into_iter(), html);
        assert_eq!(outline.iter(html).collect::<Vec<_>>(), all);
        assert_eq!(&*outline.others, "A & Bin-an-entryWho?");
        let none = Outline::of(std::iter::empty(), "");
        assert_eq!(none.iter("").count(), 0);
        let alone = Outline::of(all.into_iter(), "");
        assert_eq!(alone.iter("").collect::<Vec<_>>(), all);
    }
}
