//! Raw HTML is part of the page: its addresses lead to the same place from every copy of a page, its ids are anchors, its
//! structure survives, and what is left out is said at its line.

use crate::support::{Site, html};

/// A picture of one point.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63,
    0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42,
    0x60, 0x82,
];

fn site(more: &str) -> Site {
    let site = Site::bilingual();
    site.file(
        "site.yaml",
        format!("title: {{en: Test, es: Prueba}}\ntheme: plain\nlanguages: [en, es]\nraw_html: true\n{more}"),
    );
    site.file("content/sub/photo.png", PNG);
    site.page("sub/b.md", "title: B", "<div id=\"deep\">x</div>");
    site
}

/// Every address of a page that is none of another site.
fn addresses(page: &str) -> Vec<String> {
    let named = ["href", "src", "poster", "cite"];
    let tags = html::tags(page);
    let of = |tag: &html::Tag| {
        let sets = tag.get("srcset").into_iter().flat_map(|set| set.split(','));
        let chosen = sets.filter_map(|one| one.split_whitespace().next());
        named.iter().filter_map(|name| tag.get(name)).chain(chosen).map(str::to_owned).collect::<Vec<_>>()
    };
    tags.iter().flat_map(of).filter(|a| !a.contains(':')).collect()
}

/// Every output leads only to what is there.
fn nothing_is_dead(site: &Site) {
    let public = site.public();
    for (path, bytes) in public.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes).into_owned();
        for address in addresses(&page) {
            let (file, anchor) =
                address.split_once('#').map_or((address.as_str(), None), |(f, a)| (f, Some(a)));
            let mut parts: Vec<&str> = path.split('/').collect();
            parts.pop();
            for part in file.split('/') {
                match part {
                    "" | "." => {}
                    ".." => assert!(parts.pop().is_some(), "{path}: {address}"),
                    part => parts.push(part),
                }
            }
            let mut target = if file.is_empty() { path.to_string() } else { parts.join("/") };
            if file.ends_with('/') || target.is_empty() {
                target = format!("{target}/index.html").trim_start_matches('/').to_owned();
            }
            assert!(site.has(&target), "{path}: {address} leads to no file {target}");
            if let Some(anchor) = anchor.filter(|a| !a.is_empty()) {
                let there = site.out(&target);
                let ids = html::tags(&there);
                assert!(
                    ids.iter().any(|t| t.get("id") == Some(anchor)),
                    "{path}: {address} leads to no place"
                );
            }
        }
    }
}

const PAGE: &str = "<a id=\"form\"></a>\n\n<img src=\"photo.png\" srcset=\"photo.png 1x, photo.png 2x\" alt=\"x\"> <a href=\"b.md#deep\">b</a> \
     [to](#form) <a href=\"#form\">form</a>\n\n<blockquote cite=\"b.md\">q</blockquote>\n\n<video poster=\"photo.png\" controls></video>\n";

#[test]
fn addresses_in_html_are_right_in_every_copy_of_a_page() {
    for urls in ["", "urls: folder\n"] {
        let site = site(urls);
        site.page("sub/a.md", "title: A", PAGE);
        site.page("sub/index.md", "title: Part", "<a href=\"a.md#form\">a</a>");
        site.page(
            "sub/play.md",
            "title: Play\nentries: activity",
            &format!("## Clay\n\n- Where: home\n- Materials: Clay\n\n{PAGE}"),
        );
        let run = site.build();
        assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
        nothing_is_dead(&site);
        let pages: Vec<_> = site.public().into_iter().filter(|(path, _)| path.ends_with(".html")).collect();
        // The page, its fallback, the print pages of guide and section in two languages.
        let with =
            pages.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("srcset=")).count();
        assert!(with >= 6, "{with}");
        for (path, bytes) in &pages {
            let page = String::from_utf8_lossy(bytes);
            assert!(!page.contains("href=\"b.md") && !page.contains("src=\"photo.png 1x"), "{path}");
            let count = |of: &str| page.matches(of).count();
            assert_eq!(count(" srcset=\""), count("1x, "), "{path}");
        }
    }
}

#[test]
fn addresses_on_a_handout_are_those_of_the_handout() {
    let site = Site::guide();
    let settings = std::fs::read_to_string(site.root().join("site.yaml")).unwrap();
    site.file("site.yaml", settings.replace("raw_html: false", "raw_html: true"));
    site.file("content/sub/photo.png", PNG);
    site.page("sub/index.md", "title: Part\ndescription: A part.", "Part.");
    site.page(
        "sub/t.md",
        "title: Words\ndescription: Words.\nentries: term",
        "## Swingword {#swingword}\n\nA word. <img src=\"photo.png\" alt=\"x\"> <a href=\"index.md\">Part</a> <span id=\"swing\">s</span>\n",
    );
    site.page(
        "hand.md",
        "title: Sheet\ndescription: A sheet.\nkind: handout\npicks: [sub/t.md#swingword]",
        "A sheet.",
    );
    let run = site.build();
    assert!(!run.stderr.contains("hand.md") && !run.stderr.contains("sub/t.md"), "{}", run.stderr);
    let sheet = site.out("hand.html");
    assert!(sheet.contains("src=\"sub/photo.png\"") && sheet.contains("href=\"sub/index.html\""), "{sheet}");
}

