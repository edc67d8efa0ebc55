//! What lies in the output folder: it is what the sources say, whatever wrote there before; and what cannot be written is
//! found before the first byte is.

use crate::support::{Run, Site, TODAY, assert_same, tree};
use std::fs;
use std::path::Path;

fn site() -> Site {
    let site = Site::bilingual();
    site.page("a.md", "title: Apples\ntags: [fruit]", "See [b](b.md).")
        .page("b.md", "title: Berries", "Text.")
        .page("later.md", "title: Later\npublish: 2031-01-01", "Not yet.")
        .page("draft.md", "title: Draft\ndraft: true", "Secret.")
        .page("es/a.md", "title: Manzanas", "Texto.")
        .file("assets/own.css", "a{color:red}");
    site
}

/// What a build of the same sources makes in a folder of its own.
fn fresh(site: &Site) -> crate::support::Tree {
    let copy = Site::copy_of(&site.root());
    for folder in [".cache", "public"] {
        if copy.root().join(folder).exists() {
            copy.remove(folder);
        }
    }
    copy.build();
    copy.public()
}

fn replace(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    crate::support::copy(from, to);
}

#[test]
fn a_build_makes_what_the_sources_say_whatever_ran_before() {
    let other = |args: &'static [&'static str]| move |site: &Site| drop(site.build_with(args));
    /// Another run of the program, and its name.
    type OtherRun = (&'static str, Box<dyn Fn(&Site)>);
    let runs: Vec<OtherRun> = vec![
        ("--no-cache", Box::new(other(&["--no-cache"]))),
        ("--base-url", Box::new(other(&["--no-cache", "--base-url", "https://staging.example.org"]))),
        ("--base-url, cached", Box::new(other(&["--base-url", "https://staging.example.org"]))),
        ("--date", Box::new(other(&["--no-cache", "--date", "2031-06-01"]))),
        ("--drafts", Box::new(other(&["--no-cache", "--drafts"]))),
        ("--drafts, cached", Box::new(other(&["--drafts"]))),
        (
            "a text that was there for one run",
            Box::new(|site| {
                let old = fs::read(site.root().join("content/b.md")).unwrap();
                site.page("b.md", "title: Berries", "A sentence that is taken away again.");
                site.build_with(&["--no-cache"]).clean();
                site.file("content/b.md", old);
            }),
        ),
        (
            "a page that was there for one run",
            Box::new(|site| {
                site.page("gone.md", "title: Gone", "Text.");
                site.build_with(&["--no-cache"]).clean();
                site.remove("content/gone.md");
            }),
        ),
        (
            "a name for another",
            Box::new(|site| {
                // As many outputs as before.
                fs::rename(site.root().join("content/b.md"), site.root().join("content/c.md")).unwrap();
                site.page("a.md", "title: Apples\ntags: [fruit]", "See [c](c.md).");
                site.build_with(&["--no-cache"]).clean();
                fs::rename(site.root().join("content/c.md"), site.root().join("content/b.md")).unwrap();
                site.page("a.md", "title: Apples\ntags: [fruit]", "See [b](b.md).");
            }),
        ),
        ("another folder", Box::new(other(&["--out", "elsewhere", "--base-url", "https://x.org"]))),
        (
            "an edited output",
            Box::new(|site| {
                site.file("public/a.html", "edited by hand");
            }),
        ),
        (
            "a deleted output",
            Box::new(|site| {
                site.remove("public/es");
            }),
        ),
        (
            "a deleted list",
            Box::new(|site| {
                site.remove("public/.guidepost-outputs");
            }),
        ),
        (
            "a deleted manifest",
            Box::new(|site| {
                for entry in fs::read_dir(site.root().join(".cache")).unwrap() {
                    let path = entry.unwrap().path();
                    if path.extension().is_some_and(|e| e == "manifest") {
                        fs::remove_file(path).unwrap();
                    }
                }
            }),
        ),
    ];
    for (name, run) in runs {
        let site = site();
        site.build().clean();
        site.build().clean();
        let before = site.public();
        run(&site);
        site.build().clean();
        assert_same(&site.public(), &before);
        assert_same(&site.public(), &fresh(&site));
        // The list is there again, and says what is there.
        let list = fs::read_to_string(site.root().join("public/.guidepost-outputs")).unwrap();
        assert_eq!(list.lines().count(), before.len(), "{name}");
        assert_eq!(site.build_with(&["--stats", "--format", "json"]).count("written"), 0, "{name}");
    }
}

