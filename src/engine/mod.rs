//! The one state that outlives a call: changes in, outputs out, and nothing made twice.
//!
//! [`Engine::apply`] takes changed files through parse, assemble and plan and finds which outputs are dirty;
//! [`Engine::render`] makes those. `graph` holds what each output read, `bodies` what is kept of parsed pages, `inputs`
//! and `settings` the files that are not pages, `cache` what a later run starts from. `build`, `watch`, `serve` and
//! `check` are four loops over these two calls.

mod ahead;
mod apart;
mod apply;
mod asset_names;
mod bodies;
mod cache;
mod checks;
mod codec;
mod consequences;
mod edits;
mod files;
mod future;
mod graph;
mod hosting;
mod inputs;
mod lasting;
mod led;
mod made_pages;
mod numbered;
mod output;
mod packed;
mod pages;
mod patterns;
mod planning;
mod pool;
mod rendering;
mod row_pages;
mod search;
mod settings;
mod snapshot;
mod stage;
mod threads;
mod unshown;
mod unused;
mod view;

pub use bodies::Loader;
pub use consequences::stopping;
pub use inputs::{Class, classify};
pub use output::Output;
pub use packed::Holds;
pub use pages::ParsedPage;
pub use patterns::is_well_known;
pub use rendering::{OutputBody, Photo};
pub use stage::{Stage, StageHook};
pub use threads::pool;

use crate::config::Config;
use crate::diag::{self, Diagnostic, Severity};
use crate::document::{Damage, Document};
use crate::plan::{Job, Plan, PlannedAsset};
use crate::render::trail::Trail;
use crate::render::{self, Fact, FactKind, FragmentKey, World};
use crate::site::{LeftOut, PageRecord};
use crate::source::{Asset, Fingerprint, OutputPath, SourcePath};
use bodies::BodyStore;
use graph::{Consumer, Graph, ReadSet};
use inputs::Inputs;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use settings::Settings;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use threads::{Threads, parallel};

/// How an engine works. What changes the output is an input like any file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The day that decides what is published and what is due.
    pub date: Date,
    /// Whether drafts, scheduled and expired pages are published too.
    pub drafts: bool,
    /// In place of the one in `site.yaml`.
    pub base_url: Option<String>,
    /// Whether the outputs are for `guidepost serve`: assets keep their names, so a stylesheet's edit remakes no page.
    pub serve: bool,
    /// Number of threads; never changes the output.
    pub threads: usize,
    /// How many bytes of parsed bodies are kept; never changes the output.
    pub body_budget: usize,
}

impl Options {
    /// The usual options for a date.
    pub fn new(date: Date) -> Self {
        Options { date, drafts: false, base_url: None, serve: false, threads: 1, body_budget: 64 << 20 }
    }

    /// Whether the outputs under `other` are the same: neither threads nor memory change them.
    pub fn makes_same(&self, other: &Options) -> bool {
        let alike = Options { threads: other.threads, body_budget: other.body_budget, ..self.clone() };
        alike == *other
    }
}

/// How much was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Pages parsed.
    pub parsed: usize,
    /// Times the site was assembled.
    pub assembled: usize,
    /// Outputs made.
    pub rendered: usize,
    /// Fragments made.
    pub fragments: usize,
}

/// What a change leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delta {
    /// Outputs that must be made again.
    pub dirty: Vec<OutputPath>,
    /// Outputs that no job makes any more.
    pub removed: Vec<OutputPath>,
}

/// Which outputs to make.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// All dirty ones.
    All,
    /// These, if they are dirty.
    These(&'a [OutputPath]),
    /// At most this many dirty ones.
    Some(usize),
}

/// A parsed page with the problems of its file.
struct Page {
    record: PageRecord,
    diagnostics: Vec<Diagnostic>,
    default_kind: Arc<str>,
    /// What the search knows of it; empty when there is no search.
    digest: bytes::Bytes,
}

