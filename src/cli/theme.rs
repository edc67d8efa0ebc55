//! `guidepost theme`: single files of the theme that comes with the program, taken into the site to be changed, and what became
//! of them in the program since.
//!
//! An ejected file begins with a note that says of which version it is and what the file was then. So [`status`] can tell
//! whether the program's has changed since, whatever the site made of its own.

use super::Outcome;
use super::args::{EjectArgs, RootArgs, ThemeCommand, ThemeStatusArgs};
use super::report::{self, count};
use crate::config::site::THEME;
use crate::diag::{Diagnostic, Severity, closest, code};
use crate::io::{Disk, RealDisk, absent, names};
use crate::source::{Fingerprint, SourcePath, Span};
use std::collections::BTreeMap;
use std::path::Path;

/// The folders of a site that stand in for those of a theme.
const FOLDERS: [&str; 4] = ["templates", "assets", "kinds", "translations"];

/// How the note of an ejected file begins.
const NOTE: &str = "From the theme of Guidepost ";

/// Runs the command.
pub fn run(command: &ThemeCommand) -> Outcome {
    let done = match command {
        ThemeCommand::Eject(args) => eject(args),
        ThemeCommand::Status(args) => status(args),
    };
    match done {
        Ok(said) => {
            report::tell(said.trim_end());
            Outcome::Clean
        }
        Err(problem) => {
            report::say(problem);
            Outcome::CouldNotRun
        }
    }
}

/// The name of a file of the theme for people: `page.html`, `assets/style.css`.
pub fn short(inner: &str) -> &str {
    inner.strip_prefix("templates/").unwrap_or(inner)
}

/// Where in the site a file stands that replaces one of the theme; none when there is no such place.
pub fn place(inner: &str) -> Option<&str> {
    let (folder, _) = inner.split_once('/')?;
    FOLDERS.contains(&folder).then_some(inner)
}

/// The files of the theme by their paths.
fn theme() -> BTreeMap<String, &'static [u8]> {
    super::bundle().theme().into_iter().collect()
}

/// The folder of a site; the reason when it is none.
fn site(args: &RootArgs) -> Result<&Path, String> {
    match absent::settings(&RealDisk, &args.root) {
        Some(problem) => Err(format!("{}.", problem.message)),
        None => Ok(&args.root),
    }
}

/// Whether the site has a copy of the whole theme.
fn has_copy(root: &Path) -> bool {
    let entries = RealDisk.list(&root.join("themes").join(THEME)).unwrap_or_default();
    entries.iter().any(|entry| !names::junk(&entry.name.to_string_lossy()))
}

// --- Ejecting

fn eject(args: &EjectArgs) -> Result<String, String> {
    let root = site(&args.root)?;
    if has_copy(root) {
        return Err(format!(
            "This site has its own copy of the whole theme in themes/{THEME}, and every file of it can be changed there."
        ));
    }
    let theme = theme();
    let files: Vec<(String, Vec<u8>)> = if args.all {
        theme.iter().map(|(inner, bytes)| (format!("themes/{THEME}/{inner}"), bytes.to_vec())).collect()
    } else {
        let found: Vec<&str> = args.files.iter().map(|name| named(name, &theme)).collect::<Result<_, _>>()?;
        found.iter().filter_map(|inner| Some((inner.to_string(), noted(inner, theme.get(*inner)?)))).collect()
    };
    if let Some((path, _)) = files.iter().find(|(path, _)| RealDisk.stat(&root.join(path)).is_ok()) {
        return Err(format!(
            "{path} is in this site already, and is used instead of the theme's; nothing was written. \
             `guidepost theme status` shows how the two differ."
        ));
    }
    for (path, bytes) in &files {
        let real = root.join(path);
        let made = real.parent().map_or(Ok(()), |folder| RealDisk.create_folders(folder));
        made.and_then(|()| RealDisk.write_new(&real, bytes))
            .map_err(|error| format!("{path} could not be made: {error}."))?;
    }
    Ok(match args.all {
        true => format!(
            "Copied the whole theme to themes/{THEME} ({}). From now on your copy is used, and stays as it is when Guidepost \
             gets newer; `guidepost theme status` tells what differs then.",
            count(files.len(), "file", "files")
        ),
        false => {
            let list: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
            format!(
                "Copied {}. From now on your copy is used; the rest of the theme stays that of the program.",
                list.join(", ")
            )
        }
    })
}

