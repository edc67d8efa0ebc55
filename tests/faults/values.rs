//! Words of the settings in running text: `{contact.phone}`, `{district}`, and a site's own `values:`.

use crate::support::{Site, html};

const SETTINGS: &str = "title: {en: Our guide, es: Nuestra guía}\ndistrict: {en: Oak & Elm, es: Roble}\ntheme: plain\nlanguages: [en, es]\ncontact: {phone: (555) 555-0100, email: ot@example.org, url: \"https://example.org/ot\"}\nvalues:\n  school_year: 2026-27\n  open_house: {en: September 3, es: 3 de septiembre}\n";

fn site() -> Site {
    let site = Site::plain();
    site.file("site.yaml", SETTINGS);
    site
}

/// The text of a page with this body.
fn body(site: &Site, text: &str) -> String {
    site.page("a.md", "title: A", text);
    site.build().clean();
    let page = site.out("a.html");
    let start = page.find("<div class=\"body\">").unwrap() + 18;
    page[start..page[start..].find("</div>").unwrap() + start].trim().replace(" data-note=\"1\"", "")
}

#[test]
fn names_of_the_settings_are_their_values() {
    let site = site();
    for (text, shown) in [
        ("Call {contact.phone}.", "<p>Call (555) 555-0100.</p>"),
        ("In {school_year}, {district}: {title}.", "<p>In 2026-27, Oak &amp; Elm: Our guide.</p>"),
        ("{open_house}", "<p>September 3</p>"),
        ("**{school_year}** and *{district}*", "<p><strong>2026-27</strong> and <em>Oak &amp; Elm</em></p>"),
        ("- {school_year}\n- x", "<ul>\n<li>2026-27</li>\n<li>x</li>\n</ul>"),
        // A mailbox and a web address are links, as if they were typed.
        (
            "Write to {contact.email}.",
            "<p>Write to <a href=\"mailto:ot@example.org\">ot@example.org</a>.</p>",
        ),
        ("{contact.url}", "<p><a href=\"https://example.org/ot\">https://example.org/ot</a></p>"),
        ("[Call]({contact.phone})", "<p><a href=\"tel:5555550100\">Call</a></p>"),
        ("[Call](tel:{contact.phone})", "<p><a href=\"tel:5555550100\">Call</a></p>"),
        ("[Write]({contact.email})", "<p><a href=\"mailto:ot@example.org\">Write</a></p>"),
        ("[{contact.email}]({contact.url})", "<p><a href=\"https://example.org/ot\">ot@example.org</a></p>"),
        (
            "[Form](https://example.org/{school_year}/a.pdf)",
            "<p><a href=\"https://example.org/2026-27/a.pdf\">Form</a></p>",
        ),
    ] {
        assert_eq!(body(&site, text), shown, "{text}");
    }
}

#[test]
fn all_other_braces_are_text() {
    let site = site();
    for (text, shown) in [
        ("\\{district} and \\{school_year}", "<p>{district} and {school_year}</p>"),
        ("`{district}`", "<p><code>{district}</code></p>"),
        ("    {district}", "<pre><code>{district}"),
        ("```\n{district}\n```", "<pre><code>{district}"),
        (
            "{x} {n} {} { a } {1} {name of child} {{district}} {{ district }} ${district}",
            "<p>{x} {n} {} { a } {1} {name of child} {{district}} {{ district }} ${district}</p>",
        ),
        ("{% district %} {#district} {district", "<p>{% district %} {#district} {district</p>"),
        ("{\"district\": \"x\"}", "<p>{"),
        ("{日本}", "<p>{日本}</p>"),
    ] {
        let found = body(&site, text);
        assert!(found.starts_with(shown), "{text}: {found}");
    }
    // Attributes of raw HTML are the page's own.
    site.file("site.yaml", format!("{SETTINGS}raw_html: true\n"));
    let found = body(&site, "A <span title=\"{district}\">{district}</span>");
    assert!(found.contains("title=\"{district}\">Oak &amp; Elm</span>"), "{found}");
}

