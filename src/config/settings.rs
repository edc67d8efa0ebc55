//! The settings that a theme declares in `theme.yaml`, and what a site sets them to in `site.yaml`.
//!
//! ```yaml
//! settings:
//!   accent: {type: text, default: "#006600", label: {en: Accent, es: Acento}, help: A color in quotes.}
//!   tone: {type: choice, choices: [calm, bright], default: calm}
//!   tagline: localized            # one text, or one for each language
//!   icons: map of list of text    # names of the site's own, each with a value
//! ```
//!
//! They are described as fields of kinds are. In templates each is there, set or not: `site.settings.tone`. A theme that
//! declares none takes whatever is written.

use super::keys;
use super::kinds;
use super::table::{Report, Table, localized, unknown};
use super::theme::tree;
use super::yaml::{Key, Node, NodeValue};
use crate::diag::{Diagnostic, Parsed, closest, code};
use crate::schema::json::data;
use crate::schema::{Field, FieldType, Localized, ReadContext, read_node, scalar};
use crate::source::{Source, Span};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum Form {
    /// A value of its type.
    #[default]
    One,
    /// Names of the site's own, each with such a value.
    Map,
    /// A text for readers, in each language.
    Localized,
}

/// One setting that a theme declares.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Setting {
    /// Its name, type, label, help and choices.
    field: Field,
    form: Form,
    default: Option<Set>,
}

/// The settings of a theme with those that it extends, in the order in which they are declared.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Declared(Vec<Setting>);

/// What a setting is set to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Set {
    Data(Value),
    Words(Localized),
}

/// What all settings are set to.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ThemeSettings(Vec<(String, Set)>);

impl ThemeSettings {
    /// As templates see them in a language.
    pub fn value(&self, lang: &str) -> Value {
        let value = |set: &Set| match set {
            Set::Data(value) => value.clone(),
            Set::Words(words) => Some(words.get(lang)).filter(|text| !text.is_empty()).into(),
        };
        self.0.iter().map(|(name, set)| (name.clone(), value(set))).collect::<Map<_, _>>().into()
    }
}

/// The types that a setting may have, for messages.
const TYPES: &str =
    "text, localized, integer, number, boolean, date, url, email, choice, list of them and map of them";

/// Reads what the `theme.yaml` of all layers declare, the base first; a nearer theme adds to what it extends, or changes it.
pub fn declared(sources: &[Source]) -> Parsed<Declared> {
    let mut all = Declared::default();
    let mut diagnostics = Vec::new();
    for source in sources {
        let mut report = Report::new(&source.path);
        let tree = tree(source, &mut report);
        // What is wrong with the file as a whole was told when it was read.
        report.diagnostics.clear();
        let Some(node) = tree.as_ref().and_then(|tree| tree.get("settings")) else { continue };
        match node.as_map() {
            Some(entries) => entries.iter().for_each(|(key, node)| declare(&mut all, key, node, &mut report)),
            None if matches!(node.value, NodeValue::Null | NodeValue::Broken) => {}
            None => {
                let message = format!("`settings` must be a group of names, not {}", node.describe());
                let help = "write the name of a setting, a colon, and its type, such as columns: integer";
                report.error(code::WRONG_TYPE, node.span, message, help);
            }
        }
        diagnostics.append(&mut report.diagnostics);
    }
    Parsed { value: all, diagnostics }
}

