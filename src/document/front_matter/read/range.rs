//! Numbers of the front matter that have a least and a most.

use super::{Quotes, Reader, value_span};
use crate::config::yaml::{Key, Node};
use crate::diag::code;
use crate::schema::scalar;

impl Reader<'_> {
    pub(super) fn boost(&mut self, key: &Key, node: &Node) {
        let number = self.value(key, node, scalar::number, Quotes::Refused);
        match number {
            Some(number) if (0.1..=10.0).contains(&number) => {
                self.summary.boost = (number * 10.0).round() as u8;
            }
            Some(number) => self.error(
                code::WRONG_TYPE,
                value_span(key, node),
                format!("`boost` must be 0.1 to 10, not {number}"),
                "write 2 for a page that counts twice, 0.5 for one that counts half".to_owned(),
            ),
            None => {}
        }
    }

    pub(super) fn entry_level(&mut self, key: &Key, node: &Node) {
        let level = self.value(key, node, scalar::integer, Quotes::Refused);
        match level {
            Some(level @ 2..=6) => self.entry_level = level as u8,
            Some(level) => {
                let help = "write 2 when each `##` heading is an entry, 3 when each `###` is".to_owned();
                self.error(
                    code::WRONG_TYPE,
                    value_span(key, node),
                    format!("`entry_level` must be 2 to 6, not {level}"),
                    help,
                );
            }
            None => {}
        }
    }
}
