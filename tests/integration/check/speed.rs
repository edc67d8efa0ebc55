//! What the page rules cost. Only a bound that a slow, busy machine keeps too is asserted; the figure is printed.

use crate::check::site::{Site, kinds};
use guidepost::check::{Checker, Glossary, PageInput, Term};
use guidepost::config::{Checks, Config};
use std::time::{Duration, Instant};

#[test]
#[ignore = "a measurement: run it in release"]
fn a_page_of_560_words() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = crate::check::guide::read_tree(root, "content");
    let mut text =
        String::from("---\ntitle: Test\ndescription: A page of some 560 words, made of the guide.\n---\n");
    for (path, page) in
        files.iter().filter(|(p, _)| p.contains("/parents/") && !p.contains("/es/") && !p.contains("/ar/"))
    {
        let body = page.split("\n---\n").nth(1).unwrap_or("");
        if text.split_whitespace().count() < 560 && !path.contains("index") {
            for block in body.split("\n\n").take(9) {
                text.push_str(block);
                text.push_str("\n\n");
            }
        }
    }
    let site = Site::new(vec![("content/page.md".into(), text.clone())], Config::default());
    let glossary = Glossary {
        terms: (0..200)
            .map(|i| Term { names: vec![format!("term number {i}"), format!("TN{i}")], off: false })
            .collect(),
        names: Vec::new(),
    };
    let checker = Checker::new(&Checks::default(), [("en", &glossary)]);
    let kinds = kinds();
    let input = PageInput { text: &text, document: &site.files[0].document, kinds: &kinds, raw_html: true };
    let mut best = Duration::MAX;
    let mut events = Duration::MAX;
    for _ in 0..2000 {
        let said = site.files[0].document.text.as_deref().cloned().unwrap();
        let start = Instant::now();
        let report = checker.page(&input, said);
        best = best.min(start.elapsed());
        std::hint::black_box(report);
        let start = Instant::now();
        let count =
            pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all()).into_offset_iter().count();
        events = events.min(start.elapsed());
        std::hint::black_box(count);
    }
    println!(
        "{} words: {best:?} with all page rules, of which the markdown events {events:?}",
        text.split_whitespace().count()
    );
    assert!(best < Duration::from_millis(5));
}
