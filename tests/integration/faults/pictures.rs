//! Photos never carry a place (D1, F19, A9): every picture that goes out has its pixels, its color profile and its turn,
//! and nothing of what cameras and programs wrote about it.

use crate::faults::picture_files::*;
use crate::support::{Run, Site, TODAY};
use guidepost::check::file::{Whence, look, place, published};
use guidepost::source::{Fault, Format};
use img_parts::ImageICC;
use img_parts::jpeg::Jpeg;
use proptest::prelude::*;
use std::fs;

/// What is said, but for notes.
fn errors(site: &Site) -> Vec<crate::support::Problem> {
    site.problems().into_iter().filter(|p| p.severity != "note").collect()
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|w| w == part)
}

/// Every way in which a picture can tell a place: a name, the format, the bytes, where it is told.
fn carriers() -> Vec<(String, Format, Vec<u8>, Whence)> {
    let second = jpeg(&segment(0xE1, &exif(1, true)), b"", b"");
    let index = segment(0xE2, b"MPF\0MM\0\x2A\0\0\0\x08\0\0");
    let before = |part: &[u8]| jpeg(&[part, &profile_segment()].concat(), b"", b"");
    let comment = |text: &str| segment(0xFE, text.as_bytes());
    let mut all: Vec<(String, Format, Vec<u8>, Whence)> = [
        ("EXIF", before(&segment(0xE1, &exif(6, false))), Whence::Exif),
        ("EXIF from the small end", before(&segment(0xE1, &exif(8, true))), Whence::Exif),
        (
            "EXIF behind fill bytes",
            before(&[&[0xFF; 5], &segment(0xE1, &exif(1, true))[..]].concat()),
            Whence::Exif,
        ),
        (
            "EXIF behind stray bytes",
            before(&[&[7, 7], &segment(0xE1, &exif(1, true))[..]].concat()),
            Whence::Exif,
        ),
        ("EXIF between scans", jpeg(&profile_segment(), &segment(0xE1, &exif(1, true)), b""), Whence::Exif),
        ("XMP", before(&app1_xmp()), Whence::Xmp),
        (
            "XMP in UTF-16",
            before(&segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", &wide(&xmp())[..]].concat())),
            Whence::Xmp,
        ),
        (
            "XMP past 256 KB",
            before(&[segment(0xE5, &[1; 60_000]).repeat(5), app1_xmp()].concat()),
            Whence::Xmp,
        ),
        ("extended XMP", before(&extended_xmp()), Whence::Xmp),
        ("XMP between scans", jpeg(&profile_segment(), &app1_xmp(), b""), Whence::Xmp),
        ("IPTC", before(&segment(0xED, &iptc())), Whence::Iptc),
        ("a comment", before(&comment(&format!("GPSLatitude {SECRET}"))), Whence::Xmp),
        (
            "a comment between scans",
            jpeg(&profile_segment(), &comment(&format!("GPSLatitude {SECRET}")), b""),
            Whence::Xmp,
        ),
        ("a second picture", jpeg(&[index, profile_segment()].concat(), b"", &second), Whence::SecondPicture),
        ("a film behind the end", jpeg(&profile_segment(), b"", &film()), Whence::Film),
    ]
    .into_iter()
    .map(|(name, bytes, whence)| (format!("JPEG, {name}"), Format::Jpeg, bytes, whence))
    .collect();
    for (name, part) in png_secrets() {
        let whence = if matches!(name, "eXIf" | "zTXt") { Whence::Exif } else { Whence::Xmp };
        all.push((format!("PNG, {name}"), Format::Png, png(&part, b""), whence));
    }
    let mut wrong_sum = chunk(b"tEXt", format!("GPSLatitude\0{SECRET}").as_bytes());
    *wrong_sum.last_mut().unwrap() ^= 1;
    all.push(("PNG, a wrong checksum".into(), Format::Png, png(&wrong_sum, b""), Whence::Xmp));
    all.push(("PNG, a film".into(), Format::Png, png(b"", &film()), Whence::Film));
    all.push(("PNG, a JPEG behind it".into(), Format::Png, png(b"", &second), Whence::SecondPicture));
    for (name, after, rest, whence) in [
        ("EXIF", riff(b"EXIF", &tiff(6, true)), vec![], Whence::Exif),
        ("EXIF with its name", riff(b"EXIF", &exif(1, false)), vec![], Whence::Exif),
        ("XMP", riff(b"XMP ", &xmp()), vec![], Whence::Xmp),
        ("an unknown part", riff(b"note", &xmp()), vec![], Whence::Xmp),
        ("a film", vec![], film(), Whence::Film),
    ] {
        all.push((format!("WebP, {name}"), Format::WebP, webp(&after, &rest), whence));
    }
    let gif_comment = format!("\x21\x7e\x1aGPSLatitude  = {SECRET}    \0").into_bytes();
    let gif_comment = [b"\x21\xFE", &gif_comment[2..]].concat();
    for (name, inside, after) in [("XMP", gif_xmp(), vec![]), ("a comment", gif_comment, vec![])] {
        all.push((format!("GIF, {name}"), Format::Gif, gif(&inside, &after), Whence::Xmp));
    }
    all.push(("GIF, a film".into(), Format::Gif, gif(b"", &film()), Whence::Film));
    all.push(("AVIF".into(), Format::Avif, avif(&boxed(b"uuid", SECRET.as_bytes())), Whence::Exif));
    all.push(("AVIF, animated".into(), Format::Avif, moving_avif(), Whence::Xmp));
    all.push(("an icon".into(), Format::Ico, ico(), Whence::Xmp));
    all
}

fn wide(text: &[u8]) -> Vec<u8> {
    text.iter().flat_map(|b| [*b, 0]).collect()
}

/// What must be in a published picture: its pixels, and the color profile as its format writes it.
fn kept(format: Format, moving: bool) -> Vec<Vec<u8>> {
    match format {
        Format::Jpeg => vec![profile_segment(), pixels_of_jpeg(), scan()],
        Format::Png => vec![png_pixels()],
        Format::WebP => vec![riff(b"ICCP", PROFILE), webp_pixels()],
        Format::Gif => vec![
            gif_head(),
            gif_pixels(),
            b"\x21\xF9\x04\x09\x0A\0\0\0".to_vec(),
            b"NETSCAPE2.0\x03\x01\0\0\0".to_vec(),
        ],
        Format::Avif if moving => vec![AVIF_PIXELS.to_vec()],
        Format::Avif => vec![AVIF_PIXELS.to_vec(), boxed(b"colr", &[b"prof", PROFILE].concat())],
        _ => vec![b"a made-up bitmap".to_vec(), png_pixels()],
    }
}

/// The turn by a reader that is not ours; 1 when the picture says none.
fn turn(bytes: &[u8]) -> u32 {
    let read = exif::Reader::new().read_from_container(&mut std::io::Cursor::new(bytes));
    let turn =
        read.ok().and_then(|e| e.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?.value.get_uint(0));
    turn.unwrap_or(1)
}

#[test]
fn no_picture_goes_out_with_a_place() {
    for (name, format, bytes, whence) in carriers() {
        assert_eq!(Format::of(&bytes), Some(format), "{name}");
        assert!(
            tells(&bytes)
                || name.contains("zTXt")
                || name.contains("packed")
                || name.contains("UTF-16")
                || name.contains("icon"),
            "{name}: the test's picture tells nothing"
        );
        assert_eq!(place(format, &bytes).map(|p| p.whence), Some(whence), "{name}");
        let clean = published(format, &bytes).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
        assert!(!tells(&clean), "{name}: still there");
        for word in [&b"GPS"[..], b"xmpmeta", b"Photoshop", b"MPF", b"ftypmp42", b"zTXt", b"iTXt", b"tEXt"] {
            assert!(!has(&clean, word), "{name}: {}", String::from_utf8_lossy(word));
        }
        assert_eq!(place(format, &clean), None, "{name}");
        for part in kept(format, name.contains("animated")) {
            assert!(
                has(&clean, &part),
                "{name}: a part of the picture is gone: {}",
                String::from_utf8_lossy(&part)
            );
        }
        if format != Format::Avif && !name.contains("between") && !name.contains("raw profile") {
            // The small-end EXIF of ImageMagick is a text, which no browser takes a turn from.
            let before = if name.contains("zTXt") { 1 } else { turn(&bytes) };
            assert_eq!(turn(&clean), before, "{name}: the turn");
        }
        // As it is published, there is nothing more to take out, and it is the same picture.
        assert_eq!(published(format, &clean).as_ref(), Ok(&clean), "{name}");
        assert_eq!(look(&clean, "").1, look(&bytes, "").1, "{name}: width and height");
    }
}

#[test]
fn an_independent_reader_takes_the_published_jpeg_for_the_same_picture() {
    for (name, format, bytes, _) in carriers().into_iter().filter(|(_, format, ..)| *format == Format::Jpeg) {
        let clean = published(format, &bytes).unwrap();
        let read = |bytes: &[u8]| Jpeg::from_bytes(bytes.to_vec().into()).unwrap();
        let (before, after) = (read(&bytes), read(&clean));
        assert_eq!(before.icc_profile(), after.icc_profile(), "{name}");
        assert_eq!(before.dimensions(), after.dimensions(), "{name}");
        let markers: Vec<u8> = after.segments().iter().map(|s| s.marker()).collect();
        let expected: &[u8] = if turn(&bytes) > 1 {
            &[0xE0, 0xE1, 0xE2, 0xDB, 0xC4, 0xC0, 0xDA]
        } else {
            &[0xE0, 0xE2, 0xDB, 0xC4, 0xC0, 0xDA]
        };
        assert_eq!(markers, expected, "{name}");
    }
    // Why the walk is our own: all behind the first scan is one piece to it, and goes out again.
    let photo = jpeg(b"", &segment(0xFE, SECRET.as_bytes()), &film());
    let mut theirs = Jpeg::from_bytes(photo.clone().into()).unwrap();
    theirs.segments_mut().retain(|s| !matches!(s.marker(), 0xE1..=0xEF | 0xFE));
    assert!(tells(&theirs.encoder().bytes()) && !tells(&published(Format::Jpeg, &photo).unwrap()));
}

#[test]
fn small_pictures_inside_the_head_go_too() {
    let clean =
        published(Format::Jpeg, &jpeg(&segment(0xE0, b"JFXX\0\x10 a second small picture"), b"", b""))
            .unwrap();
    assert!(!has(&clean, b"JFXX") && !has(&clean, b"\x01\x01\x01\x02\x03"));
    assert!(has(&clean, b"\xFF\xE0\0\x10JFIF\0\x01\x02\0\0\x48\0\x48\0\0\xFF"));
    // How colors are meant stays: without it, a CMYK photo is a negative.
    let adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x02");
    let long = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x02 and words");
    for written in [&adobe, &long] {
        assert!(has(&published(Format::Jpeg, &jpeg(written, b"", b"")).unwrap(), &adobe));
    }
}

#[test]
fn width_and_height_are_those_after_turning() {
    let turned = |turn| jpeg(&segment(0xE1, &exif(turn, turn % 2 == 0)), b"", b"");
    for turn in 1..=8 {
        let size = if turn > 4 { (30, 40) } else { (40, 30) };
        assert_eq!(look(&turned(turn), "jpg").1, Some(size), "JPEG, turn {turn}");
        assert_eq!(
            look(&png(&chunk(b"eXIf", &tiff(turn, true)), b""), "png").1,
            Some(size),
            "PNG, turn {turn}"
        );
        assert_eq!(
            look(&webp(&riff(b"EXIF", &tiff(turn, false)), b""), "webp").1,
            Some(size),
            "WebP, turn {turn}"
        );
    }
    for turn in [0, 9, 255] {
        assert_eq!(look(&turned(turn), "jpg").1, Some((40, 30)), "turn {turn}");
    }
    assert_eq!(look(&jpeg(&[0xFF; 9], b"", b""), "jpg").1, Some((40, 30)), "fill bytes");
    assert_eq!(look(&gif(b"", b""), "gif").1, Some((40, 30)));
}

#[test]
fn what_cannot_be_walked_does_not_go_out() {
    let photo = jpeg(&segment(0xE1, &exif(1, true)), b"", b"");
    let portrait = webp(&riff(b"EXIF", &tiff(1, true)), b"");
    let still = avif(b"");
    let drawing = png(&png_secrets()[0].1, b"");
    let table: Vec<(&str, Format, Vec<u8>, Option<Fault>)> = vec![
        ("a JPEG cut in its EXIF", Format::Jpeg, photo[..60].to_vec(), Some(Fault::CutShort)),
        ("a JPEG of one marker", Format::Jpeg, b"\xFF\xD8\xFF".to_vec(), Some(Fault::CutShort)),
        (
            "a JPEG whose part has no length",
            Format::Jpeg,
            [b"\xFF\xD8\xFF\xE1\0\0", &photo[2..]].concat(),
            Some(Fault::Broken),
        ),
        (
            "a JPEG whose EXIF claims more than there is",
            Format::Jpeg,
            [b"\xFF\xD8\xFF\xE1\xFF\xFF", &exif(1, true)[..]].concat(),
            Some(Fault::CutShort),
        ),
        // What there is of it is shown by browsers.
        ("a JPEG without its end", Format::Jpeg, photo[..photo.len() - 2].to_vec(), None),
        ("a JPEG cut in its last scan", Format::Jpeg, photo[..photo.len() - 9].to_vec(), None),
        ("a PNG cut in its pixels", Format::Png, drawing[..70].to_vec(), Some(Fault::CutShort)),
        ("a PNG cut in its EXIF", Format::Png, drawing[..drawing.len() - 40].to_vec(), None),
        (
            "a PNG cut in its second half",
            Format::Png,
            [&drawing[..drawing.len() - 12], &[0, 0, 9, 9][..], b"IDAT37.7749"].concat(),
            Some(Fault::CutShort),
        ),
        (
            "a PNG with anything behind its pixels",
            Format::Png,
            [&png(b"", b"")[..png(b"", b"").len() - 12], b"\0\0\0\x07GPSL37.7749"].concat(),
            None,
        ),
        ("a PNG without its end", Format::Png, drawing[..drawing.len() - 12].to_vec(), None),
        (
            "a PNG of Apple's tools",
            Format::Png,
            [&drawing[..8], &chunk(b"CgBI", b"\0\0"), &drawing[8..]].concat(),
            Some(Fault::Broken),
        ),
        ("a WebP cut in its pixels", Format::WebP, portrait[..60].to_vec(), Some(Fault::CutShort)),
        ("a WebP cut in its EXIF", Format::WebP, portrait[..portrait.len() - 9].to_vec(), None),
        ("a WebP that says it is empty", Format::WebP, b"RIFF\0\0\0\0WEBP".to_vec(), Some(Fault::Broken)),
        ("a GIF that is only a head", Format::Gif, gif_head(), Some(Fault::CutShort)),
        ("a GIF without its end", Format::Gif, [gif_head(), gif_pixels()].concat(), None),
        (
            "an AVIF cut in its pixels",
            Format::Avif,
            still[..still.len() - 400].to_vec(),
            Some(Fault::CutShort),
        ),
        ("an AVIF that is only its name", Format::Avif, still[..28].to_vec(), Some(Fault::CutShort)),
        (
            "an AVIF with a part that is too long",
            Format::Avif,
            {
                let mut b = still.clone();
                b[39] = 0x7F;
                b
            },
            Some(Fault::CutShort),
        ),
        (
            "an AVIF whose pixels lie in a part that nobody knows",
            Format::Avif,
            {
                let mut b = still.clone();
                let at = memchr::memmem::find(&b, b"mdat").unwrap();
                b[at..at + 4].copy_from_slice(b"mdot");
                b
            },
            Some(Fault::Broken),
        ),
        (
            "an AVIF whose pixels are its own description",
            Format::Avif,
            {
                let mut b = still.clone();
                let at = memchr::memmem::find(&b, b"iloc").unwrap();
                // The first place of the first item, behind two sizes, a count, an item and its own count.
                b[at + 18..at + 22].copy_from_slice(&40u32.to_be_bytes());
                b
            },
            Some(Fault::Broken),
        ),
        (
            "an AVIF whose pixels have no length",
            Format::Avif,
            {
                let mut b = still.clone();
                let at = memchr::memmem::find(&b, b"iloc").unwrap();
                b[at + 22..at + 26].fill(0);
                b
            },
            Some(Fault::Broken),
        ),
        ("a HEIC", Format::Heif, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), Some(Fault::Hidden)),
        ("a TIFF", Format::Tiff, tiff(1, false), Some(Fault::Hidden)),
    ];
    for (name, format, bytes, fault) in table {
        let made = published(format, &bytes);
        assert_eq!(made.as_ref().err(), fault.as_ref(), "{name}");
        if format.shown() {
            // One that is shown with a hole is told.
            let seen = look(&bytes, "").0;
            assert_eq!(seen.map(|p| p.refused()), Some(fault), "{name}");
            let ends_early = [
                "a JPEG without",
                "a JPEG cut in its last",
                "a PNG without",
                "a PNG cut in its EXIF",
                "a PNG with anything",
            ];
            let told = seen.and_then(|p| p.fault).is_some_and(|fault| fault.is_shown());
            assert_eq!(told, ends_early.iter().any(|start| name.starts_with(start)), "{name}");
        }
        assert!(made.is_ok_and(|clean| !tells(&clean)) || fault.is_some(), "{name}");
    }
}

