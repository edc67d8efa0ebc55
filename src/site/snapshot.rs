//! The assembled site as the cache keeps it: so that a warm build need not look into every page to assemble it again.
//!
//! It is right for the documents, settings and options that it was made of; the engine keeps it beside those. Documents are
//! named by their place in the list of all pages.

use super::folders::Folder;
use super::{
    EntryAt, Glossary, Lacking, LeftOut, Node, NodeIndex, PageRecord, Site, Tag, Translation, Tree,
    path_hash, tags,
};
use crate::source::{Fingerprint, SourcePath};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A site, its documents left out.
#[derive(Serialize, Deserialize)]
pub struct SiteSnapshot {
    trees: Vec<SavedTree>,
    left_out: Vec<Arc<LeftOut>>,
    /// Numbers of their documents among all pages.
    left_pages: Vec<u32>,
    withheld: Vec<Arc<LeftOut>>,
    orphans: Vec<SourcePath>,
    /// The sections that have no page of their own.
    folders: Vec<Folder>,
}

/// Added to the number of a folder where the number of a page stands.
const FIRST_FOLDER: u32 = 1 << 31;

/// What is kept of a tree. What is not there is computed from what is.
#[derive(Serialize, Deserialize)]
struct SavedTree {
    code: Arc<str>,
    nodes: Vec<SavedNode>,
    left_out: FxHashMap<u64, Arc<LeftOut>>,
    left_entries: FxHashMap<u64, Arc<LeftOut>>,
    order: Vec<NodeIndex>,
    tags: BTreeMap<String, Tag>,
    entries: BTreeMap<String, Vec<EntryAt>>,
    unlisted: BTreeMap<String, Vec<EntryAt>>,
    lacking: Vec<Lacking>,
    entry_names: FxHashMap<u64, (NodeIndex, u32)>,
    glossary: Glossary,
    shape: Fingerprint,
    tagging: Fingerprint,
    home: Option<NodeIndex>,
}

#[derive(Serialize, Deserialize)]
struct SavedNode {
    /// Number of the document among all pages, or of the folder.
    page: u32,
    address: Arc<str>,
    parent: Option<NodeIndex>,
    members: Vec<NodeIndex>,
    prev: Option<NodeIndex>,
    next: Option<NodeIndex>,
    translation: Translation,
    listed: bool,
}

impl Site {
    /// The site as the cache keeps it; `number` gives the place of a document's file among all pages. None when a document is
    /// not among them.
    pub fn keep(&self, number: impl Fn(&SourcePath) -> Option<u32>) -> Option<SiteSnapshot> {
        let made = self.trees.iter().flat_map(|tree| &tree.nodes).filter(|node| node.document.made);
        let folders: BTreeMap<&SourcePath, Folder> =
            made.map(|node| (&node.document.path, Folder::of(&node.document))).collect();
        let numbers: BTreeMap<&SourcePath, u32> = folders.keys().copied().zip(FIRST_FOLDER..).collect();
        let node = |node: &Node| {
            Some(SavedNode {
                page: match node.document.made {
                    true => numbers.get(&node.document.path).copied()?,
                    false => number(&node.document.path)?,
                },
                address: node.address.clone(),
                parent: node.parent,
                members: node.members.clone(),
                prev: node.prev,
                next: node.next,
                translation: node.translation,
                listed: node.listed,
            })
        };
        let tree = |tree: &Tree| {
            Some(SavedTree {
                code: tree.code.clone(),
                nodes: tree.nodes.iter().map(node).collect::<Option<Vec<SavedNode>>>()?,
                left_out: tree.left_out.clone(),
                left_entries: tree.left_entries.clone(),
                order: tree.order.clone(),
                tags: tree.tags.clone(),
                entries: tree.entries.clone(),
                lacking: tree.lacking.clone(),
                unlisted: tree.unlisted.clone(),
                entry_names: tree.entry_names.clone(),
                glossary: tree.glossary.clone(),
                shape: tree.shape,
                tagging: tree.tagging,
                home: tree.home,
            })
        };
        Some(SiteSnapshot {
            trees: self.trees.iter().map(tree).collect::<Option<Vec<SavedTree>>>()?,
            left_out: self.left_out.clone(),
            left_pages: self
                .left_pages
                .iter()
                .map(|record| number(&record.document.path))
                .collect::<Option<_>>()?,
            withheld: self.withheld.clone(),
            orphans: self.orphans.clone(),
            folders: folders.into_values().collect(),
        })
    }
}

impl SiteSnapshot {
    /// The site, with the documents of `pages` in it; none when it names one that is not there.
    pub fn open(self, pages: &[&PageRecord]) -> Option<Site> {
        let folders: Vec<PageRecord> = self.folders.into_iter().map(|folder| folder.page()).collect();
        let node = |kept: SavedNode| {
            let record = match kept.page.checked_sub(FIRST_FOLDER) {
                Some(number) => folders.get(number as usize)?,
                None => pages.get(kept.page as usize).copied()?,
            };
            Some(Node {
                logical: record.document.logical.clone(),
                document: record.document.clone(),
                card: record.card,
                title: record.title,
                given: record.given,
                address: kept.address,
                parent: kept.parent,
                members: kept.members,
                prev: kept.prev,
                next: kept.next,
                translation: kept.translation,
                listed: kept.listed,
            })
        };
        let tree = |kept: SavedTree| {
            let nodes = kept.nodes.into_iter().map(node).collect::<Option<Vec<Node>>>()?;
            let by_path = nodes.iter().enumerate().map(|(i, n)| (path_hash(&n.logical), i as NodeIndex));
            Some(Tree {
                code: kept.code,
                by_path: by_path.collect(),
                nodes,
                left_out: kept.left_out,
                left_entries: kept.left_entries,
                order: kept.order,
                tag_slugs: tags::slugs_of(&kept.tags),
                tags: kept.tags,
                related: Default::default(),
                entries: kept.entries,
                lacking: kept.lacking,
                unlisted: kept.unlisted,
                entry_names: kept.entry_names,
                glossary: kept.glossary,
                shape: kept.shape,
                tagging: kept.tagging,
                home: kept.home,
            })
        };
        let left_pages =
            self.left_pages.iter().map(|page| pages.get(*page as usize).map(|record| (*record).clone()));
        Some(Site {
            trees: self.trees.into_iter().map(tree).collect::<Option<Vec<Tree>>>()?,
            left_out: self.left_out,
            left_pages: left_pages.collect::<Option<_>>()?,
            withheld: self.withheld,
            orphans: self.orphans,
        })
    }
}
