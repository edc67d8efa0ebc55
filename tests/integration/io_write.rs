//! The writer and its manifest: only what differs is written, nothing foreign is lost, a failure leaves the old site.

use guidepost::diag::{Severity, code};
use guidepost::engine::Output;
use guidepost::io::manifest::{LIST, Manifest, verify};
use guidepost::io::output::OutputFolder;
use guidepost::io::write::{WriteReport, write};
use guidepost::io::{Disk, MemoryDisk, Mounts, RealDisk};
use guidepost::source::{Fingerprint, OutputPath, SourcePath};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

struct Place<'a> {
    disk: &'a dyn Disk,
    mounts: Mounts,
    cache: PathBuf,
    out: OutputFolder,
    manifest: Manifest,
}

impl<'a> Place<'a> {
    fn at(disk: &'a dyn Disk, root: &Path) -> Self {
        let mounts = Mounts::new(disk, root).unwrap();
        let cache = mounts.root().join(".cache");
        let out = OutputFolder::check(disk, &mounts, &cache, Path::new("public")).unwrap();
        let manifest = Manifest::load(disk, &cache, &out);
        Place { disk, mounts, cache, out, manifest }
    }

    /// As another run would begin.
    fn reload(&mut self) {
        self.manifest = Manifest::load(self.disk, &self.cache, &self.out);
    }

    fn save(&mut self) {
        self.manifest.save(self.disk, &self.cache, &self.out).unwrap();
    }

    /// A whole build of these files.
    fn build(&mut self, files: &[(&str, &str)]) -> WriteReport {
        let mut outputs: Vec<Output> = files.iter().map(|(path, text)| page(path, text)).collect();
        let current: BTreeSet<OutputPath> = files.iter().map(|(p, _)| OutputPath::new(p).unwrap()).collect();
        outputs.extend(self.manifest.stale(|path| current.contains(path)));
        let report = self.write(&outputs);
        if report.complete() {
            self.save();
        }
        report
    }

    fn write(&mut self, outputs: &[Output]) -> WriteReport {
        write(self.disk, &self.mounts, &self.cache, &self.out, outputs, &mut self.manifest)
    }
}

fn page(path: &str, text: &str) -> Output {
    let bytes = text.as_bytes();
    Output::Write {
        path: OutputPath::new(path).unwrap(),
        bytes: bytes.to_vec().into(),
        fingerprint: Fingerprint::of(bytes),
    }
}

fn copy(path: &str, from: &str, fingerprint: Fingerprint) -> Output {
    Output::Copy { path: OutputPath::new(path).unwrap(), from: SourcePath::new(from).unwrap(), fingerprint }
}

fn memory() -> MemoryDisk {
    let disk = MemoryDisk::new();
    disk.file("/s/content/index.md", "x");
    disk
}

fn names(paths: &[OutputPath]) -> Vec<&str> {
    paths.iter().map(OutputPath::as_str).collect()
}

/// Every file of the output but the list.
fn public(disk: &MemoryDisk) -> Vec<String> {
    let files = disk.files("/s/public").into_iter().filter(|f| !f.ends_with(LIST));
    files.map(|f| f["/s/public/".len()..].to_owned()).collect()
}

#[test]
fn only_what_differs_is_written_and_only_what_was_ours_removed() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    let first = place.build(&[("index.html", "1"), ("a/x.html", "2"), ("a/b/y.html", "3")]);
    assert_eq!((first.written.len(), first.removed.len(), first.diagnostics), (3, 0, vec![]));
    place.reload();
    let (reads, writes) = disk.counts();
    let again = place.build(&[("index.html", "1"), ("a/x.html", "2"), ("a/b/y.html", "3")]);
    assert_eq!((again.written.len(), again.unchanged), (0, 3));
    assert_eq!(disk.counts(), (reads, writes), "nothing to do: nothing is opened");
    disk.file("/s/public/homework.docx", "mine");
    disk.file("/s/public/a/b/notes.txt", "mine");
    disk.file("/s/public/.git/config", "mine");
    let less = place.build(&[("index.html", "new")]);
    assert_eq!(names(&less.written), ["index.html"]);
    assert_eq!(names(&less.removed), ["a/b/y.html", "a/x.html"]);
    assert_eq!(public(&disk), [".git/config", "a/b/notes.txt", "homework.docx", "index.html"]);
    disk.remove("/s/public/a/b/notes.txt");
    // A folder that is empty by someone else's doing stays; it is not ours to judge.
    place.build(&[("index.html", "new")]);
    let none = place.build(&[]);
    assert_eq!(names(&none.removed), ["index.html"]);
    assert!(!disk.files("/s/public").iter().any(|f| f.ends_with(LIST)));
}

