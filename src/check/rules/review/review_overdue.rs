//! `review-overdue`: a page that should have been looked at again.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::REVIEW_OVERDUE,
    group: Group::Review,
    title: "A page past its review date",
    explanation: "`reviewed` says when someone last read the page, `review_every` how often it must be read. Rules and names \
        change: read it again, then set `reviewed` to today. Readers see a notice until then.",
    bad: "---\nreviewed: 2024-01-15\nreview_every: 1 year\n---\n",
    good: "---\nreviewed: 2026-11-01\nreview_every: 1 year\n---\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let Some(today) = site.today() else { return };
    for page in site.pages() {
        let summary = &page.document.summary;
        let Some(every) = summary.review_every else { continue };
        let span = |key: &str| summary.spans.get(key).copied().unwrap_or_default();
        let help = "Read the page again, then set `reviewed` to today's date.";
        let Some(reviewed) = summary.reviewed else {
            let finding =
                out.in_file(&page.document.path, span("review_every"), "this page was never reviewed");
            out.push(finding.help(help));
            continue;
        };
        let due = reviewed.saturating_add(jiff::Span::new().try_days(every).unwrap_or_default());
        if due < today {
            let message = format!("this page was to be reviewed by {due}");
            out.push(out.in_file(&page.document.path, span("reviewed"), message).help(help));
        }
    }
}
