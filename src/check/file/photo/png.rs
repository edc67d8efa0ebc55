//! PNG: chunks, each with its name and checksum, up to `IEND`.

use super::{Walked, be32};
use crate::source::Fault;
use std::borrow::Cow;

/// So much text is unpacked.
const TEXT: usize = 4 << 20;

/// What makes up the picture: its data, colors, size of dots, and the frames of an animation.
const KEPT: [&[u8; 4]; 19] = [
    b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"hIST",
    b"pHYs", b"cICP", b"mDCV", b"mDCv", b"cLLI", b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn walk(bytes: &[u8]) -> Walked<'_> {
    let mut walked = Walked::default();
    walked.keep(bytes.get(..8).unwrap_or_default());
    let (mut at, mut data_seen) = (8, false);
    loop {
        let read = be32(bytes, at).and_then(|length| {
            let end = at.checked_add(12)?.checked_add(usize::try_from(length).ok()?)?;
            Some((bytes.get(at + 4..at + 8)?, bytes.get(at..end)?, end))
        });
        let Some((name, whole, end)) = read else {
            // Cut off within the pixels there is a picture with a hole; what follows them is not needed.
            if !data_seen || bytes.get(at + 4..at + 8).is_some_and(|name| matches!(name, b"IDAT" | b"fdAT")) {
                return walked.failed(Fault::CutShort);
            }
            walked.cut = true;
            break;
        };
        let data = whole.get(8..whole.len() - 4).unwrap_or_default();
        let start = std::mem::replace(&mut at, end);
        match name {
            b"IEND" => break,
            b"eXIf" => {
                if let Some(turn) = walked.take_exif(data) {
                    walked.add(chunk(b"eXIf", &turn));
                }
            }
            b"tEXt" | b"zTXt" | b"iTXt" => text(&mut walked, name, data),
            _ if KEPT.iter().any(|kept| name == *kept) => {
                data_seen |= name == b"IDAT";
                walked.keep(whole);
            }
            // A part that must be understood and is not: what Apple's tools make of a PNG, or no PNG any more.
            [first, ..] if !first.is_ascii_lowercase() && !data_seen => return walked.failed(Fault::Broken),
            [first, ..] if !first.is_ascii_lowercase() => {
                at = start;
                break;
            }
            _ => walked.texts.push(Cow::Borrowed(data)),
        }
    }
    if !data_seen {
        return walked.failed(Fault::CutShort);
    }
    walked.add(chunk(b"IEND", &[]));
    walked.rest = bytes.get(at..).unwrap_or_default();
    walked
}

/// A text, unpacked. ImageMagick writes EXIF and IPTC as text, in hexadecimal digits.
fn text<'a>(walked: &mut Walked<'a>, name: &[u8], data: &'a [u8]) {
    let Some(end) = memchr::memchr(0, data) else { return walked.texts.push(Cow::Borrowed(data)) };
    let (keyword, rest) = (&data[..end], &data[end + 1..]);
    let packed = match name {
        b"zTXt" => rest.get(1..),
        b"iTXt" if rest.first() == Some(&1) => {
            let mut parts = rest.get(2..).unwrap_or_default().splitn(3, |b| *b == 0);
            parts.nth(2)
        }
        _ => None,
    };
    let text = match packed {
        Some(packed) => match miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(packed, TEXT) {
            Ok(text) => Cow::Owned(text),
            Err(broken) => Cow::Owned(broken.output),
        },
        None => Cow::Borrowed(rest),
    };
    if let Some(kind) = keyword.strip_prefix(b"Raw profile type ") {
        let digits = text.split(|b| *b == b'\n').skip(3).flatten();
        let digits: Vec<u8> = digits.filter_map(|b| char::from(*b).to_digit(16)).map(|d| d as u8).collect();
        let block: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
        match kind {
            b"iptc" | b"8bim" => walked.photoshop.extend_from_slice(&block),
            _ => {
                let block = block.strip_prefix(b"Exif\0\0").map_or(block.clone(), <[u8]>::to_vec);
                walked.exif.push(Cow::Owned(block.clone()));
                walked.texts.push(Cow::Owned(block));
            }
        }
    }
    walked.texts.push(Cow::Borrowed(keyword));
    walked.texts.push(text);
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    // What is written here is short.
    let mut chunk = (data.len() as u32).to_be_bytes().to_vec();
    chunk.extend(name);
    chunk.extend(data);
    let sum = checksum(&chunk[4..]);
    chunk.extend(sum.to_be_bytes());
    chunk
}

/// The CRC-32 of PNG, bit by bit: the chunks made here are short.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    !sum
}
