//! One page as the index sees it: its places (the top, headings, entries) and its words with the places that hold them.
//!
//! Made where the page is parsed, from the one reading of its text, and kept in a few KB of bytes, also between runs: so an edit
//! reads one page again and not all. Equal documents give equal digests.

use super::code::{Bytes, put_number, put_text};
use super::cut::words;
use super::fold;
use super::stops::{self, Stops};
use crate::document::{Body, Document, EntrySummary};
use crate::schema::{Field, FieldType, FieldValue, Kind, Kinds};
use crate::site::{letters, main_name};
use crate::text::{Block, BlockKind, PageText};
use rustc_hash::FxHashMap;

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
    hold: Hold,
    count: u16,
    early: bool,
}

/// Gathers a page.
struct Gather {
    stops: &'static Stops,
    numbers: FxHashMap<Box<str>, u32>,
    /// For each word, whether it says nothing by itself.
    quiet: Vec<bool>,
    /// For each word, what was seen of it, by place.
    seen: Vec<Vec<Seen>>,
    place: u32,
    /// Words of the text of each place.
    lengths: Vec<u32>,
}

impl Gather {
    fn new(stops: &'static Stops) -> Gather {
        Gather {
            stops,
            numbers: FxHashMap::default(),
            quiet: Vec::new(),
            seen: Vec::new(),
            place: 0,
            lengths: Vec::new(),
        }
    }

    /// The number of a word.
    fn number(&mut self, word: &str) -> usize {
        match self.numbers.get(word) {
            Some(number) => *number as usize,
            None => {
                let number = self.seen.len();
                self.numbers.insert(word.into(), number as u32);
                self.quiet.push(self.stops.has(&fold::fold(word)));
                self.seen.push(Vec::new());
                number
            }
        }
    }

    fn seen(&mut self, word: &str) -> &mut Seen {
        let number = self.number(word);
        self.seen_at(number)
    }

    /// A word that says something; none when it does not.
    fn said(&mut self, word: &str) -> Option<&mut Seen> {
        let number = self.number(word);
        match self.quiet.get(number) {
            Some(false) => Some(self.seen_at(number)),
            _ => None,
        }
    }

    fn seen_at(&mut self, number: usize) -> &mut Seen {
        let place = self.place;
        let list = &mut self.seen[number];
        let end = match list.last() {
            Some(last) if last.place == place => list.len() - 1,
            _ => {
                list.push(Seen { place, ..Seen::default() });
                list.len() - 1
            }
        };
        &mut list[end]
    }

    /// What was seen of a word in this place, if anything was.
    fn known(&mut self, word: &str) -> Option<&mut Seen> {
        let number = *self.numbers.get(word)?;
        self.seen
            .get_mut(number as usize)?
            .last_mut()
            .filter(|seen| seen.place == self.place && seen.count > 0)
    }

    /// The words of a name; stop words too, since a title may be made of them.
    fn name(&mut self, text: &str, mark: fn(&mut Hold, u8)) {
        let mut count = 0;
        let stops = self.stops;
        words(text, |w| count += usize::from(!w.joined && !stops.has(&fold::fold(w.text))));
        let share = share(count);
        words(text, |w| mark(&mut self.seen(w.text).hold, share));
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
    let mut out = String::with_capacity(EXCERPT + 8);
    let mut count = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
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
    let mut gather = Gather::new(stops::of(&document.lang));
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
    let mut out = Vec::with_capacity(places.len() + gather.seen.len() * 8);
    put_number(&mut out, if summary.boost == 0 { 10 } else { u32::from(summary.boost) });
    put_number(&mut out, text.sections.len() as u32);
    out.append(&mut places);
    put_words(gather, &mut out);
    out
}

/// Whether a block tells what a place is about.
fn tells(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
}

/// Writes the words in order, each without what it has in common with the one before.
fn put_words(gather: Gather, out: &mut Vec<u8>) {
    let Gather { numbers, seen, lengths, .. } = gather;
    let held =
        |(_, number): &(Box<str>, u32)| seen.get(*number as usize).is_some_and(|list| !list.is_empty());
    let mut words: Vec<(Box<str>, u32)> = numbers.into_iter().filter(held).collect();
    words.sort_unstable();
    put_number(out, words.len() as u32);
    let mut before: &str = "";
    for (word, number) in &words {
        let same = before.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        let same = (0..=same).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0);
        put_number(out, same as u32);
        put_text(out, word.get(same..).unwrap_or(""));
        let list = seen.get(*number as usize).map_or(&[][..], Vec::as_slice);
        put_number(out, list.len() as u32);
        let mut last = 0;
        for seen in list {
            let length = lengths.get(seen.place as usize).copied().unwrap_or(0);
            let text = match (seen.count, length) {
                (0, _) => 0,
                (count, ..=40) => count + u16::from(seen.early),
                (count, 41..=150) => count,
                (count, _) => count.div_ceil(2),
            };
            let hold = Hold { text: text.min(3) as u8, ..seen.hold };
            put_number(out, (seen.place - last) << 7 | hold.bits());
            last = seen.place;
        }
        before = word;
    }
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

/// Gives each word behind the places: the word, and its places with how each holds it.
pub fn each_word(mut bytes: Bytes<'_>, mut each: impl FnMut(&str, &[(u32, u32)])) {
    let mut word = String::new();
    let mut held = Vec::new();
    for _ in 0..bytes.number() {
        let same = bytes.number() as usize;
        let rest = bytes.text();
        word.truncate(if word.is_char_boundary(same.min(word.len())) { same } else { 0 });
        word.push_str(rest);
        held.clear();
        let mut place = 0;
        for _ in 0..bytes.number() {
            let number = bytes.number();
            place += number >> 7;
            held.push((place, number & 127));
        }
        each(&word, &held);
        if bytes.0.is_empty() {
            break;
        }
    }
}
