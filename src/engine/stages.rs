//! One call of `apply`, stage by stage: parse, settings, assemble, facts, plan.
//!
//! Each stage runs only if something it takes changed, and each ends by saying what changed for the next. Facts are
//! compared last, against the new world; only then is anything dirty.

use super::cache::Ready;
use super::graph::Reading;
use super::inputs::{Class, classify};
use super::{Delta, Engine, Page, Stage, is_page, parallel, settings};
use crate::config::Config;
use crate::diag::{Diagnostic, Severity, code};
use crate::document::{ParseOptions, Summary, parse};
use crate::plan::{PlannedAsset, plan};
use crate::render::functions::{Seats, register};
use crate::render::{Fact, FragmentKey, Tag, World, context, fragment};
use crate::site::{Held, Site, assemble};
use crate::source::{Change, Hasher, OutputPath, Source, SourcePath};
use crate::template::Templates;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What one call of `apply` found changed.
#[derive(Default)]
struct Changed {
    /// Settings files.
    settings: bool,
    templates: bool,
    strings: bool,
    data: bool,
    assets: bool,
    /// Pages whose own bytes changed while nothing that others see did.
    bodies: Vec<SourcePath>,
    /// Something that other pages see.
    site: bool,
    date: bool,
}

/// A page that is parsed but not yet part of the site.
pub struct ParsedPage(Page);

impl Engine {
    /// Takes changed files; gives what must be made again and what is gone.
    pub fn apply(&mut self, changes: Vec<Change>) -> Delta {
        let mut changed = Changed { site: self.world.is_none(), ..Changed::default() };
        let first = self.world.is_none();
        let pages = self.take_files(changes, &mut changed);
        let mut reparse = Vec::new();
        if first || changed.settings {
            reparse = self.load_settings(first, &mut changed);
        }
        self.parse_pages(pages, reparse, &mut changed);
        self.rebuild(first, changed)
    }

    /// Takes all files of a new site but those pages that [`Engine::parse_early`] is to parse while they are read.
    pub fn prepare(&mut self, changes: Vec<Change>) {
        let mut changed = Changed::default();
        let pages = self.take_files(changes, &mut changed);
        self.load_settings(true, &mut changed);
        self.parse_pages(pages, Vec::new(), &mut changed);
    }

    /// Whether a page may be parsed before the site is known: section pages say of what kind others are.
    pub fn parses_early(path: &SourcePath) -> bool {
        classify(path) == Class::Page && path.file_name() != "index.md"
    }

    /// Parses a page of a new site; [`Engine::prepare`] was called.
    pub fn parse_early(&self, source: &Source) -> ParsedPage {
        self.parse_one(source, self.default_kind(&source.path))
    }

    /// Takes the pages that were parsed early and what else there is; like [`Engine::apply`] of all files at once.
    pub fn apply_first(&mut self, pages: Vec<ParsedPage>, rest: Vec<Change>) -> Delta {
        let mut changed = Changed::default();
        for page in pages {
            self.enter(page, &mut changed);
        }
        self.apply(rest)
    }

    /// Takes the files that are not pages; gives the pages.
    fn take_files(&mut self, changes: Vec<Change>, changed: &mut Changed) -> Vec<Change> {
        let (pages, others): (Vec<Change>, Vec<Change>) = changes.into_iter().partition(is_page);
        for change in &others {
            let path = match change {
                Change::Set(source) => &source.path,
                Change::SetAsset(asset) => &asset.path,
                Change::Remove(path) => path,
            };
            if !self.inputs.apply(change) {
                continue;
            }
            self.findings.site_changed();
            match classify(path) {
                Class::Settings => changed.settings = true,
                Class::Template => changed.templates = true,
                Class::Strings => changed.strings = true,
                Class::Data => changed.data = true,
                Class::Asset | Class::ContentAsset => changed.assets = true,
                Class::Page | Class::Other => {}
            }
        }
        pages
    }

