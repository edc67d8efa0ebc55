//! JSON Schemas of front matter: of each kind, and of all kinds at once. Out of [`COMMON`] and the kinds' fields.
//!
//! Called by `guidepost schema`.

use super::{COMMON, CommonKey};
use crate::config::json_schema::finish;
use crate::schema::json::{describe, json_schema, text};
use crate::schema::{Kind, Kinds};
use serde_json::{Map, Value, json};

/// The schema of the front matter of a page of the kind, with its words in `lang`.
pub fn front_matter(kind: &Kind, kinds: &Kinds, lang: &str) -> Value {
    let mut schema = keys(kind, kinds, lang);
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        let about = format!("The kind of the page: {}. May be left out where the folder says it.", kind.name);
        properties.insert("kind".into(), json!({"const": kind.name, "description": about}));
    }
    finish(
        schema,
        &format!("Front matter: {}", kind.name),
        &format!("The front matter of a page of kind {}.", kind.name),
    )
}

/// The schema of the front matter of any page. A page that names no kind may have the fields of every kind, since its
/// folder says which it is.
pub fn any_front_matter(kinds: &Kinds, lang: &str) -> Value {
    let mut all: Map<String, Value> =
        COMMON.iter().map(|key| (key.name.to_owned(), common(key, kinds))).collect();
    let mut rules = Vec::new();
    for kind in kinds.0.values() {
        for field in &kind.fields {
            // Two kinds may use one name for different things: the rule of each kind tells them apart.
            all.entry(field.name.clone()).or_insert_with(|| json!({}));
        }
        let mut own = keys(kind, kinds, lang);
        own.remove("type");
        rules.push(json!({
            "if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]},
            "then": own,
        }));
    }
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), Value::Object(all));
    schema.insert("additionalProperties".into(), false.into());
    // No key is required: a page without a title takes its first heading.
    schema.insert("allOf".into(), Value::Array(rules));
    finish(schema, "Front matter", "The front matter of any page.")
}

/// The keys of a page of the kind.
fn keys(kind: &Kind, kinds: &Kinds, lang: &str) -> Map<String, Value> {
    let common = COMMON.iter().map(|key| (key.name.to_owned(), common(key, kinds)));
    let fields = kind.fields.iter().map(|field| (field.name.clone(), json_schema(field, lang)));
    let required = kind.fields.iter().filter(|f| f.required && f.default.is_none()).map(|f| f.name.as_str());
    let required: Vec<&str> = required.collect();
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), Value::Object(common.chain(fields).collect()));
    schema.insert("additionalProperties".into(), false.into());
    schema.insert("required".into(), json!(required));
    schema
}

/// A key that every page may have.
fn common(key: &CommonKey, kinds: &Kinds) -> Value {
    let schema = match (key.name, key.ty) {
        ("kind" | "entries" | "member_kind", _) => json!({"enum": kinds.names().collect::<Vec<_>>()}),
        ("entry_level", _) => json!({"type": "integer", "minimum": 2, "maximum": 6}),
        ("translated_from", _) => json!({"type": "string", "pattern": "^[0-9A-Fa-f]{16}$"}),
        (_, "integer") => json!({"type": "integer"}),
        (_, "boolean") => json!({"type": "boolean"}),
        (_, "date") => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}"}),
        (_, "duration") => json!({"type": "string", "pattern": "^ *[0-9]+ *[^0-9 ]+ *$"}),
        (_, "group") => json!({"type": "object"}),
        (_, "list of changes") => {
            let date = json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}"});
            let keys = json!({"date": date, "text": text()});
            let change = json!({"type": "object", "properties": keys, "required": ["date", "text"], "additionalProperties": false});
            json!({"type": "array", "items": change})
        }
        (_, "list of text") => json!({"anyOf": [text(), {"type": "array", "items": text()}]}),
        _ => text(),
    };
    let mut schema = match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    };
    let example = match key.ty {
        "date" => Some("2026-11-22".into()),
        "duration" => Some("2 years".into()),
        _ => None,
    };
    describe(&mut schema, key.about, example);
    Value::Object(schema)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourcePath};

    fn kinds() -> Kinds {
        let text = include_str!("../../themes/parent-guide/kinds.yaml");
        let source =
            Source::new(SourcePath::new("themes/parent-guide/kinds.yaml").unwrap(), text.as_bytes().to_vec());
        let site =
            Source::new(SourcePath::new("site.yaml").unwrap(), include_bytes!("../../site.yaml").to_vec());
        let kinds = crate::config::theme::load_kinds(&[&source]).value;
        crate::config::site::load(Some(&site), &kinds).value.kinds
    }

    #[test]
    fn each_kind_has_its_fields_and_every_common_key() {
        let kinds = kinds();
        for kind in kinds.0.values() {
            let schema = front_matter(kind, &kinds, "en");
            let properties = schema["properties"].as_object().unwrap();
            assert_eq!(properties.len(), COMMON.len() + kind.fields.len(), "{}", kind.name);
            for (name, property) in properties {
                assert!(property["description"].is_string(), "{} {name}", kind.name);
            }
        }
        let activity = front_matter(kinds.get("activity").unwrap(), &kinds, "en");
        assert_eq!(activity["required"], json!(["where", "ages", "materials", "safety", "skill"]));
        let skills = activity["properties"]["skill"]["anyOf"][0]["enum"].as_array().unwrap();
        assert!(
            ["strengthening", "fuerza", "تقوية", "fine motor", "fine-motor"]
                .iter()
                .all(|w| skills.contains(&json!(w)))
        );
        assert_eq!(activity["properties"]["kind"]["const"], "activity");
    }

    #[test]
    fn the_common_types_are_those_that_are_known() {
        let known = [
            "text",
            "integer",
            "number",
            "boolean",
            "date",
            "duration",
            "list of text",
            "list of changes",
            "group",
        ];
        assert!(COMMON.iter().all(|key| known.contains(&key.ty)));
        let any = any_front_matter(&kinds(), "en");
        assert_eq!(any["allOf"].as_array().unwrap().len(), kinds().0.len());
        assert!(any["properties"]["skill"].is_object() && any["properties"]["full_name"].is_object());
    }
}
