//! `reviewed-in-future`: a review that has not been yet.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;
use crate::schema::FieldValue;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::REVIEWED_IN_FUTURE,
    group: Group::Lost,
    title: "A review date in the future",
    explanation: "`reviewed` is the day on which someone last looked the page over, `updated` that of the last change of its text, `Checked` that of a fact, `changes` has the days of changes. A later day than today is a slip, most often of \
        the year: it would put off the next review, and readers see the wrong date. For when the next review is due, write \
        `review_every`.",
    bad: "---\ntitle: Late bus\nreviewed: 2062-11-01\n---\n",
    good: "---\ntitle: Late bus\nreviewed: 2026-11-01\nreview_every: 1 year\n---\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let Some(today) = site.today() else { return };
    for page in site.pages() {
        let summary = &page.document.summary;
        let own = [(summary.title.as_str(), &summary.fields, &summary.spans)];
        let entries = summary.entries.iter().map(|e| (e.title.as_str(), &e.fields, &e.spans));
        for (title, fields, spans) in own.into_iter().chain(entries) {
            let Some(FieldValue::Date(checked)) =
                fields.get("checked").filter(|f| matches!(f, FieldValue::Date(d) if *d > today))
            else {
                continue;
            };
            let span = spans.get("checked").copied().unwrap_or_default();
            let message = format!("\"{title}\" was checked on {checked}, a day that is not here yet");
            out.push(
                out.in_file(&page.document.path, span, message)
                    .help("Write the day on which it was last checked, year first."),
            );
        }
        for noted in summary.changes.iter().filter(|noted| noted.date > today) {
            let span = summary.spans.get("changes").copied().unwrap_or_default();
            let message =
                format!("\"{}\" was changed on {}, a day that is not here yet", summary.title, noted.date);
            out.push(
                out.in_file(&page.document.path, span, message)
                    .help("Write the day of the change, year first."),
            );
        }
        if let Some(day) = summary.updated.filter(|day| *day > today) {
            let span = summary.spans.get("updated").copied().unwrap_or_default();
            let message = format!("\"{}\" was updated on {day}, a day that is not here yet", summary.title);
            out.push(
                out.in_file(&page.document.path, span, message)
                    .help("Write the day of the last change, year first."),
            );
        }
        // What cascades is told where it is written.
        let written = ["reviewed", "cascade"].into_iter().find(|key| summary.spans.contains_key(*key));
        let Some(written) = written else { continue };
        let Some(reviewed) = summary.reviewed.filter(|day| *day > today) else { continue };
        let span = summary.spans.get(written).copied().unwrap_or_default();
        let message = format!("\"{}\" was reviewed on {reviewed}, a day that is not here yet", summary.title);
        let finding = out.in_file(&page.document.path, span, message);
        out.push(
            finding
                .help("Write the day of the last review, year first; for the next one write `review_every`."),
        );
    }
}