#[test]
fn names_and_zeros_are_no_places() {
    let iptc = |set: u8, text: &str| {
        let mut block = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x08\x1C\x02".to_vec();
        block.extend([set, 0, text.len() as u8]);
        block.extend(text.as_bytes());
        jpeg(&segment(0xED, &block), b"", b"")
    };
    let packet = |text: &str| {
        jpeg(&segment(0xE1, format!("http://ns.adobe.com/xap/1.0/\0{text}").as_bytes()), b"", b"")
    };
    let mut zeros = tiff(1, false);
    zeros[104..152].fill(0);
    let table = [
        ("a headline", iptc(105, "Spring fair"), None),
        ("a town", iptc(90, "Oakland"), Some(Whence::Iptc)),
        ("a part of a town", iptc(92, "Temescal"), Some(Whence::Iptc)),
        ("an empty town", iptc(90, "  "), None),
        ("a country", iptc(101, "USA"), None),
        ("a title in XMP", packet("<dc:title>Fair</dc:title>"), None),
        ("a town in XMP", packet("<x photoshop:City='Oakland'/>"), Some(Whence::Xmp)),
        ("an empty town in XMP", packet("<x photoshop:City=''/><photoshop:State/>"), None),
        (
            "a place as an element",
            packet("<Iptc4xmpCore:Location>Hall</Iptc4xmpCore:Location>"),
            Some(Whence::Xmp),
        ),
        ("a camera without a fix", jpeg(&segment(0xE1, &[b"Exif\0\0", &zeros[..]].concat()), b"", b""), None),
        ("no data", jpeg(b"", b"", b""), None),
    ];
    for (name, bytes, whence) in table {
        assert_eq!(place(Format::Jpeg, &bytes).map(|p| p.whence), whence, "{name}");
    }
}

