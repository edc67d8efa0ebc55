//! The plan is made anew, and what only it shows is told: written addresses that lead nowhere (`led` looks at those in the settings).
//!
//! Called by `stages` after a change, and by `rendering` when other files are published than before.

use super::graph::Consumer;
use super::rendering::job_hash;
use super::{Delta, Engine, Stage, asset_names, files, led, numbered, unshown};
use crate::check::lock;
use crate::config::Places;
use crate::diag::{Diagnostic, Severity, code};
use crate::plan::{Job, Plan, PlannedAsset, plan};
use crate::render::{Fact, FactKind, World, fragment, stylesheet};
use crate::source::{OutputPath, SourcePath};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Engine {
    /// Plans anew, and again as long as that changes which files are published: with a page that is gone go the files that
    /// it alone led to. Each time they are fewer, so this ends.
    pub(super) fn replan(&mut self, world: &Arc<World>) -> Delta {
        let mut removed = BTreeSet::new();
        self.follow_files(world);
        loop {
            removed.extend(self.plan_anew(world));
            if !self.follow_files(world) {
                break;
            }
        }
        removed.retain(|path| !self.plan.jobs.contains_key(path));
        self.delta(removed.into_iter().collect())
    }

    /// Looks again which files are published when something was made; gives the outputs that are gone with them.
    pub(super) fn follow(&mut self, world: &Arc<World>) -> Vec<OutputPath> {
        match self.files_stale && self.follow_files(world) {
            true => self.replan(world).removed,
            false => Vec::new(),
        }
    }

    /// Outputs that are new or made in another way are dirty; those that no job makes any more are given.
    fn plan_anew(&mut self, world: &Arc<World>) -> Vec<OutputPath> {
        self.stages.begin(Stage::Plan);
        let mut new = self.plan_of(world, &self.files);
        self.note_fragments(world);
        self.problems.plan = std::mem::take(&mut new.diagnostics);
        self.plan_hosts(world, &mut new);
        let old = std::mem::replace(&mut self.plan, new);
        self.plan_notes();
        let mut removed = Vec::new();
        for path in old.jobs.keys() {
            if !self.plan.jobs.contains_key(path) {
                removed.push(path.clone());
                self.dirty.remove(path);
                self.graph.remove(&Consumer::Output(path.clone()));
            }
        }
        for (path, job) in &self.plan.jobs {
            if self.is_new(path, job) {
                self.dirty.insert(path.clone());
            }
        }
        self.forget_fragments(world);
        removed
    }

    /// Whether the output was never made, or in another way.
    pub(super) fn is_new(&self, path: &OutputPath, job: &Job) -> bool {
        let known = self.graph.record(&Consumer::Output(path.clone()));
        known.is_none_or(|record| record.job != job_hash(job))
    }

    /// The plan of a world in which these files beside pages are published; without what hosts read.
    pub(super) fn plan_of(&self, world: &Arc<World>, published: &BTreeSet<SourcePath>) -> Plan {
        let shown = |asset: &&PlannedAsset| !files::is_beside(asset) || published.contains(&asset.source);
        let mut planned: Vec<PlannedAsset> = self.planned.iter().filter(shown).cloned().collect();
        for (name, source) in stylesheet::all(world) {
            let address =
                self.threads.install(|| fragment::made_output(world, super::threads::worker(), &name));
            planned.push(PlannedAsset { address, job: Job::Stylesheet { name }, source });
        }
        let places = std::cell::OnceCell::new();
        let settings = |keys: &[String]| {
            let places = places.get_or_init(|| Places::new(self.settings.files(&self.inputs)));
            places.find(keys).map(|(path, span)| (path.clone(), span))
        };
        let mut new = plan(&world.site, &self.config, planned, &settings);
        self.answer_for_what_is_over(world, &mut new);
        self.keep_search(&mut new);
        new
    }

    /// Gives the addresses in `urls.lock` an answer that have none because pages are left out.
    fn answer_for_what_is_over(&self, world: &World, plan: &mut Plan) {
        let locked = self.locked().into_iter().filter(|address| !plan.jobs.contains_key(address.as_str()));
        let lost: Vec<String> = locked.collect();
        if !lost.is_empty()
            && let Some(whole) = world.known.whole(world)
        {
            crate::plan::answer(plan, &whole.jobs, lost.into_iter());
        }
    }

    /// The addresses in `urls.lock`.
    fn locked(&self) -> Vec<String> {
        let Some(source) = self.inputs.text(lock::FILE) else { return Vec::new() };
        let text = String::from_utf8_lossy(&source.text);
        lock::read(&text, self.config.base_url.as_deref()).into_iter().map(|line| line.address).collect()
    }

    /// Tells what only the plan shows.
    fn plan_notes(&mut self) {
        let Some(world) = self.world.clone() else { return };
        if self.markup.is_none() {
            self.markup = Some(addresses(&world));
        }
        let found = self.notes_of(&world, &self.plan);
        self.problems.plan.extend(found);
    }

    /// What a plan shows: which outputs were left out because the site's address is not known, and addresses in the settings and
    /// in templates that lead nowhere.
    pub(super) fn notes_of(&self, world: &World, plan: &Plan) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if self.config.base_url.is_none() && (self.config.outputs.sitemap || self.config.outputs.feed) {
            found.push(
                Diagnostic::site(
                    code::NEEDS_BASE_URL,
                    Severity::Note,
                    "sitemap.xml and feed.xml are left out, since they need the site's address.",
                )
                .help("Set base_url in site.yaml, or switch them off below outputs. All pages work without it, but 404.html has its looks and links only at the top of the site."),
            );
        }
        if let Ok(path) = SourcePath::new("site.yaml") {
            for items in std::iter::once(&self.config.menu).chain(self.config.menus.values()) {
                led::menu(items, &path, world, &mut found);
            }
            led::notices(&self.config, &path, world, &mut found);
            let text = self.inputs.text("site.yaml").map(|source| source.text.clone());
            let locked = self.locked();
            found.extend(numbered::told(world, &path, text.as_deref().unwrap_or_default(), &locked));
            found.extend(unshown::told(world));
        }
        found.extend(asset_names::told(&self.settings, &self.settings.asset_names(&self.inputs), world));
        found.extend(dead(self.markup.as_deref().unwrap_or_default(), world, plan));
        found
    }

    /// Drops menus of sections and headings of pages that are gone. A site without a start page has pages that stand in its section all the same.
    fn forget_fragments(&mut self, world: &Arc<World>) {
        for (key, _) in world.fragments.all() {
            let gone = match &key {
                crate::render::FragmentKey::Menu { lang, section } => {
                    !section.is_empty()
                        && world.site.trees.get(*lang as usize).is_none_or(|t| t.find(section).is_none())
                        && !self.graph.is_read(Fact::new(FactKind::Menu, *lang, section))
                }
                crate::render::FragmentKey::Headings { lang, page } => {
                    world.site.trees.get(*lang as usize).is_none_or(|t| t.find(page).is_none())
                        && !self.graph.is_read(Fact::new(FactKind::Headings, *lang, page))
                }
                crate::render::FragmentKey::Stylesheet { name } => !stylesheet::is_made(world, name),
            };
            if gone {
                world.fragments.replace(&key, None);
                self.graph.remove(&Consumer::Fragment(key));
            }
        }
    }
}

