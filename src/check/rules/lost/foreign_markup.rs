//! `foreign-markup`: marks of other programs, which are text here.
//!
//! One look at each sign that such marks begin with, in the running text (code is not in it); what each mark is, and what
//! to write instead, stands in `signs`. Tags of other programs are looked for in the file.

use super::signs::{self, Sign};
use super::typed::{self, literal};
use super::{line_signs, lines};
use crate::check::page::{Block, BlockKind, CODE, Page};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Diagnostic, Severity, code};
use crate::source::Span;
use rustc_hash::FxHashSet;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::FOREIGN_MARKUP,
    group: Group::Lost,
    title: "Markup of another program",
    explanation: "Pages that were written for Hugo, Jekyll, MkDocs, Docusaurus, Obsidian or pandoc, or saved by Word, hold marks \
        that mean nothing here: families read `{{< figure >}}` or `[[goals]]`. Each message names the program and says what to \
        write instead. To show such a mark on purpose, write it as code, or with a backslash before it.",
    bad: "!!! note\nSee [[goals]] and ==ask early==.\n",
    good: ":::note\nSee [the goals](goals.md) and **ask early**.\n:::\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for marks in [[b'{', b'[', b'%'], [b'=', b'^', b'\\'], [b':', b'$', b'+'], [b'\'', b'&', b'&']] {
        let mut done = 0;
        for (block, at) in typed::places(page, marks) {
            if at < done {
                continue;
            }
            if let Some((start, end, sign)) = inline(page, block, at) {
                done = end;
                report(page, start, end, &sign, out);
            }
        }
    }
    for block in typed::text_blocks(page) {
        for (start, line) in typed::flat_lines(page, block) {
            let first = line.bytes().find(|b| !matches!(b, b' ' | b'\t'));
            if !first.is_some_and(line_signs::begins_line) {
                continue;
            }
            let lead = line.len() - line.trim_start().len();
            if let Some(sign) = line_signs::line(line.trim()) {
                report(page, start + lead as u32, start + line.trim_end().len() as u32, &sign, out);
            }
        }
    }
    meanings(page, out);
    addresses(page, out);
    struck(page, out);
    roles(page, out);
    rulers(page, out);
    attributes(page, out);
    containers(page, out);
    programs(page, out);
    tags(page, out);
}

fn report(page: &Page<'_>, start: u32, end: u32, sign: &Sign, out: &mut Findings<'_>) {
    let Some(finding) = finding(page, start, end, sign, out) else { return };
    let place = literal(page, start..end);
    match (&sign.mended, place) {
        (Some(mended), Some(place)) => out.push(finding.fix(place, mended.clone())),
        _ => out.push(finding),
    }
}

/// What is said of a mark; nothing when a backslash says that it is meant.
fn finding(page: &Page<'_>, start: u32, end: u32, sign: &Sign, out: &Findings<'_>) -> Option<Diagnostic> {
    let length = page.flat_text(&(start..end)).chars().next().map_or(1, char::len_utf8);
    let first = literal(page, start..start + length as u32)?;
    let span = page.span(start..end);
    let written = page.input.text.get(span.range()).unwrap_or("");
    let finding = out
        .at(
            Span { start: first.start, end: span.end },
            format!("{} is markup of {}; it is shown as text", typed::code(&typed::short(written)), sign.of),
        )
        .help(sign.help.replace(CODE, "…"));
    Some(finding)
}

/// The mark that begins at, or just before, a sign: its stretch of the running text.
fn inline(page: &Page<'_>, block: &Block, at: u32) -> Option<(u32, u32, Sign)> {
    let [sign, next, ..] = page.flat.as_bytes().get(at as usize..)? else { return None };
    if !signs::may_begin(*sign, *next) {
        return None;
    }
    let before = page.flat_text(&(block.flat.start..at));
    let rest = typed::ahead(page, at..block.flat.end);
    let source = page.input.text.get(page.span(at..at + 1).start as usize..).unwrap_or("");
    let (length, sign) = signs::inline(before, rest, source)?;
    let lead = match before.chars().next_back() {
        Some('!') if rest.starts_with("[[") => 1,
        Some('<') if rest.starts_with('%') && !rest.starts_with("%%") => 1,
        _ => 0,
    };
    Some((at - lead, at + length as u32, sign))
}

