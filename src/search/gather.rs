//! The words of a page, gathered while its text is read: each with the places that hold it.
//!
//! A thread keeps the words that it met, so the next page finds nearly all of them known. What is written does not depend on that:
//! words come in the order of the page.

use super::code::{put_held, put_number};
use super::cut::{Take, Word as Cut, ascii_keys, keys, words};
use super::digest::{Hold, share};
use super::fold;
use super::intern::{Intern, Key};
use super::stops::Stops;
use super::words::Words;
use crate::schema::{Field, FieldType, FieldValue, Kind, SHOWN_NAMES};
use crate::site::{letters, main_name};
use std::cell::RefCell;

/// Fields whose values are names of what the page or entry is about, and that no reader sees.
const HIDDEN_NAMES: [&str; 2] = ["also_links", "search_words"];

/// What is being gathered of one word in one place.
#[derive(Clone, Copy, Default)]
struct Seen {
    place: u32,
    /// The next place of the word, counted from 1; 0 when there is none.
    next: u32,
    count: u16,
    /// How it is held beside its text: [`Hold::bits`].
    bits: u8,
    early: bool,
}

/// A word of the page: its number in the engine's table, and the first of what was seen of it.
#[derive(Clone, Copy)]
struct Word {
    number: u32,
    first: u32,
}

/// What is known of a word beside its letters.
#[derive(Clone, Copy)]
struct Known {
    /// Its number in the engine's table.
    number: u32,
    /// It says nothing by itself.
    quiet: bool,
    /// The page that it was last met on, the place of it, and what was seen of it there.
    page: u32,
    mark: u32,
    last: u32,
}

/// The bit of a word in a description or a choice.
const FIELD: u8 = 4;

/// Maximum number of words that a thread knows; a guide seldom has a tenth of it.
const MAX_WORDS: usize = 200_000;

/// Maximum number of lists of words that a thread keeps; a guide has one for each of its languages.
const MAX_GATHERS: usize = 32;

/// Maximum number of places that a thread counts before it begins anew; a page has fewer than are left to the end.
const MAX_MARKS: u32 = u32::MAX / 2;

/// Gathers a page, and then the next: the words that it met stay known.
pub(super) struct Gather {
    stops: &'static Stops,
    table: Words,
    words: Intern,
    known: Vec<Known>,
    page: u32,
    /// The number of the place among all that were gathered.
    mark: u32,
    list: Vec<Word>,
    seen: Vec<Seen>,
    place: u32,
    /// Words of the text of each place.
    lengths: Vec<u32>,
    /// The words of a name.
    name: Vec<u32>,
}

thread_local! {
    /// One for each list of stop words and table that this thread met last.
    static GATHERS: RefCell<Vec<Gather>> = const { RefCell::new(Vec::new()) };
}

impl Gather {
    fn new(stops: &'static Stops, table: Words) -> Gather {
        Gather {
            stops,
            table,
            words: Intern::default(),
            known: Vec::new(),
            page: 0,
            mark: 0,
            list: Vec::new(),
            seen: Vec::new(),
            place: 0,
            lengths: Vec::new(),
            name: Vec::new(),
        }
    }

    /// One that is ready for a page whose stop words are these.
    pub(super) fn take(stops: &'static Stops, table: &Words) -> Gather {
        let of = |all: &mut Vec<Gather>| {
            let at = all.iter().position(|one| std::ptr::eq(one.stops, stops) && one.table.is(table))?;
            Some(all.remove(at)).filter(|one| one.known.len() < MAX_WORDS && one.mark < MAX_MARKS)
        };
        let mut gather = GATHERS.with_borrow_mut(of).unwrap_or_else(|| Gather::new(stops, table.clone()));
        gather.page += 1;
        gather.list.clear();
        gather.seen.clear();
        gather.lengths.clear();
        gather.place = 0;
        gather
    }

    /// Keeps it for the next page. An engine has a table of its own, so without a limit a process that makes many engines would keep
    /// the tables of all.
    pub(super) fn keep(self) {
        GATHERS.with_borrow_mut(|all| {
            if all.len() == MAX_GATHERS {
                all.remove(0);
            }
            all.push(self);
        });
    }

