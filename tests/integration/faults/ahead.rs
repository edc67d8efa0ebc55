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

/// The errors of a build on that day: code, file, line, and message without the day from which it holds.
fn errors_of(site: &Site, date: [&str; 2], rules: bool) -> Vec<(String, String, u64, String)> {
    let mut command = site.command();
    command.args(["build", "--no-cache", "--format", "json", date[0], date[1]]);
    if !rules {
        command.arg("--no-checks");
    }
    let run = crate::support::Run::of(&mut command);
    let errors = run.problems().into_iter().filter(|p| p.severity == "error");
    let mut found: Vec<_> = errors
        .map(|p| {
            let message = p.message.split(" (from ").next().unwrap_or_default();
            // How many pages meet a template's fault is not known before all are made.
            let message = message.split(" Met while making").next().unwrap_or_default().to_owned();
            (p.code, p.path, p.line, message)
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn what_is_told_before_the_day_is_what_the_day_itself_would_tell() {
    let new = "title: New\npublish: 2026-12-15";
    // The files of a site that is right today, and how many errors its day would bring.
    type Case<'a> = (&'a str, usize, &'a [(&'a str, &'a str)]);
    let cases: [Case<'_>; 23] = [
        (
            "nothing",
            0,
            &[("content/new.md", "---\nNEW\n---\n[a](a.md) ![A bus.](p.png)\n"), ("content/p.png", "PNG")],
        ),
        ("a link", 1, &[("content/new.md", "---\nNEW\n---\n[x](gone.md)\n")]),
        ("two links", 2, &[("content/new.md", "---\nNEW\n---\n[x](gone.md)\n\n[y](gone.pdf)\n")]),
        (
            "an anchor of the page that comes",
            1,
            &[
                ("content/new.md", "---\nNEW\n---\nText.\n"),
                ("content/b.md", "---\ntitle: B\n---\n[x](new.md#nope)\n"),
            ],
        ),
        (
            "the same in the menu",
            1,
            &[
                ("content/new.md", "---\nNEW\n---\nText.\n"),
                ("site.yaml", "SETTINGSmenu: [a.md, new.md#nope]\n"),
            ],
        ),
        (
            "the same in a notice",
            2,
            &[
                ("content/new.md", "---\nNEW\n---\nText.\n"),
                ("site.yaml", "SETTINGSnotice: {text: \"See [it](new.md#nope).\"}\n"),
            ],
        ),
        (
            "a menu to a file that is not there",
            0,
            &[("content/new.md", "---\nNEW\n---\nText.\n"), ("site.yaml", "SETTINGSmenu: [a.md, new.md]\n")],
        ),
        (
            "a file that is only linked",
            1,
            &[("content/new.md", "---\nNEW\n---\n[x](p.heic)\n"), ("content/p.heic", "HEIC")],
        ),
        (
            "two aliases",
            1,
            &[
                ("content/new.md", "---\nNEW\naliases: [x.html]\n---\nText.\n"),
                ("content/b.md", "---\ntitle: B\naliases: [x.html]\n---\nText.\n"),
            ],
        ),
        (
            "a file where the page belongs",
            1,
            &[
                ("content/new.md", "---\nNEW\n---\nText.\n"),
                ("content/new.html", "<p>Mine"),
                ("content/b.md", "---\ntitle: B\n---\n[x](new.html)\n"),
            ],
        ),
        (
            "a file that only the new page leads to",
            1,
            &[
                ("content/new.md", "---\nNEW\n---\n[x](b.html)\n"),
                ("content/b.html", "<p>Mine"),
                ("content/b.md", "---\ntitle: B\n---\nText.\n"),
            ],
        ),
        (
            "a template that fails for it",
            1,
            &[
                ("content/new.md", "---\nNEW\ntags: [odd]\n---\nText.\n"),
                ("templates/tag.html", "{{ nope(tag) }}"),
            ],
        ),
        (
            "a template that fails for its section",
            1,
            &[
                ("content/s/index.md", "---\ntitle: S\n---\n"),
                ("content/s/new.md", "---\nNEW\n---\nText.\n"),
                ("templates/section.html", "{% for p in pages() %}{{ p.nope.deeper }}{% endfor %}"),
            ],
        ),
        (
            "a menu template that fails for it",
            1,
            &[
                ("content/new.md", "---\nNEW\n---\nText.\n"),
                (
                    "templates/menu.html",
                    "{% for i in items %}{% if i.title == \"New\" %}{{ i.nope.deeper }}{% endif %}{% endfor %}",
                ),
            ],
        ),
        (
            "a menu that fails in a section where nothing else is another one",
            1,
            &[
                ("content/new.md", "---\nNEW\norder: 1\n---\nText.\n"),
                ("content/b.md", "---\ntitle: B\norder: 2\n---\nText.\n"),
                ("content/s/index.md", "---\ntitle: S\norder: 3\n---\nText.\n"),
                ("content/s/x.md", "---\ntitle: X\n---\nText.\n"),
                (
                    "templates/menu.html",
                    "{% for i in items %}{% if i.open and i.title == \"S\" %}{% for j in items %}{% if j.title == \"New\" %}{{ j.nope.deeper }}{% endif %}{% endfor %}{% endif %}{% endfor %}",
                ),
            ],
        ),
        ("a picture without a text", 1, &[("content/new.md", "---\nNEW\n---\n![A photo](gone.png)\n")]),
        (
            "a section that comes",
            1,
            &[
                ("content/s/index.md", "---\nNEW\n---\n"),
                ("content/s/x.md", "---\ntitle: X\n---\n[x](gone.md)\n"),
            ],
        ),
        (
            "a translation that comes",
            0,
            &[("content/es/a.md", "---\ntitle: A\npublish: 2026-12-15\n---\n[x](gone.md)\n")],
        ),
        (
            "its translation",
            0,
            &[
                ("content/new.md", "---\nNEW\n---\nText.\n"),
                ("content/es/new.md", "---\ntitle: N\n---\n[x](gone.md)\n"),
            ],
        ),
        (
            "the start page goes on that day",
            1,
            &[
                ("content/new.md", "---\nNEW\n---\nText.\n"),
                ("content/index.md", "---\ntitle: Home\nexpires: 2026-12-15\n---\nText.\n"),
            ],
        ),
        (
            "what it leads to goes on that day",
            0,
            &[
                ("content/new.md", "---\nNEW\n---\n[x](b.md#part)\n"),
                ("content/b.md", "---\ntitle: B\nexpires: 2026-12-15\n---\n## Part {#part}\n"),
            ],
        ),
        (
            "a rule that somebody made an error",
            1,
            &[
                ("content/new.md", "---\nNEW\n---\nText.\n"),
                ("content/b.md", "---\ntitle: New\n---\nText.\n"),
                ("site.yaml", "SETTINGSchecks: {levels: {title-duplicate: error}}\n"),
            ],
        ),
        (
            "a tag page that clashes",
            0,
            &[
                ("content/new.md", "---\nNEW\ntags: [\"3+\"]\n---\nText.\n"),
                ("content/b.md", "---\ntitle: B\ntags: [\"3\"]\n---\nText.\n"),
            ],
        ),
    ];
    for (name, count, files) in cases {
        for rules in [false, true] {
            let site = Site::bilingual();
            site.page("a.md", "title: A", "Text.");
            let settings = std::fs::read_to_string(site.root().join("site.yaml")).unwrap();
            for (path, text) in files {
                let bytes = match *text {
                    "HEIC" => b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(),
                    "PNG" => crate::faults::picture_files::png(b"", b""),
                    text => text.replace("NEW", new).replace("SETTINGS", &settings).into_bytes(),
                };
                site.file(path, bytes);
            }
            let ahead = errors_of(&site, BEFORE, rules);
            let then = errors_of(&site, DAY, rules);
            assert_eq!(ahead, then, "{name}, rules {rules}");
            let known = if name == "a rule that somebody made an error" && !rules { 0 } else { count };
            assert!((known > 0) != then.is_empty(), "{name}, rules {rules}: {then:?}");
        }
    }
}

#[test]
fn several_days_are_looked_at_one_after_the_other() {
    let site = Site::bilingual();
    site.page("one.md", "title: One\npublish: 2026-12-15\nexpires: 2026-12-20", "[x](two.md#nope)");
    site.page("two.md", "title: Two\npublish: 2026-12-16", "## Part {#part}\n\n[y](three.md)");
    site.page("three.md", "title: Three\npublish: 2026-12-17\naliases: [was.html]", "[z](gone.md)");
    site.page("four.md", "title: Four\npublish: 2026-12-18\naliases: [was.html]", "[z](three.md)");
    let told = |date: &str| {
        let mut command = site.command();
        let run = crate::support::Run::of(command.args(["build", "--format", "json", "--date", date]));
        let errors = run.problems().into_iter().filter(|p| p.severity == "error");
        let day = |message: &str| {
            message.split("(from ").nth(1).unwrap_or("today").trim_end_matches(" on)").to_owned()
        };
        let mut found: Vec<_> = errors.map(|p| (day(&p.message), p.path)).collect();
        found.sort();
        found
    };
    let at = |day: &str, path: &str| (day.to_owned(), format!("content/{path}"));
    assert_eq!(
        told("2026-12-14"),
        [at("2026-12-16", "one.md"), at("2026-12-17", "three.md"), at("2026-12-18", "three.md")]
    );
    // When there is an error today, that is mended first.
    assert_eq!(told("2026-12-16"), [at("today", "one.md")]);
    // The page with the dead link to a heading is over.
    assert_eq!(
        told("2026-12-20").iter().map(|(day, _)| day.as_str()).collect::<Vec<_>>(),
        ["today", "today"]
    );
}
