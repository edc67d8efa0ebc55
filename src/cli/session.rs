//! What every command starts with: the folders checked, the lock taken, the engine ready.

use super::args::SiteArgs;
use super::today::{Calendar, Computer};
use crate::diag::{BuiltIn, Diagnostic, Severity, SourceText, code};
use crate::engine::{Engine, Loader, Options};
use crate::io::lock::BuildLock;
use crate::io::manifest::Manifest;
use crate::io::output::OutputFolder;
use crate::io::scan::ScanOptions;
use crate::io::stats::StatTable;
use crate::io::{Disk, Kind, Mounts, RealDisk, absent, built_in, names};
use crate::source::{Source, SourcePath};
use rustc_hash::FxHashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Maximum time that a second build waits for the first.
const MAX_LOCK_WAIT: Duration = Duration::from_secs(60);

/// The files of a site as the engine and the printers read them.
pub struct SiteFiles {
    /// The disk.
    pub disk: Arc<dyn Disk>,
    /// Where each path lies.
    mounts: RwLock<Arc<Mounts>>,
    /// Folders that were found to lie inside a moment ago.
    folders: Mutex<FxHashMap<PathBuf, Instant>>,
}

/// How long a folder that lay inside is taken to do so still: as long as a pass over all pages of a folder lasts.
const MOMENT: Duration = Duration::from_secs(1);

impl SiteFiles {
    /// Where each path lies.
    pub fn mounts(&self) -> Arc<Mounts> {
        self.mounts.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks again where the themes lie: `site.yaml` may name a folder outside the site, and a folder in it may stand in for
    /// the theme that comes with the program. Gives whether its place is another one now; a
    /// place that cannot be used leaves everything as it was.
    pub fn remount(&self) -> Result<bool, Box<Diagnostic>> {
        let mut mounts = Mounts::clone(&self.mounts());
        mounts.clear();
        mount_themes(self.disk.as_ref(), &mut mounts)?;
        if mounts == *self.mounts() {
            return Ok(false);
        }
        *self.mounts.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(mounts);
        Ok(true)
    }

    /// The path in the theme that comes with the program, for what is a file of it.
    pub fn built_in_path(&self, path: &SourcePath) -> Option<String> {
        let mounts = self.mounts();
        let mount = mounts.mounts().iter().find(|m| m.folder == Path::new(built_in::FOLDER))?;
        let inner = path.as_str().strip_prefix(mount.at.as_str())?.strip_prefix('/')?;
        Some(inner.to_owned())
    }

    /// Whether a folder that stands in for the theme that comes with the program may have come or gone.
    pub fn theme_moved(&self) -> bool {
        let mounts = self.mounts();
        let built_in = mounts.mounts().iter().any(|mount| mount.folder == Path::new(built_in::FOLDER));
        built_in == has_own(self.disk.as_ref(), mounts.root())
    }

    fn read(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
        let real = self.mounts().resolve(path);
        let mut stat = self.disk.stat(&real).ok()?;
        let is_link = stat.kind == Kind::Link;
        if is_link {
            stat = self.disk.stat_target(&real).ok()?;
        }
        // A pipe would never end, and what a link leads to outside is nobody's to show.
        if stat.kind != Kind::File || !if is_link { self.inside(&real) } else { self.in_folder(&real) } {
            return None;
        }
        let mut bytes = Vec::new();
        self.disk.read(&real, stat.size, &mut bytes).ok()?;
        Some(bytes.into())
    }

    /// Whether a file that is no link itself lies inside: a matter of its folder.
    fn in_folder(&self, path: &Path) -> bool {
        let Some(folder) = path.parent() else { return false };
        let lock = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if lock().get(folder).is_some_and(|seen| seen.elapsed() < MOMENT) {
            return true;
        }
        let inside = self.inside(folder);
        if inside {
            lock().insert(folder.to_path_buf(), Instant::now());
        }
        inside
    }

    /// Whether a file lies in the site or in a folder mounted into it, links followed.
    fn inside(&self, path: &Path) -> bool {
        let Ok(real) = self.disk.canonical(path) else { return false };
        self.mounts().holds(&real)
    }
}

impl Loader for SiteFiles {
    fn load(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
        self.read(path)
    }
}

impl SourceText for SiteFiles {
    fn text(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
        self.read(path)
    }

