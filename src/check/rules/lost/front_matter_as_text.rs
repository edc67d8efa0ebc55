//! `front-matter-as-text`: front matter that does not begin the file, or between lines that are not `---`.

use super::{held_back, lines, typed};
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::document::COMMON;
use crate::source::{Span, unseen as name};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::FRONT_MATTER_AS_TEXT,
    group: Group::Lost,
    severity: Severity::Error,
    title: "Front matter that is shown as text",
    explanation: "The lines with the title and the other keys count only at the very beginning of the file, between two lines of \
        exactly three hyphens. With text before them, with a character that nobody can see before the hyphens, or with dashes \
        that a word processor made of them, families read `title: …` on the page, and the page has no title. A line such as \
        `draft: true` at the top of the text, below the second `---` or without any, holds nothing back.",
    bad: "—\ntitle: Late bus\n—\n\nCall the office.\n",
    good: "---\ntitle: Late bus\n---\n\nCall the office.\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

/// Maximum number of lines of text before it.
const MAX_LINES_BEFORE: usize = 12;

/// Where the file begins to be text: a heading that is the title is taken out of it, and stands before it.
fn start_of_text(page: &Page<'_>) -> usize {
    let title = page.summary().spans.get("title").map_or(0, |span| span.start as usize);
    let before = page.input.text.get(..title).unwrap_or("");
    let is_heading =
        title > 0 && before.trim_start_matches('\u{feff}').trim().trim_start_matches('#').is_empty();
    if is_heading { before.len() - before.trim_start_matches('\u{feff}').len() } else { page.body as usize }
}

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    if !whole(page, out) && !second(page, out) {
        held_back(page, out);
    }
}

/// A second block of keys between lines of hyphens, right below the first.
fn second(page: &Page<'_>, out: &mut Findings<'_>) -> bool {
    let text = page.input.text;
    let from = page.body as usize;
    if start_of_text(page) <= 3 || !text.get(from..).unwrap_or("").trim_start().starts_with("---") {
        return false;
    }
    let mut lines = lines::split(text, from, text.len()).filter(|(_, line)| !line.trim().is_empty());
    let (Some((start, fence)), Some((_, key))) = (lines.next(), lines.next()) else { return false };
    if fence.trim_end() != "---" || !is_key(key) {
        return false;
    }
    let finding = out.at(
        Span::new(start, start + fence.len()),
        "a second block of front matter begins here: its lines are shown as text, and nothing in it counts",
    );
    out.push(finding.help("Move its lines up, between the two lines `---` at the top of the file."));
    true
}

/// Lines at the top of the text that were meant to hold the page back.
fn held_back(page: &Page<'_>, out: &mut Findings<'_>) {
    let from = start_of_text(page);
    let text = page.input.text;
    let has_front_matter = from > 3;
    for (span, line) in held_back::lines(text.get(from..).unwrap_or("")) {
        let message = format!(
            "`{line}` stands in the text, so it holds nothing back: the page is public, and families read this line"
        );
        let finding = out.at(span.shifted(from), message);
        out.push(match has_front_matter {
            true => finding.help("Move the line up, between the two lines `---` at the top of the file."),
            false => finding
                .help(format!("Begin the file with a line `---`, then `{line}`, then another line `---`.")),
        });
    }
}

/// Whether there is front matter as a whole that is text, which was reported, or another form of it, which is told elsewhere.
fn whole(page: &Page<'_>, out: &mut Findings<'_>) -> bool {
    let text = page.input.text;
    let from = start_of_text(page);
    if from > 3 {
        return false;
    }
    let all = lines::split(text, from, text.len()).filter(|(_, l)| !l.trim().is_empty());
    let first: Vec<(usize, &str)> = all.take(MAX_LINES_BEFORE + 30).collect();
    let Some((start, line)) = first.first() else { return false };
    if line.trim_end() == "---" || line.starts_with("+++") || line.starts_with('{') {
        return line.trim_end() != "---";
    }
    let head = Span::new(from, start + line.len());
    let key = first.iter().take(MAX_LINES_BEFORE).position(|(_, l)| is_key(l));
    let Some(key) = key else { return false };
    let Some((fence, dashes)) = key.checked_sub(1).and_then(|k| first.get(k)).filter(|(_, l)| is_fence(l))
    else {
        // `title: A` on the first line, without any hyphens.
        if key == 0 && is_title(line) {
            let finding = out.at(
                head,
                "the lines on top need a line `---` before and behind them, or they are shown as text",
            );
            out.push(
                finding.help("Write a line of three hyphens above the first key, and one below the last."),
            );
            return true;
        }
        return false;
    };
    let span = Span::new(*fence, fence + dashes.len());
    if key > 1 {
        let message = "text stands before the front matter, so the front matter is shown as text, and the page has no title";
        let finding = out.at(head, message).label(page.path(), span, "here it begins");
        out.push(finding.help("Move this text below the second `---`: the first line of the file is `---`."));
        return true;
    }
    let hidden =
        dashes.find(|c| name(c).is_some()).and_then(|at| dashes[at..].chars().next().map(|c| (at, c)));
    if let Some((_, c)) = hidden
        && dashes.chars().filter(|c| name(*c).is_none()).collect::<String>().trim() == "---"
    {
        let what = name(c).unwrap_or_default();
        let message = format!("{what} stands beside the `---`, so the front matter is shown as text");
        let finding = out.at(span, message);
        out.push(finding.help("Take it away, so that the line is exactly `---`.").fix(span, "---"));
        return true;
    }
    let written = dashes.trim();
    let (message, help) = match dashes.starts_with(char::is_whitespace) && written == "---" {
        true => {
            let what = if dashes.starts_with('\t') { "a tab stands" } else { "a space stands" };
            (
                format!("{what} before the `---`, so the front matter is shown as text"),
                "Begin the line with the three hyphens.",
            )
        }
        false => (
            format!("the front matter begins with `{written}` instead of `---`, so it is shown as text"),
            "Write three hyphens on a line of their own, above the first key and below the last.",
        ),
    };
    let finding = out.at(span, message).help(help);
    // The line that closes it is mended with it, when it is the same.
    let close = first.iter().skip(1).find(|(_, l)| !is_key(l) && is_fence(l));
    match close {
        Some((end, l))
            if first.iter().skip(1).take_while(|(s, _)| s < end).all(|(_, l)| is_line_of_yaml(l)) =>
        {
            let whole = Span::new(*fence, end + l.len());
            let inside = text.get(span.end as usize..*end).unwrap_or("");
            out.push(finding.fix(whole, format!("---{inside}---")));
        }
        _ => out.push(finding),
    }
    true
}

/// Whether the line is a key that every page may have, with its value.
fn is_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        COMMON.iter().any(|k| k.name == key) && (value.is_empty() || value.starts_with(char::is_whitespace))
    })
}

fn is_title(line: &str) -> bool {
    line.strip_prefix("title:").is_some_and(|v| v.starts_with(' ') && !v.trim().is_empty())
}

fn is_line_of_yaml(line: &str) -> bool {
    line.starts_with([' ', '#', '-']) || typed::is_key_line(line)
}

/// Whether the line was meant as `---`.
fn is_fence(line: &str) -> bool {
    let seen: String = line.chars().filter(|c| name(*c).is_none() && !c.is_whitespace()).collect();
    let dashes = seen.chars().all(|c| matches!(c, '-' | '–' | '—' | '―' | '−' | '‐' | '‑'));
    dashes && (seen.len() >= 2)
}
