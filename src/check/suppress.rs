//! `<!-- check: allow code -->`: what a page allows, and the report of an allow that allows nothing.
//!
//! Before the first block an allow holds for the whole page, else for the next block, list, table or
//! container. [`apply_suppressions`] runs once over the problems of all layers, so that an allow works for whatever found them.

use super::rule::{Check, Findings, Group, RuleInfo};
use crate::config::Checks;
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::document::Allow;
use crate::source::{SourcePath, Span};
use std::collections::{BTreeMap, BTreeSet};

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

/// Faults that two stages see: the first code says more than the others, at the same place.
const SUPERSEDES: &[(Code, &[Code])] = &[
    (code::LINK_TO_REDIRECT, &[code::BROKEN_LINK, code::BROKEN_ANCHOR]),
    (code::TERM_DEFINED_TWICE, &[code::DUPLICATE_TERM]),
    (code::REMOTE_RESOURCE, &[code::MISSING_IMAGE]),
    (code::HTML_STYLE, &[code::HTML_DROPPED]),
    (code::ALIAS_COLLISION, &[code::ADDRESS_COLLISION]),
    (
        code::FRONT_MATTER_AS_TEXT,
        &[
            code::MISSING_FIELD,
            code::INVISIBLE_CHARACTER,
            code::TYPED_BULLETS,
            code::LOST_HEADING,
            code::BOLD_AS_HEADING,
            code::FOREIGN_MARKUP,
        ],
    ),
    (
        code::MERGE_MARK,
        &[
            code::FOREIGN_MARKUP,
            code::HEADING_ONE,
            code::HEADING_LONG,
            code::HEADING_SKIP,
            code::LOST_HEADING,
            code::ACRONYM_UNEXPLAINED,
            code::LONG_SENTENCE,
        ],
    ),
    (
        code::FOREIGN_MARKUP,
        &[
            code::BROKEN_LINK,
            code::BROKEN_ANCHOR,
            code::MISSING_IMAGE,
            code::UNSAFE_LINK,
            code::RAW_HTML,
            code::CONTAINER_FENCE,
            code::ACRONYM_UNEXPLAINED,
        ],
    ),
    (code::LINK_AS_TEXT, &[code::BROKEN_LINK, code::MISSING_IMAGE, code::UNSAFE_LINK]),
    (code::UNFINISHED_TEXT, &[code::ACRONYM_UNEXPLAINED]),
    (code::TYPED_BULLETS, &[code::FOREIGN_MARKUP, code::MARK_WITHOUT_SPACE]),
    (code::TABLE_AS_TEXT, &[code::LOST_HEADING, code::HEADING_LONG]),
    (code::CONTAINER_AS_TEXT, &[code::CONTAINER_FENCE]),
    (code::INVISIBLE_CHARACTER, &[code::CONTAINER_FENCE, code::UNKNOWN_COMPONENT]),
    (code::MARK_WITHOUT_SPACE, &[code::MARK_UNBALANCED]),
];

/// Whether one names the two places of the other the other way round: "A is like B", "B is like A".
fn mirrors(one: &Diagnostic, other: &Diagnostic) -> bool {
    let turned = |a: &Diagnostic, b: &Diagnostic| {
        a.labels.first().is_some_and(|l| Some(&l.path) == b.path.as_ref() && l.span.start == b.span.start)
    };
    turned(one, other) && turned(other, one)
}

/// Things at places of one file, found by place: a page may have as many as it has words.
struct Spans<T> {
    /// Sorted by where they begin.
    list: Vec<(Span, T)>,
    /// The last end of those up to each.
    ends: Vec<u32>,
}

impl<T: Copy> Spans<T> {
    fn new(mut list: Vec<(Span, T)>) -> Self {
        list.sort_by_key(|(span, _)| *span);
        let last = |end: &mut u32, (span, _): &(Span, T)| {
            *end = span.end.max(*end);
            Some(*end)
        };
        let ends = list.iter().scan(0, last).collect();
        Spans { list, ends }
    }

    /// What meets `span`: what overlaps it, or begins where it does; at its border only what is nowhere else.
    fn meeting(&self, span: Span) -> impl Iterator<Item = T> {
        let begun = self.list.partition_point(|(other, _)| other.start <= span.end);
        let near = self.list.iter().zip(&self.ends).take(begun).rev();
        let near = near.take_while(move |(_, last)| span.start <= **last);
        let meets = move |a: Span, b: Span| {
            let touch = a.start == a.end || b.start == b.end || a.start == b.start;
            if touch { a.start <= b.end && b.start <= a.end } else { a.start < b.end && b.start < a.end }
        };
        near.filter(move |((other, _), _)| meets(span, *other)).map(|((_, what), _)| *what)
    }
}

