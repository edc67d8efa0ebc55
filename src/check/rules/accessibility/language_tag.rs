//! `language-tag`: a language that no program can name.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::config::language::named;
use crate::diag::{Severity, code};
use crate::source::{Span, html};

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

/// All languages of two letters (ISO 639-1). Those of three are too many to list, and seldom misspelt.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da \
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io \
    is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my \
    na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so \
    sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for piece in &page.html {
        for tag in html::opened(&piece.source) {
            let Some(lang) = tag.value("lang").or_else(|| tag.value("xml:lang")) else { continue };
            if !is_tag(&lang) {
                let span = Span::new(tag.range().start, tag.range().end).shifted(piece.span.start as usize);
                report(&lang, span, out);
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
    let help = match named(lang) {
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
    let lower = language.to_ascii_lowercase();
    let known = language.len() != 2 || TWO_LETTERS.split_whitespace().any(|code| code == lower);
    let named = named(language).is_some_and(|tag| tag != language);
    shaped
        && known
        && !named
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}
