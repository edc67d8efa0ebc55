//! What pages share: tags and the entries of each kind.

use super::slugs::{tag_key, tag_slugs};
use super::{EntryAt, Held, Lacking, LangIndex, NodeIndex, Site, Tree, path_hash};
use crate::document::{EntrySummary, Summary};
use crate::source::{Hasher, nfc};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One tag of a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The name as first written, in path order.
    pub name: String,
    /// The name in addresses.
    pub slug: String,
    /// The pages that carry it, in reading order.
    pub pages: Vec<NodeIndex>,
}

/// Fills `tags` and `entries` of the tree of `lang`, whose reading order is there. What its translations lack is taken from
/// `original`, the tree of the default language, unless this is it.
pub fn collect(tree: &mut Tree, lang: LangIndex, original: Option<&Tree>) {
    collect_tags(tree);
    // Entries of pages that stand in no list are there all the same; where a name is doubled, the one in lists has it.
    let unlisted = (0..).zip(&tree.nodes).filter(|(_, node)| !node.listed).map(|(index, _)| index);
    let pages: Vec<NodeIndex> = tree.order.iter().copied().chain(unlisted).collect();
    for index in pages {
        let Some(node) = tree.nodes.get(index as usize) else { continue };
        let lists = if node.listed { &mut tree.entries } else { &mut tree.unlisted };
        let mut add = |kind: &str, at: EntryAt| match lists.get_mut(kind) {
            Some(list) => list.push(at),
            None => drop(lists.insert(kind.to_owned(), vec![at])),
        };
        for (number, entry) in (0..).zip(&node.document.summary.entries) {
            for name in names(entry) {
                tree.entry_names.entry(name).or_insert((index, number));
            }
            add(&entry.kind, EntryAt::new(lang, index, number));
        }
        let original = original.filter(|_| node.translation.is_translated());
        let Some((page, original)) = original.and_then(|tree| tree.find(&node.logical)) else { continue };
        for number in lacking(&node.document.summary, &original.document.summary) {
            let entry = EntryAt::new(0, page, number);
            if let Some(summary) = original.document.summary.entries.get(number as usize) {
                add(&summary.kind, entry);
            }
            tree.lacking.push(Lacking { page: index, entry });
        }
    }
    // By page; those of one page stay in order.
    tree.lacking.sort_by_key(|lacking| lacking.page);
}

/// The numbers of the entries of `original` that `translation` lacks: those whose id it does not have. One that has as many
/// entries of a kind under other ids has them all, in words of its own.
fn lacking(translation: &Summary, original: &Summary) -> Vec<u32> {
    let ids = |summary: &Summary| summary.entries.iter().map(|e| nfc(&e.id).into_owned()).collect();
    let (own, others): (FxHashSet<String>, FxHashSet<String>) = (ids(translation), ids(original));
    let missing = |e: &EntrySummary| !own.contains(&*nfc(&e.id));
    // How many more of each kind are there than here, those of one id left out.
    let mut more: BTreeMap<&str, i64> = BTreeMap::new();
    for entry in original.entries.iter().filter(|e| missing(e)) {
        *more.entry(&entry.kind).or_default() += 1;
    }
    for entry in translation.entries.iter().filter(|e| !others.contains(&*nfc(&e.id))) {
        *more.entry(&entry.kind).or_default() -= 1;
    }
    let numbered = original.entries.iter().enumerate();
    let found = numbered.filter(|(_, e)| missing(e) && more.get(e.kind.as_str()).is_some_and(|n| *n > 0));
    found.map(|(number, _)| number as u32).collect()
}

fn collect_tags(tree: &mut Tree) {
    let mut tagging = Hasher::new();
    // Most pages repeat a few hundred names: look at each once.
    let mut keys: FxHashMap<&str, String> = FxHashMap::default();
    let nodes = || tree.order.iter().filter_map(|index| Some((*index, tree.nodes.get(*index as usize)?)));
    for (_, node) in nodes() {
        if !node.document.summary.tags.is_empty() {
            tagging.text(&node.logical);
        }
        for name in &node.document.summary.tags {
            tagging.text(name);
            keys.entry(name.as_str()).or_insert_with(|| tag_key(name).into_owned());
        }
    }
    let all = keys.values().filter(|key| !key.is_empty()).cloned().collect();
    let slugs = tag_slugs(all);
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    for (index, node) in nodes() {
        for name in &node.document.summary.tags {
            let Some(slug) = keys.get(name.as_str()).and_then(|key| slugs.get(key)) else { continue };
            let tag = tags.entry(slug.clone()).or_insert_with(|| Tag {
                name: name.clone(),
                slug: slug.clone(),
                pages: Vec::new(),
            });
            if tag.pages.last() != Some(&index) {
                tag.pages.push(index);
            }
        }
    }
    tree.tag_slugs = slugs_of(&tags);
    tree.tags = tags;
    tree.tagging = tagging.finish();
}

/// The names by which an entry is found, as hashes.
fn names(entry: &EntrySummary) -> [u64; 2] {
    [&*entry.id, entry.title.to_lowercase().as_str()].map(|name| super::entry_hash(&entry.kind, name))
}

/// Fills in a tree what is left out of it: the pages of the language, and for a reference also what would fall back.
pub(super) fn leave_out(tree: &mut Tree, lang: usize, site: &Site) {
    let of_main = |held: &Held| site.trees.first().is_none_or(|main| *main.code == *held.document.lang);
    let pages = || site.left_pages.iter().zip(&site.left_out);
    let own = pages().filter(|(held, _)| *held.document.lang == *tree.code).collect::<Vec<_>>();
    let main = pages().filter(|(held, _)| lang > 0 && of_main(held)).collect::<Vec<_>>();
    for (held, state) in &own {
        tree.left_out.insert(path_hash(&held.document.logical), (*state).clone());
    }
    for (held, state) in own.into_iter().chain(main) {
        for name in held.document.summary.entries.iter().flat_map(names) {
            tree.left_entries.entry(name).or_insert_with(|| state.clone());
        }
    }
}

/// The slug of each tag by the hash of its key.
pub(super) fn slugs_of(tags: &BTreeMap<String, Tag>) -> FxHashMap<u64, String> {
    tags.values().map(|tag| (path_hash(&tag_key(&tag.name)), tag.slug.clone())).collect()
}
