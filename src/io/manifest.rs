//! [`Manifest`]: what Guidepost wrote into an output folder, and so all it may ever replace or remove there.
//!
//! Three files. The manifest in the cache: fingerprint and stat of every output, so that a build with nothing to
//! do opens none. A journal beside it: what a running build is about to write, so that a killed one is healed. A
//! plain list in the output itself, which goes where the folder goes. Ours is what the manifest or the list names: a
//! folder that was restored, copied or checked out has outputs that the cache does not know, and a deleted cache knows
//! none. Tracked: the output folder (by its path from the site), the bytes and the stat of each output, the list.

use super::cache_file::{self, CacheFile};
use super::dirty_map::DirtyMap;
use super::disk::{Disk, Kind, Stat};
use super::output::OutputFolder;
use super::stats::FileStamp;
use crate::engine::Output;
use crate::source::{Fingerprint, OutputPath};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// The list of outputs that lies in the output folder.
pub const LIST: &str = ".guidepost-outputs";

/// The section that says what changed since the whole was written. No output folder has that name.
const CHANGES: &str = "changes:";

/// The section that has the fingerprint of the list in the output.
const LISTED: &str = "list:";

/// The format of the manifest, in the place of a program's name: another build may read it.
const FORMAT: &str = "manifest 3";

/// One output as it was written.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Written {
    pub fingerprint: Fingerprint,
    /// What it looked like then; none when only the list knows it.
    pub seen: Option<FileStamp>,
    /// What a killed build, or another one of which only the list tells, may have put in its place.
    pub perhaps: Option<Fingerprint>,
}

impl Written {
    /// Whether bytes of that fingerprint are ours.
    pub fn ours(&self, fingerprint: Fingerprint) -> bool {
        fingerprint == self.fingerprint || Some(fingerprint) == self.perhaps
    }

    /// Whether the file surely still holds what was written.
    pub fn holds(&self, now: &Stat) -> bool {
        self.seen.is_some_and(|seen| seen.holds(now))
    }
}

/// What Guidepost wrote into one output folder.
#[derive(Debug, Default)]
pub struct Manifest {
    pub(super) files: DirtyMap<OutputPath, Written>,
    /// The file in which it was found or kept last.
    file: Option<CacheFile>,
    /// Whether it differs from what the cache holds.
    pub(super) dirty: bool,
    /// Whether there is a journal.
    pub(super) journal: bool,
    /// The list in the output as it was read or written last; none when there is none.
    list: Option<Fingerprint>,
}

fn cache_name(out: &OutputFolder, ending: &str) -> String {
    format!("outputs-{}.{ending}", Fingerprint::of(out.key().as_bytes()).short())
}

impl Manifest {
    /// What the cache folder `cache` and the list in the output know of `out`.
    pub fn load(disk: &dyn Disk, cache: &Path, out: &OutputFolder) -> Self {
        let mut manifest = Manifest::default();
        let cached = cache_file::load(disk, &cache.join(cache_name(out, "manifest")), FORMAT);
        let cached = cached.and_then(|file| Some((load_saved(disk, &file, out)?, file)));
        let mut listed = None;
        if let Some((files, file)) = cached {
            listed = file.section(disk, LISTED).and_then(|bytes| postcard::from_bytes(&bytes).ok());
            manifest.files = files;
            manifest.file = Some(file);
        }
        let list = read(disk, &out.path().join(LIST));
        manifest.list = list.as_deref().map(Fingerprint::of);
        // The list that the manifest was kept with has nothing to tell.
        if listed != Some(manifest.list) || manifest.file.is_none() {
            manifest.dirty = true;
            manifest.unite(list.as_deref().unwrap_or_default());
        }
        if let Some(journal) = read(disk, &cache.join(cache_name(out, "journal"))) {
            manifest.dirty = true;
            manifest.journal = true;
            for (path, fingerprint) in lines(&journal) {
                let known = manifest.files.get(&path).map_or(fingerprint, |written| written.fingerprint);
                let perhaps = Some(fingerprint);
                manifest.files.insert(path, Written { fingerprint: known, seen: None, perhaps });
            }
        }
        manifest
    }

    /// Takes in what the list in the output names: another build may have written it.
    fn unite(&mut self, list: &[u8]) {
        for (path, fingerprint) in lines(list) {
            match self.files.get(&path) {
                None => {
                    self.files.insert(path, Written { fingerprint, seen: None, perhaps: None });
                }
                Some(known) if known.ours(fingerprint) => {}
                Some(_) => {
                    if let Some(known) = self.files.get_mut(&path) {
                        known.perhaps = Some(fingerprint);
                    }
                }
            }
        }
    }

