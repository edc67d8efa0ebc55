//! The commands that build nothing: `translations`, `language`, `schema`, `new`, `init`, `theme`. The real program on real
//! folders.

mod changes;
mod languages;
mod manual;
mod new_theme;
mod print;
mod starters;
mod theme;
mod theme_texts;

use crate::support::{Run, Site};
use std::fs;

/// Runs the program in the site's folder.
fn run(site: &Site, args: &[&str]) -> Run {
    Run::of(site.command().args(args))
}

fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap()
}

/// Two pages, one translated with Windows line ends, one not; a Spanish page of its own; a draft.
fn bilingual() -> Site {
    let site = Site::bilingual();
    site.page("a.md", "title: A", "Text.");
    site.page("draft.md", "title: D\ndraft: true", "Text.");
    site.file("content/es/a.md", "---\r\ntitle: \"A\" # corto\r\n---\r\nTexto.\r\n");
    site.page("es/solo.md", "title: Solo", "Texto.");
    site
}

#[test]
fn translations_are_listed_and_marked() {
    let site = bilingual();
    let list = run(&site, &["translations"]).clean().stdout;
    assert!(list.starts_with("Español (es): 0 of 2 pages up to date.\n"), "{list}");
    for part in [
        "Unstamped: 1 page; nothing says which state of the original they translate.\n    content/es/a.md\n",
        "Missing: 1 page; readers see the original, with a notice.\n    content/es/index.md\n",
        "Orphans: 1 page; there is no original of the same path.\n    content/es/solo.md\n",
        "guidepost translations --mark es/a.md\n",
    ] {
        assert!(list.contains(part), "{part}\n{list}");
    }
    assert!(!list.contains("draft.md"), "{list}");
    let data = run(&site, &["translations", "--format", "json"]).clean().json();
    assert_eq!(
        data,
        [serde_json::json!({
            "lang": "es", "name": "Español", "pages": 2, "current": [], "outdated": [], "unstamped": ["content/es/a.md"],
            "faulty": [], "missing": ["content/es/index.md"], "orphans": ["content/es/solo.md"], "gaps": [],
        })]
    );
    run(&site, &["translations", "--format", "json", "--mark", "es/a.md"]).refused();

    let said = run(&site, &["translations", "--mark", "es/a.md"]).clean().stdout;
    assert_eq!(said, "Marked as up to date: content/es/a.md\n");
    let marked = read(&site, "content/es/a.md");
    let line = marked.lines().find(|l| l.starts_with("translated_from: ")).unwrap().to_owned();
    assert_eq!(line.len(), "translated_from: \"0123456789abcdef\"".len());
    assert_eq!(marked, format!("---\r\ntitle: \"A\" # corto\r\n{line}\r\n---\r\nTexto.\r\n"));
    let list = run(&site, &["translations"]).stdout;
    assert!(list.contains("1 of 2 pages up to date") && list.contains("Current: 1 page"), "{list}");
    // Once more changes nothing, whichever way the path is written.
    for path in ["content/es/a.md", "./content/es/a.md", "es\\a.md"] {
        let said = run(&site, &["translations", "--mark", path]).clean().stdout;
        assert_eq!(said, "Nothing to mark: 1 page is already up to date.\n");
    }
    assert_eq!(read(&site, "content/es/a.md"), marked);

    // The original changes: outdated. All at once, and from outside the folder.
    site.page("a.md", "title: A", "Text, and more of it.");
    assert!(run(&site, &["translations"]).stdout.contains("Outdated: 1 page"));
    let root = site.root();
    let said = Run::of(crate::support::program().args(["translations", "--root"]).arg(&root).args([
        "--mark-all",
        "--lang",
        "es",
    ]));
    assert_eq!(said.clean().stdout, "Marked as up to date: content/es/a.md\n");
    let again = read(&site, "content/es/a.md");
    assert_eq!(again.len(), marked.len());
    assert_ne!(again, marked);
    assert_eq!(
        run(&site, &["translations", "--mark-all"]).clean().stdout,
        "Nothing to mark: all translations are up to date.\n"
    );
}

#[test]
fn what_cannot_be_marked_is_said_and_nothing_is_written() {
    let site = bilingual();
    let before = read(&site, "content/es/a.md");
    for (path, code, says) in [
        ("es/b.md", 2, "There is no page content/es/b.md. Did you mean es/a.md?"),
        (
            "a.md",
            1,
            "content/a.md is an original, not a translation. Its translation stands in content/es/a.md.",
        ),
        ("es/solo.md", 1, "content/es/solo.md translates no page: content/solo.md does not exist."),
        ("../site.yaml", 2, "is no path below content/"),
    ] {
        let run = run(&site, &["translations", "--mark", "es/a.md", path]);
        assert_eq!(run.code, Some(code), "{path}: {}", run.stderr);
        assert!(run.stderr.contains(says) && run.stderr.contains("Nothing was written."), "{}", run.stderr);
    }
    site.file("content/es/a.md", "---\ntitle: A\nTexto sin cierre.\n");
    let said = run(&site, &["translations", "--mark-all"]).failed().stderr;
    assert!(said.contains("content/es/a.md cannot be marked: its front matter is not closed"), "{said}");
    site.file("content/es/a.md", &before);
    let said = run(&site, &["translations", "--lang", "fr"]).refused().stderr;
    assert!(said.contains("fr is no language") && said.contains("es"), "{said}");
    site.file("site.yaml", "title: Test\ntheme: plain\nlanguages: [en, español]\n");
    assert!(run(&site, &["translations"]).failed().stderr.contains("language tag"));
}