#[test]
fn what_someone_edited_or_deleted_is_made_again() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    let files = [("index.html", "1"), ("a/x.html", "2"), ("b/y.html", "3")];
    place.build(&files);
    place.reload();
    assert!(verify(&disk, &place.out, &mut place.manifest).is_empty());
    disk.file("/s/public/index.html", "9");
    disk.remove("/s/public/a");
    assert_eq!(names(&verify(&disk, &place.out, &mut place.manifest)), ["a/x.html", "index.html"]);
    let healed = place.build(&files);
    assert_eq!(names(&healed.written), ["a/x.html", "index.html"]);
    assert_eq!(disk.bytes("/s/public/index.html").unwrap(), b"1");
    // Touched only: the same bytes are looked at once and known again.
    disk.file("/s/public/index.html", "1");
    assert!(verify(&disk, &place.out, &mut place.manifest).is_empty());
    let reads = disk.counts().0;
    assert!(verify(&disk, &place.out, &mut place.manifest).is_empty());
    assert_eq!(disk.counts().0, reads);
}

#[test]
fn a_foreign_file_in_the_way_is_named_and_nothing_is_touched() {
    let disk = memory();
    disk.file("/s/public/CNAME", "theirs");
    disk.file("/s/public/a", "a file where a folder belongs");
    disk.link("/s/public/link.html", "/s/content/index.md");
    disk.link("/s/public/dir", "/s/content");
    disk.folder("/s/public/page.html");
    let mut place = Place::at(&disk, Path::new("/s"));
    let report = place.build(&[
        ("index.html", "1"),
        ("CNAME", "ours"),
        ("a/x.html", "2"),
        ("link.html", "3"),
        ("dir/index.md", "4"),
        ("page.html", "5"),
    ]);
    let codes: Vec<_> = report.diagnostics.iter().map(|d| (d.code, d.severity)).collect();
    assert_eq!(codes, [(code::FOREIGN_FILE, Severity::Error); 5]);
    assert_eq!(public(&disk), ["CNAME", "a", "dir", "link.html"]);
    assert_eq!(disk.bytes("/s/content/index.md").unwrap(), b"x");
    // The same bytes are no conflict.
    disk.remove("/s/public");
    disk.file("/s/public/CNAME", "ours");
    assert!(place.build(&[("CNAME", "ours")]).complete());
}

#[test]
fn a_changed_output_that_became_stale_is_left_and_named() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    place.build(&[("index.html", "1"), ("old.html", "2"), ("b.html", "3")]);
    disk.file("/s/public/old.html", "somebody wrote here");
    let report = place.build(&[("index.html", "1"), ("b.html", "4")]);
    assert!(report.complete());
    assert_eq!(report.diagnostics.len(), 1);
    assert_eq!(report.diagnostics[0].code, code::FOREIGN_FILE);
    assert_eq!(names(&report.written), ["b.html"]);
    assert_eq!(public(&disk), ["b.html", "index.html", "old.html"]);
}

#[test]
fn files_and_folders_change_places() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    place.build(&[("a", "file"), ("b/c/d.html", "deep"), ("b/e.html", "e"), ("bc", "beside")]);
    let swapped = place.build(&[("a/x.html", "1"), ("b", "file now"), ("bc", "beside")]);
    assert_eq!(swapped.diagnostics, []);
    assert_eq!(public(&disk), ["a/x.html", "b", "bc"]);
    let back = place.build(&[("a", "file"), ("b/c/d.html", "deep")]);
    assert_eq!(back.diagnostics, []);
    assert_eq!(public(&disk), ["a", "b/c/d.html"]);
}

