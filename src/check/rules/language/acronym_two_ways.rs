//! `acronym-two-ways`: one acronym, spelt out as two things.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;
use crate::source::{SourcePath, Span};
use std::collections::BTreeMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::ACRONYM_TWO_WAYS,
    group: Group::Language,
    title: "An acronym that is spelt out in two ways",
    explanation: "If ESY is once \"extended school year\" and once \"extra school year\", readers think of two things. Use one form \
        in all pages of a language; other names belong under `Also called` in the glossary.",
    bad: "Ask about extended school year (ESY). The extra school year (ESY) is free.\n",
    good: "Ask about extended school year (ESY). ESY is free.\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let pages = site.pages();
    let mut first: BTreeMap<(&str, &str), (&str, &SourcePath, Span)> = BTreeMap::new();
    for page in &pages {
        for (acronym, words, span) in page.facts.acronyms() {
            let key = (&*page.document.lang, acronym.as_str());
            let (known, path, at) = *first.entry(key).or_insert((words, &page.document.path, *span));
            if stems(known) == stems(words) {
                continue;
            }
            let message = format!("{acronym} is \"{words}\" here and \"{known}\" elsewhere");
            let help = "Use one form in all pages; the other can stand in the glossary under `Also called`.";
            let finding = out.in_file(&page.document.path, *span, message).help(help);
            out.push(finding.label(path, at, "spelt out here first"));
        }
    }
}

/// The words without their endings of number and form: "programs" is "program", "individual" not "individualized".
fn stems(words: &str) -> Vec<String> {
    let owned = words.replace("\u{2019}s", "").replace("'s", "");
    let parts = owned.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    // "analysis" and "analyses", "policy" and "policies".
    let stem =
        |w: &str| w.trim_end_matches('s').trim_end_matches(['e', 'i', 'y']).trim_end_matches('i').to_owned();
    parts.map(stem).collect()
}
