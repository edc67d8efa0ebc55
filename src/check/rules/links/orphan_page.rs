//! `orphan-page`: a page that nobody can find.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::check::view::Target;
use crate::diag::{Severity, code};
use std::collections::BTreeSet;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::ORPHAN_PAGE,
    group: Group::Links,
    severity: Severity::Note,
    title: "A page that nothing leads to",
    explanation: "The page is hidden, so it stands in no menu and no list, and no other page links to it: only who has its address \
        finds it. That may be what you mean. If families should find it, link to it from where its readers are, or take hidden out; \
        if nobody should, make it a draft.",
    bad: "---\ntitle: Summer packet\nhidden: true\n---\n",
    good: "See the [summer packet](summer.md).\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let pages = site.pages();
    let mut linked = BTreeSet::new();
    for page in &pages {
        for target in page.facts.targets() {
            match site.resolve(&page.document.path, target) {
                Target::Page(to) | Target::Redirect(to) if to != page.document.path => {
                    linked.insert(to);
                }
                _ => {}
            }
        }
    }
    for page in &pages {
        let document = page.document;
        let home = &*document.logical == "index.md" || &*document.logical == "404.md";
        if home || linked.contains(&document.path) || site.is_listed(&document.path) {
            continue;
        }
        let span = document.summary.spans.get("title").copied().unwrap_or_default();
        let finding = out.in_file(
            &document.path,
            span,
            "this page is hidden, and no other page leads to it: only who has its address finds it",
        );
        out.push(finding.help(
            "If that is meant, nothing need be done. Else link to it, take hidden out, or make it a draft.",
        ));
    }
}
