//! The watcher on real files with real events: after every way to save, move and delete, what the loop knows is
//! what is on the disk, without a restart.

use guidepost::io::scan::{Scan, ScanOptions, scan, scan_paths};
use guidepost::io::stats::StatTable;
use guidepost::io::watch::{Batch, WatchOptions, Watcher};
use guidepost::io::{Mounts, RealDisk};
use guidepost::source::{Change, SourcePath};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A site under watch, as the `watch` command holds it.
struct Loop {
    folder: tempfile::TempDir,
    mounts: Mounts,
    watcher: Watcher,
    table: StatTable,
    options: ScanOptions,
    known: BTreeMap<String, String>,
    /// Batches that changed something: each is a rebuild.
    rebuilds: usize,
    hints: usize,
    notices: Vec<String>,
}

impl Loop {
    /// Watches without sweeps, so that it is the events that are tested.
    fn events(files: &[(&str, &str)]) -> Loop {
        Loop::start(files, WatchOptions { sweep: Duration::from_secs(3600), ..WatchOptions::default() })
    }

    fn start(files: &[(&str, &str)], options: WatchOptions) -> Loop {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        for (path, text) in files {
            put(&root.join(path), text);
        }
        Loop::over(folder, &root, options)
    }

    fn over(folder: tempfile::TempDir, root: &Path, mut options: WatchOptions) -> Loop {
        let mounts = Mounts::new(&RealDisk, root).unwrap();
        options.exclude = vec![root.join("public"), root.join(".cache"), root.join("assets/out")];
        let scan_options = ScanOptions { exclude: options.exclude.clone() };
        let watcher = Watcher::start(mounts.clone(), options);
        let mut this = Loop {
            folder,
            mounts,
            watcher,
            table: StatTable::default(),
            options: scan_options,
            known: BTreeMap::new(),
            rebuilds: 0,
            hints: 0,
            notices: Vec::new(),
        };
        let first = scan(&RealDisk, &this.mounts, &this.options, &mut this.table);
        this.apply(first);
        this.rebuilds = 0;
        this
    }