/// An address that is written out in a template.
pub(super) type Address = (SourcePath, crate::source::Span, String);

/// All of them.
fn addresses(world: &World) -> Vec<Address> {
    let html = world.templates.files().values().filter(|file| file.name.ends_with(".html"));
    html.flat_map(|file| {
        let found = crate::check::local::in_markup(&file.text).into_iter();
        let span = |range: std::ops::Range<usize>| file.place(crate::source::Span::from(range));
        found.map(move |(range, path)| (file.path.clone(), span(range), path))
    })
    .collect()
}

/// Those that lead to no file.
fn dead(markup: &[Address], world: &World, plan: &Plan) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (file, span, path) in markup {
        let full = crate::render::address_of("", path);
        let index = format!("{}/index.html", full.trim_end_matches('/'));
        let files = [full.as_str(), index.trim_start_matches('/')];
        let help = match full.strip_prefix("assets/") {
            Some(name) if world.assets.keeps(name) => continue,
            Some(name) if stylesheet::is_made(world, name) || world.assets.get(name).is_some() => format!(
                "Write {{{{ asset(path=\"{name}\") }}}}: the file has a name of its own in the site, which changes with its bytes."
            ),
            // What lies at the root of the host may be another website's.
            _ if path.starts_with('/') || files.iter().any(|path| plan.jobs.contains_key(*path)) => continue,
            _ => "Correct the address, or ask for it: {{ asset(path=\"…\") }} for a file in assets/, {{ link(to=\"…\") }} for a page."
                .to_owned(),
        };
        let message = format!("\"{path}\" leads to no file of the site.");
        found.push(Diagnostic::warning(code::MISSING_ASSET, file, *span, message).help(help));
    }
    found
}
