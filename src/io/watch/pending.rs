//! What happened and was not told yet: events come in from one thread, batches go out on another.
//!
//! Holds the debounce: one complete file goes out after a moment, several or unfinished ones after a quiet time,
//! and a flood becomes one sweep, so that memory stays flat whatever comes in. No clock of its own: `now` is passed
//! in, so the rules are tested without waiting.

use super::places::Places;
use crate::source::SourcePath;
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// Wait after a single complete file, to learn whether it is the first of many.
pub(super) const SETTLE_TIME: Duration = Duration::from_millis(2);
/// Wait after the last event of several.
pub(super) const QUIET_TIME: Duration = Duration::from_millis(25);
/// Maximum time that a file that is being written holds its news back.
pub(super) const MAX_UNFINISHED: Duration = Duration::from_millis(150);
/// Maximum time of a burst; one that does not end is told in parts.
pub(super) const MAX_BURST: Duration = Duration::from_millis(500);
/// Maximum number of paths that are told one by one; more are told as a sweep.
pub(super) const MAX_PATHS: usize = 256;
/// A new folder is looked at again, since files that came before its watch sent no event.
const AGAIN: [Duration; 3] =
    [Duration::from_millis(50), Duration::from_millis(300), Duration::from_millis(1500)];

/// How far the news of one path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Closed by its writer, or moved into place as a whole.
    Complete,
    /// Changed in a way that has no end of its own.
    Changed,
    /// Being written: the end is still to come.
    Open,
}

/// What was not told yet.
#[derive(Debug, Default)]
pub(super) struct Pending {
    pub places: Places,
    pub paths: BTreeMap<SourcePath, Mark>,
    pub sweep: bool,
    /// Paths to be looked at again, with the time.
    again: Vec<(Instant, SourcePath)>,
    first: Option<Instant>,
    last: Option<Instant>,
    /// A watched folder itself may have come or gone.
    pub moved: bool,
    /// The system refused to watch more.
    pub refused: Option<String>,
}

impl Pending {
    /// Takes in one event.
    pub fn event(&mut self, event: notify::Result<Event>, now: Instant) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                self.refused.get_or_insert(error.to_string());
                self.sweep_soon(now);
                return;
            }
        };
        if event.need_rescan() {
            self.sweep_soon(now);
        }
        let [first, second] = [event.paths.first(), event.paths.get(1)];
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
                // The end of a change, never a change: what is not pending stays so.
                let path = first.and_then(|p| self.places.source(p));
                if let Some(mark) = path.and_then(|p| self.paths.get_mut(&p)) {
                    *mark = Mark::Complete;
                    self.last = Some(now);
                }
            }
            EventKind::Access(_) => {}
            EventKind::Create(kind) => {
                for path in &event.paths {
                    self.note(path, Mark::Changed, now);
                    if kind != CreateKind::File && path.is_dir() {
                        self.look_again(path, now);
                    }
                }
            }
            EventKind::Modify(ModifyKind::Data(_)) => {
                // Only Linux tells when a writer is done.
                let mark = if cfg!(target_os = "linux") { Mark::Open } else { Mark::Changed };
                event.paths.iter().for_each(|path| self.note(path, mark, now));
            }
            EventKind::Modify(ModifyKind::Name(mode)) => {
                let (from, to) = match mode {
                    RenameMode::Both => (first, second),
                    RenameMode::To => (None, first),
                    _ => (first, None),
                };
                if let Some(path) = from {
                    self.note(path, Mark::Changed, now);
                }
                if let Some(path) = to {
                    self.note(path, Mark::Complete, now);
                    if path.is_dir() {
                        self.look_again(path, now);
                    }
                }
            }
            _ => event.paths.iter().for_each(|path| self.note(path, Mark::Changed, now)),
        }
    }

    fn note(&mut self, real: &Path, mark: Mark, now: Instant) {
        self.moved |= self.places.list.iter().any(|place| place.real == real)
            || real.parent().is_some_and(|parent| {
                self.places.list.iter().any(|p| p.real == parent && (p.at.is_empty() || p.at == "themes"))
            });
        if let Some(path) = self.places.source(real) {
            self.add(path, mark, now);
        }
    }

    /// Notes that something happened at `path`.
    pub fn add(&mut self, path: SourcePath, mark: Mark, now: Instant) {
        self.first.get_or_insert(now);
        self.last = Some(now);
        if !self.sweep {
            self.paths.insert(path, mark);
            if self.paths.len() > MAX_PATHS {
                self.sweep_soon(now);
            }
        }
    }

    /// Asks for a sweep instead of paths.
    pub fn sweep_soon(&mut self, now: Instant) {
        self.paths.clear();
        self.sweep = true;
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    fn look_again(&mut self, real: &Path, now: Instant) {
        let Some(path) = self.places.source(real) else { return };
        self.look_again_at(path, now);
    }

    /// Notes that `path` is to be looked at again for a while.
    pub fn look_again_at(&mut self, path: SourcePath, now: Instant) {
        if self.again.len() < MAX_PATHS {
            self.again.extend(AGAIN.map(|after| (now + after, path.clone())));
        } else {
            self.sweep_soon(now);
        }
    }

    /// Brings up what was to be looked at again.
    pub fn wake(&mut self, now: Instant) {
        let due = |(at, _): &mut (Instant, SourcePath)| *at <= now;
        let due: Vec<_> = self.again.extract_if(.., due).collect();
        for (_, path) in due {
            // Quiet already: it goes out with the next batch.
            self.first.get_or_insert(now);
            self.last.get_or_insert(now);
            if !self.sweep {
                self.paths.entry(path).or_insert(Mark::Complete);
            }
        }
    }

    /// When there is something to tell; none when nothing is known.
    pub fn due(&self) -> Option<Instant> {
        let again = self.again.iter().map(|(at, _)| *at).min();
        let (Some(first), Some(last)) = (self.first, self.last) else { return again };
        let worst = self.paths.values().fold(Mark::Complete, |worst, mark| match (worst, mark) {
            (Mark::Open, _) | (_, Mark::Open) => Mark::Open,
            (Mark::Changed, _) | (_, Mark::Changed) => Mark::Changed,
            _ => Mark::Complete,
        });
        let wait = match worst {
            Mark::Complete if self.paths.len() == 1 && !self.sweep => SETTLE_TIME,
            Mark::Open if self.paths.len() == 1 => MAX_UNFINISHED,
            _ => QUIET_TIME,
        };
        let due = (last + wait).min(first + MAX_BURST);
        Some(again.map_or(due, |again| again.min(due)))
    }

    /// Takes out what is to be told, when it is due.
    pub fn take(&mut self, now: Instant) -> Option<Taken> {
        self.wake(now);
        if self.first.is_none() || self.due().is_none_or(|due| due > now) {
            return None;
        }
        (self.first, self.last) = (None, None);
        let paths = std::mem::take(&mut self.paths);
        let sweep = std::mem::take(&mut self.sweep);
        Some(if sweep { Taken::Sweep } else { Taken::Paths(paths.into_keys().collect()) })
    }
}

