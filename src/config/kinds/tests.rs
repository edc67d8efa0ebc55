//! Kinds of a site laid over those of a theme: what is added, what stays, what goes.

use crate::config::{site, theme};
use crate::diag::{Diagnostic, Parsed};
use crate::schema::{Kind, Kinds};
use crate::source::{Source, SourcePath};

const THEME: &str = "\
thing:
  label: {en: Thing, es: Cosa}
  plural: {en: Things, es: Cosas}
  template: thing.html
  facets: [color, place]
  finder: things/find
  fields:
    color:
      label: {en: Color, es: Color}
      type: list of choice
      required: true
      choices: {red: {en: red, es: rojo}, blue: {en: blue, es: azul}}
      help: {en: Which color., es: Qué color.}
      example: red
    place: {type: choice, choices: [home, class], default: home}
    note: text
friend:
  label: Friend
  fields:
    of: reference to thing
";

fn source(path: &str, text: &str) -> Source {
    Source::new(SourcePath::new(path).unwrap(), text.as_bytes().to_vec())
}

/// The site's kinds with `text` under `kinds:`, over those of the theme.
fn over(text: &str) -> Parsed<Kinds> {
    let base = theme::load_kinds(&[&source("themes/x/kinds.yaml", THEME)]);
    assert!(base.diagnostics.is_empty(), "{:#?}", base.diagnostics);
    let lines: String = text.lines().map(|line| format!("  {line}\n")).collect();
    let settings = format!("title: T\nlanguages: [en, es, vi]\nkinds:\n{lines}");
    let all = site::load(Some(&source("site.yaml", &settings)), &base.value);
    Parsed { value: all.value.kinds, diagnostics: all.diagnostics }
}

#[track_caller]
fn thing(text: &str) -> Kind {
    let kinds = over(text);
    assert!(kinds.diagnostics.is_empty(), "{text}: {:#?}", kinds.diagnostics);
    kinds.value.get("thing").unwrap().clone()
}

fn choices(kind: &Kind, field: &str) -> Vec<String> {
    let label = |c: &crate::schema::Choice| {
        let texts: Vec<String> = c.label.0.iter().map(|(lang, text)| format!("{lang}={text}")).collect();
        format!("{}: {}", c.value, texts.join(","))
    };
    kind.field(field).unwrap().choices.iter().map(label).collect()
}

#[test]
fn a_label_in_one_more_language_keeps_the_others() {
    let kind =
        thing("thing: {label: {vi: Đồ vật}, fields: {color: {label: {vi: Màu}, help: {vi: Màu nào.}}}}");
    assert_eq!(
        (kind.label.get("en"), kind.label.get("es"), kind.label.get("vi")),
        ("Thing", "Cosa", "Đồ vật")
    );
    let color = kind.field("color").unwrap();
    assert_eq!((color.label.get("es"), color.label.get("vi")), ("Color", "Màu"));
    assert_eq!(
        (color.help.get("es"), color.help.get("vi"), color.example.as_str()),
        ("Qué color.", "Màu nào.", "red")
    );
    assert!(color.required && color.ty.to_string() == "list of choice" && color.choices.len() == 2);
    // The plural is the theme's, and one text for all languages is one text for all.
    assert_eq!((kind.plural.get("es"), kind.template.as_deref()), ("Cosas", Some("thing.html")));
    let kind = thing("thing: {label: Object}");
    assert_eq!((kind.label.get("es"), kind.plural.get("es")), ("Object", "Cosas"));
}

#[test]
fn one_more_choice_keeps_the_others() {
    let kind = thing("thing: {fields: {color: {choices: {green: {en: green, es: verde}}}}}");
    assert_eq!(
        choices(&kind, "color"),
        ["red: en=red,es=rojo", "blue: en=blue,es=azul", "green: en=green,es=verde"]
    );
    let kind = thing("thing: {fields: {color: {choices: {red: {vi: đỏ}, blue: null, green: }}}}");
    assert_eq!(choices(&kind, "color"), ["red: en=red,es=rojo,vi=đỏ", "green: =green"]);
    // A list is all of them in a new order; labels that are known stay.
    let kind = thing("thing: {fields: {color: {choices: [green, red]}}}");
    assert_eq!(choices(&kind, "color"), ["green: =green", "red: en=red,es=rojo"]);
}

