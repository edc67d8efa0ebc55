//! The dependency graph: which output read which fact, and what the fact was then.
//!
//! From a changed fact to the outputs that read it is one look-up; no output is visited that did not read it.
//!
//! | what | how it is kept |
//! |---|---|
//! | reads of an output that are about pages | its own list of numbers of facts |
//! | its reads of templates, UI strings, assets, settings | a set, which most outputs of a kind share: it is compared as a whole |
//! | readers of a fact | a chain of numbers of records and sets; one that reads it no longer stays until the chain is next used |
//! | words looked up in a glossary | a sorted list of hashes |
//!
//! Everything lies in a few long vectors, which the cache holds as they are (`kept`).

mod saved;

pub use saved::SavedGraph;

use super::pool::{LinkedLists, ListArena, ListId};
use crate::diag::Diagnostic;
use crate::render::{Fact, FragmentKey, Log, World, fact};
use crate::source::{Fingerprint, OutputPath};
use hashbrown::HashTable;
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use xxhash_rust::xxh3::xxh3_128;

/// What has reads of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Consumer {
    /// An output.
    Output(OutputPath),
    /// A fragment that outputs hold.
    Fragment(FragmentKey),
}

/// One output or fragment with what it read when it was last made.
#[derive(Debug, Default)]
pub struct ConsumerRecord {
    /// What it is; none for a free place.
    pub key: Option<Consumer>,
    /// Number of the set of facts that it shares with others.
    set: u32,
    /// Numbers of the other facts it read, sorted.
    reads: ListId,
    /// Hashes of the words it looked up in a glossary, sorted.
    words: ListId,
    /// Problems met while it was made.
    pub diagnostics: Vec<Diagnostic>,
    /// Fingerprint of its bytes; none when it was never made.
    pub made: Option<Fingerprint>,
    /// Hash of the job that made it; 0 for fragments.
    pub job: u64,
}

/// Facts that are read together.
#[derive(Debug, Default)]
struct SharedReadSet {
    /// Numbers of the facts, sorted.
    facts: Box<[u32]>,
    /// Identifies the facts.
    hash: u128,
    /// The records that read it, or did.
    members: u32,
    /// How many read it now.
    count: u32,
}

/// Maximum number of stale links in chains, whatever their length: few in tests, so that they reach it.
const MAX_STALE_LINKS: usize = if cfg!(debug_assertions) { 1 << 7 } else { 1 << 12 };

/// In the chain of a fact's readers: a number from here on is that of a set.
const SETS: u32 = 1 << 31;

/// The graph.
#[derive(Debug, Default)]
pub struct Graph {
    facts: Vec<Fact>,
    /// By the number of the fact: its value, and the chain of its readers.
    values: Vec<u64>,
    readers: Vec<u32>,
    chains: LinkedLists,
    records: Vec<ConsumerRecord>,
    sets: Vec<SharedReadSet>,
    numbers: ListArena,
    words: ListArena,
    free: Vec<u32>,
    fact_index: HashTable<u32>,
    set_index: FxHashMap<u128, u32>,
    record_index: FxHashMap<Consumer, u32>,
    /// Numbers of the records with problems: few, and asked for after each change.
    with_problems: BTreeSet<u32>,
    /// How many links of the chains lead to readers that read the fact no longer.
    stale: usize,
}

/// A log made ready for merging, in the thread that made it: repeats dropped, shared facts apart.
pub struct ReadSet {
    own: Vec<Fact>,
    shared: Vec<Fact>,
    hash: u128,
    values: Vec<(Fact, u64)>,
    words: Vec<u32>,
    diagnostics: Vec<Diagnostic>,
}

impl From<Log> for ReadSet {
    fn from(log: Log) -> Self {
        let Log { facts, words, diagnostics, values, .. } = log;
        ReadSet::of(facts, values, words, diagnostics)
    }
}

