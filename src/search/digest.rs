//! One page as the index sees it: its places (the top, headings, entries) and its words with the places that hold them.
//!
//! Made where the page is parsed, from the one reading of its text, and kept in a few KB of bytes, also between runs: so an edit
//! reads one page again and not all. Equal documents give equal digests, as long as they share a table of words.

use super::code::{Bytes, put_number, put_text};
use super::gather::Gather;
use super::stops;
use super::words::Words;
use crate::document::{Body, Document, EntrySummary, PlaceholderKind};
use crate::schema::Kinds;
use crate::text::{Block, BlockKind, PageText};
use std::borrow::Cow;

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
    /// The anchor; empty for the top, none when it is the plainest of the title, as most are.
    anchor: Option<&'a str>,
    /// Its title, on one line.
    pub title: &'a str,
    /// Name of the kind of an entry or of the page; empty for a heading.
    pub kind: &'a str,
    /// What it begins with.
    pub excerpt: &'a str,
}

impl<'a> Place<'a> {
    /// Whether it is the top of its page.
    pub fn is_top(&self) -> bool {
        self.anchor == Some("")
    }

    /// The anchor; empty for the top.
    pub fn anchor(&self) -> Cow<'a, str> {
        self.anchor.map_or_else(|| Cow::Owned(anchor_of(self.title)), Cow::Borrowed)
    }

    /// The anchor, where the title does not say it.
    pub fn own_anchor(&self) -> Option<&'a str> {
        self.anchor
    }
}

/// The plainest anchor of a title; `-` in a block stands for it.
pub fn anchor_of(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}

/// Whether that is the plainest anchor of a title.
fn is_anchor_of(anchor: &str, title: &str) -> bool {
    if !title.is_ascii() {
        return anchor == anchor_of(title);
    }
    let plain = title.bytes().map(|b| if b == b' ' { b'-' } else { b.to_ascii_lowercase() });
    anchor.len() == title.len() && anchor.bytes().eq(plain)
}

/// A text on one line without tabs.
pub fn plain(text: &str) -> Cow<'_, str> {
    // Nearly all are.
    if text.is_ascii() && is_single_spaced(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Writes a place as [`Places`] reads it.
fn put_place(out: &mut Vec<u8>, anchor: &str, title: &str, kind: &str, begins: &str) {
    let title = plain(title);
    if !anchor.is_empty() && is_anchor_of(anchor, &title) {
        put_number(out, 0);
    } else {
        put_number(out, anchor.len() as u32 + 1);
        out.extend_from_slice(anchor.as_bytes());
    }
    put_text(out, &title);
    put_text(out, kind);
    put_text(out, begins);
}

/// The beginning of a text, cut between words.
pub fn excerpt(text: &str) -> String {
    // In ASCII, nearly always, letters are bytes.
    let begin = text.as_bytes().get(..EXCERPT * 2).unwrap_or(text.as_bytes());
    if !begin.is_ascii() {
        return cut_excerpt(text.split_whitespace(), |word| word.chars().count());
    }
    let whole = begin.get(..=EXCERPT).unwrap_or(begin);
    if is_single_spaced(whole) {
        // All of it, or up to the last space that leaves room.
        let end =
            if whole.len() <= EXCERPT { Some(whole.len()) } else { whole.iter().rposition(|b| *b == b' ') };
        if let Some(found) = end.and_then(|end| text.get(..end)) {
            let more = if found.len() < text.len() { "…" } else { "" };
            return [found, more].concat();
        }
    }
    cut_excerpt(text.split_ascii_whitespace(), str::len)
}

/// Whether a text in ASCII has no other space than single ones, and none at its ends.
fn is_single_spaced(text: &[u8]) -> bool {
    let plain = text.iter().fold(true, |plain, byte| plain & (*byte >= b' '));
    let pairs = text.iter().zip(text.get(1..).unwrap_or(&[]));
    let single = pairs.fold(true, |single, (a, b)| single & (*a != b' ' || *b != b' '));
    plain && single && text.first() != Some(&b' ') && text.last() != Some(&b' ')
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

/// The digest of a page; `text` and `body` are those of its one reading. Its words get their numbers from `words`.
pub fn digest(document: &Document, text: &PageText, body: &Body, kinds: &Kinds, words: &Words) -> Vec<u8> {
    let summary = &document.summary;
    let mut gather = Gather::take(stops::of(&document.lang), words);
    let mut places = Vec::new();
    let outline: Vec<_> = body.headings().collect();
    let mut entries = summary.entries.iter();
    let mut images = text.images.iter().peekable();
    let shown = data_tables(text, body);
    // Nearly all are, in English: then no block need be asked. What stands for code is not.
    let ascii = text.flat.is_ascii();
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
            match ascii {
                true => gather.ascii_text(text.block_text(block)),
                false => gather.text(&text.shown(&block.flat)),
            }
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
        put_place(&mut places, anchor, title, kind, &begins);
    }
    let mut out = Vec::with_capacity(places.len() + gather.size());
    put_number(&mut out, if summary.boost == 0 { 10 } else { u32::from(summary.boost) });
    put_number(&mut out, shown.len() as u32);
    for (place, file, columns) in shown {
        put_number(&mut out, place);
        put_text(&mut out, file);
        put_text(&mut out, columns);
    }
    put_number(&mut out, text.sections.len() as u32);
    out.append(&mut places);
    gather.put_words(&mut out);
    gather.keep();
    out.shrink_to_fit();
    out
}

/// The tables of the page that show a data file: their place, the file, and its columns as they are chosen.
fn data_tables<'d>(text: &PageText, body: &'d Body) -> Vec<(u32, &'d str, &'d str)> {
    let tables: Vec<_> = text.components.iter().filter(|component| &*component.name == "table").collect();
    if tables.is_empty() {
        return Vec::new();
    }
    let bodies = std::iter::once(body).chain(&body.entries);
    let opened = bodies.flat_map(|body| body.placeholders.iter()).filter_map(|slot| match slot.kind {
        PlaceholderKind::Open(component) => Some(component),
        _ => None,
    });
    let made = opened.filter_map(|component| {
        let table = tables.iter().find(|table| table.span.start == component.span.start)?;
        let arg =
            |name: &str| component.args.iter().find(|(key, _)| **key == *name).map(|(_, value)| value.trim());
        Some((table.section, arg("data")?, arg("columns").unwrap_or("")))
    });
    made.collect()
}