fn declare(all: &mut Declared, key: &Key, node: &Node, report: &mut Report<'_>) {
    let old = all.0.iter().position(|setting| setting.field.name == key.text);
    if node.takes_away() {
        if let Some(old) = old {
            all.0.remove(old);
        }
        return;
    }
    if !kinds::is_name(&key.text, '_') {
        let message = format!("`{}` cannot be the name of a setting", key.text);
        let help = "use lower case letters, digits and `_`, such as footer_text; the label may be any text";
        report.error(code::BAD_CONFIG, key.span, message, help);
        return;
    }
    let mut setting = old.map_or_else(Setting::default, |old| all.0[old].clone());
    if node.as_text().is_none() {
        Table::new(format!("setting `{}`", key.text), keys::SETTING, node, report).finish(report);
    }
    let (described, form) = described(node);
    if let Some(form) = form {
        // What an earlier theme gave as default is of the type that it gave.
        setting.default = setting.default.filter(|_| setting.form == form);
        setting.form = form;
    }
    setting.field.name.clone_from(&key.text);
    setting.field = kinds::setting(setting.field, key, &described, report);
    if let FieldType::Image
    | FieldType::Reference(_)
    | FieldType::Markdown
    | FieldType::Duration
    | FieldType::Range = setting.field.ty.item()
    {
        let message = format!("a setting cannot be of type `{}`", setting.field.ty);
        let span = node.get("type").map_or(node.span, |ty| ty.span);
        report.error(code::BAD_CONFIG, span, message, format!("types of settings: {TYPES}"));
        return;
    }
    match node.get("default") {
        Some(node) if node.takes_away() => setting.default = None,
        Some(node) => setting.default = read(&setting, node, "en", report).or(setting.default),
        None => {}
    }
    match old {
        Some(old) => all.0[old] = setting,
        None => all.0.push(setting),
    }
}

/// The description without what only settings have: `map of`, `localized`, and a default that may be a map. The form is none
/// when no type is written.
fn described(node: &Node) -> (Node, Option<Form>) {
    let typed = |node: &Node| {
        let Some(written) = node.as_text() else { return (node.clone(), None) };
        let (form, ty) = match written.trim().strip_prefix("map of ") {
            Some(of) => (Form::Map, of),
            None if written.trim() == "localized" => (Form::Localized, "text"),
            None => (Form::One, written),
        };
        let value = NodeValue::Scalar { text: ty.to_owned(), plain: true };
        (Node { span: node.span, value }, Some(form))
    };
    let Some(entries) = node.as_map() else { return typed(node) };
    let mut form = None;
    let kept = entries
        .iter()
        .filter(|(key, _)| keys::SETTING.iter().any(|k| k.name == key.text) && key.text != "default");
    let kept = kept.map(|(key, node)| match key.text.as_str() {
        "type" => {
            let (node, found) = typed(node);
            form = found;
            (key.clone(), node)
        }
        _ => (key.clone(), node.clone()),
    });
    let value = NodeValue::Map(kept.collect());
    (Node { span: node.span, value }, form)
}

/// Reads a value of the setting.
fn read(setting: &Setting, node: &Node, lang: &str, report: &mut Report<'_>) -> Option<Set> {
    let context = ReadContext { path: report.path, lang };
    let field = &setting.field;
    match setting.form {
        Form::One => {
            let value = read_node(field, node, context).collect(&mut report.diagnostics)?;
            Some(Set::Data(data(&value)))
        }
        Form::Localized => localized(&field.name, node, report).map(Set::Words),
        Form::Map => match &node.value {
            NodeValue::Map(entries) => {
                let mut out = Map::new();
                for (key, node) in entries {
                    let field = Field { name: format!("{}.{}", field.name, key.text), ..field.clone() };
                    let value = read_node(&field, node, context).collect(&mut report.diagnostics);
                    out.extend(value.map(|value| (key.text.clone(), data(&value))));
                }
                Some(Set::Data(out.into()))
            }
            NodeValue::Null | NodeValue::Broken => None,
            _ => {
                let message = format!(
                    "`{}` must be a group of names with their values, not {}",
                    field.name,
                    node.describe()
                );
                let help =
                    format!("write {}: on one line, and each name with its value indented below", field.name);
                report.error(code::WRONG_TYPE, node.span, message, help);
                None
            }
        },
    }
}

