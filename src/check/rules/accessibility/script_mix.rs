//! `script-mix`: words in a script that the page's language does not use.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::html;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::SCRIPT_MIX,
    group: Group::Accessibility,
    wcag: Some("3.1.2 Language of Parts (AA)"),
    title: "Text in another script without its language",
    explanation: "An English voice cannot read Arabic or Chinese letters: it skips them or spells them out. Put the text on the \
        page of its language, or mark it: `<span lang=\"ar\">…</span>` (the site must allow HTML: `raw_html: true`).",
    bad: "Say مرحبا to the team.\n",
    good: "Say <span lang=\"ar\">مرحبا</span> to the team.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

/// The script of a letter, by name; none for Latin and for what all scripts share.
fn script(c: char) -> Option<&'static str> {
    Some(match c as u32 {
        0x0370..=0x03FF | 0x1F00..=0x1FFF => "Greek",
        0x0400..=0x052F => "Cyrillic",
        0x0531..=0x058F => "Armenian",
        0x0591..=0x05F4 => "Hebrew",
        0x0620..=0x065F | 0x066E..=0x06D3 | 0x0750..=0x077F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => "Arabic",
        0x0900..=0x097F => "Devanagari",
        0x0980..=0x09FF => "Bengali",
        0x0E01..=0x0E5B => "Thai",
        0x1000..=0x109F => "Burmese",
        0x1200..=0x139F => "Ethiopic",
        0x1780..=0x17FF => "Khmer",
        0x3041..=0x30FF => "Japanese",
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x2FA1F => "Chinese",
        0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7A3 => "Korean",
        _ => return None,
    })
}

/// Scripts that a language is written in; none for languages in Latin letters.
fn own_scripts(base: &str) -> &'static [&'static str] {
    match base {
        "ar" | "fa" | "ur" | "ps" | "ku" | "ckb" | "sd" | "ug" => &["Arabic"],
        "he" | "yi" => &["Hebrew"],
        "ru" | "uk" | "bg" | "sr" | "be" | "mk" | "kk" | "ky" | "mn" | "tg" => &["Cyrillic"],
        "el" => &["Greek"],
        "hy" => &["Armenian"],
        "hi" | "mr" | "ne" => &["Devanagari"],
        "bn" => &["Bengali"],
        "th" => &["Thai"],
        "my" => &["Burmese"],
        "am" | "ti" => &["Ethiopic"],
        "km" => &["Khmer"],
        "ja" => &["Japanese", "Chinese"],
        "zh" | "yue" => &["Chinese"],
        "ko" => &["Korean", "Chinese"],
        _ => &[],
    }
}

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    if page.flat.is_ascii() {
        return;
    }
    let own = own_scripts(page.base_lang());
    for block in &page.blocks {
        let text = page.block_text(block);
        if text.is_ascii() {
            continue;
        }
        let mut run: Option<(&'static str, usize, usize, usize)> = None;
        for (i, c) in text.char_indices().chain([(text.len(), '.')]) {
            match (script(c).filter(|s| !own.contains(s)), &mut run) {
                (Some(name), Some((now, _, end, letters))) if *now == name => {
                    *end = i + c.len_utf8();
                    *letters += 1;
                }
                (Some(name), None) => run = Some((name, i, i + c.len_utf8(), 1)),
                // Blanks and marks inside a run belong to it.
                (None, Some(_)) if i < text.len() && !c.is_alphanumeric() && c != '\n' => {}
                (found, Some((name, start, end, letters))) => {
                    // One letter is a sign (the π of mathematics), not a language.
                    if *letters > 1 {
                        let from = block.flat.start;
                        report(page, name, from + *start as u32..from + *end as u32, out);
                    }
                    run = found.map(|name| (name, i, i + c.len_utf8(), 1));
                }
                (None, None) => {}
            }
        }
    }
}

fn report(page: &Page<'_>, name: &str, flat: std::ops::Range<u32>, out: &mut Findings<'_>) {
    let span = page.span(flat.clone());
    // The last tag before it marks it, when it names a language.
    let before = page.html.iter().take_while(|h| h.span.start < span.start).last();
    let marked =
        before.is_some_and(|piece| html::opened(&piece.source).any(|tag| tag.value("lang").is_some()));
    if marked {
        return;
    }
    let text: String = page.flat_text(&flat).chars().take(20).collect();
    let message = format!("\"{text}\" is in {name} letters, on a page in `{}`", page.lang());
    out.push(
        out.at(span, message)
            .help("Put it on the page of its language, or mark it: `<span lang=\"…\">…</span>`."),
    );
}
