//! Pages of the engine: changed files are parsed, entered in their places, and what that changes for others is noted.
//!
//! Section pages come first, since they say of what kind the others are. Called by `stages`.

use super::apply::Changed;
use super::bodies::ReadPage;
use super::inputs::{Class, classify};
use super::{Engine, Page, Stage, parallel};
use crate::config::language::split_language;
use crate::document::cascade::Cascade;
use crate::document::{ParseOptions, Summary, parse};
use crate::site::PageRecord;
use crate::source::{Change, Hasher, INDEX_NAMES, Source, SourcePath, is_index};
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

/// A page that is parsed but not yet part of the site.
pub struct ParsedPage(Page);

impl Engine {
    /// Whether a page may be parsed before the site is known: section pages say of what kind others are.
    pub fn parses_early(path: &SourcePath) -> bool {
        classify(path) == Class::Page && !is_index(path.file_name())
    }

    /// Parses a page of a new site; [`Engine::prepare`] was called.
    pub fn parse_early(&self, source: &Source) -> ParsedPage {
        self.parse_one(source, self.default_kind(&source.path))
    }

    /// Parses changed pages: section pages first, since they say of what kind the others are.
    pub(super) fn parse_pages(
        &mut self,
        changes: Vec<Change>,
        reparse: Vec<SourcePath>,
        changed: &mut Changed,
    ) {
        self.stages.begin(Stage::Parse);
        let mut sources: BTreeMap<SourcePath, Option<Source>> = BTreeMap::new();
        for path in reparse {
            sources.insert(path, None);
        }
        let is_index = |path: &SourcePath| is_index(path.file_name());
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
        // With a section page, its folder's default kind and what cascades may have changed under pages that did not.
        let members = if index_changed { Some(&self.pages) } else { None };
        for (path, page) in members.into_iter().flatten() {
            let other_kind = !is_index(path) && *self.default_kind(path) != *page.default_kind;
            let other = other_kind || cascade_hash(&self.cascade(path)) != page.record.given;
            if other && !rest.contains_key(path) {
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
        let from_default = || {
            let rest = folder.strip_prefix("content/")?;
            let (lang, rest) = rest.split_once('/').unwrap_or((rest, ""));
            self.config.languages.iter().skip(1).find(|l| l.code == lang)?;
            self.section_page(&self.same_folder(rest)?)
        };
        let kind = |page: &Page| page.record.document.summary.member_kind.clone();
        self.section_page(folder)
            .and_then(kind)
            .or_else(|| from_default().and_then(kind))
            .unwrap_or_else(|| "page".into())
    }

    /// The page of a folder.
    fn section_page(&self, folder: &str) -> Option<&Page> {
        INDEX_NAMES.iter().find_map(|name| self.pages.get(format!("{folder}/{name}").as_str()))
    }

    /// The folder of the default language that is `rest` inside `content/` but for the numbers before names.
    fn same_folder(&self, rest: &str) -> Option<String> {
        let mut found = "content".to_owned();
        for part in rest.split('/').filter(|part| !part.is_empty()) {
            let wanted = self.config.prefixes.plain(part);
            let plain = format!("{found}/{wanted}/");
            let is_there =
                self.pages.range::<str, _>((Bound::Included(plain.as_str()), Bound::Unbounded)).next();
            if is_there.is_some_and(|(path, _)| path.as_str().starts_with(&plain)) {
                found = plain.trim_end_matches('/').to_owned();
                continue;
            }
            // Names with numbers stand beside each other; one look for each folder.
            let (mut from, end) = (format!("{found}/0"), format!("{found}/:"));
            found = loop {
                let names = (Bound::Included(from.as_str()), Bound::Excluded(end.as_str()));
                let (path, _) = self.pages.range::<str, _>(names).next()?;
                let name = path.as_str().get(found.len() + 1..)?;
                let name = name.split('/').next()?;
                if self.config.prefixes.plain(name) == wanted {
                    break format!("{found}/{name}");
                }
                from = format!("{found}/{name}0");
            };
        }
        Some(found)
    }

    /// What the pages of the sections above a page say for it: the nearest first, and in its own language first.
    fn cascade(&self, path: &SourcePath) -> Cascade {
        let mut all = Cascade::default();
        let Some(inside) = path.as_str().strip_prefix("content/") else { return all };
        let (language, logical) = split_language(&self.config.languages, inside);
        let root = path.as_str().strip_suffix(logical).unwrap_or("content/").trim_end_matches('/');
        let above = |logical: &'_ str| {
            let ends = logical.char_indices().filter(|(_, c)| *c == '/').map(|(i, _)| i);
            std::iter::once(0).chain(ends).collect::<Vec<_>>().into_iter().rev()
        };
        let of = |folder: &str| {
            let page = self.section_page(folder).filter(|page| page.record.document.path != *path)?;
            page.record.document.summary.cascade.as_deref()
        };
        for end in above(logical) {
            let section = logical.get(..end).unwrap_or("");
            let folder = if section.is_empty() { root.to_owned() } else { format!("{root}/{section}") };
            if let Some(found) = of(&folder) {
                all.below(found);
            }
        }
        for end in above(logical).filter(|_| language > 0) {
            let folder = self.same_folder(logical.get(..end).unwrap_or(""));
            if let Some(found) = folder.as_deref().and_then(of) {
                all.below(&found.for_translation());
            }
        }
        all
    }

    fn parse_batch(&mut self, batch: Vec<(SourcePath, Option<Source>)>, changed: &mut Changed) {
        if batch.is_empty() {
            return;
        }
        let work: Vec<(SourcePath, Option<Source>, String)> = batch
            .into_iter()
            .map(|(path, source)| {
                let kind =
                    if is_index(path.file_name()) { "page".to_string() } else { self.default_kind(&path) };
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
            self.insert_page(page, changed);
        }
    }

    fn parse_one(&self, source: &Source, default_kind: String) -> ParsedPage {
        let cascade = self.cascade(&source.path);
        let options = ParseOptions {
            cascade: Some(&cascade),
            zone: self.config.time_zone.as_deref(),
            prefixes: self.config.prefixes,
            values: &self.config.values,
            kinds: &self.config.kinds,
            languages: &self.config.languages,
            default_kind: &default_kind,
            raw_html: self.config.raw_html,
            text: self.keeps_texts || self.config.outputs.search,
            links: self.config.backlinks,
        };
        let mut parsed = parse(source, &options);
        let digest = self.digest(&parsed.value);
        if let Some(body) = parsed.value.body.take() {
            self.bodies.put(&source.path, source.fingerprint, body);
        }
        if let Some(mut text) = parsed.value.text.take()
            && self.keeps_texts
        {
            if let Some(text) = Arc::get_mut(&mut text) {
                text.fit();
            }
            let read = ReadPage { bytes: source.text.clone(), text };
            self.bodies.put_text(&source.path, source.fingerprint, read);
        }
        let record = PageRecord::new(Arc::new(parsed.value)).below(cascade_hash(&cascade));
        ParsedPage(Page {
            record,
            diagnostics: parsed.diagnostics,
            default_kind: default_kind.into(),
            digest,
        })
    }

    /// Puts a parsed page in its place and notes what that changes for others.
    pub(super) fn insert_page(&mut self, ParsedPage(page): ParsedPage, changed: &mut Changed) {
        self.counts.parsed += 1;
        let document = page.record.document.clone();
        let path = document.path.clone();
        self.findings.page_changed(&path);
        if page.is_noted() {
            self.noted.insert(path.clone());
        } else {
            self.noted.remove(&path);
        }
        let is_faulty = self.is_faulty(&page);
        match self.pages.insert(path.clone(), page) {
            Some(old) if self.world.is_some() => {
                changed.site |= is_faulty != self.is_faulty(&old);
                self.search.stale |= self.pages.get(&path).is_some_and(|page| page.digest != old.digest);
                let before = &old.record.document;
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
}

/// Identifies what cascades to a page; 0 for nothing.
fn cascade_hash(cascade: &Cascade) -> u64 {
    match cascade.is_empty() {
        true => 0,
        false => Hasher::new().text(&format!("{cascade:?}")).finish().low().max(1),
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

/// Whether a change is about a page.
pub(super) fn is_page(change: &Change) -> bool {
    let path = match change {
        Change::Set(source) => &source.path,
        Change::SetAsset(asset) => &asset.path,
        Change::Remove(path) => path,
    };
    classify(path) == Class::Page
}
