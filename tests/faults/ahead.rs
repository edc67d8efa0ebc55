//! Errors of pages that are not published: those of drafts stop nothing, and those of a page that comes are told before its day.

use crate::support::Site;

/// Today, in these tests.
const BEFORE: [&str; 2] = ["--date", "2026-12-14"];
/// The day on which the page comes.
const DAY: [&str; 2] = ["--date", "2026-12-15"];

fn built(site: &Site, date: [&str; 2]) -> crate::support::Run {
    site.build_checked(&date)
}

#[test]
fn what_is_wrong_in_a_draft_stops_nothing() {
    let cases: [(&str, &str); 9] = [
        ("_ideas.md", "bus stop\n"),
        ("es/_ideas.md", "bus stop\n"),
        ("_notes/deep/x.md", "---\ntitle: [\n---\n"),
        ("_empty.md", ""),
        ("d/half.md", "---\ntitle: Half\n---\n:::note\nNo end.\n"),
        ("d/none.md", "Only words.\n"),
        ("d/key.md", "---\ntitle: Key\nentires: activity\n---\nText.\n"),
        ("own.md", "---\ntitle: Own\ndraft: true\nkind: nothing\n---\n![](gone.png)\n"),
        ("es/own.md", "---\ntitle: Own\ndraft: true\nexpires: soon\n---\nText.\n"),
    ];
    for (path, text) in cases {
        let site = Site::bilingual();
        site.page("d/index.md", "title: Part\ndraft: true", "Part.");
        site.page("old.md", "title: Old\nexpires: 2026-12-15", "Old words.");
        assert_eq!(built(&site, BEFORE).code, Some(0), "{path}: the site before");
        site.file(&format!("content/{path}"), text);
        let run = built(&site, DAY);
        assert_eq!(run.code, Some(0), "{path}: {}", run.stderr);
        assert!(!site.has("old.html"), "{path}: what is over goes");
        let name = path.rsplit('/').next().unwrap();
        // What begins with _ is its author's alone; of a draft all is told.
        let told = run.stderr.contains(&format!("content/{path}"));
        assert_eq!(told, !path.contains('_'), "{path}: {}", run.stderr);
        assert!(run.stderr.contains("Left out: "), "{name}: {}", run.stderr);
    }
}

#[test]
fn the_same_in_a_page_stops_the_build() {
    for text in
        ["bus stop\n", "---\ntitle: Half\n---\n:::note\nNo end.\n", "---\ntitle: T\nentires: x\n---\n"]
    {
        let site = Site::bilingual();
        site.file("content/a.md", text);
        assert_eq!(built(&site, DAY).code, Some(1), "{text}");
    }
}

#[test]
fn what_would_stop_the_build_on_a_day_stops_it_before() {
    let heic: &str = "\0\0\0\u{18}ftypheic\0\0\0\0mif1heic";
    let cases: [(&str, &[(&str, &str)]); 7] = [
        ("broken-link", &[("content/new.md", "[x](gone.md)")]),
        ("broken-anchor", &[("content/b.md", "## Other"), ("content/new.md", "[x](b.md#part)")]),
        ("missing-image", &[("content/new.md", "![A photo](gone.png)")]),
        ("photo-format", &[("content/p.heic", heic), ("content/new.md", "![A photo](p.heic)")]),
        ("address-collision", &[("content/new.md", "NEW"), ("content/a.md", "alias: new.html")]),
        ("address-collision", &[("content/new.md", "alias: x.html"), ("content/a.md", "alias: x.html")]),
        ("broken-link", &[("content/index.md", "home"), ("content/s/new.md", "[x](gone.pdf)")]),
    ];
    for (code, files) in cases {
        let site = Site::bilingual();
        site.page("old.md", "title: Old\nexpires: 2026-12-15", "Old words.");
        assert_eq!(built(&site, BEFORE).code, Some(0), "{code}");
        let before = site.public();
        for (path, text) in files {
            let alias = text.strip_prefix("alias: ");
            let aliases = alias.map_or(String::new(), |alias| format!("\naliases: [{alias}]"));
            let publish = if path.ends_with("new.md") { "\npublish: 2026-12-15" } else { "" };
            match path.ends_with(".md") {
                true => site.file(path, format!("---\ntitle: T{aliases}{publish}\n---\n{text}\n")),
                false => site.file(path, text),
            };
        }
        let run = built(&site, BEFORE);
        assert_eq!(run.code, Some(1), "{files:?}: {}", run.stderr);
        assert!(
            run.stderr.contains(code) || run.stderr.contains("alias"),
            "{code} {files:?}: {}",
            run.stderr
        );
        assert!(run.stderr.contains("(from 2026-12-15 on)"), "{files:?}: {}", run.stderr);
        assert_eq!(site.public(), before, "{files:?}: nothing is written");
        let check = site.command().args(["check", BEFORE[0], BEFORE[1]]).output().unwrap();
        assert_eq!(check.status.code(), Some(1), "{files:?}: check says so too");
        // Told again by a run in which nothing differs, and the same on the day itself.
        assert_eq!(built(&site, BEFORE).code, Some(1), "{files:?}");
        assert_eq!(built(&site, DAY).code, Some(1), "{files:?}");
    }
}

#[test]
fn a_page_that_takes_the_place_of_another_on_a_day_is_right_on_both() {
    let site = Site::bilingual();
    site.page("old.md", "title: Old\nexpires: 2026-12-15\ntags: [x]", "Old words.");
    site.page(
        "new.md",
        "title: New\npublish: 2026-12-15\naliases: [old.html]\ntags: [x]",
        "New words. [Then](then.md)",
    );
    site.page("then.md", "title: Then\npublish: 2026-12-16\naliases: [was.html]", "[New](new.md)");
    site.page("late.md", "title: Late\npublish: 2027-02-01", "[Start](index.md)");
    for (date, old, new) in
        [("2026-12-14", true, false), ("2026-12-15", true, true), ("2026-12-16", true, true)]
    {
        let run = built(&site, ["--date", date]);
        assert_eq!(run.code, Some(0), "{date}: {}", run.stderr);
        assert_eq!((site.has("old.html"), site.has("new.html")), (old, new), "{date}");
        assert_eq!(site.out("old.html").contains("Old words."), date == "2026-12-14");
    }
}

#[test]
fn a_site_that_is_left_out_whole_is_not_emptied() {
    for (start, other, says) in [
        ("title: Home\nexpires: 2026-12-15", "title: A", "\"index.md\" was shown until 2026-12-15"),
        ("title: Home\ndraft: true", "title: A", "\"index.md\" is a draft"),
        ("title: Home\npublish: 2027-01-01", "title: A", "\"index.md\" comes on 2027-01-01"),
        ("title: Home\ndraft: true", "title: A\ndraft: true", "is a draft"),
    ] {
        let site = Site::plain();
        site.page("index.md", "title: Home", "Start.").page("a.md", "title: A", "Text.");
        site.build_with(&["--date", "2026-12-14"]).clean();
        let before = site.public();
        site.page("index.md", start, "Start.").page("a.md", other, "Text.");
        let run = site.build_with(&DAY);
        assert_eq!(run.code, Some(2), "{start}: {}", run.stderr);
        assert!(run.stderr.contains("no page is published") && run.stderr.contains(says), "{}", run.stderr);
        assert_eq!(site.public(), before, "{start}");
        site.build_with(&["--drafts", DAY[0], DAY[1]]);
        assert!(site.has("a.html"));
    }
}
