//! `guidepost new`: a page to start from, with the front matter of its kind; or, where it translates one, with that one's
//! text. `new theme` is in `new_theme`.

use super::Outcome;
use super::args::{NewArgs, NewCommand};
use super::opened::{self, ReadOnlySite};
use super::report;
use crate::diag::closest;
use crate::document::{Document, NewPage, scaffold, to_translate, translate_comment};
use crate::io::names;
use crate::schema::Kind;
use crate::site::stamp_of;
use crate::source::{Source, SourcePath};
use std::io::ErrorKind;

/// Runs the command.
pub fn run(args: &NewArgs) -> Outcome {
    if let Some(NewCommand::Theme(args)) = &args.command {
        return super::new_theme::run(args);
    }
    let opened = match opened::open(&args.root, opened::Needs::Settings) {
        Ok(opened) => opened,
        Err(outcome) => return outcome,
    };
    match make(&opened, args) {
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

/// Makes the page; gives what to say.
fn make(opened: &ReadOnlySite, args: &NewArgs) -> Result<String, String> {
    let config = opened.engine.config().clone();
    let (path, lang) = place(opened, args)?;
    if let Some(original) = original(opened, &path, &lang) {
        return translation(opened, args, &path, &lang, original);
    }
    let default_kind = match path.file_name() {
        "index.md" => "page".to_owned(),
        _ => opened.engine.default_kind(&path),
    };
    let kind = kind_named(opened, args.kind.as_deref().unwrap_or(&default_kind))?;
    let entries = args.entries.as_deref().map(|name| kind_named(opened, name)).transpose()?;
    let title = args.title.clone().unwrap_or_else(|| config.prefixes.title(&path, &lang));
    let page = NewPage { title: title.trim(), lang: &lang, kind, default_kind: &default_kind, entries };
    let text = scaffold(&page);
    write(opened, &path, text.as_bytes())?;
    let kind_name = kind.label.get(config.default_language()).to_lowercase();
    let mut said = format!("Made {path} ({kind_name}).");
    if page.has_examples() {
        said.push_str(
            " It is a draft with examples: put in your own text, then delete the line draft: true.",
        );
    }
    if kind.new_hidden {
        said.push_str(
            " It stands in no menu or list: those who have its link find it. Delete the line hidden: true to list it.",
        );
    }
    if let Some(entries) = entries {
        let optional = entries.fields.iter().filter(|f| !f.required || f.default.is_some());
        let labels: Vec<&str> = optional.map(|f| f.label.get(&lang)).collect();
        if !labels.is_empty() {
            said.push_str(&format!("\nAn entry may also have: {}.", labels.join(", ")));
        }
    }
    Ok(said)
}

/// The page of the main language that the page at `path` translates.
fn original<'o>(opened: &'o ReadOnlySite, path: &SourcePath, lang: &str) -> Option<&'o Document> {
    let logical = path.as_str().strip_prefix(&format!("content/{lang}/"))?;
    let config = opened.engine.config();
    let of =
        |document: &&Document| *document.lang == *config.default_language() && *document.logical == *logical;
    if lang == config.default_language() { None } else { opened.engine.documents().map(|d| &**d).find(of) }
}

/// Makes a page with the original's text to be translated; gives what to say.
fn translation(
    opened: &ReadOnlySite,
    args: &NewArgs,
    path: &SourcePath,
    lang: &str,
    original: &Document,
) -> Result<String, String> {
    if args.kind.is_some() || args.entries.is_some() {
        return Err(format!(
            "{path} translates {}, which says what kind it and its entries are. Leave out --kind and --entries.",
            original.path
        ));
    }
    let bytes = opened.engine.page_bytes(&original.path);
    let bytes = bytes.ok_or_else(|| format!("{} cannot be read.", original.path))?;
    let source = Source::new(original.path.clone(), bytes);
    let title = args.title.as_deref().map(str::trim);
    let text = to_translate(&source, &stamp_of(original), title, translate_comment(lang))
        .map_err(|why| format!("{} cannot be translated: {why}.", original.path))?;
    write(opened, path, &text)?;
    let name = opened.engine.config().language(lang).map_or(lang, |language| language.name.as_str());
    Ok(format!(
        "Made {path} with the text of {} to translate into {name}. It is a draft: readers see the original until you delete the line draft: true.\n\
         It notes which state of the original it was made from. When that changes, `guidepost language status` says so.",
        original.path
    ))
}

/// Writes a page that is not there yet.
fn write(opened: &ReadOnlySite, path: &SourcePath, bytes: &[u8]) -> Result<(), String> {
    let files = &opened.session.files;
    let real = files.mounts().resolve(path);
    let made = match real.parent() {
        Some(folder) => files.disk.create_folders(folder),
        None => Ok(()),
    };
    let written = made.and_then(|()| files.disk.write_new(&real, bytes));
    written.map(|_| ()).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => format!("{path} is there already; it was left as it is."),
        _ => format!("{path} could not be made: {error}."),
    })
}

/// Where the page goes, and its language.
fn place(opened: &ReadOnlySite, args: &NewArgs) -> Result<(SourcePath, String), String> {
    let config = opened.engine.config();
    let mut text = args.path.as_deref().unwrap_or_default().replace('\\', "/");
    if text.ends_with('/') {
        text.push_str("index.md");
    } else if !text.to_ascii_lowercase().ends_with(".md") {
        text.push_str(".md");
    }
    let path = opened.content_path(&text)?;
    let mut inner = path.as_str().strip_prefix("content/").unwrap_or(path.as_str()).to_owned();
    let first = inner.split('/').next().unwrap_or("");
    let named = config.languages.iter().skip(1).find(|l| l.code == first && inner.contains('/'));
    let lang = match (&args.lang, named) {
        (None, named) => named.map_or(config.default_language(), |l| l.code.as_str()).to_owned(),
        (Some(lang), named) => {
            if config.language(lang).is_none() {
                let known: Vec<&str> = config.languages.iter().map(|l| l.code.as_str()).collect();
                return Err(format!(
                    "{lang} is no language of this site. Its languages are: {}.",
                    known.join(", ")
                ));
            }
            match named {
                Some(named) if named.code != *lang => {
                    return Err(format!("{path} is a page in {}, not in {lang}.", named.name));
                }
                None if *lang != config.default_language() => inner = format!("{lang}/{inner}"),
                _ => {}
            }
            lang.clone()
        }
    };
    for part in inner.split('/') {
        if names::junk(part) {
            return Err(format!("{part} is a name that Guidepost leaves out of the site. Choose another."));
        }
        if let Some(why) = names::windows_trouble(part) {
            return Err(format!("{part} cannot be the name of a page: {why}."));
        }
    }
    let path = SourcePath::new(&format!("content/{inner}")).map_err(|e| format!("{inner}: {e}."))?;
    Ok((path, lang))
}

fn kind_named<'a>(opened: &'a ReadOnlySite, name: &str) -> Result<&'a Kind, String> {
    let kinds = &opened.engine.config().kinds;
    kinds.get(name).ok_or_else(|| {
        let near =
            closest(name, kinds.names()).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
        format!("There is no kind {name}.{near} Kinds: {}.", kinds.names().collect::<Vec<_>>().join(", "))
    })
}
