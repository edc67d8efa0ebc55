//! Pages that Guidepost makes by itself: tags, site map, the finder's choices. The A to Z is in `a_to_z.rs`.

use super::card::card;
use super::context::{self, map};
use super::fact::FactKind;
use super::functions::text_for;
use super::page::{base_context, made_alternates, made_page, words};
use super::page_notices;
use super::reader::Reader;
use super::values::{self, Voice};
use crate::schema::{Field, FieldType, Kind};
use crate::site::{EntryAt, LangIndex, NodeIndex, collator, compare, named, tag_key};
use std::sync::Arc;
use tera::{Context, Value};

/// Makes a page through `template`; `exists` says which other languages have the same one.
pub(super) fn make(
    reader: &Arc<Reader>,
    template: &str,
    title: &str,
    exists: impl Fn(LangIndex) -> bool,
    fill: impl FnOnce(&mut Context),
) -> Vec<u8> {
    let mut ctx = base_context(reader);
    ctx.insert_value("page", made_page(reader, title));
    ctx.insert_value("alternates", made_alternates(reader, exists));
    let home = reader.home(reader.lang).map(|n| context::page_link(reader, n));
    ctx.insert_value("breadcrumbs", Value::from(home.into_iter().collect::<Vec<_>>()));
    fill(&mut ctx);
    super::render_page(reader, template, &ctx, 0)
}

/// Says that values are made for `template` from now on.
fn made_for(reader: &Reader, template: &str) {
    if let Some(full) = reader.template(template) {
        reader.made_for(full);
    }
}

pub(super) fn title(reader: &Reader, key: &str, fallback: &str) -> String {
    reader.text(reader.lang, key, None).unwrap_or(fallback).to_string()
}

/// Whether a language has pages at all: then it has those that are made for every language.
pub(super) fn any_page(reader: &Reader, lang: LangIndex) -> bool {
    reader.node(FactKind::Address, lang, "index.md").is_some()
}

/// The pages of one tag.
pub fn tag(reader: &Arc<Reader>, slug: &str) -> Vec<u8> {
    made_for(reader, "tag.html");
    let known = |name: &str| named(&reader.unrecorded().config.tags, name);
    let Some(tag) = reader.tag(reader.lang, slug) else { return Vec::new() };
    let (name, pages) = (tag.name.clone(), tag.pages.clone());
    let cards: Vec<Value> = pages.iter().filter_map(|i| card(reader, reader.lang, *i)).collect();
    let notices = of_nodes(reader, &pages);
    make(
        reader,
        "tag.html",
        &name,
        |lang| {
            reader.tag(lang, slug).is_some_and(|tag| match (known(&tag.name), known(&name)) {
                (Some(one), Some(other)) => one.tag == other.tag,
                (None, None) => tag_key(&tag.name) == tag_key(&name),
                _ => false,
            })
        },
        |ctx| {
            let about = described(reader, &name);
            ctx.insert_value("tag", map! {"name": name.as_str(), "count": cards.len(), "description": about});
            ctx.insert_value("pages", Value::from(cards));
            ctx.insert_value("notices", notices);
        },
    )
}

/// What a tag is about, for readers of the view; empty when nobody said so.
pub(super) fn described<'r>(reader: &'r Reader, name: &str) -> &'r str {
    let known = named(&reader.unrecorded().config.tags, name);
    known.map_or("", |known| known.description.get(reader.lang_code()))
}

/// The tags of the view's language as its readers sort them.
pub(super) fn sorted_tags(reader: &Reader) -> Vec<&crate::site::Tag> {
    let collator = collator(reader.lang_code());
    let mut list: Vec<_> = reader.tags(reader.lang).collect();
    list.sort_by(|a, b| compare(collator.as_ref(), &a.name, &b.name));
    list
}

/// All tags.
pub fn tags(reader: &Arc<Reader>) -> Vec<u8> {
    let title = title(reader, "tags_title", "Topics");
    let prefix = reader.unrecorded().lang_prefix(reader.lang);
    let list: Vec<Value> = sorted_tags(reader)
        .into_iter()
        .map(|tag| {
            let url = reader.url(&crate::plan::tag_address(&prefix, &tag.slug));
            let about = described(reader, &tag.name);
            map! {"name": tag.name.as_str(), "url": url, "count": tag.pages.len(), "description": about}
        })
        .collect();
    let exists = |lang| reader.has_tags(lang);
    make(reader, "tags.html", &title, exists, |ctx| ctx.insert_value("tags", Value::from(list)))
}

