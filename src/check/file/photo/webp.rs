//! WebP: chunks in a RIFF file. What is written about the photo mostly comes after the pixels.

use super::{Walked, le32};
use crate::source::Fault;
use std::borrow::Cow;

/// Bits of the extended header: which chunks there are.
const EXIF: u8 = 0b1000;
const XMP: u8 = 0b100;

pub(super) fn walk(bytes: &[u8]) -> Walked<'_> {
    let mut walked = Walked::default();
    let Some(size) = le32(bytes, 4).and_then(|n| usize::try_from(n).ok()).filter(|n| *n >= 4) else {
        return walked.failed(Fault::Broken);
    };
    let end = size.saturating_add(8).min(bytes.len());
    let (inside, rest) = bytes.split_at_checked(end).unwrap_or((bytes, &[]));
    walked.rest = rest;
    walked.add(Vec::new());
    let (mut at, mut pixels, mut header) = (12, false, None);
    while at < inside.len() {
        let Some((name, data)) = chunk(inside, at) else {
            if pixels {
                // What is cut off is no part of the picture.
                break;
            }
            return walked.failed(Fault::CutShort);
        };
        at += 8 + data.len() + data.len() % 2;
        match name {
            b"VP8X" if data.len() >= 10 => {
                header = Some((walked.kept.len(), data));
                walked.add(Vec::new());
            }
            b"VP8 " | b"VP8L" => {
                pixels = true;
                keep(&mut walked, name, data);
            }
            b"ANMF" => {
                let Some(frame) = frame(data) else { return walked.failed(Fault::Broken) };
                pixels = true;
                walked.add(made(name, &frame));
            }
            b"ICCP" | b"ANIM" | b"ALPH" => keep(&mut walked, name, data),
            // A picture without the extended header has none of this.
            b"EXIF" => {
                if let Some(turn) = walked.take_exif(data).filter(|_| header.is_some()) {
                    walked.add(made(name, &turn));
                }
            }
            _ => walked.texts.push(Cow::Borrowed(data)),
        }
    }
    if !pixels {
        return walked.failed(Fault::CutShort);
    }
    if let Some((place, data)) = header {
        let mut data = data.to_vec();
        let flags = data[0] & !(EXIF | XMP);
        data[0] = if walked.turn > 1 { flags | EXIF } else { flags };
        data.truncate(10);
        walked.kept[place] = Cow::Owned(made(b"VP8X", &data));
    }
    let size: usize = walked.kept.iter().map(|piece| piece.len()).sum();
    let Ok(size) = u32::try_from(size + 4) else { return walked.failed(Fault::TooLarge) };
    walked.kept[0] = Cow::Owned([b"RIFF", &size.to_le_bytes()[..], b"WEBP"].concat());
    walked
}

/// The chunk at `at`: its name and its data.
fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8])> {
    let name = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    let length = usize::try_from(le32(bytes, at + 4)?).ok()?;
    Some((name, bytes.get(at + 8..(at + 8).checked_add(length)?)?))
}

/// A frame of an animation, with nothing in it but pixels.
fn frame(data: &[u8]) -> Option<Vec<u8>> {
    let mut kept = data.get(..16)?.to_vec();
    let mut at = 16;
    while at < data.len() {
        let (name, inner) = chunk(data, at)?;
        at += 8 + inner.len() + inner.len() % 2;
        if matches!(name, b"VP8 " | b"VP8L" | b"ALPH") {
            kept.extend(made(name, inner));
        }
    }
    Some(kept)
}

fn made(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    // A chunk is a part of a file whose length is of four bytes.
    let mut chunk = [name, &(data.len() as u32).to_le_bytes()[..], data].concat();
    chunk.extend(&[0][..data.len() % 2]);
    chunk
}

fn keep<'a>(walked: &mut Walked<'a>, name: &'a [u8; 4], data: &'a [u8]) {
    walked.add([name, &(data.len() as u32).to_le_bytes()[..]].concat());
    walked.keep(data);
    walked.keep(&[0][..data.len() % 2]);
}
