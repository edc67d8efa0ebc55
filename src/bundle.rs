//! The guide that comes with the program: its settings, pages and theme, byte for byte as they lie in the repository.
//!
//! They are part of the program and not of the library, so that an edit of a page does not compile the library again.
//! Cargo sees an edit of a file here, but not a file that is new: after adding one, touch this file.

use include_dir::{Dir, include_dir};

static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");
static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");
static KINDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/kinds");
static TRANSLATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/translations");
static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/parent-guide");
const SITE: &[u8] = include_bytes!("../site.yaml");

/// All files: path from the site's folder, and bytes.
pub fn files() -> Vec<(String, &'static [u8])> {
    let mut files = vec![("site.yaml".to_owned(), SITE)];
    collect(&CONTENT, "content", &mut files);
    collect(&DATA, "data", &mut files);
    collect(&KINDS, "kinds", &mut files);
    collect(&TRANSLATIONS, "translations", &mut files);
    collect(&THEME, "themes/parent-guide", &mut files);
    files.sort();
    files
}

fn collect(folder: &Dir<'static>, at: &str, files: &mut Vec<(String, &'static [u8])>) {
    for file in folder.files() {
        // A file that an editor or system left while the program was made.
        let name = file.path().to_string_lossy().replace('\\', "/");
        if !name.rsplit('/').next().is_some_and(guidepost::io::names::junk) {
            files.push((format!("{at}/{name}"), file.contents()));
        }
    }
    for inner in folder.dirs() {
        collect(inner, at, files);
    }
}
