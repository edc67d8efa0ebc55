//! `link-as-text`: links and pictures whose marks are shown as text.

use super::brackets;
use super::typed::{self, literal};
use crate::check::page::{Block, CODE, Page};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Diagnostic, Severity, code};
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LINK_AS_TEXT,
    group: Group::Lost,
    title: "A link or picture that is shown as text",
    explanation: "A link is `[text](address)`, a picture `![what it shows](file)`: nothing between `]` and `(`, each bracket \
        closed, straight quotes around a title. `[text][name]` needs a line `[name]: address` on the same page. An address with spaces needs `<` and `>` around it, or a file name without \
        spaces. Otherwise families read the brackets. `check --fix` mends what is clear.",
    bad: "Bring [the form](consent form.pdf), or ask [the office] (office.md).\n",
    good: "Bring [the form](<consent form.pdf>), or ask [the office](office.md).\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let mut done = 0;
    // Where a message speaks of a bracket: it is not told as one without a partner, too.
    let mut told = Vec::new();
    for (block, at) in typed::places(page, [b'[', b']', b'(']) {
        if at < done {
            continue;
        }
        let found = match page.flat.as_bytes().get(at as usize) {
            Some(b']') => behind(page, block, at, out),
            Some(b'(') => brackets::round(page, block, at, out),
            _ => turned(page, block, at, out).or_else(|| no_bracket(page, block, at, out)),
        };
        if let Some((finding, end)) = found {
            told.push((finding.span, end));
            out.push(finding);
            done = end;
        }
    }
    brackets::wide(page, out);
    brackets::stray(page, &told, out);
    quoted_addresses(page, out);
    brackets::wide_pictures(page, out);
    super::addresses::check(page, out);
}

pub type Found = Option<(Diagnostic, u32)>;

/// What follows a `]`: an address in some wrong form.
fn behind(page: &Page<'_>, block: &Block, at: u32, out: &Findings<'_>) -> Found {
    literal(page, at..at + 1)?;
    let rest = page.flat_text(&(at + 1..block.flat.end));
    if rest.starts_with(':')
        && let Some(found) = definition(page, block, at, out)
    {
        return Some(found);
    }
    if rest.starts_with('[') {
        return reference(page, block, at, out);
    }
    if let Some(found) = super::addresses::other_brackets(page, block, at, out) {
        return Some(found);
    }
    if let Some(found) = brackets::alone(page, block, at, out) {
        return Some(found);
    }
    let gap = rest.len() - rest.trim_start_matches(is_gap).len();
    // `[text]:(address)`, `[text] -> (address)`: a sign that was meant to lead there.
    let signs =
        rest[gap..].len() - rest[gap..].trim_start_matches([':', '=', '-', '.', ',', '>', '→', ' ']).len();
    let (signed, gap) = if (1..=4).contains(&signs) { (true, gap + signs) } else { (false, gap) };
    let open = at + 1 + gap as u32;
    let bracket = rest[gap..].chars().next().filter(|c| matches!(c, '(' | '（'))?;
    let inside = open + bracket.len_utf8() as u32;
    let line = typed::ahead(page, inside..block.flat.end);
    if line.contains("{{") || line.contains("{%") {
        return None;
    }
    let start = opening(page, block, at);
    // A bracket with a backslash before it is meant.
    if start.is_none() && partner(page, block, at).is_some() {
        return None;
    }
    let close = closing(line);
    let (address, length) = match close {
        Some((length, _)) => (&line[..length], length),
        None => {
            let (word, rest) = (line.split(char::is_whitespace).next().unwrap_or(""), line.trim_end());
            // `[text](page.md]`
            let bare = word.trim_end_matches([']', '}', '>', ',', '.', ';']);
            let word = if typed::is_address(bare) { bare } else { word };
            let whole = if !typed::is_address(word) && typed::is_file(rest) { rest } else { word };
            (whole, whole.len())
        }
    };
    let parts = Parts::of(address);
    let clear = typed::is_address(parts.address) || typed::is_file(parts.address);
    // Without a gap it was meant as a link whatever stands in it; with one, brackets may just follow each other.
    let meant = match gap == 0 && bracket == '(' {
        true => close.is_some() || clear,
        false => clear && start.is_some() && (!signed || typed::is_clear(parts.address)),
    };
    if !meant || address.trim().is_empty() {
        return None;
    }
    let end = inside + length as u32 + close.map_or(0, |(_, c)| c.len_utf8() as u32);
    let first = start.unwrap_or(at);
    let span = page.span(first..end);
    let whole = typed::short(page.flat_text(&(first..end)));
    let label = start.map_or("text", |s| page.flat_text(&(s..at)).trim_start_matches(['!', '[']));
    let sign = start.map_or("", |s| if page.flat_text(&(s..at)).starts_with('!') { "!" } else { "" });
    let good = format!("{sign}[{}]({})", typed::short(label), parts.written());
    let why = if start.is_none() {
        "the `[` before its text is missing".to_owned()
    } else if close.is_none() {
        "the `)` behind the address is missing".to_owned()
    } else if bracket == '（' || close.is_some_and(|(_, c)| c == '）') {
        "its brackets are wide ones, `（` and `）`".to_owned()
    } else if signed {
        format!("`{}` stands between `]` and `(`", rest[..gap].trim())
    } else if gap > 0 {
        format!("{} stands between `]` and `(`", gap_name(&rest[..gap]))
    } else if parts.curly {
        "the quotes in it are curly ones".to_owned()
    } else if parts.address.contains(char::is_whitespace) {
        "there is a space in its address".to_owned()
    } else {
        "its brackets do not pair, or it stands inside another link".to_owned()
    };
    let picture = if sign == "!" { "picture" } else { "link" };
    let finding = out.at(span, format!("this {picture} is shown as text (\"{whole}\"): {why}"));
    let finding = finding.help(if parts.is_whole() {
        format!("Write {}.", typed::code(&good))
    } else {
        format!("A {picture} is written `{sign}[text](address)`; for brackets that are meant put a backslash before the `[`.")
    });
    // Mended is what lies between the text and the end, when all of it stands in the file as it is shown.
    let place =
        literal(page, at + 1..end).filter(|_| start.is_some() && parts.sound() && !address.contains(CODE));
    let Some(place) = place else { return Some((finding, end)) };
    let safe = close.is_some() && parts.is_whole()
        || close.is_none() && {
            let behind = page.flat_text(&(end..block.flat.end)).chars().next();
            behind.is_none_or(char::is_whitespace) && clear
        };
    let known = gap > 0 || bracket == '（' || close.is_none_or(|(_, c)| c == '）') || parts.changed();
    // A comma or a full stop may be meant; the words on both sides stay what they are.
    let kept = signed && !matches!(rest[..gap].trim(), ":" | "=");
    match safe && known && !kept {
        true => Some((finding.fix(place, format!("({})", parts.written())), end)),
        false => Some((finding, end)),
    }
}

