//! `guidepost serve` and `guidepost watch` on real files: what is saved is what is shown next, without a restart.
//!
//! The real program, real events, a real client. Each test is named after the lines of the list of what must be
//! survived (docs/ARCHITECTURE.md, "Watching and serving"); what concerns the watcher alone is in `watch_files.rs`, the
//! server alone in `serve_http.rs`.

mod built_in;
mod colleagues;
mod heals;
mod photos;

use crate::support::{Site, TODAY};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that runs until it is dropped.
struct Running {
    child: Child,
    said: Arc<Mutex<String>>,
    address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn eventually<T>(what: &str, mut done: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = done() {
            return found;
        }
        assert!(Instant::now() < deadline, "never: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Running {
    fn start(site: &Site, args: &[&str]) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_guidepost"))
            .args(args)
            .current_dir(site.root())
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let into = said.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut said = into.lock().unwrap();
                said.push_str(&line);
                said.push('\n');
            }
        });
        Running { child, said, address: String::new() }
    }

    /// `guidepost serve`, once it has made everything for the first time.
    fn serve(site: &Site, args: &[&str]) -> Running {
        Running::serve_now(site, &[&["--date", TODAY], args].concat())
    }

    /// The same, on the day that the arguments say.
    fn serve_now(site: &Site, args: &[&str]) -> Running {
        let mut running = Running::start(site, &[&["serve", "--port", "4700"], args].concat());
        running.address = eventually("the address", || {
            let said = running.said();
            let (_, rest) = said.split_once("Preview at http://")?;
            Some(rest[..rest.find(['/', ' '])?].to_owned())
        });
        eventually("the first look", || running.said().contains(" made, ").then_some(()));
        running
    }

    /// `guidepost watch`, once it has built.
    fn watch(site: &Site) -> Running {
        Running::watch_now(site, &["--date", TODAY])
    }

    /// The same, on the day that the arguments say.
    fn watch_now(site: &Site, args: &[&str]) -> Running {
        let running = Running::start(site, &[&["watch"], args].concat());
        eventually("watching", || running.said().contains("Watching for changes").then_some(()));
        running
    }

    fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// The bytes of what is at an address, which is without the first slash.
    fn bytes(&self, path: &str) -> Vec<u8> {
        let (status, bytes) = self.answer(&format!("/{path}"));
        assert_eq!(status, 200, "{path}");
        bytes
    }

    /// Status and text of an address.
    fn get(&self, path: &str) -> (u16, String) {
        let (status, bytes) = self.answer(path);
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Status and body of an address.
    fn answer(&self, path: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let body = bytes.split_off(end + 4);
        let head = String::from_utf8(bytes).unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body)
    }

    /// Waits until the page holds the text.
    fn shows(&self, path: &str, text: &str) -> String {
        eventually(&format!("{text} at {path}"), || {
            let (_, body) = self.get(path);
            body.contains(text).then_some(body)
        })
    }

    /// Waits until the page does not hold the text.
    fn hides(&self, path: &str, text: &str) {
        eventually(&format!("no {text} at {path}"), || (!self.get(path).1.contains(text)).then_some(()));
    }

    /// What a page hears that has seen nothing of this run yet but its beginning.
    fn state(&self, since: u64) -> Value {
        let page = self.get("/index.html").1;
        let (_, rest) = page.split_once("data-epoch=\"").expect("the live script");
        let epoch = rest.split('"').next().unwrap();
        serde_json::from_str(&self.get(&format!("/__guidepost/state?epoch={epoch}&since={since}")).1).unwrap()
    }

    fn version(&self) -> u64 {
        self.state(0)["version"].as_u64().unwrap()
    }

    /// The kinds of news since then.
    fn news(&self, since: u64) -> Vec<String> {
        let state = self.state(since);
        let list = state["news"].as_array().unwrap();
        list.iter().map(|n| n["kind"].as_str().unwrap().to_owned()).collect()
    }

    fn problems(&self) -> Vec<String> {
        let state = self.state(0);
        let list = state["problems"].as_array().unwrap();
        list.iter().map(|p| p["text"].as_str().unwrap().to_owned()).collect()
    }
}