#[test]
fn the_bytes_say_what_a_picture_is_not_its_name() {
    let photo = jpeg(&segment(0xE1, &exif(6, true)), b"", b"");
    let endings = [
        "jpg", "jpeg", "jpe", "jfif", "pjpeg", "png", "apng", "webp", "gif", "avif", "txt", "html", "csv",
        "svg", "pdf", "dat", "mp4",
    ];
    let site = Site::plain();
    let mut links = String::new();
    for ending in endings {
        site.file(&format!("content/in-{ending}/photo.{ending}"), &photo);
        links += &format!("[{ending}](in-{ending}/photo.{ending})\n\n");
    }
    for (name, format, bytes, _) in carriers() {
        let path = format!(
            "all/{}.{}",
            name.to_lowercase().replace([',', ' '], "-"),
            if format == Format::Jpeg { "jpg" } else { "bin" }
        );
        site.file(&format!("content/{path}"), &bytes);
        links += &format!("[{name}]({path})\n\n");
    }
    // What a theme, the site's own folder and the brand show.
    site.file("assets/logo.jpg", &photo).file("assets/pictures/seal.webp", webp(&riff(b"XMP ", &xmp()), b""));
    site.file("themes/plain/assets/banner.jfif", &photo);
    site.page("index.md", "title: Start", &links);
    site.build().clean();
    for (path, bytes) in site.public() {
        assert!(!tells(&bytes), "{path} tells the place");
    }
    let out = site.public();
    assert!(out.keys().any(|k| k.starts_with("assets/") && k.contains("banner")), "{:?}", out.keys());
    assert_eq!(turn(&out["in-jpg/photo.jpg"]), 6);
}

