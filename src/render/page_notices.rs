//! Notices on top of a page: what readers must know of it before they read it.
//!
//! A page of the site tells its own state; a page that Guidepost makes (a list, the finder, a print page) tells when more than half
//! of what it shows is in another language than its own words.

use super::context::map;
use super::reader::Reader;
use crate::site::{Node, Translation};
use tera::Value;

/// What is said of a page that is not translated where the theme has no text in the language: the languages by their own names.
const NOTICE_FALLBACK: &str = "This page is not in {target} yet. You are reading it in {language}.";

/// What a reader must know of a page of the site.
pub(super) fn of(reader: &Reader, node: &Node) -> Value {
    let world = reader.unrecorded();
    let summary = &node.document.summary;
    let mut list: Vec<Value> = Vec::new();
    let mut add = |kind: &'static str, key: &str| {
        list.extend(notice(reader, kind, key, &node.document.lang));
    };
    if reader.is_draft(&node.document.path) {
        add("draft", "notice_draft");
    }
    match node.translation {
        Translation::Fallback => add("fallback", "notice_fallback"),
        Translation::Outdated => add("outdated", "notice_outdated"),
        _ => {}
    }
    if node.translation != Translation::Fallback
        && world.config.languages.get(reader.lang as usize).is_some_and(|l| l.unreviewed)
    {
        add("machine", "notice_machine");
    }
    if reader.review_due(reader.lang, node) {
        add("review", "notice_review");
    }
    if world.config.reviewer.is_none() && summary.reviewed.is_none() {
        add("unreviewed", "notice_unreviewed");
    }
    Value::from(list)
}

/// What a reader must know of a page that is made of others. `languages` are those of what it shows, one for each.
pub(super) fn of_made<'a>(reader: &Reader, languages: impl Iterator<Item = &'a str>) -> Value {
    let (mut all, mut other) = (0_usize, (0_usize, ""));
    for lang in languages {
        all += 1;
        if lang != reader.lang_code() {
            other = (other.0 + 1, lang);
        }
    }
    let mostly = other.0 * 2 > all;
    let notice = mostly.then(|| notice(reader, "fallback", "notice_fallback", other.1)).flatten();
    Value::from(notice.into_iter().collect::<Vec<_>>())
}

/// One notice in the reader's language; `lang` is that of what is shown.
fn notice(reader: &Reader, kind: &'static str, key: &str, lang: &str) -> Option<Value> {
    let world = reader.unrecorded();
    let found = reader.text(reader.lang, key, None);
    if found.is_none() {
        super::missing::text(reader, reader.lang, key, "the notice on pages in this state");
    }
    // A theme that writes an empty text has no such notice, and says so.
    let text = found.filter(|text| !text.is_empty())?;
    // In words of another language a text may name that one as the one that is missing.
    let own = world.strings.has(reader.lang_code(), key) || text.contains("{target}");
    let text = if kind == "fallback" && !own { NOTICE_FALLBACK } else { text };
    let name = |code: &str| world.config.language(code).map(|l| l.name.clone());
    let text = crate::template::fill(text, &|place| match place {
        "language" => name(lang),
        "target" => name(reader.lang_code()),
        _ => None,
    });
    Some(map! {"kind": kind, "text": text})
}
