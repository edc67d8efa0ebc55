//! Languages are independent: whether an original can be published never depends on how far its translations are. What a
//! translation lacks is the original's, marked as such, and told at the translation's line.

use crate::support::{Problem, Run, Site, TODAY, html};

/// A guide in English and Spanish with the theme of the bundled one.
fn guide(languages: &str) -> Site {
    let site = Site::guide();
    for folder in ["content", "data", "templates", "assets", "translations"] {
        let _ = std::fs::remove_dir_all(site.root().join(folder));
    }
    site.file("site.yaml", format!("title: T\ntheme: parent-guide\nlanguages: {languages}\n"));
    site.page("index.md", "title: Start\ndescription: Begin.", "Text.");
    site
}

fn entry(title: &str, id: &str, facts: &str, text: &str) -> String {
    format!("## {title} {{#{id}}}\n\n{facts}\n{text}\n\n")
}

fn activity(title: &str, id: &str) -> String {
    entry(title, id, "- Where: home\n- Ages: 3+\n- Safety: Look.\n- Materials: None.\n", "Play a while.")
}

/// Pages of activities and words in English, of which the Spanish ones lack some.
fn behind() -> Site {
    let site = guide("[en, es]");
    let both = activity("Bear walk", "bear") + &activity("Crab walk", "crab");
    site.page("act.md", "title: Moves\nentries: activity", &both);
    site.page("who.md", "title: Who", "## Office {#office}\n\nText.\n\n## Summer {#summer}\n\nText.");
    site.page("es/who.md", "title: Quién", "## Oficina {#office}\n\nTexto.");
    let bear = "## Paso de oso {#bear}\n\n- Dónde: casa\n- Edades: 3+\n- Seguridad: Mire.\n- Materiales: Nada.\n\nJuegue.\n";
    site.page("es/act.md", "title: Movimientos\nentries: activity", bear);
    let terms = entry("Goal", "goal", "- Related: IEP\n", "An aim.")
        + &entry("IEP", "iep", "- Related: goal\n", "A plan with goals.");
    site.page("terms.md", "title: Words\nentries: term", &terms);
    site.page("es/terms.md", "title: Palabras\nentries: term", "## Meta {#goal}\n\nUn objetivo.\n");
    site
}

/// The problems of a build of these severities, as `code path:line message`.
fn said(site: &Site, severities: &[&str]) -> Vec<String> {
    let told = |p: &Problem| format!("{} {}:{} {} {}", p.code, p.path, p.line, p.message, p.help);
    site.problems().iter().filter(|p| severities.contains(&p.severity.as_str())).map(told).collect()
}

/// Every address with an anchor in the output that names none, and every one that names no output.
fn dead(site: &Site) -> Vec<String> {
    let files = site.public();
    let pages: std::collections::BTreeMap<&str, String> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    let ids: std::collections::BTreeSet<String> = pages
        .iter()
        .flat_map(|(name, text)| {
            let ids = html::tags(text).into_iter().filter_map(|tag| tag.get("id").map(str::to_owned));
            ids.map(move |id| format!("{name}#{id}")).collect::<Vec<_>>()
        })
        .collect();
    let mut dead = Vec::new();
    for (name, text) in &pages {
        for tag in html::tags(text) {
            let Some(href) = tag.get("href").filter(|href| !href.contains(':')) else { continue };
            let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
            let folder = name.rfind('/').map_or("", |i| &name[..i]);
            let decoded = guidepost::source::address::decode(path).into_owned();
            let target = match path.is_empty() {
                true => (*name).to_owned(),
                false => guidepost::source::join(folder, &decoded).unwrap_or_default(),
            };
            let anchor = guidepost::source::address::decode(anchor).into_owned();
            let lost = !anchor.is_empty() && !ids.contains(&format!("{target}#{anchor}"));
            if !files.contains_key(&target) || lost {
                dead.push(format!("{name}: {href}"));
            }
        }
    }
    dead
}

