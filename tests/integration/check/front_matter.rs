//! Faults of front matter that nobody can see, or that another program made: named once, at their place.

use crate::check::site::Site;
use guidepost::config::Config;
use guidepost::source::LineIndex;

/// Line, name and message of each error of a page.
fn errors(text: &str) -> Vec<String> {
    let site = Site::new(vec![("content/page.md".into(), text.into())], Config::default());
    let index = LineIndex::new(text.as_bytes());
    let found = site
        .problems()
        .into_iter()
        .filter(|d| !["description-missing", "translation-missing", "review-owner"].contains(&d.code.name()));
    found
        .map(|d| format!("{} {}: {}", index.position(d.span.start as usize).line, d.code, d.message))
        .collect()
}

#[test]
fn each_is_told_once() {
    for (text, line, words) in [
        ("---\ntitle:\u{a0}A\n---\nText.\n", 2, "no-break space"),
        ("---\ntitle:\u{a0}A\nowner: B\n---\nText.\n", 2, "no-break space"),
        ("---\nowner: B\ntitle:\u{202f}A\n---\nText.\n", 3, "narrow no-break space"),
        ("---\ntitle: A\n\u{a0}\u{a0}owner: B\n---\nText.\n", 3, "no-break space"),
        ("---\ntitle: A\ntags:\n\u{a0}\u{a0}- b\n---\nText.\n", 4, "no-break space"),
        ("---\ntitle: “Fees: now”\n---\nText.\n", 2, "curly"),
        ("---\ntitle: “Week 1”\n---\nText.\n", 2, "curly quotes around"),
        ("---\ntitle: A\nnav_title: «Week»\n---\nText.\n", 3, "curly quotes around"),
        ("---\ntitle: A\ndescription: ‘All of it.’\n---\nText.\n", 3, "curly quotes around"),
        ("---\ntitle: A\norder: “3”\n---\nText.\n", 3, "curly quotes"),
        ("---\ntitle: A\ndraft: “false”\n---\nText.\n", 3, "curly quotes"),
        ("---\ntitle: A\ntags: [“a”, b]\n---\nText.\n", 3, "curly ones"),
        ("---\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> office\n---\nText.\n", 2, "two versions"),
        (
            "---\ntitle: A\n<<<<<<< HEAD\norder: 1\n=======\norder: 2\n>>>>>>> office\n---\nText.\n",
            3,
            "two versions",
        ),
        ("---\ntitle My page\nowner: B\n---\nText.\n", 2, "key: value"),
        ("\u{200b}---\ntitle: A\n---\nText.\n", 1, "zero-width space"),
        ("\u{a0}---\ntitle: A\n---\nText.\n", 1, "no-break space"),
        ("\u{feff}\u{feff}---\ntitle: A\n---\nText.\n", 1, "byte order mark"),
        ("Text.\n\n---\ntitle: A\n---\nText.\n", 1, "text stands before"),
        ("—\ntitle: A\n—\n\nText.\n", 1, "instead of `---`"),
        ("title: A\n\nText.\n", 1, "need a line `---`"),
    ] {
        let found = errors(text);
        let [one] = found.as_slice() else { panic!("{text:?}: {found:#?}") };
        assert!(one.starts_with(&format!("{line} ")) && one.contains(words), "{text:?}: {one}");
    }
}

#[test]
fn curly_quotes_that_are_meant_say_nothing() {
    for title in ["“A” and “B”", "‘A’ and ‘B’", "\"“Week 1”\"", "The “good” week", "’Tis late", "'‘Week’'"]
    {
        assert_eq!(errors(&format!("---\ntitle: {title}\n---\nText.\n")), [""; 0], "{title}");
    }
}
