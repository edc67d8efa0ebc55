//! What fields mean: kinds of page and entry as data, and the values their fields take.
//!
//! Kinds come from the theme's `kinds.yaml` and from `site.yaml`; from one description come validation,
//! `guidepost new`, the JSON Schemas and the manual's field tables. Called by `config` (which reads the
//! descriptions) and `document` (which checks front matter and entry fields against them).

mod field;
pub mod json;
mod kind;
mod length;
mod moment;
mod read;
#[cfg(test)]
mod read_tests;
pub mod scalar;
mod value;

pub use field::{Choice, DEFAULT_STEPS, Display, Field, FieldType};
pub use kind::{Kind, Kinds};
pub use length::{Length, Unit};
pub use read::{ReadContext, fault_at, noun, read_node, read_text};
pub use value::FieldValue;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Fields of pages and entries that readers see and that hold other names of them.
pub const SHOWN_NAMES: [&str; 3] = ["also_called", "full_name", "short_name"];

/// A text in several languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localized(pub BTreeMap<String, String>);

impl Localized {
    /// The same text for every language.
    pub fn plain(text: impl Into<String>) -> Self {
        Localized(BTreeMap::from([(String::new(), text.into())]))
    }

    /// The text in `lang` or a tag that it inherits from, else in the language-neutral form, else in English, else in any
    /// language.
    pub fn get(&self, lang: &str) -> &str {
        inherited(lang)
            .find_map(|tag| self.0.get(tag))
            .or_else(|| self.0.get(""))
            .or_else(|| self.0.get("en"))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// The text in `lang` or a tag that it inherits from (or the language-neutral form), none when it was never translated.
    pub fn exact(&self, lang: &str) -> Option<&str> {
        inherited(lang).find_map(|tag| self.0.get(tag)).or_else(|| self.0.get("")).map(String::as_str)
    }

    /// Takes the texts of `later`: one text for all languages replaces all, texts by language replace those of their
    /// languages.
    pub fn merge(&mut self, later: Localized) {
        if later.0.contains_key("") {
            self.0.clear();
        }
        self.0.extend(later.0);
    }

    /// Whether it is `text` in some language, whatever the case of its letters.
    fn any_is(&self, text: &str) -> bool {
        self.0.values().any(|t| same(t, text))
    }

    /// Whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Countries whose Spanish is that of `es-419`.
const LATIN_AMERICA: &[&str] = &[
    "AR", "BO", "BR", "BZ", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX", "NI", "PA", "PE", "PR",
    "PY", "SV", "US", "UY", "VE",
];

/// A language tag and those that it inherits texts from, the nearest first: `es-MX`, `es-419`, `es`.
pub fn inherited(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| {
        let (shorter, last) = tag.rsplit_once('-')?;
        Some(match (shorter, last) {
            ("es", region) if LATIN_AMERICA.contains(&region) => "es-419",
            ("zh", "TW" | "HK" | "MO") => "zh-Hant",
            ("zh", "CN" | "SG") => "zh-Hans",
            _ => shorter,
        })
    })
}

/// Whether two texts are the same but for the case of their letters.
fn same(a: &str, b: &str) -> bool {
    a == b || a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regional_tags_inherit_key_by_key() {
        for (tag, chain) in [
            ("es-MX", "es-MX es-419 es"),
            ("es-419", "es-419 es"),
            ("es-ES", "es-ES es"),
            ("pt-BR", "pt-BR pt"),
            ("zh-Hant", "zh-Hant zh"),
            ("zh-TW", "zh-TW zh-Hant zh"),
            ("zh-Hant-TW", "zh-Hant-TW zh-Hant zh"),
            ("en", "en"),
        ] {
            assert_eq!(inherited(tag).collect::<Vec<_>>().join(" "), chain);
        }
        let label = Localized(BTreeMap::from([("en".into(), "Bus".into()), ("es".into(), "Autobús".into())]));
        assert_eq!((label.get("es-MX"), label.exact("es-419")), ("Autobús", Some("Autobús")));
        assert_eq!((label.get("pt-BR"), label.exact("pt-BR")), ("Bus", None));
    }
}
