//! What a stylesheet names. Tokens as in "CSS Syntax Module Level 3", as far as addresses need them.

use super::{By, Reference, source_map};

/// A stylesheet while it is read.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    found: Vec<Reference>,
    /// The functions and brackets that are open, functions by name.
    open: Vec<String>,
    /// Behind `@import`, where a text is an address.
    import: bool,
    /// Behind `@namespace`, whose addresses are only names.
    namespace: bool,
}

/// The addresses in `text`, in its order.
pub fn references(text: &str) -> Vec<Reference> {
    let mut reader =
        Reader { text, at: 0, found: Vec::new(), open: Vec::new(), import: false, namespace: false };
    while reader.at < text.len() {
        reader.token();
    }
    reader.found
}

impl Reader<'_> {
    fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    fn token(&mut self) {
        match self.byte(0) {
            b'/' if self.byte(1) == b'*' => self.comment(),
            quote @ (b'"' | b'\'') => {
                if let Some((range, address)) = self.string(quote) {
                    let by = if self.import && self.open.is_empty() { By::Import } else { By::Url };
                    let in_set = self.open.last().is_some_and(|name| name.ends_with("image-set"));
                    if by == By::Import || in_set {
                        self.push(range, address, by);
                    }
                }
                self.import = false;
            }
            b'@' => {
                self.at += 1;
                let name = self.name().to_ascii_lowercase();
                (self.import, self.namespace) = (name == "import", name == "namespace");
            }
            b'(' | b'[' => {
                self.open.push(String::new());
                self.at += 1;
            }
            b')' | b']' => {
                self.open.pop();
                self.at += 1;
            }
            b'{' | b'}' | b';' => {
                // What was left open ends here, as far as addresses are concerned.
                self.open.clear();
                (self.import, self.namespace) = (false, false);
                self.at += 1;
            }
            b'#' => {
                self.at += 1;
                self.name();
            }
            b if is_name(b) => {
                let name = self.name().to_ascii_lowercase();
                if self.byte(0) == b'(' {
                    self.at += 1;
                    if matches!(name.as_str(), "url" | "src") {
                        self.url();
                    } else {
                        self.open.push(name);
                    }
                }
            }
            b => {
                self.import &= b.is_ascii_whitespace();
                self.at += 1;
            }
        }
    }

    fn push(&mut self, range: std::ops::Range<usize>, address: String, by: By) {
        if !self.namespace && !address.is_empty() {
            self.found.push(Reference { range, address, by });
        }
    }

    fn comment(&mut self) {
        let start = self.at + 2;
        let rest = self.text.get(start..).unwrap_or("");
        let end = rest.find("*/").unwrap_or(rest.len());
        self.found.extend(source_map(&rest[..end], start));
        self.at = (start + end + 2).min(self.text.len());
    }

    /// A name or a number, escapes undone.
    fn name(&mut self) -> String {
        let mut name = String::new();
        loop {
            match self.byte(0) {
                b'\\' => name.extend(self.escape()),
                b if is_name(b) => {
                    let end =
                        self.text.as_bytes()[self.at..].iter().position(|b| !is_name(*b) || *b == b'\\');
                    let end = end.map_or(self.text.len(), |end| self.at + end);
                    name.push_str(&self.text[self.at..end]);
                    self.at = end;
                }
                _ => return name,
            }
        }
    }

    /// A backslash and what it stands for; nothing for an escaped end of a line.
    fn escape(&mut self) -> Option<char> {
        self.at += 1;
        let rest = self.text.get(self.at..).unwrap_or("");
        let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits == 0 {
            let escaped = rest.chars().next();
            self.at += escaped.map_or(0, char::len_utf8);
            if escaped == Some('\r') && self.byte(0) == b'\n' {
                self.at += 1;
            }
            return escaped.filter(|c| !matches!(c, '\n' | '\r' | '\u{c}'));
        }
        let number = u32::from_str_radix(&rest[..digits], 16).unwrap_or(0);
        self.at += digits;
        if self.byte(0).is_ascii_whitespace() {
            self.at += 1;
        }
        Some(char::from_u32(number).unwrap_or('\u{fffd}'))
    }

    /// A text between quotes; none when its line ends before it does.
    fn string(&mut self, quote: u8) -> Option<(std::ops::Range<usize>, String)> {
        self.at += 1;
        let start = self.at;
        let mut value = String::new();
        loop {
            match self.byte(0) {
                b if b == quote => {
                    self.at += 1;
                    return Some((start..self.at - 1, value));
                }
                b'\n' | b'\r' => return None,
                b'\\' => value.extend(self.escape()),
                _ => value.push(self.char()?),
            }
        }
    }

    fn char(&mut self) -> Option<char> {
        let c = self.text.get(self.at..)?.chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// What stands behind `url(`.
    fn url(&mut self) {
        let by = if self.import && self.open.is_empty() { By::Import } else { By::Url };
        self.import = false;
        self.blanks();
        if let quote @ (b'"' | b'\'') = self.byte(0) {
            if let Some((range, address)) = self.string(quote) {
                self.push(range, address, by);
            }
            // What may follow the text does not concern the address.
            self.open.push("url".to_owned());
            return;
        }
        let start = self.at;
        let (mut value, mut end) = (String::new(), start);
        loop {
            match self.byte(0) {
                b')' => {
                    self.at += 1;
                    break self.push(start..end, value, by);
                }
                b'\\' => value.extend(self.escape()),
                b if b.is_ascii_whitespace() => {
                    self.blanks();
                    // Only the end may follow.
                    if self.byte(0) != b')' {
                        return;
                    }
                    continue;
                }
                b'"' | b'\'' | b'(' => return,
                _ => match self.char() {
                    Some(c) => value.push(c),
                    None => return,
                },
            }
            end = self.at;
        }
    }

    fn blanks(&mut self) {
        while self.byte(0).is_ascii_whitespace() {
            self.at += 1;
        }
    }
}

fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'\\') || !b.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(By, String, &str)> {
        references(text).into_iter().map(|r| (r.by, r.address.clone(), &text[r.range])).collect()
    }

    #[test]
    fn addresses_are_found_and_nothing_else() {
        let text = "/* url(no.png) @import 'no.css'; */ @charset \"utf-8\"; @import 'a.css' layer(x) screen;\n\
            @IMPORT URL(b.css); @import/**/url( \"c.css\" ) supports(display: grid);\n\
            @namespace svg url(http://no); a::after{content:\"url(no.png)\";background:u\\72l(d\\ e.png)}\n\
            b{background:image-set(\"f.png\" 1x, url('g.png') 2x type(\"image/png\"));fill:url(h.svg#x)}\n\
            #url(i.png) c{--x:url( j\\29.png )} [href='no.css']{} d{src:url(k.woff2?v=1) format(\"woff2\")}\n\
            @font-face{src:-webkit-image-set('l.png' 1x)}/*# sourceMappingURL=m.css.map */";
        let expected = [
            (By::Import, "a.css", "a.css"),
            (By::Import, "b.css", "b.css"),
            (By::Import, "c.css", "c.css"),
            (By::Url, "d e.png", "d\\ e.png"),
            (By::Url, "f.png", "f.png"),
            (By::Url, "g.png", "g.png"),
            (By::Url, "h.svg#x", "h.svg#x"),
            (By::Url, "j).png", "j\\29.png"),
            (By::Url, "k.woff2?v=1", "k.woff2?v=1"),
            (By::Url, "l.png", "l.png"),
            (By::SourceMap, "m.css.map", "m.css.map"),
        ];
        let found = found(text);
        let found: Vec<(By, &str, &str)> = found.iter().map(|(by, a, w)| (*by, a.as_str(), *w)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn broken_text_is_read_to_its_end() {
        for text in [
            "url(",
            "url( a b )",
            "@import '",
            "\"\\",
            "/*",
            "url(\"",
            "\\",
            "é\\é",
            "url(é",
            "u\\",
            "image-set('",
            "@",
            "url(a\\",
        ] {
            let long = text.repeat(50);
            let _ = (references(text), references(&long));
        }
        assert_eq!(found("@import 'x\n';a{b:url(y.png)}").len(), 0);
        assert_eq!(found("a{b:url(x y.png);c:url(z.png)}").last().unwrap().1, "z.png");
    }
}
