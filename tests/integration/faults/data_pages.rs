//! Pages that are made of data: one for each row, pages like any other; and what keeps a row from being one, told at the row.

use crate::support::{Problem, Site, assert_same};

const SETTINGS: &str = "title: {en: Test, es: Prueba}\ntheme: plain\nlanguages: [en, es]\nbase_url: https://x.example\n\
    kinds:\n  school:\n    label: School\n    fields:\n      phone: {type: text, label: Phone, required: true}\n      grades: {type: list of text, label: Grades}\n";

const PAGES: &str = "data_pages:\n  - data: schools.csv\n    path: schools/{id}.md\n    front_matter:\n      title: \"{name}\"\n      kind: school\n      phone: \"{phone}\"\n\
    \x20     tags: [school, \"{town}\"]\n    body: \"Call [{name}](../index.md), {district}.\\n\\n## Way\\n\\nIn {town}.\"\n";

const TABLE: &str =
    "id,name,phone,town\nLincoln,Lincoln,555-1,Oak\npark,\"Park, North\",555-2,\nÉcole,École,555-3,Elm\n";

fn site_with(pages: &str, table: &str) -> Site {
    let site = Site::bilingual();
    site.file("site.yaml", format!("{SETTINGS}district: D1\n{pages}"));
    site.file("data/schools.csv", table);
    site.page("schools/index.md", "title: Schools", "All: [Lincoln](lincoln.md#way).");
    site
}

fn site() -> Site {
    site_with(PAGES, TABLE)
}

/// What is wrong with it.
fn told(site: &Site) -> Vec<Problem> {
    site.problems().into_iter().filter(|p| p.severity != "note").collect()
}

#[test]
fn each_row_is_a_page_like_any_other() {
    let site = site();
    site.build().clean();
    let page = site.out("schools/lincoln.html");
    assert!(page.contains("Call <a href=\"../index.html\"") && page.contains(">Lincoln</a>, D1."), "{page}");
    assert!(page.contains("In Oak.") && page.contains("id=\"way\""), "{page}");
    // A cell with the sign between cells, a letter that is not ASCII, an empty cell among the tags.
    assert!(site.out("schools/park.html").contains("Park, North"));
    assert!(site.has("schools/école.html"));
    assert!(site.has("tags/oak.html") && site.has("tags/school.html"));
    for (path, part) in [
        ("sitemap.xml", "schools/lincoln.html"),
        ("print.html", "In Elm."),
        ("site-map.html", "Park, North"),
        ("a-z.html", "Lincoln"),
        ("es/schools/lincoln.html", "Esta página aún no está traducida"),
    ] {
        assert!(site.out(path).contains(part), "{path}: {part}");
    }
    let listed = crate::support::Run::of(site.command().args(["list", "--format", "json"])).json();
    let page = listed.iter().find(|page| page["path"] == "content/schools/lincoln.md").unwrap();
    assert_eq!(
        (&page["fields"]["phone"], &page["links"][0]["leads"]["page"]),
        (&"555-1".into(), &"content/index.md".into())
    );
}

#[test]
fn a_build_after_an_edit_is_the_same_as_a_fresh_one() {
    let site = site();
    site.build().clean();
    let steps: &[(&str, &str)] = &[
        ("data/schools.csv", "id,name,phone,town\nlincoln,Lincoln 2,555-1,Oak\npark,Park,555-2,\n"),
        ("data/schools.csv", "id,name,phone,town\nlincoln,Lincoln 2,555-1,Oak\nnew,New,555-4,Oak\n"),
        ("content/es/schools/new.md", "---\ntitle: Nueva\nkind: school\nphone: 1\n---\nHola.\n"),
        ("site.yaml", ""),
        ("content/schools/index.md", "---\ntitle: Schools\ndraft: true\n---\nAll.\n"),
        ("content/schools/index.md", "---\ntitle: Schools\nmember_kind: school\n---\nAll.\n"),
        ("data/schools.csv", "id,name,phone,town\n"),
        ("data/schools.csv", TABLE),
    ];
    for (path, text) in steps {
        match *path {
            "site.yaml" => site
                .file(path, format!("{SETTINGS}district: D2\n{}", PAGES.replace("In {town}", "At {town}"))),
            _ => site.file(path, text),
        };
        site.build().clean();
        let fresh = Site::copy_of(&site.root());
        fresh.build_with(&["--no-cache"]).clean();
        assert_same(&site.public(), &fresh.public());
    }
}

