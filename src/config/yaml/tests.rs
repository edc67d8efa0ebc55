//! What the YAML reader promises, fault by fault.

use super::*;
use crate::diag::Severity;
use proptest::prelude::*;

fn read(text: &str) -> Parsed<Option<Node>> {
    parse(&SourcePath::new("site.yaml").unwrap(), text, 0)
}

fn at<'a>(text: &'a str, d: &Diagnostic) -> &'a str {
    text.get(d.span.range()).unwrap_or_else(|| panic!("span {:?} of {text:?}: {d:?}", d.span))
}

/// The one problem of `text`: its code, the text at its place, the diagnostic.
fn one(text: &str) -> (&'static str, String, Diagnostic) {
    let p = read(text);
    assert_eq!(p.diagnostics.len(), 1, "{text:?}: {:#?}", p.diagnostics);
    let d = p.diagnostics[0].clone();
    (d.code.name(), at(text, &d).to_owned(), d)
}

fn value(text: &str, key: &str) -> String {
    let p = read(text);
    p.value.as_ref().and_then(|n| n.get(key)).and_then(Node::as_text).unwrap_or("<none>").to_owned()
}

#[test]
fn reads_a_tree_with_spans() {
    let text = "título: Año nuevo\ntags: [a, \"b c\"]\nlist:\n  - x\n  - y: 1.10\nnone:\n";
    let p = read(text);
    assert!(p.diagnostics.is_empty(), "{:?}", p.diagnostics);
    let root = p.value.unwrap();
    let title = root.get("título").unwrap();
    assert_eq!(&text[title.span.range()], "Año nuevo");
    assert_eq!(title.as_text(), Some("Año nuevo"));
    let tags = root.get("tags").unwrap();
    assert_eq!(&text[tags.span.range()], "[a, \"b c\"]");
    let NodeValue::List(items) = &tags.value else { panic!() };
    assert_eq!(items[1].value, NodeValue::Scalar { text: "b c".into(), plain: false });
    let list = root.get("list").unwrap();
    assert_eq!(&text[list.span.range()], "- x\n  - y: 1.10");
    assert_eq!(root.get("none").unwrap().value, NodeValue::Null);
    assert_eq!(root.as_map().unwrap()[2].0.text, "list");
}

#[test]
fn offset_bom_and_crlf() {
    let path = SourcePath::new("a.md").unwrap();
    let file = "\u{feff}---\r\ntitle: Ñandú\r\norder: 1\r\n---\r\n";
    let p = parse(&path, &file[8..file.len() - 5], 8);
    assert!(p.diagnostics.is_empty(), "{:?}", p.diagnostics);
    let root = p.value.unwrap();
    assert_eq!(&file[root.get("title").unwrap().span.range()], "Ñandú");
    assert_eq!(root.get("order").unwrap().as_text(), Some("1"));
    assert_eq!(value("\u{feff}title: x\n", "title"), "x");
}

#[test]
fn a_colon_in_a_text_asks_for_quotes() {
    let text = "title: Fees: what you pay\norder: 1\n";
    let (code, place, d) = one(text);
    assert_eq!((code, place.as_str()), ("yaml-syntax", "Fees: what you pay"));
    assert!(d.help.unwrap().contains("put quotes around the text: title: \"Fees: what you pay\""));
    assert_eq!(value(text, "title"), "Fees: what you pay");
    assert_eq!(value(text, "order"), "1");
}

#[test]
fn tabs() {
    let text = "contact:\n\tname: x\norder: 1\n";
    let (code, place, d) = one(text);
    assert_eq!((code, place.as_str()), ("yaml-syntax", "\t"));
    assert!(d.message.contains("tab") && d.fix.is_some());
    assert_eq!(value(text, "order"), "1");
    one("title: x\n\tdescription: y\n");
    one("\ttitle: x\n");
}

#[test]
fn duplicates_name_both_places() {
    let text = "title: a\norder: 1\ntitle: b\n";
    let (code, place, d) = one(text);
    assert_eq!((code, place.as_str()), ("duplicate-key", "title"));
    assert_eq!(d.span.start, 18);
    assert_eq!(d.labels[0].span, Span::new(0, 5));
    assert_eq!(value(text, "title"), "a");
    let many: String = (0..40).map(|i| format!("k{i}: 1\n")).collect::<String>() + "k3: 2\nk39: 2\n";
    assert_eq!(read(&many).diagnostics.len(), 2);
}

