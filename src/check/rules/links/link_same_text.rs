//! `link-same-text`: the same words lead to two places.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use rustc_hash::FxHashMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LINK_SAME_TEXT,
    group: Group::Links,
    severity: Severity::Warning,
    wcag: Some("2.4.4 Link Purpose (In Context) (A)"),
    title: "The same link text for two targets",
    explanation: "In a list of links, equal words look like the same link. Give each its own words.",
    bad: "[The form](a.md) for home and [the form](b.md) for school.\n",
    good: "[The home form](a.md) and [the school form](b.md).\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    if page.links.len() < 2 {
        return;
    }
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for (i, link) in page.links.iter().enumerate() {
        let text = page.link_shown(link);
        // A link that leads nowhere yet is another rule's.
        if text.is_empty() || link.target.is_empty() {
            continue;
        }
        let first = *seen.entry(text.to_lowercase()).or_insert(i);
        let other = &page.links[first];
        if other.target.trim_end_matches('/') == link.target.trim_end_matches('/') {
            continue;
        }
        let message = format!("\"{text}\" leads to `{}` here and to `{}` above", link.target, other.target);
        let finding = out.at(link.span, message).help("Say in each link what is special about its page.");
        out.push(finding.label(page.path(), other.span, "the same words lead elsewhere"));
    }
}
