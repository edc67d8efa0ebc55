//! `notice:` in `site.yaml`: on every page, from one day until another.

use crate::support::{Run, Site, assert_same};

/// A site in English and Spanish whose pages show the notices, with these lines in its settings.
fn site(lines: &str) -> Site {
    let site = Site::bilingual();
    site.file(
        "site.yaml",
        format!("title: {{en: Test, es: Prueba}}\ntheme: plain\nlanguages: [en, es]\n{lines}"),
    );
    let show =
        "{% for n in site_notices() %}<div class=\"n\" lang=\"{{ n.lang }}\">{{ n.html }}</div>{% endfor %}";
    site.template(
        "page.html",
        &format!(
            "{{% extends \"plain/page.html\" %}}{{% block body %}}{show}{{{{ body }}}}{{% endblock body %}}"
        ),
    );
    site.page("a.md", "title: A", "Text.");
    site.page("es/a.md", "title: A", "Texto.");
    site
}

const CLOSED: &str =
    "notice:\n  text: {en: Closed <b>now</b>., es: Cerrado.}\n  from: 2026-12-18\n  until: 2026-12-21\n";

#[test]
fn a_notice_is_shown_from_its_first_day_to_its_last() {
    let site = site(CLOSED);
    for (date, on) in [
        ("2026-12-17", false),
        ("2026-12-18", true),
        ("2026-12-21", true),
        ("2026-12-22", false),
        ("2026-12-18", true),
    ] {
        let run = site.build_with(&["--date", date]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let shown = site
            .out("a.html")
            .contains("<div class=\"n\" lang=\"en\"><p>Closed &lt;b&gt;now&lt;/b&gt;.</p></div>");
        assert_eq!(shown, on, "{date}: {}", site.out("a.html"));
        assert_eq!(
            site.out("es/a.html").contains("<div class=\"n\" lang=\"es\"><p>Cerrado.</p></div>"),
            on,
            "{date}"
        );
        // As built without a cache.
        let kept = site.public();
        site.build_with(&["--date", date, "--no-cache"]);
        assert_same(&kept, &site.public());
    }
    // A day on which nothing of it changes makes no page again.
    site.build_with(&["--date", "2026-12-19"]);
    let run = site.build_with(&["--date", "2026-12-20", "--stats", "--format", "json"]);
    assert_eq!(run.count("written"), 0, "{}", run.stdout);
}

#[test]
fn the_day_is_that_of_the_site() {
    let site = site(&format!("time_zone: America/Los_Angeles\n{CLOSED}"));
    for (moment, on) in [
        ("2026-12-18T07:59Z", false),
        ("2026-12-18T08:00Z", true),
        ("2026-12-22T07:59Z", true),
        ("2026-12-22T08:00Z", false),
    ] {
        site.build_with(&["--date", moment]);
        assert_eq!(site.out("a.html").contains("Closed"), on, "{moment}");
    }
}

#[test]
fn one_text_or_several_notices() {
    for (lines, shown) in [
        ("notice: Closed.\n", "<div class=\"n\" lang=\"en\"><p>Closed.</p></div>"),
        ("notice: {en: Closed., es: Cerrado.}\n", "<div class=\"n\" lang=\"en\"><p>Closed.</p></div>"),
        (
            "notice: [{text: One., until: 2026-01-01}, Two., {text: Three.}]\n",
            "<div class=\"n\" lang=\"en\"><p>Two.</p></div><div class=\"n\" lang=\"en\"><p>Three.</p></div>",
        ),
    ] {
        let site = site(lines);
        site.build().clean();
        let page = site.out("a.html");
        assert!(page.contains(shown) && !page.contains("One."), "{lines}: {page}");
    }
    // A text that a language lacks says in which language it is.
    let site = site("notice: {text: {en: Closed.}}\n");
    site.build();
    assert!(
        site.out("es/a.html").contains("<div class=\"n\" lang=\"en\"><p>Closed.</p></div>"),
        "{}",
        site.out("es/a.html")
    );
}

#[test]
fn what_cannot_be_is_told_at_its_line() {
    for (lines, code, line, words) in [
        (
            "notice:\n  text: A\n  from: 2026-12-21\n  until: 2026-12-18\n",
            "bad-config",
            7,
            "before it begins",
        ),
        ("notice:\n  from: 2026-12-21\n", "missing-field", 5, "no text"),
        ("notice:\n  text: A\n  until: 12/21/2026\n", "wrong-type", 6, "12/21/2026"),
        ("notice:\n  text: A\n  untl: 2026-12-21\n", "unknown-key", 6, "untl"),
        ("notice:\n  text: [A, B]\n", "wrong-type", 5, "text"),
    ] {
        let site = site(lines);
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.severity == "error").collect();
        assert_eq!(told.len(), 1, "{lines}: {found:#?}");
        assert!(told[0].code == code && told[0].line == line, "{lines}: {told:#?}");
        assert!(format!("{} {}", told[0].message, told[0].help).contains(words), "{lines}: {told:#?}");
    }
}

