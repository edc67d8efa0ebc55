//! UI strings: the theme's words in each language, with placeholders and plurals.
//!
//! `translations/<language>.yaml` maps keys to a text or to one text a plural category
//! (`one`, `two`, `few`, `many`, `other`, `zero`; CLDR's rules choose). Later layers replace single keys. `unreviewed: true`
//! is no text: nobody who speaks the language has checked the file.

use crate::config::yaml::{self, Node, NodeValue};
use crate::diag::{Diagnostic, Severity, code};
use crate::schema::inherited;
use crate::schema::scalar::boolean;
use crate::source::{Source, Span};
use icu_plurals::{PluralCategory, PluralRules};
use std::collections::{BTreeMap, BTreeSet};

/// The text of one key.
#[derive(Debug, Clone, PartialEq)]
enum Text {
    One(String),
    Plural(BTreeMap<String, String>),
}

/// All UI strings of a site.
#[derive(Default)]
pub struct Strings {
    languages: BTreeMap<String, BTreeMap<String, Text>>,
    /// Whether nobody has checked a language's texts, where a file says so; the nearest layer decides.
    unreviewed: BTreeMap<String, bool>,
}

/// The key that says that nobody has checked a file.
pub const UNREVIEWED: &str = "unreviewed";

/// The forms for numbers that languages have (CLDR).
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

