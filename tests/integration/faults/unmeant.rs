//! What could get public though nobody meant it: keys by which other programs hold a page back, and what a kind shows to no
//! reader.

use crate::support::{Run, Site};

/// The words of a page that is looked for.
const WORDS: &str = "Quokka words of the page.";

/// The outputs in which some text stands, in any case of its letters.
fn outputs_with(site: &Site, text: &str) -> Vec<String> {
    let has = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(text);
    site.public().into_iter().filter(|(_, bytes)| has(bytes)).map(|(name, _)| name).collect()
}

#[test]
fn a_key_that_holds_a_page_back_elsewhere_stops_the_build() {
    for (key, here) in [
        ("private: true", "draft: true"),
        ("private: yes", "draft: true"),
        ("status: draft", "draft: true"),
        ("status: Pending", "draft: true"),
        ("visibility: hidden", "draft: true"),
        ("live: false", "draft: true"),
        ("borrador: sí", "draft: true"),
        ("unlisted: true", "hidden: true"),
        ("visible: no", "hidden: true"),
        ("publishDate: 2027-03-01", "publish: 2027-03-01"),
        ("publish-date: soon", "publish: 2027-01-15"),
        ("expiryDate: 2026-01-01T08:00:00Z", "expires: 2026-01-01"),
        ("valid_until: 2026-01-01", "expires: 2026-01-01"),
    ] {
        let site = Site::plain();
        for page in ["a.md", "b.md"] {
            site.page(page, &format!("title: A\n{key}"), WORDS);
        }
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.code == "foreign-key").collect();
        assert_eq!(told.len(), 1, "{key}: {found:#?}");
        assert_eq!(told[0].place(), "error[foreign-key] content/a.md:3:1", "{key}");
        assert!(told[0].message.ends_with(", which stands on one more page"), "{key}: {told:#?}");
        assert!(told[0].help.contains(&format!("Write {here} in its place.")), "{key}: {told:#?}");
        assert!(outputs_with(&site, "quokka").is_empty(), "{key}");
        // What the help says helps: either way the site says what is meant.
        for page in ["a.md", "b.md"] {
            site.page(page, &format!("title: A\n{here}"), WORDS);
        }
        assert_eq!(site.build().code, Some(0), "{here}");
        let name = key.split(':').next().unwrap();
        site.file("site.yaml", format!("title: Test\ntheme: plain\nignore_keys: [{name}]\n"));
        for page in ["a.md", "b.md"] {
            site.page(page, &format!("title: A\n{key}"), WORDS);
        }
        site.build().clean();
        assert!(outputs_with(&site, "quokka").contains(&"a.html".to_owned()), "{key}");
    }
    // What says that all may see the page, or is a field of the site, holds nothing back.
    for key in [
        "private: false",
        "status: published",
        "status: final",
        "visibility: public",
        "unlisted: no",
        "live: true",
        "expiryDate:",
        "archived: 2026",
        "date: 2026-01-01",
    ] {
        let site = Site::plain();
        site.page("a.md", &format!("title: A\n{key}"), WORDS);
        let found = site.problems();
        assert!(
            found.iter().any(|p| p.place() == "warning[foreign-key] content/a.md:3:1"),
            "{key}: {found:#?}"
        );
        assert!(!found.iter().any(|p| p.severity == "error") && site.has("a.html"), "{key}: {found:#?}");
    }
    let site = Site::plain();
    site.file("site.yaml", "title: Test\ntheme: plain\nkinds: {page: {fields: {status: text}}}\n");
    site.page("a.md", "title: A\nstatus: draft", WORDS);
    site.build().clean();
}