impl ReadSet {
    /// From what was read, values that are known, words looked up and problems met.
    fn of(
        facts: Vec<Fact>,
        values: Vec<(Fact, u64)>,
        mut words: Vec<u32>,
        mut diagnostics: Vec<Diagnostic>,
    ) -> ReadSet {
        // Numbers are sorted faster than what they are made of.
        let mut keys: Vec<u128> = facts.iter().map(Fact::sort_key).collect();
        keys.sort_unstable();
        keys.dedup();
        let (mut own, mut shared) = (Vec::new(), Vec::with_capacity(keys.len()));
        let mut bytes = Vec::with_capacity(keys.len() * 16);
        for fact in keys.into_iter().filter_map(Fact::from_key) {
            if fact.kind.is_shared() {
                bytes.extend_from_slice(&fact.to_bytes());
                shared.push(fact);
            } else {
                own.push(fact);
            }
        }
        words.sort_unstable();
        words.dedup();
        crate::diag::sort(&mut diagnostics);
        ReadSet { own, shared, hash: xxh3_128(&bytes), values, words, diagnostics }
    }
}

fn hash_of(fact: &Fact) -> u64 {
    let mut hasher = FxHasher::default();
    fact.hash(&mut hasher);
    hasher.finish()
}

impl Graph {
    /// The number of a fact that is known.
    fn number_of(&self, fact: &Fact) -> Option<u32> {
        let same = |i: &u32| self.facts.get(*i as usize) == Some(fact);
        self.fact_index.find(hash_of(fact), same).copied()
    }

    /// The number of a fact, which is entered with its value in `world` if it is new.
    fn intern(&mut self, world: &World, fact: Fact, values: &[(Fact, u64)]) -> u32 {
        if let Some(number) = self.number_of(&fact) {
            return number;
        }
        let known = values.iter().find(|(f, _)| *f == fact).map(|(_, value)| *value);
        let number = self.facts.len() as u32;
        self.values.push(known.unwrap_or_else(|| fact::fingerprint(world, fact)));
        self.readers.push(0);
        self.facts.push(fact);
        let facts = &self.facts;
        let hash = |i: &u32| facts.get(*i as usize).map_or(0, hash_of);
        self.fact_index.insert_unique(hash_of(&fact), number, hash);
        number
    }

    /// Notes that `reader`, a record or a set, reads the fact of that number.
    fn link(&mut self, fact: u32, reader: u32) {
        if let Some(head) = self.readers.get_mut(fact as usize) {
            *head = self.chains.push(*head, reader);
        }
    }

    /// The number of the set of these facts.
    fn set_of(&mut self, world: &World, digest: &ReadSet) -> u32 {
        if let Some(number) = self.set_index.get(&digest.hash) {
            return *number;
        }
        let mut facts: Vec<u32> =
            digest.shared.iter().map(|fact| self.intern(world, *fact, &digest.values)).collect();
        facts.sort_unstable();
        let number = self.sets.len() as u32;
        for fact in &facts {
            self.link(*fact, SETS | number);
        }
        self.sets.push(SharedReadSet { facts: facts.into(), hash: digest.hash, members: 0, count: 0 });
        self.set_index.insert(digest.hash, number);
        number
    }

