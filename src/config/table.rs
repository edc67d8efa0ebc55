//! A mapping read key by key: the keys of its list in `keys` are known, every other is reported with the closest one.
//!
//! `site`, `theme` and `kinds` read their files through this, so all of them say the same of the same mistake.

use super::keys::KeyInfo;
use super::values::{Values, Words};
use super::yaml::{Key, Node, NodeValue, quoted};
use crate::diag::{Code, Diagnostic, closest, code};
use crate::schema::scalar::{self, Fault};
use crate::schema::{Localized, fault_at};
use crate::source::{SourcePath, Span};

/// Where problems of one file go.
pub(super) struct Report<'a> {
    pub path: &'a SourcePath,
    pub diagnostics: Vec<Diagnostic>,
    /// The site's languages; a text in another one is reported. Empty while they are not known.
    pub languages: Vec<String>,
    /// Words of the settings that texts for readers may name, as soon as they are known.
    pub words: Option<Values>,
}

impl<'a> Report<'a> {
    pub fn new(path: &'a SourcePath) -> Self {
        Report { path, diagnostics: Vec::new(), languages: Vec::new(), words: None }
    }

    pub fn error(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, self.path, span, message).help(help));
    }

    pub fn fault(&mut self, name: &str, span: Span, mut fault: Fault) {
        if fault.code == code::UNSAFE_LINK {
            fault.code = code::BAD_CONFIG;
        }
        self.diagnostics.push(fault_at(self.path, span, name, fault));
    }

    /// A text in `lang` with the words of the settings in place; what is wrong with them is told.
    pub fn worded(&mut self, text: String, lang: &str, span: Span) -> String {
        match &self.words {
            Some(values) => Words::new(values, lang).fill(text, self.path, span, &mut self.diagnostics),
            None => text,
        }
    }

    /// A text for all languages: it is one for each where the words that it names are.
    fn plain(&mut self, text: String, span: Span) -> Localized {
        if self.words.is_none() || !text.contains('{') {
            return Localized::plain(text);
        }
        let told = self.diagnostics.len();
        let first = self.languages.first().map_or("en", String::as_str).to_owned();
        let in_first = self.worded(text.clone(), &first, span);
        let heard = self.diagnostics.len();
        let mut all = Localized::default();
        for lang in self.languages.clone() {
            let text = self.worded(text.clone(), &lang, span);
            all.0.insert(lang, text);
        }
        // The same is wrong in each language, unless it is a word that only some of them have.
        if heard > told {
            self.diagnostics.truncate(heard);
        }
        match all.0.values().all(|text| *text == in_first) {
            true => Localized::plain(in_first),
            false => all,
        }
    }
}

/// A mapping and the keys that it may have.
pub(super) struct Table<'a> {
    entries: &'a [(Key, Node)],
    /// What it is called in messages: "`contact`", "site.yaml".
    what: String,
    keys: &'static [KeyInfo],
}

impl<'a> Table<'a> {
    /// The mapping in `node`; anything else is reported, nothing at all is an empty mapping.
    pub fn new(
        what: impl Into<String>,
        keys: &'static [KeyInfo],
        node: &'a Node,
        report: &mut Report<'_>,
    ) -> Table<'a> {
        let what = what.into();
        let entries: &[(Key, Node)] = match &node.value {
            NodeValue::Map(entries) => entries,
            NodeValue::Null | NodeValue::Broken => &[],
            _ => {
                let message = format!("{what} must hold lines of `key: value`, not {}", node.describe());
                report.error(
                    code::WRONG_TYPE,
                    node.span,
                    message,
                    "write each setting on a line of its own, indented by two spaces",
                );
                &[]
            }
        };
        Table { entries, what, keys }
    }

    /// The value of a key, with the key.
    pub fn entry(&self, name: &'static str) -> Option<(&'a Key, &'a Node)> {
        debug_assert!(
            self.keys.iter().any(|k| k.name == name),
            "{} has no key {name} in its list",
            self.what
        );
        self.entries.iter().find(|(k, _)| k.text == name).map(|(k, n)| (k, n))
    }

    /// The value of a key, when something is written there.
    pub fn get(&self, name: &'static str) -> Option<&'a Node> {
        self.entry(name)
            .map(|(_, n)| n)
            .filter(|n| !n.takes_away() && !matches!(n.value, NodeValue::Null | NodeValue::Broken))
    }

    /// Whether the key is there with `null`.
    pub fn takes_away(&self, name: &'static str) -> bool {
        self.entry(name).is_some_and(|(_, n)| n.takes_away())
    }

    /// One text.
    pub fn text(&self, name: &'static str, report: &mut Report<'_>) -> Option<String> {
        let node = self.get(name)?;
        text(name, node, report)
    }

    /// True or false.
    pub fn boolean(&self, name: &'static str, report: &mut Report<'_>) -> Option<bool> {
        let node = self.get(name)?;
        boolean(name, node, report)
    }

    /// A text, or one for each language.
    pub fn localized(&self, name: &'static str, report: &mut Report<'_>) -> Option<Localized> {
        let node = self.get(name)?;
        localized(name, node, report)
    }

    /// A value that a function of `schema::scalar` reads.
    pub fn checked<T>(
        &self,
        name: &'static str,
        report: &mut Report<'_>,
        read: impl Fn(&str) -> Result<T, Fault>,
    ) -> Option<T> {
        let node = self.get(name)?;
        let text = text(name, node, report)?;
        match read(&text) {
            Ok(value) => Some(value),
            Err(fault) => {
                report.fault(name, node.span, fault);
                None
            }
        }
    }

    /// Reports the keys that are not known.
    pub fn finish(self, report: &mut Report<'_>) {
        for (key, _) in self.entries {
            if !self.keys.iter().any(|k| k.name == key.text) {
                let known: Vec<&str> = self.keys.iter().map(|k| k.name).collect();
                unknown(&self.what, key, &known, report);
            }
        }
    }
}

