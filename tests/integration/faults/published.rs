//! Which pages are published, and what becomes of what leads to one that is not. The table of the manual is read and proved.

use crate::faults::addresses::dead;
use crate::support::{Run, Site, repository};

/// The words of a page that is looked for.
const WORDS: &str = "Quokka words of the page.";

/// The cells of the rows of a table in the manual, the header left out.
fn rows(manual: &str, header: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(repository().join("docs/content/site").join(manual)).unwrap();
    let table = text.split_once(header).unwrap_or_else(|| panic!("no table {header}")).1;
    let lines = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let cell = |text: &str| text.trim().replace('`', "").replace(", ", "\n");
    lines.map(|line| line.trim_matches('|').split('|').map(cell).collect()).collect()
}

/// The outputs in which some text stands.
fn outputs_with(site: &Site, text: &str) -> Vec<String> {
    let all = site.public().into_iter();
    all.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(text)).map(|(name, _)| name).collect()
}

#[test]
fn the_table_of_the_manual_is_true() {
    let rows =
        rows("published.md", "| The page says | Its section says | Its original says | So the page is |");
    assert!(rows.len() > 20, "{rows:?}");
    for row in rows {
        let [page, section, original, result] = &row[..] else { panic!("{row:?}") };
        let site = Site::bilingual();
        let translated = !original.is_empty();
        let lang = if translated { "es/" } else { "" };
        site.page(&format!("{lang}s/page.md"), &format!("title: Quokka\n{page}"), WORDS);
        if translated {
            site.page("s/page.md", &format!("title: Wombat\n{original}"), "Other words.");
        }
        site.page("s/index.md", &format!("title: Part\n{section}"), "Part.");
        site.page("s/other.md", "title: Other", "Other.");
        let run = site.build_with(&["--date", "2027-01-10"]);
        assert_eq!(run.code, Some(0), "{row:?}: {}", run.stderr);
        let own = format!("{lang}s/page.html");
        let found = outputs_with(&site, WORDS);
        let listed = outputs_with(&site, "Quokka");
        match result.as_str() {
            "published" => assert!(found.contains(&own) && listed.len() > 3, "{row:?}: {listed:?}"),
            "not published" => assert!(listed.is_empty(), "{row:?}: {listed:?}"),
            "published\nin no list" => {
                // It stands at its address, in every language; a hidden section names its own pages, on its own page.
                assert!(listed.contains(&own), "{row:?}: {listed:?}");
                let inside = |path: &String| path.trim_start_matches("es/").starts_with("s/");
                assert!(listed.iter().all(inside), "{row:?}: {listed:?}");
                assert!(!section.is_empty() || listed.len() < 3, "{row:?}: {listed:?}");
            }
            other => panic!("{other} is no result"),
        }
        assert!(result != "not published" || run.stderr.contains("Left out: "), "{row:?}: {}", run.stderr);
        assert!(dead(&site).is_empty(), "{row:?}: {:?}", dead(&site));
    }
}

#[test]
fn a_section_that_stands_alone_speaks_for_itself_only() {
    for (original, page, published) in [
        ("draft: true", "", false),
        ("publish: 2027-06-01", "", false),
        ("expires: 2027-01-01", "", false),
        ("draft: true", "draft: false", true),
        ("", "", true),
    ] {
        let site = Site::bilingual();
        site.page("d/index.md", &format!("title: Part\n{original}"), "Part.");
        site.page("d/p.md", "title: Page", "Other words.");
        site.page("es/d/index.md", "title: Parte\ndraft: false", "Parte.");
        site.page("es/d/p.md", &format!("title: Quokka\n{page}"), WORDS);
        let run = site.build_with(&["--date", "2027-01-10"]);
        assert_eq!(run.code, Some(0), "{original}, {page}: {}", run.stderr);
        assert!(site.has("es/d/index.html"), "{original}: the section says so itself");
        assert_eq!(!outputs_with(&site, WORDS).is_empty(), published, "{original}, {page}");
    }
}

#[test]
fn a_name_with_an_underscore_is_a_draft() {
    for (path, published) in [
        ("_draft.md", false),
        ("_notes/a.md", false),
        ("s/_notes/deep/a.md", false),
        ("es/_draft.md", false),
        ("a_b.md", true),
        ("s/a_.md", true),
    ] {
        let site = Site::bilingual();
        site.page(path, "title: T", WORDS).page("s/index.md", "title: Part", "Part.");
        let run = site.build();
        assert_eq!((run.code, outputs_with(&site, WORDS).is_empty()), (Some(0), !published), "{path}");
        assert_eq!(run.stderr.contains("1 page (name begins with _)"), !published, "{path}: {}", run.stderr);
        site.build_with(&["--drafts"]);
        assert!(!outputs_with(&site, WORDS).is_empty(), "{path}: drafts are wanted");
    }
}

