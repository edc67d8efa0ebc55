//! Diagnostics: what is wrong, where, and what to write instead.
//!
//! The pure core returns [`Parsed`]: a value and the problems met on the way, never a `Result`, so one
//! bad file cannot hide the problems of another. Printers live beside this file, one format each.

pub mod code;
pub mod github;
pub mod human;
pub mod json;
pub mod near;
mod place;
pub mod sarif;

pub use code::Code;
pub use near::{Near, closest};

use crate::source::{SourcePath, Span};
use serde::{Deserialize, Serialize};

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site is not what its editor meant; `build` ends with exit code 1 and keeps the last good output.
    Error,
    /// Readers are worse off; the build goes on.
    Warning,
    /// Something a person should look at; never changes the exit code.
    Note,
}

/// Another place that belongs to a diagnostic, with a word on it ("first defined here").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Label {
    /// The file.
    pub path: SourcePath,
    /// The place in it.
    pub span: Span,
    /// What it says there.
    pub message: String,
}

/// A change of bytes that mends the problem without a person having to choose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file it is about; none when it is about the site as a whole.
    pub path: Option<SourcePath>,
    /// The place in the file.
    pub span: Span,
    /// Which rule found it.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence that says what is wrong, naming the value it is about.
    pub message: String,
    /// What to write or do instead.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// A safe mend.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, path: &SourcePath, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, path, span, message)
    }

    /// A warning at a place.
    pub fn warning(code: Code, path: &SourcePath, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, path, span, message)
    }

    /// A diagnostic of the given severity at a place.
    pub fn new(
        code: Code,
        severity: Severity,
        path: &SourcePath,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Diagnostic {
            path: Some(path.clone()),
            span,
            code,
            severity,
            message: message.into(),
            help: None,
            labels: Vec::new(),
            fix: None,
        }
    }

    /// A diagnostic about the site as a whole.
    pub fn site(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Diagnostic {
            path: None,
            span: Span::default(),
            code,
            severity,
            message: message.into(),
            help: None,
            labels: Vec::new(),
            fix: None,
        }
    }

    /// Adds what to write or do instead.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place.
    pub fn label(mut self, path: &SourcePath, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { path: path.clone(), span, message: message.into() });
        self
    }

    /// Adds a safe mend.
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }
}

/// A value and the problems met while making it.
#[derive(Debug, Clone, Default)]
pub struct Parsed<T> {
    /// The value; where the input was bad, the best stand-in.
    pub value: T,
    /// The problems, in the order met.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Parsed<T> {
    /// A value without problems.
    pub fn clean(value: T) -> Self {
        Parsed { value, diagnostics: Vec::new() }
    }

    /// Moves the problems to `sink` and gives the value.
    pub fn collect(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.diagnostics);
        self.value
    }
}

/// Sorts by file, place and code, and drops repeats: the order in which everything is printed.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort();
    diagnostics.dedup();
}

/// Gives the bytes of a file while diagnostics are printed; none when it cannot be read.
pub trait SourceText {
    /// The bytes of `path`.
    fn text(&self, path: &SourcePath) -> Option<std::sync::Arc<[u8]>>;

    /// What people call a file that is no file of their folder, and how they come by it; none for all others.
    fn built_in(&self, _path: &SourcePath) -> Option<BuiltIn> {
        None
    }

    /// The path of a file from the top of the repository that it lies in, for those who look at all of that; from the site's
    /// folder when there is none.
    fn in_repository(&self, path: &SourcePath) -> String {
        path.to_string()
    }
}

/// The file about which those problems are told that no file is to blame for, where a place must be named.
const SETTINGS: &str = "site.yaml";

/// A file that comes with the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltIn {
    /// `theme:page.html`.
    pub name: String,
    /// What to do to change it.
    pub help: String,
}

/// The name that a file is told by.
pub fn shown(path: &SourcePath, text: &dyn SourceText) -> String {
    text.built_in(path).map_or_else(|| path.to_string(), |file| file.name)
}
