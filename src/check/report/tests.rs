//! What the report quotes, that it can be read again, and that nothing else can get into the page.

use super::*;
use crate::diag::code;
use sha2::{Digest as _, Sha256};

fn of(text: &str, marked: &str) -> String {
    let at = text.find(marked).unwrap();
    sentence(text, Span::new(at, at + marked.len()))
}

#[test]
fn the_sentence_around_a_place() {
    let text = "---\ntitle: A page\n---\nFirst one. This always\nhelps you! Last\n\n- An item\n- always good. And more.\n";
    assert_eq!(of(text, "always\n"), "This always helps you!");
    assert_eq!(of(text, "First"), "First one.");
    assert_eq!(of(text, "Last"), "Last");
    assert_eq!(of(text, "A page"), "title: A page");
    assert_eq!(of(text, "good"), "- always good.");
    assert_eq!(of(text, "First one. This always\nhelps you!"), "First one. This always helps you!");
    let text = "## A heading\n- Where: home\n";
    assert_eq!(of(text, "## A heading\n"), "## A heading");
    assert_eq!(line("a\n  font: x\nb\n", Span::new(10, 11)), "font: x");
    assert_eq!(sentence("", Span::new(3, 9)), "");
    assert_eq!(sentence("añb", Span::new(2, 2)), "");
    assert!(of(&"word ".repeat(200), "word").ends_with('…'));
    // A page of one line: no more is looked through than is shown.
    let long = format!("{}Here it is. {}", "é".repeat(9_000), "ö".repeat(9_000));
    assert_eq!(of(&long, "it is").chars().count(), MAX_SENTENCE + 1);
    assert_eq!(of(&long, "it is").chars().next(), Some('é'));
}

fn report() -> Report {
    let row = |part, severity, message: &str| Row {
        part,
        severity,
        code: code::BROKEN_LINK,
        path: SourcePath::new("content/a.md").ok(),
        line: 7,
        sentence: "Ask <b>\u{202e}now".into(),
        lang: Some("es".into()),
        message: message.into(),
        help: "Mend \"it\".".into(),
    };
    let day = |d| Past {
        date: Some(jiff::civil::date(2026, 11, d)),
        pages: 3,
        counts: BTreeMap::from([("broken".to_owned(), d as usize)]),
    };
    Report {
        title: "Guide </title><script>".into(),
        date: Some(jiff::civil::date(2026, 11, 22)),
        extent: "3 pages".into(),
        rows: vec![
            row(Part::Broken, Severity::Error, "It is broken"),
            row(Part::Overdue, Severity::Warning, "Late"),
        ],
        readings: Vec::new(),
        manual_checks: vec!["Open `x`.".into()],
        past: vec![day(3), day(22)],
    }
}

#[test]
fn it_can_be_read_again() {
    let made = report();
    assert_eq!(past(&html(&made)), made.past);
    assert_eq!(past("<html>something else"), Vec::new());
    assert_eq!(past(&format!("{MARK}[{{\"date\": 3}}]</script>")), Vec::new());
}

#[test]
fn every_problem_has_its_page_line_and_sentence() {
    let page = html(&report());
    for part in [
        "content/<wbr>a.md",
        ">7</td>",
        "<q lang=\"es\" dir=\"auto\">Ask &lt;b&gt;now</q>",
        "It is broken",
        "Mend &quot;it&quot;.",
        "2 fewer than on 2026-11-03",
        "<code>x</code>",
        "1 problem keeps the site from being published",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("compliant") && !page.contains("Automatic checks passed"));
}

#[test]
fn the_policy_lets_in_its_own_style_and_script_only() {
    let page = html(&report());
    for (name, open, close, hash) in [
        ("style", "<style>", "</style>", html::STYLE_HASH),
        ("script", "<script>", "</script>", html::SCRIPT_HASH),
    ] {
        let inside = page.rsplit_once(open).unwrap().1.split_once(close).unwrap().0;
        let digest = Sha256::digest(inside.as_bytes());
        assert_eq!(hash, format!("sha256-{}", base64(&digest)), "{name}: write this hash into html.rs");
        assert!(page.contains(&format!("{name}-src '{hash}'")));
    }
    assert_eq!(page.matches("<script").count(), 2, "{page}");
    for other in ["http://", "https://", "src=\"", "url(", "@import"] {
        assert!(!page.contains(other), "{other}");
    }
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let n = three.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for i in 0..4 {
            let sign = SIGNS[(n >> (18 - 6 * i)) as usize & 63];
            out.push(if i <= three.len() { sign as char } else { '=' });
        }
    }
    out
}