/// Problems by the stage that found them.
#[derive(Default)]
struct Problems {
    settings: Vec<Diagnostic>,
    templates: Vec<Diagnostic>,
    strings: Vec<Diagnostic>,
    data: Vec<Diagnostic>,
    site: Vec<Diagnostic>,
    plan: Vec<Diagnostic>,
    scan: Vec<Diagnostic>,
    /// On files that nothing leads to; right when nothing is dirty.
    files: Vec<Diagnostic>,
    search: Vec<Diagnostic>,
}

/// The engine.
pub struct Engine {
    options: Options,
    threads: Threads,
    /// Whether bodies are dropped once their pages are made.
    spends_bodies: bool,
    /// Whether what a parsed page says is kept for the rules.
    keeps_texts: bool,
    loader: Arc<dyn Loader>,
    inputs: Inputs,
    settings: Settings,
    config: Arc<Config>,
    pages: BTreeMap<SourcePath, Page>,
    /// Those of them that are made of rows of data.
    rows: row_pages::RowPages,
    row_files: Arc<row_pages::RowFiles>,
    /// Pages whose files have problems, or comments that allow some: few, and asked for after each change.
    noted: BTreeSet<SourcePath>,
    bodies: Arc<BodyStore>,
    world: Option<Arc<World>>,
    plan: Plan,
    /// The files beside pages that are published.
    files: BTreeSet<SourcePath>,
    /// Those that are published whatever leads to them.
    always: patterns::Always,
    /// What outputs read of files may be other than when `files` was found.
    files_stale: bool,
    /// The outputs that assets are copied to.
    planned: Vec<PlannedAsset>,
    /// The addresses that are written out in templates; none when they are not known.
    markup: Option<Vec<planning::Address>>,
    graph: Graph,
    problems: Problems,
    dirty: BTreeSet<OutputPath>,
    /// Outputs to write even if their bytes are the ones made last.
    force_write: BTreeSet<OutputPath>,
    counts: Counts,
    /// A stylesheet that a template makes has another name now.
    renamed_stylesheet: bool,
    findings: checks::Findings,
    search: search::Search,
    zip: packed::Zipped,
    /// What changed since the cache was written; none when that is not little.
    edits: Option<edits::Edits>,
    stages: StageHook,
    /// Told of what the cache has that is no value.
    damage: Damage,
    /// Gives the boxes of the starter guide.
    starter_boxes: fn() -> &'static BTreeSet<u64>,
    /// A step that must not stop half way is being done.
    in_step: u32,
}

/// There is no starter guide.
fn no_boxes() -> &'static BTreeSet<u64> {
    static NONE: BTreeSet<u64> = BTreeSet::new();
    &NONE
}

impl Page {
    /// Whether problems have to be asked of it.
    fn is_noted(&self) -> bool {
        !self.diagnostics.is_empty() || !self.record.document.allows.is_empty()
    }
}

