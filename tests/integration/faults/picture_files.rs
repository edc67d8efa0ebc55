//! Pictures made byte by byte, with all that cameras and programs write into them. They are small, but whole: each
//! has the frame, the tables and the data that its format asks for.

/// What must never be published, as text.
pub const SECRET: &str = "37.7749";
/// The same as a number of EXIF, in millionths.
pub const SECRET_NUMBER: u32 = 37_774_900;
/// A color profile, as far as the containers care.
pub const PROFILE: &[u8] = b"\0\0\0\x28lcms\x04\x30\0\0mntrRGB XYZ Display P3, made up";
/// Data of a scan: with a stuffed byte and a restart in it.
pub const SCAN: &[u8] = b"\x12\x34\xFF\0\x56\xFF\xD0\x78\x9A\xBC";

fn be(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_be_bytes()).collect()
}

/// A TIFF block with a turn, a description and a place, from either end.
pub fn tiff(turn: u16, little: bool) -> Vec<u8> {
    let two = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let four = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let mut block = if little { b"II\x2A\0".to_vec() } else { b"MM\0\x2A".to_vec() };
    block.extend(four(8));
    let entry = |block: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        block.extend(two(tag));
        block.extend(two(kind));
        block.extend(four(count));
        block.extend(value);
    };
    let short = |n: u16| [two(n)[0], two(n)[1], 0, 0];
    block.extend(two(3));
    // The description lies behind the two directories and the six fractions.
    entry(&mut block, 0x010E, 2, 10, four(152));
    entry(&mut block, 0x0112, 3, 1, short(turn));
    entry(&mut block, 0x8825, 4, 1, four(50));
    block.extend([0; 4]);
    block.extend(two(4));
    entry(&mut block, 1, 2, 2, *b"N\0\0\0");
    entry(&mut block, 2, 5, 3, four(104));
    entry(&mut block, 3, 2, 2, *b"W\0\0\0");
    entry(&mut block, 4, 5, 3, four(128));
    block.extend([0; 4]);
    for n in [SECRET_NUMBER, 1_000_000, 0, 1, 0, 1, 122, 1, 25, 1, 0, 1] {
        block.extend(four(n));
    }
    block.extend(b"37.7749 N\0");
    block
}

pub fn exif(turn: u16, little: bool) -> Vec<u8> {
    [b"Exif\0\0", &tiff(turn, little)[..]].concat()
}

pub fn xmp() -> Vec<u8> {
    format!("<x:xmpmeta><rdf:Description exif:GPSLatitude='{SECRET}N' exif:GPSLongitude='122W'/></x:xmpmeta>")
        .into()
}

/// Photoshop's block with the town in IPTC.
pub fn iptc() -> Vec<u8> {
    let mut block = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x15\x1C\x02\x5A\0\x10Oakland ".to_vec();
    block.extend(SECRET.as_bytes());
    block.push(b'N');
    block
}

pub fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u16 + 2).to_be_bytes();
    [&[0xFF, marker], &length[..], data].concat()
}

pub fn app1_xmp() -> Vec<u8> {
    segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", &xmp()[..]].concat())
}

/// XMP in two extended parts, cut through the middle of the word that names the place.
pub fn extended_xmp() -> Vec<u8> {
    let whole = xmp();
    let cut = whole.windows(6).position(|w| w == b"GPSLat").unwrap() + 4;
    let part = |from: usize, text: &[u8]| {
        let mut data = b"http://ns.adobe.com/xmp/extension/\0".to_vec();
        data.extend([b'A'; 32]);
        data.extend(be(&[whole.len() as u32, from as u32]));
        data.extend(text);
        segment(0xE1, &data)
    };
    // In the wrong order, as the format allows.
    [part(cut, &whole[cut..]), part(0, &whole[..cut])].concat()
}

