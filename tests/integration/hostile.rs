//! Hostile pages: thirty families of markdown that is short to write and dear to read, and random text.
//!
//! What is asserted is work, not time: how much comes out (HTML, placeholders, problems) for what went in, and that it is
//! well-formed. A family whose reading were quadratic would show as a test that does not end.

use guidepost::config::Language;
use guidepost::diag::Parsed;
use guidepost::document::{Body, Document, ParseOptions, PlaceholderKind, parse};
use guidepost::schema::{Kind, Kinds};
use guidepost::source::{Source, SourcePath};
use proptest::prelude::*;

fn read_as(text: &str, raw_html: bool) -> Parsed<Document> {
    let kinds = ["page", "activity"].map(|name| Kind { name: name.into(), ..Kind::default() });
    let kinds = Kinds(kinds.map(|k| (k.name.clone(), k)).into(), Default::default());
    let languages = [Language { code: "en".into(), ..Language::default() }];
    let options = ParseOptions {
        cascade: None,
        zone: None,
        prefixes: guidepost::source::Prefixes::Order,
        values: &guidepost::config::Values::default(),
        kinds: &kinds,
        languages: &languages,
        default_kind: "page",
        raw_html,
        text: true,
        links: true,
    };
    parse(&Source::new(SourcePath::new("content/a.md").unwrap(), text.as_bytes().to_vec()), &options)
}

const HEAD: &str = "---\ntitle: T\n---\n";
const ENTRIES: &str = "---\ntitle: T\nentries: activity\n---\n";

/// Checks that placeholders are sorted, in range and on character borders, and that tags and components are balanced.
fn well_formed(body: &Body, entries: usize) {
    let html = &*body.html;
    let mut last = 0;
    let mut open = 0;
    let mut numbers = 0;
    for placeholder in body.placeholders.iter() {
        let at = placeholder.at;
        assert!(at >= last && at <= html.len() && html.is_char_boundary(at), "{placeholder:?} after {last}");
        last = at;
        match placeholder.kind {
            PlaceholderKind::Text { len } => {
                last = at + len;
                assert!(html.is_char_boundary(last), "{placeholder:?}");
                assert!(!html[at..last].contains(['<', '>']), "{}", &html[at..last]);
            }
            PlaceholderKind::Open(_) => open += 1,
            PlaceholderKind::Close => {
                open -= 1;
                assert!(open >= 0);
            }
            PlaceholderKind::Link(_) => assert!(html[..at].ends_with("href=\""), "{html}"),
            PlaceholderKind::Address(_) => assert!(html[..at].ends_with("=\""), "{html}"),
            PlaceholderKind::Source(_) => assert!(html[..at].ends_with(['"', ' ']), "{html}"),
            PlaceholderKind::Entry(n) => {
                assert_eq!(n, numbers);
                numbers += 1;
            }
            _ => {}
        }
    }
    assert_eq!(open, 0);
    assert_eq!(numbers as usize, entries);
    assert_eq!(body.entries.len(), entries);
    balanced(html);
    body.entries.iter().for_each(|e| well_formed(e, 0));
}

fn balanced(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "{rest}");
        // In our own HTML `<` and `>` are escaped in attributes too.
        let end = rest[at..].find('>').unwrap_or_else(|| panic!("tag without end: {rest}")) + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
        } else {
            let name = tag.split([' ', '\n']).next().unwrap_or("");
            assert!(!name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()), "{html}");
            if !["area", "br", "col", "hr", "img", "input", "source", "track", "wbr"].contains(&name) {
                open.push(name);
            }
        }
    }
    assert!(open.is_empty(), "{open:?} in {html}");
}

