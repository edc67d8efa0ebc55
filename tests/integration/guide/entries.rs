//! Entries have their parts in both languages: what an activity, a test or a word says in English it says in Spanish,
//! field by field, and each has a text of its own. What is only for looking up and linking may differ.

use super::{fields_of, rows};
use crate::support::repository;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The labels of the fields in English and Spanish.
const LABELS: [(&str, &str); 23] = [
    ("Related", "Relacionado"),
    ("Example", "Ejemplo"),
    ("Law", "Ley"),
    ("Picture", "Dibujo"),
    ("Skill", "Habilidad"),
    ("Ages", "Edades"),
    ("Where", "Dónde"),
    ("Materials", "Materiales"),
    ("Low-cost swap", "Opción económica"),
    ("Easier", "Más fácil"),
    ("Harder", "Más difícil"),
    ("Safety", "Seguridad"),
    ("Full name", "Nombre completo"),
    ("Looks at", "Qué observa"),
    ("How it works", "Cómo funciona"),
    ("Who gives it or fills it in", "Quién la aplica o la contesta"),
    ("Time", "Tiempo"),
    ("Scores", "Puntajes"),
    ("Higher score means", "Un puntaje más alto significa"),
    ("Edition", "Edición"),
    ("Replaced by", "Reemplazada por"),
    ("Publisher", "Editorial"),
    ("Looked up on", "Consultada el"),
];

/// What each entry of a table must say.
const ACTIVITY: &[&str] = &["Skill", "Ages", "Where", "Materials", "Safety", "Picture"];
const TEST: &[&str] = &[
    "Full name",
    "Ages",
    "Looks at",
    "How it works",
    "Who gives it or fills it in",
    "Scores",
    "Higher score means",
];
const WORD: &[&str] = &["Example"];
const WORD_OF_THE_PLAN: &[&str] = &["Law"];

/// The words of each entry's own text on a page: what is no field.
fn texts(file: &str) -> BTreeMap<String, usize> {
    let text = fs::read_to_string(repository().join("content").join(file)).unwrap();
    let (mut words, mut entry) = (BTreeMap::new(), String::new());
    for line in text.lines() {
        if line.starts_with('#') {
            entry = line.split_once("{#").map_or("", |(_, id)| id.trim_end_matches('}')).to_owned();
        } else if !line.starts_with("- ") && !line.starts_with(":::") {
            *words.entry(entry.clone()).or_default() += line.split_whitespace().count();
        }
    }
    words
}

#[test]
fn every_entry_has_the_same_parts_in_both_languages() {
    let mut wanted: Vec<(String, String, &[&str])> = Vec::new();
    for row in rows("activities.tsv", true) {
        let area = row[2].replace(' ', "-").to_lowercase();
        wanted.push((format!("activities/{area}.md"), row[0].clone(), ACTIVITY));
    }
    for (table, page, needed) in [
        ("assessments.tsv", "assessments/guide.md", TEST),
        ("ot_terms.tsv", "terms/ot.md", WORD),
        ("iep_terms.tsv", "terms/iep.md", WORD_OF_THE_PLAN),
    ] {
        wanted.extend(rows(table, true).into_iter().map(|row| (page.to_owned(), row[0].clone(), needed)));
    }
    let mut faults = Vec::new();
    for (page, id, needed) in &wanted {
        let parts = |file: &str, spanish: bool| -> BTreeSet<&str> {
            let fields = fields_of(file).remove(id).unwrap_or_default();
            let label = |pair: &(&str, &str)| if spanish { pair.1.to_owned() } else { pair.0.to_owned() };
            let has =
                |pair: &&(&str, &str)| fields.get(&label(pair)).is_some_and(|value| !value.trim().is_empty());
            LABELS.iter().filter(has).map(|pair| pair.0).collect()
        };
        let translated = format!("es/{page}");
        let (english, spanish) = (parts(page, false), parts(&translated, true));
        if english != spanish {
            faults.push(format!("{page}#{id}: {english:?} and {spanish:?}"));
        }
        if let Some(part) = needed.iter().find(|part| !english.contains(*part)) {
            faults.push(format!("{page}#{id} has no {part}"));
        }
        for file in [page, &translated] {
            if texts(file).get(id).is_none_or(|words| *words < 4) {
                faults.push(format!("{file}#{id} has no text"));
            }
        }
    }
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
    assert!(wanted.len() >= 240, "{}", wanted.len());
}
