//! The page from A to Z: every page, every entry, the groups that entries stand in, and the other names of all of them, by first letter.
//!
//! A name that stands under another letter than its title is how many people look for a thing: IEP, push-in. It has a row of its own
//! that says what it is. What `letters` holds is told in the manual (`themes/templates.md`).

use super::context::{self, map};
use super::fact::FactKind;
use super::lists::{any_page, make, title};
use super::page_notices;
use super::reader::Reader;
use crate::document::ByName;
use crate::schema::{FieldValue, SHOWN_NAMES};
use crate::site::{EntryAt, Letters, NodeIndex, collator, compare};
use std::sync::Arc;
use tera::Value;

/// One place that rows lead to.
struct Target<'a> {
    title: &'a str,
    fields: &'a ByName<FieldValue>,
    kind: &'a str,
    lang: &'a str,
    url: String,
}

/// The rows, each with what it is sorted by.
struct Rows<'r> {
    reader: &'r Reader,
    code: &'r str,
    all: Vec<(String, Value)>,
}

impl Rows<'_> {
    /// The row of a page or entry, and one for each of its other names.
    fn add(&mut self, target: &Target) {
        let names = other_names(target);
        let label = self.reader.unrecorded().config.kinds.get(target.kind);
        let label = label.map_or("", |kind| kind.label.get(self.code));
        let dir = context::dir_of(self.reader, target.lang);
        let mut row = |shown: &str, names: &[&str], see: Option<&str>| {
            let row = map! {"title": shown, "url": target.url.as_str(), "kind": target.kind, "kind_label": label,
            "names": names.to_vec(), "see": see.map_or_else(Value::none, Value::from), "group": false,
            "lang": target.lang, "dir": dir};
            self.all.push((shown.to_owned(), row));
        };
        row(target.title, &names, None);
        for name in &names {
            row(name, &[], Some(target.title));
        }
    }

    /// The row of a group of entries, which leads to its heading on their page.
    fn add_group(&mut self, group: &str, page: &Target, id: &str) {
        let row = map! {"title": group, "url": anchor(&page.url, id), "kind": page.kind, "kind_label": page.title,
        "names": Vec::<&str>::new(), "see": page.title, "group": true, "lang": page.lang,
        "dir": context::dir_of(self.reader, page.lang)};
        self.all.push((group.to_owned(), row));
    }
}

/// The names of a page or entry beside its title: each once, and none that only repeats the title.
fn other_names<'a>(target: &Target<'a>) -> Vec<&'a str> {
    let values = SHOWN_NAMES.into_iter().filter_map(|name| target.fields.get(name));
    let mut seen = vec![target.title.to_lowercase()];
    let mut names = Vec::new();
    for name in values.flat_map(FieldValue::items).filter_map(FieldValue::as_text) {
        let folded = name.trim().to_lowercase();
        if !folded.is_empty() && !seen.contains(&folded) {
            seen.push(folded);
            names.push(name.trim());
        }
    }
    names
}

/// The address of an id on the page with this address.
fn anchor(page: &str, id: &str) -> String {
    let mut url = format!("{page}#");
    crate::source::url_escape(id, &mut url);
    url
}

/// Makes the page. Gives its bytes.
pub fn a_to_z(reader: &Arc<Reader>) -> Vec<u8> {
    let heading = title(reader, "a_z_title", "A to Z");
    let code = reader.lang_code().to_string();
    let collator = collator(&code);
    let mut rows = Rows { reader, code: &code, all: Vec::new() };
    let mut languages: Vec<&str> = Vec::new();
    for index in reader.order(reader.lang).to_vec() {
        page(&mut rows, &mut languages, index);
    }
    let mut items = rows.all;
    items.sort_by(|a, b| compare(collator.as_ref(), &a.0, &b.0));
    let letters = Letters::of(&code).group(&code, items).into_iter();
    let letters: Vec<Value> =
        letters.map(|(letter, items)| map! {"letter": letter, "items": items}).collect();
    make(
        reader,
        "a-z.html",
        &heading,
        |lang| any_page(reader, lang),
        |ctx| {
            ctx.insert_value("letters", Value::from(letters));
            ctx.insert_value("notices", page_notices::of_made(reader, languages.into_iter()));
        },
    )
}

/// The rows of a page, its groups and its entries.
fn page<'r>(rows: &mut Rows<'r>, languages: &mut Vec<&'r str>, index: NodeIndex) {
    let reader = rows.reader;
    let Some(node) = reader.at(FactKind::Card, reader.lang, index) else { return };
    let summary = &node.document.summary;
    let own = Target {
        title: &summary.title,
        fields: &summary.fields,
        kind: &summary.kind,
        lang: &node.document.lang,
        url: reader.url(&node.address),
    };
    languages.push(own.lang);
    rows.add(&own);
    let mut group: Option<&str> = None;
    let entries = 0..summary.entries.len() as u32;
    let entries = entries.map(|number| EntryAt::new(reader.lang, index, number));
    for at in entries.chain(reader.lacking(reader.lang, index)) {
        let Some((node, entry)) = reader.entry(at) else { continue };
        languages.push(&node.document.lang);
        let url = anchor(&reader.url(&node.address), &entry.id);
        rows.add(&Target {
            title: &entry.title,
            fields: &entry.fields,
            kind: &entry.kind,
            lang: &node.document.lang,
            url,
        });
        // What a translation lacks stands on the original's page, whose groups that page's own language lists.
        if at.lang != reader.lang || entry.group.as_deref() == group {
            continue;
        }
        group = entry.group.as_deref();
        let before =
            reader.at(FactKind::Anchors, reader.lang, index).and_then(|n| heading_before(n, &entry.id));
        if let (Some(group), Some(id)) = (group, before) {
            rows.add_group(group, &own, id);
        }
    }
}

/// The id of the heading that an entry follows on its page.
fn heading_before<'n>(node: &'n crate::site::Node, id: &str) -> Option<&'n str> {
    let anchors = &node.document.summary.anchors;
    let mut last = None;
    for anchor in anchors.iter() {
        if anchor == id {
            return last;
        }
        last = Some(anchor);
    }
    None
}
