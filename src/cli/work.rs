//! An open site with its engine: what `build`, `watch`, `serve` and `check` do, each in its own order.

mod last_run;

use super::args::SiteArgs;
use super::session::Session;
use super::stage_timer::StageTimer;
use crate::diag::{Diagnostic, Severity};
use crate::engine::{Engine, Output, OutputBody, ParsedPage, Stage, Which};
use crate::io::cache_file::{self, CacheFile, Saving};
use crate::io::stats::StatTable;
use crate::io::write::{WriteReport, WriteTransaction};
use crate::io::{Disk, manifest, scan};
use crate::source::{Change, OutputPath, Source, SourcePath};
use last_run::{Ending, LastRunReport, told};
use std::io;
use std::time::Duration;

/// Maximum time between two looks at the date.
const MAX_DATE_WAIT: Duration = Duration::from_secs(60);

/// The name of the cache file.
const CACHE: &str = "guidepost.cache";

// Its sections. What files looked like, and what changed in that since it was written.
const TABLE: &str = "table";
const TABLE_CHANGES: &str = "table changes";
/// What a build with nothing to do says.
const SAID: &str = "said";
// The engine, and what little was edited since it was written.
const ENGINE: &str = "engine";
const EDITS: &str = "edits";

/// What files looked like when they were last read.
fn kept_table(disk: &dyn Disk, file: &CacheFile) -> Option<StatTable> {
    let changes = match file.has(TABLE_CHANGES) {
        true => Some(file.section(disk, TABLE_CHANGES)?),
        false => None,
    };
    StatTable::open(&file.section(disk, TABLE)?, changes.as_deref())
}

/// An engine whose site is being read for the first time.
struct InitialLoad(Engine);

impl scan::SourceSink for InitialLoad {
    type Parsed = ParsedPage;

    fn wants(&self, path: &SourcePath) -> bool {
        Engine::parses_early(path)
    }

    fn prepare(&mut self, changes: Vec<Change>) {
        self.0.prepare(changes);
    }

    fn take(&self, source: Source) -> ParsedPage {
        self.0.parse_early(&source)
    }
}

/// An open site.
pub struct Work {
    /// Folders, table, manifest.
    pub session: Session,
    /// The engine; none as long as nothing has shown that it is needed.
    engine: Option<Engine>,
    /// The file that the engine was opened from or saved to last.
    cached: Option<CacheFile>,
    /// How many files the last scan read.
    pub read: usize,
    /// How many pages the rules looked at.
    pub checked: usize,
    removed: Vec<OutputPath>,
    ending: Ending,
    /// What writing met last.
    of_write: Vec<Diagnostic>,
    /// Whether outputs may lie in the output otherwise than the engine made them last: never written, edited, deleted.
    doubtful: bool,
    /// How long each stage took.
    pub stage_timer: StageTimer,
    /// A step ended half way.
    distrusted: bool,
    /// Whether what would stop the build on a day to come stops this one: where nobody waits for each edit.
    pub looks_ahead: bool,
}

impl Work {
    /// Opens the site. `show` opens it to be shown, whatever is wrong with it; `cached` starts from what an earlier run kept.
    pub fn open(
        args: &SiteArgs,
        serve: bool,
        show: bool,
        lock: bool,
        cached: bool,
    ) -> Result<Work, Box<Diagnostic>> {
        let stage_timer = StageTimer::default();
        stage_timer.begin(Stage::Open);
        let mut session = Session::open(args, serve, show, lock)?;
        let disk = session.files.disk.clone();
        let path = session.cache.join(CACHE);
        let mut file =
            if cached { cache_file::load(disk.as_ref(), &path, &cache_file::program()) } else { None };
        match file.as_ref().and_then(|file| kept_table(disk.as_ref(), file)) {
            Some(table) => session.table = table,
            None => file = None,
        }
        Ok(Work {
            session,
            engine: None,
            cached: file,
            read: 0,
            checked: 0,
            removed: Vec::new(),
            ending: Ending::KeptBack,
            of_write: Vec::new(),
            doubtful: true,
            stage_timer,
            distrusted: false,
            looks_ahead: false,
        })
    }

