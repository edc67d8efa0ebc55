//! Which files beside pages are published: those that something published leads to.
//!
//! Whatever leads to a file has read it as a fact (`FactKind::Asset`) when it was made: a link, a picture, a field, a component, a
//! template. So the graph knows which files are wanted, after every edit and in a run that starts from the cache. What such a
//! file names in turn comes with it: the pictures of a stylesheet. `files` in `site.yaml` and the names that hosts ask for are
//! published in any case. Called by `stages` and `rendering`.

use super::Engine;
use crate::check::local;
use crate::diag::{Diagnostic, Severity, code};
use crate::plan::{Job, PlannedAsset};
use crate::render::world::Assets;
use crate::render::{Fact, FactKind, World, address_of};
use crate::site::CONTENT;
use crate::source::refs::{self, By};
use crate::source::{OutputPath, SourcePath, Span, address};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Maximum number of files without a link to them that are named.
const MAX_NAMED: usize = 10;

/// Whether it is made of a file beside pages: a copy of it, or a photo made narrower.
pub(super) fn is_beside(planned: &PlannedAsset) -> bool {
    planned.source.as_str().starts_with(CONTENT)
}

/// The file beside pages that a job copies.
pub(super) fn copied(job: &Job) -> Option<&SourcePath> {
    match job {
        Job::Copy { from } => Some(from).filter(|from| from.as_str().starts_with(CONTENT)),
        _ => None,
    }
}

/// The files that a file names, by their paths, with the places of their addresses.
fn named(assets: &Assets, file: &SourcePath) -> Vec<(Span, String)> {
    let text = assets.get(file.as_str()).and_then(|asset| asset.text.clone());
    let Some(text) = text.as_deref().and_then(|text| std::str::from_utf8(text).ok()) else {
        return Vec::new();
    };
    let paths: Vec<(Range<usize>, String)> = match file.extension().as_str() {
        "html" | "htm" | "xhtml" | "svg" => local::in_markup(text),
        other => {
            let found = refs::of(other, text).unwrap_or_default().into_iter();
            let local = found.filter(|reference| reference.by != By::SourceMap);
            local.filter_map(|found| Some((found.range.clone(), found.local()?.0.to_owned()))).collect()
        }
    };
    let full = |path: &str| match path.strip_prefix('/') {
        Some(path) => format!("{CONTENT}{}", address::decode(path)),
        None => address_of(file.as_str(), path),
    };
    paths.into_iter().map(|(range, path)| (Span::from(range), full(&path))).collect()
}

/// What a file was probably meant to be, when it looks like a page.
fn page_name(assets: &Assets, file: &SourcePath) -> Option<String> {
    const ENDINGS: &[&str] = &["markdown", "mdown", "mdwn", "mdx", "mkd", "mkdn", "qmd", "rmd"];
    let name = file.file_name();
    let lower = name.to_ascii_lowercase();
    if let Some(at) = lower.find(".md.") {
        return Some(format!("{}.md", name.get(..at)?));
    }
    let stem = name.rfind('.').map_or(name, |dot| name.get(..dot).unwrap_or(name));
    let extension = file.extension();
    if ENDINGS.contains(&extension.as_str()) {
        return Some(format!("{stem}.md"));
    }
    let text = assets.get(file.as_str()).filter(|_| matches!(extension.as_str(), "txt" | "text" | ""))?;
    let text = std::str::from_utf8(text.text.as_deref()?).ok()?;
    let text = text.trim_start_matches('\u{feff}');
    let head = text.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r']))?;
    head.contains("\ntitle:").then(|| format!("{stem}.md"))
}

impl Engine {
    /// The files beside pages that are published, as far as all was made.
    fn wanted_files(&self, assets: &Assets) -> BTreeSet<SourcePath> {
        self.files_led_to(assets, |file| self.graph.is_read(Fact::new(FactKind::Asset, 0, file.as_str())))
    }

    /// The files beside pages that are published when `is_read` says to which of them something published leads.
    pub(super) fn files_led_to(
        &self,
        assets: &Assets,
        is_read: impl Fn(&SourcePath) -> bool,
    ) -> BTreeSet<SourcePath> {
        let all: BTreeSet<&SourcePath> =
            self.planned.iter().filter(|planned| is_beside(planned)).map(|planned| &planned.source).collect();
        let mut wanted: BTreeSet<SourcePath> = BTreeSet::new();
        let mut waiting: Vec<&SourcePath> =
            all.iter().copied().filter(|file| self.always.has(file) || is_read(file)).collect();
        while let Some(file) = waiting.pop() {
            if wanted.insert(file.clone()) {
                let inner = named(assets, file).into_iter();
                waiting.extend(inner.filter_map(|(_, path)| all.get(&SourcePath::new(&path).ok()?).copied()));
            }
        }
        wanted
    }

