//! Runs the rules.
//!
//! [`Checker::new`] once for the settings and glossaries, then [`Checker::page`] for each page that changed,
//! [`Checker::asset`] for each file and [`Checker::site`] when the site is assembled. Everything is pure: equal
//! input gives equal problems, so results can be kept like outputs.

use super::apply_suppressions;
use super::file::AssetInput;
use super::lexicon::{Glossary, Lexicon, List};
use super::page::{BlockKind, Hit, Page, PageInput};
use super::rule::{Active, Check, Findings};
use super::rules::rules;
use super::view::{LinkFact, PageFacts, SitePage, SiteView};
use crate::config::Checks;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::text::PageText;
use std::collections::BTreeMap;

/// The rules with their settings and word lists.
pub struct Checker {
    active: Vec<Active>,
    lexicons: BTreeMap<String, Lexicon>,
    plain: Lexicon,
}

/// What came out of one page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageReport {
    /// The problems, before [`apply_suppressions`].
    pub diagnostics: Vec<Diagnostic>,
    /// What the site rules need.
    pub facts: PageFacts,
}

impl Checker {
    /// Compiles the settings and the glossary of each language, by language code.
    pub fn new<'g>(
        checks: &Checks,
        glossaries: impl IntoIterator<Item = (&'g str, &'g Glossary)>,
    ) -> Checker {
        let active = rules().iter().filter_map(|rule| Active::new(rule, checks)).collect();
        let lexicons = glossaries
            .into_iter()
            .map(|(lang, glossary)| (lang.to_owned(), Lexicon::new(lang, checks, glossary)))
            .collect();
        Checker { active, lexicons, plain: Lexicon::new("", checks, &Glossary::default()) }
    }

    /// Runs the page rules on one page, which says `text`. The comments and levels are not applied yet: see [`apply_suppressions`].
    pub fn page(&self, input: &PageInput<'_>, text: PageText) -> PageReport {
        let lexicon = self.lexicons.get(&*input.document.lang).unwrap_or(&self.plain);
        let page = Page::new(*input, text, lexicon);
        let mut diagnostics = Vec::new();
        for active in &self.active {
            if let Check::Page(check) = active.rule.check {
                check(&page, &mut Findings::new(active, Some(page.path()), &mut diagnostics));
            }
        }
        PageReport { diagnostics, facts: facts(&page) }
    }

    /// Runs the file rules on one file that is not a page.
    pub fn asset(&self, input: &AssetInput<'_>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for active in &self.active {
            if let Check::Asset(check) = active.rule.check {
                check(input, &mut Findings::new(active, Some(input.path), &mut diagnostics));
            }
        }
        diagnostics
    }

    /// Runs the rules on one page that follow its links through the site.
    pub fn linked(&self, page: &SitePage<'_>, site: &dyn SiteView) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for active in &self.active {
            if let Check::Linked(check) = active.rule.check {
                check(page, site, &mut Findings::new(active, Some(&page.document.path), &mut diagnostics));
            }
        }
        diagnostics
    }

    /// The rules that look at the site as a whole: numbers for [`Checker::site_rule`].
    pub fn site_rules(&self) -> impl Iterator<Item = (usize, Code)> {
        let rules = self.active.iter().enumerate();
        rules.filter(|(_, a)| matches!(a.rule.check, Check::Site(_))).map(|(i, a)| (i, a.rule.code))
    }

    /// Runs the site rule of that number.
    pub fn site_rule(&self, number: usize, site: &dyn SiteView) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        if let Some(active) = self.active.get(number)
            && let Check::Site(check) = active.rule.check
        {
            check(site, &mut Findings::new(active, None, &mut diagnostics));
        }
        diagnostics
    }

    /// Runs all rules that need the site. The comments and levels are not applied yet: see [`apply_suppressions`].
    pub fn site(&self, site: &dyn SiteView) -> Vec<Diagnostic> {
        let linked = site.pages().into_iter().flat_map(|page| self.linked(&page, site));
        let whole = self.site_rules().flat_map(|(number, _)| self.site_rule(number, site));
        linked.chain(whole).collect()
    }
}

