//! What the loaders of site.yaml, theme.yaml and kinds.yaml promise; and that the bundled files are right.

use super::*;
use crate::diag::{Diagnostic, Parsed};
use crate::schema::{FieldType, FieldValue};
use crate::source::{Source, SourcePath};
use proptest::prelude::*;

fn source(path: &str, text: &str) -> Source {
    Source::new(SourcePath::new(path).unwrap(), text.as_bytes().to_vec())
}

fn site(text: &str) -> Parsed<Config> {
    site::load(Some(&source("site.yaml", text)), &bundled_kinds())
}

fn kinds(text: &str) -> Parsed<crate::schema::Kinds> {
    theme::load_kinds(&[&source("themes/x/kinds.yaml", text)])
}

fn bundled_kinds() -> crate::schema::Kinds {
    let p = theme::load_kinds(&[&source(
        "themes/parent-guide/kinds.yaml",
        include_str!("../../themes/parent-guide/kinds.yaml"),
    )]);
    assert!(p.diagnostics.is_empty(), "{:#?}", p.diagnostics);
    p.value
}

/// The kinds of the theme with what the settings of the bundled guide add to them.
fn guide_kinds() -> crate::schema::Kinds {
    let p = site::load(Some(&source("site.yaml", include_str!("../../site.yaml"))), &bundled_kinds());
    assert!(p.diagnostics.is_empty(), "{:#?}", p.diagnostics);
    p.value.kinds
}

fn one<T>(parsed: Parsed<T>, text: &str) -> (&'static str, String, Diagnostic) {
    assert_eq!(parsed.diagnostics.len(), 1, "{text}: {:#?}", parsed.diagnostics);
    let d = parsed.diagnostics[0].clone();
    (d.code.name(), text[d.span.range()].to_owned(), d)
}

#[test]
fn the_bundled_site_is_right() {
    let p = site(include_str!("../../site.yaml"));
    assert!(p.diagnostics.is_empty(), "{:#?}", p.diagnostics);
    let c = p.value;
    assert_eq!(c.title.get("es"), "Guía para padres sobre la terapia ocupacional escolar");
    let codes: Vec<_> = c.languages.iter().map(|l| (l.code.as_str(), l.rtl, l.unreviewed)).collect();
    assert_eq!(codes, [("en", false, false), ("es", false, true), ("ar", true, true)]);
    assert_eq!(c.brand_color.unwrap().0, "#1f6f8b");
    assert_eq!((c.urls, c.base_url, c.outputs), (UrlStyle::File, None, Outputs::default()));
    // Each switched-off setting works when its `#` is deleted.
    let all = include_str!("../../site.yaml")
        .lines()
        .map(|line| {
            let code = line.trim_start().strip_prefix("# ").filter(|rest| {
                let rest = rest.trim_start();
                let key = rest.split([':', ' ']).next().unwrap_or("");
                rest.starts_with("- ")
                    || (rest[key.len()..].starts_with(':')
                        && !key.is_empty()
                        && key.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '-'))
            });
            let indent = &line[..line.len() - line.trim_start().len()];
            code.filter(|c| !c.starts_with("name: and"))
                .map_or(line.to_owned(), |code| format!("{indent}{code}"))
        })
        .collect::<Vec<_>>()
        .join("\n");
    let p = site(&all);
    assert!(p.diagnostics.is_empty(), "{:#?}\n{all}", p.diagnostics);
    assert_eq!(p.value.menu.len(), 3);
    assert!(p.value.kinds.get("activity").unwrap().field("borrow_from").is_some());
    assert!(p.value.reviewed.is_some() && p.value.base_url.is_some() && p.value.brand_logo.is_some());
    assert_eq!(p.value.checks.limits["sentence_words"], 25.0);
}

#[test]
fn a_theme_says_which_versions_it_works_with_and_its_grounds() {
    let load = |text: &str| theme::load(&source("themes/x/theme.yaml", text));
    for good in ["\">=0.1\"", "\"*\"", "\">=0.1, <99\""] {
        assert_eq!(load(&format!("title: T\nguidepost: {good}\n")).diagnostics, [], "{good}");
    }
    let text = "title: T\nversion: 2.0.0\nguidepost: \">=99.5\"\n";
    let (_, place, d) = one(load(text), text);
    assert!(
        place.contains(">=99.5") && d.message.contains("needs Guidepost >=99.5"),
        "{place} {}",
        d.message
    );
    let text = "title: T\nguidepost: soon\n";
    assert!(one(load(text), text).2.message.contains("names no versions"));
    let grounds = load("grounds: {light: \"#fff\", dark: \"#102030\"}\n").value.grounds.unwrap();
    assert_eq!((grounds.light.to_string(), grounds.dark.to_string()), ("#ffffff".into(), "#102030".into()));
    // What the shades are depends on them.
    let color = crate::config::brand::Color::parse("#8a8a8a").unwrap();
    let shades = |grounds| crate::config::brand::tokens(color, grounds).light.accent_text;
    assert_ne!(shades(grounds), shades(crate::config::brand::Grounds::default()));
    let text = "grounds: {light: white}\n";
    assert_eq!(one(load(text), text).2.message, "`white` is not a color");
}

