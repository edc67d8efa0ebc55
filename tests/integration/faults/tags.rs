//! Tags with a name and a sentence for readers of each language: `tags:` in `site.yaml`.

use crate::support::{Site, copy, html, repository};

const TAGS: &str = "tags:
  start:
    label: {en: Getting started, es: Para empezar}
    description: {en: What to do first., es: Lo primero.}
  rights: {en: Your rights, es: Sus derechos}
";

/// English and Spanish, with the built-in theme; `start` is written by its key, its English name and its Spanish one.
fn site(tags: &str) -> Site {
    let site = Site::empty();
    copy(&repository().join("themes/parent-guide"), &site.root().join("themes/parent-guide"));
    site.file(
        "site.yaml",
        format!("title: {{en: Test, es: Prueba}}\ntheme: parent-guide\nlanguages: [en, es]\noutputs: {{sitemap: false, feed: false}}\n{tags}"),
    );
    site.page("index.md", "title: Start", "Text.");
    site.page("a.md", "title: A\ntags: [start, Getting Started]", "Text.");
    site.page("b.md", "title: B\ntags: [getting started, other]", "Text.");
    site.page("c.md", "title: C\ntags: [rights]", "Text.");
    site.page("es/a.md", "title: A es\ntags: [para empezar]", "Texto.");
    site
}

#[test]
fn a_tag_is_one_whichever_of_its_names_is_written() {
    let site = site(TAGS);
    // The built-in theme shows the topics of a page on the pages of topics alone.
    site.template(
        "page.html",
        "{% extends \"parent-guide/page.html\" %}{% block body %}{{ super() }}{% for tag in page.tags %}<a href=\"{{ tag.url }}\">{{ tag.name }}</a>{% endfor %}{% endblock body %}",
    );
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for (page, shown, not) in [
        ("tags/index.html", &["Getting started 2", "Your rights 1", "other 1"][..], &["Para empezar"][..]),
        (
            "es/tags/index.html",
            &["Para empezar 2", "Sus derechos 1", "other 1"],
            &["Getting started", "Your rights", "start"],
        ),
        ("tags/start.html", &["Getting started", "What to do first."], &["Lo primero"]),
        ("es/tags/start.html", &["Para empezar", "Lo primero.", "A es", "B"], &["What to do first"]),
        ("a.html", &["Getting started"], &["Getting Started", "start,"]),
        ("es/a.html", &["Para empezar"], &["para empezar"]),
        // A page in English that stands for a missing translation leads to the same topic.
        ("es/b.html", &["Para empezar"], &["getting started"]),
    ] {
        let text = site.out(page);
        let main = &text[text.find("<main").unwrap()..text.find("</main>").unwrap()];
        let visible = html::visible(main);
        let words = visible.split_whitespace().collect::<Vec<_>>().join(" ");
        shown.iter().for_each(|word| assert!(words.contains(word), "{page}: no {word}: {words}"));
        not.iter().for_each(|word| assert!(!words.contains(word), "{page}: {word}: {words}"));
    }
    // One page each, and the language button leads from one to the other.
    assert!(!site.has("tags/getting-started.html") && !site.has("es/tags/para-empezar.html"));
    assert!(site.out("tags/start.html").contains("es/tags/start.html"), "{}", site.out("tags/start.html"));
    assert_eq!(site.out("a.html").matches("tags/start.html").count(), 1, "{}", site.out("a.html"));
    assert!(site.out("a.html").contains("b.html"), "pages of one tag are related");
}

#[test]
fn an_edit_of_a_name_reaches_all_pages_and_the_cache_keeps_none() {
    let site = site(TAGS);
    site.build();
    for tags in [
        TAGS.replace("Para empezar", "Empiece"),
        String::new(),
        TAGS.to_owned(),
        TAGS.replace("What to do first.", "Begin."),
    ] {
        let head = "title: {en: Test, es: Prueba}\ntheme: parent-guide\nlanguages: [en, es]\noutputs: {sitemap: false, feed: false}\n";
        site.file("site.yaml", format!("{head}{tags}"));
        site.build();
        let kept = site.public();
        site.page("c.md", "title: C\ntags: [rights]", "More.").build();
        site.page("c.md", "title: C\ntags: [rights]", "Text.").build();
        crate::support::assert_same(&kept, &site.public());
        site.build_with(&["--no-cache"]);
        crate::support::assert_same(&kept, &site.public());
    }
}

#[test]
fn what_is_wrong_is_told_at_its_line() {
    for (lines, code, line, words) in [
        ("tags: [start]\n", "wrong-type", 5, "start: {en: Getting started}"),
        ("tags:\n  start: [a]\n", "wrong-type", 6, "start"),
        ("tags:\n  start: {label: {en: A, es: B}, about: x}\n", "unknown-key", 6, "about"),
        ("tags:\n  start: {en: Getting started}\n", "label-untranslated", 6, "es"),
        (
            "tags:\n  start: {label: {en: A, es: B}, description: {en: About.}}\n",
            "label-untranslated",
            6,
            "es",
        ),
    ] {
        let site = site(lines);
        let found = site.build_checked(&["--format", "json"]).problems();
        let told: Vec<_> = found
            .iter()
            .filter(|p| p.path == "site.yaml" && p.code != "placeholder" && p.code != "needs-base-url")
            .collect();
        assert!(told.len() == 1 && told[0].code == code && told[0].line == line, "{lines}: {found:#?}");
        assert!(format!("{} {}", told[0].message, told[0].help).contains(words), "{lines}: {told:#?}");
    }
}
