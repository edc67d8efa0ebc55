//! `notice` in `site.yaml`: what is shown on top of every page, from one day until another.
//!
//! A notice is a text, a text for each language, or a group of `text`, `from` and `until`; there may be a list of them.

use super::keys;
use super::table::{Report, Table, localized};
use super::yaml::{Node, NodeValue};
use crate::diag::code;
use crate::schema::{Localized, scalar};
use crate::source::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A notice for every page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What it says.
    pub text: Localized,
    /// The first day on which it is shown.
    pub from: Option<Date>,
    /// The last day on which it is shown.
    pub until: Option<Date>,
    /// Where it stands in `site.yaml`.
    pub span: Span,
}

impl Notice {
    /// Whether it is shown on that day.
    pub fn is_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && !self.is_over(day)
    }

    /// Whether its last day is gone.
    pub fn is_over(&self, day: Date) -> bool {
        self.until.is_some_and(|until| until < day)
    }
}

/// Reads the notices; of a moment, the day counts that it is then in `zone`.
pub(super) fn read(node: &Node, zone: Option<&str>, report: &mut Report<'_>) -> Vec<Notice> {
    let one = std::slice::from_ref(node);
    let items: &[Node] = match &node.value {
        NodeValue::List(items) => items,
        _ => one,
    };
    items.iter().filter_map(|item| notice(item, zone, report)).collect()
}

fn notice(node: &Node, zone: Option<&str>, report: &mut Report<'_>) -> Option<Notice> {
    let is_group = node.as_map().is_some_and(|entries| {
        entries.iter().any(|(key, _)| keys::NOTICE.iter().any(|known| known.name == key.text))
    });
    if !is_group {
        let text = localized("notice", node, report)?;
        return Some(Notice { text, span: node.span, ..Notice::default() });
    }
    let told = report.diagnostics.len();
    let table = Table::new("`notice`", keys::NOTICE, node, report);
    let text = table.localized("text", report);
    let mut day = |name: &'static str| table.checked(name, report, |text| scalar::day_in(text, zone));
    let (from, until) = (day("from"), day("until"));
    let until_at = table.get("until").map_or(node.span, |node| node.span);
    table.finish(report);
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        let message = format!("the notice ends on {until}, before it begins on {from}");
        report.error(code::BAD_CONFIG, until_at, message, "write a later day after `until:`");
    }
    let Some(text) = text else {
        if report.diagnostics.len() == told {
            let help = "add a line text: and what families are to read";
            report.error(code::MISSING_FIELD, node.span, "the notice has no text", help);
        }
        return None;
    };
    Some(Notice { text, from, until, span: node.span })
}
