//! Rules that find what is wrong in pages, with the place and what to write instead.
//!
//! A [`Checker`] holds the settings and word lists, compiled once. [`Checker::page`] walks one page and runs all
//! page rules on it, and gives the facts that the site rules need; [`Checker::site`] runs those over a
//! [`SiteView`]; [`apply_suppressions`] applies levels and `check: allow` comments. One rule, one file, below `rules/`.

mod checker;
mod cut;
mod docs;
pub mod external;
mod facts;
pub mod file;
pub mod fix;
mod grade;
pub mod language;
mod lexicon;
pub mod local;
pub mod lock;
mod manual_checks;
pub mod markup;
mod page;
pub mod publish;
pub mod published_lock;
mod remote;
pub mod report;
mod rule;
mod rules;
mod suppress;
mod view;
mod wordlists;

pub(crate) use checker::target_span;
pub use checker::{Checker, PageReport, page, site};
pub use docs::{about, explain, manual};
pub use facts::{CachedFacts, FACETS, Facet, FacetHashes, Facts, ReadFacets};
pub use lexicon::{Glossary, Term};
pub use manual_checks::manual_checks;
pub use page::PageInput;
pub use rule::{Check, Group, Limit, RuleInfo};
pub use rules::rules;
pub use suppress::{apply_suppressions, dedupe_overlapping};
pub use view::{LinkFact, MissingText, PageFacts, Published, SitePage, SiteView, Target};
