//! The marks of other programs that `foreign-markup` knows: how each is recognised, whose it is, what to write instead.

use super::rare_signs::{MACROS, asciidoc, component, directive, entity, formula, remark, value};
use crate::check::page::CODE;

/// A mark of another program.
pub struct Sign {
    /// Whose it is.
    pub of: &'static str,
    /// What to write instead.
    pub help: String,
    /// The same in this guide's markdown, where only signs change.
    pub mended: Option<String>,
}

pub fn sign(of: &'static str, help: impl Into<String>) -> Sign {
    Sign { of, help: help.into(), mended: None }
}

pub const PLAIN: &str = "Pages hold no program: write the text or the address itself. A picture is `![what it shows](picture.jpg)`, a \
    link `[text](page.md)`, a box `:::note` and, at its end, `:::`.";
const TOC: &str = "Delete it: each page gets its table of contents by itself.";
const ATTRIBUTES: &str = "Delete it: the theme decides how things look and how large pictures are. An id stands behind a heading: \
    `## Heading {#id}`.";

/// The mark at the beginning of `rest`, which begins with a sign that was looked for: its length and what it is.
///
/// `before` is the running text of the block up to there; `source` the file from there, where tags still stand.
pub fn inline(before: &str, rest: &str, source: &str) -> Option<(usize, Sign)> {
    let last = before.chars().next_back();
    let begins = !last.is_some_and(char::is_alphanumeric);
    match rest.as_bytes().first()? {
        b'{' => braces(last, rest, source),
        b'[' => brackets(before, rest),
        b'%' => {
            // `<%= name %>`: the sign before it is taken along by who asks.
            if last == Some('<')
                && !rest.starts_with("%%")
                && let Some(end) = rest.find("%>").filter(|end| *end > 1)
            {
                let help = "Write out the text that it stands for; for the signs themselves write `\\<%`.";
                return Some((end + 2, sign("a template (EJS, ERB or another)", help)));
            }
            let inner = rest.strip_prefix("%%").filter(|_| begins)?;
            let end = inner.find("%%").filter(|n| *n > 0)?;
            let text = inner[..end].trim();
            Some((
                end + 4,
                sign("Obsidian", format!("What is not to be shown stands in a comment: `<!-- {text} -->`.")),
            ))
        }
        b'=' => {
            let inner = rest.strip_prefix("==").filter(|_| begins)?;
            let end = inner.find("==")?;
            let text = &inner[..end];
            let tight = !text.is_empty()
                && !text.starts_with(['=', ' '])
                && !text.ends_with(' ')
                && !inner[end + 2..].starts_with('=');
            let good = format!("**{text}**");
            let help = format!("Write `{good}` for what matters.");
            tight.then(|| {
                (end + 4, Sign { of: "Obsidian or another program (marked text)", help, mended: Some(good) })
            })
        }
        b'^' => {
            if let Some(inner) = rest.strip_prefix("^[") {
                let end = inner.find(']')?;
                let help = "Write `[^1]` here, and on a line of its own below `[^1]: the note`.";
                return Some((end + 3, sign("pandoc (a note in the text)", help)));
            }
            // `^o^` is a face.
            let raised = |n: &usize| {
                (1..=12).contains(n) && (!begins || *n > 1 || rest.as_bytes()[1].is_ascii_digit())
            };
            if let Some(end) = rest[1..].find('^').filter(raised) {
                let small = &rest[1..=end];
                let help = match above(small) {
                    Some(digits) => format!("Write `{digits}`; for the signs themselves write `\\^`."),
                    None => {
                        "A small text above the line cannot be written; for the signs themselves write `\\^`."
                            .to_owned()
                    }
                };
                let plain = small.chars().all(char::is_alphanumeric);
                return plain.then(|| (end + 2, sign("pandoc", help)));
            }
            if let Some((inner, _)) =
                rest.strip_prefix("^^").filter(|_| begins).and_then(|r| r.split_once("^^"))
            {
                let tight = !inner.is_empty() && !inner.starts_with(' ') && !inner.ends_with(' ');
                let help = format!("Write `{inner}`, or `**{inner}**` for what matters.");
                return tight.then(|| (inner.len() + 4, sign("MkDocs (added text)", help)));
            }
            let id = rest[1..].trim_end();
            let plain = id.len() >= 4 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            let alone = last.is_none_or(char::is_whitespace) && rest.len() == id.len() + 1;
            (plain && alone).then(|| {
                (
                    rest.len(),
                    sign(
                        "Obsidian (the id of a block)",
                        "Delete it; link to a heading with an id: `## Heading {#id}`.",
                    ),
                )
            })
        }
        b'\\' => {
            let names = [
                "newpage",
                "pagebreak",
                "clearpage",
                "begin{",
                "end{",
                "vspace{",
                "hspace{",
                "textbf{",
                "textit{",
                "emph{",
                "section{",
                "subsection{",
                "chapter{",
                "footnote{",
                "href{",
                "url{",
                "ref{",
                "cite{",
                "label{",
                "includegraphics",
                "tableofcontents",
                "toc",
            ];
            let name = names.iter().find(|n| rest[1..].starts_with(**n))?;
            Some((
                1 + name.trim_end_matches('{').len(),
                sign("LaTeX or pandoc", "Delete it; write what it does in markdown."),
            ))
        }
        b':' => emoji(last, rest)
            .or_else(|| asciidoc(before, rest))
            .or_else(|| value(before, rest))
            .or_else(|| directive(last, rest)),
        b'&' => entity(before, rest),
        b'$' => formula(last, rest),
        b'+' => {
            let (keys, _) = rest.strip_prefix("++").filter(|_| begins)?.split_once("++")?;
            let plain = !keys.is_empty()
                && keys.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-'));
            let shown = keys.replace('+', " + ");
            plain.then(|| (keys.len() + 4, sign("MkDocs (keys)", format!("Write `**{shown}**`."))))
        }
        b'\'' => {
            let (inner, _) = rest.strip_prefix("\'\'\'").filter(|_| begins)?.split_once("\'\'\'")?;
            let tight = !inner.is_empty() && !inner.starts_with(' ') && !inner.ends_with(' ');
            tight.then(|| (inner.len() + 6, sign("a wiki (bold)", format!("Write `**{inner}**`."))))
        }
        _ => None,
    }
}

