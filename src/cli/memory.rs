//! How much memory the machine has, and how much of it parsed bodies may take.
//!
//! A body that is not kept is parsed a second time. A sixteenth of the memory holds the bodies of any site that the machine
//! could build at all.

/// Part of the memory that bodies may take: one divided by this.
const MEMORY_SHARE: u64 = 16;

/// The bytes that bodies may take: `least`, or a sixteenth of the machine's memory if that is more. Where the system does
/// not say how much there is, `least`.
pub fn body_budget(least: usize) -> usize {
    let read = |path: &str| std::fs::read_to_string(path).ok();
    let machine = read("/proc/meminfo").and_then(|text| total(&text));
    // What a container or a service may take of it.
    let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
    let limit = limits.into_iter().filter_map(|path| read(path)?.trim().parse::<u64>().ok()).min();
    budget(least, machine, limit)
}

/// The bytes of memory that Linux tells of, out of the line `MemTotal:  24682336 kB`.
fn total(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

fn budget(least: usize, machine: Option<u64>, limit: Option<u64>) -> usize {
    let share = machine.map_or(0, |machine| machine.min(limit.unwrap_or(u64::MAX)) / MEMORY_SHARE);
    usize::try_from(share).unwrap_or(usize::MAX).max(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_what_there_is_but_never_less_than_the_least() {
        const GB: u64 = 1 << 30;
        assert_eq!(budget(64, None, None), 64);
        assert_eq!(budget(64, None, Some(GB)), 64, "a limit alone says nothing of the machine");
        assert_eq!(budget(64, Some(16 * GB), None), 1 << 30);
        assert_eq!(budget(64, Some(16 * GB), Some(u64::MAX)), 1 << 30);
        assert_eq!(budget(64, Some(16 * GB), Some(GB)), 64 << 20);
        assert_eq!(budget(64 << 20, Some(GB / 2), None), 64 << 20);
    }

    #[test]
    fn the_memory_is_read_from_what_linux_says() {
        let text = "MemFree:  1 kB\nMemTotal:       24682336 kB\nMemAvailable:   23000000 kB\n";
        assert_eq!(total(text), Some(24_682_336 * 1024));
        for other in
            ["", "MemTotal:", "MemTotal: x kB", "MemTotal: 5 MB", "MemTotal: 18446744073709551615 kB"]
        {
            assert_eq!(total(other), None, "{other}");
        }
    }
}