/// The whole tree.
pub fn site_map(reader: &Arc<Reader>) -> Vec<u8> {
    let title = title(reader, "site_map_title", "Site map");
    let items = super::menu::whole_tree(reader);
    make(
        reader,
        "site-map.html",
        &title,
        |lang| any_page(reader, lang),
        |ctx| {
            ctx.insert_value("items", items);
            ctx.insert_value("notices", of_nodes(reader, reader.order(reader.lang)));
        },
    )
}

/// The notices of a list of these pages.
fn of_nodes(reader: &Reader, pages: &[NodeIndex]) -> Value {
    let nodes = pages.iter().filter_map(|index| reader.at(FactKind::Title, reader.lang, *index));
    page_notices::of_made(reader, nodes.map(|node| &*node.document.lang))
}

/// The page of the search's results: without a script the whole tree, so that the search field leads somewhere. A theme that has no
/// template for it shows the site map; one that has none of that either gets a plain list of pages.
pub fn search(reader: &Arc<Reader>) -> Vec<u8> {
    let title = title(reader, "search_title", "Search");
    let Some(template) = ["search.html", "site-map.html"].into_iter().find(|t| reader.template(t).is_some())
    else {
        return plain_list(reader, &title).into_bytes();
    };
    let items = super::menu::whole_tree(reader);
    make(reader, template, &title, |lang| any_page(reader, lang), |ctx| ctx.insert_value("items", items))
}

/// All pages of a language as links, by no template.
fn plain_list(reader: &Reader, title: &str) -> String {
    let escaped = |text: &str| {
        let mut out = String::new();
        crate::source::html::attribute(text, &mut out);
        out
    };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><main><h1>{title}</h1><ul>\n",
        reader.lang_code(),
        title = escaped(title),
    );
    for index in reader.order(reader.lang).to_vec() {
        let Some(node) = reader.at(FactKind::Title, reader.lang, index) else { continue };
        let (url, title) = (escaped(&reader.url(&node.address)), escaped(&node.document.summary.title));
        out.push_str(&format!("<li><a href=\"{url}\">{title}</a></li>\n"));
    }
    out.push_str("</ul></main></body></html>\n");
    out
}

/// A chosen value as readers see it.
fn value_label(reader: &Reader, kind: &Kind, facet: &str, value: &str) -> String {
    let code = reader.lang_code();
    let Some(field) = kind.field(facet) else { return value.to_owned() };
    if let Some(choice) = field.choices.iter().find(|c| c.value == value) {
        return choice.label.get(code).to_owned();
    }
    match field.ty.item() {
        FieldType::Range => values::number(value, code),
        FieldType::Boolean => Voice::new(reader, code).truth(value == "true"),
        _ => value.to_owned(),
    }
}

/// A chosen value by itself: a number or a yes with what it is of.
fn chosen_label(reader: &Reader, kind: &Kind, facet: &str, value: &str) -> String {
    let label = value_label(reader, kind, facet, value);
    match kind.field(facet) {
        Some(field) if matches!(field.ty.item(), FieldType::Range | FieldType::Boolean) => {
            format!("{}: {label}", field.label.get(reader.lang_code()))
        }
        _ => label,
    }
}

/// The title of the page of one choice of a finder.
pub(super) fn finder_title(reader: &Reader, kind: &Kind, chosen: &[(String, String)]) -> String {
    let plural = kind.plural.get(reader.lang_code());
    if chosen.is_empty() {
        return text_for(reader, reader.lang, "finder_title", &kind.name, None)
            .unwrap_or_else(|| plural.to_owned());
    }
    let values: Vec<String> = chosen.iter().map(|(f, v)| chosen_label(reader, kind, f, v)).collect();
    format!("{plural}: {}", values.join(", "))
}

/// The values that the finder offers of a facet, in order: the choices as the kind has them, numbers by size.
fn offered(kind: &Kind, field: &Field, all: &[crate::plan::Choice]) -> Vec<String> {
    if !field.choices.is_empty() {
        return field.choices.iter().map(|choice| choice.value.clone()).collect();
    }
    let singles = all.iter().filter_map(|choice| match choice.chosen.as_slice() {
        [(facet, value)] if kind.facets.contains(facet) && *facet == field.name => Some(value.clone()),
        _ => None,
    });
    let mut values: Vec<String> = singles.collect();
    let size = |value: &String| value.parse().unwrap_or(f64::from(u8::from(value == "false")));
    values.sort_by(|a, b| size(a).total_cmp(&size(b)));
    values
}

