//! The scanner on real files and on a disk that fails: what is read, what is refused, what is not read twice.

use guidepost::diag::{Severity, code};
use guidepost::io::scan::{Scan, ScanOptions, scan, scan_paths};
use guidepost::io::stats::StatTable;
use guidepost::io::{MemoryDisk, Mounts, RealDisk};
use guidepost::source::{Change, SourcePath};
use std::fs;
use std::path::{Path, PathBuf};

struct Site {
    folder: tempfile::TempDir,
    table: StatTable,
    mounts: Mounts,
    options: ScanOptions,
}

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        let mounts = Mounts::new(&RealDisk, &folder.path().join("site")).unwrap();
        let root = mounts.root();
        let options = ScanOptions { exclude: vec![root.join("public"), root.join(".cache")] };
        let site = Site { table: StatTable::default(), mounts, options, folder };
        for (path, text) in files {
            site.put(path, text);
        }
        site
    }

    fn root(&self) -> PathBuf {
        self.mounts.root().to_path_buf()
    }

    fn put(&self, path: &str, text: &str) {
        let real = self.root().join(path);
        fs::create_dir_all(real.parent().unwrap()).unwrap();
        fs::write(real, text).unwrap();
    }

    fn scan(&mut self) -> Scan {
        scan(&RealDisk, &self.mounts, &self.options, &mut self.table)
    }

    fn scan_paths(&mut self, paths: &[&str]) -> Scan {
        let paths: Vec<SourcePath> = paths.iter().map(|p| SourcePath::new(p).unwrap()).collect();
        scan_paths(&RealDisk, &self.mounts, &self.options, &mut self.table, &paths)
    }

    /// Scans until no file is too young to be trusted.
    fn settle(&mut self) {
        while self.scan().read > 0 {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
}

fn told(scan: &Scan) -> Vec<String> {
    let one = |change: &Change| match change {
        Change::Set(s) => format!("text {}", s.path),
        Change::SetAsset(a) => format!("asset {}", a.path),
        Change::Remove(p) => format!("gone {p}"),
    };
    scan.changes.iter().map(one).collect()
}

fn codes(scan: &Scan) -> Vec<&'static str> {
    scan.diagnostics.iter().map(|d| d.code.name()).collect()
}

#[test]
fn finds_every_source_and_nothing_else() {
    let mut site = Site::new(&[
        ("site.yaml", "title: x"),
        ("README.md", "not a page"),
        ("content/index.md", "# x"),
        ("content/a/b.md", "# b"),
        ("content/a/photo.bin", "\u{1}"),
        ("content/CNAME", "guide.example.org"),
        ("content/_headers", "x"),
        ("content/.hidden.md", "x"),
        ("content/b.md~", "x"),
        ("content/.git/config", "x"),
        ("themes/t/theme.yaml", "x: 1"),
        ("themes/t/assets/s.css", "a{}"),
        ("templates/page.html", "x"),
        ("assets/logo.svg", "<svg/>"),
        ("data/d.csv", "a,b"),
        ("translations/es.yaml", "a: b"),
        ("public/index.html", "x"),
        (".cache/x", "x"),
        ("node_modules/m/readme.md", "x"),
    ]);
    fs::create_dir_all(site.root().join("content/folder.md")).unwrap();
    site.put("content/folder.md/in.md", "x");
    let found = site.scan();
    assert_eq!(
        told(&found),
        [
            "text assets/logo.svg",
            "asset content/CNAME",
            "asset content/_headers",
            "text content/a/b.md",
            "asset content/a/photo.bin",
            "text content/folder.md/in.md",
            "text content/index.md",
            "text data/d.csv",
            "text site.yaml",
            "text templates/page.html",
            "text themes/t/assets/s.css",
            "text themes/t/theme.yaml",
            "text translations/es.yaml",
        ]
    );
    assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
}

#[test]
fn an_edit_costs_one_read_and_none_when_nothing_changed() {
    let mut site = Site::new(&[("content/index.md", "one"), ("content/b.md", "b"), ("content/p.png", "x")]);
    assert_eq!(site.scan().changes.len(), 3);
    site.settle();
    assert_eq!(site.scan().read, 0);
    site.put("content/index.md", "two");
    let edit = site.scan();
    assert_eq!((told(&edit), edit.read), (vec!["text content/index.md".to_owned()], 1));
    // W21: touched, not changed.
    site.settle();
    site.put("content/index.md", "two");
    let touch = site.scan();
    assert_eq!((touch.changes.len(), touch.read), (0, 1));
}

