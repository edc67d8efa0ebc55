//! `guidepost search` as editors run it, and what is said of the words that people say.

use crate::support::{Run, Site};

fn search(site: &Site, args: &[&str]) -> Run {
    Run::of(site.command().arg("search").args(args))
}

fn site() -> Site {
    let site = Site::plain();
    site.page(
        "cutting.md",
        "title: Cutting\naliases: [old/scissors.html]",
        "Text.\n\n## Scissors\n\nThey cut.",
    );
    site.page("more.md", "title: More paper", "Scissors and paper.");
    site
}

#[test]
fn answers_are_printed_for_people_and_as_addresses() {
    let site = site();
    let told = search(&site, &["scissors"]).clean().stdout;
    assert!(told.contains("1. Scissors (Cutting)\n     cutting.html#scissors"), "{told}");
    let told = search(&site, &["scissors", "--addresses", "--limit", "1"]).clean().stdout;
    assert_eq!(told.trim(), "cutting.html#scissors");
    let told = search(&site, &["sisors"]).clean().stdout;
    assert!(told.contains("No page has \"sisors\"; looked for \"scissors\" in its place."), "{told}");
    let told = search(&site, &["xylophone"]).clean().stdout;
    assert!(told.contains("Nothing is found for \"xylophone\"."), "{told}");
    let told = search(&site, &["words", "--lang", "xx"]);
    assert!(told.code == Some(2) && told.stderr.contains("There is no search in xx"), "{}", told.stderr);
}

#[test]
fn a_list_of_questions_tells_which_find_nothing() {
    let site = site();
    let list = "# What people asked\nscissors\tcutting.html\nscissors\told/scissors.html#scissors\nscissors\t/old/scissors.html\n\
                paper\tcutting.html\npaper\tgone.html\nxylophone\nscissors xylophone\n\n";
    site.file("questions.txt", list);
    let file = site.root().join("questions.txt");
    let told = search(&site, &["--missing", file.to_str().unwrap()]).clean().stdout;
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines,
        [
            "paper: cutting.html is not among the first 3; the first is more.html",
            "paper: there is no page gone.html",
            "xylophone: nothing is found",
            "scissors xylophone: no page has xylophone; the first is cutting.html#scissors",
            "3 of 7 questions found.",
        ],
        "{told}"
    );
}

#[test]
fn faults_in_the_words_that_people_say_are_told_by_every_run() {
    let site = site();
    let said = |name: &str| {
        let run = Run::of(site.command().args([name, "--date", "2026-11-22"]));
        (run.code, format!("{}{}", run.stdout, run.stderr).contains("data/search_words.yaml:2"))
    };
    site.file("data/search_words.yaml", "en:\n  - scissors\n");
    // The second begins with what the first kept.
    for name in ["build", "build", "check", "check"] {
        assert_eq!(said(name), (Some(1), true), "{name}");
    }
    site.file("data/search_words.yaml", "en:\n  scissors: [shears]\n");
    for name in ["check", "build", "check"] {
        assert!(!said(name).1, "{name}");
    }
    let found = search(&site, &["shears", "--addresses"]).clean().stdout;
    assert_eq!(found.lines().next(), Some("cutting.html#scissors"));
}
