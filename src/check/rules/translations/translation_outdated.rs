//! `translation-outdated`: the original has changed since.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TRANSLATION_OUTDATED,
    group: Group::Translations,
    title: "A translation that is older than its original",
    explanation: "`translated_from` holds a fingerprint of the text that was translated. It no longer fits: something in the \
        original has changed. Compare the two, mend the translation, then stamp it with `guidepost translations --mark`.",
    bad: "---\ntitle: Objetivos\ntranslated_from: 0000000000000000\n---\n",
    good: "guidepost translations --mark es/parents/goals.md\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let pages = site.pages();
    let default = site.config().default_language();
    let originals: BTreeMap<&str, _> = pages
        .iter()
        .filter(|p| &*p.document.lang == default)
        .map(|p| (&*p.document.logical, p.document))
        .collect();
    for page in pages.iter().filter(|p| &*p.document.lang != default) {
        let summary = &page.document.summary;
        let Some(from) = summary.translated_from.as_deref() else { continue };
        let Some(original) = originals.get(&*page.document.logical) else { continue };
        let now = original.summary.text_fingerprint.to_string();
        if !from.is_empty() && now.starts_with(&from.to_lowercase()) {
            continue;
        }
        let span = summary.spans.get("translated_from").copied().unwrap_or_default();
        let message = format!("`{}` has changed since this was translated", original.path);
        let inner = page.document.path.as_str();
        let inner = inner.strip_prefix("content/").unwrap_or(inner);
        let help =
            format!("Compare the two, mend this page, then run `guidepost translations --mark {inner}`.");
        out.push(out.in_file(&page.document.path, span, message).help(help));
    }
}
