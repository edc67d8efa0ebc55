//! What is said of pages that are not published: errors that would stop a site which does not show them, and errors that
//! will come with a page on its day.
//!
//! A page that is left out may be half written: its errors are warnings. A page that comes on a day is made before that day,
//! so that it is told today what would stop the build then: the day itself never stops one.

use super::{Engine, Which};
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::site::LeftOutReason;
use crate::source::{SourcePath, Span};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Maximum number of days that are looked at ahead, the next ones: each makes what is another one on it.
const MAXIMUM_DAYS: usize = 24;

/// What makes two errors the same one.
type Fault = (Code, Option<SourcePath>, Span, String);

fn fault(d: &Diagnostic) -> Fault {
    (d.code, d.path.clone(), d.span, d.message.clone())
}

impl Engine {
    /// All problems, without the errors of pages that are left out: those of drafts and of what is over are warnings, and
    /// files whose names begin with `_` are nobody's business. What is to come keeps its errors.
    pub(super) fn of_left_out(&self, mut all: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let reasons: FxHashMap<&SourcePath, LeftOutReason> =
            self.left_out().iter().map(|left| (&left.path, left.reason)).collect();
        if reasons.is_empty() {
            return all;
        }
        all.retain_mut(|d| match d.path.as_ref().and_then(|path| reasons.get(path)) {
            // The name itself may be the mistake, as `_index.md` is.
            Some(LeftOutReason::Underscore) => d.code == code::FILE_NAME,
            Some(LeftOutReason::Draft | LeftOutReason::Expired(_)) => {
                d.severity = d.severity.max(Severity::Warning);
                true
            }
            Some(LeftOutReason::Scheduled(_) | LeftOutReason::Faulty) | None => true,
        });
        all
    }

    /// The error of a site all of whose pages are left out; nothing is written then.
    pub(super) fn nothing_published(&self) -> Option<Diagnostic> {
        let site = &self.world.as_ref()?.site;
        let left = self.left_out();
        if left.is_empty() || site.trees.iter().any(|tree| !tree.nodes.is_empty()) {
            return None;
        }
        let is_start = |path: &SourcePath| path.as_str() == "content/index.md";
        let (message, path) = match left.iter().find(|left| is_start(&left.path)) {
            Some(start) => {
                let message = format!(
                    "no page is published: {}, and the start page speaks for all pages",
                    start.says()
                );
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

    /// The errors that are none today and would stop the build on a day on which a page comes. `known` is what is known of
    /// today; `checked` says whether the rules of `check` look too. Costs a second engine when a page is to come, and nothing
    /// else.
    pub fn errors_ahead(&self, checked: bool, known: &[Diagnostic]) -> Vec<Diagnostic> {
        let day = |reason| match reason {
            LeftOutReason::Scheduled(day) => Some(day),
            _ => None,
        };
        let days: BTreeSet<Date> = self.left_out().iter().filter_map(|left| day(left.reason)).collect();
        let Some(first) = days.first() else { return Vec::new() };
        let Some(mut engine) = self.on(*first) else { return Vec::new() };
        let errors = |all: &[Diagnostic]| -> Vec<Diagnostic> {
            all.iter().filter(|d| d.severity == Severity::Error).cloned().collect()
        };
        let mut told: BTreeSet<Fault> = errors(known).iter().map(fault).collect();
        let mut ahead = Vec::new();
        for day in days.iter().take(MAXIMUM_DAYS) {
            engine.set_date(*day);
            engine.render(Which::All, &|_| {});
            if checked {
                engine.check();
            }
            let all = if checked { engine.diagnostics() } else { engine.problems() };
            for mut error in errors(&all) {
                if told.insert(fault(&error)) {
                    error.message = format!("{} (from {day} on)", error.message);
                    ahead.push(error);
                }
            }
        }
        ahead
    }

    /// The same site on another day, by itself.
    fn on(&self, date: Date) -> Option<Engine> {
        let mut bytes = Vec::new();
        self.save_to(&mut bytes).ok()?;
        let options = super::Options { date, ..self.options.clone() };
        let mut engine = Engine::open(options, Arc::clone(&self.loader), bytes.into(), None).ok()??;
        engine.set_starter(self.starter_boxes);
        Some(engine)
    }
}