#[test]
fn an_original_is_published_however_far_its_translations_are() {
    for (what, page, front, text) in [
        ("a pick", "sheet.md", "title: Sheet\nkind: handout\npicks: [act.md#crab]", "Text."),
        ("two picks", "sheet.md", "title: Sheet\nkind: handout\npicks: [act.md#bear, act.md#crab]", "Text."),
        ("a link to an entry", "p.md", "title: P", "[crab](act.md#crab)"),
        ("a link to a heading", "p.md", "title: P", "[how long](who.md#summer)"),
        (
            "a link in a page beside it",
            "act2.md",
            "title: P",
            "See [it](./who.md#summer) and [that](/act.md#crab).",
        ),
        ("a link in HTML", "p.md", "title: P", "<a href=\"who.md#summer\">x</a>"),
        ("a word of the glossary", "p.md", "title: P", "Bring the IEP and a goal."),
        (
            "a related word",
            "more.md",
            "title: More\nentries: term",
            "## Team {#team}\n\n- Related: iep, Goal\n\nAll.",
        ),
        ("a field", "p.md", "title: P", ":::safety\nSee [it](who.md#summer).\n:::"),
    ] {
        let site = behind();
        if what.contains("HTML") {
            site.file("site.yaml", "title: T\ntheme: parent-guide\nlanguages: [en, es]\nraw_html: true\n");
        }
        site.page(page, front, text);
        assert_eq!(said(&site, &["error", "warning"]), [""; 0], "{what}");
        assert_eq!(dead(&site), [""; 0], "{what}");
    }
}

#[test]
fn what_neither_language_has_is_told_once_at_the_original() {
    let site = behind();
    site.page("p.md", "title: P", "[typo](act.md#crap)\n\n[gone](gone.md)");
    site.page("sheet.md", "title: Sheet\nkind: handout\npicks: [act.md#crap]", "Text.");
    site.page("more.md", "title: More\nentries: term", "## Team {#team}\n\n- Related: iepp\n\nAll.");
    let found = said(&site, &["error", "warning"]);
    assert_eq!(found.len(), 4, "{found:#?}");
    for (part, times) in
        [("content/p.md:5", 1), ("content/p.md:7", 1), ("content/sheet.md", 1), ("content/more.md", 1)]
    {
        assert_eq!(found.iter().filter(|d| d.contains(part)).count(), times, "{part}: {found:#?}");
    }
    assert!(found.iter().all(|d| !d.contains("es/") && !d.contains("Español")), "{found:#?}");
}

#[test]
fn what_a_translation_lacks_is_told_at_its_own_line_with_the_language() {
    let site = behind();
    site.page("p.md", "title: P", "Text.");
    site.page("es/p.md", "title: P", "[a](act.md#crab)\n\n[b](who.md#summer)\n\n[c](../who.md#summer)");
    site.page("es/sheet.md", "title: Hoja\nkind: handout\npicks: [act.md#crab]", "Text.");
    site.page(
        "es/terms.md",
        "title: Palabras\nentries: term",
        "## Meta {#goal}\n\n- Relacionado: iep\n\nUn objetivo.\n",
    );
    let found = said(&site, &["error", "warning"]);
    for (place, part) in [
        ("content/es/p.md:5", "\"act.md#crab\" is not there in Español yet"),
        ("content/es/p.md:7", "Add it to content/es/who.md, with the id summer."),
        ("content/es/sheet.md:4", "readers are led to the page in English"),
        ("content/es/terms.md:8", "\"iep\" is not there in Español yet"),
    ] {
        assert_eq!(
            found.iter().filter(|d| d.contains(place) && d.contains(part)).count(),
            1,
            "{place}: {found:#?}"
        );
    }
    assert_eq!(found.len(), 4, "{found:#?}");
    site.build();
    assert_eq!(dead(&site), [""; 0]);
    let page = site.out("es/p.html");
    assert!(page.contains("href=\"../act.html#crab\" hreflang=\"en\""), "{page}");
    // A mistake that only the translation makes does not hold back the others.
    site.page("es/p.md", "title: P", "[a](act.md#nothing) [b](nothing.md) ![x](nothing.png)");
    assert_eq!(said(&site, &["error"]), [""; 0]);
    assert_eq!(said(&site, &["warning"]).iter().filter(|d| d.contains("es/p.md")).count(), 3);
    site.build();
    assert_eq!(dead(&site), [""; 0]);
}

