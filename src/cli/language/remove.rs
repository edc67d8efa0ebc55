//! `guidepost language remove`: a language goes out of `site.yaml`, and its files out of the way.
//!
//! Its pages cannot stay in `content/`: they would be pages of the main language. So they are set aside beside it, with
//! `site.yaml` as it was, or deleted when that is asked for. Files go first: when one cannot, `site.yaml` stays as it is.

use super::super::args::LanguageRemoveArgs;
use super::super::opened::ReadOnlySite;
use super::super::report::count;
use super::{Stop, lines, open, settings, write};
use crate::check::lock;
use crate::config::edit;
use crate::diag::closest;
use crate::source::SourcePath;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder in the site's folder in which languages are set aside.
pub(super) const ASIDE: &str = "set-aside";

pub(super) fn run(args: &LanguageRemoveArgs) -> Result<String, Stop> {
    let opened = open(&args.root)?;
    let config = opened.engine.config().clone();
    let Some(language) = config.language(&args.code) else {
        let known: Vec<&str> = config.languages.iter().map(|l| l.code.as_str()).collect();
        let near = crate::config::language::suggested(&args.code).filter(|tag| known.contains(&tag.as_str()));
        let near = near.as_deref().or_else(|| closest(&args.code, known.iter().copied()));
        let near = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
        let problem =
            format!("{} is no language of this site.{near} Its languages: {}.", args.code, known.join(", "));
        return Err(Stop::Because(problem));
    };
    let (code, name) = (language.code.as_str(), language.name.as_str());
    if code == config.default_language() {
        let problem = format!(
            "{name} ({code}) is the main language: its pages lie in content/ itself, and the others are translations of them. It cannot be taken out."
        );
        return Err(Stop::Because(problem));
    }
    let source = settings(&opened)?;
    let old = source.utf8().unwrap_or_default();
    let edit = edit::remove(&source, code)?;
    let text = edit.apply(old);
    let root = opened.session.files.mounts().root().to_path_buf();
    let files = files(&root, code);
    let pages = opened.engine.documents().filter(|document| *document.lang == *code).count();
    let locked = locked(&root, code, config.base_url.as_deref());
    let mut said = Vec::new();
    let removed = old.lines().count().saturating_sub(text.lines().count());
    let verb = if args.dry_run { "Would take" } else { "Took" };
    let changed = count(removed.max(edit.fixes.len()), "line", "lines");
    said.push(format!("{verb} {name} ({code}) out of site.yaml: {changed} changed or deleted."));
    let place = aside(&root, code);
    let shown = place.strip_prefix(&root).unwrap_or(&place).display().to_string();
    if !files.is_empty() {
        let listed: Vec<String> = files.iter().map(|path| named(path, pages)).collect();
        said.push(match (args.delete, args.dry_run) {
            (true, true) => format!("Would delete {}.", all(&listed)),
            (true, false) => format!("Deleted {}.", all(&listed)),
            (false, true) => {
                format!("Would set aside in {shown}: {}. With --delete it is deleted.", all(&listed))
            }
            (false, false) => format!(
                "Set aside in {shown}: {}, and site.yaml as it was. Delete the folder when nobody needs it.",
                all(&listed)
            ),
        });
    }
    if let Some((_, number)) = &locked {
        said.push(format!(
            "urls.lock: {} below {code}/ {} promised any more.",
            count(*number, "address", "addresses"),
            if *number == 1 { "is not" } else { "are not" }
        ));
    }
    if !edit.left.is_empty() {
        said.push(format!(
            "A text in {name} alone is for you to translate or delete: {} of site.yaml.",
            lines(&edit.left, old, &text)
        ));
    }
    if args.dry_run {
        said.push("Nothing was changed.".to_owned());
        return Ok(said.join("\n"));
    }
    let moved = clear(&root, &place, &files, args.delete, old);
    moved.map_err(|(path, error)| {
        Stop::Because(format!("{path} could not be moved or deleted: {error}. site.yaml was left as it was."))
    })?;
    write(&opened, &source.path, &text)?;
    if let Some((text, _)) = &locked {
        keep(&opened, text)?;
    }
    Ok(said.join("\n"))
}

/// What the site has of a language beside `site.yaml`: paths from its folder.
fn files(root: &Path, code: &str) -> Vec<String> {
    let places =
        [("content/", ""), ("kinds/", ".yaml"), ("translations/", ".yaml"), ("translations/", ".yml")];
    let all = places.map(|(folder, end)| format!("{folder}{code}{end}"));
    all.into_iter().filter(|path| fs::symlink_metadata(root.join(path)).is_ok()).collect()
}

/// "content/ar with 43 pages", "translations/ar.yaml".
fn named(path: &str, pages: usize) -> String {
    match path.starts_with("content/") {
        true => format!("{path} with {}", count(pages, "page", "pages")),
        false => path.to_owned(),
    }
}

/// "a", "a and b", "a, b and c".
fn all(names: &[String]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.join(""),
    }
}

/// A folder that is not there yet.
fn aside(root: &Path, code: &str) -> PathBuf {
    let names = std::iter::once(code.to_owned()).chain((2..1000).map(|number| format!("{code}-{number}")));
    let mut places = names.map(|name| root.join(ASIDE).join(name));
    places.find(|place| fs::symlink_metadata(place).is_err()).unwrap_or_else(|| root.join(ASIDE).join(code))
}

/// Sets the files aside, or deletes them; a file that could not be moved is named.
fn clear(
    root: &Path,
    place: &Path,
    files: &[String],
    delete: bool,
    settings: &str,
) -> Result<(), (String, std::io::Error)> {
    for path in files {
        let from = root.join(path);
        let done = if delete {
            let is_folder = fs::symlink_metadata(&from).is_ok_and(|found| found.is_dir());
            if is_folder { fs::remove_dir_all(&from) } else { fs::remove_file(&from) }
        } else {
            let to = place.join(path);
            let folder = to.parent().map_or(Ok(()), fs::create_dir_all);
            folder.and_then(|()| fs::rename(&from, &to))
        };
        done.map_err(|error| (path.clone(), error))?;
    }
    if delete || files.is_empty() {
        return Ok(());
    }
    fs::write(place.join("site.yaml"), settings).map_err(|error| ("site.yaml".to_owned(), error))
}

/// `urls.lock` without the addresses of the language, and how many those were; none when it has none.
fn locked(root: &Path, code: &str, base_url: Option<&str>) -> Option<(String, usize)> {
    let text = fs::read_to_string(root.join(lock::FILE)).ok()?;
    let start = format!("{code}/");
    let gone: Vec<_> =
        lock::read(&text, base_url).into_iter().filter(|p| p.address.starts_with(&start)).collect();
    if gone.is_empty() {
        return None;
    }
    let mut at = 0;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at += line.len();
        if !gone.iter().any(|published| range.contains(&(published.span.start as usize))) {
            out.push_str(line);
        }
    }
    Some((out, gone.len()))
}

fn keep(opened: &ReadOnlySite, text: &str) -> Result<(), Stop> {
    let path = SourcePath::new(lock::FILE).map_err(|error| error.to_string())?;
    write(opened, &path, text)
}