/// Whether a block tells what a place is about.
fn tells(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
}

/// How much the page of a digest counts, in tenths.
pub fn boost(digest: &[u8]) -> u32 {
    Bytes(digest).number()
}

fn take_tables<'a>(bytes: &mut Bytes<'a>) -> Vec<(u32, &'a str, &'a str)> {
    bytes.number();
    let count = (bytes.number() as usize).min(bytes.0.len());
    (0..count).map(|_| (bytes.number(), bytes.text(), bytes.text())).collect()
}

/// The tables of a page that show a data file: their place, the file, and its columns as they are chosen.
pub fn tables(digest: &[u8]) -> Vec<(u32, &str, &str)> {
    take_tables(&mut Bytes(digest))
}

/// The places of a digest, read one by one.
#[derive(Clone)]
pub struct Places<'a> {
    bytes: Bytes<'a>,
    left: usize,
}

impl<'a> Places<'a> {
    /// What stands behind the places: the words, for [`each_word`].
    pub fn words(mut self) -> Bytes<'a> {
        self.by_ref().for_each(drop);
        self.bytes
    }
}

impl<'a> Iterator for Places<'a> {
    type Item = Place<'a>;

    fn next(&mut self) -> Option<Place<'a>> {
        self.left = self.left.checked_sub(1)?;
        let anchor = self.bytes.number().checked_sub(1).map(|length| self.bytes.text_of(length as usize));
        let (title, kind, excerpt) = (self.bytes.text(), self.bytes.text(), self.bytes.text());
        Some(Place { anchor, title, kind, excerpt })
    }
}

/// The places of a digest, in order.
pub fn places(digest: &[u8]) -> Places<'_> {
    let mut bytes = Bytes(digest);
    take_tables(&mut bytes);
    let left = (bytes.number() as usize).min(digest.len());
    Places { bytes, left }
}

/// The names of the entries of a digest, each with its anchor. Headings say other things in other words.
pub fn names(digest: &[u8]) -> impl Iterator<Item = (Cow<'_, str>, &str)> {
    let entry = |place: &Place<'_>| !place.kind.is_empty() && !place.is_top();
    places(digest).filter(entry).map(|place| (place.anchor(), place.title))
}

/// Gives each word behind the places: its number, and where its places are packed ([`Bytes::held`]), which `each` takes.
#[inline]
pub fn each_word<'a>(mut bytes: Bytes<'a>, mut each: impl FnMut(u32, &mut Bytes<'a>)) {
    for _ in 0..bytes.number() {
        let number = bytes.number();
        each(number, &mut bytes);
        if bytes.0.is_empty() {
            break;
        }
    }
}
