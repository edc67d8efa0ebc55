//! `check` and `report` as people run them: the real program on real folders, other sites played by a server here.

mod external;
mod formats;
mod report;

use crate::support::{Problem, Run, Site, TODAY};
use std::fs;

/// What `check` does with these arguments.
fn check(site: &Site, args: &[&str]) -> Run {
    Run::of(site.command().arg("check").args(["--date", TODAY]).args(args))
}

fn problems(site: &Site, args: &[&str]) -> Vec<Problem> {
    check(site, &[&["--format", "json"], args].concat()).problems()
}

/// The problems of one code: file, line, column, message.
fn of(found: &[Problem], code: &str) -> Vec<(String, u64, u64, String)> {
    let own = found.iter().filter(|p| p.code == code);
    own.map(|p| (p.path.clone(), p.line, p.column, p.message.clone())).collect()
}

#[test]
fn fix_goes_on_until_nothing_is_left_and_loses_nothing() {
    let site = Site::plain();
    site.file("content/my form.pdf", "%PDF-1.4\n");
    let body = "• • one\n• • two\n\n[•](index.md) three\n[•](index.md) four\n\n##Late bus\n\nBring [the form (PDF, 1 KB)](my form.pdf).";
    site.page("a.md", "title: A", body);
    let path = site.root().join("content/a.md");
    let before = fs::read_to_string(&path).unwrap();
    // Shown first, and nothing is written.
    let shown = check(&site, &["--dry-run"]).stdout;
    assert!(shown.contains("+## Late bus") && fs::read_to_string(&path).unwrap() == before, "{shown}");
    check(&site, &["--fix"]);
    let mended = fs::read_to_string(&path).unwrap();
    let body = "- one\n- two\n\n[•](index.md) three\n[•](index.md) four\n\n## Late bus\n\nBring [the form (PDF, 1 KB)](<my form.pdf>).";
    assert!(mended.contains(body), "{mended}");
    check(&site, &["--fix"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), mended);
    // The bullets in links are left to a person, and told.
    assert_eq!(of(&problems(&site, &[]), "typed-bullets").len(), 1);
}

#[test]
fn a_published_address_must_stay() {
    let site = Site::plain();
    site.page("delivery/push-in.md", "title: Push-in", "Text.");
    site.page("forms/index.md", "title: Forms", "A [form (PDF, 1 KB)](form.pdf).");
    site.file("content/forms/form.pdf", "%PDF-1.4\n");
    let said = check(&site, &["--lock-addresses"]).stderr;
    assert!(said.contains("urls.lock: 4 new addresses, 4 in the site now."), "{said}");
    let lock = fs::read_to_string(site.root().join("urls.lock")).unwrap();
    let lines: Vec<&str> = lock.lines().filter(|l| !l.starts_with('#')).collect();
    assert_eq!(lines, ["delivery/push-in.html", "forms/form.pdf", "forms/index.html", "index.html"]);
    // Once more: nothing new, not a byte.
    assert_eq!(check(&site, &["--lock-addresses"]).code, Some(0));
    assert_eq!(fs::read_to_string(site.root().join("urls.lock")).unwrap(), lock);

    // Renamed: the line of urls.lock, and what to write.
    site.remove("content/delivery/push-in.md");
    site.page("ways/push-in.md", "title: Push-in", "Text.");
    let found = problems(&site, &[]);
    let gone = found.iter().find(|p| p.code == "removed-address").unwrap();
    assert_eq!(
        (gone.path.as_str(), gone.line, gone.column, gone.severity.as_str()),
        ("urls.lock", 3, 1, "error")
    );
    assert!(gone.help.contains("aliases: [delivery/push-in.html]"), "{}", gone.help);
    assert!(gone.help.contains("content/ways/push-in.md"), "{}", gone.help);
    // It keeps the site from being published, until somebody did so.
    assert_eq!(site.build_checked(&[]).code, Some(1));
    site.page("ways/push-in.md", "title: Push-in\naliases: [delivery/push-in.html]", "Text.");
    assert_eq!(of(&problems(&site, &[]), "removed-address"), []);
    check(&site, &["--lock-addresses"]);
    let lock = fs::read_to_string(site.root().join("urls.lock")).unwrap();
    assert!(lock.contains("\ndelivery/push-in.html\n") && lock.contains("\nways/push-in.html\n"), "{lock}");
    // A line may go by hand.
    site.file("urls.lock", lock.replace("forms/form.pdf\n", ""));
    site.remove("content/forms/form.pdf");
    assert_eq!(of(&problems(&site, &[]), "removed-address"), []);
}

#[test]
fn drafts_are_not_locked() {
    let site = Site::plain();
    let run = check(&site, &["--lock-addresses", "--drafts"]);
    assert_eq!(run.code, Some(2));
    assert!(!site.root().join("urls.lock").exists());
}

