//! `harder-than-others`: a page that stands out where no scale is known to be right.

use crate::check::language::{Measure, measure_of, score};
use crate::check::rule::{Check, Findings, Group, Limit, RuleInfo};
use crate::check::view::{SitePage, SiteView};
use crate::diag::code;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HARDER_THAN_OTHERS,
    group: Group::Language,
    title: "A page that is harder than the others of its language",
    explanation: "For many languages no reading scale is known to be right. There a page is compared with the other pages of \
        its language. The measure is called `LIX`: words in a sentence, and long words in a hundred. Where words cannot be counted \
        so, it is the length of sentences. At least five pages are needed. Shorten the sentences of the page that stands out.",
    bad: "One page of LIX 62, where the middle of all Somali pages is 40.\n",
    good: "The same page in shorter sentences, LIX 44.\n",
    limits: &[
        Limit {
            name: "lix_above",
            default: 12.0,
            about: "points of `LIX` above the middle of a language from which on a page is reported",
        },
        Limit {
            name: "length_times",
            default: 1.6,
            about: "times the usual length of sentences from which on a page is reported",
        },
        Limit { name: "reading_words", default: 60.0, about: "words below which no reading level is taken" },
    ],
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

/// Minimum number of pages that have a median.
const MIN_PAGES: usize = 5;

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let pages = site.pages();
    let mut by_lang: BTreeMap<&str, Vec<(f64, &SitePage<'_>)>> = BTreeMap::new();
    for page in &pages {
        let lang = &*page.document.lang;
        if !matches!(measure_of(lang), Measure::Relative | Measure::Lengths) {
            continue;
        }
        let counts = page.facts.eased();
        if f64::from(counts.words) >= out.limit("reading_words") && counts.sentences > 0 {
            by_lang.entry(lang).or_default().push((score(lang, counts), page));
        }
    }
    for (lang, rated) in by_lang.into_iter().filter(|(_, rated)| rated.len() >= MIN_PAGES) {
        let mut numbers: Vec<f64> = rated.iter().map(|(n, _)| *n).collect();
        numbers.sort_by(f64::total_cmp);
        let middle = numbers.get(numbers.len() / 2).copied().unwrap_or_default();
        let lengths = measure_of(lang) == Measure::Lengths;
        let most = if lengths { middle * out.limit("length_times") } else { middle + out.limit("lix_above") };
        for (number, page) in rated.into_iter().filter(|(n, _)| *n > most) {
            let what = if lengths { "words a sentence" } else { "by LIX" };
            let message = format!(
                "this page is harder than the others in `{lang}`: {number:.0} {what}, where {middle:.0} is the middle"
            );
            let span = page.document.summary.spans.get("title").copied().unwrap_or_default();
            let help = "Shorten its sentences, and use everyday words.";
            out.push(out.in_file(&page.document.path, span, message).help(help));
        }
    }
}
