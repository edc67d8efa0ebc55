//! The one entry for other programs: [`build`] builds a site as `guidepost build` does, and gives back what that would have said.
//!
//! Everything else in this library is the inside of the program, and may be another thing tomorrow.

use super::args::SiteArgs;
use super::work::Work;
use crate::diag::{Diagnostic, Severity, SourceText, json};
use serde::Deserialize;
use std::path::PathBuf;

/// A site, and how it is built.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Its folder: the one with `content/` and `site.yaml` in it. The site needs its theme in `themes/` (`guidepost theme eject --all`, or
    /// `guidepost new theme`): the one that comes with Guidepost is a part of the program, and not of this library.
    pub root: PathBuf,
    /// The folder that is written; none is `public/` in the site's folder.
    pub out: Option<PathBuf>,
    /// The site's address, such as `https://example.org/guide`; none is what `site.yaml` says.
    pub base_url: Option<String>,
    /// The day that decides what is published, as `2027-01-15`; none is today.
    pub day: Option<String>,
    /// Whether drafts are published too.
    pub drafts: bool,
}

impl Site {
    /// The site in a folder, built as `guidepost build` builds it without further arguments.
    pub fn at(root: impl Into<PathBuf>) -> Site {
        Site { root: root.into(), ..Site::default() }
    }
}

/// One problem of a site, as `guidepost build --format json` tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Its name, such as `broken-link`.
    pub code: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The file, from the site's folder; none for the site as a whole.
    pub path: Option<String>,
    /// The line in it, from 1.
    pub line: Option<usize>,
    /// The column, in characters from 1.
    pub column: Option<usize>,
    /// What to write or do instead.
    pub help: Option<String>,
}

/// What a build did.
#[derive(Debug, Clone, Default)]
pub struct Built {
    /// All problems: errors first to be mended, warnings and notes.
    pub problems: Vec<Problem>,
    /// The folder that was written.
    pub folder: PathBuf,
    /// The files that were written since they are new or other than before, from that folder.
    pub written: Vec<String>,
    /// The files that were taken away.
    pub removed: Vec<String>,
}

impl Built {
    /// Whether the site was built. With an error nothing is written, and the last good site stays.
    pub fn is_complete(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity != Severity::Error)
    }
}

/// Builds a site.
///
/// ```no_run
/// let built = guidepost::build(&guidepost::Site::at("our-guide")).expect("the folder can be opened");
/// for problem in &built.problems {
///     println!("{}: {}", problem.path.as_deref().unwrap_or("site"), problem.message);
/// }
/// assert!(built.is_complete());
/// ```
///
/// # Errors
/// When nothing could be begun: the folder cannot be opened, the address or the day is none, another build is at work.
pub fn build(site: &Site) -> Result<Built, Box<Problem>> {
    let refused = |message: String| {
        Box::new(Problem {
            severity: Severity::Error,
            code: "refused".to_owned(),
            message,
            path: None,
            line: None,
            column: None,
            help: None,
        })
    };
    let base_url = site.base_url.as_deref().map(crate::config::base_url::read).transpose();
    let args = SiteArgs {
        root: site.root.clone(),
        out: site.out.clone(),
        base_url: base_url.map_err(|fault| refused(format!("{}; {}", fault.message, fault.help)))?,
        drafts: site.drafts,
        date: site.day.as_deref().map(super::today::when).transpose().map_err(&refused)?,
        now: None,
        jobs: None,
    };
    let pool = crate::engine::pool(super::session::threads(None));
    let pool = pool.map_err(|error| refused(format!("No threads could be started: {error}.")))?;
    let alone = |problem: Box<Diagnostic>| {
        let told = told(&[*problem], &super::build::NoText);
        told.into_iter().next().map_or_else(|| refused("The site cannot be opened.".to_owned()), Box::new)
    };
    pool.install(|| {
        let mut work = Work::open(&args, false, false, true, true).map_err(alone)?;
        work.looks_ahead = true;
        work.open_engine().map_err(alone)?;
        let (diagnostics, report) = work.make_and_write(true, &|_| {});
        work.save(true, &diagnostics);
        Ok(Built {
            problems: told(&diagnostics, work.session.files.as_ref()),
            folder: work.session.out.path().to_path_buf(),
            written: report.written.iter().map(ToString::to_string).collect(),
            removed: report.removed.iter().map(ToString::to_string).collect(),
        })
    })
}

/// The problems as other programs get them from the command line.
fn told(diagnostics: &[Diagnostic], files: &dyn SourceText) -> Vec<Problem> {
    json::render(diagnostics, files).lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}
