//! The theme that comes with the program: used where a site has none, replaced file by file or whole, and compared with that of
//! another version.

use crate::support::{Run, Site, repository};
use guidepost::cli::{Bundle, Files};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the other program finds its arguments, one a line.
const ARGS: &str = "GUIDEPOST_TEST_ARGS";

/// A program of another version: the same code with another theme. It runs in a process of its own, which
/// [`newer`] starts; without arguments it is no test.
#[test]
fn another_program() {
    let Ok(args) = std::env::var(ARGS) else { return };
    let args: Vec<std::ffi::OsString> =
        std::iter::once("guidepost").chain(args.lines()).map(Into::into).collect();
    let code = guidepost::cli::run(
        args,
        Bundle { theme: newer_theme, plain: Files::new, extending: Files::new, starter: |_| Files::new() },
    );
    std::process::exit(code.into());
}

/// The theme of that program: four files are other ones.
fn newer_theme() -> Files {
    let folder = repository().join("themes/parent-guide");
    let files = crate::support::tree(&folder).into_iter().map(|(name, bytes)| {
        let text = String::from_utf8(bytes).unwrap();
        let text = match name.as_str() {
            "templates/page.html" => text.replace("{{ body }}", "<p>newer page</p>\n{{ body }}"),
            "templates/partials/footer.html" => text.replace("<footer ", "<footer data-newer "),
            "assets/search.css" => format!("{text}.newer{{color:red}}\n"),
            "assets/icons/menu.svg" => text.replace("<svg ", "<svg data-newer=\"yes\" "),
            _ => text,
        };
        let bytes: &'static [u8] = text.into_bytes().leak();
        (name, bytes)
    });
    files.collect()
}

/// Runs the other program.
fn newer(root: &Path, args: &[&str]) -> Run {
    let mut command = assert_cmd::Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "cli_commands::theme::another_program", "--nocapture"])
        .env(ARGS, args.join("\n"));
    Run::of(command.current_dir(root))
}

/// A site without a theme of its own, with one page beside the first.
fn blank(site: &Site) -> PathBuf {
    Run::of(crate::support::program().current_dir(site.beside()).args([
        "init",
        "blank",
        "--starter",
        "blank",
    ]))
    .clean();
    let root = site.beside().join("blank");
    fs::write(root.join("content/a.md"), "---\ntitle: A\ndescription: A page.\n---\nText.\n").unwrap();
    root
}

fn ours(root: &Path, args: &[&str]) -> Run {
    Run::of(crate::support::program().current_dir(root).args(args))
}

/// A site that is nobody's yet has one warning.
#[track_caller]
fn built(run: &Run) {
    assert_eq!((run.code, run.stderr.matches("warning[").count()), (Some(0), 1), "{}", run.stderr);
}

fn page(root: &Path) -> String {
    fs::read_to_string(root.join("public/a.html")).unwrap()
}