    fn root(&self) -> PathBuf {
        self.mounts.root().to_path_buf()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn apply(&mut self, scan: Scan) {
        self.rebuilds += usize::from(!scan.changes.is_empty());
        for change in scan.changes {
            match change {
                Change::Set(s) => {
                    self.known.insert(s.path.to_string(), String::from_utf8_lossy(&s.text).into_owned())
                }
                Change::SetAsset(a) => self.known.insert(a.path.to_string(), format!("{} bytes", a.size)),
                Change::Remove(p) => self.known.remove(p.as_str()),
            };
        }
    }

    /// One turn of the loop; whether there was something to do.
    fn turn(&mut self, until: Instant) -> bool {
        match self.watcher.next(Some(until)) {
            Batch::Hint(paths) => {
                self.hints += 1;
                let found = scan_paths(&RealDisk, &self.mounts, &self.options, &mut self.table, &paths);
                self.apply(found);
            }
            Batch::Sweep => {
                let found = scan(&RealDisk, &self.mounts, &self.options, &mut self.table);
                self.apply(found);
            }
            Batch::Notice(notice) => self.notices.push(notice),
            Batch::Time | Batch::Stop => return false,
        }
        true
    }

    /// Turns until the loop knows what is said.
    fn until(&mut self, what: &str, done: impl Fn(&Loop) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while !done(self) {
            assert!(
                Instant::now() < deadline,
                "{what}: never; known {:?}, notices {:?}",
                self.known,
                self.notices
            );
            self.turn(Instant::now() + Duration::from_millis(50));
        }
    }

    fn until_text(&mut self, path: &str, text: &str) {
        self.until(&format!("{path} is {text:?}"), |l| l.known.get(path).is_some_and(|t| t == text));
    }

    fn until_gone(&mut self, path: &str) {
        self.until(&format!("{path} is gone"), |l| !l.known.contains_key(path));
    }

    /// Turns until a change that is made now is known: all that came before it has been seen then.
    fn barrier(&mut self) {
        let text = format!("{:?}", Instant::now());
        put(&self.path("data/barrier.txt"), &text);
        self.until_text("data/barrier.txt", &text);
    }
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

const SITE: &[(&str, &str)] = &[
    ("site.yaml", "title: x"),
    ("content/index.md", "home"),
    ("content/a/x.md", "x"),
    ("data/barrier.txt", ""),
];

#[test]
fn w1_w2_w3_every_way_to_save() {
    let mut site = Loop::events(SITE);
    let page = site.path("content/a/x.md");
    // Plain, twice.
    for text in ["plain", "plain again"] {
        fs::write(&page, text).unwrap();
        site.until_text("content/a/x.md", text);
    }
    // W1: a temporary file renamed over it, from beside it and from elsewhere; W2: the configuration, twice.
    for text in ["atomic 1", "atomic 2"] {
        put(&site.path("content/a/.x.md.tmp"), text);
        fs::rename(site.path("content/a/.x.md.tmp"), &page).unwrap();
        site.until_text("content/a/x.md", text);
        put(&site.path("site.yaml.tmp"), text);
        fs::rename(site.path("site.yaml.tmp"), site.path("site.yaml")).unwrap();
        site.until_text("site.yaml", text);
        let outside = site.folder.path().join("saved");
        put(&outside, text);
        fs::rename(outside, site.path("content/index.md")).unwrap();
        site.until_text("content/index.md", text);
    }
    // As vim does: the old file moved away, the new one written in its place.
    fs::rename(&page, site.path("content/a/x.md~")).unwrap();
    fs::write(&page, "vim").unwrap();
    fs::remove_file(site.path("content/a/x.md~")).unwrap();
    site.until_text("content/a/x.md", "vim");
    // Deleted and written again.
    fs::remove_file(&page).unwrap();
    fs::write(&page, "again").unwrap();
    site.until_text("content/a/x.md", "again");
    // W3: a hard link in its place sends no event of data.
    #[cfg(unix)]
    {
        put(&site.folder.path().join("other"), "linked");
        fs::remove_file(&page).unwrap();
        fs::hard_link(site.folder.path().join("other"), &page).unwrap();
        site.until_text("content/a/x.md", "linked");
    }
    // The same length, quickly.
    for i in 0..50 {
        let text = format!("same {i:03}");
        fs::write(&page, &text).unwrap();
        site.until_text("content/a/x.md", &text);
    }
}

#[test]
fn w13_w14_junk_causes_nothing_and_plain_names_do() {
    let mut site = Loop::events(SITE);
    site.barrier();
    let (hints, rebuilds) = (site.hints, site.rebuilds);
    for junk in [
        ".x.md.swp",
        "x.swx",
        "x.md~",
        "#x.md#",
        ".#x.md",
        "4913",
        "x.tmp",
        "x.crdownload",
        "~$x.docx",
        ".DS_Store",
        "x.md.kate-swp",
        "x.md___jb_tmp___",
    ] {
        put(&site.path("content/a").join(junk), "junk");
        fs::remove_file(site.path("content/a").join(junk)).unwrap();
    }
    site.barrier();
    assert_eq!((site.hints, site.rebuilds), (hints + 1, rebuilds + 1), "only the barrier's own");
    for name in ["CNAME", "_headers"] {
        put(&site.path("content").join(name), "abc");
        site.until_text(&format!("content/{name}"), "3 bytes");
    }
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        fs::write(site.path("content").join(name), "x").unwrap();
        fs::write(site.path("content/line\nbreak.md"), "x").unwrap();
        site.barrier();
        fs::remove_file(site.path("content").join(name)).unwrap();
        site.barrier();
    }
}

#[test]
fn w16_w21_what_is_no_change_rebuilds_nothing() {
    let mut site = Loop::events(SITE);
    site.barrier();
    let rebuilds = site.rebuilds;
    for _ in 0..3 {
        // Output and cache, also where they lie in a watched folder; reading; files that are no sources.
        put(&site.path("public/a/index.html"), "x");
        put(&site.path("assets/out/a/index.html"), "x");
        put(&site.path(".cache/x"), "x");
        put(&site.path("Cargo.toml"), "x");
        fs::read(site.path("content/index.md")).unwrap();
        // Touched.
        fs::write(site.path("content/index.md"), "home").unwrap();
        let now = std::time::SystemTime::now();
        fs::File::options().write(true).open(site.path("content/a/x.md")).unwrap().set_modified(now).unwrap();
    }
    site.barrier();
    assert_eq!(site.rebuilds, rebuilds + 1, "only the barrier's own");
    assert!(!site.known.keys().any(|k| k.contains("out")), "{:?}", site.known);
}

#[test]
fn w17_w18_a_burst_is_one_rebuild_and_nothing_is_lost() {
    let mut site = Loop::events(SITE);
    // While the loop is busy, as in a rebuild.
    for i in 0..1000 {
        put(&site.path(&format!("content/many/p{i}.md")), "x");
    }
    site.until("all are known", |l| l.known.len() == SITE.len() + 1000);
    site.barrier();
    assert!(site.rebuilds <= 3, "{} rebuilds", site.rebuilds);
    for i in 0..1000 {
        put(&site.path(&format!("content/many/p{i}.md")), "y");
        if i % 100 == 0 {
            site.turn(Instant::now());
        }
    }
    site.until("all edits are known", |l| l.known.values().filter(|t| *t == "y").count() == 1000);
}

#[test]
fn w31_a_file_that_is_being_written_is_not_told_half() {
    use std::io::Write;
    let mut site = Loop::events(SITE);
    let mut seen = Vec::new();
    for round in 0..5 {
        let page = site.path("content/a/x.md");
        let writer = std::thread::spawn(move || {
            let mut file = fs::File::create(page).unwrap();
            for _ in 0..4 {
                std::thread::sleep(Duration::from_millis(8));
                file.write_all(format!("{round}").repeat(10).as_bytes()).unwrap();
                file.flush().unwrap();
            }
        });
        let whole = format!("{round}").repeat(40);
        let deadline = Instant::now() + Duration::from_secs(30);
        while site.known["content/a/x.md"] != whole {
            assert!(Instant::now() < deadline);
            site.turn(Instant::now() + Duration::from_millis(20));
            seen.push(site.known["content/a/x.md"].len());
        }
        writer.join().unwrap();
    }
    assert!(!seen.contains(&0), "told empty");
    // A file that stays empty is told in the end.
    fs::write(site.path("content/a/x.md"), "").unwrap();
    site.until_text("content/a/x.md", "");
    put(&site.path("content/new.md"), "");
    site.until_text("content/new.md", "");
}

#[test]
fn w9_a_new_folder_with_a_file_in_it_at_once() {
    let mut site = Loop::events(SITE);
    for i in 0..20 {
        // The file comes before the new folder can be watched.
        put(&site.path(&format!("content/new{i}/deep/er/page.md")), "x");
        site.until_text(&format!("content/new{i}/deep/er/page.md"), "x");
    }
    // W27: first page of a section, first sibling; then an edit in the new folder.
    put(&site.path("content/new3/index.md"), "section");
    site.until_text("content/new3/index.md", "section");
    fs::write(site.path("content/new3/deep/er/page.md"), "edited").unwrap();
    site.until_text("content/new3/deep/er/page.md", "edited");
}

#[test]
fn w10_w11_w12_moves_and_deletions() {
    let mut site = Loop::events(SITE);
    let step = |site: &mut Loop, from: &str, to: &str| {
        fs::rename(site.path(from), site.path(to)).unwrap();
        site.until(&format!("{from} moved to {to}"), |l| {
            l.known.keys().all(|k| !k.starts_with(from)) && l.known.keys().any(|k| k.starts_with(to))
        });
    };
    step(&mut site, "content/a/x.md", "content/a/y.md");
    step(&mut site, "content/a", "content/b");
    // An edit in a folder under its new name.
    fs::write(site.path("content/b/y.md"), "edited").unwrap();
    site.until_text("content/b/y.md", "edited");
    // Out of the site and back.
    let away = site.folder.path().join("away");
    fs::rename(site.path("content/b"), &away).unwrap();
    site.until_gone("content/b/y.md");
    fs::write(away.join("y.md"), "from away").unwrap();
    fs::rename(&away, site.path("content/c")).unwrap();
    site.until_text("content/c/y.md", "from away");
    fs::write(site.path("content/c/y.md"), "edited again").unwrap();
    site.until_text("content/c/y.md", "edited again");
    // Deleted and made again.
    for i in 0..5 {
        fs::remove_dir_all(site.path("content/c")).unwrap();
        site.until_gone("content/c/y.md");
        put(&site.path("content/c/y.md"), &format!("back {i}"));
        site.until_text("content/c/y.md", &format!("back {i}"));
    }
    // Without a pause between.
    for i in 0..5 {
        fs::remove_dir_all(site.path("content/c")).unwrap();
        put(&site.path("content/c/y.md"), &format!("at once {i}"));
        site.until_text("content/c/y.md", &format!("at once {i}"));
    }
    fs::remove_file(site.path("content/index.md")).unwrap();
    site.until_gone("content/index.md");
}

#[test]
fn a_watched_folder_itself_deleted_and_made_again() {
    let mut site = Loop::events(SITE);
    for round in 0..3 {
        fs::remove_dir_all(site.path("content")).unwrap();
        site.until_gone("content/index.md");
        put(&site.path("content/index.md"), &format!("again {round}"));
        site.until_text("content/index.md", &format!("again {round}"));
        fs::write(site.path("content/index.md"), format!("edited {round}")).unwrap();
        site.until_text("content/index.md", &format!("edited {round}"));
    }
    // A folder of the site that was not there at the start.
    put(&site.path("translations/es.yaml"), "a: b");
    site.until_text("translations/es.yaml", "a: b");
    fs::write(site.path("translations/es.yaml"), "a: c").unwrap();
    site.until_text("translations/es.yaml", "a: c");
    // The whole site.
    let root = site.root();
    fs::remove_dir_all(&root).unwrap();
    site.until("all is gone", |l| l.known.is_empty());
    put(&root.join("content/index.md"), "reborn");
    put(&root.join("site.yaml"), "reborn");
    site.until_text("site.yaml", "reborn");
    site.until_text("content/index.md", "reborn");
    fs::write(root.join("content/index.md"), "alive").unwrap();
    site.until_text("content/index.md", "alive");
}

#[cfg(unix)]
#[test]
fn w6_linked_content_and_a_theme_outside() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().canonicalize().unwrap();
    for (path, text) in [
        ("elsewhere/pages/index.md", "home"),
        ("elsewhere/other/index.md", "other"),
        ("theme/theme.yaml", "x"),
        ("linked/theme.yaml", "x"),
        ("real/site.yaml", "x"),
        ("real/data/barrier.txt", ""),
    ] {
        put(&at.join(path), text);
    }
    fs::create_dir(at.join("real/themes")).unwrap();
    symlink(at.join("elsewhere/pages"), at.join("real/content")).unwrap();
    symlink(at.join("linked"), at.join("real/themes/linked")).unwrap();
    // The site root itself is a link too.
    symlink(at.join("real"), at.join("site")).unwrap();
    let options = WatchOptions { sweep: Duration::from_secs(3600), ..WatchOptions::default() };
    let mut site = Loop::over(folder, &at.join("site"), options);
    site.mounts.mount(&RealDisk, SourcePath::new("themes/state").unwrap(), &at.join("theme")).unwrap();
    site.watcher.set_mounts(site.mounts.clone());
    site.until_text("themes/state/theme.yaml", "x");
    for text in ["one", "two"] {
        put(&at.join("elsewhere/pages/index.md"), text);
        site.until_text("content/index.md", text);
        put(&at.join("elsewhere/pages/new/deep.md"), text);
        site.until_text("content/new/deep.md", text);
        put(&at.join("theme/theme.yaml"), text);
        site.until_text("themes/state/theme.yaml", text);
        put(&at.join("linked/theme.yaml"), text);
        site.until_text("themes/linked/theme.yaml", text);
        put(&at.join("real/site.yaml"), text);
        site.until_text("site.yaml", text);
    }
    // The link is turned to another folder.
    fs::remove_file(at.join("real/content")).unwrap();
    symlink(at.join("elsewhere/other"), at.join("real/content")).unwrap();
    site.until_text("content/index.md", "other");
    put(&at.join("elsewhere/other/index.md"), "edited");
    site.until_text("content/index.md", "edited");
}

