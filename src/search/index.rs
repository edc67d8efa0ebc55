//! The digests of a language's pages joined: every word with its places, words of one stem side by side.
//!
//! [`Index::new`] joins them, [`super::shard`] writes what comes out. Pages are numbered by the hash of their path, inside blocks, so
//! that a page that comes or goes moves the numbers of few others.

use super::classes::{Groups, part_short, part_wide};
use super::code::Bytes;
use super::cut::words;
use super::digest::{Hold, boost, names, places, share};
use super::intern::Intern;
use super::postings::{Posting, Postings, Store};
use super::stem::Stems;
use super::words::Words;
use super::{fold, stops};
use crate::site::path_hash;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A page as it is indexed.
#[derive(Debug, Clone, Default)]
pub struct PageIn<'a> {
    /// Path inside its language's tree.
    pub logical: &'a str,
    /// Address from the site's root.
    pub address: &'a str,
    /// Its language, when that is not the tree's.
    pub lang: Option<&'a str>,
    /// See [`super::digest`].
    pub digest: &'a [u8],
    /// The digests of the same page in other languages: names of entries there lead here too.
    pub others: Vec<&'a [u8]>,
    /// What its tables show of data files, each with its place.
    pub tables: Vec<(u32, String)>,
}

/// What holds for a language.
#[derive(Debug, Clone, Default)]
pub struct Language<'a> {
    /// Its tag.
    pub code: &'a str,
    /// Kinds of pages and entries, with the label of many.
    pub kinds: Vec<(&'a str, &'a str)>,
    /// Words of the guide, each with what people say in its place.
    pub everyday: &'a [(String, Vec<String>)],
}

/// A page with its number.
pub struct Page<'a> {
    /// Its number in postings.
    pub id: u32,
    /// The page.
    pub page: PageIn<'a>,
    /// How many places it has.
    pub places: usize,
    /// How much it counts, in tenths.
    pub boost: u32,
}

/// A word of the index.
pub struct Term {
    /// In small letters.
    pub exact: Box<str>,
    /// Without accents.
    pub folded: Box<str>,
    /// Its number; [`Index::postings`] tells where it stands.
    pub number: u32,
    /// How many bytes its places take.
    pub size: usize,
}

/// Everything that is written for a language.
pub struct Index<'a> {
    /// What holds for it.
    pub language: Language<'a>,
    /// Pages in the order of their numbers.
    pub pages: Vec<Page<'a>>,
    /// Blocks of pages.
    pub blocks: u32,
    /// Numbers of a block.
    pub stride: u32,
    /// Places of a page that lie in one block.
    pub chunk: usize,
    /// Whether only tops of pages have excerpts, since there are so many places.
    pub short: bool,
    /// How many places there are.
    pub places: usize,
    /// Words of one stem, classes in the order of their first folded word.
    pub classes: Vec<Vec<Term>>,
    store: Store,
}

/// From so many places on, excerpts are of pages alone.
const MANY: usize = 6000;
/// In a guide of up to so many bytes in blocks, few bytes of each are what counts; in a larger one, few files.
const SMALL: usize = 200_000;

/// How places are divided among blocks.
struct Division {
    /// So many bytes a block has, at most about.
    block: usize,
    /// Places of a page that lie in one block; more lie in the next.
    chunk: usize,
}

impl Division {
    /// That of so many bytes; `short` when excerpts are left out, and with them much of each page.
    fn of(bytes: usize, short: bool) -> Division {
        match (short, bytes) {
            (true, _) => Division { block: 1250, chunk: 16 },
            (false, ..=SMALL) => Division { block: 600, chunk: 4 },
            (false, _) => Division { block: 2400, chunk: 16 },
        }
    }
}

/// So many blocks there are at most.
const BLOCKS: usize = 3072;

/// How many bytes are told of the places of all pages.
#[derive(Default)]
struct Told {
    places: usize,
    /// Names and addresses.
    names: usize,
    /// What pages begin with.
    tops: usize,
    /// What other places begin with.
    others: usize,
}