#[test]
fn entries_that_a_translation_lacks_are_shown_in_its_lists() {
    let site = behind();
    site.page("p.md", "title: P", "Bring the IEP and a goal.");
    site.page("sheet.md", "title: Sheet\nkind: handout\npicks: [act.md#crab, act.md#bear]", "Text.");
    site.page("es/q.md", "title: Q", "El IEP y la meta.");
    site.page("q.md", "title: Q", "Text.");
    site.build().clean();
    assert_eq!(dead(&site), [""; 0]);
    let finder = site.out("es/activities/find/index.html");
    for part in ["Paso de oso", "id=\"crab\"", "lang=\"en\"", "Crab walk"] {
        assert!(finder.contains(part), "{part}: {finder}");
    }
    assert!(!finder.contains("Bear walk"));
    let sheet = site.out("es/sheet.html");
    assert!(sheet.contains("Crab walk") && sheet.contains("Paso de oso"), "{sheet}");
    let letters = site.out("es/a-z.html");
    for part in ["../terms.html#iep", "../act.html#crab", "act.html#bear"] {
        assert!(letters.contains(part), "{part}: {letters}");
    }
    // The word is linked to where it is explained, and is among the words of the page.
    let text = site.out("es/p.html");
    assert_eq!(text.matches("../terms.html#iep").count(), 2, "{text}");
    assert!(text.contains("\"terms.html#goal"), "{text}");
    // In Spanish text only Spanish words are looked for.
    let text = site.out("es/q.html");
    assert!(text.contains("\"terms.html#goal") && !text.contains("terms.html#iep"), "{text}");
    let english = site.out("p.html");
    assert_eq!(english.matches("\"terms.html#iep").count(), 2, "{english}");
}

#[test]
fn ids_that_a_translation_does_not_keep_make_nothing_twice() {
    let site = guide("[en, es]");
    site.page(
        "act.md",
        "title: Moves\nentries: activity",
        &(activity("Bear walk", "bear") + &activity("Crab", "crab")),
    );
    let own = |title: &str| {
        format!(
            "## {title}\n\n- Dónde: casa\n- Edades: 3+\n- Seguridad: Mire.\n- Materiales: Nada.\n\nJuegue.\n\n"
        )
    };
    site.page("es/act.md", "title: M\nentries: activity", &(own("Paso de oso") + &own("Cangrejo")));
    site.build();
    let finder = site.out("es/activities/find/index.html");
    assert!(!finder.contains("Bear walk") && finder.contains("Cangrejo"), "{finder}");
    // One more in the original: which it is nobody knows.
    let three = activity("Bear walk", "bear") + &activity("Crab", "crab") + &activity("Frog", "frog");
    site.page("act.md", "title: Moves\nentries: activity", &three);
    site.build();
    assert!(site.out("es/activities/find/index.html").contains("Frog"));
}

#[test]
fn translations_lists_what_is_missing_on_pages() {
    let site = behind();
    site.page("p.md", "title: P", "[a](who.md#summer) [b](act.md#crab) [c](act.md#bear)");
    let list = Run::of(site.command().args(["translations"])).stdout;
    for part in [
        "Missing on pages: 3 entries and headings; readers are led to the original.",
        "content/es/act.md#crab (Crab walk)",
        "content/es/who.md#summer\n",
        "content/es/terms.md#iep (IEP)",
    ] {
        assert!(list.contains(part), "{part}: {list}");
    }
}

#[test]
fn a_word_of_a_page_that_is_not_translated_gives_way() {
    let site = behind();
    site.page("more.md", "title: More\nentries: term", "## Meta {#meta}\n\nAbout data.\n");
    site.page("es/p.md", "title: P", "Una meta.");
    site.page("p.md", "title: P", "Text.");
    site.build().clean();
    assert!(site.out("es/p.html").contains("data-term=\"goal\""), "{}", site.out("es/p.html"));
}

#[test]
fn an_alias_holds_in_all_languages() {
    let redirect = |site: &Site, page: &str| {
        let text = site.out(page);
        let at = text.find("url=").unwrap_or_else(|| panic!("{page}: {text}"));
        text[at + 4..].split('"').next().unwrap().to_owned()
    };
    let site = guide("[en, es, vi]");
    site.page("sub/new.md", "title: New\naliases: [old.html, sub/older/, es/moved.html]", "Text.");
    site.page("vi/sub/new.md", "title: Mới\naliases: [vi/rieng/, khac.html]", "Text.");
    site.build().clean();
    for (old, new) in [
        ("old.html", "sub/new.html"),
        ("sub/older/index.html", "../new.html"),
        ("es/old.html", "sub/new.html"),
        ("es/sub/older/index.html", "../new.html"),
        ("vi/old.html", "sub/new.html"),
        ("vi/rieng/index.html", "../sub/new.html"),
        ("vi/khac.html", "sub/new.html"),
        // Spanish readers are led to what is shown to them.
        ("es/moved.html", "sub/new.html"),
    ] {
        assert_eq!(redirect(&site, old), new, "{old}");
    }
    for not in ["vi/vi/rieng/index.html", "moved.html", "vi/moved.html", "es/khac.html", "khac.html"] {
        assert!(!site.has(not), "{not}");
    }
    // A translation says otherwise: what is asked for there is not taken.
    site.page("other.md", "title: Other", "Text.");
    site.page("vi/other.md", "title: Khác\naliases: [old.html]", "Text.");
    site.page("es/old.md", "title: Viejo", "Text.");
    site.build();
    assert_eq!(redirect(&site, "vi/old.html"), "other.html");
    assert!(site.out("es/old.html").contains("Viejo"));
}

