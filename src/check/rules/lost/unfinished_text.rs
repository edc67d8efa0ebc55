//! `unfinished-text`: `TODO`, `TBD`, and sentences that were to be replaced.

use super::typed;
use crate::check::language::TokenKind;
use crate::check::page::{BlockKind, Page};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::document::placeholders;
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::UNFINISHED_TEXT,
    group: Group::Lost,
    title: "Text that is not finished",
    explanation: "`TODO`, `TBD`, `FIXME` and `XXX` are notes to oneself, and the sentence that `guidepost new` writes into a page is \
        meant for you. Families should read neither. Write the text, or put the note into a comment: `<!-- TODO: … -->`.",
    bad: "The group meets on TBD.\n",
    good: "The group meets on Tuesdays.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

const NOTES: &[&str] = &["FIXME", "TBC", "TBD", "TK", "TKTK", "TODO", "XXX", "XXXX"];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for (_, word) in page.of_kind(TokenKind::Acronym).filter(|(_, w)| !w.explained) {
        let text = page.word_text(word);
        if NOTES.binary_search(&text).is_err() {
            continue;
        }
        let behind = page.flat.get(word.end as usize..).unwrap_or("");
        let before = page.flat.get(..word.start as usize).unwrap_or("");
        // "TODO" is a word in Spanish, "TK" a name: as a note it has a colon behind it, or brackets around it.
        let noted = behind.starts_with([':', ')', ']', '(']) || before.ends_with(['[', '(']);
        let word_too = match text {
            "TODO" => !matches!(page.base_lang(), "en" | "de" | "fr"),
            "TK" | "TBC" => true,
            _ => false,
        };
        if noted || !word_too {
            let finding = out.at(
                page.span(word.start..word.end),
                format!("`{text}` is a note to yourself, and families read it"),
            );
            out.push(
                finding
                    .help(format!("Write the text, or put the note into a comment: `<!-- {text}: … -->`.")),
            );
        }
    }
    left_over(page, out);
    for block in page.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph) {
        let text = page.block_text(block).trim();
        if placeholders().any(|p| p == text) {
            let finding = out.at(
                page.span(block.flat.clone()),
                "this is the sentence that `guidepost new` wrote, to be replaced by your text",
            );
            out.push(finding.help("Write the text of the page here, or delete the sentence."));
        } else if text.get(..11).is_some_and(|t| t.eq_ignore_ascii_case("lorem ipsum")) {
            let place = block.flat.start..block.flat.start + 11;
            let finding = out.at(page.span(place), "this is filler text (\"Lorem ipsum\")");
            out.push(finding.help("Write the text of the page here, or delete it."));
        }
    }
    let summary = page.summary();
    for (key, value) in
        [("title", Some(summary.title.as_str())), ("description", summary.description.as_deref())]
    {
        let Some(value) = value else { continue };
        let note = value
            .split(|c: char| !c.is_alphanumeric())
            .find(|w| matches!(*w, "TODO" | "FIXME" | "TBD" | "XXX"));
        let span: Span = page.key_span(key);
        if let Some(note) =
            note.filter(|_| page.base_lang() == "en" || typed::short(value).starts_with("TODO:"))
        {
            let finding = out.at(span, format!("`{note}` stands in the {key}, and families read it"));
            out.push(finding.help(format!("Write the {key} of the page.")));
        }
    }
}

/// What Word writes where something is missing, and what forms ask for; small letters.
const LEFT_OVER: &[&str] = &[
    "error! reference source not found",
    "error! bookmark not defined",
    "error! hyperlink reference not valid",
    "error! no se encuentra el origen de la referencia",
    "error! marcador no definido",
    "click or tap here to enter text",
    "click or tap to enter a date",
    "click here to enter text",
    "haga clic o pulse aquí para escribir texto",
    "[type here]",
    "[type text]",
    "[insert ",
    "[your name]",
    "[your text]",
    "[enter text",
    "[escriba aquí]",
    "[escriba texto]",
    "lorem ipsum dolor",
];

fn left_over(page: &Page<'_>, out: &mut Findings<'_>) {
    let holds = |bytes: &[u8]| memchr::memmem::find(page.flat.as_bytes(), bytes).is_some();
    if ![&b"rror!"[..], b"[", b"lick ", b" pulse ", b"orem ipsum"].into_iter().any(holds) {
        return;
    }
    let small = page.flat.to_ascii_lowercase();
    for words in LEFT_OVER {
        for (at, _) in small.match_indices(words) {
            // The paragraph of filler text is told as a whole.
            let begins =
                words.starts_with("lorem") && page.blocks.iter().any(|b| b.flat.start as usize == at);
            let end = at
                + words.len()
                + if words.ends_with(' ') {
                    small[at + words.len()..].find(']').map_or(0, |n| n + 1)
                } else {
                    0
                };
            let place = at as u32..end as u32;
            if begins || typed::literal(page, at as u32..at as u32 + 1).is_none() {
                continue;
            }
            let shown = typed::short(page.flat_text(&place));
            let finding =
                out.at(page.span(place), format!("\"{shown}\" was to be replaced, and families read it"));
            out.push(finding.help("Write what belongs there, or delete it."));
        }
    }
}