impl<'a> Index<'a> {
    /// Joins the digests of `pages`, whose words have their numbers from `words`.
    pub fn new(language: Language<'a>, mut pages: Vec<PageIn<'a>>, words: &Words) -> Index<'a> {
        pages.sort_by_cached_key(|page| (path_hash(page.logical), page.logical));
        let mut told = Told::default();
        let mut read: Vec<(usize, Bytes<'a>)> = Vec::with_capacity(pages.len());
        for page in &pages {
            let (mut places, before) = (places(page.digest), told.places);
            for place in places.by_ref() {
                told.places += 1;
                // The plainest anchor is as long as the title, nearly.
                let anchor = place.own_anchor().unwrap_or(place.title);
                told.names += anchor.len() + place.title.len() + 6;
                let begins = if place.is_top() { &mut told.tops } else { &mut told.others };
                *begins += place.excerpt.len();
            }
            told.names += page.address.len() + 12;
            read.push((told.places - before, places.words()));
        }
        let short = told.places > MANY;
        let bytes = told.names + told.tops + if short { 0 } else { told.others };
        let Division { block, chunk } = Division::of(bytes, short);
        let blocks = (bytes / block).max(1).next_power_of_two().min(BLOCKS) as u32;
        // The hash as a part of one, times the blocks: twice as many blocks halve each.
        let block_of =
            |page: &PageIn<'_>| ((u128::from(path_hash(page.logical)) * u128::from(blocks)) >> 64) as u32;
        let mut slots = vec![0u32; blocks as usize];
        let slot: Vec<(u32, u32)> = pages
            .iter()
            .map(|page| {
                let block = block_of(page);
                let next = slots.get_mut(block as usize).map_or(0, |slot| std::mem::replace(slot, *slot + 1));
                (block, next)
            })
            .collect();
        let stride = slots.iter().copied().max().unwrap_or(1).max(1).next_power_of_two();
        let number = |((page, (block, slot)), (places, _)): ((PageIn<'a>, _), &(usize, _))| {
            let boost = boost(page.digest);
            Page { id: block * stride + slot, page, places: *places, boost }
        };
        let pages: Vec<Page<'a>> = pages.into_iter().zip(slot).zip(&read).map(number).collect();
        let known = words.read();
        // Pages are in the order of their numbers, since these go by the same hash.
        let store = Store::new(known.len(), |take| {
            pages.iter().zip(&read).for_each(|(page, (_, words))| take(page.id, *words));
        });
        let mut lists = Lists::new(&known, store);
        let stop = stops::of(language.code);
        for page in &pages {
            lists.names(page);
            lists.tables(page, stop);
        }
        let (mut classes, store) = lists.classes(&language);
        if short {
            part_short(&mut classes);
            part_wide(&mut classes);
        }
        Index { language, pages, blocks, stride, chunk, short, places: told.places, classes, store }
    }

    /// Gives back the memory of the words, when all that is told of them is written.
    pub(super) fn forget_words(&mut self) {
        self.classes = Vec::new();
        self.store = Store::default();
    }

    /// Where a word stands.
    pub(super) fn postings(&self, term: &Term) -> Postings<'_> {
        self.store.get(term.number)
    }
}

/// Words with their places, while they are gathered.
struct Lists<'w> {
    words: Known<'w>,
    store: Store,
    /// What is said elsewhere of places that are here, by word.
    more: BTreeMap<u32, Vec<Posting>>,
    stems: Intern,
    /// The stems of each word as it is written, and without accents; none yet, or the word is not of this language.
    stem_of: Vec<Option<[u32; 2]>>,
}

/// The words of digests, and behind them those that stand elsewhere.
struct Known<'w> {
    table: &'w Intern,
    more: Intern,
}

impl Known<'_> {
    fn find(&self, word: &[u8]) -> Option<u32> {
        let more = || self.more.find(word).map(|number| number + self.table.len() as u32);
        self.table.find(word).or_else(more)
    }

    fn number(&mut self, word: &[u8]) -> u32 {
        self.table.find(word).unwrap_or_else(|| self.more.number(word) + self.table.len() as u32)
    }

    fn len(&self) -> usize {
        self.table.len() + self.more.len()
    }

    fn word(&self, number: u32) -> &str {
        match number.checked_sub(self.table.len() as u32) {
            None => self.table.word(number),
            Some(more) => self.more.word(more),
        }
    }
}

