//! Files made here, byte by byte.

use super::*;
use proptest::prelude::*;

/// A TIFF block with a place and, on request, a turn.
fn tiff(turn: u16) -> Vec<u8> {
    let mut t = b"MM\0\x2A\0\0\0\x08".to_vec();
    let entry = |tag: u16, ty: u16, count: u32, value: [u8; 4]| {
        let mut e = tag.to_be_bytes().to_vec();
        e.extend(ty.to_be_bytes());
        e.extend(count.to_be_bytes());
        e.extend(value);
        e
    };
    t.extend(2u16.to_be_bytes());
    t.extend(entry(0x0112, 3, 1, [0, turn as u8, 0, 0]));
    t.extend(entry(0x8825, 4, 1, 38u32.to_be_bytes()));
    t.extend([0; 4]);
    t.extend(4u16.to_be_bytes());
    t.extend(entry(1, 2, 2, *b"N\0\0\0"));
    t.extend(entry(2, 5, 3, 92u32.to_be_bytes()));
    t.extend(entry(3, 2, 2, *b"W\0\0\0"));
    t.extend(entry(4, 5, 3, 116u32.to_be_bytes()));
    t.extend([0; 4]);
    for n in [40u32, 30, 0, 74, 0, 36] {
        t.extend(n.to_be_bytes());
        t.extend(1u32.to_be_bytes());
    }
    t
}

fn jpeg(turn: u16) -> Vec<u8> {
    let block = tiff(turn);
    let mut j = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xE1];
    j.extend((block.len() as u16 + 8).to_be_bytes());
    j.extend(b"Exif\0\0");
    j.extend(block);
    j.extend([0xFF, 0xFE, 0, 4, b'h', b'i', 0xFF, 0xDA, 0, 2, 9, 9, 9, 0xFF, 0xD9]);
    j
}

#[test]
fn a_photo_tells_its_place_and_can_be_cleaned() {
    let place = location(&jpeg(1)).unwrap();
    assert_eq!((place.latitude, place.longitude), (40.5, -74.01));
    let clean = without_metadata(&jpeg(1)).unwrap();
    assert_eq!(clean, [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xDA, 0, 2, 9, 9, 9, 0xFF, 0xD9]);
    assert_eq!(location(&clean), None);
    assert_eq!(without_metadata(&clean), None);
}

#[test]
fn a_place_in_xmp_counts_too() {
    let mut photo = vec![0xFF, 0xD8, 0xFF, 0xE1];
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='40,30N'/>";
    photo.extend((xmp.len() as u16 + 2).to_be_bytes());
    photo.extend(xmp);
    photo.extend([0xFF, 0xDA, 0, 2, 9]);
    assert!(tells_place(&photo) && tells_place(&jpeg(1)));
    assert_eq!(without_metadata(&photo).unwrap(), [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 9]);
}

#[test]
fn the_turn_of_the_picture_stays() {
    let clean = without_metadata(&jpeg(6)).unwrap();
    assert_eq!(location(&clean), None);
    let at = clean.windows(2).position(|w| w == [0xFF, 0xE1]).unwrap();
    let length = usize::from(u16::from_be_bytes([clean[at + 2], clean[at + 3]]));
    assert_eq!(clean[at + 2 + length..at + 4 + length], [0xFF, 0xDA]);
    assert_eq!(without_metadata(&clean).unwrap(), clean);
}

#[test]
fn png_and_webp() {
    let block = tiff(1);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend((block.len() as u32).to_be_bytes());
    png.extend(b"eXIf");
    png.extend(&block);
    png.extend([0; 4]);
    png.extend(b"\0\0\0\0IEND\0\0\0\0");
    assert!(location(&png).is_some());
    assert_eq!(without_metadata(&png).unwrap(), b"\x89PNG\r\n\x1a\n\0\0\0\0IEND\0\0\0\0");
    let mut webp = b"RIFF\0\0\0\0WEBPEXIF".to_vec();
    webp.extend((block.len() as u32).to_le_bytes());
    webp.extend(&block);
    webp.extend([0; 1][..block.len() % 2].iter());
    assert!(location(&webp).is_some());
    assert_eq!(without_metadata(&webp).unwrap(), b"RIFF\x04\0\0\0WEBP");
}

#[test]
fn documents_name_their_author() {
    assert_eq!(
        author(b"%PDF-1.4\n1 0 obj << /Author (Pat \\(OT\\) Lee) >>").as_deref(),
        Some("Pat (OT) Lee")
    );
    assert_eq!(author(b"%PDF-1.4\n<< /Author <FEFF00C900760061> >>").as_deref(), Some("\u{c9}va"));
    assert_eq!(author(b"%PDF-1.4\n<< /Author () >> /Author (admin)"), None);
    assert_eq!(
        author(b"%PDF-1.4 <dc:creator><rdf:Seq><rdf:li>Pat &amp; Lee</rdf:li>").as_deref(),
        Some("Pat & Lee")
    );
    let core = b"<cp:coreProperties><dc:creator>Pat Lee</dc:creator></cp:coreProperties>";
    for (method, packed) in [(0u16, core.to_vec()), (8, miniz_oxide::deflate::compress_to_vec(core, 6))] {
        assert_eq!(author(&docx(method, &packed)).as_deref(), Some("Pat Lee"));
    }
}

fn docx(method: u16, packed: &[u8]) -> Vec<u8> {
    let name = b"docProps/core.xml";
    let mut zip = b"PK\x03\x04".to_vec();
    zip.extend([0; 22]);
    zip.extend((name.len() as u16).to_le_bytes());
    zip.extend([0, 0]);
    zip.extend(name);
    zip.extend(packed);
    zip.extend(b"PK\x01\x02\0\0\0\0\0\0");
    zip.extend(method.to_le_bytes());
    zip.extend([0; 8]);
    zip.extend((packed.len() as u32).to_le_bytes());
    zip.extend([0; 18]);
    zip.extend(0u32.to_le_bytes());
    zip.extend(name);
    zip
}

proptest! {
    #[test]
    fn no_bytes_can_make_it_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), kind in 0usize..6, cut in 0usize..400) {
        let start: &[u8] = [&b"\xFF\xD8\xFF\xE1"[..], b"\x89PNG\r\n\x1a\n", b"RIFF....WEBP", b"%PDF/Author (", b"PK\x03\x04", b""][kind];
        let mut all = start.to_vec();
        all.append(&mut bytes);
        let _ = (location(&all), without_metadata(&all), author(&all));
        let mut whole = if kind % 2 == 0 { jpeg(6) } else { docx(8, b"") };
        whole.truncate(cut);
        let _ = (location(&whole), without_metadata(&whole), author(&whole));
        if let Some(byte) = whole.get_mut(cut / 3) {
            *byte = byte.wrapping_add(bytes.len() as u8 + 77);
        }
        let _ = (location(&whole), without_metadata(&whole), author(&whole));
    }
}
