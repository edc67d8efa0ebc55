//! Keys on top of pages that came from another program: each is told once, and a typo stays an error.

use crate::support::{Problem, Site};

/// A site of `pages` pages, each with `key`.
fn moved(pages: usize, key: &str) -> Site {
    let site = Site::plain();
    for n in 1..=pages {
        site.page(&format!("p{n}.md"), &format!("title: Page {n}\n{key}"), "Text.");
    }
    site
}

fn of_keys(site: &Site) -> Vec<Problem> {
    let all = site.problems();
    all.into_iter().filter(|p| p.code == "foreign-key" || p.code == "unknown-key").collect()
}

#[test]
fn a_key_of_another_program_is_told_once() {
    for (key, instead) in [
        ("layout: post", "`kind`"),
        ("redirect_from: [/a/]", "`aliases`"),
        ("nav_order: 3", "`order`"),
        ("lastmod: 2026-01-01", "`updated`"),
        ("weight: 3", "`order`"),
        ("slug: other", "`aliases`"),
        ("date: 2026-01-01", "`publish`"),
        ("sidebar_position: 3", "`order`"),
        ("cSpell: ignore", "ignore_keys: [cSpell]"),
        ("toc: {depth: 2}", "kinds: {page: {fields: {toc: text}}}"),
    ] {
        let site = moved(3, key);
        let found = of_keys(&site);
        assert_eq!(found.len(), 1, "{key}: {found:#?}");
        let name = key.split(':').next().unwrap();
        assert_eq!(found[0].place(), "warning[foreign-key] content/p1.md:3:1");
        assert_eq!(found[0].message, format!("nothing uses the key `{name}`, which stands on 2 more pages"));
        assert!(found[0].help.contains(instead), "{key}: {}", found[0].help);
        assert!(site.has("p1.html") && site.build().code == Some(0));
        // What the help says helps.
        site.file("site.yaml", format!("title: T\ntheme: plain\nignore_keys: [{name}, other]\n"));
        assert_eq!(of_keys(&site), [], "{key}");
    }
}

#[test]
fn keys_are_counted_one_by_one_and_go_when_they_are_mended() {
    let site = moved(2, "layout: x\nsidebar: y");
    site.page("p3.md", "title: Page\nsidebar: y", "Text.");
    let messages: Vec<String> = of_keys(&site).into_iter().map(|p| p.message).collect();
    assert_eq!(
        messages,
        [
            "nothing uses the key `layout`, which stands on one more page",
            "nothing uses the key `sidebar`, which stands on 2 more pages"
        ]
    );
    site.page("p1.md", "title: Page 1", "Text.");
    let found = of_keys(&site);
    assert_eq!(found[0].place(), "warning[foreign-key] content/p2.md:3:1");
    assert_eq!(found[0].message, "nothing uses the key `layout`");
    // A key that the kind has is a field.
    site.file(
        "site.yaml",
        "title: T\ntheme: plain\nkinds: {page: {fields: {layout: text, sidebar: text}}}\n",
    );
    assert_eq!(of_keys(&site), []);
}

#[test]
fn a_typo_stays_an_error() {
    for (key, near) in [
        ("ordre: 1", "order"),
        ("published: false", "publish"),
        ("Tags: [x]", "tags"),
        ("reviwed: 2026-01-01", "reviewed"),
    ] {
        let site = moved(2, key);
        let found = of_keys(&site);
        assert_eq!(found.len(), 2, "{key}: {found:#?}");
        assert_eq!(found[0].place(), "error[unknown-key] content/p1.md:3:1");
        assert_eq!(found[0].help, format!("did you mean `{near}`?"));
        site.build().failed();
        // A key that is meant for another program may look like one of ours.
        let name = key.split(':').next().unwrap();
        site.file("site.yaml", format!("title: T\ntheme: plain\nignore_keys: {name}\n"));
        assert_eq!(of_keys(&site), []);
        assert_eq!(site.build().code, Some(0));
    }
}
