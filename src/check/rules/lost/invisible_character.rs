//! `invisible-character`: characters that look like a space, or like nothing, where a mark needs a plain one.

use super::lines::{self, What};
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::{Span, plain, unseen as name};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::INVISIBLE_CHARACTER,
    group: Group::Lost,
    title: "A character that nobody can see, where a mark needs a space",
    explanation: "Text from Word, a website or a phone holds spaces that are none: a no-break space behind `##` or `-` makes the \
        heading or the item plain text, and nothing on the screen shows why. The message names the character; `check --fix` \
        puts a plain space there, or takes it away.",
    bad: "##\u{a0}Late bus\n\n-\u{a0}Bring the form.\n",
    good: "## Late bus\n\n- Bring the form.\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let body = page.input.text.get(page.body as usize..).unwrap_or("");
    let entity = memchr::memmem::find(body.as_bytes(), ENTITY.as_bytes()).is_some();
    if !entity && !any(body) {
        return;
    }
    let lines = lines::of(page);
    let code = lines::code_spans(page);
    for line in &lines {
        if line.is_code() || line.what == What::Html || !has_one(line.text) {
            continue;
        }
        let found = before_mark(line.text).or_else(|| behind_mark(line.text));
        if let Some((from, to, mark, side)) = found {
            let stretch = line.text.get(from..to).unwrap_or("");
            let what = first_name(stretch);
            let span = Span::new(line.start + from, line.start + to);
            let message = format!("{what} stands {side} `{mark}`, so it is shown as text");
            let help = match side {
                "behind" => format!("Put a plain space behind `{mark}`."),
                _ => "Take it away; indent with plain spaces.".to_owned(),
            };
            let finding = out.at(span, message).help(help);
            // An entity is a word of the file: it stays, behind a space of its own, or is left to a person.
            out.push(match (side, stretch.contains(ENTITY)) {
                ("behind", true) => finding.fix(Span::at(span.start as usize), " "),
                ("behind", false) => finding.fix(span, " "),
                (_, true) => finding,
                (_, false) => finding.fix(span, plain(stretch)),
            });
            continue;
        }
        if let Some((at, c)) = in_fence(line.text) {
            let span = Span::new(line.start + at, line.start + at + c.len_utf8());
            let message = format!(
                "{} stands in the line of this box, which nobody can see",
                name(c).unwrap_or_default()
            );
            out.push(
                out.at_level(Severity::Error, span, message)
                    .help("Take it away: `check --fix` does it.")
                    .fix(span, ""),
            );
            continue;
        }
        // A byte order mark inside a file was its beginning once; a line separator is no line end here.
        for (at, c) in line.text.match_indices(['\u{feff}', '\u{2028}', '\u{2029}']) {
            let at = line.start + at;
            if at > 0 && !lines::within(&code, at) {
                let span = Span::new(at, at + c.len());
                let what = c.chars().next().and_then(name).unwrap_or_default();
                let finding = out.at(span, format!("{what} stands inside the text"));
                out.push(finding.help("Take it away: `check --fix` does it.").fix(span, plain(c)));
            }
        }
    }
}

/// A character without a width in the name of a box: `:::safety` with one behind it is another name.
fn in_fence(line: &str) -> Option<(usize, char)> {
    let name_end = line.strip_prefix(":::")?.find(' ').map_or(line.len(), |n| n + 3);
    line[..name_end].char_indices().find(|(_, c)| name(*c).is_some() && !c.is_whitespace())
}

/// Whether the text holds such a character at all; only the bytes that they begin with are looked at.
fn any(text: &str) -> bool {
    let bytes = text.as_bytes();
    let starts = memchr::memchr3_iter(0xC2, 0xE2, 0xEF, bytes).chain(memchr::memchr_iter(0xE3, bytes));
    starts.filter_map(|at| text.get(at..)?.chars().next()).any(|c| name(c).is_some())
}

const ENTITY: &str = "&nbsp;";

fn has_one(text: &str) -> bool {
    !text.is_ascii() && text.contains(|c| name(c).is_some()) || text.contains(ENTITY)
}

/// The length of a character of this sort at the beginning of `text`, or of its entity.
fn one(text: &str) -> Option<usize> {
    if text.starts_with(ENTITY) {
        return Some(ENTITY.len());
    }
    text.chars().next().filter(|c| name(*c).is_some()).map(char::len_utf8)
}

fn first_name(stretch: &str) -> &'static str {
    stretch.chars().find_map(name).unwrap_or("a no-break space (`&nbsp;`)")
}

type Place<'a> = (usize, usize, &'a str, &'static str);

/// Such characters before the mark that begins a line: the stretch of blanks that holds them, and the mark.
fn before_mark(line: &str) -> Option<Place<'_>> {
    let start = line.len() - line.trim_start_matches('>').len();
    let mut at = start;
    let mut any = false;
    while let Some(rest) = line.get(at..) {
        if let Some(length) = one(rest) {
            any = true;
            at += length;
        } else if rest.starts_with([' ', '\t']) {
            at += 1;
        } else {
            break;
        }
    }
    let mark = mark(line.get(at..)?).filter(|_| any)?;
    Some((start, at, mark, "before"))
}

/// Such characters right behind the mark that begins a line.
fn behind_mark(line: &str) -> Option<Place<'_>> {
    let mut from = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    // `- ##·x`, `> -·x`, `- [ ]·x`: marks may follow each other.
    loop {
        let rest = line.get(from..)?;
        let mark = mark(rest)?;
        let end = from + mark.len();
        let mut to = end;
        while let Some(length) = line.get(to..).and_then(one) {
            to += length;
        }
        // A quote, a cell and a fence need no space behind them.
        if to > end && !mark.starts_with(['>', '|', '`', '~', ':']) {
            if is_rule(mark) && mark.len() > 2 && to == line.len() {
                return Some((end, to, mark, "behind"));
            }
            let blanks = line[to..].len() - line[to..].trim_start_matches([' ', '\t']).len();
            return (to < line.len()).then_some((end, to + blanks, mark, "behind"));
        }
        let rest = line.get(end..)?;
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '>']).len();
        if blanks == 0 {
            return None;
        }
        from = end + blanks;
    }
}

/// The mark at the beginning of a text: with a blank of any sort behind it, where it needs one.
fn mark(text: &str) -> Option<&str> {
    let run = |b: u8| text.bytes().take_while(|c| *c == b).count();
    let length = match *text.as_bytes().first()? {
        b'#' => run(b'#'),
        b'-' | b'*' | b'_' if is_rule(text) => return Some(text.trim_end()),
        b'-' | b'*' | b'+' => 1,
        b'0'..=b'9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            matches!(text.as_bytes().get(digits)?, b'.' | b')').then_some(digits + 1)?
        }
        b'[' => ["[ ]", "[x]", "[X]"].iter().find(|b| text.starts_with(**b))?.len(),
        b'>' | b'|' => return text.get(..1),
        b'`' if run(b'`') >= 3 => return text.get(..run(b'`')),
        b'~' if run(b'~') >= 3 => return text.get(..run(b'~')),
        b':' if run(b':') >= 3 => return text.get(..run(b':')),
        _ => return None,
    };
    let rest = text.get(length..)?;
    let blank = rest.is_empty() || rest.starts_with([' ', '\t']) || one(rest).is_some();
    (blank && length <= 12).then(|| text.get(..length)).flatten()
}

/// `---`, `***`.
fn is_rule(text: &str) -> bool {
    let text = text.trim_end();
    text.len() >= 3 && ["-", "*", "_"].iter().any(|c| text.replace(c, "").is_empty())
}
