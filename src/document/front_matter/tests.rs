//! What front matter promises, fault by fault.

use super::read::FrontMatter;
use super::split::MAX_BYTES;
use super::*;
use crate::config::yaml;
use crate::diag::{Diagnostic, Parsed};
use crate::document::ParseOptions;
use crate::schema::{Field, FieldType, FieldValue, Kind, Kinds, Localized};
use crate::source::{Source, SourcePath};
use proptest::prelude::*;

fn kinds() -> Kinds {
    let field = |name: &str, ty: FieldType, required: bool| Field {
        name: name.into(),
        label: Localized::plain(name.replace('_', " ")),
        ty,
        required,
        default: None,
        choices: Vec::new(),
        help: Localized::plain("What it is."),
        example: "The classroom".into(),
        ..Field::default()
    };
    let model = Kind {
        name: "delivery-model".into(),
        fields: vec![
            field("place", FieldType::Text, true),
            field("joined", FieldType::Integer, false),
            field("also_called", FieldType::List(Box::new(FieldType::Text)), false),
        ],
        ..Kind::default()
    };
    let plain = |name: &str| Kind { name: name.into(), ..Kind::default() };
    Kinds([plain("page"), plain("term"), model].map(|k| (k.name.clone(), k)).into(), Default::default())
}

fn all_at(path: &str, bytes: &[u8]) -> Parsed<FrontMatter> {
    let source = Source::new(SourcePath::new(path).unwrap(), bytes.to_vec());
    let kinds = kinds();
    let options = ParseOptions {
        zone: None,
        prefixes: crate::source::Prefixes::Order,
        values: &crate::config::Values::default(),
        kinds: &kinds,
        languages: &[],
        default_kind: "page",
        cascade: None,
        raw_html: false,
        text: false,
        links: false,
    };
    let mut diagnostics = Vec::new();
    let parts = split(&source).collect(&mut diagnostics);
    let offset = parts.yaml.clone().map_or(0, |r| r.start);
    let node = yaml::parse(&source.path, parts.yaml_text(), offset).collect(&mut diagnostics);
    let value = read(&source.path, "en", node.as_ref(), parts.head, &options, None).collect(&mut diagnostics);
    for d in &diagnostics {
        assert!(d.span.start <= d.span.end && d.span.end as usize <= bytes.len() + 1, "{d:?}");
    }
    Parsed { value, diagnostics }
}

fn all(text: &str) -> Parsed<FrontMatter> {
    all_at("content/a-page.md", text.as_bytes())
}

fn codes(text: &str) -> Vec<&'static str> {
    all(text).diagnostics.iter().map(|d| d.code.name()).collect()
}

fn one(text: &str) -> (String, Diagnostic) {
    let p = all(text);
    assert_eq!(p.diagnostics.len(), 1, "{text:?}: {:#?}", p.diagnostics);
    let d = p.diagnostics[0].clone();
    (text[d.span.range()].to_owned(), d)
}

#[test]
fn reads_every_common_key() {
    let text = "---\ntitle: Push-in\ndescription: One sentence.\nkind: delivery-model\norder: 2\nnav_title: In class\nhidden: true\ndraft: true\npublish: 2026-01-01\nexpires: 2027-01-01T00:00:00Z\nreviewed: 2026-11-22\nreview_every: 2 years\nowner: Ana\naliases: [old.html, /older/]\ntags: [a, b, a]\nentries: term\nentry_level: 3\nglossary: false\nsearch: false\nprint: false\ntranslated_from: 0123456789abcdef\nplace: Class\njoined: 5\n---\nBody\n";
    let p = all(text);
    assert!(p.diagnostics.is_empty(), "{:#?}", p.diagnostics);
    let s = p.value.summary;
    assert_eq!((s.title.as_str(), s.kind.as_str(), s.order), ("Push-in", "delivery-model", Some(2)));
    assert_eq!(s.review_every, Some(730));
    assert_eq!(s.expires.unwrap().to_string(), "2027-01-01");
    assert_eq!(s.aliases.iter().map(|a| a.0.as_str()).collect::<Vec<_>>(), ["old.html", "older/"]);
    assert_eq!(s.tags, ["a", "b"]);
    assert_eq!((s.entries_kind.as_deref(), p.value.entry_level), (Some("term"), 3));
    assert!(s.hidden && s.draft && !s.glossary && !s.search && !s.print);
    assert_eq!(*s.fields.get("joined").unwrap(), FieldValue::Integer(5));
    assert_eq!(&text[s.spans.get("place").unwrap().range()], "Class");
}

#[test]
fn no_field_can_hide_a_common_key() {
    for key in COMMON {
        let text = format!("a: {{fields: {{{}: text}}}}\n", key.name);
        let source = Source::new(SourcePath::new("kinds.yaml").unwrap(), text.into_bytes());
        let p = crate::config::theme::load_kinds(&[&source]);
        assert_eq!(p.diagnostics.len(), 1, "{}", key.name);
    }
}

