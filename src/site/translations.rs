//! How far each language's translation is: which pages are missing, current, outdated, unstamped or orphans.
//!
//! Reads what [`assemble`](super::assemble()) found of each page. Called by `guidepost translations`.

use super::{
    Anchor, LangIndex, LeftOutReason, Lookup, Origin, Site, Target, Translation, Tree, language_of, resolve,
    split,
};
use crate::source::SourcePath;
use std::sync::Arc;

/// The state of one language that is not the default one. Paths are in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Code of the language.
    pub code: Arc<str>,
    /// Where translations that do not exist yet would stand.
    pub missing: Vec<SourcePath>,
    /// Translations of the original as it is now.
    pub current: Vec<SourcePath>,
    /// Translations of an earlier state of the original.
    pub outdated: Vec<SourcePath>,
    /// Translations that do not say what they were made from.
    pub unstamped: Vec<SourcePath>,
    /// Translations whose file has a mistake: readers get the original until that is mended.
    pub faulty: Vec<SourcePath>,
    /// Pages that translate nothing.
    pub orphans: Vec<SourcePath>,
    /// What translations lack of their originals; readers are led to the original there.
    pub gaps: Vec<Gap>,
}

/// What a translation lacks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// The translation.
    pub path: SourcePath,
    /// The id of the entry or heading.
    pub id: String,
    /// The title of an entry in the original; none for a heading.
    pub title: Option<String>,
}

impl Progress {
    /// How many pages there are to translate.
    pub fn total(&self) -> usize {
        [&self.missing, &self.current, &self.outdated, &self.unstamped, &self.faulty]
            .into_iter()
            .map(Vec::len)
            .sum()
    }
}

/// The progress of every language but the default one, in the order of `site.yaml`. An original that is a draft, or stands in
/// a section that is one, is not yet missing anywhere, nor is one that is over. Give a site that was assembled with its
/// drafts.
pub fn translations(site: &Site) -> Vec<Progress> {
    let scheduled = |reason| matches!(reason, LeftOutReason::Scheduled(_));
    let state = |path: &SourcePath| {
        let found = site.withheld.binary_search_by(|state| state.path.cmp(path));
        found.ok().and_then(|at| site.withheld.get(at))
    };
    let waits = |path: &SourcePath| state(path).is_some_and(|state| !scheduled(state.reason));
    site.trees
        .iter()
        .skip(1)
        .map(|tree| {
            let mut progress = Progress { code: tree.code.clone(), ..Progress::default() };
            for node in tree.nodes.iter().filter(|node| !node.document.made) {
                let own = || node.document.path.clone();
                match node.translation {
                    Translation::Current => progress.current.push(own()),
                    Translation::Outdated => progress.outdated.push(own()),
                    Translation::Unstamped => progress.unstamped.push(own()),
                    Translation::Only => progress.orphans.push(own()),
                    Translation::Fallback if !waits(&node.document.path) => {
                        let path = SourcePath::new(&format!("content/{}/{}", tree.code, node.logical));
                        let faulty = path.as_ref().is_ok_and(|path| {
                            state(path).is_some_and(|state| state.reason == LeftOutReason::Faulty)
                        });
                        if faulty { &mut progress.faulty } else { &mut progress.missing }.extend(path);
                    }
                    Translation::Fallback | Translation::Original => {}
                }
            }
            progress.gaps = gaps(site, tree);
            progress
        })
        .collect()
}

/// What the translation of a page lacks that the link `target` of the document `path` leads to in the language `view`: a heading
/// or entry that only the original has.
pub fn led_back(
    site: &Site,
    lookup: &dyn Lookup,
    path: &SourcePath,
    view: LangIndex,
    target: &str,
) -> Option<Gap> {
    let origin = Origin { path: path.as_str(), view };
    let languages = lookup.languages();
    let (own, _) = split(languages, path.as_str().strip_prefix(super::CONTENT)?);
    let Target::Page { lang: 0, page, anchor: Anchor::Id(id) } = resolve(lookup, origin, target) else {
        return None;
    };
    // An address that names another language means it.
    if view == 0 || language_of(languages, origin, target) != own {
        return None;
    }
    let original = site.trees.first()?.node(page)?;
    let (_, shown) = site.trees.get(view as usize)?.find(&original.logical)?;
    let gap = || Gap { path: shown.document.path.clone(), id, title: None };
    shown.translation.is_translated().then(gap)
}

/// The entries that the translations of a tree lack.
fn gaps(site: &Site, tree: &Tree) -> Vec<Gap> {
    let gaps = tree.lacking.iter().filter_map(|lacking| {
        let (_, entry) = site.entry(lacking.entry)?;
        let path = tree.node(lacking.page)?.document.path.clone();
        Some(Gap { path, id: entry.id.to_string(), title: Some(entry.title.clone()) })
    });
    gaps.collect()
}
