//! A field as JSON Schema, for editors that complete and check YAML while one types.
//!
//! The schema accepts what [`read_node`](super::read_node) accepts: one value for a list, numbers where a text is asked
//! for, choices in every language. Called by `document::json_schema`.

use super::{Field, FieldType, FieldValue};
use serde_json::{Map, Value, json};

/// The schema of a text as it may stand in YAML: `2024` without quotes is a text too.
pub fn text() -> Value {
    json!({"type": ["string", "number"]})
}

/// The schema of a value of the field, with its words in `lang`.
pub fn json_schema(field: &Field, lang: &str) -> Value {
    let mut schema = of_type(&field.ty, field);
    if let Value::Object(map) = &mut schema {
        let about = [field.label.get(lang), field.help.get(lang)].into_iter().filter(|t| !t.is_empty());
        let mut about = about.collect::<Vec<_>>().join(": ");
        if field.required {
            about.push_str(" (required)");
        }
        describe(map, &about, example(&field.ty, &field.example));
        if let Some(default) = &field.default {
            map.insert("default".into(), data(default));
        }
    }
    schema
}

/// Adds a description and an example.
pub fn describe(schema: &mut Map<String, Value>, about: &str, example: Option<Value>) {
    if !about.is_empty() {
        schema.insert("description".into(), about.into());
    }
    if let Some(example) = example {
        schema.insert("examples".into(), json!([example]));
    }
}

fn of_type(ty: &FieldType, field: &Field) -> Value {
    match ty {
        FieldType::Text | FieldType::Markdown | FieldType::Reference(_) => text(),
        FieldType::Integer => json!({"type": "integer"}),
        FieldType::Number => json!({"type": "number"}),
        FieldType::Boolean => json!({"type": "boolean"}),
        FieldType::Date => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}"}),
        FieldType::Range => json!({"type": ["string", "number"]}),
        FieldType::Duration => json!({"type": "string", "pattern": "^ *[0-9]+ *[^0-9 ]+ *$"}),
        FieldType::Url => {
            json!({"type": "string", "pattern": "^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)"})
        }
        FieldType::Email => json!({"type": "string", "pattern": "^[^@ ]+@[^@ ]+\\.[^@ ]+$"}),
        FieldType::Image => json!({"type": "string", "pattern": "^[^:]+$"}),
        FieldType::Choice => json!({"enum": words(field)}),
        FieldType::List(item) => {
            let item = of_type(item, field);
            // Several values may stand on one line.
            json!({"anyOf": [item, {"type": "array", "items": item}, {"type": "string", "pattern": "[,;]"}]})
        }
    }
}

/// The words of a choice: its labels in all languages, and its values.
fn words(field: &Field) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    let labels = field.choices.iter().flat_map(|c| c.label.0.values());
    for word in labels.chain(field.choices.iter().map(|c| &c.value)) {
        let bare = serde_json::from_str::<Value>(word).ok().filter(|v| v.is_number() || v.is_boolean());
        for word in std::iter::once(Value::from(word.as_str())).chain(bare) {
            if !out.contains(&word) {
                out.push(word);
            }
        }
    }
    out
}

/// The example of a field as data.
fn example(ty: &FieldType, text: &str) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    Some(match ty {
        FieldType::Integer | FieldType::Number | FieldType::Boolean => {
            serde_json::from_str(text).unwrap_or_else(|_| text.into())
        }
        FieldType::List(_) => {
            let mark = if text.contains(';') { ';' } else { ',' };
            text.split(mark).map(|t| Value::from(t.trim())).collect()
        }
        _ => text.into(),
    })
}

/// A value as data.
pub fn data(value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(text) => text.as_str().into(),
        FieldValue::Integer(n) => (*n).into(),
        FieldValue::Number(n) => (*n).into(),
        FieldValue::Boolean(b) => (*b).into(),
        FieldValue::Date(day) => day.to_string().into(),
        FieldValue::Duration(length) => length.to_string().into(),
        FieldValue::Range(..) => value.display().into(),
        FieldValue::List(items) => items.iter().map(data).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Choice, Localized};

    #[test]
    fn a_field_in_all_languages() {
        let field = Field {
            name: "ages".into(),
            label: Localized::plain("Ages"),
            ty: FieldType::List(Box::new(FieldType::Choice)),
            required: true,
            default: Some(FieldValue::Text("all".into())),
            choices: vec![
                Choice {
                    value: "all".into(),
                    label: Localized([("en".into(), "all".into()), ("es".into(), "todas".into())].into()),
                },
                Choice { value: "2".into(), label: Localized::plain("2") },
            ],
            help: Localized::plain("From which age on."),
            example: "all, 2".into(),
            ..Field::default()
        };
        let schema = json_schema(&field, "en");
        assert_eq!(schema["anyOf"][0]["enum"], json!(["all", "todas", "2", 2]));
        assert_eq!(schema["anyOf"][1]["items"]["enum"], schema["anyOf"][0]["enum"]);
        assert_eq!(schema["description"], "Ages: From which age on. (required)");
        assert_eq!(schema["examples"], json!([["all", "2"]]));
        assert_eq!(schema["default"], "all");
    }
}
