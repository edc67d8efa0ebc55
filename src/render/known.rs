//! What is asked of a world only now and then, made when it is first asked for and shared by all who ask: the pages that
//! Guidepost makes by address, the names for "did you mean", the anchors of long pages.
//!
//! Reached through `Reader`, which records, and by the engine.

use super::plain::Plain;
use super::world::World;
use crate::diag::Near;
use crate::plan::{self, Job};
use crate::site::{
    CONTENT, LangIndex, Moved, Names, Node, NodeIndex, Origin, PageRecord, Target, Translation, assemble,
    moved_key, path_hash, resolve, split,
};
use crate::source::{Hasher, OutputPath, nfc};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What was made so far of one world. A world that differs in nothing of this shares it.
#[derive(Debug, Default)]
pub struct Known {
    made: OnceLock<FxHashMap<u64, Job>>,
    whole: OnceLock<Option<Whole>>,
    names: OnceLock<Names>,
    moved: OnceLock<Moved>,
    names_fingerprint: OnceLock<u64>,
    anchors: Mutex<FxHashMap<(LangIndex, NodeIndex), Arc<Anchors>>>,
    entries: Mutex<FxHashMap<(LangIndex, u64), Arc<EntryNames>>>,
    backlinks: Mutex<FxHashMap<LangIndex, Arc<Backlinks>>>,
}

/// The pages of a language that link to each, in reading order, by the page that they link to.
pub type Backlinks = FxHashMap<NodeIndex, Vec<NodeIndex>>;

/// What there would be if no page were left out.
#[derive(Debug)]
pub struct Whole {
    /// Its outputs, files left out.
    pub jobs: BTreeMap<OutputPath, Job>,
    /// What Guidepost would make by itself, by the hash of the address.
    made: FxHashSet<u64>,
}

impl Whole {
    /// Whether Guidepost would make a page or feed at the address of this hash.
    pub fn makes(&self, address: u64) -> bool {
        self.made.contains(&address)
    }
}

/// The anchors of a page.
#[derive(Debug, Default)]
pub struct Anchors {
    /// The number of an anchor by the hash of its name.
    numbers: FxHashMap<u32, u32>,
    near: OnceLock<Near>,
    /// What a suggestion depends on.
    pub fingerprint: u64,
}

/// The names by which references find the entries of a kind.
#[derive(Debug, Default)]
pub struct EntryNames {
    names: Vec<String>,
    near: Near,
}

/// Maximum number of anchors of a page that is searched without an index.
const MAX_SCANNED: usize = 16;

impl Known {
    /// The pages of a language that link to each: those that stand in lists, by the links in their texts.
    pub fn backlinks(&self, world: &World, lang: LangIndex) -> Arc<Backlinks> {
        let make = || {
            let mut found = Backlinks::default();
            let Some(tree) = world.site.trees.get(lang as usize) else { return Arc::new(found) };
            for from in &tree.order {
                let Some(node) = tree.node(*from) else { continue };
                let origin = Origin { path: node.document.path.as_str(), view: lang };
                for written in node.document.summary.links.iter() {
                    let page = match resolve(&Plain(world), origin, written) {
                        Target::Page { lang: to, page, .. } if to == lang && page != *from => page,
                        _ => continue,
                    };
                    let list = found.entry(page).or_default();
                    if list.last() != Some(from) {
                        list.push(*from);
                    }
                }
            }
            Arc::new(found)
        };
        let mut kept = self.backlinks.lock().unwrap_or_else(PoisonError::into_inner);
        kept.entry(lang).or_insert_with(make).clone()
    }

    /// The value of the fact that these pages link to the one whose logical path has this hash.
    pub fn backlinks_fingerprint(&self, world: &World, lang: LangIndex, page: u64) -> u64 {
        let tree = world.site.trees.get(lang as usize);
        let Some((tree, (index, _))) = tree.and_then(|tree| Some((tree, tree.by_hash(page)?))) else {
            return 0;
        };
        let mut hasher = Hasher::new();
        for from in self.backlinks(world, lang).get(&index).into_iter().flatten() {
            hasher.text(tree.node(*from).map_or("", |node| &node.logical));
        }
        hasher.finish().low().max(1)
    }

    /// The job that makes the page or feed at an address from the output root, by the hash of the address.
    pub fn made(&self, world: &World, address: u64) -> Option<&Job> {
        let made = self.made.get_or_init(|| {
            let all = plan::made_pages(&world.site, &world.config).into_iter();
            all.map(|(address, job)| (path_hash(&address), job)).collect()
        });
        made.get(&address)
    }

    /// What there would be with the pages that are left out; none when no page is.
    pub fn whole(&self, world: &World) -> Option<&Whole> {
        let make = || {
            if world.site.left_pages.is_empty() {
                return None;
            }
            let own = |node: &&Node| node.translation != Translation::Fallback;
            let nodes = world.site.trees.iter().flat_map(|tree| &tree.nodes).filter(own);
            let mut pages: Vec<PageRecord> = nodes
                .map(|n| PageRecord {
                    document: n.document.clone(),
                    card: n.card,
                    title: n.title,
                    given: n.given,
                })
                .chain(world.site.left_pages.iter().cloned())
                .collect();
            pages.sort_by(|a, b| a.document.path.cmp(&b.document.path));
            let site = assemble(
                pages.iter(),
                &world.config,
                &world.config.kinds,
                world.date,
                true,
                &BTreeSet::new(),
            )
            .site;
            let made = plan::made_pages(&site, &world.config);
            let made = made.iter().map(|(address, _)| path_hash(address)).collect();
            Some(Whole { jobs: plan::plan(&site, &world.config, Vec::new(), &|_| None).jobs, made })
        };
        self.whole.get_or_init(make).as_ref()
    }

