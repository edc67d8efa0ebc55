//! What a later run starts from.
//!
//! | what is kept | is right as long as |
//! |---|---|
//! | documents without bodies, their problems | the bytes of their files are the same; the scan's table says so |
//! | files that are not pages | likewise; their bytes are kept whole |
//! | the assembled site and the plan, with their problems | the documents, the settings and the options are the same |
//! | what each output read, and the value of each fact then | always: the world is the same, so no value differs |
//! | fingerprints of outputs made | the manifest says that the output still is what was written |
//! | fragments | like outputs |
//! | what the file with the whole site was made of, and its weight | always: it is compared with what outputs are then |
//! | what the rules found, and what they have yet to look at | always: see `checks` |
//! | options (date, drafts, base_url, serve) | they are equal, or the difference is applied like an edit |
//!
//! Settings and templates are made anew from the files that are kept. What is large is read only when somebody looks at it
//! (summaries, facts of pages) or lies in long rows of numbers (the graph), so a build of one page costs little more than
//! that page. A cache of another version or with anything odd in it is no cache.

use super::bodies::Loader;
use super::checks::Findings;
use super::codec::{Decoder, put_list, put_value};
use super::edits::{Edits, KeptEdits};
use super::graph::Graph;
use super::inputs::Inputs;
use super::{Engine, Options, Page};
use crate::diag::Diagnostic;
use crate::document::{Allow, Damage, Document, LazyCached};
use crate::plan::{Job, Plan};
use crate::render::fragment::Fragment;
use crate::render::{FragmentKey, Log};
use crate::site::{LangIndex, NodeIndex, PageRecord, Site, SiteSnapshot};
use crate::source::{Fingerprint, OutputPath, SourcePath};
use bytes::Bytes;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

/// A [`Document`] as it was kept, its summary not yet looked at.
#[derive(Deserialize)]
struct KeptDocument<'a> {
    path: SourcePath,
    lang: &'a str,
    logical: Arc<str>,
    fingerprint: Fingerprint,
    summary: &'a [u8],
    allows: Vec<Allow>,
}

/// One page as kept: document, fingerprints of its card and its titles, problems, default kind, digest for the search.
#[derive(Serialize, Deserialize)]
struct KeptPage<D, P, K, S> {
    document: D,
    card: u64,
    title: u64,
    diagnostics: P,
    default_kind: K,
    cascade: u64,
    digest: S,
}

/// Bytes that are written as they are.
struct AsBytes<'a>(&'a [u8]);

impl Serialize for AsBytes<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl Page {
    /// The page as it is kept.
    pub(super) fn saved(&self) -> impl Serialize + '_ {
        KeptPage {
            document: &*self.record.document,
            card: self.record.card,
            title: self.record.title,
            diagnostics: self.diagnostics.as_slice(),
            default_kind: &*self.default_kind,
            cascade: self.record.given,
            digest: AsBytes(&self.digest),
        }
    }
}

/// Reads pages that were written one by one.
pub(super) fn read_pages(section: &mut Decoder<'_>) -> Option<Vec<(SourcePath, Page)>> {
    let mut pages: Vec<(SourcePath, Page)> = Vec::with_capacity(section.ahead());
    let mut names: FxHashMap<&str, Arc<str>> = FxHashMap::default();
    section.list(|section, kept: KeptPage<KeptDocument<'_>, Vec<Diagnostic>, &str, &[u8]>| {
        let KeptDocument { path, lang, logical, fingerprint, summary, allows } = kept.document;
        // There are few names of languages and kinds, and they are many times the same.
        let mut name = |name| names.entry(name).or_insert_with(|| Arc::from(name)).clone();
        let lang = name(lang);
        let default_kind = name(kept.default_kind);
        let summary = LazyCached::saved(section.share(summary), section.damage());
        let document = Document {
            path,
            lang,
            logical,
            fingerprint,
            summary,
            allows,
            body: None,
            text: None,
            made: false,
        };
        let path = document.path.clone();
        let record = PageRecord {
            document: Arc::new(document),
            card: kept.card,
            title: kept.title,
            given: kept.cascade,
        };
        let digest = section.share(kept.digest);
        pages.push((path, Page { record, diagnostics: kept.diagnostics, default_kind, digest }));
    })?;
    Some(pages)
}

/// A job as kept.
#[derive(Serialize, Deserialize)]
enum KeptJob {
    /// The page of that number in the tree of the language, written to the file that its address names.
    Page { lang: LangIndex, node: NodeIndex },
    /// Any other.
    Other(OutputPath, Job),
}

impl KeptJob {
    fn new(site: &Site, path: &OutputPath, job: &Job) -> KeptJob {
        if let Job::Page { lang, logical } = job
            && let Some((node, found)) = site.trees.get(*lang as usize).and_then(|t| t.find(logical))
            && *found.address == *path.as_str()
        {
            return KeptJob::Page { lang: *lang, node };
        }
        KeptJob::Other(path.clone(), job.clone())
    }

    fn open(self, site: &Site) -> Option<(OutputPath, Job)> {
        match self {
            KeptJob::Other(path, job) => Some((path, job)),
            KeptJob::Page { lang, node } => {
                let node = site.trees.get(lang as usize)?.node(node)?;
                let job = Job::Page { lang, logical: node.logical.clone() };
                Some((OutputPath::known(node.address.clone()), job))
            }
        }
    }
}

