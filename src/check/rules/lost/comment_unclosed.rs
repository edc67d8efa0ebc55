//! `comment-unclosed`: a comment that nothing closes, so that the rest of the page is in it.

use super::lines::{self, Line, What};
use super::typed;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::COMMENT_UNCLOSED,
    group: Group::Lost,
    severity: Severity::Error,
    title: "A comment that is not closed",
    explanation: "What stands between `<!--` and `-->` is not shown. Where `-->` is missing, or was turned into `–>`, all that \
        follows is gone, to the end of the page or to the next `-->`. Inside a paragraph the comment is shown to everybody \
        instead. Write `-->` where the comment ends.",
    bad: "<!-- Ask Pat about the dates\n\nThe group meets on Tuesdays.\n",
    good: "<!-- Ask Pat about the dates -->\n\nThe group meets on Tuesdays.\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let text = page.input.text;
    let body = page.body as usize;
    wrong_marks(page, out);
    let finder = memchr::memmem::Finder::new("<!--");
    let mut from = body;
    if text
        .get(body..)
        .is_none_or(|body| finder.find_iter(body.as_bytes()).all(|at| closes_on_its_line(body, at)))
    {
        return;
    }
    let all = lines::of(page);
    let code = lines::code_spans(page);
    let above = memchr::memchr_iter(b'\n', &text.as_bytes()[..body]).count();
    let pieces = pieces(page);
    // The next `-->`: looked for once for all comments before it.
    let mut close = Some(0);
    while let Some(found) = text.get(from..).and_then(|rest| finder.find(rest.as_bytes())) {
        let at = from + found;
        from = at + 4;
        let line = all.partition_point(|l| l.start <= at).saturating_sub(1);
        let Some(line) = all.get(line) else { continue };
        if line.is_code() || lines::within(&code, at) || typed::escaped(text, at) {
            continue;
        }
        // `<!-->` is a comment with nothing in it.
        if close.is_some_and(|c| c < at + 2) {
            close = text.get(at + 2..).and_then(|rest| rest.find("-->")).map(|n| at + 2 + n);
        }
        let end = close.map(|c| c + 3);
        let next = text.get(at + 4..).and_then(|rest| rest.find("<!--")).map(|n| at + 4 + n);
        let almost = almost_closed(line.text.get(at - line.start..).unwrap_or(""));
        let piece =
            pieces.get(pieces.partition_point(|p| p.end as usize <= at)).filter(|p| p.start as usize <= at);
        let block = line.what == What::Html
            || piece.is_some()
            || line.text.trim_start_matches([' ', '>']).starts_with("<!--");
        // It is closed before the next one begins, and in the same piece of HTML: behind the end of that, `-->` is text.
        let inside = |end: usize| match piece {
            Some(piece) => end <= piece.end as usize,
            None if matches!(line.what, What::Text(_) | What::Table(_)) => {
                end <= line.end() && !splits(text, at, end, line)
            }
            None => !ends_block(text, at, end),
        };
        let closes = |end: &usize| (next.is_none_or(|n| n >= *end) || *end <= line.end()) && inside(*end);
        if let Some(end) = end.filter(closes) {
            from = end;
            continue;
        }
        let cut = piece.filter(|p| {
            (p.end as usize) < text.trim_end().len() && end.is_none_or(|end| end > p.end as usize)
        });
        let span = Span::new(at, line.start + line.text.trim_end().len());
        let lost = match end.filter(|_| block) {
            _ if !block => "it is shown as text".to_owned(),
            _ if cut.is_some() => "all up to the end of this piece of HTML is not shown".to_owned(),
            Some(end) => {
                let last = above + all.partition_point(|l| l.start < end);
                format!("all up to the next `-->`, in line {last}, is not shown")
            }
            None => "all that follows is not shown".to_owned(),
        };
        let mut finding = out.at(span, format!("this comment is not closed: {lost}"));
        finding = match almost {
            Some((start, length)) => {
                let wrong = Span::new(at + start, at + start + length);
                let written = text.get(wrong.range()).unwrap_or("");
                finding.help(format!("Write `-->` instead of `{written}`.")).fix(wrong, "-->")
            }
            None => finding.help("Write `-->` where the comment ends."),
        };
        out.push(finding);
        if block && end.is_none() && cut.is_none() {
            break;
        }
    }
}

/// `<!– note –>`: a word processor made one dash of two, so that the comment is shown.
fn wrong_marks(page: &Page<'_>, out: &mut Findings<'_>) {
    for (block, at) in typed::places(page, [b'<'; 3]) {
        let rest = typed::ahead(page, at..block.flat.end);
        let Some(wrong) = ["<!–", "<!—", "<!- "].into_iter().find(|w| rest.starts_with(w)) else {
            continue;
        };
        let inner = &rest[wrong.len()..];
        let close = ["–>", "—>", "-->", "->"].into_iter().filter_map(|w| Some((inner.find(w)?, w))).min();
        let end = close.map_or(rest.trim_end().len(), |(n, w)| wrong.len() + n + w.len());
        let place = at..at + end as u32;
        let finding = out
            .at(
                page.span(place.clone()),
                format!("this comment is shown as text: it begins with `{}` instead of `<!--`", wrong.trim()),
            )
            .help("Write `<!--` where it begins, and `-->` where it ends.");
        let inside = close.map(|(n, _)| inner[..n].trim());
        match (typed::literal(page, place), inside) {
            (Some(span), Some(inside)) if !inside.contains("--") => {
                out.push(finding.fix(span, format!("<!-- {inside} -->")))
            }
            _ => out.push(finding),
        }
    }
}

/// Whether the comment at `at` is closed where most are: on its own line, before another one begins.
fn closes_on_its_line(text: &str, at: usize) -> bool {
    let rest = text.get(at + 4..).unwrap_or("");
    let end = memchr::memmem::find(rest.as_bytes(), b"--");
    end.is_some_and(|end| {
        rest[end..].starts_with("-->") && memchr::memchr2(b'\n', b'<', &rest.as_bytes()[..end]).is_none()
    })
}

/// The comments and other pieces of HTML that the parser found, in order.
fn pieces(page: &Page<'_>) -> Vec<Span> {
    let tags = page.html.iter().chain(&page.html_as_text).map(|html| html.span);
    let mut out: Vec<Span> = page.comments.iter().copied().chain(tags).collect();
    out.sort_unstable_by_key(|span| (span.end, span.start));
    out
}

/// Whether a bar between cells lies in the comment: then its two ends stand in two cells.
fn splits(text: &str, at: usize, end: usize, line: &Line<'_>) -> bool {
    matches!(line.what, What::Table(_)) && text.get(at..end).is_some_and(|inside| inside.contains('|'))
}

/// Whether a comment inside a paragraph reaches over the end of it: then it is none.
fn ends_block(text: &str, at: usize, end: usize) -> bool {
    let inside = text.get(at..end).unwrap_or("");
    let mut blank = inside.split('\n').skip(1);
    inside.contains('\n') && blank.any(|line| line.trim().is_empty())
}

/// Where the end of a line was meant to close its comment, as `–>`, `->`, `--!>` or `-- >`.
fn almost_closed(line: &str) -> Option<(usize, usize)> {
    let line = line.trim_end();
    let rest = line.get(4..)?;
    ["--!>", "-- >", "—>", "–>", "->"].iter().find_map(|wrong| {
        let before = rest.strip_suffix(wrong)?;
        Some((4 + before.len(), wrong.len()))
    })
}
