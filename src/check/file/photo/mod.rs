//! Pictures without what nobody sees: where and when they were taken, by whom, with which words.
//!
//! Cameras and programs write it into many places: EXIF, XMP, IPTC, comments, second pictures, and films behind the end.
//! So each container is walked to its end, and only those parts that make up the picture are kept: what is not known to be
//! needed goes. Pixels stay byte for byte, as do the color profile and the turn.
//!
//! The walks are our own. `img-parts`, which the tests ask as an independent reader, takes all that follows the first
//! scan of a JPEG as one piece, so films and comments behind it would stay; it refuses a PNG for a wrong checksum of a
//! text; and it knows no GIF and no AVIF.

mod avif;
mod gif;
mod ico;
mod jpeg;
mod narrow;
mod place;
mod png;
mod tiff;
mod webp;

pub use narrow::at_width;
pub use place::{Place, Whence};
pub use tiff::Location;

use crate::source::{Fault, Format, Picture, address, html};
use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The largest picture, in bytes: a photo of 200 megapixels is smaller. Larger ones are never read into memory.
pub const LARGEST: u64 = 64 << 20;

/// From this size on, one picture at a time is held in memory.
const LARGE: u64 = 8 << 20;
static LARGE_ONE: Mutex<()> = Mutex::new(());

/// Hold this while a picture of so many bytes is in memory: of large ones there is only one at a time, however many
/// threads there are.
pub fn turn_in_memory(size: u64) -> Option<MutexGuard<'static, ()>> {
    (size >= LARGE).then(|| LARGE_ONE.lock().unwrap_or_else(PoisonError::into_inner))
}

/// What a walk through a picture found.
#[derive(Default)]
struct Walked<'a> {
    /// The pieces that make up the published picture, in order.
    kept: Vec<Cow<'a, [u8]>>,
    /// TIFF blocks with EXIF data.
    exif: Vec<Cow<'a, [u8]>>,
    /// XMP, comments and other texts.
    texts: Vec<Cow<'a, [u8]>>,
    /// Photoshop's blocks, in which IPTC lies.
    photoshop: Vec<u8>,
    /// What follows the end of the picture.
    rest: &'a [u8],
    /// How the picture is to be turned, as EXIF counts: 1 to 8; 0 before an EXIF block was met.
    turn: u16,
    /// Width and height before turning, where the walk met them.
    size: Option<(u32, u32)>,
    /// Why the walk ended early.
    fault: Option<Fault>,
    /// The end is missing, and what there is can be shown.
    cut: bool,
}

impl<'a> Walked<'a> {
    fn keep(&mut self, piece: &'a [u8]) {
        self.kept.push(Cow::Borrowed(piece));
    }

    fn add(&mut self, piece: Vec<u8>) {
        self.kept.push(Cow::Owned(piece));
    }

    fn failed(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }

    /// Takes an EXIF block; the first says the turn. Gives the block to write in its place, if the picture is turned.
    fn take_exif(&mut self, block: &'a [u8]) -> Option<[u8; 26]> {
        let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
        let first = self.turn == 0;
        self.exif.push(Cow::Borrowed(block));
        self.turn = if first { tiff::turn(block) } else { self.turn };
        (first && self.turn > 1).then(|| tiff::only_turn(self.turn))
    }
}

fn walk(format: Format, bytes: &[u8]) -> Walked<'_> {
    match format {
        Format::Jpeg => jpeg::walk(bytes),
        Format::Png => png::walk(bytes),
        Format::WebP => webp::walk(bytes),
        Format::Gif => gif::walk(bytes),
        Format::Ico => ico::walk(bytes),
        Format::Avif => avif::walk(bytes),
        // From here on only looked at, never published.
        Format::Heif => Walked { fault: None, ..avif::walk(bytes) },
        Format::Tiff | Format::Raw => Walked { exif: vec![Cow::Borrowed(bytes)], ..Walked::default() },
        _ => Walked { texts: vec![Cow::Borrowed(bytes)], ..Walked::default() },
    }
}

/// What the whole bytes of a file are as a picture, with width and height as shown, in pixels; none when they are no
/// picture. `extension` is in lower case. A file that only its name calls a picture is one if it carries data on a photo:
/// then it must not be published.
pub fn look(bytes: &[u8], extension: &str) -> (Option<Picture>, Option<(u32, u32)>) {
    let Some(format) = Format::of(bytes) else {
        let hidden = Format::any_is_called(extension) && place::carries_data(bytes);
        let picture = Picture { format: Format::Unknown, fault: Some(Fault::Hidden) };
        return (hidden.then_some(picture), None);
    };
    let walked = walk(format, bytes);
    let size = walked.size.or_else(|| {
        let size = imagesize::blob_size(bytes).ok()?;
        Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
    });
    let size = size.filter(|(width, height)| *width > 0 && *height > 0);
    let size = if (5..=8).contains(&walked.turn) { size.map(|(w, h)| (h, w)) } else { size };
    let cut = walked.cut.then_some(Fault::EndMissing);
    (Some(Picture { format, fault: walked.fault.or(cut) }), size)
}