#[test]
fn a_renamed_page_keeps_its_locked_addresses_in_all_languages() {
    let site = guide("[en, es]");
    site.page("schedule.md", "title: Schedule", "Text.");
    site.page("contacts.md", "title: Both", "Text.");
    site.page("es/contacts.md", "title: Ambas", "Text.");
    Run::of(site.command().args(["check", "--lock-addresses", "--date", TODAY]));
    let lock = std::fs::read_to_string(site.root().join("urls.lock")).unwrap();
    assert!(lock.contains("es/schedule.html"), "{lock}");
    site.remove("content/schedule.md").page("calendar.md", "title: Schedule", "Text.");
    let gone = |site: &Site| {
        let found = site.build_checked(&["--format", "json"]).problems();
        found.into_iter().filter(|p| p.code == "removed-address").map(|p| p.help).collect::<Vec<_>>()
    };
    let helps = gone(&site);
    assert_eq!(helps.len(), 2, "{helps:?}");
    assert!(helps.iter().all(|help| !help.contains("content/es/")), "{helps:?}");
    site.page("calendar.md", "title: Schedule\naliases: [schedule.html]", "Text.");
    assert_eq!(gone(&site), [""; 0]);
    // Of the translation that is renamed alone, another language's page is never the heir.
    site.remove("content/es/contacts.md");
    site.remove("content/contacts.md").page("es/ambas.md", "title: Ambas", "Text.").page(
        "people.md",
        "title: Both",
        "Text.",
    );
    let helps = gone(&site);
    assert_eq!(helps.len(), 2, "{helps:?}");
    assert!(helps.iter().all(|help| !help.contains("es/contacts.html]")), "{helps:?}");
}

#[test]
fn regional_languages_inherit_labels_choices_and_texts() {
    for tag in ["es-419", "es-MX", "es-ES"] {
        let site = guide(&format!("[en, {tag}]"));
        site.file(
            "site.yaml",
            format!("title: {{en: T, es: Guía}}\ntheme: parent-guide\nlanguages: [en, {tag}]\n"),
        );
        site.page("act.md", "title: Moves\nentries: activity", &activity("Bear walk", "bear"));
        let text = "## Paso de oso {#bear}\n\n- Dónde: casa\n- Edades: 3+\n- Seguridad: Mire.\n- Materiales: Nada.\n\nJuegue.\n";
        site.page(&format!("{tag}/act.md"), "title: Movimientos\nentries: activity", text);
        let found = site.build_checked(&["--format", "json"]).problems();
        let wrong = found.iter().filter(|p| {
            ["text-untranslated", "label-untranslated", "unknown-language"].contains(&p.code.as_str())
        });
        assert_eq!(wrong.map(|p| &p.message).collect::<Vec<_>>(), Vec::<&String>::new(), "{tag}");
        let page = site.out(&format!("{tag}/act.html"));
        for part in ["Materiales", "Dónde", "Guía", "casa"] {
            assert!(page.contains(part), "{tag} {part}: {page}");
        }
        assert!(!page.contains("Materials"), "{tag}");
    }
    // Key by key: one text of its own, the rest of the shorter tag.
    let site = guide("[en, es-MX]");
    site.file("translations/es-MX.yaml", "menu: Menú MX\n");
    site.page("a.md", "title: A", "Text.").page("es-MX/a.md", "title: A", "Text.");
    site.build();
    let page = site.out("es-MX/a.html");
    assert!(
        page.contains("Menú MX") && page.contains("Inicio") | page.contains("A quién preguntar"),
        "{page}"
    );
}

