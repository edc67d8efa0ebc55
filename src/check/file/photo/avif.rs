//! AVIF: boxes, as in a film. Places in the file are written in it, so nothing moves: what goes is overwritten with zeros,
//! and cut off where it is the end.

use super::{Walked, be16, be32};
use crate::source::Fault;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Items that are pictures, or say how pictures make up one.
const PICTURES: [&[u8; 4]; 6] = [b"av01", b"grid", b"iovl", b"iden", b"tmap", b"hvc1"];
/// What describes a still picture.
const OF_META: [&[u8; 4]; 9] =
    [b"hdlr", b"pitm", b"iloc", b"iinf", b"iref", b"iprp", b"idat", b"grpl", b"dinf"];
/// What the properties of pictures may be: sizes, colors, turns, parts, how to decode.
const PROPERTIES: [&[u8; 4]; 21] = [
    b"ispe", b"pixi", b"colr", b"pasp", b"av1C", b"hvcC", b"irot", b"imir", b"auxC", b"clap", b"clli",
    b"mdcv", b"cclv", b"amve", b"lsel", b"a1op", b"a1lx", b"rloc", b"iscl", b"nclx", b"reve",
];
/// The boxes of an animation that hold others.
const HOLDERS: [&[u8; 4]; 8] = [b"moov", b"trak", b"mdia", b"minf", b"dinf", b"edts", b"moof", b"traf"];
/// Of these, what goes.
const OF_FILM: [&[u8; 4]; 5] = [b"udta", b"meta", b"uuid", b"free", b"skip"];

/// One box: its name, where it begins, and its content.
struct Part<'a> {
    name: &'a [u8],
    start: usize,
    body: Range<usize>,
}

/// One item of a still picture.
#[derive(Default)]
struct Item {
    is_picture: bool,
    is_exif: bool,
    /// Where its bytes lie in the file.
    pieces: Vec<Range<usize>>,
}

/// What is to be done to the file.
#[derive(Default)]
struct Edit {
    /// Bytes that become zero.
    zeros: Vec<Range<usize>>,
    /// Names of boxes that become `free`.
    free: Vec<usize>,
    items: BTreeMap<u32, Item>,
}

impl Edit {
    /// A box that is to say nothing.
    fn blank(&mut self, part: &Part<'_>) {
        self.free.push(part.start + 4);
        self.zeros.push(part.body.clone());
    }
}