/// A site with a section, links, a tag, a picture, data, a glossary and a component.
fn site() -> Site {
    let site = Site::plain();
    site.page("a/index.md", "title: Section A", "Of A.");
    site.page(
        "a/one.md",
        "title: Page one\ntags: [play]",
        "First text. [Two](two.md#part)\n\n:::note\nBoxed.\n:::",
    );
    site.page(
        "a/two.md",
        "title: Page two\ntags: [play]",
        "## Part {#part}\n\nThe grasp matters. ![Dot](dot.svg)",
    );
    site.file("content/a/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>");
    site.page("words.md", "title: Words\nentries: term", "## Grasp {#grasp}\n\nHow a hand holds.");
    site.page("list.md", "title: List", "Listed.");
    site.file("data/list.yaml", "- apple\n");
    site.template("list-part.html", "part");
    let page = "{% extends \"plain/page.html\" %}{% block foot %}{{ super() }}[{% for d in data(path=\"list.yaml\") or [] %}{{ d }}{% endfor %}]{% endblock foot %}";
    site.template("page.html", page);
    site
}

#[test]
fn w12_a_page_that_goes_leaves_menus_lists_and_links() {
    let site = site();
    let serve = Running::serve(&site, &[]);
    assert!(serve.get("/a/index.html").1.contains("Page one"));
    assert_eq!(serve.get("/a/two.html").0, 200);
    site.remove("content/a/two.md");
    serve.hides("/a/index.html", "Page two");
    serve.hides("/tags/play.html", "Page two");
    serve.hides("/site-map.html", "Page two");
    serve.hides("/a-z.html", "Page two");
    assert_eq!(serve.get("/a/two.html").0, 404);
    eventually("the broken link is told", || {
        serve.problems().iter().any(|p| p.contains("a/one.md") && p.contains("two.md")).then_some(())
    });
    site.page("a/two.md", "title: Page two again", "## Part {#part}\n\nBack.");
    serve.shows("/a/index.html", "Page two again");
    serve.shows("/a/two.html", "Back.");
    eventually("the link is whole", || {
        let broken = |p: &String| p.contains("broken-link") && p.contains("a/one.md");
        (!serve.problems().iter().any(broken)).then_some(())
    });
}

#[test]
fn w19_w26_news_come_when_the_pages_are_there_and_styles_swap_alone() {
    let site = site();
    let serve = Running::serve(&site, &[]);
    serve.get("/a/one.html");
    let before = serve.version();
    site.page("a/one.md", "title: Page one", "Other text.");
    let page = eventually("the news", || (serve.version() > before).then(|| serve.get("/a/one.html").1));
    // Whoever was told and asks gets the new page, never the old one.
    assert!(page.contains("Other text."), "{page}");
    assert!(serve.news(before).contains(&"reload".to_owned()));

    // Everything of that edit must have been told before the next one.
    eventually("all is made", || serve.said().matches(" made, ").nth(1).map(drop));
    let before = serve.version();
    site.file("assets/plain.css", "body { color: teal }");
    serve.shows("/assets/plain.css", "teal");
    eventually("the news of the style", || (serve.version() > before).then_some(()));
    site.file("assets/plain.css", "body { color: navy }");
    serve.shows("/assets/plain.css", "navy");
    let at = serve.version();
    site.file("assets/plain.css", "body { color: olive }");
    serve.shows("/assets/plain.css", "olive");
    let news = eventually("the swap", || (serve.version() > at).then(|| serve.news(at)));
    assert!(news.iter().all(|kind| kind == "css"), "{news:?}");
}

