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
        // Headings come in the order of the HTML, entries aside.
        let mut from = 0;
        let mut place = |text: &str| {
            let found = memchr::memmem::find(html.get(from..).unwrap_or("").as_bytes(), text.as_bytes());
            let at = match found {
                Some(at) => {
                    from += at;
                    from
                }
                None => {
                    others.push_str(text);
                    html.len() + others.len() - text.len()
                }
            };
            (u32::try_from(at).unwrap_or(u32::MAX), u32::try_from(text.len()).unwrap_or(u32::MAX))
        };
        let headings = headings.map(|h| (h.level, place(h.id), place(h.title))).collect();
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
