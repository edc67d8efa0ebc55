//! Text files that templates make: JSON, calendars, lists of redirects, an own sitemap and robots.txt; and the manual's
//! examples of functions, each run.

use crate::support::{Problem, Site, assert_same, repository};

fn site(files: &str) -> Site {
    let site = Site::bilingual();
    site.file("site.yaml", format!("title: {{en: Test, es: Prueba}}\ntheme: plain\nlanguages: [en, es]\nbase_url: https://x.example/\noutputs:\n  files: {files}\n"));
    site.page("parents/index.md", "title: Parents\nowner: Ana\nreviewed: 2026-10-02", "All.").page(
        "parents/goals.md",
        "title: \"Goals & \\\"plans\\\"\"\npublish: 2026-11-01",
        "What.",
    );
    site.template(
        "search.json",
        "[{% for p in all_pages() %}{\"title\": {{ p.title | json }}, \"url\": {{ p.url | json }}}{% if not loop.last %},{% endif %}{% endfor %}]\n",
    );
    site
}

#[test]
fn a_template_makes_a_text_file_once_or_in_each_language() {
    let site =
        site("[search.json, {template: days.ics, each: language}, {template: moved.txt, path: _redirects}]");
    site.template("days.ics", "BEGIN:VCALENDAR\nX:{{ lang }} {{ site.title }} {{ path }}\nEND:VCALENDAR\n")
        .template("moved.txt", "/old/* {{ root }}index.html 301\n")
        .template("home.html", "<a href=\"{{ link(to=\"days.ics\") }}\"></a>");
    site.build().clean();
    let pages: serde_json::Value = serde_json::from_str(&site.out("search.json")).unwrap();
    assert_eq!(
        pages,
        serde_json::json!([{"title": "Test", "url": "index.html"}, {"title": "Parents", "url": "parents/index.html"},
            {"title": "Goals & \"plans\"", "url": "parents/goals.html"}])
            .as_array()
            .map(|all| { let mut all = all.clone(); all[0]["title"] = pages[0]["title"].clone(); all })
            .map(serde_json::Value::Array)
            .unwrap()
    );
    assert!(!site.has("es/search.json") && !site.has("moved.txt"));
    assert_eq!(site.out("days.ics"), "BEGIN:VCALENDAR\r\nX:en Test days.ics\r\nEND:VCALENDAR\r\n");
    assert_eq!(site.out("es/days.ics"), "BEGIN:VCALENDAR\r\nX:es Prueba es/days.ics\r\nEND:VCALENDAR\r\n");
    assert_eq!(site.out("_redirects"), "/old/* index.html 301\n");
    assert_eq!(site.out("index.html"), "<a href=\"days.ics\"></a>");
    assert_eq!(site.out("es/index.html"), "<a href=\"days.ics\"></a>");
}

#[test]
fn what_it_reads_is_followed() {
    let site = site("[search.json]");
    site.build().clean();
    site.page("parents/goals.md", "title: Aims", "What.");
    site.build().clean();
    assert!(site.out("search.json").contains("Aims"));
    let warm = site.public();
    site.build_with(&["--no-cache"]).clean();
    assert_same(&warm, &site.public());
    // With the line goes the file.
    site.file("site.yaml", "title: Test\ntheme: plain\n");
    site.build();
    assert!(!site.has("search.json"));
}

#[test]
fn an_own_sitemap_and_robots_take_the_place_of_the_programs() {
    let site = site("[sitemap.xml, robots.txt]");
    site.template(
        "sitemap.xml",
        "<urlset>{% for l in site.languages %}{% for p in all_pages(lang=l.code) %}<loc>{{ p.canonical }}</loc>{% endfor %}{% endfor %}</urlset>",
    )
    .template("robots.txt", "User-agent: *\nDisallow: /\n");
    site.build().clean();
    assert!(
        site.out("sitemap.xml").starts_with("<urlset><loc>https://x.example/</loc>")
            || site.out("sitemap.xml").contains("<loc>https://x.example/parents/goals.html</loc>")
    );
    assert!(
        site.out("sitemap.xml").contains("<loc>https://x.example/es/parents/goals.html</loc>"),
        "{}",
        site.out("sitemap.xml")
    );
    assert_eq!(site.out("robots.txt"), "User-agent: *\nDisallow: /\n");
}

