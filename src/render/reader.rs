//! The only way from rendering to the site: every read is recorded.
//!
//! One reader makes one output (or one fragment). Whatever it hands out it has written down as a [`Fact`], also
//! when the answer was "there is no such thing"; so an output can be stale only if a fact it read changed.

mod entries;
mod left_out;
mod listing;

use super::fact::{Fact, FactKind};
use super::folder_memo;
use super::fragment::FragmentKey;
pub use super::log::Log;
use super::sheet::Sheet;
use super::trail::{Step, Trail};
use super::world::{AssetEntry, World};
use crate::config::Notice;
use crate::diag::Diagnostic;
use crate::document::Body;
use crate::plan::Job;
use crate::site::{CONTENT, EntryAt, LangIndex, Moved, Names, Node, NodeIndex, Tree, split, tag_key};
use crate::source::{nfc, relative_url};
use crate::template::Reads;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Maximum number of related pages that are shown.
pub const MAX_RELATED: usize = 5;

/// Reads the site for one output.
pub struct Reader {
    world: Arc<World>,
    /// Language of the view.
    pub lang: LangIndex,
    /// Address of the output that is made, from which relative addresses count.
    pub here: Arc<str>,
    /// The length of its folder.
    folder: usize,
    /// Logical path of the page that is shown, if it is one.
    pub page: Option<Arc<str>>,
    /// Which worker renders.
    pub worker: usize,
    /// What else stands on the output beside its own body.
    sheet: Mutex<Option<Sheet>>,
    /// Whether a body is being filled that stands here as a part: then no address is that of the output.
    in_part: AtomicBool,
    /// Files are only measured now, and nothing leads to them.
    measuring: AtomicBool,
    /// Which keys of values the template reads for which they are made; all when that is not known.
    reads: Mutex<Option<Arc<Reads>>>,
    /// The file whose body is being filled: components name files beside it.
    beside: Mutex<Option<crate::source::SourcePath>>,
    /// What is being made, down to what is made now.
    trail: Mutex<Trail>,
    /// The fragments that were asked for.
    asked: Mutex<Vec<FragmentKey>>,
    /// The addresses of assets that a stylesheet was given: right as they are.
    given: Mutex<Vec<String>>,
    log: Mutex<Log>,
}

/// A step that is being gone; when it is dropped, it was.
pub struct Going<'r>(&'r Reader);

impl Drop for Going<'_> {
    fn drop(&mut self) {
        self.0.trail.lock().unwrap_or_else(PoisonError::into_inner).pop();
    }
}

impl Reader {
    /// A reader for one output.
    pub fn new(
        world: &Arc<World>,
        worker: usize,
        lang: LangIndex,
        here: &str,
        page: Option<Arc<str>>,
    ) -> Self {
        Reader {
            world: world.clone(),
            lang,
            here: here.into(),
            folder: here.rfind('/').map_or(0, |i| i + 1),
            page,
            worker,
            sheet: Mutex::new(None),
            in_part: AtomicBool::new(false),
            measuring: AtomicBool::new(false),
            reads: Mutex::new(None),
            beside: Mutex::new(None),
            trail: Mutex::default(),
            asked: Mutex::default(),
            given: Mutex::default(),
            log: Mutex::new(Log::default()),
        }
    }

    /// The same at the end of `trail`.
    pub fn after(mut self, trail: Trail) -> Reader {
        self.trail = Mutex::new(trail);
        self
    }

    /// What is being made, down to what is made now.
    pub fn trail(&self) -> Trail {
        self.trail.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Goes a step on the way.
    pub fn go(&self, step: Step) -> Going<'_> {
        self.trail.lock().unwrap_or_else(PoisonError::into_inner).push(step);
        Going(self)
    }

    /// Whether an entry's text may be made now; else why not.
    pub fn may_make(&self, lang: LangIndex, node: &Node, id: &str) -> Result<(), String> {
        let trail = self.trail.lock().unwrap_or_else(PoisonError::into_inner);
        trail.may(&Step::Entry { lang, page: node.logical.clone(), id: id.into() })
    }

