//! What the program refuses to start on: output folders in which somebody's work would be lost, no site, bad arguments.
//! Each ends with exit code 2, a reason and a remedy, and touches nothing.

use crate::support::{Run, Site, TODAY, program, tree};
use std::fs::{self, File};
use std::process::{Command, Stdio};

#[test]
fn output_folders_that_hold_something_else_are_refused() {
    let site = Site::plain();
    site.file("data/x.yaml", "a: 1\n")
        .file(".git/config", "x")
        .file("templates/x.html", "x")
        .file("assets/x.css", "x");
    let home = site.beside().join("home");
    fs::create_dir(&home).unwrap();
    fs::write(home.join("letter.docx"), "mine").unwrap();
    let before = tree(site.beside());
    let absolute = site.root().join("content").display().to_string();
    let outs = [
        ".",
        "..",
        "../..",
        "/",
        "content",
        "content/",
        "./content",
        "content/out",
        "themes",
        "themes/plain",
        "themes/plain/assets",
        "templates",
        "assets",
        "data",
        "data/out",
        ".cache",
        ".cache/out",
        ".git",
        ".git/out",
        "public/../content",
        "../home",
        "site.yaml",
        &absolute,
    ];
    for out in outs {
        let mut command = site.command();
        command.env("HOME", &home).args(["build", "--no-checks", "--out", out, "--date", TODAY]);
        let run = Run::of(&mut command);
        assert_eq!(run.code, Some(2), "--out {out}: {run:?}");
        assert!(
            run.stderr.contains("help") && run.stderr.contains("output-folder"),
            "--out {out}: {}",
            run.stderr
        );
        let mut after = tree(site.beside());
        after.retain(|name, _| !name.starts_with("site/.cache/"));
        assert!(before == after, "--out {out} changed something");
    }
}

#[cfg(unix)]
#[test]
fn links_to_such_folders_are_refused_too() {
    let site = Site::plain();
    std::os::unix::fs::symlink(site.root().join("content"), site.root().join("public")).unwrap();
    let before = tree(&site.root().join("content"));
    site.build().refused();
    assert_eq!(before, tree(&site.root().join("content")));
}

#[test]
fn without_a_site_nothing_is_made() {
    let site = Site::empty();
    let run = site.build().refused();
    assert!(
        run.stderr.contains("there is no site.yaml") && run.stderr.contains("guidepost init"),
        "{}",
        run.stderr
    );
    assert!(tree(&site.root()).is_empty());
    let mut command = program();
    let run = Run::of(command.current_dir(site.root()).args(["build", "--no-checks", "--root", "nowhere"]))
        .refused();
    assert!(run.stderr.contains("nowhere"), "{}", run.stderr);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let site = Site::plain();
    let bad: &[&[&str]] = &[
        &["buld"],
        &["build", "--nothing"],
        &["build", "--date", "tomorrow"],
        &["build", "--date", "2026-02-30"],
        &["build", "--jobs", "0"],
        &["build", "--jobs", "many"],
        &["build", "--format", "xml"],
        &["build", "extra"],
        &["build", "--root"],
        &["build", "--base-url", "javascript:alert(1)"],
        &["build", "--base-url", "example.org"],
        &["build", "--base-url", "https://example.org/?a=b"],
        &["build", "--base-url", "x\"><script>"],
        &[],
    ];
    for args in bad {
        let run = Run::of(site.command().args(*args));
        assert_eq!(run.code, Some(2), "{args:?}: {run:?}");
        assert!(!run.stderr.is_empty(), "{args:?}");
        assert!(!site.root().join("public").exists(), "{args:?}");
    }
}

#[test]
fn help_and_version_are_no_errors() {
    let site = Site::plain();
    for args in [&["--help"][..], &["build", "--help"], &["help"], &["--version"], &["-h"]] {
        let run = Run::of(site.command().args(args));
        assert_eq!(run.code, Some(0), "{args:?}");
        assert!(run.stdout.to_lowercase().contains("guidepost"), "{args:?}: {}", run.stdout);
    }
}

#[cfg(unix)]
#[test]
fn an_output_that_cannot_be_written_to_is_said() {
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    let run = |args: &[&str], out: Stdio, err: Stdio| {
        let site = Site::plain();
        site.page("a.md", "title: A\nownr: B", "Text.");
        let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
        let status = command.current_dir(site.root()).args(args).stdout(out).stderr(err).status().unwrap();
        assert_ne!(status.code(), Some(101), "{args:?}: it panicked");
        assert!(status.code().is_some(), "{args:?}: {status}");
    };
    for args in
        [&["build"][..], &["build", "--stats"], &["build", "--format", "json"], &["--help"], &["nothing"]]
    {
        run(args, full(), full());
        run(args, full(), Stdio::null());
        run(args, Stdio::null(), full());
    }
}

#[test]
fn a_read_only_site_builds_into_another_folder() {
    let site = Site::plain();
    let before = tree(&site.root());
    let out = site.beside().join("out");
    site.build_with(&["--out", out.to_str().unwrap()]).clean();
    let mut after = tree(&site.root());
    after.retain(|name, _| !name.starts_with(".cache/"));
    assert!(before == after, "sources were changed");
    assert!(out.join("index.html").exists());
}
