//! `files` of a `theme.yaml`, and of `outputs` in `site.yaml`: text files that templates make, one of the site or one of each
//! language.
//!
//! ```yaml
//! files:
//!   - search.json                                      # templates/search.json makes search.json
//!   - {template: calendar.ics, each: language}         # calendar.ics, es/calendar.ics
//!   - {template: redirects.txt, path: _redirects}
//!   - {template: words.json, hashed: true}             # assets/words.1a2b3c4d.json
//!   - {template: card.svg, path: card.png}             # a picture, made of a drawing
//! ```

use super::keys;
use super::table::{Report, Table, text};
use super::yaml::{Node, NodeValue};
use crate::diag::code;
use crate::source::{OutputPath, SourcePath, Span};
use serde::{Deserialize, Serialize};

/// A text file that a template makes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MadeFile {
    /// The template below `templates/`.
    pub template: String,
    /// The output, from its root or from the folder of each language.
    pub path: String,
    /// Whether there is one for each language.
    pub each_language: bool,
    /// Whether it is an asset whose name changes with its bytes.
    pub hashed: bool,
    /// Where it is asked for.
    pub file: SourcePath,
    /// And at which place.
    pub span: Span,
}

/// Reads the list.
pub(super) fn read(node: &Node, report: &mut Report<'_>) -> Vec<MadeFile> {
    let one = std::slice::from_ref(node);
    let items = if let NodeValue::List(items) = &node.value { items.as_slice() } else { one };
    let mut all: Vec<MadeFile> = Vec::new();
    for item in items {
        let Some(file) = file(item, report) else { continue };
        if all.iter().any(|other| other.path == file.path) {
            let message = format!("`{}` is made twice", file.path);
            report.error(code::BAD_CONFIG, item.span, message, "delete one of the two");
            continue;
        }
        all.push(file);
    }
    all
}

fn file(node: &Node, report: &mut Report<'_>) -> Option<MadeFile> {
    let (mut each_language, mut hashed) = (false, false);
    let (template, path) = if node.as_map().is_some() {
        let table = Table::new("a file of `files`", keys::MADE_FILE, node, report);
        let template = table.text("template", report);
        let path = table.text("path", report);
        hashed = table.boolean("hashed", report).unwrap_or(false);
        match table.text("each", report).as_deref() {
            None | Some("site") => {}
            Some("language") => each_language = true,
            Some(other) => {
                let message = format!("`each` cannot be `{other}`");
                report.error(code::BAD_CONFIG, node.span, message, "write each: language, or leave it out");
            }
        }
        if hashed && each_language {
            let help =
                "take one of the two out; a file with a changing name may hold the words of all languages";
            let message = "a file of `files` cannot be both hashed and made for each language";
            report.error(code::BAD_CONFIG, node.span, message, help);
            hashed = false;
        }
        table.finish(report);
        let Some(template) = template else {
            let help = "write template: and the name of a file in templates/, such as search.json";
            report.error(code::MISSING_FIELD, node.span, "a file of `files` needs a template", help);
            return None;
        };
        (template.clone(), path.unwrap_or(template))
    } else {
        let template = text("files", node, report)?;
        (template.clone(), template)
    };
    let template = template.strip_prefix("templates/").unwrap_or(&template).to_owned();
    let refused = match (SourcePath::new(&template), OutputPath::new(&path)) {
        (Err(error), _) => Some(format!("`{template}` cannot be a template: {error}")),
        (_, Err(error)) => Some(format!("`{path}` cannot be a file of the site: {error}")),
        _ => None,
    };
    if let Some(message) = refused {
        let help =
            "write the name of a file in templates/, and the path that the file is to have in the site";
        report.error(code::BAD_CONFIG, node.span, message, help);
        return None;
    }
    let ending = path.rsplit('.').next().unwrap_or("").to_lowercase();
    let help = match ending.as_str() {
        "html" | "htm" => "a page is made of a file in content/, by the template of its kind",
        "png" if !template.ends_with(".svg") => {
            "a picture is made of a drawing: template: card.svg, path: card.png"
        }
        "css" => "a template of that name is made when a page asks for it: asset(path=\"name.css\")",
        _ => {
            return Some(MadeFile {
                template,
                path,
                each_language,
                hashed,
                file: report.path.clone(),
                span: node.span,
            });
        }
    };
    report.error(code::BAD_CONFIG, node.span, format!("`{path}` cannot stand in `files`"), help);
    None
}