#[test]
fn what_is_dead_dropped_or_unfit_is_said_at_its_place() {
    let site = site("");
    site.page(
        "sub/a.md",
        "title: A",
        "<a href=\"gone.html\">g</a> <a href=\"b.md#no\">n</a> <img src=\"gone.png\" alt=\"x\">\n\n\
         - <div style=\"color: red\" id=\"d\">\n\n  x\n\n## D\n\n> <p id=\"d\">\n> <video src=\"gone.mp4\" autoplay></video>\n\n</div>\n\n<a href=\"javascript:x\">y</a> <img src=\"https://x.org/a.png\" alt=\"\">",
    );
    let places: Vec<String> =
        site.problems().iter().filter(|p| !p.path.is_empty()).map(|p| p.place()).collect();
    let at = |place: &str| place.replace(" a:", " content/sub/a.md:");
    for expected in [
        "error[broken-link] a:5:4",
        "error[broken-anchor] a:5:30",
        "error[missing-image] a:5:56",
        "warning[html-dropped] a:7:8",
        "warning[html-structure] a:7:3",
        "warning[html-id] a:13:3",
        "error[broken-link] a:14:10",
        "warning[html-dropped] a:14:25",
        "warning[html-structure] a:16:1",
        "error[unsafe-link] a:18:4",
        "error[missing-image] a:18:35",
    ] {
        assert!(places.contains(&at(expected)), "{expected}\n{places:#?}");
    }
    assert_eq!(places.len(), 11, "{places:#?}");
}

#[test]
fn an_edit_of_a_target_is_followed() {
    let site = site("");
    site.page("sub/a.md", "title: A", PAGE);
    assert_eq!(site.build().code, Some(0));
    site.page("sub/b.md", "title: B", "<div id=\"other\">x</div>");
    let warm = site.problems();
    assert!(warm.iter().any(|p| p.code == "broken-anchor" && p.path == "content/sub/a.md"), "{warm:?}");
    site.page("sub/b.md", "title: B", "<div id=\"deep\">x</div>").remove("content/sub/photo.png");
    let warm = site.problems();
    assert_eq!(warm.iter().filter(|p| p.code == "missing-image").count(), 3, "{warm:?}");
}

/// Where a problem of that code stands, with its message.
fn told(site: &Site, code: &str) -> Vec<String> {
    let found = site.build_checked(&["--format", "json"]).problems();
    found.into_iter().filter(|p| p.code == code).map(|p| format!("{}: {}", p.place(), p.message)).collect()
}

#[test]
fn links_in_html_are_links_to_the_rules() {
    let ways = [
        ("<a href=\"far.md\">far</a>", true),
        ("- <div><A HREF='far.md#x'>far</A></div>", true),
        ("<map name=\"m\"><area href=\"far.md\" alt=\"far\"></map>", true),
        ("<a href=\"b.md\">far</a>", false),
        ("`<a href=\"far.md\">`", false),
    ];
    for (link, leads) in ways {
        let site = site("");
        site.page("sub/far.md", "title: Far\nhidden: true", "Far away.\n\n<i id=\"x\">x</i>");
        site.page("sub/a.md", "title: A", link);
        assert_eq!(told(&site, "orphan-page").is_empty(), leads, "{link}");
    }
    let site = site("");
    site.page(
        "sub/a.md",
        "title: A",
        "<a href=\"http://www.cpsc.gov/x\">http://www.cpsc.gov/x</a> <a href=\"https://x.org/\"> </a>\n\n<div><a href=b.md>here</a></div>",
    );
    assert_eq!(told(&site, "link-insecure").len(), 1);
    assert_eq!(told(&site, "link-empty").len(), 1);
    assert_eq!(told(&site, "link-text-vague").len(), 1);
    assert_eq!(told(&site, "link-text-url").len(), 1);
    site.command().args(["check", "--fix"]).output().unwrap();
    let fixed = std::fs::read_to_string(site.root().join("content/sub/a.md")).unwrap();
    assert!(fixed.contains("<a href=\"https://www.cpsc.gov/x\">http://www.cpsc.gov/x</a>"), "{fixed}");
}