/// Reads a page and checks that the work was bounded.
fn bounded(name: &str, body: &str) {
    for head in [HEAD, ENTRIES] {
        let text = format!("{head}{body}");
        let parsed = read_as(&text, false);
        let document = parsed.value;
        let body = document.body.expect("a body");
        well_formed(&body, document.summary.entries.len());
        let html: usize = body.html.len() + body.entries.iter().map(|e| e.html.len()).sum::<usize>();
        let placeholders: usize =
            body.placeholders.len() + body.entries.iter().map(|e| e.placeholders.len()).sum::<usize>();
        assert!(html <= 60 * text.len() + 2_000_000, "{name}: {} bytes gave {html} of HTML", text.len());
        assert!(placeholders <= 2 * text.len() + 10, "{name}: {placeholders} placeholders");
        assert!(parsed.diagnostics.len() <= text.len() + 10, "{name}: {} problems", parsed.diagnostics.len());
    }
}

#[test]
fn thirty_families() {
    let n = 50_000;
    let r = |s: &str| s.repeat(n);
    let lines = |f: fn(usize) -> String| (0..n / 5).map(f).collect::<String>();
    let wide = |n: usize| format!("|{}\n|{}\n", "a|".repeat(n), "-|".repeat(n));
    let families: Vec<(&str, String)> = vec![
        ("open brackets", r("[")),
        ("brackets", r("[") + "a" + &r("]")),
        ("empty links", r("[a](b)")),
        ("links never closed", r("[a](")),
        ("links in angle brackets never closed", r("[a](<b")),
        ("nested images", r("![") + &r("](a)")),
        ("stars", r("*")),
        ("stars and letters", r("*a **b ")),
        ("stars and underscores", r("*_") + "a" + &r("_*")),
        ("tildes", r("~a~~b")),
        ("backticks of growing length", (1..300).map(|i| "`".repeat(i) + "a").collect()),
        ("backticks", r("`")),
        ("quotes in a line", r("> ") + "a"),
        ("quotes over lines", format!("{}a\n", "> ".repeat(200)).repeat(200)),
        ("lists in a line", r("- ") + "a"),
        ("ordered lists in a line", r("1. ") + "a"),
        ("list and empty lines", "- ".repeat(2_000) + "a\n" + &"\n".repeat(2_000)),
        ("list items", r("- a\n")),
        ("entities", r("&amp;&#0;&#x110000;&bogus;")),
        ("comments", r("<!-- a ")),
        ("comments in a line", "a ".to_owned() + &"<!-- check: allow broken-link -->".repeat(5_000)),
        ("tags never closed", r("<a b=\"")),
        ("processing instructions and declarations", r("a <?") + &r("<!A ") + &r("<![CDATA[")),
        ("wide table", wide(10_000)),
        ("long table", wide(2) + &r("|a|b|\n")),
        ("table of rows left empty", wide(1_000) + &r("|\n")),
        ("many such tables", (wide(200) + &"|\n".repeat(200) + "\n").repeat(100)),
        ("reference definitions", lines(|i| format!("[{i}]: /u\n"))),
        (
            "one reference a thousand times",
            format!("[a]: /{}\n\n", "u".repeat(10_000)) + &"[a]".repeat(10_000),
        ),
        ("footnotes", lines(|i| format!("x[^{i}]\n\n[^{i}]: y\n\n"))),
        ("one footnote ten thousand times", "[^a]: y\n\n".to_owned() + &"[^a]".repeat(10_000)),
        ("footnotes in footnotes", lines(|i| format!("[^{i}]: a [^{}]\n\n", i + 1)) + "[^0]"),
        ("footnotes that are not there", r("[^a] ")),
        ("equal headings", "## Same\n".repeat(10_000)),
        ("equal ids", "## A {#same}\n".repeat(10_000)),
        ("ids never closed", "{#a".repeat(n)),
        ("numbered headings and their base", lines(|i| format!("## a-{i}\n")) + &"## a\n".repeat(10_000)),
        ("autolinks", r("<http://a.b>")),
        ("autolinks never closed", r("<http:")),
        ("a line of a megabyte", "word and ".repeat(120_000)),
        ("a word of a megabyte", "w".repeat(1_000_000)),
        ("a heading of a megabyte", "## ".to_owned() + &"wörd ".repeat(170_000)),
        ("fences never closed", r("```\n~~~\n")),
        ("containers", r(":::a\n")),
        ("containers closed by longer fences", ":::a\n".repeat(n) + &"::::\n".repeat(n)),
        ("closing fences", r(":::\n")),
        ("colons in a line", r("*a*:::")),
        ("definition lists", r("a\n: b\n")),
        ("task lists", r("- [ ] a\n")),
        ("alerts", r("> [!NOTE]\n> a\n\n")),
        ("field lists", r("## A\n- a: b\n- c\n")),
        ("a field list of many lines", "## A\n".to_owned() + &r("- a: b\n")),
        ("smart punctuation", r("\"'--... ")),
        ("backslashes", r("\\\\\\*")),
        ("hard breaks", r("a  \n")),
        ("control characters", r("a\u{0}\u{1}\u{202e}")),
        ("carriage returns", r("a\r:::x\r")),
    ];
    for (name, body) in families {
        bounded(name, &body);
    }
}

