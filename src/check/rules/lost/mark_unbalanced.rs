//! `mark-unbalanced`: `**`, `*`, `_`, `~~` or a backtick that nothing closes.

use super::lines::{self, What};
use super::typed::{self, literal};
use crate::check::page::{Block, BlockKind, Page};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::MARK_UNBALANCED,
    group: Group::Lost,
    title: "A mark for bold, italic or code without its partner",
    explanation: "`**bold**` needs both pairs of stars, right at the words: one pair missing, or a space inside, and families \
        read the stars. The same holds for `*`, `_`, `~~` and backticks. Three backticks that nothing closes turn the rest of \
        the page into code. For a star or a line that is meant, put a backslash before it.",
    bad: "Bring **the form by Friday.\n",
    good: "Bring **the form** by Friday.\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let notes = notes(page);
    each_block(page, [b'*', b'_', b'~'], notes, out);
    each_block(page, [b'`'; 3], notes, out);
    open_fence(page, out);
    open_tags(page, out);
    open_breaks(page, out);
    wide(page, out);
}

/// `The end\`: a backslash breaks a line, and no line follows.
fn open_breaks(page: &Page<'_>, out: &mut Findings<'_>) {
    for block in &page.blocks {
        let Some(before) = page.block_text(block).strip_suffix('\\') else { continue };
        let Some(place) = literal(page, block.flat.end - 1..block.flat.end) else { continue };
        // `C:\` is a name.
        if before.is_empty() || before.ends_with([':', '\\']) || escaped_next(page, place) {
            continue;
        }
        let finding = out.at(place, "this backslash is shown: it breaks a line, and no line follows");
        out.push(finding.help("Take it away.").fix(place, ""));
    }
}

/// Whether a sign stands behind it in the file, which it takes its meaning from.
fn escaped_next(page: &Page<'_>, place: Span) -> bool {
    let behind = page.input.text.get(place.end as usize..).unwrap_or("");
    !(behind.is_empty() || behind.starts_with(['\n', '\r', ' ', '\t', '|', '#']))
}

/// `＊＊bold＊＊`, `｀code｀`: the stars and backticks of a Chinese or Japanese keyboard.
fn wide(page: &Page<'_>, out: &mut Findings<'_>) {
    for (sign, plain) in [("＊＊", "**"), ("｀", "`")] {
        let mut done = 0;
        for at in memchr::memmem::find_iter(page.flat.as_bytes(), sign) {
            let Some(block) = page.blocks.get(page.blocks.partition_point(|b| b.flat.end as usize <= at))
            else {
                continue;
            };
            let rest = typed::ahead(page, (at + sign.len()) as u32..block.flat.end);
            let Some(inner) = rest
                .find(sign)
                .and_then(|end| rest.get(..end))
                .filter(|i| !i.trim().is_empty() && at >= done)
            else {
                continue;
            };
            done = at + inner.len() + 2 * sign.len();
            let whole = page.flat_text(&(at as u32..done as u32));
            let good = format!("{plain}{}{plain}", inner.trim());
            let message = format!("\"{}\" is shown as text: its marks are wide ones", typed::short(whole));
            let finding = out
                .at(page.span(at as u32..done as u32), message)
                .help(format!("Write {}.", typed::code(&typed::short(&good))));
            out.push(match literal(page, at as u32..done as u32).filter(|_| !inner.contains(['`', '*'])) {
                Some(place) => finding.fix(place, good),
                None => finding,
            });
        }
    }
}

/// `<a href="page.html`: a tag that nothing closes is shown as text.
fn open_tags(page: &Page<'_>, out: &mut Findings<'_>) {
    let named = |at: u32| page.flat.as_bytes().get(at as usize + 1).is_some_and(u8::is_ascii_alphabetic);
    for (block, at) in typed::places(page, [b'<'; 3]).filter(|(_, at)| named(*at)) {
        let rest = typed::ahead(page, at + 1..block.flat.end);
        let name = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let given = rest[name..].trim_start();
        let key = given.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let tag = name > 0 && key > 0 && given.len() < rest[name..].len() && given[key..].starts_with('=');
        let Some(place) = typed::literal(page, at..at + 1 + name as u32).filter(|_| tag) else { continue };
        let tag = &rest[..name];
        let finding =
            out.at(place, format!("this `<{tag} …` is shown as text: its `>`, or a quote in it, is missing"));
        out.push(finding.help("Close the tag with `>`, on the same line; a plain `<` is written `&lt;`."));
    }
}

/// Gathers the runs of these marks block by block.
fn each_block(page: &Page<'_>, marks: [u8; 3], notes: Notes, out: &mut Findings<'_>) {
    let mut runs: Vec<Run> = Vec::new();
    let mut here: Option<u32> = None;
    let mut done = 0;
    for (block, at) in typed::places(page, marks) {
        if here != Some(block.flat.start) {
            report(page, &runs, notes, out);
            runs.clear();
            here = Some(block.flat.start);
        }
        if at < done {
            continue;
        }
        done = at + same(page, at);
        runs.extend(run(page, block, at));
    }
    report(page, &runs, notes, out);
}

