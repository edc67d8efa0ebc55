//! Kinds of a site's own: every field reaches readers, in their words; what a kind took away leaves no trace.

use crate::support::{Site, copy, repository};

/// A site in English and Spanish with the bundled theme and these kinds.
fn with_kinds(kinds: &str) -> Site {
    let site = Site::empty();
    copy(&repository().join("themes/parent-guide"), &site.root().join("themes/parent-guide"));
    site.file(
        "site.yaml",
        format!("title: {{en: Test, es: Prueba}}\ntheme: parent-guide\nlanguages: [en, es]\noutputs: {{sitemap: false, feed: false}}\n{kinds}"),
    );
    site.page("index.md", "title: Start", "The start.");
    site
}

/// The main part of a page.
fn main_part(site: &Site, path: &str) -> String {
    let page = site.out(path);
    let start = page.find("<main").unwrap();
    page[start..page.find("</main>").unwrap()].to_owned()
}

const FORM: &str = "kinds:
  form:
    label: {en: Form, es: Formulario}
    fields:
      text_one: text
      texts: list of text
      rich: markdown
      whole: integer
      part: number
      truth: boolean
      day: date
      length: duration
      ages: range
      web: url
      mail: email
      place: {type: choice, choices: {home: {en: at home, es: en casa}}}
      friend: reference to form
      any: reference
      picture: image
      unseen: {type: text, show: false}
";

const VALUES: [(&str, &str, &str, &str); 15] = [
    ("text_one", "a < b", "a &lt; b", "a &lt; b"),
    ("texts", "[one, two]", "one, two", "one, two"),
    (
        "rich",
        "'**bold** [start](index.md)'",
        "<strong>bold</strong> <a href=",
        "<strong>bold</strong> <a href=",
    ),
    ("whole", "12000", "12,000", "12.000"),
    ("part", "2.5", "<dd>2.5</dd>", "<dd>2,5</dd>"),
    ("truth", "false", "<dd>No</dd>", "<dd>No</dd>"),
    ("day", "2027-05-01", "May 1, 2027", "1 de mayo de 2027"),
    ("length", "6 weeks", "<dd>6 weeks</dd>", "<dd>6 semanas</dd>"),
    ("ages", "3-5", "<dd>3 to 5</dd>", "<dd>de 3 a 5</dd>"),
    ("web", "https://www.example.org/a/", "href=\"https://www.example.org/a/\"", "example.org/a</bdi>"),
    ("mail", "a@example.org", "href=\"mailto:a@example.org\"", ">a@example.org<"),
    ("place", "home", "<dd>at home</dd>", "<dd>en casa</dd>"),
    ("friend", "b.md", ">The other</a>", ">La otra</a>"),
    ("any", "index.md", ">Start</a>", ">Start</a>"),
    ("picture", "p.svg", "<img src=", "alt=\"Picture: "),
];

/// A site with a page of every type in both languages, of which one is an entry on `entries.md`.
fn every_type() -> Site {
    let site = with_kinds(FORM);
    site.file("content/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>");
    site.file("content/es/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>");
    let lines: Vec<String> = VALUES.iter().map(|(name, value, ..)| format!("{name}: {value}")).collect();
    let head = lines.join("\n");
    site.page("a.md", &format!("title: One\nkind: form\nunseen: a secret\n{head}"), "Text.");
    site.page("b.md", "title: The other\nkind: form", "Text.");
    site.page("es/a.md", &format!("title: Una\nkind: form\nunseen: a secret\n{head}"), "Texto.");
    site.page("es/b.md", "title: La otra\nkind: form", "Texto.");
    site
}

#[test]
fn every_field_is_shown_by_its_type_in_the_readers_words() {
    let site = every_type();
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let (english, spanish) = (main_part(&site, "a.html"), main_part(&site, "es/a.html"));
    for (name, _, en, es) in VALUES {
        assert!(english.contains(en), "{name}: {english}");
        assert!(spanish.contains(es), "{name}: {spanish}");
    }
    assert!(!english.contains("a secret"));
    // On paper, too.
    let print = main_part(&site, "print.html");
    for (name, _, en, _) in VALUES {
        assert!(print.contains(en), "{name}: {print}");
    }
}