    fn built_in(&self, path: &SourcePath) -> Option<BuiltIn> {
        let inner = self.built_in_path(path)?;
        let short = super::theme::short(&inner);
        let help = match super::theme::place(&inner) {
            Some(_) => format!(
                "This file comes with Guidepost. `guidepost theme eject {short}` puts a copy into your site, to be changed."
            ),
            None => "This file comes with Guidepost.".to_owned(),
        };
        Some(BuiltIn { name: format!("theme:{short}"), help })
    }

    fn in_repository(&self, path: &SourcePath) -> String {
        let mounts = self.mounts();
        let real = mounts.resolve(path);
        let top =
            mounts.root().ancestors().find(|folder| self.disk.stat_target(&folder.join(".git")).is_ok());
        match top.and_then(|top| real.strip_prefix(top).ok()) {
            Some(inside) => inside.to_string_lossy().replace('\\', "/"),
            None => path.to_string(),
        }
    }
}

/// A site that is open.
pub struct Session {
    /// Its files.
    pub files: Arc<SiteFiles>,
    /// What scans leave out.
    pub scan_options: ScanOptions,
    /// What the files looked like at the last scan.
    pub table: StatTable,
    /// Where outputs go.
    pub out: OutputFolder,
    /// Where the cache lies.
    pub cache: PathBuf,
    /// What was written before.
    pub manifest: Manifest,
    /// The engine's options.
    pub options: Options,
    /// Which day it is.
    pub calendar: Calendar,
    _lock: Option<BuildLock>,
}

/// The number of threads when nobody says.
pub fn threads(jobs: Option<u16>) -> usize {
    jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
}

fn could_not(message: String, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::site(code::OUTPUT_FOLDER, Severity::Error, message).help(help))
}

impl Session {
    /// Opens the site of `args`. `lock` keeps other builds out while the session lives. A site without settings is opened only
    /// to be shown (`show`): its preview tells what is wrong until that is mended.
    pub fn open(args: &SiteArgs, serve: bool, show: bool, lock: bool) -> Result<Session, Box<Diagnostic>> {
        let disk: Arc<dyn Disk> = Arc::new(built_in::WithTheme::new(RealDisk, super::bundle().theme()));
        let mut mounts = Mounts::new(disk.as_ref(), &args.root).map_err(|e| {
            could_not(
                format!("The site's folder {} cannot be opened: {e}.", args.root.display()),
                "Go into the site's folder, or name it with --root.",
            )
        })?;
        let root = mounts.root().to_path_buf();
        if let Some(problem) = absent::settings(disk.as_ref(), &root)
            && !(show && disk.stat_target(&root.join("content")).is_ok())
        {
            return Err(Box::new(problem));
        }
        mount_themes(disk.as_ref(), &mut mounts)?;
        let cache = root.join(".cache");
        let out = match &args.out {
            // A path on the command line counts from where the command is run.
            Some(out) => std::path::absolute(out).unwrap_or_else(|_| out.clone()),
            None => root.join("public"),
        };
        let out = OutputFolder::check(disk.as_ref(), &mounts, &cache, &out)?;
        let lock = match lock {
            true => Some(BuildLock::take(&cache, MAX_LOCK_WAIT, || {
                // A closed output is nothing to stop for.
                let _ = writeln!(
                    anstream::stderr(),
                    "Another guidepost is at work in this folder; waiting for it."
                );
            })?),
            false => None,
        };
        let manifest = Manifest::load(disk.as_ref(), &cache, &out);
        let named = crate::config::site::time_zone(settings(disk.as_ref(), &mounts).as_ref());
        let calendar = Calendar::new(Arc::new(Computer::new(args.now)), args.date, named)?;
        let usual = Options::new(calendar.today());
        let options = Options {
            body_budget: super::memory::body_budget(usual.body_budget),
            drafts: args.drafts,
            base_url: args.base_url.clone(),
            serve,
            threads: threads(args.jobs),
            ..usual
        };
        let scan_options = ScanOptions { exclude: vec![out.path().to_path_buf(), cache.clone()] };
        let files =
            Arc::new(SiteFiles { disk, mounts: RwLock::new(Arc::new(mounts)), folders: Mutex::default() });
        Ok(Session {
            files,
            scan_options,
            table: StatTable::default(),
            out,
            cache,
            manifest,
            options,
            calendar,
            _lock: lock,
        })
    }

