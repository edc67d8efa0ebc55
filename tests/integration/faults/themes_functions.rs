//! What a theme's author writes wrongly in a call is told at its place with what is meant: arguments, kinds, sections,
//! ways to sort, data files, texts and their places, tags, filters and functions of other programs.

use crate::support::{Problem, Site};

/// The problems of a site whose start page is made by a template with this line.
fn met(site: &Site, line: &str) -> Vec<Problem> {
    site.template("home.html", &format!("<p>\n{line}\n</p>"));
    site.problems()
}

/// A site with a section, an entry, data and texts.
fn site() -> Site {
    let site = Site::bilingual();
    site.page("activities/index.md", "title: Activities", "All.")
        .page("activities/posture.md", "title: Posture", "Sit.")
        .page("terms.md", "title: Words\nentries: term", "## Goal {#goal}\n\nMeaning.")
        .page("later/index.md", "title: Later\ndraft: true", "Not yet.")
        .file("content/es/solo/index.md", "---\ntitle: Solo\n---\n\nSolo.\n")
        .file("data/schools.csv", "name\nOak\n")
        .file("data/calendar-2026.yaml", "- a\n")
        .file(
            "translations/en.yaml",
            "hello: \"Hello {name}\"\npages_n: {one: \"{n} page\", other: \"{n} pages\"}\nmany: {one: one, other: many}\n\
             weekday_1: Monday\ndate_weekday: \"{weekday}, {date}\"\n",
        )
        .file("translations/es.yaml", "hello: Hola\nweekday_1: lunes\n");
    site
}

#[test]
fn a_wrong_name_in_a_call_is_an_error_at_its_line_with_the_one_that_is_meant() {
    let cases: &[(&str, &str, &str)] = &[
        // Arguments.
        (
            "{% set x = pages(sektion=\"activities\") %}",
            "takes no argument \"sektion\"",
            "Did you mean section?",
        ),
        (
            "{{ asset(path=\"plain.css\", integrity=true) }}",
            "takes no argument \"integrity\"",
            "It takes path.",
        ),
        ("{{ menu(deep=2) }}", "takes no argument \"deep\"", "Write menu() without arguments."),
        ("{{ link(to=3) }}", "to of link() must be a text, and is a number", "Write link(to=\"…\")."),
        ("{{ link(to=site.description) }}", "must be a text, and is nothing", "Ask first"),
        ("{{ link() }}", "link() needs the argument to", "Write link(to=\"…\")."),
        ("{% set x = page(pth=\"terms.md\") %}", "takes no argument \"pth\"", "Did you mean path?"),
        ("{{ date(value=12) }}", "a day is a text such as 2027-03-01, and this is a number", "Write date("),
        // Kinds, sections, ways to sort.
        ("{% set x = entries(kind=\"trem\") %}", "there is no kind \"trem\"", "Did you mean term?"),
        (
            "{% set x = entries(kind=\"nope\") %}",
            "there is no kind \"nope\"",
            "Kinds: activity, model, page, term.",
        ),
        ("{{ finder_facets(kind=\"activty\") }}", "there is no kind \"activty\"", "Did you mean activity?"),
        ("{{ finder_url(kind=\"activty\") }}", "there is no kind \"activty\"", "Did you mean activity?"),
        (
            "{% set x = pages(section=\"activites\") %}",
            "there is no page \"activites\"",
            "Did you mean activities/index.md?",
        ),
        ("{% set x = pages(section=\"nope\") %}", "there is no page \"nope\"", "Write a path below content/"),
        (
            "{% set x = pages(section=\"terms.md\") %}",
            "terms.md is a page, and no section",
            "page(path=\"terms.md\")",
        ),
        (
            "{% set x = entries(kind=\"term\", page=\"trems.md\") %}",
            "there is no page \"trems.md\"",
            "Did you mean terms.md?",
        ),
        (
            "{% set x = entries(kind=\"term\", sort=\"when\") %}",
            "sorted by their title only",
            "sort(attribute=\"fields.when\")",
        ),
        (
            "{{ link(to=\"terms.md#gaol\") }}",
            "no heading \"gaol\"; did you mean #goal?",
            "Write the page's path",
        ),
        // Texts.
        ("{{ t(key=\"hello\", nme=\"x\") }}", "the text has no place {nme}", "Did you mean name?"),
        ("{{ t(key=\"hello\", name=site.description) }}", "what is given for it is nothing", "fallback"),
        ("{{ t(key=\"many\", n=\"x\") }}", "n of t() must be a whole number, and is a text", "n=3"),
        (
            "{{ t(key=\"hallo\", name=\"x\") }}",
            "no language has this text; did you mean \"hello\"?",
            "translations/en.yaml",
        ),
        (
            "{{ t(key=\"back\", lang=\"fr\") }}",
            "the site has no language \"fr\"",
            "Languages of the site: en, es.",
        ),
        ("{{ \"x\" | number }}", "\"x\" is no number", "figures"),
    ];
    let site = site();
    for (line, message, help) in cases {
        let found: Vec<Problem> = met(&site, line).into_iter().filter(|p| p.severity == "error").collect();
        assert_eq!(found.len(), 1, "{line}: {found:#?}");
        assert!(found[0].message.contains(message), "{line}: {}", found[0].message);
        assert!(found[0].help.contains(help), "{line}: {}", found[0].help);
        assert_eq!((found[0].path.as_str(), found[0].line), ("templates/home.html", 2), "{line}");
    }
}

