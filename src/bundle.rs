//! What comes with the program, byte for byte as it lies in the repository: the theme, the one that new themes start from, and the guides to begin
//! with.
//!
//! They are part of the program and not of the library, so that an edit of a page does not compile the library again.
//! Cargo sees an edit of a file here, but not a file that is new: after adding one, touch this file.

use guidepost::cli::{Bundle, Files, Starter};
use include_dir::{Dir, include_dir};

static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");
static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");
static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static KINDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/kinds");
static TRANSLATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/translations");
static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/parent-guide");
static PLAIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/plain");
static EXTENDING: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/extending");
static STARTERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/starters");
const SITE: &[u8] = include_bytes!("../site.yaml");

/// All of it.
pub const BUNDLE: Bundle = Bundle { theme, plain, extending, starter };

/// What shared pages need besides pages.
const SHARED_FILES: [&str; 3] =
    ["templates/components/score_helper.html", "assets/score-helper.css", "assets/score-helper.js"];

/// The languages of the starter that shares pages, as their folders.
const SHARED_IN: [&str; 2] = ["", "es/"];

/// The theme.
fn theme() -> Files {
    let mut files = Files::new();
    collect(&THEME, "", &mut files);
    files.sort();
    files
}

/// The theme that `new theme` copies.
fn plain() -> Files {
    let mut files = Files::new();
    collect(&PLAIN, "", &mut files);
    files.sort();
    files
}

/// The theme that `new theme --extends` copies.
fn extending() -> Files {
    let mut files = Files::new();
    collect(&EXTENDING, "", &mut files);
    files.sort();
    files
}

/// A starter. The first is the guide of this repository; the second has pages of its own, and those that it shares with the
/// first: what stands in its list. So a shared page exists once.
fn starter(starter: Starter) -> Files {
    let mut files = Files::new();
    match starter {
        Starter::Ot => {
            files.push(("site.yaml".to_owned(), SITE));
            for (folder, at) in [
                (&CONTENT, "content/"),
                (&DATA, "data/"),
                (&ASSETS, "assets/"),
                (&KINDS, "kinds/"),
                (&TEMPLATES, "templates/"),
                (&TRANSLATIONS, "translations/"),
            ] {
                collect(folder, at, &mut files);
            }
        }
        Starter::SpecialEducation => {
            own("special-education", &mut files);
            let list = STARTERS.get_file("special-education.tsv").and_then(|file| file.contents_utf8());
            let names = list.unwrap_or_default().lines().skip(1).filter_map(|line| line.split('\t').next());
            for name in names {
                let shared = SHARED_IN.map(|language| format!("{language}{name}"));
                let found = shared.into_iter().filter_map(|path| Some((CONTENT.get_file(&path)?, path)));
                files.extend(found.map(|(file, path)| (format!("content/{path}"), file.contents())));
            }
            let (mut templates, mut assets) = (Files::new(), Files::new());
            collect(&TEMPLATES, "templates/", &mut templates);
            collect(&ASSETS, "assets/", &mut assets);
            let needed = templates.into_iter().chain(assets);
            files.extend(needed.filter(|(path, _)| SHARED_FILES.contains(&path.as_str())));
        }
        Starter::Blank => own("blank", &mut files),
    }
    files.sort();
    files
}

/// The files that only this starter has.
fn own(name: &str, files: &mut Files) {
    let Some(folder) = STARTERS.get_dir(name) else { return };
    let mut found = Files::new();
    collect(folder, "", &mut found);
    let inside = format!("{name}/");
    files.extend(
        found.into_iter().filter_map(|(path, bytes)| Some((path.strip_prefix(&inside)?.to_owned(), bytes))),
    );
}

fn collect(folder: &Dir<'static>, at: &str, files: &mut Files) {
    for file in folder.files() {
        // A file that an editor or system left while the program was made.
        let name = file.path().to_string_lossy().replace('\\', "/");
        if !name.rsplit('/').next().is_some_and(guidepost::io::names::junk) {
            files.push((format!("{at}{name}"), file.contents()));
        }
    }
    for inner in folder.dirs() {
        collect(inner, at, files);
    }
}
