//! `external-broken`: a link to a page of another site that is gone.

use crate::check::external::{self, Answer};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::EXTERNAL_BROKEN,
    group: Group::Links,
    title: "A link to another site that leads nowhere",
    explanation: "Pages of other sites move and go. `guidepost check --external` asks each address that your pages link to; \
        nothing is asked without it. An answer \"not found\" (404 or 410), a server that fails, and a name that does not \
        exist are reported, after several tries. Search for the new address, or take the link out.",
    bad: "[The magnet law](https://www.example.gov/old-page)\n",
    good: "[The magnet law](https://www.example.gov/new-page)\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    external::each(site, |address, answer, path, span| {
        let what = match answer {
            Answer::Gone(404) => "is not there any more (the answer is 404)".to_owned(),
            Answer::Gone(status) => format!("is not there any more (the answer is {status})"),
            Answer::Failing(status) => format!("fails on its own side (the answer is {status})"),
            Answer::Unreachable(why) => format!("cannot be reached: {why}"),
            _ => return,
        };
        let help =
            "Open it in a browser. If it is gone there too, link to its new address or take the link out.";
        out.push(out.in_file(path, span, format!("`{address}` {what}")).help(help));
    });
}
