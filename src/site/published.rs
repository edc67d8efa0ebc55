//! What is published: the one answer for each page, which plan, render, rules, lists and commands all ask.
//!
//! A page is published, or left out because of `draft`, `publish`, `expires` or a name that begins with `_`. A first day that
//! cannot be read keeps it back too, also in a site that makes that no error. `hidden` is no such state: a hidden page is
//! published, it only stands in no list.
//!
//! - A section's page speaks for all below it, also one that lies beside its folder: a page's own value may be stricter, never
//!   looser.
//! - A translation is published only while its original is, and when its own words allow it; `draft: false` in it says that it
//!   does not wait. It is hidden when its original is, unless it says something else.
//! - A translation whose file has a mistake waits until that is mended: no language holds back another.
//! - Where a language has no section page of its own, that of the main language speaks for its pages too.

use super::{PageRecord, path_hash};
use crate::document::Summary;
use crate::source::{SourcePath, is_index};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The pages of one language by logical path.
pub(super) type Pages<'a> = BTreeMap<Arc<str>, &'a PageRecord>;

/// A page that is not published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LeftOut {
    /// The file.
    pub path: SourcePath,
    /// Why.
    pub reason: LeftOutReason,
    /// The file that says so: its own, its section's page, its original, or the section's page of its original.
    pub cause: SourcePath,
}

/// Why a page is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LeftOutReason {
    /// `draft: true`.
    Draft,
    /// Its `publish` day has not come.
    Scheduled(Date),
    /// Its `expires` day has come.
    Expired(Date),
    /// Its name, or that of a folder above it, begins with `_`.
    Underscore,
    /// It is a translation whose file has a mistake: readers get the original until that is mended.
    Faulty,
    /// Its `publish` day cannot be read.
    Unread,
}

impl LeftOut {
    /// Whether a section's page speaks for this one.
    pub fn by_section(&self) -> bool {
        let cause = below_content(&self.cause);
        let name = self.cause.file_name();
        let folder = if is_index(name) { cause.strip_suffix(name).unwrap_or(cause) } else { cause };
        let inside = !folder.is_empty() && below_content(&self.path).starts_with(folder);
        // The translation of a section's page has its path below another folder.
        let translates = self.path.as_str().ends_with(&format!("/{cause}")) && !inside;
        is_index(name) && self.path != self.cause && !translates
    }

