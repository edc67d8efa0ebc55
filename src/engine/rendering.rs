//! Outputs are made: all that are dirty, or one that somebody waits for; what they read goes into the graph.

use super::graph::{Consumer, ReadSet};
use super::{Engine, Output, Stage, Which, search};
use crate::check::file;
use crate::plan::Job;
use crate::render::{self, Log, World};
use crate::source::{Fingerprint, Format, OutputPath, SourcePath};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

/// Number of outputs that are made before their reads are merged into the graph.
const PORTION: usize = 1024;

/// What an output is made of.
#[derive(Debug, Clone)]
pub enum OutputBody {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this source.
    Source(SourcePath),
    /// This photo, made narrower. A preview makes it by itself, since that takes long and needs no engine.
    Photo(Photo),
}

/// A photo that is to be made narrower.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// The whole photo.
    pub from: SourcePath,
    /// The fingerprint of the bytes of the whole photo.
    pub fingerprint: Fingerprint,
    /// The size of the whole photo, in bytes.
    pub size: u64,
    /// How wide it is to be, in pixels.
    pub width: u32,
}

impl Engine {
    /// Makes dirty outputs and hands each to `sink` from the thread that made it, in no particular order; an output
    /// whose bytes are the same as before is not handed on. Gives how many were made.
    pub fn render(&mut self, which: Which<'_>, sink: &(dyn Fn(Output) + Sync)) -> usize {
        for path in self.ready_search(which) {
            sink(Output::Remove { path });
        }
        let Some(world) = self.world.clone() else { return 0 };
        self.stages.begin(Stage::Render);
        // It is made of all others, when these are there.
        self.put_off_zip();
        let chosen: Vec<OutputPath> = match which {
            Which::All => {
                let dirty = std::mem::take(&mut self.dirty);
                self.in_order(dirty)
            }
            Which::These(paths) => paths.iter().filter(|p| self.dirty.remove(*p)).cloned().collect(),
            Which::Some(count) => {
                let chosen: Vec<OutputPath> = self.dirty.iter().take(count).cloned().collect();
                for path in &chosen {
                    self.dirty.remove(path);
                }
                chosen
            }
        };
        // Only of those that are made now: after a start all are force_write, and a portion must not cost by the size of the site.
        let force_write: BTreeSet<OutputPath> =
            chosen.iter().filter(|path| self.force_write.remove(*path)).cloned().collect();
        let mut count = 0;
        // What the outputs read is merged portion by portion, so that it need not be kept twice for a whole site.
        for (n, portion) in chosen.chunks(PORTION).enumerate() {
            let make = || self.render_portion(&world, portion, &force_write, sink);
            count += panic::catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|panic| {
                // What was not recorded as made is still to be made.
                let left = || chosen.iter().skip(n * PORTION).cloned();
                self.dirty.extend(left());
                self.force_write.extend(left().filter(|path| force_write.contains(path)));
                panic::resume_unwind(panic)
            });
        }
        // What was made may lead to other files than before.
        for path in self.step(|engine| engine.follow(&world)) {
            sink(Output::Remove { path });
        }
        match which {
            Which::All if !self.dirty.is_empty() => count + self.render(Which::All, sink),
            Which::All => count + self.zip_up(sink),
            _ => count,
        }
    }

    /// The order in which to make all of `dirty`: lists of the whole site are large, so they are made when most bodies have
    /// been dropped, but not last, where one thread would make the longest while the others wait.
    fn in_order(&self, dirty: BTreeSet<OutputPath>) -> Vec<OutputPath> {
        let is_page = |path: &OutputPath| matches!(self.plan.jobs.get(path), Some(Job::Page { .. }));
        let (mut chosen, others): (Vec<_>, Vec<_>) = dirty.into_iter().partition(is_page);
        let place = chosen.len().saturating_sub(PORTION);
        chosen.splice(place..place, others);
        chosen
    }

    fn render_portion(
        &mut self,
        world: &Arc<World>,
        chosen: &[OutputPath],
        force_write: &BTreeSet<OutputPath>,
        sink: &(dyn Fn(Output) + Sync),
    ) -> usize {
        let (plan, graph) = (&self.plan, &self.graph);
        let make = |path: &OutputPath| -> Option<(OutputPath, ReadSet, Fingerprint)> {
            let job = plan.jobs.get(path)?;
            if let (Job::SearchFile { fingerprint }, Some(bytes)) = (job, world.search.get(path)) {
                // The index made its bytes and knows their fingerprint; it reads nothing.
                let before = graph.record(&Consumer::Output(path.clone())).and_then(|r| r.made);
                if before != Some(*fingerprint) || force_write.contains(path) {
                    let (path, bytes) = (path.clone(), bytes.clone());
                    sink(Output::Write { path, bytes, fingerprint: *fingerprint });
                }
                return Some((path.clone(), ReadSet::from(Log::default()), *fingerprint));
            }
            let mut rendered = render::render(world, super::threads::worker(), path, job);
            match job {
                Job::Copy { from } => rendered.bytes = self.published_picture(world, from),
                // A preview makes photos when a browser asks for them.
                Job::Photo { from, width } if !self.options.serve => {
                    rendered.bytes = self.narrow_photo(world, from, *width);
                }
                _ => {}
            }
            let fingerprint = match (&rendered.bytes, job) {
                (Some(bytes), _) => Fingerprint::of(bytes),
                (None, Job::Copy { from } | Job::Photo { from, .. }) => {
                    world.assets.get(from.as_str()).map_or(Fingerprint::default(), |a| a.fingerprint)
                }
                (None, _) => Fingerprint::default(),
            };
            let before = graph.record(&Consumer::Output(path.clone())).and_then(|r| r.made);
            if before != Some(fingerprint) || force_write.contains(path) {
                match (rendered.bytes, job) {
                    (Some(bytes), _) => {
                        sink(Output::Write { path: path.clone(), bytes: Arc::new(bytes), fingerprint });
                    }
                    (None, Job::Copy { from }) => {
                        sink(Output::Copy { path: path.clone(), from: from.clone(), fingerprint });
                    }
                    (None, _) => {}
                }
            }
            Some((path.clone(), ReadSet::from(rendered.log), fingerprint))
        };
        let made: Vec<(OutputPath, ReadSet, Fingerprint)> =
            self.threads.install(|| chosen.par_iter().with_min_len(8).filter_map(make).collect());
        // Print pages hold bodies too; where there are some, they are kept.
        if self.spends_bodies && !self.config.outputs.print && !self.config.outputs.zip {
            for path in chosen {
                if let Some(Job::Page { lang, logical }) = self.plan.jobs.get(path)
                    && let Some((_, node)) =
                        world.site.trees.get(*lang as usize).and_then(|t| t.find(logical))
                {
                    self.bodies.spend(&node.document.path);
                }
            }
        }
        let count = made.len();
        self.step(|engine| {
            let files =
                |path: &OutputPath| matches!(engine.plan.jobs.get(path), Some(Job::SearchFile { .. }));
            engine.counts.rendered += made.iter().filter(|(path, ..)| !files(path)).count();
            // Fragments that this render made for the first time have reads of their own.
            engine.note_fragments(world);
            for (path, digest, fingerprint) in made {
                let job = engine.plan.jobs.get(&path).map_or(0, job_hash);
                engine.note_made(&path);
                engine.files_stale |=
                    engine.graph.merge(world, &Consumer::Output(path), digest, fingerprint, job);
            }
        });
        count
    }

    pub(super) fn note_made(&mut self, path: &OutputPath) {
        if let Some(edits) = &mut self.edits {
            edits.outputs.insert(path.clone());
        }
    }

    /// The bytes of a picture as it is published: without what nobody sees; none for other files, which are copied as they
    /// are. What is read here is what is published, so that no copy can be of a file that was replaced since. Of a picture that
    /// cannot be published nothing is, whatever else happens to the error that says so.
    pub(super) fn published_picture(&self, world: &World, from: &SourcePath) -> Option<Vec<u8>> {
        let asset = world.assets.get(from.as_str())?;
        let picture = asset.picture?;
        if picture.refused().is_some() || !picture.format.shown() {
            return Some(Vec::new());
        }
        let _turn = file::turn_in_memory(asset.size);
        let bytes = self.loader.load(from)?;
        let published = Format::of(&bytes).map(|format| file::published(format, &bytes));
        Some(published.and_then(Result::ok).unwrap_or_default())
    }

    /// The bytes of a photo at a width; as it is published whole where it cannot be made narrower.
    fn narrow_photo(&self, world: &World, from: &SourcePath, width: u32) -> Option<Vec<u8>> {
        let whole = self.published_picture(world, from)?;
        Some(file::at_width(whole, width))
    }

    /// Records fragments that the graph does not know yet. One of that name may have been there before, as the menu of a language
    /// that was taken out and comes back: the value that the graph kept is then brought up to date, or a later change back to
    /// the old value would go unseen.
    pub(super) fn note_fragments(&mut self, world: &Arc<World>) {
        let mut readers = Vec::new();
        for (key, fragment) in world.fragments.all() {
            let facts = key.facts();
            let reading = Consumer::Fragment(key);
            if self.graph.record(&reading).is_none() {
                self.counts.fragments += 1;
                self.edits = None;
                let made = Fingerprint(u128::from(fragment.fingerprint));
                self.files_stale |=
                    self.graph.merge(world, &reading, ReadSet::from(fragment.log.copy()), made, 0);
                facts.into_iter().for_each(|fact| self.graph.check(world, fact, &mut readers));
            }
        }
        if !readers.is_empty() {
            self.mark_dirty(readers);
        }
    }

    /// The bytes of one output as it is now, made on demand; what it read is recorded when it was dirty. None when no
    /// job makes it; a copied file gives its source.
    pub fn output(&mut self, path: &OutputPath) -> Option<OutputBody> {
        if search::is_file(path) {
            self.ready_search(Which::These(std::slice::from_ref(path)));
        }
        let world = self.world.clone()?;
        if !self.plan.jobs.contains_key(path) && !self.dirty.is_empty() && self.may_be_file(path) {
            // What leads to it may not be made yet.
            self.render(Which::All, &|_| {});
        }
        let job = self.plan.jobs.get(path)?.clone();
        if let Job::Copy { from } = job {
            self.render(Which::These(std::slice::from_ref(path)), &|_| {});
            return Some(
                self.published_picture(&world, &from).map_or(OutputBody::Source(from), OutputBody::Bytes),
            );
        }
        if let Job::Photo { from, width } = &job
            && self.options.serve
        {
            self.render(Which::These(std::slice::from_ref(path)), &|_| {});
            let whole = world.assets.get(from.as_str())?;
            let (fingerprint, size) = (whole.fingerprint, whole.size);
            return Some(OutputBody::Photo(Photo { from: from.clone(), fingerprint, size, width: *width }));
        }
        if job == Job::Zip {
            return self.zip_bytes().map(OutputBody::Bytes);
        }
        let mut rendered =
            self.threads.install(|| render::render(&world, super::threads::worker(), path, &job));
        if let Job::Photo { from, width } = &job {
            rendered.bytes = self.narrow_photo(&world, from, *width);
        }
        let bytes = rendered.bytes?;
        if self.dirty.contains(path) {
            let fingerprint = Fingerprint::of(&bytes);
            let digest = ReadSet::from(rendered.log);
            self.step(|engine| {
                engine.dirty.remove(path);
                engine.force_write.remove(path);
                engine.counts.rendered += usize::from(!matches!(job, Job::SearchFile { .. }));
                engine.note_fragments(&world);
                engine.note_made(path);
                let reading = Consumer::Output(path.clone());
                engine.files_stale |=
                    engine.graph.merge(&world, &reading, digest, fingerprint, job_hash(&job));
                engine.follow(&world);
            });
        }
        Some(OutputBody::Bytes(bytes))
    }

    /// The fingerprint of an output's bytes when it was last made.
    pub fn made(&self, path: &OutputPath) -> Option<Fingerprint> {
        self.graph.record(&Consumer::Output(path.clone()))?.made
    }
}

/// A hash of a job that is the same in every run.
pub(super) fn job_hash(job: &Job) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    job.hash(&mut hasher);
    hasher.finish().max(1)
}
