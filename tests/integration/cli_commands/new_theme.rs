//! `guidepost new theme`, and the manual's page that begins with it.

use super::{read, run};
use crate::support::tutorial::{Step, steps, take};
use crate::support::{Run, Site, repository, tree};
use std::collections::BTreeSet;
use std::fs;

/// A site with a page of most sorts, in three languages.
fn three_languages() -> Site {
    let site = Site::empty();
    site.file(
        "site.yaml",
        "title: {en: Handbook, es: Manual, ar: دليل}\ndescription: {en: For families., es: Para familias., ar: للعائلات.}\n\
         languages: [en, es, ar]\ntheme: ours\nbase_url: https://handbook.district.example\nreviewer: {name: Ana, date: 2026-11-01}\n",
    );
    let about = |text: &str| format!("{text} {}", "for families who look for help with it at school, today.");
    for (path, title, text) in [
        (
            "index.md",
            "Start",
            "The [schools](schools/index.md), the plan.\n\n> [!NOTE]\n> A note.\n\n## One\n\nA.\n\n## Two\n\nB.\n\n## Three\n\nC.",
        ),
        ("es/index.md", "Inicio", "Las [escuelas](schools/index.md)."),
        ("ar/index.md", "البداية", "[المدارس](schools/index.md)."),
        ("schools/index.md", "Schools", "All of them."),
        ("schools/lincoln.md", "Lincoln", "One school."),
    ] {
        site.page(path, &format!("title: {title}\ndescription: {}\ntags: [t]", about(title)), text);
    }
    site.page(
        "schools/oak.md",
        &format!("title: Oak\ndescription: {}\naliases: [old.html]", about("Oak")),
        "Another.",
    );
    site.page(
        "words.md",
        &format!("title: Words\ndescription: {}\nentries: term", about("Words")),
        "## Plan {#plan}\n\nA paper that says what helps.",
    );
    site
}

/// All that a command printed.
fn text(run: &Run) -> String {
    format!("{}{}", run.stdout, run.stderr)
}

fn warnings(run: &Run) -> Vec<String> {
    let told = run.problems().into_iter().filter(|p| p.severity != "note");
    told.map(|p| format!("{} {}: {}", p.severity, p.place(), p.message)).collect()
}

#[test]
fn a_new_theme_builds_in_three_languages_without_a_warning() {
    let site = three_languages();
    let before = read(&site, "site.yaml");
    let said = text(&run(&site, &["new", "theme", "ours"]).clean());
    for part in ["themes/ours", "theme: ours", "theme.yaml lists them", "Nothing uses it yet"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // Nothing but the folder is made or changed.
    assert_eq!(read(&site, "site.yaml"), before);
    let made = site.build_checked(&["--format", "json"]);
    assert_eq!(warnings(&made), Vec::<String>::new());
    for (path, parts) in [
        (
            "index.html",
            &[
                "lang=\"en\" dir=\"ltr\"",
                "class=\"skip\"",
                "class=\"term\"",
                "id=\"main\"",
                "<h1>Start</h1>",
                "<p class=\"box-title\">Note",
            ][..],
        ),
        (
            "es/schools/lincoln.html",
            &["lang=\"es\"", "<div class=\"text\" lang=\"en\" dir=\"ltr\">", "Esta página"],
        ),
        ("ar/index.html", &["lang=\"ar\" dir=\"rtl\"", "البداية"]),
        ("old.html", &["http-equiv=\"refresh\""]),
        ("404.html", &["noindex"]),
        ("print.html", &["<section class=\"part\""]),
        ("tags/t.html", &["Topic: t"]),
        ("a-z.html", &["id=\"letter-1\""]),
    ] {
        let html = site.out(path);
        for part in parts {
            assert!(html.contains(part), "{path}: {part}\n{html}");
        }
        // No script, and nothing from elsewhere.
        assert!(!html.contains("<script"), "{path}");
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert_eq!(html.matches("<main").count(), 1, "{path}");
    }
}

#[test]
fn each_file_of_a_new_theme_says_what_it_is_for() {
    let site = three_languages();
    run(&site, &["new", "theme", "ours"]).clean();
    let files = tree(&site.root().join("themes/ours"));
    for (path, bytes) in &files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let begins = ["{#-", "# ", "<!-- "].iter().any(|mark| text.starts_with(mark));
        assert!(begins, "{path} begins with no comment");
    }
    let words: Vec<&str> = files.keys().filter_map(|path| path.strip_prefix("translations/")).collect();
    assert_eq!(words, ["ar.yaml", "en.yaml", "es.yaml"]);
    let about = String::from_utf8(files["theme.yaml"].clone()).unwrap();
    assert!(about.contains("title: \"Ours\"\n") && about.contains("# author: Your name"), "{about}");
    assert!(!about.contains("The Guidepost authors"), "{about}");
    // Each template and file of the list is there.
    for line in about.lines().filter_map(|line| line.strip_prefix("#   templates/")) {
        let names = line.split("  ").next().unwrap().split(':').next().unwrap();
        for name in names.split(", ").map(|name| name.trim_start_matches("templates/")) {
            let path = format!("templates/{name}");
            let is_there =
                files.keys().any(|file| *file == path || name.ends_with('/') && file.starts_with(&path));
            assert!(is_there, "{path}");
        }
    }
}

