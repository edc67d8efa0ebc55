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
}

impl Site {
    fn of(pages: usize) -> Site {
        let files = Files::default();
        let engine =
            Engine::new(Options::new(jiff::civil::date(2026, 11, 22)), Arc::new(files.clone())).unwrap();
        let mut site = Site { files, engine };
        site.put("site.yaml", "title: T\n");
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
