//! Names in addresses: of tags, of choices, of parts of print pages.
//!
//! A tag keeps the plain slug of its name, letters and digits with `-` for the rest, while no other tag has the same one.
//! Where two would share a page, the one that is written like its slug keeps it, and the signs of the others are spelt out:
//! `3` and `3-plus`. Addresses depend on which tags there are, never on the order in which they were met.

use crate::source::nfc;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A name in addresses: letters and digits of any script, lower case, the rest `-`.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    if name.is_ascii() {
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() {
                slug.push(byte.to_ascii_lowercase() as char);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(slug.trim_end_matches('-').len());
        return slug;
    }
    for c in nfc(name).chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The name of a finder's choice in addresses.
pub fn choice_slug(value: &str) -> String {
    let number = value.strip_suffix('+').map(slug).filter(|number| !number.is_empty());
    let slug = number.map_or_else(|| slug(value), |number| format!("{number}-up"));
    if slug.is_empty() { spelt_out(&tag_key(value)) } else { slug }
}

/// What two ways to write a tag have in common when they are one tag: it in NFC, in small letters, with single spaces.
pub fn tag_key(name: &str) -> Cow<'_, str> {
    // Nearly all are written as their key.
    let same = |b: u8| b.is_ascii_graphic() && !b.is_ascii_uppercase();
    let spaced = name.starts_with(' ') || name.ends_with(' ') || name.contains("  ");
    if name.bytes().all(|b| same(b) || b == b' ') && !spaced {
        return Cow::Borrowed(name);
    }
    let lower = nfc(name).to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    Cow::Owned(nfc(&words.join(" ")).into_owned())
}

/// The slug of each of these tags, by its [`tag_key`]; no two have the same.
pub(super) fn tag_slugs(keys: BTreeSet<String>) -> BTreeMap<String, String> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for key in keys {
        groups.entry(plain(&key)).or_default().push(key);
    }
    let mut slugs = BTreeMap::new();
    let mut spelt: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (base, keys) in &groups {
        let is = |key: &String, sign: &str| key.replace(' ', sign) == *base;
        let owner = match keys.as_slice() {
            [only] => Some(only),
            keys => keys.iter().find(|key| *key == base).or_else(|| keys.iter().find(|key| is(key, "-"))),
        };
        for key in keys {
            match owner == Some(key) {
                true => drop(slugs.insert(key.clone(), base.clone())),
                false => {
                    spelt.entry(fitting(spelt_out(key), key)).or_default().push((key.clone(), base.clone()))
                }
            }
        }
    }
    for (slug, mut keys) in spelt {
        match keys.pop() {
            Some((key, _)) if keys.is_empty() && !groups.contains_key(&slug) => drop(slugs.insert(key, slug)),
            last => {
                for (key, base) in keys.into_iter().chain(last) {
                    slugs.insert(key.clone(), marked(&base, &key));
                }
            }
        }
    }
    slugs
}

/// The slug of a tag that no other one shares.
fn plain(key: &str) -> String {
    let slug = slug(key);
    fitting(if slug.is_empty() { spelt_out(key) } else { slug }, key)
}

/// Maximum length of a slug, in bytes: with its ending it is the name of a file.
const MAX_SLUG_BYTES: usize = 250;

