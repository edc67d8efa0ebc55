//! The pages that share the most tags with a page.
//!
//! Kept for a tree, filled when somebody asks: the pages of each large tag, and those that lead for each set of large tags. It
//! depends on the tags of the pages and on nothing else, so a tree that is assembled anew begins with none.

use super::{NodeIndex, Tree};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::sync::{Arc, Mutex, PoisonError};

/// Minimum number of pages of a large tag: its pages are not counted for each page that has it.
const MIN_LARGE_TAG: usize = 512;

/// A page with how many tags it shares, the best first; among equals the one whose path comes first.
type Place = (Reverse<usize>, NodeIndex);

/// What is kept.
#[derive(Debug, Default)]
pub struct Related(Mutex<TagMemo>);

#[derive(Debug, Default)]
struct TagMemo {
    /// The pages of a large tag by its slug, in order.
    pages: FxHashMap<String, Arc<[NodeIndex]>>,
    /// For a set of large tags, the pages that have the most of them.
    leading: FxHashMap<Vec<String>, Arc<[NodeIndex]>>,
}

impl Clone for Related {
    fn clone(&self) -> Related {
        Related::default()
    }
}

/// At most `limit` pages that share the most tags with `index`. Work grows with the pages that share a tag, as long as they
/// are few; a tag that all pages have costs each of them no more.
pub fn related(tree: &Tree, index: NodeIndex, limit: usize) -> Vec<NodeIndex> {
    let Some(node) = tree.node(index) else { return Vec::new() };
    let mut slugs: Vec<&str> = node.document.summary.tags.iter().filter_map(|n| tree.tag_slug(n)).collect();
    slugs.sort_unstable();
    slugs.dedup();
    let of = |slug: &str| tree.tags.get(slug).map_or(&[][..], |tag| tag.pages.as_slice());
    let (large, small): (Vec<&str>, Vec<&str>) =
        slugs.into_iter().partition(|slug| of(slug).len() >= MIN_LARGE_TAG);
    let mut shared: FxHashMap<NodeIndex, usize> = FxHashMap::default();
    shared.reserve(small.iter().map(|slug| of(slug).len()).sum());
    for page in small.iter().flat_map(|slug| of(slug)) {
        *shared.entry(*page).or_default() += 1;
    }
    if !large.is_empty() {
        let (lists, leading) = tree.related.large(&large, limit, of);
        // Whoever is not among these has at least as many before it, whatever tags it shares beside.
        for page in leading.iter() {
            shared.entry(*page).or_default();
        }
        for (page, count) in &mut shared {
            *count += lists.iter().filter(|list| list.binary_search(page).is_ok()).count();
        }
    }
    shared.remove(&index);
    best(shared.into_iter().map(|(page, tags)| (Reverse(tags), page)), limit)
}

impl Related {
    /// The pages of each of these tags, in order, and one page more than `limit` of those that have the most of them.
    fn large<'t>(
        &self,
        slugs: &[&str],
        limit: usize,
        of: impl Fn(&str) -> &'t [NodeIndex],
    ) -> (Vec<Arc<[NodeIndex]>>, Arc<[NodeIndex]>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut lists = Vec::with_capacity(slugs.len());
        for slug in slugs {
            let list = kept.pages.entry((*slug).to_owned()).or_insert_with(|| {
                let mut pages = of(slug).to_vec();
                pages.sort_unstable();
                pages.into()
            });
            lists.push(list.clone());
        }
        let set: Vec<String> = slugs.iter().map(|slug| (*slug).to_owned()).collect();
        let leading = kept.leading.entry(set).or_insert_with(|| {
            let mut shared: FxHashMap<NodeIndex, usize> = FxHashMap::default();
            for page in lists.iter().flat_map(|list| list.iter()) {
                *shared.entry(*page).or_default() += 1;
            }
            best(shared.into_iter().map(|(page, tags)| (Reverse(tags), page)), limit + 1).into()
        });
        let leading = leading.clone();
        (lists, leading)
    }
}

/// The first `limit` places, in order: few, so each page is put into its place at once.
fn best(places: impl Iterator<Item = Place>, limit: usize) -> Vec<NodeIndex> {
    let mut found: Vec<Place> = Vec::with_capacity(limit + 1);
    for place in places {
        if found.len() < limit || found.last().is_some_and(|last| place < *last) {
            let at = found.partition_point(|better| *better < place);
            found.insert(at, place);
            found.truncate(limit);
        }
    }
    found.into_iter().map(|(_, page)| page).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;
    use crate::document::{ParseOptions, parse};
    use crate::schema::Kinds;
    use crate::site::{Node, Tag, Translation, path_hash};
    use crate::source::{Source, SourcePath};

    /// A tree of as many pages, the tags of each as `tags` gives them.
    fn tree(count: u32, tags: impl Fn(u32) -> Vec<String>) -> Tree {
        let kinds = Kinds::default();
        let languages = [Language { code: "en".into(), ..Language::default() }];
        let options = ParseOptions {
            kinds: &kinds,
            languages: &languages,
            default_kind: "page",
            raw_html: false,
            text: false,
            links: false,
            zone: None,
            cascade: None,
            prefixes: crate::source::Prefixes::Order,
            values: &crate::config::Values::default(),
        };
        let mut tree = Tree::default();
        for number in 0..count {
            let text = format!("---\ntitle: A\ntags: [{}]\n---\n", tags(number).join(", "));
            let path = SourcePath::new(&format!("content/p{number:05}.md")).unwrap();
            let document = parse(&Source::new(path, text.into_bytes()), &options).value;
            for name in &document.summary.tags {
                tree.tag_slugs.insert(path_hash(name), name.clone());
                let tag = tree.tags.entry(name.clone()).or_insert_with(|| Tag {
                    name: name.clone(),
                    slug: name.clone(),
                    written: Default::default(),
                    pages: Vec::new(),
                });
                // Reading order is another than that of the paths.
                tag.pages.insert(0, number);
            }
            tree.nodes.push(Node {
                logical: document.logical.clone(),
                document: Arc::new(document),
                card: 0,
                title: 0,
                given: 0,
                address: "".into(),
                parent: None,
                members: Vec::new(),
                prev: None,
                next: None,
                translation: Translation::Original,
                listed: true,
            });
        }
        tree
    }

    #[test]
    fn large_tags_give_what_counting_gives() {
        let own = |n: u32| match n % 7 {
            0 => vec![],
            1 => vec!["all".to_owned()],
            2 => vec!["all".to_owned(), "half".to_owned()],
            k => vec!["all".to_owned(), "half".to_owned(), format!("few{}", n % 97), format!("k{k}")],
        };
        let tree = tree(1400, own);
        assert!(
            tree.tags["half"].pages.len() >= MIN_LARGE_TAG && tree.tags["few3"].pages.len() < MIN_LARGE_TAG
        );
        for index in (0..1400).step_by(37).chain(0..8) {
            let counted = (0..1400).filter(|n| *n != index).filter_map(|n| {
                let count = own(n).iter().filter(|tag| own(index).contains(tag)).count();
                (count > 0).then_some((Reverse(count), n))
            });
            assert_eq!(related(&tree, index, 6), best(counted, 6), "{index}");
        }
        // Asked again, it is what was kept.
        assert_eq!(related(&tree, 1, 6), related(&tree.clone(), 1, 6));
    }
}
