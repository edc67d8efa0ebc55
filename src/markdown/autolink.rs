//! Bare addresses in text: `https://…`, `www.…` and mail addresses, as GitHub finds them.
//!
//! Where GitHub's rules know English only, a reader's eye decides: a full stop, quote or bracket of any script ends an
//! address, and so does a word of a script without spaces that follows it at once. [`super::linked`] makes links of what is
//! found here, where it stands in running text.

use memchr::memmem;
use std::ops::Range;

/// What kind of address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole address, as a link has it.
    Whole,
    /// `www.…`: without its scheme.
    Www,
    /// A mailbox.
    Mail,
}

/// An address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Autolink {
    /// Its place.
    pub range: Range<usize>,
    /// What kind it is.
    pub kind: Kind,
}

/// The bare addresses in a plain text, each with what a link to it leads to.
pub fn cell_links(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    autolinks(text).into_iter().filter_map(move |link| {
        let shown = text.get(link.range.clone())?;
        Some((link.range, link.kind.address(shown)))
    })
}

impl Kind {
    /// What a link to the address `shown` leads to.
    pub fn address(self, shown: &str) -> String {
        match self {
            Kind::Whole => shown.to_owned(),
            Kind::Www => format!("https://{shown}"),
            Kind::Mail => format!("mailto:{shown}"),
        }
    }
}

/// The bare addresses in `text`, which is markdown, in order.
pub fn autolinks(text: &str) -> Vec<Autolink> {
    let bytes = text.as_bytes();
    let mut schemes = memmem::find_iter(bytes, b"://").peekable();
    let mut hosts = memmem::find_iter(bytes, b"ww.").peekable();
    let mut loud = memmem::find_iter(bytes, b"WW.").peekable();
    let mut mails = memchr::memchr_iter(b'@', bytes).peekable();
    let mut found: Vec<Autolink> = Vec::new();
    // Behind the last address, and behind the last `@`.
    let (mut done, mut looked) = (0, 0);
    loop {
        let next = |at: Option<&usize>| at.copied().unwrap_or(usize::MAX);
        let places = [next(schemes.peek()), next(hosts.peek()), next(loud.peek()), next(mails.peek())];
        let Some(at) = places.iter().min().copied().filter(|at| *at < usize::MAX) else { return found };
        let link = if at == places[0] {
            schemes.next();
            scheme(text, at, done)
        } else if at == places[3] {
            mails.next();
            let floor = done.max(std::mem::replace(&mut looked, at + 1));
            mail(text, at, floor)
        } else {
            if at == places[1] {
                hosts.next()
            } else {
                loud.next()
            };
            www(text, at, done)
        };
        if let Some(link) = link.filter(|_| at >= done) {
            done = link.range.end;
            found.push(link);
        }
    }
}

/// `https://…` whose `://` stands at `at`.
fn scheme(text: &str, at: usize, done: usize) -> Option<Autolink> {
    let is = |name: &str| {
        let start = at.checked_sub(name.len()).filter(|start| *start >= done)?;
        text.get(start..at)?.eq_ignore_ascii_case(name).then_some(start)
    };
    let start = is("https").or_else(|| is("http"))?;
    if text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '+') {
        return None;
    }
    let host = host(text, at + 3)?;
    Some(Autolink { range: start..end(text, host.end), kind: Kind::Whole })
}

/// `www.…` whose second letter stands at `at`.
fn www(text: &str, at: usize, done: usize) -> Option<Autolink> {
    let start = at.checked_sub(1).filter(|start| *start >= done)?;
    let part_of_more = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '.' | '/' | '@' | '-' | '=' | '&' | '%' | '#' | '?' | '+' | '\\')
    };
    if !matches!(text.as_bytes()[start], b'w' | b'W') || text[..start].ends_with(part_of_more) {
        return None;
    }
    let host = host(text, start)?;
    (host.points >= 2).then(|| Autolink { range: start..end(text, host.end), kind: Kind::Www })
}

/// `name@host` whose `@` stands at `at`, and which begins at `floor` at the earliest.
fn mail(text: &str, at: usize, floor: usize) -> Option<Autolink> {
    let letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'_' | b'-');
    let bytes = text.as_bytes();
    let mut start = at;
    while start > floor && (letter(bytes[start - 1]) || bytes[start - 1] == b'\\' && letter(bytes[start])) {
        start -= 1;
    }
    start += bytes[start..at].iter().take_while(|b| matches!(b, b'.' | b'-' | b'\\')).count();
    // Part of a name that no mailbox has.
    let foreign = |c: char| c.is_alphabetic() && c < '\u{530}';
    if start == at || text[..start].ends_with(foreign) {
        return None;
    }
    let host = host(text, at + 1)?;
    let last = text[at + 1..host.end].rsplit('.').next().unwrap_or("");
    if host.points == 0 || last.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let named = start.checked_sub(7).filter(|s| *s >= floor);
    let named = named.filter(|s| text.get(*s..start).is_some_and(|t| t.eq_ignore_ascii_case("mailto:")));
    match named.filter(|s| !text[..*s].ends_with(|c: char| c.is_ascii_alphanumeric())) {
        Some(start) => Some(Autolink { range: start..host.end, kind: Kind::Whole }),
        None => Some(Autolink { range: start..host.end, kind: Kind::Mail }),
    }
}

