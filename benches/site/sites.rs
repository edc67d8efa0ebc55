//! The folders of a run: the sites with their pages, and a new output folder for each build.

use super::corpus::{self, For};
use super::real::{self, Links, Shape};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Sites and outputs of one run.
pub struct Sites {
    folder: PathBuf,
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    for file in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = to.join(file.path().strip_prefix(from).expect("below"));
        if file.file_type().is_dir() {
            fs::create_dir_all(&target).expect("a folder");
        } else {
            fs::copy(file.path(), &target).expect("a copy");
        }
    }
}

/// Writes the sites: `plain` (the theme that shows what the floor shows) and `plain-search` (the same with the search),
/// `guide` (parent-guide with all that its pages show, and a glossary of 40 terms) and `guide-no-search`, `print` (the guide
/// with a print page for each section and for the whole, which holds every page three or four times over) and `hugo`.
pub fn write(folder: &Path, n: usize) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The texts mean nothing, so their reading level means nothing: it is computed, but nothing is said of it. A report
    // on every page would be most of the time.
    let settings = "title: Parent Guide\ndistrict: Example District\nlanguages: [en]\n\
                    checks: {limits: {grade_warning: 60, grade_very_hard: 70}}\n";
    let plain = folder.join("plain");
    corpus::write(&plain.join("content"), n, For::Guidepost, false).expect("the pages");
    copy(&repository.join("benches/site/theme"), &plain.join("themes/floor"));
    let outputs = "outputs: {tags: true, a_z: false, site_map: false, print: false, finder: false, feed: false, \
                   sitemap: false, robots: false";
    let without = format!("{settings}theme: floor\n{outputs}, search: false}}\n");
    fs::write(plain.join("site.yaml"), without).expect("settings");
    let found = folder.join("plain-search");
    corpus::write(&found.join("content"), n, For::Guidepost, false).expect("the pages");
    copy(&plain.join("themes"), &found.join("themes"));
    fs::write(found.join("site.yaml"), format!("{settings}theme: floor\n{outputs}}}\n")).expect("settings");

    let guide = folder.join("guide");
    corpus::write(&guide.join("content"), n, For::Guidepost, true).expect("the pages");
    copy(&repository.join("themes/parent-guide"), &guide.join("themes/parent-guide"));
    let outputs = "outputs: {print: false}\n";
    fs::write(guide.join("site.yaml"), format!("{settings}theme: parent-guide\n{outputs}"))
        .expect("settings");
    let unsearched = folder.join("guide-no-search");
    corpus::write(&unsearched.join("content"), n, For::Guidepost, true).expect("the pages");
    copy(&guide.join("themes"), &unsearched.join("themes"));
    let outputs = "outputs: {print: false, search: false}\n";
    fs::write(unsearched.join("site.yaml"), format!("{settings}theme: parent-guide\n{outputs}"))
        .expect("settings");

    let print = folder.join("print");
    corpus::write(&print.join("content"), n, For::Guidepost, true).expect("the pages");
    copy(&repository.join("themes/parent-guide"), &print.join("themes/parent-guide"));
    fs::write(print.join("site.yaml"), format!("{settings}theme: parent-guide\n")).expect("settings");

    let hugo = folder.join("hugo");
    copy(&repository.join("benches/site/hugo"), &hugo);
    corpus::write(&hugo.join("content"), n, For::Hugo, false).expect("the pages");
    fs::create_dir_all(hugo.join("static")).expect("a folder");
    copy(&plain.join("themes/floor/assets"), &hugo.join("static"));
}

