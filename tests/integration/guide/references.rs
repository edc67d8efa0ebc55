//! Every claim about the law or about research leads to its reference, in English and in Spanish: a page that tells
//! what a law asks links an entry of the page of laws, what it cites stands in an entry that it links, and a sentence
//! about a study links the study where it stands.

use crate::support::repository;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Words by which a line tells what a law asks. An asterisk at the end stands for any ending.
const LAW: [(&str, &[&str]); 2] = [
    (
        "",
        &[
            "law",
            "laws",
            "federal",
            "cfr",
            "usc",
            "ferpa",
            "school must",
            "schools must",
            "school may not",
            "rule says",
            "rules say",
        ],
    ),
    (
        "es/",
        &[
            "ley",
            "leyes",
            "federal*",
            "cfr",
            "usc",
            "ferpa",
            "escuela debe",
            "escuelas deben",
            "escuela no puede",
            "regla dice",
            "reglas dicen",
        ],
    ),
];

/// Words by which a line tells what research found.
const RESEARCH: [(&str, &[&str]); 2] = [
    (
        "",
        &[
            "study",
            "studies",
            "survey",
            "research*",
            "evidence",
            "percent",
            "one review",
            "review looked",
            "one paper",
        ],
    ),
    ("es/", &["estudio", "estudios", "encuesta", "investigaci*", "evidencia", "por ciento", "una revisión"]),
];

/// What is no claim: a word of these in another sense. Schooling, the study of a behavior, a share of a test's points, a
/// safety note whose entry gives the reference in its text.
const OTHER_SENSE: [(&str, &[&str]); 2] = [
    (
        "",
        &[
            "studies why a behavior",
            "study of why a behavior",
            "percent correct",
            "percent of letters",
            "evidence is low: measure",
        ],
    ),
    (
        "es/",
        &[
            "estudia por qué",
            "estudio de por qué",
            "estudios y licencia",
            "más estudios",
            "por ciento de respuestas",
            "es una revisión",
            "luego una revisión",
            "hay poca evidencia: mida",
        ],
    ),
];

/// The words of `language` in a table of words by language.
fn words_of<'a>(table: &'a [(&str, &'a [&'a str])], language: &str) -> &'a [&'a str] {
    table.iter().find(|(prefix, _)| *prefix == language).map_or(&[], |(_, words)| words)
}

/// A law, a rule or a part of the rules: (20 USC, 1414), (34 CFR, 300).
type Citation = (String, String);

/// The citations of a text. `34 CFR 300.9 and 300.154(d)` is part 300 once: the page of laws names the part. `section
/// 1414` is one of title 20, the one of the law on special education, but Section 504 has its own rules.
fn citations(text: &str) -> BTreeSet<Citation> {
    let text = text.replace("U.S.C.", "USC").replace(['\u{200e}', '\u{200f}'], "");
    let split = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '[' | ']');
    // Without what stands in parentheses behind a number, such as the (d) of 300.154(d).
    let bare =
        |word| str::trim_start_matches(word, '(').split('(').next().unwrap().trim_end_matches([')', '.']);
    let words: Vec<&str> = text.split(split).map(bare).filter(|word| !word.is_empty()).collect();
    let (mut found, mut unit, mut open) = (BTreeSet::new(), None::<String>, false);
    for (at, word) in words.iter().enumerate() {
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        let (last, next) =
            (at.checked_sub(1).map_or("", |at| words[at]), words.get(at + 1).copied().unwrap_or(""));
        match word.to_lowercase().as_str() {
            "cfr" | "usc" if last.chars().all(|c| c.is_ascii_digit()) => {
                (unit, open) = (Some(format!("{last} {word}")), true);
            }
            "section" | "sections" | "sección" | "secciones" if next != "504" => {
                (unit, open) = (Some("20 USC".to_owned()), true);
            }
            // The number of the next title, as in "104.36, and 42 USC 12102".
            _ if number && matches!(next, "CFR" | "USC") => unit = None,
            "and" | "y" | "to" | "a" | "part" | "parte" => {}
            // A subsection behind a comma: "300.323(e), (f), and (g)".
            letter
                if !letter.is_empty()
                    && letter.chars().all(|c| "abcdefghijvx".contains(c))
                    && letter.len() <= 3 => {}
            _ => match &unit {
                // A number without a point is a year or a count, but for the first one and a whole part.
                Some(unit) if number && (unit.ends_with("USC") || open || word.contains('.')) => {
                    let part = if unit.ends_with("CFR") { word.split('.').next().unwrap() } else { word };
                    found.insert((unit.clone(), part.to_owned()));
                    open = false;
                }
                _ => unit = None,
            },
        }
    }
    found
}

