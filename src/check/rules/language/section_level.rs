//! `section-level`: one section is much harder than a page may be.

use crate::check::grade::{self, Verdict};
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::SECTION_LEVEL,
    group: Group::Language,
    title: "A section that is too hard to read",
    explanation: "A page can be easy on the whole and still lose its readers in one section. Sections of at least 60 words \
        are graded like pages, and reported when they are very hard.",
    bad: "## Who does what\n\nContinuous monitoring of implementation necessitates administrative coordination.\n",
    good: "## Who does what\n\nThe teacher checks often. The school plans the time.\n",
    limits: grade::LIMITS,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let lang = page.lang();
    // A page of one section is reported as a whole.
    let whole = page.counts().1;
    for (section, counts) in page.sections.iter().zip(&page.counted) {
        let Some(heading) = section.heading.and_then(|h| page.headings.get(h as usize)) else { continue };
        if counts.eased == whole || grade::verdict(lang, &counts.eased, out) != Some(Verdict::VeryHard) {
            continue;
        }
        let title = page.shown(&heading.flat);
        let message = format!("the section \"{title}\" reads at {}", grade::in_words(lang, &counts.eased));
        let help = format!("Aim for {}: shorten the sentences shown here.", grade::goal(lang, out));
        let mut finding = out.at(heading.span, message).help(help);
        for sentence in grade::hardest(page, Some(section), 2) {
            let said = format!("{} words: \"{}\"", sentence.length, page.sentence_line(sentence));
            finding = finding.label(page.path(), page.span(page.sentence_flat(sentence)), said);
        }
        out.push(finding);
    }
}
