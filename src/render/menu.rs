//! The menu: made once for each language and section, and marked for each page.

use super::context::map;
use super::fact::{Fact, FactKind};
use super::fragment::{Fragment, FragmentKey, ask};
use super::link;
use super::reader::Reader;
use super::trail::Trail;
use super::world::World;
use crate::config::MenuItem;
use crate::diag::closest;
use crate::site::{LangIndex, Node, NodeIndex};
use crate::source::address::is_absolute;
use crate::template::{fill, refused};
use std::sync::Arc;
use tera::{Context, TeraResult, Value};

/// Maximum number of pages of a section in a menu, with the link to all of them.
const MAX_MENU_PAGES: usize = 40;
/// What that link is called in a theme that has no words for it.
const ALL: &str = "All pages";
const ALL_OF: &str = "All pages of {title}";

/// The address at which a menu's relative links count.
fn menu_here(world: &World, lang: LangIndex, section: &str) -> String {
    let tree = world.site.trees.get(lang as usize);
    match tree.and_then(|t| t.find(section)) {
        Some((_, node)) => node.address.to_string(),
        None => format!("{}index.html", world.lang_prefix(lang)),
    }
}

/// Makes the menu as pages of a section see it.
pub(super) fn make_menu(
    world: &Arc<World>,
    worker: usize,
    lang: LangIndex,
    section: &Arc<str>,
    trail: Trail,
) -> Fragment {
    let here = menu_here(world, lang, section);
    let reader = Arc::new(Reader::new(world, worker, lang, &here, Some(section.clone())).after(trail));
    reader.record(Fact::whole(FactKind::Config, 0));
    reader.record(Fact::new(FactKind::Address, lang, section));
    let items = menu_items(&reader, section);
    let mut context = Context::new();
    context.insert_value("items", items);
    context.insert_value("lang", Value::from(reader.lang_code()));
    let text = super::render_template(&reader, "menu.html", &context);
    Fragment::of(&reader, text)
}

/// The menu: as `site.yaml` says, else the home page's sections; the open section shows its pages.
fn menu_items(reader: &Reader, section: &str) -> Value {
    let written = &reader.unrecorded().config.menu;
    if !written.is_empty() {
        return Value::from(written.iter().filter_map(|i| written_item(reader, i)).collect::<Vec<_>>());
    }
    // The sections above the open one, itself included.
    let mut open: Vec<NodeIndex> = Vec::new();
    let mut next = reader.node(FactKind::Around, reader.lang, section).map(|(index, _)| index);
    while let Some(index) = next {
        open.push(index);
        next = reader.at(FactKind::Around, reader.lang, index).and_then(|n| n.parent);
    }
    let Some((_, home)) = reader.node(FactKind::Around, reader.lang, "index.md") else {
        return Value::from(Vec::<Value>::new());
    };
    Value::from(bounded(reader, home, &open))
}

/// The entries of a menu that `site.yaml` names in `menus`; none of a menu that a site does without. A name that nearly is that of
/// another menu is an error.
pub(super) fn named(reader: &Reader, name: &str) -> TeraResult<Value> {
    let menus = &reader.unrecorded().config.menus;
    let none = Vec::new();
    let written = match (menus.get(name), closest(name, menus.keys().map(String::as_str))) {
        (Some(written), _) => written,
        (None, Some(near)) => {
            let message = format!("menu_items(name=\"{name}\"): site.yaml has no menu \"{name}\"");
            return Err(refused(message, format!("Did you mean {near}?")));
        }
        (None, None) => &none,
    };
    Ok(Value::from(written.iter().filter_map(|item| written_item(reader, item)).collect::<Vec<_>>()))
}

/// The pages of a section, as many as a menu shows; if there are more, those of the way to the open page and a link to all.
fn bounded(reader: &Reader, section: &Node, open: &[NodeIndex]) -> Vec<Value> {
    let members = &section.members;
    let shown = members.iter().enumerate().filter(|(at, index)| {
        members.len() <= MAX_MENU_PAGES || *at < MAX_MENU_PAGES - 1 || open.contains(index)
    });
    let mut items: Vec<Value> = shown.filter_map(|(_, index)| tree_item(reader, *index, open)).collect();
    if members.len() > MAX_MENU_PAGES {
        items.push(all_pages(reader, section));
    }
    items
}

/// The link behind the first pages of a section that has more than a menu shows.
fn all_pages(reader: &Reader, section: &Node) -> Value {
    let config = &reader.unrecorded().config;
    let is_home = &*section.logical == "index.md";
    let (key, text) = if is_home { ("menu_all", ALL) } else { ("menu_all_of", ALL_OF) };
    let text = reader.text(reader.lang, key, None).unwrap_or(text);
    let title = fill(text, &|name| (name == "title").then(|| section.nav_title().to_owned()));
    let address = match is_home && config.outputs.site_map {
        true => format!("{}site-map.html", reader.unrecorded().lang_prefix(reader.lang)),
        false => section.address.to_string(),
    };
    let own = reader.lang_code();
    map! {
        "title": title, "url": reader.url(&address), "source": Value::none(), "is_section": false, "open": false,
        "items": Vec::<Value>::new(), "external": false, "lang": own, "dir": super::context::dir_of(reader, own),
    }
}

fn tree_item(reader: &Reader, index: NodeIndex, open: &[NodeIndex]) -> Option<Value> {
    let node = reader.at(FactKind::Title, reader.lang, index)?;
    let is_open = open.contains(&index);
    let section = if is_open { reader.at(FactKind::Around, reader.lang, index) } else { None };
    let items = section.map_or_else(Vec::new, |section| bounded(reader, section, open));
    Some(item(reader, node, is_open, items))
}

