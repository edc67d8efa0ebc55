//! `term-unused`: a glossary entry that no page needs.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::Severity;
use crate::diag::code;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TERM_UNUSED,
    group: Group::Content,
    severity: Severity::Note,
    title: "Terms that are used on no page",
    explanation: "A glossary may explain words that parents meet only in reports, so this is a note, one for each page of \
        terms. Look through the list: is a word spelt differently in your pages, or not needed any more? Words with `Match: off` \
        are never linked, so they are not listed.",
    bad: "## Kinesthesia\n\nFeeling how your body moves.\n",
    good: "Your child may use kinesthesia, the feeling of moving, in this game.\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let pages = site.pages();
    let mut used: BTreeSet<(&str, &str)> = BTreeSet::new();
    for page in &pages {
        used.extend(page.facts.terms().iter().map(|t| (&*page.document.lang, t.as_str())));
    }
    // An entry that another one refers to is used too.
    let referred: BTreeSet<&str> = pages
        .iter()
        .flat_map(|p| &p.document.summary.entries)
        .filter_map(|e| e.fields.get("related"))
        .flat_map(|value| value.items())
        .filter_map(|value| value.as_text())
        .collect();
    for page in &pages {
        let entries = &page.document.summary.entries;
        let unused: Vec<_> = entries
            .iter()
            .filter(|e| site.kinds().get(&e.kind).is_some_and(|k| k.glossary))
            // A word that is never linked is looked up, not met.
            .filter(|e| crate::site::is_matched(e))
            .filter(|e| !used.contains(&(&*page.document.lang, e.title.as_str())))
            .filter(|e| !referred.contains(&*e.id))
            .collect();
        let Some(first) = unused.first() else { continue };
        let mut names: Vec<&str> = unused.iter().take(8).map(|e| e.title.as_str()).collect();
        if unused.len() > names.len() {
            names.push("…");
        }
        let message = match unused.len() {
            1 => format!("the term {} is used on no other page", names.join(", ")),
            n => format!("{n} terms are used on no other page: {}", names.join(", ")),
        };
        out.push(
            out.in_file(&page.document.path, first.span, message)
                .help("Check the spelling, or leave the terms out."),
        );
    }
}
