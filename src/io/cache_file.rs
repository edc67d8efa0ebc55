//! One versioned file of named sections, by which a run hands what it knows to the next.
//!
//! ```text
//! section section ... directory trailer
//! ```
//!
//! Tracked by the directory: the program that wrote the file, and place, length and checksum of each section. The
//! trailer has the directory's length and checksum, and the magic. So a run reads the few bytes at the end, and of
//! the rest what it needs; and a file can be written from front to back, without being held in memory. A file that is
//! cut short, foreign, or of any other version or build is no file, and a section that is damaged is none: the run is
//! cold, never wrong.
//!
//! A file may grow: new sections and a new directory are added behind the old one, which then is of no use any more.

use super::disk::{Disk, Kind, TEMPORARY};
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

const MAGIC: &[u8; 16] = b"guidepost-cache\n";

/// Size of the trailer, in bytes: length of the directory, its checksum, the magic.
const TRAILER: usize = 8 + 16 + MAGIC.len();

/// Number of bytes of the end that are read at once: more than trailer and directory have.
const END_BYTES: u64 = 1024;

/// Number of bytes that are handed to the disk at once.
const WRITE_BYTES: usize = 256 * 1024;

/// Where a section lies, and what identifies its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    name: String,
    offset: u64,
    length: u64,
    checksum: u128,
}

/// A file that was found: what is in it, not yet the bytes.
#[derive(Debug)]
pub struct CacheFile {
    path: PathBuf,
    size: u64,
    sections: Vec<Section>,
}

impl CacheFile {
    /// Whether there is a section of that name.
    pub fn has(&self, name: &str) -> bool {
        self.sections.iter().any(|section| section.name == name)
    }

    /// Whether most of the file is still of use, so that it may grow.
    pub fn may_grow(&self) -> bool {
        let used: u64 = self.sections.iter().map(|section| section.length).sum();
        self.size / 2 <= used
    }

    /// Reads the bytes of a section from the disk that the file was found on; none when there is no such section or
    /// its bytes are not those that were saved.
    pub fn section(&self, disk: &dyn Disk, name: &str) -> Option<Vec<u8>> {
        let section = self.sections.iter().find(|s| s.name == name)?;
        let mut bytes = Vec::new();
        disk.read_range(&self.path, section.offset, section.length, &mut bytes).ok()?;
        (xxh3_128(&bytes) == section.checksum).then_some(bytes)
    }
}

/// Names the program, so that a cache of one build is never read by another: its version, what it was made of (`build.rs`),
/// and the length of this very file, since a build may take other versions of libraries than the lock file names.
///
/// Not the time of the file: packages, images and archives set it as they like.
pub fn program() -> String {
    let length = std::env::current_exe().and_then(std::fs::metadata).map_or(0, |file| file.len());
    format!("{} {} {length}", env!("CARGO_PKG_VERSION"), env!("GUIDEPOST_BUILD"))
}

/// Finds the file `path`, if it is whole and was written by `program`.
pub fn load(disk: &dyn Disk, path: &Path, program: &str) -> Option<CacheFile> {
    let size = disk.stat(path).ok().filter(|stat| stat.kind == Kind::File)?.size;
    let mut end = Vec::new();
    let read = size.min(END_BYTES);
    disk.read_range(path, size - read, read, &mut end).ok()?;
    let trailer = end.len().checked_sub(TRAILER)?;
    let mut parts = Parts { rest: end.get(trailer..)? };
    let (length, checksum) = (parts.number()?, parts.checksum()?);
    if parts.rest != MAGIC {
        return None;
    }
    let offset = size.checked_sub(TRAILER as u64)?.checked_sub(length)?;
    let directory = match trailer.checked_sub(usize::try_from(length).ok()?) {
        Some(start) => end.get(start..trailer)?,
        None => {
            disk.read_range(path, offset, length, &mut end).ok()?;
            &end
        }
    };
    if xxh3_128(directory) != checksum {
        return None;
    }
    let mut parts = Parts { rest: directory };
    // A file that was cut behind something that is such a file itself would otherwise pass for that one.
    if parts.text()? != program || parts.number()? != offset {
        return None;
    }
    let mut sections = Vec::new();
    while !parts.rest.is_empty() {
        sections.push(parts.section()?);
    }
    Some(CacheFile { path: path.to_path_buf(), size, sections })
}

/// What is left to read of a directory.
struct Parts<'a> {
    rest: &'a [u8],
}

impl<'a> Parts<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (part, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(part)
    }

    fn number(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    fn checksum(&mut self) -> Option<u128> {
        self.take(16)?.try_into().ok().map(u128::from_le_bytes)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn section(&mut self) -> Option<Section> {
        let name = self.text()?.to_owned();
        let (offset, length) = (self.number()?, self.number()?);
        Some(Section { name, offset, length, checksum: self.checksum()? })
    }
}

/// A file that is being written, under a temporary name until it is finished. Dropped before, it leaves no trace.
pub struct Saving<'d> {
    disk: &'d dyn Disk,
    path: PathBuf,
    /// Where it is written until it is finished: the file itself when that grows.
    temporary: PathBuf,
    program: String,
    sections: Vec<Section>,
    written: Written<'d>,
    finished: bool,
}

