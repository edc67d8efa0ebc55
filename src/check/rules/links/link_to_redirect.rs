//! `link-to-redirect`: a link to where a page used to be.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::Target;
use crate::check::view::{SitePage, SiteView};
use crate::diag::{Severity, code};
use crate::source::address::written_path;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LINK_TO_REDIRECT,
    group: Group::Links,
    severity: Severity::Error,
    title: "A link to the old address of a page",
    explanation: "The page was renamed. Its `aliases` send readers on who come from outside, but a link in a page needs the \
        path of the file. `check --fix` writes it.",
    bad: "[Push-in](../services/push-in.md)\n",
    good: "[Push-in](../services/integrated.md)\n",
    fixable: true,
    check: Check::Linked(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &SitePage<'_>, site: &dyn SiteView, out: &mut Findings<'_>) {
    if !site.has_redirects() {
        return;
    }
    for link in page.facts.links() {
        let Target::Redirect(to) = site.resolve(&page.document.path, &link.target) else { continue };
        let anchor = link.target.find('#').map_or("", |i| &link.target[i..]);
        let path = written_path(page.document.path.as_str(), to.as_str()) + anchor;
        let message = format!("`{}` is an old address; the page is now `{to}`", link.target);
        let mut finding = out.at(link.span, message).help(format!("Write `{path}`."));
        if let Some(span) = link.target_span {
            finding = finding.fix(span, path);
        }
        out.push(finding);
    }
}
