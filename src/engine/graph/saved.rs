//! The graph as the cache keeps it: its rows as they lie in memory, records without their lists, outputs by their place in
//! the plan.

use super::super::codec::{Decoder, put_list, put_row, put_rows, put_value};
use super::super::pool::{LinkedLists, ListArena};
use super::{Consumer, ConsumerRecord, Graph, ReadSet, SharedReadSet, hash_of};
use crate::diag::Diagnostic;
use crate::render::{Fact, World};
use crate::source::{Fingerprint, OutputPath};
use hashbrown::HashTable;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// What a record is about, as the cache keeps it.
#[derive(Serialize, Deserialize)]
enum SavedKey {
    Free,
    /// The output of that number in the plan.
    Output(u32),
    /// An output that is not in the plan, or a fragment.
    Other(Consumer),
}

/// What the cache keeps of a record beside its lists.
#[derive(Serialize, Deserialize)]
struct SavedRecord {
    key: SavedKey,
    made: Option<Fingerprint>,
    job: u64,
    set: u32,
    reads: u32,
    words: u32,
}

/// One output with all that it read, by itself.
#[derive(Serialize, Deserialize)]
pub struct SavedGraph {
    facts: Vec<([u8; 16], u64)>,
    words: Vec<u32>,
    diagnostics: Vec<Diagnostic>,
    made: Fingerprint,
    job: u64,
}

impl Graph {
    /// What is known of an output or fragment that was made, by itself.
    pub fn keep(&self, key: &Consumer) -> Option<SavedGraph> {
        let record = self.record(key)?;
        let set = self.sets.get(record.set as usize).map_or(&[][..], |set| &*set.facts);
        let numbers = self.numbers.get(record.reads).iter().chain(set);
        let facts =
            numbers.map(|n| Some((self.facts.get(*n as usize)?.to_bytes(), *self.values.get(*n as usize)?)));
        Some(SavedGraph {
            facts: facts.collect::<Option<_>>()?,
            words: self.words.get(record.words).to_vec(),
            diagnostics: record.diagnostics.clone(),
            made: record.made?,
            job: record.job,
        })
    }

    /// Notes what [`Graph::keep`] gave; `world` is the same as then.
    pub fn replay(&mut self, world: &World, key: &Consumer, kept: SavedGraph) -> Option<()> {
        let SavedGraph { facts, words, diagnostics, made, job } = kept;
        let values = facts.iter().map(|(bytes, value)| Some((Fact::from_bytes(bytes)?, *value)));
        let values: Vec<(Fact, u64)> = values.collect::<Option<_>>()?;
        let facts = values.iter().map(|(fact, _)| *fact).collect();
        self.merge(world, key, ReadSet::of(facts, values, words, diagnostics), made, job);
        Some(())
    }

    /// Writes the graph in the form that [`Graph::load`] reads. `outputs` are those of the plan, in their order.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn save<'p>(
        &self,
        out: &mut dyn Write,
        outputs: impl Iterator<Item = &'p OutputPath>,
    ) -> io::Result<()> {
        let planned: FxHashMap<&OutputPath, u32> = outputs.zip(0..).collect();
        let key = |key: &Option<Consumer>| match key {
            None => SavedKey::Free,
            Some(Consumer::Output(path)) if planned.contains_key(path) => {
                SavedKey::Output(planned.get(path).copied().unwrap_or_default())
            }
            Some(other) => SavedKey::Other(other.clone()),
        };
        let facts: Vec<[u8; 16]> = self.facts.iter().map(Fact::to_bytes).collect();
        put_row(out, &facts)?;
        put_row(out, &self.values)?;
        put_row(out, &self.readers)?;
        put_rows(out, self.chains.links())?;
        let sets: Vec<(&[u32], u128, u32, u32)> =
            self.sets.iter().map(|set| (&*set.facts, set.hash, set.members, set.count)).collect();
        put_value(out, &sets)?;
        let kept = self.records.iter().map(|r| SavedRecord {
            key: key(&r.key),
            made: r.made,
            job: r.job,
            set: r.set,
            reads: r.reads.len() as u32,
            words: r.words.len() as u32,
        });
        put_list(out, kept)?;
        let problems: Vec<(u32, &[Diagnostic])> = self
            .with_problems
            .iter()
            .filter_map(|n| Some((*n, self.records.get(*n as usize)?.diagnostics.as_slice())))
            .collect();
        put_value(out, &problems)?;
        put_rows(out, self.records.iter().map(|r| self.numbers.get(r.reads)))?;
        put_rows(out, self.records.iter().map(|r| self.words.get(r.words)))
    }

    /// Reads from `section` what [`Graph::save`] wrote; none if it is anything else.
    pub fn load<'p>(
        section: &mut Decoder<'_>,
        outputs: impl Iterator<Item = &'p OutputPath>,
    ) -> Option<Graph> {
        let outputs: Vec<&OutputPath> = outputs.collect();
        let facts = section.row::<[u8; 16]>()?;
        let facts = facts.as_slice().iter().map(Fact::from_bytes).collect::<Option<Vec<Fact>>>()?;
        let values = section.row::<u64>()?.as_slice().to_vec();
        let readers = section.row::<u32>()?.as_slice().to_vec();
        if values.len() != facts.len() || readers.len() != facts.len() {
            return None;
        }
        let chains = LinkedLists::of(section.row()?);
        let sets: Vec<(Vec<u32>, u128, u32, u32)> = section.value()?;
        let mut kept: Vec<SavedRecord> = Vec::with_capacity(section.ahead());
        section.list(|_, record| kept.push(record))?;
        let problems: Vec<(u32, Vec<Diagnostic>)> = section.value()?;
        let (reads, read_places) = ListArena::of(section.row()?, kept.iter().map(|r| r.reads));
        let (words, word_places) = ListArena::of(section.row()?, kept.iter().map(|r| r.words));
        let mut fact_index = HashTable::with_capacity(facts.len());
        for (number, fact) in facts.iter().enumerate() {
            let hash = |i: &u32| facts.get(*i as usize).map_or(0, hash_of);
            fact_index.insert_unique(hash_of(fact), number as u32, hash);
        }
        let mut graph =
            Graph { facts, values, readers, chains, numbers: reads, words, fact_index, ..Graph::default() };
        for (facts, hash, members, count) in sets {
            graph.set_index.insert(hash, graph.sets.len() as u32);
            graph.sets.push(SharedReadSet { facts: facts.into(), hash, members, count });
        }
        graph.records.reserve(kept.len());
        graph.record_index.reserve(kept.len());
        for ((kept, reads), words) in kept.into_iter().zip(read_places).zip(word_places) {
            let number = graph.records.len() as u32;
            let SavedRecord { key, set, job, made, .. } = kept;
            let key = match key {
                SavedKey::Free => None,
                SavedKey::Output(number) => Some(Consumer::Output((*outputs.get(number as usize)?).clone())),
                SavedKey::Other(reading) => Some(reading),
            };
            match &key {
                Some(key) => drop(graph.record_index.insert(key.clone(), number)),
                None => graph.free.push(number),
            }
            graph.records.push(ConsumerRecord { key, set, reads, words, diagnostics: Vec::new(), made, job });
        }
        for (number, diagnostics) in problems {
            graph.with_problems.insert(number);
            graph.records.get_mut(number as usize)?.diagnostics = diagnostics;
        }
        Some(graph)
    }
}
