//! All names to which a link can lead, as an index for "did you mean": by name in any case, by the last part, by likeness.
//!
//! Made only when some link leads nowhere, once for all of them. Asking it costs the same in a small site and in a large one.

use super::{LangIndex, path_hash};
use crate::diag::{Near, near};
use crate::source::folded;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

/// The names of pages, of files beside them, and of what Guidepost makes.
#[derive(Debug, Default)]
pub struct Names {
    /// How a page is called on the disk where that is not its path in the site: `b/README.md`, `b/01-start.md`. By language and
    /// the hash of the path; a folder without a page has only its own name, `b/`.
    called: FxHashMap<(LangIndex, u64), Box<str>>,
    /// Pages, by their path inside the folder of a language.
    pub pages: Known,
    /// Files below `content/`, by that path too.
    pub files: Known,
    /// Pages and feeds that Guidepost makes, by their address inside the folder of a language.
    pub made: Known,
}

impl Names {
    /// An index of these names; each may come several times.
    pub fn new(pages: Vec<Arc<str>>, files: Vec<Arc<str>>, made: Vec<Arc<str>>) -> Names {
        Names {
            called: FxHashMap::default(),
            pages: Known::new(pages),
            files: Known::new(files),
            made: Known::new(made),
        }
    }

    /// The same, with the page at `logical` of a language lying at another path of that language's folder.
    pub fn call(&mut self, lang: LangIndex, logical: &str, file: &str) {
        self.called.insert((lang, path_hash(logical)), file.into());
    }

    /// Where the file of the page at `logical` lies in the folder of its language.
    pub fn file<'n>(&'n self, lang: LangIndex, logical: &'n str) -> &'n str {
        if self.called.is_empty() {
            return logical;
        }
        self.called.get(&(lang, path_hash(logical))).map_or(logical, |file| &**file)
    }
}

/// How a name is like the one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// But for upper and lower case it is the same.
    Case,
    /// It has the same last part, in another folder.
    Elsewhere,
    /// A few letters differ.
    Near,
}

/// Names of one sort.
#[derive(Debug, Default)]
pub struct Known {
    /// Sorted, each once.
    names: Vec<Arc<str>>,
    index: OnceLock<Index>,
}

#[derive(Debug, Default)]
struct Index {
    /// The number of a name by the hash of its stem in small letters.
    by_stem: FxHashMap<u64, u32>,
    /// Numbers of the names that end with one last part, by its number in `near`.
    groups: Vec<Vec<u32>>,
    /// The number of a last part by its hash.
    by_last: FxHashMap<u64, u32>,
    near: Near,
}

/// Number of names of one group that are looked at on each side of the place where the wrong name would stand.
const WINDOW: usize = 8;

