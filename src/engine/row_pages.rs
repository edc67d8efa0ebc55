//! Pages that are made of data: a markdown file for each row, as `data_pages` in `site.yaml` says.
//!
//! Such a file lies on no disk. All else takes it for one: it is parsed, checked, searched and listed as any page is, and read again
//! through [`RowFiles`], which knows it beside the files of the disk. What is wrong in it is told at its row ([`RowPages::at_rows`]).
//! A real file at the same place stays, and the row is told.
//!
//! | what is kept | is right as long as |
//! |---|---|
//! | the files | the settings, the data, and which real pages there are stay the same; `apply` looks at these |

use super::Engine;
use super::bodies::Loader;
use super::inputs::Inputs;
use crate::config::Config;
use crate::config::data_pages::{DataPages, Part, Pattern, Value as Written};
use crate::config::yaml;
use crate::diag::{Diagnostic, closest, code};
use crate::markdown::slug;
use crate::render::data::{self, Row};
use crate::schema::scalar;
use crate::source::{Change, Fingerprint, Source, SourcePath, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};
use tera::Value;

/// The page of a row.
struct RowPage {
    source: Source,
    /// The data file, and the row's place in it.
    data: SourcePath,
    row: Span,
}

/// The pages of rows that are part of the site.
#[derive(Default)]
pub(super) struct RowPages {
    made: BTreeMap<SourcePath, (Fingerprint, SourcePath, Span)>,
    /// Those that rows ask for, whether a real file stands in their place or not.
    wanted: BTreeSet<SourcePath>,
    /// What keeps rows from being pages.
    pub problems: Vec<Diagnostic>,
}

impl RowPages {
    /// The row that a page is made of: the data file and the place in it.
    pub fn row_of(&self, path: &SourcePath) -> Option<(&SourcePath, Span)> {
        self.made.get(path).map(|(_, data, row)| (data, *row))
    }

    /// Problems of such pages at their rows; what is wrong in the pages of many rows of a file is told at the first of them.
    pub fn at_rows(&self, all: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if self.made.is_empty() {
            return all;
        }
        let mut out: Vec<Diagnostic> = Vec::new();
        let mut of_rows: BTreeMap<(SourcePath, String), (BTreeSet<SourcePath>, Diagnostic)> = BTreeMap::new();
        for mut found in all {
            for label in &mut found.labels {
                if let Some((data, row)) = self.row_of(&label.path) {
                    (label.path, label.span) = (data.clone(), row);
                }
            }
            let Some(page) = found.path.clone() else {
                out.push(found);
                continue;
            };
            let Some((data, row)) = self.row_of(&page) else {
                out.push(found);
                continue;
            };
            let key = (data.clone(), format!("{} {}", found.code, found.message));
            // A row has no place for what a page's file is mended with.
            (found.path, found.span, found.fix) = (Some(data.clone()), row, None);
            match of_rows.get_mut(&key) {
                Some((pages, known)) => {
                    pages.insert(page);
                    known.span = known.span.min(row);
                }
                None => {
                    of_rows.insert(key, (BTreeSet::from([page]), found));
                }
            }
        }
        out.extend(of_rows.into_values().map(|(pages, found)| {
            let at = |page: &&SourcePath| self.row_of(page).map(|(_, row)| row);
            let first = pages.iter().min_by_key(at).map_or("", SourcePath::as_str);
            let more = match pages.len() - 1 {
                0 => String::new(),
                1 => " and of another one".to_owned(),
                n => format!(" and of {n} others"),
            };
            Diagnostic {
                message: format!("in {first}, the page of this row{more}: {}", found.message),
                ..found
            }
        }));
        out
    }
}

/// The files of the disk, and those that rows make.
pub(super) struct RowFiles {
    disk: Arc<dyn Loader>,
    rows: RwLock<BTreeMap<SourcePath, Arc<[u8]>>>,
}

impl RowFiles {
    /// With no rows.
    pub fn new(disk: Arc<dyn Loader>) -> RowFiles {
        RowFiles { disk, rows: RwLock::default() }
    }
}

impl Loader for RowFiles {
    fn load(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
        let made = self.rows.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        made.or_else(|| self.disk.load(path))
    }
}

