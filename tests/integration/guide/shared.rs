//! The pages that are not about occupational therapy, so that a guide to special education can take them as they are:
//! the list in `starters/special-education.tsv`, whose second column names what a page leads to outside the list.

use crate::support::repository;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What only a guide to occupational therapy says: whole words, beginnings of words where one ends in `*`, and phrases.
const ONLY_THERAPY: [(&str, &[&str]); 3] = [
    ("", &["occupational", "ot", "ots", "ota", "otas", "therap*"]),
    ("es/", &["ocupacional*", "ot", "ota", "terap*"]),
    ("ar/", &["العلاج الوظيفي", "علاج وظيفي", "ot", "ota"]),
];

/// Other services: a sentence that names one of them lists therapy among services.
const OTHER_SERVICES: [(&str, &[&str]); 3] = [
    ("", &["speech", "physical therap", "counseling"]),
    ("es/", &["del habla", "física", "consejería"]),
    ("ar/", &["النطق", "العلاج الطبيعي"]),
];

/// The words of `language` in a table of words by language.
fn words_of<'a>(table: &'a [(&str, &'a [&'a str])], language: &str) -> &'a [&'a str] {
    table.iter().find(|(prefix, _)| *prefix == language).map_or(&[], |(_, words)| words)
}

/// The pages of the list, with what each leads to outside it.
fn shared() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(repository().join("starters/special-education.tsv")).unwrap();
    let rows = text.lines().skip(1).map(|line| line.split_once('\t').unwrap());
    rows.map(|(page, to)| (page.to_owned(), to.split_whitespace().map(str::to_owned).collect())).collect()
}

/// The text of a page of a language, if it has the page.
fn source(language: &str, page: &str) -> Option<String> {
    fs::read_to_string(repository().join("content").join(format!("{language}{page}"))).ok()
}

/// The lines that readers see: without old addresses, stamps, forms that only link, addresses of links and anchors.
fn seen(source: &str) -> Vec<String> {
    let hidden = ["aliases:", "translated_from:", "- Also links:", "- También enlaza:", "- يرتبط أيضًا:"];
    let lines = source.lines().filter(|line| !hidden.iter().any(|start| line.starts_with(start)));
    lines.map(|line| without(&without(line, "](", ')'), "{#", '}')).collect()
}

/// `line` without what stands from `open` to `close`.
fn without(line: &str, open: &str, close: char) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        rest = after.split_once(close).map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// The sentences of a line that say what only a guide to occupational therapy says.
fn only_therapy(language: &str, line: &str) -> Vec<String> {
    let (mut faults, line) = (Vec::new(), line.to_lowercase());
    for sentence in line.split_inclusive(['.', '?', '!', '؟', ':']) {
        let listed = words_of(&OTHER_SERVICES, language).iter().any(|service| sentence.contains(service));
        let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).collect();
        let named = words_of(&ONLY_THERAPY, language).iter().any(|wanted| match wanted.strip_suffix('*') {
            Some(start) => words.iter().any(|word| word.starts_with(start)),
            None if wanted.contains(' ') => sentence.contains(wanted),
            None => words.contains(wanted),
        });
        if named && !listed {
            faults.push(sentence.trim().to_owned());
        }
    }
    faults
}

#[test]
fn the_words_of_therapy_are_seen_and_lists_of_services_are_not() {
    for (language, line, fault) in [
        ("", "Ask the OT.", true),
        ("", "Ask the therapist about BOT-2.", true),
        ("", "The rotation of other staff, a BOT-2 score.", false),
        ("", "Physical therapy, speech therapy, and occupational therapy (OT) are related services.", false),
        ("", "Speech therapy is one. OT is given in class.", true),
        ("es/", "Pregunte al terapeuta.", true),
        ("es/", "Servicios como terapia física o terapia ocupacional (OT).", false),
        ("ar/", "اسأل أخصائي العلاج الوظيفي.", true),
        ("ar/", "التقييم الوظيفي للسلوك (FBA)", false),
        ("ar/", "مثل العلاج الطبيعي أو العلاج الوظيفي (OT).", false),
    ] {
        assert_eq!(!only_therapy(language, line).is_empty(), fault, "{line}");
    }
}

#[test]
fn a_shared_page_says_nothing_that_only_a_guide_to_therapy_says() {
    let (mut faults, mut read) = (Vec::new(), 0);
    for page in shared().keys() {
        for language in ["", "es/", "ar/"] {
            let Some(text) = source(language, page) else {
                assert_eq!(language, "ar/", "{language}{page} does not exist");
                continue;
            };
            read += 1;
            for line in seen(&text) {
                let found = only_therapy(language, &line);
                faults.extend(found.into_iter().map(|f| format!("{language}{page}: {f}")));
            }
        }
    }
    assert!(faults.is_empty(), "{} sentences:\n{}", faults.len(), faults.join("\n"));
    assert!(read >= 76, "{read}");
}

#[test]
fn the_pages_of_the_other_starter_say_nothing_of_therapy_alone() {
    let (mut faults, mut read) = (Vec::new(), 0);
    for language in ["", "es/"] {
        let folder = repository().join("starters/special-education/content").join(language);
        for (name, bytes) in crate::support::tree(&folder) {
            if !name.ends_with(".md") || language.is_empty() && name.starts_with("es/") {
                continue;
            }
            read += 1;
            let text = String::from_utf8(bytes).unwrap();
            // The name of a test is what it is.
            let lines = seen(&text)
                .into_iter()
                .filter(|l| !["- Full name:", "- Nombre completo:"].iter().any(|n| l.starts_with(n)));
            for line in lines {
                let found = only_therapy(language, &line);
                faults.extend(found.into_iter().map(|f| format!("{language}{name}: {f}")));
            }
        }
    }
    assert!(faults.is_empty(), "{} sentences:\n{}", faults.len(), faults.join("\n"));
    assert!(read >= 16, "{read}");
}

/// The page of `content/` that the link `to` on `page` means.
fn linked(page: &str, to: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn a_shared_page_leads_to_shared_pages_and_to_those_named_beside_it() {
    let pages = shared();
    for (page, named) in &pages {
        let text = source("", page).unwrap();
        let mut outside = BTreeSet::new();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap();
            if path.ends_with(".md") && !target.contains("://") {
                let to = linked(page, path);
                if !pages.contains_key(&to) {
                    outside.insert(to);
                }
            }
        }
        assert_eq!(&outside, named, "{page}: the list says otherwise");
    }
}