/// A folder that was put back, copied or checked out has its own list with it.
#[test]
fn pages_of_another_state_of_the_folder_are_removed_and_files_of_others_stay() {
    let site = site();
    site.page("old.md", "title: Old", "Text.").page("deep/old.md", "title: Old too", "Text.");
    site.build().clean();
    let (public, older) = (site.root().join("public"), site.beside().join("older"));
    replace(&public, &older);
    let before = site.public();
    // Their search is another one, and its files have other names.
    assert!(before.keys().any(|name| name.starts_with("search/en/")));
    site.remove("content/old.md").remove("content/deep");
    site.build().clean();
    let now = site.public();
    assert!(!now.contains_key("old.html"));
    assert!(before.keys().any(|name| name.starts_with("search/en/") && !now.contains_key(name)));
    for case in [
        "put back",
        "put back without a cache",
        "put back without a list",
        "list only",
        "edited in the meantime",
    ] {
        replace(&older, &public);
        site.file("public/CNAME", "theirs").file("public/deep/notes.txt", "theirs");
        match case {
            "put back without a cache" => {
                site.remove(".cache");
            }
            // Then nobody knows of the old pages: they are left, as files of others are.
            "put back without a list" => {
                site.remove("public/.guidepost-outputs");
            }
            // The list of another state beside the pages of this one.
            "list only" => {
                let list = fs::read(public.join(".guidepost-outputs")).unwrap();
                site.remove("public");
                site.file("public/CNAME", "theirs").file("public/deep/notes.txt", "theirs");
                site.file("public/.guidepost-outputs", list);
            }
            "edited in the meantime" => {
                site.file("public/old.html", "somebody wrote here");
            }
            _ => {}
        }
        let run = site.build();
        assert_eq!(run.code, Some(0), "{case}: {}", run.stderr);
        let mut found = site.public();
        assert_eq!(found.remove("CNAME").as_deref(), Some(&b"theirs"[..]), "{case}");
        assert_eq!(found.remove("deep/notes.txt").as_deref(), Some(&b"theirs"[..]), "{case}");
        if case == "put back without a list" {
            assert!(found.contains_key("old.html") && found.contains_key("deep/old.html"));
            found.retain(|name, _| now.contains_key(name) || !before.contains_key(name));
        }
        if case == "edited in the meantime" {
            assert!(run.stderr.contains("changed by someone else"), "{}", run.stderr);
            assert!(found.remove("old.html").is_some());
        }
        assert_same(&found, &now);
    }
}

#[test]
fn a_copied_site_finds_its_outputs() {
    let site = site();
    site.page("old.md", "title: Old", "Text.");
    site.build().clean();
    let copy = Site::copy_of(&site.root());
    copy.remove("content/old.md").remove(".cache");
    copy.build().clean();
    assert!(!copy.has("old.html"));
    assert_same(&copy.public(), &fresh(&copy));
}

