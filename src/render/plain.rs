//! The site as the resolver asks of it where nothing is recorded: for the rules, for the menu, and for advice, which depends
//! on all names alike.

use super::world::World;
use crate::config::Language;
use crate::site::{LangIndex, LeftOut, Lookup, NodeIndex, path_hash};
use crate::source::Prefixes;
use std::sync::Arc;

/// A world that answers the resolver.
pub struct Plain<'w>(pub &'w World);

impl Lookup for Plain<'_> {
    fn languages(&self) -> &[Language] {
        &self.0.config.languages
    }

    fn prefixes(&self) -> Prefixes {
        self.0.config.prefixes
    }

    fn page(&self, lang: LangIndex, logical: &str) -> Option<NodeIndex> {
        self.0.site.trees.get(lang as usize)?.find(logical).map(|(index, _)| index)
    }

    fn left_out(&self, lang: LangIndex, logical: &str) -> Option<Arc<LeftOut>> {
        self.0.site.trees.get(lang as usize)?.left_out.get(&path_hash(logical)).cloned()
    }

    fn anchor(&self, lang: LangIndex, page: NodeIndex, anchor: &str) -> Option<String> {
        let node = self.0.site.trees.get(lang as usize)?.node(page)?;
        self.0.known.anchor(lang, page, node, path_hash(anchor) as u32).map(str::to_owned)
    }

    fn file(&self, path: &str) -> bool {
        self.0.assets.get(path).is_some()
    }

    fn made(&self, address: &str) -> bool {
        self.0.known.made(self.0, path_hash(address)).is_some()
    }

    fn would_be_made(&self, address: &str) -> bool {
        self.0.known.whole(self.0).is_some_and(|whole| whole.makes(path_hash(address)))
    }
}
