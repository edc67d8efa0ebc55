//! `field-as-text`: facts of an entry that stand in no list, so that they are text like any other.

use super::lines;
use crate::check::page::{Block, BlockKind, Page};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::schema::Kind;
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::FIELD_AS_TEXT,
    group: Group::Lost,
    title: "Facts of an entry that stand in no list",
    explanation: "The facts of an entry stand in a list right under its heading, one in a line: `- Where: home`. Without the `-`, \
        or behind a number, they are text: the lines run together, and neither the finder nor a card knows them. `check --fix` \
        makes the list.",
    bad: "---\ntitle: Words\nentries: term\n---\n\n## Late bus\nAlso called: second bus\n\nIt leaves at four.\n",
    good: "---\ntitle: Words\nentries: term\n---\n\n## Late bus\n- Also called: second bus\n\nIt leaves at four.\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let document = page.input.document;
    let kind = document.summary.entries_kind.as_deref().and_then(|name| page.input.kinds.get(name));
    let Some(kind) = kind else { return };
    for section in page.sections.iter().filter(|section| section.entry) {
        let blocks = page.blocks.get(section.blocks.start as usize..section.blocks.end as usize);
        let first = blocks.unwrap_or(&[]).iter().find(|block| block.kind != BlockKind::Heading);
        let Some(first) = first.filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item))
        else {
            continue;
        };
        facts(page, first, kind, out);
    }
}

/// Looks at the first block below the heading of an entry.
fn facts(page: &Page<'_>, block: &Block, kind: &Kind, out: &mut Findings<'_>) {
    let lang = &page.input.document.lang;
    let label = |line: &str| {
        let (label, value) = line.split_once([':', '：'])?;
        let known = kind.field_by_label(label.trim(), lang)?;
        (!value.trim().is_empty()).then(|| known.label.get(lang).to_owned())
    };
    let text = page.block_text(block);
    let Some(first) = text.lines().next().and_then(label) else { return };
    let known = text.lines().filter(|line| label(line).is_some()).count();
    let all = text.lines().count();
    if known * 2 < all {
        return;
    }
    let starts: Vec<(usize, &str)> = lines::bare(page, block.span).collect();
    let numbered = block.kind == BlockKind::Item;
    let Some((start, line)) = starts.first().copied() else { return };
    let what = if numbered { "behind a number" } else { "without a list" };
    let message = format!("`{first}: …` stands {what}, so it is text and no fact of the entry");
    let finding = out.at(Span::new(start, start + line.len()), message);
    let finding = finding.help(format!("Write the facts as a list right under the heading: `- {first}: …`."));
    // One line is one place, and all of them make the list.
    let margin = |at: usize| page.input.text.get(..at).is_some_and(|before| before.ends_with(['\n', '\r']));
    if numbered || known < all || starts.len() != all || !starts.iter().all(|(at, _)| margin(*at)) {
        out.push(finding);
        return;
    }
    let end = starts.last().map_or(start, |(at, line)| at + line.len());
    let mut mended = String::new();
    let mut done = start;
    for (at, _) in &starts {
        mended.push_str(page.input.text.get(done..*at).unwrap_or(""));
        mended.push_str("- ");
        done = *at;
    }
    mended.push_str(page.input.text.get(done..end).unwrap_or(""));
    out.push(finding.fix(Span::new(start, end), mended));
}
