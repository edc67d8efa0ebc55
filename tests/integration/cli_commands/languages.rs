//! `guidepost language`, and `new` of a translation. The real program on real folders, the bundled guide among them.

use crate::cli_commands::{read, run};
use crate::support::{Run, Site, repository, tree};
use guidepost::config::site;
use guidepost::schema::Kinds;
use guidepost::source::{Source, SourcePath};
use std::fs;

const DAY: [&str; 2] = ["--date", "2026-12-01"];

/// The problems of a build of these severities, as `code: message`.
fn problems(run: &Run, severities: &[&str]) -> Vec<String> {
    let found = run.problems();
    let of = found.iter().filter(|p| severities.contains(&p.severity.as_str()));
    of.map(|p| format!("{}: {}", p.code, p.message)).collect()
}

fn build(site: &Site) -> Run {
    site.build_checked(&["--format", "json", DAY[0], DAY[1]])
}

#[test]
fn vietnamese_joins_the_guide_and_leaves_it_without_a_trace() {
    let site = Site::guide();
    let before = read(&site, "site.yaml");
    let said = run(&site, &["language", "add", "vi"]).clean().stdout;
    for part in [
        "Added Tiếng Việt (vi) to site.yaml, marked as unreviewed",
        "Nobody who speaks it has checked these words yet",
        "site.yaml: 8 texts stand ready behind `# vi:`.",
        "guidepost new vi/index.md",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    // The labels of the guide's kinds stand in kinds/vi.yaml.
    assert!(!said.contains("by hand") && !said.contains("Labels of kinds"), "{said}");
    let after = read(&site, "site.yaml");
    assert!(after.contains("\n  - code: vi\n    unreviewed: true\n"), "{after}");
    assert!(after.contains("\n  en: Your School District\n"), "{after}");
    // Nothing but lines that were added.
    let mut added = after.lines();
    assert!(before.lines().all(|line| added.any(|other| other == line)));

    let built = build(&site).clean();
    assert_eq!(problems(&built, &["error"]), Vec::<String>::new());
    let warnings = problems(&built, &["warning"]);
    let expected = "none of the 7 labels outside of `kinds:` in this file is translated into Tiếng Việt";
    assert!(warnings.iter().any(|w| w.contains(expected)) && warnings.len() == 2, "{warnings:?}");
    let page = site.out("vi/activities/posture.html");
    for part in [
        "<html lang=\"vi\"",
        "Trang này chưa có bằng Tiếng Việt. Quý vị đang đọc trang bằng English.",
        "Trình đơn",
        "Trên trang này",
        "Trang sau",
        "Tìm trong cẩm nang",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    for part in ["On this page", "Previous", "This page is not in", "Search the guide", "Site map"] {
        assert!(!page.contains(part), "{part}\n{page}");
    }
    let switcher = site.out("activities/posture.html");
    assert!(switcher.contains("vi/activities/posture.html") && switcher.contains("Tiếng Việt"), "{switcher}");
    let status = run(&site, &["language", "status", "--format", "json"]).clean().json();
    let vi = status.iter().find(|line| line["code"] == "vi").unwrap();
    assert_eq!(
        (vi["unreviewed"].as_bool(), vi["theme_texts"]["reviewed"].as_bool()),
        (Some(true), Some(false))
    );
    assert_eq!(
        (vi["theme_texts"]["missing"].as_u64(), vi["site_texts"]["missing"].as_u64()),
        (Some(0), Some(8))
    );
    assert_eq!(vi["pages"]["missing"], vi["pages"]["total"]);

    let said = run(&site, &["language", "remove", "vi"]).clean().stdout;
    assert!(said.starts_with("Took Tiếng Việt (vi) out of site.yaml"), "{said}");
    assert_eq!(read(&site, "site.yaml"), before);
}

#[test]
fn arabic_leaves_the_guide_without_a_trace_or_a_message() {
    let site = Site::guide();
    site.file("urls.lock", "# Ours.\nar/index.html\nes/index.html\nindex.html\n");
    let before = tree(&site.root());
    let said = run(&site, &["language", "remove", "ar", "--dry-run"]).clean().stdout;
    assert!(
        said.contains("Would set aside in set-aside/ar: content/ar with")
            && said.contains("Nothing was changed.")
    );
    assert!(tree(&site.root()) == before);
    let said = run(&site, &["language", "remove", "ar"]).clean().stdout;
    assert!(said.contains("Set aside in set-aside/ar: content/ar with"), "{said}");
    assert!(said.contains("urls.lock: 1 address below ar/ is not promised any more."), "{said}");
    assert_eq!(read(&site, "urls.lock"), "# Ours.\nes/index.html\nindex.html\n");
    let settings = read(&site, "site.yaml");
    let arabic = |c: char| ('\u{600}'..'\u{700}').contains(&c);
    // An everyday word beside a brand's name belongs to no language.
    let texts = settings.replace(", معجون\"", "\"");
    assert!(settings.len() > texts.len());
    let key = texts.split_whitespace().any(|word| word.trim_start_matches('{') == "ar:");
    assert!(!texts.contains(arabic) && !key && !texts.contains("code: ar"), "{texts}");

    let built = build(&site).clean();
    let told = problems(&built, &["error", "warning"]);
    assert!(told.len() == 1 && told[0].starts_with("placeholder"), "{told:?}");
    // Data holds texts in languages that the site does not have, this one or another.
    assert_eq!(read(&site, "data/start.yaml").as_bytes(), before["data/start.yaml"]);
    assert!(!built.problems().iter().any(|p| p.message.contains("العربية") || p.path.contains("/ar/")));
    for (path, bytes) in site.public() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!path.starts_with("ar/") && !text.contains("lang=\"ar\""), "{path}");
    }
    // Nothing that was written is lost.
    let aside = tree(&site.root().join("set-aside/ar"));
    let old = before.iter().filter(|(path, _)| path.starts_with("content/ar/") || *path == "site.yaml");
    assert!(old.clone().count() > 10 && old.clone().all(|(path, bytes)| aside.get(path) == Some(bytes)));
}

