//! `html-id`: two things of one id.

use crate::check::html;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;
use rustc_hash::FxHashSet;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HTML_ID,
    group: Group::Accessibility,
    wcag: Some("4.1.2 Name, Role, Value (A)"),
    title: "An id that stands twice on a page",
    explanation: "An id names one thing on a page. Links and labels that name it reach only the first; a heading has an id too, \
        made of its words. Give the HTML another id, or none.",
    bad: "## Dates\n\n<div id=\"dates\">May 4</div>\n",
    good: "## Dates\n\n<div id=\"spring-dates\">May 4</div>\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    if page.html.is_empty() {
        return;
    }
    let mut seen: FxHashSet<&str> = page.summary().anchors.iter().collect();
    for piece in &page.html {
        for tag in html::tags(&piece.source) {
            let Some(id) = tag.attribute("id").map(str::trim).filter(|id| !id.is_empty()) else { continue };
            if !seen.insert(id) {
                let span = Span::new(tag.range.start, tag.range.end).shifted(piece.span.start as usize);
                let message = format!("the id `{id}` is taken by something else on this page");
                out.push(out.at(span, message).help("Give it another id, or none."));
            }
        }
    }
}