#[test]
fn a_change_within_one_tick_of_the_clock_is_seen() {
    let mut site = Site::new(&[("content/index.md", "aaa")]);
    for text in ["bbb", "ccc", "ddd", "eee"].repeat(50) {
        // The same size, at once after the scan: only re-reading racy files finds it.
        site.put("content/index.md", text);
        assert_eq!(told(&site.scan()), ["text content/index.md"], "{text}");
    }
}

#[test]
fn removed_renamed_and_remade() {
    let mut site = Site::new(&[("content/index.md", "x"), ("content/a/1.md", "1"), ("content/a/2.md", "2")]);
    site.scan();
    fs::rename(site.root().join("content/a"), site.root().join("content/b")).unwrap();
    assert_eq!(
        told(&site.scan_paths(&["content/a", "content/b"])),
        ["gone content/a/1.md", "gone content/a/2.md", "text content/b/1.md", "text content/b/2.md"]
    );
    fs::remove_dir_all(site.root().join("content")).unwrap();
    let gone = site.scan_paths(&["content"]);
    assert_eq!(told(&gone), ["gone content/b/1.md", "gone content/b/2.md", "gone content/index.md"]);
    assert_eq!(codes(&gone), ["no-content"]);
    site.put("content/index.md", "x");
    let back = site.scan_paths(&["content/index.md"]);
    assert_eq!((told(&back), codes(&back)), (vec!["text content/index.md".to_owned()], vec![]));
    // A file becomes a folder of its name, and the other way round.
    fs::remove_file(site.root().join("content/index.md")).unwrap();
    site.put("content/index.md/x.md", "x");
    assert_eq!(told(&site.scan()), ["gone content/index.md", "text content/index.md/x.md"]);
    fs::remove_dir_all(site.root().join("content/index.md")).unwrap();
    site.put("content/index.md", "x");
    assert_eq!(
        told(&site.scan_paths(&["content/index.md/x.md", "content/index.md"])),
        ["text content/index.md", "gone content/index.md/x.md"]
    );
    assert!(site.scan().changes.is_empty());
}

#[test]
fn one_path_costs_one_look_and_gives_what_a_scan_gives() {
    let mut site = Site::new(&[("content/index.md", "x"), ("content/a.md", "1"), ("content/a-b.md", "2")]);
    site.scan();
    site.settle();
    site.put("content/a.md", "changed");
    let hint =
        site.scan_paths(&["content/a.md", "content/a.md", "content/never.md", "public/x.html", "Cargo.toml"]);
    assert_eq!((told(&hint), hint.read), (vec!["text content/a.md".to_owned()], 1));
    assert!(site.scan().changes.is_empty());
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_and_refused_outside() {
    use std::os::unix::fs::symlink;
    let mut site = Site::new(&[
        ("content/index.md", "x"),
        ("content/a/x.md", "x"),
        ("assets/logo.txt", "l"),
        (".env", "s"),
    ]);
    let root = site.root();
    let outside = site.folder.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("secret.md"), "s").unwrap();
    // A sibling whose name begins as the site's does.
    fs::create_dir(site.folder.path().join("site-other")).unwrap();
    fs::write(site.folder.path().join("site-other/x.md"), "s").unwrap();
    let link = |target: &Path, name: &str| symlink(target, root.join("content").join(name)).unwrap();
    link(&root.join("assets/logo.txt"), "inside.txt");
    link(&root.join("content/a"), "again");
    link(&outside.join("secret.md"), "secret.md");
    link(&outside, "out");
    link(&site.folder.path().join("site-other/x.md"), "sibling.md");
    link(Path::new("/etc/passwd"), "passwd.txt");
    link(&root.join(".env"), "env.txt");
    link(Path::new("nowhere"), "broken.md");
    link(&root.join("content"), "a/loop");
    link(Path::new("self"), "self");
    link(&root, "root");
    let found = site.scan();
    assert_eq!(
        told(&found),
        [
            "text assets/logo.txt",
            "text content/a/x.md",
            "text content/again/x.md",
            "text content/index.md",
            "text content/inside.txt"
        ]
    );
    let named: Vec<(String, &str)> =
        found.diagnostics.iter().map(|d| (d.path.clone().unwrap().to_string(), d.code.name())).collect();
    let expected = [
        ("content/a/loop", "link-loop"),
        ("content/again/loop", "link-loop"),
        ("content/broken.md", "unreadable-file"),
        ("content/env.txt", "outside-site"),
        ("content/out", "outside-site"),
        ("content/passwd.txt", "outside-site"),
        ("content/root", "link-loop"),
        ("content/secret.md", "outside-site"),
        ("content/self", "unreadable-file"),
        ("content/sibling.md", "outside-site"),
    ];
    assert_eq!(named, expected.map(|(p, c)| (p.to_owned(), c)));
    // The same answers for a path that the watcher names.
    let hint = site.scan_paths(&["content/secret.md", "content/out/secret.md", "content/again/x.md"]);
    assert!(hint.changes.is_empty(), "{:?}", told(&hint));
    assert_eq!(hint.diagnostics, found.diagnostics);
}

