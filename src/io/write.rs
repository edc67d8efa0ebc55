//! Brings an output folder up to date: only what differs, all of it or nothing as far as a disk allows.
//!
//! In order: output_state every output against what lies there; refuse to touch anything if a foreign file stands in the
//! way; write all new bytes into a staging folder; only then move them into place, one rename each or, where nothing
//! lies yet, one for each name at the top; last remove what is stale. A full disk or a kill before the renames leaves the
//! old site whole. Called by `build`, `watch` and `serve --write`.

use super::clash::{self, Clash, Going, Ground, OutputState};
use super::commit::move_into_place;
use super::disk::Disk;
use super::manifest::{self, Manifest, Written};
use super::mounts::Mounts;
use super::output::OutputFolder;
use super::stage::{self, Place, Stage, Staged};
use super::stats::FileStamp;
use crate::diag::{Diagnostic, Severity, code};
use crate::engine::Output;
use crate::source::{Fingerprint, OutputPath, SourcePath, folded};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::Mutex;

/// What a write did.
#[derive(Debug, Default)]
pub struct WriteReport {
    /// Outputs whose bytes were replaced or are new.
    pub written: Vec<OutputPath>,
    /// How many outputs had the right bytes already.
    pub unchanged: usize,
    /// Outputs that were removed.
    pub removed: Vec<OutputPath>,
    /// What went wrong; with an error among them, the output is not what was asked for.
    pub diagnostics: Vec<Diagnostic>,
}

impl WriteReport {
    /// Whether everything was done.
    pub fn complete(&self) -> bool {
        self.diagnostics.iter().all(|d| d.severity != Severity::Error)
    }
}

/// A write under way: outputs are judged and staged as they come, from any thread, so that no more than a few are ever
/// in memory. Nothing is in its place before [`Prepared::commit`].
pub struct WriteTransaction<'a> {
    disk: &'a dyn Disk,
    mounts: &'a Mounts,
    out: &'a OutputFolder,
    manifest: &'a Manifest,
    going: Going,
    at: i64,
    existed: bool,
    /// Whether nothing lies in the output.
    empty: bool,
    stage: Stage,
    state: Mutex<Pending>,
}

/// What came so far.
#[derive(Default)]
struct Pending {
    /// Known outputs that turned out to be no outputs any more.
    gone: Vec<OutputPath>,
    right: Vec<(OutputPath, FileStamp)>,
    open: BTreeMap<OutputPath, Staged>,
    /// The folders of what was not staged, since something stands in the way already; each with an output in it.
    skipped: BTreeMap<String, OutputPath>,
    clashes: Vec<Clash>,
    diagnostics: Vec<Diagnostic>,
}

/// What is staged and waits for its place.
pub struct Prepared {
    pending: Pending,
    going: Going,
    existed: bool,
}

impl<'a> WriteTransaction<'a> {
    /// Begins. `stale` are the outputs that will be removed.
    pub fn begin(
        disk: &'a dyn Disk,
        mounts: &'a Mounts,
        out: &'a OutputFolder,
        manifest: &'a Manifest,
        stale: &[Output],
    ) -> Self {
        let existed = disk.stat(out.path()).is_ok();
        stage::clean(disk, out.path());
        let empty = !existed || disk.list(out.path()).is_ok_and(|entries| entries.is_empty());
        let going: BTreeSet<OutputPath> = stale.iter().map(|o| path_of(o).clone()).collect();
        WriteTransaction {
            disk,
            mounts,
            out,
            manifest,
            going: Going::new(going),
            at: disk.now(),
            existed,
            empty,
            stage: Stage::new(out.path(), empty),
            state: Mutex::default(),
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, Pending> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes one output: nothing is done if the right bytes lie there, else it is staged. The last word on a path counts.
    pub fn push(&self, output: &Output) {
        let path = path_of(output);
        if matches!(output, Output::Remove { .. }) {
            let mut state = self.state();
            if let Some(Staged { place: Place::File(staged), .. }) = state.open.remove(path) {
                let _ = self.disk.remove_file(&staged);
            }
            state.right.retain(|(right, _)| right != path);
            state.clashes.retain(|clash| clash.output != *path);
            state.gone.push(path.clone());
            return;
        }
        let judged = match self.empty {
            false => self.ground().output_state(path, output, fingerprint_of(output), self.at),
            true => OutputState::Open,
        };
        match judged {
            OutputState::Right(seen) => self.state().right.push((path.clone(), seen)),
            OutputState::Foreign(clash) => self.state().clashes.push(clash),
            OutputState::Closed(e) => {
                self.state().diagnostics.push(cannot_write(self.out, path.as_str(), &e))
            }
            // Nothing will be put in its place any more; all that stands in the way is named all the same.
            OutputState::Open if self.skips(path) => {}
            OutputState::Open => {
                match self.stage.one(self.disk, self.mounts, path, output) {
                    Ok(staged) => {
                        let before = self.state().open.insert(path.clone(), staged);
                        if let Some(Staged { place: Place::File(before), .. }) = before {
                            // The staging folder goes as a whole in the end; a left-over in it harms nobody.
                            let _ = self.disk.remove_file(&before);
                        }
                    }
                    Err(e) => self.state().diagnostics.push(cannot_write(self.out, path.as_str(), &e)),
                }
            }
        }
    }

    fn ground(&self) -> Ground<'_> {
        Ground { disk: self.disk, out: self.out, manifest: self.manifest, going: &self.going }
    }

    /// Whether staging is of no use any more; then only the folder is noted, for what may stand in its way.
    fn skips(&self, path: &OutputPath) -> bool {
        let mut state = self.state();
        let skips = !state.diagnostics.is_empty() || !state.clashes.is_empty();
        if skips && !path.folder().is_empty() {
            state.skipped.entry(path.folder().to_owned()).or_insert_with(|| path.clone());
        }
        skips
    }

    /// Ends the taking of outputs; the manifest is free again.
    pub fn ready(self) -> Prepared {
        let mut pending = self.state.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let gone = std::mem::take(&mut pending.gone).into_iter();
        let gone = gone.filter(|path| self.manifest.files.contains_key(path));
        let mut going = self.going.into_paths();
        going.extend(gone);
        // What was thought to go may be an output after all: which files are published shows only when pages are made.
        for path in pending.right.iter().map(|(path, _)| path).chain(pending.open.keys()) {
            going.remove(path);
        }
        Prepared { pending, going: Going::new(going), existed: self.existed }
    }
}

impl Prepared {
    /// Takes everything back: the output is as it was.
    pub fn abandon(self, disk: &dyn Disk, out: &OutputFolder) {
        stage::clean(disk, out.path());
        if !self.existed {
            let _ = disk.remove_folder(out.path());
        }
    }