#[test]
fn silent_losses() {
    let text = "title: Room #4\norder: 1\n";
    let (code, place, d) = one(text);
    assert_eq!((code, place.as_str(), d.severity), ("yaml-silent-loss", "Room #4", Severity::Error));
    assert_eq!(d.fix.unwrap().replacement, "\"Room #4\"");
    assert_eq!(value(text, "title"), "Room #4");

    let (code, place, _) = one("brand:\n  color: #1f6f8b\n  logo: x\n");
    assert_eq!((code, place.as_str()), ("yaml-silent-loss", "#1f6f8b"));
    let p = read("color: #1f6f8b");
    assert_eq!(p.value.unwrap().get("color").unwrap().as_text(), Some("#1f6f8b"));

    let (code, place, d) = one("title: !note x\n");
    assert_eq!((code, place.as_str()), ("yaml-silent-loss", "!note"));
    assert!(d.help.unwrap().contains("\"!note x\""));

    let (code, place, _) = one("help: {en: Short, plain words, es: Corto}\n");
    assert_eq!((code, place.as_str()), ("yaml-silent-loss", "plain words"));

    let (code, _, d) = one("title: Room # 4\n");
    assert_eq!((code, d.severity), ("yaml-silent-loss", Severity::Warning));
    for fine in [
        "kind: page   # a comment\n",
        "order: 1 # a comment\n",
        "# whole line\ntitle: x\n",
        "contact: # below\n  name: x\n",
        "contact: #\n  name: x\n",
        "title: \"Room #4\"\n",
        "title: C#\n",
        "title: >\n  Room #4\n",
    ] {
        assert!(read(fine).diagnostics.is_empty(), "{fine:?}: {:?}", read(fine).diagnostics);
    }
}

#[test]
fn anchors_aliases_merges_and_tags_are_refused() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    let p = read(bomb);
    assert!(p.diagnostics.len() >= 4);
    assert!(p.diagnostics.iter().all(|d| d.code.name() == "yaml-syntax"));
    assert_eq!(at(bomb, &p.diagnostics[0]), "&a");
    assert!(read("x: *unknown\n").diagnostics[0].help.as_ref().unwrap().contains("quotes"));
    assert!(!read("a: &a\n  b: *a\n").diagnostics.is_empty());
    let p = read("a: {x: 1}\nb:\n  <<: {y: 1}\n  z: 1\n");
    assert_eq!(p.diagnostics.len(), 1);
    assert!(p.diagnostics[0].message.contains("<<"));
}

#[test]
fn deep_nesting_and_size_are_capped() {
    for text in [
        "[".repeat(5000),
        "{a: ".repeat(5000),
        "- ".repeat(5000),
        format!("a: {}", "[".repeat(5000)),
        "? ".repeat(5000),
    ] {
        let p = read(&text);
        assert!(
            p.diagnostics.iter().any(|d| d.code.name() == "nesting"),
            "{}: {:?}",
            &text[..8],
            p.diagnostics
        );
    }
    let p = read(&"x".repeat(MAX_BYTES + 1));
    assert_eq!(p.diagnostics.len(), 1);
}

#[test]
fn a_flood_of_problems_is_cut_short() {
    for text in ["a: b\n".repeat(500), "a: \"x\n".repeat(500), "a: b: c\n".repeat(500)] {
        let p = read(&text);
        assert_eq!(p.diagnostics.len(), 51);
        assert!(p.diagnostics[50].message.contains("more problems"));
    }
}

#[test]
fn a_second_document_is_refused() {
    assert_eq!(value("---\ntitle: x\n", "title"), "x");
    let (_, place, _) = one("title: x\n---\ntitle: y\n");
    assert_eq!(place, "---");
}

