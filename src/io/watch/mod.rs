//! [`Watcher`]: says when to look at the sources again, and where.
//!
//! Events are hints and may be lost; a sweep of all stats is the truth, after every activity and at growing
//! intervals. Where there are no events (network, WSL, FUSE) or no more of them (limits), sweeps at short intervals
//! take their place by themselves, and a notice says so. The loop is: start the watcher, then scan, then
//! [`next`](Watcher::next) for ever: [`scan_paths`](super::scan::scan_paths) on a hint, [`scan`](super::scan::scan)
//! on a sweep. Called by `watch` and `serve`.

mod filesystem;
mod pending;
mod places;

use super::mounts::Mounts;
use crate::source::SourcePath;
use notify::Watcher as _;
use pending::{Mark, Pending, Taken};
use places::Places;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How to watch.
#[derive(Debug, Clone)]
pub struct WatchOptions {
    /// Folders that never matter: the output and the cache.
    pub exclude: Vec<PathBuf>,
    /// Look at this interval instead of waiting for events; none decides by the file system.
    pub poll: Option<Duration>,
    /// The first sweep after an activity; each later one waits twice as long, up to a minute.
    pub sweep: Duration,
    /// The system's table of mounts.
    pub mount_table: PathBuf,
}

impl Default for WatchOptions {
    fn default() -> Self {
        WatchOptions {
            exclude: Vec::new(),
            poll: None,
            sweep: Duration::from_secs(1),
            mount_table: PathBuf::from("/proc/mounts"),
        }
    }
}

/// What the watcher says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Batch {
    /// Something may have changed at or under these paths.
    Hint(Vec<SourcePath>),
    /// Anything may have changed.
    Sweep,
    /// A sentence for the person at the terminal.
    Notice(String),
    /// The time that was passed in is reached.
    Time,
    /// [`Stopper::stop`] was called.
    Stop,
}

/// Minimum interval of polling.
const MIN_POLL: Duration = Duration::from_secs(1);
/// Maximum interval between two sweeps.
const MAX_SWEEP: Duration = Duration::from_secs(60);
/// Interval at which the identity of the watched folders is looked at.
const TICK: Duration = Duration::from_millis(500);
/// Maximum number of looks at an empty file before it is told.
const MAX_LOOKS: u32 = 6;

