//! What pages share: the entries of each kind, and (through `tags`) tags.

use super::{EntryAt, Lacking, LangIndex, NodeIndex, PageRecord, Site, Tree, path_hash, tags};
use crate::config::TagName;
use crate::document::{EntrySummary, Summary};
use crate::source::nfc;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Fills `tags` and `entries` of the tree of `lang`, whose reading order is there. What its translations lack is taken from
/// `original`, the tree of the default language, unless this is it.
pub fn collect(tree: &mut Tree, lang: LangIndex, original: Option<&Tree>, tag_names: &[TagName]) {
    tags::collect(tree, tag_names);
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

/// The names by which an entry is found, as hashes.
fn names(entry: &EntrySummary) -> [u64; 2] {
    [&*entry.id, entry.title.to_lowercase().as_str()].map(|name| super::entry_hash(&entry.kind, name))
}

/// Fills in a tree what is left out of it: the pages of the language, and for a reference also what would fall back.
pub(super) fn leave_out(tree: &mut Tree, lang: usize, site: &Site) {
    let of_main =
        |record: &PageRecord| site.trees.first().is_none_or(|main| *main.code == *record.document.lang);
    let pages = || site.left_pages.iter().zip(&site.left_out);
    let own = pages().filter(|(record, _)| *record.document.lang == *tree.code).collect::<Vec<_>>();
    let main = pages().filter(|(record, _)| lang > 0 && of_main(record)).collect::<Vec<_>>();
    for (record, state) in &own {
        tree.left_out.insert(path_hash(&record.document.logical), (*state).clone());
    }
    for (record, state) in own.into_iter().chain(main) {
        for name in record.document.summary.entries.iter().flat_map(names) {
            tree.left_entries.entry(name).or_insert_with(|| state.clone());
        }
    }
}