impl Known {
    fn new(mut names: Vec<Arc<str>>) -> Known {
        names.sort_unstable();
        names.dedup();
        Known { names, index: OnceLock::new() }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::default();
            let mut lasts: Vec<String> = Vec::new();
            for (number, name) in self.names.iter().enumerate() {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                let stem = folded(self::stem(name));
                index.by_stem.entry(path_hash(&stem)).or_insert(number);
                let last = last(&stem);
                let group = *index.by_last.entry(path_hash(last)).or_insert_with(|| {
                    lasts.push(last.to_owned());
                    index.groups.push(Vec::new());
                    u32::try_from(lasts.len() - 1).unwrap_or(u32::MAX)
                });
                if let Some(group) = index.groups.get_mut(group as usize) {
                    group.push(number);
                }
            }
            index.near = Near::new(lasts.iter().map(String::as_str));
            index
        })
    }

    /// The name that is most like `wrong`, and in which way.
    pub fn like(&self, wrong: &str) -> Option<(&Arc<str>, Likeness)> {
        let index = self.index();
        let stem = folded(self::stem(wrong));
        if let Some(number) = index.by_stem.get(&path_hash(&stem)) {
            return Some((self.names.get(*number as usize)?, Likeness::Case));
        }
        let last = last(&stem);
        if let Some(group) = index.by_last.get(&path_hash(last)) {
            return Some((self.nearest(index.groups.get(*group as usize)?, &stem)?, Likeness::Elsewhere));
        }
        // Both the last part and the folder may have a few wrong letters; a rare last part may lie in any folder.
        let found = index.near.all(last).into_iter().filter_map(|(distance, group)| {
            let name = self.nearest(index.groups.get(group)?, &stem)?;
            let (there, here) = (folder(self::stem(name)), folder(&stem));
            let apart = match folded(there) {
                there if there == here => 0,
                there if near::is_near(here, &there) => 1,
                _ if distance == 1 && last.chars().count() > 4 => 2,
                _ => return None,
            };
            Some((distance + apart, apart, name))
        });
        found.min().map(|(.., name)| (name, Likeness::Near))
    }

    /// The name of a group, given by sorted numbers, whose folder is most like that of `stem`.
    fn nearest(&self, group: &[u32], stem: &str) -> Option<&Arc<str>> {
        let name = |number: &u32| self.names.get(*number as usize);
        let place = group.partition_point(|number| name(number).is_some_and(|n| &**n < stem));
        let around = group.get(place.saturating_sub(WINDOW)..(place + WINDOW).min(group.len()))?;
        let rank = |name: &Arc<str>| {
            let (there, here) = (folded(folder(name)), folder(stem));
            let front = there.bytes().zip(here.bytes()).take_while(|(a, b)| a == b).count();
            (there == here, near::is_near(here, &there), front, Reverse(name.len()))
        };
        let ranked = around.iter().filter_map(name).map(|name| (rank(name), Reverse(name)));
        ranked.max().map(|(_, name)| name.0)
    }
}

/// The name of a page without its ending: `meetings` for `meetings/index.md`. Other names are what they are.
fn stem(name: &str) -> &str {
    let Some(stem) = name.len().checked_sub(3).filter(|_| super::is_page(name)).map(|end| &name[..end])
    else {
        return name;
    };
    stem.strip_suffix("/index").unwrap_or(stem)
}

fn last(stem: &str) -> &str {
    stem.rsplit('/').next().unwrap_or(stem)
}

fn folder(stem: &str) -> &str {
    stem.rfind('/').map_or("", |i| &stem[..i])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(names: &[&str], wrong: &str) -> Option<(String, Likeness)> {
        let known = Known::new(names.iter().map(|n| Arc::from(*n)).collect());
        known.like(wrong).map(|(name, likeness)| (name.to_string(), likeness))
    }

    #[test]
    fn names_are_found_by_what_people_get_wrong() {
        let names = [
            "index.md",
            "delivery/index.md",
            "delivery/integrated.md",
            "parents/goals.md",
            "school/goals.md",
            "parents/niño.md",
            "Pictures/Bus.jpg",
        ];
        for (wrong, right, likeness) in [
            ("Parents/Goals.md", "parents/goals.md", Likeness::Case),
            ("parents/NIN\u{303}O.md", "parents/niño.md", Likeness::Case),
            ("pictures/bus.JPG", "Pictures/Bus.jpg", Likeness::Case),
            ("Delivery", "delivery/index.md", Likeness::Case),
            ("integrated.md", "delivery/integrated.md", Likeness::Elsewhere),
            ("skool/goals.md", "school/goals.md", Likeness::Elsewhere),
            ("a/delivery/index.md", "delivery/index.md", Likeness::Elsewhere),
            ("parents/gaols.md", "parents/goals.md", Likeness::Near),
            ("delivry/intgrated.md", "delivery/integrated.md", Likeness::Near),
            ("delivry", "delivery/index.md", Likeness::Near),
            ("integrate.md", "delivery/integrated.md", Likeness::Near),
        ] {
            assert_eq!(like(&names, wrong), Some((right.into(), likeness)), "{wrong}");
        }
        for nothing in ["zebra.md", "delivery/zebra.md", "x/goal.pdf", ""] {
            assert_eq!(like(&names, nothing), None, "{nothing}");
        }
    }
}
