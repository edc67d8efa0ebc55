//! `html-id`: two things of one id. Found by the parser, which gives the id to the first.

use crate::check::rule::{Check, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HTML_ID,
    group: Group::Accessibility,
    wcag: Some("4.1.2 Name, Role, Value (A)"),
    title: "An id that stands twice on a page",
    explanation: "An id names one thing on a page. Links and labels that name it reach only the first, which keeps it; a heading has an id too, \
        made of its words. Give the HTML another id, or none.",
    bad: "## Dates\n\n<div id=\"dates\">May 4</div>\n",
    good: "## Dates\n\n<div id=\"spring-dates\">May 4</div>\n",
    check: Check::Parse,
    ..RuleInfo::DEFAULT
};
