//! What is meant by a value that a template names and that is not there: `page.titel`, a bare `title`, `config.title` as another
//! program has it. Called by `error`.

use crate::diag::closest;

/// Values of other programs, and what is here instead.
const VALUES: &[(&str, &str)] = &[
    ("collections", "pages()"),
    ("config", "site"),
    ("config.base_url", "site.base_url"),
    ("config.description", "site.description"),
    ("config.extra", "site.settings"),
    ("config.title", "site.title"),
    ("content", "body"),
    ("current_path", "page.path"),
    ("current_url", "page.canonical"),
    ("page.content", "body"),
    ("page.date", "page.publish"),
    ("page.extra", "page.fields"),
    ("page.params", "page.fields"),
    ("page.permalink", "page.canonical"),
    ("page.summary", "page.description"),
    ("page.toc", "page.outline"),
    ("section.content", "body"),
    ("section.pages", "pages()"),
    ("section.title", "page.title"),
    ("site.baseurl", "site.base_url"),
    ("site.data", "data(path=\"schools.csv\")"),
    ("site.pages", "all_pages()"),
    ("site.params", "site.settings"),
    ("site.tags", "tags()"),
    ("site.time", "today()"),
    ("super", "super()"),
    ("toc", "page.outline"),
];

/// The keys of `page` and of `site`; a test holds them against the manual.
const KEYS: &[(&str, &[&str])] = &[
    (
        "page",
        &[
            "title",
            "nav_title",
            "description",
            "kind",
            "kind_label",
            "lang",
            "dir",
            "path",
            "url",
            "source",
            "file",
            "canonical",
            "is_home",
            "is_section",
            "tags",
            "reviewed",
            "publish",
            "updated",
            "changes",
            "review_due",
            "hidden",
            "draft",
            "search",
            "owner",
            "entries_kind",
            "entry_count",
            "outline",
            "fields",
            "labels",
            "text",
            "html",
            "facts",
            "translation",
            "word_count",
        ],
    ),
    (
        "site",
        &[
            "title",
            "description",
            "district",
            "license",
            "contact",
            "languages",
            "default_language",
            "base_url",
            "brand",
            "settings",
            "reviewer",
        ],
    ),
];

/// What stands beside `page`.
const VARIABLES: &[&str] =
    &["alternates", "body", "breadcrumbs", "links", "next", "notices", "prev", "words"];

/// What is meant by a value that is not there: `page.titel`, a bare `title`, one of another program's.
pub fn of_value(written: &str) -> Option<String> {
    let begins =
        |name: &str| written.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let elsewhere = VALUES.iter().filter(|(name, _)| begins(name)).max_by_key(|(name, _)| name.len());
    if let Some((name, here)) = elsewhere {
        return Some(format!("What other programs call {name} is {here} here."));
    }
    if let Some((_, key)) = written.split_once('.')
        && VARIABLES.contains(&key)
        && begins(&format!("page.{key}"))
    {
        return Some(format!("Did you mean {key}?"));
    }
    let (record, key) = written.split_once('.').unwrap_or(("", written));
    let key = key.split('.').next().unwrap_or(key);
    let near =
        KEYS.iter().filter(|(name, _)| record.is_empty() || record == *name).find_map(|(name, keys)| {
            let known = keys.iter().copied();
            // A bare name may be anything: only the very one is meant.
            let meant = if record.is_empty() {
                known.clone().find(|known| *known == key)
            } else {
                closest(key, known)
            };
            Some((name, meant.filter(|meant| record.is_empty() || *meant != key)?))
        });
    near.map(|(name, meant)| format!("Did you mean {name}.{meant}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of the manual that follows a heading: the names in its first column.
    fn named(text: &str, heading: &str) -> Vec<String> {
        let part = text.split(heading).nth(1).unwrap().split("\n#").next().unwrap();
        let cells = part.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
        cells.flat_map(|cell| cell.split("`, `").map(|name| name.trim_matches('`').to_owned())).collect()
    }

    #[test]
    fn the_keys_are_those_of_the_manual() {
        let text = include_str!("../../docs/content/themes/templates.md");
        let page = named(text, "\n### page\n");
        let page: Vec<&str> = page.iter().map(|name| name.split('.').next().unwrap()).collect();
        assert_eq!(KEYS[0].1, page);
        let site = text.split("\n### site\n").nth(1).unwrap().split("\n#").next().unwrap();
        for key in KEYS[1].1 {
            assert!(site.contains(&format!("`{key}`")), "{key}");
        }
    }

    #[test]
    fn what_is_meant_is_named() {
        for (written, meant) in [
            ("page.titel", "Did you mean page.title?"),
            ("page.titel.x", "Did you mean page.title?"),
            ("page.notices", "Did you mean notices?"),
            ("title", "Did you mean page.title?"),
            ("district", "Did you mean site.district?"),
            ("site.titel", "Did you mean site.title?"),
            ("config.title", "What other programs call config.title is site.title here."),
            ("config.extra.x", "What other programs call config.extra is site.settings here."),
            ("content", "What other programs call content is body here."),
            ("section.pages", "What other programs call section.pages is pages() here."),
        ] {
            assert_eq!(of_value(written).as_deref(), Some(meant), "{written}");
        }
        for nothing in ["titel", "page.fields", "page.qqqqqq", "entry.title", "contents", ""] {
            assert_eq!(of_value(nothing), None, "{nothing}");
        }
    }
}
