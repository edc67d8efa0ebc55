//! Marks of other programs that stand in a line: remarks and changes, formulas, links of AsciiDoc.

use super::signs::{PLAIN, Sign, sign};

/// `$$x^2$$`, `$x^2$`: a formula. Sums of money have no such sign behind them.
pub fn formula(last: Option<char>, rest: &str) -> Option<(usize, Sign)> {
    let help = "A formula cannot be written: write it in words, or as a picture with a description.";
    if let Some((inner, _)) = rest.strip_prefix("$$").and_then(|r| r.split_once("$$")) {
        return (!inner.trim().is_empty()).then(|| (inner.len() + 4, sign("LaTeX (a formula)", help)));
    }
    let (inner, behind) = rest.strip_prefix('$')?.split_once('$')?;
    let tight =
        !inner.is_empty() && !inner.starts_with(' ') && !inner.ends_with(' ') && !inner.contains("  ");
    let alone = !last.is_some_and(|c| c.is_alphanumeric() || c == '$')
        && !behind.starts_with(|c: char| c.is_alphanumeric());
    let formula = inner.contains(['^', '\\']) || inner.contains("_{");
    (tight && alone && formula).then(|| (inner.len() + 2, sign("LaTeX (a formula)", help)))
}

/// `link:page.html[Text]`, `image::picture.png[Text]`, `xref:page.adoc[Text]`, from the colon.
pub fn asciidoc(before: &str, rest: &str) -> Option<(usize, Sign)> {
    let name =
        ["link", "xref", "image", "include", "video"].into_iter().find(|name| before.ends_with(name))?;
    let apart = !before[..before.len() - name.len()].ends_with(char::is_alphanumeric);
    let open = rest.find('[').filter(|n| *n > 1 && apart && !rest[..*n].contains(char::is_whitespace))?;
    let end = rest[open..].find(']')? + open;
    let (address, text) = (rest[..open].trim_start_matches(':'), &rest[open + 1..end]);
    let help = match name {
        "image" => format!("Write `![what it shows]({address})`."),
        "link" | "xref" => format!("Write `[{text}]({address})`, with the path of the page's `.md` file."),
        _ => PLAIN.to_owned(),
    };
    Some((end + 1, sign("AsciiDoc", help)))
}

/// What Confluence knows between braces.
pub const MACROS: &[&str] = &[
    "anchor", "code", "color", "column", "expand", "excerpt", "info", "noformat", "note", "panel", "quote",
    "section", "tip", "toc", "warning",
];

/// `{/* a comment */}`, and what CriticMarkup writes for changes and remarks: `{>>a remark<<}`.
pub fn remark(rest: &str, source: &str) -> Option<(usize, Sign)> {
    for (open, close) in [("{/*", "*/}"), ("{>>", "<<}")] {
        let Some(inner) = rest.strip_prefix(open) else { continue };
        let end = inner.find(close)?;
        let text = inner[..end].trim();
        let good = format!("<!-- {text} -->");
        let of = if open == "{/*" { "Docusaurus (a comment of MDX)" } else { "CriticMarkup (a remark)" };
        let mended = !text.contains("--") && !text.contains(['>', '<']);
        let help = format!("Write `{good}`: what is not to be shown stands in a comment.");
        return Some((end + 6, Sign { of, help, mended: mended.then_some(good) }));
    }
    let kinds = [("{++", "++}"), ("{--", "--}"), ("{~~", "~~}"), ("{==", "==}")];
    let (_, close) = kinds.into_iter().find(|(open, _)| source.starts_with(open))?;
    let end = source.find(close).filter(|n| *n < 400)? + 3;
    // Dashes and struck words are shown in another way: the mark ends where its brace stands.
    let shown = rest.find('}')? + 1;
    (end < 400).then(|| {
        (shown, sign("CriticMarkup (a change)", "Write the text as it is to be read, without the marks."))
    })
}
