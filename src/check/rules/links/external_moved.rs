//! `external-moved`: a page of another site that has a new address for good.

use crate::check::external::{self, Answer};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::{Severity, code};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::EXTERNAL_MOVED,
    group: Group::Links,
    severity: Severity::Note,
    title: "A page of another site that has moved",
    explanation: "The other site answers that the page has a new address for good (301 or 308). The old one still leads \
        there, but not for ever. Write the new one. Asked only by `guidepost check --external`.",
    bad: "[The rule](https://example.gov/old)\n",
    good: "[The rule](https://example.gov/new)\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    external::each(site, |address, answer, path, span| {
        let Answer::Moved(to) = answer else { return };
        let message = format!("`{address}` has moved for good");
        out.push(out.in_file(path, span, message).help(format!("Write `{to}`, if it shows what you mean.")));
    });
}
