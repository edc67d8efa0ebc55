//! What the settings lead to: entries of the menu, and links in notices.
//!
//! Called when the plan is made. Each is told at its line in `site.yaml`.

use crate::config::{Config, MenuItem};
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::render::{Plain, World, notice};
use crate::site::{self, Anchor, Asked, LangIndex, Origin, Target};
use crate::source::{SourcePath, Span};

/// An address in the settings.
struct Written<'a> {
    to: &'a str,
    /// The language of the view in which it counts.
    view: LangIndex,
    /// Where it stands.
    span: Span,
    /// What leads there: "The menu".
    who: &'static str,
    /// The problem when there is nothing.
    code: Code,
}

/// Tells of entries of the menu that lead nowhere.
pub fn menu(items: &[MenuItem], path: &SourcePath, world: &World, diagnostics: &mut Vec<Diagnostic>) {
    for item in items {
        if let Some(to) = &item.to {
            let written = Written { to, view: 0, span: item.span, who: "The menu", code: code::MENU_TARGET };
            diagnostics.extend(look(&written, path, world));
        }
        menu(&item.items, path, world, diagnostics);
    }
}

/// Tells of what is wrong in the texts of notices, each once.
pub fn notices(config: &Config, path: &SourcePath, world: &World, diagnostics: &mut Vec<Diagnostic>) {
    let mut found: Vec<Diagnostic> = Vec::new();
    for notice in &config.notices {
        for (view, language) in (0..).zip(&config.languages) {
            let read = notice::read(config, notice, &language.code, path);
            // A place in the text is none in the file, where it may be folded or in quotes.
            let at_notice = |mut told: Diagnostic| {
                (told.span, told.fix) = (notice.span, None);
                told
            };
            let mut told: Vec<Diagnostic> = read.diagnostics.into_iter().map(at_notice).collect();
            for to in notice::addresses(&read.value.body) {
                let written =
                    Written { to, view, span: notice.span, who: "A notice", code: code::BROKEN_LINK };
                told.extend(look(&written, path, world));
            }
            told.retain(|told| !found.contains(told));
            found.extend(told);
        }
    }
    diagnostics.extend(found);
}

/// What is wrong with one address.
fn look(written: &Written<'_>, path: &SourcePath, world: &World) -> Option<Diagnostic> {
    let &Written { to, view, span, who, code } = written;
    let plain = Plain(world);
    let from = Origin::root(view);
    match site::resolve(&plain, from, to) {
        Target::Page { lang, page, anchor: Anchor::Missing(anchor) } => {
            let node = world.site.trees.get(lang as usize).and_then(|t| t.node(page));
            let near = node.and_then(|node| world.known.near_anchor(lang, page, node, &anchor));
            let help = match near {
                Some(near) => format!("Did you mean #{near}?"),
                None => "Give the heading an id, such as ## Who helps {#who}, or name the page alone. Settings do not know a heading that a component writes.".into(),
            };
            let message = format!("{who} leads to \"{to}\", a heading that this page does not have.");
            Some(Diagnostic::error(code, path, span, message).help(help))
        }
        Target::Nothing(why) => {
            let (names, moved) = (world.known.names(world), world.known.moved(world));
            let asked = if code == code::MENU_TARGET { Asked::Menu } else { Asked::Link };
            let advice = site::advise(&plain, names, moved, from, to, &why, asked);
            let found = match crate::render::is_left_out(&why) {
                true => {
                    Diagnostic::new(code::LINK_TO_LEFT_OUT, Severity::Warning, path, span, advice.message)
                }
                false => Diagnostic::error(code, path, span, advice.message),
            };
            Some(found.help(advice.help))
        }
        _ => None,
    }
}