#[cfg(unix)]
#[test]
fn a_linked_content_folder_and_a_mounted_theme() {
    use std::os::unix::fs::symlink;
    let mut site = Site::new(&[("site.yaml", "x")]);
    let elsewhere = site.folder.path().join("elsewhere");
    fs::create_dir_all(elsewhere.join("pages/deep")).unwrap();
    fs::create_dir_all(elsewhere.join("theme")).unwrap();
    fs::write(elsewhere.join("pages/index.md"), "x").unwrap();
    fs::write(elsewhere.join("pages/deep/a.md"), "x").unwrap();
    fs::write(elsewhere.join("theme/theme.yaml"), "x").unwrap();
    fs::write(elsewhere.join("secret.md"), "x").unwrap();
    symlink(elsewhere.join("pages"), site.root().join("content")).unwrap();
    symlink(elsewhere.join("secret.md"), elsewhere.join("pages/secret.md")).unwrap();
    site.mounts.mount(&RealDisk, SourcePath::new("themes/state").unwrap(), &elsewhere.join("theme")).unwrap();
    let found = site.scan();
    assert_eq!(
        told(&found),
        ["text content/deep/a.md", "text content/index.md", "text site.yaml", "text themes/state/theme.yaml"]
    );
    assert_eq!(codes(&found), ["outside-site"]);
    fs::write(elsewhere.join("theme/theme.yaml"), "y").unwrap();
    fs::write(elsewhere.join("pages/deep/a.md"), "yy").unwrap();
    let edit = site.scan_paths(&["content/deep/a.md", "themes/state/theme.yaml"]);
    assert_eq!(told(&edit), ["text content/deep/a.md", "text themes/state/theme.yaml"]);
    // Looking at the folder above a mount does not lose the mount.
    assert!(site.scan_paths(&["themes"]).changes.is_empty());
    assert!(site.scan().changes.is_empty());
    let mut mounts = site.mounts.clone();
    assert!(mounts.mount(&RealDisk, SourcePath::new("themes/up").unwrap(), Path::new("..")).is_err());
}

#[cfg(unix)]
#[test]
fn pipes_sockets_and_impossible_names() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let mut site = Site::new(&[
        ("content/index.md", "x"),
        ("content/it's \"50%\" <b>.md", "x"),
        ("content/con.md", "x"),
    ]);
    let content = site.root().join("content");
    let made = std::process::Command::new("mkfifo").arg(content.join("pipe.md")).status().unwrap();
    assert!(made.success());
    let _socket = std::os::unix::net::UnixListener::bind(content.join("sock.md")).unwrap();
    fs::write(content.join(OsStr::from_bytes(b"caf\xe9.md")), "x").unwrap();
    fs::write(content.join("line\nbreak.md"), "x").unwrap();
    fs::write(content.join("back\\slash.md"), "x").unwrap();
    let found = site.scan();
    assert_eq!(
        told(&found),
        ["text content/con.md", "text content/index.md", "text content/it's \"50%\" <b>.md"]
    );
    let errors = found.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = found.diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
    assert_eq!((errors, warnings), (3, 4), "{:#?}", found.diagnostics);
    assert!(found.diagnostics.iter().all(|d| d.help.is_some() && !d.message.contains('\n')));
    // Looked at again by name.
    assert!(site.scan_paths(&["content/pipe.md"]).changes.is_empty());
}

