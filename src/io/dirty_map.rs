//! [`DirtyMap`]: a map that notes which of its entries changed since it was written down, so that they alone need be written
//! again.
//!
//! The tables of sources and of outputs have an entry for each file of a site, of which an edit changes one or two.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

/// Maximum number of changed entries that count as few, whatever the size of the map; in a large one, a fiftieth of its
/// entries.
const MAX_SMALL_DELTA: usize = 64;

/// A map, and what changed in it.
#[derive(Debug, Clone)]
pub(super) struct DirtyMap<K, V> {
    map: BTreeMap<K, V>,
    /// None as long as nothing was written down.
    changed: Option<BTreeSet<K>>,
}

impl<K, V> Default for DirtyMap<K, V> {
    fn default() -> Self {
        DirtyMap { map: BTreeMap::new(), changed: None }
    }
}

/// Whoever only looks sees the map.
impl<K, V> Deref for DirtyMap<K, V> {
    type Target = BTreeMap<K, V>;

    fn deref(&self) -> &BTreeMap<K, V> {
        &self.map
    }
}

impl<K: Ord + Clone, V> DirtyMap<K, V> {
    /// What was written down: all entries, and those that changed afterwards with what they are (none: removed).
    pub fn from_parts(all: Vec<(K, V)>, changes: Vec<(K, Option<V>)>) -> Self {
        // Out of a list in the order of its keys a map is built at once.
        let mut noted = DirtyMap { map: all.into_iter().collect(), changed: Some(BTreeSet::new()) };
        for (key, value) in changes {
            match value {
                Some(value) => drop(noted.insert(key, value)),
                None => drop(noted.remove(&key)),
            }
        }
        noted
    }

    /// From here on changes are noted: all was written down.
    pub fn begin(&mut self) {
        self.changed = Some(BTreeSet::new());
    }

    /// What changed since all was written down; none when that is not little.
    pub fn changes(&self) -> Option<Vec<(&K, Option<&V>)>> {
        let changed = self
            .changed
            .as_ref()
            .filter(|changed| changed.len() <= MAX_SMALL_DELTA.max(self.map.len() / 50))?;
        Some(changed.iter().map(|key| (key, self.map.get(key))).collect())
    }

    /// Sets an entry; gives what it was.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.note(&key);
        self.map.insert(key, value)
    }

    /// Removes an entry; gives what it was.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let old = self.map.remove(key);
        if old.is_some() {
            self.note(key);
        }
        old
    }

    /// An entry that is going to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        if self.map.contains_key(key) {
            self.note(key);
        }
        self.map.get_mut(key)
    }

    fn note(&mut self, key: &K) {
        if let Some(changed) = &mut self.changed {
            changed.insert(key.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_what_was_written_down_again() {
        let mut map: DirtyMap<u32, String> = DirtyMap::default();
        for i in 0..200 {
            map.insert(i, format!("{i}"));
        }
        assert!(map.changes().is_none(), "nothing was written down");
        let all: Vec<(u32, String)> = map.iter().map(|(k, v)| (*k, v.clone())).collect();
        map.begin();
        assert_eq!(map.changes(), Some(vec![]));
        map.insert(3, "three".into());
        map.remove(&4);
        map.remove(&999);
        map.get_mut(&5).unwrap().push('!');
        assert!(map.get_mut(&999).is_none());
        map.insert(500, "new".into());
        map.remove(&500);
        let changes = map.changes().unwrap();
        assert_eq!(changes.iter().map(|(k, _)| **k).collect::<Vec<_>>(), [3, 4, 5, 500]);
        let changes = changes.into_iter().map(|(k, v)| (*k, v.cloned())).collect();
        let mut kept = DirtyMap::from_parts(all, changes);
        assert_eq!(*kept, *map);
        // They are still to be written again; what neither was nor is there need not be.
        let again = kept.changes().unwrap();
        assert_eq!(again.iter().map(|(k, _)| **k).collect::<Vec<_>>(), [3, 4, 5]);
        for i in 0..100 {
            kept.insert(i, String::new());
        }
        assert!(kept.changes().is_none(), "that is not little");
    }
}