#[test]
fn the_bundled_theme_shows_it_as_a_region_that_is_not_printed() {
    let site = Site::guide();
    std::fs::remove_dir_all(site.root().join("content")).unwrap();
    site.file("site.yaml", format!("title: T\nlanguages: [en, es]\n{CLOSED}"));
    site.page("index.md", "title: Start", "Text.");
    site.page("a.md", "title: A", "Text.");
    site.build_with(&["--date", "2026-12-18"]);
    for page in ["index.html", "a.html", "es/a.html", "a-z.html", "404.html", "print.html", "site-map.html"] {
        let text = site.out(page);
        let region = text.find("<section class=\"site-notice no-print\" aria-label=\"");
        assert!(region.is_some() && region < text.find("<main"), "{page}");
    }
    assert!(site.out("es/a.html").contains("<p>Cerrado.</p>"));
    assert!(
        !site.out("index.html").contains("site-notice")
            || site.out("index.html").matches("site-notice").count() == 1
    );
    site.build_with(&["--date", "2026-12-22"]);
    assert!(!site.out("index.html").contains("site-notice"));
    let mut command = site.command();
    let run = Run::of(command.args(["check", "--publish", "--format", "json", "--date", "2026-12-22"]));
    let over: Vec<_> = run.json().into_iter().filter(|thing| thing["section"] == "left-out").collect();
    assert!(over.len() == 1 && over[0]["message"].as_str().unwrap().contains("2026-12-21"), "{over:#?}");
    assert!(over[0]["path"] == "site.yaml" && over[0]["line"].as_u64() > Some(2), "{over:#?}");
    let mut command = site.command();
    let run = Run::of(command.args(["check", "--publish", "--format", "json", "--date", "2026-12-21"]));
    assert!(!run.json().iter().any(|thing| thing["section"] == "left-out"), "{}", run.stdout);
}

