//! The marks of other programs that take a whole line: `foreign-markup` looks at the first sign of each.

use super::signs::{PLAIN, Sign, sign};

/// Whether a mark of [`line`] can begin with this byte.
pub fn begins_line(first: u8) -> bool {
    matches!(first, b'!' | b'?' | b'=' | b'-' | b'.' | b'#' | b'i' | b'e' | b'*' | b'%' | b'|' | b'h' | b'b')
}

/// The mark that a line, without the blanks around it, begins with.
pub fn line(text: &str) -> Option<Sign> {
    let admonition = |marks: &str| {
        let rest = text.strip_prefix(marks)?.trim_start_matches('+');
        let name = rest.trim_start();
        let word = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let named = rest.starts_with(' ') && word.starts_with(|c: char| c.is_ascii_lowercase());
        let only = name[word.len()..].trim();
        (named && (only.is_empty() || only.starts_with(['"', '\u{201c}', '\u{201d}']))).then(|| {
            sign("MkDocs", "Write `:::note`, the text below it at the margin, and `:::` on a line of its own where the box ends.")
        })
    };
    match *text.as_bytes().first()? {
        b'!' => admonition("!!!"),
        b'?' => admonition("???"),
        b'=' => equals(text),
        b'*' => {
            if let Some((name, words)) = text.strip_prefix("*[").and_then(|rest| rest.split_once("]:")) {
                let help = format!(
                    "Write what it stands for in brackets where it comes first, `{name} ({})`, or explain it on a page of words.",
                    words.trim()
                );
                let plain = !name.is_empty() && !name.contains(['[', ']']) && !words.trim().is_empty();
                return plain.then(|| sign("MkDocs or kramdown (an abbreviation)", help));
            }
            let stars = text.bytes().take_while(|b| *b == b'*').count();
            let rest = &text[stars..];
            let item = stars > 1 && rest.starts_with(' ') && !rest.contains("**") && !rest.trim().is_empty();
            let help = "Write an item inside an item with two spaces before it for each step: `  - text`.";
            item.then(|| sign("AsciiDoc, Org mode or a wiki (an item in an item)", help))
        }
        b'%' => text.starts_with("% ").then(|| {
            sign(
                "pandoc (the title of a page)",
                "Write it into the front matter: `title: …` between two lines of `---`.",
            )
        }),
        b'|' => {
            if text == "|===" {
                return Some(sign(
                    "AsciiDoc (a table)",
                    "Write the rows as `| a | b |`, with `|---|---|` below the first.",
                ));
            }
            let one = text.starts_with("| ") && !text[1..].contains('|') && text.len() > 2;
            one.then(|| {
                sign(
                    "pandoc (a line that stands by itself)",
                    "Delete the `|`, and write `\\` at the end of each line but the last.",
                )
            })
        }
        b'h' | b'b' => {
            let heading = text.strip_prefix('h').and_then(|rest| {
                let rest = rest.strip_prefix(|c: char| ('1'..='6').contains(&c))?;
                rest.strip_prefix(". ")
            });
            match (heading, text.strip_prefix("bq. ")) {
                (Some(words), _) => {
                    Some(sign("Textile or Jira (a heading)", format!("Write `## {}`.", words.trim())))
                }
                (_, Some(words)) => {
                    Some(sign("Textile or Jira (a quote)", format!("Write `> {}`.", words.trim())))
                }
                _ => None,
            }
        }
        b'-' => text.starts_with("--8<--").then(|| sign("MkDocs (a piece of another file)", PLAIN)),
        b'.' => {
            // `.. _a name: page.html`
            if text.strip_prefix(".. _").is_some_and(|rest| rest.contains(':')) {
                let help = "Delete it; give a heading an id, `## Heading {#id}`, and link to `page.md#id`.";
                return Some(sign("Sphinx (reStructuredText)", help));
            }
            let (name, _) = text.strip_prefix(".. ")?.split_once("::")?;
            let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !name.is_empty();
            plain.then(|| sign("Sphinx (reStructuredText)", PLAIN))
        }
        b'#' => {
            let (name, _) = text.strip_prefix("#+")?.split_once([':', ' ', '_'])?;
            let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic());
            plain.then(|| sign("Org mode", PLAIN))
        }
        b'i' | b'e' => {
            let import = text.starts_with("import ")
                && (text.contains(" from '") || text.contains(" from \"") || text.starts_with("import '"));
            let curly = text.starts_with("import ")
                && (text.contains(" from \u{2018}") || text.contains(" from \u{201c}"));
            let export =
                ["export const ", "export default ", "export function "].iter().any(|e| text.starts_with(e));
            if import || curly || export {
                return Some(sign("Docusaurus (MDX)", "Delete the line: pages hold no program."));
            }
            let include = ["image::", "include::"].iter().any(|m| text.starts_with(m)) && text.ends_with(']');
            include.then(|| sign("AsciiDoc", PLAIN))
        }
        _ => None,
    }
}

/// Lines of equals signs: a tab of MkDocs, a heading of AsciiDoc or a wiki, the lines of a table.
fn equals(text: &str) -> Option<Sign> {
    if let Some(rest) = text.strip_prefix("===") {
        let rest = rest.trim_start_matches(['!', '+']);
        if rest.trim_start().starts_with(['"', '\u{201c}']) {
            return Some(sign(
                "MkDocs (a tab)",
                "Write a heading (`### …`) with the text below it at the margin.",
            ));
        }
    }
    let groups: Vec<&str> = text.split_whitespace().collect();
    if groups.len() > 1 && groups.iter().all(|g| g.len() > 1 && g.bytes().all(|b| b == b'=')) {
        let help = "Write the rows as `| a | b |`, with `|---|---|` below the first.";
        return Some(sign("reStructuredText (a table)", help));
    }
    let marks = text.bytes().take_while(|b| *b == b'=').count();
    let words = text[marks..].trim_end_matches('=').trim();
    let named = words.starts_with(|c: char| if marks == 1 { c.is_uppercase() } else { c.is_alphanumeric() });
    let closed = text.len() > marks && text.ends_with('=');
    let heading = marks <= 6 && named && !words.contains("==") && (closed || text[marks..].starts_with(' '));
    heading.then(|| sign("AsciiDoc or a wiki (a heading)", format!("Write `## {words}`.")))
}