    /// Looks at all files. When nothing differs from the last run and every output is what it was, or an error would keep them
    /// back again, gives what was said then; otherwise the engine knows all changes afterwards.
    pub fn scan(&mut self, checked: bool) -> Result<Option<LastRunReport>, Box<Diagnostic>> {
        let files = self.session.files.clone();
        if self.engine.is_none() && self.cached.is_none() {
            self.start_cold(checked)?;
            return Ok(None);
        }
        self.stage_timer.begin(Stage::Scan);
        let found = scan::scan(
            files.disk.as_ref(),
            &files.mounts(),
            &self.session.scan_options,
            &mut self.session.table,
        );
        self.read = found.read;
        // Another run wrote the output, or its list is gone: that is written down again in any case.
        let other = self.session.manifest.is_dirty();
        let wrong = manifest::verify(files.disk.as_ref(), &self.session.out, &mut self.session.manifest);
        if found.changes.is_empty() && found.diagnostics.is_empty() && self.engine.is_none() {
            let said = self
                .cached
                .as_ref()
                .and_then(|f| f.section(files.disk.as_ref(), SAID))
                .and_then(|b| postcard::from_bytes::<LastRunReport>(&b).ok());
            if let Some(said) = said
                && said.holds(&self.session, checked, wrong.is_empty())
            {
                if other {
                    self.save_manifest();
                }
                return Ok(Some(said));
            }
        }
        if self.engine.is_none() {
            self.engine = self.kept_engine()?;
            if self.engine.is_none() {
                // The table is of no use without the engine that knew the files: read everything.
                self.session.table = StatTable::default();
                self.start_cold(checked)?;
                return Ok(None);
            }
        }
        if let Some(engine) = &mut self.engine {
            engine.tell_stages(self.stage_timer.hook());
            engine.set_scan_problems(self.session.problems_of(found.diagnostics));
            engine.apply(found.changes);
        }
        self.recover();
        Ok(None)
    }

    /// Makes an engine that is not sound anew from the files; gives whether that was done.
    pub fn recover(&mut self) -> bool {
        if !self.distrusted && self.engine.as_ref().is_none_or(Engine::is_sound) {
            return false;
        }
        self.cached = None;
        self.session.table = StatTable::default();
        let made = self.start_cold(true).is_ok();
        self.distrusted = !made;
        made
    }

    /// Says that something ended half way: all is read anew before it is used again.
    pub fn distrust(&mut self) {
        self.distrusted = true;
    }

    /// The bytes of one output as it is now; none when no job makes it.
    pub fn output(&mut self, path: &OutputPath) -> Option<OutputBody> {
        let made = self.engine.as_mut()?.output(path);
        // What comes out of an engine that is not sound is nobody's to see.
        if self.recover() { self.engine.as_mut()?.output(path) } else { made }
    }

    /// Reads all files into a new engine, pages while they are parsed; `checked` says whether the rules will run. The table
    /// knows no file.
    fn start_cold(&mut self, checked: bool) -> Result<(), Box<Diagnostic>> {
        let files = self.session.files.clone();
        self.stage_timer.begin(Stage::Scan);
        // Outputs that are not what was written last are made again.
        manifest::verify(files.disk.as_ref(), &self.session.out, &mut self.session.manifest);
        let mut cold = InitialLoad(self.session.engine()?);
        cold.0.tell_stages(self.stage_timer.hook());
        cold.0.keep_texts(checked);
        cold.0.set_starter(super::publish_check::starter_boxes);
        let (options, table) = (&self.session.scan_options, &mut self.session.table);
        let (found, pages) = scan::scan_into(files.disk.as_ref(), &files.mounts(), options, table, &mut cold);
        self.read = found.read;
        let mut engine = cold.0;
        engine.set_scan_problems(self.session.problems_of(found.diagnostics));
        engine.apply_first(pages, found.changes);
        self.engine = Some(engine);
        // It has made nothing yet, so there is nothing to doubt.
        self.doubtful = false;
        Ok(())
    }

    /// Like [`Work::scan`], but there is an engine afterwards in any case.
    pub fn open_engine(&mut self) -> Result<(), Box<Diagnostic>> {
        if self.scan(true)?.is_some() {
            // Nothing differs, so the kept engine is right as it is; or it cannot be opened and all is read.
            self.force()?;
        }
        Ok(())
    }

    /// The engine that an earlier run kept, if it can be opened.
    fn kept_engine(&mut self) -> Result<Option<Engine>, Box<Diagnostic>> {
        let files = self.session.files.clone();
        self.stage_timer.begin(Stage::Open);
        // Only a file whose engine could be opened may grow.
        let Some(file) = self.cached.take() else { return Ok(None) };
        let Some(bytes) = file.section(files.disk.as_ref(), ENGINE) else { return Ok(None) };
        let edits = match file.has(EDITS) {
            true => match file.section(files.disk.as_ref(), EDITS) {
                Some(bytes) => Some(bytes.into()),
                None => return Ok(None),
            },
            false => None,
        };
        let engine = Engine::open(self.session.options.clone(), files, bytes.into(), edits)
            .map_err(super::session::no_threads)?;
        Ok(engine.map(|mut engine| {
            engine.set_starter(super::publish_check::starter_boxes);
            self.cached = Some(file);
            engine
        }))
    }