/// `{{< … >}}`, `{% … %}`, `{{ … }}`, `{: .x}`, `{.x}`, `{width="…"}`.
fn braces(last: Option<char>, rest: &str, source: &str) -> Option<(usize, Sign)> {
    let until = |close: &str| rest.find(close).map(|n| n + close.len());
    if rest.starts_with("{{") {
        let end = until("}}")?;
        let hugo = source.starts_with("{{<") || source.starts_with("{{%");
        return Some((
            end,
            if hugo {
                sign("Hugo (a shortcode)", PLAIN)
            } else {
                sign("a template (Jekyll, Hugo, Vue or another)", PLAIN)
            },
        ));
    }
    if rest.starts_with("{%") {
        return Some((until("%}")?, sign("a template (Jekyll, Nunjucks, GitBook or another)", PLAIN)));
    }
    if let Some((length, sign)) = remark(rest, source) {
        return Some((length, sign));
    }
    let end = until("}")?;
    let inner = &rest[1..end - 1];
    if rest[end..].starts_with(CODE)
        && !inner.is_empty()
        && inner.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    {
        return Some((end, sign("MyST (Sphinx)", "Write a link as `[text](page.md)`.")));
    }
    if let Some(found) = component(rest) {
        return Some(found);
    }
    if MACROS.contains(&inner.split(':').next().unwrap_or("")) {
        return Some((end, sign("Confluence or Jira (a macro)", PLAIN)));
    }
    // `[text]{page.md}` is a link in wrong brackets.
    // Words of the settings that are not set, or are nearly one, are told by the parser.
    let dotted = last != Some(']')
        && !inner.to_ascii_lowercase().starts_with("contact.")
        && inner.contains('.')
        && inner.split('.').all(|part| {
            part.starts_with(|c: char| c.is_ascii_alphabetic())
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        });
    if dotted {
        let help = "Write the text itself. Words of site.yaml are written as in `{contact.phone}`.";
        return Some((end, sign("a program (MDX or another)", help)));
    }
    if inner.strip_prefix(':').is_some_and(|name| name.starts_with([':', '/'])) {
        let help = "Delete it; what is not to be shown stands in a comment: `<!-- … -->`.";
        return Some((end, sign("Jekyll (kramdown)", help)));
    }
    if let Some(kramdown) = inner.strip_prefix(':') {
        let toc = kramdown.trim() == "toc";
        let given = toc || kramdown.trim_start().starts_with(['.', '#']) || kramdown.contains('=');
        return given.then(|| (end, sign("Jekyll (kramdown)", if toc { TOC } else { ATTRIBUTES })));
    }
    is_attributes(inner).then(|| (end, sign("pandoc, MkDocs or Word", ATTRIBUTES)))
}

