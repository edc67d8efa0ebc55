//! [`StatTable`]: what each source file looked like when its bytes were last read.
//!
//! A file whose stat is the same is not read again. Tracked: size, modification and change time, inode. As git
//! does, a file that was changed so shortly before it was read that a later change could carry the same time is
//! *racy* and read again. Kept in the cache; made by [`scan`](super::scan).

use super::cache_file;
use super::dirty_map::DirtyMap;
use super::disk::{Kind, Stat};
use super::mounts::below;
use crate::diag::Diagnostic;
use crate::source::{Fingerprint, SourcePath};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What a file looked like, and what its bytes were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    /// Its stat, taken before the bytes were read.
    pub stat: Stat,
    /// When the reading began.
    pub at: i64,
    /// The fingerprint of the bytes.
    pub fingerprint: Fingerprint,
}

/// Size of a stamp in the cache, in bytes.
const STAMP_BYTES: usize = 57;

impl FileStamp {
    fn to_bytes(self) -> [u8; STAMP_BYTES] {
        let Stat { kind, size, modified, changed, inode } = self.stat;
        let kind = match kind {
            Kind::File => 0,
            Kind::Folder => 1,
            Kind::Link => 2,
            Kind::Other => 3,
        };
        let mut bytes = [kind; STAMP_BYTES];
        let numbers = [size, modified as u64, changed as u64, inode, self.at as u64];
        let (rest, print) = bytes.split_at_mut(41);
        print.copy_from_slice(&self.fingerprint.0.to_le_bytes());
        for (place, number) in rest[1..].chunks_exact_mut(8).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    fn from_bytes(bytes: &[u8; STAMP_BYTES]) -> Option<FileStamp> {
        let (kind, rest) = bytes.split_first()?;
        let (numbers, _) = rest.as_chunks::<8>();
        let [size, modified, changed, inode, at, low, high] = numbers else { return None };
        let number = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        let stat = Stat {
            kind: *[Kind::File, Kind::Folder, Kind::Link, Kind::Other].get(usize::from(*kind))?,
            size: number(size),
            modified: number(modified) as i64,
            changed: number(changed) as i64,
            inode: number(inode),
        };
        let fingerprint = Fingerprint(u128::from(number(low)) | u128::from(number(high)) << 64);
        Some(FileStamp { stat, at: number(at) as i64, fingerprint })
    }
}

/// As it is, without a look at single numbers: a cache holds two for each page.
impl Serialize for FileStamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.to_bytes())
    }
}

impl<'de> Deserialize<'de> for FileStamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: &[u8] = Deserialize::deserialize(deserializer)?;
        let seen = bytes.try_into().ok().and_then(FileStamp::from_bytes);
        seen.ok_or_else(|| D::Error::custom("not what a file looked like"))
    }
}

/// File times come from a coarse clock: two changes this near can carry one time.
const CLOCK: i64 = 20_000_000;
/// A file system that keeps whole seconds (even ones only, on FAT).
const COARSE_CLOCK: i64 = 2_000_000_000;

impl FileStamp {
    /// Whether a file that looks like `now` surely still has the same bytes.
    pub fn holds(&self, now: &Stat) -> bool {
        self.stat == *now && !self.racy()
    }

    /// Whether the file could change after `at` without a change of its times.
    fn racy(&self) -> bool {
        let Stat { modified, changed, .. } = self.stat;
        let coarse = modified % 1_000_000_000 == 0 && changed % 1_000_000_000 == 0;
        let margin = if coarse { COARSE_CLOCK } else { CLOCK };
        modified.max(changed).saturating_add(margin) >= self.at
    }

    /// The same, but never trusted again: the file is read at the next occasion.
    pub fn unverified(self) -> Self {
        FileStamp { at: i64::MIN, ..self }
    }
}

/// Every known source file, and the problems met with files that could not be taken.
#[derive(Debug, Clone, Default)]
pub struct StatTable {
    pub(super) files: DirtyMap<SourcePath, FileStamp>,
    /// By path; not kept in the cache, since every run begins with a whole scan.
    pub(super) problems: BTreeMap<String, Diagnostic>,
}

