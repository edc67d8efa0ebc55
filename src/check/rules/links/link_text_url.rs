//! `link-text-url`: an address as the text of a link.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LINK_TEXT_URL,
    group: Group::Links,
    severity: Severity::Warning,
    wcag: Some("2.4.4 Link Purpose (In Context) (A)"),
    title: "An address as the text of a link",
    explanation: "A screen reader spells an address out, letter by letter, and on paper it breaks the line. Write the name \
        of the page; the print version adds the address by itself. An address that stands in the text without any brackets is a \
        link of this kind too. A short name such as `cpsc.gov` is fine.",
    bad: "See <https://www.cpsc.gov/Safety-Education/Magnets>.\n",
    good: "See [the federal page on magnets](https://www.cpsc.gov/Safety-Education/Magnets).\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for link in &page.links {
        let text = page.link_text(link);
        let starts = |p: &str| text.get(..p.len()).is_some_and(|s| s.eq_ignore_ascii_case(p));
        let address = starts("http://") || starts("https://") || starts("www.") && text.contains('/');
        if !address {
            continue;
        }
        let source = page.input.text;
        let begins = link.span.start as usize;
        let typed = source.get(begins..).is_some_and(|at| !at.starts_with(['<', '[']));
        // Names that the internet keeps for examples stand in texts on how to write links.
        let host = text.split("://").last().unwrap_or("").split(['/', '?', '#', ':']).next().unwrap_or("");
        if typed
            && ["example.com", "example.org", "example.net", "localhost"].iter().any(|e| host.ends_with(e))
        {
            continue;
        }
        let split = typed && source.get(..begins).is_some_and(|before| before.ends_with("] ("));
        let help = if split {
            "Take out the space between `]` and `(`: then the text before it is the link."
        } else {
            "Write the name of the page, such as `[Parent rights](https://…)`."
        };
        out.push(out.at(link.span, format!("the text of this link is an address: `{text}`")).help(help));
    }
}
