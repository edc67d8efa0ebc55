//! A part of `link-as-text`: brackets that make no link, since they are wide ones, of another kind, or without a partner.

use super::link_as_text::{Found, opening};
use super::typed::{self, literal};
use crate::check::page::{Block, CODE, Page};
use crate::check::rule::Findings;
use crate::source::Span;

/// `[page.md]`, for the `]` at `at`: the file of a page in brackets, and nothing more.
pub fn alone(page: &Page<'_>, block: &Block, at: u32, out: &Findings<'_>) -> Found {
    // Cheap before dear: most brackets hold words.
    if !page.flat_text(&(block.flat.start..at)).ends_with(".md") {
        return None;
    }
    let start = opening(page, block, at)?;
    let text = page.flat_text(&(start..at)).trim_start_matches('[');
    let behind = page.flat_text(&(at + 1..block.flat.end));
    let wiki = page.flat_text(&(block.flat.start..start)).ends_with('[');
    if wiki
        || !typed::is_clear(text)
        || text.starts_with('!')
        || behind.starts_with(['(', '[', ':', '{', '<', ']', '（'])
    {
        return None;
    }
    let place = literal(page, start..at + 1)?;
    let finding = out.at(place, format!("this address is shown as text (\"[{}]\")", typed::short(text)));
    Some((finding.help(format!("Write `[what it is]({text})`.")), at + 1))
}

/// `[text][page.md)`, for the `]` at `at` and what stands behind the second bracket.
pub fn mixed(page: &Page<'_>, start: u32, at: u32, rest: &str, out: &Findings<'_>) -> Found {
    let address = rest.get(..rest.find(')')?).filter(|address| typed::is_clear(address))?;
    let end = at + 3 + address.len() as u32;
    let whole = typed::short(page.flat_text(&(start..end)));
    let label = typed::short(page.flat_text(&(start..at)).trim_start_matches(['!', '[']));
    let message =
        format!("this link is shown as text (\"{whole}\"): the brackets around its address are of two kinds");
    let finding = out
        .at(page.span(start..end), message)
        .help(format!("Write {}.", typed::code(&format!("[{label}]({address})"))));
    Some((
        match literal(page, at + 1..end) {
            Some(place) => finding.fix(place, format!("({address})")),
            None => finding,
        },
        end,
    ))
}

/// `(text)(page.md)`, `{text}(page.md)`, for the `(` at `at`.
pub fn round(page: &Page<'_>, block: &Block, at: u32, out: &Findings<'_>) -> Found {
    let open = match page.flat.as_bytes().get((at as usize).checked_sub(1)?)? {
        b')' => '(',
        b'}' => '{',
        _ => return None,
    };
    let line = typed::ahead(page, at + 1..block.flat.end);
    let address = line.get(..line.find(')')?).filter(|address| typed::is_clear(address))?;
    let words = page.flat_text(&(block.flat.start..at - 1));
    let (i, found) = words
        .char_indices()
        .rev()
        .take(typed::MAX_REACH)
        .find(|(_, c)| matches!(c, '(' | ')' | '{' | '}' | '\n'))?;
    let text = words.get(i + 1..).filter(|text| found == open && !text.trim().is_empty())?;
    let (first, end) = (block.flat.start + i as u32, at + 2 + address.len() as u32);
    literal(page, first..first + 1)?;
    let whole = typed::short(page.flat_text(&(first..end)));
    let good = format!("[{text}]({address})");
    let message =
        format!("this link is shown as text (\"{whole}\"): its text does not stand in square brackets");
    let finding =
        out.at(page.span(first..end), message).help(format!("Write {}.", typed::code(&typed::short(&good))));
    Some((
        match literal(page, first..end).filter(|_| !text.contains([CODE, '[', ']'])) {
            Some(place) => finding.fix(place, good),
            None => finding,
        },
        end,
    ))
}

