//! `brand-name`: a trade name without the everyday word for the thing.

use crate::check::lexicon::List;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::BRAND_NAME,
    group: Group::Language,
    title: "A brand without its everyday word",
    explanation: "A parent who reads \"Play-Doh\" may think that they must buy it. Name the thing in everyday words in the \
        same sentence; the brand is one example. Add brands under `checks: words: brands`, written \
        `Brand: everyday word, another`.",
    bad: "Hide small toys in Play-Doh.\n",
    good: "Hide small toys in modeling dough (Play-Doh is one brand).\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for hit in page.hits_of(List::Brand) {
        let text = page.hit_text(hit);
        // "twister", "operation": only the capital makes a name of an everyday word.
        if !text.chars().any(char::is_uppercase) {
            continue;
        }
        let Some(brand) = page.lexicon.phrase(hit.phrase).and_then(|p| page.lexicon.brand(p)) else {
            continue;
        };
        let Some(sentence) = page.sentences.get(hit.sentence as usize) else { continue };
        let said = page.flat_text(&page.sentence_flat(sentence)).to_lowercase();
        let own = text.to_lowercase();
        let others = said.replacen(&own, " ", 1);
        if brand.generic.iter().any(|g| others.contains(g.as_str())) {
            continue;
        }
        let help = match brand.generic.first() {
            Some(generic) => format!("Name the thing first: \"{generic} ({text} is one brand)\"."),
            None => "Name the thing in everyday words, with the brand as one example.".to_owned(),
        };
        out.push(
            out.at(
                page.hit_span(hit),
                format!("\"{text}\" is a brand; its everyday word is not in the sentence"),
            )
            .help(help),
        );
    }
}
