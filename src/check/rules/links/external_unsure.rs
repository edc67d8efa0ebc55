//! `external-unsure`: another site that does not talk to programs.

use crate::check::external::{self, Answer};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::{Severity, code};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::EXTERNAL_UNSURE,
    group: Group::Links,
    severity: Severity::Note,
    title: "A link that only a person can try",
    explanation: "Some sites answer people but not programs (401, 403, 429), or take too long. The link may be right. Open it \
        in a browser once. Asked only by `guidepost check --external`.",
    bad: "[The journal](https://journal.example.org/paper), which answers 403 to a program\n",
    good: "The same link, tried by a person.\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    external::each(site, |address, answer, path, span| {
        let what = match answer {
            Answer::Refused(status) => format!("does not answer a program (the answer is {status})"),
            Answer::Slow => "takes too long to answer".to_owned(),
            _ => return,
        };
        out.push(out.in_file(path, span, format!("`{address}` {what}")).help("Open it in a browser once."));
    });
}
