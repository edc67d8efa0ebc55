//! `mark-without-space`: `##Heading`, `-item`, `1.item`: marks that are text because no space follows them.

use super::typed::{self, literal};
use crate::check::page::{Block, BlockKind, Page};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::MARK_WITHOUT_SPACE,
    group: Group::Lost,
    title: "A heading or list item without the space behind its mark",
    explanation: "`##Late bus` is no heading and `-one` no item: the mark counts only with a space behind it. Without the space \
        the mark is shown, the lines run together, and nobody can jump to the heading. `check --fix` adds the space.",
    bad: "##Late bus\n\n-Bring the form.\n-Wait at the door.\n",
    good: "## Late bus\n\n- Bring the form.\n- Wait at the door.\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    // Whether the block before was a list or held such a mark.
    let mut company = false;
    for (i, block) in page.blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Paragraph if !may_hold(page.block_text(block)) => {
                company = false;
                boxes(page, block, out);
                wide(page, block, out);
            }
            BlockKind::Paragraph => {
                let next = page.blocks.get(i + 1);
                let list_near = company
                    || next.is_some_and(|b| b.kind == BlockKind::Item || starts_alike(page, block, b));
                company = text_block(page, block, list_near, out);
            }
            BlockKind::Item => {
                // What runs on inside an item, and `[x]done`.
                if may_hold(page.block_text(block)) {
                    text_block(page, block, true, out);
                }
                task(page, block, out);
                meaning(page, block, out);
                company = true;
            }
            _ => company = false,
        }
    }
}

/// Whether any line begins with a sign that a mark begins with: most blocks are done with that.
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |line: &[u8]| {
        let first = line.iter().find(|b| !matches!(b, b' ' | b'\t'));
        first.is_some_and(|b| matches!(b, b'#' | b'-' | b'*' | b'+' | b'0'..=b'9'))
    };
    begins(bytes) || memchr::memchr_iter(b'\n', bytes).any(|at| begins(&bytes[at + 1..]))
}

/// Whether two blocks begin with the same mark.
fn starts_alike(page: &Page<'_>, one: &Block, other: &Block) -> bool {
    let kind = |b: &Block| mark(page.block_text(b).trim_start()).map(|m| m.kind);
    kind(one).is_some_and(|k| kind(other) == Some(k))
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Heading(u8),
    Bullet(u8),
    Number,
}

struct Mark {
    kind: Kind,
    length: usize,
    number: u32,
}

/// The mark at the beginning of a line, when no space follows it.
fn mark(line: &str) -> Option<Mark> {
    let first = *line.as_bytes().first()?;
    let (kind, length, number) = match first {
        b'#' => {
            let hashes = line.bytes().take_while(|b| *b == b'#').count();
            (Kind::Heading(u8::try_from(hashes).ok().filter(|n| *n <= 6)?), hashes, 0)
        }
        b'-' | b'*' | b'+' => (Kind::Bullet(first), 1, 0),
        b'0'..=b'9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let number = line.get(..digits)?.parse().ok().filter(|_| digits <= 3)?;
            matches!(line.as_bytes().get(digits)?, b'.' | b')').then_some(())?;
            (Kind::Number, digits + 1, number)
        }
        _ => return None,
    };
    let next = line.get(length..)?.chars().next()?;
    let begins = match kind {
        Kind::Heading(_) => {
            next.is_alphanumeric()
                || matches!(next, '"' | '\u{201c}' | '\u{ab}' | '\u{bf}' | '\u{a1}' | '*' | '_')
        }
        Kind::Bullet(_) => next.is_alphabetic() || BOXES.iter().any(|sign| is_box(&line[length..], sign)),
        // "1.º grado", "1.er curso".
        Kind::Number => {
            next.is_alphabetic() && !matches!(next, 'º' | 'ª') && !line[length..].starts_with("er ")
        }
    };
    begins.then_some(Mark { kind, length, number })
}

