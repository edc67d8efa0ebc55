//! The places of a word: packed while they are gathered, and written in the digits of a shard.

use super::code::{Bytes, put_digits, put_held, put_number};
use super::digest::Hold;

/// So many places of a word are told in full; of more, those that say most, and the pages of the rest.
const FULL: usize = 400;

/// One place that holds a word: page, place, and how ([`Hold::bits`]).
pub type Posting = (u32, u32, u32);

/// The places of a word, in order, packed: the step to the page, then its places ([`Bytes::held`]).
#[derive(Debug, Clone, Default)]
pub struct Postings {
    bytes: Vec<u8>,
    last: u32,
}

impl Postings {
    /// Adds the places of a page with a higher number than those before.
    pub(super) fn push(&mut self, page: u32, held: &[(u32, u32)]) {
        put_number(&mut self.bytes, page - self.last);
        self.last = page;
        let mut place = 0;
        for (i, (at, bits)) in held.iter().enumerate() {
            put_held(&mut self.bytes, at - place, *bits, i + 1 < held.len());
            place = *at;
        }
    }

    /// The same of places that are packed already.
    pub(super) fn push_packed(&mut self, page: u32, held: &[u8]) {
        put_number(&mut self.bytes, page - self.last);
        self.last = page;
        self.bytes.extend_from_slice(held);
    }

    /// All of them, packed: for each page the step to it, and its places.
    pub fn packed(&self) -> Bytes<'_> {
        Bytes(&self.bytes)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Posting> {
        let mut bytes = self.packed();
        let (mut page, mut place, mut goes_on) = (0, 0, false);
        std::iter::from_fn(move || {
            if !goes_on {
                if bytes.0.is_empty() {
                    return None;
                }
                page += bytes.number();
                place = 0;
            }
            let (step, bits, more) = bytes.held();
            place += step;
            goes_on = more;
            Some((page, place, bits))
        })
    }

    /// Of postings in any order; those of one place are joined.
    pub(super) fn of(mut list: Vec<Posting>) -> Postings {
        list.sort_unstable();
        let mut made = Postings::default();
        let mut held: Vec<(u32, u32)> = Vec::new();
        let mut at = None;
        for (page, place, bits) in list {
            if at != Some(page) {
                if let Some(page) = at {
                    made.push(page, &held);
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
            made.push(page, &held);
        }
        made
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
pub(super) fn put_postings(postings: &Postings, out: &mut String) {
    let mut packed = postings.packed();
    let start = out.len();
    let mut count = 0;
    while count <= FULL && !packed.0.is_empty() {
        put_digits(out, packed.number());
        loop {
            let (step, bits, more) = packed.held();
            put_digits(out, step << 8 | bits << 1 | u32::from(more));
            count += 1;
            if !more {
                break;
            }
        }
    }
    if count <= FULL {
        return;
    }
    out.truncate(start);
    packed = postings.packed();
    let weights: [u8; 128] = std::array::from_fn(|bits| weight(bits as u32) as u8);
    let weight_of = |bits: u32| usize::from(weights.get(bits as usize).copied().unwrap_or(0));
    let mut counts = [0usize; HEAVIEST + 1];
    postings.iter().for_each(|(.., bits)| {
        if let Some(count) = counts.get_mut(weight_of(bits)) {
            *count += 1;
        }
    });
    // All above the border, and of those on it as many as there is room for, in order.
    let (mut least, mut room) = (HEAVIEST, FULL);
    while let Some(count) = counts.get(least).filter(|count| **count <= room) {
        room -= count;
        let Some(next) = least.checked_sub(1) else { break };
        least = next;
    }
    let mut rest: Vec<u32> = Vec::new();
    let (mut page, mut last) = (0, 0);
    while !packed.0.is_empty() {
        page += packed.number();
        // The place before that is told, and what is still to be told of it.
        let (mut place, mut at, mut told) = (0, 0, None);
        loop {
            let (step, bits, more) = packed.held();
            place += step;
            let rank = weight_of(bits);
            if rank > least || rank == least && room > 0 {
                room -= usize::from(rank == least);
                match told {
                    None => {
                        put_digits(out, page - last);
                        last = page;
                    }
                    Some(before) => put_digits(out, before | 1),
                }
                told = Some((place - at) << 8 | bits << 1);
                at = place;
            }
            if !more {
                break;
            }
        }
        match told {
            Some(told) => put_digits(out, told),
            None => rest.push(page),
        }
    }
    if !rest.is_empty() {
        out.push('*');
        let mut last = 0;
        for page in rest {
            put_digits(out, page - last);
            last = page;
        }
    }
}