#[test]
fn all_errors_of_a_file_at_once() {
    let text = "title: Fees: pay\ndescription: \"open\nkind: [a\norder:1\ncontact:\n  name: x\n  phone: 1: 2\nfine: yes\n";
    let p = read(text);
    let places: Vec<&str> = p.diagnostics.iter().map(|d| at(text, d)).collect();
    assert_eq!(places, ["Fees: pay", "\"open", "[a", "order:1", "1: 2"], "{:#?}", p.diagnostics);
    let root = p.value.unwrap();
    assert_eq!(root.get("fine").unwrap().as_text(), Some("yes"));
    assert!(root.get("description").unwrap().is_broken());
    assert_eq!(root.get("contact").unwrap().get("name").unwrap().as_text(), Some("x"));
}

#[test]
fn usual_faults_are_explained() {
    for (text, place, word) in [
        ("title: x\n  description: y\n", "  description", "belonged to `title`"),
        ("title: x\njust words\n", "just words", "not `key: value`"),
        ("title: [Draft] Fees\n", "[Draft] Fees", "list"),
        ("title: @home\n", "@home", "begins with `@`"),
        ("title: `code`\n", "`code`", "begins with"),
        ("title: \"A\" and \"B\"\n", "\"A\" and \"B\"", "closing quote"),
        ("title: 'It's here'\n", "'It's here'", "closing quote"),
        ("title: - x\n", "- x", "begins with `-`"),
        ("title: > 5 years\n", "> 5 years", "begins with `>`"),
        ("title: \"a\\qb\"\n", "\\", "backslash"),
        ("title: %x\n", "%x", "begins with `%`"),
        ("%YAML 1.2\n---\ntitle: x\n", "%YAML 1.2", "directive"),
    ] {
        let p = read(text);
        let d = p.diagnostics.first().unwrap_or_else(|| panic!("{text:?} gives nothing"));
        assert!(d.message.contains(word), "{text:?}: {}", d.message);
        assert!(d.help.is_some());
        assert_eq!(at(text, d), place, "{text:?}");
    }
    assert_eq!(value("title: 'It's here'\n", "title"), "It's here");
}

#[test]
fn texts_stay_texts() {
    assert_eq!(value("v: 1.10", "v"), "1.10");
    assert_eq!(value("v: no", "v"), "no");
    assert_eq!(value("v: 0o17", "v"), "0o17");
}

#[test]
fn quotes() {
    assert_eq!(quoted("a"), "\"a\"");
    assert_eq!(quoted("a \"b\""), "'a \"b\"'");
    assert_eq!(quoted("it's \"b\""), "\"it's \\\"b\\\"\"");
}

fn spans_fit(node: &Node, text: &str) {
    assert!(text.get(node.span.range()).is_some(), "{:?} in {text:?}", node.span);
    match &node.value {
        NodeValue::List(items) => items.iter().for_each(|n| spans_fit(n, text)),
        NodeValue::Map(entries) => entries.iter().for_each(|(k, n)| {
            assert!(text.get(k.span.range()).is_some());
            spans_fit(n, text);
        }),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn no_text_panics_and_all_spans_fit(
        text in proptest::collection::vec(prop_oneof![
            Just("title"), Just(": "), Just(":"), Just("\n"), Just("\r\n"), Just("\r"), Just("\t"), Just("  "), Just(" "),
            Just("- "), Just("["), Just("]"), Just("{"), Just("}"), Just(","), Just("#"), Just(" #"), Just("\""), Just("'"),
            Just("|"), Just(">"), Just("&a "), Just("*a"), Just("!t "), Just("? "), Just("---"), Just("..."), Just("<<"),
            Just("ñ"), Just("日本"), Just("\u{feff}"), Just("\0"), Just("\u{85}"), Just("\u{2028}"), Just("\\"), Just("%"), Just("~"), Just("x: y\n"),
        ], 0..40).prop_map(|v| v.concat())
    ) {
        let p = read(&text);
        if let Some(node) = &p.value { spans_fit(node, &text); }
        for d in &p.diagnostics {
            prop_assert!(d.span.start <= d.span.end && d.span.start as usize <= text.len());
            prop_assert!(text.is_char_boundary(d.span.start as usize));
        }
    }

    #[test]
    fn no_random_text_panics(text in "\\PC{0,200}") {
        read(&text);
    }
}
