//! The files of winget, scoop and Homebrew are made of a release's checksums; `scripts/package` refuses to make one without.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says so and stops")]
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const URL: &str = "https://git.example.org/owner/guidepost";

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `scripts/package` on the packages in a folder.
fn package(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new("python3");
    command.arg(repository().join("scripts/package")).args(args).env("PACKAGES", folder);
    command.output().expect("python3 is there: scripts/test installs it")
}

/// The archives of a release, each with other bytes.
fn archives() -> Vec<String> {
    let version = env!("CARGO_PKG_VERSION");
    let systems = [
        "aarch64-apple-darwin.tar.gz",
        "x86_64-apple-darwin.tar.gz",
        "x86_64-unknown-linux-musl.tar.gz",
        "x86_64-pc-windows-msvc.zip",
    ];
    systems.iter().map(|system| format!("guidepost-{version}-{system}")).collect()
}

#[test]
fn package_managers_get_the_checksums_of_the_release_and_never_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    for missing in archives() {
        for name in archives().iter().filter(|name| **name != missing) {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let said = package(folder.path(), &["sums", URL]);
        let why = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(
            !said.status.success() && why.contains(&format!("no checksum of {missing}")),
            "{missing}: {why}"
        );
        for file in fs::read_dir(folder.path()).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
    }
    for name in archives() {
        fs::write(folder.path().join(&name), &name).unwrap();
    }
    let said = package(folder.path(), &["sums", URL]);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let sums = fs::read_to_string(folder.path().join("SHA256SUMS")).unwrap();
    let sum = |name: &str| {
        sums.lines().find_map(|line| line.strip_suffix(&format!("  {name}"))).unwrap().to_owned()
    };
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let formula = read("guidepost.rb");
    for name in archives() {
        let file = if name.ends_with(".zip") {
            read("scoop.json") + &read("winget.installer.yaml")
        } else {
            formula.clone()
        };
        assert!(file.contains(&sum(&name)) && file.contains(&format!("{URL}/releases/download/v")), "{file}");
    }
    for entry in fs::read_dir(folder.path()).unwrap() {
        let text = String::from_utf8(fs::read(entry.unwrap().path()).unwrap()).unwrap();
        assert!(!text.contains("{{"), "{text}");
    }
}

#[test]
fn a_version_that_is_not_everywhere_the_same_stops() {
    let folder = tempfile::tempdir().unwrap();
    let said = package(folder.path(), &["version", "9.9.9"]);
    assert!(!said.status.success());
    assert!(String::from_utf8_lossy(&said.stderr).contains("and not 9.9.9"));
}