impl Engine {
    /// Adds to changes of pages what became of the pages of rows. `anew` says that settings or data may be other ones.
    pub(super) fn take_rows(&mut self, changes: &mut Vec<Change>, anew: bool) {
        let path_of = |change: &Change| match change {
            Change::Set(source) => source.path.clone(),
            Change::SetAsset(asset) => asset.path.clone(),
            Change::Remove(path) => path.clone(),
        };
        if !anew && !changes.iter().any(|change| self.rows.wanted.contains(&path_of(change))) {
            return;
        }
        let real: BTreeMap<SourcePath, bool> =
            changes.iter().map(|change| (path_of(change), !matches!(change, Change::Remove(_)))).collect();
        let is_real = |path: &SourcePath| match real.get(path) {
            Some(there) => *there,
            None => self.pages.contains_key(path) && !self.rows.made.contains_key(path),
        };
        let (pages, rows) = rows_of(&self.config, &self.inputs, &is_real);
        for path in self.rows.made.keys() {
            if !rows.made.contains_key(path) && !real.contains_key(path) {
                changes.push(Change::Remove(path.clone()));
            }
        }
        for page in &pages {
            let path = &page.source.path;
            let same = self
                .rows
                .made
                .get(path)
                .is_some_and(|(fingerprint, ..)| *fingerprint == page.source.fingerprint);
            if !same || real.contains_key(path) {
                changes.retain(|change| path_of(change) != *path);
                changes.push(Change::Set(page.source.clone()));
            }
        }
        self.put_rows(pages, rows);
    }

    /// Takes the rows of an engine that comes out of a cache: its pages are there.
    pub(super) fn reopen_rows(&mut self) {
        let (pages, _) = rows_of(&self.config, &self.inputs, &|_| false);
        let own: BTreeMap<&SourcePath, Fingerprint> =
            pages.iter().map(|page| (&page.source.path, page.source.fingerprint)).collect();
        let is_real = |path: &SourcePath| {
            let there = self.pages.get(path).map(|page| page.record.document.fingerprint);
            there.is_some_and(|fingerprint| own.get(path) != Some(&fingerprint))
        };
        let (pages, rows) = rows_of(&self.config, &self.inputs, &is_real);
        self.put_rows(pages, rows);
    }

    fn put_rows(&mut self, pages: Vec<RowPage>, rows: RowPages) {
        self.rows = rows;
        let bytes = pages.into_iter().map(|page| (page.source.path, page.source.text)).collect();
        *self.row_files.rows.write().unwrap_or_else(PoisonError::into_inner) = bytes;
    }

    /// The bytes of a page: of its file, or those that its row makes.
    pub fn page_bytes(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
        self.loader.load(path)
    }
}

/// The pages of all rows for which no real file stands in their place, and what keeps others from being pages.
fn rows_of(
    config: &Config,
    inputs: &Inputs,
    is_real: &dyn Fn(&SourcePath) -> bool,
) -> (Vec<RowPage>, RowPages) {
    let (mut pages, mut rows) = (Vec::new(), RowPages::default());
    let Ok(settings) = SourcePath::new("site.yaml") else { return (pages, rows) };
    for item in &config.data_pages {
        let Some(source) = inputs.text(&format!("data/{}", item.data)) else {
            rows.problems.push(no_file(item, inputs, &settings));
            continue;
        };
        let Some(found) = data::rows(&source) else {
            // What cannot be read is told where data are read.
            let mut told = Vec::new();
            if data::read(&source, &mut told).is_some() && told.is_empty() {
                let message = format!("\"{}\" has no rows of which pages could be made", item.data);
                let help = "A table has rows; in YAML and JSON write a list of groups, or a group of groups.";
                let found = Diagnostic::error(code::DATA_PAGE, &settings, item.span, message);
                rows.problems.push(found.help(help));
            }
            continue;
        };
        let columns = columns(&found);
        if !found.is_empty() && !names_fit(item, config, &columns, &settings, &mut rows.problems) {
            continue;
        }
        for row in &found {
            let Some(path) = address(item, row, &source.path, &settings, &mut rows.problems) else {
                continue;
            };
            let told = |message: String| Diagnostic::error(code::DATA_PAGE, &source.path, row.span, message);
            if let Some((data, first)) = rows.row_of(&path) {
                let found =
                    told(format!("two rows make the page {path}")).label(data, first, "the other row");
                let help = "Let the path in site.yaml name a column in which each row has something else.";
                rows.problems.push(found.help(help));
                continue;
            }
            rows.wanted.insert(path.clone());
            if is_real(&path) {
                let found = told(format!("this row makes the page {path}, and there is such a file"));
                rows.problems.push(found.help("Delete the file, or give the row another address."));
                continue;
            }
            let Some(text) = text(item, row, &columns, &source.path, &mut rows.problems) else { continue };
            let source_of_row = Source::new(path.clone(), text.into_bytes());
            rows.made.insert(path, (source_of_row.fingerprint, source.path.clone(), row.span));
            pages.push(RowPage { source: source_of_row, data: source.path.clone(), row: row.span });
        }
    }
    debug_assert!(pages.iter().all(|page| rows.row_of(&page.source.path) == Some((&page.data, page.row))));
    (pages, rows)
}

