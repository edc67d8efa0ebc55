//! What pages share: tags and the entries of each kind.

use super::{Held, NodeIndex, Site, Tree};
use crate::document::EntrySummary;
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
    }
    tree.tagging = tagging.finish();
    // Entries of pages that stand in no list are there all the same; where a name is doubled, the one in lists has it.
    let order = std::mem::take(&mut tree.order);
    let unlisted = (0..tree.nodes.len() as NodeIndex).filter(|i| !tree.nodes[*i as usize].listed);
    for index in order.iter().copied().chain(unlisted.collect::<Vec<_>>()) {
        let node = &tree.nodes[index as usize];
        let lists = if node.listed { &mut tree.entries } else { &mut tree.unlisted };
        for (number, entry) in node.document.summary.entries.iter().enumerate() {
            let at = (index, number as u32);
            for name in names(entry) {
                tree.entry_names.entry(name).or_insert(at);
            }
            match lists.get_mut(&entry.kind) {
                Some(list) => list.push(at),
                None => {
                    lists.insert(entry.kind.clone(), vec![at]);
                }
            }
        }
    }
    tree.order = order;
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
        tree.left_out.insert(super::path_hash(&held.document.logical), (*state).clone());
    }
    for (held, state) in own.into_iter().chain(main) {
        for name in held.document.summary.entries.iter().flat_map(names) {
            tree.left_entries.entry(name).or_insert_with(|| state.clone());
        }
    }
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
