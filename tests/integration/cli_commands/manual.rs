//! The manual's pages on starting, on the theme and on its words: what they show is what the program does.

use crate::support::{Run, Site, html, repository};
use std::fs;
use std::path::Path;

/// The fences of a page of the manual, each with the language behind its signs.
fn fences(page: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(repository().join("docs/content").join(page)).unwrap();
    let blocks = text.split("\n```").skip(1).step_by(2);
    let blocks = blocks.map(|block| block.split_once('\n').unwrap());
    blocks.map(|(language, text)| (language.to_owned(), format!("{text}\n"))).collect()
}

fn of(fences: &[(String, String)], language: &str) -> Vec<String> {
    fences.iter().filter(|(of, _)| of == language).map(|(_, text)| text.clone()).collect()
}

fn run(folder: &Path, args: &[&str]) -> Run {
    Run::of(crate::support::program().current_dir(folder).args(args))
}

#[test]
fn the_first_guide_is_made_as_the_manual_says() {
    let site = Site::empty();
    let at = site.beside().join("first");
    fs::create_dir(&at).unwrap();
    let all = fences("start.md");
    let mut commands = 0;
    for lines in of(&all, "sh") {
        for line in lines.lines() {
            let mut args: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(args.remove(0), "guidepost", "{line}");
            // It waits for a browser; that the site can be shown is what `build` says.
            if args[0] == "serve" {
                assert!(args.contains(&"--open"), "{line}");
                args = vec!["build", "--root", args[2]];
            }
            if args.contains(&"special-education") {
                let _ = fs::rename(at.join("our-guide"), at.join("first-guide"));
            }
            run(&at, &args).clean();
            commands += 1;
        }
    }
    assert!(commands >= 5, "{commands}");
    // The guide of the first command goes on; the other was only tried.
    fs::rename(at.join("our-guide"), at.join("other-guide")).unwrap();
    fs::rename(at.join("first-guide"), at.join("our-guide")).unwrap();
    let guide = at.join("our-guide");
    // The folders and files of the table are those that are there.
    let manual = fs::read_to_string(repository().join("docs/content/start.md")).unwrap();
    for name in
        ["content", "site.yaml", "public", ".cache", "templates", "assets", "translations", "data/start.yaml"]
    {
        assert!(guide.join(name).exists(), "{name}");
        let shown = name.trim_start_matches("data/");
        assert!(manual.contains(&format!("`{shown}/`")) || manual.contains(&format!("`{shown}`")), "{name}");
    }
    let listed = run(&at, &["init", "--list"]).clean().stdout;
    for line in listed.lines() {
        let (name, _) = line.split_once(": ").unwrap();
        assert!(manual.contains(&format!("\n| `{name}` | ")), "the table of starters lacks {name}");
    }
    // Make it yours: each key of the example in the place of the guide's.
    let settings = fs::read_to_string(guide.join("site.yaml")).unwrap();
    let ours = of(&all, "yaml").remove(0);
    let keys: Vec<&str> = ours
        .lines()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key)
        .collect();
    let mut kept = String::new();
    let mut skipping = false;
    for line in settings.lines() {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            skipping = keys.iter().any(|key| line.starts_with(&format!("{key}:")));
        }
        if !skipping {
            kept.push_str(&format!("{line}\n"));
        }
    }
    fs::write(guide.join("site.yaml"), kept + &ours).unwrap();
    // Add a page.
    fs::write(guide.join("content/parents/snow-days.md"), of(&all, "markdown").remove(0)).unwrap();
    let built = run(&guide, &["build", "--date", "2026-12-01"]);
    assert_eq!((built.code, built.stderr.matches("error[").count()), (Some(0), 0), "{}", built.stderr);
    let page = html::visible(&fs::read_to_string(guide.join("public/parents/snow-days.html")).unwrap());
    for text in ["Snow days", "Ana Example", "555-0100", "Maple Valley Schools"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let start = fs::read_to_string(guide.join("public/parents/index.html")).unwrap();
    assert!(start.contains("snow-days.html"), "the page is in the menu");
    // If something is wrong: the message is the one that is shown.
    fs::write(guide.join("content/parents/snow-days.md"), "---\norder: 1\n---\nText.\n").unwrap();
    let said = run(&guide, &["build", "--date", "2026-12-01"]);
    assert_eq!(said.code, Some(1));
    let shown = of(&all, "text").remove(0);
    assert!(said.stderr.contains(&shown), "{shown}\n---\n{}", said.stderr);
    assert!(fs::read_to_string(guide.join("public/parents/snow-days.html")).unwrap().contains("Snow days"));
}