    fn force(&mut self) -> Result<(), Box<Diagnostic>> {
        self.engine = self.kept_engine()?;
        if self.engine.is_none() {
            self.session.table = StatTable::default();
            return self.start_cold(true);
        }
        Ok(())
    }

    /// Looks at single files, as a watcher hints.
    pub fn scan_paths(&mut self, paths: &[SourcePath]) -> bool {
        let files = self.session.files.clone();
        let options = &self.session.scan_options;
        let found =
            scan::scan_paths(files.disk.as_ref(), &files.mounts(), options, &mut self.session.table, paths);
        self.take(found)
    }

    /// Looks at all files again.
    pub fn sweep(&mut self) -> bool {
        let files = self.session.files.clone();
        let options = &self.session.scan_options;
        let found = scan::scan(files.disk.as_ref(), &files.mounts(), options, &mut self.session.table);
        self.take(found)
    }

    fn take(&mut self, mut found: scan::Scan) -> bool {
        let settings = |c: &Change| match c {
            Change::Set(source) => source.path.as_str() == "site.yaml",
            Change::Remove(path) => path.as_str() == "site.yaml",
            Change::SetAsset(_) => false,
        };
        let settings = found.changes.iter().any(settings);
        let files = self.session.files.clone();
        if settings || files.theme_moved() {
            // A folder of the theme's name may have come or gone too, of which the scan saw nothing.
            match files.remount() {
                // Where the theme lies is another place: all that came and went there belongs to this change.
                Ok(true) => {
                    let (options, table) = (&self.session.scan_options, &mut self.session.table);
                    let again = scan::scan(files.disk.as_ref(), &files.mounts(), options, table);
                    found.changes.extend(again.changes);
                    found.diagnostics = again.diagnostics;
                }
                Ok(false) => {}
                Err(problem) => found.diagnostics.push(*problem),
            }
        }
        let mut problems = self.session.problems_of(found.diagnostics);
        let Some(engine) = &mut self.engine else { return false };
        self.read = found.read;
        if found.changes.is_empty() {
            engine.set_scan_problems(problems);
            return false;
        }
        self.removed.extend(engine.apply(found.changes).removed);
        if settings {
            let zone = engine.config().time_zone.clone();
            problems.extend(self.session.calendar.set_zone(zone).err().map(|problem| *problem));
        }
        engine.set_scan_problems(problems);
        if settings {
            self.turn_day();
        }
        true
    }

    /// Looks whether it is another day now, and makes it that of the site; gives whether it is.
    pub fn turn_day(&mut self) -> bool {
        let today = self.session.calendar.today();
        let turned = self.session.options.date != today;
        self.session.options.date = today;
        if turned && let Some(engine) = &mut self.engine {
            self.removed.extend(engine.set_date(today).removed);
        }
        turned
    }

    /// How long to rest before [`Work::turn_day`] is asked again: until midnight, but not so long that a computer which sleeps
    /// in between is late.
    pub fn rest(&self) -> Duration {
        self.session.calendar.left().map_or(MAX_DATE_WAIT, |left| left.min(MAX_DATE_WAIT))
    }

    /// The outputs that no job makes any more since this was asked last.
    pub fn take_removed(&mut self) -> Vec<OutputPath> {
        std::mem::take(&mut self.removed)
    }

    /// The engine. There is one after the first scan that found anything to do.
    pub fn engine(&mut self) -> Option<&mut Engine> {
        self.engine.as_mut()
    }

    /// Says that outputs were made whose bytes went elsewhere: the next write looks at all of them.
    pub fn mark_unverified(&mut self) {
        self.doubtful = true;
    }

    /// The outputs that may not be what the engine made last, in the order of their paths.
    fn unverified(&self) -> Vec<OutputPath> {
        let engine = self.engine.as_ref().filter(|_| self.doubtful);
        engine.map_or_else(Vec::new, |engine| self.session.manifest.unverified(engine.expected()))
    }