    /// Writes down what is known, if it is not yet. A loop may call this when it is idle: the journal keeps what
    /// was written since.
    pub fn save(&mut self, disk: &dyn Disk, cache: &Path, out: &OutputFolder) -> io::Result<()> {
        if !self.dirty {
            return Ok(());
        }
        let list = self.listed();
        let fingerprint = Fingerprint::of(list.as_bytes());
        if self.files.is_empty() {
            ignore_missing(disk.remove_file(&out.path().join(LIST)))?;
            self.list = None;
        } else if self.list != Some(fingerprint) {
            disk.write_atomic(&out.path().join(LIST), list.as_bytes())?;
            self.list = Some(fingerprint);
        }
        let little = self.file.take().filter(CacheFile::may_grow).zip(self.files.changes());
        self.file = Some(match little {
            Some((file, changes)) => {
                let mut file = cache_file::Saving::resume(disk, file, FORMAT);
                file.section(CHANGES, |out| cache_file::write(&changes, out))?;
                file.section(LISTED, |out| cache_file::write(&self.list, out))?;
                file.finish()?
            }
            None => {
                let files: Vec<_> = self.files.iter().collect();
                let path = cache.join(cache_name(out, "manifest"));
                let mut file = cache_file::Saving::begin(disk, &path, FORMAT)?;
                file.section(out.key(), |whole| cache_file::write(&files, whole))?;
                file.section(LISTED, |out| cache_file::write(&self.list, out))?;
                let file = file.finish()?;
                self.files.begin();
                file
            }
        });
        if self.journal {
            ignore_missing(disk.remove_file(&cache.join(cache_name(out, "journal"))))?;
            self.journal = false;
        }
        self.dirty = false;
        Ok(())
    }

    /// Notes what is about to be written, before the first output is touched.
    pub(super) fn announce(
        &mut self,
        disk: &dyn Disk,
        cache: &Path,
        out: &OutputFolder,
        files: &[(&OutputPath, Fingerprint)],
    ) {
        let mut text = String::with_capacity(files.len() * 80);
        for (path, fingerprint) in files {
            let _ = writeln!(text, "{fingerprint} {path}");
        }
        // A site whose cache cannot be written is built all the same; only its healing is less sure.
        let done = disk
            .create_folders(cache)
            .and_then(|()| disk.append(&cache.join(cache_name(out, "journal")), text.as_bytes()));
        self.journal |= done.is_ok();
    }

    /// The outputs among `expected` that were not found as they should be: unknown, or with other bytes than those that
    /// were made last, if any were. `expected` comes in the order of paths.
    pub fn unverified<'e>(
        &self,
        expected: impl Iterator<Item = (&'e OutputPath, Option<Fingerprint>)>,
    ) -> Vec<OutputPath> {
        let mut files = self.files.iter().peekable();
        let unverified = |(path, made): (&'e OutputPath, Option<Fingerprint>)| {
            while files.next_if(|(known, _)| *known < path).is_some() {}
            let known = files.next_if(|(known, _)| *known == path).map(|(_, written)| written);
            let sure = known.is_some_and(|w| w.seen.is_some());
            let other = made.is_some() && known.map(|w| w.fingerprint) != made;
            (other || !sure).then(|| path.clone())
        };
        expected.filter_map(unverified).collect()
    }

    /// Whether it knows more than was kept: another build wrote the output, or its list is gone.
    pub fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// A digest of all outputs that are known: their paths and bytes.
    pub fn digest(&self) -> Fingerprint {
        digest(self.files.iter().map(|(path, written)| (path, written.fingerprint)))
    }

    /// How many outputs are known.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The outputs that are known, in the order of their paths.
    pub fn paths(&self) -> impl Iterator<Item = &OutputPath> {
        self.files.keys()
    }

    /// The outputs that are known, each with the fingerprint of its bytes, in the order of their paths.
    pub fn outputs(&self) -> impl Iterator<Item = (&OutputPath, Fingerprint)> {
        self.files.iter().map(|(path, written)| (path, written.fingerprint))
    }

    /// The removal of every known output that is not `current`: what a whole build adds to its outputs. `current` is asked
    /// in the order of paths.
    pub fn stale(&self, mut current: impl FnMut(&OutputPath) -> bool) -> Vec<Output> {
        self.files
            .keys()
            .filter(|path| !current(path))
            .map(|path| Output::Remove { path: path.clone() })
            .collect()
    }

    fn listed(&self) -> String {
        let mut text = String::with_capacity(self.files.len() * 80);
        for (path, written) in self.files.iter() {
            written.fingerprint.write_hex(&mut text);
            text.push(' ');
            text.push_str(path.as_str());
            text.push('\n');
        }
        text
    }
}

/// A digest of outputs in the order of their paths, the same for the same paths and bytes.
pub fn digest<'o>(outputs: impl Iterator<Item = (&'o OutputPath, Fingerprint)>) -> Fingerprint {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    for (path, fingerprint) in outputs {
        hasher.update(path.as_str().as_bytes());
        // No path has this byte.
        hasher.update(&[0]);
        hasher.update(&fingerprint.0.to_le_bytes());
    }
    Fingerprint(hasher.digest128())
}

