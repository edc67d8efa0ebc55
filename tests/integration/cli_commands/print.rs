//! `guidepost print`, with the Chromium that is installed here.

use super::{Site, run};
use std::fs;
use std::path::Path;

/// Whether a browser is here; where the gate runs there must be one.
fn has_browser() -> bool {
    let found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let found = found.iter().any(|path| Path::new(path).exists());
    assert!(found || std::env::var_os("GUIDEPOST_BROWSER_TESTS").is_none(), "no Chromium here");
    found
}

/// The guide in two languages, with a part of two pages.
fn site() -> Site {
    let site = Site::bilingual();
    site.file("site.yaml", "title: {en: Guide, es: Guía}\nlanguages: [en, es]\ntheme: parent-guide\n");
    site.page(
        "parts/index.md",
        "title: Parts",
        "The part. To [one](one.md), and to [heading](#b).\n\n## B {#b}\n\nText.",
    );
    site.page(
        "parts/one.md",
        "title: One",
        "## First heading\n\nText.\n\n## Second heading\n\nText, and [parts](index.md).",
    );
    site.page("es/parts/one.md", "title: Uno", "## Título\n\nTexto.");
    site
}

fn pdf(site: &Site, name: &str) -> String {
    let bytes =
        fs::read(site.root().join("pdf").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(bytes.starts_with(b"%PDF-"), "{name}");
    bytes.iter().map(|b| char::from(*b)).collect()
}

/// Width and height of the first sheet, in points.
fn paper(pdf: &str) -> String {
    let start = pdf.find("/MediaBox").expect("a sheet");
    let numbers = pdf[start..].split(['[', ']']).nth(1).unwrap();
    let round = |n: &str| format!("{:.0}", n.parse::<f64>().unwrap());
    numbers.split_whitespace().skip(2).map(round).collect::<Vec<_>>().join(" ")
}

#[test]
fn pages_parts_and_the_guide_become_pdf_files() {
    if !has_browser() {
        return;
    }
    let site = site();
    let said = run(&site, &["print", "parts/one.md", "parts", "--paper", "a4"]).clean();
    let one = pdf(&site, "parts-one.pdf");
    assert_eq!(paper(&one), "595 842");
    assert!(one.contains("/Outlines"), "headings are bookmarks");
    for heading in ["First heading", "Second heading"] {
        let packed = heading.bytes().map(|b| format!("{b:04X}")).collect::<String>();
        assert!(
            one.contains(&format!("/Title ({heading})")) || one.contains(&packed),
            "{heading} is a bookmark"
        );
    }
    // No file of this computer is named, and no link leads to one.
    let here = site.root().to_string_lossy().into_owned();
    for name in ["parts-one.pdf", "parts.pdf"] {
        let text = pdf(&site, name);
        assert!(!text.contains("file://") && !text.contains(&here), "{name}");
    }
    assert!(said.stderr.contains("parts-one.pdf: 1 sheet"), "{}", said.stderr);
    // The whole guide, a file a language; then one language, on the other paper, elsewhere.
    run(&site, &["print", "all"]).clean();
    assert_eq!(paper(&pdf(&site, "guide.pdf")), "612 792");
    assert_eq!(paper(&pdf(&site, "es.pdf")), "612 792");
    let elsewhere = site.beside().join("sheets");
    run(&site, &["print", "parts/one.md", "--lang", "es", "--to", &elsewhere.to_string_lossy()]).clean();
    let names: Vec<String> = fs::read_dir(&elsewhere)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, ["es-parts-one.pdf"]);
}

#[test]
fn what_cannot_be_printed_is_said_before_anything_is_written() {
    let site = site();
    let none = site.beside().join("no-such-browser");
    let said = run(&site, &["print", "all", "--browser", &none.to_string_lossy()]).refused();
    assert!(said.stderr.contains("There is no browser"), "{}", said.stderr);
    // Without any: what to do instead.
    let mut command = site.command();
    command.args(["print", "all"]).env("PATH", site.beside());
    if !["/snap/bin/chromium", "/opt/google/chrome/chrome"].iter().any(|path| Path::new(path).exists()) {
        let said = super::Run::of(&mut command).refused();
        assert!(
            said.stderr.contains("No Chromium was found") && said.stderr.contains("Save as PDF"),
            "{}",
            said.stderr
        );
    }
    assert!(!site.has("index.html"), "nothing was built");
    if !has_browser() {
        return;
    }
    let said = run(&site, &["print", "parts/on.md"]).refused();
    assert!(
        said.stderr.contains("There is no page or part \"parts/on.md\". Do you mean parts/one.md?"),
        "{}",
        said.stderr
    );
    let said = run(&site, &["print", "all", "--lang", "fr"]).refused();
    assert!(
        said.stderr.contains("fr is no language of this site. Its languages: en, es."),
        "{}",
        said.stderr
    );
    assert!(!site.root().join("pdf").exists());
    // A browser that does nothing is told as that.
    let said = run(&site, &["print", "all", "--browser", "true"]).refused();
    assert!(said.stderr.contains("made no PDF"), "{}", said.stderr);
}
