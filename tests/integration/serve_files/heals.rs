//! A site that cannot be shown yet, and one whose day ends: the preview says so, and goes on without a restart.

use super::{Running, Site, eventually};
use std::fs;

fn site() -> Site {
    let site = Site::bilingual();
    site.page("a.md", "title: Apples", "First text.").page("es/a.md", "title: Manzanas", "Texto.");
    site
}

#[test]
fn settings_that_are_missing_or_broken_are_shown_and_heal() {
    let good = "title: {en: Test, es: Prueba}\ntheme: plain\nlanguages: [en, es]\n";
    for (bad, told) in [
        (None, "rename site.yaml.txt to site.yaml"),
        (Some("title: T\ntheme: nope\n"), "Did you mean plain?"),
        (Some("title: T\ntheme: plain\nbrand: {color: \n"), "yaml-syntax"),
    ] {
        let site = site();
        let break_it = || match bad {
            None => fs::rename(site.root().join("site.yaml"), site.root().join("site.yaml.txt")).unwrap(),
            Some(text) => {
                site.file("site.yaml", text);
            }
        };
        let heal = || match bad {
            None => fs::rename(site.root().join("site.yaml.txt"), site.root().join("site.yaml")).unwrap(),
            Some(_) => {
                site.file("site.yaml", good);
            }
        };
        break_it();
        let serve = Running::serve(&site, &[]);
        eventually("the problem", || serve.said().contains(told).then_some(()));
        assert_eq!(serve.said().matches("error[").count(), 1, "{}", serve.said());
        heal();
        serve.shows("/a.html", "First text.");
        serve.shows("/es/a.html", "Texto.");
        let said = || serve.said().lines().filter(|line| line.starts_with("no problems")).count();
        eventually("all is well", || (said() > 0).then_some(()));
        // And while it runs.
        let before = serve.said().matches(told).count();
        break_it();
        eventually("the problem again", || (serve.said().matches(told).count() > before).then_some(()));
        heal();
        site.page("a.md", "title: Apples", "Second text.");
        serve.shows("/a.html", "Second text.");
        serve.shows("/es/a.html", "Texto.");
        assert!(!site.root().join("public").exists());
    }
}

#[test]
fn a_site_without_pages_heals() {
    let site = site();
    fs::rename(site.root().join("content"), site.root().join("contents")).unwrap();
    let serve = Running::serve(&site, &[]);
    eventually("the problem", || serve.said().contains("rename contents to content").then_some(()));
    fs::rename(site.root().join("contents"), site.root().join("content")).unwrap();
    serve.shows("/a.html", "First text.");
}

#[test]
fn the_day_turns_at_the_local_midnight() {
    let site = site();
    let settings = fs::read_to_string(site.root().join("site.yaml")).unwrap();
    site.file("site.yaml", format!("{settings}time_zone: America/New_York\n"));
    site.page("new.md", "title: New\npublish: 2026-01-15", "It is here.").page(
        "old.md",
        "title: Old\nexpires: 2026-01-15",
        "It is still here.",
    );
    let almost = ["--now", "2026-01-15T04:59:56Z"];
    let serve = Running::serve_now(&site, &almost);
    assert_eq!((serve.get("/new.html").0, serve.get("/old.html").0), (404, 200));
    let before = serve.version();
    let watch = Running::watch_now(&site, &almost);
    assert!(!site.has("new.html") && site.has("old.html"));
    serve.shows("/new.html", "It is here.");
    eventually("the old page's end", || (serve.get("/old.html").0 == 404).then_some(()));
    // Who still looks at it hears that it went.
    eventually("the news of it", || {
        let state = serve.state(before);
        let news = state["news"].as_array().unwrap();
        let mut pages = news.iter().filter_map(|n| n["pages"].as_array()).flatten();
        pages.any(|page| page == "old.html").then_some(())
    });
    eventually("the same in public/", || (site.has("new.html") && !site.has("old.html")).then_some(()));
    drop(watch);
    // Another zone is another day, at once.
    site.file("site.yaml", format!("{settings}time_zone: America/Los_Angeles\n"));
    eventually("the day before", || (serve.get("/new.html").0 == 404).then_some(()));
    serve.shows("/old.html", "It is still here.");
}

/// What `serve --write` wrote is not what `build` writes: names and texts of the moment.
#[test]
fn a_build_after_serve_that_wrote_is_a_build() {
    let site = site();
    site.build().clean();
    let before = site.public();
    {
        let serve = Running::serve(&site, &["--write"]);
        site.page("a.md", "title: Apples", "First text. One more sentence.");
        eventually("the output", || site.out("a.html").contains("One more sentence.").then_some(()));
        drop(serve);
    }
    site.page("a.md", "title: Apples", "First text.");
    site.build().clean();
    crate::support::assert_same(&site.public(), &before);
}

/// T56: the page in place of one that cannot be made names the file that is broken, and not the one that uses it.
#[test]
fn the_page_of_an_error_names_the_file_that_is_broken() {
    let site = site();
    let serve = Running::serve(&site, &[]);
    serve.shows("/a.html", "First text.");
    for (file, bad) in [
        ("templates/base.html", "{{ nothing"),
        ("templates/page.html", "{% extends \"base.html\" %}{% block body %}{{ titel }}{% endblock body %}"),
        ("templates/partials/part.html", "{% if %}"),
    ] {
        site.file(file, bad);
        if file.contains("part.html") {
            site.template("page.html", "{% include \"partials/part.html\" %}{{ body }}");
        }
        let page = serve.shows("/a.html", &format!("<code>{file}</code>"));
        assert!(page.contains("This page could not be made"), "{file}: {page}");
        if file.contains("part.html") {
            site.remove("templates/page.html");
        }
        site.remove(file);
        serve.shows("/a.html", "First text.");
    }
}
