//! Runs the rules of `check` over what the engine holds, and keeps what they found.
//!
//! A page's findings are kept until its bytes, the settings or the glossary change; the site's rules run again when
//! anything they could see did. Nothing here is needed to make outputs: a build without checks never calls it.

use super::Engine;
use crate::check::external::{Answer, Places};
use crate::check::file::AssetInput;
use crate::check::{
    Checker, Glossary, MissingText, PageFacts, PageInput, PageReport, Published, SitePage, SiteView, Target,
    Term, lock,
};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, code};
use crate::plan::{Job, alias_address};
use crate::render::World;
use crate::schema::FieldValue;
use crate::site::Tree;
use crate::source::{Fingerprint, Hasher, Source, SourcePath};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the rules found.
#[derive(Default)]
pub(super) struct Findings {
    /// The rules, compiled for settings and glossaries of this fingerprint.
    checker: Option<(Fingerprint, Arc<Checker>)>,
    pages: BTreeMap<SourcePath, (Fingerprint, PageReport)>,
    assets: BTreeMap<SourcePath, (Fingerprint, Vec<Diagnostic>)>,
    site: Vec<Diagnostic>,
    /// What other sites answered, when they were asked.
    answers: BTreeMap<String, Answer>,
    /// Whether the rules have run since the last change.
    pub(super) ran: bool,
}

impl Findings {
    /// All findings, not settled.
    pub(super) fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        let pages = self.pages.values().flat_map(|(_, report)| &report.diagnostics);
        let assets = self.assets.values().flat_map(|(_, found)| found);
        pages.chain(assets).chain(&self.site).filter(|_| self.ran)
    }

    /// Whether whatever finds problems of that code has run: the rules, and those on other sites only when asked.
    pub(super) fn looked_for(&self, code: Code) -> bool {
        let asks = [code::EXTERNAL_BROKEN, code::EXTERNAL_MOVED, code::EXTERNAL_UNSURE].contains(&code);
        let rule = crate::check::rules().iter().any(|rule| rule.code == code);
        !rule || self.ran && (!asks || !self.answers.is_empty())
    }
}

/// The glossary of a tree as the rules want it.
fn glossary(tree: &Tree, config: &Config) -> Glossary {
    let mut glossary = Glossary::default();
    for (kind, list) in &tree.entries {
        let is_glossary = config.kinds.get(kind).is_some_and(|k| k.glossary);
        for at in list {
            let Some((_, entry)) = tree.entry(*at) else { continue };
            if is_glossary {
                let aliases = entry.fields.get("also_called").map_or(&[][..], FieldValue::items);
                let mut names = vec![entry.title.clone()];
                names.extend(aliases.iter().filter_map(FieldValue::as_text).map(str::to_string));
                glossary.terms.push(Term { names });
            } else if kind == "assessment" {
                glossary.names.push(entry.title.clone());
                let full = entry.fields.get("full_name").and_then(FieldValue::as_text);
                glossary.names.extend(full.map(str::to_string));
            }
        }
    }
    glossary
}

impl Engine {
    /// Runs the rules on what changed since they last ran. Problems are among [`Engine::diagnostics`] afterwards. Gives
    /// how many pages were looked at.
    pub fn check(&mut self) -> usize {
        let Some(world) = self.world.clone() else { return 0 };
        let checker = self.checker(&world);
        let mut findings = std::mem::take(&mut self.findings);
        findings.pages.retain(|path, _| self.pages.contains_key(path));
        let work: Vec<&super::Page> = self
            .pages
            .values()
            .filter(|page| {
                let document = &page.held.document;
                findings.pages.get(&document.path).is_none_or(|(print, _)| *print != document.fingerprint)
            })
            .collect();
        let count = work.len();
        let (loader, config) = (&self.loader, &self.config);
        let made = super::parallel(&self.threads, work, |page| {
            let document = &page.held.document;
            let bytes = loader.load(&document.path)?;
            let text = std::str::from_utf8(&bytes).ok()?;
            let input = PageInput { text, document, kinds: &config.kinds, raw_html: config.raw_html };
            Some((document.path.clone(), document.fingerprint, checker.page(&input)))
        });
        for (path, fingerprint, report) in made.into_iter().flatten() {
            findings.pages.insert(path, (fingerprint, report));
        }
        let mut assets = BTreeMap::new();
        for asset in self.inputs.assets_in("content/") {
            let kept = findings.assets.remove(&asset.path).filter(|(print, _)| *print == asset.fingerprint);
            let found = kept.or_else(|| {
                let bytes = self.loader.load(&asset.path)?;
                Some((asset.fingerprint, checker.asset(&AssetInput { path: &asset.path, bytes: &bytes })))
            });
            if let Some(found) = found {
                assets.insert(asset.path.clone(), found);
            }
        }
        // Files in text are in memory; the theme's are few, and each is looked at once.
        for source in self.settings.loading(&self.inputs) {
            let kept = findings.assets.remove(&source.path).filter(|(print, _)| *print == source.fingerprint);
            let found = kept.unwrap_or_else(|| {
                let input = AssetInput { path: &source.path, bytes: &source.text };
                (source.fingerprint, checker.asset(&input))
            });
            assets.insert(source.path, found);
        }
        findings.assets = assets;
        let found = checker.site(&View::new(self, &world, &findings));
        findings.site = found;
        findings.ran = true;
        self.findings = findings;
        count
    }

