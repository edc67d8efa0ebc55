//! `page-empty`: a page with a title and no text.

use super::lines;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::PAGE_EMPTY,
    group: Group::Lost,
    title: "A page without text",
    explanation: "The page has a title and stands in menus, but whoever opens it finds nothing. Write its text, or hold it back with \
        `draft: true` until there is some. An `index.md` may be empty: it lists its section.",
    bad: "---\ntitle: Late bus\n---\n",
    good: "---\ntitle: Late bus\ndraft: true\n---\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let summary = page.summary();
    let own = crate::source::is_index(page.path().file_name()) || summary.draft;
    // A page of a kind may be made of its fields.
    if own || !summary.fields.is_empty() || !summary.entries.is_empty() || page.body == 0 {
        return;
    }
    let shown = !page.blocks.is_empty()
        || !page.images.is_empty()
        || !page.html.is_empty()
        || !page.components.is_empty();
    if shown {
        return;
    }
    // Code, or HTML that is shown as text, is something to read.
    let text = page.input.text;
    let bare = lines::split(text, page.body as usize, text.len()).all(|(_, l)| l.trim().is_empty());
    let comments = || {
        lines::of(page).iter().all(|l| {
            !l.is_code() && (l.text.trim().is_empty() || l.what == lines::What::Html && is_comment(l.text))
        })
    };
    if bare || comments() {
        let finding = out.at(page.key_span("title"), format!("the page \"{}\" has no text", summary.title));
        out.push(finding.help("Write its text, or add the line `draft: true` until there is some."));
    }
}

/// Whether the line is a comment from its beginning to its end.
fn is_comment(line: &str) -> bool {
    line.trim().starts_with("<!--") && line.trim().ends_with("-->")
}
