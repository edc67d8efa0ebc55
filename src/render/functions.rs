//! The functions that templates call. Each reads through the reader in its slot, so whatever a theme shows is tracked
//! without the theme declaring anything.
//!
//! Tera's functions know nothing of the page that is rendered. Each worker's tera instance is bound to a slot; the
//! worker puts its reader there for the time of one render.

mod arguments;
mod files;
mod filters;
mod texts;

pub(super) use texts::{date_in, text_for};

use files::{asset, find_asset, svg};

use super::card::card;
use super::context::{self, map};
use super::fact::FactKind;
use super::folder_memo::folder_memo;
use super::link;
use super::reader::Reader;
use super::record::Record;
use super::trail::Step;
use crate::diag::{Diagnostic, Severity, closest, code};
use crate::schema::Kind;
use crate::site::{EntryAt, LangIndex, Node, Nothing, compare};
use crate::template::refused;
use std::sync::{Arc, Mutex, PoisonError};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Where a worker puts the reader of the render it is at.
#[derive(Default)]
pub struct ReaderSlots(Vec<Mutex<Option<Arc<Reader>>>>);

impl ReaderSlots {
    /// As many empty slots.
    pub fn new(count: usize) -> Self {
        ReaderSlots((0..count).map(|_| Mutex::new(None)).collect())
    }

    /// Puts a reader into a slot; gives the one that was there, to be put back afterwards.
    pub fn replace(&self, slot: usize, reader: Option<Arc<Reader>>) -> Option<Arc<Reader>> {
        let slot = self.0.get(slot)?;
        std::mem::replace(&mut *slot.lock().unwrap_or_else(PoisonError::into_inner), reader)
    }

    fn reader(&self, slot: usize) -> TeraResult<Arc<Reader>> {
        let found = self.0.get(slot).and_then(|s| s.lock().unwrap_or_else(PoisonError::into_inner).clone());
        found.ok_or_else(|| Error::message("this function works only while a page is made"))
    }
}

