//! `container-as-text`: `::safety`: a box with too few colons, or with colons of another sort.

use super::lines::{self, What};
use super::typed;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::CONTAINER_AS_TEXT,
    group: Group::Lost,
    title: "A box that is shown as text, since it has not three colons",
    explanation: "A box begins with a line `:::safety` and ends with a line `:::`: three colons or more, at the left margin. With \
        two colons the line is text, or a list of definitions, and the box is gone. Its settings stand in straight quotes. `check --fix` adds what is missing.",
    bad: "::safety\nSmall parts are a choking risk.\n::\n",
    good: ":::safety\nSmall parts are a choking risk.\n:::\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let body = page.input.text.get(page.body as usize..).unwrap_or("").as_bytes();
    curly_settings(page, out);
    if !is_near(body) {
        return;
    }
    let mut open = false;
    for line in lines::of(page) {
        if !matches!(line.what, What::Text(_) | What::Other) {
            continue;
        }
        let Some((length, name)) = colons(line.text) else { continue };
        let rest = line.text[length..].trim();
        // A closing line counts only below an opening one.
        if name.is_empty() && !open {
            continue;
        }
        open = !name.is_empty();
        let written = &line.text[..length].trim();
        let good = format!(":::{rest}");
        let message =
            format!("a box needs three colons, as in `:::{name}`: `{written}{name}` is shown as text");
        let finding =
            out.at(Span::new(line.start, line.end()), message).help(format!("Write {}.", typed::code(&good)));
        let mended = Span::new(line.start, line.start + length);
        out.push(finding.fix(mended, ":::"));
    }
}

/// `:::example title=“A day”`: curly quotes around a setting.
fn curly_settings(page: &Page<'_>, out: &mut Findings<'_>) {
    const CURLY: &[char] = &['“', '”', '„', '‟'];
    for component in &page.components {
        let line = page.input.text.get(component.span.range()).unwrap_or("");
        if !line.contains('=') || !["=“", "=”", "=„"].iter().any(|q| line.contains(q)) {
            continue;
        }
        let good = line.replace(CURLY, "\"");
        let finding = out
            .at_level(Severity::Error, component.span, "the quotes in the line of this box are curly ones")
            .help(format!("Write straight quotes: {}.", typed::code(&good)));
        let even = line.matches(CURLY).count() % 2 == 0 && !line.contains('"');
        out.push(if even { finding.fix(component.span, good) } else { finding });
    }
}

/// Whether two colons, and not three, stand where a line may begin; or colons of another sort anywhere.
fn is_near(body: &[u8]) -> bool {
    let begins = |at: usize| {
        at.checked_sub(1).and_then(|i| body.get(i)).is_none_or(|b| matches!(b, b'\n' | b'\r' | b' '))
    };
    // Colons that follow one another are rare, so each is looked at.
    let two = |at: usize| {
        let marks: [&[u8]; 3] = [b"::", b": ::", b": : :"];
        let here = &body[at..];
        marks.iter().any(|mark| here.starts_with(mark) && here.get(mark.len()) != Some(&b':')) && begins(at)
    };
    memchr::memchr_iter(b':', body).any(two)
        || memchr::memchr_iter("：".as_bytes()[0], body).any(|at| body[at..].starts_with("：：".as_bytes()))
}

/// The length of colons that are no fence, at the beginning of a line, and the name behind them.
fn colons(line: &str) -> Option<(usize, &str)> {
    let lead = line.len() - line.trim_start_matches(' ').len();
    let text = &line[lead..];
    let rest = text.trim_start_matches([':', '：', ' ']);
    let signs = &text[..text.len() - rest.len()];
    let count = signs.chars().filter(|c| matches!(c, ':' | '：')).count();
    let plain = lead == 0 && signs.starts_with(":::");
    // `: text` is a definition, and `:` alone too.
    if lead > 3 || plain || !(2..=6).contains(&count) || signs.starts_with(": ") && count < 3 {
        return None;
    }
    let name = rest
        .split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        .next()
        .unwrap_or("");
    let behind = &rest[name.len()..];
    let named = !name.is_empty()
        && (behind.is_empty()
            || behind.starts_with(' ') && (behind.contains('=') || behind.trim().is_empty()));
    // `  :::note` is told where the container is read.
    let told = signs.trim_end().starts_with(":::");
    (!told && (named || rest.is_empty())).then_some((lead + signs.len(), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colons_that_are_no_fence() {
        for (line, name) in [
            ("::safety", "safety"),
            (" ::note", "note"),
            (": : :tip", "tip"),
            ("：：：safety", "safety"),
            (":: note", "note"),
            ("::", ""),
            ("::card title=\"x\"", "card"),
        ] {
            assert_eq!(colons(line).map(|c| c.1), Some(name), "{line}");
        }
        for line in [
            ":::safety",
            ": a definition",
            ":",
            "::before is a pseudo-element",
            "a::b",
            ": : x",
            "::Safety",
            "  :::note",
        ] {
            assert_eq!(colons(line), None, "{line}");
        }
    }
}