#[test]
fn a_key_that_the_site_ignores_keeps_no_translation_back() {
    for (key, ignored, public) in [
        ("private: true", false, false),
        ("private: true", true, true),
        ("published: true", false, false),
        ("published: true", true, true),
        ("Draft: false", true, true),
    ] {
        let site = Site::bilingual();
        let name = key.split(':').next().unwrap();
        let more = if ignored { format!("ignore_keys: [{name}]\n") } else { String::new() };
        site.file(
            "site.yaml",
            format!("title: {{en: Test, es: Prueba}}\ntheme: plain\nlanguages: [en, es]\n{more}"),
        );
        site.page("a.md", "title: A", "Other words.");
        site.page("es/a.md", &format!("title: A\n{key}"), WORDS);
        let run = site.build();
        assert_eq!(run.code, Some(0), "{key}: {}", run.stderr);
        assert_eq!(!outputs_with(&site, "quokka").is_empty(), public, "{key} {ignored}: {}", run.stderr);
        assert_eq!(run.stderr.contains("-key]"), !ignored, "{key} {ignored}: {}", run.stderr);
    }
}

#[test]
fn what_a_kind_shows_to_no_reader_stands_in_no_file() {
    for (hide, public) in [("display: hidden", false), ("show: false", false), ("display: row", true)] {
        let kinds = format!(
            "kinds:\n  page: {{fields: {{note: {{type: text, {hide}}}, size: {{type: integer, {hide}}}}}}}\n  club: {{label: Club, fields: \
             {{note: {{type: text, label: Note, {hide}}}, who: {{type: choice, label: Who, choices: [quokkas, all], {hide}}}}}}}\n"
        );
        let site = Site::plain();
        site.file(
            "site.yaml",
            format!("title: Test\ntheme: parent-guide\nbase_url: https://example.org\noutputs: {{feed: true}}\n{kinds}"),
        );
        site.page("a.md", "title: A\npublish: 2026-01-01\nnote: Quokka is absent\nsize: 987654", "Text.");
        site.page(
            "list.md",
            "title: List\nentries: club",
            "## One\n- Note: Quokka pays\n- Who: quokkas\n\nText.",
        );
        let run = site.build();
        assert_eq!(run.code, Some(0), "{hide}: {}", run.stderr);
        for word in ["quokka", "987654"] {
            let found = outputs_with(&site, word);
            let in_search = found.iter().any(|path| path.starts_with("search/"));
            assert!(public || found.is_empty(), "{hide}: {word} in {found:?}");
            assert!(!public || in_search, "{hide}: {word} in {found:?}");
        }
        let said = Run::of(site.command().args(["search", "quokka"])).stdout;
        assert_eq!(said.contains("List"), public, "{hide}: {said}");
    }
}

#[test]
fn every_page_of_a_section_speaks_for_what_is_below_it() {
    let held_back = ["draft: true", "publish: 2027-06-01", "expires: 2026-11-01"];
    for (section, page) in [
        ("s/index.md", "s/a.md"),
        ("s/README.md", "s/a.md"),
        // A page beside the folder is its page.
        ("s.md", "s/a.md"),
        ("s.md", "s/deep/a.md"),
        ("s/deep.md", "s/deep/a.md"),
        ("s.md", "es/s/a.md"),
        ("es/s.md", "es/s/a.md"),
        ("01-s/index.md", "01-s/a.md"),
    ] {
        for front in held_back {
            let site = Site::bilingual();
            site.page(section, &format!("title: Part\n{front}"), "Part.").page(page, "title: A", WORDS);
            let run = site.build_with(&["--date", "2026-12-01"]);
            let found = outputs_with(&site, "quokka");
            assert!(found.is_empty(), "{section} {front}: {page} in {found:?}: {}", run.stderr);
            assert!(run.stderr.contains("Left out: Part (2 pages, "), "{section} {front}: {}", run.stderr);
        }
        let site = Site::bilingual();
        site.page(section, "title: Part", "Part.").page(page, "title: A", WORDS);
        site.build_with(&["--date", "2026-12-01"]);
        assert!(!outputs_with(&site, "quokka").is_empty(), "{section}: {page}");
    }
    // A page in the folder comes before the one beside it.
    let site = Site::plain();
    site.page("s/index.md", "title: Part", "Part.").page("s/a.md", "title: A", WORDS);
    site.page("s.md", "title: Other\ndraft: true", "Text.");
    site.build_with(&["--date", "2026-12-01"]);
    assert!(site.has("s/a.html"));
    // A name by which it speaks for no page: that stops the build, and nothing goes out.
    for name in ["s/Index.md", "s/INDEX.MD", "s/_index.md"] {
        for front in held_back {
            let site = Site::plain();
            site.page(name, &format!("title: Part\n{front}"), "Part.").page("s/a.md", "title: A", WORDS);
            let run = site.build_with(&["--date", "2026-12-01"]).failed();
            assert!(run.stderr.contains("error[file-name]"), "{name} {front}: {}", run.stderr);
            assert!(outputs_with(&site, "quokka").is_empty(), "{name} {front}");
        }
    }
    let site = Site::plain();
    site.page("s/_index.md", "title: Part", "Part.").page("s/a.md", "title: A", WORDS);
    let run = site.build();
    assert!(run.code == Some(0) && run.stderr.contains("warning[file-name]"), "{}", run.stderr);
}

