//! `reading-level`: the page as a whole is too hard.

use crate::check::grade::{self, Verdict};
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::READING_LEVEL,
    group: Group::Language,
    title: "A page that is too hard to read",
    explanation: "Half of all adults read at grade 8 or below, and tired parents read lower still. English pages are graded \
        by Flesch-Kincaid (a U.S. school grade), Spanish pages by INFLESZ (higher is easier), some other languages by \
        their form of Flesch. A glossary term or the name of a test counts as one easy word: you may need it. The hardest \
        sentences are shown; make them shorter, and use everyday words. A hard page is a warning, however hard it is: families need \
        the site even so. To publish no such page, set the level of `reading-level` to `error`.",
    bad: "Continuous monitoring and contact is necessary to supervise the implementation of the individualized program.\n",
    good: "The teacher checks often. She makes sure the plan works for your child.\n",
    limits: grade::LIMITS,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let (plain, eased) = page.counts();
    let lang = page.lang();
    let Some(verdict) = grade::verdict(lang, &eased, out) else { return };
    let level = grade::in_words(lang, &eased);
    let mut message = match verdict {
        Verdict::Hard => format!("this page reads at {level}"),
        Verdict::VeryHard => format!("this page is very hard: it reads at {level}"),
    };
    if plain != eased {
        message.push_str(&format!(" ({} with its glossary terms)", grade::in_words(lang, &plain)));
    }
    let help = format!(
        "Aim for {}: shorten the sentences shown here, and use everyday words.",
        grade::goal(lang, out)
    );
    let mut finding = out.at(page.key_span("title"), message).help(help);
    for sentence in grade::hardest(page, None, 3) {
        let said = format!("{} words: \"{}\"", sentence.length, page.sentence_line(sentence));
        finding = finding.label(page.path(), page.span(page.sentence_flat(sentence)), said);
    }
    out.push(finding);
}