#[test]
fn a_full_disk_leaves_the_old_site_whole() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    place.build(&[("index.html", "old"), ("a/x.html", "old"), ("gone.html", "old")]);
    let before = public(&disk);
    for room in 0..12 {
        disk.set_room(Some(room));
        let report = place.build(&[("index.html", "new 1"), ("a/x.html", "new 2"), ("n/new.html", "new 3")]);
        assert_eq!(report.diagnostics.len(), 1, "{:?}", report.diagnostics);
        assert_eq!(report.diagnostics[0].code, code::OUTPUT_FOLDER);
        assert!(report.diagnostics[0].help.as_ref().unwrap().contains("make room"));
        assert_eq!(public(&disk), before);
        assert_eq!(disk.bytes("/s/public/index.html").unwrap(), b"old");
    }
    disk.set_room(None);
    let healed = place.build(&[("index.html", "new 1"), ("a/x.html", "new 2"), ("n/new.html", "new 3")]);
    assert_eq!((healed.written.len(), healed.removed.len()), (3, 1));
    // On an empty output: no trace.
    disk.remove("/s/public");
    disk.set_room(Some(1));
    place.reload();
    assert!(!place.build(&[("index.html", "new 1")]).complete());
    assert!(disk.files("/s/public").is_empty());
}

#[test]
fn an_output_that_cannot_be_written_is_an_error() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    disk.set_unwritable(&["/s/public"]);
    let report = place.build(&[("index.html", "1")]);
    assert_eq!(report.diagnostics[0].code, code::OUTPUT_FOLDER);
    // A cache that cannot be written does not hinder a build.
    disk.set_unwritable(&["/s/.cache"]);
    assert!(place.write(&[page("index.html", "1")]).complete());
}

#[test]
fn a_kill_between_write_and_save_is_healed() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    place.build(&[("index.html", "1"), ("a.html", "1")]);
    // Killed: written, but never saved; with a staging folder left over.
    place.write(&[page("a.html", "2"), page("b.html", "2")]);
    disk.file("/s/public/.guidepost-tmp-staging/0", "half");
    disk.file("/s/public/.guidepost-tmp-.guidepost-outputs", "half");
    place.reload();
    // What the journal says was new is right; what it says was replaced is not what was saved.
    assert_eq!(names(&verify(&disk, &place.out, &mut place.manifest)), ["a.html"]);
    // The next build has neither page: both are known as ours.
    let healed = place.build(&[("index.html", "1")]);
    assert_eq!((names(&healed.removed), healed.diagnostics), (vec!["a.html", "b.html"], vec![]));
    assert_eq!(public(&disk), ["index.html"]);
    assert!(disk.files("/s/.cache").iter().all(|f| !f.ends_with("journal")), "{:?}", disk.files("/s/.cache"));
}

#[test]
fn a_new_website_is_moved_folder_by_folder_and_known_file_by_file() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    let files =
        [("index.html", "1"), ("a/index.html", "1"), ("a/b/c.html", "1"), ("d/e.html", "1"), ("z.css", "1")];
    let mut outputs: Vec<Output> = files.iter().map(|(path, text)| page(path, text)).collect();
    disk.file("/s/assets/a.png", "image");
    outputs.push(copy("a/a.png", "assets/a.png", Fingerprint::of(b"image")));
    let report = place.write(&outputs);
    assert_eq!((report.written.len(), report.diagnostics), (6, vec![]));
    place.save();
    assert_eq!(public(&disk), ["a/a.png", "a/b/c.html", "a/index.html", "d/e.html", "index.html", "z.css"]);
    // Each file looks as it was noted: no byte has to be read to know it again.
    disk.file("/s/later", "");
    let reads = disk.counts().0;
    assert_eq!(place.write(&outputs).unchanged, 6);
    place.reload();
    assert_eq!(verify(&disk, &place.out, &mut place.manifest), []);
    assert!(disk.counts().0 <= reads + 8, "the manifest, and what was written a moment ago");
}

