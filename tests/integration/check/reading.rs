//! How hard the bundled guide is to read, page by page and as a whole, against the promise it makes to families.
//!
//! Counted as the rules count: prose only, a list item is a sentence, code, tables, headings and the short facts of entries are left out. Two
//! figures: with all words as they are, and with each word of the glossary and each name of a test as one word of two syllables, since the
//! guide explains those where they stand. An English page is at most grade 7 as it is and at most grade 6 with those words eased. A Spanish
//! page is INFLESZ 65 or more in both counts.

use crate::check::guide::read_tree;
use crate::check::site::Site;
use guidepost::check::Facts;
use guidepost::check::language::{Counts, formula};
use guidepost::config::Config;
use std::fmt::Write as _;

/// Flesch-Kincaid grade of an English page as it is, and with the words of the field eased.
const GRADE: f64 = 7.0;
const GRADE_EASED: f64 = 6.0;
/// The grade of all English pages together, words of the field eased.
const GRADE_OF_ALL: f64 = 5.0;
/// INFLESZ (Szigriszt-Pazos) of a Spanish page.
const INFLESZ: f64 = 65.0;

#[test]
fn every_page_is_as_easy_as_promised() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Site::new(read_tree(root, "content"), Config::default());
    let (mut plain_of_all, mut eased_of_all) = (Counts::default(), Counts::default());
    let (mut table, mut faults, mut pages) = (String::new(), Vec::new(), [0, 0]);
    for (file, facts) in site.files.iter().zip(&site.facts) {
        let facts = Facts::new(facts, &site.seen);
        let (plain, eased) = (facts.plain(), facts.eased());
        if eased.sentences == 0 {
            continue;
        }
        let (first, second, wrong) = match &*file.document.lang {
            "en" => {
                pages[0] += 1;
                plain_of_all.add(plain);
                eased_of_all.add(eased);
                let (first, second) =
                    (formula::flesch_kincaid_grade(plain), formula::flesch_kincaid_grade(eased));
                (first, second, first > GRADE || second > GRADE_EASED)
            }
            "es" => {
                pages[1] += 1;
                let (first, second) = (formula::szigriszt_pazos(plain), formula::szigriszt_pazos(eased));
                (first, second, first.min(second) < INFLESZ)
            }
            _ => continue,
        };
        let line = format!("{:6.2} {:6.2} {:5} words  {}", first, second, eased.words, file.path);
        let _ = writeln!(table, "{line}");
        if wrong {
            faults.push(line);
        }
    }
    let (first, second) =
        (formula::flesch_kincaid_grade(&plain_of_all), formula::flesch_kincaid_grade(&eased_of_all));
    println!(
        "as they are, with explained words as easy ones\n{table}English as a whole: {first:.2}, {second:.2}"
    );
    assert!(faults.is_empty(), "too hard:\n{}", faults.join("\n"));
    assert!(second <= GRADE_OF_ALL, "as a whole: {first:.2}, {second:.2}");
    assert!(pages[0] >= 60 && pages[1] == pages[0], "{pages:?} pages were measured");
}

/// The pages of the handbook on special education that it does not share with the guide keep the same promise; the words
/// that it explains are those of its glossary.
#[test]
fn every_page_of_the_handbook_is_as_easy() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("starters/special-education");
    let shared = std::fs::read_to_string(root.with_extension("tsv")).unwrap();
    let mut files = read_tree(&root, "content");
    let own: std::collections::BTreeSet<String> = files.iter().map(|(path, _)| path.clone()).collect();
    for page in
        shared.lines().skip(1).filter_map(|line| line.split('\t').next()).filter(|page| page.ends_with(".md"))
    {
        for path in [format!("content/{page}"), format!("content/es/{page}")] {
            let text = std::fs::read_to_string(root.join("../..").join(&path)).unwrap();
            files.push((path, text));
        }
    }
    files.sort();
    let site = Site::new(files, Config::default());
    let (mut faults, mut pages) = (Vec::new(), [0, 0]);
    for (file, facts) in
        site.files.iter().zip(&site.facts).filter(|(file, _)| own.contains(file.path.as_str()))
    {
        let facts = Facts::new(facts, &site.seen);
        let (plain, eased) = (facts.plain(), facts.eased());
        if eased.sentences == 0 {
            continue;
        }
        let spanish = &*file.document.lang == "es";
        pages[usize::from(spanish)] += 1;
        let (first, second) = match spanish {
            true => (formula::szigriszt_pazos(plain), formula::szigriszt_pazos(eased)),
            false => (formula::flesch_kincaid_grade(plain), formula::flesch_kincaid_grade(eased)),
        };
        let wrong = if spanish { first.min(second) < INFLESZ } else { first > GRADE || second > GRADE_EASED };
        if wrong {
            faults.push(format!("{first:6.2} {second:6.2} {:5} words  {}", eased.words, file.path));
        }
    }
    assert!(faults.is_empty(), "too hard:\n{}", faults.join("\n"));
    assert!(pages[0] >= 7 && pages[1] >= 7, "{pages:?} pages were measured");
}
