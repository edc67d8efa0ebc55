//! Languages: tags checked, names and writing directions filled in.

use super::Language;
use super::endonyms::{endonym, is_rtl};
use super::keys;
use super::table::{Report, Table, text};
use super::yaml::{Node, NodeValue};
use crate::diag::{closest, code};
use crate::schema::inherited;

/// The language of a path below `content/`, by its number, and the path inside that language's folder. The default language
/// has no folder of its own.
pub fn split_language<'p>(languages: &[Language], inside: &'p str) -> (usize, &'p str) {
    let (first, rest) = inside.split_once('/').unwrap_or((inside, ""));
    match languages.iter().skip(1).position(|language| language.code == first) {
        Some(number) => (number + 1, rest),
        None => (0, inside),
    }
}

/// The language of that tag, with its own name and direction. Where the name of a region only parts two of one language, it is
/// left out; `list` puts it in.
pub fn language(code: &str) -> Language {
    let plain = |tag: &str| endonym(tag).filter(|name| *tag == *"pt-BR" || !name.ends_with([')', '）']));
    let name = inherited(code).find_map(plain).unwrap_or(code).to_owned();
    Language { code: code.to_owned(), name, rtl: is_rtl(code), unreviewed: false }
}

/// Whether the tag is one of the languages that families of a school speak.
pub fn is_known(tag: &str) -> bool {
    endonym(tag).is_some()
}

/// The tag that a folder's name is meant for: with `-` between its parts and the usual case; none when it is no tag.
pub fn meant(folder: &str) -> Option<String> {
    let parsed: icu_locale_core::LanguageIdentifier = folder.replace('_', "-").parse().ok()?;
    Some(parsed.to_string()).filter(|tag| tag != "und")
}

/// A well-formed tag, or what to write instead.
pub fn tag(text: &str) -> Result<String, String> {
    const HELP: &str = "write a tag such as en, es, ar or zh-Hans";
    let text = text.trim();
    let parsed: icu_locale_core::LanguageIdentifier = match text.parse() {
        Ok(parsed) if text.len() <= 35 && !text.contains('_') => parsed,
        _ => {
            let written = meant(text).filter(|tag| text.contains('_') && is_known(tag));
            let known = written.or_else(|| named(text).map(str::to_owned));
            return Err(known.map_or_else(|| HELP.to_owned(), |tag| format!("write the tag `{tag}`")));
        }
    };
    // Its texts say so in a thousand places, and no language is called like the tag of another.
    if is_known(text) && parsed.to_string() == text {
        return Ok(text.to_owned());
    }
    if let Some(tag) = named(text).filter(|tag| *tag != text) {
        return Err(format!("write the tag `{tag}`"));
    }
    let written = parsed.to_string();
    if written == "und" {
        return Err(HELP.to_owned());
    }
    if written == text { Ok(written) } else { Err(format!("write it as `{written}`")) }
}

