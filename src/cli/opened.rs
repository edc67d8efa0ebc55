//! A site that is read but not built: what `translations`, `schema` and `new` start from.

use super::Outcome;
use super::args::{Format, RootArgs, SiteArgs};
use super::build::NoText;
use super::report;
use super::session::Session;
use crate::diag::{Diagnostic, Severity, code};
use crate::engine::{Class, Engine, classify};
use crate::io::scan;
use crate::source::SourcePath;

/// A site with all its pages parsed, drafts included.
pub struct ReadOnlySite {
    /// Its files.
    pub session: Session,
    /// What is known of them.
    pub engine: Engine,
}

/// What a command needs of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Settings and a theme.
    Settings,
    /// At least one page, too.
    Pages,
}

/// Opens and reads the site. When its settings have errors, or it lacks what the command needs, that is printed and nothing
/// else happens: whatever the command would say or write would rest on it.
pub fn open(args: &RootArgs, needs: Needs) -> Result<ReadOnlySite, Outcome> {
    open_as(args, needs, true)
}

/// Like [`open`], without what is not published.
pub fn open_published(args: &RootArgs, needs: Needs) -> Result<ReadOnlySite, Outcome> {
    open_as(args, needs, false)
}

fn open_as(args: &RootArgs, needs: Needs, drafts: bool) -> Result<ReadOnlySite, Outcome> {
    let refuse = |problem: Box<crate::diag::Diagnostic>| {
        report::problems(&[*problem], &NoText, Format::Human);
        Outcome::CouldNotRun
    };
    let site = SiteArgs {
        root: args.root.clone(),
        out: None,
        base_url: None,
        drafts,
        date: None,
        now: None,
        jobs: None,
    };
    let mut session = Session::open(&site, false, false, false).map_err(refuse)?;
    let mut engine = session.engine().map_err(refuse)?;
    let files = session.files.clone();
    let found = scan::scan(files.disk.as_ref(), &files.mounts(), &session.scan_options, &mut session.table);
    let mut problems = session.problems_of(found.diagnostics);
    problems.retain(|d| needs == Needs::Pages || d.code != code::NO_CONTENT);
    engine.set_scan_problems(problems);
    engine.apply(found.changes);
    let all = engine.diagnostics();
    let stopping: Vec<Diagnostic> = crate::engine::stopping(&all).cloned().collect();
    if !stopping.is_empty() {
        report::problems(&stopping, files.as_ref(), Format::Human);
        return Err(Outcome::CouldNotRun);
    }
    let settings = |path: &Option<SourcePath>| path.as_ref().is_some_and(|p| classify(p) == Class::Settings);
    let mut wrong = all;
    wrong.retain(|d| d.severity == Severity::Error && settings(&d.path));
    if wrong.is_empty() {
        return Ok(ReadOnlySite { session, engine });
    }
    report::problems(&wrong, files.as_ref(), Format::Human);
    Err(Outcome::Errors)
}

impl ReadOnlySite {
    /// A path on the command line as a path of the site: as it is seen from `content/`, from the site's folder, or
    /// from where the command is run.
    pub fn content_path(&self, text: &str) -> Result<SourcePath, String> {
        let text = text.replace('\\', "/");
        let absolute = std::path::absolute(&text).unwrap_or_default();
        let inside = absolute.strip_prefix(self.session.files.mounts().root()).ok();
        let inside = inside.and_then(|p| p.to_str()).map(|p| p.replace('\\', "/")).unwrap_or_default();
        let path = match inside
            .strip_prefix("content/")
            .or_else(|| text.trim_start_matches("./").strip_prefix("content/"))
        {
            Some(path) => path,
            None => &text,
        };
        // First by itself: a path that climbs out of content/ is none.
        SourcePath::new(path)
            .and_then(|path| SourcePath::new(&format!("content/{path}")))
            .map_err(|_| format!("{text} is no path below content/. Write it as meetings/goals.md."))
    }
}