#[test]
fn fields_are_added_changed_and_taken_away() {
    let kind = thing("thing: {fields: {cost: number, note: {required: true}, place: null}}");
    let names: Vec<&str> = kind.fields.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["color", "note", "cost"]);
    assert!(kind.field("note").unwrap().required);
    // What was taken away sorts nothing.
    assert_eq!(
        (kind.facets.as_slice(), kind.finder.as_deref()),
        (&["color".to_owned()][..], Some("things/find"))
    );
    let kind = thing(
        "thing: {template: null, finder: null, fields: {place: {type: text}, color: {type: markdown}}}",
    );
    assert_eq!((kind.template, kind.finder, kind.facets.len()), (None, None, 0));
    let place = kind.fields.iter().find(|f| f.name == "place").unwrap();
    assert!(place.choices.is_empty() && place.default.is_none());
    let kind = thing("thing: {fields: {place: {default: class}}}");
    assert_eq!(kind.field("place").unwrap().choices.len(), 2);
    let kind = thing("thing: {fields: {place: {default: null}}}");
    assert_eq!(kind.field("place").unwrap().default, None);
}

#[test]
fn kinds_are_taken_away() {
    let kinds = over("friend: null");
    assert!(kinds.diagnostics.is_empty(), "{:#?}", kinds.diagnostics);
    assert_eq!(kinds.value.names().collect::<Vec<_>>(), ["page", "thing"]);
    let both = over("thing: null\nfriend: {fields: {of: null}}");
    assert_eq!(both.value.names().collect::<Vec<_>>(), ["friend", "page"]);
    assert!(both.diagnostics.is_empty(), "{:#?}", both.diagnostics);
}

#[test]
fn what_cannot_be_taken_away_is_said() {
    for (text, message, help) in [
        ("page: null", "the kind `page` cannot be taken away", "delete the line"),
        ("thing: null", "the field `of` of kind `friend` refers to `thing`", "friend: {fields: {of: null}}"),
        ("thing: {fields: {place: {choices: {home: null}}}}", "is no choice any more", "default: null"),
        ("thing: {fields: {color: null, place: null}}", "has a finder but no `facets`", "finder: null"),
        (
            "thing: {fields: {color: {choices: {red: null, blue: null}}}}",
            "a choice without choices",
            "choices: [",
        ),
    ] {
        let found: Vec<Diagnostic> = over(text).diagnostics;
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert!(found[0].message.contains(message), "{text}: {}", found[0].message);
        assert!(found[0].help.as_deref().unwrap_or("").contains(help), "{text}: {:?}", found[0].help);
    }
}

#[test]
fn a_file_of_labels_adds_labels_and_nothing_else() {
    let mut kinds = theme::load_kinds(&[&source("themes/x/kinds.yaml", THEME)]).value;
    let before = kinds.clone();
    let labels = "\
thing:
  label: {vi: Vật}
  plural: {vi: Các vật}
  template: other.html
  facets: []
  fields:
    color:
      label: {vi: Màu}
      required: false
      choices: {red: {vi: đỏ}, green: {vi: xanh}}
    place: null
    size: {label: {vi: Cỡ}, type: text}
friend: null
animal:
  label: {vi: Thú}
";
    let read = theme::label_kinds(&mut kinds, &[source("kinds/vi.yaml", labels)]);
    assert!(read.diagnostics.is_empty(), "{:#?}", read.diagnostics);
    let thing = kinds.get("thing").unwrap();
    let color = thing.field("color").unwrap();
    assert_eq!(
        (thing.label.get("vi"), thing.plural.get("vi"), color.label.get("vi")),
        ("Vật", "Các vật", "Màu")
    );
    let choices: Vec<_> = color.choices.iter().map(|c| (c.value.as_str(), c.label.get("vi"))).collect();
    assert_eq!(choices, [("red", "đỏ"), ("blue", "blue")]);
    // All else is as it was.
    for kind in kinds.0.values_mut() {
        let fields = kind.fields.iter_mut().flat_map(|f| {
            std::iter::once(&mut f.label).chain(f.choices.iter_mut().map(|choice| &mut choice.label))
        });
        for text in [&mut kind.label, &mut kind.plural].into_iter().chain(fields) {
            text.0.remove("vi");
        }
    }
    assert_eq!(kinds, before);
    // What cannot be read is told.
    let wrong = theme::label_kinds(&mut kinds, &[source("kinds/vi.yaml", "- a\n")]);
    assert_eq!(wrong.diagnostics.len(), 1);
    let wrong = theme::label_kinds(&mut kinds, &[source("kinds/vi.yaml", "thing:\n  label: [a]\n")]);
    assert_eq!(wrong.diagnostics.len(), 1);
}