    /// What is the matter, as the first half of a sentence: `"parents/goals.md" is a draft`.
    pub fn says(&self) -> String {
        let name = below_content(&self.cause);
        let subject = match self.by_section() {
            true => format!("The section \"{name}\""),
            false => format!("\"{name}\""),
        };
        match self.reason {
            LeftOutReason::Draft => format!("{subject} is a draft"),
            LeftOutReason::Scheduled(day) => format!("{subject} comes on {day}"),
            LeftOutReason::Expired(day) => format!("{subject} was shown until {day}"),
            LeftOutReason::Underscore => format!("{subject} has a name that begins with _"),
            LeftOutReason::Faulty => format!("{subject} has a mistake"),
            LeftOutReason::Unread => format!("{subject} has a first day at publish that cannot be read"),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        let name = below_content(&self.cause);
        match self.reason {
            LeftOutReason::Draft => {
                format!("Take draft: true out of {name} when it may be published, or remove the link.")
            }
            LeftOutReason::Scheduled(_) => {
                "Nothing need be done: the link is there from that day on. Else change publish in that page."
                    .into()
            }
            LeftOutReason::Expired(_) => {
                format!("Remove the link, or write a later day at expires in {name}.")
            }
            LeftOutReason::Underscore => {
                "Rename it without the _ when it may be published, or remove the link.".into()
            }
            LeftOutReason::Faulty => format!("Mend {name}: its mistake is told at its own line."),
            LeftOutReason::Unread => format!("Write the day at publish in {name} as YYYY-MM-DD."),
        }
    }
}

/// `es/meetings/index.md`: how people name a page.
fn below_content(path: &SourcePath) -> &str {
    path.as_str().strip_prefix("content/").unwrap_or(path.as_str())
}

/// Why a page's own words leave it out on `date`.
fn own_word(summary: &Summary, date: Date) -> Option<LeftOutReason> {
    if summary.draft {
        return Some(LeftOutReason::Draft);
    }
    if summary.comes_on_unread_day() {
        return Some(LeftOutReason::Unread);
    }
    match (summary.publish, summary.expires) {
        (Some(from), _) if from > date => Some(LeftOutReason::Scheduled(from)),
        (_, Some(to)) if to <= date => Some(LeftOutReason::Expired(to)),
        _ => None,
    }
}

/// Whether a translation says that it does not wait for its original: `draft: false`, which nobody writes without meaning it.
fn stands_alone(summary: &Summary) -> bool {
    summary.spans.contains_key("draft") && !summary.draft
}

/// Whether a part of the path begins with `_`.
fn is_underscored(logical: &str) -> bool {
    logical.starts_with('_') || logical.contains("/_")
}

/// The folders above a page whose section pages speak for it, the outermost first: "", "a/", "a/b/". A section's own page is
/// not below itself.
fn sections(logical: &str) -> impl Iterator<Item = &str> {
    let inner = logical.strip_suffix("index.md").map_or(logical, |folder| folder.trim_end_matches('/'));
    let own = logical == "index.md";
    let first = (!own).then_some("");
    first.into_iter().chain(inner.match_indices('/').filter_map(move |(i, _)| inner.get(..=i)))
}

/// The page that speaks for all in a folder, `a/b/`, in the trees `all`: its `index.md`, in the language or in the main one, else the
/// page beside the folder, `a/b.md`. With the number of its language.
fn speaker(all: &[Pages<'_>], lang: usize, folder: &str) -> Option<(usize, String)> {
    let names =
        [Some(format!("{folder}index.md")), folder.strip_suffix('/').map(|name| format!("{name}.md"))];
    names.into_iter().flatten().find_map(|name| {
        let own = [lang, 0]
            .into_iter()
            .find(|lang| all.get(*lang).is_some_and(|pages| pages.contains_key(name.as_str())));
        Some((own?, name))
    })
}

/// Why pages are not published, by language and hash of the logical path.
pub(super) struct Publication(Vec<FxHashMap<u64, Arc<LeftOut>>>);

impl Publication {
    /// Judges all pages, given by language, for a day. `faulty` says of a translation whether its file has a mistake.
    pub(super) fn of(
        all: &[Pages<'_>],
        date: Date,
        faulty: &dyn Fn(usize, &PageRecord) -> bool,
    ) -> Publication {
        let mut judged = Publication(vec![FxHashMap::default(); all.len()]);
        for (lang, pages) in all.iter().enumerate() {
            // Who speaks for pages comes before them: the page of a folder, in it or beside it, has one step less in its path.
            let steps = |logical: &str| {
                let is_section = logical == "index.md" || logical.ends_with("/index.md");
                logical.matches('/').count() + usize::from(!is_section)
            };
            let mut order: Vec<(&Arc<str>, &&PageRecord)> = pages.iter().collect();
            order.sort_by_key(|(logical, _)| steps(logical));
            for (logical, record) in order {
                if let Some(found) = judged.reason_left_out(all, lang, logical, record, date, faulty) {
                    judged.0[lang].insert(path_hash(logical), Arc::new(found));
                }
            }
        }
        judged
    }

    fn reason_left_out(
        &self,
        all: &[Pages<'_>],
        lang: usize,
        logical: &str,
        record: &PageRecord,
        date: Date,
        faulty: &dyn Fn(usize, &PageRecord) -> bool,
    ) -> Option<LeftOut> {
        let path = &record.document.path;
        let left = |reason, cause: &SourcePath| LeftOut { path: path.clone(), reason, cause: cause.clone() };
        if is_underscored(logical) {
            return Some(left(LeftOutReason::Underscore, path));
        }
        if self.0.iter().any(|states| !states.is_empty()) {
            for folder in sections(logical) {
                let Some((own, speaker)) = speaker(all, lang, folder) else { continue };
                // A mistake speaks for its own page alone: what the file says of all below it is known (`document::parse`).
                let state = self.state(own, &speaker);
                if let Some(state) = state.filter(|state| state.reason != LeftOutReason::Faulty) {
                    return Some(left(state.reason, &state.cause));
                }
            }
        }
        let summary: &Summary = &record.document.summary;
        // A day that cannot be read is a mistake of a translation like any other.
        let is_fault = |reason| lang > 0 && reason == LeftOutReason::Unread && faulty(lang, record);
        if let Some(reason) = own_word(summary, date).filter(|reason| !is_fault(*reason)) {
            return Some(left(reason, path));
        }
        // The original was judged before, with the sections above it.
        let original = self.state(0, logical).filter(|_| lang > 0 && !stands_alone(summary));
        match original {
            Some(original) => Some(left(original.reason, &original.cause)),
            None => (lang > 0 && faulty(lang, record)).then(|| left(LeftOutReason::Faulty, path)),
        }
    }

    /// Why the page is not published, if it is not.
    pub(super) fn state(&self, lang: usize, logical: &str) -> Option<&Arc<LeftOut>> {
        self.0.get(lang)?.get(&path_hash(logical))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_above_a_page() {
        let of = |logical| sections(logical).collect::<Vec<_>>();
        assert_eq!(of("index.md"), [""; 0]);
        assert_eq!(of("a.md"), [""]);
        assert_eq!(of("a/index.md"), [""]);
        assert_eq!(of("a/b.md"), ["", "a/"]);
        assert_eq!(of("a/b/index.md"), ["", "a/"]);
        assert_eq!(of("a/b/c.md"), ["", "a/", "a/b/"]);
    }

    #[test]
    fn a_cause_in_words() {
        let path = |p: &str| SourcePath::new(p).unwrap();
        let says = |page, cause, reason| LeftOut { path: path(page), cause: path(cause), reason }.says();
        let day = jiff::civil::date(2027, 1, 5);
        for (page, cause, reason, words) in [
            ("content/a.md", "content/a.md", LeftOutReason::Draft, "\"a.md\" is a draft"),
            ("content/a/index.md", "content/a/index.md", LeftOutReason::Draft, "\"a/index.md\" is a draft"),
            (
                "content/es/a/index.md",
                "content/a/index.md",
                LeftOutReason::Draft,
                "\"a/index.md\" is a draft",
            ),
            (
                "content/a/b.md",
                "content/a/index.md",
                LeftOutReason::Draft,
                "The section \"a/index.md\" is a draft",
            ),
            (
                "content/a/b/index.md",
                "content/a/index.md",
                LeftOutReason::Draft,
                "The section \"a/index.md\" is a draft",
            ),
            (
                "content/es/a.md",
                "content/a.md",
                LeftOutReason::Scheduled(day),
                "\"a.md\" comes on 2027-01-05",
            ),
            (
                "content/a.md",
                "content/a.md",
                LeftOutReason::Expired(day),
                "\"a.md\" was shown until 2027-01-05",
            ),
        ] {
            assert_eq!(says(page, cause, reason), words, "{page} {cause}");
        }
    }
}
