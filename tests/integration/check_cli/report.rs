//! `guidepost report`: what the page holds, what it remembers, and what it never overwrites.

use crate::support::{Run, Site};
use std::fs;

fn report(site: &Site, date: &str, args: &[&str]) -> Run {
    Run::of(site.command().args(["report", "--date", date]).args(args))
}

fn site() -> Site {
    let site = Site::bilingual();
    site.page("index.md", "title: Start\ndescription: Where this small guide begins.", "The start.");
    site.page(
        "a.md",
        "title: The <first> page\ndescription: A page with faults, for the report.\nreviewed: 2020-01-01\nreview_every: 1 year\nowner: OT",
        "Come early. This always works\nfor your child. Then go home.\n\nSee [the form](gone.md).",
    );
    site
}

#[test]
fn it_shows_each_problem_with_page_line_and_sentence() {
    let site = site();
    let said = report(&site, "2026-11-22", &[]).clean().stderr;
    assert!(said.contains("report.html: 1 error,"), "{said}");
    let page = fs::read_to_string(site.root().join("report.html")).unwrap();
    for part in [
        "<h1>Report on Test</h1>",
        "This always works for your child.</q>",
        "content/<wbr>a.md</td><td role=\"cell\" class=\"number\" data-by=\"9\">9</td>",
        "See [the form](gone.md).</q>",
        "<h2 id=\"overdue\">Overdue</h2>",
        "reviewed: 2020-01-01</q>",
        "<h2 id=\"untranslated\">Untranslated</h2>",
        "are translated into Español",
        "The &lt;first&gt; page",
        "things a person must look at",
        "This is the first report.",
        "1 problem keeps the site from being published",
        "Content-Security-Policy",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    for word in ["compliant", "compliance", "http://", "<link", "<img", " src="] {
        assert!(!page.contains(word), "{word}");
    }
    // It is no page of the site, and no source.
    site.build_with(&[]);
    assert!(!site.has("report.html"));
}

#[test]
fn as_json_it_is_the_same_and_writes_no_file() {
    let site = site();
    let said = report(&site, "2026-11-22", &["--format", "json"]).clean();
    let [data] = &said.json()[..] else { panic!("{}", said.stdout) };
    assert!(!site.root().join("report.html").exists());
    assert_eq!(
        (&data["title"], &data["date"], &data["pages"]),
        (&"Test".into(), &"2026-11-22".into(), &2.into())
    );
    assert!(data["counts"]["overdue"].as_u64() >= Some(1), "{data}");
    let problems = data["problems"].as_array().unwrap();
    let broken = problems.iter().find(|p| p["code"] == "broken-link").unwrap();
    assert_eq!(
        (&broken["part"], &broken["severity"], &broken["path"], &broken["line"], &broken["sentence"]),
        (
            &"broken".into(),
            &"error".into(),
            &"content/a.md".into(),
            &12.into(),
            &"See [the form](gone.md).".into()
        )
    );
    let page = data["reading"].as_array().unwrap().iter().find(|p| p["path"] == "content/a.md").unwrap();
    assert!(page["words"].as_u64() > Some(5) && page["level"].is_string(), "{page}");
    report(&site, "2026-11-22", &["--format", "json", "--file", "x.html"]).refused();
}

#[test]
fn the_next_one_tells_what_changed() {
    let site = site();
    report(&site, "2026-11-15", &[]).clean();
    site.page("a.md", "title: A\ndescription: A page without faults now.", "Come early. Then go home.");
    report(&site, "2026-11-22", &[]).clean();
    let page = fs::read_to_string(site.root().join("report.html")).unwrap();
    assert!(page.contains("<b>0</b><span class=\"fewer\">1 fewer than on 2026-11-15</span>"), "{page}");
    assert!(page.contains("<tr><td>2026-11-15</td>") && page.contains("<tr><td>2026-11-22</td>"), "{page}");
    // Once more on the same day: the same page, byte for byte.
    report(&site, "2026-11-22", &[]).clean();
    assert_eq!(fs::read_to_string(site.root().join("report.html")).unwrap(), page);
}

#[test]
fn another_file_is_left_alone() {
    let site = site();
    site.file("report.html", "<p>My own page.</p>");
    let run = report(&site, "2026-11-22", &[]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("is no report"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(site.root().join("report.html")).unwrap(), "<p>My own page.</p>");
    report(&site, "2026-11-22", &["--file", "made/state.html"]).clean();
    assert!(site.root().join("made/state.html").exists());
}
