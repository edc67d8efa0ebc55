//! `heading-empty`: hash signs without words.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HEADING_EMPTY,
    group: Group::Accessibility,
    severity: Severity::Error,
    wcag: Some("2.4.6 Headings and Labels (AA)"),
    title: "A heading without text",
    explanation: "A screen reader announces \"heading\" and then nothing. Write the heading, or delete the line.",
    bad: "##\n\nThe teacher comes to your child.\n",
    good: "## What it is\n\nThe teacher comes to your child.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for heading in page.headings.iter().filter(|h| !h.has_image && page.heading_text(h).is_empty()) {
        out.push(
            out.at(heading.span, "this heading has no text").help("Write the heading, or delete the line."),
        );
    }
}
