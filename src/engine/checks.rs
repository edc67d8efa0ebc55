//! Runs the rules of `check` over what the engine holds, and keeps what they found.
//!
//! | what is kept | is right as long as |
//! |---|---|
//! | what a page's rules found | its bytes, the settings and the glossary are the same |
//! | where its links lead | that, and the site: nothing but bodies of pages changed |
//! | what a rule for the whole site found | the site, and those sorts of facts of all pages that the rule looked at |
//!
//! Nothing here is needed to make outputs: a build without checks never calls it. What is to be done is known without a look
//! at all pages, and it can be done in small steps, so that a preview need not wait for it.

mod files;

use super::Engine;
use super::codec::{Decoder, put_list, put_value};
use super::made_pages::Looked;
use super::view::View;
use crate::check::external::{Answer, Places};
use crate::check::{CachedFacts, Checker, FACETS, FacetHashes, Glossary, PageInput, SiteView, Term};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, code};
use crate::render::World;
use crate::schema::FieldValue;
use crate::site::{self, LangIndex};
use crate::source::{Fingerprint, Hasher, SourcePath};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

/// What the rules found, and what they have yet to look at.
#[derive(Default)]
pub(super) struct Findings {
    /// Fingerprint of the settings and glossaries for which the rules were compiled.
    rules_hash: Fingerprint,
    checker: Option<Arc<Checker>>,
    /// The number of the snapshot that these were compared with last.
    compiled: Option<u64>,
    pages: BTreeMap<SourcePath, OfPage>,
    assets: BTreeMap<SourcePath, (Fingerprint, Vec<Diagnostic>)>,
    site: Vec<OfSite>,
    /// In a made page of each template.
    pub made: Looked,
    /// For each sort of facts, the sum of its fingerprints over all pages.
    sums: FacetHashes,
    /// Pages whose bytes the rules have not seen.
    todo: BTreeSet<SourcePath>,
    /// Pages whose links have to be followed again.
    relink: BTreeSet<SourcePath>,
    /// Something but the bodies of pages changed.
    stale: bool,
    /// What other sites answered, when they were asked.
    answers: BTreeMap<String, Answer>,
    /// Whether the rules have run in this program.
    ran: bool,
    /// Pages of which something else was found since the cache was written; none when that is more than what edits of
    /// bodies lead to.
    edited: Option<BTreeSet<SourcePath>>,
}

/// What the cache keeps of findings beside those of each page; by reference when it is written.
#[derive(Serialize, Deserialize)]
struct Rest<A, S, M, P> {
    rules_hash: Fingerprint,
    assets: A,
    site: S,
    made: M,
    sums: FacetHashes,
    todo: P,
    relink: P,
    stale: bool,
}

type OwnRest =
    Rest<BTreeMap<SourcePath, (Fingerprint, Vec<Diagnostic>)>, Vec<OfSite>, Looked, BTreeSet<SourcePath>>;

/// What was found in some pages, and the rest.
pub(super) struct EditedFindings {
    pages: Vec<(SourcePath, OfPage)>,
    rest: OwnRest,
}

impl EditedFindings {
    /// Reads what [`Findings::save`] or [`Findings::save_edits`] wrote; none if it is anything else.
    pub(super) fn load(section: &mut Decoder<'_>) -> Option<EditedFindings> {
        let mut pages: Vec<(SourcePath, OfPage)> = Vec::with_capacity(section.ahead());
        section.list(|section, (path, page): (SourcePath, OfPage<&[u8]>)| {
            let OfPage { diagnostics, linked, facts, facet_hashes } = page;
            let facts = CachedFacts::saved(section.share(facts), section.damage());
            pages.push((path, OfPage { diagnostics, linked, facts, facet_hashes }));
        })?;
        Some(EditedFindings { pages, rest: section.value()? })
    }
}

/// What was found in one page.
#[derive(Serialize, Deserialize)]
struct OfPage<F = CachedFacts> {
    diagnostics: Vec<Diagnostic>,
    /// What following its links found.
    linked: Vec<Diagnostic>,
    facts: F,
    facet_hashes: FacetHashes,
}

/// What one rule found in the site.
#[derive(Serialize, Deserialize)]
struct OfSite {
    code: Code,
    diagnostics: Vec<Diagnostic>,
    /// The sorts of facts that the rule looked at, as bits.
    seen: u8,
    /// Their sums then.
    sums: FacetHashes,
}

impl Findings {
    /// Writes what a later run can use.
    ///
    /// # Errors
    /// Those of `out`.
    pub(super) fn save(&self, out: &mut dyn Write) -> io::Result<()> {
        put_list(out, self.pages.iter())?;
        put_value(out, &self.rest())
    }