/// Registers all functions on `tera`, bound to `slot`, and the filters.
pub fn register(tera: &mut Tera, slots: &Arc<ReaderSlots>, slot: usize) {
    filters::register(tera, slots, slot);
    macro_rules! function {
        ($name:literal, $body:expr) => {{
            let slots = slots.clone();
            let body: fn(&Reader, &Kwargs) -> TeraResult<Value> = $body;
            let arguments = arguments::of($name);
            tera.register_function($name, move |kwargs: Kwargs, _: &State| {
                arguments::check($name, arguments, &kwargs)?;
                body(&*slots.reader(slot)?, &kwargs)
            });
        }};
    }
    function!("menu", |r, _| {
        let menu = super::menu::menu(r).map_err(|why| Error::message(format!("menu(): {why}")))?;
        Ok(Value::safe_string(&menu))
    });
    function!("menu_items", |r, k| super::menu::named(r, k.must_get::<&str>("name")?));
    function!("pages", pages);
    function!("all_pages", |r, k| {
        let lang = texts::language(r, "all_pages", k)?;
        let all = r.order(lang).to_vec().into_iter().filter_map(|i| card(r, lang, i));
        Ok(Value::from(all.collect::<Vec<_>>()))
    });
    function!("changes", |r, k| {
        let limit = k.get::<i64>("limit")?.unwrap_or(100);
        Ok(super::changes::all(r, r.lang, usize::try_from(limit).unwrap_or(0)))
    });
    function!("page", |r, k| {
        let found = link::page_at(r, k.must_get::<&str>("path")?).ok();
        Ok(found.and_then(|(lang, index, ..)| card(r, lang, index)).unwrap_or_else(Value::none))
    });
    function!("link", link_to);
    function!("entries", entries);
    function!("entry", |r, k| entry(r, k.must_get::<&str>("ref")?));
    function!("related", |r, _| {
        let Some(page) = r.page.clone() else { return Ok(Value::from(Vec::<Value>::new())) };
        Ok(Value::from(r.related(&page).into_iter().filter_map(|i| card(r, r.lang, i)).collect::<Vec<_>>()))
    });
    function!("backlinks", |r, k| {
        let page = match k.get::<&str>("path")? {
            Some(path) => page_named(r, "backlinks", "path", path)?.map(|node| node.logical.clone()),
            None => r.page.clone(),
        };
        let from = page.map(|page| r.backlinks(&page)).unwrap_or_default();
        Ok(Value::from(from.into_iter().filter_map(|i| card(r, r.lang, i)).collect::<Vec<_>>()))
    });
    function!("tags", |r, _| {
        // What is not made has no address.
        if !r.unrecorded().config.outputs.tags {
            return Ok(Value::from(Vec::<Value>::new()));
        }
        let prefix = r.unrecorded().lang_prefix(r.lang);
        let list = super::lists::sorted_tags(r).into_iter().map(|t| {
            let url = r.url(&crate::plan::tag_address(&prefix, &t.slug));
            let about = super::lists::described(r, &t.name);
            map! {"name": t.name.as_str(), "url": url, "count": t.pages.len(), "description": about}
        });
        Ok(Value::from(list.collect::<Vec<_>>()))
    });
    function!("finder_url", |r, k| {
        let kind = kind_named(r, "finder_url", k.must_get::<&str>("kind")?)?;
        Ok(kind.and_then(|kind| finder_of(r, kind)).map_or_else(Value::none, Value::from))
    });
    function!("finder_facets", |r, k| {
        let kind = kind_named(r, "finder_facets", k.must_get::<&str>("kind")?)?;
        // Without entries there is no finder, and nothing to ask.
        let kind = kind.filter(|kind| finder_of(r, kind).is_some());
        let facets = kind.map(|kind| super::lists::facets(r, kind, &[], &r.finder_choices(r.lang, kind)));
        Ok(Value::from(facets.unwrap_or_default()))
    });
    function!("finders", finders);
    function!("a_z_url", |r, _| Ok(generated(r, r.unrecorded().config.outputs.a_z, "a-z.html")));
    function!("site_map_url", |r, _| Ok(generated(
        r,
        r.unrecorded().config.outputs.site_map,
        "site-map.html"
    )));
    function!("search_url", |r, _| Ok(generated(r, r.unrecorded().config.outputs.search, "search.html")));
    function!("search_root", |r, _| {
        let on = r.unrecorded().config.outputs.search;
        Ok(if on { Value::from(r.url(&format!("search/{}.js", r.lang_code()))) } else { Value::none() })
    });
    function!("print_url", |r, _| Ok(generated(r, r.unrecorded().config.outputs.print, "print.html")));
    function!("tags_url", |r, _| {
        let any = r.has_tags(r.lang);
        Ok(generated(r, any && r.unrecorded().config.outputs.tags, "tags/index.html"))
    });
    function!("section_print_url", |r, _| {
        let Some(section) = section_of(r) else { return Ok(Value::none()) };
        let address = crate::plan::print_address(&r.unrecorded().lang_prefix(r.lang), &section);
        // A section of hidden pages only has none.
        Ok(r.made(&address).map_or_else(Value::none, |_| Value::from(r.url(&address))))
    });
    function!("feed_url", |r, _| {
        Ok(generated(r, r.unrecorded().config.outputs.feed && r.unrecorded().base_url.is_some(), "feed.xml"))
    });
    function!("asset", |r, k| asset(r, k.must_get::<&str>("path")?));
    function!("svg", |r, k| svg(r, k.must_get::<&str>("path")?));
    function!("image_size", |r, k| {
        let path = k.must_get::<&str>("path")?;
        let size = r.measuring(|| find_asset(r, path).and_then(|a| a.dimensions));
        Ok(size.map_or_else(Value::none, |(w, h)| map! {"width": u64::from(w), "height": u64::from(h)}))
    });
    function!("t", texts::translate);
    function!("data", data);
    function!("date", texts::date);
    function!("qr", |_, k| {
        let text = k.must_get::<&str>("text")?;
        let made = qrcode::QrCode::new(text.as_bytes()).map_err(|_| {
            let message = format!("qr(): a text of {} bytes is too long for a QR code", text.len());
            refused(
                message,
                "Give it a short address; a code that a phone can read well has at most 300 letters.",
            )
        })?;
        let svg =
            made.render::<qrcode::render::svg::Color<'_>>().quiet_zone(true).min_dimensions(120, 120).build();
        let start = svg.find("<svg").unwrap_or(0);
        Ok(Value::safe_string(&svg[start..]))
    });
    function!("today", |r, _| Ok(Value::from(r.today().to_string())));
    function!("site_notices", |r, _| Ok(super::notice::list(r)));
    function!("zip", |r, _| {
        let zip = r.zip();
        if zip == super::Zip::None {
            return Ok(Value::none());
        }
        Ok(map! {"url": r.url(crate::plan::ZIP), "size": context::text(zip.size().as_deref())})
    });
    function!("brand", |r, _| {
        let known = folder_memo(r, |memo| memo.brand.clone());
        Ok(known.unwrap_or_else(|| {
            let brand = super::brand_tokens(&r.unrecorded().config);
            folder_memo(r, |memo| memo.brand = Some(brand.clone()));
            brand
        }))
    });
}

