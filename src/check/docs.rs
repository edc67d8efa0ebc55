//! The words on each rule, for `check --explain` and for the manual: both from the rule itself.

use super::rule::{Check, Group, RuleInfo};
use super::rules::rules;
use crate::diag::{Code, Severity, code};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What `check --explain code` prints, in markdown; none when there is no such code.
pub fn explain(code: &str) -> Option<String> {
    let code = Code::named(code)?;
    match rules().iter().find(|rule| rule.code == code) {
        Some(rule) => Some(format!("# {code}\n\n{}\n\n{}", rule.title, entry(rule))),
        None => Some(format!("# {code}\n\n{}\n", code.about())),
    }
}

/// What a code is about, in a few sentences.
pub fn about(code: Code) -> &'static str {
    rules().iter().find(|rule| rule.code == code).map_or_else(|| code.about(), |rule| rule.explanation)
}

impl Group {
    /// All groups, in the order of the manual.
    const ALL: [Group; 8] = [
        Group::Lost,
        Group::Links,
        Group::Accessibility,
        Group::Language,
        Group::Translations,
        Group::Review,
        Group::Privacy,
        Group::Content,
    ];

    /// Its title and what it is about, for the manual.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Group::Lost => (
                "Lost text",
                "What is typed and does not come out. Text that vanishes, and marks that families read.",
            ),
            Group::Links => (
                "Links and addresses",
                "Links that say where they lead, addresses that last, pages that can be reached.",
            ),
            Group::Accessibility => (
                "Accessibility",
                "What makes a page work for people who do not see, hear or point as others do.",
            ),
            Group::Language => {
                ("Plain language", "Reading level, long sentences, acronyms, promises and brand names.")
            }
            Group::Translations => {
                ("Translations", "What is missing, out of date or left over in other languages.")
            }
            Group::Review => ("Review", "Pages and facts that should be looked at again."),
            Group::Privacy => {
                ("Privacy", "What must not be published, and what would tell others who reads.")
            }
            Group::Content => ("Content", "Titles, descriptions, terms, citations and safety notes."),
        }
    }
}

/// The pages of the manual on the rules, by file name in its folder: a list of all, a page for each group, a page for
/// each rule. A test holds the manual to them.
pub fn manual() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let mut all = String::from(
        "---\ntitle: What the check looks for\n\
         description: Every rule on lost text, links, accessibility, plain language, translations, review, privacy and content.\n\
         nav_title: Rules\norder: 5\n---\n\
         These are the rules of `guidepost check` beyond [plain mistakes](../problems.md). Each has a name, a usual \
         level, an explanation and an example.\n\n\
         You set the level of each, and the limits, in [`site.yaml`](../settings.md#checks). To allow a thing once, \
         see [checking](../checking.md#allow-it-once).\n",
    );
    for (number, group) in Group::ALL.into_iter().enumerate() {
        let (title, about) = group.words();
        let name = group.name();
        let mut sorted: Vec<&RuleInfo> = rules().iter().filter(|r| r.group == group).collect();
        sorted.sort_by_key(|r| r.code);
        let small = decapitalized(title);
        let _ = write!(
            all,
            "\n## {title}\n\n{about} See [the rules on {small}]({name}/index.md).\n\n{}",
            table(&sorted, &format!("{name}/"))
        );
        let section = format!(
            "---\ntitle: \"Rules: {small}\"\ndescription: {about}\nnav_title: {title}\norder: {}\n\
             aliases: [site/rules/{name}.html]\n---\n{about}\n\n{}",
            number + 1,
            table(&sorted, "")
        );
        pages.insert(format!("{name}/index.md"), section);
        for rule in sorted {
            pages.insert(format!("{name}/{}.md", rule.code), page(rule));
        }
    }
    pages.insert("index.md".to_owned(), all);
    pages
}

fn table(rules: &[&RuleInfo], folder: &str) -> String {
    let mut text = String::from("| Rule | Level | What it finds |\n|---|---|---|\n");
    for rule in rules {
        let code = rule.code;
        let _ = writeln!(text, "| [{code}]({folder}{code}.md) | {} | {} |", level(rule.severity), rule.title);
    }
    text
}

fn page(rule: &RuleInfo) -> String {
    let code = rule.code;
    let mut text = format!(
        "---\ntitle: \"{}\"\nnav_title: {code}\ndescription: \"The rule {code}: {}\"\n---\n",
        rule.title,
        decapitalized(code.about())
    );
    // A page on hard words has to name some.
    if let Some((_, names)) = ALLOWED.iter().find(|(rule, _)| *rule == code.name()) {
        let _ = write!(text, "<!-- check: allow {names} -->\n\n");
    }
    let _ = write!(text, "`{code}`: {}.\n\n{}", decapitalized(rule.title), entry(rule));
    text
}

/// What the page of a rule may do because it speaks of it.
const ALLOWED: &[(&str, &str)] = &[
    ("brand-name", "brand-name"),
    ("claim-word", "claim-word"),
    ("image-moving", "acronym-unexplained"),
    ("reading-level", "reading-level"),
    ("section-level", "reading-level"),
];

fn decapitalized(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    // "HTML" and "WCAG" stay.
    if chars.clone().next().is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.to_lowercase().chain(chars).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn entry(rule: &RuleInfo) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "- Usual level: {}", level(rule.severity));
    match (rule.wcag, rule.group) {
        (Some(wcag), _) => {
            let _ = writeln!(text, "- WCAG 2.2: {wcag}");
        }
        (None, Group::Accessibility) => {
            text.push_str("- Good practice; no WCAG criterion fails by it alone\n");
        }
        _ => {}
    }
    if rule.fixable {
        text.push_str("- `guidepost check --fix` can mend it\n");
    }
    for limit in rule.limits {
        let _ = writeln!(text, "- Limit `{}`: {} ({})", limit.name, limit.about, limit.default);
    }
    let _ = write!(text, "\n{}\n", rule.explanation);
    for (title, example) in [("Reported", rule.bad), ("Better", rule.good)] {
        if !example.is_empty() {
            let _ = write!(text, "\n{title}:\n\n````markdown\n{}\n````\n", example.trim_end());
        }
    }
    let in_pages =
        ![code::REMOVED_ADDRESS, code::LABEL_UNTRANSLATED, code::TEXT_UNTRANSLATED].contains(&rule.code);
    if in_pages && !matches!(rule.check, Check::Asset(_) | Check::Settle) {
        let _ = write!(
            text,
            "\nTo allow it once, write `<!-- check: allow {} -->` before it; to set its level, write \
             `{}: note` under `checks: levels:` in `site.yaml`.\n",
            rule.code, rule.code
        );
    }
    text
}