    /// Builds the world anew from what a cache kept. `ready` are the site and the plan, if it kept them.
    pub(super) fn reopen(
        &mut self,
        fragments: Vec<(FragmentKey, String, u64)>,
        dirty: BTreeSet<OutputPath>,
        ready: Option<Ready>,
    ) {
        let mut changed = Changed::default();
        self.load_settings(true, &mut changed);
        let (assets, planned) = self.settings.assets(&self.inputs, self.options.serve);
        changed.site = true;
        let (site, plan) = match ready {
            Some(ready) => {
                self.problems.site = ready.site_problems;
                (Some(Arc::new(ready.site)), Some(ready.plan))
            }
            None => (None, None),
        };
        let world = Arc::new(self.make_world(true, &changed, Some(assets), site));
        for (key, text, fingerprint) in fragments {
            world.fragments.replace(&key, Some(Arc::new(super::cache::kept_fragment(text, fingerprint))));
        }
        self.world = Some(world.clone());
        self.dirty = dirty;
        // The values of facts were those of this world when it was saved: it is made of the same files and options.
        match plan {
            Some(plan) => self.plan = plan,
            None => {
                let dirty = std::mem::take(&mut self.dirty);
                self.replan(&world, planned);
                self.dirty.extend(dirty);
                let gone = self.graph.records().filter_map(|record| match &record.key {
                    Some(Reading::Output(path)) if !self.plan.jobs.contains_key(path) => Some(path.clone()),
                    _ => None,
                });
                for path in gone.collect::<Vec<OutputPath>>() {
                    self.graph.remove(&Reading::Output(path));
                }
            }
        }
    }

    /// Takes other options than those a cache was saved under: what they change is dirty afterwards.
    pub(super) fn change_options(&mut self, options: super::Options) {
        let other = self.options.date != options.date
            || self.options.drafts != options.drafts
            || self.options.base_url != options.base_url;
        self.options = options;
        if other {
            let mut changed = Changed { date: true, site: true, ..Changed::default() };
            self.load_settings(false, &mut changed);
            changed.settings = true;
            self.rebuild(false, changed);
        }
    }

    /// Makes the date another one, as when a running program passes midnight.
    pub fn set_date(&mut self, date: jiff::civil::Date) -> Delta {
        if self.options.date == date || self.world.is_none() {
            self.options.date = date;
            return Delta::default();
        }
        self.options.date = date;
        self.rebuild(false, Changed { date: true, site: true, ..Changed::default() })
    }

    /// Reads the settings anew. Gives the pages that must be parsed again because what parsing depends on changed.
    fn load_settings(&mut self, first: bool, changed: &mut Changed) -> Vec<SourcePath> {
        self.stages.begin(Stage::Settings);
        self.problems.settings.clear();
        let settings = settings::load(&self.inputs, &mut self.problems.settings);
        let mut config = settings.config.clone();
        if let Some(base) = &self.options.base_url {
            config.base_url = Some(base.trim_end_matches('/').to_string());
        }
        let old = std::mem::replace(&mut self.config, Arc::new(config));
        let old_themes = std::mem::replace(&mut self.settings, settings).themes;
        self.bodies.configure(self.config.clone());
        if *old == *self.config && old_themes == self.settings.themes && !first {
            changed.settings = false;
            return Vec::new();
        }
        changed.settings = true;
        changed.templates = true;
        changed.strings = true;
        changed.assets = true;
        changed.site = true;
        let same_parse = old.kinds == self.config.kinds
            && old.languages == self.config.languages
            && old.raw_html == self.config.raw_html;
        if first || same_parse {
            return Vec::new();
        }
        self.bodies.clear();
        self.pages.keys().cloned().collect()
    }

    /// Parses changed pages: section pages first, since they say of what kind the others are.
    fn parse_pages(&mut self, changes: Vec<Change>, reparse: Vec<SourcePath>, changed: &mut Changed) {
        self.stages.begin(Stage::Parse);
        let mut sources: BTreeMap<SourcePath, Option<Source>> = BTreeMap::new();
        for path in reparse {
            sources.insert(path, None);
        }
        let is_index = |path: &SourcePath| path.file_name() == "index.md";
        let mut index_gone = false;
        for change in changes {
            match change {
                Change::Set(source) => {
                    sources.insert(source.path.clone(), Some(source));
                }
                Change::SetAsset(asset) => {
                    // A page that io took for a file without text: too large or not readable as one.
                    sources.remove(&asset.path);
                    index_gone |= is_index(&asset.path);
                    self.forget_page(&asset.path, changed);
                }
                Change::Remove(path) => {
                    sources.remove(&path);
                    index_gone |= is_index(&path);
                    self.forget_page(&path, changed);
                }
            }
        }
        let (index, rest): (Vec<_>, Vec<_>) = sources.into_iter().partition(|(path, _)| is_index(path));
        let index_changed = index_gone || !index.is_empty();
        self.parse_batch(index, changed);
        let mut rest: BTreeMap<SourcePath, Option<Source>> = rest.into_iter().collect();
        // With a section page, its folder's default kind may have changed under pages that did not.
        let members = if index_changed { Some(&self.pages) } else { None };
        for (path, page) in members.into_iter().flatten() {
            if !rest.contains_key(path) && !is_index(path) && self.default_kind(path) != page.default_kind {
                rest.insert(path.clone(), None);
            }
        }
        self.parse_batch(rest.into_iter().collect(), changed);
    }

