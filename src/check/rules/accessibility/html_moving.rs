//! `html-moving`: HTML that moves, blinks or starts by itself.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::{Span, html};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HTML_MOVING,
    group: Group::Accessibility,
    severity: Severity::Error,
    wcag: Some("2.2.2 Pause, Stop, Hide (A), 2.2.1 Timing Adjustable (A), 1.4.2 Audio Control (A)"),
    title: "HTML that moves, blinks or starts by itself",
    explanation: "Moving text cannot be read by many people, and sound that starts by itself drowns a screen reader. Nothing on a page may move, play or reload without being asked.",
    bad: "<marquee>School is closed on Friday</marquee>\n",
    good: "School is closed on Friday.\n",
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
    if tag.is("marquee") || tag.is("blink") {
        return Some((
            format!("`<{}>` moves text that nobody can stop", tag.name()),
            "Write it as plain text, or as a `> [!NOTE]`.",
        ));
    }
    if tag.is("meta") && tag.value("http-equiv").is_some_and(|v| v.eq_ignore_ascii_case("refresh")) {
        return Some((
            "the page would reload by itself".into(),
            "Remove it; use `aliases` to send readers on from an old address.",
        ));
    }
    if (tag.is("video") || tag.is("audio")) && tag.value("autoplay").is_some() {
        return Some((
            format!("this `<{}>` starts by itself", tag.name()),
            "Remove `autoplay`, and add `controls`.",
        ));
    }
    None
}
