//! The staging folder: all new bytes are written there before the first old byte is touched.
//!
//! One folder in the output, of a name that says it may be deleted, so that moving a file into place is a rename
//! on one file system and what a killed build leaves is found without a search. Called by
//! [`write`](mod@super::write) only.

use super::disk::{Disk, Kind, Stat, TEMPORARY};
use super::mounts::Mounts;
use crate::engine::Output;
use crate::source::{Fingerprint, OutputPath};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One output that waits for its place.
#[derive(Debug)]
pub(super) struct Staged {
    pub place: Place,
    /// Of the bytes that were really written: a source may have changed since it was read.
    pub fingerprint: Fingerprint,
}

/// Where an output waits.
#[derive(Debug)]
pub(super) enum Place {
    /// In a file, which is moved by itself.
    File(PathBuf),
    /// In the tree of a new website, which is moved as a whole: then the file will still look as it did when it was
    /// written.
    Tree(Stat),
}

/// Folders in the staging folder, one for each of so many threads: threads that make files in one folder wait for each
/// other.
const SHARDS: usize = 16;

/// Maximum depth of a website's folder that is cleaned up after a kill.
const MAX_CLEANED_DEPTH: usize = 256;

fn folder(out: &Path) -> PathBuf {
    out.join(format!("{TEMPORARY}staging"))
}

/// The staging folder of one write.
pub(super) struct Stage {
    folder: PathBuf,
    /// Whether a whole new website is made, folders and all.
    whole: bool,
    made: [OnceLock<()>; SHARDS],
    next: AtomicUsize,
}

impl Stage {
    /// The staging folder in `out`; nothing is made yet. `whole` is for an output in which nothing is: the website is made
    /// as it will be, so that a few folders are moved instead of every file.
    pub fn new(out: &Path, whole: bool) -> Self {
        let folder = if whole { folder(out).join("tree") } else { folder(out) };
        Stage { folder, whole, made: Default::default(), next: AtomicUsize::new(0) }
    }

    /// Writes one output into it.
    pub fn one(
        &self,
        disk: &dyn Disk,
        mounts: &Mounts,
        path: &OutputPath,
        output: &Output,
    ) -> io::Result<Staged> {
        let file = if self.whole { self.folder.join(path.as_str()) } else { self.next_file(disk)? };
        let made = match self.fill(disk, mounts, &file, output) {
            // The first file in its folder.
            Err(e) if self.whole && e.kind() == io::ErrorKind::NotFound => {
                disk.create_folders(file.parent().unwrap_or(&self.folder))?;
                self.fill(disk, mounts, &file, output)
            }
            // The last word on a path counts.
            Err(e) if self.whole && e.kind() == io::ErrorKind::AlreadyExists => {
                disk.remove_file(&file)?;
                self.fill(disk, mounts, &file, output)
            }
            other => other,
        };
        let (stat, fingerprint) = made?;
        let place = if self.whole { Place::Tree(stat) } else { Place::File(file) };
        Ok(Staged { place, fingerprint })
    }

    /// A new file, under a number of its own, in the folder of this thread.
    fn next_file(&self, disk: &dyn Disk) -> io::Result<PathBuf> {
        let shard = rayon::current_thread_index().unwrap_or(0) % SHARDS;
        let folder = self.folder.join(shard.to_string());
        let made = self.made.get(shard);
        if made.is_none_or(|made| made.get().is_none()) {
            disk.create_folders(&folder)?;
            made.map(|made| made.set(()));
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        Ok(folder.join(number.to_string()))
    }

    fn fill(
        &self,
        disk: &dyn Disk,
        mounts: &Mounts,
        file: &Path,
        output: &Output,
    ) -> io::Result<(Stat, Fingerprint)> {
        match output {
            Output::Write { bytes, fingerprint, .. } => {
                disk.write_new(file, bytes).map(|stat| (stat, *fingerprint))
            }
            Output::Copy { from, .. } => {
                let fingerprint = disk.copy_new(&mounts.resolve(from), file)?;
                Ok((disk.stat(file)?, fingerprint))
            }
            Output::Remove { .. } => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    /// Where an output of the tree of a new website, or one of its folders, waits.
    pub fn in_tree(out: &Path, path: &str) -> PathBuf {
        folder(out).join("tree").join(path)
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
    empty(disk, &folder, MAX_CLEANED_DEPTH);
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
