//! Files and folders that are called as if they were read, and are not: each is told with what to write instead, and what is right
//! is not told.

use crate::support::Site;

/// A file that nobody reads; how bad, where it is told, a part of the message and of the help.
const TABLE: &[(&str, &str, &str, &str, &str)] = &[
    // Beside site.yaml.
    ("kinds.yaml", "warning", "kinds.yaml", "stand in site.yaml", "below a line `kinds:`"),
    ("kinds.yml", "warning", "kinds.yml", "stand in site.yaml", "below a line `kinds:`"),
    ("theme.yaml", "warning", "theme.yaml", "lies in the theme's folder", "below `theme:`"),
    ("theme.toml", "warning", "theme.toml", "lies in the theme's folder", "themes/NAME/theme.yaml"),
    ("site.yml", "warning", "site.yml", "those in site.yaml", "delete this file"),
    ("menu.yaml", "warning", "menu.yaml", "all settings stand in site.yaml", "below `menu:`"),
    ("nav.yml", "warning", "nav.yml", "all settings stand in site.yaml", "below `menu:`"),
    ("url.lock", "warning", "url.lock", "stand in urls.lock", "rename url.lock to urls.lock"),
    ("_config.yml", "note", "_config.yml", "settings of Jekyll", "take over into site.yaml"),
    ("hugo.toml", "note", "hugo.toml", "settings of Hugo", "take over into site.yaml"),
    ("mkdocs.yml", "note", "mkdocs.yml", "settings of MkDocs", "take over into site.yaml"),
    ("_redirects", "note", "_redirects", "not published", "move it to content/_redirects"),
    ("robots.txt", "note", "robots.txt", "not published", "move it to content/robots.txt"),
    (
        "template/base.html",
        "warning",
        "template/base.html",
        "called templates",
        "rename template to templates",
    ),
    ("Templates2/base.html", "warning", "Templates2/base.html", "called templates", "rename Templates2"),
    ("asset/a.css", "warning", "asset/a.css", "called assets", "rename asset to assets"),
    ("translation/en.yaml", "warning", "translation/en.yaml", "called translations", "rename translation"),
    ("datas/a.csv", "warning", "datas/a.csv", "called data", "rename datas to data"),
    ("theme/x/theme.yaml", "warning", "theme/x", "called themes", "move what is in it into themes/"),
    ("layouts/base.html", "note", "layouts/base.html", "templates lie in templates/", "into templates/"),
    (
        "_includes/a.html",
        "note",
        "_includes/a.html",
        "parts of them in templates/partials/",
        "into templates/",
    ),
    ("static/a.css", "note", "static/a.css", "lie in assets/", "into assets/"),
    ("i18n/en.toml", "note", "i18n/en.toml", "lie in translations/", "into translations/"),
    ("archetypes/a.md", "note", "archetypes/a.md", "below kinds:", "into kinds/"),
    // In a theme.
    ("themes/theme.yaml", "warning", "themes/theme.yaml", "a folder of its own", "themes/NAME/theme.yaml"),
    ("themes/plain/theme.yml", "warning", "themes/plain/theme.yml", "not read", "to themes/plain/theme.yaml"),
    ("themes/plain/theme.toml", "warning", "themes/plain/theme.toml", "stands in theme.yaml", "as YAML into"),
    ("themes/plain/config.yaml", "warning", "themes/plain/config.yaml", "theme.yaml", "as YAML into"),
    ("themes/plain/kind.yaml", "warning", "themes/plain/kind.yaml", "kinds.yaml", "themes/plain/kinds.yaml"),
    (
        "themes/plain/template/page.html",
        "warning",
        "themes/plain/template/page.html",
        "the folder themes/plain/template is not read",
        "move what is in it into themes/plain/templates/",
    ),
    (
        "themes/plain/asset/a.css",
        "warning",
        "themes/plain/asset/a.css",
        "called assets",
        "themes/plain/assets",
    ),
    (
        "themes/plain/layouts/a/b.html",
        "warning",
        "themes/plain/layouts/a",
        "not read",
        "themes/plain/templates/",
    ),
    (
        "themes/plain/components/a.html",
        "warning",
        "themes/plain/components/a.html",
        "not read",
        "templates/components/",
    ),
    (
        "themes/plain/partials/a.html",
        "warning",
        "themes/plain/partials/a.html",
        "not read",
        "themes/plain/templates/",
    ),
    ("themes/plain/static/a.css", "note", "themes/plain/static/a.css", "not read", "themes/plain/assets/"),
    (
        "themes/plain/i18n/en.yaml",
        "warning",
        "themes/plain/i18n/en.yaml",
        "not read",
        "themes/plain/translations/",
    ),
    ("themes/plain/content/a.md", "warning", "themes/plain/content/a.md", "not read", "beside site.yaml"),
    // In a folder that is read.
    (
        "templates/page.htm",
        "warning",
        "templates/page.htm",
        "no template",
        "rename it to templates/page.html",
    ),
    ("templates/page.html.j2", "warning", "templates/page.html.j2", "no template", "templates/page.html"),
    ("templates/a/base.tera", "warning", "templates/a/base.tera", "no template", "templates/a/base.html"),
    ("themes/plain/templates/x.jinja", "warning", "themes/plain/templates/x.jinja", "no template", "x.html"),
    (
        "themes/plain/templates/i/x.png",
        "warning",
        "themes/plain/templates/i/x.png",
        "not published",
        "assets/i/x.png",
    ),
    (
        "translations/en.json",
        "warning",
        "translations/en.json",
        "one file",
        "as YAML into translations/en.yaml",
    ),
    ("translations/en/a.yaml", "warning", "translations/en/a.yaml", "one file", "into translations/en.yaml"),
    ("translations/english.yaml", "warning", "translations/english.yaml", "one file", "translations/en.yaml"),
    ("translations/texts.yaml", "warning", "translations/texts.yaml", "one file", "the tag of its language"),
    ("translations/pt_BR.yaml", "warning", "translations/pt_BR.yaml", "one file", "translations/pt-BR.yaml"),
    ("themes/plain/translations/de.po", "warning", "themes/plain/translations/de.po", "one file", "de.yaml"),
    ("kinds/event.yaml", "warning", "kinds/event.yaml", "words of kinds", "in site.yaml, below `kinds:`"),
    ("kinds/vi.yml", "warning", "kinds/vi.yml", "words of kinds", "rename it to kinds/vi.yaml"),
    (
        "themes/plain/kinds/event.yaml",
        "warning",
        "themes/plain/kinds/event.yaml",
        "words",
        "plain/kinds.yaml",
    ),
    ("data/a.toml", "note", "data/a.toml", "no data file", ".yaml, .json or .csv"),
    ("themes/plain/data/a.xlsx", "note", "themes/plain/data/a.xlsx", "no data file", "save the table as CSV"),
];