    fn rest(&self) -> Rest<impl Serialize, impl Serialize, impl Serialize, impl Serialize> {
        Rest {
            rules_hash: self.rules_hash,
            assets: &self.assets,
            site: &self.site,
            made: &self.made,
            sums: self.sums,
            todo: &self.todo,
            relink: &self.relink,
            stale: self.stale,
        }
    }

    /// From here on notes of which pages something else is found.
    pub(super) fn begin_edits(&mut self) {
        self.edited = Some(BTreeSet::new());
    }

    /// Writes what else was found since; none when that is not about few pages.
    pub(super) fn save_edits(&self, out: &mut dyn Write, few: usize) -> Option<()> {
        let edited = self.edited.as_ref().filter(|edited| edited.len() <= few)?;
        let pages: Vec<_> = edited.iter().filter_map(|path| self.pages.get_key_value(path)).collect();
        put_list(out, pages.into_iter()).ok()?;
        put_value(out, &self.rest()).ok()
    }

    /// Takes what else was found.
    pub(super) fn put_edits(&mut self, EditedFindings { pages, rest }: EditedFindings) {
        self.edited = Some(pages.iter().map(|(path, _)| path.clone()).collect());
        self.pages.extend(pages);
        self.put_rest(rest);
    }

    fn put_rest(&mut self, rest: OwnRest) {
        let Rest { rules_hash, assets, site, made, sums, todo, relink, stale } = rest;
        let old = std::mem::take(self);
        *self = Findings { rules_hash, assets, site, made, sums, todo, relink, stale, ..old };
    }

    /// Reads what [`Findings::save`] wrote.
    pub(super) fn load(section: &mut Decoder<'_>) -> Option<Findings> {
        let EditedFindings { pages, rest } = EditedFindings::load(section)?;
        let mut findings = Findings { pages: pages.into_iter().collect(), ..Findings::default() };
        findings.put_rest(rest);
        findings.begin_edits();
        Some(findings)
    }

    /// All findings, not settled.
    pub(super) fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        let pages = self.pages.values().flat_map(|page| page.diagnostics.iter().chain(&page.linked));
        let assets = self.assets.values().flat_map(|(_, found)| found);
        let site = self.site.iter().flat_map(|rule| &rule.diagnostics);
        let made = self.made.values().flat_map(|page| &page.diagnostics);
        pages.chain(assets).chain(site).chain(made).filter(|_| self.ran)
    }

    /// Whether whatever finds problems of that code has run: the rules, and those on other sites only when asked.
    pub(super) fn looked_for(&self, code: Code) -> bool {
        let asks = [code::EXTERNAL_BROKEN, code::EXTERNAL_MOVED, code::EXTERNAL_UNSURE].contains(&code);
        !is_rule(code) || self.ran && (!asks || !self.answers.is_empty())
    }

    /// The facts of a page, if the rules have looked at it.
    pub(super) fn facts(&self, path: &SourcePath) -> Option<&CachedFacts> {
        self.pages.get(path).map(|page| &page.facts)
    }

    /// The rules as they were compiled last; none before.
    pub(super) fn checker(&self) -> Option<&Checker> {
        self.checker.as_deref()
    }

    /// What other sites answered.
    pub(super) fn answers(&self) -> &BTreeMap<String, Answer> {
        &self.answers
    }

    /// Notes that a page has other bytes. As long as no rule has run, every page is to be looked at anyway.
    pub(super) fn page_changed(&mut self, path: &SourcePath) {
        if self.rules_hash != Fingerprint::default() {
            self.todo.insert(path.clone());
        }
    }

    /// Notes that something but the bodies of pages changed.
    pub(super) fn site_changed(&mut self) {
        self.stale = true;
    }

    /// Drops what was found in a page that is gone.
    pub(super) fn page_gone(&mut self, path: &SourcePath) {
        self.todo.remove(path);
        self.relink.remove(path);
        if let Some(old) = self.pages.remove(path) {
            self.add_to_sums(&old.facet_hashes, u64::wrapping_sub);
        }
    }

    fn note_edited(&mut self, path: &SourcePath) {
        if let Some(edited) = &mut self.edited {
            edited.insert(path.clone());
        }
    }

    fn add_to_sums(&mut self, facet_hashes: &FacetHashes, with: fn(u64, u64) -> u64) {
        for (sum, hash) in self.sums.iter_mut().zip(facet_hashes) {
            *sum = with(*sum, *hash);
        }
    }
}

/// Whether problems of that code come from a rule.
pub(super) fn is_rule(code: Code) -> bool {
    crate::check::rules().iter().any(|rule| rule.code == code)
}

