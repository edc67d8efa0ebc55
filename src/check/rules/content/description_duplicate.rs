//! `description-duplicate`: Two pages with the same description.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;
use crate::site::is_copy;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::DESCRIPTION_DUPLICATE,
    group: Group::Content,

    title: "Two pages with the same description",
    explanation: "The description tells readers which of two search results to open. Copied from page to page it tells nothing.",
    bad: "---\ndescription: Information for parents.\n---\n",
    good: "---\ndescription: What to ask at your first meeting.\n---\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let mut first = BTreeMap::new();
    // Of a page and a copy that a program made of it, the copy is the one too many.
    let (copies, pages): (Vec<_>, Vec<_>) =
        site.pages().into_iter().partition(|page| is_copy(page.document.path.as_str()));
    let from = pages.len();
    for (number, page) in pages.into_iter().chain(copies).enumerate() {
        let summary = &page.document.summary;
        let text = summary.description.as_deref().unwrap_or("").trim().to_lowercase();
        if text.is_empty() {
            continue;
        }
        let span = summary.spans.get("description").copied().unwrap_or_default();
        let (path, at) =
            &*first.entry((page.document.lang.clone(), text)).or_insert((&page.document.path, span));
        if *path == &page.document.path {
            continue;
        }
        let finding =
            out.in_file(&page.document.path, span, format!("this description is also that of `{path}`"));
        let finding = finding.help(match number < from {
            true => "Say what is special about this page.",
            false => "By its name this file is a copy: delete it, or say what is special about this page.",
        });
        out.push(finding.label(path, *at, "the same description"));
    }
}
