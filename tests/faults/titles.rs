//! Titles as people have them: in the front matter, or as the first heading of the page.

use crate::support::Site;

/// A site with one page `a.md` of these bytes, built.
fn built(text: &str) -> (Site, String) {
    let site = Site::plain();
    site.file("content/a.md", text);
    site.build_with(&["--no-cache"]).clean();
    let page = site.out("a.html");
    (site, page)
}

#[test]
fn the_first_heading_is_the_title_and_stands_there_once() {
    for (text, title) in [
        ("# Bus times\n\nThe late bus.\n", "Bus times"),
        ("\u{feff}# Bus times\r\n\r\nThe late bus.\r\n", "Bus times"),
        ("Bus times\n=========\n\nThe late bus.\n", "Bus times"),
        ("---\norder: 2\n---\n\n# *Bus* & `times` ##\n\nThe late bus.\n", "Bus &amp; times"),
        ("---\n---\n# Niño\nThe late bus.", "Niño"),
        ("# A [way](b.md) home {#way}\n\nThe late bus.\n", "A way home"),
        // Files from GitHub have a link, a badge or a comment above it.
        ("The late bus.\n\n# Bus times\n", "Bus times"),
        ("[The late bus.](https://maple.example.org)\r\n\r\n# Bus times\r\n\r\nMore.\r\n", "Bus times"),
        ("<!-- # Draft -->\n:::note\nThe late bus.\n:::\n\nBus times\n=========\n", "Bus times"),
    ] {
        let (site, page) = built(text);
        let shown = page.matches(title).count();
        assert_eq!(page.matches("<h1>").count(), 1, "{text}: {page}");
        assert!(page.contains(&format!("<h1>{title}</h1>")), "{text}: {page}");
        // In the head of the page and as its heading, and nowhere in the text.
        assert!(page.contains("The late bus.") && shown <= 3, "{text}: {shown} times in {page}");
        assert!(!page.contains("<h2"), "{text}: {page}");
        assert!(site.out("index.html").contains(title), "{text}");
    }
}

#[test]
fn a_title_in_the_front_matter_counts() {
    let (_, page) = built("---\ntitle: Bus\n---\n# Times\n\nText.\n");
    assert!(page.contains("<h1>Bus</h1>") && page.contains(">Times</h2>"), "{page}");
    // What is no title: a smaller heading, one that stands below it, in a quotation or a box, code.
    for text in [
        "## Part\n\nText.\n",
        "Text.\n\n## Part\n\n# Later\n",
        "> # Quoted\n",
        ":::note\n# In a box\n:::\n",
        "    # Code\n",
        "#Bus\n",
        "---\ntitle:\n---\n# Bus\n",
    ] {
        let site = Site::plain();
        site.file("content/a.md", text);
        let found = site.problems();
        let missing: Vec<_> = found.iter().filter(|p| p.code == "missing-field").collect();
        assert_eq!(missing.len(), 1, "{text}: {found:#?}");
        site.build().failed();
    }
}

#[test]
fn links_rules_and_stamps_see_the_page_without_its_title() {
    let site = Site::bilingual();
    site.file("content/a.md", "# Bus times\n\nSee [the form](#form).\n\n## Form\n\nText.\n");
    site.page("b.md", "title: B", "See [](a.md) and [form](a.md#form).");
    site.file("content/es/a.md", "# Autobuses\n\nTexto.\n\n## Form\n\nTexto.\n");
    let run = site.build_checked(&[]);
    assert!(!run.stderr.contains("heading-one") && run.code == Some(0), "{}", run.stderr);
    assert!(site.out("b.html").contains(">Bus times</a>"));
    let mut mark = site.command();
    mark.args(["translations", "--mark", "es/a.md"]);
    assert_eq!(crate::support::Run::of(&mut mark).code, Some(0));
    let text = std::fs::read_to_string(site.root().join("content/es/a.md")).unwrap();
    assert!(
        text.starts_with("---\ntranslated_from: \"") && text.contains("\"\n---\n# Autobuses\n"),
        "{text}"
    );
    site.build().clean();
    assert!(site.out("es/a.html").contains("<h1>Autobuses</h1>"));
}

#[test]
fn a_link_or_picture_in_the_name_of_an_entry_is_told() {
    for (heading, column) in [
        ("## Putty [bus](b.md)", 10),
        ("## [Putty](nope.md)", 4),
        ("## Putty ![a hand](p.png)", 10),
        ("## Putty <https://example.org>", 10),
        ("Putty [bus](b.md)\n---", 7),
    ] {
        let site = Site::bilingual();
        let entry = "- Definition: Soft.\n\nText [bus](index.md).";
        for file in ["words.md", "es/words.md"] {
            let entry = if file.starts_with("es") {
                entry.replace("Definition", "Definición")
            } else {
                entry.to_owned()
            };
            site.page(file, "title: Words\nentries: term", &format!("{heading}\n{entry}"));
        }
        let found = site.problems();
        let told: Vec<_> = found
            .iter()
            .filter(|p| p.code == "entry-heading")
            .map(|p| (&*p.path, p.line, p.column))
            .collect();
        assert_eq!(
            told,
            [("content/es/words.md", 6, column), ("content/words.md", 6, column)],
            "{heading}: {found:#?}"
        );
    }
}
