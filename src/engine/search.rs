//! The search's files: made of the digests of all pages, planned like any output, and named after their bytes.
//!
//! A body's edit changes one digest; the files are made anew, and those whose bytes are others have other names, so the plan says
//! what is to be written and what goes. No page reads any of it. A preview makes them when somebody asks for one.

use super::rendering::job_hash;
use super::{Delta, Engine, Which};
use crate::config::yaml;
use crate::diag::{Diagnostic, code};
use crate::document::{Body, Document};
use crate::engine::graph::Consumer;
use crate::plan::{Job, Plan};
use crate::render::{SearchFiles, table_text};
use crate::search::{self, Index, Language, PageIn};
use crate::site::{LangIndex, Node, path_hash};
use crate::source::{Fingerprint, Hasher, OutputPath};
use crate::text::{PageText, Section};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

/// The folder of the search's files.
const FOLDER: &str = "search/";
/// The words that people say in place of the guide's, in the site's folder.
const WORDS: &str = "data/search_words.yaml";

/// The file that all languages share, which asks the others.
const READER: &str = "reader.js";

/// What is known of the search.
#[derive(Default)]
pub(super) struct Search {
    /// The files; none before they are made.
    pub files: Arc<SearchFiles>,
    /// What they are made of changed since.
    pub stale: bool,
    /// What the files of each language are made of, by its code: an edit makes those alone anew for which it is another.
    pub made: IndexInputs,
    /// The words of the pages' digests.
    pub words: search::Words,
    /// What people say in place of the guide's words.
    pub everyday: Arc<Everyday>,
}

/// By the code of a language, what its files are made of, and how many they are.
pub(super) type IndexInputs = BTreeMap<String, (Fingerprint, usize)>;

/// Whether the search may have made the output.
pub(super) fn is_file(path: &OutputPath) -> bool {
    path.as_str().starts_with(FOLDER) && path.extension() == "js"
}

/// Whether the output is a file of the language of that code.
fn is_of(path: &str, code: &str) -> bool {
    let rest = path.strip_prefix(FOLDER).and_then(|path| path.strip_prefix(code));
    rest.is_some_and(|rest| rest == ".js" || rest.starts_with('/'))
}

/// What the files of a language are made of.
fn made_of(language: &Language<'_>, pages: &[PageIn<'_>]) -> Fingerprint {
    let mut hasher = Hasher::new();
    let texts = language.kinds.iter().flat_map(|(name, plural)| [*name, *plural]);
    for text in texts {
        hasher.text(text);
    }
    for (word, says) in language.everyday {
        hasher.number(says.len() as u64).text(word);
        for say in says {
            hasher.text(say);
        }
    }
    for page in pages {
        hasher.text(page.logical).text(page.address).text(page.lang.unwrap_or("")).bytes(page.digest);
        for (anchor, name) in page.others.iter().flat_map(|digest| search::names(digest)) {
            hasher.text(&anchor).text(name);
        }
        hasher.number(page.others.len() as u64).number(page.tables.len() as u64);
        for (place, text) in &page.tables {
            hasher.number(u64::from(*place)).text(text);
        }
    }
    hasher.finish()
}

/// Words of the guide with what people say, by language.
pub(super) type Everyday = BTreeMap<String, Vec<(String, Vec<String>)>>;

impl Engine {
    /// What the search needs of a page that was just parsed.
    pub(super) fn digest(&self, document: &Document) -> bytes::Bytes {
        let summary = &document.summary;
        if !self.config.outputs.search || !summary.search || summary.hidden {
            return bytes::Bytes::new();
        }
        match (&document.text, &document.body) {
            (Some(text), Some(body)) => {
                search::digest(document, text, body, &self.config.kinds, &self.search.words).into()
            }
            _ => bytes::Bytes::new(),
        }
    }

    /// The delta with what becomes of the search.
    pub(super) fn with_search(&mut self, delta: Delta) -> Delta {
        if !self.search.stale {
            return delta;
        }
        let mut removed = delta.removed;
        removed.extend(self.index());
        Delta { dirty: self.dirty.iter().cloned().collect(), removed }
    }

