//! A page to start from: the front matter of its kind with help and examples, and on a list page one sample entry.
//!
//! Called by `guidepost new`. What is written reads without a problem: it is made from the kind that will check it.

mod words;

use crate::config::yaml::{self, NodeValue, quoted};
use crate::schema::{Field, FieldType, Kind};
use crate::source::SourcePath;
use std::fmt::Write as _;
use words::{WORDS, Words, words};

/// The page that is wanted.
#[derive(Debug, Clone, Copy)]
pub struct NewPage<'a> {
    /// Its title.
    pub title: &'a str,
    /// Code of its language.
    pub lang: &'a str,
    /// Its kind.
    pub kind: &'a Kind,
    /// The kind it would have if it named none.
    pub default_kind: &'a str,
    /// The kind of the entries in it.
    pub entries: Option<&'a Kind>,
}

impl NewPage<'_> {
    /// Whether the page holds examples that must not be published: then it is made as a draft.
    pub fn has_examples(&self) -> bool {
        self.entries.is_some() || self.kind.fields.iter().any(wanted)
    }
}

/// The sentences of a new page that its editor is to replace, in all languages.
pub fn placeholders() -> impl Iterator<Item = &'static str> {
    WORDS.iter().flat_map(|(_, words)| [words.intro, words.text])
}

/// What a page says that is to be translated into `lang`.
pub fn translate_comment(lang: &str) -> &'static str {
    words(lang).translate
}

/// The text of a new page.
pub fn scaffold(page: &NewPage<'_>) -> String {
    let words = words(page.lang);
    let mut out = String::from("---\n");
    let _ = writeln!(out, "title: {}", scalar(page.title));
    let _ = writeln!(out, "# {}\n# description: …", words.description);
    if page.kind.name != page.default_kind {
        let _ = writeln!(out, "kind: {}", page.kind.name);
    }
    if let Some(entries) = page.entries {
        let _ = writeln!(out, "entries: {}", entries.name);
    }
    if page.kind.new_hidden {
        let _ = writeln!(out, "# {}\nhidden: true", words.hidden);
    }
    if page.has_examples() {
        let _ = writeln!(out, "# {}\ndraft: true", words.draft);
    }
    for field in page.kind.fields.iter().filter(|f| wanted(f)) {
        let _ =
            writeln!(out, "{}{}: {}", comments(field, page.lang, words), field.name, value(field, page.lang));
    }
    let mut optional = page.kind.fields.iter().filter(|f| !wanted(f)).peekable();
    if optional.peek().is_some() {
        let _ = writeln!(out, "\n# {}", words.optional);
    }
    for field in optional {
        let help = comments(field, page.lang, words);
        let _ = writeln!(out, "{help}# {}: {}", field.name, value(field, page.lang));
    }
    let _ = write!(out, "---\n\n{}\n", words.intro);
    if let Some(kind) = page.entries {
        let _ = writeln!(out, "\n## {}", kind.label.get(page.lang));
        let mut fields = kind.fields.iter().filter(|f| wanted(f)).peekable();
        let any = fields.peek().is_some();
        for field in fields {
            let _ =
                writeln!(out, "- {}: {}", field.label.get(page.lang), example(field, page.lang).join(", "));
        }
        if any {
            out.push('\n');
        }
        let _ = writeln!(out, "{}", words.text);
    }
    out
}

/// Whether a page must say this field.
fn wanted(field: &Field) -> bool {
    field.required && field.default.is_none()
}

/// The field's help and choices as comments.
fn comments(field: &Field, lang: &str, words: &Words) -> String {
    let mut out = String::new();
    let help = field.help.get(lang).split_whitespace().collect::<Vec<_>>().join(" ");
    if !help.is_empty() {
        let _ = writeln!(out, "# {help}");
    }
    if !field.choices.is_empty() && *field.ty.item() == FieldType::Choice {
        let labels: Vec<&str> = field.choices.iter().map(|c| c.label.get(lang)).collect();
        let _ = writeln!(out, "# {}: {}.", words.one_of, labels.join(", "));
    }
    out
}

/// The values of the field's example, choices in `lang`; without an example whatever reads as the type.
fn example(field: &Field, lang: &str) -> Vec<String> {
    let (item, list) = match &field.ty {
        FieldType::List(item) => (&**item, true),
        ty => (ty, false),
    };
    let text = field.example.as_str();
    let mark = if text.contains(';') { ';' } else { ',' };
    let parts: Vec<&str> = match list {
        true => text.split(mark).map(str::trim).filter(|t| !t.is_empty()).collect(),
        false => vec![text].into_iter().filter(|t| !t.is_empty()).collect(),
    };
    if *item == FieldType::Choice {
        let named = parts.iter().filter_map(|part| field.choice(part, lang));
        let mut labels: Vec<String> = named.map(|c| c.label.get(lang).to_owned()).collect();
        if labels.is_empty() {
            labels.extend(field.choices.first().map(|c| c.label.get(lang).to_owned()));
        }
        return labels;
    }
    if !parts.is_empty() {
        return parts.into_iter().map(str::to_owned).collect();
    }
    let any = match item {
        FieldType::Integer | FieldType::Number => "1",
        FieldType::Boolean => "true",
        FieldType::Date => "2026-11-22",
        FieldType::Duration => "1 year",
        FieldType::Range => "3-6",
        FieldType::Url => "https://example.org",
        FieldType::Email => "office@example.org",
        FieldType::Image => "picture.jpg",
        _ => "…",
    };
    vec![any.to_owned()]
}