#[test]
fn w22_w23_w24_what_pages_are_made_of_takes_effect_without_a_restart() {
    let site = site();
    let serve = Running::serve(&site, &[]);
    serve.shows("/list.html", "[apple]");
    site.file("data/list.yaml", "- pear\n- plum\n");
    serve.shows("/list.html", "[pearplum]");
    // A component, used inside markdown.
    site.template(
        "components/note.html",
        "{% component note(title=None) %}<p>NOTE {{ body }}</p>{% endcomponent note %}",
    );
    serve.shows("/a/one.html", "NOTE");
    // A term: its meaning where it is used.
    site.page(
        "words.md",
        "title: Words\nentries: term",
        "## Grasp {#grasp}\n\nHolding on.\n\n## Matters {#matters}\n\nCounts.",
    );
    serve.shows("/a/two.html", "words.html#matters");
    // The settings, twice.
    site.file("site.yaml", "title: Test\ntheme: plain\nmenu:\n  - a/one.md\n");
    serve.hides("/list.html", ">Words<");
    site.file("site.yaml", "title: Test\ntheme: plain\noutputs: {a_z: false}\n");
    serve.shows("/list.html", ">Words<");
    assert_eq!(serve.get("/a-z.html").0, 404);
    // Texts of the interface.
    site.file("translations/en.yaml", "to_home: Go home\n");
    serve.shows("/404.html", "Go home");
    // A template of the theme that another one is extended from.
    let base = site.root().join("themes/plain/templates/base.html");
    let text = fs::read_to_string(&base).unwrap();
    fs::write(&base, text.replace("</body>", "<hr class=\"new\"></body>")).unwrap();
    serve.shows("/list.html", "<hr class=\"new\">");
}

#[test]
fn w24_a_theme_that_is_named_later_is_mounted_without_a_restart() {
    let site = site();
    crate::support::copy(&site.root().join("themes/plain"), &site.beside().join("elsewhere"));
    let base = site.beside().join("elsewhere/templates/base.html");
    let text = fs::read_to_string(&base).unwrap();
    fs::write(&base, text.replace("</body>", "<hr class=\"elsewhere\"></body>")).unwrap();
    let serve = Running::serve(&site, &[]);
    assert!(!serve.get("/words.html").1.contains("elsewhere"));
    site.file("site.yaml", "title: Test\ntheme: {name: plain, folder: ../elsewhere}\n");
    serve.shows("/words.html", "<hr class=\"elsewhere\">");
    fs::write(&base, text.replace("</body>", "<hr class=\"again\"></body>")).unwrap();
    serve.shows("/words.html", "<hr class=\"again\">");
}