/// What a site sets in `node`, the `settings` of its `theme`; `at` is where a setting that must be there would stand.
pub(super) fn set(
    declared: &Declared,
    node: Option<&Node>,
    at: Span,
    lang: &str,
    report: &mut Report<'_>,
) -> ThemeSettings {
    let node = node.filter(|node| !matches!(node.value, NodeValue::Null | NodeValue::Broken));
    let entries = node.and_then(Node::as_map).unwrap_or_default();
    if let Some(node) = node.filter(|node| node.as_map().is_none()) {
        let message = format!("`settings` must be a group of keys, not {}", node.describe());
        let help = "write each setting on a line of its own, indented";
        report.error(code::WRONG_TYPE, node.span, message, help);
    }
    let mut all: Vec<(String, Set)> = Vec::new();
    for setting in &declared.0 {
        let name = &setting.field.name;
        let written = entries.iter().find(|(key, _)| key.text == *name).map(|(_, node)| node);
        let value = written.and_then(|node| read(setting, node, lang, report));
        let is_written = written.is_some_and(|node| !matches!(node.value, NodeValue::Null));
        if value.is_none() && setting.default.is_none() && setting.field.required && !is_written {
            let message = format!("the theme needs the setting `{name}`");
            let label = setting.field.label.get(lang);
            let help = format!("write {name}: and its value at theme: settings: ({label})");
            report.error(code::MISSING_FIELD, node.map_or(at, |node| node.span), message, help);
        }
        let empty = || match (setting.form, &setting.field.ty) {
            (Form::Map, _) => json!({}),
            (Form::One, FieldType::List(_)) => json!([]),
            _ => Value::Null,
        };
        all.push((
            name.clone(),
            value.or_else(|| setting.default.clone()).unwrap_or_else(|| Set::Data(empty())),
        ));
    }
    let known: Vec<&str> = declared.0.iter().map(|setting| setting.field.name.as_str()).collect();
    for (key, node) in entries.iter().filter(|(key, _)| !known.contains(&key.text.as_str())) {
        if closest(&key.text, known.iter().copied()).is_some() {
            unknown("`settings` of the theme", key, &known, report);
        } else if !known.is_empty() {
            // The site's own templates may read it.
            let message = format!("the theme has no setting `{}`", key.text);
            let d = Diagnostic::warning(code::UNKNOWN_KEY, report.path, key.span, message);
            report.diagnostics.push(d.help(format!("settings: {}", known.join(", "))));
        }
        all.push((key.text.clone(), Set::Data(free(node))));
    }
    ThemeSettings(all)
}

/// What no theme declares, as data: numbers and true/false without quotes, all else text.
fn free(node: &Node) -> Value {
    match &node.value {
        NodeValue::Null | NodeValue::Broken => Value::Null,
        NodeValue::Scalar { text, plain: true } => {
            match (scalar::integer(text), scalar::number(text), text.as_str()) {
                (Ok(n), ..) => Value::from(n),
                (_, Ok(n), _) => Value::from(n),
                (.., "true") => Value::Bool(true),
                (.., "false") => Value::Bool(false),
                _ => Value::String(text.clone()),
            }
        }
        NodeValue::Scalar { text, .. } => Value::String(text.clone()),
        NodeValue::List(items) => Value::Array(items.iter().map(free).collect()),
        NodeValue::Map(entries) => {
            Value::Object(entries.iter().map(|(k, n)| (k.text.clone(), free(n))).collect())
        }
    }
}

/// The schema of `settings` in `site.yaml`; none when the theme declares none.
pub(super) fn json_schema(declared: &Declared, lang: &str) -> Option<Value> {
    let one = |setting: &Setting| {
        let of = crate::schema::json::json_schema(&setting.field, lang);
        let about = of.get("description").cloned();
        let mut schema = match setting.form {
            Form::One => of,
            Form::Map => json!({"type": "object", "additionalProperties": of}),
            Form::Localized => json!({"type": ["string", "number", "object"]}),
        };
        if let (Value::Object(schema), Some(about)) = (&mut schema, about) {
            schema.insert("description".into(), about);
            if let Some(Set::Data(default)) = &setting.default {
                schema.insert("default".into(), default.clone());
            }
        }
        (setting.field.name.clone(), schema)
    };
    let properties: Map<String, Value> = declared.0.iter().map(one).collect();
    let required = declared.0.iter().filter(|setting| setting.field.required && setting.default.is_none());
    let required: Vec<&str> = required.map(|setting| setting.field.name.as_str()).collect();
    (!properties.is_empty())
        .then(|| json!({"type": "object", "properties": properties, "required": required}))
}
