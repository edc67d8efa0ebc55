//! Same sources, same bytes: in any folder, at any time, with any number of threads, in any locale. And a build
//! touches only what differs: nothing at all when nothing changed, never a file that it did not write.

use crate::support::{LIST, Run, Site, TODAY, Tree, assert_same, program, repository, tree};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

/// With an address all outputs are made.
const ARGS: [&str; 4] = ["--base-url", "https://example.org/guide", "--date", TODAY];

/// The bundled guide as a first build makes it.
static FIRST: LazyLock<Tree> = LazyLock::new(|| {
    let site = Site::guide();
    site.build_with(&ARGS).clean();
    site.public()
});

/// A site that has something of everything, small enough to be built often.
fn small() -> Site {
    let site = Site::bilingual();
    site.page(
        "index.md",
        "title: Start\ntags: [one, two]",
        "See [the folder](a/index.md) and ![a mark](mark.svg).",
    );
    site.file("content/mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>");
    site.page("a/index.md", "title: Folder", "Its pages.");
    site.page("a/one.md", "title: One\ntags: [one]\naliases: [old/one.html]", "Text with [two](two.md).");
    site.page("a/two.md", "title: Two", "More text.");
    site.page("words.md", "title: Words\nentries: term", "## Text\n\nWhat is read.");
    site.page("es/index.md", "title: Inicio", "El inicio.");
    site
}

#[test]
fn two_builds_of_two_copies_give_the_same_bytes() {
    let other = Site::guide();
    other.build_with(&ARGS).clean();
    assert_same(&FIRST, &other.public());
    // And again over what is there already, and without what the first left behind.
    other.build_with(&ARGS).clean();
    assert_same(&FIRST, &other.public());
    other.remove(".cache").build_with(&ARGS).clean();
    assert_same(&FIRST, &other.public());
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let site = Site::guide();
    for jobs in ["1", "2", "7"] {
        let out = site.beside().join(format!("out-{jobs}"));
        let out = out.to_str().unwrap();
        site.build_with(&[&ARGS[..], &["--jobs", jobs, "--no-cache", "--out", out]].concat()).clean();
        assert_same(&FIRST, &tree(Path::new(out)));
    }
}

#[test]
fn the_order_and_time_in_which_files_were_made_do_not_matter() {
    let site = Site::empty();
    let folders = ["site.yaml", "content", "data", "themes", "templates", "assets", "translations", "kinds"]
        .map(|p| repository().join(p));
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(walkdir::WalkDir::new)
        .map(|e| e.unwrap().into_path())
        .filter(|p| p.is_file())
        .collect();
    files.sort_by_key(|p| std::cmp::Reverse(p.as_os_str().len() % 7 * 1000 + p.as_os_str().len()));
    for (i, path) in files.iter().enumerate() {
        let name = path.strip_prefix(repository()).unwrap().to_str().unwrap();
        site.file(name, fs::read(path).unwrap());
        let days = Duration::from_secs(86_400 * (i as u64 * 7 % 4000));
        let file = File::options().write(true).open(site.root().join(name)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + days).unwrap();
    }
    site.build_with(&ARGS).clean();
    assert_same(&FIRST, &site.public());
}

#[test]
fn neither_time_zone_nor_locale_nor_folder_names_matter() {
    let site = Site::guide();
    let odd = site.beside().join("Ordner mit Größe & \"quotes\"");
    fs::rename(site.root(), &odd).unwrap();
    for (zone, locale) in [("Pacific/Kiritimati", "C"), ("America/Adak", "tr_TR.UTF-8"), ("", "POSIX")] {
        let mut command = program();
        command.current_dir("/").env("TZ", zone).env("LC_ALL", locale).env("LANG", locale).env_remove("HOME");
        command.arg("build").arg("--no-checks").arg("--root").arg(&odd).args(ARGS).arg("--no-cache");
        Run::of(&mut command).clean();
        assert_same(&FIRST, &tree(&odd.join("public")));
        fs::remove_dir_all(odd.join("public")).unwrap();
    }
}

/// What a file system knows of each file of the output: when it was written, and whether it is still the same file.
fn marks(folder: &Path) -> BTreeMap<String, (SystemTime, u64)> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .map(|entry| {
            let data = entry.metadata().unwrap();
            #[cfg(unix)]
            let number = std::os::unix::fs::MetadataExt::ino(&data);
            #[cfg(not(unix))]
            let number = data.len();
            (entry.path().to_string_lossy().into_owned(), (data.modified().unwrap(), number))
        })
        .collect()
}