    /// The number of a plain word.
    #[inline(always)]
    fn number_of(&mut self, key: Key) -> u32 {
        let number = self.words.number_of(key);
        if number as usize == self.known.len() {
            self.meet(number);
        }
        number
    }

    /// The number of any word.
    fn number(&mut self, word: &str) -> u32 {
        let number = self.words.number(word.as_bytes());
        if number as usize == self.known.len() {
            self.meet(number);
        }
        number
    }

    /// Learns what is to be known of a new word.
    #[cold]
    fn meet(&mut self, number: u32) {
        let word = self.words.word(number);
        let quiet = self.stops.has(&fold::fold(word));
        self.known.push(Known {
            number: self.table.number(word.as_bytes()),
            quiet,
            page: 0,
            mark: 0,
            last: 0,
        });
    }

    fn is_quiet(&self, number: u32) -> bool {
        self.known.get(number as usize).is_some_and(|known| known.quiet)
    }

    /// What was seen here of a word that says something; none when it does not.
    #[inline(always)]
    fn said(&mut self, number: u32) -> Option<&mut Seen> {
        self.seen_of(number, |known| !known.quiet)
    }

    /// What was seen here of a word.
    fn seen_at(&mut self, number: u32) -> Option<&mut Seen> {
        self.seen_of(number, |_| true)
    }

    #[inline(always)]
    fn seen_of(&mut self, number: u32, counts: impl Fn(&Known) -> bool) -> Option<&mut Seen> {
        let known = self.known.get_mut(number as usize).filter(|known| counts(known))?;
        if known.mark != self.mark {
            let new = self.seen.len() as u32;
            if known.page == self.page {
                self.seen.get_mut(known.last as usize)?.next = new + 1;
            } else {
                known.page = self.page;
                self.list.push(Word { number: known.number, first: new });
            }
            (known.mark, known.last) = (self.mark, new);
            self.seen.push(Seen { place: self.place, ..Seen::default() });
        }
        self.seen.get_mut(known.last as usize)
    }

    /// What was seen of a word in this place, if anything was.
    fn known(&mut self, word: &str) -> Option<&mut Seen> {
        let known = self.known.get(self.words.find(word.as_bytes())? as usize)?;
        let here = known.mark == self.mark;
        self.seen.get_mut(known.last as usize).filter(|seen| here && seen.count > 0)
    }

    /// The words of a name; stop words too, since a title may be made of them.
    fn name(&mut self, text: &str, mark: fn(u8) -> Hold) {
        let name = std::mem::take(&mut self.name);
        let mut taken = InName { gather: self, count: 0, name };
        keys(text, &mut taken);
        let InName { count, mut name, .. } = taken;
        let hold = mark(share(count));
        for number in name.drain(..) {
            if let Some(seen) = self.seen_at(number) {
                seen.bits = Hold::of(u32::from(seen.bits)).join(hold).bits() as u8;
            }
        }
        self.name = name;
    }

    pub(super) fn title(&mut self, title: &str) {
        self.name(main_name(title), |title| Hold { title, ..Hold::default() });
        if let Some(letters) = letters(title) {
            self.alias(letters);
        } else if main_name(title) != title {
            self.text(title);
        }
    }

    pub(super) fn alias(&mut self, name: &str) {
        self.name(name, |name| Hold { name, ..Hold::default() });
    }

    pub(super) fn field(&mut self, text: &str) {
        keys(text, &mut InField(self));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.running(text, |text, take| keys(text, take));
    }

    /// The same of a text that is known to be in ASCII.
    pub(super) fn ascii_text(&mut self, text: &str) {
        self.running(text, |text, take| ascii_keys(text, take));
    }

