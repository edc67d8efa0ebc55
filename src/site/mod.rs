//! The graph of the site: which pages there are in each language, how they hang together, and what they share.
//!
//! [`assemble`] makes it from the summaries of all documents; it never sees a body, so an edit of a body
//! cannot change it. Render, check and templates reach it only through `render::Reader`.

mod advice;
mod assemble;
mod file_names;
mod folders;
mod glossary;
mod letters;
mod matcher;
mod names;
mod published;
mod related;
mod resolve;
mod shared;
mod slugs;
mod snapshot;
mod tags;
mod translations;
mod tree;
mod unlisted;
mod words;

pub use advice::{Advice, Asked, Moved, advise, moved_key, moved_to};
pub use assemble::{Assembly, PageRecord, assemble, item_span, stamp_of, value_span};
pub use file_names::is_copy;
pub use glossary::{TermEntry, is_matched, letters, main_name, terms};
pub use letters::Letters;
pub use matcher::{Added, Builder, Found, Glossary, Search, Term, in_capitals, name_key};
pub use names::{Known, Likeness, Names};
pub use published::{LeftOut, LeftOutReason};
pub use related::related;
pub use resolve::{
    Anchor, CONTENT, Lookup, Nothing, Origin, Target, is_page, language_folder, language_of, resolve,
    resolve_file, split,
};
pub use slugs::{choice_slug, slug, tag_key};
pub use snapshot::SiteSnapshot;
pub use tags::{Tag, named};
pub use translations::{Gap, Progress, led_back, translations};
pub use tree::{collator, compare, sorted_as};
pub use words::{Form, Plurals};

use crate::document::{Document, EntrySummary};
use crate::source::{Fingerprint, SourcePath, nfc};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Index of a language, the default being 0.
pub type LangIndex = u8;
/// Index of a node in its language's tree.
pub type NodeIndex = u32;

/// An entry, by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryAt {
    /// The language in whose tree its page is.
    pub lang: LangIndex,
    /// The page.
    pub page: NodeIndex,
    /// The number of the entry on it.
    pub number: u32,
}

impl EntryAt {
    /// The entry of that number on that page of that language.
    pub fn new(lang: LangIndex, page: NodeIndex, number: u32) -> EntryAt {
        EntryAt { lang, page, number }
    }
}

/// The whole site.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// One tree a language, in the order of `site.yaml`.
    pub trees: Vec<Tree>,
    /// Pages that exist but are not published, with the reason, by path.
    pub left_out: Vec<Arc<LeftOut>>,
    /// Those pages. What is shown of them nowhere may still be named: their entries, for a reference that leads to one.
    pub left_pages: Vec<PageRecord>,
    /// Pages that would not be published if drafts were not wanted; the same as `left_out` when they are not.
    pub withheld: Vec<Arc<LeftOut>>,
    /// Translations of nothing: pages in another language whose original is no file of the site.
    pub orphans: Vec<SourcePath>,
}

/// The pages of one language.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Code of the language.
    pub code: Arc<str>,
    /// The pages, ordered by logical path.
    pub nodes: Vec<Node>,
    /// Node by hash of its logical path.
    pub by_path: FxHashMap<u64, NodeIndex>,
    /// Hash of the logical path of every page that is left out, so that links to it can be told apart.
    pub left_out: FxHashMap<u64, Arc<LeftOut>>,
    /// The same by the names of the entries on those pages, as in `entry_names`.
    pub left_entries: FxHashMap<u64, Arc<LeftOut>>,
    /// The pages in reading order, hidden ones and what is below them left out.
    pub order: Vec<NodeIndex>,
    /// Tags by slug.
    pub tags: BTreeMap<String, Tag>,
    /// The slug of a tag by the hash of its [`tag_key`].
    pub tag_slugs: FxHashMap<u64, String>,
    /// Entries by kind, in reading order; those of the default language that a translation lacks stand in its place.
    pub entries: BTreeMap<String, Vec<EntryAt>>,
    /// Entries of pages that stand in no list: they are found by name, and linked as words of the glossary.
    pub unlisted: BTreeMap<String, Vec<EntryAt>>,
    /// The entries of the default language among them that the translations here lack, by page.
    pub lacking: Vec<Lacking>,
    /// Own entries by hash of kind and id, and of kind and title in lower case.
    pub entry_names: FxHashMap<u64, (NodeIndex, u32)>,
    /// The glossary.
    pub glossary: Glossary,
    /// Fingerprint of titles, addresses and order of all listed pages: what menus and maps show.
    pub shape: Fingerprint,
    /// What is kept to find related pages.
    pub related: related::Related,
    /// Fingerprint of which page carries which tag: what `related` depends on.
    pub tagging: Fingerprint,
    /// The home page.
    pub home: Option<NodeIndex>,
}

