//! `guidepost print`: pages, parts or the whole guide as PDF files, made by a Chromium that is installed.
//!
//! The website is built, and the browser prints copies of its pages (`sheet`), which name the paper and lead to no file of this
//! computer. `browser` finds the program and runs it.

mod browser;
mod sheet;

use super::args::{Paper, PrintArgs};
use super::build::built;
use super::{Outcome, report};
use crate::diag::closest;
use crate::plan::output_path;
use crate::site::Tree;
use browser::Browser;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// What stands for the whole guide.
const ALL: &str = "all";

/// The page for paper of a part or of the guide.
const FOR_PAPER: &str = "print.html";

/// Runs the command.
pub fn run(args: &PrintArgs) -> Outcome {
    // First what needs no work: without a browser nothing is built.
    let browser = match Browser::find(args.browser.as_deref()) {
        Ok(browser) => browser,
        Err(why) => {
            report::say(why);
            return Outcome::CouldNotRun;
        }
    };
    let (mut work, _) = match built(&args.site, "Nothing was printed: the guide has errors.") {
        Ok(built) => built,
        Err(outcome) => return outcome,
    };
    let outputs: BTreeSet<String> =
        work.session.manifest.paths().map(|path| path.as_str().to_owned()).collect();
    let Some(engine) = work.engine() else { return Outcome::CouldNotRun };
    let Some(world) = engine.world() else { return Outcome::CouldNotRun };
    let trees: Vec<&Tree> = world.site.trees.iter().collect();
    let asked = Asked { trees: &trees, outputs: &outputs, lang: args.lang.as_deref() };
    let pages = match asked.pages(&args.what) {
        Ok(pages) => pages,
        Err(why) => {
            report::say(why);
            return Outcome::CouldNotRun;
        }
    };
    let base = world.base_url.clone();
    let root = work.session.files.mounts().root().to_path_buf();
    let out = work.session.out.path().to_path_buf();
    let to = args.to.as_deref().map_or_else(|| root.join("pdf"), absolute);
    for page in &pages {
        let file = to.join(name(page));
        let made = pdf(&browser, &Site { out: &out, base: base.as_deref() }, page, args.paper, &file);
        match made {
            Ok(made) => report::say(format_args!(
                "{}: {}, {} KB.",
                file.display(),
                report::count(made.sheets, "sheet", "sheets"),
                made.bytes.div_ceil(1024)
            )),
            Err(error) => {
                report::say(format_args!("{page} was not printed: {error}"));
                return Outcome::CouldNotRun;
            }
        }
    }
    Outcome::Clean
}

/// The website that is printed.
struct Site<'a> {
    /// The folder that it lies in.
    out: &'a Path,
    /// Its address, without a trailing `/`.
    base: Option<&'a str>,
}

/// A PDF that was made.
struct Pdf {
    sheets: usize,
    bytes: usize,
}

/// Prints one page of the website.
fn pdf(browser: &Browser, site: &Site<'_>, page: &str, paper: Paper, file: &Path) -> io::Result<Pdf> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let html = std::fs::read_to_string(site.out.join(page))?;
    let place = sheet::Place { out: site.out, page, base: site.base };
    // What the browser reads and what it keeps for itself lie in a folder that goes with this call.
    let beside = tempfile::Builder::new().prefix("guidepost-print-").tempdir()?;
    let copy = beside.path().join("page.html");
    std::fs::write(&copy, place.copy(&html, paper))?;
    let printed = beside.path().join("page.pdf");
    browser.print(&copy, &printed, beside.path())?;
    let bytes = std::fs::read(&printed)?;
    if !bytes.starts_with(b"%PDF-") {
        return Err(io::Error::other("the browser wrote something that is no PDF."));
    }
    let temporary = tempfile::Builder::new().prefix(".guidepost-tmp-").tempfile_in(folder)?;
    std::fs::write(temporary.path(), &bytes)?;
    temporary.persist(file).map_err(|refused| refused.error)?;
    Ok(Pdf { sheets: sheets(&bytes), bytes: bytes.len() })
}

/// How many pages a PDF of Chromium has: their objects are not packed.
fn sheets(pdf: &[u8]) -> usize {
    let mark = b"/Type /Page";
    let found = memchr::memmem::find_iter(pdf, mark);
    found.filter(|at| pdf.get(at + mark.len()).is_none_or(|next| !next.is_ascii_alphanumeric())).count()
}

/// The name of the PDF of a page: `parents/goals.html` is `parents-goals.pdf`, the guide itself `guide.pdf`.
fn name(page: &str) -> String {
    let stem = page.strip_suffix(".html").unwrap_or(page);
    let stem = stem.strip_suffix("/index").or_else(|| stem.strip_suffix("/print")).unwrap_or(stem);
    let stem = if stem == "print" { "guide" } else { stem };
    format!("{}.pdf", stem.replace('/', "-"))
}