    fn forget_page(&mut self, path: &SourcePath, changed: &mut Changed) {
        self.bodies.forget(path);
        self.findings.page_gone(path);
        self.noted.remove(path);
        if self.pages.remove(path).is_some() {
            changed.site = true;
        }
    }

    /// The kind of a page that names none: what the section page of its folder says, in its language or the default one.
    pub fn default_kind(&self, path: &SourcePath) -> String {
        let folder = path.folder();
        let own = self.pages.get(format!("{folder}/index.md").as_str());
        let from_default = || {
            let rest = folder.strip_prefix("content/")?;
            let (lang, rest) = rest.split_once('/').unwrap_or((rest, ""));
            self.config.languages.iter().skip(1).find(|l| l.code == lang)?;
            let slash = if rest.is_empty() { "" } else { "/" };
            self.pages.get(format!("content/{rest}{slash}index.md").as_str())
        };
        let kind = |page: &Page| page.held.document.summary.member_kind.clone();
        own.and_then(kind).or_else(|| from_default().and_then(kind)).unwrap_or_else(|| "page".into())
    }

    fn parse_batch(&mut self, batch: Vec<(SourcePath, Option<Source>)>, changed: &mut Changed) {
        if batch.is_empty() {
            return;
        }
        let work: Vec<(SourcePath, Option<Source>, String)> = batch
            .into_iter()
            .map(|(path, source)| {
                let kind = if path.file_name() == "index.md" {
                    "page".to_string()
                } else {
                    self.default_kind(&path)
                };
                (path, source, kind)
            })
            .collect();
        let this = &*self;
        let parsed = parallel(&self.threads, work, |(path, source, kind)| {
            // The text ends with this call: a large site's text and bodies need not be in memory at once.
            let source = match source {
                Some(source) => source,
                None => Source::new(path.clone(), this.loader.load(&path)?),
            };
            Some(this.parse_one(&source, kind))
        });
        for page in parsed.into_iter().flatten() {
            self.enter(page, changed);
        }
    }

    fn parse_one(&self, source: &Source, default_kind: String) -> ParsedPage {
        let options = ParseOptions {
            kinds: &self.config.kinds,
            languages: &self.config.languages,
            default_kind: &default_kind,
            raw_html: self.config.raw_html,
        };
        let mut parsed = parse(source, &options);
        if let Some(body) = parsed.value.body.take() {
            self.bodies.put(&source.path, source.fingerprint, body);
        }
        let held = Held::new(Arc::new(parsed.value));
        ParsedPage(Page { held, diagnostics: parsed.diagnostics, default_kind })
    }

    /// Puts a parsed page in its place and notes what that changes for others.
    fn enter(&mut self, ParsedPage(page): ParsedPage, changed: &mut Changed) {
        self.counts.parsed += 1;
        let document = page.held.document.clone();
        let path = document.path.clone();
        self.findings.page_changed(&path);
        if page.is_noted() {
            self.noted.insert(path.clone());
        } else {
            self.noted.remove(&path);
        }
        match self.pages.insert(path.clone(), page) {
            Some(old) if self.world.is_some() => {
                let before = &old.held.document;
                let translated = self.config.languages.len() > 1;
                if before.lang == document.lang
                    && before.logical == document.logical
                    && seen_alike(&before.summary, &document.summary, translated)
                {
                    changed.bodies.push(path);
                } else {
                    changed.site = true;
                }
            }
            _ => changed.site = true,
        }
    }

