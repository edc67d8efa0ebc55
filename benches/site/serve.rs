//! From a saved file to its new bytes in a client's hands, through the whole of `guidepost serve`.
//!
//! The clock starts just before the file is written and stops when a client has read the page with the new word in it.
//! The client does what a browser does: it listens to the event stream, and asks for the page when it is told.

use super::Args;
use super::measure::median;
use super::sites::Sites;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Edits of each kind.
const EDITS: usize = 40;
/// Longer than any edit takes: a lost change ends the run instead of hanging it.
const PATIENCE: Duration = Duration::from_secs(120);

/// Ends the server however this ends.
struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// Starts the server and waits until everything is made.
    fn start(args: &Args, sites: &Sites, site: &str) -> Served {
        let mut child = Command::new(env!("CARGO_BIN_EXE_guidepost"))
            .args(["serve", "--port", "4400", "--date", "2026-11-22", "--jobs", &args.jobs.to_string()])
            .arg("--root")
            .arg(sites.root(site))
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("guidepost serve");
        let mut said = BufReader::new(child.stderr.take().expect("its words")).lines();
        let mut address = None;
        for line in said.by_ref().map_while(Result::ok) {
            if let Some((_, rest)) = line.split_once("http://")
                && line.contains("Preview at")
            {
                let end = rest.find(['/', ' ']).unwrap_or(rest.len());
                address = Some(rest[..end].to_owned());
            }
            if line.contains(" made, ") {
                break;
            }
        }
        // Somebody must read on, or the server would wait for room in the pipe.
        std::thread::spawn(move || said.for_each(drop));
        Served { child, address: address.expect("the server's address") }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream.set_nodelay(true).expect("no delay");
        stream
    }

    /// One page, over a connection of its own.
    fn get(&self, path: &str) -> String {
        let mut stream = self.connect();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).expect("a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The event stream.
    fn events(&self) -> BufReader<TcpStream> {
        let mut stream = self.connect();
        let request = format!("GET /__guidepost/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).expect("a request");
        let mut events = BufReader::new(stream);
        next_event(&mut events);
        events
    }
}

/// Waits for the next event.
fn next_event(events: &mut BufReader<TcpStream>) {
    let mut line = String::new();
    loop {
        line.clear();
        assert!(events.read_line(&mut line).expect("an event") > 0, "the server hung up");
        if line.starts_with("data:") {
            return;
        }
    }
}

/// How a file is saved.
#[derive(Clone, Copy)]
enum Save {
    /// Written over, as most programs do.
    Over,
    /// Written beside and moved into place, as many editors do.
    Moved,
}

/// Measures edits of a page's text and of its title.
pub fn run(args: &Args, sites: &Sites) {
    println!(
        "{} pages: from the file's write to the new bytes at the client, median of {EDITS} edits",
        args.n
    );
    for site in ["plain", "guide"] {
        if !args.wants(site) {
            continue;
        }
        let file = sites.page(site, args.n);
        let below = file.strip_prefix(sites.root(site).join("content")).expect("a page");
        let url = format!("/{}", below.with_extension("html").display());
        let started = Instant::now();
        let served = Served::start(args, sites, site);
        println!("{site}: everything made after {:.2} s", started.elapsed().as_secs_f64());
        let original = fs::read_to_string(&file).expect("the page");
        for (what, save, title) in [
            ("text, written over", Save::Over, false),
            ("text, moved into place", Save::Moved, false),
            ("title, written over", Save::Over, true),
        ] {
            let mut times = Vec::new();
            for edit in 0..EDITS {
                // The page is on screen: the client has it and listens.
                served.get(&url);
                let mut events = served.events();
                // A person saves when the rules have had their say on the edit before.
                std::thread::sleep(Duration::from_millis(if args.n > 20_000 { 1_500 } else { 300 }));
                let word = format!("Qedit{}{edit}", what.len());
                let text = if title {
                    original.replacen("title: ", &format!("title: {word} "), 1)
                } else {
                    format!("{original}\n{word}\n")
                };
                let start = Instant::now();
                match save {
                    Save::Over => fs::write(&file, &text).expect("the page"),
                    Save::Moved => {
                        let beside = file.with_extension("md.tmp");
                        fs::write(&beside, &text).expect("the page");
                        fs::rename(&beside, &file).expect("the page");
                    }
                }
                loop {
                    next_event(&mut events);
                    if served.get(&url).contains(&word) {
                        break;
                    }
                    assert!(start.elapsed() < PATIENCE, "the edit never came");
                }
                times.push(start.elapsed().as_secs_f64() * 1e3);
            }
            times.sort_by(f64::total_cmp);
            let worst = times.last().copied().unwrap_or(f64::NAN);
            println!("  {what}: {:.1} ms (slowest {worst:.1})", median(times));
        }
        fs::write(&file, original).expect("the page");
    }
}
