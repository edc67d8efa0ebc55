//! Several bodies on one output: handouts, the finder, print pages, entries in templates. Footnotes and words of what is
//! shown are there, no id stands twice, and each link leads to the right place; in each view, folder and address style.

use crate::support::{Site, copy, html, repository};
use guidepost::source::address::decode;
use std::collections::{BTreeMap, BTreeSet};

/// A guide in English and Spanish with the bundled theme.
fn guide(settings: &str) -> Site {
    let site = Site::empty();
    copy(&repository().join("themes/parent-guide"), &site.root().join("themes/parent-guide"));
    let head = "title: T\ntheme: parent-guide\nlanguages: [en, es]\n";
    site.file("site.yaml", format!("{head}{settings}"));
    site.page("index.md", "title: Start", "The start.");
    site
}

const ACTIVITY: &str = "- Where: home\n- Ages: 3+\n- Safety: Watch.\n- Materials: Paper\n";

/// The ids of a page; fails if one stands there twice.
#[track_caller]
fn ids(name: &str, text: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for tag in html::tags(text) {
        if let Some(id) = tag.get("id") {
            assert!(ids.insert(id.to_string()), "{name}: the id {id} stands twice");
        }
    }
    ids
}

/// Fails where an id stands twice, or an address or reference of a page leads nowhere.
#[track_caller]
fn whole(site: &Site) {
    let tree = site.public();
    let pages: BTreeMap<&str, String> = tree
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    let known: BTreeMap<&str, BTreeSet<String>> =
        pages.iter().map(|(name, text)| (*name, ids(name, text))).collect();
    for (name, text) in pages.iter().filter(|(name, _)| **name != "404.html") {
        for tag in html::tags(text) {
            let names = tag.get("aria-labelledby").into_iter().chain(tag.get("for"));
            for id in names.flat_map(str::split_ascii_whitespace) {
                assert!(known[name].contains(id), "{name}: nothing has the id {id}");
            }
            let Some(href) = tag.get("href").or(tag.get("src")).filter(|h| !h.contains(':')) else {
                continue;
            };
            let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
            let mut target: Vec<&str> = name.split('/').collect();
            let path = decode(path).into_owned();
            if !path.is_empty() {
                target.pop();
                for part in path.split('/') {
                    match part {
                        ".." => drop(target.pop()),
                        "." => {}
                        part => target.push(part),
                    }
                }
            }
            let mut target = target.join("/");
            if target.is_empty() || target.ends_with('/') {
                target.push_str("index.html");
            }
            assert!(tree.contains_key(&target), "{name}: {href} leads nowhere ({target})");
            let anchor = decode(anchor).into_owned();
            let found = anchor.is_empty() || known.get(&*target).is_none_or(|ids| ids.contains(&anchor));
            assert!(found, "{name}: nothing in {target} has the id of {href}");
        }
    }
}

/// Where the mention of a footnote leads whose text holds `note`: its number, and whether both stand in `text`.
#[track_caller]
fn noted(text: &str, note: &str) -> u32 {
    let at = text.find(note).unwrap_or_else(|| panic!("the note \"{note}\" is not there:\n{text}"));
    let item = text[..at].rfind("<li id=\"").expect("the note stands in a list");
    let id = text[item + 8..].split('"').next().unwrap();
    let mention = text.find(&format!("href=\"#{id}\"")).expect("the note is mentioned");
    assert!(mention < item, "the note stands behind its mention");
    text[mention..].split(['>', '<']).nth(1).unwrap().parse().expect("a number")
}

fn with_notes(settings: &str) -> Site {
    let site = guide(settings);
    site.page(
        "t.md",
        "title: Words\nentries: term",
        "Intro.[^a]\n\n## OT {#ot}\n\nHelp.[^1] And IEP.\n\n## IEP {#iep}\n\nA plan.[^twice] Again.[^twice]\n\n\
         [^1]: Only at school.\n[^twice]: For a year, see[^inner].\n[^inner]: The inner one.\n[^a]: Of the page.",
    );
    site.page(
        "sub/act.md",
        "title: Play\nentries: activity",
        &format!(
            "## Putty {{#putty}}\n{ACTIVITY}\nPress it, as in the IEP.[^s]\n\n## Bear\n{ACTIVITY}\nWalk.[^b]\n\n\
             [^s]: Never eat it.\n[^b]: On soft ground."
        ),
    );
    let picks = "title: Sheet\nkind: handout\npicks: [t.md#ot, sub/act.md#putty, t.md#iep]";
    site.page("h.md", picks, "Own.[^own]\n\n[^own]: Own note.");
    site
}

#[test]
fn footnotes_of_picked_entries_stand_at_the_foot_of_a_handout() {
    for settings in ["", "urls: folder\n", "base_url: https://example.org/g\n"] {
        let site = with_notes(settings);
        site.build().clean();
        let page = if settings.contains("folder") { "h/index.html" } else { "h.html" };
        // The second language shows the same, for want of a translation.
        for page in [page.to_string(), format!("es/{page}")] {
            let text = site.out(&page);
            let notes = ["Own note.", "Only at school.", "Never eat it.", "For a year", "The inner one."];
            let numbers: Vec<u32> = notes.iter().map(|note| noted(&text, note)).collect();
            assert_eq!(numbers, [1, 2, 3, 4, 5], "{page}");
            assert!(!text.contains("Of the page."), "{page} does not mention it");
            let last = text.rfind("entry entry-").unwrap();
            assert!(text.find("Only at school.").unwrap() > last, "{page}: at the foot");
        }
        whole(&site);
    }
}

