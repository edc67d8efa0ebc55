//! `guidepost serve`: pages from memory, made when a browser asks; the rest in the background.
//!
//! One lock holds the engine. A request takes it to make one page; the loop takes it to apply a change, makes the pages
//! that browsers showed last, tells them, and then makes the rest in small portions, so that a request never waits
//! long. The rules of `check` run when everything is made and nothing has changed for a moment.

use super::args::{Format, ServeArgs};
use super::build::NoText;
use super::photos::Photos;
use super::report;
use super::work::Work;
use super::{Outcome, neighbours};
use crate::diag::{Diagnostic, Severity, SourceText, human, shown};
use crate::engine::{Engine, Output, OutputBody, Which};
use crate::io::watch::{Batch, WatchOptions, Watcher};
use crate::serve::{Host, News, Problem, Reply, ServeOptions, Server, on_signals};
use crate::source::{OutputPath, SourcePath};
use std::collections::VecDeque;
use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Maximum number of pages, those asked for last, that are made first after a change.
const MAX_ON_SCREEN: usize = 16;
/// Number of outputs that are made in one go in the background.
const PORTION: usize = 32;
/// Number of pages that the rules of `check` look at before a request or a change has its turn.
const RULES_PORTION: usize = 64;
/// Maximum number of problems that the browser shows; the terminal shows more.
const MAX_IN_BROWSER: usize = 50;
/// Time without a change after which the rules of `check` run: they look at the whole site, and nobody who saves again or
/// asks for a page should wait for them.
const QUIET_TIME: Duration = Duration::from_millis(300);

/// What the server asks for pages.
struct Preview {
    work: Mutex<Work>,
    shown: Mutex<VecDeque<OutputPath>>,
    problems: Mutex<Vec<Problem>>,
    photos: Photos,
}

/// What is shown and what is told is right at any moment; the open site is not: see [`Preview::work`].
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Preview {
    /// The open site. What a panic left half done is made anew first.
    fn work(&self) -> MutexGuard<'_, Work> {
        let mut work = lock(&self.work);
        work.recover();
        work
    }

    fn remember(&self, path: &OutputPath) {
        let mut shown = lock(&self.shown);
        shown.retain(|p| p != path);
        shown.push_front(path.clone());
        shown.truncate(MAX_ON_SCREEN);
    }
}

impl Host for Preview {
    fn get(&self, path: &OutputPath) -> Reply {
        let mut work = self.work();
        let files = work.session.files.clone();
        let made = work.output(path);
        match made {
            Some(OutputBody::Bytes(bytes)) => {
                drop(work);
                if path.extension() == "html" {
                    self.remember(path);
                }
                Reply::Bytes(bytes.into())
            }
            // What lies in the program is no file that a server could open.
            Some(OutputBody::Source(from)) if files.built_in_path(&from).is_some() => {
                files.text(&from).map_or(Reply::NotFound(None), Reply::Bytes)
            }
            Some(OutputBody::Source(from)) => Reply::File(files.mounts().resolve(&from)),
            Some(OutputBody::Photo(photo)) => {
                drop(work);
                self.photos.get(path, photo, files).map_or(Reply::NotFound(None), Reply::Bytes)
            }
            None => {
                let page = OutputPath::new("404.html").ok().and_then(|path| work.output(&path));
                match page {
                    Some(OutputBody::Bytes(bytes)) => Reply::NotFound(Some(bytes.into())),
                    _ => Reply::NotFound(None),
                }
            }
        }
    }

    fn problems(&self) -> Vec<Problem> {
        lock(&self.problems).clone()
    }
}

/// Problems as the browser shows them, errors first; notes and what is beyond the first stay in the terminal.
fn for_browser(diagnostics: &[Diagnostic], text: &dyn SourceText) -> Vec<Problem> {
    let of = |severity| diagnostics.iter().filter(move |d| d.severity == severity);
    let mut drawing = human::Drawing::new(text, human::Colors::Plain);
    of(Severity::Error)
        .chain(of(Severity::Warning))
        .take(MAX_IN_BROWSER)
        .map(|d| {
            let at = drawing.position(d);
            let place = d.path.as_ref().map(|path| match at {
                Some(at) => format!("{}:{}:{}", shown(path, text), at.line, at.column),
                None => shown(path, text),
            });
            Problem {
                severity: d.severity,
                code: d.code.name().to_string(),
                message: d.message.clone(),
                place,
                help: d.help.clone(),
                about: crate::check::about(d.code).to_owned(),
                text: drawing.whole(d),
            }
        })
        .collect()
}

