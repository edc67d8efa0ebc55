//! JSON, with its numbers as they were typed and its keys in their order.

use super::{File, scalar};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::ops::Range;
use tera::Value;
use tera::value::{Key, Map};

/// The value; none when the file is no JSON.
pub(super) fn read(file: &mut File<'_>) -> Option<Value> {
    let text = file.text;
    // Once as a whole, for its faults and its depth; then each value as it was typed.
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        let line =
            text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let at = (line + error.column().saturating_sub(1)).min(text.len());
        // Where it stands is said by the diagnostic itself.
        let why = error.to_string();
        let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
        file.error(
            at..at,
            format!("The data file cannot be read: {why}."),
            "Mend it there: JSON puts texts and names in double quotes, and a comma only between two values.",
        );
        return None;
    }
    value(file, text)
}

fn value(file: &mut File<'_>, raw: &str) -> Option<Value> {
    let raw = raw.trim_matches(|c: char| c.is_ascii_whitespace());
    Some(match raw.as_bytes().first()? {
        b'{' => {
            let mut map = Map::default();
            for (key, inner) in serde_json::from_str::<Entries<'_>>(raw).ok()?.0 {
                let made = value(file, inner.get())?;
                if map.insert(Key::from(key.clone()), made).is_some() {
                    // A value lies in the text that it was read from.
                    let at = (inner.get().as_ptr() as usize).saturating_sub(file.text.as_ptr() as usize);
                    file.error(
                        at..at,
                        format!(
                            "\"{key}\" stands twice in one group; only one of the two values can be shown"
                        ),
                        "Delete one of the two, or give it another name.",
                    );
                }
            }
            Value::from(map)
        }
        b'[' => {
            let items = serde_json::from_str::<Vec<&RawValue>>(raw).ok()?;
            Value::from(items.into_iter().map(|item| value(file, item.get())).collect::<Option<Vec<_>>>()?)
        }
        b'"' => Value::from(serde_json::from_str::<String>(raw).ok()?),
        b't' => Value::from(true),
        b'f' => Value::from(false),
        b'n' => Value::none(),
        _ => scalar(raw),
    })
}

/// The items of a list, or the entries of an object of objects, each with its place; an entry has its name as `key`. None for
/// anything else.
pub(super) fn read_rows(file: &mut File<'_>) -> Option<Vec<(Range<usize>, Value)>> {
    let (text, start) = (file.text, file.text.as_ptr() as usize);
    let place = |raw: &RawValue| {
        let at = (raw.get().as_ptr() as usize).saturating_sub(start);
        let line = raw.get().split('\n').next().map_or(0, str::len);
        at..at + line
    };
    if text.trim_start().starts_with('{') {
        let entries = serde_json::from_str::<Entries<'_>>(text).ok()?.0;
        let rows = entries
            .into_iter()
            .map(|(key, raw)| Some((place(raw), super::with_key(&key, value(file, raw.get())?)?)));
        return rows.collect();
    }
    let items = serde_json::from_str::<Vec<&RawValue>>(text).ok()?;
    items.into_iter().map(|raw| Some((place(raw), value(file, raw.get())?))).collect()
}

/// What stands between `{` and `}`, in its order.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names with values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