/// Whether what stands between the braces is `.class`, `#id` and `key="value"`, one or more.
fn is_attributes(inner: &str) -> bool {
    let mut any = false;
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let name = |text: &str| {
            text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(text.len())
        };
        let length = if let Some(mark) = rest.strip_prefix(['.', '#']) {
            match name(mark) {
                0 => return false,
                n => n + 1,
            }
        } else {
            let n = name(rest);
            let Some(value) = rest[n..].strip_prefix('=').filter(|_| n > 0) else { return false };
            match value.chars().next() {
                Some(quote @ ('"' | '\'' | '\u{201c}')) => {
                    let close = if quote == '\u{201c}' { '\u{201d}' } else { quote };
                    let Some(end) = value[quote.len_utf8()..].find(close) else { return false };
                    n + 1 + quote.len_utf8() + end + close.len_utf8()
                }
                _ => n + 1 + value.find(char::is_whitespace).unwrap_or(value.len()),
            }
        };
        any = true;
        rest = rest[length..].trim_start();
    }
    any
}

/// `[[page]]`, `[TOC]`, `[!INFO]`, `[@key]`, `[/caption]`.
fn brackets(before: &str, rest: &str) -> Option<(usize, Sign)> {
    // Only the end of the line before it matters, and a long one is not read for each bracket.
    let from =
        (before.len().saturating_sub(80)..=before.len()).find(|i| before.is_char_boundary(*i)).unwrap_or(0);
    let line = before[from..].rsplit('\n').next().unwrap_or("").trim();
    if let Some(inner) = rest.strip_prefix("[[") {
        let end = inner.find("]]").filter(|n| *n > 0)?;
        let name = &inner[..end];
        if name.eq_ignore_ascii_case("toc") || name.eq_ignore_ascii_case("_toc_") {
            return Some((end + 4, sign("GitLab or another program", TOC)));
        }
        if let Some((address, text)) = name.split_once("][") {
            return Some((end + 4, sign("Org mode", format!("Write `[{text}]({address})`."))));
        }
        let picture =
            ["file:", "image:", "archivo:", "imagen:"].iter().any(|p| name.to_lowercase().starts_with(p));
        if picture {
            let file = name.split([':', '|']).nth(1).unwrap_or("");
            return Some((end + 4, sign("a wiki (a picture)", format!("Write `![what it shows]({file})`."))));
        }
        let help = match (line.ends_with('!'), name.split_once('|')) {
            (true, _) => format!(
                "Write a picture as `![what it shows]({name})`; the text of another page cannot be shown inside this one."
            ),
            (false, Some((page, text))) => {
                format!("Write `[{text}]({})`, with the path of the page's file.", file(page))
            }
            (false, None) => format!("Write `[{name}]({})`, with the path of the page's file.", file(name)),
        };
        return Some((end + 4, sign("Obsidian or a wiki", help)));
    }
    let end = rest.find(']')?;
    let inner = &rest[1..end];
    if inner.eq_ignore_ascii_case("toc") && line.is_empty() && rest[end + 1..].trim().is_empty() {
        return Some((end + 1, sign("MkDocs or another program", TOC)));
    }
    if let Some(name) = inner.strip_prefix('!').filter(|_| before.trim().is_empty()) {
        return alert(name, rest, end);
    }
    if let Some(key) = inner.strip_prefix('@').or_else(|| inner.strip_prefix("-@")) {
        // `[@smith2004]`, `[@smith2004, p. 3; @doe]`.
        let word = key.split([',', ';']).next().unwrap_or("");
        let plain = word.chars().next().is_some_and(char::is_alphanumeric) && !word.contains(' ');
        let help = "Write the source as a link or a footnote: `[Smith, 2004](../about/sources.md#smith)`.";
        return plain.then(|| (end + 1, sign("pandoc (a citation)", help)));
    }
    if let Some((text, address)) = inner.split_once('|').filter(|(_, a)| is_web(a)) {
        return Some((end + 1, sign("Confluence or Jira (a link)", format!("Write `[{text}]({address})`."))));
    }
    if let Some((address, text)) =
        inner.split_once(' ').filter(|(a, _)| is_web(a) && !rest[end + 1..].starts_with('('))
    {
        return Some((end + 1, sign("a wiki (a link)", format!("Write `[{text}]({address})`."))));
    }
    let word = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'))
    };
    let closes = inner.strip_prefix('/').is_some_and(word);
    let opens = inner
        .split_once(' ')
        .is_some_and(|(name, rest)| word(name) && (rest.contains("=\"") || rest.contains("=\u{201d}")));
    (closes || opens).then(|| (end + 1, sign("WordPress or a forum", PLAIN)))
}

