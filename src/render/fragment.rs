//! What many pages hold: the menu of each section, and stylesheets that a template makes.
//!
//! A fragment is made once and shared. It is recorded like an output; when something it read changes, it is made
//! again, and only if its bytes differ do the pages that hold it follow.
//!
//! Fragments may ask for each other, so a thread that makes one never waits for another thread: two could wait for each
//! other for ever. It makes for itself what another thread is at, and the first that is ready counts.

use super::context::map;
use super::fact::{Fact, Tag};
use super::reader::{Log, Reader};
use super::trail::{Step, Trail};
use super::world::World;
use crate::config::MenuItem;
use crate::site::{LangIndex, Node, NodeIndex, path_hash};
use crate::source::Fingerprint;
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use tera::{Context, Value};

/// What a fragment is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum FragmentKey {
    /// The menu as pages of one section see it.
    Menu {
        /// The language.
        lang: LangIndex,
        /// Logical path of the section page; "" for outputs that stand in no section, at the language's root.
        section: Arc<str>,
    },
    /// A stylesheet made by the template of that name.
    Stylesheet {
        /// Its name as templates ask for it.
        name: Arc<str>,
    },
}

impl FragmentKey {
    /// The template that makes it.
    pub fn file(&self) -> &str {
        match self {
            FragmentKey::Menu { .. } => "menu.html",
            FragmentKey::Stylesheet { name } => name,
        }
    }
}

/// A made fragment.
#[derive(Debug, Default)]
pub struct Fragment {
    /// Its text.
    pub text: String,
    /// Fingerprint of the text, and whether it could be made.
    pub fingerprint: u64,
    /// The fragments that it asked for.
    pub asks: Vec<FragmentKey>,
    /// What it read.
    pub log: Log,
}

impl Fragment {
    /// What `reader` made; none when the template failed.
    fn of(reader: &Reader, text: Option<String>) -> Fragment {
        let failed = text.is_none();
        let text = text.unwrap_or_default();
        // One that is mended and empty is another than one that failed.
        let fingerprint = Fingerprint::of(text.as_bytes()).low() ^ u64::from(failed);
        Fragment { text, fingerprint, asks: reader.take_asked(), log: reader.finish() }
    }
}

/// A place for a fragment.
enum Slot {
    /// A thread is making it.
    Making,
    /// It is there.
    Made(Arc<Fragment>),
}

/// All fragments of a world, each made on first use.
#[derive(Default)]
pub struct Fragments {
    made: Mutex<FxHashMap<FragmentKey, Slot>>,
    /// Told when one was made, or its maker gave up.
    ready: Condvar,
    /// Keys by what facts know: language of a menu, hash of a name.
    keys: Mutex<FxHashMap<(Option<LangIndex>, u64), FragmentKey>>,
}

/// Gives the place up when its maker panics.
struct Maker<'a>(&'a Fragments, &'a FragmentKey);

impl Drop for Maker<'_> {
    fn drop(&mut self) {
        let mut made = self.0.slots();
        if let Some(Slot::Making) = made.get(self.1) {
            made.remove(self.1);
        }
        drop(made);
        self.0.ready.notify_all();
    }
}

