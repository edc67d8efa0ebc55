//! [`Mounts`]: which folder of the disk a source path lies in.
//!
//! Nearly every path lies under the site root; a theme that stands elsewhere is mounted at `themes/<name>`.
//! The scanner, the watcher and the writer all ask here, so they agree.

use super::disk::Disk;
use crate::source::SourcePath;
use std::io;
use std::path::{Path, PathBuf};

/// A folder outside the site that appears inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// Where it appears: `themes/state-guide`.
    pub at: SourcePath,
    /// Where it is.
    pub folder: PathBuf,
}

/// The site root and what is mounted into it. Folders are canonical.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mounts {
    root: PathBuf,
    mounts: Vec<Mount>,
}

impl Mounts {
    /// The site at `root`, which must be an existing folder.
    pub fn new(disk: &dyn Disk, root: &Path) -> io::Result<Self> {
        let root = disk.canonical(root)?;
        if disk.stat(&root)?.kind != super::Kind::Folder {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(Mounts { root, mounts: Vec::new() })
    }

    /// Takes all mounts away.
    pub fn clear(&mut self) {
        self.mounts.clear();
    }

    /// Mounts `folder` (relative to the site root, or absolute) at `at`. A folder that is missing now is mounted
    /// all the same: it may come. A folder that the site itself lies in is refused, with the reason.
    pub fn mount(&mut self, disk: &dyn Disk, at: SourcePath, folder: &Path) -> Result<(), &'static str> {
        let folder = self.root.join(folder);
        let folder = disk.canonical(&folder).unwrap_or(folder);
        if self.root.starts_with(&folder) {
            return Err("the site itself lies in that folder");
        }
        self.mounts.retain(|m| m.at != at);
        self.mounts.push(Mount { at, folder });
        // The longest first: the first that fits is the right one.
        self.mounts.sort_by(|a, b| b.at.as_str().len().cmp(&a.at.as_str().len()).then(a.at.cmp(&b.at)));
        Ok(())
    }

    /// The site root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What is mounted.
    pub fn mounts(&self) -> &[Mount] {
        &self.mounts
    }

    /// Where on the disk `path` is.
    pub fn resolve(&self, path: &SourcePath) -> PathBuf {
        for mount in &self.mounts {
            if let Some(rest) = below(path.as_str(), mount.at.as_str()) {
                return if rest.is_empty() { mount.folder.clone() } else { mount.folder.join(rest) };
            }
        }
        self.root.join(path.as_str())
    }

    /// Whether the canonical path `real` lies in the site or in a mount.
    pub fn holds(&self, real: &Path) -> bool {
        real.starts_with(&self.root) || self.mounts.iter().any(|m| real.starts_with(&m.folder))
    }
}

/// What follows `folder` in `path` ("" for the folder itself), when `path` lies there.
pub(super) fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}
