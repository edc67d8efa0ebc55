//! From summaries to the site: the one global step.
//!
//! Runs only when some summary changed. Per language: which pages there are (own, then fallbacks), tree shape,
//! tags, entries, glossary. Work is linear in the number of pages.

use super::published::{LeftOutReason, Pages, Publication};
use super::{
    LangIndex, Node, Site, Translation, Tree, file_names, folders, glossary, is_page, path_hash, shared,
    tree, unlisted,
};
use crate::config::{Config, UrlStyle};
use crate::diag::Diagnostic;
use crate::document::{Document, Summary};
use crate::schema::Kinds;
use crate::source::{Hasher, SourcePath, Span};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A parsed document with the fingerprints that others compare.
#[derive(Debug, Clone)]
pub struct PageRecord {
    /// The document.
    pub document: Arc<Document>,
    /// Fingerprint of what cards show of it.
    pub card: u64,
    /// Fingerprint of its titles.
    pub title: u64,
    /// Identifies what cascades to it from the sections above; 0 for nothing.
    pub given: u64,
}

impl PageRecord {
    /// Computes the fingerprints of a document.
    pub fn new(document: Arc<Document>) -> Self {
        let summary = &document.summary;
        let title = Hasher::new()
            .text(&summary.title)
            .text(summary.nav_title.as_deref().unwrap_or("\0"))
            .finish()
            .low();
        PageRecord { card: card_fingerprint(summary, title), title, document, given: 0 }
    }

    /// With what cascades to it.
    pub fn below(self, given: u64) -> Self {
        PageRecord { given, ..self }
    }
}

/// The fingerprint of everything that `context::card` shows of a page.
fn card_fingerprint(summary: &Summary, title: u64) -> u64 {
    let mut hasher = Hasher::new();
    hasher
        .number(title)
        .text(summary.description.as_deref().unwrap_or("\0"))
        .text(&summary.kind)
        .number(summary.order.map_or(u64::MAX, |o| o as u64))
        .number(summary.entries.len() as u64)
        .number(u64::from(summary.hidden) | u64::from(summary.search) << 1 | u64::from(summary.print) << 2);
    for day in [summary.updated, summary.reviewed, summary.publish] {
        hasher.text(&day.map_or_else(String::new, |day| day.to_string()));
    }
    hasher.text(summary.owner.as_deref().unwrap_or("\0"));
    for noted in &summary.changes {
        hasher.text(&noted.date.to_string()).text(&noted.text);
    }
    for tag in &summary.tags {
        hasher.text(tag);
    }
    for (name, value) in &summary.fields {
        hasher.text(name).text(&format!("{value:?}"));
    }
    hasher.finish().low()
}

/// What assembling gives besides the site.
pub struct Assembly {
    /// The site.
    pub site: Site,
    /// Problems that only the whole shows.
    pub diagnostics: Vec<Diagnostic>,
}

/// The address of a page from the output root.
fn address(logical: &str, lang_prefix: &str, urls: UrlStyle) -> String {
    // `Page.MD` is a page too.
    let stem = logical.len().checked_sub(3).filter(|_| is_page(logical)).and_then(|end| logical.get(..end));
    let stem = stem.unwrap_or(logical);
    let (folder, name) = stem.rfind('/').map_or(("", stem), |i| (&stem[..=i], &stem[i + 1..]));
    match urls {
        UrlStyle::File => format!("{lang_prefix}{stem}.html"),
        UrlStyle::Folder if name == "index" => format!("{lang_prefix}{folder}"),
        UrlStyle::Folder => format!("{lang_prefix}{stem}/"),
    }
}

