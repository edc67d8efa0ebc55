//! Keys on top of a page that belong to another program: a Jekyll `layout`, a Hugo `weight`.
//!
//! Called by `read` for keys that are like none of Guidepost's. They are no mistake of the editor's, and a site that moves
//! here has them on every page: the engine tells each key once.

use crate::config::yaml::Key;
use crate::diag::{Diagnostic, code};
use crate::source::SourcePath;

/// Keys of other programs that have a name of their own here.
const HERE: &[(&str, &str)] = &[
    ("redirect_from", "aliases"),
    ("redirects", "aliases"),
    ("permalink", "aliases"),
    ("slug", "aliases"),
    ("weight", "order"),
    ("nav_order", "order"),
    ("sidebar_position", "order"),
    ("eleventynavigation", "order"),
    ("position", "order"),
    ("sidebar_label", "nav_title"),
    ("linktitle", "nav_title"),
    ("menutitle", "nav_title"),
    ("short_title", "nav_title"),
    ("lastmod", "reviewed"),
    ("last_modified_at", "reviewed"),
    ("last_updated", "reviewed"),
    ("updated", "reviewed"),
    ("date", "publish"),
    ("pubdate", "publish"),
    ("publishdate", "publish"),
    ("expirydate", "expires"),
    ("unpublishdate", "expires"),
    ("author", "owner"),
    ("authors", "owner"),
    ("categories", "tags"),
    ("keywords", "tags"),
    ("summary", "description"),
    ("excerpt", "description"),
    ("subtitle", "description"),
    ("unlisted", "hidden"),
    ("layout", "kind"),
    ("type", "kind"),
    ("template", "kind"),
];

/// That a key of a page is none of Guidepost's.
pub(super) fn key(path: &SourcePath, key: &Key) -> Diagnostic {
    let message = format!("nothing uses the key `{}`", key.text);
    let plain = key.text.replace('-', "_").to_lowercase();
    let here = HERE.iter().find(|(foreign, _)| *foreign == plain);
    let instead = match here {
        Some((_, name)) => format!("What it says may belong into `{name}`. "),
        None => String::new(),
    };
    let text = &key.text;
    let is_name = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let declare = if is_name {
        format!(" To show it to readers, make it a field: `kinds: {{page: {{fields: {{{text}: text}}}}}}`.")
    } else {
        String::new()
    };
    let help = format!("{instead}Delete the line, or write `ignore_keys: [{text}]` into site.yaml.{declare}");
    Diagnostic::warning(code::FOREIGN_KEY, path, key.span, message).help(help)
}