    /// The compiled rules; when the settings or a glossary changed, all pages are looked at again.
    fn checker(&mut self, world: &World) -> Arc<Checker> {
        let glossaries: Vec<(&str, Glossary)> =
            world.site.trees.iter().map(|t| (&*t.code, glossary(t, &self.config))).collect();
        let mut hasher = Hasher::new();
        hasher.text(&format!("{:?}", self.config.checks)).text(&format!("{:?}", self.config.kinds));
        hasher.number(u64::from(self.config.raw_html));
        for (code, glossary) in &glossaries {
            hasher.text(code).text(&format!("{glossary:?}"));
        }
        let print = hasher.finish();
        if let Some((known, checker)) = &self.findings.checker
            && *known == print
        {
            return checker.clone();
        }
        let made = Arc::new(Checker::new(&self.config.checks, glossaries.iter().map(|(c, g)| (*c, g))));
        let answers = std::mem::take(&mut self.findings.answers);
        self.findings = Findings { checker: Some((print, made.clone())), answers, ..Findings::default() };
        made
    }

    /// Links to other sites, with their places. The rules have run before.
    pub fn external_links(&self) -> Places {
        self.look(|view| crate::check::external::links(view)).unwrap_or_default()
    }

    /// Takes what other sites answered; the next [`Engine::check`] speaks of it.
    pub fn set_answers(&mut self, answers: BTreeMap<String, Answer>) {
        self.findings.answers = answers;
    }

    /// Calls `look` with the site as the rules see it; none before the first change.
    pub fn look<T>(&self, look: impl FnOnce(&dyn SiteView) -> T) -> Option<T> {
        let world = self.world.as_ref()?;
        Some(look(&View::new(self, world, &self.findings)))
    }

    /// The addresses that `urls.lock` keeps: pages, their old addresses, and documents beside pages.
    pub fn lasting_addresses(&self) -> BTreeSet<String> {
        let lasting = |job: &Job| match job {
            Job::Page { .. } | Job::Redirect { .. } => true,
            Job::Copy { from } => {
                let document =
                    ["pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "csv", "epub"];
                from.as_str().starts_with("content/") && document.contains(&from.extension().as_str())
            }
            _ => false,
        };
        self.plan.jobs.iter().filter(|(_, job)| lasting(job)).map(|(path, _)| path.to_string()).collect()
    }
}

/// Pages that menus and lists lead to.
fn listed(world: &World) -> BTreeSet<SourcePath> {
    let trees = world.site.trees.iter();
    trees.flat_map(|t| t.order.iter().filter_map(|i| t.node(*i)).map(|n| n.document.path.clone())).collect()
}

/// The assembled site as the rules see it.
struct View<'a> {
    engine: &'a Engine,
    world: &'a World,
    findings: &'a Findings,
    listed: BTreeSet<SourcePath>,
    pages: Vec<SitePage<'a>>,
    /// Pages by the file that each of their old addresses would be, below `content/`.
    moved: BTreeMap<String, SourcePath>,
}