#[test]
fn a_theme_has_files_of_its_own_and_a_site_replaces_them() {
    let site = site("[]");
    site.file("themes/plain/theme.yaml", "title: Plain\nfiles: [search.json, humans.txt]\n")
        .file("themes/plain/templates/humans.txt", "Made by a theme.\n");
    site.build().clean();
    assert_eq!(site.out("humans.txt"), "Made by a theme.\n");
    site.file("templates/own.txt", "Made by us.\n");
    let text = "title: Test\ntheme: plain\noutputs: {files: {template: own.txt, path: humans.txt}}\n";
    site.file("site.yaml", text);
    site.build().clean();
    assert_eq!(site.out("humans.txt"), "Made by us.\n");
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    let cases: &[(&str, &str, &str, &str)] = &[
        (
            "[serch.json]",
            "error[missing-template] site.yaml:6:11",
            "no template \"serch.json\"",
            "Did you mean search.json?",
        ),
        (
            "[gone.txt]",
            "error[missing-template] site.yaml:6:11",
            "which is to make gone.txt",
            "Add templates/gone.txt",
        ),
        ("[a.html]", "error[bad-config] site.yaml:6:11", "`a.html` cannot stand in `files`", "content/"),
        ("[a.css]", "error[bad-config] site.yaml:6:11", "cannot stand", "asset(path="),
        ("[search.json, search.json]", "error[bad-config] site.yaml:6:24", "is made twice", "delete"),
        ("[{path: a.txt}]", "error[missing-field] site.yaml:6:11", "needs a template", "template:"),
        (
            "[{template: search.json, eahc: language}]",
            "error[unknown-key] site.yaml:6:35",
            "`eahc`",
            "did you mean `each`?",
        ),
        (
            "[{template: search.json, each: page}]",
            "error[bad-config] site.yaml:6:11",
            "`each` cannot be `page`",
            "each: language",
        ),
        (
            "[{template: search.json, path: ../a}]",
            "error[bad-config] site.yaml:6:11",
            "cannot be a file of the site",
            "path",
        ),
    ];
    for (files, place, message, help) in cases {
        let found: Vec<Problem> =
            site(files).problems().into_iter().filter(|p| p.severity == "error").collect();
        assert_eq!(found.len(), 1, "{files}: {found:#?}");
        assert_eq!(found[0].place(), *place, "{files}");
        assert!(found[0].message.contains(message), "{files}: {}", found[0].message);
        assert!(found[0].help.contains(help), "{files}: {}", found[0].help);
    }
}

#[test]
fn what_is_no_json_is_told_and_a_file_of_that_name_is_a_clash() {
    let site = site("[search.json]");
    site.template("search.json", "[\n{% for p in all_pages() %}{{ p.title | json }},\n{% endfor %}]");
    let found: Vec<Problem> = site.problems().into_iter().filter(|p| p.severity == "error").collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].path, "templates/search.json");
    assert!(found[0].message.contains("\"search.json\" is no JSON from its line"), "{}", found[0].message);
    site.template("search.json", "[]").file("content/search.json", "[]").page(
        "a.md",
        "title: A",
        "[x](search.json)",
    );
    let found = site.problems();
    let clash = found.iter().find(|p| p.code == "address-collision").expect("a clash");
    assert!(clash.message.contains("templates/search.json"), "{}", clash.message);
}

#[test]
fn cards_carry_days_and_owner() {
    let site = site("[]");
    site.template(
        "home.html",
        "{% for p in all_pages() %}{{ p.title }}:{{ p.owner or \"-\" }}:{{ p.reviewed or \"-\" }}:{{ p.publish or \"-\" }}:{{ p.updated or \"-\" }}\n{% endfor %}",
    );
    site.build().clean();
    let out = site.out("index.html");
    assert!(out.contains("Parents:Ana:2026-10-02:-:2026-10-02\n"), "{out}");
    assert!(out.contains(":-:-:2026-11-01:2026-11-01\n"), "{out}");
    // Another day is another card.
    site.page("parents/index.md", "title: Parents\nowner: Bo\nreviewed: 2026-10-03", "All.");
    site.build().clean();
    assert!(site.out("index.html").contains("Parents:Bo:2026-10-03:-:2026-10-03\n"));
}

/// The examples of the manual: each block of HTML with the block of text behind it.
fn examples() -> Vec<(String, String)> {
    let manual = std::fs::read_to_string(repository().join("docs/content/themes/examples.md")).unwrap();
    let blocks: Vec<(&str, &str)> =
        manual.split("\n```").skip(1).step_by(2).map(|block| block.split_once('\n').unwrap()).collect();
    let mut found = Vec::new();
    for pair in blocks.windows(2) {
        if let [("html", template), ("text", out)] = pair {
            found.push(((*template).to_owned(), (*out).to_owned()));
        }
    }
    found
}

