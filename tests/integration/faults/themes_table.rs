//! The kinds of mistakes that theme authors make, each with its place, what is said and what is proposed: one file is wrong in a site
//! that is right without it.

use crate::support::{Problem, Site};

const PAGE: &str = "templates/page.html";
const THEME: &str = "themes/plain/theme.yaml";
const KINDS: &str = "themes/plain/kinds.yaml";
const TEXTS: &str = "translations/en.yaml";
const BOX: &str = "templates/components/x.html";

/// File, its text, the problem and its place, a part of the message, a part of the help.
const TABLE: &[(&str, &str, &str, &str, &str)] = &[
    // What cannot be read.
    (PAGE, "{{ page.title }", "error[template-syntax] 1:15", "expected }}", "Mend the template"),
    (PAGE, "{% if page.title %}x", "error[template-syntax] 1:20", "Unexpected end", "Mend the template"),
    (
        PAGE,
        "{% for p in pages() %}x{% endif %}",
        "error[template-syntax] 1:27",
        "\"endif\" has no beginning here",
        "",
    ),
    (PAGE, "{% block a %}{% endblock b %}", "error[template-syntax] 1:26", "\"a\" in the opening tag", ""),
    (PAGE, "{# never closed", "error[template-syntax] 1:1", "\"#}\" not found", ""),
    (PAGE, "{% raw %}{{", "error[template-syntax] 1:1", "raw block", ""),
    (PAGE, "{{ \"open }}", "error[template-syntax] 1:4", "missing its closing", ""),
    (BOX, "{% component x(a) %}{{ a }}", "error[template-syntax] 1:26", "Unexpected end", ""),
    (
        BOX,
        "{% component x(a) %}{{ a }}{% endcomponent y %}",
        "error[template-syntax] 1:44",
        "\"x\" in the opening tag",
        "",
    ),
    // Words of other programs.
    (
        PAGE,
        "{% macro a() %}{% endmacro %}",
        "error[template-syntax] 1:4",
        "no tag \"macro\"",
        "{% component button(text) %}",
    ),
    (
        PAGE,
        "{% import \"a.html\" as a %}",
        "error[template-syntax] 1:4",
        "no tag \"import\"",
        "Nothing is imported",
    ),
    (
        PAGE,
        "{% unless page.title %}{% endunless %}",
        "error[template-syntax] 1:4",
        "no tag \"unless\"",
        "{% if not x %}",
    ),
    (
        PAGE,
        "{{ page.title | uppercase }}",
        "error[template-syntax] 1:17",
        "no filter \"uppercase\"",
        "Write upper.",
    ),
    (
        PAGE,
        "{{ page.title is strting }}",
        "error[template-syntax] 1:18",
        "no test \"strting\"",
        "Did you mean string?",
    ),
    (PAGE, "{{ pags() }}", "error[template-syntax] 1:4", "no function \"pags\"", "Did you mean page?"),
    // Names of files, blocks and pieces.
    (
        PAGE,
        "{% extends \"bse.html\" %}",
        "error[template-syntax] 1:13",
        "extends \"bse.html\", which does not exist",
        "Did you mean \"base.html\"?",
    ),
    (
        PAGE,
        "{% include \"partials/foot.html\" %}",
        "error[template-syntax] 1:12",
        "no template \"partials/foot.html\"",
        "Mend the template",
    ),
    (
        "templates/base.html",
        "{% extends \"base.html\" %}",
        "error[template-syntax] 1:13",
        "is this file itself",
        "{% extends \"plain/base.html\" %}",
    ),
    (PAGE, "{% extends \"base.html\" %}text outside", "error[template-syntax] 1:26", "would be ignored", ""),
    (
        PAGE,
        "{% extends \"base.html\" %}{% block bdy %}x{% endblock bdy %}",
        "error[template-syntax] 1:35",
        "\"bdy\" is not defined in any parent",
        "",
    ),
    (PAGE, "{{ <nothing /> }}", "error[template-syntax] 1:4", "no component \"nothing\"", ""),
    // Values.
    (PAGE, "{{ titel }}", "error[template-render] 1:4", "\"titel\" is not defined", "Known here: alternates"),
    (
        PAGE,
        "{{ page.titel }}",
        "error[template-render] 1:9",
        "\"titel\" is not defined",
        "{{ page.owner or \"\" }}",
    ),
    (PAGE, "{{ page.tags[9].name }}", "error[template-render] 1:4", "\"name\" is not defined", ""),
    (PAGE, "{{ page.title + 1 }}", "error[template-render] 1:4", "found a text and a number", ""),
    (PAGE, "{{ 1 / 0 }}", "error[template-render] 1:8", "divide by 0", ""),
    (
        PAGE,
        "{% for i in range(end=1000000000) %}x{% endfor %}",
        "error[template-render] 1:13",
        "exceeds the limit",
        "",
    ),
    (
        BOX,
        "{% component x(a) %}{{ titel }}{% endcomponent x %}",
        "error[template-render] 1:24",
        "\"titel\" is not defined",
        "Known here: a, body",
    ),
    // Calls.
    (
        PAGE,
        "{{ asset(path=\"nothing.css\") }}",
        "error[missing-asset] 1:4",
        "no such file in assets/",
        "Put the file into assets/",
    ),
    (
        PAGE,
        "{{ asset(pth=\"plain.css\") }}",
        "error[template-render] 1:4",
        "no argument \"pth\"",
        "Did you mean path?",
    ),
    (PAGE, "{{ asset() }}", "error[template-render] 1:4", "needs the argument path", "asset(path=\"…\")"),
    (PAGE, "{{ asset(path=1) }}", "error[template-render] 1:4", "must be a text, and is a number", ""),
    (PAGE, "{{ svg(path=\"x.svg\") }}", "error[missing-asset] 1:4", "no such file", ""),
    (PAGE, "{{ pages(section=\"nope\") }}", "error[template-render] 1:4", "there is no page \"nope\"", ""),
    (
        PAGE,
        "{{ pages(sektion=\"a\") }}",
        "error[template-render] 1:4",
        "no argument \"sektion\"",
        "Did you mean section?",
    ),
    (PAGE, "{{ entries(kind=\"nope\") }}", "error[template-render] 1:4", "no kind \"nope\"", "Kinds: "),
    (
        PAGE,
        "{{ entries(kind=\"term\", sort=\"nope\") }}",
        "error[template-render] 1:4",
        "by their title only",
        "sort(attribute=",
    ),
    (
        PAGE,
        "{{ link(to=\"nope.md\") }}",
        "error[template-render] 1:4",
        "no page \"nope.md\"",
        "meetings/index.md",
    ),
    (PAGE, "{{ link(to=\"a.md#nope\") }}", "error[template-render] 1:4", "no heading \"nope\"", ""),
    (
        PAGE,
        "{{ t(key=\"nope\") }}",
        "error[missing-text] 1:4",
        "no language has this text",
        "translations/en.yaml",
    ),
    (
        PAGE,
        "{{ t(key=\"next\", lang=\"fr\") }}",
        "error[template-render] 1:4",
        "no language \"fr\"",
        "Languages of the site: en",
    ),
    (PAGE, "{{ data(path=\"x.toml\") }}", "error[template-render] 1:4", "data files end in .yaml", ""),
    (PAGE, "{{ data(path=\"data/x.csv\") }}", "error[template-render] 1:4", "write data(path=\"x.csv\")", ""),
    (PAGE, "{{ date(value=page.title) }}", "error[template-render] 1:4", "\"A\" is no day", "2027-03-01"),
    (
        PAGE,
        "{{ date(value=\"2027-13-40\") }}",
        "error[template-render] 1:4",
        "\"2027-13-40\" is no day",
        "2027-03-01",
    ),
    (
        PAGE,
        "{{ \"1 March\" | date(weekday=true) }}",
        "error[template-render] 1:16",
        "\"1 March\" is no day",
        "2027-03-01",
    ),
    (PAGE, "{{ page.title | number }}", "error[template-render] 1:17", "\"A\" is no number", ""),
    (PAGE, "{{ menu(name=\"x\") }}", "error[template-render] 1:4", "menu() takes no argument \"name\"", ""),
    // What a theme says of itself.
    (
        THEME,
        "title: x\nsetings: {}\n",
        "error[unknown-key] 2:1",
        "no key `setings`",
        "did you mean `settings`?",
    ),
    (
        THEME,
        "title: x\nguidepost: \">=9\"\n",
        "error[bad-config] 2:12",
        "needs Guidepost >=9",
        "install that version",
    ),
    (THEME, "title: x\nguidepost: newest\n", "error[bad-config] 2:12", "names no versions", "\">=0.1\""),
    (
        THEME,
        "title: x\nextends: nope\n",
        "error[missing-theme] 2:10",
        "no theme \"nope\"",
        "Did you mean plain?",
    ),
    (THEME, "title: x\nextends: plain\n", "error[bad-config] 1:1", "extends it in turn", "Remove extends"),
    (THEME, "title: [x\n", "error[yaml-syntax] 1:8", "is not closed", "add `]`"),
    (
        THEME,
        "title: x\nfiles: [page.html]\n",
        "error[bad-config] 2:9",
        "cannot stand in `files`",
        "a file in content/",
    ),
    (
        THEME,
        "title: x\nfiles: [nope.json]\n",
        "error[missing-template] 2:9",
        "no template \"nope.json\"",
        "Add templates/nope.json",
    ),
    (
        THEME,
        "title: x\nsettings: {a: {type: txt}}\n",
        "error[bad-config] 2:22",
        "no type `txt`",
        "did you mean `text`?",
    ),
    (
        THEME,
        "title: x\nsettings: {a: {type: choice}}\n",
        "error[bad-config] 2:12",
        "a choice without choices",
        "choices: [home, class]",
    ),
    (
        THEME,
        "title: x\nsettings: {a: {type: integer, default: many}}\n",
        "error[wrong-type] 2:40",
        "whole number, not `many`",
        "digits only",
    ),
    (
        KINDS,
        "kinds:\n  event: {label: Event}\n",
        "error[bad-kind] 1:1",
        "no line `kinds:`",
        "delete this line",
    ),
    (
        KINDS,
        "event: {label: Event, feilds: {}}\n",
        "error[unknown-key] 1:23",
        "no key `feilds`",
        "did you mean `fields`?",
    ),
    (
        KINDS,
        "event: {label: Event, fields: {day: {type: datum, label: Day}}}\n",
        "error[bad-kind] 1:44",
        "no field type `datum`",
        "types: text",
    ),
    (TEXTS, "n: {one: a}\n", "error[bad-data] 1:1", "none called `other`", "one, other"),
    (TEXTS, "next: \"a\n", "error[bad-data] 1:7", "ends it", "at the end of the text"),
    // Styles and scripts, and what would come from elsewhere.
    (
        "assets/own.css",
        "a { background: url(nope.png) }",
        "warning[missing-asset] 1:21",
        "no assets/nope.png",
        "folder of this file",
    ),
    (
        "assets/own.css",
        "@import \"nope.css\";",
        "error[missing-asset] 1:10",
        "@import names \"nope.css\"",
        "",
    ),
    ("assets/own.js", "import \"./nope.js\";", "error[missing-asset] 1:9", "import names \"./nope.js\"", ""),
    (
        "assets/own.css",
        "a { background: url(https://cdn.example.org/a.png) }",
        "error[remote-in-theme] 1:21",
        "from `cdn.example.org`",
        "Copy the file",
    ),
    (
        PAGE,
        "<script src=\"https://cdn.example.org/a.js\"></script>",
        "error[remote-in-theme] 1:14",
        "from `cdn.example.org`",
        "Copy the file",
    ),
    (
        PAGE,
        "<img src=\"//x.example/a.png\">",
        "error[remote-in-theme] 1:11",
        "from `x.example`",
        "Copy the file",
    ),
    (
        PAGE,
        "<p>{{ body }}</p>",
        "warning[made-page] 1:1",
        "a.html, a page that this template makes, is no whole page",
        "<!DOCTYPE html>",
    ),
    // Components and what they are called with.
    (
        PAGE,
        "{{ <note title=1 /> }}",
        "error[template-syntax] 1:16",
        "Expected \"string\" or {expression}",
        "",
    ),
    (PAGE, "{{ <note titel=\"x\" /> }}", "error[template-render] 1:4", "\"titel\" in component call", ""),
    (
        PAGE,
        "{% component piece(a) %}{{ a }}{% endcomponent piece %}{{ <piece /> }}",
        "error[template-render] 1:59",
        "Argument \"a\" missing",
        "",
    ),
    (
        BOX,
        "{% component x(a: text) %}{{ a }}{% endcomponent x %}",
        "error[template-syntax] 1:19",
        "the only types allowed are",
        "",
    ),
    (
        BOX,
        "{% component x(a) %}{{ page.title }}{% endcomponent x %}",
        "error[template-render] 1:24",
        "\"page\" is not defined",
        "Known here: a, body",
    ),
    (
        BOX,
        "{% component x(a) %}{{ a }}{% endcomponent x %}{% component x() %}{% endcomponent x %}",
        "error[template-syntax] 1:61",
        "already contains a component named \"x\"",
        "",
    ),
    // Tags and filters in a place or form that they do not have.
    (PAGE, "{{ super() }}", "error[template-render] 1:4", "outside of a block", ""),
    (PAGE, "{% break %}", "error[template-syntax] 1:4", "only be used in a for loop", ""),
    (PAGE, "{% for x %}y{% endfor %}", "error[template-syntax] 1:10", "expected in", ""),
    (PAGE, "{% if %}x{% endif %}", "error[template-syntax] 1:7", "expected one of", ""),
    (PAGE, "{% set x = page.title", "error[template-syntax] 1:17", "Unexpected end", ""),
    (PAGE, "{{ page[\"title }}", "error[template-syntax] 1:9", "missing its closing", ""),
    (PAGE, "{{ page.title() }}", "error[template-syntax] 1:9", "first element of a chain", ""),
    (PAGE, "{{ brand().light }}", "error[template-syntax] 1:11", "expected }}", ""),
    (
        PAGE,
        "{% filter uper %}x{% endfilter %}",
        "error[template-syntax] 1:11",
        "no filter \"uper\"",
        "upper?",
    ),
    (
        PAGE,
        "{{ page.title | truncate(len=3) }}",
        "error[template-render] 1:17",
        "Missing keyword argument \"length\"",
        "",
    ),
    (
        PAGE,
        "{% for k, v in page.tags %}{{ k }}{% endfor %}",
        "error[template-render] 1:16",
        "only on maps",
        "",
    ),
    (PAGE, "{% for p in 3 %}{{ p }}{% endfor %}", "error[template-render] 1:13", "not possible on type", ""),
    (PAGE, "{{ \"a\" + \"b\" }}", "error[template-render] 1:4", "found a text and a text", ""),
    (
        PAGE,
        "{{ page.tags | group_by(attribute=\"x\") }}",
        "error[template-render] 1:16",
        "does not have an attribute",
        "",
    ),
    (
        PAGE,
        "{{ page.fields.nope }}",
        "error[template-render] 1:16",
        "\"nope\" is not defined",
        "page.owner or",
    ),
    (PAGE, "{{ site.settings.nope }}", "error[template-render] 1:18", "\"nope\" is not defined", ""),
    (PAGE, "{{ site.title.en }}", "error[template-render] 1:15", "\"en\" is not defined", ""),
    (PAGE, "{{ throw(message=\"stop here\") }}", "error[template-render] 1:4", "stop here", ""),
    // More calls.
    (PAGE, "{{ qr(text=page) }}", "error[template-render] 1:4", "text of qr() must be a text", "qr(text="),
    (PAGE, "{{ changes(limit=\"x\") }}", "error[template-render] 1:4", "must be a whole number", "limit=3"),
    (PAGE, "{{ backlinks(path=\"b.md\") }}", "error[template-render] 1:4", "no page \"b.md\"", ""),
    (PAGE, "{{ backlinks(pth=\"a.md\") }}", "error[template-render] 1:4", "no argument \"pth\"", "path?"),
    (
        PAGE,
        "{{ t(key=\"page_count\") }}",
        "warning[missing-text] 1:11",
        "plural forms, and no n is given",
        "n=…",
    ),
    (PAGE, "<a href=\"nope.html\">x</a>", "warning[missing-asset] 1:10", "leads to no file", "asset(path="),
    (PAGE, "<img src=\"x.png\" alt=\"\">", "warning[missing-asset] 1:11", "leads to no file", "asset(path="),
    // What takes the place of the theme's.
    ("templates/partials/askk.html", "x", "note[unused-override] 1:1", "Nothing uses", "include it"),
    ("templates/entries/persn.html", "x", "note[unused-override] 1:1", "Nothing uses", "entries/entry.html"),
    (
        "assets/look.css",
        "a { color: red }",
        "warning[unused-override] 1:1",
        "templates/look.css makes look.css",
        "templates/ beside assets/",
    ),
    (THEME, "title: x\nkeep_names: [nope.svg]\n", "warning[unknown-name] 2:14", "no asset is called so", ""),
    (THEME, "title: x\ngrounds: {light: beige}\n", "error[bad-config] 2:18", "not a color", "#f3ede3"),
    (TEXTS, "next: [a]\n", "error[bad-data] 1:7", "must be a text", "in quotes"),
    (TEXTS, "next: {other: a, othr: b}\n", "error[bad-data] 1:18", "a form called `othr`", "one, two"),
    // Data and styles.
    ("data/x.csv", "a,a\n1,2\n", "error[bad-data] 1:3", "Two columns are named", "a name of its own"),
    ("data/x.csv", "a,b\n\"1,2\n", "error[bad-data] 2:1", "this quote is never closed", ""),
    ("data/x.json", "{\"a\": }", "error[bad-data] 1:7", "expected value", "JSON puts texts"),
    ("data/x.yaml", "a: [1", "error[bad-data] 1:4", "is not closed", "add `]`"),
    (
        "templates/own.css",
        "a { color: {{ accent }} }",
        "error[template-render] 1:15",
        "\"accent\" is not",
        "site",
    ),
    ("templates/own.css", "@import \"nope.css\";", "error[missing-asset] 1:10", "no assets/nope.css", ""),
    // Found by somebody who made a theme for a bus guide out of the manual alone.
    (
        PAGE,
        "{{ debug }}",
        "error[template-render] 1:4",
        "\"debug\" is not defined",
        "Known here: alternates, body",
    ),
    (
        PAGE,
        "{{ page.debug }}",
        "error[template-render] 1:9",
        "\"debug\" is not defined",
        "written with a fallback",
    ),
    (
        PAGE,
        "{{ title }}",
        "error[template-render] 1:4",
        "\"title\" is not defined",
        "Did you mean page.title?",
    ),
    (
        PAGE,
        "{{ page.titel }}",
        "error[template-render] 1:9",
        "\"titel\" is not defined",
        "Did you mean page.title?",
    ),
    (
        PAGE,
        "{{ config.title }}",
        "error[template-render] 1:4",
        "is not defined",
        "config.title is site.title here",
    ),
    (PAGE, "{{ page.content }}", "error[template-render] 1:9", "is not defined", "page.content is body here"),
    (
        PAGE,
        "{% for n in page.notices %}{{ n.text }}{% endfor %}",
        "error[template-render] 1:13",
        "\"page.notices\" is not defined",
        "Did you mean notices?",
    ),
    (
        PAGE,
        "{{ page.reviewed | date(format=\"%Y\") }}",
        "error[template-render] 1:20",
        "the filter date takes no argument \"format\"",
        "It takes lang, weekday",
    ),
    (
        PAGE,
        "{{ today() | date(weekdays=true) }}",
        "error[template-render] 1:14",
        "takes no argument \"weekdays\"",
        "Did you mean weekday?",
    ),
    (
        PAGE,
        "{{ page.title | slugify(sep=\"_\") }}",
        "error[template-render] 1:17",
        "the filter slugify",
        "nothing in brackets",
    ),
    (
        PAGE,
        "{{ pages() | json(pretty=true) }}",
        "error[template-render] 1:14",
        "the filter json",
        "nothing in brackets",
    ),
    (
        PAGE,
        "{% include \"tgs.html\" %}",
        "error[template-syntax] 1:12",
        "no template \"tgs.html\"",
        "Did you mean \"tags.html\"?",
    ),
    (
        PAGE,
        "{{ link(\"a.md\") }}",
        "error[template-syntax] 1:9",
        "expected identifier",
        "Arguments have names",
    ),
    (
        BOX,
        "{% component x(a: text) %}{% endcomponent x %}",
        "error[template-syntax] 1:19",
        "only types",
        "Write string",
    ),
    (
        BOX,
        "{% component x(a) %}{{ a }}\n{% component y() %}{% endcomponent y %}",
        "error[template-syntax] 2:4",
        "cannot be written in another tag",
        "{% endcomponent NAME %}",
    ),
    (
        "content/a.md",
        "---\ntitle: A\n---\n:::note titel=\"B\"\nx\n:::\n",
        "error[unknown-component] 4:1",
        "it has no setting \"titel\"",
        "Did you mean title=",
    ),
    (
        KINDS,
        "event: {label: Event, fields: {day: {type: bool, label: Day}}}\n",
        "error[bad-kind] 1:44",
        "no field type `bool`",
        "did you mean `boolean`?",
    ),
    (
        THEME,
        "title: x\nsettings: {a: {type: color}}\n",
        "error[bad-config] 2:22",
        "no type `color`",
        "did you mean `text`?",
    ),
    (
        PAGE,
        "<!DOCTYPE html><html lang=\"en\"><head><title>A</title></head><body><main><h1>A</h1>{{ body }}{{ notices }}{{ site }}</main></body></html>",
        "warning[made-page] 1:1",
        "shows a whole group of values to readers",
        "{{ notice.text }}",
    ),
];

