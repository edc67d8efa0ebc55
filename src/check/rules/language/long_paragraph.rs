//! `long-paragraph`: a wall of text.

use crate::check::page::BlockKind;
use crate::check::page::Page;
use crate::check::rule::Limit;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LONG_PARAGRAPH,
    group: Group::Language,
    title: "A long paragraph",
    explanation: "On a phone, 80 words fill the screen. Readers skip what looks like a wall. Start a new paragraph for each \
        new thought, or make a list.",
    bad: "One paragraph of more than 80 words.\n",
    good: "Two short paragraphs.\n\nEach with one thought.\n",
    limits: &[Limit { name: "paragraph_words", default: 80.0, about: "most words in a paragraph" }],
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let most = out.limit("paragraph_words");
    for block in
        page.blocks.iter().filter(|b| b.prose && matches!(b.kind, BlockKind::Paragraph | BlockKind::Item))
    {
        let sentences = &page.sentences[block.sentences.start as usize..block.sentences.end as usize];
        let words: u32 = sentences.iter().map(|s| s.length).sum();
        if f64::from(words) > most {
            // The place is the first sentence: marking the whole paragraph would hide the text in print-outs.
            let first = sentences.first().map_or(block.flat.clone(), |s| page.sentence_flat(s));
            let help = format!(
                "Start a new paragraph for each thought; aim for at most {most:.0} words, or make a list."
            );
            out.push(out.at(page.span(first), format!("this paragraph has {words} words")).help(help));
        }
    }
}
