//! What to write instead of a tag, filter, function or test that does not exist: a near name, or what the thing is called
//! here that it is called so elsewhere (Jinja, Zola, Hugo, Jekyll, Django).
//!
//! Called by `error`. The manual has the same in "Coming from"; a test looks for each name in it.

use crate::diag::closest;

/// Tags of templates.
const TAGS: &[&str] = &[
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "break",
    "continue",
    "set",
    "endset",
    "set_global",
    "block",
    "endblock",
    "extends",
    "include",
    "raw",
    "endraw",
    "filter",
    "endfilter",
    "component",
    "endcomponent",
];

/// What to write where the form of a template is wrong, by what the template engine says of it.
pub fn of_form(message: &str) -> Option<String> {
    let help = match message {
        _ if message.contains("the only types allowed are") => {
            let found = message.split_whitespace().nth(1).unwrap_or("");
            match found {
                "text" | "str" => "Write string, or leave the type out: values from pages are texts.",
                "boolean" => "Write bool.",
                "int" | "whole" => "Write integer.",
                "list" => "Write array.",
                _ => "Write one of these, or leave the type out: values from pages are texts.",
            }
        }
        _ if message.contains("Component definitions cannot be written in another tag") => {
            "The component above it is not closed: write {% endcomponent NAME %} behind it, with its name."
        }
        _ if message.contains("expected identifier") || message.contains("Expected identifier") => {
            "Arguments have names: link(to=\"parents/goals.md\")."
        }
        _ => return None,
    };
    Some(help.to_owned())
}

/// Said of a tag of which nothing is known.
pub const TAG_HELP: &str = "Tags are if, for, set, block, extends, include, component, filter and raw.";

/// Filters of the template engine.
const FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Filters of Guidepost; a test holds them against those that are registered.
const OWN_FILTERS: &[&str] =
    &["date", "folder", "ical", "json", "number", "slugify", "stem", "striptags", "urlencode"];

