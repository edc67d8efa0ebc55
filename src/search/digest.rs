//! One page as the index sees it: its places (the top, headings, entries) and its words with the places that hold them.
//!
//! Made where the page is parsed, from the one reading of its text, and kept in a few KB of bytes, also between runs: so an edit
//! reads one page again and not all. Equal documents give equal digests.

use super::code::{Bytes, put_held, put_number, put_text};
use super::cut::words;
use super::fold;
use super::intern::Intern;
use super::stops::{self, Stops};
use crate::document::{Body, Document, EntrySummary};
use crate::schema::{Field, FieldType, FieldValue, Kind, Kinds};
use crate::site::{letters, main_name};
use crate::text::{Block, BlockKind, PageText};
use std::cell::RefCell;

/// Fields whose values are names of what the page or entry is about.
const NAMES: &[&str] = &["also_called", "also_links", "full_name", "short_name", "search_words"];

/// The longest excerpt of a place, in letters.
const EXCERPT: usize = 96;

/// How a place holds a word, in seven bits; see [`Hold::bits`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hold {
    /// In its title: 3 when the title is that word alone, 2 of two words, 1 of more; 0 when it is not.
    pub title: u8,
    /// In one of its other names, likewise.
    pub name: u8,
    /// In a description or a choice, or a name found it.
    pub field: bool,
    /// In its text: once, twice, more often.
    pub text: u8,
}

impl Hold {
    /// As a number below 128.
    pub fn bits(self) -> u32 {
        u32::from(self.text & 3)
            | u32::from(self.field) << 2
            | u32::from(self.name & 3) << 3
            | u32::from(self.title & 3) << 5
    }

    /// From its number.
    pub fn of(bits: u32) -> Hold {
        Hold {
            text: (bits & 3) as u8,
            field: bits & 4 != 0,
            name: (bits >> 3 & 3) as u8,
            title: (bits >> 5 & 3) as u8,
        }
    }

    /// What holds for both.
    pub fn meet(self, other: Hold) -> Hold {
        Hold {
            title: self.title.min(other.title),
            name: self.name.min(other.name),
            field: self.field && other.field,
            text: self.text.min(other.text),
        }
    }

    /// What is known of either.
    pub fn join(self, other: Hold) -> Hold {
        Hold {
            title: self.title.max(other.title),
            name: self.name.max(other.name),
            field: self.field || other.field,
            text: self.text.max(other.text),
        }
    }
}

/// How much of a name a word is.
pub fn share(words: usize) -> u8 {
    match words {
        0 | 1 => 3,
        2 => 2,
        _ => 1,
    }
}

/// A place of a page: its top, a heading, an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The anchor; empty for the top.
    pub anchor: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Name of the kind of an entry or of the page; empty for a heading.
    pub kind: &'a str,
    /// What it begins with.
    pub excerpt: &'a str,
}

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
const LONG: usize = 15;

/// So many words a thread knows at most; a guide seldom has a tenth of it.
const WORDS: usize = 200_000;

