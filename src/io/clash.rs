//! What lies where an output belongs, and what stands in its way: found before the first byte is touched.
//!
//! Three sorts of things may lie there: ours, which may be replaced; what is ours and goes in the same write, which makes
//! room; and what is somebody else's, which is a clash. Names that differ only in case or in the form of Unicode are one
//! name on some disks: the disk is asked. Called by [`write`](mod@super::write) only.

use super::disk::{Disk, Kind, Stat};
use super::manifest::{self, Manifest, Written};
use super::output::OutputFolder;
use super::stats::FileStamp;
use crate::diag::{Diagnostic, Severity, code};
use crate::engine::Output;
use crate::source::{Fingerprint, OutputPath, SourcePath, Span, folded};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// What lies where an output belongs.
pub(super) enum OutputState {
    /// The right bytes.
    Right(FileStamp),
    /// Nothing, or something of ours.
    Open,
    /// Something that is not ours.
    Foreign(Clash),
    /// It cannot be looked at.
    Closed(io::Error),
}

/// Something in the output folder that is not ours and stands where an output belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clash {
    /// The output that cannot be written.
    pub output: OutputPath,
    /// What stands there, from the output folder: the output's own place or a folder above it.
    pub place: String,
    /// Whether Guidepost wrote it, and somebody changed it since.
    pub changed: bool,
}

impl Clash {
    /// The error for people. `source` is the file of the site that the output is made of, if it is made of one.
    pub fn told(&self, out: &OutputFolder, source: Option<SourcePath>) -> Diagnostic {
        let shown = out.path().join(&self.place);
        let shown = shown.display();
        let by = match self.changed {
            true => "was changed by someone else",
            false => "was not written by Guidepost",
        };
        let belongs = match &source {
            Some(source) => format!("{source} belongs"),
            None => "a part of the website belongs".to_owned(),
        };
        let message = format!("{shown} {by} and stands where {belongs}");
        let (diagnostic, rename) = match &source {
            Some(source) => (
                Diagnostic::error(code::FOREIGN_FILE, source, Span::default(), message),
                format!(" rename {source},"),
            ),
            None => (Diagnostic::site(code::FOREIGN_FILE, Severity::Error, message), String::new()),
        };
        diagnostic.help(format!(
            "move it away,{rename} or choose another output folder with --out; nothing was changed"
        ))
    }
}

/// The outputs that go in a write.
pub(super) struct Going {
    paths: BTreeSet<OutputPath>,
    /// By the form under which some disks know them.
    folded: BTreeMap<String, OutputPath>,
}

impl Going {
    pub fn new(paths: BTreeSet<OutputPath>) -> Self {
        let folded = paths.iter().map(|path| (folded(path.as_str()), path.clone())).collect();
        Going { paths, folded }
    }

    pub fn into_paths(self) -> BTreeSet<OutputPath> {
        self.paths
    }

    pub fn iter(&self) -> impl Iterator<Item = &OutputPath> {
        self.paths.iter()
    }
}

/// What a write may ask on its way.
pub(super) struct Ground<'a> {
    pub disk: &'a dyn Disk,
    pub out: &'a OutputFolder,
    pub manifest: &'a Manifest,
    pub going: &'a Going,
}

