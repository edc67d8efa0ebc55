//! Faults of front matter and of text, each a page of one site.

use crate::support::{Problem, Site, html};
use std::collections::BTreeMap;

/// What must happen.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Must {
    /// An error with this code at this line of the page.
    Fail(&'static str, u64),
    /// At least a warning with this code.
    Warn(&'static str),
    /// No problem, and the page shows this title.
    Build(&'static str),
    /// An error or a warning at the page, or it builds with this title.
    Either(&'static str),
}
use Must::{Build, Either, Fail, Warn};

/// Pages: a name, the whole file, and what must happen.
fn pages() -> Vec<(&'static str, Vec<u8>, Must)> {
    let wide = "x".repeat(1 << 20);
    let deep = format!("---\ntitle: T\ntags: {}{}\n---\n\nText.\n", "[".repeat(500), "]".repeat(500));
    let bomb = "---\na: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n\
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\ntitle: T\ntags: [*c, *c]\n---\n";
    let utf16: Vec<u8> = "---\ntitle: T\n---\n\nText.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend((0..2000u32).map(|i| (i * 7919 % 251) as u8));
    let text = |t: &str| t.as_bytes().to_vec();
    vec![
        ("fence", text("---\ntitle: T\n\nText.\n"), Fail("front-matter-fence", 1)),
        ("fence-only", text("---"), Fail("front-matter-fence", 1)),
        ("indent", text("---\ntitle: T\n owner: A\n---\n"), Fail("yaml-syntax", 3)),
        ("open-quote", text("---\ntitle: \"T\nowner: A\n---\n"), Fail("yaml-syntax", 2)),
        ("tab", text("---\ntitle: T\ntags:\n\t- a\n---\n"), Fail("yaml-syntax", 4)),
        ("colon", text("---\ntitle: Fees: all\n---\n"), Fail("yaml-syntax", 2)),
        ("twice", text("---\ntitle: T\ntitle: U\n---\n"), Fail("duplicate-key", 3)),
        ("list", text("---\n- title\n- T\n---\n"), Fail("wrong-type", 2)),
        ("word", text("---\nWelcome\n---\n"), Fail("wrong-type", 2)),
        ("title-list", text("---\ntitle: [a, b]\n---\n"), Fail("wrong-type", 2)),
        ("title-group", text("---\ntitle: {en: a}\n---\n"), Fail("wrong-type", 2)),
        ("no-such-day", text("---\ntitle: T\npublish: 2026-02-30\n---\n"), Fail("wrong-type", 3)),
        ("us-date", text("---\ntitle: T\npublish: 2/3/2026\n---\n"), Fail("wrong-type", 3)),
        ("word-date", text("---\ntitle: T\npublish: next week\n---\n"), Fail("wrong-type", 3)),
        ("tags-nested", text("---\ntitle: T\ntags: [[a], b]\n---\n"), Fail("wrong-type", 3)),
        ("number", text("---\ntitle: T\norder: first\n---\n"), Fail("wrong-type", 3)),
        ("number-quoted", text("---\ntitle: T\norder: \"1\"\n---\n"), Fail("wrong-type", 3)),
        ("bomb", text(bomb), Fail("yaml-syntax", 2)),
        ("recursive", text("---\ntitle: T\ntags: &a [*a]\n---\n"), Fail("yaml-syntax", 3)),
        ("deep", text(&deep), Fail("nesting", 3)),
        ("long", text(&format!("---\ntitle: {wide}\n---\n")), Fail("front-matter-fence", 1)),
        ("toml", text("+++\ntitle = \"Hush\"\n+++\n\nText.\n"), Fail("front-matter-fence", 1)),
        ("json", text("{\n\"title\": \"Hush\"\n}\n\nText.\n"), Fail("front-matter-fence", 1)),
        ("missing", text("Text without any front matter.\n"), Fail("missing-field", 1)),
        ("empty-matter", text("---\n---\n\nText.\n"), Fail("missing-field", 1)),
        ("empty-file", text(""), Fail("missing-field", 1)),
        ("comment", text("---\ntitle: Room #4\n---\n"), Fail("yaml-silent-loss", 2)),
        ("empty-title", text("---\ntitle: \"\"\n---\n"), Warn("missing-field")),
        ("blank-title", text("---\ntitle: \"  \"\n---\n"), Warn("missing-field")),
        ("draft-text", text("---\ntitle: T\ndraft: \"yes\"\n---\n"), Warn("wrong-type")),
        ("draft-word", text("---\ntitle: T\ndraft: maybe\n---\n"), Warn("wrong-type")),
        ("draft-number", text("---\ntitle: T\ndraft: 1\n---\n"), Warn("wrong-type")),
        ("utf16", utf16.clone(), Warn("not-utf8")),
        ("utf16-mark", [vec![0xff, 0xfe], utf16].concat(), Warn("not-utf8")),
        ("latin1", b"---\ntitle: Se\xf1or\n---\n".to_vec(), Warn("not-utf8")),
        ("cp1252", b"---\ntitle: T\n---\n\n\x93Quoted\x94 text.\n".to_vec(), Warn("not-utf8")),
        ("truncated", "---\ntitle: T\n---\n\nEspañ".bytes().take(23).collect(), Warn("not-utf8")),
        ("binary", png, Warn("not-utf8")),
        ("nul", text("---\ntitle: T\n---\n\nA\0B\n"), Warn("control-character")),
        ("bidi", text("---\ntitle: T\n---\n\nA \u{202e}B\n"), Warn("control-character")),
        ("escape", text("---\ntitle: T\n---\n\n\u{1b}[31mred\n"), Warn("control-character")),
        ("crlf", text("---\r\ntitle: Line ends\r\nowner: Ana\r\n---\r\n\r\nText.\r\n"), Build("Line ends")),
        ("mark", text("\u{feff}---\ntitle: Marked\n---\n\nText.\n"), Build("Marked")),
        ("only", text("---\ntitle: Only\n---\n"), Build("Only")),
        ("only-no-end", text("---\ntitle: No line end\n---"), Build("No line end")),
        ("rule", text("---\ntitle: Rule\n---\n\nAbove.\n\n---\n\nBelow.\n"), Build("Rule")),
        ("year", text("---\ntitle: 2026\n---\n"), Build("2026")),
        ("number-title", text("---\ntitle: 1.10\n---\n"), Build("1.10")),
        ("no-title", text("---\ntitle: no\n---\n"), Build("no")),
        ("null-like", text("---\ntitle: \"null\"\n---\n"), Build("null")),
        ("octal", text("---\ntitle: 007\n---\n"), Build("007")),
        ("date-title", text("---\ntitle: 2026-11-22\n---\n"), Build("2026-11-22")),
        ("quotes", text("---\ntitle: 'It''s \"here\"'\n---\n"), Build("It's \"here\"")),
        ("zone", text("---\ntitle: Zone\npublish: 2026-11-01T08:00:00-05:00\n---\n"), Either("Zone")),
        ("null", text("---\ntitle: ~\n---\n"), Either("~")),
        ("tag", text("---\ntitle: !!str Tagged\n---\n"), Either("Tagged")),
        ("merge", text("---\ntitle: Merge\n<<: {owner: Ana}\n---\n"), Either("Merge")),
        ("cr", text("---\rtitle: Old Mac\r---\r\rText.\r"), Either("Old Mac")),
        ("fence-blanks", text("---  \ntitle: Blanks\n---\t\n\nText.\n"), Either("Blanks")),
        ("lines-before", text("\n\n---\ntitle: Lines before\n---\n\nText.\n"), Either("Lines before")),
        ("four-dashes", text("----\ntitle: Four\n----\n\nText.\n"), Either("Four")),
        ("dots", text("---\ntitle: Dots\n...\n\nText.\n"), Either("Dots")),
        ("control-title", text("---\ntitle: \"A\\u0007B\"\n---\n"), Either("A\u{7}B")),
    ]
}

#[test]
fn each_fault_of_a_page_is_met() {
    let site = Site::plain();
    let pages = pages();
    for (name, bytes, _) in &pages {
        site.file(&format!("content/{name}.md"), bytes);
    }
    let problems = site.build_with(&["--format", "json"]).failed().problems();
    let mut by_page: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
    for problem in problems.iter().filter(|p| !p.path.is_empty()) {
        by_page
            .entry(problem.path.trim_start_matches("content/").trim_end_matches(".md"))
            .or_default()
            .push(problem);
    }
    let said = |name: &str| by_page.get(name).cloned().unwrap_or_default();
    let mut wrong = Vec::new();
    for (name, _, must) in &pages {
        let said = said(name);
        let ok = match must {
            Fail(code, line) => {
                said.iter().any(|p| p.severity == "error" && p.code == *code && p.line == *line)
            }
            Warn(code) => said.iter().any(|p| p.code == *code && p.severity != "note"),
            Build(_) => said.is_empty(),
            Either(_) => true,
        };
        if !ok {
            wrong.push(format!(
                "{name}: {must:?}, but: {:?}",
                said.iter().map(|p| p.place()).collect::<Vec<_>>()
            ));
        }
        assert!(said.iter().all(|p| p.line > 0 && !p.help.is_empty()), "{name}: {said:?}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");

    // Without those that fail the rest is built, and nothing was changed in silence.
    for (name, said) in &by_page {
        if said.iter().any(|p| p.severity == "error") {
            site.remove(&format!("content/{name}.md"));
        }
    }
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for (name, _, must) in &pages {
        let (Build(title) | Either(title)) = must else { continue };
        if said(name).iter().any(|p| p.severity != "note") {
            continue;
        }
        let page = site.out(&format!("{name}.html"));
        let tag = page.split("<h1>").nth(1).and_then(|p| p.split("</h1>").next()).unwrap();
        assert_eq!(html::decode(tag), *title, "{name}");
    }
    let rule = site.out("rule.html");
    assert!(rule.contains("<hr>") && rule.contains("Above.") && rule.contains("Below."), "{rule}");
}

#[test]
fn a_page_meant_as_a_draft_is_not_published() {
    let site = Site::plain();
    let levels = "{wrong-type: off, missing-field: off}";
    site.file("site.yaml", format!("title: T\ntheme: plain\nchecks: {{levels: {levels}}}\n"));
    let lines = [
        "draft: \"yes\"",
        "draft: maybe",
        "draft: 1",
        "draft: [true]",
        "draft: 'true'",
        "draft: True",
        "draft: yes",
        "draft: on",
        "draft: ja",
        "draft:",
        // A first day that cannot be read keeps the page back, whatever else stands there.
        "publish: soon",
        "publish: 1/2/2027",
        "publish: 2027-02-30",
        "publish: [2027-01-01]",
        "publish:",
        "publish: soon\ndraft: false",
    ];
    for (i, line) in lines.into_iter().enumerate() {
        site.page(&format!("p{i}.md"), &format!("title: P{i}\n{line}"), "Secret.");
    }
    assert_eq!(site.build().code, Some(0));
    for (name, bytes) in site.public() {
        assert!(!String::from_utf8_lossy(&bytes).contains("Secret."), "{name}");
    }
}

#[test]
fn front_matter_is_never_printed_as_text() {
    let site = Site::plain();
    site.file(
        "site.yaml",
        "title: T\ntheme: plain\nchecks: {levels: {front-matter-fence: warning, missing-field: warning}}\n",
    );
    site.file("content/toml.md", "+++\nsecret = \"Hush\"\n+++\n\nText.\n");
    site.file("content/json.md", "{\n\"secret\": \"Hush\"\n}\n\nText.\n");
    site.file("content/open.md", "---\ntitle: Open\nowner: Hush\n\nText.\n");
    assert_eq!(site.build().code, Some(0));
    for name in ["toml.html", "json.html", "open.html"] {
        let page = html::visible(&site.out(name));
        assert!(!page.contains("Hush") && page.contains("Text."), "{name}: {page}");
    }
}