/// Leaves out what another problem at the same place says better: an editor reads one message for one fault.
pub fn dedupe_overlapping(found: Vec<Diagnostic>, checks: &Checks) -> Vec<Diagnostic> {
    let speaks = |code: Code| !matches!(checks.levels.get(code.name()), Some(None));
    let mut places: BTreeMap<(Code, &SourcePath), Vec<(Span, &Diagnostic)>> = BTreeMap::new();
    for diagnostic in &found {
        if let Some(path) = &diagnostic.path
            && SUPERSEDES.iter().any(|(more, _)| *more == diagnostic.code)
            && speaks(diagnostic.code)
        {
            places.entry((diagnostic.code, path)).or_default().push((diagnostic.span, diagnostic));
        }
    }
    if places.is_empty() {
        return found;
    }
    let places: BTreeMap<_, _> = places.into_iter().map(|(key, list)| (key, Spans::new(list))).collect();
    let said = |diagnostic: &Diagnostic| {
        let Some(path) = &diagnostic.path else { return false };
        SUPERSEDES.iter().filter(|(_, less)| less.contains(&diagnostic.code)).any(|(more, _)| {
            let turned = diagnostic.labels.first().is_some_and(|label| {
                let there = places.get(&(*more, &label.path));
                there.is_some_and(|there| there.meeting(label.span).any(|other| mirrors(other, diagnostic)))
            });
            let place = |d: &Diagnostic| d.labels.first().map(|l| (l.path.clone(), l.span));
            turned
                || places.get(&(*more, path)).is_some_and(|there| {
                    there.meeting(diagnostic.span).any(|other| {
                        // What is shown as text may hold a real link, with an error of its own.
                        let inner = other.code == code::LINK_AS_TEXT && other.severity > diagnostic.severity;
                        if inner {
                            return false;
                        }
                        let (own, theirs) = (place(diagnostic), place(other));
                        own.is_none() || theirs.is_none() || own == theirs
                    })
                })
        })
    };
    let keep: Vec<bool> = found.iter().map(|d| !said(d)).collect();
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(d, _)| d).collect()
}

/// Applies levels and allows to the problems of all layers, and reports allows that allowed nothing.
///
/// `may_report` says of a code whether its finder has run: an allow for a check that did not run is no fault.
pub fn apply_suppressions<'a>(
    found: Vec<Diagnostic>,
    allows: impl IntoIterator<Item = (&'a SourcePath, &'a [Allow])>,
    checks: &Checks,
    may_report: impl Fn(Code) -> bool,
) -> Vec<Diagnostic> {
    let found = dedupe_overlapping(found, checks);
    let by_path: BTreeMap<&SourcePath, &[Allow]> =
        allows.into_iter().filter(|(_, a)| !a.is_empty()).collect();
    let numbered = |code: &str, allows: &[Allow]| {
        let same = allows.iter().enumerate().filter(|(_, allow)| &*allow.code == code);
        Spans::new(same.map(|(number, allow)| (allow.covers, number)).collect())
    };
    let covers: BTreeMap<(&SourcePath, &str), Spans<usize>> = by_path
        .iter()
        .flat_map(|(path, allows)| {
            let codes: BTreeSet<&str> = allows.iter().map(|allow| &*allow.code).collect();
            codes.into_iter().map(move |code| ((*path, code), numbered(code, allows)))
        })
        .collect();
    let mut used: BTreeMap<&SourcePath, Vec<bool>> =
        by_path.iter().map(|(path, allows)| (*path, vec![false; allows.len()])).collect();
    let mut kept = Vec::with_capacity(found.len());
    for mut diagnostic in found {
        let mut allowed = false;
        if let Some(path) = &diagnostic.path
            && let Some(used) = used.get_mut(path)
            && let Some(covers) = covers.get(&(path, diagnostic.code.name()))
        {
            for number in covers.meeting(Span { end: diagnostic.span.start, ..diagnostic.span }) {
                if let Some(used) = used.get_mut(number) {
                    *used = true;
                }
                allowed = true;
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