/// Some marks of one letter that are shown.
#[derive(Clone, Copy)]
struct Run {
    start: u32,
    length: u32,
    mark: u8,
    /// What stands before and behind: blank, letter, or a sign.
    before: Side,
    behind: Side,
    /// What is left of more marks than their partner has: `**a*`.
    part: bool,
    block: (u32, u32),
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Blank,
    Letter,
    Sign,
}

fn side(c: Option<char>) -> Side {
    match c {
        None => Side::Blank,
        Some(c) if c.is_whitespace() => Side::Blank,
        Some(c) if c.is_alphanumeric() => Side::Letter,
        Some(_) => Side::Sign,
    }
}

fn same(page: &Page<'_>, at: u32) -> u32 {
    let bytes = page.flat.as_bytes().get(at as usize..).unwrap_or(&[]);
    bytes.first().map_or(1, |first| bytes.iter().take_while(|b| *b == first).count() as u32)
}

/// The run of marks at `at`, if it is typed there as a mark of its own.
fn run(page: &Page<'_>, block: &Block, at: u32) -> Option<Run> {
    let length = same(page, at);
    let mark = *page.flat.as_bytes().get(at as usize)?;
    let end = at + length;
    let span = literal(page, at..end)?;
    // A run of which the parser took a part (`***a**`) is longer in the file.
    let text = page.input.text.as_bytes();
    let next = |i: Option<usize>| i.and_then(|i| text.get(i)) == Some(&mark);
    let part = next(Some(span.end as usize)) || next((span.start as usize).checked_sub(1));
    if mark == b'_' && length > 2
        || mark == b'*' && length > 3
        || mark == b'~' && length != 2
        || part && mark == b'`'
    {
        return None;
    }
    let before = side(page.flat_text(&(block.flat.start..at)).chars().next_back());
    let behind = side(page.flat_text(&(end..block.flat.end)).chars().next());
    Some(Run { start: at, length, mark, before, behind, part, block: (block.flat.start, block.flat.end) })
}

/// How many stars mark notes on this page, as bits: behind a word (`Fee*`), and before a paragraph (`*Prices may change.`).
#[derive(Clone, Copy)]
struct Notes(u8);

impl Notes {
    fn hold(self, run: &Run) -> bool {
        run.mark == b'*' && self.0 >> run.length.min(7) & 1 == 1
    }
}

fn notes(page: &Page<'_>) -> Notes {
    let (mut begin, mut end) = (0, 0);
    let mut done = 0;
    for (block, at) in typed::places(page, [b'*'; 3]) {
        if at < done {
            continue;
        }
        let length = same(page, at);
        done = at + length;
        let bit = 1u8 << length.min(7);
        let before = page.flat_text(&(block.flat.start..at));
        let behind = page.flat_text(&(done..block.flat.end)).chars().next();
        if block.kind == BlockKind::Paragraph && (before.is_empty() || before.ends_with('\n')) {
            begin |= bit;
        } else if side(before.chars().next_back()) != Side::Blank && side(behind) != Side::Letter {
            end |= bit;
        }
    }
    Notes(begin & end)
}

/// The marks of one block that are shown.
fn report(page: &Page<'_>, runs: &[Run], notes: Notes, out: &mut Findings<'_>) {
    let mut i = 0;
    while let Some(run) = runs.get(i) {
        i += 1;
        // `** bold **`, `**bold **`: two of a kind with text between them, and blanks inside.
        if let Some(other) = runs.get(i)
            && run.mark == other.mark
            && run.length == other.length
            && !(run.part || other.part)
            && (run.length > 1 || run.mark != b'`')
            && spaced(page, run, other, out)
        {
            i += 1;
            continue;
        }
        if !is_fault(page, run, notes) {
            continue;
        }
        let sign = page.flat_text(&(run.start..run.start + run.length));
        let shown = typed::ahead(page, run.start..run.block.1);
        let message = match run.mark {
            _ if run.part => {
                format!("`{sign}` is shown as text here: there is not the same number of marks on both sides")
            }
            b'`' => format!("this `` {sign} `` is shown as text: nothing closes it"),
            _ => format!(
                "`{sign}` is shown as text here (\"{}\"): its partner is missing",
                typed::short(shown)
            ),
        };
        let help = match run.mark {
            _ if run.part => format!("Write as many marks before the words as behind them; for the sign itself write `\\{sign}`."),
            b'`' => "Write a backtick on both sides of the code; for an apostrophe write `'`.".to_owned(),
            b'*' if run.length == 1 && run.block.0 == run.start => {
                "For an item of a list put a space behind it; for italic close it behind the last word; for a star write `\\*`.".to_owned()
            }
            _ => format!("Put `{sign}` right before the first and right behind the last word, without spaces inside; for the sign itself write `\\{sign}`."),
        };
        out.push(out.at(page.span(run.start..run.start + run.length), message).help(help));
    }
}

