//! What stands in files by accident: characters that nobody can see, and the marks of version control.
//!
//! Asked by the reader of YAML and by the rules on pages, so that both name a character in the same words.

/// What a character is called that cannot be seen, or not be told from a space; none for all others.
pub fn unseen(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' => "a no-break space (U+00A0)",
        '\u{202f}' => "a narrow no-break space (U+202F)",
        '\u{2000}'..='\u{200a}' | '\u{205f}' => "a space of another width, from a word processor",
        '\u{3000}' => "a wide space (U+3000)",
        '\u{200b}' => "a zero-width space (U+200B)",
        '\u{200c}' | '\u{200d}' => "a zero-width joiner (U+200C or U+200D)",
        '\u{2060}' => "a word joiner (U+2060)",
        '\u{feff}' => "a byte order mark (U+FEFF), as some programs put at the beginning of a file",
        '\u{ad}' => "a soft hyphen (U+00AD)",
        '\u{200e}' | '\u{200f}' | '\u{61c}' => "a mark of the writing direction",
        '\u{2028}' | '\u{2029}' | '\u{85}' => "a line separator, from a word processor",
        '\u{b}' => "a vertical tab (U+000B)",
        '\u{c}' => "a form feed (U+000C)",
        _ => return None,
    })
}

/// A text with plain spaces for what looks like one, and nothing for what looks like nothing.
pub fn plain(text: &str) -> String {
    let seen = |c: char| match unseen(c) {
        Some(_) if c.is_whitespace() => Some(' '),
        Some(_) => None,
        None => Some(c),
    };
    text.chars().filter_map(seen).collect()
}

/// Whether the line is a mark of version control: seven signs, alone or with the name of a version behind a space.
pub fn is_merge_mark(line: &str, sign: char) -> bool {
    let rest = line.trim_start_matches(sign);
    line.len() - rest.len() == 7 && (rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_takes_away_what_nobody_sees() {
        assert_eq!(plain("a\u{a0}b\u{200b}c\u{feff}d"), "a bcd");
        assert!(unseen('\u{a0}').is_some() && unseen(' ').is_none() && unseen('a').is_none());
        assert!(is_merge_mark("<<<<<<< HEAD", '<') && is_merge_mark("=======", '='));
        assert!(
            !is_merge_mark("<<<<<<<<", '<') && !is_merge_mark("<<<<<<<a", '<') && !is_merge_mark("a", '<')
        );
    }
}