#[test]
fn a_part_of_a_new_website_that_cannot_be_moved_is_told_and_made_up_for() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    let files = [("a/1.html", "1"), ("b/1.html", "1"), ("b/2.html", "1"), ("c.html", "1")];
    disk.set_unwritable(&["/s/public/b"]);
    let report = place.build(&files);
    assert_eq!((report.diagnostics.len(), report.diagnostics[0].code), (1, code::OUTPUT_FOLDER));
    assert_eq!(names(&report.written), ["a/1.html", "c.html"]);
    assert_eq!(public(&disk), ["a/1.html", "c.html"]);
    disk.set_unwritable(&[]);
    // As after a kill: what is there is known by the journal.
    place.reload();
    let report = place.build(&files);
    assert_eq!((names(&report.written), report.unchanged), (vec!["b/1.html", "b/2.html"], 2));
    assert_eq!(report.diagnostics, []);
    assert_eq!(public(&disk), ["a/1.html", "b/1.html", "b/2.html", "c.html"]);
}

#[test]
fn of_a_large_manifest_only_what_changed_is_written_again() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    let name = |i: usize| format!("{i:03}.html");
    let mut files: Vec<(String, String)> = (0..300).map(|i| (name(i), "1".to_owned())).collect();
    let list = |files: &[(String, String)]| -> Vec<(&'static str, &'static str)> {
        files.iter().map(|(p, t)| (&*p.clone().leak(), &*t.clone().leak())).collect()
    };
    place.build(&list(&files));
    let cache = |disk: &MemoryDisk| {
        let path = disk.files("/s/.cache").into_iter().find(|f| f.ends_with(".manifest")).unwrap();
        disk.bytes(&path).unwrap()
    };
    let before = cache(&disk);
    for step in 0..3 {
        place.reload();
        files[step * 7].1 = format!("edited {step}");
        files.remove(200);
        let report = place.build(&list(&files));
        assert_eq!((report.written.len(), report.removed.len(), report.diagnostics), (1, 1, vec![]));
        let after = cache(&disk);
        assert!(after.starts_with(&before) && after.len() < before.len() + 4_000, "{}", after.len());
        place.reload();
        assert_eq!(place.manifest.len(), files.len());
        assert_eq!(verify(&disk, &place.out, &mut place.manifest), []);
    }
    // More than a little: it is written as a whole again.
    files.iter_mut().for_each(|(_, text)| text.push('!'));
    place.reload();
    place.build(&list(&files));
    assert!(!cache(&disk).starts_with(&before));
    place.reload();
    assert_eq!(verify(&disk, &place.out, &mut place.manifest), []);
}

#[test]
fn a_deleted_cache_costs_time_never_correctness() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    place.build(&[("index.html", "1"), ("a.html", "1"), ("b.html", "1")]);
    disk.remove("/s/.cache");
    disk.file("/s/public/mine.txt", "mine");
    place.reload();
    let report = place.build(&[("index.html", "1"), ("b.html", "2")]);
    assert_eq!((names(&report.written), names(&report.removed)), (vec!["b.html"], vec!["a.html"]));
    assert_eq!(report.diagnostics, []);
    assert_eq!(public(&disk), ["b.html", "index.html", "mine.txt"]);
}

#[test]
fn copies_hold_the_bytes_of_their_source() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("assets")).unwrap();
    let film = vec![7; 3 << 20];
    fs::write(root.join("assets/film.mp4"), &film).unwrap();
    let mut place = Place::at(&RealDisk, root);
    let output = [copy("assets/film.mp4", "assets/film.mp4", Fingerprint::of(&film))];
    assert_eq!(place.write(&output).written.len(), 1);
    assert_eq!(fs::read(root.join("public/assets/film.mp4")).unwrap(), film);
    assert_eq!(place.write(&output).unchanged, 1);
    place.save();
    // The source changed after it was scanned: what is really there is what is noted.
    fs::write(root.join("assets/film.mp4"), "other").unwrap();
    fs::remove_file(root.join("public/assets/film.mp4")).unwrap();
    place.write(&output);
    assert!(verify(&RealDisk, &place.out, &mut place.manifest).is_empty());
    assert_eq!(place.write(&output).written.len(), 1, "not what the engine asked for: made again");
    // A source that is gone.
    let report = place.write(&[copy("x.bin", "assets/none.bin", Fingerprint(1)), page("p.html", "1")]);
    assert!(!report.complete());
    assert!(!root.join("public/p.html").exists());
}

