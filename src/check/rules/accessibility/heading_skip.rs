//! `heading-skip`: from a second level to a fourth.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HEADING_SKIP,
    group: Group::Accessibility,
    title: "A heading level is skipped",
    explanation: "Screen readers list the headings of a page like an outline; a gap in it looks like a lost part. The title is \
        level 1, so a page begins with `##`, and `###` stands below `##`. (Listed under WCAG 1.3.1 as good practice.)",
    bad: "## Who helps\n\n#### At school\n",
    good: "## Who helps\n\n### At school\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    // Levels as written, with the level each should have: the brothers of a mended heading move with it.
    let mut open: Vec<(u8, u8)> = Vec::new();
    for heading in &page.headings {
        while open.last().is_some_and(|(written, _)| *written >= heading.level) {
            open.pop();
        }
        let right = open.last().map_or(2, |(_, right)| right + 1);
        open.push((heading.level, right.min(heading.level.max(2))));
        if heading.level <= right {
            continue;
        }
        let above =
            if right == 2 { "the title".to_owned() } else { format!("a heading of level {}", right - 1) };
        let message = format!("this heading has level {}, but stands below {above}", heading.level);
        let marks = "#".repeat(right as usize);
        let mut finding = out
            .at(heading.span, message)
            .help(format!("Write `{marks}` instead of `{}`.", "#".repeat(heading.level as usize)));
        let start = heading.span.start as usize;
        let source = page.input.text.get(heading.span.range()).unwrap_or("");
        let indent = source.len() - source.trim_start_matches(' ').len();
        if source[indent..].starts_with(&"#".repeat(heading.level as usize)) {
            let at = start + indent;
            finding = finding.fix(Span::new(at, at + heading.level as usize), marks);
        }
        out.push(finding);
    }
}
