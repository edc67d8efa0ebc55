//! Front matter with what nobody can see in it, or with curly quotes: what YAML makes of it is no error, but not what was
//! meant. Asked by `read`.

use super::read::quotes_if_needed;
use crate::config::yaml::{Key, Node, NodeValue, in_curly_quotes};
use crate::diag::{Diagnostic, Severity, code};
use crate::source::{SourcePath, Span, plain, unseen};

/// `title:Fees` and `title:·Fees` with a no-break space, which are one word to YAML.
pub(super) fn tight_colon(path: &SourcePath, span: Span, key: &str, value: &str) -> Diagnostic {
    let message = match value.chars().next().and_then(unseen) {
        Some(what) => format!("{what} stands behind `{key}:`, where YAML needs a plain space"),
        None => format!("there is no space after the colon of `{key}:`"),
    };
    let value = value.trim_start_matches(|c: char| c.is_whitespace() || unseen(c).is_some());
    let good = format!("{key}: {value}");
    Diagnostic::error(code::YAML_SYNTAX, path, span, message)
        .help(format!("write `{}`", plain(&good)))
        .fix(span, good)
}

/// A key with a no-break space before it, which is another key to YAML.
pub(super) fn unseen_in_key(path: &SourcePath, key: &Key) -> Option<Diagnostic> {
    let what = key.text.chars().find_map(unseen)?;
    let bare = plain(&key.text).trim().to_owned();
    let message = format!("{what} stands in the key `{bare}`, where YAML needs plain letters");
    let d = Diagnostic::error(code::YAML_SYNTAX, path, key.span, message);
    Some(d.help(format!("write `{bare}:` at the beginning of the line")).fix(key.span, bare))
}

/// The texts that are shown.
pub(super) const SHOWN: [&str; 4] = ["title", "nav_title", "description", "owner"];

/// Curly quotes around a whole text that is shown: to YAML they are letters of it. They may be meant, so nothing mends them.
pub(super) fn curly_text(path: &SourcePath, key: &Key, node: &Node) -> Option<Diagnostic> {
    let NodeValue::Scalar { text, plain: true } = &node.value else { return None };
    if !SHOWN.contains(&key.text.as_str()) {
        return None;
    }
    // “A” and “B” are two.
    let bare =
        in_curly_quotes(text).filter(|bare| !bare.contains(['“', '”', '„', '«', '»', '‘', '"', '\\']))?;
    let message = format!(
        "the curly quotes around the text after `{}:` are shown: they are taken for a part of it",
        key.text
    );
    let d = Diagnostic::new(code::YAML_SYNTAX, Severity::Note, path, node.span, message);
    Some(d.help(format!(
        "write {}: {}; if the quotes are meant, put straight ones around them: {0}: \"{text}\"",
        key.text,
        quotes_if_needed(bare)
    )))
}

/// Curly quotes around an element of a list: they do not hold it together, and they are shown.
pub(super) fn curly_item(path: &SourcePath, key: &Key, item: &Node) -> Option<Diagnostic> {
    let NodeValue::Scalar { text, plain: true } = &item.value else { return None };
    if !text.starts_with(['“', '”', '„']) && !text.ends_with(['“', '”']) {
        return None;
    }
    let message = format!(
        "the quotes around `{text}` in `{}` are curly ones: they are taken for a part of it",
        key.text
    );
    let d = Diagnostic::warning(code::YAML_SYNTAX, path, item.span, message);
    Some(match in_curly_quotes(text).filter(|t| !t.contains(['"', '\\'])) {
        Some(bare) => d
            .help(format!("write \"{bare}\", with straight quotes, or no quotes"))
            .fix(item.span, format!("\"{bare}\"")),
        None => d.help("write straight quotes (\") around the whole text, a comma in it too"),
    })
}
