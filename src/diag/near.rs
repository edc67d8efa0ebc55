//! "Did you mean": the name that is closest to a wrong one.
//!
//! [`closest`] compares with each of a few names. [`Near`] is an index over many: whoever asks it compares with a handful,
//! however many there are, so that a site with thousands of broken links costs little more than one without.

use rustc_hash::FxHashSet;
use std::cmp::Reverse;

/// How many letters of two names may differ: a third of the longer one.
fn limit(a: usize, b: usize) -> usize {
    (a.max(b) / 3).max(1)
}

/// How many letters `a` and `b`, both in lower case, differ at least: what one has and the other has not. Comparing them
/// costs a hundred times as much, and nearly all names are ruled out by this.
fn apart(a: &str, b: &str) -> usize {
    let mut letters = [0i16; 64];
    let place = |c: char| c as usize % 64;
    a.chars().for_each(|c| letters[place(c)] += 1);
    b.chars().for_each(|c| letters[place(c)] -= 1);
    let more: i16 = letters.iter().filter(|n| **n > 0).sum();
    let less: i16 = -letters.iter().filter(|n| **n < 0).sum::<i16>();
    more.max(less).unsigned_abs().into()
}

/// Which letters a name has, each one bit.
fn letters(name: &str) -> u64 {
    name.chars().fold(0, |bits, c| bits | 1 << (c as u64 % 64))
}

/// How many letters differ, if that is not too many. Both are in lower case.
fn distance(wrong: &str, known: &str) -> Option<usize> {
    let (a, b) = (wrong.chars().count(), known.chars().count());
    let limit = limit(a, b);
    // Longer than any name: what it holds is a text, and comparing would be expensive.
    if a.abs_diff(b) > limit || a > MAX_NAME_LENGTH || apart(wrong, known) > limit {
        return None;
    }
    Some(strsim::damerau_levenshtein(wrong, known)).filter(|found| *found <= limit)
}

/// Maximum length of a name that is compared, in letters.
const MAX_NAME_LENGTH: usize = 300;

/// The closest of a few names to `wrong`: at most a third of the letters may differ, upper and lower case do not count.
pub fn closest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let near = known.into_iter().filter_map(|k| Some((distance(&wrong, &k.to_lowercase())?, k)));
    near.min().map(|(_, k)| k)
}

/// Whether two names are close in the sense of [`closest`].
pub fn is_near(wrong: &str, known: &str) -> bool {
    closest(wrong, [known]).is_some()
}

/// An index over many names.
#[derive(Debug, Default)]
pub struct Near {
    /// The names in lower case.
    names: Vec<Box<str>>,
    /// Which letters each has.
    letters: Vec<u64>,
    /// Each pair and each triple of letters of each name, with the number of the name; sorted.
    parts: Vec<(u32, u32)>,
}

/// What [`Near::look`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// See [`Near::all`].
    pub found: Vec<(usize, usize)>,
    /// How many entries of the index and names were looked at.
    pub steps: usize,
}

impl Near {
    /// Maximum number of entries of the index that are looked at for one name.
    const MAX_ENTRIES: usize = 384;
    /// Maximum number of names that are looked at letter by letter.
    const MAX_RANKED: usize = 24;
    /// Maximum number of names that are compared.
    const MAX_COMPARED: usize = 6;

    /// An index over `names`, which are known by their place in this order.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Near {
        let names: Vec<Box<str>> = names.into_iter().map(|name| name.to_lowercase().into()).collect();
        let mut parts = Vec::new();
        for (number, name) in names.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            // Words of a few letters with one wrong have no three in common; the longer need not be found by two.
            let short = name.chars().count() <= MAX_SHORT_NAME + MAX_SHORT_NAME / 2;
            for part in
                parts_of(name, 3).into_iter().chain(short.then(|| parts_of(name, 2)).into_iter().flatten())
            {
                parts.push((part, number));
            }
        }
        parts.sort_unstable();
        Near { letters: names.iter().map(|name| letters(name)).collect(), names, parts }
    }

    /// The number of the closest name.
    pub fn closest(&self, wrong: &str) -> Option<usize> {
        self.all(wrong).first().map(|(_, number)| *number)
    }

    /// How many letters differ in the closest names, and their numbers; the closest first.
    pub fn all(&self, wrong: &str) -> Vec<(usize, usize)> {
        self.look(wrong).found
    }

    /// The closest names, and how much work it was.
    pub fn look(&self, wrong: &str) -> Look {
        let wrong = wrong.to_lowercase();
        let length = wrong.chars().count();
        if length > MAX_NAME_LENGTH {
            return Look::default();
        }
        let mut lists: Vec<&[(u32, u32)]> = Vec::new();
        for part in parts_of(&wrong, if length <= MAX_SHORT_NAME { 2 } else { 3 }) {
            let rest = self.parts.get(self.parts.partition_point(|(p, _)| *p < part)..).unwrap_or_default();
            let list = rest.get(..rest.partition_point(|(p, _)| *p == part)).unwrap_or_default();
            if !list.is_empty() {
                lists.push(list);
            }
        }
        // The rare parts tell names apart.
        lists.sort_by_key(|list| list.len());
        let mut found: Vec<u32> = Vec::new();
        for list in lists {
            let room = Near::MAX_ENTRIES - found.len();
            if list.len() > room && !found.is_empty() {
                break;
            }
            found.extend(list.iter().take(room).map(|(_, number)| *number));
        }
        let mut steps = found.len();
        found.sort_unstable();
        // Of those that have a rare part in common, the ones with the same letters and the most such parts; of these, the ones
        // with the same letters as often.
        let own = letters(&wrong);
        let mut ranked: Vec<(u32, Reverse<usize>, u32)> = Vec::new();
        for same in found.chunk_by(|a, b| a == b) {
            let Some((number, there)) = same.first().and_then(|n| Some((*n, self.letters.get(*n as usize)?)))
            else {
                continue;
            };
            let differ = (own & !there).count_ones().max((there & !own).count_ones());
            let rank = (differ, Reverse(same.len()), number);
            let place = ranked.partition_point(|better| *better < rank);
            if place < Near::MAX_RANKED {
                ranked.insert(place, rank);
                ranked.truncate(Near::MAX_RANKED);
            }
        }
        steps += ranked.len();
        let name = |number: u32| self.names.get(number as usize);
        let mut ranked: Vec<(usize, Reverse<usize>, u32)> = ranked
            .into_iter()
            .filter_map(|(_, parts, number)| Some((apart(&wrong, name(number)?), parts, number)))
            .collect();
        ranked.sort_unstable();
        ranked.truncate(Near::MAX_COMPARED);
        steps += ranked.len();
        let near = ranked.iter().filter_map(|(.., number)| {
            let name = name(*number)?;
            Some((distance(&wrong, name)?, name, *number as usize))
        });
        let mut near: Vec<_> = near.collect();
        near.sort_unstable();
        Look { found: near.into_iter().map(|(distance, _, number)| (distance, number)).collect(), steps }
    }
}

