//! Facts: the smallest pieces of site state that an output can read.
//!
//! | fact | changes when |
//! |---|---|
//! | Document | the page's own bytes, or which document an address shows |
//! | Title, Card, Address, Anchor, Anchors | what other pages show of a page or need of it for a link; also when it comes or goes |
//! | Made | whether Guidepost makes a page or feed at an address |
//! | Names | which pages, files, made pages and old addresses there are: what suggestions are made of |
//! | Around | a page's parents, members, neighbours: which, not what they say |
//! | Related, Tag, TagSlug, Tags, Entries, Choices, Shape | lists made from many pages |
//! | Entry | an entry's fields or text |
//! | Lacking | which entries a translation lacks |
//! | Glossary | whether a language has any term (words are recorded apart) |
//! | Menu, Headings | the bytes of a fragment: a menu, the ids of the headings that components write on a page |
//! | Backlinks | which pages link to a page |
//! | Listing | what the sitemap or the feed says of the pages of a language |
//! | Stylesheet | the address of a stylesheet or script that is made, or its bytes |
//! | Template, Component | a template with all it uses |
//! | Asset, AssetText, Data, Text | a file or UI string; also that it is missing |
//! | Zip | what pages say of the file that holds the whole site |
//! | Config, Today, Notices, ReviewDue, Alternates | settings, the date, other languages of a page |
//!
//! A fact is 16 bytes and names things by hash, so that it can be recorded in any thread, stored in the cache, and
//! looked up again in a later site. [`fingerprint`] gives its value now; a name that finds nothing has the value 0.

use super::world::World;
use crate::site::{LangIndex, Node, Translation, path_hash};
use crate::source::Hasher;
use serde::{Deserialize, Serialize};

/// What kind of fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FactKind {
    /// All of a page's own document.
    Document,
    /// Titles of a page.
    Title,
    /// What cards show of a page.
    Card,
    /// The address of a page, or why it has none.
    Address,
    /// Whether a page has an anchor.
    Anchor,
    /// All anchors of a page, for a suggestion.
    Anchors,
    /// Whether Guidepost makes a page or feed at an address from the output root.
    Made,
    /// All names to which a link can lead, for a suggestion.
    Names,
    /// Parents, members and neighbours of a page.
    Around,
    /// Pages related by tags.
    Related,
    /// The pages of a tag.
    Tag,
    /// The address of a tag's page.
    TagSlug,
    /// All tags with their counts.
    Tags,
    /// Which entries of a kind there are.
    Entries,
    /// Which choices the finder of a kind has, and which entries each leads to.
    Choices,
    /// One entry.
    Entry,
    /// Which entries a translation lacks.
    Lacking,
    /// Whether the language has a glossary.
    Glossary,
    /// The menu fragment of a section.
    Menu,
    /// Titles, addresses and order of all pages of a language.
    Shape,
    /// A stylesheet or script that is made.
    Stylesheet,
    /// A template with all it uses.
    Template,
    /// A component with all it uses.
    Component,
    /// Address and size of an asset.
    Asset,
    /// Text of an asset shown inline.
    AssetText,
    /// A data file.
    Data,
    /// A UI string.
    Text,
    /// What templates see of the settings.
    Config,
    /// The date.
    Today,
    /// Whether a page is past its review.
    ReviewDue,
    /// In which languages a page exists.
    Alternates,
    /// Which notices are shown on the day.
    Notices,
    /// What is said of the file that holds the whole site.
    Zip,
    /// Which headings the components of a page write.
    Headings,
    /// Which pages link to a page.
    Backlinks,
    /// What the sitemap says of a language, or what its feed says.
    Listing,
}

/// One fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fact {
    /// What kind.
    pub kind: FactKind,
    /// The language, where one matters.
    pub lang: LangIndex,
    /// A second name within the first: an anchor, an entry.
    pub part: u32,
    /// Hash of the name.
    pub name: u64,
}

