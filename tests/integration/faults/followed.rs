//! What published files lead to in turn, what they carry, and what becomes of them when nothing leads to them.

use crate::faults::picture_files::{SECRET, jpeg, png, segment};
use crate::support::{Problem, Run, Site, TODAY};

fn said(site: &Site) -> Vec<Problem> {
    site.build_checked(&["--format", "json"]).problems()
}

#[test]
fn what_a_linked_page_in_html_needs_is_published() {
    for (how, file, text) in [
        ("srcset", "s.png", "<img alt='' srcset='s.png 1x, other.png 2x'>"),
        ("a second candidate", "s.png", "<img alt='' srcset='other.png, s.png 2x'>"),
        ("source", "s.png", "<picture><source srcset=\"s.png 600w\"></picture>"),
        ("a style", "s.png", "<p style=\"background: url(s.png)\">x</p>"),
        ("a style with references", "s.png", "<p style=\"background: url(&quot;s.png&quot;)\">x</p>"),
        ("style between tags", "s.png", "<style>p { background: url('s.png') }</style>"),
        ("@import", "s.css", "<style>@import \"s.css\";</style>"),
        ("@import url()", "s.css", "<style>@import url(s.css) print;</style>"),
        ("a stylesheet", "s.css", "<link rel=stylesheet href=s.css>"),
        ("object", "s.pdf", "<object data=\"s.pdf\"></object>"),
        ("embed", "s.pdf", "<EMBED SRC=s.pdf>"),
        ("iframe", "s.html", "<iframe src=\"s.html\"></iframe>"),
        ("poster", "s.png", "<video poster=\"s.png\"></video>"),
        ("a track", "s.vtt", "<video><track src=\"./s.vtt\"></video>"),
        ("a link", "s.pdf", "<a href=\"s.pdf#page=2\">x</a>"),
        ("a percent code", "s s.png", "<img src='s%20s.png'>"),
        ("two steps", "deep/s.png", "<link rel=stylesheet href=deep/d.css>"),
        ("three steps", "s.png", "<iframe src=inner.html></iframe>"),
    ] {
        let site = Site::plain();
        site.page("index.md", "title: Start", "[The tool](tool/a.html)");
        site.file("content/tool/a.html", format!("<!doctype html><title>T</title>{text}"));
        site.file("content/tool/other.png", png(b"", b""));
        site.file("content/tool/deep/d.css", "a { background: url(s.png) }");
        site.file("content/tool/inner.html", "<title>T</title><p style='background:url(s.png)'>");
        site.file(&format!("content/tool/{file}"), png(b"", b""));
        let run = site.build_checked(&[]);
        assert_eq!(run.code, Some(0), "{how}: {}", run.stderr);
        assert!(site.has(&format!("tool/{file}")), "{how}: {:?}", site.public().keys());
        // Without the file it is told at its line, and stops nothing.
        site.remove(&format!("content/tool/{file}"));
        let found = said(&site);
        let told: Vec<&Problem> = found.iter().filter(|p| p.code == "broken-link").collect();
        assert_eq!(told.len(), 1, "{how}: {found:?}");
        assert_eq!((told[0].severity.as_str(), told[0].line), ("warning", 1), "{how}: {told:?}");
        assert!(told[0].message.contains(&format!("\"tool/{file}\"")), "{how}: {told:?}");
        assert!(told[0].path.starts_with("content/tool/"), "{how}: {told:?}");
        // A page that nothing leads to needs nothing.
        site.file(&format!("content/tool/{file}"), png(b"", b""));
        site.page("index.md", "title: Start", "No tool.");
        site.build_checked(&[]);
        assert!(!site.has(&format!("tool/{file}")) && !site.has("tool/a.html"), "{how}");
    }
}

#[test]
fn what_a_page_in_html_names_may_be_a_page() {
    let site = Site::plain();
    site.page("index.md", "title: Start", "[The tool](a.html)").page("b.md", "title: B", "Text.");
    site.page("s/index.md", "title: S", "Text.");
    let text = "<a href=b.html>b</a><a href='s/'>s</a><a href='.'>s</a><a href='#x'>x</a><a href='https://example.org/'>x</a>\
        <a href='mailto:a@example.org'>x</a><a href=''>x</a><img src='data:,'>";
    site.file("content/a.html", text);
    assert_eq!(said(&site).iter().filter(|p| p.code == "broken-link").count(), 0);
    site.file("content/a.html", "<a href=b.md>b</a>");
    let found = said(&site);
    let told: Vec<&Problem> = found.iter().filter(|p| p.code == "broken-link").collect();
    assert!(told.len() == 1 && told[0].help.contains("b.html"), "{found:?}");
    // The page goes: told at once, also in a warm build.
    site.file("content/a.html", "<a href=b.html>b</a>");
    assert_eq!(said(&site).iter().filter(|p| p.code == "broken-link").count(), 0);
    site.page("b.md", "title: B\ndraft: true", "Text.");
    let found = said(&site);
    assert_eq!(
        found.iter().filter(|p| p.code == "broken-link" && p.severity == "warning").count(),
        1,
        "{found:?}"
    );
}