impl Engine {
    /// An engine that knows nothing yet.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(options: Options, loader: Arc<dyn Loader>) -> std::io::Result<Engine> {
        let threads = Threads::start(options.threads)?;
        let row_files = Arc::new(row_pages::RowFiles::new(loader));
        let loader: Arc<dyn Loader> = row_files.clone();
        let bodies = Arc::new(BodyStore::new(options.body_budget, loader.clone()));
        Ok(Engine {
            options,
            threads,
            spends_bodies: false,
            keeps_texts: true,
            loader,
            inputs: Inputs::default(),
            settings: Settings::default(),
            config: Arc::new(Config::default()),
            pages: BTreeMap::new(),
            rows: row_pages::RowPages::default(),
            row_files,
            noted: BTreeSet::new(),
            bodies,
            world: None,
            plan: Plan::default(),
            files: BTreeSet::new(),
            always: patterns::Always::default(),
            files_stale: false,
            planned: Vec::new(),
            markup: None,
            graph: Graph::default(),
            problems: Problems::default(),
            dirty: BTreeSet::new(),
            force_write: BTreeSet::new(),
            counts: Counts::default(),
            renamed_stylesheet: false,
            findings: checks::Findings::default(),
            search: search::Search::default(),
            zip: packed::Zipped::default(),
            edits: None,
            stages: StageHook::default(),
            damage: Damage::default(),
            starter_boxes: no_boxes,
            in_step: 0,
        })
    }

    /// Says whether each body is dropped when its page is made: right for a build that makes everything once and ends.
    /// Whoever wants one again has it parsed again, so no output depends on it.
    pub fn drop_bodies_after_render(&mut self, on: bool) {
        self.spends_bodies = on;
    }

    /// Says whether what a parsed page says is kept until the rules have looked at it: not worth the memory when they never
    /// do. They find the same in any case.
    pub fn keep_texts(&mut self, on: bool) {
        self.keeps_texts = on;
    }

    /// Whether what the engine holds may be believed: no step was ended half way by a panic, the cache had nothing in it that
    /// could not be read, and no page was saved between its reading and its making. One that is not sound must be made anew,
    /// cold.
    pub fn is_sound(&self) -> bool {
        self.in_step == 0 && !self.damage.is_found() && !self.bodies.is_overtaken()
    }

    /// Does a step that leaves the engine torn when a panic ends it.
    fn step<T>(&mut self, work: impl FnOnce(&mut Engine) -> T) -> T {
        self.in_step += 1;
        let made = work(self);
        self.in_step -= 1;
        made
    }

    /// Has `hook` told of each stage of the work.
    pub fn tell_stages(&mut self, hook: StageHook) {
        self.stages = hook;
    }

    /// How this engine works.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The site's settings.
    pub fn config(&self) -> &Arc<Config> {
        &self.config
    }

    /// How much was done since the counts were last taken.
    pub fn take_counts(&mut self) -> Counts {
        std::mem::take(&mut self.counts)
    }

    /// The pages that are not published.
    pub fn left_out(&self) -> &[Arc<LeftOut>] {
        self.world.as_ref().map_or(&[], |w| &w.site.left_out)
    }

    /// The snapshot that the last change led to; none before the first.
    pub fn world(&self) -> Option<&Arc<World>> {
        self.world.as_ref()
    }

    /// Every output with its job.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The file that an output is made of, where there is one.
    pub fn source_of(&self, output: &OutputPath) -> Option<SourcePath> {
        match self.plan.jobs.get(output)? {
            Job::Copy { from } | Job::Photo { from, .. } => Some(from.clone()),
            Job::Page { lang, logical } | Job::Redirect { lang, to: logical } => {
                let tree = self.world.as_ref()?.site.trees.get(*lang as usize)?;
                let document = &tree.find(logical)?.1.document;
                // A section without a page is made of its folder.
                let folder = document.made.then(|| SourcePath::new(document.path.folder()).ok()).flatten();
                let row = || self.rows.row_of(&document.path).map(|(data, _)| data.clone());
                Some(folder.or_else(row).unwrap_or_else(|| document.path.clone()))
            }
            _ => None,
        }
    }

    /// All parsed documents, in path order.
    pub fn documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        self.pages.values().map(|p| &p.record.document)
    }

    /// The text files below a folder (given with its trailing `/`) that are not pages, in path order.
    pub fn files_in(&self, folder: &str) -> impl Iterator<Item = crate::source::Source> {
        self.inputs.texts_in(folder)
    }

    /// The files that are copied, not understood, below a folder (given with its trailing `/`), in path order.
    pub fn assets_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Asset> {
        self.inputs.assets_in(folder)
    }

    /// The outputs that must be made again.
    pub fn dirty(&self) -> impl Iterator<Item = &OutputPath> {
        self.dirty.iter()
    }

    /// Whether an output must be made again.
    pub fn is_dirty(&self, path: &OutputPath) -> bool {
        self.dirty.contains(path)
    }

    /// Who gives the numbers of the boxes of the starter guide (see [`crate::check::publish::starter`]); none does at first.
    pub fn set_starter(&mut self, boxes: fn() -> &'static BTreeSet<u64>) {
        self.starter_boxes = boxes;
    }

    /// Problems met while files were read, in place of those of the last scan.
    pub fn set_scan_problems(&mut self, problems: Vec<Diagnostic>) {
        self.problems.scan = problems;
    }

    /// Marks outputs as missing or changed by someone else: they are made and written again.
    pub fn mark(&mut self, outputs: impl IntoIterator<Item = OutputPath>) {
        for path in outputs {
            if self.plan.jobs.contains_key(&path) {
                self.dirty.insert(path.clone());
                self.force_write.insert(path);
            }
        }
    }

    /// All problems, levels applied, sorted and without repeats.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        // An allow for a rule that did not run is no fault.
        self.settled(self.findings.all(), |code| self.findings.looked_for(code))
    }

    /// The problems that making the pages found, without those of the rules of `check`: what is known at once after a change.
    pub fn problems(&self) -> Vec<Diagnostic> {
        self.settled(std::iter::empty(), |code| !checks::is_rule(code))
    }

    fn settled<'a>(
        &'a self,
        findings: impl Iterator<Item = &'a Diagnostic>,
        looked_for: impl Fn(diag::Code) -> bool,
    ) -> Vec<Diagnostic> {
        let p = &self.problems;
        let rows = &self.rows.problems;
        let stages =
            [&p.settings, &p.templates, &p.strings, &p.data, rows, &p.site, &p.plan, &p.scan, &p.search];
        let mut all: Vec<Diagnostic> = stages.into_iter().flatten().cloned().collect();
        let noted = || self.noted.iter().filter_map(|path| self.pages.get(path));
        all.extend(noted().flat_map(|p| p.diagnostics.iter().cloned()));
        all.extend(self.met());
        all.extend(self.too_many_files());
        all.extend(self.too_large_zip());
        // As long as not all is made, nobody knows what leads to a file.
        if self.dirty.is_empty() {
            all.extend(self.problems.files.iter().cloned());
            all.extend(self.dead_ends());
        }
        all.extend(findings.cloned());
        let allows = noted().map(|p| (&p.record.document.path, p.record.document.allows.as_slice()));
        let all = crate::check::apply_suppressions(all, allows, &self.config.checks, looked_for);
        let mut all = match &self.world {
            Some(world) => self.of_site(all, &world.site, &self.plan),
            None => self.rows.at_rows(self.causes(all)),
        };
        diag::sort(&mut all);
        all
    }

    /// Whether what the record is about is part of the site: a menu that no output shows any more is not, though it is kept.
    fn is_shown(&self, record: &graph::ConsumerRecord) -> bool {
        match &record.key {
            Some(Consumer::Fragment(FragmentKey::Menu { lang, section })) => {
                self.graph.is_read(Fact::new(FactKind::Menu, *lang, section))
            }
            _ => true,
        }
    }

    /// Whether any problem is an error.
    pub fn failed(&self) -> bool {
        self.diagnostics().iter().any(|d| d.severity == Severity::Error)
    }

    /// The outputs that should exist, in the order of their paths, with the fingerprint of their bytes.
    pub fn expected(&self) -> impl Iterator<Item = (&OutputPath, Option<Fingerprint>)> {
        self.plan.jobs.keys().map(|path| (path, self.made(path)))
    }

    fn fragment_dirty(&mut self, key: FragmentKey, readers: &mut Vec<Consumer>) {
        let Some(world) = self.world.clone() else { return };
        let Some(old) = world.fragments.peek(&key) else { return };
        let new = self
            .threads
            .install(|| render::fragment::make(&world, threads::worker(), &key, &Trail::default()));
        self.counts.fragments += 1;
        self.edits = None;
        self.files_stale = true;
        let changed = (new.fingerprint, new.mark) != (old.fingerprint, old.mark);
        let made = Fingerprint(u128::from(new.fingerprint));
        self.graph.merge(&world, &Consumer::Fragment(key.clone()), ReadSet::from(new.log.copy()), made, 0);
        world.fragments.replace(&key, Some(new));
        if changed {
            self.renamed_stylesheet |= matches!(key, FragmentKey::Stylesheet { .. });
            key.facts().into_iter().for_each(|fact| self.graph.check(&world, fact, readers));
        }
    }
}
