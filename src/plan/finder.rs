//! The ready-made choices of a kind's finder: no choice, each single value, each pair of values of two facets.
//!
//! A choice is a value of a choice field, yes or no, or a number that is asked for ("how old is your child") and fits the range
//! of an entry. Only choices that lead to at least one entry get a page, so every count a reader sees is true and no page is
//! empty. The number of pages is bounded by the number of values, not of entries.

use crate::document::ByName;
use crate::schema::{Field, FieldType, FieldValue, Kind};
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

/// Maximum number of values of a range that a finder offers.
const MAX_POINTS: f64 = 40.0;

/// The numbers of a range that a finder asks for: those that the field names, else each whole number from the smallest to the
/// largest; where those would be too many, each at which a range begins.
fn points<'e>(field: &Field, all: impl Iterator<Item = &'e ByName<FieldValue>> + Clone) -> Vec<f64> {
    if !field.choices.is_empty() {
        return field.choices.iter().filter_map(|choice| choice.value.parse().ok()).collect();
    }
    let ranges = all.filter_map(|fields| fields.get(&*field.name)).flat_map(FieldValue::items);
    let ranges = ranges.filter_map(|value| match value {
        FieldValue::Range(from, to) => Some((*from, to.unwrap_or(*from))),
        _ => None,
    });
    let first = ranges.clone().map(|(from, _)| from).fold(f64::INFINITY, f64::min).floor();
    let last = ranges.clone().map(|(_, to)| to).fold(f64::NEG_INFINITY, f64::max).ceil();
    if last - first < MAX_POINTS {
        let numbers = std::iter::successors(Some(first), |n| Some(n + 1.0));
        return numbers.take_while(|n| *n <= last).collect();
    }
    let mut starts: Vec<f64> = ranges.map(|(from, _)| from).collect();
    starts.sort_by(f64::total_cmp);
    starts.dedup();
    starts
}

/// The values of a facet for which an entry is found: its own choices, or the numbers that its range fits.
fn values(fields: &ByName<FieldValue>, facet: &Facet<'_>) -> Vec<String> {
    let items = fields.get(&*facet.field.name).map_or(&[][..], FieldValue::items);
    let fits = |n: f64| {
        items.iter().any(|item| match item {
            FieldValue::Range(from, to) => *from <= n && to.is_none_or(|to| n <= to),
            _ => false,
        })
    };
    match facet.field.ty.item() {
        FieldType::Range => facet.points.iter().filter(|n| fits(**n)).map(f64::to_string).collect(),
        _ => items.iter().map(FieldValue::display).collect(),
    }
}

/// A field by which a finder sorts, with the numbers that it asks for.
struct Facet<'a> {
    field: &'a Field,
    points: Vec<f64>,
}

/// The name of one chosen value in an address. A number or a yes says nothing without its field.
fn slug_of(kind: &Kind, (facet, value): &(String, String)) -> String {
    match kind.field(facet).map(|field| field.ty.item()) {
        Some(FieldType::Range) => format!("{}-{}", choice_slug(facet), value.replace('.', "-")),
        Some(FieldType::Boolean) => {
            format!("{}-{}", choice_slug(facet), if value == "true" { "yes" } else { "no" })
        }
        _ => choice_slug(value),
    }
}

/// The address of a choice from the root of its language.
pub fn address(kind: &Kind, chosen: &[(String, String)]) -> String {
    let folder = kind.finder.as_deref().unwrap_or("find").trim_matches('/');
    if chosen.is_empty() {
        return format!("{folder}/index.html");
    }
    let name: Vec<String> = chosen.iter().map(|chosen| slug_of(kind, chosen)).collect();
    format!("{folder}/{}.html", name.join("-"))
}

/// All choices of a kind in a language that lead to an entry, the empty one first.
pub fn choices(site: &Site, lang: LangIndex, kind: &Kind) -> Vec<Choice> {
    let entries = site.trees.get(lang as usize).and_then(|tree| tree.entries.get(&kind.name));
    let Some(entries) = entries else { return Vec::new() };
    let all = entries.iter().filter_map(|at| Some(&site.entry(*at)?.1.fields));
    let facets = kind.facets.iter().filter_map(|name| kind.field(name));
    let facets: Vec<Facet<'_>> =
        facets.map(|field| Facet { field, points: points(field, all.clone()) }).collect();
    let mut found: BTreeMap<Chosen, Vec<EntryAt>> = BTreeMap::new();
    for at in entries {
        let Some((_, entry)) = site.entry(*at) else { continue };
        let has: Vec<Vec<(String, String)>> = facets
            .iter()
            .map(|facet| {
                values(&entry.fields, facet).into_iter().map(|v| (facet.field.name.clone(), v)).collect()
            })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(from: f64, to: Option<f64>) -> ByName<FieldValue> {
        std::iter::once(("ages".into(), FieldValue::Range(from, to))).collect()
    }

    #[test]
    fn a_number_finds_the_ranges_that_it_fits() {
        let all = [fields(3.0, Some(5.0)), fields(5.0, None), fields(2.5, Some(2.5))];
        let mut field = Field { name: "ages".into(), ty: FieldType::Range, ..Field::default() };
        let asked = points(&field, all.iter());
        assert_eq!(asked, [2.0, 3.0, 4.0, 5.0]);
        let facet = Facet { field: &field, points: asked };
        let found: Vec<Vec<String>> = all.iter().map(|fields| values(fields, &facet)).collect();
        assert_eq!(found, [vec!["3", "4", "5"], vec!["5"], vec![]]);
        // A price in cents asks for no thousand pages.
        let prices = [fields(0.0, Some(50.0)), fields(900.0, None)];
        assert_eq!(points(&field, prices.iter()), [0.0, 900.0]);
        let choice = |value: &str| crate::schema::Choice { value: value.into(), label: Default::default() };
        field.choices = vec![choice("4"), choice("2.5")];
        assert_eq!(points(&field, all.iter()), [4.0, 2.5]);
        assert_eq!(points(&Field { choices: vec![], ..field.clone() }, [].iter()), [0.0; 0]);
        let kind = Kind { fields: vec![field], ..Kind::default() };
        assert_eq!(address(&kind, &[("ages".into(), "2.5".into())]), "find/ages-2-5.html");
    }
}
