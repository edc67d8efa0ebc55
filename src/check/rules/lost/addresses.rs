//! A part of `link-as-text`: addresses in brackets of another kind, names of links behind a space, addresses that are misspelt
//! or empty, and lines `[name]: address` that no link uses.

use super::lines::{self, What};
use super::link_as_text::{Found, opening};
use super::typed::{self, literal};
use crate::check::page::{Block, Page};
use crate::check::rule::Findings;
use crate::source::Span;
use rustc_hash::FxHashSet;

/// What stands in the page without a link that can be seen.
pub fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    in_points(page, out);
    misspelt(page, out);
    empty(page, out);
    notes(page, out);
    unused(page, out);
}

/// `[^a note]`: the name of a footnote has no blanks.
fn notes(page: &Page<'_>, out: &mut Findings<'_>) {
    let named = |at: u32| page.flat.as_bytes().get(at as usize + 1) == Some(&b'^');
    for (block, at) in typed::places(page, [b'['; 3]).filter(|(_, at)| named(*at)) {
        let rest = typed::ahead(page, at..block.flat.end);
        let Some((name, _)) = rest.strip_prefix("[^").and_then(|rest| rest.split_once(']')) else { continue };
        let end = at + name.len() as u32 + 3;
        if name.trim().is_empty() || !name.contains(char::is_whitespace) || name.contains('[') {
            continue;
        }
        let Some(place) = literal(page, at..end) else { continue };
        let finding = out.at(
            place,
            format!(
                "this mark of a footnote is shown as text (\"[^{}]\"): its name holds a space",
                typed::short(name)
            ),
        );
        out.push(finding.help("Write `[^1]` here, and on a line of its own `[^1]: the note`."));
    }
}

/// `[text]{page.md}`, `[text]<page.md>`, `[text] [name]`, `[text] []`, for the `]` at `at`.
pub fn other_brackets(page: &Page<'_>, block: &Block, at: u32, out: &Findings<'_>) -> Found {
    let close = literal(page, at..at + 1)?;
    let source = page.input.text.get(close.end as usize..)?;
    if !source.starts_with(['{', '<', ' ', '\t']) {
        return None;
    }
    let line = typed::line(source);
    let gap = line.len() - line.trim_start_matches([' ', '\t']).len();
    let (end, good, why) = match line.as_bytes().get(gap)? {
        open @ (b'{' | b'<') if gap == 0 => {
            let inner = &line[1..=line.find(if *open == b'{' { '}' } else { '>' })?];
            let address = &inner[..inner.len() - 1];
            let clear = typed::is_address(address) && !address.starts_with(['#', '/', '.'])
                || address.starts_with("./")
                || address.starts_with("../");
            clear.then_some((
                1 + inner.len(),
                Some(format!("({address})")),
                "its address does not stand in round brackets",
            ))?
        }
        b'[' if gap > 0 => {
            let inner = &line[gap + 1..=gap + 1 + line[gap + 1..].find(']')?];
            let name = &inner[..inner.len() - 1];
            let end = gap + 1 + inner.len();
            // `[see] [the page](page.md)` are two things, and so are `[1] [2]`.
            let own = line[end..].starts_with(['(', '[', ':']);
            let place = Span::new(close.end as usize + gap, close.end as usize + end);
            let next = page.links.partition_point(|link| link.span.start < place.start);
            let links = page.links.get(next).is_some_and(|link| link.span == place);
            (!own && (name.trim().is_empty() || links)).then_some(())?;
            (end, links.then(|| format!("[{name}]")), "a space stands between `]` and `[`")
        }
        _ => return None,
    };
    let start = opening(page, block, at)?;
    let text = page.flat_text(&(start..at)).trim_start_matches(['!', '[']);
    if text.trim().is_empty() || text.starts_with('^') {
        return None;
    }
    let whole = Span { start: page.span(start..at).start, end: close.end + end as u32 };
    let shown = typed::short(page.input.text.get(whole.range()).unwrap_or(""));
    let finding = out.at(whole, format!("this link is shown as text (\"{shown}\"): {why}"));
    // What stands behind in the running text: a link is shorter there than in the file.
    let rest = page.flat_text(&(at + 1..block.flat.end));
    let done = at + 1 + rest.find(['}', '>', ']']).map_or(0, |n| n as u32 + 1).min(end as u32);
    let text = typed::short(text);
    Some((
        match good {
            Some(good) => finding
                .help(format!("Write {}.", typed::code(&format!("[{text}]{good}"))))
                .fix(Span::new(close.end as usize, close.end as usize + end), good),
            None => finding.help(format!("Write {}.", typed::code(&format!("[{text}](address)")))),
        },
        done,
    ))
}

