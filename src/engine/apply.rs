//! One call of `apply`, stage by stage: settings, pages (`pages`), snapshot (`snapshot`), facts, plan.
//!
//! Each stage runs only if something it takes changed, and each ends by saying what changed for the next. Facts are
//! compared last, against the new world; only then is anything dirty.

use super::cache::Ready;
use super::graph::Consumer;
use super::inputs::{Class, classify};
use super::pages::{ParsedPage, is_page};
use super::{Delta, Engine, Stage, files, settings};
use crate::check::lock;
use crate::render::fragment::Fragment;
use crate::render::{Fact, FactKind, FragmentKey, fragment, stylesheet};
use crate::site::Site;
use crate::source::{Change, OutputPath, Source, SourcePath};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What one call of `apply` found changed.
#[derive(Default)]
pub(super) struct Changed {
    /// Settings files.
    pub settings: bool,
    pub templates: bool,
    pub strings: bool,
    pub data: bool,
    pub assets: bool,
    /// Pages whose own bytes changed while nothing that others see did.
    pub bodies: Vec<SourcePath>,
    /// Something that other pages see.
    pub site: bool,
    pub date: bool,
    /// The addresses that must stay.
    pub locked: bool,
}

impl Changed {
    /// Whether nothing changed but bodies of pages.
    fn only_bodies(&self) -> bool {
        let Changed { settings, templates, strings, data, assets, bodies: _, site, date, locked } = self;
        ![settings, templates, strings, data, assets, site, date, locked].into_iter().any(|changed| *changed)
    }
}

impl Engine {
    /// Takes changed files; gives what must be made again and what is gone.
    pub fn apply(&mut self, changes: Vec<Change>) -> Delta {
        self.step(|engine| engine.apply_all(changes))
    }

