//! `typed-bullets`: bullet characters in place of a list.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::check::page::{Block, BlockKind};
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TYPED_BULLETS,
    group: Group::Accessibility,
    severity: Severity::Error,
    wcag: Some("1.3.1 Info and Relationships (A)"),
    title: "A list typed with bullet characters",
    explanation: "A typed `•` is only a dot: a screen reader cannot say \"list, eight items\", and the lines run together. Begin \
        each item with `- `. `check --fix` does it for you.",
    bad: "• pencil grips\n• a slant board\n",
    good: "- pencil grips\n- a slant board\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

/// Characters that are bullets wherever a line begins with them, and those that are so only in company.
const BULLETS: &[char] = &['•', '◦', '▪', '▫', '‣', '●', '○', '■', '□', '⁃', '∙', '➢', '➤', '✓', '✔', '❖', '\u{F0B7}', '\u{F0A7}'];
const DASHES: &[char] = &['–', '—', '·', '»'];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    if page.flat.is_ascii() {
        return;
    }
    for block in page.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Item)) {
        let text = page.block_text(block);
        if !text.is_ascii() {
            block_lines(page, block, text, out);
        }
    }
}

fn block_lines(page: &Page<'_>, block: &Block, text: &str, out: &mut Findings<'_>) {
    // Places of the bullets in the file, each with the blanks behind it.
    let mut marks: Vec<(Span, char)> = Vec::new();
    let mut at = block.flat.start;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        let start = at + (line.len() - body.len()) as u32;
        at += line.len() as u32;
        let Some(first) = body.chars().next() else { continue };
        let dash = DASHES.contains(&first) && body[first.len_utf8()..].starts_with(char::is_whitespace);
        if !dash && !BULLETS.contains(&first) {
            continue;
        }
        let rest = &body[first.len_utf8()..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}', '\u{2003}', '\u{2002}']).len();
        marks.push((page.span(start..start + (first.len_utf8() + blanks) as u32), first));
    }
    let real = marks.iter().any(|(_, c)| BULLETS.contains(c)) || marks.len() > 1;
    let (Some((first, mark)), Some((last, _))) = (marks.first(), marks.last()) else { return };
    if !real {
        return;
    }
    let whole = Span { start: first.start, end: last.end };
    let mut mended = String::new();
    let mut done = whole.start as usize;
    for (span, _) in &marks {
        mended.push_str(page.input.text.get(done..span.start as usize).unwrap_or(""));
        mended.push_str("- ");
        done = span.end as usize;
    }
    let lines = if marks.len() == 1 { "this line begins".to_owned() } else { format!("these {} lines begin", marks.len()) };
    let finding = out.at(*first, format!("{lines} with a typed `{mark}`")).help("Begin each item with `- ` instead.");
    out.push(finding.fix(whole, mended));
}
