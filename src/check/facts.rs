//! What the site rules need of a page's text, kept small and lent out so that each look is noted.
//!
//! A rule that looked at no link need not run again when a link changes. So rules reach the facts of a page through [`Facts`]
//! only, and [`ReadFacets`] notes of which sort they were ([`Facet`]). The engine compares fingerprints of those sorts.

use super::language::Counts;
use super::publish::starter::Open;
use super::view::{LinkFact, PageFacts};
use crate::document::{Damage, LazyCached};
use crate::source::{SourcePath, Span};
use bytes::Bytes;
use serde::{Serialize, Serializer};
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU8, Ordering};
use xxhash_rust::xxh3::Xxh3;

/// A sort of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Links with their places and texts.
    Links,
    /// The addresses of links alone.
    Targets,
    /// Terms met in the text.
    Terms,
    /// Acronyms spelt out.
    Acronyms,
    /// Counts of words and images.
    Counts,
    /// Places to be filled in.
    OpenPlaces,
}

/// All sorts, each in the place of its number.
pub const FACETS: [Facet; 6] =
    [Facet::Links, Facet::Targets, Facet::Terms, Facet::Acronyms, Facet::Counts, Facet::OpenPlaces];

/// A fingerprint for each sort of facts.
pub type FacetHashes = [u64; FACETS.len()];

/// Which sorts of facts were looked at since this was made.
#[derive(Debug, Default)]
pub struct ReadFacets(AtomicU8);

impl ReadFacets {
    /// The sorts as bits, the first sort in the lowest; nothing counts as seen afterwards.
    pub fn take(&self) -> u8 {
        self.0.swap(0, Ordering::Relaxed)
    }

    fn note(&self, facet: Facet) {
        self.0.fetch_or(1 << facet as u8, Ordering::Relaxed);
    }
}

/// The facts of one page as they are kept: as a value, or as the bytes that a cache had, until somebody looks.
#[derive(Debug, Default)]
pub struct CachedFacts(LazyCached<PageFacts>);

impl From<PageFacts> for CachedFacts {
    fn from(facts: PageFacts) -> Self {
        CachedFacts(facts.into())
    }
}

impl CachedFacts {
    /// What was saved as `bytes`; `damage` is told when that turns out to be nothing of the kind.
    pub fn saved(bytes: Bytes, damage: &Damage) -> CachedFacts {
        CachedFacts(LazyCached::saved(bytes, damage))
    }

    fn get(&self) -> &PageFacts {
        &self.0
    }

    /// The fingerprints of the facts of the page at `path`.
    pub fn facet_hashes(&self, path: &SourcePath) -> FacetHashes {
        let facts = self.get();
        FACETS.map(|facet| {
            let mut hasher = Xxh3::new();
            path.as_str().hash(&mut hasher);
            match facet {
                Facet::Links => facts.links.hash(&mut hasher),
                Facet::Targets => facts.links.iter().for_each(|link| link.target.hash(&mut hasher)),
                Facet::Terms => facts.terms.hash(&mut hasher),
                Facet::Acronyms => facts.acronyms.hash(&mut hasher),
                Facet::OpenPlaces => facts.open_places.hash(&mut hasher),
                Facet::Counts => (facts.images, facts.plain, facts.eased).hash(&mut hasher),
            }
            hasher.finish()
        })
    }
}

impl Serialize for CachedFacts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The facts of one page, lent to a rule.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    kept: &'a CachedFacts,
    seen: &'a ReadFacets,
}

impl<'a> Facts<'a> {
    /// Lends `kept`; what is looked at is noted in `seen`.
    pub fn new(kept: &'a CachedFacts, seen: &'a ReadFacets) -> Self {
        Facts { kept, seen }
    }

    fn see(self, facet: Facet) -> &'a PageFacts {
        self.seen.note(facet);
        self.kept.get()
    }

    /// Links, in order.
    pub fn links(self) -> &'a [LinkFact] {
        &self.see(Facet::Links).links
    }

    /// The addresses of the links, as written, in order.
    pub fn targets(self) -> impl Iterator<Item = &'a str> {
        self.see(Facet::Targets).links.iter().map(|link| link.target.as_str())
    }

    /// Glossary terms met in the running text: the titles, sorted, each once.
    pub fn terms(self) -> &'a [String] {
        &self.see(Facet::Terms).terms
    }

    /// Acronyms that the page spells out, with what they stand for and where.
    pub fn acronyms(self) -> &'a [(String, String, Span)] {
        &self.see(Facet::Acronyms).acronyms
    }

    /// Places that may have to be filled in, in order.
    pub fn open_places(self) -> &'a [(Span, Open)] {
        &self.see(Facet::OpenPlaces).open_places
    }

    /// How many images it shows.
    pub fn images(self) -> u32 {
        self.see(Facet::Counts).images
    }

    /// Counts with the words as they are.
    pub fn plain(self) -> &'a Counts {
        &self.see(Facet::Counts).plain
    }

    /// Counts with terms and names as easy words.
    pub fn eased(self) -> &'a Counts {
        &self.see(Facet::Counts).eased
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(target: &str, at: usize) -> CachedFacts {
        let link = LinkFact {
            target: target.into(),
            span: Span::new(at, at + 4),
            target_span: None,
            text: "text".into(),
        };
        PageFacts { links: vec![link], ..PageFacts::default() }.into()
    }

    #[test]
    fn each_sort_has_a_fingerprint_of_its_own() {
        let path = SourcePath::new("content/a.md").unwrap();
        let (here, there, other) = (facts("b.md", 1), facts("b.md", 9), facts("c.md", 1));
        let differ = |a: &CachedFacts, b: &CachedFacts| -> Vec<Facet> {
            let (a, b) = (a.facet_hashes(&path), b.facet_hashes(&path));
            FACETS.into_iter().zip(a.iter().zip(&b)).filter(|(_, (a, b))| a != b).map(|(f, _)| f).collect()
        };
        assert_eq!(differ(&here, &there), [Facet::Links]);
        assert_eq!(differ(&here, &other), [Facet::Links, Facet::Targets]);
        assert_eq!(differ(&here, &here), []);
    }

    #[test]
    fn what_a_cache_kept_is_the_same() {
        let kept = facts("b.md", 1);
        let bytes = postcard::to_stdvec(&kept).unwrap();
        let kept_bytes: &[u8] = postcard::from_bytes(&bytes).unwrap();
        let back = CachedFacts::saved(Bytes::copy_from_slice(kept_bytes), &Damage::default());
        assert_eq!(back.get(), kept.get());
        assert_eq!(postcard::to_stdvec(&back).unwrap(), bytes);
    }

    #[test]
    fn a_look_is_noted() {
        let (kept, seen) = (facts("b.md", 1), ReadFacets::default());
        let lent = Facts::new(&kept, &seen);
        assert_eq!(seen.take(), 0);
        assert_eq!(lent.targets().collect::<Vec<_>>(), ["b.md"]);
        let _ = lent.images();
        assert_eq!(seen.take(), 1 << Facet::Targets as u8 | 1 << Facet::Counts as u8);
        assert_eq!(seen.take(), 0);
    }
}
