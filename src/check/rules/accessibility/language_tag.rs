//! `language-tag`: a language that no program can name.

use crate::check::html;
use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LANGUAGE_TAG,
    group: Group::Accessibility,
    severity: Severity::Error,
    wcag: Some("3.1.2 Language of Parts (AA)"),
    title: "A language tag that cannot be understood",
    explanation: "The tag chooses the voice of a screen reader. It is a short code such as `es`, `ar`, `zh-Hans` or `pt-BR`, \
        never a name such as `spanish`.",
    bad: "<span lang=\"spanish\">Bienvenidos</span>\n",
    good: "<span lang=\"es\">Bienvenidos</span>\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

const NAMES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("english", "en"),
    ("french", "fr"),
    ("haitian", "ht"),
    ("hmong", "hmn"),
    ("korean", "ko"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("somali", "so"),
    ("sp", "es"),
    ("spa", "es"),
    ("spanish", "es"),
    ("español", "es"),
    ("vietnamese", "vi"),
];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for piece in &page.html {
        for tag in html::tags(&piece.source) {
            let Some(lang) = tag.attribute("lang").or_else(|| tag.attribute("xml:lang")) else { continue };
            if !is_tag(lang) {
                let span = Span::new(tag.range.start, tag.range.end).shifted(piece.span.start as usize);
                report(lang, span, out);
            }
        }
    }
    for component in &page.components {
        let Some(lang) = argument(&component.args, "lang") else { continue };
        if !is_tag(lang) {
            report(lang, component.span, out);
        }
    }
}

fn report(lang: &str, span: Span, out: &mut Findings<'_>) {
    let lower = lang.to_lowercase();
    let known = NAMES.iter().find(|(name, _)| *name == lower).map(|(_, code)| *code);
    let help = match known {
        Some(code) => format!("Write `{code}`."),
        None => "Write the short code of the language, such as `es`, `ar` or `zh-Hans`.".to_owned(),
    };
    out.push(out.at(span, format!("`{lang}` is not a language tag")).help(help));
}

/// The value of `name="value"` or `name=value` in the arguments of a container.
fn argument<'a>(args: &'a str, name: &str) -> Option<&'a str> {
    let at = args.split_whitespace().find_map(|part| part.strip_prefix(name)?.strip_prefix('='))?;
    Some(at.trim_matches('"'))
}

/// The shape of BCP 47: a language of two or three letters, then parts of one to eight letters or digits.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or("");
    let shaped = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic());
    let known_name = NAMES.iter().any(|(name, _)| *name == language.to_lowercase());
    shaped && !known_name && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}
