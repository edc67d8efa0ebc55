//! `heading-long`: a heading that is a sentence.

use crate::check::page::Page;
use crate::check::rule::Limit;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HEADING_LONG,
    group: Group::Accessibility,
    wcag: Some("2.4.6 Headings and Labels (AA)"),
    title: "A heading that is too long",
    explanation: "Headings are signs: they are read at a glance and stand in lists. Keep the sign, and move the rest to the text.",
    bad: "## What you can do at home and at school to help your child when the teacher has no time to come\n",
    good: "## When the teacher cannot come\n",
    limits: &[Limit { name: "heading_characters", default: 80.0, about: "most characters in a heading" }],
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let most = out.limit("heading_characters");
    for heading in &page.headings {
        let text = page.shown(&heading.flat);
        if text.len() as f64 <= most {
            continue;
        }
        let length = text.chars().count();
        if length as f64 > most {
            let help = format!("Keep it below {most:.0} characters, and move the rest to the text.");
            out.push(out.at(heading.span, format!("this heading has {length} characters")).help(help));
        }
    }
}