#[test]
fn a_file_in_the_place_of_a_row_stays_and_the_row_is_told() {
    let site = site();
    site.build().clean();
    site.page("schools/park.md", "title: Own\nkind: school\nphone: 9", "By hand.");
    let problems = told(&site);
    let all: Vec<String> = problems.iter().map(Problem::place).collect();
    assert_eq!(all, ["error[data-page] data/schools.csv:3:1"]);
    assert!(problems[0].message.contains("content/schools/park.md"), "{}", problems[0].message);
    // With the row gone the file is the page, with the file gone the row is.
    site.file("data/schools.csv", TABLE.replace("park,\"Park, North\",555-2,\n", ""));
    site.build().clean();
    assert!(site.out("schools/park.html").contains("By hand."));
    site.file("data/schools.csv", TABLE);
    site.remove("content/schools/park.md");
    site.build().clean();
    assert!(site.out("schools/park.html").contains("Park, North"));
}

#[test]
fn yaml_and_json_have_rows_too() {
    let pages = |file: &str| {
        format!(
            "data_pages:\n  data: {file}\n  path: schools/{{key}}\n  front_matter: {{title: \"{{name}}\", tags: \"{{tags}}\", kind: school, phone: \"{{phone}}\"}}\n"
        )
    };
    for (file, text) in [
        ("s.yaml", "lincoln:\n  name: Lincoln\n  tags: [a, b]\n  phone: 1\noak:\n  name: Oak\n  phone: 2\n"),
        (
            "s.json",
            "{\"lincoln\": {\"name\": \"Lincoln\", \"tags\": [\"a\", \"b\"], \"phone\": 1},\n \"oak\": {\"name\": \"Oak\", \"phone\": 2}}\n",
        ),
        (
            "s.yml",
            "- key: lincoln\n  name: Lincoln\n  tags: [a, b]\n  phone: 1\n- {key: oak, name: Oak, phone: 2}\n",
        ),
        (
            "t.json",
            "[{\"key\": \"lincoln\", \"name\": \"Lincoln\", \"tags\": [\"a\", \"b\"], \"phone\": 1}, {\"key\": \"oak\", \"name\": \"Oak\", \"phone\": 2}]",
        ),
    ] {
        let site = site_with(&pages(file), "");
        site.file(&format!("data/{file}"), text);
        site.page("schools/index.md", "title: Schools", "All: [Lincoln](lincoln.md).");
        site.build().clean();
        assert!(site.out("schools/oak.html").contains("Oak"), "{file}");
        assert!(site.has("tags/a.html") && site.has("tags/b.html"), "{file}");
    }
}

