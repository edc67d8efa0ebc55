//! `term-untranslated`: a glossary entry that a language lacks.

use super::SHARE;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::Severity;
use crate::diag::code;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TERM_UNTRANSLATED,
    group: Group::Translations,
    title: "A term without a counterpart",
    explanation: "Entries of the glossary belong together by their id (`{#goal}`): it is the same in every language, \
        whatever the heading says. Add the entry to the other language, or give it the id of its counterpart.",
    bad: "### Goal {#goal}\n",
    good: "### Meta {#goal}\n",
    limits: &[SHARE],
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let pages = site.pages();
    let default = site.config().default_language();
    let terms = |lang: &str| -> Vec<_> {
        let pages = pages.iter().filter(|p| &*p.document.lang == lang);
        pages
            .flat_map(|p| p.document.summary.entries.iter().map(move |e| (p.document, e)))
            .filter(|(_, e)| site.kinds().get(&e.kind).is_some_and(|k| k.glossary))
            .collect()
    };
    let originals = terms(default);
    for language in site.config().languages.iter().skip(1) {
        let translated = terms(&language.code);
        let ids: BTreeSet<&str> = translated.iter().map(|(_, e)| &*e.id).collect();
        let missing: Vec<_> = originals.iter().filter(|(_, e)| !ids.contains(&*e.id)).collect();
        if translated.is_empty() || missing.is_empty() {
            continue;
        }
        let done = originals.len() - missing.len();
        if (done as f64) < out.limit(SHARE.name) * originals.len() as f64 {
            let message =
                format!("{} of {} terms are translated into {}", done, originals.len(), language.name);
            let mut finding =
                out.site(message).help("Add the missing entries, each with the id of its original.");
            finding.severity = Severity::Note;
            out.push(finding);
            continue;
        }
        for (document, entry) in missing {
            let message = format!("the term \"{}\" is missing in {}", entry.title, language.name);
            let help =
                format!("Add an entry with the id `{{#{}}}` to the glossary of that language.", entry.id);
            out.push(out.in_file(&document.path, entry.span, message).help(help));
        }
    }
}
