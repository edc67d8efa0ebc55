//! Which characters make words, in every script: said once, for the rules, the glossary and whatever cuts text.

use unicode_normalization::char::is_combining_mark;

/// Whether `c` can begin a word. The modifier letters that stand for an apostrophe cannot.
pub fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{2b9}' | '\u{2bb}'..='\u{2bd}')
}

/// Whether `c` goes on with the word before it, though it may be no letter: a mark on a letter, or something unseen.
pub fn continues(c: char) -> bool {
    match c {
        '\0'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{205f}' => false,
        _ => is_combining_mark(c) || is_unseen(c),
    }
}

/// What no reader sees and no name is told apart by: soft hyphens, joiners, selectors of a letter's shape.
pub fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Whether the script of `c` puts no space between words.
pub fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' // Burmese
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{1950}'..='\u{19df}' | '\u{1a20}'..='\u{1aaf}' | '\u{aa80}'..='\u{aadf}' // Tai
        | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' // Chinese
        | '\u{3040}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}' // Japanese, Bopomofo
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a000}'..='\u{a4cf}' // Chinese, Yi
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}
