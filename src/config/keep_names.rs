//! `keep_names` of `theme.yaml`: assets whose file name must not change, since something outside of the site knows it.

use super::table::{Report, text};
use super::yaml::{Node, NodeValue};
use crate::diag::code;
use crate::source::{SourcePath, Span};
use globset::{GlobBuilder, GlobMatcher};

/// A name, or a pattern of names such as `fonts/*.woff2`.
#[derive(Debug, Clone)]
pub struct KeepName {
    /// As it is written, counted from `assets/`.
    pub pattern: String,
    /// The file that says so.
    pub path: SourcePath,
    /// Where.
    pub span: Span,
    globs: GlobMatcher,
}

impl PartialEq for KeepName {
    fn eq(&self, other: &Self) -> bool {
        (&self.pattern, &self.path, self.span) == (&other.pattern, &other.path, other.span)
    }
}

impl KeepName {
    /// Whether the asset of that name is meant.
    pub fn means(&self, name: &str) -> bool {
        self.pattern == name || self.globs.is_match(name)
    }
}

/// Reads `keep_names`; what cannot be the name of an asset is reported and left out.
pub(super) fn read(node: &Node, report: &mut Report<'_>) -> Vec<KeepName> {
    let one = std::slice::from_ref(node);
    let items = if let NodeValue::List(items) = &node.value { items.as_slice() } else { one };
    items.iter().filter_map(|item| keep_name(item, report)).collect()
}

fn keep_name(item: &Node, report: &mut Report<'_>) -> Option<KeepName> {
    const HELP: &str = "write the path of a file in the assets folder, such as favicon.svg or fonts/*.woff2";
    let name = text("keep_names", item, report)?;
    let pattern = match SourcePath::new(&name) {
        Ok(path) => path.as_str().to_owned(),
        Err(error) => {
            report.error(code::BAD_CONFIG, item.span, format!("`{name}` cannot be an asset: {error}"), HELP);
            return None;
        }
    };
    match GlobBuilder::new(&pattern).literal_separator(true).build() {
        Ok(glob) => {
            let (path, span, globs) = (report.path.clone(), item.span, glob.compile_matcher());
            Some(KeepName { pattern, path, span, globs })
        }
        Err(error) => {
            let message = format!("`{name}` cannot be read as a pattern: {}", error.kind());
            report.error(code::BAD_CONFIG, item.span, message, HELP);
            None
        }
    }
}