    #[inline(always)]
    fn running(&mut self, text: &str, keys: impl Fn(&str, &mut InText<'_>)) {
        let place = self.place as usize;
        let length = self.lengths.get(place).copied().unwrap_or(0);
        let mut taken = InText { gather: self, length };
        keys(text, &mut taken);
        let length = taken.length;
        if let Some(known) = self.lengths.get_mut(place) {
            *known = length;
        }
    }

    pub(super) fn begin(&mut self) {
        self.place = self.lengths.len() as u32;
        self.mark += 1;
        self.lengths.push(0);
    }

    /// About how many bytes [`Gather::put_words`] writes.
    pub(super) fn size(&self) -> usize {
        (self.list.len() + self.seen.len()) * 2 + 8
    }

    /// Writes the numbers of the words in the order in which they came, each with its places.
    pub(super) fn put_words(&self, out: &mut Vec<u8>) {
        put_number(out, self.list.len() as u32);
        for word in &self.list {
            put_number(out, word.number);
            let (mut last, mut at) = (0, word.first as usize);
            while let Some(seen) = self.seen.get(at) {
                let text = match (seen.count, self.lengths.get(seen.place as usize).copied().unwrap_or(0)) {
                    (0, _) => 0,
                    (count, ..=40) => count + u16::from(seen.early),
                    (count, 41..=150) => count,
                    (count, _) => count.div_ceil(2),
                };
                let bits = u32::from(seen.bits) | u32::from(text.min(3));
                put_held(out, seen.place - last, bits, seen.next > 0);
                last = seen.place;
                let Some(next) = seen.next.checked_sub(1) else { break };
                at = next as usize;
            }
        }
    }

    /// The fields of a page or entry that readers see. The search's files are public too: a note to staff, which a kind shows
    /// nowhere, is in none of them.
    pub(super) fn fields<'f>(
        &mut self,
        kind: Option<&Kind>,
        lang: &str,
        fields: impl Iterator<Item = (&'f str, &'f FieldValue)>,
    ) {
        for (name, value) in fields {
            let is_name = SHOWN_NAMES.contains(&name) || HIDDEN_NAMES.contains(&name);
            let field = kind.and_then(|kind| kind.field(name));
            if !is_name && field.is_some_and(|field| !field.show) {
                continue;
            }
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

/// Takes the words of a name, stop words too.
struct InName<'g> {
    gather: &'g mut Gather,
    count: usize,
    name: Vec<u32>,
}

impl InName<'_> {
    fn take(&mut self, number: u32, joined: bool) {
        self.count += usize::from(!joined && !self.gather.is_quiet(number));
        self.name.push(number);
    }
}

impl Take for InName<'_> {
    fn plain(&mut self, key: Key) {
        let number = self.gather.number_of(key);
        self.take(number, false);
    }

    fn word(&mut self, word: Cut<'_>) {
        let number = self.gather.number(word.text);
        self.take(number, word.joined);
    }
}

/// Takes the words of a description or a choice.
struct InField<'g>(&'g mut Gather);

impl InField<'_> {
    fn take(&mut self, number: u32) {
        if let Some(seen) = self.0.said(number) {
            seen.bits |= FIELD;
        }
    }
}

impl Take for InField<'_> {
    fn plain(&mut self, key: Key) {
        let number = self.0.number_of(key);
        self.take(number);
    }

    fn word(&mut self, word: Cut<'_>) {
        let number = self.0.number(word.text);
        self.take(number);
    }
}

/// Takes the words of running text; `length` counts them.
struct InText<'g> {
    gather: &'g mut Gather,
    length: u32,
}

impl InText<'_> {
    #[inline(always)]
    fn take(&mut self, number: u32) {
        self.length += 1;
        if let Some(seen) = self.gather.said(number) {
            seen.count = seen.count.saturating_add(1);
            seen.early |= self.length <= 14;
        }
    }
}

impl Take for InText<'_> {
    #[inline(always)]
    fn plain(&mut self, key: Key) {
        let number = self.gather.number_of(key);
        self.take(number);
    }

    fn word(&mut self, word: Cut<'_>) {
        let number = self.gather.number(word.text);
        self.take(number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_engines_that_are_gone_are_not_kept() {
        let of = |table: &Words| {
            let gather = Gather::take(super::super::stops::of("en"), table);
            let pages = gather.page;
            gather.keep();
            pages
        };
        let tables: Vec<Words> = std::iter::repeat_with(Words::default).take(3 * MAX_GATHERS).collect();
        for table in &tables {
            assert_eq!(of(table), 1);
            assert_eq!(of(table), 2, "the next page takes the same list");
        }
        GATHERS.with_borrow(|all| assert_eq!(all.len(), MAX_GATHERS));
        assert_eq!(of(&tables[0]), 1, "the first is forgotten");
        assert_eq!(of(&tables[2 * MAX_GATHERS + 1]), 3, "one of the last is there");
    }
}