/// What was asked for, among what there is.
struct Asked<'a> {
    trees: &'a [&'a Tree],
    /// Paths of all outputs.
    outputs: &'a BTreeSet<String>,
    /// The only language that is wanted.
    lang: Option<&'a str>,
}

impl Asked<'_> {
    /// The outputs to print, in the order in which they were asked for.
    fn pages(&self, what: &[String]) -> Result<Vec<String>, String> {
        let codes = || self.trees.iter().map(|tree| &*tree.code);
        if let Some(lang) = self.lang.filter(|lang| !codes().any(|code| code == *lang)) {
            let known: Vec<&str> = codes().collect();
            return Err(format!("{lang} is no language of this site. Its languages: {}.", known.join(", ")));
        }
        let mut pages: Vec<String> = Vec::new();
        for asked in what {
            for page in self.page(asked)? {
                if !pages.contains(&page) {
                    pages.push(page);
                }
            }
        }
        Ok(pages)
    }

    /// What one name means.
    fn page(&self, asked: &str) -> Result<Vec<String>, String> {
        let written = asked.replace('\\', "/");
        let written = written.trim_start_matches("./").trim_end_matches('/');
        let written = written.strip_prefix("content/").unwrap_or(written);
        let wanted = |tree: &Tree| self.lang.is_none_or(|lang| lang == &*tree.code);
        if written == ALL {
            let trees = self.trees.iter().enumerate().filter(|(_, tree)| wanted(tree));
            let pages = trees.map(|(i, tree)| self.in_language(i, &tree.code, FOR_PAPER));
            let there: Vec<String> = pages.filter(|page| self.outputs.contains(page)).collect();
            return match there.is_empty() {
                true => Err("There is no page for paper: site.yaml has outputs: print: false.".to_owned()),
                false => Ok(there),
            };
        }
        // A page in a language of its own name, or in the one that is asked for.
        let is_page = written.ends_with(".md") || written.ends_with(".html");
        for (i, tree) in self.trees.iter().enumerate() {
            for node in &tree.nodes {
                let source = node.document.path.as_str().strip_prefix("content/").unwrap_or("");
                let own = *node.document.lang == *tree.code;
                let named = (own && source == written)
                    || *node.address == *written
                    || (self.lang.is_some() && *node.logical == *written && wanted(tree));
                let folder = node.logical.strip_suffix("/index.md").filter(|_| !is_page);
                let section = folder.is_some_and(|folder| {
                    self.in_language(i, &tree.code, folder) == written
                        || (self.lang.is_some() && wanted(tree) && folder == written)
                });
                if named && self.lang.is_some() && !wanted(tree) {
                    // The same page in the language that is asked for.
                    continue;
                }
                if section && wanted(tree) {
                    let address = self.in_language(
                        i,
                        &tree.code,
                        &format!("{}/{FOR_PAPER}", folder.unwrap_or_default()),
                    );
                    if self.outputs.contains(&address) {
                        return Ok(vec![address]);
                    }
                }
                if named || (section && wanted(tree)) {
                    return Ok(vec![output_path(&node.address)]);
                }
            }
        }
        if self.outputs.contains(written) && written.ends_with(".html") {
            return Ok(vec![written.to_owned()]);
        }
        Err(self.unknown(asked, written))
    }

    /// The path below the folder of a language.
    fn in_language(&self, at: usize, code: &str, path: &str) -> String {
        if at == 0 { path.to_owned() } else { format!("{code}/{path}") }
    }

    fn unknown(&self, asked: &str, written: &str) -> String {
        let nodes = self.trees.iter().flat_map(|tree| &tree.nodes);
        let mut names: Vec<&str> = nodes
            .flat_map(|node| {
                let source = node.document.path.as_str().strip_prefix("content/").unwrap_or("");
                [source, source.strip_suffix("/index.md").unwrap_or(source), &*node.address]
            })
            .collect();
        names.push(ALL);
        // A page that was moved keeps the name of its file.
        let file = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let moved = names.iter().copied().find(|name| name.ends_with(".md") && file(name) == file(written));
        let near = moved
            .or_else(|| closest(written, names))
            .map_or_else(String::new, |near| format!(" Do you mean {near}?"));
        format!(
            "There is no page or part \"{asked}\".{near} Name a page by its file, a part by its folder, or \"all\"; `guidepost list` lists all pages."
        )
    }
}

/// A path that counts from the root of the disk.
pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pdfs_are_named_after_their_pages() {
        for (page, expected) in [
            ("print.html", "guide.pdf"),
            ("es/print.html", "es.pdf"),
            ("parents/goals.html", "parents-goals.pdf"),
            ("parents/print.html", "parents.pdf"),
            ("parents/index.html", "parents.pdf"),
            ("index.html", "index.pdf"),
            ("es/parents/goals.html", "es-parents-goals.pdf"),
        ] {
            assert_eq!(name(page), expected);
        }
    }

    #[test]
    fn sheets_are_counted() {
        assert_eq!(sheets(b"<</Type /Pages>> <</Type /Page\n/x>> <</Type /Page>>"), 2);
    }
}
