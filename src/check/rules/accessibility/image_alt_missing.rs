//! `image-alt-missing`: an image without a description.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::{Span, html};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::IMAGE_ALT_MISSING,
    group: Group::Accessibility,
    severity: Severity::Error,
    wcag: Some("1.1.1 Non-text Content (A)"),
    title: "An image without a description",
    explanation: "Who cannot see the image, or whose phone does not load it, needs its meaning in words. Write between the \
        square brackets what the image shows that matters here. If it is only decoration, say so with \
        `<!-- check: allow image-alt-missing -->` above it.",
    bad: "![](slant-board.jpg)\n",
    good: "![A child writes on a board that leans toward her](slant-board.jpg)\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let help = "Write between the square brackets what the image shows.";
    for image in page.images.iter().filter(|i| i.alt.trim().is_empty()) {
        out.push(out.at(image.span, format!("the image `{}` has no description", image.src)).help(help));
    }
    for piece in &page.html {
        for tag in html::opened(&piece.source) {
            let decorative =
                tag.value("alt").is_some() || tag.value("role").is_some_and(|r| r == "presentation");
            if tag.is("img") && !decorative && tag.value("aria-label").is_none() {
                let span = Span::new(tag.range().start, tag.range().end).shifted(piece.span.start as usize);
                out.push(
                    out.at(span, "this `<img>` has no `alt`")
                        .help("Add `alt=\"…\"`; `alt=\"\"` for decoration."),
                );
            }
        }
    }
}