impl Fragments {
    fn slots(&self) -> MutexGuard<'_, FxHashMap<FragmentKey, Slot>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a fragment that was made into its place, unless another thread was first; gives the one that counts.
    fn put(&self, key: &FragmentKey, fragment: Fragment) -> Arc<Fragment> {
        let fact = match key {
            FragmentKey::Menu { lang, section } => (Some(*lang), path_hash(section)),
            FragmentKey::Stylesheet { name } => (None, path_hash(name)),
        };
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).entry(fact).or_insert_with(|| key.clone());
        let mut made = self.slots();
        if let Some(Slot::Made(first)) = made.get(key) {
            return first.clone();
        }
        let fragment = Arc::new(fragment);
        made.insert(key.clone(), Slot::Made(fragment.clone()));
        fragment
    }

    /// The fragment, made by `make` if it is not there. Waits while another thread makes it: for those that make none.
    fn wait(&self, key: &FragmentKey, make: impl FnOnce() -> Fragment) -> Arc<Fragment> {
        let mut made = self.slots();
        loop {
            match made.get(key) {
                Some(Slot::Made(fragment)) => return fragment.clone(),
                Some(Slot::Making) => {
                    made = self.ready.wait(made).unwrap_or_else(PoisonError::into_inner);
                }
                None => break,
            }
        }
        made.insert(key.clone(), Slot::Making);
        drop(made);
        let maker = Maker(self, key);
        let fragment = self.put(key, make());
        drop(maker);
        fragment
    }

    /// The fragment, made by `make` if it is not there, whether or not another thread is at it.
    fn at_once(&self, key: &FragmentKey, make: impl FnOnce() -> Fragment) -> Arc<Fragment> {
        match self.peek(key) {
            Some(fragment) => fragment,
            None => self.put(key, make()),
        }
    }

    /// The fragment if it was made.
    pub fn peek(&self, key: &FragmentKey) -> Option<Arc<Fragment>> {
        match self.slots().get(key) {
            Some(Slot::Made(fragment)) => Some(fragment.clone()),
            _ => None,
        }
    }

    /// Puts a fragment that was made again, or takes one out.
    pub fn replace(&self, key: &FragmentKey, fragment: Option<Fragment>) {
        self.slots().remove(key);
        if let Some(fragment) = fragment {
            self.put(key, fragment);
        }
    }

    /// All made fragments.
    pub fn all(&self) -> Vec<(FragmentKey, Arc<Fragment>)> {
        let made = self.slots();
        let mut all: Vec<_> = made
            .iter()
            .filter_map(|(key, slot)| match slot {
                Slot::Made(fragment) => Some((key.clone(), fragment.clone())),
                Slot::Making => None,
            })
            .collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }

    /// From `key` to the first fragment on the way that it asks for, itself or through others; none when it asks for none.
    fn way_back(&self, key: &FragmentKey, trail: &Trail) -> Option<Vec<FragmentKey>> {
        let on_way: BTreeSet<&FragmentKey> = trail.fragments().collect();
        let mut seen = BTreeSet::from([key.clone()]);
        let mut open = VecDeque::from([vec![key.clone()]]);
        while let Some(way) = open.pop_front() {
            let asks =
                way.last().and_then(|last| self.peek(last)).map(|f| f.asks.clone()).unwrap_or_default();
            for next in asks {
                let ends = on_way.contains(&next);
                if ends || seen.insert(next.clone()) {
                    let mut way = way.clone();
                    way.push(next);
                    if ends {
                        return Some(way);
                    }
                    open.push_back(way);
                }
            }
        }
        None
    }

    fn value(&self, lang: Option<LangIndex>, name: u64) -> u64 {
        let key = self.keys.lock().unwrap_or_else(PoisonError::into_inner).get(&(lang, name)).cloned();
        key.and_then(|key| self.peek(&key)).map_or(0, |f| f.fingerprint.max(1))
    }

    /// The fingerprint of a section's menu; 0 when it was not made.
    pub fn menu_fingerprint(&self, lang: LangIndex, section: u64) -> u64 {
        self.value(Some(lang), section)
    }

    /// The fingerprint of a made stylesheet by the hash of its name; 0 when it was not made.
    pub fn stylesheet_fingerprint(&self, name: u64) -> u64 {
        self.value(None, name)
    }
}

/// The fragment for the one that `reader` makes. The error says why it cannot be had: it is being made.
fn ask(reader: &Reader, key: &FragmentKey) -> Result<Arc<Fragment>, String> {
    let world = reader.fixed();
    reader.note_asked(key);
    let trail = reader.trail();
    trail.may(&Step::Fragment(key.clone()))?;
    let make = || make(world, reader.worker, key, &trail);
    if trail.fragments().next().is_none() {
        return Ok(world.fragments.wait(key, make));
    }
    let fragment = world.fragments.at_once(key, make);
    match world.fragments.way_back(key, &trail) {
        Some(asked) => Err(trail.leads_back(asked)),
        None => Ok(fragment),
    }
}

