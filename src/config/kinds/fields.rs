//! The fields of a kind: `fields` of a kind in `kinds.yaml` and in `site.yaml`.
//!
//! Called by `kinds`. A field that an earlier file described keeps what the later one does not name; `null` takes a field
//! or a choice away.

use super::super::keys;
use super::super::table::{Report, Table, localized, text};
use super::super::yaml::{Key, Node, NodeValue};
use super::{Reference, is_name, words};
use crate::diag::{closest, code};
use crate::schema::{
    Choice, Display, Field, FieldType, FieldValue, Kind, Localized, ReadContext, read_node, scalar,
};
use crate::source::Span;

/// Words that a field cannot be called, since every page has them.
const TAKEN: &[&str] = &[
    "title",
    "description",
    "kind",
    "order",
    "nav_title",
    "hidden",
    "draft",
    "publish",
    "expires",
    "updated",
    "reviewed",
    "review_every",
    "owner",
    "aliases",
    "tags",
    "entries",
    "entry_level",
    "member_kind",
    "glossary",
    "search",
    "search_words",
    "boost",
    "print",
    "translated_from",
    "cascade",
    "changes",
];

/// Types of other programs, and what is written here instead.
const OTHER_TYPES: &[(&str, &str)] = &[
    ("array", "list of text"),
    ("bool", "boolean"),
    ("color", "text"),
    ("colour", "text"),
    ("datetime", "date"),
    ("day", "date"),
    ("enum", "choice"),
    ("float", "number"),
    ("html", "markdown"),
    ("int", "integer"),
    ("link", "url"),
    ("list", "list of text"),
    ("mail", "email"),
    ("photo", "image"),
    ("picture", "image"),
    ("richtext", "markdown"),
    ("select", "choice"),
    ("str", "text"),
    ("string", "text"),
    ("textarea", "markdown"),
    ("yesno", "boolean"),
];

/// The types as they are written, for messages.
const TYPES: &[&str] = &[
    "text",
    "markdown",
    "integer",
    "number",
    "boolean",
    "date",
    "duration",
    "range",
    "url",
    "email",
    "choice",
    "reference",
    "image",
];

/// Adds the fields of `node` to the kind.
pub(super) fn fields(kind: &mut Kind, node: &Node, report: &mut Report<'_>, references: &mut Vec<Reference>) {
    let Some(entries) = node.as_map() else {
        let message = format!("`fields` must be a group of names, not {}", node.describe());
        report.error(
            code::BAD_KIND,
            node.span,
            message,
            "write the name of a field, a colon, and its settings indented below",
        );
        return;
    };
    for (key, value) in entries {
        if !is_name(&key.text, '_') {
            let help = "use lower case letters, digits and `_`, such as good_when; the label may be any text";
            report.error(
                code::BAD_KIND,
                key.span,
                format!("`{}` cannot be the name of a field", key.text),
                help,
            );
            continue;
        }
        if TAKEN.contains(&key.text.as_str()) {
            let help = "choose another name; every page already has a key of this name";
            report.error(code::BAD_KIND, key.span, format!("a field cannot be called `{}`", key.text), help);
            continue;
        }
        let old = kind.fields.iter().position(|f| f.name == key.text);
        if value.takes_away()
            && let Some(old) = old
        {
            kind.fields.remove(old);
            continue;
        }
        let base = old
            .map(|i| kind.fields[i].clone())
            .unwrap_or_else(|| Field { name: key.text.clone(), ..Field::default() });
        let field = read_field(base, key, value, report, references);
        if let Some((lang, label, other)) = clash(kind, &field) {
            let message = format!(
                "two fields of kind `{}` are labelled `{label}`: `{other}` and `{}`",
                kind.name, field.name
            );
            let help = if lang.is_empty() {
                "give one of them another label".to_owned()
            } else {
                format!("give one of them another label in `{lang}`")
            };
            report.error(code::BAD_KIND, key.span, message, help);
        }
        match old {
            Some(i) => kind.fields[i] = field,
            None => kind.fields.push(field),
        }
    }
}

/// Another field with the same label in the same language.
fn clash(kind: &Kind, field: &Field) -> Option<(String, String, String)> {
    let others = || kind.fields.iter().filter(|f| f.name != field.name);
    field.label.0.iter().find_map(|(lang, label)| {
        let other = others()
            .find(|f| f.label.exact(lang).is_some_and(|l| l.to_lowercase() == label.to_lowercase()))?;
        Some((lang.clone(), label.clone(), other.name.clone()))
    })
}

/// A setting of a theme, described as a field is; without its default, which may be more than one value.
pub(in crate::config) fn setting(base: Field, key: &Key, node: &Node, report: &mut Report<'_>) -> Field {
    let before = report.diagnostics.len();
    let field = read_field(base, key, node, report, &mut Vec::new());
    for d in report.diagnostics.iter_mut().skip(before) {
        if d.code == code::BAD_KIND {
            d.code = code::BAD_CONFIG;
        }
        d.message = d.message.replacen("field `", "setting `", 1).replacen("field type", "type", 1);
    }
    field
}

