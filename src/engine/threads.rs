//! The threads of an engine: those of the build that it is made in, or some of its own.

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
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(count)
            .thread_name(|i| format!("guidepost-{i}"))
            .build()
            .map_err(std::io::Error::other)?;
        Ok(Threads { own: Some(pool), count })
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
