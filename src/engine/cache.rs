//! What a later run starts from.
//!
//! | what is kept | is right as long as |
//! |---|---|
//! | documents without bodies, their problems | the bytes of their files are the same; the scan's table says so |
//! | files that are not pages | likewise; their bytes are kept whole |
//! | what each output read, and the value of each fact then | always: the world is built anew of the same files, so no value differs |
//! | fingerprints of outputs made | the manifest says that the output still is what was written |
//! | fragments | like outputs |
//! | what the rules found, and what they have yet to look at | always: see `checks` |
//! | options (date, drafts, base_url, serve) | they are equal, or the difference is applied like an edit |
//!
//! Settings, templates, the site and the plan are built anew from what is kept: they cost little, and so nothing that
//! could disagree is stored twice. A cache of another version or with anything odd in it is no cache.

use super::bodies::Loader;
use super::checks::Findings;
use super::graph::Graph;
use super::inputs::Inputs;
use super::{Engine, Options, Page};
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::render::fragment::Fragment;
use crate::render::{FragmentKey, Log};
use crate::site::Held;
use crate::source::OutputPath;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{BufWriter, Write};
use std::sync::Arc;

/// One page as kept: document, problems, default kind.
type KeptPage = (Document, Vec<Diagnostic>, String);

#[derive(Serialize)]
struct Saved<'a> {
    options: &'a Options,
    inputs: &'a Inputs,
    pages: Vec<(&'a Document, &'a [Diagnostic], &'a str)>,
    graph: &'a Graph,
    fragments: Vec<(FragmentKey, String, u64)>,
    dirty: &'a BTreeSet<OutputPath>,
    findings: &'a Findings,
}

#[derive(Deserialize)]
struct Loaded {
    options: Options,
    inputs: Inputs,
    pages: Vec<KeptPage>,
    graph: Graph,
    fragments: Vec<(FragmentKey, String, u64)>,
    dirty: BTreeSet<OutputPath>,
    findings: Findings,
}

impl Engine {
    /// Everything a later run needs, as bytes. Outputs that were made but not yet recorded as written are the caller's
    /// to know: it marks them after opening.
    pub fn save(&self) -> Vec<u8> {
        let mut out = Vec::new();
        // Serialising plain data into memory cannot fail; if it did, a cut cache is a cold build.
        let _ = self.save_to(&mut out);
        out
    }

    /// Like [`Engine::save`], written to `out` in large pieces.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn save_to(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let fragments = self.world.as_ref().map_or_else(Vec::new, |w| {
            w.fragments.all().into_iter().map(|(key, f)| (key, f.text.clone(), f.fingerprint)).collect()
        });
        let saved = Saved {
            options: &self.options,
            inputs: &self.inputs,
            pages: self
                .pages
                .values()
                .map(|p| (&*p.held.document, p.diagnostics.as_slice(), p.default_kind.as_str()))
                .collect(),
            graph: &self.graph,
            fragments,
            dirty: &self.dirty,
            findings: &self.findings,
        };
        // The serializer writes byte for byte; that must not be a call through `dyn` each.
        let out = BufWriter::with_capacity(64 * 1024, out);
        postcard::to_io(&saved, out).map(|_| ()).map_err(std::io::Error::other)
    }

    /// An engine in the state in which [`Engine::save`] left it; none when the bytes are not such a state.
    ///
    /// What must be made again because the options differ is dirty afterwards.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn open(options: Options, loader: Arc<dyn Loader>, bytes: &[u8]) -> std::io::Result<Option<Engine>> {
        let Ok(loaded) = postcard::from_bytes::<Loaded>(bytes) else { return Ok(None) };
        if loaded.options.serve != options.serve {
            return Ok(None);
        }
        let as_saved = Options {
            date: loaded.options.date,
            drafts: loaded.options.drafts,
            base_url: loaded.options.base_url,
            ..options.clone()
        };
        let mut engine = Engine::new(as_saved, loader)?;
        engine.inputs = loaded.inputs;
        for (document, diagnostics, default_kind) in loaded.pages {
            let path = document.path.clone();
            let held = Held::new(Arc::new(document));
            let page = Page { held, diagnostics, default_kind };
            if page.is_noted() {
                engine.noted.insert(path.clone());
            }
            engine.pages.insert(path, page);
        }
        engine.graph = loaded.graph;
        engine.graph.index();
        engine.findings = loaded.findings;
        engine.reopen(loaded.fragments, loaded.dirty);
        engine.change_options(options);
        engine.take_counts();
        Ok(Some(engine))
    }
}

/// A fragment as it was kept; what it read is in the graph.
pub(super) fn kept_fragment(text: String, fingerprint: u64) -> Fragment {
    Fragment { text, fingerprint, log: Log::default() }
}
