//! Two digits before a name are its place, and were a part of its address in the first version of Guidepost.
//!
//! Called when the plan is made, for sites that do not say by `number_prefixes` what they mean. Where an address with its
//! number was published, as `urls.lock` knows, that is an error with its fix; else a note.

use crate::config::UrlStyle;
use crate::diag::{Diagnostic, Severity, code};
use crate::render::World;
use crate::site::Node;
use crate::source::{Prefixes, SourcePath, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of names that a message lists.
const MAX_NAMED: usize = 3;

/// What is told; `text` is that of the settings, `locked` the addresses that were published.
pub fn told(world: &World, settings: &SourcePath, text: &[u8], locked: &[String]) -> Option<Diagnostic> {
    let config = &world.config;
    let before = config.prefixes_unsaid.filter(|_| config.prefixes == Prefixes::Order)?;
    // By the address of old, the page and where it stands now.
    let mut moved: BTreeMap<String, (&SourcePath, &str)> = BTreeMap::new();
    for tree in &world.site.trees {
        let own = tree.nodes.iter().filter(|node| *node.document.lang == *tree.code && !node.document.made);
        for node in own {
            if let Some(old) = of_old(node, config.urls) {
                moved.entry(old).or_insert((&node.document.path, &node.address));
            }
        }
    }
    if moved.is_empty() {
        return None;
    }
    let known: BTreeSet<&str> = locked.iter().map(String::as_str).collect();
    let published: Vec<_> = moved.iter().filter(|(old, _)| known.contains(old.as_str())).collect();
    let is_published = !published.is_empty();
    let all: Vec<_> = if is_published { published } else { moved.iter().collect() };
    let name = |(old, (path, new)): &(&String, &(&SourcePath, &str))| match is_published {
        true => format!("{path} stood at {old} and stands at {new}"),
        false => format!("{path} stands at {new}"),
    };
    let mut names = all.iter().take(MAX_NAMED).map(name).collect::<Vec<_>>().join(", ");
    if all.len() > MAX_NAMED {
        names.push_str(&format!(", and {} more", all.len() - MAX_NAMED));
    }
    let message =
        format!("Two digits before a name say where a page stands, and are no part of its address: {names}.");
    if !is_published {
        let help = "If the digits are a part of the name, as they were in Guidepost 0.1, write number_prefixes: false into site.yaml. \
                    If they are a place, write number_prefixes: true, and nothing is said of it.";
        return Some(Diagnostic::site(code::NUMBERED_NAME, Severity::Note, message).help(help));
    }
    let help = "Write number_prefixes: false into site.yaml: then all addresses are as they were. Or write number_prefixes: true, and \
                the old address into the `aliases` of each page.";
    let found = Diagnostic::error(code::NUMBERED_NAME, settings, before, message).help(help);
    // Before the title a line may stand where that begins its line.
    let start = before.start as usize;
    let is_line = text.get(..start).is_some_and(|above| matches!(above.last(), None | Some(b'\n')));
    Some(match is_line {
        true => found.fix(Span::at(start), "number_prefixes: false\n"),
        false => found,
    })
}

/// The address that the page had when its numbers were a part of its name; none when it is the same.
fn of_old(node: &Node, urls: UrlStyle) -> Option<String> {
    let inside = node.document.path.as_str().strip_prefix(crate::site::CONTENT)?;
    let (old, new) = (Prefixes::Name.logical(inside), Prefixes::Order.logical(inside));
    if old == new {
        return None;
    }
    let stem = old.strip_suffix(".md")?;
    Some(match urls {
        _ if stem.ends_with("/index") || stem == "index" => format!("{stem}.html"),
        UrlStyle::Folder => format!("{stem}/index.html"),
        UrlStyle::File => format!("{stem}.html"),
    })
}
