//! [`OutputFolder`]: a folder that was checked and may be written to.
//!
//! Refused are folders where a build could bury or lose somebody's work: the site, its sources, whatever they lie
//! in, the home folder, version control. Called before anything is built, so that a refusal touches nothing.

use super::disk::{Disk, Kind};
use super::mounts::Mounts;
use super::tree::FOLDERS;
use crate::diag::{Diagnostic, Severity, code};
use std::path::{Component, Path, PathBuf};

/// A folder that may be written to. It need not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFolder {
    folder: PathBuf,
    key: String,
}

impl OutputFolder {
    /// Checks `folder` (absolute, or from the site root); `cache` is the cache folder.
    pub fn check(
        disk: &dyn Disk,
        mounts: &Mounts,
        cache: &Path,
        folder: &Path,
    ) -> Result<Self, Box<Diagnostic>> {
        let real = future(disk, &mounts.root().join(folder));
        let cache = future(disk, &mounts.root().join(cache));
        if let Some(why) = refusal(disk, mounts, &cache, &real) {
            let message = format!("the output folder {} cannot be used: {why}", real.display());
            let help = "choose a folder of its own for the website, such as `public` in the site folder";
            return Err(Box::new(Diagnostic::site(code::OUTPUT_FOLDER, Severity::Error, message).help(help)));
        }
        // A site that moves with its output finds its manifest again.
        let key = real.strip_prefix(mounts.root()).unwrap_or(&real).to_string_lossy().into_owned();
        Ok(OutputFolder { folder: real, key })
    }

    /// Where it is, without links.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// What it is called in the cache.
    pub fn key(&self) -> &str {
        &self.key
    }
}

fn refusal(disk: &dyn Disk, mounts: &Mounts, cache: &Path, real: &Path) -> Option<String> {
    let root = mounts.root();
    if real.parent().is_none() {
        return Some("it is the whole disk".to_owned());
    }
    if root == real {
        return Some("it is the site folder itself".to_owned());
    }
    if root.starts_with(real) {
        return Some("the site folder lies in it".to_owned());
    }
    let named = FOLDERS.iter().map(|name| root.join(name));
    let linked = FOLDERS.iter().filter_map(|name| disk.canonical(&root.join(name)).ok());
    let mounted = mounts.mounts().iter().map(|m| m.folder.clone());
    for source in named.chain(linked).chain(mounted) {
        if source.starts_with(real) || real.starts_with(&source) {
            return Some(format!("{} belongs to the site's sources", source.display()));
        }
    }
    if cache.starts_with(real) || real.starts_with(cache) {
        return Some("the cache lies there".to_owned());
    }
    let home = std::env::home_dir().and_then(|home| disk.canonical(&home).ok());
    if home.is_some_and(|home| home.parent().is_some() && home.starts_with(real)) {
        return Some("your home folder lies there".to_owned());
    }
    if real.components().any(|c| c.as_os_str() == ".git") {
        return Some("it belongs to git".to_owned());
    }
    match disk.stat(real) {
        Ok(stat) if stat.kind != Kind::Folder => Some("there is a file of that name".to_owned()),
        _ => None,
    }
}

/// The canonical form of a path of which the last parts may not exist yet.
fn future(disk: &dyn Disk, path: &Path) -> PathBuf {
    let mut real = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            part => {
                real.push(part);
                if let Ok(there) = disk.canonical(&real) {
                    real = there;
                }
            }
        }
    }
    real
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::MemoryDisk;
    use crate::source::SourcePath;

    #[test]
    fn folders_where_work_could_be_lost_are_refused() {
        let disk = MemoryDisk::new();
        disk.file("/s/site/content/index.md", "");
        disk.file("/t/base/theme.yaml", "");
        disk.file("/s/site/afile", "");
        disk.link("/s/site/sly", "/s/site/content");
        disk.link("/s/site/www", "/var/www");
        disk.folder("/var/www");
        let mut mounts = Mounts::new(&disk, Path::new("/s/site")).unwrap();
        mounts.mount(&disk, SourcePath::new("themes/base").unwrap(), Path::new("/t/base")).unwrap();
        let check = |out: &str| OutputFolder::check(&disk, &mounts, Path::new(".cache"), Path::new(out));
        for out in [
            "/",
            ".",
            "..",
            "/s",
            "content",
            "content/public",
            "themes",
            "themes/x",
            "/t",
            "/t/base",
            "/t/base/out",
            ".cache",
            ".cache/out",
            "sly",
            "sly/deep",
            "assets",
            "afile",
            ".git",
            "x/../content",
            "",
        ] {
            assert!(check(out).is_err(), "{out}");
        }
        for out in ["public", "/elsewhere/public", "/s/public", "/s/site-out", "contents"] {
            assert!(check(out).is_ok(), "{out}");
        }
        assert_eq!(check("www").unwrap().path(), Path::new("/var/www"));
    }
}