#[test]
fn an_entry_shows_the_same_wherever_it_stands() {
    let site =
        with_kinds(&FORM.replace(
            "    fields:\n",
            "    facets: [place, truth, ages]\n    finder: forms/find\n    fields:\n",
        ));
    site.file("content/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>");
    let label = |name: &str| {
        let mut words = name.replace('_', " ");
        words.replace_range(..1, &name[..1].to_uppercase());
        words
    };
    let entry: Vec<_> = VALUES.iter().filter(|(name, ..)| !matches!(*name, "friend")).collect();
    let lines: Vec<String> = entry
        .iter()
        .map(|(name, value, ..)| format!("- {}: {}", label(name), value.trim_matches(['[', ']', '\''])))
        .collect();
    let head = "title: Forms\nentries: form";
    site.page("forms.md", head, &format!("## First\n{}\n\nText.", lines.join("\n")));
    site.page("sheet.md", "title: Sheet\nkind: handout\npicks: [forms.md#first]", "Take it.");
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for page in
        ["forms.html", "sheet.html", "forms/find/index.html", "es/forms/find/index.html", "print.html"]
    {
        let text = main_part(&site, page);
        for (name, _, en, es) in &entry {
            assert!(
                text.contains(en) || page.starts_with("es/") && text.contains(es),
                "{page}: {name}: {text}"
            );
        }
    }
    // What is made of a choice, for readers without script, leads to the entry.
    for page in ["home.html", "truth-no.html", "ages-4.html", "home-ages-4.html"] {
        let text = site.out(&format!("forms/find/{page}"));
        assert!(text.contains("<a href=\"../../forms.html#first\">First</a>"), "{page}: {text}");
        assert!(site.out(&format!("es/forms/find/{page}")).contains("forms.html#first\""), "{page}");
    }
    // From three to five: both ends fit.
    assert!(site.has("forms/find/ages-3.html") && site.has("forms/find/ages-5.html"));
    assert!(!site.has("forms/find/ages-6.html") && site.out("a-z.html").contains("forms.html#first"));
    // Menu, page and 404 lead to it.
    for page in ["index.html", "forms.html", "404.html"] {
        assert!(site.out(page).contains("forms/find/index.html"), "{page}");
    }
    assert!(
        site.out("es/forms/find/index.html").contains("de 3 a 5")
            || site.out("es/forms/find/index.html").contains("3 to 5")
    );
}

#[test]
fn a_field_added_to_a_kind_of_the_theme_is_shown() {
    for (kind, head, body) in [
        (
            "activity",
            "entries: activity",
            "## A\n- Where: home\n- Ages: 3+\n- Materials: x\n- Safety: Watch.\n- Borrow: the library\n\nText.",
        ),
        ("term", "entries: term", "## A\n- Borrow: the library\n\nText."),
        (
            "assessment",
            "entries: assessment",
            "## A\n- Full name: B\n- Looks at: c\n- Higher score means: neither\n- Looked up on: 2026-01-01\n- Borrow: the library\n\nText.",
        ),
        ("page", "borrow: the library", "Text."),
        ("handout", "kind: handout\nborrow: the library", "Text."),
    ] {
        let site = with_kinds(&format!("kinds:\n  {kind}:\n    fields:\n      borrow: text\n"));
        site.page("a.md", &format!("title: A\n{head}"), body);
        let run = site.build();
        assert_eq!(run.code, Some(0), "{kind}: {}", run.stderr);
        let page = main_part(&site, "a.html");
        assert_eq!(page.matches("<dt>Borrow</dt><dd>the library</dd>").count(), 1, "{kind}: {page}");
    }
}

#[test]
fn references_that_lead_nowhere_are_told_at_their_place() {
    let site = every_type();
    for (line, says) in [
        ("friend: c.md", "is no form of this guide"),
        ("friend: index.md", "is a page, and no form"),
        ("any: nowhere.md", "is no page or entry of this guide"),
        ("any: a.md#nothing", "is no page or entry of this guide"),
        ("picture: q.svg", "q.svg"),
    ] {
        site.page("c.md", &format!("title: C\nkind: form\n{}", line.replace("c.md", "d.md")), "Text.");
        let found = site.problems();
        let [one] = found.as_slice() else { panic!("{line}: {found:#?}") };
        assert!(one.message.contains(says) && one.line == 4, "{line}: {one:?}");
    }
}

