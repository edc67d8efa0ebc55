//! Pages that lie beside the folder `content` and not in it: nobody reads them, and whoever wrote them waits for them.
//!
//! Asked by each scan. A page is known by its front matter with a title, so a README and the notes of a repository are left alone.

use super::disk::Kind;
use super::names;
use super::stats::StatTable;
use super::tree::{FOLDERS, Tree};
use crate::diag::{Diagnostic, code};
use crate::document::begins_page;
use crate::source::{SourcePath, Span};
use std::path::Path;

/// Where the notes stand among the problems; no file has such a name.
const KEY: &str = "content//beside/";
/// Maximum number of pages that are told.
const MAX_NAMED: usize = 5;
/// Maximum number of files of a folder that are looked at.
const MAX_FILES: usize = 100;
/// Number of bytes of a file that are read: front matter is short.
const HEAD_BYTES: u64 = 4096;

/// Notes the pages beside the content.
pub(super) fn note(tree: &Tree<'_>, table: &mut StatTable) {
    table.problems.retain(|at, _| !at.starts_with(KEY));
    let root = tree.mounts.root();
    let mut found = pages(tree, root, "");
    for folder in folders(tree, root) {
        if found.len() >= MAX_NAMED {
            break;
        }
        found.extend(pages(tree, &root.join(&folder), &format!("{folder}/")));
    }
    for name in found.into_iter().take(MAX_NAMED) {
        let Ok(path) = SourcePath::new(&name) else { continue };
        let message = "this page lies beside the folder content, so it is no page of the site";
        let help = format!("move it to content/{name}; if it is none, take the title out of it");
        let told = Diagnostic::warning(code::FILE_NAME, &path, Span::default(), message).help(help);
        table.problems.insert(format!("{KEY}{name}"), told);
    }
}

/// The folders of the site that the program neither reads nor writes.
fn folders(tree: &Tree<'_>, root: &Path) -> Vec<String> {
    let entries = tree.disk.list(root).unwrap_or_default();
    let is_folder = |kind: &Kind| *kind == Kind::Folder;
    let named = entries.iter().filter(|entry| entry.stat.as_ref().is_ok_and(|stat| is_folder(&stat.kind)));
    let mut names: Vec<String> = named
        .filter_map(|entry| entry.name.to_str())
        .filter(|name| is_own(tree, root, name))
        .map(str::to_owned)
        .collect();
    names.sort_unstable();
    names
}

fn is_own(tree: &Tree<'_>, root: &Path, name: &str) -> bool {
    let excluded = || {
        let real = tree.disk.canonical(&root.join(name));
        real.is_ok_and(|real| tree.exclude.contains(&real))
    };
    !names::hidden(name) && !names::junk(name) && !FOLDERS.contains(&name) && !excluded()
}

/// The pages of one folder, with the path before their names.
fn pages(tree: &Tree<'_>, folder: &Path, before: &str) -> Vec<String> {
    let entries = tree.disk.list(folder).unwrap_or_default();
    let named = entries.iter().filter_map(|entry| {
        let stat = entry.stat.as_ref().ok().filter(|stat| stat.kind == Kind::File)?;
        Some((entry.name.to_str()?, stat.size))
    });
    let is_name =
        |name: &str| name.to_ascii_lowercase().ends_with(".md") && !names::hidden(name) && !names::junk(name);
    let mut files: Vec<(&str, u64)> = named.filter(|(name, _)| is_name(name)).collect();
    files.sort_unstable();
    let is_page = |(name, size): &(&str, u64)| {
        let mut head = Vec::new();
        let read = tree.disk.read_range(&folder.join(name), 0, HEAD_BYTES.min(*size), &mut head);
        read.is_ok() && begins_page(&String::from_utf8_lossy(&head))
    };
    let found = files.into_iter().take(MAX_FILES).filter(is_page).take(MAX_NAMED);
    found.map(|(name, _)| format!("{before}{name}")).collect()
}
