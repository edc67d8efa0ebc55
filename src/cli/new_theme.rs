//! `guidepost new theme`: a theme to start from, in `themes/`. It is `themes/plain` of the repository, under another name and with the words
//! of the site's languages alone.
//!
//! Nothing that exists is written over, and nothing else is changed: the site goes on with its theme until `site.yaml` names
//! another one.

use super::Outcome;
use super::args::NewThemeArgs;
use super::report::{self, count};
use crate::config::site::THEME;
use crate::config::{edit, yaml};
use crate::io::{Disk, RealDisk, absent, names};
use crate::schema::inherited;
use crate::source::{Prefixes, Source, SourcePath};
use std::collections::BTreeSet;
use std::path::Path;

/// The words that stand in for those of any language.
const ENGLISH: &str = "en";

/// Runs the command.
pub fn run(args: &NewThemeArgs) -> Outcome {
    match make(&args.root.root, &args.name) {
        Ok(said) => {
            report::tell(said);
            Outcome::Clean
        }
        Err(problem) => {
            report::say(problem);
            Outcome::CouldNotRun
        }
    }
}

/// Makes the theme; gives what to say.
fn make(root: &Path, name: &str) -> Result<String, String> {
    if let Some(problem) = absent::settings(&RealDisk, root) {
        return Err(format!("{}.", problem.message));
    }
    refuse_name(name)?;
    let folder = root.join("themes").join(name);
    if RealDisk.stat(&folder).is_ok() {
        return Err(format!("themes/{name} is there already; it was left as it is. Choose another name."));
    }
    let languages = languages(root);
    let wanted: BTreeSet<&str> = languages.iter().flat_map(|tag| inherited(tag)).chain([ENGLISH]).collect();
    let skeleton = super::bundle().plain();
    let is_wanted = |path: &str| words_of(path).is_none_or(|lang| wanted.contains(lang));
    let files: Vec<(&str, Vec<u8>)> = skeleton
        .iter()
        .filter(|(path, _)| is_wanted(path))
        .map(|(path, bytes)| {
            (path.as_str(), if path == "theme.yaml" { own(bytes, name) } else { bytes.to_vec() })
        })
        .collect();
    for (path, bytes) in &files {
        let real = folder.join(path);
        let made = real.parent().map_or(Ok(()), |above| RealDisk.create_folders(above));
        made.and_then(|()| RealDisk.write_new(&real, bytes))
            .map_err(|error| format!("themes/{name}/{path} could not be made: {error}."))?;
    }
    let has_words = |tag: &&String| {
        inherited(tag).any(|tag| skeleton.iter().any(|(path, _)| words_of(path) == Some(tag)))
    };
    let without: Vec<&str> = languages.iter().filter(|tag| !has_words(tag)).map(String::as_str).collect();
    let mut said = format!(
        "Made the theme {name} in themes/{name}: {}. Each begins with what it is for; theme.yaml lists them.\n",
        count(files.len(), "file", "files")
    );
    if !without.is_empty() {
        said.push_str(&format!(
            "It has no words in {}; they are in English until translations/ has a file for each.\n",
            without.join(", ")
        ));
    }
    said.push_str(&format!(
        "Nothing uses it yet. Write this line into site.yaml, in place of theme: and the lines indented below it:\n  theme: {name}\n\
         It has few boxes and kinds of its own. Pages that use those of another theme are told at their lines, and the last good site stays.\n\
         Then see it in your browser:\n  guidepost serve --open"
    ));
    Ok(said)
}

/// The language whose words a file of the theme holds.
fn words_of(path: &str) -> Option<&str> {
    path.strip_prefix("translations/")?.strip_suffix(".yaml")
}

/// Why a theme cannot have that name.
fn refuse_name(name: &str) -> Result<(), String> {
    if name == THEME {
        return Err(format!(
            "{name} is the theme that comes with Guidepost, and a folder of that name would stand in for all of it. Choose another \
             name; `guidepost theme eject` takes single files of it."
        ));
    }
    let is_path = SourcePath::new(name).is_ok_and(|path| path.as_str() == name);
    if !is_path || name.contains(['/', '\\', ':']) || names::junk(name) {
        return Err(format!("{name} cannot be the name of a theme. Write it as district or our-school."));
    }
    match names::windows_trouble(name) {
        Some(why) => Err(format!("{name} cannot be the name of a theme: {why}.")),
        None => Ok(()),
    }
}

/// The languages that `site.yaml` lists.
fn languages(root: &Path) -> Vec<String> {
    let source = std::fs::read(root.join("site.yaml")).ok();
    let source = source.and_then(|bytes| Some(Source::new(SourcePath::new("site.yaml").ok()?, bytes)));
    edit::listed(source.as_ref())
}

/// `theme.yaml` with the name of the new theme, and with places for what only its author knows.
fn own(bytes: &[u8], name: &str) -> Vec<u8> {
    let title = SourcePath::new(name).map(|path| Prefixes::Name.title(&path, "en")).unwrap_or_default();
    let mut out = String::new();
    for line in String::from_utf8_lossy(bytes).split_inclusive('\n') {
        match line.split_once(':').map_or("", |(key, _)| key) {
            "title" => out.push_str(&format!("title: {}\n", yaml::quoted(&title))),
            "description" => out.push_str("# description: One sentence on the theme.\n"),
            "author" => out.push_str("# author: Your name\n"),
            "license" => out.push_str(
                "# license: MIT\n# What these files began as comes with Guidepost, under MIT or Apache 2.0, as you like.\n",
            ),
            _ => out.push_str(line),
        }
    }
    out.into_bytes()
}
