//! The rules see a page through the same front end as the writer of its body: one splitter, one mask, one set of limits.

use crate::check::site::Site;
use guidepost::config::Config;
use guidepost::document::{PlaceholderKind, page_text};
use guidepost::source::Source;
use guidepost::text::{Block, BlockKind};
use std::collections::BTreeMap;

/// The words that the rules see in a page.
fn seen(text: &str) -> String {
    let site = Site::new(vec![("content/page.md".into(), text.to_owned())], Config::default());
    site.files[0].document.text.as_deref().unwrap().flat.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Front matter is found where the page's own reading finds it (D8).
#[test]
fn front_matter_is_never_read_as_text() {
    let pages = [
        "\n---\ntitle: A very long line of front matter\n---\nText.\n",
        "\n\n  \n---\ntitle: A\n---\nText.\n",
        "\u{feff}\n---\ntitle: A\n---\nText.\n",
        "\r\n---\r\ntitle: A\r\n---\r\nText.\r\n",
        "---  \ntitle: A\n---\t\nText.\n",
        "\u{feff}---\ntitle: A\n---\nText.\n",
    ];
    for page in pages {
        assert_eq!(seen(page), "Text.", "{page:?}");
    }
    // Three points end no front matter: what follows them is no text of the page either.
    assert_eq!(seen("---\ntitle: A\n...\ndescription: B\n---\nText.\n"), "Text.");
}

/// What would ask for gigabytes is read as text by the rules too (D2).
#[test]
fn tables_with_too_many_empty_places_are_no_tables_for_rules_either() {
    let row = |n: usize, cell: &str| format!("|{}\n", format!("{cell}|").repeat(n));
    let table = format!("{}{}{}", row(1_000, "a"), row(1_000, "-"), "|\n".repeat(262));
    for (before, after) in [("", ""), ("> ", ""), ("- ", ""), ("", "\nMore.\n")] {
        let page = format!("---\ntitle: A\n---\n{before}{}{after}", format!("{table}\n").repeat(110));
        let site = Site::new(vec![("content/page.md".into(), page.clone())], Config::default());
        let text = site.files[0].document.text.as_deref().unwrap();
        assert!(text.tables.is_empty());
        assert!(text.blocks.len() < 1_000, "{} blocks", text.blocks.len());
        assert!(text.size() < 8 * page.len(), "{} bytes for {}", text.size(), page.len());
    }
}

/// A page read a second time says what it said when its body was written.
#[test]
fn a_second_reading_gives_the_same_text() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, file) in crate::check::guide::read_tree(root, "content")
        .into_iter()
        .chain(crate::check::guide::read_tree(root, "docs/content"))
    {
        let site = Site::new(vec![(path.clone(), file.clone())], Config::default());
        let document = &site.files[0].document;
        let source = Source::new(document.path.clone(), file.into_bytes());
        let again = page_text(&source, document, site.config.raw_html, &site.config.values);
        assert_eq!(format!("{again:?}"), format!("{:?}", document.text.as_deref().unwrap()), "{path}");
    }
}

/// The words of a text: letters and digits, in the order written, without signs and case.
fn words(text: &str) -> Vec<String> {
    let cut = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    cut.map(str::to_lowercase).collect()
}

/// Named and numeric character references, as far as the writer uses them.
fn decoded(html: &str) -> String {
    let names = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    names.iter().fold(html.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

/// The text of a piece of HTML: tags are borders of words only where they are blocks; code and the numbers of notes go.
fn shown(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |i| i + 1);
        let tag = &rest[1..end - 1];
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let skip = match name.as_str() {
            "code" if !tag.starts_with('/') => Some("</code>"),
            "sup" if tag.contains("footnote-ref") => Some("</sup>"),
            "a" if tag.contains("doc-backlink") => Some("</a>"),
            _ => None,
        };
        if !matches!(name.as_str(), "em" | "strong" | "del" | "a" | "span" | "sup" | "sub") {
            out.push(' ');
        }
        rest = match skip {
            Some(close) => {
                out.push(' ');
                rest.find(close).map_or("", |i| &rest[i + close.len()..])
            }
            None => &rest[end..],
        };
    }
    out.push_str(rest);
    decoded(&out)
}

