//! Languages: tags checked, names and writing directions filled in.

use super::Language;
use super::keys;
use super::table::{Report, Table, text};
use super::yaml::{Node, NodeValue};
use crate::diag::code;

/// Languages by their own names, as family guides most often need them.
const NAMES: &[(&str, &str)] = &[
    ("am", "አማርኛ"),
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("gu", "ગુજરાતી"),
    ("haw", "ʻŌlelo Hawaiʻi"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hmn", "Hmoob"),
    ("ht", "Kreyòl ayisyen"),
    ("hy", "Հայերեն"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("km", "ខ្មែរ"),
    ("ko", "한국어"),
    ("lo", "ລາວ"),
    ("mh", "Kajin M̧ajeļ"),
    ("my", "မြန်မာ"),
    ("ne", "नेपाली"),
    ("nv", "Diné Bizaad"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("pl", "Polski"),
    ("ps", "پښتو"),
    ("pt", "Português"),
    ("pt-BR", "Português (Brasil)"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sm", "Gagana Samoa"),
    ("so", "Soomaali"),
    ("sq", "Shqip"),
    ("sw", "Kiswahili"),
    ("ta", "தமிழ்"),
    ("te", "తెలుగు"),
    ("th", "ไทย"),
    ("ti", "ትግርኛ"),
    ("tl", "Tagalog"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];

/// The language of a path below `content/`, by its number, and the path inside that language's folder. The default language
/// has no folder of its own.
pub fn split_language<'p>(languages: &[Language], inside: &'p str) -> (usize, &'p str) {
    let (first, rest) = inside.split_once('/').unwrap_or((inside, ""));
    match languages.iter().skip(1).position(|language| language.code == first) {
        Some(number) => (number + 1, rest),
        None => (0, inside),
    }
}

/// Languages and scripts written from right to left.
const RIGHT_TO_LEFT: &[&str] =
    &["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi", "Arab", "Hebr", "Thaa"];

/// The language of that tag, with its own name and direction.
pub fn language(code: &str) -> Language {
    let base = code.split('-').next().unwrap_or(code);
    let named = |tag: &str| NAMES.iter().find(|(t, _)| *t == tag).map(|(_, name)| (*name).to_owned());
    let name = named(code).or_else(|| named(base)).unwrap_or_else(|| code.to_owned());
    let script = code.split('-').nth(1).filter(|s| s.len() == 4);
    let rtl = RIGHT_TO_LEFT.contains(&script.unwrap_or(base));
    Language { code: code.to_owned(), name, rtl, unreviewed: false }
}

/// Whether the tag is one of the languages that family guides most often need.
pub fn is_known(tag: &str) -> bool {
    NAMES.iter().any(|(known, _)| *known == tag)
}

/// A well-formed tag, or what to write instead.
pub fn tag(text: &str) -> Result<String, String> {
    const HELP: &str = "write a tag such as en, es, ar or zh-Hans";
    let text = text.trim();
    let parsed: icu_locale_core::LanguageIdentifier = match text.parse() {
        Ok(parsed) if text.len() <= 35 && !text.contains('_') => parsed,
        _ => {
            let known = NAMES
                .iter()
                .find(|(t, n)| n.eq_ignore_ascii_case(text) || english(t).eq_ignore_ascii_case(text));
            return Err(known.map_or_else(|| HELP.to_owned(), |(t, _)| format!("write the tag `{t}`")));
        }
    };
    if let Some((t, _)) = NAMES.iter().find(|(t, _)| english(t).eq_ignore_ascii_case(text)) {
        return Err(format!("write the tag `{t}`"));
    }
    let written = parsed.to_string();
    if written == "und" {
        return Err(HELP.to_owned());
    }
    if written == text { Ok(written) } else { Err(format!("write it as `{written}`")) }
}

/// The English name of the commonest languages, for those who write it instead of the tag.
fn english(tag: &str) -> &'static str {
    match tag {
        "en" => "english",
        "es" => "spanish",
        "ar" => "arabic",
        "fr" => "french",
        "vi" => "vietnamese",
        "zh" => "chinese",
        "ru" => "russian",
        "so" => "somali",
        _ => "-",
    }
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
        let Some(language) = item_language(item, report) else { continue };
        if out.iter().any(|l| l.code.eq_ignore_ascii_case(&language.code)) {
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
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        for good in ["en", "es", "zh-Hans", "pt-BR", "hmn"] {
            assert_eq!(tag(good).as_deref(), Ok(good));
        }
        for bad in ["", "e", "English", "en_US", "../x", "zh-hans", "EN", "a/b", "und", "spanish"] {
            assert!(tag(bad).is_err(), "{bad}");
        }
        assert_eq!(tag("zh-hans"), Err("write it as `zh-Hans`".into()));
        assert_eq!(tag("spanish"), Err("write the tag `es`".into()));
    }

    #[test]
    fn names_and_directions() {
        assert_eq!((language("es").name.as_str(), language("es").rtl), ("Español", false));
        assert!(
            language("ar").rtl && language("ar-EG").rtl && language("pa-Arab").rtl && !language("pa").rtl
        );
        assert_eq!(language("es-MX").name, "Español");
    }
}
