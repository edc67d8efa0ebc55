//! `table-header`: header cells without words.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::{Span, html};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TABLE_HEADER,
    group: Group::Accessibility,
    severity: Severity::Warning,
    wcag: Some("1.3.1 Info and Relationships (A)"),
    title: "A table with empty header cells",
    explanation: "A screen reader says the header of the column with each cell: \"Time: 10 minutes\". With an empty header it \
        says only \"10 minutes\". Name every column. (The first cell may be empty when the first column names the rows.) A \
        table without any header is an error.",
    bad: "| | |\n|---|---|\n| Nurse | helps with health |\n",
    good: "| Who | What they do |\n|---|---|\n| Nurse | helps with health |\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for piece in page.html.iter().filter(|piece| piece.source.contains("<t")) {
        let mut tags = html::opened(&piece.source);
        let Some(table) = tags.find(|t| t.is("table")) else { continue };
        let plain = table.value("role").is_none_or(|r| !matches!(r.trim(), "none" | "presentation"));
        // A table that goes on in the next piece cannot be judged.
        let whole = piece.source.to_ascii_lowercase().contains("</table");
        if plain && whole && !tags.any(|t| t.is("th")) {
            let span = Span::new(table.range().start, table.range().end).shifted(piece.span.start as usize);
            let finding = out.at_level(Severity::Error, span, "this table has no header cells (`<th>`)");
            out.push(finding.help("Write it as a markdown table, or make the first cells `<th>`."));
        }
    }
    for table in &page.tables {
        if table.header.iter().all(|(_, empty)| *empty) && !table.header.is_empty() {
            let span = table.header.first().map_or(table.span, |(span, _)| *span);
            let finding = out.at_level(Severity::Error, span, "this table has no header row");
            out.push(finding.help("Name every column in the first line of the table."));
            continue;
        }
        for (span, _) in table.header.iter().skip(1).filter(|(_, empty)| *empty) {
            out.push(
                out.at(*span, "this column has no name")
                    .help("Write in the first line what the column holds."),
            );
        }
    }
}
