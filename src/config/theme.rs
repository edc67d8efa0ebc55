//! `theme.yaml` and `kinds.yaml`.
//!
//! ```yaml
//! title: Parent guide
//! version: 1.2.0             # of the theme
//! guidepost: ">=0.1"         # the versions of Guidepost that it works with
//! grounds: {light: "#f3ede3", dark: "#1b2328"}  # on which the shades of a district's color are to be readable
//! extends: base              # a theme beside this one that it builds on
//! keep_names: [favicon.svg]  # assets whose file name gets no fingerprint
//! description: Calm pages.   # with author and license, for those who look for a theme
//! settings: {columns: integer}  # read by `settings`
//! ```

use super::brand::{Color, Grounds};
use super::keep_names::KeepName;
use super::keys;
use super::kinds;
use super::table::{Report, Table, text};
use super::yaml::Node;
use crate::diag::{Parsed, code};
use crate::schema::{Kind, Kinds, Localized};
use crate::source::{Source, SourcePath};

/// What a theme says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Theme {
    /// Its display name.
    pub title: String,
    /// The theme it extends: the name of a folder beside its own.
    pub extends: Option<String>,
    /// Which version of it this is.
    pub version: Option<String>,
    /// One sentence on it.
    pub description: Localized,
    /// Who made it.
    pub author: Option<String>,
    /// Under which license it is.
    pub license: Option<String>,
    /// The grounds that it puts text on.
    pub grounds: Option<Grounds>,
    /// Text files that its templates make.
    pub files: Vec<super::made_files::MadeFile>,
    /// Assets that must keep their file name (no fingerprint in it).
    pub keep_names: Vec<KeepName>,
}

/// Reads `theme.yaml`.
pub fn load(source: &Source) -> Parsed<Theme> {
    let mut report = Report::new(&source.path);
    let mut theme = Theme::default();
    if let Some(node) = tree(source, &mut report) {
        let table = Table::new("theme.yaml", keys::THEME_FILE, &node, &mut report);
        theme.title = table.text("title", &mut report).unwrap_or_default();
        theme.version = table.text("version", &mut report);
        theme.description = table.localized("description", &mut report).unwrap_or_default();
        theme.author = table.text("author", &mut report);
        theme.license = table.text("license", &mut report);
        if let Some(node) = table.get("guidepost") {
            fits(node, &mut report);
        }
        if let Some(node) = table.get("grounds") {
            theme.grounds = grounds(node, &mut report);
        }
        if let Some(node) = table.get("files") {
            theme.files = super::made_files::read(node, &mut report);
        }
        theme.extends = table.get("extends").and_then(|node| folder_name("extends", node, &mut report));
        if let Some(node) = table.get("keep_names") {
            theme.keep_names = super::keep_names::read(node, &mut report);
        }
        table.finish(&mut report);
    }
    Parsed { value: theme, diagnostics: report.diagnostics }
}

/// Says so when the theme was made for other versions of the program.
fn fits(node: &Node, report: &mut Report<'_>) {
    let Some(wanted) = text("guidepost", node, report) else { return };
    let program = env!("CARGO_PKG_VERSION");
    match (semver::VersionReq::parse(&wanted), semver::Version::parse(program)) {
        (Err(_), _) => {
            let message = format!("`{wanted}` names no versions of Guidepost");
            let help = "write it as \">=0.1\", in quotes, or as \">=0.1, <0.3\"";
            report.error(code::BAD_CONFIG, node.span, message, help);
        }
        (Ok(versions), Ok(version)) if !versions.matches(&version) => {
            let message = format!("this theme needs Guidepost {wanted}, and this program is {version}");
            let help =
                "install that version of Guidepost, or take a version of the theme that works with this one";
            report.error(code::BAD_CONFIG, node.span, message, help);
        }
        _ => {}
    }
}

/// The grounds of light and dark pages.
fn grounds(node: &Node, report: &mut Report<'_>) -> Option<Grounds> {
    let table = Table::new("`grounds`", keys::GROUNDS, node, report);
    let mut grounds = Grounds::default();
    for (name, ground) in [("light", &mut grounds.light), ("dark", &mut grounds.dark)] {
        let Some(node) = table.get(name) else { continue };
        let Some(written) = text(name, node, report) else { continue };
        match Color::parse(&written) {
            Some(color) => *ground = color,
            None => {
                let help = "write six digits or letters a to f after `#`, in quotes, such as \"#f3ede3\"";
                report.error(code::BAD_CONFIG, node.span, format!("`{written}` is not a color"), help);
            }
        }
    }
    table.finish(report);
    Some(grounds)
}

/// Reads the `kinds.yaml` files of the layers, the base first; later files add to and replace earlier kinds.
/// The kind `page` is always there.
pub fn load_kinds(sources: &[&Source]) -> Parsed<Kinds> {
    let mut all = Kinds::default();
    let page = Kind {
        name: "page".into(),
        label: Localized::plain("Page"),
        plural: Localized::plain("Pages"),
        ..Kind::default()
    };
    all.0.insert(page.name.clone(), page);
    let mut diagnostics = Vec::new();
    for source in sources {
        let mut report = Report::new(&source.path);
        if let Some(node) = tree(source, &mut report) {
            let named = kinds::merge(&node, &mut all, &mut report);
            kinds::check(&all, &named, &mut report);
        }
        diagnostics.append(&mut report.diagnostics);
    }
    Parsed { value: all, diagnostics }
}

/// Adds the labels of `kinds/vi.yaml` and its like to kinds that are there: such a file makes no kind, field or choice, so that
/// one file of labels serves sites that took some of them away.
pub fn label_kinds(all: &mut Kinds, sources: &[Source]) -> Parsed<()> {
    let mut diagnostics = Vec::new();
    for source in sources {
        let mut report = Report::new(&source.path);
        if let Some(node) = tree(source, &mut report) {
            kinds::label(&node, all, &mut report);
        }
        diagnostics.append(&mut report.diagnostics);
    }
    Parsed { value: (), diagnostics }
}

/// The tree of a file; what is not UTF-8 or not YAML is reported.
pub(super) fn tree(source: &Source, report: &mut Report<'_>) -> Option<Node> {
    match source.utf8() {
        // Without a mark at its start, UTF-16 is UTF-8 with a NUL behind each letter.
        Ok(text) if text.contains('\0') => {
            let at = text.find('\0').unwrap_or(0);
            let help = "save the file as UTF-8, as plain text";
            let span = crate::source::Span::new(at, at + 1);
            report.error(code::NOT_UTF8, span, "this file is in UTF-16, or not a text", help);
            None
        }
        Ok(text) => super::yaml::parse(&source.path, text, 0).collect(&mut report.diagnostics),
        Err(at) => {
            let help = "save the file as UTF-8, as plain text";
            report.error(
                code::NOT_UTF8,
                crate::source::Span::new(at, at + 1),
                "this file is not UTF-8 text from here on",
                help,
            );
            None
        }
    }
}

/// The name of a folder below `themes/`: one part, no way out.
pub(super) fn folder_name(key: &str, node: &Node, report: &mut Report<'_>) -> Option<String> {
    let name = text(key, node, report)?;
    match SourcePath::new(&name) {
        Ok(path) if path.as_str() == name && !name.contains(['/', ':']) => Some(name),
        _ => {
            let help = "write the name of a folder in themes/, such as parent-guide";
            report.error(
                code::BAD_CONFIG,
                node.span,
                format!("`{name}` cannot be the name of a theme"),
                help,
            );
            None
        }
    }
}