    /// The names of pages, files and made pages.
    pub fn names(&self, world: &World) -> &Names {
        self.names.get_or_init(|| {
            let languages = &world.config.languages;
            let logical = |inside: &str| -> Arc<str> { nfc(split(languages, inside).1).into() };
            let nodes = world.site.trees.iter().flat_map(|tree| &tree.nodes);
            let files = world.assets.sources().filter_map(|source| source.as_str().strip_prefix(CONTENT));
            let made = plan::made_pages(&world.site, &world.config);
            let mut names = Names::new(
                nodes.map(|node| node.logical.clone()).collect(),
                files.map(logical).collect(),
                made.iter().map(|(address, _)| logical(address)).collect(),
            );
            for (lang, tree) in world.site.trees.iter().enumerate() {
                for node in &tree.nodes {
                    let inside = node.document.path.as_str().strip_prefix(CONTENT).unwrap_or_default();
                    let file = match node.document.made {
                        true => Cow::Borrowed(node.logical.strip_suffix("index.md").unwrap_or(&node.logical)),
                        false => nfc(split(languages, inside).1),
                    };
                    if *file != *node.logical {
                        names.call(lang as LangIndex, &node.logical, &file);
                    }
                }
            }
            names
        })
    }

    /// Pages by their old addresses.
    pub fn moved(&self, world: &World) -> &Moved {
        self.moved.get_or_init(|| {
            let mut moved = Moved::default();
            for alias in plan::aliases(&world.site, &world.config.languages) {
                if let Ok(address) = alias.address {
                    let to = || (alias.lang, alias.of.logical.clone());
                    moved.entry(moved_key(&address)).or_insert_with(to);
                }
            }
            moved
        })
    }

    /// The value of the fact that these are all names: what any advice depends on.
    pub fn names_fingerprint(&self, world: &World) -> u64 {
        *self.names_fingerprint.get_or_init(|| {
            let mut hasher = Hasher::new();
            let mut list = |names: &mut dyn Iterator<Item = &str>| {
                names.for_each(|name| {
                    hasher.text(name);
                });
                hasher.text("\0");
            };
            for tree in &world.site.trees {
                list(&mut tree.nodes.iter().flat_map(|node| [&*node.logical, node.document.path.as_str()]));
            }
            let mut files: Vec<&str> = world.assets.sources().map(|source| source.as_str()).collect();
            files.sort_unstable();
            list(&mut files.into_iter().filter(|source| source.starts_with(CONTENT)));
            let made = plan::made_pages(&world.site, &world.config);
            list(&mut made.iter().map(|(address, _)| address.as_str()));
            let mut moved: Vec<(&u64, &(LangIndex, Arc<str>))> = self.moved(world).iter().collect();
            moved.sort_unstable();
            for (key, (lang, logical)) in moved {
                hasher.number(*key).number(u64::from(*lang)).text(logical);
            }
            hasher.finish().low().max(1)
        })
    }

    /// The anchor of a page whose name has this hash (its lower half), as the page has it.
    pub fn anchor<'n>(
        &self,
        lang: LangIndex,
        index: NodeIndex,
        node: &'n Node,
        name: u32,
    ) -> Option<&'n str> {
        let all = &node.document.summary.anchors;
        if all.len() <= MAX_SCANNED {
            return all.iter().find(|anchor| path_hash(anchor) as u32 == name);
        }
        let anchors = self.anchors(lang, index, node);
        all.get(*anchors.numbers.get(&name)? as usize)
    }

    /// The anchor of a page that is closest to a wrong one.
    pub fn near_anchor<'n>(
        &self,
        lang: LangIndex,
        index: NodeIndex,
        node: &'n Node,
        wrong: &str,
    ) -> Option<&'n str> {
        let all = &node.document.summary.anchors;
        let anchors = self.anchors(lang, index, node);
        let near = anchors.near.get_or_init(|| Near::new(all.iter()));
        all.get(near.closest(&nfc(wrong))?)
    }

    /// The anchors of a page.
    pub fn anchors(&self, lang: LangIndex, index: NodeIndex, node: &Node) -> Arc<Anchors> {
        let mut kept = self.anchors.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let (mut anchors, mut hasher) = (Anchors::default(), Hasher::new());
            for (number, anchor) in node.document.summary.anchors.iter().enumerate() {
                hasher.text(anchor);
                anchors
                    .numbers
                    .entry(path_hash(anchor) as u32)
                    .or_insert(u32::try_from(number).unwrap_or(u32::MAX));
            }
            anchors.fingerprint = hasher.finish().low();
            Arc::new(anchors)
        };
        kept.entry((lang, index)).or_insert_with(make).clone()
    }

    /// The id or title of an entry of the kind that is closest to a wrong name. The caller has recorded which entries there are.
    pub fn near_entry(&self, world: &World, lang: LangIndex, kind: &str, wrong: &str) -> Option<String> {
        let make = || {
            let entries = world.site.all_entries(lang, kind).filter_map(|at| world.site.entry(at));
            let names: Vec<String> =
                entries.flat_map(|(_, entry)| [entry.id.to_string(), entry.title.clone()]).collect();
            let near = Near::new(names.iter().map(String::as_str));
            Arc::new(EntryNames { names, near })
        };
        let entries = {
            let mut kept = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
            kept.entry((lang, path_hash(kind))).or_insert_with(make).clone()
        };
        entries.names.get(entries.near.closest(&nfc(wrong))?).cloned()
    }
}