/// Makes a fragment from the world as it is, at the end of `trail`.
pub fn make(world: &Arc<World>, worker: usize, key: &FragmentKey, trail: &Trail) -> Fragment {
    let mut trail = trail.clone();
    trail.push(Step::Fragment(key.clone()));
    match key {
        FragmentKey::Menu { lang, section } => make_menu(world, worker, *lang, section, trail),
        FragmentKey::Stylesheet { name } => make_stylesheet(world, worker, name, trail),
    }
}

/// The address at which a menu's relative links count.
fn menu_here(world: &World, lang: LangIndex, section: &str) -> String {
    let tree = world.site.trees.get(lang as usize);
    match tree.and_then(|t| t.find(section)) {
        Some((_, node)) => node.address.to_string(),
        None => format!("{}index.html", world.lang_prefix(lang)),
    }
}

fn make_menu(
    world: &Arc<World>,
    worker: usize,
    lang: LangIndex,
    section: &Arc<str>,
    trail: Trail,
) -> Fragment {
    let here = menu_here(world, lang, section);
    let reader = Arc::new(Reader::new(world, worker, lang, &here, Some(section.clone())).after(trail));
    reader.record(Fact::whole(Tag::Config, 0));
    reader.record(Fact::new(Tag::Address, lang, section));
    let items = menu_items(&reader, section);
    let mut context = Context::new();
    context.insert_value("items", items);
    context.insert_value("lang", Value::from(reader.lang_code()));
    let text = super::render_template(&reader, "menu.html", &context);
    Fragment::of(&reader, text)
}

/// The menu: as `site.yaml` says, else the home page's sections; the open section shows its pages.
fn menu_items(reader: &Reader, section: &str) -> Value {
    let written = &reader.fixed().config.menu;
    if !written.is_empty() {
        return Value::from(written.iter().filter_map(|i| written_item(reader, i)).collect::<Vec<_>>());
    }
    // The sections above the open one, itself included.
    let mut open: Vec<NodeIndex> = Vec::new();
    let mut next = reader.node(Tag::Around, reader.lang, section).map(|(index, _)| index);
    while let Some(index) = next {
        open.push(index);
        next = reader.at(Tag::Around, reader.lang, index).and_then(|n| n.parent);
    }
    let Some((_, home)) = reader.node(Tag::Around, reader.lang, "index.md") else {
        return Value::from(Vec::<Value>::new());
    };
    let members = home.members.clone();
    Value::from(members.into_iter().filter_map(|i| tree_item(reader, i, &open)).collect::<Vec<_>>())
}

fn tree_item(reader: &Reader, index: NodeIndex, open: &[NodeIndex]) -> Option<Value> {
    let node = reader.at(Tag::Title, reader.lang, index)?;
    let is_open = open.contains(&index);
    let members = if is_open {
        reader.at(Tag::Around, reader.lang, index).map(|n| n.members.clone()).unwrap_or_default()
    } else {
        Vec::new()
    };
    Some(item(
        reader,
        node,
        is_open,
        members.into_iter().filter_map(|i| tree_item(reader, i, open)).collect(),
    ))
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
    match written.to.as_deref() {
        Some(to) if super::body::is_absolute(to) => Some(map! {
            "title": title.unwrap_or_else(|| to.to_string()), "url": to, "source": Value::none(), "is_section": false,
            "open": false, "items": children, "external": true, "lang": own, "dir": super::context::dir_of(reader, own),
        }),
        Some(to) => {
            let (_, node) = reader.node(Tag::Title, reader.lang, to)?;
            let lang = if title.is_some() { own } else { &*node.document.lang };
            Some(map! {
                "lang": lang,
                "dir": super::context::dir_of(reader, lang),
                "title": title.unwrap_or_else(|| node.nav_title().to_string()),
                "url": reader.url(&node.address),
                "source": &*node.logical,
                "is_section": node.is_section(),
                "open": reader.page.as_deref() == Some(to),
                "items": children,
                "external": false,
            })
        }
        None => Some(map! {
            "title": title.unwrap_or_default(), "url": Value::none(), "source": Value::none(), "is_section": false,
            "open": false, "items": children, "external": false, "lang": own, "dir": super::context::dir_of(reader, own),
        }),
    }
}

