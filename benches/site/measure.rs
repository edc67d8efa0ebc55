//! Runs a program and says what it cost: CPU (user and system), wall time, and the most memory it held.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4;

/// What one run cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// User and system time, in seconds.
    pub cpu: f64,
    /// Seconds on the clock.
    pub wall: f64,
    /// The most memory it held at once, in MiB.
    pub peak: f64,
}

/// Runs `command` to its end, which must be with the exit code `ends`; what it says goes into `log`.
pub fn run(command: &mut Command, log: &Path, ends: i32) -> Cost {
    let out = File::create(log).expect("a log");
    let err = out.try_clone().expect("a log");
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(err)
        .spawn()
        .unwrap_or_else(|e| panic!("{command:?} does not start: {e}"));
    let used = child.wait4().expect("the child's end");
    let wall = start.elapsed().as_secs_f64();
    if used.status.code() != Some(ends) {
        let said = std::fs::read_to_string(log).unwrap_or_default();
        panic!("{command:?} failed: {}\n{}", used.status, said.chars().take(2_000).collect::<String>());
    }
    Cost {
        cpu: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
        wall,
        // Bytes on every system: the crate has multiplied what Linux gives in KiB.
        peak: used.rusage.maxrss as f64 / 1024.0 / 1024.0,
    }
}

/// The middle of the list; the mean of the two in the middle of an even one.
pub fn median(mut list: Vec<f64>) -> f64 {
    list.sort_by(f64::total_cmp);
    match list.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => list[n / 2],
        n => f64::midpoint(list[n / 2 - 1], list[n / 2]),
    }
}

/// The medians of several runs.
pub fn middle(list: &[Cost]) -> Cost {
    Cost {
        cpu: median(list.iter().map(|c| c.cpu).collect()),
        wall: median(list.iter().map(|c| c.wall).collect()),
        peak: median(list.iter().map(|c| c.peak).collect()),
    }
}
