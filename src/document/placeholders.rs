//! [`Placeholders`]: the placeholders of a body, eight bytes each.
//!
//! A large site keeps the bodies of all its pages until they are made, and most placeholders are stretches of text in which terms
//! may be linked. So a placeholder is two numbers; what does not fit into them (an address, a component) lies in a list beside.

use super::{ComponentPlaceholder, ImagePlaceholder, LinkPlaceholder};
use serde::{Deserialize, Serialize};

/// The placeholders of a body, in the order of their places.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Placeholders {
    /// Byte offset in the HTML at which it is filled; tag and number in one.
    places: Vec<(u32, u32)>,
    /// What placeholders with the tag [`BESIDE`] are filled with.
    beside: Vec<Beside>,
}

/// A placeholder in a body's HTML.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placeholder<'s> {
    /// Byte offset in the HTML at which it is filled.
    pub at: usize,
    /// What it is filled with.
    pub kind: PlaceholderKind<'s>,
}

/// What a placeholder is filled with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PlaceholderKind<'s> {
    /// Escaped running text from here on, in which glossary terms may be linked.
    Text {
        /// Length in bytes.
        len: usize,
    },
    /// A new section begins: each term may be linked once more.
    Section,
    /// The address of a link, between the quotes of its `href`; for files also attributes after it.
    Link(&'s LinkPlaceholder),
    /// The text of a link that was written without one: the target's title.
    LinkText(&'s LinkPlaceholder),
    /// An address in raw HTML, between the quotes of its attribute: of a page or file.
    Address(&'s LinkPlaceholder),
    /// The address of a picture in raw HTML, between the quotes of its attribute or within them.
    Source(&'s LinkPlaceholder),
    /// A whole image element.
    Image(&'s ImagePlaceholder),
    /// The rest up to the matching `Close` is the body of a component.
    Open(&'s ComponentPlaceholder),
    /// Ends the innermost open component.
    Close,
    /// The entry of that number in `Summary::entries`, through its kind's template.
    Entry(u32),
    /// The mark of the footnote of that number in `Body::notes` of the page.
    Note(u32),
}

/// A placeholder to be made, with what it is filled with. [`PlaceholderKind`] says what each means; stretches of text are
/// [`Placeholders::push_text`].
#[derive(Debug, Clone, PartialEq)]
pub enum OwnedPlaceholder {
    /// See [`PlaceholderKind::Section`].
    Section,
    /// See [`PlaceholderKind::Link`].
    Link(LinkPlaceholder),
    /// See [`PlaceholderKind::LinkText`].
    LinkText(LinkPlaceholder),
    /// See [`PlaceholderKind::Address`].
    Address(LinkPlaceholder),
    /// See [`PlaceholderKind::Source`].
    Source(LinkPlaceholder),
    /// See [`PlaceholderKind::Image`].
    Image(ImagePlaceholder),
    /// See [`PlaceholderKind::Open`].
    Open(ComponentPlaceholder),
    /// See [`PlaceholderKind::Close`].
    Close,
    /// See [`PlaceholderKind::Entry`].
    Entry(u32),
    /// See [`PlaceholderKind::Note`].
    Note(u32),
}

/// What does not fit into two numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Beside {
    Link(LinkPlaceholder),
    LinkText(LinkPlaceholder),
    Image(Box<ImagePlaceholder>),
    Open(Box<ComponentPlaceholder>),
    Address(LinkPlaceholder),
    Source(LinkPlaceholder),
}

// The upper three bits of the second number.
const TEXT: u32 = 0;
const SECTION: u32 = 1 << 29;
const CLOSE: u32 = 2 << 29;
const ENTRY: u32 = 3 << 29;
const BESIDE: u32 = 4 << 29;
const NOTE: u32 = 7 << 29;

/// The lower bits: a length or a number.
const NUMBER: u32 = SECTION - 1;

/// A place or number as it is kept. A file of 4 GB is none that anyone reads: what lies beyond is cut off.
fn clamp_to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Placeholders {
    /// None yet, with room for `n`.
    pub fn with_capacity(n: usize) -> Placeholders {
        Placeholders { places: Vec::with_capacity(n), beside: Vec::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The bytes that they take, texts in them aside.
    pub fn size(&self) -> usize {
        size_of_val(self.places.as_slice()) + size_of_val(self.beside.as_slice())
    }

    /// The placeholder of that number.
    #[inline]
    pub fn get(&self, number: usize) -> Option<Placeholder<'_>> {
        let (at, what) = *self.places.get(number)?;
        let value = what & NUMBER;
        let kind = match what & !NUMBER {
            TEXT => PlaceholderKind::Text { len: value as usize },
            SECTION => PlaceholderKind::Section,
            CLOSE => PlaceholderKind::Close,
            ENTRY => PlaceholderKind::Entry(value),
            NOTE => PlaceholderKind::Note(value),
            _ => match self.beside.get(value as usize)? {
                Beside::Link(link) => PlaceholderKind::Link(link),
                Beside::LinkText(link) => PlaceholderKind::LinkText(link),
                Beside::Address(link) => PlaceholderKind::Address(link),
                Beside::Source(link) => PlaceholderKind::Source(link),
                Beside::Image(image) => PlaceholderKind::Image(image),
                Beside::Open(component) => PlaceholderKind::Open(component),
            },
        };
        Some(Placeholder { at: at as usize, kind })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Placeholder<'_>> {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// Adds a stretch of `len` bytes of running text at `at`. One that is longer than any page is no placeholder.
    pub fn push_text(&mut self, at: usize, len: usize) {
        if clamp_to_u32(len) <= NUMBER {
            self.places.push((clamp_to_u32(at), TEXT | clamp_to_u32(len)));
        }
    }

    /// Adds a placeholder at `at`.
    pub fn push(&mut self, at: usize, placeholder: OwnedPlaceholder) {
        let beside = match placeholder {
            OwnedPlaceholder::Section => return self.places.push((clamp_to_u32(at), SECTION)),
            OwnedPlaceholder::Close => return self.places.push((clamp_to_u32(at), CLOSE)),
            OwnedPlaceholder::Entry(number) => {
                return self.places.push((clamp_to_u32(at), ENTRY | (number & NUMBER)));
            }
            OwnedPlaceholder::Note(number) => {
                return self.places.push((clamp_to_u32(at), NOTE | (number & NUMBER)));
            }
            OwnedPlaceholder::Link(link) => Beside::Link(link),
            OwnedPlaceholder::LinkText(link) => Beside::LinkText(link),
            OwnedPlaceholder::Address(link) => Beside::Address(link),
            OwnedPlaceholder::Source(link) => Beside::Source(link),
            OwnedPlaceholder::Image(image) => Beside::Image(Box::new(image)),
            OwnedPlaceholder::Open(component) => Beside::Open(Box::new(component)),
        };
        self.places.push((clamp_to_u32(at), BESIDE | (clamp_to_u32(self.beside.len()) & NUMBER)));
        self.beside.push(beside);
    }

    /// Moves the placeholders from number `from` on by so many bytes.
    pub fn shift(&mut self, from: usize, bytes: usize) {
        for (at, _) in self.places.iter_mut().skip(from) {
            *at = at.saturating_add(clamp_to_u32(bytes));
        }
    }

    /// Keeps the first `len`.
    pub fn truncate(&mut self, len: usize) {
        self.places.truncate(len);
    }

    /// Keeps those of the kinds that are wanted.
    pub fn keep(&mut self, wanted: impl Fn(PlaceholderKind<'_>) -> bool) {
        let kept: Vec<bool> = self.iter().map(|placeholder| wanted(placeholder.kind)).collect();
        let mut kept = kept.into_iter();
        // What lies beside stays: it is found by number.
        self.places.retain(|_| kept.next().unwrap_or(false));
    }

    /// Gives back the room that is not needed.
    pub fn shrink(mut self) -> Placeholders {
        self.places.shrink_to_fit();
        self.beside.shrink_to_fit();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn link(target: &str) -> LinkPlaceholder {
        LinkPlaceholder { target: target.into(), span: Span::default() }
    }

    fn shown(placeholders: &Placeholders) -> Vec<String> {
        let one = |placeholder: Placeholder<'_>| match placeholder.kind {
            PlaceholderKind::Text { len } => format!("{} text {len}", placeholder.at),
            PlaceholderKind::Section => format!("{} section", placeholder.at),
            PlaceholderKind::Link(l) => format!("{} link {}", placeholder.at, l.target),
            PlaceholderKind::LinkText(l) => format!("{} title of {}", placeholder.at, l.target),
            PlaceholderKind::Address(l) => format!("{} address {}", placeholder.at, l.target),
            PlaceholderKind::Source(l) => format!("{} source {}", placeholder.at, l.target),
            PlaceholderKind::Image(i) => format!("{} image {}", placeholder.at, i.src),
            PlaceholderKind::Open(c) => format!("{} open {}", placeholder.at, c.name),
            PlaceholderKind::Close => format!("{} close", placeholder.at),
            PlaceholderKind::Entry(n) => format!("{} entry {n}", placeholder.at),
            PlaceholderKind::Note(n) => format!("{} note {n}", placeholder.at),
        };
        placeholders.iter().map(one).collect()
    }

    #[test]
    fn placeholders_are_what_was_put_in_wherever_they_are_moved() {
        let mut placeholders = Placeholders::with_capacity(2);
        assert!(placeholders.is_empty());
        placeholders.push(0, OwnedPlaceholder::Section);
        placeholders.push_text(3, 40);
        placeholders.push(50, OwnedPlaceholder::Link(link("a.md")));
        let image =
            ImagePlaceholder { src: "a.png".into(), alt: "".into(), title: None, span: Span::default() };
        placeholders.push(60, OwnedPlaceholder::Image(image));
        placeholders.push(70, OwnedPlaceholder::Entry(7));
        placeholders.push(71, OwnedPlaceholder::Address(link("c.md")));
        placeholders.push(72, OwnedPlaceholder::Source(link("d.png")));
        assert_eq!(
            shown(&placeholders),
            [
                "0 section",
                "3 text 40",
                "50 link a.md",
                "60 image a.png",
                "70 entry 7",
                "71 address c.md",
                "72 source d.png"
            ]
        );
        placeholders.truncate(3);
        placeholders.push(60, OwnedPlaceholder::LinkText(link("b.md")));
        assert_eq!(shown(&placeholders), ["0 section", "3 text 40", "50 link a.md", "60 title of b.md"]);
        placeholders.shift(2, 5);
        assert_eq!(shown(&placeholders), ["0 section", "3 text 40", "55 link a.md", "65 title of b.md"]);
        let component = ComponentPlaceholder {
            name: "note".into(),
            args: Vec::new(),
            span: Span::default(),
            form: crate::document::Form::Block,
        };
        placeholders.push(101, OwnedPlaceholder::Open(component));
        placeholders.push(102, OwnedPlaceholder::Link(link("c.md")));
        placeholders.push(104, OwnedPlaceholder::Close);
        placeholders.push(105, OwnedPlaceholder::Note(2));
        assert_eq!(
            shown(&placeholders)[2..],
            ["55 link a.md", "65 title of b.md", "101 open note", "102 link c.md", "104 close", "105 note 2"]
        );
        assert_eq!(placeholders.clone().shrink(), placeholders);
        assert_eq!(placeholders.len(), 8);
        assert_eq!(placeholders.get(8), None);
        placeholders.keep(|kind| matches!(kind, PlaceholderKind::Text { .. } | PlaceholderKind::Link(_)));
        assert_eq!(shown(&placeholders), ["3 text 40", "55 link a.md", "102 link c.md"]);
    }

    #[test]
    fn text_longer_than_any_page_is_no_hole() {
        let mut placeholders = Placeholders::default();
        placeholders.push_text(1, NUMBER as usize);
        placeholders.push_text(1, NUMBER as usize + 1);
        placeholders.push_text(1, usize::MAX);
        assert_eq!(placeholders.len(), 1);
    }
}
