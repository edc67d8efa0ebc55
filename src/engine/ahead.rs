//! What is said of pages that are not published: errors that would stop a site which does not show them, and errors that
//! will come with a page on its day.
//!
//! A page that is left out may be half written: its errors are warnings. What a page that comes will change is made before its
//! day (`coming`), so that it is told today what would stop the build then: the day itself never stops one.

use super::Engine;
use super::consequences::MET;
use super::future::Before;
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::plan::Plan;
use crate::site::{LeftOutReason, Site};
use crate::source::{SourcePath, Span};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Maximum number of days that are looked at ahead, the next ones on which something changes.
const MAX_DAYS: usize = 24;

/// What makes two errors the same one.
type Fault = (Code, Option<SourcePath>, Span, String);

fn fault(d: &Diagnostic) -> Fault {
    // The same fault of a template may be met on more pages.
    let message = d.message.split(MET).next().unwrap_or_default();
    (d.code, d.path.clone(), d.span, message.to_owned())
}

/// All problems, without the errors of pages that are left out: those of drafts and of what is over are warnings, and
/// files whose names begin with `_` are nobody's business. What is to come keeps its errors.
fn of_left_out(mut all: Vec<Diagnostic>, site: &Site) -> Vec<Diagnostic> {
    let reasons: FxHashMap<&SourcePath, LeftOutReason> =
        site.left_out.iter().map(|left| (&left.path, left.reason)).collect();
    if reasons.is_empty() {
        return all;
    }
    all.retain_mut(|d| match d.path.as_ref().and_then(|path| reasons.get(path)) {
        // The name itself may be the mistake, as `_index.md` is.
        Some(LeftOutReason::Underscore) => d.code == code::FILE_NAME,
        // A name by which a page speaks for no other is a matter of those others.
        Some(LeftOutReason::Draft | LeftOutReason::Expired(_)) if d.code != code::FILE_NAME => {
            d.severity = d.severity.max(Severity::Warning);
            true
        }
        Some(_) | None => true,
    });
    all
}

/// The error of a site all of whose pages are left out; nothing is written then.
fn nothing_published(site: &Site) -> Option<Diagnostic> {
    let left = &site.left_out;
    if left.is_empty() || site.trees.iter().any(|tree| !tree.nodes.is_empty()) {
        return None;
    }
    let is_start = |path: &SourcePath| path.as_str() == "content/index.md";
    let (message, path) = match left.iter().find(|left| is_start(&left.path)) {
        Some(start) => {
            let message =
                format!("no page is published: {}, and the start page speaks for all pages", start.says());
            (message, Some(&start.path))
        }
        None => (format!("no page is published: {}", left.first()?.says()), None),
    };
    let help = "Change that when the site may be published; `guidepost build --drafts` and `guidepost serve --drafts` show it \
                    before. What is online stays as it is.";
    let told = match path {
        Some(path) => Diagnostic::error(code::NO_CONTENT, path, Span::default(), message),
        None => Diagnostic::site(code::NO_CONTENT, Severity::Error, message),
    };
    Some(told.help(help))
}

impl Engine {
    /// Of problems that were found in a site with its plan, those that are to be told, as bad as they are there.
    pub(super) fn of_site(&self, all: Vec<Diagnostic>, site: &Site, plan: &Plan) -> Vec<Diagnostic> {
        let mut all = self.of_translations(of_left_out(all, site), site, plan);
        all.extend(nothing_published(site));
        self.rows.at_rows(self.causes(all))
    }

    /// The errors that are none today and would stop the build on a day on which a page comes. `known` is what is known of
    /// today; `checked` says whether the rules of `check` look too. All must be made, or only errors can be told that need
    /// nothing made. Costs as much as what those pages change, and nothing when none comes.
    pub fn errors_ahead(&self, checked: bool, known: &[Diagnostic]) -> Vec<Diagnostic> {
        let Some(today) = &self.world else { return Vec::new() };
        let day = |reason| match reason {
            LeftOutReason::Scheduled(day) => Some(day),
            _ => None,
        };
        let days: BTreeSet<Date> = today.site.left_out.iter().filter_map(|left| day(left.reason)).collect();
        let errors = |all: Vec<Diagnostic>| all.into_iter().filter(|d| d.severity == Severity::Error);
        let mut told: BTreeSet<Fault> = errors(known.to_vec()).map(|d| fault(&d)).collect();
        let mut ahead = Vec::new();
        let mut before = Before::default();
        for day in days.into_iter().take(MAX_DAYS) {
            for mut error in errors(self.problems_on(day, today, checked, &mut before)) {
                if told.insert(fault(&error)) {
                    error.message = format!("{} (from {day} on)", error.message);
                    ahead.push(error);
                }
            }
        }
        ahead
    }
}
