//! What an editor meant to hold back or to let out, written in a way that says something else: it is told at its line, and
//! nothing goes out in silence.

use crate::support::{Problem, Site};

fn all(site: &Site) -> Vec<Problem> {
    site.build_checked(&["--format", "json", "--date", "2027-01-10"]).problems()
}

/// The problems of a code: file, line, level.
fn told<'a>(found: &'a [Problem], code: &str) -> Vec<(&'a str, u64, &'a str)> {
    let of = found.iter().filter(|p| p.code == code);
    of.map(|p| (p.path.as_str(), p.line, p.severity.as_str())).collect()
}

#[test]
fn what_files_takes_out_is_not_published_and_each_idle_pattern_is_told() {
    let site = Site::plain();
    site.file(
        "site.yaml",
        "title: Test\ntheme: plain\nfiles:\n  - \"**\"\n  - \"!secret.xlsx\"\n  - \"!lists/\"\n  - \"froms/*.pdf\"\n  - \"../x.pdf\"\n  - https://example.org/a.pdf\n  - \"\"\n  - 5\n  - forms\n",
    );
    for name in ["secret.xlsx", "a/secret.xlsx", "lists/x/names.csv", "forms/a.pdf", "open.xlsx"] {
        site.file(&format!("content/{name}"), "text");
    }
    let found = all(&site);
    let told = told(&found, "unmatched-files");
    let lines: Vec<u64> = told.iter().map(|(_, line, _)| *line).collect();
    assert_eq!(lines, [7, 8, 9, 10, 11, 12], "{found:#?}");
    assert!(told.iter().all(|(path, _, level)| (*path, *level) == ("site.yaml", "warning")), "{told:?}");
    let help =
        |line: u64| &found.iter().find(|p| p.line == line && p.code == "unmatched-files").unwrap().help;
    assert!(help(7).contains("forms/*.pdf"), "{}", help(7));
    assert!(help(12).contains("forms/"), "{}", help(12));
    for (name, there) in [
        ("secret.xlsx", false),
        ("a/secret.xlsx", false),
        ("lists/x/names.csv", false),
        ("forms/a.pdf", true),
        ("open.xlsx", true),
    ] {
        assert_eq!(site.has(name), there, "{name}");
    }
    // A link says more than the list.
    site.page("a.md", "title: A", "[The table](secret.xlsx)");
    site.build();
    assert!(site.has("secret.xlsx"));
    // The settings change alone: the file goes.
    site.file("site.yaml", "title: Test\ntheme: plain\nfiles: [\"forms/\"]\n");
    site.build();
    assert!(!site.has("open.xlsx") && site.has("forms/a.pdf"));
}

#[test]
fn a_pick_is_told_at_its_own_line() {
    let site = Site::plain();
    site.file(
        "site.yaml",
        "title: Test\ntheme: plain\nkinds: {sheet: {fields: {picks: {type: list of text}}}}\n",
    );
    site.page("old.md", "title: Old\nentries: term\ndraft: true", "## Grip {#grip}\n\nA hold.");
    site.page("new.md", "title: New\nentries: term", "## Pinch {#pinch}\n\nA hold.");
    site.page(
        "sheet.md",
        "title: Sheet\nkind: sheet\npicks:\n  - new.md#pinch\n  - old.md#grip\n  - new.md#pinsh",
        "",
    );
    let found = all(&site);
    assert_eq!(told(&found, "link-to-left-out"), [("content/sheet.md", 6, "warning")], "{found:#?}");
    assert_eq!(told(&found, "broken-reference"), [("content/sheet.md", 7, "error")], "{found:#?}");
    site.page("sheet.md", "title: Sheet\nkind: sheet\npicks: [new.md#pinch, new.md#pinsh]", "");
    let found = all(&site);
    let found = found.iter().find(|p| p.code == "broken-reference").unwrap();
    assert_eq!((found.line, found.column), (4, 23), "{found:#?}");
}

#[test]
fn a_translation_of_what_is_left_out_is_no_orphan() {
    for front in ["draft: true", "publish: 2027-02-01", "expires: 2027-01-01"] {
        let site = Site::bilingual();
        site.page("a.md", &format!("title: A\n{front}"), "Text.");
        site.page("s/index.md", &format!("title: S\n{front}"), "Text.");
        site.page("es/a.md", "title: A\ndraft: false", "Texto.");
        site.page("es/s/index.md", "title: S\ndraft: false", "Texto.");
        let found = all(&site);
        assert!(told(&found, "translation-orphan").is_empty(), "{front}: {found:#?}");
        assert!(site.has("es/a.html"), "{front}");
        site.remove("content/a.md");
        assert_eq!(told(&all(&site), "translation-orphan").len(), 1, "{front}");
    }
}

#[test]
fn times_and_empty_keys_are_told_at_their_line() {
    for (line, code, level, public) in [
        ("publish: 2027-01-15 16:00", "time-of-day", "warning", false),
        ("publish: 2027-01-10T08:00", "time-of-day", "warning", true),
        ("expires: 2027-01-11T08:00-05:00", "time-of-day", "warning", true),
        ("publish: 2027-01-10T00:00", "", "", true),
        ("publish: 2027-01-10T25:00-05:00", "wrong-type", "error", false),
        ("publish: 2027-01-10T08:00+99:00", "wrong-type", "error", false),
        ("publish: 2027-01-10 08:00 EST", "wrong-type", "error", false),
        ("draft:", "missing-field", "", false),
        ("draft: ~", "missing-field", "", false),
        ("draft: \"\"", "missing-field", "", false),
        ("publish:", "missing-field", "error", false),
        ("publish: \"\"", "missing-field", "error", false),
        ("expires:", "missing-field", "warning", true),
    ] {
        let site = Site::plain();
        site.page("a.md", &format!("title: A\n{line}"), "Quokka words.");
        let found = all(&site);
        let here: Vec<&Problem> = found.iter().filter(|p| p.path == "content/a.md" && p.line == 3).collect();
        let codes: Vec<&str> = here.iter().map(|p| p.code.as_str()).collect();
        let expected: Vec<&str> = (!code.is_empty()).then_some(code).into_iter().collect();
        assert_eq!(codes, expected, "{line}: {found:#?}");
        assert!(here.iter().all(|p| level.is_empty() || p.severity == level), "{line}: {found:#?}");
        assert!(here.iter().all(|p| !p.help.is_empty()), "{line}");
        assert_eq!(site.has("a.html"), public, "{line}");
    }
}

