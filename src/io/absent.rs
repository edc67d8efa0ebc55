//! What a site's folder lacks, settings or pages, with what lies there instead under a name that is nearly right.
//!
//! [`settings`] is asked before a site is opened and after each scan, [`note`] by each scan. Whoever is told can see at once
//! what to rename, or that this is the wrong folder.

use super::disk::{Disk, Entry, Kind};
use super::names;
use super::stats::StatTable;
use super::tree::{SETTINGS, Tree};
use crate::diag::{Diagnostic, Severity, closest, code};
use std::path::Path;

/// Maximum number of folders above that are looked at: as deep as pages lie, mostly.
const MAX_ABOVE: usize = 3;
/// Maximum number of names that are told.
const MAX_NAMED: usize = 3;

/// That the folder has no `site.yaml`, with what is there instead; none when it has one.
pub fn settings(disk: &dyn Disk, root: &Path) -> Option<Diagnostic> {
    let entries = match disk.list(root) {
        Ok(entries) => entries,
        // A folder that cannot be listed may have it all the same.
        Err(_) if disk.stat_target(&root.join(SETTINGS)).is_ok() => return None,
        Err(_) => Vec::new(),
    };
    let error = |message: String, help: String| {
        Some(Diagnostic::site(code::NO_SETTINGS, Severity::Error, message).help(help))
    };
    if entries.iter().any(|entry| entry.name == SETTINGS) {
        return match disk.stat_target(&root.join(SETTINGS)) {
            Ok(stat) if stat.kind != Kind::File => error(
                format!("{SETTINGS} is not a file, so there are no settings"),
                format!("put the settings into a file called {SETTINGS}"),
            ),
            // A link that leads nowhere is told where it lies.
            _ => None,
        };
    }
    let near = near(&entries);
    if let Some(first) = near.first() {
        let message = format!("there is no {SETTINGS} in {}, but {}", root.display(), near.join(", "));
        let mut help = format!("rename {first} to {SETTINGS}");
        if near.len() > 1 {
            help = format!("rename the right one to {SETTINGS}");
        } else if put_aside(first) {
            help.push_str(", if it is the right one; its name says that it was put aside");
        } else if first.to_lowercase().ends_with(".txt") {
            help.push_str("; if you see no .txt, let Explorer show file name extensions (View, Show)");
        } else if first.eq_ignore_ascii_case(SETTINGS) {
            help.push_str("; upper and lower case matter");
        }
        return error(message, help);
    }
    let here = format!("there is no {SETTINGS} in {}", root.display());
    if let Some(inside) = inside(disk, root, &entries) {
        return match inside.as_str() {
            "content" => error(
                format!("{here}, but one in the folder content"),
                format!("move content/{SETTINGS} up, beside the folder content"),
            ),
            inside => error(
                format!("{here}, but one in the folder {inside}"),
                format!("go into {inside}, or name it: --root {inside}"),
            ),
        };
    }
    let above =
        root.ancestors().skip(1).take(MAX_ABOVE).find(|folder| {
            disk.stat_target(&folder.join(SETTINGS)).is_ok_and(|stat| stat.kind == Kind::File)
        });
    if let Some(above) = above {
        let above = above.display();
        return error(
            format!("{here}, but one in the folder {above} above it"),
            format!("go to {above}, or name it with --root"),
        );
    }
    error(
        here,
        "go into the site's folder, or name it with --root; guidepost init makes a new site".to_owned(),
    )
}

/// The names of files that were probably meant to be the settings.
fn near(entries: &[Entry]) -> Vec<String> {
    let is_file = |entry: &&Entry| entry.stat.as_ref().is_ok_and(|stat| stat.kind == Kind::File);
    let found = entries.iter().filter(is_file).filter_map(|entry| entry.name.to_str());
    let mut found: Vec<String> = found.filter(|name| is_near(name)).map(str::to_owned).collect();
    // What was put aside, last.
    found.sort_by_key(|name| (put_aside(name), name.clone()));
    if found.iter().any(|name| !put_aside(name)) {
        found.retain(|name| !put_aside(name));
    }
    found.truncate(MAX_NAMED);
    found
}

fn put_aside(name: &str) -> bool {
    names::junk(name) || name.to_lowercase().contains("copy") || name.to_lowercase().ends_with(".old")
}

fn is_near(name: &str) -> bool {
    let lower = name.to_lowercase();
    let yaml = lower.contains("yaml") || lower.contains("yml");
    lower.contains("site") && yaml
        || matches!(
            lower.as_str(),
            "site" | "site.txt" | "site.json" | "site.toml" | "settings.yaml" | "config.yaml"
        )
        || closest(&lower, [SETTINGS]).is_some()
}

/// A folder in this one that has a `site.yaml`.
fn inside(disk: &dyn Disk, root: &Path, entries: &[Entry]) -> Option<String> {
    let mut folders: Vec<&str> = entries
        .iter()
        .filter(|entry| entry.stat.as_ref().is_ok_and(|stat| stat.kind == Kind::Folder))
        .filter_map(|entry| entry.name.to_str())
        .filter(|name| !names::hidden(name))
        .collect();
    folders.sort_unstable();
    let has = |name: &&str| {
        let stat = disk.stat_target(&root.join(name).join(SETTINGS));
        stat.is_ok_and(|stat| stat.kind == Kind::File)
    };
    folders.into_iter().find(has).map(str::to_owned)
}