impl<'a> View<'a> {
    fn new(engine: &'a Engine, world: &'a World, findings: &'a Findings) -> Self {
        static NONE: std::sync::OnceLock<PageFacts> = std::sync::OnceLock::new();
        let none = NONE.get_or_init(PageFacts::default);
        let mut seen = BTreeMap::new();
        let mut moved = BTreeMap::new();
        for (lang, tree) in world.site.trees.iter().enumerate() {
            let prefix = if lang == 0 { String::new() } else { format!("{}/", tree.code) };
            for node in &tree.nodes {
                let document = &node.document;
                seen.entry(&document.path).or_insert((document, &*node.address));
                let own = *document.lang == *tree.code;
                for (alias, _) in document.summary.aliases.iter().filter(|_| own) {
                    if let Ok(address) = alias_address(&prefix, alias) {
                        let stem = address.strip_suffix(".html").unwrap_or(&address);
                        moved.entry(stem.to_owned()).or_insert_with(|| document.path.clone());
                    }
                }
            }
        }
        let pages = seen.into_values().map(|(document, address)| SitePage {
            document,
            facts: findings.pages.get(&document.path).map_or(none, |(_, report)| &report.facts),
            address,
        });
        View { engine, world, findings, listed: listed(world), pages: pages.collect(), moved }
    }

    /// The page that was renamed from this path, if one says so.
    fn renamed(&self, path: &SourcePath) -> Target {
        let inner = path.as_str().strip_prefix("content/").unwrap_or("");
        let stem = inner.strip_suffix(".md").or_else(|| inner.strip_suffix(".html")).unwrap_or(inner);
        let stem = stem.trim_end_matches('/');
        let folder = || self.moved.get(&format!("{stem}/index"));
        self.moved.get(stem).or_else(folder).map_or(Target::Nothing, |to| Target::Redirect(to.clone()))
    }
}

impl SiteView for View<'_> {
    fn config(&self) -> &Config {
        &self.engine.config
    }

    fn pages(&self) -> Vec<SitePage<'_>> {
        self.pages.clone()
    }

    fn resolve(&self, from: &SourcePath, target: &str) -> Target {
        if crate::render::is_absolute(target) {
            return Target::External;
        }
        let path = target.split(['#', '?']).next().unwrap_or(target);
        if path.is_empty() {
            return Target::Page(from.clone());
        }
        let decoded = crate::render::percent_decode(path);
        let resolved = match decoded.strip_prefix('/') {
            Some(rest) => SourcePath::new(&format!("content/{rest}")),
            None => from.join_from_folder(&decoded),
        };
        let Ok(resolved) = resolved else { return Target::Nothing };
        let index = || SourcePath::new(&format!("{resolved}/index.md"));
        if self.engine.pages.contains_key(&resolved) {
            return Target::Page(resolved);
        }
        if let Ok(index) = index()
            && self.engine.pages.contains_key(&index)
        {
            return Target::Page(index);
        }
        // A translation that does not exist yet falls back to the default language's page.
        let fallback = resolved.as_str().strip_prefix("content/").and_then(|rest| {
            let (lang, rest) = rest.split_once('/')?;
            self.engine.config.languages.iter().skip(1).find(|l| l.code == lang)?;
            SourcePath::new(&format!("content/{rest}")).ok()
        });
        match fallback {
            Some(path) if self.engine.pages.contains_key(&path) => Target::Page(path),
            Some(path) if self.world.assets.get(path.as_str()).is_some() => Target::Asset(path),
            _ if self.world.assets.get(resolved.as_str()).is_some() => Target::Asset(resolved),
            _ => self.renamed(&resolved),
        }
    }

    fn has_address(&self, address: &str) -> bool {
        crate::source::OutputPath::new(address).is_ok_and(|path| self.engine.plan.jobs.contains_key(&path))
    }

    fn is_listed(&self, page: &SourcePath) -> bool {
        self.listed.contains(page)
    }

    fn today(&self) -> Option<Date> {
        Some(self.world.date)
    }

    fn published(&self) -> Option<(SourcePath, Vec<Published>)> {
        let source = self.engine.inputs.text(lock::FILE)?;
        let text = String::from_utf8_lossy(&source.text);
        Some((source.path, lock::read(&text, self.engine.config.base_url.as_deref())))
    }

    fn answers(&self) -> Option<&BTreeMap<String, Answer>> {
        Some(&self.findings.answers)
    }

    fn settings(&self) -> Vec<Source> {
        self.engine.settings.files(&self.engine.inputs)
    }

    fn missing_texts(&self) -> Vec<MissingText> {
        let strings = &self.world.strings;
        let mut missing = Vec::new();
        let default = self.engine.config.default_language();
        for language in self.engine.config.languages.iter().filter(|l| l.code != default) {
            let Ok(path) = SourcePath::new(&format!("translations/{}.yaml", language.code)) else { continue };
            for key in strings.keys(default).filter(|key| !strings.has(&language.code, key)) {
                missing.push(MissingText {
                    key: key.to_string(),
                    lang: language.code.clone(),
                    path: path.clone(),
                });
            }
        }
        missing
    }
}
