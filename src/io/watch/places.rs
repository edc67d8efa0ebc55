//! Which real folders are watched, and which source path an event there is about.
//!
//! The site root is watched without what is in it (an output or a cache may lie there), the source folders and
//! mounts with all that is in them, each where it really is. A folder that was made again has another identity and
//! is watched anew: its old watch is dead.

use super::super::mounts::Mounts;
use super::super::names;
use super::super::tree::{FILES, FOLDERS};
use crate::source::SourcePath;
use notify::{RecursiveMode, Watcher as _};
use std::path::{Path, PathBuf};

/// One watched folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Its source path; "" for the site root.
    pub at: String,
    /// Where it really is.
    pub real: PathBuf,
    /// Tells it from another folder of the same name.
    identity: (u64, u64, u128),
}

/// All watched folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub list: Vec<Place>,
    exclude: Vec<PathBuf>,
}

/// Device, inode, and the time it was made where that is known: an inode is used again.
fn identity(folder: &Path) -> Option<(u64, u64, u128)> {
    let meta = std::fs::metadata(folder).ok().filter(|m| m.is_dir())?;
    let made = meta.created().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    let made = made.map_or(0, |d| d.as_nanos());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((meta.dev(), meta.ino(), made))
    }
    #[cfg(not(unix))]
    Some((0, 0, made))
}

impl Places {
    /// What there is to watch now.
    pub fn find(mounts: &Mounts, exclude: &[PathBuf]) -> Places {
        let exclude =
            exclude.iter().map(|p| mounts.root().join(p)).map(|p| p.canonicalize().unwrap_or(p)).collect();
        let mut places = Places { list: Vec::new(), exclude };
        places.add("", mounts.root());
        for name in FOLDERS {
            places.add(name, &mounts.root().join(name));
        }
        // A theme that is linked in is watched where it is.
        for entry in std::fs::read_dir(mounts.root().join("themes")).into_iter().flatten().flatten() {
            let link = entry.file_type().is_ok_and(|t| t.is_symlink());
            if let Some(name) = entry.file_name().to_str().filter(|_| link) {
                places.add(&format!("themes/{name}"), &entry.path());
            }
        }
        for mount in mounts.mounts() {
            places.add(mount.at.as_str(), &mount.folder);
        }
        places
    }

    fn add(&mut self, at: &str, folder: &Path) {
        let real = folder.canonicalize();
        if let Some((real, identity)) = real.ok().and_then(|real| identity(&real).map(|i| (real, i))) {
            self.list.push(Place { at: at.to_owned(), real, identity });
        }
    }

    /// Watches what is new or was made again since `old`, and gives the source paths where that is so. Gives the
    /// first error, and goes on.
    pub fn watch(
        &self,
        old: &Places,
        notify: &mut notify::RecommendedWatcher,
    ) -> (Vec<String>, Option<notify::Error>) {
        let mut error = None;
        for gone in old.list.iter().filter(|p| !self.list.contains(p)) {
            // It may be dead already.
            let _ = notify.unwatch(&gone.real);
        }
        let mut fresh = Vec::new();
        for place in self.list.iter().filter(|p| !old.list.contains(p)) {
            let mode =
                if place.at.is_empty() { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
            if let Err(e) = notify.watch(&place.real, mode) {
                error = error.or(Some(e));
            }
            fresh.push(place.at.clone());
        }
        (fresh, error)
    }

    /// The source path that an event at `real` is about; none for what is no source.
    pub fn source(&self, real: &Path) -> Option<SourcePath> {
        if self.exclude.iter().any(|e| real.starts_with(e)) {
            return None;
        }
        let place = self
            .list
            .iter()
            .filter(|p| real.starts_with(&p.real))
            .max_by_key(|p| p.real.components().count())?;
        let rest = real.strip_prefix(&place.real).ok()?;
        let mut path = place.at.clone();
        let mut parts = rest.components().peekable();
        if place.at.is_empty() {
            let top = parts.peek()?.as_os_str().to_str()?;
            if !FOLDERS.contains(&top) && !FILES.contains(&top) {
                return None;
            }
        }
        while let Some(part) = parts.next() {
            // A name that is not UTF-8 is the folder's affair: looking at it reports the name.
            let Some(name) = part.as_os_str().to_str() else { break };
            let junk = if parts.peek().is_some() { names::hidden(name) } else { names::junk(name) };
            if junk {
                return None;
            }
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(name);
        }
        match SourcePath::new(&path) {
            Ok(path) => Some(path),
            // The same for a name that cannot be a path.
            Err(_) => SourcePath::new(place.at.as_str()).ok(),
        }
    }
}
