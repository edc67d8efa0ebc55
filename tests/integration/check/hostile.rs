//! No input may make a rule panic, lose its way in the text, or take long.

use crate::check::fixtures::{problems, read};
use crate::check::site::Site;
use guidepost::check::{fix, rules};
use guidepost::config::Config;
use proptest::prelude::*;

fn check(text: &str, lang: &str) {
    let folder = if lang == "en" { String::new() } else { format!("{lang}/") };
    let site = Site::new(vec![(format!("content/{folder}page.md"), text.to_owned())], Config::default());
    let found = site.problems();
    for diagnostic in &found {
        let range = diagnostic.span.range();
        assert!(text.get(range.clone()).is_some(), "{:?} at {range:?} of {text:?}", diagnostic.code);
        for label in &diagnostic.labels {
            assert!(text.get(label.span.range()).is_some(), "a label of {:?} in {text:?}", diagnostic.code);
        }
    }
    let mended = fix::apply(text, &fix::of(&found)).unwrap();
    let _ = fix::diff("page.md", text, &mended);
}

/// Pieces that rules look for, to be strewn together.
const PIECES: &[&str] = &[
    "• ",
    "– ",
    "(1) ",
    "## ",
    "#### ",
    "# ",
    "**",
    "*",
    "|",
    "|---|---|\n",
    "\n",
    "\n\n",
    "- ",
    "![",
    "](",
    ")",
    "[",
    "`",
    "<",
    ">",
    "<span lang=\"",
    "<img src=//x.y ",
    "<iframe ",
    "style=\"color:",
    "\"",
    "'",
    "&amp;",
    "&#x2022;",
    "\\",
    "http://",
    "www.",
    "@",
    ".org",
    "555-201-0134",
    "(McWilliam, 1995)",
    "et al. (2012)",
    "1995)",
    "OT",
    "(IEP)",
    "IEP (",
    "U.S.",
    "Dr. ",
    "e.g. ",
    "?",
    "!",
    "…",
    "no ",
    "guarantees ",
    "best ",
    "Theraputty ",
    "magnets ",
    "click here",
    "مرحبا ",
    "你好",
    "ñ",
    "é",
    "\u{200f}",
    "\u{0}",
    "İ",
    "ﬀ",
    "👩‍👧",
    "\t",
    "\r\n",
    ":::safety\n",
    ":::\n",
    "<!-- check: allow claim-word -->\n\n",
    "[^1]",
    "[^1]: ",
    "DOB ",
    "03/04/2015",
    "word ",
    "Words ",
    "1. ",
    "> ",
    "---\n",
    "\u{a0}",
    "’",
    "“",
    "-",
    "child’s ",
    "4-year-old ",
    "300.22 ",
    "table below ",
    "in red ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_mix_of_pieces(picks in proptest::collection::vec(0..PIECES.len(), 0..60), lang in 0..3usize) {
        let text: String = picks.iter().map(|i| PIECES[*i]).collect();
        check(&text, ["en", "es", "ar"][lang]);
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&text, "en");
    }
}

#[test]
fn cut_fixtures() {
    for rule in rules() {
        let path = format!("{}/tests/check/{}/fires.md", env!("CARGO_MANIFEST_DIR"), rule.code);
        let text = std::fs::read_to_string(path).unwrap();
        for cut in (0..text.len()).step_by(29).filter(|i| text.is_char_boundary(*i)) {
            // The end of a setting may be cut off: leave those lines whole.
            let head: String =
                text[..cut].lines().filter(|l| !l.starts_with("//")).map(|l| format!("{l}\n")).collect();
            if !head.contains("\n=== ") && !head.starts_with("=== ") {
                let _ = problems(&read(&head));
            }
        }
    }
}

/// See [`crate::support::is_linear`].
fn takes_linear_time(piece: &str) {
    let is_linear = crate::support::is_linear(1_250, |count| check(&piece.repeat(count), "en"));
    assert!(is_linear, "{piece:?}: eight times the text costs more than 24 times as much, three times over");
}

#[test]
fn long_lines_take_linear_time() {
    for piece in [
        "(",
        "a@",
        "555-",
        "word ",
        "OT (",
        "**a** ",
        "[a](b) ",
        "<b ",
        "(Name, ",
        "• ",
        "# a\n",
        "1995) ",
        "![](x.png)\n",
        // A picture that was pasted as text is one word.
        "a",
        "every",
        "ia",
        "e’",
        "**a",
        "~~a",
        "_a ",
        "&amp",
        "<b>a</b>",
        "a\u{200b}",
        "a-",
    ] {
        takes_linear_time(piece);
    }
}

/// The same for the marks that the rules on lost text look for.
#[test]
fn long_lines_of_lost_text_take_linear_time() {
    for piece in [
        "[",
        "](",
        "[a](b c ",
        ")[",
        "{{",
        "{% ",
        "**",
        "** ",
        "`",
        "<!--",
        "<!-- a\n",
        "<!– ",
        "| a ",
        "| a | b |\n",
        "a\tb\n",
        "==a",
        "%%",
        ":a",
        "[[",
        "1. a\n  - b\n",
        "- \u{a0}",
        "\u{a0}- ",
        "::a\n",
        "\n    A line of text here.\n",
        "```\n",
        "<Tabs ",
        "<<<<<<< a\n",
        "TODO ",
        "##a\n",
        "-a\n",
        "a.md]",
        "(a)(",
        "［a",
        "a】(",
        "http:",
        "[a]:(",
        "&nbsp ",
        "&a",
        "`a`_ ",
        "a:: b\n",
        "＊＊",
        "[ ] a\n",
        "2. a\n",
    ] {
        takes_linear_time(piece);
    }
}
