//! A section is what was saved or none, whatever a disk does to the file.

use super::*;
use crate::io::MemoryDisk;

fn save(disk: &dyn Disk, path: &Path, program: &str, sections: &[(&str, &[u8])]) -> io::Result<()> {
    let mut saving = Saving::begin(disk, path, program)?;
    for (name, bytes) in sections {
        saving.section(name, |out| out.write_all(bytes))?;
    }
    saving.finish().map(|_| ())
}

/// Sections that are small, empty and the image of such a file.
fn sections(disk: &MemoryDisk) -> Vec<(&'static str, Vec<u8>)> {
    save(disk, Path::new("/inner"), "1", &[("stats", b"inner"), ("engine", b"")]).unwrap();
    vec![
        ("stats", b"abc".to_vec()),
        ("empty", Vec::new()),
        ("image", disk.bytes("/inner").unwrap()),
        ("engine", (0..=255).collect()),
    ]
}

#[test]
fn what_is_saved_is_loaded_and_nothing_else() {
    let disk = MemoryDisk::new();
    let path = Path::new("/site/.cache/guidepost.cache");
    save(&disk, path, "1", &[("stats", b"abc"), ("engine", b"")]).unwrap();
    let file = load(&disk, path, "1").unwrap();
    assert_eq!(file.section(&disk, "stats"), Some(b"abc".to_vec()));
    assert_eq!(file.section(&disk, "engine"), Some(Vec::new()));
    assert_eq!(file.section(&disk, "none"), None);
    assert!(load(&disk, path, "2").is_none(), "another program");
    assert!(load(&disk, Path::new("/site/none"), "1").is_none());
    assert_eq!(disk.files("/site/.cache").len(), 1);
}

