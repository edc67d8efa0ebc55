//! Everything that rendering may read, as one immutable snapshot.
//!
//! The engine owns the parts and swaps single ones; render sees them through `Reader` only, which records. The
//! parts are reference-counted, so making a snapshot costs a few increments.

use super::data::Data;
use super::fragment::Fragments;
use crate::config::{Config, UrlStyle};
use crate::document::{Body, Document, Summary};
use crate::site::{LangIndex, Site, path_hash};
use crate::source::refs::Reference;
use crate::source::{Fingerprint, Hasher, OutputPath, Picture, SourcePath};
use crate::template::{Strings, Templates};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Gives the body of a document whose body was dropped: reads and parses its source again.
pub trait Bodies: Send + Sync {
    /// The body; none when the source is gone.
    fn body(&self, document: &Document) -> Option<Arc<Body>>;
}

/// One asset that can be named by templates or linked by pages.
#[derive(Debug, Clone)]
pub struct AssetEntry {
    /// The source.
    pub source: SourcePath,
    /// Address from the output root.
    pub address: Arc<str>,
    /// Fingerprint of the bytes.
    pub fingerprint: Fingerprint,
    /// Size in bytes.
    pub size: u64,
    /// Width and height, of images.
    pub dimensions: Option<(u32, u32)>,
    /// What it is as a picture made of pixels, by its bytes.
    pub picture: Option<Picture>,
    /// The widths at which a photo is also published, the smallest first, each with its address.
    pub narrow: Arc<[(u32, Arc<str>)]>,
    /// The text, of text assets.
    pub text: Option<Arc<[u8]>>,
    /// The files of the site that a stylesheet or script names.
    pub refs: Arc<[Reference]>,
    /// Whether it is served without what only its author reads: the scripts of a theme.
    pub lean: bool,
}

impl AssetEntry {
    /// Whether the file is made from its source, not copied.
    pub fn is_made(&self) -> bool {
        self.lean || !self.refs.is_empty()
    }
}

/// All assets. Theme and site assets are named as templates ask (`style.css`), content assets by their path from
/// the content folder (`content/meetings/x.svg`).
#[derive(Debug, Clone, Default)]
pub struct Assets {
    by_name: FxHashMap<u64, AssetEntry>,
    /// Names of stylesheets and scripts that are made.
    naming: BTreeSet<String>,
    /// For each that stands in a circle of such, all of that circle.
    circles: BTreeMap<String, Arc<[String]>>,
    /// Names that stay as they are.
    keep: BTreeSet<String>,
}

impl Assets {
    /// Adds an asset; a later one of the same name replaces it.
    pub fn insert(&mut self, name: &str, entry: AssetEntry) {
        self.by_name.insert(path_hash(name), entry);
    }

    /// The asset of that name.
    pub fn get(&self, name: &str) -> Option<&AssetEntry> {
        self.by_name.get(&path_hash(name))
    }

    /// The sources of all assets, in no order.
    pub fn sources(&self) -> impl Iterator<Item = &SourcePath> {
        self.by_name.values().map(|asset| &asset.source)
    }

    /// Notes which stylesheets and scripts are made, which of them name each other in circles, and which names stay.
    pub fn relate(&mut self, naming: BTreeSet<String>, circles: &[Arc<[String]>], keep: BTreeSet<String>) {
        let members =
            circles.iter().flat_map(|circle| circle.iter().map(move |m| (m.clone(), circle.clone())));
        (self.naming, self.circles, self.keep) = (naming, members.collect(), keep);
    }

    /// Names of stylesheets and scripts that are made.
    pub fn naming(&self) -> impl Iterator<Item = &str> {
        self.naming.iter().map(String::as_str)
    }

    /// The files that stand in a circle with this one, itself included.
    pub fn circle(&self, name: &str) -> Option<&[String]> {
        self.circles.get(name).map(|circle| &circle[..])
    }

    /// Whether the file keeps its name.
    pub fn keeps(&self, name: &str) -> bool {
        self.keep.contains(name)
    }

    /// What pages that name the asset see: its address and size, and what it is as a picture.
    pub fn fingerprint(&self, hash: u64) -> u64 {
        self.by_name.get(&hash).map_or(0, |a| {
            let (w, h) = a.dimensions.unwrap_or_default();
            // Only links to files beside pages say how large they are.
            let size = if a.source.as_str().starts_with("content/") { a.size } else { 0 };
            let mut hasher = Hasher::new();
            a.narrow.iter().for_each(|(_, address)| {
                hasher.text(address);
            });
            hasher
                .text(&a.address)
                .number(u64::from(w))
                .number(u64::from(h))
                .number(size)
                .number(
                    a.picture.map_or(0, |p| 1 + p.format as u64 * 16 + p.fault.map_or(0, |f| 1 + f as u64)),
                )
                .finish()
                .low()
                .max(1)
        })
    }

