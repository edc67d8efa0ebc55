//! The guide that comes with Guidepost, as a family gets it: it builds without a warning, nothing of the seed is lost,
//! every entry of the fact tables has its address in both languages, and every link, anchor and picture is there.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says so and stops")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;
use support::html::{self, Tag, tags};
use support::{Run, Site, Tree, repository};

/// The guide, built once for all tests here.
struct Guide {
    run: Run,
    tree: Tree,
    pages: BTreeMap<String, String>,
}

static GUIDE: LazyLock<Guide> = LazyLock::new(|| {
    let site = Site::guide();
    let run = site.build_checked(&["--stats"]);
    let tree = site.public();
    let pages = tree.iter().filter(|(name, _)| name.ends_with(".html"));
    let pages =
        pages.map(|(name, bytes)| (name.clone(), String::from_utf8(bytes.clone()).unwrap())).collect();
    Guide { run, tree, pages }
});

/// The rows of a table in `tests/data/` without its head.
fn rows(file: &str, head: bool) -> Vec<Vec<String>> {
    let text = fs::read_to_string(repository().join("tests/data").join(file)).unwrap();
    let lines = text.lines().skip(usize::from(head)).filter(|l| !l.trim().is_empty());
    lines.map(|l| l.split('\t').map(str::to_owned).collect()).collect()
}

/// Typographic signs as typed ones, so that a test does not depend on which of them an editor's program makes.
fn plain(text: &str) -> String {
    text.replace(['\u{2019}', '\u{2018}'], "'")
        .replace(['\u{201c}', '\u{201d}'], "\"")
        .replace('\u{a0}', " ")
        .to_lowercase()
}

#[test]
fn it_builds_without_a_warning() {
    let run = GUIDE.run.clone().clean();
    assert!(run.stderr.contains("no problems"), "{}", run.stderr);
    assert_eq!(run.count("written") as usize, GUIDE.tree.len());
    assert!(run.count("parsed") >= 50, "{}", run.stdout);
}

#[test]
fn nothing_of_the_seed_is_lost() {
    let seen: BTreeMap<&String, String> =
        GUIDE.pages.iter().map(|(n, p)| (n, plain(&html::visible(p)))).collect();
    let mut lost = Vec::new();
    let items = rows("seed-items.tsv", false);
    for item in &items {
        let page = format!("{}.html", item[0]);
        let Some(text) = seen.get(&page) else {
            lost.push(format!("{page} does not exist, for: {}", item[2]));
            continue;
        };
        if !text.contains(&plain(&item[1])) {
            lost.push(format!("{page} does not say \"{}\", for: {}", item[1], item[2]));
        }
    }
    assert!(lost.is_empty(), "{} of {} items are lost:\n{}", lost.len(), items.len(), lost.join("\n"));
    assert!(items.len() >= 70);
}