/// The file of the theme that people call so.
fn named<'t>(name: &str, theme: &'t BTreeMap<String, &'static [u8]>) -> Result<&'t str, String> {
    let plain = name.replace('\\', "/");
    let plain = plain.strip_prefix("theme:").unwrap_or(&plain);
    let plain = plain.strip_prefix("./").unwrap_or(plain);
    let plain = plain.strip_prefix(&format!("themes/{THEME}/")).unwrap_or(plain);
    let mut ways = std::iter::once(plain.to_owned()).chain(FOLDERS.map(|folder| format!("{folder}/{plain}")));
    let found = ways.find_map(|way| theme.get_key_value(&way).map(|(inner, _)| inner.as_str()));
    match found.map(|inner| (inner, place(inner))) {
        Some((_, Some(inner))) => Ok(inner),
        Some((inner, None)) => Err(format!(
            "{inner} has no place of its own in a site. Kinds and fields are added to in site.yaml, under kinds:. \
             `guidepost theme eject --all` copies the whole theme."
        )),
        None => {
            let all = theme.keys().flat_map(|inner| [short(inner), inner.as_str()]);
            let near = closest(plain, all).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            Err(format!("The theme has no file {name}.{near} `guidepost theme status --files` lists all."))
        }
    }
}

/// A file with its note on top.
fn noted(inner: &str, bytes: &[u8]) -> Vec<u8> {
    let note = format!(
        "{NOTE}{} ({:016x}). `guidepost theme status` tells when the original changes.",
        env!("CARGO_PKG_VERSION"),
        Fingerprint::of(bytes).low()
    );
    let line = match (inner.starts_with("templates/"), inner.rsplit('.').next().unwrap_or_default()) {
        (true, _) => format!("{{#- {note} -#}}\n"),
        (_, "css" | "js") => format!("/* {note} */\n"),
        (_, "svg" | "html") => format!("<!-- {note} -->\n"),
        (_, "yaml" | "yml") => format!("# {note}\n"),
        _ => String::new(),
    };
    [line.as_bytes(), bytes].concat()
}

/// What the note of a file says: the version, and what the file was; and the file without its note.
fn read_note(text: &[u8]) -> (Option<(String, u64)>, &[u8]) {
    let end = text.iter().position(|b| *b == b'\n').map_or(text.len(), |at| at + 1);
    let first = String::from_utf8_lossy(&text[..end]);
    let said = first.split_once(NOTE).and_then(|(_, said)| {
        let (version, rest) = said.split_once(" (")?;
        Some((version.to_owned(), u64::from_str_radix(rest.split_once(')')?.0, 16).ok()?))
    });
    let rest = if said.is_some() { &text[end..] } else { text };
    (said, rest)
}

// --- What became of it

/// A file of the site in place of one of the theme.
struct Own {
    /// Its path in the site and in the theme.
    path: String,
    /// The version that it was ejected from, and what the theme's file was then.
    from: Option<(String, u64)>,
    /// Its text without the note.
    text: Vec<u8>,
    /// The theme's.
    theirs: &'static [u8],
}

impl Own {
    fn same(&self) -> bool {
        self.text == self.theirs
    }

    /// Whether the theme's file is another one than the one that was ejected.
    fn older(&self) -> bool {
        self.from.as_ref().is_some_and(|(_, print)| *print != Fingerprint::of(self.theirs).low())
    }
}

/// The files of the site that stand in for files of the theme.
fn own(root: &Path, theme: &BTreeMap<String, &'static [u8]>) -> Vec<Own> {
    let own = |(inner, theirs): (&String, &&'static [u8])| {
        let path = place(inner)?.to_owned();
        let real = root.join(&path);
        let stat = RealDisk.stat_target(&real).ok()?;
        let mut bytes = Vec::new();
        RealDisk.read(&real, stat.size, &mut bytes).ok()?;
        let (from, text) = read_note(&bytes);
        // Translations are merged key by key: a file of the site that was not ejected replaces nothing as a whole.
        let whole = from.is_some() || !path.starts_with("translations/");
        whole.then(|| Own { text: text.to_vec(), path, from, theirs })
    };
    theme.iter().filter_map(own).collect()
}

/// That a file of the theme has changed since the site's was ejected, for `check`.
pub fn outdated(root: &Path) -> Vec<Diagnostic> {
    if has_copy(root) {
        return Vec::new();
    }
    let older = own(root, &theme()).into_iter().filter(Own::older);
    let told = older.filter_map(|own| {
        let path = SourcePath::new(&own.path).ok()?;
        let message = format!("theme:{} has changed since this copy of it was made", short(&own.path));
        let help = "`guidepost theme status` shows how the two differ; delete the copy to have the theme's file again";
        Some(Diagnostic::new(code::THEME_CHANGED, Severity::Note, &path, Span::default(), message).help(help))
    });
    told.collect()
}

