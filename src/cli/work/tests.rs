//! What ends half way loses nothing: neither outputs nor changes.

use super::*;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// A site of a few pages in a folder of its own.
fn site() -> (tempfile::TempDir, SiteArgs) {
    let folder = tempfile::tempdir().unwrap();
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/support/theme");
    for file in walkdir::WalkDir::new(&theme).into_iter().map(Result::unwrap).filter(|f| f.path().is_file()) {
        let to = folder.path().join("themes/plain").join(file.path().strip_prefix(&theme).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(file.path(), to).unwrap();
    }
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("site.yaml", "title: T\ntheme: plain\n");
    for page in ["index", "a", "b", "c"] {
        write(&format!("content/{page}.md"), &format!("---\ntitle: {page}\n---\n\nSee [a](a.md).\n"));
    }
    let args = SiteArgs {
        root: folder.path().to_path_buf(),
        out: None,
        base_url: None,
        drafts: false,
        date: Some(super::super::today::When::Day(jiff::civil::date(2026, 11, 22))),
        now: None,
        jobs: Some(1),
    };
    (folder, args)
}

fn written(root: &Path) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(root.join("public")).into_iter().map(Result::unwrap);
    let files = files.filter(|f| f.path().is_file());
    files.map(|f| (f.path().strip_prefix(root).unwrap().into(), std::fs::read(f.path()).unwrap())).collect()
}

#[test]
fn a_panic_while_outputs_are_made_loses_none_of_them() {
    let (folder, args) = site();
    let mut work = Work::open(&args, false, false, true, true).unwrap();
    work.open_engine().unwrap();
    let made = std::sync::atomic::AtomicUsize::new(0);
    let step =
        |_| assert!(made.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 3, "the fourth output fails");
    assert!(catch_unwind(AssertUnwindSafe(|| work.make_and_write(true, &step))).is_err());
    assert!(!folder.path().join("public/index.html").exists());
    assert!(!work.recover(), "rendering tears nothing");
    work.make_and_write(true, &|_| {});
    let after = written(folder.path());
    let (other, args) = site();
    let mut whole = Work::open(&args, false, false, true, true).unwrap();
    whole.open_engine().unwrap();
    whole.make_and_write(true, &|_| {});
    assert_eq!(after, written(other.path()));
    assert!(after.len() > 5);
}

#[test]
fn what_is_distrusted_is_made_anew_once() {
    let (folder, args) = site();
    let mut work = Work::open(&args, true, true, false, false).unwrap();
    work.open_engine().unwrap();
    let page = OutputPath::new("a.html").unwrap();
    let text = |made: Option<OutputBody>| match made {
        Some(OutputBody::Bytes(bytes)) => String::from_utf8(bytes).unwrap(),
        _ => panic!("the page is made"),
    };
    assert!(!text(work.output(&page)).contains("Changed"));
    // A change that was read but never taken in.
    std::fs::write(folder.path().join("content/a.md"), "---\ntitle: a\n---\n\nChanged.\n").unwrap();
    work.distrust();
    assert!(text(work.output(&page)).contains("Changed"));
    assert!(!work.recover());
}

#[test]
fn a_page_saved_while_the_site_is_made_is_never_mixed_of_old_and_new() {
    for (page, text) in [
        ("content/b.md", "---\ntitle: b\ndraft: true\n---\n\nNot for the public.\n"),
        ("content/b.md", "---\ntitle: New\n---\n\nNew words.\n"),
        ("content/b.md", ""),
        ("content/index.md", "---\ntitle: Home\n---\n\nOther words.\n"),
    ] {
        let change = |folder: &Path| match text {
            "" => std::fs::remove_file(folder.join(page)).unwrap(),
            text => std::fs::write(folder.join(page), text).unwrap(),
        };
        let (folder, args) = site();
        let mut work = Work::open(&args, false, false, true, true).unwrap();
        // No body is kept, so each is read again when its page is made.
        work.session.options.body_budget = 0;
        work.open_engine().unwrap();
        change(folder.path());
        work.make_and_write(true, &|_| {});
        let (other, args) = site();
        change(other.path());
        let mut whole = Work::open(&args, false, false, true, true).unwrap();
        whole.open_engine().unwrap();
        whole.make_and_write(true, &|_| {});
        assert_eq!(written(folder.path()), written(other.path()), "{page}: {text}");
    }
}
