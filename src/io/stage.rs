//! The staging folder: all new bytes are written there before the first old byte is touched.
//!
//! One folder in the output, of a name that says it may be deleted, so that moving a file into place is a rename
//! on one file system and what a killed build leaves is found without a search. Called by
//! [`write`](mod@super::write) only.

use super::disk::{Disk, Kind, TEMPORARY};
use super::mounts::Mounts;
use crate::engine::Output;
use crate::source::Fingerprint;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One file that waits for its place.
#[derive(Debug)]
pub(super) struct Staged {
    pub file: PathBuf,
    /// Of the bytes that were really written: a source may have changed since it was read.
    pub fingerprint: Fingerprint,
}

/// Folders in the staging folder, one for each of so many threads: threads that make files in one folder wait for each
/// other.
const SHARDS: usize = 16;

fn folder(out: &Path) -> PathBuf {
    out.join(format!("{TEMPORARY}staging"))
}

/// The staging folder of one write.
pub(super) struct Stage {
    folder: PathBuf,
    made: [OnceLock<()>; SHARDS],
    next: AtomicUsize,
}

impl Stage {
    /// The staging folder in `out`; nothing is made yet.
    pub fn new(out: &Path) -> Self {
        Stage { folder: folder(out), made: Default::default(), next: AtomicUsize::new(0) }
    }

    /// Writes one output into it, under a number of its own.
    pub fn one(&self, disk: &dyn Disk, mounts: &Mounts, output: &Output) -> io::Result<Staged> {
        let shard = rayon::current_thread_index().unwrap_or(0) % SHARDS;
        let folder = self.folder.join(shard.to_string());
        let made = self.made.get(shard);
        if made.is_none_or(|made| made.get().is_none()) {
            disk.create_folders(&folder)?;
            made.map(|made| made.set(()));
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let file = folder.join(number.to_string());
        let fingerprint = match output {
            Output::Write { bytes, fingerprint, .. } => {
                disk.write_new(&file, bytes).map(|()| *fingerprint)?
            }
            Output::Copy { from, .. } => disk.copy_new(&mounts.resolve(from), &file)?,
            Output::Remove { .. } => return Err(io::ErrorKind::InvalidInput.into()),
        };
        Ok(Staged { file, fingerprint })
    }
}

/// Removes the staging folder with whatever is in it: after a build, and before one for what a killed build left.
pub(super) fn clean(disk: &dyn Disk, out: &Path) {
    // The list of outputs, when a kill came between its two steps.
    let _ = disk.remove_file(&out.join(format!("{TEMPORARY}{}", super::manifest::LIST)));
    let folder = folder(out);
    if disk.stat(&folder).is_err() {
        return;
    }
    // It may be a link that someone planted: then only the link goes, never what it leads to.
    if disk.remove_file(&folder).is_ok() || disk.remove_folder(&folder).is_ok() {
        return;
    }
    empty(disk, &folder, 1);
}

/// Removes a folder with its files, and with the folders in it down to `depth`. Links go, what they lead to stays.
fn empty(disk: &dyn Disk, folder: &Path, depth: usize) {
    if disk.remove_folder(folder).is_ok() {
        return;
    }
    for entry in disk.list(folder).unwrap_or_default() {
        let inner = folder.join(entry.name);
        let is_folder = entry.stat.is_ok_and(|stat| stat.kind == Kind::Folder);
        if is_folder && depth > 0 {
            empty(disk, &inner, depth - 1);
        } else {
            let _ = disk.remove_file(&inner);
        }
    }
    let _ = disk.remove_folder(folder);
}
