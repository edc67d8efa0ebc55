//! [`Disk`]: the whole of what Guidepost asks of a file system, as one small trait.
//!
//! [`RealDisk`](super::RealDisk) is the machine's, [`MemoryDisk`](super::MemoryDisk) is a test's that can be told
//! to fail. Times are nanoseconds since 1970, from the disk, so that nothing above reads a clock.

use crate::source::Fingerprint;
use serde::{Deserialize, Serialize};
use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The prefix of every temporary file and folder that Guidepost makes: what carries it may be deleted.
pub const TEMPORARY: &str = ".guidepost-tmp-";

/// What a directory entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link (or a junction), not followed.
    Link,
    /// A pipe, socket or device: never opened.
    Other,
}

/// What can be learned of a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stat {
    /// What it is.
    pub kind: Kind,
    /// Size in bytes.
    pub size: u64,
    /// When its bytes last changed, in nanoseconds since 1970.
    pub modified: i64,
    /// When it or its bytes last changed (unix `ctime`); `modified` where there is no such thing.
    pub changed: i64,
    /// Identifies the file on its file system; 0 where there is no such thing.
    pub inode: u64,
}

/// One name in a folder.
#[derive(Debug)]
pub struct Entry {
    /// The name, not a path.
    pub name: OsString,
    /// What it is; a link is not followed.
    pub stat: io::Result<Stat>,
}

/// A file system.
pub trait Disk: Send + Sync {
    /// The names in `folder`, sorted.
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>>;
    /// What `path` is; a link is not followed.
    fn stat(&self, path: &Path) -> io::Result<Stat>;
    /// What each of these files in one folder is, in their order; a link is not followed.
    fn stat_each(&self, folder: &Path, names: &[&OsStr]) -> Vec<io::Result<Stat>> {
        names.iter().map(|name| self.stat(&folder.join(name))).collect()
    }
    /// What `path` leads to; links are followed.
    fn stat_target(&self, path: &Path) -> io::Result<Stat>;
    /// The one path without links and `..` that leads to the same thing.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;
    /// Replaces what is in `into` by the bytes of the file `path`, which is expected to have `size` bytes.
    fn read(&self, path: &Path, size: u64, into: &mut Vec<u8>) -> io::Result<()>;
    /// Replaces what is in `into` by the `length` bytes of the file `path` that begin at `offset`. It is an error
    /// (`UnexpectedEof`) if the file ends before them.
    fn read_range(&self, path: &Path, offset: u64, length: u64, into: &mut Vec<u8>) -> io::Result<()>;
    /// Opens the file `path` for reading in pieces.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>>;
    /// Makes the folder `path` and those above it; they may exist.
    fn create_folders(&self, path: &Path) -> io::Result<()>;
    /// Makes the new file `path`, and gives what it is then; it is an error if it exists.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<Stat>;
    /// Copies the bytes of `from` to the new file `to` and gives their fingerprint.
    fn copy_new(&self, from: &Path, to: &Path) -> io::Result<Fingerprint>;
    /// Adds `bytes` at the end of the file `path`, which is made when it is missing.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Moves `from` to `to`, replacing a file (or link, never its target) there in one step. A folder moves with all that
    /// is in it, of which nothing changes but the path.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes the file or link `path`.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes the folder `path`; it is an error if it is not empty.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// The time by the disk's clock.
    fn now(&self) -> i64;

    /// Where the new bytes of the file `path` are put until they are complete, in the same folder. Nothing is there.
    fn temporary_for(&self, path: &Path) -> io::Result<PathBuf> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = path.with_file_name(format!("{TEMPORARY}{name}"));
        // One that a killed run left; two runs at once are kept apart by the build lock.
        match self.remove_file(&temporary) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(temporary),
        }
    }

    /// Replaces the file `path` in one step: whoever reads it sees the old bytes or the new ones.
    fn write_atomic(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let temporary = self.temporary_for(path)?;
        let done = self.write_new(&temporary, bytes).and_then(|_| self.rename(&temporary, path));
        if done.is_err() {
            // Best effort: the first error is the one to tell.
            let _ = self.remove_file(&temporary);
        }
        done
    }
}
