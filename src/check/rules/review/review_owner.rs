//! `review-owner`: a page that is to be reviewed by nobody.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::REVIEW_OWNER,
    group: Group::Review,
    title: "A reviewed page without an owner",
    explanation: "A review date without a person is a reminder that nobody gets. Name a role, not a person: roles stay when \
        people go.",
    bad: "---\nreviewed: 2026-11-01\nreview_every: 1 year\n---\n",
    good: "---\nreviewed: 2026-11-01\nreview_every: 1 year\nowner: Family liaison\n---\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    for page in site.pages() {
        let summary = &page.document.summary;
        let owned = summary.owner.as_ref().is_some_and(|o| !o.trim().is_empty());
        let Some(key) = ["review_every", "reviewed"].into_iter().find(|k| summary.spans.contains_key(*k))
        else {
            continue;
        };
        if !owned {
            let span = summary.spans.get(key).copied().unwrap_or_default();
            let finding = out.in_file(
                &page.document.path,
                span,
                "this page has a review date, but nobody who reviews it",
            );
            out.push(finding.help("Add `owner: …` with a role, such as `owner: Family liaison`."));
        }
    }
}