#[test]
fn what_holds_a_page_back_counts_only_on_top_and_is_told_elsewhere() {
    for (text, line) in [
        ("# Bus\n\ndraft: true\n\nText.\n", 3),
        ("---\ntitle: Bus\n---\n\ndraft: true\n\nText.\n", 5),
        ("---\ntitle: Bus\n---\n---\ntitle: Bus\npublish: 2027-02-01\n---\n\nText.\n", 4),
        ("---\ntitle: Bus\n---\n# Bus\nexpires: 2027-01-01\n\nText.\n", 5),
        ("---\ntitle: Bus\n---\nText.\n\ndraft: true\n", 0),
        ("---\ntitle: Bus\n---\nDraft: what we think so far.\n", 0),
    ] {
        let site = Site::plain();
        site.file("content/a.md", text);
        let found = all(&site);
        let expected: Vec<(&str, u64, &str)> =
            (line > 0).then_some(("content/a.md", line, "error")).into_iter().collect();
        assert_eq!(told(&found, "front-matter-as-text"), expected, "{text}: {found:#?}");
        assert_eq!(site.has("a.html"), line == 0, "{text}");
    }
    let site = Site::plain();
    site.file("content/a.md", " ---\ntitle: Bus\ndraft: true\n ---\n\nText.\n");
    let found = all(&site);
    let one = found.iter().find(|p| p.code == "front-matter-as-text").unwrap();
    assert!(one.message.contains("a space stands before the `---`"), "{one:#?}");
}

#[test]
fn a_robots_file_of_the_site_stands_in_place_of_the_made_one() {
    let site = Site::plain();
    assert_eq!(site.build().code, Some(0));
    assert!(site.out("robots.txt").contains("User-agent"));
    site.file("content/robots.txt", "# ours\n");
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(site.out("robots.txt"), "# ours\n");
    site.page("a.md", "title: A", "[For search engines](robots.txt)");
    assert_eq!(site.build().code, Some(0));
    site.remove("content/robots.txt").remove("content/a.md");
    assert_eq!(site.build().code, Some(0));
    assert!(site.out("robots.txt").contains("User-agent"));
}

#[test]
fn a_folder_of_a_language_in_another_form_is_told_with_the_name_it_needs() {
    for (tags, folder, told) in [
        ("[en, es-MX]", "es", "Rename the folder to es-MX"),
        ("[en, pt-BR]", "pt", "Rename the folder to pt-BR"),
        ("[en, es]", "es-MX", "Rename the folder to es,"),
        ("[en, es]", "pt_BR", "rename the folder to pt-BR"),
        ("[en, es]", "zh-hans", "rename the folder to zh-Hans"),
        ("[en, es]", "pt", ""),
        ("[en, es]", "pt-ot", ""),
    ] {
        let site = Site::plain();
        site.file("site.yaml", format!("title: Test\ntheme: plain\nlanguages: {tags}\n"));
        site.page(&format!("{folder}/only.md"), "title: Solo", "Texto.");
        let found = all(&site);
        let of: Vec<&Problem> = found.iter().filter(|p| p.code == "unknown-language").collect();
        assert_eq!(of.len(), usize::from(!told.is_empty()), "{tags} {folder}: {found:#?}");
        assert!(
            of.iter().all(|p| p.severity == "error" && p.help.contains(told)),
            "{tags} {folder}: {of:#?}"
        );
        assert_eq!(site.has(&format!("{folder}/only.html")), told.is_empty(), "{tags} {folder}");
    }
}

#[test]
fn what_is_left_out_is_named_and_notes_say_the_safe_way_first() {
    let site = Site::plain();
    for name in ["_a", "_b", "_c", "_d", "_e"] {
        site.page(&format!("{name}.md"), "title: T", "Text.");
    }
    site.file("content/Student-list.xlsx", "names");
    site.page("hid.md", "title: H\nhidden: true", "Text.");
    site.page("gone.md", "title: G\ndraft: true", "Text.");
    site.template(
        "page.html",
        "{% extends \"base.html\" %}\n{% block body %}<a href=\"{{ link(to=\"gone.md\") }}\">x</a>{% endblock body %}",
    );
    let text = site.build_with(&["--notes"]).stderr;
    assert!(text.contains("5 pages (name begins with _): _a.md, _b.md, _c.md, _d.md and 1 more"), "{text}");
    assert!(!text.contains("files: [\"Student-list.xlsx\"]"), "{text}");
    assert!(text.contains("take out of the folder content"), "{text}");
    let found = all(&site);
    assert_eq!(told(&found, "link-to-left-out"), [("templates/page.html", 2, "warning")], "{found:#?}");
    let hidden = told(&found, "orphan-page");
    assert!(hidden.iter().all(|(_, _, level)| *level == "note"), "{hidden:?}");
}
