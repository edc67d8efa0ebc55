//! The tags of a language, with the pages that carry each.
//!
//! A tag that `tags` in `site.yaml` names has one name in each language, whichever of its names a page writes: a page in
//! English that stands for a missing translation and a translated page share it. Another tag is called as it was first written.

use super::slugs::{tag_key, tag_slugs};
use super::{NodeIndex, Tree, path_hash};
use crate::config::TagName;
use crate::source::Hasher;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One tag of a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The name in the settings, else as first written, in path order.
    pub name: String,
    /// The name in addresses.
    pub slug: String,
    /// The [`tag_key`]s of all names by which pages write it.
    pub written: BTreeSet<String>,
    /// The pages that carry it, in reading order.
    pub pages: Vec<NodeIndex>,
}

/// The tag of the settings that is written so, by its key or by a name in any language.
pub fn named<'n>(names: &'n [TagName], written: &str) -> Option<&'n TagName> {
    if names.is_empty() {
        return None;
    }
    let key = tag_key(written);
    let is = |name: &str| tag_key(name) == key;
    let by_key = names.iter().find(|name| is(&name.tag));
    by_key.or_else(|| names.iter().find(|name| name.label.0.values().any(|label| is(label))))
}

/// Fills the tags of the tree, whose reading order is there.
pub(super) fn collect(tree: &mut Tree, names: &[TagName]) {
    let mut tagging = Hasher::new();
    // Most pages repeat a few hundred names: look at each once.
    let mut keys: FxHashMap<&str, (String, Option<&TagName>)> = FxHashMap::default();
    let nodes = || tree.order.iter().filter_map(|index| Some((*index, tree.nodes.get(*index as usize)?)));
    for (_, node) in nodes() {
        if !node.document.summary.tags.is_empty() {
            tagging.text(&node.logical);
        }
        for name in &node.document.summary.tags {
            tagging.text(name);
            keys.entry(name.as_str()).or_insert_with(|| {
                let known = named(names, name);
                (tag_key(known.map_or(name, |known| &known.tag)).into_owned(), known)
            });
        }
    }
    let all = keys.values().map(|(key, _)| key).filter(|key| !key.is_empty()).cloned().collect();
    let slugs = tag_slugs(all);
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    for (index, node) in nodes() {
        for name in &node.document.summary.tags {
            let Some((key, known)) = keys.get(name.as_str()) else { continue };
            let Some(slug) = slugs.get(key) else { continue };
            let tag = tags.entry(slug.clone()).or_insert_with(|| Tag {
                name: known.map_or(name.as_str(), |known| known.label.get(&tree.code)).to_owned(),
                slug: slug.clone(),
                written: BTreeSet::new(),
                pages: Vec::new(),
            });
            tag.written.insert(tag_key(name).into_owned());
            if tag.pages.last() != Some(&index) {
                tag.pages.push(index);
            }
        }
    }
    for tag in tags.values() {
        // The addresses and pages of tags that pages are related by follow from the settings, too.
        tagging.text(&tag.slug);
    }
    tree.tag_slugs = slugs_of(&tags);
    tree.tags = tags;
    tree.tagging = tagging.finish();
}

/// The slug of each tag by the hash of each of its names.
pub(super) fn slugs_of(tags: &BTreeMap<String, Tag>) -> FxHashMap<u64, String> {
    let of = |tag: &Tag| {
        let slug = tag.slug.clone();
        tag.written.iter().map(move |name| (path_hash(name), slug.clone())).collect::<Vec<_>>()
    };
    tags.values().flat_map(of).collect()
}
