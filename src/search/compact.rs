//! The reader's script made small: comments and white space left out, and names of its own made short.
//!
//! It knows as much of JavaScript as `reader.js` needs: plain quotes, patterns that stand behind a bracket, comma, sign or space,
//! no templates. A test runs what comes out.

use std::collections::{BTreeMap, BTreeSet};

/// Names that stay: those of the language and the browser, and those that themes use.
const STAY: &str = "var function if return else for while do continue break new null true false in typeof delete this window \
document Math min max abs round floor Object keys split map forEach filter some slice concat push pop shift join charAt charCodeAt \
toUpperCase toLowerCase normalize replace test exec indexOf lastIndexOf length parseInt sort prototype createElement Int32Array Float64Array \
appendChild removeChild parentNode head src href onerror onload setTimeout encodeURI encodeURIComponent Boolean call \
guidepostSearch open find warm loading state query results total words missing instead nearest partial help title \
titleParts page address url kind group lang snippet limit offset final";

/// A piece of a script.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    /// White space; whether a line ends in it.
    Space(bool),
    /// A name, a word of the language, or a number.
    Name(&'a str),
    /// A text, a pattern, or a sign.
    Other(&'a str),
}

/// The script, small. `script` has its comments on lines of their own.
pub fn compact(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let pieces = pieces(&text);
    let names = short(&pieces);
    let mut out = String::with_capacity(text.len());
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Name(name) => out.push_str(names.get(name).map_or(name, String::as_str)),
            Piece::Other(text) => out.push_str(text),
            Piece::Space(line) => {
                let before = at.checked_sub(1).and_then(|at| pieces.get(at));
                if let Some((before, after)) = before.zip(pieces.get(at + 1)) {
                    out.push_str(space(*before, *after, *line));
                }
            }
        }
    }
    out.push('\n');
    out
}

/// What is left of the white space between two pieces.
fn space(before: Piece<'_>, after: Piece<'_>, line: bool) -> &'static str {
    match (before, after) {
        (Piece::Name(_), Piece::Name(_)) if !line => " ",
        (Piece::Other(a), Piece::Other(b)) if a == b && matches!(a, "+" | "-") => " ",
        // A line may end a statement, unless a sign says that it does or does not.
        (Piece::Other("{" | ";" | "," | "(" | "&" | "|" | ":" | "?"), _) => "",
        (_, Piece::Other("}" | "." | ")" | "?" | ":" | "&" | "|")) => "",
        _ if line => "\n",
        _ => "",
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let start = at;
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
        let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'$';
        at += c.len_utf8();
        if matches!(c, '"' | '\'') {
            while at < bytes.len() && char::from(byte(at)) != c {
                at += if byte(at) == b'\\' { 2 } else { 1 };
            }
            at += 1;
        } else if c == '/' && b"( =,!".contains(&byte(start.wrapping_sub(1))) && !b" =".contains(&byte(at)) {
            let mut set = false;
            while at < bytes.len() && (set || byte(at) != b'/') {
                match byte(at) {
                    b'\\' => at += 1,
                    b'[' => set = true,
                    b']' => set = false,
                    _ => {}
                }
                at += 1;
            }
            at += 1;
        } else if c.is_whitespace() {
            while byte(at).is_ascii_whitespace() && at < bytes.len() {
                at += 1;
            }
            pieces.push(Piece::Space(text.get(start..at).is_some_and(|s| s.contains('\n'))));
            continue;
        } else if is_name(c as u8) && c.is_ascii() {
            while at < bytes.len() && is_name(byte(at)) {
                at += 1;
            }
            pieces.push(Piece::Name(text.get(start..at).unwrap_or("")));
            continue;
        }
        pieces.push(Piece::Other(text.get(start..at).unwrap_or("")));
    }
    pieces
}

/// Short names for those that may have others, the most used first.
fn short<'a>(pieces: &[Piece<'a>]) -> BTreeMap<&'a str, String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for piece in pieces {
        if let Piece::Name(name) = piece {
            *counts.entry(name).or_default() += 1;
        }
    }
    let stay: BTreeSet<&str> = STAY.split_whitespace().collect();
    let taken: BTreeSet<&str> = counts.keys().copied().collect();
    let mut long: Vec<(&str, usize)> = counts
        .iter()
        .filter(|(name, _)| {
            name.len() > 1 && !stay.contains(*name) && !name.starts_with(|c: char| c.is_ascii_digit())
        })
        .map(|(name, count)| (*name, *count))
        .collect();
    long.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let letters = || ('a'..='z').chain('A'..='Z');
    let pairs = letters().flat_map(|a| letters().map(move |b| format!("{a}{b}")));
    let free = letters().map(String::from).chain(pairs);
    let free = free.filter(|name| !taken.contains(name.as_str()) && !stay.contains(name.as_str()));
    long.into_iter().map(|(name, _)| name).zip(free).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_stays() {
        let script = "// A comment\n(function () {\n  var looked = \"a  b\", other = 1;\n  if (looked) { return /[ \"/]/.test(looked) ? other + +other : looked; }\n  window.guidepostSearch = looked;\n})();\n";
        let small = compact(script);
        assert_eq!(
            small,
            "(function(){var a=\"a  b\",b=1;if(a){return/[ \"/]/.test(a)?b+ +b:a;}\nwindow.guidepostSearch=a;})();\n"
        );
    }
}