/// What a text is as a picture: none, but for one whose name alone says that it is a text; and for one that holds a photo,
/// as drawings and stylesheets may, out of which was not taken what nobody sees.
pub fn look_at_text(text: &[u8], extension: &str) -> Option<Picture> {
    if Format::of(text).is_some() {
        return look(text, extension).0;
    }
    Some(Picture { format: Format::Unknown, fault: Some(held(text, 0)?) })
}

/// How deep texts in texts are looked into.
const TEXTS: u8 = 4;

/// What is wrong with the photos that addresses `data:` in the text hold, the worst of it, however they are written: big letters,
/// references, percent codes, parameters, blanks, and as a text that holds one.
fn held(text: &[u8], depth: u8) -> Option<Fault> {
    let mut text = Cow::Borrowed(text);
    // In markup any letter may be written as a reference, as may the sign that ends an address be.
    if memchr::memchr(b'&', &text).is_some() {
        text = Cow::Owned(html::resolved(&String::from_utf8_lossy(&text)).into_owned().into_bytes());
    }
    let starts: Vec<usize> = memchr::memchr_iter(b':', &text)
        .filter(|at| text.get(at.wrapping_sub(4)..*at).is_some_and(|word| word.eq_ignore_ascii_case(b"data")))
        .collect();
    let faults = starts.into_iter().filter_map(|at| {
        let rest = text.get(at + 1..).unwrap_or_default();
        let comma = memchr::memchr(b',', rest.get(..HEAD.min(rest.len())).unwrap_or_default())?;
        let head = address::decode_bytes(&rest[..comma]);
        let head: Vec<u8> = head.into_iter().filter(|b| !b.is_ascii_whitespace()).collect();
        let end = |b: &u8| matches!(b, b'"' | b'\'' | b'<' | b'>');
        let written = rest[comma + 1..].split(end).next().unwrap_or_default();
        let plain = address::decode_bytes(written);
        let bytes = if head.to_ascii_lowercase().ends_with(b";base64") { base64(&plain) } else { plain };
        match Format::of(&bytes) {
            Some(format) if place(format, &bytes).is_some() => Some(Fault::Inside),
            Some(format) => place::tells_of_photo(format, &bytes).then_some(Fault::DataInside),
            None if depth < TEXTS => held(&bytes, depth + 1),
            None => None,
        }
    });
    faults.max_by_key(|fault| *fault == Fault::Inside)
}

/// So long the words before the data are at most.
const HEAD: usize = 1000;

/// The bytes of a text in base 64, as far as it is one; blanks between are skipped.
fn base64(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ if byte.is_ascii_whitespace() => continue,
            _ => break,
        };
        bits = (bits << 6 | u32::from(value)) & 0x00FF_FFFF;
        count += 1;
        if count % 4 != 1 {
            // Of each digit but the first of four, eight bits are complete.
            let left = [0, 0, 4, 2][count % 4];
            bytes.push((bits >> left & 0xFF) as u8);
        }
    }
    bytes
}

/// The picture as it is published: the same pixels, color profile and turn, and nothing else. An error says why it cannot
/// be made; formats that browsers do not show are not published at all.
pub fn published(format: Format, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    if !format.shown() {
        return Err(Fault::Hidden);
    }
    let walked = walk(format, bytes);
    match walked.fault {
        Some(fault) => Err(fault),
        None => Ok(walked.kept.concat()),
    }
}

/// Where a picture says that it was taken, in whatever way.
pub fn place(format: Format, bytes: &[u8]) -> Option<Place> {
    place::of(format, bytes, 0)
}

/// Whether a film (MP4, MOV, 3GP) tells where it was taken.
pub fn film_tells_place(bytes: &[u8]) -> bool {
    bytes
        .get(4..8)
        .is_some_and(|name| [b"ftyp", b"moov", b"wide", b"mdat"].iter().any(|known| name == *known))
        && avif::film_tells_place(bytes)
}

/// A number of a file, written from its larger end.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// The same, of two bytes.
fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// A number of a file, written from its smaller end.
fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// The same, of two bytes.
fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}