#[test]
fn stats_tell_the_stages_that_there_were() {
    let site = small();
    let stages = |run: &Run| -> Vec<String> {
        let stats = run.json().into_iter().find(|v| v.get("parsed").is_some()).unwrap();
        stats["milliseconds"].as_object().unwrap().keys().cloned().collect()
    };
    let first = stages(&site.build_with(&["--stats"]).clean());
    for stage in ["scan", "settings", "parse", "assemble", "plan", "render", "write", "save", "total"] {
        assert!(first.iter().any(|s| s == stage), "{stage} is not among {first:?}");
    }
    // A build with nothing to do only looks, and says again what was said.
    assert_eq!(stages(&site.build_with(&["--stats"]).clean()), ["open", "scan", "total"]);
}

#[test]
fn a_build_without_a_change_touches_nothing() {
    let site = small();
    let first = site.build_with(&["--stats"]).clean();
    assert!(first.count("written") > 10);
    let before = marks(&site.root().join("public"));
    let second = site.build_with(&["--stats"]).clean();
    assert_eq!(second.count("written"), 0);
    assert_eq!(second.count("removed"), 0);
    assert_eq!(before, marks(&site.root().join("public")));
    // Nor does one without the cache: what is there already is compared.
    site.remove(".cache");
    let third = site.build_with(&["--stats"]).clean();
    assert_eq!(third.count("written"), 0);
    assert_eq!(before, marks(&site.root().join("public")));
}

#[test]
fn an_edit_writes_only_what_it_changes() {
    let site = small();
    site.build().clean();
    let before = site.public();
    site.page("a/two.md", "title: Two\nsearch: true", "Other text.");
    let run = site.build_with(&["--stats"]).clean();
    let after = site.public();
    let differ: Vec<&str> =
        after.iter().filter(|(n, b)| before.get(*n) != Some(b)).map(|(n, _)| n.as_str()).collect();
    assert!(differ.contains(&"a/two.html"), "{differ:?}");
    assert_eq!(run.count("written") as usize, differ.len());
}

