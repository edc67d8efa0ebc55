//! `sensory-wording`: "the button on the right".

use crate::check::lexicon::List;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::SENSORY_WORDING,
    group: Group::Accessibility,
    wcag: Some("1.3.3 Sensory Characteristics (A)"),
    title: "An instruction that needs eyes on the screen",
    explanation: "\"The box on the right\" is below on a phone, and nowhere for a listener. Name the thing by its words: its \
        heading or the text on it. A sentence that gives the name too (in bold or quotes) is left alone.",
    bad: "Press the button on the right.\n",
    good: "Press the button \"Print\".\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let mut names_something = page.naming();
    for hit in page.hits_of(List::Sensory) {
        // Whoever is told the name needs no place or color.
        if names_something(hit.sentence) {
            continue;
        }
        // "de arriba hacia abajo": from top to bottom.
        let after = page.words.get((hit.first + hit.count) as usize).map_or("", |w| page.word_text(w));
        if after == "hacia" {
            continue;
        }
        let message = format!("\"{}\" helps only those who see the page as you do", page.hit_text(hit));
        out.push(out.at(page.hit_span(hit), message).help("Name it by its heading or by the words on it."));
    }
}