fn no_file(item: &DataPages, inputs: &Inputs, settings: &SourcePath) -> Diagnostic {
    let names = inputs.names_in("data/");
    let help = match data::refusal(&item.data) {
        Some(why) => format!("This cannot be a data file: {why}."),
        None => match closest(&item.data, names.iter().map(String::as_str)) {
            Some(near) => format!("Did you mean {near}?"),
            None => format!("Put the file into the folder data: data/{}.", item.data),
        },
    };
    let message = format!("there is no file data/{}, of which pages are to be made", item.data);
    Diagnostic::error(code::DATA_PAGE, settings, item.span, message).help(help)
}

/// The names of all columns.
fn columns(rows: &[Row]) -> BTreeSet<&str> {
    let keys = rows.iter().filter_map(|row| row.cells.as_map()).flat_map(|cells| cells.iter());
    keys.filter_map(|(key, _)| key.as_str()).collect()
}

/// Whether each name in braces is that of a column, or in front matter and text a word of the settings; others are told.
fn names_fit(
    item: &DataPages,
    config: &Config,
    columns: &BTreeSet<&str>,
    settings: &SourcePath,
    problems: &mut Vec<Diagnostic>,
) -> bool {
    let before = problems.len();
    let mut look = |pattern: &Pattern, words: bool| {
        for name in pattern.names().filter(|name| !columns.contains(name)) {
            if words && config.values.has(name) {
                continue;
            }
            let help = match closest(name, columns.iter().copied()) {
                Some(near) => format!("Did you mean {{{near}}}?"),
                None => format!("Columns: {}.", columns.iter().copied().collect::<Vec<_>>().join(", ")),
            };
            let message = format!("data/{} has no column \"{name}\"", item.data);
            problems.push(Diagnostic::error(code::DATA_PAGE, settings, pattern.span, message).help(help));
        }
    };
    look(&item.path, false);
    item.front_matter.iter().flat_map(|(_, value)| value.patterns()).for_each(|pattern| look(pattern, true));
    item.body.iter().for_each(|pattern| look(pattern, true));
    problems.len() == before
}

/// What a cell says as a text; none for a group, which has none.
fn said(value: &Value) -> Option<String> {
    if value.is_none() || value.is_undefined() {
        return Some(String::new());
    }
    if let Some(items) = value.as_array() {
        return Some(items.iter().map(said).collect::<Option<Vec<_>>>()?.join(", "));
    }
    value.as_map().is_none().then(|| value.to_string())
}

fn cell<'r>(row: &'r Row, name: &str) -> Option<&'r Value> {
    row.cells.as_map()?.iter().find(|(key, _)| key.as_str() == Some(name)).map(|(_, value)| value)
}

