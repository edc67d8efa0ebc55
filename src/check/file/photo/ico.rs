//! Icons: a directory of small pictures, which are bitmaps or PNG.

use super::{Walked, le16, le32, png};
use crate::source::{Fault, Format};

pub(super) fn walk(bytes: &[u8]) -> Walked<'_> {
    let mut walked = Walked::default();
    let Some(count) = le16(bytes, 4).map(usize::from) else { return walked.failed(Fault::CutShort) };
    let mut directory = bytes.get(..6).unwrap_or_default().to_vec();
    let mut pictures = Vec::new();
    let mut place = 6 + 16 * count;
    for i in 0..count {
        let Some(entry) = bytes.get(6 + 16 * i..22 + 16 * i) else { return walked.failed(Fault::CutShort) };
        let range =
            le32(entry, 12).zip(le32(entry, 8)).map(|(start, length)| (start as usize, length as usize));
        let picture = range.and_then(|(start, length)| bytes.get(start..start.checked_add(length)?));
        let Some(picture) = picture else { return walked.failed(Fault::CutShort) };
        let kept = if Format::of(picture) == Some(Format::Png) {
            let inner = png::walk(picture);
            walked.exif.extend(inner.exif);
            walked.texts.extend(inner.texts);
            if let Some(fault) = inner.fault {
                return walked.failed(fault);
            }
            inner.kept.concat()
        } else {
            picture.to_vec()
        };
        directory.extend_from_slice(&entry[..8]);
        let numbers = u32::try_from(kept.len()).ok().zip(u32::try_from(place).ok());
        let Some((length, start)) = numbers else { return walked.failed(Fault::TooLarge) };
        directory.extend(length.to_le_bytes());
        directory.extend(start.to_le_bytes());
        place += kept.len();
        pictures.push(kept);
    }
    walked.add(directory);
    for picture in pictures {
        walked.add(picture);
    }
    walked
}