/// One page, checked by itself: for tests and for editors that show one file.
pub fn page(input: &PageInput<'_>, text: PageText, checks: &Checks, glossary: &Glossary) -> Vec<Diagnostic> {
    let report = Checker::new(checks, [(&*input.document.lang, glossary)]).page(input, text);
    let allows = [(&input.document.path, input.document.allows.as_slice())];
    apply_suppressions(report.diagnostics, allows, checks, |code| is(code, |c| matches!(c, Check::Page(_))))
}

/// The site rules, with what the pages allow.
pub fn site(view: &dyn SiteView, checks: &Checks) -> Vec<Diagnostic> {
    let found = Checker::new(checks, []).site(view);
    let pages = view.pages();
    let allows = pages.iter().map(|p| (&p.document.path, p.document.allows.as_slice()));
    apply_suppressions(found, allows, checks, |code| {
        is(code, |c| matches!(c, Check::Site(_) | Check::Linked(_)))
    })
}

fn is(code: Code, kind: impl Fn(Check) -> bool) -> bool {
    rules().iter().any(|rule| rule.code == code && kind(rule.check))
}

fn facts(page: &Page<'_>) -> PageFacts {
    let (plain, eased) = page.counts();
    let mut terms: Vec<String> = page
        .hits_of(List::Term)
        .filter(|hit| !is_own_entry(page, hit))
        .filter_map(|hit| page.lexicon.phrase(hit.phrase))
        .map(|phrase| page.lexicon.term_title(phrase).to_owned())
        .collect();
    terms.sort();
    terms.dedup();
    let links = page
        .links
        .iter()
        .map(|link| LinkFact {
            target: link.target.to_string(),
            span: link.span,
            target_span: target_span(page.input.text, link.span, &link.target),
            text: page.link_shown(link).into_owned(),
        })
        .collect();
    let images = page.images.len() as u32;
    let open_places = super::publish::starter::open_places(page, page.input.text);
    PageFacts { links, terms, acronyms: super::rules::acronyms(page), open_places, images, plain, eased }
}

/// Whether a term is met in its own entry of the glossary, or in a heading.
fn is_own_entry(page: &Page<'_>, hit: &Hit) -> bool {
    let Some(block) = page.blocks.get(hit.block as usize) else { return true };
    if block.kind == BlockKind::Heading {
        return true;
    }
    let heading = page.sections.get(block.section as usize).filter(|s| s.entry).and_then(|s| s.heading);
    let title = page.lexicon.phrase(hit.phrase).map_or("", |p| page.lexicon.term_title(p));
    heading.and_then(|h| page.headings.get(h as usize)).is_some_and(|h| page.heading_text(h) == title)
}

/// Where the address of a link stands, when it is written in the link as it is.
pub(crate) fn target_span(text: &str, link: Span, target: &str) -> Option<Span> {
    let source = text.get(link.range())?;
    let at = source.rmatch_indices(target).map(|(i, _)| i).find(|i| *i > 0)?;
    // Only behind `](` or `](<`: elsewhere it is the text of the link.
    let before = source.get(..at)?.trim_end_matches('<').trim_end();
    // In raw HTML behind `href="`.
    let in_tag = |at: &usize| {
        let before = source.get(..*at).unwrap_or("").trim_end_matches(['"', '\'']).trim_end();
        let name = before.strip_suffix('=').map(str::trim_end).and_then(|b| b.get(b.len().checked_sub(4)?..));
        name.is_some_and(|name| name.eq_ignore_ascii_case("href"))
    };
    let at = match source.starts_with('<') {
        true => source.match_indices(target).map(|(i, _)| i).find(in_tag)?,
        false => Some(at).filter(|_| before.ends_with("]("))?,
    };
    Some(Span::new(link.start as usize + at, link.start as usize + at + target.len()))
}
