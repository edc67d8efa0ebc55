//! `student-data`: a birth date or a number that names a student.

use crate::check::language::TokenKind;
use crate::check::lexicon::List;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::STUDENT_DATA,
    group: Group::Privacy,
    severity: Severity::Error,
    title: "Text that looks like data on a student",
    explanation: "A birth date or student number on a public page breaks the law (FERPA) and cannot be called back. Use an \
        invented child without dates, and never paste from a report.",
    bad: "Sam Rivera, DOB 03/04/2015, gets OT twice a week.\n",
    good: "Sam, a second grader, gets OT twice a week.\n",
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
        for word in next.filter(|w| w.kind == TokenKind::Number || page.word_text(w).contains(|c: char| c.is_ascii_digit())) {
            digits += page.word_text(word).bytes().filter(u8::is_ascii_digit).count();
            end = Some(word.end);
        }
        let Some(end) = end.filter(|_| digits >= 4) else { continue };
        let start = page.words[hit.first as usize].start;
        let help = "Remove it now, and tell whoever keeps student records if the page was public.";
        let message = format!("\"{}\" with a date or number looks like data on a student", page.hit_text(hit));
        out.push(out.at(page.span(start..end), message).help(help));
    }
}