#[test]
fn files_go_as_is_asked() {
    let site = Site::bilingual();
    site.page("es/index.md", "title: Inicio", "Texto.").file("translations/es.yaml", "menu: Menú\n");
    let settings = read(&site, "site.yaml");
    let said = run(&site, &["language", "remove", "es", "--delete"]).clean().stdout;
    assert!(said.contains("Deleted content/es with 1 page and translations/es.yaml."), "{said}");
    assert!(!site.root().join("set-aside").exists() && !site.root().join("content/es").exists());
    assert_eq!(read(&site, "site.yaml"), "title: {en: Test}\ntheme: plain\nlanguages: [en]\n");
    let found = site.build_checked(&["--format", "json"]);
    let told = problems(&found, &["error", "warning"]);
    assert!(told.iter().all(|told| told.starts_with("description-missing")), "{told:?}");
    // Twice: the second does not fall on the first.
    for folder in ["set-aside/es", "set-aside/es-2"] {
        site.file("site.yaml", &settings).page("es/index.md", "title: Inicio", "Texto.");
        let said = run(&site, &["language", "remove", "es"]).clean().stdout;
        assert!(said.contains(&format!("Set aside in {folder}: ")), "{said}");
        assert_eq!(read(&site, &format!("{folder}/site.yaml")), settings);
        assert!(site.root().join(folder).join("content/es/index.md").exists());
    }
}

#[test]
fn a_language_that_the_theme_does_not_speak_gets_a_file_to_translate() {
    let site = Site::bilingual();
    site.file(
        "translations/en.yaml",
        "menu: 'The menu: all'\npages: {one: '{n} page', other: '{n} pages'}\n",
    );
    let said = run(&site, &["language", "add", "sw"]).clean().stdout;
    assert!(said.contains("Made translations/sw.yaml, with each to be translated"), "{said}");
    let file = read(&site, "translations/sw.yaml");
    assert!(file.contains("\n# menu: \"The menu: all\"\n"), "{file}");
    assert!(file.contains("# pages:\n#   one: \"{n} page\"\n#   other: \"{n} pages\"\n"), "{file}");
    // Translated, the lines are read.
    site.file("translations/sw.yaml", file.replace("# menu: \"The menu: all\"", "menu: Menyu"));
    let status = run(&site, &["language", "status"]).clean().stdout;
    assert!(status.contains("Kiswahili (sw), marked as unreviewed\n"), "{status}");
    assert!(status.contains("missing, not checked by a person yet."), "{status}");
    // A theme's file that is there is left alone.
    run(&site, &["language", "remove", "sw"]).clean();
    site.file("translations/sw.yaml", "menu: Menyu\n");
    let said = run(&site, &["language", "add", "sw"]).clean().stdout;
    assert!(said.contains("translations/sw.yaml lack"), "{said}");
    assert_eq!(read(&site, "translations/sw.yaml"), "menu: Menyu\n");
}

