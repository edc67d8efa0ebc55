//! Marks of other programs that stand in a line: remarks and changes, formulas, links of AsciiDoc, values, signs of HTML.

use super::signs::{PLAIN, Sign, sign};
use crate::config::called::called;

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

/// `{badge kind="free"}`: a component in a line, but for the colon.
pub fn component(rest: &str) -> Option<(usize, Sign)> {
    let inner = rest.strip_prefix('{')?;
    let (name, given) = inner.split_once(' ')?;
    let (key, value) = given.split_once('=')?;
    let is_name = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
    };
    let end =
        called(&format!("{{:{inner}")).next().filter(|call| call.closed && call.range.start == 0)?.range.end;
    let good = format!("{{:{}", inner.get(..end - 2)?);
    let help = format!("Write `{good}`: a colon stands before the name of a component.");
    let meant = is_name(name) && is_name(key.trim()) && value.starts_with(['"', '\'']);
    meant.then(|| (end - 1, Sign { of: "another program (a component)", help, mended: Some(good) }))
}

/// `:badge[Free]{kind="free"}`: a component in a line as other programs write it.
pub fn directive(last: Option<char>, rest: &str) -> Option<(usize, Sign)> {
    let inner = rest.strip_prefix(':').filter(|_| !last.is_some_and(|c| c.is_alphanumeric() || c == ':'))?;
    let (name, behind) = inner.split_at(inner.find('[')?);
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let (text, after) = behind.strip_prefix('[').filter(|_| is_name)?.split_once(']')?;
    let given = after.strip_prefix('{').and_then(|given| Some(&given[..given.find('}')?]));
    let settings = given.map_or(String::new(), |given| format!(" {given}"));
    let length = 1 + name.len() + 2 + text.len() + given.map_or(0, |given| given.len() + 2);
    let good = format!("[{text}]{{:{name}{settings}}}");
    let help = format!("Write `{good}`.");
    Some((length, Sign { of: "Docusaurus or remark (a component)", help, mended: Some(good) }))
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

/// `Due:: Friday`: a value to Obsidian, a term to AsciiDoc, from the colons.
pub fn value(before: &str, rest: &str) -> Option<(usize, Sign)> {
    let (name, behind) = (tail(before).rsplit('\n').next()?, rest.strip_prefix(":: ")?);
    let name = name.trim_start_matches([' ', '[', '(']);
    let words = name.starts_with(char::is_alphabetic)
        && name.split(' ').count() <= 3
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let help = format!("Write `**{name}:** …`, or a list with an item for each.");
    (words && !behind.trim().is_empty())
        .then(|| (2, sign("Obsidian or AsciiDoc (a name and its value)", help)))
}

/// Signs of HTML that are typed by their names.
const ENTITIES: &[&str] = &[
    "aacute", "acute", "agrave", "amp", "apos", "auml", "bull", "ccedil", "cent", "copy", "darr", "deg",
    "divide", "eacute", "egrave", "emsp", "ensp", "euro", "frac12", "frac14", "frac34", "gt", "hellip",
    "iacute", "iexcl", "iquest", "laquo", "larr", "ldquo", "lrm", "lsaquo", "lsquo", "lt", "mdash", "middot",
    "mldr", "nbsp", "ndash", "ntilde", "oacute", "ordf", "ordm", "ouml", "para", "plusmn", "pound", "quot",
    "raquo", "rarr", "rdquo", "rdquor", "reg", "rlm", "rsaquo", "rsquo", "rsquor", "sect", "shy", "szlig",
    "thinsp", "times", "trade", "uacute", "uarr", "uuml", "yen", "zwj", "zwnj",
];

fn is_entity(name: &str) -> bool {
    ENTITIES.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

/// `&nbsp`, `&#8212`: a sign of HTML without the semicolon that ends it; `&nosuch;`: no sign has that name.
pub fn entity(before: &str, rest: &str) -> Option<(usize, Sign)> {
    // A part of an address: `x.org/?a=1&copy=2`.
    let word = tail(before).rsplit(char::is_whitespace).next()?;
    let inner = rest.strip_prefix('&')?;
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(inner.len());
    let (name, behind) = inner.split_at(end);
    if word.contains(['/', '?', '=']) || behind.starts_with('=') || name.len() > 20 {
        return None;
    }
    if behind.starts_with(';') {
        // A dash that is typed by its name stands so in the running text, too.
        let named = name.len() > 2 && name.bytes().all(|b| b.is_ascii_lowercase()) && !is_entity(name);
        let help = "Write the sign itself; for an `&` in front of a word write `&amp;`.";
        return named.then(|| (end + 2, sign("HTML, and no sign has that name", help)));
    }
    let number = name.strip_prefix('#').is_some_and(|number| {
        let (digits, hex) = number.strip_prefix(['x', 'X']).map_or((number, false), |digits| (digits, true));
        let digit = |b: u8| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() };
        (2..=6).contains(&digits.len()) && digits.bytes().all(digit)
    });
    let known = number || is_entity(name);
    let good = format!("&{name};");
    let help = format!("Write `{good}`: a semicolon ends it.");
    // Where a letter follows, the name may go on: nothing is put in between.
    let mended = (!behind.starts_with(char::is_alphanumeric)).then_some(good);
    known.then(|| (end + 1, Sign { of: "HTML without its end", help, mended }))
}

/// The last part of a text: a long one is not read for each sign in it.
fn tail(text: &str) -> &str {
    let from = (text.len().saturating_sub(80)..=text.len()).find(|i| text.is_char_boundary(*i));
    text.get(from.unwrap_or(0)..).unwrap_or("")
}
