//! `citation-unlinked`: "(Gray, 2019)" that leads nowhere.

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
    bad: "The papers on rights are hard to read (Gray, 2019).\n",
    good: "The papers on rights are hard to read ([Gray, 2019](../about/sources.md#gray-2019)).\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
    "Spring",
    "Summer",
    "Fall",
    "Autumn",
    "Winter",
];

/// Maximum length of the text before a year that belongs to its citation, in bytes.
const MAX_CITATION_BYTES: u32 = 400;

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let mut block = 0;
    for (i, year) in page.of_kind(TokenKind::Number) {
        while page.blocks.get(block).is_some_and(|b| b.words.end as usize <= i) {
            block += 1;
        }
        let Some(block) = page.blocks.get(block).filter(|b| b.prose) else { continue };
        if i == block.words.start as usize || !is_year(page.word_text(year)) {
            continue;
        }
        // No further back than a citation reaches: a page may be one line.
        let from = block.flat.start.max(year.start.saturating_sub(MAX_CITATION_BYTES)) as usize;
        let from = (from..year.start as usize).find(|at| page.flat.is_char_boundary(*at));
        let from = from.unwrap_or(year.start as usize);
        let before = page.flat.get(from..year.start as usize).unwrap_or("");
        let after = page.flat.get(year.end as usize..block.flat.end as usize).unwrap_or("");
        let Some(start) = citation_start(before, after) else { continue };
        let start = (from + start) as u32;
        let linked = page.is_linked(&(start..year.end));
        // A footnote right behind it is its source.
        let noted = page
            .input
            .text
            .get(page.span(year.start..year.end).end as usize..)
            .is_some_and(|rest| rest.trim_start_matches([')', '.', ',', ';']).starts_with("[^"));
        if linked || noted {
            continue;
        }
        // "Smith (2019)" ends with its bracket, "(Smith, 2019)" is named without.
        let closed = !before.ends_with(", ") && after.starts_with(')');
        let end = year.end + u32::from(closed);
        let cited = page.flat_text(&(start..end)).to_owned();
        let help = "Link it to its entry on the sources page: `[Name, year](../about/sources.md#name-year)`.";
        out.push(
            out.at(page.span(start..end), format!("the citation \"{cited}\" is not linked to a source"))
                .help(help),
        );
    }
}

fn is_year(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits.len() == 4 && text.len() <= 5 && matches!(digits.parse::<u32>(), Ok(1900..=2099))
}

/// Words behind "Smith (2019)" that say that Smith is an author, not a law or a place.
const SAYS: &[&str] = &[
    "found",
    "find",
    "finds",
    "showed",
    "shows",
    "show",
    "reported",
    "reports",
    "report",
    "argued",
    "argues",
    "argue",
    "wrote",
    "suggested",
    "suggests",
    "suggest",
    "concluded",
    "concludes",
    "describes",
    "described",
    "encontró",
    "encontraron",
    "mostró",
    "mostraron",
    "señala",
    "señalan",
    "concluyó",
    "concluyeron",
    "describe",
    "describen",
];

/// Words before it that say the same.
const SAID: &[&str] = &[
    "shown by",
    "found by",
    "reported by",
    "described by",
    "suggested by",
    "written by",
    "according to",
    "según",
    "study by",
];

/// Where "Smith" begins in "as shown by Smith (2019)", "Smith (2019) found" or "Smith and Lee (2019)".
fn narrative_start(narrative: &str, after: &str) -> Option<usize> {
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().any(char::is_lowercase)
            && letters.all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
    };
    let start = narrative.len() - narrative.rsplit(char::is_whitespace).next().unwrap_or("").len();
    if !is_name(&narrative[start..]) {
        return None;
    }
    let before = narrative[..start].trim_end();
    let verb = after.strip_prefix(") ").and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).next());
    let says = verb.is_some_and(|verb| SAYS.contains(&verb));
    // "Jones and Lee (2018)": the first of the two, when it is a name of one word as well.
    let pair = [" and", " &", " y"].iter().find_map(|and| before.strip_suffix(and));
    let pair = pair
        .map(|first| first.len() - first.rsplit(char::is_whitespace).next().unwrap_or("").len())
        .filter(|at| {
            let above = before[..*at].trim_end();
            let more = above.rsplit(char::is_whitespace).next().unwrap_or("");
            let first = before[*at..].split(char::is_whitespace).next().unwrap_or("");
            // In "Health and Human Services" and "Safe Schools and Colleges" more names stand around.
            is_name(first) && (above.is_empty() || !more.starts_with(char::is_uppercase))
        });
    let lower = before[..pair.unwrap_or(before.len())].trim_end().to_lowercase();
    let said = SAID.iter().any(|words| lower.ends_with(words));
    (says || said).then(|| pair.unwrap_or(start))
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
        let Some(names) = narrative.strip_suffix(" et al.").or_else(|| narrative.strip_suffix(" y col."))
        else {
            return narrative_start(narrative, after);
        };
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
    const PUBLISHERS: &[&str] =
        &["Press", "Publishing", "Publishers", "Books", "Learning", "Inc.", "Company", "University"];
    let closed = closed || !names_only || inside.split([' ', ',']).any(|w| PUBLISHERS.contains(&w));
    let named =
        inside.starts_with(char::is_uppercase) && is_name && !MONTHS.contains(&last.trim_end_matches('.'));
    (named && !closed).then_some(start)
}
