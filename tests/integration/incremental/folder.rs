//! An output folder in memory, with its list and its manifest, that others write too: put back as it was, filled by a run with
//! drafts, for another day or another address, without its list, without the cache, edited and emptied by hand.
//!
//! Whatever happened to it, a build must leave in it what the engine makes, byte for byte, and nothing that it ever wrote before.

use super::edits::Rng;
use super::site::{Disk, Model, fresh_with};
use guidepost::engine::{Engine, Options, Output, Which};
use guidepost::io::manifest::{LIST, Manifest, verify};
use guidepost::io::output::OutputFolder;
use guidepost::io::write::write;
use guidepost::io::{MemoryDisk, Mounts};
use guidepost::source::{Fingerprint, OutputPath};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

const ROOT: &str = "/s";
const PUBLIC: &str = "/s/public/";
const CACHE: &str = "/s/.cache";

/// The files of the folder, the list among them.
type Files = BTreeMap<String, Vec<u8>>;

pub struct Folder {
    disk: MemoryDisk,
    mounts: Mounts,
    out: OutputFolder,
    /// The folder as it once was.
    older: Vec<Files>,
    /// What was overwritten by hand since the last build: it is left when it is no longer part of the site.
    edited: Option<String>,
}

impl Folder {
    pub fn new() -> Folder {
        let disk = MemoryDisk::new();
        disk.folder(ROOT);
        let mounts = Mounts::new(&disk, Path::new(ROOT)).unwrap();
        let out = OutputFolder::check(&disk, &mounts, Path::new(CACHE), Path::new("public")).unwrap();
        Folder { disk, mounts, out, older: Vec::new(), edited: None }
    }

    /// All that lies in the folder.
    fn files(&self) -> Files {
        let files = self.disk.files(PUBLIC).into_iter();
        files.map(|f| (f[PUBLIC.len()..].to_owned(), self.disk.bytes(&f).unwrap_or_default())).collect()
    }

    fn replace(&self, files: &Files) {
        self.disk.remove(PUBLIC.trim_end_matches('/'));
        self.disk.folder(PUBLIC.trim_end_matches('/'));
        for (path, bytes) in files {
            self.disk.file(&format!("{PUBLIC}{path}"), bytes);
        }
    }

    /// Has something happen to the folder between two builds; what it was.
    pub fn disturb(&mut self, rng: &mut Rng, sources: &Disk, date: jiff::civil::Date) -> String {
        match rng.below(8) {
            0 => {
                self.older.push(self.files());
                "the folder is copied".into()
            }
            1 | 2 if !self.older.is_empty() => {
                let n = rng.below(self.older.len());
                let older = self.older[n].clone();
                self.replace(&older);
                format!("copy {n} of the folder is put back")
            }
            3 => {
                self.disk.remove(&format!("{PUBLIC}{LIST}"));
                "the list is deleted".into()
            }
            4 => {
                self.disk.remove(CACHE);
                "the cache's list of outputs is deleted".into()
            }
            5 | 6 => {
                let files: Vec<String> = self.files().into_keys().filter(|name| name != LIST).collect();
                let Some(name) = files.get(rng.below(files.len().max(1))) else { return "nothing".into() };
                let path = format!("{PUBLIC}{name}");
                if rng.chance(2) {
                    self.disk.remove(&path);
                    return format!("{name} is deleted by hand");
                }
                self.disk.file(&path, "edited by hand");
                self.edited = Some(name.clone());
                format!("{name} is edited by hand")
            }
            _ => {
                let other = match rng.below(3) {
                    0 => Options { drafts: true, ..Options::new(date) },
                    1 => Options::new(date.checked_add(jiff::Span::new().days(2)).unwrap_or(date)),
                    _ => Options {
                        base_url: Some("https://staging.example.org/g".into()),
                        ..Options::new(date)
                    },
                };
                let said = format!("another run writes the folder: {other:?}");
                let mut engine = fresh_with(sources, other).engine;
                self.write(&mut engine, sources, true);
                said
            }
        }
    }

    /// Writes as a build does: what is dirty or not as it should be, and takes away what is over.
    fn write(&self, engine: &mut Engine, sources: &Disk, all: bool) {
        let (disk, cache, out) = (&self.disk, PathBuf::from(CACHE), &self.out);
        let mut manifest = Manifest::load(disk, &cache, out);
        verify(disk, out, &mut manifest);
        let unverified: Vec<OutputPath> = match all {
            true => engine.plan().jobs.keys().cloned().collect(),
            false => manifest.unverified(engine.expected()),
        };
        engine.mark(unverified);
        let made: Mutex<Vec<Output>> = Mutex::default();
        engine.render(Which::All, &|output| made.lock().unwrap().push(output));
        let mut outputs: Vec<Output> =
            made.into_inner().unwrap().into_iter().map(|o| in_full(o, sources)).collect();
        outputs.extend(manifest.stale(|path| engine.plan().jobs.contains_key(path)));
        let report = write(disk, &self.mounts, &cache, out, &outputs, &mut manifest);
        assert!(report.complete(), "{:?}", report.diagnostics);
        manifest.save(disk, &cache, out).unwrap();
    }

    /// Builds into the folder; what is wrong with it then.
    pub fn build(&mut self, model: &mut Model, sources: &Disk) -> Vec<String> {
        self.write(&mut model.engine, sources, false);
        let mut files = self.files();
        files.remove(LIST);
        let mut found = Vec::new();
        if let Some(edited) = self.edited.take().filter(|name| !model.outputs.contains_key(name)) {
            // Nobody's work is removed; the build says so. The editor clears up.
            files.remove(&edited);
            self.disk.remove(&format!("{PUBLIC}{edited}"));
        }
        for (path, bytes) in &model.outputs {
            match files.remove(path) {
                None => found.push(format!("{path} is not in the output folder")),
                Some(other) if other != *bytes => {
                    found.push(format!("{path} in the output folder is another one"))
                }
                Some(_) => {}
            }
        }
        found.extend(files.into_keys().map(|path| format!("{path} stays in the output folder")));
        found
    }
}

/// A copy as a file of its bytes: the folder's disk has no sources.
fn in_full(output: Output, sources: &Disk) -> Output {
    use guidepost::engine::Loader;
    match output {
        Output::Copy { path, from, .. } => {
            let bytes = sources.load(&from).map(|b| b.to_vec()).unwrap_or_default();
            Output::Write { path, fingerprint: Fingerprint::of(&bytes), bytes: bytes.into() }
        }
        other => other,
    }
}