#[test]
fn what_a_section_of_a_translation_says_wrongly_lets_nothing_out() {
    for (front, public) in [
        ("draft true", false),
        ("Draft: true", false),
        ("DRAFT = yes", false),
        ("borrador: true", false),
        ("estado: x\nprivate: true", false),
        ("expires: 1/2/2026", false),
        ("order: dos", true),
        ("ordre: 2", true),
    ] {
        let site = Site::bilingual();
        site.page("s/index.md", "title: Part", "Part.").page(
            "es/s/index.md",
            &format!("title: Parte\n{front}"),
            "Parte.",
        );
        site.page("es/s/solo.md", "title: Solo", WORDS);
        let run = site.build();
        assert_eq!(run.code, Some(0), "{front}: {}", run.stderr);
        assert_eq!(!outputs_with(&site, "quokka").is_empty(), public, "{front}: {}", run.stderr);
        assert!(run.stderr.contains("content/es/s/index.md"), "{front}: {}", run.stderr);
    }
}

#[test]
fn a_comment_in_a_page_stands_in_no_file() {
    for raw in [false, true] {
        let site = Site::plain();
        let kinds = "kinds: {club: {label: Club, fields: {note: {type: text, label: Note}, more: {type: markdown, label: More}}}}";
        site.file("site.yaml", format!("title: Test\ntheme: parent-guide\nraw_html: {raw}\n{kinds}\n"));
        let comment = "<!-- Quokka: ask the parents first -->";
        site.page(
            "a.md",
            &format!("title: A # {comment}"),
            &format!(
                "{comment}\n\nText {comment} more.\n\n## Part {comment}\n\n- item {comment}\n\n> quote {comment}\n\n[words \
                 {comment}](index.md)\n\n| a | b |\n|---|---|\n| x {comment} | y |\n\n:::tip\n{comment}\nText.\n:::\n\nWord.[^1]\n\n[^1]: \
                 Note {comment}\n\n[//]: # (Quokka)\n"
            ),
        );
        site.file("content/b.md", format!("# Title {comment}\n\nText.\n"));
        site.page(
            "list.md",
            "title: List\nentries: club",
            &format!("## One {comment} {{#one}}\n- Note: yes {comment}\n- More: **yes** {comment}\n\nText {comment}."),
        );
        let run = site.build();
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let found = outputs_with(&site, "quokka");
        assert!(found.is_empty(), "{raw}: {found:?}");
        assert!(site.out("list.html").contains("yes") && site.out("a.html").contains("more."));
    }
}

#[test]
fn what_an_editor_or_a_system_leaves_is_not_published() {
    let left = [
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "~$plan.docx",
        "plan.docx~",
        "a.css.swp",
        "a.bak",
        "a.orig",
        "#a.css#",
        ".env",
        "sub/.git/config",
        "a.pdf.crdownload",
        "__MACOSX/a.pdf",
    ];
    let site = Site::plain();
    site.file("site.yaml", "title: Test\ntheme: plain\nfiles: [\"**\"]\n");
    for name in left {
        site.file(&format!("content/{name}"), "quokka").file(&format!("assets/{name}"), "quokka");
    }
    site.file("content/form.pdf", "wombat");
    assert_eq!(site.build().code, Some(0));
    assert!(site.has("form.pdf"));
    let found = outputs_with(&site, "quokka");
    assert!(found.is_empty(), "{found:?}");
}