#[test]
fn a_path_that_is_nearly_right_is_named_as_one_writes_it() {
    let site = with_kinds(FORM);
    site.page("01-Routes and times/Route 10.md", "title: Ten\nkind: form", "Text.");
    for (written, right) in [
        ("Route 10.md", false),
        ("Routes and times/Route 1O.md", false),
        ("01-Routes and times/Route 10.md", true),
        ("Routes and times/Route 10.md", true),
        ("Routes%20and%20times/Route%2010.md", true),
    ] {
        site.page("a.md", &format!("title: A\nkind: form\nfriend: {written}"), "Text.");
        let found = site.problems();
        let told = found.iter().filter(|p| p.code == "broken-reference").collect::<Vec<_>>();
        assert_eq!(told.is_empty(), right, "{written}: {found:#?}");
        for one in told {
            assert_eq!(one.help, "Did you mean 01-Routes and times/Route 10.md?", "{written}");
        }
    }
}

#[test]
fn what_a_sheet_picks_says_its_language_where_the_sheet_is_in_another() {
    let site = with_kinds(FORM);
    let settings = std::fs::read_to_string(site.root().join("site.yaml")).unwrap();
    site.file("site.yaml", settings.replace("[en, es]", "[en, es, ar]"));
    site.page("forms.md", "title: Forms\nentries: form", "## One\n\nText.\n\n## Two\n\nText.");
    site.page("ar/forms.md", "title: نماذج\nentries: form", "## واحد {#one}\n\nنص.\n\n## Two\n\nنص.");
    site.page("es/forms.md", "title: Formas\nentries: form", "## Uno {#one}\n\nTexto.");
    site.page("sheet.md", "title: Sheet\nkind: handout\npicks: [forms.md#one, forms.md#two]", "Take it.");
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let around = |page: &str, id: &str| {
        let text = main_part(&site, page);
        let at = text.find(&format!("<div class=\"entry entry-form\" id=\"{id}\"")).unwrap();
        let own = text[at..at + text[at..].find('>').unwrap()].split(" lang=\"").nth(1).map(str::to_owned);
        let of = |part: &str| part.split('"').next().unwrap().to_owned();
        own.map_or_else(|| text[..at].rsplit(" lang=\"").next().map(of), |own| Some(of(&own)))
    };
    for (page, id, lang) in [
        ("ar/sheet.html", "one", "ar"),
        ("ar/sheet.html", "two", "ar"),
        ("es/sheet.html", "one", "es"),
        ("es/sheet.html", "two", "en"),
    ] {
        assert_eq!(around(page, id).as_deref(), Some(lang), "{page} {id}: {}", main_part(&site, page));
    }
    assert!(main_part(&site, "ar/sheet.html").contains("<div lang=\"ar\" dir=\"rtl\">"));
    assert!(!main_part(&site, "sheet.html").contains(" lang="));
    // A sheet that is translated needs no frame of its own.
    site.page("ar/sheet.md", "title: ورقة\nkind: handout\npicks: [forms.md#one]", "خذوها.");
    site.build();
    assert!(
        !main_part(&site, "ar/sheet.html").contains("<div lang="),
        "{}",
        main_part(&site, "ar/sheet.html")
    );
}

#[test]
fn a_link_to_print_a_part_stands_only_where_there_is_a_part() {
    let site = with_kinds("");
    site.page("late.md", "title: Late", "Text.");
    site.page("part/a.md", "title: A", "Text.");
    site.page("part/b.md", "title: B", "Text.");
    assert_eq!(site.build().code, Some(0));
    for (page, part) in [
        ("index.html", false),
        ("late.html", false),
        ("es/index.html", false),
        ("part/index.html", true),
        ("part/a.html", true),
        ("es/part/a.html", true),
    ] {
        let text = site.out(page);
        let foot = &text[text.find("<footer").unwrap()..];
        assert_eq!(foot.matches("print.html\"").count(), 1 + usize::from(part), "{page}: {foot}");
    }
}

#[test]
fn what_is_taken_away_leaves_no_trace() {
    let site = with_kinds("kinds:\n  activity: null\n  assessment: null\n  handout: null\n  term: null\n");
    site.page("a/index.md", "title: Part", "Text.");
    site.page("a/b.md", "title: B", "Text.");
    let run = site.build_checked(&[]);
    assert!(run.code == Some(0) && !run.stderr.contains("error"), "{}", run.stderr);
    for word in ["find an activity", "activities/", "putty", "handout"] {
        assert!(!run.stderr.to_lowercase().contains(word), "{word}: {}", run.stderr);
        for page in ["index.html", "a/b.html", "404.html", "search.html", "es/index.html"] {
            let text = main_part(&site, page).to_lowercase();
            assert!(!text.contains(word), "{word} in {page}: {text}");
        }
    }
    assert!(!site.has("activities/find/index.html"));
    // Who still names it is told, with the kinds that there are.
    site.page("c.md", "title: C\nentries: activity", "Text.");
    let found = site.problems();
    assert!(found.iter().any(|p| p.code == "unknown-kind" && !p.help.contains("assessment")), "{found:#?}");
}

