//! `guidepost translations`: which pages are translated, and whether the translation still fits.
//!
//! With `--mark` it stamps translations as made from the original's present text. All or nothing: when one of the
//! pages cannot be stamped, none is written.

use super::Outcome;
use super::args::{Format, TranslationsArgs};
use super::opened::{self, ReadOnlySite};
use super::report::{self, count};
use crate::diag::closest;
use crate::document::{Document, stamp};
use crate::render::Plain;
use crate::site::{Progress, led_back, stamp_of, translations};
use crate::source::{Source, SourcePath};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Runs the command.
pub fn run(args: &TranslationsArgs) -> Outcome {
    let opened = match opened::open(&args.root, opened::Needs::Pages) {
        Ok(opened) => opened,
        Err(outcome) => return outcome,
    };
    let config = opened.engine.config().clone();
    if let Some(lang) = &args.lang
        && !config.languages.iter().skip(1).any(|l| l.code == *lang)
    {
        let others: Vec<&str> = config.languages.iter().skip(1).map(|l| l.code.as_str()).collect();
        let known = match others.is_empty() {
            true => "The site has one language only.".to_owned(),
            false => format!("The pages are translated into: {}.", others.join(", ")),
        };
        report::say(format_args!("{lang} is no language into which this site is translated. {known}"));
        return Outcome::CouldNotRun;
    }
    let mut all = opened.engine.world().map(|world| translations(&world.site)).unwrap_or_default();
    all.retain(|p| args.lang.as_ref().is_none_or(|lang| **lang == *p.code));
    if args.mark_all {
        let stale = all
            .iter()
            .flat_map(|p| p.outdated.iter().chain(&p.unstamped).chain(&p.faulty))
            .cloned()
            .collect();
        return mark(&opened, stale);
    }
    if !args.mark.is_empty() {
        return match chosen(&opened, &args.mark) {
            Ok(paths) => mark(&opened, paths),
            Err(problems) => {
                report::say(format_args!("{}\nNothing was written.", problems.join("\n")));
                Outcome::CouldNotRun
            }
        };
    }
    if args.format == Format::Json {
        links(&opened, &mut all);
        for progress in &all {
            report::tell(data(progress, config.language(&progress.code).map_or("", |l| l.name.as_str())));
        }
        return Outcome::Clean;
    }
    if all.is_empty() {
        report::tell("The site has one language. Others are listed in site.yaml, under languages.");
    }
    links(&opened, &mut all);
    let mut example = None;
    for progress in &all {
        let language = config.language(&progress.code);
        let listing = listing(progress, language.map_or("", |l| l.name.as_str()));
        report::tell(listing.strip_suffix('\n').unwrap_or(&listing));
        example = example.or(progress.outdated.first().or(progress.unstamped.first()));
    }
    if let Some(path) = example {
        report::tell(format_args!(
            "When a page says again what its original says: guidepost translations --mark {}",
            below_content(path)
        ));
    }
    Outcome::Clean
}

/// Adds the headings to which links lead and that translations lack.
fn links(opened: &ReadOnlySite, all: &mut [Progress]) {
    let Some(world) = opened.engine.world() else { return };
    let plain = Plain(world);
    for document in opened.engine.documents() {
        let Some(bytes) = opened.engine.page_bytes(&document.path) else { continue };
        let source = Source::new(document.path.clone(), bytes);
        let config = opened.engine.config();
        let text = crate::document::page_text(&source, document, config.raw_html, &config.values);
        for (view, tree) in (0..).zip(&world.site.trees) {
            let shown =
                || tree.find(&document.logical).is_some_and(|(_, n)| n.document.path == document.path);
            let Some(progress) = all.iter_mut().find(|p| p.code == tree.code).filter(|_| shown()) else {
                continue;
            };
            let links = text.links.iter().filter(|link| link.target.contains('#'));
            for gap in
                links.filter_map(|link| led_back(&world.site, &plain, &document.path, view, &link.target))
            {
                if !progress.gaps.iter().any(|known| known.path == gap.path && known.id == gap.id) {
                    progress.gaps.push(gap);
                }
            }
        }
    }
    for progress in all {
        progress.gaps.sort();
    }
}

/// The pages named on the command line; or what is wrong with each that cannot be marked.
fn chosen(opened: &ReadOnlySite, names: &[String]) -> Result<Vec<SourcePath>, Vec<String>> {
    let (mut paths, mut problems) = (Vec::new(), Vec::new());
    let all: Vec<&str> = opened.engine.documents().map(|d| below_content(&d.path)).collect();
    for name in names {
        let path = match opened.content_path(name) {
            Ok(path) => path,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        if document(opened, &path).is_some() {
            paths.push(path);
            continue;
        }
        let near = closest(below_content(&path), all.iter().copied());
        let near = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
        problems.push(format!("There is no page {path}.{near}"));
    }
    if problems.is_empty() { Ok(paths) } else { Err(problems) }
}

fn document<'a>(opened: &'a ReadOnlySite, path: &SourcePath) -> Option<&'a Document> {
    opened.engine.documents().find(|d| d.path == *path).map(|d| &**d)
}