    /// Makes the search's files when those that are to be made are not there, or a preview is asked for one; gives the
    /// outputs that are gone.
    pub(super) fn ready_search(&mut self, which: Which<'_>) -> Vec<OutputPath> {
        let asked = |path: &OutputPath| self.options.serve && self.search.stale && is_file(path);
        let mut gone = match which {
            Which::These(paths) if paths.iter().any(asked) => self.index(),
            _ => Vec::new(),
        };
        let unmade = |path: &OutputPath| {
            let job = self.plan.jobs.get(path);
            matches!(job, Some(Job::SearchFile { .. })) && !self.search.files.contains_key(path)
        };
        let needed = match which {
            Which::These(paths) => paths.iter().any(unmade),
            Which::All | Which::Some(_) => self.dirty.iter().any(unmade),
        };
        if needed {
            gone.extend(self.index_all());
        }
        gone
    }

    /// The search's files, with their names in the browser's way: `en` for the root of a language, `en/…` for its shards.
    pub fn search_files(&mut self) -> impl Iterator<Item = (&str, &str)> {
        let jobs = self.search_jobs();
        let all = !jobs.is_empty() && jobs.iter().all(|(path, _)| self.search.files.contains_key(path));
        if self.search.stale || !all {
            self.index_all();
        }
        let files = self.search.files.iter();
        files.filter_map(|(path, text)| {
            let name = path.as_str().strip_prefix(FOLDER)?.strip_suffix(".js")?;
            Some((name, std::str::from_utf8(text).ok()?))
        })
    }

    /// Makes the files of all languages and plans them; gives the outputs that are gone.
    pub fn index_all(&mut self) -> Vec<OutputPath> {
        self.search.made.clear();
        self.index()
    }

    /// Makes the files of those languages whose pages changed, and plans all; gives the outputs that are gone.
    fn index(&mut self) -> Vec<OutputPath> {
        let Some(world) = self.world.clone() else { return Vec::new() };
        self.search.stale = false;
        let known = std::mem::take(&mut self.search.made);
        let mut files = SearchFiles::new();
        let mut jobs: BTreeMap<OutputPath, Job> = BTreeMap::new();
        if self.config.outputs.search {
            let everyday = self.search.everyday.clone();
            let languages: Vec<LangIndex> = (0..world.site.trees.len() as u8).collect();
            let made = self.threads.install(|| {
                use rayon::prelude::*;
                let of = |lang: &LangIndex| self.index_of(*lang, &everyday, &known);
                languages.par_iter().filter_map(of).collect::<Vec<_>>()
            });
            let old = self.search_jobs();
            let mut new: Vec<search::File> = Vec::new();
            let mut keep = |is: &dyn Fn(&str) -> bool| {
                jobs.extend(old.iter().filter(|(path, _)| is(path.as_str())).cloned());
                let files_of = self.search.files.iter().filter(|(path, _)| is(path.as_str()));
                files.extend(files_of.map(|(path, text)| (path.clone(), text.clone())));
            };
            // The reader is a part of the program.
            let is_reader = |path: &str| path.strip_prefix(FOLDER) == Some(READER);
            match !known.is_empty() && old.iter().any(|(path, _)| is_reader(path.as_str())) {
                _ if made.is_empty() => {}
                true => keep(&is_reader),
                false => new.push((READER.to_owned(), search::reader())),
            }
            for (code, fingerprint, own) in made {
                let count = match own {
                    Some(own) => {
                        let count = own.len();
                        new.extend(own);
                        count
                    }
                    None => {
                        keep(&|path| is_of(path, &code));
                        known.get(&code).map_or(0, |known| known.1)
                    }
                };
                self.search.made.insert(code, (fingerprint, count));
            }
            for (name, text) in new {
                if let Ok(path) = OutputPath::new(&format!("{FOLDER}{name}")) {
                    jobs.insert(
                        path.clone(),
                        Job::SearchFile { fingerprint: Fingerprint::of(text.as_bytes()) },
                    );
                    files.insert(path, Arc::new(text.into_bytes()));
                }
            }
        }
        self.search.files = Arc::new(files);
        let mut world = Arc::unwrap_or_clone(world);
        world.search = self.search.files.clone();
        self.world = Some(Arc::new(world));
        self.put_search(jobs.into_iter().collect())
    }

