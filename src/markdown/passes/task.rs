//! Task lists: `- [ ]` and `- [x]` as disabled checkboxes, each with its text as label.
//!
//! The label ends where the item's first line of text ends: before a nested block or the item's end.

use crate::markdown::writer::Writer;

impl Writer<'_> {
    /// The marker, first in its item.
    pub(in crate::markdown) fn task(&mut self, done: bool) {
        if self.depth > crate::markdown::writer::MAX_NESTING {
            return;
        }
        let html = &mut self.out.html;
        for (plain, marked) in [("<li>", "<li class=\"task\">"), ("<li>\n<p>", "<li class=\"task\">\n<p>")] {
            if html.ends_with(plain) {
                html.truncate(html.len() - plain.len());
                html.push_str(marked);
                break;
            }
        }
        html.push_str(if done {
            "<label><input type=\"checkbox\" disabled checked> "
        } else {
            "<label><input type=\"checkbox\" disabled> "
        });
        self.task_open = Some(self.level());
    }

    /// Ends the label, if one is open, and the raw HTML that was opened in it.
    pub(in crate::markdown) fn close_task(&mut self) {
        if let Some(level) = self.task_open.take() {
            self.close_raw(level);
            self.out.push("</label>");
        }
    }
}
