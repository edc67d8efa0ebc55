//! [`MemoryDisk`]: a file system in memory for tests, which can be told to run full or to refuse a path.
//!
//! It keeps the rules that matter here: parents must exist, a rename replaces a file in one step, every write
//! moves the clock on. Links are texts that are resolved on the way.

use super::disk::{Disk, Entry, Kind, Stat};
use crate::source::{Fingerprint, folded};
use std::collections::BTreeMap;
use std::io::{self, Cursor, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Debug, Clone)]
enum Node {
    File(Arc<[u8]>),
    Folder,
    Link(PathBuf),
    Pipe,
}

#[derive(Debug, Default)]
struct State {
    nodes: BTreeMap<PathBuf, (Node, Stat)>,
    clock: i64,
    inodes: u64,
    room: Option<u64>,
    unreadable: Vec<PathBuf>,
    unwritable: Vec<PathBuf>,
    /// Whether names that differ only in case or in the form of Unicode are one name.
    folds: bool,
    reads: usize,
    writes: usize,
}

/// A file system in memory; paths are absolute and begin with `/`.
#[derive(Debug, Default)]
pub struct MemoryDisk {
    state: Mutex<State>,
}

/// Between two writes: past every doubt about equal timestamps.
const TICK: i64 = 10_000_000_000;

impl State {
    fn put(&mut self, path: &Path, node: Node) {
        self.clock += TICK;
        self.inodes += 1;
        let (kind, size) = match &node {
            Node::File(bytes) => (Kind::File, bytes.len() as u64),
            Node::Folder => (Kind::Folder, 0),
            Node::Link(_) => (Kind::Link, 0),
            Node::Pipe => (Kind::Other, 0),
        };
        let stat = Stat { kind, size, modified: self.clock, changed: self.clock, inode: self.inodes };
        self.nodes.insert(path.to_path_buf(), (node, stat));
    }

    fn folders(&mut self, path: &Path) -> io::Result<()> {
        let above: Vec<PathBuf> = path.ancestors().map(Path::to_path_buf).collect();
        for folder in above.iter().rev() {
            match self.nodes.get(folder) {
                Some((Node::Folder, _)) => {}
                Some(_) => return Err(ErrorKind::NotADirectory.into()),
                None => self.put(folder, Node::Folder),
            }
        }
        Ok(())
    }

    /// Resolves links in all of `path`, or in all but its last part.
    fn real(&self, path: &Path, last: bool) -> io::Result<PathBuf> {
        let mut real = PathBuf::from("/");
        let mut todo: Vec<String> = parts(path);
        let mut jumps = 0;
        while let Some(part) = todo.pop() {
            if part == ".." {
                real.pop();
                continue;
            }
            real.push(&part);
            if self.folds
                && !self.nodes.contains_key(&real)
                && let Some(other) = self.folded(&real)
            {
                real = other;
            }
            if todo.is_empty() && !last {
                break;
            }
            if let Some((Node::Link(target), _)) = self.nodes.get(&real) {
                jumps += 1;
                if jumps > 40 {
                    return Err(io::Error::other("too many links"));
                }
                real.pop();
                if target.is_absolute() {
                    real = PathBuf::from("/");
                }
                todo.extend(parts(target));
            }
        }
        Ok(real)
    }

    /// The name under which what this path means is kept.
    fn folded(&self, path: &Path) -> Option<PathBuf> {
        let name = |path: &Path| path.file_name().map(|name| folded(&name.to_string_lossy()));
        let same = |other: &&PathBuf| other.parent() == path.parent() && name(other) == name(path);
        self.nodes.keys().find(same).cloned()
    }

