//! The guides to begin with: each builds as it comes, and says nothing that is not its own.

use crate::support::{Run, Site, html};
use std::fs;
use std::path::PathBuf;

fn made(site: &Site, starter: &str) -> PathBuf {
    Run::of(crate::support::program().current_dir(site.beside()).args([
        "init",
        starter,
        "--starter",
        starter,
    ]))
    .clean();
    site.beside().join(starter)
}

fn run(root: &PathBuf, args: &[&str]) -> Run {
    Run::of(crate::support::program().current_dir(root).args(args))
}

/// The words that no page may show, as they begin.
fn words(page: &str) -> Vec<String> {
    let text = html::visible(page).to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_starters_are_listed() {
    let site = Site::empty();
    let said =
        Run::of(crate::support::program().current_dir(site.beside()).args(["init", "--list"])).clean().stdout;
    assert_eq!(said.lines().count(), 3, "{said}");
    for (line, name) in said.lines().zip(["ot: ", "special-education: ", "blank: "]) {
        assert!(line.starts_with(name) && !line.contains(": (") && !line.contains("(0 pages)"), "{said}");
    }
    assert_eq!(fs::read_dir(site.beside()).unwrap().count(), 1, "nothing is made");
}

#[test]
fn a_blank_guide_builds_and_speaks_of_no_trade() {
    let site = Site::empty();
    let root = made(&site, "blank");
    // As it is published, and with its examples.
    for (args, least) in [(&["build", "--notes"][..], 4), (&["build", "--notes", "--drafts"], 10)] {
        let said = run(&root, args);
        assert_eq!(said.code, Some(0), "{}", said.stderr);
        // What the editor must fill in, and nothing else.
        assert_eq!(said.stderr.matches("warning[").count(), 1, "{}", said.stderr);
        assert!(said.stderr.contains("warning[placeholder]: 3 places"), "{}", said.stderr);
        let mut pages = 0;
        for (name, bytes) in crate::support::tree(&root.join("public")) {
            if name.ends_with(".html") {
                pages += 1;
                let page = String::from_utf8(bytes).unwrap();
                let trade = words(&page).into_iter().find(|word| word.starts_with("therap") || word == "ot");
                assert_eq!(trade, None, "{name}");
                assert!(!page.to_lowercase().contains("therap"), "{name}");
                // What the guide is not is for its district to say.
                assert!(!page.contains("medical") && !page.contains("legal advice"), "{name}");
            }
        }
        assert!(pages >= least, "{pages}");
    }
}

#[test]
fn a_blank_guide_has_one_example_of_each_kind_that_only_its_editor_sees() {
    let site = Site::empty();
    let root = made(&site, "blank");
    run(&root, &["build"]).clean();
    assert!(!root.join("public/examples").exists() && !root.join("public/activities").exists());
    let shown = crate::support::tree(&root.join("public"));
    let names = ["Early dismissal", "Practice the way to school", "Hearing check", "One sheet for home"];
    let any = |name: &str| shown.values().any(|bytes| String::from_utf8_lossy(bytes).contains(name));
    assert!(names.iter().all(|name| !any(name)), "a draft is published");
    // Each kind of the theme that an editor can write has one.
    run(&root, &["build", "--drafts"]).clean();
    let kinds =
        fs::read_to_string(crate::support::repository().join("themes/parent-guide/kinds.yaml")).unwrap();
    let kinds = kinds.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    let sources: String = crate::support::tree(&root.join("content/examples"))
        .into_values()
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .collect();
    let mut found = 0;
    for kind in kinds.filter_map(|line| line.strip_suffix(':')).filter(|kind| *kind != "page") {
        assert!(
            sources.contains(&format!("entries: {kind}\n")) || sources.contains(&format!("kind: {kind}\n")),
            "{kind}"
        );
        found += 1;
    }
    assert!(found >= 4, "{found}");
    let page = |path: &str| html::visible(&fs::read_to_string(root.join("public").join(path)).unwrap());
    for (path, texts) in [
        ("examples/words.html", &["Early dismissal", "early release"][..]),
        ("examples/activities.html", &["Practice the way to school", "Hold hands near the road"]),
        ("examples/tests.html", &["Hearing check", "School hearing screening", "December 1, 2026"]),
        ("examples/sheet.html", &["Practice the way to school"]),
        ("activities/find/index.html", &["Practice the way to school"]),
    ] {
        let page = page(path);
        texts.iter().for_each(|text| assert!(page.contains(text), "{path}: {text}: {page}"));
    }
    // Deleted, nothing of it is missed.
    fs::remove_dir_all(root.join("content/examples")).unwrap();
    let said = run(&root, &["build", "--drafts", "--notes"]);
    assert!(said.code == Some(0) && said.stderr.matches("warning[").count() == 1, "{}", said.stderr);
}

/// That a guide is no medical or legal advice stands in the foot of a guide that says so in its settings, in each language.
#[test]
fn the_foot_says_what_the_guide_is_not_where_the_guide_says_so() {
    let says = [
        ("en", "It is not medical or legal advice."),
        ("es", "No sustituye el consejo de un médico ni de un abogado."),
    ];
    for (starter, is_said) in [("ot", true), ("special-education", true), ("blank", false)] {
        let site = Site::empty();
        let root = made(&site, starter);
        run(&root, &["build", "--no-checks"]).clean();
        for (lang, words) in says {
            let page = root.join("public").join(if lang == "en" { "index.html" } else { "es/index.html" });
            let Ok(page) = fs::read_to_string(page) else { continue };
            assert_eq!(page.contains(words), is_said, "{starter} {lang}");
        }
        let settings = fs::read_to_string(root.join("site.yaml")).unwrap();
        let turned = match is_said {
            true => settings.replace("not_advice: true", "not_advice: no"),
            false => settings.replace(
                "theme: parent-guide\n",
                "theme: {name: parent-guide, settings: {not_advice: yes}}\n",
            ),
        };
        assert!(turned != settings, "{starter}");
        fs::write(root.join("site.yaml"), turned).unwrap();
        run(&root, &["build", "--no-checks"]).clean();
        let page = fs::read_to_string(root.join("public/index.html")).unwrap();
        assert_eq!(page.contains(says[0].1), !is_said, "{starter}");
    }
}

/// A handout for one family stands in no list until its editor says so.
#[test]
fn a_new_handout_has_an_address_and_stands_in_no_list() {
    let site = Site::empty();
    let root = made(&site, "ot");
    let said = run(&root, &["new", "handouts/quokka.md", "--kind", "handout", "--title", "For Quokka"])
        .clean()
        .stdout;
    assert!(said.contains("It stands in no menu or list"), "{said}");
    let at = root.join("content/handouts/quokka.md");
    let text = fs::read_to_string(&at).unwrap();
    assert!(text.contains("\nhidden: true\n") && !text.contains("draft"), "{text}");
    let named = || {
        let all = crate::support::tree(&root.join("public")).into_iter();
        all.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("For Quokka"))
            .map(|(path, _)| path)
            .collect::<Vec<_>>()
    };
    run(&root, &["build", "--no-checks"]).clean();
    // At its address in each language, and nowhere else: no menu, list, feed, print page, search.
    assert_eq!(named(), ["ar/handouts/quokka.html", "es/handouts/quokka.html", "handouts/quokka.html"]);
    let start = root.join("content/index.md");
    let home = fs::read_to_string(&start).unwrap();
    fs::write(&start, format!("{home}\n[The sheet](handouts/quokka.md)\n")).unwrap();
    run(&root, &["build", "--no-checks"]).clean();
    assert!(
        fs::read_to_string(root.join("public/index.html")).unwrap().contains("href=\"handouts/quokka.html\"")
    );
    fs::write(&at, text.replace("hidden: true\n", "")).unwrap();
    run(&root, &["build", "--no-checks"]).clean();
    assert!(named().len() > 8, "{:?}", named());
    // In another language the words above the line are that language's; other kinds begin in the lists.
    run(&root, &["new", "es/handouts/solo.md", "--kind", "handout"]).clean();
    let text = fs::read_to_string(root.join("content/es/handouts/solo.md")).unwrap();
    assert!(text.contains("# Solo quien tiene el enlace") && text.contains("\nhidden: true\n"), "{text}");
    run(&root, &["new", "parents/more.md"]).clean();
    assert!(!fs::read_to_string(root.join("content/parents/more.md")).unwrap().contains("hidden"));
}