#[test]
fn a_place_that_nothing_fills_is_told() {
    let site = site();
    for (line, message, help) in [
        ("{{ t(key=\"hello\") }}", "the text has the place {name}", "Write t(key=\"hello\", name=…)."),
        (
            "{{ t(key=\"pages_n\") }}",
            "the text has plural forms, and no n is given",
            "Write t(key=\"pages_n\", n=…)",
        ),
        ("{{ t(key=\"many\") }}", "the text has plural forms", "n=…"),
    ] {
        let found: Vec<Problem> = met(&site, line).into_iter().filter(|p| p.code == "missing-text").collect();
        assert_eq!(found.len(), 1, "{line}: {found:#?}");
        assert_eq!(found[0].place(), "warning[missing-text] templates/home.html:2:11", "{line}");
        assert!(found[0].message.contains(message) && found[0].help.contains(help), "{line}: {found:#?}");
    }
    // With one of two it is an error; a script's own places are given as such.
    site.file("translations/en.yaml", "two: \"{a} and {b}\"\nn: \"{n} pages\"\n");
    let found = met(&site, "{{ t(key=\"two\", a=1) }}");
    assert!(found.iter().any(|p| p.severity == "error" && p.message.contains("{b}")), "{found:#?}");
    let found = met(&site, "{{ t(key=\"two\", a=\"{a}\", b=\"{b}\") }} {{ t(key=\"n\", n=\"{n}\") }}");
    assert!(found.iter().all(|p| p.severity != "error" && p.code != "missing-text"), "{found:#?}");
    assert_eq!(site.out("index.html"), "<p>\n{a} and {b} {n} pages\n</p>");
}

#[test]
fn what_may_be_missing_is_no_error() {
    let cases: &[(&str, &str)] = &[
        ("{{ pages(section=\"activities\") | length }}", "1"),
        // Not published now, or in another language only.
        ("{{ pages(section=\"later\") | length }}", "0"),
        ("{{ pages(section=\"solo\") | length }}", "0"),
        ("{{ entries(kind=\"term\", page=\"later/index.md\") | length }}", "0"),
        ("{{ entries(kind=\"term\", sort=\"title\") | length }}", "1"),
        ("{{ page(path=\"nope.md\") is none }}", "true"),
        ("{{ data(path=\"other.yaml\") is none }}", "true"),
        // The file of another year.
        ("{{ data(path=\"calendar-2027.yaml\") is none }}", "true"),
        // A translation that does without the name.
        ("{{ t(key=\"hello\", name=\"Ana\") }}", "Hello Ana"),
        ("{{ t(key=\"hello\", name=\"Ana\", lang=\"es\") }}", "Hola"),
        ("{{ t(key=\"pages_n\", n=1) }} {{ t(key=\"pages_n\", n=\"2\") }}", "1 page 2 pages"),
        ("{{ date(value=none) is none }}", "true"),
        ("{{ date(value=\"2027-03-01\") }}", "March 1, 2027"),
        ("{{ date(value=\"2027-03-01\", weekday=true) }}", "Monday, March 1, 2027"),
        ("{{ \"2027-03-01\" | date(weekday=true, lang=\"es\") }}", "lunes, 1 de March de 2027"),
        // Filters.
        ("{{ \"Who helps?\" | slugify }}", "who-helps"),
        ("{{ \"a&b c/d\" | urlencode }}", "a%26b%20c%2Fd"),
        ("{{ \"<b>a</b> &amp; b\" | striptags }}", "a &amp; b"),
        ("{{ 12000.5 | number }}", "12,000.5"),
        ("{{ [\"</script>\", 1, true, none] | json }}", "[\"\\u003c/script\\u003e\",1,true,null]"),
        ("<i data-x='{{ {\"a\": \"it's\"} | json }}'>", "<i data-x='{\"a\":\"it\\u0027s\"}'>"),
    ];
    let site = site();
    for (line, out) in cases {
        let found = met(&site, line);
        assert!(
            found.iter().all(|p| p.severity != "error" && p.code != "unknown-name"),
            "{line}: {found:#?}"
        );
        assert_eq!(site.out("index.html"), format!("<p>\n{out}\n</p>"), "{line}");
    }
}

