//! What stylesheets and scripts name: it gets the name that it has in the site, the name of the outer file changes with the
//! bytes of what it names and with nothing else, and what leads to no file is told at its line.

use crate::support::{Problem, Site};
use std::collections::BTreeMap;

/// A site whose pages name `files`, all below `assets/` or `templates/`.
fn site(files: &[(&str, &str)]) -> Site {
    let site = Site::plain();
    files.iter().for_each(|(path, text)| {
        site.file(path, text);
    });
    let names = files.iter().map(|(path, _)| path.split_once('/').unwrap().1);
    let wanted = names.filter(|name| name.ends_with("css") || name.ends_with("js"));
    let asks: String = wanted.map(|name| format!("{{{{ asset(path=\"{name}\") }}}}\n")).collect();
    site.template("section.html", &asks);
    site
}

/// The assets of the output by the name that they have without their mark; marks in the texts are `#`.
fn assets(site: &Site) -> BTreeMap<String, (String, String)> {
    let mut found = BTreeMap::new();
    for (path, bytes) in site.public() {
        let Some(name) = path.strip_prefix("assets/") else { continue };
        let text = String::from_utf8(bytes).unwrap();
        found.insert(without_marks(name, ""), (name.to_owned(), without_marks(&text, "#")));
    }
    found
}

/// The text with each `.` and eight hexadecimal digits before a `.` replaced.
fn without_marks(text: &str, by: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in text.split('.') {
        let is_mark = part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
        match (is_mark, parts.last_mut()) {
            (true, Some(last)) => last.push_str(by),
            _ => parts.push(part.to_owned()),
        }
    }
    parts.join(".")
}

fn names(site: &Site) -> BTreeMap<String, String> {
    assets(site).into_iter().map(|(name, (marked, _))| (name, marked)).collect()
}

#[test]
fn whatever_names_a_file_names_it_as_it_is_called_in_the_site() {
    let outer = "/* url(x.svg) @import \"b.css\"; */@charset \"utf-8\";@import \"b.css\" layer(l);@IMPORT url( 'sub/c.css' ) print;\n\
        a{content:\"url(x.svg)\";background:URL(x.svg#part);mask:url('x y.svg?v=1#z')}\n\
        b{background:-webkit-image-set(\"x.svg\" 1x, url(x.svg) 2x);fill:url(#here);src:url(data:image/png;base64,AA)}\n\
        c{background:url(mark.svg);cursor:url(https://example.org/x.svg)}\n/*# sourceMappingURL=a.css.map */";
    let script = "import './n.mjs?v=1';export*from'./sub/o.js';const x=await import(\"./n.mjs\");\n\
        // import './p.js'\nconst s=\"import './p.js'\",t=`import './p.js' ${x}`,u=/import '.\\/p.js'/;import 'bare';\n//# sourceMappingURL=m.js.map\n";
    let site = site(&[
        ("assets/a.css", outer),
        ("assets/a.css.map", "{}"),
        ("assets/b.css", "b{}"),
        ("assets/sub/c.css", "@import '../b.css';c{background:url(/assets/x.svg)}"),
        ("assets/x.svg", "<svg/>"),
        ("assets/x y.svg", "<svg/>"),
        (
            "templates/made.css",
            "@import \"{{ asset(path=\"b.css\") }}\";@import 'b.css';d{background:url(x.svg)}",
        ),
        ("assets/outer.css", "@import url(made.css);"),
        ("assets/m.js", script),
        ("assets/m.js.map", "{}"),
        ("assets/n.mjs", "export {}"),
        ("assets/sub/o.js", "import '../n.mjs'"),
        ("assets/p.js", "1"),
    ]);
    site.build().clean();
    let made = assets(&site);
    let text = |name: &str| made[name].1.as_str();
    assert_eq!(
        text("a.css"),
        "/* url(x.svg) @import \"b.css\"; */@charset \"utf-8\";@import \"b#.css\" layer(l);@IMPORT url( 'sub/c#.css' ) print;\n\
        a{content:\"url(x.svg)\";background:URL(x#.svg#part);mask:url('x%20y#.svg?v=1#z')}\n\
        b{background:-webkit-image-set(\"x#.svg\" 1x, url(x#.svg) 2x);fill:url(#here);src:url(data:image/png;base64,AA)}\n\
        c{background:url(mark.svg);cursor:url(https://example.org/x.svg)}\n/*# sourceMappingURL=a.css#.map */"
    );
    assert_eq!(text("sub/c.css"), "@import '../b#.css';c{background:url(../x#.svg)}");
    assert_eq!(text("made.css"), "@import \"b#.css\";@import 'b#.css';d{background:url(x#.svg)}");
    assert_eq!(text("outer.css"), "@import url(made#.css);");
    assert_eq!(
        text("m.js"),
        "import './n#.mjs?v=1';export*from'./sub/o#.js';const x=await import(\"./n#.mjs\");\n\
        // import './p.js'\nconst s=\"import './p.js'\",t=`import './p.js' ${x}`,u=/import '.\\/p.js'/;import 'bare';\n//# sourceMappingURL=m.js#.map\n"
    );
    assert_eq!(text("sub/o.js"), "import '../n#.mjs'");
    // Pages name them so too.
    let page = site.out("index.html");
    for name in ["a.css", "made.css", "outer.css", "sub/c.css", "m.js", "sub/o.js"] {
        assert!(page.contains(&format!("assets/{}", made[name].0)), "{name}: {page}");
    }
    // Whatever is named is there.
    for (name, (marked, _)) in &made {
        assert!(site.has(&format!("assets/{marked}")), "{name}");
    }
}