    /// The files beside pages that are not published, since nothing published leads to them.
    pub fn unlinked_files(&self) -> Vec<SourcePath> {
        let beside = self.planned.iter().filter_map(|planned| copied(&planned.job));
        beside.filter(|file| !self.files.contains(*file)).cloned().collect()
    }

    /// Looks which files are published now; gives whether others were before.
    pub(super) fn follow_files(&mut self, world: &Arc<World>) -> bool {
        self.files_stale = false;
        let wanted = self.wanted_files(&world.assets);
        self.problems.files = self.unlinked(&world.assets, &wanted);
        if wanted == self.files {
            return false;
        }
        self.files = wanted;
        // The plan is another one, and the rules look at published files only.
        self.edits = None;
        self.findings.site_changed();
        true
    }

    /// What published files name and what is not there: nobody else looks into a page that somebody wrote in HTML.
    pub(super) fn dead_ends(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let Some(world) = &self.world else { return found };
        let is_page = |file: &&SourcePath| matches!(&*file.extension(), "html" | "htm" | "xhtml" | "css");
        for file in self.files.iter().filter(is_page) {
            for (span, path) in named(&world.assets, file) {
                let Some(inside) = path.strip_prefix(CONTENT) else { continue };
                let index = format!("{}/index.html", inside.trim_end_matches('/'));
                let outputs = [inside, index.trim_start_matches('/')];
                let is_made =
                    |path: &str| OutputPath::new(path).is_ok_and(|p| self.plan.jobs.contains_key(&p));
                if inside.is_empty() || outputs.iter().any(|path| is_made(path)) {
                    continue;
                }
                let help = match inside.strip_suffix(".md") {
                    Some(page) => format!("Write the address of the page on the website: {page}.html."),
                    None => {
                        "Put the file there, or correct the address. Big and small letters count.".to_owned()
                    }
                };
                let message = format!("This file names \"{inside}\", and there is nothing of that name.");
                found.push(Diagnostic::warning(code::BROKEN_LINK, file, span, message).help(help));
            }
        }
        found
    }

    /// What is said of files that nothing leads to.
    pub(super) fn unlinked(&self, assets: &Assets, wanted: &BTreeSet<SourcePath>) -> Vec<Diagnostic> {
        let beside = self.planned.iter().filter_map(|planned| copied(&planned.job));
        let inside: Vec<&str> = beside.filter_map(|file| file.as_str().strip_prefix(CONTENT)).collect();
        let mut found = self.always.unmatched(&inside);
        let mut names: Vec<&str> = Vec::new();
        for file in self.planned.iter().filter_map(|planned| copied(&planned.job)) {
            if wanted.contains(file) {
                continue;
            }
            match page_name(assets, file) {
                Some(name) => {
                    let folder = file.folder().strip_prefix("content").unwrap_or("").trim_start_matches('/');
                    let slash = if folder.is_empty() { "" } else { "/" };
                    let message = format!(
                        "\"{file}\" is no page, since its name does not end in .md: it is not published."
                    );
                    let help =
                        format!("Did you mean {folder}{slash}{name}? Save it as plain text under that name.");
                    found.push(
                        Diagnostic::warning(code::FILE_NAME, file, Default::default(), message).help(help),
                    );
                }
                None => names.push(file.as_str().strip_prefix(CONTENT).unwrap_or(file.as_str())),
            }
        }
        names.sort_unstable();
        if let Some(first) = names.first() {
            let list = names.iter().take(MAX_NAMED).copied().collect::<Vec<_>>().join(", ");
            let more = match names.len().saturating_sub(MAX_NAMED) {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            let message = match names.len() {
                1 => format!("Nothing published leads to the file {first} in content/: it is not published."),
                n => format!(
                    "Nothing published leads to {n} files in content/: they are not published. {list}{more}."
                ),
            };
            let help = "What families need not see, take out of the folder content. Link to what they need. Only what must be \
                public without any link is named below files in site.yaml.";
            found.push(Diagnostic::site(code::UNLINKED_FILE, Severity::Note, message).help(help));
        }
        found
    }

    /// Whether a file beside pages would be copied to that address if something led to it.
    pub(super) fn may_be_file(&self, path: &OutputPath) -> bool {
        self.planned.iter().any(|planned| is_beside(planned) && planned.address == path.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_page() {
        let name = |path: &str| page_name(&Assets::default(), &SourcePath::new(path).unwrap());
        for (path, page) in [
            ("content/plan.md.txt", "plan.md"),
            ("content/a/Plan.MD.TXT", "Plan.md"),
            ("content/plan.markdown", "plan.md"),
            ("content/plan.mdx", "plan.md"),
            ("content/my.plan.mkd", "my.plan.md"),
        ] {
            assert_eq!(name(path).as_deref(), Some(page), "{path}");
        }
        for path in ["content/plan.txt", "content/plan.pdf", "content/cmd.txt", "content/readme"] {
            assert_eq!(name(path), None, "{path}");
        }
    }
}