    fn find(&self, path: &Path, last: bool) -> io::Result<(PathBuf, &Node, Stat)> {
        let real = self.real(path, last)?;
        match self.nodes.get(&real) {
            Some((node, stat)) => Ok((real, node, *stat)),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    fn readable(&self, path: &Path) -> io::Result<()> {
        if self.unreadable.iter().any(|p| p == path) {
            Err(ErrorKind::PermissionDenied.into())
        } else {
            Ok(())
        }
    }

    fn writable(&self, path: &Path) -> io::Result<()> {
        if self.unwritable.iter().any(|p| path.starts_with(p)) {
            return Err(ErrorKind::PermissionDenied.into());
        }
        match path.parent().map(|p| self.nodes.get(p)) {
            Some(Some((Node::Folder, _))) => Ok(()),
            Some(Some(_)) => Err(ErrorKind::NotADirectory.into()),
            _ => Err(ErrorKind::NotFound.into()),
        }
    }

    /// Puts `bytes` there, of which the first `old` were there before.
    fn store(&mut self, path: &Path, bytes: Arc<[u8]>, old: usize) -> io::Result<()> {
        self.writable(path)?;
        self.writes += 1;
        if let Some(room) = &mut self.room {
            let needed = (bytes.len() - old) as u64;
            if needed > *room {
                // As a real disk: the file is there, but not all of it.
                let some: Arc<[u8]> = bytes[..old + *room as usize].into();
                *room = 0;
                self.put(path, Node::File(some));
                return Err(ErrorKind::StorageFull.into());
            }
            *room -= needed;
        }
        self.put(path, Node::File(bytes));
        Ok(())
    }

    fn bytes(&mut self, path: &Path) -> io::Result<Arc<[u8]>> {
        let (real, node, _) = self.find(path, true)?;
        let bytes = match node {
            Node::File(bytes) => bytes.clone(),
            Node::Folder => return Err(ErrorKind::IsADirectory.into()),
            _ => return Err(io::Error::other("a pipe was opened")),
        };
        self.readable(&real)?;
        self.reads += 1;
        Ok(bytes)
    }
}

/// The named parts of `path`, the last first.
fn parts(path: &Path) -> Vec<String> {
    let mut parts: Vec<String> = path
        .components()
        .filter_map(|c| match c {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            Component::ParentDir => Some("..".to_owned()),
            _ => None,
        })
        .collect();
    parts.reverse();
    parts
}

impl MemoryDisk {
    /// An empty disk.
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A test that panicked elsewhere must not hide behind this one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(&self, path: &str, node: Node) {
        let path = Path::new(path);
        let mut state = self.state();
        let made = path.parent().map_or(Ok(()), |parent| state.folders(parent));
        debug_assert!(made.is_ok(), "a file stands above {}", path.display());
        state.put(path, node);
    }

    /// Puts a file there, with the folders above it.
    pub fn file(&self, path: &str, bytes: impl AsRef<[u8]>) {
        self.place(path, Node::File(bytes.as_ref().into()));
    }

    /// Puts a link there.
    pub fn link(&self, path: &str, target: &str) {
        self.place(path, Node::Link(target.into()));
    }

    /// Puts a pipe there.
    pub fn pipe(&self, path: &str) {
        self.place(path, Node::Pipe);
    }

    /// Puts an empty folder there.
    pub fn folder(&self, path: &str) {
        self.place(path, Node::Folder);
    }

    /// Removes the file or the folder with all that is in it.
    pub fn remove(&self, path: &str) {
        self.state().nodes.retain(|p, _| !p.starts_with(path));
    }

    /// Lets only so many bytes more be written, or any number again.
    pub fn set_room(&self, room: Option<u64>) {
        self.state().room = room;
    }

    /// Refuses to read exactly these paths.
    pub fn set_unreadable(&self, paths: &[&str]) {
        self.state().unreadable = paths.iter().map(PathBuf::from).collect();
    }

    /// Refuses to write at and under these paths.
    pub fn set_unwritable(&self, paths: &[&str]) {
        self.state().unwritable = paths.iter().map(PathBuf::from).collect();
    }

    /// Takes names that differ only in case or in the form of Unicode for one, as disks on Windows and macOS do.
    pub fn set_folds(&self, on: bool) {
        self.state().folds = on;
    }

    /// The bytes of the file there, if there is one.
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        match self.state().nodes.get(Path::new(path)) {
            Some((Node::File(bytes), _)) => Some(bytes.to_vec()),
            _ => None,
        }
    }

    /// Every file under `folder`.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let state = self.state();
        let files =
            state.nodes.iter().filter(|(p, (n, _))| p.starts_with(folder) && !matches!(n, Node::Folder));
        files.map(|(p, _)| p.to_string_lossy().into_owned()).collect()
    }

