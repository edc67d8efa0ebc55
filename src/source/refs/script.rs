//! Which modules a script names: `import`, `export … from`, `import("…")`, `new URL("…", import.meta.url)`; and a script
//! without what only its author reads.

use super::{By, Reference, source_map};
use std::ops::Range;

/// A piece of a script, as far as modules need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(Range<usize>),
    /// Between quotes, without them.
    Text(Range<usize>),
    Sign(u8),
    /// A number, a pattern, a template with holes.
    Other,
}

/// The addresses in `text`, in its order.
pub fn references(text: &str) -> Vec<Reference> {
    let Read { tokens, maps: mut found, .. } = read(text);
    let word = |i: usize| match tokens.get(i) {
        Some(Token::Word(range)) => text.get(range.clone()),
        _ => None,
    };
    let sign = |i: usize, sign: u8| tokens.get(i) == Some(&Token::Sign(sign));
    let mut push = |range: &Range<usize>| {
        let address = text.get(range.clone()).unwrap_or("");
        // Nobody writes escapes into the name of a file; what they would mean is not guessed at.
        if !address.contains('\\') {
            found.push(Reference { range: range.clone(), address: address.to_owned(), by: By::Module });
        }
    };
    for i in 0..tokens.len() {
        let first = match word(i) {
            Some(first @ ("import" | "export" | "URL")) if i == 0 || !sign(i - 1, b'.') => first,
            _ => continue,
        };
        match (first, tokens.get(i + 1), tokens.get(i + 2)) {
            ("import", Some(Token::Text(range)), _) => push(range),
            ("import", Some(Token::Sign(b'(')), Some(Token::Text(range)))
                if sign(i + 3, b')') || sign(i + 3, b',') =>
            {
                push(range);
            }
            ("URL", Some(Token::Sign(b'(')), Some(Token::Text(range)))
                if sign(i + 3, b',') && word(i + 4) == Some("import") && word(i + 6) == Some("meta") =>
            {
                push(range);
            }
            ("import" | "export", ..) => {
                // Names, braces, a star; then `from` and the address.
                let names = |t: &Token| {
                    matches!(t, Token::Word(_) | Token::Text(_) | Token::Sign(b'{' | b'}' | b',' | b'*'))
                };
                let rest = tokens.get(i + 1..).unwrap_or_default();
                let from = rest.iter().enumerate().take_while(|(_, t)| names(t)).find_map(|(n, token)| {
                    let is_from =
                        matches!(token, Token::Word(range) if text.get(range.clone()) == Some("from"));
                    match rest.get(n + 1) {
                        Some(Token::Text(range)) if is_from => Some(range),
                        _ => None,
                    }
                });
                let begins = first == "import" || matches!(tokens.get(i + 1), Some(Token::Sign(b'{' | b'*')));
                if let Some(range) = from.filter(|_| begins) {
                    push(range);
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|reference| reference.range.start);
    found
}

/// The pieces of a script; none when it may be read in two ways, or has a text with holes.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let read = read(text);
    (!read.is_doubtful && !text.contains('`')).then_some(read.tokens)
}

/// A script that does the same, without comments, with blanks only where they part words, and with short names where only it knows
/// them. One that may be read in two ways, or that has a comment which its license wants to stay, is left as it is.
pub fn lean(text: &str) -> String {
    let read = read(text);
    if read.is_doubtful {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for blank in read.blanks {
        out.push_str(text.get(done..blank.start).unwrap_or(""));
        done = blank.end;
        let (Some(before), Some(after)) = (out.bytes().last(), text.as_bytes().get(done).copied()) else {
            continue;
        };
        let is_line =
            text.get(blank).is_some_and(|blank| blank.contains(['\n', '\r', '\u{2028}', '\u{2029}']));
        // A line may end a statement, unless it ends in the middle of what must go on.
        let goes_on = b"{;,([=&|?:".contains(&before) || b"}),];?:&|=".contains(&after);
        match is_line {
            true if !goes_on => out.push('\n'),
            false
                if is_word(before) && is_word(after)
                    // A number with a point, and what begins a comment of HTML.
                    || before.is_ascii_digit() && after == b'.'
                    || matches!(
                        (before, after),
                        (b'+', b'+') | (b'-', b'-') | (b'/', b'/' | b'*') | (b'<', b'!') | (b'-', b'>')
                    ) =>
            {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.push_str(text.get(done..).unwrap_or(""));
    super::names::shortened(&out)
}

/// What was read of a script.
#[derive(Default)]
struct Read {
    tokens: Vec<Token>,
    /// The source map that a comment names.
    maps: Vec<Reference>,
    /// Blanks and comments between tokens.
    blanks: Vec<Range<usize>>,
    /// A sign that was taken for a division may begin a pattern, as behind `if (a)`; or a comment is to stay.
    is_doubtful: bool,
}

/// Reads a script.
fn read(text: &str) -> Read {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let (mut tokens, mut maps) = (Vec::new(), Vec::new());
    let mut blanks: Vec<Range<usize>> = Vec::new();
    let mut blank = |start: usize, end: usize| match blanks.last_mut() {
        Some(last) if last.end == start => last.end = end,
        _ => blanks.push(start..end),
    };
    // Open braces; those of a hole in a template end with its text going on.
    let mut braces: Vec<u8> = Vec::new();
    let mut is_doubtful = false;
    let mut at = 0;
    while at < bytes.len() {
        match (byte(at), byte(at + 1)) {
            (b'/', b'/') => {
                let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
                maps.extend(source_map(&text[at + 2..end], at + 2));
                is_doubtful |= is_legal(&text[at + 2..end]);
                blank(at, end);
                at = end;
            }
            (b'/', b'*') => {
                let end = text[at + 2..].find("*/").map_or(text.len(), |end| at + 2 + end);
                maps.extend(source_map(&text[at + 2..end], at + 2));
                is_doubtful |= is_legal(&text[at + 2..end]);
                blank(at, (end + 2).min(text.len()));
                at = (end + 2).min(text.len());
            }
            (quote @ (b'"' | b'\''), _) => {
                let end = quoted(bytes, at + 1, quote);
                tokens.push(Token::Text(at + 1..end));
                at = (end + 1).min(text.len());
            }
            (b'`', _) => at = template(bytes, at + 1, &mut tokens, &mut braces),
            (b'}', _) if braces.last() == Some(&b'`') => {
                braces.pop();
                at = template(bytes, at + 1, &mut tokens, &mut braces);
            }
            (b'/', _) if is_pattern(tokens.last(), text) => {
                at = pattern(bytes, at + 1);
                tokens.push(Token::Other);
            }
            (b, _) if is_word(b) => {
                let end = bytes[at..].iter().position(|b| !is_word(*b)).map_or(text.len(), |end| at + end);
                let token = if b.is_ascii_digit() { Token::Other } else { Token::Word(at..end) };
                tokens.push(token);
                at = end;
            }
            (b, _) => {
                match b {
                    b'{' => braces.push(b),
                    b'}' => {
                        braces.pop();
                    }
                    // What a pattern would need: its other end on the same line.
                    b'/' => {
                        let line = bytes[at + 1..].split(|b| *b == b'\n').next().unwrap_or_default();
                        is_doubtful |= line.contains(&b'/');
                    }
                    _ => {}
                }
                match b.is_ascii_whitespace() {
                    true => blank(at, at + 1),
                    false => tokens.push(Token::Sign(b)),
                }
                at += 1;
            }
        }
    }
    // Only the last one counts.
    Read { tokens, maps: maps.pop().into_iter().collect(), blanks, is_doubtful }
}

/// Whether a comment is one that must stay with the script, by the marks that tools agree on.
fn is_legal(comment: &str) -> bool {
    comment.starts_with('!') || comment.contains("@license") || comment.contains("@preserve")
}

/// Where a text ends that is quoted so.
fn quoted(bytes: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from;
    while let Some(b) = bytes.get(at) {
        match b {
            b'\\' => at += 2,
            b'\n' => return at,
            b if *b == quote => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Reads the text of a template to its end or its next hole; gives where to go on.
fn template(bytes: &[u8], from: usize, tokens: &mut Vec<Token>, braces: &mut Vec<u8>) -> usize {
    let whole = bytes.get(from.wrapping_sub(1)) == Some(&b'`');
    let mut at = from;
    while let Some(b) = bytes.get(at) {
        match (b, bytes.get(at + 1)) {
            (b'\\', _) => at += 2,
            (b'`', _) => {
                tokens.push(if whole { Token::Text(from..at) } else { Token::Other });
                return at + 1;
            }
            (b'$', Some(b'{')) => {
                tokens.push(Token::Other);
                braces.push(b'`');
                return at + 2;
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Whether a `/` begins a pattern: behind a value it divides.
fn is_pattern(before: Option<&Token>, text: &str) -> bool {
    match before {
        None => true,
        Some(Token::Word(range)) => matches!(
            text.get(range.clone()).unwrap_or(""),
            "return"
                | "typeof"
                | "case"
                | "in"
                | "of"
                | "delete"
                | "void"
                | "throw"
                | "new"
                | "else"
                | "do"
                | "await"
                | "yield"
        ),
        Some(Token::Text(_) | Token::Other) => false,
        Some(Token::Sign(sign)) => !matches!(sign, b')' | b']' | b'}'),
    }
}

/// Where a pattern ends.
fn pattern(bytes: &[u8], from: usize) -> usize {
    let (mut at, mut class) = (from, false);
    while let Some(b) = bytes.get(at) {
        match b {
            b'\\' => at += 1,
            b'[' => class = true,
            b']' => class = false,
            b'/' if !class => return at + 1,
            // It was none.
            b'\n' => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$') || !b.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        references(text)
            .into_iter()
            .inspect(|r| assert_eq!(text[r.range.clone()], r.address))
            .map(|r| r.address)
            .collect()
    }

    #[test]
    fn modules_are_found_and_nothing_else() {
        let text = "import './a.js'; import b, { c as d, \"e f\" as g } from \"./b.js\";import*as h from'./c.js'\n\
            // import './no1.js'\n/* export * from './no2.js' */ const s = \"import './no3.js'\", r = /import '.\\/no4.js'/g;\n\
            export * from './d.js'; export {x,\ny} from './e.js'; export const from = './no5.js'; const t = `import './no6.js' ${1 + `${import('./f.js')}`}`;\n\
            const u = await import(`./g.js`), v = import('./h.js', {with: {type: 'json'}}); import.meta.url; a.import('./no7.js'); import('./no8-' + x);\n\
            new Worker(new URL('./i.js', import.meta.url)); x = a / b; y = '/'; import data from './j.json' with { type: 'json' };\n\
            export default function () { return 1 } f('./no9.js')\n//# sourceMappingURL=k.js.map\n";
        let expected = [
            "./a.js", "./b.js", "./c.js", "./d.js", "./e.js", "./f.js", "./g.js", "./h.js", "./i.js",
            "./j.json", "k.js.map",
        ];
        assert_eq!(found(text), expected);
    }

    #[test]
    fn broken_text_is_read_to_its_end() {
        for text in [
            "import", "import '", "`${", "`", "/", "/[", "'\\", "}", "export {", "import(", "é", "/*", "//",
            "`\\",
        ] {
            let long = text.repeat(50);
            let _ = (references(text), references(&long), lean(text), lean(&long));
        }
    }

    #[test]
    fn a_lean_script_does_the_same() {
        for (text, expected) in [
            ("/* a */\nvar a = 1; // b\n\n  var b = a;\n", "var a=1;var b=a;"),
            ("a\n(b)", "a\n(b)"),
            ("a = b\n++c", "a=b\n++c"),
            ("a + +b; a - -b; a + ++b; x = a++ + b", "a+ +b;a- -b;a+ ++b;x=a++ +b"),
            ("return  'a  b // c' + /a  b\\/ '/ . test ( x )", "return'a  b // c'+/a  b\\/ '/.test(x)"),
            ("a / b; c / d", "a / b; c / d"),
            ("a / b\n/ c", "a/b\n/c"),
            ("if (a) /b  c/.test( d )", "if (a) /b  c/.test( d )"),
            ("a[ 0 ] / b // c", "a[ 0 ] / b // c"),
            ("/*! by A */ a = 1", "/*! by A */ a = 1"),
            ("// @license MIT\na  = 1", "// @license MIT\na  = 1"),
            ("1 .toString ( )", "1 .toString()"),
            ("a < !--b; a-- > b", "a< !--b;a-- >b"),
            ("x =  1 / 2", "x=1/2"),
            ("`a  b ${ c /* d */ }  e`  + f", "`a  b ${c}  e`+f"),
            ("if (a) {\n  b();\n}\nelse\n  c();\n", "if(a){b();}\nelse\nc();"),
            ("a /* x\n */ b", "a\nb"),
            ("x = {\n  a: 1,\n  b: 2\n}\ny()", "x={a:1,b:2}\ny()"),
            ("é  in  ü", "é in ü"),
        ] {
            assert_eq!(lean(text), expected, "{text}");
            assert_eq!(lean(expected), expected);
        }
    }

    #[test]
    fn no_script_of_the_theme_can_be_read_in_two_ways() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/parent-guide/assets");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let scripts: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "js")).collect();
        assert!(scripts.len() > 3);
        for path in scripts {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(lean(&text).len() < text.len(), "{}", path.display());
        }
    }
}