/// The stamp of a translation's original, or why it has none.
fn original_stamp(opened: &ReadOnlySite, path: &SourcePath) -> Result<(String, bool), String> {
    let config = opened.engine.config();
    let page = document(opened, path).ok_or_else(|| format!("There is no page {path}."))?;
    if *page.lang == *config.default_language() {
        let other = config.languages.get(1).map_or("es", |l| l.code.as_str());
        return Err(format!(
            "{path} is an original, not a translation. Its translation stands in content/{other}/{}.",
            page.logical
        ));
    }
    let original = SourcePath::new(&format!("content/{}", page.logical)).ok();
    let original = original.and_then(|original| document(opened, &original));
    let original = original.ok_or_else(|| {
        format!("{path} translates no page: content/{} does not exist. Was it renamed?", page.logical)
    })?;
    let stamp = stamp_of(original);
    let current = page.summary.translated_from.as_deref() == Some(&stamp);
    Ok((stamp, current))
}

/// Stamps pages as translations of their originals' present text.
fn mark(opened: &ReadOnlySite, mut paths: Vec<SourcePath>) -> Outcome {
    paths.sort();
    paths.dedup();
    let files = &opened.session.files;
    let (mut ready, mut problems, mut current) = (Vec::new(), Vec::new(), 0);
    for path in &paths {
        match original_stamp(opened, path) {
            Ok((_, true)) => current += 1,
            Ok((text, false)) => {
                let bytes = crate::engine::Loader::load(files.as_ref(), path);
                let stamped = bytes
                    .ok_or_else(|| "it cannot be read".to_owned())
                    .and_then(|bytes| stamp(&Source::new(path.clone(), bytes), &text));
                match stamped {
                    Ok(bytes) => ready.push((path, bytes)),
                    Err(why) => problems.push(format!("{path} cannot be marked: {why}.")),
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        report::say(format_args!("{}\nNothing was written.", problems.join("\n")));
        return Outcome::Errors;
    }
    for (path, bytes) in &ready {
        let real = files.mounts().resolve(path);
        // Through a link, so that the file changes and not the link.
        let real = files.disk.canonical(&real).unwrap_or(real);
        if let Err(error) = files.disk.write_atomic(&real, bytes) {
            report::say(format_args!("{path} could not be written: {error}."));
            return Outcome::CouldNotRun;
        }
        report::tell(format_args!("Marked as up to date: {path}"));
    }
    if ready.is_empty() {
        report::tell(format_args!(
            "Nothing to mark: {} up to date.",
            match current {
                0 => "all translations are".to_owned(),
                n => format!("{} already", count(n, "page is", "pages are")),
            }
        ));
    }
    Outcome::Clean
}

/// `es/meetings/index.md`: how people name a page.
fn below_content(path: &SourcePath) -> &str {
    path.as_str().strip_prefix("content/").unwrap_or(path.as_str())
}

/// What is said of one language.
fn listing(progress: &Progress, name: &str) -> String {
    let mut out = String::new();
    let total = count(progress.total(), "page", "pages");
    let _ = writeln!(out, "{name} ({}): {} of {total} up to date.", progress.code, progress.current.len());
    let groups = [
        ("Outdated", "the original has changed since they were translated", &progress.outdated),
        ("Unstamped", "nothing says which state of the original they translate", &progress.unstamped),
        ("With a mistake", "readers see the original until it is mended", &progress.faulty),
        ("Missing", "readers see the original, with a notice", &progress.missing),
        ("Orphans", "there is no original of the same path", &progress.orphans),
        ("Current", "they fit their originals", &progress.current),
    ];
    for (title, about, paths) in groups {
        if paths.is_empty() {
            continue;
        }
        let _ = writeln!(out, "  {title}: {}; {about}.", count(paths.len(), "page", "pages"));
        for path in paths {
            let _ = writeln!(out, "    {path}");
        }
    }
    if !progress.gaps.is_empty() {
        let number = count(progress.gaps.len(), "entry or heading", "entries and headings");
        let _ = writeln!(out, "  Missing on pages: {number}; readers are led to the original.");
        for gap in &progress.gaps {
            let title = gap.title.as_ref().map_or_else(String::new, |title| format!(" ({title})"));
            let _ = writeln!(out, "    {}#{}{title}", gap.path, gap.id);
        }
    }
    out.push('\n');
    out
}

/// One language for other programs: the same lists, under the same names.
fn data(progress: &Progress, name: &str) -> Value {
    let paths = |paths: &[SourcePath]| paths.iter().map(|path| json!(path.as_str())).collect::<Value>();
    let gaps =
        progress.gaps.iter().map(|gap| json!({"path": gap.path.as_str(), "id": gap.id, "title": gap.title}));
    json!({
        "lang": &*progress.code,
        "name": name,
        "pages": progress.total(),
        "current": paths(&progress.current),
        "outdated": paths(&progress.outdated),
        "unstamped": paths(&progress.unstamped),
        "faulty": paths(&progress.faulty),
        "missing": paths(&progress.missing),
        "orphans": paths(&progress.orphans),
        "gaps": gaps.collect::<Value>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_in_plain_words() {
        let path = |p: &str| SourcePath::new(p).unwrap();
        let progress = Progress {
            code: "es".into(),
            missing: vec![path("content/es/a.md"), path("content/es/b.md")],
            outdated: vec![path("content/es/index.md")],
            ..Progress::default()
        };
        assert_eq!(
            listing(&progress, "Español"),
            "Español (es): 0 of 3 pages up to date.\n\
             \u{20} Outdated: 1 page; the original has changed since they were translated.\n    content/es/index.md\n\
             \u{20} Missing: 2 pages; readers see the original, with a notice.\n    content/es/a.md\n    content/es/b.md\n\n"
        );
    }
}