    /// All problems of a scan that found these: with that of settings that are not there.
    pub fn problems_of(&self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.extend(absent::settings(self.files.disk.as_ref(), self.files.mounts().root()));
        found
    }

    /// A fresh engine for this site.
    pub fn engine(&self) -> Result<Engine, Box<Diagnostic>> {
        Engine::new(self.options.clone(), self.files.clone()).map_err(no_threads)
    }
}

/// The system gives no threads.
pub fn no_threads(error: std::io::Error) -> Box<Diagnostic> {
    could_not(format!("No threads could be started: {error}."), "Try --jobs 1.")
}

/// `site.yaml` as it is now; none when it cannot be read.
fn settings(disk: &dyn Disk, mounts: &Mounts) -> Option<Source> {
    let path = SourcePath::new("site.yaml").ok()?;
    let real = mounts.resolve(&path);
    let stat = disk.stat_target(&real).ok().filter(|stat| stat.kind == Kind::File)?;
    let mut bytes = Vec::new();
    disk.read(&real, stat.size, &mut bytes).ok()?;
    Some(Source::new(path, bytes))
}

/// Mounts the theme that `site.yaml` says lies outside the site, and the one that comes with the program, unless the site has
/// a folder of that name with anything in it: that replaces it whole.
fn mount_themes(disk: &dyn Disk, mounts: &mut Mounts) -> Result<(), Box<Diagnostic>> {
    mount_named(disk, mounts)?;
    let Ok(at) = SourcePath::new(&format!("themes/{}", crate::config::site::THEME)) else { return Ok(()) };
    if !has_own(disk, mounts.root()) && mounts.mounts().iter().all(|mount| mount.at != at) {
        // The site cannot lie in it.
        let _ = mounts.mount(disk, at, Path::new(built_in::FOLDER));
    }
    Ok(())
}

/// Whether the site has a folder of the built-in theme's name with anything in it.
fn has_own(disk: &dyn Disk, root: &Path) -> bool {
    let own = disk.list(&root.join("themes").join(crate::config::site::THEME)).unwrap_or_default();
    own.iter().any(|entry| !names::junk(&entry.name.to_string_lossy()))
}

/// Mounts a theme that `site.yaml` says lies outside the site.
fn mount_named(disk: &dyn Disk, mounts: &mut Mounts) -> Result<(), Box<Diagnostic>> {
    let Some(settings) = settings(disk, mounts) else { return Ok(()) };
    let path = settings.path.clone();
    let place = crate::config::site::theme_place(Some(&settings));
    let Some((folder, span)) = place.folder else { return Ok(()) };
    let Ok(at) = SourcePath::new(&format!("themes/{}", place.name)) else { return Ok(()) };
    mounts.mount(disk, at, std::path::Path::new(&folder)).map_err(|why| {
        let message = format!("The theme's folder \"{folder}\" cannot be used: {why}.");
        Box::new(
            Diagnostic::error(code::MISSING_THEME, &path, span, message).help(
                "Write the path from the site's folder to the theme's, such as ../themes/parent-guide.",
            ),
        )
    })
}
