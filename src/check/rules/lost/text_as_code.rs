//! `text-as-code`: a paragraph that four spaces have made code.

use super::lines::{self, Line, What};
use super::typed;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TEXT_AS_CODE,
    group: Group::Lost,
    title: "A paragraph that is shown as code",
    explanation: "Four spaces or a tab at the beginning of a line make it code: one long line in a machine's letters, without links \
        and glossary words. Take the spaces away. In a list, begin the paragraph below the text of its item. Code that is meant \
        stands between two lines of three backticks.",
    bad: "Please note:\n\n    The late bus leaves at four, and it waits for no one.\n",
    good: "Please note:\n\nThe late bus leaves at four, and it waits for no one.\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let body = page.input.text.get(page.body as usize..).unwrap_or("").as_bytes();
    let holds = |mark: &[u8]| memchr::memmem::find(body, mark).is_some();
    if !(holds(b"    ") || holds(b"\t")) {
        return;
    }
    let lines = lines::of(page);
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let What::Indented(piece) = line.what else {
            at += 1;
            continue;
        };
        // One piece may hold empty lines.
        let mut end = at + 1;
        while lines.get(end).is_some_and(|l| matches!(l.what, What::Blank) || l.what == What::Indented(piece))
        {
            end += 1;
        }
        while end > at + 1 && lines.get(end - 1).is_some_and(|l| l.what == What::Blank) {
            end -= 1;
        }
        let before = lines[..at].iter().rev().find(|l| l.what != What::Blank);
        if let Some(code) = lines.get(at..end) {
            piece_of_code(page, code, before, out);
        }
        at = end;
    }
}

fn piece_of_code(page: &Page<'_>, code: &[Line<'_>], before: Option<&Line<'_>>, out: &mut Findings<'_>) {
    let (Some(first), Some(last)) = (code.first(), code.last()) else { return };
    let words: Vec<&str> = code.iter().map(|l| l.text.trim()).filter(|l| !l.is_empty()).collect();
    let table =
        words.iter().filter(|l| l.contains('\t') || super::table_cells::cells(l).len() > 2).count() > 1;
    if !table && (!words.iter().any(|l| is_prose(l)) || words.iter().any(|l| is_code(l))) {
        return;
    }
    let lead = first.text.len() - first.text.trim_start_matches([' ', '\t']).len();
    let place = Span::new(first.start + lead, first.end());
    let shown = typed::short(first.text);
    let finding = out
        .at(place, format!("\"{shown}\" is shown as code, since its line begins with four spaces or a tab"));
    if table {
        out.push(finding.help("Write a table at the margin: `| a | b |`, under it `|---|---|`, and each further row as `| c | d |`."));
        return;
    }
    let in_list = before
        .is_some_and(|l| lines::list_mark(l.text.trim_start()).is_some() || l.text.starts_with([' ', '\t']));
    if in_list {
        out.push(finding.help(
            "If it belongs to the item above, begin it below the item's text; else begin it at the margin, below an empty line.",
        ));
        return;
    }
    let mut mended = String::new();
    let mut done = first.start;
    for line in code {
        let lead = line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
        mended.push_str(page.input.text.get(done..line.start).unwrap_or(""));
        done = line.start + lead;
    }
    mended.push_str(page.input.text.get(done..last.end()).unwrap_or(""));
    let finding = finding.help(
        "Begin the line at the margin; if it is meant as code, put it between two lines of three backticks.",
    );
    out.push(finding.fix(Span::new(first.start, last.end()), mended));
}

/// Whether the line reads like a sentence, not like a command.
fn is_prose(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let plain = |w: &&&str| {
        let inner = w.trim_matches(|c: char| !c.is_alphanumeric());
        !inner.is_empty() && inner.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '-'))
    };
    let good = words.iter().filter(plain).count();
    let sentence = line.ends_with(['.', '!', '?', ':', '\u{201d}', '。', '؟']);
    let large =
        line.starts_with(|c: char| c.is_uppercase() || matches!(c, '\u{bf}' | '\u{a1}' | '"' | '\u{201c}'));
    if is_heading(line) {
        return true;
    }
    // Scripts without spaces have few words in a line.
    let wide = line.chars().filter(|c| *c >= '\u{2e80}').count() > 6;
    wide || good >= 3 && good * 4 >= words.len() * 3 && (large || sentence || good >= 6)
}

/// Whether the line can hardly be anything but code.
fn is_code(line: &str) -> bool {
    let marks = ['{', '}', '<', '>', '=', '$', '\\', '|', '_', '`'];
    line.starts_with(['$', '#', '/', '@', '<', '%']) && !is_heading(line)
        || line.ends_with([';', '{', '}', '\\'])
        || line.chars().filter(|c| marks.contains(c)).count() > 2
        || line.contains("()")
        || line.contains(" --")
}

/// `## Late bus`; with one `#` it may be a remark in a program.
fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (2..=6).contains(&(line.len() - words.len()))
        && words.starts_with(' ')
        && words.trim_start().starts_with(char::is_uppercase)
}
