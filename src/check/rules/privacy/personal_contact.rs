//! `personal-contact`: an e-mail address or telephone number in the text.

use crate::check::language::TokenKind;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use std::ops::Range;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::PERSONAL_CONTACT,
    group: Group::Privacy,
    title: "An e-mail address or telephone number in the text",
    explanation: "People change, and a page with last year's number helps nobody; addresses in the open also collect spam. Put \
        whom to ask under `contact` in `site.yaml`, and write `:::who-to-ask` in the page, or `{contact.phone}` in a sentence. \
        Free national numbers (800, 988) are left alone.",
    bad: "Call Ms. Lee at 555-201-0134.\n",
    good: ":::who-to-ask\n:::\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

const HELP: &str = "Put it under `contact` in site.yaml, and write `:::who-to-ask` here.";

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let bytes = page.flat.as_bytes();
    for at in memchr::memchr_iter(b'@', bytes) {
        if let Some(range) = mailbox(bytes, at) {
            let text = page.flat_text(&range).to_owned();
            let host = text.rsplit('@').next().unwrap_or("");
            if is_setting(page, &range) {
                continue;
            }
            // Names that the internet keeps for examples.
            if text.starts_with("example@")
                || ["example.com", "example.org", "example.net"].iter().any(|e| host.ends_with(e))
            {
                continue;
            }
            out.push(
                out.at(page.span(range), format!("the e-mail address `{text}` stands in the text"))
                    .help(HELP),
            );
        }
    }
    for (_, word) in page.of_kind(TokenKind::Number) {
        let start = word.start as usize;
        let preceded =
            page.flat[..start].ends_with(['(', '+', '-', '.']) && !page.flat[..start].ends_with('(');
        if preceded {
            continue;
        }
        if let Some(end) = telephone(bytes, start) {
            let range = word.start..end as u32;
            if is_setting(page, &range) {
                continue;
            }
            let text = page.flat_text(&range).to_owned();
            out.push(
                out.at(page.span(range), format!("the telephone number `{text}` stands in the text"))
                    .help(HELP),
            );
        }
    }
}

/// Whether it is a word of the settings, such as `{contact.phone}`, which is changed in one place. Its place in the file is
/// that of the name in braces, or the end of it where the value is longer.
fn is_setting(page: &Page<'_>, flat: &Range<u32>) -> bool {
    let (span, source) = (page.span(flat.clone()), page.input.text);
    if source.get(span.range()) == Some(page.flat_text(flat)) {
        return false;
    }
    let (before, from) = source.split_at_checked(span.start as usize).unwrap_or((source, ""));
    let before = before.trim_end_matches(['\n', '\r']);
    let before = before.strip_suffix('}').unwrap_or(before);
    let opened = before.rfind('{').is_some_and(|open| !before[open..].contains(['}', '\n']));
    opened || from.starts_with('{')
}

/// The e-mail address around the `@` at `at`.
fn mailbox(bytes: &[u8], at: usize) -> Option<Range<u32>> {
    let inside = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'%');
    let before = bytes[..at].iter().rev().take_while(|b| inside(b)).count();
    let mut end = at + 1 + bytes[at + 1..].iter().take_while(|b| inside(b)).count();
    while end > at + 1 && matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    let host = bytes.get(at + 1..end)?;
    let dotted = host.iter().position(|b| *b == b'.').is_some_and(|dot| dot > 0 && host.len() - dot > 2);
    (before > 0 && dotted).then(|| (at - before) as u32..end as u32)
}

/// Where a ten-digit number that starts at `start` ends: 555-201-0134, 555.201.0134, 555) 201-0134, 1-555-….
fn telephone(bytes: &[u8], start: usize) -> Option<usize> {
    let mut groups: Vec<&[u8]> = Vec::with_capacity(4);
    let mut at = start;
    while groups.len() < 4 {
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            break;
        }
        groups.push(&bytes[at..at + digits]);
        at += digits;
        let gap = bytes[at..].iter().take_while(|b| matches!(b, b'-' | b'.' | b' ' | b')')).count();
        let more = bytes.get(at + gap).is_some_and(u8::is_ascii_digit);
        if !(1..=2).contains(&gap) || !more {
            break;
        }
        // The gap belongs to the number only when digits follow it.
        at += gap;
    }
    let lengths: Vec<usize> = groups.iter().map(|g| g.len()).collect();
    let area = match lengths.as_slice() {
        [3, 3, 4] => groups.first(),
        [1, 3, 3, 4] => groups.get(1),
        _ => None,
    }?;
    let free = matches!(*area, b"800" | b"833" | b"844" | b"855" | b"866" | b"877" | b"888");
    (!free).then_some(at)
}
