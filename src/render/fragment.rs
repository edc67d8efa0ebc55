//! What many pages hold: the menu of each section, and stylesheets and scripts that are made, whose names they give; and what
//! links ask of a page that only its made text tells: the headings of its components.
//!
//! A fragment is made once and shared. It is recorded like an output; when something it read changes, it is made
//! again, and only if its bytes differ do the pages that hold it follow.
//!
//! Fragments may ask for each other, so a thread that makes one never waits for another thread: two could wait for each
//! other for ever. It makes for itself what another thread is at, and the first that is ready counts.

use super::fact::{Fact, FactKind};
use super::reader::{Log, Reader};
use super::stylesheet;
use super::trail::{Step, Trail};
use super::world::World;
use crate::site::{LangIndex, path_hash};
use crate::source::Fingerprint;
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
    /// A stylesheet or script that is made: by the template of that name, or because it names other files.
    Stylesheet {
        /// Its name as templates ask for it.
        name: Arc<str>,
    },
    /// The ids of the headings that components write on a page.
    Headings {
        /// The language of the view.
        lang: LangIndex,
        /// Logical path of the page.
        page: Arc<str>,
    },
}

impl FragmentKey {
    /// The facts that those who hold it read.
    pub fn facts(&self) -> Vec<Fact> {
        match self {
            FragmentKey::Menu { lang, section } => vec![Fact::new(FactKind::Menu, *lang, section)],
            FragmentKey::Stylesheet { name } => {
                vec![
                    Fact::new(FactKind::Stylesheet, 0, name),
                    Fact::part(FactKind::Stylesheet, 0, name, TEXT),
                ]
            }
            FragmentKey::Headings { lang, page } => vec![Fact::new(FactKind::Headings, *lang, page)],
        }
    }