/// Gathers a page, and then the next: the words that it met stay known.
struct Gather {
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
    fn take(stops: &'static Stops) -> Gather {
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
    fn keep(self) {
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

    fn title(&mut self, title: &str) {
        self.name(main_name(title), |hold, share| hold.title = hold.title.max(share));
        if let Some(letters) = letters(title) {
            self.alias(letters);
        } else if main_name(title) != title {
            self.text(title);
        }
    }

    fn alias(&mut self, name: &str) {
        self.name(name, |hold, share| hold.name = hold.name.max(share));
    }

    fn field(&mut self, text: &str) {
        words(text, |w| {
            if let Some(seen) = self.said(w.text) {
                seen.hold.field = true;
            }
        });
    }

    fn text(&mut self, text: &str) {
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

    fn begin(&mut self) {
        self.place = self.lengths.len() as u32;
        self.lengths.push(0);
    }

    /// Writes the words in the order in which they came, each with its places.
    fn put_words(&self, out: &mut Vec<u8>) {
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
    fn fields<'f>(
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

/// The beginning of a text, cut between words.
pub fn excerpt(text: &str) -> String {
    // In ASCII, nearly always, letters are bytes.
    let is_ascii = text.get(..EXCERPT * 2).unwrap_or(text).is_ascii();
    match is_ascii {
        true => cut_excerpt(text.split_ascii_whitespace(), str::len),
        false => cut_excerpt(text.split_whitespace(), |word| word.chars().count()),
    }
}

fn cut_excerpt<'t>(words: impl Iterator<Item = &'t str>, letters: impl Fn(&str) -> usize) -> String {
    let mut out = String::with_capacity(EXCERPT + 8);
    let mut count = 0;
    for word in words {
        let length = letters(word);
        if count + length > EXCERPT {
            if out.is_empty() {
                out.extend(word.chars().take(EXCERPT));
            }
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        count += length + 1;
    }
    out
}

/// The digest of a page; `text` and `body` are those of its one reading.
pub fn digest(document: &Document, text: &PageText, body: &Body, kinds: &Kinds) -> Vec<u8> {
    let summary = &document.summary;
    let mut gather = Gather::take(stops::of(&document.lang));
    let mut places = Vec::new();
    let outline: Vec<_> = body.headings().collect();
    let mut entries = summary.entries.iter();
    let mut images = text.images.iter().peekable();
    for (number, section) in text.sections.iter().enumerate() {
        gather.begin();
        let heading = section.heading.and_then(|at| text.headings.get(at as usize));
        let outlined = section.heading.and_then(|at| outline.get(at as usize));
        let entry: Option<&EntrySummary> = if section.entry { entries.next() } else { None };
        if number == 0 {
            gather.title(&summary.title);
            if let Some(title) = &summary.nav_title {
                gather.alias(title);
            }
            summary.search_words.iter().for_each(|word| gather.alias(word));
            gather.field(summary.description.as_deref().unwrap_or(""));
            summary.tags.iter().for_each(|tag| gather.text(tag));
            let fields = summary.fields.iter().map(|(name, value)| (&**name, value));
            gather.fields(kinds.get(&summary.kind), &document.lang, fields);
        } else {
            gather.title(outlined.map_or("", |h| h.title));
        }
        if let Some(entry) = entry {
            let fields = entry.fields.iter().map(|(name, value)| (&**name, value));
            gather.fields(kinds.get(&entry.kind), &document.lang, fields);
        }
        let blocks = text.section_blocks(section);
        for block in blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Heading | BlockKind::Field)) {
            gather.text(&text.shown(&block.flat));
        }
        let next = text.headings.get(section.heading.map_or(0, |at| at as usize + 1)).map(|h| h.span.start);
        while let Some(image) = images.next_if(|image| next.is_none_or(|next| image.span.start < next)) {
            gather.text(&image.alt);
        }
        let first = blocks.iter().find(|b| tells(b)).map(|b| excerpt(&text.shown(&b.flat)));
        let described = summary.description.as_deref().filter(|_| number == 0).map(excerpt);
        let begins = described.or(first).unwrap_or_default();
        let (anchor, title) = match (outlined, heading) {
            (Some(outlined), Some(_)) => (outlined.id, outlined.title),
            _ => ("", summary.title.as_str()),
        };
        let kind = match entry {
            Some(entry) => entry.kind.as_str(),
            None if number == 0 => summary.kind.as_str(),
            None => "",
        };
        put_text(&mut places, anchor);
        put_text(&mut places, title);
        put_text(&mut places, kind);
        put_text(&mut places, &begins);
    }
    let mut out = Vec::with_capacity(places.len() + gather.list.len() * 10 + gather.seen.len() * 2);
    put_number(&mut out, if summary.boost == 0 { 10 } else { u32::from(summary.boost) });
    put_number(&mut out, text.sections.len() as u32);
    out.append(&mut places);
    gather.put_words(&mut out);
    gather.keep();
    out.shrink_to_fit();
    out
}

/// Whether a block tells what a place is about.
fn tells(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
}

/// How much the page of a digest counts, in tenths.
pub fn boost(digest: &[u8]) -> u32 {
    Bytes(digest).number()
}

/// The places of a digest, and the rest of it.
pub fn places(digest: &[u8]) -> (Vec<Place<'_>>, Bytes<'_>) {
    let mut bytes = Bytes(digest);
    bytes.number();
    let count = (bytes.number() as usize).min(digest.len());
    let mut places = Vec::with_capacity(count);
    for _ in 0..count {
        let (anchor, title) = (bytes.text(), bytes.text());
        let (kind, excerpt) = (bytes.text(), bytes.text());
        places.push(Place { anchor, title, kind, excerpt });
    }
    (places, bytes)
}

/// The names of the entries of a digest, each with its anchor. Headings say other things in other words.
pub fn names(digest: &[u8]) -> impl Iterator<Item = (&str, &str)> {
    let entry = |place: &Place<'_>| !place.kind.is_empty() && !place.anchor.is_empty();
    places(digest).0.into_iter().filter(entry).map(|place| (place.anchor, place.title))
}

/// Gives each word behind the places: its letters, and how its places are packed ([`Bytes::held`]).
pub fn each_word<'a>(mut bytes: Bytes<'a>, mut each: impl FnMut(&'a [u8], &'a [u8])) {
    for _ in 0..bytes.number() {
        let both = bytes.number() as usize;
        let more = if both & LONG == LONG { bytes.number() as usize } else { 0 };
        each(bytes.slice((both & LONG) + more), bytes.slice(both >> 4));
        if bytes.0.is_empty() {
            break;
        }
    }
}