#[test]
fn footnotes_of_entries_are_in_the_finder_and_on_print_pages() {
    let site = with_notes("");
    site.build().clean();
    for page in ["activities/find/index.html", "es/activities/find/index.html"] {
        let text = site.out(page);
        assert_eq!((noted(&text, "Never eat it."), noted(&text, "On soft ground.")), (1, 2), "{page}");
        // With its entry, which a script may hide.
        assert!(text.find("Never eat it.") < text.find("id=\"bear\""), "{page}");
    }
    for page in ["print.html", "es/print.html", "sub/print.html"] {
        if site.has(page) {
            let text = site.out(page);
            assert_eq!((noted(&text, "Never eat it."), noted(&text, "On soft ground.")), (1, 2), "{page}");
        }
    }
    whole(&site);
}

#[test]
fn footnotes_stay_with_their_entry_where_a_theme_has_no_place_for_them() {
    let site = with_notes("");
    site.template(
        "handout.html",
        "{% extends \"base.html\" %}{% block body %}{{ body }}{% for entry in picks %}\
         <div id=\"{{ entry.id }}\">{{ entry.body }}</div><hr>{% endfor %}{% endblock body %}",
    );
    site.build().clean();
    let text = site.out("h.html");
    assert_eq!((noted(&text, "Only at school."), noted(&text, "For a year")), (2, 4));
    assert!(text.find("Only at school.") < text.find("id=\"putty\""));
    // Nor is one lost that a template shows by a function.
    site.template(
        "page.html",
        "{% extends \"base.html\" %}{% block body %}{{ body }}{% if page.title == \"P\" %}\
         {% for e in entries(kind=\"activity\") %}<div id=\"{{ e.id }}\">{{ e.body }}</div>{% endfor %}{% endif %}{% endblock body %}",
    );
    site.page("sub/p.md", "title: P", "Text.[^p]\n\n## Putty\n\n[^p]: Of P.");
    site.build().clean();
    let text = site.out("sub/p.html");
    let numbers = ["Of P.", "Never eat it.", "On soft ground."].map(|note| noted(&text, note));
    assert_eq!(numbers, [1, 2, 3]);
    assert!(text.contains("id=\"putty-2\""), "the page has a heading of that id");
    whole(&site);
}

#[test]
fn a_note_that_changes_changes_what_shows_it() {
    let site = with_notes("");
    site.build().clean();
    site.page(
        "t.md",
        "title: Words\nentries: term",
        "## OT {#ot}\n\nHelp.[^1]\n\n## IEP {#iep}\n\nA plan.\n\n[^1]: Only with a swing.",
    );
    site.build().clean();
    assert_eq!(noted(&site.out("h.html"), "Only with a swing."), 2);
    let warm = site.public();
    site.build_with(&["--no-cache"]).clean();
    assert!(warm == site.public(), "warm is as cold");
}

#[test]
fn words_of_what_is_picked_are_among_the_words_of_the_page() {
    let site = with_notes("");
    site.page("plain.md", "title: Plain\nkind: handout\npicks: [sub/act.md#putty]", "No word here.");
    site.page(
        "es/t.md",
        "title: Palabras\nentries: term",
        "## PEI {#iep}\n\nUn plan.\n\n## OT {#ot}\n\nAyuda.",
    );
    site.build();
    for page in ["plain.html", "es/plain.html", "activities/find/index.html"] {
        let text = site.out(page);
        let words = text.split("<section class=\"words\"").nth(1).unwrap_or_default();
        let words = words.split("</section>").next().unwrap_or_default();
        assert!(words.contains("A plan."), "{page}:\n{words}");
        assert!(!words.contains("Help."), "{page} does not speak of OT");
    }
    whole(&site);
}

