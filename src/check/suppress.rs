//! `<!-- check: allow code -->`: what a page allows, and the report of an allow that allows nothing.
//!
//! Before the first block an allow holds for the whole page, else for the next block, list, table or
//! container. [`settle`] runs once over the problems of all layers, so that an allow works for whatever found them.

use super::rule::{Check, Findings, Group, RuleInfo};
use crate::config::Checks;
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::document::Allow;
use crate::source::SourcePath;
use std::collections::BTreeMap;

/// The rule of this file.
pub const RULE: RuleInfo = RuleInfo {
    code: code::UNUSED_ALLOW,
    group: Group::Content,
    severity: Severity::Warning,
    title: "An allow that allows nothing",
    explanation: "A comment such as `<!-- check: allow claim-word -->` silences one check for the next block (or for \
        the whole page, when it stands before the first block). When the problem is gone, the comment should go too: \
        left in place, it would hide the next problem of that kind.",
    bad: "<!-- check: allow claim-word -->\n\nYour child can ask for a break.\n",
    good: "Your child can ask for a break.\n",
    check: Check::Settle,
    ..RuleInfo::DEFAULT
};

/// Applies levels and allows to the problems of all layers, and reports allows that allowed nothing.
///
/// `may_report` says of a code whether its finder has run: an allow for a check that did not run is no fault.
pub fn settle<'a>(
    found: Vec<Diagnostic>,
    allows: impl IntoIterator<Item = (&'a SourcePath, &'a [Allow])>,
    checks: &Checks,
    may_report: impl Fn(Code) -> bool,
) -> Vec<Diagnostic> {
    let by_path: BTreeMap<&SourcePath, &[Allow]> =
        allows.into_iter().filter(|(_, a)| !a.is_empty()).collect();
    let mut used: BTreeMap<&SourcePath, Vec<bool>> =
        by_path.iter().map(|(path, allows)| (*path, vec![false; allows.len()])).collect();
    let mut kept = Vec::with_capacity(found.len());
    for mut diagnostic in found {
        let mut allowed = false;
        if let Some(path) = &diagnostic.path
            && let (Some(allows), Some(used)) = (by_path.get(path), used.get_mut(path))
        {
            for (allow, used) in allows.iter().zip(used.iter_mut()) {
                let covered =
                    allow.covers.start <= diagnostic.span.start && diagnostic.span.start <= allow.covers.end;
                if &*allow.code == diagnostic.code.name() && covered {
                    *used = true;
                    allowed = true;
                }
            }
        }
        match checks.levels.get(diagnostic.code.name()) {
            _ if allowed => {}
            Some(None) => {}
            Some(Some(level)) => {
                diagnostic.severity = *level;
                kept.push(diagnostic);
            }
            None => kept.push(diagnostic),
        }
    }
    let Some(active) = super::rule::Active::new(&RULE, checks) else { return kept };
    for (path, allows) in by_path {
        let mut findings = Findings::new(&active, Some(path), &mut kept);
        let used = used.get(path).map_or(&[][..], Vec::as_slice);
        for (allow, _) in allows.iter().zip(used).filter(|(_, used)| !**used) {
            // A name that no code has is reported where the comment is read.
            let Some(code) = Code::named(&allow.code) else { continue };
            let off = matches!(checks.levels.get(code.name()), Some(None));
            if off || !may_report(code) {
                continue;
            }
            let message =
                format!("this comment allows `{}`, but there is nothing of the kind here", allow.code);
            let help = "Remove the comment, so that it cannot hide the next problem.";
            findings.push(findings.at(allow.span, message).help(help));
        }
    }
    kept
}