impl Site {
    /// Whether a page is a draft, by its own word or that of its section or original.
    pub fn is_draft(&self, path: &SourcePath) -> bool {
        let found = self.withheld.binary_search_by(|state| state.path.cmp(path)).ok();
        let state = found.and_then(|at| self.withheld.get(at));
        state.is_some_and(|s| matches!(s.reason, LeftOutReason::Draft | LeftOutReason::Underscore))
    }
}

/// An entry of the default language that a translation lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// The translated page.
    pub page: NodeIndex,
    /// The entry.
    pub entry: EntryAt,
}

/// How a page came to stand in its language's tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Translation {
    /// A page of the default language.
    Original,
    /// A translation of the source as it is now.
    Current,
    /// A translation of an earlier state of the source.
    Outdated,
    /// A translation that does not say what it was made from.
    Unstamped,
    /// Not translated: the default language's page is shown.
    Fallback,
    /// A page that only this language has.
    Only,
}

impl Translation {
    /// Whether the page is a translation of one of the default language.
    pub fn is_translated(self) -> bool {
        matches!(self, Translation::Current | Translation::Outdated | Translation::Unstamped)
    }
}

/// One page in one language's tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// Path inside the language's tree: `meetings/index.md`.
    pub logical: Arc<str>,
    /// The document that is shown.
    pub document: Arc<Document>,
    /// Fingerprint of what cards show of it.
    pub card: u64,
    /// Fingerprint of its titles.
    pub title: u64,
    /// Identifies what cascades to it from the sections above.
    pub given: u64,
    /// Address from the output root: `es/meetings/index.html`, or `es/meetings/` with folder addresses.
    pub address: Arc<str>,
    /// The section page above it; none for the home page.
    pub parent: Option<NodeIndex>,
    /// The pages right below it, in order (only of section pages; hidden ones left out).
    pub members: Vec<NodeIndex>,
    /// The page before it in reading order.
    pub prev: Option<NodeIndex>,
    /// The page after it in reading order.
    pub next: Option<NodeIndex>,
    /// How it came here.
    pub translation: Translation,
    /// Whether menus, lists and search may name it: it is not hidden, nor is a section above it.
    pub listed: bool,
}

impl Node {
    /// Whether the page is the page of a folder: by its name, or as the one beside a folder of its name.
    pub fn is_section(&self) -> bool {
        &*self.logical == "index.md" || self.logical.ends_with("/index.md") || !self.members.is_empty()
    }

    /// The short title for menus, else the title.
    pub fn nav_title(&self) -> &str {
        let summary = &self.document.summary;
        summary.nav_title.as_deref().unwrap_or(&summary.title)
    }
}

impl Tree {
    /// The node at a logical path.
    pub fn find(&self, logical: &str) -> Option<(NodeIndex, &Node)> {
        self.by_hash(path_hash(logical))
    }

    /// The node whose logical path has this hash.
    pub fn by_hash(&self, hash: u64) -> Option<(NodeIndex, &Node)> {
        let index = *self.by_path.get(&hash)?;
        self.nodes.get(index as usize).map(|n| (index, n))
    }

    /// The node of that index. Indices come from this tree, so they are in range; a foreign one gives none.
    pub fn node(&self, index: NodeIndex) -> Option<&Node> {
        self.nodes.get(index as usize)
    }

    /// Why the entry of a kind that is called `name` is not there, if its page is left out.
    pub fn left_entry(&self, kind: &str, name: &str) -> Option<&Arc<LeftOut>> {
        let name = name.trim().trim_start_matches('#');
        let by = |name: &str| self.left_entries.get(&entry_hash(kind, name));
        by(name).or_else(|| by(&name.to_lowercase()))
    }

