//! The glossary of a language: its terms, and the names that lead to each.
//!
//! A term is met under its title, without what the title has in brackets, and under its other names; [`super::matcher`]
//! says where. [`collect`] makes the glossary of a tree, and the rules make theirs of the same terms and names.

use super::matcher::{Added, Builder, Glossary, Term};
use super::words::Plurals;
use super::{LangIndex, Node, Site, matcher};
use crate::diag::{Diagnostic, code};
use crate::document::EntrySummary;
use crate::schema::{FieldValue, Kinds};

/// A term of the glossary.
#[derive(Debug, Clone, Copy)]
pub struct TermEntry<'t> {
    /// Where it stands.
    pub at: Term,
    /// Its page.
    pub node: &'t Node,
    /// What it says.
    pub entry: &'t EntrySummary,
}

impl<'t> TermEntry<'t> {
    /// Its title, the other names that the entry gives, and forms that only lead to it.
    pub fn names(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let fields = &self.entry.fields;
        let others = ["also_called", "also_links"].into_iter().filter_map(|name| fields.get(name));
        let others = others.flat_map(FieldValue::items).filter_map(FieldValue::as_text);
        std::iter::once(self.entry.title.as_str()).chain(others)
    }
}

/// Whether a term may be linked where its names stand: not with `match: off`.
pub fn is_matched(entry: &EntrySummary) -> bool {
    entry.fields.get("match").and_then(FieldValue::as_text) != Some("off")
}

/// The terms of a language, in reading order, then those of pages that stand in no list; those too that are never linked.
pub fn terms<'t>(
    site: &'t Site,
    lang: LangIndex,
    kinds: &'t Kinds,
) -> impl Iterator<Item = TermEntry<'t>> + use<'t> {
    let trees = site.trees.get(lang as usize).into_iter();
    let lists = trees.flat_map(|tree| tree.entries.iter().chain(&tree.unlisted));
    let lists = lists.filter(|(kind, _)| kinds.get(kind).is_some_and(|k| k.glossary));
    // Words of another language are not looked for: they may mean something else in this one.
    let own = lists.flat_map(|(_, list)| list).filter(move |at| at.lang == lang);
    own.filter_map(|at| {
        let (node, entry) = site.entry(*at)?;
        Some(TermEntry { at: *at, node, entry })
    })
}

/// What leads to a term of a title or other name: it without what stands in brackets at its end.
pub fn main_name(name: &str) -> &str {
    parts(name).0
}

/// What also leads to the term unless another one has it: the letters in the brackets of "Education Program (IEP)".
pub fn letters(name: &str) -> Option<&str> {
    parts(name).1.filter(|l| matcher::in_capitals(l) && !l.contains(char::is_whitespace))
}

/// A name without what stands in brackets at its end, and that.
fn parts(name: &str) -> (&str, Option<&str>) {
    let name = name.trim();
    let inner = name.strip_suffix([')', '）']).and_then(|open| open.rsplit_once(['(', '（']));
    match inner {
        Some((main, inner)) if !main.trim().is_empty() => (main.trim(), Some(inner.trim())),
        _ => (name, None),
    }
}

/// The glossary of a language whose entries are there; reports words that lead to two of its own terms. Where a word of its
/// own and one of a page that is not translated are the same, its own counts, and nothing is wrong.
pub fn collect(site: &Site, lang: LangIndex, kinds: &Kinds, diagnostics: &mut Vec<Diagnostic>) -> Glossary {
    let code = site.trees.get(lang as usize).map_or("", |tree| &tree.code);
    let mut builder = Builder::new(Plurals::of(code));
    let own = |term: &TermEntry<'_>| *term.node.document.lang == *code;
    let (own, others): (Vec<_>, Vec<_>) =
        terms(site, lang, kinds).filter(|term| is_matched(term.entry)).partition(own);
    for (term, is_own) in own.iter().map(|term| (term, true)).chain(others.iter().map(|term| (term, false))) {
        for name in term.names().map(main_name) {
            if let Added::Taken(other) = builder.add(name, term.at)
                && is_own
                && let Some((other_node, other)) = site.entry(other)
            {
                let message = format!("\"{name}\" already leads to the term \"{}\"", other.title);
                let path = &term.node.document.path;
                diagnostics.push(
                    Diagnostic::warning(code::DUPLICATE_TERM, path, term.entry.span, message)
                        .label(&other_node.document.path, other.span, "the other term")
                        .help("Keep the word on one of the two terms, and remove it from the other."),
                );
            }
        }
    }
    // When all terms have their names.
    for term in own.iter().chain(&others) {
        for letters in term.names().filter_map(letters) {
            builder.add(letters, term.at);
        }
    }
    builder.finish(|term, hasher| {
        if let Some((node, entry)) = site.entry(term) {
            hasher.number(u64::from(term.lang)).text(&node.logical).text(&entry.id);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_at_the_end_are_no_part_of_the_name() {
        for (name, main, inner) in [
            ("Education Program (IEP)", "Education Program", Some("IEP")),
            ("个别化教育计划（IEP）", "个别化教育计划", Some("IEP")),
            ("Record(s)", "Record", None),
            ("Services (in an IEP)", "Services", None),
            ("Speech (language) therapy", "Speech (language) therapy", None),
            ("(IEP)", "(IEP)", None),
        ] {
            assert_eq!((main_name(name), letters(name)), (main, inner));
        }
    }
}