/// The parts of what stands between the brackets.
struct Parts<'a> {
    address: &'a str,
    title: Option<&'a str>,
    /// A quote is not a straight one.
    curly: bool,
}

const QUOTES: &[char] = &['"', '\'', '“', '”', '„', '‟', '«', '»', '‘', '’', '‹', '›'];

impl<'a> Parts<'a> {
    fn of(inner: &'a str) -> Parts<'a> {
        let inner = inner.trim();
        // A title begins behind a blank with a quote, and ends with one.
        let title = inner.char_indices().find(|(i, c)| {
            QUOTES.contains(c)
                && inner[..*i].ends_with(char::is_whitespace)
                && !inner[..*i].trim().is_empty()
                && inner.ends_with(|e| QUOTES.contains(&e))
                && *i + c.len_utf8() < inner.len()
        });
        let (address, title) = match title {
            Some((i, c)) => {
                let title = inner[i + c.len_utf8()..].trim_end_matches(|e| QUOTES.contains(&e));
                (inner[..i].trim_end(), Some((title, c, inner.chars().next_back())))
            }
            None => (inner, None),
        };
        let curly = title.is_some_and(|(_, open, close)| open != '"' && open != '\'' || close != Some(open));
        // An apostrophe is a part of a name: `Parents' form.pdf`.
        let quote = |c: char| QUOTES.contains(&c);
        let quoted = address.starts_with(quote) && address.ends_with(quote);
        let bare = if quoted { address.trim_matches(quote) } else { address };
        let bare = bare.strip_prefix('<').unwrap_or(bare);
        let bare = bare.strip_suffix('>').unwrap_or(bare).trim();
        let curly = curly || quoted;
        Parts { address: bare, title: title.map(|(t, ..)| t), curly }
    }

    /// As it is to be written.
    fn written(&self) -> String {
        let address = if self.address.starts_with("tel:") || self.address.starts_with("sms:") {
            self.address.split_whitespace().collect::<Vec<_>>().join("-")
        } else if self.address.contains(char::is_whitespace) || self.address.contains(['(', ')']) {
            format!("<{}>", self.address)
        } else {
            self.address.to_owned()
        };
        match self.title {
            Some(title) => format!("{address} \"{title}\""),
            None => address,
        }
    }

    /// Whether what is to be written reads as one address.
    fn sound(&self) -> bool {
        !self.address.is_empty()
            && !self.address.contains(['<', '>', '\\', '[', ']', '`'])
            && !self.title.is_some_and(|t| t.contains(['"', '\\', '`']))
    }

    /// Whether all of it is one address, and not an address with other words behind it, or no address at all.
    fn is_whole(&self) -> bool {
        let mut words = self.address.split_whitespace();
        let first = words.next().unwrap_or("");
        let lower = self.address.to_ascii_lowercase();
        let number = ["mailto:", "tel:", "sms:"].iter().any(|p| lower.starts_with(p));
        // `https://x.org/a b`, but not `https://x.org and more`.
        let path = first.split_once("://").is_some_and(|(_, rest)| rest.contains('/')) && words.count() < 6;
        let ends =
            |text: &str| typed::is_file(text.split(['#', '?']).next().unwrap_or("")) || text.ends_with('/');
        typed::is_address(self.address)
            || number
            || path
            || self.address.starts_with('#')
            || ends(self.address) && !(ends(first) || lower.starts_with("http"))
    }

    /// Whether something in it is to be written in another way.
    fn changed(&self) -> bool {
        self.curly || self.address.contains(char::is_whitespace)
    }
}

/// `(text)[address]`.
fn turned(page: &Page<'_>, block: &Block, at: u32, out: &Findings<'_>) -> Found {
    let before = page.flat_text(&(block.flat.start..at));
    let words = before.strip_suffix(')')?;
    let open = words.char_indices().rev().take(typed::MAX_REACH).find(|(_, c)| matches!(c, '(' | '\n'))?;
    let text = words.get(open.0 + 1..).filter(|t| open.1 == '(' && !t.trim().is_empty())?;
    let rest = typed::ahead(page, at + 1..block.flat.end);
    let address = rest.get(..rest.find([']', '\n'])?)?;
    let end = at + 1 + address.len() as u32;
    if !page.flat_text(&(end..block.flat.end)).starts_with(']') {
        return None;
    }
    let first = block.flat.start + open.0 as u32;
    let (finding, place) = (page.span(first..end + 1), literal(page, first..end + 1));
    let whole = typed::short(page.flat_text(&(first..end + 1)));
    // `(page.md)[text]`: the address first.
    let first_text = typed::is_address(address);
    let (text, address, why) = if first_text {
        (text, address, "its brackets are the wrong way round")
    } else if typed::is_clear(text) && !address.trim().is_empty() && !address.starts_with('^') {
        (address, text, "its address stands before its text")
    } else {
        return None;
    };
    let good = format!("[{text}]({address})");
    let message = format!("this link is shown as text (\"{whole}\"): {why}");
    let finding = out.at(finding, message).help(format!("Write {}.", typed::code(&typed::short(&good))));
    match place {
        // A fix changes no order of words.
        Some(place) if first_text && !text.contains(CODE) => Some((finding.fix(place, good), end + 1)),
        _ => Some((finding, end + 1)),
    }
}

/// `[text(address)`: the `]` is missing.
fn no_bracket(page: &Page<'_>, block: &Block, at: u32, out: &Findings<'_>) -> Found {
    literal(page, at..at + 1)?;
    let line = typed::ahead(page, at + 1..block.flat.end);
    let open = line.find(['(', '[', ']']).filter(|i| line[*i..].starts_with('('))?;
    let (length, _) = closing(&line[open + 1..])?;
    let address = &line[open + 1..open + 1 + length];
    let text = &line[..open];
    if !typed::is_address(address) || text.trim().is_empty() {
        return None;
    }
    let end = at + 1 + (open + 1 + length + 1) as u32;
    let whole = page.flat_text(&(at..end));
    let message = format!(
        "this link is shown as text (\"{}\"): the `]` behind its text is missing",
        typed::short(whole)
    );
    let good = format!("[{}]({address})", text.trim_end());
    let finding =
        out.at(page.span(at..end), message).help(format!("Write {}.", typed::code(&typed::short(&good))));
    match literal(page, at..end) {
        Some(place) if !text.contains(CODE) => Some((finding.fix(place, good), end)),
        _ => Some((finding, end)),
    }
}

/// `[text][name]`: no line says where the name leads. `[1][2]` and `a[i][j]` are no links.
fn reference(page: &Page<'_>, block: &Block, at: u32, out: &Findings<'_>) -> Found {
    let start = opening(page, block, at)?;
    let rest = typed::ahead(page, at + 2..block.flat.end);
    let Some(length) = rest.find(['[', ']']).filter(|i| rest[*i..].starts_with(']')) else {
        return brackets::mixed(page, start, at, rest, out);
    };
    let name = rest.get(..length)?;
    let end = at + 3 + name.len() as u32;
    literal(page, at + 1..at + 2)?;
    literal(page, end - 1..end)?;
    let whole = page.flat_text(&(start..end));
    let label = page.flat_text(&(start..at)).trim_start_matches(['!', '[']);
    let before = page.flat_text(&(block.flat.start..start)).chars().next_back();
    let apart = !before.is_some_and(|c| c.is_alphanumeric() || c == '[');
    let words = label.chars().any(|c| c.is_alphabetic() || c == CODE) && !label.contains(['[', ']', '{']);
    if !apart || !words || label.starts_with('^') || name.starts_with('^') || name.contains(['{', '|']) {
        return None;
    }
    // A line of that name that is no address is told at that line.
    if page.flat.contains(&format!("[{name}]:")) {
        return None;
    }
    let sign = if whole.starts_with('!') { "!" } else { "" };
    let what = if sign.is_empty() { "link" } else { "picture" };
    let (label, meant) =
        (typed::short(label), typed::short(if name.trim().is_empty() { label } else { name }));
    let parts = Parts::of(name);
    let message = format!("this {what} is shown as text (\"{}\")", typed::short(whole));
    let span = page.span(start..end);
    if parts.sound() && (typed::is_address(name) || typed::is_file(name)) {
        let good = parts.written();
        let finding = out.at(span, format!("{message}: its address stands in square brackets"));
        let finding = finding.help(format!("Write {}.", typed::code(&format!("{sign}[{label}]({good})"))));
        return Some((
            match literal(page, at + 1..end) {
                Some(place) => finding.fix(place, format!("({good})")),
                None => finding,
            },
            end,
        ));
    }
    let finding =
        out.at(span, format!("{message}: no line of this page says where {} leads", typed::code(&meant)));
    let (link, line) = (format!("{sign}[{label}](address)"), format!("[{meant}]: address"));
    Some((finding.help(format!("Write {}, or add a line {}.", typed::code(&link), typed::code(&line))), end))
}

/// `[form]: consent form.pdf`.
fn definition(page: &Page<'_>, block: &Block, at: u32, out: &Findings<'_>) -> Found {
    let start = opening(page, block, at)?;
    let before = page.flat_text(&(block.flat.start..start));
    if !before.is_empty() && !before.ends_with('\n') {
        return None;
    }
    let rest = typed::ahead(page, at + 2..block.flat.end);
    let lead = rest.len() - rest.trim_start().len();
    let parts = Parts::of(rest);
    let lower = parts.address.to_ascii_lowercase();
    let named =
        ["http:", "https:", "tel:", "mailto:", "../", "./", "/", "#"].iter().any(|p| lower.starts_with(p));
    let file = typed::is_file(parts.address.split('#').next().unwrap_or(""));
    // `[form]: form.pdf "The form`, `[form]: form.pdf, by Friday`: what stands behind the address makes all of it text.
    let first = parts.address.split_whitespace().next().unwrap_or("");
    let more = first.len() < parts.address.len() && typed::is_clear(first.trim_end_matches([',', ';']));
    // Directly below a text, or a further line of an item, it is a part of it.
    if before.ends_with('\n') && !more && !parts.changed() && typed::is_clear(parts.address) {
        let name = typed::short(typed::source(page, start..at + 1));
        let end = at + 2 + rest.trim_end().len() as u32;
        let place = page.span(start..end);
        let finding = out
            .at(
                place,
                format!("this address of the link {name} is shown as text: no empty line stands above it"),
            )
            .help("Leave an empty line above it.");
        let text = page.input.text;
        let margin = text.get(..place.start as usize).is_some_and(|above| above.ends_with(['\n', '\r']));
        let written =
            !page.flat_text(&(start..at)).starts_with("[^") && literal(page, start..at + 2).is_some();
        return written.then(|| match margin {
            true => (finding.fix(Span::at(place.start as usize), typed::line_end(text)), end),
            false => (finding, end),
        });
    }
    if !parts.changed() || !(named || file || more) || page.flat_text(&(start..at)).starts_with("[^") {
        return None;
    }
    if more && !file {
        let (end, name) =
            (at + 2 + rest.trim_end().len() as u32, typed::short(typed::source(page, start..at + 1)));
        let finding = out
            .at(
                page.span(start..end),
                format!("this address of the link {name} is shown as text: more stands behind it"),
            )
            .help(format!(
                "Write {}, and a title behind it in straight quotes.",
                typed::code(&format!("{name}: {first}"))
            ));
        return Some((finding, end));
    }
    let (from, end) = (at + 2 + lead as u32, at + 2 + rest.trim_end().len() as u32);
    let why = if parts.curly { "the quotes in it are curly ones" } else { "there is a space in it" };
    let name = typed::short(typed::source(page, start..at + 1));
    let finding = out
        .at(page.span(start..end), format!("this address of the link {name} is shown as text: {why}"))
        .help(format!("Write {}.", typed::code(&format!("{name}: {}", parts.written()))));
    match literal(page, from..end) {
        Some(place) if parts.sound() => Some((finding.fix(place, parts.written()), end)),
        _ => Some((finding, end)),
    }
}

/// Links whose address stands in quotes: `[x]("page.md")`.
fn quoted_addresses(page: &Page<'_>, out: &mut Findings<'_>) {
    let links = page.links.iter().map(|l| (&l.target, l.span, "link"));
    let images = page.images.iter().map(|i| (&i.src, i.span, "picture"));
    for (target, span, what) in links.chain(images) {
        let quote = |c: char| QUOTES.contains(&c);
        if !(target.starts_with(quote) && target.ends_with(quote)) {
            continue;
        }
        let bare = target.trim_matches(quote);
        if bare.is_empty() {
            continue;
        }
        let finding = out
            .at_level(
                Severity::Error,
                span,
                format!("the quotes around the address of this {what} are taken for a part of it"),
            )
            .help(format!("Write the address without quotes: `({bare})`."));
        let source = page.input.text.get(span.range()).unwrap_or("");
        match source.rfind(&format!("({target})")) {
            Some(at) => {
                let start = span.start as usize + at + 1;
                out.push(finding.fix(Span::new(start, start + target.len()), bare));
            }
            None => out.push(finding),
        }
    }
}

/// Where the `[`, or the `![`, of the `]` at `at` stands.
pub fn opening(page: &Page<'_>, block: &Block, at: u32) -> Option<u32> {
    let start = partner(page, block, at)?;
    literal(page, start..start + 1)?;
    Some(start - u32::from(page.flat_text(&(block.flat.start..start)).ends_with('!')))
}

/// The `[` of the `]` at `at`, also one that is meant as a sign.
fn partner(page: &Page<'_>, block: &Block, at: u32) -> Option<u32> {
    let before = page.flat_text(&(block.flat.start..at));
    let mut depth = 0;
    for (i, c) in before.char_indices().rev().take(typed::MAX_REACH) {
        match c {
            ']' => depth += 1,
            '[' if depth > 0 => depth -= 1,
            '[' => return Some(block.flat.start + i as u32),
            _ => {}
        }
    }
    None
}

/// The length of what stands before the `)` that closes a bracket, and that `)`.
fn closing(line: &str) -> Option<(usize, char)> {
    let mut depth = 0;
    for (i, c) in line.char_indices().take(typed::MAX_REACH) {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' if depth > 0 => depth -= 1,
            ')' | '）' => return Some((i, c)),
            _ => {}
        }
    }
    None
}

/// What may stand by mistake between `]` and `(`.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}')
}

fn gap_name(gap: &str) -> &'static str {
    match gap.chars().find(|c| *c != ' ') {
        None if gap.len() == 1 => "a space",
        None => "some space",
        Some('\n') => "a line break",
        Some('\u{a0}' | '\u{202f}') => "a no-break space",
        Some('\t') => "a tab",
        Some(_) => "a character that nobody can see",
    }
}
