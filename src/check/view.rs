//! The assembled site as the site rules may see it.
//!
//! The engine implements [`SiteView`] on what it holds; the tests implement it on a few pages in memory. Which facts of texts a
//! rule reads is noted ([`super::facts`]). A rule never sees a body.

use super::external::Answer;
use super::facts::Facts;
use super::language::Counts;
use super::publish::starter::Open;
use crate::config::Config;
use crate::document::Document;
use crate::schema::Kinds;
use crate::source::{Source, SourcePath, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the site rules need of a page besides its summary: found in the same walk as the page rules' findings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PageFacts {
    /// Links, in order.
    pub links: Vec<LinkFact>,
    /// Glossary terms met in the running text: the titles, sorted, each once.
    pub terms: Vec<String>,
    /// Acronyms that the page spells out, with what they stand for and where.
    pub acronyms: Vec<(String, String, Span)>,
    /// Places that may have to be filled in.
    pub open_places: Vec<(Span, Open)>,
    /// How many images it shows.
    pub images: u32,
    /// Counts with the words as they are.
    pub plain: Counts,
    /// Counts with terms and names as easy words.
    pub eased: Counts,
}

/// A link as the site rules see it.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize)]
pub struct LinkFact {
    /// The address as written.
    pub target: String,
    /// Its place in the file.
    pub span: Span,
    /// The place of the address alone, when it can be replaced as it stands.
    pub target_span: Option<Span>,
    /// Its text.
    pub text: String,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a page of the site.
    Page(SourcePath),
    /// To an old address (`aliases`) of a page.
    Redirect(SourcePath),
    /// To a file.
    Asset(SourcePath),
    /// To a page or feed that Guidepost makes.
    Made,
    /// Out of the site.
    External,
    /// Nowhere: reported by the render.
    Nothing,
}

/// One page with all that the rules may know of it.
#[derive(Clone, Copy)]
pub struct SitePage<'a> {
    /// The parsed page; its body need not be there.
    pub document: &'a Document,
    /// What the page rules found on the way.
    pub facts: Facts<'a>,
    /// Its address from the output root.
    pub address: &'a str,
}

/// A UI string that a language lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingText {
    /// Its key.
    pub key: String,
    /// The language.
    pub lang: String,
    /// The file in which it is to be written.
    pub path: SourcePath,
}

/// An address under which something was once published (a line of `urls.lock`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The address from the output root.
    pub address: String,
    /// Its place in `urls.lock`.
    pub span: Span,
}

/// The site, read only.
pub trait SiteView {
    /// The settings.
    fn config(&self) -> &Config;
    /// The kinds of pages and entries.
    fn kinds(&self) -> &Kinds {
        &self.config().kinds
    }
    /// All pages that are published, sorted by path.
    fn pages(&self) -> Vec<SitePage<'_>>;
    /// Whether that page of the main language, by its logical path, is there and not published now.
    fn is_left_out(&self, logical: &str) -> bool;
    /// Whether a page of that path is there, in any language, and is not published now.
    fn is_waiting(&self, _path: &SourcePath) -> bool {
        false
    }
    /// Where the link `target`, written in `from`, leads.
    fn resolve(&self, from: &SourcePath, target: &str) -> Target;
    /// Whether the address, from the output root, is one that the site makes (page, redirect or file).
    fn has_address(&self, address: &str) -> bool;
    /// Whether a file lies in the content folder under that address and is not published, since nothing leads to it.
    fn is_unlinked(&self, _address: &str) -> bool {
        false
    }
    /// Whether any page has an old address.
    fn has_redirects(&self) -> bool;
    /// Whether any page is published, but hidden from menus, lists and search.
    fn has_hidden(&self) -> bool;
    /// Whether this page is.
    fn is_hidden(&self, page: &SourcePath) -> bool;
    /// Pages that menus, cards or lists of the theme lead to, besides links in text.
    fn is_listed(&self, page: &SourcePath) -> bool;
    /// The day for which the site is made; none when dates are not to be looked at.
    fn today(&self) -> Option<Date>;
    /// Addresses once published, with the file that lists them.
    fn published(&self) -> Option<(SourcePath, Vec<Published>)> {
        None
    }
    /// What other sites answered, by address; none when they were not asked.
    fn answers(&self) -> Option<&BTreeMap<String, Answer>> {
        None
    }
    /// `site.yaml` and the `kinds.yaml` of the theme's layers, the nearest first: for the places of what they say.
    fn settings(&self) -> Vec<Source> {
        Vec::new()
    }
    /// The numbers of the boxes of the starter guide that comes with the program (see [`super::publish::starter`]).
    fn starter_boxes(&self) -> &BTreeSet<u64> {
        static NONE: BTreeSet<u64> = BTreeSet::new();
        &NONE
    }
    /// UI strings of the theme that a language of the site lacks.
    fn missing_texts(&self) -> Vec<MissingText> {
        Vec::new()
    }
}
