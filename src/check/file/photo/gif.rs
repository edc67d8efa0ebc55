//! GIF: pictures and extensions, each in blocks of up to 255 bytes.

use super::Walked;
use crate::source::Fault;
use std::borrow::Cow;

pub(super) fn walk(bytes: &[u8]) -> Walked<'_> {
    let mut walked = Walked::default();
    let Some(head) = bytes.get(..13) else { return walked.failed(Fault::CutShort) };
    let Some(head) = bytes.get(..13 + colors(head[10])) else { return walked.failed(Fault::CutShort) };
    walked.keep(head);
    let mut at = head.len();
    let mut pictures = 0;
    // Anything else than a picture or an extension ends the file, as it does in browsers.
    while let Some(next) = bytes.get(at) {
        let read = match next {
            0x2C => picture(bytes, at).inspect(|(whole, _)| {
                pictures += 1;
                walked.keep(whole);
            }),
            0x21 => blocks(bytes, at + 2).map(|(end, blocks)| {
                extension(&mut walked, bytes[at + 1], &blocks, &bytes[at..end]);
                (&bytes[at..end], end)
            }),
            0 => Some((&bytes[at..at], at + 1)),
            0x3B => {
                at += 1;
                break;
            }
            _ => break,
        };
        match read {
            Some((_, end)) => at = end,
            // Browsers show what there is before the missing end.
            None => {
                at = bytes.len();
                break;
            }
        }
    }
    if pictures == 0 {
        return walked.failed(Fault::CutShort);
    }
    walked.keep(b"\x3B");
    walked.rest = bytes.get(at..).unwrap_or_default();
    walked
}

/// How many bytes a table of colors has, by the flags before it.
fn colors(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn picture(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let table = colors(*bytes.get(at + 9)?);
    let (end, _) = blocks(bytes, at + 11 + table)?;
    Some((&bytes[at..end], end))
}

/// The blocks that begin at `at`, up to the empty one; and where they end.
fn blocks(bytes: &[u8], mut at: usize) -> Option<(usize, Vec<&[u8]>)> {
    let mut found = Vec::new();
    loop {
        let length = usize::from(*bytes.get(at)?);
        let block = bytes.get(at + 1..at + 1 + length)?;
        at += 1 + length;
        if block.is_empty() {
            return Some((at, found));
        }
        found.push(block);
    }
}

fn extension<'a>(walked: &mut Walked<'a>, label: u8, blocks: &[&'a [u8]], whole: &'a [u8]) {
    match (label, blocks) {
        // How long a picture stays, and which color is none.
        (0xF9, [control, ..]) if control.len() == 4 => {
            walked.add([b"\x21\xF9\x04", *control, b"\0"].concat());
        }
        // How often an animation repeats.
        (0xFF, [name @ (b"NETSCAPE2.0" | b"ANIMEXTS1.0"), rest @ ..]) => {
            if let Some(times) = rest.iter().find(|b| b.len() == 3 && b[0] == 1) {
                walked.add([b"\x21\xFF\x0B", *name, b"\x03", times, b"\0"].concat());
            }
        }
        (0xFF, [b"ICCRGBG1012", ..]) => walked.keep(whole),
        // XMP lies there as it is: its letters are taken for lengths of blocks.
        _ => walked.texts.push(Cow::Borrowed(whole)),
    }
}