/// What the three see of one page, in any order: notes stand at the foot of a page.
struct Views {
    rules: Vec<String>,
    page: Vec<String>,
    /// What the rules see outside headings and links, and what the glossary sees.
    rules_running: Vec<String>,
    glossary: Vec<String>,
}

fn views(path: &str, file: &str) -> Views {
    let site = Site::new(vec![(path.to_owned(), file.to_owned())], Config::default());
    let document = &site.files[0].document;
    let text = document.text.as_deref().unwrap();
    let body = document.body.as_deref().unwrap();
    // Fields of entries are not in the page's own HTML: their templates show them.
    let in_entry_head = |b: &Block| {
        let entry = text.sections.get(b.section as usize).is_some_and(|s| s.entry);
        b.kind == BlockKind::Field || b.kind == BlockKind::Heading && entry
    };
    let (mut rules, mut rules_running) = (Vec::new(), Vec::new());
    for block in text.blocks.iter().filter(|b| !in_entry_head(b)) {
        rules.extend(words(text.block_text(block)));
        if block.kind == BlockKind::Heading {
            continue;
        }
        let mut at = block.flat.start;
        let mut running = String::new();
        for link in
            text.links.iter().filter(|l| l.flat.start >= block.flat.start && l.flat.end <= block.flat.end)
        {
            running.push_str(text.flat_text(&(at..link.flat.start)));
            running.push(' ');
            at = link.flat.end;
        }
        running.push_str(text.flat_text(&(at..block.flat.end)));
        rules_running.extend(words(&running));
    }
    let (mut page, mut glossary) = (Vec::new(), Vec::new());
    let parts = std::iter::once(body).chain(&body.entries);
    for body in parts.chain(body.notes.iter()) {
        page.extend(words(&shown(&body.html)));
        let mut end_of_last = 0;
        let mut running = String::new();
        for placeholder in body.placeholders.iter() {
            if let PlaceholderKind::Text { len } = placeholder.kind {
                // Markup inside a word is no border, as in `<em>a</em>b`; a link's text or a block is one.
                let between = shown(&body.html[end_of_last..placeholder.at]);
                running.push_str(if between.is_empty() { "" } else { " " });
                running.push_str(&decoded(&body.html[placeholder.at..placeholder.at + len]));
                end_of_last = placeholder.at + len;
            }
        }
        glossary.extend(words(&running));
    }
    Views { rules, page, rules_running, glossary }
}

/// How often each word stands in a list more than in the other: nothing when both are the same words.
fn difference(a: &[String], b: &[String]) -> BTreeMap<String, i32> {
    let mut counts: BTreeMap<String, i32> = BTreeMap::new();
    for word in a {
        *counts.entry(word.clone()).or_default() += 1;
    }
    for word in b {
        *counts.entry(word.clone()).or_default() -= 1;
    }
    counts.retain(|word, count| *count != 0 && word.chars().any(char::is_alphabetic));
    counts
}

/// The rules see the words that stand on the page; the glossary sees those of them that may be linked, and no other.
fn assert_same_words(path: &str, file: &str) -> Views {
    let views = views(path, file);
    let differ = difference(&views.rules, &views.page);
    assert!(
        differ.is_empty(),
        "{path}: the rules see more (+) or less (-) than stands on the page: {differ:?}\n{file}"
    );
    let more = difference(&views.glossary, &views.rules_running);
    assert!(
        more.values().all(|n| *n < 0),
        "{path}: the glossary sees what no running text says: {more:?}\n{file}"
    );
    views
}

#[test]
fn rules_glossary_and_page_have_the_same_words_in_the_guide_the_manual_and_the_golden_sites() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut all, mut whole) = (0, 0);
    for folder in ["content", "docs/content", "tests/sites"] {
        for (path, file) in crate::check::guide::read_tree(root, folder) {
            // Where HTML is shown as text, the page has more words than the rules; the sites on HTML prove that by themselves.
            if path.contains("/public/") || path.contains("sites/html-o") {
                continue;
            }
            let path =
                path.rsplit_once("/content/").map_or(path.clone(), |(_, name)| format!("content/{name}"));
            let views = assert_same_words(&path, &file);
            all += 1;
            // Pictures' captions, cards, tables' heads and what a comment takes out are not linked; the rest is.
            whole += usize::from(difference(&views.glossary, &views.rules_running).is_empty());
        }
    }
    assert!(all > 120 && whole * 4 > all * 3, "{whole} of {all}");
}

