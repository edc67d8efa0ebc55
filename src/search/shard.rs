//! An [`Index`] as files: the root, whose name never changes, and shards that are named after their bytes.
//!
//! A file is a script that calls one function with one text. Where a shard ends is decided by the word that would begin the next,
//! so a new word moves no other bounds. What an edit anywhere would change (how many places there are) stands in the root alone, rounded.

use super::code::put_digits;
use super::digest::{Place, Places, places, plain};
use super::index::{Index, Page, Term};
use super::postings::put_postings;
use super::{fold, stops};
use crate::site::path_hash;
use rustc_hash::{FxHashMap, FxHashSet};

/// The number of this form of the files. The reader of another one takes none of them.
pub const FORMAT: u32 = 2;

/// A file: its name below `search/`, and its text.
pub type File = (String, String);

/// A shard while it is filled.
struct Sizes {
    least: usize,
    most: usize,
    /// One in so many words may begin a shard.
    one_in: u64,
}

impl Sizes {
    /// For so many bytes in all: the steps are far apart, so that an edit seldom takes one.
    fn of(total: usize) -> Sizes {
        if total > 1_000_000 {
            Sizes { least: 7_000, most: 15_000, one_in: 5 }
        } else {
            Sizes { least: 2_200, most: 5_500, one_in: 24 }
        }
    }
}

/// All files of a language.
pub fn files(mut index: Index<'_>) -> Vec<File> {
    let code = index.language.code;
    let mut out = Vec::new();
    let bounds = terms(&index, &mut out);
    let sounds = sounds(&index, &mut out);
    // The words are told: their places need not lie in memory beside the blocks.
    index.forget_words();
    let docs = blocks(&index, &mut out);
    let root = root(&index, &docs, &bounds, &sounds);
    out.push((format!("{code}.js"), script(&root)));
    out
}

/// A text as a script.
pub fn script(text: &str) -> String {
    script_named("", text)
}

/// The same of a text whose first line is a name; none when that is empty.
fn script_named(name: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + name.len() + 40);
    out.push_str("guidepostSearch(`");
    if !name.is_empty() {
        out.push_str(name);
        out.push('\n');
    }
    // What is told apart is in ASCII, and so stands nowhere inside of a letter.
    let mut from = 0;
    for at in memchr::memchr3_iter(b'`', b'\\', b'{', text.as_bytes()) {
        let is_plain = text.as_bytes().get(at) == Some(&b'{') && !text.get(..at).unwrap_or("").ends_with('$');
        if !is_plain {
            out.push_str(text.get(from..at).unwrap_or(""));
            out.push('\\');
            from = at;
        }
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out.push_str("`)\n");
    out
}

/// The text of a script that [`script`] made.
pub fn text(script: &str) -> String {
    let inner = script.trim_end().strip_prefix("guidepostSearch(`").and_then(|s| s.strip_suffix("`)"));
    let mut out = String::with_capacity(script.len());
    let mut escaped = false;
    for c in inner.unwrap_or("").chars() {
        if c == '\\' && !escaped {
            escaped = true;
        } else {
            out.push(c);
            escaped = false;
        }
    }
    out
}

/// So many small letters and digits of the hash of a text.
fn mark(text: &str, letters: usize) -> String {
    let mut hash = xxhash_rust::xxh3::xxh3_64(text.as_bytes());
    let mut out = String::with_capacity(letters);
    for _ in 0..letters {
        out.push(char::from(*b"0123456789abcdefghijklmnopqrstuv".get((hash & 31) as usize).unwrap_or(&b'0')));
        hash >>= 5;
    }
    out
}

