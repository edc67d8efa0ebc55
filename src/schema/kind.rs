//! A kind of page or entry, and the set of all kinds of a site.

use super::{Field, Localized, same};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One kind.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Kind {
    /// Its name in front matter: `activity`.
    pub name: String,
    /// What readers see for one: "Activity".
    pub label: Localized,
    /// What readers see for many: "Activities".
    pub plural: Localized,
    /// The template of a page of this kind; none means `page.html`.
    pub template: Option<String>,
    /// Whether an entry's text is required.
    pub body_required: bool,
    /// Whether `guidepost new` makes its pages with `hidden: true`: for what is made for one family, and found by its link.
    pub new_hidden: bool,
    /// Whether entries of this kind are the glossary (only `term` in the built-in theme).
    pub glossary: bool,
    /// Fields by which ready-made choice pages are made (the activity finder); empty for none.
    pub facets: Vec<String>,
    /// Address of the finder's folder from the language root, such as `activities/find`.
    pub finder: Option<String>,
    /// The fields that cards of its pages show.
    pub summary: Vec<String>,
    /// The fields, in the order in which they are shown.
    pub fields: Vec<Field>,
}

impl Kind {
    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The field that an editor names by `label` in `lang`: by its label in that language, in any
    /// language, or by its name.
    pub fn field_by_label(&self, label: &str, lang: &str) -> Option<&Field> {
        let wanted = label.trim();
        let exact = |f: &&Field| f.label.exact(lang).is_some_and(|l| same(l, wanted));
        self.fields
            .iter()
            .find(exact)
            .or_else(|| self.fields.iter().find(|f| same(&f.name, wanted)))
            .or_else(|| self.fields.iter().find(|f| f.label.any_is(wanted)))
    }
}

/// All kinds of a site, by name; and the names of those that a later file took away, for which a theme may still ask.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Kinds(pub BTreeMap<String, Kind>, pub BTreeSet<String>);

impl Kinds {
    /// The kind of that name.
    pub fn get(&self, name: &str) -> Option<&Kind> {
        self.0.get(name)
    }

    /// Whether a later file took the kind of that name away.
    pub fn is_gone(&self, name: &str) -> bool {
        self.1.contains(name) && !self.0.contains_key(name)
    }

    /// The names of all kinds, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The name of the kind whose entries are the glossary.
    pub fn glossary(&self) -> Option<&Kind> {
        self.0.values().find(|k| k.glossary)
    }
}
