//! The addresses that people keep: what `urls.lock` holds, so that none of them dies unsaid.

use super::Engine;
use crate::plan::Job;
use crate::site::LangIndex;
use std::collections::BTreeSet;

impl Engine {
    /// The addresses that `urls.lock` keeps: pages, their old addresses, and documents beside pages.
    pub fn lasting_addresses(&self) -> BTreeSet<String> {
        // A list of a folder's pages is nobody's promise.
        let is_written = |lang: LangIndex, logical: &str| {
            let tree = self.world.as_ref().and_then(|world| world.site.trees.get(lang as usize));
            tree.and_then(|tree| tree.find(logical)).is_none_or(|(_, node)| !node.document.made)
        };
        let lasting = |job: &Job| match job {
            Job::Page { lang, logical } => is_written(*lang, logical),
            Job::Redirect { .. } => true,
            Job::Copy { from } => {
                let document =
                    ["pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "csv", "epub"];
                from.as_str().starts_with("content/") && document.contains(&from.extension().as_str())
            }
            _ => false,
        };
        self.plan.jobs.iter().filter(|(_, job)| lasting(job)).map(|(path, _)| path.to_string()).collect()
    }
}