#[test]
fn a_heading_keeps_what_stands_in_braces_at_its_end() {
    for settings in [SETTINGS, "title: Our guide\ntheme: plain\n"] {
        let site = site();
        site.file("site.yaml", settings);
        for (text, shown) in [
            ("## When it is {x}", "<h2 id=\"when-it-is-x\">When it is {x}</h2>"),
            ("## {x}", "<h2 id=\"x\">{x}</h2>"),
            ("## Ask {name of child} ##", "<h2 id=\"ask-name-of-child\">Ask {name of child}</h2>"),
            ("Under {x}\n---", "<h2 id=\"under-x\">Under {x}</h2>"),
            ("## Set {a=b}", "<h2 id=\"set-a-b\">Set {a=b}</h2>"),
            ("## Code `{y}` {x}", "<h2 id=\"code-y-x\">Code <code>{y}</code> {x}</h2>"),
            ("## Own {#own}", "<h2 id=\"own\">Own</h2>"),
            ("## Own {#own .big}", "<h2 id=\"own\">Own</h2>"),
            ("## Two {x} {#own}", "<h2 id=\"own\">Two {x}</h2>"),
            ("## Escaped \\{x}", "<h2 id=\"escaped-x\">Escaped {x}</h2>"),
        ] {
            assert_eq!(body(&site, text).replace(" class=\"big\"", ""), shown, "{text}");
        }
    }
}

#[test]
fn each_language_has_its_own() {
    let site = site();
    site.page("a.md", "title: A", "{district}, {open_house}");
    site.page("b.md", "title: B", "{district}");
    site.page("es/a.md", "title: A", "{district}, {open_house}, {school_year}");
    site.build().clean();
    assert!(site.out("a.html").contains("Oak &amp; Elm, September 3"));
    assert!(site.out("es/a.html").contains("Roble, 3 de septiembre, 2026-27"));
    // A page in English stays so where it stands for a translation.
    assert!(site.out("es/b.html").contains("Oak &amp; Elm"), "{}", site.out("es/b.html"));
}

#[test]
fn fields_headings_and_lists_of_pages_have_them() {
    let site = site();
    site.file("site.yaml", format!("{SETTINGS}kinds:\n  page:\n    fields:\n      cost: {{label: {{en: Cost}}, type: text}}\n  club:\n    label: {{en: Club, es: Club}}\n    fields:\n      day: {{label: {{en: Day, es: Día}}, type: text}}\n      mail: {{label: {{en: Mail, es: Correo}}, type: text}}\n"));
    site.page(
        "a.md",
        "title: A\ndescription: For {school_year} in {district}.\ncost: Free in {school_year}",
        "## Year {school_year}\n\n## {open_house}\n\n### Of {district} here {#own}\n\n## `Code` {school_year}\n\nText.",
    );
    site.page(
        "clubs.md",
        "title: Clubs\nentries: club",
        "## Chess\n- Day: From {open_house}\n- Mail: {contact.email}\n\nAsk {contact.phone}.",
    );
    site.build().clean();
    let page = site.out("a.html");
    assert!(
        page.contains("content=\"For 2026-27 in Oak &amp; Elm.\"") || page.contains("For 2026-27 in Oak"),
        "{page}"
    );
    for heading in [
        "<h2 id=\"year-2026-27\">Year 2026-27</h2>",
        "<h2 id=\"september-3\">September 3</h2>",
        "<h3 id=\"own\">Of Oak &amp; Elm here</h3>",
        "<code>Code</code> 2026-27</h2>",
    ] {
        assert!(page.contains(heading), "{heading}: {page}");
    }
    site.page("b.md", "title: B\ncost: 'Say \\{school_year}, {x}'", "Text.");
    assert!(site.build().clean().code == Some(0));
    let said = html::visible(&site.out("b.html"));
    let written = std::fs::read_to_string(site.root().join("content/b.md")).unwrap();
    assert!(written.contains("\\{school_year}") && !said.contains("2026-27"), "{said}");
    site.page("b.md", "title: B\ndescription: 'Of \\{school_year} and {school_year}'", "Text.");
    site.build().clean();
    assert!(site.out("b.html").contains("Of {school_year} and 2026-27"), "{}", site.out("b.html"));
    let clubs = html::visible(&site.out("clubs.html"));
    assert!(
        clubs.contains("From September 3") && clubs.contains("ot@example.org") && !clubs.contains('{'),
        "{clubs}"
    );
    let mut search = site.command();
    let said = crate::support::Run::of(search.args(["search", "2026-27"]));
    assert!(said.stdout.contains("a.html") || said.stdout.contains("A"), "{} {}", said.stdout, said.stderr);
}