#[test]
fn a_record_as_json_has_all_its_keys() {
    let site = site();
    let found = met(&site, "{{ page(path=\"terms.md\") | json }}");
    assert!(found.iter().all(|p| p.severity != "error"), "{found:#?}");
    let page: serde_json::Value =
        serde_json::from_str(site.out("index.html").lines().nth(1).unwrap()).unwrap();
    assert_eq!(
        (&page["title"], &page["kind"], &page["entry_count"]),
        (&"Words".into(), &"page".into(), &1.into())
    );
}

#[test]
fn a_kind_that_the_site_took_away_may_be_asked_for() {
    let site = site();
    site.file("site.yaml", "title: Test\ntheme: plain\nkinds: {model: null}\n");
    let found = met(&site, "{{ entries(kind=\"model\") | length }}{{ finder_url(kind=\"model\") is none }}");
    assert!(found.iter().all(|p| p.severity != "error"), "{found:#?}");
    assert_eq!(site.out("index.html"), "<p>\n0true\n</p>");
}

#[test]
fn a_data_file_of_nearly_that_name_is_told() {
    let site = site();
    for (path, near) in
        [("scools.csv", "schools.csv"), ("Schools.csv", "schools.csv"), ("schools.yaml", "schools.csv")]
    {
        let found = met(&site, &format!("{{{{ data(path=\"{path}\") is none }}}}"));
        let told: Vec<&Problem> = found.iter().filter(|p| p.code == "unknown-name").collect();
        assert_eq!(told.len(), 1, "{path}: {found:#?}");
        assert_eq!(told[0].place(), "warning[unknown-name] templates/home.html:2:15", "{path}");
        assert_eq!(told[0].help, format!("Did you mean {near}?"));
    }
    // The answer changes with the files.
    site.file("data/schools.yaml", "[]\n");
    assert!(site.problems().iter().all(|p| p.code != "unknown-name"));
}