#[test]
fn every_entry_of_the_tables_has_its_address_in_both_languages() {
    let slug = |skill: &str| skill.trim().to_lowercase().replace([' ', '_'], "-");
    let mut wanted: Vec<(String, String)> = Vec::new();
    for row in rows("activities.tsv", true) {
        wanted.push((format!("activities/{}.html", slug(&row[2])), row[0].clone()));
    }
    for (table, page) in [
        ("assessments.tsv", "assessments/guide.html"),
        ("ot_terms.tsv", "terms/ot.html"),
        ("iep_terms.tsv", "terms/iep.html"),
    ] {
        wanted.extend(rows(table, true).into_iter().map(|row| (page.to_owned(), row[0].clone())));
    }
    let mut missing = Vec::new();
    for prefix in ["", "es/"] {
        for (page, id) in &wanted {
            let page = format!("{prefix}{page}");
            let found = GUIDE.pages.get(&page).is_some_and(|p| html::ids(p).contains(id));
            if !found {
                missing.push(format!("{page}#{id}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "{} of {} entries have no anchor:\n{}",
        missing.len(),
        wanted.len() * 2,
        missing.join("\n")
    );
    assert!(wanted.len() > 200, "{}", wanted.len());
}

/// The addresses in a tag, with whether it is a resource: something that a browser loads when it shows the page.
fn addresses(tag: &Tag) -> Vec<(&str, bool)> {
    let mut out = Vec::new();
    for (name, value) in &tag.attributes {
        match (tag.name.as_str(), name.as_str()) {
            ("a" | "area", "href") => out.push((value.as_str(), false)),
            ("link", "href") => {
                let rel = tag.get("rel").unwrap_or("");
                let named = ["canonical", "alternate", "prev", "next", "license", "author"];
                out.push((value, !named.iter().any(|n| rel.split(' ').any(|r| r == *n))));
            }
            (_, "srcset") => {
                out.extend(value.split(',').filter_map(|s| s.trim().split(' ').next()).map(|s| (s, true)))
            }
            (_, "src" | "data" | "poster" | "background" | "manifest" | "href" | "xlink:href" | "action") => {
                out.push((value, true));
            }
            ("meta", "content")
                if tag.get("http-equiv").is_some_and(|h| h.eq_ignore_ascii_case("refresh")) =>
            {
                out.extend(value.split_once("url=").map(|(_, url)| (url, false)));
            }
            _ => {}
        }
    }
    out
}

/// Whether an address leads out of the site.
fn outside(address: &str) -> bool {
    address.starts_with("//")
        || address.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'))
}

/// The file of the site that `address` on the page `from` means.
fn target(from: &str, address: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => assert!(parts.pop().is_some(), "{address} on {from} leads out of the site"),
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    if address.ends_with('/') || path.is_empty() {
        format!("{path}/index.html").trim_start_matches('/').to_owned()
    } else {
        path
    }
}

/// `%C3%B1` as the letter it stands for.
fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        let hex = (bytes[i] == b'%').then(|| text.get(i + 1..i + 3)).flatten();
        match hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn every_link_anchor_and_picture_is_there() {
    let ids: BTreeMap<&str, BTreeSet<String>> =
        GUIDE.pages.iter().map(|(n, p)| (n.as_str(), html::ids(p))).collect();
    let (mut broken, mut links) = (BTreeSet::new(), 0);
    for (name, page) in &GUIDE.pages {
        for tag in tags(page) {
            for (address, _) in addresses(&tag) {
                if outside(address) {
                    continue;
                }
                links += 1;
                let (path, anchor) = address.split_once('#').map_or((address, None), |(p, a)| (p, Some(a)));
                let file = if path.is_empty() { name.clone() } else { target(name, &unescape(path)) };
                if !GUIDE.tree.contains_key(&file) {
                    broken.insert(format!("{name}: {address} leads to {file}, which does not exist"));
                } else if let Some(anchor) = anchor.filter(|a| !a.is_empty())
                    && !ids.get(file.as_str()).is_some_and(|ids| ids.contains(&unescape(anchor)))
                {
                    broken.insert(format!("{name}: {address}: {file} has no such id"));
                }
            }
        }
    }
    let shown: Vec<&String> = broken.iter().take(40).collect();
    assert!(broken.is_empty(), "{} broken:\n{shown:#?}", broken.len());
    assert!(links > 5000, "{links}");
}

#[test]
fn every_picture_says_what_it_shows_and_how_large_it_is() {
    for (name, page) in &GUIDE.pages {
        for tag in tags(page).iter().filter(|t| t.name == "img") {
            assert!(tag.get("alt").is_some(), "{name}: {tag:?}");
            assert!(tag.get("width").is_some() && tag.get("height").is_some(), "{name}: {tag:?}");
        }
    }
}

#[test]
fn no_page_asks_another_host_for_anything() {
    for (name, page) in &GUIDE.pages {
        for tag in tags(page) {
            for (address, resource) in addresses(&tag) {
                assert!(!(resource && outside(address)), "{name} loads {address}");
            }
            assert!(tag.get("ping").is_none(), "{name}: {tag:?}");
        }
        assert_eq!(html::dangers(page), Vec::<String>::new(), "{name}");
    }
    for (name, bytes) in GUIDE.tree.iter().filter(|(n, _)| n.ends_with(".css")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("@import"), "{name}");
        assert!(
            !text.contains("url(http") && !text.contains("url(\"http") && !text.contains("url(//"),
            "{name}"
        );
    }
    for (name, bytes) in GUIDE.tree.iter().filter(|(n, _)| n.ends_with(".js")) {
        let text = String::from_utf8_lossy(bytes);
        for word in ["http://", "https://", "XMLHttpRequest", "sendBeacon", "document.cookie"] {
            assert!(!text.contains(word), "{name} has {word}");
        }
    }
}

#[test]
fn ids_stand_once_on_a_page_and_each_page_has_one_title_and_one_main_heading() {
    for (name, page) in &GUIDE.pages {
        let tags = tags(page);
        let mut seen = BTreeSet::new();
        for id in tags.iter().filter_map(|t| t.get("id")) {
            assert!(seen.insert(id), "{name}: two elements have the id {id}");
        }
        assert_eq!(tags.iter().filter(|t| t.name == "h1").count(), 1, "{name}");
        assert!(tags.iter().any(|t| t.name == "title" && !t.text.trim().is_empty()), "{name}");
        assert!(
            tags.iter().any(|t| t.name == "html" && t.get("lang").is_some_and(|l| !l.is_empty())),
            "{name}"
        );
    }
}

#[test]
fn every_page_of_the_content_folder_is_built() {
    let content = repository().join("content");
    for entry in walkdir::WalkDir::new(&content) {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|e| e == "md") {
            let page = entry.path().strip_prefix(&content).unwrap().with_extension("html");
            let page = page.to_string_lossy().replace('\\', "/");
            assert!(GUIDE.pages.contains_key(&page), "{page}");
        }
    }
}
