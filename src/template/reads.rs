//! Which keys of a value a template can read, with all that it extends, includes and calls.
//!
//! Values for templates are dear: the body of an entry is filled, its fields are shown as HTML. So only that is made which
//! a template names. Found by reading the text, as `closure` does: a key is named behind a dot or in quotes. Where a name is
//! made while the template runs (`entry[key]`, a filter that takes a map apart), all keys count as read. So the
//! answer may be too large, which costs time; it is never too small.

use crate::site::path_hash;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// The keys that are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    /// Hashes of the names behind a dot and the texts in quotes.
    keys: FxHashSet<u64>,
    /// Hashes of the names of variables and all else.
    names: FxHashSet<u64>,
    /// Whether keys are read by names that are not written in the template.
    any: bool,
    /// Identifies them.
    keys_hash: u64,
}

/// Maps of a record whose keys are not those of records.
const INNER: [&str; 6] = ["fields", "labels", "text", "html", "settings", "meta"];

/// Filters that read a map whatever its keys.
const WHOLE: [&str; 6] = ["values", "pairs", "str", "get", "group_by", "json"];

/// Keys of records behind which no other record stands: as JSON they are what they are.
const PLAIN: [&str; 20] = [
    "title",
    "nav_title",
    "description",
    "url",
    "canonical",
    "path",
    "source",
    "kind",
    "kind_label",
    "lang",
    "dir",
    "id",
    "excerpt",
    "group",
    "owner",
    "reviewed",
    "publish",
    "updated",
    "tags",
    "name",
];

/// Whether the tokens end with such a key behind a dot.
fn ends_plain(tokens: &[Token<'_>]) -> bool {
    matches!(tokens, [.., Token::Sign('.'), Token::Name(key)] if PLAIN.contains(key))
}

impl Reads {
    /// The keys that `text` reads by itself.
    pub fn of(text: &str) -> Reads {
        let mut reads = Reads::default();
        let tokens = tokens(text);
        let simple = simple_variables(&tokens);
        for (i, token) in tokens.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|b| tokens.get(b));
            match *token {
                Token::Text(quoted) => {
                    // `sort(attribute="page.title")` reads both.
                    reads.keys.extend(quoted.split('.').map(path_hash));
                }
                Token::Name(name) if before == Some(&Token::Sign('.')) => {
                    reads.keys.insert(path_hash(name));
                }
                Token::Name(name) => {
                    if before == Some(&Token::Sign('|')) && WHOLE.contains(&name) {
                        let plain = name == "json" && ends_plain(tokens.get(..i - 1).unwrap_or_default());
                        reads.any |= !plain && !names_its_key(&tokens[i + 1..]);
                    }
                    reads.names.insert(path_hash(name));
                }
                Token::Sign('[') => reads.any |= is_open(&tokens, i, &simple),
                // `{...entry}` gives all of it to a component.
                Token::Sign('.') if before == Some(&Token::Sign('.')) => reads.any = true,
                _ => {}
            }
            reads.any |= takes_pairs(&tokens[i..]);
        }
        reads
    }

    /// Adds what another file reads.
    pub fn add(&mut self, other: &Reads) {
        self.keys.extend(&other.keys);
        self.names.extend(&other.names);
        self.any |= other.any;
    }

    /// Computes what identifies them.
    pub fn sealed(mut self) -> Reads {
        // The order of the keys must not count.
        self.keys_hash =
            self.keys.iter().fold(u64::from(self.any), |keys_hash, key| keys_hash.wrapping_add(*key));
        self
    }

    /// Whether a key of that name may be read.
    pub fn key(&self, name: &str) -> bool {
        self.any || self.keys.contains(&path_hash(name))
    }

    /// Whether a key of that name is written.
    pub fn names_key(&self, name: &str) -> bool {
        self.keys.contains(&path_hash(name))
    }

    /// Whether a variable of that name may be read.
    pub fn variable(&self, name: &str) -> bool {
        self.names.contains(&path_hash(name))
    }

    /// Whether keys are read by names that are not written.
    pub fn any(&self) -> bool {
        self.any
    }

    /// Equal for all that read the same keys.
    pub fn keys_hash(&self) -> u64 {
        self.keys_hash
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    Name(&'t str),
    Text(&'t str),
    Number,
    Sign(char),
    /// Between two tags.
    Break,
}

/// The tokens of all tags.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let inner = &rest[start + 1..];
        let end = match inner.as_bytes().first() {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => {
                rest = inner.find("#}").map_or("", |end| &inner[end + 2..]);
                continue;
            }
            _ => {
                rest = inner;
                continue;
            }
        };
        rest = tag(&inner[1..], end, &mut tokens);
        tokens.push(Token::Break);
    }
    tokens
}