    /// How many files were read and written so far.
    pub fn counts(&self) -> (usize, usize) {
        let state = self.state();
        (state.reads, state.writes)
    }
}

impl Disk for MemoryDisk {
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let state = self.state();
        let (real, node, _) = state.find(folder, true)?;
        if !matches!(node, Node::Folder) {
            return Err(ErrorKind::NotADirectory.into());
        }
        state.readable(&real)?;
        let inside = state.nodes.iter().filter(|(p, _)| p.parent() == Some(real.as_path()));
        let entry = |(p, (_, stat)): (&PathBuf, &(Node, Stat))| {
            p.file_name().map(|name| Entry { name: name.to_owned(), stat: Ok(*stat) })
        };
        Ok(inside.filter_map(entry).collect())
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        self.state().find(path, false).map(|(_, _, stat)| stat)
    }

    fn stat_target(&self, path: &Path) -> io::Result<Stat> {
        self.state().find(path, true).map(|(_, _, stat)| stat)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.state().find(path, true).map(|(real, _, _)| real)
    }

    fn read(&self, path: &Path, _size: u64, into: &mut Vec<u8>) -> io::Result<()> {
        let bytes = self.state().bytes(path)?;
        into.clear();
        into.extend_from_slice(&bytes);
        Ok(())
    }

    fn read_range(&self, path: &Path, offset: u64, length: u64, into: &mut Vec<u8>) -> io::Result<()> {
        let bytes = self.state().bytes(path)?;
        into.clear();
        let range = || {
            let start = usize::try_from(offset).ok()?;
            bytes.get(start..start.checked_add(usize::try_from(length).ok()?)?)
        };
        into.extend_from_slice(range().ok_or(ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(self.state().bytes(path)?)))
    }

    fn create_folders(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        let real = state.real(path, true)?;
        if state.unwritable.iter().any(|p| real.starts_with(p)) && !state.nodes.contains_key(&real) {
            return Err(ErrorKind::PermissionDenied.into());
        }
        state.folders(&real)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<Stat> {
        let mut state = self.state();
        let real = state.real(path, false)?;
        if state.nodes.contains_key(&real) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        state.store(&real, bytes.into(), 0)?;
        state.find(&real, false).map(|(_, _, stat)| stat)
    }

    fn copy_new(&self, from: &Path, to: &Path) -> io::Result<Fingerprint> {
        let bytes = self.state().bytes(from)?;
        self.write_new(to, &bytes).map(|_| Fingerprint::of(&bytes))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        let real = state.real(path, true)?;
        let mut all = match state.nodes.get(&real) {
            Some((Node::File(old), _)) => old.to_vec(),
            _ => Vec::new(),
        };
        let old = all.len();
        all.extend_from_slice(bytes);
        state.store(&real, all.into(), old)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        let (from, to) = (state.real(from, false)?, state.real(to, false)?);
        state.writable(&to)?;
        if matches!(state.nodes.get(&to), Some((Node::Folder, _))) {
            return Err(ErrorKind::IsADirectory.into());
        }
        let (node, stat) = state.nodes.remove(&from).ok_or(ErrorKind::NotFound)?;
        state.clock += TICK;
        let stat = Stat { changed: state.clock, ..stat };
        if matches!(node, Node::Folder) {
            let inside: Vec<PathBuf> = state.nodes.keys().filter(|p| p.starts_with(&from)).cloned().collect();
            for old in inside {
                if let (Some(kept), Ok(rest)) = (state.nodes.remove(&old), old.strip_prefix(&from)) {
                    state.nodes.insert(to.join(rest), kept);
                }
            }
        }
        state.nodes.insert(to, (node, stat));
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        let (real, node, _) = state.find(path, false)?;
        if matches!(node, Node::Folder) {
            return Err(ErrorKind::IsADirectory.into());
        }
        state.writable(&real)?;
        state.nodes.remove(&real);
        Ok(())
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        let (real, _, _) = state.find(path, false)?;
        if state.nodes.keys().any(|p| p.parent() == Some(real.as_path())) {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        state.nodes.remove(&real);
        Ok(())
    }

    fn now(&self) -> i64 {
        self.state().clock + TICK
    }
}
