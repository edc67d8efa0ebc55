//! What changed in the site's folders since the last look: the first step of every build.
//!
//! [`scan`] looks at everything, [`scan_paths`] only at what the watcher named; both bring the [`StatTable`] up to
//! date and give the engine the files whose bytes differ, in the order of their paths. A file that cannot be read
//! is an error and never counts as removed.

use super::absent;
use super::beside;
use super::disk::Disk;
use super::mounts::{Mounts, below};
use super::read::{self, Outcome};
use super::stats::{FileStamp, StatTable};
use super::tree::{Found, Tree, Walk};
use super::unread;
use crate::diag::Diagnostic;
use crate::source::{Change, Fingerprint, Source, SourcePath};
use rayon::prelude::*;
use std::path::PathBuf;

/// What is left out of a scan.
#[derive(Debug, Clone, Default)]
pub struct ScanOptions {
    /// Folders that are never read: the output and the cache, absolute.
    pub exclude: Vec<PathBuf>,
}

/// What a scan found.
#[derive(Debug, Default)]
pub struct Scan {
    /// The files whose bytes differ, by path.
    pub changes: Vec<Change>,
    /// All problems with files as they stand now, whether this scan looked at them or not; sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// How many files were opened.
    pub read: usize,
}

/// Looks at all files.
pub fn scan(disk: &dyn Disk, mounts: &Mounts, options: &ScanOptions, table: &mut StatTable) -> Scan {
    let at = disk.now();
    let exclude = canonical(disk, options);
    let tree = Tree { disk, mounts, exclude: &exclude };
    let walk = tree.all();
    table.problems.clear();
    let (doubtful, gone) = compare(table.iter(), &walk);
    let mut scan = Scan::default();
    read_changed(&tree, table, &doubtful, at, &mut scan);
    update_table(table, walk, gone, &mut scan);
    finish(&tree, table, &mut scan);
    scan
}

/// Takes texts while files are read, so that those of a large site need not all be in memory at once.
pub trait SourceSink: Sync {
    /// What becomes of a text.
    type Parsed: Send;
    /// Whether the file is one that [`SourceSink::take`] takes.
    fn wants(&self, path: &SourcePath) -> bool;
    /// Takes all other files; only then the wanted ones are read.
    fn prepare(&mut self, changes: Vec<Change>);
    /// Takes the text of a wanted file. Many threads call this.
    fn take(&self, source: Source) -> Self::Parsed;
}

/// Looks at all files, like [`scan`], for a table that knows none. What `intake` took is not among the changes.
pub fn scan_into<I: SourceSink>(
    disk: &dyn Disk,
    mounts: &Mounts,
    options: &ScanOptions,
    table: &mut StatTable,
    intake: &mut I,
) -> (Scan, Vec<I::Parsed>) {
    let at = disk.now();
    let exclude = canonical(disk, options);
    let tree = Tree { disk, mounts, exclude: &exclude };
    let walk = tree.all();
    table.problems.clear();
    let (doubtful, gone) = compare(table.iter(), &walk);
    let (wanted, others): (Vec<_>, Vec<_>) =
        doubtful.into_iter().partition(|(found, _)| intake.wants(&found.path));
    let mut scan = Scan { read: wanted.len() + others.len(), ..Scan::default() };
    let outcomes = read_all(&tree, &others, at, |outcome| outcome);
    let changes = others.iter().zip(outcomes).filter_map(|((found, _), o)| note(table, &found.path, o));
    intake.prepare(changes.collect());
    let taken = read_all(&tree, &wanted, at, |outcome| match outcome {
        Outcome::Changed(seen, Change::Set(source)) => Ok((seen, intake.take(source))),
        outcome => Err(Box::new(outcome)),
    });
    let mut made = Vec::with_capacity(taken.len());
    for ((found, _), taken) in wanted.into_iter().zip(taken) {
        match taken {
            Ok((seen, one)) => {
                table.files.insert(found.path.clone(), seen);
                made.push(one);
            }
            Err(outcome) => scan.changes.extend(note(table, &found.path, *outcome)),
        }
    }
    update_table(table, walk, gone, &mut scan);
    finish(&tree, table, &mut scan);
    (scan, made)
}