    /// Notes what `key` read, as of `world`. Gives whether its reads that others share are not those of before.
    pub fn merge(
        &mut self,
        world: &World,
        key: &Consumer,
        digest: ReadSet,
        made: Fingerprint,
        job: u64,
    ) -> bool {
        let number = match self.record_index.get(key) {
            Some(number) => *number,
            None => {
                let number = self.free.pop().unwrap_or_else(|| {
                    self.records.push(ConsumerRecord::default());
                    (self.records.len() - 1) as u32
                });
                self.record_index.insert(key.clone(), number);
                number
            }
        };
        let set = self.set_of(world, &digest);
        let mut reads: Vec<u32> =
            digest.own.iter().map(|fact| self.intern(world, *fact, &digest.values)).collect();
        reads.sort_unstable();
        let Some(record) = self.records.get_mut(number as usize) else { return false };
        let old = std::mem::take(record);
        let differs = old.key.is_none() || old.set != set;
        let new = |read: &u32| self.numbers.get(old.reads).binary_search(read).is_err();
        let added: Vec<u32> = reads.iter().copied().filter(new).collect();
        self.stale += old.reads.len() + added.len() - reads.len();
        for read in added {
            self.link(read, number);
        }
        if differs {
            self.leave(&old);
            if let Some(set) = self.sets.get_mut(set as usize) {
                set.members = self.chains.push(set.members, number);
                set.count += 1;
            }
        }
        self.numbers.forget(old.reads);
        self.words.forget(old.words);
        if digest.diagnostics.is_empty() {
            self.with_problems.remove(&number);
        } else {
            self.with_problems.insert(number);
        }
        let record = ConsumerRecord {
            key: Some(key.clone()),
            set,
            reads: self.numbers.add(&reads),
            words: self.words.add(&digest.words),
            diagnostics: digest.diagnostics,
            made: Some(made),
            job,
        };
        if let Some(place) = self.records.get_mut(number as usize) {
            *place = record;
        }
        if self.numbers.is_wasteful()
            || self.words.is_wasteful()
            || self.stale > self.chains.len() / 2 + MAX_STALE_LINKS
        {
            self.tidy();
        }
        differs
    }

    /// Takes the record out of its set.
    fn leave(&mut self, record: &ConsumerRecord) {
        if record.key.is_some()
            && let Some(set) = self.sets.get_mut(record.set as usize)
        {
            set.count -= 1.min(set.count);
            self.stale += 1;
        }
    }

    /// Forgets an output or fragment.
    pub fn remove(&mut self, key: &Consumer) {
        let Some(number) = self.record_index.remove(key) else { return };
        let Some(place) = self.records.get_mut(number as usize) else { return };
        let old = std::mem::take(place);
        self.leave(&old);
        // Links to it stay: whoever has its place later is a reader only if it says so itself.
        self.stale += old.reads.len();
        self.numbers.forget(old.reads);
        self.words.forget(old.words);
        self.with_problems.remove(&number);
        self.free.push(number);
    }

    /// Copies what is still wanted: lists without the gaps of those that were replaced, chains without stale links, no set
    /// that nobody reads.
    fn tidy(&mut self) {
        let (numbers, words) = (std::mem::take(&mut self.numbers), std::mem::take(&mut self.words));
        let sets = std::mem::take(&mut self.sets);
        self.chains = LinkedLists::default();
        self.readers.fill(0);
        self.set_index.clear();
        self.stale = 0;
        let mut renamed: FxHashMap<u32, u32> = FxHashMap::default();
        for (old, set) in sets.into_iter().enumerate().filter(|(_, set)| set.count > 0) {
            let new = self.sets.len() as u32;
            renamed.insert(old as u32, new);
            self.set_index.insert(set.hash, new);
            for fact in &set.facts {
                self.link(*fact, SETS | new);
            }
            self.sets.push(SharedReadSet { members: 0, ..set });
        }
        let mut records = std::mem::take(&mut self.records);
        for (number, record) in records.iter_mut().enumerate().filter(|(_, r)| r.key.is_some()) {
            for read in numbers.get(record.reads) {
                self.link(*read, number as u32);
            }
            record.reads = self.numbers.add(numbers.get(record.reads));
            record.words = self.words.add(words.get(record.words));
            record.set = renamed.get(&record.set).copied().unwrap_or_default();
            if let Some(set) = self.sets.get_mut(record.set as usize) {
                set.members = self.chains.push(set.members, number as u32);
            }
        }
        self.records = records;
    }

    /// The record of an output or fragment.
    pub fn record(&self, key: &Consumer) -> Option<&ConsumerRecord> {
        self.records.get(*self.record_index.get(key)? as usize)
    }

    /// Whether the reader in a fact's chain still reads it.
    fn still_reads(&self, reader: u32, fact: u32) -> bool {
        if reader >= SETS {
            return self.sets.get((reader - SETS) as usize).is_some_and(|set| set.count > 0);
        }
        let record = self.records.get(reader as usize);
        record.is_some_and(|r| self.numbers.get(r.reads).binary_search(&fact).is_ok())
    }

