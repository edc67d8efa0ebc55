//! The snapshot that outputs are made from: a new one after each change, sharing with the old one all that did not change.
//!
//! Called by `stages`, which says what changed.

use super::apply::Changed;
use super::{Engine, Page, Stage, settings, unused};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::render::functions::{ReaderSlots, register};
use crate::render::{World, context};
use crate::site::{Assembly, Site, assemble};
use crate::source::{Hasher, SourcePath};
use crate::template::Templates;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

impl Engine {
    /// The new snapshot, sharing with the old one all that did not change.
    pub(super) fn build_snapshot(
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

        let slots = match &old {
            Some(world) if !changed.settings => world.slots.clone(),
            _ => Arc::new(ReaderSlots::new(places)),
        };
        let templates = match &old {
            Some(world) if !changed.templates && !changed.settings => world.templates.clone(),
            _ => {
                self.problems.templates.clear();
                let files = self.settings.templates(&self.inputs, &mut self.problems.templates);
                let values = context::site(&config, base_url.as_deref());
                let codes: Vec<String> = config.languages.iter().map(|l| l.code.clone()).collect();
                let register = |tera: &mut tera::Tera, place: usize| {
                    register(tera, &slots, place);
                    if let Some(value) = codes.get(place % languages).and_then(|c| values.get(c)) {
                        tera.global_context().insert_value("site", value.clone());
                    }
                };
                let themes = &self.settings.themes;
                let loaded = Templates::load(files, themes, places, &register, &mut self.problems.templates);
                self.problems.templates.extend(unused::templates(
                    &loaded,
                    &config,
                    &self.settings.files(&self.inputs),
                ));
                Arc::new(loaded)
            }
        };
        let strings = match &old {
            Some(world) if !changed.strings && !changed.settings => {
                (world.strings.clone(), world.string_keys.clone())
            }
            _ => {
                self.problems.strings.clear();
                let strings = self.settings.strings(&self.inputs, &mut self.problems.strings);
                let unused = self.unused_texts(&templates);
                self.problems.strings.extend(unused);
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
                Arc::new(settings::data(&self.settings, &self.inputs, &mut self.problems.data))
            }
        };
        if old.is_none() || changed.data || changed.settings {
            self.search.everyday = Arc::new(self.everyday());
        }
        let assets = match (&old, assets) {
            (_, Some(assets)) => Arc::new(assets),
            (Some(world), None) => world.assets.clone(),
            (None, None) => Arc::default(),
        };
        let fragments = match &old {
            Some(world) if !first => world.fragments.clone(),
            _ => Arc::default(),
        };
        let known = match &old {
            Some(world) if !(changed.site || changed.settings || changed.assets) => world.known.clone(),
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
                let made = self.assembled_on(self.options.date);
                self.problems.site = made.diagnostics;
                Arc::new(made.site)
            }
        };
        World {
            number: next_number(),
            config_fingerprint: config_fingerprint(&config, self.options.serve),
            config,
            site,
            templates,
            assets,
            data,
            strings: strings.0,
            string_keys: strings.1,
            known,
            fragments,
            bodies: self.bodies.clone(),
            date: self.options.date,
            serve: self.options.serve,
            search: self.search.files.clone(),
            zip: self.zip_told(),
            base_url,
            slots,
        }
    }

    /// The pages put together as on that day.
    fn assembled_on(&self, date: Date) -> Assembly {
        let record = self.pages.values().map(|p| &p.record);
        assemble(record, &self.config, &self.config.kinds, date, self.options.drafts, &self.faulty())
    }

    /// The snapshot `today` as it will be on another day, with the problems of putting it together. What of `today` may be
    /// kept of its fragments is the caller's to say.
    pub(super) fn world_on(&self, today: &World, date: Date) -> (World, Vec<Diagnostic>) {
        let made = self.assembled_on(date);
        let (site, known) = (Arc::new(made.site), Arc::default());
        let world =
            World { number: next_number(), site, known, fragments: Arc::default(), date, ..today.clone() };
        (world, made.diagnostics)
    }
}

/// A number that no other snapshot has.
pub(super) fn next_number() -> u64 {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

/// Puts the new documents of `bodies` into the site's nodes. Copies nothing unless somebody else holds the site.
fn swap_documents(site: &mut Arc<Site>, bodies: &[SourcePath], pages: &BTreeMap<SourcePath, Page>) {
    if bodies.is_empty() {
        return;
    }
    let site = Arc::make_mut(site);
    for path in bodies {
        let Some(page) = pages.get(path.as_str()) else { continue };
        let document = &page.record.document;
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

/// The fingerprint of what templates see of the settings, checks left out: they change no output.
fn config_fingerprint(config: &Config, serve: bool) -> u64 {
    let mut seen = config.clone();
    seen.checks = Default::default();
    seen.files = Vec::new();
    // Of the hosts, pages know only whether addresses are written without .html.
    seen.hosts.retain(|(host, _)| host.drops_html());
    seen.hosts.iter_mut().for_each(|(_, span)| *span = Default::default());
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
