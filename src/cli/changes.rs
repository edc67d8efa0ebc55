//! Which pages are new, changed and gone: since the site was published last, or against what lies in a folder.
//!
//! What was published is known by the list of outputs that goes with a site (`io::manifest`): one is kept in the cache when
//! `publish` ends, one lies at the target.

use super::report::{self, count};
use super::session::Session;
use crate::io::Disk;
use crate::io::manifest;
use crate::source::{Fingerprint, OutputPath};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Maximum number of pages of one sort that are named.
const MAX_NAMED: usize = 20;

/// Outputs by their paths.
pub type Outputs = BTreeMap<OutputPath, Fingerprint>;

/// What differs between two states of the outputs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Outputs that were not there.
    pub new: Vec<OutputPath>,
    /// Outputs with other bytes.
    pub changed: Vec<OutputPath>,
    /// Outputs that are not there any more.
    pub gone: Vec<OutputPath>,
}

/// Whether people see the output as a page.
pub fn is_page(path: &OutputPath) -> bool {
    path.extension() == "html"
}

/// The file that keeps what was published last.
pub fn record(cache: &Path) -> PathBuf {
    cache.join("published.outputs")
}

/// A small file whole; none when there is none.
fn read(disk: &dyn Disk, path: &Path) -> Option<Vec<u8>> {
    let stat = disk.stat(path).ok()?;
    let mut bytes = Vec::new();
    disk.read(path, stat.size, &mut bytes).ok()?;
    Some(bytes)
}

impl Changes {
    /// What became of `before`.
    pub fn between(before: &Outputs, now: &Outputs) -> Changes {
        let mut changes = Changes::default();
        for (path, print) in now {
            match before.get(path) {
                None => changes.new.push(path.clone()),
                Some(old) if old != print => changes.changed.push(path.clone()),
                Some(_) => {}
            }
        }
        changes.gone = before.keys().filter(|path| !now.contains_key(*path)).cloned().collect();
        changes
    }

    /// What differs from what was published last; none when nothing was.
    pub fn since_published(session: &Session) -> Option<Changes> {
        let before = manifest::listed(&read(session.files.disk.as_ref(), &record(&session.cache))?);
        let now = session.manifest.outputs().map(|(path, print)| (path.clone(), print)).collect();
        Some(Changes::between(&before, &now))
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }

    fn sorts(&self) -> [(&'static str, &[OutputPath]); 3] {
        [("new", &self.new), ("changed", &self.changed), ("gone", &self.gone)]
    }

    /// `1 page new, 2 pages changed, 12 other files`.
    pub fn line(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut others = 0;
        for (name, paths) in self.sorts() {
            let pages = paths.iter().filter(|path| is_page(path)).count();
            others += paths.len() - pages;
            if pages > 0 {
                parts.push(format!("{} {name}", count(pages, "page", "pages")));
            }
        }
        if others > 0 {
            parts.push(count(others, "other file", "other files"));
        }
        if parts.is_empty() { "nothing differs".to_owned() } else { parts.join(", ") }
    }

    /// A line for each page, up to twenty of a sort.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, paths) in self.sorts() {
            let pages: Vec<&OutputPath> = paths.iter().filter(|path| is_page(path)).collect();
            lines.extend(pages.iter().take(MAX_NAMED).map(|path| format!("  {name:<8} {path}")));
            if pages.len() > MAX_NAMED {
                lines.push(format!("  {name:<8} {} more", pages.len() - MAX_NAMED));
            }
        }
        lines
    }

    /// The pages by sort, and how many other files differ.
    pub fn json(&self) -> serde_json::Value {
        let mut out = serde_json::Map::new();
        let mut others = 0;
        for (name, paths) in self.sorts() {
            let pages: Vec<&str> = paths.iter().filter(|path| is_page(path)).map(|p| p.as_str()).collect();
            others += paths.len() - pages.len();
            out.insert(name.to_owned(), pages.into());
        }
        out.insert("other_files".to_owned(), others.into());
        out.into()
    }
}

/// Prints changes as one JSON object.
pub fn tell(changes: &Changes) {
    report::tell(changes.json());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_changed_and_gone_is_told_apart() {
        let outputs = |list: &[(&str, &[u8])]| -> Outputs {
            list.iter()
                .map(|(path, bytes)| (OutputPath::new(path).unwrap(), Fingerprint::of(bytes)))
                .collect()
        };
        let before = outputs(&[("a.html", b"1"), ("b.html", b"1"), ("c.html", b"1"), ("x.css", b"1")]);
        let now = outputs(&[("a.html", b"1"), ("b.html", b"2"), ("d.html", b"1"), ("y.css", b"1")]);
        let changes = Changes::between(&before, &now);
        assert_eq!(changes.line(), "1 page new, 1 page changed, 1 page gone, 2 other files");
        assert_eq!(changes.lines(), ["  new      d.html", "  changed  b.html", "  gone     c.html"]);
        let json = serde_json::json!({"new": ["d.html"], "changed": ["b.html"], "gone": ["c.html"], "other_files": 2});
        assert_eq!(changes.json(), json);
        assert_eq!(Changes::between(&now, &now).line(), "nothing differs");
    }
}