/// The name of a host.
struct Host {
    end: usize,
    /// Number of points in it.
    points: usize,
}

fn host(text: &str, start: usize) -> Option<Host> {
    let mut end = start;
    let mut before = '.';
    for c in text[start..].chars() {
        let fits = match c {
            '.' => before != '.',
            '-' | '_' => true,
            c => c.is_alphanumeric() && !glued(before, c),
        };
        if !fits {
            break;
        }
        before = c;
        end += c.len_utf8();
    }
    let name = text[start..end].trim_end_matches(['.', '-', '_']);
    // A name may hold `_`, but neither of its last two parts.
    let underscore = name.rsplit('.').take(2).any(|part| part.contains('_'));
    if underscore || !name.starts_with(char::is_alphanumeric) {
        return None;
    }
    Some(Host { end: start + name.len(), points: memchr::memchr_iter(b'.', name.as_bytes()).count() })
}

/// Where an address ends whose host ends at `from`.
fn end(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let goes_on = match rest.as_bytes().first() {
        Some(b'/' | b'?' | b'#' | b'@') => true,
        Some(b':') => rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric()),
        _ => false,
    };
    if !goes_on {
        return from;
    }
    let mut before = '/';
    let mut end = rest.len();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        let stop = match c {
            '\\' => !rest[at + 1..].starts_with(|c: char| c.is_ascii_punctuation()),
            '&' => ["&lt;", "&gt;", "&quot;", "&nbsp;"].iter().any(|e| rest[at..].starts_with(e)),
            c if c.is_ascii() => {
                c.is_ascii_whitespace() || c.is_ascii_control() || matches!(c, '<' | '>' | '"' | '`' | '|')
            }
            c => punctuates(c) || glued(before, c),
        };
        if stop {
            end = at;
            break;
        }
        if c == '\\' {
            chars.next();
        }
        before = c;
    }
    from + trimmed(&rest[..end])
}

/// The length of what is left of an address without what belongs to the sentence around it.
fn trimmed(rest: &str) -> usize {
    let count = |byte: u8| memchr::memchr_iter(byte, rest.as_bytes()).count();
    let mut open: Option<[usize; 3]> = None;
    let mut end = rest.len();
    while let Some(last) = rest[..end].bytes().next_back() {
        match last {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' | b'\\' => end -= 1,
            b';' => {
                let name = rest[..end - 1]
                    .bytes()
                    .rev()
                    .take(32)
                    .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#');
                let at = end - 1 - name.count();
                end = if at + 1 < end && rest[..at].ends_with('&') { at - 1 } else { end - 1 };
            }
            b')' | b']' | b'}' => {
                // How many close more than are open.
                let open = open.get_or_insert_with(|| {
                    [(b')', b'('), (b']', b'['), (b'}', b'{')].map(|(c, o)| count(c).saturating_sub(count(o)))
                });
                let more = &mut open[match last {
                    b')' => 0,
                    b']' => 1,
                    _ => 2,
                }];
                if *more == 0 {
                    break;
                }
                *more -= 1;
                end -= 1;
            }
            _ => break,
        }
    }
    end
}

