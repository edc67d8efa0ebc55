//! `changes` in front matter: the page "What is new", the line at a page's end, the feed, and the reminder before publishing.

use super::{Run, Site, read, run};

const NEWS: &str = "Before.\n\n:::whats-new\nNothing has changed yet.\n:::\n";

/// A page that changed twice, its translation, and the page of news in both languages.
fn site() -> Site {
    let site = Site::bilingual();
    site.file(
        "site.yaml",
        "title: {en: Guide, es: Guía}\nlanguages: [en, es]\ntheme: parent-guide\nbase_url: https://example.org\ncontact: {phone: 555-0199}\n",
    );
    site.page("news.md", "title: News", NEWS);
    site.page("es/news.md", "title: Novedades", NEWS);
    site.page(
        "a.md",
        "title: Page A\nchanges:\n  - date: 2026-03-01\n    text: The first one.\n  - text: \"Call {contact.phone} <now>.\"\n    date: 2026-11-20",
        "Text.",
    );
    site.page("es/a.md", "title: Página A", "Texto.");
    site.page("b.md", "title: Page B\nreviewed: 2026-05-05", "Text.");
    site
}

/// Whatever the rules say of these small pages.
#[track_caller]
fn ok(run: Run) -> Run {
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run
}

fn build(site: &Site) {
    ok(run(site, &["build", "--no-checks", "--date", "2026-12-01"]));
}

#[test]
fn what_changed_is_shown_newest_first() {
    let site = site();
    build(&site);
    let news = site.out("news.html");
    let (new, old) = (news.find("Call 555-0199 &lt;now&gt;.").unwrap(), news.find("The first one.").unwrap());
    assert!(
        new < old && news.contains("November 20, 2026") && !news.contains("Nothing has changed"),
        "{news}"
    );
    assert!(news.contains("<a href=\"a.html\">Page A</a>"), "{news}");
    assert!(site.out("a.html").contains("Updated: November 20, 2026."), "the line at the end");
    assert!(!site.out("b.html").contains("Updated:"), "a review is no change");
    // The translation says what its original says, and in which language.
    let spanish = site.out("es/news.html");
    assert!(
        spanish.contains("Página A") && spanish.contains("lang=\"en\" dir=\"ltr\">Call 555-0199"),
        "{spanish}"
    );
    assert!(site.out("es/a.html").contains("Actualizado: 20 de noviembre de 2026."));
    // In the feed each change is an entry of its own.
    let feed = site.out("feed.xml");
    assert_eq!(feed.matches("<title>Page A</title>").count(), 2, "{feed}");
    assert!(
        feed.contains("<updated>2026-11-20T00:00:00Z</updated>\n")
            && feed.contains("<summary>The first one.</summary>"),
        "{feed}"
    );
    let ids: std::collections::BTreeSet<&str> =
        feed.split("<id>").skip(1).map(|id| id.split('<').next().unwrap()).collect();
    assert_eq!(ids.len(), feed.matches("<id>").count(), "{feed}");

    // A later edit follows at once, also where another page shows it, and a change of its own takes the place of the original's.
    site.page("a.md", "title: Page A\nchanges: [{date: 2026-11-25, text: Another one.}]", "Text.");
    build(&site);
    for page in ["news.html", "es/news.html"] {
        let html = site.out(page);
        assert!(html.contains("Another one.") && !html.contains("The first one."), "{page}: {html}");
    }
    assert!(site.out("es/a.html").contains("25 de noviembre"));
    site.page("es/a.md", "title: Página A\nchanges: [{date: 2026-11-26, text: En español.}]", "Texto.");
    build(&site);
    let html = site.out("es/news.html");
    assert!(html.contains("<p>En español.</p>") && !html.contains("Another one."), "{html}");
    site.page("a.md", "title: Page A", "Text.");
    site.page("es/a.md", "title: Página A", "Texto.");
    build(&site);
    assert!(
        site.out("news.html").contains("Nothing has changed yet.")
            && !site.out("a.html").contains("Updated:")
    );
}