fn read_field(
    mut field: Field,
    key: &Key,
    node: &Node,
    report: &mut Report<'_>,
    references: &mut Vec<Reference>,
) -> Field {
    // `joined: integer` is short for `joined: {type: integer}`.
    if node.as_text().is_some() {
        if let Some(ty) = field_type(node, report, references) {
            field.ty = ty;
        }
    } else {
        let table = Table::new(format!("field `{}`", field.name), keys::FIELD, node, report);
        if let Some(ty) = table.get("type").and_then(|n| field_type(n, report, references)) {
            // Choices that an earlier file gave are those of the type it gave.
            if !takes_choices(&ty) {
                field.choices.clear();
                field.default = None;
            }
            field.ty = ty;
        }
        if let Some(label) = table.localized("label", report) {
            field.label.merge(label);
        }
        if let Some(required) = table.boolean("required", report) {
            field.required = required;
        }
        if let Some(node) = table.get("choices") {
            field.choices = choices(std::mem::take(&mut field.choices), node, report);
        }
        if let Some(help) = table.localized("help", report) {
            field.help.merge(help);
        }
        if let Some(question) = table.localized("question", report) {
            field.question.merge(question);
        }
        if let Some(show) = table.boolean("show", report) {
            field.show = show;
        }
        if let Some(node) = table.get("display") {
            display(&mut field, node, report);
        }
        if let Some(node) = table.get("steps")
            && let Some(written) = text("steps", node, report)
        {
            match written.parse() {
                Ok(steps @ 2..=20) => field.steps = steps,
                _ => {
                    let message = format!("`steps` cannot be `{written}`");
                    report.error(code::WRONG_TYPE, node.span, message, "write a number from 2 to 20");
                }
            }
        }
        if table.takes_away("default") {
            field.default = None;
        }
        if let Some(example) = table.text("example", report) {
            field.example = example;
        }
        if let Some(node) = table.get("default") {
            let context = ReadContext { path: report.path, lang: "en" };
            let value: Option<FieldValue> = read_node(&field, node, context).collect(&mut report.diagnostics);
            field.default = value.or(field.default);
            // Each page takes it in its own language; here it is told what is wrong.
            if let Some(text) = node.as_text() {
                let lang = report.languages.first().map_or("en", String::as_str).to_owned();
                report.worded(text.to_owned(), &lang, node.span);
            }
        }
        table.finish(report);
    }
    if field.label.is_empty() {
        field.label = Localized::plain(words(&field.name));
    }
    let inner = field.ty.item();
    if *inner == FieldType::Choice && field.choices.is_empty() {
        let message = format!("field `{}` is a choice without choices", field.name);
        report.error(code::BAD_KIND, key.span, message, "add a line such as choices: [home, class]");
    } else if !takes_choices(inner) && !field.choices.is_empty() {
        let message = format!("field `{}` has choices, but its type is `{}`", field.name, field.ty);
        report.error(code::BAD_KIND, key.span, message, "write type: choice, or type: list of choice");
        field.choices.clear();
    }
    if *inner == FieldType::Range
        && let Some(wrong) = field.choices.iter().find(|choice| scalar::number(&choice.value).is_err())
    {
        let message = format!("`{}` of field `{}` is no number", wrong.value, field.name);
        let help =
            "the choices of a range are the numbers that the finder asks for, such as choices: [3, 4, 5]";
        report.error(code::BAD_KIND, key.span, message, help);
        field.choices.retain(|choice| scalar::number(&choice.value).is_ok());
    }
    let gone = |value: &FieldValue| match value {
        FieldValue::Text(value) => !field.choices.iter().any(|c| c.value == *value),
        _ => false,
    };
    if *inner == FieldType::Choice && field.default.as_ref().is_some_and(gone) {
        let message = format!("what `{}` is when nothing is written is no choice any more", field.name);
        report.error(
            code::BAD_KIND,
            key.span,
            message,
            "add a line `default:` with one of the choices, or default: null",
        );
        field.default = None;
    }
    field
}

