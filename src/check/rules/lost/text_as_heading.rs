//! `text-as-heading`: a paragraph that the line of dashes right below it makes a heading.

use super::typed;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TEXT_AS_HEADING,
    group: Group::Lost,
    title: "A paragraph that is shown as a heading, since dashes stand right below it",
    explanation: "A line of dashes right below a text makes a heading of it: the sentence stands there in large letters, and in the \
        table of contents. For a line across the page leave an empty line above the dashes; `check --fix` adds it.",
    bad: "The late bus leaves at four.\n---\nIt waits for no one.\n",
    good: "The late bus leaves at four.\n\n---\nIt waits for no one.\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for heading in &page.headings {
        let whole = page.input.text.get(heading.span.range()).unwrap_or("").trim_end();
        let Some(end) = whole.rfind(['\n', '\r']) else { continue };
        let ruler = &whole[end + 1..];
        let dashes = ruler.trim_start_matches([' ', '\t', '>']);
        if dashes.is_empty() || !dashes.bytes().all(|b| b == b'-') {
            continue;
        }
        let text = page.flat_text(&heading.flat).trim_end();
        // A name has one line and no full stop.
        let sentence = text.ends_with(['.', ',', ';', '。']) && !text.ends_with("...") || text.contains('\n');
        // Front matter in the text is told as such; the first of its lines may be a broken mark.
        let on_top = page.blocks.first().is_some_and(|first| first.flat == heading.flat);
        let is_matter = on_top && text.lines().any(typed::is_key_line);
        if text.is_empty() || is_matter || !(sentence || dashes.len() < 3) {
            continue;
        }
        let at = heading.span.start as usize + end + 1;
        let shown = typed::short(text);
        let message = format!("\"{shown}\" is shown as a heading, since `{dashes}` stands right below it");
        let finding = out.at(Span::new(at, at + ruler.len()), message);
        out.push(if dashes.len() < 3 {
            finding.help("Take it away; for a line across the page write `---` below an empty line.")
        } else {
            let finding =
                finding.help("Leave an empty line above the dashes; a heading is written `## Heading`.");
            match ruler.len() == dashes.len() && at_margin(page.input.text, at) {
                true => finding.fix(Span::at(at), typed::line_end(page.input.text)),
                false => finding,
            }
        });
    }
}

/// Whether byte `at` begins a line of the file.
fn at_margin(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with(['\n', '\r']))
}