pub(super) fn walk(bytes: &[u8]) -> Walked<'_> {
    let mut walked = Walked::default();
    let mut edit = Edit::default();
    let (mut data, mut end, mut is_film) = (Vec::new(), 0, false);
    let mut at = 0;
    let mut metas = Vec::new();
    while let Some(part) = part(bytes, at, bytes.len()) {
        at = part.body.end;
        match part.name {
            b"ftyp" | b"styp" | b"sidx" => end = at,
            b"mdat" => {
                data.push(part.body);
                end = at;
            }
            b"meta" => {
                metas.push(part.body);
                end = at;
            }
            b"moov" | b"moof" => {
                is_film = true;
                end = at;
                if film(bytes, part.body, &mut edit, 0).is_none() {
                    return walked.failed(Fault::Broken);
                }
            }
            _ => {
                walked.texts.push(Cow::Borrowed(bytes.get(part.body.clone()).unwrap_or_default()));
                edit.blank(&part);
            }
        }
    }
    if metas.is_empty() && !is_film || data.is_empty() && at < bytes.len() {
        return walked.failed(Fault::CutShort);
    }
    walked.rest = bytes.get(at..).unwrap_or_default();
    let mut inside = Vec::new();
    for body in metas {
        match meta(bytes, body, &mut edit) {
            Some(range) => inside.extend(range),
            None => return walked.failed(Fault::Broken),
        }
    }
    let mut out = bytes.get(..end).unwrap_or_default().to_vec();
    let mut used = Vec::new();
    for item in edit.items.values() {
        for piece in &item.pieces {
            let Some(content) = bytes.get(piece.clone()) else { return walked.failed(Fault::CutShort) };
            let holds = |data: &Range<usize>| data.start <= piece.start && piece.end <= data.end;
            // In a box that goes, or in the description itself: what goes there would take it along. A length of zero means the rest of
            // the file, which no program writes.
            let goes = !content.is_empty() && !inside.iter().chain(&data).any(holds);
            if goes || content.is_empty() && item.is_picture {
                return walked.failed(Fault::Broken);
            }
            if item.is_picture {
                used.push(piece.clone());
            } else if item.is_exif {
                // The first four bytes say how far on the block begins.
                let skip = be32(content, 0).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
                let block = content.get(4..).and_then(|c| c.get(skip..)).unwrap_or_default();
                walked.exif.push(Cow::Borrowed(block));
            } else {
                walked.texts.push(Cow::Borrowed(content));
            }
        }
    }
    // Between the pictures, nothing is left; the samples of an animation lie where only a decoder finds them.
    used.sort_by_key(|piece| piece.start);
    let kept_data = if is_film { Vec::new() } else { data };
    for range in inside.into_iter().chain(kept_data) {
        let mut from = range.start;
        for piece in used.iter().filter(|piece| piece.end > range.start && piece.start < range.end) {
            edit.zeros.push(from..piece.start.max(from));
            from = from.max(piece.end);
        }
        edit.zeros.push(from..range.end.max(from));
    }
    let unused = edit.items.values().filter(|item| !item.is_picture).flat_map(|item| item.pieces.clone());
    // A piece of two items is a picture's.
    edit.zeros
        .extend(unused.filter(|piece| !used.iter().any(|u| u.start < piece.end && piece.start < u.end)));
    for range in edit.zeros {
        let range = range.start.min(out.len())..range.end.min(out.len());
        if let Some(piece) = out.get_mut(range) {
            piece.fill(0);
        }
    }
    for at in edit.free {
        if let Some(name) = out.get_mut(at..at + 4) {
            name.copy_from_slice(b"free");
        }
    }
    for item in edit.items.values().filter(|item| item.is_exif) {
        let block = b"\0\0\0\0MM\0\x2A\0\0\0\x08\0\0\0\0\0\0";
        let place = item.pieces.first().filter(|p| p.len() >= block.len());
        let free = place.filter(|p| !used.iter().any(|u| u.start < p.end && p.start < u.end));
        if let Some(empty) = free.and_then(|p| out.get_mut(p.start..p.start + block.len())) {
            empty.copy_from_slice(block);
        }
    }
    walked.kept = vec![Cow::Owned(out)];
    walked
}

/// The box at `at`, which ends before `end`.
fn part(bytes: &[u8], at: usize, end: usize) -> Option<Part<'_>> {
    let name = bytes.get(at + 4..(at + 8).min(end)).filter(|name| name.len() == 4)?;
    let (head, size) = match be32(bytes, at)? {
        0 => (8, end - at),
        1 => {
            let high = usize::try_from(be32(bytes, at + 8)?).ok()?;
            (16, high.checked_mul(1 << 32)?.checked_add(be32(bytes, at + 12)? as usize)?)
        }
        size => (8, size as usize),
    };
    let stop = at.checked_add(size).filter(|stop| size >= head && *stop <= end)?;
    Some(Part { name, start: at, body: at + head..stop })
}

/// All boxes in `range`; none when they do not fill it.
fn parts(bytes: &[u8], range: Range<usize>) -> Option<Vec<Part<'_>>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let next = part(bytes, at, range.end)?;
        at = next.body.end;
        found.push(next);
    }
    Some(found)
}

/// The description of an animation.
fn film(bytes: &[u8], body: Range<usize>, edit: &mut Edit, depth: u8) -> Option<()> {
    for part in parts(bytes, body)? {
        if OF_FILM.iter().any(|name| part.name == *name) {
            edit.blank(&part);
        } else if part.name == b"hdlr" {
            name_of_handler(&part, edit);
        } else if HOLDERS.iter().any(|name| part.name == *name) && depth < 8 {
            film(bytes, part.body, edit, depth + 1)?;
        }
    }
    Some(())
}

/// What tells a place in the description of a film: what phones write, its form in 3GP, the tracks of cameras with a receiver.
const PLACES: [&[u8]; 5] = [b"\xA9xyz", b"location.ISO6709", b"loci", b"gpmd", b"camm"];

/// Whether a film tells where it was taken. Only its description is looked at: in pictures and sound any bytes may stand.
pub(super) fn film_tells_place(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(part) = part(bytes, at, bytes.len()).filter(|part| part.body.end > at) {
        at = part.body.end;
        let describes = [&b"moov"[..], b"meta", b"udta", b"uuid"].contains(&part.name);
        let inside = bytes.get(part.body).filter(|_| describes).unwrap_or_default();
        if PLACES.iter().any(|name| memchr::memmem::find(inside, name).is_some()) {
            return true;
        }
    }
    false
}