#[test]
fn what_a_section_says_holds_below_it() {
    let site = with_kinds(
        "kinds:\n  form:\n    fields:\n      fee: {type: text, required: true}\n      ages: range\n",
    );
    site.page(
        "a/index.md",
        "title: Part\nmember_kind: form\ncascade:\n  owner: Office\n  review_every: 1 year\n  reviewed: 2026-10-01\n  fee: nothing\n  ages: 3-5",
        "Text.",
    );
    site.page("a/b.md", "title: B", "Text.");
    site.page("a/own.md", "title: Own\nfee: five dollars\nowner: Ana\nages:", "Text.");
    site.page(
        "a/list.md",
        "title: List\nkind: page\nentries: form",
        "## One\n\nText.\n\n## Two\n- Fee: six\n\nText.",
    );
    site.page("a/c/index.md", "title: Inner\ncascade:\n  fee: two dollars", "Text.");
    site.page("a/c/d.md", "title: D\nkind: form", "Text.");
    site.page("es/a/b.md", "title: Be", "Texto.");
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let holds = |page: &str, words: &[&str], not: &[&str]| {
        let text = main_part(&site, page);
        words.iter().for_each(|word| assert!(text.contains(word), "{page}: no {word}: {text}"));
        not.iter().for_each(|word| assert!(!text.contains(word), "{page}: {word}: {text}"));
    };
    holds("a/index.html", &["kept by Office", "October 1, 2026"], &["nothing"]);
    holds("a/b.html", &["kept by Office", "October 1, 2026", "<dd>nothing</dd>", "3 to 5"], &[]);
    holds("a/own.html", &["kept by Ana", "five dollars"], &["nothing", "3 to 5"]);
    holds("a/list.html", &["<dd>nothing</dd>", "<dd>six</dd>"], &[]);
    holds("a/c/d.html", &["kept by Office", "two dollars", "3 to 5"], &["nothing"]);
    // That somebody checked the original says nothing of the translation.
    holds("es/a/b.html", &["<dd>nothing</dd>", "de 3 a 5"], &["2026"]);
    // An edit of the section's page reaches the pages below it, and a page that comes takes it.
    site.page("a/index.md", "title: Part\nmember_kind: form\ncascade: {fee: seven}", "Text.");
    site.page("a/new.md", "title: New", "Text.");
    site.build().clean();
    for page in ["a/b.html", "a/new.html"] {
        let text = main_part(&site, page);
        assert!(text.contains("seven") && !text.contains("Office"), "{page}: {text}");
    }
}

#[test]
fn a_wrong_cascade_is_told() {
    for (line, code, at) in [
        ("cascade: {feee: x}", "unknown-key", 3),
        ("cascade: {fits: old}", "wrong-type", 3),
        ("cascade: {review_every: often}", "wrong-type", 3),
        ("cascade: {note: x}", "wrong-type", 3),
        ("cascade: [a]", "wrong-type", 3),
    ] {
        let site = with_kinds("kinds:\n  form:\n    fields: {fee: text, fits: range, note: markdown}\n");
        site.page("a/index.md", &format!("title: Part\n{line}"), "Text.");
        site.page("a/b.md", "title: B", "Text.");
        let found = site.problems();
        let [one] = found.as_slice() else { panic!("{line}: {found:#?}") };
        assert!(one.code == code && one.line == at, "{line}: {one:?}");
    }
    // Tests have ages in words, forms in numbers: what fits one of them is told where the other has need of it.
    let site = with_kinds("kinds:\n  form:\n    fields: {ages: range}\n");
    site.page("a/index.md", "title: Part\ncascade: {ages: any}", "Text.");
    site.page("a/own.md", "title: Own\nkind: form\nages: 3+", "Text.");
    site.page("a/none.md", "title: None\nkind: form\nages:", "Text.");
    site.build().clean();
    site.page("a/b.md", "title: B\nkind: form", "Text.");
    site.page("a/list.md", "title: List\nentries: form", "## One\n\nText.");
    let found = site.problems();
    assert!(found.iter().all(|p| p.code == "wrong-type" && p.message.contains("does not fit")), "{found:#?}");
    assert_eq!(found.len(), 2, "{found:#?}");
    let site = with_kinds("");
    site.page("b.md", "title: B\ncascade: {owner: x}", "Text.");
    let found = site.problems();
    assert!(found.len() == 1 && found[0].message.contains("only in `index.md`"), "{found:#?}");
}

