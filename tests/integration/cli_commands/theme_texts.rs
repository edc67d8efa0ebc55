//! The theme's words and the labels of its kinds in the languages that US schools ask for most: each has all of them, with the
//! placeholders and plural forms that belong there, in its own script, and says who has not checked it.

use crate::support::repository;
use guidepost::config::language::language;
use guidepost::config::site;
use guidepost::config::theme::{label_kinds, load_kinds};
use guidepost::config::yaml::{Node, NodeValue, parse_data};
use guidepost::document::translate_comment;
use guidepost::schema::Localized;
use guidepost::source::{Source, SourcePath};
use guidepost::template::{UNREVIEWED, categories};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The languages, and letters of their script; `zh` is written in simplified characters.
const LANGUAGES: &[(&str, &[std::ops::RangeInclusive<char>])] = &[
    ("ar", &['\u{620}'..='\u{64a}']),
    ("bn", &['\u{980}'..='\u{9ff}']),
    ("de", &['A'..='ž']),
    ("es", &['A'..='ž']),
    ("fr", &['A'..='ž']),
    ("hi", &['\u{900}'..='\u{97f}']),
    ("ht", &['A'..='ž']),
    ("ja", &['\u{3040}'..='\u{30ff}', '\u{4e00}'..='\u{9fff}']),
    ("ko", &['\u{ac00}'..='\u{d7a3}']),
    ("ne", &['\u{900}'..='\u{97f}']),
    ("pl", &['A'..='ž']),
    ("pt", &['A'..='ž']),
    ("ru", &['Ѐ'..='ѯ']),
    ("so", &['A'..='ž']),
    ("tl", &['A'..='ž']),
    ("uk", &['Ѐ'..='ѯ']),
    ("ur", &['\u{620}'..='\u{6d3}']),
    ("vi", &['A'..='ỹ']),
    ("zh", &['\u{4e00}'..='\u{9fff}']),
    ("zh-Hant", &['\u{4e00}'..='\u{9fff}']),
];

/// Words that are written in Latin letters in every language.
const LATIN: &[&str] = &["OT", "IEP", "JavaScript", "A", "Z", "BOT", "T"];

/// Texts that are the same in English and another language.
const SAME: &[&str] = &[
    "Menu",
    "No",
    "Email:",
    "Pages",
    "Page",
    "Test",
    "Important",
    "Scores",
    "posture",
    "gym",
    "{n} page",
    "{n} test",
    "{n} pages",
    "April",
    "August",
    "September",
    "November",
];

fn file(path: &str) -> Option<Source> {
    let bytes = fs::read(repository().join(path)).ok()?;
    Some(Source::new(SourcePath::new(path).unwrap(), bytes))
}

/// A language's file of the theme, and that of the bundled guide if it has one.
fn both(folder: &str, lang: &str) -> Vec<Source> {
    let inside = format!("{folder}{lang}.yaml");
    let files = [format!("themes/parent-guide/{inside}"), inside].map(|path| file(&path));
    assert!(files[0].is_some() || ["es", "ar"].contains(&lang), "{folder}: no {lang}");
    files.into_iter().flatten().collect()
}

