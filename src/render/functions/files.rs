//! Files for templates: `asset()`, `svg()` and `image_size()`. What a path names, and how it is reached.
//!
//! Called by `functions`.

use super::super::fact::FactKind;
use super::super::folder_memo::{Shared, folder_memo};
use super::super::link;
use super::super::reader::Reader;
use super::super::world::AssetEntry;
use crate::diag::{Diagnostic, code};
use crate::source::{SourcePath, Span};
use std::sync::Arc;
use tera::{Error, TeraResult, Value};

/// The file that a path names: in a component that a page uses one beside the page comes first, since its editor names it; in
/// templates one in `assets/`, so that no file of an editor stands in for one of the theme.
pub(super) fn find_asset<'r>(r: &'r Reader, path: &str) -> Option<&'r AssetEntry> {
    match r.base_dir() {
        Some(_) => beside_page(r, path).or_else(|| r.asset(path)),
        None => r.asset(path).or_else(|| beside_page(r, path)),
    }
}

/// The file of that path relative to the page that is shown.
fn beside_page<'r>(r: &'r Reader, path: &str) -> Option<&'r AssetEntry> {
    link::file_at(r, &page_file(r)?, path)
}

/// The file from which paths of templates count.
fn page_file(r: &Reader) -> Option<SourcePath> {
    r.base_dir().or_else(|| {
        // Which document an address shows is part of the document fact, which every page has read.
        let (_, node) = r.node(FactKind::Address, r.lang, r.page.as_deref()?)?;
        Some(node.document.path.clone())
    })
}

/// The address of a file. The templates of all pages of a folder name the same ones, most of them many.
pub(super) fn asset(r: &Reader, path: &str) -> TeraResult<Value> {
    if !r.trail().is_empty() || r.base_dir().is_some() {
        return find_address(r, path);
    }
    if let Some(Shared { value, log }) = folder_memo(r, |memo| memo.assets.get(path).cloned()) {
        log.iter().for_each(|log| r.repeat(log));
        return Ok(value);
    }
    let (value, log) = r.apart(|| find_address(r, path));
    let value = value?;
    // What was looked for beside the page is another file for another page.
    if log.facts.iter().all(|fact| matches!(fact.kind, FactKind::Stylesheet | FactKind::Asset)) {
        let shared = Shared { value: value.clone(), log: Some(Arc::new(log)) };
        folder_memo(r, |memo| memo.assets.insert(path.to_owned(), shared));
    }
    Ok(value)
}

fn find_address(r: &Reader, path: &str) -> TeraResult<Value> {
    let made = super::super::fragment::made_address(r, path);
    if let Some(address) = made.map_err(|why| Error::message(format!("asset(path=\"{path}\"): {why}")))? {
        r.give(&address);
        return Ok(Value::from(r.url(&address)));
    }
    match find_asset(r, path) {
        Some(found) => {
            r.give(&found.address);
            Ok(Value::from(r.url(&found.address)))
        }
        None => {
            let hint = page_file(r).map_or_else(String::new, |from| link::file_hint(r, &from, path));
            Err(Error::message(format!("asset(path=\"{path}\"): there is no such file in assets/{hint}")))
        }
    }
}

/// The text of an SVG without XML declaration, comments or document type; refused when it could run a program.
pub(super) fn svg(r: &Reader, path: &str) -> TeraResult<Value> {
    let beside = || beside_page(r, path).and_then(|found| r.asset_text(found.source.as_str()));
    let found = match r.base_dir() {
        Some(_) => beside().or_else(|| r.asset_text(path)),
        None => r.asset_text(path).or_else(beside),
    };
    let Some(found) = found else {
        let hint = page_file(r).map_or_else(String::new, |from| link::file_hint(r, &from, path));
        return Err(Error::message(format!("svg(path=\"{path}\"): there is no such file{hint}")));
    };
    if let Some(picture) = folder_memo(r, |memo| memo.pictures.get(&found.fingerprint).cloned()) {
        return Ok(picture);
    }
    let text = found.text.as_deref().and_then(|t| std::str::from_utf8(t).ok()).unwrap_or("");
    match super::super::svg::inline(text) {
        Ok(svg) => {
            let picture = Value::safe_string(&svg);
            folder_memo(r, |memo| memo.pictures.insert(found.fingerprint, picture.clone()));
            Ok(picture)
        }
        Err(why) => {
            r.report(
                Diagnostic::error(
                    code::BROKEN_IMAGE,
                    &found.source,
                    Span::default(),
                    format!("The picture is not shown: {why}."),
                )
                .help("Save it as a plain SVG without scripts, links or parts from other places."),
            );
            Ok(Value::from(""))
        }
    }
}
