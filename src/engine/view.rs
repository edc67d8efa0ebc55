//! The assembled site as the rules of `check` see it: documents, addresses, where links lead.
//!
//! Made anew for each run of the rules and cheap to make: what takes a look at all pages is made when first asked for.
//! The facts of pages' texts are lent out, so that the engine knows which a rule looked at.

use super::Engine;
use super::checks::Findings;
use crate::check::external::Answer;
use crate::check::{
    CachedFacts, Facts, MissingText, Published, ReadFacets, SitePage, SiteView, Target, lock,
};
use crate::config::Config;
use crate::document::Document;
use crate::plan::Plan;
use crate::render::{Plain, World};
use crate::site::{self, CONTENT, LangIndex, Origin};
use crate::source::{Source, SourcePath};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Pages that menus and lists lead to.
fn listed(world: &World) -> BTreeSet<SourcePath> {
    let trees = world.site.trees.iter();
    trees.flat_map(|t| t.order.iter().filter_map(|i| t.node(*i)).map(|n| n.document.path.clone())).collect()
}

/// A page of the site, without its facts.
type Place<'a> = (&'a Document, &'a str);

/// The assembled site as the rules see it.
pub(super) struct View<'a> {
    engine: &'a Engine,
    world: &'a World,
    plan: &'a Plan,
    findings: &'a Findings,
    /// Which facts were looked at.
    pub(super) seen: ReadFacets,
    listed: OnceLock<BTreeSet<SourcePath>>,
    places: OnceLock<Vec<Place<'a>>>,
    hidden: OnceLock<BTreeSet<SourcePath>>,
}

/// The facts of a page that the rules have not looked at.
fn no_facts() -> &'static CachedFacts {
    static NONE: OnceLock<CachedFacts> = OnceLock::new();
    NONE.get_or_init(CachedFacts::default)
}

impl<'a> View<'a> {
    /// Whether a job makes an output of that name, which is in NFC.
    fn is_made(&self, address: &str) -> bool {
        crate::source::OutputPath::new(address).is_ok_and(|path| self.plan.jobs.contains_key(&path))
    }

    /// Whether a file of that name lies in the content folder, published or not.
    fn is_beside_pages(&self, address: &str) -> bool {
        self.world.assets.get(&format!("{CONTENT}{address}")).is_some()
    }

    pub(super) fn new(engine: &'a Engine, world: &'a World, plan: &'a Plan, findings: &'a Findings) -> Self {
        View {
            engine,
            world,
            plan,
            findings,
            seen: ReadFacets::default(),
            listed: OnceLock::new(),
            places: OnceLock::new(),
            hidden: OnceLock::new(),
        }
    }

    /// Published pages by path, each once, with its first address.
    fn places(&self) -> &[Place<'a>] {
        self.places.get_or_init(|| {
            let nodes = self.world.site.trees.iter().flat_map(|tree| &tree.nodes);
            let nodes = nodes.filter(|node| !node.document.made);
            let mut places: Vec<Place<'a>> = nodes.map(|node| (&*node.document, &*node.address)).collect();
            // Stable: of a page that several languages show, the first address stays.
            places.sort_by(|a, b| a.0.path.cmp(&b.0.path));
            places.dedup_by(|later, first| later.0.path == first.0.path);
            places
        })
    }

    fn hidden(&self) -> &BTreeSet<SourcePath> {
        self.hidden.get_or_init(|| {
            let nodes = self.world.site.trees.iter().flat_map(|tree| &tree.nodes);
            let documents = nodes.filter(|node| !node.listed).map(|n| &n.document);
            documents.map(|d| d.path.clone()).collect()
        })
    }

    /// The facts of a page, as far as they are known.
    pub(super) fn facts_of(&self, path: &SourcePath) -> &'a CachedFacts {
        match self.findings.facts(path) {
            Some(facts) => facts,
            None => no_facts(),
        }
    }

    fn site_page(&self, (document, address): Place<'a>) -> SitePage<'_> {
        let kept = self.facts_of(&document.path);
        SitePage { document, facts: Facts::new(kept, &self.seen), address }
    }

    /// One page with the facts `kept`; none when it is not published.
    pub(super) fn page_with<'s>(
        &'s self,
        document: &Document,
        kept: &'s CachedFacts,
    ) -> Option<SitePage<'s>> {
        let nodes = self.world.site.trees.iter().filter_map(|tree| tree.find(&document.logical));
        let node = nodes.map(|(_, node)| node).find(|node| node.document.path == document.path)?;
        Some(SitePage {
            document: &node.document,
            facts: Facts::new(kept, &self.seen),
            address: &node.address,
        })
    }
}