/// Writes a number in tens.
fn put_tens(number: u32, out: &mut String) {
    if number > 9 {
        put_tens(number / 10, out);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// Places of a page that lie in one block.
struct Part<'a> {
    block: u32,
    /// Where its page lies among all.
    page: usize,
    /// Which part of the page it is.
    number: usize,
    /// The places from here to the end of the page.
    places: Places<'a>,
}

/// Blocks whose marks lie in one file of a large index.
const GROUP: usize = 32;

/// The blocks of pages; gives the marks of their names, three letters each: in a large index those of the files that hold them.
fn blocks(index: &Index<'_>, out: &mut Vec<File>) -> String {
    let numbers = index.language.kinds.iter().zip(0u32..);
    let kinds: FxHashMap<&str, u32> = numbers.map(|((name, _), at)| (*name, at)).collect();
    // Which places of which pages lie in each block, so that one after the other is written.
    let mut parts = Vec::with_capacity(index.pages.len());
    for (at, page) in index.pages.iter().enumerate() {
        let mut rest = places(page.page.digest);
        for number in 0..page.places.div_ceil(index.chunk) {
            if number > 0 {
                // Each part goes on where the one before ends, or a page of many headings would be read once for each of its parts.
                rest.by_ref().take(index.chunk).for_each(drop);
            }
            let block = (page.id / index.stride + number as u32) % index.blocks;
            parts.push(Part { block, page: at, number, places: rest.clone() });
        }
    }
    parts.sort_unstable_by_key(|part| (part.block, part.page, part.number));
    let mut parts = parts.into_iter().peekable();
    let mut marks = String::with_capacity(index.blocks as usize * 3);
    let mut text = String::new();
    for number in 0..index.blocks {
        text.clear();
        while let Some(part) = parts.next_if(|part| part.block == number) {
            let Some(page) = index.pages.get(part.page) else { continue };
            block_page(page, part.number * index.chunk, &mut text);
            for place in part.places.take(index.chunk) {
                block_place(index, &kinds, &place, &mut text);
            }
        }
        let hash = mark(&text, 3);
        let name = format!("{}/d{number}-{hash}", index.language.code);
        out.push((format!("{name}.js"), script_named(&name, &text)));
        marks.push_str(&hash);
    }
    if !index.short {
        return marks;
    }
    let mut above = String::new();
    for (number, text) in marks.as_bytes().chunks(GROUP * 3).enumerate() {
        let text = String::from_utf8_lossy(text);
        let hash = mark(&text, 3);
        let name = format!("{}/m{number}-{hash}", index.language.code);
        out.push((format!("{name}.js"), script(&format!("{name}\n{text}\n"))));
        above.push_str(&hash);
    }
    above
}

/// The line of a place in a block: anchor, title, kind, what it begins with.
fn block_place(index: &Index<'_>, kinds: &FxHashMap<&str, u32>, place: &Place<'_>, text: &mut String) {
    text.push_str(place.own_anchor().unwrap_or("-"));
    text.push('\t');
    text.push_str(place.title);
    text.push('\t');
    if let Some(kind) = kinds.get(place.kind) {
        put_tens(*kind, text);
    }
    text.push('\t');
    if !index.short || place.is_top() {
        // It has single spaces alone.
        text.push_str(place.excerpt);
    }
    text.push('\n');
}

/// The line of a page in a block: a tab, its number, which of its places follow, address, title, language.
fn block_page(page: &Page<'_>, first: usize, text: &mut String) {
    text.push('\t');
    put_tens(page.id, text);
    text.push('\t');
    put_tens(first as u32, text);
    text.push('\t');
    text.push_str(page.page.address);
    text.push('\t');
    text.push_str(places(page.page.digest).next().map_or("", |top| top.title));
    text.push('\t');
    text.push_str(page.page.lang.unwrap_or(""));
    text.push('\n');
}

/// What a word has in common with the one before, as a digit, and the rest of it.
fn put_front(before: &str, word: &str, out: &mut Vec<u8>) {
    // Counted as the browser counts; in ASCII, nearly always, letters are bytes.
    let (same, bytes) = if before.is_ascii() && word.is_ascii() {
        let same = before.bytes().zip(word.bytes()).take(31).take_while(|(a, b)| a == b).count();
        (same, same)
    } else {
        let (mut same, mut bytes) = (0, 0);
        for (a, b) in before.chars().zip(word.chars()) {
            if a != b || same + a.len_utf16() > 31 {
                break;
            }
            same += a.len_utf16();
            bytes += a.len_utf8();
        }
        (same, bytes)
    };
    // Not above 31, so it is one digit.
    put_digits(out, same as u32);
    out.extend_from_slice(word.get(bytes..).unwrap_or("").as_bytes());
}

/// The line of a class behind what its first word has in common with the one before: words divided by spaces, each the folded word,
/// `=` and the exact one if that differs, `:` and postings.
fn put_class(index: &Index<'_>, class: &[Term], out: &mut Vec<u8>) {
    let mut before: Option<&str> = None;
    for term in class {
        if let Some(before) = before {
            out.push(b' ');
            put_front(before, &term.folded, out);
        }
        if term.exact != term.folded {
            out.push(b'=');
            out.extend_from_slice(term.exact.as_bytes());
        }
        out.push(b':');
        put_postings(index.postings(term), out);
        before = Some(&term.folded);
    }
    out.push(b'\n');
}

/// Cuts a list where the next item may begin a shard, and gives each piece with the least text that divides it from what is before.
/// `put` writes an item behind its first word.
fn cut<T>(
    items: &[T],
    sizes: &Sizes,
    ends: impl for<'t> Fn(&'t T) -> (&'t str, &'t str),
    put: impl Fn(&T, &mut Vec<u8>),
    mut done: impl FnMut(&str, &str),
) {
    let (mut text, mut bound) = (Vec::new(), String::new());
    let (mut highest, mut before) = ("", "");
    // Words and digits: each item is whole letters.
    let mut told = |bound: &str, text: &[u8]| done(bound, std::str::from_utf8(text).unwrap_or(""));
    for item in items {
        let (first, last) = ends(item);
        let chosen = path_hash(first).is_multiple_of(sizes.one_in);
        let start = text.len();
        put_front(before, first, &mut text);
        let behind = text.len();
        put(item, &mut text);
        let full = start >= sizes.least && chosen || start > 0 && text.len() > sizes.most;
        if full && first > highest {
            let rest = text.split_off(behind);
            text.truncate(start);
            told(&bound, &text);
            bound = divides(highest, first);
            text.clear();
            put_front("", first, &mut text);
            text.extend_from_slice(&rest);
        }
        before = last;
        highest = highest.max(last);
    }
    if !text.is_empty() {
        told(&bound, &text);
    }
}