/// Notes that the site has no page, if it has none.
pub(super) fn note(tree: &Tree, table: &mut StatTable) {
    const KEY: &str = "content//none";
    table.problems.remove(KEY);
    let unsure = table.problems.keys().any(|k| super::mounts::below(k, "content").is_some());
    let is_page = |path: &crate::source::SourcePath| path.extension() == "md";
    if unsure || table.under("content").any(|(path, _)| is_page(path)) {
        return;
    }
    let root = tree.mounts.root();
    let mut help = "put your pages as .md files into the folder `content`, beginning with `content/index.md`";
    let other;
    let message = match tree.disk.stat_target(&root.join("content")) {
        Ok(stat) if stat.kind != Kind::Folder => "`content` is a file, not a folder".to_owned(),
        Ok(_) if table.under("content").next().is_none() => "the folder `content` is empty".to_owned(),
        Ok(_) => {
            let meant = table
                .under("content")
                .filter_map(|(path, _)| Some((path.as_str(), page_meant(path.as_str())?)));
            let meant: Vec<(&str, String)> = meant.take(MAX_NAMED).collect();
            match meant.first() {
                Some((first, page)) => {
                    other = format!("rename {first} to {page}");
                    help = &other;
                    let names: Vec<&str> = meant.iter().map(|(name, _)| *name).collect();
                    format!(
                        "there is no page in the folder `content`: pages end in .md, and {} does not",
                        names.join(", ")
                    )
                }
                None => "there is no page in the folder `content`: pages end in .md".to_owned(),
            }
        }
        Err(_) => match other_content(tree.disk, root) {
            Some(name) => {
                other = format!("rename {name} to content");
                help = &other;
                format!("there is no folder `content`, but {name}")
            }
            None => "there is no folder `content`".to_owned(),
        },
    };
    let diagnostic = Diagnostic::site(code::NO_CONTENT, Severity::Error, message).help(help);
    table.problems.insert(KEY.to_owned(), diagnostic);
}

/// The page that a file in `content` was probably meant to be.
fn page_meant(path: &str) -> Option<String> {
    const ENDINGS: [&str; 9] =
        [".md.txt", ".markdown", ".mdx", ".mdown", ".mkd", ".mdwn", ".md.html", ".md.docx", ".txt"];
    let lower = path.to_lowercase();
    let ending = ENDINGS.iter().find(|ending| lower.ends_with(*ending))?;
    path.get(..path.len() - ending.len()).map(|stem| format!("{stem}.md"))
}

/// The folder that was probably meant to be `content`.
fn other_content(disk: &dyn Disk, root: &Path) -> Option<String> {
    let entries = disk.list(root).unwrap_or_default();
    let folders = entries.iter().filter(|e| e.stat.as_ref().is_ok_and(|stat| stat.kind == Kind::Folder));
    let mut names: Vec<&str> = folders.filter_map(|e| e.name.to_str()).collect();
    names.sort_unstable();
    closest("content", names).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::MemoryDisk;

    fn told(files: &[&str]) -> Option<(String, String)> {
        let disk = MemoryDisk::new();
        disk.folder("/a/guide");
        for file in files {
            disk.file(file, "title: T\n");
        }
        let found = settings(&disk, Path::new("/a/guide"))?;
        assert_eq!((found.code, found.severity), (code::NO_SETTINGS, Severity::Error));
        Some((found.message, found.help.unwrap_or_default()))
    }

    #[test]
    fn settings_under_another_name_are_named() {
        for (name, help) in [
            ("site.yml", "rename site.yml to site.yaml"),
            ("Site.yaml", "upper and lower case matter"),
            ("SITE.YML", "rename SITE.YML to site.yaml"),
            ("site.yaml.txt", "file name extensions"),
            ("site.txt", "rename site.txt"),
            ("site.yaml.bak", "put aside"),
            ("site.yaml~", "put aside"),
            ("site - Copy.yaml", "put aside"),
            ("site (1).yaml", "rename site (1).yaml"),
            ("sites.yaml", "rename sites.yaml"),
            ("stie.yaml", "rename stie.yaml"),
            ("_site.yaml", "rename _site.yaml"),
            ("site.yaml.docx", "rename site.yaml.docx"),
        ] {
            let (message, found) = told(&[&format!("/a/guide/{name}"), "/a/guide/content/x.md"]).unwrap();
            assert!(message.contains(name) && found.contains(help), "{name}: {message} | {found}");
        }
        let (message, help) =
            told(&["/a/guide/site.yml", "/a/guide/Site.yaml", "/a/guide/site.yaml.bak"]).unwrap();
        assert!(message.contains("Site.yaml, site.yml") && !message.contains(".bak"), "{message}");
        assert_eq!(help, "rename the right one to site.yaml");
    }

    #[test]
    fn settings_in_another_folder_are_named() {
        let help = |files: &[&str]| told(files).unwrap().1;
        assert_eq!(help(&["/a/guide/ours/site.yaml"]), "go into ours, or name it: --root ours");
        assert_eq!(
            help(&["/a/guide/content/site.yaml"]),
            "move content/site.yaml up, beside the folder content"
        );
        assert_eq!(help(&["/a/site.yaml"]), "go to /a, or name it with --root");
        assert!(help(&["/a/guide/notes.txt", "/a/guide/content/x.md"]).contains("guidepost init"));
        assert!(told(&["/a/guide/site.yaml/x"]).unwrap().0.contains("not a file"));
        assert_eq!(told(&["/a/guide/site.yaml", "/a/guide/site.yml"]), None);
    }
}
