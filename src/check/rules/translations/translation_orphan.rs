//! `translation-orphan`: a translation of nothing.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::{Near, code};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TRANSLATION_ORPHAN,
    group: Group::Translations,
    title: "A translation without its original",
    explanation: "The page has no counterpart of the same path in the main language: perhaps that was renamed or deleted. Move \
        the translation to the new path, or delete it. A page meant for one language only may allow this check.",
    bad: "content/es/parents/metas.md exists, content/parents/metas.md does not.\n",
    good: "content/es/parents/goals.md and content/parents/goals.md exist.\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let pages = site.pages();
    let default = site.config().default_language();
    let originals: BTreeSet<&str> =
        pages.iter().filter(|p| &*p.document.lang == default).map(|p| &*p.document.logical).collect();
    let near = OnceCell::new();
    let alone = |logical: &str| !originals.contains(logical) && !site.is_left_out(logical);
    for page in pages.iter().filter(|p| &*p.document.lang != default && alone(&p.document.logical)) {
        let span = page.document.summary.spans.get("title").copied().unwrap_or_default();
        let message = format!("there is no `content/{}` that this page translates", page.document.logical);
        let (names, near) = near.get_or_init(|| {
            let names: Vec<&str> = originals.iter().copied().collect();
            (names.clone(), Near::new(names))
        });
        let close = near.closest(&page.document.logical).and_then(|number| names.get(number));
        let help = match close {
            Some(close) => format!("Give it the path of its original, such as `{close}`, or delete it."),
            None => "Give it the path of its original, or delete it.".to_owned(),
        };
        out.push(out.in_file(&page.document.path, span, message).help(help));
    }
}