/// The example as a value in YAML.
fn value(field: &Field, lang: &str) -> String {
    let parts = example(field, lang);
    match (&field.ty, parts.as_slice()) {
        (FieldType::List(item), parts) => {
            let parts: Vec<String> = parts.iter().map(|p| in_list(item, p)).collect();
            format!("[{}]", parts.join(", "))
        }
        (FieldType::Integer | FieldType::Number | FieldType::Boolean | FieldType::Date, [one, ..]) => {
            one.clone()
        }
        (_, parts) => scalar(parts.first().map_or("…", String::as_str)),
    }
}

/// An element between brackets.
fn in_list(item: &FieldType, text: &str) -> String {
    let data = matches!(item, FieldType::Integer | FieldType::Number | FieldType::Boolean | FieldType::Date);
    let plain = text.chars().all(|c| c.is_alphanumeric() || " -_.+/".contains(c));
    if data || (plain && scalar(text) == text) { text.to_owned() } else { quoted(text) }
}

/// A text as a value in YAML: without quotes where it reads the same without.
fn scalar(text: &str) -> String {
    let same = SourcePath::new("x").is_ok_and(|path| {
        let parsed = yaml::parse(&path, &format!("k: {text}\n"), 0);
        let node = parsed.value.as_ref().and_then(|n| n.get("k")).map(|n| &n.value);
        parsed.diagnostics.is_empty()
            && matches!(node, Some(NodeValue::Scalar { text: read, plain: true }) if read == text)
    });
    // What other programs take for a number or a truth is quoted for their sake.
    let word = text.parse::<f64>().is_ok()
        || matches!(text.to_lowercase().as_str(), "true" | "false" | "on" | "off" | "yes" | "no" | "null");
    if same && !word { text.to_owned() } else { quoted(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Language, theme};
    use crate::document::{ParseOptions, parse};
    use crate::schema::Kinds;
    use crate::source::Source;

    fn kinds() -> Kinds {
        let text = include_str!("../../themes/parent-guide/kinds.yaml");
        let path = SourcePath::new("themes/parent-guide/kinds.yaml").unwrap();
        let extra = "odd:\n  fields:\n    when: {type: date, required: true}\n    how: {type: list of integer, required: true}\n    \
            ok: {type: boolean, required: true}\n    who: {type: list of email}\n    t: {required: true, example: 'a: b # c'}\n    \
            l: {type: list of text, required: true, example: 'a [b], \"c\"'}\n";
        let more = Source::new(SourcePath::new("themes/x/kinds.yaml").unwrap(), extra.as_bytes().to_vec());
        let kinds = theme::load_kinds(&[&Source::new(path, text.as_bytes().to_vec()), &more]).value;
        let site =
            Source::new(SourcePath::new("site.yaml").unwrap(), include_bytes!("../../site.yaml").to_vec());
        crate::config::site::load(Some(&site), &kinds).value.kinds
    }

    /// Every kind, as a page and as entries, in every language: no problem, and the optional fields work when their
    /// `#` is deleted.
    #[test]
    fn what_is_made_reads_without_a_problem() {
        let kinds = kinds();
        let languages: Vec<Language> =
            WORDS.iter().map(|(c, _)| Language { code: (*c).into(), ..Language::default() }).collect();
        let options = ParseOptions {
            zone: None,
            prefixes: crate::source::Prefixes::Order,
            values: &crate::config::Values::default(),
            kinds: &kinds,
            languages: &languages,
            default_kind: "page",
            cascade: None,
            raw_html: false,
            text: false,
            links: false,
        };
        let page = kinds.get("page").unwrap();
        for (lang, _) in WORDS {
            let path = SourcePath::new(&if *lang == "en" {
                "content/a.md".into()
            } else {
                format!("content/{lang}/a.md")
            })
            .unwrap();
            for kind in kinds.0.values() {
                let title = "Room #4: \"[a]\"";
                let as_page = NewPage { title, lang, kind, default_kind: "page", entries: None };
                let as_entries = NewPage { kind: page, entries: Some(kind), ..as_page };
                for new in [as_page, as_entries] {
                    let text = scaffold(&new);
                    let field = |line: &str| {
                        let name = line.strip_prefix("# ").and_then(|l| l.split_once(':')).map(|(n, _)| n);
                        name.is_some_and(|n| new.kind.field(n).is_some())
                    };
                    let all: String =
                        text.lines().map(|l| format!("{}\n", if field(l) { &l[2..] } else { l })).collect();
                    for text in [text, all] {
                        let parsed = parse(&Source::new(path.clone(), text.clone().into_bytes()), &options);
                        assert!(parsed.diagnostics.is_empty(), "{text}\n{:#?}", parsed.diagnostics);
                        let summary = &parsed.value.summary;
                        assert_eq!((summary.title.as_str(), &summary.kind), (title, &new.kind.name));
                        assert_eq!(summary.draft, new.has_examples());
                        assert_eq!(summary.hidden, new.kind.name == "handout");
                        assert_eq!(summary.entries.len(), usize::from(new.entries.is_some()));
                    }
                }
            }
        }
    }

    #[test]
    fn an_activity_in_spanish() {
        let kinds = kinds();
        let new = NewPage {
            title: "Fuerza",
            lang: "es",
            kind: kinds.get("page").unwrap(),
            default_kind: "page",
            entries: kinds.get("activity"),
        };
        let text = scaffold(&new);
        assert!(text.contains("\nentries: activity\n# Los valores"), "{text}");
        assert!(text.starts_with("---\ntitle: Fuerza\n# Una oración"), "{text}");
        assert!(
            text.contains("\n## Actividad\n- Dónde: casa, clase\n")
                && text.contains("\n- Habilidad: motricidad fina\n"),
            "{text}"
        );
    }
}