#[test]
fn a_change_of_the_setting_changes_the_pages_that_show_it() {
    let site = site();
    site.page("a.md", "title: A\ndescription: Call {contact.phone}.", "Call {contact.phone}.");
    site.page("es/a.md", "title: A", "Llame al {contact.phone}.");
    site.page("b.md", "title: B", "Text.");
    let mut mark = site.command();
    mark.args(["translations", "--mark", "es/a.md"]);
    assert_eq!(crate::support::Run::of(&mut mark).code, Some(0));
    site.build().clean();
    site.file("site.yaml", SETTINGS.replace("555-0100", "555-7777"));
    site.build().clean();
    let kept = site.public();
    assert!(
        site.out("a.html").contains("Call (555) 555-7777.") && site.out("es/a.html").contains("555-7777")
    );
    site.build_with(&["--no-cache"]);
    crate::support::assert_same(&kept, &site.public());
    // The translation is as good as it was.
    let mut progress = site.command();
    let said = crate::support::Run::of(progress.arg("translations")).stdout;
    assert!(!said.contains("Outdated"), "{said}");
}

#[test]
fn what_is_misspelt_or_not_set_is_told_at_its_place() {
    let site = site();
    for (text, severity, column, help) in [
        ("Call {contact.phne} now.", "warning", 6, "{contact.phone}"),
        ("Call {phone} now.", "warning", 6, "{contact.phone}"),
        ("In {School_Year}.", "warning", 4, "{school_year}"),
        ("In { school_year }.", "warning", 4, "{school_year}"),
        ("In {school-year}.", "warning", 4, "{school_year}"),
        ("From {contact.hours}.", "error", 6, "contact: hours:"),
        ("*{scool_year}*", "warning", 2, "{school_year}"),
        ("## Year {scool_year}", "warning", 9, "{school_year}"),
        ("In {school year}.", "warning", 4, "{school_year}"),
        ("Call {contact phone}.", "warning", 6, "{contact.phone}"),
    ] {
        site.page("a.md", "title: A", text);
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.code == "unknown-value").collect();
        assert_eq!(told.len(), 1, "{text}: {found:#?}");
        assert_eq!(
            (told[0].severity.as_str(), told[0].line, told[0].column),
            (severity, 5, column),
            "{text}: {told:#?}"
        );
        assert!(told[0].help.contains(help) && told[0].help.contains("\\{"), "{told:#?}");
    }
    site.page(
        "a.md",
        "title: A\ndescription: In {scool_year}.",
        "`{scool_year}` \\{scool_year} {xyz} {unrelated_name}",
    );
    let found = site.problems();
    let told: Vec<_> = found.iter().filter(|p| p.code == "unknown-value").collect();
    assert!(told.len() == 1 && told[0].line == 3, "{found:#?}");
    for (lines, code, words) in [
        ("values: [a]\n", "wrong-type", "name: text"),
        ("values:\n  School Year: 1\n", "bad-config", "school_year"),
        ("values:\n  district: x\n", "bad-config", "setting already"),
        ("values:\n  year: [1, 2]\n", "wrong-type", "year"),
    ] {
        let site = Site::plain();
        site.file("site.yaml", format!("title: Test\ntheme: plain\n{lines}"));
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.severity == "error").collect();
        assert!(told.len() == 1 && told[0].code == code, "{lines}: {found:#?}");
        assert!(format!("{} {}", told[0].message, told[0].help).contains(words), "{told:#?}");
    }
}

#[test]
fn rules_and_glossary_see_the_value() {
    let site = site();
    site.file(
        "site.yaml",
        format!("{SETTINGS}kinds:\n  term:\n    label: {{en: Term, es: Término}}\n    glossary: true\n")
            .replace("school_year: 2026-27", "school_year: the IEP year"),
    );
    site.page("terms.md", "title: Terms\nentries: term", "## IEP {#iep}\n\nA plan.");
    site.page("a.md", "title: A", "In {school_year} we meet.");
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(site.out("a.html").contains("terms.html#iep"), "{}", site.out("a.html"));
}
