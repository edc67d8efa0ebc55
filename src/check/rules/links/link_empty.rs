//! `link-empty`: a link without any text.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::address::{self, Address};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LINK_EMPTY,
    group: Group::Links,
    severity: Severity::Error,
    wcag: Some("2.4.4 Link Purpose (In Context) (A)"),
    title: "A link without text",
    explanation: "A screen reader says only \"link\", and on the page stands a bare address. Write between the square \
        brackets what the reader will find. If an image is the link, its description in `![...]` is the text. (A link to a \
        page of the site may be empty: it is shown with the title of the page.)",
    bad: "[](https://www.cpsc.gov/)\n",
    good: "[The product safety office](https://www.cpsc.gov/)\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for link in &page.links {
        let has_alt = link.image_alt.as_ref().is_some_and(|alt| !alt.trim().is_empty());
        if !page.link_text(link).is_empty() || has_alt {
            continue;
        }
        // A link to a page or heading of the site is shown with its title, also to one that Guidepost makes.
        let titled = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            !name.trim_matches('.').contains('.') || name.ends_with(".md") || name.ends_with(".html")
        };
        if link.raw.is_none()
            && link.image_alt.is_none()
            && matches!(address::of(&link.target), Address::Local(path) if titled(path))
        {
            continue;
        }
        let message = format!("the link to `{}` has no text", link.target);
        let help = match link.raw {
            Some(_) => "Write between `<a …>` and `</a>` what the reader will find there.",
            None => "Write between the square brackets what the reader will find there.",
        };
        out.push(out.at(link.span, message).help(help));
    }
}