#[test]
fn a_field_is_displayed_as_its_kind_says() {
    let fields = "      steps_in: {type: integer, display: meter, steps: 6}
      ages: {type: range, display: meter}
      place: {type: choice, choices: {home: {en: at home, es: en casa}}, display: badge}
      web: {type: url, display: table}
      plain: text
      secret: {type: text, display: hidden}
";
    let site =
        with_kinds(&format!("kinds:\n  form:\n    label: {{en: Form, es: Ficha}}\n    fields:\n{fields}"));
    let values = "steps_in: 2\nages: 3+\nplace: home\nweb: https://example.org\nplain: words\nsecret: hush";
    site.page("a.md", &format!("title: A\nkind: form\n{values}"), "Text.");
    site.page(
        "list.md",
        "title: List\nentries: form",
        "## One\n- Steps in: 2\n- Ages: 3+\n- Place: at home\n- Web: https://example.org\n- Plain: words\n\nText.",
    );
    site.page("es/a.md", &format!("title: A\nkind: form\n{values}"), "Texto.");
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for (page, place) in
        [("a.html", "Place: at home"), ("list.html", "Place: at home"), ("es/a.html", "Place: en casa")]
    {
        let text = main_part(&site, page);
        let meters: Vec<&str> =
            text.split("class=\"meter\"").skip(1).map(|rest| rest.split("</dd>").next().unwrap()).collect();
        let steps = |meter: &str| (meter.matches("<span").count(), meter.matches("class=\"on\"").count());
        assert_eq!(meters.iter().map(|m| steps(m)).collect::<Vec<_>>(), [(6, 2), (5, 3)], "{page}: {text}");
        assert!(text.contains("<bdi>2 / 6</bdi>"), "{page}: {text}");
        assert!(
            text.contains(&format!(
                "<ul class=\"badges\">\n<li><span class=\"badge\">{place}</span></li>\n</ul>"
            )),
            "{page}: {text}"
        );
        assert!(text.contains("<table class=\"glance\">\n<tbody>\n<tr><th scope=\"row\">Web</th><td><a href=\"https://example.org\">"), "{page}: {text}");
        assert!(text.contains("<dt>Plain</dt><dd>words</dd>") && !text.contains("hush"), "{page}: {text}");
        assert!(!text.contains("<dt>Place") && !text.contains("<dt>Web"), "{page}: {text}");
    }
    // What is no step is told at its line.
    for (value, at) in [("steps_in: 7", 4), ("steps_in: -1", 4), ("ages: 3-9", 4)] {
        site.page("c.md", &format!("title: C\nkind: form\n{value}"), "Text.");
        let found = site.problems();
        let told: Vec<_> =
            found.iter().filter(|p| p.path == "content/c.md" && p.code == "wrong-type").collect();
        assert!(
            told.len() == 1 && told[0].line == at && told[0].help.contains("steps"),
            "{value}: {found:#?}"
        );
    }
    for (wrong, words) in [
        ("{type: text, display: meter}", "cannot be a meter"),
        ("{type: text, display: bage}", "did you mean `badge`"),
        ("{type: integer, display: meter, steps: 1}", "from 2 to 20"),
        ("{type: integer, display: meter, steps: many}", "from 2 to 20"),
    ] {
        let site = with_kinds(&format!("kinds:\n  form:\n    fields:\n      a: {wrong}\n"));
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.path == "site.yaml" && p.severity == "error").collect();
        assert!(
            told.len() == 1 && format!("{} {}", told[0].message, told[0].help).contains(words),
            "{wrong}: {found:#?}"
        );
    }
}