/// Reads one tag up to its `end`; gives what follows.
fn tag<'t>(text: &'t str, end: &str, tokens: &mut Vec<Token<'t>>) -> &'t str {
    let mut rest = text;
    // Within `{…}` of an expression `}}` ends a map.
    let mut depth = 0_usize;
    while let Some(first) = rest.chars().next() {
        if depth == 0
            && let Some(after) = rest.strip_prefix(end)
        {
            return after;
        }
        let length = match first {
            '"' | '\'' | '`' => {
                let (text, length) = quoted(&rest[1..], first);
                tokens.push(Token::Text(text));
                length + 1
            }
            c if c.is_ascii_digit() => {
                tokens.push(Token::Number);
                rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
            }
            c if c.is_alphabetic() || c == '_' => {
                let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                tokens.push(Token::Name(&rest[..length]));
                length
            }
            c if c.is_whitespace() => c.len_utf8(),
            c => {
                match c {
                    '{' => depth += 1,
                    '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                tokens.push(Token::Sign(c));
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    rest
}

/// The text up to the closing quote, and the length up to behind it.
fn quoted(text: &str, quote: char) -> (&str, usize) {
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return (&text[..i], i + 1),
            _ => {}
        }
    }
    (text, text.len())
}

/// Variables that only ever are a list or map written in the template, or of the settings: no record is among them.
fn simple_variables<'t>(tokens: &[Token<'t>]) -> BTreeSet<&'t str> {
    let mut simple = BTreeSet::new();
    let mut other = BTreeSet::new();
    for (i, token) in tokens.iter().enumerate() {
        let Token::Name(name) = token else { continue };
        match (i.checked_sub(1).and_then(|b| tokens.get(b)), tokens.get(i + 1), tokens.get(i + 2)) {
            (Some(Token::Name("set" | "set_global")), Some(Token::Sign('=')), Some(value)) => {
                let settings = *value == Token::Name("site");
                if settings || matches!(value, Token::Sign('{' | '[')) {
                    simple.insert(*name);
                } else {
                    other.insert(*name);
                }
            }
            // A loop's variable or an argument may have the name too; in a call it does no harm.
            (Some(Token::Name("for") | Token::Sign(',' | '(')), next, _)
                if !matches!(next, Some(Token::Sign('.' | '?' | '['))) =>
            {
                other.insert(*name);
            }
            _ => {}
        }
    }
    simple.difference(&other).copied().collect()
}

/// Whether the `[` at `at` reads a key whose name is not written there.
fn is_open(tokens: &[Token<'_>], at: usize, simple: &BTreeSet<&str>) -> bool {
    let back = |n: usize| at.checked_sub(n).and_then(|b| tokens.get(b));
    let shift = usize::from(back(1) == Some(&Token::Sign('?')));
    let of = match back(1 + shift) {
        // A list is written, not read.
        None
        | Some(Token::Sign('=' | '(' | ',' | ':' | '[' | '{' | '~' | '+') | Token::Break | Token::Number) => {
            return false;
        }
        Some(Token::Name("in" | "or" | "and" | "not" | "if" | "else" | "elif" | "is")) => return false,
        Some(of) => of,
    };
    match (tokens.get(at + 1), tokens.get(at + 2)) {
        (Some(Token::Text(_) | Token::Number), Some(Token::Sign(']'))) => return false,
        (Some(Token::Number | Token::Sign(':' | '-')), _) => return false,
        (Some(Token::Name("loop")), _) => return false,
        _ => {}
    }
    match of {
        Token::Name(name) if back(2 + shift) == Some(&Token::Sign('.')) => !INNER.contains(name),
        Token::Name(name) => !simple.contains(name),
        _ => true,
    }
}

/// Whether `for key, value in …` begins here, of something that may be a record.
fn takes_pairs(tokens: &[Token<'_>]) -> bool {
    let [Token::Name("for"), Token::Name(_), Token::Sign(','), Token::Name(_), Token::Name("in"), rest @ ..] =
        tokens
    else {
        return false;
    };
    let end = rest.iter().position(|t| *t == Token::Break).unwrap_or(rest.len());
    let of = rest[..end].iter().rev().find(|t| !matches!(t, Token::Sign(_)));
    !matches!(of, Some(Token::Name(name)) if INNER.contains(name))
}

/// Whether the filter whose arguments follow names the key that it reads.
fn names_its_key(arguments: &[Token<'_>]) -> bool {
    matches!(
        arguments,
        [Token::Sign('('), Token::Name("key" | "attribute"), Token::Sign('='), Token::Text(_), ..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_where_it_is_named() {
        let reads = Reads::of(
            "body {{ e.title }} {% if e?.page.url %}{{ x[\"level\"] }}{% endif %}{# e.body #}\
             {% for c in entries(kind=\"a\") | sort(attribute=\"page.order\") %}{{ body or \"\" }}{% endfor %}",
        );
        for key in ["title", "page", "url", "level", "order", "a"] {
            assert!(reads.key(key), "{key}");
        }
        for key in ["body", "e", "kind", "excerpt"] {
            assert!(!reads.key(key), "{key}");
        }
        assert!(reads.variable("body") && !reads.variable("title"));
    }

    #[test]
    fn what_cannot_be_known_is_read() {
        for text in [
            "{{ e[name] }}",
            "{{ e?[name] }}",
            "{{ page(path=\"a\")[name] }}",
            "{% for k, v in entry %}{% endfor %}",
            "{% for k, v in entry | pairs %}{% endfor %}",
            "{{ entry | get(key=name) }}",
            "{{ entry | json }}",
            "{{ finder.entries | json }}",
            "{{ <card {...entry} /> }}",
            "{{ e[\"ti\" ~ \"tle\"] }}",
            "{% set t = {\"a\": 1} %}{% for t in list %}{{ t[name] }}{% endfor %}",
        ] {
            assert!(Reads::of(text).any, "{text}");
        }
        for text in [
            "{{ e[\"title\"] }} {{ list[0] }} {{ list[-1] }} {{ names[loop.index0] }} {{ list[1:] }}",
            "{% set t = {\"a\": {\"b\": 1}} %}{{ t?[name] }}",
            "{% set own = site?.settings?.icons or {} %}{{ own?[file] or [\"a\", x] }}",
            "{% for name, label in entry.labels %}{{ entry.text?[name] }}{{ entry.html[name] }}{% endfor %}",
            "{% for x in [\"a\", y] %}{% endfor %}",
            "{{ entry | get(key=\"title\") }}",
            "{{ entry.title | json }}",
            "[a](b) {a} { {% raw %}",
        ] {
            assert!(!Reads::of(text).any, "{text}");
        }
        assert!(Reads::of("{{ {\"a\": {\"b\": e.title}} }}{{ e.excerpt }}").key("excerpt"));
    }
}
