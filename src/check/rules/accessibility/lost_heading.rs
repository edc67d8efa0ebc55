//! `lost-heading`: a heading that lost its marks in pasting.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::check::page::{Block, BlockKind};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LOST_HEADING,
    group: Group::Accessibility,
    wcag: Some("1.3.1 Info and Relationships (A)"),
    title: "A line that looks like a lost heading",
    explanation: "Text that comes from Word or from another site often loses its headings: a short line without a full stop, \
        then a paragraph. Without headings nobody can jump to a part, and the page has no table of contents. Put `##` in \
        front of it, or end it like a sentence.",
    bad: "Outside the classroom\n\nThe therapist takes the student out of the classroom to work on single skills.\n",
    good: "## Outside the classroom\n\nThe therapist takes the student out of the classroom to work on single skills.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for (i, block) in page.blocks.iter().enumerate() {
        if block.words.len() > 9 || block.all_strong || !plain_paragraph(block) {
            continue;
        }
        let follows = page.blocks.get(i + 1).is_some_and(|b| plain_paragraph(b) && b.words.len() >= 12 && b.component == block.component);
        if !follows {
            continue;
        }
        let text = page.block_text(block).trim();
        let starts = text.chars().next().is_some_and(|c| c.is_uppercase() || c == '¿');
        let ends = text.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '?'));
        // A link or code on a line of its own is no heading.
        let only_text = !page.links.iter().any(|l| l.flat.start >= block.flat.start && l.flat.end <= block.flat.end)
            && !text.contains(['\u{FFFC}', '\n']);
        if starts && ends && only_text && !text.ends_with('?') {
            let help = format!("If it is a heading, write `## {text}`; if it is a sentence, end it with a full stop.");
            out.push(out.at(page.span(block.flat.clone()), format!("\"{text}\" looks like a heading that lost its marks")).help(help));
        }
    }
}

fn plain_paragraph(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph && block.top && !block.words.is_empty()
}