#[test]
fn a_change_that_cannot_be_read_is_told_at_its_line() {
    for (changes, code, line, message) in [
        ("changes: new words", "wrong-type", 3, "`changes` must be a list"),
        ("changes:\n  - new words", "wrong-type", 4, "a change must have a date and a text"),
        ("changes:\n  - text: New.", "missing-field", 4, "this change has no `date`"),
        ("changes:\n  - date: 2026-11-20", "missing-field", 4, "this change has no `text`"),
        ("changes:\n  - date: 2026-11-20\n    text:", "missing-field", 4, "this change has no `text`"),
        (
            "changes:\n  - date: 2026-13-20\n    text: New.",
            "wrong-type",
            4,
            "names a day that does not exist: `2026-13-20`",
        ),
        ("changes:\n  - date: 2026-11-20\n    txt: New.", "unknown-key", 5, "a change has no key `txt`"),
        ("change:\n  - date: 2026-11-20\n    text: New.", "unknown-key", 3, "has no key `change`"),
    ] {
        let site = Site::plain();
        site.page("a.md", &format!("title: A\n{changes}"), "Text.");
        let problems = run(&site, &["build", "--format", "json", "--date", "2026-12-01"]).problems();
        let found = problems.iter().find(|p| p.code == code && p.message.contains(message));
        let found = found.unwrap_or_else(|| panic!("{changes}: {problems:?}"));
        assert_eq!(found.line, line, "{changes}: {found:?}");
    }
    // A day that is not here yet is told, and shown.
    let site = Site::plain();
    site.page("a.md", "title: A\nchanges: [{date: 2062-11-20, text: New.}]", "Text.");
    let said = run(&site, &["check", "--date", "2026-12-01"]);
    assert!(
        said.stdout.contains("was changed on 2062-11-20")
            || said.stderr.contains("was changed on 2062-11-20"),
        "{said:?}"
    );
}

#[test]
fn a_text_that_changed_without_a_word_is_told_before_it_is_published_again() {
    let site = site();
    let target = site.beside().join("web");
    let publish = |more: &[&str]| {
        let target = target.to_string_lossy().into_owned();
        let mut args = vec!["publish", &target, "--anyway", "--date", "2026-12-01"];
        args.extend(more);
        ok(run(&site, &args))
    };
    let told = || {
        let said = run(&site, &["check", "--publish", "--date", "2026-12-01", "--format", "json"]);
        let things: Vec<String> = said
            .stdout
            .lines()
            .filter(|line| line.contains("`changes` says nothing of it"))
            .map(str::to_owned)
            .collect();
        things
    };
    publish(&["--dry-run"]);
    build(&site);
    run(&site, &["check", "--date", "2026-12-01"]);
    assert!(!site.root().join("published.lock").exists(), "nothing is noted by accident");
    assert!(told().is_empty());
    publish(&[]);
    let lock = read(&site, "published.lock");
    assert!(
        lock.lines().any(|line| line.starts_with("content/a.md ") && line.ends_with(" 2026-11-20")),
        "{lock}"
    );
    assert!(lock.lines().any(|line| line.starts_with("content/es/a.md ") && line.ends_with(" -")), "{lock}");
    assert!(told().is_empty());
    // Another text: told, at its line. With an entry: not. Other front matter is no text.
    site.page("b.md", "title: Page B\nreviewed: 2026-05-05", "Other text.");
    let things = told();
    assert!(
        things.len() == 1 && things[0].contains("content/b.md") && things[0].contains("\"must\":false"),
        "{things:?}"
    );
    site.page(
        "b.md",
        "title: Page B\nreviewed: 2026-05-05\nchanges: [{date: 2026-12-01, text: Other words.}]",
        "Other text.",
    );
    assert!(told().is_empty());
    site.page("b.md", "title: Page B\nreviewed: 2026-06-06", "Text.");
    site.page("new.md", "title: New", "A new page is no change.");
    assert!(told().is_empty());
    // Noted on demand, too.
    site.page("b.md", "title: Page B", "Other text.");
    assert_eq!(told().len(), 1);
    run(&site, &["check", "--lock-texts", "--date", "2026-12-01"]);
    assert!(told().is_empty());
}