    /// Makes the new world, finds the dirty outputs and the new plan.
    fn rebuild(&mut self, first: bool, changed: Changed) -> Delta {
        // Held only when it is compared: a second holder would make a body's edit copy the whole site.
        let old_site = self.world.as_ref().filter(|_| changed.site).map(|w| w.site.clone());
        if changed.site || changed.settings || changed.date {
            self.findings.site_changed();
        }
        let assets_changed = first || changed.assets;
        let (assets, planned) = self.settings.assets(&self.inputs, self.options.serve);
        let world = self.make_world(first, &changed, assets_changed.then_some(assets), None);
        let world = Arc::new(world);
        self.world = Some(world.clone());

        self.stages.begin(Stage::Facts);
        let mut readers: Vec<Reading> = Vec::new();
        let site_changed = changed.site;
        if site_changed {
            let same_tags: Vec<bool> = world
                .site
                .trees
                .iter()
                .enumerate()
                .map(|(i, t)| {
                    old_site.as_ref().and_then(|s| s.trees.get(i)).is_some_and(|o| o.tagging == t.tagging)
                })
                .collect();
            let skip_related =
                |f: &Fact| f.tag == Tag::Related && same_tags.get(f.lang as usize) == Some(&true);
            self.graph.check_all(&world, |f| of_site(f.tag) && !skip_related(f), &mut readers);
            let words = changed_words(old_site.as_deref(), &world.site);
            self.graph.check_words(&words, &mut readers);
        } else {
            for path in &changed.bodies {
                if let Some(page) = self.pages.get(path.as_str()) {
                    let document = page.held.document.clone();
                    for lang in 0..world.site.trees.len() {
                        let fact = Fact::new(Tag::Document, lang as u8, &document.logical);
                        self.graph.check(&world, fact, &mut readers);
                    }
                }
            }
        }
        let kinds: [(bool, &[Tag]); 6] = [
            (changed.templates, &[Tag::Template, Tag::Component]),
            (changed.assets, &[Tag::Asset, Tag::AssetText]),
            (changed.strings, &[Tag::Text]),
            (changed.data, &[Tag::Data]),
            (changed.settings, &[Tag::Config, Tag::Choices]),
            (changed.date, &[Tag::Today, Tag::ReviewDue]),
        ];
        for (on, tags) in kinds {
            if on {
                self.graph.check_all(&world, |f| tags.contains(&f.tag), &mut readers);
            }
        }
        self.settle(readers);
        let renamed = std::mem::take(&mut self.renamed_stylesheet);
        let planned_changed =
            site_changed || changed.settings || changed.assets || changed.templates || renamed;
        if planned_changed { self.replan(&world, planned) } else { self.delta(Vec::new()) }
    }

    /// Marks readers as dirty; fragments are made again at once, and their readers follow if their bytes differ.
    fn settle(&mut self, mut readers: Vec<Reading>) {
        let mut done: BTreeSet<Reading> = BTreeSet::new();
        while let Some(reading) = readers.pop() {
            if !done.insert(reading.clone()) {
                continue;
            }
            match reading {
                Reading::Output(path) => {
                    self.dirty.insert(path);
                }
                Reading::Fragment(key) => self.fragment_dirty(key, &mut readers),
            }
        }
    }

    fn delta(&self, removed: Vec<OutputPath>) -> Delta {
        Delta { dirty: self.dirty.iter().cloned().collect(), removed }
    }

    /// Plans anew; outputs that are new or made in another way are dirty, those that no job makes are gone.
    fn replan(&mut self, world: &Arc<World>, mut planned: Vec<PlannedAsset>) -> Delta {
        self.stages.begin(Stage::Plan);
        for (name, file) in world.templates.files() {
            // A template whose name ends in .css makes a stylesheet.
            let bare =
                self.settings.themes.iter().find_map(|t| name.strip_prefix(&format!("{t}/"))).unwrap_or(name);
            if bare.ends_with(".css") && world.templates.resolve(bare) == Some(name) {
                planned.push(PlannedAsset {
                    address: fragment::stylesheet_output(world, 0, bare),
                    job: crate::plan::Job::Stylesheet { name: bare.to_string() },
                    source: file.path.clone(),
                });
            }
        }
        self.note_fragments(world);
        let mut new = plan(&world.site, &self.config, &self.config.kinds, planned);
        self.problems.plan = std::mem::take(&mut new.diagnostics);
        self.plan_notes();
        let old = std::mem::replace(&mut self.plan, new);
        let mut removed = Vec::new();
        for path in old.jobs.keys() {
            if !self.plan.jobs.contains_key(path) {
                removed.push(path.clone());
                self.dirty.remove(path);
                self.graph.remove(&Reading::Output(path.clone()));
            }
        }
        for (path, job) in &self.plan.jobs {
            let known = self.graph.record(&Reading::Output(path.clone()));
            if known.is_none_or(|record| record.job != super::job_hash(job)) {
                self.dirty.insert(path.clone());
            }
        }
        self.forget_fragments(world);
        self.delta(removed)
    }

