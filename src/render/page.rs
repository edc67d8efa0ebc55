//! Pages: a document through its kind's template, a redirect to one, and the page for what is not there.

use super::body::Fill;
use super::context::{self, map};
use super::entry::picked;
use super::fact::{Fact, FactKind};
use super::fields::{self, Written};
use super::folder_memo::{Word, folder_memo};
use super::footnotes::List;
use super::headings;
use super::link::{self, Lost};
use super::notes::Notes;
use super::page_notices;
use super::reader::Reader;
use super::tags::change;
use crate::diag::{Diagnostic, code};
use crate::document::EntrySummary;
use crate::site::{LangIndex, Node, NodeIndex, Nothing, Translation};
use crate::source::Span;
use crate::source::address::is_absolute;
use crate::source::html;
use rustc_hash::FxHashSet;
use std::sync::Arc;
use tera::{Context, Value};

/// What every template of a whole page sees.
pub(super) fn base_context(reader: &Reader) -> Context {
    let world = reader.unrecorded();
    let language = world.config.languages.get(reader.lang as usize);
    let depth = reader.here.matches('/').count();
    let mut ctx = Context::new();
    let dir = context::dir(language.is_some_and(|l| l.rtl));
    let code = Value::from(reader.lang_code());
    ctx.insert_value("lang", code.clone());
    ctx.insert_value("dir", Value::from(dir));
    ctx.insert_value("text_lang", code);
    ctx.insert_value("text_dir", Value::from(dir));
    ctx.insert_value("root", Value::from("../".repeat(depth)));
    ctx.insert_value("serve", Value::from(world.serve));
    ctx.insert_value("generator", Value::from(concat!("Guidepost ", env!("CARGO_PKG_VERSION"))));
    let home = format!("{}index.html", world.lang_prefix(reader.lang));
    let home_url = reader.home(reader.lang).map_or_else(|| reader.url(&home), |n| reader.url(&n.address));
    ctx.insert_value("home_url", Value::from(home_url));
    for name in ["body", "prev", "next", "footnotes"] {
        ctx.insert_value(name, Value::none());
    }
    for name in ["breadcrumbs", "words", "notices", "links"] {
        ctx.insert_value(name, Value::from(Vec::<Value>::new()));
    }
    ctx
}

/// A stand-in `page` for pages that Guidepost makes by itself.
pub(super) fn made_page(reader: &Reader, title: &str) -> Value {
    let none = Value::none;
    let list = || Value::from(Vec::<Value>::new());
    map! {
        "title": title, "nav_title": title, "description": none(), "kind": "made", "kind_label": "",
        "lang": reader.lang_code(), "dir": context::dir_of(reader, reader.lang_code()),
        "path": &*reader.here, "url": reader.url(&reader.here), "source": none(), "file": none(),
        "canonical": reader.unrecorded().canonical(&reader.here), "is_home": false, "is_section": false, "tags": list(),
        "updated": none(), "reviewed": none(), "review_due": false, "owner": none(), "changes": list(), "publish": none(), "hidden": true, "draft": false,
        "search": false, "entries_kind": none(), "entry_count": 0, "outline": list(), "fields": map! {}, "labels": map! {},
        "text": map! {}, "html": map! {}, "translation": map! {"status": "none"}, "word_count": 0,
    }
}

/// The same made page in every language, for the switcher; `exists` says whether a language has it. Where it has not,
/// the switcher leads to the home page.
pub(super) fn made_alternates(reader: &Reader, exists: impl Fn(LangIndex) -> bool) -> Value {
    let world = reader.unrecorded();
    let own = world.lang_prefix(reader.lang);
    let rest = reader.here.strip_prefix(own.as_str()).unwrap_or(&reader.here);
    let list = world.config.languages.iter().enumerate().map(|(i, l)| {
        let lang = i as LangIndex;
        let same = lang == reader.lang || exists(lang);
        let address = if same {
            format!("{}{rest}", world.lang_prefix(lang))
        } else {
            reader.node(FactKind::Address, lang, "index.md").map_or_else(String::new, |(_, n)| n.address.to_string())
        };
        map! {"code": l.code.as_str(), "name": l.name.as_str(), "dir": context::dir(l.rtl), "url": reader.url(&address),
              "current": lang == reader.lang, "fallback": false, "canonical": Value::none()}
    });
    Value::from(list.collect::<Vec<_>>())
}

