//! `link-to-hidden`: a link to a page that is left out of menus and lists.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::{SitePage, SiteView, Target};
use crate::diag::{Severity, code};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LINK_TO_HIDDEN,
    group: Group::Links,
    severity: Severity::Note,
    title: "A link to a hidden page",
    explanation: "A page with `hidden: true` stands in no menu, list or search. Who comes to it by a link cannot find the way \
        back to it later. That may be meant, so this is a note: if families should find the page, take `hidden` away.",
    bad: "See the [summer packet](summer.md), which says `hidden: true`.\n",
    good: "See the [summer packet](summer.md), which says nothing of `hidden`.\n",
    check: Check::Linked(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &SitePage<'_>, site: &dyn SiteView, out: &mut Findings<'_>) {
    if page.document.summary.hidden || !site.has_hidden() {
        return;
    }
    for link in page.facts.links() {
        let Target::Page(to) = site.resolve(&page.document.path, &link.target) else { continue };
        if site.is_hidden(&to) {
            let message = format!("`{to}` is hidden from menus, lists and search");
            let help =
                "Take `hidden: true` out of that page, or leave it so if only this link should lead there.";
            out.push(out.at(link.span, message).help(help));
        }
    }
}