/// Reads how the field is shown.
fn display(field: &mut Field, node: &Node, report: &mut Report<'_>) {
    let Some(written) = text("display", node, report) else { return };
    let found = Display::WORDS.iter().find(|(word, _)| *word == written);
    let is_number = matches!(field.ty, FieldType::Integer | FieldType::Number | FieldType::Range);
    match found.map(|(_, display)| *display) {
        Some(Some(Display::Meter)) if !is_number => {
            let message =
                format!("field `{}` cannot be a meter, since its type is `{}`", field.name, field.ty);
            let help =
                "a meter shows a field of type integer, number or range; else write badge, row or table";
            report.error(code::BAD_KIND, node.span, message, help);
        }
        Some(Some(display)) => {
            field.display = display;
            field.show = true;
        }
        Some(None) => field.show = false,
        None => {
            let words = Display::WORDS.map(|(word, _)| word);
            let help = match closest(&written, words) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of: {}", words.join(", ")),
            };
            report.error(code::BAD_KIND, node.span, format!("`display` cannot be `{written}`"), help);
        }
    }
}

/// Whether `choices` may be given: what may be written, or for a range what its finder asks for.
fn takes_choices(ty: &FieldType) -> bool {
    matches!(ty.item(), FieldType::Choice | FieldType::Range)
}

/// `text`, `list of choice`, `reference to term`, `list of references`…
fn field_type(node: &Node, report: &mut Report<'_>, references: &mut Vec<Reference>) -> Option<FieldType> {
    let written = text("type", node, report)?;
    let mut rest = written.as_str();
    let list = rest.strip_prefix("list of ");
    rest = list.unwrap_or(rest).trim();
    let ty = match rest {
        "text" | "texts" => FieldType::Text,
        "markdown" => FieldType::Markdown,
        "integer" | "integers" => FieldType::Integer,
        "number" | "numbers" => FieldType::Number,
        "boolean" => FieldType::Boolean,
        "date" | "dates" => FieldType::Date,
        "duration" | "durations" => FieldType::Duration,
        "range" | "ranges" => FieldType::Range,
        "url" | "urls" => FieldType::Url,
        "email" | "emails" => FieldType::Email,
        "choice" | "choices" => FieldType::Choice,
        "image" | "images" => FieldType::Image,
        "reference" | "references" => FieldType::Reference(String::new()),
        _ => match rest.strip_prefix("reference to ").or_else(|| rest.strip_prefix("references to ")) {
            Some(kind) => {
                let kind = kind.trim();
                references.push(Reference { kind: kind.to_owned(), span: node.span });
                FieldType::Reference(kind.to_owned())
            }
            None => {
                let other = OTHER_TYPES
                    .iter()
                    .find(|(other, _)| *other == rest.to_lowercase())
                    .map(|(_, ours)| *ours);
                let help = match other.or_else(|| closest(rest, TYPES.iter().copied())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "types: {}; each also as `list of …`, and `reference to` a kind",
                        TYPES.join(", ")
                    ),
                };
                report.error(code::BAD_KIND, node.span, format!("there is no field type `{written}`"), help);
                return None;
            }
        },
    };
    Some(if list.is_some() { FieldType::List(Box::new(ty)) } else { ty })
}

/// `[home, class]` is all of them, in this order; `{bus: {en: bus, es: autobús}}` adds to `base`, gives further labels,
/// and with `null` takes one away.
fn choices(base: Vec<Choice>, node: &Node, report: &mut Report<'_>) -> Vec<Choice> {
    let known = |value: &str| base.iter().find(|c| c.value == value);
    let mut out: Vec<Choice> = Vec::new();
    match &node.value {
        NodeValue::List(items) => {
            for item in items {
                let Some(value) = text("choices", item, report) else { continue };
                if out.iter().any(|c| c.value == value) {
                    twice(&value, item.span, report);
                    continue;
                }
                let label =
                    known(&value).map_or_else(|| Localized::plain(value.clone()), |c| c.label.clone());
                out.push(Choice { value, label });
            }
        }
        NodeValue::Map(entries) => {
            let mut seen: Vec<&str> = Vec::new();
            out.clone_from(&base);
            for (key, value) in entries {
                if seen.contains(&key.text.as_str()) {
                    twice(&key.text, key.span, report);
                    continue;
                }
                seen.push(&key.text);
                let old = out.iter().position(|c| c.value == key.text);
                match (old, value.takes_away()) {
                    (Some(old), true) => drop(out.remove(old)),
                    (Some(old), false) => {
                        if let (Some(choice), Some(label)) =
                            (out.get_mut(old), localized(&key.text, value, report))
                        {
                            choice.label.merge(label);
                        }
                    }
                    (None, _) => {
                        let label = localized(&key.text, value, report);
                        let label = label.unwrap_or_else(|| Localized::plain(key.text.clone()));
                        out.push(Choice { value: key.text.clone(), label });
                    }
                }
            }
        }
        _ => {
            let message = format!("`choices` must be a list, not {}", node.describe());
            report.error(code::BAD_KIND, node.span, message, "write choices: [home, class]");
            out = base;
        }
    }
    out
}

fn twice(value: &str, span: Span, report: &mut Report<'_>) {
    report.error(code::BAD_KIND, span, format!("the choice `{value}` stands twice"), "delete one of the two");
}