/// Breadcrumbs from the home page to the parent of a node.
fn breadcrumbs(reader: &Reader, node: &Node) -> Value {
    let mut above: Vec<&Node> = Vec::new();
    let mut next = node.parent;
    while let Some(found) = next.and_then(|index| reader.at(FactKind::Title, reader.lang, index)) {
        above.push(found);
        next = found.parent;
    }
    let make = || {
        let crumb = |above: &&Node| {
            map! {
                "title": above.nav_title(), "url": reader.url(&above.address), "lang": &*above.document.lang,
                "dir": context::dir_of(reader, &above.document.lang), "canonical": reader.unrecorded().canonical(&above.address),
            }
        };
        Value::from(above.iter().rev().map(crumb).collect::<Vec<_>>())
    };
    match node.parent {
        Some(parent) => folder_memo(reader, |memo| memo.crumbs.entry(parent).or_insert_with(make).clone()),
        None => make(),
    }
}

fn neighbour(reader: &Reader, index: Option<NodeIndex>) -> Value {
    let Some(index) = index else { return Value::none() };
    let Some(node) = reader.at(FactKind::Title, reader.lang, index) else { return Value::none() };
    let make = || context::page_link(reader, node);
    folder_memo(reader, |memo| memo.links.entry(index).or_insert_with(make).clone())
}

/// A page in every language, for the switcher; `address` gives the address of what is shown of it in a language.
pub(super) fn alternates(
    reader: &Reader,
    node: &Node,
    address: impl Fn(LangIndex, &Node) -> Arc<str>,
) -> Value {
    let world = reader.unrecorded();
    let mut out = Vec::new();
    for (lang, found) in reader.alternates(&node.logical) {
        let Some(language) = world.config.languages.get(lang as usize) else { continue };
        let (address, fallback) = match found {
            Some(n) => (address(lang, n), n.translation == Translation::Fallback),
            None => match reader.node(FactKind::Address, lang, "index.md") {
                Some((_, home)) => (home.address.clone(), true),
                None => continue,
            },
        };
        out.push(map! {
            "code": language.code.as_str(), "name": language.name.as_str(), "dir": context::dir(language.rtl),
            "url": reader.url(&address), "current": lang == reader.lang, "fallback": fallback,
            "canonical": world.canonical(&address).filter(|_| !fallback),
        });
    }
    Value::from(out)
}

/// The terms that what was made so far links, sorted as readers of the language sort. What stands on the
/// output itself, as `here` says of the term's page, is not repeated.
pub(super) fn words(reader: &Reader, here: impl Fn(&Node) -> bool) -> Value {
    let mut list: Vec<Arc<Word>> = Vec::new();
    let mut seen: FxHashSet<String> = FxHashSet::default();
    for term in reader.used_terms() {
        let Some((home, entry)) = reader.entry(term) else { continue };
        let Some((shown, _)) = reader.entry(reader.in_view(term)) else { continue };
        if here(shown) {
            continue;
        }
        let word = folder_memo(reader, |memo| match memo.words.get(&term) {
            Some(word) => word.clone(),
            None => {
                let word = Arc::new(word(reader, home, shown, entry, memo.sort_key(&entry.title)));
                memo.words.insert(term, word.clone());
                word
            }
        });
        // A page in two languages may have met the word in both.
        if seen.insert(word.url.clone()) {
            list.push(word);
        }
    }
    list.sort_by(|a, b| a.key.cmp(&b.key).then_with(|| a.title.cmp(&b.title)));
    Value::from(list.iter().map(|word| word.value.clone()).collect::<Vec<_>>())
}

fn word(reader: &Reader, home: &Node, shown: &Node, entry: &EntrySummary, key: Vec<u8>) -> Word {
    let mut url = reader.url(&shown.address);
    url.push('#');
    crate::source::url_escape(&entry.id, &mut url);
    let value = map! {
        "title": entry.title.as_str(), "url": url.as_str(), "id": &*entry.id, "definition": entry.excerpt.as_str(),
        "example": entry.fields.get("example").map(|v| v.display()), "lang": &*home.document.lang,
        "dir": context::dir_of(reader, &home.document.lang),
    };
    Word { url, title: entry.title.clone(), key, value }
}

/// The template of a page whose kind names `own`; `has` says which others there are.
pub(super) fn template_of<'k>(node: &Node, own: Option<&'k str>, has: impl Fn(&str) -> bool) -> &'k str {
    match (own, &*node.logical, node.is_section()) {
        (Some(own), ..) if node.document.summary.kind != "page" => own,
        (_, "index.md", _) if has("home.html") => "home.html",
        (_, _, true) if has("section.html") => "section.html",
        _ => "page.html",
    }
}