/// Assembles the site from all documents.
///
/// `documents` is keyed by source path. `date` decides what is published; `drafts` publishes everything but the translations
/// whose files have mistakes, which `faulty` names.
pub fn assemble<'a>(
    documents: impl Iterator<Item = &'a PageRecord>,
    config: &Config,
    kinds: &Kinds,
    date: Date,
    drafts: bool,
    faulty: &BTreeSet<SourcePath>,
) -> Assembly {
    let mut site = Site::default();
    let mut diagnostics = Vec::new();
    let mut made: Vec<Vec<PageRecord>> = Vec::new();
    // Pages by language and logical path; BTreeMap so that nothing depends on the order of arrival.
    let mut all: Vec<Pages<'_>> = vec![BTreeMap::new(); config.languages.len()];
    // Of two files of one page nobody knows which is meant.
    let mut unclear: BTreeSet<(usize, Arc<str>)> = BTreeSet::new();
    for record in documents {
        let document = &record.document;
        let Some(lang) = config.languages.iter().position(|l| *l.code == *document.lang) else { continue };
        if let Some(other) = all[lang].insert(document.logical.clone(), record) {
            diagnostics.push(folders::one_page(&record.document, &other.document, config.prefixes));
            unclear.insert((lang, document.logical.clone()));
        }
    }
    if let Some(pages) = all.first_mut() {
        unlisted::set_apart(pages, config, &mut diagnostics);
    }
    let is_faulty = |lang: usize, record: &PageRecord| {
        faulty.contains(&record.document.path) || unclear.contains(&(lang, record.document.logical.clone()))
    };
    let publication = Publication::of(&all, date, &is_faulty);
    let mut by_lang: Vec<Pages<'_>> = vec![BTreeMap::new(); config.languages.len()];
    for (lang, pages) in all.iter().enumerate() {
        for (logical, record) in pages {
            let state = publication.state(lang, logical);
            site.withheld.extend(state.cloned());
            match state.filter(|state| !drafts || state.reason == LeftOutReason::Faulty) {
                Some(state) => {
                    site.left_out.push(state.clone());
                    site.left_pages.push((*record).clone());
                }
                None => {
                    by_lang[lang].insert(logical.clone(), record);
                }
            }
        }
    }
    for (lang, pages) in by_lang.iter().enumerate() {
        folders::clashes(&all[lang], config, &mut diagnostics);
        // A language's folder has the page that the default language has for it, also one that is made.
        let own: Pages<'_> = made.first().into_iter().flatten().map(by_path).collect();
        let others = [&all[lang], &all[0], &own];
        let found = folders::sections(pages, &others, lang, config);
        made.push(found);
    }
    folders::note(&made, &mut diagnostics);
    for (pages, made) in by_lang.iter_mut().zip(&made) {
        pages.extend(made.iter().map(by_path));
    }
    site.left_out.sort();
    site.withheld.sort();
    site.left_pages.sort_by(|a, b| a.document.path.cmp(&b.document.path));

    for (lang, language) in config.languages.iter().enumerate() {
        let prefix = if lang == 0 { String::new() } else { format!("{}/", language.code) };
        let hidden = |logical: &str, record: &PageRecord| {
            let own = &record.document.summary;
            let original = || all[0].get(logical).is_some_and(|original| original.document.summary.hidden);
            own.hidden || lang > 0 && !own.spans.contains_key("hidden") && original()
        };
        let mut pages: Vec<(Arc<str>, &PageRecord, Translation)> = Vec::new();
        for (logical, record) in &by_lang[lang] {
            // Whether it fits its original does not depend on whether that is published.
            let original = if lang == 0 { None } else { all[0].get(logical) };
            let translation = match (lang, original) {
                (0, _) => Translation::Original,
                (_, None) => Translation::Only,
                (_, Some(original)) => match &record.document.summary.translated_from {
                    None => Translation::Unstamped,
                    Some(stamp) if *stamp == stamp_of(&original.document) => Translation::Current,
                    Some(_) => Translation::Outdated,
                },
            };
            if translation == Translation::Only && !record.document.made {
                site.orphans.push(record.document.path.clone());
            }
            pages.push((logical.clone(), record, translation));
        }
        if lang > 0 {
            for (logical, record) in &by_lang[0] {
                if !by_lang[lang].contains_key(logical) {
                    pages.push((logical.clone(), record, Translation::Fallback));
                }
            }
            pages.sort_by(|a, b| a.0.cmp(&b.0));
        }
        let mut tree = Tree { code: language.code.as_str().into(), ..Tree::default() };
        shared::leave_out(&mut tree, lang, &site);
        tree.nodes.reserve(pages.len());
        for (logical, record, translation) in pages {
            tree.by_path.insert(path_hash(&logical), tree.nodes.len() as u32);
            let listed = !hidden(&logical, record);
            tree.nodes.push(Node {
                address: address(&logical, &prefix, config.urls).into(),
                logical,
                document: record.document.clone(),
                card: record.card,
                title: record.title,
                given: record.given,
                parent: None,
                members: Vec::new(),
                prev: None,
                next: None,
                translation,
                listed,
            });
        }
        tree::shape(&mut tree);
        shared::collect(&mut tree, lang as LangIndex, site.trees.first(), &config.tags);
        site.trees.push(tree);
        let glossary = glossary::collect(&site, lang as LangIndex, kinds, &mut diagnostics);
        if let Some(tree) = site.trees.get_mut(lang) {
            tree.glossary = glossary;
        }
    }
    let any_page = site.trees.iter().any(|tree| !tree.nodes.is_empty());
    if let (Some(tree), Some(pages)) = (site.trees.first(), all.first()) {
        // One that is left out is there, unless another tool would take its name for that of the start page.
        let meant = any_page || pages.contains_key("_index.md");
        if tree.home.is_none() && meant && !pages.contains_key("index.md") {
            diagnostics.push(file_names::missing_home(pages, config));
        }
    }
    for (lang, pages) in all.iter().enumerate() {
        let is_shown = |logical: &str| by_lang[lang].contains_key(logical);
        file_names::check(pages, is_shown, config, &mut diagnostics);
    }
    Assembly { site, diagnostics }
}

/// A page with its path.
fn by_path(record: &PageRecord) -> (Arc<str>, &PageRecord) {
    (record.document.logical.clone(), record)
}

/// What `translated_from` says of a source in its present state: 16 hexadecimal digits.
pub fn stamp_of(document: &Document) -> String {
    document.summary.text_fingerprint.to_string()[..16].to_string()
}

/// The place of a front matter value, or the top of the file.
pub fn value_span(summary: &Summary, key: &str) -> Span {
    summary.spans.get(key).copied().unwrap_or_default()
}

/// The place of an item of a front matter list, for messages; that of the whole list when it stands on one line.
pub fn item_span(summary: &Summary, key: &str, number: usize) -> Span {
    let item = summary.spans.get(&*crate::document::item_key(key, number)).copied();
    item.unwrap_or_else(|| value_span(summary, key))
}