#[test]
fn what_is_no_language_is_refused_with_what_may_be_meant() {
    let site = Site::bilingual();
    let before = tree(&site.root());
    for (args, says) in [
        (["add", "spanish"], "Did you mean es?"),
        (["add", "Vietnamise"], "Did you mean vi? guidepost language add vi"),
        (["add", "vn"], "Did you mean vi?"),
        (["add", "zh_hant"], "Did you mean zh-Hant?"),
        (["add", "klingon"], "klingon is no tag of a language. Write a tag such as vi or zh-Hans."),
        (["add", "xx"], "Guidepost knows no language xx. If it is right, write its code: and its name:"),
        (["add", "es"], "es is a language of this site already."),
        (["add", "../x"], "is no tag of a language"),
        (["remove", "fr"], "fr is no language of this site. Its languages: en, es."),
        (["remove", "Español"], "Did you mean es?"),
        (["remove", "en"], "English (en) is the main language"),
    ] {
        let said = run(&site, &["language", args[0], args[1]]).refused().stderr;
        assert!(said.contains(says), "{args:?}: {said}");
    }
    site.file("site.yaml", "title: T\ntheme: plain\nlanguages: {code: en}\n");
    assert!(run(&site, &["language", "add", "vi"]).code != Some(0));
    site.file("site.yaml", "title: {en: Test, es: Prueba}\ntheme: plain\nlanguages: [en, es]\n");
    assert!(tree(&site.root()) == before);
}

#[test]
fn a_new_translation_has_the_text_and_the_stamp_of_the_original() {
    let site = Site::bilingual();
    let original = "---\ntitle: Goals  # short\naliases: [old.html]\nreviewed: 2026-10-01\n---\n\n## What for {#what}\n\nText.\n";
    site.file("content/parents/goals.md", original).page("parents/index.md", "title: Parents", "Text.");
    let said = run(&site, &["new", "parents/goals.md", "--lang", "es"]).clean().stdout;
    assert!(
        said.starts_with("Made content/es/parents/goals.md with the text of content/parents/goals.md"),
        "{said}"
    );
    let made = read(&site, "content/es/parents/goals.md");
    assert!(made.starts_with("---\ntitle: Goals  # short\ntranslated_from: \""), "{made}");
    assert!(made.ends_with("\ndraft: true\n---\n\n## What for {#what}\n\nText.\n"), "{made}");
    assert!(!made.contains("reviewed") && !made.contains("old.html"), "{made}");
    // Nothing unmeant is published: readers have the original, with a notice.
    site.build().clean();
    assert!(site.out("es/parents/goals.html").contains("lang=\"en\""));
    let status =
        || run(&site, &["language", "status", "--format", "json"]).clean().json()[0]["pages"].clone();
    assert_eq!((status()["draft"].as_u64(), status()["translated"].as_u64()), (Some(1), Some(0)));
    let done = made.replace("draft: true\n", "").replace("Text.", "Texto.");
    site.file("content/es/parents/goals.md", done);
    assert_eq!((status()["draft"].as_u64(), status()["translated"].as_u64()), (Some(0), Some(1)));
    // The original changes: the translation is behind.
    site.file("content/parents/goals.md", original.replace("Text.", "Other text."));
    assert_eq!((status()["behind"].as_u64(), status()["translated"].as_u64()), (Some(1), Some(0)));
    // With a title of its own; and what is there stays.
    run(&site, &["new", "es/parents/", "--title", "Padres: guía"]).clean();
    assert!(read(&site, "content/es/parents/index.md").starts_with("---\ntitle: \"Padres: guía\"\n"));
    let said = run(&site, &["new", "es/parents/goals.md"]).refused().stderr;
    assert!(said.contains("is there already"), "{said}");
    let said = run(&site, &["new", "es/index.md", "--kind", "page"]).refused().stderr;
    assert!(said.contains("Leave out --kind and --entries."), "{said}");
}

#[test]
fn the_nearest_layer_names_a_kind() {
    let site = Site::plain();
    let label = |page: &str| run(&site, &["new", page]).clean().stdout;
    let settings = "title: T\ntheme: plain\nlanguages: [es]\n";
    site.file("site.yaml", settings)
        .file("themes/plain/kinds/es.yaml", "page: {label: {es: Tema}}\nx: {label: {es: X}}\n");
    assert_eq!(label("a.md"), "Made content/a.md (tema).\n");
    site.file("site.yaml", format!("{settings}kinds: {{page: {{label: {{es: Sitio}}}}}}\n"));
    assert_eq!(label("b.md"), "Made content/b.md (sitio).\n");
    site.file("kinds/es.yaml", "page: {label: {es: Propio}}\n");
    assert_eq!(label("c.md"), "Made content/c.md (propio).\n");
    // Of a language that the site does not have nothing is read.
    site.file("kinds/vi.yaml", "[\n");
    assert_eq!(label("d.md"), "Made content/d.md (propio).\n");
    site.file("kinds/es.yaml", "[\n");
    assert!(run(&site, &["new", "e.md"]).failed().stderr.contains("kinds/es.yaml"));
}

