//! Data files: what was typed is on the page, and what would be lost is told at its line.

use crate::support::Site;

/// A page that shows what `template` makes.
fn shown(files: &[(&str, &[u8])], template: &str) -> (Site, String) {
    let site = Site::plain();
    for (path, bytes) in files {
        site.file(path, bytes);
    }
    let text = format!(
        "{{% extends \"base.html\" %}}{{% block body %}}<main>{template}</main>{{% endblock body %}}"
    );
    site.template("page.html", &text).page("page.md", "title: Page", "Text.");
    site.build().clean();
    let page = site.out("page.html");
    let inner = page.split("<main>").last().unwrap().split("</main>").next().unwrap().to_owned();
    (site, inner)
}

#[test]
fn what_was_typed_is_shown() {
    let rows =
        "{% for row in data(path=\"FILE\") %}{% for k, v in row %}{{ k }}={{ v }};{% endfor %}{% endfor %}";
    let expected = "phone=+15550100;price=1.10;a=1e3;hex=0x1F;code=007;version=1.0.2;day=2026-11-30;no=no;n=12;up=TRUE;one=False;name=Null;";
    let yaml = "- phone: +15550100\n  price: 1.10\n  a: 1e3\n  hex: 0x1F\n  code: 007\n  version: 1.0.2\n  day: 2026-11-30\n  no: no\n  n: 12\n  up: \"TRUE\"\n  one: 'False'\n  name: \"Null\"\n";
    assert_eq!(shown(&[("data/s.yaml", yaml.as_bytes())], &rows.replace("FILE", "s.yaml")).1, expected);
    let marked = format!("\u{feff}{}", yaml.replace('\n', "\r\n"));
    assert_eq!(shown(&[("data/s.yml", marked.as_bytes())], &rows.replace("FILE", "s.yml")).1, expected);
    let csv = "phone;price;a;hex;code;version;day;no;n;up;one;name\r\n+15550100;1.10;1e3;0x1F;007;1.0.2;2026-11-30;no;12;TRUE;False;Null\r\n;;;;;;;;;;;\r\n";
    assert_eq!(shown(&[("data/s.csv", csv.as_bytes())], &rows.replace("FILE", "s.csv")).1, expected);
    let json = r#"[{"phone": "+15550100", "price": 1.10, "a": 1e3, "hex": "0x1F", "code": "007", "version": "1.0.2", "day": "2026-11-30", "no": "no", "n": 12, "up": "TRUE", "one": "False", "name": "Null"}]"#;
    assert_eq!(shown(&[("data/s.json", json.as_bytes())], &rows.replace("FILE", "s.json")).1, expected);
    // Numbers are still numbers where their form is the usual one.
    let template = "{% set d = data(path=\"s.yaml\") %}{{ d.n + 1 }} {{ d.x + 0.5 }}";
    assert_eq!(shown(&[("data/s.yaml", b"n: 12\nx: 1.5\n")], template).1, "13 2.0");
    // A yes and a no as YAML has them; words in quotes.
    let template =
        "{% set d = data(path=\"s.yaml\") %}{% for k, v in d %}{{ \"yes\" if v else \"no\" }};{% endfor %}";
    assert_eq!(
        shown(&[("data/s.yaml", b"a: True\nb: FALSE\nc: null\nd: ~\ne: \"false\"\n")], template).1,
        "yes;no;no;no;yes;"
    );
    // Texts of the site too.
    let texts = ("translations/en.yaml", &b"price: 1.10\ncode: 007\nyes: yes\n"[..]);
    assert_eq!(
        shown(&[texts], "{{ t(key=\"price\") }} {{ t(key=\"code\") }} {{ t(key=\"yes\") }}").1,
        "1.10 007 yes"
    );
}