#[test]
fn a_template_of_the_site_that_shows_no_facts_is_told() {
    let kinds = "kinds:\n  form:\n    template: form.html\n    fields: {fee: text, room: text, unseen: {type: text, show: false}}\n";
    let body = |inner: &str| {
        format!("{{% extends \"base.html\" %}}{{% block body %}}{inner}{{{{ body }}}}{{% endblock body %}}")
    };
    for (path, text, lost) in [
        ("form.html", body(""), Some("`fee`, `room`")),
        ("form.html", body("{{ page.text?.fee or \"\" }}"), Some("`room`")),
        ("form.html", body("{{ page.text?.fee or \"\" }}{{ page.html?.room or \"\" }}"), None),
        ("form.html", body("{{ <ui.facts of={page} /> }}"), None),
        ("form.html", body("{% for f in page.facts %}{{ f.html }}{% endfor %}"), None),
        (
            "form.html",
            body("{% for f in [\"fee\", \"room\"] %}{{ page.text?[f] or \"\" }}{% endfor %}"),
            None,
        ),
        ("form.html", body("{% include \"partials/mine.html\" %}"), None),
        (
            "form.html",
            "{% extends \"page.html\" %}{% block outline %}{% endblock outline %}".to_owned(),
            None,
        ),
        (
            "form.html",
            "{% extends \"page.html\" %}{% block body %}{{ super() }}{% endblock body %}".to_owned(),
            None,
        ),
        ("entries/form.html", "<h2>{{ entry.title }}</h2>{{ entry.body }}".to_owned(), Some("`fee`, `room`")),
    ] {
        let site = with_kinds(kinds);
        site.template("form.html", &body("{{ <ui.facts of={page} /> }}"));
        site.template("partials/mine.html", "{{ <ui.facts of={page} /> }}");
        site.template(path, &text);
        // A page or entry without a value loses nothing.
        site.page("a.md", "title: A\nkind: form", "Text.");
        assert!(!site.problems().iter().any(|p| p.code == "field-unshown"), "{text}");
        site.page("a.md", "title: A\nkind: form\nfee: one\nroom: two", "Text.");
        site.page("list.md", "title: List\nentries: form", "## One\n- Fee: one\n- Room: two\n\nText.");
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.code == "field-unshown").collect();
        match lost {
            Some(lost) => {
                assert!(told.len() == 1 && told[0].severity == "warning", "{text}: {found:#?}");
                assert!(
                    told[0].path == format!("templates/{path}")
                        && told[0].message.contains(&format!("{lost} of the kind `form`")),
                    "{told:#?}"
                );
            }
            None => assert!(told.is_empty(), "{text}: {told:#?}"),
        }
    }
    // An edit of the template alone is seen, and its mend.
    let site = with_kinds(kinds);
    site.page("a.md", "title: A\nkind: form\nfee: one", "Text.");
    for _ in 0..2 {
        site.template("form.html", &body(""));
        assert!(site.build().stderr.contains("field-unshown"));
        site.template("form.html", &body("{{ <ui.facts of={page} /> }}"));
        assert!(!site.build().stderr.contains("field-unshown"));
    }
}

/// The code blocks of a manual page, with their language.
fn blocks(page: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(repository().join(page)).unwrap();
    let mut out = Vec::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find("\n```") {
        let (language, after) = rest[start + 4..].split_once('\n').unwrap();
        let (block, after) = after.split_once("\n```").unwrap();
        out.push((language.to_owned(), format!("{block}\n")));
        rest = after;
    }
    out
}

#[test]
fn the_examples_of_the_manual_work() {
    let mut site = None;
    let (mut kinds, mut pages) = (0, 0);
    for (language, text) in blocks("docs/content/writing/kinds.md") {
        match language.as_str() {
            "yaml" => {
                assert!(text.starts_with("kinds:\n"), "{text}");
                // Vietnamese labels stand in one of them.
                let here = with_kinds("");
                let head = "title: Test\ntheme: parent-guide\nlanguages: [en, es, vi]\n";
                here.file("site.yaml", format!("{head}{text}"));
                let run = here.build();
                assert_eq!(run.code, Some(0), "{text}{}", run.stderr);
                site = Some(here);
                kinds += 1;
            }
            "markdown" => {
                let site = site.as_ref().unwrap();
                let path = if text.contains("cascade:") { "part/index.md" } else { "part/page.md" };
                site.file(&format!("content/{path}"), &text);
                let run = site.build();
                assert_eq!(run.code, Some(0), "{text}{}", run.stderr);
                pages += 1;
            }
            _ => {}
        }
    }
    assert!(kinds >= 5 && pages >= 3, "{kinds} {pages}");
}
