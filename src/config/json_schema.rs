//! JSON Schemas (draft 2020-12) of `site.yaml`, `theme.yaml` and `kinds.yaml`, out of the lists in `keys`.
//!
//! Called by `guidepost schema`. What the lists cannot know, the names of the checks' limits, the caller brings.

use super::keys::{self, KeyInfo, Shape};
use super::settings::{self, Declared};
use crate::diag::code;
use crate::schema::json::{describe, text};
use serde_json::{Map, Value, json};

/// The dialect.
pub const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The types of fields without the kinds that a reference may name.
const TYPES: &str = "^(list of )?(texts?|markdown|integers?|numbers?|boolean|dates?|durations?|ranges?|urls?|emails?|choices?|images?|references?( to [a-z][a-z0-9-]*)?)$";

/// The types of settings.
const SETTING_TYPES: &str =
    "^(localized|(map of )?(list of )?(texts?|integers?|numbers?|boolean|dates?|urls?|emails?|choices?))$";

/// A number that `checks: limits:` may set.
#[derive(Debug, Clone, Copy)]
pub struct LimitInfo {
    /// Its name.
    pub name: &'static str,
    /// What it limits.
    pub about: &'static str,
    /// What it is when nothing is written.
    pub default: f64,
}

/// The schema of `site.yaml`, with the settings that the theme declares.
pub fn site(limits: &[LimitInfo], declared: &Declared, lang: &str) -> Value {
    let maker = Maker { limits };
    let mut schema = maker.group(keys::SITE);
    let settings =
        schema.get_mut("properties").and_then(|keys| keys.pointer_mut("/theme/anyOf/1/properties/settings"));
    if let (Some(place), Some(own)) = (settings, settings::json_schema(declared, lang)) {
        *place = own;
    }
    schema.insert("required".into(), json!(["title"]));
    let menu = json!({
        "type": "array",
        "items": {"anyOf": [{"type": "string"}, Value::Object(maker.group(keys::MENU))]},
    });
    schema.insert("$defs".into(), json!({"menu": menu}));
    finish(schema, "site.yaml", "The settings of a site.")
}

/// The schema of a theme's `theme.yaml`.
pub fn theme() -> Value {
    finish(Maker { limits: &[] }.group(keys::THEME_FILE), "theme.yaml", "What a theme says of itself.")
}

/// The schema of a theme's `kinds.yaml`.
pub fn kinds() -> Value {
    let kinds = keys::SITE.iter().find(|k| k.name == "kinds").map(|k| Maker { limits: &[] }.shape(&k.shape));
    let schema = match kinds {
        Some(Value::Object(schema)) => schema,
        _ => Map::new(),
    };
    finish(schema, "kinds.yaml", "The kinds of pages and entries of a theme.")
}

/// Adds what stands at the top of a schema.
pub fn finish(mut schema: Map<String, Value>, title: &str, about: &str) -> Value {
    schema.insert("$schema".into(), DRAFT.into());
    schema.insert("title".into(), title.into());
    schema.insert("description".into(), about.into());
    Value::Object(schema)
}

struct Maker<'a> {
    limits: &'a [LimitInfo],
}

