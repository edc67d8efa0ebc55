//! A small site in memory, and what its search finds.

use guidepost::engine::{Engine, Loader, Options};
use guidepost::search::{Answer, Found, Search, text};
use guidepost::source::{Change, Source, SourcePath};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// Files that are nowhere but in the engine.
struct Nothing;

impl Loader for Nothing {
    fn load(&self, _: &SourcePath) -> Option<Arc<[u8]>> {
        None
    }
}

/// A site with the files of its search.
pub struct Asked {
    engine: Engine,
    files: BTreeMap<String, String>,
}

impl Asked {
    /// A site of files, each with its text.
    pub fn new(files: &[(&str, &str)]) -> Asked {
        Asked::with_threads(files, 1)
    }

    /// The same, made by so many threads.
    pub fn with_threads(files: &[(&str, &str)], threads: usize) -> Asked {
        let options = Options { threads, body_budget: 0, ..Options::new(jiff::civil::date(2026, 11, 22)) };
        let mut engine = Engine::new(options, Arc::new(Nothing)).unwrap();
        engine.keep_texts(false);
        let mut asked = Asked { engine, files: BTreeMap::new() };
        asked.set(files);
        asked
    }

    /// Puts files in place of those that there are, or beside them.
    pub fn set(&mut self, files: &[(&str, &str)]) {
        let change = |(path, text): &(&str, &str)| {
            Change::Set(Source::new(SourcePath::new(path).unwrap(), text.as_bytes().to_vec()))
        };
        self.engine.apply(files.iter().map(change).collect());
        self.files = self.engine.search_files().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    }

    /// The engine of the site.
    pub fn engine(&mut self) -> &mut Engine {
        &mut self.engine
    }

    /// The files of the search, by their names below `search/`.
    pub fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }

    /// What is found for a query that is finished; nothing when there is no such language.
    pub fn answer(&self, lang: &str, query: &str) -> Answer {
        let load = |name: &str| self.files.get(name).map(|script| text(script));
        Search::open(lang, &load).and_then(|search| search.find(query, true, 10)).unwrap_or_default()
    }

    /// The files that a finished query asks for, by name.
    pub fn asked(&self, lang: &str, query: &str) -> Vec<String> {
        let seen = Mutex::new(BTreeSet::new());
        let load = |name: &str| {
            seen.lock().ok()?.insert(name.to_owned());
            self.files.get(name).map(|script| text(script))
        };
        let _ = Search::open(lang, &load).and_then(|search| search.find(query, true, 10));
        seen.into_inner().unwrap_or_default().into_iter().collect()
    }

    /// The places that are found, best first.
    pub fn find(&self, lang: &str, query: &str) -> Vec<Found> {
        self.answer(lang, query).results
    }
}