    /// Whether anything that was made reads the fact.
    pub fn is_read(&self, fact: Fact) -> bool {
        let Some(number) = self.number_of(&fact) else { return false };
        let head = self.readers.get(number as usize).copied().unwrap_or_default();
        self.chains.iter(head).any(|reader| self.still_reads(reader, number))
    }

    /// Whether what the record is about read the fact when it was made.
    pub fn reads(&self, record: &ConsumerRecord, fact: &Fact) -> bool {
        let Some(number) = self.number_of(fact) else { return false };
        let shared = self.sets.get(record.set as usize).map_or(&[][..], |set| &set.facts);
        [self.numbers.get(record.reads), shared].iter().any(|facts| facts.binary_search(&number).is_ok())
    }

    /// The records of what had problems when it was made.
    pub fn with_problems(&self) -> impl Iterator<Item = &ConsumerRecord> {
        self.with_problems.iter().filter_map(|number| self.records.get(*number as usize))
    }

    /// Compares one fact with the world; if it changed, appends its readers to `readers`.
    pub fn check(&mut self, world: &World, fact: Fact, readers: &mut Vec<Consumer>) {
        if let Some(number) = self.number_of(&fact) {
            self.check_at(world, number, readers);
        }
    }

    fn check_at(&mut self, world: &World, number: u32, readers: &mut Vec<Consumer>) {
        let Some(fact) = self.facts.get(number as usize) else { return };
        let value = fact::fingerprint(world, *fact);
        let Some(known) = self.values.get_mut(number as usize) else { return };
        if value == *known {
            return;
        }
        *known = value;
        self.readers_at(number, readers);
    }

    /// Appends all that read the fact of that number.
    fn readers_at(&self, number: u32, readers: &mut Vec<Consumer>) {
        let head = self.readers.get(number as usize).copied().unwrap_or_default();
        let live: Vec<u32> =
            self.chains.iter(head).filter(|reader| self.still_reads(*reader, number)).collect();
        let mut found: Vec<u32> = Vec::new();
        for reader in live {
            match reader.checked_sub(SETS) {
                None => found.push(reader),
                Some(set) => {
                    let head = self.sets.get(set as usize).map_or(0, |set| set.members);
                    let member = |r: &u32| {
                        self.records.get(*r as usize).is_some_and(|r| r.key.is_some() && r.set == set)
                    };
                    found.extend(self.chains.iter(head).filter(member));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        readers.extend(found.iter().filter_map(|r| self.records.get(*r as usize)?.key.clone()));
    }

    /// Compares every fact that `wanted` picks with the world; appends the readers of those that changed.
    pub fn check_all(&mut self, world: &World, wanted: impl Fn(&Fact) -> bool, readers: &mut Vec<Consumer>) {
        for number in 0..self.facts.len() {
            if self.facts.get(number).is_some_and(&wanted) {
                self.check_at(world, number as u32, readers);
            }
        }
    }

    /// Appends the readers of those facts, picked by `wanted`, that have another value in `world`. What is known stays.
    pub fn differing(&self, world: &World, wanted: impl Fn(&Fact) -> bool, readers: &mut Vec<Consumer>) {
        for (number, (fact, known)) in self.facts.iter().zip(&self.values).enumerate() {
            if wanted(fact) && fact::fingerprint(world, *fact) != *known {
                self.readers_at(number as u32, readers);
            }
        }
    }

    /// All that read the fact when it was last made.
    pub fn readers(&self, fact: Fact) -> Vec<Consumer> {
        let mut readers = Vec::new();
        if let Some(number) = self.number_of(&fact) {
            self.readers_at(number, &mut readers);
        }
        readers
    }

    /// Appends all that looked up one of `words` (sorted) in a glossary.
    pub fn check_words(&self, words: &[u32], readers: &mut Vec<Consumer>) {
        if words.is_empty() {
            return;
        }
        for record in &self.records {
            let looked_up = self.words.get(record.words);
            if words.iter().any(|w| looked_up.binary_search(w).is_ok()) {
                readers.extend(record.key.clone());
            }
        }
    }
}
