//! The staging folder: all new bytes are written there before the first old byte is touched.
//!
//! One folder in the output, of a name that says it may be deleted, so that moving a file into place is a rename
//! on one file system and what a killed build leaves is found without a search. Called by
//! [`write`](mod@super::write) only.

use super::disk::{Disk, TEMPORARY};
use super::mounts::Mounts;
use crate::engine::Output;
use crate::source::Fingerprint;
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

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

/// Writes all outputs; none of them is in its place yet. On the first failure everything is taken back, and the
/// index of the output that failed is given.
pub(super) fn stage(
    disk: &dyn Disk,
    mounts: &Mounts,
    out: &Path,
    outputs: &[&Output],
) -> Result<Vec<Staged>, (Option<usize>, io::Error)> {
    let existed = disk.stat(out).is_ok();
    let folder = folder(out);
    let stop = AtomicBool::new(false);
    let one = |(i, output): (usize, &&Output)| -> Result<Staged, (Option<usize>, io::Error)> {
        if stop.load(Ordering::Relaxed) {
            return Err((None, io::ErrorKind::Interrupted.into()));
        }
        let file = folder.join(i.to_string());
        let done = match output {
            Output::Write { bytes, fingerprint, .. } => disk.write_new(&file, bytes).map(|()| *fingerprint),
            Output::Copy { from, .. } => disk.copy_new(&mounts.resolve(from), &file),
            Output::Remove { .. } => Err(io::ErrorKind::InvalidInput.into()),
        };
        match done {
            Ok(fingerprint) => Ok(Staged { file, fingerprint }),
            Err(e) => {
                stop.store(true, Ordering::Relaxed);
                Err((Some(i), e))
            }
        }
    };
    let mut staged = Vec::with_capacity(outputs.len());
    let mut failure = disk.create_folders(&folder).err().map(|e| (None, e));
    if failure.is_none() {
        let results: Vec<_> = outputs.par_iter().enumerate().with_min_len(16).map(one).collect();
        for result in results {
            match result {
                Ok(file) => staged.push(file),
                // Those that only stopped because of another are not the reason.
                Err(e) => match &failure {
                    Some((Some(_), _)) => {}
                    _ => failure = Some(e),
                },
            }
        }
    }
    match failure {
        None => Ok(staged),
        Some(failure) => {
            clean(disk, out);
            if !existed {
                let _ = disk.remove_folder(out);
            }
            Err(failure)
        }
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
