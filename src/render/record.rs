//! A value for templates, of which only that is made which the template reads.
//!
//! Tera takes finished values, and knows no value that is made when it is read. So which keys a template reads is
//! found beforehand (`template::Reads`), and the dear ones of the others are left out.

use super::context::map_from;
use super::reader::Reader;
use crate::template::Reads;
use std::sync::Arc;
use tera::Value;

/// A record that is being made.
pub struct Record {
    reads: Option<Arc<Reads>>,
    pairs: Vec<(&'static str, Value)>,
}

impl Record {
    /// An empty record for the template for which `reader` makes values.
    pub fn new(reader: &Reader) -> Record {
        Record { reads: reader.reads(), pairs: Vec::with_capacity(20) }
    }

    /// Whether the template reads that key.
    pub fn wants(&self, key: &str) -> bool {
        self.reads.as_deref().is_none_or(|reads| reads.key(key))
    }

    /// Whether the template names that key; one that reads keys which are not written in it need not mean this one.
    pub fn names(&self, key: &str) -> bool {
        self.reads.as_deref().is_some_and(|reads| reads.names_key(key))
    }

    /// Equal for templates that read the same keys.
    pub fn keys_hash(&self) -> u64 {
        self.reads.as_deref().map_or(u64::MAX, Reads::keys_hash)
    }

    /// Adds a key, if it is read.
    pub fn put<V: Into<Value>>(&mut self, key: &'static str, make: impl FnOnce() -> V) {
        if self.wants(key) {
            self.pairs.push((key, make().into()));
        }
    }

    /// The value.
    pub fn done(&self) -> Value {
        map_from(&self.pairs)
    }
}