#[test]
fn w7_a_network_file_system_is_polled_and_it_says_so() {
    let table = tempfile::NamedTempFile::new().unwrap();
    fs::write(table.path(), "C:\\134 / 9p rw 0 0\n").unwrap();
    let options = WatchOptions { mount_table: table.path().to_path_buf(), ..WatchOptions::default() };
    let mut site = Loop::start(SITE, options);
    assert!(site.watcher.polls());
    put(&site.path("content/new/page.md"), "polled");
    site.until_text("content/new/page.md", "polled");
    fs::remove_file(site.path("content/index.md")).unwrap();
    site.until_gone("content/index.md");
    assert_eq!((site.hints, site.notices.len()), (0, 1));
    assert!(site.notices[0].contains("9p"), "{:?}", site.notices);
}

#[test]
fn a_sweep_finds_what_no_event_told() {
    let mut site =
        Loop::start(SITE, WatchOptions { poll: Some(Duration::from_millis(50)), ..WatchOptions::default() });
    fs::write(site.path("content/index.md"), "swept").unwrap();
    site.until_text("content/index.md", "swept");
    assert_eq!((site.hints, site.notices.len()), (0, 0));
}

#[test]
fn it_can_be_stopped_from_elsewhere() {
    let mut site = Loop::events(SITE);
    let stopper = site.watcher.stopper();
    let stop = std::thread::spawn(move || stopper.stop());
    while site.watcher.next(None) != Batch::Stop {}
    stop.join().unwrap();
    assert_eq!(site.watcher.next(None), Batch::Stop);
}