#[test]
fn labels_of_kinds_or_all_others_are_told_as_one() {
    let site = Site::plain();
    let of = |indent: &str, text: &str| -> String {
        (1..=6).map(|n| format!("{indent}c{n}: {}\n", text.replace('N', &n.to_string()))).collect()
    };
    let told = |title: &str, choice: &str| {
        let kinds = format!(
            "kinds:\n  x:\n    label: {{en: X, es: Equis}}\n    fields:\n      f:\n        label: {{en: F, es: Efe}}\n        type: choice\n        choices:\n{}",
            of("          ", choice)
        );
        let items: String = (1..=6)
            .map(|n| {
                format!(
                    "  - {{title: {}, to: 'https://example.org/{n}'}}\n",
                    title.replace('N', &n.to_string())
                )
            })
            .collect();
        site.file("site.yaml", format!("title: T\ntheme: plain\nlanguages: [en, es]\nmenu:\n{items}{kinds}"));
        let found = problems(&site.build_checked(&["--format", "json"]), &["warning"]);
        found
            .into_iter()
            .filter_map(|told| Some(told.strip_prefix("label-untranslated: ")?.to_owned()))
            .collect::<Vec<_>>()
    };
    let (one, both) = ("{en: N}", "{en: N, es: ES N}");
    assert_eq!(told(both, both), Vec::<String>::new());
    assert_eq!(
        told(one, both),
        ["none of the 6 labels outside of `kinds:` in this file is translated into Español"]
    );
    // The labels of the kind and its field are there: then each choice is told.
    assert_eq!(told(both, one).len(), 6);
    let bare = read(&site, "site.yaml").replace(", es: Equis", "").replace(", es: Efe", "");
    site.file("site.yaml", bare);
    let found = problems(&site.build_checked(&["--format", "json"]), &["warning"]);
    let found: Vec<_> = found.iter().filter(|told| told.starts_with("label-untranslated")).collect();
    assert_eq!(
        found,
        ["label-untranslated: none of the 8 labels of kinds in this file is translated into Español"]
    );
}

/// What a page of the manual has in a fence of that sort, and the fence behind it, if that is its output.
fn fences<'a>(page: &'a str, sort: &str) -> Vec<(&'a str, Option<&'a str>)> {
    let parts: Vec<&str> = page.split("```").collect();
    let inside = |at: usize| parts.get(at).and_then(|part| part.split_once('\n'));
    let mut found = Vec::new();
    for at in (1..parts.len()).step_by(2) {
        let Some((_, text)) = inside(at).filter(|(name, _)| *name == sort) else { continue };
        let close = parts.get(at + 1).is_some_and(|between| between.trim().is_empty());
        found.push((text, inside(at + 2).filter(|(name, _)| close && *name == "text").map(|(_, text)| text)));
    }
    found
}

/// Numbers differ from one day to the next.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c.is_ascii_digit() {
            true if out.ends_with('0') => {}
            true => out.push('0'),
            false => out.push(c),
        }
    }
    out
}

#[test]
fn the_examples_of_the_manual_are_true() {
    let manual = fs::read_to_string(repository().join("docs/content/writing/languages.md")).unwrap();
    for (text, _) in fences(&manual, "yaml") {
        let title = if text.contains("title:") { "" } else { "title: T\n" };
        let path = SourcePath::new("site.yaml").unwrap();
        let source = Source::new(path, format!("{title}{text}").into_bytes());
        let read = site::load(Some(&source), &Kinds::default());
        assert!(read.diagnostics.is_empty(), "{text}\n{:#?}", read.diagnostics);
    }
    let site = Site::guide();
    let mut commands = 0;
    for (lines, output) in fences(&manual, "sh") {
        let mut said = String::new();
        for line in lines.lines() {
            let args: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(args[0], "guidepost", "{line}");
            said.push_str(&run(&site, &args[1..]).clean().stdout);
            commands += 1;
        }
        let said = without_numbers(&said);
        for line in output.unwrap_or("").lines().filter(|line| !line.contains('…')) {
            assert!(said.contains(without_numbers(line).trim_end()), "{lines}{line}\n---\n{said}");
        }
    }
    assert!(commands >= 6, "{commands}");
}