    /// What the files of one language are made of, by its code, and the files; without them when those are `known`.
    fn index_of(
        &self,
        lang: LangIndex,
        everyday: &Everyday,
        known: &IndexInputs,
    ) -> Option<(String, Fingerprint, Option<Vec<search::File>>)> {
        let world = self.world.as_ref()?;
        let trees = &world.site.trees;
        let tree = trees.get(lang as usize)?;
        // The page of a folder without one is no file, and has its title alone.
        let made: FxHashMap<&str, Vec<u8>> = tree
            .nodes
            .iter()
            .filter(|node| node.document.made && !node.document.summary.hidden)
            .map(|node| {
                let text = PageText { sections: vec![Section::default()], ..PageText::default() };
                let (body, kinds) = (Body::default(), &self.config.kinds);
                let digest = search::digest(&node.document, &text, &body, kinds, &self.search.words);
                (node.document.path.as_str(), digest)
            })
            .collect();
        let digest = |node: &Node| {
            let path = node.document.path.as_str();
            let own = self.pages.get(path).map(|page| &*page.digest);
            own.or_else(|| made.get(path).map(|digest| digest.as_slice()))
        };
        let tables = |digest: &[u8]| {
            let shown = search::tables(digest).into_iter().filter_map(|(place, file, columns)| {
                let data = world.data.get(&path_hash(file))?;
                Some((place, table_text(&data.value, columns)))
            });
            shown.collect::<Vec<_>>()
        };
        let mut pages = Vec::with_capacity(tree.nodes.len());
        // What lists do not name, a section above it hidden, the search does not find either.
        for node in tree.nodes.iter().filter(|node| node.listed) {
            let Some(own) = digest(node).filter(|digest| !digest.is_empty()) else { continue };
            let there = trees.iter().filter(|_| trees.len() > 1).filter_map(|tree| tree.find(&node.logical));
            let other = there.filter(|(_, other)| other.document.path != node.document.path);
            let mut others: Vec<&[u8]> = other.filter_map(|(_, other)| digest(other)).collect();
            others.sort_unstable();
            others.dedup();
            pages.push(PageIn {
                logical: &node.logical,
                address: &node.address,
                lang: Some(&*node.document.lang).filter(|lang| **lang != *tree.code),
                digest: own,
                others,
                tables: tables(own),
            });
        }
        if pages.is_empty() {
            return None;
        }
        let kinds = self.config.kinds.0.values();
        let language = Language {
            code: &tree.code,
            kinds: kinds.map(|kind| (kind.name.as_str(), kind.plural.get(&tree.code))).collect(),
            everyday: everyday.get(&*tree.code).map_or(&[], Vec::as_slice),
        };
        let fingerprint = made_of(&language, &pages);
        let code = tree.code.to_string();
        let count = self.search_jobs().iter().filter(|(path, _)| is_of(path.as_str(), &code)).count();
        let made = || search::files(Index::new(language, pages, &self.search.words));
        // Where something else took the place of one of them, it may be free now.
        let files = (known.get(&code) != Some(&(fingerprint, count))).then(made);
        Some((code, fingerprint, files))
    }