#[test]
fn html_that_is_short_to_write_and_dear_to_read() {
    let n = 20_000;
    for (name, body) in [
        ("open tags", "<div>".repeat(n)),
        ("open tags on lines", "<div>\n".repeat(n)),
        ("open tags in blocks", "<div>\n\na\n\n".repeat(n / 10)),
        ("open tags in a line", "a <b>".repeat(n)),
        ("closing tags", "</div>\n".repeat(n)),
        ("tags that were too deep, and other ends", "<i>".repeat(n) + &"</b></i>".repeat(n)),
        ("pairs that cross", "a <b><i></b></i>".repeat(n / 2)),
        ("tables", "<table><tr><td>\n\n".repeat(n / 10)),
        ("items", "<li>".repeat(n)),
        ("half tags", "<div a=\"".repeat(n)),
        ("attributes", format!("<div {}>\n", "a=b ".repeat(n))),
        ("different attributes", format!("<div {}>\n", (0..n).map(|i| format!("a{i} ")).collect::<String>())),
        ("quotes", format!("<div title='{}'>\n", "\"&quot;>".repeat(n))),
        ("pictures", format!("<img srcset=\"{}\">\n", "a.png 1x, ".repeat(n))),
        ("ids", (0..n).map(|i| format!("<a id=i{}></a>\n", i % 100)).collect()),
        ("programs", "<script>\n".repeat(n)),
        ("drawings", "a <svg><path d=x>".repeat(n)),
        ("comments", "<div><!-- check: allow html-id -->\n".repeat(n / 10)),
        ("fences", ":::note\n<div>\n".repeat(n)),
        ("addresses", "https://x.org/_a_ www.y.org a@b.org ".repeat(n / 4)),
        ("addresses in marks", "*https://x.org/_a*_ [^1]".repeat(n / 4)),
    ] {
        for head in [HEAD, ENTRIES] {
            let text = format!("{head}{body}");
            let parsed = read_as(&text, true);
            let document = parsed.value;
            let body = document.body.expect("a body");
            well_formed(&body, document.summary.entries.len());
            assert!(
                body.html.len() <= 20 * text.len() + 10_000,
                "{name}: {} bytes gave {}",
                text.len(),
                body.html.len()
            );
            assert!(parsed.diagnostics.len() <= n + 200, "{name}: {} problems", parsed.diagnostics.len());
        }
    }
}

#[test]
fn what_is_nested_too_deep_is_told_once() {
    for text in ["> ".repeat(5_000) + "a", "- ".repeat(5_000) + "a", "*a ".repeat(5_000) + &"*".repeat(5_000)]
    {
        let parsed = read_as(&format!("{HEAD}{text}\n"), false);
        let told = parsed.diagnostics.iter().filter(|d| d.code.name() == "nesting").count();
        assert!(told <= 1);
        assert!(parsed.value.body.unwrap().html.len() < 20_000 + 10 * text.len());
    }
}

