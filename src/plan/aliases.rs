//! Old addresses, and which page of which language each leads to.
//!
//! An alias counts from the folder of its page's language, with or without that folder's name in front. An alias of a page of
//! the default language also holds in every other language, for what that shows of the page, unless something else
//! stands at the address there. With the name of another language's folder in front it holds in that language alone.

use super::paths::{alias_address, prefix};
use crate::config::Language;
use crate::site::{LangIndex, Node, Site};
use crate::source::{PathError, Span};

/// An old address.
#[derive(Debug)]
pub struct Alias<'s> {
    /// As it is written.
    pub written: &'s str,
    /// Where it stands.
    pub span: Span,
    /// The page in whose front matter it stands.
    pub of: &'s Node,
    /// The output file, or why there can be none.
    pub address: Result<String, PathError>,
    /// The language in which the page is shown to who asks for it.
    pub lang: LangIndex,
    /// Whether it holds in `lang` because it does in the default language: it gives way to all that is asked for there.
    pub follows: bool,
}

/// The language in whose folder an alias lies, and the rest of it; `own` is the language of its page.
pub fn alias_language<'a>(languages: &[Language], own: LangIndex, alias: &'a str) -> (LangIndex, &'a str) {
    let path = alias.trim().trim_start_matches('/');
    let Some((folder, rest)) = path.split_once('/') else { return (own, path) };
    let named = languages.iter().position(|language| language.code == folder).map(|lang| lang as LangIndex);
    match named.filter(|lang| *lang > 0 && (own == 0 || *lang == own) && !rest.is_empty()) {
        Some(lang) => (lang, rest),
        None => (own, path),
    }
}

/// All aliases of a site: first those that are written for their language, then those that follow from them.
pub fn aliases<'s>(site: &'s Site, languages: &[Language]) -> Vec<Alias<'s>> {
    let (mut written, mut following) = (Vec::new(), Vec::new());
    for (own, tree) in site.trees.iter().enumerate() {
        let nodes = tree.nodes.iter().filter(|node| *node.document.lang == *tree.code);
        for node in nodes.filter(|node| !node.document.summary.aliases.is_empty()) {
            for (alias, span) in &node.document.summary.aliases {
                let own = own as LangIndex;
                let (lang, rest) = alias_language(languages, own, alias);
                let shown = |lang: LangIndex| {
                    site.trees.get(lang as usize).filter(|t| t.find(&node.logical).is_some())
                };
                let address = |lang: LangIndex| {
                    let code = languages.get(lang as usize).map_or("", |language| &language.code);
                    alias_address(&prefix(lang, code), rest)
                };
                let make = |address, lang, follows| Alias {
                    written: alias,
                    span: *span,
                    of: node,
                    address,
                    lang,
                    follows,
                };
                let leads = if shown(lang).is_some() { lang } else { own };
                written.push(make(address(lang), leads, false));
                if lang == 0 {
                    let others = (1..site.trees.len() as LangIndex).filter(|lang| shown(*lang).is_some());
                    following.extend(others.map(|lang| make(address(lang), lang, true)));
                }
            }
        }
    }
    written.append(&mut following);
    written
}