#[test]
fn a_name_changes_with_what_is_named_and_with_nothing_else() {
    let site = site(&[
        ("assets/a.css", "@import \"b.css\";"),
        ("assets/b.css", "@import \"made.css\";"),
        ("templates/made.css", "a{background:url(x.svg)}"),
        ("assets/x.svg", "<svg/>"),
        ("assets/alone.css", "a{background:url(y.svg)}"),
        ("assets/y.svg", "<svg>y</svg>"),
        ("assets/plain.js", "1"),
        ("assets/m.js", "import './n.js'"),
        ("assets/n.js", "import './data.json'"),
        ("assets/data.json", "{}"),
    ]);
    let mut before = names_after(&site);
    let steps: &[(&str, &str, &[&str])] = &[
        ("assets/unused.woff2", "font", &["unused.woff2"]),
        ("assets/unused.css", "a{background:url(x.svg)}", &["unused.css"]),
        ("content/picture.svg", "<svg/>", &[]),
        ("assets/x.svg", "<svg>2</svg>", &["x.svg", "made.css", "b.css", "a.css", "unused.css"]),
        ("templates/made.css", "b{background:url(x.svg)}", &["made.css", "b.css", "a.css"]),
        ("assets/y.svg", "<svg>z</svg>", &["y.svg", "alone.css"]),
        ("assets/data.json", "[]", &["data.json", "n.js", "m.js"]),
        ("assets/b.css", "b{}", &["b.css", "a.css"]),
    ];
    for (path, text, renamed) in steps {
        site.file(path, text);
        let after = names_after(&site);
        let other: Vec<&str> = after
            .iter()
            .filter(|(name, marked)| before.get(*name) != Some(marked))
            .map(|(name, _)| name.as_str())
            .collect();
        let mut renamed = renamed.to_vec();
        renamed.sort_unstable();
        assert_eq!(other, renamed, "{path}");
        before = after;
    }
}

/// The names after a build that is the same warm and cold.
fn names_after(site: &Site) -> BTreeMap<String, String> {
    site.build().clean();
    let warm = site.public();
    site.build_with(&["--no-cache"]).clean();
    crate::support::assert_same(&warm, &site.public());
    names(site)
}

#[test]
fn names_that_are_kept_are_kept_and_what_they_name_is_right() {
    let site = site(&[
        ("assets/a.css", "@import \"b.css\";a{background:url(x.svg)}"),
        ("assets/b.css", "b{background:url(x.svg)}"),
        ("templates/made.css", "@import \"a.css\";"),
        ("assets/x.svg", "<svg/>"),
    ]);
    site.file("themes/plain/theme.yaml", "title: Plain\nkeep_names: [mark.svg, a.css, made.css]\n");
    site.build().clean();
    let first = assets(&site);
    assert_eq!((first["a.css"].0.as_str(), first["made.css"].0.as_str()), ("a.css", "made.css"));
    assert_eq!(first["a.css"].1, "@import \"b#.css\";a{background:url(x#.svg)}");
    assert_eq!(first["made.css"].1, "@import \"a.css\";");
    // Another list takes effect at once, also where a cache knows the old one.
    site.file("themes/plain/theme.yaml", "title: Plain\nkeep_names: [mark.svg, x.svg]\n");
    site.build().clean();
    let second = assets(&site);
    assert!(second["a.css"].0 != "a.css" && second["x.svg"].0 == "x.svg");
    assert!(site.out("index.html").contains(&second["a.css"].0));
    site.build_with(&["--no-cache"]).clean();
    assert_eq!(second, assets(&site));
}

