//! [`WithTheme`]: the disk, and beside it the theme that comes with the program.
//!
//! The files of that theme lie in the program itself. They are shown below a folder that no disk can hold ([`FOLDER`]) and
//! that is mounted like any other theme's ([`super::Mounts`]): so scanner, loader and printers read them as they read
//! everything, and nothing else knows that they are no files of a disk.

use super::disk::{Disk, Entry, Kind, Stat};
use crate::source::Fingerprint;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::{self, Cursor, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The folder of the theme. A name with this byte exists on no disk.
pub const FOLDER: &str = "/\0theme";

/// A disk with the theme.
pub struct WithTheme<D> {
    disk: D,
    /// By path from the theme's folder.
    files: BTreeMap<String, &'static [u8]>,
    /// The folders in it; "" is the theme's own.
    folders: BTreeSet<String>,
}

impl<D: Disk> WithTheme<D> {
    /// `disk` with the files of a theme, each with its path from the theme's folder.
    pub fn new(disk: D, files: impl IntoIterator<Item = (String, &'static [u8])>) -> Self {
        let files: BTreeMap<String, &'static [u8]> = files.into_iter().collect();
        let folders = files.keys().flat_map(|path| above(path)).map(str::to_owned).collect();
        WithTheme { disk, files, folders }
    }

    /// The bytes of a file of the theme.
    fn bytes(&self, inner: &str) -> io::Result<&'static [u8]> {
        self.files.get(inner).copied().ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn stat_in(&self, inner: &str) -> io::Result<Stat> {
        match self.files.get(inner) {
            // What it is, is told by its bytes: another program with other ones makes another file of it.
            Some(bytes) => Ok(Stat {
                kind: Kind::File,
                size: bytes.len() as u64,
                modified: 0,
                changed: 0,
                inode: Fingerprint::of(bytes).low(),
            }),
            None if self.folders.contains(inner) => {
                Ok(Stat { kind: Kind::Folder, size: 0, modified: 0, changed: 0, inode: 0 })
            }
            None => Err(ErrorKind::NotFound.into()),
        }
    }
}

/// The folders that a file lies in, from the theme's own down.
fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::once("").chain(path.match_indices('/').map(|(at, _)| &path[..at]))
}

/// The path from the theme's folder, for what lies there; "" is the folder itself.
fn inside(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    let (_, rest) = text.split_once(&FOLDER[1..])?;
    Some(rest.replace('\\', "/").trim_start_matches('/').to_owned())
}

/// Nothing is written into the program.
fn fixed<T>() -> io::Result<T> {
    Err(ErrorKind::PermissionDenied.into())
}

impl<D: Disk> Disk for WithTheme<D> {
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let Some(at) = inside(folder) else { return self.disk.list(folder) };
        if !self.folders.contains(&at) {
            return Err(ErrorKind::NotFound.into());
        }
        let start = if at.is_empty() { String::new() } else { format!("{at}/") };
        let below = |path: &String| {
            let rest = path.strip_prefix(&start).filter(|rest| !rest.is_empty())?;
            rest.split('/').next().map(str::to_owned)
        };
        let names: BTreeSet<String> = self.files.keys().filter_map(below).collect();
        let entry = |name: String| Entry { stat: self.stat_in(&format!("{start}{name}")), name: name.into() };
        Ok(names.into_iter().map(entry).collect())
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        inside(path).map_or_else(|| self.disk.stat(path), |inner| self.stat_in(&inner))
    }

    fn stat_each(&self, folder: &Path, names: &[&OsStr]) -> Vec<io::Result<Stat>> {
        match inside(folder) {
            Some(_) => names.iter().map(|name| self.stat(&folder.join(name))).collect(),
            None => self.disk.stat_each(folder, names),
        }
    }

    fn stat_target(&self, path: &Path) -> io::Result<Stat> {
        inside(path).map_or_else(|| self.disk.stat_target(path), |inner| self.stat_in(&inner))
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        match inside(path) {
            Some(inner) => self.stat_in(&inner).map(|_| path.to_path_buf()),
            None => self.disk.canonical(path),
        }
    }

    fn read(&self, path: &Path, size: u64, into: &mut Vec<u8>) -> io::Result<()> {
        let Some(inner) = inside(path) else { return self.disk.read(path, size, into) };
        into.clear();
        into.extend_from_slice(self.bytes(&inner)?);
        Ok(())
    }

    fn read_range(&self, path: &Path, offset: u64, length: u64, into: &mut Vec<u8>) -> io::Result<()> {
        let Some(inner) = inside(path) else { return self.disk.read_range(path, offset, length, into) };
        let range = usize::try_from(offset).ok().zip(usize::try_from(length).ok());
        let range = range.and_then(|(start, length)| Some(start..start.checked_add(length)?));
        let part = range.and_then(|range| self.bytes(&inner).map(|bytes| bytes.get(range)).transpose());
        into.clear();
        into.extend_from_slice(part.ok_or(ErrorKind::UnexpectedEof)??);
        Ok(())
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        match inside(path) {
            Some(inner) => Ok(Box::new(Cursor::new(self.bytes(&inner)?))),
            None => self.disk.open(path),
        }
    }

    fn create_folders(&self, path: &Path) -> io::Result<()> {
        if inside(path).is_some() { fixed() } else { self.disk.create_folders(path) }
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<Stat> {
        if inside(path).is_some() { fixed() } else { self.disk.write_new(path, bytes) }
    }

    fn copy_new(&self, from: &Path, to: &Path) -> io::Result<Fingerprint> {
        let Some(inner) = inside(from) else { return self.disk.copy_new(from, to) };
        let bytes = self.bytes(&inner)?;
        self.write_new(to, bytes).map(|_| Fingerprint::of(bytes))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if inside(path).is_some() { fixed() } else { self.disk.append(path, bytes) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if inside(from).or(inside(to)).is_some() { fixed() } else { self.disk.rename(from, to) }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        if inside(path).is_some() { fixed() } else { self.disk.remove_file(path) }
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        if inside(path).is_some() { fixed() } else { self.disk.remove_folder(path) }
    }

    fn now(&self) -> i64 {
        self.disk.now()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryDisk, Mounts};
    use super::*;
    use crate::io::scan::{ScanOptions, scan};
    use crate::io::stats::StatTable;
    use crate::source::{Change, SourcePath};

    fn theme(page: &'static [u8]) -> Vec<(String, &'static [u8])> {
        vec![("theme.yaml".to_owned(), b"title: T\n"), ("templates/parts/page.html".to_owned(), page)]
    }

    fn changes(disk: &dyn Disk, table: &mut StatTable) -> Vec<String> {
        let mut mounts = Mounts::new(disk, Path::new("/site")).unwrap();
        let at = SourcePath::new("themes/parent-guide").unwrap();
        mounts.mount(disk, at, Path::new(FOLDER)).unwrap();
        let found = scan(disk, &mounts, &ScanOptions::default(), table);
        assert!(found.diagnostics.iter().all(|d| d.code.name() == "no-content"), "{:?}", found.diagnostics);
        let name = |change: &Change| match change {
            Change::Set(source) => format!("{} {}", source.path, source.text.len()),
            Change::SetAsset(asset) => asset.path.to_string(),
            Change::Remove(path) => format!("- {path}"),
        };
        found.changes.iter().map(name).collect()
    }

    #[test]
    fn is_scanned_like_a_folder_and_another_program_changes_it() {
        let memory = || {
            let disk = MemoryDisk::new();
            disk.create_folders(Path::new("/site")).unwrap();
            disk.write_new(Path::new("/site/site.yaml"), b"title: x\n").unwrap();
            disk
        };
        let mut table = StatTable::default();
        let first = WithTheme::new(memory(), theme(b"one"));
        let all = [
            "site.yaml 9",
            "themes/parent-guide/templates/parts/page.html 3",
            "themes/parent-guide/theme.yaml 9",
        ];
        assert_eq!(changes(&first, &mut table), all);
        assert_eq!(changes(&first, &mut table), [""; 0]);
        // Of the same length, and of no other time.
        let second = WithTheme::new(memory(), theme(b"two"));
        let again = changes(&second, &mut table);
        assert!(again.contains(&all[1].to_owned()) && !again.contains(&all[2].to_owned()), "{again:?}");
    }

    #[test]
    fn is_read_in_pieces_and_never_written() {
        let disk = WithTheme::new(MemoryDisk::new(), theme(b"abcdef"));
        let page = Path::new(FOLDER).join("templates/parts/page.html");
        let mut bytes = Vec::new();
        disk.read_range(&page, 2, 3, &mut bytes).unwrap();
        assert_eq!(bytes, b"cde");
        assert_eq!(disk.read_range(&page, 4, 3, &mut bytes).unwrap_err().kind(), ErrorKind::UnexpectedEof);
        disk.create_folders(Path::new("/site")).unwrap();
        let copy = Path::new("/site/copy.html");
        assert_eq!(disk.copy_new(&page, copy).unwrap(), Fingerprint::of(b"abcdef"));
        assert_eq!(disk.stat(copy).unwrap().size, 6);
        for refused in [disk.remove_file(&page), disk.rename(copy, &page), disk.append(&page, b"x")] {
            assert_eq!(refused.unwrap_err().kind(), ErrorKind::PermissionDenied);
        }
        assert_eq!(disk.stat(&Path::new(FOLDER).join("none")).unwrap_err().kind(), ErrorKind::NotFound);
    }
}
