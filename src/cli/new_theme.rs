//! `guidepost new theme`: a theme to start from, in `themes/`. It is `themes/plain` of the repository, under another name and with the words
//! of the site's languages alone; with `--extends` it is `themes/extending`, which is laid over another theme.
//!
//! Nothing that exists is written over, and nothing else is changed: the site goes on with its theme until `site.yaml` names
//! another one.

use super::args::NewThemeArgs;
use super::report::{self, count};
use super::{Files, Outcome};
use crate::config::site::THEME;
use crate::config::{edit, yaml};
use crate::diag::closest;
use crate::io::{Disk, RealDisk, absent, names};
use crate::schema::inherited;
use crate::source::{Prefixes, Source, SourcePath};
use std::collections::BTreeSet;
use std::path::Path;

/// The words that stand in for those of any language.
const ENGLISH: &str = "en";

/// What the file says that a theme is.
const ABOUT: &str = "theme.yaml";

/// Runs the command.
pub fn run(args: &NewThemeArgs) -> Outcome {
    match make(&args.root.root, &args.name, args.extends.as_deref()) {
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

/// Makes the theme, laid over the theme `extends` if one is named; gives what to say.
fn make(root: &Path, name: &str, extends: Option<&str>) -> Result<String, String> {
    if let Some(problem) = absent::settings(&RealDisk, root) {
        return Err(format!("{}.", problem.message));
    }
    refuse_name(name)?;
    let folder = root.join("themes").join(name);
    if RealDisk.stat(&folder).is_ok() {
        return Err(format!("themes/{name} is there already; it was left as it is. Choose another name."));
    }
    let skeleton = match extends {
        None => super::bundle().plain(),
        Some(extended) => over(root, extended)?,
    };
    let languages = languages(root);
    let wanted: BTreeSet<&str> = languages.iter().flat_map(|tag| inherited(tag)).chain([ENGLISH]).collect();
    let is_wanted = |path: &str| words_of(path).is_none_or(|lang| wanted.contains(lang));
    let files: Vec<(&str, Vec<u8>)> = skeleton
        .iter()
        .filter(|(path, _)| is_wanted(path))
        .map(|(path, bytes)| {
            (path.as_str(), if path == ABOUT { own(bytes, name, extends) } else { bytes.to_vec() })
        })
        .collect();
    for (path, bytes) in &files {
        let real = folder.join(path);
        let made = real.parent().map_or(Ok(()), |above| RealDisk.create_folders(above));
        made.and_then(|()| RealDisk.write_new(&real, bytes))
            .map_err(|error| format!("themes/{name}/{path} could not be made: {error}."))?;
    }
    let mut said = format!(
        "Made the theme {name} in themes/{name}: {}. Each begins with what it is for; theme.yaml lists them.\n",
        count(files.len(), "file", "files")
    );
    let Some(extended) = extends else {
        let has_words = |tag: &&String| {
            inherited(tag).any(|tag| skeleton.iter().any(|(path, _)| words_of(path) == Some(tag)))
        };
        let without: Vec<&str> = languages.iter().filter(|tag| !has_words(tag)).map(String::as_str).collect();
        if !without.is_empty() {
            said.push_str(&format!(
                "It has no words in {}; they are in English until translations/ has a file for each.\n",
                without.join(", ")
            ));
        }
        said.push_str(&format!(
            "Nothing uses it yet. Write this line into site.yaml, in place of theme: and the lines indented below it:\n  theme: {name}\n\
             It has few boxes and kinds of its own. Pages that use those of another theme are told at their lines, and the last good site stays. \
             To keep all that {THEME} has, and change parts of it: guidepost new theme NAME --extends {THEME}\n\
             Then see it in your browser:\n  guidepost serve --open"
        ));
        return Ok(said);
    };
    said.push_str(&format!(
        "It is laid over {extended}: what it does not have comes from there. Nothing uses it yet. In site.yaml, below theme:, write its name; the \
         settings there stay:\n  theme:\n    name: {name}\n\
         Then see it in your browser:\n  guidepost serve --open"
    ));
    Ok(said)
}

/// The files of a theme that is laid over the one of that name: all that can be shown of the program's, whose blocks are known, and
/// of another theme what it says of itself.
fn over(root: &Path, extended: &str) -> Result<Files, String> {
    let skeleton = super::bundle().extending();
    if extended == THEME {
        return Ok(skeleton);
    }
    let folders = std::fs::read_dir(root.join("themes")).into_iter().flatten().flatten();
    let mut there: Vec<String> = folders
        .filter(|folder| RealDisk.stat(&folder.path().join(ABOUT)).is_ok())
        .map(|folder| folder.file_name().to_string_lossy().into_owned())
        .chain([THEME.to_owned()])
        .collect();
    there.sort();
    there.dedup();
    if there.iter().any(|theme| theme == extended) {
        return Ok(skeleton.into_iter().filter(|(path, _)| path == ABOUT).collect());
    }
    let near = closest(extended, there.iter().map(String::as_str));
    let near = near.map_or(String::new(), |near| format!(" Did you mean {near}?"));
    Err(format!("There is no theme {extended} to extend; there is {}.{near}", there.join(", ")))
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

/// `theme.yaml` with the name of the new theme, and with places for what only its author knows. Of one that extends another
/// theme than the program's nothing is known but that.
fn own(bytes: &[u8], name: &str, extends: Option<&str>) -> Vec<u8> {
    let title = SourcePath::new(name).map(|path| Prefixes::Name.title(&path, "en")).unwrap_or_default();
    let mut out = String::new();
    let other = extends.filter(|extended| *extended != THEME).map(|extended| {
        format!(
            "# What this theme says of itself. It is laid over the theme {extended}: what it does not have comes from there.\n\
             title: x\nversion: 0.1.0\nextends: {}\ndescription: x\nauthor: x\nlicense: x\n",
            yaml::quoted(extended)
        )
    });
    let bytes = other.as_deref().map_or(bytes, str::as_bytes);
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