#[test]
fn a_locked_file_that_loses_its_link_is_told() {
    for (what, front, text) in [
        ("the link goes", "title: P", "No link."),
        ("the page is a draft", "title: P\ndraft: true", "[Form](form.pdf)"),
        ("the page is over", "title: P\nexpires: 2026-11-01", "[Form](form.pdf)"),
        ("the page comes later", "title: P\npublish: 2027-01-01", "[Form](form.pdf)"),
    ] {
        let site = Site::plain();
        site.file("content/form.pdf", "%PDF-1.4").page("p.md", "title: P", "[Form](form.pdf)");
        site.file("urls.lock", "# kept\nform.pdf\nindex.html\n");
        assert_eq!(said(&site).iter().filter(|p| p.code == "removed-address").count(), 0, "{what}");
        site.page("p.md", front, text);
        let run = site.build_checked(&[]);
        assert_eq!(run.code, Some(0), "{what}: a day stops nothing: {}", run.stderr);
        assert!(!site.has("form.pdf"), "{what}");
        let found = said(&site);
        let told: Vec<&Problem> = found.iter().filter(|p| p.code == "removed-address").collect();
        assert_eq!(told.len(), 1, "{what}: {found:?}");
        assert_eq!(
            (told[0].severity.as_str(), told[0].path.as_str(), told[0].line),
            ("warning", "urls.lock", 2),
            "{what}"
        );
        let run = Run::of(site.command().args(["check", "--publish", "--date", TODAY]));
        assert!(run.stdout.contains("`form.pdf` was published once"), "{what}: {}", run.stdout);
        assert_eq!(run.code, Some(1), "{what}");
        site.file("site.yaml", "title: T\ntheme: plain\nfiles: [form.pdf]\n");
        assert_eq!(said(&site).iter().filter(|p| p.code == "removed-address").count(), 0, "{what}");
    }
    // A file that is gone altogether is an error, as a page is.
    let site = Site::plain();
    site.file("urls.lock", "form.pdf\n");
    assert_eq!(site.build_checked(&[]).code, Some(1));
}

/// A box of a film.
fn part(name: &[u8], inside: &[u8]) -> Vec<u8> {
    [&(inside.len() as u32 + 8).to_be_bytes()[..], name, inside].concat()
}

fn film(inside: &[u8]) -> Vec<u8> {
    [part(b"ftyp", b"isom\0\0\0\0"), part(b"mdat", b"\xA9xyz pixels"), part(b"moov", inside)].concat()
}

#[test]
fn a_film_that_tells_its_place_is_an_error_with_the_way_out() {
    let place = format!("\0\x12\x15\x47+{SECRET}-122.4194/");
    let keys = [b"\0\0\0\0mdta", &b"com.apple.quicktime.location.ISO6709"[..]].concat();
    for (name, bytes) in [
        ("bus.mp4", film(&part(b"udta", &part(b"\xA9xyz", place.as_bytes())))),
        ("bus.MOV", film(&part(b"meta", &part(b"keys", &keys)))),
        ("bus.3gp", film(&part(b"udta", &part(b"loci", place.as_bytes())))),
        ("bus.m4v", film(&part(b"trak", &part(b"stsd", b"\0\0\0\x10gpmd")))),
    ] {
        let site = Site::plain();
        site.file(&format!("content/{name}"), &bytes).page(
            "index.md",
            "title: Start",
            &format!("[The film]({name})\n\n## Transcript\n\nThe bus comes."),
        );
        let found = said(&site);
        let told: Vec<&Problem> = found.iter().filter(|p| p.code == "photo-location").collect();
        assert_eq!(told.len(), 1, "{name}: {found:?}");
        assert_eq!(told[0].severity, "error", "{name}");
        assert!(told[0].path.ends_with(name) && told[0].help.contains("Save it again"), "{name}: {told:?}");
        assert!(!site.has("index.html"), "{name}: nothing is written");
        // Without the place it is published, whatever bytes stand in its pictures.
        site.file(&format!("content/{name}"), film(&part(b"udta", &part(b"\xA9nam", b"Bus"))));
        assert_eq!(site.build_checked(&[]).code, Some(0), "{name}");
        assert!(site.has(name), "{name}");
        // One that nothing leads to harms nobody.
        site.file(&format!("content/{name}"), &bytes).page("index.md", "title: Start", "No film.");
        assert_eq!(site.build_checked(&[]).code, Some(0), "{name}");
        assert!(!site.has(name), "{name}");
    }
}