#[test]
fn what_cannot_be_a_new_theme_is_refused_and_nothing_is_made() {
    let site = three_languages();
    site.file("themes/there/notes.txt", "mine");
    for (name, why) in [
        ("there", "themes/there is there already"),
        ("parent-guide", "comes with Guidepost"),
        ("../evil", "cannot be the name of a theme"),
        ("a/b", "cannot be the name of a theme"),
        ("con", "cannot be the name of a theme"),
        (".hidden", "cannot be the name of a theme"),
    ] {
        let said = text(&run(&site, &["new", "theme", name]).refused());
        assert!(said.contains(why), "{name}: {said}");
    }
    assert_eq!(tree(&site.root().join("themes")).len(), 1);
    // Where there is no site, none is begun.
    let empty = Site::empty();
    assert!(text(&run(&empty, &["new", "theme", "x"]).refused()).contains("site.yaml"));
    assert!(!empty.root().join("themes").exists());
    // A page may be called theme.
    let site = Site::plain();
    run(&site, &["new", "theme.md"]).clean();
    assert!(site.root().join("content/theme.md").exists());
}

#[test]
fn a_new_theme_has_the_words_of_the_sites_languages_and_says_which_it_lacks() {
    let site = Site::empty();
    site.file("site.yaml", "title: T\nlanguages: [en, pt-BR, tlh]\ntheme: ours\n");
    let said = text(&run(&site, &["new", "theme", "ours"]).clean());
    assert!(said.contains("no words in tlh"), "{said}");
    let words = tree(&site.root().join("themes/ours/translations"));
    assert_eq!(words.keys().collect::<Vec<_>>(), ["en.yaml", "pt.yaml"]);
}

