//! `list-falls-apart`: what belongs into a numbered item, but is not indented enough for it.

use super::lines::{self, Line, What};
use super::typed;
use crate::check::page::{BlockKind, Page};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LIST_FALLS_APART,
    group: Group::Lost,
    title: "A list that falls apart, since what is in it is not indented enough",
    explanation: "What belongs to an item begins below the item's text: three spaces behind `1. `, four behind `10. `, two behind \
        `- `. With two spaces under a number the list ends there, and the next number begins a new one. `check --fix` indents \
        the lines. Of the numbers of a list only the first counts; what skips one is a note. \
        Lines such as `Monday: 9 to 3` that follow each other without a mark run into one paragraph.",
    bad: "1. Fold the paper.\n  - Lay it flat first.\n2. Cut along the fold.\n",
    good: "1. Fold the paper.\n   - Lay it flat first.\n2. Cut along the fold.\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

/// A numbered item: where its mark and its text begin.
#[derive(Clone, Copy)]
struct Item {
    indent: usize,
    content: usize,
}

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    lettered(page, out);
    labelled(page, out);
    let body = page.input.text.get(page.body as usize..).unwrap_or("");
    if !is_numbered(body.as_bytes()) {
        return;
    }
    let lines = lines::of(page);
    renumbered(&lines, out);
    // Only a line that begins with a space, behind one that begins with a number, can be meant.
    let holds = |mark: &[u8]| memchr::memmem::find(body.as_bytes(), mark).is_some();
    if !(holds(b"\n ") || holds(b"\r ") || holds(b">  ")) {
        return;
    }
    let mut item: Option<(Item, &str)> = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if !matches!(line.what, What::Text(_) | What::Blank) {
            if line.what == What::Other && !line.text.starts_with(' ') {
                item = None;
            }
            continue;
        }
        let (quote, text) = quoted(line.text);
        if text.trim().is_empty() {
            continue;
        }
        let indent = text.len() - text.trim_start_matches(' ').len();
        let inner = &text[indent..];
        if inner.starts_with('\t') {
            continue;
        }
        let mark = lines::list_mark(inner);
        let number = mark.filter(|_| inner.starts_with(|c: char| c.is_ascii_digit()));
        if let Some((above, prefix)) = item
            && prefix == quote
            && indent > above.indent
            && indent < above.content
            && (mark.is_some() || is_own_paragraph(&lines, at - 1) && goes_on(&lines, at, above))
        {
            let end = region(&lines, at - 1, above, quote);
            report(page, &lines[at - 1..end], quote, above.content - indent, mark.is_some(), out);
            at = end;
            continue;
        }
        if let Some(length) = number {
            let blanks = inner[length..].len() - inner[length..].trim_start_matches(' ').len();
            let content = indent + length + if (1..=4).contains(&blanks) { blanks } else { 1 };
            item = Some((Item { indent, content }, quote));
        } else if let Some((above, prefix)) = item
            && (prefix != quote
                || indent <= above.indent && (mark.is_some() || is_own_paragraph(&lines, at - 1)))
        {
            item = None;
        }
    }
}