    /// Moves what is staged into place and removes what is stale. The manifest is brought up to date, but saved by the
    /// caller; `cache` holds its journal. `source` says of which file an output is made, for messages.
    pub fn commit(
        self,
        disk: &dyn Disk,
        cache: &Path,
        out: &OutputFolder,
        manifest: &mut Manifest,
        source: &dyn Fn(&OutputPath) -> Option<SourcePath>,
    ) -> WriteReport {
        let Prepared { pending, going, existed } = self;
        let mut report = WriteReport { unchanged: pending.right.len(), ..WriteReport::default() };
        report.diagnostics = pending.diagnostics;
        for (path, seen) in pending.right {
            if manifest.files.get(&path).and_then(|w| w.seen) != Some(seen) {
                manifest.dirty = true;
                manifest.files.insert(path, written(seen));
            }
        }
        let open: Vec<(OutputPath, Staged)> = pending.open.into_iter().collect();
        let coming = |p: &OutputPath| open.binary_search_by(|o| o.0.cmp(p)).is_ok();
        let ground = Ground { disk, out, manifest, going: &going };
        let skipped = pending.skipped.iter().map(|(folder, path)| (folder.as_str(), path));
        let mut folders: BTreeMap<&str, &OutputPath> = BTreeMap::new();
        for (folder, path) in open.iter().map(|(path, _)| (path.folder(), path)).chain(skipped) {
            folders.entry(folder).or_insert(path);
        }
        let mut clashes = pending.clashes;
        clashes.extend(ground.blocked(&folders));
        report.diagnostics.extend(clashes.iter().map(|clash| clash.told(out, source(&clash.output))));
        let going: Vec<&OutputPath> = going.iter().filter(|p| !coming(p)).collect();
        let shared = clash::shared(&ground, &going);
        if !report.complete() {
            stage::clean(disk, out.path());
            if !existed {
                let _ = disk.remove_folder(out.path());
            }
            return report;
        }
        // The file has another name now, and this disk knows no difference.
        for path in &shared {
            manifest.dirty = true;
            manifest.files.remove(*path);
        }
        let going: Vec<&OutputPath> = going.into_iter().filter(|path| !shared.contains(path)).collect();
        if !open.is_empty() {
            put(disk, cache, out, &open, &going, manifest, &mut report);
        }
        if report.complete() {
            let rest: Vec<&OutputPath> =
                going.into_iter().filter(|p| manifest.files.contains_key(*p)).collect();
            remove(disk, out, &rest, manifest, &mut report);
        }
        report
    }
}

/// Writes `outputs` into `out`. Copies are read through `mounts`; `cache` holds the manifest's journal.
/// The manifest is brought up to date, but saved by the caller.
pub fn write(
    disk: &dyn Disk,
    mounts: &Mounts,
    cache: &Path,
    out: &OutputFolder,
    outputs: &[Output],
    manifest: &mut Manifest,
) -> WriteReport {
    let coming: BTreeMap<&OutputPath, &Output> =
        outputs.iter().filter(|o| !matches!(o, Output::Remove { .. })).map(|o| (path_of(o), o)).collect();
    let stale: Vec<Output> = outputs
        .iter()
        .filter(|o| matches!(o, Output::Remove { .. }) && !coming.contains_key(path_of(o)))
        .cloned()
        .collect();
    let writing = WriteTransaction::begin(disk, mounts, out, manifest, &stale);
    let list: Vec<&Output> = coming.into_values().collect();
    list.par_iter().with_min_len(16).for_each(|output| writing.push(output));
    writing.ready().commit(disk, cache, out, manifest, &|_| None)
}

fn path_of(output: &Output) -> &OutputPath {
    match output {
        Output::Write { path, .. } | Output::Copy { path, .. } | Output::Remove { path } => path,
    }
}

fn fingerprint_of(output: &Output) -> Fingerprint {
    match output {
        Output::Write { fingerprint, .. } | Output::Copy { fingerprint, .. } => *fingerprint,
        Output::Remove { .. } => Fingerprint::default(),
    }
}

fn written(seen: FileStamp) -> Written {
    Written { fingerprint: seen.fingerprint, seen: Some(seen), perhaps: None }
}

fn put(
    disk: &dyn Disk,
    cache: &Path,
    out: &OutputFolder,
    open: &[(OutputPath, Staged)],
    going: &[&OutputPath],
    manifest: &mut Manifest,
    report: &mut WriteReport,
) {
    let announced: Vec<(&OutputPath, Fingerprint)> =
        open.iter().map(|(path, s)| (path, s.fingerprint)).collect();
    manifest.announce(disk, cache, out, &announced);
    // What is stale and stands where a new folder or file belongs goes first.
    let coming: BTreeSet<&str> = open.iter().map(|(path, _)| path.as_str()).collect();
    let names: BTreeSet<String> = match going.is_empty() {
        true => BTreeSet::new(),
        false => coming.iter().map(|path| folded(path)).collect(),
    };
    // The same name in another case is the same file on some disks.
    let blocks = |path: &OutputPath| {
        manifest.files.contains_key(path)
            && (nested(path.as_str(), &coming) || names.contains(&folded(path.as_str())))
    };
    let in_the_way: Vec<&OutputPath> = going.iter().copied().filter(|path| blocks(path)).collect();
    if !in_the_way.is_empty() {
        remove(disk, out, &in_the_way, manifest, report);
    }
    let moved = move_into_place(disk, out, open, report);
    let at = disk.now();
    manifest.dirty = true;
    for ((path, staged), stat) in open.iter().zip(moved) {
        if let Some(stat) = stat {
            let seen = FileStamp { stat, at, fingerprint: staged.fingerprint };
            manifest.files.insert(path.clone(), written(seen));
            report.written.push(path.clone());
        }
    }
    stage::clean(disk, out.path());
}

/// Whether one of `coming` lies in `path`, or `path` in one of them.
fn nested(path: &str, coming: &BTreeSet<&str>) -> bool {
    let inside = format!("{path}/");
    coming.range(inside.as_str()..).next().is_some_and(|next| next.starts_with(&inside))
        || path.match_indices('/').any(|(i, _)| coming.contains(&path[..i]))
}

/// Removes outputs that no job makes any more, as long as they are what was written, and the folders they leave
/// empty.
fn remove(
    disk: &dyn Disk,
    out: &OutputFolder,
    paths: &[&OutputPath],
    manifest: &mut Manifest,
    report: &mut WriteReport,
) {
    let mut folders = BTreeSet::new();
    for path in paths {
        let Some(known) = manifest.files.get(*path) else { continue };
        let real = out.path().join(path.as_str());
        if disk.stat(&real).is_err() {
            manifest.dirty |= manifest.files.remove(*path).is_some();
            continue;
        }
        if !clash::is_ours(disk, out, path.as_str(), known) || clash::through_link(disk, out, path) {
            report.diagnostics.push(clash::left(out, path));
            continue;
        }
        match manifest::ignore_missing(disk.remove_file(&real)) {
            Ok(()) => {
                manifest.dirty = true;
                manifest.files.remove(*path);
                report.removed.push((*path).clone());
                folders.insert(path.folder().to_owned());
            }
            Err(e) => report.diagnostics.push(cannot_write(out, path.as_str(), &e)),
        }
    }
    // The deepest first; a folder that still holds something refuses.
    for folder in folders.iter().rev() {
        let mut folder = folder.as_str();
        while !folder.is_empty() && disk.remove_folder(&out.path().join(folder)).is_ok() {
            folder = folder.rfind('/').map_or("", |i| &folder[..i]);
        }
    }
}

pub(super) fn cannot_write(out: &OutputFolder, path: &str, error: &io::Error) -> Diagnostic {
    let real = if path.is_empty() { out.path().to_path_buf() } else { out.path().join(path) };
    let message = format!("{} cannot be written: {error}", real.display());
    let help = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk and build again",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "check that you may write to the output folder, or choose another one"
        }
        io::ErrorKind::NotFound => {
            "a source file or the output folder vanished during the build; build again"
        }
        _ => "check the disk and the output folder, and build again",
    };
    Diagnostic::site(code::OUTPUT_FOLDER, Severity::Error, message).help(help)
}
