//! The steps of the manual's page "A theme, step by step", read from the page itself.
//!
//! The sentence before a block says what to do with it: it is a file, it belongs at the end of one, before a line of one, or in the
//! place of a line; blocks of commands are run.

use super::{Run, Site, repository};
use std::fs;

/// What a reader of the page does.
#[derive(Debug, PartialEq)]
pub enum Step {
    Write { file: String, text: String },
    Append { file: String, text: String },
    Before { file: String, mark: String, text: String },
    Instead { file: String, mark: String, text: String },
    Run(Vec<String>),
}

/// All steps, in order.
pub fn steps() -> Vec<Step> {
    let page = fs::read_to_string(repository().join("docs/content/themes/tutorial.md")).unwrap();
    let mut steps = Vec::new();
    let (mut said, mut lines) = (String::new(), page.lines());
    while let Some(line) = lines.next() {
        let Some(sort) = line.strip_prefix("```") else {
            if !line.is_empty() {
                said = line.to_owned();
            }
            continue;
        };
        let text: String =
            lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        if sort == "sh" {
            let commands = text.lines().map(|line| line.strip_prefix("guidepost ").unwrap().to_owned());
            steps.push(Step::Run(commands.collect()));
        } else {
            steps.push(step(&said, text));
        }
    }
    steps
}

fn step(said: &str, text: String) -> Step {
    let said = said.strip_suffix("`:").unwrap_or_else(|| panic!("no step: {said}"));
    let one = |(before, mark): (&str, &str)| (before.rsplit('`').next().unwrap().to_owned(), mark.to_owned());
    if let Some((file, mark)) = said.split_once("`, before `").map(one) {
        return Step::Before { file, mark, text };
    }
    if let Some((file, mark)) = said.split_once("` instead of `").map(one) {
        return Step::Instead { file, mark, text };
    }
    let (before, file) = said.rsplit_once('`').unwrap();
    let file = file.to_owned();
    match before.ends_with("at the end of ") {
        true => Step::Append { file, text },
        false => Step::Write { file, text },
    }
}

/// Does one step in the folder of a site; gives what a command said.
pub fn take(site: &Site, step: &Step) -> Vec<Run> {
    let read = |file: &str| fs::read_to_string(site.root().join(file)).unwrap_or_else(|_| panic!("{file}"));
    let once = |file: &str, mark: &str| {
        let old = read(file);
        assert_eq!(old.matches(mark).count(), 1, "{mark} in {file}");
        old
    };
    match step {
        Step::Write { file, text } => {
            assert!(!site.root().join(file).exists(), "{file} is there already");
            site.file(file, text);
        }
        Step::Append { file, text } => {
            site.file(file, read(file) + text);
        }
        Step::Before { file, mark, text } => {
            site.file(file, once(file, mark).replacen(mark, &format!("{text}{mark}"), 1));
        }
        Step::Instead { file, mark, text } => {
            site.file(file, once(file, mark).replacen(mark, text.trim_end(), 1));
        }
        Step::Run(commands) => {
            let run = |line: &String| Run::of(site.command().args(line.split_whitespace()));
            return commands.iter().map(run).collect();
        }
    }
    Vec::new()
}
