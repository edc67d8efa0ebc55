//! The words of a page, gathered while its text is read: each with the places that hold it.
//!
//! A thread keeps the words that it met, so the next page finds nearly all of them known. What is written does not depend on that:
//! words come in the order of the page.

use super::code::{put_held, put_number};
use super::cut::words;
use super::digest::{Hold, share};
use super::fold;
use super::intern::Intern;
use super::stops::Stops;
use crate::schema::{Field, FieldType, FieldValue, Kind};
use crate::site::{letters, main_name};
use std::cell::RefCell;

/// Fields whose values are names of what the page or entry is about.
const NAMES: &[&str] = &["also_called", "also_links", "full_name", "short_name", "search_words"];

/// What is being gathered of one word in one place.
#[derive(Clone, Copy, Default)]
struct Seen {
    place: u32,
    /// The next place of the word, counted from 1; 0 when there is none.
    next: u32,
    hold: Hold,
    count: u16,
    early: bool,
}

/// A word of the page: its number among all words, and the first and last of what was seen of it.
#[derive(Clone, Copy)]
struct Word {
    number: u32,
    first: u32,
    last: u32,
}

/// What is known of a word beside its letters.
#[derive(Clone, Copy)]
struct Known {
    /// It says nothing by itself.
    quiet: bool,
    /// The page that it was last met on, and its place among the words of that.
    page: u32,
    at: u32,
}

/// From so many bytes on, the length of a word is written apart.
pub(super) const LONG: usize = 15;

/// So many words a thread knows at most; a guide seldom has a tenth of it.
const WORDS: usize = 200_000;

/// Gathers a page, and then the next: the words that it met stay known.
pub(super) struct Gather {
    stops: &'static Stops,
    words: Intern,
    known: Vec<Known>,
    page: u32,
    list: Vec<Word>,
    seen: Vec<Seen>,
    place: u32,
    /// Words of the text of each place.
    lengths: Vec<u32>,
    /// The words of a name.
    name: Vec<u32>,
}

thread_local! {
    /// One for each list of stop words that this thread met.
    static GATHERS: RefCell<Vec<Gather>> = const { RefCell::new(Vec::new()) };
}

impl Gather {
    fn new(stops: &'static Stops) -> Gather {
        Gather {
            stops,
            words: Intern::default(),
            known: Vec::new(),
            page: 0,
            list: Vec::new(),
            seen: Vec::new(),
            place: 0,
            lengths: Vec::new(),
            name: Vec::new(),
        }
    }

    /// One that is ready for a page whose stop words are these.
    pub(super) fn take(stops: &'static Stops) -> Gather {
        let of = |all: &mut Vec<Gather>| {
            let at = all.iter().position(|one| std::ptr::eq(one.stops, stops))?;
            Some(all.swap_remove(at)).filter(|one| one.known.len() < WORDS && one.page < u32::MAX)
        };
        let mut gather = GATHERS.with_borrow_mut(of).unwrap_or_else(|| Gather::new(stops));
        gather.page += 1;
        gather.list.clear();
        gather.seen.clear();
        gather.lengths.clear();
        gather.place = 0;
        gather
    }

    /// Keeps it for the next page.
    pub(super) fn keep(self) {
        GATHERS.with_borrow_mut(|all| all.push(self));
    }

    /// The number of a word.
    fn number(&mut self, word: &str) -> u32 {
        let number = self.words.number(word.as_bytes());
        if number as usize == self.known.len() {
            self.known.push(Known { quiet: self.stops.has(&fold::fold(word)), page: 0, at: 0 });
        }
        number
    }

    fn is_quiet(&self, number: u32) -> bool {
        self.known.get(number as usize).is_some_and(|known| known.quiet)
    }

    /// A word that says something; none when it does not.
    fn said(&mut self, word: &str) -> Option<&mut Seen> {
        let number = self.number(word);
        if self.is_quiet(number) { None } else { self.seen_at(number) }
    }

    /// What was seen of a word here.
    fn seen_at(&mut self, number: u32) -> Option<&mut Seen> {
        let new = self.seen.len();
        let place = self.place;
        let known = self.known.get_mut(number as usize)?;
        if known.page != self.page {
            (known.page, known.at) = (self.page, self.list.len() as u32);
            self.list.push(Word { number, first: new as u32, last: new as u32 });
            self.seen.push(Seen { place, ..Seen::default() });
            return self.seen.last_mut();
        }
        let word = self.list.get_mut(known.at as usize)?;
        let last = self.seen.get_mut(word.last as usize)?;
        if last.place != place {
            word.last = new as u32;
            last.next = new as u32 + 1;
            self.seen.push(Seen { place, ..Seen::default() });
        }
        self.seen.get_mut(word.last as usize)
    }

    /// What was seen of a word in this place, if anything was.
    fn known(&mut self, word: &str) -> Option<&mut Seen> {
        let known = self.known.get(self.words.find(word.as_bytes())? as usize)?;
        let word = self.list.get(known.at as usize).filter(|_| known.page == self.page)?;
        self.seen.get_mut(word.last as usize).filter(|seen| seen.place == self.place && seen.count > 0)
    }

