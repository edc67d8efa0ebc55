//! Where a photo was taken, and photos without it: the EXIF block of JPEG, PNG and WebP.
//!
//! Cameras write the place, the time and the owner into the file. [`location`] finds the place;
//! [`without_metadata`] gives the same picture without any of it, byte for byte elsewhere.

/// A place in degrees, as rounded in the report: enough to see that it is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Location {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Where a photo says that it was taken.
pub fn location(bytes: &[u8]) -> Option<Location> {
    gps(exif(bytes)?)
}

/// Whether a photo says where it was taken, in EXIF or in XMP.
pub fn tells_place(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1 << 18)).unwrap_or_default();
    location(bytes).is_some() || memchr::memmem::find(head, b"GPSLatitude").is_some()
}

/// The TIFF block with a photo's EXIF data.
fn exif(bytes: &[u8]) -> Option<&[u8]> {
    if bytes.starts_with(&[0xFF, 0xD8]) {
        return segments(bytes).find(|s| s.is_exif(bytes)).and_then(|s| bytes.get(s.start + 10..s.end));
    }
    chunks(bytes)?.into_iter().find(|c| matches!(&c.name, b"eXIf" | b"EXIF")).and_then(|c| {
        let data = bytes.get(c.data..c.data + c.length)?;
        Some(data.strip_prefix(b"Exif\0\0").unwrap_or(data))
    })
}

/// The same picture without EXIF, XMP and comments; none when the file is no JPEG, PNG or WebP, or has none of it.
pub fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut done = 0;
    if bytes.starts_with(&[0xFF, 0xD8]) {
        for segment in segments(bytes).filter(|s| s.is_exif(bytes) || s.is_xmp(bytes) || s.marker == 0xFE) {
            // The turn of the picture is written there too: without it, it would lie on its side.
            if segment.is_exif(bytes) && exif(bytes).and_then(orientation).is_some_and(|o| o > 1) {
                out.extend_from_slice(bytes.get(done..segment.start)?);
                out.extend_from_slice(&orientation_segment(exif(bytes).and_then(orientation)?));
            } else {
                out.extend_from_slice(bytes.get(done..segment.start)?);
            }
            done = segment.end;
        }
    } else {
        for chunk in chunks(bytes)?.iter().filter(|c| {
            matches!(&c.name, b"eXIf" | b"EXIF" | b"XMP " | b"tEXt" | b"iTXt" | b"zTXt" | b"tIME")
        }) {
            out.extend_from_slice(bytes.get(done..chunk.start)?);
            done = chunk.end;
        }
    }
    if done == 0 {
        return None;
    }
    out.extend_from_slice(bytes.get(done..)?);
    if out.starts_with(b"RIFF") {
        let size = u32::try_from(out.len().checked_sub(8)?).ok()?;
        out.get_mut(4..8)?.copy_from_slice(&size.to_le_bytes());
        // The flags of the extended header say that EXIF and XMP follow.
        if out.get(12..16) == Some(b"VP8X") {
            *out.get_mut(20)? &= !0b0000_1100;
        }
    }
    Some(out)
}

