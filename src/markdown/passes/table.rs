//! Tables: a wrapper that can scroll, header cells with their scope, alignment by class.

use crate::markdown::writer::Writer;
use pulldown_cmark::Alignment;

/// The table being written; tables do not nest.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Table {
    alignments: Vec<Alignment>,
    /// Texts of the header cells, escaped: a phone shows each cell with the name of its column.
    labels: Vec<String>,
    column: usize,
    in_head: bool,
    in_body: bool,
    /// Where the open cell's tag starts and its text begins.
    cell: (usize, usize),
    /// The level of raw HTML in the open cell; 0 outside cells.
    pub cell_level: u32,
}

impl Writer<'_> {
    pub(in crate::markdown) fn table(&mut self, alignments: Vec<Alignment>) {
        // From three columns on a row does not fit a phone: the theme stacks its cells.
        let stack = alignments.len() >= 3;
        self.table = Table { alignments, ..Table::default() };
        self.out.push(if stack {
            "<div class=\"table stack\"><table>\n"
        } else {
            "<div class=\"table\"><table>\n"
        });
    }

    pub(in crate::markdown) fn table_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.out.push("<thead><tr>");
    }

    pub(in crate::markdown) fn table_row(&mut self) {
        if !std::mem::replace(&mut self.table.in_body, true) {
            self.table.in_head = false;
            self.out.push("<tbody>\n");
        }
        self.table.column = 0;
        self.out.push("<tr>");
    }

    pub(in crate::markdown) fn table_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.table.column += 1;
        let start = self.out.html.len();
        self.out.push(if self.table.in_head { "<th scope=\"col\"" } else { "<td" });
        self.out.push(class);
        let column = self.table.column - 1;
        if let Some(label) = self.table.labels.get(column).filter(|l| !self.table.in_head && !l.is_empty()) {
            self.out.html.push_str(" data-label=\"");
            self.out.html.push_str(label);
            self.out.html.push('"');
        }
        self.out.push(">");
        self.table.cell = (start, self.out.html.len());
        self.table.cell_level = self.level();
    }

    pub(in crate::markdown) fn table_cell_end(&mut self) {
        self.words += 1;
        self.table.cell_level = 0;
        if self.table.in_head && self.table.alignments.len() >= 3 {
            let label = plain(self.out.html.get(self.table.cell.1..).unwrap_or(""));
            self.table.labels.push(label);
        }
        if !self.table.in_head {
            self.out.push("</td>");
        } else if self.out.html.len() == self.table.cell.1 {
            // A header cell without a text names no column.
            self.out.html.truncate(self.table.cell.0);
            self.out.push("<td></td>");
        } else {
            self.out.push("</th>");
        }
    }

    pub(in crate::markdown) fn table_end(&mut self) {
        self.words -= 1;
        self.out.push(if self.table.in_body { "</tbody></table></div>\n" } else { "</table></div>\n" });
    }
}

/// The text of escaped HTML without its tags, fit for an attribute.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            '"' if !in_tag => text.push_str("&quot;"),
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text
}