#[test]
fn schemas_are_written_and_printed() {
    let site = Site::guide();
    let said = run(&site, &["schema"]).clean().stdout;
    assert!(said.starts_with("14 schemas in ") && said.contains("schemas\n"), "{said}");
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    for entry in fs::read_dir(site.root().join("schemas")).unwrap() {
        let schema = parse(&fs::read_to_string(entry.unwrap().path()).unwrap());
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
    let activity = run(&site, &["schema", "--print", "front-matter-activity"]).clean().stdout;
    assert_eq!(activity, read(&site, "schemas/front-matter-activity.schema.json"));
    assert_eq!(parse(&activity)["properties"]["skill"]["anyOf"][0]["enum"][0], "تقوية");
    let said = run(&site, &["schema", "--print", "kind"]).refused().stderr;
    assert!(said.contains("There is no schema kind. Did you mean kinds?"), "{said}");
    // Once more writes nothing, elsewhere is elsewhere, and a build does not mind the folder.
    let time = |p: &str| fs::metadata(site.root().join(p)).unwrap().modified().unwrap();
    let before = time("schemas/site.schema.json");
    run(&site, &["schema"]).clean();
    run(&site, &["schema", "--out", "elsewhere"]).clean();
    assert_eq!(time("schemas/site.schema.json"), before);
    assert_eq!(
        crate::support::tree(&site.root().join("elsewhere")),
        crate::support::tree(&site.root().join("schemas"))
    );
    site.build().clean();
}

#[test]
fn new_pages_build() {
    let site = Site::guide();
    let said = run(&site, &["new", "parents/holidays", "--title", "Holidays: what to do"]).clean().stdout;
    assert_eq!(said, "Made content/parents/holidays.md (page).\n");
    let text = read(&site, "content/parents/holidays.md");
    assert!(text.starts_with("---\ntitle: \"Holidays: what to do\"\n# One plain sentence"), "{text}");
    let said = run(&site, &["new", "parents/holidays.md"]).refused().stderr;
    assert_eq!(said, "content/parents/holidays.md is there already; it was left as it is.\n");
    assert_eq!(read(&site, "content/parents/holidays.md"), text);

    let said =
        run(&site, &["new", "activities/balance.md", "--entries", "activity", "--lang", "es"]).clean().stdout;
    assert!(said.starts_with("Made content/es/activities/balance.md (page). It is a draft"), "{said}");
    assert!(
        said.contains("An entry may also have: Opción económica, Más fácil, Más difícil, Dibujo."),
        "{said}"
    );
    run(&site, &["new", "content/activities/balance.md", "--entries", "activity"]).clean();
    run(&site, &["new", "sheets/", "--kind", "handout"]).clean();
    run(&site, &["new", "delivery/at-home.md"]).clean();
    let sheet = read(&site, "content/sheets/index.md");
    assert!(sheet.contains("kind: handout\n") && sheet.contains("# picks:"), "{sheet}");
    // The folder says the kind.
    let home = read(&site, "content/delivery/at-home.md");
    assert!(home.starts_with("---\ntitle: At home\n# ") && home.contains("\n# good_when: "), "{home}");
    site.build_with(&["--drafts"]).clean();
    assert!(site.has("activities/balance.html") && site.has("es/activities/balance.html"));
    assert!(site.out("sheets/index.html").contains("kind-handout"));
    site.build().clean();
    assert!(site.has("parents/holidays.html") && !site.has("activities/balance.html"));
}

#[test]
fn new_refuses_what_cannot_be_a_page() {
    let site = Site::bilingual();
    let before = crate::support::tree(&site.root());
    for (args, says) in [
        (&["new", "a.md", "--kind", "pgae"][..], "There is no kind pgae. Did you mean page?"),
        (&["new", "a.md", "--entries", "nothing"], "There is no kind nothing."),
        (&["new", "a.md", "--lang", "fr"], "fr is no language of this site. Its languages are: en, es."),
        (&["new", "es/a.md", "--lang", "en"], "content/es/a.md is a page in Español, not in en."),
        (&["new", "../a.md"], "is no path below content/"),
        (&["new", "con.md"], "Windows keeps this name"),
        (&["new", ".hidden.md"], "leaves out of the site"),
        (&["new", "index.md"], "is there already"),
    ] {
        let said = run(&site, args).refused().stderr;
        assert!(said.contains(says), "{args:?}: {said}");
    }
    assert_eq!(crate::support::tree(&site.root()), before);
}

#[test]
fn init_makes_a_guide_that_builds() {
    let site = Site::empty();
    let init =
        |args: &[&str]| Run::of(crate::support::program().current_dir(site.beside()).arg("init").args(args));
    let said = init(&["my guide"]).clean().stdout;
    assert!(said.contains("  cd \"my guide\"\n  guidepost serve --open\n"), "{said}");
    let made = site.beside().join("my guide");
    assert!(!made.join("themes").exists(), "the theme stays in the program");
    for part in ["content", "data", "assets", "templates", "translations"] {
        let (ours, theirs) = (
            crate::support::tree(&crate::support::repository().join(part)),
            crate::support::tree(&made.join(part)),
        );
        assert!(ours == theirs, "{part} differs: after adding a file there, touch src/bundle.rs");
    }
    assert_eq!(
        fs::read(made.join("site.yaml")).unwrap(),
        fs::read(crate::support::repository().join("site.yaml")).unwrap()
    );
    // What the program makes is not kept with the guide.
    let ignored = fs::read_to_string(made.join(".gitignore")).unwrap();
    for name in ["/public/", "/.cache/", "/report.html", "/pdf/", "/*.zip"] {
        assert!(ignored.lines().any(|line| line == name), "{name}");
    }
    let build = |folder: &str| {
        Run::of(crate::support::program().current_dir(site.beside()).args(["build", "--root", folder]))
    };
    // It says in one line what was built, and in one how much a district must fill in.
    let said = build("my guide");
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let lines: Vec<&str> = said.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{}", said.stderr);
    assert!(lines[0].starts_with("Built ") && lines[0].contains(", no problems"), "{}", lines[0]);
    assert!(lines[1].starts_with("Before you publish: "), "{}", lines[1]);
    let all = Run::of(
        crate::support::program().current_dir(site.beside()).args(["build", "--notes", "--root", "my guide"]),
    );
    assert_eq!(all.stderr.matches("warning[").count(), 1, "{}", all.stderr);
    assert!(all.stderr.contains("warning[placeholder]"), "{}", all.stderr);
    // Never twice, never over something.
    let before = crate::support::tree(&made);
    assert!(init(&["my guide"]).refused().stderr.contains("holds a site already; nothing was written"));
    assert!(init(&["my guide", "--bare"]).refused().stderr.contains("nothing was written"));
    assert_eq!(crate::support::tree(&made), before);
    fs::create_dir_all(site.beside().join("half/data")).unwrap();
    fs::write(site.beside().join("half/data/start.yaml"), "mine").unwrap();
    assert!(init(&["half"]).refused().stderr.contains("half holds data/start.yaml already"));
    assert_eq!(crate::support::tree(&site.beside().join("half")).len(), 1);

    // A folder with other things in it is fine, also the one where the command is run.
    fs::write(site.root().join("README.md"), "mine").unwrap();
    fs::write(site.root().join(".gitignore"), "mine").unwrap();
    let said = run(&site, &["init", "--bare"]).clean().stdout;
    assert!(!said.contains("cd ") && said.contains("guidepost serve --open"), "{said}");
    assert_eq!((read(&site, "README.md"), read(&site, ".gitignore")), ("mine".into(), "mine".into()));
    assert_eq!(crate::support::tree(&site.root().join("content")).len(), 6);
    site.build().clean();
    assert!(site.out("index.html").contains("Welcome"));
}

/// A field of type markdown is HTML in `html`, with its links as those of its page, and broken ones reported.
#[test]
fn markdown_fields_are_html() {
    let site = Site::plain();
    let kinds =
        "kinds:\n  tip:\n    template: tip.html\n    fields: {why: markdown, notes: list of markdown}\n";
    site.file("site.yaml", format!("title: Test\ntheme: plain\n{kinds}"));
    site.template("tip.html", "[{{ page.html.why }}] [{{ page.html.notes }}] [{{ page.text.why }}]");
    site.template("entries/tip.html", "({{ entry.html.why }})");
    let front =
        "title: A\nkind: tip\nwhy: \"*Good* & [start](../index.md) <b>\"\nnotes: [\"`x`\", \"**y**\"]";
    site.page("a/tip.md", front, "Text.");
    site.page("b.md", "title: B\nentries: tip", "## One\n- Why: **bold** [A](a/tip.md)\n\nText.");
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let page = site.out("a/tip.html");
    assert!(page.contains("[<em>Good</em> &amp; <a href=\"../index.html\">start</a> &lt;b&gt;]"), "{page}");
    assert!(page.contains("[<code>x</code>, <strong>y</strong>]"), "{page}");
    let page = site.out("b.html");
    assert!(page.contains("(<strong>bold</strong> <a href=\"a/tip.html\">A</a>)"), "{page}");
    site.page("b.md", "title: B\nentries: tip", "## One\n- Why: [A](a/gone.md)\n\nText.");
    let problems = site.problems();
    let broken = problems.iter().find(|p| p.code == "broken-link").unwrap();
    assert_eq!((broken.path.as_str(), broken.line, broken.column), ("content/b.md", 7, 8));
}
