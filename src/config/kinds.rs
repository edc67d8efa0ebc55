//! Kinds and their fields: `kinds.yaml` of a theme and `kinds` in `site.yaml`.
//!
//! ```yaml
//! activity:
//!   label: {en: Activity, es: Actividad}
//!   plural: {en: Activities, es: Actividades}
//!   template: activity.html      # of a page of this kind
//!   body: required
//!   facets: [skill]              # choices by which finder pages are made
//!   finder: activities/find
//!   fields:
//!     skill:
//!       label: {en: Skill, es: Habilidad}
//!       type: list of choice
//!       required: true
//!       choices:
//!         posture: {en: posture, es: postura}
//! ```
//! A later file adds to an earlier kind of the same name: what it says replaces, what it leaves out stays.

use super::keys;
use super::table::{Report, Table, boolean, localized, text};
use super::yaml::{Key, Node, NodeValue};
use crate::diag::{closest, code};
use crate::schema::{Choice, Field, FieldType, FieldValue, Kind, Kinds, Localized, ReadContext, read_node};
use crate::source::{SourcePath, Span};

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
    "print",
    "translated_from",
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
    "url",
    "email",
    "choice",
    "reference",
    "image",
];

/// Where a reference to a kind was written, to be checked when all kinds are known.
pub(super) struct Reference {
    kind: String,
    span: Span,
}

/// Adds the kinds of one file to `kinds`.
pub(super) fn merge(node: &Node, kinds: &mut Kinds, report: &mut Report<'_>) -> Vec<Reference> {
    let mut references = Vec::new();
    let Some(entries) = node.as_map() else {
        if !matches!(node.value, NodeValue::Null | NodeValue::Broken) {
            let message = format!("kinds must be a group of names, not {}", node.describe());
            report.error(
                code::BAD_KIND,
                node.span,
                message,
                "write the name of a kind, a colon, and its settings indented below",
            );
        }
        return references;
    };
    for (key, value) in entries {
        if !is_name(&key.text, '-') {
            let help = "use lower case letters, digits and `-`, such as delivery-model";
            report.error(
                code::BAD_KIND,
                key.span,
                format!("`{}` cannot be the name of a kind", key.text),
                help,
            );
            continue;
        }
        let mut kind = kinds
            .get(&key.text)
            .cloned()
            .unwrap_or_else(|| Kind { name: key.text.clone(), ..Kind::default() });
        let glossary = kinds.glossary().map(|k| k.name.as_str()).filter(|name| *name != key.text);
        read_kind(&mut kind, key, value, glossary, report, &mut references);
        kinds.0.insert(key.text.clone(), kind);
    }
    references
}

/// Checks what can only be seen when all kinds of a file are read.
pub(super) fn check(kinds: &Kinds, references: &[Reference], report: &mut Report<'_>) {
    for reference in references {
        if kinds.get(&reference.kind).is_none() {
            let all: Vec<&str> = kinds.names().collect();
            let help = match closest(&reference.kind, all.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("kinds: {}", all.join(", ")),
            };
            report.error(
                code::BAD_KIND,
                reference.span,
                format!("there is no kind `{}` to refer to", reference.kind),
                help,
            );
        }
    }
}

fn is_name(text: &str, joint: char) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= 60
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint)
}

fn read_kind(
    kind: &mut Kind,
    key: &Key,
    node: &Node,
    other_glossary: Option<&str>,
    report: &mut Report<'_>,
    references: &mut Vec<Reference>,
) {
    let table = Table::new(format!("kind `{}`", kind.name), keys::KIND, node, report);
    if let Some(label) = table.localized("label", report) {
        kind.label = label;
    }
    if let Some(plural) = table.localized("plural", report) {
        kind.plural = plural;
    }
    if kind.label.is_empty() {
        kind.label = Localized::plain(words(&kind.name));
    }
    if kind.plural.is_empty() {
        kind.plural = kind.label.clone();
    }
    if let Some(node) = table.get("template")
        && let Some(name) = text("template", node, report)
    {
        match SourcePath::new(&name) {
            Ok(path) if path.as_str() == name => kind.template = Some(name),
            _ => report.error(
                code::BAD_KIND,
                node.span,
                format!("`{name}` cannot be a template"),
                "write a file name in the templates folder, such as activity.html",
            ),
        }
    }
    if let Some(node) = table.get("body") {
        match text("body", node, report).as_deref() {
            Some("required") => kind.body_required = true,
            Some("optional") => kind.body_required = false,
            Some(other) => report.error(
                code::BAD_KIND,
                node.span,
                format!("`body` cannot be `{other}`"),
                "write required or optional",
            ),
            None => {}
        }
    }
    if let Some(node) = table.get("glossary")
        && let Some(glossary) = boolean("glossary", node, report)
    {
        kind.glossary = glossary && other_glossary.is_none();
        if let (true, Some(other)) = (glossary, other_glossary) {
            let message = format!("the entries of kind `{other}` are the glossary already");
            report.error(code::BAD_KIND, node.span, message, "write glossary: true at one kind only");
        }
    }
    if let Some(node) = table.get("fields") {
        fields(kind, node, report, references);
    }
    if let Some(node) = table.get("facets") {
        kind.facets = facets(kind, node, report);
    }
    if let Some(node) = table.get("finder")
        && let Some(folder) = text("finder", node, report)
    {
        match SourcePath::new(&folder) {
            Ok(path) => kind.finder = Some(path.as_str().to_owned()),
            Err(error) => report.error(
                code::BAD_KIND,
                node.span,
                format!("`finder`: {error}"),
                "write a folder such as activities/find",
            ),
        }
    }
    table.finish(report);
    if kind.finder.is_some() && kind.facets.is_empty() {
        let message = format!("kind `{}` has a finder but no `facets` to find by", kind.name);
        report.error(
            code::BAD_KIND,
            key.span,
            message,
            "add a line such as facets: [skill], naming fields of type choice",
        );
    }
}