fn status(args: &ThemeStatusArgs) -> Result<String, String> {
    let root = site(&args.root)?;
    let theme = theme();
    let version = env!("CARGO_PKG_VERSION");
    if args.files {
        return Ok(theme
            .keys()
            .filter_map(|inner| place(inner))
            .map(|inner| format!("{}\n", short(inner)))
            .collect());
    }
    if has_copy(root) {
        return Ok(copy_status(root, &theme, version));
    }
    let own = own(root, &theme);
    if own.is_empty() {
        return Ok(format!("All files of the theme are those of Guidepost {version}."));
    }
    let older = own.iter().filter(|own| own.older()).count();
    let mut said = format!(
        "Of the theme of Guidepost {version}, this site replaces {}; {older} changed in the theme since.\n",
        count(own.len(), "file", "files")
    );
    for own in &own {
        let about = match (&own.from, own.same(), own.older()) {
            (_, true, _) => "is the same as the theme's; delete it, and it stays so".to_owned(),
            (Some((from, _)), _, true) => {
                format!("was taken from Guidepost {from}, and the theme's has changed since")
            }
            (Some((from, _)), ..) => {
                format!("was taken from Guidepost {from}; the theme's is as it was then")
            }
            (None, ..) => "does not say from which version it was taken".to_owned(),
        };
        said.push_str(&format!("\n{} {about}.\n", own.path));
        if !own.same() {
            said.push_str(&difference(own.theirs, &own.text));
        }
    }
    Ok(said)
}

/// What tells a site's copy of the whole theme from the one of the program.
fn copy_status(root: &Path, theme: &BTreeMap<String, &'static [u8]>, version: &str) -> String {
    let folder = root.join("themes").join(THEME);
    let read = |inner: &String| {
        let real = folder.join(inner);
        let stat = RealDisk.stat_target(&real).ok()?;
        let mut bytes = Vec::new();
        RealDisk.read(&real, stat.size, &mut bytes).ok().map(|()| bytes)
    };
    let (mut differ, mut lacking) = (Vec::new(), Vec::new());
    for (inner, theirs) in theme {
        match read(inner) {
            Some(bytes) if bytes == *theirs => {}
            Some(_) => differ.push(inner.as_str()),
            None => lacking.push(inner.as_str()),
        }
    }
    let mut said = format!(
        "This site has its own copy of the theme in themes/{THEME}. It is used instead of the one of Guidepost {version}"
    );
    said.push_str(match (differ.is_empty(), lacking.is_empty()) {
        (true, true) => ", and is the same: delete the folder, and the theme stays as new as the program.\n",
        _ => ".\n",
    });
    for (what, list) in [("Files that differ", &differ), ("Files that it lacks", &lacking)] {
        if !list.is_empty() {
            said.push_str(&format!("\n{what} ({}):\n", list.len()));
            list.iter().for_each(|inner| said.push_str(&format!("  {inner}\n")));
        }
    }
    said
}

/// The lines in which two texts differ, `-` in the theme's, `+` in the site's.
fn difference(theirs: &[u8], own: &[u8]) -> String {
    let (theirs, own) = (String::from_utf8_lossy(theirs), String::from_utf8_lossy(own));
    let diff = similar::TextDiff::from_lines(theirs.as_ref(), own.as_ref());
    let shown = diff.unified_diff().context_radius(1).to_string();
    shown.lines().map(|line| format!("  {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_read_as_they_were_written() {
        for inner in [
            "templates/page.html",
            "templates/brand.css",
            "assets/style.css",
            "assets/a.svg",
            "translations/en.yaml",
        ] {
            let text = noted(inner, b"first\nsecond\n");
            let (note, rest) = read_note(&text);
            let (version, print) = note.unwrap();
            assert_eq!(
                (version.as_str(), print),
                (env!("CARGO_PKG_VERSION"), Fingerprint::of(b"first\nsecond\n").low())
            );
            assert_eq!(rest, b"first\nsecond\n", "{inner}");
        }
        assert_eq!(read_note(b"no note\n"), (None, &b"no note\n"[..]));
        assert_eq!(read_note(b""), (None, &b""[..]));
    }

    #[test]
    fn files_are_found_by_every_name_that_people_write() {
        let theme: BTreeMap<String, &'static [u8]> =
            ["templates/page.html", "assets/style.css", "translations/en.yaml", "kinds.yaml"]
                .map(|inner| (inner.to_owned(), &b"x"[..]))
                .into();
        for name in
            ["page.html", "templates/page.html", "theme:page.html", "themes/parent-guide/templates/page.html"]
        {
            assert_eq!(named(name, &theme), Ok("templates/page.html"), "{name}");
        }
        assert_eq!(named("style.css", &theme), Ok("assets/style.css"));
        assert_eq!(named("en.yaml", &theme), Ok("translations/en.yaml"));
        assert!(named("kinds.yaml", &theme).unwrap_err().contains("site.yaml, under kinds:"));
        assert!(named("pages.html", &theme).unwrap_err().contains("Did you mean page.html?"));
    }
}
