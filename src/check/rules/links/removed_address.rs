//! `removed-address`: an address that was published and is gone.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::REMOVED_ADDRESS,
    group: Group::Links,
    severity: crate::diag::Severity::Error,
    title: "A published address that leads nowhere now",
    explanation: "Handouts, bookmarks and QR codes on paper live for years. `urls.lock` lists every address that was once \
        published; each must still be a page or send readers on. Add the old address to the `aliases` of the page that took \
        its place. If it may really go, delete its line in `urls.lock`.",
    bad: "delivery/push-in.html\n",
    good: "---\ntitle: In the classroom\naliases: [delivery/push-in.html]\n---\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let Some((path, published)) = site.published() else { return };
    for line in published.iter().filter(|p| !site.has_address(&p.address)) {
        let message = format!("`{}` was published once, and leads nowhere now", line.address);
        let help = "Add it to the `aliases` of the page that took its place.";
        out.push(out.in_file(&path, line.span, message).help(help));
    }
}