/// The address of a kind's finder, if there is anything to find.
fn finder_of(r: &Reader, kind: &Kind) -> Option<String> {
    let folder =
        kind.finder.as_deref().filter(|_| r.unrecorded().config.outputs.finder && !kind.facets.is_empty())?;
    let any = !r.entries(r.lang, &kind.name).is_empty();
    any.then(|| {
        r.url(&format!("{}{}/index.html", r.unrecorded().lang_prefix(r.lang), folder.trim_matches('/')))
    })
}

/// All finders of the language; with `section` those whose folder lies in that of a section's page.
fn finders(r: &Reader, k: &Kwargs) -> TeraResult<Value> {
    let section = k.get::<&str>("section")?.map(|page| page.strip_suffix("index.md").unwrap_or("\0"));
    let inside = |kind: &&Kind| {
        let folder = kind.finder.as_deref().unwrap_or("").trim_start_matches('/');
        section.is_none_or(|section| !section.is_empty() && folder.starts_with(section))
    };
    let code = r.lang_code();
    let list = r.unrecorded().config.kinds.0.values().filter(inside).filter_map(|kind| {
        let url = finder_of(r, kind)?;
        Some(map! {"kind": kind.name.as_str(), "kind_label": kind.plural.get(code), "url": url})
    });
    Ok(Value::from(list.collect::<Vec<_>>()))
}

/// The address of a page that Guidepost makes by itself, when it is switched on.
fn generated(r: &Reader, on: bool, name: &str) -> Value {
    if on {
        Value::from(r.url(&format!("{}{name}", r.unrecorded().lang_prefix(r.lang))))
    } else {
        Value::none()
    }
}

/// Logical path of the section the page stands in: itself when it is one.
fn section_of(r: &Reader) -> Option<Arc<str>> {
    let page = r.page.clone()?;
    let (_, node) = r.node(FactKind::Around, r.lang, &page)?;
    if node.is_section() && !node.members.is_empty() {
        return Some(page);
    }
    let above = r.at(FactKind::Address, r.lang, node.parent?)?;
    Some(above.logical.clone())
}

fn pages(r: &Reader, k: &Kwargs) -> TeraResult<Value> {
    let section: Option<Arc<str>> = match k.get::<&str>("section")? {
        Some(folder) => match page_named(r, "pages", "section", folder)? {
            Some(node) if !node.is_section() => {
                let message = format!("pages(section=\"{folder}\"): {folder} is a page, and no section");
                let help =
                    format!("Name a folder with pages, or write page(path=\"{folder}\") for the page.");
                return Err(refused(message, help));
            }
            found => found.map(|node| node.logical.clone()),
        },
        None => section_of(r),
    };
    let Some(section) = section else { return Ok(Value::from(Vec::<Value>::new())) };
    let members =
        r.node(FactKind::Around, r.lang, &section).map(|(_, node)| node.members.clone()).unwrap_or_default();
    Ok(Value::from(members.into_iter().filter_map(|i| card(r, r.lang, i)).collect::<Vec<_>>()))
}

