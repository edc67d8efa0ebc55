//! The site as it will be on another day, as far as it is another one: what would be wrong with it then.
//!
//! Nothing is parsed, loaded or compiled again, and nothing of today is touched. The pages are put together as on that day; the
//! graph says which outputs read something that is another then, and these alone are made, to see what is met. Pages that only
//! hold another menu are not: its text is theirs as it is. Called by `ahead`.

use super::apply::{OF_DATE, changed_words, may_differ, of_site};
use super::consequences::met_in;
use super::graph::Consumer;
use super::rendering::job_hash;
use super::settings::of_text;
use super::view::View;
use super::{Engine, Page, parallel};
use crate::check::{Checker, apply_suppressions, file::AssetInput};
use crate::diag::{Diagnostic, Severity, code};
use crate::plan::{Job, Plan};
use crate::render::{self, Fact, FactKind, FragmentKey, Log, World, fact, fragment, trail::Trail};
use crate::site::Site;
use crate::source::{OutputPath, SourcePath};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was looked at for an earlier day.
#[derive(Default)]
pub(super) struct Before {
    /// The site of that day.
    site: Option<Arc<Site>>,
    /// The outputs that were made for it.
    made: BTreeMap<OutputPath, RenderRecord>,
}

/// What making an output read, with the values of then.
struct RenderRecord {
    job: u64,
    facts: Vec<(Fact, u64)>,
    words: Vec<u32>,
}

impl RenderRecord {
    /// Whether it would be made the same way in that world. `words` are those whose meaning is another one there.
    fn holds(&self, world: &World, job: &Job, words: &[u32]) -> bool {
        let same = |(fact, value): &(Fact, u64)| fact::fingerprint(world, *fact) == *value;
        let is_read = |word: &u32| self.words.contains(word);
        self.job == job_hash(job) && self.facts.iter().all(same) && !words.iter().any(is_read)
    }
}

/// What is another one on a day: outputs, and fragments that outputs hold.
#[derive(Default)]
struct Differing {
    outputs: BTreeSet<OutputPath>,
    fragments: BTreeSet<FragmentKey>,
}

impl Engine {
    /// The problems on a later day that are none of today's, as far as they can be told before it, and perhaps some of today's.
    pub(super) fn problems_on(
        &self,
        day: Date,
        today: &Arc<World>,
        checked: bool,
        before: &mut Before,
    ) -> Vec<Diagnostic> {
        let (mut world, mut found) = self.world_on(today, day);
        let mut differing = self.differing(today, &world);
        world.fragments = Arc::new(today.fragments.without(&differing.fragments));
        let world = Arc::new(world);
        let mut plan = self.plan_of(&world, &self.files);
        let is_new = |(path, job): &(&OutputPath, &Job)| self.is_new(path, job);
        differing.outputs.extend(plan.jobs.iter().filter(is_new).map(|(path, _)| path.clone()));
        // The search's files are made of what stands on pages; nothing is met while they are.
        let is_made = |path: &OutputPath| {
            plan.jobs
                .get(path)
                .is_some_and(|job| !matches!(job, Job::SearchFile { .. } | Job::HostFile { .. } | Job::Zip))
        };
        differing.outputs.retain(is_made);

        let words = changed_words(before.site.as_deref(), &world.site);
        let holds = |path: &OutputPath| {
            let made = before.made.get(path).zip(plan.jobs.get(path));
            before.site.is_some() && made.is_some_and(|(made, job)| made.holds(&world, job, &words))
        };
        let now: Vec<OutputPath> = differing.outputs.iter().filter(|path| !holds(path)).cloned().collect();
        let mut logs = self.look_at(&world, &plan, now);
        self.make_menus(&world, &differing.fragments);
        let kept = today.fragments.all();
        let is_kept = |key: &FragmentKey| {
            let place = kept.binary_search_by(|(known, _)| known.cmp(key));
            place.is_ok() && !differing.fragments.contains(key)
        };
        let fragments: Vec<_> = world.fragments.all().into_iter().filter(|(key, _)| !is_kept(key)).collect();

        // Which files are published is known when the pages are made.
        let read_now = logs.iter().map(|(_, log)| log).chain(fragments.iter().map(|(_, made)| &made.log));
        let mut read: BTreeSet<u64> = read_now
            .flat_map(|log| &log.facts)
            .filter(|f| f.kind == FactKind::Asset)
            .map(|f| f.name)
            .collect();
        let unmade = differing.outputs.iter().filter_map(|path| before.made.get(path));
        read.extend(
            unmade
                .flat_map(|made| &made.facts)
                .filter(|(f, _)| f.kind == FactKind::Asset)
                .map(|(f, _)| f.name),
        );
        let files = self.files_on(&world, &plan, &differing, &read);
        if files != self.files {
            plan = self.plan_of(&world, &files);
            let copies = plan.jobs.iter().filter(|(path, job)| {
                matches!(job, Job::Copy { .. } | Job::Photo { .. })
                    && self.is_new(path, job)
                    && !differing.outputs.contains(*path)
            });
            let copies = copies.map(|(path, _)| path.clone()).collect();
            logs.extend(self.look_at(&world, &plan, copies));
        }

        let of_outputs =
            logs.iter().flat_map(|(path, log)| log.diagnostics.iter().map(|d| (d, Some(path.as_str()))));
        let of_fragments =
            fragments.iter().flat_map(|(_, made)| made.log.diagnostics.iter().map(|d| (d, None)));
        found.extend(met_in(of_outputs.chain(of_fragments).filter(|(d, _)| !self.follows_from_data(d))));
        found.append(&mut plan.diagnostics);
        found.extend(self.notes_of(&world, &plan));
        if checked {
            let new: Vec<SourcePath> = files.difference(&self.files).cloned().collect();
            found.extend(self.found_on(&world, &plan, &new));
        }
        let noted = self.noted.iter().filter_map(|path| self.pages.get(path));
        let allows = noted.map(|p| (&p.record.document.path, p.record.document.allows.as_slice()));
        let found = apply_suppressions(found, allows, &self.config.checks, |_| false);
        let found = self.of_site(found, &world.site, &plan);
        before.site = Some(world.site.clone());
        for (path, log) in logs {
            let job = plan.jobs.get(&path).map_or(0, job_hash);
            let facts = log
                .facts
                .iter()
                .filter(|f| of_site(f.kind) || OF_DATE.contains(&f.kind) || f.kind == FactKind::Asset);
            let facts = facts.map(|f| (*f, fact::fingerprint(&world, *f))).collect();
            before.made.insert(path, RenderRecord { job, facts, words: log.words });
        }
        found
    }