fn is_web(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

/// `[!INFO]`, `[!NOTE] Title`.
fn alert(name: &str, rest: &str, end: usize) -> Option<(usize, Sign)> {
    let large = name.to_ascii_uppercase();
    if large.is_empty() || !large.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-') {
        return None;
    }
    let behind = rest[end + 1..].trim_start_matches(['+', '-']);
    let title = behind.trim();
    let known = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    if known.contains(&large.as_str()) {
        let help =
            format!("Write `> [!{large}]` alone on its line, and what follows on the next one, behind `> `.");
        return Some((end + 1, sign("Obsidian (a title behind a box)", help)));
    }
    let near = match large.as_str() {
        "HINT" | "SUCCESS" | "CHECK" | "DONE" | "EXAMPLE" => "TIP",
        "DANGER" | "ERROR" | "BUG" | "FAIL" | "FAILURE" | "MISSING" => "CAUTION",
        "ATTENTION" => "WARNING",
        _ => "NOTE",
    };
    let more = if title.is_empty() { "" } else { "; the title stands on the next line, behind `> `" };
    let help = format!("Write `> [!{near}]` alone on its line{more}. There are {}.", known.join(", "));
    Some((end + 1, sign("Obsidian or another program (a box)", help)))
}

/// The file that a name of a wiki may stand for.
fn file(name: &str) -> String {
    let (page, place) = name.split_once('#').unwrap_or((name, ""));
    let page = page.trim().to_lowercase().replace(' ', "-");
    let place = if place.is_empty() {
        String::new()
    } else {
        format!("#{}", place.trim().to_lowercase().replace(' ', "-"))
    };
    match page.is_empty() {
        true => place,
        false if page.ends_with(".md") => format!("{page}{place}"),
        false => format!("{page}.md{place}"),
    }
}

/// `:smile:`, and a role of reStructuredText before code.
fn emoji(last: Option<char>, rest: &str) -> Option<(usize, Sign)> {
    let inner = &rest[1..];
    let end = inner.bytes().take(40).position(|b| b == b':')?;
    let name = &inner[..end];
    let plain = name.len() >= 2
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-' | b'+'))
        && (name.bytes().any(|b| b.is_ascii_lowercase()) || matches!(name, "+1" | "-1"));
    let next = inner[end + 1..].chars().next();
    let alone = !last.is_some_and(|c| c.is_alphanumeric() || c == ':')
        && !next.is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '/'));
    if !plain || !alone {
        return None;
    }
    if next == Some(CODE) {
        return Some((end + 2, sign("Sphinx (reStructuredText)", "Write a link as `[text](page.md)`.")));
    }
    Some((
        end + 2,
        sign(
            "GitHub or a chat (a small picture)",
            "Put the small picture itself there, or leave it out: many cannot see it.",
        ),
    ))
}