struct Shared {
    pending: Mutex<Pending>,
    news: Condvar,
    stopped: std::sync::atomic::AtomicBool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Pending> {
        // Nothing in here is left half done by a panic elsewhere.
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the wait of a [`Watcher`] from another thread.
#[derive(Clone)]
pub struct Stopper(Arc<Shared>);

impl Stopper {
    /// Makes [`Watcher::next`] give [`Batch::Stop`] from now on.
    pub fn stop(&self) {
        self.0.stopped.store(true, std::sync::atomic::Ordering::SeqCst);
        // Taken so that a waiter is either before its check or in its wait.
        drop(self.0.lock());
        self.0.news.notify_all();
    }
}

/// Watches the sources of a site.
pub struct Watcher {
    shared: Arc<Shared>,
    mounts: Mounts,
    options: WatchOptions,
    notify: Option<notify::RecommendedWatcher>,
    /// The interval of polling, when there are no events.
    poll: Option<Duration>,
    notices: Vec<String>,
    interval: Duration,
    next_sweep: Instant,
    next_tick: Instant,
    /// When the last sweep was asked for: the next call tells how long it took.
    swept: Option<Instant>,
    /// What the last sweep took.
    cost: Duration,
    /// How often an empty file was looked at.
    looks: BTreeMap<SourcePath, u32>,
}

impl Watcher {
    /// Begins to watch. Start it before the first scan, so that nothing falls between.
    pub fn start(mounts: Mounts, options: WatchOptions) -> Watcher {
        let shared =
            Arc::new(Shared { pending: Mutex::default(), news: Condvar::new(), stopped: Default::default() });
        let now = Instant::now();
        let mut watcher = Watcher {
            shared,
            notify: None,
            poll: options.poll,
            notices: Vec::new(),
            interval: options.sweep,
            next_sweep: now + options.sweep,
            next_tick: now + TICK,
            swept: None,
            cost: Duration::ZERO,
            looks: BTreeMap::new(),
            mounts,
            options,
        };
        watcher.begin();
        watcher
    }

    /// Watches other folders from now on: a theme was mounted or is no more.
    pub fn set_mounts(&mut self, mounts: Mounts) {
        if self.mounts != mounts {
            self.mounts = mounts;
            self.begin();
            self.shared.lock().sweep_soon(Instant::now());
        }
    }

    /// A handle that ends the wait.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.shared.clone())
    }

    /// Whether it polls for want of events.
    pub fn polls(&self) -> bool {
        self.poll.is_some()
    }

    /// Waits for the next thing to do; with `until`, no longer than that.
    pub fn next(&mut self, until: Option<Instant>) -> Batch {
        if let Some(asked) = self.swept.take() {
            self.after_sweep(asked.elapsed());
        }
        loop {
            if self.shared.stopped.load(std::sync::atomic::Ordering::SeqCst) {
                return Batch::Stop;
            }
            if !self.notices.is_empty() {
                return Batch::Notice(self.notices.remove(0));
            }
            let now = Instant::now();
            self.keep_watching(now);
            let taken = self.shared.lock().take(now);
            match taken {
                Some(Taken::Sweep) => return self.sweep(now),
                Some(Taken::Paths(paths)) => {
                    let paths = self.hold_back(paths, now);
                    if !paths.is_empty() {
                        self.interval = self.options.sweep;
                        self.next_sweep = now + self.interval.max(self.cost * 10);
                        return Batch::Hint(paths);
                    }
                    continue;
                }
                None if now >= self.next_sweep => return self.sweep(now),
                None => {}
            }
            if until.is_some_and(|until| now >= until) {
                return Batch::Time;
            }
            self.wait(until);
        }
    }

    /// Waits for news or for the next moment that matters.
    fn wait(&self, until: Option<Instant>) {
        let pending = self.shared.lock();
        let mut wake = self.next_sweep.min(self.next_tick);
        wake = pending.due().map_or(wake, |due| due.min(wake));
        wake = until.map_or(wake, |until| until.min(wake));
        let urgent = pending.moved || pending.refused.is_some();
        let pause = wake.saturating_duration_since(Instant::now());
        if urgent || pause.is_zero() || self.shared.stopped.load(std::sync::atomic::Ordering::SeqCst) {
            return;
        }
        drop(self.shared.news.wait_timeout(pending, pause));
    }

    fn sweep(&mut self, now: Instant) -> Batch {
        self.swept = Some(now);
        Batch::Sweep
    }

    /// Plans the next sweep by what this one cost: a large site is not swept all the time.
    fn after_sweep(&mut self, cost: Duration) {
        self.cost = cost;
        self.next_sweep = Instant::now()
            + match self.poll {
                Some(interval) => interval.max(cost * 5),
                None => {
                    let interval = self.interval.max(cost * 20);
                    self.interval = (self.interval * 2).min(MAX_SWEEP.max(self.options.sweep));
                    interval
                }
            };
    }

    /// An empty file is mostly one that an editor is about to fill: its news waits a little.
    fn hold_back(&mut self, paths: Vec<SourcePath>, now: Instant) -> Vec<SourcePath> {
        let mut ready = Vec::with_capacity(paths.len());
        for path in paths {
            let meta = std::fs::symlink_metadata(self.mounts.resolve(&path));
            let empty = meta.is_ok_and(|m| m.is_file() && m.len() == 0);
            let looks = self.looks.remove(&path).unwrap_or(0) + 1;
            if empty && looks < MAX_LOOKS && self.looks.len() < pending::MAX_PATHS {
                self.looks.insert(path.clone(), looks);
                self.shared.lock().add(path, Mark::Changed, now);
            } else {
                ready.push(path);
            }
        }
        ready
    }

    /// Starts the events, or polling where there are none.
    fn begin(&mut self) {
        self.notify = None;
        self.poll = self.options.poll;
        let places = Places::find(&self.mounts, &self.options.exclude);
        if self.poll.is_none() {
            let silent = |p: &places::Place| filesystem::silent(&self.options.mount_table, &p.real);
            if let Some(kind) = places.list.iter().find_map(silent) {
                self.poll(format!(
                    "The site lies on a file system ({kind}) that does not report changes; \
                     Guidepost looks for them every second instead."
                ));
            }
        }
        if self.poll.is_none() {
            let shared = self.shared.clone();
            let config = notify::Config::default().with_follow_symlinks(false);
            let handler = move |event| {
                shared.lock().event(event, Instant::now());
                shared.news.notify_all();
            };
            match notify::RecommendedWatcher::new(handler, config) {
                Ok(notify) => self.notify = Some(notify),
                Err(error) => self.refused(&error.to_string()),
            }
        }
        self.shared.lock().places = Places::default();
        self.keep(places);
    }

    /// Watches folders that came, or came again.
    fn keep_watching(&mut self, now: Instant) {
        let (moved, refused) = {
            let mut pending = self.shared.lock();
            (std::mem::take(&mut pending.moved), pending.refused.take())
        };
        if let Some(why) = refused {
            self.refused(&why);
        }
        if moved || now >= self.next_tick {
            self.next_tick = now + TICK;
            if self.notify.is_some() {
                let fresh = self.keep(Places::find(&self.mounts, &self.options.exclude));
                self.look_at(fresh, now);
            }
        }
    }

    /// Watches `places` from now on, and gives the source paths of those that are new.
    fn keep(&mut self, places: Places) -> Vec<String> {
        let old = self.shared.lock().places.clone();
        if old == places {
            return Vec::new();
        }
        // Known before they are watched: the first event may come at once.
        self.shared.lock().places = places.clone();
        let Some(notify) = &mut self.notify else { return Vec::new() };
        let (fresh, error) = places.watch(&old, notify);
        if let Some(error) = error {
            self.refused(&error.to_string());
        }
        fresh
    }

    /// Looks at folders that came while watching: what came with them sent no event.
    fn look_at(&mut self, fresh: Vec<String>, now: Instant) {
        let mut pending = self.shared.lock();
        for at in fresh {
            match SourcePath::new(&at) {
                Ok(path) => {
                    pending.add(path.clone(), Mark::Changed, now);
                    pending.look_again_at(path, now);
                }
                // The site root itself.
                Err(_) => {
                    pending.sweep_soon(now);
                    self.next_sweep = self.next_sweep.min(now + self.options.sweep);
                }
            }
        }
    }

    /// The system gives no more events.
    fn refused(&mut self, why: &str) {
        if self.poll.is_none() {
            self.poll(format!(
                "The system does not report all changes ({why}); Guidepost looks for them every second as well. \
                 On Linux a higher fs.inotify.max_user_watches helps."
            ));
        }
    }

    fn poll(&mut self, notice: String) {
        self.poll = Some(MIN_POLL);
        self.next_sweep = Instant::now() + MIN_POLL;
        self.notices.push(notice);
    }
}
