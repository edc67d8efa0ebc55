//! Words of the settings in running text: `{contact.phone}`, `{district}`, and a site's own `values:`.

use crate::support::{Run, Site, html};

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

#[test]
fn a_number_keeps_its_order_where_words_run_from_right_to_left() {
    let site = Site::plain();
    let values = "values:\n  late: 207-555-0199\n  school_year: 2026-27\n  day: {en: May 3, ar: أيار}\n";
    site.file(
        "site.yaml",
        format!("title: T\ntheme: plain\nlanguages: [en, ar]\ncontact: {{phone: (555) 555-0100}}\n{values}"),
    );
    for (text, shown) in [
        ("اتصلوا بـ {late}.", "<p>اتصلوا بـ \u{200e}207-555-0199.</p>"),
        ("{contact.phone}", "<p>\u{200e}(555) 555-0100</p>"),
        ("**{school_year}**", "<strong>\u{200e}2026-27</strong>"),
        ("## العام {school_year}", "\u{200e}2026-27"),
        ("[{late}](tel:{late})", "<a href=\"tel:2075550199\">\u{200e}207-555-0199</a>"),
        ("[نموذج](https://example.org/{school_year}/a.pdf)", "href=\"https://example.org/2026-27/a.pdf\""),
        ("في {day}", "<p>في أيار</p>"),
    ] {
        site.page("a.md", "title: A", "Call {late} or {contact.phone}.");
        site.page("ar/a.md", "title: ألف", text);
        let run = site.build();
        assert_eq!(run.code, Some(0), "{text}: {}", run.stderr);
        let page = site.out("ar/a.html");
        assert!(page.contains(shown), "{text}: {page}");
        assert!(
            site.out("a.html").contains("Call 207-555-0199 or (555) 555-0100."),
            "{}",
            site.out("a.html")
        );
    }
}