impl Maker<'_> {
    fn group(&self, keys: &[KeyInfo]) -> Map<String, Value> {
        let properties: Map<String, Value> =
            keys.iter().map(|key| (key.name.to_owned(), self.key(key))).collect();
        let mut schema = Map::new();
        schema.insert("type".into(), "object".into());
        schema.insert("properties".into(), Value::Object(properties));
        schema.insert("additionalProperties".into(), false.into());
        schema
    }

    fn key(&self, key: &KeyInfo) -> Value {
        let mut schema = match self.shape(&key.shape) {
            Value::Object(schema) => schema,
            _ => Map::new(),
        };
        let example = match key.shape {
            _ if key.example.is_empty() => None,
            Shape::Boolean => Some(Value::Bool(key.example == "true")),
            _ => Some(key.example.into()),
        };
        describe(&mut schema, key.about, example);
        Value::Object(schema)
    }

    fn shape(&self, shape: &Shape) -> Value {
        match shape {
            Shape::Text => text(),
            Shape::Localized => json!({
                "type": ["string", "number", "object"],
                "propertyNames": {"pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
                "additionalProperties": text(),
            }),
            Shape::Boolean => json!({"type": "boolean"}),
            Shape::Date => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}"}),
            Shape::Zone => json!({"enum": super::zone::names()}),
            Shape::Url => json!({"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://|^mailto:"}),
            Shape::Email => json!({"type": "string", "pattern": "^[^@ ]+@[^@ ]+\\.[^@ ]+$"}),
            Shape::Color => json!({"type": "string", "pattern": "^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$",
                // Not in the standard, but what editors show in place of the pattern.
                "patternErrorMessage": "Write a color in quotes, such as \"#1f6f8b\"."}),
            Shape::Word(words) => json!({"enum": words}),
            Shape::Texts => json!({"anyOf": [text(), {"type": "array", "items": text()}]}),
            Shape::Group(keys) => Value::Object(self.group(keys)),
            Shape::List(inner) => {
                let one = self.shape(inner);
                json!({"anyOf": [one, {"type": "array", "items": one}]})
            }
            Shape::Either(a, b) => json!({"anyOf": [self.shape(a), self.shape(b)]}),
            Shape::Names(inner, pattern) => json!({
                "type": "object",
                "propertyNames": {"pattern": pattern},
                "additionalProperties": self.shape(inner),
            }),
            Shape::Menu => json!({"$ref": "#/$defs/menu"}),
            Shape::Levels => {
                let level =
                    |about: &str| json!({"enum": ["error", "warning", "note", "off"], "description": about});
                let codes: Map<String, Value> =
                    code::ALL.iter().map(|(name, about)| ((*name).to_owned(), level(about))).collect();
                json!({"type": "object", "properties": codes, "additionalProperties": false})
            }
            Shape::Limits => {
                let limit =
                    |l: &LimitInfo| json!({"type": "number", "description": l.about, "default": l.default});
                let limits: Map<String, Value> =
                    self.limits.iter().map(|l| (l.name.to_owned(), limit(l))).collect();
                json!({"type": "object", "properties": limits, "additionalProperties": {"type": "number"}})
            }
            Shape::FieldType => json!({"type": "string", "pattern": TYPES,
                "patternErrorMessage": "Write a type, such as text, date, choice, or list of choice."}),
            Shape::SettingType => json!({"type": "string", "pattern": SETTING_TYPES,
                "patternErrorMessage": "Write a type, such as text, choice, list of text, or map of text."}),
            Shape::Null => json!({"type": "null"}),
            Shape::Free => json!({}),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::site::load;
    use crate::source::{Source, SourcePath};

    #[test]
    fn the_menu_refers_to_itself_and_codes_are_explained() {
        let schema = site(
            &[LimitInfo { name: "sentence_words", about: "Words.", default: 25.0 }],
            &Declared::default(),
            "en",
        );
        assert_eq!(schema["properties"]["menu"]["$ref"], "#/$defs/menu");
        assert_eq!(
            schema["$defs"]["menu"]["items"]["anyOf"][1]["properties"]["items"]["$ref"],
            "#/$defs/menu"
        );
        let checks = &schema["properties"]["checks"]["properties"];
        assert!(checks["levels"]["properties"]["broken-link"]["description"].is_string());
        assert_eq!(checks["limits"]["properties"]["sentence_words"]["default"], 25.0);
        assert_eq!(schema["$schema"], DRAFT);
    }

    /// Each key that the schema offers is one that the reader knows: none is refused as unknown.
    #[test]
    fn the_reader_knows_every_key_of_the_schema() {
        let schema = site(&[], &Declared::default(), "en");
        let mut text = String::new();
        for (name, value) in schema["properties"].as_object().unwrap() {
            match value["properties"].as_object() {
                Some(inner) => {
                    text.push_str(&format!("{name}:\n"));
                    for key in inner.keys() {
                        text.push_str(&format!("  {key}: x\n"));
                    }
                }
                None => text.push_str(&format!("{name}: x\n")),
            }
        }
        let source = Source::new(SourcePath::new("site.yaml").unwrap(), text.into_bytes());
        let problems = load(Some(&source), &Default::default()).diagnostics;
        assert!(problems.iter().all(|d| d.code != code::UNKNOWN_KEY), "{problems:#?}");
    }
}
