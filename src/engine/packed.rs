//! The whole site as one file: `guide.zip`, which families take with them, and what `guidepost zip` writes.
//!
//! The file is not in itself, so the pages in it do not tell of it: they are made once more, out of a snapshot that knows of none.
//! So what it holds does not depend on its weight, and the pages beside it may say that. The same site gives the same bytes:
//! names in order, no moments, no owners.
//!
//! | what is kept | is right as long as |
//! |---|---|
//! | the weight | the outputs and their bytes are those of `of` |

use super::graph::{Consumer, ReadSet};
use super::rendering::job_hash;
use super::snapshot::next_number;
use super::{Engine, Output, Which};
use crate::plan::{self, Job};
use crate::render::{self, Fact, FactKind, Log, World, Zip};
use crate::source::{Fingerprint, Hasher, OutputPath};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::io::{self, Cursor, Seek, Write};
use std::sync::Arc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The folder in `guide.zip`, so that who unpacks it finds one thing.
const FOLDER: &str = "guide";
/// Number of outputs that are made before they are packed: no more are ever in memory.
const PORTION: usize = 64;
/// Minimum size of a file that needs the longer form of an entry, in bytes.
const MIN_LARGE_BYTES: usize = u32::MAX as usize;

/// What is known of `guide.zip`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Zipped {
    /// The outputs, and their bytes, beside which it was made last.
    of: Option<Fingerprint>,
    /// How many bytes it has.
    pub weight: Option<u64>,
    /// It was never made, or does not lie where it belongs.
    #[serde(skip)]
    asked: bool,
    /// Its weight is being written into the pages.
    #[serde(skip)]
    told: bool,
}

/// What goes into a file with the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// What readers see.
    Guide,
    /// Also what a host reads: redirects, headers and the like.
    Website,
}