    /// Reads what people say in place of the guide's words.
    pub(super) fn everyday(&mut self) -> Everyday {
        self.problems.search.clear();
        let source = self.inputs.text(WORDS).filter(|_| self.config.outputs.search);
        let Some(source) = source else { return Everyday::new() };
        let text = String::from_utf8_lossy(&source.text);
        // Its faults are told where data files are read.
        let Some(node) = yaml::parse_data(&source.path, &text, 0).value else { return Everyday::new() };
        let mut found = Everyday::new();
        let mut wrong = |span, what: &str| {
            let help = "write a language, below it a word of the guide, and after it what people say: iep: [school plan, special ed plan]";
            let message = format!("{what} where the words of the search are expected");
            self.problems
                .search
                .push(Diagnostic::error(code::WRONG_TYPE, &source.path, span, message).help(help));
        };
        let Some(languages) = node.as_map() else {
            wrong(node.span, node.describe());
            return found;
        };
        for (lang, words) in languages {
            let Some(words) = words.as_map() else {
                wrong(words.span, words.describe());
                continue;
            };
            let list = found.entry(lang.text.clone()).or_default();
            for (word, says) in words {
                let items = match &says.value {
                    yaml::NodeValue::List(items) => items.iter().filter_map(|item| item.as_text()).collect(),
                    yaml::NodeValue::Scalar { text, .. } => text.split(',').collect::<Vec<_>>(),
                    _ => {
                        wrong(says.span, says.describe());
                        continue;
                    }
                };
                let items =
                    items.into_iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty());
                list.push((word.text.clone(), items.collect()));
            }
        }
        found
    }

    /// The search's jobs.
    pub(super) fn search_jobs(&self) -> Vec<(OutputPath, Job)> {
        let below = self.plan.jobs.range::<str, _>((Bound::Included(FOLDER), Bound::Unbounded));
        let below = below.take_while(|(path, _)| path.as_str().starts_with(FOLDER));
        let jobs = below.filter(|(_, job)| matches!(job, Job::SearchFile { .. }));
        jobs.map(|(path, job)| (path.clone(), job.clone())).collect()
    }

    /// What became of the search's jobs since `base` was planned: those that are gone, those that are new or others.
    pub(super) fn search_edits(
        &self,
        base: &BTreeMap<OutputPath, Job>,
    ) -> (Vec<OutputPath>, Vec<(OutputPath, Job)>) {
        let mut new = self.search_jobs();
        let gone = base.keys().filter(|path| !self.plan.jobs.contains_key(*path)).cloned().collect();
        new.retain(|(path, job)| base.get(path) != Some(job));
        (gone, new)
    }

    /// Does to the plan what [`Engine::search_edits`] told.
    pub(super) fn put_search_edits(&mut self, gone: &[OutputPath], new: Vec<(OutputPath, Job)>) {
        let mut jobs: BTreeMap<OutputPath, Job> = self.search_jobs().into_iter().collect();
        gone.iter().for_each(|path| drop(jobs.remove(path)));
        jobs.extend(new);
        self.put_search(jobs.into_iter().collect());
    }

    /// Keeps the search's jobs in a new plan, where nothing else takes their place.
    pub(super) fn keep_search(&self, new: &mut Plan) {
        for (path, job) in self.search_jobs() {
            new.jobs.entry(path).or_insert(job);
        }
    }

    /// Plans the search's files anew; gives the outputs that are gone.
    pub(super) fn put_search(&mut self, jobs: Vec<(OutputPath, Job)>) -> Vec<OutputPath> {
        let new: BTreeSet<&OutputPath> = jobs.iter().map(|(path, _)| path).collect();
        let gone: Vec<OutputPath> =
            self.search_jobs().into_iter().map(|(path, _)| path).filter(|path| !new.contains(path)).collect();
        for path in &gone {
            self.plan.jobs.remove(path);
            self.dirty.remove(path);
            self.graph.remove(&Consumer::Output(path.clone()));
        }
        for (path, job) in jobs {
            let known = self.graph.record(&Consumer::Output(path.clone()));
            if known.is_none_or(|record| record.job != job_hash(&job)) {
                self.dirty.insert(path.clone());
            }
            match self.plan.jobs.get(&path) {
                Some(other) if !matches!(other, Job::SearchFile { .. }) => {
                    self.dirty.remove(&path);
                }
                _ => {
                    self.plan.jobs.insert(path, job);
                }
            }
        }
        gone
    }
}
