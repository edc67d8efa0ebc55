//! `acronym-unexplained`: capitals that nobody spells out.

use crate::check::language::TokenKind;
use crate::check::page::BlockKind;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;
use rustc_hash::FxHashSet;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::ACRONYM_UNEXPLAINED,
    group: Group::Language,
    title: "An acronym that is not explained",
    explanation: "Schools speak in letters; parents do not. Spell an acronym out where the page first uses it, or make it a \
        name of a glossary term (`Also called: LRE`), so that every page explains it.",
    bad: "The team talks about ESY in spring.\n",
    good: "The team talks about extended school year (ESY) in spring.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

/// Letters that everybody reads, words written large for weight, and units.
const KNOWN: &[&str] = &[
    "AA",
    "AAA",
    "AL",
    "ALL",
    "AM",
    "AND",
    "ARE",
    "AS",
    "ASCII",
    "AT",
    "AZ",
    "B.A",
    "BUT",
    "BY",
    "CA",
    "CAN",
    "CC",
    "CD",
    "CDT",
    "CHANGELOG",
    "CST",
    "CSV",
    "D.C",
    "DC",
    "DE",
    "DIY",
    "DO",
    "DON'T",
    "DVD",
    "E.O",
    "EDT",
    "EE",
    "EL",
    "EN",
    "ES",
    "EST",
    "ET",
    "EU",
    "FAQ",
    "FL",
    "FM",
    "FOR",
    "GB",
    "GMT",
    "GPS",
    "HAS",
    "HAVE",
    "HH",
    "HTML",
    "ID",
    "IF",
    "II",
    "III",
    "IN",
    "IP",
    "IS",
    "IT",
    "IV",
    "IX",
    "J.D",
    "KB",
    "KG",
    "KM",
    "LA",
    "LEXIS",
    "LICENSE",
    "LOS",
    "M.A",
    "M.D",
    "M.S",
    "MA",
    "MAY",
    "MB",
    "MD",
    "MDT",
    "MM",
    "MST",
    "MUST",
    "MY",
    "NASA",
    "NC",
    "ND",
    "NEVER",
    "NO",
    "NOT",
    "NOW",
    "NY",
    "OF",
    "OH",
    "OK",
    "ON",
    "ONE",
    "ONLY",
    "OR",
    "OUR",
    "OUT",
    "PA",
    "PC",
    "PDF",
    "PDT",
    "PIN",
    "PM",
    "PO",
    "PRINT",
    "PS",
    "PST",
    "PT",
    "QR",
    "R.N",
    "README",
    "SA",
    "SOS",
    "STOP",
    "TB",
    "THE",
    "THEY",
    "TO",
    "TV",
    "TX",
    "U.K",
    "U.S",
    "U.S.A",
    "UK",
    "UN",
    "URL",
    "US",
    "USA",
    "USB",
    "UTC",
    "UTF-8",
    "UU",
    "VI",
    "VII",
    "VIII",
    "WA",
    "WE",
    "WHEN",
    "WILL",
    "WITH",
    "XI",
    "XII",
    "XL",
    "YOU",
    "YOUR",
    "ZIP",
];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut explained: Option<FxHashSet<String>> = None;
    let mut bracketed: Option<FxHashSet<&str>> = None;
    let mut block = 0;
    for (i, word) in page.of_kind(TokenKind::Acronym).filter(|(_, w)| !w.explained) {
        while page.blocks.get(block).is_some_and(|b| b.words.end as usize <= i) {
            block += 1;
        }
        let i = i as u32;
        // Field lines hold names and legal sources, not prose.
        if page.blocks.get(block).is_none_or(|b| b.kind == BlockKind::Field && !b.prose) {
            continue;
        }
        let text = singular(page.word_text(word));
        if KNOWN.binary_search(&text).is_ok()
            || text.chars().filter(|c| c.is_alphabetic()).count() > 6
            || !seen.insert(text)
        {
            continue;
        }
        if is_reference(page, i) {
            seen.remove(text);
            continue;
        }
        if page.lexicon.knows_acronym(text) || is_shouting(page, i) {
            continue;
        }
        let explained = explained.get_or_insert_with(|| explained_here(page));
        // Sources are written as code, which is no text; they spell their own names out.
        if explained.contains(text)
            || bracketed.get_or_insert_with(|| in_brackets(page.input.text)).contains(text)
        {
            continue;
        }
        let message = format!("\"{text}\" is neither spelt out on this page nor in the glossary");
        let help =
            format!("Write it out the first time, with ({text}) behind it, or add it to the glossary.");
        out.push(out.at(page.span(word.start..word.end), message).help(help));
    }
}

/// What stands in brackets and is as short as an acronym.
fn in_brackets(text: &str) -> FxHashSet<&str> {
    let inside = |open: usize| {
        let rest = &text.as_bytes()[open + 1..];
        let end = rest.iter().take(MAX_ACRONYM_BYTES + 1).position(|b| *b == b')')?;
        text.get(open + 1..open + 1 + end)
    };
    memchr::memchr_iter(b'(', text.as_bytes()).filter_map(inside).collect()
}

/// Maximum length of an acronym, in bytes.
const MAX_ACRONYM_BYTES: usize = 64;

fn singular(text: &str) -> &str {
    let text = text.split(['\'', '\u{2019}']).next().unwrap_or(text);
    text.strip_suffix('s').filter(|t| t.len() > 1).unwrap_or(text)
}