#[test]
fn splits_with_bom_crlf_blank_lines_and_spaces() {
    for text in [
        "---\ntitle: Ñ\n---\nBody",
        "\u{feff}---\r\ntitle: Ñ\r\n---\r\nBody",
        "\n\n---   \ntitle: Ñ\n---\t\nBody",
        "---\rtitle: Ñ\r---\rBody",
    ] {
        let source = Source::new(SourcePath::new("content/a.md").unwrap(), text.as_bytes().to_vec());
        let p = split(&source);
        assert!(p.diagnostics.is_empty(), "{:?}", p.diagnostics);
        assert_eq!((p.value.yaml_text().trim(), p.value.body_text()), ("title: Ñ", "Body"), "{text:?}");
        assert_eq!(all(text).value.summary.title, "Ñ");
    }
    let only =
        Source::new(SourcePath::new("content/a.md").unwrap(), "---\ntitle: x\n---".as_bytes().to_vec());
    assert_eq!(split(&only).value.body_text(), "");
    let rule =
        Source::new(SourcePath::new("content/a.md").unwrap(), "Text\n\n---\n\nText".as_bytes().to_vec());
    assert_eq!(split(&rule).value.yaml, None);
}

#[test]
fn a_missing_title_says_what_to_write() {
    let (place, d) = one("---\norder: 1\n---\n");
    assert_eq!((place.as_str(), d.code.name()), ("---", "missing-field"));
    assert_eq!(d.help.as_deref(), Some("add a line to the front matter, such as: title: A page"));
    assert_eq!(all("---\norder: 1\n---\n").value.summary.title, "A page");
    let (_, d) = one("Only text\n");
    assert!(d.help.unwrap().starts_with("begin the file with three lines"));
    assert_eq!(codes(""), ["missing-field"]);
    assert_eq!(codes("---\n---\n"), ["missing-field"]);
    let (place, d) = one("---\ntitle:\n---\n");
    assert_eq!((place.as_str(), d.code.name()), ("title", "missing-field"));
    assert_eq!(one("---\ntitle: \"  \"\n---\n").1.code.name(), "missing-field");
    assert_eq!(codes("---\ntitle: [a]\n---\n"), ["wrong-type"]);
    assert_eq!(codes("---\n- a\n---\n"), ["wrong-type"]);
}

#[test]
fn titles_stay_texts() {
    for title in ["1.10", "no", "2026", "null"] {
        assert_eq!(all(&format!("---\ntitle: {title}\n---\n")).value.summary.title, title);
    }
    assert_eq!(all("---\ntitle: >\n  Two\n  lines\n---\n").value.summary.title, "Two lines");
}

#[test]
fn unknown_keys_and_kinds_are_located() {
    let (place, d) = one("---\ntitle: x\ndescripton: y\n---\n");
    assert_eq!((place.as_str(), d.code.name()), ("descripton", "unknown-key"));
    assert_eq!(d.help.as_deref(), Some("did you mean `description`?"));
    let (_, d) = one("---\ntitle: x\nkind: delivery-model\nplace: y\nAlso called: y\n---\n");
    assert_eq!(d.help.as_deref(), Some("did you mean `also_called`?"));
    let (place, d) = one("---\ntitle: x\nkind: delivery-modle\n---\n");
    assert_eq!((place.as_str(), d.code.name()), ("delivery-modle", "unknown-kind"));
    assert!(d.help.unwrap().contains("did you mean `delivery-model`"));
    assert_eq!(codes("---\ntitle: x\nentries: nothing\n---\n"), ["unknown-kind"]);
    assert_eq!(codes("---\ntitle: x\nmember_kind: term\n---\n"), ["unknown-key"]);
    let p = all_at("content/x/index.md", b"---\ntitle: x\nmember_kind: term\n---\n");
    assert_eq!((p.value.summary.member_kind.as_deref(), p.diagnostics.len()), (Some("term"), 0));
}

#[test]
fn required_fields_of_the_kind() {
    let (place, d) = one("---\ntitle: x\nkind: delivery-model\n---\n");
    assert_eq!((place.as_str(), d.code.name()), ("---", "missing-field"));
    assert_eq!(d.help.as_deref(), Some("add a line such as: place: The classroom (What it is.)"));
    assert_eq!(one("---\ntitle: x\nkind: delivery-model\nplace:\n---\n").0, "place");
    // What was already reported is not reported as missing.
    assert_eq!(codes("---\ntitle: x\nkind: delivery-model\nplace: [a\n---\n"), ["yaml-syntax"]);
}

#[test]
fn drafts_are_never_published_in_silence() {
    for text in ["draft: \"yes\"", "draft: ja", "draft: \"true\"", "draft: [true]"] {
        let p = all(&format!("---\ntitle: x\n{text}\n---\n"));
        assert_eq!(p.diagnostics.len(), 1, "{text}: {:?}", p.diagnostics);
        assert!(p.value.summary.draft, "{text}");
    }
    for (text, draft) in [("draft: yes", true), ("draft: On", true), ("draft: no", false)] {
        let p = all(&format!("---\ntitle: x\n{text}\n---\n"));
        assert!(p.diagnostics.is_empty() && p.value.summary.draft == draft, "{text}: {:?}", p.diagnostics);
    }
}

