//! What a theme forgets is on all its pages: one made page of each template is looked at, and the template is named.

use crate::support::{Problem, Site};

/// What is told of made pages when the site is built with all checks.
fn told(site: &Site) -> Vec<Problem> {
    let all = site.build_checked(&["--format", "json"]).problems();
    all.into_iter().filter(|p| p.code == "made-page").collect()
}

const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"{{ lang }}\">\n<head><title>{{ page.title }}</title>\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"></head>\n<body><main><h1>{{ page.title }}</h1>{{ body }}</main></body></html>\n";

fn site(page: &str) -> Site {
    let site = Site::plain();
    site.template("page.html", page);
    for name in ["a", "b", "c"] {
        site.page(&format!("{name}.md"), &format!("title: {name}"), "Text.");
    }
    site
}

#[test]
fn each_lack_is_told_once_at_its_template_with_a_page() {
    let cases: &[(&str, &str, &str)] = &[
        ("<!DOCTYPE html>\n", "", "does not begin with <!DOCTYPE html>"),
        (" lang=\"{{ lang }}\"", "", "does not say in which language it is"),
        ("<title>{{ page.title }}</title>", "", "has no title"),
        ("<h1>{{ page.title }}</h1>", "", "has no h1"),
        ("<h1>", "<h1>x</h1><h1>", "has 2 headings of the level h1"),
        ("<main><h1>{{ page.title }}</h1>{{ body }}</main>", "<h1>x</h1>{{ body }}", "has no <main>"),
        ("{{ body }}", "{{ body }}<nav></nav><nav></nav>", "has several <nav> that cannot be told apart"),
        ("{{ body }}", "{{ body }}<img src=\"{{ asset(path='mark.svg') }}\">", "has a picture without alt"),
        (
            "{{ body }}",
            "{{ body }}{% set host = \"https://x.example\" %}<img alt=\"\" src=\"{{ host ~ '/a.png' }}\">",
            "loads \"https://x.example/a.png\" from another website",
        ),
        ("{{ body }}", "{{ body }}<a href=\"x\"></a>", "has a link without a name"),
        ("{{ body }}", "{{ body }}<button></button>", "has a button without a name"),
        ("{{ body }}", "{{ body }}<p id=\"x\">a</p><p id=\"x\">b</p>", "has the id \"x\" more than once"),
        ("{{ body }}", "<div>{{ body }}", "has a <div> that is still open at </main>"),
        ("{{ body }}", "", "does not show the text of its page"),
    ];
    for (from, to, what) in cases {
        assert!(PAGE.contains(from), "{from}");
        let site = site(&PAGE.replacen(from, to, 1));
        let all = told(&site);
        let found: Vec<&Problem> = all.iter().filter(|p| p.path == "templates/page.html").collect();
        let [found] = found.as_slice() else { panic!("{what}: {all:#?}") };
        assert_eq!(found.place(), "warning[made-page] templates/page.html:1:1", "{what}");
        assert!(found.message.starts_with("a.html, a page that this template makes, "), "{}", found.message);
        assert!(found.message.contains(what), "{what}: {}", found.message);
        assert!(found.help.len() > 5, "{what}");
        // Mended, it is gone; a build that goes on from the last one says the same.
        site.template("page.html", PAGE);
        assert!(told(&site).iter().all(|p| p.path != "templates/page.html"), "{what}");
    }
}

#[test]
fn a_policy_is_missed_as_a_note_and_levels_hold() {
    let site = site(&PAGE.replace("Content-Security-Policy", "x-none"));
    let all = told(&site);
    let found = all.iter().find(|p| p.path == "templates/page.html").unwrap();
    assert_eq!(
        (found.severity.as_str(), found.message.contains("no Content-Security-Policy")),
        ("note", true)
    );
    // What was found is kept, and found again from a cold start.
    let again: Vec<String> = told(&site).iter().map(|p| p.message.clone()).collect();
    let cold = site.build_checked(&["--format", "json", "--no-cache"]).problems();
    let cold: Vec<String> = cold.into_iter().filter(|p| p.code == "made-page").map(|p| p.message).collect();
    assert_eq!(again, cold);
    site.file("site.yaml", "title: Test\ntheme: plain\nchecks: {levels: {made-page: off}}\n");
    assert!(told(&site).is_empty());
    // A build that does not look for what could be better does not look at pages either.
    site.file("site.yaml", "title: Test\ntheme: plain\n");
    let quick = site.build_with(&["--format", "json"]).problems();
    assert!(quick.iter().all(|p| p.code != "made-page"));
}

#[test]
fn a_print_page_without_its_parts_is_told_and_the_themes_of_the_program_lack_nothing() {
    let site = site(PAGE);
    site.template("print.html", &PAGE.replace("{{ body }}", ""));
    let all = told(&site);
    assert!(
        all.iter().any(|p| p.path == "templates/print.html" && p.message.contains("does not show the pages")),
        "{all:#?}"
    );
    let guide = Site::guide();
    assert!(told(&guide).is_empty(), "{:#?}", told(&guide));
}
