//! What is missing altogether: settings, a theme, pages. Each command says that alone, with what was probably meant, ends with
//! 2 and writes nothing.

use crate::support::{Run, Site, TODAY, tree};
use std::fs;

/// The commands, as they are typed.
const COMMANDS: [&[&str]; 7] = [
    &["build", "--date", TODAY],
    &["check", "--date", TODAY],
    &["check", "--date", TODAY, "--lock-addresses"],
    &["report", "--date", TODAY],
    &["watch", "--date", TODAY],
    &["translations"],
    &["new", "new.md"],
];

type Change = Box<dyn Fn(&Site)>;

fn renamed(from: &'static str, to: &'static str) -> Change {
    Box::new(move |site| fs::rename(site.root().join(from), site.root().join(to)).unwrap())
}

fn written(path: &'static str, text: &'static str) -> Change {
    Box::new(move |site| {
        site.file(path, text);
    })
}

fn site() -> Site {
    let site = Site::bilingual();
    site.page("a.md", "title: A\naliases: [x.html]", ":::steps\n[b](nowhere.md)\n:::")
        .page("es/a.md", "title: A", "B");
    site
}

#[test]
fn one_error_and_nothing_written() {
    let cases: Vec<(&str, Change, &str, &[&str])> = vec![
        ("yml", renamed("site.yaml", "site.yml"), "no-settings", &["rename site.yml to site.yaml"]),
        (
            "case",
            renamed("site.yaml", "Site.yaml"),
            "no-settings",
            &["rename Site.yaml", "upper and lower case"],
        ),
        ("notepad", renamed("site.yaml", "site.yaml.txt"), "no-settings", &["site.yaml.txt", "extensions"]),
        ("put aside", renamed("site.yaml", "site.yaml.bak"), "no-settings", &["site.yaml.bak", "put aside"]),
        ("copy", renamed("site.yaml", "site - Copy.yaml"), "no-settings", &["site - Copy.yaml"]),
        (
            "gone",
            Box::new(|site| {
                site.remove("site.yaml");
            }),
            "no-settings",
            &["guidepost init"],
        ),
        (
            "in content",
            renamed("site.yaml", "content/site.yaml"),
            "no-settings",
            &["move content/site.yaml up"],
        ),
        (
            "a folder",
            Box::new(|site| {
                site.remove("site.yaml");
                fs::create_dir(site.root().join("site.yaml")).unwrap();
            }),
            "no-settings",
            &["not a file"],
        ),
        (
            "above",
            Box::new(|site| {
                site.remove("site.yaml");
                fs::write(site.beside().join("site.yaml"), "title: T\n").unwrap();
            }),
            "no-settings",
            &["above it", "--root"],
        ),
        (
            "below",
            Box::new(|site| {
                site.remove("site.yaml");
                site.file("our-guide/site.yaml", "title: T\n");
            }),
            "no-settings",
            &["--root our-guide"],
        ),
        ("binary", written("site.yaml", "\u{0}\u{1}title"), "not-utf8", &["UTF-8"]),
        (
            "theme",
            written("site.yaml", "title: T\ntheme: plian\nlanguages: [en, es]\n"),
            "missing-theme",
            &["site.yaml:2:8", "Did you mean plain?"],
        ),
        (
            "theme folder",
            written("site.yaml", "title: T\ntheme: {name: plain, folder: ../nope}\n"),
            "missing-theme",
            &["../nope"],
        ),
        (
            "theme is a file",
            Box::new(|site| {
                site.remove("themes");
                site.file("themes", "x");
            }),
            "missing-theme",
            &["site.yaml:2:8"],
        ),
        (
            "extends",
            written("themes/plain/theme.yaml", "title: P\nextends: nope\n"),
            "missing-theme",
            &["theme.yaml:2:10"],
        ),
    ];
    for (name, change, code, told) in cases {
        let site = site();
        change(&site);
        let before = tree(site.beside());
        for args in COMMANDS {
            let run = Run::of(site.command().args(args)).refused();
            assert_eq!(run.stderr.matches("error[").count(), 1, "{name}, {args:?}: {}", run.stderr);
            assert!(
                !run.stderr.contains("warning[") && !run.stderr.contains("note["),
                "{name}, {args:?}: {}",
                run.stderr
            );
            assert!(run.stderr.contains(&format!("error[{code}]")), "{name}, {args:?}: {}", run.stderr);
            for one in told {
                assert!(run.stderr.contains(one), "{name}, {args:?}: no {one} in {}", run.stderr);
            }
            let mut after = tree(site.beside());
            after.retain(|path, _| !path.starts_with("site/.cache/"));
            assert!(before == after, "{name}, {args:?}: something was written");
            assert!(code != "no-settings" || !site.root().join(".cache").exists(), "{name}, {args:?}");
        }
    }
}