#[test]
fn bad_values() {
    for (line, code) in [
        ("order: \"1\"", "wrong-type"),
        ("order: first", "wrong-type"),
        ("publish: 11/22/2026", "wrong-type"),
        ("publish: November 22, 2026", "wrong-type"),
        ("reviewed: 2026-02-30", "wrong-type"),
        ("review_every: often", "wrong-type"),
        ("tags: [a, [b]]", "wrong-type"),
        ("aliases: [../x.html]", "outside-site"),
        ("aliases: [\"a\\\\b\"]", "wrong-type"),
        ("aliases: [\"<b>.html\"]", "wrong-type"),
        ("entry_level: 7", "wrong-type"),
        ("translated_from: xyz", "wrong-type"),
        ("order: 1\norder: 2", "duplicate-key"),
        ("\torder: 1", "yaml-syntax"),
        ("publish: 2026-02-01\nexpires: 2026-01-01", "wrong-type"),
    ] {
        assert_eq!(codes(&format!("---\ntitle: x\n{line}\n---\n")), [code], "{line}");
    }
    assert_eq!(codes("---\ntitle: Room #4\n---\n"), ["yaml-silent-loss"]);
    assert_eq!(codes("---\ntitle: Fees: what you pay\n---\n"), ["yaml-syntax"]);
}

#[test]
fn fences() {
    let (place, d) = one("---\ntitle: x\n\nBody: text\n");
    assert_eq!((place.as_str(), d.code.name()), ("---", "front-matter-fence"));
    assert_eq!(all("---\ntitle: x\n\nBody: text\n").value.summary.title, "x");
    let (_, d) = one("---\ntitle: x\n--\nBody\n");
    assert_eq!(d.labels.len(), 1);
    let (_, d) = one("---\ntitle: x\n\u{2014}\nBody\n");
    assert_eq!(d.labels.len(), 1);
    assert_eq!(codes("+++\ntitle = \"x\"\n+++\nBody\n")[0], "front-matter-fence");
    assert_eq!(codes("{\n \"title\": \"x\"\n}\nBody\n")[0], "front-matter-fence");
    for text in ["+++\ntitle = \"x\"\n+++\nBody\n", "{\n \"title\": \"x\"\n}\nBody\n"] {
        let source = Source::new(SourcePath::new("content/a.md").unwrap(), text.as_bytes().to_vec());
        assert_eq!(split(&source).value.body_text().trim(), "Body");
    }
    let long = format!("---\ntitle: x\ndescription: {}\n---\nBody", "y".repeat(MAX_BYTES));
    assert_eq!(codes(&long)[0], "front-matter-fence");
}

#[test]
fn encodings_and_invisible_characters() {
    let code = |bytes: &[u8]| all_at("content/a.md", bytes).diagnostics[0].code.name();
    let utf16: Vec<u8> = "---\ntitle: x\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(code(&utf16), "not-utf8");
    assert_eq!(code(&[&[0xFF, 0xFE][..], &utf16].concat()), "not-utf8");
    assert_eq!(code(b"---\ntitle: A\xF1o\n---\n"), "not-utf8");
    let p = all_at("content/a.md", b"---\ntitle: A\xF1o\n---\n");
    assert!(p.diagnostics[0].message.contains('ñ') && p.diagnostics[0].span.start == 12);
    assert_eq!(code("---\ntitle: x\n---\n日".as_bytes().split_last().unwrap().1), "not-utf8");
    assert_eq!(code(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff"), "not-utf8");
    assert_eq!(codes("---\ntitle: x\n---\na\0b"), ["control-character"]);
    assert_eq!(codes("---\ntitle: x\n---\na\u{1b}b"), ["control-character"]);
    assert_eq!(codes("---\ntitle: x\n---\na\u{202e}b"), ["control-character"]);
    assert_eq!(codes("---\ntitle: x\n---\na\u{85}b"), ["control-character"]);
    assert!(codes("---\ntitle: x\n---\n¿Qué? \u{200f}نص\u{2067}x\u{2069}\t\r\n").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        all_at("content/a.md", &bytes);
        all_at("content/a.md", &[b"---\n", &bytes[..]].concat());
        all_at("content/a.md", &[b"---\ntitle: ", &bytes[..], b"\n---\n"].concat());
    }

    #[test]
    fn random_lines_never_panic(lines in proptest::collection::vec(prop_oneof![
        Just("---"), Just("+++"), Just("title: x"), Just("order: "), Just("tags: [a"), Just("aliases: ../x"), Just("{"), Just("\"a\": 1}"),
        Just("draft: maybe"), Just("kind: delivery-model"), Just("publish: 1/2/2026"), Just("  - x"), Just("\t"), Just(""), Just("ñ日\u{202e}"),
    ], 0..12), end in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")]) {
        all_at("content/x/index.md", lines.join(end).as_bytes());
    }
}
