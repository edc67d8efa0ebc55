//! The dev server over real HTTP, with a small host: what is answered, what is refused, what cannot harm it.

use guidepost::diag::Severity;
use guidepost::serve::{Host, News, Problem, Reply, ServeOptions, Server};
use guidepost::source::OutputPath;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const WAIT: Duration = Duration::from_secs(60);

/// Pages in memory, and a folder of real files for everything else.
#[derive(Default)]
struct Fake {
    pages: BTreeMap<String, Vec<u8>>,
    folder: Option<PathBuf>,
    not_found: Option<Vec<u8>>,
    /// Asking for `hang.html` waits until this can be locked.
    gate: Arc<Mutex<()>>,
    problems: Mutex<Vec<Problem>>,
}

impl Host for Fake {
    fn get(&self, path: &OutputPath) -> Reply {
        match path.as_str() {
            "hang.html" => drop(self.gate.lock()),
            "panic.html" => panic!("a host that panics"),
            "failed.html" => return Reply::Failed(b"<h1>page.html, line 3</h1>"[..].into()),
            _ => {}
        }
        if let Some(page) = self.pages.get(path.as_str()) {
            return Reply::Bytes(page.as_slice().into());
        }
        let file = self.folder.as_ref().map(|folder| folder.join(path.as_str()));
        match file.filter(|file| file.is_file()) {
            Some(file) => Reply::File(file),
            None => Reply::NotFound(self.not_found.as_deref().map(Into::into)),
        }
    }

    fn problems(&self) -> Vec<Problem> {
        self.problems.lock().unwrap().clone()
    }
}

fn fake(pages: &[(&str, &str)]) -> Fake {
    let pages = pages.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect();
    Fake { pages, ..Fake::default() }
}

fn start(host: Fake) -> Server {
    Server::start(&ServeOptions { port: 0, ..ServeOptions::default() }, Arc::new(host)).unwrap()
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(WAIT)).unwrap();
    stream.set_write_timeout(Some(WAIT)).unwrap();
    stream
}

/// Sends raw bytes and reads all that comes; none when the connection ends without an answer.
fn raw(address: SocketAddr, request: &[u8]) -> Option<Answer> {
    let mut stream = connect(address);
    // A server may refuse before it has read all.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    let mut buffer = [0; 65536];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(n) => bytes.extend_from_slice(&buffer[..n]),
        }
    }
    parse(&bytes)
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers =
        lines.filter_map(|l| l.split_once(": ")).map(|(n, v)| (n.to_ascii_lowercase(), v.to_owned()));
    Some(Answer { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() })
}

fn ask(address: SocketAddr, method: &str, path: &str, headers: &str) -> Answer {
    let request =
        format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
    raw(address, request.as_bytes()).unwrap()
}

fn get(server: &Server, path: &str) -> Answer {
    ask(server.address(), "GET", path, "")
}