impl Strings {
    /// Reads the files of all layers, the base first. Files that are not a mapping of texts are reported.
    pub fn load<'a>(sources: impl Iterator<Item = &'a Source>, diagnostics: &mut Vec<Diagnostic>) -> Strings {
        let mut strings = Strings::default();
        for source in sources {
            let lang = source.path.file_name().trim_end_matches(".yaml").trim_end_matches(".yml").to_string();
            let text = match source.utf8() {
                Ok(text) => text,
                Err(at) => {
                    diagnostics.push(refused(source, Span::at(at), "they are not UTF-8 text from here on"));
                    continue;
                }
            };
            let parsed = yaml::parse_data(&source.path, text, 0);
            let as_data = |d: Diagnostic| match d.severity {
                Severity::Error => Diagnostic { code: code::BAD_DATA, ..d },
                _ => d,
            };
            diagnostics.extend(parsed.diagnostics.into_iter().map(as_data));
            let Some(node) = parsed.value else { continue };
            let Some(entries) = node.as_map() else {
                if !node.is_broken() {
                    diagnostics.push(refused(source, node.span, "they are no list of keys with their texts"));
                }
                continue;
            };
            let table = strings.languages.entry(lang.clone()).or_default();
            for (key, value) in entries {
                let truth = value.as_text().filter(|_| key.text == UNREVIEWED);
                if let Some(Ok(unreviewed)) = truth.map(boolean) {
                    strings.unreviewed.insert(lang.clone(), unreviewed);
                    continue;
                }
                let text = match value.as_map() {
                    Some(forms) => {
                        let forms = forms.iter().filter_map(|(k, v)| Some((k.text.clone(), scalar(v)?)));
                        let forms: BTreeMap<String, String> = forms.collect();
                        for (form, _) in value.as_map().into_iter().flatten() {
                            if !FORMS.contains(&form.text.as_str()) {
                                let message = format!(
                                    "`{}` has a form called `{}`, which no language has.",
                                    key.text, form.text
                                );
                                let found =
                                    Diagnostic::error(code::BAD_DATA, &source.path, form.span, message);
                                diagnostics.push(found.help(format!("Forms are {}.", FORMS.join(", "))));
                            }
                        }
                        // Without that form there are numbers for which there is no text: the next language's stands.
                        if !forms.contains_key("other") {
                            let name = &key.text;
                            let message = format!("`{name}` has forms for numbers, and none called `other`.");
                            let found = Diagnostic::error(code::BAD_DATA, &source.path, key.span, message);
                            let forms = categories(&lang).join(", ");
                            diagnostics
                                .push(found.help(format!("Write all forms of the language: {forms}.")));
                            continue;
                        }
                        Some(Text::Plural(forms))
                    }
                    None => {
                        if let NodeValue::List(_) = value.value {
                            let message = format!("`{}` must be a text, not {}.", key.text, value.describe());
                            let found = Diagnostic::error(code::BAD_DATA, &source.path, value.span, message);
                            let help = format!(
                                "Write {}: and its text, in quotes if it begins with a bracket.",
                                key.text
                            );
                            diagnostics.push(found.help(help));
                        }
                        scalar(value).map(Text::One)
                    }
                };
                if let Some(text) = text {
                    table.insert(key.text.clone(), text);
                }
            }
        }
        strings
    }

    /// The text of `key` in `lang`, else in a tag that it inherits from, else likewise in `default`, else in English; the
    /// language that had it.
    fn find(&self, lang: &str, default: &str, key: &str) -> Option<(&str, &Text)> {
        inherited(lang).chain(inherited(default)).chain(["en"]).find_map(|l| {
            self.languages.get_key_value(l).and_then(|(l, table)| Some((l.as_str(), table.get(key)?)))
        })
    }

    /// The text of `key` in `lang` or a tag that it inherits from, and in no other.
    pub fn own(&self, lang: &str, key: &str) -> Option<&str> {
        if self.has(lang, key) { self.get(lang, lang, key, None) } else { None }
    }

    /// The text of `key`, its plural form chosen by `n`; `{name}` placeholders are not yet replaced. None when no
    /// language has the key.
    pub fn get(&self, lang: &str, default: &str, key: &str, n: Option<i64>) -> Option<&str> {
        let (found, text) = self.find(lang, default, key)?;
        match text {
            Text::One(text) => Some(text),
            Text::Plural(forms) => {
                let category = match (n, rules(found)) {
                    (Some(n), Some(rules)) => name(rules.category_for(n.unsigned_abs() as usize)),
                    _ => "other",
                };
                forms.get(category).or_else(|| forms.get("other")).map(String::as_str)
            }
        }
    }

    /// Whether `lang` or a tag that it inherits from has the key.
    pub fn has(&self, lang: &str, key: &str) -> bool {
        inherited(lang).any(|tag| self.languages.get(tag).is_some_and(|t| t.contains_key(key)))
    }

    /// Whether nobody who speaks the language has checked its texts: those of the nearest tag that has any.
    pub fn is_unreviewed(&self, lang: &str) -> bool {
        let nearest =
            inherited(lang).find(|tag| self.languages.get(*tag).is_some_and(|table| !table.is_empty()));
        nearest.is_some_and(|tag| self.unreviewed.get(tag).copied().unwrap_or(false))
    }

    /// A file of the texts that `lang` lacks, each in the words of `default` behind a `#`, with the plural forms that the
    /// language has; none when it lacks nothing.
    pub fn to_translate(&self, lang: &str, default: &str) -> Option<String> {
        let mut out = String::new();
        for key in self.keys(default).into_iter().filter(|key| !self.has(lang, key)) {
            match self.find(default, default, key)?.1 {
                Text::One(text) => out.push_str(&format!("# {key}: {}\n", yaml::quoted(text))),
                Text::Plural(forms) => {
                    out.push_str(&format!("# {key}:\n"));
                    for category in categories(lang) {
                        let form =
                            forms.get(category).or_else(|| forms.get("other")).map_or("", String::as_str);
                        out.push_str(&format!("#   {category}: {}\n", yaml::quoted(form)));
                    }
                }
            }
        }
        (!out.is_empty()).then_some(out)
    }

    /// The keys of a language and those that it inherits from, sorted.
    pub fn keys(&self, lang: &str) -> BTreeSet<&str> {
        let tables = inherited(lang).filter_map(|tag| self.languages.get(tag));
        tables.flat_map(|table| table.keys().map(String::as_str)).collect()
    }

    /// Whether the text that a language finds for a key has plural forms.
    pub fn is_plural(&self, lang: &str, default: &str, key: &str) -> bool {
        matches!(self.find(lang, default, key), Some((_, Text::Plural(_))))
    }

    /// The places to be filled in the text that a language finds for a key, in any of its forms.
    pub fn places(&self, lang: &str, default: &str, key: &str) -> BTreeSet<String> {
        match self.find(lang, default, key) {
            Some((_, Text::One(text))) => placeholders(text).into_iter().collect(),
            Some((_, Text::Plural(forms))) => forms.values().flat_map(|text| placeholders(text)).collect(),
            None => BTreeSet::new(),
        }
    }

    /// The fingerprint of what a language finds for a key.
    pub fn fingerprint(&self, lang: &str, default: &str, key: &str) -> u64 {
        self.find(lang, default, key).map_or(0, |(found, text)| {
            crate::source::Hasher::new().text(found).text(&format!("{text:?}")).finish().low()
        })
    }
}

