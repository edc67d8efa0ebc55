//! What stands on a page, found line by line.
//!
//! Most lines of a page stand on the pages before it too: those of its head, its menu, its foot. So a thread keeps what it found in lines
//! that it met twice. That depends on nothing but their text, so it is right for ever; only lines at whose ends
//! no tag, script or drawing is open are known.

use super::FOR;
use crate::source::html::{Attribute, Piece, Tag, attribute_value, lower_name, pieces};
use rustc_hash::{FxHashMap, FxHasher};
use std::cell::RefCell;
use std::hash::Hasher;
use std::ops::Range;

/// What marks a drawing that must stand where it is: names of its own, and words, which are read where they stand.
const OWN: [&str; 5] = [" id=", "<title", "<style", "<use", "<text"];

/// Minimum size of a drawing that is worth an address, in bytes.
const MIN_DRAWING_BYTES: usize = 60;

/// Maximum number of lines, of names, and of texts of classes, that a thread keeps; then it begins anew.
const MAX_KEPT: usize = 4096;

/// Maximum length of a line that may stand on other pages too, in bytes.
const MAX_LINE_BYTES: usize = 4096;

/// The number of a name or class.
pub type Name = u32;

/// What was found on a page.
#[derive(Default)]
pub struct Page {
    /// Stylesheets and scripts that say what they are for.
    pub asked: Vec<Asked>,
    /// Drawings, in order.
    pub drawings: Vec<Drawing>,
    /// Names and classes of the elements, a bit for each number.
    names: Vec<u64>,
}

/// A stylesheet or script that says what it is for.
#[derive(Clone)]
pub struct Asked {
    /// Its place, with the tag that closes it.
    pub place: Range<usize>,
    /// The place of what it says.
    pub attribute: Range<usize>,
    /// The names of elements and classes that it is for.
    pub wanted: Box<[Name]>,
    /// Whether it is a script whose end has not been met.
    open: bool,
}

/// A drawing.
#[derive(Clone)]
pub struct Drawing {
    /// The place of what it holds.
    pub inside: Range<usize>,
    /// Whether what it holds may stand elsewhere on the page.
    pub moves: bool,
}

/// What a tag says of itself; of two attributes of one name the first, as in a browser.
#[derive(Default)]
struct Own<'h> {
    classes: Option<&'h str>,
    /// The attribute that says what it is for.
    wanted: Option<Attribute<'h>>,
}

impl<'h> Own<'h> {
    fn note(&mut self, attribute: Attribute<'h>) {
        if attribute.is("class") {
            self.classes.get_or_insert(attribute.written);
        } else if attribute.is(FOR) {
            self.wanted.get_or_insert(attribute);
        }
    }
}

/// What was found in a line; places count from its beginning.
struct Line {
    text: Box<str>,
    names: Box<[Name]>,
    asked: Box<[Asked]>,
    drawings: Box<[Drawing]>,
}

/// What a thread knows.
#[derive(Default)]
struct Known {
    /// Lines by the hash of their text.
    lines: FxHashMap<u64, Line>,
    /// In each place the hash of the line that was met last of those that belong there.
    met: Vec<u64>,
    numbers: FxHashMap<Box<str>, Name>,
    /// The classes of an element by the text of its attribute.
    classes: FxHashMap<Box<str>, Box<[Name]>>,
    /// The names in the line at hand.
    at_hand: Vec<Name>,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

impl Page {
    /// Reads a page.
    pub fn read(html: &str) -> Page {
        KNOWN.with_borrow_mut(|known| {
            known.make_room();
            let mut page = Page::default();
            let mut at = 0;
            while at < html.len() {
                let rest = html.as_bytes().get(at..).unwrap_or_default();
                let end = at + memchr::memchr(b'\n', rest).map_or(rest.len(), |i| i + 1);
                let line = html.get(at..end).unwrap_or("");
                let hash = hash_of(line);
                if let Some(line) = known.lines.get(&hash).filter(|known| *known.text == *line) {
                    page.add(line, at);
                    at = end;
                    continue;
                }
                let (asked, drawings) = (page.asked.len(), page.drawings.len());
                known.at_hand.clear();
                let next = page.read_on(known, html, at, end);
                if next == end && known.meets_again(hash, line) {
                    let back = |place: &Range<usize>| place.start - at..place.end - at;
                    let asked = page.asked[asked..].iter().map(|a| Asked {
                        place: back(&a.place),
                        attribute: back(&a.attribute),
                        ..a.clone()
                    });
                    let drawings = page.drawings[drawings..]
                        .iter()
                        .map(|d| Drawing { inside: back(&d.inside), ..d.clone() });
                    let (asked, drawings) = (asked.collect(), drawings.collect());
                    known.at_hand.sort_unstable();
                    known.at_hand.dedup();
                    let names = known.at_hand.as_slice().into();
                    known.lines.insert(hash, Line { text: line.into(), names, asked, drawings });
                }
                at = next;
            }
            page
        })
    }

    /// Whether an element has this name or class.
    pub fn has(&self, name: Name) -> bool {
        self.names.get(name as usize / 64).is_some_and(|bits| bits >> (name % 64) & 1 == 1)
    }