impl Engine {
    /// Writes the site as one ZIP file, in a folder of that name; gives how many files it holds. All outputs must be made.
    ///
    /// # Errors
    /// Those of `out`, and when a file of the site cannot be read any more.
    pub fn pack(&mut self, out: impl Write + Seek, folder: &str, holds: Holds) -> io::Result<usize> {
        let unmade = |(path, job): (&OutputPath, &Job)| {
            matches!(job, Job::SearchFile { .. }) && !self.search.files.contains_key(path)
        };
        if self.search.stale || self.plan.jobs.iter().any(unmade) {
            self.index_all();
        }
        let Some(world) = &self.world else { return Ok(0) };
        let world = Arc::new(World { number: next_number(), zip: Zip::None, ..(**world).clone() });
        let is_in = |(path, job): &(&OutputPath, &Job)| match job {
            Job::Zip => false,
            // What is only for who looks after the server is of no use to anybody else.
            Job::HostFile { .. } => holds == Holds::Website && !path.as_str().starts_with(".guidepost-"),
            _ => true,
        };
        let jobs: Vec<(&OutputPath, &Job)> = self.plan.jobs.iter().filter(is_in).collect();
        let mut archive = ZipWriter::new(out);
        for portion in jobs.chunks(PORTION) {
            let made: Vec<Option<Vec<u8>>> = self.threads.install(|| {
                portion.par_iter().map(|(path, job)| self.made_for_zip(&world, path, job)).collect()
            });
            for ((path, job), made) in portion.iter().zip(made) {
                // Files may be large: one at a time is in memory.
                let bytes = match (made, job) {
                    (None, Job::Copy { from }) => match self.published_picture(&world, from) {
                        Some(picture) => Some(picture),
                        None => self.loader.load(from).map(|bytes| bytes.to_vec()),
                    },
                    (made, _) => made,
                };
                let bytes = bytes.ok_or_else(|| {
                    io::Error::new(io::ErrorKind::NotFound, format!("{path} cannot be read any more"))
                })?;
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Deflated)
                    .last_modified_time(DateTime::default())
                    .unix_permissions(0o644)
                    .large_file(bytes.len() >= MIN_LARGE_BYTES);
                archive.start_file(format!("{folder}/{path}"), options)?;
                archive.write_all(&bytes)?;
            }
        }
        archive.finish()?.flush()?;
        Ok(jobs.len())
    }

    fn made_for_zip(&self, world: &Arc<World>, path: &OutputPath, job: &Job) -> Option<Vec<u8>> {
        match job {
            Job::Copy { .. } => None,
            Job::SearchFile { .. } => self.search.files.get(path).map(|bytes| bytes.to_vec()),
            _ => render::render(world, super::threads::worker(), path, job).bytes,
        }
    }

    /// The bytes of `guide.zip` as it is now; none when a file of the site cannot be read any more.
    pub(super) fn zip_bytes(&mut self) -> Option<Vec<u8>> {
        if !self.dirty.is_empty() {
            // What is published shows only when all is made.
            self.render(Which::All, &|_| {});
        }
        let mut bytes = Cursor::new(Vec::new());
        self.pack(&mut bytes, FOLDER, Holds::Guide).ok()?;
        Some(bytes.into_inner())
    }

    /// What pages are to say of it.
    pub(super) fn zip_told(&self) -> Zip {
        match (self.config.outputs.zip, self.zip.weight) {
            (false, _) => Zip::None,
            (true, None) => Zip::Unweighed,
            (true, Some(weight)) => Zip::Weighs(weight),
        }
    }

    fn zip_path(&self) -> Option<OutputPath> {
        let path = OutputPath::new(plan::ZIP).ok()?;
        (self.plan.jobs.get(&path) == Some(&Job::Zip)).then_some(path)
    }

    /// Takes it out of what is dirty: it is made when all others are there, or when it is asked for.
    pub(super) fn put_off_zip(&mut self) {
        if let Some(path) = self.zip_path() {
            self.zip.asked |= self.dirty.remove(&path);
        }
    }

    /// All other outputs and their bytes.
    fn zip_of(&self, zip: &OutputPath) -> Fingerprint {
        let mut hasher = Hasher::new();
        for (path, made) in self.expected().filter(|(path, _)| *path != zip) {
            hasher.text(path.as_str()).fingerprint(made.unwrap_or_default());
        }
        hasher.finish()
    }

    /// Makes it if anything is other than when it was made last, hands it to `sink`, and then the pages that say another weight.
    /// All other outputs are made. Gives how many were made.
    pub(super) fn zip_up(&mut self, sink: &(dyn Fn(Output) + Sync)) -> usize {
        let Some(path) = self.zip_path() else {
            self.zip = Zipped::default();
            return 0;
        };
        if self.zip.told || (!self.zip.asked && self.zip.of == Some(self.zip_of(&path))) {
            return 0;
        }
        self.zip.asked = false;
        // A file that is gone by now is told by whoever looks at the files next.
        let Some(bytes) = self.zip_bytes() else { return 0 };
        let (fingerprint, weight) = (Fingerprint::of(&bytes), bytes.len() as u64);
        let force_write = self.force_write.remove(&path);
        if self.made(&path) != Some(fingerprint) || force_write {
            sink(Output::Write { path: path.clone(), bytes: Arc::new(bytes), fingerprint });
        }
        self.step(|engine| {
            engine.edits = None;
            let Some(world) = engine.world.clone() else { return };
            let reading = Consumer::Output(path.clone());
            engine.graph.merge(
                &world,
                &reading,
                ReadSet::from(Log::default()),
                fingerprint,
                job_hash(&Job::Zip),
            );
            engine.zip.weight = Some(weight);
            let zip = engine.zip_told();
            let world = Arc::new(World { number: next_number(), zip, ..(*world).clone() });
            engine.world = Some(world.clone());
            let mut readers = Vec::new();
            engine.graph.check(&world, Fact::whole(FactKind::Zip, 0), &mut readers);
            engine.mark_dirty(readers);
        });
        self.zip.told = true;
        let count = if self.dirty.is_empty() { 0 } else { self.render(Which::All, sink) };
        self.zip.told = false;
        self.zip.of = Some(self.zip_of(&path));
        count + 1
    }
}
