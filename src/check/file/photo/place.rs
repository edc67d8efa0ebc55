//! Where a picture says that it was taken: for the rule, which tells the editor.

use super::tiff::{self, Location};
use super::{Walked, walk};
use crate::source::Format;
use std::borrow::Cow;

/// A place that a picture tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// In which part of the file.
    pub whence: Whence,
    /// In degrees, where they can be read.
    pub degrees: Option<Location>,
}

/// The part of a file that tells a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whence {
    /// What the camera wrote.
    Exif,
    /// What a program wrote beside it.
    Xmp,
    /// The fields of news agencies: city, state, part of town.
    Iptc,
    /// A second picture in the same file.
    SecondPicture,
    /// The film behind a photo that moves.
    Film,
}

/// A picture in a picture in a picture is looked at, no deeper one.
const DEEPEST: u8 = 2;

/// What XMP calls places, with what other programs make of the same names.
const NAMES: [&[u8]; 14] = [
    b"GPSLatitude",
    b"GPSLongitude",
    b"GPSDestLatitude",
    b"GPSAreaInformation",
    b"photoshop:City",
    b"photoshop:State",
    b"Iptc4xmpCore:Location",
    b"Iptc4xmpExt:LocationCreated",
    b"Iptc4xmpExt:LocationShown",
    b"Iptc4xmpExt:City",
    b"Iptc4xmpExt:Sublocation",
    b"Iptc4xmpExt:ProvinceState",
    b"lr:weightedLocation",
    b"geo:lat",
];

/// Data sets of IPTC that name a place: content location, city, part of town, state.
const DATASETS: [u8; 5] = [26, 27, 90, 92, 95];

pub(super) fn of(format: Format, bytes: &[u8], depth: u8) -> Option<Place> {
    let Walked { exif, texts, photoshop, rest, .. } = walk(format, bytes);
    let at = |whence| Place { whence, degrees: None };
    for block in &exif {
        if let Some(degrees) = tiff::place(block) {
            return Some(Place { whence: Whence::Exif, degrees });
        }
    }
    let inside: Vec<_> = exif.iter().map(|block| tiff::inner(block)).collect();
    let inner_texts = inside.iter().filter_map(|(text, _)| *text);
    if texts.iter().map(Cow::as_ref).chain(inner_texts).any(names_place) {
        return Some(at(Whence::Xmp));
    }
    if std::iter::once(&*photoshop).chain(inside.iter().filter_map(|(_, block)| *block)).any(agency) {
        return Some(at(Whence::Iptc));
    }
    behind(rest, depth)
}

/// Places in what follows the end: the second picture of a stereo or brighter photo, the film of one that moves.
fn behind(rest: &[u8], depth: u8) -> Option<Place> {
    if depth < DEEPEST {
        for start in memchr::memmem::find_iter(rest, b"\xFF\xD8\xFF").take(4) {
            if let Some(place) = of(Format::Jpeg, rest.get(start..)?, depth + 1) {
                return Some(Place { whence: Whence::SecondPicture, ..place });
            }
        }
    }
    let film = [&b"\xA9xyz"[..], b"location.ISO6709"];
    film.iter()
        .any(|name| memchr::memmem::find(rest, name).is_some())
        .then_some(Place { whence: Whence::Film, degrees: None })
}

/// Whether a text names a place, and not an empty one.
fn names_place(text: &[u8]) -> bool {
    let filled = |text: &[u8]| {
        NAMES.iter().any(|name| {
            memchr::memmem::find_iter(text, name).any(|at| {
                let rest = text.get(at + name.len()..).unwrap_or_default();
                let empty = [&b"=\"\""[..], b"=''", b"/>", b"></"];
                !empty.iter().any(|empty| rest.starts_with(empty))
            })
        })
    };
    if filled(text) {
        return true;
    }
    // In UTF-16, every second byte of such a name is zero.
    text.get(..64).unwrap_or(text).contains(&0)
        && filled(&text.iter().copied().filter(|b| *b != 0).collect::<Vec<u8>>())
}

/// Whether IPTC data name a place: each set is `1C`, a record, a number, two bytes of length, and its text.
fn agency(block: &[u8]) -> bool {
    memchr::memmem::find_iter(block, b"\x1C\x02").any(|at| {
        let Some(&[number, high, low]) = block.get(at + 2..at + 5) else { return false };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let text = block.get(at + 5..at + 5 + length);
        DATASETS.contains(&number) && text.is_some_and(|t| t.iter().any(u8::is_ascii_alphanumeric))
    })
}

/// What programs write into texts beside the pixels: XMP, and the names that PNG has for people and days.
const TELLING: [&[u8]; 8] = [
    b"<x:xmpmeta",
    b"<rdf:RDF",
    b"ns.adobe.com/xap",
    b"Author",
    b"Artist",
    b"Copyright",
    b"Creation Time",
    b"Exif\0\0",
];

/// Whether a picture tells of the photo: by whom, when and with what it was taken (EXIF, XMP, IPTC), or by another picture or a
/// film behind its end. The turn alone tells nothing, nor does the name of the program.
pub(super) fn tells_of_photo(format: Format, bytes: &[u8]) -> bool {
    let Walked { exif, texts, photoshop, rest, turn, .. } = walk(format, bytes);
    let has = |text: &[u8], part: &[u8]| memchr::memmem::find(text, part).is_some();
    let wide = |text: &[u8]| text.get(..64).unwrap_or(text).contains(&0);
    let narrow = |text: &[u8]| text.iter().copied().filter(|b| *b != 0).collect::<Vec<u8>>();
    exif.iter().any(|block| **block != tiff::only_turn(turn)[..])
        || texts.iter().any(|text| TELLING.iter().any(|part| has(text, part)))
        || texts.iter().any(|text| wide(text) && TELLING.iter().any(|part| has(&narrow(text), part)))
        || has(&photoshop, b"\x1C\x02")
        || rest.iter().any(|b| *b != 0 && !b.is_ascii_whitespace())
}

/// Whether bytes of no known picture carry data on a photo all the same.
pub(super) fn carries_data(bytes: &[u8]) -> bool {
    const MARKS: [&[u8]; 5] =
        [b"Exif\0\0", b"ns.adobe.com/xap", b"<x:xmpmeta", b"Photoshop 3.0\0", b"GPSLatitude"];
    MARKS.iter().any(|mark| memchr::memmem::find(bytes, mark).is_some())
}
