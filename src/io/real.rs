//! [`RealDisk`]: the machine's own file system.
//!
//! The only file that calls `std::fs` for sources and outputs (the build lock and the watcher aside).

use super::disk::{Disk, Entry, Kind, Stat};
use crate::source::Fingerprint;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::Xxh3;

/// The machine's own file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

/// Nanoseconds since 1970, negative before.
fn nanoseconds(time: SystemTime) -> i64 {
    let clamp = |d: std::time::Duration| i64::try_from(d.as_nanos()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => clamp(after),
        Err(before) => -clamp(before.duration()),
    }
}

/// Seconds and nanoseconds as one number.
#[cfg(unix)]
fn join(seconds: i64, nanoseconds: i64) -> i64 {
    seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds)
}

fn stat_of(meta: &fs::Metadata) -> Stat {
    let file_type = meta.file_type();
    let kind = if file_type.is_file() {
        Kind::File
    } else if file_type.is_dir() {
        Kind::Folder
    } else if file_type.is_symlink() {
        Kind::Link
    } else {
        Kind::Other
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Stat {
            kind,
            size: meta.size(),
            modified: join(meta.mtime(), meta.mtime_nsec()),
            changed: join(meta.ctime(), meta.ctime_nsec()),
            inode: meta.ino(),
        }
    }
    #[cfg(not(unix))]
    {
        let modified = meta.modified().map(nanoseconds).unwrap_or(0);
        Stat { kind, size: meta.len(), modified, changed: modified, inode: 0 }
    }
}

/// What the system said, without what the walk says around it.
fn io_error(error: walkdir::Error) -> io::Error {
    let kind = error.io_error().map_or(io::ErrorKind::Other, io::Error::kind);
    error.into_io_error().unwrap_or_else(|| kind.into())
}

/// A folder whose entries are looked at: the system finds each by its name in the open folder, without going through
/// all the folders above it once more.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
struct OpenFolder(rustix::fd::OwnedFd);

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
impl OpenFolder {
    /// Opens `folder`; anything else is an error.
    fn open(folder: &Path) -> io::Result<Self> {
        use rustix::fs::{Mode, OFlags, open};
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(OpenFolder(open(folder, flags, Mode::empty())?))
    }

    /// What the entry is; a link is not followed.
    fn stat(&self, name: &OsStr, _: &DirEntry) -> io::Result<Stat> {
        self.look_at(name)
    }

    /// What `name` is; a link is not followed.
    #[allow(clippy::unnecessary_cast, reason = "the types of the fields are not the same on every system")]
    fn look_at(&self, name: &OsStr) -> io::Result<Stat> {
        use rustix::fs::{AtFlags, FileType, RawMode, statat};
        let stat = statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW)?;
        let kind = match FileType::from_raw_mode(stat.st_mode as RawMode) {
            FileType::RegularFile => Kind::File,
            FileType::Directory => Kind::Folder,
            FileType::Symlink => Kind::Link,
            _ => Kind::Other,
        };
        Ok(Stat {
            kind,
            size: stat.st_size as u64,
            modified: join(stat.st_mtime as i64, stat.st_mtime_nsec as i64),
            changed: join(stat.st_ctime as i64, stat.st_ctime_nsec as i64),
            inode: stat.st_ino as u64,
        })
    }
}