/// A page through the template of its kind.
pub fn page(reader: &Arc<Reader>, logical: &str) -> Vec<u8> {
    let Some((index, node)) = reader.node(FactKind::Document, reader.lang, logical) else {
        return Vec::new();
    };
    reader.record(Fact::new(FactKind::Around, reader.lang, logical));
    let world = reader.unrecorded();
    let summary = &node.document.summary;
    let own = world.config.kinds.get(&summary.kind).and_then(|kind| kind.template.as_deref());
    let template = template_of(node, own, |name| reader.template(name).is_some());
    let full = reader.template(template).unwrap_or(template).to_string();
    let mut ctx = base_context(reader);
    let text_language = world.config.language(&node.document.lang);
    ctx.insert_value("text_lang", Value::from(&*node.document.lang));
    ctx.insert_value("text_dir", Value::from(context::dir(text_language.is_some_and(|l| l.rtl))));
    let body = reader.body(node);
    let (html, of_components) = seated(reader, || {
        body.as_deref().map_or_else(Default::default, |b| Fill::new(reader, index, node).page_and_headings(b))
    });
    let headings = body.as_deref().map(|body| headings::outline(body, &of_components, &html));
    let mut notes = Notes::default();
    let html = notes.number(reader, html);
    ctx.insert_value("body", Value::safe_string(&html));
    let size = html.len();
    drop(html);
    if let Some(body) = body.as_deref().filter(|body| !body.notes.is_empty()) {
        let count = u32::try_from(body.notes.len()).unwrap_or(u32::MAX);
        reader.on_sheet(|sheet| sheet.notes = count);
    }
    reader.made_for(&full);
    if summary.fields.contains_key("picks") {
        let (picks, foot) = seated(reader, || picks(reader, node, &mut notes));
        ctx.insert_value("picks", picks);
        ctx.insert_value("footnotes", foot);
    }
    ctx.insert_value("links", notes.list());
    let kind = world.config.kinds.get(&summary.kind);
    let written = Written { index, node, spans: &summary.spans, span: Span::default(), id: "" };
    fields::report(reader, reader.lang, kind, &summary.fields, written);
    ctx.insert_value("page", context::page(reader, index, node, headings));
    ctx.insert_value("breadcrumbs", breadcrumbs(reader, node));
    ctx.insert_value("prev", neighbour(reader, node.prev));
    ctx.insert_value("next", neighbour(reader, node.next));
    ctx.insert_value("alternates", alternates(reader, node, |_, n| n.address.clone()));
    ctx.insert_value("words", words(reader, |shown| shown.address == node.address));
    ctx.insert_value("notices", page_notices::of(reader, node));
    super::render_page(reader, template, &ctx, size)
}

/// The entries that a handout picks, in its order, and their footnotes where the template has a place for them; picks that
/// lead nowhere are reported.
fn picks(reader: &Reader, node: &Node, links: &mut Notes) -> (Value, Value) {
    let summary = &node.document.summary;
    let mut foot = List::default();
    let has_foot = reader.reads().is_none_or(|reads| reads.variable("footnotes"));
    let mut out = Vec::new();
    let picked_values = summary.fields.get("picks").map_or(&[][..], |v| v.items()).iter();
    for (number, pick) in picked_values.enumerate().filter_map(|(i, v)| Some((i, v.as_text()?))) {
        match link::entry_at(reader, pick) {
            Ok((at, home)) => {
                if link::is_behind(reader, &node.document, at.lang)
                    && let Some((_, entry)) = reader.entry(at)
                {
                    let (span, written) =
                        (crate::site::item_span(summary, "picks", number), (pick, &*entry.id));
                    link::report_behind(reader, &node.document, span, code::BROKEN_REFERENCE, written, home);
                }
                let foot = has_foot.then_some(&mut foot);
                out.push(picked(reader, at, home, links, foot));
            }
            Err(lost) => reader.report(lost_pick(node, (number, pick), lost)),
        }
    }
    let mut notes = String::new();
    foot.write(&mut notes);
    (Value::from(out), if notes.is_empty() { Value::none() } else { Value::safe_string(&notes) })
}

/// What to say of a pick that leads nowhere.
fn lost_pick(node: &Node, (number, pick): (usize, &str), lost: Option<Lost>) -> Diagnostic {
    let (path, span) = (&node.document.path, crate::site::item_span(&node.document.summary, "picks", number));
    if let Some(Lost { why: Nothing::LeftOut(state), .. }) = &lost {
        let message = format!("{}: this page leaves out what it picks from there.", state.says());
        return Diagnostic::warning(code::LINK_TO_LEFT_OUT, path, span, message).help(state.help());
    }
    let near = lost.and_then(|lost| lost.advice.instead);
    let help = match near {
        Some(near) if near.contains('#') => format!("Did you mean {near}?"),
        Some(near) => format!("Did you mean {near}#{}?", pick.split('#').nth(1).unwrap_or("")),
        None => "Write the page and the entry's id, such as topics/page.md#entry.".into(),
    };
    let message = format!("\"{pick}\" is no entry of this guide.");
    Diagnostic::error(code::BROKEN_REFERENCE, path, span, message).help(help)
}

