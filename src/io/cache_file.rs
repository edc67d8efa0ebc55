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

use super::disk::{Disk, Kind, TEMPORARY};
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

const MAGIC: &[u8; 16] = b"guidepost-cache\n";

/// Length of the directory, its checksum, the magic.
const TRAILER: usize = 8 + 16 + MAGIC.len();

/// So much of the end is read at once: more than trailer and directory have.
const END: u64 = 1024;

/// So much is handed to the disk at once.
const PIECE: usize = 256 * 1024;

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
    sections: Vec<Section>,
}

impl CacheFile {
    /// Reads the bytes of a section from the disk that the file was found on; none when there is no such section or
    /// its bytes are not those that were saved.
    pub fn section(&self, disk: &dyn Disk, name: &str) -> Option<Vec<u8>> {
        let section = self.sections.iter().find(|s| s.name == name)?;
        let mut bytes = Vec::new();
        disk.read_range(&self.path, section.offset, section.length, &mut bytes).ok()?;
        (xxh3_128(&bytes) == section.checksum).then_some(bytes)
    }
}

/// Names the program: its version and the build that this very file is, so that a cache of one build is never
/// read by another.
pub fn program() -> String {
    let build = std::env::current_exe().and_then(std::fs::metadata).map(|meta| {
        let modified = meta.modified().ok().and_then(|m| m.duration_since(std::time::UNIX_EPOCH).ok());
        format!("{}-{}", meta.len(), modified.unwrap_or_default().as_nanos())
    });
    format!("{} {}", env!("CARGO_PKG_VERSION"), build.unwrap_or_default())
}