#[test]
fn files_that_name_each_other_have_names_from_all_their_bytes() {
    let site = site(&[
        ("assets/a.js", "import './b.js'"),
        ("assets/b.js", "import './c.js';import './data.json'"),
        ("assets/c.js", "import './a.js'"),
        ("assets/data.json", "{}"),
        ("assets/self.css", "@import \"self.css\";"),
        ("assets/r1.css", "@import \"r2.css\";"),
        ("assets/r2.css", "@import \"r1.css\";"),
    ]);
    let mut before = names_after(&site);
    for (path, text, renamed) in [
        ("assets/c.js", "import './a.js';1", &["a.js", "b.js", "c.js"][..]),
        ("assets/data.json", "[]", &["a.js", "b.js", "c.js", "data.json"]),
        ("assets/r1.css", "@import \"r2.css\";a{}", &["r1.css", "r2.css"]),
        ("assets/self.css", "@import \"self.css\";a{}", &["self.css"]),
    ] {
        site.file(path, text);
        let after = names_after(&site);
        let other: Vec<&String> = after.keys().filter(|name| before.get(*name) != after.get(*name)).collect();
        assert_eq!(other, renamed, "{path}");
        before = after;
    }
    for (name, (_, text)) in assets(&site) {
        assert!(
            !text.contains('.') || name.ends_with("svg") || text.contains('#') || name.starts_with("plain"),
            "{name}: {text}"
        );
    }
}