/// Whether a mark that was looked for can begin with these two bytes.
pub fn may_begin(sign: u8, next: u8) -> bool {
    match sign {
        b':' => next.is_ascii_alphanumeric() || matches!(next, b'+' | b'-' | b':' | b'.' | b'/'),
        b'=' | b'+' | b'\'' => next == sign,
        b'$' => !next.is_ascii_digit() && !next.is_ascii_whitespace(),
        b'\\' => next.is_ascii_lowercase(),
        b'^' => matches!(next, b'[' | b'^') || next.is_ascii_alphanumeric(),
        b'&' => next == b'#' || next.is_ascii_alphabetic(),
        _ => true,
    }
}

/// The name and the title of `note[Title]` or `note Title`, what stands behind the colons of a container.
pub fn container(rest: &str) -> Option<(&str, &str)> {
    let length = rest
        .find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        .filter(|n| *n > 0)?;
    let (name, behind) = rest.split_at(length);
    if let Some(title) = behind.strip_prefix('[') {
        return Some((name, title.split(']').next().unwrap_or("").trim()));
    }
    let title = behind.trim();
    let words = behind.starts_with(char::is_whitespace)
        && !title.is_empty()
        && !title.contains('=')
        && !title.starts_with(['{', '"']);
    words.then_some((name, title))
}

/// The box of this guide that does what a box of that name does elsewhere.
pub fn box_name(name: &str) -> &str {
    match name {
        "info" | "abstract" | "summary" | "details" | "seealso" | "question" => "note",
        "success" | "hint" | "check" => "tip",
        "danger" | "error" | "bug" | "failure" => "caution",
        "attention" => "warning",
        name => name,
    }
}

/// Whether the box of that name has a title in the theme that comes with the program.
pub fn has_title(name: &str) -> bool {
    ["note", "tip", "important", "warning", "caution", "safety", "example"].contains(&name)
}

/// The tag at the beginning of `text`, when it is none of HTML: its name, whose it is, what to do.
pub fn tag(text: &str) -> Option<(&str, &'static str, &'static str)> {
    let rest = text.strip_prefix('<')?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let first = *rest.as_bytes().first()?;
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let length =
        rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | ':'))).unwrap_or(rest.len());
    let name = &rest[..length];
    if !rest[length..].starts_with(['>', ' ', '/', '\n', '\t']) {
        return None;
    }
    if let Some((space, inner)) = name.split_once(':') {
        let office =
            matches!(space, "o" | "w" | "v" | "m" | "st1") && !inner.is_empty() && !inner.starts_with('/');
        return office.then_some((name, "Word", "Delete the tag; it does nothing here."));
    }
    // `<B>` is bold in old HTML: a part of a program has a large letter and small ones.
    let part =
        first.is_ascii_uppercase() && name.bytes().skip(1).any(|b| b.is_ascii_lowercase()) && name.len() > 2;
    part.then_some((
        name,
        "Docusaurus or another program (MDX)",
        "Delete the tags and keep the text; for tabs write a heading (`### …`) for each.",
    ))
}

/// A number in small digits below the line.
pub fn below(number: &str) -> Option<String> {
    let digit = |c: char| char::from_u32(0x2080 + c.to_digit(10)?);
    Some(number.chars().map(digit).collect::<Option<String>>()?).filter(|small| !small.is_empty())
}

/// A number in small digits above the line.
fn above(number: &str) -> Option<String> {
    let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c.to_digit(10)? as usize);
    Some(number.chars().map(digit).collect::<Option<String>>()?).filter(|small| !small.is_empty())
}
