//! The one resolver: from an address, as a page, a menu, a template or raw HTML writes it, to what it leads to.
//!
//! It knows the site by a few look-ups only: `render` answers them through its `Reader`, which records each, the engine
//! from the site as it is. Names are compared in NFC (`path_hash`), upper and lower case are not the same.
//!
//! A relative address counts from the *source* file, as every editor and code host does. A link within one language stays
//! in the language of the view, so a page that fell back leads on to translated pages. `advice` says what to write
//! instead of an address that leads nowhere.

use super::{LangIndex, LeftOut, NodeIndex};
use crate::config::Language;
use crate::config::language::split_language;
use crate::source::{Prefixes, address, join};
use std::borrow::Cow;
use std::sync::Arc;

/// The folder of pages.
pub const CONTENT: &str = "content/";

/// What the resolver asks of a site.
pub trait Lookup {
    /// The languages, the default first.
    fn languages(&self) -> &[Language];
    /// What numbers before names are.
    fn prefixes(&self) -> Prefixes;
    /// The page at a logical path of a language.
    fn page(&self, lang: LangIndex, logical: &str) -> Option<NodeIndex>;
    /// Why the page at a logical path of a language is not published.
    fn left_out(&self, lang: LangIndex, logical: &str) -> Option<Arc<LeftOut>>;
    /// The anchor of a page as the page has it, which may be in another form of Unicode.
    fn anchor(&self, lang: LangIndex, page: NodeIndex, anchor: &str) -> Option<String>;
    /// Whether there is a file, not a page, at a path from the site's folder.
    fn file(&self, path: &str) -> bool;
    /// Whether Guidepost makes a page or feed by itself at an address from the output root.
    fn made(&self, address: &str) -> bool;
    /// Whether it would make one there if no page were left out.
    fn would_be_made(&self, address: &str) -> bool;
}

/// Where an address is written, and for whom it is resolved.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The file, from the site's folder.
    pub path: &'a str,
    /// The language of the view.
    pub view: LangIndex,
}

impl Origin<'static> {
    /// Where a menu or template writes a path: the start of the content folder.
    pub fn root(view: LangIndex) -> Self {
        Origin { path: "content/index.md", view }
    }
}

/// What an address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page, as a language shows it.
    Page {
        /// The language.
        lang: LangIndex,
        /// The page.
        page: NodeIndex,
        /// The place on it.
        anchor: Anchor,
    },
    /// A page or feed that Guidepost makes by itself.
    Made {
        /// Its address from the output root.
        address: String,
        /// The anchor.
        anchor: Option<String>,
    },
    /// A file beside pages.
    File {
        /// Its path from the site's folder.
        path: String,
        /// The anchor.
        anchor: Option<String>,
    },
    /// Another host, a mailbox, another scheme.
    External,
    /// Nothing.
    Nothing(Nothing),
}

/// A place on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// None is written.
    None,
    /// `#` alone: the top.
    Top,
    /// This one, as the page has it.
    Id(String),
    /// One that the page does not have.
    Missing(String),
}

/// Why an address leads to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nothing {
    /// It leads out of the content folder, or is no path at all.
    Outside,
    /// There is a page, but it is not published.
    LeftOut(Arc<LeftOut>),
    /// All that Guidepost would make this page of is not published. The address from the output root.
    Unmade(String),
    /// There is nothing at this path of this language.
    Missing {
        /// The language that is written.
        lang: LangIndex,
        /// The path inside that language's folder.
        logical: String,
    },
}

/// The folder of a language's pages in the output, and of its sources in the content folder: "" for the default language.
pub fn language_folder(languages: &[Language], lang: LangIndex) -> String {
    match languages.get(lang as usize) {
        Some(language) if lang > 0 => format!("{}/", language.code),
        _ => String::new(),
    }
}

/// The path below `content/` that `path`, decoded and without anchor, leads to from the file `from`; none when it leads out.
pub(super) fn locate(from: &str, path: &str) -> Option<String> {
    let whole = match path.strip_prefix('/') {
        Some(from_root) => join("content", from_root),
        None => join(from.rfind('/').map_or("", |i| &from[..i]), path),
    };
    let mut whole = whole.ok()?;
    if whole == "content" {
        return Some(String::new());
    }
    whole.starts_with(CONTENT).then(|| whole.split_off(CONTENT.len()))
}