/// `［text］（page.md）`, `【text】(page.md)`: the brackets of a Chinese or Japanese keyboard.
pub fn wide(page: &Page<'_>, out: &mut Findings<'_>) {
    let bytes = page.flat.as_bytes();
    for close in ["］", "】"] {
        for at in memchr::memmem::find_iter(bytes, close) {
            let Some(block) = page.blocks.get(page.blocks.partition_point(|b| b.flat.end as usize <= at))
            else {
                continue;
            };
            let Some(before) = page.flat.get(block.flat.start as usize..at) else { continue };
            let inside = at as u32 + close.len() as u32;
            let rest = typed::ahead(page, inside..block.flat.end);
            let Some(bracket) = rest.chars().next().filter(|c| matches!(c, '(' | '（')) else { continue };
            let rest = &rest[bracket.len_utf8()..];
            let Some(address) = rest.find([')', '）']).and_then(|end| rest.get(..end)) else { continue };
            let open = before
                .char_indices()
                .rev()
                .take(typed::MAX_REACH)
                .find(|(_, c)| matches!(c, '[' | '［' | '【' | '\n'));
            let Some((i, open)) = open.filter(|(_, c)| *c != '\n' && typed::is_address(address)) else {
                continue;
            };
            let text = &before[i + open.len_utf8()..];
            let first = block.flat.start + i as u32;
            let close = rest[address.len()..].chars().next().map_or(0, char::len_utf8);
            let end = inside + (bracket.len_utf8() + address.len() + close) as u32;
            let whole = typed::short(page.flat_text(&(first..end)));
            let good = format!("[{text}]({address})");
            let message = format!("this link is shown as text (\"{whole}\"): its brackets are wide ones");
            let finding = out
                .at(page.span(first..end), message)
                .help(format!("Write {}.", typed::code(&typed::short(&good))));
            out.push(
                match literal(page, first..end)
                    .filter(|_| !text.contains([CODE, '[', ']']) && !text.trim().is_empty())
                {
                    Some(place) => finding.fix(place, good),
                    None => finding,
                },
            );
        }
    }
}

/// `！[x](bus.jpg)`, `! [x](bus.jpg)`: links, since the sign before them is a wide one or stands apart.
pub fn wide_pictures(page: &Page<'_>, out: &mut Findings<'_>) {
    const PICTURES: [&str; 8] = [".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".avif", ".heic"];
    for link in &page.links {
        let before = page.input.text.get(..link.span.start as usize).unwrap_or("");
        let target = link.target.to_ascii_lowercase();
        // `Look! [The bus](bus.jpg)` is a link.
        let apart = before
            .strip_suffix("! ")
            .is_some_and(|rest| rest.is_empty() || rest.ends_with(char::is_whitespace));
        if !(before.ends_with('！') || apart) || !PICTURES.iter().any(|ending| target.ends_with(ending)) {
            continue;
        }
        let (sign, why) = match apart {
            true => ("! ", "a space stands between `!` and `[`"),
            false => ("！", "the `！` before it is a wide sign"),
        };
        let place = Span::new(before.len() - sign.len(), before.len());
        let finding = out.at(place, format!("this picture is a link: {why}"));
        out.push(finding.help("Write `![what it shows](file)`.").fix(place, "!"));
    }
}

/// A bracket without a partner in its paragraph; the first of each, where no message `told` of it.
pub fn stray(page: &Page<'_>, told: &[(Span, u32)], out: &mut Findings<'_>) {
    let mut open: Vec<u32> = Vec::new();
    let mut closed: Option<u32> = None;
    let mut here: Option<u32> = None;
    let mut report = |at: u32| {
        let Some(place) = literal(page, at..at + 1) else { return };
        // Messages come in the order of their ends; a smiling face is no bracket.
        let next = told.get(told.partition_point(|(_, end)| *end <= at));
        let face = at > 0 && page.flat.as_bytes().get(at as usize - 1) == Some(&b':');
        if face || next.is_some_and(|(span, _)| span.start <= place.start) {
            return;
        }
        let (sign, what) = match page.flat.as_bytes().get(at as usize) {
            Some(b'[') => ("[", "closes"),
            _ => ("]", "opens"),
        };
        let finding = out.at(place, format!("this `{sign}` is shown as text: nothing {what} it"));
        out.push(
            finding
                .help(format!("A link is written `[text](address)`; for the sign itself write `\\{sign}`.")),
        );
    };
    for (block, at) in typed::places(page, [b'[', b']', b'[']) {
        if here != Some(block.flat.start) {
            here = Some(block.flat.start);
            closed.take().into_iter().chain(open.first().copied()).for_each(&mut report);
            open.clear();
        }
        if page.flat.as_bytes().get(at as usize) == Some(&b'[') {
            open.push(at);
        } else if open.pop().is_none() {
            closed.get_or_insert(at);
        }
    }
    closed.into_iter().chain(open.first().copied()).for_each(&mut report);
}
