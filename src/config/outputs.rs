//! `outputs` in `site.yaml`: which of the pages and files are made that Guidepost makes by itself.

use super::table::{Report, Table};
use super::yaml::Node;
use super::{Outputs, keys};

/// Reads the switches.
pub(super) fn read(node: &Node, report: &mut Report<'_>) -> Outputs {
    let (table, mut outputs) = (Table::new("`outputs`", keys::OUTPUTS, node, report), Outputs::default());
    for (name, value) in [
        ("sitemap", &mut outputs.sitemap),
        ("feed", &mut outputs.feed),
        ("robots", &mut outputs.robots),
        ("tags", &mut outputs.tags),
        ("a_z", &mut outputs.a_z),
        ("site_map", &mut outputs.site_map),
        ("print", &mut outputs.print),
        ("finder", &mut outputs.finder),
        ("search", &mut outputs.search),
        ("zip", &mut outputs.zip),
    ] {
        if let Some(wanted) = table.boolean(name, report) {
            *value = wanted;
        }
    }
    table.finish(report);
    outputs
}
