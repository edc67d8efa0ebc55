//! `placeholder`: what is still as the starter guide had it.

use crate::check::publish::starter;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::PLACEHOLDER,
    group: Group::Review,
    title: "Still as the starter guide had it",
    explanation: "A new guide has a name, a telephone number and an address that are nobody's, and boxes in which your district is to say \
        how it is there. Families would call that number. This is told once, with how many there are; `guidepost check --publish` \
        lists them all, with all else that is to be done before a guide goes out. In a guide of your own, `<!-- fill in -->` \
        marks a place that is still to be filled in.",
    bad: "district: Your School District\n",
    good: "district: Lakeside Unified School District\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let left = starter::left(site);
    let Some(first) = left.first() else { return };
    let message = match left.len() {
        1 => format!("one place is still to be filled in: {}", first.message),
        n => format!("{n} places are still to be filled in, first of all this one: {}", first.message),
    };
    let help = format!("{} `guidepost check --publish` lists all that is to be done.", first.help);
    out.push(out.in_file(&first.path, first.span, message).help(help));
}