fn eventually(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + WAIT;
    while !done() {
        assert!(Instant::now() < deadline, "{what}: never");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn pages_and_their_headers() {
    let server = start(fake(&[
        ("index.html", "<body>home</body>"),
        ("a/b/c.html", "deep"),
        ("a/index.html", "<body>a"),
        ("style.css", "a{}"),
        ("s.js", "1"),
        ("feed.xml", "<x/>"),
        ("año.html", "<body>año"),
        ("p.png", "png"),
        ("CNAME", "x"),
    ]));
    let home = get(&server, "/");
    assert_eq!((home.status, home.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(
        home.text().starts_with("<body>home<script src=\"__guidepost/live.js\" data-epoch="),
        "{}",
        home.text()
    );
    assert!(home.text().ends_with("defer></script></body>"));
    assert!(get(&server, "/a/b/c.html").text().starts_with("deep<script src=\"../../__guidepost/live.js\""));
    assert!(get(&server, "/a%C3%B1o.html?x=1").text().starts_with("<body>año<script"));
    for (path, kind) in [
        ("/style.css", "text/css; charset=utf-8"),
        ("/s.js", "text/javascript; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/p.png", "image/png"),
        ("/CNAME", "application/octet-stream"),
        ("/none", "text/html; charset=utf-8"),
        ("/__guidepost/live.js", "text/javascript; charset=utf-8"),
        ("/__guidepost/state", "application/json; charset=utf-8"),
    ] {
        let answer = get(&server, path);
        assert_eq!(answer.header("content-type"), kind, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(!answer.headers.keys().any(|h| h.starts_with("access-control")), "{path}");
        let head = ask(server.address(), "HEAD", path, "");
        assert_eq!((head.status, head.body.len()), (answer.status, 0), "{path}");
        assert_eq!(head.header("content-length"), answer.body.len().to_string(), "{path}");
    }
    // As a static host: the folder's address has a slash, case matters.
    let folder = get(&server, "/a?x=1");
    assert_eq!((folder.status, folder.header("location")), (302, "./a/?x=1"));
    assert_eq!(get(&server, "/a/").status, 200);
    assert_eq!(get(&server, "/A/").status, 404);
    assert_eq!(get(&server, "/index.html/").status, 404);
    assert_eq!(get(&server, "/INDEX.html").status, 404);
}

#[test]
fn error_pages_reload_too_and_repeat_nothing() {
    let server = start(fake(&[("index.html", "x")]));
    for path in ["/none/at/all.html", "/%3Cscript%3Ealert(1)%3C/script%3E", "/x?%3Cscript%3Ealert(1)"] {
        let answer = get(&server, path);
        assert_eq!(answer.status, 404);
        assert!(
            answer.text().contains("__guidepost/live.js") && !answer.text().contains("alert"),
            "{}",
            answer.text()
        );
    }
    assert!(get(&server, "/none/at/all.html").text().contains("src=\"../../__guidepost/live.js\""));
    let failed = get(&server, "/failed.html");
    assert_eq!(failed.status, 500);
    assert!(failed.text().starts_with("<h1>page.html, line 3</h1><script"));
    assert_eq!(get(&server, "/panic.html").status, 500);
    assert_eq!(get(&server, "/").status, 200);
    let own = start(Fake { not_found: Some(b"<body>ours</body>".to_vec()), ..Fake::default() });
    assert!(get(&own, "/deep/none").text().starts_with("<body>ours<script src=\"../__guidepost"));
}

#[test]
fn only_local_names_and_only_get_and_head() {
    let server = start(fake(&[("index.html", "x")]));
    let with = |head: &str| {
        raw(server.address(), format!("{head}\r\nConnection: close\r\n\r\n").as_bytes()).map(|a| a.status)
    };
    let port = server.address().port();
    for host in ["localhost", &format!("localhost:{port}"), &format!("127.0.0.1:{port}"), "[::1]:80"] {
        assert_eq!(with(&format!("GET / HTTP/1.1\r\nHost: {host}")), Some(200), "{host}");
    }
    for host in [
        "evil.example",
        "localhost.evil.example",
        &format!("evil.example:{port}"),
        "",
        "192.168.0.1",
        "127.0.0.1.nip.io",
    ] {
        for path in ["/", "/__guidepost/events", "/__guidepost/state", "/__guidepost/live.js"] {
            assert_eq!(with(&format!("GET {path} HTTP/1.1\r\nHost: {host}")), Some(403), "{host}");
        }
    }
    assert_ne!(with("GET / HTTP/1.1\r\nX: y"), Some(200));
    assert_ne!(with("GET / HTTP/1.0\r\nX: y"), Some(200));
    assert_ne!(with("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example"), Some(200));
    assert_eq!(with("GET http://evil.example/ HTTP/1.1\r\nHost: localhost"), Some(403));
    assert_eq!(with(&format!("GET http://localhost:{port}/ HTTP/1.1\r\nHost: localhost")), Some(200));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND"] {
        let path = if method == "CONNECT" { "localhost:1" } else { "/" };
        let answer = ask(server.address(), method, path, "Content-Length: 0\r\n");
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    let allowed = ServeOptions {
        port: 0,
        allowed_hosts: vec!["preview.example.org".to_owned()],
        ..ServeOptions::default()
    };
    let behind_proxy = Server::start(&allowed, Arc::new(fake(&[("index.html", "x")]))).unwrap();
    let request = b"GET / HTTP/1.1\r\nHost: preview.example.org\r\nConnection: close\r\n\r\n";
    assert_eq!(raw(behind_proxy.address(), request).unwrap().status, 200);
}

#[test]
fn no_spelling_of_a_path_leaves_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    std::fs::create_dir_all(public.join("a")).unwrap();
    std::fs::create_dir_all(folder.path().join("public-secret")).unwrap();
    for secret in ["secret.html", "public-secret/secret.html", ".env"] {
        std::fs::write(folder.path().join(secret), "SECRET").unwrap();
    }
    std::fs::write(public.join("a/x.txt"), "fine").unwrap();
    let server = start(Fake { folder: Some(public), ..Fake::default() });
    assert_eq!(get(&server, "/a/x.txt").text(), "fine");
    let mut paths = Vec::new();
    for up in [
        "..",
        "%2e%2e",
        "%2E%2e",
        ".%2e",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "..;",
        "..%00",
        "...",
    ] {
        for slash in ["/", "%2f", "%5c", "\\", "//", "/./", "%252f", "%c0%af"] {
            for name in ["secret.html", ".env", "public-secret/secret.html"] {
                paths.push(format!("/{up}{slash}{name}"));
                paths.push(format!("/a/{up}{slash}{up}{slash}{name}"));
            }
        }
    }
    let absolute = folder.path().join("secret.html");
    paths.push(format!("/{}", absolute.display()));
    paths.push(format!("//{}", absolute.display()));
    paths.push(absolute.display().to_string().replace('/', "%2f"));
    for path in &paths {
        // Some spellings are no HTTP at all: then there is no answer, or a bad request.
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        if let Some(answer) = raw(server.address(), request.as_bytes()) {
            assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
            assert!(!answer.text().contains("SECRET"), "{path}");
        }
    }
    assert_eq!(get(&server, "/a/x.txt").status, 200);
}

#[test]
fn malformed_requests_harm_nothing() {
    let server = start(fake(&[("index.html", "x")]));
    let many: String = (0..20_000).map(|i| format!("X-{i}: y\r\n")).collect();
    let requests: Vec<Vec<u8>> = vec![
        b"garbage\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".repeat(20),
        vec![0; 10_000],
        format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(1 << 20)).into_bytes(),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(1 << 20)).into_bytes(),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n").into_bytes(),
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".to_vec(),
        b"GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nHost: loc\0alhost\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\nConnection: close\r\n\r\n".to_vec(),
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\nabc\r\n".to_vec(),
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n".to_vec(),
    ];
    for request in requests {
        if let Some(answer) = raw(server.address(), &request) {
            let shown = String::from_utf8_lossy(&request[..request.len().min(60)]).into_owned();
            assert!(
                (400..500).contains(&answer.status) || answer.status == 505,
                "{shown}: {}",
                answer.status
            );
        }
    }
    // A line break in an address never becomes a header.
    let answer = get(&server, "/a%0d%0aSet-Cookie:%20x=1");
    assert!(answer.status == 400 && !answer.headers.contains_key("set-cookie"));
    assert_eq!(get(&server, "/").status, 200);
}

#[test]
fn large_files_are_streamed_and_ranges_honoured() {
    let folder = tempfile::tempdir().unwrap();
    let film: Vec<u8> = (0..60u32 << 20).map(|i| (i / 4096) as u8).collect();
    std::fs::write(folder.path().join("film.mp4"), &film).unwrap();
    let server = start(Fake {
        folder: Some(folder.path().to_path_buf()),
        ..fake(&[("t.txt", "0123456789"), ("index.html", "x")])
    });
    // Clients that take nothing do not keep the others waiting.
    let slow: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = connect(server.address());
            stream.write_all(b"GET /film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            stream
        })
        .collect();
    let whole = get(&server, "/film.mp4");
    assert_eq!(
        (whole.status, whole.header("content-type"), whole.header("accept-ranges")),
        (200, "video/mp4", "bytes")
    );
    assert!(whole.body == film);
    drop(slow);
    for path in ["/film.mp4", "/t.txt"] {
        let size = if path == "/t.txt" { 10 } else { film.len() };
        let part = ask(server.address(), "GET", path, "Range: bytes=2-5\r\n");
        assert_eq!(
            (part.status, part.body.len(), part.header("content-range")),
            (206, 4, format!("bytes 2-5/{size}").as_str())
        );
        let end = ask(server.address(), "GET", path, "Range: bytes=-3\r\n");
        assert_eq!((end.status, end.body.len()), (206, 3));
        let beyond = ask(server.address(), "GET", path, "Range: bytes=99999999-\r\n");
        assert_eq!((beyond.status, beyond.body.len()), (416, 0));
        let many =
            format!("Range: bytes={}\r\n", (0..1000).map(|i| format!("{i}-")).collect::<Vec<_>>().join(","));
        assert_eq!(ask(server.address(), "GET", path, &many).status, 200);
        assert_eq!(ask(server.address(), "GET", path, "Range: bytes=2-5\r\nIf-Range: \"x\"\r\n").status, 200);
        let head = ask(server.address(), "HEAD", path, "Range: bytes=2-5\r\n");
        assert_eq!((head.status, head.header("content-length"), head.body.len()), (206, "4", 0));
    }
    assert_eq!(ask(server.address(), "GET", "/t.txt", "Range: bytes=2-5\r\n").text(), "2345");
}

#[test]
fn a_port_in_use_gives_the_next_and_says_so() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let options = ServeOptions { port, ..ServeOptions::default() };
    let server = Server::start(&options, Arc::new(fake(&[("index.html", "x")]))).unwrap();
    assert_ne!(server.address().port(), port);
    assert!(server.notices()[0].contains(&port.to_string()), "{:?}", server.notices());
    assert!(server.address().ip().is_loopback());
    assert_eq!(get(&server, "/").status, 200);
    let free = start(Fake::default());
    assert!(free.notices().is_empty());
    let elsewhere = ServeOptions { host: "203.0.113.7".to_owned(), ..ServeOptions::default() };
    assert!(Server::start(&elsewhere, Arc::new(Fake::default())).is_err());
    let open = ServeOptions { host: "0.0.0.0".to_owned(), port: 0, ..ServeOptions::default() };
    let open = Server::start(&open, Arc::new(Fake::default())).unwrap();
    assert!(
        open.notices().iter().any(|n| n.contains("network")) && open.url().starts_with("http://127.0.0.1:")
    );
}