/// The assembled site, the plan, and the problems that making them found.
type Assembled = (SiteSnapshot, Vec<KeptJob>, Vec<Diagnostic>, Vec<Diagnostic>);

/// A site and a plan that need not be made again.
pub(super) struct Ready {
    pub site: Site,
    pub plan: Plan,
    pub site_problems: Vec<Diagnostic>,
}

impl Engine {
    /// Everything a later run needs, as bytes. Outputs that were made but not yet recorded as written are the caller's
    /// to know: it marks them after opening.
    pub fn save(&self) -> Vec<u8> {
        let mut out = Vec::new();
        // Nothing but the memory can refuse bytes here; half a cache is no cache, so the next build is a cold one.
        let _ = self.save_to(&mut out);
        out
    }

    /// Writes what [`Engine::save`] gives.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn save_to(&self, out: &mut dyn Write) -> io::Result<()> {
        put_value(out, &self.options)?;
        put_value(out, &self.inputs)?;
        put_value(out, &self.search.words.since(0))?;
        put_list(out, self.pages.values().map(Page::saved))?;
        let fragments = self.world.as_ref().map_or_else(Vec::new, |w| w.fragments.all());
        let fragments = fragments
            .iter()
            .map(|(key, f)| (key, f.text.as_str(), (f.fingerprint, f.mark), f.asks.as_slice()));
        put_list(out, fragments)?;
        put_value(out, &self.dirty)?;
        put_value(out, &self.assembled())?;
        put_value(out, &self.search.made)?;
        put_value(out, &self.zip)?;
        self.findings.save(out)?;
        self.graph.save(out, self.plan.jobs.keys())
    }

    fn assembled(&self) -> Option<Assembled> {
        let numbers: FxHashMap<&SourcePath, u32> = self.pages.keys().zip(0..).collect();
        let site = &self.world.as_ref()?.site;
        let jobs = self.plan.jobs.iter().map(|(path, job)| KeptJob::new(site, path, job)).collect();
        Some((
            site.keep(|path| numbers.get(path).copied())?,
            jobs,
            self.problems.site.clone(),
            self.problems.plan.clone(),
        ))
    }

    /// An engine in the state in which [`Engine::save`] left it, and [`Engine::save_edits`] after it; none when the bytes are
    /// not such a state.
    ///
    /// What must be made again because the options differ is dirty afterwards.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn open(
        options: Options,
        loader: Arc<dyn Loader>,
        bytes: Bytes,
        edits: Option<Bytes>,
    ) -> io::Result<Option<Engine>> {
        let damage = Damage::default();
        let mut section = Decoder::told(&bytes, &damage);
        let Some(saved) = section.value::<Options>().filter(|saved| saved.serve == options.serve) else {
            return Ok(None);
        };
        let as_saved =
            Options { date: saved.date, drafts: saved.drafts, base_url: saved.base_url, ..options.clone() };
        let mut engine = Engine { damage: damage.clone(), ..Engine::new(as_saved, loader)? };
        let edits = match edits.as_ref().map(|bytes| KeptEdits::load(&mut Decoder::told(bytes, &damage))) {
            Some(None) => return Ok(None),
            read => read.flatten(),
        };
        if engine.load(&mut section, edits).is_none() || !section.is_empty() {
            return Ok(None);
        }
        engine.change_options(options);
        engine.take_counts();
        Ok(Some(engine).filter(Engine::is_sound))
    }

    fn load(&mut self, section: &mut Decoder<'_>, mut edits: Option<KeptEdits>) -> Option<()> {
        self.inputs = section.value::<Inputs>()?;
        self.search.words.put(section.value::<Vec<&str>>()?)?;
        let pages = read_pages(section)?;
        self.pages = pages.into_iter().collect();
        let mut now = Edits { words: self.search.words.count(), ..Edits::default() };
        if let Some(edits) = &mut edits {
            edits.put_pages(self, &mut now)?;
        }
        let noted = self.pages.iter().filter(|(_, page)| page.is_noted()).map(|(path, _)| path.clone());
        self.noted = noted.collect();
        let mut fragments: Vec<(FragmentKey, Fragment)> = Vec::new();
        section.list(|_, (key, text, (fingerprint, mark), asks)| {
            // What it read is in the graph.
            fragments.push((key, Fragment { text, fingerprint, mark, asks, log: Log::default() }));
        })?;
        let dirty: BTreeSet<OutputPath> = section.value()?;
        let assembled: Option<Assembled> = section.value()?;
        self.search.made = section.value()?;
        self.zip = section.value()?;
        self.findings = Findings::load(section)?;
        // A state without a site is one in which nothing was read yet: none to go on from.
        let (site, jobs, site_problems, plan_problems) = assembled?;
        let record: Vec<&PageRecord> = self.pages.values().map(|page| &page.record).collect();
        let site = site.open(&record)?;
        let jobs = jobs.into_iter().map(|job| job.open(&site)).collect::<Option<BTreeMap<_, _>>>()?;
        self.problems.plan = plan_problems;
        let ready = Ready { site, plan: Plan { jobs, diagnostics: Vec::new() }, site_problems };
        self.graph = Graph::load(section, ready.plan.jobs.keys())?;
        self.reopen(fragments, dirty, ready);
        now.search = self.search_jobs().into_iter().collect();
        if let Some(edits) = edits {
            edits.replay(self, &mut now)?;
        }
        self.edits = Some(now);
        Some(())
    }
}