/// The words are those of the theme that comes with the program: who checks a language there has checked it here.
#[test]
fn the_words_of_a_new_theme_are_those_of_the_program() {
    let folder = |theme: &str| tree(&repository().join(format!("themes/{theme}/translations")));
    let (own, all) = (folder("plain"), folder("parent-guide"));
    assert_eq!(own.keys().collect::<Vec<_>>(), all.keys().collect::<Vec<_>>());
    let lines = |bytes: &[u8]| {
        String::from_utf8(bytes.to_vec()).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let keys = |bytes: &[u8]| -> BTreeSet<String> {
        let named =
            lines(bytes).into_iter().filter(|line| line.starts_with(|c: char| c.is_alphabetic() || c == '"'));
        named
            .map(|line| line.split(':').next().unwrap().to_owned())
            .filter(|key| key != "unreviewed")
            .collect()
    };
    let english = keys(&own["en.yaml"]);
    for (file, bytes) in &own {
        let theirs: BTreeSet<String> = lines(&all[file]).into_iter().collect();
        for line in lines(bytes).iter().filter(|line| !line.starts_with('#')) {
            assert!(theirs.contains(line), "{file}: {line}");
        }
        assert_eq!(keys(bytes), english, "{file}");
    }
}

/// The guide with a theme that is laid over the one of the program: one block, one token and one component are other ones.
#[test]
fn the_guide_builds_with_a_new_theme_that_extends_the_programs() {
    let site = Site::empty();
    let init = run(&site, &["init", "guide"]);
    assert_eq!(init.code, Some(0), "{}", init.stderr);
    let root = site.root().join("guide");
    let guide = |args: &[&str]| Run::of(site.command().current_dir(&root).args(args));
    guide(&["build", "--date", "2026-12-01", "--no-checks"]).clean();
    let public = tree(&root.join("public"));
    let said = text(&guide(&["new", "theme", "district", "--extends", "parent-guide"]).clean());
    for part in ["themes/district", "laid over parent-guide", "name: district", "settings there stay"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // As it says: one word of the settings. And one setting of the new theme.
    let settings = fs::read_to_string(root.join("site.yaml")).unwrap();
    let other = settings.replacen(
        "  name: parent-guide\n  # folder: ../themes/parent-guide\n  settings:\n",
        "  name: district\n  settings:\n    closing: {en: Printed copies are at every school office., es: Hay copias en las escuelas.}\n",
        1,
    );
    assert_ne!(settings, other);
    fs::write(root.join("site.yaml"), other).unwrap();
    let built = guide(&["build", "--date", "2026-12-01", "--format", "json"]);
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    // What is told is what is told of the guide with the theme of the program: that the contact is made up.
    let told = warnings(&built);
    assert!(told.len() == 1 && told[0].contains("placeholder"), "{told:#?}");
    let with = tree(&root.join("public"));
    let pages = |tree: &crate::support::Tree| {
        tree.keys().filter(|path| path.ends_with(".html")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(pages(&public), pages(&with));
    let page = |path: &str| String::from_utf8(with[path].clone()).unwrap();
    let goals = page("meetings/goals.html");
    assert!(goals.contains("<p class=\"closing\">Printed copies are at every school office.</p>"), "{goals}");
    assert!(page("es/meetings/goals.html").contains("Hay copias en las escuelas."));
    let style = with.keys().find(|path| path.starts_with("assets/style.") && path.ends_with(".css")).unwrap();
    let style = page(style);
    assert!(
        style.contains("@layer") && style.trim_end().ends_with('}') && style.contains("--radius: 0.25rem"),
        "{style}"
    );
    // All boxes but one are those of parent-guide, and that one holds it.
    let all: String = pages(&with).iter().map(|path| page(path)).collect();
    let tips = all.matches("<div class=\"framed\">").count();
    assert!(tips > 0 && tips == all.matches("callout callout-tip").count(), "{tips}");
    assert!(all.contains("callout callout-note") || all.contains("callout callout-important"));
}

#[test]
fn a_theme_extends_one_that_is_there() {
    let site = three_languages();
    run(&site, &["new", "theme", "ours"]).clean();
    let said = text(&run(&site, &["new", "theme", "more", "--extends", "ours"]).clean());
    assert!(said.contains("laid over ours"), "{said}");
    let files = tree(&site.root().join("themes/more"));
    assert_eq!(files.keys().collect::<Vec<_>>(), ["theme.yaml"]);
    let settings = read(&site, "site.yaml").replace("theme: ours", "theme: more");
    site.file("site.yaml", settings);
    let built = site.build_checked(&["--format", "json"]);
    assert_eq!(warnings(&built), Vec::<String>::new());
    assert!(site.out("index.html").contains("<p class=\"box-title\">Note"));
    for (extended, why) in [
        ("our", "Did you mean ours?"),
        ("nothing", "there is more, ours, parent-guide"),
        ("../ours", "no theme ../ours"),
        ("", "no theme"),
    ] {
        let said = text(&run(&site, &["new", "theme", "third", "--extends", extended]).refused());
        assert!(said.contains(why), "{extended}: {said}");
    }
    assert!(!site.root().join("themes/third").exists());
}

#[test]
fn each_file_of_a_theme_that_extends_says_what_it_is_for() {
    let site = three_languages();
    run(&site, &["new", "theme", "ours", "--extends", "parent-guide"]).clean();
    let files = tree(&site.root().join("themes/ours"));
    let about = String::from_utf8(files["theme.yaml"].clone()).unwrap();
    assert!(about.contains("title: \"Ours\"\n") && about.contains("extends: parent-guide\n"), "{about}");
    assert!(!about.contains("The Guidepost authors"), "{about}");
    for (path, bytes) in &files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.starts_with("{#-") || text.starts_with("# "), "{path} begins with no comment");
        assert!(path == "theme.yaml" || about.contains(&format!("#   {path}")), "{path} is in no list");
    }
    // A site that was written for the plain skeleton builds with it too.
    site.build_checked(&["--format", "json"]);
    assert!(site.out("index.html").contains("class=\"foot\""), "{}", site.out("index.html"));
}

/// Every step of the tutorial is taken as it is written; each of its commands ends well and tells of nothing but notes.
#[test]
fn the_steps_of_the_tutorial_lead_to_its_site() {
    let site = Site::empty();
    let steps = steps();
    let commands = steps.iter().filter(|step| matches!(step, Step::Run(_))).count();
    assert!(steps.len() >= 20 && commands == 3, "{} steps", steps.len());
    for step in &steps {
        for said in take(&site, step) {
            said.clean();
        }
    }
    let page = site.out("schools/oak-park.html");
    for part in [
        "<h1>Oak Park School</h1>",
        "Call Oak Park School at 555-2120",
        "<dt>Grades</dt><dd>K to 8</dd>",
        "Together we learn.",
        "School board",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    for (path, part) in [
        ("es/index.html", "Junta escolar"),
        ("ar/index.html", "مجلس المدرسة"),
        ("schools/index.html", "riverside.html"),
        ("print.html", "Oak Park School"),
        ("sitemap.xml", "https://handbook.district.example/schools/lincoln.html"),
        ("es/schools/lincoln.html", "Lincoln School"),
    ] {
        assert!(site.out(path).contains(part), "{path}: {part}");
    }
    let calendar = site.out("calendar.ics");
    for line in [
        "BEGIN:VCALENDAR",
        "DTSTART;VALUE=DATE:20261221",
        "SUMMARY:Family evening\\, all schools",
        "END:VCALENDAR",
    ] {
        assert!(calendar.contains(&format!("{line}\r\n")), "{line}\n{calendar}");
    }
    assert!(!calendar.replace("\r\n", "").contains('\n'));
    let feed: serde_json::Value = serde_json::from_str(&site.out("es/feed.json")).unwrap();
    assert_eq!(
        (feed["language"].as_str(), feed["feed_url"].as_str()),
        (Some("es"), Some("https://handbook.district.example/es/feed.json"))
    );
    assert!(feed["items"].as_array().unwrap().len() >= 5, "{feed}");
    // The manual's page shows no file that the theme does not have.
    let tutorial = fs::read_to_string(repository().join("docs/content/themes/tutorial.md")).unwrap();
    assert!(tutorial.contains("guidepost new theme handbook"));
}

/// The library's entry builds the same site as the program, and says the same of it.
#[test]
fn the_library_builds_as_the_program_does() {
    let site = three_languages();
    run(&site, &["new", "theme", "ours"]).clean();
    site.page(
        "bad.md",
        "title: Bad\ndescription: A page with a link that leads nowhere, to be told at its line.",
        "[x](gone.md)",
    );
    let of = |out: &str| guidepost::Site {
        out: Some(site.root().join(out)),
        day: Some("2026-11-22".to_owned()),
        ..guidepost::Site::at(site.root())
    };
    let built = guidepost::build(&of("by-library")).unwrap();
    assert!(!built.is_complete() && built.written.is_empty());
    let broken = built.problems.iter().find(|problem| problem.code == "broken-link").unwrap();
    assert_eq!(
        (broken.severity, broken.path.as_deref(), broken.line, broken.column),
        (guidepost::Severity::Error, Some("content/bad.md"), Some(6), Some(1))
    );
    assert!(broken.help.is_some());
    site.remove("content/bad.md");
    let built = guidepost::build(&of("by-library")).unwrap();
    assert!(built.is_complete() && built.written.contains(&"index.html".to_owned()), "{:?}", built.problems);
    site.build_checked(&["--no-cache"]).clean();
    let (mut library, mut program) = (tree(&built.folder), site.public());
    library.remove(crate::support::LIST);
    program.remove(crate::support::LIST);
    crate::support::assert_same(&library, &program);
    for (refused, why) in [
        (guidepost::Site::at(site.root().join("nowhere")), "cannot be opened"),
        (guidepost::Site { base_url: Some("nowhere".to_owned()), ..of("x") }, "nowhere"),
        (guidepost::Site { day: Some("today".to_owned()), ..of("x") }, "today"),
    ] {
        let problem = guidepost::build(&refused).unwrap_err();
        assert!(problem.message.contains(why), "{why}: {}", problem.message);
    }
}