/// Whether the words around it are in capitals too: a line written large, not an acronym.
fn is_shouting(page: &Page<'_>, at: u32) -> bool {
    let large =
        |i: u32| page.words.get(i as usize).is_some_and(|w| w.kind == TokenKind::Acronym && !w.explained);
    // One blank between two words, and nothing else: "ESY, FBA, BIP" is a list of acronyms.
    let joined = |i: u32| match (page.words.get(i as usize), page.words.get(i as usize + 1)) {
        (Some(a), Some(b)) => b.start == a.end + 1,
        _ => false,
    };
    // Two are enough.
    let before = (0..at).rev().take(2).take_while(|i| large(*i) && joined(*i)).count();
    let after = (at + 1..page.words.len() as u32).take(2).take_while(|i| large(*i) && joined(*i - 1)).count();
    before + after >= 2
}

/// Whether it is part of a legal source (`34 CFR 300.320`) or glued to an address (`2018_LSHSS-18-0057`).
fn is_reference(page: &Page<'_>, at: u32) -> bool {
    let number = |i: Option<u32>| {
        i.and_then(|i| page.words.get(i as usize)).is_some_and(|w| w.kind == TokenKind::Number)
    };
    let Some(word) = page.words.get(at as usize) else { return false };
    let before = page.flat.get(..word.start as usize).unwrap_or("");
    let after = page.flat.get(word.end as usize..).unwrap_or("");
    // `FBO.gov` is an address, `ISSUE-123` a number with a name.
    let address =
        after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    let text = page.word_text(word);
    let numbered =
        text.rsplit_once('-').is_some_and(|(_, n)| n.len() > 2 && n.bytes().all(|b| b.is_ascii_digit()));
    let glued = before.ends_with(['_', '.', ':', '=']) || before.ends_with('/') && glued_path(before);
    address || numbered || glued || number(at.checked_sub(1)) && number(at.checked_add(1))
}

/// Whether a slash before a word belongs to an address, not to a pair such as `CI/CD`.
fn glued_path(before: &str) -> bool {
    let last = before.rsplit(char::is_whitespace).next().unwrap_or("");
    last.contains('.') || last.contains("//") || last.starts_with('/')
}

/// Acronyms that the page explains in any way.
fn explained_here(page: &Page<'_>) -> FxHashSet<String> {
    const MEANS: &[&str] = &["stands", "means", "significa", "representa"];
    let mut found = FxHashSet::default();
    for (i, word) in page.of_kind(TokenKind::Acronym) {
        let text = singular(page.word_text(word));
        let before = page.flat.get(..word.start as usize).unwrap_or("");
        let after = page.flat.get(word.end as usize..).unwrap_or("");
        let bracketed = before.ends_with('(') && i > 0;
        let opens = after
            .strip_prefix(" (")
            .is_some_and(|rest| rest.split(')').next().is_some_and(|p| p.trim().contains(' ')));
        let said = page.words.get(i + 1).is_some_and(|w| MEANS.contains(&page.word_text(w)));
        let soon: String = after.chars().take(60).collect();
        let said = said || ["short for", "stands for", "siglas"].iter().any(|w| soon.contains(w));
        if bracketed || opens || said || expansion(page, i).is_some() {
            found.insert(text.to_owned());
        }
    }
    found
}

/// Acronyms with the words before them that they are made of, and the place of both.
pub fn spelt_out(page: &Page<'_>) -> Vec<(String, String, Span)> {
    let mut found = Vec::new();
    for (i, word) in page.of_kind(TokenKind::Acronym) {
        if let Some(first) = expansion(page, i) {
            let start = page.words[first].start;
            let end = page.words[i - 1].end;
            let last = page.flat_text(&(start..end)).split_whitespace().collect::<Vec<_>>().join(" ");
            let words = last.strip_suffix(" or").or_else(|| last.strip_suffix(" called")).unwrap_or(&last);
            let words = words.trim_end_matches(',').to_lowercase();
            found.push((singular(page.word_text(word)).to_owned(), words, page.span(start..word.end)));
        }
    }
    found
}

/// The first word of the run before word `i` whose first letters make it: "least restrictive environment (LRE)".
fn expansion(page: &Page<'_>, i: usize) -> Option<usize> {
    const SMALL: &[&str] = &[
        "of", "the", "and", "in", "for", "with", "to", "a", "de", "la", "el", "del", "y", "en", "para",
        "los", "las", "e",
    ];
    let text = singular(page.word_text(&page.words[i]));
    let mut letters: Vec<char> =
        text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    if letters.len() < 2 {
        return None;
    }
    let mut at = i;
    let previous = page.words.get(i.checked_sub(1)?)?;
    let gap = page.flat_text(&(previous.end..page.words[i].start));
    if matches!(page.word_text(previous), "or" | "called" | "o" | "llamado" | "llamada") {
        at -= 1;
    } else if gap.trim() != "(" {
        return None;
    }
    let end_of_run = at;
    while let Some(last) = letters.pop() {
        loop {
            at = at.checked_sub(1)?;
            if end_of_run - at > 12 {
                return None;
            }
            let word = page.word_text(page.words.get(at)?).to_lowercase();
            // The parts of a hyphened word may each give a letter; the last one is tried here.
            let mut initials: Vec<char> = word.split('-').filter_map(|p| p.chars().next()).collect();
            let own = initials.pop()?;
            if own == last {
                while initials.last().is_some_and(|c| letters.last() == Some(c)) {
                    letters.pop();
                    initials.pop();
                }
                break;
            }
            if initials.first() == Some(&last) {
                break;
            }
            if !SMALL.contains(&word.as_str()) {
                return None;
            }
        }
    }
    Some(at)
}