#[test]
fn neither_threads_nor_memory_undo_that_nothing_changed() {
    let site = small();
    site.build_with(&["--jobs", "1"]).clean();
    let stages = |more: &[&str]| {
        let run = site.build_with(&[&["--stats"], more].concat()).clean();
        let stats = run.json().into_iter().find(|v| v.get("parsed").is_some()).unwrap();
        stats["milliseconds"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    for jobs in ["1", "3", "2"] {
        assert_eq!(stages(&["--jobs", jobs]), ["open", "scan", "total"], "{jobs} threads");
    }
    // What changes the outputs is not passed over.
    assert!(stages(&["--jobs", "2", "--drafts"]).contains(&"facts".to_owned()));
}

#[test]
fn edits_day_by_day_give_what_a_build_from_nothing_gives() {
    let site = small();
    // In one language the text of a page is nothing that others see.
    site.file("site.yaml", "title: Test\ntheme: plain\nlanguages: [en]\n");
    site.remove("content/es");
    site.page("a/two.md", "title: Two\nsearch: true", "Text.");
    site.build().clean();
    let cache = || fs::read(site.root().join(".cache/guidepost.cache")).unwrap();
    let mut before = cache();
    for day in 0..6 {
        site.page("a/two.md", "title: Two\nsearch: true", &format!("Text of day {day}, see [one](one.md)."));
        let run = site.build_with(&["--stats"]).clean();
        assert_eq!(run.count("parsed"), 1, "day {day}");
        // The cache grows by the edit; now and then it is written anew.
        let after = cache();
        assert!(after.starts_with(&before) || after.len() < before.len(), "day {day}");
        before = after;
        let again = site.build_with(&["--stats"]).clean();
        assert_eq!((again.count("parsed"), again.count("written")), (0, 0), "day {day}");
        assert_eq!(cache(), before, "nothing changed on the evening of day {day}");
    }
    // What was edited day by day is known as if it had been built at once: a title is followed by those that show it.
    site.page("a/one.md", "title: Another\nsearch: true", "Text.");
    site.build().clean();
    let by_and_by = site.public();
    site.remove(".cache");
    site.remove("public");
    site.build().clean();
    assert_same(&site.public(), &by_and_by);
}

#[test]
fn files_that_guidepost_did_not_write_stay() {
    let site = small();
    let foreign =
        ["CNAME", ".git/config", "homework.docx", "a/notes.txt", "a/deep/er/x.html", ".well-known/x"];
    for (i, name) in foreign.iter().enumerate() {
        // Some before the first build, some after it.
        if i % 2 == 0 {
            site.file(&format!("public/{name}"), "mine");
        }
    }
    site.build().clean();
    for name in foreign {
        site.file(&format!("public/{name}"), "mine");
    }
    site.remove("content/a").page("index.md", "title: Start", "Nothing more.");
    site.build().clean();
    for name in foreign {
        assert_eq!(site.out(name), "mine", "{name}");
    }
    assert!(!site.has("a/one.html") && !site.has("a/index.html"));
}

#[test]
fn a_foreign_file_in_the_place_of_an_output_is_not_lost() {
    let site = small();
    site.file("public/a/one.html", "written by hand");
    let run = site.build_with(&["--format", "json"]);
    let found = run.problems();
    let problem = found.iter().find(|p| p.code == "foreign-file").expect("it is reported");
    assert!(problem.message.contains("a/one.html"), "{problem:?}");
    let kept = tree(site.beside()).into_iter().filter(|(_, bytes)| bytes == b"written by hand").count();
    assert!(kept >= 1, "what was written by hand is gone: {problem:?}");
}

#[test]
fn what_a_removed_page_made_is_removed() {
    let site = small();
    site.build().clean();
    for gone in ["a/one.html", "old/one.html", "tags/one.html", "a/index.html", "a/print.html"] {
        assert!(site.has(gone), "{gone}");
    }
    site.page("index.md", "title: Start", "Alone.").remove("content/a");
    let run = site.build_with(&["--stats"]).clean();
    for gone in [
        "a/one.html",
        "old/one.html",
        "tags/one.html",
        "a/index.html",
        "a/print.html",
        "a",
        "old",
        "tags",
        "es/a",
    ] {
        assert!(!site.has(gone), "{gone}");
    }
    assert!(run.count("removed") >= 5);
    // The site is what it would be had the pages never been there.
    let fresh = Site::copy_of(&site.root());
    fresh.remove("public").remove(".cache").build().clean();
    assert_same(&fresh.public(), &site.public());
}

#[test]
fn a_failed_build_leaves_the_old_site() {
    let site = small();
    site.build().clean();
    let (before, list) = (site.public(), site.out(LIST));
    // The folder itself held what was staged, for a moment; no file and no folder in it was touched.
    let touched = || {
        let mut marks = marks(&site.root().join("public"));
        marks.remove(&*site.root().join("public").to_string_lossy());
        marks
    };
    let before_marks = touched();
    site.page("a/two.md", "title: Two", "A [broken link](nowhere.md).").remove("content/a/one.md");
    let run = site.build_with(&["--stats"]).failed();
    assert_eq!(run.count("written"), 0);
    assert_eq!(run.count("removed"), 0);
    assert!(run.stderr.contains("The last good site was left as it is."), "{}", run.stderr);
    assert_same(&before, &site.public());
    assert_eq!(before_marks, touched());
    assert_eq!(list, site.out(LIST));
    // The mended site is built as if nothing had been.
    site.page("a/two.md", "title: Two", "No link.").page("index.md", "title: Start", "Home.");
    site.build().clean();
    assert!(!site.has("a/one.html"));
    let fresh = Site::copy_of(&site.root());
    fresh.remove("public").remove(".cache").build().clean();
    assert_same(&fresh.public(), &site.public());
}

#[test]
fn an_output_that_was_damaged_or_lost_is_made_again() {
    let site = small();
    site.build().clean();
    let before = site.public();
    site.file("public/a/two.html", "").remove("public/a/one.html").remove("public/assets");
    site.build().clean();
    assert_same(&before, &site.public());
}

#[test]
fn a_damaged_cache_changes_nothing() {
    let site = small();
    site.build().clean();
    let before = site.public();
    let cache: Vec<String> = tree(&site.root().join(".cache")).into_keys().collect();
    assert!(!cache.is_empty());
    for damage in [&b""[..], b"\0\0\0\0", b"not a cache"] {
        for name in &cache {
            site.file(&format!(".cache/{name}"), damage);
        }
        site.build().clean();
        assert_same(&before, &site.public());
    }
}

#[test]
fn the_site_can_be_moved_with_its_output() {
    let site = small();
    site.build().clean();
    let moved = site.beside().join("elsewhere");
    fs::rename(site.root(), &moved).unwrap();
    let before = marks(&moved.join("public"));
    let mut command = program();
    let run = Run::of(command.current_dir(&moved).args(["build", "--no-checks", "--stats", "--date", TODAY]))
        .clean();
    assert_eq!(run.count("written"), 0);
    assert_eq!(before, marks(&moved.join("public")));
}