/// The language of a path below `content/` and the path inside that language's folder.
pub fn split<'p>(languages: &[Language], inside: &'p str) -> (LangIndex, &'p str) {
    let (lang, logical) = split_language(languages, inside);
    (lang as LangIndex, logical)
}

/// What a path is, as it is written.
pub(super) enum Form {
    /// A page's file.
    Page,
    /// A folder: it ends with a slash.
    Folder,
    /// A file, or a folder with a point in its name.
    Named,
    /// A folder, or a file without an extension.
    Bare,
}

pub(super) fn form(path: &str) -> Form {
    let last = path.rsplit('/').next().unwrap_or(path);
    match last {
        "" | "." | ".." => Form::Folder,
        name if is_page(name) => Form::Page,
        name if name.contains('.') => Form::Named,
        _ => Form::Bare,
    }
}

/// Whether the file of that name is a page.
pub fn is_page(name: &str) -> bool {
    name.len() >= 3 && name.as_bytes()[name.len() - 3..].eq_ignore_ascii_case(b".md")
}

/// The language that the address `target`, written in `from`, names: that of the file, unless it leads into another's folder.
pub fn language_of(languages: &[Language], from: Origin<'_>, target: &str) -> LangIndex {
    let own = || split(languages, from.path.strip_prefix(CONTENT).unwrap_or(from.path)).0;
    match address::decode(address::parts(target).path) {
        path if path.is_empty() => own(),
        path => locate(from.path, &path).map_or_else(own, |inside| split(languages, &inside).0),
    }
}

/// What the address `target`, written in `from`, leads to.
pub fn resolve(site: &dyn Lookup, from: Origin<'_>, target: &str) -> Target {
    if address::is_absolute(target) {
        return Target::External;
    }
    let parts = address::parts(target);
    let anchor = parts.anchor.map(address::decode);
    let languages = site.languages();
    let prefixes = site.prefixes();
    let (own, here) = split(languages, from.path.strip_prefix(CONTENT).unwrap_or(from.path));
    if parts.path.is_empty() {
        let search = Search { site, written: own, lang: from.view, anchor };
        let here = prefixes.logical(here);
        return search.page(&here).unwrap_or_else(|| missing(site, own, &here));
    }
    let path = address::decode(parts.path);
    let Some(inside) = locate(from.path, &path) else { return Target::Nothing(Nothing::Outside) };
    // Pages and what is made have no numbers before their names, so a link may be written with them, without them, or with
    // those that the files had before they were put in another order.
    let (written, in_language) = split(languages, &inside);
    let logical = &*prefixes.logical(in_language);
    // Within one language the view's language leads; an address that names another language means it.
    let lang = if written == own { from.view } else { written };
    let search = Search { site, written, lang, anchor };
    let index =
        || Cow::Owned(if logical.is_empty() { "index.md".into() } else { format!("{logical}/index.md") });
    let folder =
        || Cow::Owned(if logical.is_empty() { "index.html".into() } else { format!("{logical}/index.html") });
    let found = match form(&path) {
        Form::Page => search.page(logical),
        Form::Folder => search.page(&index()).or_else(|| search.made(&folder())),
        Form::Named => search
            .file(&inside, in_language)
            .or_else(|| search.made(logical))
            .or_else(|| search.page(&index())),
        Form::Bare => search
            .page(&index())
            .or_else(|| search.file(&inside, in_language))
            .or_else(|| search.made(&folder())),
    };
    let nothing = |logical: &str, made: &str| match missing(site, written, logical) {
        Target::Nothing(Nothing::Missing { .. }) if search.unmade(made).is_some() => {
            Target::Nothing(Nothing::Unmade(search.unmade(made).unwrap_or_default()))
        }
        other => other,
    };
    found.unwrap_or_else(|| match form(&path) {
        Form::Folder | Form::Bare => nothing(&index(), &folder()),
        Form::Page => missing(site, written, logical),
        Form::Named => nothing(logical, logical),
    })
}

