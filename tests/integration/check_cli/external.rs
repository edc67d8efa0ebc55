//! `check --external` against a server in this process: never the network.

use super::{check, of};
use crate::support::{Run, Site, TODAY};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Another site.
struct Other {
    address: String,
    /// `METHOD path`, as asked.
    log: Arc<Mutex<Vec<String>>>,
    /// The most connections that were open at one time.
    most: Arc<AtomicUsize>,
}

impl Other {
    fn start() -> Other {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let log = Arc::new(Mutex::new(Vec::new()));
        let most = Arc::new(AtomicUsize::new(0));
        let now = Arc::new(AtomicUsize::new(0));
        let (kept, peak) = (log.clone(), most.clone());
        // It ends with the test program.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, peak, now) = (kept.clone(), peak.clone(), now.clone());
                std::thread::spawn(move || {
                    peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    // The other side may hang up.
                    let _ = serve(stream, &log);
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Other { address, log, most }
    }

    fn asked(&self, path: &str) -> Vec<String> {
        let log = self.log.lock().unwrap();
        log.iter().filter(|l| l.split(' ').nth(1) == Some(path)).cloned().collect()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    lines.read_line(&mut first)?;
    let mut line = String::new();
    while lines.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let count = {
        let mut log = log.lock().unwrap();
        log.push(format!("{method} {path}"));
        log.iter().filter(|l| l.ends_with(&format!(" {path}"))).count()
    };
    let answer = match (method, path) {
        (_, "/fine") => "200 OK",
        (_, "/gone") => "404 Not Found",
        (_, "/moved") => "301 Moved\r\nLocation: /fine",
        (_, "/for-now") => "302 Found\r\nLocation: fine",
        (_, "/round") => "302 Found\r\nLocation: /round",
        ("HEAD", "/no-head") => "405 Not Allowed",
        (_, "/no-head") => "200 OK",
        (_, "/shy") => "403 Forbidden",
        (_, "/bad-moment") if count < 2 => "503 Busy",
        (_, "/bad-moment") => "200 OK",
        (_, "/down") => "500 Broken",
        (_, "/slow") => {
            std::thread::sleep(Duration::from_secs(3));
            "200 OK"
        }
        _ => "404 Not Found",
    };
    stream
        .write_all(format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes())
}

fn site_with(other: &Other, paths: &[&str]) -> Site {
    let site = Site::plain();
    let links: String =
        paths.iter().map(|p| format!("A [page on {p}]({}/{p}#part).\n\n", other.address)).collect();
    site.page("a.md", "title: A", &links);
    site
}

fn ask(site: &Site, args: &[&str]) -> Run {
    let mut command = site.command();
    command.env("GUIDEPOST_PATIENCE_MS", "500");
    Run::of(command.args(["check", "--external", "--date", TODAY, "--format", "json"]).args(args))
}

#[test]
fn every_answer_has_its_word() {
    let other = Other::start();
    let paths = ["fine", "gone", "moved", "for-now", "round", "no-head", "shy", "bad-moment", "down", "slow"];
    let site = site_with(&other, &paths);
    let found = ask(&site, &[]).problems();
    let broken = of(&found, "external-broken");
    let lines: BTreeMap<u64, &str> = broken.iter().map(|(_, line, _, m)| (*line, m.as_str())).collect();
    let line = |path: &str| 5 + 2 * paths.iter().position(|p| *p == path).unwrap() as u64;
    assert_eq!(
        lines.keys().copied().collect::<Vec<_>>(),
        [line("gone"), line("round"), line("down")],
        "{broken:?}"
    );
    assert!(lines[&line("gone")].contains("/gone` is not there any more (the answer is 404)"), "{lines:?}");
    assert!(lines[&line("down")].contains("the answer is 500"), "{lines:?}");
    assert_eq!(broken[0].0, "content/a.md");
    assert_eq!(broken[0].2, 3);
    let unsure: Vec<u64> = of(&found, "external-unsure").iter().map(|p| p.1).collect();
    assert_eq!(unsure, [line("shy"), line("slow")]);
    let moved = of(&found, "external-moved");
    assert_eq!(moved.iter().map(|p| p.1).collect::<Vec<_>>(), [line("moved")]);
    let help = &found.iter().find(|p| p.code == "external-moved").unwrap().help;
    assert!(help.contains(&format!("{}/fine", other.address)), "{help}");
    // HEAD first, GET only where it is needed; a bad moment is tried again; one at a time for a server.
    assert!(other.asked("/fine").iter().all(|l| l.starts_with("HEAD")));
    assert_eq!(other.asked("/no-head"), ["HEAD /no-head", "GET /no-head"]);
    assert!(other.asked("/bad-moment").len() > 1);
    assert_eq!(other.asked("/slow").len(), 3);
    // A slow answer may still be on its way when the next question comes.
    assert!(other.most.load(Ordering::SeqCst) <= 4, "{}", other.most.load(Ordering::SeqCst));
}

#[test]
fn what_was_fine_is_not_asked_again_that_week() {
    let other = Other::start();
    let site = site_with(&other, &["fine", "gone", "moved"]);
    assert_eq!(of(&ask(&site, &[]).problems(), "external-broken").len(), 1);
    let first = other.asked("/fine").len();
    let again = ask(&site, &[]);
    assert_eq!(of(&again.problems(), "external-broken").len(), 1);
    assert_eq!(of(&again.problems(), "external-moved").len(), 1);
    assert_eq!(other.asked("/fine").len(), first, "asked again on the same day");
    assert!(other.asked("/gone").len() >= 4, "a fault is asked again: {:?}", other.asked("/gone"));
    assert!(again.stderr.contains("2 were asked less than a week ago."), "{}", again.stderr);
    // A week later, and with a damaged cache, all are asked.
    let cache = site.root().join(".cache/external-links.json");
    let text = std::fs::read_to_string(&cache).unwrap();
    assert!(text.contains(TODAY), "{text}");
    std::fs::write(&cache, text.replace(TODAY, "2026-11-01")).unwrap();
    ask(&site, &[]);
    assert!(other.asked("/fine").len() > first);
    std::fs::write(&cache, "{ not json").unwrap();
    assert_eq!(of(&ask(&site, &[]).problems(), "external-broken").len(), 1);
}

#[test]
fn nothing_is_asked_without_the_flag() {
    let other = Other::start();
    let site = site_with(&other, &["fine", "gone"]);
    let run = check(&site, &[]);
    assert!(run.stderr.contains("Open 2 links to other sites"), "{}", run.stderr);
    site.build_checked(&[]);
    assert!(other.log.lock().unwrap().is_empty());
    // An allow for it is no fault as long as nobody asked; afterwards it is.
    site.page(
        "a.md",
        "title: A",
        &format!("<!-- check: allow external-broken -->\n\nA [page]({}/fine).", other.address),
    );
    assert_eq!(of(&super::problems(&site, &[]), "unused-allow"), []);
    assert_eq!(of(&ask(&site, &[]).problems(), "unused-allow").len(), 1);
}

#[test]
fn a_server_that_is_not_there() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let site = Site::plain();
    site.page("a.md", "title: A", &format!("A [page](http://127.0.0.1:{port}/x)."));
    let found = ask(&site, &[]).problems();
    let broken = of(&found, "external-broken");
    assert_eq!(broken.len(), 1, "{found:?}");
    assert!(broken[0].3.contains("takes no connection"), "{broken:?}");
}
