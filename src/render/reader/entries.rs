//! Entries as a reader finds them: by kind, by name, as the view's language has them. Each read is recorded.

use super::Reader;
use crate::document::EntrySummary;
use crate::plan::Choice;
use crate::render::fact::{Fact, FactKind};
use crate::render::folder_memo::folder_memo;
use crate::site::{EntryAt, LangIndex, LeftOut, Node, NodeIndex};
use std::sync::Arc;

impl Reader {
    /// Which entries of a kind there are in the view's language.
    pub fn entries(&self, lang: LangIndex, kind: &str) -> &[EntryAt] {
        self.record(Fact::new(FactKind::Entries, lang, kind));
        self.tree_of(lang).and_then(|t| t.entries.get(kind)).map_or(&[], Vec::as_slice)
    }

    /// One entry.
    pub fn entry(&self, at: EntryAt) -> Option<(&Node, &EntrySummary)> {
        let (node, entry) = self.world.site.entry(at)?;
        self.record(Fact::part(FactKind::Entry, at.lang, &node.logical, &entry.id));
        Some((node, entry))
    }

    /// The entries of the default language that a translated page lacks.
    pub fn lacking(&self, lang: LangIndex, page: NodeIndex) -> impl Iterator<Item = EntryAt> + '_ {
        let tree = self.tree_of(lang);
        if let Some(node) = tree.and_then(|tree| tree.node(page)).filter(|n| n.translation.is_translated()) {
            self.record(Fact::new(FactKind::Lacking, lang, &node.logical));
        }
        tree.into_iter().flat_map(move |tree| tree.lacking_on(page)).map(|lacking| lacking.entry)
    }

    /// The entry as the view's language has it: its translation, else itself.
    pub fn in_view(&self, at: EntryAt) -> EntryAt {
        if at.lang == self.lang {
            return at;
        }
        if let Some((node, entry)) = self.entry(at) {
            self.record(Fact::part(FactKind::Entry, self.lang, &node.logical, &entry.id));
        }
        self.world.site.same_entry(at, self.lang).unwrap_or(at)
    }

    /// The entry of a kind that a reference in a text of `lang` names, as the view's language has it.
    pub fn named_entry(&self, lang: LangIndex, kind: &str, name: &str) -> Option<EntryAt> {
        for lang in [lang, 0] {
            self.record(Fact::new(FactKind::Entries, lang, kind));
        }
        Some(self.in_view(self.world.site.named_entry(lang, kind, name)?))
    }

    /// Why the entry of a kind that a reference names is not there, if its page is left out.
    pub fn left_entry(&self, lang: LangIndex, kind: &str, name: &str) -> Option<Arc<LeftOut>> {
        self.record(Fact::new(FactKind::Entries, lang, kind));
        self.tree_of(lang)?.left_entry(kind, name).cloned()
    }

    /// The entries of a kind on one page, whether lists name the page or not. What its translation lacks is among them, unless
    /// this is that page: there it does not stand.
    pub fn entries_of(&self, lang: LangIndex, kind: &str, page: &str) -> Vec<EntryAt> {
        self.record(Fact::new(FactKind::Entries, lang, kind));
        let here = lang == self.lang && self.page.as_deref() == Some(page);
        let on_page = |at: &EntryAt| {
            let node = self.world.site.entry(*at).map(|(node, _)| node);
            node.is_some_and(|node| *node.logical == *page) && !(here && at.lang != lang)
        };
        self.world.site.all_entries(lang, kind).filter(on_page).collect()
    }

    /// The id or title of an entry of a kind that is closest to a wrong one.
    pub fn near_entry(&self, lang: LangIndex, kind: &str, wrong: &str) -> Option<String> {
        self.record(Fact::new(FactKind::Entries, lang, kind));
        self.world.known.near_entry(&self.world, lang, kind, wrong)
    }

    /// The finder choices of a kind in a language, with the entries each leads to.
    pub fn finder_choices(&self, lang: LangIndex, kind: &crate::schema::Kind) -> Arc<Vec<Choice>> {
        let fact = Fact::new(FactKind::Choices, lang, &kind.name);
        self.record(fact);
        // Each of the finder's pages asks for all of them.
        let key = (lang, fact.name);
        if let Some(known) = folder_memo(self, |memo| memo.choices.get(&key).cloned()) {
            return known;
        }
        let found = Arc::new(crate::plan::choices(&self.world.site, lang, kind));
        folder_memo(self, |memo| memo.choices.insert(key, found.clone()));
        found
    }
}