/// `~ what it means` below a word: the meaning of the word in pandoc. After a greeting it is the name of who writes.
fn meanings(page: &Page<'_>, out: &mut Findings<'_>) {
    for block in page.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let text = page.block_text(block);
        if !text.contains("\n~ ") {
            continue;
        }
        let (word, rest) = text.split_once('\n').unwrap_or((text, ""));
        let is_word = word.split_whitespace().count() <= 6 && !word.ends_with(['.', ',', '!', '?', ':', ';']);
        let is_meaning = |line: &str| {
            let words = line.strip_prefix("~ ").map(str::trim_start);
            words.is_some_and(|words| {
                words.starts_with(char::is_alphabetic) && words.split_whitespace().count() > 3
            })
        };
        let whole = rest.split('\n').all(is_meaning);
        let help = "Write `: ` instead of `~ `.";
        for (start, line) in
            typed::flat_lines(page, block).skip(1).filter(|(_, line)| is_word && is_meaning(line))
        {
            let sign = Sign { of: "pandoc (the meaning of a word)", help: help.into(), mended: None };
            let place = literal(page, start..start + 2).filter(|_| whole);
            let end = start + line.trim_end().len() as u32;
            let Some(mut finding) = finding(page, start, end, &sign, out) else { continue };
            if let Some(place) = place {
                finding = finding.fix(place, ": ");
            }
            out.push(finding);
        }
    }
}

/// Addresses that hold a mark: `[x]({{page}})`.
fn addresses(page: &Page<'_>, out: &mut Findings<'_>) {
    let links = page.links.iter().map(|l| (&*l.target, l.span));
    let images = page.images.iter().map(|i| (&*i.src, i.span));
    for (target, span) in links.chain(images) {
        if !(target.contains("{{") || target.contains("{%")) {
            continue;
        }
        let message =
            format!("`{}` is markup of another program; the address leads nowhere", typed::short(target));
        let finding = out.at_level(Severity::Error, span, message);
        out.push(
            finding
                .help("Write the address itself: the path of the page's `.md` file, counted from this page."),
        );
    }
}

/// `H~2~O`: a small text below the line to pandoc. Inside a word it is shown as text, around words it strikes them through, as on
/// GitHub.
fn struck(page: &Page<'_>, out: &mut Findings<'_>) {
    let mut done = 0;
    for (block, at) in typed::places(page, [b'~'; 3]) {
        let inside = page.flat_text(&(block.flat.start..at)).ends_with(char::is_alphanumeric);
        let behind = page.flat_text(&(at + 1..block.flat.end));
        let end = behind.find(|c: char| !c.is_alphanumeric()).filter(|end| behind[*end..].starts_with('~'));
        let Some(end) = end.filter(|end| (1..=12).contains(end) && inside && at >= done) else { continue };
        done = at + 2 + end as u32;
        let help = match signs::below(&behind[..end]) {
            Some(small) => format!("Write `{small}`; for the signs themselves write `\\~`."),
            None => "A small text below the line cannot be written; for the signs themselves write `\\~`."
                .to_owned(),
        };
        report(page, at, done, &Sign { of: "pandoc", help, mended: None }, out);
    }
    for span in &page.struck {
        let whole = page.input.text.get(span.range()).unwrap_or("");
        let one = whole.strip_prefix('~').and_then(|text| text.strip_suffix('~'));
        let Some(inner) = one.filter(|text| !text.starts_with('~')) else { continue };
        let message = format!(
            "`{}` is struck through; in pandoc it is a small text below the line",
            typed::short(whole)
        );
        let small = match signs::below(inner) {
            Some(small) => format!("for a small number below the line write `{small}`"),
            None => "a small text below the line cannot be written".to_owned(),
        };
        let help = format!(
            "Write `~~{}~~` if it is to be struck through; {small}; for the sign itself write `\\~`.",
            typed::short(inner)
        );
        out.push(out.at_level(Severity::Note, *span, message).help(help));
    }
}