/// Looks at the files and folders `paths` only, with all that is or was in them.
pub fn scan_paths(
    disk: &dyn Disk,
    mounts: &Mounts,
    options: &ScanOptions,
    table: &mut StatTable,
    paths: &[SourcePath],
) -> Scan {
    let at = disk.now();
    let exclude = canonical(disk, options);
    let tree = Tree { disk, mounts, exclude: &exclude };
    let mut paths: Vec<&SourcePath> = paths.iter().collect();
    paths.sort();
    paths.dedup();
    let mut scan = Scan::default();
    for path in &paths {
        if paths.iter().any(|other| other != path && below(path.as_str(), other.as_str()).is_some()) {
            continue;
        }
        let walk = tree.under(path);
        table.problems.retain(|at, _| below(at, path.as_str()).is_none());
        let (doubtful, gone) = compare(table.under(path.as_str()), &walk);
        read_changed(&tree, table, &doubtful, at, &mut scan);
        update_table(table, walk, gone, &mut scan);
    }
    finish(&tree, table, &mut scan);
    scan
}

fn canonical(disk: &dyn Disk, options: &ScanOptions) -> Vec<PathBuf> {
    options.exclude.iter().map(|p| disk.canonical(p).unwrap_or_else(|_| p.clone())).collect()
}

/// A file that may have changed, and the fingerprint of the bytes that were known.
type Doubtful<'w> = (&'w Found, Option<Fingerprint>);

/// Compares what is there with what is known, both in the order of their paths: the files that may have changed, and
/// those that are gone. Of what the walk could not look at nothing is gone.
fn compare<'w, 't>(
    known: impl Iterator<Item = (&'t SourcePath, &'t FileStamp)>,
    walk: &'w Walk,
) -> (Vec<Doubtful<'w>>, Vec<SourcePath>) {
    let (mut doubtful, mut gone) = (Vec::new(), Vec::new());
    let mut miss = |path: &SourcePath| {
        if !walk.kept.iter().any(|at| below(path.as_str(), at).is_some()) {
            gone.push(path.clone());
        }
    };
    let mut known = known.peekable();
    for found in &walk.files {
        let mut seen = None;
        while let Some((path, next)) = known.next_if(|(path, _)| **path <= found.path) {
            if *path == found.path {
                seen = Some(next);
            } else {
                miss(path);
            }
        }
        if !seen.is_some_and(|seen| seen.holds(&found.stat)) {
            doubtful.push((found, seen.map(|seen| seen.fingerprint)));
        }
    }
    known.for_each(|(path, _)| miss(path));
    (doubtful, gone)
}

/// Reads files, several at a time, and gives what `take` makes of each.
fn read_all<T: Send>(
    tree: &Tree,
    files: &[Doubtful<'_>],
    at: i64,
    take: impl Fn(Outcome) -> T + Sync,
) -> Vec<T> {
    let read = |(found, known): &Doubtful<'_>| {
        take(read::read(tree.disk, &tree.mounts.resolve(&found.path), found, at, *known))
    };
    if files.len() < 4 {
        files.iter().map(read).collect()
    } else {
        files.par_iter().with_min_len(16).map(read).collect()
    }
}

/// Reads the files that may have changed and enters them into the table.
fn read_changed(tree: &Tree, table: &mut StatTable, files: &[Doubtful<'_>], at: i64, scan: &mut Scan) {
    let outcomes = read_all(tree, files, at, |outcome| outcome);
    scan.read += outcomes.len();
    for ((found, _), outcome) in files.iter().zip(outcomes) {
        scan.changes.extend(note(table, &found.path, outcome));
    }
}

/// Enters what came of reading a file into the table; gives the change it is for the engine.
fn note(table: &mut StatTable, path: &SourcePath, outcome: Outcome) -> Option<Change> {
    match outcome {
        Outcome::Same(seen) => {
            table.files.insert(path.clone(), seen);
            None
        }
        Outcome::Changed(seen, change) => {
            table.files.insert(path.clone(), seen);
            Some(change)
        }
        Outcome::Gone => table.files.remove(path).map(|_| Change::Remove(path.clone())),
        Outcome::Failed(diagnostic) => {
            if let Some(seen) = table.files.get_mut(path) {
                *seen = seen.unverified();
            }
            table.problems.insert(path.as_str().to_owned(), diagnostic);
            None
        }
    }
}

/// Enters what is gone and what is wrong.
fn update_table(table: &mut StatTable, walk: Walk, gone: Vec<SourcePath>, scan: &mut Scan) {
    table.problems.extend(walk.problems);
    for path in gone {
        table.files.remove(&path);
        scan.changes.push(Change::Remove(path));
    }
}

fn finish(tree: &Tree, table: &mut StatTable, scan: &mut Scan) {
    scan.changes.sort_by(|a, b| path_of(a).cmp(path_of(b)));
    absent::note(tree, table);
    beside::note(tree, table);
    unread::note(tree, table);
    scan.diagnostics = table.diagnostics();
}

/// The path a change is about.
fn path_of(change: &Change) -> &SourcePath {
    match change {
        Change::Set(source) => &source.path,
        Change::SetAsset(asset) => &asset.path,
        Change::Remove(path) => path,
    }
}