#[test]
fn names_of_other_programs_are_told_with_what_to_write_here() {
    let cases: &[(&str, &str, &str)] = &[
        ("{% macro x(a) %}{% endmacro %}", "there is no tag \"macro\"", "{% component"),
        ("{% import \"m.html\" as m %}", "there is no tag \"import\"", "Nothing is imported"),
        ("{% assign x = 1 %}", "there is no tag \"assign\"", "{% set name = value %}"),
        ("{% unless x %}{% endunless %}", "there is no tag \"unless\"", "{% if not x %}"),
        ("{% fro a in b %}", "there is no tag \"fro\"", "Did you mean {% for %}?"),
        ("{% qqqqqq %}", "there is no tag \"qqqqqq\"", "Tags are"),
        ("{{ \"x\" | uppercase }}", "there is no filter \"uppercase\"", "Write upper."),
        ("{{ \"x\" | slugfy }}", "there is no filter \"slugfy\"", "Did you mean slugify?"),
        (
            "{{ pages() | filter(attribute=\"kind\", value=\"x\") }}",
            "there is no filter \"filter\"",
            "for c in pages()",
        ),
        ("{{ pages() | map(attribute=\"title\") }}", "there is no filter \"map\"", "for c in pages()"),
        ("{{ [1] | concat(with=2) }}", "there is no filter \"concat\"", "[...a, ...b]"),
        ("{{ [1] | json_encode }}", "there is no filter \"json_encode\"", "Write json."),
        ("{{ now() }}", "there is no function \"now\"", "Write today()"),
        ("{{ get_url(path=\"x\") }}", "there is no function \"get_url\"", "link(to="),
        ("{{ enties(kind=\"term\") }}", "there is no function \"enties\"", "Did you mean entries?"),
        ("{{ upper(x=\"x\") }}", "there is no function \"upper\"", "It is a filter: write x | upper."),
        ("{% if 1 is defned %}{% endif %}", "there is no test \"defned\"", "Did you mean defined?"),
    ];
    let site = site();
    for (line, message, help) in cases {
        let found: Vec<Problem> =
            met(&site, line).into_iter().filter(|p| p.code == "template-syntax").collect();
        assert_eq!(found.len(), 1, "{line}: {found:#?}");
        assert!(found[0].message.contains(message), "{line}: {}", found[0].message);
        assert!(found[0].help.contains(help), "{line}: {}", found[0].help);
        assert_eq!((found[0].path.as_str(), found[0].line), ("templates/home.html", 2), "{line}");
    }
}

#[test]
fn a_file_that_extends_itself_is_told_the_name_of_the_themes() {
    let site = Site::plain();
    site.template("base.html", "{% extends \"base.html\" %}");
    let found: Vec<Problem> = site.problems().into_iter().filter(|p| p.severity == "error").collect();
    assert_eq!(found[0].place(), "error[template-syntax] templates/base.html:1:13", "{found:#?}");
    assert!(found[0].message.contains("is this file itself"), "{}", found[0].message);
    assert!(found[0].help.contains("{% extends \"plain/base.html\" %}"), "{}", found[0].help);
    // What it says to write works.
    site.template("base.html", "{% extends \"plain/base.html\" %}");
    site.build().clean();
}

#[test]
fn no_message_names_a_type_of_the_programs_language() {
    let site = site();
    for line in [
        "{{ 1 | upper }}",
        "{{ \"x\" | abs }}",
        "{{ \"x\" | first }}",
        "{{ pages() | truncate(length=\"x\") }}",
        "{{ [1] | join(sep=2) }}",
        "{{ \"a\" | replace(from=1, to=\"b\") }}",
        "{{ 1 | slugify }}",
        "{% for x in 3 %}{% endfor %}",
        "{{ \"a\" + 1 }}",
        "{{ [1] < 2 }}",
    ] {
        let found: Vec<Problem> = met(&site, line).into_iter().filter(|p| p.severity == "error").collect();
        assert_eq!(found.len(), 1, "{line}: {found:#?}");
        for word in [
            "&str",
            "String",
            "i64",
            "u64",
            "f64",
            "usize",
            "Value",
            "Map",
            "map/struct",
            "fallback",
            "\u{1f}",
        ] {
            let told = format!("{} {}", found[0].message, found[0].help);
            assert!(!told.contains(word), "{line}: {told}");
        }
    }
}

#[test]
fn tags_without_pages_are_none_and_a_code_has_a_limit() {
    let site = Site::plain();
    site.template("home.html", "[{% for t in tags() %}{{ t.url }}{% endfor %}]");
    site.page("a.md", "title: A\ntags: [x]", "Text.");
    site.build().clean();
    assert_eq!(site.out("index.html"), "[tags/x.html]");
    site.file("site.yaml", "title: Test\ntheme: plain\noutputs: {tags: false}\n");
    site.build().clean();
    assert_eq!(site.out("index.html"), "[]");
    site.template("home.html", "{% set long = \"abcdefghij\" | replace(from=\"a\", to=\"bcdefghijk\") %}{% set_global t = \"\" %}{% for i in range(end=400) %}{% set_global t = t ~ long %}{% endfor %}{{ qr(text=t) }}");
    let problems = site.problems();
    assert!(
        problems.iter().any(|p| p.code == "template-render" && p.message.contains("too long for a QR code")),
        "{problems:#?}"
    );
}