/// Opens the event stream; none when it is refused.
fn listen(server: &Server, headers: &str) -> Option<TcpStream> {
    let mut stream = connect(server.address());
    let request = format!("GET /__guidepost/events HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let head = read_until(&mut stream, "\r\n\r\n");
    head.starts_with("HTTP/1.1 200").then_some(stream)
}

fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut text = Vec::new();
    let mut byte = [0];
    while !text.ends_with(end.as_bytes()) && stream.read(&mut byte).is_ok_and(|n| n == 1) {
        text.push(byte[0]);
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn events_tell_pages_and_foreign_pages_hear_nothing() {
    let problem = Problem {
        severity: Severity::Error,
        code: "broken-link".to_owned(),
        message: "</script><img src=x onerror=alert(1)>".to_owned(),
        place: Some("content/a.md:1:2".to_owned()),
        help: None,
        about: String::new(),
        text: "error".to_owned(),
    };
    let host = fake(&[("index.html", "x")]);
    host.problems.lock().unwrap().push(problem);
    let server = start(host);
    let mut stream = listen(&server, "").unwrap();
    let first = read_until(&mut stream, ":0\n\n");
    let epoch = first.rsplit("data: ").next().unwrap().trim_end().trim_end_matches(":0").to_owned();
    assert!(!epoch.is_empty(), "{first}");
    server.live().tell(News::Reload { pages: Some(vec![OutputPath::new("a/b.html").unwrap()]) });
    assert!(read_until(&mut stream, &format!("data: {epoch}:1\n\n")).ends_with(":1\n\n"));
    server.live().tell(News::Css);
    server.live().tell(News::Problems);
    assert!(read_until(&mut stream, &format!("data: {epoch}:3\n\n")).ends_with(":3\n\n"));
    let state = |query: &str| -> serde_json::Value {
        serde_json::from_slice(&get(&server, &format!("/__guidepost/state?{query}")).body).unwrap()
    };
    let missed = state(&format!("epoch={epoch}&since=0"));
    assert_eq!(missed["version"], 3);
    assert_eq!(missed["news"][0]["pages"][0], "a/b.html");
    assert_eq!(
        (missed["news"][1]["kind"].as_str(), missed["news"][2]["kind"].as_str()),
        (Some("css"), Some("problems"))
    );
    assert_eq!(missed["problems"][0]["place"], "content/a.md:1:2");
    assert_eq!(state(&format!("epoch={epoch}&since=3"))["news"].as_array().unwrap().len(), 0);
    for stale in ["epoch=other&since=3", "", "since=x"] {
        assert_eq!(state(stale)["news"][0]["kind"], "reload", "{stale}");
    }
    for origin in ["http://evil.example", "null", "http://localhost.evil.example", "file://"] {
        assert!(listen(&server, &format!("Origin: {origin}\r\nConnection: close\r\n")).is_none(), "{origin}");
        let answer = ask(server.address(), "GET", "/__guidepost/state", &format!("Origin: {origin}\r\n"));
        assert_eq!(answer.status, 403);
    }
    assert!(listen(&server, "Sec-Fetch-Site: cross-site\r\nConnection: close\r\n").is_none());
    assert!(listen(&server, "Origin: http://localhost:1\r\nSec-Fetch-Site: same-origin\r\n").is_some());
}

#[cfg(target_os = "linux")]
fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

/// Alone in its process, since it counts descriptors.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "run by crowds_leave_nothing_behind"]
fn inner_crowds() {
    let server = start(fake(&[("index.html", "x")]));
    assert_eq!(get(&server, "/").status, 200);
    let before = descriptors();
    // 200 clients that send their request a byte at a time, 200 that listen, and many that only sit there.
    let mut slow: Vec<TcpStream> = (0..200).map(|_| connect(server.address())).collect();
    let mut listeners: Vec<TcpStream> = (0..200).map(|_| listen(&server, "").unwrap()).collect();
    let idle: Vec<TcpStream> = (0..600).filter_map(|_| TcpStream::connect(server.address()).ok()).collect();
    for byte in b"GET / HT" {
        slow.iter_mut().for_each(|s| s.write_all(&[*byte]).unwrap());
        assert_eq!(get(&server, "/").status, 200);
    }
    // Half of those that listen vanish.
    listeners.truncate(100);
    for round in 1..=20 {
        server.live().tell(News::Css);
        for stream in &mut listeners {
            assert!(read_until(stream, &format!(":{round}\n\n")).ends_with(&format!(":{round}\n\n")));
        }
    }
    drop((slow, listeners, idle));
    eventually("all descriptors are given back", || descriptors() <= before + 2);
    assert_eq!(get(&server, "/").status, 200);
}

#[cfg(target_os = "linux")]
#[test]
fn crowds_leave_nothing_behind() {
    let run = std::process::Command::new("sh")
        .args(["-c", "ulimit -n 8192 2>/dev/null; exec \"$0\" --exact --ignored serve_http::inner_crowds"])
        .arg(std::env::current_exe().unwrap())
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && out.contains("1 passed"), "{out}");
}

#[test]
fn it_ends_whatever_clients_and_host_do() {
    let gate = Arc::new(Mutex::new(()));
    let held = gate.lock().unwrap();
    let server = start(Fake { gate: gate.clone(), ..fake(&[("index.html", "x")]) });
    let address = server.address();
    let mut hanging = connect(address);
    hanging.write_all(b"GET /hang.html HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut half = connect(address);
    half.write_all(b"GET / HT").unwrap();
    let mut listener = listen(&server, "").unwrap();
    let stopper = server.stopper();
    let ended = std::thread::spawn(move || server.wait());
    stopper.stop();
    eventually("the server has ended", || ended.is_finished());
    let mut rest = Vec::new();
    let _ = listener.read_to_end(&mut rest);
    assert!(TcpStream::connect(address).is_err(), "the port is free again");
    drop(held);
}

#[test]
fn a_host_that_is_busy_holds_up_nobody_else() {
    let gate = Arc::new(Mutex::new(()));
    let held = gate.lock().unwrap();
    let server = start(Fake { gate: gate.clone(), ..fake(&[("index.html", "x")]) });
    let mut waiting: Vec<TcpStream> = (0..8)
        .map(|_| {
            let mut stream = connect(server.address());
            stream
                .write_all(b"GET /hang.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .unwrap();
            stream
        })
        .collect();
    assert_eq!(get(&server, "/").status, 200);
    assert_eq!(get(&server, "/__guidepost/live.js").status, 200);
    drop(held);
    for stream in &mut waiting {
        assert!(read_until(stream, "\r\n\r\n").starts_with("HTTP/1.1 404"));
    }
}

/// A server in a process of its own, for signals.
#[test]
#[ignore = "run by signals_end_it"]
fn inner_serve() {
    if std::env::var_os("GUIDEPOST_TEST_INNER").is_none() {
        return;
    }
    let server = start(fake(&[("index.html", "x")]));
    let stopper = server.stopper();
    guidepost::serve::on_signals(move || stopper.stop()).unwrap();
    println!("listening on {}", server.address());
    std::io::stdout().flush().unwrap();
    server.wait();
}

#[cfg(unix)]
#[test]
fn signals_end_it() {
    use std::io::BufRead;
    for signal in ["INT", "TERM", "HUP"] {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--ignored", "--nocapture", "serve_http::inner_serve"])
            .env("GUIDEPOST_TEST_INNER", "1")
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        let line = lines.find(|l| l.contains("listening on ")).unwrap();
        let address: SocketAddr = line.rsplit(' ').next().unwrap().parse().unwrap();
        // A client that listens must not hold it.
        let mut stream = connect(address);
        stream.write_all(b"GET /__guidepost/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        read_until(&mut stream, "\r\n\r\n");
        let sent = std::process::Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
        eventually(signal, || child.try_wait().unwrap().is_some());
        assert!(child.wait().unwrap().success(), "{signal}");
    }
}