/// What is written instead of a tag, and the tag: English names, and short forms of other lists.
const MEANT: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("burmese", "my"),
    ("cantonese", "yue"),
    ("chinese", "zh"),
    ("creole", "ht"),
    ("dari", "prs"),
    ("english", "en"),
    ("farsi", "fa"),
    ("french", "fr"),
    ("german", "de"),
    ("haitian", "ht"),
    ("haitian creole", "ht"),
    ("hindi", "hi"),
    ("hmong", "hmn"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("mandarin", "zh"),
    ("nepali", "ne"),
    ("pashto", "ps"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("punjabi", "pa"),
    ("rohingya", "rhg"),
    ("russian", "ru"),
    ("simplified chinese", "zh-Hans"),
    ("somali", "so"),
    ("spanish", "es"),
    ("swahili", "sw"),
    ("tagalog", "tl"),
    ("traditional chinese", "zh-Hant"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("vietnamese", "vi"),
    // Codes of countries, and of other lists.
    ("cn", "zh"),
    ("jp", "ja"),
    ("sp", "es"),
    ("spa", "es"),
    ("vn", "vi"),
];

/// The tag of a language by its English name or its own, for those who write it instead of the tag.
pub fn named(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let english = MEANT.iter().find(|(name, _)| *name == lower).map(|(_, tag)| *tag);
    english.or_else(|| super::endonyms::tag_of(&lower))
}

/// The tag that somebody may have meant by a text that is none, or that no language has.
pub fn suggested(text: &str) -> Option<String> {
    let spelt = || meant(text).filter(|tag| inherited(tag).any(is_known));
    let near = || {
        let name = closest(text, MEANT.iter().map(|(name, _)| *name).filter(|name| name.len() > 3))?;
        named(name).map(str::to_owned)
    };
    named(text.trim()).map(str::to_owned).or_else(spelt).or_else(near)
}

/// The list `languages`: tags, or groups of `code`, `name`, `rtl`, `unreviewed`.
pub(super) fn list(node: &Node, report: &mut Report<'_>) -> Vec<Language> {
    let one = std::slice::from_ref(node);
    let items: &[Node] = match &node.value {
        NodeValue::List(items) => items,
        _ => one,
    };
    let mut out: Vec<Language> = Vec::new();
    for item in items {
        let told = report.diagnostics.len();
        let Some(language) = item_language(item, report) else { continue };
        if out.iter().any(|l| l.code.eq_ignore_ascii_case(&language.code)) {
            // What is written otherwise than the tag it means was told.
            if report.diagnostics.len() > told {
                continue;
            }
            report.error(
                code::BAD_CONFIG,
                item.span,
                format!("the language `{}` stands twice", language.code),
                "delete one of the two",
            );
        } else {
            out.push(language);
        }
    }
    // Two of one language are told apart by their regions.
    let names: Vec<String> = out.iter().map(|language| language.name.clone()).collect();
    for language in &mut out {
        let same = names.iter().filter(|name| **name == language.name).count() > 1;
        if let Some(name) = endonym(&language.code).filter(|_| same) {
            language.name = name.to_owned();
        }
    }
    out
}

fn item_language(item: &Node, report: &mut Report<'_>) -> Option<Language> {
    if item.as_map().is_none() {
        return checked_tag(item, report).map(|code| language(&code));
    }
    let table = Table::new("a language", keys::LANGUAGE, item, report);
    let code = table.get("code").and_then(|node| checked_tag(node, report));
    let name = table.text("name", report);
    let rtl = table.boolean("rtl", report);
    let unreviewed = table.boolean("unreviewed", report);
    let written = table.entry("code").is_some();
    table.finish(report);
    if !written {
        report.error(
            code::BAD_CONFIG,
            item.span,
            "a language needs its `code`",
            "add a line such as code: es",
        );
    }
    let mut found = language(&code?);
    found.name = name.unwrap_or(found.name);
    found.rtl = rtl.unwrap_or(found.rtl);
    found.unreviewed = unreviewed.unwrap_or(false);
    Some(found)
}

fn checked_tag(node: &Node, report: &mut Report<'_>) -> Option<String> {
    let text = text("languages", node, report)?;
    match tag(&text) {
        Ok(tag) => Some(tag),
        Err(help) => {
            report.error(code::BAD_CONFIG, node.span, format!("`{text}` is not a language tag"), help);
            // It is told; what is meant is known all the same.
            let spelt = meant(&text).filter(|tag| inherited(tag).any(is_known));
            spelt.or_else(|| named(&text).map(str::to_owned))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        for good in ["en", "es", "zh-Hans", "pt-BR", "hmn", "mam"] {
            assert_eq!(tag(good).as_deref(), Ok(good));
        }
        for bad in ["", "e", "English", "en_US", "../x", "zh-hans", "EN", "a/b", "und", "spanish"] {
            assert!(tag(bad).is_err(), "{bad}");
        }
        assert_eq!(tag("zh-hans"), Err("write it as `zh-Hans`".into()));
        assert_eq!(tag("spanish"), Err("write the tag `es`".into()));
        for (text, tag) in [
            ("spanish", Some("es")),
            ("Vietnamise", Some("vi")),
            ("Español", Some("es")),
            ("haitian creole", Some("ht")),
            ("pt_br", Some("pt-BR")),
            ("vn", Some("vi")),
            ("xx", None),
            ("klingon", None),
        ] {
            assert_eq!(suggested(text).as_deref(), tag, "{text}");
        }
    }

    #[test]
    fn names_and_directions() {
        assert_eq!((language("es").name.as_str(), language("es").rtl), ("Español", false));
        assert!(
            language("ar").rtl && language("ar-EG").rtl && language("pa-Arab").rtl && !language("pa").rtl
        );
        for rtl in [
            "ar", "he", "fa", "fa-AF", "prs", "ps", "pnb", "rhg", "syr", "aii", "ckb", "ur", "yi", "ug",
            "sd", "dv", "nqo", "ks", "lah", "haz", "bal", "azb", "pa-PK", "pa-Arab", "ku-IQ", "ku-Arab",
            "uz-AF", "en-Hebr", "ff-Adlm", "ha-Arab",
        ] {
            assert!(language(rtl).rtl, "{rtl}");
        }
        for ltr in [
            "en", "pa", "ku", "uz", "ar-Latn", "rhg-Latn", "ks-Deva", "ff", "ha", "zh-Hant", "tr", "az", "xx",
        ] {
            assert!(!language(ltr).rtl, "{ltr}");
        }
        for (tag, name) in [
            ("es-MX", "Español"),
            ("es-419", "Español"),
            ("en-US", "English"),
            ("pt-BR", "Português (Brasil)"),
            ("zh-TW", "繁體中文"),
            ("zh-Hant-HK", "繁體中文"),
            ("prs", "دری"),
            ("vi-VN", "Tiếng Việt"),
            ("xx", "xx"),
        ] {
            assert_eq!(language(tag).name, name, "{tag}");
        }
    }

    #[test]
    fn folders_are_tags_in_another_spelling() {
        for (folder, tag) in [
            ("es-mx", "es-MX"),
            ("pt_BR", "pt-BR"),
            ("ES", "es"),
            ("zh-hans", "zh-Hans"),
            ("ZH_HANT_tw", "zh-Hant-TW"),
            ("es", "es"),
        ] {
            assert_eq!(meant(folder).as_deref(), Some(tag));
        }
        for other in ["parents", "", "a b", "activities-2", "x"] {
            assert_eq!(meant(other), None, "{other}");
        }
    }
}
