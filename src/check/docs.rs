//! The words on each rule, for `check --explain` and for the manual: both from the rule itself.

use super::rule::{Group, RuleInfo};
use super::rules::rules;
use crate::diag::{Code, Severity};
use std::fmt::Write as _;

/// What `check --explain code` prints, in markdown; none when there is no such code.
pub fn explain(code: &str) -> Option<String> {
    let code = Code::named(code)?;
    match rules().iter().find(|rule| rule.code == code) {
        Some(rule) => Some(entry(rule, 1)),
        None => Some(format!("# {code}\n\n{}\n", code.about())),
    }
}

/// The chapter of the manual on all rules, in markdown.
pub fn manual() -> String {
    let mut text = String::from(
        "# What the check looks for\n\nLevels and limits are set in `site.yaml` under `checks`. \
         `<!-- check: allow name -->` silences one check for the next block.\n",
    );
    let mut last: Option<Group> = None;
    let mut sorted: Vec<&RuleInfo> = rules().iter().collect();
    sorted.sort_by_key(|r| (r.group, r.code));
    for rule in sorted {
        if last != Some(rule.group) {
            let name = rule.group.name();
            let (first, rest) = name.split_at(1);
            let _ = write!(text, "\n## {}{rest}\n", first.to_uppercase());
            last = Some(rule.group);
        }
        let _ = write!(text, "\n{}", entry(rule, 3));
    }
    text
}

fn entry(rule: &RuleInfo, level: usize) -> String {
    let hashes = "#".repeat(level);
    let mut text = format!("{hashes} {}\n\n{}\n\n", rule.code, rule.title);
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let _ = writeln!(text, "- Usual level: {severity}");
    match (rule.wcag, rule.group) {
        (Some(wcag), _) => writeln!(text, "- WCAG 2.2: {wcag}").unwrap_or(()),
        (None, Group::Accessibility) => {
            writeln!(text, "- Good practice; no WCAG criterion fails by it alone").unwrap_or(())
        }
        _ => {}
    }
    if rule.fixable {
        let _ = writeln!(text, "- `guidepost check --fix` can mend it");
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
    text
}
