//! Live reload in a real Chromium: this side holds the server, `tests/web/live.cjs` the browser.
//!
//! Needs node, playwright-core (`npm ci` in `tests/web`) and Chromium; where one of them is missing the test says so and passes, unless `GUIDEPOST_BROWSER_TESTS=1` demands it.

use guidepost::diag::Severity;
use guidepost::serve::{Host, News, Problem, Reply, ServeOptions, Server};
use guidepost::source::OutputPath;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

#[derive(Default)]
struct Pages {
    pages: Mutex<BTreeMap<String, String>>,
    problems: Mutex<Vec<Problem>>,
}

impl Host for Pages {
    fn get(&self, path: &OutputPath) -> Reply {
        match self.pages.lock().unwrap().get(path.as_str()) {
            Some(page) => Reply::Bytes(page.as_bytes().into()),
            None => Reply::NotFound(None),
        }
    }

    fn problems(&self) -> Vec<Problem> {
        self.problems.lock().unwrap().clone()
    }
}

fn problem(value: &Value) -> Problem {
    let text = value["text"].as_str().unwrap().to_owned();
    let severity = if value["severity"] == "error" { Severity::Error } else { Severity::Warning };
    Problem {
        severity,
        code: "x".to_owned(),
        message: text.clone(),
        place: None,
        help: None,
        about: String::new(),
        text,
    }
}

fn start(host: &Arc<Pages>, port: u16) -> Server {
    Server::start(&ServeOptions { port, ..ServeOptions::default() }, host.clone()).unwrap()
}

fn chromium() -> Option<String> {
    let named = std::env::var("CHROMIUM").ok();
    let usual =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(str::to_owned);
    named.into_iter().chain(usual).find(|path| std::path::Path::new(path).exists())
}

fn ready() -> Result<String, &'static str> {
    let found = Command::new("node")
        .args(["-e", "require('playwright-core')"])
        .current_dir("tests/web")
        .stderr(Stdio::null())
        .status();
    match found {
        Ok(status) if status.success() => chromium().ok_or("no Chromium here"),
        Ok(_) => Err("no playwright-core here"),
        Err(_) => Err("no node here"),
    }
}

#[test]
fn a_real_browser_follows_every_change() {
    let chromium = match ready() {
        Ok(chromium) => chromium,
        Err(why) => {
            assert!(std::env::var("GUIDEPOST_BROWSER_TESTS").is_err(), "{why}");
            return eprintln!("not tested: {why}");
        }
    };
    let host = Arc::new(Pages::default());
    let mut server = Some(start(&host, 0));
    let address = server.as_ref().unwrap().address();
    let mut script = Command::new("node")
        .arg("tests/web/live.cjs")
        .env("CHROMIUM", chromium)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to_script = script.stdin.take().unwrap();
    let mut passed = false;
    for line in BufReader::new(script.stdout.take().unwrap()).lines() {
        let command: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let mut answer = json!({});
        if command["hello"] == true {
            answer["url"] = json!(server.as_ref().unwrap().url());
        } else if let Some(path) = command["set"].as_str() {
            let text = command["text"].as_str().unwrap().to_owned();
            host.pages.lock().unwrap().insert(path.to_owned(), text);
        } else if let Some(kind) = command["news"].as_str() {
            let pages = command["pages"].as_array();
            let pages =
                pages.map(|p| p.iter().map(|p| OutputPath::new(p.as_str().unwrap()).unwrap()).collect());
            let live = server.as_ref().unwrap().live();
            live.tell(match kind {
                "css" => News::Css,
                "problems" => News::Problems,
                _ => News::Reload { pages },
            });
        } else if let Some(problems) = command["problems"].as_array() {
            *host.problems.lock().unwrap() = problems.iter().map(problem).collect();
        } else if command["streams"] == true {
            answer["streams"] = json!(server.as_ref().unwrap().live().listeners());
        } else if command["restart"] == "stop" {
            server = None;
        } else if command["restart"] == "start" {
            server = Some(start(&host, address.port()));
            assert_eq!(server.as_ref().unwrap().address(), address);
        } else if command["passed"] == true {
            passed = true;
        }
        let _ = writeln!(to_script, "{answer}");
    }
    assert!(script.wait().unwrap().success() && passed);
}
