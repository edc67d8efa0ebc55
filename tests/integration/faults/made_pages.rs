//! Pages that Guidepost makes: of tags, of the finder, from A to Z. Two things never share one, and what clashes is told with
//! both places.

use crate::support::{Problem, Site, html};

fn titles(site: &Site, page: &str) -> String {
    let text = site.out(page);
    html::visible(text.split("<main").nth(1).unwrap())
}

fn clashes(site: &Site) -> Vec<Problem> {
    site.problems().into_iter().filter(|p| p.severity != "note").collect()
}

#[test]
fn two_tags_never_share_a_page_and_one_word_has_one() {
    let groups: &[&[&str]] = &[
        &["3+", "3"],
        &["C++", "C#", "C"],
        &["K-2", "K/2", "K 2"],
        &["a/b", "a b", "a-b", "a.b"],
        &["🎉", "🎈", "!!!", "???"],
        &["con", "CON1", "index", "print"],
        &["العلاج", "精细", "ไทย"],
        &["1.10", "1-10", "..."],
    ];
    let site = Site::plain();
    for (group, tags) in groups.iter().enumerate() {
        for (n, tag) in tags.iter().enumerate() {
            site.page(
                &format!("p{group}-{n}.md"),
                &format!("title: Page {group}-{n} end\ntags: [\"{tag}\"]"),
                "Text.",
            );
        }
    }
    site.build().clean();
    for (group, tags) in groups.iter().enumerate() {
        for (n, tag) in tags.iter().enumerate() {
            let page = site.out(&format!("p{group}-{n}.html"));
            let href = page.split("class=\"tag\"><a href=\"").nth(1).unwrap().split('"').next().unwrap();
            let path = guidepost::source::address::decode(href).into_owned();
            let text = titles(&site, &path);
            let listed: Vec<_> =
                (0..tags.len()).filter(|m| text.contains(&format!("Page {group}-{m} end"))).collect();
            assert_eq!(listed, [n], "{tag} at {path}: {text}");
        }
    }
    // What was fine before stays where it was.
    for path in
        ["tags/3.html", "tags/c.html", "tags/k-2.html", "tags/a-b.html", "tags/العلاج.html", "tags/1-10.html"]
    {
        assert!(site.has(path), "{path}");
    }
}

#[test]
fn one_word_in_two_forms_is_one_tag() {
    let site = Site::plain();
    for (n, tag) in ["Play", "play", " PLAY ", "\u{a0}play"].iter().enumerate() {
        site.page(&format!("a{n}.md"), &format!("title: A{n} end\ntags: [\"{tag}\"]"), "Text.");
    }
    for (n, tag) in ["ni\u{f1}o", "nin\u{303}o", "NI\u{d1}O"].iter().enumerate() {
        site.page(&format!("b{n}.md"), &format!("title: B{n} end\ntags: [\"{tag}\"]"), "Text.");
    }
    site.build().clean();
    let (play, child) = (titles(&site, "tags/play.html"), titles(&site, "tags/niño.html"));
    assert!((0..4).all(|n| play.contains(&format!("A{n} end"))), "{play}");
    assert!((0..3).all(|n| child.contains(&format!("B{n} end"))), "{child}");
}

#[test]
fn a_tag_that_yaml_reads_as_a_comment_is_told_in_plain_words() {
    for (written, word) in [
        ("tags: [#x]", "\"#x\""),
        ("tags: [a, #b c]", "\"#b c\""),
        ("tags:\n  - #grade1", "\"#grade1\""),
        ("tags: #x", "\"#x\""),
    ] {
        let site = Site::plain();
        site.page("p.md", &format!("title: P\n{written}"), "Text.");
        let found = clashes(&site);
        let told = found.iter().any(|p| p.help.contains(word) && p.help.contains("quotes"));
        assert!(told, "{written}: {found:#?}");
    }
}

/// A site whose kinds are made of these lines, with a page of entries.
fn finder(kinds: &str, entries: &[(&str, &str, &str)]) -> Site {
    let site = Site::plain();
    site.file("site.yaml", format!("title: T\ntheme: plain\nkinds:\n{kinds}"));
    for (n, (kind, title, facts)) in entries.iter().enumerate() {
        site.page(
            &format!("e{n}.md"),
            &format!("title: E{n}\nentries: {kind}"),
            &format!("## {title}\n\n{facts}\n\nText."),
        );
    }
    site
}

const SIZES: &str =
    "  game:\n    facets: [size]\n    finder: games\n    fields:\n      size:\n        type: choice\n";