#[test]
fn a_folder_called_content_is_needed() {
    let mut site = Site::new(&[("site.yaml", "x")]);
    assert_eq!(codes(&site.scan()), ["no-content"]);
    site.put("content", "a file");
    let found = site.scan();
    assert_eq!((codes(&found), told(&found)), (vec!["no-content"], vec![]));
    fs::remove_file(site.root().join("content")).unwrap();
    fs::create_dir(site.root().join("content")).unwrap();
    assert_eq!(codes(&site.scan()), ["no-content"]);
    site.put("content/a.md", "x");
    assert!(codes(&site.scan()).is_empty());
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_and_not_removed() {
    let disk = MemoryDisk::new();
    disk.file("/s/content/index.md", "one");
    disk.file("/s/content/a/b.md", "two");
    let mounts = Mounts::new(&disk, Path::new("/s")).unwrap();
    let (options, mut table) = (ScanOptions::default(), StatTable::default());
    assert_eq!(scan(&disk, &mounts, &options, &mut table).changes.len(), 2);
    assert_eq!(scan(&disk, &mounts, &options, &mut table).read, 0);
    disk.file("/s/content/index.md", "changed");
    disk.set_unreadable(&["/s/content/index.md", "/s/content/a"]);
    for _ in 0..2 {
        let failed = scan(&disk, &mounts, &options, &mut table);
        assert!(failed.changes.is_empty(), "{:?}", told(&failed));
        assert_eq!(codes(&failed), ["unreadable-file", "unreadable-file"]);
    }
    disk.set_unreadable(&[]);
    let mended = scan(&disk, &mounts, &options, &mut table);
    assert_eq!((told(&mended), codes(&mended)), (vec!["text content/index.md".to_owned()], vec![]));
}

#[test]
fn large_pages_and_images() {
    let mut site = Site::new(&[("content/index.md", "x")]);
    site.put("content/big.md", &"long line ".repeat(5 << 20));
    site.put("data/big.json", &" ".repeat(5 << 20));
    // A PNG header: 300 by 200, and nothing after it.
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x2c\0\0\0\xc8\x08\x02\0\0\0".to_vec();
    png.extend([0; 8]);
    fs::write(site.root().join("content/p.png"), &png).unwrap();
    fs::write(site.root().join("content/corrupt.jpg"), b"\xff\xd8\xff\xe0\xff").unwrap();
    fs::File::create(site.root().join("content/huge.md")).unwrap().set_len(70 << 20).unwrap();
    let found = site.scan();
    assert_eq!(
        told(&found),
        [
            "text content/big.md",
            "asset content/corrupt.jpg",
            "text content/index.md",
            "asset content/p.png",
            "asset data/big.json",
        ]
    );
    assert_eq!(found.diagnostics[0].code, code::UNREADABLE_FILE);
    let sizes: Vec<_> = found
        .changes
        .iter()
        .filter_map(|c| match c {
            Change::SetAsset(a) => Some(a.dimensions),
            _ => None,
        })
        .collect();
    assert_eq!(sizes, [None, Some((300, 200)), None]);
}

#[test]
fn the_table_survives_the_cache() {
    let mut site = Site::new(&[("content/index.md", "x"), ("content/b.md", "y")]);
    site.scan();
    site.settle();
    assert!(site.table.save_changes().is_none(), "changes of what?");
    let mut all = Vec::new();
    site.table.save(&mut all).unwrap();
    site.table = StatTable::open(&all, None).unwrap();
    site.put("content/b.md", "z!");
    fs::remove_file(site.root().join("content/index.md")).unwrap();
    let found = site.scan();
    assert_eq!(
        (told(&found), found.read),
        (vec!["text content/b.md".to_owned(), "gone content/index.md".to_owned()], 1)
    );
    // What changed since is kept by itself.
    site.settle();
    let changes = site.table.save_changes().unwrap();
    site.table = StatTable::open(&all, Some(&changes)).unwrap();
    assert_eq!((told(&site.scan()), site.table.len()), (vec![], 1));
    site.table = StatTable::open(&all, None).unwrap();
    assert_eq!(told(&site.scan()).len(), 2, "without the changes they are found again");
    assert!(StatTable::open(&all[1..], None).is_none());
    assert!(StatTable::open(&all, Some(b"x")).is_none());
}
