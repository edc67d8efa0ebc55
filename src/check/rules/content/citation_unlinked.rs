//! `citation-unlinked`: "(McWilliam, 1995)" that leads nowhere.

use crate::check::language::TokenKind;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::CITATION_UNLINKED,
    group: Group::Content,
    title: "A citation that is not linked to its source",
    explanation: "A name and a year help only those who know the paper. Link the citation to its entry on the sources page, so \
        that anyone can see what it says; a footnote will do too.",
    bad: "Pull-out alone may help less (McWilliam, 1995).\n",
    good: "Pull-out alone may help less ([McWilliam, 1995](../about/sources.md#mcwilliam-1995)).\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

const MONTHS: &[&str] = &[
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Jan",
    "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Spring", "Summer", "Fall", "Autumn", "Winter",
];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for block in page.blocks.iter().filter(|b| b.prose) {
        for i in block.words.clone() {
            let year = page.words[i as usize];
            if year.kind != TokenKind::Number || i == block.words.start || !is_year(page.word_text(&year)) {
                continue;
            }
            let before = page.flat.get(block.flat.start as usize..year.start as usize).unwrap_or("");
            let after = page.flat.get(year.end as usize..block.flat.end as usize).unwrap_or("");
            let Some(start) = citation_start(before, after) else { continue };
            let start = block.flat.start + start as u32;
            let linked = page.links.iter().any(|l| l.flat.start < year.end && l.flat.end > start);
            // A footnote right behind it is its source.
            let noted = page.input.text.get(page.span(year.start..year.end).end as usize..).is_some_and(|rest| {
                rest.trim_start_matches([')', '.', ',', ';']).starts_with("[^")
            });
            if linked || noted {
                continue;
            }
            let cited = page.flat_text(&(start..year.end)).to_owned();
            let help = "Link it to its entry on the sources page: `[Name, year](../about/sources.md#name-year)`.";
            out.push(out.at(page.span(start..year.end), format!("the citation \"{cited}\" is not linked to a source")).help(help));
        }
    }
}

fn is_year(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits.len() == 4 && text.len() <= 5 && matches!(digits.parse::<u32>(), Ok(1900..=2099))
}

/// Where a citation that ends in a year begins in `before`: "(Name, " or "Name et al. (".
fn citation_start(before: &str, after: &str) -> Option<usize> {
    if !after.starts_with([')', ';', ',', ':']) {
        return None;
    }
    if let Some(narrative) = before.strip_suffix(" (") {
        // "Schwellnus, H., et al. (2012). Effect of …" is the source itself.
        if after.starts_with(").") {
            return None;
        }
        let names = narrative.strip_suffix(" et al.").or_else(|| narrative.strip_suffix(" y col."))?;
        let start = names.len() - names.rsplit(char::is_whitespace).next().unwrap_or("").len();
        return names[start..].starts_with(char::is_uppercase).then_some(start);
    }
    let names = before.strip_suffix(", ")?;
    let open = names.rfind(['(', ';'])?;
    let inside = names[open + 1..].trim_start();
    let start = names.len() - inside.len();
    let last = inside.rsplit(char::is_whitespace).next().unwrap_or("");
    let is_name = last.starts_with(char::is_uppercase) || last == "al.";
    let closed = inside.contains([')', ':']) || inside.len() > 120;
    // Authors are a few names: "New York: A Press" and "A Press, a Division of" are publishers.
    const JOINS: &[&str] = &["and", "y", "et", "al.", "van", "von", "de", "der", "la", "col.", "e"];
    let names_only = inside.split(',').flat_map(|part| part.split(" & ")).all(|part| {
        let words = part.split_whitespace();
        part.split_whitespace().count() <= 6
            && words.clone().all(|w| w.starts_with(char::is_uppercase) || w == "&" || JOINS.contains(&w))
    });
    const PUBLISHERS: &[&str] = &["Press", "Publishing", "Publishers", "Books", "Learning", "Inc.", "Company", "University"];
    let closed = closed || !names_only || inside.split([' ', ',']).any(|w| PUBLISHERS.contains(&w));
    let named = inside.starts_with(char::is_uppercase) && is_name && !MONTHS.contains(&last.trim_end_matches('.'));
    (named && !closed).then_some(start)
}