#[test]
fn ejected_files_stay_and_the_rest_is_that_of_the_newer_program() {
    let site = Site::empty();
    let root = blank(&site);
    ours(&root, &["theme", "eject", "page.html", "search.css", "assets/icons/menu.svg"]).clean();
    let copy = root.join("templates/page.html");
    let text = fs::read_to_string(&copy).unwrap();
    assert!(text.starts_with("{#- From the theme of Guidepost "), "{text}");
    built(&ours(&root, &["build", "--notes"]));
    assert_eq!(
        crate::support::tree(&root.join("public")).keys().filter(|name| name.ends_with("/menu.svg")).count(),
        0
    );
    fs::write(&copy, text.replace("{{ body }}", "<p>ours</p>\n{{ body }}")).unwrap();
    built(&ours(&root, &["build", "--notes"]));
    assert!(
        page(&root).contains("<p>ours</p>") && !page(&root).contains("From the theme"),
        "{}",
        page(&root)
    );
    let said = ours(&root, &["theme", "status"]).clean().stdout;
    assert!(said.contains("replaces 3 files; 0 changed in the theme since"), "{said}");
    assert!(said.contains("assets/search.css is the same as the theme's"), "{said}");
    assert!(!ours(&root, &["check"]).stderr.contains("theme-changed"));

    // The newer program, with what the older one kept in its cache.
    built(&newer(&root, &["build", "--notes"]));
    let made = page(&root);
    assert!(made.contains("<p>ours</p>") && !made.contains("newer page"), "{made}");
    assert!(made.contains("<footer data-newer "), "{made}");
    assert!(!made.contains("data-newer=\"yes\""), "{made}");
    let said = newer(&root, &["theme", "status"]).clean().stdout;
    assert!(said.contains("replaces 3 files; 3 changed in the theme since"), "{said}");
    for (file, line) in [
        ("templates/page.html", "<p>newer page</p>\n"),
        ("templates/page.html", "<p>ours</p>\n"),
        ("assets/search.css", "  -.newer{color:red}\n"),
        ("assets/icons/menu.svg", "  -<svg data-newer=\"yes\" "),
    ] {
        let from = format!(
            "{file} was taken from Guidepost {}, and the theme's has changed since.\n",
            env!("CARGO_PKG_VERSION")
        );
        let part = said.split_once(&from).unwrap_or_else(|| panic!("{file}: {said}")).1;
        let part = part.split_once("was taken from").map_or(part, |(part, _)| part);
        assert!(part.contains(line), "{file} lacks {line}: {said}");
    }
    let checked = newer(&root, &["check"]).stderr;
    assert_eq!(checked.matches("note[theme-changed]").count(), 3, "{checked}");

    // A copy that goes is the theme's again.
    fs::remove_file(&copy).unwrap();
    built(&newer(&root, &["build", "--notes"]));
    assert!(page(&root).contains("newer page"), "{}", page(&root));
}

#[test]
fn a_copy_of_the_whole_theme_replaces_it_whole() {
    let site = Site::empty();
    let root = blank(&site);
    ours(&root, &["theme", "eject", "--all"]).clean();
    let theirs = crate::support::tree(&repository().join("themes/parent-guide"));
    assert!(
        crate::support::tree(&root.join("themes/parent-guide")) == theirs,
        "the copy is the theme, byte for byte"
    );
    built(&newer(&root, &["build", "--notes"]));
    assert!(!page(&root).contains("newer"), "{}", page(&root));
    let said = newer(&root, &["theme", "status"]).clean().stdout;
    assert!(
        said.contains("Files that differ (4):\n  assets/icons/menu.svg\n  assets/search.css\n"),
        "{said}"
    );
    let said = ours(&root, &["theme", "status"]).clean().stdout;
    assert!(said.contains("is the same: delete the folder"), "{said}");
    // Whoever has it all ejects nothing more.
    let refused = ours(&root, &["theme", "eject", "page.html"]).refused().stderr;
    assert!(refused.contains("its own copy of the whole theme"), "{refused}");
    // A folder with nothing in it is none.
    fs::remove_dir_all(root.join("themes")).unwrap();
    fs::create_dir_all(root.join("themes/parent-guide")).unwrap();
    built(&newer(&root, &["build", "--notes"]));
    assert!(page(&root).contains("newer page"));
    // What has anything in it is one, so nothing in it is passed over.
    fs::write(root.join("themes/parent-guide/style.css"), "mine").unwrap();
    let refused = ours(&root, &["build"]).refused().stderr;
    assert!(refused.contains("themes/parent-guide/theme.yaml does not exist"), "{refused}");
}

