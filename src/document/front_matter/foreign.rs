//! Keys on top of a page that belong to another program: a Jekyll `layout`, a Hugo `weight`.
//!
//! Called by `read` for keys that are like none of Guidepost's. They are no mistake of the editor's, and a site that moves
//! here has them on every page: the engine tells each key once. A key that kept the page from the public there is an error,
//! since nothing keeps it from the public here.

use crate::config::yaml::{Key, Node};
use crate::diag::{Diagnostic, code};
use crate::schema::scalar;
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
    ("lastmod", "updated"),
    ("last_modified_at", "updated"),
    ("last_updated", "updated"),
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

/// Keys that hold a page back elsewhere when they are true, in the languages of editors too, and what holds it back here.
const WHEN_TRUE: &[(&str, &str)] = &[
    ("private", "draft: true"),
    ("secret", "draft: true"),
    ("internal", "draft: true"),
    ("confidential", "draft: true"),
    ("staff_only", "draft: true"),
    ("wip", "draft: true"),
    ("is_draft", "draft: true"),
    ("in_progress", "draft: true"),
    ("archived", "draft: true"),
    ("disabled", "draft: true"),
    ("borrador", "draft: true"),
    ("brouillon", "draft: true"),
    ("rascunho", "draft: true"),
    ("entwurf", "draft: true"),
    ("черновик", "draft: true"),
    ("чернетка", "draft: true"),
    ("مسودة", "draft: true"),
    ("草稿", "draft: true"),
    ("unlisted", "hidden: true"),
    ("oculto", "hidden: true"),
    ("oculta", "hidden: true"),
];

/// Keys that hold a page back elsewhere when they are false, and what holds it back here.
const WHEN_FALSE: &[(&str, &str)] = &[
    ("live", "draft: true"),
    ("active", "draft: true"),
    ("enabled", "draft: true"),
    ("publicado", "draft: true"),
    ("publicada", "draft: true"),
    ("visible", "hidden: true"),
    ("listed", "hidden: true"),
];

/// Keys whose word says who may see a page, and the words by which not all may.
const STATES: [&str; 5] = ["status", "state", "post_status", "visibility", "access"];
const NOT_FOR_ALL: [&str; 13] = [
    "draft",
    "private",
    "pending",
    "future",
    "scheduled",
    "hidden",
    "internal",
    "staff",
    "archived",
    "unpublished",
    "unlisted",
    "borrador",
    "wip",
];

/// Keys whose day says from when, or until when, all may see a page.
const DAYS: &[(&str, &str)] = &[
    ("publishdate", "publish"),
    ("publish_date", "publish"),
    ("publish_on", "publish"),
    ("publish_at", "publish"),
    ("embargo", "publish"),
    ("expiry", "expires"),
    ("expirydate", "expires"),
    ("expiry_date", "expires"),
    ("expiration", "expires"),
    ("expires_on", "expires"),
    ("unpublish", "expires"),
    ("unpublishdate", "expires"),
    ("unpublish_date", "expires"),
    ("valid_until", "expires"),
];

/// What must be written here so that the page is kept from the public as the key meant.
fn meant(plain: &str, node: &Node) -> Option<String> {
    let written = node.as_text().map(str::trim).filter(|text| !text.is_empty())?;
    let of =
        |list: &'static [(&str, &str)]| list.iter().find(|(name, _)| *name == plain).map(|(_, here)| *here);
    let truth = scalar::boolean(written).ok();
    if STATES.contains(&plain) {
        let word = written.to_lowercase();
        return NOT_FOR_ALL.contains(&word.as_str()).then(|| "draft: true".to_owned());
    }
    if let Some(here) = of(DAYS) {
        let day = scalar::date(written).map_or_else(|_| "2027-01-15".to_owned(), |day| day.to_string());
        return Some(format!("{here}: {day}"));
    }
    let here = if truth == Some(true) { of(WHEN_TRUE) } else { None };
    here.or(if truth == Some(false) { of(WHEN_FALSE) } else { None }).map(str::to_owned)
}

/// That a key of a page, with its value, is none of Guidepost's.
pub(super) fn key(path: &SourcePath, key: &Key, value: &Node) -> Diagnostic {
    let plain = key.text.replace('-', "_").to_lowercase();
    if let Some(here) = meant(&plain, value) {
        let message = format!("the page is public in spite of the key `{}`", key.text);
        let help = format!(
            "Write {here} in its place. If all may see the page, delete the line, or write `ignore_keys: [{}]` into site.yaml.",
            key.text
        );
        return Diagnostic::error(code::FOREIGN_KEY, path, key.span, message).help(help);
    }
    let message = format!("nothing uses the key `{}`", key.text);
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