/// Maximum length of a name that is looked for by pairs of letters, in letters.
const MAX_SHORT_NAME: usize = 6;

/// The different stretches of `size` letters of a name, its two borders counted as letters, as numbers.
fn parts_of(name: &str, size: usize) -> FxHashSet<u32> {
    let mut last = [0u32; 3];
    let mut out = FxHashSet::default();
    let border = '\u{1}';
    for (i, c) in std::iter::once(border).chain(name.chars()).chain([border]).enumerate() {
        last.rotate_left(1);
        last[2] = c as u32;
        if i + 1 >= size {
            // Two stretches with one number do no harm: names are compared in the end.
            let number = |c: u32| c.wrapping_mul(0x9e37_79b1);
            let of_three = if size == 3 { number(last[0]).rotate_left(20) } else { 0 };
            out.insert(of_three ^ number(last[1]).rotate_left(10) ^ number(last[2]) ^ size as u32);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_of_the_letters_may_differ() {
        for (wrong, near) in [
            ("goals", Some("goals")),
            ("Goals", Some("goals")),
            ("gaols", Some("goals")),
            ("gols", Some("goals")),
            ("golas-x", None),
            ("who-to-aks", Some("who-to-ask")),
            ("AÑO", Some("año")),
            ("zebra", None),
            ("", None),
        ] {
            let known = ["goals", "who-to-ask", "año", "strengthening"];
            assert_eq!(closest(wrong, known), near, "{wrong}");
            let index = Near::new(known);
            assert_eq!(index.closest(wrong).map(|n| known[n]), near, "{wrong} by the index");
        }
        assert_eq!(closest("x", ["y", "x2"]), Some("x2"));
    }

    #[test]
    fn a_word_with_one_mistake_is_found_among_thousands() {
        let words = ["river", "school", "hand", "paper", "table", "window", "letter", "año", "会議", "iep"];
        let names: Vec<String> =
            (0..6_000).map(|i| format!("{}-{}-{i}", words[i % 10], words[i / 10 % 10])).collect();
        let index = Near::new(names.iter().map(String::as_str));
        for (number, name) in names.iter().enumerate().step_by(97) {
            let letters: Vec<char> = name.chars().collect();
            for at in 0..letters.len() - 1 {
                let mut missing = letters.clone();
                missing.remove(at);
                let mut turned = letters.clone();
                turned.swap(at, at + 1);
                for wrong in [missing, turned] {
                    let wrong: String = wrong.into_iter().collect();
                    let found = index.closest(&wrong).map(|n| names[n].as_str());
                    // Another name may be as close: then it may be that one.
                    let best = |n: &str| strsim::damerau_levenshtein(&wrong, n);
                    assert!(
                        found.is_some_and(|f| best(f) <= best(name)),
                        "{wrong}: {found:?}, not {number} {name}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_work_does_not_grow_with_the_names() {
        for n in [1_000, 4_000, 16_000] {
            let names: Vec<String> = (0..n).map(|i| format!("part{}/page-{i}", i % 50)).collect();
            let index = Near::new(names.iter().map(String::as_str));
            for wrong in ["part7/pgae-707", "page", "part/page-", "zzz", "part7/page-70x", ""] {
                assert!(
                    index.look(wrong).steps <= Near::MAX_ENTRIES + Near::MAX_RANKED + Near::MAX_COMPARED,
                    "{wrong} among {n}"
                );
            }
        }
    }
}
