//! `check --publish` (A13): what stands between a folder and the public, what of it must be done, and how that ends.

use crate::faults::picture_files::jpeg;
use crate::support::{Run, Site, TODAY};
use serde_json::Value;
use std::fs;

/// The list, as JSON, and the exit code.
fn list(site: &Site) -> (Vec<Value>, Option<i32>) {
    let mut command = site.command();
    let run = Run::of(command.args(["check", "--publish", "--format", "json", "--date", TODAY]));
    (run.json(), run.code)
}

/// The things of one part: `must` or `know`, place, message.
fn of(list: &[Value], section: &str) -> Vec<String> {
    let of_section = list.iter().filter(|thing| thing["section"] == section);
    let said = of_section.map(|thing| {
        let must = if thing["must"] == true { "must" } else { "know" };
        let path = thing["path"].as_str().unwrap_or("-");
        let message = thing["message"].as_str().unwrap();
        assert!(!thing["help"].as_str().unwrap().is_empty(), "nothing is said to do about: {thing}");
        format!("{must} {path}:{} {message}", thing["line"].as_u64().unwrap_or(0))
    });
    said.collect()
}

/// The plain site with nothing to do.
fn ready() -> Site {
    let site = Site::plain();
    site.file("urls.lock", "index.html\n")
        .file("site.yaml", "title: Test\ntheme: plain\nreviewer: {name: Pat Lee, date: 2026-11-01}\n");
    site.page(
        "index.md",
        "title: Start\nreviewed: 2026-11-01\nowner: Lead OT\ndescription: What families find here.",
        "The start.",
    );
    site
}

#[test]
fn the_bundled_guide_lists_only_what_a_district_must_fill_in() {
    let site = Site::guide();
    let (all, code) = list(&site);
    assert_eq!(code, Some(1));
    let must: Vec<&Value> = all.iter().filter(|thing| thing["must"] == true).collect();
    assert!(must.iter().all(|thing| thing["section"] == "placeholders"), "{must:#?}");
    let text = of(&all, "placeholders").join("\n");
    for said in [
        "`district.en` still says \"Your School District\"",
        "`district.es` still says \"Su distrito escolar\"",
        "`contact.phone` still says \"555-0100\"",
        "`contact.email` still says \"ot@example.org\"",
        "`contact.address` still says \"100 School Street\"",
    ] {
        assert!(text.contains(said), "{said} is not in:\n{text}");
    }
    let boxes = text.matches("this box still says what the starter guide said").count();
    assert!(boxes > 20, "{boxes} boxes:\n{text}");
    assert_eq!(must.len() - boxes, text.lines().filter(|l| l.contains("site.yaml:")).count(), "{text}");
    for (section, words) in
        [("review", "nobody is named who checked"), ("languages", "nobody has checked the pages in Español")]
    {
        assert!(of(&all, section).iter().any(|said| said.contains(words)), "{section}: {all:#?}");
    }
    // It is told once by `check` and in one line by `build`, which says it again when nothing differs.
    let told = Run::of(site.command().args(["check", "--date", TODAY]));
    assert_eq!(told.stderr.matches("warning[placeholder]").count(), 1, "{}", told.stderr);
    let told = site.build_checked(&[]);
    assert_eq!(told.stderr.matches("warning[placeholder]").count(), 0, "{}", told.stderr);
    let line =
        format!("Before you publish: {} things to do; `guidepost check --publish` lists them.", must.len());
    assert!(told.stderr.contains(&line), "{line}\n{}", told.stderr);
    assert!(site.build_checked(&[]).stderr.contains(&line));
    // A box that moved with its page is still the starter's; one with a word more is the district's.
    let from = site.root().join("content/delivery/with-aides.md");
    let page = fs::read_to_string(&from).unwrap();
    fs::remove_file(&from).unwrap();
    site.file("content/delivery/helpers.md", page.replace("\n", "\r\n"));
    assert_eq!(
        of(&list(&site).0, "placeholders").iter().filter(|l| l.contains("delivery/helpers.md")).count(),
        1
    );
    site.file(
        "content/delivery/helpers.md",
        page.replace("Ask which rules your school follows.", "Here it is rule 12."),
    );
    assert!(!of(&list(&site).0, "placeholders").iter().any(|l| l.contains("delivery/helpers.md")));
}

