//! The sources that are not pages: settings, templates, UI strings, data, assets; and what each path means.

use crate::source::{Asset, Change, Fingerprint, Source, SourcePath};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a path below the site root is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `site.yaml`, `theme.yaml`, `kinds.yaml`, and the labels of kinds in one language, `kinds/vi.yaml`.
    Settings,
    /// A page.
    Page,
    /// A file beside pages.
    ContentAsset,
    /// A template.
    Template,
    /// An asset of the theme or the site.
    Asset,
    /// UI strings.
    Strings,
    /// A data file.
    Data,
    /// Nothing that Guidepost uses.
    Other,
}

/// What `path` is.
pub fn classify(path: &SourcePath) -> Class {
    let text = path.as_str();
    if text == "site.yaml" {
        return Class::Settings;
    }
    let inner = match text.strip_prefix("themes/") {
        Some(rest) => match rest.split_once('/') {
            Some((_, inner)) => inner,
            None => return Class::Other,
        },
        None => text,
    };
    let in_theme = inner.len() != text.len();
    match inner.split_once('/') {
        None if in_theme && matches!(inner, "theme.yaml" | "kinds.yaml") => Class::Settings,
        Some(("kinds", file)) if !file.contains('/') => Class::Settings,
        Some(("templates", _)) => Class::Template,
        Some(("assets", _)) => Class::Asset,
        Some(("translations", file)) if !file.contains('/') => Class::Strings,
        Some(("data", _)) => Class::Data,
        Some(("content", _)) if !in_theme && path.extension() == "md" => Class::Page,
        Some(("content", _)) if !in_theme => Class::ContentAsset,
        _ => Class::Other,
    }
}

/// The bytes of a file; the cache takes them as a whole.
#[derive(Debug, Clone)]
struct Text(Arc<[u8]>);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: &[u8] = Deserialize::deserialize(deserializer)?;
        Ok(Text(bytes.into()))
    }
}

/// All sources that are not pages.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Inputs {
    texts: BTreeMap<SourcePath, (Fingerprint, Text)>,
    assets: BTreeMap<SourcePath, Asset>,
}

impl Inputs {
    /// Takes a change to a file that is not a page; gives whether anything is different now.
    pub fn apply(&mut self, change: &Change) -> bool {
        match change {
            Change::Set(source) => {
                let new = (source.fingerprint, Text(source.text.clone()));
                self.assets.remove(&source.path);
                let old = self.texts.insert(source.path.clone(), new);
                old.is_none_or(|(fingerprint, _)| fingerprint != source.fingerprint)
            }
            Change::SetAsset(asset) => {
                self.texts.remove(&asset.path);
                let old = self.assets.insert(asset.path.clone(), asset.clone());
                old.as_ref() != Some(asset)
            }
            Change::Remove(path) => {
                let text = self.texts.remove(path).is_some();
                self.assets.remove(path).is_some() || text
            }
        }
    }

    /// Whether there is a file at a path.
    pub fn has(&self, path: &str) -> bool {
        self.texts.contains_key(path) || self.assets.contains_key(path)
    }

    /// The names of all themes that are there.
    pub fn themes(&self) -> Vec<String> {
        let inner = self.texts.keys().filter_map(|path| path.as_str().strip_prefix("themes/"));
        inner.filter_map(|path| path.strip_suffix("/theme.yaml")).map(str::to_owned).collect()
    }

    /// The names of all files below a folder (given with its trailing `/`), counted from it.
    pub fn names_in(&self, folder: &str) -> Vec<String> {
        let all = self.texts.keys().chain(self.assets.keys());
        all.filter_map(|path| path.as_str().strip_prefix(folder)).map(str::to_owned).collect()
    }

    /// The text file at a path.
    pub fn text(&self, path: &str) -> Option<Source> {
        let (path, (fingerprint, text)) = self.texts.get_key_value(path)?;
        Some(Source { path: path.clone(), text: text.0.clone(), fingerprint: *fingerprint })
    }

    /// The other file at a path.
    pub fn asset(&self, path: &str) -> Option<&Asset> {
        self.assets.get(path)
    }

    /// The text files below a folder (given with its trailing `/`), in path order.
    pub fn texts_in(&self, folder: &str) -> impl Iterator<Item = Source> {
        let prefix = folder.to_string();
        let start = SourcePath::new(folder.trim_end_matches('/'));
        let range = start.ok().map(|start| self.texts.range(start..));
        range
            .into_iter()
            .flatten()
            .take_while(move |(path, _)| {
                path.as_str() <= prefix.as_str() || path.as_str().starts_with(&prefix)
            })
            .filter_map({
                let prefix = folder.to_string();
                move |(path, (fingerprint, text))| {
                    path.as_str().starts_with(&prefix).then(|| Source {
                        path: path.clone(),
                        text: text.0.clone(),
                        fingerprint: *fingerprint,
                    })
                }
            })
    }

    /// The other files below a folder, in path order.
    pub fn assets_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Asset> {
        self.assets.values().filter(move |a| a.path.as_str().starts_with(folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_one_meaning() {
        let class = |p: &str| classify(&SourcePath::new(p).unwrap());
        assert_eq!(class("site.yaml"), Class::Settings);
        assert_eq!(class("themes/x/kinds.yaml"), Class::Settings);
        assert_eq!(class("themes/x/kinds/vi.yaml"), Class::Settings);
        assert_eq!(class("kinds/vi.yaml"), Class::Settings);
        assert_eq!(class("themes/x/templates/a/b.html"), Class::Template);
        assert_eq!(class("templates/page.html"), Class::Template);
        assert_eq!(class("content/a.md"), Class::Page);
        assert_eq!(class("content/a.svg"), Class::ContentAsset);
        assert_eq!(class("themes/x/content/a.md"), Class::Other);
        assert_eq!(class("data/x.yaml"), Class::Data);
        assert_eq!(class("themes/x/data/y.csv"), Class::Data);
        assert_eq!(class("kinds.yaml"), Class::Other);
    }

    #[test]
    fn folders_are_whole_names() {
        let mut inputs = Inputs::default();
        for path in ["assets/a.css", "assets-old/b.css", "assets/z/c.css", "b.css"] {
            let source = Source::new(SourcePath::new(path).unwrap(), path.as_bytes().to_vec());
            assert!(inputs.apply(&Change::Set(source.clone())));
            assert!(!inputs.apply(&Change::Set(source)));
        }
        let found: Vec<String> = inputs.texts_in("assets/").map(|s| s.path.to_string()).collect();
        assert_eq!(found, ["assets/a.css", "assets/z/c.css"]);
    }
}