    /// The template that makes it; the page of headings.
    pub fn file(&self) -> &str {
        match self {
            FragmentKey::Menu { .. } => "menu.html",
            FragmentKey::Stylesheet { name } => name,
            FragmentKey::Headings { page, .. } => page,
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
    /// The mark in its name, of a stylesheet or script.
    pub mark: u64,
    /// The fragments that it asked for.
    pub asks: Vec<FragmentKey>,
    /// What it read.
    pub log: Log,
}

impl Fragment {
    /// What `reader` made; none when the template failed.
    pub(super) fn of(reader: &Reader, text: Option<String>) -> Fragment {
        let failed = text.is_none();
        let text = text.unwrap_or_default();
        // One that is mended and empty is another than one that failed.
        let fingerprint = Fingerprint::of(text.as_bytes()).low() ^ u64::from(failed);
        Fragment { text, fingerprint, mark: fingerprint, asks: reader.take_asked(), log: reader.finish() }
    }
}

/// A place for a fragment.
enum Slot {
    /// A thread is making it, and holds this as long as it does.
    Making(Arc<Mutex<()>>),
    /// It is there.
    Made(Arc<Fragment>),
}

/// All fragments of a world, each made on first use.
#[derive(Default)]
pub struct Fragments {
    made: Mutex<FxHashMap<FragmentKey, Slot>>,
    /// Keys by what facts know: the kind of fact, the language, the hash of a name.
    keys: Mutex<FxHashMap<(FactKind, LangIndex, u64), FragmentKey>>,
    /// How many times one was put into the place of another.
    replaced: AtomicU64,
}

impl Fragments {
    fn slots(&self) -> MutexGuard<'_, FxHashMap<FragmentKey, Slot>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a fragment that was made into its place, unless another thread was first; gives the one that counts.
    fn put(&self, key: &FragmentKey, fragment: Fragment) -> Arc<Fragment> {
        let fact = match key {
            FragmentKey::Menu { lang, section } => (FactKind::Menu, *lang, path_hash(section)),
            FragmentKey::Stylesheet { name } => (FactKind::Stylesheet, 0, path_hash(name)),
            FragmentKey::Headings { lang, page } => (FactKind::Headings, *lang, path_hash(page)),
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
        if let Some(fragment) = self.peek(key) {
            return fragment;
        }
        let own = Arc::new(Mutex::new(()));
        let making = own.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let mut made = self.slots();
            let other = match made.get(key) {
                Some(Slot::Made(fragment)) => return fragment.clone(),
                // One who gave up in the midst of it leaves a poisoned lock.
                Some(Slot::Making(other)) if !other.is_poisoned() => other.clone(),
                _ => {
                    made.insert(key.clone(), Slot::Making(own.clone()));
                    break;
                }
            };
            drop(made);
            drop(other.lock());
        }
        let fragment = self.put(key, make());
        drop(making);
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
        self.replaced.fetch_add(1, Ordering::Release);
        if let Some(fragment) = fragment {
            self.put(key, fragment);
        }
    }

    /// How many times one was put into the place of another: what was made of fragments holds as long as this stays.
    pub fn replaced(&self) -> u64 {
        self.replaced.load(Ordering::Acquire)
    }

    /// The same fragments, but for some that are to be made anew.
    pub fn without(&self, gone: &BTreeSet<FragmentKey>) -> Fragments {
        let all = self.all().into_iter().filter(|(key, _)| !gone.contains(key));
        let made = all.map(|(key, fragment)| (key, Slot::Made(fragment))).collect();
        let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Fragments { made: Mutex::new(made), keys: Mutex::new(keys), replaced: AtomicU64::new(0) }
    }

    /// All made fragments.
    pub fn all(&self) -> Vec<(FragmentKey, Arc<Fragment>)> {
        let made = self.slots();
        let mut all: Vec<_> = made
            .iter()
            .filter_map(|(key, slot)| match slot {
                Slot::Made(fragment) => Some((key.clone(), fragment.clone())),
                Slot::Making(_) => None,
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

    /// The fragment by what facts know of it.
    fn known(&self, kind: FactKind, lang: LangIndex, name: u64) -> Option<(FragmentKey, Arc<Fragment>)> {
        let key =
            self.keys.lock().unwrap_or_else(PoisonError::into_inner).get(&(kind, lang, name)).cloned()?;
        self.peek(&key).map(|fragment| (key, fragment))
    }

    /// The fingerprint of the bytes of a fragment, by the fact about it; 0 when it was not made.
    pub fn fingerprint(&self, fact: Fact) -> u64 {
        self.known(fact.kind, fact.lang, fact.name).map_or(0, |(_, f)| f.fingerprint.max(1))
    }
}

/// What the second name of a fact is about that says of which bytes a stylesheet or script is; without it, its address.
pub const TEXT: &str = "text";

/// The value of a fact on a stylesheet or script by the hash of its name; 0 when there is none that is made.
pub fn made_fingerprint(world: &World, fact: Fact) -> u64 {
    let made = world.fragments.known(FactKind::Stylesheet, 0, fact.name);
    if fact.part != 0 {
        return made.map_or(0, |(_, f)| f.fingerprint.max(1));
    }
    if world.serve {
        // Names stay there, whether it was made yet or not.
        return u64::from(world.templates.closure(fact.name) != 0);
    }
    made.map_or(0, |(key, f)| path_hash(&marked(world, key.file(), Some(f.mark))).max(1))
}

/// The fragment for the one that `reader` makes. The error says why it cannot be had: it is being made.
pub(super) fn ask(reader: &Reader, key: &FragmentKey) -> Result<Arc<Fragment>, String> {
    let world = reader.unrecorded();
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
        FragmentKey::Menu { lang, section } => super::menu::make_menu(world, worker, *lang, section, trail),
        FragmentKey::Stylesheet { name } => make_stylesheet(world, worker, name, trail),
        FragmentKey::Headings { lang, page } => super::headings::make(world, worker, *lang, page, trail),
    }
}

fn make_stylesheet(world: &Arc<World>, worker: usize, name: &str, trail: Trail) -> Fragment {
    let reader = Arc::new(Reader::new(world, worker, 0, &format!("assets/{name}"), None).after(trail));
    reader.record(Fact::whole(FactKind::Config, 0));
    let (text, mark) = stylesheet::make(&reader, name).unzip();
    let made = Fragment::of(&reader, text);
    Fragment { mark: mark.flatten().unwrap_or(made.mark), ..made }
}

/// The address of a stylesheet or script that is made; none when none of that name is. The error says why it cannot be had.
pub fn made_address(reader: &Reader, name: &str) -> Result<Option<String>, String> {
    let world = reader.unrecorded();
    let may_be = name.ends_with(".css") || name.ends_with("js") || stylesheet::hashed(world, name).is_some();
    if !may_be {
        return Ok(None);
    }
    reader.record(Fact::new(FactKind::Stylesheet, 0, name));
    if !stylesheet::is_made(world, name) {
        return Ok(None);
    }
    // `serve` keeps names, so a page need not have the file made. Those that ask for each other need to know.
    if world.serve {
        if reader.trail().fragments().next().is_none() {
            return Ok(Some(marked(world, name, None)));
        }
        reader.record(Fact::part(FactKind::Stylesheet, 0, name, TEXT));
    }
    let fragment = ask(reader, &FragmentKey::Stylesheet { name: name.into() })?;
    Ok(Some(marked(world, name, Some(fragment.mark))))
}

/// The output address of a stylesheet or script that is made.
pub fn made_output(world: &Arc<World>, worker: usize, name: &str) -> String {
    let mark = (!world.serve).then(|| made(world, worker, name).mark);
    marked(world, name, mark)
}

/// The output address of the file of that name, whose bytes have this mark.
pub fn marked(world: &World, name: &str, mark: Option<u64>) -> String {
    let mark = mark.filter(|_| !world.serve && !world.assets.keeps(name));
    crate::plan::asset_address(name, mark.map(|mark| format!("{:08x}", (mark >> 32) as u32)).as_deref())
}

/// A stylesheet or script that is made.
pub fn made(world: &Arc<World>, worker: usize, name: &str) -> Arc<Fragment> {
    let key = FragmentKey::Stylesheet { name: name.into() };
    world.fragments.wait(&key, || make(world, worker, &key, &Trail::default()))
}
