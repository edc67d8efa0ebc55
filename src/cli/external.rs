//! `check --external`: asks other sites whether the pages that ours link to are still there.
//!
//! Each address once: HEAD, then GET where a server does not like HEAD. At most [`MAX_HOSTS`] servers at a time, and each
//! one by one, so that nobody is flooded. What was fine stays known in `.cache/` for some days; faults are asked again
//! each time. Nothing else of Guidepost ever opens a connection.

use crate::check::external::{Answer, Places};
use crate::io::Disk;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

/// Maximum number of servers that are asked at the same time.
const MAX_HOSTS: usize = 6;
/// Maximum number of times that an address is tried before it counts as failing.
const MAX_TRIES: u32 = 3;
/// How long a fine answer stays known, in days.
const KEPT_DAYS: i32 = 7;
/// Maximum number of redirects that are followed.
const MAX_REDIRECTS: usize = 8;
/// The file of answers in the cache folder.
const FILE: &str = "external-links.json";

/// How patient to be; shorter in tests.
#[derive(Debug, Clone, Copy)]
pub struct RetryPolicy {
    /// For one request.
    pub timeout: Duration,
    /// Before the second try; twice as long before the third.
    pub pause: Duration,
}

/// The usual retry_policy; `GUIDEPOST_PATIENCE_MS` sets the time for one request, for tests and for slow lines.
pub fn retry_policy() -> RetryPolicy {
    let set = std::env::var("GUIDEPOST_PATIENCE_MS").ok().and_then(|ms| ms.parse().ok());
    let timeout = set.map_or(Duration::from_secs(15), Duration::from_millis);
    RetryPolicy { timeout, pause: (timeout / 10).min(Duration::from_secs(1)) }
}

/// An answer with the day on which it came.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct DatedAnswer {
    date: Date,
    answer: Answer,
}

/// What was asked and found.
#[derive(Debug, Default)]
pub struct Asked {
    /// The answer to each address.
    pub answers: BTreeMap<String, Answer>,
    /// How many were known from days before.
    pub known: usize,
}

/// Asks for all `links`; `told` is called after each answer, with how many are left.
pub fn ask(
    disk: &dyn Disk,
    cache: &Path,
    links: &Places,
    today: Date,
    retry_policy: RetryPolicy,
    told: &(dyn Fn(usize) + Sync),
) -> Asked {
    let mut kept = load(disk, cache);
    kept.retain(|address, _| links.contains_key(address));
    let fresh = |k: &DatedAnswer| {
        let days = k.date.until(today).map_or(i32::MAX, |s| s.get_days());
        (0..KEPT_DAYS).contains(&days) && matches!(k.answer, Answer::Fine | Answer::Moved(_))
    };
    let mut asked = Asked::default();
    let mut by_host: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for address in links.keys() {
        match kept.get(address).filter(|k| fresh(k)) {
            Some(known) => {
                asked.known += 1;
                asked.answers.insert(address.clone(), known.answer.clone());
            }
            None => by_host.entry(host(address)).or_default().push(address),
        }
    }
    let left = std::sync::atomic::AtomicUsize::new(by_host.values().map(Vec::len).sum());
    let workers = by_host.len().min(MAX_HOSTS);
    let queue: Mutex<VecDeque<Vec<&str>>> = Mutex::new(by_host.into_values().collect());
    let found: Mutex<BTreeMap<String, Answer>> = Mutex::default();
    let agent = agent(retry_policy);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = lock(&queue).pop_front();
                    let Some(addresses) = next else { break };
                    for address in addresses {
                        let answer = ask_with_retries(&agent, address, retry_policy);
                        lock(&found).insert(address.to_owned(), answer);
                        let before = left.fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
                        told(before.saturating_sub(1));
                    }
                }
            });
        }
    });
    for (address, answer) in found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        kept.insert(address.clone(), DatedAnswer { date: today, answer: answer.clone() });
        asked.answers.insert(address, answer);
    }
    save(disk, cache, &kept);
    asked
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn load(disk: &dyn Disk, cache: &Path) -> BTreeMap<String, DatedAnswer> {
    let path = cache.join(FILE);
    let mut bytes = Vec::new();
    let Ok(stat) = disk.stat_target(&path) else { return BTreeMap::new() };
    match disk.read(&path, stat.size, &mut bytes) {
        // A damaged file costs asking again.
        Ok(()) => serde_json::from_slice(&bytes).unwrap_or_default(),
        Err(_) => BTreeMap::new(),
    }
}

fn save(disk: &dyn Disk, cache: &Path, kept: &BTreeMap<String, DatedAnswer>) {
    let Ok(text) = serde_json::to_vec_pretty(kept) else { return };
    // A cache that cannot be written costs asking again.
    let _ = disk.create_folders(cache).and_then(|()| disk.write_atomic(&cache.join(FILE), &text));
}

fn host(address: &str) -> String {
    let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or(rest).to_ascii_lowercase()
}