/// Where the page of a row stands; what is wrong with it is told.
fn address(
    item: &DataPages,
    row: &Row,
    data: &SourcePath,
    settings: &SourcePath,
    problems: &mut Vec<Diagnostic>,
) -> Option<SourcePath> {
    let mut path = String::new();
    for part in item.path.parts() {
        match part {
            Part::Text(text) => path.push_str(text),
            Part::Name(name) => {
                let part = cell(row, name).and_then(said).map(|text| slug(&text)).unwrap_or_default();
                if part.is_empty() {
                    let message = format!(
                        "this row has nothing in the column \"{name}\", of which the address of its page is made"
                    );
                    let found = Diagnostic::error(code::DATA_PAGE, data, row.span, message);
                    problems.push(found.help("Fill the cell in, with something that no other row has."));
                    return None;
                }
                path.push_str(&part);
            }
        }
    }
    let path = match path.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.md"),
        None if path.ends_with(".md") => path,
        None => format!("{path}.md"),
    };
    let path = path.strip_prefix("content/").unwrap_or(&path);
    match SourcePath::new(&format!("content/{path}")) {
        Ok(path) => Some(path),
        Err(error) => {
            let message = format!("`{}` cannot be the path of pages: {error}", item.path.text);
            let found = Diagnostic::error(code::DATA_PAGE, settings, item.path.span, message);
            let found = found.help("Write a path below content/, such as schools/{id}.md.");
            if !problems.contains(&found) {
                problems.push(found);
            }
            None
        }
    }
}

/// The markdown file of a row; a cell that has no text is told.
fn text(
    item: &DataPages,
    row: &Row,
    columns: &BTreeSet<&str>,
    data: &SourcePath,
    problems: &mut Vec<Diagnostic>,
) -> Option<String> {
    let before = problems.len();
    // A text with the cells in it, and whether any was filled in.
    let mut fill = |pattern: &Pattern| {
        let (mut out, mut named, mut filled) = (String::new(), false, false);
        for part in pattern.parts() {
            let name = match part {
                Part::Text(text) => {
                    out.push_str(text);
                    continue;
                }
                Part::Name(name) => name,
            };
            named = true;
            match cell(row, name).map(said) {
                Some(Some(text)) => {
                    filled |= !text.trim().is_empty();
                    out.push_str(text.trim());
                }
                Some(None) => {
                    let message =
                        format!("the column \"{name}\" of this row holds a group, which is no text");
                    let help = "Write one text, or a list of texts.";
                    problems.push(Diagnostic::error(code::DATA_PAGE, data, row.span, message).help(help));
                }
                // A word of the settings, or a column that other rows have.
                None if columns.contains(name) => {}
                None => {
                    filled = true;
                    out.push_str(&format!("{{{name}}}"));
                }
            }
        }
        (filled || !named).then_some(out)
    };
    let mut text = String::from("---\n");
    for (key, value) in &item.front_matter {
        match value {
            Written::One(pattern) => {
                let list = one_name(pattern).and_then(|name| cell(row, name)?.as_array());
                match list {
                    Some(items) => {
                        let items: Vec<String> =
                            items.iter().filter_map(said).map(|text| written(&text)).collect();
                        text.push_str(&format!("{key}: [{}]\n", items.join(", ")));
                    }
                    None => {
                        if let Some(filled) = fill(pattern) {
                            text.push_str(&format!("{key}: {}\n", written(&filled)));
                        }
                    }
                }
            }
            Written::Many(patterns) => {
                let items: Vec<String> =
                    patterns.iter().filter_map(&mut fill).map(|text| written(&text)).collect();
                text.push_str(&format!("{key}: [{}]\n", items.join(", ")));
            }
        }
    }
    text.push_str("---\n");
    if let Some(body) = item.body.as_ref().and_then(&mut fill) {
        text.push_str(&body);
        text.push('\n');
    }
    (problems.len() == before).then_some(text)
}

/// A value as front matter says it. A cell says of no text whether it is a number, or true or false: the field does.
fn written(text: &str) -> String {
    let bare = scalar::number(text).is_ok() || scalar::boolean(text).is_ok();
    if bare { text.to_owned() } else { yaml::quoted(text) }
}

/// The name in a pattern that is nothing else.
fn one_name(pattern: &Pattern) -> Option<&str> {
    match pattern.parts().as_slice() {
        [Part::Text(""), Part::Name(name), Part::Text("")] => Some(name),
        _ => None,
    }
}
