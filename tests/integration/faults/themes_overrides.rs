//! What a site has in the place of its theme's and nothing uses is told; what a theme lacks is told with who needs it.

use crate::support::{Problem, Run, Site};

fn of(site: &Site, code: &str) -> Vec<Problem> {
    site.problems().into_iter().filter(|p| p.code == code).collect()
}

#[test]
fn an_override_that_nothing_uses_is_told_with_the_name_that_is_meant() {
    let site = Site::plain();
    site.file("themes/plain/templates/partials/ask.html", "Ask.").file(
        "themes/plain/translations/en.yaml",
        format!("{}related: Related\n", include_str!("../support/theme/translations/en.yaml")),
    );
    let cases: &[(&str, &str, &str, &str)] = &[
        (
            "templates/partials/askk.html",
            "x",
            "note[unused-override] templates/partials/askk.html:1:1",
            "Did you mean templates/partials/ask.html?",
        ),
        (
            "templates/entries/trem.html",
            "x",
            "note[unused-override] templates/entries/trem.html:1:1",
            "files",
        ),
        (
            "templates/pge.html",
            "x",
            "note[unused-override] templates/pge.html:1:1",
            "Did you mean templates/page.html?",
        ),
        (
            "templates/zzzzzz.json",
            "[]",
            "note[unused-override] templates/zzzzzz.json:1:1",
            "files: [zzzzzz.json]",
        ),
        (
            "translations/en.yaml",
            "menu: M\nrelatedd: R\n",
            "note[unused-override] translations/en.yaml:2:1",
            "Did you mean related?",
        ),
    ];
    for (path, text, place, help) in cases {
        site.file(path, text);
        let mut found = of(&site, "unused-override");
        // The theme's own part is told as well: it names it nowhere.
        found.retain(|p| !p.path.starts_with("themes/"));
        assert_eq!(found.len(), 1, "{path}: {found:#?}");
        assert_eq!(found[0].place(), *place);
        assert!(found[0].help.contains(help) || *help == "files", "{path}: {}", found[0].help);
        site.remove(path);
    }
    assert_eq!(of(&site, "unused-override").len(), 1);
}