#[test]
fn names_that_are_kept_are_kept_in_all_pages() {
    let themes: [(&str, &[(&str, &str)]); 4] = [
        ("keep_names: [plain.css]", &[]),
        ("keep_names: [plain.css, own.css]", &[("templates/plain.css", "body{color:{{ 1 }}}")]),
        (
            "keep_names: [own.css, pic.svg]",
            &[("assets/own.css", "a{background:url(pic.svg)}"), ("assets/pic.svg", "<svg/>")],
        ),
        (
            "keep_names: [mark.svg, plain.css]\nextends: base",
            &[("themes/base/theme.yaml", "title: B\nkeep_names: [own.css]\n")],
        ),
    ];
    for (theme, files) in themes {
        let site = site();
        for (path, text) in files {
            site.file(path, text);
        }
        let own = "{% extends \"base.html\" %}{% block body %}{{ asset(path=\"own.css\") }}{{ asset(path=\"plain.css\") }}{% endblock body %}";
        site.template("page.html", own);
        let without = "title: Plain\nkeep_names: [mark.svg]\n".to_owned();
        let with = format!("title: Plain\n{theme}\n");
        for (first, then) in [(&without, &with), (&with, &without)] {
            for edit in [false, true] {
                site.file("themes/plain/theme.yaml", first);
                site.build().clean();
                site.file("themes/plain/theme.yaml", then);
                if edit {
                    site.page("b.md", "title: Berries", &format!("Text {}.", theme.len() + first.len()));
                }
                site.build().clean();
                assert_same(&site.public(), &fresh(&site));
                // And what comes after it.
                site.page("b.md", "title: Berries", "Other text.");
                site.build().clean();
                assert_same(&site.public(), &fresh(&site));
            }
        }
    }
}

#[test]
fn without_checks_nothing_of_an_earlier_run_is_told() {
    let site = site();
    let plain = site.build();
    assert!(!plain.stderr.contains("warning["), "{}", plain.stderr);
    let checked = site.build_checked(&[]);
    assert!(checked.stderr.contains("warning[description-missing]"), "{}", checked.stderr);
    for _ in 0..2 {
        site.build().clean();
        // With nothing to do, and with something.
        site.build().clean();
        site.page("b.md", "title: Berries", "Text, edited.");
        site.build().clean();
        assert!(site.build_checked(&[]).stderr.contains("warning[description-missing]"));
        site.page("b.md", "title: Berries", "Text.");
    }
    // Errors of rules neither.
    let settings = fs::read_to_string(site.root().join("site.yaml")).unwrap();
    site.file("site.yaml", settings + "checks:\n  levels: {description-missing: error}\n");
    for _ in 0..2 {
        site.build_checked(&[]).failed();
        site.page("b.md", "title: Berries", "Written without checks.");
        site.build().clean();
        assert!(site.out("b.html").contains("Written without checks."));
        site.build_checked(&[]).failed();
        site.page("b.md", "title: Berries", "Text.");
        site.build_checked(&[]).failed();
        site.build().clean();
        assert_same(&site.public(), &fresh(&site));
    }
}