impl SiteView for View<'_> {
    fn config(&self) -> &Config {
        &self.engine.config
    }

    fn pages(&self) -> Vec<SitePage<'_>> {
        self.places().iter().map(|place| self.site_page(*place)).collect()
    }

    fn resolve(&self, from: &SourcePath, target: &str) -> Target {
        let path = from.as_str();
        let (view, _) =
            site::split(&self.engine.config.languages, path.strip_prefix(CONTENT).unwrap_or(path));
        let origin = Origin { path, view };
        let tree = |lang: LangIndex| self.world.site.trees.get(lang as usize);
        let of_page = |page: Option<&site::Node>| {
            page.map_or(Target::Nothing, |node| Target::Page(node.document.path.clone()))
        };
        match site::resolve(&Plain(self.world), origin, target) {
            site::Target::Page { lang, page, .. } => of_page(tree(lang).and_then(|t| t.node(page))),
            site::Target::File { path, .. } => SourcePath::new(&path).map_or(Target::Nothing, Target::Asset),
            site::Target::Made { .. } => Target::Made,
            site::Target::External => Target::External,
            site::Target::Nothing(_) => {
                let moved = site::moved_to(self.world.known.moved(self.world), origin, target);
                let page = moved.and_then(|(lang, logical)| tree(*lang)?.find(logical));
                page.map_or(Target::Nothing, |(_, node)| Target::Redirect(node.document.path.clone()))
            }
        }
    }

    fn has_address(&self, address: &str) -> bool {
        let address = crate::source::nfc(address);
        self.is_made(&address) || self.is_beside_pages(&address)
    }

    fn is_unlinked(&self, address: &str) -> bool {
        let address = crate::source::nfc(address);
        !self.is_made(&address) && self.is_beside_pages(&address)
    }

    fn has_redirects(&self) -> bool {
        !self.world.known.moved(self.world).is_empty()
    }

    fn has_hidden(&self) -> bool {
        !self.hidden().is_empty()
    }

    fn is_waiting(&self, path: &SourcePath) -> bool {
        self.world.site.left_out.iter().any(|left| left.path == *path)
    }

    fn is_left_out(&self, logical: &str) -> bool {
        site::Lookup::left_out(&Plain(self.world), 0, logical).is_some()
    }

    fn is_hidden(&self, page: &SourcePath) -> bool {
        self.hidden().contains(page)
    }

    fn is_listed(&self, page: &SourcePath) -> bool {
        self.listed.get_or_init(|| listed(self.world)).contains(page)
    }

    fn today(&self) -> Option<Date> {
        Some(self.world.date)
    }

    fn published(&self) -> Option<(SourcePath, Vec<Published>)> {
        let source = self.engine.inputs.text(lock::FILE)?;
        let text = String::from_utf8_lossy(&source.text);
        Some((source.path, lock::read(&text, self.engine.config.base_url.as_deref())))
    }

    fn answers(&self) -> Option<&BTreeMap<String, Answer>> {
        Some(self.findings.answers())
    }

    fn settings(&self) -> Vec<Source> {
        self.engine.settings.files(&self.engine.inputs)
    }

    fn starter_boxes(&self) -> &BTreeSet<u64> {
        (self.engine.starter_boxes)()
    }

    fn missing_texts(&self) -> Vec<MissingText> {
        let strings = &self.world.strings;
        let mut missing = Vec::new();
        let default = self.engine.config.default_language();
        for language in self.engine.config.languages.iter().filter(|l| l.code != default) {
            let Ok(path) = SourcePath::new(&format!("translations/{}.yaml", language.code)) else { continue };
            for key in strings.keys(default).into_iter().filter(|key| !strings.has(&language.code, key)) {
                missing.push(MissingText {
                    key: key.to_string(),
                    lang: language.code.clone(),
                    path: path.clone(),
                });
            }
        }
        missing
    }
}