#[test]
fn a_renamed_page_is_one_problem_with_a_mend() {
    let site = Site::plain();
    site.page(
        "delivery/integrated.md",
        "title: In class\naliases: [delivery/push-in.html]",
        "## Who {#who}\n\nText.",
    );
    site.page(
        "parents/a.md",
        "title: A",
        "See [push-in](../delivery/push-in.md#who) and [gone](../delivery/x.md).",
    );
    let found = problems(&site, &[]);
    assert_eq!(of(&found, "link-to-redirect").len(), 1, "{found:?}");
    // The other link stays what it is: broken.
    let broken = of(&found, "broken-link");
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(broken[0].3.contains("x.md"), "{broken:?}");
    check(&site, &["--fix"]);
    let page = fs::read_to_string(site.root().join("content/parents/a.md")).unwrap();
    assert!(page.contains("[push-in](../delivery/integrated.md#who) and [gone](../delivery/x.md)"), "{page}");
    assert_eq!(of(&problems(&site, &[]), "link-to-redirect"), []);
    // Without the rules the build says that the link is broken, as ever.
    site.page("parents/a.md", "title: A", "See [push-in](../delivery/push-in.md).");
    assert_eq!(of(&site.problems(), "broken-link").len(), 1);
}

#[test]
fn one_message_for_a_term_and_for_an_alias() {
    let site = Site::plain();
    site.page("words.md", "title: Words\nentries: term", "## Grasp\n\nHold.\n\n## Grasps\n\nHold.");
    site.page("a.md", "title: A\naliases: [b.html]", "Text.");
    site.page("b.md", "title: B", "Text.");
    let found = problems(&site, &[]);
    let terms = found.iter().filter(|p| ["duplicate-term", "term-defined-twice"].contains(&p.code.as_str()));
    assert_eq!(terms.count(), 1, "{found:?}");
    let aliases =
        found.iter().filter(|p| ["alias-collision", "address-collision"].contains(&p.code.as_str()));
    assert_eq!(aliases.count(), 1, "{found:?}");
}

#[test]
fn the_last_words_promise_nothing() {
    let site = Site::bilingual();
    let settings = "title: {en: Test, es: Prueba}\ntheme: plain\nlanguages: [en, es]\n";
    site.file("site.yaml", format!("{settings}checks: {{levels: {{text-untranslated: \"off\"}}}}\n"));
    site.page(
        "index.md",
        "title: Start\ndescription: Where this small guide begins, in a few words.",
        "The start.",
    );
    site.page(
        "es/index.md",
        "title: Inicio\ndescription: Donde empieza esta pequeña guía, en pocas palabras.",
        "El inicio.",
    );
    let said = check(&site, &[]).stderr;
    let passed = said.lines().find(|l| l.starts_with("Automatic checks passed for 2 pages")).expect(&said);
    let listed = said.lines().filter(|l| l.starts_with("  - ")).count();
    assert!(passed.ends_with(&format!("{listed} things a person must look at:")), "{said}");
    assert!(said.contains("read each new translation: Español"), "{said}");
    assert!(!said.contains("pictures") && !said.contains("other sites"), "{said}");
    // With a picture, a link out and a problem, the list grows, and nothing has passed.
    site.page(
        "a.md",
        "title: A",
        "![A dot](dot.png) and [the law](https://a.example/law). This always works.",
    );
    site.file("content/dot.png", PIXEL);
    let said = check(&site, &[]).stderr;
    assert!(!said.contains("passed") && said.contains("Checked 3 pages"), "{said}");
    assert!(said.contains("Look at 1 picture in the pages"), "{said}");
    assert!(
        said.contains("Open 1 link to another site, or let `guidepost check --external` try them"),
        "{said}"
    );
    for word in ["compliant", "compliance", "conforms", "accessible"] {
        assert!(!said.contains(word), "{said}");
    }
}

/// A PNG of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\x0d\xef\x46\xb8\0\0\0\0IEND\xaeB`\x82";

#[test]
fn a_photo_is_published_without_its_place() {
    let mut tiff = b"II\x2A\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1A\0\0\0\0\0\0\0".to_vec();
    tiff.extend(b"\x02\0\x02\0\x05\0\x03\0\0\0\x38\0\0\0\x04\0\x05\0\x03\0\0\0\x38\0\0\0\0\0\0\0");
    tiff.extend([40u32, 1, 0, 1, 0, 1].iter().flat_map(|n| n.to_le_bytes()));
    let mut photo = vec![0xFF, 0xD8, 0xFF, 0xE1];
    photo.extend((tiff.len() as u16 + 8).to_be_bytes());
    photo.extend(b"Exif\0\0");
    photo.extend(tiff);
    // One pixel's frame, so that it is a picture.
    photo.extend(b"\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x7F\xFF\xD9");
    let site = Site::plain();
    site.file("content/home.jpg", &photo);
    site.file("content/plain.png", PIXEL);
    site.page("a.md", "title: A", "![A dot](home.jpg) ![A dot](plain.png)");
    let found = of(&problems(&site, &[]), "photo-location");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "content/home.jpg");
    site.build().clean();
    let published = fs::read(site.root().join("public/home.jpg")).unwrap();
    assert!(!published.windows(4).any(|w| w == b"Exif"), "the place is still there");
    assert!(published.len() < photo.len() && published.ends_with(b"\xFF\xD9"));
    assert_eq!(fs::read(site.root().join("public/plain.png")).unwrap(), PIXEL);
    assert_eq!(
        fs::read(site.root().join("content/home.jpg")).unwrap(),
        photo,
        "the source is nobody's to change"
    );
    // A second build has nothing to write.
    let before = fs::metadata(site.root().join("public/home.jpg")).unwrap().modified().unwrap();
    site.build().clean();
    assert_eq!(fs::metadata(site.root().join("public/home.jpg")).unwrap().modified().unwrap(), before);
}
