//! The one entry point: bytes in, document and problems out.
//!
//! Reads in this order: the text itself (UTF-8, controls), front matter, markdown, entries. Whatever fails, a
//! document comes back, so that links to the page still resolve and its other problems are still told.

use super::cascade::Cascade;
use super::front_matter::HeadingTitle;
use super::{Body, Document, PlaceholderKind, StringTable, Summary, entry, front_matter};
use crate::config::language::split_language;
use crate::config::yaml::{self, Node, NodeValue};
use crate::config::{Language, Values, Words};
use crate::diag::{Diagnostic, Parsed, Severity, code};
use crate::markdown::{self, Flavor, RawHtml};
use crate::schema::Kinds;
use crate::source::address::{self, is_absolute};
use crate::source::{Fingerprint, Hasher, Prefixes, Source, SourcePath, Span, is_index};
use crate::text::{Builder, PageText};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What parsing needs besides the file itself. Equal options and equal bytes give equal documents.
#[derive(Debug, Clone, Copy)]
pub struct ParseOptions<'a> {
    /// The kinds.
    pub kinds: &'a Kinds,
    /// The site's languages, the default first.
    pub languages: &'a [Language],
    /// Kind of a page that names none: its folder's `member_kind`, else `page`.
    pub default_kind: &'a str,
    /// What the pages of the sections above say for the page.
    pub cascade: Option<&'a Cascade>,
    /// Whether HTML is passed through (sanitised).
    pub raw_html: bool,
    /// Words of the settings that pages may name.
    pub values: &'a Values,
    /// What numbers before names are.
    pub prefixes: Prefixes,
    /// The zone that the site names: which day a moment is.
    pub zone: Option<&'a str>,
    /// Whether the document gets its text, which the rules see, from the same reading.
    pub text: bool,
    /// Whether the summary says where the text's links lead: a template asks which pages link to one.
    pub links: bool,
}

impl ParseOptions<'_> {
    fn html(&self) -> RawHtml {
        if self.raw_html { RawHtml::Sanitise } else { RawHtml::Escape }
    }
}

/// Maximum size of a page, in bytes: half of what offsets can count, and far more than anyone writes.
const MAX_PAGE_BYTES: usize = 64 << 20;

/// Parses one page.
pub fn parse(source: &Source, options: &ParseOptions<'_>) -> Parsed<Document> {
    let path = &source.path;
    let (lang, logical) = language_of(path, options.languages);
    let mut diagnostics = Vec::new();
    let parts = if source.text.len() > MAX_PAGE_BYTES {
        let message = format!("this page has {} MB, more than a page may have", source.text.len() >> 20);
        let d = Diagnostic::error(code::UNREADABLE_FILE, path, Span::default(), message);
        diagnostics.push(d.help("Split it into several pages."));
        front_matter::Split::default()
    } else {
        front_matter::split(source).collect(&mut diagnostics)
    };
    let node = match &parts.yaml {
        Some(range) => yaml::parse(path, parts.yaml_text(), range.start).collect(&mut diagnostics),
        None => None,
    };
    let words = Words::new(options.values, lang);
    let heading = match &node {
        Some(Node { value: NodeValue::Map(entries), .. })
            if entries.iter().any(|(key, _)| key.text == "title") =>
        {
            None
        }
        _ => front_matter::heading_title(path, parts.body_text(), parts.body.start, words),
    };
    let head = front_matter::read(path, lang, node.as_ref(), parts.head, options, heading.as_ref())
        .collect(&mut diagnostics);
    let mut summary = head.summary;
    let cascade = head.cascade;
    let is_title = |heading: &HeadingTitle| summary.spans.get("title") == Some(&heading.span);
    let body = &*match heading.filter(is_title) {
        Some(heading) => front_matter::without_heading(parts.text, &parts.body, &heading),
        None => Cow::Borrowed(parts.body_text()),
    };
    let kind = summary.entries_kind.as_deref().and_then(|k| options.kinds.get(k));
    let how = markdown::Options {
        path,
        offset: parts.body.start,
        raw_html: options.html(),
        flavor: Flavor::Guide,
        words,
        entry_level: kind.map(|_| head.entry_level),
    };
    let (markdown, text) = if options.text {
        let (markdown, text) = markdown::parse_with_text(body, &how).collect(&mut diagnostics);
        (markdown, Some(text))
    } else {
        (markdown::parse(body, &how).collect(&mut diagnostics), None)
    };
    if let Some(kind) = kind {
        let words = how.words;
        let context =
            entry::Context { cascade: &cascade, path, kind, lang, words, notes: &markdown.body.notes };
        entry::check_misplaced(&context, head.entry_level, &markdown.misplaced, &mut diagnostics);
        summary.entries = markdown
            .entries
            .into_iter()
            .zip(&markdown.body.entries)
            .map(|(text, body)| entry::read(&context, text, body, &mut diagnostics))
            .collect();
    }
    // What is missing in a file that was cut short is not its editor's fault.
    let unreadable = |d: &Diagnostic| d.code == code::NOT_UTF8 || d.code == code::UNREADABLE_FILE;
    if diagnostics.iter().any(unreadable) {
        diagnostics.retain(unreadable);
    }
    // Nor are fields in front matter that could not be read as such.
    if parts.yaml.is_none() && parts.head.start < parts.head.end {
        diagnostics.retain(|d| d.code != code::MISSING_FIELD || d.span != parts.head);
    }
    if options.languages.first().is_some_and(|main| main.code != lang) {
        summary.draft |= is_index(path.file_name()) && veils(source, &summary, &diagnostics);
    }
    summary.anchors = markdown.anchors;
    if options.links {
        summary.links = links(&markdown.body);
    }
    summary.word_count = markdown.words;
    summary.text_fingerprint = text_fingerprint(&head.written.title, &head.written.description, body);
    let text = text.map(|text| Arc::new(text.finish(&summary.entries)));
    let value = Document {
        path: path.clone(),
        lang: lang.into(),
        logical: options.prefixes.logical(logical).into(),
        fingerprint: source.fingerprint,
        summary: summary.into(),
        allows: markdown.allows,
        body: Some(Arc::new(markdown.body)),
        text,
        made: false,
    };
    Parsed { value, diagnostics }
}

