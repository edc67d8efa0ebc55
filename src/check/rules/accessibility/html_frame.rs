//! `html-frame`: An embedded frame without a title.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::{Span, html};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HTML_FRAME,
    group: Group::Accessibility,
    severity: Severity::Error,
    wcag: Some("4.1.2 Name, Role, Value (A)"),
    title: "An embedded frame without a title",
    explanation: "A screen reader says `frame` and nothing else. Give the frame a `title` that says what is in it.",
    bad: "<iframe src=\"calendar.html\"></iframe>\n",
    good: "<iframe src=\"calendar.html\" title=\"Dates of meetings\"></iframe>\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for piece in &page.html {
        for tag in html::opened(&piece.source) {
            let Some((message, help)) = fault(&tag) else { continue };
            let span = Span::new(tag.range().start, tag.range().end).shifted(piece.span.start as usize);
            out.push(out.at(span, message).help(help));
        }
    }
}

fn fault(tag: &html::Tag<'_>) -> Option<(String, &'static str)> {
    let named = tag.value("title").or_else(|| tag.value("aria-label")).is_some_and(|t| !t.trim().is_empty());
    let hidden = tag.value("aria-hidden").is_some_and(|v| v == "true");
    (tag.is("iframe") && !named && !hidden)
        .then(|| ("this frame has no title".into(), "Add `title=\"…\"` with what the frame shows."))
}
