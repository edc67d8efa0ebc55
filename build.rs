//! Names the build by all that it is made of, so that a program never takes the cache of another for its own.
//!
//! A cache holds values as this very program lays them out, and says of outputs that they are as this program would make
//! them: both depend on the sources, the libraries and the compiler. The guide that comes with the program is no part of
//! that, so an edit of a page compiles the library no second time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a build that cannot read its own sources must stop"
)]

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Parts of the program, not of the library.
const PROGRAM: [&str; 2] = ["main.rs", "bundle.rs"];

/// What cargo decides besides.
const SETTINGS: [&str; 7] = [
    "TARGET",
    "PROFILE",
    "OPT_LEVEL",
    "DEBUG",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_CFG_FEATURE",
    "CARGO_CFG_PANIC",
];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the package is"));
    let mut files = BTreeSet::from(["build.rs", "Cargo.toml", "Cargo.lock"].map(|name| root.join(name)));
    collect(&root.join("src"), &mut files);
    let mut hasher = DefaultHasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.write_usize(bytes.len());
        hasher.write(bytes);
    };
    for file in files {
        // A package may come without a lock file.
        let Ok(bytes) = fs::read(&file) else { continue };
        println!("cargo::rerun-if-changed={}", file.display());
        let name =
            file.strip_prefix(&root).expect("all lie in the package").to_string_lossy().replace('\\', "/");
        add(name.as_bytes());
        add(&bytes);
    }
    for name in SETTINGS {
        add(env::var(name).unwrap_or_default().as_bytes());
    }
    let compiler = env::var_os("RUSTC").expect("cargo says which compiler it uses");
    let compiler = Command::new(compiler).arg("-vV").output().expect("the compiler tells its version");
    add(&compiler.stdout);
    println!("cargo::rustc-env=GUIDEPOST_BUILD={:016x}", hasher.finish());
}

fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the sources can be listed") {
        let path = entry.expect("the sources can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, files);
        } else if !PROGRAM.contains(&name.as_str()) && !name.starts_with('.') {
            files.insert(path);
        }
    }
}
