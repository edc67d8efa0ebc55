//! Names that only a script itself knows, made short.
//!
//! A name is changed everywhere or nowhere, and only where it is sure that nobody else knows it: each place where it stands as a
//! name lies in a function that declares it. What a function takes or declares with `var` and `function` is understood, and no
//! more of the language: a script with anything else (arrows, `let`, classes, templates, spreads) is left as it is.

use super::script::{Token, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Words of the language, which are no names.
const WORDS: &str = "arguments break case catch continue debugger default delete do else false finally for function if in instanceof \
new null return switch this throw true try typeof undefined var void while";

/// Words after which a script is left as it is: they declare names in other ways, or may ask for them by a text.
const OTHER_WAYS: &str = "async await class const enum eval export extends import let of super with yield";

/// The script with short names for what is declared in its functions.
pub fn shortened(text: &str) -> String {
    renamed(text).unwrap_or_else(|| text.to_owned())
}

fn renamed(text: &str) -> Option<String> {
    let tokens = tokens(text)?;
    let script = Script { text, tokens: &tokens };
    let scopes = script.scopes()?;
    let mut places: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        let (Some(name), Token::Word(range)) = (script.name(at), token) else { continue };
        places.entry(name).or_default().push(range.clone());
        if !scopes.iter().any(|scope| scope.tokens.contains(&at) && scope.names.contains(name)) {
            kept.insert(name);
        }
    }
    let is_own = |name: &str| !kept.contains(name);
    let taken: BTreeSet<&str> = places.keys().copied().filter(|name| !is_own(name)).collect();
    // Those that stand most often get the shortest names.
    let mut own: Vec<_> = places.iter().filter(|(name, _)| is_own(name)).collect();
    own.sort_by_key(|(name, places)| (std::cmp::Reverse(places.len()), **name));
    let mut free = names().filter(|name| !taken.contains(&**name) && !is_word(name));
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for (_, places) in own {
        let new = free.next()?;
        changes.extend(places.iter().map(|place| (place.clone(), new.clone())));
    }
    changes.sort_by_key(|(place, _)| place.start);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (place, new) in changes {
        out.push_str(text.get(done..place.start)?);
        out.push_str(&new);
        done = place.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

/// Short names, the shortest first.
fn names() -> impl Iterator<Item = String> {
    let letters = || ('a'..='z').chain('A'..='Z');
    let two = letters().flat_map(move |a| letters().map(move |b| format!("{a}{b}")));
    letters().map(String::from).chain(two)
}

fn is_word(name: &str) -> bool {
    [WORDS, OTHER_WAYS].iter().any(|words| words.split(' ').any(|word| word == name))
}

/// A function, or what catches an error: where names hold.
struct Scope<'t> {
    /// From what it takes to the end of its body.
    tokens: Range<usize>,
    names: BTreeSet<&'t str>,
}

struct Script<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl<'t> Script<'t> {
    fn word(&self, at: usize) -> Option<&'t str> {
        match self.tokens.get(at)? {
            Token::Word(range) => self.text.get(range.clone()),
            _ => None,
        }
    }

    fn sign(&self, at: usize) -> Option<u8> {
        match self.tokens.get(at)? {
            Token::Sign(sign) => Some(*sign),
            _ => None,
        }
    }

    fn before(&self, at: usize) -> Option<u8> {
        at.checked_sub(1).and_then(|at| self.sign(at))
    }

    /// The name that stands there as one: no word of the language, nothing behind a point, no key of an object.
    fn name(&self, at: usize) -> Option<&'t str> {
        let name = self.word(at).filter(|word| !is_word(word))?;
        let before = self.before(at);
        let is_key = matches!(before, Some(b'{' | b',')) && self.sign(at + 1) == Some(b':');
        (before != Some(b'.') && !is_key && !self.is_flags(at)).then_some(name)
    }

    /// Whether these letters belong to the pattern before them: `/a/g`.
    fn is_flags(&self, at: usize) -> bool {
        let Some(Token::Word(range)) = self.tokens.get(at) else { return false };
        let pattern = at.checked_sub(1).is_some_and(|at| self.tokens[at] == Token::Other);
        pattern && range.start.checked_sub(1).and_then(|at| self.text.as_bytes().get(at)) == Some(&b'/')
    }

    /// All scopes; none when something stands in the script that is not understood.
    fn scopes(&self) -> Option<Vec<Scope<'t>>> {
        self.is_plain()?;
        let mut scopes = Vec::new();
        for at in 0..self.tokens.len() {
            match self.word(at) {
                Some("function") if self.before(at) != Some(b'.') => scopes.push(self.function(at)?),
                Some("catch") if self.before(at) != Some(b'.') => scopes.push(self.scope(at + 1)?),
                _ => {}
            }
        }
        // The innermost scope that holds a declaration declares it. `catch` holds its own name alone.
        for at in 0..self.tokens.len() {
            let found: Vec<usize> = match self.word(at) {
                Some("var") if self.before(at) != Some(b'.') => self.declared(at)?,
                Some("function") if self.before(at) != Some(b'.') && self.word(at + 1).is_some() => {
                    vec![at + 1]
                }
                _ => continue,
            };
            let holds = |scope: &&mut Scope<'_>| {
                scope.tokens.contains(&at) && self.word(scope.tokens.start.wrapping_sub(1)) != Some("catch")
            };
            let inner = scopes.iter_mut().filter(holds).min_by_key(|scope| scope.tokens.len());
            if let Some(scope) = inner {
                scope.names.extend(found.iter().filter_map(|at| self.word(*at)));
            }
        }
        Some(scopes)
    }

    /// Whether nothing stands in the script that declares or names things in other ways.
    fn is_plain(&self) -> Option<()> {
        let mut open: Vec<bool> = Vec::new();
        for at in 0..self.tokens.len() {
            let (sign, next) = (self.sign(at), self.sign(at + 1));
            if let Some(word) = self.word(at).filter(|_| self.before(at) != Some(b'.')) {
                let is_other = OTHER_WAYS.split(' ').any(|other| other == word);
                // `get x() {}` in an object.
                let accessor = matches!(word, "get" | "set" | "static") && self.word(at + 1).is_some();
                let in_object = open.last() == Some(&true);
                let begins = matches!(self.before(at), Some(b'{' | b','));
                let short_key = in_object && begins && !matches!(next, Some(b':'));
                if is_other || accessor || short_key {
                    return None;
                }
            }
            match sign {
                Some(b'=') if next == Some(b'>') => return None,
                Some(b'.') if next == Some(b'.') => return None,
                Some(b'@' | b'#' | b'\\') => return None,
                Some(b'{') => open.push(self.is_object(at)),
                Some(b'(' | b'[') => open.push(false),
                Some(b')' | b']' | b'}') => _ = open.pop()?,
                _ => {}
            }
        }
        open.is_empty().then_some(())
    }

    /// Whether the brace begins an object, and no block.
    fn is_object(&self, at: usize) -> bool {
        match at.checked_sub(1).map(|at| &self.tokens[at]) {
            Some(Token::Sign(sign)) => !matches!(sign, b')' | b';' | b'{' | b'}'),
            Some(Token::Word(_)) => !matches!(self.word(at - 1), Some("else" | "do" | "try" | "finally")),
            Some(_) => true,
            None => false,
        }
    }

    /// The scope of a function that begins there.
    fn function(&self, at: usize) -> Option<Scope<'t>> {
        let Some(name) = self.word(at + 1) else { return self.scope(at + 1) };
        // A function that is a value knows its own name, and nobody else does: such are not written here.
        let is_statement = match at.checked_sub(1).map(|at| &self.tokens[at]) {
            None => true,
            Some(Token::Sign(sign)) => matches!(sign, b';' | b'{' | b'}'),
            Some(_) => false,
        };
        (is_statement && !is_word(name)).then(|| self.scope(at + 2))?
    }

    /// The scope whose names in brackets begin there.
    fn scope(&self, at: usize) -> Option<Scope<'t>> {
        let mut names = BTreeSet::new();
        let mut here = at;
        if self.sign(here) != Some(b'(') {
            return None;
        }
        loop {
            here += 1;
            match (self.word(here), self.sign(here)) {
                (Some(name), _) if !is_word(name) => _ = names.insert(name),
                (_, Some(b',')) => {}
                (_, Some(b')')) => break,
                _ => return None,
            }
        }
        let mut depth = 0_usize;
        for end in here + 1..self.tokens.len() {
            match self.sign(end) {
                Some(b'{') => depth += 1,
                Some(b'}') => depth = depth.checked_sub(1)?,
                _ if depth == 0 => return None,
                _ => {}
            }
            if depth == 0 {
                return Some(Scope { tokens: at..end + 1, names });
            }
        }
        None
    }

    /// The places of the names that `var` there declares. Its end must be sure: a sign that ends it, not a line.
    fn declared(&self, at: usize) -> Option<Vec<usize>> {
        let mut found = Vec::new();
        let mut depth = 0_usize;
        let mut wants_name = true;
        for here in at + 1..self.tokens.len() {
            let token = &self.tokens[here];
            if wants_name {
                self.word(here).filter(|name| !is_word(name))?;
                found.push(here);
                wants_name = false;
                continue;
            }
            match token {
                Token::Sign(b'(' | b'[' | b'{') => depth += 1,
                Token::Sign(b')' | b']' | b'}') => match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return Some(found),
                },
                Token::Sign(b';') if depth == 0 => return Some(found),
                Token::Sign(b',') if depth == 0 => wants_name = true,
                Token::Word(_) if depth == 0 && self.word(here) == Some("in") && here == at + 2 => {
                    return Some(found);
                }
                // Two values side by side: a line ended here.
                _ if depth == 0 && self.is_value(here) && self.ends_value(here - 1) => return None,
                _ => {}
            }
        }
        None
    }

    /// Whether a value may begin there.
    fn is_value(&self, at: usize) -> bool {
        match &self.tokens[at] {
            Token::Word(_) => !self.is_flags(at) && !matches!(self.word(at), Some("in" | "instanceof")),
            Token::Sign(_) => false,
            _ => true,
        }
    }

    /// Whether a value may end there.
    fn ends_value(&self, at: usize) -> bool {
        match &self.tokens[at] {
            Token::Word(_) => !matches!(
                self.word(at),
                Some("in" | "instanceof" | "typeof" | "new" | "void" | "delete" | "function")
            ),
            Token::Sign(sign) => matches!(sign, b')' | b']' | b'}'),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_functions_become_short() {
        for (text, expected) in [
            ("(function(){var word=1,other=word;use(other);})();", "(function(){var b=1,a=b;use(a);})();"),
            (
                "(function(){function one(two){return two.one+one(two);}one(1);})();",
                "(function(){function a(b){return b.one+a(b);}a(1);})();",
            ),
            (
                "(function(){try{f();}catch(refused){g(refused);}})();",
                "(function(){try{f();}catch(a){g(a);}})();",
            ),
            (
                "(function(){var key={word:1,if:2};var word=key.word;f(word?key:word);})();",
                "(function(){var a={word:1,if:2};var b=a.word;f(b?a:b);})();",
            ),
            // What is not declared in a function is known to others, and no short name hides it.
            (
                "var word=1;(function(){var own=a+word;f(own);})();",
                "var word=1;(function(){var b=a+word;f(b);})();",
            ),
            (
                "(function(){function inner(open){open();}open(1);inner(2);})();",
                "(function(){function a(open){open();}open(1);a(2);})();",
            ),
            ("(function(){for(var key in all)f(key);})();", "(function(){for(var a in all)f(a);})();"),
            (
                "(function(){var one=function(){return 1;},two=[one,'one',/one/];f(two);})();",
                "(function(){var a=function(){return 1;},b=[a,'one',/one/];f(b);})();",
            ),
            (
                "(function(){var g=1,word=/x/g,q=6/g;f(word,q);})();",
                "(function(){var a=1,c=/x/g,b=6/a;f(c,b);})();",
            ),
            ("(function(){f(arguments,this);})();", "(function(){f(arguments,this);})();"),
        ] {
            assert_eq!(shortened(text), expected);
            // Done once is done.
            assert_eq!(shortened(expected), expected);
        }
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        for text in [
            "(function(){let word=1;f(word);})();",
            "(function(){var word=x=>x;})();",
            "(function(){var word=`a${b}`;})();",
            "(function(){var word=1\nother=2,third=3})();",
            "(function(){var word={other};f(word);})();",
            "(function(){var word={other(){}};f(word);})();",
            "(function(){var word={get other(){return 1;}};})();",
            "(function(){var {word}=f();g(word);})();",
            "(function(word=1){f(word);})();",
            "(function(...words){f(words);})();",
            "(function(){var word=1;eval('word');})();",
            "(function(){var word=function own(){return own;};f(word);})();",
            "(function(){with(a){word;}})();",
            "class A{word(){}}",
            "(function(){var word=1;f(word);",
            "import word from './a.js';",
        ] {
            assert_eq!(shortened(text), text);
        }
    }

    #[test]
    fn any_text_is_read_to_its_end() {
        for part in
            ["function", "var ", "(", "){", "catch(", "a", "'", "/", ",", "{a:", "}", "`", "é", "=", ";"]
        {
            for other in ["function a(", "var b", "}", "){", "(function(){"] {
                let _ = shortened(&format!("{part}{other}").repeat(9));
            }
        }
    }
}
