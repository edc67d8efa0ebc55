//! The dependency graph: which output read which fact, and what the fact was then.
//!
//! From a changed fact to the outputs that read it is one look-up; no output is visited that did not read it.
//! Readers that no longer read a fact stay listed until the list is next used, then they are dropped.

use crate::diag::Diagnostic;
use crate::render::{Fact, FragmentKey, Log, World, fact};
use crate::source::{Fingerprint, OutputPath};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What has reads of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reading {
    /// An output.
    Output(OutputPath),
    /// A fragment that outputs hold.
    Fragment(FragmentKey),
}

/// One output or fragment with what it read when it was last made.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Record {
    /// What it is; none for a free place.
    pub key: Option<Reading>,
    /// Numbers of the facts it read, sorted.
    reads: Box<[u32]>,
    /// Hashes of the words it looked up in a glossary, sorted.
    words: Box<[u32]>,
    /// Problems met while it was made.
    pub diagnostics: Vec<Diagnostic>,
    /// Fingerprint of its bytes; none when it was never made.
    pub made: Option<Fingerprint>,
    /// Hash of the job that made it; 0 for fragments.
    pub job: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct FactState {
    fact: Fact,
    value: u64,
    readers: Vec<u32>,
}

/// The graph.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Graph {
    facts: Vec<FactState>,
    records: Vec<Record>,
    free: Vec<u32>,
    #[serde(skip)]
    fact_index: FxHashMap<Fact, u32>,
    #[serde(skip)]
    record_index: FxHashMap<Reading, u32>,
    /// Numbers of the records with problems: few, and asked for after each change.
    #[serde(skip)]
    with_problems: BTreeSet<u32>,
}

/// A log made ready for merging, in the thread that made it: repeats dropped.
pub struct Digest {
    facts: Vec<Fact>,
    values: Vec<(Fact, u64)>,
    words: Box<[u32]>,
    diagnostics: Vec<Diagnostic>,
}

impl From<Log> for Digest {
    fn from(log: Log) -> Self {
        let Log { mut facts, mut words, mut diagnostics, values, .. } = log;
        facts.sort_unstable();
        facts.dedup();
        words.sort_unstable();
        words.dedup();
        crate::diag::sort(&mut diagnostics);
        Digest { facts, values, words: words.into_boxed_slice(), diagnostics }
    }
}

impl Graph {
    /// Rebuilds the look-up tables after loading.
    pub fn index(&mut self) {
        self.fact_index = self.facts.iter().enumerate().map(|(i, f)| (f.fact, i as u32)).collect();
        self.record_index =
            self.records.iter().enumerate().filter_map(|(i, r)| Some((r.key.clone()?, i as u32))).collect();
        let problems = self.records.iter().enumerate().filter(|(_, r)| !r.diagnostics.is_empty());
        self.with_problems = problems.map(|(i, _)| i as u32).collect();
    }

    /// Notes what `key` read, as of `world`.
    pub fn merge(&mut self, world: &World, key: &Reading, digest: Digest, made: Fingerprint, job: u64) {
        let number = match self.record_index.get(key) {
            Some(number) => *number,
            None => {
                let number = self.free.pop().unwrap_or_else(|| {
                    self.records.push(Record::default());
                    (self.records.len() - 1) as u32
                });
                self.record_index.insert(key.clone(), number);
                number
            }
        };
        let mut reads: Vec<u32> = Vec::with_capacity(digest.facts.len());
        for fact in digest.facts {
            let index = *self.fact_index.entry(fact).or_insert_with(|| {
                let known = digest.values.iter().find(|(f, _)| *f == fact).map(|(_, value)| *value);
                let value = known.unwrap_or_else(|| fact::fingerprint(world, fact));
                self.facts.push(FactState { fact, value, readers: Vec::new() });
                (self.facts.len() - 1) as u32
            });
            reads.push(index);
        }
        reads.sort_unstable();
        let Some(record) = self.records.get_mut(number as usize) else { return };
        for read in &reads {
            if record.reads.binary_search(read).is_err()
                && let Some(state) = self.facts.get_mut(*read as usize)
            {
                state.readers.push(number);
            }
        }
        if digest.diagnostics.is_empty() {
            self.with_problems.remove(&number);
        } else {
            self.with_problems.insert(number);
        }
        *record = Record {
            key: Some(key.clone()),
            reads: reads.into_boxed_slice(),
            words: digest.words,
            diagnostics: digest.diagnostics,
            made: Some(made),
            job,
        };
    }

    /// Forgets an output or fragment.
    pub fn remove(&mut self, key: &Reading) {
        if let Some(number) = self.record_index.remove(key)
            && let Some(record) = self.records.get_mut(number as usize)
        {
            // Its readers' entries must go now: the place may soon be another's.
            for read in record.reads.iter() {
                if let Some(state) = self.facts.get_mut(*read as usize) {
                    state.readers.retain(|r| *r != number);
                }
            }
            *record = Record::default();
            self.with_problems.remove(&number);
            self.free.push(number);
        }
    }

    /// The record of an output or fragment.
    pub fn record(&self, key: &Reading) -> Option<&Record> {
        self.records.get(*self.record_index.get(key)? as usize)
    }

    /// Whether anything that was made reads the fact.
    pub fn is_read(&self, fact: Fact) -> bool {
        let Some(index) = self.fact_index.get(&fact) else { return false };
        let Some(state) = self.facts.get(*index as usize) else { return false };
        // A reader that was made again without the fact is on the list until the fact changes.
        let reads =
            |r: &u32| self.records.get(*r as usize).is_some_and(|r| r.reads.binary_search(index).is_ok());
        state.readers.iter().any(reads)
    }

    /// All records.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(|r| r.key.is_some())
    }

    /// The records of what had problems when it was made.
    pub fn with_problems(&self) -> impl Iterator<Item = &Record> {
        self.with_problems.iter().filter_map(|number| self.records.get(*number as usize))
    }

    /// Compares one fact with the world; if it changed, appends its readers to `readers`.
    pub fn check(&mut self, world: &World, fact: Fact, readers: &mut Vec<Reading>) {
        if let Some(index) = self.fact_index.get(&fact).copied() {
            self.check_at(world, index as usize, readers);
        }
    }

    fn check_at(&mut self, world: &World, index: usize, readers: &mut Vec<Reading>) {
        let Some(state) = self.facts.get_mut(index) else { return };
        let value = fact::fingerprint(world, state.fact);
        if value == state.value {
            return;
        }
        state.value = value;
        let records = &self.records;
        state.readers.retain(|r| {
            records.get(*r as usize).is_some_and(|record| record.reads.binary_search(&(index as u32)).is_ok())
        });
        state.readers.sort_unstable();
        state.readers.dedup();
        readers.extend(state.readers.iter().filter_map(|r| records.get(*r as usize)?.key.clone()));
    }

    /// Compares every fact that `wanted` picks with the world; appends the readers of those that changed.
    pub fn check_all(&mut self, world: &World, wanted: impl Fn(&Fact) -> bool, readers: &mut Vec<Reading>) {
        for index in 0..self.facts.len() {
            if self.facts.get(index).is_some_and(|s| wanted(&s.fact)) {
                self.check_at(world, index, readers);
            }
        }
    }

    /// Appends all that looked up one of `words` (sorted) in a glossary.
    pub fn check_words(&self, words: &[u32], readers: &mut Vec<Reading>) {
        if words.is_empty() {
            return;
        }
        for record in &self.records {
            if words.iter().any(|w| record.words.binary_search(w).is_ok()) {
                readers.extend(record.key.clone());
            }
        }
    }
}