#[test]
fn formats_that_browsers_do_not_show_are_an_error_with_the_way_out() {
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", &tiff(1, true)[..]].concat();
    let table: [(&str, Vec<u8>, &str, &str); 10] = [
        ("swing.heic", heic.clone(), "is HEIC, the format of iPhone photos", "Most Compatible"),
        ("swing.HEIF", heic.clone(), "is HEIC", "save it as JPEG"),
        ("swing.jpg", heic.clone(), "is called .jpg, but is really HEIC", "save it as JPEG"),
        ("scan.tiff", tiff(1, true), "is a TIFF picture", "save it as JPEG"),
        ("raw.dng", tiff(1, false), "is a TIFF picture", "save it as JPEG"),
        (
            "raw.cr3",
            b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom".to_vec(),
            "is the raw photo of a camera",
            "save it as JPEG",
        ),
        (
            "plan.bmp",
            [b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", &[0; 50][..]].concat(),
            "is a BMP picture",
            "PNG",
        ),
        ("logo.psd", b"8BPS\0\x01\0\0\0\0\0\0".to_vec(), "is a Photoshop picture", "PNG"),
        ("map.jp2", b"\0\0\0\x0CjP  \r\n\x87\n\0\0".to_vec(), "is a JPEG 2000 picture", "save it as JPEG"),
        ("new.jxl", b"\0\0\0\x0CJXL \r\n\x87\n\0\0".to_vec(), "is a JPEG XL picture", "save it as JPEG"),
    ];
    for (name, bytes, is, out) in table {
        let site = Site::plain();
        site.file(&format!("content/{name}"), &bytes);
        site.page("index.md", "title: Start", &format!("Text.\n\n![A child on a swing.]({name})"));
        let run = site.build_with(&["--format", "json"]).failed();
        let found: Vec<_> = run.problems().into_iter().filter(|p| p.severity != "note").collect();
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert_eq!(
            (found[0].code.as_str(), found[0].place().as_str()),
            ("photo-format", "error[photo-format] content/index.md:7:1"),
            "{name}"
        );
        assert!(found[0].message.contains(is) && found[0].help.contains(out), "{name}: {found:?}");
        // The same when no page shows it: it would be published with all that is in it.
        site.page("index.md", "title: Start", &format!("[The photo]({name})"));
        let found = errors(&site);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert_eq!(
            (found[0].code.as_str(), found[0].path.clone()),
            ("photo-format", format!("content/{name}"))
        );
        assert!(found[0].message.contains("not published"), "{found:?}");
    }
}

#[test]
fn pictures_that_are_damaged_do_not_go_out_and_it_is_said_in_plain_words() {
    let photo = jpeg(&segment(0xE1, &exif(1, true)), b"", b"");
    let table: [(&str, Vec<u8>, &str); 4] = [
        ("a.jpg", photo[..60].to_vec(), "is cut short"),
        ("b.webp", b"RIFF\0\0\0\0WEBP".to_vec(), "is damaged"),
        ("c.jpg", [b"\n\n", &photo[..]].concat(), "is no jpg picture, but carries what a camera wrote"),
        ("d.png", [b"<html>", &xmp()[..]].concat(), "is no png picture, but carries"),
    ];
    for (name, bytes, words) in table {
        let site = Site::plain();
        site.file(&format!("content/{name}"), &bytes);
        site.page("index.md", "title: Start", &format!("![A bus.]({name})"));
        let found = errors(&site);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert_eq!((found[0].code.as_str(), found[0].severity.as_str()), ("broken-image", "error"), "{name}");
        assert!(found[0].message.contains(words), "{name}: {found:?}");
        assert!(!site.has("index.html") && !site.has(name), "{name} was published");
    }
    // What is shown as a picture and is none: the way out is another one.
    let site = Site::plain();
    site.file("content/form.pdf", "%PDF-1.4").page("index.md", "title: Start", "![The form](form.pdf)");
    let found = errors(&site);
    assert!(found.len() == 1 && found[0].help.contains("Link to it instead"), "{found:?}");
}

/// Bytes as they stand in an address `data:`.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = bytes.chunks(3).map(|three| {
        let bits = (0..3).fold(0u32, |bits, i| bits << 8 | u32::from(three.get(i).copied().unwrap_or(0)));
        let digits = (0..=three.len()).map(|i| char::from(DIGITS[(bits >> (18 - 6 * i) & 63) as usize]));
        digits.chain("==".chars()).take(4).collect::<String>()
    });
    groups.collect()
}

