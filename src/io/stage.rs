//! The staging folder: all new bytes are written there before the first old byte is touched.
//!
//! One folder in the output, of a name that says it may be deleted, so that moving a file into place is a rename
//! on one file system and what a killed build leaves is found without a search. Called by
//! [`write`](mod@super::write) only.

use super::disk::{Disk, TEMPORARY};
use super::mounts::Mounts;
use crate::engine::Output;
use crate::source::Fingerprint;
use std::io;
use std::path::{Path, PathBuf};

/// One file that waits for its place.
#[derive(Debug)]
pub(super) struct Staged {
    pub file: PathBuf,
    /// Of the bytes that were really written: a source may have changed since it was read.
    pub fingerprint: Fingerprint,
}

fn folder(out: &Path) -> PathBuf {
    out.join(format!("{TEMPORARY}staging"))
}

/// Writes one output into the staging folder, under a number of its own.
pub(super) fn one(
    disk: &dyn Disk,
    mounts: &Mounts,
    out: &Path,
    number: usize,
    output: &Output,
) -> io::Result<Staged> {
    let folder = folder(out);
    if disk.stat(&folder).is_err() {
        disk.create_folders(&folder)?;
    }
    let file = folder.join(number.to_string());
    let fingerprint = match output {
        Output::Write { bytes, fingerprint, .. } => disk.write_new(&file, bytes).map(|()| *fingerprint)?,
        Output::Copy { from, .. } => disk.copy_new(&mounts.resolve(from), &file)?,
        Output::Remove { .. } => return Err(io::ErrorKind::InvalidInput.into()),
    };
    Ok(Staged { file, fingerprint })
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
    if disk.remove_file(&folder).is_ok() {
        return;
    }
    if disk.remove_folder(&folder).is_ok() {
        return;
    }
    for entry in disk.list(&folder).unwrap_or_default() {
        let _ = disk.remove_file(&folder.join(entry.name));
    }
    let _ = disk.remove_folder(&folder);
}