impl FactKind {
    /// All kinds, each in the place of its number.
    const ALL: [FactKind; 36] = [
        FactKind::Document,
        FactKind::Title,
        FactKind::Card,
        FactKind::Address,
        FactKind::Anchor,
        FactKind::Anchors,
        FactKind::Made,
        FactKind::Names,
        FactKind::Around,
        FactKind::Related,
        FactKind::Tag,
        FactKind::TagSlug,
        FactKind::Tags,
        FactKind::Entries,
        FactKind::Choices,
        FactKind::Entry,
        FactKind::Lacking,
        FactKind::Glossary,
        FactKind::Menu,
        FactKind::Shape,
        FactKind::Stylesheet,
        FactKind::Template,
        FactKind::Component,
        FactKind::Asset,
        FactKind::AssetText,
        FactKind::Data,
        FactKind::Text,
        FactKind::Config,
        FactKind::Today,
        FactKind::ReviewDue,
        FactKind::Alternates,
        FactKind::Notices,
        FactKind::Zip,
        FactKind::Headings,
        FactKind::Backlinks,
        FactKind::Listing,
    ];

    /// Whether it is a sort of fact that most outputs of one kind read alike: not about single pages.
    pub fn is_shared(self) -> bool {
        matches!(
            self,
            FactKind::Glossary
                | FactKind::Stylesheet
                | FactKind::Template
                | FactKind::Component
                | FactKind::Asset
                | FactKind::AssetText
                | FactKind::Data
                | FactKind::Text
                | FactKind::Config
                | FactKind::Today
                | FactKind::Notices
                | FactKind::Zip
        )
    }
}

impl Fact {
    /// A number that orders facts; equal ones only have the same.
    pub fn sort_key(&self) -> u128 {
        u128::from(self.kind as u8) << 104
            | u128::from(self.lang) << 96
            | u128::from(self.part) << 64
            | u128::from(self.name)
    }

    /// The fact as the cache keeps it.
    pub fn to_bytes(&self) -> [u8; 16] {
        self.sort_key().to_le_bytes()
    }

    /// The fact of which [`Fact::to_bytes`] made these bytes; none when there is no such fact.
    pub fn from_bytes(bytes: &[u8; 16]) -> Option<Fact> {
        Fact::from_key(u128::from_le_bytes(*bytes))
    }

    /// The fact of which [`Fact::sort_key`] made this number; none when there is no such fact.
    pub fn from_key(number: u128) -> Option<Fact> {
        let kind = *FactKind::ALL.get((number >> 104) as usize)?;
        Some(Fact { kind, lang: (number >> 96) as u8, part: (number >> 64) as u32, name: number as u64 })
    }

    /// A fact about a name in a language.
    pub fn new(kind: FactKind, lang: LangIndex, name: &str) -> Fact {
        Fact { kind, lang, part: 0, name: path_hash(name) }
    }

    /// A fact about a part of a name.
    pub fn part(kind: FactKind, lang: LangIndex, name: &str, part: &str) -> Fact {
        Fact { kind, lang, part: path_hash(part) as u32, name: path_hash(name) }
    }

    /// A fact about what [`FEED`] or [`SITEMAP`] says of a language.
    pub fn listing(lang: LangIndex, of: &str) -> Fact {
        Fact::part(FactKind::Listing, lang, "", of)
    }

    /// A fact about a language or the whole site.
    pub fn whole(kind: FactKind, lang: LangIndex) -> Fact {
        Fact { kind, lang, part: 0, name: 0 }
    }
}

/// The feed, as what is listed in it is named by facts.
pub const FEED: &str = "feed";
/// The sitemap, likewise.
pub const SITEMAP: &str = "sitemap";

