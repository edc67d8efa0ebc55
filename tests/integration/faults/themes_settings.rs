//! What a theme declares of itself: settings with type, default, label and choices, and who made it. What a site sets is
//! held against it, completed by the schema, and there in every template.

use crate::support::{Problem, Site};

const DECLARED: &str = "title: Plain\nversion: 1.0.0\nguidepost: \">=0.1\"\nauthor: Ana Example\nlicense: MIT\n\
description: {en: Plain pages., es: Páginas sencillas.}\nsettings:\n  accent: {type: text, default: \"#060\", label: {en: Accent, es: Acento}, help: A color.}\n\
\x20 columns: {type: integer, default: 2}\n  wide: boolean\n  tone: {type: choice, choices: [calm, bright], default: calm}\n\
\x20 tagline: localized\n  icons: map of list of text\n  links: list of url\n";

fn site(settings: &str) -> Site {
    let site = Site::bilingual();
    site.file("themes/plain/theme.yaml", DECLARED);
    site.file(
        "site.yaml",
        format!(
            "title: Test\nlanguages: [en, es]\ntheme:\n  name: plain\n  settings:\n    {}\n",
            settings.replace('\n', "\n    ")
        ),
    );
    site.template("home.html", "{{ site.settings | json }}");
    site
}

/// What is wrong with it.
fn told(site: &Site) -> Vec<Problem> {
    site.problems().into_iter().filter(|p| p.severity != "note").collect()
}

fn settings_of(site: &Site, path: &str) -> serde_json::Value {
    serde_json::from_str(&site.out(path)).unwrap()
}

#[test]
fn what_is_not_set_has_its_default_and_is_there() {
    let site = site("{}");
    site.build().clean();
    assert_eq!(
        settings_of(&site, "index.html"),
        serde_json::json!({"accent": "#060", "columns": 2, "wide": null, "tone": "calm", "tagline": null, "icons": {}, "links": []})
    );
    // Nor need a site say anything of settings.
    site.file("site.yaml", "title: Test\ntheme: plain\n");
    site.build().clean();
    assert_eq!(settings_of(&site, "index.html")["columns"], 2);
}

#[test]
fn what_is_set_is_of_its_type_and_in_the_readers_language() {
    let site = site(
        "accent: \"#123\"\ncolumns: 3\nwide: true\ntone: bright\ntagline: {en: Hello, es: Hola}\nicons:\n  a: [x, y]\n  b: z\nlinks: https://a.example/",
    );
    site.build().clean();
    let mut all = serde_json::json!({"accent": "#123", "columns": 3, "wide": true, "tone": "bright", "tagline": "Hello",
        "icons": {"a": ["x", "y"], "b": ["z"]}, "links": ["https://a.example/"]});
    assert_eq!(settings_of(&site, "index.html"), all);
    all["tagline"] = "Hola".into();
    assert_eq!(settings_of(&site, "es/index.html"), all);
    // A change of a default changes the pages.
    site.file("themes/plain/theme.yaml", DECLARED.replace("\"#060\"", "\"#070\""));
    site.file("site.yaml", "title: Test\ntheme: plain\n");
    site.build().clean();
    assert_eq!(settings_of(&site, "index.html")["accent"], "#070");
}

#[test]
fn what_does_not_fit_is_told_at_its_place() {
    let cases: &[(&str, &str, &str, &str)] = &[
        ("acent: \"#123\"", "error[unknown-key] site.yaml:6:5", "no key `acent`", "did you mean `accent`?"),
        ("columns: many", "error[wrong-type] site.yaml:6:14", "`columns`", "digits"),
        ("wide: perhaps", "error[wrong-type] site.yaml:6:11", "`wide`", "true"),
        ("tone: brigth", "error[wrong-choice] site.yaml:6:11", "brigth", "did you mean `bright`?"),
        ("icons: x", "error[wrong-type] site.yaml:6:12", "must be a group of names", "indented below"),
        ("links: nowhere", "error[wrong-type] site.yaml:6:12", "`links`", "http"),
        ("tagline: [a]", "error[wrong-type] site.yaml:6:14", "`tagline`", "{en: text, es: texto}"),
        (
            "quite_else: 1",
            "warning[unknown-key] site.yaml:6:5",
            "no setting `quite_else`",
            "settings: accent, columns",
        ),
    ];
    for (written, place, message, help) in cases {
        let found = told(&site(written));
        assert_eq!(found.len(), 1, "{written}: {found:#?}");
        assert_eq!(found[0].place(), *place, "{written}");
        assert!(found[0].message.contains(message), "{written}: {}", found[0].message);
        assert!(found[0].help.contains(help), "{written}: {}", found[0].help);
    }
}