#[test]
fn what_is_used_is_not_told() {
    let site = Site::plain();
    site.file("site.yaml", "title: Test\ntheme: plain\nkinds: {event: {template: event.html}}\noutputs: {files: [search.json]}\n")
        .template("event.html", "{% extends \"base.html\" %}{% block body %}{% include \"parts/a.html\" %}{% endblock body %}")
        .template("parts/a.html", "{% include \"parts/b.html\" %}")
        .template("parts/b.html", "b")
        .template("base.html", "{% extends \"plain/base.html\" %}")
        .template("entries/term.html", "<h2 id=\"{{ entry.id }}\">{{ entry.title }}</h2>")
        .template("own.css", "a{}")
        .template("search.json", "[]")
        .template("components/mine.html", "{% component mine() %}{% include \"parts/c.html\" %}{% endcomponent mine %}")
        .template("parts/c.html", "c")
        .file("translations/en.yaml", "mine_only: x\nmenu: M\nto_hom: used\n")
        .template("home.html", "{{ t(key=\"to_hom\") }}");
    let found = of(&site, "unused-override");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_template_that_is_missing_is_told_with_what_needs_it() {
    let cases: &[(&str, &str, &str)] = &[
        ("a-z.html", "needed for the A to Z", "write a_z: false below outputs:"),
        ("404.html", "needed for addresses that do not exist", "Add templates/404.html"),
        ("page.html", "needed for pages without a template of their own", "Add templates/page.html"),
        ("site-map.html", "needed for the site map", "write site_map: false"),
    ];
    for (name, needed, help) in cases {
        let site = Site::plain();
        site.page("a.md", "title: A", "A.").remove(&format!("themes/plain/templates/{name}"));
        let found = of(&site, "missing-template");
        assert!(!found.is_empty(), "{name}");
        assert!(found[0].message.contains(needed), "{name}: {}", found[0].message);
        assert!(found[0].help.contains(help), "{name}: {}", found[0].help);
    }
    let site = Site::plain();
    site.file("site.yaml", "title: Test\ntheme: plain\nkinds: {event: {template: event.html}}\n")
        .page("a.md", "title: A\nkind: event", "A.")
        .template("evnt.html", "x");
    let found = of(&site, "missing-template");
    assert!(
        found[0].message.contains("which the kind `event` names as its template"),
        "{}",
        found[0].message
    );
    assert!(found[0].help.contains("Or is it templates/evnt.html?"), "{}", found[0].help);
}

#[test]
fn a_text_that_readers_must_see_and_that_the_theme_lacks_is_an_error() {
    let theme = include_str!("../support/theme/translations/en.yaml");
    for (key, page, front_matter) in [
        ("notice_review", "a.md", "title: A\nreviewed: 2020-01-01\nreview_every: 30 days"),
        ("date_format", "a.md", "title: A\nkind: model\nfirst: 2026-11-01"),
        ("month_11", "a.md", "title: A\nkind: model\nfirst: 2026-11-01"),
    ] {
        let site = Site::plain();
        let lines = theme.lines().filter(|line| !line.starts_with(&format!("{key}:")));
        site.file(
            "themes/plain/translations/en.yaml",
            lines.map(|line| format!("{line}\n")).collect::<String>(),
        )
        .page(page, front_matter, "A.");
        let found = of(&site, "missing-text");
        assert_eq!(found.len(), 1, "{key}: {found:#?}");
        assert_eq!(found[0].severity, "error");
        assert!(found[0].message.contains(&format!("no text \"{key}\"")), "{}", found[0].message);
        assert!(found[0].help.contains("translations/en.yaml"), "{}", found[0].help);
    }
    let site = Site::bilingual();
    let lines = theme.lines().filter(|line| !line.starts_with("notice_fallback:"));
    site.file("themes/plain/translations/en.yaml", lines.map(|line| format!("{line}\n")).collect::<String>())
        .remove("themes/plain/translations/es.yaml");
    let found = of(&site, "missing-text");
    assert!(found.iter().any(|p| p.message.contains("notice_fallback")), "{found:#?}");
}

#[test]
fn the_list_of_pages_is_for_other_programs() {
    let site = Site::bilingual();
    site.page(
        "a.md",
        "title: Aims\nowner: Ana\nreviewed: 2026-10-02\ntags: [IEP]\ndraft: true",
        "## Who {#who}\n\n[Words](words.md#team) and [out](https://a.example) and [gone](gone.md).",
    )
    .page("words.md", "title: Words\nentries: term", "## Team {#team}\n\nAll who plan.")
    .file("content/es/a.md", "---\ntitle: Metas\n---\n\nMetas.\n");
    let run = Run::of(site.command().args(["list", "--format", "json"])).clean();
    let all: Vec<serde_json::Value> = run.json();
    let paths: Vec<&str> = all.iter().map(|page| page["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["content/a.md", "content/index.md", "content/words.md", "content/es/a.md"]);
    let page = &all[0];
    assert_eq!(
        (&page["title"], &page["owner"], &page["draft"]),
        (&"Aims".into(), &"Ana".into(), &true.into())
    );
    assert_eq!((&page["reviewed"], &page["address"]), (&"2026-10-02".into(), &"a.html".into()));
    assert_eq!(page["outline"], serde_json::json!([{"id": "who", "title": "Who", "level": 2}]));
    assert_eq!(
        page["links"],
        serde_json::json!([
            {"to": "words.md#team", "line": 11, "leads": {"page": "content/words.md"}},
            {"to": "https://a.example", "line": 11, "leads": {"external": true}},
            {"to": "gone.md", "line": 11, "leads": null},
        ])
    );
    assert_eq!(all[2]["entries"][0]["id"], "team");
    assert_eq!(all[2]["entries"][0]["excerpt"], "All who plan.");
    let people = Run::of(site.command().args(["list", "--lang", "es"])).clean();
    assert_eq!(people.stdout, "content/es/a.md  Metas\n");
    Run::of(site.command().args(["list", "--lang", "fr"])).refused();
}

#[test]
fn a_block_of_a_part_is_replaced_and_the_rest_of_it_stays() {
    let site = Site::plain();
    site.file(
        "themes/plain/templates/partials/foot.html",
        "{% set word = \"w\" -%}\n[{% block one %}one {{ word }} {{ page.title }}{% endblock one %} {% block two %}two{% endblock two %}]",
    );
    site.template("page.html", "{% include \"partials/foot.html\" %}");
    site.page("a.md", "title: A & B", "Text.");
    site.build().clean();
    assert_eq!(site.out("a.html"), "[one w A &amp; B two]");
    for (own, shown) in [
        (
            "{% extends \"plain/partials/foot.html\" %}{% block two %}2{% endblock two %}",
            "[one w A &amp; B 2]",
        ),
        ("{%- extends 'plain/partials/foot.html' -%}\n{# why #}\n", "[one w A &amp; B two]"),
        (
            "{% extends \"plain/partials/foot.html\" %}\n{% block one -%}\n{{ word }}({{ super() }}){{ page.title }}\n{%- endblock %}",
            "[w(one w A &amp; B)A &amp; B two]",
        ),
    ] {
        site.template("partials/foot.html", own);
        site.build().clean();
        assert_eq!(site.out("a.html"), shown, "{own}");
    }
    // An edit of either file reaches the pages, and what is wrong is told in the file and line where it was written.
    site.file(
        "themes/plain/templates/partials/foot.html",
        "{% set word = \"v\" -%}{% block one %}1{% endblock one %}",
    );
    site.build().clean();
    assert_eq!(site.out("a.html"), "v(1)A &amp; B");
}

#[test]
fn what_is_wrong_in_a_block_of_a_part_is_told_in_its_file() {
    let foot = "themes/plain/templates/partials/foot.html";
    for (theirs, own, path, place, message) in [
        ("{% block one %}1{% endblock %}", "\n{% block on %}2{% endblock %}", "", "2:10", "`on`"),
        (
            "{% block one %}1{% endblock %}",
            "\n  {% block one %}2 {{ titel }}{% endblock %}",
            "",
            "2:23",
            "titel",
        ),
        (
            "{% block one %}1{% endblock %}\n{% block two %}{% endblock %} {{ titel }}",
            "{% block one %}long enough{% endblock %}",
            foot,
            "2:34",
            "titel",
        ),
        ("{% block one %}1{% endblock %}", " text", "", "1:", "ignored"),
        (
            "{% block one %}1{% endblock %}",
            "{% block one %}{{ super() | upper }}{% endblock %}",
            "",
            "1:59",
            "must stand alone",
        ),
        ("{% block one %}1{% endblock %}", "{% block one %}{% if %}{% endblock %}", "", "1:", ""),
    ] {
        let site = Site::plain();
        site.file(foot, theirs);
        site.template("page.html", "{% include \"partials/foot.html\" %}");
        site.template("partials/foot.html", &format!("{{% extends \"plain/partials/foot.html\" %}}{own}"));
        site.page("a.md", "title: A", "Text.");
        let all: Vec<Problem> = site.problems().into_iter().filter(|p| p.severity == "error").collect();
        let [found] = all.as_slice() else { panic!("{own}: {all:#?}") };
        let path = if path.is_empty() { "templates/partials/foot.html" } else { path };
        assert_eq!(found.path, path, "{own}: {found:?}");
        assert!(format!("{}:{}", found.line, found.column).starts_with(place), "{own}: {found:?}");
        let message = message.replace('`', "\"");
        assert!(found.message.contains(&message), "{own}: {found:?}");
    }
    // A part that extends itself.
    let site = Site::plain();
    site.template("partials/foot.html", "{% extends \"partials/foot.html\" %}");
    site.template("page.html", "{% include \"partials/foot.html\" %}");
    site.page("a.md", "title: A", "Text.");
    let all = of(&site, "template-syntax");
    assert!(!all.is_empty() && all.iter().all(|p| p.path == "templates/partials/foot.html"), "{all:#?}");
}

/// The parts of the theme of the program have blocks too.
#[test]
fn a_block_of_the_footer_of_the_programs_theme_is_replaced() {
    let site = Site::empty();
    site.file("site.yaml", "title: T\nlicense: Free.\n");
    site.page(
        "index.md",
        "title: Start\ndescription: For families who look for help with school today.",
        "Text.",
    );
    site.template(
        "partials/footer.html",
        "{% extends \"parent-guide/partials/footer.html\" %}\n{% block foot_links %}{{ super() }}<li><a href=\"https://board.example/\">Board</a></li>\n{% endblock %}",
    );
    site.template(
        "partials/header.html",
        "{% extends \"parent-guide/partials/header.html\" %}\n{% block header_end %}<p>Call us.</p>\n{% endblock %}",
    );
    site.build().clean();
    let page = site.out("index.html");
    let foot = page.split("<footer").nth(1).unwrap();
    for part in ["a-z.html", "<li><a href=\"https://board.example/\">Board</a></li>\n</ul>", "<p>Free.</p>"] {
        assert!(foot.contains(part), "{part}: {foot}");
    }
    assert!(page.contains("<p>Call us.</p>\n</header>"), "{page}");
}

#[test]
fn a_template_that_is_too_large_is_told_and_nothing_stands_in_for_it() {
    for name in ["page.html", "partials/foot.html"] {
        let site = Site::plain();
        site.page("a.md", "title: A", "Text.");
        site.template("page.html", "{% include \"partials/foot.html\" %}")
            .template("partials/foot.html", "x");
        site.template(name, &"x".repeat(5 << 20));
        let all: Vec<Problem> = site.problems().into_iter().filter(|p| p.severity == "error").collect();
        let [found] = all.as_slice() else { panic!("{name}: {all:#?}") };
        assert_eq!(found.place(), format!("error[template-syntax] templates/{name}:1:1"));
        assert!(found.message.contains("5 MB") && found.help.contains("4 MB"), "{found:?}");
    }
}

#[test]
fn an_empty_drawing_may_be_closed_where_it_begins() {
    let site = Site::plain();
    site.page("a.md", "title: A", "Text.");
    site.file(
        "assets/b.svg",
        "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\" />\n",
    );
    site.template(
        "page.html",
        "{{ svg(path=\"b.svg\") }}{% set s = image_size(path=\"b.svg\") %}{{ s?.width or 0 }}",
    );
    site.build().clean();
    assert!(
        site.out("a.html")
            .starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\" />10"),
        "{}",
        site.out("a.html")
    );
}

#[test]
fn a_stylesheet_takes_in_that_of_the_theme() {
    let site = Site::plain();
    site.file("themes/plain/templates/look.css", "a { color: red }");
    site.template("look.css", "{% include \"plain/look.css\" %}\nb { color: blue }\n");
    site.template("page.html", "<link href=\"{{ asset(path=\"look.css\") }}\">");
    site.page("a.md", "title: A", "Text.");
    site.build().clean();
    let page = site.out("a.html");
    let name = page.split('"').nth(1).unwrap();
    assert_eq!(site.out(name), "a { color: red }\nb { color: blue }\n");
}

#[test]
fn data_of_a_theme_work_and_those_of_the_site_come_first() {
    let site = Site::plain();
    site.file("themes/plain/data/ways.csv", "name\nBus\n");
    site.file("themes/plain/data/bad.json", "{");
    site.template("page.html", "{% for w in data(path=\"ways.csv\") %}{{ w.name }} {% endfor %}");
    site.page("a.md", "title: A", "Text.");
    let problems = site.problems();
    assert!(
        problems.iter().any(|p| p.place() == "error[bad-data] themes/plain/data/bad.json:1:1"),
        "{problems:#?}"
    );
    site.remove("themes/plain/data/bad.json");
    site.build().clean();
    assert_eq!(site.out("a.html"), "Bus ");
    for (path, text, shown) in [
        ("themes/plain/data/ways.csv", "name\nWalk\n", "Walk "),
        ("data/ways.csv", "name\nTrain\n", "Train "),
        ("themes/plain/data/ways.csv", "name\nBike\n", "Train "),
    ] {
        site.file(path, text);
        site.build().clean();
        assert_eq!(site.out("a.html"), shown);
    }
    site.remove("data/ways.csv");
    site.build().clean();
    assert_eq!(site.out("a.html"), "Bike ");
    // Another theme has other data.
    site.file("themes/mid/theme.yaml", "title: Mid\nextends: plain\n");
    site.file("themes/mid/data/ways.csv", "name\nBoat\n");
    site.file("site.yaml", "title: Test\ntheme: mid\n");
    site.build().clean();
    assert_eq!(site.out("a.html"), "Boat ");
}

#[test]
fn a_file_of_an_editor_stands_in_for_none_of_the_theme() {
    let site = Site::plain();
    site.file(
        "themes/plain/assets/logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>theme</title></svg>",
    );
    site.file(
        "content/part/logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>editor</title></svg>",
    );
    site.template("page.html", "{{ svg(path=\"logo.svg\") }}|{{ asset(path=\"logo.svg\") }}|{{ body }}");
    site.template(
        "components/shown.html",
        "{% component shown(src) %}{{ svg(path=src) }}{% endcomponent shown %}",
    );
    site.page("part/a.md", "title: A", ":::shown src=\"logo.svg\"\n:::");
    site.build().clean();
    let page = site.out("part/a.html");
    let (svg, rest) = page.split_once('|').unwrap();
    let (address, body) = rest.split_once('|').unwrap();
    assert!(svg.contains("<title>theme</title>"), "{page}");
    assert!(address.starts_with("../assets/logo."), "{page}");
    assert!(body.contains("<title>editor</title>"), "{page}");
}

#[test]
fn a_component_may_hold_the_one_whose_place_it_takes() {
    let site = Site::plain();
    let below = "{# The theme's. #}\n{% component box(title=\"t\", @lang = \"\") %}[{{ title }} {{ lang }}: {{ body }}]{% endcomponent box %}";
    site.file("themes/plain/templates/components/box.html", below);
    site.page("a.md", "title: A", ":::box title=\"Own\"\nText.\n:::");
    let shown = |site: &Site| {
        site.build().clean();
        let page = site.out("a.html");
        let from = page.find("<div class=\"body\">").unwrap() + 18;
        page[from..page.find("</div>\n").unwrap()].replace('\n', "")
    };
    assert_eq!(shown(&site), "[Own en: <p>Text.</p>]");
    site.template("components/box.html", "{% component box(title) %}<b>{% <plain.box title={title ~ \"!\"}> %}{{ body }}{% </plain.box> %}</b>{% endcomponent box %}");
    assert_eq!(shown(&site), "<b>[Own! en: <p>Text.</p>]</b>");
    // A change of the theme's is followed.
    site.file("themes/plain/templates/components/box.html", below.replace('[', "("));
    assert_eq!(shown(&site), "<b>(Own! en: <p>Text.</p>]</b>");
    // Through two themes.
    site.file("themes/my-mid/theme.yaml", "title: Mid\nextends: plain\n");
    site.file(
        "themes/my-mid/templates/components/box.html",
        "{% component box(title) %}<i>{% <plain.box title={title}> %}x{% </plain.box> %}{{ body }}</i>{% endcomponent box %}",
    );
    site.template("components/box.html", "{% component box(title) %}<b>{% <my_mid.box title={title}> %}{{ body }}{% </my_mid.box> %}</b>{% endcomponent box %}");
    site.file("site.yaml", "title: Test\ntheme: my-mid\n");
    assert_eq!(shown(&site), "<b><i>(Own en: x]<p>Text.</p></i></b>");
    // A fault in the theme's is told at its place, in its file.
    site.file("themes/plain/templates/components/box.html", below.replace("{{ title }}", "{{ titel }}"));
    let all = of(&site, "template-render");
    let [found] = all.as_slice() else { panic!("{all:#?}") };
    assert_eq!(
        found.place(),
        "error[template-render] themes/plain/templates/components/box.html:2:47",
        "{found:?}"
    );
    // A name that no theme has is told as any other.
    site.template(
        "components/box.html",
        "{% component box(title) %}{{ <plain.bix /> }}{% endcomponent box %}",
    );
    assert!(of(&site, "template-syntax").iter().any(|p| p.message.contains("plain.bix")));
}