#[test]
fn a_section_that_is_left_out_takes_its_pages_along() {
    let site = Site::bilingual();
    site.page("tests/index.md", "title: Tests and scores\ndraft: true", "Tests.")
        .page("tests/guide.md", "title: Guide\nentries: term", "## BOT-3 {#bot}\n\nA test.")
        .page("tests/deep/a.md", "title: Deep", "Deep.")
        .page("es/tests/guide.md", "title: Guía", "Texto.")
        .page(
            "a.md",
            "title: Page",
            "The BOT-3 and BOT scores. See [the tests](tests/guide.md#bot) and [all](tests/).",
        );
    let run = site.build_checked(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("Left out: Tests and scores (4 pages, draft)."), "{}", run.stderr);
    for lost in ["Guide", "Deep", "Guía", "Tests and scores"] {
        assert!(outputs_with(&site, lost).is_empty(), "{lost}: {:?}", outputs_with(&site, lost));
    }
    for code in ["acronym-unexplained", "translation-orphan", "broken-", "does not exist"] {
        assert!(!run.stderr.contains(code), "{}", run.stderr);
    }
    assert!(run.stderr.contains("The section \"tests/index.md\" is a draft"), "{}", run.stderr);
    assert!(site.out("a.html").contains("See the tests and all."), "{}", site.out("a.html"));
    let list = Run::of(site.command().args(["translations"]));
    assert!(
        !list.stdout.contains("Orphans") && !list.stdout.contains("es/tests/index.md"),
        "{}",
        list.stdout
    );
}