    /// What pages that show the asset's text see.
    pub fn text_fingerprint(&self, hash: u64) -> u64 {
        self.by_name.get(&hash).map_or(0, |a| a.fingerprint.low().max(1))
    }
}

/// Everything that rendering may read.
#[derive(Clone)]
pub struct World {
    /// A number that no other snapshot of this run has.
    pub number: u64,
    /// The settings.
    pub config: Arc<Config>,
    /// Fingerprint of what templates see of the settings.
    pub config_fingerprint: u64,
    /// The graph.
    pub site: Arc<Site>,
    /// The templates.
    pub templates: Arc<Templates>,
    /// The assets.
    pub assets: Arc<Assets>,
    /// Data files by hash of their path below `data/`.
    pub data: Arc<FxHashMap<u64, Data>>,
    /// UI strings.
    pub strings: Arc<Strings>,
    /// Keys of UI strings by their hash, to find a fact's key again.
    pub string_keys: Arc<FxHashMap<u64, String>>,
    /// What is looked up by name now and then.
    pub known: Arc<super::known::Known>,
    /// Shared fragments.
    pub fragments: Arc<Fragments>,
    /// Bodies that were dropped.
    pub bodies: Arc<dyn Bodies>,
    /// The date that decides what is due.
    pub date: Date,
    /// Whether this is for `guidepost serve`.
    pub serve: bool,
    /// Address of the site, without a trailing `/`.
    pub base_url: Option<Arc<str>>,
    /// The files of the search, by where they are written. Their jobs name their bytes, so what they are is no fact.
    pub search: Arc<SearchFiles>,
    /// What pages say of the file that holds the whole site.
    pub zip: Zip,
    /// The slots through which template functions reach their reader.
    pub slots: Arc<super::functions::ReaderSlots>,
}

/// What pages say of the file that holds the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zip {
    /// Nothing: it is not made, or these are the pages that lie in it.
    #[default]
    None,
    /// That it is there: a preview, or a first build, has not made it yet.
    Unweighed,
    /// That it is there, and how many bytes it has.
    Weighs(u64),
}

impl Zip {
    /// How large it is, for people.
    pub fn size(self) -> Option<String> {
        match self {
            Zip::Weighs(bytes) => Some(super::link::size_text(bytes)),
            Zip::None | Zip::Unweighed => None,
        }
    }
}

/// Files of the search, by where they are written.
pub type SearchFiles = BTreeMap<OutputPath, Arc<Vec<u8>>>;

impl World {
    /// Whether a page is past its review.
    pub fn review_due(&self, summary: &Summary) -> bool {
        match (summary.reviewed, summary.review_every) {
            (Some(reviewed), Some(days)) => {
                let span = jiff::Span::new().days(days.clamp(0, 36_500));
                reviewed.checked_add(span).is_ok_and(|due| due <= self.date)
            }
            _ => false,
        }
    }

    /// The fingerprint of what related() gives for a page.
    pub fn related_fingerprint(&self, lang: LangIndex, hash: u64) -> u64 {
        let Some(tree) = self.site.trees.get(lang as usize) else { return 0 };
        let Some((index, _)) = tree.by_hash(hash) else { return 0 };
        related_value(tree, &crate::site::related(tree, index, super::reader::MAX_RELATED))
    }

    /// The fingerprint of a UI string by the hash of its key.
    pub fn text_fingerprint(&self, lang: LangIndex, hash: u64) -> u64 {
        let Some(key) = self.string_keys.get(&hash) else { return 0 };
        self.strings.fingerprint(self.lang_code(lang), self.config.default_language(), key)
    }

    /// The folder of a language's outputs, with a trailing `/`; "" for the default language.
    pub fn lang_prefix(&self, lang: LangIndex) -> String {
        if lang == 0 { String::new() } else { format!("{}/", self.lang_code(lang)) }
    }

    /// The code of a language.
    pub fn lang_code(&self, lang: LangIndex) -> &str {
        self.config.languages.get(lang as usize).map_or("en", |l| l.code.as_str())
    }

    /// The canonical address of an output address, when `base_url` is known.
    pub fn canonical(&self, address: &str) -> Option<String> {
        let base = self.base_url.as_deref()?;
        let mut url = format!("{base}/");
        let drops_html = self.config.hosts.iter().any(|(host, _)| host.drops_html());
        let shown = match self.config.urls {
            UrlStyle::File => crate::hosts::shown(address, drops_html),
            UrlStyle::Folder => address,
        };
        crate::source::url_escape(shown, &mut url);
        Some(url)
    }
}

/// The value of the fact that these pages are the related ones.
pub(super) fn related_value(tree: &crate::site::Tree, related: &[crate::site::NodeIndex]) -> u64 {
    let mut h = Hasher::new();
    for page in related {
        h.text(tree.node(*page).map_or("", |n| &n.logical));
    }
    h.finish().low().max(1)
}