/// Writes the sites of the second corpus: `real`, whose broken links and pictures are warnings, so that it is written all the
/// same; `right`, in which none is broken; `errors`, in which they are errors; `hugo`; and `bundled`, the guide that comes with
/// the program.
pub fn write_real(folder: &Path, n: usize) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shape = Shape::new(n);
    println!("{}\n", shape.about());
    let settings = "title: Real shapes\ndistrict: Example District\nlanguages: [en]\nraw_html: true\ntheme: floor\n\
                    outputs: {tags: true, a_z: false, site_map: false, print: false, finder: false, feed: false, \
                    sitemap: false, robots: false, search: false}\n";
    let limits = "limits: {grade_warning: 60, grade_very_hard: 70}";
    let levels = "levels: {broken-link: warning, broken-anchor: warning, missing-image: warning}";
    for (name, links, checks) in [
        ("real", Links::Broken, format!("{limits}, {levels}")),
        ("right", Links::Right, format!("{limits}, {levels}")),
        ("errors", Links::Broken, limits.to_owned()),
    ] {
        let site = folder.join(name);
        real::write(&site.join("content"), &shape, For::Guidepost, links).expect("the pages");
        copy(&repository.join("benches/site/theme"), &site.join("themes/floor"));
        fs::write(site.join("site.yaml"), format!("{settings}checks: {{{checks}}}\n")).expect("settings");
    }
    let hugo = folder.join("hugo");
    copy(&repository.join("benches/site/hugo"), &hugo);
    real::write(&hugo.join("content"), &shape, For::Hugo, Links::Broken).expect("the pages");
    copy(&repository.join("benches/site/theme/assets"), &hugo.join("static"));
    let more = "[markup.goldmark.renderer]\nunsafe = true\n";
    let file = hugo.join("hugo.toml");
    let text = fs::read_to_string(&file).expect("Hugo's settings");
    fs::write(file, format!("{text}{more}")).expect("Hugo's settings");

    let bundled = folder.join("bundled");
    fs::create_dir_all(&bundled).expect("a folder");
    for part in ["site.yaml", "content", "themes", "data", "templates", "assets", "translations"] {
        let from = repository.join(part);
        if from.is_dir() {
            copy(&from, &bundled.join(part));
        } else if from.exists() {
            fs::copy(&from, bundled.join(part)).expect("a copy");
        }
    }
}

impl Sites {
    /// Writes the sites of `n` pages into a folder of this run's own. `what` is how this program is asked for it.
    pub fn prepare(folder: &Path, n: usize, what: &str) -> Sites {
        let sites = Sites { folder: folder.join(format!("{n}-{}", std::process::id())) };
        fs::create_dir_all(sites.folder.join("out")).expect("a folder to work in");
        let this = std::env::current_exe().expect("this program");
        let done = Command::new(this).arg(what).arg(&sites.folder).arg(n.to_string()).status();
        assert!(done.is_ok_and(|s| s.success()), "the pages could not be written");
        sites
    }

    /// The root of a site.
    pub fn root(&self, site: &str) -> PathBuf {
        self.folder.join(site)
    }

    /// The output folder of a run; warm builds write into that of the cold one before them.
    pub fn out(&self, row: &str, run: usize) -> PathBuf {
        self.folder.join("out").join(format!("{row}-{run}"))
    }

    /// Where programs say what they have to say.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// Deletes what earlier builds kept of a site.
    pub fn forget(&self, site: &str) {
        let _ = fs::remove_dir_all(self.root(site).join(".cache"));
    }

    /// The file of a page in the middle of a site.
    pub fn page(&self, site: &str, n: usize) -> PathBuf {
        self.root(site).join("content").join(corpus::page_path(n, n / 2))
    }

    /// Changes a word in the text of a page.
    pub fn edit(&self, path: &Path, run: usize) {
        let text = fs::read_to_string(path).expect("the page");
        fs::write(path, format!("{text}\nEdited {run}.\n")).expect("the page");
    }

    /// Deletes the outputs of a run: after it, never before one that is timed.
    pub fn remove_outputs(&self, run: usize) {
        for folder in fs::read_dir(self.folder.join("out")).into_iter().flatten().flatten() {
            if folder.file_name().to_string_lossy().ends_with(&format!("-{run}")) {
                let _ = fs::remove_dir_all(folder.path());
            }
        }
    }

    /// Deletes everything.
    pub fn remove(&self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
