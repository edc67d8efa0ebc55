//! Sections that nobody wrote a page for: a folder that holds pages is a section with the title of its name.
//!
//! Called by `assemble` for each language when it is known what is published. A page beside the folder that has the folder's
//! name (`bus.md` and `bus/`) is the folder's page.

use super::published::Pages;
use super::{CONTENT, PageRecord};
use crate::config::Config;
use crate::config::language::split_language;
use crate::diag::{Diagnostic, Severity, code};
use crate::document::{Body, Document, Summary};
use crate::source::{Fingerprint, Prefixes, SourcePath, Span, nfc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Maximum number of sections without a page that are named.
const MAX_NAMED: usize = 5;

/// A section without a page: all that it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Folder {
    /// Where its page would stand.
    path: SourcePath,
    lang: Arc<str>,
    logical: Arc<str>,
    title: String,
    order: Option<i64>,
    /// Whether all pages in it are hidden.
    hidden: bool,
}

impl Folder {
    /// The folder that a made document stands for.
    pub fn of(document: &Document) -> Folder {
        Folder {
            path: document.path.clone(),
            lang: document.lang.clone(),
            logical: document.logical.clone(),
            title: document.summary.title.clone(),
            order: document.summary.order,
            hidden: document.summary.hidden,
        }
    }

    /// Its section page: a title and no text, so that it lists what is in it.
    pub fn page(self) -> PageRecord {
        let summary = Summary {
            kind: "page".to_owned(),
            title: self.title,
            order: self.order,
            hidden: self.hidden,
            glossary: true,
            search: true,
            print: true,
            ..Summary::default()
        };
        PageRecord::new(Arc::new(Document {
            path: self.path,
            lang: self.lang,
            logical: self.logical,
            fingerprint: Fingerprint::of(summary.title.as_bytes()),
            summary: summary.into(),
            allows: Vec::new(),
            body: Some(Arc::new(Body::default())),
            text: None,
            made: true,
        }))
    }
}

/// The folders above a page, the outermost first: "a", "a/b".
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(move |(i, _)| path.get(..i))
}

/// The path of a page inside its language's folder, as it is written.
fn written<'d>(document: &'d Document, config: &Config) -> &'d str {
    let inside = document.path.as_str().strip_prefix(CONTENT).unwrap_or_default();
    split_language(&config.languages, inside).1
}