/// The glossary of a language as the rules want it.
fn glossary(site: &site::Site, lang: LangIndex, config: &Config) -> Glossary {
    let terms = site::terms(site, lang, &config.kinds).map(|term| Term {
        names: term.names().map(str::to_string).collect(),
        off: !site::is_matched(term.entry),
    });
    let mut glossary = Glossary { terms: terms.collect(), names: Vec::new() };
    for at in site.all_entries(lang, "assessment") {
        let Some((_, entry)) = site.entry(at) else { continue };
        glossary.names.push(entry.title.clone());
        let full = entry.fields.get("full_name").and_then(FieldValue::as_text);
        glossary.names.extend(full.map(str::to_string));
    }
    // Names in entries that are left out are known all the same: nobody is asked to explain them twice.
    for entry in site.left_pages.iter().flat_map(|record| record.document.summary.entries.iter()) {
        let is_term = config.kinds.get(&entry.kind).is_some_and(|kind| kind.glossary);
        if is_term || entry.kind == "assessment" {
            glossary.names.push(entry.title.clone());
            let others = ["full_name", "also_called", "also_links"].into_iter();
            let others = others.filter_map(|name| entry.fields.get(name)).flat_map(FieldValue::items);
            glossary.names.extend(others.filter_map(FieldValue::as_text).map(str::to_string));
        }
    }
    glossary
}

impl Engine {
    /// Runs the rules on what changed since they last ran. Problems are among [`Engine::diagnostics`] afterwards. Gives
    /// how many pages were looked at.
    pub fn check(&mut self) -> usize {
        self.check_some(usize::MAX).0
    }

    /// Does a part of what [`Engine::check`] does: at most `pages` pages, or one rule of the site. Gives how many pages were
    /// looked at, and whether all is done. Findings that are not renewed yet are those of before.
    pub fn check_some(&mut self, pages: usize) -> (usize, bool) {
        let Some(world) = self.world.clone() else { return (0, true) };
        self.stages.begin(super::Stage::Check);
        self.compile(&world);
        let mut findings = std::mem::take(&mut self.findings);
        let work = || {
            if findings.stale {
                if !self.check_assets(&mut findings, files::of_portion(pages)) {
                    return (0, false);
                }
                findings.stale = false;
                findings.relink = findings.pages.keys().cloned().collect();
                findings.site.clear();
            }
            let looked_at = self.check_pages(&world, &mut findings, pages);
            let mut done = findings.todo.is_empty() && findings.relink.is_empty();
            if done {
                done = self.check_site(&world, &mut findings, pages == usize::MAX);
                if done {
                    self.look_at_made(&world, &mut findings);
                }
            }
            findings.ran |= done;
            (looked_at, done)
        };
        match panic::catch_unwind(AssertUnwindSafe(work)) {
            Ok(done) => {
                self.findings = findings;
                done
            }
            // What was found is half taken in: everything is looked at again.
            Err(panic) => {
                self.findings = Findings { answers: findings.answers, ..Findings::default() };
                panic::resume_unwind(panic)
            }
        }
    }

    /// Runs the rules on so many pages that changed, and follows the links of so many whose surroundings did.
    fn check_pages(&self, world: &World, findings: &mut Findings, limit: usize) -> usize {
        let Some(checker) = findings.checker.clone() else { return 0 };
        let todo: Vec<SourcePath> = findings.todo.iter().take(limit).cloned().collect();
        let relink: Vec<SourcePath> = match limit - todo.len().min(limit) {
            0 => Vec::new(),
            rest => {
                findings.relink.iter().filter(|p| !findings.todo.contains(*p)).take(rest).cloned().collect()
            }
        };
        let pages = |list: Vec<SourcePath>| -> Vec<&super::Page> {
            list.iter().filter_map(|path| self.pages.get(path)).collect()
        };
        for path in todo.iter().chain(&relink) {
            findings.todo.remove(path);
            findings.relink.remove(path);
        }
        let (todo, relink) = (pages(todo), pages(relink));
        let count = todo.len();
        let view = View::new(self, world, &self.plan, findings);
        let config = &self.config;
        let made = super::parallel(&self.threads, todo, |page| {
            let document = &page.record.document;
            let none = || (document.path.clone(), None);
            // Gone meanwhile, or no text: there is nothing for rules to look at, and nothing of before holds.
            let Some(read) = self.bodies.take_text(document) else { return none() };
            let Ok(text) = std::str::from_utf8(&read.bytes) else { return none() };
            let input = PageInput { text, document, kinds: &config.kinds, raw_html: config.raw_html };
            let report = checker.page(&input, Arc::unwrap_or_clone(read.text));
            let facts = CachedFacts::from(report.facts);
            let linked = view.page_with(document, &facts).map(|page| checker.linked(&page, &view));
            let linked = linked.unwrap_or_default();
            let facet_hashes = facts.facet_hashes(&document.path);
            let found = OfPage { diagnostics: report.diagnostics, linked, facts, facet_hashes };
            (document.path.clone(), Some(found))
        });
        let followed = super::parallel(&self.threads, relink, |page| {
            let document = &page.record.document;
            let facts = view.facts_of(&document.path);
            let linked = view.page_with(document, facts).map(|page| checker.linked(&page, &view));
            (document.path.clone(), linked.unwrap_or_default())
        });
        for (path, page) in made {
            findings.page_gone(&path);
            findings.note_edited(&path);
            if let Some(page) = page {
                findings.add_to_sums(&page.facet_hashes, u64::wrapping_add);
                findings.pages.insert(path, page);
            }
        }
        for (path, linked) in followed {
            if let Some(page) = findings.pages.get_mut(&path) {
                page.linked = linked;
                findings.note_edited(&path);
            }
        }
        count
    }

