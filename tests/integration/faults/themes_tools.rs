//! What a theme author's tools do to templates, and what a theme may leave out.

use crate::support::{Site, assert_same, repository};
use std::fs;

/// T38: within quotes of HTML the texts of templates may stand in single ones, as tools that know HTML alone want it.
#[test]
fn texts_within_quotes_may_stand_in_single_ones() {
    let site = Site::plain();
    site.page("a.md", "title: A\ntags: [x]", "Text.\n\n> [!NOTE]\n> A note.\n\n## B\n\nC.");
    site.build().clean();
    let before = site.public();
    let templates = site.root().join("themes/plain/templates");
    let mut changed = 0;
    let mut folders = vec![templates];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "html") {
                let text = fs::read_to_string(&path).unwrap();
                let mut out = String::new();
                for (number, part) in text.split("{{").enumerate() {
                    let (inside, rest) =
                        if number == 0 { ("", part) } else { part.split_once("}}").unwrap() };
                    if number > 0 {
                        changed += inside.matches('"').count();
                        out.push_str(&format!("{{{{{}}}}}", inside.replace('"', "'")));
                    }
                    out.push_str(rest);
                }
                fs::write(&path, out).unwrap();
            }
        }
    }
    assert!(changed > 20, "{changed}");
    site.build().clean();
    assert_same(&before, &site.public());
}

/// T38: the settings of djlint that the manual shows are JSON, and the folder that Prettier is to leave is that of templates.
#[test]
fn the_manual_sets_up_the_tools() {
    let text = fs::read_to_string(repository().join("docs/content/site/editor.md")).unwrap();
    let part = text.split("`.djlintrc`").nth(1).unwrap();
    let fence = part.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let settings: serde_json::Value = serde_json::from_str(fence).unwrap();
    assert_eq!((&settings["profile"], &settings["extension"]), (&"jinja".into(), &"html".into()));
    let blocks = settings["custom_blocks"].as_str().unwrap();
    assert!(blocks.split(',').any(|block| block == "component"), "{blocks}");
    assert!(part.contains("`.prettierignore`: `themes/*/templates/`"));
}

/// A theme without a template for entries shows their facts all the same, on their page and elsewhere.
#[test]
fn a_theme_without_a_template_for_entries_loses_no_fact() {
    let site = Site::plain();
    site.file(
        "site.yaml",
        "title: Test\ntheme: plain\nkinds:\n  event:\n    label: Event\n    fields:\n      day: {type: date, label: Day & date}\n      place: {type: text, label: Place}\n",
    );
    site.page("days.md", "title: Days\nentries: event", "## Winter <1> {#winter}\n\n- Day & date: 2026-12-21\n- Place: Hall & yard\n\nNo bus.\n\n## Spring {#spring}\n\nA bus.");
    site.page("list.md", "title: List", "x");
    site.template("page.html", "{{ body }}{% if page.title == \"List\" %}{% for e in entries(kind=\"event\") %}{{ e.shown }}{% endfor %}{% endif %}");
    site.remove("themes/plain/templates/entries/entry.html");
    site.build();
    let day = site.out("days.html");
    for text in [
        "<section id=\"winter\"><h2>Winter &lt;1&gt;</h2><p>No bus.</p>",
        "<dt>Day &amp; date</dt><dd>December 21, 2026</dd>",
        "<dt>Place</dt><dd>Hall &amp; yard</dd>",
        "<section id=\"spring\"><h2>Spring</h2><p>A bus.</p>\n</section>",
    ] {
        assert!(day.contains(text), "{text}\n{day}");
    }
    let list = site.out("list.html");
    assert!(list.contains("<h3>Winter &lt;1&gt;</h3>") && list.contains("Hall &amp; yard</dd>"), "{list}");
}

/// A folder in themes/ that says nothing of itself is named, with what it lacks.
#[test]
fn a_theme_without_theme_yaml_is_told_what_it_lacks() {
    for (file, help) in [
        ("theme.yml", "There is themes/ours/theme.yml instead: rename it to theme.yaml"),
        ("theme.toml", "There is themes/ours/theme.toml instead"),
        ("templates/base.html", "give it a theme.yaml with a title"),
        ("../other/a.md", "Did you mean plain? Correct the name"),
    ] {
        let site = Site::plain();
        site.page("a.md", "title: A", "x");
        site.file("site.yaml", "title: Test\ntheme: ours\n")
            .file(&format!("themes/ours/{file}"), "title: x\n");
        let found = site.problems();
        let errors: Vec<_> = found.iter().filter(|p| p.severity == "error").collect();
        assert!(errors.len() == 1 && errors[0].code == "missing-theme" && errors[0].line == 2, "{errors:#?}");
        assert!(errors[0].help.contains(help), "{errors:#?}");
    }
}

/// T29: a template of a theme that nothing uses, and a text for a region of a language that the site has.
#[test]
fn what_nothing_uses_in_a_theme_is_told() {
    let site = Site::plain();
    site.page("a.md", "title: A", "x");
    let notes = |site: &Site| {
        let found = site.build_checked(&["--format", "json", "--notes"]).problems();
        found
            .into_iter()
            .filter(|p| p.code == "unused-override")
            .map(|p| format!("{} {}", p.path, p.help))
            .collect::<Vec<_>>()
    };
    assert_eq!(notes(&site), Vec::<String>::new());
    for (file, help) in [
        ("themes/plain/templates/partial/ask.html", "Include it"),
        ("themes/plain/templates/pge.html", "Did you mean themes/plain/templates/page.html?"),
        ("themes/plain/templates/entries/contact-person.html", "Include it"),
        ("themes/plain/templates/feed.json", "in theme.yaml"),
        ("translations/en-US.yaml", "Rename it to translations/en.yaml"),
    ] {
        site.file(file, if file.ends_with("yaml") { "next: On\n" } else { "x" });
        let found = notes(&site);
        assert!(
            found.len() == 1 && found[0].starts_with(file) && found[0].contains(help),
            "{file}: {found:#?}"
        );
        site.remove(file);
    }
    // What is for a kind that the site may have, and what the site puts its own file in the place of.
    let kinds = fs::read_to_string(site.root().join("themes/plain/kinds.yaml")).unwrap();
    site.file("themes/plain/kinds.yaml", format!("{kinds}\nevent: {{label: Event, template: event.html}}\n"));
    site.file("site.yaml", "title: Test\ntheme: plain\nkinds: {event: null}\n");
    site.file("themes/plain/templates/event.html", "x")
        .file("themes/plain/templates/entries/event.html", "x");
    site.file("themes/plain/templates/README.md", "x");
    site.template("page.html", "<p>{{ body }}</p>");
    assert_eq!(notes(&site), Vec::<String>::new());
}
