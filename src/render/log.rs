//! What was read and met while one output or fragment was made.

use super::fact::Fact;
use crate::diag::Diagnostic;
use crate::site::EntryAt;
use rustc_hash::FxHashSet;

/// What one render read and met.
#[derive(Debug, Default)]
pub struct Log {
    /// Facts, some of them more than once.
    pub facts: Vec<Fact>,
    /// In each place the fact that was read last of those that belong there: most reads repeat one of these.
    last: Vec<Option<Fact>>,
    /// Hashes of the words that were looked up in the glossary, with repeats.
    pub words: Vec<u32>,
    /// Problems.
    pub diagnostics: Vec<Diagnostic>,
    /// Terms that were linked, in order of first use.
    pub terms: Vec<EntryAt>,
    /// The same, to tell whether one is among them.
    linked: FxHashSet<EntryAt>,
    /// Values of facts that were computed on the way, so that nobody computes them again.
    pub values: Vec<(Fact, u64)>,
}

impl Log {
    /// Number of facts read last that are known.
    const PLACES: usize = 256;

    pub(super) fn note(&mut self, fact: Fact) {
        if self.last.is_empty() {
            self.last.resize(Log::PLACES, None);
        }
        let place = (fact.name ^ u64::from(fact.part) ^ (fact.kind as u64 * 31)) as usize % Log::PLACES;
        if let Some(last) = self.last.get_mut(place)
            && *last != Some(fact)
        {
            *last = Some(fact);
            self.facts.push(fact);
        }
    }

    pub(super) fn used(&mut self, term: EntryAt) {
        if self.linked.insert(term) {
            self.terms.push(term);
        }
    }

    /// The same, without what only helped to read.
    pub(super) fn finished(self) -> Log {
        Log { last: Vec::new(), linked: FxHashSet::default(), ..self }
    }

    /// A copy of what the graph needs.
    pub fn copy(&self) -> Log {
        Log {
            facts: self.facts.clone(),
            last: Vec::new(),
            words: self.words.clone(),
            diagnostics: self.diagnostics.clone(),
            terms: Vec::new(),
            linked: FxHashSet::default(),
            values: Vec::new(),
        }
    }
}