/// The fields by which a finder sorts: fields of the kind with choices.
fn facets(kind: &Kind, node: &Node, report: &mut Report<'_>) -> Vec<String> {
    let one = std::slice::from_ref(node);
    let items = match &node.value {
        NodeValue::List(items) => items.as_slice(),
        _ => one,
    };
    let mut out = Vec::new();
    for item in items {
        let Some(name) = text("facets", item, report) else { continue };
        match kind.field(&name) {
            Some(field) if !field.choices.is_empty() => out.push(name),
            Some(_) => {
                let message = format!("the facet `{name}` is not a field with choices");
                report.error(
                    code::BAD_KIND,
                    item.span,
                    message,
                    "give the field `type: choice` and `choices`, or leave it out",
                );
            }
            None => {
                let help = match closest(&name, kind.fields.iter().map(|f| f.name.as_str())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name a field of this kind".to_owned(),
                };
                report.error(
                    code::BAD_KIND,
                    item.span,
                    format!("kind `{}` has no field `{name}`", kind.name),
                    help,
                );
            }
        }
    }
    out
}

fn fields(kind: &mut Kind, node: &Node, report: &mut Report<'_>, references: &mut Vec<Reference>) {
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
        let base = old.map(|i| kind.fields[i].clone()).unwrap_or_else(|| Field {
            name: key.text.clone(),
            label: Localized::default(),
            ty: FieldType::Text,
            required: false,
            default: None,
            choices: Vec::new(),
            help: Localized::default(),
            example: String::new(),
        });
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
            field.ty = ty;
        }
        if let Some(label) = table.localized("label", report) {
            field.label = label;
        }
        if let Some(required) = table.boolean("required", report) {
            field.required = required;
        }
        if let Some(node) = table.get("choices") {
            field.choices = choices(node, report);
        }
        if let Some(help) = table.localized("help", report) {
            field.help = help;
        }
        if let Some(example) = table.text("example", report) {
            field.example = example;
        }
        if let Some(node) = table.get("default") {
            let context = ReadContext { path: report.path, lang: "en" };
            let value: Option<FieldValue> = read_node(&field, node, context).collect(&mut report.diagnostics);
            field.default = value.or(field.default);
        }
        table.finish(report);
    }
    if field.label.is_empty() {
        field.label = Localized::plain(words(&field.name));
    }
    let inner = match &field.ty {
        FieldType::List(item) => item,
        ty => ty,
    };
    if *inner == FieldType::Choice && field.choices.is_empty() {
        let message = format!("field `{}` is a choice without choices", field.name);
        report.error(code::BAD_KIND, key.span, message, "add a line such as choices: [home, class]");
    } else if *inner != FieldType::Choice && !field.choices.is_empty() {
        let message = format!("field `{}` has choices, but its type is `{}`", field.name, field.ty);
        report.error(code::BAD_KIND, key.span, message, "write type: choice, or type: list of choice");
        field.choices.clear();
    }
    field
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
        "duration" => FieldType::Duration,
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
                let help = match closest(rest, TYPES.iter().copied()) {
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

/// `[home, class]` or `home: {en: home, es: casa}`.
fn choices(node: &Node, report: &mut Report<'_>) -> Vec<Choice> {
    let mut out: Vec<Choice> = Vec::new();
    let mut add = |value: String, label: Localized, span: Span, report: &mut Report<'_>| {
        if out.iter().any(|c| c.value == value) {
            report.error(
                code::BAD_KIND,
                span,
                format!("the choice `{value}` stands twice"),
                "delete one of the two",
            );
        } else {
            out.push(Choice { value, label });
        }
    };
    match &node.value {
        NodeValue::List(items) => {
            for item in items {
                if let Some(value) = text("choices", item, report) {
                    add(value.clone(), Localized::plain(value), item.span, report);
                }
            }
        }
        NodeValue::Map(entries) => {
            for (key, value) in entries {
                let label =
                    localized(&key.text, value, report).unwrap_or_else(|| Localized::plain(key.text.clone()));
                add(key.text.clone(), label, key.span, report);
            }
        }
        _ => {
            let message = format!("`choices` must be a list, not {}", node.describe());
            report.error(code::BAD_KIND, node.span, message, "write choices: [home, class]");
        }
    }
    out
}

/// `good_when` gives "Good when".
fn words(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase()).into_iter();
    first.chain(chars.map(|c| if c == '_' || c == '-' { ' ' } else { c })).collect()
}
