//! `merge-mark`: the marks of two versions that were never put together.

use super::lines;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::{Span, is_merge_mark as is_mark};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::MERGE_MARK,
    group: Group::Lost,
    severity: Severity::Error,
    title: "Two versions of a text that were not put together",
    explanation: "When two people change the same lines, version control writes both into the file, between `<<<<<<<` and \
        `>>>>>>>`. Left so, families read both, and the marks. Keep the lines that are right, and delete the others and the \
        three lines of marks.",
    bad: "<<<<<<< HEAD\nThe bus leaves at four.\n=======\nThe bus leaves at five.\n>>>>>>> office\n",
    good: "The bus leaves at five.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let body = page.input.text.get(page.body as usize..).unwrap_or("").as_bytes();
    let holds = |mark: &[u8; 7]| memchr::memchr_iter(mark[0], body).any(|at| body[at..].starts_with(mark));
    if !holds(b"<<<<<<<") && !holds(b">>>>>>>") {
        return;
    }
    let all = lines::of(page);
    let mut at = 0;
    while let Some(line) = all.get(at) {
        at += 1;
        let begins = is_mark(line.text, '<');
        if line.is_code() || !(begins || is_mark(line.text, '>')) {
            continue;
        }
        let mut span = Span::new(line.start, line.end());
        if begins && let Some(n) = all[at..].iter().position(|l| is_mark(l.text, '>') || is_mark(l.text, '<'))
        {
            let end = &all[at + n];
            if is_mark(end.text, '>') {
                span = Span::new(line.start, end.end());
                at += n + 1;
            }
        }
        let finding =
            out.at(span, "two versions of these lines stand here, with the marks of version control");
        out.push(finding.help(
            "Keep the right lines; delete the others, and the lines with `<<<<<<<`, `=======` and `>>>>>>>`.",
        ));
    }
}
