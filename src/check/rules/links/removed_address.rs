//! `removed-address`: an address that was published and is gone.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::{SitePage, SiteView};
use crate::diag::{Near, code};
use std::collections::BTreeMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::REMOVED_ADDRESS,
    group: Group::Links,
    severity: crate::diag::Severity::Error,
    title: "A published address that leads nowhere now",
    explanation: "Handouts, bookmarks and QR codes on paper live for years. The file `urls.lock` in the site's folder lists every \
        address that was once published. Each must still be a page or send readers on. `guidepost check --lock-addresses` \
        writes the file and adds what is new: run it when you publish. If a page was renamed, add its old address to the \
        `aliases` of the page that took its place. A page that is over, or a draft \
        again, needs nothing: its address says so by itself. If an address may really go, delete its line.",
    bad: "delivery/push-in.html\n",
    good: "---\ntitle: In the classroom\naliases: [delivery/push-in.html]\n---\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let Some((path, published)) = site.published() else { return };
    let gone: Vec<_> = published.iter().filter(|p| !site.has_address(&p.address)).collect();
    if gone.is_empty() {
        return;
    }
    let pages = site.pages();
    let heirs = Heirs::new(&pages);
    for line in gone {
        let message = format!("`{}` was published once, and leads nowhere now", line.address);
        let help = match heirs.of(&line.address) {
            Some(page) => {
                let default = *page.document.lang == *site.config().default_language();
                let own = line.address.strip_prefix(&format!("{}/", page.document.lang)).filter(|_| !default);
                let alias = own.unwrap_or(&line.address);
                format!("If `{}` took its place, add `aliases: [{alias}]` to its front matter.", page.document.path)
            }
            None => "Add it to the `aliases` of the page that took its place; if it may go, delete this line.".into(),
        };
        out.push(out.in_file(&path, line.span, message).help(help));
    }
}

/// The pages by name, to find which probably took the place of an address.
struct Heirs<'a, 's> {
    pages: &'a [SitePage<'s>],
    by_name: BTreeMap<&'a str, Vec<&'a SitePage<'s>>>,
    near: Near,
}

/// The last part of an address, without its ending.
fn name(address: &str) -> &str {
    let stem = address.strip_suffix(".html").unwrap_or(address);
    let stem = stem.strip_suffix("/index").unwrap_or(stem).trim_end_matches('/');
    stem.rsplit('/').next().unwrap_or(stem)
}

impl<'a, 's> Heirs<'a, 's> {
    fn new(pages: &'a [SitePage<'s>]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&SitePage<'s>>> = BTreeMap::new();
        for page in pages {
            by_name.entry(name(page.address)).or_default().push(page);
        }
        Heirs { pages, by_name, near: Near::new(pages.iter().map(|p| p.address)) }
    }

    /// Whether the address lies where pages of that page's language do.
    fn of_language(&self, page: &SitePage<'s>, address: &str) -> bool {
        let folder = address.split_once('/').map_or("", |(folder, _)| folder);
        let lang = |p: &SitePage<'s>| *p.document.lang == *folder;
        lang(page) || (page.address.split('/').next() != Some(&page.document.lang) && !self.pages.iter().any(lang))
    }

    /// The page of the same name elsewhere, or of a close address.
    fn of(&self, address: &str) -> Option<&'a SitePage<'s>> {
        let near = |page: &&&SitePage<'s>| {
            // The folder that the two have in common decides between pages of one name.
            let common = address.bytes().zip(page.address.bytes()).take_while(|(a, b)| a == b).count();
            (common, std::cmp::Reverse(page.address.len()))
        };
        let same = self.by_name.get(name(address)).and_then(|pages| pages.iter().max_by_key(near));
        let close = || self.near.all(address).into_iter().filter_map(|(_, number)| self.pages.get(number));
        same.copied().or_else(|| close().find(|p| self.of_language(p, address)).or_else(|| close().next()))
    }
}