/// Runs `make` with the reader in its worker's slot, since a body may hold components and entries.
pub(super) fn seated<T>(reader: &Arc<Reader>, make: impl FnOnce() -> T) -> T {
    let slots = reader.unrecorded().slots.clone();
    let slot = reader.instance();
    let before = slots.replace(slot, Some(reader.clone()));
    let made = make();
    slots.replace(slot, before);
    made
}

/// An old address that leads to a page.
pub fn redirect(reader: &Arc<Reader>, to: &str) -> Vec<u8> {
    let Some((_, node)) = reader.node(FactKind::Title, reader.lang, to) else { return Vec::new() };
    let mut ctx = base_context(reader);
    let title = node.document.summary.title.as_str();
    ctx.insert_value("target", Value::from(reader.url(&node.address)));
    ctx.insert_value(
        "canonical",
        reader.unrecorded().canonical(&node.address).map_or_else(Value::none, Value::from),
    );
    ctx.insert_value("title", Value::from(title));
    ctx.insert_value("page", made_page(reader, title));
    ctx.insert_value("alternates", Value::from(Vec::<Value>::new()));
    super::render_page(reader, "redirect.html", &ctx, 0)
}

/// The Content-Security-Policy that pages carry, for hosts that say it as a header: taken from a page that every site has.
pub fn policy(reader: &Arc<Reader>) -> Option<String> {
    let page = not_found(reader);
    let is = |tag: &html::Tag<'_>| {
        tag.is("meta")
            && tag.value("http-equiv").is_some_and(|v| v.eq_ignore_ascii_case("content-security-policy"))
    };
    html::opened(&page).find(is).and_then(|tag| tag.value("content").map(|policy| policy.into_owned()))
}

/// The page for addresses that do not exist.
pub fn not_found(reader: &Arc<Reader>) -> String {
    let title = reader.text(reader.lang, "not_found_title", None).unwrap_or("Page not found").to_string();
    let mut ctx = base_context(reader);
    ctx.insert_value("page", made_page(reader, &title));
    ctx.insert_value("alternates", made_alternates(reader, |_| false));
    let html = super::render_template(reader, "404.html", &ctx);
    let html = html.unwrap_or_else(|| super::error_page(reader, "404.html"));
    // A host shows this page at any depth, so its links must not depend on where it is shown. With a known address
    // they start at the site's path; without one they are left relative, right for what is not found at the top of the site,
    // wherever that lies.
    match reader.unrecorded().base_url.as_deref() {
        Some(base) => {
            let path = base
                .split_once("://")
                .map_or("", |(_, rest)| rest)
                .split_once('/')
                .map_or("", |(_, path)| path);
            let root =
                if path.is_empty() { "/".to_string() } else { format!("/{}/", path.trim_matches('/')) };
            absolute_links(&html, &root)
        }
        // The preview stands at the root of its host.
        None if reader.unrecorded().serve => absolute_links(&html, "/"),
        None => html,
    }
}

/// Puts `root` before every relative address.
fn absolute_links(html: &str, root: &str) -> String {
    let whole = |target: &str| {
        let relative = !is_absolute(target) && !target.starts_with(['#', '/']);
        relative.then(|| format!("{root}{}", target.trim_start_matches("./")))
    };
    change(html, 0, |_, name, value| match name {
        // The theme's script takes the files of the search from data attributes.
        "href" | "src" | "poster" | "action" | "data-search" | "data-search-script" | "data-search-style"
        | "data-search-a-z" => whole(value),
        "srcset" => {
            let one = |part: &str| whole(part.trim()).unwrap_or_else(|| part.trim().to_string());
            Some(value.split(',').map(one).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_404_page_links_from_the_root() {
        assert_eq!(
            absolute_links(
                "<a href=\"./\">href=\"a\"</a><link href='assets/s.css'><a href=\"https://x\">b</a><img srcset=\"a.png 1x,b.png 2x\"><form action=\"search.html\" data-search=\"search/en.js\" data-search-text=\"a|b\">",
                "/g/"
            ),
            "<a href=\"/g/\">href=\"a\"</a><link href='/g/assets/s.css'><a href=\"https://x\">b</a>\
             <img srcset=\"/g/a.png 1x, /g/b.png 2x\">\
             <form action=\"/g/search.html\" data-search=\"/g/search/en.js\" data-search-text=\"a|b\">"
        );
    }
}
