//! `link-text-url`: an address as the text of a link.

use crate::check::page::{CODE, Page};
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
        of the page; the print version adds the address by itself. An address without brackets around it is not even a link: nobody \
        can press it. A short name such as `cpsc.gov` is fine.",
    bad: "See <https://www.cpsc.gov/Safety-Education/Magnets>.\n",
    good: "See [the federal page on magnets](https://www.cpsc.gov/Safety-Education/Magnets).\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let help = "Write the name of the page, such as `[Parent rights](https://…)`.";
    for link in &page.links {
        let text = page.link_text(link);
        let starts = |p: &str| text.get(..p.len()).is_some_and(|s| s.eq_ignore_ascii_case(p));
        let address = starts("http://") || starts("https://") || starts("www.") && text.contains('/');
        if address {
            out.push(out.at(link.span, format!("the text of this link is an address: `{text}`")).help(help));
        }
    }
    for at in memchr::memmem::find_iter(page.flat.as_bytes(), "://") {
        let before = page.flat.get(..at).unwrap_or("");
        let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let rest = page.flat.get(at..).unwrap_or("");
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | CODE)).unwrap_or(rest.len());
        let end = at + rest[..end].trim_end_matches(['.', ',', ';', ':', ')', ']', '!', '?', '*', '”', '’']).len();
        let range = (at - word.len()) as u32..end as u32;
        let linked = page.is_linked(&range);
        // Names that the internet keeps for examples stand in texts on how to write links.
        let host = page.flat.get(at + 3..end).unwrap_or("").split(['/', '?', '#', ':']).next().unwrap_or("");
        let shown = ["example.com", "example.org", "example.net", "localhost"].iter().any(|e| host.ends_with(e));
        if !shown && !linked && end > at + 3 && (word.eq_ignore_ascii_case("http") || word.eq_ignore_ascii_case("https")) {
            let message = format!("`{}` is no link: nobody can press it", page.flat_text(&range));
            let before = page.flat.get(..range.start as usize).unwrap_or("");
            let split = before.ends_with("] (");
            let help = if split { "Take out the space between `]` and `(`: then it is one." } else { help };
            out.push(out.at(page.span(range), message).help(help));
        }
    }
}
