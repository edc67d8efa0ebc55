//! Names of pages that mean something else here than their writer thinks: `Index.md`, `a.es.md`, a start page elsewhere.
//!
//! Called by `assemble` for the pages of each language.

use super::PageRecord;
use super::published::Pages;
use crate::config::Config;
use crate::diag::{Diagnostic, Severity, code};
use crate::source::Span;

/// How the page of a folder is called in other tools.
const OTHERS: &[&str] = &["_index.md", "home.md", "default.md", "start.md"];

/// That there is no start page, with what is there instead.
pub(super) fn missing_home(pages: &Pages<'_>, config: &Config) -> Diagnostic {
    let message = "The site has no start page: content/index.md does not exist.";
    let found = Diagnostic::site(code::MISSING_HOME, Severity::Error, message);
    let is = |record: &&PageRecord, name: &str| record.document.path.file_name().eq_ignore_ascii_case(name);
    let top = || pages.iter().filter(|(logical, _)| !logical.contains('/')).map(|(_, record)| *record);
    if let Some(record) = top().find(|record| is(record, "index.md")) {
        return found.help(format!(
            "There is {}: rename it to index.md, since upper and lower case matter.",
            record.document.path
        ));
    }
    let main = config.default_language();
    if let Some(record) = pages.get(format!("{main}/index.md").as_str()) {
        return found.help(format!(
            "There is {}: move what is in content/{main} up into content/, where pages of the main language lie.",
            record.document.path
        ));
    }
    match OTHERS.iter().find_map(|name| top().find(|record| is(record, name))) {
        Some(record) => {
            found.help(format!("If {} is the start page, rename it to index.md.", record.document.path))
        }
        None => {
            found.help("Make the file content/index.md with a title, and a few words on what the guide is.")
        }
    }
}

/// Reports names that mean something else; `is_shown` says whether a page is published.
pub(super) fn check(
    pages: &Pages<'_>,
    is_shown: impl Fn(&str) -> bool,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (logical, record) in pages {
        let (folder, name) = logical.rsplit_once('/').unwrap_or(("", logical));
        if !name.trim_start_matches('_').eq_ignore_ascii_case("index.md") && !is_shown(logical) {
            continue;
        }
        // Nearly every name has one point and begins with a small letter other than i.
        let stem = name.len().checked_sub(3).and_then(|end| name.get(..end)).unwrap_or(name);
        let said = if stem.len() == 5 || stem == "_index" {
            // Of the start page, its absence is told.
            (!folder.is_empty() || pages.contains_key("index.md"))
                .then(|| index(pages, folder, name, &record.document.path))
                .flatten()
        } else {
            None
        };
        let said = said.or_else(|| of_language(config, stem, folder, record));
        if let Some((message, help)) = said {
            let path = &record.document.path;
            // What was to hold back a whole section holds back none of it.
            let summary = &record.document.summary;
            let holds =
                summary.draft || ["publish", "expires"].iter().any(|key| summary.spans.contains_key(*key));
            let severity = match holds && stem.trim_start_matches('_').eq_ignore_ascii_case("index") {
                true => Severity::Error,
                false => Severity::Warning,
            };
            let found = Diagnostic::new(code::FILE_NAME, severity, path, Span::default(), message);
            diagnostics.push(found.help(help));
        }
    }
}

/// `Index.md`, or the name that another tool gives to the page of a folder.
fn index(
    pages: &Pages<'_>,
    folder: &str,
    name: &str,
    path: &crate::source::SourcePath,
) -> Option<(String, String)> {
    if name == "index.md" || !(name.eq_ignore_ascii_case("index.md") || name == "_index.md") {
        return None;
    }
    let own = if folder.is_empty() { "index.md".to_owned() } else { format!("{folder}/index.md") };
    let message = match name {
        "_index.md" => format!(
            "\"{path}\" is left out, since its name begins with _: the page of a folder is called index.md."
        ),
        _ => format!("\"{path}\" is an ordinary page: the page of a folder is called index.md."),
    };
    let help = match pages.contains_key(own.as_str()) {
        true => "Delete it, or give it another name: there is an index.md beside it.".into(),
        false => "Rename it to index.md, in small letters.".into(),
    };
    Some((message, help))
}

/// `a.es.md`: another tool takes that for the Spanish page.
fn of_language(config: &Config, stem: &str, folder: &str, record: &PageRecord) -> Option<(String, String)> {
    let (page, ending) = stem.rsplit_once('.')?;
    let number = config.languages.iter().position(|l| l.code.eq_ignore_ascii_case(ending))?;
    let language = config.languages.get(number)?;
    let own = config.language(&record.document.lang)?;
    let slash = if folder.is_empty() { "" } else { "/" };
    let code = if number == 0 { String::new() } else { format!("{}/", language.code) };
    let message = format!("\"{}\" is published as a page in {}.", record.document.path, own.name);
    let help = format!("For the page in {}, write content/{code}{folder}{slash}{page}.md.", language.name);
    Some((message, help))
}

/// Whether a file has a name that programs give to copies: `Copy of a.md`, `a (1).md`, `a - Copy.md`, `a (conflicted copy).md`.
pub fn is_copy(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    let bare = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = |stem: &str| {
        let inner = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once(" ("));
        inner.is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    };
    stem.starts_with("copy of ")
        || stem.starts_with("copia de ")
        || bare.trim_end().ends_with(" copy")
        || bare.trim_end().ends_with(" - copia")
        || stem.contains("conflicted copy")
        || numbered(&stem)
}