#[test]
fn the_bundled_kinds_are_right() {
    assert_eq!(
        bundled_kinds().names().collect::<Vec<_>>(),
        ["activity", "assessment", "handout", "page", "term"]
    );
    let kinds = guide_kinds();
    assert_eq!(
        kinds.names().collect::<Vec<_>>(),
        ["activity", "assessment", "delivery-model", "handout", "page", "term"]
    );
    assert_eq!(kinds.glossary().unwrap().name, "term");
    let activity = kinds.get("activity").unwrap();
    assert_eq!(activity.field_by_label("Habilidad", "es").unwrap().name, "skill");
    assert_eq!(activity.field("skill").unwrap().choice("Motricidad fina", "es").unwrap().value, "fine-motor");
    assert_eq!(activity.field("ages").unwrap().ty.to_string(), "range");
    assert_eq!(activity.field("where").unwrap().choice("sala de terapia", "es").unwrap().value, "ot-room");
    assert_eq!((activity.facets.len(), activity.finder.as_deref()), (3, Some("activities/find")));
    let term = kinds.get("term").unwrap();
    assert_eq!(term.field("match").unwrap().choice("no", "es").unwrap().value, "off");
    assert_eq!(term.field("match").unwrap().default, Some(FieldValue::Text("on".into())));
    assert_eq!(term.field("related").unwrap().ty.to_string(), "list of reference to term");
    let assessment = kinds.get("assessment").unwrap();
    assert_eq!(assessment.fields.len(), 12);
    assert!(assessment.field_by_label("Un puntaje más alto significa", "es").unwrap().required);
    for kind in kinds.0.values() {
        for field in &kind.fields {
            for lang in ["en", "es", "ar"] {
                for text in
                    [&field.label, &field.help].into_iter().chain(field.choices.iter().map(|c| &c.label))
                {
                    assert!(text.exact(lang).is_some(), "{}.{} has no {lang}", kind.name, field.name);
                }
            }
            assert!(!field.example.is_empty(), "{}.{} has no example", kind.name, field.name);
        }
    }
}

#[test]
fn defaults_hold_without_a_file() {
    let p = site::load(None, &bundled_kinds());
    assert!(p.diagnostics.is_empty());
    assert_eq!(
        (p.value.title.get("en"), p.value.default_language(), p.value.theme.as_str()),
        ("Parent guide", "en", "parent-guide")
    );
    assert_eq!(site("").diagnostics[0].code.name(), "missing-field");
    assert_eq!(site("# nothing\n").diagnostics.len(), 1);
    assert_eq!(site("- a\n- b\n").diagnostics[0].code.name(), "wrong-type");
}