#[test]
fn a_good_website_stays_as_it_was() {
    for (from, to) in
        [("site.yaml", "site.yaml.txt"), ("content", "contents"), ("themes/plain", "themes/other")]
    {
        let site = Site::bilingual();
        site.build().clean();
        let before = site.public();
        fs::rename(site.root().join(from), site.root().join(to)).unwrap();
        let run = site.build().refused();
        assert!(
            run.stderr.contains("rename") || run.stderr.contains("Did you mean other?"),
            "{}",
            run.stderr
        );
        assert!(before == site.public(), "{from}");
        fs::rename(site.root().join(to), site.root().join(from)).unwrap();
        site.build().clean();
        assert!(before == site.public(), "{from}");
    }
}

#[test]
fn a_site_without_a_page_is_told_what_is_there_instead() {
    /// Settings, further files, and what the message says.
    type Case = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);
    let cases: [Case; 7] = [
        ("missing", &[], &["no folder `content`"]),
        ("a file", &[("content", "x")], &["is a file"]),
        ("a picture", &[("content/a.png", "x")], &["no page", "end in .md"]),
        (
            "notepad",
            &[("content/index.md.txt", "x"), ("content/pic.png", "x")],
            &["rename content/index.md.txt to content/index.md"],
        ),
        (
            "markdown",
            &[("content/index.markdown", "x")],
            &["rename content/index.markdown to content/index.md"],
        ),
        ("mdx", &[("content/sub/plan.MDX", "x")], &["rename content/sub/plan.MDX to content/sub/plan.md"]),
        ("other folder", &[("Content/index.md", "x")], &["rename Content to content"]),
    ];
    for (name, files, told) in cases {
        let site = Site::plain();
        site.remove("content");
        for (path, text) in files {
            site.file(path, text);
        }
        for args in COMMANDS.iter().filter(|args| args[0] != "new") {
            let run = Run::of(site.command().args(*args)).refused();
            assert_eq!(run.stderr.matches("[no-content]").count(), 1, "{name}, {args:?}: {}", run.stderr);
            assert!(
                !run.stderr.contains("warning[") && !run.stderr.contains("note["),
                "{name}: {}",
                run.stderr
            );
            for one in told {
                assert!(run.stderr.contains(one), "{name}, {args:?}: no {one} in {}", run.stderr);
            }
            assert!(!site.has("index.html") && !site.root().join("urls.lock").exists(), "{name}, {args:?}");
        }
        // The way out: a first page.
        if name != "a file" {
            Run::of(site.command().args(["new", "index.md"])).clean();
            assert_ne!(site.build().code, Some(2), "{name}");
        }
    }
}