/// Runs the command.
pub fn run(args: &ServeArgs) -> Outcome {
    let start = Instant::now();
    let mut work = match Work::open(&args.site, !args.write, true, args.write, args.write) {
        Ok(work) => work,
        Err(problem) => {
            report::problems(&[*problem], &NoText, Format::Human);
            return Outcome::CouldNotRun;
        }
    };
    // Watching begins before the first look, so that nothing falls between.
    let options =
        WatchOptions { exclude: work.session.scan_options.exclude.clone(), ..WatchOptions::default() };
    let mut watcher = Watcher::start(work.session.files.mounts().as_ref().clone(), options);
    if let Err(problem) = work.open_engine() {
        report::problems(&[*problem], &NoText, Format::Human);
        return Outcome::CouldNotRun;
    }
    let preview = Arc::new(Preview {
        work: Mutex::new(work),
        shown: Mutex::default(),
        problems: Mutex::default(),
        photos: Photos::default(),
    });
    let names = neighbours::names();
    let serve = ServeOptions { host: args.host.clone(), port: args.port, allowed_hosts: names.clone() };
    let server = match Server::start(&serve, preview.clone()) {
        Ok(server) => server,
        Err(error) => {
            say(&format!("The preview cannot be served on {}: {error}.", args.host));
            return Outcome::CouldNotRun;
        }
    };
    if let Err(error) = preview.photos.start(server.live().clone()) {
        say(&format!("Photos are shown whole, not as narrow as they will be published ({error})."));
    }
    let stop = watcher.stopper();
    if let Err(error) = on_signals(move || stop.stop()) {
        say(&format!("Ctrl-C will end the preview at once, without goodbye ({error})."));
    }
    for notice in server.notices() {
        say(notice);
    }
    say(&format!(
        "Preview at {} after {}. Press Ctrl-C to end it.",
        server.url(),
        report::duration(start.elapsed())
    ));
    for line in neighbours::told(server.address(), &names) {
        say(&line);
    }
    for line in neighbours::synced(lock(&preview.work).session.files.mounts().root()) {
        say(&line);
    }
    if args.open {
        open_browser(&server.url());
    }
    let mut told = PreviewState::default();
    react(&preview, &server, args.write, &mut told);
    loop {
        let wait = match told.next {
            Next::Rest => lock(&preview.work).rest(),
            Next::Check => QUIET_TIME,
            Next::Make(..) | Next::CheckOn => Duration::ZERO,
        };
        let batch = watcher.next(Some(Instant::now() + wait));
        if matches!(batch, Batch::Stop) {
            break;
        }
        let changed = !matches!(batch, Batch::Time);
        let turn = || take_turn(&preview, &server, &mut watcher, args, &mut told, batch);
        if panic::catch_unwind(AssertUnwindSafe(turn)).is_err() {
            // Not again before the next change: it would most likely end in the same way.
            told.next = Next::Rest;
            if changed {
                lock(&preview.work).distrust();
            }
            say(
                "A fault in Guidepost, told above, ended this step. The preview goes on; please report the fault.",
            );
        }
    }
    drop(server);
    say("The preview has ended.");
    Outcome::Clean
}

/// Does what a message of the watcher asks for, or what is next when it had none.
fn take_turn(
    preview: &Preview,
    server: &Server,
    watcher: &mut Watcher,
    args: &ServeArgs,
    told: &mut PreviewState,
    batch: Batch,
) {
    // When all was read anew, no file has changed since.
    let anew = lock(&preview.work).recover();
    let changed = match batch {
        Batch::Stop => return,
        Batch::Notice(text) => return say(&text),
        Batch::Hint(paths) => preview.work().scan_paths(&paths),
        Batch::Sweep => preview.work().sweep(),
        Batch::Time => match told.next {
            Next::Make(since, made) => return make_more(preview, server, told, since, made),
            Next::Check | Next::CheckOn => return rules(preview, server, told),
            Next::Rest => preview.work().turn_day(),
        },
    };
    if changed || anew {
        watcher.set_mounts(preview.work().session.files.mounts().as_ref().clone());
        react(preview, server, args.write, told);
    }
}