/// The page that a call names by a path from the content folder; none when it is not published now, or only in another
/// language. What is no page of the site is an error.
fn page_named<'r>(
    r: &'r Reader,
    function: &str,
    argument: &str,
    written: &str,
) -> TeraResult<Option<&'r Node>> {
    let lost = match link::page_at(r, written) {
        Ok((.., node, _)) => return Ok(Some(node)),
        Err(lost) => lost,
    };
    let elsewhere = |logical: &str| {
        let languages = r.unrecorded().config.languages.len();
        let folder = format!("{logical}/index.md");
        (0..languages)
            .map(|lang| lang as LangIndex)
            .any(|lang| [logical, &folder].iter().any(|path| r.node(FactKind::Address, lang, path).is_some()))
    };
    match &lost.why {
        why if link::is_left_out(why) => return Ok(None),
        Nothing::Missing { logical, .. } if elsewhere(logical) => return Ok(None),
        _ => {}
    }
    let help = match lost.advice.instead {
        Some(near) => format!("Did you mean {near}?"),
        None => "Write a path below content/, such as meetings or meetings/index.md. Where a site may lack the page, \
                 ask page(path=…) first."
            .to_owned(),
    };
    Err(refused(format!("{function}({argument}=\"{written}\"): there is no page \"{written}\""), help))
}

/// The kind of that name; none when the site took it away. One that nobody described is an error.
fn kind_named<'r>(r: &'r Reader, function: &str, name: &str) -> TeraResult<Option<&'r Kind>> {
    let kinds = &r.unrecorded().config.kinds;
    match kinds.get(name) {
        Some(kind) => Ok(Some(kind)),
        None if kinds.is_gone(name) => Ok(None),
        None => {
            let help = match closest(name, kinds.names()) {
                Some(near) => format!("Did you mean {near}?"),
                None => format!("Kinds: {}.", kinds.names().collect::<Vec<_>>().join(", ")),
            };
            Err(refused(format!("{function}(kind=\"{name}\"): there is no kind \"{name}\""), help))
        }
    }
}

fn data(r: &Reader, k: &Kwargs) -> TeraResult<Value> {
    let path = k.must_get::<&str>("path")?;
    if let Some(found) = r.data(path) {
        return Ok(found.clone());
    }
    if let Some(why) = super::data::refusal(path) {
        return Err(Error::message(format!("data(path=\"{path}\"): {why}")));
    }
    // A theme may ask for a file that a site need not have. One whose name nearly is that of another is told.
    let names = r.data(super::data::NAMES).and_then(Value::as_array).unwrap_or_default();
    let near = closest(path, names.iter().filter_map(Value::as_str));
    // Files of two years differ in figures alone.
    let words = |name: &str| name.chars().filter(|c| !c.is_numeric()).collect::<String>().to_lowercase();
    if let Some(near) =
        near.filter(|near| words(near) != words(path) || near.to_lowercase() == path.to_lowercase())
    {
        let message = format!("data(path=\"{path}\") is nothing: there is no file data/{path}.");
        let found = match r.unrecorded().templates.place_of("path", path) {
            Some((file, span)) => Diagnostic::warning(code::UNKNOWN_NAME, &file, span, message),
            None => Diagnostic::site(code::UNKNOWN_NAME, Severity::Warning, message),
        };
        r.report(found.help(format!("Did you mean {near}?")));
    }
    Ok(Value::none())
}

fn link_to(r: &Reader, k: &Kwargs) -> TeraResult<Value> {
    let to = k.must_get::<&str>("to")?;
    link::href_at(r, to).map(Value::from).map_err(|why| Error::message(format!("link(to=\"{to}\"): {why}")))
}

