//! `label-untranslated`: a label that a language lacks.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;
use crate::schema::Localized;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LABEL_UNTRANSLATED,
    group: Group::Translations,
    title: "A label that is not translated",
    explanation: "Labels of kinds, fields and choices, and the site's own title, stand on every page of a language. Give each \
        label all languages: `label: {en: Skill, es: Habilidad}`.",
    bad: "label: {en: Skill}\n",
    good: "label: {en: Skill, es: Habilidad}\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let config = site.config();
    if config.languages.len() < 2 {
        return;
    }
    let mut labels: Vec<(String, &Localized)> = Vec::new();
    for (name, text) in [("title", &config.title), ("description", &config.description), ("district", &config.district)] {
        labels.push((format!("`{name}` in site.yaml"), text));
    }
    for kind in site.kinds().0.values() {
        labels.push((format!("the label of `{}`", kind.name), &kind.label));
        labels.push((format!("the plural of `{}`", kind.name), &kind.plural));
        for field in &kind.fields {
            labels.push((format!("the label of `{}.{}`", kind.name, field.name), &field.label));
            for choice in &field.choices {
                labels.push((format!("the choice `{}` of `{}.{}`", choice.value, kind.name, field.name), &choice.label));
            }
        }
    }
    for language in &config.languages {
        // What was never written at all is not untranslated.
        let lacks = |text: &Localized| !text.is_empty() && text.exact(&language.code).is_none_or(|t| t.trim().is_empty());
        let missing: Vec<&str> = labels.iter().filter(|(_, text)| lacks(text)).map(|(name, _)| name.as_str()).collect();
        if missing.is_empty() {
            continue;
        }
        let mut shown = missing.iter().take(5).copied().collect::<Vec<_>>().join(", ");
        if missing.len() > 5 {
            shown.push_str(&format!(" and {} more", missing.len() - 5));
        }
        let message = format!("not translated into {}: {shown}", language.name);
        out.push(out.site(message).help(format!("Add `{}: …` to each of them.", language.code)));
    }
}