/// Tests of the template engine.
const TESTS: &[&str] = &[
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// Functions of Guidepost and of the template engine; a test holds them against those that are registered.
const FUNCTIONS: &[&str] = &[
    "a_z_url",
    "all_pages",
    "asset",
    "backlinks",
    "brand",
    "changes",
    "data",
    "date",
    "entries",
    "entry",
    "feed_url",
    "finder_facets",
    "finder_url",
    "finders",
    "image_size",
    "link",
    "menu",
    "menu_items",
    "page",
    "pages",
    "print_url",
    "qr",
    "range",
    "related",
    "search_root",
    "search_url",
    "section_print_url",
    "site_map_url",
    "site_notices",
    "super",
    "svg",
    "t",
    "tags",
    "tags_url",
    "throw",
    "today",
    "zip",
];

const COMPONENT: &str = "A piece with arguments is a component: {% component button(text) %}…{% endcomponent button %}, used as {{ <button text=\"x\" /> }}.";
const NO_IMPORT: &str =
    "Nothing is imported: a component may be used everywhere, whichever file in templates/ holds it.";
const SET: &str = "Write {% set name = value %}, or {% set name %}…{% endset %} for a piece of HTML.";
const INCLUDE: &str = "Write {% include \"partials/name.html\" %}, or a component where it needs arguments.";
const CONDITION: &str = "Write {% if %}, {% elif %}, {% else %}, {% endif %}.";
const LOOP: &str = "Write {% for x in list %}…{% endfor %}; for keys and values {% for key, value in map %}.";
const LINK: &str = "Write {{ link(to=\"parents/goals.md\") }} for a page, {{ asset(path=\"style.css\") }} for a file of assets/.";
const WITHIN: &str =
    "Write a list in brackets: [c for c in pages() if c.kind == \"event\"], or [c.title for c in pages()].";

/// Tags of other programs, with what to write here.
const OTHER_TAGS: &[(&str, &str)] = &[
    ("macro", COMPONENT),
    ("endmacro", COMPONENT),
    ("call", COMPONENT),
    ("define", COMPONENT),
    ("shortcode", COMPONENT),
    ("import", NO_IMPORT),
    ("from", NO_IMPORT),
    ("load", NO_IMPORT),
    ("use", NO_IMPORT),
    ("assign", SET),
    ("capture", SET),
    ("let", SET),
    ("var", SET),
    ("with", SET),
    ("endwith", SET),
    ("do", SET),
    ("increment", "Write {% set_global n = n + 1 %} within a loop."),
    ("partial", INCLUDE),
    ("render", INCLUDE),
    ("embed", INCLUDE),
    ("include_relative", INCLUDE),
    ("template", INCLUDE),
    ("unless", "Write {% if not x %}…{% endif %}."),
    ("elseif", CONDITION),
    ("elsif", CONDITION),
    ("else if", CONDITION),
    ("case", CONDITION),
    ("when", CONDITION),
    ("switch", CONDITION),
    ("end", "Write endif, endfor or endblock, whichever it ends."),
    ("range", LOOP),
    ("foreach", LOOP),
    ("each", LOOP),
    ("while", LOOP),
    ("empty", LOOP),
    ("url", LINK),
    ("static", LINK),
    ("link", LINK),
    ("post_url", LINK),
    ("comment", "Write {# a comment #}."),
    ("endcomment", "Write {# a comment #}."),
    ("verbatim", "Write {% raw %}…{% endraw %}."),
    ("highlight", "Write the code into <pre><code>…</code></pre>."),
    ("trans", "Write {{ t(key=\"menu\") }}, and the text into translations/en.yaml."),
    ("translate", "Write {{ t(key=\"menu\") }}, and the text into translations/en.yaml."),
    ("autoescape", "All is escaped but what is marked safe: {{ html | safe }}."),
    ("layout", "Write {% extends \"base.html\" %} on the first line."),
    ("parent", "Write {{ super() }} for what the block holds in the file that is extended."),
    ("super", "Write {{ super() }}."),
    ("cycle", "Write {{ \"odd\" if loop.index is odd else \"even\" }}."),
];

const TEXT_AFTER: &str = "Write a ~ b for two texts, [...a, ...b] for two lists.";
const BY_HTML: &str = "Text in markdown comes as HTML: write {{ body }}, or {{ entry.html.field }} for a field of type markdown.";

/// Filters of other programs, with what to write here.
const OTHER_FILTERS: &[(&str, &str)] = &[
    ("uppercase", "Write upper."),
    ("upcase", "Write upper."),
    ("downcase", "Write lower."),
    ("lowercase", "Write lower."),
    ("filter", WITHIN),
    ("map", WITHIN),
    ("where", WITHIN),
    ("select", WITHIN),
    ("selectattr", WITHIN),
    ("reject", WITHIN),
    ("rejectattr", WITHIN),
    ("find", WITHIN),
    ("concat", TEXT_AFTER),
    ("append", TEXT_AFTER),
    ("prepend", TEXT_AFTER),
    ("push", TEXT_AFTER),
    ("json_encode", "Write json."),
    ("jsonify", "Write json."),
    ("tojson", "Write json."),
    ("json_script", "Write json."),
    ("strip_html", "Write striptags."),
    ("plainify", "Write striptags."),
    ("strip_tags", "Write striptags."),
    ("url_encode", "Write urlencode."),
    ("urlquery", "Write urlencode."),
    ("urlencode_strict", "Write urlencode."),
    ("cgi_escape", "Write urlencode."),
    ("slug", "Write slugify."),
    ("urlize", "Write slugify."),
    ("anchorize", "Write slugify."),
    ("size", "Write length."),
    ("count", "Write length."),
    ("len", "Write length."),
    ("e", "Write escape; what is not marked safe is escaped by itself."),
    ("strip", "Write trim."),
    ("sort_by", "Write sort(attribute=\"title\")."),
    ("dictsort", "Write sort(attribute=\"title\")."),
    ("groupby", "Write group_by(attribute=\"kind\")."),
    ("uniq", "Write unique."),
    ("string", "Write str."),
    ("list", WITHIN),
    ("sum", "Add the numbers up in a loop: {% set_global sum = sum + x %}."),
    ("markdown", BY_HTML),
    ("markdownify", BY_HTML),
    ("relative_url", LINK),
    ("absolute_url", LINK),
    ("absURL", LINK),
    ("relURL", LINK),
    ("number_format", "Write number: it goes by the reader's language."),
    ("num_format", "Write number: it goes by the reader's language."),
    ("date_to_string", "Write date."),
    ("date_format", "Write date."),
    ("strftime", "Write date."),
    ("linebreaksbr", "Write newlines_to_br."),
    ("nl2br", "Write newlines_to_br."),
    ("newline_to_br", "Write newlines_to_br."),
    ("filesizeformat", "A link to a file in a page says its type and size by itself."),
    ("truncatewords", "Write truncate(length=80): it counts letters."),
    ("regex_replace", "Write replace(from=\"a\", to=\"b\"); there are no patterns."),
    ("trans", "Write t(key=\"menu\")."),
    ("i18n", "Write t(key=\"menu\")."),
];

const PAGES: &str = "Write pages(section=\"activities\") for the pages of a section, page(path=\"parents/goals.md\") for one.";

/// Functions of other programs, with what to write here.
const OTHER_FUNCTIONS: &[(&str, &str)] = &[
    ("now", "Write today(): the day of the build, as 2026-11-22."),
    ("get_url", LINK),
    ("url_for", LINK),
    ("ref", LINK),
    ("relref", LINK),
    ("url", LINK),
    ("get_page", PAGES),
    ("get_section", PAGES),
    ("where", WITHIN),
    ("filter", WITHIN),
    ("load_data", "Write data(path=\"schools.csv\")."),
    ("readFile", "Write data(path=\"schools.csv\")."),
    ("get_data", "Write data(path=\"schools.csv\")."),
    ("trans", "Write t(key=\"menu\")."),
    ("i18n", "Write t(key=\"menu\")."),
    ("gettext", "Write t(key=\"menu\")."),
    ("_", "Write t(key=\"menu\")."),
    ("get_taxonomy", "Write tags()."),
    ("get_taxonomy_url", "Write tags()."),
    ("get_taxonomy_term", "Write tags()."),
    ("get_image_metadata", "Write image_size(path=\"photo.jpg\")."),
    ("resize_image", "Save the picture in the size in which it is shown."),
    ("partial", INCLUDE),
    ("include", INCLUDE),
    ("block", INCLUDE),
    ("concat", TEXT_AFTER),
    ("append", TEXT_AFTER),
    ("dict", "Write a map in braces: {\"name\": value}."),
    ("slice", "Write a list in brackets: [1, 2, 3]."),
    ("get_env", "Settings of a site stand in site.yaml: site.settings."),
    ("get_random", "The same input gives the same site: nothing is drawn by lot."),
    ("len", "Write x | length."),
    ("default", "Write x or \"…\"."),
    ("printf", TEXT_AFTER),
    ("print", TEXT_AFTER),
    ("config", "Write site.settings for the theme's settings."),
    ("super_block", "Write super()."),
    ("caller", "What stands between the tags of a component is {{ body }} in it."),
];

/// Whether the name is one of those that are suggested.
#[cfg(test)]
pub fn knows(what: &str, name: &str) -> bool {
    match what {
        "function" => FUNCTIONS.contains(&name),
        _ => OWN_FILTERS.contains(&name),
    }
}

/// What to write instead of a tag; none when nothing is near.
pub fn of_tag(word: &str) -> Option<String> {
    let other = OTHER_TAGS.iter().find(|(name, _)| *name == word).map(|(_, help)| (*help).to_owned());
    other.or_else(|| {
        // `endif` without an `if` is told by what it is.
        if TAGS.contains(&word) {
            return None;
        }
        closest(word, TAGS.iter().copied()).map(|near| format!("Did you mean {{% {near} %}}?"))
    })
}

/// The message of the template engine on a name that it does not know, with what to write instead; none when it is another
/// message.
pub fn of_name(message: &str) -> Option<(String, Option<String>)> {
    let (what, name) = message.strip_prefix("Unknown ")?.split_once(' ')?;
    let name = name.trim_matches('`');
    let message = format!("there is no {what} \"{name}\"");
    let (others, known): (&[(&str, &str)], Vec<&[&str]>) = match what {
        "filter" => (OTHER_FILTERS, vec![FILTERS, OWN_FILTERS]),
        "function" => (OTHER_FUNCTIONS, vec![FUNCTIONS]),
        "test" => (&[], vec![TESTS]),
        _ => return Some((message, None)),
    };
    let other = others.iter().find(|(other, _)| *other == name).map(|(_, help)| (*help).to_owned());
    let all = known.into_iter().flatten().copied();
    let near = || closest(name, all.clone()).map(|near| format!("Did you mean {near}?"));
    // What is a filter here may be a function elsewhere, and the other way round.
    let turned = || match what {
        "function" if FILTERS.contains(&name) || OWN_FILTERS.contains(&name) => {
            Some(format!("It is a filter: write x | {name}."))
        }
        "filter" if FUNCTIONS.contains(&name) => Some(format!("It is a function: write {name}(…).")),
        _ => None,
    };
    let list = || format!("There are: {}.", all.clone().collect::<Vec<_>>().join(", "));
    Some((message, Some(other.or_else(turned).or_else(near).unwrap_or_else(list))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knows(template: &str) -> bool {
        match tera::Tera::new().add_raw_template("t", template) {
            Err(error) => !error.to_string().contains("Unknown"),
            Ok(()) => true,
        }
    }

    /// Names that are suggested exist, and those of other programs do not.
    #[test]
    fn the_template_engine_knows_what_is_suggested() {
        for filter in FILTERS {
            assert!(knows(&format!("{{{{ x | {filter} }}}}")), "{filter}");
        }
        for test in TESTS {
            assert!(knows(&format!("{{{{ x is {test} }}}}")), "{test}");
        }
        for (filter, _) in OTHER_FILTERS {
            assert!(!knows(&format!("{{{{ x | {filter} }}}}")), "{filter}");
            assert!(!OWN_FILTERS.contains(filter), "{filter}");
        }
        for (function, _) in OTHER_FUNCTIONS {
            assert!(!knows(&format!("{{{{ {function}() }}}}")), "{function}");
            assert!(!FUNCTIONS.contains(function), "{function}");
        }
        for (tag, _) in OTHER_TAGS.iter().filter(|(tag, _)| !tag.contains(' ')) {
            assert!(!knows(&format!("{{% {tag} x %}}")), "{tag}");
        }
    }

    #[test]
    fn a_near_name_is_offered() {
        let help = |message: &str| of_name(message).unwrap().1.unwrap();
        assert_eq!(help("Unknown filter `uper`"), "Did you mean upper?");
        assert_eq!(help("Unknown function `lnk`"), "Did you mean link?");
        assert_eq!(help("Unknown test `defned`"), "Did you mean defined?");
        assert_eq!(help("Unknown function `upper`"), "It is a filter: write x | upper.");
        assert!(help("Unknown filter `qqqqqq`").starts_with("There are: "));
        assert_eq!(of_tag("fro").unwrap(), "Did you mean {% for %}?");
        assert_eq!(of_tag("endif"), None);
    }
}