#[test]
fn no_script_reaches_the_page() {
    let text = concat!(
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\nx <svg onload=alert(1)> <a href=javascript:x>y</a>\n\n",
        "<iframe src=\"https://evil.org\"></iframe>\n\n<form action=x><input></form>\n\n<style>*{}</style>\n\n",
        "<div style=\"x\" onclick='y'>\n\nz\n\n</div>\n\n<details open ontoggle=alert(1)>\n\n<base href=//evil>\n\n",
        "[a](javascript:x) [b](JaVaScRiPt&colon;x) [c](<java\tscript:x>) ![d](javascript:x) <vbscript:x>\n\n",
        "[e](data:text/html;base64,x) [f](&#x6A;avascript:x) [g](\u{1}javascript:x) [h](//evil.org) [i](a \"\" onx=y\")\n\n",
        "# x {#i onclick=alert(1) .\"onx=}\n\n```\"><script>\n```\n\n:::note a=\"<script>\"\n:::\n",
    );
    for raw in [false, true] {
        let body = read_as(&format!("{HEAD}{text}"), raw).value.body.unwrap();
        balanced(&body.html);
        let mut rest = &*body.html;
        while let Some(at) = rest.find('<') {
            let end = rest[at..].find('>').unwrap() + at;
            let tag = rest[at..end].to_ascii_lowercase();
            for bad in [
                "<script",
                "<iframe",
                "<svg",
                "<style",
                "<form",
                "<base",
                " on",
                "javascript",
                "vbscript",
                "data:",
                "style=",
                "evil",
            ] {
                assert!(!tag.contains(bad), "{tag} (raw HTML: {raw})");
            }
            rest = &rest[end..];
        }
    }
}

/// Text made of the pieces that matter to markdown.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Zéñ ]{1,8}",
        4 => prop::sample::select(vec![
            "\n", "\n\n", "\r\n", "\r", "  ", "    ", "\t", "- ", "1. ", "> ", "> [!NOTE]\n", "## ", "### ", "# ", "{#a}", "*", "**", "_", "~~", "`",
            "```\n", "~~~", ":::", ":::note\n", ":::\n", "::::x a=\"b\"\n", ":", ": ", "- A: b\n", "- [ ] ", "- [x] ", "|", "|-|-|\n", "|a|b|\n",
            "[", "]", "(", ")", "![", "](", "](a.md)", "[^1]", "[^1]: ", "<!--", "-->", "<!-- term: off -->", "<!-- check: allow raw-html -->",
            "<b>", "</b>", "<div>", "</div>", "<p>", "</p>", "<table><tr><td id=x>", "</table>", "<ul><li>", "</ul>", "<a href=b.md>", "</a>",
            "<img src=a.png srcset='a.png 2x'>", "<a name=x />", "<svg>", "<h2>", "<col>", "https://x.org/_a_", "www.x.org.", "a_b@x.org", "<details>\n\n", "\n</details>", "<script>", "<br>", "<", ">", "&", "&lt;", "\\", "\"", "'", "--",
            "---\n", "===\n", "<http://a>", "javascript:", "\0", "\u{200f}", "日本", "\u{301}",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_page_is_read_well(text in pieces(), raw in any::<bool>(), entries in any::<bool>()) {
        let text = format!("{}{text}", if entries { ENTRIES } else { HEAD });
        let parsed = read_as(&text, raw);
        let document = parsed.value;
        well_formed(&document.body.unwrap(), document.summary.entries.len());
        for d in &parsed.diagnostics {
            prop_assert!(d.span.start <= d.span.end && d.span.end as usize <= text.len(), "{:?}", d);
            prop_assert!(text.is_char_boundary(d.span.start as usize) && text.is_char_boundary(d.span.end as usize), "{:?}", d);
        }
        for a in &document.allows {
            prop_assert!(a.covers.start <= a.covers.end && a.covers.end as usize <= text.len(), "{:?}", a);
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let kinds = Kinds::default();
        let options = ParseOptions { zone: None, cascade: None, prefixes: guidepost::source::Prefixes::Order, values: &guidepost::config::Values::default(),  kinds: &kinds, languages: &[], default_kind: "page", raw_html: true, text: true, links: true };
        parse(&Source::new(SourcePath::new("content/a.md").unwrap(), bytes), &options);
    }
}