#[test]
fn what_a_theme_declares_wrongly_is_told_in_its_file() {
    let cases: &[(&str, &str, &str)] = &[
        ("settings: accent", "`settings` must be a group of names", "columns: integer"),
        ("settings: {Accent: text}", "cannot be the name of a setting", "lower case"),
        ("settings: {a: txt}", "there is no type `txt`", ""),
        ("settings: {a: image}", "a setting cannot be of type `image`", "types of settings: text"),
        ("settings: {a: reference to term}", "a setting cannot be of type", "types of settings: text"),
        ("settings: {a: choice}", "setting `a` is a choice without choices", "choices"),
        ("settings: {a: {type: integer, default: x}}", "`a`", "digits"),
        ("settings: {a: {type: text, labl: A}}", "setting `a` has no key `labl`", "did you mean `label`?"),
        ("settings: {a: {type: text, show: false}}", "setting `a` has no key `show`", "keys: type"),
        ("setings: {a: text}", "has no key `setings`", "did you mean `settings`?"),
        ("guidepost: \">=9.0\"", "needs Guidepost >=9.0", "install"),
    ];
    for (line, message, help) in cases {
        let site = Site::plain();
        site.file("themes/plain/theme.yaml", format!("title: Plain\n{line}\n"));
        let found = told(&site);
        assert_eq!(found.len(), 1, "{line}: {found:#?}");
        assert!(found[0].path == "themes/plain/theme.yaml" && found[0].line == 2, "{line}: {found:#?}");
        assert!(found[0].message.contains(message), "{line}: {}", found[0].message);
        assert!(found[0].help.contains(help), "{line}: {}", found[0].help);
    }
}

#[test]
fn a_theme_that_extends_another_adds_settings_and_changes_defaults() {
    let site = site("columns: 4");
    site.file(
        "themes/leaf/theme.yaml",
        "title: Leaf\nextends: plain\nsettings:\n  accent: {default: \"#909\"}\n  leaves: {type: integer, default: 7}\n  links: null\n",
    );
    site.file("site.yaml", "title: Test\ntheme: {name: leaf, settings: {columns: 4}}\n");
    site.build().clean();
    let all = settings_of(&site, "index.html");
    assert_eq!((&all["accent"], &all["columns"], &all["leaves"]), (&"#909".into(), &4.into(), &7.into()));
    assert!(all.get("links").is_none());
}

#[test]
fn a_setting_that_must_be_there_is_asked_for() {
    let site = Site::plain();
    site.file(
        "themes/plain/theme.yaml",
        "title: Plain\nsettings: {school: {type: text, required: true, label: School}}\n",
    );
    let found = told(&site);
    assert_eq!(found[0].place(), "error[missing-field] site.yaml:2:8", "{found:#?}");
    assert!(found[0].message.contains("`school`") && found[0].help.contains("School"));
}

#[test]
fn a_theme_without_settings_takes_what_is_written() {
    let site = Site::plain();
    site.file("site.yaml", "title: Test\ntheme: {name: plain, settings: {a: 1, b: [x]}}\n");
    site.template("home.html", "{{ site.settings | json }}");
    site.build().clean();
    assert_eq!(settings_of(&site, "index.html"), serde_json::json!({"a": 1, "b": ["x"]}));
}

#[test]
fn the_schema_knows_the_settings() {
    let site = site("{}");
    let mut command = site.command();
    let run = crate::support::Run::of(command.args(["schema", "--print", "site"]));
    let schema: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let settings = &schema["properties"]["theme"]["anyOf"][1]["properties"]["settings"]["properties"];
    assert_eq!(settings["tone"]["enum"], serde_json::json!(["calm", "bright"]));
    assert_eq!(settings["columns"]["type"], "integer");
    assert_eq!(settings["columns"]["default"], 2);
    assert_eq!(settings["accent"]["description"], "Accent: A color.");
    assert_eq!(settings["icons"]["type"], "object");
    let run = crate::support::Run::of(site.command().args(["schema", "--print", "theme"]));
    let schema: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(schema["properties"]["settings"]["additionalProperties"].is_object(), "{}", run.stdout);
}

#[test]
fn a_line_kinds_on_top_of_kinds_yaml_is_told_once() {
    let site = Site::plain();
    let kinds = std::fs::read_to_string(site.root().join("themes/plain/kinds.yaml")).unwrap();
    let inner: String = kinds.lines().map(|line| format!("  {line}\n")).collect();
    site.file("themes/plain/kinds.yaml", format!("kinds:\n{inner}"));
    let found = told(&site);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].place(), "error[bad-kind] themes/plain/kinds.yaml:1:1");
    assert!(found[0].help.contains("delete this line"), "{}", found[0].help);
}
