//! What is looked at again after an edit: only the page that was edited, whatever the size of the site.

use guidepost::check::external::Answer;
use guidepost::engine::{Engine, Loader, Options, Which};
use guidepost::source::{Change, Source, SourcePath};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Files in memory.
#[derive(Default, Clone)]
struct Files(Arc<Mutex<BTreeMap<String, String>>>);

impl Loader for Files {
    fn load(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
        self.0.lock().unwrap().get(path.as_str()).map(|text| text.as_bytes().into())
    }
}

struct Site {
    files: Files,
    engine: Engine,
    /// The cache that was written as a whole last.
    base: Option<Vec<u8>>,
}

impl Site {
    fn of(pages: usize) -> Site {
        let files = Files::default();
        let engine =
            Engine::new(Options::new(jiff::civil::date(2026, 11, 22)), Arc::new(files.clone())).unwrap();
        let mut site = Site { files, engine, base: None };
        site.put("site.yaml", "title: T\n");
        // Without a theme nothing else is told.
        site.put("themes/parent-guide/theme.yaml", "title: Parent guide\n");
        site.put("content/index.md", &page("Start", "The start."));
        for i in 0..pages {
            site.put(&format!("content/s{}/p{i}.md", i / 20), &page(&format!("P{i}"), "Your child can ask."));
        }
        site
    }

    fn put(&mut self, path: &str, text: &str) {
        self.files.0.lock().unwrap().insert(path.to_owned(), text.to_owned());
        let source = Source::new(SourcePath::new(path).unwrap(), text.as_bytes().to_vec());
        self.engine.apply(vec![Change::Set(source)]);
    }

    /// Ends this run and begins another with what the cache kept.
    fn reopen(&mut self) {
        let (base, edits) = match (self.base.take(), self.engine.save_edits()) {
            (Some(base), Some(edits)) => (base, Some(edits.into())),
            _ => (self.engine.save(), None),
        };
        self.base = Some(base.clone());
        let opened =
            Engine::open(self.engine.options().clone(), Arc::new(self.files.clone()), base.into(), edits);
        self.engine = opened.unwrap().unwrap();
    }

    /// How many pages were looked at.
    fn check(&mut self) -> usize {
        self.engine.render(Which::All, &|_| {});
        self.engine.check()
    }

    fn found(&self, code: &str) -> usize {
        self.engine.diagnostics().iter().filter(|d| d.code.name() == code).count()
    }
}

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndescription: What {title} is about, in one plain sentence.\n---\n{text}\n")
}

#[test]
fn only_the_edited_page_is_checked_again() {
    for pages in [10, 400] {
        let mut site = Site::of(pages);
        assert_eq!(site.check(), pages + 1);
        assert_eq!(site.check(), 0, "nothing was edited");
        assert_eq!(site.found("claim-word"), 0);
        site.put("content/s0/p3.md", &page("P3", "This always helps."));
        assert_eq!(site.check(), 1, "{pages} pages");
        assert_eq!(site.found("claim-word"), 1);
        // A title that two pages have is seen although only one was looked at.
        site.put("content/s0/p4.md", &page("P3", "Your child can ask."));
        assert_eq!(site.check(), 1);
        assert_eq!(site.found("title-duplicate"), 1);
        // What other sites answered, and the list of addresses, are not about the pages.
        site.engine.set_answers(BTreeMap::from([("https://a.example/x".to_owned(), Answer::Gone(404))]));
        site.put("urls.lock", "gone.html\n");
        assert_eq!(site.check(), 0);
        assert_eq!(site.found("removed-address"), 1);
        site.put("content/s0/p5.md", &page("P5", "Read [the law](https://a.example/x)."));
        assert_eq!(site.check(), 1);
        assert_eq!(site.found("external-broken"), 1);
        // Settings that rules read are about all of them.
        site.put("site.yaml", "title: T\nchecks:\n  limits:\n    sentence_words: 2\n");
        assert_eq!(site.check(), pages + 1);
        assert!(site.found("long-sentence") >= pages);
        assert_eq!(site.found("external-broken"), 1, "answers stay");
    }
}

#[test]
fn files_of_the_theme_are_followed() {
    let mut site = Site::of(10);
    let style = "themes/parent-guide/assets/style.css";
    site.put(style, "body { color: red }\n");
    site.check();
    assert_eq!(site.found("remote-in-theme"), 0);
    // A stylesheet, a template and a setting: no page is looked at for them.
    site.put(style, "body { color: red }\n@import \"https://fonts.example/a.css\";\n");
    site.put("templates/page.html", "<script src=\"//cdn.example/a.js\"></script>\n");
    assert_eq!(site.check(), 0);
    let found = site.engine.diagnostics();
    let places: Vec<_> = found.iter().filter(|d| d.code.name() == "remote-in-theme").collect();
    assert_eq!(places.len(), 2);
    assert_eq!(places.iter().find(|d| d.path.as_ref().unwrap().as_str() == style).unwrap().span.start, 29);
    site.put(style, "body { color: red }\n");
    site.put("templates/page.html", "<p>\n");
    assert_eq!(site.check(), 0);
    assert_eq!(site.found("remote-in-theme"), 0);
    // A theme that the site does not use says nothing.
    site.put("themes/other/assets/style.css", "@import \"https://fonts.example/a.css\";\n");
    site.check();
    assert_eq!(site.found("remote-in-theme"), 0);
}