pub fn jfif() -> Vec<u8> {
    // With a small picture of one dot.
    segment(0xE0, b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01\x01\x02\x03")
}

pub fn profile_segment() -> Vec<u8> {
    segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", PROFILE].concat())
}

pub fn frame(width: u16, height: u16) -> Vec<u8> {
    let [h, i] = height.to_be_bytes();
    let [w, x] = width.to_be_bytes();
    segment(0xC0, &[8, h, i, w, x, 1, 1, 0x11, 0])
}

fn tables() -> Vec<u8> {
    let mut quantization = vec![0];
    quantization.extend(1..=64);
    let mut huffman = vec![0, 0, 1, 5];
    huffman.extend([0; 13]);
    huffman.extend([0, 1, 2, 3, 4, 5]);
    [segment(0xDB, &quantization), segment(0xC4, &huffman)].concat()
}

pub fn scan() -> Vec<u8> {
    [segment(0xDA, &[1, 1, 0, 0, 0x3F, 0]), SCAN.to_vec()].concat()
}

/// A JPEG of 40 times 30 dots: `before` lies before the frame, `between` before a second scan, `after` behind the end.
pub fn jpeg(before: &[u8], between: &[u8], after: &[u8]) -> Vec<u8> {
    let parts: [&[u8]; 10] = [
        b"\xFF\xD8",
        &jfif(),
        before,
        &tables(),
        &frame(40, 30),
        &scan(),
        between,
        &scan(),
        b"\xFF\xD9",
        after,
    ];
    parts.concat()
}

/// Of a JPEG, what decoders read: tables, frames, scans with their data.
pub fn pixels_of_jpeg() -> Vec<u8> {
    [tables(), frame(40, 30), scan()].concat()
}

/// An MP4 as phones put it behind a photo that moves: its place is in the box `©xyz`.
pub fn film() -> Vec<u8> {
    let mut film =
        b"\0\0\0\x18ftypmp42\0\0\0\0isommp42\0\0\0\x28moov\0\0\0\x20udta\0\0\0\x18\xA9xyz\0\x0C\x15\xC7+"
            .to_vec();
    film.extend(SECRET.as_bytes());
    film.extend(b"-122/");
    film
}

/// Checksum as PNG wants it.
fn crc(bytes: &[u8]) -> [u8; 4] {
    let mut crc = u32::MAX;
    for b in bytes {
        crc ^= u32::from(*b);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    (!crc).to_be_bytes()
}

pub fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let body = [name, data].concat();
    [&be(&[data.len() as u32]), &body[..], &crc(&body)].concat()
}

pub fn packed(text: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(text, 6)
}

pub fn png_pixels() -> Vec<u8> {
    let header = [&be(&[40, 30])[..], &[8, 0, 0, 0, 0]].concat();
    let data = packed(&[7; 41 * 30]);
    [
        chunk(b"IHDR", &header),
        chunk(b"iCCP", &[b"p\0\0", &packed(PROFILE)[..]].concat()),
        chunk(b"IDAT", &data),
    ]
    .concat()
}

pub fn png(before_end: &[u8], after: &[u8]) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n", &png_pixels()[..], before_end, &chunk(b"IEND", b""), after].concat()
}

/// All the ways in which programs write about a photo into a PNG.
pub fn png_secrets() -> Vec<(&'static str, Vec<u8>)> {
    let international = [b"XML:com.adobe.xmp\0\0\0\0\0", &xmp()[..]].concat();
    let packed_one = [b"XML:com.adobe.xmp\0\x01\0\0\0", &packed(&xmp())[..]].concat();
    let digits: String = exif(1, false).iter().map(|b| format!("{b:02x}")).collect();
    let raw = format!("\nexif\n     {}\n{}\n", exif(1, false).len(), digits);
    vec![
        ("eXIf", chunk(b"eXIf", &tiff(6, true))),
        ("tEXt", chunk(b"tEXt", format!("exif:GPSLatitude\0{SECRET}").as_bytes())),
        ("zTXt", chunk(b"zTXt", &[b"Raw profile type exif\0\0", &packed(raw.as_bytes())[..]].concat())),
        ("iTXt", chunk(b"iTXt", &international)),
        ("packed iTXt", chunk(b"iTXt", &packed_one)),
    ]
}

pub fn riff(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [name, &(data.len() as u32).to_le_bytes()[..], data, &[0][..data.len() % 2]].concat()
}

pub fn webp_pixels() -> Vec<u8> {
    // The header of a frame that says 40 times 30; an odd length.
    riff(b"VP8 ", b"\x50\x5A\0\x9D\x01\x2A\x28\0\x1E\0some odd data")
}

/// An extended WebP: `after` lies behind the pixels, as its format has it; `rest` behind the file.
pub fn webp(after: &[u8], rest: &[u8]) -> Vec<u8> {
    let header = riff(b"VP8X", &[0b10_1100, 0, 0, 0, 39, 0, 0, 29, 0, 0]);
    let body = [b"WEBP", &header[..], &riff(b"ICCP", PROFILE), &webp_pixels(), after].concat();
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body, rest].concat()
}

pub fn gif_pixels() -> Vec<u8> {
    b"\x2C\0\0\0\0\x28\0\x1E\0\0\x02\x02\x4C\x01\0".to_vec()
}

pub fn gif_head() -> Vec<u8> {
    let mut head = b"GIF89a\x28\0\x1E\0\x80\0\0".to_vec();
    head.extend([0, 0, 0, 255, 255, 255]);
    head
}

/// XMP in a GIF: the text as it is, then 258 bytes that lead any reader of blocks to its end.
pub fn gif_xmp() -> Vec<u8> {
    let mut block = b"\x21\xFF\x0BXMP DataXMP".to_vec();
    block.extend(xmp());
    block.push(1);
    block.extend((0..=255).rev());
    block.push(0);
    block
}

pub fn gif(inside: &[u8], after: &[u8]) -> Vec<u8> {
    let control = b"\x21\xF9\x04\x09\x0A\0\0\0";
    let repeat = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0";
    [&gif_head()[..], repeat, inside, control, &gif_pixels(), b"\x3B", after].concat()
}

