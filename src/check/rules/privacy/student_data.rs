//! `student-data`: a birth date or a number that names a student.

use crate::check::language::TokenKind;
use crate::check::lexicon::List;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::STUDENT_DATA,
    group: Group::Privacy,
    severity: Severity::Error,
    title: "Text that looks like data on a student",
    explanation: "A birth date or student number on a public page breaks the law (FERPA) and cannot be called back. Use an \
        invented child without dates, and never paste from a report.",
    bad: "Sam Rivera, DOB 03/04/2015, gets reading help twice a week.\n",
    good: "Sam, a second grader, gets reading help twice a week.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for hit in page.hits_of(List::StudentKey) {
        let Some(block) = page.blocks.get(hit.block as usize) else { continue };
        let from = hit.first + hit.count;
        let next = page.words[from as usize..block.words.end.min(from + 4) as usize].iter();
        // A date or a number: at least four digits among the next words.
        let mut digits = 0;
        let mut end = None;
        for word in next.filter(|w| {
            w.kind == TokenKind::Number || page.word_text(w).contains(|c: char| c.is_ascii_digit())
        }) {
            digits += page.word_text(word).bytes().filter(u8::is_ascii_digit).count();
            end = Some(word.end);
        }
        let Some(end) = end.filter(|_| digits >= 4) else { continue };
        let start = page.words[hit.first as usize].start;
        let message =
            format!("\"{}\" with a date or number looks like data on a student", page.hit_text(hit));
        out.push(out.at(page.span(start..end), message).help(HELP));
    }
    // "born 03/04/2015", "nacida 4 de marzo de 2015": a whole day right behind the word.
    for middle in MIDDLES.iter() {
        let found = middle.find_iter(page.flat.as_bytes()).filter_map(|at| at.checked_sub(1));
        for at in found.filter(|at| begins_so(page.flat.as_bytes().get(*at..).unwrap_or(&[]))) {
            let i = page.words.partition_point(|word| (word.start as usize) < at);
            let Some(word) = page.words.get(i).filter(|word| word.start as usize == at) else { continue };
            if let Some(end) = day_behind(page, i) {
                let message =
                    format!("\"{}\" with a date looks like data on a student", page.word_text(word));
                out.push(out.at(page.span(word.start..end), message).help(HELP));
            }
        }
    }
}

const HELP: &str = "Remove it now, and tell whoever keeps student records if the page was public.";

/// How words begin that a day of birth stands behind.
const BORN: &[&str] = &["born", "Born", "nacid", "Nacid", "nació", "Nació"];

/// What stands in all of them behind the first letter, made ready to be looked for once: that costs as much as to look through
/// a page.
static MIDDLES: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| [Finder::new("orn"), Finder::new("aci")]);

fn begins_so(text: &[u8]) -> bool {
    BORN.iter().any(|born| text.starts_with(born.as_bytes()))
}

/// Where the day ends that is written right behind the word at `i`; a year alone is no day.
fn day_behind(page: &Page<'_>, i: usize) -> Option<u32> {
    let word = page.words.get(i)?;
    // Five words are looked at: a page may be one line.
    let limit = page.words.get(i + 6).map_or(page.flat.len(), |word| word.start as usize);
    let rest = page.flat.get(word.end as usize..limit)?;
    let line = rest.split(['\n', ';', '(']).next().unwrap_or("");
    let line = line.split(". ").next().unwrap_or("");
    let mut numbers = 0;
    let mut digits = 0;
    let mut end = None;
    for part in
        page.words.get(i + 1..)?.iter().take(5).take_while(|w| ((w.start - word.end) as usize) < line.len())
    {
        let text = page.word_text(part);
        let count = text.bytes().filter(u8::is_ascii_digit).count();
        let lower = text.to_lowercase();
        if count > 0 {
            // 03/04/2015 may be one word or three.
            numbers += text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count();
            digits += count;
            end = Some(part.end);
        } else if !(lower == "de" || lower == "del" || lower == "el" || is_month(&lower)) {
            break;
        } else if is_month(&lower) {
            numbers += 1;
        }
    }
    end.filter(|_| numbers >= 3 && (4..=8).contains(&digits))
}

fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "ene", "abr",
        "ago", "dic",
    ];
    word.len() >= 3 && word.get(..3).is_some_and(|start| MONTHS.contains(&start))
}
