//! Lists made of many pages: sitemap, feeds, the pages that link to one. Each read is recorded.

use super::Reader;
use crate::document::ChangeNote;
use crate::render::fact::{FEED, Fact, FactKind, SITEMAP};
use crate::render::feeds;
use crate::site::{LangIndex, Node, NodeIndex};
use jiff::civil::Date;

impl Reader {
    /// The pages of a language that the sitemap lists, in reading order, each with its day.
    pub fn in_sitemap(&self, lang: LangIndex) -> impl Iterator<Item = (&Node, Option<Date>)> {
        self.record(Fact::listing(lang, SITEMAP));
        self.tree_of(lang).into_iter().flat_map(feeds::in_sitemap)
    }

    /// What the feed of the view's language lists, the latest first: each with its day, its page, and the change that it tells.
    pub fn in_feed(&self) -> Vec<(Date, &Node, Option<&ChangeNote>)> {
        self.record(Fact::listing(self.lang, FEED));
        self.tree_of(self.lang).map_or_else(Vec::new, feeds::in_feed)
    }

    /// The pages of the view's language that link to one of it, in reading order.
    pub fn backlinks(&self, logical: &str) -> Vec<NodeIndex> {
        self.record(Fact::new(FactKind::Backlinks, self.lang, logical));
        let found = self.tree_of(self.lang).and_then(|tree| tree.find(logical));
        let links = found.map(|(index, _)| (index, self.world.known.backlinks(&self.world, self.lang)));
        links.and_then(|(index, links)| links.get(&index).cloned()).unwrap_or_default()
    }
}