#[test]
fn w25_pictures_that_change_or_move() {
    let site = site();
    let serve = Running::serve(&site, &[]);
    serve.shows("/a/two.html", "dot.svg");
    site.file("content/a/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
    serve.shows("/a/dot.svg", "\"9\"");
    fs::rename(site.root().join("content/a/dot.svg"), site.root().join("content/a/spot.svg")).unwrap();
    eventually("the picture is missed", || {
        serve.problems().iter().any(|p| p.contains("a/two.md") && p.contains("dot.svg")).then_some(())
    });
    fs::rename(site.root().join("content/a/spot.svg"), site.root().join("content/a/dot.svg")).unwrap();
    eventually("and found", || (!serve.problems().iter().any(|p| p.contains("dot.svg"))).then_some(()));
}

#[test]
fn w27_the_first_page_of_a_new_section() {
    let site = site();
    let serve = Running::serve(&site, &[]);
    site.page("new/index.md", "title: New section", "Fresh.");
    serve.shows("/index.html", "New section");
    site.page("new/first.md", "title: First page", "First.");
    serve.shows("/new/index.html", "First page");
    serve.shows("/new/first.html", "First.");
    site.page("new/second.md", "title: Second page", "Second.");
    serve.shows("/new/first.html", "Second page");
}

#[test]
fn w29_w30_the_last_good_page_stays_and_the_problem_is_that_of_build() {
    let site = site();
    let serve = Running::serve(&site, &[]);
    serve.get("/a/one.html");
    let broken: [(&str, &str, &str); 4] = [
        ("content/a/one.md", "---\ntitle: [unclosed\n---\nNever shown.\n", "content/a/one.md"),
        ("templates/page.html", "{% extends \"plain/page.html\" %}{{ broken", "templates/page.html"),
        ("data/list.yaml", "- a: [\n", "data/list.yaml"),
        ("site.yaml", "title: Test\ntheme: plain\nmenu: [\n", "site.yaml"),
    ];
    for (path, text, named) in broken {
        let good = fs::read_to_string(site.root().join(path)).unwrap();
        site.file(path, text);
        let shown = eventually(&format!("a problem in {path}"), || {
            serve.problems().into_iter().find(|p| p.contains(named) && p.starts_with("error"))
        });
        let built = site.build_checked(&[]).failed().stderr;
        for line in shown.lines() {
            assert!(built.contains(line), "{path}: {line:?} is not in\n{built}");
        }
        eventually("the terminal says it too", || serve.said().contains(shown.lines().next()?).then_some(()));
        site.file(path, &good);
        eventually(&format!("{path} is well again"), || {
            (!serve.problems().iter().any(|p| p.starts_with("error"))).then_some(())
        });
        serve.shows("/a/one.html", "First text.");
    }
}

#[test]
fn templates_that_ask_for_themselves_stop_neither_the_preview_nor_its_end() {
    let site = site();
    site.template("box.css", "b{}").template("other.css", "{{ asset(path=\"box.css\") }}");
    site.file("templates/components/box.html", "{% component box() %}x{% endcomponent box %}");
    site.page("words.md", "title: Words\nentries: term", "## Goal {#goal}\n\nMeaning.\n\n:::box\n:::");
    let mut serve = Running::serve(&site, &[]);
    let menu = fs::read_to_string(site.root().join("themes/plain/templates/menu.html")).unwrap();
    let box_html = "{% component box() %}{% for e in entries(kind=\"term\") %}{{ e.body }}{% endfor %}{% endcomponent box %}";
    let broken = [
        ("themes/plain/templates/menu.html", "{{ menu() }}".to_owned(), menu),
        ("templates/box.css", "{{ asset(path=\"other.css\") }}".into(), "b{}".into()),
        (
            "templates/components/box.html",
            box_html.into(),
            "{% component box() %}x{% endcomponent box %}".into(),
        ),
    ];
    for (path, text, good) in &broken {
        site.file(path, text);
        eventually(&format!("a problem in {path}"), || {
            serve
                .problems()
                .into_iter()
                .find(|p| p.contains("asked for while it is made") && p.contains(path))
        });
        assert_eq!(serve.get("/words.html").0, 200);
        site.file(path, good);
        eventually(&format!("{path} is well again"), || {
            (!serve.problems().iter().any(|p| p.starts_with("error"))).then_some(())
        });
    }
    // It starts with such a fault too, and ends when it is asked to.
    drop(serve);
    site.file(broken[0].0, &broken[0].1);
    serve = Running::serve(&site, &[]);
    eventually("the fault from before", || {
        serve.problems().into_iter().find(|p| p.contains("menu() -> menu.html"))
    });
    if cfg!(unix) {
        let id = serve.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        eventually("its end", || serve.child.try_wait().unwrap());
    }
}

#[test]
fn w32_w33_serve_writes_nothing_and_watch_never_deletes_the_folder() {
    let site = site();
    let serve = Running::serve(&site, &[]);
    site.page("a/one.md", "title: Page one", "Other text.");
    serve.shows("/a/one.html", "Other text.");
    assert!(!site.root().join("public").exists() && !site.root().join(".cache").exists());
    drop(serve);

    site.file("public/mine.txt", "a file of someone else");
    let watch = Running::watch(&site);
    let folder = fs::metadata(site.root().join("public")).unwrap();
    let moment = fs::metadata(site.root().join("public/list.html")).unwrap().modified().unwrap();
    site.page("a/one.md", "title: Page one", "Written text.");
    eventually("the output", || site.out("a/one.html").contains("Written text.").then_some(()));
    site.remove("content/a/two.md");
    site.page("a/one.md", "title: Page one", "Two is gone.");
    eventually("the output without two", || {
        (!site.has("a/two.html") && site.out("a/one.html").contains("Two is gone.")).then_some(())
    });
    assert_eq!(site.out("mine.txt"), "a file of someone else");
    assert_eq!(fs::metadata(site.root().join("public/list.html")).unwrap().modified().unwrap(), moment);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        assert_eq!(fs::metadata(site.root().join("public")).unwrap().ino(), folder.ino());
    }
    // A broken page keeps the last good site.
    site.page("a/one.md", "title: [unclosed", "Never written.");
    eventually("it says so", || watch.said().contains("Not written").then_some(()));
    assert!(site.out("a/one.html").contains("Two is gone."));
}

