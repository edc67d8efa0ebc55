//! A site in memory for the tests of checks: markdown files in, a `SiteView` out.
//!
//! Everything goes through the real parser and the bundled theme's kinds; only what the engine decides (menus,
//! addresses, link resolution) is stood in for here.

use guidepost::check::external::Answer;
use guidepost::check::{
    self, CachedFacts, Checker, Facts, Glossary, PageInput, ReadFacets, SitePage, SiteView, Target, Term,
};
use guidepost::config::{Config, Language, theme};
use guidepost::diag::Diagnostic;
use guidepost::document::{Document, ParseOptions, parse};
use guidepost::schema::{FieldValue, Kinds};
use guidepost::source::{Source, SourcePath};
use std::collections::BTreeMap;

/// The kinds of the bundled guide.
pub fn kinds() -> Kinds {
    let read = |name: &str| {
        let bytes = std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
        Source::new(SourcePath::new(name).unwrap(), bytes)
    };
    let kinds = theme::load_kinds(&[&read("themes/parent-guide/kinds.yaml")]).value;
    guidepost::config::site::load(Some(&read("site.yaml")), &kinds).value.kinds
}

pub fn languages() -> Vec<Language> {
    [("en", false), ("es", false), ("ar", true)]
        .map(|(code, rtl)| Language { code: code.into(), name: code.into(), rtl, unreviewed: false })
        .to_vec()
}

pub struct File {
    pub path: SourcePath,
    pub text: String,
    pub document: Document,
}

/// The site.
pub struct Site {
    pub config: Config,
    pub files: Vec<File>,
    pub facts: Vec<CachedFacts>,
    pub seen: ReadFacets,
    pub addresses: Vec<String>,
    pub today: Option<jiff::civil::Date>,
    pub lock: Option<String>,
    pub answers: BTreeMap<String, Answer>,
    pub missing_texts: Vec<check::MissingText>,
    /// Files that are not pages.
    pub others: Vec<Source>,
    /// Problems of parsing and of the page rules, unsettled.
    pub found: Vec<Diagnostic>,
}

impl Site {
    pub fn new(files: Vec<(String, String)>, mut config: Config) -> Site {
        if config.languages.is_empty() {
            config.languages = languages();
        }
        if config.kinds.0.is_empty() {
            config.kinds = kinds();
        }
        let mut found = Vec::new();
        let mut parsed = Vec::new();
        for (path, text) in files {
            let path = SourcePath::new(&path).unwrap();
            let source = Source::new(path.clone(), text.clone().into_bytes());
            let options = ParseOptions {
                zone: None,
                prefixes: guidepost::source::Prefixes::Order,
                values: &guidepost::config::Values::default(),
                kinds: &config.kinds,
                languages: &config.languages,
                default_kind: "page",
                cascade: None,
                raw_html: config.raw_html,
                text: true,
                links: false,
            };
            let document = parse(&source, &options).collect(&mut found);
            parsed.push(File { path, text, document });
        }
        parsed.sort_by(|a, b| a.path.cmp(&b.path));
        let glossaries = glossaries(&parsed, &config);
        let checker = Checker::new(&config.checks, glossaries.iter().map(|(l, g)| (l.as_str(), g)));
        let mut facts = Vec::new();
        for file in &parsed {
            let input = PageInput {
                text: &file.text,
                document: &file.document,
                kinds: &config.kinds,
                raw_html: config.raw_html,
            };
            let text = file.document.text.as_deref().cloned().unwrap_or_default();
            let report = checker.page(&input, text);
            found.extend(report.diagnostics);
            facts.push(report.facts.into());
        }
        let addresses = parsed.iter().map(|f| address(&f.document)).collect();
        Site {
            config,
            files: parsed,
            facts,
            seen: ReadFacets::default(),
            addresses,
            today: Some(jiff::civil::date(2026, 11, 22)),
            lock: None,
            answers: BTreeMap::new(),
            missing_texts: Vec::new(),
            others: Vec::new(),
            found,
        }
    }

    /// All problems, settled and sorted.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let checker = Checker::new(&self.config.checks, []);
        let mut found = self.found.clone();
        found.extend(checker.site(self));
        let allows = self.files.iter().map(|f| (&f.path, f.document.allows.as_slice()));
        let mut settled = check::apply_suppressions(found, allows, &self.config.checks, |_| true);
        guidepost::diag::sort(&mut settled);
        settled
    }

    /// The bytes of a file in text.
    pub fn bytes(&self, path: &SourcePath) -> Option<&[u8]> {
        let page = self.files.iter().find(|f| f.path == *path).map(|f| f.text.as_bytes());
        page.or_else(|| self.others.iter().find(|s| s.path == *path).map(|s| &*s.text))
    }

    fn by_path(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|f| f.path.as_str() == path)
    }
}