#[cfg(unix)]
#[test]
fn a_real_folder_gets_sane_permissions_and_no_leftovers() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut place = Place::at(&RealDisk, root);
    let many: Vec<(String, String)> =
        (0..300).map(|i| (format!("f{}/p{i}.html", i % 7), format!("page {i}"))).collect();
    let files: Vec<(&str, &str)> = many.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    assert_eq!(place.build(&files).written.len(), 300);
    let meta = fs::metadata(root.join("public/f0/p0.html")).unwrap();
    fs::write(folder.path().join("probe"), "").unwrap();
    let probe = fs::metadata(folder.path().join("probe")).unwrap();
    assert_eq!(meta.permissions().mode(), probe.permissions().mode());
    assert!(!root.join("public/.guidepost-tmp-staging").exists());
    let before: Vec<(u64, i64, i64)> = many
        .iter()
        .map(|(p, _)| {
            fs::metadata(root.join("public").join(p))
                .map(|m| (m.ino(), m.mtime_nsec(), m.ctime_nsec()))
                .unwrap()
        })
        .collect();
    place.reload();
    assert_eq!(place.build(&files).unchanged, 300);
    let after: Vec<(u64, i64, i64)> = many
        .iter()
        .map(|(p, _)| {
            fs::metadata(root.join("public").join(p))
                .map(|m| (m.ino(), m.mtime_nsec(), m.ctime_nsec()))
                .unwrap()
        })
        .collect();
    assert_eq!(before, after);
    // A folder of the output that someone replaced by a link is not written through.
    let outside = tempfile::tempdir().unwrap();
    fs::rename(root.join("public/f1"), outside.path().join("f1")).unwrap();
    symlink(outside.path().join("f1"), root.join("public/f1")).unwrap();
    assert_eq!(verify(&RealDisk, &place.out, &mut place.manifest).len(), 43);
    let report = place.write(&[page("f1/p1.html", "changed")]);
    assert_eq!(report.diagnostics[0].code, code::FOREIGN_FILE);
    assert_eq!(fs::read(outside.path().join("f1/p1.html")).unwrap(), b"page 1");
    // Nor removed through.
    place.build(&[("index.html", "x")]);
    assert!(outside.path().join("f1/p1.html").exists());
    // A planted staging folder that is a link: only the link goes.
    symlink(outside.path().join("f1"), root.join("public/.guidepost-tmp-staging")).unwrap();
    place.build(&[("index.html", "y")]);
    assert_eq!(fs::read_dir(outside.path().join("f1")).unwrap().count(), 43);
}

#[test]
fn the_list_is_the_same_everywhere() {
    let (one, two) = (memory(), memory());
    Place::at(&one, Path::new("/s")).build(&[("b.html", "1"), ("a.html", "2")]);
    let mut place = Place::at(&two, Path::new("/s"));
    place.build(&[("c.html", "3"), ("b.html", "0")]);
    place.build(&[("a.html", "2"), ("b.html", "1")]);
    assert_eq!(one.bytes("/s/public/.guidepost-outputs"), two.bytes("/s/public/.guidepost-outputs"));
}

/// Builds one of two versions of a site again and again, until it is killed.
#[cfg(unix)]
#[test]
#[ignore = "run by a_build_killed_at_any_time_is_healed"]
fn inner_builder() {
    let Ok(root) = std::env::var("GUIDEPOST_TEST_ROOT") else { return };
    let root = PathBuf::from(root);
    let mut place = Place::at(&RealDisk, &root);
    for round in 0.. {
        let files = version(round % 2);
        let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        assert!(place.build(&files).complete());
    }
}

/// Two versions: the same pages with other bytes, and some that only one of them has.
#[cfg(unix)]
fn version(which: usize) -> Vec<(String, String)> {
    let text = if which == 0 { "old ".repeat(3000) } else { "NEW ".repeat(3000) };
    let mut files: Vec<_> = (0..60).map(|i| (format!("f{}/p{i}.html", i % 5), text.clone())).collect();
    files.extend((0..20).map(|i| (format!("only{which}/deep{}/p{i}.html", i % 3), text.clone())));
    files
}

