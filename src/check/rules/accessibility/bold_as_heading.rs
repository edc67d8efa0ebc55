//! `bold-as-heading`: a bold line that plays heading.

use crate::check::page::BlockKind;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::BOLD_AS_HEADING,
    group: Group::Accessibility,
    wcag: Some("1.3.1 Info and Relationships (A)"),
    title: "A bold line used as a heading",
    explanation: "It looks like a heading, but screen readers, the table of contents and search do not know that it is one. \
        Use `##` or `###`. Bold words inside a sentence are fine.",
    bad: "**Who can help**\n\nAsk the office first.\n",
    good: "## Who can help\n\nAsk the office first.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for (i, block) in page.blocks.iter().enumerate() {
        if !block.all_strong || !block.top || block.kind != BlockKind::Paragraph || block.words.len() > 12 {
            continue;
        }
        let text = page.block_text(block).trim();
        // A sentence in bold is a warning, not a heading; so is a bold line with nothing below it.
        let below = page
            .blocks
            .get(i + 1)
            .is_some_and(|b| b.kind != BlockKind::Heading && b.section == block.section);
        if !below || text.contains('\n') || text.ends_with(['.', '!', '?']) && block.words.len() > 4 {
            continue;
        }
        let level = page.sections.get(block.section as usize).and_then(|s| s.heading);
        let level = level.and_then(|h| page.headings.get(h as usize)).map_or(2, |h| (h.level + 1).min(6));
        let plain = text.trim_end_matches([':', '.']);
        let help = format!("Make it one: `{} {plain}`.", "#".repeat(level as usize));
        out.push(
            out.at(
                page.span(block.flat.clone()),
                format!("\"{text}\" looks like a heading, but is only bold"),
            )
            .help(help),
        );
    }
}
