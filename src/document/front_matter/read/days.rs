//! The keys that hold a page back: `draft`, `publish` and `expires`. What they say is never dropped without a word.

use super::{Quotes, Reader, Truth, blank, value_span};
use crate::config::yaml::{Key, Node, NodeValue};
use crate::diag::{Diagnostic, code};
use crate::document::item_key;
use crate::schema::{FieldValue, scalar};
use jiff::civil::Date;

impl Reader<'_> {
    /// Notes where each item of a list of texts stands, for messages on one of them.
    pub(super) fn items(&mut self, key: &Key, node: &Node, found: &FieldValue) {
        let NodeValue::List(items) = &node.value else { return };
        let written: Vec<&Node> = items.iter().filter(|item| !blank(item)).collect();
        // Where some could not be read, it is not known which is which.
        if written.len() == found.items().len() && found.items().iter().all(|item| item.as_text().is_some()) {
            for (number, item) in written.into_iter().enumerate() {
                self.summary.spans.insert(item_key(&key.text, number).into(), item.span);
            }
        }
    }

    /// A page cannot be over before it comes.
    pub(super) fn dates(&mut self) {
        let (Some(publish), Some(expires)) = (self.summary.publish, self.summary.expires) else { return };
        if expires <= publish {
            let span = |name: &str| self.summary.spans.get(name).copied().unwrap_or_default();
            let message = format!("the page expires on {expires}, before it is published on {publish}");
            let d = Diagnostic::error(code::WRONG_TYPE, self.path, span("expires"), message)
                .label(self.path, span("publish"), "published from this day on")
                .help("write a later day after `expires:`");
            self.push(d);
        }
    }

    /// `draft`. A page that was meant as a draft in some wrong way is not published in silence.
    pub(super) fn draft(&mut self, key: &Key, node: &Node) -> bool {
        if is_empty(node) {
            let help =
                "write draft: true to hold the page back, draft: false to publish it, or delete the line";
            self.push(
                Diagnostic::error(code::MISSING_FIELD, self.path, key.span, "nothing stands behind `draft:`")
                    .help(help),
            );
            return true;
        }
        self.truth(key, node, Truth { none: true, bad: true })
    }

    /// `publish` or `expires`: a day; of a moment, the day that it is then where the site is.
    pub(super) fn local_day(&mut self, key: &Key, node: &Node) -> Option<Date> {
        let name = &key.text;
        if is_empty(node) {
            let message = format!("nothing stands behind `{name}:`");
            let help = format!("write the day, such as {name}: 2027-01-15, or delete the line");
            let found = match name.as_str() {
                "publish" => Diagnostic::error(code::MISSING_FIELD, self.path, key.span, message),
                // Nobody is held back, and nobody meant to.
                _ => Diagnostic::warning(code::MISSING_FIELD, self.path, key.span, message),
            };
            self.push(found.help(help));
            return None;
        }
        let zone = self.options.zone;
        let day = self.value(key, node, |text| scalar::day_in(text, zone), Quotes::Allowed)?;
        let written = node.as_text().map_or("", str::trim);
        if !scalar::is_midnight(written, zone) {
            let what = match name.as_str() {
                "publish" => "the page is public from the beginning",
                _ => "the page is no longer public from the beginning",
            };
            let message =
                format!("`{name}` counts whole days: {what} of {day}, whatever time stands in `{written}`");
            let help = format!(
                "write {name}: {day}. To change the website at a certain hour, build it at that hour, and write the next day until then"
            );
            let span = value_span(key, node);
            self.push(Diagnostic::warning(code::TIME_OF_DAY, self.path, span, message).help(help));
        }
        Some(day)
    }
}

/// Whether nothing is written: nothing at all, `~`, or quotes with nothing between them.
fn is_empty(node: &Node) -> bool {
    match &node.value {
        NodeValue::Null => true,
        NodeValue::Scalar { text, .. } => text.trim().is_empty(),
        _ => false,
    }
}
