//! What a reader tells of pages that are not published or stand in no list.

use super::{Fact, FactKind, Reader};
use crate::site::{LangIndex, LeftOut, path_hash};
use crate::source::SourcePath;
use std::sync::Arc;

impl Reader {
    /// Whether Guidepost would make a page there if none were left out.
    pub fn would_be_made(&self, address: &str) -> bool {
        let fact = Fact::new(FactKind::Made, 0, address);
        self.record(fact);
        self.world.known.whole(&self.world).is_some_and(|whole| whole.makes(fact.name))
    }

    /// Why a page that has no node is left out, if that is the reason.
    pub fn left_out(&self, lang: LangIndex, logical: &str) -> Option<Arc<LeftOut>> {
        self.record(Fact::new(FactKind::Address, lang, logical));
        self.tree_of(lang)?.left_out.get(&path_hash(logical)).cloned()
    }

    /// Whether the page is a draft, shown because drafts are wanted. The caller has recorded its document.
    pub fn is_draft(&self, path: &SourcePath) -> bool {
        self.world.site.is_draft(path)
    }
}
