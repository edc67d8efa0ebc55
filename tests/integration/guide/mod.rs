//! The guide that comes with Guidepost, as a family gets it: it builds without a warning, nothing of the seed is lost,
//! every entry of the fact tables has its address in both languages, every correction of the second review is on its
//! page in every language, the safety notes are those of the table, and every link, anchor and picture is there. A
//! claim about the law or research has its reference, and what could not be confirmed is left out. What it says of
//! itself follows the settings, and the pages that are not about therapy can be shared.

mod about;
mod entries;
mod references;
mod shared;
mod unconfirmed;

use crate::support::html::{self, Tag, tags};
use crate::support::{Run, Site, Tree, repository};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

/// The guide, built once for all tests here.
struct Guide {
    run: Run,
    tree: Tree,
    pages: BTreeMap<String, String>,
}

static GUIDE: LazyLock<Guide> = LazyLock::new(|| {
    let site = Site::guide();
    // A day behind the last on which something in it was looked up.
    let run = site.build_checked(&["--stats", "--notes", "--date", "2026-12-01"]);
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
fn it_builds_without_a_warning_but_that_it_is_nobodys() {
    let run = GUIDE.run.clone();
    assert_eq!((run.code, run.stderr.matches("warning[").count()), (Some(0), 1), "{}", run.stderr);
    // It is as it came: the name of the district and the telephone number are still to be filled in.
    assert!(run.stderr.contains("files written, 1 warning"), "{}", run.stderr);
    assert!(run.stderr.contains("warning[placeholder]"), "{}", run.stderr);
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

/// A text in which two spaces, or a line's end, are one space.
fn on_one_line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the texts are that `page` of the table of corrections means: `*` all pages of a language, `@site.yaml` a file
/// of the repository, anything else a page of the guide.
fn texts_of(lang: &str, page: &str, seen: &BTreeMap<String, String>) -> Vec<(String, String)> {
    if let Some(file) = page.strip_prefix('@') {
        return vec![(file.to_owned(), on_one_line(&fs::read_to_string(repository().join(file)).unwrap()))];
    }
    let prefix = if lang == "en" { String::new() } else { format!("{lang}/") };
    let wanted = format!("{prefix}{page}.html");
    let of_language = |name: &str| match lang {
        "en" => !name.starts_with("es/") && !name.starts_with("ar/"),
        _ => name.starts_with(&prefix),
    };
    seen.iter()
        .filter(|(name, _)| if page == "*" { of_language(name) } else { **name == wanted })
        .map(|(name, text)| (name.clone(), text.clone()))
        .collect()
}

#[test]
fn every_correction_of_the_review_is_settled() {
    let seen: BTreeMap<String, String> =
        GUIDE.pages.iter().map(|(n, p)| (n.clone(), on_one_line(&html::visible(p)))).collect();
    let table = rows("corrections.tsv", true);
    let mut faults = Vec::new();
    for row in &table {
        let [id, lang, page, words] = &row[..] else { panic!("not four columns: {row:?}") };
        if lang == "-" {
            assert!(words.len() > 20, "{id} is left out without a reason");
            continue;
        }
        let (words, wanted) = words.strip_prefix("not: ").map_or((words.as_str(), true), |w| (w, false));
        let texts = texts_of(lang, page, &seen);
        if texts.is_empty() {
            faults.push(format!("{id}: there is no page {page} in {lang}"));
        }
        for (name, text) in texts {
            if text.contains(&on_one_line(words)) != wanted {
                let verb = if wanted { "does not say" } else { "still says" };
                faults.push(format!("{id}: {name} {verb} \"{words}\""));
            }
        }
    }
    assert!(faults.is_empty(), "{} corrections are not settled:\n{}", faults.len(), faults.join("\n"));
    // Every row of the review has its line, and every settled one in both languages.
    let numbered = |letter: &str, last: u32| (1..=last).map(|n| format!("{letter}{n}")).collect::<Vec<_>>();
    let review =
        [("A", 16), ("L", 17), ("E", 9), ("S", 13), ("H", 3), ("D", 4), ("T", 18), ("ES", 42), ("AR", 3)];
    let mut wanted: Vec<String> = review.iter().flat_map(|(letter, last)| numbered(letter, *last)).collect();
    wanted.extend(["GAP".to_owned(), "ES".to_owned()]);
    for id in wanted {
        let of_row = |lang: &str| table.iter().any(|r| r[0] == id && r[1] == lang);
        let only_spanish = id.starts_with("ES");
        let settled = (of_row("en") || only_spanish) && of_row("es");
        assert!(
            settled || of_row("-") || id == "AR3" && of_row("ar"),
            "{id} is not in the table in both languages"
        );
    }
}

/// The fields of the entries of a page of the guide, by entry and label.
fn fields_of(file: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = fs::read_to_string(repository().join("content").join(file)).unwrap();
    let (mut all, mut entry) = (BTreeMap::new(), String::new());
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("##").and_then(|l| l.split_once("{#")) {
            entry = id.1.trim_end_matches('}').to_owned();
        } else if let Some((label, value)) = line.strip_prefix("- ").and_then(|l| l.split_once(": ")) {
            let fields: &mut BTreeMap<String, String> = all.entry(entry.clone()).or_default();
            fields.entry(label.to_owned()).or_insert_with(|| value.to_owned());
        }
    }
    all
}

/// The runs of digits of a text, so that 1-800-222-1222 and 3 years are compared and words are not.
fn numbers(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    found.sort_unstable();
    found
}

/// A text in which `[911](tel:911)` is 911, as readers see it.
fn unlinked(text: &str) -> String {
    let mut parts = text.split("](tel:");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let open = out.rfind('[').unwrap();
        out.remove(open);
        out.push_str(part.split_once(')').unwrap().1);
    }
    out
}

/// Numbers that a family calls in an emergency: poison help, the battery hotline, 911, and the crisis line.
const EMERGENCY: [&str; 4] = ["1-800-222-1222", "1-800-498-8666", "911", "988"];

#[test]
fn every_emergency_number_on_a_page_for_parents_can_be_called_with_a_tap() {
    let mut links = 0;
    for (name, page) in &GUIDE.pages {
        if !["activities/", "handouts/"].iter().any(|folder| name.contains(folder)) {
            continue;
        }
        for number in EMERGENCY {
            let link = format!("<a href=\"tel:{number}\">{number}</a>");
            links += page.matches(&link).count();
            let rest = html::visible(&page.replace(&link, ""));
            let words = rest.split(|c: char| !c.is_ascii_digit() && c != '-');
            assert!(!words.into_iter().any(|word| word == number), "{name}: {number} is no link");
        }
    }
    assert!(links > 100, "{links}");
}

#[test]
fn every_activity_says_the_safety_note_of_the_table_in_both_languages() {
    let mut count = 0;
    for row in rows("activities.tsv", true) {
        let page = format!("activities/{}.md", row[2].replace(' ', "-"));
        let (english, spanish) = (fields_of(&page), fields_of(&format!("es/{page}")));
        let id = row[0].as_str();
        let note = &english[id]["Safety"];
        assert_eq!(unlinked(note), row[10], "the note of {id} and the table");
        assert_eq!(english[id].get("Low-cost swap").map_or("", |s| s.as_str()), row[6], "the swap of {id}");
        let translated = &spanish[id]["Seguridad"];
        assert_eq!(numbers(note), numbers(translated), "{id}: {translated}");
        assert!(translated.len() * 2 > note.len(), "{id} is told in full in Spanish: {translated}");
        assert_eq!(note.contains("any child of any age"), translated.contains("de cualquier edad"), "{id}");
        count += 1;
    }
    assert!(count >= 61);
}

/// What fits on one sheet of paper in either language: two activities with their safety notes, or six questions with
/// room to write.
const ON_A_SHEET: usize = 2;
const QUESTIONS_ON_A_SHEET: usize = 6;

#[test]
fn the_handouts_are_there_in_both_languages_and_none_is_longer_than_a_sheet() {
    for prefix in ["", "es/"] {
        let folder = format!("{prefix}handouts/");
        let sheets: Vec<(&String, &String)> = GUIDE
            .pages
            .iter()
            .filter(|(name, page)| name.starts_with(&folder) && page.contains("kind-handout"))
            .collect();
        assert!(sheets.len() >= 10, "{folder}");
        for (name, page) in sheets {
            let (picked, notes) =
                (page.matches("entry entry-activity").count(), page.matches("entry-safety").count());
            assert!(picked <= ON_A_SHEET, "{name} picks {picked}");
            assert_eq!(picked, notes, "{name}: each activity keeps its safety note");
            let text =
                fs::read_to_string(repository().join("content").join(name.replace(".html", ".md"))).unwrap();
            let questions = text.lines().filter(|line| line.starts_with("- ")).count();
            assert!(questions <= QUESTIONS_ON_A_SHEET, "{name} asks {questions}");
            assert!(picked > 0 || questions > 0 || name.contains("/letter-"), "{name} is empty");
        }
    }
}

#[test]
fn every_test_says_its_kind_of_score_and_the_day_it_was_looked_up() {
    let kinds = [
        "standard score",
        "scaled score",
        "t-score",
        "percentile",
        "percent",
        "scores are steps",
        "rates how well",
        "scores for each",
        "what kind of score",
        "0 to 100",
        "ratings",
        "a measure",
        "words",
        "no one can pass",
        "choose goals",
        "where changes",
        "composite score",
    ];
    let (english, spanish) = (fields_of("assessments/guide.md"), fields_of("es/assessments/guide.md"));
    for row in rows("assessments.tsv", true) {
        let id = row[0].as_str();
        let (en, es) = (&english[id], &spanish[id]);
        let scores = en["Scores"].to_lowercase();
        assert!(kinds.iter().any(|kind| scores.contains(kind)), "{id}: {scores}");
        assert!(!es["Puntajes"].is_empty(), "{id}");
        assert_eq!(en["Looked up on"], es["Consultada el"], "{id}");
    }
}

/// Sections of the federal rules that a text names: 300.320, 104.33.
fn sections(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|token| token.trim_matches('.'))
        .filter(|token| token.split_once('.').is_some_and(|(part, _)| ["104", "300", "303"].contains(&part)))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_section_of_the_law_on_a_page_is_one_that_the_facts_name() {
    let known: BTreeSet<String> = rows("law.tsv", true).into_iter().map(|row| row[0].clone()).collect();
    let mut used = BTreeSet::new();
    for (name, page) in &GUIDE.pages {
        for section in sections(&html::visible(page)) {
            assert!(known.contains(&section), "{name} names {section}, which is not in tests/data/law.tsv");
            used.insert(section);
        }
    }
    assert!(used.len() > 40, "{}", used.len());
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

/// Whether `anchor` is a choice of the finder that the page offers, such as `where=home`.
fn chosen(page: &str, anchor: &str) -> bool {
    anchor.split_once('=').is_some_and(|(facet, value)| {
        let offered =
            |tag: &Tag| tag.get("data-facet") == Some(facet) && tag.get("data-value") == Some(value);
        tags(page).iter().any(offered)
    })
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
                // What a script is asked for is no part of the file's name.
                let path = path.split('?').next().unwrap_or(path);
                let file = if path.is_empty() { name.clone() } else { target(name, &unescape(path)) };
                if !GUIDE.tree.contains_key(&file) {
                    broken.insert(format!("{name}: {address} leads to {file}, which does not exist"));
                } else if let Some(anchor) = anchor.filter(|a| !a.is_empty())
                    && !ids.get(file.as_str()).is_some_and(|ids| ids.contains(&unescape(anchor)))
                    && !chosen(&GUIDE.pages[&file], anchor)
                {
                    broken.insert(format!("{name}: {address}: {file} has no such id"));
                }
            }
        }
    }
    let shown: Vec<&String> = broken.iter().take(40).collect();
    assert!(broken.is_empty(), "{} broken:\n{shown:#?}", broken.len());
    assert!(links > 5000, "{links}");
    assert!(
        !chosen(&GUIDE.pages["activities/find/index.html"], "where=nowhere"),
        "a choice that nobody offers"
    );
}

