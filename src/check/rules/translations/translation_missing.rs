//! `translation-missing`: a page that a language lacks.

use super::SHARE;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::Severity;
use crate::diag::code;
use crate::source::SourcePath;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TRANSLATION_MISSING,
    group: Group::Translations,
    title: "A page that is not translated",
    explanation: "Readers of the other language get the page in the main language, with a notice. Families who do not read it \
        are left out. Once most pages of a language are there, each gap is reported; before, one note says how far it is.",
    bad: "content/parents/goals.md exists, content/es/parents/goals.md does not.\n",
    good: "Both exist.\n",
    limits: &[SHARE],
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let pages = site.pages();
    let default = site.config().default_language();
    let originals: Vec<_> = pages.iter().filter(|p| &*p.document.lang == default).collect();
    for language in site.config().languages.iter().skip(1) {
        let translated: BTreeSet<&str> = pages
            .iter()
            .filter(|p| *p.document.lang == language.code)
            .map(|p| &*p.document.logical)
            .collect();
        let missing: Vec<_> =
            originals.iter().filter(|p| !translated.contains(&*p.document.logical)).collect();
        let done = originals.len() - missing.len();
        if missing.is_empty() {
            continue;
        }
        if (done as f64) < out.limit(SHARE.name) * originals.len() as f64 {
            let message =
                format!("{} of {} pages are translated into {}", done, originals.len(), language.name);
            let mut finding = out.site(message).help("See them with `guidepost translations`.");
            finding.severity = Severity::Note;
            out.push(finding);
            continue;
        }
        for page in missing {
            let there = format!("content/{}/{}", language.code, page.document.logical);
            // One that is a draft, or has a mistake, is there: why it waits is told elsewhere.
            if SourcePath::new(&there).is_ok_and(|path| site.is_waiting(&path)) {
                continue;
            }
            let span = page.document.summary.spans.get("title").copied().unwrap_or_default();
            let message = format!("this page is not translated into {}", language.name);
            let help = format!("Write it as `{there}`.");
            out.push(out.in_file(&page.document.path, span, message).help(help));
        }
    }
}
