//! [`Live`]: tells open pages what changed, and keeps the last changes for those that come late.
//!
//! The event stream only says how many changes there were; a page then asks for those it has not seen, by
//! [`since`](Live::since). So no change is lost between a page's loading and its listening, a restart is noticed,
//! and one stream serves all tabs of a browser.

use crate::source::OutputPath;
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum News {
    /// These pages have new bytes; none means that any page may have.
    Reload {
        /// The pages.
        pages: Option<Vec<OutputPath>>,
    },
    /// Only style sheets have new bytes: they are swapped without a reload.
    Css,
    /// These pictures were shown as something else and are made now: they are swapped without a reload.
    Pictures {
        /// The pictures.
        paths: Vec<OutputPath>,
    },
    /// The problems are others.
    Problems,
}

/// Maximum number of changes that are remembered; a page that missed more is loaded again.
const MAX_REMEMBERED: usize = 256;

#[derive(Debug, Default)]
struct Log {
    version: u64,
    news: VecDeque<News>,
}

/// Tells open pages what changed. Clones tell the same pages.
#[derive(Debug, Clone)]
pub struct Live {
    epoch: Arc<str>,
    log: Arc<Mutex<Log>>,
    version: watch::Sender<u64>,
}

impl Live {
    /// `epoch` tells this run from every other; letters and digits only.
    pub(super) fn new(epoch: String) -> Self {
        Live { epoch: epoch.into(), log: Arc::default(), version: watch::Sender::new(0) }
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells all pages. Call it only when the host answers with what is new.
    pub fn tell(&self, news: News) {
        let mut log = self.log();
        log.version += 1;
        log.news.push_back(news);
        if log.news.len() > MAX_REMEMBERED {
            log.news.pop_front();
        }
        self.version.send_replace(log.version);
    }

    /// How many changes there were.
    pub fn version(&self) -> u64 {
        self.log().version
    }

    /// How many event streams are open: one for each browser.
    pub fn listeners(&self) -> usize {
        self.version.receiver_count()
    }

    /// What tells this run from every other.
    pub(super) fn epoch(&self) -> &str {
        &self.epoch
    }

    /// Follows the number of changes.
    pub(super) fn follow(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// The number of changes, and those after the first `seen` of the run `epoch`.
    pub(super) fn since(&self, epoch: &str, seen: u64) -> (u64, Vec<News>) {
        let log = self.log();
        let missed = log.version.checked_sub(seen).and_then(|n| usize::try_from(n).ok());
        let news = match missed {
            Some(missed) if epoch == &*self.epoch && missed <= log.news.len() => {
                log.news.iter().skip(log.news.len() - missed).cloned().collect()
            }
            _ => vec![News::Reload { pages: None }, News::Problems],
        };
        (log.version, news)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_late_learns_what_was_missed() {
        let live = Live::new("a".to_owned());
        assert_eq!(live.since("a", 0), (0, vec![]));
        live.tell(News::Css);
        live.tell(News::Problems);
        assert_eq!(live.since("a", 1), (2, vec![News::Problems]));
        let all = vec![News::Reload { pages: None }, News::Problems];
        assert_eq!(live.since("b", 2), (2, all.clone()), "another run");
        assert_eq!(live.since("a", 3), (2, all.clone()), "from the future");
        for _ in 0..MAX_REMEMBERED {
            live.tell(News::Css);
        }
        assert_eq!(live.since("a", 1).1, all);
        assert_eq!(live.since("a", 2).1.len(), MAX_REMEMBERED);
    }
}
