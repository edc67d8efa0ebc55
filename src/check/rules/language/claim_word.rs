//! `claim-word`: a promise that nobody can keep.

use crate::check::lexicon::List;
use crate::check::page::Hit;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::wordlists;
use crate::diag::code;
use rustc_hash::FxHashMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::CLAIM_WORD,
    group: Group::Language,
    title: "A word that promises too much",
    explanation: "\"Guarantees\", \"cures\", \"proven\", \"always\", \"best\": help is not certain, and a school that promises \
        results may be held to them. Say what often happens, for whom, and who found it. Everyday words count only beside \
        a promise (\"always helps\", \"the best program\"). Words after \"not\", questions, what the law guarantees, and \
        harmless uses (\"do your best\") are left alone. Add words of your own under `checks: words: claims`.",
    bad: "This guarantees that the plan fits the class.\n",
    good: "This helps keep the plan close to the class.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let mut lawful = Lawful::default();
    for hit in page.hits_of(List::Claim) {
        if is_harmless(page, hit, &mut lawful) {
            continue;
        }
        let message = format!("\"{}\" promises more than anyone can keep", page.hit_text(hit));
        let help = "Say what often happens or what may help, and name the source if there is one.";
        out.push(out.at(page.hit_span(hit), message).help(help));
    }
}

/// Whether sentences speak of the law: each is looked through once, however many claims it makes.
type Lawful = FxHashMap<u32, bool>;

/// Maximum number of words of a phrase on a list.
const MAX_PHRASE_WORDS: u32 = 32;

fn is_harmless(page: &Page<'_>, hit: &Hit, lawful: &mut Lawful) -> bool {
    // What holds it begins with it or a few words before.
    let near = page.hits_at(hit.first.saturating_sub(MAX_PHRASE_WORDS)..hit.first + 1);
    let holds = |other: &Hit| match other.list {
        List::ClaimOk => true,
        List::Claim => other.count > hit.count,
        _ => false,
    };
    if near.iter().any(|other| holds(other) && other.first + other.count >= hit.first + hit.count) {
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
    let lower =
        |at: u32| page.words.get(at as usize).map(|w| page.word_text(w).to_lowercase()).unwrap_or_default();
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
        let says = || sentence.words.clone().any(|at| lists.lawful.contains(&lower(at).as_str()));
        if *lawful.entry(hit.sentence).or_insert_with(says) {
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
