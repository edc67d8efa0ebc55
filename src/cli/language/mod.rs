//! `guidepost language`: a language is added to the guide or taken out of it; how far each is.
//!
//! `add` and `remove` change `site.yaml` at the places concerned and leave every other byte (`config::edit`).

mod remove;
mod status;

use super::Outcome;
use super::args::{LanguageAddArgs, LanguageArgs, LanguageCommand, RootArgs};
use super::opened::{self, Needs, ReadOnlySite};
use super::report::{self, count};
use crate::config::edit::{self, Labels};
use crate::config::language::{is_known, language, suggested, tag};
use crate::schema::{Localized, inherited};
use crate::source::{Source, SourcePath, Span};
use std::io::ErrorKind;

/// Runs the command.
pub fn run(args: &LanguageArgs) -> Outcome {
    let said = match &args.command {
        LanguageCommand::Add(args) => add(args),
        LanguageCommand::Remove(args) => remove::run(args),
        LanguageCommand::Status(args) => status::run(args),
    };
    match said {
        Ok(said) => {
            report::tell(said.trim_end());
            Outcome::Clean
        }
        Err(Stop::Said(outcome)) => outcome,
        Err(Stop::Because(problem)) => {
            report::say(problem);
            Outcome::CouldNotRun
        }
    }
}

/// Why a command ends early.
enum Stop {
    /// It was printed.
    Said(Outcome),
    /// This is to be printed.
    Because(String),
}

impl From<String> for Stop {
    fn from(problem: String) -> Stop {
        Stop::Because(problem)
    }
}

fn open(root: &RootArgs) -> Result<ReadOnlySite, Stop> {
    opened::open(root, Needs::Pages).map_err(Stop::Said)
}

/// `site.yaml`.
fn settings(opened: &ReadOnlySite) -> Result<Source, Stop> {
    let none =
        || "There is no site.yaml. Make one with a title in it, such as title: Parent guide.".to_owned();
    let path = SourcePath::new("site.yaml").map_err(|error| error.to_string())?;
    let bytes = crate::engine::Loader::load(opened.session.files.as_ref(), &path).ok_or_else(none)?;
    Ok(Source::new(path, bytes))
}

/// Writes a file of the site over itself: through a link, so that the file changes and not the link.
fn write(opened: &ReadOnlySite, path: &SourcePath, text: &str) -> Result<(), Stop> {
    let files = &opened.session.files;
    let real = files.mounts().resolve(path);
    let real = files.disk.canonical(&real).unwrap_or(real);
    let written = files.disk.write_atomic(&real, text.as_bytes());
    written.map_err(|error| Stop::Because(format!("{path} could not be written: {error}.")))
}

/// The tag that is to be added, or what is wrong with it.
fn wanted(code: &str, opened: &ReadOnlySite) -> Result<String, String> {
    let config = opened.engine.config();
    let meant = |tag: String| format!(" Did you mean {tag}? guidepost language add {tag}");
    let suggestion = || suggested(code).map(meant).unwrap_or_default();
    let found = match tag(code) {
        Ok(found) => found,
        Err(_) => {
            let help = Some(suggestion()).filter(|help| !help.is_empty());
            let help = help.unwrap_or_else(|| " Write a tag such as vi or zh-Hans.".to_owned());
            return Err(format!("{code} is no tag of a language.{help}"));
        }
    };
    if config.language(&found).is_some() {
        return Err(format!(
            "{found} is a language of this site already. How far it is: guidepost language status"
        ));
    }
    if !inherited(&found).any(is_known) {
        let help = suggestion();
        let by_hand = match help.is_empty() {
            true => " If it is right, write its code: and its name: under languages in site.yaml.",
            false => "",
        };
        return Err(format!("Guidepost knows no language {found}.{help}{by_hand}"));
    }
    Ok(found)
}

