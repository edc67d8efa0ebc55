//! `typed-numbers`: numbers in place of a numbered list.

use crate::check::page::BlockKind;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TYPED_NUMBERS,
    group: Group::Accessibility,
    wcag: Some("1.3.1 Info and Relationships (A)"),
    title: "A numbered list typed by hand",
    explanation: "`(1)`, `a)` and `①` are only text: a screen reader cannot say how many steps there are, and the lines run \
        together. Begin each item with `1. `, `2. ` and so on. A list that does not begin with 1 needs an empty line above it.",
    bad: "(1) Fold the paper.\n(2) Cut along the fold.\n",
    good: "1. Fold the paper.\n2. Cut along the fold.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    // The last mark seen, its style and place: two that follow one another make a list.
    let mut last: Option<(Style, u32, Span, bool)> = None;
    for block in page.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph && b.top) {
        let mut at = block.flat.start;
        for line in page.block_text(block).split_inclusive('\n') {
            let body = line.trim_start();
            let start = at + (line.len() - body.len()) as u32;
            at += line.len() as u32;
            let Some((style, number, length)) = mark(body) else { continue };
            let span = page.span(start..start + length as u32);
            let mut reported = false;
            if let Some((s, n, first, done)) = last
                && s == style
                && n + 1 == number
            {
                reported = true;
                if !done && style == Style::Plain {
                    let finding = out.at(
                        first,
                        "these lines run on in the paragraph: a list that does not begin with 1 is none here",
                    );
                    out.push(finding.help("Leave an empty line above the first number."));
                } else if !done {
                    let finding = out.at(first, "these lines are numbered by hand");
                    out.push(finding.help(
                        "Begin each item with `1. `, `2. ` and so on: a number, a full stop, a space.",
                    ));
                }
            }
            last = Some((style, number, span, reported));
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Style {
    Bracketed,
    BracketedLetter,
    Letter,
    Dashed,
    Circled,
    Roman,
    Wide,
    /// As a list is written, where it cannot begin.
    Plain,
}

/// The mark at the beginning of a line: its style, its number, its length in bytes.
fn mark(line: &str) -> Option<(Style, u32, usize)> {
    let first = line.chars().next()?;
    if let n @ 0x2460..=0x2473 = first as u32 {
        return Some((Style::Circled, n - 0x245F, first.len_utf8()));
    }
    if let n @ 0xFF11..=0xFF19 = first as u32 {
        let sign =
            line[first.len_utf8()..].chars().next().filter(|c| matches!(c, '．' | '.' | '、' | '）'))?;
        return Some((Style::Wide, n - 0xFF10, first.len_utf8() + sign.len_utf8()));
    }
    let bracket = usize::from(first == '(');
    let rest = &line[bracket..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let number: u32 = rest[..digits].parse().ok()?;
        let after = &rest[digits..];
        if bracket == 1 && after.starts_with(") ") {
            return Some((Style::Bracketed, number, bracket + digits + 1));
        }
        if bracket == 0 && (after.starts_with(".- ") || after.starts_with(".) ")) {
            return Some((Style::Dashed, number, digits + 2));
        }
        // "5 - 6 years" is a range.
        let range = after.trim_start_matches([' ', '-']).starts_with(|c: char| c.is_ascii_digit());
        if bracket == 0 && !range && (after.starts_with("- ") || after.starts_with(": ")) {
            return Some((Style::Dashed, number, digits + 1));
        }
        if bracket == 0
            && !range
            && (after.starts_with(" . ") || after.starts_with(" - ") || after.starts_with(" ) "))
        {
            return Some((Style::Dashed, number, digits + 2));
        }
        if bracket == 0 && (after.starts_with(". ") || after.starts_with(") ")) {
            return Some((Style::Plain, number, digits + 1));
        }
        return None;
    }
    const ROMAN: [&str; 6] = ["i", "ii", "iii", "iv", "v", "vi"];
    let roman = rest.find(['.', ')']).and_then(|end| ROMAN.iter().position(|sign| *sign == &rest[..end]));
    if let Some(number) = roman {
        let length = bracket + ROMAN[number].len() + 1;
        return line[length..].starts_with(' ').then_some((Style::Roman, number as u32 + 1, length));
    }
    let letter = rest.chars().next().filter(|c| ('a'..='h').contains(c))?;
    let style = match (bracket, rest.get(1..3)?) {
        (1, ") ") => Style::BracketedLetter,
        (0, ") " | ". ") => Style::Letter,
        _ => return None,
    };
    Some((style, letter as u32 - 'a' as u32 + 1, bracket + 2))
}