#[test]
fn a_photo_inside_a_drawing_or_a_stylesheet_does_not_go_out_with_its_place() {
    let photo = jpeg(&segment(0xE1, &exif(1, true)), b"", b"");
    // How an address may be written besides: each letter of it is `written` anew.
    let plain: fn(String) -> String = |data| data;
    let percent: fn(String) -> String =
        |data| data.replace('+', "%2B").replace('/', "%2f").replace('=', "%3D").replace('A', "%41");
    let references: fn(String) -> String =
        |data| data.replace('/', "&#x2F;").replace('=', "&#61;").replace('A', "&#65;");
    let lines: fn(String) -> String =
        |data| data.as_bytes().chunks(20).map(|c| String::from_utf8_lossy(c) + "\n  ").collect();
    for (path, before, after, written) in [
        ("content/plan.svg", "<svg><image HREF=\"DATA:IMAGE/JPEG;BASE64,", "\"/></svg>", plain),
        ("content/plan.svg", "<svg><image href=\"data:image/jpeg;base64,", "\"/></svg>", percent),
        ("content/plan.svg", "<svg><image href=\"data:image/jpeg;base64,", "\"/></svg>", references),
        ("content/plan.svg", "<svg><image href=\" data:image/jpeg;base64,\n", "\"/></svg>", lines),
        (
            "content/plan.svg",
            "<svg><image href=\"data:image/jpeg; charset=utf-8 ;name=a%20b; base64 ,",
            "\"/></svg>",
            plain,
        ),
        ("content/plan.svg", "<svg><image href=\"data:;base64,", "\"/></svg>", plain),
        ("content/plan.svg", "<svg><image href=\"data:application/octet-stream;base64,", "\"/></svg>", plain),
        ("content/plan.svg", "<svg><image href='&#100;ata&colon;image/jpeg;base64,", "'/></svg>", plain),
        ("content/plan.svg", "<svg><g style=\"fill:url(data:image/jpeg;base64,", ")\"/></svg>", plain),
        (
            "content/plan.svg",
            "<svg><g style=\"fill:url(&quot;data:image/jpeg;base64,",
            "&quot;)\"/></svg>",
            plain,
        ),
        ("content/plan.svg", "<svg><style>g{fill:url('data:image/jpeg;base64,", "')}</style></svg>", lines),
        (
            "content/plan.svg",
            "<svg><image href='data:image/svg+xml,%3Csvg%3E%3Cimage href=\"data:image/jpeg;base64,",
            "\"/%3E%3C/svg%3E'/></svg>",
            plain,
        ),
    ] {
        let site = Site::plain();
        site.page("index.md", "title: Start", "[The plan](plan.svg)");
        site.file(path, format!("{before}{}{after}", written(base64(&photo))));
        let found = errors(&site);
        assert_eq!(found.len(), 1, "{before}: {found:?}");
        assert!(found[0].message.contains("holds a photo that tells where"), "{before}: {found:?}");
        site.file(
            path,
            format!("{before}{}{after}", written(base64(&published(Format::Jpeg, &photo).unwrap()))),
        );
        assert_eq!(errors(&site).len(), 0, "{before}");
    }
    for (path, before, after) in [
        (
            "content/plan.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'><image href=\"data:image/jpeg;base64,",
            "\"/></svg>",
        ),
        (
            "content/plan.svg",
            "<svg><text>37</text><image xlink:href='data:image/jpeg;charset=x;base64,\n ",
            "'/></svg>",
        ),
        ("assets/more.css", "a { background: url(data:image/jpeg;base64,", ") }"),
        ("assets/more.css", "@import \"b.css\"; a { background: url(data:image/jpeg;base64,", ") }"),
    ] {
        let site = Site::plain();
        site.page("index.md", "title: Start", "[The plan](plan.svg)");
        site.file("content/plan.svg", "<svg/>").file("assets/b.css", "b { color: red }");
        site.file(path, format!("{before}{}{after}", base64(&photo)));
        let found = errors(&site);
        assert_eq!(found.len(), 1, "{path}: {found:?}");
        assert!(
            found[0].path == path && found[0].message.contains("holds a photo that tells where"),
            "{found:?}"
        );
        // Without the place it may lie there.
        site.file(path, format!("{before}{}{after}", base64(&published(Format::Jpeg, &photo).unwrap())));
        site.build().clean();
    }
}

