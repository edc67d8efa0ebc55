//! `files` of `site.yaml`: patterns of files that are published whatever leads to them.

use super::table::Report;
use super::yaml::{Node, NodeValue};
use crate::diag::{Diagnostic, code};
use crate::source::Span;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::{Deserialize, Serialize};

/// One pattern of `files`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePattern {
    /// The pattern, counted from `content/`, without a `!` before it.
    pub pattern: String,
    /// Whether a `!` stands before it: these files are not meant.
    pub not: bool,
    /// Whether it means a name in every folder, as one of `.gitignore` without a `/` does.
    pub anywhere: bool,
    /// Where it stands in `site.yaml`.
    pub span: Span,
}

impl FilePattern {
    /// A pattern as an editor writes it: a folder with its `/` means all in it.
    pub fn new(written: &str, span: Span) -> FilePattern {
        let (not, written) = match written.strip_prefix('!') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, written),
        };
        let inside = written.trim_start_matches("./").trim_start_matches('/');
        let inside = inside.strip_prefix("content/").unwrap_or(inside);
        let all = if inside.is_empty() || inside.ends_with('/') { "**" } else { "" };
        // A `/` at the beginning ties the name to the top.
        let anywhere = not && inside.len() == written.len() && !inside.trim_end_matches('/').contains('/');
        FilePattern { pattern: format!("{inside}{all}"), not, anywhere, span }
    }

    /// What tells which paths below `content/` it means. What is not meant is taken widely, as in `.gitignore`: a name in every
    /// folder, and all in a folder of that name.
    pub fn globs(&self) -> Result<GlobSet, globset::Error> {
        let mut set = GlobSetBuilder::new();
        let mut add = |pattern: &str| -> Result<(), globset::Error> {
            set.add(GlobBuilder::new(pattern).literal_separator(true).build()?);
            Ok(())
        };
        add(&self.pattern)?;
        if self.not {
            let folders = if self.anywhere { "**/" } else { "" };
            add(&format!("{folders}{}", self.pattern))?;
            add(&format!("{folders}{}/**", self.pattern))?;
        }
        set.build()
    }

    /// As it is written, with the `!`.
    pub fn written(&self) -> String {
        format!("{}{}", if self.not { "!" } else { "" }, self.pattern)
    }
}

/// The patterns; what cannot mean a file is reported and left out.
pub(super) fn read(node: &Node, report: &mut Report<'_>) -> Vec<FilePattern> {
    let items = match &node.value {
        NodeValue::List(items) => items.as_slice(),
        NodeValue::Map(_) => {
            let message = format!("`files` must be a list, not {}", node.describe());
            report.error(code::WRONG_TYPE, node.span, message, "write files: [\"forms/*.pdf\"]");
            &[]
        }
        _ => std::slice::from_ref(node),
    };
    items.iter().filter_map(|item| pattern(item, report)).collect()
}

/// What a pattern may be.
const FORM: &str = "write a path from content/, such as forms/letter.pdf, forms/*.pdf or forms/**";

fn pattern(item: &Node, report: &mut Report<'_>) -> Option<FilePattern> {
    let written = match &item.value {
        NodeValue::Scalar { text, .. } => text.trim(),
        NodeValue::Null => "",
        NodeValue::Broken => return None,
        _ => {
            let message = format!("a pattern in `files` must be one text, not {}", item.describe());
            report.error(code::WRONG_TYPE, item.span, message, FORM);
            return None;
        }
    };
    // `- !lists/` without quotes is a mark of YAML, which was told.
    let is_mark = |d: &Diagnostic| {
        d.code == code::YAML_SILENT_LOSS
            && (d.span.start..=d.span.end.saturating_add(1)).contains(&item.span.start)
    };
    if written.is_empty() && report.diagnostics.iter().any(is_mark) {
        return None;
    }
    let pattern = FilePattern::new(written, item.span);
    let bare = written.trim_start_matches('!').trim();
    let never = match () {
        () if bare.is_empty() => Some("a pattern in `files` is empty".to_owned()),
        () if bare.contains("://") || bare.starts_with("//") => {
            Some(format!("`{written}` in `files` is an address: only files in content/ can be named"))
        }
        () if bare.split(['/', '\\']).any(|part| part == "..") || bare.starts_with("~/") => {
            Some(format!("`{written}` in `files` leads out of content/, where no file is published from"))
        }
        () => None,
    };
    if let Some(message) = never {
        let found = Diagnostic::warning(code::UNMATCHED_FILES, report.path, item.span, message);
        report.diagnostics.push(found.help(FORM));
        return None;
    }
    if let Err(error) = pattern.globs() {
        let message = format!("`{written}` in `files` cannot be read as a pattern: {}", error.kind());
        report.error(code::BAD_CONFIG, item.span, message, FORM);
        return None;
    }
    Some(pattern)
}
