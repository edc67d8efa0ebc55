//! What a fault may cost: a site with errors keeps what is known of it, and many messages cost what they show.

use crate::support::{Run, Site, assert_same, tree};

/// The pages that [`broken`] breaks.
const BROKEN: [&str; 4] = ["p1", "p2", "p3", "p5"];

/// Fails unless the site was built; what could be better may be said.
#[track_caller]
fn built(run: Run) -> Run {
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run
}

/// A site of a hundred pages and more that was built once, and has errors of three stages since.
fn broken() -> Site {
    let site = Site::plain();
    for i in 0..100 {
        site.page(&format!("part/p{i}.md"), &format!("title: Page {i}"), "Some text that everybody reads.");
    }
    site.page("part/index.md", "title: Part", "A part.");
    built(site.build_checked(&[]));
    site.page("part/p1.md", "title: Page 1", "See [more](nowhere.md).")
        .page("part/p2.md", "title: Page 2: one", "Text.")
        .page("part/p3.md", "title: Page 3\naliases: [p4.html]", "Text.")
        .page("part/p5.md", "title: Page 5", ":::tpi\nText.\n:::");
    site
}

/// What was said but for the time that it took.
fn said(run: &Run) -> String {
    let time = |line: &&str| !line.starts_with("Not built");
    run.stderr.lines().filter(time).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn work(run: &Run) -> [u64; 4] {
    ["parsed", "rendered", "checked", "written"].map(|name| run.count(name))
}

#[test]
fn a_site_with_errors_is_not_read_again() {
    let site = broken();
    let good = site.public();
    let first = site.build_checked(&["--stats"]).failed();
    assert_eq!(first.count("parsed"), 4);
    for _ in 0..2 {
        let again = site.build_checked(&["--stats"]).failed();
        assert_eq!(said(&again), said(&first));
        assert_eq!(work(&again), [0; 4]);
        assert_same(&site.public(), &good);
    }
    // In another format, and what `check` says.
    let json = |run: Run| run.failed().problems();
    let fresh = Site::copy_of(&site.root());
    fresh.remove(".cache");
    let known = json(site.build_checked(&["--format", "json"]));
    assert_eq!(known, json(fresh.build_checked(&["--format", "json"])));
    assert_eq!(known.iter().filter(|p| p.severity == "error").count(), 3);
}

#[test]
fn an_edit_of_a_site_with_errors_costs_the_edit() {
    let site = broken();
    let good = site.public();
    site.build_checked(&[]).failed();
    site.page("part/p50.md", "title: Page 50", "Another text that everybody reads.");
    let edited = site.build_checked(&["--stats"]).failed();
    assert_eq!(edited.count("parsed"), 1);
    assert_eq!(edited.count("checked"), 1);
    assert!(edited.count("rendered") <= 3, "the page and the print pages that hold it: {}", edited.stdout);
    assert_same(&site.public(), &good);
    // One error is mended, two are left.
    site.page("part/p1.md", "title: Page 1", "See [more](p6.md).");
    let mended = site.build_checked(&["--stats"]).failed();
    assert_eq!(mended.count("parsed"), 1);
    assert!(mended.count("rendered") <= 3, "{}", mended.stdout);
    // All are: what was made since and not written is, and nothing that lies there already.
    site.page("part/p2.md", "title: Page 2", "Text.").page("part/p3.md", "title: Page 3", "Text.").page(
        "part/p5.md",
        "title: Page 5",
        "Text.",
    );
    let run = built(site.build_checked(&["--stats"]));
    assert_eq!((run.count("parsed"), run.count("checked")), (3, 3));
    let written = run.count("written");
    // The pages, what lists or prints them, and the parts of the search that hold their words.
    assert!((5..20).contains(&written), "{written} of {}", site.public().len());
    let fresh = Site::copy_of(&site.root());
    fresh.remove(".cache").remove("public");
    built(fresh.build_checked(&[]));
    assert_same(&site.public(), &fresh.public());
    assert_eq!(work(&built(site.build_checked(&["--stats"]))), [0; 4]);
}

#[test]
fn a_site_that_was_never_good_is_written_as_soon_as_it_is() {
    let site = broken();
    site.remove(".cache").remove("public");
    site.build_checked(&[]).failed();
    assert_eq!(work(&site.build_checked(&["--stats"]).failed()), [0; 4]);
    assert!(!site.has("index.html"));
    for page in BROKEN {
        site.page(&format!("part/{page}.md"), &format!("title: Mended {page}"), "Text.");
    }
    let run = built(site.build_checked(&["--stats"]));
    assert_eq!(run.count("parsed"), 4);
    assert_eq!(run.count("written"), site.public().len() as u64);
}

#[test]
fn what_is_said_again_is_what_would_be_found() {
    // An error that only the rules find does not keep back a build without them, nor the other way round.
    let site = Site::plain();
    site.file("site.yaml", "title: Test\ntheme: plain\nchecks: {levels: {link-text-vague: error}}\n");
    site.page("a.md", "title: A", "To ask, click [here](index.md).");
    site.build_checked(&[]).failed();
    site.build_with(&[]).clean();
    site.build_checked(&[]).failed();
    site.build_checked(&[]).failed();
    site.build_with(&[]).clean();

    // What the disk refused is tried again when the disk may have changed its mind.
    let site = Site::plain();
    site.build().clean();
    site.page("notes.md", "title: Notes", "Text.").file("public/notes.html", "mine");
    site.build().failed();
    site.build().failed();
    site.remove("public/notes.html");
    site.build().clean();
    assert!(site.has("notes.html"));

    // Nor is it said of another folder.
    let site = Site::plain();
    let other = site.beside().join("other");
    let out = ["--out", other.to_str().unwrap()];
    site.build_with(&out).clean();
    site.build().clean();
    site.page("index.md", "title: Start", "Another text.");
    site.build().clean();
    site.build_with(&out).clean();
    assert_same(&tree(&other), &site.public());
}

#[test]
fn an_output_that_was_touched_meanwhile_is_made_good_with_the_mended_site() {
    let site = broken();
    site.build_checked(&[]).failed();
    site.file("public/part/p70.html", "touched").remove("public/part/p71.html");
    assert_eq!(work(&site.build_checked(&["--stats"]).failed()), [0; 4]);
    for page in BROKEN {
        site.page(&format!("part/{page}.md"), "title: New", "Text.");
    }
    site.build_with(&[]).clean();
    let fresh = Site::copy_of(&site.root());
    fresh.remove(".cache").remove("public");
    fresh.build().clean();
    assert_same(&site.public(), &fresh.public());
}

#[test]
fn a_day_of_faults_and_mends_says_and_writes_what_fresh_builds_would() {
    let site = Site::plain();
    site.page("part/index.md", "title: Part", "A part.");
    let texts = [
        "Some text.",
        "See [more](p1.md).",
        "See [more](nowhere.md).",
        "See [more](p2.md#no-such).",
        ":::tpi\nText.\n:::",
        "![A thing](no.png)",
    ];
    let mut seed = 7_u64;
    let mut next = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    let mut good = site.public();
    let (mut failed, mut fine) = (0, 0);
    for step in 0..40 {
        let page = format!("part/p{}.md", next(4));
        // Towards the end of each ten steps all is mended, page by page.
        let text = if step % 10 > 5 { texts[next(2)] } else { texts[next(texts.len())] };
        let front = match next(8) {
            0 if site.root().join("content").join(&page).exists() => None,
            1 => Some(format!("title: Other {}", next(3))),
            2 => Some("title: Bad: title".to_owned()),
            _ => Some(format!("title: {page}")),
        };
        match front {
            Some(front) => site.page(&page, &front, text),
            None => site.remove(&format!("content/{page}")),
        };
        if step % 10 == 9 {
            for i in 0..4 {
                site.page(&format!("part/p{i}.md"), &format!("title: Page {i}"), texts[0]);
            }
        }
        let run = site.build_checked(&["--format", "json"]);
        let fresh = Site::copy_of(&site.root());
        if fresh.root().join(".cache").exists() {
            fresh.remove(".cache");
        }
        if fresh.root().join("public").exists() {
            fresh.remove("public");
        }
        let expected = fresh.build_checked(&["--format", "json"]);
        assert_eq!((run.code, &run.stdout), (expected.code, &expected.stdout), "step {step}");
        if run.code == Some(0) {
            fine += 1;
            assert_same(&site.public(), &fresh.public());
            good = site.public();
        } else {
            failed += 1;
            assert_same(&site.public(), &good);
        }
    }
    assert!(failed > 8 && fine > 8, "{failed} and {fine}");
}

/// `n` times `text` in one paragraph on one line, and what is said of it in a format.
fn one_line(n: usize, text: &str, args: &[&str]) -> Run {
    let site = Site::plain();
    site.page("long.md", "title: Long", &text.repeat(n));
    site.build_with(args)
}

#[test]
fn of_many_messages_about_one_line_a_few_are_printed() {
    for (text, code, column) in [
        ("See [more](nowhere.md) of it. ", "broken-link", 5),
        ("See ![a thing](no.png) of it. ", "missing-image", 5),
        ("A [bad](javascript:x) one is. ", "unsafe-link", 3),
        ("Véase [más](nowhere.md) aquí. ", "broken-link", 7),
    ] {
        let run = one_line(400, text, &[]).failed();
        let shown = run.stderr.matches(&format!("error[{code}]")).count();
        let more = format!("content/long.md:5: and 397 more in this line ({code})");
        assert!(shown == 3 && run.stderr.contains(&more), "{shown} {}", run.stderr);
        assert!(run.stderr.len() < 10_000, "{} bytes", run.stderr.len());
        let all = one_line(400, text, &["--format", "json"]).failed().problems();
        let last = all.iter().rfind(|p| p.code == code).unwrap();
        let width = text.chars().count() as u64;
        assert_eq!((last.line, last.column), (5, 399 * width + column));
    }
    // Another line is another matter.
    let run = one_line(40, "See [more](nowhere.md) of it.\n", &[]).failed();
    assert_eq!(run.stderr.matches("error[broken-link]").count(), 40);
}

#[test]
fn check_shows_all_of_them_when_it_is_asked_to() {
    let site = Site::plain();
    site.page("long.md", "title: Long", &"See [more](nowhere.md) of it. ".repeat(200));
    let check = |args: &[&str]| Run::of(site.command().arg("check").args(args)).failed().stderr;
    // The rules speak of the line too; errors come first.
    assert_eq!(check(&[]).matches("error[broken-link]").count(), 3);
    let all = check(&["--all"]);
    assert_eq!(all.matches("error[broken-link]").count(), 200);
    // However long the line, a piece of it is drawn.
    assert!(all.lines().all(|line| line.chars().count() < 600));
    let sarif = Run::of(site.command().args(["check", "--format", "sarif"])).failed().stdout;
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let last = results.iter().rfind(|r| r["ruleId"] == "broken-link").unwrap();
    assert_eq!(last["locations"][0]["physicalLocation"]["region"]["startColumn"], 199 * 30 + 5);
}