#[test]
fn a_folder_that_is_spelt_otherwise_is_named_with_the_right_spelling() {
    for (tag, folder) in
        [("es-MX", "es-mx"), ("pt-BR", "pt_BR"), ("es", "ES"), ("zh-Hans", "zh-hans"), ("zh-Hant", "zh_hant")]
    {
        let site = guide(&format!("[en, {tag}]"));
        site.page("a.md", "title: A", "Text.");
        site.page(&format!("{folder}/a.md"), "title: Otro", "[x](gone.md) Text.");
        site.page(&format!("{folder}/only.md"), "title: Solo", "Text.");
        let run = site.build_with(&["--format", "json"]);
        let found: Vec<Problem> = run.problems().into_iter().filter(|p| p.severity != "note").collect();
        assert_eq!(found.len(), 1, "{folder}: {found:#?}");
        let help = format!("Rename it to content/{tag}");
        assert!(
            found[0].help.contains(&help) && found[0].message.contains(&format!("content/{folder}")),
            "{found:#?}"
        );
        assert_eq!(run.code, Some(1));
    }
}

#[test]
fn a_removed_language_is_told_once_with_the_ways_out() {
    let site = Site::guide();
    let settings = std::fs::read_to_string(site.root().join("site.yaml")).unwrap();
    // As an editor does it: the language's line, and what belongs to it.
    let mut lines: Vec<&str> = settings.lines().collect();
    let at = lines.iter().position(|line| line.trim() == "- ar" || line.trim() == "- code: ar").unwrap();
    lines.remove(at);
    while lines.get(at).is_some_and(|line| line.starts_with("    ") && !line.trim().starts_with('-')) {
        lines.remove(at);
    }
    site.file("site.yaml", lines.join("\n"));
    let run = site.build_checked(&["--format", "json"]);
    let about = |p: &&Problem| p.severity != "note";
    let found = run.problems();
    let found: Vec<&Problem> = found.iter().filter(about).collect();
    assert_eq!(found.iter().filter(|p| p.code == "unknown-language").count(), 1, "{found:#?}");
    assert!(found.iter().filter(|p| p.path.contains("content/ar/")).count() == 1, "{found:#?}");
    let told = found.iter().find(|p| p.code == "unknown-language").unwrap();
    for part in ["content/ar", "العربية"] {
        assert!(told.message.contains(part), "{told:#?}");
    }
    for part in ["`- ar`", "delete the folder content/ar"] {
        assert!(told.help.contains(part), "{told:#?}");
    }
    assert_eq!(run.code, Some(1));
    let text = site.build().stderr;
    assert!(text.contains("a text in `ar`") && text.contains("site.yaml:"), "{text}");
    // The folder goes: the texts that are left are told together.
    site.remove("content/ar");
    let run = site.build_with(&["--format", "json"]);
    let left: Vec<Problem> = run.problems().into_iter().filter(|p| p.code == "unknown-language").collect();
    assert_eq!(left.len(), 1, "{left:#?}");
    assert_eq!(run.code, Some(0));
    assert!(!site.has("ar/index.html"));
}

#[test]
fn folders_that_are_short_for_other_things_are_sections() {
    for (folder, pages) in
        [("it", &["index.md", "passwords.md"][..]), ("pt", &["index.md", "a.md"]), ("ms", &["index.md"])]
    {
        let site = guide("[en, es]");
        site.page("a.md", "title: A", "Text.");
        for page in pages {
            site.page(&format!("{folder}/{page}"), &format!("title: {folder} {page}"), "Text.");
        }
        site.build().clean();
        assert!(site.has(&format!("{folder}/index.html")), "{folder}");
    }
    // Nothing in the settings, no stamp: the paths say what they are.
    for folder in ["vi", "ar", "zh-Hans", "vi-VN"] {
        let site = guide("[en, es]");
        site.page("a.md", "title: A", "Text.");
        site.page(&format!("{folder}/index.md"), "title: X", "Text.").page(
            &format!("{folder}/a.md"),
            "title: Y",
            "Text.",
        );
        site.build().failed();
    }
}