/// Looks at each line of a block; gives whether it holds marks of a list.
fn text_block(page: &Page<'_>, block: &Block, list_near: bool, out: &mut Findings<'_>) -> bool {
    let text = page.block_text(block);
    let lines = || {
        typed::flat_lines(page, block).map(|(start, line)| {
            let body = line.trim_start_matches([' ', '\t']);
            (start + (line.len() - body.len()) as u32, body)
        })
    };
    let count = |kind: Kind| lines().filter(|(_, l)| mark(l).is_some_and(|m| m.kind == kind)).count();
    let single = !text.contains('\n');
    let is_last = page.blocks.last().is_some_and(|last| last.flat == block.flat);
    let mut counts: Option<(usize, usize, usize, usize)> = None;
    let mut any = false;
    for (n, (start, line)) in lines().enumerate() {
        // The first line of an item is the item.
        if block.kind == BlockKind::Item && n == 0 {
            continue;
        }
        let Some(mark) = mark(line) else {
            too_many(page, start, line, out);
            continue;
        };
        let (minus, star, plus, numbers) = *counts.get_or_insert_with(|| {
            (
                count(Kind::Bullet(b'-')),
                count(Kind::Bullet(b'*')),
                count(Kind::Bullet(b'+')),
                count(Kind::Number),
            )
        });
        let rest = line.get(mark.length..).unwrap_or("");
        let meant = match mark.kind {
            Kind::Heading(1) => n == 0 && is_title(rest, lines().nth(1).map(|(_, next)| next), is_last),
            Kind::Heading(_) => true,
            Kind::Bullet(_) if rest.starts_with('[') => true,
            Kind::Bullet(b'-') => minus > 1 || list_near || (single && is_item(rest)),
            Kind::Bullet(b'*') => star > 1 || list_near,
            Kind::Bullet(_) => plus > 1 || list_near,
            Kind::Number => numbers > 1 || list_near || (n == 0 && mark.number == 1),
        };
        let at = start + mark.length as u32;
        let Some(span) = literal(page, start..at).filter(|_| meant) else { continue };
        any |= !matches!(mark.kind, Kind::Heading(_));
        let sign = &line[..mark.length];
        let shown = typed::short(line);
        let what = if matches!(mark.kind, Kind::Heading(_)) { "heading" } else { "list item" };
        let good = format!("{sign} {}", typed::short(rest));
        let finding = out
            .at(span, format!("\"{shown}\" is shown as text: a {what} needs a space behind `{sign}`"))
            .help(format!("Write {}.", typed::code(&good)));
        out.push(finding.fix(span, format!("{sign} ")));
    }
    any
}

/// Whether what follows a single `#` is a heading: "#1 fan" and "#StopBullying" are text. `next` is the line right below it;
/// one word alone may be a tag, so something must follow on the page.
fn is_title(rest: &str, next: Option<&str>, is_last: bool) -> bool {
    let words = rest.trim_start_matches(['"', '\u{201c}', '\u{ab}', '\u{bf}', '\u{a1}', '*', '_']).trim_end();
    let first = words.split(' ').next().unwrap_or("");
    let letters = || first.chars().zip(first.chars().skip(1));
    let joined = letters().any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    let many = first.len() < words.len();
    if !words.starts_with(char::is_uppercase) || joined || words.ends_with(['.', '!', ',', ';', ':']) {
        return false;
    }
    match next {
        // The text of a paragraph may begin with a tag.
        Some(next) => {
            many && words.chars().count() <= 60 && next.starts_with(|c: char| c.is_uppercase() || c == '-')
        }
        None if many => true,
        None => {
            !is_last
                && first.chars().count() > 2
                && first.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
        }
    }
}

/// `####### Seven`: headings have six steps.
fn too_many(page: &Page<'_>, start: u32, line: &str, out: &mut Findings<'_>) {
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    if hashes < 7 || !line[hashes..].starts_with(' ') || line[hashes..].trim().is_empty() {
        return;
    }
    let Some(span) = literal(page, start..start + hashes as u32) else { return };
    let finding =
        out.at(span, format!("\"{}\" is shown as text: a heading has at most six `#`", typed::short(line)));
    out.push(finding.help("Write fewer `#`: one more than the heading above it has."));
}

/// Whether what follows a single `-` is an item and not the ending of a word ("-ing forms").
fn is_item(rest: &str) -> bool {
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    rest.starts_with(char::is_uppercase) || word.chars().count() > 5 || word.len() == rest.len()
}

/// `- [x]Done`: a box that is shown as brackets.
fn task(page: &Page<'_>, block: &Block, out: &mut Findings<'_>) {
    let text = page.block_text(block);
    if let Some(rest) = text.strip_prefix("[]") {
        let start = block.flat.start;
        let Some(span) = literal(page, start..start + 2).filter(|_| rest.starts_with(char::is_whitespace))
        else {
            return;
        };
        let finding = out.at(span, "`[]` is shown as text: an open box has a space in it");
        out.push(finding.help("Write `[ ]`.").fix(span, "[ ]"));
        return;
    }
    let Some(sign) = BOXES.iter().find(|s| text.starts_with(**s)) else { return almost(page, block, out) };
    if !text.get(3..).and_then(|t| t.chars().next()).is_some_and(char::is_alphanumeric) {
        return;
    }
    let start = block.flat.start;
    let Some(span) = literal(page, start..start + 3) else { return };
    // Only right behind the mark of the item is it a box.
    let before = page.input.text.get(..span.start as usize).unwrap_or("");
    if !before.trim_end_matches([' ', '\t']).ends_with(['-', '*', '+', '.', ')']) {
        return;
    }
    let finding = out.at(span, format!("`{sign}` is shown as text: a box needs a space behind it"));
    out.push(finding.help(format!("Write `{sign} `.")).fix(span, format!("{sign} ")));
}

