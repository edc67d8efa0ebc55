//! The places of a word, gathered in the digits of a shard.

use super::code::{Bytes, count_digits, put_digits, put_place, take_digits, write_digits};
use super::digest::{Hold, each_word};
use rustc_hash::FxHashMap;

/// So many places of a word are told in full; of more, those that say most, and the pages of the rest.
const FULL: usize = 400;

/// One place that holds a word: page, place, and how ([`Hold::bits`]).
pub type Posting = (u32, u32, u32);

/// The places of a word, in order, as a shard has them: for each page the step to it, then each of its places: the step to that,
/// seven bits of how, whether another place follows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Postings<'p> {
    digits: &'p [u8],
    count: u32,
}

impl<'p> Postings<'p> {
    /// Whether no place holds the word.
    pub(super) fn is_empty(self) -> bool {
        self.digits.is_empty()
    }

    /// How many bytes they take.
    pub(super) fn size(self) -> usize {
        self.digits.len()
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = Posting> + 'p {
        let (mut at, mut page, mut place, mut goes_on) = (0, 0, 0, false);
        std::iter::from_fn(move || {
            if !goes_on {
                if at >= self.digits.len() {
                    return None;
                }
                page += take_digits(self.digits, &mut at);
                place = 0;
            }
            let held = take_digits(self.digits, &mut at);
            place += held >> 8;
            goes_on = held & 1 == 1;
            Some((page, place, held >> 1 & 127))
        })
    }
}

/// The places of one word, while they are written.
#[derive(Debug, Clone, Default)]
struct Own {
    digits: Vec<u8>,
    last: u32,
    count: u32,
}

impl Own {
    fn postings(&self) -> Postings<'_> {
        Postings { digits: &self.digits, count: self.count }
    }

    /// Adds the places of a page with a higher number than those before.
    fn push(&mut self, page: u32, held: impl Iterator<Item = (u32, u32, bool)>) {
        put_digits(&mut self.digits, page - self.last);
        self.last = page;
        for (step, bits, more) in held {
            put_place(&mut self.digits, step, bits, more);
            self.count += 1;
        }
    }

    /// Of postings in any order; those of one place are joined.
    fn of(mut list: Vec<Posting>) -> Own {
        list.sort_unstable();
        let mut made = Own::default();
        let mut held: Vec<(u32, u32)> = Vec::new();
        let mut at = None;
        let push = |made: &mut Own, page: u32, held: &[(u32, u32)]| {
            let mut before = 0;
            let step = |(number, (place, bits)): (usize, &(u32, u32))| {
                (place - std::mem::replace(&mut before, *place), *bits, number + 1 < held.len())
            };
            made.push(page, held.iter().enumerate().map(step));
        };
        for (page, place, bits) in list {
            if at != Some(page) {
                if let Some(page) = at {
                    push(&mut made, page, &held);
                }
                held.clear();
                at = Some(page);
            }
            match held.last_mut().filter(|(last, _)| *last == place) {
                Some((_, known)) => *known = Hold::of(*known).join(Hold::of(bits)).bits(),
                None => held.push((place, bits)),
            }
        }
        if let Some(page) = at {
            push(&mut made, page, &held);
        }
        made
    }
}

/// Where the places of a word lie, and the page that was written last.
#[derive(Debug, Clone, Copy, Default)]
struct List {
    start: usize,
    end: usize,
    last: u32,
    count: u32,
}

/// The places of all words, by the number of the word. They lie side by side, each list as long as it was counted beforehand:
/// a list that grew would lie in memory twice each time it does, and with room to spare.
#[derive(Debug, Default)]
pub(super) struct Store {
    lists: Vec<List>,
    digits: Vec<u8>,
    /// Lists to which something was added that no digest says, in place of those in `lists`.
    own: FxHashMap<u32, Own>,
}

