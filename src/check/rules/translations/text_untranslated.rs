//! `text-untranslated`: a UI string that a language lacks.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;
use crate::source::Span;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TEXT_UNTRANSLATED,
    group: Group::Translations,
    title: "A text of the theme that is not translated",
    explanation: "Buttons, notices and labels of the theme come from `translations/<language>.yaml`. A missing one is shown in \
        the main language, in the middle of a page in another.",
    bad: "# translations/es.yaml lacks `search`, which translations/en.yaml has\n",
    good: "search: Buscar\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let missing = site.missing_texts();
    let mut by_file: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for text in &missing {
        by_file.entry((&text.path, &text.lang)).or_default().push(&text.key);
    }
    for ((path, lang), keys) in by_file {
        let shown = keys.iter().take(8).copied().collect::<Vec<_>>().join(", ");
        let more = if keys.len() > 8 { format!(" and {} more", keys.len() - 8) } else { String::new() };
        let message = format!("texts without a translation into `{lang}`: {shown}{more}");
        out.push(out.in_file(path, Span::default(), message).help("Add each key to this file, with its text. Make the file if it is not there: it lies over the theme's."));
    }
}
