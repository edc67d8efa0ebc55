//! JSON Schemas of what has no list of keys: data files and the theme's texts.
//!
//! The shape of a data file is the editor's own. So its schema is learnt from the file as it is: the columns that most
//! rows have. Called by `guidepost schema`.

use super::json_schema::finish;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The schema of a data file that holds `value`: a list of rows, or anything.
pub fn data(file: &str, value: &Value) -> Value {
    let rows: Vec<&Map<String, Value>> = match value {
        Value::Array(rows) => rows.iter().filter_map(Value::as_object).collect(),
        _ => Vec::new(),
    };
    let mut columns: BTreeMap<&str, (usize, BTreeSet<&str>, Option<&Value>)> = BTreeMap::new();
    for (name, value) in rows.iter().flat_map(|row| row.iter()) {
        let (count, types, example) = columns.entry(name).or_default();
        *count += 1;
        types.insert(type_of(value));
        example.get_or_insert(value);
    }
    // What only a few rows have may be misspelt.
    columns.retain(|_, (count, ..)| *count * 2 > rows.len());
    let about = "A data file: whatever the templates that show it expect.";
    if columns.is_empty() {
        return finish(Map::new(), file, about);
    }
    let everywhere: Vec<&str> =
        columns.iter().filter(|(_, (count, ..))| *count == rows.len()).map(|(name, _)| *name).collect();
    let column = |(name, (_, types, example)): (&&str, &(usize, BTreeSet<&str>, Option<&Value>))| {
        let about = format!("The column `{name}` of {file}.");
        ((*name).to_owned(), json!({"type": types, "description": about, "examples": example.as_slice()}))
    };
    let properties: Map<String, Value> = columns.iter().map(column).collect();
    let row = json!({"type": "object", "properties": properties, "required": everywhere, "additionalProperties": false});
    let mut schema = Map::new();
    schema.insert("type".into(), "array".into());
    schema.insert("items".into(), row);
    finish(schema, file, "A list of rows with the columns that most rows have now.")
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The schema of `translations/<language>.yaml`: the keys that the main language has, with their texts there.
pub fn texts<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> Value {
    let forms = ["zero", "one", "two", "few", "many", "other"];
    let forms: Map<String, Value> =
        forms.iter().map(|f| ((*f).to_owned(), json!({"type": "string"}))).collect();
    let shape =
        json!([{"type": "string"}, {"type": "object", "properties": forms, "additionalProperties": false}]);
    let key = |(key, text): (&str, &str)| {
        (
            key.to_owned(),
            json!({"anyOf": shape, "description": format!("In the main language: {text}"), "examples": [text]}),
        )
    };
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    let mut properties: Map<String, Value> = texts.map(key).collect();
    let about = "true: nobody who speaks the language has checked this file.";
    properties.insert("unreviewed".into(), json!({"type": "boolean", "description": about}));
    schema.insert("properties".into(), Value::Object(properties));
    schema.insert("additionalProperties".into(), json!({"anyOf": shape}));
    finish(schema, "translations", "The theme's texts in one language.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_learnt_from_most_rows() {
        let rows = json!([
            {"name": "A", "phone": "555"}, {"name": "B", "phone": 7, "seats": 3}, {"name": "C", "fone": "1", "seats": 4},
        ]);
        let schema = data("schools.yaml", &rows);
        let row = &schema["items"];
        let columns: Vec<&String> = row["properties"].as_object().unwrap().keys().collect();
        assert_eq!(columns, ["name", "phone", "seats"]);
        assert_eq!(row["required"], json!(["name"]));
        assert_eq!(row["properties"]["phone"]["type"], json!(["number", "string"]));
        assert_eq!(data("x.yaml", &json!({"a": 1})).get("items"), None);
    }
}