fn agent(retry_policy: RetryPolicy) -> ureq::Agent {
    // The certificates of the computer, as its browser uses them: school networks often have their own.
    let tls = ureq::tls::TlsConfig::builder()
        .root_certs(ureq::tls::RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(std::sync::Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    ureq::Agent::config_builder()
        .tls_config(tls)
        .timeout_global(Some(retry_policy.timeout))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("guidepost/", env!("CARGO_PKG_VERSION"), " (link check)"))
        .accept("text/html,application/xhtml+xml,application/pdf,*/*;q=0.8")
        .build()
        .into()
}

fn ask_with_retries(agent: &ureq::Agent, address: &str, retry_policy: RetryPolicy) -> Answer {
    let mut pause = retry_policy.pause;
    let mut answer = Answer::Slow;
    for attempt in 0..MAX_TRIES {
        if attempt > 0 {
            std::thread::sleep(pause);
            pause *= 2;
        }
        answer = once(agent, address);
        // What may be a bad moment is tried again.
        if !matches!(
            answer,
            Answer::Failing(_) | Answer::Slow | Answer::Unreachable(_) | Answer::Refused(429)
        ) {
            break;
        }
    }
    answer
}

/// How one request ended.
enum Reply {
    Status(u16, Option<String>),
    Slow,
    Unreachable(String),
}

fn once(agent: &ureq::Agent, address: &str) -> Answer {
    let mut at = address.to_owned();
    // The address that stays valid as long as every jump so far was for good.
    let mut lasting: Option<String> = None;
    let mut for_good = true;
    for _ in 0..=MAX_REDIRECTS {
        let (status, to) = match request(agent, &at) {
            Reply::Status(status, to) => (status, to),
            Reply::Slow => return Answer::Slow,
            Reply::Unreachable(why) => return Answer::Unreachable(why),
        };
        match (status, to) {
            (301 | 302 | 303 | 307 | 308, Some(to)) => {
                at = join(&at, &to);
                for_good &= matches!(status, 301 | 308);
                if for_good {
                    lasting = Some(at.clone());
                }
            }
            (200..=399, _) => {
                return lasting.filter(|to| differs(address, to)).map_or(Answer::Fine, Answer::Moved);
            }
            (401 | 402 | 403 | 407 | 418 | 429 | 451 | 999, _) => return Answer::Refused(status),
            (500..=599, _) => return Answer::Failing(status),
            _ => return Answer::Gone(status),
        }
    }
    Answer::Unreachable("it sends from one address to the next without an end".to_owned())
}

/// HEAD costs the other side least; where it is not answered well, GET has the last word. A body is never read.
fn request(agent: &ureq::Agent, address: &str) -> Reply {
    let head = reply(agent.head(address).call());
    match head {
        // Some servers know no HEAD and answer 404, 405 or 501, or drop the line.
        Reply::Status(status, _) if !(200..400).contains(&status) && status != 429 => {
            reply(agent.get(address).call())
        }
        Reply::Unreachable(_) => reply(agent.get(address).call()),
        _ => head,
    }
}

fn reply(result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Reply {
    match result {
        Ok(response) => {
            let to = response.headers().get("location").and_then(|v| v.to_str().ok()).map(str::to_owned);
            Reply::Status(response.status().as_u16(), to)
        }
        Err(ureq::Error::Timeout(_)) => Reply::Slow,
        Err(ureq::Error::HostNotFound) => Reply::Unreachable("there is no server of that name".to_owned()),
        Err(ureq::Error::Io(error)) => match error.kind() {
            std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock => Reply::Slow,
            std::io::ErrorKind::ConnectionRefused => {
                Reply::Unreachable("the server takes no connection".to_owned())
            }
            _ => Reply::Unreachable(error.to_string()),
        },
        Err(error) => Reply::Unreachable(error.to_string()),
    }
}

/// Whether an address is another one for people, not only with a `/` at its end.
fn differs(a: &str, b: &str) -> bool {
    a.trim_end_matches('/') != b.trim_end_matches('/')
}

/// The address that a `Location` header means, seen from `base`.
fn join(base: &str, to: &str) -> String {
    let to = to.split('#').next().unwrap_or(to).trim();
    let (scheme, rest) = base.split_once("://").unwrap_or(("https", base));
    let (authority, path) = rest.find('/').map_or((rest, "/"), |i| rest.split_at(i));
    if to.contains("://") {
        return to.to_owned();
    }
    if let Some(rest) = to.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    if to.starts_with('/') {
        return format!("{scheme}://{authority}{to}");
    }
    let path = path.split('?').next().unwrap_or(path);
    if to.starts_with('?') {
        return format!("{scheme}://{authority}{path}{to}");
    }
    let mut parts: Vec<&str> = path.split('/').skip(1).collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("{scheme}://{authority}/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_joined() {
        for (base, to, joined) in [
            ("https://a.org/x/y", "https://b.org/z#p", "https://b.org/z"),
            ("http://a.org:81/x/y?q", "/z", "http://a.org:81/z"),
            ("https://a.org/x/y", "z", "https://a.org/x/z"),
            ("https://a.org/x/y/", "../z/./w", "https://a.org/x/z/w"),
            ("https://a.org", "?a=1", "https://a.org/?a=1"),
            ("https://a.org/x", "//b.org/", "https://b.org/"),
        ] {
            assert_eq!(join(base, to), joined, "{base} {to}");
        }
        assert!(!differs("https://a.org", "https://a.org/") && differs("http://a.org", "https://a.org"));
        assert_eq!(host("https://A.org:8/x"), "a.org:8");
    }
}
