//! Documents made here, byte by byte. Pictures are tested in `tests/integration/faults/pictures.rs`.

use super::*;
use proptest::prelude::*;

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
        let _ = (look(&all, "jpg"), author(&all));
        let mut whole = docx(8, b"");
        whole.truncate(cut);
        let _ = author(&whole);
        if let Some(byte) = whole.get_mut(cut / 3) {
            *byte = byte.wrapping_add(bytes.len() as u8 + 77);
        }
        let _ = author(&whole);
    }
}