/// An EXIF segment that holds nothing but the turn of the picture.
fn orientation_segment(turn: u16) -> Vec<u8> {
    let mut segment = vec![0xFF, 0xE1, 0, 34];
    segment.extend_from_slice(b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01");
    segment.extend_from_slice(&turn.to_be_bytes());
    segment.extend_from_slice(&[0, 0, 0, 0, 0, 0]);
    segment
}

/// One marker segment of a JPEG, from its `FF`.
struct Segment {
    start: usize,
    end: usize,
    marker: u8,
}

impl Segment {
    fn is_exif(&self, bytes: &[u8]) -> bool {
        self.marker == 0xE1 && bytes.get(self.start + 4..self.start + 10) == Some(b"Exif\0\0")
    }

    fn is_xmp(&self, bytes: &[u8]) -> bool {
        self.marker == 0xE1 && bytes.get(self.start + 4..self.start + 9) == Some(b"http:")
    }
}

/// The segments before the picture itself.
fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment> {
    let mut at = 2;
    std::iter::from_fn(move || {
        let &[0xFF, marker, high, low] = bytes.get(at..at + 4)? else { return None };
        if marker == 0xDA || marker == 0xD9 {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([high, low])).max(2);
        let segment = Segment { start: at, end: (at + 2 + length).min(bytes.len()), marker };
        at = segment.end;
        Some(segment)
    })
}

/// One chunk of a PNG or WebP.
struct Chunk {
    name: [u8; 4],
    start: usize,
    data: usize,
    length: usize,
    end: usize,
}

fn chunks(bytes: &[u8]) -> Option<Vec<Chunk>> {
    let png = bytes.starts_with(b"\x89PNG\r\n\x1a\n");
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    if !png && !webp {
        return None;
    }
    let mut found = Vec::new();
    let mut start = if png { 8 } else { 12 };
    while let Some(head) = bytes.get(start..start + 8) {
        let number = |b: &[u8]| -> Option<[u8; 4]> { b.try_into().ok() };
        let (name, length) = if png {
            (number(&head[4..])?, u32::from_be_bytes(number(&head[..4])?))
        } else {
            (number(&head[..4])?, u32::from_le_bytes(number(&head[4..])?))
        };
        let length = usize::try_from(length).ok()?;
        let tail = if png { 4 } else { length % 2 };
        let Some(end) =
            start.checked_add(8 + tail).and_then(|n| n.checked_add(length)).filter(|e| *e <= bytes.len())
        else {
            break;
        };
        found.push(Chunk { name, start, data: start + 8, length, end });
        start = end;
    }
    Some(found)
}

/// A TIFF block, which may be written from either end.
#[derive(Clone, Copy)]
struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl Tiff<'_> {
    fn new(bytes: &[u8]) -> Option<Tiff<'_>> {
        match bytes.get(..4)? {
            b"II\x2A\0" => Some(Tiff { bytes, little: true }),
            b"MM\0\x2A" => Some(Tiff { bytes, little: false }),
            _ => None,
        }
    }

    fn u16(self, at: usize) -> Option<u16> {
        let b: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(b) } else { u16::from_be_bytes(b) })
    }

    fn u32(self, at: usize) -> Option<u32> {
        let b: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(b) } else { u32::from_be_bytes(b) })
    }

    /// The place of the entry `tag` in the directory at `at`.
    fn entry(self, at: usize, tag: u16) -> Option<usize> {
        let count = usize::from(self.u16(at)?);
        (0..count).map(|i| at + 2 + i * 12).find(|e| self.u16(*e) == Some(tag))
    }

    /// Three fractions (degrees, minutes, seconds) as degrees.
    fn degrees(self, entry: usize) -> Option<f64> {
        let at = self.u32(entry + 8)? as usize;
        let part = |i: usize| -> Option<f64> {
            let at = at.checked_add(i * 8)?;
            let (above, below) = (self.u32(at)?, self.u32(at.checked_add(4)?)?);
            Some(if below == 0 { 0.0 } else { f64::from(above) / f64::from(below) })
        };
        Some(part(0)? + part(1)? / 60.0 + part(2)? / 3600.0)
    }
}

fn orientation(tiff: &[u8]) -> Option<u16> {
    let tiff = Tiff::new(tiff)?;
    let entry = tiff.entry(tiff.u32(4)? as usize, 0x0112)?;
    tiff.u16(entry + 8).filter(|o| (1..=8).contains(o))
}

fn gps(tiff: &[u8]) -> Option<Location> {
    let tiff = Tiff::new(tiff)?;
    let pointer = tiff.entry(tiff.u32(4)? as usize, 0x8825)?;
    let directory = tiff.u32(pointer + 8)? as usize;
    let signed = |reference: u16, value: u16, negative: u8| -> Option<f64> {
        let degrees = tiff.degrees(tiff.entry(directory, value)?)?;
        let sign = tiff.entry(directory, reference).and_then(|e| tiff.bytes.get(e + 8));
        Some(if sign == Some(&negative) { -degrees } else { degrees })
    };
    let location = Location { latitude: signed(1, 2, b'S')?, longitude: signed(3, 4, b'W')? };
    // Zeros are what a camera without a fix writes.
    (location.latitude != 0.0 || location.longitude != 0.0).then_some(location)
}
