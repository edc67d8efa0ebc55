//! The bundled guide under all checks.

use crate::check::site::Site;
use guidepost::config::Config;
use guidepost::source::LineIndex;

pub fn read_tree(root: &std::path::Path, folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().flatten() {
        if entry.path().extension().is_some_and(|e| e == "md") {
            let path = entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
            files.push((path, std::fs::read_to_string(entry.path()).unwrap()));
        }
    }
    files
}

/// Prints what a folder of markdown gives: `CHECK_ROOT=/some/folder CHECK_FOLDER=content cargo test --test
/// integration check::guide -- --ignored --nocapture`.
#[test]
#[ignore = "prints, for reading by a person"]
fn print() {
    let root = std::env::var("CHECK_ROOT").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").into());
    let folder = std::env::var("CHECK_FOLDER").unwrap_or_else(|_| "content".into());
    let only = std::env::var("CHECK_ONLY").ok();
    let files = read_tree(std::path::Path::new(&root), &folder);
    let site = Site::new(files, Config::default());
    let mut counts = std::collections::BTreeMap::new();
    for problem in site.problems() {
        if only.as_ref().is_some_and(|o| !o.split(',').any(|o| o == problem.code.name())) {
            continue;
        }
        *counts.entry((problem.code, problem.severity)).or_insert(0) += 1;
        let (place, line) = match &problem.path {
            Some(path) => {
                let text = site.files.iter().find(|f| f.path == *path).map_or("", |f| f.text.as_str());
                let index = LineIndex::new(text.as_bytes());
                let at = index.position(problem.span.start as usize);
                let marked =
                    text.get(problem.span.range()).unwrap_or("").chars().take(80).collect::<String>();
                (format!("{path}:{}:{}", at.line, at.column), marked)
            }
            None => ("site".into(), String::new()),
        };
        println!(
            "{place}: {:?} {}: {} [{}]",
            problem.severity,
            problem.code,
            problem.message,
            line.replace('\n', "⏎")
        );
        for label in &problem.labels {
            println!("      - {}", label.message);
        }
    }
    for ((code, severity), n) in counts {
        println!("{n:5} {severity:?} {code}");
    }
}