    /// Says which outputs were left out because the site's address is not known.
    fn plan_notes(&mut self) {
        if self.config.base_url.is_none() && (self.config.outputs.sitemap || self.config.outputs.feed) {
            self.problems.plan.push(
                Diagnostic::site(
                    code::NEEDS_BASE_URL,
                    Severity::Note,
                    "sitemap.xml and feed.xml are left out, since they need the site's address.",
                )
                .help("Set base_url in site.yaml, or switch them off below outputs. Everything else works without it."),
            );
        }
        for (i, item) in self.config.menu.iter().enumerate() {
            menu_targets(item, i, self.world.as_deref(), &mut self.problems.plan);
        }
    }

    /// Drops menus of sections that are gone.
    fn forget_fragments(&mut self, world: &Arc<World>) {
        for (key, _) in world.fragments.all() {
            let gone = match &key {
                crate::render::FragmentKey::Menu { lang, section } => {
                    !section.is_empty()
                        && world.site.trees.get(*lang as usize).is_none_or(|t| t.find(section).is_none())
                }
                crate::render::FragmentKey::Stylesheet { name } => world.templates.resolve(name).is_none(),
            };
            if gone {
                world.fragments.replace(&key, None);
                self.graph.remove(&Reading::Fragment(key));
            }
        }
    }

    /// The new snapshot, sharing with the old one all that did not change.
    fn make_world(
        &mut self,
        first: bool,
        changed: &Changed,
        assets: Option<crate::render::world::Assets>,
        ready: Option<Arc<Site>>,
    ) -> World {
        self.stages.begin(Stage::Settings);
        // The old snapshot's parts move into the new one; a reader that still holds it keeps a copy of the handles.
        let old =
            self.world.take().map(|world| Arc::try_unwrap(world).unwrap_or_else(|shared| (*shared).clone()));
        let config = self.config.clone();
        let base_url: Option<Arc<str>> = config.base_url.as_deref().map(Into::into);
        let languages = config.languages.len().max(1);
        let places = self.options.threads.max(1) * languages;

        let seats = match &old {
            Some(world) if !changed.settings => world.seats.clone(),
            _ => Arc::new(Seats::new(places)),
        };
        let templates = match &old {
            Some(world) if !changed.templates && !changed.settings => world.templates.clone(),
            _ => {
                self.problems.templates.clear();
                let files = self.settings.templates(&self.inputs, &mut self.problems.templates);
                let values = context::site(&config, base_url.as_deref());
                let codes: Vec<String> = config.languages.iter().map(|l| l.code.clone()).collect();
                let register = |tera: &mut tera::Tera, place: usize| {
                    register(tera, &seats, place);
                    if let Some(value) = codes.get(place % languages).and_then(|c| values.get(c)) {
                        tera.global_context().insert_value("site", value.clone());
                    }
                };
                let themes = &self.settings.themes;
                Arc::new(Templates::load(files, themes, places, &register, &mut self.problems.templates))
            }
        };
        let strings = match &old {
            Some(world) if !changed.strings => (world.strings.clone(), world.string_keys.clone()),
            _ => {
                self.problems.strings.clear();
                let strings = self.settings.strings(&self.inputs, &mut self.problems.strings);
                let mut keys: FxHashMap<u64, String> = FxHashMap::default();
                for language in config.languages.iter().map(|l| l.code.as_str()).chain(["en"]) {
                    for key in strings.keys(language) {
                        keys.insert(crate::site::path_hash(key), key.to_string());
                    }
                }
                (Arc::new(strings), Arc::new(keys))
            }
        };
        let data = match &old {
            Some(world) if !changed.data => world.data.clone(),
            _ => {
                self.problems.data.clear();
                Arc::new(settings::data(&self.inputs, &mut self.problems.data))
            }
        };
        let assets = match (&old, assets) {
            (_, Some(assets)) => Arc::new(assets),
            (Some(world), None) => world.assets.clone(),
            (None, None) => Arc::default(),
        };
        let fragments = match &old {
            Some(world) if !first => world.fragments.clone(),
            _ => Arc::default(),
        };
        let site = match old {
            Some(world) if !changed.site => {
                let mut site = world.site;
                swap_documents(&mut site, &changed.bodies, &self.pages);
                site
            }
            _ if ready.is_some() => ready.unwrap_or_default(),
            _ => {
                self.stages.begin(Stage::Assemble);
                self.counts.assembled += 1;
                let held = self.pages.values().map(|p| &p.held);
                let made = assemble(held, &config, &config.kinds, self.options.date, self.options.drafts);
                self.problems.site = made.diagnostics;
                Arc::new(made.site)
            }
        };
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        World {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            config_fingerprint: config_fingerprint(&config, self.options.serve),
            config,
            site,
            templates,
            assets,
            data,
            strings: strings.0,
            string_keys: strings.1,
            fragments,
            bodies: self.bodies.clone(),
            date: self.options.date,
            serve: self.options.serve,
            base_url,
            seats,
        }
    }
}

