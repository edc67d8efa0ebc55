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
        ("# A **way** home {#way}\n\nThe late bus.\n", "A way home"),
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

#[test]
fn what_of_a_title_is_not_shown_is_told() {
    for (text, place, thing) in [
        ("# A [way](b.md) home\n\nText.\n", "1:5", "this link"),
        ("# [A way](nowhere.md)\n\nText.\n", "1:3", "this link"),
        ("---\norder: 2\n---\n\nText.\n\n# A way ![a bus](bus.png)\n", "7:9", "this picture"),
        ("# [![a bus](bus.png)](b.md) A way\n\nText.\n", "1:3", "this link"),
        ("A way <https://example.org>\n===\n\nText.\n", "1:7", "this link"),
        ("# A way[^1] home\n\nText[^1].\n\n[^1]: A note.\n", "1:8", "this mark of a footnote"),
    ] {
        let site = Site::plain();
        site.file("content/a.md", text).page("b.md", "title: B", "Text.");
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.code == "plain-text").collect();
        assert_eq!(told.len(), 1, "{text}: {found:#?}");
        assert_eq!(told[0].place(), format!("warning[plain-text] content/a.md:{place}"), "{text}");
        assert!(told[0].message.starts_with(thing) && told[0].help.starts_with("Write"), "{told:?}");
    }
    // Bold and code are words all the same, and a bare address is.
    for text in [
        "# *Bus* and `times`\n\nText.\n",
        "# See https://example.org now\n\nText.\n",
        "# Bus [late]\n\nText.\n",
    ] {
        let site = Site::plain();
        site.file("content/a.md", text);
        assert!(site.problems().iter().all(|p| p.code != "plain-text"), "{text}");
    }
}

#[test]
fn marks_in_the_texts_on_top_are_told_since_readers_see_them() {
    for (front, place, shown) in [
        ("title: A [way](b.md) home", "2:8", "[way](b.md)"),
        ("title: \"**Late** bus\"", "2:8", "**Late**"),
        ("title: Bus\ndescription: The `late` bus.", "3:14", "`late`"),
        ("title: Bus\nnav_title: The _late_ bus", "3:12", "_late_"),
        ("title: Bus\ntags: [\"**late**\", bus]", "3:8", "**late**"),
        ("title: Bus\nchanges: [{date: 2026-01-01, text: \"See [b](b.md).\"}]", "3:36", "[b](b.md)"),
        ("title: Bus\nkind: model\nplace: \"A [room](b.md)\"", "4:8", "[room](b.md)"),
        ("title: Bus\nowner: \"[Ana](mailto:ana@example.org)\"", "3:8", "[Ana](mailto:ana@example.org)"),
        ("title: Bus\ndescription: >\n  The late bus,\n  see [here](b.md).", "4:3", "[here](b.md)"),
    ] {
        let site = Site::plain();
        site.page("a.md", front, "Text.").page("b.md", "title: B", "Text.");
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.code == "plain-text").collect();
        assert_eq!(told.len(), 1, "{front}: {found:#?}");
        assert_eq!(told[0].place(), format!("warning[plain-text] content/a.md:{place}"), "{front}");
        assert!(told[0].message.contains(shown) && !told[0].help.is_empty(), "{told:?}");
    }
    for front in [
        "title: 5*3*2 or 5 * 3 * 2",
        "title: my_long_name",
        "title: Fees*",
        "title: \"[Draft] of ~5 pages\"",
        "title: Who <b>",
    ] {
        let site = Site::plain();
        site.page("a.md", front, "Text.");
        assert!(site.problems().iter().all(|p| p.code != "plain-text"), "{front}");
    }
}

#[test]
fn what_of_a_field_is_not_shown_is_told() {
    for (field, place, thing) in [
        ("- Materials: a [ball](b.md)", 16, "this link"),
        ("- Materials: ![a ball](ball.png)", 14, "this picture"),
        ("- Materials: a ball[^1]", 20, "this mark of a footnote"),
        ("- **Materials:** a\n  [ball](b.md)", 18, "this link"),
    ] {
        let site = Site::plain();
        site.page("b.md", "title: B", "Text.");
        let entry = format!("## Ball\n- Where: home\n{field}\n\nText[^1].\n\n[^1]: A note.");
        site.page("a.md", "title: A\nentries: activity", &entry);
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.code == "plain-text").collect();
        assert_eq!(told.len(), 1, "{field}: {found:#?}");
        assert_eq!(told[0].place(), format!("warning[plain-text] content/a.md:8:{place}"), "{field}");
        assert!(told[0].message.starts_with(thing) && told[0].message.contains("`Materials`"), "{told:?}");
    }
    // Bold is gone without a loss, and an address is a link in a field that is one.
    let site = Site::plain();
    let entry = "## Ball\n- Where: home\n- Materials: a **soft** ball [or two]\n- Website: https://example.org\n\nText.";
    site.page("a.md", "title: A\nentries: activity", entry);
    assert!(site.problems().iter().all(|p| p.code != "plain-text"));
}

#[test]
fn a_footnote_that_says_nothing_or_stands_in_a_name_is_told() {
    for (text, place) in [
        ("Text[^1].\n\n[^1]:", "warning[footnote] content/a.md:8:1"),
        ("Text[^1].\n\n[^1]:   ", "warning[footnote] content/a.md:8:1"),
        ("## Ball[^1]\n\nText.\n\n[^1]: A note.", "warning[entry-heading] content/a.md:6:8"),
    ] {
        let site = Site::plain();
        site.page("a.md", "title: A\nentries: term", text);
        let found = site.problems();
        assert!(found.iter().any(|p| p.place() == place), "{text}: {found:#?}");
    }
}

#[test]
fn marks_in_the_title_of_a_box_are_told_since_readers_see_them() {
    for (line, shown) in [
        (":::box title=\"A **late** bus\"", "**late**"),
        (":::box title=\"The [bus](b.md)\"", "[bus](b.md)"),
        (":::box caption='The `late` bus'", "`late`"),
        (":::box label=\"The _late_ bus\"", "_late_"),
    ] {
        let site = Site::plain();
        site.template(
            "components/box.html",
            "{% component box(title=\"\", caption=\"\", label=\"\") %}{{ title }}{{ caption }}{{ label }}{{ body }}{% endcomponent box %}",
        );
        site.page("a.md", "title: A", &format!("{line}\nText.\n:::")).page("b.md", "title: B", "Text.");
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.code == "plain-text").collect();
        assert_eq!(told.len(), 1, "{line}: {found:#?}");
        assert_eq!(told[0].place(), "warning[plain-text] content/a.md:5:1", "{line}");
        assert!(told[0].message.contains(shown), "{told:?}");
    }
}