/// The texts of the theme and those of the bundled guide over them, each with its plural form or none; and whether nobody has
/// checked a file.
fn texts(lang: &str) -> (BTreeMap<String, BTreeMap<String, String>>, bool) {
    let (mut out, mut unreviewed) = (BTreeMap::new(), true);
    for source in both("translations/", lang) {
        let parsed = parse_data(&source.path, source.utf8().unwrap(), 0);
        assert!(parsed.diagnostics.is_empty(), "{lang}: {:#?}", parsed.diagnostics);
        let mut says = false;
        for (key, value) in parsed.value.unwrap().as_map().unwrap() {
            let text = |node: &Node| node.as_text().unwrap_or_default().to_owned();
            let forms = match &value.value {
                NodeValue::Map(forms) => forms.iter().map(|(form, t)| (form.text.clone(), text(t))).collect(),
                _ if key.text == UNREVIEWED => {
                    says = text(value) == "true";
                    continue;
                }
                _ => BTreeMap::from([(String::new(), text(value))]),
            };
            out.insert(key.text.clone(), forms);
        }
        unreviewed &= says;
    }
    (out, unreviewed)
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

/// The words of a text in plain Latin letters, placeholders aside.
fn latin(text: &str) -> Vec<String> {
    let mut plain = text.to_owned();
    for name in placeholders(text) {
        plain = plain.replace(&format!("{{{name}}}"), " ");
    }
    let words = plain.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// What is wrong with a text in place of an English one.
fn fault(lang: &str, script: &[std::ops::RangeInclusive<char>], english: &str, text: &str) -> Option<String> {
    let is_latin = script.iter().any(|range| range.contains(&'a'));
    let own = |c: char| script.iter().any(|range| range.contains(&c));
    let has_words = !latin(english).iter().all(|word| LATIN.contains(&word.as_str()));
    if text.trim().is_empty() || text.trim() != text {
        return Some("is empty or has spaces around it".into());
    }
    if text == english && has_words && !SAME.contains(&english) {
        return Some("is English".into());
    }
    if has_words && !text.chars().any(own) {
        return Some("is not in the script of the language".into());
    }
    if !is_latin && let Some(word) = latin(text).iter().find(|word| !LATIN.contains(&word.as_str())) {
        return Some(format!("has the word {word} in Latin letters"));
    }
    let other: &[char] = match lang {
        "zh" => &['這', '頁', '詞', '語', '問', '選', '個', '測', '學'],
        "zh-Hant" => &['这', '页', '词', '语', '问', '选', '个', '测', '学'],
        "uk" => &['ы', 'э', 'ъ', 'ё'],
        "ru" => &['і', 'ї', 'є', 'ґ'],
        _ => &[],
    };
    text.contains(other).then(|| "has letters of another language".to_owned())
}

#[test]
fn every_language_has_the_words_of_the_theme() {
    let (english, unreviewed) = texts("en");
    assert!(!unreviewed && english.len() > 100);
    let mut wrong = Vec::new();
    for (lang, script) in LANGUAGES {
        let (texts, unreviewed) = texts(lang);
        if !unreviewed {
            wrong.push(format!("{lang} does not say that nobody has checked it"));
        }
        let keys = |texts: &BTreeMap<String, _>| texts.keys().cloned().collect::<BTreeSet<_>>();
        for key in keys(&english).symmetric_difference(&keys(&texts)) {
            wrong.push(format!("{lang}: {key} stands in one of the two files only"));
        }
        let forms: BTreeSet<String> = categories(lang).into_iter().map(str::to_owned).collect();
        for (key, here) in &texts {
            let Some(there) = english.get(key) else { continue };
            let plural = there.len() > 1;
            let wanted = if plural { forms.clone() } else { BTreeSet::from([String::new()]) };
            let has: BTreeSet<String> = here.keys().cloned().collect();
            if has != wanted {
                wrong.push(format!("{lang}: {key} has the forms {has:?}, not {wanted:?}"));
            }
            for (form, text) in here {
                let original = there.get(form).or_else(|| there.get("other")).unwrap();
                let (a, b) = (placeholders(original), placeholders(text));
                // "the one activity" needs no number.
                let left_out = matches!(form.as_str(), "zero" | "one" | "two");
                if a != b && !(left_out && b.is_subset(&placeholders(&there["other"]))) {
                    wrong.push(format!("{lang}: {key} {form} has the placeholders {b:?}, not {a:?}"));
                }
                if key.starts_with("search") && text.contains('|') {
                    wrong.push(format!("{lang}: {key} has a |"));
                }
                // Dates are put together of signs.
                if let Some(fault) = fault(lang, script, original, text).filter(|_| key != "date_format") {
                    wrong.push(format!("{lang}: {key} {form} {fault}: {text}"));
                }
            }
        }
        let months: BTreeSet<&String> = (1..=12).map(|m| &texts[&format!("month_{m}")][""]).collect();
        assert_eq!(months.len(), 12, "{lang}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_language_has_the_labels_of_the_kinds() {
    let theme = file("themes/parent-guide/kinds.yaml").unwrap();
    let theme = load_kinds(&[&theme]);
    let guide = site::load(file("site.yaml").as_ref(), &theme.value);
    assert!(theme.diagnostics.is_empty() && guide.diagnostics.is_empty());
    let mut wrong = Vec::new();
    for (lang, script) in LANGUAGES {
        let mut kinds = guide.value.kinds.clone();
        // Each label that a file has is one of something that is there.
        let read = label_kinds(&mut kinds, &both("kinds/", lang));
        assert!(read.diagnostics.is_empty(), "{lang}: {:#?}", read.diagnostics);
        assert!(kinds.names().eq(guide.value.kinds.names()), "{lang}");
        for kind in kinds.0.values() {
            let mut check = |what: String, text: &Localized| {
                let Some(here) = text.exact(lang) else {
                    wrong.push(format!("{lang}: {what} has no text"));
                    return;
                };
                let english = text.get("en");
                // A sign such as 3+ is one text for all.
                let fault = fault(lang, script, english, here).filter(|_| !text.0.contains_key(""));
                wrong.extend(fault.map(|fault| format!("{lang}: {what} {fault}: {here}")));
            };
            check(kind.name.clone(), &kind.label);
            check(format!("{} plural", kind.name), &kind.plural);
            let mut labels = BTreeSet::new();
            for field in &kind.fields {
                check(format!("{}.{}", kind.name, field.name), &field.label);
                assert!(
                    labels.insert(field.label.get(lang)),
                    "{lang}: two fields are called {}",
                    field.label.get(lang)
                );
                let mut choices = BTreeSet::new();
                for choice in &field.choices {
                    check(format!("{}.{}.{}", kind.name, field.name, choice.value), &choice.label);
                    assert!(
                        choices.insert(choice.label.get(lang)),
                        "{lang}: two choices are {}",
                        choice.label.get(lang)
                    );
                    // Several are written on one line, with a comma or semicolon between them.
                    let list = field.ty.to_string().starts_with("list of");
                    assert!(
                        !list || !choice.label.get(lang).contains([',', ';']),
                        "{lang}: {}",
                        choice.label.get(lang)
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_language_has_a_name_a_direction_an_order_and_words_for_a_new_page() {
    for (lang, _) in LANGUAGES {
        let found = language(lang);
        assert_ne!(found.name, *lang);
        assert_eq!(found.rtl, ["ar", "ur"].contains(lang), "{lang}");
        assert!(guidepost::site::collator(lang).is_some(), "{lang}");
        assert_ne!(translate_comment(lang), translate_comment("en"), "{lang}");
    }
    // Regions and scripts inherit.
    for (tag, like) in
        [("zh-CN", "zh"), ("zh-Hans", "zh"), ("zh-TW", "zh-Hant"), ("pt-BR", "pt"), ("es-MX", "es")]
    {
        assert_eq!(translate_comment(tag), translate_comment(like));
    }
    // No file without a test.
    for folder in ["translations", "kinds", "themes/parent-guide/translations", "themes/parent-guide/kinds"] {
        for entry in fs::read_dir(repository().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let lang = name.trim_end_matches(".yaml");
            assert!(lang == "en" || LANGUAGES.iter().any(|(known, _)| *known == lang), "{folder}/{name}");
        }
    }
}
