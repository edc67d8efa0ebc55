//! The TIFF block in which EXIF data lie: the turn of a picture and the place, read as browsers do.

/// A place in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Location {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// A TIFF block, which may be written from either end.
#[derive(Clone, Copy)]
struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Tiff<'a>> {
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

    /// The entry `tag` of the first directory.
    fn first(self, tag: u16) -> Option<usize> {
        self.entry(self.u32(4)? as usize, tag)
    }

    /// The bytes that an entry leads to, counted in bytes.
    fn data(self, entry: usize) -> Option<&'a [u8]> {
        let unit = match self.u16(entry + 2)? {
            3 => 2,
            4 | 9 => 4,
            5 | 10 => 8,
            _ => 1,
        };
        let length = (self.u32(entry + 4)? as usize).checked_mul(unit)?;
        let at = if length <= 4 { entry + 8 } else { self.u32(entry + 8)? as usize };
        self.bytes.get(at..at.checked_add(length)?)
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

/// How a picture is to be turned: 1 (as it is) to 8. Browsers heed a short number in the first directory only.
pub(super) fn turn(block: &[u8]) -> u16 {
    let read = || {
        let tiff = Tiff::new(block)?;
        let entry = tiff.first(0x0112)?;
        let turn = tiff.u16(entry + 8).filter(|turn| (1..=8).contains(turn))?;
        (tiff.u16(entry + 2) == Some(3)).then_some(turn)
    };
    read().unwrap_or(1)
}

/// A block that says nothing but the turn.
pub(super) fn only_turn(turn: u16) -> [u8; 26] {
    let mut block = *b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    [block[18], block[19]] = turn.to_be_bytes();
    block
}

/// Whether a block tells a place; in degrees, where it does.
pub(super) fn place(block: &[u8]) -> Option<Option<Location>> {
    let tiff = Tiff::new(block)?;
    let directory = tiff.u32(tiff.first(0x8825)? + 8)? as usize;
    let signed = |reference: u16, negative: u8| -> Option<f64> {
        let degrees = tiff.degrees(tiff.entry(directory, reference + 1)?)?;
        let sign = tiff.entry(directory, reference).and_then(|e| tiff.bytes.get(e + 8));
        Some(if sign == Some(&negative) { -degrees } else { degrees })
    };
    // Of the camera, and of what it looked at. Zeros are what a camera without a fix writes.
    let found = [(1, 3), (0x13, 0x15)].into_iter().find_map(|(north, east)| {
        let place = Location { latitude: signed(north, b'S')?, longitude: signed(east, b'W')? };
        (place.latitude != 0.0 || place.longitude != 0.0).then_some(place)
    });
    let named = || {
        let name = tiff.data(tiff.entry(directory, 0x1C)?)?;
        name.get(8..).filter(|text| text.iter().any(u8::is_ascii_alphanumeric))
    };
    match found {
        Some(place) => Some(Some(place)),
        None => named().map(|_| None),
    }
}

/// Texts and blocks of other kinds that an EXIF block holds: XMP, Photoshop's.
pub(super) fn inner(block: &[u8]) -> (Option<&[u8]>, Option<&[u8]>) {
    let Some(tiff) = Tiff::new(block) else { return (None, None) };
    let data = |tag| tiff.data(tiff.first(tag)?);
    (data(0x02BC), data(0x8649).or_else(|| data(0x83BB)))
}
