//! The site's settings: `site.yaml`, the theme's `theme.yaml` and `kinds.yaml`, and the layers of files.
//!
//! `yaml` reads text into a tree with spans; `site` and `theme` turn trees into the typed settings below;
//! every unknown key is reported with the closest known one. Called by the engine on start and whenever
//! one of these files changes.

pub mod base_url;
pub mod brand;
pub mod called;
pub mod data_pages;
pub mod data_schema;
pub mod edit;
mod endonyms;
mod files;
pub mod hosts;
pub mod json_schema;
pub mod keep_names;
pub mod keys;
mod kinds;
pub mod language;
pub mod made_files;
mod menu;
mod notice;
mod outputs;
mod places;
pub mod settings;
pub mod site;
mod table;
mod tags;
#[cfg(test)]
mod tests;
pub mod theme;
pub mod values;
pub mod yaml;
pub mod zone;

pub use files::FilePattern;
pub use hosts::Host;
pub use places::Places;

use crate::diag::Severity;
use crate::schema::{Kinds, Localized};
use jiff::civil::Date;
pub use notice::Notice;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
pub use tags::TagName;
pub use values::{Values, Words};

/// One language of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// BCP 47 tag, such as `en`, `es`, `ar`, `zh-Hans`.
    pub code: String,
    /// The language's name in itself.
    pub name: String,
    /// Whether it is written from right to left.
    pub rtl: bool,
    /// Whether its pages are machine-made or not yet reviewed by a person.
    pub unreviewed: bool,
}

/// How pages are addressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum UrlStyle {
    /// `meetings/goals.html`: works everywhere, by double-click too.
    #[default]
    File,
    /// `meetings/goals/` with an `index.html` inside: needs a web server.
    Folder,
}

/// Whom families ask. Every part may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// A person's or an office's name.
    pub name: Option<Localized>,
    /// What they do.
    pub role: Option<Localized>,
    /// Telephone number as people write it.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// When someone answers.
    pub hours: Option<Localized>,
    /// The office.
    pub office: Option<Localized>,
    /// Postal address.
    pub address: Option<String>,
    /// A page of the district.
    pub url: Option<String>,
    /// One more sentence.
    pub note: Option<Localized>,
}

/// Which optional outputs are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outputs {
    /// `sitemap.xml` (needs `base_url`).
    pub sitemap: bool,
    /// `feed.xml`, the Atom feed of changed pages (needs `base_url`).
    pub feed: bool,
    /// `robots.txt`.
    pub robots: bool,
    /// Tag pages.
    pub tags: bool,
    /// The A to Z page.
    pub a_z: bool,
    /// The site map page.
    pub site_map: bool,
    /// `print.html` for the guide and each section.
    pub print: bool,
    /// The finder pages of kinds that have one.
    pub finder: bool,
    /// The search: its index, its reader and `search.html`.
    pub search: bool,
    /// `guide.zip`: the whole site as one file, for families to take with them.
    pub zip: bool,
}

impl Default for Outputs {
    fn default() -> Self {
        Outputs {
            sitemap: true,
            feed: true,
            robots: true,
            tags: true,
            a_z: true,
            site_map: true,
            print: true,
            finder: true,
            search: true,
            // It doubles what is published.
            zip: false,
        }
    }
}

/// One entry of a menu written in `site.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuItem {
    /// The text; none takes the page's title.
    pub title: Option<Localized>,
    /// A source path from the content folder (`meetings/index.md`) or an `https:` address.
    pub to: Option<String>,
    /// Entries below it.
    pub items: Vec<MenuItem>,
    /// Where it stands in `site.yaml`.
    pub span: crate::source::Span,
}

/// The levels and limits of checks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Checks {
    /// Severity by code name; `None` turns the code off.
    pub levels: BTreeMap<String, Option<Severity>>,
    /// Numbers by limit name (`sentence_words: 25`).
    pub limits: BTreeMap<String, f64>,
    /// Lists of words by name (`brands`, `claims`, `hazards`) added to the built-in ones.
    pub words: BTreeMap<String, Vec<String>>,
}