fn add(args: &LanguageAddArgs) -> Result<String, Stop> {
    let before = open(&args.root)?;
    let code = wanted(&args.code, &before)?;
    let source = settings(&before)?;
    let file = SourcePath::new(&format!("kinds/{code}.yaml")).map_err(|error| error.to_string())?;
    let apart = crate::engine::Loader::load(before.session.files.as_ref(), &file).is_some();
    let edit = edit::add(&source, &code, if apart { Labels::Apart } else { Labels::Nowhere })?;
    let old = source.utf8().unwrap_or_default();
    let text = edit.apply(old);
    write(&before, &source.path, &text)?;
    let name = language(&code).name;
    let mut said = vec![format!(
        "Added {name} ({code}) to site.yaml, marked as unreviewed: its pages say that nobody has checked them yet."
    )];
    let opened = open(&args.root)?;
    let aside = format!("{}/{code}", remove::ASIDE);
    if before.session.files.disk.stat(&before.session.files.mounts().root().join(&aside)).is_ok() {
        said.push(format!(
            "What was set aside of it earlier lies in {aside}. Move back what you need of it."
        ));
    }
    said.push(texts(&opened, &code, &name)?);
    let head = said.len();
    let offered = text.lines().filter(|line| line.trim_start().starts_with(&format!("# {code}: "))).count();
    if offered > 0 {
        said.push(format!(
            "  site.yaml: {} stand ready behind `# {code}:`. Delete the # and translate the text.",
            count(offered, "text", "texts")
        ));
    }
    if !edit.left.is_empty() {
        said.push(format!("  site.yaml: add `{code}: …` by hand in {}.", lines(&edit.left, old, &text)));
    }
    let labels = labels(&opened, &code);
    if labels > 0 {
        said.push(format!(
            "  Labels of kinds: {}. `guidepost check` names them; write them into {file}.",
            count(labels, "has no text in this language", "have no text in this language")
        ));
    }
    let pages = opened.engine.world().map(|world| crate::site::translations(&world.site)).unwrap_or_default();
    if let Some(progress) = pages.iter().find(|progress| *progress.code == *code) {
        let first =
            progress.missing.iter().min_by_key(|path| (path.as_str().matches('/').count(), path.as_str()));
        if let Some(first) = first {
            let inside = first.as_str().trim_start_matches("content/");
            said.push(format!(
                "  {}. Begin with: guidepost new {inside}",
                count(progress.missing.len(), "page", "pages")
            ));
        }
    }
    if said.len() > head {
        said.insert(head, "To translate next:".to_owned());
    }
    said.push(format!(
        "When somebody who speaks {name} has read it all, delete `unreviewed: true`. How far it is: guidepost language status"
    ));
    Ok(said.join("\n"))
}

/// What is said of the theme's words; those that it lacks are written into a file to be translated.
fn texts(opened: &ReadOnlySite, code: &str, name: &str) -> Result<String, Stop> {
    let Some(world) = opened.engine.world() else { return Ok(String::new()) };
    let default = opened.engine.config().default_language();
    let Some(missing) = world.strings.to_translate(code, default) else {
        return Ok(match world.strings.is_unreviewed(code) {
            true => format!(
                "The theme speaks {name}. Nobody who speaks it has checked these words yet: read the buttons and notices too."
            ),
            false => format!("The theme speaks {name}."),
        });
    };
    let number = missing.lines().filter(|line| line.starts_with("# ") && !line.starts_with("#  ")).count();
    let number = count(number, "text", "texts");
    let path = SourcePath::new(&format!("translations/{code}.yaml")).map_err(|error| error.to_string())?;
    let head = format!(
        "# Words of the theme in {name}. Translate a line, then delete the # before it. Keep what stands in {{braces}}.\n\
         # Until then readers see the words of the main language.\nunreviewed: true\n"
    );
    let files = &opened.session.files;
    let real = files.mounts().resolve(&path);
    let folder = real.parent().map_or(Ok(()), |folder| files.disk.create_folders(folder));
    match folder.and_then(|()| files.disk.write_new(&real, format!("{head}{missing}").as_bytes())) {
        Ok(_) => Ok(format!(
            "The theme lacks {number} in {name}. Made {path}, with each to be translated; until then readers see the main language's."
        )),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Ok(format!("The theme and {path} lack {number} in {name}. `guidepost check` names them."))
        }
        Err(error) => Err(Stop::Because(format!("{path} could not be made: {error}."))),
    }
}

/// Whether a text is still to be translated. What was never written, or is meant for all languages, is not.
fn lacks(text: &Localized, code: &str) -> bool {
    !text.is_empty() && text.exact(code).is_none_or(|text| text.trim().is_empty())
}

/// How many labels of kinds, fields and choices a language lacks.
fn labels(opened: &ReadOnlySite, code: &str) -> usize {
    let kinds = opened.engine.config().kinds.0.values();
    let texts = kinds.flat_map(|kind| {
        let fields = kind.fields.iter().flat_map(|field| {
            std::iter::once(&field.label).chain(field.choices.iter().map(|choice| &choice.label))
        });
        std::iter::once(&kind.label).chain((kind.plural != kind.label).then_some(&kind.plural)).chain(fields)
    });
    texts.filter(|text| lacks(text, code)).count()
}

/// "line 3", "lines 3 and 8": where texts of `old` stand after an edit has put other lines before them.
fn lines(places: &[Span], old: &str, new: &str) -> String {
    let mut numbers: Vec<usize> = places
        .iter()
        .map(|span| {
            let line = old.get(..span.start as usize).map_or(0, |before| before.matches('\n').count());
            let text = old.lines().nth(line).unwrap_or_default();
            let same = old.lines().take(line + 1).filter(|other| *other == text).count();
            let found =
                new.lines().enumerate().filter(|(_, other)| *other == text).nth(same.saturating_sub(1));
            found.map_or(line, |(line, _)| line) + 1
        })
        .collect();
    numbers.dedup();
    let word = if numbers.len() == 1 { "line" } else { "lines" };
    let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
    match numbers.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{word} {} and {last}", rest.join(", ")),
        _ => format!("{word} {}", numbers.join("")),
    }
}
