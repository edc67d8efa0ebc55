//! Several bodies on one output: ids that stay apart, and addresses that still lead to the right place.
//!
//! A body is filled as on its own page. Where it stands elsewhere, as a part of a print page or as an entry on a handout or
//! in the finder, it is then *placed*: each id in it gets a prefix, what refers to one follows, and other addresses are
//! looked at once more. That is one pass over its tags (`tags`), since ids and addresses also come from components, entry
//! templates and raw HTML, which know nothing of where they are shown.

use super::tags::change;
use crate::site::EntryAt;
use crate::source::address;
use crate::source::html::tags;
use crate::source::url_escape;
use rustc_hash::{FxHashMap, FxHashSet};

/// Stands between the prefix and the id. No id that is made of a heading has two hyphens in a row, so neither such an id nor
/// another prefix can make the same.
pub const JOIN: &str = "--";

/// The ids of one output so far, and its footnotes.
#[derive(Debug, Default)]
pub struct Sheet {
    taken: FxHashSet<String>,
    /// The number to try next behind an id that was taken.
    next: FxHashMap<String, u32>,
    entries: FxHashMap<EntryAt, String>,
    /// The number of the last footnote.
    pub notes: u32,
    /// The language of the text around.
    pub lang: String,
}

impl Sheet {
    /// The sheet of a page in that language that has these ids itself.
    pub fn of<'i>(lang: &str, ids: impl Iterator<Item = &'i str>) -> Sheet {
        let frame = crate::markdown::FRAME_IDS.into_iter();
        let taken = ids.chain(frame).map(str::to_string).collect();
        Sheet { taken, lang: lang.to_string(), ..Sheet::default() }
    }

    /// `wanted`, or the next like it that is free; it is taken from now on.
    pub fn free(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_string()) {
            return wanted.to_string();
        }
        let next = self.next.entry(wanted.to_string()).or_insert(2);
        loop {
            let id = format!("{wanted}-{next}");
            *next += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }

    /// The id of an entry here: the same however often it is asked for.
    pub fn entry(&mut self, at: EntryAt, id: &str) -> String {
        if let Some(known) = self.entries.get(&at) {
            return known.clone();
        }
        let own = self.free(id);
        self.entries.insert(at, own.clone());
        own
    }
}

/// Attributes whose value is the id of another element, or several.
const REFERENCES: [&str; 15] = [
    "for",
    "form",
    "headers",
    "itemref",
    "list",
    "popovertarget",
    "commandfor",
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
];

/// The ids in a body, each with the one that `new` gives it.
pub fn ids(html: &str, mut new: impl FnMut(&str) -> String) -> FxHashMap<String, String> {
    let mut found = FxHashMap::default();
    if !html.contains("id") && !html.contains("ID") && !html.contains("name") {
        return found;
    }
    for tag in tags(html).filter(|tag| !tag.closes) {
        let names = tag.is("a") || tag.is("map");
        for name in ["id", "name"].into_iter().filter(|name| *name == "id" || names) {
            let id = tag.value(name).filter(|id| !id.is_empty() && !found.contains_key(&**id));
            if let Some(id) = id {
                let new = new(&id);
                found.insert(id.into_owned(), new);
            }
        }
    }
    found
}

/// `html` with those ids, its headings `down` levels lower. `lead` gives another address in the place of one that leads to
/// no id in it, if it has one.
pub fn place(
    html: &str,
    ids: &FxHashMap<String, String>,
    down: u8,
    lead: impl Fn(&str) -> Option<String>,
) -> String {
    change(html, down, |tag, name, value| {
        if name == "id" || (name == "name" && (tag.is("a") || tag.is("map"))) {
            return ids.get(value).cloned();
        }
        if matches!(name, "href" | "xlink:href" | "usemap") {
            let own = value.strip_prefix('#').and_then(|anchor| ids.get(&*address::decode(anchor)));
            return match own {
                Some(id) => Some(to(id)),
                None => lead(value),
            };
        }
        if ids.is_empty() {
            return None;
        }
        if REFERENCES.contains(&name) {
            let new = |id: &str| ids.get(id).map_or_else(|| id.to_string(), String::clone);
            return Some(value.split_ascii_whitespace().map(new).collect::<Vec<_>>().join(" "));
        }
        // A drawing names its own gradients and shapes so.
        value.contains("url(#").then(|| {
            let mut parts = value.split("url(#");
            let mut out = parts.next().unwrap_or("").to_string();
            for part in parts {
                let (id, rest) = part.split_at(part.find(')').unwrap_or(part.len()));
                out.extend(["url(#", ids.get(id).map_or(id, String::as_str), rest]);
            }
            out
        })
    })
}

/// The address of an id on this sheet.
pub fn to(id: &str) -> String {
    let mut address = String::from("#");
    url_escape(id, &mut address);
    // Footnotes have one, and behind a `#` it needs no escape.
    address.replace("%3A", ":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_refers_to_an_id_follows_it() {
        let html = "<h2 id=\"a\">id=\"a\"</h2><a href=\"#a\">x</a> <a href='#%C3%A9'>y</a> <a href=\"#out\">z</a> \
                    <input aria-labelledby=\"a out  é\" list=é><a name=\"é\"></a><p data-id=\"a\" title=\"#a\">\
                    <rect fill=\"url(#a)\"/><rect fill=\"url(#out)\"/></p>";
        let ids = ids(html, |id| format!("p--{id}"));
        assert_eq!(ids.len(), 2);
        assert_eq!(
            place(html, &ids, 1, |href| (href == "#out").then(|| "q.html#out".to_string())),
            "<h3 id=\"p--a\">id=\"a\"</h3><a href=\"#p--a\">x</a> <a href='#p--%C3%A9'>y</a> <a href=\"q.html#out\">z</a> \
             <input aria-labelledby=\"p--a out p--é\" list=\"p--é\"><a name=\"p--é\"></a><p data-id=\"a\" title=\"#a\">\
             <rect fill=\"url(#p--a)\"/><rect fill=\"url(#out)\"/></p>"
        );
    }

    #[test]
    fn ids_stay_apart() {
        let mut sheet = Sheet::of("en", ["same", "same-2"].into_iter());
        assert_eq!(sheet.entry(EntryAt::new(0, 1, 0), "same"), "same-3");
        assert_eq!(sheet.entry(EntryAt::new(0, 2, 0), "same"), "same-4");
        assert_eq!(sheet.entry(EntryAt::new(0, 1, 0), "same"), "same-3");
        assert_eq!(sheet.entry(EntryAt::new(0, 3, 0), "same-3"), "same-3-2");
        assert_eq!(sheet.free("other"), "other");
        assert_eq!(sheet.free("other"), "other-2");
    }
}
