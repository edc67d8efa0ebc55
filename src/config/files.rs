//! `files` of `site.yaml`: patterns of files that are published whatever leads to them.

use super::table::{Report, texts};
use super::yaml::Node;
use crate::diag::code;
use crate::source::Span;

/// The patterns, counted from `content/`; what cannot be read as one is reported and left out.
pub(super) fn read(node: &Node, report: &mut Report<'_>) -> Vec<String> {
    let mut patterns = texts("files", node, report);
    patterns.retain_mut(|pattern| tidy(pattern, node.span, report));
    patterns
}

/// Puts a pattern of `files` in order: it counts from `content/`, and a folder means all in it. Gives whether it can be read.
fn tidy(pattern: &mut String, span: Span, report: &mut Report<'_>) -> bool {
    let inside = pattern.trim_start_matches("./").trim_start_matches('/');
    let inside = inside.strip_prefix("content/").unwrap_or(inside);
    let all = if inside.is_empty() || inside.ends_with('/') { "**" } else { "" };
    let tidy = format!("{inside}{all}");
    if let Err(error) = globset::Glob::new(&tidy) {
        let help = "write a path from content/, such as forms/letter.pdf, forms/*.pdf or forms/**";
        let message = format!("`{pattern}` in `files` cannot be read as a pattern: {}", error.kind());
        report.error(code::BAD_CONFIG, span, message, help);
        return false;
    }
    *pattern = tidy;
    true
}