fn records(r: &Reader, list: &[EntryAt], page: Option<&str>, call: &str) -> TeraResult<Vec<(String, Value)>> {
    let alone = r.trail().is_empty();
    let _going = r.go(Step::Call(call.to_owned()));
    // Before any is made: a text that holds a list of all like it would be made over and over until its own turn came.
    for at in if alone { &[] } else { list } {
        if let Some((node, entry)) = r.entry(*at)
            && page.is_none_or(|p| p == &*node.logical)
        {
            may_make(r, at.lang, node, &entry.id, call)?;
        }
    }
    let records = list
        .iter()
        .filter_map(|at| {
            let (node, entry) = r.entry(*at)?;
            if page.is_some_and(|p| p != &*node.logical) {
                return None;
            }
            Some((entry.title.clone(), context::entry(r, *at, node, None)))
        })
        .collect();
    Ok(records)
}

/// Whether the text of an entry may be made for this call; one that the template does not read is not made.
fn may_make(r: &Reader, lang: LangIndex, node: &Node, id: &str, call: &str) -> TeraResult<()> {
    if !Record::new(r).wants("body") {
        return Ok(());
    }
    r.may_make(lang, node, id).map_err(|why| Error::message(format!("{call}: {why}")))
}

fn entries(r: &Reader, k: &Kwargs) -> TeraResult<Value> {
    let kind = k.must_get::<&str>("kind")?;
    let none = || Ok(Value::from(Vec::<Value>::new()));
    if kind_named(r, "entries", kind)?.is_none() {
        return none();
    }
    let page = match k.get::<&str>("page")? {
        Some(written) => match page_named(r, "entries", "page", written)? {
            Some(node) => Some(node.logical.clone()),
            None => return none(),
        },
        None => None,
    };
    let sort = k.get::<&str>("sort")?;
    if let Some(sort) = sort.filter(|sort| *sort != "title") {
        let help = format!(
            "Write sort=\"title\", or sort by a field that all have: \
             entries(kind=\"{kind}\") | sort(attribute=\"fields.{sort}\")."
        );
        return Err(refused(
            format!("entries(sort=\"{sort}\"): entries are sorted by their title only"),
            help,
        ));
    }
    let list = match &page {
        Some(page) => r.entries_of(r.lang, kind, page),
        None => r.entries(r.lang, kind).to_vec(),
    };
    let mut found = records(r, &list, page.as_deref(), &format!("entries(kind=\"{kind}\")"))?;
    if sort == Some("title") {
        let collator = crate::site::collator(r.lang_code());
        found.sort_by(|a, b| compare(collator.as_ref(), &a.0, &b.0));
    }
    Ok(Value::from(found.into_iter().map(|(_, v)| v).collect::<Vec<_>>()))
}

/// The record of the entry that `reference` names: `path.md#id`.
fn entry(r: &Reader, reference: &str) -> TeraResult<Value> {
    let Ok((at, node)) = link::entry_at(r, reference) else { return Ok(Value::none()) };
    let id = node.document.summary.entries.get(at.number as usize).map_or("", |entry| &*entry.id);
    let call = format!("entry(ref=\"{reference}\")");
    let _going = r.go(Step::Call(call.clone()));
    may_make(r, at.lang, node, id, &call)?;
    Ok(context::entry(r, at, node, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `template::instead` suggests is registered: it knows the names, and does not see this module.
    #[test]
    fn what_is_suggested_is_registered() {
        let mut tera = Tera::new();
        register(&mut tera, &Arc::new(ReaderSlots::new(1)), 0);
        let knows = |what: &str, name: &str| crate::template::knows(what, name);
        for name in arguments::names() {
            assert!(knows("function", name), "{name}");
            assert!(tera.clone().add_raw_template("t", &format!("{{{{ {name}() }}}}")).is_ok(), "{name}");
        }
        for name in filters::NAMES {
            assert!(knows("filter", name), "{name}");
            assert!(tera.clone().add_raw_template("t", &format!("{{{{ x | {name} }}}}")).is_ok(), "{name}");
        }
    }
}
