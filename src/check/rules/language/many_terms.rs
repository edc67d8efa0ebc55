//! `many-terms`: too many glossary words in one paragraph.

use crate::check::lexicon::List;
use crate::check::page::BlockKind;
use crate::check::page::Page;
use crate::check::rule::Limit;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::MANY_TERMS,
    group: Group::Language,
    title: "Too many special words in a paragraph",
    explanation: "The glossary explains each word, but a reader who must open it in every line gives up. Spread the terms \
        over more sentences, or leave some out.",
    bad: "Ask about LRE, FAPE, PWN, ESY, FBA, BIP and RTI at the meeting.\n",
    good: "Ask about two things at the meeting. The first is the least restrictive environment.\n",
    limits: &[Limit {
        name: "paragraph_terms",
        default: 6.0,
        about: "most different glossary terms in a paragraph",
    }],
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let most = out.limit("paragraph_terms");
    let mut terms: Vec<u32> = Vec::new();
    let mut hits = page.hits_of(List::Term).peekable();
    while let Some(first) = hits.next() {
        terms.clear();
        let term = |n: u32| page.lexicon.phrase(n).map_or(0, |p| p.item);
        terms.push(term(first.phrase));
        while let Some(hit) = hits.next_if(|h| h.block == first.block) {
            terms.push(term(hit.phrase));
        }
        terms.sort_unstable();
        terms.dedup();
        let Some(block) = page.blocks.get(first.block as usize) else { continue };
        if terms.len() as f64 > most && block.kind == BlockKind::Paragraph && block.prose {
            let help = format!("Use at most {most:.0}, or spread them over more sentences.");
            let message = format!("this paragraph uses {} different glossary terms", terms.len());
            let span = page
                .sentences
                .get(first.sentence as usize)
                .map_or(block.span, |s| page.span(page.sentence_flat(s)));
            out.push(out.at(span, message).help(help));
        }
    }
}