    fn set(&mut self, name: Name) {
        let place = name as usize / 64;
        if place >= self.names.len() {
            self.names.resize(place + 1, 0);
        }
        if let Some(bits) = self.names.get_mut(place) {
            *bits |= 1 << (name % 64);
        }
    }

    /// Adds what stands in a line that begins at `at`.
    fn add(&mut self, line: &Line, at: usize) {
        let on = |place: &Range<usize>| place.start + at..place.end + at;
        line.names.iter().for_each(|name| self.set(*name));
        self.asked.extend(line.asked.iter().map(|a| Asked {
            place: on(&a.place),
            attribute: on(&a.attribute),
            ..a.clone()
        }));
        self.drawings.extend(line.drawings.iter().map(|d| Drawing { inside: on(&d.inside), ..d.clone() }));
    }

    /// Reads from `start` on, at least to `end`, until nothing is open; gives where that is.
    fn read_on(&mut self, known: &mut Known, html: &str, start: usize, end: usize) -> usize {
        // The drawing that is open: where it begins, where what it holds begins, how many are open in it.
        let mut open: Option<(usize, usize, usize)> = None;
        let rest = html.get(start..).unwrap_or("");
        let mut pieces = pieces(rest);
        loop {
            let is_open = open.is_some() || self.asked.last().is_some_and(|last| last.open);
            if let Some(at) = pieces.place().filter(|at| !is_open && start + at >= end) {
                return start + at;
            }
            let mut own = Own::default();
            match pieces.next_with(|attribute| own.note(attribute)) {
                Some(Piece::Open(tag)) if tag.is("svg") => match &mut open {
                    Some((.., depth)) => *depth += 1,
                    None if !tag.closes_itself => open = Some((tag.range().start, tag.end, 1)),
                    None => {}
                },
                Some(Piece::Open(tag)) => self.note(known, &tag, own, start),
                Some(Piece::Close(tag)) if tag.is("svg") => {
                    if let Some((from, inside, depth)) = &mut open {
                        *depth -= 1;
                        if *depth == 0 {
                            let whole = rest.get(*from..tag.end).unwrap_or("");
                            let inside = *inside..tag.range().start;
                            let moves = inside.len() >= MIN_DRAWING_BYTES
                                && !OWN.iter().any(|own| whole.contains(own));
                            let inside = start + inside.start..start + inside.end;
                            self.drawings.push(Drawing { inside, moves });
                            open = None;
                        }
                    }
                }
                Some(Piece::Close(tag)) if tag.is("script") => {
                    if let Some(last) = self.asked.last_mut().filter(|last| last.open) {
                        last.place.end = start + tag.end;
                        last.open = false;
                    }
                }
                Some(_) => {}
                None => return html.len(),
            }
        }
    }

    /// Notes what an opening tag says, in a text that begins at `start`.
    fn note(&mut self, known: &mut Known, tag: &Tag<'_>, own: Own<'_>, start: usize) {
        let name = known.number(&lower_name(tag.written()));
        self.set(name);
        known.at_hand.push(name);
        if let Some(classes) = own.classes {
            known.read_classes(classes);
            for name in known.classes.get(classes).into_iter().flatten() {
                self.set(*name);
                known.at_hand.push(*name);
            }
        }
        if let Some(attribute) = own.wanted.filter(|_| tag.is("link") || tag.is("script")) {
            let on = |place: Range<usize>| place.start + start..place.end + start;
            let wanted = attribute.value();
            self.asked.push(Asked {
                place: on(tag.range()),
                attribute: on(attribute.range.clone()),
                wanted: wanted.split_ascii_whitespace().map(|name| known.number(name)).collect(),
                open: tag.is("script"),
            });
        }
    }
}

impl Known {
    /// The number of a name.
    fn number(&mut self, name: &str) -> Name {
        match self.numbers.get(name) {
            Some(number) => *number,
            None => {
                let number = Name::try_from(self.numbers.len()).unwrap_or(Name::MAX);
                self.numbers.insert(name.into(), number);
                number
            }
        }
    }

    /// Reads the classes of an element, unless they were read before.
    fn read_classes(&mut self, written: &str) {
        if !self.classes.contains_key(written) {
            let names = attribute_value(written);
            let names = names.split_ascii_whitespace().map(|name| self.number(name)).collect();
            self.classes.insert(written.into(), names);
        }
    }

    /// Notes that a line was met that is not known; gives whether it was met before.
    fn meets_again(&mut self, hash: u64, line: &str) -> bool {
        if self.met.is_empty() {
            self.met.resize(MAX_KEPT, 0);
        }
        let place = hash as usize % MAX_KEPT;
        let last = self.met.get_mut(place).map(|met| std::mem::replace(met, hash));
        last == Some(hash) && line.len() <= MAX_LINE_BYTES
    }

    /// Forgets all when it is too much. Numbers must stay the same while a page is read.
    fn make_room(&mut self) {
        if self.lines.len() > MAX_KEPT || self.numbers.len() > MAX_KEPT || self.classes.len() > MAX_KEPT {
            *self = Known::default();
        }
    }
}

fn hash_of(line: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(line.as_bytes());
    hasher.finish()
}