#[test]
fn a_notice_links_and_has_the_words_of_the_settings() {
    let lines = "contact: {phone: 555-0100}\nvalues: {day: {en: Monday, es: lunes}}\n";
    let site = site(&format!(
        "{lines}notice: {{en: 'Closed on {{day}}. [**See** why](bus/times.md#late), [](a.md) or call {{contact.phone}}. [Map](https://example.org/?a&b)', es: 'Cerrado el {{day}}. [Vea](bus/times.md)'}}\n"
    ));
    site.page("bus/times.md", "title: Times", "## Late\n\nText.");
    site.page("es/bus/times.md", "title: Horas", "Texto.");
    site.page("bus/other.md", "title: Other", "Text.");
    site.build().clean();
    let shown = "<p>Closed on Monday. <a href=\"@bus/times.html#late\"><strong>See</strong> why</a>, <a href=\"@a.html\">A</a> or call 555-0100. <a href=\"https://example.org/?a&amp;b\">Map</a></p>";
    assert!(site.out("a.html").contains(&shown.replace('@', "")), "{}", site.out("a.html"));
    let deep = site.out("bus/other.html");
    assert!(deep.contains(&shown.replace("@bus/", "").replace('@', "../")), "{deep}");
    assert!(
        site.out("es/a.html").contains("<p>Cerrado el lunes. <a href=\"bus/times.html\">Vea</a></p>"),
        "{}",
        site.out("es/a.html")
    );
    // Where the page goes, the link goes, and with it back it comes back.
    site.page("bus/times.md", "title: Times\ndraft: true", "## Late\n\nText.");
    let run = site.build();
    assert!(run.code == Some(0) && run.stderr.contains("link-to-left-out"), "{}", run.stderr);
    assert!(
        site.out("a.html").contains("<p>Closed on Monday. <strong>See</strong> why,"),
        "{}",
        site.out("a.html")
    );
    site.page("bus/times.md", "title: Times", "## Late\n\nText.");
    site.build().clean();
    assert!(site.out("a.html").contains("<strong>See</strong> why</a>"));
}

#[test]
fn what_a_notice_says_wrong_is_told_once_at_its_line() {
    for (text, code, words) in [
        ("[See](bsu.md)", "broken-link", "bsu.md"),
        ("[See](bus.md#lat)", "broken-link", "#late"),
        ("[Ana](nobody@)", "broken-link", "nobody@"),
        ("[x](javascript:alert)", "unsafe-link", "javascript"),
        ("On {dayy}.", "unknown-value", "{day}"),
        ("Call {contact.email}.", "unknown-value", "contact: email:"),
    ] {
        let site = site(&format!("values: {{day: Monday}}\nnotice: ['Fine.', '{text}']\n"));
        site.page("bus.md", "title: Bus", "## Late\n\nText.");
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.path == "site.yaml").collect();
        assert!(told.len() == 1 && told[0].code == code && told[0].line == 5, "{text}: {found:#?}");
        assert!(format!("{} {}", told[0].message, told[0].help).contains(words), "{text}: {told:#?}");
    }
}

#[test]
fn a_list_says_when_most_of_it_is_in_another_language() {
    let site = Site::bilingual();
    site.file("site.yaml", "title: {en: Test, es: Prueba}\ntheme: plain\nlanguages: [en, es]\n");
    site.page("a.md", "title: A\ntags: [t]", "Text.").page("b.md", "title: B\ntags: [t]", "Text.").page(
        "c.md",
        "title: C\nentries: activity",
        "## One\n- Where: home\n- Materials: x\n\nText.\n\n## Two\n- Where: home\n- Materials: x\n\nText.",
    );
    let lists = ["es/a-z.html", "es/site-map.html", "es/print.html", "es/tags/t.html", "es/find/index.html"];
    let told = || -> Vec<bool> {
        assert_eq!(site.build().code, Some(0));
        let warm = site.public();
        site.build_with(&["--no-cache"]);
        crate::support::assert_same(&warm, &site.public());
        lists.iter().map(|page| site.out(page).contains("class=\"notice fallback\"")).collect()
    };
    // Nothing is translated.
    assert_eq!(told(), [true; 5]);
    assert!(!site.out("a-z.html").contains("class=\"notice"), "the main language has all of its pages");
    // Half of the pages are, so most of them are not in English; of the six names in the A to Z four still are.
    site.page("es/index.md", "title: Inicio", "Texto.").page("es/a.md", "title: A\ntags: [t]", "Texto.");
    assert_eq!(told(), [true, false, false, false, true]);
    site.page(
        "es/c.md",
        "title: C\nentries: activity",
        "## Uno {#one}\n- Dónde: casa\n- Materiales: x\n\nTexto.",
    );
    assert_eq!(told(), [false, false, false, false, false]);
}