#[test]
fn each_mistake_is_told_at_its_place_with_what_to_write() {
    for (file, text, place, message, help) in TABLE {
        let site = Site::plain();
        site.page("a.md", "title: A\ntags: [x]\naliases: [old.html]", "Text.\n\n> [!NOTE]\n> A note.");
        if *file == BOX {
            site.page("c.md", "title: C", ":::x a=\"1\"\n:::");
        }
        if *file == "assets/look.css" {
            site.file("themes/plain/templates/look.css", "b { color: blue }");
        }
        site.file(file, text);
        let all = site.build_checked(&["--format", "json"]).problems();
        let at = |p: &Problem| {
            format!("{}[{}] {}:{}", p.severity, p.code, p.line, p.column) == *place && p.path == *file
        };
        let found: Vec<&Problem> = all.iter().filter(|p| at(p)).collect();
        let fits = |p: &&&Problem| p.message.contains(message) && p.help.contains(help);
        assert!(found.iter().any(|p| fits(&p)), "{file}: {text}\n{place} {message} / {help}\n{all:#?}");
        // One mistake is one error.
        let errors: Vec<String> = all
            .iter()
            .filter(|p| p.severity == "error")
            .map(|p| format!("{} {}", p.place(), p.message))
            .collect();
        assert!(errors.len() <= 1, "{file}: {text}\n{errors:#?}");
    }
}

/// The site of the table is right without the mistake.
#[test]
fn without_a_mistake_nothing_is_told() {
    let site = Site::plain();
    site.page("a.md", "title: A\ntags: [x]\naliases: [old.html]", "Text.\n\n> [!NOTE]\n> A note.");
    site.build().clean();
    let errors =
        site.build_checked(&["--format", "json"]).problems().into_iter().filter(|p| p.severity == "error");
    assert_eq!(errors.count(), 0);
}
