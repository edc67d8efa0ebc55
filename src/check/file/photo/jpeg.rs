//! JPEG: marker segments, then scans, with more segments between them, then the end. Walked as libjpeg does, which
//! skips fill bytes and stray bytes before a marker.

use super::{Walked, be16};
use crate::source::Fault;
use std::borrow::Cow;
use std::collections::BTreeMap;

const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const MORE_XMP: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const PROFILE: &[u8] = b"ICC_PROFILE\0";

pub(super) fn walk(bytes: &[u8]) -> Walked<'_> {
    let mut walked = Walked::default();
    // Packets of XMP larger than a segment: by their number and their place in the whole.
    let mut extended: BTreeMap<(&[u8], &[u8]), &[u8]> = BTreeMap::new();
    walked.keep(b"\xFF\xD8");
    let mut at = 2;
    let mut scans = 0;
    loop {
        let Some((marker, after)) = marker(bytes, at) else {
            at = bytes.len();
            walked.cut = true;
            break;
        };
        at = after;
        match marker {
            // The end.
            0xD9 => break,
            // Alone: it has no length.
            0x01 | 0xD0..=0xD8 => continue,
            _ => {}
        }
        let Some(length) = be16(bytes, at).map(usize::from) else {
            at = bytes.len();
            walked.cut = true;
            break;
        };
        if length < 2 {
            return walked.failed(Fault::Broken);
        }
        let Some(data) = bytes.get(at + 2..at + length) else {
            at = bytes.len();
            walked.cut = true;
            break;
        };
        at += length;
        match marker {
            // Huffman tables, arithmetic coding, quantization, restarts, lines, hierarchies, frames.
            0xC0..=0xC7 | 0xC9..=0xCF | 0xDB..=0xDF => {
                let is_frame = !matches!(marker, 0xC4 | 0xCC | 0xDB..=0xDF);
                if is_frame && walked.size.is_none() {
                    walked.size = be16(data, 3).zip(be16(data, 1)).map(|(w, h)| (w.into(), h.into()));
                }
                segment(&mut walked, marker, data);
            }
            // The scan: its data end before a marker that is neither a stuffed byte nor a restart.
            0xDA => {
                segment(&mut walked, marker, data);
                let end = scan_end(bytes, at);
                if let Some(data) = bytes.get(at..end) {
                    walked.keep(data);
                }
                at = end;
                scans += 1;
            }
            // The size of its dots; a small picture may follow.
            0xE0 if data.starts_with(b"JFIF\0") && data.len() >= 14 => {
                let mut head = data.get(..12).unwrap_or_default().to_vec();
                head.extend([0, 0]);
                walked.add(b"\xFF\xE0\0\x10".to_vec());
                walked.add(head);
            }
            0xE1 if data.starts_with(b"Exif\0") => {
                if let Some(turn) = walked.take_exif(data.get(6..).unwrap_or_default()) {
                    walked.add([b"\xFF\xE1\0\x22Exif\0\0", &turn[..]].concat());
                }
            }
            0xE1 if data.starts_with(XMP) => walked.texts.push(Cow::Borrowed(data)),
            0xE1 if data.starts_with(MORE_XMP) => {
                let packet = data.get(MORE_XMP.len()..).unwrap_or_default();
                if let (Some(id), Some(place), Some(text)) =
                    (packet.get(..32), packet.get(36..40), packet.get(40..))
                {
                    extended.insert((id, place), text);
                }
            }
            0xE2 if data.starts_with(PROFILE) => segment(&mut walked, marker, data),
            0xED => {
                let inside = data.strip_prefix(b"Photoshop 3.0\0").unwrap_or(data);
                walked.photoshop.extend_from_slice(inside);
            }
            // How the colors are meant.
            0xEE if data.starts_with(b"Adobe") && data.len() >= 12 => {
                segment(&mut walked, marker, data.get(..12).unwrap_or_default());
            }
            _ => walked.texts.push(Cow::Borrowed(data)),
        }
    }
    if !extended.is_empty() {
        let whole: Vec<u8> = extended.values().copied().flatten().copied().collect();
        walked.texts.push(Cow::Owned(whole));
    }
    if scans == 0 {
        return walked.failed(Fault::CutShort);
    }
    // Browsers show what there is of a photo whose end is missing.
    walked.keep(b"\xFF\xD9");
    walked.rest = bytes.get(at..).unwrap_or_default();
    walked
}

fn segment<'a>(walked: &mut Walked<'a>, marker: u8, data: &'a [u8]) {
    // The length was read as two bytes.
    let [high, low] = (data.len() as u16 + 2).to_be_bytes();
    walked.add(vec![0xFF, marker, high, low]);
    walked.keep(data);
}

/// The next marker, and what follows it.
fn marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += memchr::memchr(0xFF, bytes.get(at..)?)?;
        while bytes.get(at) == Some(&0xFF) {
            at += 1;
        }
        let marker = *bytes.get(at)?;
        at += 1;
        if marker != 0 {
            return Some((marker, at));
        }
    }
}

/// Where the data of a scan end: at the first `FF` of the marker that follows.
fn scan_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(0xFF, rest)) else {
            return bytes.len();
        };
        let start = at + found;
        at = start;
        while bytes.get(at) == Some(&0xFF) {
            at += 1;
        }
        match bytes.get(at) {
            None => return start,
            Some(0 | 0xD0..=0xD7) => at += 1,
            Some(_) => return start,
        }
    }
}