impl Store {
    /// The places that the digests of pages hold: `each` gives every page with its words ([`each_word`]), in the order of their
    /// numbers, both times that it is called. The numbers of words are below `words`.
    pub(super) fn new<'d>(words: usize, each: impl Fn(&mut dyn FnMut(u32, Bytes<'d>))) -> Store {
        let mut lists = vec![List::default(); words];
        // The end of each list is its length, for now.
        each(&mut |page, bytes| {
            each_word(bytes, |number, held| {
                let size = held.skip_places();
                if let Some(list) = lists.get_mut(number as usize) {
                    list.end += count_digits(page - list.last) + size;
                    list.last = page;
                }
            });
        });
        let mut size = 0;
        for list in &mut lists {
            let length = list.end;
            *list = List { start: size, end: size, last: 0, count: 0 };
            size += length;
        }
        let mut digits = vec![0; size];
        each(&mut |page, bytes| {
            each_word(bytes, |number, held| {
                // No digest has a number that the table has not.
                let Some(list) = lists.get_mut(number as usize) else {
                    held.skip_places();
                    return;
                };
                let mut end = list.end;
                write_digits(&mut digits, &mut end, page - list.last);
                list.count += held.copy_places(&mut digits, &mut end);
                (list.end, list.last) = (end, page);
            });
        });
        Store { lists, digits, own: FxHashMap::default() }
    }

    /// The places of the word of that number.
    pub(super) fn get(&self, number: u32) -> Postings<'_> {
        match self.own.get(&number) {
            Some(own) => own.postings(),
            None => {
                let list = self.lists.get(number as usize).copied().unwrap_or_default();
                let digits = self.digits.get(list.start..list.end).unwrap_or(&[]);
                Postings { digits, count: list.count }
            }
        }
    }

    /// Adds places in any order to those of a word.
    pub(super) fn join(&mut self, number: u32, mut more: Vec<Posting>) {
        more.extend(self.get(number).iter());
        self.own.insert(number, Own::of(more));
    }
}

/// How much a posting says, to choose among many.
fn weight(bits: u32) -> u32 {
    let Hold { title, name, field, text } = Hold::of(bits);
    u32::from(title) * 8 + u32::from(name) * 6 + u32::from(field) * 3 + u32::from(text)
}

/// The most that [`weight`] gives.
const HEAVIEST: usize = 3 * 8 + 3 * 6 + 3 + 3;

/// The postings of a word: `page step, (place step, how, another follows)…`, and behind `*` the steps of pages that only
/// hold it somewhere.
pub(super) fn put_postings(postings: Postings<'_>, out: &mut Vec<u8>) {
    if postings.count as usize <= FULL {
        return out.extend_from_slice(postings.digits);
    }
    let weights: [u8; 128] = std::array::from_fn(|bits| weight(bits as u32) as u8);
    let weight_of = |held: u32| usize::from(weights.get((held >> 1 & 127) as usize).copied().unwrap_or(0));
    let mut counts = [0usize; HEAVIEST + 1];
    // The steps of pages and places, read once.
    let mut numbers: Vec<u32> = Vec::with_capacity(postings.count as usize * 2);
    let (mut at, mut goes_on) = (0, false);
    while at < postings.digits.len() {
        if !goes_on {
            numbers.push(take_digits(postings.digits, &mut at));
        }
        let held = take_digits(postings.digits, &mut at);
        numbers.push(held);
        goes_on = held & 1 == 1;
        if let Some(count) = counts.get_mut(weight_of(held)) {
            *count += 1;
        }
    }
    // All above the border, and of those on it as many as there is room for, in order.
    let (mut least, mut room) = (HEAVIEST, FULL);
    while let Some(count) = counts.get(least).filter(|count| **count <= room) {
        room -= count;
        let Some(next) = least.checked_sub(1) else { break };
        least = next;
    }
    let (mut told, mut rest) = (Own::default(), Vec::with_capacity(postings.digits.len() / 2));
    let (mut page, mut last) = (0, 0);
    let mut held: Vec<(u32, u32, bool)> = Vec::new();
    let mut numbers = numbers.into_iter();
    while let Some(step) = numbers.next() {
        page += step;
        // The place before that is told.
        let (mut place, mut before) = (0, 0);
        for number in numbers.by_ref() {
            place += number >> 8;
            let rank = weight_of(number);
            if rank > least || rank == least && room > 0 {
                room -= usize::from(rank == least);
                if let Some((.., follows)) = held.last_mut() {
                    *follows = true;
                }
                held.push((place - before, number >> 1 & 127, false));
                before = place;
            }
            if number & 1 == 0 {
                break;
            }
        }
        if held.is_empty() {
            put_digits(&mut rest, page - last);
            last = page;
        } else {
            told.push(page, held.drain(..));
        }
    }
    out.extend_from_slice(&told.digits);
    if !rest.is_empty() {
        out.push(b'*');
        out.extend_from_slice(&rest);
    }
}