    /// What read something that is another one in that world.
    fn differing(&self, today: &World, world: &World) -> Differing {
        let mut readers = Vec::new();
        let of_sites = may_differ(Some(&today.site), &world.site);
        self.graph.differing(world, |f| of_sites(f) || OF_DATE.contains(&f.kind), &mut readers);
        self.graph.check_words(&changed_words(Some(&today.site), &world.site), &mut readers);
        let mut differing = Differing::default();
        for reader in readers {
            match reader {
                Consumer::Output(path) => drop(differing.outputs.insert(path)),
                Consumer::Fragment(key) => drop(differing.fragments.insert(key)),
            }
        }
        differing
    }

    /// Makes outputs to see what is met.
    fn look_at(&self, world: &Arc<World>, plan: &Plan, outputs: Vec<OutputPath>) -> Vec<(OutputPath, Log)> {
        let make = |path: OutputPath| {
            let job = plan.jobs.get(&path)?;
            let made = render::render(world, super::threads::worker(), &path, job);
            Some((path, made.log))
        };
        self.threads.install(|| parallel(&self.threads, outputs, make)).into_iter().flatten().collect()
    }

    /// Makes those menus, and stylesheets, that no output asked for: their pages are what they are.
    fn make_menus(&self, world: &Arc<World>, keys: &BTreeSet<FragmentKey>) {
        for key in keys.iter().filter(|key| world.fragments.peek(key).is_none()) {
            let is_there = match key {
                FragmentKey::Menu { lang, section } => {
                    let tree = world.site.trees.get(*lang as usize);
                    section.is_empty() || tree.is_some_and(|tree| tree.find(section).is_some())
                }
                FragmentKey::Headings { lang, page } => {
                    world.site.trees.get(*lang as usize).is_some_and(|tree| tree.find(page).is_some())
                }
                FragmentKey::Stylesheet { .. } => true,
            };
            if is_there {
                let make = || fragment::make(world, super::threads::worker(), key, &Trail::default());
                world.fragments.replace(key, Some(self.threads.install(make)));
            }
        }
    }

    /// The files beside pages that are published on that day: `read` are those that what was made anew leads to.
    fn files_on(
        &self,
        world: &World,
        plan: &Plan,
        differing: &Differing,
        read: &BTreeSet<u64>,
    ) -> BTreeSet<SourcePath> {
        let stays = |reader: &Consumer| match reader {
            Consumer::Output(path) => !differing.outputs.contains(path) && plan.jobs.contains_key(path),
            Consumer::Fragment(key) => !differing.fragments.contains(key),
        };
        self.files_led_to(&world.assets, |file| {
            let fact = Fact::new(FactKind::Asset, 0, file.as_str());
            read.contains(&fact.name) || self.graph.readers(fact).iter().any(stays)
        })
    }

    /// Whether a template failed for data that could not be read, which is told of the data.
    fn follows_from_data(&self, problem: &Diagnostic) -> bool {
        problem.code == code::TEMPLATE_RENDER
            && self.problems.data.iter().any(|d| d.severity == Severity::Error)
    }

    /// What the rules find on that day: where links lead, in the site as a whole, and in the files beside pages that are new. What
    /// they find in the text of a page that comes is known today, since they have looked at it.
    fn found_on(&self, world: &World, plan: &Plan, files: &[SourcePath]) -> Vec<Diagnostic> {
        let Some(checker) = self.findings.checker() else { return Vec::new() };
        let view = View::new(self, world, plan, &self.findings);
        let follow = |page: &Page| {
            let document = &page.record.document;
            let page = view.page_with(document, view.facts_of(&document.path));
            page.map(|page| checker.linked(&page, &view)).unwrap_or_default()
        };
        let mut found: Vec<Diagnostic> =
            parallel(&self.threads, self.pages.values().collect(), follow).into_iter().flatten().collect();
        for (number, _) in checker.site_rules() {
            found.extend(checker.site_rule(number, &view));
        }
        found.extend(files.iter().flat_map(|file| self.found_in_file(checker, file)));
        found
    }

    /// What the rules find in a file beside pages.
    fn found_in_file(&self, checker: &Checker, path: &SourcePath) -> Vec<Diagnostic> {
        if let Some(source) = self.inputs.text(path.as_str()) {
            let input = AssetInput { path, picture: of_text(&source), bytes: &source.text };
            return checker.asset(&input);
        }
        let asset = self.inputs.asset(path.as_str());
        asset
            .and_then(|asset| self.found_in_asset(checker, asset))
            .map(|(_, found)| found)
            .unwrap_or_default()
    }
}
