//! A cache of another program, a damaged one, and one whose values cannot be read: never a wrong page.

use crate::support::{Site, assert_same};
use guidepost::io::{RealDisk, cache_file};
use std::fs;
use std::path::PathBuf;

const SECTIONS: [&str; 5] = ["table", "table changes", "said", "engine", "edits"];

fn site() -> Site {
    let site = Site::bilingual();
    for n in 0..6 {
        let matter = format!("title: Page {n}\ndescription: Zebra{n} words\ntags: [x]");
        site.page(&format!("a/page-{n}.md"), &matter, "Some [link](page-0.md) text.");
    }
    site.page("a/index.md", "title: All", "List.");
    site
}

fn cache(site: &Site) -> PathBuf {
    site.root().join(".cache/guidepost.cache")
}

/// What the cache says of the program that wrote it.
fn identity(bytes: &[u8]) -> String {
    let version = format!("{} ", env!("CARGO_PKG_VERSION"));
    let at = bytes.windows(version.len()).rposition(|w| w == version.as_bytes()).unwrap();
    let length = u64::from_le_bytes(bytes[at - 8..at].try_into().unwrap()) as usize;
    String::from_utf8(bytes[at..at + length].to_vec()).unwrap()
}

/// Writes the cache again with another identity, and its sections changed by `change`; everything has its checksum.
fn rewrite(site: &Site, identity: impl Fn(&str) -> String, change: impl Fn(&str, Vec<u8>) -> Vec<u8>) {
    let (disk, path) = (RealDisk, cache(site));
    let program = self::identity(&fs::read(&path).unwrap());
    let file = cache_file::load(&disk, &path, &program).unwrap();
    let sections = SECTIONS.map(|name| file.section(&disk, name).map(|bytes| (name, change(name, bytes))));
    let mut saving = cache_file::Saving::begin(&disk, &path, &identity(&program)).unwrap();
    for (name, bytes) in sections.into_iter().flatten() {
        saving.section(name, |out| out.write_all(&bytes)).unwrap();
    }
    saving.finish().unwrap();
}

/// Builds, and a copy without a cache: both must be the same.
fn as_cold(site: &Site) {
    let copy = Site::copy_of(&site.root());
    for folder in [".cache", "public"] {
        copy.remove(folder);
    }
    site.build().clean();
    copy.build().clean();
    assert_same(&site.public(), &copy.public());
}

#[test]
fn the_cache_of_another_program_is_not_read() {
    let site = site();
    site.build().clean();
    rewrite(&site, str::to_owned, |_, bytes| bytes);
    let stats = ["--stats", "--format", "json"];
    assert_eq!(site.build_with(&stats).count("parsed"), 0, "its own cache is read");
    // The same version and length, made of other sources.
    let parts = identity(&fs::read(cache(&site)).unwrap());
    let parts: Vec<&str> = parts.split(' ').collect();
    assert!(parts.len() == 3 && parts[1].len() == 16, "version, what it was made of, length: {parts:?}");
    for other in [
        format!("{} {:016x} {}", parts[0], 1, parts[2]),
        format!("{} {} {}", parts[0], parts[1], 1),
        format!("{}1 {} {}", parts[0], parts[1], parts[2]),
        parts[..2].join(" "),
    ] {
        // What it says of outputs and pages is of no use to this program.
        rewrite(&site, |_| other.clone(), |_, bytes| bytes);
        assert!(site.build_with(&stats).count("parsed") > 5, "{other}");
        as_cold(&site);
    }
}

#[test]
fn values_that_cannot_be_read_make_a_cold_build() {
    let summary = |bytes: Vec<u8>| {
        let mut bytes = bytes;
        let at = bytes.windows(6).position(|w| w == b"Zebra3").expect("the summary is kept");
        // No text any more.
        bytes[at] = 0xff;
        bytes
    };
    let edits: [&dyn Fn(&Site); 4] = [
        &|site| {
            site.page("a/new.md", "title: New", "See [it](page-3.md).");
        },
        &|site| {
            site.page("a/page-1.md", "title: Other\ntags: [x, y]", "Text.");
        },
        &|site| {
            site.page("a/page-3.md", "title: Page 3\ndescription: Zebra3 words", "Other text.");
        },
        &|site| {
            site.file("site.yaml", "title: {en: New, es: N}\ntheme: plain\nlanguages: [en, es]\n");
        },
    ];
    for edit in edits {
        let site = site();
        site.build().clean();
        rewrite(&site, str::to_owned, |name, bytes| if name == "engine" { summary(bytes) } else { bytes });
        edit(&site);
        as_cold(&site);
        // And the cache that was written then is right.
        site.page("a/page-5.md", "title: Page 5", "Again.");
        as_cold(&site);
    }
}

#[test]
fn damaged_caches_are_none() {
    let site = site();
    site.build().clean();
    let mut state = 7u64;
    for round in 0..30 {
        let mut bytes = fs::read(cache(&site)).unwrap();
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (state >> 33) as usize % bytes.len();
        match round % 3 {
            0 => bytes[at] ^= 1 << (state >> 8 & 7),
            1 => bytes.truncate(at),
            _ => bytes.extend_from_within(at..),
        }
        fs::write(cache(&site), bytes).unwrap();
        let n = round % 6;
        let matter = format!("title: Page {n}\ndescription: Zebra{round} words\ntags: [x]");
        site.page(&format!("a/page-{n}.md"), &matter, "Other [link](page-0.md) text.");
        as_cold(&site);
    }
}
