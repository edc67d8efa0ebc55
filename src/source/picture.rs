//! What a picture is, by its first bytes: the ending of its name may say something else.
//!
//! The scanner asks here; whoever shows or publishes a picture asks the answer.

use super::html;
use serde::{Deserialize, Serialize};

/// The container of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG, also animated.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// AVIF, also animated.
    Avif,
    /// The icon of a website.
    Ico,
    /// HEIC or HEIF: what iPhones make.
    Heif,
    /// JPEG XL.
    JpegXl,
    /// JPEG 2000.
    Jpeg2000,
    /// TIFF; some cameras' raw photos begin like it.
    Tiff,
    /// The raw photo of a camera.
    Raw,
    /// A Windows bitmap.
    Bmp,
    /// Photoshop.
    Psd,
    /// Its name says that it is a picture; its bytes are of no picture that we know.
    Unknown,
}

/// Why a picture cannot be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fault {
    /// The end of the file is missing.
    CutShort,
    /// Its parts do not fit together.
    Broken,
    /// It is larger than any picture of a website.
    TooLarge,
    /// It carries data on the photo, of a kind that cannot be taken out of it.
    Hidden,
    /// Its last part is missing; browsers show what there is.
    EndMissing,
    /// It is a text with a photo in it that tells where it was taken.
    Inside,
    /// It is a text with a photo in it that tells by whom, when or with what it was taken.
    DataInside,
}

/// What is known of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Picture {
    /// Its container.
    pub format: Format,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

impl Fault {
    /// Whether the picture is published all the same.
    pub fn is_shown(self) -> bool {
        self == Fault::EndMissing
    }
}

impl Picture {
    /// Why it cannot be published.
    pub fn refused(self) -> Option<Fault> {
        self.fault.filter(|fault| !fault.is_shown())
    }
}

/// So many bytes at the beginning of a file are enough for [`Format::of`].
pub const SIGNATURE: usize = 4096;

impl Format {
    /// The container, by the first bytes of a file; none when it is no picture that we know.
    pub fn of(head: &[u8]) -> Option<Format> {
        let at = |from: usize, what: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(what));
        let starts = |any: &[&[u8]]| any.iter().any(|what| head.starts_with(what));
        if starts(&[b"\xFF\xD8\xFF"]) {
            Some(Format::Jpeg)
        } else if starts(&[b"\x89PNG\r\n\x1a\n"]) {
            Some(Format::Png)
        } else if starts(&[b"GIF87a", b"GIF89a"]) {
            Some(Format::Gif)
        } else if starts(&[b"RIFF"]) && at(8, b"WEBP") {
            Some(Format::WebP)
        } else if at(4, b"ftyp") {
            brands(head)
        } else if starts(&[b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"]) {
            Some(Format::Tiff)
        } else if starts(&[b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FOVb", b"\0MRM"]) {
            Some(Format::Raw)
        } else if starts(&[b"\0\0\0\x0CjP  \r\n\x87\n", b"\xFF\x4F\xFF\x51"]) {
            Some(Format::Jpeg2000)
        } else if starts(&[b"\0\0\0\x0CJXL \r\n\x87\n", b"\xFF\x0A"]) {
            Some(Format::JpegXl)
        } else if starts(&[b"8BPS\0"]) {
            Some(Format::Psd)
        } else if starts(&[b"BM"]) && at(6, &[0, 0, 0, 0]) && at(15, &[0, 0, 0]) {
            Some(Format::Bmp)
        } else if starts(&[b"\0\0\x01\0", b"\0\0\x02\0"]) && icon(head) {
            Some(Format::Ico)
        } else {
            None
        }
    }

    /// Whether all browsers of today show it.
    pub fn shown(self) -> bool {
        matches!(self, Format::Jpeg | Format::Png | Format::Gif | Format::WebP | Format::Avif | Format::Ico)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Jpeg => "JPEG",
            Format::Png => "PNG",
            Format::Gif => "GIF",
            Format::WebP => "WebP",
            Format::Avif => "AVIF",
            Format::Ico => "ICO",
            Format::Heif => "HEIC",
            Format::JpegXl => "JPEG XL",
            Format::Jpeg2000 => "JPEG 2000",
            Format::Tiff => "TIFF",
            Format::Raw => "raw photo",
            Format::Bmp => "BMP",
            Format::Psd => "Photoshop",
            Format::Unknown => "unknown",
        }
    }

    /// Whether files of this format are called so; `extension` is in lower case.
    pub fn is_called(self, extension: &str) -> bool {
        match self {
            Format::Jpeg => matches!(extension, "jpg" | "jpeg" | "jpe" | "jfif" | "pjpeg" | "pjp"),
            Format::Png => matches!(extension, "png" | "apng"),
            Format::Gif => extension == "gif",
            Format::WebP => extension == "webp",
            Format::Avif => matches!(extension, "avif" | "avifs"),
            Format::Ico => matches!(extension, "ico" | "cur"),
            Format::Heif => matches!(extension, "heic" | "heif" | "hif" | "heics" | "heifs"),
            Format::JpegXl => extension == "jxl",
            Format::Jpeg2000 => matches!(extension, "jp2" | "j2k" | "jpx" | "jpf" | "j2c"),
            Format::Tiff | Format::Raw => matches!(
                extension,
                "tif"
                    | "tiff"
                    | "dng"
                    | "cr2"
                    | "cr3"
                    | "nef"
                    | "arw"
                    | "orf"
                    | "raf"
                    | "rw2"
                    | "pef"
                    | "srw"
            ),
            Format::Bmp => matches!(extension, "bmp" | "dib"),
            Format::Psd => extension == "psd" || extension == "psb",
            Format::Unknown => false,
        }
    }