/// What lies there for good reasons.
const FINE: &[&str] = &[
    "README.md",
    "LICENSE",
    "Makefile",
    "package.json",
    "netlify.toml",
    "deploy.yaml",
    "scripts/build.js",
    "src/main.scss",
    "docs/notes.txt",
    "dates/may.txt",
    "kids/photo.png",
    "template/notes.docx",
    "themes/plain/README.md",
    "themes/plain/LICENSE",
    "themes/plain/screenshot.png",
    "themes/plain/package.json",
    "themes/plain/src/style.scss",
    "themes/plain/data/a.csv",
    "themes/plain/kinds/vi.yaml",
    "themes/plain/templates/README.md",
    "translations/README.md",
    "data/README.md",
    "assets/a/b.toml",
];

fn site() -> Site {
    let site = Site::plain();
    site.page("index.md", "title: A", "Text.");
    site
}

#[test]
fn what_is_not_read_is_told_with_what_to_do() {
    for (file, severity, at, message, help) in TABLE {
        let site = site();
        site.file(file, "a: b\n");
        let found: Vec<_> = site.problems().into_iter().filter(|p| p.code == "unread-file").collect();
        assert_eq!(found.len(), 1, "{file}: {found:#?}");
        let one = &found[0];
        assert_eq!((one.severity.as_str(), one.path.as_str()), (*severity, *at), "{one:#?}");
        assert!(one.message.contains(message) && one.help.contains(help), "{one:#?}");
        // The same from the cache; gone with the file.
        let again = site.problems().into_iter().filter(|p| p.code == "unread-file").count();
        assert_eq!(again, 1, "{file}");
        site.remove(file);
        // A folder without a file is nothing; one of themes may hold a folder.
        let _ = std::fs::remove_dir(site.root().join("theme/x"));
        assert!(site.problems().iter().all(|p| p.code != "unread-file"), "{file}");
    }
}

#[test]
fn what_lies_there_for_another_reason_is_not_told() {
    let site = site();
    for file in FINE {
        site.file(file, "x\n");
    }
    let found: Vec<_> = site.problems().into_iter().filter(|p| p.code == "unread-file").collect();
    assert!(found.is_empty(), "{found:#?}");
}