/// What clashes, with the two that must be named and what must stand in the help.
type Clash = (&'static str, &'static [(&'static str, &'static str)], [&'static str; 2], &'static str);

const CLASHES: [Clash; 14] = [
    (
        "a file and a folder among aliases",
        &[("content/c.md", "---\ntitle: C\naliases: [o.html, o.html/p.html]\n---\n\nNew.\n")],
        ["o.html/p.html", "content/c.md"],
        "Take the alias out of content/c.md",
    ),
    (
        "an alias in a page's name",
        &[("content/c.md", "---\ntitle: C\naliases: [a.html/]\n---\n\nNew.\n")],
        ["content/a.md", "content/c.md"],
        "Take the alias out of content/c.md",
    ),
    (
        "an alias where another language lies",
        &[("content/c.md", "---\ntitle: C\naliases: [x/../es.html, es/a.html/old.html]\n---\n\nNew.\n")],
        ["content/es/a.md", "content/c.md"],
        "Take the alias out",
    ),
    (
        "a file where the tags lie",
        &[("content/tags", "x")],
        ["content/tags", "the tag pages"],
        "tags: false below outputs:",
    ),
    (
        "a file where a language lies",
        &[("content/es.txt", "x"), ("content/ES", "x")],
        ["content/ES", "content/es/"],
        "Rename content/ES",
    ),
    (
        "a file where assets lie",
        &[("content/assets", "x")],
        ["content/assets", "assets/mark.svg"],
        "Rename content/assets",
    ),
    (
        "a page and a folder of its name",
        &[("content/a.html/b.md", "---\ntitle: X\n---\n\nNew.\n")],
        ["content/a.md", "content/a.html/b.md"],
        "rename the folder content/a.html",
    ),
    (
        "a page and a folder of its name in another case",
        &[("content/A.HTML/b.txt", "x")],
        ["content/a.md", "content/A.HTML/b.txt"],
        "Rename content/a.md",
    ),
    (
        "the same in another form of Unicode",
        &[("content/ni\u{f1}o.md", "---\ntitle: N\n---\n\nNew.\n"), ("content/nin\u{303}o.html/b.txt", "x")],
        ["content/ni\u{f1}o.md", "b.txt"],
        "Rename content/ni",
    ),
    (
        "404",
        &[("content/404.md", "---\ntitle: X\n---\n\nNew.\n")],
        ["content/404.md", "404.html"],
        "translations",
    ),
    (
        "print",
        &[("content/print.md", "---\ntitle: X\n---\n\nNew.\n")],
        ["content/print.md", "print.html"],
        "print: false",
    ),
    (
        "A to Z",
        &[("content/a-z.md", "---\ntitle: X\n---\n\nNew.\n")],
        ["content/a-z.md", "a-z.html"],
        "a_z: false",
    ),
    (
        "an alias that Guidepost needs",
        &[("content/c.md", "---\ntitle: C\naliases: [.guidepost-outputs]\n---\n\nNew.\n")],
        [".guidepost-outputs", "content/c.md"],
        "another name",
    ),
    (
        "two pages in two cases",
        &[("content/B.md", "---\ntitle: C\n---\n\nNew.\n")],
        ["content/B.md", "content/b.md"],
        "upper and lower case",
    ),
];

#[test]
fn clashes_are_found_before_anything_is_written() {
    for (name, files, named, help) in CLASHES {
        let site = site();
        // Nothing leads to some of the files.
        let settings = fs::read_to_string(site.root().join("site.yaml")).unwrap();
        site.file("site.yaml", settings + "files: [\"**\"]\n");
        site.build().clean();
        let before = tree(&site.root().join("public"));
        // Something to write, too.
        site.page("b.md", "title: Berries", "New text that must not go out.");
        for (path, text) in files {
            site.file(path, text);
        }
        let run = site.build().failed();
        for one in named {
            assert!(run.stderr.contains(one), "{name}: no {one} in\n{}", run.stderr);
        }
        assert!(run.stderr.contains(help), "{name}: no {help} in\n{}", run.stderr);
        assert!(!run.stderr.contains("os error") && !run.stderr.contains("check the disk"), "{}", run.stderr);
        assert_same(&tree(&site.root().join("public")), &before);
        // With the clash gone all is written.
        for (path, _) in files {
            fs::remove_file(site.root().join(path)).unwrap();
            let _ = fs::remove_dir(site.root().join(path).parent().unwrap());
        }
        site.build().clean();
        assert_same(&site.public(), &fresh(&site));
    }
}

#[test]
fn what_others_wrote_in_the_way_is_named_with_what_belongs_there() {
    type Put = Box<dyn Fn(&Site)>;
    let file = |path: &'static str| -> Put {
        Box::new(move |site: &Site| {
            site.file(&format!("public/{path}"), "theirs");
        })
    };
    let cases: Vec<(&str, Put, [&str; 2])> = vec![
        ("a file of theirs", file("new.html"), ["public/new.html", "content/new.md"]),
        ("a folder of theirs", file("new.html/theirs.txt"), ["public/new.html", "content/new.md"]),
        ("a file where a folder belongs", file("sub"), ["public/sub", "content/sub"]),
        ("a picture of theirs", file("sub/pic.svg"), ["public/sub/pic.svg", "content/sub/pic.svg"]),
        (
            "a file where tags belong",
            file("tags/new.html"),
            ["public/tags/new.html", "a part of the website"],
        ),
    ];
    for (name, put, named) in cases {
        let site = site();
        site.build().clean();
        put(&site);
        let before = tree(&site.root().join("public"));
        site.page("b.md", "title: Berries", "New text that must not go out.")
            .page("new.md", "title: New\ntags: [new]", "![Pic](sub/pic.svg)")
            .page("sub/page.md", "title: Page", "Text.")
            .file("content/sub/pic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        let run = site.build().failed();
        for one in named {
            assert!(run.stderr.contains(one), "{name}: no {one} in\n{}", run.stderr);
        }
        assert!(
            run.stderr.contains("foreign-file") && run.stderr.contains("--out"),
            "{name}: {}",
            run.stderr
        );
        assert_same(&tree(&site.root().join("public")), &before);
    }
}

/// A page that becomes a folder while somebody has put a file there, or edited the page.
#[test]
fn what_would_make_room_but_cannot_is_found_before_too() {
    let site = site();
    site.page("x.html/inner.md", "title: Inner", "Text.").page("y.md", "title: Y", "Text.");
    site.build().clean();
    site.remove("content/x.html").remove("content/y.md");
    site.page("x.md", "title: X", "Text.").page("y.html/inner.md", "title: Inner", "Text.");
    site.file("public/x.html/theirs.txt", "theirs").file("public/y.html", "edited");
    let before = tree(&site.root().join("public"));
    let run = site.build().failed();
    assert!(run.stderr.contains("public/x.html") && run.stderr.contains("content/x.md"), "{}", run.stderr);
    assert!(run.stderr.contains("public/y.html was changed by someone else"), "{}", run.stderr);
    assert_same(&tree(&site.root().join("public")), &before);
    site.remove("public/x.html/theirs.txt").remove("public/y.html");
    site.build().clean();
    assert_same(&site.public(), &fresh(&site));
}

#[test]
fn the_day_is_that_of_the_zone() {
    // Zone, a moment before its midnight of 15 January 2026, and one after it.
    let zones = [
        ("Pacific/Kiritimati", "2026-01-14T09:59:59Z", "2026-01-14T10:00:01Z"),
        ("Pacific/Pago_Pago", "2026-01-15T10:59:59Z", "2026-01-15T11:00:01Z"),
        ("America/Los_Angeles", "2026-01-15T07:59:59Z", "2026-01-15T08:00:01Z"),
        ("America/New_York", "2026-01-15T04:59:59Z", "2026-01-15T05:00:01Z"),
        ("America/St_Johns", "2026-01-15T03:29:59Z", "2026-01-15T03:30:01Z"),
        ("Asia/Kathmandu", "2026-01-14T18:14:59Z", "2026-01-14T18:15:01Z"),
        ("Australia/Lord_Howe", "2026-01-14T12:59:59Z", "2026-01-14T13:00:01Z"),
        ("Europe/London", "2026-01-14T23:59:59Z", "2026-01-15T00:00:01Z"),
        // Forms of TZ.
        (":America/New_York", "2026-01-15T04:59:59Z", "2026-01-15T05:00:01Z"),
        ("EST5EDT,M3.2.0,M11.1.0", "2026-01-15T04:59:59Z", "2026-01-15T05:00:01Z"),
        ("<+14>-14", "2026-01-14T09:59:59Z", "2026-01-14T10:00:01Z"),
        ("", "2026-01-14T23:59:59Z", "2026-01-15T00:00:01Z"),
    ];
    let site = Site::plain();
    site.page("new.md", "title: New\npublish: 2026-01-15", "Text.").page(
        "old.md",
        "title: Old\nexpires: 2026-01-15",
        "Text.",
    );
    let settings = fs::read_to_string(site.root().join("site.yaml")).unwrap();
    for (zone, before, after) in zones {
        for (moment, is_15th) in [(before, false), (after, true)] {
            let run = |tz: &str, more: &[&str]| {
                let mut command = site.command();
                command.env("TZ", tz).args(["build", "--no-checks", "--now", moment]).args(more);
                let run = Run::of(&mut command);
                assert_eq!(run.code, Some(0), "{zone}: {}", run.stderr);
                (site.has("new.html"), site.has("old.html"))
            };
            site.file("site.yaml", &settings);
            assert_eq!(run(zone, &[]), (is_15th, !is_15th), "TZ={zone} at {moment}");
            if zone.contains('/') && !zone.starts_with(':') {
                site.file("site.yaml", format!("{settings}time_zone: {zone}\n"));
                assert_eq!(run("Asia/Tokyo", &[]), (is_15th, !is_15th), "time_zone: {zone} at {moment}");
                assert_eq!(
                    run("Asia/Tokyo", &["--date", moment]),
                    (is_15th, !is_15th),
                    "{zone}, --date {moment}"
                );
            }
            assert_eq!(run(zone, &["--date", "2026-01-14"]), (false, true), "--date comes first");
            assert_eq!(run(zone, &["--date", "2026-01-15"]), (true, false), "--date comes first");
        }
    }
}

#[test]
fn a_zone_that_nobody_knows_is_told() {
    let site = Site::plain();
    for (tz, help) in
        [("Mars/Base", "time_zone:"), ("EDT", "America/New_York"), ("New York", "America/New_York")]
    {
        let run = Run::of(site.command().env("TZ", tz).args(["build", "--no-checks"])).refused();
        assert!(run.stderr.contains(tz) && run.stderr.contains(help), "{tz}: {}", run.stderr);
        assert!(!site.root().join("public").exists());
        Run::of(site.command().env("TZ", tz).args(["build", "--no-checks", "--date", TODAY])).clean();
        site.remove("public");
    }
    for (zone, help) in [("EST", "America/New_York"), ("New_York", "America/New_York"), ("[a]", "one text")] {
        site.file("site.yaml", format!("title: T\ntheme: plain\ntime_zone: {zone}\n"));
        let run = site.build().failed();
        assert!(run.stderr.contains("site.yaml:3:12") && run.stderr.contains(help), "{zone}: {}", run.stderr);
    }
    site.file("site.yaml", "title: T\ntheme: plain\n");
    for (date, help) in
        [("01/15/2026", "2026-01-15"), ("2026-01-15T08:00", "-05:00"), ("Jan 5 2026", "2026-01-05")]
    {
        let run = Run::of(site.command().args(["build", "--date", date])).refused();
        assert!(run.stderr.contains(help), "{date}: {}", run.stderr);
    }
}

#[test]
fn a_note_says_what_needs_the_address() {
    let site = site();
    let note = |site: &Site| site.problems().into_iter().find(|p| p.code == "needs-base-url");
    let told = note(&site).expect("a note");
    assert!(told.message.contains("sitemap.xml") && told.help.contains("404.html"), "{told:?}");
    // As it says: what is not found deeper than the top does not find its style.
    assert!(site.out("404.html").contains("href=\"assets/"), "{}", site.out("404.html"));
    for (base, root) in [("https://x.example/ot/guide", "/ot/guide/"), ("https://x.example", "/")] {
        site.build_with(&["--base-url", base]).clean();
        let page = site.out("404.html");
        assert!(
            page.contains(&format!("href=\"{root}assets/")) && !page.contains("href=\"assets/"),
            "{page}"
        );
        assert!(site.has("sitemap.xml"));
    }
    // Nobody is told who wants none of it, or has an address.
    let settings = fs::read_to_string(site.root().join("site.yaml")).unwrap();
    for more in ["outputs: {sitemap: false, feed: false}\n", "base_url: https://x.example\n"] {
        site.file("site.yaml", format!("{settings}{more}"));
        assert_eq!(note(&site), None, "{more}");
    }
}