/// The outputs that are not what Guidepost wrote, since someone edited or deleted them: the engine makes them
/// again. Opens only files whose stat is in doubt.
pub fn verify(disk: &dyn Disk, out: &OutputFolder, manifest: &mut Manifest) -> Vec<OutputPath> {
    let at = disk.now();
    let mut folders: FxHashMap<&str, Vec<(&OutputPath, &Written)>> = FxHashMap::default();
    for (path, written) in manifest.files.iter() {
        folders.entry(path.folder()).or_default().push((path, written));
    }
    let folders: Vec<_> = folders.into_iter().collect();
    let judged: Vec<(OutputPath, Option<FileStamp>)> = folders
        .par_iter()
        .flat_map_iter(|(folder, files)| unchanged_files(disk, &out.path().join(folder), files, at))
        .collect();
    let mut wrong = Vec::new();
    for (path, seen) in judged {
        manifest.dirty = true;
        if seen.is_none() {
            wrong.push(path.clone());
        }
        if let Some(written) = manifest.files.get_mut(&path) {
            written.seen = seen;
        }
    }
    wrong.sort();
    wrong
}

/// The files of one folder that are in doubt, each with what it looks like now if its bytes are right.
fn unchanged_files(
    disk: &dyn Disk,
    folder: &Path,
    files: &[(&OutputPath, &Written)],
    at: i64,
) -> Vec<(OutputPath, Option<FileStamp>)> {
    // A folder that was replaced by a link holds nothing of ours.
    let real = disk.stat(folder).is_ok_and(|stat| stat.kind == Kind::Folder);
    let names: Vec<&OsStr> = files.iter().map(|(path, _)| OsStr::new(path.file_name())).collect();
    let mut stats = if real { disk.stat_each(folder, &names) } else { Vec::new() }.into_iter();
    let mut judged = Vec::new();
    for (path, written) in files {
        let stat = stats.next().and_then(Result::ok);
        let seen = match &stat {
            Some(stat) if written.holds(stat) => continue,
            Some(stat) if stat.kind == Kind::File => {
                let fingerprint = fingerprint(disk, &folder.join(path.file_name()), stat.size);
                let same = fingerprint.is_ok_and(|f| f == written.fingerprint);
                same.then_some(FileStamp { stat: *stat, at, fingerprint: written.fingerprint })
            }
            _ => None,
        };
        judged.push(((*path).clone(), seen));
    }
    judged
}

/// The fingerprint of a file's bytes, read in pieces when it is large.
pub(super) fn fingerprint(disk: &dyn Disk, path: &Path, size: u64) -> io::Result<Fingerprint> {
    if size <= 1 << 20 {
        let mut bytes = Vec::new();
        disk.read(path, size, &mut bytes)?;
        return Ok(Fingerprint::of(&bytes));
    }
    let mut file = disk.open(path)?;
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(Fingerprint(hasher.digest128())),
            Ok(n) => hasher.update(&buffer[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

pub(super) fn ignore_missing(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn read(disk: &dyn Disk, path: &Path) -> Option<Vec<u8>> {
    let stat = disk.stat(path).ok().filter(|stat| stat.kind == Kind::File)?;
    let mut bytes = Vec::new();
    disk.read(path, stat.size, &mut bytes).ok()?;
    Some(bytes)
}

/// The outputs that the file keeps.
fn load_saved(
    disk: &dyn Disk,
    file: &CacheFile,
    out: &OutputFolder,
) -> Option<DirtyMap<OutputPath, Written>> {
    let all = postcard::from_bytes(&file.section(disk, out.key())?).ok()?;
    let changes = match file.has(CHANGES) {
        true => postcard::from_bytes(&file.section(disk, CHANGES)?).ok()?,
        false => Vec::new(),
    };
    Some(DirtyMap::from_parts(all, changes))
}

/// The outputs that a list names, as one lies in an output folder: what stood there when it was written.
pub fn listed(text: &[u8]) -> BTreeMap<OutputPath, Fingerprint> {
    lines(text).collect()
}

/// `fingerprint path` lines; a line that is anything else (cut short, edited) is passed over.
fn lines(text: &[u8]) -> impl Iterator<Item = (OutputPath, Fingerprint)> {
    text.split(|b| *b == b'\n').filter_map(|line| {
        let (fingerprint, path) = std::str::from_utf8(line).ok()?.split_once(' ')?;
        let fingerprint = (fingerprint.len() == 32).then(|| u128::from_str_radix(fingerprint, 16).ok())??;
        Some((OutputPath::new(path).ok()?, Fingerprint(fingerprint)))
    })
}