/// The value of a fact in this world, as a fingerprint; 0 when what it names does not exist.
pub fn fingerprint(world: &World, fact: Fact) -> u64 {
    let tree = world.site.trees.get(fact.lang as usize);
    let node = || tree.and_then(|t| t.by_hash(fact.name)).map(|(_, n)| n);
    let of_node = |value: &dyn Fn(&Node) -> u64| node().map_or(0, |n| value(n).max(1));
    match fact.kind {
        FactKind::Document => of_node(&|n| {
            Hasher::new()
                .fingerprint(n.document.fingerprint)
                .number(n.given)
                .text(n.document.path.as_str())
                .number(translation_number(n.translation) << 2)
                .number(u64::from(n.listed) << 1 | u64::from(world.site.is_draft(&n.document.path)))
                .text(&n.document.summary.kind)
                .finish()
                .low()
        }),
        FactKind::Title => of_node(&|n| n.title ^ path_hash(&n.address) ^ path_hash(&n.document.lang)),
        FactKind::Card => {
            of_node(&|n| n.card ^ path_hash(&n.address) ^ path_hash(&n.document.lang) ^ u64::from(n.listed))
        }
        FactKind::Address => match node() {
            Some(n) => path_hash(&n.address) ^ path_hash(&n.document.lang) ^ u64::from(!n.listed),
            // With the reason: it is told.
            None => tree
                .and_then(|t| t.left_out.get(&fact.name))
                .map_or(0, |state| Hasher::new().text(&format!("{state:?}")).finish().low().max(2)),
        },
        FactKind::Anchor => match tree.and_then(|t| t.by_hash(fact.name)) {
            Some((index, n)) => {
                // With its form: a link holds the anchor as the page has it.
                let form = |a: &str| Hasher::new().text(a).finish().low().max(2);
                world.known.anchor(fact.lang, index, n, fact.part).map_or(1, form)
            }
            None => 0,
        },
        FactKind::Anchors => tree
            .and_then(|t| t.by_hash(fact.name))
            .map_or(0, |(index, n)| world.known.anchors(fact.lang, index, n).fingerprint.max(1)),
        FactKind::Made => match world.known.made(world, fact.name) {
            Some(_) => 1,
            None => 2 * u64::from(world.known.whole(world).is_some_and(|whole| whole.makes(fact.name))),
        },
        FactKind::Names => world.known.names_fingerprint(world),
        FactKind::Around => match tree.zip(node()) {
            Some((tree, node)) => around(tree, node),
            None => 0,
        },
        FactKind::Related => world.related_fingerprint(fact.lang, fact.name),
        FactKind::Tag => tree
            .and_then(|t| t.tags.values().find(|tag| path_hash(&tag.slug) == fact.name).map(|tag| (t, tag)))
            .map_or(0, |(tree, tag)| {
                let mut h = Hasher::new();
                h.text(&tag.name);
                for page in &tag.pages {
                    h.text(tree.node(*page).map_or("", |n| &n.logical));
                }
                h.finish().low()
            }),
        FactKind::TagSlug => {
            tree.and_then(|t| t.tag_slugs.get(&fact.name)).map_or(0, |slug| path_hash(slug).max(1))
        }
        // Whether there are any.
        FactKind::Tags if fact.part != 0 => tree.map_or(0, |t| 1 + u64::from(!t.tags.is_empty())),
        FactKind::Tags => tree.map_or(0, |t| {
            let mut h = Hasher::new();
            for tag in t.tags.values() {
                h.text(&tag.name).text(&tag.slug).number(tag.pages.len() as u64);
            }
            h.finish().low()
        }),
        FactKind::Entries => tree.map_or(0, |t| {
            let mut h = Hasher::new();
            for lists in [&t.entries, &t.unlisted] {
                let list = lists.iter().find(|(kind, _)| path_hash(kind) == fact.name).map(|(_, list)| list);
                for at in list.into_iter().flatten() {
                    if let Some((node, entry)) = world.site.entry(*at) {
                        h.number(u64::from(at.lang)).text(&node.logical).text(&entry.id).text(&entry.title);
                    }
                }
                h.text("\0");
            }
            // What a reference may name that is left out. Such pages are few.
            let kept = world.site.left_pages.iter().zip(&world.site.left_out);
            for (record, state) in kept {
                let entries = &record.document.summary.entries;
                if entries.iter().any(|entry| path_hash(&entry.kind) == fact.name) {
                    h.text(&format!("{state:?}"));
                    for entry in entries {
                        h.text(&entry.kind).text(&entry.id).text(&entry.title);
                    }
                }
            }
            h.finish().low()
        }),
        FactKind::Choices => {
            let kind = world.config.kinds.0.values().find(|k| path_hash(&k.name) == fact.name);
            kind.map_or(0, |kind| {
                let mut h = Hasher::new();
                for choice in crate::plan::choices(&world.site, fact.lang, kind) {
                    h.text(&choice.address).number(choice.entries.len() as u64);
                    for at in &choice.entries {
                        if let Some((node, entry)) = world.site.entry(*at) {
                            h.number(u64::from(at.lang)).text(&node.logical).text(&entry.id);
                        }
                    }
                }
                h.finish().low()
            })
        }
        FactKind::Entry => of_node(&|n| {
            let found = n.document.summary.entries.iter().find(|e| path_hash(&e.id) as u32 == fact.part);
            found.map_or(0, |e| {
                let mut h = Hasher::new();
                h.text(&e.title)
                    .fingerprint(e.body_fingerprint)
                    .text(&n.address)
                    .text(n.document.path.as_str());
                h.text(e.group.as_deref().unwrap_or("\0")).text(&e.excerpt).number(u64::from(e.level));
                h.number(u64::from(n.document.summary.glossary));
                for (name, value) in &e.fields {
                    h.text(name).text(&format!("{value:?}"));
                }
                h.finish().low()
            })
        }),
        FactKind::Lacking => {
            tree.and_then(|t| Some((t, t.by_hash(fact.name)?.0))).map_or(0, |(tree, page)| {
                let mut h = Hasher::new();
                for lacking in tree.lacking_on(page) {
                    if let Some((_, entry)) = world.site.entry(lacking.entry) {
                        h.text(&entry.id).text(&entry.kind);
                    }
                }
                h.finish().low().max(1)
            })
        }
        FactKind::Glossary => tree.map_or(0, |t| 1 + u64::from(!t.glossary.is_empty())),
        FactKind::Menu | FactKind::Headings => world.fragments.fingerprint(fact),
        FactKind::Shape => tree.map_or(0, |t| t.shape.low()),
        FactKind::Backlinks => world.known.backlinks_fingerprint(world, fact.lang, fact.name),
        FactKind::Listing if fact == Fact::listing(fact.lang, FEED) => {
            tree.map_or(0, super::feeds::feed_fingerprint)
        }
        FactKind::Listing => tree.map_or(0, super::feeds::sitemap_fingerprint),
        FactKind::Stylesheet => super::fragment::made_fingerprint(world, fact),
        FactKind::Template | FactKind::Component => world.templates.closure(fact.name),
        FactKind::Asset => world.assets.fingerprint(fact.name),
        FactKind::AssetText => world.assets.text_fingerprint(fact.name),
        FactKind::Data => world.data.get(&fact.name).map_or(0, |d| d.fingerprint),
        FactKind::Text => world.text_fingerprint(fact.lang, fact.name),
        FactKind::Config => world.config_fingerprint,
        FactKind::Zip => match (world.zip, world.zip.size()) {
            (super::Zip::None, _) => 0,
            (_, None) => 1,
            (_, Some(size)) => path_hash(&size).max(2),
        },
        FactKind::Today => path_hash(&world.date.to_string()),
        FactKind::Notices => {
            let mut h = Hasher::new();
            for notice in &world.config.notices {
                h.number(u64::from(notice.is_on(world.date)));
            }
            h.finish().low()
        }
        FactKind::ReviewDue => of_node(&|n| 1 + u64::from(world.review_due(&n.document.summary))),
        FactKind::Alternates => {
            let mut h = Hasher::new();
            for tree in &world.site.trees {
                match tree.by_hash(fact.name) {
                    Some((_, n)) => h.text(&n.address).number(translation_number(n.translation)),
                    None => h.number(u64::MAX),
                };
            }
            h.finish().low()
        }
    }
}

fn translation_number(translation: Translation) -> u64 {
    match translation {
        Translation::Original => 1,
        Translation::Current => 2,
        Translation::Outdated => 3,
        Translation::Unstamped => 4,
        Translation::Fallback => 5,
        Translation::Only => 6,
    }
}

fn around(tree: &crate::site::Tree, node: &Node) -> u64 {
    let mut h = Hasher::new();
    let mut path = |index: Option<u32>| {
        h.text(index.and_then(|i| tree.node(i)).map_or("", |n| &n.logical));
    };
    path(node.prev);
    path(node.next);
    let mut parent = node.parent;
    while let Some(index) = parent {
        path(Some(index));
        parent = tree.node(index).and_then(|n| n.parent);
    }
    path(None);
    for member in &node.members {
        path(Some(*member));
    }
    h.finish().low()
}
