//! What pages share: tags and the entries of each kind.

use super::{NodeIndex, Tree};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

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

/// A tag's name in addresses: letters and digits of any script, lower case, the rest `-`.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    if name.is_ascii() {
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() {
                slug.push(byte.to_ascii_lowercase() as char);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(slug.trim_end_matches('-').len());
        return slug;
    }
    for c in crate::source::nfc(name).chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Fills `tags` and `entries` of a tree whose reading order is there.
pub fn collect(tree: &mut Tree) {
    // Most pages repeat a few hundred tag names: compute each slug once.
    let mut slugs: FxHashMap<&str, String> = FxHashMap::default();
    let mut tagging = crate::source::Hasher::new();
    for index in &tree.order {
        let node = &tree.nodes[*index as usize];
        if !node.document.summary.tags.is_empty() {
            tagging.text(&node.logical);
        }
        for name in &node.document.summary.tags {
            tagging.text(name);
            let key = slugs.entry(name.as_str()).or_insert_with(|| slug(name));
            if key.is_empty() {
                continue;
            }
            if !tree.tags.contains_key(key) {
                tree.tags
                    .insert(key.clone(), Tag { name: name.clone(), slug: key.clone(), pages: Vec::new() });
            }
            if let Some(tag) = tree.tags.get_mut(key)
                && tag.pages.last() != Some(index)
            {
                tag.pages.push(*index);
            }
        }
        for (number, entry) in node.document.summary.entries.iter().enumerate() {
            let at = (*index, number as u32);
            tree.entry_names.entry(super::entry_hash(&entry.kind, &entry.id)).or_insert(at);
            tree.entry_names.entry(super::entry_hash(&entry.kind, &entry.title.to_lowercase())).or_insert(at);
            match tree.entries.get_mut(&entry.kind) {
                Some(list) => list.push((*index, number as u32)),
                None => {
                    tree.entries.insert(entry.kind.clone(), vec![(*index, number as u32)]);
                }
            }
        }
    }
    tree.tagging = tagging.finish();
}

/// At most `limit` pages that share the most tags with `index`; among equals those nearer in reading order to
/// the front. Work grows with the pages that share a tag, not with the site.
pub fn related(tree: &Tree, index: NodeIndex, limit: usize) -> Vec<NodeIndex> {
    let Some(node) = tree.node(index) else { return Vec::new() };
    let tags = node.document.summary.tags.iter().filter_map(|name| tree.tags.get(&slug(name)));
    let lists: Vec<&[NodeIndex]> = tags.map(|tag| tag.pages.as_slice()).collect();
    let most = lists.iter().map(|pages| pages.len()).sum();
    let mut shared: FxHashMap<NodeIndex, usize> = FxHashMap::default();
    shared.reserve(most);
    for page in lists.into_iter().flatten() {
        *shared.entry(*page).or_default() += 1;
    }
    shared.remove(&index);
    // The best so far, in order: few, so each page is put into its place at once.
    let mut found: Vec<(std::cmp::Reverse<usize>, NodeIndex)> = Vec::with_capacity(limit + 1);
    for (page, tags) in shared {
        let candidate = (std::cmp::Reverse(tags), page);
        if found.len() < limit || found.last().is_some_and(|last| candidate < *last) {
            let place = found.partition_point(|better| *better < candidate);
            found.insert(place, candidate);
            found.truncate(limit);
        }
    }
    found.into_iter().map(|(_, page)| page).collect()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_keep_letters_of_any_script() {
        assert_eq!(slug("Fine Motor / hands"), "fine-motor-hands");
        assert_eq!(slug("¿Qué es?"), "qué-es");
        assert_eq!(slug("العلاج الوظيفي"), "العلاج-الوظيفي");
        assert_eq!(slug("Nin\u{303}os"), "niños");
        assert_eq!(slug("!!!"), "");
    }
}