    fn apply_all(&mut self, changes: Vec<Change>) -> Delta {
        let mut changed = Changed { site: self.world.is_none(), ..Changed::default() };
        let first = self.world.is_none();
        let mut pages = self.take_files(changes, &mut changed);
        let other_data = changed.data;
        let mut reparse = Vec::new();
        // The logo is a setting that a file must stand for.
        let other_links = changed.templates && self.ask_backlinks() != self.config.backlinks;
        if first || changed.settings || other_links || (changed.assets && self.settings.wants_logo) {
            reparse = self.load_settings(first, &mut changed);
        }
        self.take_rows(&mut pages, first || changed.settings || other_data);
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

    /// Takes the pages that were parsed early and what else there is; like [`Engine::apply`] of all files at once.
    pub fn apply_first(&mut self, pages: Vec<ParsedPage>, rest: Vec<Change>) -> Delta {
        let mut changed = Changed::default();
        for page in pages {
            self.insert_page(page, &mut changed);
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
            self.edits = None;
            match classify(path) {
                Class::Settings => changed.settings = true,
                Class::Template => changed.templates = true,
                Class::Strings => changed.strings = true,
                Class::Data => changed.data = true,
                Class::Asset | Class::ContentAsset => changed.assets = true,
                Class::Other if path.as_str() == lock::FILE => changed.locked = true,
                Class::Page | Class::Other => {}
            }
        }
        pages
    }

    /// Builds the world anew from what a cache kept.
    pub(super) fn reopen(
        &mut self,
        fragments: Vec<(FragmentKey, Fragment)>,
        dirty: BTreeSet<OutputPath>,
        ready: Ready,
    ) {
        let mut changed = Changed::default();
        self.load_settings(true, &mut changed);
        self.reopen_rows();
        let assets = self.take_assets();
        changed.site = true;
        self.problems.site = ready.site_problems;
        let site = Some(Arc::new(ready.site));
        let world = Arc::new(self.build_snapshot(true, &changed, Some(assets), site));
        for (key, fragment) in fragments {
            world.fragments.replace(&key, Some(fragment));
        }
        self.dirty = dirty;
        self.files = ready.plan.jobs.values().filter_map(files::copied).cloned().collect();
        self.problems.files = self.unlinked(&world.assets, &self.files);
        self.world = Some(world);
        // The values of facts were those of this world when it was saved: it is made of the same files and options.
        self.plan = ready.plan;
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
        self.step(|engine| {
            engine.options.date = date;
            engine.rebuild(false, Changed { date: true, site: true, ..Changed::default() })
        })
    }

    /// Whether a template asks which pages link to one: then where its links lead is something that other pages see of a page.
    fn ask_backlinks(&self) -> bool {
        let asks = |source: Source| memchr::memmem::find(&source.text, b"backlinks").is_some();
        let themes = self.inputs.texts_in("themes/").filter(|s| classify(&s.path) == Class::Template);
        self.inputs.texts_in("templates/").chain(themes).any(asks)
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
        config.backlinks = self.ask_backlinks();
        self.always = super::patterns::Always::of(&config);
        let old = std::mem::replace(&mut self.config, Arc::new(config));
        let before = std::mem::replace(&mut self.settings, settings);
        let same_layers =
            before.themes == self.settings.themes && before.keep_names == self.settings.keep_names;
        self.bodies.configure(self.config.clone());
        if *old == *self.config && same_layers && !first {
            changed.settings = false;
            return Vec::new();
        }
        changed.settings = true;
        changed.templates = true;
        changed.strings = true;
        changed.assets = true;
        changed.data |= !same_layers;
        changed.site = true;
        let same_parse = old.kinds == self.config.kinds
            && old.languages == self.config.languages
            && old.values == self.config.values
            && old.prefixes == self.config.prefixes
            && old.time_zone == self.config.time_zone
            && old.raw_html == self.config.raw_html
            && old.backlinks == self.config.backlinks
            && old.outputs.search == self.config.outputs.search;
        if first || same_parse {
            return Vec::new();
        }
        self.bodies.clear();
        self.pages.keys().cloned().collect()
    }

    /// The assets as they are now, and where they are copied to.
    fn take_assets(&mut self) -> crate::render::world::Assets {
        let (assets, planned) = self.settings.assets(&self.inputs, self.options.serve);
        self.planned = planned;
        assets
    }

    /// Makes the new world, finds the dirty outputs and the new plan.
    fn rebuild(&mut self, first: bool, changed: Changed) -> Delta {
        match &mut self.edits {
            Some(edits) if changed.only_bodies() => edits.pages.extend(changed.bodies.iter().cloned()),
            _ => self.edits = None,
        }
        // Held only when it is compared: a second holder would make a body's edit copy the whole site.
        let old_site = self.world.as_ref().filter(|_| changed.site).map(|w| w.site.clone());
        if changed.site || changed.settings || changed.date {
            self.findings.site_changed();
        }
        let assets = (first || changed.assets).then(|| self.take_assets());
        if changed.templates || changed.settings {
            self.markup = None;
        }
        let world = self.build_snapshot(first, &changed, assets, None);
        let world = Arc::new(world);
        self.world = Some(world.clone());
        if (first || changed.assets || changed.templates) && !self.options.serve {
            // Those that are new; what they name may be dirty, so what they read must be known before facts are compared.
            for (name, _) in stylesheet::all(&world) {
                self.threads.install(|| fragment::made(&world, super::threads::worker(), &name));
            }
            self.note_fragments(&world);
        }

        self.stages.begin(Stage::Facts);
        let mut readers: Vec<Consumer> = Vec::new();
        let site_changed = changed.site;
        if site_changed {
            let wanted = may_differ(old_site.as_deref(), &world.site);
            self.graph.check_all(&world, wanted, &mut readers);
            let words = changed_words(old_site.as_deref(), &world.site);
            self.graph.check_words(&words, &mut readers);
        } else {
            for path in &changed.bodies {
                if let Some(page) = self.pages.get(path.as_str()) {
                    let document = page.record.document.clone();
                    for lang in 0..world.site.trees.len() {
                        let fact = Fact::new(FactKind::Document, lang as u8, &document.logical);
                        self.graph.check(&world, fact, &mut readers);
                    }
                }
            }
        }
        let kinds: [(bool, &[FactKind]); 6] = [
            (changed.templates, &[FactKind::Template, FactKind::Component, FactKind::Stylesheet]),
            (changed.assets, &[FactKind::Asset, FactKind::AssetText, FactKind::Stylesheet, FactKind::Names]),
            (changed.strings, &[FactKind::Text]),
            (changed.data, &[FactKind::Data]),
            (
                changed.settings,
                &[
                    FactKind::Config,
                    FactKind::Notices,
                    FactKind::Zip,
                    FactKind::Choices,
                    FactKind::Made,
                    FactKind::Names,
                ],
            ),
            (changed.date, OF_DATE),
        ];
        for (on, tags) in kinds {
            if on {
                self.graph.check_all(&world, |f| tags.contains(&f.kind), &mut readers);
            }
        }
        self.mark_dirty(readers);
        let renamed = std::mem::take(&mut self.renamed_stylesheet);
        let planned_changed = site_changed
            || changed.settings
            || changed.assets
            || changed.templates
            || changed.locked
            || renamed;
        let delta = if planned_changed { self.replan(&world) } else { self.delta(Vec::new()) };
        self.search.stale |= site_changed || changed.settings || changed.data || changed.date;
        // A preview shows the page first, and makes the index when somebody searches.
        if self.options.serve { delta } else { self.with_search(delta) }
    }

    /// Marks readers as dirty; fragments are made again at once, and their readers follow if their bytes differ.
    pub(super) fn mark_dirty(&mut self, readers: Vec<Consumer>) {
        // A fragment that holds another is made again when that one differs, though it was made again before. Those that ask
        // for each other do not hold each other, so this ends; the bound is for what nobody thought of.
        let mut rounds: BTreeMap<FragmentKey, usize> = BTreeMap::new();
        let mut waiting: BTreeSet<Consumer> = readers.into_iter().collect();
        while let Some(reading) = waiting.pop_first() {
            match reading {
                Consumer::Output(path) => {
                    self.dirty.insert(path);
                }
                Consumer::Fragment(key) => {
                    let round = rounds.entry(key.clone()).or_default();
                    *round += 1;
                    if *round <= MAX_ROUNDS {
                        let mut readers = Vec::new();
                        self.fragment_dirty(key, &mut readers);
                        waiting.extend(readers);
                    }
                }
            }
        }
    }

    pub(super) fn delta(&self, removed: Vec<OutputPath>) -> Delta {
        Delta { dirty: self.dirty.iter().cloned().collect(), removed }
    }
}

/// Maximum number of times that a fragment is rendered after one change: once more for each that it holds.
const MAX_ROUNDS: usize = 64;

/// What is another one on another day, whatever is published.
pub(super) const OF_DATE: &[FactKind] = &[FactKind::Today, FactKind::Notices, FactKind::ReviewDue];

/// Which facts may have another value in the second site than in the first.
pub(super) fn may_differ(old: Option<&Site>, new: &Site) -> impl Fn(&Fact) -> bool + use<> {
    let same = |(i, tree): (usize, &crate::site::Tree)| {
        old.and_then(|site| site.trees.get(i)).is_some_and(|old| old.tagging == tree.tagging)
    };
    let same_tags: Vec<bool> = new.trees.iter().enumerate().map(same).collect();
    let same_related =
        move |f: &Fact| f.kind == FactKind::Related && same_tags.get(f.lang as usize) == Some(&true);
    move |f| of_site(f.kind) && !same_related(f)
}

/// Whether a fact is made of the site, not of a file of its own.
pub(super) fn of_site(kind: FactKind) -> bool {
    !matches!(
        kind,
        FactKind::Template
            | FactKind::Component
            | FactKind::Asset
            | FactKind::AssetText
            | FactKind::Text
            | FactKind::Data
            | FactKind::Config
            | FactKind::Today
            | FactKind::Notices
            | FactKind::Zip
            | FactKind::Menu
            | FactKind::Stylesheet
    )
}

/// Words whose triggers differ between two sites, sorted.
pub(super) fn changed_words(old: Option<&Site>, new: &Site) -> Vec<u32> {
    let mut words = BTreeSet::new();
    let empty = FxHashMap::default();
    let count = new.trees.len().max(old.map_or(0, |o| o.trees.len()));
    for i in 0..count {
        let before = old.and_then(|o| o.trees.get(i)).map_or(&empty, |t| t.glossary.states());
        let after = new.trees.get(i).map_or(&empty, |t| t.glossary.states());
        words.extend(before.iter().filter(|(w, s)| after.get(*w) != Some(s)).map(|(w, _)| *w));
        words.extend(after.keys().filter(|w| !before.contains_key(*w)));
    }
    words.into_iter().collect()
}
