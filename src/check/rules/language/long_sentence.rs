//! `long-sentence`: more words than a tired reader can hold.

use crate::check::page::Page;
use crate::check::rule::Limit;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LONG_SENTENCE,
    group: Group::Language,
    title: "A long sentence",
    explanation: "After about 25 words a reader has forgotten how the sentence began. Cut it in two: one idea, one \
        sentence. Lists help too: each item counts as a sentence of its own.",
    bad: "The teacher can provide training to the person who will implement the program and this may include modeling \
        and coaching as the child participates in the activity in the classroom.\n",
    good: "The teacher trains the person who helps your child. She shows how, then watches and coaches.\n",
    limits: &[Limit { name: "sentence_words", default: 25.0, about: "most words in a sentence" }],
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let most = out.limit("sentence_words");
    for sentence in page.sentences.iter().filter(|s| f64::from(s.length) > most) {
        if page.blocks.get(sentence.block as usize).is_some_and(|b| b.prose) {
            let message = format!("this sentence has {} words", sentence.length);
            let help = format!("Cut it into sentences of at most {most:.0} words, or make a list of it.");
            out.push(out.at(page.span(page.sentence_flat(sentence)), message).help(help));
        }
    }
}