#[test]
fn every_answer_of_the_search_set_that_moved_is_where_the_list_says_and_its_old_address_leads_there() {
    let (table, mut pages) = (rows("search/moved.tsv", true), BTreeMap::new());
    for row in &table {
        let [was, now, parts, why] = &row[..] else { panic!("not four columns: {row:?}") };
        assert!(why.len() > 20, "{was} moved without a reason");
        let (page, anchor) =
            now.split_once('#').map_or((now.as_str(), None), |(page, part)| (page, Some(part)));
        let ids = html::ids(GUIDE.pages.get(page).unwrap_or_else(|| panic!("{was} moved to {page}")));
        for part in parts.split(' ').filter(|part| !part.is_empty()).chain(anchor) {
            assert!(ids.contains(part), "{was} moved to {now}, where {part} is not");
        }
        if !was.contains('#') {
            pages.insert(was.as_str(), page);
        }
    }
    for (was, now) in &pages {
        let old = GUIDE.pages.get(*was).unwrap_or_else(|| panic!("{was} leads nowhere"));
        let ahead =
            tags(old).into_iter().filter(|t| t.name == "meta" && t.get("http-equiv") == Some("refresh"));
        let to: Vec<String> = ahead
            .filter_map(|tag| {
                tag.get("content").and_then(|c| c.split_once("url=")).map(|(_, url)| target(was, url))
            })
            .collect();
        assert_eq!(to, [(*now).to_owned()], "{was}");
    }
    assert!(pages.len() >= 10, "{}", pages.len());
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

/// As many pages of a section as a parent can take in at a glance in the menu of a phone.
const IN_A_SECTION: usize = 9;

#[test]
fn a_section_for_parents_has_few_pages() {
    for section in ["parents", "meetings", "problems", "topics", "changes"] {
        for prefix in ["", "es/"] {
            let folder =
                fs::read_dir(repository().join("content").join(format!("{prefix}{section}"))).unwrap();
            let pages = folder.filter(|e| e.as_ref().unwrap().file_name() != "index.md").count();
            assert!((3..=IN_A_SECTION).contains(&pages), "{prefix}{section} has {pages} pages");
        }
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

/// The manual is a site too, and its links and anchors hold.
#[test]
fn the_manual_builds_without_an_error() {
    let site = Site::empty();
    crate::support::copy(&repository().join("docs"), &site.root().join("docs"));
    crate::support::copy(&repository().join("themes"), &site.root().join("themes"));
    let run = crate::support::Run::of(site.command().args([
        "build",
        "--root",
        "docs",
        "--date",
        crate::support::TODAY,
    ]));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!run.stderr.contains("error["), "{}", run.stderr);
}