/// The mark that keeps a number's order belongs into running text: not into names, which stand in titles, menus, lists, feeds,
/// addresses and what the search knows.
#[test]
fn no_name_has_a_mark_of_direction() {
    let mark = '\u{200e}';
    let site = Site::plain();
    let kinds = "kinds:\n  club:\n    label: {en: Club, ar: ناد}\n    fields: {room: {label: {en: Room, ar: الغرفة}, type: text}}\n";
    site.file(
        "site.yaml",
        format!("title: T\ntheme: plain\nbase_url: https://example.org\nlanguages: [en, ar]\nvalues: {{year: 2026-27, late: 207-555-0199}}\n{kinds}"),
    );
    site.file("content/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.page("clubs.md", "title: Clubs\nentries: club", "## Chess {#chess}\n- Room: 12\n\nText.");
    site.page("a.md", "title: A\npublish: 2026-01-01", "Text.");
    site.file(
        "content/ar/a.md",
        "---\npublish: 2026-01-01\n---\n# العام {year}\n\n## القسم {late}\n\nاتصلوا بـ {late}.\n\n![هاتف {late}](../p.svg)\n",
    );
    site.page(
        "ar/b.md",
        "title: 'الصف {year}'\nnav_title: 'صف {year}'\ntags: ['عام {year}']\ndescription: 'في {year}'",
        "نص {year}.",
    );
    site.page(
        "ar/clubs.md",
        "title: نواد\nentries: club",
        "## شطرنج {year} {#chess}\n- الغرفة: 12\n\nفي {year}.",
    );
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let marked: Vec<String> = site
        .public()
        .into_iter()
        .filter(|(path, bytes)| path.contains(mark) || String::from_utf8_lossy(bytes).contains(mark))
        .map(|(path, _)| path)
        .collect();
    // The pages themselves, and the sheet to print that holds their texts.
    assert_eq!(marked, ["ar/a.html", "ar/b.html", "ar/clubs.html", "ar/print.html"]);
    for path in &marked {
        let page = site.out(path);
        for tag in crate::support::html::tags(&page) {
            assert!(
                !format!("{tag:?}").contains("200e") && !format!("{tag:?}").contains(mark),
                "{path}: {tag:?}"
            );
        }
        for (from, to) in [("<title>", "</title>"), ("<h1>", "</h1>"), ("<nav", "</nav>")] {
            for part in page.split(from).skip(1) {
                let part = part.split(to).next().unwrap();
                assert!(!part.contains(mark), "{path}: {from}{part}");
            }
        }
    }
    let page = site.out("ar/a.html");
    assert!(
        page.contains("<h1>العام 2026-27</h1>") && page.contains("القسم \u{200e}207-555-0199</h2>"),
        "{page}"
    );
    assert!(
        page.contains("اتصلوا بـ \u{200e}207-555-0199.") && page.contains("alt=\"هاتف 207-555-0199\""),
        "{page}"
    );
    assert!(page.contains("id=\"القسم-207-555-0199\""), "{page}");
}

#[test]
fn a_telephone_of_the_settings_is_no_telephone_typed_into_a_page() {
    let site = Site::plain();
    site.file(
        "site.yaml",
        "title: T\ntheme: plain\ncontact: {phone: 207-201-0142, email: bus@maple.k12.us}\nvalues: {late: (207) 201-0199, x: \"The garage at the end of Oak Street, 207-201-0142\"}\n",
    );
    for (text, told) in [
        ("Call {contact.phone} or **{late}**.", 0),
        ("Write to {contact.email}.", 0),
        ("Call {x} or {late}; {x}", 0),
        ("Call {x} or 207-201-0142.", 1),
        ("{late} or ann\\_lee@maple.k12.us", 1),
        ("- {late}\n\n| a |\n|---|\n| {contact.phone} |", 0),
        ("Call {contact.phone} or 207-201-0142.", 1),
        ("Write to {contact.email} or ann@maple.k12.us.", 1),
        ("Call {207-201-0142}.", 1),
    ] {
        site.page("a.md", "title: A", text);
        let run = site.build_checked(&[]);
        assert_eq!(run.stderr.matches("[personal-contact]").count(), told, "{text}: {}", run.stderr);
    }
}

/// The settings, the front matter and the boxes of this site name words wherever readers see their texts.
fn everywhere() -> Site {
    let site = Site::empty();
    let more = "base_url: https://example.org/guide
description: \"All of {school_year}\"
license: {en: \"By {district}\", es: \"Por {district}\"}
reviewer: {name: \"Staff of {school_year}\", date: 2026-11-01}
menu:
  - index.md
  - part/index.md
  - {to: part/house.md, title: {en: \"Meet {open_house}\", es: \"Reunión {open_house}\"}}
tags:
  fees: {label: {en: \"Fees {school_year}\", es: \"Pagos {school_year}\"}, description: \"What {district} asks\"}
kinds:
  club:
    label: {en: \"Club {school_year}\", es: \"Club {school_year}\"}
    plural: {en: \"Clubs of {district}\", es: \"Clubes de {district}\"}
    facets: [day]
    finder: clubs/find
    fields:
      day:
        label: {en: Day, es: Día}
        question: \"Which day in {school_year}?\"
        type: choice
        choices: {open: {en: \"{open_house}\", es: \"{open_house}\"}, other: {en: other, es: otro}}
      room: {label: {en: Room, es: Sala}, type: text, default: \"Ask {contact.phone}\"}
";
    site.file("site.yaml", format!("{SETTINGS}{more}").replace("theme: plain", "theme: parent-guide"));
    let cascade =
        "cascade:\n  owner: \"Office {contact.phone}\"\n  review_every: 1 year\n  reviewed: 2026-11-01";
    site.page("index.md", "title: \"Guide of {district}\"\ndescription: Start", "Text.")
        .page("part/index.md", &format!("title: \"Part {{school_year}}\"\nnav_title: \"Short {{school_year}}\"\n{cascade}"), "Text.")
        .page("part/house.md", "title: 'House {open_house}'\ndescription: On {open_house}\nsearch_words: ['{contact.email}']\ntags: [fees, '{district}']\nreviewed: 2026-11-02", "Text.")
        .page("es/part/house.md", "title: 'Casa {open_house}'\ndescription: El {open_house}\nreviewed: 2026-11-02", "Texto.")
        .page("part/box.md", "title: Box", ":::tip title=\"Until {open_house}\"\nText.\n:::\n\n:::table data=rooms.csv caption=\"Rooms {school_year}\"\n:::\n\n[](house.md)")
        .page("clubs.md", "title: Clubs\nentries: club", "## Chess {school_year} {#chess}\n- Day: September 3\n\nText.\n\n## Choir {#choir}\n- Day: other\n\nText.")
        .file("content/part/late.md", "# Late until {open_house}\n\nText.\n")
        .file("data/rooms.csv", "room\n12\n");
    site
}

#[test]
fn every_text_that_readers_see_has_them() {
    let site = everywhere();
    let run = site.build();
    assert!(run.code == Some(0) && !run.stderr.contains("unknown-value"), "{}", run.stderr);
    // Pages, menus, lists, feed, print pages, search: no name is left anywhere.
    let names = ["{school_year}", "{open_house}", "{district}", "{contact.phone}", "{contact.email}"];
    for (path, bytes) in site.public() {
        let text = String::from_utf8_lossy(&bytes);
        for name in names {
            assert!(!text.contains(name), "{name} in {path}");
        }
    }
    for (path, texts) in [
        (
            "index.html",
            &["<h1>Guide of Oak &amp; Elm</h1>", "Meet September 3", "Short 2026-27", "By Oak &amp; Elm"][..],
        ),
        ("es/index.html", &["Reunión 3 de septiembre", "Short 2026-27", "Por Roble"]),
        (
            "part/index.html",
            &["<h1>Part 2026-27</h1>", "House September 3", "On September 3", "Office (555) 555-0100"],
        ),
        ("part/house.html", &["<title>House September 3", "Office (555) 555-0100", "Staff of 2026-27"]),
        // What an English page hands down is said in the language of the page that takes it.
        (
            "es/part/house.html",
            &["<h1>Casa 3 de septiembre</h1>", "El 3 de septiembre", "Office (555) 555-0100"],
        ),
        ("part/late.html", &["<h1>Late until September 3</h1>"]),
        (
            "part/box.html",
            &["Until September 3", "<caption>Rooms 2026-27</caption>", ">House September 3</a>"],
        ),
        ("clubs.html", &["id=\"chess\"", "Chess 2026-27", "Ask (555) 555-0100", "September 3"]),
        ("clubs/find/index.html", &["Which day in 2026-27?", "Clubs of Oak &amp; Elm"]),
        ("es/clubs/find/index.html", &["3 de septiembre", "Clubes de Roble"]),
        ("tags/fees-2026-27.html", &["Fees 2026-27", "What Oak &amp; Elm asks", "House September 3"]),
        ("a-z.html", &["House September 3", "Chess 2026-27", "Club 2026-27"]),
        ("site-map.html", &["Late until September 3"]),
        ("part/print.html", &["House September 3", "Part 2026-27"]),
        ("feed.xml", &["House September 3"]),
        ("es/feed.xml", &["Casa 3 de septiembre"]),
    ] {
        let page = if path.starts_with("tags/") {
            let of = |path: &String| path.ends_with(".html") && path.contains("fees");
            let tree = site.public();
            let path = tree.keys().find(|path| of(path)).unwrap_or_else(|| panic!("{:?}", tree.keys()));
            site.out(path)
        } else {
            site.out(path)
        };
        for text in texts {
            assert!(page.contains(text), "{path} lacks {text}: {page}");
        }
    }
    for words in ["september", "2026-27 chess", "ot@example.org"] {
        let said = crate::support::Run::of(site.command().args(["search", words])).stdout;
        assert!(said.contains("House") || said.contains("Chess"), "{words}: {said}");
    }
}

#[test]
fn a_new_value_reaches_every_text_and_outdates_no_translation() {
    let site = everywhere();
    Run::of(site.command().args(["translations", "--mark", "es/part/house.md"])).clean();
    site.build().clean();
    let settings = std::fs::read_to_string(site.root().join("site.yaml")).unwrap();
    site.file("site.yaml", settings.replace("September 3", "October 8").replace("2026-27", "2027-28"));
    site.page(
        "clubs.md",
        "title: Clubs\nentries: club",
        "## Chess {school_year} {#chess}\n- Day: October 8\n\nText.",
    );
    site.build().clean();
    for (path, bytes) in site.public() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("September 3") && !text.contains("2026-27"), "{path}");
    }
    let warm = site.public();
    site.build_with(&["--no-cache"]);
    crate::support::assert_same(&warm, &site.public());
    let said = Run::of(site.command().arg("translations")).stdout;
    assert!(said.contains("1 of") && !said.contains("Outdated"), "{said}");
}

#[test]
fn braces_that_are_meant_stay_in_every_text() {
    let site = site();
    site.file("content/b.md", "# Write \\{district} and {x}\n\nText.\n");
    site.page("a.md", "title: 'Write \\{district} and {x}'\nnav_title: '{{district}}'", "Text.");
    site.build().clean();
    assert!(site.out("a.html").contains("<h1>Write {district} and {x}</h1>"), "{}", site.out("a.html"));
    assert!(site.out("b.html").contains("<h1>Write {district} and {x}</h1>"), "{}", site.out("b.html"));
    assert!(site.out("index.html").contains(">{{district}}</a>"), "{}", site.out("index.html"));
}

#[test]
fn what_is_wrong_in_a_title_a_setting_or_a_box_is_told_once_at_its_line() {
    let near = "{school_year}";
    for (front_matter, text, line) in [
        ("title: 'In {scool_year}'", "Text.", 2),
        ("title: A\nnav_title: 'In {scool_year}'", "Text.", 3),
        ("title: A\nowner: 'In {scool_year}'", "Text.", 3),
        ("title: A\ntags: ['{scool_year}']", "Text.", 3),
        ("title: A\nsearch_words:\n  - x\n  - '{scool_year}'", "Text.", 5),
        ("title: A", ":::tip title=\"In {scool_year}\"\nText.\n:::", 5),
        ("order: 1", "# In {scool_year}", 5),
    ] {
        let site = site();
        site.page("a.md", front_matter, text);
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.code == "unknown-value").collect();
        assert!(told.len() == 1 && told[0].line == line, "{front_matter} {text}: {found:#?}");
        assert!(told[0].path == "content/a.md" && told[0].help.contains(near), "{told:#?}");
    }
    // What cascades is told where it is written, however many pages and kinds take it.
    let site = site();
    site.file("site.yaml", format!("{SETTINGS}kinds:\n  form: {{label: Form, fields: {{fee: text}}}}\n  page: {{fields: {{fee: text}}}}\n"));
    site.page(
        "p/index.md",
        "title: P\ncascade:\n  owner: 'The {scool_year}'\n  fee: 'Of {contact.hours}'",
        "Text.",
    )
    .page("p/a.md", "title: A", "Text.")
    .page("p/b.md", "title: B\nkind: form", "Text.");
    let found = site.problems();
    let told: Vec<_> =
        found.iter().filter(|p| p.code == "unknown-value").map(|p| (p.path.as_str(), p.line)).collect();
    assert_eq!(told, [("content/p/index.md", 4), ("content/p/index.md", 5)], "{found:#?}");
    for (lines, line, words) in [
        ("menu:\n  - {title: 'In {scool_year}', to: index.md}\n", 10, "Did you mean {school_year}?"),
        ("description: 'In {scool_year}'\n", 9, "Did you mean {school_year}?"),
        ("license: {en: x, es: 'In {scool_year}'}\n", 9, "Did you mean {school_year}?"),
        ("tags:\n  a: 'In {scool_year}'\n", 10, "Did you mean {school_year}?"),
        ("kinds:\n  form:\n    label: 'In {scool_year}'\n", 11, "Did you mean {school_year}?"),
        (
            "kinds:\n  form:\n    fields:\n      fee: {type: text, default: 'In {scool_year}'}\n",
            12,
            "Did you mean {school_year}?",
        ),
        ("description: 'Call {contact.hours}'\n", 9, "contact: hours:"),
        // A word of the settings holds no other.
        ("  more: 'Of {school_year}'\n", 9, "Write the text out here."),
    ] {
        let site = site_with(lines);
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.code == "unknown-value").collect();
        assert!(
            told.len() == 1 && told[0].line == line && told[0].path == "site.yaml",
            "{lines}: {found:#?}"
        );
        assert!(told[0].help.contains(words), "{told:#?}");
    }
}

/// A site with more lines of settings.
fn site_with(lines: &str) -> Site {
    let site = site();
    site.file("site.yaml", format!("{SETTINGS}{lines}"));
    site
}
