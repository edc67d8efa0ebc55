//! Diagnostics as SARIF 2.1.0, for code scanning and editors.
//!
//! One run; its rules are the codes that occur, each with its sentence. Columns count characters
//! (`columnKind: unicodeCodePoints`); the end column is one past the last character, as SARIF has it.

use super::place::{Places, positions};
use super::{Code, Diagnostic, Severity, SourceText};
use crate::source::{Position, SourcePath, url_escape};
use serde_json::{Value, json};

/// All diagnostics as one SARIF log.
pub fn render(diagnostics: &[Diagnostic], text: &dyn SourceText) -> String {
    let mut codes: Vec<Code> = diagnostics.iter().map(|d| d.code).collect();
    codes.sort();
    codes.dedup();
    let rules: Vec<Value> = codes
        .iter()
        .map(|code| json!({"id": code.name(), "shortDescription": {"text": code.about()}}))
        .collect();
    let mut results = Vec::with_capacity(diagnostics.len());
    let mut places = Places::new(text);
    for d in diagnostics {
        let place = places.of(d);
        let region = place.as_deref().map(|place| region(positions(place, d.span)));
        let mut result = json!({
            "ruleId": d.code.name(),
            "ruleIndex": codes.binary_search(&d.code).unwrap_or_default(),
            "level": level(d.severity),
            "message": {"text": message(d)},
        });
        // GitHub refuses the whole log when one result has no place.
        let start = || json!({"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1});
        let path = match &d.path {
            Some(path) => text.in_repository(path),
            None => SourcePath::new(super::SETTINGS)
                .map_or_else(|_| String::new(), |path| text.in_repository(&path)),
        };
        result["locations"] = json!([location(&path, Some(region.unwrap_or_else(start)))]);
        let related: Vec<Value> = d
            .labels
            .iter()
            .map(|label| {
                let file = places.file(&label.path);
                let region = file.map(|file| self::region(positions(&file, label.span)));
                let mut location = location(&text.in_repository(&label.path), region);
                location["message"] = json!({"text": label.message});
                location
            })
            .collect();
        if !related.is_empty() {
            result["relatedLocations"] = json!(related);
        }
        if let (Some(fix), Some(path), Some(place)) = (&d.fix, &d.path, place) {
            let replacement = json!({
                "deletedRegion": self::region(positions(&place, fix.span)),
                "insertedContent": {"text": fix.replacement},
            });
            result["fixes"] = json!([{
                "artifactChanges": [{"artifactLocation": artifact(&text.in_repository(path)), "replacements": [replacement]}],
            }]);
        }
        results.push(result);
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "Guidepost", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut out = serde_json::to_string_pretty(&log).unwrap_or_default();
    out.push('\n');
    out
}

fn message(d: &Diagnostic) -> String {
    match &d.help {
        Some(help) => format!("{}\n{help}", d.message),
        None => d.message.clone(),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn region((start, end): (Position, Position)) -> Value {
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

fn location(path: &str, region: Option<Value>) -> Value {
    let mut physical = json!({"artifactLocation": artifact(path)});
    if let Some(region) = region {
        physical["region"] = region;
    }
    json!({"physicalLocation": physical})
}

fn artifact(path: &str) -> Value {
    let mut uri = String::new();
    url_escape(path, &mut uri);
    json!({"uri": uri, "uriBaseId": "%SRCROOT%"})
}

#[cfg(test)]
mod tests {
    use super::super::place::testing::{diagnostics, files};
    use super::*;

    #[test]
    fn the_log_has_the_shape_of_the_schema() {
        let log: Value = serde_json::from_str(&render(&diagnostics(), &files())).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert!(
            rules
                .iter()
                .all(|r| r["id"].is_string() && !r["shortDescription"]["text"].as_str().unwrap().is_empty())
        );
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), 6);
        for result in results {
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
            assert!(result["message"]["text"].is_string());
        }
        let first = &results[0]["locations"][0]["physicalLocation"];
        assert_eq!(first["artifactLocation"]["uri"], "site.yaml");
        assert_eq!(first["region"]["startLine"], 1);
        let physical = &results[2]["locations"][0]["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["uri"], "content/a%20b.md");
        assert_eq!(
            physical["region"],
            json!({"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 7})
        );
        assert_eq!(
            results[3]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
            "\"Fees: pay\""
        );
        assert_eq!(results[4]["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 3);
        assert_eq!(results[4]["relatedLocations"][0]["message"]["text"], "it stands here first");
        assert_eq!(results[5]["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
    }
}