/// What the address `target` of a picture or of another file, written in `from`, leads to: never a page.
pub fn resolve_file(site: &dyn Lookup, from: Origin<'_>, target: &str) -> Target {
    if address::is_absolute(target) {
        return Target::External;
    }
    let path = address::decode(address::parts(target).path);
    let Some(inside) = locate(from.path, &path) else { return Target::Nothing(Nothing::Outside) };
    let (written, logical) = split(site.languages(), &inside);
    let search = Search { site, written, lang: written, anchor: None };
    let missing = || Target::Nothing(Nothing::Missing { lang: written, logical: logical.to_owned() });
    search.file(&inside, logical).unwrap_or_else(missing)
}

/// Nothing at that path, or a page that is left out.
fn missing(site: &dyn Lookup, lang: LangIndex, logical: &str) -> Target {
    let page = is_page(logical).then(|| site.left_out(lang, logical).or_else(|| site.left_out(0, logical)));
    Target::Nothing(match page.flatten() {
        Some(reason) => Nothing::LeftOut(reason),
        None => Nothing::Missing { lang, logical: logical.to_owned() },
    })
}

/// What is looked for at one path.
struct Search<'a> {
    site: &'a dyn Lookup,
    /// The language that is written.
    written: LangIndex,
    /// The language that is shown.
    lang: LangIndex,
    anchor: Option<Cow<'a, str>>,
}

impl Search<'_> {
    fn page(&self, logical: &str) -> Option<Target> {
        let page = self.site.page(self.lang, logical)?;
        let anchor = on_page(self.site, self.lang, page, self.anchor.clone());
        // A translation that is behind lacks headings of its original: then that is where the link leads. What neither has
        // is told of the page that is written.
        if let Anchor::Missing(_) = anchor {
            let lang = if self.lang != self.written { self.written } else { 0 };
            if lang != self.lang
                && let Some(original) = self.site.page(lang, logical)
            {
                let anchor = on_page(self.site, lang, original, self.anchor.clone());
                if lang == self.written || !matches!(anchor, Anchor::Missing(_)) {
                    return Some(Target::Page { lang, page: original, anchor });
                }
            }
        }
        Some(Target::Page { lang: self.lang, page, anchor })
    }

    /// A file; a language's missing file falls back to the default language's.
    fn file(&self, inside: &str, logical: &str) -> Option<Target> {
        let anchor = || self.anchor.as_deref().map(str::to_owned);
        let own = format!("{CONTENT}{inside}");
        if self.site.file(&own) {
            return Some(Target::File { path: own, anchor: anchor() });
        }
        let fallback = (self.written > 0).then(|| format!("{CONTENT}{logical}"))?;
        self.site.file(&fallback).then(|| Target::File { path: fallback, anchor: anchor() })
    }

    /// A page that Guidepost makes: in the language that is shown, else in the one that is written.
    fn made(&self, rest: &str) -> Option<Target> {
        if !can_be_made(rest) {
            return None;
        }
        let languages = self.site.languages();
        let at = |lang: LangIndex| format!("{}{rest}", language_folder(languages, lang));
        let found = Some(at(self.lang)).filter(|address| self.site.made(address));
        let other = || (self.lang != self.written).then(|| at(self.written));
        let address = found.or_else(|| other().filter(|address| self.site.made(address)))?;
        Some(Target::Made { address, anchor: self.anchor.as_deref().map(str::to_owned) })
    }

    /// The address of a page that would be made if nothing were left out.
    fn unmade(&self, rest: &str) -> Option<String> {
        let address = format!("{}{rest}", language_folder(self.site.languages(), self.lang));
        (can_be_made(rest) && self.site.would_be_made(&address)).then_some(address)
    }
}

/// Whether Guidepost makes pages or, by a template, files of such a name.
fn can_be_made(rest: &str) -> bool {
    const ENDINGS: [&str; 8] = [".html", ".xml", ".txt", ".json", ".js", ".ics", ".webmanifest", ".geojson"];
    ENDINGS.iter().any(|ending| rest.ends_with(ending))
}

fn on_page(site: &dyn Lookup, lang: LangIndex, page: NodeIndex, anchor: Option<Cow<'_, str>>) -> Anchor {
    match anchor {
        None => Anchor::None,
        Some(anchor) if anchor.is_empty() => Anchor::Top,
        Some(anchor) => match site.anchor(lang, page, &anchor) {
            Some(id) => Anchor::Id(id),
            None => Anchor::Missing(anchor.into_owned()),
        },
    }
}