#[test]
fn a_photo_that_ends_too_early_is_told_and_shown() {
    let photo = jpeg(&segment(0xFE, b"x"), b"", b"");
    let drawing = png(b"", b"");
    for (name, bytes) in [
        ("bus.jpg", photo[..photo.len() - 2].to_vec()),
        ("bus.jpg", photo[..photo.len() - 9].to_vec()),
        ("bus.png", drawing[..drawing.len() - 12].to_vec()),
        ("bus.jfif", photo[..photo.len() - 5].to_vec()),
    ] {
        let site = Site::plain();
        site.file(&format!("content/{name}"), &bytes);
        site.page("index.md", "title: Start", &format!("![A bus.]({name})"));
        let found = said(&site);
        let told: Vec<&Problem> = found.iter().filter(|p| p.code == "broken-image").collect();
        assert_eq!(told.len(), 1, "{name}: {found:?}");
        assert_eq!(
            (told[0].severity.as_str(), told[0].path.as_str(), told[0].line),
            ("warning", "content/index.md", 5)
        );
        assert!(told[0].message.contains("ends too early"), "{told:?}");
        assert!(site.out("index.html").contains("<img") && !site.public()[name].is_empty(), "{name}");
    }
}

#[test]
fn no_message_shows_the_bytes_of_a_picture() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic SECRETBYTES".to_vec();
    let bmp = [b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", &b" SECRETBYTES"[..]].concat();
    for (name, bytes) in [
        ("a.heic", heic.clone()),
        ("a.jpg", heic),
        ("a.tiff", b"II*\0\x08\0\0\0 SECRETBYTES".to_vec()),
        ("a.bmp", bmp),
        ("a.jpg", b"\xFF\xD8\xFF SECRETBYTES".to_vec()),
    ] {
        for text in [format!("![A bus.]({name})"), format!("[The bus]({name})")] {
            let site = Site::plain();
            site.file(&format!("content/{name}"), &bytes).page("index.md", "title: Start", &text);
            let run = site.build_checked(&[]);
            assert_eq!(run.code, Some(1), "{name}: {}", run.stderr);
            assert!(
                run.stderr.contains(name) && !run.stderr.contains("SECRETBYTES"),
                "{name}: {}",
                run.stderr
            );
        }
    }
}

#[test]
fn a_link_without_words_to_what_is_left_out_is_told() {
    for (what, front) in [
        ("a draft", "title: Hidden words\ndraft: true"),
        ("to come", "title: Hidden words\npublish: 2027-01-01"),
        ("over", "title: Hidden words\nexpires: 2026-01-01"),
    ] {
        let site = Site::plain();
        site.page("b.md", front, "Text.").page("index.md", "title: Start", "See [](b.md) and [B](b.md).");
        let found = said(&site);
        let told: Vec<&Problem> = found.iter().filter(|p| p.code == "link-empty").collect();
        assert_eq!(told.len(), 1, "{what}: {found:?}");
        assert_eq!((told[0].severity.as_str(), told[0].line), ("warning", 5), "{what}");
        assert!(!site.out("index.html").contains("Hidden words"), "{what}");
        site.page("b.md", "title: Shown words", "Text.");
        assert_eq!(said(&site).iter().filter(|p| p.code == "link-empty").count(), 0, "{what}");
        assert!(site.out("index.html").contains("Shown words"), "{what}");
    }
}

#[test]
fn a_file_that_is_only_measured_stays_at_home() {
    let site = Site::plain();
    site.file("content/p.png", png(b"", b"")).page("a.md", "title: A", "Text.");
    let page = "{% extends \"base.html\" %}{% block body %}{% set size = image_size(path=\"content/p.png\") %}<i>{{ size.width }}</i>{{ body }}{% endblock body %}";
    site.template("page.html", page);
    site.build_checked(&[]);
    assert!(site.out("a.html").contains("<i>40</i>"), "{}", site.out("a.html"));
    assert!(!site.has("p.png"), "{:?}", site.public().keys());
    // Another picture: another width, also warm.
    let mut wide = png(b"", b"");
    wide[19] = 41;
    site.file("content/p.png", &wide);
    site.build_checked(&[]);
    assert!(site.out("a.html").contains("<i>41</i>"), "{}", site.out("a.html"));
    // Shown on a page, it is published.
    site.page("b.md", "title: B", "![A line.](p.png)");
    site.build_checked(&[]);
    assert!(site.has("p.png"));
}

#[test]
fn an_empty_feed_says_no_day_of_1970() {
    let site = Site::plain();
    site.file("site.yaml", "title: T\ntheme: plain\nbase_url: https://example.org\n");
    site.build();
    assert!(
        site.out("feed.xml").contains(&format!("<updated>{TODAY}T00:00:00Z</updated>")),
        "{}",
        site.out("feed.xml")
    );
    site.page("a.md", "title: A\nreviewed: 2026-10-01", "Text.");
    site.build();
    assert!(site.out("feed.xml").contains("<updated>2026-10-01T00:00:00Z</updated>"));
    site.page("a.md", "title: A\npublish: 2026-10-05\nreviewed: 2026-10-01", "Text.");
    site.build();
    assert!(site.out("feed.xml").contains("<updated>2026-10-05T00:00:00Z</updated>"));
    site.page("a.md", "title: A\npublish: 2027-10-05", "Text.");
    site.build();
    assert!(!site.out("feed.xml").contains("1970"), "{}", site.out("feed.xml"));
}
