//! [`BuildLock`]: keeps two builds of one site from mixing.
//!
//! A lock of the operating system on `.cache/guidepost.lock`: it ends with the process, however that ends, so
//! there is no stale lock to clear. Taken by every command that writes, before the scan.

use crate::diag::{Diagnostic, Severity, code};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// Held while a build runs; dropping it lets the next one in.
#[derive(Debug)]
pub struct BuildLock {
    _file: Option<File>,
}

impl BuildLock {
    /// Takes the lock in the folder `cache`, waiting up to `patience`; `waiting` is called once, when another
    /// build holds it. Where no lock file can be made (a read-only site), the build goes on without.
    pub fn take(cache: &Path, patience: Duration, waiting: impl FnOnce()) -> Result<Self, Box<Diagnostic>> {
        let file = std::fs::create_dir_all(cache).and_then(|()| {
            OpenOptions::new().create(true).write(true).truncate(false).open(cache.join("guidepost.lock"))
        });
        let Ok(file) = file else { return Ok(BuildLock { _file: None }) };
        let start = Instant::now();
        let mut waiting = Some(waiting);
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(BuildLock { _file: Some(file) }),
                // A file system without locks.
                Err(TryLockError::Error(_)) => return Ok(BuildLock { _file: None }),
                Err(TryLockError::WouldBlock) => {}
            }
            if start.elapsed() >= patience {
                let message = "another guidepost command is writing this site at the moment";
                let diagnostic = Diagnostic::site(code::BUILD_LOCK, Severity::Error, message);
                let help = "wait until it is done, or stop it, and run the command again";
                return Err(Box::new(diagnostic.help(help)));
            }
            if let Some(tell) = waiting.take() {
                tell();
            }
            thread::sleep(Duration::from_millis(20).min(patience));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = BuildLock::take(folder.path(), Duration::ZERO, || ()).unwrap();
        let mut told = 0;
        let second = BuildLock::take(folder.path(), Duration::from_millis(30), || told += 1);
        assert_eq!(second.unwrap_err().code, code::BUILD_LOCK);
        assert_eq!(told, 1);
        drop(first);
        assert!(BuildLock::take(folder.path(), Duration::ZERO, || ()).is_ok());
    }
}