#[test]
fn what_cannot_be_a_page_is_told_at_its_place() {
    let with = |from: &str, to: &str| {
        assert!(PAGES.contains(from), "{from}");
        (PAGES.replace(from, to), TABLE.to_owned())
    };
    let rows = |table: &str| (PAGES.to_owned(), table.to_owned());
    let cases: Vec<((String, String), &str, &str, &str)> = vec![
        (
            with("schools.csv", "school.csv"),
            "error[data-page] site.yaml:13:11",
            "no file data/school.csv",
            "Did you mean schools.csv?",
        ),
        (
            with("schools.csv", "schools.xlsx"),
            "error[data-page] site.yaml:13:11",
            "data/schools.xlsx",
            "save it there as",
        ),
        (
            with("{id}", "{ids}"),
            "error[data-page] site.yaml:14:11",
            "no column \"ids\"",
            "Did you mean {id}?",
        ),
        (
            with("\"{name}\"", "\"{nmae}\""),
            "error[data-page] site.yaml:16:14",
            "no column \"nmae\"",
            "Did you mean {name}?",
        ),
        (
            with("\"{name}\"", "{name}"),
            "error[wrong-type] site.yaml:16:14",
            "`title` must be a text",
            "in quotes",
        ),
        (
            with("{id}", "all"),
            "error[bad-config] site.yaml:14:11",
            "the same for every row",
            "schools/{id}.md",
        ),
        (
            with("      title: \"{name}\"\n", ""),
            "error[missing-field] site.yaml:13:5",
            "needs `title`",
            "title: \"{name}\"",
        ),
        (
            with("    path: schools/{id}.md\n", ""),
            "error[missing-field] site.yaml:13:5",
            "needs `path`",
            "schools/{id}.md",
        ),
        (with("body:", "text:"), "error[unknown-key] site.yaml:20:5", "no key `text`", ""),
        (
            rows("id,name,phone,town\na,A,1,x\na,B,2,y\n"),
            "error[data-page] data/schools.csv:3:1",
            "two rows make the page content/schools/a.md",
            "something else",
        ),
        (
            rows("id,name,phone,town\na,A,1,x\n,B,2,y\n"),
            "error[data-page] data/schools.csv:3:1",
            "nothing in the column \"id\"",
            "Fill the cell in",
        ),
        (
            rows("id,name,phone,town\na,A,,x\n"),
            "error[missing-field] data/schools.csv:2:1",
            "in content/schools/a.md, the page of this row: ",
            "",
        ),
        (
            rows("id,name,phone,town\na,A,,x\nb,B,,x\nc,C,,x\n"),
            "error[missing-field] data/schools.csv:2:1",
            "the page of this row and of 2 others: ",
            "",
        ),
        (
            with("(../index.md)", "(../nothing.md)"),
            "error[broken-link] data/schools.csv:2:1",
            "and of 2 others: ",
            "",
        ),
    ];
    for ((pages, table), place, message, help) in cases {
        let site = site_with(&pages, &table);
        let problems = told(&site);
        let found = problems.iter().find(|p| p.place() == place);
        let all: Vec<String> =
            problems.iter().map(|p| format!("{} {} / {}", p.place(), p.message, p.help)).collect();
        let found = found.unwrap_or_else(|| panic!("{place} {message}: {all:#?}"));
        assert!(found.message.contains(message), "{place}: {message}: {}", found.message);
        assert!(found.help.contains(help), "{place}: {help}: {}", found.help);
    }
}

/// A cell says of no text whether it is a number, or true or false: the field does.
#[test]
fn cells_are_read_as_their_field_says() {
    let pages = "data_pages:\n  - data: schools.csv\n    path: schools/{id}.md\n    front_matter: {title: \"{name}\", kind: place, open: \"{open}\", seats: \"{seats}\", code: \"{code}\", order: \"{seats}\", years: [\"{seats}\"]}\n";
    let kinds = "  place:\n    label: Place\n    fields:\n      open: {type: boolean, label: Open}\n      seats: {type: integer, label: Seats}\n      code: {type: text, label: Code}\n      years: {type: list of integer, label: Years}\n";
    let site =
        site_with("", "id,name,open,seats,code\na,Yes,yes,12,007\nb,2027,false,3,no\nc,C,true,4,12.50\n");
    site.file("site.yaml", format!("{SETTINGS}{kinds}{pages}"));
    site.template("page.html", "{{ page.title }}|{{ page.fields.open }}|{{ page.fields.seats + 1 }}|{{ page.fields.code }}|{{ page.fields.years[0] + 1 }}");
    site.page("schools/index.md", "title: Schools", "All.");
    site.page("index.md", "title: S\nkind: place\nopen: yes\nseats: 1\nyears: [1]\ncode: \"x\"", "x");
    for (name, text) in [("a", "Yes|true|13|007|13"), ("b", "2027|false|4|no|4"), ("c", "C|true|5|12.50|5")] {
        let run = site.build();
        assert!(site.has(&format!("schools/{name}.html")), "{}", run.stderr);
        assert!(
            site.out(&format!("schools/{name}.html")).contains(text),
            "{}",
            site.out(&format!("schools/{name}.html"))
        );
    }
    // What is of another type is told at its row.
    site.file("data/schools.csv", "id,name,open,seats,code\na,A,perhaps,12,1\nb,B,yes,many,2\n");
    let found = told(&site);
    for (line, message) in [
        (2, "`open` must be true or false, not `perhaps`"),
        (3, "`seats` must be a whole number, not `many`"),
    ] {
        assert!(
            found
                .iter()
                .any(|p| p.line == line && p.path == "data/schools.csv" && p.message.contains(message)),
            "{message}: {found:#?}"
        );
    }
}
