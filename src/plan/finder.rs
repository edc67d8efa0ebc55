//! The ready-made choices of a kind's finder: no choice, each single value, each pair of values of two facets.
//!
//! Only choices that lead to at least one entry get a page, so every count a reader sees is true and no page is
//! empty. The number of pages is bounded by the number of values, not of entries.

use crate::document::ByName;
use crate::schema::{FieldValue, Kind};
use crate::site::{EntryAt, LangIndex, Site, choice_slug};
use std::collections::BTreeMap;

/// Field and value of each choice made, in the order of the kind's facets.
pub type Chosen = Vec<(String, String)>;

/// One ready-made choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen.
    pub chosen: Chosen,
    /// Address of its page from the root of its language.
    pub address: String,
    /// The entries it leads to, in reading order.
    pub entries: Vec<EntryAt>,
}

/// The values of a facet that an entry has.
fn values<'a>(fields: &'a ByName<FieldValue>, facet: &str) -> impl Iterator<Item = &'a str> {
    fields.get(facet).map_or(&[][..], FieldValue::items).iter().filter_map(FieldValue::as_text)
}

/// The address of a choice from the root of its language.
pub fn address(kind: &Kind, chosen: &[(String, String)]) -> String {
    let folder = kind.finder.as_deref().unwrap_or("find").trim_matches('/');
    if chosen.is_empty() {
        return format!("{folder}/index.html");
    }
    let name: Vec<String> = chosen.iter().map(|(_, value)| choice_slug(value)).collect();
    format!("{folder}/{}.html", name.join("-"))
}

/// All choices of a kind in a language that lead to an entry, the empty one first.
pub fn choices(site: &Site, lang: LangIndex, kind: &Kind) -> Vec<Choice> {
    let entries = site.trees.get(lang as usize).and_then(|tree| tree.entries.get(&kind.name));
    let Some(entries) = entries else { return Vec::new() };
    let mut found: BTreeMap<Chosen, Vec<EntryAt>> = BTreeMap::new();
    for at in entries {
        let Some((_, entry)) = site.entry(*at) else { continue };
        let has: Vec<Vec<(String, String)>> = kind
            .facets
            .iter()
            .map(|facet| values(&entry.fields, facet).map(|v| (facet.clone(), v.to_string())).collect())
            .collect();
        let mut leads = |chosen: Chosen| {
            let list = found.entry(chosen).or_default();
            // A value that is written twice leads to the entry once.
            if list.last() != Some(at) {
                list.push(*at);
            }
        };
        leads(Vec::new());
        for (i, first) in has.iter().enumerate() {
            for a in first {
                leads(vec![a.clone()]);
                for b in has.iter().skip(i + 1).flatten() {
                    leads(vec![a.clone(), b.clone()]);
                }
            }
        }
    }
    found
        .into_iter()
        .map(|(chosen, entries)| Choice { address: address(kind, &chosen), chosen, entries })
        .collect()
}
