//! `<!-- check: allow code -->`: what a page allows, and the report of an allow that allows nothing.
//!
//! Before the first block an allow holds for the whole page, else for the next block, list, table or
//! container. [`settle`] runs once over the problems of all layers, so that an allow works for whatever found them.

use super::rule::{Check, Findings, Group, RuleInfo};
use crate::config::Checks;
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::source::{SourcePath, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

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

/// One code that a comment allows, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allow {
    /// The name of the code as written.
    pub code: String,
    /// The comment.
    pub span: Span,
    /// The stretch of the file in which it is allowed.
    pub covers: Span,
}

/// Reads comments while a page is walked.
#[derive(Debug, Default)]
pub(super) struct Comments {
    begun: bool,
    settled: usize,
    /// Containers that are open, each with the allows that cover it.
    containers: Vec<Range<usize>>,
}

impl Comments {
    /// A comment at `range`.
    pub fn read(&mut self, source: &str, range: Range<u32>, whole: u32, allows: &mut Vec<Allow>) {
        let inside = source.trim_start_matches("<!--").trim_end_matches("-->").trim();
        let Some(rest) = inside.strip_prefix("check:") else { return };
        let mut words = rest.split([' ', '\t', ',', '\n', '\r']).filter(|w| !w.is_empty());
        if words.next() != Some("allow") {
            return;
        }
        let span = Span::new(range.start as usize, range.end as usize);
        let covers = if self.begun { Span::at(range.start as usize) } else { Span::new(0, whole as usize) };
        for word in words.take_while(|w| !w.starts_with("--")) {
            allows.push(Allow { code: word.to_owned(), span, covers });
        }
        if !self.begun {
            self.settled = allows.len();
        }
    }

    /// A block that ends at `end` begins: the comments before it are about it.
    pub fn block(&mut self, allows: &mut [Allow], end: u32) {
        self.begun = true;
        let waiting = self.settled..allows.len();
        self.settled = allows.len();
        extend(allows, waiting, end);
    }

    /// A container begins.
    pub fn open(&mut self, allows: &mut [Allow], end: u32) {
        let waiting = self.settled..allows.len();
        self.block(allows, end);
        self.containers.push(waiting);
    }

    /// The innermost container ends.
    pub fn close(&mut self, allows: &mut [Allow], end: u32) {
        if let Some(waiting) = self.containers.pop() {
            extend(allows, waiting, end);
        }
    }
}

fn extend(allows: &mut [Allow], which: Range<usize>, end: u32) {
    for allow in allows.get_mut(which).unwrap_or(&mut []) {
        allow.covers.end = allow.covers.end.max(end);
    }
}

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
                if allow.code == diagnostic.code.name() && covered {
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
