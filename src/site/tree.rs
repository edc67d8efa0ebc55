//! Parents, members, reading order: the shape of one language's tree.

use super::{Node, NodeIndex, Tree, path_hash};
use crate::source::Hasher;
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use std::cmp::Ordering;

/// A collator of the language; the root collation where the language is unknown. Numbers sort as numbers: "Week 2" before
/// "Week 10".
pub fn collator(lang: &str) -> Option<CollatorBorrowed<'static>> {
    let locale = icu_locale_core::Locale::try_from_str(lang).unwrap_or(icu_locale_core::Locale::UNKNOWN);
    let mut preferences = CollatorPreferences::from(locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(preferences, CollatorOptions::default()).ok()
}

/// Compares two texts as readers of `lang` sort them: signs before the first letter or digit do not count, so that "¿Qué?"
/// stands under Q. Ties are broken by code points, so the order is total.
pub fn compare(collator: Option<&CollatorBorrowed<'static>>, a: &str, b: &str) -> Ordering {
    let order = collator.map_or(Ordering::Equal, |c| c.compare(sorted_as(a), sorted_as(b)));
    order.then_with(|| a.cmp(b))
}

/// The part of a text by which it is sorted: from its first letter or digit on; all of it when it has none.
pub fn sorted_as(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if rest.is_empty() { text } else { rest }
}

/// The logical path of the section page nearest above `logical`, by folder.
fn parent_of(tree: &Tree, logical: &str) -> Option<NodeIndex> {
    let mut folder = match logical.strip_suffix("/index.md") {
        Some(own) => own.rfind('/').map_or("", |i| &own[..i]),
        None if logical == "index.md" => return None,
        None => logical.rfind('/').map_or("", |i| &logical[..i]),
    };
    loop {
        let index = if folder.is_empty() { "index.md".to_string() } else { format!("{folder}/index.md") };
        if let Some(found) = tree.by_path.get(&path_hash(&index)) {
            return Some(*found);
        }
        // `bus.md` is the page of the folder `bus` beside it.
        let beside = format!("{folder}.md");
        if beside != logical
            && let Some(found) = tree.by_path.get(&path_hash(&beside))
        {
            return Some(*found);
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder.rfind('/').map_or("", |i| &folder[..i]);
    }
}

/// Orders pages of one section: by `order`, pages without one after them by title.
fn sort_members(nodes: &[Node], members: &mut [NodeIndex], lang: &str) {
    let order = |i: &NodeIndex| nodes.get(*i as usize).and_then(|n| n.document.summary.order);
    let unordered = members.iter().filter(|i| order(i).is_none()).count();
    let collator = if unordered > 1 { collator(lang) } else { None };
    members.sort_by(|a, b| {
        let (na, nb) = (&nodes[*a as usize], &nodes[*b as usize]);
        match (order(a), order(b)) {
            (Some(x), Some(y)) if x != y => x.cmp(&y),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            _ => compare(collator.as_ref(), &na.document.summary.title, &nb.document.summary.title)
                .then_with(|| na.logical.cmp(&nb.logical)),
        }
    });
}

/// Fills parents, members, reading order, neighbours and the shape's fingerprint of a tree whose `nodes` and
/// `by_path` are there; `listed` of each says whether the page itself is not hidden, and afterwards whether lists have it.
pub fn shape(tree: &mut Tree) {
    let parents: Vec<Option<NodeIndex>> = {
        // Pages come sorted by path, so those of one folder follow each other: remember the last answer.
        let mut last: Option<(String, Option<NodeIndex>)> = None;
        tree.nodes
            .iter()
            .map(|node| {
                let folder = node.logical.rfind('/').map_or("", |i| &node.logical[..i]);
                if !node.is_section() {
                    if let Some((known, parent)) = &last
                        && known == folder
                    {
                        return *parent;
                    }
                    let parent = parent_of(tree, &node.logical);
                    last = Some((folder.to_string(), parent));
                    return parent;
                }
                parent_of(tree, &node.logical)
            })
            .collect()
    };
    let mut members: Vec<Vec<NodeIndex>> = vec![Vec::new(); tree.nodes.len()];
    for (i, parent) in parents.iter().enumerate() {
        tree.nodes[i].parent = *parent;
        if let Some(parent) = parent
            && tree.nodes[i].listed
        {
            members[*parent as usize].push(i as NodeIndex);
        }
    }
    for list in &mut members {
        if list.len() > 1 {
            sort_members(&tree.nodes, list, &tree.code);
        }
    }
    for (node, list) in tree.nodes.iter_mut().zip(members) {
        node.members = list;
    }
    tree.home = tree.by_path.get(&path_hash("index.md")).copied();
    let order = reading_order(tree);
    // Neither is what is below a page that is hidden.
    tree.nodes.iter_mut().for_each(|node| node.listed = false);
    let mut hasher = Hasher::new();
    for (i, index) in order.iter().enumerate() {
        let node = &mut tree.nodes[*index as usize];
        node.prev = i.checked_sub(1).and_then(|p| order.get(p)).copied();
        node.next = order.get(i + 1).copied();
        node.listed = true;
        hasher.number(node.title).text(&node.address).number(node.parent.map_or(u64::MAX, u64::from));
    }
    tree.order = order;
    tree.shape = hasher.finish();
}

/// Depth first from the home page; pages without any section above them follow, hidden ones are left out.
fn reading_order(tree: &Tree) -> Vec<NodeIndex> {
    let mut order = Vec::with_capacity(tree.nodes.len());
    let mut roots: Vec<NodeIndex> = (0..tree.nodes.len() as NodeIndex)
        .filter(|i| {
            let node = &tree.nodes[*i as usize];
            node.parent.is_none() && node.listed
        })
        .collect();
    roots.sort_by_key(|i| tree.home != Some(*i));
    // An explicit stack: folders may be nested deeper than the call stack allows.
    let mut stack: Vec<NodeIndex> = roots.into_iter().rev().collect();
    while let Some(index) = stack.pop() {
        order.push(index);
        stack.extend(tree.nodes[index as usize].members.iter().rev());
    }
    order
}