impl StatTable {
    /// The table that [`StatTable::save`] wrote as `all`, and [`StatTable::save_changes`] after it; none for other bytes.
    pub fn open(all: &[u8], changes: Option<&[u8]>) -> Option<StatTable> {
        let all = postcard::from_bytes(all).ok()?;
        let changes = match changes {
            Some(changes) => postcard::from_bytes(changes).ok()?,
            None => Vec::new(),
        };
        Some(StatTable { files: DirtyMap::from_parts(all, changes), problems: BTreeMap::new() })
    }

    /// Writes all that is known of files. What changes from here on is given by [`StatTable::save_changes`].
    ///
    /// # Errors
    /// Those of `out`.
    pub fn save(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let all: Vec<_> = self.files.iter().collect();
        cache_file::write(&all, out)?;
        self.files.begin();
        Ok(())
    }

    /// What changed since the whole was written; none when that is not little.
    pub fn save_changes(&self) -> Option<Vec<u8>> {
        postcard::to_stdvec(&self.files.changes()?).ok()
    }

    /// How many files are known.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What is known of `path`.
    pub fn get(&self, path: &SourcePath) -> Option<&FileStamp> {
        self.files.get(path)
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &FileStamp)> {
        self.files.iter()
    }

    /// The files at `folder` or under it.
    pub fn under<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a FileStamp)> + 'a {
        // `folder-x` sorts between `folder` and `folder/x`, so the two are looked up apart.
        let inside = format!("{folder}/");
        let itself = self.files.get_key_value(folder);
        let start = std::ops::Bound::Included(inside.as_str());
        let rest = self.files.range::<str, _>((start, std::ops::Bound::Unbounded));
        itself.into_iter().chain(rest.take_while(move |(path, _)| below(path.as_str(), folder).is_some()))
    }

    /// All problems, sorted.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> = self.problems.values().cloned().collect();
        crate::diag::sort(&mut all);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(modified: i64, at: i64) -> FileStamp {
        let stat = Stat { kind: Kind::File, size: 1, modified, changed: modified, inode: 1 };
        FileStamp { stat, at, fingerprint: Fingerprint(1) }
    }

    #[test]
    fn a_file_read_right_after_its_change_is_read_again() {
        let now = 1_700_000_000_123_456_789;
        let racy = seen(now, now + 1_000_000);
        assert!(!racy.holds(&racy.stat));
        let settled = seen(now, now + 100_000_000);
        assert!(settled.holds(&settled.stat));
        let whole_seconds = seen(1_700_000_000_000_000_000, 1_700_000_001_000_000_000);
        assert!(!whole_seconds.holds(&whole_seconds.stat));
        assert!(!settled.unverified().holds(&settled.stat));
    }

    #[test]
    fn a_cache_gives_back_what_it_was_given() {
        for kind in [Kind::File, Kind::Folder, Kind::Link, Kind::Other] {
            let stat = Stat { kind, size: 7 << 40, modified: -5, changed: i64::MAX, inode: u64::MAX };
            let seen = FileStamp { stat, at: i64::MIN, fingerprint: Fingerprint(u128::MAX - 9) };
            let bytes = postcard::to_stdvec(&seen).unwrap();
            assert_eq!(postcard::from_bytes::<FileStamp>(&bytes).unwrap(), seen);
        }
    }

    #[test]
    fn under_a_folder_is_not_beside_it() {
        let mut table = StatTable::default();
        for path in ["a/b", "a/b/c", "a/b-c", "a/b/d/e", "a/c"] {
            table.files.insert(SourcePath::new(path).unwrap(), seen(0, 0));
        }
        let found: Vec<&str> = table.under("a/b").map(|(p, _)| p.as_str()).collect();
        assert_eq!(found, ["a/b", "a/b/c", "a/b/d/e"]);
    }
}
