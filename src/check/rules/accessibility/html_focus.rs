//! `html-focus`: HTML that changes the keyboard order.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::{Span, html};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HTML_FOCUS,
    group: Group::Accessibility,
    severity: Severity::Error,
    wcag: Some("2.4.3 Focus Order (A), 2.1.4 Character Key Shortcuts (A)"),
    title: "HTML that changes the keyboard order",
    explanation: "A positive `tabindex` makes the Tab key jump about the page, and `accesskey` takes a key that a screen reader may need. The order of the text is the order of the keyboard.",
    bad: "<a tabindex=\"3\" href=\"form.html\">Form</a>\n",
    good: "<a href=\"form.html\">Form</a>\n",
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
    let order = tag.value("tabindex").and_then(|v| v.trim().parse::<i32>().ok());
    if order.is_some_and(|n| n > 0) {
        return Some((
            "this `tabindex` makes the Tab key jump".into(),
            "Remove it, or write `tabindex=\"0\"`.",
        ));
    }
    tag.value("accesskey").map(|key| (format!("`accesskey` takes the key \"{key}\""), "Remove it."))
}
