//! `link-text-vague`: "click here" and its kin.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::wordlists;
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LINK_TEXT_VAGUE,
    group: Group::Links,
    wcag: Some("2.4.4 Link Purpose (In Context) (A)"),
    title: "A link text that does not say where it leads",
    explanation: "Many people go through a page from link to link, by ear or with the Tab key. \"Here\" and \"read more\" \
        tell them nothing. Let the words of the link name the page or the task.",
    bad: "To see who can help, [click here](who-to-ask.md).\n",
    good: "See [who can help](who-to-ask.md).\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let lists = wordlists::of(page.base_lang());
    for link in &page.links {
        let text = page.link_text(link);
        if text.is_empty() || text.len() > 40 {
            continue;
        }
        let plain = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if lists.vague_links.contains(&plain.as_str()) {
            let message = format!("the link text \"{text}\" does not say where the link leads");
            let help = "Use words that name what the reader will find, such as the title of the page.";
            out.push(out.at(link.span, message).help(help));
        }
    }
}