/// Runs alone in a process of its own, in which the system allows only a few watches.
#[test]
#[ignore = "run by w8_exhausted_watches_are_polled_and_it_says_so"]
fn inner_few_watches() {
    if std::env::var_os("GUIDEPOST_TEST_INNER").is_none() {
        return;
    }
    let many: Vec<(String, String)> =
        (0..50).map(|i| (format!("content/f{i}/p.md"), "x".to_owned())).collect();
    let mut files: Vec<(&str, &str)> = many.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    files.extend(SITE);
    let mut site = Loop::start(&files, WatchOptions::default());
    assert!(site.watcher.polls());
    for i in [0, 20, 49] {
        put(&site.path(&format!("content/f{i}/p.md")), "edited");
        site.until_text(&format!("content/f{i}/p.md"), "edited");
    }
    assert_eq!(site.notices.len(), 1);
    println!("few watches: {}", site.notices[0]);
}

#[cfg(target_os = "linux")]
#[test]
fn w8_exhausted_watches_are_polled_and_it_says_so() {
    let script = "echo 5 > /proc/sys/user/max_inotify_watches && exec \"$0\" --exact --ignored --nocapture watch_files::inner_few_watches";
    let run = std::process::Command::new("unshare")
        .args(["-Ur", "sh", "-c", script])
        .env("GUIDEPOST_TEST_INNER", "1")
        .arg(std::env::current_exe().unwrap())
        .output();
    let Ok(run) = run else { return eprintln!("no unshare here: not tested") };
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(!out.contains("running 0 tests"), "{out}");
    if !out.contains("running 1 test") {
        return eprintln!("no user namespaces here: not tested ({err})");
    }
    assert!(run.status.success() && out.contains("max_user_watches"), "{out}\n{err}");
}

#[test]
fn w37_thousands_of_events_leave_nothing_behind() {
    let mut site = Loop::events(SITE);
    for round in 0..20 {
        for i in 0..200 {
            fs::write(site.path(&format!("content/a/p{}.md", i % 20)), format!("{round} {i}")).unwrap();
        }
        site.barrier();
    }
    // Nothing is left to tell.
    while site.turn(Instant::now() + Duration::from_millis(100)) {}
    let found = scan(&RealDisk, &site.mounts, &site.options, &mut site.table);
    assert!(found.changes.is_empty());
}