#[test]
fn a_guide_that_is_ready_ends_well() {
    let site = ready();
    let (all, code) = list(&site);
    assert_eq!((all.len(), code), (0, Some(0)), "{all:#?}");
    let mut command = site.command();
    let run = Run::of(command.args(["check", "--publish", "--date", TODAY]));
    assert!(run.stdout.contains("Nothing must be done before you publish."), "{}", run.stdout);
    assert!(!site.build_checked(&[]).stderr.contains("Before you publish"));
}

#[test]
fn what_belongs_to_nobody_is_found_in_settings_and_pages() {
    for (settings, page, said) in [
        ("contact: {phone: 555-0142}", "Text.", "must site.yaml:4 `contact.phone` still says \"555-0142\""),
        (
            "contact: {phone: (415) 555 0100}",
            "Text.",
            "must site.yaml:4 `contact.phone` still says \"555 0100\"",
        ),
        (
            "contact: {url: \"https://www.example.com/ot\"}",
            "Text.",
            "must site.yaml:4 `contact.url` still says \"https://www.example.com\"",
        ),
        ("district: {en: Your School District}", "Text.", "must site.yaml:4 `district.en` still says"),
        (
            "# district: Your School District",
            "Call 555-0199 today.",
            "must content/index.md:9 \"555-0199\" is nobody's",
        ),
        ("", "Write to ot@example.org.", "must content/index.md:9 \"ot@example.org\" is nobody's"),
        (
            "",
            "Here:\n\n<!-- fill in -->\n\nText.",
            "must content/index.md:11 this place is marked as still to be filled in",
        ),
        (
            "",
            "Write the text here.",
            "must content/index.md:9 this is the sentence that `guidepost new` wrote",
        ),
        ("contact: {phone: 415-555-2368}", "Call 555-0200, or see `ot@example.org`.", ""),
        ("district: The Your Way School District", "<!-- to fill in later -->\n\nText.", ""),
    ] {
        let site = ready();
        let text = fs::read_to_string(site.root().join("site.yaml")).unwrap();
        site.file("site.yaml", format!("{text}{settings}\n"));
        let front =
            "title: Start\nreviewed: 2026-11-01\nowner: Lead OT\ndescription: What families find here.";
        site.page("index.md", &format!("{front}\ntags: []"), page);
        let (all, code) = list(&site);
        let found = of(&all, "placeholders");
        if said.is_empty() {
            assert_eq!((found.len(), code), (0, Some(0)), "{settings} {page}: {all:#?}");
        } else {
            assert!(found.len() == 1 && found[0].starts_with(said), "{said}: {all:#?}");
            assert_eq!(code, Some(1), "{said}");
        }
    }
}

#[test]
fn what_is_good_to_know_does_not_keep_a_guide_back() {
    let site = ready();
    let front = "reviewed: 2026-11-01\nowner: Lead OT\ndescription: A sentence on this page.";
    site.page("a.md", &format!("title: A\ndraft: true\n{front}"), "Text.");
    site.page("b.md", &format!("title: B\npublish: 2026-12-24\n{front}"), "Text.");
    site.page("c.md", &format!("title: C\nexpires: 2026-11-01\n{front}"), "Text.");
    site.page(
        "d.md",
        "title: D\ndescription: Another sentence on this page.",
        "Text, and [the papers](papers.zip), ![a bus at the stop](bus.jpg), [small](small.pdf).",
    );
    site.file("content/bus.jpg", jpeg(b"", b"", &vec![0; 2_300_000]));
    site.file("content/papers.zip", vec![0; 6_000_000]).file("content/small.pdf", "%PDF-1.4");
    site.page("index.md", &format!("title: Start\n{front}s"), "The start. See [D](d.md).");
    let (all, code) = list(&site);
    assert_eq!(code, Some(0), "{all:#?}");
    assert_eq!(
        of(&all, "left-out"),
        [
            "know content/a.md:3 this page is a draft",
            "know content/b.md:3 this page comes on 2026-12-24",
            "know content/c.md:3 this page is over since 2026-11-01",
        ]
    );
    assert_eq!(of(&all, "review"), ["know content/d.md:2 this page does not say when it was reviewed"]);
    assert_eq!(
        of(&all, "weight"),
        [
            "know content/bus.jpg:0 2.3 MB: about 12 seconds in a slow phone network",
            "know content/papers.zip:0 6.0 MB: about 30 seconds in a slow phone network",
        ]
    );
}