#[cfg(unix)]
#[test]
fn a_build_killed_at_any_time_is_healed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("public")).unwrap();
    fs::write(root.join("public/homework.docx"), "mine").unwrap();
    for round in 0..12 {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--ignored", "io_write::inner_builder"])
            .env("GUIDEPOST_TEST_ROOT", root)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(60 + round * 17));
        assert!(child.try_wait().unwrap().is_none(), "the builder ended by itself");
        child.kill().unwrap();
        child.wait().unwrap();
        let (old, new) = ("old ".repeat(3000), "NEW ".repeat(3000));
        for entry in walkdir::WalkDir::new(root.join("public")).into_iter().map(Result::unwrap) {
            if entry.path().extension().is_some_and(|e| e == "html") {
                let text = fs::read_to_string(entry.path()).unwrap();
                assert!(text == old || text == new, "{} is half written", entry.path().display());
            }
        }
        let mut place = Place::at(&RealDisk, root);
        let files = version(0);
        let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        let healed = place.build(&files);
        assert_eq!(healed.diagnostics, []);
        let mut left: Vec<String> = walkdir::WalkDir::new(root.join("public"))
            .into_iter()
            .map(Result::unwrap)
            .filter(|e| e.file_type().is_file())
            .map(|e| e.path().strip_prefix(root.join("public")).unwrap().to_str().unwrap().to_owned())
            .collect();
        left.sort();
        let mut expected: Vec<String> = files.iter().map(|(p, _)| (*p).to_owned()).collect();
        expected.extend([LIST.to_owned(), "homework.docx".to_owned()]);
        expected.sort();
        assert_eq!(left, expected);
    }
}

#[cfg(unix)]
#[test]
#[ignore = "run by twenty_descriptors_are_enough"]
fn inner_few_descriptors() {
    let folder = tempfile::tempdir().unwrap();
    let mut place = Place::at(&RealDisk, folder.path());
    for which in [0, 1, 0] {
        let files = version(which);
        let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        assert_eq!(place.build(&files).diagnostics, []);
        assert!(verify(&RealDisk, &place.out, &mut place.manifest).is_empty());
    }
}

#[cfg(unix)]
#[test]
fn twenty_descriptors_are_enough() {
    let run = std::process::Command::new("sh")
        .args(["-c", "ulimit -n 20; exec \"$0\" --exact --ignored io_write::inner_few_descriptors"])
        .arg(std::env::current_exe().unwrap())
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && out.contains("1 passed"), "{out}");
}

/// What is ours is what the manifest or the list names.
#[test]
fn what_another_run_wrote_is_ours_too() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    place.build(&[("index.html", "1"), ("a.html", "1"), ("b/c.html", "1")]);
    let older: Vec<(String, Vec<u8>)> =
        disk.files("/s/public").into_iter().map(|path| (path.clone(), disk.bytes(&path).unwrap())).collect();
    place.build(&[("index.html", "2")]);
    // The folder as it was is put back, with its list; and somebody's own file.
    disk.remove("/s/public");
    older.iter().for_each(|(path, bytes)| disk.file(path, bytes));
    disk.file("/s/public/mine.txt", "mine");
    place.reload();
    assert_eq!(place.manifest.len(), 3);
    assert_eq!(names(&verify(&disk, &place.out, &mut place.manifest)), ["index.html"]);
    let report = place.build(&[("index.html", "2")]);
    assert_eq!(
        (names(&report.written), names(&report.removed)),
        (vec!["index.html"], vec!["a.html", "b/c.html"])
    );
    assert_eq!(report.diagnostics, []);
    assert_eq!(public(&disk), ["index.html", "mine.txt"]);
    // An output of the other run that goes at once, though this one wrote other bytes there.
    disk.remove("/s/public");
    older.iter().for_each(|(path, bytes)| disk.file(path, bytes));
    place.reload();
    let report = place.build(&[("new.html", "3")]);
    assert_eq!(names(&report.removed), ["a.html", "b/c.html", "index.html"]);
    assert_eq!(report.diagnostics, []);
    // A list that is gone is written again.
    disk.remove(&format!("/s/public/{LIST}"));
    place.reload();
    assert!(place.manifest.is_dirty());
    place.save();
    assert!(disk.bytes(&format!("/s/public/{LIST}")).is_some());
    place.reload();
    assert!(!place.manifest.is_dirty());
    // What the list says of a file that has other bytes gives nobody leave to delete it.
    let hex = Fingerprint::of(b"something").to_string();
    disk.file(&format!("/s/public/{LIST}"), format!("{hex} theirs.txt\nnonsense\n{hex} ../up\n"));
    disk.file("/s/public/theirs.txt", "theirs");
    place.reload();
    let report = place.build(&[("new.html", "3")]);
    assert_eq!((report.removed, report.diagnostics.len()), (vec![], 1));
    assert_eq!(public(&disk), ["new.html", "theirs.txt"]);
}