/// `` `text <page.md>`_ ``: a link of reStructuredText.
fn roles(page: &Page<'_>, out: &mut Findings<'_>) {
    for code in &page.code {
        let behind = page.input.text.get(code.span.end as usize..).unwrap_or("");
        let rest = behind.trim_start_matches('_');
        let signs = behind.len() - rest.len();
        if !(1..=2).contains(&signs) || rest.starts_with(char::is_alphanumeric) {
            continue;
        }
        let place = Span { start: code.span.start, end: code.span.end + signs as u32 };
        let shown = typed::short(page.input.text.get(place.range()).unwrap_or(""));
        let finding = out.at(
            place,
            format!("{} is markup of Sphinx (reStructuredText); it is shown as code", typed::code(&shown)),
        );
        let parts = code.text.strip_suffix('>').and_then(|text| text.rsplit_once('<'));
        let parts = parts.map(|(text, address)| (text.trim(), address)).filter(|(text, _)| !text.is_empty());
        out.push(
            match parts
                .filter(|(text, address)| typed::is_address(address) && !text.contains(['[', ']', '`']))
            {
                Some((text, address)) => {
                    let good = format!("[{text}]({address})");
                    finding.help(format!("Write {}.", typed::code(&good))).fix(place, good)
                }
                None => finding.help("Write a link as `[text](page.md)`."),
            },
        );
    }
}

/// `———`, `=====`, alone: a line across the page, as Word and typewriters draw it.
fn rulers(page: &Page<'_>, out: &mut Findings<'_>) {
    const DASHES: &[char] = &['—', '–', '―', '−', '⸺', '─', '━'];
    for block in page.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let text = page.block_text(block);
        let begins = |line: &str| line.starts_with(['=', '+']) || line.starts_with(DASHES);
        if !begins(text) && (text.is_ascii() || !text.contains('\n')) {
            continue;
        }
        let alone = !text.contains('\n');
        for (start, line) in typed::flat_lines(page, block).filter(|(_, line)| begins(line)) {
            let first = line.chars().next().unwrap_or(' ');
            let signs = line.chars().filter(|c| *c == first).count();
            let only = line.chars().all(|c| c == first || matches!(c, ' ' | '\t'));
            // A dash alone is a line across the page where Word made it of `---`.
            if !only || signs < if alone && DASHES.contains(&first) { 1 } else { 3 } {
                continue;
            }
            let help = "Write `---` on a line of its own, with an empty line above it.".to_owned();
            let mended = (alone && block.top).then(|| "---".to_owned());
            let sign = Sign { of: "Word or a typewriter (a line across the page)", help, mended };
            report(page, start, start + line.trim_end().len() as u32, &sign, out);
        }
    }
}

/// `## Heading {#an id}`: what is neither an id nor a class behind a heading is nowhere.
fn attributes(page: &Page<'_>, out: &mut Findings<'_>) {
    for heading in &page.headings {
        // `{#an id}`, which is none, is shown.
        let text = page.flat_text(&heading.flat);
        let shown = text.rfind("{#").and_then(|at| Some((at, text[at..].find('}')?)));
        if let Some((at, length)) = shown {
            let (start, inner) = (heading.flat.start + at as u32, &text[at + 2..at + length]);
            let place = literal(page, start..start + length as u32 + 1);
            if let Some(place) = place.filter(|_| !inner.contains(CODE)) {
                let message =
                    format!("{} is shown in the heading: it is no id", typed::code(&text[at..=at + length]));
                out.push(
                    out.at(place, message).help(
                        "Write one id without spaces behind the heading, `{#an-id}`, and nothing else.",
                    ),
                );
                continue;
            }
        }
        // Half an id is shown, too: `{#id` and `#id}`.
        let half = text.split_whitespace().next_back().unwrap_or("");
        let id = half.trim_start_matches(['{', '#']).trim_end_matches('}');
        if half.contains('#')
            && (half.starts_with("{#") != half.ends_with('}'))
            && half.starts_with(['{', '#'])
        {
            let from = heading.flat.start + text.trim_end().len() as u32 - half.len() as u32;
            let place = literal(page, from..from + half.len() as u32);
            let is_id = !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
            if let Some(place) = place.filter(|_| is_id) {
                let message =
                    format!("{} is shown in the heading: half of its brackets is missing", typed::code(half));
                let good = format!("{{#{id}}}");
                out.push(out.at(place, message).help(format!("Write `{good}`.")).fix(place, good));
                continue;
            }
        }
        let whole = page.input.text.get(heading.span.range()).unwrap_or("");
        let line = whole.lines().next().unwrap_or("").trim_end();
        let inner = line.strip_suffix('}').and_then(|line| line.rsplit_once('{'));
        let Some((before, inner)) = inner.filter(|_| !page.flat_text(&heading.flat).ends_with('}')) else {
            continue;
        };
        let ids = inner.split_whitespace().filter(|word| word.starts_with('#')).count();
        let lost = inner.split_whitespace().find(|word| !word.starts_with(['#', '.']));
        let lost = lost.or_else(|| inner.split_whitespace().filter(|word| word.starts_with('#')).nth(1));
        let Some(lost) = lost.filter(|lost| ids > 0 || lost.contains('=')) else { continue };
        let start = heading.span.start as usize + before.len();
        let finding = out.at(
            Span::new(start, start + inner.len() + 2),
            format!("`{}` behind this heading does nothing, and nobody sees it", typed::short(lost)),
        );
        out.push(finding.help("Write one id without spaces, `{#an-id}`, and nothing else."));
    }
}

