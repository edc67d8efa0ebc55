//! Classes: words of one stem, which stand side by side in a shard.
//!
//! [`Groups`] finds which hang together; in a large index those between which much else would stand are parted again.

use super::index::Term;

/// In a large index, forms of words of less than four letters stand by themselves: all words between them would have to stand in one shard.
pub(super) fn part_short(classes: &mut Vec<Vec<Term>>) {
    let is_short = |class: &Vec<Term>| class.first().is_some_and(|term| term.folded.chars().count() < 4);
    let (short, mut rest): (Vec<Vec<Term>>, Vec<Vec<Term>>) =
        std::mem::take(classes).into_iter().partition(is_short);
    for term in short.into_iter().flatten() {
        match rest.last_mut().filter(|class| class.first().is_some_and(|first| first.folded == term.folded)) {
            Some(class) => class.push(term),
            None => rest.push(vec![term]),
        }
    }
    rest.sort_by(|a, b| a.first().map(|term| &term.folded).cmp(&b.first().map(|term| &term.folded)));
    *classes = rest;
}

/// So many bytes at most stand between the words of a class in a large index, about.
const WIDE: usize = 4000;

/// In a large index, words of one stem that much stands between stand by themselves, for the same reason.
pub(super) fn part_wide(classes: &mut Vec<Vec<Term>>) {
    let size = |term: &Term| term.folded.len() + term.size;
    let all = classes.iter().flatten();
    let mut words: Vec<(Box<str>, usize)> = all.map(|term| (term.folded.clone(), size(term))).collect();
    words.sort_unstable();
    let mut sum = 0;
    for (_, size) in &mut words {
        sum += std::mem::replace(size, sum);
    }
    // What stands before a word.
    let before = |term: Option<&Term>| {
        let at = words.partition_point(|(word, _)| term.is_some_and(|term| *word < term.folded));
        words.get(at).map_or(0, |(_, before)| *before)
    };
    let mut parted = Vec::with_capacity(classes.len());
    for class in std::mem::take(classes) {
        let own: usize = class.iter().map(size).sum();
        let last = class.last().map_or(0, size);
        if before(class.last()) + last > before(class.first()) + own + WIDE {
            parted.extend(class.into_iter().map(|term| vec![term]));
        } else {
            parted.push(class);
        }
    }
    parted.sort_by(|a, b| a.first().map(|term| &term.folded).cmp(&b.first().map(|term| &term.folded)));
    *classes = parted;
}

/// Words and stems that hang together: what stands above each.
pub(super) struct Groups(Vec<usize>);

impl Groups {
    /// None hangs together yet.
    pub(super) fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    /// What stands above all that hangs together with `node`.
    pub(super) fn root(&mut self, mut node: usize) -> usize {
        while let Some(above) = self.0.get(node).copied().filter(|above| *above != node) {
            // The way is half as long the next time.
            let next = self.0.get(above).copied().unwrap_or(above);
            if let Some(known) = self.0.get_mut(node) {
                *known = next;
            }
            node = above;
        }
        node
    }

    /// Says that both hang together.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(above) = self.0.get_mut(a.max(b)) {
            *above = a.min(b);
        }
    }
}