#[test]
fn a_template_in_a_circle_of_stylesheets_is_an_error() {
    let site = site(&[
        ("templates/made.css", "@import \"own.css\";"),
        ("assets/own.css", "a{}\n@import \"made.css\";"),
    ]);
    let mut said = Vec::new();
    for args in [&[][..], &["--no-cache"], &["--jobs", "1"]] {
        let run = site.build_with(&[&["--format", "json"], args].concat()).failed();
        let found: Vec<Problem> = run.problems().into_iter().filter(|p| p.severity == "error").collect();
        assert_eq!(
            found.iter().map(|p| (p.path.as_str(), p.line)).collect::<Vec<_>>(),
            [("assets/own.css", 2), ("templates/made.css", 1)]
        );
        assert!(found[0].message.contains("own.css -> made.css -> own.css"), "{found:#?}");
        said.push(found);
    }
    assert!(said.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn an_address_that_leads_to_no_file_is_told_at_its_line() {
    let site = site(&[
        ("assets/a.css", "a{}\nb{background:url(gone.png)}\nc{background:image-set('gone.webp' 1x)}"),
        ("assets/sub/b.css", "@import \"b2.css\";\n\nb{src:url(../x.woff2)}"),
        ("assets/x.woff2", "font"),
        (
            "templates/made.css",
            "{# made #}\na{background:url({{ asset(path=\"x.woff2\") }})}\nb{background:url(../../gone.svg)}",
        ),
        (
            "assets/m.js",
            "import './x.js';\nconst y = import('./y.js');\nexport { a } from './z.js';\n//# sourceMappingURL=m.js.map",
        ),
    ]);
    site.template(
        "partials/head.html",
        "<link rel=\"stylesheet\" href=\"nope.css\">\n<script src=\"{{ root }}assets/m.js\"></script>\n<a href=\"{{ root }}nowhere/\">n</a>\n\
         <a href=\"index.html\">i</a><a href=\"#main\">m</a><a href=\"{{ root }}print.html\">p</a><a href=\"/elsewhere/\">e</a>",
    );
    let found: Vec<String> =
        site.problems().iter().map(Problem::place).filter(|p| p.contains("[missing-asset]")).collect();
    assert_eq!(
        found,
        [
            "warning[missing-asset] assets/a.css:2:18",
            "warning[missing-asset] assets/a.css:3:25",
            "error[missing-asset] assets/m.js:1:9",
            "error[missing-asset] assets/m.js:2:19",
            "error[missing-asset] assets/m.js:3:20",
            "note[missing-asset] assets/m.js:4:22",
            "error[missing-asset] assets/sub/b.css:1:10",
            "warning[missing-asset] templates/made.css:3:18",
            "warning[missing-asset] templates/partials/head.html:1:30",
            "warning[missing-asset] templates/partials/head.html:2:24",
            "warning[missing-asset] templates/partials/head.html:3:20",
        ]
    );
    // They are gone when the files come.
    for path in [
        "assets/gone.png",
        "assets/gone.webp",
        "assets/x.js",
        "assets/y.js",
        "assets/z.js",
        "assets/m.js.map",
        "content/gone.svg",
    ] {
        site.file(path, "x");
    }
    site.file("assets/sub/b2.css", "a{}")
        .template("partials/head.html", "<link href=\"{{ asset(path=\"a.css\") }}\">");
    site.build().clean();
}

#[test]
fn a_name_in_keep_names_that_means_no_asset_is_told() {
    let theme = |names: &str| format!("title: Plain\nkeep_names: {names}\n");
    for (names, place, message, help) in [
        ("[mark.svg, mrak.svg]", "2:24", "\"mrak.svg\", and no asset", "Did you mean mark.svg?"),
        ("[fonts/*.woff2]", "2:14", "\"fonts/*.woff2\", and no asset", "below assets/"),
        ("assets/mark.svg", "2:13", "\"assets/mark.svg\", and no asset", "mark.svg"),
        ("[gone.css]", "2:14", "\"gone.css\", and no asset", "below assets/"),
    ] {
        let site = site(&[]);
        site.file("themes/plain/theme.yaml", theme(names));
        let all: Vec<_> = site.problems().into_iter().filter(|p| p.severity != "note").collect();
        let [found] = all.as_slice() else { panic!("{names}: {all:#?}") };
        assert_eq!(
            found.place(),
            format!("warning[unknown-name] themes/plain/theme.yaml:{place}"),
            "{names}"
        );
        assert!(found.message.contains(message) && found.help.contains(help), "{names}: {found:?}");
    }
    let wrong = site(&[]);
    wrong.file("themes/plain/theme.yaml", theme("['fonts/[.woff2']"));
    let all: Vec<_> = wrong.problems().into_iter().filter(|p| p.severity == "error").collect();
    assert_eq!(all[0].place(), "error[bad-config] themes/plain/theme.yaml:2:14", "{all:#?}");
    // A pattern means all that it fits, and a template's stylesheet has a name like any.
    let site = site(&[]);
    site.file("themes/plain/theme.yaml", theme("[mark.svg, 'fonts/*.woff2', look.css]"));
    for name in ["fonts/a.woff2", "fonts/b.woff2", "fonts/deep/c.woff2"] {
        site.file(&format!("assets/{name}"), name);
    }
    site.template("look.css", "a { color: red }\n");
    site.template(
        "page.html",
        "{{ asset(path=\"fonts/a.woff2\") }} {{ asset(path=\"fonts/deep/c.woff2\") }} {{ asset(path=\"look.css\") }}",
    );
    site.page("a.md", "title: A", "Text.");
    site.build().clean();
    let page = site.out("a.html");
    let names: Vec<&str> = page.split_whitespace().collect();
    assert_eq!((names[0], names[2]), ("assets/fonts/a.woff2", "assets/look.css"), "{page}");
    assert!(
        names[1].starts_with("assets/fonts/deep/c.") && names[1] != "assets/fonts/deep/c.woff2",
        "{page}"
    );
}

#[test]
fn an_asset_whose_name_a_template_takes_is_told() {
    let site = site(&[]);
    site.page("a.md", "title: A", "Text.");
    let told = |site: &Site| -> Vec<(String, String, String)> {
        let all = site.problems().into_iter().filter(|p| p.code == "unused-override");
        all.map(|p| (p.place(), p.message, p.help)).collect()
    };
    // Both in the site.
    site.template("leaf.css", "a { color: red }\n").file("assets/leaf.css", "b { color: blue }\n");
    let all = told(&site);
    let [(place, message, help)] = all.as_slice() else { panic!("{all:#?}") };
    assert_eq!(place, "warning[unused-override] assets/leaf.css:1:1");
    assert!(
        message.contains("templates/leaf.css makes leaf.css") && help.contains("another name"),
        "{message} {help}"
    );
    // The theme's template, and a file of the site that is to take its place.
    site.remove("templates/leaf.css").file("themes/plain/templates/leaf.css", "a { color: red }\n");
    let all = told(&site);
    let [(place, _, help)] = all.as_slice() else { panic!("{all:#?}") };
    assert_eq!(place, "warning[unused-override] assets/leaf.css:1:1");
    assert!(help.contains("templates/"), "{help}");
    // A template of the site that takes the place of the theme's file is what was meant.
    site.remove("assets/leaf.css").remove("themes/plain/templates/leaf.css");
    site.template("leaf.css", "a { color: red }\n")
        .file("themes/plain/assets/leaf.css", "b { color: blue }\n");
    assert_eq!(told(&site), []);
}