    /// Makes what is dirty and writes it; with an error among the problems nothing is put in its place. `step` is called
    /// for each output made with how many there are if no error keeps them back.
    ///
    /// What is made but does not lie in the output is made again to be written, but only when no error keeps it back: a site
    /// with errors costs no more than what is edited in it.
    pub fn make_and_write(
        &mut self,
        check: bool,
        step: &(dyn Fn(usize) + Sync),
    ) -> (Vec<Diagnostic>, WriteReport) {
        let unverified = self.unverified();
        let Some(engine) = &mut self.engine else { return Default::default() };
        let files = self.session.files.clone();
        let (disk, mounts) = (files.disk.as_ref(), files.mounts());
        let mut planned = engine.plan().jobs.keys().peekable();
        let stale = self.session.manifest.stale(|path| {
            while planned.next_if(|job| *job < path).is_some() {}
            planned.peek() == Some(&path)
        });
        let failed = |found: &[Diagnostic]| found.iter().any(|d| d.severity == Severity::Error);
        let (mut diagnostics, ready) = {
            let writing =
                WriteTransaction::begin(disk, &mounts, &self.session.out, &self.session.manifest, &stale);
            let (now, later): (Vec<_>, Vec<_>) =
                unverified.into_iter().partition(|path| engine.is_dirty(path));
            engine.mark(now);
            let total = engine.dirty().count() + later.len();
            let push = |output: Output| {
                step(total);
                writing.push(&output);
            };
            engine.render(Which::All, &push);
            if check {
                self.checked += engine.check();
            }
            let mut diagnostics = told(engine, check);
            if !later.is_empty() && !failed(&diagnostics) {
                engine.mark(later);
                engine.render(Which::All, &push);
                diagnostics = told(engine, check);
            }
            if self.looks_ahead && !failed(&diagnostics) {
                diagnostics.extend(engine.errors_ahead(check, &diagnostics));
                crate::diag::sort(&mut diagnostics);
            }
            (diagnostics, writing.ready())
        };
        if !engine.is_sound() {
            ready.abandon(disk, &self.session.out);
            return if self.recover() { self.make_and_write(check, step) } else { Default::default() };
        }
        self.stage_timer.begin(Stage::Write);
        self.doubtful = true;
        self.of_write.clear();
        if failed(&diagnostics) {
            self.ending = Ending::KeptBack;
            ready.abandon(disk, &self.session.out);
            return (diagnostics, WriteReport::default());
        }
        let engine = self.engine.as_ref();
        let source = |path: &OutputPath| engine.and_then(|engine| engine.source_of(path));
        let (cache, out) = (&self.session.cache, &self.session.out);
        let mut report = ready.commit(disk, cache, out, &mut self.session.manifest, &source);
        self.doubtful = !report.complete();
        self.ending = if report.complete() { Ending::Written } else { Ending::Refused };
        self.of_write = report.diagnostics.clone();
        diagnostics.append(&mut report.diagnostics);
        crate::diag::sort(&mut diagnostics);
        (diagnostics, report)
    }

    /// Keeps the list of outputs alone.
    pub fn save_manifest(&mut self) {
        let disk = self.session.files.disk.clone();
        let _ = self.session.manifest.save(disk.as_ref(), &self.session.cache, &self.session.out);
    }

    /// Keeps what a later run can use. A cache that cannot be written costs time only.
    pub fn save(&mut self, checked: bool, diagnostics: &[Diagnostic]) {
        self.stage_timer.begin(Stage::Save);
        let files = self.session.files.clone();
        let disk = files.disk.as_ref();
        let _ = self.session.manifest.save(disk, &self.session.cache, &self.session.out);
        let Some(engine) = &self.engine else { return };
        let said =
            LastRunReport::new(engine, &self.session, self.ending, checked, diagnostics, &self.of_write);
        let program = cache_file::program();
        let table = &mut self.session.table;
        let little = engine.save_edits().zip(table.save_changes());
        let little = self.cached.take().filter(CacheFile::may_grow).zip(little);
        let whole = little.is_none();
        let path = self.session.cache.join(CACHE);
        let keep = || -> io::Result<CacheFile> {
            let mut file = match little {
                Some((file, (edits, changes))) => {
                    let mut file = Saving::resume(disk, file, &program);
                    file.section(TABLE_CHANGES, |out| out.write_all(&changes))?;
                    file.section(EDITS, |out| out.write_all(&edits))?;
                    file
                }
                None => {
                    let mut file = Saving::begin(disk, &path, &program)?;
                    file.section(TABLE, |out| table.save(out))?;
                    file.section(ENGINE, |out| engine.save_to(out))?;
                    file
                }
            };
            file.section(SAID, |out| cache_file::write(&said, out))?;
            file.finish()
        };
        self.cached = keep().ok();
        if whole && let Some(engine) = &mut self.engine {
            engine.begin_edits();
        }
    }
}

#[cfg(test)]
mod tests;
