//! Languages are independent: what is wrong in a translation stops no other language.
//!
//! - A translation whose file cannot be understood as it is written waits: readers get the original until it is mended.
//! - What is wrong with one link, picture, note or old address of it costs that alone; the page is shown without it.
//! - Both are warnings, at the translation's line. Errors stay: whatever could give away a person, a file that cannot be read
//!   today, and what somebody made an error in `site.yaml`.

use super::consequences::is_ignored;
use super::{Engine, Page};
use crate::check::{Group, rules};
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::plan::Plan;
use crate::site::{LeftOutReason, Site, split};
use crate::source::{SourcePath, folded};
use std::collections::BTreeSet;

/// What costs a page one thing, and nothing that surrounds it.
const ONE_THING: &[Code] = &[
    code::BROKEN_LINK,
    code::BROKEN_ANCHOR,
    code::BROKEN_REFERENCE,
    code::UNSAFE_LINK,
    code::OUTSIDE_SITE,
    code::MISSING_IMAGE,
    code::PHOTO_FORMAT,
    code::BROKEN_IMAGE,
    code::DUPLICATE_ANCHOR,
    code::FOOTNOTE,
    code::ADDRESS_COLLISION,
];

/// What is no matter of a language: a file that could not be read today.
const OF_FILES: &[Code] = &[code::UNREADABLE_FILE];

impl Engine {
    /// The translations whose files have a mistake that the page cannot be shown with.
    pub(super) fn faulty(&self) -> BTreeSet<SourcePath> {
        let noted = self.noted.iter().filter_map(|path| self.pages.get(path));
        noted.filter(|page| self.is_faulty(page)).map(|page| page.record.document.path.clone()).collect()
    }

    /// Whether the page is a translation with such a mistake.
    pub(super) fn is_faulty(&self, page: &Page) -> bool {
        let document = &page.record.document;
        if page.diagnostics.is_empty() || !self.is_of_translation(&document.path) {
            return false;
        }
        let allows = [(&document.path, document.allows.as_slice())];
        // A key that the site ignores is no mistake.
        let found = page.diagnostics.iter().filter(|d| !is_ignored(d, &self.config.ignore_keys)).cloned();
        let settled =
            crate::check::apply_suppressions(found.collect(), allows, &self.config.checks, |_| false);
        settled.iter().any(|d| d.severity == Severity::Error && !ONE_THING.contains(&d.code))
    }

    /// Whether the file belongs to a language that is not the main one: a page of it, its labels, its texts.
    fn is_of_translation(&self, path: &SourcePath) -> bool {
        let languages = &self.config.languages;
        if let Some(inside) = path.as_str().strip_prefix(crate::site::CONTENT) {
            return split(languages, inside).0 > 0;
        }
        let folder = path.folder();
        let of_words = ["translations", "kinds"].contains(&folder);
        let stem = path.file_name().strip_suffix(".yaml").unwrap_or("");
        of_words && languages.iter().skip(1).any(|language| language.code == stem)
    }

    /// All problems of a site with its plan, those of translations as warnings, with what readers get instead.
    pub(super) fn of_translations(
        &self,
        mut all: Vec<Diagnostic>,
        site: &Site,
        plan: &Plan,
    ) -> Vec<Diagnostic> {
        if self.config.languages.len() < 2 {
            return all;
        }
        let faulty = site.left_out.iter().filter(|left| left.reason == LeftOutReason::Faulty);
        let waiting: BTreeSet<&SourcePath> = faulty.map(|left| &left.path).collect();
        let mut told: BTreeSet<SourcePath> = BTreeSet::new();
        let mut torn = None;
        for d in all.iter_mut().filter(|d| d.severity == Severity::Error) {
            let Some(path) = d.path.clone().filter(|path| self.is_of_translation(path)) else { continue };
            let meant = matches!(self.config.checks.levels.get(d.code.name()), Some(Some(Severity::Error)));
            let waits = waiting.contains(&path);
            let of_person = rules().iter().any(|r| r.code == d.code && r.group == Group::Privacy);
            if meant || of_person || OF_FILES.contains(&d.code) && !waits {
                continue;
            }
            // Of two sources for one file the first has it. A file where others need a folder can be written by nobody.
            if [code::ADDRESS_COLLISION, code::ALIAS_COLLISION].contains(&d.code)
                && *torn.get_or_insert_with(|| is_torn(plan))
            {
                continue;
            }
            d.severity = Severity::Warning;
            if waits && told.insert(path.clone()) {
                let until = self.until_mended(&path, site);
                d.help = Some(match d.help.take() {
                    Some(help) => format!("{} {until}", ended(help)),
                    None => until,
                });
            }
        }
        all
    }

    /// What readers see in place of a translation that waits.
    fn until_mended(&self, path: &SourcePath, site: &Site) -> String {
        let document = self.pages.get(path).map(|page| &page.record.document);
        let original = site.trees.first().zip(document);
        let is_there = original.is_some_and(|(tree, document)| tree.find(&document.logical).is_some());
        match self.config.languages.first().filter(|_| is_there) {
            Some(main) => format!("Until then readers see this page in {}.", main.name),
            None => "Until then this page is not published.".to_owned(),
        }
    }
}

/// Whether an output is to be a file and a folder at once, for a disk that takes big and small letters for the same.
fn is_torn(plan: &Plan) -> bool {
    let names: BTreeSet<String> = plan.jobs.keys().map(|path| folded(path.as_str())).collect();
    names.iter().any(|name| name.match_indices('/').any(|(end, _)| names.contains(&name[..end])))
}

/// A sentence with its full stop.
fn ended(text: String) -> String {
    if text.ends_with(['.', '!', '?']) { text } else { text + "." }
}