/// Reports a key that is not among `known`.
pub(super) fn unknown(what: &str, key: &Key, known: &[&str], report: &mut Report<'_>) {
    let message = format!("{what} has no key `{}`", key.text);
    let d = Diagnostic::error(code::UNKNOWN_KEY, report.path, key.span, message);
    report.diagnostics.push(match closest(&key.text, known.iter().copied()) {
        Some(near) => d.help(format!("did you mean `{near}`?")).fix(key.span, near),
        None => d.help(format!("keys: {}", known.join(", "))),
    });
}

/// One text; empty is none.
pub(super) fn text(name: &str, node: &Node, report: &mut Report<'_>) -> Option<String> {
    match &node.value {
        NodeValue::Scalar { text, .. } => {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        }
        NodeValue::Null | NodeValue::Broken => None,
        _ => {
            let message = format!("`{name}` must be one text, not {}", node.describe());
            report.error(
                code::WRONG_TYPE,
                node.span,
                message,
                format!("write {name}: and the text on one line"),
            );
            None
        }
    }
}

/// True or false, without quotes.
pub(super) fn boolean(name: &str, node: &Node, report: &mut Report<'_>) -> Option<bool> {
    let written = text(name, node, report)?;
    match scalar::boolean(&written) {
        Ok(value) => Some(value),
        Err(fault) => {
            report.fault(name, node.span, fault);
            None
        }
    }
}

/// Several texts: a list, or one.
pub(super) fn texts(name: &str, node: &Node, report: &mut Report<'_>) -> Vec<String> {
    match &node.value {
        NodeValue::List(items) => items.iter().filter_map(|n| text(name, n, report)).collect(),
        NodeValue::Map(_) => {
            let message = format!("`{name}` must be a list, not {}", node.describe());
            report.error(code::WRONG_TYPE, node.span, message, format!("write {name}: [one, two]"));
            Vec::new()
        }
        _ => text(name, node, report).into_iter().collect(),
    }
}

/// `title: text` or `title: {en: text, es: texto}`.
pub(super) fn localized(name: &str, node: &Node, report: &mut Report<'_>) -> Option<Localized> {
    let NodeValue::Map(entries) = &node.value else {
        return match &node.value {
            NodeValue::List(_) => {
                let message = format!("`{name}` must be one text, or a text for each language, not a list");
                report.error(
                    code::WRONG_TYPE,
                    node.span,
                    message,
                    format!("write {name}: text, or {name}: {{en: text, es: texto}}"),
                );
                None
            }
            _ => text(name, node, report).map(|text| report.plain(text, node.span)),
        };
    };
    let mut out = Localized::default();
    for (key, value) in entries {
        match super::language::tag(&key.text) {
            Ok(tag) => {
                let inherits =
                    |language: &String| crate::schema::inherited(language).any(|known| known == tag);
                if !report.languages.is_empty() && !report.languages.iter().any(inherits) {
                    let message = format!("`{name}` has a text in `{tag}`, which the site does not list");
                    let d = Diagnostic::warning(code::UNKNOWN_LANGUAGE, report.path, key.span, message);
                    let help =
                        format!("add `{tag}` to `languages`, or use one of: {}", report.languages.join(", "));
                    report.diagnostics.push(d.help(help));
                }
                if let Some(text) = text(name, value, report) {
                    let text = report.worded(text, &tag, value.span);
                    out.0.insert(tag, text);
                }
            }
            Err(help) => {
                let message = format!("`{}` is not a language tag", key.text);
                let help = format!(
                    "{help}; a text with a colon in it needs quotes: {name}: {}",
                    quoted("text: more")
                );
                report.error(code::UNKNOWN_LANGUAGE, key.span, message, help);
            }
        }
    }
    (!out.is_empty()).then_some(out)
}