/// What goes out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Paths(Vec<SourcePath>),
    Sweep,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SourcePath {
        SourcePath::new(text).unwrap()
    }

    fn told(pending: &mut Pending, at: Instant) -> Option<usize> {
        pending.take(at).map(|taken| match taken {
            Taken::Paths(paths) => paths.len(),
            Taken::Sweep => usize::MAX,
        })
    }

    #[test]
    fn one_complete_file_goes_out_at_once_and_many_together() {
        let (mut pending, now) = (Pending::default(), Instant::now());
        pending.add(path("content/a.md"), Mark::Complete, now);
        assert_eq!(told(&mut pending, now), None);
        assert_eq!(told(&mut pending, now + SETTLE_TIME), Some(1));
        pending.add(path("content/a.md"), Mark::Complete, now);
        pending.add(path("content/b.md"), Mark::Complete, now);
        assert_eq!(told(&mut pending, now + SETTLE_TIME), None);
        assert_eq!(told(&mut pending, now + QUIET_TIME), Some(2));
        assert_eq!(told(&mut pending, now + QUIET_TIME), None);
    }

    #[test]
    fn a_file_being_written_is_waited_for_but_not_for_ever() {
        let (mut pending, now) = (Pending::default(), Instant::now());
        pending.add(path("content/a.md"), Mark::Open, now);
        assert_eq!(told(&mut pending, now + QUIET_TIME), None);
        pending.add(path("content/a.md"), Mark::Complete, now + QUIET_TIME);
        assert_eq!(told(&mut pending, now + QUIET_TIME + SETTLE_TIME), Some(1));
        let mut at = now;
        while told(&mut pending, at).is_none() {
            pending.add(path("content/a.md"), Mark::Open, at);
            at += Duration::from_millis(10);
            assert!(at <= now + MAX_BURST + QUIET_TIME, "never told");
        }
    }

    #[test]
    fn a_flood_is_one_sweep_and_keeps_nothing() {
        let (mut pending, now) = (Pending::default(), Instant::now());
        for i in 0..100_000 {
            pending.add(path(&format!("content/{i}.md")), Mark::Complete, now);
        }
        assert!(pending.paths.len() <= MAX_PATHS);
        assert_eq!(told(&mut pending, now + QUIET_TIME), Some(usize::MAX));
        assert_eq!(pending.due(), None);
    }

    #[test]
    fn a_new_folder_is_looked_at_again() {
        let (mut pending, now) = (Pending::default(), Instant::now());
        pending.look_again_at(path("content/new"), now);
        let mut looks = 0;
        while let Some(due) = pending.due() {
            assert!(due <= now + Duration::from_secs(3));
            looks += pending.take(due).iter().count();
        }
        assert_eq!(looks, 3);
    }
}
