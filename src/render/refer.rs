//! References of fields: what they name, and what is said when that is not there.
//!
//! An entry is named by its id or title, or by its page and id (`topics/page.md#entry`); a page by its path.

use super::fact::FactKind;
use super::fields::Written;
use super::link::{self, Lost};
use super::reader::Reader;
use crate::diag::{Diagnostic, code};
use crate::schema::{Field, FieldValue};
use crate::site::{EntryAt, LangIndex, LeftOut, Node, Nothing};
use crate::source::{html, url_escape};
use std::sync::Arc;

/// What a reference names.
pub(super) enum Referred<'r> {
    /// An entry, with the page on which it stands.
    Entry(EntryAt, &'r Node),
    /// A page.
    Page(&'r Node),
}

/// Why a reference names nothing.
pub(super) enum Missing {
    /// Its page is not published now.
    LeftOut(Arc<LeftOut>),
    /// There is no such thing; what may be meant.
    Nowhere(Option<String>),
    /// It is there, and of this other kind.
    OtherKind(String),
}

/// Whether a reference may name a page of any kind.
fn any_page(kind: &str) -> bool {
    kind.is_empty() || kind == "page"
}

/// What a reference to `kind` (to any when it is empty) names.
pub(super) fn referred<'r>(
    reader: &'r Reader,
    lang: LangIndex,
    kind: &str,
    name: &str,
) -> Result<Referred<'r>, Missing> {
    let is_path = name.contains('#') || name.contains('/') || name.ends_with(".md");
    if !kind.is_empty() && !is_path {
        if let Some((at, node)) =
            reader.named_entry(lang, kind, name).and_then(|at| Some((at, reader.entry(at)?.0)))
        {
            return Ok(Referred::Entry(at, node));
        }
        if let Some(state) = reader.left_entry(lang, kind, name) {
            return Err(Missing::LeftOut(state));
        }
    }
    let lost = |lost: Option<Lost>| match lost {
        Some(Lost { why: Nothing::LeftOut(state), .. }) => Missing::LeftOut(state),
        Some(Lost { advice, .. }) => Missing::Nowhere(advice.instead),
        None => Missing::Nowhere(None),
    };
    if name.contains('#') {
        let (at, node) = link::entry_at(reader, name).map_err(lost)?;
        let found = reader.entry(at).map_or("", |(_, entry)| entry.kind.as_str());
        return match kind.is_empty() || found == kind {
            true => Ok(Referred::Entry(at, node)),
            false => Err(Missing::OtherKind(found.to_owned())),
        };
    }
    match link::page_at(reader, name) {
        Ok((lang, index, ..)) => {
            let Some(node) = reader.at(FactKind::Card, lang, index) else {
                return Err(Missing::Nowhere(None));
            };
            let found = &node.document.summary.kind;
            match any_page(kind) || found == kind {
                true => Ok(Referred::Page(node)),
                false => Err(Missing::OtherKind(found.clone())),
            }
        }
        Err(why) => {
            let near = (!kind.is_empty()).then(|| reader.near_entry(lang, kind, name)).flatten();
            match lost(Some(why)) {
                Missing::Nowhere(instead) => Err(Missing::Nowhere(near.or(instead))),
                other => Err(other),
            }
        }
    }
}

impl Referred<'_> {
    /// Writes a link to it, with its title, into text of the language `around`.
    pub fn link(&self, reader: &Reader, around: &str, out: &mut String) {
        let (node, title, id) = match self {
            Referred::Entry(at, node) => match reader.entry(*at) {
                Some((_, entry)) => (node, entry.title.as_str(), Some(&*entry.id)),
                None => return,
            },
            Referred::Page(node) => (node, node.document.summary.title.as_str(), None),
        };
        out.push_str("<a href=\"");
        if id.is_none() || !reader.is_here(&node.address) {
            out.push_str(&reader.url(&node.address));
        }
        if let Some(id) = id {
            out.push('#');
            url_escape(id, out);
        }
        out.push('"');
        out.push_str(&link::marked(reader, &node.document.lang, around));
        out.push('>');
        html::attribute(title, out);
        out.push_str("</a>");
    }
}

/// Reports references of a field that lead nowhere, and those of a translation that lead to the original.
pub(super) fn report(
    reader: &Reader,
    lang: LangIndex,
    target: &str,
    field: &Field,
    value: &FieldValue,
    written: Written<'_>,
) {
    let Written { node, spans, .. } = written;
    // What a handout picks is reported where it is shown.
    if written.id.is_empty() && field.name == "picks" {
        return;
    }
    let path = &node.document.path;
    for name in value.items().iter().filter_map(FieldValue::as_text) {
        let span = spans.get(&*field.name).copied().unwrap_or(written.span);
        let why = match referred(reader, lang, target, name) {
            Ok(Referred::Entry(at, home)) => {
                if lang > 0
                    && link::is_behind(reader, &node.document, at.lang)
                    && let Some((_, entry)) = reader.entry(at)
                {
                    let written = (name, &*entry.id);
                    link::report_behind(reader, &node.document, span, code::BROKEN_REFERENCE, written, home);
                }
                continue;
            }
            Ok(Referred::Page(..)) => continue,
            Err(why) => why,
        };
        let kind = |name: &str| {
            let kinds = &reader.unrecorded().config.kinds;
            kinds.get(name).map_or_else(|| name.to_owned(), |k| k.label.get("en").to_lowercase())
        };
        let error = |message: String, help: String| {
            reader.report(Diagnostic::error(code::BROKEN_REFERENCE, path, span, message).help(help));
        };
        match why {
            Missing::LeftOut(state) => {
                let message = format!("{}: links to it are shown as words.", state.says());
                let found = Diagnostic::warning(code::LINK_TO_LEFT_OUT, path, span, message);
                reader.report(found.help(state.help()));
            }
            Missing::OtherKind(found) => error(
                format!("\"{name}\" is a {}, and no {}.", kind(&found), kind(target)),
                format!("Name a {} here.", kind(target)),
            ),
            Missing::Nowhere(near) => {
                let what = if target.is_empty() { "page or entry".to_owned() } else { kind(target) };
                let help = match near {
                    // A page that Guidepost makes is no entry.
                    Some(near) if !near.contains(".html") => {
                        format!("Did you mean {}?", crate::source::address::decode(&near))
                    }
                    _ if any_page(target) => {
                        "Write the page from the content folder, such as topics/page.md, and for an entry # and its id.".into()
                    }
                    _ => "Write the id or the exact name of an entry, as it stands in its heading, or the path of a page.".into(),
                };
                error(format!("\"{name}\" is no {what} of this guide."), help);
            }
        }
    }
}
