//! Golden sites: each folder of `tests/sites/` is a small site with all that is made of it, compared byte for byte.
//!
//! `site/` is the site (the plain theme of `tests/integration/support/theme` is put beside it unless it brings its own), `args` one
//! line of arguments for each build made one after the other, `public/` what must come out of the last, and `said` what the last
//! build says. `public/` is without what is the same everywhere: the search's reader, and the style, scripts and pictures of the
//! theme that comes with the program, whose names have no fingerprint there, so that an edit of them changes no golden file. `GUIDEPOST_BLESS=1 cargo test --test sites` writes both anew: read the difference before you commit.

use crate::support::{Site, copy, html, repository, tree, walk};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Whether the golden files are written anew.
fn bless() -> bool {
    std::env::var_os("GUIDEPOST_BLESS").is_some_and(|v| !v.is_empty() && v != "0")
}

/// Writes `tree` in the place of what is in `folder`.
fn write(folder: &Path, tree: &crate::support::Tree) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    for (name, bytes) in tree {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// What a build says, without the time it took and where it was.
fn said(text: &str, site: &Site) -> String {
    let root = site.root().display().to_string();
    let mut lines: Vec<String> = Vec::new();
    for line in text.replace(&root, "[site]").lines() {
        let ended = ["Built ", "Not built: "].iter().any(|start| line.starts_with(start));
        // `87 ms` on an idle machine, `1.2 s` on a busy one.
        let unit = [" ms. Open", " s. Open", " ms. The", " s. The", " ms.", " s."];
        let split = unit.iter().find_map(|unit| {
            let (before, after) = line.rsplit_once(unit)?;
            Some((before, &unit[unit.find('.')? + 1..], after))
        });
        let time = split.filter(|_| ended).and_then(|(before, unit, after)| {
            before.rsplit_once(' ').map(|(before, _)| format!("{before} [time].{unit}{after}"))
        });
        lines.push(time.unwrap_or_else(|| line.to_owned()));
    }
    lines.join("\n") + "\n"
}

/// A copy of the site with the theme that it names.
fn with_theme(folder: &Path) -> Site {
    let site = Site::copy_of(folder);
    if !site.root().join("themes/plain").exists() {
        copy(&repository().join("tests/integration/support/theme"), &site.root().join("themes/plain"));
    }
    let settings = fs::read_to_string(folder.join("site.yaml")).unwrap();
    if settings.contains("\ntheme: parent-guide\n") {
        copy(&repository().join("themes/parent-guide"), &site.root().join("themes/parent-guide"));
    }
    site
}

/// The arguments of each build of a golden site.
fn builds(folder: &Path) -> Vec<Vec<String>> {
    let args = fs::read_to_string(folder.join("args")).unwrap_or_default();
    match args.trim() {
        "" => vec![Vec::new()],
        lines => lines.lines().map(|l| l.split_whitespace().map(str::to_owned).collect()).collect(),
    }
}

/// Takes out of what was made the files that are the same in every site, and their fingerprints where pages name them.
fn without_what_is_shared(name: &str, site: &Site, made: &mut crate::support::Tree) {
    if let Some(reader) = made.remove("search/reader.js") {
        assert!(reader == guidepost::search::reader().into_bytes(), "{name}: another reader");
    }
    let theme = tree(&repository().join("themes/parent-guide/assets"));
    if !site.root().join("themes/parent-guide").exists() {
        return;
    }
    let mut renamed: Vec<(String, String)> = Vec::new();
    // The styles are made of templates of the theme.
    let templates = tree(&repository().join("themes/parent-guide/templates"));
    let styles: Vec<String> = templates
        .into_keys()
        .filter(|path| path.ends_with(".css") && !path.starts_with("partials/"))
        .collect();
    for file in theme.keys().chain(&styles) {
        let (stem, ending) = file.rsplit_once('.').unwrap();
        let is_it = |path: &str| {
            let inner =
                path.strip_prefix("assets/").and_then(|path| path.strip_prefix(stem)?.strip_suffix(ending));
            inner.is_some_and(|print| {
                print.len() > 2 && print.trim_matches('.').chars().all(|c| c.is_ascii_alphanumeric())
            })
        };
        let found: Vec<String> = made.keys().filter(|path| is_it(path)).cloned().collect();
        for path in found {
            let bytes = made.remove(&path).unwrap();
            // A site without a color has an empty one of its own.
            assert!(file == "brand.css" || !bytes.is_empty(), "{name}: {path} is empty");
            renamed.push((path, format!("assets/{file}")));
        }
        made.remove(&format!("assets/{file}"));
    }
    assert!(renamed.len() >= 3, "{name}: {renamed:?}");
    // Pictures that only its templates name.
    made.retain(|path, _| !path.starts_with("assets/icons/"));
    for bytes in made.values_mut() {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let mut plain = text.to_owned();
        for (path, without) in &renamed {
            plain = plain.replace(path, without);
        }
        *bytes = plain.into_bytes();
    }
}

/// Builds one golden site and compares.
fn golden(name: &str) {
    let folder = repository().join("tests/sites").join(name);
    let site = with_theme(&folder.join("site"));
    let mut last = None;
    for args in builds(&folder) {
        last = Some(site.build_with(&args.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    let last = last.unwrap();
    assert!(matches!(last.code, Some(0 | 1)), "{name}: {last:?}");
    let said = format!("exit {}\n{}", last.code.unwrap(), said(&last.stderr, &site));
    let mut made = site.public();
    without_what_is_shared(name, &site, &mut made);
    for (path, bytes) in made.iter().filter(|(path, _)| path.ends_with(".html")) {
        let dangers = html::dangers(&without_sheet_line(&String::from_utf8_lossy(bytes)));
        assert!(dangers.is_empty(), "{name}: {path}: {dangers:?}");
    }
    if bless() {
        write(&folder.join("public"), &made);
        fs::write(folder.join("said"), said).unwrap();
        return;
    }
    let wanted = tree(&folder.join("public"));
    let names = |t: &crate::support::Tree| t.keys().cloned().collect::<BTreeSet<_>>();
    let (missing, more) = (&names(&wanted) - &names(&made), &names(&made) - &names(&wanted));
    assert!(missing.is_empty() && more.is_empty(), "{name}: not made: {missing:?}; made, too: {more:?}");
    for (path, bytes) in &wanted {
        if made[path] != *bytes {
            let (is, was) = (String::from_utf8_lossy(&made[path]), String::from_utf8_lossy(bytes));
            let diff = similar::TextDiff::from_lines(&*was, &*is);
            panic!("{name}: {path} differs:\n{}", diff.unified_diff().context_radius(2));
        }
    }
    assert_eq!(said, fs::read_to_string(folder.join("said")).unwrap(), "{name}: what the build says");
}

/// The page without the one style that the theme writes into its head: the guide's name at the foot of each sheet, which no
/// stylesheet can know, since it is in the language of the page.
fn without_sheet_line(html: &str) -> String {
    let Some((before, rest)) = html.split_once("<style>@media print{@page{@bottom-left{content:\"") else {
        return html.to_owned();
    };
    let (name, after) = rest.split_once("\"}}}</style>").expect("the line of a sheet ends");
    assert!(!name.contains(['"', '<', '\\']), "{name} may end its style");
    format!("{before}{after}")
}

/// A message with the line of the file that it stands at.
fn told(site: &Site, problem: &crate::support::Problem) -> walk::Told {
    let text = fs::read_to_string(site.root().join(&problem.path)).unwrap_or_default();
    let line = text.lines().nth((problem.line as usize).saturating_sub(1)).unwrap_or_default();
    let said = format!("{} {}", problem.message, problem.help);
    walk::Told { path: problem.path.clone(), said, lines: line.to_owned() }
}

#[test]
fn every_output_of_every_golden_site_holds_together() {
    let mut wrong = Vec::new();
    for folder in fs::read_dir(repository().join("tests/sites")).unwrap() {
        let folder = folder.unwrap().path();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let settings = fs::read_to_string(folder.join("site/site.yaml")).unwrap();
        let base = settings.lines().find_map(|l| l.strip_prefix("base_url: "));
        let root = base.map_or("/".to_owned(), |base| {
            let path = base.splitn(4, '/').nth(3).unwrap_or("").trim_matches('/').to_owned();
            if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
        });
        // What a page shows raw has a message, if only one of the rules.
        let site = with_theme(&folder.join("site"));
        let check = ["check", "--all", "--format", "json", "--date", crate::support::TODAY];
        let told: Vec<walk::Told> = crate::support::Run::of(site.command().args(check))
            .problems()
            .iter()
            .map(|p| told(&site, p))
            .collect();
        for args in builds(&folder) {
            site.build_with(&args.iter().map(String::as_str).collect::<Vec<_>>());
        }
        let found = walk::faults(&site.public(), &root, &told);
        wrong.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_message_excuses_its_own_place_only() {
    let found = |name: &str, page: &str, path: &str, said: &str, line: &str| {
        let tree = [(name.to_owned(), page.as_bytes().to_vec())].into();
        let told = walk::Told { path: path.into(), said: said.into(), lines: line.into() };
        walk::faults(&tree, "/", &[told])
    };
    let page = "<p>See [the form](a b.pdf) now.</p>";
    let line = "See [the form](a b.pdf) now.";
    let said = "this link is shown as text (\"[the form](a b.pdf)\")";
    for name in ["s/a.html", "s/a/index.html", "es/s/a.html", "s/print.html", "print.html", "es/print.html"] {
        assert_eq!(found(name, page, "content/s/a.md", said, line), [""; 0], "{name}");
    }
    for (name, path, said, line) in [
        ("b.html", "content/a.md", said, line),
        ("s/a.html", "content/a.md", said, line),
        ("t/print.html", "content/s/a.md", said, line),
        ("a.html", "content/a.md", "this sentence is long", line),
        ("a.html", "content/a.md", said, "See [the plan](c d.pdf) now."),
    ] {
        assert_eq!(found(name, page, path, said, line).len(), 1, "{name} {path} {said} {line}");
    }
    // Two of them, of which one is told.
    let two = "<p>See [the form](a b.pdf) and [the plan](c d.pdf).</p>";
    assert_eq!(found("a.html", two, "content/a.md", said, line).len(), 1);
}

macro_rules! sites {
    ($($name:ident)*) => {
        $(#[test] fn $name() { golden(&stringify!($name).replace('_', "-")); })*

        /// A folder that no test names would never be compared.
        #[test]
        fn every_folder_is_a_test() {
            let named: BTreeSet<String> = [$(stringify!($name).replace('_', "-")),*].into();
            let folders = fs::read_dir(repository().join("tests/sites")).unwrap();
            let found = folders.map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
            assert_eq!(named, found);
        }
    };
}

sites! {
    links
    entries
    glossary
    translations
    tags
    redirects
    folder_urls
    base_url
    dates
    drafts
    data
    layers
    html_off
    html_on
    kindergarten
    boxes
    images
    menu
    print
}