fn address(document: &Document) -> String {
    let logical = document.logical.trim_end_matches(".md");
    if &*document.lang == "en" {
        format!("{logical}.html")
    } else {
        format!("{}/{logical}.html", document.lang)
    }
}

fn glossaries(files: &[File], config: &Config) -> BTreeMap<String, Glossary> {
    let mut all: BTreeMap<String, Glossary> =
        config.languages.iter().map(|l| (l.code.clone(), Glossary::default())).collect();
    for file in files {
        let Some(glossary) = all.get_mut(&*file.document.lang) else { continue };
        for entry in &file.document.summary.entries {
            let is_term = config.kinds.get(&entry.kind).is_some_and(|k| k.glossary);
            let texts = |name: &str| {
                entry
                    .fields
                    .get(name)
                    .map_or(&[][..], FieldValue::items)
                    .iter()
                    .filter_map(FieldValue::as_text)
            };
            if is_term {
                let names = std::iter::once(entry.title.as_str())
                    .chain(texts("also_called"))
                    .chain(texts("also_links"))
                    .map(str::to_owned)
                    .collect();
                glossary.terms.push(Term { names, off: false });
            } else if entry.kind == "assessment" {
                glossary.names.push(entry.title.clone());
                glossary.names.extend(texts("full_name").map(str::to_owned));
            }
        }
    }
    all
}

impl SiteView for Site {
    fn config(&self) -> &Config {
        &self.config
    }

    fn pages(&self) -> Vec<SitePage<'_>> {
        let pages = self.files.iter().zip(&self.facts).zip(&self.addresses);
        pages
            .filter(|((f, _), _)| !f.document.summary.draft)
            .map(|((file, facts), address)| SitePage {
                document: &file.document,
                facts: Facts::new(facts, &self.seen),
                address,
            })
            .collect()
    }

    fn is_left_out(&self, logical: &str) -> bool {
        let default = self.config.default_language();
        let held = |d: &guidepost::document::Document| {
            *d.lang == *default && *d.logical == *logical && d.summary.draft
        };
        self.files.iter().any(|file| held(&file.document))
    }

    fn resolve(&self, from: &SourcePath, target: &str) -> Target {
        if target.contains("://") {
            return Target::External;
        }
        let path = target.split('#').next().unwrap_or("");
        if path.is_empty() {
            return Target::Page(from.clone());
        }
        let Ok(to) = from.join_from_folder(path) else { return Target::Nothing };
        if self.by_path(to.as_str()).is_some() {
            return Target::Page(to);
        }
        let wanted =
            to.as_str().trim_start_matches("content/").trim_end_matches(".md").trim_end_matches(".html");
        for file in &self.files {
            let aliases = file.document.summary.aliases.iter();
            let mut aliases = aliases.map(|(a, _)| a.trim_end_matches(".html").trim_end_matches(".md"));
            if aliases.any(|a| a == wanted) {
                return Target::Redirect(file.path.clone());
            }
        }
        if to.extension() == "md" { Target::Nothing } else { Target::Asset(to) }
    }

    fn has_address(&self, address: &str) -> bool {
        self.addresses.iter().any(|a| a == address)
            || self.files.iter().any(|f| f.document.summary.aliases.iter().any(|(a, _)| a == address))
    }

    fn has_redirects(&self) -> bool {
        true
    }

    fn has_hidden(&self) -> bool {
        true
    }

    fn is_hidden(&self, page: &SourcePath) -> bool {
        self.by_path(page.as_str()).is_some_and(|f| f.document.summary.hidden && !f.document.summary.draft)
    }

    fn is_listed(&self, page: &SourcePath) -> bool {
        // In a menu from the tree every page but hidden ones has its place.
        self.by_path(page.as_str()).is_some_and(|f| !f.document.summary.hidden)
    }

    fn today(&self) -> Option<jiff::civil::Date> {
        self.today
    }

    fn published(&self) -> Option<(SourcePath, Vec<check::Published>)> {
        let path = SourcePath::new(check::lock::FILE).ok()?;
        Some((path, check::lock::read(self.lock.as_deref()?, None)))
    }

    fn answers(&self) -> Option<&BTreeMap<String, Answer>> {
        Some(&self.answers)
    }

    fn settings(&self) -> Vec<Source> {
        let named = |name: &'static str| self.others.iter().filter(move |s| s.path.file_name() == name);
        named("site.yaml").chain(named("kinds.yaml")).cloned().collect()
    }

    fn missing_texts(&self) -> Vec<check::MissingText> {
        self.missing_texts.clone()
    }
}