/// A folder whose entries are looked at.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
struct OpenFolder;

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
impl OpenFolder {
    /// Looks whether `folder` is one: a walk that begins at a file finds that file and no fault; here it is one.
    fn open(folder: &Path) -> io::Result<Self> {
        if fs::metadata(folder)?.is_dir() { Ok(OpenFolder) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// What the entry is; a link is not followed.
    fn stat(&self, _: &OsStr, entry: &DirEntry) -> io::Result<Stat> {
        entry.metadata().map(|meta| stat_of(&meta)).map_err(io_error)
    }
}

impl Disk for RealDisk {
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let opened = OpenFolder::open(folder)?;
        // Sorted below and not by the walk, which then reads every folder in this one too, to sort what it never gives.
        let walk = WalkDir::new(folder).min_depth(1).max_depth(1);
        let entries = walk.into_iter().map(|entry| {
            let entry = entry.map_err(io_error)?;
            let name = entry.file_name().to_owned();
            let stat = opened.stat(&name, &entry);
            Ok(Entry { name, stat })
        });
        let mut entries = entries.collect::<io::Result<Vec<Entry>>>()?;
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        fs::symlink_metadata(path).map(|m| stat_of(&m))
    }

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    fn stat_each(&self, folder: &Path, names: &[&OsStr]) -> Vec<io::Result<Stat>> {
        match OpenFolder::open(folder) {
            Ok(opened) => names.iter().map(|name| opened.look_at(name)).collect(),
            Err(e) => names.iter().map(|_| Err(e.kind().into())).collect(),
        }
    }

    fn stat_target(&self, path: &Path) -> io::Result<Stat> {
        fs::metadata(path).map(|m| stat_of(&m))
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn read(&self, path: &Path, size: u64, into: &mut Vec<u8>) -> io::Result<()> {
        let mut file = fs::File::open(path)?;
        into.clear();
        // One byte more than expected: a read that leaves it empty is the end of the file, without a second call.
        let expected = usize::try_from(size).unwrap_or(usize::MAX).saturating_add(1);
        into.try_reserve(expected).map_err(|_| io::ErrorKind::OutOfMemory)?;
        let mut filled = 0;
        into.resize(expected, 0);
        loop {
            if filled == into.len() {
                // It grew while it was read.
                into.truncate(filled);
                return file.read_to_end(into).map(|_| ());
            }
            match file.read(&mut into[filled..]) {
                Ok(0) => break,
                Ok(n) => {
                    filled += n;
                    if filled + 1 == expected {
                        break;
                    }
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        into.truncate(filled);
        Ok(())
    }

    fn read_range(&self, path: &Path, offset: u64, length: u64, into: &mut Vec<u8>) -> io::Result<()> {
        let mut file = fs::File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        into.clear();
        let expected = usize::try_from(length).map_err(|_| io::ErrorKind::OutOfMemory)?;
        into.try_reserve_exact(expected).map_err(|_| io::ErrorKind::OutOfMemory)?;
        file.take(length).read_to_end(into)?;
        if into.len() == expected { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(fs::File::open(path)?))
    }

    fn create_folders(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<Stat> {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.metadata().map(|meta| stat_of(&meta))
    }

    fn copy_new(&self, from: &Path, to: &Path) -> io::Result<Fingerprint> {
        let mut source = fs::File::open(from)?;
        let mut target = fs::OpenOptions::new().write(true).create_new(true).open(to)?;
        let mut hasher = Xxh3::new();
        // Most pictures are small, and there may be one for each page.
        let size = source.metadata().map_or(u64::MAX, |stat| stat.len()).clamp(512, 256 * 1024);
        let mut buffer = vec![0; size as usize];
        loop {
            match source.read(&mut buffer) {
                Ok(0) => return Ok(Fingerprint(hasher.digest128())),
                Ok(n) => {
                    hasher.update(&buffer[..n]);
                    target.write_all(&buffer[..n])?;
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::OpenOptions::new().append(true).create(true).open(path)?.write_all(bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn now(&self) -> i64 {
        nanoseconds(SystemTime::now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::MemoryDisk;

    #[test]
    fn a_listing_says_what_a_look_at_each_path_says() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["b.md", "a b.md", "año.md", "-x", "B.md"] {
            fs::write(at(name), name).unwrap();
        }
        fs::write(at(&"x".repeat(255)), "long").unwrap();
        fs::create_dir(at("inner")).unwrap();
        fs::write(at("inner/not.md"), "").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            std::os::unix::fs::symlink("b.md", at("link")).unwrap();
            std::os::unix::fs::symlink("nowhere", at("broken")).unwrap();
            std::os::unix::fs::symlink("inner", at("folder link")).unwrap();
            std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
            // Some systems refuse such a name.
            let _ = fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"\xff.md")), "");
        }
        let entries = RealDisk.list(folder.path()).unwrap();
        assert!(entries.is_sorted_by(|a, b| a.name < b.name));
        assert_eq!(entries.len(), fs::read_dir(folder.path()).unwrap().count());
        for entry in entries {
            let path = folder.path().join(&entry.name);
            assert_eq!(entry.stat.unwrap(), RealDisk.stat(&path).unwrap(), "{}", path.display());
            let each = RealDisk.stat_each(folder.path(), &[OsStr::new("none"), &entry.name]);
            assert_eq!(each[0].as_ref().unwrap_err().kind(), io::ErrorKind::NotFound);
            assert_eq!(*each[1].as_ref().unwrap(), RealDisk.stat(&path).unwrap());
        }
        assert!(RealDisk.stat_each(&at("none"), &[OsStr::new("b.md")])[0].is_err());
        #[cfg(unix)]
        assert_eq!(
            RealDisk.list(&at("folder link")).unwrap().len(),
            1,
            "a link is followed to what is listed"
        );
        assert_eq!(RealDisk.list(&at("b.md")).unwrap_err().kind(), io::ErrorKind::NotADirectory);
        assert_eq!(RealDisk.list(&at("none")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_range_is_whole_or_an_error_on_every_disk() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("file");
        fs::write(&real, b"0123456789").unwrap();
        let memory = MemoryDisk::new();
        memory.file("/file", b"0123456789");
        let disks: [(&dyn Disk, &Path); 2] = [(&RealDisk, &real), (&memory, Path::new("/file"))];
        for (disk, path) in disks {
            let mut into = b"what was there".to_vec();
            let mut range =
                |offset, length| disk.read_range(path, offset, length, &mut into).map(|()| into.clone());
            assert_eq!(range(0, 10).unwrap(), b"0123456789");
            assert_eq!(range(3, 4).unwrap(), b"3456");
            assert_eq!(range(10, 0).unwrap(), b"");
            for (offset, length) in [(0, 11), (9, 2), (10, 1), (11, 1)] {
                assert_eq!(range(offset, length).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
            }
            let missing = disk.read_range(Path::new("/no such file"), 0, 1, &mut into);
            assert_eq!(missing.unwrap_err().kind(), io::ErrorKind::NotFound);
        }
    }
}
