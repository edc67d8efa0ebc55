//! `page-too-large`: more than anyone reads at once.

use crate::check::page::Page;
use crate::check::rule::Limit;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::PAGE_TOO_LARGE,
    group: Group::Content,
    title: "A page that is too long",
    explanation: "A parent reads for five minutes, about 1,000 words. Split a long page: one question, one page. Lists of entries \
        (glossary, activities) are looked up, not read, and may be four times as long.",
    bad: "A page of more than 2,000 words.\n",
    good: "Two pages of 900 words that link to each other.\n",
    limits: &[Limit { name: "page_words", default: 2000.0, about: "most words of prose on a page" }],
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let most = out.limit("page_words") * if page.has_entries() { 4.0 } else { 1.0 };
    let words = page.counts().0.words;
    if f64::from(words) > most {
        let help = "Split it into pages of one question each, and link them.";
        let message = format!("this page has {words} words; readers give up after about {most:.0}");
        out.push(out.at(page.key_span("title"), message).help(help));
    }
}