/// The rows of the list of shared pages.
fn shared() -> Vec<String> {
    let text =
        fs::read_to_string(crate::support::repository().join("starters/special-education.tsv")).unwrap();
    text.lines().skip(1).map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

#[test]
fn the_handbook_on_special_education_is_whole_in_both_languages() {
    let site = Site::empty();
    let root = made(&site, "special-education");
    let (ours, theirs) = (crate::support::tree(&root.join("content")), crate::support::repository());
    // Shared pages are those of the other guide, in both languages; all others lie in the starter's own folder.
    let mut own = crate::support::tree(&theirs.join("starters/special-education/content"));
    for page in shared() {
        for path in [page.clone(), format!("es/{page}")] {
            let bytes = fs::read(theirs.join("content").join(&path)).unwrap();
            assert!(ours.get(&path) == Some(&bytes), "{path}: after adding a file, touch src/bundle.rs");
            assert!(own.insert(path.clone(), bytes).is_none(), "{path} exists twice");
        }
    }
    assert!(
        ours == own,
        "there are others: {:?}",
        ours.keys().filter(|path| !own.contains_key(*path)).collect::<Vec<_>>()
    );
    // The score helper says in both guides the same.
    for name in ["en.yaml", "es.yaml"] {
        let guide = fs::read_to_string(theirs.join("translations").join(name)).unwrap();
        let ours = fs::read_to_string(root.join("translations").join(name)).unwrap();
        assert!(ours.lines().skip(1).all(|line| guide.lines().any(|other| other == line)), "{name}");
    }
    let checked = run(&root, &["check", "--date", "2026-12-01"]);
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
    let (warnings, errors) =
        (checked.stderr.matches("warning[").count(), checked.stderr.matches("error[").count());
    // That it is nobody's yet, and nothing else.
    assert_eq!((warnings, errors), (1, 0), "{}", checked.stderr);
    let places =
        checked.stderr.split_once("warning[placeholder]: ").unwrap().1.split(' ').next().unwrap().to_owned();
    // All of these are listed, each with its place.
    let list = run(&root, &["check", "--publish", "--format", "json", "--date", "2026-12-01"]);
    assert_eq!(list.code, Some(1), "{}", list.stderr);
    let listed = list.stdout.lines().filter(|line| {
        line.contains("as the starter guide did") || line.contains("what the starter guide said")
    });
    assert_eq!(listed.count().to_string(), places, "{}", list.stdout);
    assert!(places.parse::<usize>().unwrap() >= 30, "{places}");
    // Nothing is in one language only, and all of it is current.
    let said = run(&root, &["translations"]).clean().stdout;
    let pages = ours.keys().filter(|path| path.ends_with(".md") && !path.starts_with("es/")).count();
    assert!(said.starts_with(&format!("Español (es): {pages} of {pages} pages up to date.")), "{said}");
    assert!(pages >= 45, "{pages}");
}