/// Settings of which a part cannot be read are an error of the guide, and that alone.
#[test]
fn broken_settings_are_told_alone() {
    for (text, code) in [
        ("title: T\ntheme: plain\nbrand: {color: \n", "yaml-syntax"),
        ("title: \"T\ntheme: plain\n", "yaml-syntax"),
        ("title: T\n theme: plain\nlanguages: [en, es]\n", "yaml-syntax"),
        ("title: T\ntheme: plain\n\tlanguages: [en]\n", "yaml-syntax"),
        ("", "missing-field"),
        ("# nothing\n", "missing-field"),
        ("- title: T\n", "wrong-type"),
        ("title\n", "wrong-type"),
    ] {
        let site = site();
        site.file("site.yaml", text);
        let run = site.build_checked(&[]).failed();
        let lines: Vec<&str> =
            run.stderr.lines().filter(|line| line.contains("[") && line.contains("]: ")).collect();
        assert!(lines.iter().all(|line| line.starts_with("error[")), "{text}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("error[{code}]")), "{text}: {}", run.stderr);
        let places: Vec<&str> = run.stderr.lines().filter(|line| line.contains("--> ")).collect();
        assert!(places.iter().all(|line| line.contains("site.yaml:")), "{text}: {}", run.stderr);
        assert!(!site.root().join("public").exists());
    }
}

#[test]
fn a_logo_that_is_missing_is_told_where_it_is_named() {
    let site = Site::plain();
    site.template("page.html", "{{ site.brand.logo or \"\" }}{% if site.brand.logo %}<img src=\"{{ asset(path=site.brand.logo) }}\" alt=\"\">{% endif %}");
    site.page("a.md", "title: A", "Text.");
    for (line, at, help) in [
        ("brand:\n  logo: logo.svg", "4:9", "assets/logo.svg"),
        ("# logo: logo.svg\nbrand: {logo: Mark.svg}", "4:15", "did you mean mark.svg?"),
        ("brand:\n  logo: \"nope/logo.svg\" # logo.svg", "4:9", "assets/nope/logo.svg"),
        ("brand:\n  logo: assets/mark.svg", "4:9", "did you mean mark.svg?"),
    ] {
        site.file("site.yaml", format!("title: T\ntheme: plain\n{line}\n"));
        let run = site.build().failed();
        assert_eq!(run.stderr.matches("error[").count(), 1, "{line}: {}", run.stderr);
        assert!(
            run.stderr.contains(&format!("site.yaml:{at}")) && run.stderr.contains(help),
            "{line}: {}",
            run.stderr
        );
        assert!(!run.stderr.contains("templates/"), "{line}: {}", run.stderr);
    }
    site.file("site.yaml", "title: T\ntheme: plain\nbrand:\n  logo: logo.svg\n");
    site.build().failed();
    // It comes, goes and comes again, with a cache.
    for _ in 0..2 {
        site.file("assets/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        site.build().clean();
        assert!(site.out("a.html").contains("<img"), "{}", site.out("a.html"));
        site.remove("assets/logo.svg");
        site.build().failed();
    }
}

/// A8: a page beside the folder `content` is told; a README, the notes of a repository and what stands in `content` are not.
#[test]
fn a_page_beside_the_content_is_told() {
    let site = Site::plain();
    let page = "---\ntitle: Bus\n---\nThe late bus.\n";
    site.page("index.md", "title: Start", "The start.");
    site.file("bus.md", page)
        .file("pages/b.md", page)
        .file("Old Pages/c.MD", page)
        .file("\u{fc}ber.md", "\u{feff}---\r\ntitle: B\r\n---\r\nB\r\n");
    site.file("README.md", "# A guide\n\ntitle: no front matter\n")
        .file("docs/x.md", "---\nlayout: y\n---\nText\n---\ntitle: z\n");
    site.file(".hidden.md", page).file(".git/x.md", page);
    let said = site.build().stderr;
    for name in ["bus.md", "pages/b.md", "Old Pages/c.MD", "\u{fc}ber.md"] {
        assert!(said.contains(name), "{name} is not told:\n{said}");
    }
    assert_eq!(said.matches("beside the folder content").count(), 4, "{said}");
    // The same again from the cache, and gone when it is moved.
    assert_eq!(site.build().stderr.matches("beside the folder content").count(), 4);
    for name in ["bus.md", "pages/b.md", "Old Pages/c.MD", "\u{fc}ber.md"] {
        std::fs::remove_file(site.root().join(name)).unwrap();
    }
    let said = site.build().stderr;
    assert!(!said.contains("beside the folder content"), "{said}");
}