#[test]
fn a_page_weighs_what_a_browser_loads_to_show_it() {
    let front = "reviewed: 2026-11-01\nowner: Lead OT\ndescription: What families find here.";
    let start = |body: &str| format!("---\ntitle: Start\n{front}\n---\n{body}\n");
    let pictures = "![a](a.jpg) ![b](b.jpg) ![c](c.jpg)";
    // A page, the pictures of 900 KB that it shows, its style, and what is said of it.
    for (body, style, said) in [
        ("The start.", 100, None),
        // Two pictures are no more than two megabytes; three are, the same picture twice is one.
        ("![a](a.jpg) ![b](b.jpg)", 100, None),
        ("![a](a.jpg) ![a](a.jpg) ![b](b.jpg)", 100, None),
        (pictures, 100, Some("with all that it shows, this page has 2.7 MB: about 14 seconds")),
        // The style counts, and the picture that is only linked does not.
        ("![a](a.jpg) ![b](b.jpg)", 300_000, Some("with all that it shows, this page has 2.1 MB")),
        ("![a](a.jpg) ![b](b.jpg) [c](c.jpg)", 100, None),
    ] {
        let site = ready();
        site.file("content/index.md", start(body));
        site.file("themes/plain/assets/plain.css", format!("a{{color:red}}/*{}*/", "x".repeat(style)));
        for name in ["a", "b", "c"] {
            site.file(&format!("content/{name}.jpg"), jpeg(b"", b"", &[0; 10]));
        }
        // Pictures that are heavy for their pixels, not for what is behind them: that is never published.
        let heavy = jpeg(b"", &crate::faults::picture_files::segment(0xDB, &vec![7; 60_000]).repeat(15), b"");
        for name in ["a", "b", "c"] {
            site.file(&format!("content/{name}.jpg"), &heavy);
        }
        site.build();
        let (all, code) = list(&site);
        let found = of(&all, "weight");
        match said {
            None => assert_eq!(found, Vec::<String>::new(), "{body}"),
            Some(said) => {
                let first = found.first().cloned().unwrap_or_default();
                assert!(
                    found.len() == 1 && first.starts_with("know content/index.md:0 ") || first.contains(said),
                    "{body}: {found:?}"
                );
                assert!(first.contains(said), "{body}: {found:?}");
            }
        }
        assert_eq!(code, Some(0), "{body}: what is good to know keeps nobody back");
    }
    // A page that is large by itself is told as that, whatever it shows.
    let site = ready();
    site.file("content/index.md", start(&"A sentence of some words. ".repeat(20_000)));
    site.build();
    let (all, _) = list(&site);
    let found = of(&all, "weight");
    assert!(found.iter().any(|said| said.contains("without its pictures, this page has ")), "{found:?}");
    // As long as nothing was built nobody knows what a page weighs.
    let site = ready();
    site.file("content/index.md", start(&"A sentence of some words. ".repeat(20_000)));
    assert!(!of(&list(&site).0, "weight").iter().any(|said| said.contains("without its pictures")));
}

#[test]
fn files_that_nothing_leads_to_are_listed() {
    let site = ready();
    let front = "reviewed: 2026-11-01\nowner: Lead OT\ndescription: A sentence on this page.";
    site.page("a.md", &format!("title: A\ndraft: true\n{front}"), "[The list](list.xlsx)");
    site.file("content/list.xlsx", "x")
        .file("content/form.pdf", "%PDF-1.4")
        .file("content/sub/notes.txt", "x");
    site.file("content/plan.md.txt", "x");
    site.page("index.md", &format!("title: Start\n{front}s"), "The start. [Form](form.pdf)");
    let unlinked = |site: &Site| of(&list(site).0, "unlinked");
    let said = |path: &str| format!("know content/{path}:1 nothing that is published leads to this file");
    let all: Vec<String> = unlinked(&site).iter().map(|said| said.replace(":0 ", ":1 ")).collect();
    assert_eq!(all, [said("list.xlsx"), said("plan.md.txt"), said("sub/notes.txt")]);
    // What leads there, or the settings, takes it off the list; what no longer does puts it there.
    site.page("a.md", &format!("title: A\n{front}"), "[The list](list.xlsx)");
    let settings = fs::read_to_string(site.root().join("site.yaml")).unwrap();
    site.file("site.yaml", format!("{settings}files: [\"sub/**\"]\n"));
    site.page("index.md", &format!("title: Start\n{front}s"), "The start. [A](a.md)");
    let all: Vec<String> = unlinked(&site).iter().map(|said| said.replace(":0 ", ":1 ")).collect();
    assert_eq!(all, [said("form.pdf"), said("plan.md.txt")]);
    assert_eq!(list(&site).1, Some(0));
}