#[test]
fn the_manuals_examples_give_what_it_says() {
    let site = Site::plain();
    site.page("index.md", "title: Start", "The start.")
        .page("parents/index.md", "title: Parents", "All.")
        .page(
            "parents/goals.md",
            "title: Goals\ndescription: What a goal is\ntags: [IEP]\nreviewed: 2026-11-02\nowner: Ana",
            "What the [team](../words.md) wants.",
        )
        .page("words.md", "title: Words\nentries: term", "## Team {#team}\n\nAll who plan.")
        .file("data/schools.csv", "name,phone\nOak,555-0100\nElm,555-0101\n")
        .file("site.yaml", "title: Test\ntheme: plain\nmenus: {footer: [words.md]}\n")
        .file(
            "translations/en.yaml",
            "hello: \"Hello {name}\"\nfound: {one: \"{n} page\", other: \"{n} pages\"}\nweekday_1: Monday\ndate_weekday: \"{weekday}, {date}\"\n",
        );
    let examples = examples();
    assert!(examples.len() > 20);
    let mark = "\n=====\n";
    let templates: Vec<&str> = examples.iter().map(|(template, _)| template.as_str()).collect();
    site.template("home.html", &templates.join(mark));
    site.build().clean();
    let made = site.out("index.html");
    let made: Vec<&str> = made.split(mark).collect();
    assert_eq!(made.len(), examples.len());
    for ((template, out), made) in examples.iter().zip(made) {
        assert_eq!(made, out, "{template}");
    }
    // Each function of the manual's table has an example.
    let table = std::fs::read_to_string(repository().join("docs/content/themes/templates.md")).unwrap();
    let all = templates.join("\n");
    let functions = table.split("\n## Functions").nth(1).unwrap().split("\n## Components").next().unwrap();
    let rows = functions.lines().filter(|line| line.starts_with("| `") && line.contains('('));
    let named = rows.flat_map(|row| {
        let cell = row.split(" | ").next().unwrap();
        cell.split('`')
            .skip(1)
            .step_by(2)
            .filter_map(|call| call.split_once('('))
            .map(|(name, _)| name.to_owned())
            .collect::<Vec<_>>()
    });
    for name in named.filter(|name| !name.contains(' ')) {
        assert!(all.contains(&format!("{name}(")), "{name} has no example");
    }
}

#[test]
fn a_hashed_file_has_a_name_that_changes_with_its_bytes() {
    let site = Site::bilingual();
    site.file("themes/plain/theme.yaml", "title: Plain\nfiles: [{template: words.json, hashed: true}, {template: app.webmanifest, path: site.webmanifest, hashed: true}]\n");
    site.template(
        "words.json",
        "[{% for p in all_pages() %}{{ p.title | json }}{% if not loop.last %}, {% endif %}{% endfor %}]",
    );
    site.template(
        "app.webmanifest",
        "{\"name\": {{ site.title | json }}, \"start_url\": {{ home_url | json }}}",
    );
    site.template("page.html", "{{ asset(path=\"words.json\") }} {{ asset(path=\"site.webmanifest\") }}");
    site.page("a.md", "title: A", "Text.");
    let built = |site: &Site| {
        site.build().clean();
        let fresh = Site::copy_of(&site.root());
        fresh.build_with(&["--no-cache"]).clean();
        crate::support::assert_same(&site.public(), &fresh.public());
        let page = site.out("a.html");
        let (words, manifest) = page.split_once(' ').unwrap();
        (words.to_owned(), manifest.to_owned())
    };
    let (words, manifest) = built(&site);
    assert!(words.starts_with("assets/words.") && words.ends_with(".json") && words.len() > 20, "{words}");
    assert_eq!(site.out(&words), "[\"Start\", \"A\"]");
    assert_eq!(site.out(&manifest), "{\"name\": \"Test\", \"start_url\": \"../index.html\"}");
    assert!(!site.has("words.json") && !site.has("es/words.json"));
    // Another title is another name; the other file keeps its own, and the old one is gone.
    site.page("a.md", "title: B", "Text.");
    let (other, same) = built(&site);
    assert_ne!(other, words);
    assert_eq!(same, manifest);
    assert!(!site.has(&words));
    assert_eq!(site.out(&other), "[\"Start\", \"B\"]");
    site.template("words.json", "[1,]");
    let problems = site.problems();
    assert!(
        problems.iter().any(|p| p.place() == "error[template-render] templates/words.json:1:1"
            && p.message.contains("is no JSON")),
        "{problems:#?}"
    );
    site.template("words.json", "[]");
    site.file(
        "themes/plain/theme.yaml",
        "title: Plain\nfiles: {template: words.json, hashed: true, each: language}\n",
    );
    let problems = site.problems();
    assert!(
        problems.iter().any(|p| p.place() == "error[bad-config] themes/plain/theme.yaml:2:8"
            && p.message.contains("both hashed and made for each language")),
        "{problems:#?}"
    );
}