/// The slug, or another one where it cannot be the name of a file everywhere, or is that of the page of all tags.
fn fitting(slug: String, key: &str) -> String {
    let device = |name: &str| matches!(name, "con" | "prn" | "aux" | "nul");
    let port = |name: &str| {
        let number = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
        number.is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    match slug.as_str() {
        name if name.is_empty() || name == "index" || device(name) || port(name) => format!("tag-{slug}"),
        name if name.len() > MAX_SLUG_BYTES => marked(name, key),
        _ => slug,
    }
}

/// The slug with a mark of the whole name.
fn marked(slug: &str, key: &str) -> String {
    let end = (0..=slug.len().min(180)).rev().find(|end| slug.is_char_boundary(*end)).unwrap_or(0);
    let mark = crate::source::Hasher::new().text(key).finish().low();
    format!("{}-{:08x}", slug[..end].trim_end_matches(['-', '_']), mark as u32)
}

/// The name with its signs in words.
fn spelt_out(key: &str) -> String {
    let mut out = String::with_capacity(key.len() * 2);
    let mut after_sign = false;
    for c in key.chars() {
        if c.is_alphanumeric() || matches!(c, '-' | ' ') {
            if after_sign && c.is_alphanumeric() {
                out.push('-');
            }
            out.push(if c == ' ' { '_' } else { c });
            after_sign = false;
            continue;
        }
        if !out.is_empty() && !out.ends_with(['-', '_']) {
            out.push('-');
        }
        match word(c) {
            Some(word) => out.push_str(word),
            None => out.push_str(&format!("u{:x}", c as u32)),
        }
        after_sign = true;
    }
    out.trim_matches('-').to_owned()
}

/// A sign in a word.
fn word(sign: char) -> Option<&'static str> {
    Some(match sign {
        '+' => "plus",
        '#' => "sharp",
        '/' => "slash",
        '\\' => "backslash",
        '&' => "and",
        '%' => "percent",
        '*' => "star",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '!' => "bang",
        '?' => "question",
        '@' => "at",
        '=' => "equals",
        '<' => "less",
        '>' => "more",
        '$' => "dollar",
        '_' => "underscore",
        '~' => "tilde",
        '|' => "bar",
        '\'' | '\u{2019}' => "apostrophe",
        '"' => "quote",
        '(' => "open",
        ')' => "close",
        '\u{2013}' | '\u{2014}' => "dash",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_letters_of_any_script() {
        assert_eq!(slug("Fine Motor / hands"), "fine-motor-hands");
        assert_eq!(slug("¿Qué es?"), "qué-es");
        assert_eq!(slug("العلاج الوظيفي"), "العلاج-الوظيفي");
        assert_eq!(slug("Nin\u{303}os"), "niños");
        assert_eq!(slug("!!!"), "");
    }

    /// The slugs of tags that are on one site, in order.
    fn slugs(names: &[&str]) -> Vec<String> {
        let found = tag_slugs(names.iter().map(|name| tag_key(name).into_owned()).collect());
        names.iter().map(|name| found[&*tag_key(name)].clone()).collect()
    }

    #[test]
    fn a_tag_alone_keeps_its_plain_address() {
        for (name, slug) in [
            ("C++", "c"),
            ("3+", "3"),
            ("K/2", "k-2"),
            ("Fine motor", "fine-motor"),
            ("1.10", "1-10"),
            ("العلاج", "العلاج"),
            ("精细动作", "精细动作"),
            ("Nin\u{303}o", "niño"),
            ("🎉", "u1f389"),
            ("!!!", "bang-bang-bang"),
            ("...", "dot-dot-dot"),
            ("CON", "tag-con"),
            ("com1", "tag-com1"),
            ("Index", "tag-index"),
            ("-", "tag-"),
        ] {
            assert_eq!(slugs(&[name]), [slug], "{name}");
        }
    }

    #[test]
    fn two_tags_never_have_one_address() {
        for (names, expected) in [
            (vec!["3+", "3"], vec!["3-plus", "3"]),
            (vec!["C", "C++", "C#"], vec!["c", "c-plus-plus", "c-sharp"]),
            (vec!["C++", "C#"], vec!["c-plus-plus", "c-sharp"]),
            (vec!["K-2", "K/2", "K 2"], vec!["k-2", "k-slash-2", "k_2"]),
            (vec!["a b", "a/b"], vec!["a-b", "a-slash-b"]),
            (vec!["🎉", "🎈"], vec!["u1f389", "u1f388"]),
            (vec!["index", "tag index"], vec!["tag-index-", "tag-index"]),
        ] {
            let found = slugs(&names);
            for (slug, expected) in found.iter().zip(&expected) {
                assert!(
                    slug == expected || expected.ends_with('-') && slug.starts_with(*expected),
                    "{found:?}"
                );
            }
            assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), names.len(), "{found:?}");
        }
        // Spelt out, the first would be the address of the second.
        let found = slugs(&["x+", "x", "x plus", "x/"]);
        assert_eq!(found[1..3], ["x", "x-plus"]);
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 4, "{found:?}");
        let long = "word ".repeat(80);
        let (one, two) = (format!("{long}a"), format!("{long}b"));
        let found = slugs(&[&one, &two]);
        assert!(found[0] != found[1] && found.iter().all(|slug| slug.len() <= MAX_SLUG_BYTES), "{found:?}");
    }

    #[test]
    fn one_word_in_two_forms_is_one_tag() {
        for (a, b) in
            [("Play", " play "), ("Ni\u{f1}o", "nin\u{303}o"), ("a  b", "A\u{a0}B"), ("ÉCOLE", "école")]
        {
            assert_eq!(tag_key(a), tag_key(b), "{a} {b}");
        }
        for (a, b) in [("a-b", "a b"), ("3", "3+"), ("ss", "ß"), ("año", "ano")] {
            assert_ne!(tag_key(a), tag_key(b), "{a} {b}");
        }
    }
}
