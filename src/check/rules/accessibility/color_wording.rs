//! `color-wording`: "the dates in red".

use crate::check::lexicon::List;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::COLOR_WORDING,
    group: Group::Accessibility,
    wcag: Some("1.4.1 Use of Color (A)"),
    title: "A meaning given by color alone",
    explanation: "Colors are lost on paper, to a screen reader, and to one man in twelve. Say it in words as well: \"the dates \
        marked as new\".",
    bad: "The dates in red are for new families.\n",
    good: "The dates marked NEW are for new families.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let mut names_something = page.naming();
    for hit in page.hits_of(List::Color) {
        // Whoever is told the name needs no place or color.
        if names_something(hit.sentence) {
            continue;
        }
        let message = format!("\"{}\" means nothing to those who do not see the color", page.hit_text(hit));
        out.push(
            out.at(page.hit_span(hit), message).help("Mark it with a word or a sign as well, and name that."),
        );
    }
}