    /// Notes that a fragment was asked for.
    pub fn note_asked(&self, key: &FragmentKey) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if !asked.contains(key) {
            asked.push(key.clone());
        }
    }

    /// Notes the address of an asset that is put into a stylesheet.
    pub fn give(&self, address: &str) {
        if matches!(self.trail().fragments().next_back(), Some(FragmentKey::Stylesheet { .. })) {
            self.given.lock().unwrap_or_else(PoisonError::into_inner).push(address.to_owned());
        }
    }

    /// Whether the address was put there so.
    pub fn has_given(&self, address: &str) -> bool {
        self.given.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|given| given == address)
    }

    /// The fragments that were asked for.
    pub fn take_asked(&self) -> Vec<FragmentKey> {
        std::mem::take(&mut self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What was read and met; the reader is used up.
    pub fn finish(&self) -> Log {
        std::mem::take(&mut *self.log()).finished()
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says whose body is being filled; gives what was said before.
    pub fn set_beside(&self, path: Option<crate::source::SourcePath>) -> Option<crate::source::SourcePath> {
        std::mem::replace(&mut *self.beside.lock().unwrap_or_else(PoisonError::into_inner), path)
    }

    /// The file whose body is being filled, if any.
    pub fn base_dir(&self) -> Option<crate::source::SourcePath> {
        self.beside.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says for which template values are made from now on, by its full name or that of a component in `<>`; gives
    /// what was said before.
    pub fn made_for(&self, template: &str) -> Option<Arc<Reads>> {
        self.set_reads(self.world.templates.reads(template).cloned())
    }

    /// Says which keys of values are read from now on; gives what was said before.
    pub fn set_reads(&self, reads: Option<Arc<Reads>>) -> Option<Arc<Reads>> {
        std::mem::replace(&mut *self.reads.lock().unwrap_or_else(PoisonError::into_inner), reads)
    }

    /// Which keys of values are read; none when that is not known.
    pub fn reads(&self) -> Option<Arc<Reads>> {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Runs `make` for a body that stands on this output as a part.
    pub fn as_part<T>(&self, make: impl FnOnce() -> T) -> T {
        let before = self.in_part.swap(true, Ordering::Relaxed);
        let made = make();
        self.in_part.store(before, Ordering::Relaxed);
        made
    }

    /// Whether an address is that of this output, so that a link needs no more than the anchor. In a part it is not: `#x`
    /// means a place in the part there.
    pub fn is_here(&self, address: &str) -> bool {
        *address == *self.here && !self.in_part.load(Ordering::Relaxed)
    }

    /// What else stands on the output.
    pub fn on_sheet<T>(&self, with: impl FnOnce(&mut Sheet) -> T) -> T {
        let own = || {
            // The page's own ids are part of its document.
            let node = self.page.as_deref().and_then(|page| self.node(FactKind::Document, self.lang, page));
            let document = node.map(|(_, node)| &node.document);
            let lang = document.map_or(self.lang_code(), |d| &*d.lang);
            Sheet::of(lang, document.iter().flat_map(|d| d.summary.anchors.iter()))
        };
        let mut sheet = self.sheet.lock().unwrap_or_else(PoisonError::into_inner);
        with(sheet.get_or_insert_with(own))
    }

    /// Runs `make`, and gives what it read and met as well, which counts as read and met by this output.
    pub fn apart<T>(&self, make: impl FnOnce() -> T) -> (T, Log) {
        let outer = std::mem::take(&mut *self.log());
        let made = make();
        let inner = std::mem::replace(&mut *self.log(), outer);
        self.repeat(&inner);
        (made, inner)
    }

    /// Notes all that was read and met before, when what is shown now was made.
    pub fn repeat(&self, log: &Log) {
        let mut own = self.log();
        for fact in &log.facts {
            own.note(*fact);
        }
        own.words.extend_from_slice(&log.words);
        own.diagnostics.extend(log.diagnostics.iter().cloned());
        own.values.extend_from_slice(&log.values);
        for term in &log.terms {
            own.used(*term);
        }
    }

    /// Records a fact.
    pub fn record(&self, fact: Fact) {
        self.log().note(fact);
    }

    /// Records words that were looked up in the glossary.
    pub fn record_words(&self, words: &[u32]) {
        self.log().words.extend_from_slice(words);
    }

    /// Reports a problem. Those that stand in the page of a part are told where it is at home: its text does not follow a line
    /// that is added above it there, but the places of its problems do. Those of templates may be met in no other place. So
    /// are those of a page of the default language that another one shows: whether it can be published never depends on how far
    /// a translation is.
    pub fn report(&self, diagnostic: Diagnostic) {
        let page = diagnostic.path.as_ref().and_then(|path| path.as_str().strip_prefix(CONTENT));
        let lang = page.map(|inside| split(&self.world.config.languages, inside).0);
        let in_part = self.in_part.load(Ordering::Relaxed);
        if lang.is_none_or(|lang| !in_part && (lang > 0 || self.lang == 0)) {
            self.log().diagnostics.push(diagnostic);
        }
    }

    /// Remembers that a term was linked.
    pub fn used_term(&self, term: EntryAt) {
        self.log().used(term);
    }

    /// The terms linked so far, in order of first use.
    pub fn used_terms(&self) -> Vec<EntryAt> {
        self.log().terms.clone()
    }

    /// The folder in which this output stands, with a trailing `/`; "" at the root.
    pub fn folder(&self) -> &str {
        self.here.get(..self.folder).unwrap_or("")
    }

    /// The address of `to` as seen from this output.
    pub fn url(&self, to: &str) -> String {
        relative_url(&self.here, to)
    }

    /// Code of the view's language. Which languages there are is part of the settings, which every page reads.
    pub fn lang_code(&self) -> &str {
        self.world.lang_code(self.lang)
    }

    /// The tera instance of this reader's worker and language.
    pub fn tera(&self) -> Option<&tera::Tera> {
        self.world.templates.worker(self.instance())
    }

    /// The number of that instance and of its slot.
    pub fn instance(&self) -> usize {
        self.worker * self.world.config.languages.len() + self.lang as usize
    }

    /// The parts of the world that a render may use without recording, since each output that uses them is bound to
    /// them by its job or by the settings fact: settings, kinds, templates' engine, whether this is `serve`.
    pub fn unrecorded(&self) -> &Arc<World> {
        &self.world
    }

    fn tree_of(&self, lang: LangIndex) -> Option<&Tree> {
        self.world.site.trees.get(lang as usize)
    }

    /// A page by its logical path, with one fact about it recorded.
    pub fn node(&self, kind: FactKind, lang: LangIndex, logical: &str) -> Option<(NodeIndex, &Node)> {
        self.record(Fact::new(kind, lang, logical));
        self.tree_of(lang)?.find(logical)
    }

    /// A page by its index, with one fact about it recorded. Indices come from facts read before.
    pub fn at(&self, kind: FactKind, lang: LangIndex, index: NodeIndex) -> Option<&Node> {
        let node = self.tree_of(lang)?.node(index)?;
        self.record(Fact::new(kind, lang, &node.logical));
        Some(node)
    }

    /// The body of a page's document. The caller has recorded the document or the entry it wants it for.
    pub fn body(&self, node: &Node) -> Option<Arc<Body>> {
        match &node.document.body {
            Some(body) => Some(body.clone()),
            None => folder_memo::body(self, &node.document, || self.world.bodies.body(&node.document)),
        }
    }

    /// The anchor of a page as the page has it, which may be in another form of Unicode.
    pub fn anchor<'n>(
        &self,
        lang: LangIndex,
        index: NodeIndex,
        node: &'n Node,
        anchor: &str,
    ) -> Option<&'n str> {
        let fact = Fact::part(FactKind::Anchor, lang, &node.logical, anchor);
        self.record(fact);
        let wanted = nfc(anchor);
        let found = self.world.known.anchor(lang, index, node, fact.part)?;
        // Two anchors of one hash are one in millions.
        match *nfc(found) == *wanted {
            true => Some(found),
            false => node.document.summary.anchors.iter().find(|a| *nfc(a) == *wanted),
        }
    }

    /// The anchor of a page that is closest to a wrong one.
    pub fn near_anchor<'n>(
        &self,
        lang: LangIndex,
        index: NodeIndex,
        node: &'n Node,
        wrong: &str,
    ) -> Option<&'n str> {
        self.record(Fact::new(FactKind::Anchors, lang, &node.logical));
        self.world.known.near_anchor(lang, index, node, wrong)
    }

    /// What makes the page or feed at an address from the output root, when Guidepost makes one there by itself.
    pub fn made(&self, address: &str) -> Option<&Job> {
        let fact = Fact::new(FactKind::Made, 0, address);
        self.record(fact);
        self.world.known.made(&self.world, fact.name)
    }

    /// What is said of the file that holds the whole site.
    pub fn zip(&self) -> super::Zip {
        self.record(Fact::whole(FactKind::Zip, 0));
        self.world.zip
    }

    /// All names to which a link can lead, and old addresses: for saying what is meant by one that leads nowhere.
    pub fn names(&self) -> (&Names, &Moved) {
        self.record(Fact::whole(FactKind::Names, 0));
        (self.world.known.names(&self.world), self.world.known.moved(&self.world))
    }

    /// The pages of a language in reading order; records the shape.
    pub fn order(&self, lang: LangIndex) -> &[NodeIndex] {
        self.record(Fact::whole(FactKind::Shape, lang));
        self.tree_of(lang).map_or(&[], |t| &t.order)
    }

    /// The home page's index; records the shape of its surroundings only.
    pub fn home(&self, lang: LangIndex) -> Option<&Node> {
        self.node(FactKind::Title, lang, "index.md").map(|(_, n)| n)
    }

    /// Related pages.
    pub fn related(&self, logical: &str) -> Vec<NodeIndex> {
        let fact = Fact::new(FactKind::Related, self.lang, logical);
        self.record(fact);
        let Some(tree) = self.tree_of(self.lang) else { return Vec::new() };
        let Some((index, _)) = tree.find(logical) else { return Vec::new() };
        let related = crate::site::related(tree, index, MAX_RELATED);
        self.log().values.push((fact, super::world::related_value(tree, &related)));
        related
    }

    /// A tag of a language by its slug.
    pub fn tag(&self, lang: LangIndex, slug: &str) -> Option<&crate::site::Tag> {
        self.record(Fact::new(FactKind::Tag, lang, slug));
        self.tree_of(lang)?.tags.get(slug)
    }

    /// The slug of the tag that a page of a language writes so; none when no listed page has it.
    pub fn tag_slug(&self, lang: LangIndex, name: &str) -> Option<&str> {
        self.record(Fact::new(FactKind::TagSlug, lang, &tag_key(name)));
        self.tree_of(lang)?.tag_slug(name)
    }

    /// All tags of a language.
    pub fn tags(&self, lang: LangIndex) -> impl Iterator<Item = &crate::site::Tag> {
        self.record(Fact::whole(FactKind::Tags, lang));
        self.tree_of(lang).into_iter().flat_map(|t| t.tags.values())
    }

    /// Whether a language has any tag.
    pub fn has_tags(&self, lang: LangIndex) -> bool {
        self.record(Fact::part(FactKind::Tags, lang, "", "any"));
        self.tree_of(lang).is_some_and(|t| !t.tags.is_empty())
    }

    /// The glossary of a language, none when it is empty. Words are recorded by the caller.
    pub fn glossary(&self, lang: LangIndex) -> Option<&Tree> {
        self.record(Fact::whole(FactKind::Glossary, lang));
        self.tree_of(lang).filter(|t| !t.glossary.is_empty())
    }

    /// An asset by its name (theme and site) or its path from the site root (content).
    pub fn asset(&self, name: &str) -> Option<&AssetEntry> {
        // What is read as `Asset` is published, if it lies beside pages.
        let tag = if self.measuring.load(Ordering::Relaxed) { FactKind::AssetText } else { FactKind::Asset };
        self.record(Fact::new(tag, 0, name));
        self.world.assets.get(name)
    }

    /// Looks at files without leading to them.
    pub fn measuring<T>(&self, look: impl FnOnce() -> T) -> T {
        let before = self.measuring.swap(true, Ordering::Relaxed);
        let found = look();
        self.measuring.store(before, Ordering::Relaxed);
        found
    }

    /// The text of an asset.
    pub fn asset_text(&self, name: &str) -> Option<&AssetEntry> {
        self.record(Fact::new(FactKind::AssetText, 0, name));
        self.world.assets.get(name)
    }

    /// A data file by its path below `data/`.
    pub fn data(&self, path: &str) -> Option<&tera::Value> {
        self.record(Fact::new(FactKind::Data, 0, path));
        self.world.data.get(&crate::site::path_hash(path)).map(|d| &d.value)
    }

    /// A UI string in a language, its plural form chosen by `n`.
    pub fn text(&self, lang: LangIndex, key: &str, n: Option<i64>) -> Option<&str> {
        self.record(Fact::new(FactKind::Text, lang, key));
        let code = self.world.lang_code(lang);
        self.world.strings.get(code, self.world.config.default_language(), key, n)
    }

    /// The date that decides what is due.
    pub fn today(&self) -> jiff::civil::Date {
        self.record(Fact::whole(FactKind::Today, 0));
        self.world.date
    }

    /// The notices that are shown on the day.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.record(Fact::whole(FactKind::Notices, 0));
        self.world.config.notices.iter().filter(|notice| notice.is_on(self.world.date))
    }

    /// Whether a page is past its review.
    pub fn review_due(&self, lang: LangIndex, node: &Node) -> bool {
        self.record(Fact::new(FactKind::ReviewDue, lang, &node.logical));
        self.world.review_due(&node.document.summary)
    }

    /// The page in every language: index of the language, and the page where there is one.
    pub fn alternates(&self, logical: &str) -> Vec<(LangIndex, Option<&Node>)> {
        self.record(Fact::new(FactKind::Alternates, 0, logical));
        let trees = self.world.site.trees.iter().enumerate();
        trees.map(|(i, tree)| (i as LangIndex, tree.find(logical).map(|(_, n)| n))).collect()
    }

    /// The full name of the template that `name` finds; records the template with all it uses.
    pub fn template(&self, name: &str) -> Option<&str> {
        self.record(Fact::new(FactKind::Template, 0, name));
        self.world.templates.resolve(name)
    }

    /// Whether there is a component; records it with all it uses.
    pub fn component(&self, name: &str) -> bool {
        self.record(Fact::new(FactKind::Component, 0, &format!("<{name}>")));
        self.world.templates.has_component(name)
    }
}