/// The addresses of the links in a body that may lead to pages of the site, each once, without the place on the page.
fn links(body: &Body) -> StringTable {
    fn gather<'b>(body: &'b Body, found: &mut BTreeSet<&'b str>) {
        for placeholder in body.placeholders.iter() {
            if let PlaceholderKind::Link(link)
            | PlaceholderKind::LinkText(link)
            | PlaceholderKind::Address(link) = placeholder.kind
                && !is_absolute(&link.target)
            {
                found.insert(address::parts(&link.target).path);
            }
        }
        body.entries.iter().chain(&body.notes).for_each(|inner| gather(inner, found));
    }
    let mut found = BTreeSet::new();
    gather(body, &mut found);
    let mut links = StringTable::default();
    found.into_iter().filter(|path| !path.is_empty()).for_each(|path| links.push(path));
    links.shrink()
}

/// Whether the file of a section's page says something of what is published below it that its mistakes keep from being read. In
/// a translation no mistake stops the build, so the section must wait.
fn veils(source: &Source, summary: &Summary, diagnostics: &[Diagnostic]) -> bool {
    if diagnostics.iter().all(|d| d.severity != Severity::Error) {
        return false;
    }
    // Of a file in UTF-16 half of the bytes are 0.
    let text: Vec<u8> = source.text.iter().copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&text);
    // `Draft: true`, `draft true` and `draft = true` are mistakes too.
    let text = text.to_lowercase();
    let names = |key: &str| {
        let mut lines = text.lines().filter_map(|line| line.trim_start().strip_prefix(key));
        lines.any(|rest| {
            let rest = rest.trim_start();
            rest.starts_with([':', '=', '：'])
                || ["true", "yes", "sí"].iter().any(|yes| rest.starts_with(yes))
        })
    };
    let known = [
        ("draft", summary.spans.contains_key("draft")),
        ("publish", summary.publish.is_some()),
        ("expires", summary.expires.is_some()),
    ];
    let of_other_program =
        diagnostics.iter().any(|d| d.code == code::FOREIGN_KEY && d.severity == Severity::Error);
    of_other_program || known.iter().any(|(key, known)| !known && names(key))
}