/// Reports two marks with blanks inside them; gives whether they are such.
fn spaced(page: &Page<'_>, open: &Run, close: &Run, out: &mut Findings<'_>) -> bool {
    let inner = page.flat_text(&(open.start + open.length..close.start));
    let (before, behind) = (inner.starts_with(' '), inner.ends_with(' '));
    let words = inner.trim();
    // `5 * 3 * 2` is a sum; `*` alone between blanks is a star.
    let strong =
        open.length >= 2 || (before != behind && open.before != Side::Letter && close.behind != Side::Letter);
    if !(before || behind)
        || !strong
        || words.is_empty()
        || words.contains('\n')
        || open.before == Side::Letter
    {
        return false;
    }
    let sign = page.flat_text(&(open.start..open.start + open.length));
    let place = open.start..close.start + close.length;
    let good = format!("{sign}{words}{sign}");
    let message = format!("`{sign}` is shown as text here: there is a space inside");
    let finding = out
        .at(page.span(place.clone()), message)
        .help(format!("Write {}.", typed::code(&typed::short(&good))));
    let whole =
        literal(page, place).filter(|_| close.behind != Side::Letter && words.len() < typed::MAX_REACH);
    out.push(match whole {
        Some(span) => finding.fix(span, good),
        None => finding,
    });
    true
}

/// Whether a single run is a mark that lost its partner, and not a sign that is meant.
fn is_fault(page: &Page<'_>, run: &Run, notes: Notes) -> bool {
    let opens = run.before != Side::Letter && run.behind != Side::Blank;
    let begins = run.start == run.block.0;
    if run.part {
        return !notes.hold(run);
    }
    match run.mark {
        // A blank to fill in is no mark.
        b'_' => {
            // `find_, find_many` and `MAX_*` are names of programs.
            let behind = page.flat_text(&(run.start + 1..run.block.1));
            let closes = run.length == 1
                && run.behind != Side::Letter
                && !behind.starts_with(['*', ',', '_', '/'])
                && ends_word(page, run);
            opens && run.behind == Side::Letter && run.before != Side::Sign || closes
        }
        b'~' => opens || run.before != Side::Blank,
        b'`' => run.length >= 3 || !(run.before == Side::Letter && run.behind == Side::Letter),
        _ if run.length >= 2 => {
            let note = notes.hold(run) && (begins || run.before != Side::Blank && run.behind != Side::Letter);
            !note && (run.before != Side::Blank || run.behind != Side::Blank)
        }
        _ => {
            let lone = run.behind == Side::Letter && run.before != Side::Letter;
            lone && !(notes.hold(run) && begins_line(page, run))
        }
    }
}

/// Whether a word of letters alone stands right before the run: names of programs hold other signs too.
fn ends_word(page: &Page<'_>, run: &Run) -> bool {
    let before = page.flat_text(&(run.block.0..run.start));
    // A long line without blanks is not read again for each of its marks.
    let from = (before.len().saturating_sub(80)..=before.len()).find(|at| before.is_char_boundary(*at));
    let near = before.get(from.unwrap_or(0)..).unwrap_or("");
    let word = near.rsplit(char::is_whitespace).next().unwrap_or("");
    let word = word.trim_start_matches(['(', '"', '“', '¿', '¡']);
    !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
}

fn begins_line(page: &Page<'_>, run: &Run) -> bool {
    let before = page.flat_text(&(run.block.0..run.start));
    before.is_empty() || before.ends_with('\n')
}

/// A fence of code that nothing closes before the page ends.
fn open_fence(page: &Page<'_>, out: &mut Findings<'_>) {
    let text = page.input.text;
    let body = text.get(page.body as usize..).unwrap_or("").as_bytes();
    if memchr::memmem::find(body, b"```").is_none() && memchr::memmem::find(body, b"~~~").is_none() {
        return;
    }
    let lines = lines::of(page);
    let Some(What::Fenced(piece)) = lines.iter().rev().find(|l| !l.text.trim().is_empty()).map(|l| l.what)
    else {
        return;
    };
    let mut own = lines.iter().filter(|l| l.what == What::Fenced(piece));
    let (Some(first), last) = (own.next(), own.rfind(|l| !l.text.trim().is_empty())) else { return };
    let sign = first.text.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
    let mark = sign.chars().next().unwrap_or('`');
    let count = sign.chars().take_while(|c| *c == mark).count();
    let closed = last.is_some_and(|l| {
        let end = l.text.trim_start_matches([' ', '\t', '>']).trim_end();
        end.chars().all(|c| c == mark) && end.len() >= count
    });
    if closed || count < 3 {
        return;
    }
    let sign: String = sign.chars().take(count).collect();
    let span = Span::new(first.start, first.start + first.text.trim_end().len());
    let finding = out.at(span, "the code that begins here is not closed: all that follows is shown as code");
    out.push(finding.help(format!("Write a line with {count} such signs ({sign}) where the code ends.")));
}