#[test]
fn a_photo_inside_a_drawing_does_not_go_out_with_what_a_camera_wrote() {
    let nowhere = |block: &[u8]| block.windows(4).all(|part| part != b"GPSL".as_slice());
    let day = b"<x:xmpmeta><rdf:RDF><xmp:CreateDate>2026-05-01</xmp:CreateDate><dc:creator>Ana</dc:creator></rdf:RDF></x:xmpmeta>";
    assert!(nowhere(day));
    // A camera's name and the day: neither has a place. `II`, one entry, the model.
    let camera = b"II\x2A\0\x08\0\0\0\x01\0\x10\x01\x02\0\x04\0\0\0Cam\0\0\0\0\0";
    let by_line = b"\x1C\x02\x50\0\x03Ana";
    let xap = [&b"http://ns.adobe.com/xap/1.0/\0"[..], day].concat();
    let plain = jpeg(b"", b"", b"");
    let refused: Vec<(&str, Vec<u8>)> = vec![
        ("EXIF, JPEG", jpeg(&segment(0xE1, &[&b"Exif\0\0"[..], camera].concat()), b"", b"")),
        ("EXIF, PNG", png(&chunk(b"eXIf", camera), b"")),
        ("EXIF, WebP", webp(&riff(b"EXIF", camera), b"")),
        ("XMP, JPEG", jpeg(&segment(0xE1, &xap), b"", b"")),
        ("XMP, PNG", png(&chunk(b"iTXt", &[&b"XML:com.adobe.xmp\0\0\0\0\0"[..], day].concat()), b"")),
        ("XMP, WebP", webp(&riff(b"XMP ", day), b"")),
        (
            "IPTC, JPEG",
            jpeg(
                &segment(0xED, &[&b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x08"[..], by_line].concat()),
                b"",
                b"",
            ),
        ),
        ("a name, PNG", png(&chunk(b"tEXt", b"Author\0Ana Perez"), b"")),
        ("a second picture", jpeg(b"", b"", &plain)),
        ("something behind the end", png(b"", b"Ana Perez")),
    ];
    let shown: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", plain.clone()),
        ("a profile", jpeg(&profile_segment(), b"", b"")),
        ("the program's name, PNG", png(&chunk(b"tEXt", b"Software\0Paint"), b"")),
        ("the program's name, JPEG", jpeg(&segment(0xFE, b"CREATOR: gd-jpeg"), b"", b"")),
        ("zeros behind the end", jpeg(b"", b"", &[0; 9])),
        ("only the turn", published(Format::Jpeg, &jpeg(&segment(0xE1, &exif(6, true)), b"", b"")).unwrap()),
    ];
    let drawings: [(&str, &str, &str); 3] = [
        ("content/plan.svg", "<svg><image href=\"data:;base64,", "\"/></svg>"),
        ("content/plan.svg", "<svg><style>g{fill:url(data:image/x;base64,", ")}</style></svg>"),
        ("assets/more.css", "a { background: url(data:image/jpeg;base64,", ") }"),
    ];
    for (path, before, after) in drawings {
        for (name, bytes, is_shown) in
            refused.iter().map(|(n, b)| (n, b, false)).chain(shown.iter().map(|(n, b)| (n, b, true)))
        {
            let site = Site::plain();
            site.page("index.md", "title: Start", "[The plan](plan.svg)");
            site.file("content/plan.svg", "<svg/>");
            site.file(path, format!("{before}{}{after}", base64(bytes)));
            let found = errors(&site);
            if is_shown {
                assert_eq!(found.len(), 0, "{path}, {name}: {found:?}");
                continue;
            }
            assert_eq!(found.len(), 1, "{path}, {name}: {found:?}");
            assert!(
                found[0].message.contains("holds a photo with what a camera or a program wrote"),
                "{name}: {found:?}"
            );
            assert!(found[0].help.contains("without these data"), "{name}: {found:?}");
            assert!(!site.has("plan.svg"), "{name}");
            // The way out: the photo as it would be published.
            let format = Format::of(bytes).unwrap();
            site.file(path, format!("{before}{}{after}", base64(&published(format, bytes).unwrap())));
            assert_eq!(errors(&site).len(), 0, "{path}, {name}: cleaned");
        }
    }
}

#[test]
fn a_large_picture_is_refused_without_being_read() {
    let site = Site::plain();
    let file = fs::File::create(site.root().join("content/huge.jpg")).unwrap();
    std::io::Write::write_all(&mut &file, &jpeg(b"", b"", b"")).unwrap();
    file.set_len(65 << 20).unwrap();
    site.page("index.md", "title: Start", "![A bus.](huge.jpg)");
    let found = errors(&site);
    assert!(found.len() == 1 && found[0].message.contains("larger than 64 MB"), "{found:?}");
}

#[test]
fn an_edit_of_a_photo_is_published_and_an_equal_one_is_not_written() {
    let site = Site::plain();
    let photo = |turn: u16, text: &str| {
        jpeg(&[segment(0xE1, &exif(turn, true)), segment(0xFE, text.as_bytes())].concat(), b"", b"")
    };
    site.file("content/bus.jpg", photo(1, "first")).page("index.md", "title: Start", "![A bus.](bus.jpg)");
    site.build().clean();
    assert!(site.out("index.html").contains("width=\"40\" height=\"30\""));
    let (first, when) = (site.public()["bus.jpg"].clone(), modified(&site));
    // Another comment: the published bytes are the same.
    site.file("content/bus.jpg", photo(1, "second, longer"));
    site.build().clean();
    assert_eq!((&site.public()["bus.jpg"], modified(&site)), (&first, when));
    // Another turn: other bytes, and the page says the other size.
    site.file("content/bus.jpg", photo(6, "second, longer"));
    site.build().clean();
    assert_eq!(turn(&site.public()["bus.jpg"]), 6);
    assert!(site.out("index.html").contains("width=\"30\" height=\"40\""));
    let warm = site.public();
    site.build_with(&["--no-cache"]).clean();
    crate::support::assert_same(&warm, &site.public());
    // From now on it is no picture: the page says so at once, and again when nothing was edited.
    site.file("content/bus.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic");
    for _ in 0..2 {
        let found = errors(&site);
        assert!(found.len() == 1 && found[0].code == "photo-format", "{found:?}");
    }
    site.file("content/bus.jpg", photo(6, "second, longer"));
    site.build().clean();
    crate::support::assert_same(&warm, &site.public());
}

fn modified(site: &Site) -> std::time::SystemTime {
    fs::metadata(site.root().join("public/bus.jpg")).unwrap().modified().unwrap()
}

#[test]
fn the_rule_sees_places_in_every_format_and_folder() {
    let site = Site::plain();
    let mut names = Vec::new();
    let mut links = String::new();
    for (i, (_, format, bytes, _)) in carriers().into_iter().enumerate() {
        let name = format!("p{i}.{}", format.name().to_lowercase());
        site.file(&format!("content/{name}"), &bytes);
        links += &format!("[Picture {i}]({name})\n\n");
        names.push(format!("content/{name}"));
    }
    site.file("assets/logo.jpg", jpeg(&app1_xmp(), b"", b""));
    names.push("assets/logo.jpg".into());
    site.page("index.md", "title: Start", &links);
    let mut command = site.command();
    command.args(["check", "--format", "json", "--date", TODAY]);
    let run = Run::of(&mut command);
    let mut found: Vec<String> =
        run.problems().into_iter().filter(|p| p.code == "photo-location").map(|p| p.path).collect();
    found.sort();
    names.sort();
    assert_eq!(found, names);
    assert!(run.problems().iter().all(|p| !p.message.contains(SECRET) && !p.message.contains("37.8")));
}

/// Any part that a file of this format may have, known or not.
fn part(format: Format) -> BoxedStrategy<Vec<u8>> {
    let text = proptest::collection::vec(any::<u8>(), 0..40).prop_map(|noise| {
        [SECRET.as_bytes(), &noise, SECRET.as_bytes(), &SECRET_NUMBER.to_be_bytes()].concat()
    });
    match format {
        Format::Jpeg => (0xE0u8..=0xFE, text)
            .prop_filter("has a length", |(marker, _)| (0xE0..=0xEF).contains(marker) || *marker >= 0xF0)
            .prop_map(|(marker, data)| segment(marker, &data))
            .boxed(),
        Format::Png => ("[a-z][a-zA-Z][A-Z][a-zA-Z]", text)
            .prop_filter("is not of the picture", |(name, _)| {
                !["tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "bKGD", "hIST", "pHYs"]
                    .contains(&name.as_str())
            })
            .prop_map(|(name, data)| chunk(name.as_bytes(), &data))
            .boxed(),
        Format::WebP => ("[a-zA-Z]{4}", text)
            .prop_filter("is not of the picture", |(name, _)| {
                !["ALPH", "ANIM", "ANMF", "ICCP"].contains(&name.as_str())
            })
            .prop_map(|(name, data)| riff(name.as_bytes().try_into().unwrap(), &data))
            .boxed(),
        Format::Gif => (any::<u8>(), text)
            .prop_map(|(label, data)| [&[0x21, label, data.len() as u8][..], &data, &[0]].concat())
            .boxed(),
        _ => ("[a-z]{4}", text)
            .prop_filter("is not of the picture", |(name, _)| {
                !["mdat", "meta", "moov", "moof", "ftyp", "styp", "sidx"].contains(&name.as_str())
            })
            .prop_map(|(name, data)| boxed(name.as_bytes(), &data))
            .boxed(),
    }
}

fn picture() -> impl Strategy<Value = (Format, Vec<u8>)> {
    let formats = [Format::Jpeg, Format::Png, Format::WebP, Format::Gif, Format::Avif];
    proptest::sample::select(formats.to_vec()).prop_flat_map(|format| {
        let parts = proptest::collection::vec(part(format), 0..5);
        let rest = proptest::collection::vec(any::<u8>(), 0..60);
        (parts, rest, any::<bool>()).prop_map(move |(parts, rest, between)| {
            let (parts, rest) = (parts.concat(), [SECRET.as_bytes(), &rest].concat());
            let bytes = match format {
                Format::Jpeg if between => jpeg(&profile_segment(), &parts, &rest),
                Format::Jpeg => jpeg(&[parts, profile_segment()].concat(), b"", &rest),
                Format::Png => png(&parts, &rest),
                Format::WebP => webp(&parts, &rest),
                Format::Gif => gif(&parts, &rest),
                _ => avif(&parts),
            };
            (format, bytes)
        })
    })
}

proptest! {
    #[test]
    fn whatever_is_in_a_picture_only_the_picture_goes_out((format, bytes) in picture()) {
        let clean = published(format, &bytes).unwrap();
        prop_assert!(!tells(&clean));
        for part in kept(format, false) {
            prop_assert!(has(&clean, &part));
        }
        prop_assert_eq!(published(format, &clean), Ok(clean));
    }

    #[test]
    fn no_damage_makes_it_panic_or_lets_a_place_through(
        (format, bytes) in picture(), cut in 0usize..4000, flips in proptest::collection::vec((0usize..4000, any::<u8>()), 0..8),
    ) {
        let mut bytes = bytes;
        for (at, value) in flips {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        bytes.truncate(cut.max(12));
        let _ = (look(&bytes, "jpg"), place(format, &bytes));
        if let Ok(clean) = published(format, &bytes) {
            prop_assert!(published(format, &clean).is_ok());
        }
    }
}
