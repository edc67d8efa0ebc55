//! `guidepost publish`: build, look at what differs at the target, then bring it there in an order in which no page that
//! families ask for lacks what it needs: first assets, then pages, then deletions.
//!
//! What lies at a target is known by the list of outputs that goes with each site. Only what that list names is ever deleted
//! there. `folder`, `remote` (rsync, a program) and `branch` (git) each bring files to one sort of target.

mod branch;
mod folder;
mod remote;

use super::args::{Format, PublishArgs};
use super::build::built;
use super::changes::{self, Changes, Outputs, is_page};
use super::report;
use super::work::Work;
use super::{Outcome, publish_check, published};
use crate::check::publish::Thing;
use crate::io::manifest::{self, LIST};
use crate::source::{Fingerprint, OutputPath};
use std::io;
use std::path::{Path, PathBuf};

/// What a target is asked for.
trait Target {
    /// What Guidepost published there last; nothing where it never did.
    fn published(&mut self) -> io::Result<Outputs>;
    /// Brings these files of `from` there.
    fn put(&mut self, step: Step, from: &Path, files: &[OutputPath]) -> io::Result<()>;
    /// Deletes these files there.
    fn delete(&mut self, from: &Path, files: &[OutputPath]) -> io::Result<()>;
    /// Ends the publication.
    fn finish(&mut self, from: &Path) -> io::Result<()>;
    /// Files that stand in the way: Guidepost did not put them there, and they differ from ours.
    fn foreign(&self, _from: &Path, _files: &[OutputPath]) -> Vec<OutputPath> {
        Vec::new()
    }
}

/// What is brought to a target first and next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// What pages need.
    Assets,
    /// Pages, and what tells the host of them.
    Pages,
}

impl Step {
    fn of(path: &OutputPath) -> Step {
        let tells = path.as_str().starts_with(['.', '_']) || path.file_name() == "web.config";
        let listed = matches!(&*path.extension(), "xml" | "json" | "txt") && path.folder().is_empty();
        if is_page(path) || tells || listed { Step::Pages } else { Step::Assets }
    }
}

/// An error in words of our own.
fn failed(why: impl Into<String>) -> io::Error {
    io::Error::other(why.into())
}

/// Which sort of target a text means.
fn target(args: &PublishArgs, work: &Work) -> Result<Box<dyn Target>, String> {
    let text = args.target.as_str();
    let (root, cache) = (work.session.files.mounts().root().to_path_buf(), work.session.cache.clone());
    if let Some(program) = &args.program {
        return Ok(Box::new(remote::Program::new(program, text, &cache)));
    }
    if let Some(rest) = text.strip_prefix("git:") {
        let Some((repository, name)) = rest.rsplit_once('#').filter(|(a, b)| !a.is_empty() && !b.is_empty())
        else {
            return Err(
                "Write git:, the repository, # and the branch, such as git:origin#gh-pages.".to_owned()
            );
        };
        return Ok(Box::new(branch::Branch::new(repository, name, &root)));
    }
    // One letter before a colon is a drive.
    let remote = text.starts_with("rsync://")
        || text.split_once(':').is_some_and(|(host, _)| host.len() > 1 && !host.contains(['/', '\\']));
    if remote && text.contains("://") && !text.starts_with("rsync://") {
        return Err(format!(
            "Guidepost cannot publish to \"{text}\" by itself. Name a program that can, with --program."
        ));
    }
    if remote {
        return Ok(Box::new(remote::Rsync::new(text)));
    }
    let folder = real(Path::new(text));
    let out = &real(work.session.out.path());
    let inside = |a: &Path, b: &Path| a == b || a.starts_with(b);
    if inside(&folder, out)
        || inside(out, &folder)
        || inside(&root, &folder)
        || inside(&folder, &root.join("content"))
    {
        return Err(format!(
            "\"{text}\" cannot be the target: it is, holds or lies in a folder of the guide itself."
        ));
    }
    Ok(Box::new(folder::Folder::new(folder)))
}