#[test]
fn who_checked_is_asked_where_somebody_is_named() {
    // Settings, pages that say when, what is said.
    let page =
        |reviewed: &str| format!("title: A\n{reviewed}owner: Lead OT\ndescription: A sentence on this page.");
    for (reviewer, reviewed, said) in [
        ("reviewer: {name: Pat Lee, date: 2026-11-01}", "reviewed: 2026-11-02\n", None),
        (
            "reviewer: {name: Pat Lee, date: 2026-11-01}",
            "",
            Some("know content/a.md:2 this page does not say when it was reviewed"),
        ),
        ("", "", Some("know site.yaml:1 nobody is named who checked the guide")),
        ("", "reviewed: 2026-11-02\n", Some("know site.yaml:1 nobody is named who checked the guide")),
        (
            "reviewer: {name: Pat Lee, date: 2026-11-01}",
            "reviewed: 2020-11-02\nreview_every: 1 year\n",
            Some("know content/a.md:3 "),
        ),
    ] {
        let site = ready();
        site.file("site.yaml", format!("title: Test\ntheme: plain\n{reviewer}\n"));
        site.page("a.md", &page(reviewed), "Text.");
        let (all, code) = list(&site);
        let found = of(&all, "review");
        match said {
            None => assert_eq!(found, Vec::<String>::new(), "{reviewer}, {reviewed}"),
            Some(said) => assert!(
                found.len() == 1 && found[0].replace(":0 ", ":1 ").starts_with(said),
                "{said}: {found:?}"
            ),
        }
        assert_eq!(code, Some(0));
    }
}

#[test]
fn addresses_that_would_be_dead_are_said() {
    let site = ready();
    site.page("old.md", "title: Old", "Text.").file("content/form.pdf", "%PDF-1.4").page(
        "x.md",
        "title: X",
        "[Form](form.pdf)",
    );
    site.build().clean();
    site.remove("content/old.md").remove("content/form.pdf").page("x.md", "title: X", "No form.");
    let (all, code) = list(&site);
    let found = of(&all, "addresses");
    assert!(
        found.len() == 2
            && found[0].contains("`form.pdf` lies in the output folder")
            && found[1].contains("`old.html`"),
        "{all:#?}"
    );
    assert_eq!(code, Some(0));
    // Once it is locked it is an error, and must be mended.
    site.file("urls.lock", "index.html\nold.html\n");
    let (all, code) = list(&site);
    assert!(
        of(&all, "addresses")[0].starts_with("must urls.lock:2 `old.html` was published once"),
        "{all:#?}"
    );
    assert_eq!(code, Some(1));
    // Without a list nothing keeps them.
    site.remove("urls.lock");
    assert!(of(&list(&site).0, "addresses").iter().any(|said| said.contains("no list keeps")));
}

#[test]
fn translations_and_languages_are_said_once_each() {
    let site = Site::bilingual();
    site.file(
        "site.yaml",
        "title: {en: Test, es: Prueba}\ntheme: plain\nlanguages: [en, {code: es, unreviewed: true}]\n",
    );
    site.page("a.md", "title: A", "Text.").page("b.md", "title: B", "Text.");
    site.page("es/a.md", "title: A\ntranslated_from: 0123456789abcdef", "Texto.");
    let (all, code) = list(&site);
    let found = of(&all, "languages");
    assert!(found.iter().any(|said| said.starts_with("know content/es/a.md")), "{found:?}");
    assert!(found.iter().any(|said| said.contains("nobody has checked the pages in Español")), "{found:?}");
    assert!(found.iter().any(|said| said.contains("translations that are missing: 1;")), "{found:?}");
    assert_eq!((found.len(), code), (3, Some(0)), "{found:?}");
}

#[test]
fn errors_come_first_and_other_formats_are_refused() {
    let site = ready();
    site.page("a.md", "title: A", "[Nowhere](nowhere.md)");
    let (all, code) = list(&site);
    assert!(all[0]["section"] == "errors" && all[0]["must"] == true && all[0]["line"] == 5, "{all:#?}");
    assert_eq!(code, Some(1));
    let mut command = site.command();
    let run = Run::of(command.args(["check", "--publish", "--date", TODAY]));
    assert!(run.stdout.starts_with("What is wrong (1 to do)\n  [ ] content/a.md:5:"), "{}", run.stdout);
    assert!(run.stdout.contains("Before you publish: 1 thing to do"), "{}", run.stdout);
    let mut command = site.command();
    assert_eq!(Run::of(command.args(["check", "--publish", "--format", "sarif"])).code, Some(2));
}
