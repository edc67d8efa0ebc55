//! The commands that build nothing: `translations`, `schema`, `new`, `init`. The real program on real folders.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says so and stops")]

mod support;

use std::fs;
use support::{Run, Site};

/// Runs the program in the site's folder.
fn run(site: &Site, args: &[&str]) -> Run {
    Run::of(site.command().args(args))
}

fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap()
}

/// Two pages, one translated with Windows line ends, one not; a Spanish page of its own; a draft.
fn bilingual() -> Site {
    let site = Site::bilingual();
    site.page("a.md", "title: A", "Text.");
    site.page("draft.md", "title: D\ndraft: true", "Text.");
    site.file("content/es/a.md", "---\r\ntitle: \"A\" # corto\r\n---\r\nTexto.\r\n");
    site.page("es/solo.md", "title: Solo", "Texto.");
    site
}

#[test]
fn translations_are_listed_and_marked() {
    let site = bilingual();
    let list = run(&site, &["translations"]).clean().stdout;
    assert!(list.starts_with("Español (es): 0 of 2 pages up to date.\n"), "{list}");
    for part in [
        "Unstamped: 1 page; nothing says which state of the original they translate.\n    content/es/a.md\n",
        "Missing: 1 page; readers see the original, with a notice.\n    content/es/index.md\n",
        "Orphans: 1 page; there is no original of the same path.\n    content/es/solo.md\n",
        "guidepost translations --mark es/a.md\n",
    ] {
        assert!(list.contains(part), "{part}\n{list}");
    }
    assert!(!list.contains("draft.md"), "{list}");

    let said = run(&site, &["translations", "--mark", "es/a.md"]).clean().stdout;
    assert_eq!(said, "Marked as up to date: content/es/a.md\n");
    let marked = read(&site, "content/es/a.md");
    let line = marked.lines().find(|l| l.starts_with("translated_from: ")).unwrap().to_owned();
    assert_eq!(line.len(), "translated_from: \"0123456789abcdef\"".len());
    assert_eq!(marked, format!("---\r\ntitle: \"A\" # corto\r\n{line}\r\n---\r\nTexto.\r\n"));
    let list = run(&site, &["translations"]).stdout;
    assert!(list.contains("1 of 2 pages up to date") && list.contains("Current: 1 page"), "{list}");
    // Once more changes nothing, whichever way the path is written.
    for path in ["content/es/a.md", "./content/es/a.md", "es\\a.md"] {
        let said = run(&site, &["translations", "--mark", path]).clean().stdout;
        assert_eq!(said, "Nothing to mark: 1 page is already up to date.\n");
    }
    assert_eq!(read(&site, "content/es/a.md"), marked);

    // The original changes: outdated. All at once, and from outside the folder.
    site.page("a.md", "title: A", "Text, and more of it.");
    assert!(run(&site, &["translations"]).stdout.contains("Outdated: 1 page"));
    let root = site.root();
    let said = Run::of(support::program().args(["translations", "--root"]).arg(&root).args([
        "--mark-all",
        "--lang",
        "es",
    ]));
    assert_eq!(said.clean().stdout, "Marked as up to date: content/es/a.md\n");
    let again = read(&site, "content/es/a.md");
    assert_eq!(again.len(), marked.len());
    assert_ne!(again, marked);
    assert_eq!(
        run(&site, &["translations", "--mark-all"]).clean().stdout,
        "Nothing to mark: all translations are up to date.\n"
    );
}

#[test]
fn what_cannot_be_marked_is_said_and_nothing_is_written() {
    let site = bilingual();
    let before = read(&site, "content/es/a.md");
    for (path, code, says) in [
        ("es/b.md", 2, "There is no page content/es/b.md. Did you mean es/a.md?"),
        (
            "a.md",
            1,
            "content/a.md is an original, not a translation. Its translation stands in content/es/a.md.",
        ),
        ("es/solo.md", 1, "content/es/solo.md translates no page: content/solo.md does not exist."),
        ("../site.yaml", 2, "is no path below content/"),
    ] {
        let run = run(&site, &["translations", "--mark", "es/a.md", path]);
        assert_eq!(run.code, Some(code), "{path}: {}", run.stderr);
        assert!(run.stderr.contains(says) && run.stderr.contains("Nothing was written."), "{}", run.stderr);
    }
    site.file("content/es/a.md", "---\ntitle: A\nTexto sin cierre.\n");
    let said = run(&site, &["translations", "--mark-all"]).failed().stderr;
    assert!(said.contains("content/es/a.md cannot be marked: its front matter is not closed"), "{said}");
    site.file("content/es/a.md", &before);
    let said = run(&site, &["translations", "--lang", "fr"]).refused().stderr;
    assert!(said.contains("fr is no language") && said.contains("es"), "{said}");
    site.file("site.yaml", "title: Test\ntheme: plain\nlanguages: [en, español]\n");
    assert!(run(&site, &["translations"]).failed().stderr.contains("language tag"));
}