fn say(text: &str) {
    // The terminal may be gone; the preview goes on.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// What browsers and terminal know.
#[derive(Default)]
struct PreviewState {
    /// Problems that making the pages found.
    problems: Vec<Diagnostic>,
    /// What the rules of `check` found when they last ran to their end.
    findings: Vec<Diagnostic>,
    /// Outputs with new bytes that open pages do not show yet, because of an error.
    held: Vec<OutputPath>,
    next: Next,
}

impl PreviewState {
    /// Takes all problems that are known.
    fn part(&mut self, all: Vec<Diagnostic>) {
        let rule = |d: &Diagnostic| crate::check::rules().iter().any(|rule| rule.code == d.code);
        (self.findings, self.problems) = all.into_iter().partition(rule);
    }

    /// Everything that is known, sorted.
    fn all(&self) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> = self.problems.iter().chain(&self.findings).cloned().collect();
        crate::diag::sort(&mut all);
        all
    }
}

/// What is to be done as soon as nothing else is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Next {
    /// Nothing.
    #[default]
    Rest,
    /// To make what nobody looks at, which a change made dirty at this time; so much of it is made.
    Make(Instant, usize),
    /// To let the rules of `check` look, when nothing has changed for a moment.
    Check,
    /// To let them go on.
    CheckOn,
}

/// Parts outputs with new bytes: what open pages may show now, and what must wait. The last good page stays up: a page
/// waits while its own file has an error, and all wait while an error is in what pages share.
fn showable(
    engine: &Engine,
    problems: &[Diagnostic],
    changed: Vec<OutputPath>,
) -> (Vec<OutputPath>, Vec<OutputPath>) {
    let errors = problems.iter().filter(|d| d.severity == Severity::Error);
    let mut files: Vec<&SourcePath> = Vec::new();
    for error in errors {
        match error.path.as_ref().filter(|path| path.as_str().starts_with("content/")) {
            Some(path) => files.push(path),
            None => return (Vec::new(), changed),
        }
    }
    let waits = |output: &OutputPath| engine.source_of(output).is_some_and(|path| files.contains(&&path));
    changed.into_iter().partition(|output| !waits(output))
}

/// Makes what is on screen of what a change made dirty, and tells the browsers that show it.
fn react(preview: &Preview, server: &Server, write: bool, told: &mut PreviewState) {
    let start = Instant::now();
    let shown: Vec<OutputPath> = lock(&preview.shown).iter().cloned().collect();
    let mut work = preview.work();
    // Who looks at a page that is gone is told so by the page for what is not there.
    let mut new = work.take_removed();
    let mut made = 0;
    if let Some(engine) = work.engine() {
        let sheets: Vec<OutputPath> = engine.dirty().filter(|p| p.extension() == "css").cloned().collect();
        for wanted in [sheets, shown] {
            let (count, outputs) = make(engine, Which::These(&wanted));
            made += count;
            new.extend(outputs);
        }
        show(server, engine, &engine.problems(), new, told);
    }
    drop(work);
    if write {
        write_all(preview, server, told, start);
    } else {
        told.next = Next::Make(start, made);
    }
}