/// The section pages to make for the folders of the language of number `lang`: those of its published `pages` for which no
/// page is in `others`, that is in any of the trees that could have it.
pub(super) fn sections(
    pages: &Pages<'_>,
    others: &[&Pages<'_>],
    lang: usize,
    config: &Config,
) -> Vec<PageRecord> {
    let Some(language) = config.languages.get(lang) else { return Vec::new() };
    let mut found: BTreeMap<&str, Folder> = BTreeMap::new();
    // Pages come sorted by path, so those of one folder follow each other.
    let mut last = "";
    for (logical, record) in pages {
        let folder = logical.rfind('/').map_or("", |i| &logical[..i]);
        if folder.is_empty() || folder == last && record.document.summary.hidden {
            continue;
        }
        let path = written(&record.document, config);
        for (own, named) in above(logical).zip(above(path)) {
            if let Some(known) = found.get_mut(own) {
                known.hidden &= record.document.summary.hidden;
                continue;
            }
            let has = |name: &str| others.iter().any(|pages| pages.contains_key(name));
            // What Guidepost makes there itself comes first.
            let tags = config.outputs.tags && own == "tags";
            let finder = config.outputs.finder
                && config
                    .kinds
                    .0
                    .values()
                    .any(|kind| kind.finder.as_deref().is_some_and(|at| at.trim_matches('/') == own));
            if tags || finder || has(&format!("{own}/index.md")) || has(&format!("{own}.md")) {
                continue;
            }
            let prefix = if lang == 0 { String::new() } else { format!("{}/", language.code) };
            let Ok(path) = SourcePath::new(&format!("{CONTENT}{prefix}{named}/index.md")) else { continue };
            let folder = Folder {
                title: config.prefixes.title(&path, &language.code),
                order: config.prefixes.order(&path),
                logical: format!("{own}/index.md").into(),
                path,
                lang: language.code.as_str().into(),
                hidden: record.document.summary.hidden,
            };
            found.insert(own, folder);
        }
        last = folder;
    }
    found.into_values().map(|folder| folder.page()).collect()
}

/// Says which sections have no page of their own, so that their titles are those of their folders.
pub(super) fn note(made: &[Vec<PageRecord>], diagnostics: &mut Vec<Diagnostic>) {
    let all: Vec<&Document> = made.iter().flatten().map(|record| &*record.document).collect();
    if all.is_empty() {
        return;
    }
    let names = all.iter().take(MAX_NAMED).map(|d| format!("{} (\"{}\")", d.path.folder(), d.summary.title));
    let names = names.collect::<Vec<_>>().join(", ");
    let more =
        if all.len() > MAX_NAMED { format!(" and {} more", all.len() - MAX_NAMED) } else { String::new() };
    let message = match all.len() {
        1 => format!("A folder without a page of its own is a section with the title of its name: {names}."),
        n => format!(
            "{n} folders without a page of their own are sections with the titles of their names: {names}{more}."
        ),
    };
    let found = Diagnostic::site(code::FOLDER_SECTION, Severity::Note, message);
    diagnostics.push(
        found.help("To give such a section another title, or a text, write an index.md into its folder."),
    );
}

/// Tells of two folders of a language that are one without their numbers: `01-forms` and `forms`.
pub(super) fn clashes(pages: &Pages<'_>, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    if config.prefixes == Prefixes::Name {
        return;
    }
    let mut known: BTreeMap<&str, (&str, &PageRecord)> = BTreeMap::new();
    let mut last = "";
    for (logical, record) in pages {
        let path = written(&record.document, config);
        let folder = path.rfind('/').map_or("", |i| &path[..i]);
        if folder == last {
            continue;
        }
        last = folder;
        for (own, named) in above(logical).zip(above(path)) {
            let (first, other) = *known.entry(own).or_insert((named, record));
            let name = |folder: &str| nfc(folder.rsplit('/').next().unwrap_or(folder)).into_owned();
            if name(first) == name(named) {
                continue;
            }
            let (one, two) = (&record.document.path, &other.document.path);
            let message = format!(
                "The folders \"{named}\" and \"{first}\" are one section: numbers before a name are no part of it."
            );
            let found = Diagnostic::error(code::ADDRESS_COLLISION, one, Span::default(), message);
            diagnostics.push(
                found
                    .label(two, Span::default(), "a page of the other folder")
                    .help("Put the pages into one folder, or give one of the two another name."),
            );
            // What lies below is one fault with it.
            break;
        }
    }
}

/// Two files that are one page.
pub(super) fn one_page(document: &Document, other: &Document, prefixes: Prefixes) -> Diagnostic {
    let (path, first) = (&document.path, &other.path);
    let (name, beside) = (path.file_name(), first.file_name());
    let (message, help) = if nfc(path.as_str()) == nfc(first.as_str()) {
        (
            format!("\"{path}\" and \"{first}\" are one name, in two forms of Unicode."),
            "Delete one of the two files, or give it another name: nobody can tell them apart.".to_owned(),
        )
    } else if name != beside && prefixes.plain(name) != prefixes.plain(beside) {
        (
            format!("\"{path}\" and \"{first}\" are both the page of this folder."),
            format!(
                "Keep one of the two, or give {name} a name that begins with _: then it is not published."
            ),
        )
    } else {
        (
            format!("\"{path}\" and \"{first}\" are one page: numbers before a name are no part of it."),
            "Give one of the two another name behind its number.".to_owned(),
        )
    };
    Diagnostic::error(code::ADDRESS_COLLISION, path, Span::default(), message)
        .label(first, Span::default(), "the other source")
        .help(help)
}
