//! What the reading of fields promises, type by type.

use super::*;
use crate::config::yaml;
use crate::diag::Parsed;
use crate::source::{SourcePath, Span};

fn field(ty: FieldType) -> Field {
    let choice = |value: &str, en: &str, es: &str| Choice {
        value: value.into(),
        label: Localized([("en".to_owned(), en.to_owned()), ("es".to_owned(), es.to_owned())].into()),
    };
    Field {
        name: "where".into(),
        label: Localized(
            [("en".to_owned(), "Where".to_owned()), ("es".to_owned(), "Dónde".to_owned())].into(),
        ),
        ty,
        required: false,
        default: None,
        choices: vec![
            choice("home", "home", "casa"),
            choice("class", "class", "clase"),
            choice("ot-room", "OT room", "sala de OT"),
        ],
        help: Localized::default(),
        example: String::new(),
        ..Field::default()
    }
}

fn node(ty: FieldType, value: &str) -> Parsed<Option<FieldValue>> {
    let path = SourcePath::new("content/a.md").unwrap();
    let text = format!("where: {value}\n");
    let tree = yaml::parse(&path, &text, 0);
    assert!(tree.diagnostics.is_empty(), "{:?}", tree.diagnostics);
    read_node(&field(ty), tree.value.unwrap().get("where").unwrap(), ReadContext { path: &path, lang: "en" })
}

fn line(ty: FieldType, text: &str, lang: &str) -> Parsed<Option<FieldValue>> {
    let path = SourcePath::new("content/a.md").unwrap();
    read_text(&field(ty), text, Span::new(10, 10 + text.len()), ReadContext { path: &path, lang })
}

fn texts(items: &[&str]) -> Option<FieldValue> {
    Some(FieldValue::List(items.iter().map(|t| FieldValue::Text((*t).into())).collect()))
}

fn list(ty: FieldType) -> FieldType {
    FieldType::List(Box::new(ty))
}

#[test]
fn texts_keep_their_letters() {
    for text in ["1.10", "no", "yes", "2026-11-22", "0x1F"] {
        assert_eq!(node(FieldType::Text, text).value, Some(FieldValue::Text(text.into())));
    }
    assert_eq!(node(FieldType::Text, "").value, None);
    assert_eq!(node(FieldType::Text, "[a]").diagnostics[0].code.name(), "wrong-type");
}

#[test]
fn numbers_and_truth_are_strict() {
    assert_eq!(node(FieldType::Integer, "3").value, Some(FieldValue::Integer(3)));
    assert_eq!(node(FieldType::Number, "2.5").value, Some(FieldValue::Number(2.5)));
    assert_eq!(node(FieldType::Boolean, "false").value, Some(FieldValue::Boolean(false)));
    for (ty, bad) in [
        (FieldType::Integer, "\"3\""),
        (FieldType::Integer, "three"),
        (FieldType::Number, "'2.5'"),
        (FieldType::Boolean, "1"),
        (FieldType::Boolean, "maybe"),
        (FieldType::Boolean, "\"yes\""),
        (FieldType::Boolean, "\"true\""),
    ] {
        let p = node(ty, bad);
        assert_eq!(
            (p.value, p.diagnostics.len(), p.diagnostics[0].code.name()),
            (None, 1, "wrong-type"),
            "{bad}"
        );
    }
    assert!(node(FieldType::Boolean, "1").diagnostics[0].help.as_ref().unwrap().contains("true"));
    // Front matter and the line of an entry understand the same words.
    for (text, yes) in
        [("yes", true), ("Yes", true), ("no", false), ("No", false), ("on", true), ("sí", true)]
    {
        let value = Some(FieldValue::Boolean(yes));
        assert_eq!(
            (node(FieldType::Boolean, text).value, line(FieldType::Boolean, text, "en").value),
            (value.clone(), value),
            "{text}"
        );
        assert_eq!(line(FieldType::Text, text, "en").value, Some(FieldValue::Text(text.into())));
    }
    assert_eq!(line(FieldType::Integer, "3", "en").value, Some(FieldValue::Integer(3)));
}

#[test]
fn lists_split_on_semicolons_or_commas() {
    assert_eq!(line(list(FieldType::Text), "a, b,, c", "en").value, texts(&["a", "b", "c"]));
    assert_eq!(line(list(FieldType::Text), "a, b; c", "en").value, texts(&["a, b", "c"]));
    assert_eq!(node(list(FieldType::Text), "[a, \"b, c\"]").value, texts(&["a", "b, c"]));
    assert_eq!(node(list(FieldType::Text), "\"b, c\"").value, texts(&["b, c"]));
    assert_eq!(node(list(FieldType::Text), "[a, [b]]").diagnostics.len(), 1);
}

#[test]
fn choices_in_the_language_of_the_page() {
    assert_eq!(line(list(FieldType::Choice), "Casa, clase", "es").value, texts(&["home", "class"]));
    assert_eq!(line(FieldType::Choice, "ot-room", "es").value, Some(FieldValue::Text("ot-room".into())));
    let p = line(list(FieldType::Choice), "casa, clse", "es");
    assert_eq!(p.value, texts(&["home"]));
    let d = &p.diagnostics[0];
    assert_eq!((d.code.name(), d.span), ("wrong-choice", Span::new(16, 20)));
    assert_eq!(d.message, "`Dónde` cannot be `clse`");
    assert_eq!(d.help.as_deref(), Some("did you mean `clase`? Choices: casa, clase, sala de OT"));
    assert_eq!(d.fix.as_ref().unwrap().replacement, "clase");
}

#[test]
fn days_durations_addresses_images() {
    assert_eq!(node(FieldType::Date, "2026-11-22").value.unwrap().display(), "2026-11-22");
    assert_eq!(
        node(FieldType::Date, "11/22/2026").diagnostics[0].fix.as_ref().unwrap().replacement,
        "2026-11-22"
    );
    let length = node(FieldType::Duration, "2 years").value.unwrap();
    assert_eq!(format!("{length:?}"), "Duration(Length { count: 2, unit: Year })");
    assert_eq!(node(FieldType::Url, "javascript:alert(1)").diagnostics[0].code.name(), "unsafe-link");
    assert!(node(FieldType::Email, "a@b.org").diagnostics.is_empty());
    assert_eq!(node(FieldType::Image, "a.png").value, Some(FieldValue::Text("a.png".into())));
    assert_eq!(node(FieldType::Image, "../../x.png").diagnostics[0].code.name(), "outside-site");
    assert_eq!(node(FieldType::Image, "https://x.y/a.png").diagnostics[0].code.name(), "wrong-type");
}

#[test]
fn labels_and_types_in_words() {
    let kind = Kind { name: "k".into(), fields: vec![field(FieldType::Text)], ..Kind::default() };
    for label in ["Dónde", "DÓNDE", "where", "Where", " where "] {
        assert!(kind.field_by_label(label, "es").is_some(), "{label}");
    }
    assert!(kind.field_by_label("Wher", "en").is_none());
    assert_eq!(list(FieldType::Reference("term".into())).to_string(), "list of reference to term");
}
