//! Folders that hold pages in a language that the site does not have, or that are spelt otherwise than its tag.
//!
//! Their pages are no pages of the default language: they are set apart, and one error tells the folder and the ways out.
//! A folder is taken for one of a language only when something speaks for it, since `it` and `pt` are also short for other
//! things. Called by `assemble` before the trees are made.

use super::PageRecord;
use crate::config::Config;
use crate::config::language::{is_known, meant};
use crate::diag::{Diagnostic, code};
use crate::schema::inherited;
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The pages of the default language by their logical paths.
type Pages<'a> = BTreeMap<Arc<str>, &'a PageRecord>;

/// Tags that are also words or short for something in a school. They need more than a page of a known name.
const SHORT_FOR: &[&str] = &[
    "am", "as", "ca", "ch", "cs", "da", "de", "din", "el", "ga", "ha", "he", "hi", "hr", "id", "is", "it",
    "kg", "ki", "lo", "mam", "men", "mi", "ms", "mt", "my", "nb", "ne", "no", "ny", "om", "or", "pa", "ps",
    "pt", "sd", "si", "sk", "sl", "sn", "so", "sq", "st", "sw", "ta", "te", "th", "ti", "tk", "to", "ts",
    "tt", "war",
];

/// Takes the pages of such folders out of `pages` and reports each folder.
pub(super) fn set_apart(pages: &mut Pages<'_>, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let mut folders: Vec<Arc<str>> = Vec::new();
    for logical in pages.keys() {
        if let Some((folder, _)) = logical.split_once('/')
            && folders.last().is_none_or(|last| **last != *folder)
        {
            folders.push(folder.into());
        }
    }
    for folder in folders {
        let Some(tag) = meant(&folder).filter(|tag| inherited(tag).any(is_known)) else { continue };
        // `pt-ot` is a folder of a school.
        let kin = kin(&tag, config).filter(|_| !tag.contains('-') || is_of_place(&tag));
        let inside = || of_folder(pages, &folder);
        let Some((_, first)) = inside().next() else { continue };
        let path = first.document.path.clone();
        if tag == config.default_language() {
            diagnostics.push(of_main(&folder, &path));
            continue;
        }
        let listed = config.language(&tag).is_some();
        if !listed && kin.is_none() && !speaks(pages, &folder, &tag, config) {
            continue;
        }
        let name = crate::config::language::language(&tag).name;
        let found = if let Some(kin) = kin.filter(|_| !listed) {
            if kin == config.default_language() {
                if speaks(pages, &folder, &tag, config) {
                    diagnostics.push(of_main(&folder, &path));
                }
                continue;
            }
            let message = format!(
                "The folder content/{folder} is not read as that of a language: site.yaml lists {kin}, and not {tag}."
            );
            let help = format!(
                "Rename the folder to {kin}, or list {tag} under languages in site.yaml. If its pages are in the main language, \
                give the folder a name that is no language."
            );
            Diagnostic::error(code::UNKNOWN_LANGUAGE, &path, Span::default(), message).help(help)
        } else if listed {
            let message =
                format!("The folder content/{folder} is not read as that of {name}, whose tag is {tag}.");
            let help = format!(
                "Rename it to content/{tag}, or move its pages there: a folder is called as its language in site.yaml."
            );
            Diagnostic::error(code::UNKNOWN_LANGUAGE, &path, Span::default(), message).help(help)
        } else {
            let message =
                format!("The folder content/{folder} holds pages in {name}, which site.yaml does not list.");
            let rename =
                if *folder == *tag { String::new() } else { format!(", and rename the folder to {tag}") };
            let help = format!(
                "To have the language, add a line `- {tag}` under languages in site.yaml{rename}. \
                To be without it, delete the folder content/{folder} and all texts in `{tag}` in site.yaml."
            );
            Diagnostic::error(code::UNKNOWN_LANGUAGE, &path, Span::default(), message).help(help)
        };
        diagnostics.push(found);
        let gone: Vec<Arc<str>> = inside().map(|(logical, _)| logical.clone()).collect();
        for logical in gone {
            pages.remove(&logical);
        }
    }
}

/// The tag that the site lists of the same language in another form: `es-MX` for `es`, `es` for `es-MX`.
fn kin<'c>(tag: &str, config: &'c Config) -> Option<&'c str> {
    let base = |tag: &str| tag.split('-').next().unwrap_or("").to_owned();
    let mut same = config.languages.iter().map(|l| l.code.as_str()).filter(|code| base(code) == base(tag));
    let first = same.next()?;
    // The main language may be in several forms; that of a folder is another one.
    Some(if first == config.default_language() { same.next().unwrap_or(first) } else { first })
}

fn of_folder<'p, 'a>(
    pages: &'p Pages<'a>,
    folder: &str,
) -> impl Iterator<Item = (&'p Arc<str>, &'p &'a PageRecord)> {
    let start: Arc<str> = format!("{folder}/").into();
    let end: Arc<str> = format!("{folder}0").into();
    pages.range(start..end)
}

/// The folder of the main language, which has none.
fn of_main(folder: &str, path: &crate::source::SourcePath) -> Diagnostic {
    let message = format!("content/{folder} holds pages of the main language, which lie in content/ itself.");
    Diagnostic::warning(code::UNKNOWN_LANGUAGE, path, Span::default(), message)
        .help(format!("Move what is in content/{folder} up into content/."))
}

/// Whether something speaks for pages in that language: a stamp of a translation, a text of the site in it, the paths of
/// originals.
fn speaks(pages: &Pages<'_>, folder: &str, tag: &str, config: &Config) -> bool {
    // `pt_BR` and `zh-hans` are short for nothing else.
    if is_of_place(tag) {
        return true;
    }
    if config.texts().iter().any(|text| text.0.contains_key(tag)) {
        return true;
    }
    let (mut others, mut same) = (0, 0);
    for (logical, record) in of_folder(pages, folder) {
        if record.document.summary.translated_from.is_some() {
            return true;
        }
        let rest = logical.get(folder.len() + 1..).unwrap_or("");
        if rest != "index.md" {
            others += 1;
            same += u32::from(pages.contains_key(rest));
        }
    }
    match SHORT_FOR.contains(&tag.split('-').next().unwrap_or(tag)) {
        true => same > 1 && same * 2 >= others,
        false => same * 2 >= others,
    }
}

/// Whether the tag names a country or script that a language of schools is often given with.
fn is_of_place(tag: &str) -> bool {
    const OFTEN: &[&str] = &[
        "es-MX", "es-US", "es-ES", "es-419", "pt-BR", "pt-PT", "zh-CN", "zh-TW", "zh-HK", "zh-Hans",
        "zh-Hant", "fr-CA", "fr-FR", "ar-SA", "ar-EG", "ko-KR", "ja-JP", "ru-RU", "vi-VN", "de-DE", "so-SO",
        "ht-HT", "hi-IN", "pa-IN", "ur-PK",
    ];
    OFTEN.contains(&tag)
}
