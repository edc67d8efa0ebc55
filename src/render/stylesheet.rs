//! Stylesheets: `url(…)` of other assets becomes their fingerprinted name.

use super::reader::Reader;
use std::sync::Arc;

/// The stylesheet `name` with its references rewritten; a stylesheet that a template makes comes as it was made.
pub fn stylesheet(reader: &Arc<Reader>, name: &str) -> String {
    let world = reader.fixed().clone();
    if reader.asset_text(name).is_none() {
        reader.record(super::Fact::new(super::Tag::Stylesheet, 0, name));
        return super::fragment::stylesheet(&world, reader.worker, name).text.clone();
    }
    let text = reader
        .asset_text(name)
        .and_then(|a| a.text.clone())
        .map(|t| String::from_utf8_lossy(&t).into_owned())
        .unwrap_or_default();
    let folder = name.rfind('/').map_or("", |i| &name[..=i]);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(i) = rest.find("url(") {
        let (before, after) = rest.split_at(i + 4);
        out.push_str(before);
        let end = after.find(')').unwrap_or(after.len());
        let written = after[..end].trim();
        let bare = written.trim_matches(['"', '\'']);
        let target =
            format!("{folder}{}", bare.split(['#', '?']).next().unwrap_or(bare).trim_start_matches("./"));
        match crate::source::OutputPath::new(&target)
            .ok()
            .filter(|_| !bare.starts_with("data:") && !bare.starts_with('#'))
        {
            Some(path) => match reader.asset(path.as_str()) {
                Some(found) => out.push_str(&reader.url(&found.address)),
                None => out.push_str(written),
            },
            None => out.push_str(written),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}
