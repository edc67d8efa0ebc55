//! How far each language's translation is: which pages are missing, current, outdated, unstamped or orphans.
//!
//! Reads what [`assemble`](super::assemble()) found of each page. Called by `guidepost translations`.

use super::{LeftOutReason, Site, Translation};
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
    /// Pages that translate nothing.
    pub orphans: Vec<SourcePath>,
}

impl Progress {
    /// How many pages there are to translate.
    pub fn total(&self) -> usize {
        self.missing.len() + self.current.len() + self.outdated.len() + self.unstamped.len()
    }
}

/// The progress of every language but the default one, in the order of `site.yaml`. An original that is a draft, or stands in
/// a section that is one, is not yet missing anywhere, nor is one that is over. Give a site that was assembled with its
/// drafts.
pub fn translations(site: &Site) -> Vec<Progress> {
    let scheduled = |reason| matches!(reason, LeftOutReason::Scheduled(_));
    let waits = |path: &SourcePath| {
        let found = site.withheld.binary_search_by(|state| state.path.cmp(path));
        found.ok().and_then(|at| site.withheld.get(at)).is_some_and(|state| !scheduled(state.reason))
    };
    site.trees
        .iter()
        .skip(1)
        .map(|tree| {
            let mut progress = Progress { code: tree.code.clone(), ..Progress::default() };
            for node in &tree.nodes {
                let own = || node.document.path.clone();
                match node.translation {
                    Translation::Current => progress.current.push(own()),
                    Translation::Outdated => progress.outdated.push(own()),
                    Translation::Unstamped => progress.unstamped.push(own()),
                    Translation::Only => progress.orphans.push(own()),
                    Translation::Fallback if !waits(&node.document.path) => {
                        progress
                            .missing
                            .extend(SourcePath::new(&format!("content/{}/{}", tree.code, node.logical)));
                    }
                    Translation::Fallback | Translation::Original => {}
                }
            }
            progress
        })
        .collect()
}
