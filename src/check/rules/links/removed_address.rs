//! `removed-address`: an address that was published and is gone.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::{SitePage, SiteView};
use crate::config::Language;
use crate::diag::{Diagnostic, Near, Severity, code};
use crate::site::{LangIndex, split};
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::REMOVED_ADDRESS,
    group: Group::Links,
    severity: Severity::Error,
    title: "A published address that leads nowhere now",
    explanation: "Handouts, bookmarks and QR codes on paper live for years. The file `urls.lock` in the site's folder lists every \
        address that was once published. Each must still be a page or send readers on. `guidepost check --lock-addresses` \
        writes the file and adds what is new: run it when you publish. If a page was renamed, add its old address to the \
        `aliases` of the page that took its place. A page that is over, or a draft \
        again, needs nothing: its address says so by itself. A file, such as a form, cannot say so: when nothing published leads to it \
        any more, a warning names it. If an address may really go, delete its line.",
    bad: "services/push-in.html\n",
    good: "---\ntitle: In the classroom\naliases: [services/push-in.html]\n---\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let Some((path, published)) = site.published() else { return };
    // A day that passes may take away the page that leads to it, and no day stops a build: so this is no error.
    for line in published.iter().filter(|line| site.is_unlinked(&line.address)) {
        let message = format!(
            "`{}` was published once, and nothing published leads to it any more: who has the address finds nothing",
            line.address
        );
        let help = "Link to the file from a page, or name it below `files:` in site.yaml; if it may go, delete this line.";
        let found = out.at_level(Severity::Warning, line.span, message);
        out.push(Diagnostic { path: Some(path.clone()), span: line.span, ..found }.help(help));
    }
    let gone: Vec<_> = published.iter().filter(|p| !site.has_address(&p.address)).collect();
    if gone.is_empty() {
        return;
    }
    let pages = site.pages();
    let languages = &site.config().languages;
    let mut heirs: BTreeMap<LangIndex, Heirs<'_, '_>> = BTreeMap::new();
    for line in gone {
        let message = format!("`{}` was published once, and leads nowhere now", line.address);
        // Its language is that of the folder it lies in; an alias counts from there.
        let (lang, rest) = split(languages, &line.address);
        let heirs = heirs.entry(lang).or_insert_with(|| Heirs::new(&pages, languages, lang));
        let help = match heirs.of(rest) {
            Some(page) => format!(
                "If `{}` took its place, add `aliases: [{rest}]` to its front matter.",
                page.document.path
            ),
            None => {
                "Add it to the `aliases` of the page that took its place; if it may go, delete this line."
                    .into()
            }
        };
        out.push(out.in_file(&path, line.span, message).help(help));
    }
}

/// The pages that readers of one language see, by name, to find which probably took the place of an address.
struct Heirs<'a, 's> {
    /// Each with its address from the folder of the language.
    pages: Vec<(&'a SitePage<'s>, &'a str)>,
    /// Numbers of pages by the last part of their address.
    by_name: BTreeMap<&'a str, Vec<usize>>,
    near: Near,
}

/// The last part of an address, without its ending.
fn name(address: &str) -> &str {
    let stem = address.strip_suffix(".html").unwrap_or(address);
    let stem = stem.strip_suffix("/index").unwrap_or(stem).trim_end_matches('/');
    stem.rsplit('/').next().unwrap_or(stem)
}

impl<'a, 's> Heirs<'a, 's> {
    fn new(pages: &'a [SitePage<'s>], languages: &[Language], lang: LangIndex) -> Self {
        let code = |lang: LangIndex| languages.get(lang as usize).map_or("", |language| &language.code);
        let own = |page: &&SitePage<'s>| *page.document.lang == *code(lang);
        let translated: BTreeSet<&str> = pages.iter().filter(own).map(|p| &*p.document.logical).collect();
        // What is not translated is shown to readers of the language as it is: its alias holds there too.
        let shown = |page: &&SitePage<'s>| {
            own(page) || (*page.document.lang == *code(0) && !translated.contains(&*page.document.logical))
        };
        let pages: Vec<_> =
            pages.iter().filter(shown).map(|page| (page, split(languages, page.address).1)).collect();
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, (_, address)) in pages.iter().enumerate() {
            by_name.entry(name(address)).or_default().push(number);
        }
        Heirs { near: Near::new(pages.iter().map(|(_, address)| *address)), pages, by_name }
    }

    /// The page of the same name elsewhere, or of a close address.
    fn of(&self, address: &str) -> Option<&'a SitePage<'s>> {
        let rank = |number: &&usize| {
            // The folder that the two have in common decides between pages of one name.
            let own = self.pages.get(**number).map_or("", |(_, address)| *address);
            let common = address.bytes().zip(own.bytes()).take_while(|(a, b)| a == b).count();
            (common, std::cmp::Reverse(own.len()))
        };
        let same = self.by_name.get(name(address)).and_then(|numbers| numbers.iter().max_by_key(rank));
        let number = same.copied().or_else(|| self.near.closest(address))?;
        self.pages.get(number).map(|(page, _)| *page)
    }
}
