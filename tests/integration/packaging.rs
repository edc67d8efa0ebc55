//! The files of winget, scoop and Homebrew are made of a release's checksums; `scripts/package` refuses to make one without.

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
        let path = entry.unwrap().path();
        // The launcher of npm is packed.
        if path.extension().is_none_or(|ending| ending != "tgz") {
            let text = fs::read_to_string(path).unwrap();
            assert!(!text.contains("{{"), "{text}");
        }
    }
}

#[test]
fn a_version_that_is_not_everywhere_the_same_stops() {
    let folder = tempfile::tempdir().unwrap();
    let said = package(folder.path(), &["version", "9.9.9"]);
    assert!(!said.status.success());
    assert!(String::from_utf8_lossy(&said.stderr).contains("and not 9.9.9"));
}

/// What `scripts/package glibc` says of a file.
fn glibc(file: &Path) -> Result<String, String> {
    let said = package(Path::new("/nowhere"), &["glibc", file.to_str().unwrap()]);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if said.status.success() { Ok(text(&said.stdout)) } else { Err(text(&said.stderr)) }
}

/// A program of Linux with nothing in it but these segments: kind, and what lies there.
fn elf(segments: &[(u32, &[u8])]) -> Vec<u8> {
    let mut file = vec![0; 64];
    file[..5].copy_from_slice(b"\x7fELF\x02");
    file[32..40].copy_from_slice(&64u64.to_le_bytes());
    file[54..56].copy_from_slice(&56u16.to_le_bytes());
    file[56..58].copy_from_slice(&u16::try_from(segments.len()).unwrap().to_le_bytes());
    let mut at = 64 + 56 * segments.len();
    for (kind, bytes) in segments {
        let mut head = vec![0; 56];
        head[..4].copy_from_slice(&kind.to_le_bytes());
        head[8..16].copy_from_slice(&(at as u64).to_le_bytes());
        head[32..40].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
        file.extend(head);
        at += bytes.len();
    }
    segments.iter().for_each(|(_, bytes)| file.extend(*bytes));
    file
}

#[test]
fn what_a_package_promises_of_glibc_is_read_from_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let read = |segments: &[(u32, &[u8])]| {
        let file = folder.path().join("program");
        fs::write(&file, elf(segments)).unwrap();
        glibc(&file)
    };
    let loader: (u32, &[u8]) = (3, b"/lib64/ld-linux-x86-64.so.2\0");
    // A static program; one whose text only speaks of glibc; the newest of several, by its number and not by its letters.
    assert_eq!(read(&[(1, b"code")]).unwrap(), "none");
    assert_eq!(read(&[(1, b"GLIBC_2.35")]).unwrap(), "none");
    assert_eq!(read(&[loader, (1, b"GLIBC_2.9\0GLIBC_2.17\0GLIBC_2.2.5\0")]).unwrap(), "2.17");
    for (wrong, said) in [
        (read(&[(3, b"/lib/ld-musl-x86_64.so.1\0")]), "another library than glibc: /lib/ld-musl"),
        (read(&[loader]), "another library"),
        (glibc(&repository().join("README.md")), "no program for a Linux of 64 bits"),
    ] {
        assert!(wrong.as_ref().is_err_and(|why| why.contains(said)), "{wrong:?}");
    }
    // This very test is a real one.
    if cfg!(all(target_os = "linux", target_env = "gnu", target_pointer_width = "64")) {
        let own = glibc(&std::env::current_exe().unwrap()).unwrap();
        assert!(own.starts_with("2.") && own[2..].parse::<u8>().is_ok(), "{own}");
    }
}

/// The table of systems in `scripts/package`: target, and its name at npm.
fn systems() -> Vec<(String, String)> {
    let text = fs::read_to_string(repository().join("scripts/package")).unwrap();
    let table = text.split_once("\nSYSTEMS = {").unwrap().1.split_once("\n}").unwrap().0;
    let row = |line: &str| {
        let mut parts = line.split('"').skip(1).step_by(2).map(str::to_owned);
        Some((parts.next()?, parts.next()?))
    };
    table.lines().filter_map(row).collect()
}

#[test]
fn every_system_is_made_by_the_release_and_found_by_each_package_manager() {
    let read = |path: &str| fs::read_to_string(repository().join(path)).unwrap();
    let (workflow, manifest) = (read(".github/workflows/release.yml"), read("Cargo.toml"));
    let systems = systems();
    assert!(systems.len() >= 5, "{systems:?}");
    for (target, _) in &systems {
        assert!(workflow.contains(&format!("target: {target} }}")), "release.yml makes nothing for {target}");
    }
    let made = workflow.matches("target: ").count();
    assert_eq!(made, systems.len(), "release.yml and scripts/package name the same systems");
    // What winget, scoop, Homebrew and the action download is what is made.
    for file in ["guidepost.rb", "scoop.json", "winget.installer.yaml"]
        .map(|name| format!("packaging/managers/{name}"))
    {
        for archive in read(&file)
            .split("VERSION-")
            .skip(1)
            .map(|rest| rest.split(['.', '}']).next().unwrap().to_owned())
        {
            assert!(systems.iter().any(|(target, _)| *target == archive), "{file}: {archive}");
        }
    }
    assert!(read("action.yml").contains("guidepost-$VERSION-x86_64-unknown-linux-musl"));
    // cargo binstall asks for the archive by its name, once there is a repository to ask at.
    assert!(manifest.contains(
        "{ repo }/releases/download/v{ version }/{ name }-{ version }-{ target }{ archive-suffix }"
    ));
    let (has, asked) = (
        manifest.contains("\nrepository ="),
        read("docs/RELEASING.md").contains("names no repository on purpose"),
    );
    assert_ne!(
        has, asked,
        "write the repository into Cargo.toml, or say in docs/RELEASING.md that it is still to be written"
    );
}