#[test]
fn clashes_of_finders_name_both_lines_and_a_right_remedy() {
    let up = format!("{SIZES}        choices:\n          3+: big\n          3-up: bigger\n");
    let index = format!("{SIZES}        choices:\n          index: one\n          two: two\n");
    let joined = "  game:\n    facets: [size, place]\n    finder: games\n    fields:\n      size:\n        type: choice\n        choices: {a-b: One, a: Two}\n      place:\n        type: choice\n        choices: {c: Three, b-c: Four}\n";
    let two = "  game:\n    facets: [size]\n    finder: games\n    fields:\n      size:\n        type: choice\n        choices: [s, m]\n  toy:\n    facets: [size]\n    finder: games\n    fields:\n      size:\n        type: choice\n        choices: [s, m]\n";
    for (what, kinds, entries, message, help) in [
        (
            "ages",
            up.as_str(),
            vec![("game", "A", "- size: 3+"), ("game", "B", "- size: 3-up")],
            "\"3-up\"",
            "Give one of these choices another name",
        ),
        (
            "index",
            &index,
            vec![("game", "A", "- size: index"), ("game", "B", "- size: two")],
            "\"index\"",
            "index is the name of the finder's own page",
        ),
        (
            "joined",
            joined,
            vec![("game", "A", "- size: a-b\n- place: c"), ("game", "B", "- size: a\n- place: b-c")],
            "\"a-b\" with \"c\"",
            "Give one of these choices another name",
        ),
        (
            "two kinds",
            two,
            vec![("game", "A", "- size: s"), ("toy", "B", "- size: m"), ("toy", "C", "- size: s")],
            "kind \"toy\"",
            "Give one of the two kinds another folder",
        ),
    ] {
        let site = finder(kinds, &entries);
        let found = clashes(&site);
        assert_eq!(found.len(), 1, "{what}: {found:#?}");
        assert!(found[0].message.contains(message) && found[0].help.contains(help), "{what}: {found:#?}");
        assert!(found[0].path == "site.yaml" && found[0].line > 3, "{what}: {found:#?}");
        let text = site.build().stderr;
        let at = |part: &str| text.lines().any(|line| line.contains(part) && line.contains(" | "));
        assert!(
            text.contains("the other source") && at("choices") | at("3+") | at("finder"),
            "{what}: {text}"
        );
    }
}

#[test]
fn pages_and_files_at_the_address_of_a_made_page_are_told_with_the_remedy() {
    for (path, remedy) in [
        ("print.md", "print: false below outputs"),
        ("a-z.md", "a_z: false below outputs"),
        ("site-map.md", "site_map: false below outputs"),
        ("404.md", "not_found_title"),
        ("tags/q.md", "tags: false below outputs"),
        ("find/index.md", "finder: false below outputs"),
        ("sub/print.md", "print: false below outputs"),
    ] {
        let site = Site::plain();
        site.page("sub/index.md", "title: Sub", "Text.").page("sub/q.md", "title: Q\ntags: [q]", "Text.");
        site.page(
            "e.md",
            "title: E\nentries: activity",
            "## Ball\n\n- Where: home\n- Materials: None\n\nPlay.",
        );
        match path.ends_with(".md") {
            true => site.page(path, "title: Own", "Text."),
            false => site.file(&format!("content/{path}"), "x"),
        };
        let found = clashes(&site);
        assert_eq!(found.len(), 1, "{path}: {found:#?}");
        assert!(found[0].help.contains(remedy), "{path}: {found:#?}");
        assert_eq!(found[0].path, format!("content/{path}"));
    }
    // A tag is named with the page that has it.
    let site = Site::plain();
    site.page("q.md", "title: Q\ntags: [q]", "Text.").page("tags/q.md", "title: Own", "Text.");
    let text = site.build().failed().stderr;
    assert!(text.contains("content/q.md:3") && text.contains("content/tags/q.md"), "{text}");
}

#[test]
fn lists_of_pages_sort_as_the_a_to_z_does() {
    let site = Site::plain();
    site.page("sub/index.md", "title: Sub", "Text.");
    for (n, title) in ["Week 10", "Week 2", "“Week 1”", "¿Weekly?", "week 3"].iter().enumerate() {
        site.page(&format!("sub/p{n}.md"), &format!("title: {title:?}\ntags: [t, \"{title}\"]"), "Text.");
    }
    site.build().clean();
    let order = ["“Week 1”", "Week 2", "week 3", "Week 10", "¿Weekly?"];
    for page in ["sub/index.html", "a-z.html", "tags/index.html", "tags/t.html", "site-map.html"] {
        let text = titles(&site, page);
        let places: Vec<_> = order.iter().map(|title| text.find(title)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{page}: {places:?} {text}");
    }
}

#[test]
fn letters_of_the_a_to_z_stand_once_and_in_the_order_of_the_language() {
    // F15: the first row is the finding's own.
    for (lang, titles, letters) in [
        ("es", &["¿Qué es la terapia?", "Actividades", "Quejas"][..], "A Q"),
        ("es", &["¡Hola!", "\"Hoja\"", "(Horas)", "Ñandú", "Nido", "Oso"], "H N Ñ O"),
        ("en", &["“Why”", "— who", "🎉 When", "Élan", "echo", "3 steps"], "# E W"),
        ("de", &["ß und Straße", "Sand", "Ärger", "Apfel", "Zebra"], "A S Z"),
        ("da", &["Ål", "Zebra", "Abe"], "A Z Å"),
        ("cs", &["Chleba", "Hora", "Cukr"], "C H CH"),
    ] {
        let site = Site::plain();
        site.file("site.yaml", format!("title: T\ntheme: plain\nlanguages: [{lang}]\n"));
        for (n, title) in titles.iter().enumerate() {
            let page = if n == 0 { "index.md".to_owned() } else { format!("p{n}.md") };
            site.page(&page, &format!("title: '{title}'"), "Text.");
        }
        let run = site.build_with(&[]);
        assert_eq!(run.code, Some(0), "{lang}: {}", run.stderr);
        let page = site.out("a-z.html");
        let found: Vec<&str> =
            page.split("<h2").skip(1).filter_map(|part| part.split('>').nth(1)?.split('<').next()).collect();
        assert_eq!(found.join(" "), letters, "{lang} {titles:?}");
    }
}
