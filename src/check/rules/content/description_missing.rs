//! `description-missing`: a page that does not say what it is about.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::DESCRIPTION_MISSING,
    group: Group::Content,
    title: "A page without a description",
    explanation: "The description stands on cards, in search and in what people share. Without it they show the first words of \
        the page, cut anywhere. One plain sentence of 60 to 150 characters.",
    bad: "---\ntitle: In the classroom\n---\n",
    good: "---\ntitle: In the classroom\ndescription: The teacher helps your child during real class work.\n---\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let described = page.summary().description.as_ref().is_some_and(|d| !d.trim().is_empty());
    if !described && !page.summary().draft {
        let help = "Add `description: …` to the front matter: one plain sentence of 60 to 150 characters.";
        out.push(out.at(page.key_span("title"), "this page has no description").help(help));
    }
}