/// The whole tree of a language, for the site map.
pub fn whole_tree(reader: &Reader) -> Value {
    let Some((home, node)) = reader.node(Tag::Around, reader.lang, "index.md") else {
        return Value::from(Vec::<Value>::new());
    };
    let members = node.members.clone();
    fn all(reader: &Reader, index: NodeIndex) -> Option<Value> {
        let members = reader.at(Tag::Around, reader.lang, index)?.members.clone();
        let children = members.into_iter().filter_map(|i| all(reader, i)).collect();
        let node = reader.at(Tag::Title, reader.lang, index)?;
        Some(item(reader, node, true, children))
    }
    let mut items: Vec<Value> = Vec::new();
    if let Some(node) = reader.at(Tag::Title, reader.lang, home) {
        items.push(item(reader, node, true, Vec::new()));
    }
    items.extend(members.into_iter().filter_map(|i| all(reader, i)));
    Value::from(items)
}

/// The menu for the page that is made, with the page's own link marked. The error says why it cannot be had.
pub fn menu(reader: &Reader) -> Result<String, String> {
    let section: Arc<str> = match reader.page.clone().and_then(|p| reader.node(Tag::Around, reader.lang, &p))
    {
        Some((_, node)) if node.is_section() => node.logical.clone(),
        Some((_, node)) => node
            .parent
            .and_then(|parent| reader.at(Tag::Address, reader.lang, parent))
            .map_or_else(|| "index.md".into(), |n| n.logical.clone()),
        None => "".into(),
    };
    let world = reader.fixed();
    // The links in a shared menu count from its section; a page elsewhere (a page nested without a section page of its
    // own, a made page) needs a menu whose links count from where it stands.
    let base = menu_here(world, reader.lang, &section);
    let shared = base.rfind('/').map_or("", |i| &base[..=i]) == reader.folder();
    reader.record(Fact::new(Tag::Menu, reader.lang, &section));
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
        if super::body::is_absolute(href) || href.starts_with('#') {
            out.push_str(href);
        } else {
            out.push_str(&reader.url(&super::link::address_of(base, path)));
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

fn make_stylesheet(world: &Arc<World>, worker: usize, name: &str, trail: Trail) -> Fragment {
    let reader = Arc::new(Reader::new(world, worker, 0, &format!("assets/{name}"), None).after(trail));
    reader.record(Fact::whole(Tag::Config, 0));
    let text = super::render_template(&reader, name, &Context::new());
    Fragment::of(&reader, text)
}

/// The address of a stylesheet that a template of that name makes; none when there is no such template. The error says why
/// it cannot be had.
pub fn stylesheet_address(reader: &Reader, name: &str) -> Result<Option<String>, String> {
    let world = reader.fixed();
    if !name.ends_with(".css") || world.templates.resolve(name).is_none() {
        return Ok(None);
    }
    reader.record(Fact::new(Tag::Stylesheet, 0, name));
    // `serve` keeps names, so a page needs no stylesheet for its address; stylesheets that ask for each other need to know.
    if world.serve && reader.trail().fragments().next().is_none() {
        return Ok(Some(sheet_address(world, name, None)));
    }
    let fragment = ask(reader, &FragmentKey::Stylesheet { name: name.into() })?;
    Ok(Some(sheet_address(world, name, Some(&fragment))))
}

/// The output address of a made stylesheet.
pub fn stylesheet_output(world: &Arc<World>, worker: usize, name: &str) -> String {
    let fragment = (!world.serve).then(|| stylesheet(world, worker, name));
    sheet_address(world, name, fragment.as_deref())
}

fn sheet_address(world: &World, name: &str, fragment: Option<&Fragment>) -> String {
    let mark = fragment.filter(|_| !world.serve).map(|f| format!("{:08x}", (f.fingerprint >> 32) as u32));
    crate::plan::asset_address(name, mark.as_deref())
}

/// A made stylesheet.
pub fn stylesheet(world: &Arc<World>, worker: usize, name: &str) -> Arc<Fragment> {
    let key = FragmentKey::Stylesheet { name: name.into() };
    world.fragments.wait(&key, || make(world, worker, &key, &Trail::default()))
}