/// Makes outputs; gives how many, and which of them have new bytes.
fn make(engine: &mut Engine, which: Which<'_>) -> (usize, Vec<OutputPath>) {
    let new: Mutex<Vec<OutputPath>> = Mutex::default();
    let made = engine.render(which, &|output| {
        // Who looks at what is gone is told so too.
        let (Output::Write { path, .. } | Output::Copy { path, .. } | Output::Remove { path }) = output;
        lock(&new).push(path);
    });
    (made, new.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Tells browsers which of the outputs with new bytes they may show, and keeps the rest for when the error is mended.
fn show(
    server: &Server,
    engine: &Engine,
    problems: &[Diagnostic],
    new: Vec<OutputPath>,
    told: &mut PreviewState,
) {
    let mut all = std::mem::take(&mut told.held);
    all.extend(new);
    all.sort_unstable();
    all.dedup();
    let (now, later) = showable(engine, problems, all);
    told.held = later;
    tell(server, now);
}

/// Makes a part of what nobody looks at; when nothing is left, tells what problems there are.
fn make_more(preview: &Preview, server: &Server, told: &mut PreviewState, since: Instant, made: usize) {
    let before = told.all();
    let mut work = preview.work();
    let files = work.session.files.clone();
    let Some(engine) = work.engine() else { return };
    let (count, new) = make(engine, Which::Some(PORTION));
    if count > 0 {
        // Told when all is made: whoever opens one of these before gets the new bytes anyway.
        told.held.extend(new);
        told.next = Next::Make(since, made + count);
        return;
    }
    let mut known = engine.problems();
    show(server, engine, &known, Vec::new(), told);
    // What the rules say better of the same fault was said when they last ran.
    known.append(&mut told.findings);
    let known = crate::check::dedupe_overlapping(known, &engine.config().checks);
    drop(work);
    told.part(known);
    told.next = Next::Check;
    let what = what(made, since);
    if !tell_problems(preview, server, files.as_ref(), &before, told, &what) {
        say(&format!("{what}."));
    }
}

/// Makes all that is dirty and writes it, rules included.
fn write_all(preview: &Preview, server: &Server, told: &mut PreviewState, since: Instant) {
    let before = told.all();
    let mut work = preview.work();
    let files = work.session.files.clone();
    // Pages that a browser shows were made for it.
    work.mark_unverified();
    let (diagnostics, done) = work.make_and_write(true, &|_| {});
    if !report::has_errors(&diagnostics) {
        work.save_manifest();
    }
    let made = done.written.len();
    if let Some(engine) = work.engine() {
        show(server, engine, &diagnostics, done.written, told);
    }
    drop(work);
    told.part(diagnostics);
    told.next = Next::Rest;
    let what = what(made, since);
    if !tell_problems(preview, server, files.as_ref(), &before, told, &what) {
        say(&format!("{what}."));
    }
}

/// `3 files made, 12 ms`.
fn what(made: usize, since: Instant) -> String {
    format!("{} made, {}", report::count(made, "file", "files"), report::duration(since.elapsed()))
}

/// Lets the rules of `check` look at a part of what changed; when they are through, tells what they found.
fn rules(preview: &Preview, server: &Server, told: &mut PreviewState) {
    told.next = Next::CheckOn;
    let before = told.all();
    let mut work = preview.work();
    let files = work.session.files.clone();
    let Some(engine) = work.engine() else { return };
    if !engine.check_some(RULES_PORTION).1 {
        return;
    }
    let diagnostics = engine.diagnostics();
    drop(work);
    told.part(diagnostics);
    told.next = Next::Rest;
    tell_problems(preview, server, files.as_ref(), &before, told, "checked");
}

/// Tells browsers and terminal the problems if they are others than `before`, gives whether they are.
fn tell_problems(
    preview: &Preview,
    server: &Server,
    text: &dyn SourceText,
    before: &[Diagnostic],
    told: &PreviewState,
    what: &str,
) -> bool {
    let now = told.all();
    if before == now {
        return false;
    }
    // The words of the overlay are there before a page asks for them.
    *lock(&preview.problems) = for_browser(&now, text);
    server.live().tell(News::Problems);
    report::problems_since(before, &now, text);
    say(&format!("{}: {what}.", report::tally(&now)));
    true
}

/// Tells open pages what has new bytes. Only stylesheets: they are swapped; a picture or script may be on any page.
fn tell(server: &Server, changed: Vec<OutputPath>) {
    if changed.is_empty() {
        return;
    }
    if changed.iter().all(|p| p.extension() == "css") {
        server.live().tell(News::Css);
    } else if changed.iter().all(|p| matches!(p.extension().as_str(), "html" | "xml" | "txt")) {
        server.live().tell(News::Reload { pages: Some(changed) });
    } else {
        server.live().tell(News::Reload { pages: None });
    }
}

/// Opens the address in the person's browser; if that cannot be done, they have the address in the terminal.
fn open_browser(url: &str) {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(target_os = "windows") {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let started = std::process::Command::new(program)
        .args(first)
        .arg(url)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    if started.is_err() {
        say(&format!("No browser could be started; open {url} yourself."));
    }
}