/// The plural forms that a language has, as its file names them.
pub fn categories(lang: &str) -> Vec<&'static str> {
    rules(lang).map_or_else(|| vec!["other"], |rules| rules.categories().map(name).collect())
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// The plural rules of a language. Made on demand from compiled data: they cannot be shared between threads.
fn rules(lang: &str) -> Option<PluralRules> {
    let locale = icu_locale_core::Locale::try_from_str(lang).ok()?;
    PluralRules::try_new_cardinal(locale.into()).ok()
}

/// A text as it was typed.
fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        NodeValue::Scalar { text, .. } => Some(text.clone()),
        NodeValue::Null => Some(String::new()),
        _ => None,
    }
}

fn refused(source: &Source, span: Span, why: &str) -> Diagnostic {
    let message = format!("The translations cannot be read: {why}.");
    Diagnostic::error(code::BAD_DATA, &source.path, span, message)
        .help("Write one key a line, such as menu: \"Menu\", and save as UTF-8.")
}

/// Replaces `{name}` in `text` by its value; unknown names stay as they are.
pub fn fill(text: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        match value(&rest[1..close]) {
            Some(found) => out.push_str(&found),
            None => out.push_str(&rest[..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

/// The names in braces in a text, in order; what cannot be a name is text.
pub fn placeholders(text: &str) -> Vec<String> {
    let found = std::cell::RefCell::new(Vec::new());
    fill(text, &|name| {
        let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if is_name {
            found.borrow_mut().push(name.to_owned());
        }
        None
    });
    found.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;

    fn load(list: &[(&str, &str)]) -> Strings {
        let sources: Vec<Source> = list
            .iter()
            .map(|(lang, text)| {
                Source::new(
                    SourcePath::new(&format!("translations/{lang}.yaml")).unwrap(),
                    text.as_bytes().to_vec(),
                )
            })
            .collect();
        Strings::load(sources.iter(), &mut Vec::new())
    }

    #[test]
    fn plurals_follow_the_language() {
        let strings = load(&[
            ("en", "pages: {one: '{n} page', other: '{n} pages'}\nmenu: Menu"),
            ("ar", "pages: {two: صفحتان, few: '{n} صفحات', other: '{n} صفحة'}"),
        ]);
        assert_eq!(strings.get("en", "en", "pages", Some(1)), Some("{n} page"));
        assert_eq!(strings.get("ar", "en", "pages", Some(2)), Some("صفحتان"));
        assert_eq!(strings.get("ar", "en", "pages", Some(3)), Some("{n} صفحات"));
        assert_eq!(strings.get("ar", "en", "menu", None), Some("Menu"));
        assert_eq!(strings.get("ar", "en", "none", None), None);
    }

    #[test]
    fn who_checked_a_file_is_no_text() {
        let strings = load(&[
            ("en", "menu: Menu\npages: {one: '{n} page', other: '{n} pages'}\ntip: 'a \"b\"'"),
            ("vi", "unreviewed: true\nmenu: Trình đơn"),
            ("zh", "unreviewed: true\nmenu: 菜单"),
            ("zh-Hant", "menu: 選單"),
            ("pl", "unreviewed: true"),
            ("pl", "unreviewed: false\nmenu: Menu"),
        ]);
        let unreviewed =
            ["en", "vi", "vi-VN", "zh-CN", "zh-TW", "pl", "xx"].map(|l| strings.is_unreviewed(l));
        assert_eq!(unreviewed, [false, true, true, true, false, false, false]);
        assert_eq!(strings.keys("vi").into_iter().collect::<Vec<_>>(), ["menu"]);
        assert_eq!(
            strings.to_translate("pl", "en").as_deref(),
            Some(
                "# pages:\n#   one: \"{n} page\"\n#   few: \"{n} pages\"\n#   many: \"{n} pages\"\n#   other: \"{n} pages\"\n# tip: 'a \"b\"'\n"
            )
        );
        assert_eq!(strings.to_translate("en-US", "en"), None);
    }

    #[test]
    fn placeholders() {
        let value = |name: &str| (name == "n").then(|| "3".to_string());
        assert_eq!(fill("{n} of {m} {", &value), "3 of {m} {");
    }
}