#[test]
fn every_mistake_has_its_place() {
    for (text, code, place) in [
        ("titel: x\n", "unknown-key", "titel"),
        ("contact:\n  fone: 1\n", "unknown-key", "fone"),
        ("contact:\n  email: nobody\n", "wrong-type", "nobody"),
        ("contact: me\n", "wrong-type", "me"),
        ("languages: [en, english]\n", "bad-config", "english"),
        ("languages: [en, en]\n", "bad-config", "en"),
        ("languages: [../x]\n", "bad-config", "../x"),
        ("base_url: javascript:alert(1)\n", "bad-config", "javascript:alert(1)"),
        ("base_url: /guide\n", "bad-config", "/guide"),
        ("base_url: mailto:a@b.org\n", "bad-config", "mailto:a@b.org"),
        ("base_url: https://a.org/?x\n", "bad-config", "https://a.org/?x"),
        ("theme: ../evil\n", "bad-config", "../evil"),
        ("theme: {name: a/b}\n", "bad-config", "a/b"),
        ("theme: {folder: /usr/share/x}\n", "bad-config", "/usr/share/x"),
        ("theme: {folder: 'C:\\x'}\n", "bad-config", "'C:\\x'"),
        ("brand: {color: teal}\n", "bad-config", "teal"),
        ("brand: {logo: ../x.svg}\n", "bad-config", "../x.svg"),
        ("urls: pretty\n", "bad-config", "pretty"),
        ("outputs: {feed: maybe}\n", "wrong-type", "maybe"),
        ("outputs: {fed: true}\n", "unknown-key", "fed"),
        ("menu: [{to: ../x}]\n", "menu-target", "../x"),
        ("menu: [{to: \"javascript:x\"}]\n", "bad-config", "\"javascript:x\""),
        ("menu: [{title: x}]\n", "menu-target", "{title: x}"),
        ("menu: [{to: https://a.org}]\n", "bad-config", "{to: https://a.org}"),
        ("menu: x\n", "wrong-type", "x"),
        ("checks: {levels: {broken-lnk: off}}\n", "unknown-key", "broken-lnk"),
        ("checks: {levels: {broken-link: loud}}\n", "wrong-choice", "loud"),
        ("checks: {limits: {sentence_words: many}}\n", "wrong-type", "many"),
        ("reviewer: {date: 11/22/2026}\n", "wrong-type", "11/22/2026"),
        ("raw_html: \"some\"\n", "wrong-type", "\"some\""),
        ("description: {spanish: x}\n", "unknown-language", "spanish"),
        ("description: {es: x}\n", "unknown-language", "es"),
        ("description: [x]\n", "wrong-type", "[x]"),
        ("urls: file\nurls: file\n", "duplicate-key", "urls"),
    ] {
        let text = &if text.contains("languages") {
            format!("title: x\n{text}")
        } else {
            format!("title: x\nlanguages: [en]\n{text}")
        };
        let (found, at, d) = one(site(text), text);
        assert_eq!((found, at.as_str()), (code, place), "{text}: {}", d.message);
        assert!(d.help.is_some() || code == "duplicate-key", "{text}");
    }
    assert_eq!(one(site("district: x\n"), "district: x\n").0, "missing-field");
    assert_eq!(site("title: [x]\n").diagnostics[0].code.name(), "wrong-type");
    let p = site("title: x\nbase_url: HTTPS://a.org/b/\n");
    assert_eq!(p.value.base_url.as_deref(), Some("HTTPS://a.org/b"));
}

#[test]
fn a_hard_color_is_noted() {
    let text = "title: x\nbrand: {color: \"#ffff00\"}\n";
    let (code, _, d) = one(site(text), text);
    assert_eq!((code, d.severity), ("brand-contrast", crate::diag::Severity::Note));
    assert!(d.message.contains("1.1:1 for buttons, which need 3:1"), "{}", d.message);
    // Good enough for a button, not for a link; and one that needs no word.
    let text = "title: x\nbrand:\n  color: \"#3a8fb0\"\n";
    let (code, at, d) = one(site(text), text);
    assert_eq!((code, at.as_str()), ("brand-contrast", "\"#3a8fb0\""));
    assert!(
        d.message.contains("for links, which need 4.5:1") && !d.message.contains("buttons"),
        "{}",
        d.message
    );
    assert!(site("title: x\nbrand: {color: \"#1f6f8b\"}\n").diagnostics.is_empty());
}

#[test]
fn bad_kinds() {
    for (text, code, place) in [
        ("Big: {label: x}\n", "bad-kind", "Big"),
        ("a: {lable: x}\n", "unknown-key", "lable"),
        ("a: {body: maybe}\n", "bad-kind", "maybe"),
        ("a: {template: ../x.html}\n", "bad-kind", "../x.html"),
        ("a: {finder: x}\n", "bad-kind", "a"),
        ("a: {finder: ../x, facets: []}\n", "bad-kind", "../x"),
        ("a: {facets: [b]}\n", "bad-kind", "b"),
        ("a: {fields: [b]}\n", "bad-kind", "[b]"),
        ("a: {fields: {title: text}}\n", "bad-kind", "title"),
        ("a: {fields: {B: text}}\n", "bad-kind", "B"),
        ("a: {fields: {b: txt}}\n", "bad-kind", "txt"),
        ("a: {fields: {b: choice}}\n", "bad-kind", "b"),
        ("a: {fields: {b: {type: text, choices: [x]}}}\n", "bad-kind", "b"),
        ("a: {fields: {b: {type: choice, choices: [x, x]}}}\n", "bad-kind", "x"),
        ("a: {fields: {b: {type: choice, choices: [x], default: y}}}\n", "wrong-choice", "y"),
        ("a: {fields: {b: {type: integer, default: x}}}\n", "wrong-type", "x"),
        ("a: {fields: {b: reference to c}}\n", "bad-kind", "reference to c"),
        ("a: {fields: {b: {label: X}, c: {label: x}}}\n", "bad-kind", "c"),
        ("a: {fields: {b: {requird: true}}}\n", "unknown-key", "requird"),
        ("a: {glossary: true}\nb: {glossary: true}\n", "bad-kind", "true"),
        ("- a\n", "bad-kind", "- a"),
    ] {
        let (found, at, d) = one(kinds(text), text);
        assert_eq!((found, at.as_str()), (code, place), "{text}: {}", d.message);
        assert!(d.help.is_some());
    }
    assert!(kinds("").value.get("page").is_some());
}

