//! `heading-one`: a `#` heading in the body.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HEADING_ONE,
    group: Group::Accessibility,
    title: "A second title",
    explanation: "The `title` of the front matter is the one heading of level 1. A `#` in the body makes a second title, and \
        screen readers announce two pages in one. Begin with `##`; if the `#` line says the same as the title, delete it.",
    bad: "# In the classroom\n\nThe teacher comes to your child.\n",
    good: "## In the classroom\n\nThe teacher comes to your child.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for heading in page.headings.iter().filter(|h| h.level == 1) {
        let text = page.shown(&heading.flat);
        let same = text.eq_ignore_ascii_case(page.summary().title.trim());
        let help = if same {
            "Delete this line: the title is shown already."
        } else {
            "Write `##`, and one `#` more in the headings below it."
        };
        out.push(out.at(heading.span, format!("\"{text}\" is a second title")).help(help));
    }
}