    /// Runs the site's rules whose grounds changed: all of them, or one. Gives whether all are done.
    fn check_site(&self, world: &World, findings: &mut Findings, all: bool) -> bool {
        let Some(checker) = findings.checker.clone() else { return true };
        let sums = findings.sums;
        let holds = |kept: &OfSite| {
            let same = |i: usize| kept.sums.get(i) == sums.get(i);
            (0..FACETS.len()).all(|i| kept.seen & 1 << i == 0 || same(i))
        };
        let due: Vec<(usize, Code)> = checker
            .site_rules()
            .filter(|(_, code)| !findings.site.iter().any(|kept| kept.code == *code && holds(kept)))
            .collect();
        let now = if all { due.len() } else { due.len().min(1) };
        let found: Vec<OfSite> = {
            let view = View::new(self, world, &self.plan, findings);
            let run = |(number, code): &(usize, Code)| {
                view.seen.take();
                let diagnostics = checker.site_rule(*number, &view);
                OfSite { code: *code, diagnostics, seen: view.seen.take(), sums }
            };
            due.iter().take(now).map(run).collect()
        };
        for new in found {
            findings.site.retain(|kept| kept.code != new.code);
            findings.site.push(new);
        }
        now == due.len()
    }

    /// Compiles the rules for the settings and the glossaries; when these changed, everything is looked at again.
    fn compile(&mut self, world: &World) {
        if self.findings.checker.is_some() && self.findings.compiled == Some(world.number) {
            return;
        }
        let glossaries: Vec<(&str, Glossary)> = (0..)
            .zip(&world.site.trees)
            .map(|(lang, tree)| (&*tree.code, glossary(&world.site, lang, &self.config)))
            .collect();
        let mut hasher = Hasher::new();
        hasher.text(&format!("{:?}", self.config.checks)).text(&format!("{:?}", self.config.kinds));
        hasher.number(u64::from(self.config.raw_html));
        for (code, glossary) in &glossaries {
            hasher.text(code).text(&format!("{glossary:?}"));
        }
        let rules_hash = hasher.finish();
        let same = self.findings.rules_hash == rules_hash;
        self.findings.compiled = Some(world.number);
        if same && self.findings.checker.is_some() {
            return;
        }
        let checker = Checker::new(&self.config.checks, glossaries.iter().map(|(c, g)| (*c, g)));
        self.findings.checker = Some(Arc::new(checker));
        if !same {
            let old = std::mem::take(&mut self.findings);
            let todo = self.pages.keys().cloned().collect();
            let Findings { checker, compiled, answers, ran, .. } = old;
            self.findings = Findings {
                rules_hash,
                checker,
                compiled,
                answers,
                ran,
                todo,
                stale: true,
                ..Findings::default()
            };
        }
    }

    /// Links to other sites, with their places. The rules have run before.
    pub fn external_links(&self) -> Places {
        self.look(|view| crate::check::external::links(view)).unwrap_or_default()
    }

    /// Takes what other sites answered; the next [`Engine::check`] speaks of it.
    pub fn set_answers(&mut self, answers: BTreeMap<String, Answer>) {
        self.findings.answers = answers;
        self.findings.site_changed();
    }

    /// Calls `look` with the site as the rules see it; none before the first change.
    pub fn look<T>(&self, look: impl FnOnce(&dyn SiteView) -> T) -> Option<T> {
        let world = self.world.as_ref()?;
        Some(look(&View::new(self, world, &self.plan, &self.findings)))
    }
}