/// `1.`, `3.`, `7.`: only the first number of a list counts, and the others follow it.
fn renumbered(lines: &[Line<'_>], out: &mut Findings<'_>) {
    // Of the list at hand: indentation, marks of quotes before it, the sign behind the number, the number shown.
    let mut open: Option<(usize, &str, u8, u32)> = None;
    for line in lines.iter().filter(|line| line.what != What::Blank) {
        let (quote, text) = quoted(line.text);
        let indent = text.len() - text.trim_start_matches(' ').len();
        let inner = &text[indent..];
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        let written = inner[..digits].parse::<u32>().ok();
        let mark = lines::list_mark(inner).filter(|_| digits > 0 && matches!(line.what, What::Text(_)));
        let Some((length, written)) = mark.zip(written) else {
            // What stands deeper belongs to the item.
            if open.is_some_and(|(at, q, ..)| q != quote || indent < at + 2) {
                open = None;
            }
            continue;
        };
        let sign = inner.as_bytes()[digits];
        match open {
            Some((at, q, s, last)) if at == indent && q == quote && s == sign => {
                let shown = last + 1;
                if written > shown {
                    let place = Span::new(
                        line.start + quote.len() + indent,
                        line.start + quote.len() + indent + length,
                    );
                    let sign = char::from(sign);
                    let message = format!(
                        "this item is shown as `{shown}{sign}`: in a list only the first number counts"
                    );
                    let help = format!(
                        "If its number is meant, write `{written}\\{sign}`; else write `{shown}{sign}`."
                    );
                    out.push(out.at_level(Severity::Note, place, message).help(help));
                    // Told once for each list: what follows goes on from there.
                    open = Some((at, q, s, u32::MAX - 1));
                } else {
                    open = Some((at, q, s, shown.min(u32::MAX - 1)));
                }
            }
            // A list in an item.
            Some((at, q, ..)) if q == quote && indent >= at + 2 => {}
            _ => open = Some((indent, quote, sign, written)),
        }
    }
}

/// Whether a number with a point or a bracket behind it begins a line, or stands behind a blank.
fn is_numbered(body: &[u8]) -> bool {
    memchr::memchr2_iter(b'.', b')', body).any(|at| {
        let digits = body[..at].iter().rev().take(9).take_while(|b| b.is_ascii_digit()).count();
        let before = at.checked_sub(digits + 1).and_then(|i| body.get(i));
        digits > 0 && body.get(at + 1) == Some(&b' ') && before.is_none_or(u8::is_ascii_whitespace)
    })
}

/// A line without the marks of quotes before it, and those marks.
fn quoted(line: &str) -> (&str, &str) {
    let mut at = 0;
    while let Some(rest) = line.get(at..).and_then(|l| l.strip_prefix('>')) {
        at += 1 + usize::from(rest.starts_with(' '));
    }
    line.split_at(at)
}

/// Whether an empty line stands before it.
fn is_own_paragraph(lines: &[Line<'_>], at: usize) -> bool {
    at.checked_sub(1).and_then(|i| lines.get(i)).is_some_and(|l| quoted(l.text).1.trim().is_empty())
}

/// Whether the numbered list goes on below, before anything else at its margin.
fn goes_on(lines: &[Line<'_>], from: usize, above: Item) -> bool {
    for line in lines.iter().skip(from).take(40) {
        let (_, text) = quoted(line.text);
        let indent = text.len() - text.trim_start_matches(' ').len();
        if text.trim().is_empty() || indent > above.indent {
            continue;
        }
        let inner = &text[indent..];
        let number: String = inner.chars().take_while(char::is_ascii_digit).collect();
        return lines::list_mark(inner).is_some() && number.parse::<u32>().is_ok_and(|n| n > 1);
    }
    false
}

/// The end of what is indented more than the item's mark: the number of the line behind it.
fn region(lines: &[Line<'_>], from: usize, above: Item, quote: &str) -> usize {
    let mut end = from + 1;
    for (i, line) in lines.iter().enumerate().skip(from + 1) {
        let (prefix, text) = quoted(line.text);
        let indent = text.len() - text.trim_start_matches(' ').len();
        if text.trim().is_empty() {
            continue;
        }
        if prefix != quote || indent <= above.indent {
            break;
        }
        end = i + 1;
    }
    end
}

fn report(
    page: &Page<'_>,
    lines: &[Line<'_>],
    quote: &str,
    missing: usize,
    mark: bool,
    out: &mut Findings<'_>,
) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let text = page.input.text;
    let whole = Span::new(first.start, last.end());
    let mut mended = String::with_capacity(whole.range().len() + lines.len() * 4);
    let mut done = first.start;
    for line in lines {
        let at = line.start + quote.len().min(line.text.len());
        if line.text.trim().is_empty() || !line.text.starts_with(quote) {
            continue;
        }
        mended.push_str(text.get(done..at).unwrap_or(""));
        mended.push_str(&" ".repeat(missing));
        done = at;
    }
    mended.push_str(text.get(done..whole.end as usize).unwrap_or(""));
    let what = if mark {
        "this list ends the numbered list above it"
    } else {
        "this paragraph ends the numbered list above it"
    };
    let more = if missing == 1 { "one space".to_owned() } else { format!("{missing} spaces") };
    let indent = quoted(first.text).1.len() - quoted(first.text).1.trim_start_matches(' ').len();
    let place = Span::new(first.start + quote.len() + indent, first.start + first.text.trim_end().len());
    let finding = out.at(place, format!("{what}: it is not indented enough to stand in the item"));
    out.push(
        finding
            .help(format!("Indent it by {more} more, so that it begins below the item's text."))
            .fix(whole, mended),
    );
}

/// `a. one`, `b. two` on lines that follow each other: letters count no list, so all becomes one paragraph.
fn lettered(page: &Page<'_>, out: &mut Findings<'_>) {
    for block in typed::text_blocks(page).filter(|block| page.block_text(block).contains('\n')) {
        let mut above: Option<(u32, u8)> = None;
        for (start, line) in typed::flat_lines(page, block) {
            let label = letter(line.trim_start());
            if let (Some((first, b'a')), Some(b'b')) = (above, label)
                && let Some(place) = typed::literal(page, first..first + 1)
            {
                let finding = out.at(
                    place,
                    "these lines run into one paragraph: items that are counted by letters are no list here",
                );
                out.push(finding.help("Write `1. ` before the first, `2. ` before the next, and so on."));
            }
            above = label.map(|label| (start + (line.len() - line.trim_start().len()) as u32, label));
        }
    }
}

/// The letter, in small, of `a. `, `B) `, `(c) ` at the beginning of a line.
fn letter(line: &str) -> Option<u8> {
    let (inner, closed) = line.strip_prefix('(').map_or((line, false), |inner| (inner, true));
    match inner.as_bytes() {
        [letter, sign, b' ', ..]
            if letter.is_ascii_alphabetic() && (*sign == b')' || !closed && *sign == b'.') =>
        {
            Some(letter.to_ascii_lowercase())
        }
        _ => None,
    }
}

/// `Monday: 9 to 3`, `Tuesday: 9 to 5` on lines that follow each other: a line end is a space, so they run together.
fn labelled(page: &Page<'_>, out: &mut Findings<'_>) {
    for (number, block) in page.blocks.iter().enumerate() {
        if block.kind != BlockKind::Paragraph || !page.block_text(block).contains('\n') {
            continue;
        }
        // Facts of an entry are told as such.
        let heading = number.checked_sub(1).and_then(|above| page.blocks.get(above));
        let entry = page.sections.get(block.section as usize).is_some_and(|section| section.entry);
        if entry && heading.is_some_and(|above| above.kind == BlockKind::Heading) {
            continue;
        }
        let text = page.block_text(block);
        let broken = page.input.text.get(block.span.range()).unwrap_or("");
        // A line that ends with two spaces, a backslash or `<br>` ends where it is written.
        let broken = broken.lines().any(|line| line.ends_with([' ', '\\', '>']));
        if broken || !text.lines().all(is_labelled) {
            continue;
        }
        let first = text.lines().next().unwrap_or("");
        let place = page.span(block.flat.start..block.flat.start + first.len() as u32);
        let finding = out.at(place, "these lines run into one paragraph: the end of a line alone is a space");
        let label = typed::short(first.split(':').next().unwrap_or(""));
        out.push(finding.help(format!(
            "Write each as an item, `- {label}: …`, or `\\` at the end of each line but the last."
        )));
    }
}

/// Whether a line is a short label, a colon and a few words.
fn is_labelled(line: &str) -> bool {
    let Some((label, value)) = line.split_once(": ") else { return false };
    let words = label.split_whitespace().count();
    let plain = label.starts_with(char::is_uppercase) && !label.contains(['.', ',', ';', '(', '/', '"']);
    plain && (1..=3).contains(&words) && !value.trim().is_empty() && line.chars().count() <= 60
}
