//! [`Slots`]: the holes of a body, eight bytes each.
//!
//! A large site keeps the bodies of all its pages until they are made, and most holes are stretches of text in which terms
//! may be linked. So a hole is two numbers; what does not fit into them (an address, a component) lies in a list beside.

use super::{ComponentSlot, ImageSlot, LinkSlot};
use serde::{Deserialize, Serialize};

/// The holes of a body, in the order of their places.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Slots {
    /// Byte offset in the HTML at which it is filled; tag and number in one.
    places: Vec<(u32, u32)>,
    /// What holes with the tag [`BESIDE`] are filled with.
    beside: Vec<Beside>,
}

/// A hole in a body's HTML.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slot<'s> {
    /// Byte offset in the HTML at which it is filled.
    pub at: usize,
    /// What it is filled with.
    pub kind: SlotKind<'s>,
}

/// What a hole is filled with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SlotKind<'s> {
    /// So many bytes from here on are escaped running text in which glossary terms may be linked.
    Text {
        /// Length in bytes.
        len: usize,
    },
    /// A new section begins: each term may be linked once more.
    Section,
    /// The address of a link, between the quotes of its `href`; for files also attributes after it.
    Link(&'s LinkSlot),
    /// The text of a link that was written without one: the target's title.
    LinkText(&'s LinkSlot),
    /// An address in raw HTML, between the quotes of its attribute: of a page or file.
    Address(&'s LinkSlot),
    /// The address of a picture in raw HTML, between the quotes of its attribute or within them.
    Source(&'s LinkSlot),
    /// A whole image element.
    Image(&'s ImageSlot),
    /// The rest up to the matching `Close` is the body of a component.
    Open(&'s ComponentSlot),
    /// Ends the innermost open component.
    Close,
    /// The entry of that number in `Summary::entries`, through its kind's template.
    Entry(u32),
    /// The mark of the footnote of that number in `Body::notes` of the page.
    Note(u32),
}

/// A hole to be made, with what it is filled with. [`SlotKind`] says what each means; stretches of text are
/// [`Slots::push_text`].
#[derive(Debug, Clone, PartialEq)]
pub enum Hole {
    /// See [`SlotKind::Section`].
    Section,
    /// See [`SlotKind::Link`].
    Link(LinkSlot),
    /// See [`SlotKind::LinkText`].
    LinkText(LinkSlot),
    /// See [`SlotKind::Address`].
    Address(LinkSlot),
    /// See [`SlotKind::Source`].
    Source(LinkSlot),
    /// See [`SlotKind::Image`].
    Image(ImageSlot),
    /// See [`SlotKind::Open`].
    Open(ComponentSlot),
    /// See [`SlotKind::Close`].
    Close,
    /// See [`SlotKind::Entry`].
    Entry(u32),
    /// See [`SlotKind::Note`].
    Note(u32),
}

/// What does not fit into two numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Beside {
    Link(LinkSlot),
    LinkText(LinkSlot),
    Image(Box<ImageSlot>),
    Open(Box<ComponentSlot>),
    Address(LinkSlot),
    Source(LinkSlot),
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
fn kept(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Slots {
    /// None yet, with room for `n`.
    pub fn with_capacity(n: usize) -> Slots {
        Slots { places: Vec::with_capacity(n), beside: Vec::new() }
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

    /// The hole of that number.
    #[inline]
    pub fn get(&self, number: usize) -> Option<Slot<'_>> {
        let (at, what) = *self.places.get(number)?;
        let value = what & NUMBER;
        let kind = match what & !NUMBER {
            TEXT => SlotKind::Text { len: value as usize },
            SECTION => SlotKind::Section,
            CLOSE => SlotKind::Close,
            ENTRY => SlotKind::Entry(value),
            NOTE => SlotKind::Note(value),
            _ => match self.beside.get(value as usize)? {
                Beside::Link(link) => SlotKind::Link(link),
                Beside::LinkText(link) => SlotKind::LinkText(link),
                Beside::Address(link) => SlotKind::Address(link),
                Beside::Source(link) => SlotKind::Source(link),
                Beside::Image(image) => SlotKind::Image(image),
                Beside::Open(component) => SlotKind::Open(component),
            },
        };
        Some(Slot { at: at as usize, kind })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Slot<'_>> {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// Adds a stretch of `len` bytes of running text at `at`. One that is longer than any page is no hole.
    pub fn push_text(&mut self, at: usize, len: usize) {
        if kept(len) <= NUMBER {
            self.places.push((kept(at), TEXT | kept(len)));
        }
    }

    /// Adds a hole at `at`.
    pub fn push(&mut self, at: usize, hole: Hole) {
        let beside = match hole {
            Hole::Section => return self.places.push((kept(at), SECTION)),
            Hole::Close => return self.places.push((kept(at), CLOSE)),
            Hole::Entry(number) => return self.places.push((kept(at), ENTRY | (number & NUMBER))),
            Hole::Note(number) => return self.places.push((kept(at), NOTE | (number & NUMBER))),
            Hole::Link(link) => Beside::Link(link),
            Hole::LinkText(link) => Beside::LinkText(link),
            Hole::Address(link) => Beside::Address(link),
            Hole::Source(link) => Beside::Source(link),
            Hole::Image(image) => Beside::Image(Box::new(image)),
            Hole::Open(component) => Beside::Open(Box::new(component)),
        };
        self.places.push((kept(at), BESIDE | (kept(self.beside.len()) & NUMBER)));
        self.beside.push(beside);
    }

    /// Moves the holes from number `from` on by so many bytes.
    pub fn shift(&mut self, from: usize, bytes: usize) {
        for (at, _) in self.places.iter_mut().skip(from) {
            *at = at.saturating_add(kept(bytes));
        }
    }

    /// Keeps the first `len`.
    pub fn truncate(&mut self, len: usize) {
        self.places.truncate(len);
    }

    /// Keeps those of the kinds that are wanted.
    pub fn keep(&mut self, wanted: impl Fn(SlotKind<'_>) -> bool) {
        let kept: Vec<bool> = self.iter().map(|slot| wanted(slot.kind)).collect();
        let mut kept = kept.into_iter();
        // What lies beside stays: it is found by number.
        self.places.retain(|_| kept.next().unwrap_or(false));
    }

    /// Gives back the room that is not needed.
    pub fn shrink(mut self) -> Slots {
        self.places.shrink_to_fit();
        self.beside.shrink_to_fit();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn link(target: &str) -> LinkSlot {
        LinkSlot { target: target.into(), span: Span::default() }
    }

    fn shown(slots: &Slots) -> Vec<String> {
        let one = |slot: Slot<'_>| match slot.kind {
            SlotKind::Text { len } => format!("{} text {len}", slot.at),
            SlotKind::Section => format!("{} section", slot.at),
            SlotKind::Link(l) => format!("{} link {}", slot.at, l.target),
            SlotKind::LinkText(l) => format!("{} title of {}", slot.at, l.target),
            SlotKind::Address(l) => format!("{} address {}", slot.at, l.target),
            SlotKind::Source(l) => format!("{} source {}", slot.at, l.target),
            SlotKind::Image(i) => format!("{} image {}", slot.at, i.src),
            SlotKind::Open(c) => format!("{} open {}", slot.at, c.name),
            SlotKind::Close => format!("{} close", slot.at),
            SlotKind::Entry(n) => format!("{} entry {n}", slot.at),
            SlotKind::Note(n) => format!("{} note {n}", slot.at),
        };
        slots.iter().map(one).collect()
    }

    #[test]
    fn holes_are_what_was_put_in_wherever_they_are_moved() {
        let mut slots = Slots::with_capacity(2);
        assert!(slots.is_empty());
        slots.push(0, Hole::Section);
        slots.push_text(3, 40);
        slots.push(50, Hole::Link(link("a.md")));
        let image = ImageSlot { src: "a.png".into(), alt: "".into(), title: None, span: Span::default() };
        slots.push(60, Hole::Image(image));
        slots.push(70, Hole::Entry(7));
        slots.push(71, Hole::Address(link("c.md")));
        slots.push(72, Hole::Source(link("d.png")));
        assert_eq!(
            shown(&slots),
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
        slots.truncate(3);
        slots.push(60, Hole::LinkText(link("b.md")));
        assert_eq!(shown(&slots), ["0 section", "3 text 40", "50 link a.md", "60 title of b.md"]);
        slots.shift(2, 5);
        assert_eq!(shown(&slots), ["0 section", "3 text 40", "55 link a.md", "65 title of b.md"]);
        let component = ComponentSlot {
            name: "note".into(),
            args: Vec::new(),
            span: Span::default(),
            form: crate::document::Form::Block,
        };
        slots.push(101, Hole::Open(component));
        slots.push(102, Hole::Link(link("c.md")));
        slots.push(104, Hole::Close);
        slots.push(105, Hole::Note(2));
        assert_eq!(
            shown(&slots)[2..],
            ["55 link a.md", "65 title of b.md", "101 open note", "102 link c.md", "104 close", "105 note 2"]
        );
        assert_eq!(slots.clone().shrink(), slots);
        assert_eq!(slots.len(), 8);
        assert_eq!(slots.get(8), None);
        slots.keep(|kind| matches!(kind, SlotKind::Text { .. } | SlotKind::Link(_)));
        assert_eq!(shown(&slots), ["3 text 40", "55 link a.md", "102 link c.md"]);
    }

    #[test]
    fn text_longer_than_any_page_is_no_hole() {
        let mut slots = Slots::default();
        slots.push_text(1, NUMBER as usize);
        slots.push_text(1, NUMBER as usize + 1);
        slots.push_text(1, usize::MAX);
        assert_eq!(slots.len(), 1);
    }
}