/// Puts the new documents of `bodies` into the site's nodes. Copies nothing unless somebody else holds the site.
fn swap_documents(site: &mut Arc<Site>, bodies: &[SourcePath], pages: &BTreeMap<SourcePath, Page>) {
    if bodies.is_empty() {
        return;
    }
    let site = Arc::make_mut(site);
    for path in bodies {
        let Some(page) = pages.get(path.as_str()) else { continue };
        let document = &page.held.document;
        for tree in &mut site.trees {
            let Some((index, node)) = tree.find(&document.logical) else { continue };
            if node.document.path == document.path
                && let Some(node) = tree.nodes.get_mut(index as usize)
            {
                node.document = document.clone();
            }
        }
    }
}

/// Whether other pages see the same in both: all but what only the page itself shows.
fn seen_alike(a: &Summary, b: &Summary, translated: bool) -> bool {
    if a.word_count == b.word_count && (a.text_fingerprint == b.text_fingerprint) {
        return a == b;
    }
    if translated && a.text_fingerprint != b.text_fingerprint {
        return false;
    }
    let mut a = a.clone();
    a.word_count = b.word_count;
    a.text_fingerprint = b.text_fingerprint;
    a == *b
}

/// Whether a fact is made of the site, not of a file of its own.
fn of_site(tag: Tag) -> bool {
    !matches!(
        tag,
        Tag::Template
            | Tag::Component
            | Tag::Asset
            | Tag::AssetText
            | Tag::Text
            | Tag::Data
            | Tag::Config
            | Tag::Today
            | Tag::Menu
            | Tag::Stylesheet
    )
}

/// Words whose triggers differ between two sites, sorted.
fn changed_words(old: Option<&Site>, new: &Site) -> Vec<u32> {
    let mut words = BTreeSet::new();
    let empty = FxHashMap::default();
    let count = new.trees.len().max(old.map_or(0, |o| o.trees.len()));
    for i in 0..count {
        let before = old.and_then(|o| o.trees.get(i)).map_or(&empty, |t| &t.glossary.states);
        let after = new.trees.get(i).map_or(&empty, |t| &t.glossary.states);
        words.extend(before.iter().filter(|(w, s)| after.get(*w) != Some(s)).map(|(w, _)| *w));
        words.extend(after.keys().filter(|w| !before.contains_key(*w)));
    }
    words.into_iter().collect()
}

/// The fingerprint of what templates see of the settings, checks left out: they change no output.
fn config_fingerprint(config: &Config, serve: bool) -> u64 {
    let mut seen = config.clone();
    seen.checks = Default::default();
    let bytes = postcard::to_stdvec(&SeenConfig(&seen)).unwrap_or_default();
    Hasher::new().bytes(&bytes).number(u64::from(serve)).finish().low()
}

/// The settings in a form that can be written: the theme's free settings as text.
struct SeenConfig<'a>(&'a Config);

impl serde::Serialize for SeenConfig<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(self.0).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

/// Reports menu entries that lead nowhere.
fn menu_targets(
    item: &crate::config::MenuItem,
    _index: usize,
    world: Option<&World>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let (Some(to), Some(world)) = (&item.to, world)
        && !to.contains(':')
        && world.site.trees.first().is_none_or(|t| t.find(to).is_none())
        && let Ok(path) = SourcePath::new("site.yaml")
    {
        diagnostics.push(
            Diagnostic::error(
                code::MENU_TARGET,
                &path,
                item.span,
                format!("The menu leads to \"{to}\", which is no page."),
            )
            .help("Write the page's path below content/, such as delivery/index.md."),
        );
    }
    for (i, inner) in item.items.iter().enumerate() {
        menu_targets(inner, i, world, diagnostics);
    }
}
