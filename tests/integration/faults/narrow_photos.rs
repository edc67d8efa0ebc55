//! Photos are also published narrower, so that a phone loads what it shows; browsers choose.

use crate::faults::picture_files::{exif, segment};
use crate::support::{Site, html};
use jpeg_encoder::{ColorType, Encoder};

/// A photo of these sides with a soft pattern and, before its pixels, EXIF with a turn and a place.
pub fn photo(width: u16, height: u16, turn: u16) -> Vec<u8> {
    let at = |x: u16, y: u16| [(x / 8) as u8, (y / 8) as u8, ((x ^ y) & 63) as u8];
    let pixels: Vec<u8> = (0..height).flat_map(|y| (0..width).flat_map(move |x| at(x, y))).collect();
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 92).encode(&pixels, width, height, ColorType::Rgb).unwrap();
    [&bytes[..2], &segment(0xE1, &exif(turn, true)), &bytes[2..]].concat()
}

fn site() -> Site {
    let site = Site::plain();
    site.file("content/a/class.jpg", photo(2000, 1500, 1)).page(
        "a/b.md",
        "title: B",
        "![A class](class.jpg)",
    );
    site
}

/// The names of the pictures of a site.
pub fn pictures(site: &Site) -> Vec<String> {
    let names = site.public().into_keys().filter(|name| name.ends_with(".jpg"));
    names.map(|name| name.to_string()).collect()
}

fn size(site: &Site, name: &str) -> (usize, usize) {
    let size = imagesize::size(site.root().join("public").join(name)).unwrap();
    (size.width, size.height)
}

#[test]
fn a_wide_photo_comes_in_three_widths() {
    let site = site();
    assert_eq!(site.build().code, Some(0));
    let page = site.out("a/b.html");
    let img = html::tags(&page).into_iter().find(|tag| tag.name == "img").unwrap();
    let get = |name: &str| img.get(name).unwrap_or_default().to_owned();
    let choices: Vec<(String, String)> = get("srcset")
        .split(", ")
        .map(|choice| choice.split_once(' ').unwrap())
        .map(|(address, width)| (address.to_owned(), width.to_owned()))
        .collect();
    assert_eq!(choices.iter().map(|(_, w)| &**w).collect::<Vec<_>>(), ["480w", "960w", "1600w"], "{page}");
    for ((address, width), high) in choices.iter().zip([360, 720, 1200]) {
        let name = format!("a/{address}");
        let wide: usize = width.trim_end_matches('w').parse().unwrap();
        assert_eq!(size(&site, &name), (wide, high), "{name}");
        let bytes = &site.public()[&*name];
        assert!(!bytes.windows(4).any(|w| w == b"Exif"), "{name}: what the camera wrote");
    }
    assert_eq!(get("src"), choices[1].0, "for browsers that do not choose");
    assert_eq!((get("width"), get("height")), ("2000".into(), "1500".into()), "the room that is kept");
    assert!(get("sizes").starts_with("auto, ") && get("loading") == "lazy", "{page}");
    assert_eq!(pictures(&site).len(), 4);
}

#[test]
fn a_turned_photo_is_turned_and_a_small_one_stays_alone() {
    let site = Site::plain();
    for (name, bytes) in [
        ("tall.jpg", photo(1500, 1000, 6)),
        ("column.jpg", photo(960, 600, 1)),
        ("middle.jpg", photo(1200, 600, 1)),
    ] {
        site.file(&format!("content/{name}"), bytes);
    }
    site.page("a.md", "title: A", "![One](tall.jpg) ![Two](column.jpg) ![Three](middle.jpg)");
    assert_eq!(site.build().code, Some(0));
    let all = pictures(&site);
    let sizes = |stem: &str| -> Vec<(usize, usize)> {
        let narrow = all.iter().filter(|name| name.starts_with(stem) && name.matches('.').count() == 2);
        let mut sizes: Vec<_> = narrow.map(|name| size(&site, name)).collect();
        sizes.sort_unstable();
        sizes
    };
    // As it is shown, it is 1000 wide and 1500 high.
    assert_eq!(sizes("tall"), [(480, 720), (960, 1440)]);
    assert_eq!(sizes("column"), []);
    assert_eq!(sizes("middle"), [(480, 240), (960, 480)]);
}

#[test]
fn only_what_is_published_is_made_narrower_and_only_once() {
    let site = site();
    site.file("content/a/private.jpg", photo(1200, 800, 1));
    site.build();
    assert!(!pictures(&site).iter().any(|name| name.contains("private")), "{:?}", pictures(&site));
    let before = site.public();
    // Neither the text nor the settings make a photo anew; another photo has other names.
    site.page("a/b.md", "title: B", "![A class](class.jpg) More.")
        .file("site.yaml", "title: Other\ntheme: plain\n");
    site.build();
    let after = site.public();
    for name in pictures(&site) {
        assert_eq!(before.get(&*name), after.get(&*name), "{name}");
    }
    let names = pictures(&site);
    site.file("content/a/class.jpg", photo(2000, 1400, 1));
    site.build();
    let changed = pictures(&site);
    assert_eq!(changed.len(), 4);
    assert_eq!(
        changed.iter().filter(|name| names.contains(name)).count(),
        1,
        "only the whole one keeps its name"
    );
}

#[test]
fn the_same_photo_gives_the_same_bytes_with_any_number_of_threads() {
    let build = |jobs: &str| {
        let site = site();
        assert_eq!(site.build_with(&["--no-cache", "--jobs", jobs]).code, Some(0));
        site.public()
    };
    assert_eq!(build("1"), build("4"));
}

#[test]
fn a_photo_that_cannot_be_made_narrower_is_shown_whole() {
    let inks = {
        let mut bytes = Vec::new();
        let pixels = vec![90; 1200 * 300 * 4];
        Encoder::new(&mut bytes, 90).encode(&pixels, 1200, 300, ColorType::Cmyk).unwrap();
        bytes
    };
    let site = Site::plain();
    site.file("content/ink.jpg", inks).page("a.md", "title: A", "![Ink](ink.jpg)");
    assert_eq!(site.build().code, Some(0));
    let sizes: Vec<_> = pictures(&site).iter().map(|name| size(&site, name)).collect();
    assert_eq!(sizes, [(1200, 300); 3], "under each of its names");
}