impl<'w> Lists<'w> {
    fn new(table: &'w Intern, store: Store) -> Lists<'w> {
        Lists {
            words: Known { table, more: Intern::default() },
            store,
            more: BTreeMap::new(),
            stems: Intern::default(),
            stem_of: Vec::new(),
        }
    }

    /// Takes the names that a page has elsewhere.
    fn names(&mut self, page: &Page<'_>) {
        if page.page.others.is_empty() {
            return;
        }
        let anchors: Vec<_> = places(page.page.digest).map(|place| place.anchor()).collect();
        for (anchor, name) in page.page.others.iter().flat_map(|digest| names(digest)) {
            let Some(place) = anchors.iter().position(|own| *own == anchor) else { continue };
            let mut count = 0;
            words(name, |word| count += usize::from(!word.joined));
            let hold = Hold { name: share(count), ..Hold::default() };
            words(name, |word| {
                let number = self.words.number(word.text.as_bytes());
                self.more.entry(number).or_default().push((page.id, place as u32, hold.bits()));
            });
        }
    }

    /// Takes the words of a page's tables.
    fn tables(&mut self, page: &Page<'_>, stop: &stops::Stops) {
        for (place, text) in &page.page.tables {
            let mut counts: BTreeMap<u32, u8> = BTreeMap::new();
            words(text, |word| {
                if !stop.has(&fold::fold(word.text)) {
                    let count = counts.entry(self.words.number(word.text.as_bytes())).or_default();
                    *count = count.saturating_add(1);
                }
            });
            for (number, count) in counts {
                let hold = Hold { text: count.min(2), ..Hold::default() };
                self.more.entry(number).or_default().push((page.id, *place, hold.bits()));
            }
        }
    }

    /// Puts what was said elsewhere to the words.
    fn join_more(&mut self) {
        for (number, more) in std::mem::take(&mut self.more) {
            self.store.join(number, more);
        }
    }

    /// Finds the stems of words that have none yet.
    fn find_stems(&mut self, stems: &Stems) {
        self.stem_of.resize(self.words.len(), None);
        // Words of other languages are in the table, too.
        let new = self.stem_of.iter_mut().zip(0u32..).filter(|(stem, _)| stem.is_none());
        for (stem_of, number) in new.filter(|(_, number)| !self.store.get(*number).is_empty()) {
            let exact = self.words.word(number);
            let folded = fold::fold(exact);
            let own = self.stems.number(fold::fold(&stems.stem(exact)).as_bytes());
            let plain = match *folded == *exact {
                true => own,
                false => self.stems.number(fold::fold(&stems.stem(&folded)).as_bytes()),
            };
            *stem_of = Some([own, plain]);
        }
    }

    /// Words of one stem together, with what people say in place of the guide's words.
    fn classes(mut self, language: &Language<'_>) -> (Vec<Vec<Term>>, Store) {
        let stems = Stems::of(language.code);
        self.join_more();
        self.find_stems(&stems);
        self.everyday(language, &stems);
        self.join_more();
        self.find_stems(&stems);
        let numbers = (0..self.words.len() as u32).map(|number| (number, self.store.get(number).size()));
        let mut terms: Vec<Term> = numbers
            .filter(|(_, size)| *size > 0)
            .map(|(number, size)| {
                let exact = self.words.word(number);
                Term { exact: exact.into(), folded: fold::fold(exact).into_owned().into(), number, size }
            })
            .collect();
        terms.sort_unstable_by(|a, b| (&a.folded, &a.exact).cmp(&(&b.folded, &b.exact)));
        // Nodes are the stems, and behind them the words.
        let mut groups = Groups::new(self.stems.len() + terms.len());
        let mut of = Vec::with_capacity(terms.len());
        let mut before: Option<&str> = None;
        let mut node = self.stems.len();
        for term in &terms {
            node += usize::from(before.is_some_and(|before| *before != *term.folded));
            before = Some(&term.folded);
            for stem in self.stem_of.get(term.number as usize).copied().flatten().into_iter().flatten() {
                groups.join(node, stem as usize);
            }
            of.push(node);
        }
        let mut classes: Vec<Vec<Term>> = Vec::new();
        let mut place: FxHashMap<usize, usize> = FxHashMap::default();
        for (term, node) in terms.into_iter().zip(of) {
            let at = *place.entry(groups.root(node)).or_insert_with(|| {
                classes.push(Vec::new());
                classes.len() - 1
            });
            if let Some(class) = classes.get_mut(at) {
                class.push(term);
            }
        }
        (classes, self.store)
    }

    /// Gathers the postings that everyday words get.
    fn everyday(&mut self, language: &Language<'_>, stems: &Stems) {
        if language.everyday.is_empty() {
            return;
        }
        let stop = stops::of(language.code);
        let says = |word: &String| !stop.has(&fold::fold(word));
        let mut by_stem: Vec<Vec<u32>> = vec![Vec::new(); self.stems.len()];
        let stems_of = (0u32..).zip(&self.stem_of).filter_map(|(number, stems)| Some((number, (*stems)?)));
        for (number, [stem, _]) in stems_of {
            // The stem of masa, dough, is más, more: words that say little are forms of no other.
            if let Some(list) = by_stem.get_mut(stem as usize)
                && !stop.has(&fold::fold(self.words.word(number)))
            {
                list.push(number);
            }
        }
        let mut found: Vec<(String, Vec<Posting>)> = Vec::new();
        for (target, all) in language.everyday {
            let words = plain(target);
            // Words that say little stand in titles and names alone, and there they must.
            let whole = self.holding(&words, &by_stem, stems);
            let telling: Vec<String> = words.iter().filter(|w| says(w)).cloned().collect();
            let text = if telling.len() == words.len() {
                None
            } else {
                Some(self.holding(&telling, &by_stem, stems))
            };
            let mut places: BTreeMap<(u32, u32), Hold> = whole;
            let named = |hold: &Hold| hold.title.max(hold.name);
            for (at, hold) in text.unwrap_or_default() {
                places.entry(at).or_insert(Hold { title: 0, name: 0, ..hold });
            }
            let weak = places.values().filter(|hold| named(hold) == 0).count();
            for say in all {
                let list = plain(say);
                let most = share(list.len());
                let given = |((page, place), hold): (&(u32, u32), &Hold)| {
                    let hold = match named(hold) {
                        0 if weak > FEW || hold.text == 0 => return None,
                        0 => Hold { field: true, ..Hold::default() },
                        strength => Hold { name: strength.min(most), ..Hold::default() },
                    };
                    Some((*page, *place, hold.bits()))
                };
                let postings: Vec<Posting> = places.iter().filter_map(given).collect();
                found.extend(list.into_iter().map(|word| (word, postings.clone())));
            }
        }
        for (word, postings) in found.into_iter().filter(|(_, postings)| !postings.is_empty()) {
            let number = self.words.number(word.as_bytes());
            self.more.entry(number).or_default().extend(postings);
        }
    }

    /// The places that hold all of `words`, each with how it holds them all.
    fn holding(&self, words: &[String], by_stem: &[Vec<u32>], stems: &Stems) -> BTreeMap<(u32, u32), Hold> {
        let mut places: Option<BTreeMap<(u32, u32), Hold>> = None;
        for word in words {
            let mut here: BTreeMap<(u32, u32), Hold> = BTreeMap::new();
            let own = self.words.find(word.as_bytes()).into_iter();
            let stem = self.stems.find(fold::fold(&stems.stem(word)).as_bytes());
            let alike = stem.and_then(|stem| by_stem.get(stem as usize)).into_iter().flatten().copied();
            // Where titles and names have the very word, its other forms may be another: screen, screening.
            let named = |(.., bits): (u32, u32, u32)| Hold::of(bits).title.max(Hold::of(bits).name) > 0;
            let exact = own.clone().flat_map(|number| self.store.get(number).iter()).any(named);
            let numbers: Vec<u32> = if exact { own.collect() } else { own.chain(alike).collect() };
            for (page, place, bits) in numbers.into_iter().flat_map(|number| self.store.get(number).iter()) {
                let hold = here.entry((page, place)).or_default();
                *hold = hold.join(Hold::of(bits));
            }
            places = Some(match places {
                None => here,
                Some(before) => {
                    let both = |((page, place), a): ((u32, u32), Hold)| {
                        let all = a.meet(*here.get(&(page, place))?);
                        (all != Hold::default()).then_some(((page, place), all))
                    };
                    before.into_iter().filter_map(both).collect()
                }
            });
        }
        places.unwrap_or_default()
    }
}

/// The words of a text, joined ones left out.
fn plain(text: &str) -> Vec<String> {
    let mut list = Vec::new();
    words(text, |word| {
        if !word.joined {
            list.push(word.text.to_owned());
        }
    });
    list
}

/// In so many places that hold a word in their text alone, people's words for it are found too.
const FEW: usize = 24;
