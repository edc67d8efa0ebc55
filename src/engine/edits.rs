//! What little changed since a cache was written: kept beside it, so that to save the edit of a page a large site need not
//! be written anew.
//!
//! Only edits of bodies are kept so, with the outputs made since and what the rules found: that is what an editor does
//! all day. After anything else the cache is written as a whole.

use super::cache::read_pages;
use super::checks::EditedFindings;
use super::codec::{Decoder, put_list, put_value};
use super::graph::{Consumer, SavedGraph};
use super::search::IndexInputs;
use super::{Engine, Page};
use crate::plan::Job;
use crate::render::{Fact, FactKind};
use crate::source::{OutputPath, SourcePath};
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of edited pages that count as few, whatever the size of the site; in a large one, a fiftieth of its
/// pages.
const MAX_SMALL_DELTA: usize = 16;

/// What changed since the cache was written.
#[derive(Debug, Default)]
pub(super) struct Edits {
    /// Pages whose bodies changed.
    pub pages: BTreeSet<SourcePath>,
    /// Outputs that were made.
    pub outputs: BTreeSet<OutputPath>,
    /// The search's jobs as they were.
    pub search: BTreeMap<OutputPath, Job>,
    /// Number of words that the search knew.
    pub words: usize,
}

/// The search's jobs that went, and those that came.
type SearchJobs = (Vec<OutputPath>, Vec<(OutputPath, Job)>);

/// Edits as they were kept.
pub(super) struct KeptEdits {
    words: Vec<String>,
    pages: Vec<(SourcePath, Page)>,
    outputs: Vec<(OutputPath, SavedGraph)>,
    search: (SearchJobs, IndexInputs),
    dirty: BTreeSet<OutputPath>,
    findings: EditedFindings,
}

impl Engine {
    /// From here on notes what changes, after [`Engine::save`]. [`Engine::save_edits`] gives it.
    pub fn begin_edits(&mut self) {
        self.edits = Some(Edits {
            search: self.search_jobs().into_iter().collect(),
            words: self.search.words.count(),
            ..Edits::default()
        });
        self.findings.begin_edits();
    }

    /// What changed since [`Engine::begin_edits`] or since the cache that this engine was opened from, as bytes that
    /// [`Engine::open`] takes beside those; none when it is not little.
    pub fn save_edits(&self) -> Option<Vec<u8>> {
        let edits = self.edits.as_ref()?;
        let few = MAX_SMALL_DELTA.max(self.pages.len() / 50);
        if edits.pages.len() > few || edits.outputs.len() > few * 2 {
            return None;
        }
        let pages: Vec<&Page> = edits.pages.iter().filter_map(|path| self.pages.get(path)).collect();
        let outputs = edits.outputs.iter().filter_map(|path| {
            let reads = self.graph.keep(&Consumer::Output(path.clone()))?;
            Some((path, reads))
        });
        let outputs: Vec<(&OutputPath, SavedGraph)> = outputs.collect();
        let mut out = Vec::new();
        put_value(&mut out, &self.search.words.since(edits.words)).ok()?;
        put_list(&mut out, pages.into_iter().map(Page::saved)).ok()?;
        put_list(&mut out, outputs.into_iter()).ok()?;
        put_value(&mut out, &(self.search_edits(&edits.search), &self.search.made)).ok()?;
        put_value(&mut out, &self.dirty).ok()?;
        self.findings.save_edits(&mut out, few)?;
        Some(out)
    }
}

impl KeptEdits {
    /// Reads what [`Engine::save_edits`] gave.
    pub fn load(section: &mut Decoder<'_>) -> Option<KeptEdits> {
        let words = section.value()?;
        let pages = read_pages(section)?;
        let mut outputs = Vec::new();
        section.list(|_, output| outputs.push(output))?;
        let search = section.value()?;
        let dirty = section.value()?;
        let findings = EditedFindings::load(section)?;
        section.is_empty().then_some(KeptEdits { words, pages, outputs, search, dirty, findings })
    }

    /// Puts the pages in place of those that the cache has.
    pub fn put_pages(&mut self, engine: &mut Engine, edits: &mut Edits) -> Option<()> {
        engine.search.words.put(self.words.iter().map(String::as_str))?;
        for (path, page) in self.pages.drain(..) {
            *engine.pages.get_mut(&path)? = page;
            edits.pages.insert(path);
        }
        Some(())
    }

    /// Does again to the graph what was done since: the world is the one that was edited last.
    pub fn replay(self, engine: &mut Engine, edits: &mut Edits) -> Option<()> {
        let world = engine.world.clone()?;
        for path in &edits.pages {
            let logical = engine.pages.get(path)?.record.document.logical.clone();
            for lang in 0..world.site.trees.len() {
                // Its readers are known: they were made, or are among the dirty.
                engine.graph.check(
                    &world,
                    Fact::new(FactKind::Document, lang as u8, &logical),
                    &mut Vec::new(),
                );
            }
        }
        let ((gone, new), made) = self.search;
        engine.put_search_edits(&gone, new);
        engine.search.made = made;
        for (path, reads) in self.outputs {
            engine.graph.replay(&world, &Consumer::Output(path.clone()), reads)?;
            edits.outputs.insert(path);
        }
        engine.dirty = self.dirty;
        engine.findings.put_edits(self.findings);
        Some(())
    }
}