/// The name that programs write there, behind four numbers and a kind.
fn name_of_handler(part: &Part<'_>, edit: &mut Edit) {
    edit.zeros.push((part.body.start + 24).min(part.body.end)..part.body.end);
}

/// The description of a still picture; gives where the data that lie in it are. None when it cannot be understood.
fn meta(bytes: &[u8], body: Range<usize>, edit: &mut Edit) -> Option<Option<Range<usize>>> {
    let children = parts(bytes, body.start.checked_add(4)?..body.end)?;
    let inside = children.iter().find(|part| part.name == b"idat").map(|part| part.body.clone());
    for part in &children {
        match part.name {
            b"iinf" => items(bytes, part.body.clone(), edit)?,
            b"hdlr" => name_of_handler(part, edit),
            b"iprp" => {
                for list in parts(bytes, part.body.clone())?.iter().filter(|p| p.name == b"ipco") {
                    for property in parts(bytes, list.body.clone())? {
                        if !PROPERTIES.iter().any(|name| property.name == *name) {
                            edit.blank(&property);
                        }
                    }
                }
            }
            name if OF_META.iter().any(|kept| name == *kept) => {}
            _ => edit.blank(part),
        }
    }
    for part in children.iter().filter(|part| part.name == b"iloc") {
        places(bytes.get(part.body.clone())?, inside.as_ref(), edit)?;
    }
    Some(inside)
}

/// Which items there are, and of which kind.
fn items(bytes: &[u8], body: Range<usize>, edit: &mut Edit) -> Option<()> {
    let wide = *bytes.get(body.start)? > 0;
    let first = body.start + if wide { 8 } else { 6 };
    for part in parts(bytes, first..body.end)?.iter().filter(|part| part.name == b"infe") {
        let start = part.body.start;
        let version = *bytes.get(start)?;
        let (id, kind) = match version {
            2 => (u32::from(be16(bytes, start + 4)?), start + 8),
            3 => (be32(bytes, start + 4)?, start + 10),
            // Before version 2 an item had no kind, so it is no picture.
            _ => (u32::from(be16(bytes, start + 4)?), part.body.end),
        };
        let name = bytes.get(kind..kind + 4).unwrap_or_default();
        let item = edit.items.entry(id).or_default();
        item.is_picture = PICTURES.iter().any(|picture| name == *picture);
        item.is_exif = name == b"Exif";
        // Names that people and programs gave.
        edit.zeros.push((kind + 4).min(part.body.end)..part.body.end);
    }
    Some(())
}

/// Where the bytes of the items lie in the file; `inside` is where the data of the description do.
fn places(body: &[u8], inside: Option<&Range<usize>>, edit: &mut Edit) -> Option<()> {
    let version = *body.first()?;
    let sizes = be16(body, 4)?;
    let (offset, length, base) = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15);
    let index = if version > 0 { sizes & 15 } else { 0 };
    let mut at = 6;
    let mut number = |size: u16| -> Option<usize> {
        let start = at;
        at += usize::from(size);
        match size {
            0 => Some(0),
            2 => be16(body, start).map(usize::from),
            4 => usize::try_from(be32(body, start)?).ok(),
            8 => {
                let high = usize::try_from(be32(body, start)?).ok()?;
                high.checked_mul(1 << 32)?.checked_add(be32(body, start + 4)? as usize)
            }
            _ => None,
        }
    };
    let wide = if version < 2 { 2 } else { 4 };
    let count = number(wide)?;
    for _ in 0..count {
        let id = u32::try_from(number(wide)?).ok()?;
        let method = if version > 0 { number(2)? & 15 } else { 0 };
        if number(2)? != 0 {
            // In another file.
            return None;
        }
        let start = number(base)?;
        for _ in 0..number(2)? {
            number(index)?;
            let start = start.checked_add(number(offset)?)?;
            let length = number(length)?;
            let (start, length) = match (method, inside) {
                (0, _) => (start, length),
                (1, Some(inside)) => (inside.start.checked_add(start)?, length),
                _ => return None,
            };
            edit.items.entry(id).or_default().pieces.push(start..start.checked_add(length)?);
        }
    }
    Some(())
}
