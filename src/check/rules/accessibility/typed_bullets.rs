//! `typed-bullets`: bullet characters in place of a list.

use crate::check::page::Page;
use crate::check::page::{Block, BlockKind};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TYPED_BULLETS,
    group: Group::Accessibility,
    severity: Severity::Error,
    wcag: Some("1.3.1 Info and Relationships (A)"),
    title: "A list typed with bullet characters",
    explanation: "A typed `•` is only a dot: a screen reader cannot say \"list, eight items\", and the lines run together. Begin \
        each item with `- `. `check --fix` does it for you.",
    bad: "• a pencil\n• a ruler\n",
    good: "- a pencil\n- a ruler\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

/// Characters that are bullets wherever a line begins with them, and those that are so only in company.
const BULLETS: &[char] =
    &['•', '◦', '▪', '▫', '‣', '●', '○', '■', '□', '⁃', '∙', '➢', '➤', '✓', '✔', '❖', '\u{F0B7}', '\u{F0A7}'];
const DASHES: &[char] =
    &['–', '—', '·', '»', '→', '⇒', '➔', '➜', '►', '▶', '☐', '☑', '☒', '✅', '❌', '☆', '★', '－', '・'];

/// Those that say something: without them an item would be another.
const TELLING: &[char] = &['☐', '☑', '☒', '✅', '❌'];

/// A dash of typewriters, in company.
const HYPHENS: &str = "-- ";

/// Letters that Word writes for its bullets, with a tab behind them.
const LETTERS: &[char] = &['o', '§', 'Ø', 'ü', 'v', 'q', 'à'];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let tab = memchr::memchr(b'\t', page.flat.as_bytes()).is_some();
    let hyphens = memchr::memmem::find(page.flat.as_bytes(), HYPHENS.as_bytes()).is_some();
    if page.flat.is_ascii() && !tab && !hyphens {
        return;
    }
    for block in page.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Item)) {
        let text = page.block_text(block);
        if !text.is_ascii() || tab && text.contains('\t') || hyphens && text.starts_with(HYPHENS) {
            block_lines(page, block, text, out);
        }
    }
}

fn block_lines(page: &Page<'_>, block: &Block, text: &str, out: &mut Findings<'_>) {
    // Places of the bullets in the file, each with the blanks behind it.
    let mut marks: Vec<(Span, char, Before)> = Vec::new();
    let mut plain = true;
    let mut at = block.flat.start;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        let start = at + (line.len() - body.len()) as u32;
        at += line.len() as u32;
        let Some(first) = body.chars().next() else { continue };
        let hyphens = body.starts_with(HYPHENS);
        let length = if hyphens { HYPHENS.len() - 1 } else { first.len_utf8() };
        let rest = &body[length..];
        // A Japanese point needs no space behind it.
        let dash =
            hyphens || DASHES.contains(&first) && (first == '・' || rest.starts_with(char::is_whitespace));
        let letter = LETTERS.contains(&first) && rest.starts_with('\t');
        if !dash && !letter && !BULLETS.contains(&first) {
            continue;
        }
        let blanks =
            rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}', '\u{2003}', '\u{2002}']).len();
        let flat = start..start + (length + blanks) as u32;
        let span = page.span(flat.clone());
        let before = Before::of(page.input.text, span.start as usize);
        // In bold, in a link, or as an entity the mark cannot be taken out alone.
        // A letter is left to a person: it could be a word.
        plain &= !first.is_alphabetic()
            && !TELLING.contains(&first)
            && before != Before::Marks
            && page.input.text.get(span.range()) == Some(page.flat_text(&flat));
        marks.push((span, first, before));
    }
    let real = marks.iter().any(|(_, c, _)| *c != '-' && !DASHES.contains(c)) || marks.len() > 1;
    let (Some((first, mark, _)), Some((last, ..))) = (marks.first(), marks.last()) else { return };
    if !real {
        return;
    }
    let whole = Span { start: first.start, end: last.end };
    let mut mended = String::new();
    let mut done = whole.start as usize;
    for (span, _, before) in &marks {
        mended.push_str(page.input.text.get(done..span.start as usize).unwrap_or(""));
        // Behind the mark of an item a second one would begin a list in the list.
        mended.push_str(if *before == Before::Item { "" } else { "- " });
        done = span.end as usize;
    }
    let lines = if marks.len() == 1 {
        "this line begins".to_owned()
    } else {
        format!("these {} lines begin", marks.len())
    };
    let finding = out.at(*first, format!("{lines} with a typed `{mark}`"));
    if !plain {
        out.push(finding.help(format!("Begin each item with `- ` instead, and take the `{mark}` away.")));
        return;
    }
    out.push(finding.help("Begin each item with `- ` instead.").fix(whole, mended));
}

/// What stands in the file between the beginning of the line and a bullet.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Blanks, and the marks of quotes.
    Nothing,
    /// The mark of a list item.
    Item,
    /// Marks that close behind the bullet.
    Marks,
}

impl Before {
    fn of(text: &str, at: usize) -> Before {
        let before = text.get(..at).unwrap_or("");
        let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
        let rest = line.trim_start_matches([' ', '\t', '>', '\u{feff}']);
        let inner = rest.trim_end_matches([' ', '\t']);
        let number = inner.trim_start_matches(|c: char| c.is_ascii_digit());
        match rest {
            "" => Before::Nothing,
            // Only one mark, with a blank behind it, right before the bullet.
            _ if inner.len() < rest.len()
                && (matches!(inner, "-" | "*" | "+") || inner != number && matches!(number, "." | ")")) =>
            {
                Before::Item
            }
            _ => Before::Marks,
        }
    }
}