#[test]
fn the_notice_names_the_language_that_is_missing_by_its_own_name() {
    for (tag, name) in [
        ("vi", "Tiếng Việt"),
        ("prs", "دری"),
        ("so", "Soomaali"),
        ("ar", "العربية"),
        ("es-MX", "Español"),
        ("zh-Hant", "繁體中文"),
    ] {
        let site = guide(&format!("[en, {tag}]"));
        site.build();
        let page = site.out(&format!("{tag}/index.html"));
        assert!(!page.contains("not in English yet") && page.contains(name), "{tag}: {page}");
        let visible = html::visible(&page);
        let notice = visible.find("English").map(|_| visible.contains(name));
        assert_eq!(notice, Some(true), "{tag}: {visible}");
    }
    // Also where the main language is another one, and where a site has its own copy of the theme's older words.
    let site = guide("[es, mam]");
    site.build();
    assert!(site.out("mam/index.html").contains("todavía no está en Mam"));
    site.file("translations/es.yaml", "notice_fallback: Esta página todavía no está en español.\n");
    site.build();
    let page = site.out("mam/index.html");
    assert!(page.contains("This page is not in Mam yet. You are reading it in Español."), "{page}");
    assert!(site.out("mam/index.html").contains("lang=\"mam\""));
}

/// A page that has everything, in both languages; `b.md` is what the tests break in Spanish.
fn with_b() -> Site {
    let site = guide("[en, es]");
    let text = "## Part {#part}\n\nEnglish words of B.\n\n![A drawing.](p.png)\n\n[who](who.md#office)";
    site.page("b.md", "title: Page B\ntags: [x]", text);
    site.page("who.md", "title: Who", "## Office {#office}\n\nText.");
    site.page("es/b.md", "title: Página B", "Palabras de B.");
    site.page("es/who.md", "title: Quién", "## Oficina {#office}\n\nTexto.");
    site.file("content/p.png", crate::faults::picture_files::png(&[], &[]));
    site
}