/// The shortest beginning of `first` that comes after `before`.
fn divides(before: &str, first: &str) -> String {
    let ends = first.char_indices().map(|(at, c)| at + c.len_utf8());
    let found = ends.filter_map(|end| first.get(..end)).find(|start| *start > before);
    found.unwrap_or(first).to_owned()
}

/// The shards of words; gives the line of the root that finds them.
fn terms(index: &Index<'_>, out: &mut Vec<File>) -> String {
    let total: usize = index.classes.iter().flatten().map(|t| t.folded.len() + t.size).sum();
    let mut bounds = Bounds::default();
    cut(
        &index.classes,
        &Sizes::of(total),
        // The words of a class are in order.
        |class| (class.first().map_or("", |t| &*t.folded), class.last().map_or("", |t| &*t.folded)),
        |class, text| put_class(index, class, text),
        |bound, text| bounds.push(index, 't', (bound, text), out),
    );
    bounds.line()
}

/// Letters of the name of a shard behind its sort.
pub const NAME: usize = 4;

/// The line of the root that says where the shards of a sort begin: for each, what its least text has in common with that of the
/// one before and the rest of it; behind a tab their names side by side. So the line packs to two thirds of what pairs would.
#[derive(Default)]
struct Bounds {
    before: String,
    line: Vec<u8>,
    names: String,
    taken: FxHashSet<String>,
}

impl Bounds {
    /// Adds a shard under a name after its text that no other has.
    fn push(&mut self, index: &Index<'_>, sort: char, (bound, text): (&str, &str), out: &mut Vec<File>) {
        let mut hash = mark(text, NAME);
        while !self.taken.insert(hash.clone()) {
            hash = mark(&format!("{hash}{text}"), NAME);
        }
        let name = format!("{}/{sort}{hash}", index.language.code);
        out.push((format!("{name}.js"), script_named(&name, text)));
        if !self.names.is_empty() {
            self.line.push(b' ');
        }
        put_front(&self.before, bound, &mut self.line);
        self.before = bound.to_owned();
        self.names.push_str(&hash);
    }

    fn line(self) -> String {
        if self.names.is_empty() {
            return String::new();
        }
        format!("{}\t{}", String::from_utf8_lossy(&self.line), self.names)
    }
}

/// The shards of sounds: for each way to sound, the words that do.
fn sounds(index: &Index<'_>, out: &mut Vec<File>) -> String {
    let mut words: Vec<(String, &str)> = index
        .classes
        .iter()
        .flatten()
        .filter(|t| {
            t.folded.chars().count() > 2
                && t.folded.chars().all(|c| c.is_alphabetic() && !fold::is_spaceless(c))
        })
        .map(|t| (fold::sound(&t.folded), &*t.folded))
        .collect();
    words.sort_unstable();
    words.dedup();
    let mut keys: Vec<(String, Vec<&str>)> = Vec::new();
    for (key, word) in words {
        match keys.last_mut().filter(|(last, _)| *last == key) {
            Some((_, list)) => list.push(word),
            None => keys.push((key, vec![word])),
        }
    }
    let total =
        keys.iter().map(|(key, list)| key.len() + list.iter().map(|w| w.len() + 1).sum::<usize>()).sum();
    let mut bounds = Bounds::default();
    cut(
        &keys,
        &Sizes::of(total),
        |(key, _)| (key, key),
        |(_, list), text| {
            for word in list {
                text.push(b' ');
                text.extend_from_slice(word.as_bytes());
            }
            text.push(b'\n');
        },
        |bound, text| bounds.push(index, 's', (bound, text), out),
    );
    bounds.line()
}

/// A number with its first two digits alone.
fn rounded(number: usize) -> usize {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    (number + unit / 2) / unit * unit
}

/// The root: what there is, and where it lies.
fn root(index: &Index<'_>, docs: &str, terms: &str, sounds: &str) -> String {
    let language = &index.language;
    let kinds: Vec<String> =
        language.kinds.iter().map(|(name, label)| format!("{name}={}", plain(label))).collect();
    let boosts: Vec<String> = index
        .pages
        .iter()
        .filter(|page| page.boost != 10)
        .map(|page| format!("{}:{}", page.id, page.boost))
        .collect();
    [
        format!(
            "{FORMAT} {} {} {} {} {} {}",
            language.code,
            rounded(index.places),
            index.stride,
            index.chunk,
            index.blocks,
            if index.short { GROUP } else { 0 }
        ),
        kinds.join("\t"),
        docs.to_owned(),
        terms.to_owned(),
        sounds.to_owned(),
        stops::of(language.code).text.to_owned(),
        boosts.join(" "),
    ]
    .join("\n")
}
