//! The threads of an engine: those of the build that it is made in, or some of its own.
//!
//! Templates run on these alone: their stack has room for all that templates may stand in each other.

use rayon::prelude::*;

/// The threads that an engine works with.
pub(super) struct Threads {
    /// None when the engine was made in a pool of just as many threads, and works there.
    own: Option<rayon::ThreadPool>,
    count: usize,
}

impl Threads {
    /// In a pool of as many threads that one is used: a build reads, parses and writes on the same threads, so that what
    /// one step frees is there for the next.
    pub fn start(count: usize) -> std::io::Result<Threads> {
        let count = count.max(1);
        if rayon::current_thread_index().is_some() && rayon::current_num_threads() == count {
            return Ok(Threads { own: None, count });
        }
        Ok(Threads { own: Some(pool(count)?), count })
    }

    /// Runs parallel work. A thread's number is its worker's number everywhere below, so it never runs on threads that
    /// are not its own: when an engine was made in a pool and is used outside, it makes one for the time being.
    pub fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        let inside = rayon::current_thread_index().is_some() && rayon::current_num_threads() == self.count;
        match &self.own {
            Some(pool) => pool.install(work),
            None if inside => work(),
            None => match Threads::start(self.count) {
                Ok(Threads { own: Some(pool), .. }) => pool.install(work),
                // No threads to be had: rayon works in this one, number 0.
                _ => work(),
            },
        }
    }
}

/// The number of the thread that this runs on, which is that of its worker.
pub(super) fn worker() -> usize {
    rayon::current_thread_index().unwrap_or(0)
}

/// The stack of a thread. A run of the template engine takes some 11 KB for each include, component or block that stands
/// in another (six times as much in a program that was not optimised): 25 files (`template::MAX_DEPTH`), by 20 components,
/// tera's own limit, by 24 runs (`render::trail::MAX_DEPTH`). Only what is used takes memory.
const STACK: usize = if cfg!(debug_assertions) { 1 << 30 } else { 160 << 20 };

/// A pool of threads that templates can run on.
///
/// # Errors
/// When the system gives no threads.
pub fn pool(count: usize) -> std::io::Result<rayon::ThreadPool> {
    let threads = || {
        let builder = rayon::ThreadPoolBuilder::new().num_threads(count);
        builder.thread_name(|i| format!("guidepost-{i}"))
    };
    // Where so much cannot even be set aside, usual stacks do for all but the strangest templates.
    threads().stack_size(STACK).build().or_else(|_| threads().build()).map_err(std::io::Error::other)
}

/// Makes parallel work of a list that is long enough; short ones stay in this thread.
pub(super) fn parallel<T: Send, R: Send>(
    threads: &Threads,
    list: Vec<T>,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    if list.len() < 4 {
        return list.into_iter().map(work).collect();
    }
    threads.install(|| list.into_par_iter().with_min_len(4).map(work).collect())
}