/// `:smile: Come in`: with a colon right before it, a line is the meaning of what stands above it.
fn meaning(page: &Page<'_>, block: &Block, out: &mut Findings<'_>) {
    let text = page.input.text;
    let start = page.span(block.flat.start..block.flat.start).start as usize;
    let before = text.get(..start).unwrap_or("");
    // `::safety` is told as a box.
    if page.block_text(block).starts_with([':', '：', ' ', '\t'])
        || text.get(start..).is_none_or(|t| t.starts_with([' ', '\t']))
    {
        return;
    }
    let Some(line) = before.strip_suffix(':').map(|before| before.rsplit(['\n', '\r']).next().unwrap_or(""))
    else {
        return;
    };
    if !line.trim_start_matches([' ', '>', '\t']).is_empty() {
        return;
    }
    let shown = typed::short(&format!(":{}", typed::line(page.block_text(block))));
    let finding = out.at(
        Span::new(start - 1, start),
        format!("\"{shown}\" is taken for the meaning of what stands above it, since it begins with `:`"),
    );
    out.push(finding.help("For a meaning put a space behind the `:`; for the sign itself write `\\:`."));
}

/// The boxes of a list.
const BOXES: [&str; 3] = ["[ ]", "[x]", "[X]"];

/// Whether the line begins with this box and a space.
fn is_box(line: &str, sign: &str) -> bool {
    line.strip_prefix(sign).is_some_and(|rest| rest.starts_with(' ') && !rest.trim().is_empty())
}

/// `- [x ] Done`, `- [*] Done`: an item that begins with almost a box.
fn almost(page: &Page<'_>, block: &Block, out: &mut Findings<'_>) {
    let text = page.block_text(block);
    let Some((inner, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) else { return };
    let sign = inner.trim();
    let filled = matches!(sign, "x" | "X" | "*" | "✓" | "✔" | "✗" | "☑");
    // Obsidian has more boxes than two.
    if matches!(sign, "-" | ">" | "<" | "/") && inner.len() == 1 && rest.starts_with(' ') {
        let start = block.flat.start;
        let Some(span) = literal(page, start..start + 3) else { return };
        let finding = out.at(span, format!("`[{inner}]` is shown as text: a box is `[ ]` or `[x]`"));
        out.push(finding.help("Write `[ ]` or `[x]`, and what else is meant in words."));
        return;
    }
    if !(filled || sign.is_empty() && inner.len() > 1) || inner.len() > 8 || !rest.starts_with(' ') {
        return;
    }
    let (start, good) = (block.flat.start, if filled { "[x]" } else { "[ ]" });
    let Some(span) = literal(page, start..start + inner.len() as u32 + 2) else { return };
    let finding = out.at(span, format!("`[{inner}]` is shown as text: a box is `[ ]` or `[x]`"));
    out.push(finding.help(format!("Write {}.", typed::code(good))).fix(span, good));
}

/// `[ ] Call the office`, in no list: the box is shown as brackets.
fn boxes(page: &Page<'_>, block: &Block, out: &mut Findings<'_>) {
    if !page.block_text(block).contains('[') {
        return;
    }
    for (start, line) in typed::flat_lines(page, block) {
        let start = start + (line.len() - line.trim_start().len()) as u32;
        let Some(sign) = BOXES.into_iter().find(|sign| is_box(line.trim_start(), sign)) else { continue };
        let Some(span) = literal(page, start..start + 3) else { continue };
        let finding =
            out.at(span, format!("`{sign}` is shown as text: a box stands at the beginning of a list item"));
        out.push(finding.help(format!("Write `- {sign} `.")).fix(Span::at(span.start as usize), "- "));
    }
}

/// `＃ Heading`, `－ item`: marks of a Chinese or Japanese keyboard.
fn wide(page: &Page<'_>, block: &Block, out: &mut Findings<'_>) {
    let text = page.block_text(block);
    if text.is_ascii() {
        return;
    }
    for (start, line) in typed::flat_lines(page, block) {
        let Some(first) = line.chars().next() else { continue };
        let (plain, same) = match first {
            '＃' => ('#', line.chars().take_while(|c| *c == first).count()),
            '－' | '＊' | '＋' | '＞' => (char::from_u32(first as u32 - 0xFEE0).unwrap_or('-'), 1),
            _ => continue,
        };
        let length = first.len_utf8() * same;
        let rest = line[length..].trim_start();
        let blank = rest.len() < line.len() - length;
        if same > 6 || rest.is_empty() || !(blank || first == '＃' && rest.starts_with(char::is_alphabetic))
        {
            continue;
        }
        let end = line.len() - rest.len();
        let Some(span) = literal(page, start..start + end as u32) else { continue };
        let good = format!("{} ", plain.to_string().repeat(same));
        let finding =
            out.at(span, format!("\"{}\" is shown as text: `{first}` is a wide sign", typed::short(line)));
        out.push(finding.help(format!("Write `{good}{}`.", typed::short(rest))).fix(span, good));
    }
}