/// `:::note[Title]`, `:::note Title`.
fn containers(page: &Page<'_>, out: &mut Findings<'_>) {
    for component in &page.components {
        let whole = page.input.text.get(component.span.range()).unwrap_or("");
        let colons = whole.len() - whole.trim_start_matches(':').len();
        let rest = whole[colons..].trim();
        let Some((name, title)) = signs::container(rest) else { continue };
        let ours = signs::box_name(name);
        let good = format!("{}{ours} title=\"{title}\"", &whole[..colons]);
        let finding = out
            .at_level(
                Severity::Error,
                component.span,
                format!("`{}` is markup of Docusaurus or VuePress", typed::short(whole)),
            )
            .help(format!("Write {}.", typed::code(&good)));
        let mended = !title.contains(['"', '\\', '<']) && signs::has_title(name);
        out.push(if mended { finding.fix(component.span, good) } else { finding });
    }
}

/// Code that another program runs or turns into a picture or a box: there it is never read as it stands.
fn programs(page: &Page<'_>, out: &mut Findings<'_>) {
    const RUN: &[&str] = &[
        "abc",
        "admonition",
        "dataview",
        "dataviewjs",
        "dot",
        "graphviz",
        "mermaid",
        "plantuml",
        "tasks",
        "vega-lite",
    ];
    for code in page.code_blocks.iter().filter(|code| code.fenced) {
        let whole = page.input.text.get(code.span.range()).unwrap_or("");
        let line = typed::line(whole).trim_end();
        let name = line.trim_start_matches(['`', '~']).trim();
        let of = match name.strip_prefix('{') {
            // `{.python}` only names the language.
            Some(inner) if inner.ends_with('}') && !inner.starts_with(['.', '#']) => {
                "MyST, Quarto or R Markdown"
            }
            None if RUN.contains(&name) || name.starts_with("ad-") => "Obsidian, MkDocs or another program",
            _ => continue,
        };
        let place = Span::new(code.span.start as usize, code.span.start as usize + line.len());
        let finding = out
            .at(place, format!("`{}` begins what {of} runs; here it is shown as code", typed::short(name)));
        out.push(
            finding.help(
                "Write what is to be seen: a text, a box (`:::note`), or a picture with a description.",
            ),
        );
    }
}

/// `<Tabs>`, `<o:p>`: tags that are no HTML. Each name is told once.
fn tags(page: &Page<'_>, out: &mut Findings<'_>) {
    let text = page.input.text;
    let body = page.body as usize;
    let mut found = memchr::memchr_iter(b'<', text.as_bytes().get(body..).unwrap_or(&[]))
        .map(|at| at + body)
        .filter(|at| signs::tag(text.get(*at..).unwrap_or("")).is_some())
        .peekable();
    if found.peek().is_none() {
        return;
    }
    let lines = lines::of(page);
    let code = lines::code_spans(page);
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for at in found {
        let line = lines.get(lines.partition_point(|l| l.start <= at).saturating_sub(1));
        if line.is_none_or(|l| l.is_code()) || lines::within(&code, at) || typed::escaped(text, at) {
            continue;
        }
        let Some((name, of, help)) = signs::tag(text.get(at..).unwrap_or("")) else { continue };
        if !seen.insert(name) {
            continue;
        }
        let end =
            text.get(at..).and_then(|t| t.find(['>', '\n'])).map_or(at + 1 + name.len(), |n| at + n + 1);
        let span = Span::new(at, end.min(line.map_or(end, lines::Line::end)));
        out.push(out.at(span, format!("`<{name}>` is markup of {of}")).help(help));
    }
}