/// Everything `site.yaml` says, checked and with defaults filled in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// The site's title.
    pub title: Localized,
    /// One sentence on the site.
    pub description: Localized,
    /// The district that publishes it.
    pub district: Localized,
    /// Whom families ask.
    pub contact: Contact,
    /// All languages, the default first; never empty.
    pub languages: Vec<Language>,
    /// The theme's name: a folder below `themes/`.
    pub theme: String,
    /// Where the theme lies when it is outside the site: a path from the folder of `site.yaml`, and where it stands.
    pub theme_folder: Option<(String, crate::source::Span)>,
    /// The settings that the theme and those that it extends declare.
    pub theme_declares: settings::Declared,
    /// What they are set to, with what the site sets beside them.
    pub theme_settings: settings::ThemeSettings,
    /// The district's color as given (`#rrggbb`), if any, and where it stands.
    pub brand_color: Option<(String, crate::source::Span)>,
    /// The grounds on which the shades of that color are to be readable: the theme's.
    pub grounds: brand::Grounds,
    /// The district's logo: an asset path, if any, and where it stands.
    pub brand_logo: Option<(String, crate::source::Span)>,
    /// The menu as written; empty means "from the tree".
    pub menu: Vec<MenuItem>,
    /// Further menus, by their names.
    pub menus: std::collections::BTreeMap<String, Vec<MenuItem>>,
    /// Pages that are made of the rows of data files.
    pub data_pages: Vec<data_pages::DataPages>,
    /// Kinds and fields that the site adds to the theme's (already merged by [`site::load`]).
    pub kinds: Kinds,
    /// Levels and limits of checks.
    pub checks: Checks,
    /// Text files that templates make: those of the site, then those of its theme.
    pub made_files: Vec<made_files::MadeFile>,
    /// How pages are addressed.
    pub urls: UrlStyle,
    /// What numbers before names of pages and folders are.
    pub prefixes: crate::source::Prefixes,
    /// Where a line that says so may be put, when there is none: before the title.
    pub prefixes_unsaid: Option<crate::source::Span>,
    /// The absolute address of the site, without a trailing `/`.
    pub base_url: Option<String>,
    /// The hosts for which files with redirects and headers are made, each with where it stands.
    pub hosts: Vec<(Host, crate::source::Span)>,
    /// The zone whose day counts, by its name in the IANA database; none is that of the computer.
    pub time_zone: Option<String>,
    /// Which optional outputs are made.
    pub outputs: Outputs,
    /// Whether HTML in markdown is passed through (sanitised) instead of being shown as text.
    pub raw_html: bool,
    /// Whether a template asks which pages link to one.
    pub backlinks: bool,
    /// Keys on top of pages that belong to other programs, about which nothing is said.
    pub ignore_keys: Vec<String>,
    /// Files below `content/` that are published whatever leads to them: patterns such as `forms/*.pdf`.
    pub files: Vec<FilePattern>,
    /// Who reviewed the guide for the district.
    pub reviewer: Option<String>,
    /// When.
    pub reviewed: Option<Date>,
    /// Words that pages may name in braces.
    pub values: Values,
    /// Names of tags for readers.
    pub tags: Vec<TagName>,
    /// What is shown on top of every page.
    pub notices: Vec<Notice>,
    /// The license of the text, shown in the footer.
    pub license: Localized,
    /// Whether there is a file that gives no settings at all: all of these are defaults then.
    pub unread: bool,
}

impl Config {
    /// The texts of `site.yaml` for readers, those of kinds aside.
    pub fn texts(&self) -> Vec<&Localized> {
        fn titles<'c>(items: &'c [MenuItem], out: &mut Vec<&'c Localized>) {
            for item in items {
                out.extend(&item.title);
                titles(&item.items, out);
            }
        }
        let contact = &self.contact;
        let mut out = vec![&self.title, &self.description, &self.district, &self.license];
        out.extend(
            [&contact.name, &contact.role, &contact.hours, &contact.office, &contact.note]
                .into_iter()
                .flatten(),
        );
        titles(&self.menu, &mut out);
        self.menus.values().for_each(|items| titles(items, &mut out));
        out.extend(self.values.own().map(|(_, text)| text));
        out.extend(self.notices.iter().map(|notice| &notice.text));
        out.extend(self.tags.iter().flat_map(|tag| [&tag.label, &tag.description]));
        out
    }

    /// The code of the default language.
    pub fn default_language(&self) -> &str {
        self.languages.first().map_or("en", |l| l.code.as_str())
    }

    /// The language of that code.
    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|l| l.code == code)
    }
}