/// Whether `c` is a word of a script without spaces, right behind a letter or digit of an address.
fn glued(before: char, c: char) -> bool {
    before.is_ascii_alphanumeric()
        && matches!(c,
            '\u{e00}'..='\u{10ff}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{2fdf}'
            | '\u{3005}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether `c`, outside ASCII, is a space, a mark of punctuation or a character without a width.
fn punctuates(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{a1}' | '\u{ab}' | '\u{ad}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{37e}' | '\u{387}' | '\u{55a}'..='\u{55f}'
            | '\u{589}' | '\u{58a}' | '\u{5be}' | '\u{5c0}' | '\u{5c3}' | '\u{5f3}' | '\u{5f4}' | '\u{60c}' | '\u{60d}'
            | '\u{61b}'..='\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{700}'..='\u{70d}' | '\u{964}' | '\u{965}'
            | '\u{e2f}' | '\u{e5a}' | '\u{e5b}' | '\u{104a}'..='\u{104f}' | '\u{1360}'..='\u{1368}'
            | '\u{17d4}'..='\u{17da}' | '\u{1800}'..='\u{180e}' | '\u{2000}'..='\u{206f}' | '\u{2e00}'..='\u{2e7f}'
            | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{30fb}'
            | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe6f}' | '\u{feff}' | '\u{ff01}'..='\u{ff0f}'
            | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '\u{fff9}'..='\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        autolinks(text).into_iter().map(|link| &text[link.range]).collect()
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        for (text, address) in [
            ("See https://x.org/a.", "https://x.org/a"),
            ("(https://x.org/a)", "https://x.org/a"),
            ("https://x.org/a_(b)?c=1&d=2#e!", "https://x.org/a_(b)?c=1&d=2#e"),
            ("(see https://x.org/a_(b)).", "https://x.org/a_(b)"),
            ("https://x.org/a?x[]=1, b", "https://x.org/a?x[]=1"),
            ("[https://x.org/a]", "https://x.org/a"),
            ("**https://x.org/a**", "https://x.org/a"),
            ("_https://x.org_ y", "https://x.org"),
            ("~~http://x.org/~~", "http://x.org/"),
            ("\"https://x.org/a\", b", "https://x.org/a"),
            ("&lt;https://x.org/a&gt;", "https://x.org/a"),
            ("https://x.org/a&copy;", "https://x.org/a"),
            ("https://x.org/a;", "https://x.org/a"),
            ("https://x.org,https", "https://x.org"),
            ("https://localhost:8000/a", "https://localhost:8000/a"),
            ("HTTPS://X.org/a--b...", "HTTPS://X.org/a--b"),
            ("| https://x.org/a| b", "https://x.org/a"),
            ("https://x.org/a\\_b\\_", "https://x.org/a\\_b"),
            ("www.x.org/a, b", "www.x.org/a"),
            ("Www.x.org.", "Www.x.org"),
            ("(WWW.X.ORG)", "WWW.X.ORG"),
            ("Write to a.b+c@x-y.org.", "a.b+c@x-y.org"),
            ("<a@b.org>", "a@b.org"),
            ("mailto:a@b.org?", "mailto:a@b.org"),
            ("Mail:a\\_b@x.org", "a\\_b@x.org"),
        ] {
            assert_eq!(found(text), [address], "{text}");
        }
        assert_eq!(
            found("https://a.org https://b.org,www.c.org/d;e@f.org"),
            ["https://a.org", "https://b.org", "www.c.org/d;e@f.org"]
        );
    }

    #[test]
    fn every_script_may_stand_around_them() {
        for (text, address) in [
            ("请看https://x.org/a。谢谢", "https://x.org/a"),
            ("请看https://x.org谢谢", "https://x.org"),
            ("请看www.x.org/a谢谢", "www.x.org/a"),
            ("（https://x.org/a）", "https://x.org/a"),
            ("写信a@x.org请", "a@x.org"),
            ("https://x.org에서", "https://x.org"),
            ("انظر https://x.org/a، ثم", "https://x.org/a"),
            ("בhttps://x.org/a׃", "https://x.org/a׃"),
            ("देखें https://x.org/a।", "https://x.org/a"),
            ("Voir « https://x.org/a »", "https://x.org/a"),
            ("«https://x.org/a»", "https://x.org/a"),
            ("“https://x.org/a”", "https://x.org/a"),
            ("¿https://x.org/año?", "https://x.org/año"),
            ("https://ja.wikipedia.org/wiki/日本語", "https://ja.wikipedia.org/wiki/日本語"),
            ("https://例え.jp/x", "https://例え.jp/x"),
            ("https://schüler.de/ä", "https://schüler.de/ä"),
            ("https://x.org/a…", "https://x.org/a"),
            ("https://x.org/\u{200b}b", "https://x.org/"),
        ] {
            let address = address.trim_end_matches('׃');
            assert_eq!(found(text), [address], "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in [
            "http://",
            "https:// x",
            "http:/x.org",
            "xhttps://y.org",
            "git+https://x.org",
            "ftp://x.org",
            "www.",
            "www.x",
            "awww.x.org",
            "x.www.y.org",
            "@x.org",
            "a@b",
            "pkg@1.2.3",
            "a@",
            "http://_x",
            "https://a_b.c_d/",
            "josé@x.org",
            "a@-x.org",
            "://",
            "@@@",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn long_texts_are_read_once() {
        for unit in [
            "://",
            "http://",
            "https://a",
            "www.",
            "@",
            "a@",
            "a@b.",
            "https://x.org/)",
            "https://x.org/(",
            "&amp;",
            "wwww.",
            "a\\_",
        ] {
            let text = unit.repeat(100_000);
            assert!(autolinks(&text).len() <= 100_000, "{unit}");
            autolinks(&format!("https://x.org/{text}"));
        }
    }
}