/// The entries of the pages of laws and sources of a language, by address: `about/laws.md#cadre`.
fn references(language: &str) -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    for page in ["about/laws.md", "about/sources.md"] {
        let text =
            fs::read_to_string(repository().join("content").join(format!("{language}{page}"))).unwrap();
        let mut open = String::new();
        for line in text.lines() {
            if line.starts_with('#')
                && let Some((_, id)) = line.split_once("{#")
            {
                open = format!("{page}#{}", id.trim_end_matches('}'));
            }
            if !open.is_empty() {
                let entry: &mut String = entries.entry(open.clone()).or_default();
                entry.push_str(line);
                entry.push('\n');
            }
        }
    }
    entries
}

/// The entries that a text links.
fn linked(text: &str) -> Vec<String> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter_map(|to| to.split_once("about/").map(|(_, page)| format!("about/{page}"))).collect()
}

/// `line` as readers see it: without the addresses of its links.
fn seen(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once("](") {
        out.push_str(before);
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// Whether a line says one of the words, as whole words.
fn says(line: &str, wanted: &[&str]) -> bool {
    let line = line.to_lowercase();
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let text = format!(" {} ", words.join(" "));
    wanted.iter().any(|word| match word.strip_suffix('*') {
        Some(start) => words.iter().any(|w| w.starts_with(start)),
        None => text.contains(&format!(" {word} ")),
    })
}

/// What is wrong with the references of a page, and how many of its lines make a claim: about the law, about research.
fn faults(
    language: &str,
    page: &str,
    text: &str,
    known: &BTreeMap<String, String>,
) -> (Vec<String>, [usize; 2]) {
    let (mut faults, mut claims) = (Vec::new(), [0, 0]);
    let body =
        text.strip_prefix("---\n").and_then(|t| t.split_once("\n---\n")).map_or(text, |(_, body)| body);
    let (mut cited, mut about_law) = (BTreeSet::new(), None);
    for line in body.lines().filter(|l| !l.starts_with('#') && !l.starts_with("<!--")) {
        // A card of a list of pages only says what the page it leads to tells, and a question claims nothing.
        if line.starts_with("- [") && line.contains(") - ") || line.ends_with('?') {
            continue;
        }
        let readers = seen(line);
        cited.extend(citations(&readers));
        if says(&readers, words_of(&LAW, language)) || readers.contains("IDEA") {
            claims[0] += 1;
            about_law.get_or_insert(readers.clone());
        }
        let mut rest = readers.to_lowercase();
        for other in words_of(&OTHER_SENSE, language) {
            rest = rest.replace(other, " ");
        }
        if says(&rest, words_of(&RESEARCH, language)) {
            claims[1] += 1;
            if !linked(line).iter().any(|to| known.contains_key(to)) {
                faults.push(format!("{language}{page} tells of research without its reference: {readers}"));
            }
        }
    }
    let entries: Vec<String> = linked(body);
    for to in entries.iter().filter(|to| to.contains('#') && !known.contains_key(*to)) {
        faults.push(format!("{language}{page} links {to}, which is no entry"));
    }
    let laws: Vec<&String> = entries.iter().filter(|to| to.starts_with("about/laws.md#")).collect();
    if let (Some(line), true) = (about_law, laws.is_empty()) {
        faults.push(format!("{language}{page} tells of the law without its reference: {line}"));
    }
    let given: BTreeSet<Citation> =
        entries.iter().filter_map(|to| known.get(to)).flat_map(|entry| citations(&seen(entry))).collect();
    for (unit, part) in cited.difference(&given) {
        faults.push(format!("{language}{page} cites {unit} {part}, which is in no entry that it links"));
    }
    (faults, claims)
}

/// The pages of a language but those about the guide, with their texts.
fn pages(language: &str) -> BTreeMap<String, String> {
    let files = crate::support::tree(&repository().join("content").join(language));
    let other = |page: &str| ["es/", "ar/", "about/"].iter().any(|folder| page.starts_with(folder));
    let pages = files.into_iter().filter(|(page, _)| page.ends_with(".md") && !other(page));
    pages.map(|(page, bytes)| (page, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn every_claim_about_the_law_or_about_research_has_its_reference() {
    for language in ["", "es/"] {
        let (known, pages) = (references(language), pages(language));
        let (mut wrong, mut claims) = (Vec::new(), [0, 0]);
        for (page, text) in &pages {
            let (found, made) = faults(language, page, text, &known);
            wrong.extend(found);
            claims = [claims[0] + made[0], claims[1] + made[1]];
        }
        assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(pages.len() >= 75 && claims[0] >= 150 && claims[1] >= 12, "{language}: {claims:?}");
    }
}

#[test]
fn a_page_leads_to_the_same_references_in_both_languages() {
    let (english, spanish) = (pages(""), pages("es/"));
    let mut all = BTreeSet::new();
    for (page, text) in &english {
        let [here, there] = [text, &spanish[page]].map(|text| BTreeSet::from_iter(linked(text)));
        assert_eq!(here, there, "{page}");
        all.extend(here);
    }
    assert!(all.len() >= 30, "{all:?}");
}

#[test]
fn the_same_entries_stand_on_the_pages_of_laws_and_sources_of_both_languages_with_the_same_citations() {
    let (english, spanish) = (references(""), references("es/"));
    assert!(english.keys().eq(spanish.keys()), "{:?}\n{:?}", english.keys(), spanish.keys());
    for (entry, text) in &english {
        assert_eq!(citations(&seen(text)), citations(&seen(&spanish[entry])), "{entry}");
    }
}

#[test]
fn a_claim_without_its_reference_is_seen_and_one_with_it_is_not() {
    let cfr = |part: &str| ("34 CFR".to_owned(), part.to_owned());
    assert_eq!(citations("34 CFR 300.9, 300.154(d), and 303.20."), BTreeSet::from([cfr("300"), cfr("303")]));
    assert_eq!(citations("Regulations: 34 CFR Part 300. Read it in 2023."), BTreeSet::from([cfr("300")]));
    let usc = ("42 USC".to_owned(), "12102".to_owned());
    assert_eq!(
        citations("34 CFR 104.3(j) and 104.36, and 42 U.S.C. 12102"),
        BTreeSet::from([cfr("104"), usc])
    );
    assert_eq!(citations("Section 504 is a law. It has 12 parts."), BTreeSet::new());
    let known = BTreeMap::from([
        ("about/laws.md#rules".to_owned(), "Rules, 34 CFR Part 300.".to_owned()),
        ("about/sources.md#lynch".to_owned(), "Lynch (2023).".to_owned()),
    ]);
    for (language, text, wanted) in [
        ("", "The law says so.", 1),
        ("es/", "Según la ley, es gratis.", 1),
        ("", "The school must answer.", 1),
        ("", "The law says so ([rules](../about/laws.md#rules)).", 0),
        ("", "The law says so ([rules](../about/laws.md#gone)).", 1),
        ("", "34 CFR 300.9, in the [rules](../about/laws.md#rules).", 0),
        ("", "34 CFR 303.9, in the [rules](../about/laws.md#rules).", 1),
        ("", "A study found that it works.", 1),
        ("", "A study found that it works ([Lynch](../about/sources.md#lynch)).", 0),
        ("es/", "Según los estudios, sirve.", 1),
        ("", "This person studies why a behavior happens.", 0),
        ("", "- [Laws](laws.md) - What the law says.", 0),
        ("es/", "- ¿Qué tarea de la escuela debe ser más fácil?", 0),
        ("", "An outlaw studied at home.", 0),
    ] {
        assert_eq!(faults(language, "page.md", text, &known).0.len(), wanted, "{text}");
    }
}