/// Whatever a file looks like, a section is what was saved or none. Gives whether there is a file and which
/// sections are left.
fn left(disk: &MemoryDisk, bytes: &[u8], saved: &[(&'static str, Vec<u8>)]) -> Option<Vec<&'static str>> {
    disk.file("/c/x", bytes);
    let file = load(disk, Path::new("/c/x"), "1")?;
    let mut left = Vec::new();
    for (name, bytes) in saved {
        if let Some(found) = file.section(disk, name) {
            assert_eq!(&found, bytes, "{name}");
            left.push(*name);
        }
    }
    Some(left)
}

#[test]
fn whatever_is_cut_or_damaged_is_none_and_the_rest_stays() {
    let disk = MemoryDisk::new();
    let saved = sections(&disk);
    let parts: Vec<(&str, &[u8])> = saved.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    save(&disk, Path::new("/c/x"), "1", &parts).unwrap();
    let whole = disk.bytes("/c/x").unwrap();
    let all: Vec<&str> = saved.iter().map(|(name, _)| *name).collect();
    assert_eq!(left(&disk, &whole, &saved), Some(all.clone()));
    for cut in 0..whole.len() {
        assert_eq!(left(&disk, &whole[..cut], &saved), None, "cut at {cut}");
        assert_eq!(left(&disk, &whole[whole.len() - cut..], &saved), None, "cut but for {cut}");
    }
    let mut longer = whole.clone();
    longer.push(b'\n');
    assert_eq!(left(&disk, &longer, &saved), None, "a byte more");
    let mut start = 0;
    let mut touched = Vec::new();
    for (name, bytes) in &saved {
        touched.extend(bytes.iter().map(|_| *name));
        start += bytes.len();
    }
    for at in 0..whole.len() {
        for flip in [1, 0x80, 0xff] {
            let mut damaged = whole.clone();
            damaged[at] ^= flip;
            let expected =
                (at < start).then(|| all.iter().copied().filter(|name| *name != touched[at]).collect());
            assert_eq!(left(&disk, &damaged, &saved), expected, "damaged at {at}");
        }
    }
}

#[test]
fn a_file_that_is_replaced_after_it_was_found_gives_no_wrong_bytes() {
    let disk = MemoryDisk::new();
    let path = Path::new("/c/x");
    save(&disk, path, "1", &[("a", b"old"), ("b", b"same")]).unwrap();
    let file = load(&disk, path, "1").unwrap();
    save(&disk, path, "1", &[("a", b"new"), ("b", b"same")]).unwrap();
    assert_eq!(file.section(&disk, "a"), None);
    assert_eq!(file.section(&disk, "b"), Some(b"same".to_vec()));
    disk.remove("/c/x");
    assert_eq!(file.section(&disk, "b"), None);
}

#[test]
fn many_sections_and_large_ones() {
    let disk = MemoryDisk::new();
    let path = Path::new("/c/x");
    let large: Vec<u8> = (0..3 * WRITE_BYTES + 7).map(|i| (i * 31 % 251) as u8).collect();
    let mut saving = Saving::begin(&disk, path, "1").unwrap();
    saving.section("large", |out| large.chunks(1000).try_for_each(|part| out.write_all(part))).unwrap();
    for i in 0..100 {
        saving.section(&format!("section {i}"), |out| write!(out, "{i}")).unwrap();
    }
    assert!(load(&disk, path, "1").is_none(), "nothing is there before it is finished");
    saving.finish().unwrap();
    let file = load(&disk, path, "1").unwrap();
    assert_eq!(file.section(&disk, "large"), Some(large));
    for i in 0..100 {
        assert_eq!(file.section(&disk, &format!("section {i}")), Some(i.to_string().into_bytes()));
    }
}

#[test]
fn a_full_disk_keeps_the_old_file() {
    let disk = MemoryDisk::new();
    let path = Path::new("/c/x");
    save(&disk, path, "1", &[("a", b"old")]).unwrap();
    let size = disk.bytes("/c/x").unwrap().len() as u64;
    for room in 0..size {
        disk.set_room(Some(room));
        let error = save(&disk, path, "1", &[("a", b"new")]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert_eq!(load(&disk, path, "1").unwrap().section(&disk, "a"), Some(b"old".to_vec()));
        assert_eq!(disk.files("/c").len(), 1);
    }
    disk.set_room(Some(size));
    save(&disk, path, "1", &[("a", b"new")]).unwrap();
    assert_eq!(load(&disk, path, "1").unwrap().section(&disk, "a"), Some(b"new".to_vec()));
}

#[test]
fn a_section_that_fails_leaves_the_old_file() {
    let disk = MemoryDisk::new();
    let path = Path::new("/c/x");
    save(&disk, path, "1", &[("a", b"old")]).unwrap();
    // The disk's own error is told, though what fills the section hides it.
    disk.set_room(Some(10));
    let mut saving = Saving::begin(&disk, path, "1").unwrap();
    let hides = saving.section("a", |out| {
        let large = vec![0; WRITE_BYTES + 1];
        out.write_all(&large).map_err(|_| io::Error::other("hidden"))
    });
    assert_eq!(hides.unwrap_err().kind(), io::ErrorKind::StorageFull);
    assert!(saving.section("b", |out| out.write_all(b"b")).is_err());
    assert!(saving.finish().is_err());
    disk.set_room(None);
    // One that gives up by itself, and one that is dropped.
    let mut saving = Saving::begin(&disk, path, "1").unwrap();
    assert!(saving.section("a", |_| Err(io::Error::other("no"))).is_err());
    assert!(saving.finish().is_err());
    let mut saving = Saving::begin(&disk, path, "1").unwrap();
    saving.section("a", |out| out.write_all(b"new")).unwrap();
    drop(saving);
    assert_eq!(load(&disk, path, "1").unwrap().section(&disk, "a"), Some(b"old".to_vec()));
    assert_eq!(disk.files("/c").len(), 1);
    // What a killed run left is no hindrance.
    disk.file("/c/.guidepost-tmp-x", "half");
    save(&disk, path, "1", &[("a", b"new")]).unwrap();
    assert_eq!(disk.files("/c").len(), 1);
}

#[test]
fn a_file_grows_and_what_is_not_added_stays() {
    let disk = MemoryDisk::new();
    let path = Path::new("/c/x");
    let large: Vec<u8> = (0..9_000).map(|i| (i % 251) as u8).collect();
    save(&disk, path, "1", &[("table", b"old"), ("engine", &large)]).unwrap();
    let before = disk.bytes("/c/x").unwrap();
    let grow = |disk: &MemoryDisk, table: &[u8]| {
        let mut saving = Saving::resume(disk, load(disk, path, "1").unwrap(), "1");
        saving.section("table", |out| out.write_all(table))?;
        saving.section("edits", |out| out.write_all(b"little"))?;
        saving.finish()
    };
    for table in ["new", "newer"] {
        let file = grow(&disk, table.as_bytes()).unwrap();
        for file in [file, load(&disk, path, "1").unwrap()] {
            assert_eq!(file.section(&disk, "table"), Some(table.into()));
            assert_eq!(file.section(&disk, "edits"), Some(b"little".to_vec()));
            assert_eq!(file.section(&disk, "engine"), Some(large.clone()));
            assert!(file.has("edits") && !file.has("none"));
            assert!(file.may_grow(), "most of it is the engine");
        }
        assert!(disk.bytes("/c/x").unwrap().starts_with(&before), "what was there is not written again");
    }
    // Cut short, it is the file of before or none.
    let whole = disk.bytes("/c/x").unwrap();
    for cut in before.len()..whole.len() {
        disk.file("/c/x", &whole[..cut]);
        if let Some(file) = load(&disk, path, "1") {
            assert!(matches!(file.section(&disk, "table").as_deref(), Some(b"old" | b"new")), "cut at {cut}");
            assert_eq!(file.section(&disk, "engine"), Some(large.clone()));
        }
    }
    disk.file("/c/x", &before);
    grow(&disk, &large).unwrap();
    grow(&disk, &large).unwrap();
    grow(&disk, &large).unwrap();
    assert!(!load(&disk, path, "1").unwrap().may_grow(), "two thirds are of no use");
}

#[test]
fn a_full_disk_leaves_no_half_of_a_file_that_was_to_grow() {
    let disk = MemoryDisk::new();
    let path = Path::new("/c/x");
    for room in 0..40 {
        disk.set_room(None);
        save(&disk, path, "1", &[("engine", b"engine")]).unwrap();
        let mut saving = Saving::resume(&disk, load(&disk, path, "1").unwrap(), "1");
        disk.set_room(Some(room));
        let added = saving.section("table", |out| out.write_all(b"new"));
        let error = added.and_then(|()| saving.finish()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert!(load(&disk, path, "1").is_none());
        assert_eq!(disk.files("/c"), Vec::<String>::new());
    }
}