#[test]
fn a_table_that_is_edited_between_builds() {
    let rows = "{% for row in data(path=\"s.csv\") %}{{ row.name }}:{{ row.phone }};{% endfor %}";
    let (site, page) = shown(&[("data/s.csv", b"name,phone\nOak,1\n")], rows);
    assert_eq!(page, "Oak:1;");
    site.file("data/s.csv", "name\tphone\nOak, North\t007\n\t\n");
    site.build().clean();
    assert!(site.out("page.html").contains("<main>Oak, North:007;</main>"));
}

#[test]
fn what_would_be_lost_is_told_at_its_place() {
    let faults: &[(&str, &[u8], &str, &str)] = &[
        ("twice.csv", b"name,name\nA,B\n", "error[bad-data] data/twice.csv:1:6", "named \"name\""),
        ("blank.csv", b"name, phone\nA,1\n", "warning[bad-data] data/blank.csv:1:6", "\"phone\""),
        ("ragged.csv", b"a;b\n1;2\n3;4;5\n", "error[bad-data] data/ragged.csv:3:1", "3 cells"),
        ("nameless.csv", b"a,\n1,x\n", "error[bad-data] data/nameless.csv:2:1", "no name"),
        ("wide.csv", b"\xff\xfea\0,\0b\0\n\0", "error[bad-data] data/wide.csv:1:1", "UTF-16"),
        ("old.csv", b"name\nSe\xf1or\n", "error[bad-data] data/old.csv:2:3", "Windows-1252"),
        ("twice.json", b"{\"a\": 1, \"a\": 2}", "error[bad-data] data/twice.json:1:15", "twice"),
        ("bom.yaml", "\u{feff}ñ: ñ\nb: c: d\n".as_bytes(), "error[bad-data] data/bom.yaml:2:", ""),
    ];
    let site = Site::plain();
    for (name, bytes, ..) in faults {
        site.file(&format!("data/{name}"), bytes);
    }
    let problems = site.problems();
    for (name, _, place, words) in faults {
        let found = problems.iter().find(|p| p.path == format!("data/{name}"));
        let found = found.unwrap_or_else(|| panic!("{name} is not told: {problems:?}"));
        assert!(found.place().starts_with(place) && found.message.contains(words), "{found:?}");
        assert!(!found.help.is_empty(), "{found:?}");
    }
}

#[test]
fn files_that_are_no_data_are_told_where_a_template_asks_for_them() {
    for (name, words) in
        [("x.xlsx", "CSV UTF-8"), ("x.txt", ".csv"), ("data/x.csv", "x.csv"), ("x.toml", ".yaml")]
    {
        let site = Site::plain();
        site.file("data/x.xlsx", b"PK\x03\x04")
            .file("data/x.txt", "a")
            .file("data/x.csv", "a\n1\n")
            .file("data/x.toml", "a = 1");
        site.template("page.html", &format!("{{% extends \"base.html\" %}}\n{{% block body %}}\n{{{{ data(path=\"{name}\") }}}}\n{{% endblock body %}}"));
        site.page("page.md", "title: Page", "Text.");
        let problems = site.problems();
        let found = problems
            .iter()
            .find(|p| p.path == "templates/page.html")
            .unwrap_or_else(|| panic!("{name}: {problems:?}"));
        assert!(found.line == 3 && found.message.contains(words), "{found:?}");
    }
    // What is not there is none, as the manual says.
    assert_eq!(shown(&[], "{{ data(path=\"gone.csv\") or \"none\" }}").1, "none");
}

#[test]
fn places_behind_a_byte_order_mark() {
    let site = Site::plain();
    site.template("page.html", "\u{feff}{{ nothing_here }}").page("page.md", "title: Page", "Text.");
    site.file("translations/en.yaml", "\u{feff}ñ: a\nb: [\n");
    let problems = site.problems();
    let at = |path: &str| problems.iter().find(|p| p.path == path).map(|p| (p.line, p.column));
    assert_eq!(at("templates/page.html"), Some((1, 4)), "{problems:?}");
    assert!(at("translations/en.yaml").is_some_and(|(line, _)| line >= 2), "{problems:?}");
}