#[test]
fn a_label_is_found_where_it_stands_now() {
    let mut site = Site::of(1);
    let mut place = |text: &str| {
        site.put("site.yaml", text);
        site.check();
        let found = site.engine.diagnostics();
        found.iter().find(|d| d.code.name() == "label-untranslated").map(|d| d.span.start)
    };
    assert_eq!(place("languages: [en, es]\ntitle: {en: Guide}\n"), Some(27));
    // The same settings, one line further down.
    assert_eq!(place("# Ours\nlanguages: [en, es]\ntitle: {en: Guide}\n"), Some(34));
    assert_eq!(place("languages: [en, es]\ntitle: {en: Guide, es: Guía}\n"), None);
}

#[test]
fn a_term_that_is_defined_twice_is_told_once() {
    let mut site = Site::of(0);
    site.put("themes/parent-guide/theme.yaml", "title: Parent guide\n");
    site.put("themes/parent-guide/kinds.yaml", "term:\n  label: Word\n  glossary: true\n");
    for name in ["a", "b"] {
        let head = format!("---\ntitle: Words {name}\nentries: term\n---\n");
        site.put(
            &format!("content/{name}.md"),
            &format!("{head}## Floop {{#floop-{name}}}\n\nA small floop.\n"),
        );
    }
    site.check();
    // The assembly and the rule name the two places the other way round.
    assert_eq!((site.found("term-defined-twice"), site.found("duplicate-term")), (1, 0));
    site.put("site.yaml", "title: T\nchecks: {levels: {term-defined-twice: off}}\n");
    site.check();
    assert_eq!((site.found("term-defined-twice"), site.found("duplicate-term")), (0, 1));
}

#[test]
fn what_was_found_is_kept_between_runs() {
    let mut site = Site::of(40);
    site.put("content/s0/p1.md", &page("P1", "See [P2](p2.md). This always helps."));
    assert_eq!(site.check(), 41);
    let before = site.engine.diagnostics();
    site.reopen();
    assert_eq!(site.found("claim-word"), 0, "nothing is told before the rules have run");
    assert_eq!(site.check(), 0);
    assert_eq!(site.engine.diagnostics(), before);
    // What the rules had not seen when the first run ended, they see in the second.
    site.put("content/s0/p3.md", &page("P3", "This always helps."));
    site.reopen();
    assert_eq!(site.check(), 1);
    assert_eq!(site.found("claim-word"), 2);
    let edits = site.engine.save_edits().map(|edits| edits.len());
    assert!(edits.is_some_and(|size| size < 10_000), "{edits:?}");
    site.reopen();
    assert_eq!(site.check(), 0);
    assert_eq!(site.found("claim-word"), 2);
    site.put("content/s0/p4.md", &page("P1", "Your child can ask."));
    site.reopen();
    assert_eq!(site.check(), 1);
    assert_eq!(site.found("title-duplicate"), 1, "rules on the site too");
}

#[test]
fn rules_can_run_in_parts() {
    let (mut whole, mut parts) = (Site::of(40), Site::of(40));
    whole.check();
    parts.engine.render(Which::All, &|_| {});
    let run = |site: &mut Site| {
        let (mut pages, mut steps) = (0, 0);
        loop {
            let (looked_at, done) = site.engine.check_some(7);
            assert!(looked_at <= 7, "{looked_at}");
            (pages, steps) = (pages + looked_at, steps + 1);
            if done {
                return (pages, steps);
            }
        }
    };
    let (pages, steps) = run(&mut parts);
    assert_eq!(pages, 41);
    assert!(steps > 41 / 7, "{steps}");
    assert_eq!(parts.engine.diagnostics(), whole.engine.diagnostics());
    // After a body's edit: that page, and no rule on the site, since none looks at the words of English pages.
    for site in [&mut whole, &mut parts] {
        site.put("content/s0/p3.md", &page("P3", "This always helps."));
    }
    whole.check();
    assert_eq!(run(&mut parts), (1, 1));
    assert_eq!(parts.engine.diagnostics(), whole.engine.diagnostics());
    // A change while the rules are at it.
    for site in [&mut whole, &mut parts] {
        site.put("content/s0/p4.md", &page("P1", "See [P9](p9.md)."));
    }
    parts.engine.check_some(7);
    for site in [&mut whole, &mut parts] {
        site.put("content/s0/p5.md", &page("P1", "This always helps."));
    }
    whole.check();
    run(&mut parts);
    assert_eq!(parts.engine.diagnostics(), whole.engine.diagnostics());
}

#[test]
fn what_was_found_goes_with_the_text() {
    let mut site = Site::of(3);
    let path = "content/s0/p1.md";
    site.put(path, &page("P1", "This always helps."));
    site.check();
    assert_eq!(site.found("claim-word"), 1);
    // The file is no text any more: what the rules found in it before is not told of it now.
    let binary = Source::new(SourcePath::new(path).unwrap(), b"---\ntitle: P1\n---\n\xff\xfe\n".to_vec());
    site.files.0.lock().unwrap().remove(path);
    site.engine.apply(vec![Change::Set(binary)]);
    site.check();
    assert_eq!(site.found("claim-word"), 0);
}