/// `<page.md>`: only whole addresses (`<https://…>`) are links in such signs.
fn in_points(page: &Page<'_>, out: &mut Findings<'_>) {
    let begins = |at: u32| {
        page.flat
            .as_bytes()
            .get(at as usize + 1)
            .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'_'))
    };
    for (block, at) in typed::places(page, [b'<'; 3]).filter(|(_, at)| begins(*at)) {
        let rest = typed::ahead(page, at + 1..block.flat.end);
        let Some((address, _)) = rest.split_once('>') else { continue };
        let end = at + address.len() as u32 + 2;
        let bare = address.split(['#', '?']).next().unwrap_or("");
        let file = typed::is_file(bare)
            && !bare.contains(char::is_whitespace)
            && !bare.contains(['@', '<', '"', '=']);
        // `[text]<page.md>` is told with its text.
        if !file || bare.starts_with("www.") || page.flat_text(&(block.flat.start..at)).ends_with(']') {
            continue;
        }
        let Some(place) = literal(page, at..end) else { continue };
        let finding =
            out.at(place, format!("this address is shown as text (\"<{}>\")", typed::short(address)));
        out.push(finding.help(format!("Write `[what it is]({address})`.")));
    }
}

/// `http//`, `htp://`, `http:x.org`: beginnings that no browser knows.
fn misspelt(page: &Page<'_>, out: &mut Findings<'_>) {
    const WRONG: &[(&str, &str)] = &[
        ("https//", "https://"),
        ("http//", "http://"),
        ("https;//", "https://"),
        ("http;//", "http://"),
        ("https.//", "https://"),
        ("http.//", "http://"),
        ("https:\\\\", "https://"),
        ("http:\\\\", "http://"),
        ("https:://", "https://"),
        ("http:://", "http://"),
        ("htps://", "https://"),
        ("htpps://", "https://"),
        ("htttps://", "https://"),
        ("httpss://", "https://"),
        ("ttps://", "https://"),
        ("htp://", "http://"),
        ("htpp://", "http://"),
        ("htttp://", "http://"),
        ("ttp://", "http://"),
        ("https:/", "https://"),
        ("http:/", "http://"),
        ("https:", "https://"),
        ("http:", "http://"),
    ];
    let bytes = page.flat.as_bytes();
    let mut done = 0;
    // All of them hold "tp", which no word begins with.
    for tp in memchr::memmem::find_iter(bytes, b"tp") {
        let letters = bytes[..tp].iter().rev().take(4).take_while(|b| matches!(b, b'h' | b't')).count();
        let at = (tp - letters) as u32;
        let Some(block) = page.blocks.get(page.blocks.partition_point(|b| b.flat.end <= at)) else {
            continue;
        };
        let before = page.flat.get(block.flat.start as usize..at as usize).unwrap_or("").chars().next_back();
        if at < done.max(block.flat.start) || before.is_some_and(|c| c.is_alphanumeric() || c == '/') {
            continue;
        }
        let rest = typed::ahead(page, at..block.flat.end);
        let Some((wrong, right)) = WRONG.iter().find(|(wrong, _)| {
            rest.strip_prefix(wrong).is_some_and(|behind| {
                let host = behind.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("");
                let host = host.trim_end_matches(|c: char| !c.is_alphanumeric());
                host.starts_with(|c: char| c.is_alphanumeric()) && host.contains('.')
            })
        }) else {
            continue;
        };
        done = at + wrong.len() as u32;
        let Some(place) = literal(page, at..done) else { continue };
        let finding = out.at(place, format!("this address is no link: it begins with `{wrong}`"));
        out.push(finding.help(format!("Write `{right}`.")).fix(place, *right));
    }
}

