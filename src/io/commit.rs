//! Moves staged outputs to where they belong: file by file, or a new website in a few moves.
//!
//! Called by [`write`](mod@super::write) when all bytes are staged and nothing foreign stands in the way.

use super::disk::{Disk, Stat};
use super::output::OutputFolder;
use super::stage::{Place, Stage, Staged};
use super::write::{WriteReport, cannot_write};
use crate::diag::Diagnostic;
use crate::source::OutputPath;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io;

/// Moves what is staged into place; gives the stat of what arrived.
pub(super) fn move_into_place(
    disk: &dyn Disk,
    out: &OutputFolder,
    open: &[(OutputPath, Staged)],
    report: &mut WriteReport,
) -> Vec<Option<Stat>> {
    let singly = open.iter().filter(|(_, staged)| matches!(staged.place, Place::File(_)));
    let folders: BTreeSet<&str> = singly.map(|(path, _)| path.folder()).collect();
    for folder in folders {
        if let Err(e) = disk.create_folders(&out.path().join(folder)) {
            report.diagnostics.push(cannot_write(out, folder, &e));
            return vec![None; open.len()];
        }
    }
    let stuck = move_tree(disk, out, open, report);
    let moved: Vec<Result<Option<Stat>, Box<Diagnostic>>> = open
        .par_iter()
        .with_min_len(16)
        .map(|(path, staged)| {
            let real = out.path().join(path.as_str());
            let stat = match &staged.place {
                Place::File(file) => disk.rename(file, &real).and_then(|()| disk.stat(&real)),
                Place::Tree(_) if stuck.contains(top(path)) => return Ok(None),
                Place::Tree(stat) if top(path) != path.as_str() => return Ok(Some(*stat)),
                // A file at the top was moved itself.
                Place::Tree(_) => disk.stat(&real),
            };
            stat.map(Some).map_err(|e| Box::new(cannot_write(out, path.as_str(), &e)))
        })
        .collect();
    moved
        .into_iter()
        .map(|m| {
            m.unwrap_or_else(|d| {
                report.diagnostics.push(*d);
                None
            })
        })
        .collect()
}

/// The first part of a path: the name of the output, or of the folder at the top in which it lies.
fn top(path: &OutputPath) -> &str {
    path.as_str().split('/').next().unwrap_or_default()
}

/// Moves what was made as the tree of a new website, one move for each name at its top; gives the names that could not be
/// moved.
fn move_tree<'o>(
    disk: &dyn Disk,
    out: &OutputFolder,
    open: &'o [(OutputPath, Staged)],
    report: &mut WriteReport,
) -> BTreeSet<&'o str> {
    let in_tree = open.iter().filter(|(_, staged)| matches!(staged.place, Place::Tree(_)));
    let mut names: BTreeSet<&str> = in_tree.map(|(path, _)| top(path)).collect();
    let mut moved: BTreeSet<String> = BTreeSet::new();
    names.retain(|name| match disk.rename(&Stage::in_tree(out.path(), name), &out.path().join(name)) {
        Ok(()) => {
            moved.insert(name.to_lowercase());
            false
        }
        // On a disk that ignores case, `Forms` and `forms` are one folder: it went with the other name.
        Err(e) if e.kind() == io::ErrorKind::NotFound && moved.contains(&name.to_lowercase()) => false,
        Err(e) => {
            report.diagnostics.push(cannot_write(out, name, &e));
            true
        }
    });
    names
}