/// The values of the facets by which each entry is found, as the query of an address: what a script needs to sort them.
fn found_by(all: &[crate::plan::Choice], at: EntryAt) -> String {
    let singles = all.iter().filter(|choice| choice.chosen.len() == 1 && choice.entries.contains(&at));
    let pairs = singles.flat_map(|choice| &choice.chosen).map(|(facet, value)| {
        let mut pair = format!("{facet}=");
        crate::source::url_escape(value, &mut pair);
        pair.replace('+', "%2B").replace('&', "%26")
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// Where the page of a choice is, and how many entries it leads to; none when no entry fits it.
fn url_of(
    reader: &Reader,
    all: &[crate::plan::Choice],
    wanted: &[(String, String)],
) -> Option<(String, usize)> {
    let choice = all.iter().find(|choice| choice.chosen == wanted)?;
    let prefix = reader.unrecorded().lang_prefix(reader.lang);
    Some((reader.url(&format!("{prefix}{}", choice.address)), choice.entries.len()))
}

/// The facets of a finder with their values: what is asked, and where each answer leads beside those that are `chosen`.
pub(super) fn facets(
    reader: &Reader,
    kind: &Kind,
    chosen: &[(String, String)],
    all: &[crate::plan::Choice],
) -> Vec<Value> {
    let url_of = |wanted: &[(String, String)]| url_of(reader, all, wanted);
    let mut facets: Vec<Value> = Vec::new();
    for facet in &kind.facets {
        let Some(field) = kind.field(facet) else { continue };
        let mut values: Vec<Value> = Vec::new();
        for value in offered(kind, field, all) {
            let current = chosen.iter().any(|(f, v)| f == facet && *v == value);
            // Choosing a value keeps the choices of the other facets, as far as a page for both exists.
            let mut wanted: Vec<(String, String)> =
                chosen.iter().filter(|(f, _)| f != facet).cloned().collect();
            if !current {
                wanted.push((facet.clone(), value.clone()));
            }
            wanted.sort_by_key(|(f, _)| kind.facets.iter().position(|k| k == f));
            let found = match url_of(&wanted) {
                Some(found) => Some(found),
                None if wanted.len() > 2 => url_of(&[(facet.clone(), value.clone())]),
                None => None,
            };
            let Some((url, count)) = found else { continue };
            values.push(
                map! {"value": value.as_str(), "label": value_label(reader, kind, facet, &value), "count": count,
                "url": url, "current": current},
            );
        }
        let question = if field.question.is_empty() { &field.label } else { &field.question };
        facets
            .push(map! {"name": facet.as_str(), "label": question.get(reader.lang_code()), "values": values});
    }
    facets
}

/// One choice of a finder.
pub fn finder(reader: &Arc<Reader>, kind_name: &str, chosen: &[(String, String)]) -> Vec<u8> {
    made_for(reader, "finder.html");
    let world = reader.unrecorded().clone();
    let Some(kind) = world.config.kinds.get(kind_name) else { return Vec::new() };
    let code = reader.lang_code().to_string();
    let all = reader.finder_choices(reader.lang, kind);
    let facets = facets(reader, kind, chosen, &all);
    let own = |choices: &[crate::plan::Choice]| choices.iter().position(|c| c.chosen == chosen);
    let list = own(&all).and_then(|i| all.get(i)).map_or(&[][..], |choice| &choice.entries);
    let entries: Vec<Value> = super::page::seated(reader, || {
        list.iter()
            .filter_map(|at| {
                let (node, _) = reader.entry(*at)?;
                Some(context::entry(reader, *at, node, None))
            })
            .collect()
    });
    let found: Vec<Value> = list.iter().map(|at| Value::from(found_by(&all, *at))).collect();
    let total = all.iter().find(|c| c.chosen.is_empty()).map_or(0, |c| c.entries.len());
    let words = words(reader, |_| false);
    let picked: Vec<Value> = chosen
        .iter()
        .map(|(facet, value)| {
            let label = kind.field(facet).map_or("", |f| f.label.get(&code)).to_string();
            map! {"facet": label, "name": facet.as_str(), "value": value.as_str(), "value_label": chosen_label(reader, kind, facet, value)}
        })
        .collect();
    let plural = kind.plural.get(&code).to_string();
    let title = finder_title(reader, kind, chosen);
    let all_url = url_of(reader, &all, &[]).map_or_else(Value::none, |(url, _)| Value::from(url));
    let exists = |lang| own(&reader.finder_choices(lang, kind)).is_some();
    let shown = list.iter().filter_map(|at| Some(&*reader.entry(*at)?.0.document.lang));
    let notices = page_notices::of_made(reader, shown);
    make(reader, "finder.html", &title, exists, |ctx| {
        ctx.insert_value("notices", notices);
        ctx.insert_value("words", words);
        ctx.insert_value(
            "finder",
            map! {"kind": kind_name, "kind_label": plural, "facets": facets, "chosen": picked, "entries": entries, "found_by": found,
                  "all_url": all_url, "total": total},
        );
    })
}