#[test]
fn hidden_pages_have_their_entries_and_no_dead_links() {
    for (index, page) in
        [("", "hidden: true"), ("hidden: true", ""), ("hidden: true\nprint: false", "print: false")]
    {
        let site = Site::plain();
        site.page("s/index.md", &format!("title: Part\n{index}"), "Part.")
            .page(
                "s/words.md",
                &format!("title: Words\nentries: term\ntags: [only here]\n{page}"),
                "## BOT-3 {#bot}\n- Related: grip\n\nA test.\n\n## Grip {#grip}\n\nHow a hand holds.",
            )
            .page(
                "a.md",
                "title: A\nentries: term",
                "The BOT-3 and BOT.\n\n## Pinch {#pinch}\n- Related: bot\n\nA hold.",
            );
        let run = site.build_checked(&[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(!run.stderr.contains("acronym-unexplained"), "{}", run.stderr);
        assert!(site.out("a.html").contains("data-term=\"bot\""), "{}", site.out("a.html"));
        for list in ["a-z.html", "site-map.html"] {
            assert!(!site.out(list).contains("words.html"), "{list}: {}", site.out(list));
        }
        assert!(!site.has("tags/only-here.html"));
        assert!(dead(&site).is_empty(), "{index} {page}: {:?}", dead(&site));
    }
}

/// What is written to lead to `old.md` and its entry, and what stays of it in `a.html`.
const LEADS: &[(&str, &str)] = &[
    ("[the words](old.md)", "the words"),
    ("[the words](old.md#grip) and [more](/old.md)", "the words"),
    ("See [](old.md) there.", "See"),
    ("[the words][r]\n\n[r]: old.md", "the words"),
    ("| a | b |\n|---|---|\n| [the words](old.md) | c |", "the words"),
    ("<a href=\"old.md\">the words</a>", "the words"),
];

const REASONS: &[(&str, &str)] = &[
    ("draft: true", "\"old.md\" is a draft"),
    ("publish: 2027-01-05", "\"old.md\" comes on 2027-01-05"),
    ("expires: 2026-11-01", "\"old.md\" was shown until 2026-11-01"),
];

#[test]
fn links_to_what_is_left_out_are_words_and_told_once() {
    for (front, says) in REASONS {
        for (link, stays) in LEADS {
            let site = Site::plain();
            site.file("site.yaml", "title: Test\ntheme: plain\nraw_html: true\n");
            site.page(
                "old.md",
                &format!("title: Secret\nentries: term\n{front}"),
                "## Grip {#grip}\n\nA hold.",
            );
            site.page("a.md", "title: A", link).page("b.md", "title: B", link);
            let run = site.build();
            assert_eq!(run.code, Some(0), "{link}: {}", run.stderr);
            assert_eq!(run.stderr.matches("warning[link-to-left-out]").count(), 1, "{link}: {}", run.stderr);
            // A link without words leaves nothing, on each of the two pages.
            let wordless = if link.contains("[](") { 2 } else { 0 };
            assert_eq!(run.stderr.matches("warning[").count(), 1 + wordless, "{link}: {}", run.stderr);
            assert!(run.stderr.contains(says), "{link}: {}", run.stderr);
            let page = site.out("a.html");
            assert!(page.contains(stays) && !page.contains("old.md"), "{link}: {page}");
            assert!(outputs_with(&site, "Secret").is_empty());
        }
    }
}

#[test]
fn menus_fields_handouts_and_templates_leave_out_what_is_left_out() {
    let kinds = "kinds: {sheet: {fields: {picks: {type: list of text}}}}\n";
    for (front, says) in REASONS {
        let plain = || {
            let site = Site::plain();
            site.page(
                "old.md",
                &format!("title: Secret\nentries: term\n{front}"),
                "## Grip {#grip}\n\nA hold.\n\n## Twist {#x}\n\nA turn.",
            );
            site
        };
        let right = |site: &Site, what: &str| {
            let run = site.build();
            assert_eq!(run.code, Some(0), "{what}: {}", run.stderr);
            assert!(run.stderr.contains(says), "{what}: {}", run.stderr);
            assert!(
                !run.stderr.contains("does not exist") && !run.stderr.contains("is no "),
                "{}",
                run.stderr
            );
            assert!(outputs_with(site, "Secret").is_empty() && outputs_with(site, "guidepost:").is_empty());
            assert!(dead(site).is_empty(), "{what}: {:?}", dead(site));
        };
        let site = plain();
        site.file("site.yaml", format!("title: Test\ntheme: plain\nmenu: [index.md, old.md, {{title: Group, to: old.md, items: [a.md]}}]\n{kinds}"));
        site.page("a.md", "title: A", "Text.");
        right(&site, "menu");
        assert!(site.out("index.html").contains("Group"), "{}", site.out("index.html"));
        let site = plain();
        site.page("a.md", "title: A\nentries: term", "## Pinch {#pinch}\n- Related: grip\n\nA hold.");
        right(&site, "Related");
        let site = plain();
        site.file("site.yaml", format!("title: Test\ntheme: plain\n{kinds}"));
        site.page("sheet.md", "title: Sheet\nkind: sheet\npicks: [old.md#grip, old.md#x]", "");
        right(&site, "picks");
        let site = plain();
        site.template(
            "page.html",
            "{% extends \"base.html\" %}{% block body %}<a class=\"x\" href=\"{{ link(to=\"old.md\") }}\">the words</a>{% endblock body %}",
        );
        site.page("a.md", "title: A", "Text.");
        right(&site, "link()");
        assert!(site.out("a.html").contains("the words") && !site.out("a.html").contains("class=\"x\""));
    }
}

#[test]
fn a_made_page_of_which_all_is_left_out_is_no_error() {
    for (target, front) in
        [("tags/rare.html", "tags: [rare]"), ("s/print.html", "tags: [rare]"), ("tags/", "tags: [rare]")]
    {
        let site = Site::plain();
        site.page("s/index.md", "title: Part", "Part.");
        site.page("s/old.md", &format!("title: Secret\n{front}\nexpires: 2026-12-01"), "Text.");
        site.page("a.md", "title: A", &format!("To [the words]({target})."));
        site.build().clean();
        let run = site.build_with(&["--date", "2026-12-01"]);
        assert_eq!(run.code, Some(0), "{target}: {}", run.stderr);
        assert!(run.stderr.contains("warning[link-to-left-out]"), "{target}: {}", run.stderr);
        assert!(site.out("a.html").contains("To the words."), "{target}: {}", site.out("a.html"));
    }
}

#[test]
fn a_locked_address_that_is_over_answers() {
    for (site, title) in
        [(Site::bilingual(), "This page is no longer offered"), (Site::guide(), "ya no se ofrece")]
    {
        let own = site.root().join("content/es/parents").exists();
        site.page("camp/index.md", "title: Camps\ndescription: All camps.", "Camps.");
        site.page("camp/summer.md", "title: Summer camp\ndescription: One.\naliases: [old/camp.html]\nexpires: 2027-06-01\ntags: [quokka]", WORDS);
        site.page("es/camp/summer.md", "title: Campamento\ndescription: Uno.", WORDS);
        let lock = |args: &[&str]| Run::of(site.command().args(["check", "--date", "2027-05-31"]).args(args));
        assert_eq!(lock(&["--lock-addresses"]).code, Some(0));
        let locked = std::fs::read_to_string(site.root().join("urls.lock")).unwrap();
        assert!(locked.contains("camp/summer.html") && locked.contains("old/camp.html"), "{locked}");
        // Cold, warm, and by the day.
        for args in [&["--date", "2027-05-31"], &["--date", "2027-06-01"], &["--date", "2027-06-01"]] {
            let run = site.build_checked(args);
            assert_eq!(run.code, Some(0), "{args:?}: {}", run.stderr);
            assert!(!run.stderr.contains("removed-address"), "{}", run.stderr);
        }
        assert!(outputs_with(&site, WORDS).is_empty());
        for address in ["camp/summer.html", "old/camp.html", "es/camp/summer.html"] {
            let page = site.out(address);
            assert!(page.contains("noindex"), "{address}: {page}");
            assert!(page.contains("Camps") && !page.contains("Summer camp"), "{address}: {page}");
        }
        let spanish = site.out("es/camp/summer.html");
        assert!(spanish.contains(title) || !own && spanish.contains(TITLE), "{spanish}");
        assert!(dead(&site).is_empty(), "{:?}", dead(&site));
        for list in ["a-z.html", "site-map.html", "index.html"] {
            assert!(!site.out(list).contains("camp/summer.html"), "{list}");
        }
        // The file is gone: somebody must say where readers go.
        site.remove("content/camp/summer.md");
        site.remove("content/es/camp/summer.md");
        let run = site.build_checked(&["--date", "2027-06-01"]);
        assert!(run.code == Some(1) && run.stderr.contains("error[removed-address]"), "{}", run.stderr);
    }
}

const TITLE: &str = "This page is no longer offered";
