//! `alias-collision`: an old address that is in use.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;
use crate::document::Document;
use crate::plan::alias_language;
use crate::site::{LangIndex, language_folder};
use crate::source::Span;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::ALIAS_COLLISION,
    group: Group::Links,
    severity: crate::diag::Severity::Error,
    title: "An old address that is also another page's",
    explanation: "One address can lead to one place. An alias that equals the address of a page, or an alias of another page, \
        would send readers to the wrong one. Remove it from one of the two.",
    bad: "---\ntitle: New page\naliases: [services/index.html]\n---\n",
    good: "---\ntitle: New page\naliases: [services/old-name.html]\n---\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let pages = site.pages();
    let mut taken: BTreeMap<String, (&Document, Span)> = BTreeMap::new();
    for page in &pages {
        taken.insert(plain(page.address), (page.document, Span::default()));
    }
    for page in &pages {
        let languages = &site.config().languages;
        let own = languages.iter().position(|l| *l.code == *page.document.lang).unwrap_or(0);
        for (alias, span) in &page.document.summary.aliases {
            let (lang, rest) = alias_language(languages, own as LangIndex, alias);
            let alias_from_root = format!("{}{rest}", language_folder(languages, lang));
            let (other, at) = *taken.entry(plain(&alias_from_root)).or_insert((page.document, *span));
            let path = &other.path;
            if *path == page.document.path && at == *span {
                continue;
            }
            let own = *path == page.document.path;
            // A page and its translation may both know an old address of the translation.
            if !own && other.logical == page.document.logical && at != Span::default() {
                continue;
            }
            // `a.html` may lead on to `a/index.html`: another file, and old links name it.
            if own && at == Span::default() && !is_same_file(&alias_from_root, page.address) {
                continue;
            }
            let message = if own {
                format!("`{alias}` is the address of this page already")
            } else {
                format!("`{alias}` is also an address of `{path}`")
            };
            let finding =
                out.in_file(&page.document.path, *span, message).help("Remove it from one of the two.");
            out.push(if own { finding } else { finding.label(path, at, "the same address") });
        }
    }
}

/// Whether two addresses are one file.
fn is_same_file(a: &str, b: &str) -> bool {
    let file = |address: &str| crate::plan::output_path(address.trim_start_matches('/'));
    file(a) == file(b)
}

/// An address as a server sees it: `a/`, `a/index.html` and `a.html` with either ending.
fn plain(address: &str) -> String {
    let address = crate::source::folded(address.trim_matches('/'));
    let address = address.strip_suffix(".html").or_else(|| address.strip_suffix(".md")).unwrap_or(&address);
    address.strip_suffix("/index").unwrap_or(if address == "index" { "" } else { address }).to_owned()
}