/// The path with what exists of it followed to where it lies, so that two ways to one folder are one.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find_map(|above| Some((above, std::fs::canonicalize(above).ok()?)));
    let rest = there.as_ref().and_then(|(above, _)| path.strip_prefix(above).ok());
    match (&there, rest) {
        (Some((_, real)), Some(rest)) if rest.as_os_str().is_empty() => real.clone(),
        (Some((_, real)), Some(rest)) => real.join(rest),
        _ => path.clone(),
    }
}

/// Runs the command.
pub fn run(args: &PublishArgs) -> Outcome {
    let not_done = "Not published: the guide has errors. What was published stays as it is.";
    let (mut work, diagnostics) = match built(&args.site, not_done) {
        Ok(built) => built,
        Err(outcome) => return outcome,
    };
    if !args.anyway && !args.dry_run && !ready(&mut work, &diagnostics) {
        return Outcome::Errors;
    }
    let done =
        target(args, &work).map_err(failed).and_then(|mut target| publish(args, &work, target.as_mut()));
    match done {
        Ok(changes) => {
            if !args.dry_run && !published::keep(&mut work) {
                return Outcome::CouldNotRun;
            }
            if args.format == Format::Json {
                changes::tell(&changes);
            } else {
                let word = if args.dry_run { "Would be published" } else { "Published" };
                changes.lines().into_iter().for_each(report::say);
                report::say(format_args!("{word} to {}: {}.", args.target, changes.line()));
            }
            Outcome::Clean
        }
        Err(error) => {
            report::say(format_args!("Not published to {}: {error}", args.target));
            Outcome::CouldNotRun
        }
    }
}

/// Whether nothing must be done first; else says what.
fn ready(work: &mut Work, diagnostics: &[crate::diag::Diagnostic]) -> bool {
    let must: Vec<Thing> =
        publish_check::things(work, diagnostics).into_iter().filter(|thing| thing.must).collect();
    if must.is_empty() {
        return true;
    }
    for thing in must.iter().take(5) {
        let place = thing.path.as_ref().map_or(String::new(), |path| format!("{path}: "));
        report::say(format_args!("  [ ] {place}{}", thing.message));
    }
    report::say(format_args!(
        "Not published: {} to do. `guidepost check --publish` lists them; --anyway publishes all the same.",
        report::count(must.len(), "thing", "things")
    ));
    false
}

/// Brings what differs to the target; gives what that was.
fn publish(args: &PublishArgs, work: &Work, target: &mut dyn Target) -> io::Result<Changes> {
    let out = work.session.out.path();
    let before = target.published()?;
    let now: Outputs = work.session.manifest.outputs().map(|(path, print)| (path.clone(), print)).collect();
    let changes = Changes::between(&before, &now);
    let put: Vec<OutputPath> = changes.new.iter().chain(&changes.changed).cloned().collect();
    if !args.anyway {
        let foreign = target.foreign(out, &changes.new);
        if let Some(first) = foreign.first() {
            let more =
                if foreign.len() > 1 { format!(" and {} more", foreign.len() - 1) } else { String::new() };
            return Err(failed(format!(
                "\"{first}\"{more} lies there already, and Guidepost did not make it. Move it away, or write --anyway to put ours in its place."
            )));
        }
    }
    if args.dry_run {
        return Ok(changes);
    }
    for step in [Step::Assets, Step::Pages] {
        let files: Vec<OutputPath> = put.iter().filter(|path| Step::of(path) == step).cloned().collect();
        if !files.is_empty() {
            target.put(step, out, &files)?;
        }
    }
    if !changes.gone.is_empty() {
        target.delete(out, &changes.gone)?;
    }
    target.finish(out)?;
    let files = &work.session.files;
    let record = std::fs::read(out.join(LIST))?;
    // Whoever loses it is told less the next time.
    let _ = files.disk.write_atomic(&changes::record(&work.session.cache), &record);
    Ok(changes)
}

/// The list of outputs as a path, which no output has.
fn list() -> PathBuf {
    PathBuf::from(LIST)
}

/// What a list names.
fn named(list: &[u8]) -> Outputs {
    manifest::listed(list)
}

/// Whether a file holds bytes of this fingerprint.
fn holds(path: &Path, print: Fingerprint) -> bool {
    std::fs::read(path).is_ok_and(|bytes| Fingerprint::of(&bytes) == print)
}
