//! `html-style`: HTML that fixes spacing or color.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::{Span, html};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HTML_STYLE,
    group: Group::Accessibility,
    severity: Severity::Warning,
    wcag: Some("1.4.12 Text Spacing (AA), 1.4.3 Contrast (Minimum) (AA)"),
    title: "HTML that fixes spacing or color",
    explanation: "Readers may set wider spacing, larger text or other colors; a `style` or `<font>` in the page works against them and against the dark mode. Leave the look to the theme.",
    bad: "<p style=\"line-height: 1; color: #aaa\">Ask early.</p>\n",
    good: "Ask early.\n",
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
    if tag.is("font") || tag.value("bgcolor").is_some() || tag.value("color").is_some() {
        return Some((
            format!("`<{}>` fixes the color or size of text", tag.name()),
            "Remove it; the theme sets the look.",
        ));
    }
    const FIXED: &[&str] =
        &["line-height", "letter-spacing", "word-spacing", "color", "background", "font-size", "height"];
    let style = tag.value("style")?.to_lowercase();
    let property =
        style.split(';').filter_map(|p| p.split(':').next()).map(str::trim).find(|p| FIXED.contains(p))?;
    Some((format!("this `style` fixes `{property}` for every reader"), "Remove it; the theme sets the look."))
}