#[test]
fn a_name_in_another_case_on_a_disk_that_knows_no_case() {
    for folds in [true, false] {
        let disk = memory();
        disk.set_folds(folds);
        let mut place = Place::at(&disk, Path::new("/s"));
        place.build(&[
            ("Goals.html", "1"),
            ("Forms/a.html", "1"),
            ("nin\u{303}o.html", "1"),
            ("x.html", "1"),
        ]);
        place.reload();
        // Other bytes, or the same.
        for text in ["2", "2", "3"] {
            let report = place.build(&[
                ("goals.html", text),
                ("forms/a.html", text),
                ("ni\u{f1}o.html", "1"),
                ("x.html", "1"),
            ]);
            assert_eq!(report.diagnostics, [], "folds: {folds}");
            assert_eq!(
                public(&disk),
                ["forms/a.html", "goals.html", "ni\u{f1}o.html", "x.html"],
                "folds: {folds}"
            );
            assert_eq!(disk.bytes("/s/public/goals.html").unwrap(), text.as_bytes());
            place.reload();
            assert!(verify(&disk, &place.out, &mut place.manifest).is_empty());
            assert_eq!(place.manifest.len(), 4);
        }
        // Two lists know the file, each under its own name.
        let hex = Fingerprint::of(b"3").to_string();
        let list = format!("/s/public/{LIST}");
        let both = format!("{}{hex} GOALS.html\n", String::from_utf8(disk.bytes(&list).unwrap()).unwrap());
        disk.file(&list, both);
        place.reload();
        let report = place.build(&[
            ("goals.html", "3"),
            ("forms/a.html", "3"),
            ("ni\u{f1}o.html", "1"),
            ("x.html", "1"),
        ]);
        assert_eq!(report.diagnostics, []);
        assert_eq!(disk.bytes("/s/public/goals.html").as_deref(), Some(&b"3"[..]), "folds: {folds}");
        // A file of theirs under such a name stands in the way there only.
        disk.file("/s/public/Index.html", "theirs");
        let report = place.build(&[("index.html", "1")]);
        assert_eq!(report.complete(), !folds);
        assert_eq!(disk.bytes("/s/public/Index.html").as_deref(), Some(&b"theirs"[..]));
    }
}

#[test]
fn what_goes_must_really_go_before_anything_is_touched() {
    let disk = memory();
    let mut place = Place::at(&disk, Path::new("/s"));
    place.build(&[("a/x.html", "1"), ("b", "1"), ("c/d/e.html", "1"), ("index.html", "1")]);
    let now = [("a", "2"), ("b/y.html", "2"), ("c", "2"), ("index.html", "2")];
    for (path, bytes) in
        [("/s/public/a/theirs.txt", "x"), ("/s/public/b", "edited"), ("/s/public/c/d/e.html", "edited")]
    {
        let old = disk.bytes(path);
        disk.file(path, bytes);
        let before: Vec<_> = disk.files("/s/public").into_iter().map(|f| (disk.bytes(&f), f)).collect();
        let report = place.build(&now);
        let codes: Vec<_> = report.diagnostics.iter().map(|d| (d.code, d.severity)).collect();
        assert_eq!(codes, [(code::FOREIGN_FILE, Severity::Error)], "{path}");
        let after: Vec<_> = disk.files("/s/public").into_iter().map(|f| (disk.bytes(&f), f)).collect();
        assert_eq!(before, after, "{path}");
        match old {
            Some(old) => disk.file(path, old),
            None => disk.remove(path),
        }
    }
    assert_eq!(place.build(&now).diagnostics, []);
    assert_eq!(public(&disk), ["a", "b/y.html", "c", "index.html"]);
}