/// Finds the file `path`, if it is whole and was written by `program`.
pub fn load(disk: &dyn Disk, path: &Path, program: &str) -> Option<CacheFile> {
    let size = disk.stat(path).ok().filter(|stat| stat.kind == Kind::File)?.size;
    let mut end = Vec::new();
    let read = size.min(END);
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
    Some(CacheFile { path: path.to_path_buf(), sections })
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
        self.sections.push(Section { name: name.to_owned(), offset, length, checksum });
        Ok(())
    }

    /// Replaces the file that was there, in one step.
    ///
    /// # Errors
    /// Those of the disk, or that of a section that could not be written; the old file stays.
    pub fn finish(mut self) -> io::Result<()> {
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
        self.disk.rename(&self.temporary, &self.path)?;
        self.finished = true;
        Ok(())
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
        if self.piece.len() >= PIECE {
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
mod tests {
    use super::*;
    use crate::io::MemoryDisk;

    fn save(disk: &dyn Disk, path: &Path, program: &str, sections: &[(&str, &[u8])]) -> io::Result<()> {
        let mut saving = Saving::begin(disk, path, program)?;
        for (name, bytes) in sections {
            saving.section(name, |out| out.write_all(bytes))?;
        }
        saving.finish()
    }

    /// Sections that are small, empty and the image of such a file.
    fn sections(disk: &MemoryDisk) -> Vec<(&'static str, Vec<u8>)> {
        save(disk, Path::new("/inner"), "1", &[("stats", b"inner"), ("engine", b"")]).unwrap();
        vec![
            ("stats", b"abc".to_vec()),
            ("empty", Vec::new()),
            ("image", disk.bytes("/inner").unwrap()),
            ("engine", (0..=255).collect()),
        ]
    }

    #[test]
    fn what_is_saved_is_loaded_and_nothing_else() {
        let disk = MemoryDisk::new();
        let path = Path::new("/site/.cache/guidepost.cache");
        save(&disk, path, "1", &[("stats", b"abc"), ("engine", b"")]).unwrap();
        let file = load(&disk, path, "1").unwrap();
        assert_eq!(file.section(&disk, "stats"), Some(b"abc".to_vec()));
        assert_eq!(file.section(&disk, "engine"), Some(Vec::new()));
        assert_eq!(file.section(&disk, "none"), None);
        assert!(load(&disk, path, "2").is_none(), "another program");
        assert!(load(&disk, Path::new("/site/none"), "1").is_none());
        assert_eq!(disk.files("/site/.cache").len(), 1);
    }

    /// Whatever a file looks like, a section is what was saved or none. Gives whether there is a file and which
    /// sections are left.
    fn left(disk: &MemoryDisk, bytes: &[u8], saved: &[(&'static str, Vec<u8>)]) -> Option<Vec<&'static str>> {
        disk.file("/c/x", bytes);
        let file = load(disk, Path::new("/c/x"), "1")?;
        let mut left = Vec::new();
        for (name, bytes) in saved {
            if let Some(found) = file.section(disk, name) {
                assert_eq!(&found, bytes, "{name}");
                left.push(*name);
            }
        }
        Some(left)
    }

    #[test]
    fn whatever_is_cut_or_damaged_is_none_and_the_rest_stays() {
        let disk = MemoryDisk::new();
        let saved = sections(&disk);
        let parts: Vec<(&str, &[u8])> = saved.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        save(&disk, Path::new("/c/x"), "1", &parts).unwrap();
        let whole = disk.bytes("/c/x").unwrap();
        let all: Vec<&str> = saved.iter().map(|(name, _)| *name).collect();
        assert_eq!(left(&disk, &whole, &saved), Some(all.clone()));
        for cut in 0..whole.len() {
            assert_eq!(left(&disk, &whole[..cut], &saved), None, "cut at {cut}");
            assert_eq!(left(&disk, &whole[whole.len() - cut..], &saved), None, "cut but for {cut}");
        }
        let mut longer = whole.clone();
        longer.push(b'\n');
        assert_eq!(left(&disk, &longer, &saved), None, "a byte more");
        let mut start = 0;
        let mut touched = Vec::new();
        for (name, bytes) in &saved {
            touched.extend(bytes.iter().map(|_| *name));
            start += bytes.len();
        }
        for at in 0..whole.len() {
            for flip in [1, 0x80, 0xff] {
                let mut damaged = whole.clone();
                damaged[at] ^= flip;
                let expected =
                    (at < start).then(|| all.iter().copied().filter(|name| *name != touched[at]).collect());
                assert_eq!(left(&disk, &damaged, &saved), expected, "damaged at {at}");
            }
        }
    }

    #[test]
    fn a_file_that_is_replaced_after_it_was_found_gives_no_wrong_bytes() {
        let disk = MemoryDisk::new();
        let path = Path::new("/c/x");
        save(&disk, path, "1", &[("a", b"old"), ("b", b"same")]).unwrap();
        let file = load(&disk, path, "1").unwrap();
        save(&disk, path, "1", &[("a", b"new"), ("b", b"same")]).unwrap();
        assert_eq!(file.section(&disk, "a"), None);
        assert_eq!(file.section(&disk, "b"), Some(b"same".to_vec()));
        disk.remove("/c/x");
        assert_eq!(file.section(&disk, "b"), None);
    }

    #[test]
    fn many_sections_and_large_ones() {
        let disk = MemoryDisk::new();
        let path = Path::new("/c/x");
        let large: Vec<u8> = (0..3 * PIECE + 7).map(|i| (i * 31 % 251) as u8).collect();
        let mut saving = Saving::begin(&disk, path, "1").unwrap();
        saving.section("large", |out| large.chunks(1000).try_for_each(|part| out.write_all(part))).unwrap();
        for i in 0..100 {
            saving.section(&format!("section {i}"), |out| write!(out, "{i}")).unwrap();
        }
        assert!(load(&disk, path, "1").is_none(), "nothing is there before it is finished");
        saving.finish().unwrap();
        let file = load(&disk, path, "1").unwrap();
        assert_eq!(file.section(&disk, "large"), Some(large));
        for i in 0..100 {
            assert_eq!(file.section(&disk, &format!("section {i}")), Some(i.to_string().into_bytes()));
        }
    }

    #[test]
    fn a_full_disk_keeps_the_old_file() {
        let disk = MemoryDisk::new();
        let path = Path::new("/c/x");
        save(&disk, path, "1", &[("a", b"old")]).unwrap();
        let size = disk.bytes("/c/x").unwrap().len() as u64;
        for room in 0..size {
            disk.set_room(Some(room));
            let error = save(&disk, path, "1", &[("a", b"new")]).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::StorageFull);
            assert_eq!(load(&disk, path, "1").unwrap().section(&disk, "a"), Some(b"old".to_vec()));
            assert_eq!(disk.files("/c").len(), 1);
        }
        disk.set_room(Some(size));
        save(&disk, path, "1", &[("a", b"new")]).unwrap();
        assert_eq!(load(&disk, path, "1").unwrap().section(&disk, "a"), Some(b"new".to_vec()));
    }

    #[test]
    fn a_section_that_fails_leaves_the_old_file() {
        let disk = MemoryDisk::new();
        let path = Path::new("/c/x");
        save(&disk, path, "1", &[("a", b"old")]).unwrap();
        // The disk's own error is told, though what fills the section hides it.
        disk.set_room(Some(10));
        let mut saving = Saving::begin(&disk, path, "1").unwrap();
        let hides = saving.section("a", |out| {
            let large = vec![0; PIECE + 1];
            out.write_all(&large).map_err(|_| io::Error::other("hidden"))
        });
        assert_eq!(hides.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert!(saving.section("b", |out| out.write_all(b"b")).is_err());
        assert!(saving.finish().is_err());
        disk.set_room(None);
        // One that gives up by itself, and one that is dropped.
        let mut saving = Saving::begin(&disk, path, "1").unwrap();
        assert!(saving.section("a", |_| Err(io::Error::other("no"))).is_err());
        assert!(saving.finish().is_err());
        let mut saving = Saving::begin(&disk, path, "1").unwrap();
        saving.section("a", |out| out.write_all(b"new")).unwrap();
        drop(saving);
        assert_eq!(load(&disk, path, "1").unwrap().section(&disk, "a"), Some(b"old".to_vec()));
        assert_eq!(disk.files("/c").len(), 1);
        // What a killed run left is no hindrance.
        disk.file("/c/.guidepost-tmp-x", "half");
        save(&disk, path, "1", &[("a", b"new")]).unwrap();
        assert_eq!(disk.files("/c").len(), 1);
    }
}