#[test]
fn layers_add_and_replace() {
    let base = source(
        "themes/base/kinds.yaml",
        "a:\n  label: A\n  fields:\n    x: text\n    y: {type: integer, label: Why}\n",
    );
    let top = source(
        "themes/top/kinds.yaml",
        "a:\n  plural: As\n  fields:\n    y: {type: number}\n    z: list of date\nb: {}\n",
    );
    let p = theme::load_kinds(&[&base, &top]);
    assert!(p.diagnostics.is_empty(), "{:?}", p.diagnostics);
    let a = p.value.get("a").unwrap();
    assert_eq!((a.label.get("en"), a.plural.get("en")), ("A", "As"));
    let fields: Vec<_> =
        a.fields.iter().map(|f| (f.name.as_str(), f.label.get("en"), f.ty.to_string())).collect();
    assert_eq!(
        fields,
        [("x", "X", "text".into()), ("y", "Why", "number".into()), ("z", "Z", "list of date".to_owned())]
    );
    assert_eq!(a.fields[2].ty, FieldType::List(Box::new(FieldType::Date)));
    assert_eq!(p.value.get("b").unwrap().label.get("en"), "B");
}

#[test]
fn themes() {
    let text = "title: T\nextends: base\nkeep_names: [favicon.svg]\n";
    let p = theme::load(&source("themes/t/theme.yaml", text));
    assert!(p.diagnostics.is_empty());
    let keep_names = p.value.keep_names.clone();
    assert_eq!(keep_names.iter().map(|keep| keep.pattern.as_str()).collect::<Vec<_>>(), ["favicon.svg"]);
    assert_eq!(
        p.value,
        theme::Theme {
            title: "T".into(),
            extends: Some("base".into()),
            keep_names,
            ..theme::Theme::default()
        }
    );
    let text = "extend: base\n";
    assert_eq!(one(theme::load(&source("themes/t/theme.yaml", text)), text).0, "unknown-key");
    assert_eq!(site::theme_name(Some(&source("site.yaml", "theme: {name: mine}\n"))), "mine");
    assert_eq!(site::theme_name(Some(&source("site.yaml", "theme: ../x\n"))), "parent-guide");
    assert_eq!(site::theme_name(None), "parent-guide");
    let text = "title: x\ntheme: {name: mine, folder: ../themes/mine}\n";
    let place = site::theme_place(Some(&source("site.yaml", text)));
    let config = site(text);
    assert!(config.diagnostics.is_empty());
    assert_eq!((place.name.as_str(), place.folder.clone()), ("mine", config.value.theme_folder));
    let (folder, span) = place.folder.unwrap();
    assert_eq!((folder.as_str(), &text[span.range()]), ("../themes/mine", "../themes/mine"));
    assert_eq!(site::theme_place(None).folder, None);
    assert_eq!(site::theme_place(Some(&source("site.yaml", "theme: mine\n"))).folder, None);
}

#[test]
fn not_utf8_is_said() {
    let bad = Source::new(SourcePath::new("site.yaml").unwrap(), b"title: A\xF1o\n".to_vec());
    assert_eq!(site::load(Some(&bad), &Default::default()).diagnostics[0].code.name(), "not-utf8");
}

#[test]
fn settings_are_free() {
    let p = site(
        "title: x\ntheme:\n  name: parent-guide\n  settings: {hero: true, n: 3, v: 1.5, t: \"3\", l: [a]}\n",
    );
    assert!(p.diagnostics.is_empty());
    assert_eq!(
        p.value.theme_settings.value("en"),
        serde_json::json!({"hero": true, "n": 3, "v": 1.5, "t": "3", "l": ["a"]})
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn no_settings_panic(lines in proptest::collection::vec(prop_oneof![
        Just("title: "), Just("languages:"), Just("  - code: es"), Just("  - [x]"), Just("menu:"), Just("  items: x"), Just("kinds:"), Just("  a:"),
        Just("    fields:"), Just("      b: list of list of x"), Just("contact: {a: [}"), Just("brand: {color: \"#fff\"}"), Just("checks:"),
        Just("  levels: [x]"), Just("theme: {settings: 3}"), Just("outputs: 3"), Just("base_url: ñ://"), Just("x"), Just("\t"), Just("- y"),
    ], 0..14), bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        let text = lines.join("\n");
        site(&text);
        kinds(&text);
        let raw = Source::new(SourcePath::new("site.yaml").unwrap(), [text.as_bytes(), &bytes].concat());
        site::load(Some(&raw), &Default::default());
        theme::load_kinds(&[&raw]);
        theme::load(&raw);
    }
}
