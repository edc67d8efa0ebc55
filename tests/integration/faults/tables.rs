//! `:::table data="schools.csv"`: a data file as a table on a page.

use crate::support::Site;

const CSV: &str = "name,phone,web,mail\nOak 10,555-0110,https://oak.example.org/a?b=1&c=2,oak@example.org\nOak 2,555-0102,www.oak2.example.org,\nÁlamo <b>,555-0199,,a@example.org\n";

/// The table on a page that holds this box, with these files.
fn table(files: &[(&str, &str)], opening: &str) -> (Site, String) {
    let site = Site::plain();
    for (path, text) in files {
        site.file(path, text);
    }
    site.page("a.md", "title: A", &format!("Before.\n\n{opening}\n:::\n\nAfter."));
    site.build().clean();
    let page = site.out("a.html");
    let start = page.find("<div class=\"table").unwrap_or_else(|| panic!("no table in {page}"));
    let end = page[start..].find("</div>").unwrap() + start;
    let made = page[start..end].to_owned();
    (site, made)
}

#[test]
fn a_file_becomes_a_table() {
    let (_, made) =
        table(&[("data/schools.csv", CSV)], ":::table data=schools.csv caption=\"Our <schools>\"");
    assert!(made.starts_with("<div class=\"table stack\"><table>\n<caption>Our &lt;schools></caption>\n<thead><tr><th scope=\"col\">name</th><th scope=\"col\">phone</th>") || made.contains("<caption>Our &lt;schools&gt;</caption>"), "{made}");
    assert_eq!(made.matches("scope=\"col\"").count(), 4, "{made}");
    assert!(made.contains("href=\"https://oak.example.org/a?b=1&amp;c=2\""), "{made}");
    assert!(made.contains("<a href=\"https://www.oak2.example.org\">www.oak2.example.org</a>"), "{made}");
    assert!(made.contains("<a href=\"mailto:oak@example.org\">oak@example.org</a>"), "{made}");
    assert!(made.contains("Álamo &lt;b&gt;") && !made.contains("<b>"), "{made}");
    assert!(made.contains("data-label=\"phone\">555-0110</td>"), "{made}");
    let order: Vec<_> = ["Oak 10", "Oak 2", "Álamo"].iter().map(|t| made.find(t)).collect();
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{made}");
    for (path, text) in [
        ("schools.yaml", "- name: Oak\n  phone: 555-0110\n- name: Elm\n  phone: 007\n  note: new\n"),
        (
            "schools.json",
            r#"[{"name": "Oak", "phone": "555-0110"}, {"name": "Elm", "phone": "007", "note": "new"}]"#,
        ),
    ] {
        let (_, made) = table(&[(&format!("data/{path}"), text)], &format!(":::table data=\"{path}\""));
        let heads: Vec<_> = ["name</th>", "phone</th>", "note</th>"].iter().map(|t| made.find(t)).collect();
        assert!(heads.iter().all(Option::is_some) && heads.is_sorted(), "{made}");
        assert!(made.contains(">007</td>") && made.contains("data-label=\"note\"></td>"), "{made}");
    }
}

#[test]
fn columns_and_order_are_chosen() {
    let files = [("data/schools.csv", CSV)];
    let (_, made) = table(&files, ":::table data=schools.csv columns=\"Phone, name\" sort=name");
    assert!(made.find("phone</th>") < made.find("name</th>") && !made.contains("web</th>"), "{made}");
    assert!(made.starts_with("<div class=\"table\">"), "{made}");
    let order = |made: &str, texts: &[&str]| {
        let found: Vec<_> = texts.iter().map(|t| made.find(t)).collect();
        assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{texts:?}: {made}");
    };
    order(&made, &["Álamo", "Oak 2", "Oak 10"]);
    let (_, made) = table(&files, ":::table data=schools.csv sort=\"-name\"");
    order(&made, &["Oak 10", "Oak 2", "Álamo"]);
    // What has no value comes last, also backwards.
    for sort in ["mail", "-mail"] {
        let (_, made) = table(&files, &format!(":::table data=schools.csv sort={sort}"));
        assert!(
            made.find("Oak 2") > made.find("Álamo") && made.find("Oak 2") > made.find("Oak 10"),
            "{made}"
        );
    }
}

#[test]
fn an_edit_of_the_file_makes_the_page_again() {
    let (site, _) = table(&[("data/schools.csv", CSV)], ":::table data=schools.csv");
    site.page("b.md", "title: B", "Text.");
    site.build().clean();
    site.file("data/schools.csv", CSV.replace("555-0102", "555-7777"));
    let run = site.build_with(&["--stats", "--format", "json"]);
    assert!(site.out("a.html").contains("555-7777"));
    // The page, the print page that holds it, and what the search finds in it.
    assert!(run.count("rendered") <= 2 && run.count("written") <= 5, "{}", run.stdout);
    site.remove("data/schools.csv");
    site.build().failed();
    // A file that comes is suggested, and one that is named is shown.
    site.file("data/school.csv", CSV);
    let found = site.problems();
    assert!(found.iter().any(|p| p.code == "bad-table" && p.help.contains("school.csv")), "{found:#?}");
    site.file("data/schools.csv", CSV);
    site.build().clean();
    assert!(site.out("a.html").contains("555-0102"));
}

#[test]
fn what_cannot_be_is_told_at_the_line() {
    for (opening, message, help) in [
        (":::table data=schols.csv", "no table \"schols.csv\"", "schools.csv"),
        (":::table data=data/schools.csv", "no table \"data/schools.csv\"", "counts from the folder data"),
        (":::table data=schools.xlsx", "no table \"schools.xlsx\"", "CSV"),
        (":::table data=schools.csv columns=\"name, fone\"", "no column \"fone\"", "phone"),
        (":::table data=schools.csv sort=\"-fone\"", "no column \"fone\"", "phone"),
        (":::table data=schools.csv colums=name", "no setting \"colums\"", "columns"),
        (":::table", "does not say which file", "data=\"schools.csv\""),
        (":::table data=one.yaml", "is no list of rows", "CSV"),
        (":::table data=words.json", "is no list of rows", "CSV"),
    ] {
        let site = Site::plain();
        site.file("data/schools.csv", CSV)
            .file("data/one.yaml", "name: Oak\n")
            .file("data/words.json", "[\"a\"]");
        site.page("a.md", "title: A", &format!("Before.\n\n{opening}\nInner text.\n:::\n\nAfter."));
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.code == "bad-table").collect();
        assert_eq!(told.len(), 1, "{opening}: {found:#?}");
        assert!(
            told[0].path == "content/a.md" && told[0].line == 7 && told[0].severity == "error",
            "{told:#?}"
        );
        assert!(told[0].message.contains(message) && told[0].help.contains(help), "{told:#?}");
    }
}

#[test]
fn a_theme_may_have_a_table_of_its_own() {
    let site = Site::plain();
    site.file("data/s.csv", "a\n1\n");
    site.template(
        "components/table.html",
        "{% component table(data) %}<p>own {{ data }}</p>{% endcomponent table %}",
    );
    site.page("a.md", "title: A", ":::table data=s.csv\n:::");
    site.build().clean();
    assert!(site.out("a.html").contains("<p>own s.csv</p>"), "{}", site.out("a.html"));
}