    /// The words of a name; stop words too, since a title may be made of them.
    fn name(&mut self, text: &str, mark: fn(&mut Hold, u8)) {
        let mut count = 0;
        let mut name = std::mem::take(&mut self.name);
        words(text, |w| {
            let number = self.number(w.text);
            count += usize::from(!w.joined && !self.is_quiet(number));
            name.push(number);
        });
        let share = share(count);
        for number in name.drain(..) {
            if let Some(seen) = self.seen_at(number) {
                mark(&mut seen.hold, share);
            }
        }
        self.name = name;
    }

    pub(super) fn title(&mut self, title: &str) {
        self.name(main_name(title), |hold, share| hold.title = hold.title.max(share));
        if let Some(letters) = letters(title) {
            self.alias(letters);
        } else if main_name(title) != title {
            self.text(title);
        }
    }

    pub(super) fn alias(&mut self, name: &str) {
        self.name(name, |hold, share| hold.name = hold.name.max(share));
    }

    pub(super) fn field(&mut self, text: &str) {
        words(text, |w| {
            if let Some(seen) = self.said(w.text) {
                seen.hold.field = true;
            }
        });
    }

    pub(super) fn text(&mut self, text: &str) {
        let place = self.place as usize;
        let mut length = self.lengths.get(place).copied().unwrap_or(0);
        words(text, |w| {
            length += 1;
            if let Some(seen) = self.said(w.text) {
                seen.count = seen.count.saturating_add(1);
                seen.early |= length <= 14;
            }
        });
        if let Some(known) = self.lengths.get_mut(place) {
            *known = length;
        }
    }

    pub(super) fn begin(&mut self) {
        self.place = self.lengths.len() as u32;
        self.lengths.push(0);
    }

    /// About how many bytes [`Gather::put_words`] writes.
    pub(super) fn size(&self) -> usize {
        self.list.len() * 9 + self.seen.len() * 2
    }

    /// Writes the words in the order in which they came, each with its places.
    pub(super) fn put_words(&self, out: &mut Vec<u8>) {
        put_number(out, self.list.len() as u32);
        let mut held = Vec::new();
        for word in &self.list {
            held.clear();
            let (mut last, mut next) = (0, word.first + 1);
            while let Some(seen) = next.checked_sub(1).and_then(|at| self.seen.get(at as usize)) {
                let length = self.lengths.get(seen.place as usize).copied().unwrap_or(0);
                let text = match (seen.count, length) {
                    (0, _) => 0,
                    (count, ..=40) => count + u16::from(seen.early),
                    (count, 41..=150) => count,
                    (count, _) => count.div_ceil(2),
                };
                let hold = Hold { text: text.min(3) as u8, ..seen.hold };
                next = seen.next;
                put_held(&mut held, seen.place - last, hold.bits(), next > 0);
                last = seen.place;
            }
            // How long both are is one byte, nearly always.
            let letters = self.words.bytes(word.number);
            let short = letters.len().min(LONG);
            put_number(out, (held.len() << 4 | short) as u32);
            if short == LONG {
                put_number(out, (letters.len() - LONG) as u32);
            }
            out.extend_from_slice(letters);
            out.extend_from_slice(&held);
        }
    }

    /// The fields of a page or entry.
    pub(super) fn fields<'f>(
        &mut self,
        kind: Option<&Kind>,
        lang: &str,
        fields: impl Iterator<Item = (&'f str, &'f FieldValue)>,
    ) {
        for (name, value) in fields {
            let is_name = NAMES.contains(&name);
            let field = kind.and_then(|kind| kind.field(name));
            for item in value.items() {
                match item {
                    FieldValue::Text(text) if is_name => self.alias(text),
                    FieldValue::Text(text) => self.value(field, text, lang),
                    FieldValue::Integer(_) | FieldValue::Number(_) | FieldValue::Range(..) => {
                        self.text(&item.display());
                    }
                    _ => {}
                }
            }
        }
    }

    fn value(&mut self, field: Option<&Field>, text: &str, lang: &str) {
        let Some(field) = field else { return self.text(text) };
        match field.ty.item() {
            // What everything is by default tells nothing apart.
            FieldType::Choice if field.default.as_ref().and_then(FieldValue::as_text) == Some(text) => {}
            FieldType::Choice => {
                let label = field.choices.iter().find(|c| c.value == text).map(|c| c.label.get(lang));
                self.field(label.unwrap_or(text));
            }
            FieldType::Text | FieldType::Markdown | FieldType::Email => {
                // What somebody wrote into a form says more than a word in running text.
                self.text(text);
                words(text, |w| {
                    if let Some(seen) = self.known(w.text) {
                        seen.count = seen.count.saturating_add(1);
                    }
                });
            }
            _ => {}
        }
    }
}