/// The mistakes of a page, each alone in `es/b.md`; whether the page waits for them.
fn mistakes() -> Vec<(&'static str, Vec<u8>, bool)> {
    let page = |front: &str, text: &str| format!("---\n{front}\n---\n\n{text}\n").into_bytes();
    let titled = |text: &str| page("title: Página B", &format!("Palabras de B.\n\n{text}"));
    vec![
        ("no title", page("tags: [x]", "Palabras de B."), true),
        ("an empty title", page("title:", "Palabras de B."), true),
        ("no front matter", b"Palabras de B.\n".to_vec(), true),
        ("front matter not closed", b"---\ntitle: B\n\nPalabras de B.\n".to_vec(), true),
        ("a colon in the title", page("title: B: dos", "Palabras de B."), true),
        ("a tab in YAML", page("title: B\ntags:\n\t- x", "Palabras de B."), true),
        ("a bracket not closed", page("title: [B", "Palabras de B."), true),
        ("a key twice", page("title: B\ntitle: C", "Palabras de B."), true),
        ("a key misspelt", page("title: B\nordre: 2", "Palabras de B."), true),
        ("an unknown kind", page("title: B\nkind: nada", "Palabras de B."), true),
        ("entries of no kind", page("title: B\nentries: nada", "Palabras de B."), true),
        ("an order that is no number", page("title: B\norder: dos", "Palabras de B."), true),
        ("a day that there is not", page("title: B\nreviewed: 2026-02-30", "Palabras de B."), true),
        ("a publish day in words", page("title: B\npublish: mañana", "Palabras de B."), true),
        ("a time that is none", page("title: B\nreview_every: mañana", "Palabras de B."), true),
        ("hidden in words", page("title: B\nhidden: quizá", "Palabras de B."), true),
        ("a stamp that is none", page("title: B\ntranslated_from: x", "Palabras de B."), true),
        ("an alias outside", page("title: B\naliases: [../x.html]", "Palabras de B."), false),
        ("Latin 1", b"---\ntitle: P\xe1gina B\n---\n\nPalabras de B.\n".to_vec(), true),
        ("UTF-16", "---\ntitle: B\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect(), true),
        ("a box not closed", titled(":::note\nTexto."), true),
        ("a box of no name", titled(":::nada\nTexto.\n:::"), false),
        ("a box without what it needs", titled(":::figure\nTexto.\n:::"), false),
        (
            "a box with a file that is not there",
            titled(":::figure src=\"nada.png\" alt=\"x\"\nTexto.\n:::"),
            false,
        ),
        ("an address that runs", titled("[x](javascript:alert)"), false),
        ("an address not complete", titled("[x](https://)"), false),
        ("a picture that is not there", titled("![x](nada.png)"), false),
        ("a link to nothing", titled("[x](nada.md)"), false),
        ("an anchor that is nowhere", titled("[x](who.md#nada)"), false),
        ("a link out of the site", titled("[x](../../../x.md)"), false),
        ("an id twice", titled("## Uno {#a}\n\nTexto.\n\n## Dos {#a}\n\nTexto."), false),
        ("a note that is not written", titled("Una nota.[^n]"), false),
        ("a comment not closed", titled("<!-- x\n\nTexto."), false),
        ("a mark of a merge", titled("<<<<<<< HEAD\nuno\n=======\ndos\n>>>>>>> x"), false),
        ("a picture without words", titled("![](p.png)"), false),
        (
            "an activity without safety",
            page("title: B\nentries: activity", "## Uno {#uno}\n\n- Dónde: casa\n\nJuegue."),
            true,
        ),
        (
            "a label misspelt",
            page(
                "title: B\nentries: activity",
                "## Uno {#uno}\n\n- Dondé: casa\n- Edades: 3+\n- Seguridad: Mire.\n- Materiales: Nada.\n\nJuegue.",
            ),
            true,
        ),
        ("a table of no file", titled(":::table data=\"nada.csv\"\n:::"), false),
    ]
}

#[test]
fn a_mistake_in_a_translation_stops_no_other_language() {
    for (what, bytes, waits) in mistakes() {
        let site = with_b();
        site.build_checked(&[]);
        site.page("b.md", "title: Page B\ntags: [x]", "New English words.");
        site.file("content/es/b.md", &bytes);
        let run = site.build_checked(&["--format", "json"]);
        assert_eq!(run.code, Some(0), "{what}: {}", run.stderr);
        assert!(site.out("b.html").contains("New English words."), "{what}");
        let told: Vec<String> = run
            .problems()
            .iter()
            .filter(|p| p.severity != "note" || p.path == "content/es/b.md")
            .map(|p| format!("{} {} {}:{} {} {}", p.severity, p.code, p.path, p.line, p.message, p.help))
            .collect();
        let at_home = |d: &String| d.contains("content/es/b.md:") && d.starts_with("warning");
        assert!(told.iter().any(at_home), "{what}: {told:#?}");
        assert_eq!(
            told.iter().filter(|d| d.contains(" content/b.md:") && !d.contains("description")).count(),
            0,
            "{what}: {told:#?}"
        );
        assert!(told.iter().all(|d| !d.starts_with("error")), "{what}: {told:#?}");
        assert_eq!(dead(&site), [""; 0], "{what}");
        let shown = site.out("es/b.html");
        assert_eq!(shown.contains("New English words."), waits, "{what}: {shown}");
        assert_eq!(shown.contains("Palabras de B."), !waits, "{what}: {shown}");
        assert_eq!(
            told.iter().any(|d| d.contains("Until then readers see this page in English.")),
            waits,
            "{what}: {told:#?}"
        );
        // Mended, it is there again, and nothing is said of it any more.
        site.page("es/b.md", "title: Página B", "Palabras de B.");
        site.build_checked(&[]);
        assert!(site.out("es/b.html").contains("Palabras de B."), "{what}");
    }
}

#[test]
fn a_mistake_in_a_section_page_of_a_translation_lets_nothing_out() {
    // What the Spanish section says cannot be read, or only its own page has a mistake.
    for (what, text, is_read) in [
        ("a draft that cannot be read", "title: [\ndraft: true", false),
        ("a day that cannot be read", "title: Parte\npublish: mañana", false),
        ("a draft said wrongly", "title: Parte\ndraft: quizá", false),
        ("a draft beside a mistake", "title: Parte\norder: dos\ndraft: true", false),
        ("an end that cannot be read", "title: a: b\nexpires: 2026-01-01", false),
        ("another mistake", "title: [", true),
        ("another field", "title: Parte\norder: dos", true),
    ] {
        let site = guide("[en, es]");
        site.page("p/index.md", "title: Part", "English part.").page("p/a.md", "title: A", "English A.");
        site.page("es/p/a.md", "title: A", "Palabras secretas.");
        site.page("es/p/index.md", text, "Parte.");
        let run = site.build_checked(&[]);
        assert_eq!(run.code, Some(0), "{what}: {}", run.stderr);
        assert_eq!(site.out("es/p/a.html").contains("Palabras secretas."), is_read, "{what}");
        assert_eq!(site.out("es/p/a.html").contains("English A."), !is_read, "{what}");
        assert!(site.out("es/p/index.html").contains("English part."), "{what}");
        assert!(run.stderr.contains("content/es/p/index.md"), "{what}: {}", run.stderr);
    }
}

#[test]
fn other_mistakes_of_a_language_stop_no_other() {
    let started = || {
        let site = with_b();
        site.build_checked(&[]);
        site.page("b.md", "title: Page B", "New English words.");
        site
    };
    // Two files for one page: which is meant nobody knows.
    let site = started();
    site.page("es/01-b.md", "title: Otra", "Otra.");
    let run = site.build_checked(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(site.out("es/b.html").contains("New English words."), "{}", site.out("es/b.html"));
    // A page that exists only in Spanish is not published until it is mended; its locked address says so.
    let site = started();
    site.page("es/solo.md", "title: Solo", "Solo.");
    site.build_checked(&[]);
    site.file("urls.lock", "es/solo.html\n");
    site.page("es/solo.md", "title: Solo\norder: dos", "Solo.").page(
        "es/who.md",
        "title: Quién",
        "## O {#office}\n\n[solo](solo.md)",
    );
    let run = site.build_checked(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("Until then this page is not published."), "{}", run.stderr);
    assert!(run.stderr.contains("Left out: Solo (has a mistake)"), "{}", run.stderr);
    assert!(site.out("es/solo.html").contains("noindex") && !site.out("es/who.html").contains("solo.html"));
    // Texts and labels of the language.
    for (path, text) in [
        ("translations/es.yaml", "skip: [\n"),
        ("translations/es.yaml", "skip: {a: b}\n"),
        ("kinds/es.yaml", "activity: [\n"),
    ] {
        let site = started();
        site.file(path, text);
        let run = site.build_checked(&[]);
        assert_eq!(run.code, Some(0), "{path}: {}", run.stderr);
        assert!(run.stderr.contains(path), "{path}: {}", run.stderr);
        assert!(site.out("b.html").contains("New English words."), "{path}");
    }
    // A photo that browsers do not show: its words stand there, and nothing of it is published.
    let site = started();
    site.file("content/es/f.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic 37.7749");
    site.page("es/b.md", "title: B", "Palabras. ![Una foto.](f.heic)");
    let run = site.build_checked(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(site.out("es/b.html").contains("Una foto.") && !site.out("es/b.html").contains("f.heic"));
    assert!(site.public().get("es/f.heic").is_none_or(Vec::is_empty));
    // What gives away a person, and what the site made an error itself, stops all.
    let site = started();
    site.page("es/b.md", "title: B", "Student ID: 12345678, DOB: 01/02/2015.");
    assert_eq!(site.build_checked(&[]).code, Some(1));
    site.page("es/b.md", "title: B", "![x](https://example.org/x.png)");
    assert_eq!(site.build_checked(&[]).code, Some(1));
    let site = started();
    site.file(
        "site.yaml",
        "title: T\ntheme: parent-guide\nlanguages: [en, es]\nchecks: {levels: {wrong-type: error}}\n",
    );
    site.page("es/b.md", "title: B\norder: dos", "Palabras.");
    assert_eq!(site.build_checked(&[]).code, Some(1));
    // The preview shows the original too, and drafts.
    let site = started();
    site.page("es/b.md", "title: B\norder: dos", "Palabras.");
    assert_eq!(site.build_with(&["--drafts"]).code, Some(0));
    assert!(site.out("es/b.html").contains("New English words."));
}

/// A translation that lies there and waits is not missing: nobody is told to write the file that is there.
#[test]
fn a_translation_that_waits_is_not_asked_for_again() {
    let site = with_b();
    site.page("es/index.md", "title: Inicio", "Texto.");
    for name in ["c.md", "d.md", "e.md", "f.md", "es/c.md", "es/d.md", "es/e.md", "es/f.md"] {
        site.page(name, &format!("title: {name}"), "Text.");
    }
    let missing = |site: &Site| -> Vec<String> {
        let found = site.build_checked(&["--format", "json"]).problems();
        found
            .iter()
            .filter(|p| p.code == "translation-missing")
            .map(|p| format!("{} {}", p.path, p.message))
            .collect()
    };
    // Also where a build of before is at hand.
    site.build();
    for front in [
        "title: Página B\ndraft: true",
        "title: Página B\npublish: 2030-01-01",
        "title: Página B\nexpires: 2020-01-01",
        "titel: Página B",
    ] {
        site.page("es/b.md", front, "Palabras de B.");
        assert_eq!(missing(&site), Vec::<String>::new(), "{front}");
    }
    site.remove("content/es/b.md");
    let found = missing(&site);
    assert!(found.len() == 1 && found[0].contains("content/b.md"), "{found:?}");
}
