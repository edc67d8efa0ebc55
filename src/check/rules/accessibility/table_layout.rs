//! `table-layout`: a table that only places things.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TABLE_LAYOUT,
    group: Group::Accessibility,
    wcag: Some("1.3.1 Info and Relationships (A)"),
    title: "A table used to place things",
    explanation: "A table is for data in rows and columns. With one column, without rows, or with whole paragraphs in its \
        cells it is a layout. It does not fit a phone, and a screen reader reads it in pieces. Use a list or headings.",
    bad: "| Things to bring |\n|---|\n| Your notes |\n",
    good: "Things to bring:\n\n- Your notes\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for table in &page.tables {
        let what = if table.header.len() == 1 {
            "has one column: it is a list"
        } else if table.rows == 0 {
            "has a header but no rows"
        } else if table.long_cells > 0 && table.long_cells * 2 >= table.filled {
            "holds paragraphs, not data"
        } else {
            continue;
        };
        let start = table.header.first().map_or(table.span, |(span, _)| *span);
        out.push(
            out.at(start, format!("this table {what}")).help("Use a list, or headings with text below them."),
        );
    }
}