#[test]
fn the_examples_of_the_manual_on_the_theme_work() {
    let site = Site::empty();
    let said = run(site.beside(), &["init", "site", "--starter", "blank"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let root = site.beside().join("site");
    fs::write(root.join("content/list.md"), "---\ntitle: List\nentries: activity\n---\n\n## Walk\n- Where: home\n- Ages: 3+\n- Materials: Nothing\n- Safety: Hold hands.\n\nWalk.\n").unwrap();
    fs::create_dir_all(root.join("assets")).unwrap();
    fs::write(root.join("assets/district.css"), "p{color:#123456}\n").unwrap();
    let all = fences("themes/parent-guide.md");
    let build = || {
        let said = run(&root, &["build", "--date", "2026-12-01"]);
        assert!(said.code == Some(0) && !said.stderr.contains("error["), "{}", said.stderr);
        let read = |page: &str| fs::read_to_string(root.join("public").join(page)).unwrap();
        (read("index.html"), read("list.html"), said.stderr)
    };
    build();
    let before = fs::read_to_string(root.join("public/list.html")).unwrap();
    let mut pages = 0;
    for text in of(&all, "html") {
        let name = text.split_once("{# ").unwrap().1.split_once(' ').unwrap().0;
        fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        fs::write(root.join(name), &text).unwrap();
        let (start, list, said) = build();
        assert!(!said.contains("field-unshown"), "{said}");
        // A part more, and nothing less than before.
        let added = if name.ends_with("page.html") {
            "Printed copies are at every school office."
        } else {
            "district."
        };
        assert!(list.contains(added), "{name}: {list}");
        let lost: Vec<&str> = before.lines().filter(|line| !list.contains(line.trim())).collect();
        assert!(lost.is_empty(), "{name} takes away {lost:#?}");
        let on_all = name.ends_with("base.html") || name.contains("/partials/");
        assert_eq!(start.contains(added), on_all, "{name}");
        fs::remove_file(root.join(name)).unwrap();
        pages += 1;
    }
    assert_eq!(pages, 3);
    for line in of(&all, "sh").iter().flat_map(|lines| lines.lines()) {
        let args: Vec<&str> = line.split_whitespace().skip(1).collect();
        run(&root, &args).clean();
        if args[0] == "new" {
            assert!(root.join("themes").join(args[2]).join("theme.yaml").exists());
            continue;
        }
        assert!(
            fs::read_to_string(root.join("templates").join(args[2]))
                .unwrap()
                .starts_with("{#- From the theme")
        );
    }
    let yaml = of(&all, "yaml");
    let settings = fs::read_to_string(root.join("site.yaml")).unwrap();
    let set = |theme: &str| {
        fs::write(root.join("site.yaml"), settings.replace("theme: parent-guide\n", theme)).unwrap();
    };
    // A theme that is laid over this one.
    set(&yaml[0]);
    let (start, ..) = build();
    assert!(start.contains("<p class=\"closing\">Printed copies are at every school office.</p>"), "{start}");
    set(&yaml[1]);
    fs::create_dir_all(root.join("data")).unwrap();
    fs::write(root.join("data/start.yaml"), &yaml[2]).unwrap();
    fs::create_dir_all(root.join("content/parents")).unwrap();
    fs::write(root.join("content/parents/index.md"), "---\ntitle: Parents\n---\n\nText.\n").unwrap();
    let (start, ..) = build();
    assert!(start.contains("I have a worry"), "{start}");
    // Each word of the theme stands in the table, and each word of the table is one of the theme.
    let manual = fs::read_to_string(repository().join("docs/content/themes/parent-guide.md")).unwrap();
    let table = manual.split("\n## Words of the theme").nth(1).unwrap();
    let named: Vec<&str> = table
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| !name.contains(['{', '.', ' ', '<', '|']))
        .collect();
    let words = fs::read_to_string(repository().join("themes/parent-guide/translations/en.yaml")).unwrap();
    let keys = words.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    let keys: Vec<&str> = keys.filter_map(|line| line.split_once(':')).map(|(key, _)| key).collect();
    // Numbered ones, and those for one kind alone, are named as a group.
    let grouped = |key: &str| key.starts_with("month_") || key.starts_with("weekday_") || key.contains('.');
    let missing: Vec<&&str> = keys.iter().filter(|key| !grouped(key) && !named.contains(*key)).collect();
    assert!(missing.is_empty(), "the manual lacks the words {missing:?}");
}
