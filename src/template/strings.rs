//! UI strings: the theme's words in each language, with placeholders and plurals.
//!
//! `translations/<language>.yaml` maps keys to a text or to one text a plural category
//! (`one`, `two`, `few`, `many`, `other`, `zero`; CLDR's rules choose). Later layers replace single keys.

use crate::config::yaml::{self, Node, NodeValue};
use crate::diag::{Diagnostic, Severity, code};
use crate::schema::inherited;
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
}

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
                let text = match value.as_map() {
                    Some(forms) => {
                        let forms = forms.iter().filter_map(|(k, v)| Some((k.text.clone(), scalar(v)?)));
                        Some(Text::Plural(forms.collect()))
                    }
                    None => scalar(value).map(Text::One),
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
                    (Some(n), Some(rules)) => match rules.category_for(n.unsigned_abs() as usize) {
                        PluralCategory::Zero => "zero",
                        PluralCategory::One => "one",
                        PluralCategory::Two => "two",
                        PluralCategory::Few => "few",
                        PluralCategory::Many => "many",
                        PluralCategory::Other => "other",
                    },
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

    /// The keys of a language and those that it inherits from, sorted.
    pub fn keys(&self, lang: &str) -> BTreeSet<&str> {
        let tables = inherited(lang).filter_map(|tag| self.languages.get(tag));
        tables.flat_map(|table| table.keys().map(String::as_str)).collect()
    }

    /// The fingerprint of what a language finds for a key.
    pub fn fingerprint(&self, lang: &str, default: &str, key: &str) -> u64 {
        self.find(lang, default, key).map_or(0, |(found, text)| {
            crate::source::Hasher::new().text(found).text(&format!("{text:?}")).finish().low()
        })
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
    fn placeholders() {
        let value = |name: &str| (name == "n").then(|| "3".to_string());
        assert_eq!(fill("{n} of {m} {", &value), "3 of {m} {");
    }
}
