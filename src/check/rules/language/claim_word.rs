//! `claim-word`: a promise that nobody can keep.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::check::lexicon::List;
use crate::check::page::Hit;
use crate::check::wordlists;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::CLAIM_WORD,
    group: Group::Language,
    title: "A word that promises too much",
    explanation: "\"Guarantees\", \"cures\", \"proven\", \"always\", \"best\": therapy is not certain, and a school that promises \
        results may be held to them. Say what often happens, for whom, and who found it. Everyday words count only beside \
        a promise (\"always helps\", \"the best therapy\"). Words after \"not\", questions, what the law guarantees, and \
        harmless uses (\"do your best\") are left alone. Add words of your own under `checks: words: claims`.",
    bad: "This guarantees that therapy fits the class.\n",
    good: "This helps keep therapy close to the class.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for hit in page.hits_of(List::Claim) {
        if is_harmless(page, hit) {
            continue;
        }
        let message = format!("\"{}\" promises more than anyone can keep", page.hit_text(hit));
        let help = "Say what often happens or what may help, and name the source if there is one.";
        out.push(out.at(page.hit_span(hit), message).help(help));
    }
}

fn is_harmless(page: &Page<'_>, hit: &Hit) -> bool {
    let inside = |other: &Hit| other.first <= hit.first && other.first + other.count >= hit.first + hit.count;
    let longer = |other: &&Hit| other.list == List::Claim && other.count > hit.count && inside(other);
    if page.hits_of(List::ClaimOk).any(inside) || page.hits_of(List::Claim).any(|o| longer(&o)) {
        return true;
    }
    if page.words.get(hit.first as usize).is_some_and(|w| w.explained) {
        return true;
    }
    let Some(sentence) = page.sentences.get(hit.sentence as usize) else { return false };
    let flat = page.sentence_flat(sentence);
    if page.flat_text(&flat).ends_with('?') {
        return true;
    }
    let lists = wordlists::of(page.base_lang());
    let lower = |at: u32| page.words.get(at as usize).map(|w| page.word_text(w).to_lowercase()).unwrap_or_default();
    let claim = page.hit_text(hit).to_lowercase();
    if lists.weak_claims.contains(&claim.split_whitespace().collect::<Vec<_>>().join(" ").as_str()) {
        let end = hit.first + hit.count;
        let after = end..(end + 2).min(sentence.words.end);
        let before = hit.first.saturating_sub(2).max(sentence.words.start)..hit.first;
        if !after.chain(before).any(|at| lists.outcomes.contains(&lower(at).as_str())) {
            return true;
        }
    } else if claim.starts_with("guarant") || claim.starts_with("garant") {
        // The law may guarantee what nobody else can.
        if sentence.words.clone().any(|at| lists.lawful.contains(&lower(at).as_str())) {
            return true;
        }
    }
    // Turned round by one of the three words before it.
    let negations = lists.negations;
    let from = hit.first.saturating_sub(3).max(sentence.words.start);
    page.words[from as usize..hit.first as usize]
        .iter()
        .any(|w| negations.contains(&page.word_text(w).to_lowercase().replace('\u{2019}', "'").as_str()))
}