    /// Whether a file of this ending, in lower case, should be a picture made of pixels.
    pub fn any_is_called(extension: &str) -> bool {
        const ALL: [Format; 13] = [
            Format::Jpeg,
            Format::Png,
            Format::Gif,
            Format::WebP,
            Format::Avif,
            Format::Ico,
            Format::Heif,
            Format::JpegXl,
            Format::Jpeg2000,
            Format::Tiff,
            Format::Raw,
            Format::Bmp,
            Format::Psd,
        ];
        ALL.iter().any(|format| format.is_called(extension))
    }
}

/// The container that says `ftyp`: pictures, and films, which are none.
fn brands(head: &[u8]) -> Option<Format> {
    let size = head.get(..4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes)?;
    let end = usize::try_from(size).ok()?.clamp(12, head.len().max(12));
    let major = head.get(8..12)?;
    let others = head.get(16..end).unwrap_or_default().chunks_exact(4);
    let mut found = None;
    for brand in std::iter::once(major).chain(others) {
        match brand {
            b"avif" | b"avis" => return Some(Format::Avif),
            b"crx " => return Some(Format::Raw),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" | b"mif1"
            | b"mif2" | b"msf1" | b"miaf" => found = Some(Format::Heif),
            _ => {}
        }
    }
    found
}

/// Whether the directory of an icon is one: its first four bytes alone could be anything.
fn icon(head: &[u8]) -> bool {
    let Some(count) = head.get(4..6).map(|b| usize::from(u16::from_le_bytes([b[0], b[1]]))) else {
        return false;
    };
    let entry = |i: usize| head.get(6 + 16 * i..22 + 16 * i);
    let first = 6 + 16 * count;
    (1..=64).contains(&count)
        && (0..count).all(|i| {
            entry(i).is_some_and(|e| {
                let number =
                    |at: usize| u32::from_le_bytes([e[at], e[at + 1], e[at + 2], e[at + 3]]) as usize;
                e[3] == 0 && number(8) > 0 && number(12) >= first
            })
        })
}

/// Width and height of a drawing, in pixels, when its `<svg>` gives both so; in other units it fills the room that it gets.
pub fn drawn(svg: &str) -> Option<(u32, u32)> {
    let drawing = html::opened(svg).find(|tag| tag.is("svg"))?;
    let pixels = |name: &str| {
        let written = drawing.value(name)?;
        let number = written.trim().trim_end_matches("px").parse::<f32>().ok()?;
        // A tenth of a pixel reserves no other room.
        (1.0..=65_535.0).contains(&number).then(|| number.round() as u32)
    };
    pixels("width").zip(pixels("height"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn films_and_documents_are_no_pictures() {
        let table: [(&[u8], Option<Format>); 14] = [
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Some(Format::Heif)),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", Some(Format::Avif)),
            (b"\0\0\0\x18ftypmsf1\0\0\0\0msf1hevc", Some(Format::Heif)),
            (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", None),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", None),
            (b"\0\0\0\x18ftypcrx \0\0\0\0crx isom", Some(Format::Raw)),
            (b"BMW leaflet, second page, 2026", None),
            (b"\0\x01\0\0\0\x0c\0\x80", None),
            (b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\x10\0\0\0\x16\0\0\0", Some(Format::Ico)),
            (b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\x10\0\0\0\0\0\0\0", None),
            (b"RIFF\x24\0\0\0WAVEfmt ", None),
            (b"%PDF-1.7", None),
            (b"", None),
            (b"\xFF\xD8", None),
        ];
        for (bytes, format) in table {
            assert_eq!(Format::of(bytes), format, "{bytes:?}");
        }
    }

    #[test]
    fn drawings_say_how_large_they_are() {
        let table = [
            ("<svg viewBox=\"0 0 4 3\" width=\"320\" height=\"240\">", Some((320, 240))),
            (
                "<?xml version=\"1.0\"?><!-- <svg width='1' height='1'> --><svg width='320px' height=' 239.6 '/>",
                Some((320, 240)),
            ),
            ("<svg width=\"320\"><rect height=\"9\"/></svg>", None),
            ("<svg width=\"100%\" height=\"240\">", None),
            ("<svg width=\"12cm\" height=\"9cm\">", None),
            ("<svg width=\"0\" height=\"240\">", None),
            ("<svg width=\"NaN\" height=\"inf\">", None),
            ("<svg viewBox=\"0 0 320 240\">", None),
            ("no drawing", None),
        ];
        for (svg, size) in table {
            assert_eq!(drawn(svg), size, "{svg}");
        }
    }
}
