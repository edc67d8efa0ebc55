//! The files that stylesheets and scripts name: where each address stands, and what names it.
//!
//! Called when assets are planned and when they are made, so that both see the same. Real tokenizers, small ones: text in
//! comments and strings names nothing, whatever it looks like.

mod names;
mod script;
mod style;

pub use script::lean;

use std::ops::Range;

/// What names a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// `url()`, or a text in `image-set()`.
    Url,
    /// `@import`.
    Import,
    /// `import` or `export … from`, of a script.
    Module,
    /// A comment for the tools of developers.
    SourceMap,
}

/// An address in a stylesheet or script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Where it stands, without quotes.
    pub range: Range<usize>,
    /// The address, escapes undone.
    pub address: String,
    /// What names it.
    pub by: By,
}

impl Reference {
    /// The path and what follows it (`?…`, `#…`), if it is the address of a file here: no scheme, no host, no place in
    /// the same file.
    pub fn local(&self) -> Option<(&str, &str)> {
        let address = self.address.as_str();
        let scheme = address.find(':').is_some_and(|colon| {
            address[..colon].bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        });
        let end = address.find(['?', '#']).unwrap_or(address.len());
        // A script names files so; anything else is a name that the page gives to a file.
        let relative = ["./", "../", "/"].iter().any(|start| address.starts_with(start));
        let named = self.by != By::Module || relative;
        (!scheme && !address.starts_with("//") && end > 0 && named).then(|| address.split_at(end))
    }
}

/// What a file of this ending names; none for files that name nothing.
pub fn of(extension: &str, text: &str) -> Option<Vec<Reference>> {
    match extension {
        "css" => Some(style::references(text)),
        "js" | "mjs" => Some(script::references(text)),
        _ => None,
    }
}

/// The address in a comment such as `# sourceMappingURL=style.css.map`, which begins at `start`.
fn source_map(comment: &str, start: usize) -> Option<Reference> {
    let rest = comment.strip_prefix(['#', '@'])?.trim_start();
    let address = rest.strip_prefix("sourceMappingURL=")?.trim();
    let address = address.split_whitespace().next()?;
    let at = start + comment.find(address)?;
    Some(Reference { range: at..at + address.len(), address: address.to_owned(), by: By::SourceMap })
}