impl<'d> Saving<'d> {
    /// Begins the file `path` of `program`. The folders above it are made.
    ///
    /// # Errors
    /// Those of the disk; the old file stays.
    pub fn begin(disk: &'d dyn Disk, path: &Path, program: &str) -> io::Result<Saving<'d>> {
        if let Some(folder) = path.parent() {
            disk.create_folders(folder)?;
        }
        let temporary = disk.temporary_for(path)?;
        let saving = Saving {
            disk,
            path: path.to_path_buf(),
            temporary: temporary.clone(),
            program: program.to_owned(),
            sections: Vec::new(),
            written: Written::new(disk, temporary),
            finished: false,
        };
        disk.write_new(&saving.temporary, &[])?;
        Ok(saving)
    }

    /// Begins to add sections behind those of a file that is there. A section takes the place of one of the same name; the
    /// others are not read. Until the file is finished there is none.
    ///
    /// # Errors
    /// None yet: those of the disk come with the sections.
    pub fn resume(disk: &'d dyn Disk, file: CacheFile, program: &str) -> Saving<'d> {
        let mut written = Written::new(disk, file.path.clone());
        written.length = file.size;
        Saving {
            disk,
            path: file.path.clone(),
            temporary: file.path,
            program: program.to_owned(),
            sections: file.sections,
            written,
            finished: false,
        }
    }

    /// Adds a section: `fill` writes its bytes to what it is given, which hands them on in large pieces.
    ///
    /// # Errors
    /// Those of the disk and of `fill`; the file cannot be finished afterwards.
    pub fn section(
        &mut self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let offset = self.written.length;
        self.written.hasher.reset();
        if let Err(error) = fill(&mut self.written) {
            self.written.failed.get_or_insert(error.kind());
        }
        // What the disk said is told, not what a serializer made of it.
        self.written.check()?;
        let length = self.written.length - offset;
        let checksum = self.written.hasher.digest128();
        self.sections.retain(|section| section.name != name);
        self.sections.push(Section { name: name.to_owned(), offset, length, checksum });
        Ok(())
    }

    /// Replaces the file that was there, in one step; or ends what was added to it. Gives the file.
    ///
    /// # Errors
    /// Those of the disk, or that of a section that could not be written; the old file stays, but one that was to grow is
    /// gone.
    pub fn finish(mut self) -> io::Result<CacheFile> {
        let mut end = Vec::new();
        put(&mut end, self.program.as_bytes());
        end.extend_from_slice(&self.written.length.to_le_bytes());
        for section in &self.sections {
            put(&mut end, section.name.as_bytes());
            end.extend_from_slice(&section.offset.to_le_bytes());
            end.extend_from_slice(&section.length.to_le_bytes());
            end.extend_from_slice(&section.checksum.to_le_bytes());
        }
        let (length, checksum) = (end.len() as u64, xxh3_128(&end));
        end.extend_from_slice(&length.to_le_bytes());
        end.extend_from_slice(&checksum.to_le_bytes());
        end.extend_from_slice(MAGIC);
        self.written.write_all(&end)?;
        self.written.hand_on()?;
        if self.temporary != self.path {
            self.disk.rename(&self.temporary, &self.path)?;
        }
        self.finished = true;
        let (path, sections) = (self.path.clone(), std::mem::take(&mut self.sections));
        Ok(CacheFile { path, size: self.written.length, sections })
    }
}

impl Drop for Saving<'_> {
    fn drop(&mut self) {
        if !self.finished {
            // Best effort: the first error is the one to tell, and the next run tidies up.
            let _ = self.disk.remove_file(&self.temporary);
        }
    }
}

/// What was written so far, of which the last piece is still here.
struct Written<'d> {
    disk: &'d dyn Disk,
    path: PathBuf,
    piece: Vec<u8>,
    /// Of the section that is being written.
    hasher: Xxh3,
    /// Of the whole file.
    length: u64,
    /// The first error. Nothing is written after it: what comes would stand in the wrong place.
    failed: Option<io::ErrorKind>,
}

impl<'d> Written<'d> {
    fn new(disk: &'d dyn Disk, path: PathBuf) -> Self {
        Written { disk, path, piece: Vec::new(), hasher: Xxh3::new(), length: 0, failed: None }
    }

    fn check(&self) -> io::Result<()> {
        self.failed.map_or(Ok(()), |kind| Err(kind.into()))
    }

    fn hand_on(&mut self) -> io::Result<()> {
        self.check()?;
        if let Err(error) = self.disk.append(&self.path, &self.piece) {
            self.failed = Some(error.kind());
            return Err(error);
        }
        self.piece.clear();
        Ok(())
    }
}

impl Write for Written<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.check()?;
        self.hasher.update(bytes);
        self.length += bytes.len() as u64;
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= WRITE_BYTES {
            self.hand_on()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        // Pieces are handed on when they are large; the last one when the file is finished.
        Ok(())
    }
}

/// Writes `value` to `out`, as bytes that postcard reads again.
///
/// # Errors
/// Those of `out`.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    // The serializer writes byte for byte; that must not be a call through `dyn` each.
    let out = BufWriter::with_capacity(64 * 1024, out);
    postcard::to_io(value, out).map(|_| ()).map_err(io::Error::other)
}

/// Removes what killed runs left in the cache folder.
pub fn tidy(disk: &dyn Disk, cache: &Path) {
    // Called under the build lock: nobody else is writing there.
    for entry in disk.list(cache).unwrap_or_default() {
        if entry.name.to_string_lossy().starts_with(TEMPORARY) {
            let _ = disk.remove_file(&cache.join(entry.name));
        }
    }
}

fn put(out: &mut Vec<u8>, part: &[u8]) {
    out.extend_from_slice(&(part.len() as u64).to_le_bytes());
    out.extend_from_slice(part);
}

#[cfg(test)]
mod tests;
