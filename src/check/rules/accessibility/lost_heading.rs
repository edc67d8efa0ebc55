//! `lost-heading`: a heading that lost its marks in pasting.

use crate::check::page::Page;
use crate::check::page::{Block, BlockKind};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;
use std::ops::Range;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LOST_HEADING,
    group: Group::Accessibility,
    wcag: Some("1.3.1 Info and Relationships (A)"),
    title: "A line that looks like a lost heading",
    explanation: "Text that comes from Word or from another site often loses its headings: a short line without a full stop, \
        then a paragraph. Without headings nobody can jump to a part, and the page has no table of contents. Put `##` in \
        front of it, or end it like a sentence.",
    bad: "Outside the classroom\n\nThe teacher takes the student out of the classroom to work on single skills.\n",
    good: "## Outside the classroom\n\nThe teacher takes the student out of the classroom to work on single skills.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for (i, block) in page.blocks.iter().enumerate() {
        if block.all_strong || !plain_paragraph(block) {
            continue;
        }
        let long = |b: &Block| plain_paragraph(b) && b.words.len() >= 12 && b.component == block.component;
        // Under a heading stands text in sentences; long lines without a mark are items that lost their bullets.
        let sentences = |b: &Block| {
            let text = page.block_text(b).trim_end();
            text.contains([';', ':']) || text.contains(". ") || !text.ends_with(|c: char| c.is_alphanumeric())
        };
        if !page.blocks.get(i + 1).is_some_and(|b| long(b) && sentences(b)) {
            continue;
        }
        // The last line of a pasted paragraph may be the heading of the next one.
        let whole = page.block_text(block).trim_end();
        let (before, line) = whole.rsplit_once('\n').unwrap_or(("", whole));
        let text = line.trim();
        if !before.is_empty() && !before.trim_end().ends_with(['.', '!', '?', ':', '\u{201d}', '"']) {
            continue;
        }
        if before.is_empty() && is_one_of_many(page, i) {
            continue;
        }
        // One word right below a heading is a mark of it ("Preferred"), not another one.
        let below =
            i.checked_sub(1).and_then(|b| page.blocks.get(b)).is_some_and(|b| b.kind == BlockKind::Heading);
        if below && !text.contains(char::is_whitespace) {
            continue;
        }
        let start = block.flat.start + (whole.len() - line.trim_start().len()) as u32;
        let flat = start..start + text.len() as u32;
        if looks_like_a_heading(page, text, &flat) && !is_behind_a_break(page, page.span(flat.clone())) {
            let help = format!(
                "If it is a heading, write `## {text}`; if it is a sentence, end it with a full stop."
            );
            let message = format!("\"{text}\" looks like a heading that lost its marks");
            out.push(out.at(page.span(flat), message).help(help));
        }
    }
}

/// Whether the line above ends with `<br>`: then this one says who spoke, or goes on.
fn is_behind_a_break(page: &Page<'_>, span: Span) -> bool {
    let before = page.input.text.get(..span.start as usize).unwrap_or("");
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '_' | '*'));
    ["<br>", "<br/>", "<br />"].iter().any(|tag| before.ends_with(tag))
}

/// A few words that begin large and end without a mark; not a link or code on a line of its own.
fn looks_like_a_heading(page: &Page<'_>, text: &str, flat: &Range<u32>) -> bool {
    let starts = text.chars().next().is_some_and(char::is_uppercase);
    let ends = text.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ')');
    // "The goals are" leads in to what follows; "See the guide" sends readers on.
    const OPEN: &[&str] = &[
        "a", "an", "and", "are", "as", "by", "for", "from", "in", "include", "includes", "is", "of", "on",
        "or", "that", "the", "to", "was", "were", "with", "de", "el", "es", "la", "las", "los", "o", "para",
        "son", "y",
    ];
    let last = text.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    let sends = ["See ", "Read ", "Note ", "By ", "Vea ", "Lea ", "Por "].iter().any(|w| text.starts_with(w));
    starts
        && ends
        && !sends
        && ![", 1", ", 2"].iter().any(|year| text.contains(year))
        && !OPEN.contains(&last.as_str())
        && text.split_whitespace().count() <= 9
        && !text.contains('\u{FFFC}')
        && !page.is_linked(flat)
}

/// Whether two blocks before it are short and without a mark too (a list that lost its bullets), or a quotation stands
/// there, so that this line says who spoke.
fn is_one_of_many(page: &Page<'_>, i: usize) -> bool {
    let before = |n: usize| {
        i.checked_sub(n).and_then(|b| page.blocks.get(b)).filter(|b| b.kind == BlockKind::Paragraph)
    };
    let short = |block: &Block| {
        let text = page.block_text(block).trim_end();
        block.words.len() <= 12 && text.ends_with(|c: char| c.is_alphanumeric() || c == ')')
    };
    before(1).is_some_and(|b| !b.top) || before(1).is_some_and(short) && before(2).is_some_and(short)
}

fn plain_paragraph(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph && block.top && !block.words.is_empty()
}
