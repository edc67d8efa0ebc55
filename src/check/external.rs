//! Links to other sites: which there are, and what those sites answered.
//!
//! Nothing here asks anybody: `cli/external.rs` does, only when told to, and hands the [`Answer`]s to the engine. The
//! three `external-` rules then speak of them at each link's place, like any rule.

use super::view::SiteView;
use crate::config::MenuItem;
use crate::schema::FieldValue;
use crate::source::address::{self, Address};
use crate::source::{SourcePath, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What another site answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The page is there.
    Fine,
    /// The page has another address for good.
    Moved(String),
    /// The page is not there: 404, 410 and the like.
    Gone(u16),
    /// The server failed, each time it was asked.
    Failing(u16),
    /// The server does not talk to programs: 401, 403, 429.
    Refused(u16),
    /// No answer in time.
    Slow,
    /// There is no such server, or no safe way to it; in words.
    Unreachable(String),
}

/// Where links to other sites stand, by address without its anchor.
pub type Places = BTreeMap<String, Vec<(SourcePath, Span)>>;

/// All links of the site that lead to other sites: in pages, in their fields, in the menu and the contact.
pub fn links(site: &dyn SiteView) -> Places {
    let mut places = Places::new();
    let mut add = |target: &str, path: &SourcePath, span: Span| {
        if let Some(address) = asked(target) {
            places.entry(address).or_default().push((path.clone(), span));
        }
    };
    for page in site.pages() {
        let path = &page.document.path;
        for link in page.facts.links() {
            add(&link.target, path, link.span);
        }
        let summary = &page.document.summary;
        let own = (&summary.fields, &summary.spans, Span::default());
        let entries = summary.entries.iter().map(|e| (&e.fields, &e.spans, e.span));
        for (fields, spans, near) in std::iter::once(own).chain(entries) {
            for (name, value) in fields {
                let span = spans.get(name).copied().unwrap_or(near);
                for text in value.items().iter().filter_map(FieldValue::as_text) {
                    add(text.trim(), path, span);
                }
            }
        }
    }
    if let Ok(settings) = SourcePath::new("site.yaml") {
        let config = site.config();
        for items in std::iter::once(&config.menu).chain(config.menus.values()) {
            menu(items, &mut |to, span| add(to, &settings, span));
        }
    }
    for found in places.values_mut() {
        found.sort();
        found.dedup();
    }
    places
}

fn menu(items: &[MenuItem], add: &mut dyn FnMut(&str, Span)) {
    for item in items {
        if let Some(to) = &item.to {
            add(to, item.span);
        }
        menu(&item.items, add);
    }
}

/// The address that is asked for a link: of another host, without the anchor, which no server sees.
fn asked(target: &str) -> Option<String> {
    let Address::Remote { host, .. } = address::of(target) else { return None };
    if host.is_empty() || target.contains(char::is_whitespace) {
        return None;
    }
    let bare = target.split('#').next().unwrap_or(target);
    Some(if bare.starts_with("//") { format!("https:{bare}") } else { bare.to_owned() })
}

/// Calls `report` for each place of each link to which there is an answer.
pub fn each(site: &dyn SiteView, mut report: impl FnMut(&str, &Answer, &SourcePath, Span)) {
    let Some(answers) = site.answers().filter(|a| !a.is_empty()) else { return };
    for (address, places) in links(site) {
        let Some(answer) = answers.get(&address) else { continue };
        for (path, span) in &places {
            report(&address, answer, path, *span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_other_hosts_are_asked() {
        assert_eq!(asked("https://a.org/x#part").as_deref(), Some("https://a.org/x"));
        assert_eq!(asked("//a.org").as_deref(), Some("https://a.org"));
        for local in ["a.md", "#x", "mailto:a@b.org", "https://", "javascript:x", "see https://a.org"] {
            assert_eq!(asked(local), None, "{local}");
        }
    }
}