fn item(reader: &Reader, node: &Node, open: bool, children: Vec<Value>) -> Value {
    map! {
        "title": node.nav_title(),
        "url": reader.url(&node.address),
        "lang": &*node.document.lang,
        "dir": super::context::dir_of(reader, &node.document.lang),
        "source": &*node.logical,
        "is_section": node.is_section(),
        "open": open,
        "items": children,
        "external": false,
    }
}

fn written_item(reader: &Reader, written: &MenuItem) -> Option<Value> {
    let children: Vec<Value> = written.items.iter().filter_map(|i| written_item(reader, i)).collect();
    let title = written.title.as_ref().map(|t| t.get(reader.lang_code()).to_string());
    let own = reader.lang_code();
    let heading = |title: Option<String>, children: Vec<Value>| {
        map! {
            "title": title.unwrap_or_default(), "url": Value::none(), "source": Value::none(), "is_section": false,
            "open": false, "items": children, "external": false, "lang": own, "dir": super::context::dir_of(reader, own),
        }
    };
    match written.to.as_deref() {
        Some(to) if is_absolute(to) => Some(map! {
            "title": title.unwrap_or_else(|| to.to_string()), "url": to, "source": Value::none(), "is_section": false,
            "open": false, "items": children, "external": true, "lang": own, "dir": super::context::dir_of(reader, own),
        }),
        Some(to) => match link::place_at(reader, to) {
            // What stands below it has its own addresses.
            None if !children.is_empty() && title.is_some() => Some(heading(title, children)),
            None => None,
            Some((url, link::Place::Page(node))) => {
                let lang = if title.is_some() { own } else { &*node.document.lang };
                Some(map! {
                    "lang": lang,
                    "dir": super::context::dir_of(reader, lang),
                    "title": title.unwrap_or_else(|| node.nav_title().to_string()),
                    "url": url,
                    "source": &*node.logical,
                    "is_section": node.is_section(),
                    "open": reader.page.as_deref() == Some(&*node.logical),
                    "items": children,
                    "external": false,
                })
            }
            Some((url, link::Place::Other(name))) => Some(map! {
                "title": title.unwrap_or(name), "url": url, "source": Value::none(), "is_section": false,
                "open": false, "items": children, "external": false, "lang": own,
                "dir": super::context::dir_of(reader, own),
            }),
        },
        None => Some(heading(title, children)),
    }
}

/// The whole tree of a language, for the site map.
pub fn whole_tree(reader: &Reader) -> Value {
    let Some((home, node)) = reader.node(FactKind::Around, reader.lang, "index.md") else {
        return Value::from(Vec::<Value>::new());
    };
    let members = node.members.clone();
    fn all(reader: &Reader, index: NodeIndex) -> Option<Value> {
        let members = reader.at(FactKind::Around, reader.lang, index)?.members.clone();
        let children = members.into_iter().filter_map(|i| all(reader, i)).collect();
        let node = reader.at(FactKind::Title, reader.lang, index)?;
        Some(item(reader, node, true, children))
    }
    let mut items: Vec<Value> = Vec::new();
    if let Some(node) = reader.at(FactKind::Title, reader.lang, home) {
        items.push(item(reader, node, true, Vec::new()));
    }
    items.extend(members.into_iter().filter_map(|i| all(reader, i)));
    Value::from(items)
}

/// The menu for the page that is made, with the page's own link marked. The error says why it cannot be had.
pub fn menu(reader: &Reader) -> Result<String, String> {
    let section: Arc<str> =
        match reader.page.clone().and_then(|p| reader.node(FactKind::Around, reader.lang, &p)) {
            Some((_, node)) if node.is_section() => node.logical.clone(),
            Some((_, node)) => node
                .parent
                .and_then(|parent| reader.at(FactKind::Address, reader.lang, parent))
                .map_or_else(|| "index.md".into(), |n| n.logical.clone()),
            None => "".into(),
        };
    let world = reader.unrecorded();
    // The links in a shared menu count from its section; a page elsewhere (a page nested without a section page of its
    // own, a made page) needs a menu whose links count from where it stands.
    let base = menu_here(world, reader.lang, &section);
    let shared = base.rfind('/').map_or("", |i| &base[..=i]) == reader.folder();
    reader.record(Fact::new(FactKind::Menu, reader.lang, &section));
    let key = FragmentKey::Menu { lang: reader.lang, section };
    let fragment = ask(reader, &key)?;
    let own = reader.url(&reader.here);
    if shared {
        return Ok(mark_current(&fragment.text, &own));
    }
    Ok(mark_current(&rebase(reader, &base, &fragment.text), &own))
}

/// Turns relative `href`s that count from `base` into ones that count from the output.
fn rebase(reader: &Reader, base: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(i) = rest.find("href=\"") {
        let (before, after) = rest.split_at(i + 6);
        out.push_str(before);
        let end = after.find('"').unwrap_or(after.len());
        let href = &after[..end];
        let (path, anchor) = href.split_once('#').map_or((href, None), |(p, a)| (p, Some(a)));
        if is_absolute(href) || href.starts_with('#') {
            out.push_str(href);
        } else {
            out.push_str(&reader.url(&link::address_of(base, path)));
            if let Some(anchor) = anchor {
                out.push('#');
                out.push_str(anchor);
            }
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

/// Marks the link of the page itself with `aria-current="page"`.
fn mark_current(text: &str, own: &str) -> String {
    let needle = format!("href=\"{own}\"");
    let Some(place) = memchr::memmem::find(text.as_bytes(), needle.as_bytes()) else {
        return text.to_string();
    };
    const MARK: &str = "aria-current=\"page\" ";
    let mut out = String::with_capacity(text.len() + MARK.len());
    out.push_str(&text[..place]);
    out.push_str(MARK);
    out.push_str(&text[place..]);
    out
}