/// `[text]()`: the page itself, which nobody means. `[text](#)` leads to its top.
fn empty(page: &Page<'_>, out: &mut Findings<'_>) {
    for link in page.links.iter().filter(|link| link.target.trim().is_empty()) {
        let source = page.input.text.get(link.span.range()).unwrap_or("");
        if source.ends_with(')') && source.contains("](") {
            let finding =
                out.at(link.span, "this link has no address: it leads to the page that it stands on");
            out.push(finding.help("Write the address between the round brackets."));
        }
    }
}

/// `[Note]: Important`: the line says where links of that name lead, and there is none, so it is nowhere.
fn unused(page: &Page<'_>, out: &mut Findings<'_>) {
    let text = page.input.text;
    let body = text.get(page.body as usize..).unwrap_or("");
    if memchr::memmem::find(body.as_bytes(), b"]:").is_none() {
        return;
    }
    let all = lines::of(page);
    let mut known: FxHashSet<String> = FxHashSet::default();
    let mut used: Option<FxHashSet<String>> = None;
    for line in all.iter().filter(|line| line.what == What::Other) {
        let inner = line.text.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
        let Some((name, address)) = inner.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else {
            continue;
        };
        let address = address.trim();
        // `[//]: # (a remark)` is how remarks are written elsewhere.
        if name.len() > 1 && name.starts_with('^')
            || address.starts_with('#')
                && (name.starts_with(['/', '#', '_']) || name.eq_ignore_ascii_case("comment"))
        {
            continue;
        }
        let key = folded(name);
        let place =
            Span::new(line.start + line.text.len() - inner.len(), line.start + line.text.trim_end().len());
        if !known.insert(key.clone()) {
            let finding = out.at(
                place,
                format!(
                    "{} stands twice on this page: only the first line counts",
                    typed::code(&format!("[{}]: …", typed::short(name)))
                ),
            );
            out.push(finding.help("Delete one of them, or give it another name."));
            continue;
        }
        let used = used.get_or_insert_with(|| names(body));
        if used.contains(&key) {
            continue;
        }
        let finding = out.at(
            place,
            format!(
                "this line is not shown: it says where links named {} lead, and there is none",
                typed::code(&format!("[{}]", typed::short(name)))
            ),
        );
        let help = format!(
            "If it is text, write {}; if it is not needed, delete it.",
            typed::code(&format!("{}: {}", typed::short(name), typed::short(address)))
        );
        out.push(finding.help(help));
    }
}

/// The names in square brackets that do not begin such a line.
fn names(body: &str) -> FxHashSet<String> {
    let mut out = FxHashSet::default();
    let mut open: Vec<usize> = Vec::new();
    for at in memchr::memchr2_iter(b'[', b']', body.as_bytes()) {
        if body.as_bytes().get(at) == Some(&b'[') {
            open.push(at);
        } else if let Some(start) = open.pop() {
            let defines = body[at + 1..].starts_with(':') && {
                let before = body.as_bytes()[start.saturating_sub(80)..start].iter().rev();
                before
                    .copied()
                    .find(|b| !matches!(b, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+'))
                    .is_none_or(|b| b == b'\n')
            };
            if !defines && at - start < 1000 {
                out.insert(folded(&body[start + 1..at]));
            }
        }
    }
    out
}

/// A name as it is compared: blanks and size of letters do not count.
fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