fn full(name: &[u8], version: u8, body: &[u8]) -> Vec<u8> {
    boxed(name, &[&[version, 0, 0, 0], body].concat())
}

pub fn boxed(name: &[u8], body: &[u8]) -> Vec<u8> {
    [&be(&[body.len() as u32 + 8])[..], name, body].concat()
}

pub const AVIF_PIXELS: &[u8] = b"\x0A\x0Athe pixels of an AV1 frame";

/// A still AVIF with EXIF, XMP, a gap full of text, names, a description, and boxes that nobody knows.
pub fn avif(extra: &[u8]) -> Vec<u8> {
    let exif = [&be(&[0])[..], &tiff(6, false)].concat();
    let xmp = xmp();
    let gap = format!("between: {SECRET}");
    let item = |id: u8, kind: &[u8], name: &str| {
        full(b"infe", 2, &[&[0, id, 0, 0], kind, name.as_bytes(), b"\0"].concat())
    };
    let meta = |start: u32| {
        let lengths = [AVIF_PIXELS.len() as u32, exif.len() as u32, xmp.len() as u32];
        let places = [start, start + lengths[0], start + lengths[0] + lengths[1] + gap.len() as u32];
        let mut iloc = vec![0x44, 0, 0, 3];
        for i in 0..3 {
            iloc.extend([0, i as u8 + 1, 0, 0, 0, 1]);
            iloc.extend(be(&[places[i], lengths[i]]));
        }
        let items = [
            item(1, b"av01", &format!("Color {SECRET}")),
            item(2, b"Exif", ""),
            item(3, b"mime", "application/rdf+xml"),
        ];
        let properties = [
            full(b"ispe", 0, &be(&[40, 30])),
            boxed(b"colr", &[b"prof", PROFILE].concat()),
            full(b"udes", 0, format!("en\0Taken at {SECRET}\0\0\0").as_bytes()),
        ];
        let association = full(b"ipma", 0, &[0, 0, 0, 1, 0, 1, 2, 1, 2]);
        let parts = [
            full(b"hdlr", 0, &[&[0; 4], &b"pict"[..], &[0; 12], format!("{SECRET}\0").as_bytes()].concat()),
            full(b"pitm", 0, &[0, 1]),
            full(b"iloc", 0, &iloc),
            full(b"iinf", 0, &[&[0, 3], &items.concat()[..]].concat()),
            boxed(b"iprp", &[boxed(b"ipco", &properties.concat()), association].concat()),
            boxed(b"uuid", SECRET.as_bytes()),
        ];
        full(b"meta", 0, &parts.concat())
    };
    let head = [boxed(b"ftyp", b"avif\0\0\0\0avifmif1"), boxed(b"free", SECRET.as_bytes())].concat();
    let start = (head.len() + meta(0).len() + 8) as u32;
    let data = [AVIF_PIXELS, &exif, gap.as_bytes(), &xmp].concat();
    [head, meta(start), boxed(b"mdat", &data), extra.to_vec()].concat()
}

/// An animated AVIF: as a film, with words of a program in it.
pub fn moving_avif() -> Vec<u8> {
    let words = format!("<x:xmpmeta exif:GPSLatitude='{SECRET}'/>");
    let words = words.as_bytes();
    let udta = boxed(b"udta", &boxed(b"\xA9xyz", words));
    let media = boxed(
        b"mdia",
        &[full(b"hdlr", 0, &[&[0; 4], &b"pict"[..], &[0; 12], words].concat()), boxed(b"uuid", words)]
            .concat(),
    );
    let track = boxed(b"trak", &[boxed(b"tkhd", &[0; 84]), media, boxed(b"meta", words)].concat());
    [
        boxed(b"ftyp", b"avis\0\0\0\0avisavif"),
        boxed(b"moov", &[boxed(b"mvhd", &[0; 100]), udta, track].concat()),
        boxed(b"mdat", AVIF_PIXELS),
        boxed(b"uuid", words),
    ]
    .concat()
}

/// An icon with a bitmap and a PNG.
pub fn ico() -> Vec<u8> {
    let png = png(&png_secrets()[1].1, b"");
    let bitmap = b"\x28\0\0\0 a made-up bitmap";
    let mut icon = b"\0\0\x01\0\x02\0".to_vec();
    let mut start = 38u32;
    for picture in [&bitmap[..], &png] {
        icon.extend(b"\x28\x1E\0\0\x01\0\x20\0");
        icon.extend((picture.len() as u32).to_le_bytes());
        icon.extend(start.to_le_bytes());
        start += picture.len() as u32;
    }
    [&icon[..], bitmap, &png].concat()
}

/// Whether the secret is anywhere in these bytes, as text or as a number from either end.
pub fn tells(bytes: &[u8]) -> bool {
    let has = |what: &[u8]| bytes.windows(what.len()).any(|w| w == what);
    has(SECRET.as_bytes()) || has(&SECRET_NUMBER.to_be_bytes()) || has(&SECRET_NUMBER.to_le_bytes())
}
