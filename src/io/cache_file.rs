//! One versioned file of named sections, by which a run hands what it knows to the next.
//!
//! Tracked at the head: the magic, the program that wrote it, a checksum of all that follows. A file that is
//! damaged, cut short, foreign, or of any other version or build is no file: the run is cold, never wrong.

use super::disk::{Disk, TEMPORARY};
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_128;

const MAGIC: &[u8; 16] = b"guidepost-cache\n";

/// What was loaded.
#[derive(Debug)]
pub struct CacheFile {
    bytes: Vec<u8>,
    sections: BTreeMap<String, Range<usize>>,
}

impl CacheFile {
    /// The bytes of a section.
    pub fn section(&self, name: &str) -> Option<&[u8]> {
        self.sections.get(name).and_then(|range| self.bytes.get(range.clone()))
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

/// A file that is being put together, in one piece of memory: a large site's is tens of megabytes.
pub struct Saving {
    out: Vec<u8>,
}

impl Saving {
    /// A file of `program` of about `size` bytes.
    pub fn begin(program: &str, size: usize) -> Saving {
        let mut out = Vec::with_capacity(MAGIC.len() + 16 + 8 + program.len() + size);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&[0; 16]);
        put(&mut out, program.as_bytes());
        Saving { out }
    }

    /// Adds a section: `fill` appends its bytes to what it is given, and gives that back.
    pub fn section(&mut self, name: &str, fill: impl FnOnce(Vec<u8>) -> Vec<u8>) {
        put(&mut self.out, name.as_bytes());
        put(&mut self.out, &[]);
        let start = self.out.len();
        self.out = fill(std::mem::take(&mut self.out));
        let length = (self.out.len().saturating_sub(start) as u64).to_le_bytes();
        if let Some(place) = self.out.get_mut(start - length.len()..start) {
            place.copy_from_slice(&length);
        }
    }

    /// Replaces the file `path`.
    ///
    /// # Errors
    /// Those of the disk; the old file stays.
    pub fn write(mut self, disk: &dyn Disk, path: &Path) -> io::Result<()> {
        let body = MAGIC.len() + 16;
        let checksum = xxh3_128(self.out.get(body..).unwrap_or_default()).to_le_bytes();
        if let Some(place) = self.out.get_mut(MAGIC.len()..body) {
            place.copy_from_slice(&checksum);
        }
        if let Some(folder) = path.parent() {
            disk.create_folders(folder)?;
        }
        disk.write_atomic(path, &self.out)
    }
}

/// Loads the file `path`, if it is whole and was written by `program`.
pub fn load(disk: &dyn Disk, path: &Path, program: &str) -> Option<CacheFile> {
    let size = disk.stat(path).ok()?.size;
    let mut bytes = Vec::new();
    disk.read(path, size, &mut bytes).ok()?;
    let (magic, rest) = bytes.split_at_checked(MAGIC.len())?;
    let (checksum, body) = rest.split_at_checked(16)?;
    if magic != MAGIC || checksum != xxh3_128(body).to_le_bytes() {
        return None;
    }
    let mut at = MAGIC.len() + 16;
    let by = get(&bytes, &mut at)?;
    if bytes.get(by)? != program.as_bytes() {
        return None;
    }
    let mut sections = BTreeMap::new();
    while at < bytes.len() {
        let name = get(&bytes, &mut at)?;
        let name = String::from_utf8(bytes.get(name)?.to_vec()).ok()?;
        sections.insert(name, get(&bytes, &mut at)?);
    }
    Some(CacheFile { bytes, sections })
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

fn get(bytes: &[u8], at: &mut usize) -> Option<Range<usize>> {
    let start = at.checked_add(8)?;
    let length: [u8; 8] = bytes.get(*at..start)?.try_into().ok()?;
    let end = start.checked_add(usize::try_from(u64::from_le_bytes(length)).ok()?)?;
    *at = end;
    (end <= bytes.len()).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::MemoryDisk;

    fn save(disk: &dyn Disk, path: &Path, program: &str, sections: &[(&str, &[u8])]) -> io::Result<()> {
        let mut saving = Saving::begin(program, 0);
        for (name, bytes) in sections {
            saving.section(name, |mut out| {
                out.extend_from_slice(bytes);
                out
            });
        }
        saving.write(disk, path)
    }

    #[test]
    fn what_is_saved_is_loaded_and_nothing_else() {
        let disk = MemoryDisk::new();
        let path = Path::new("/site/.cache/guidepost.cache");
        save(&disk, path, "1", &[("stats", b"abc"), ("engine", b"")]).unwrap();
        let file = load(&disk, path, "1").unwrap();
        assert_eq!(file.section("stats"), Some(&b"abc"[..]));
        assert_eq!(file.section("engine"), Some(&b""[..]));
        assert_eq!(file.section("none"), None);
        assert!(load(&disk, path, "2").is_none(), "another program");
        assert!(load(&disk, Path::new("/site/none"), "1").is_none());
        let whole = disk.bytes("/site/.cache/guidepost.cache").unwrap();
        for cut in 0..whole.len() {
            disk.file("/site/.cache/guidepost.cache", &whole[..cut]);
            assert!(load(&disk, path, "1").is_none(), "cut at {cut}");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            disk.file("/site/.cache/guidepost.cache", damaged);
            assert!(load(&disk, path, "1").is_none(), "damaged at {at}");
        }
    }

    #[test]
    fn a_full_disk_keeps_the_old_file() {
        let disk = MemoryDisk::new();
        let path = Path::new("/c/x");
        save(&disk, path, "1", &[("a", b"old")]).unwrap();
        disk.set_room(Some(5));
        assert!(save(&disk, path, "1", &[("a", b"new")]).is_err());
        assert_eq!(load(&disk, path, "1").unwrap().section("a"), Some(&b"old"[..]));
        assert_eq!(disk.files("/c").len(), 1);
    }
}
