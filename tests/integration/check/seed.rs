//! The seed text, pasted as it is into a page: its known faults must all be told.

use crate::check::site::Site;
use guidepost::config::Config;

const SEED: &str = include_str!("../../data/seed.txt");

fn codes(text: &str) -> (Site, Vec<(String, String)>) {
    let page = format!("---\ntitle: OT at school\n---\n{text}");
    let site = Site::new(vec![("content/page.md".into(), page)], Config::default());
    let found = site.problems().into_iter().map(|d| (d.code.name().to_owned(), d.message)).collect();
    (site, found)
}

#[test]
fn the_faults_of_the_seed_are_told() {
    let (site, found) = codes(SEED);
    let all = found.iter().map(|(c, m)| format!("{c}: {m}\n")).collect::<String>();
    let has = |code: &str, word: &str| found.iter().any(|(c, m)| c == code && m.contains(word));
    assert!(has("reading-level", "grade 13"), "{all}");
    assert!(has("typed-bullets", "8 lines"), "{all}");
    assert!(has("claim-word", "guarantees"), "{all}");
    assert!(has("citation-unlinked", "McWilliam, 1995"), "{all}");
    assert!(has("hazard-without-safety", "magnets"), "{all}");
    assert!(has("lost-heading", "Integrated Therapy"), "{all}");
    assert!(has("lost-heading", "Outside the classroom"), "{all}");
    assert!(has("brand-name", "Lite Brite"), "{all}");
    assert!(has("acronym-unexplained", "IEP"), "{all}");
    let _ = site;
}

/// facts.md F: prose only, 563 words in 28 sentences, FRE 36.5, FKGL 13.2, SMOG 14.8, LIX 55.6. Our cut counts the
/// lines of the activity list and the headings too; what matters is that the level agrees.
#[test]
fn the_seed_reads_at_grade_13() {
    use guidepost::check::language::{Counts, formula, measure};
    let mut counts = Counts::default();
    let prose =
        SEED.lines().filter(|l| l.split_whitespace().count() > 8 && !l.contains(" - ") && !l.contains('•'));
    prose.for_each(|line| counts.add(&measure("en", line.trim_end_matches(':'))));
    let grade = formula::flesch_kincaid_grade(&counts);
    let ease = formula::flesch_reading_ease(&counts);
    assert!((12.7..13.7).contains(&grade) && (33.0..39.0).contains(&ease), "{counts:?} {grade} {ease}");
}
