//! What other programs read: SARIF against its schema, and our own schemas against the guide.

use super::check;
use crate::support::{Run, Site};
use boon::{Compiler, Schemas};
use serde_json::Value;

/// What a schema says of a value: nothing, or its complaints.
fn validate(schema: &Value, value: &Value) -> Result<(), String> {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.add_resource("file:///schema.json", schema.clone()).unwrap();
    let index = compiler.compile("file:///schema.json", &mut schemas).unwrap();
    schemas.validate(value, index).map_err(|error| format!("{error:#}"))
}

#[test]
fn sarif_keeps_to_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../data/sarif-2.1.0.schema.json")).unwrap();
    let site = Site::bilingual();
    // A fault with a fix, one with another place, one of the whole site, one without a line, odd characters.
    site.page("ñ & co.md", "title: A", "• one\n• two\n\n[x](gone.md) [x](https://a.example)\n\n## A\n\n## A");
    site.page("b.md", "title: A", "Text with \u{1F469}\u{200D}\u{1F467} and [here](index.md).");
    site.file("content/form.pdf", "%PDF-1.4\n<< /Author (Pat Lee) >>");
    // The test's own folder may lie in a repository.
    std::fs::create_dir(site.root().join(".git")).unwrap();
    let run = check(&site, &["--format", "sarif"]);
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let uri = |r: &Value| r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    // GitHub refuses a log with one result that has no place.
    for result in results {
        assert!(result["locations"][0]["physicalLocation"]["region"]["startLine"].is_u64(), "{result:#}");
    }
    for (what, has) in [
        ("a fix", results.iter().any(|r| r.get("fixes").is_some())),
        ("another place", results.iter().any(|r| r.get("relatedLocations").is_some())),
        ("site.yaml as place of the whole", results.iter().any(|r| uri(r) == "site.yaml")),
    ] {
        assert!(has, "no result with {what}: {log:#}");
    }
    validate(&schema, &log).unwrap();
    // The schema does refuse what is none.
    let mut wrong = log.clone();
    wrong["runs"][0]["results"][0]["level"] = "bad".into();
    assert!(validate(&schema, &wrong).is_err());
}

/// Whoever shows annotations knows paths from the top of the repository.
#[test]
fn paths_count_from_the_top_of_the_repository() {
    let site = Site::plain();
    site.page("a.md", "title: A", "[x](gone.md)");
    let name = site.root().file_name().unwrap().to_string_lossy().into_owned();
    // The test's own folder may lie in a repository.
    std::fs::create_dir(site.root().join(".git")).unwrap();
    let told = |format: &str| check(&site, &["--format", format]).stdout;
    assert!(told("github").contains("::error file=content/a.md,line="), "{}", told("github"));
    std::fs::remove_dir(site.root().join(".git")).unwrap();
    std::fs::create_dir(site.beside().join(".git")).unwrap();
    assert!(
        told("github").contains(&format!("::error file={name}/content/a.md,line=")),
        "{}",
        told("github")
    );
    assert!(told("sarif").contains(&format!("\"uri\": \"{name}/content/a.md\"")), "{}", told("sarif"));
}

#[test]
fn the_guide_keeps_to_our_schemas() {
    let site = Site::guide();
    let schema = |name: &str| -> Value {
        let run = Run::of(site.command().args(["schema", "--print", name])).clean();
        serde_json::from_str(&run.stdout).unwrap()
    };
    let yaml = |text: &str| -> Value { serde_yaml::from_str(text).unwrap() };
    let read = |path: &str| std::fs::read_to_string(site.root().join(path)).unwrap();
    validate(&schema("site"), &yaml(&read("site.yaml"))).unwrap();
    validate(&schema("theme"), &yaml(&read("themes/parent-guide/theme.yaml"))).unwrap();
    validate(&schema("kinds"), &yaml(&read("themes/parent-guide/kinds.yaml"))).unwrap();
    for lang in ["en", "es", "ar"] {
        let path = format!("themes/parent-guide/translations/{lang}.yaml");
        validate(&schema("translations"), &yaml(&read(&path))).unwrap();
    }
    assert!(validate(&schema("translations"), &yaml("search: [x]")).is_err());
    let schools = "- {name: A, phone: \"1\"}\n- {name: B, phone: \"2\"}\n";
    std::fs::create_dir_all(site.root().join("data")).unwrap();
    std::fs::write(site.root().join("data/schools.yaml"), schools).unwrap();
    validate(&schema("data-schools"), &yaml(&read("data/schools.yaml"))).unwrap();
    assert!(validate(&schema("data-schools"), &yaml("- {name: A, fone: \"1\"}")).is_err());
    assert!(validate(&schema("site"), &yaml("title: A\nbrand: {color: teal}")).is_err());
    let any = schema("front-matter");
    let mut seen = 0;
    let mut of_kinds = std::collections::BTreeMap::new();
    for entry in walkdir::WalkDir::new(site.root().join("content")).into_iter().flatten() {
        if entry.path().extension().is_none_or(|e| e != "md") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let front = text.strip_prefix("---\n").unwrap().split_once("\n---").unwrap().0;
        let front = yaml(front);
        validate(&any, &front).unwrap_or_else(|error| panic!("{}: {error}", entry.path().display()));
        seen += 1;
        let kind = front["kind"].as_str().unwrap_or("page");
        let own = of_kinds.entry(kind.to_owned()).or_insert_with(|| schema(&format!("front-matter-{kind}")));
        validate(own, &front).unwrap_or_else(|error| panic!("{}: {error}", entry.path().display()));
    }
    assert!(seen > 40, "{seen}");
    // A misspelt key and a wrong value are refused.
    assert!(validate(&any, &yaml("title: A\ntitel: B")).is_err());
    assert!(validate(&any, &yaml("title: A\nreviewed: soon")).is_err());
}
