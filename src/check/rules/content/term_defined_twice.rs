//! `term-defined-twice`: two entries of the glossary for one word.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;
use crate::site::{Plurals, name_key};
use std::collections::BTreeMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TERM_DEFINED_TWICE,
    group: Group::Content,
    title: "A term that is defined twice",
    explanation: "Two definitions of one word drift apart, and links can lead to one of them only. Keep one; put other names of \
        the same thing under `Also called`.",
    bad: "## Annual goals\n\nWhat a child works on in a year.\n\n## Annual goal\n\nAn aim for the year.\n",
    good: "## Annual goals\n\nWhat a child works on in a year.\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let mut first = BTreeMap::new();
    for page in site.pages() {
        let terms = page
            .document
            .summary
            .entries
            .iter()
            .filter(|e| site.kinds().get(&e.kind).is_some_and(|k| k.glossary));
        for entry in terms {
            let lang = &page.document.lang;
            let Some(name) = name_key(&entry.title, Plurals::of(lang)) else { continue };
            let key = (lang.clone(), name);
            let (path, span) = &*first.entry(key).or_insert((&page.document.path, entry.span));
            if (*path, *span) == (&page.document.path, entry.span) {
                continue;
            }
            let finding =
                out.in_file(&page.document.path, entry.span, format!("\"{}\" is defined twice", entry.title));
            let finding = finding.help("Keep one entry; other names go under `Also called`.");
            out.push(finding.label(path, *span, "defined here first"));
        }
    }
}