#[test]
fn serve_that_writes_writes_the_page_that_a_browser_shows_too() {
    let site = site();
    let serve = Running::serve(&site, &["--write"]);
    serve.shows("/a/one.html", "First text.");
    site.page("a/one.md", "title: Page one", "Shown and written.");
    eventually("the output", || site.out("a/one.html").contains("Shown and written.").then_some(()));
    // A broken page is kept back, and written as soon as it is mended.
    site.page("a/one.md", "title: [unclosed", "Never written.");
    eventually("it says so", || serve.said().contains("1 error").then_some(()));
    assert!(site.out("a/one.html").contains("Shown and written."));
    site.page("a/one.md", "title: Page one", "Mended and written.");
    eventually("the mended output", || site.out("a/one.html").contains("Mended and written.").then_some(()));
}

#[test]
fn w16_the_output_and_the_cache_cause_no_rebuild() {
    let site = site();
    let watch = Running::watch(&site);
    let count = || watch.said().matches(" written, ").count();
    let before = count();
    site.file("public/noise.txt", "x").file(".cache/noise", "x");
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(count(), before, "{}", watch.said());
    site.page("list.md", "title: List", "Now.");
    eventually("one rebuild", || (count() == before + 1).then_some(()));
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(count(), before + 1, "what it wrote itself made it build again: {}", watch.said());
}

/// The text without each `.` and eight hexadecimal digits before a `.`.
fn without_marks(text: &str) -> String {
    let is_mark = |part: &&str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
    text.split('.').filter(|part| !is_mark(part)).collect::<Vec<_>>().join(".")
}

#[test]
fn w35_w36_serve_and_the_built_folder_agree_on_every_file() {
    let site = site();
    site.file("assets/a.css", "@import 'sub/b.css';a{background:url(x.svg#y)}")
        .file("assets/sub/b.css", "@import '../made.css';b{background:image-set('../x.svg' 1x)}")
        .file("assets/x.svg", "<svg/>")
        .file("assets/m.js", "import './n.js';")
        .file("assets/n.js", "import './m.js'");
    site.template("made.css", "a{background:url({{ asset(path=\"x.svg\") }})}");
    site.build().clean();
    let serve = Running::serve(&site, &[]);
    for (path, bytes) in site.public() {
        // In serve assets keep their names, and name each other so.
        if path.starts_with("assets/") {
            let (status, shown) = serve.get(&format!("/{}", without_marks(&path)));
            assert_eq!((status, shown), (200, without_marks(&String::from_utf8(bytes).unwrap())), "{path}");
            continue;
        }
        let (status, _) = serve.get(&format!("/{path}"));
        assert_eq!(status, 200, "{path}");
        let wrong = path.replace(".html", ".HTML");
        if wrong != path {
            assert_eq!(serve.get(&format!("/{wrong}")).0, 404, "{wrong}: hosts mind the case");
        }
        drop(bytes);
    }
    assert_eq!(serve.get("/a/").0, 200);
    assert!(matches!(serve.get("/a").0, 301 | 302 | 307 | 308));
    assert_eq!(serve.get("/a/nothing.html").0, 404);
}