impl Ground<'_> {
    fn stat(&self, path: &str) -> io::Result<Stat> {
        self.disk.stat(&self.out.path().join(path))
    }

    /// Judges what lies at the place of an output whose bytes have this fingerprint; `at` is when the write began.
    pub fn output_state(
        &self,
        path: &OutputPath,
        output: &Output,
        expected: Fingerprint,
        at: i64,
    ) -> OutputState {
        let stat = match self.stat(path.as_str()) {
            Ok(stat) => stat,
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return OutputState::Open;
            }
            Err(e) => return OutputState::Closed(e),
        };
        let known = self.manifest.files.get(path);
        let foreign = |changed| {
            OutputState::Foreign(Clash { output: path.clone(), place: path.as_str().to_owned(), changed })
        };
        match stat.kind {
            Kind::File => {}
            // A folder of stale outputs makes room for a file of its name.
            Kind::Folder if self.empties(path.as_str()) => return OutputState::Open,
            _ => return foreign(false),
        }
        if known.is_none() && self.is_renamed(path, &stat) {
            return OutputState::Open;
        }
        let same = known.filter(|w| w.fingerprint == expected).and_then(|w| w.seen);
        if let Some(seen) = same.filter(|seen| seen.holds(&stat)) {
            return OutputState::Right(seen);
        }
        let may_be_equal = match output {
            Output::Write { bytes, .. } => bytes.len() as u64 == stat.size,
            _ => true,
        };
        let real = self.out.path().join(path.as_str());
        let equal =
            may_be_equal && manifest::fingerprint(self.disk, &real, stat.size).is_ok_and(|f| f == expected);
        match known {
            _ if equal => OutputState::Right(FileStamp { stat, at, fingerprint: expected }),
            Some(_) => OutputState::Open,
            None => foreign(false),
        }
    }

    /// Whether what lies there is an output that goes, under a name that this disk takes for the same.
    fn is_renamed(&self, path: &OutputPath, stat: &Stat) -> bool {
        let old = self.going.folded.get(&folded(path.as_str()));
        old.is_some_and(|old| old != path && self.stat(old.as_str()).is_ok_and(|old| old == *stat))
    }

    /// Whether the folder will be gone when all that goes is removed.
    fn empties(&self, folder: &str) -> bool {
        let Ok(entries) = self.disk.list(&self.out.path().join(folder)) else { return false };
        let goes = |entry: &super::Entry| {
            let Some(name) = entry.name.to_str() else { return false };
            let inner = format!("{folder}/{name}");
            match entry.stat.as_ref().map(|stat| stat.kind) {
                Ok(Kind::Folder) => self.empties(&inner),
                Ok(Kind::File) => self.goes(&inner),
                _ => false,
            }
        };
        // One that is empty already is not ours to output_state.
        !entries.is_empty() && entries.iter().all(goes)
    }

    /// Whether what lies at `path` is an output that goes and is what was written.
    fn goes(&self, path: &str) -> bool {
        let known = self.manifest.files.get(path).filter(|_| self.going.paths.contains(path));
        known.is_some_and(|known| is_ours(self.disk, self.out, path, known))
    }

    /// The clashes on the way to outputs: folders that cannot be entered or made, since a link or a file stands there that is
    /// not ours. `folders` has for each folder an output in it.
    pub fn blocked(&self, folders: &BTreeMap<&str, &OutputPath>) -> Vec<Clash> {
        let mut seen = BTreeSet::new();
        let mut clashes = Vec::new();
        for (folder, output) in folders.iter().filter(|(folder, _)| !folder.is_empty()) {
            for end in folder.match_indices('/').map(|(i, _)| i).chain([folder.len()]) {
                let part = &folder[..end];
                if !seen.insert(part) {
                    continue;
                }
                let changed = match self.stat(part) {
                    Ok(Stat { kind: Kind::Folder, .. }) | Err(_) => continue,
                    Ok(Stat { kind: Kind::File, .. }) if self.goes(part) => continue,
                    Ok(Stat { kind: Kind::File, .. }) => self.going.paths.contains(part),
                    Ok(_) => false,
                };
                clashes.push(Clash { output: (*output).clone(), place: part.to_owned(), changed });
            }
        }
        clashes
    }
}

/// Whether the file at `path` is what was written there.
pub(super) fn is_ours(disk: &dyn Disk, out: &OutputFolder, path: &str, known: &Written) -> bool {
    let real = out.path().join(path);
    match disk.stat(&real) {
        Ok(stat) if stat.kind == Kind::File => {
            known.holds(&stat) || manifest::fingerprint(disk, &real, stat.size).is_ok_and(|f| known.ours(f))
        }
        _ => false,
    }
}

/// Whether a folder on the way to `path` was replaced by a link.
pub(super) fn through_link(disk: &dyn Disk, out: &OutputFolder, path: &OutputPath) -> bool {
    let folder = path.folder();
    let ends = folder.match_indices('/').map(|(i, _)| i).chain([folder.len()]);
    ends.filter(|end| *end > 0)
        .any(|end| disk.stat(&out.path().join(&folder[..end])).is_ok_and(|stat| stat.kind == Kind::Link))
}

/// That an output which is stale was changed by someone else, and stays.
pub(super) fn left(out: &OutputFolder, path: &OutputPath) -> Diagnostic {
    let shown = out.path().join(path.as_str());
    let message = format!(
        "{} is no longer part of the website, but was changed by someone else, so it was left there",
        shown.display()
    );
    Diagnostic::site(code::FOREIGN_FILE, Severity::Warning, message).help("delete it if nobody needs it")
}

/// Of outputs that go, those that are names of one file with an output that stays: on this disk, which knows no difference
/// between them. That file must stay too.
pub(super) fn shared<'p>(ground: &Ground<'_>, going: &[&'p OutputPath]) -> BTreeSet<&'p OutputPath> {
    let names: BTreeSet<String> = going.iter().map(|path| folded(path.as_str())).collect();
    let staying = ground.manifest.files.keys().filter(|path| !ground.going.paths.contains(*path));
    let staying: BTreeMap<String, &OutputPath> =
        staying.map(|path| (folded(path.as_str()), path)).filter(|(name, _)| names.contains(name)).collect();
    let is_shared = |path: &&&OutputPath| {
        let Some(other) = staying.get(&folded(path.as_str())) else { return false };
        ground.stat(path.as_str()).is_ok_and(|stat| ground.stat(other.as_str()).is_ok_and(|o| o == stat))
    };
    going.iter().filter(is_shared).copied().collect()
}
