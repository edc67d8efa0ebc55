//! `title-duplicate`: Two pages with the same title.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TITLE_DUPLICATE,
    group: Group::Content,
    wcag: Some("2.4.2 Page Titled (A)"),
    title: "Two pages with the same title",
    explanation: "In the tab of the browser, in search and for a screen reader the title is the page. Two pages of one title in one language cannot be told apart.",
    bad: "---\ntitle: Activities\n---\n",
    good: "---\ntitle: Activities for home\n---\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let mut first = BTreeMap::new();
    for page in site.pages() {
        let summary = &page.document.summary;
        let text = summary.title.trim().to_lowercase();
        if text.is_empty() {
            continue;
        }
        let span = summary.spans.get("title").copied().unwrap_or_default();
        let (path, at) = &*first.entry((page.document.lang.clone(), text)).or_insert((&page.document.path, span));
        if *path == &page.document.path {
            continue;
        }
        let finding = out.in_file(&page.document.path, span, format!("this title is also that of `{path}`"));
        let finding = finding.help("Say what is special about this page.");
        out.push(finding.label(path, *at, "the same title"));
    }
}