/// Numbers that look like chance and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    fn of<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }
}

const WORDS: &[&str] = &[
    "goal",
    "don't",
    "“hand”",
    "niño",
    "IEP",
    "2+",
    "a_b_c",
    "in*ter*nal",
    "AT&T",
    "&amp;",
    "&eacute;t",
    "\\*star\\*",
    "e\u{301}cole",
    "well-known",
    "3:45",
    "U.S.",
    "\"quoted\"",
    "'so'",
    "--",
    "...",
    "terms",
    "الفريق",
    "治疗师",
    "100 %",
    "<b",
    "a < b > c",
    "\u{a0}",
    "\u{200b}",
    "~~old~~",
    "**bold**",
    "*soft*",
    "***both***",
    "_low_",
    "__strong__",
    "`code`",
    "``a `b` c``",
    "[link](a.md)",
    "[*soft* link](a.md#x \"title\")",
    "<https://example.org>",
    "<who@example.org>",
    "[ref]",
    "[ref][]",
    "[shown][ref]",
    "![alt text](p.png)",
    "[![alt](p.png)](a.md)",
    "[^none]",
    "\\",
    "line  \nbreak",
    "hard\\\nbreak",
    "**un",
    "closed",
    "[half",
    "](x)",
    "![",
    "`tick",
    "|",
    "a|b",
    "#",
    "- ",
    "1.",
    ":::",
    "{x}",
    "==m==",
];

fn line(dice: &mut Dice) -> String {
    (0..1 + dice.below(9)).map(|_| dice.of(WORDS)).collect::<Vec<_>>().join(" ")
}

fn block(dice: &mut Dice, depth: usize) -> String {
    let text = line(dice);
    let inner = |dice: &mut Dice, first: &str, rest: &str| {
        let text = if depth > 2 { line(dice) } else { block(dice, depth + 1) };
        let mut out = String::new();
        for (i, line) in text.lines().enumerate() {
            out.extend([if i == 0 { first } else { rest }, line, "\n"]);
        }
        out
    };
    match dice.below(18) {
        0 => format!("## {text}\n"),
        1 => format!("### {text} {{#id{}}}\n", dice.below(1000)),
        2 => inner(dice, "> ", "> "),
        3 => inner(dice, "- ", "  ") + &inner(dice, "- ", "  "),
        4 => inner(dice, "1. ", "   ") + &inner(dice, "2. ", "   "),
        5 => format!("| {} | b |\n|---|:-:|\n| {} | {} |\n| x |\n", line(dice), line(dice), dice.of(WORDS))
            .replace("\\\n", " ")
            .replace("  \n", " "),
        6 => format!("```\n{text}\n```\n"),
        7 => {
            // A note that nobody mentions, or the second of one name, is told and not shown.
            let name = dice.below(1 << 30);
            format!("Said[^n{name}].\n\n[^n{name}]: {text}\n")
        }
        8 => {
            let name = dice.below(1 << 30);
            format!("Again[^m{name}] and[^m{name}].\n\n[^m{name}]: {text}\n\n    {}\n", line(dice))
        }
        9 => format!("[ref]: other.md \"{}\"\n", dice.of(&["a", "b c"])),
        10 => format!("{text}\n: {}\n", line(dice)),
        11 => format!("> [!NOTE]\n> {text}\n"),
        12 => format!(":::note\n{text}\n\n{}\n:::\n", line(dice)),
        13 => format!("- [ ] {text}\n- [x] {}\n", line(dice)),
        14 => format!("{text}\n===\n"),
        15 => format!("<!-- {} -->\n\n{text}\n", dice.of(&["a note", "term: off", "two\nlines"])),
        _ => format!("{text}\n{}\n", line(dice)),
    }
}

#[test]
fn rules_glossary_and_page_have_the_same_words_on_2000_made_up_pages() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    // A long run has other texts, too, since the dice go on.
    let pages = std::env::var("GUIDEPOST_TEXTS").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    for number in 0..pages {
        let body: Vec<String> = (0..1 + dice.below(8)).map(|_| block(&mut dice, 0)).collect();
        let page = format!("---\ntitle: A\n---\n{}", body.join(dice.of(&["\n", "\n", "\n\n", ""])));
        assert_same_words(&format!("content/p{number}.md"), &page);
    }
}
