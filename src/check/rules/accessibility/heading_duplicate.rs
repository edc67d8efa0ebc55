//! `heading-duplicate`: two brothers of one name.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use rustc_hash::FxHashMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HEADING_DUPLICATE,
    group: Group::Accessibility,
    wcag: Some("2.4.6 Headings and Labels (AA)"),
    title: "Two headings that say the same",
    explanation: "In a list of headings nobody can tell them apart. Say in each what is special about its part. The same words \
        under different parents (\"Ask\" under \"Home\" and under \"School\") are left alone.",
    bad: "## Questions\n\nFor the nurse.\n\n## Questions\n\nFor the teacher.\n",
    good: "## Questions for the nurse\n\n## Questions for the teacher\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    if page.headings.len() < 2 {
        return;
    }
    let mut parents: [usize; 7] = [0; 7];
    let mut seen: FxHashMap<(usize, u8, String), usize> = FxHashMap::default();
    for (i, heading) in page.headings.iter().enumerate() {
        let level = usize::from(heading.level.clamp(1, 6));
        let parent = parents[..level].iter().copied().max().unwrap_or(0);
        parents[level] = i + 1;
        parents[level + 1..].fill(0);
        let text = page.shown(&heading.flat).to_lowercase();
        if text.is_empty() {
            continue;
        }
        let first = *seen.entry((parent, heading.level, text)).or_insert(i);
        if first != i {
            let message =
                format!("\"{}\" is also the heading of a part before this one", page.shown(&heading.flat));
            let finding =
                out.at(heading.span, message).help("Say in each heading what is special about its part.");
            out.push(finding.label(page.path(), page.headings[first].span, "the same heading"));
        }
    }
}
