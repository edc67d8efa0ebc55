//! The glossary of a language: its terms, and the names that lead to each.
//!
//! A term is met under its title, without what the title has in brackets, and under its other names; [`super::matcher`]
//! says where. [`collect`] makes the glossary of a tree, and the rules make theirs of the same terms and names.

use super::matcher::{Added, Builder, Term};
use super::words::Plurals;
use super::{Node, Tree, matcher};
use crate::diag::{Diagnostic, code};
use crate::document::EntrySummary;
use crate::schema::{FieldValue, Kinds};

/// A term of the glossary.
#[derive(Debug, Clone, Copy)]
pub struct TermEntry<'t> {
    /// Its page and number.
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

/// The terms of a tree, in reading order, then those of pages that stand in no list; those too that are never linked.
pub fn terms<'t>(tree: &'t Tree, kinds: &'t Kinds) -> impl Iterator<Item = TermEntry<'t>> {
    let lists = tree
        .entries
        .iter()
        .chain(&tree.unlisted)
        .filter(|(kind, _)| kinds.get(kind).is_some_and(|k| k.glossary));
    lists.flat_map(|(_, list)| list).filter_map(|at| {
        let (node, entry) = tree.entry(*at)?;
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

/// Fills the glossary of a tree whose entries are there; reports words that lead to two terms.
pub fn collect(tree: &mut Tree, kinds: &Kinds, diagnostics: &mut Vec<Diagnostic>) {
    let mut builder = Builder::new(Plurals::of(&tree.code));
    let linked = || terms(tree, kinds).filter(|term| is_matched(term.entry));
    for term in linked() {
        for name in term.names().map(main_name) {
            if let Added::Taken(other) = builder.add(name, term.at)
                && let Some((other_node, other)) = tree.entry(other)
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
    for term in linked() {
        for letters in term.names().filter_map(letters) {
            builder.add(letters, term.at);
        }
    }
    tree.glossary = builder.finish(|term, hasher| {
        if let Some((node, entry)) = tree.entry(term) {
            hasher.text(&node.logical).text(&entry.id);
        }
    });
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