#[test]
fn ids_are_apart_whatever_headings_say() {
    for settings in ["", "urls: folder\n"] {
        let site = guide(settings);
        let same =
            "## Same\n\nx\n\n## Same\n\nx\n\n## Same 1\n\nx\n\n## Same-1\n\nx\n\n## Main\n\n## Words title\n";
        let entry =
            "## Same\n\nA.[^1] [in](#part), [self](#same)\n\n### Part\n\nB.\n\n### Same 1\n\n[^1]: N.";
        site.page("one.md", "title: One\nentries: term", entry);
        site.page("sub/two.md", "title: Two\nentries: term", entry);
        site.page("sub/index.md", "title: Sub", same);
        // Paths that would give parts of the print page the same name, or the same with an id behind it.
        site.page("a/b.md", "title: A b", "## C\n\n## Title");
        site.page("a/index.md", "title: A", "## B c\n\n[c](b.md#c) [own](#b-c)");
        site.page("a-b.md", "title: A-b", "## C\n\n[c](a/b.md#c)");
        site.page("a-b/c.md", "title: A-b c", "## Title");
        let picks = "kind: handout\npicks: [one.md#same, sub/two.md#same, one.md#same]";
        site.page("h.md", &format!("title: H\n{picks}"), same);
        site.page(
            "sub/h.md",
            &format!("title: H2\n{picks}"),
            "## Same\n\n[own](#same) [pick](../one.md#part)",
        );
        // Two words of one name are a fault of the glossary, not of the page.
        assert_eq!(site.build().code, Some(0));
        whole(&site);
        let text = site.out(if settings.is_empty() { "sub/h.html" } else { "sub/h/index.html" });
        let own = ids("sub/h", &text);
        for id in ["same", "same-2", "same-3", "same-4", "same-2--part", "same-3--part"] {
            assert!(own.contains(id), "{id} in {own:?}");
        }
    }
}

#[test]
fn links_in_a_picked_entry_lead_to_what_they_mean() {
    for settings in ["", "urls: folder\n"] {
        let site = guide(settings);
        site.page(
            "sub/t.md",
            "title: T\nentries: term",
            "## One {#one}\n\n[inner](#part) [self](#one) [two](#two) [sheet](../h.md#own) [page](t.md)\n\n### Part {#part}\n\n\
             ## Two {#two}\n\nText.",
        );
        site.page("h.md", "title: H\nkind: handout\npicks: [sub/t.md#one]", "## Own\n\n## Part");
        site.build().clean();
        let folder = !settings.is_empty();
        let text = site.out(if folder { "h/index.html" } else { "h.html" });
        let href = |words: &str| {
            let before = text.split(&format!("\">{words}</a>")).next().unwrap();
            before.rsplit("href=\"").next().unwrap().to_string()
        };
        assert_eq!((href("inner"), href("self")), ("#one--part".into(), "#one".into()));
        let page = if folder { "../sub/t/index.html" } else { "sub/t.html" };
        let two = href("two").replace("sub/t/#", "sub/t/index.html#");
        assert_eq!(two, format!("{page}#two"));
        assert!(href("sheet").ends_with("#own"), "{}", href("sheet"));
        whole(&site);
    }
}

#[test]
fn a_text_that_looks_like_html_is_left_alone() {
    let site = guide("");
    site.page(
        "a.md",
        "title: A",
        "`<h2 id=\"x\">` and `<a href=\"a.html\">`\n\n    <h3 id=\"y\" for=\"z\">\n\n## X",
    );
    site.build().clean();
    let text = site.out("print.html");
    assert!(text.contains("&lt;h2 id=\"x\"&gt;") || text.contains("&lt;h2 id=&quot;x&quot;&gt;"), "{text}");
    assert!(text.contains("&lt;h3 id="), "{text}");
    assert!(text.contains("<h3 id=\"p-a--x\">X</h3>"), "{text}");
}

#[test]
fn what_a_template_does_not_read_is_not_made() {
    let site = guide("");
    // Were the bodies made, each would hold the other, without end.
    site.template(
        "components/list.html",
        "{% component list() %}<ul>{% for e in entries(kind=\"term\") %}<li><a href=\"{{ e.url }}\">{{ e.title }}</a></li>\
         {% endfor %}</ul>{% endcomponent list %}",
    );
    site.page(
        "terms.md",
        "title: Words\nentries: term",
        "## Goal\n\nMeaning.\n\n:::list\n:::\n\n## Aim\n\n:::list\n:::",
    );
    site.page("p.md", "title: P", ":::list\n:::");
    site.build().clean();
    for page in ["terms.html", "p.html", "print.html"] {
        assert!(site.out(page).contains(">Goal</a></li>"), "{page}");
    }
    whole(&site);
}

#[test]
fn words_in_each_part_of_what_is_picked_are_among_the_words_of_the_page() {
    for part in [
        "Text of the IEP.",
        "Text.[^1]\n\n[^1]: As in the IEP.",
        ":::note\nAs in the IEP.\n:::",
        "Text.\n\n- a list\n  - with the IEP",
        "| a | b |\n|---|---|\n| x | the IEP |",
        "> As in the IEP.",
    ] {
        let site = guide("");
        site.page("t.md", "title: Words\nentries: term", "## IEP {#iep}\n\nA plan.\n\n## OT {#ot}\n\nHelp.");
        let entry = format!("## Putty {{#putty}}\n{ACTIVITY}\n{part}\n");
        site.page("act.md", "title: Play\nentries: activity", &entry);
        site.page("h.md", "title: Sheet\nkind: handout\npicks: [act.md#putty]", "No word here.");
        site.build();
        for page in ["h.html", "es/h.html", "activities/find/index.html"] {
            let text = site.out(page);
            let words = text.split("<section class=\"words\"").nth(1).unwrap_or_default();
            let words = words.split("</section>").next().unwrap_or_default();
            assert!(words.contains("A plan.") && !words.contains("Help."), "{page}, {part}:\n{words}");
        }
        whole(&site);
    }
}