/// What a page says, read again: for rules that run when the text of the first reading is not kept. `document` is what
/// [`parse`] made of the same bytes with the same `raw_html`.
pub fn page_text(source: &Source, document: &Document, raw_html: bool, values: &Values) -> PageText {
    let parts = front_matter::split(source).value;
    let words = Words::new(values, &document.lang);
    let in_body =
        document.summary.spans.get("title").is_some_and(|title| title.start as usize >= parts.body.start);
    let heading = in_body
        .then(|| front_matter::heading_title(&source.path, parts.body_text(), parts.body.start, words));
    let body = match heading.flatten() {
        Some(heading) => front_matter::without_heading(parts.text, &parts.body, &heading),
        None => Cow::Borrowed(parts.body_text()),
    };
    let raw_html = if raw_html { RawHtml::Sanitise } else { RawHtml::Escape };
    Builder::new(&body, parts.body.start, raw_html).read(words, &document.summary.entries)
}

/// The language of a page and its path inside the language's tree.
fn language_of<'a>(path: &'a SourcePath, languages: &'a [Language]) -> (&'a str, &'a str) {
    let inside = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
    let (language, logical) = split_language(languages, inside);
    (languages.get(language).map_or("en", |l| &l.code), logical)
}

/// Fingerprint of title, description and body; the kind of line end does not count.
fn text_fingerprint(title: &str, description: &str, body: &str) -> Fingerprint {
    let body = match memchr::memchr(b'\r', body.as_bytes()) {
        Some(_) => Cow::Owned(body.replace("\r\n", "\n").replace('\r', "\n")),
        None => Cow::Borrowed(body),
    };
    Hasher::new().text(title).text(description).text(body.trim()).finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PlaceholderKind;
    use crate::schema::{Choice, Field, FieldType, FieldValue, Kind, Localized};

    fn localized(en: &str, es: &str) -> Localized {
        Localized([("en".into(), en.into()), ("es".into(), es.into())].into())
    }

    fn field(name: &str, en: &str, es: &str, ty: FieldType) -> Field {
        Field {
            name: name.into(),
            label: localized(en, es),
            ty,
            required: false,
            default: None,
            choices: Vec::new(),
            ..Field::default()
        }
    }

    fn kinds() -> Kinds {
        let place = |v: &str, es: &str| Choice { value: v.into(), label: localized(v, es) };
        let activity = Kind {
            name: "activity".into(),
            body_required: true,
            fields: vec![
                Field {
                    required: true,
                    choices: vec![place("home", "casa"), place("class", "clase")],
                    ..field("where", "Where", "Dónde", FieldType::List(Box::new(FieldType::Choice)))
                },
                Field { required: true, ..field("materials", "Materials", "Materiales", FieldType::Text) },
                field("checked", "Checked", "Verificada", FieldType::Date),
                Field {
                    default: Some(FieldValue::Text("all".into())),
                    ..field("ages", "Ages", "Edades", FieldType::Text)
                },
            ],
            ..Kind::default()
        };
        let page = Kind { name: "page".into(), ..Kind::default() };
        Kinds([page, activity].map(|k| (k.name.clone(), k)).into(), Default::default())
    }

    fn document(path: &str, bytes: &[u8]) -> Parsed<Document> {
        let languages = ["en", "es"].map(|c| Language { code: c.into(), ..Language::default() });
        let kinds = kinds();
        let values = Values::default();
        let options = ParseOptions {
            zone: None,
            prefixes: Prefixes::Order,
            values: &values,
            kinds: &kinds,
            languages: &languages,
            default_kind: "page",
            cascade: None,
            raw_html: false,
            text: false,
            links: false,
        };
        parse(&Source::new(SourcePath::new(path).unwrap(), bytes.to_vec()), &options)
    }

    /// Code, line and message of each problem.
    fn problems(path: &str, text: &str) -> Vec<(&'static str, usize, String)> {
        let mut diagnostics = document(path, text.as_bytes()).diagnostics;
        crate::diag::sort(&mut diagnostics);
        let line = |at: u32| text[..at as usize].matches('\n').count() + 1;
        diagnostics.into_iter().map(|d| (d.code.name(), line(d.span.start), d.message)).collect()
    }

    const HEAD: &str = "---\ntitle: T\nentries: activity\n---\n";

    #[test]
    fn languages_have_their_trees() {
        let at = |path: &str| {
            let d = document(path, b"---\ntitle: T\n---\n").value;
            (d.lang.to_string(), d.logical.to_string())
        };
        assert_eq!(at("content/es/delivery/index.md"), ("es".into(), "delivery/index.md".into()));
        assert_eq!(at("content/en/a.md"), ("en".into(), "en/a.md".into()));
        assert_eq!(at("content/a/b.md"), ("en".into(), "a/b.md".into()));
        assert_eq!(at("content/es.md"), ("en".into(), "es.md".into()));
    }

    #[test]
    fn an_entry_in_spanish() {
        let text = format!(
            "{HEAD}Intro\n\n## Pinzas\n- Dónde: casa, clase\n- Materiales: Pinzas de \"ropa\"\n\nApriete *fuerte*.\n\nMás.\n"
        );
        let parsed = document("content/es/a.md", text.as_bytes());
        assert_eq!(parsed.diagnostics, []);
        let entry = &parsed.value.summary.entries[0];
        assert_eq!(
            (entry.title.as_str(), &*entry.id, entry.excerpt.as_str()),
            ("Pinzas", "pinzas", "Apriete fuerte.")
        );
        let two = FieldValue::List(vec![FieldValue::Text("home".into()), FieldValue::Text("class".into())]);
        assert_eq!(*entry.fields.get("where").unwrap(), two);
        assert_eq!(*entry.fields.get("materials").unwrap(), FieldValue::Text("Pinzas de “ropa”".into()));
        assert_eq!(*entry.fields.get("ages").unwrap(), FieldValue::Text("all".into()));
        assert_eq!(&text[entry.spans.get("where").unwrap().range()], "casa, clase");
        let body = parsed.value.body.unwrap();
        assert_eq!(&*body.html, "<p>Intro</p>\n");
        assert_eq!(body.placeholders.iter().last().unwrap().kind, PlaceholderKind::Entry(0));
    }

    #[test]
    fn every_fault_of_an_entry_is_told_at_its_line() {
        let text = format!(
            "{HEAD}## One\n- Wher: home\n- Materials: a\n- Checked: 11/22/2026\n- Materials: b\n- odd\n\nText\n\n## Two\n- Where: moon\n- Materials: x\nText\n\n## Three\nText only\n"
        );
        let found = problems("content/a.md", &text);
        let short: Vec<_> = found.iter().map(|(code, line, _)| (*code, *line)).collect();
        assert_eq!(
            short,
            [
                ("entry-label", 6),
                ("wrong-type", 8),
                ("duplicate-key", 9),
                ("entry-label", 10),
                ("missing-field", 14),
                ("wrong-choice", 15),
                ("entry-label", 17),
                ("missing-field", 19),
                ("missing-field", 19),
            ],
            "{found:#?}"
        );
        assert!(found[0].2.contains("did you mean `Where`"), "{}", found[0].2);
    }

    #[test]
    fn fields_under_a_heading_of_another_level() {
        let text = format!("{HEAD}## A\nText\n\n### B\n- Where: home\n- Materials: x\n\nText\n");
        let found = problems("content/a.md", &text);
        assert!(found.iter().any(|(code, line, _)| (*code, *line) == ("entry-place", 9)), "{found:#?}");
    }

    #[test]
    fn files_that_are_no_text_still_make_a_document() {
        for bytes in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"---\ntitle: caf\xe9\n---\n", b"\xff\xfe-\0"] {
            let parsed = document("content/a-page.md", bytes);
            assert_eq!(parsed.diagnostics.len(), 1, "{:?}", parsed.diagnostics);
            assert_eq!(parsed.diagnostics[0].code, code::NOT_UTF8);
            assert!(!parsed.value.summary.title.is_empty());
        }
    }

    #[test]
    fn fingerprints_follow_text_not_form() {
        let print = |text: &str| document("content/a.md", text.as_bytes()).value.summary.text_fingerprint;
        assert_eq!(
            print("---\ntitle: T\n---\na\nb\n"),
            print("---\r\norder: 1\r\ntitle: T\r\n---\r\na\r\nb")
        );
        assert_ne!(print("---\ntitle: T\n---\na\n"), print("---\ntitle: T\n---\nb\n"));
        let entry =
            |text: &str| document("content/a.md", text.as_bytes()).value.summary.entries[0].body_fingerprint;
        assert_eq!(entry(&format!("{HEAD}## A\n[x](y)\n")), entry(&format!("{HEAD}more\n\n## A\n[x](y)\n")));
        assert_ne!(entry(&format!("{HEAD}## A\n[x](y)\n")), entry(&format!("{HEAD}## A\n[x](z)\n")));
    }
}