#[test]
fn what_cannot_be_ejected_is_told_and_nothing_is_written_over() {
    let site = Site::empty();
    let root = blank(&site);
    let before = crate::support::tree(&root);
    for (args, says) in [
        (&["theme", "eject", "pag.html"][..], "Did you mean page.html?"),
        (&["theme", "eject", "kinds.yaml"], "site.yaml, under kinds:"),
        (&["theme", "eject", "page.html", "nothing.html"], "no file nothing.html"),
    ] {
        let said = ours(&root, args).refused().stderr;
        assert!(said.contains(says), "{args:?}: {said}");
    }
    assert!(crate::support::tree(&root) == before);
    fs::create_dir_all(root.join("templates")).unwrap();
    fs::write(root.join("templates/page.html"), "mine").unwrap();
    let said = ours(&root, &["theme", "eject", "404.html", "page.html"]).refused().stderr;
    assert!(said.contains("templates/page.html is in this site already"), "{said}");
    assert!(!root.join("templates/404.html").exists());
    let said = ours(&root, &["theme", "status"]).clean().stdout;
    assert!(
        said.contains("templates/page.html does not say from which version") && said.contains("  +mine\n"),
        "{said}"
    );
}

#[test]
fn a_fault_in_a_built_in_template_is_told_by_its_name() {
    let site = Site::empty();
    let root = blank(&site);
    // The start page of the theme asks each way in for its page.
    fs::create_dir_all(root.join("data")).unwrap();
    fs::write(root.join("data/start.yaml"), "- title: Somewhere\n").unwrap();
    let said = ours(&root, &["build"]);
    assert_eq!(said.code, Some(1), "{}", said.stderr);
    assert!(said.stderr.contains("--> theme:home.html:"), "{}", said.stderr);
    assert!(said.stderr.contains("`guidepost theme eject home.html`"), "{}", said.stderr);
    assert!(!said.stderr.contains("themes/parent-guide"), "{}", said.stderr);
}

#[test]
fn what_the_manual_says_of_upgrading_is_true() {
    let manual = fs::read_to_string(repository().join("docs/content/site/upgrading.md")).unwrap();
    let fences: Vec<(&str, &str)> =
        manual.split("\n```").skip(1).step_by(2).filter_map(|block| block.split_once('\n')).collect();
    let of = |language: &str| {
        fences.iter().filter(|(of, _)| *of == language).map(|(_, text)| *text).collect::<Vec<_>>()
    };
    let site = Site::empty();
    let root = blank(&site);
    ours(&root, &["theme", "eject", "page.html"]).clean();
    let copy = root.join("templates/page.html");
    let text = fs::read_to_string(&copy).unwrap();
    fs::write(&copy, text.replace("{{ body }}", "<p>What is yours</p>\n{{ body }}")).unwrap();
    // A newer program tells of the copy what the manual shows.
    let said = newer(&root, &["theme", "status"]).clean().stdout;
    let said = said.replace("<p>newer page</p>", "<p>What is new in the theme</p>");
    let shown = of("text").remove(0);
    for line in shown.lines() {
        assert!(said.lines().any(|other| other.trim_end() == line.trim_end()), "{line}\n---\n{said}");
    }
    let noted = newer(&root, &["check"]).stderr;
    assert!(noted.contains("note[theme-changed]") && manual.contains("`theme-changed`"), "{noted}");
    // Its settings are understood, each by itself.
    let settings = fs::read_to_string(root.join("site.yaml")).unwrap();
    let mut tried = 0;
    for yaml in of("yaml") {
        if yaml.contains("extends:") {
            fs::create_dir_all(root.join("themes/state")).unwrap();
            fs::write(root.join("themes/state/theme.yaml"), yaml).unwrap();
            fs::write(root.join("site.yaml"), settings.replace("theme: parent-guide", "theme: state"))
                .unwrap();
            built(&ours(&root, &["build", "--notes"]));
            // A version that does not fit is refused with a sentence.
            let other = yaml.replace(">=0.1, <0.3", ">=7.0");
            assert_ne!(other, yaml);
            fs::write(root.join("themes/state/theme.yaml"), other).unwrap();
            let refused = ours(&root, &["build"]);
            assert!(refused.code != Some(0) && refused.stderr.contains(">=7.0"), "{}", refused.stderr);
        } else {
            fs::write(root.join("site.yaml"), format!("{settings}{yaml}\n")).unwrap();
            built(&ours(&root, &["build", "--notes"]));
        }
        tried += 1;
    }
    assert_eq!(tried, 2);
}
