//! Reads one file that was found: its bytes when it is text, its fingerprint and size in pixels when it is not.
//!
//! Called by [`scan`](super::scan), from many threads. Files that are copied are read in pieces: a film costs
//! no memory. Only pictures are read whole, up to a size, since they are walked to their end.

use super::disk::{Disk, Stat};
use super::names::{self, Taken};
use super::stats::FileStamp;
use super::tree::{Found, unreadable};
use crate::check::file as photo;
use crate::diag::{Diagnostic, code};
use crate::source::{
    Asset, Change, Fault, Fingerprint, Format, Picture, SIGNATURE, Source, SourcePath, Span,
};
use std::cell::RefCell;
use std::io::{self, Read};
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

/// What came of reading a file.
pub(super) enum Outcome {
    /// Its bytes are the ones that were known.
    Same(FileStamp),
    /// Its bytes are new.
    Changed(FileStamp, Change),
    /// It is gone since it was found.
    Gone,
    /// It could not be read.
    Failed(Diagnostic),
}

/// Maximum size of a buffer that is kept, in bytes; a larger one is given back.
const MAX_KEPT_BUFFER: usize = 1 << 20;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Reads `found`, which lies at `real`; `known` is the fingerprint of the bytes that were there before.
pub(super) fn read(
    disk: &dyn Disk,
    real: &Path,
    found: &Found,
    at: i64,
    known: Option<Fingerprint>,
) -> Outcome {
    let Found { path, stat } = found;
    let extension = path.extension();
    let read = match names::taken(&extension, stat.size) {
        Taken::Text => text(disk, real, path, stat, known),
        Taken::Bytes => asset(disk, real, path, &extension, stat, known),
        Taken::TooLarge => {
            let megabytes = stat.size >> 20;
            let message = format!("{path} is {megabytes} MB, too large for a page");
            let diagnostic = Diagnostic::error(code::UNREADABLE_FILE, path, Span::default(), message);
            return Outcome::Failed(diagnostic.help("split the page; a page may have up to 64 MB"));
        }
    };
    let seen = |fingerprint| FileStamp { stat: *stat, at, fingerprint };
    match read {
        Ok((fingerprint, None)) => Outcome::Same(seen(fingerprint)),
        Ok((fingerprint, Some(change))) => Outcome::Changed(seen(fingerprint), change),
        Err(e) => match e.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => {
                Outcome::Gone
            }
            _ => Outcome::Failed(unreadable(path.as_str(), &e)),
        },
    }
}

type Read1 = io::Result<(Fingerprint, Option<Change>)>;

fn text(disk: &dyn Disk, real: &Path, path: &SourcePath, stat: &Stat, known: Option<Fingerprint>) -> Read1 {
    BUFFER.with_borrow_mut(|buffer| {
        disk.read(real, stat.size, buffer)?;
        let fingerprint = Fingerprint::of(buffer);
        let change = (known != Some(fingerprint))
            .then(|| Change::Set(Source { path: path.clone(), text: buffer.as_slice().into(), fingerprint }));
        if buffer.capacity() > MAX_KEPT_BUFFER {
            *buffer = Vec::new();
        }
        Ok((fingerprint, change))
    })
}

fn asset(
    disk: &dyn Disk,
    real: &Path,
    path: &SourcePath,
    extension: &str,
    stat: &Stat,
    known: Option<Fingerprint>,
) -> Read1 {
    let mut file = disk.open(real)?;
    let mut hasher = Xxh3::new();
    let mut head = Vec::new();
    file.by_ref().take(SIGNATURE as u64).read_to_end(&mut head)?;
    let format = Format::of(&head);
    if format.is_none() && !Format::any_is_called(extension) {
        let size = rest(&mut file, &mut hasher, head)?;
        return Ok(known_or(Fingerprint(hasher.digest128()), known, |fingerprint| Asset {
            path: path.clone(),
            size,
            fingerprint,
            dimensions: None,
            picture: None,
        }));
    }
    // What cameras write lies anywhere in the file, also behind the pixels.
    let _turn = photo::turn_in_memory(stat.size);
    file.by_ref().take(photo::LARGEST.saturating_sub(SIGNATURE as u64)).read_to_end(&mut head)?;
    let whole = (head.len() as u64) < photo::LARGEST;
    let (picture, dimensions) = match format {
        Some(format) if !whole => (Some(Picture { format, fault: Some(Fault::TooLarge) }), None),
        _ => photo::look(&head, extension),
    };
    let size = rest(&mut file, &mut hasher, head)?;
    Ok(known_or(Fingerprint(hasher.digest128()), known, |fingerprint| Asset {
        path: path.clone(),
        size,
        fingerprint,
        dimensions,
        picture,
    }))
}

fn known_or(
    fingerprint: Fingerprint,
    known: Option<Fingerprint>,
    asset: impl FnOnce(Fingerprint) -> Asset,
) -> (Fingerprint, Option<Change>) {
    let change = (known != Some(fingerprint)).then(|| Change::SetAsset(asset(fingerprint)));
    (fingerprint, change)
}

/// Hashes the beginning of a file and what follows it, in pieces; gives the size of all.
fn rest(file: &mut dyn Read, hasher: &mut Xxh3, head: Vec<u8>) -> io::Result<u64> {
    hasher.update(&head);
    let mut size = head.len() as u64;
    drop(head);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(size),
            Ok(n) => {
                hasher.update(&buffer[..n]);
                size += n as u64;
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_header_however_broken_stops_the_scan() {
        let seeds: [&[u8]; 8] = [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x2c\0\0\0\xc8\x08\x02\0\0\0",
            b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\0\x10\0\x20\x03",
            b"GIF89a\x10\0\x10\0\x80\0\0",
            b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x0f\0\0\x0f\0\0",
            b"\0\0\0\x1cftypavif\0\0\0\0mif1miaf\0\0\0\x28meta\0\0\0\0\0\0\0\x14iprp\0\0\0\x0cipco\0\0\0\x14ispe",
            b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x10\0\0\0\x10\0\0\0",
            b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0",
            b"II*\0\x08\0\0\0\x02\0\0\x01\x04\0\x01\0\0\0\x10\0\0\0\x01\x01\x04\0\x01\0\0\0\x10\0\0\0",
        ];
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as usize
        };
        for seed in seeds {
            for _ in 0..20_000 {
                let mut bytes = seed.to_vec();
                for _ in 0..random() % 6 {
                    let at = random() % bytes.len();
                    bytes[at] = random() as u8;
                }
                bytes.truncate(random() % (seed.len() + 1));
                bytes.extend((0..random() % 40).map(|i| (i * 37) as u8));
                photo::look(&bytes, "png");
            }
        }
        assert_eq!(photo::look(seeds[0], "png").1, Some((300, 200)));
    }
}