    /// An own entry by its page and number.
    pub fn entry(&self, (node, number): (NodeIndex, u32)) -> Option<(&Node, &EntrySummary)> {
        let node = self.node(node)?;
        Some((node, node.document.summary.entries.get(number as usize)?))
    }

    /// The own entry of a kind that is called `name`: its id, or its title in any case.
    fn named_entry(&self, kind: &str, name: &str) -> Option<(NodeIndex, u32)> {
        let name = name.trim().trim_start_matches('#');
        self.entry_names
            .get(&entry_hash(kind, name))
            .or_else(|| self.entry_names.get(&entry_hash(kind, &name.to_lowercase())))
            .copied()
    }

    /// What a translated page lacks.
    pub fn lacking_on(&self, page: NodeIndex) -> &[Lacking] {
        let first = self.lacking.partition_point(|lacking| lacking.page < page);
        let end = self.lacking.partition_point(|lacking| lacking.page <= page);
        self.lacking.get(first..end).unwrap_or_default()
    }

    /// The slug of the tag that is written so, in whatever form.
    pub fn tag_slug(&self, name: &str) -> Option<&str> {
        self.tag_slugs.get(&path_hash(&tag_key(name))).map(String::as_str)
    }
}

impl Site {
    /// All entries of a kind in a language, those of lists first.
    pub fn all_entries(&self, lang: LangIndex, kind: &str) -> impl Iterator<Item = EntryAt> {
        let tree = self.trees.get(lang as usize);
        let lists = [tree.and_then(|t| t.entries.get(kind)), tree.and_then(|t| t.unlisted.get(kind))];
        lists.into_iter().flatten().flatten().copied()
    }

    /// An entry by where it stands.
    pub fn entry(&self, at: EntryAt) -> Option<(&Node, &EntrySummary)> {
        self.trees.get(at.lang as usize)?.entry((at.page, at.number))
    }

    /// The entry of a kind that is called `name` in a language: its id, or its title in any case. What the language lacks is
    /// that of the default language, which is also found by its title there.
    pub fn named_entry(&self, lang: LangIndex, kind: &str, name: &str) -> Option<EntryAt> {
        let in_lang = |lang: LangIndex| {
            let (page, number) = self.trees.get(lang as usize)?.named_entry(kind, name)?;
            Some(EntryAt { lang, page, number })
        };
        in_lang(lang).or_else(|| in_lang(0).filter(|_| lang > 0))
    }

    /// The entry of the same id on the page of the same path in `lang`: its translation, or its original.
    pub fn same_entry(&self, at: EntryAt, lang: LangIndex) -> Option<EntryAt> {
        let (node, entry) = self.entry(at)?;
        let tree = self.trees.get(lang as usize)?;
        let (page, shown) = tree.find(&node.logical)?;
        let (id, entries) = (nfc(&entry.id), &shown.document.summary.entries);
        let is = |number: &u32| entries.get(*number as usize).is_some_and(|entry| *nfc(&entry.id) == *id);
        // The name may be the title of another one.
        let named = tree.entry_names.get(&entry_hash(&entry.kind, &entry.id)).filter(|(on, _)| *on == page);
        let named = named.map(|(_, number)| *number).filter(is);
        let number = named.or_else(|| (0..entries.len() as u32).find(is))?;
        Some(EntryAt { lang, page, number })
    }
}

/// The hash of an entry's name within its kind.
fn entry_hash(kind: &str, name: &str) -> u64 {
    crate::source::Hasher::new().text(kind).text(&nfc(name)).finish().low()
}

/// The hash by which names are looked up and recorded: 64 bits of XXH3 of the name in NFC, so that two forms of one name
/// are one. With a million names the chance that any two collide is below one in ten million.
pub fn path_hash(name: &str) -> u64 {
    // Nearly all names are plain, and a page asks for hundreds.
    match name.is_ascii() {
        true => xxhash_rust::xxh3::xxh3_64(name.as_bytes()),
        false => xxhash_rust::xxh3::xxh3_64(nfc(name).as_bytes()),
    }
}
