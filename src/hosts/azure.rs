//! Azure Static Web Apps: `staticwebapp.config.json`, of 20 KB at most.

use super::{FRESH, Files, LASTING, Lasting, POLICY, Site};
use serde_json::{Value, json};

/// Maximum size of the file, in bytes, with room for the policy of the pages.
const MAX_FILE_BYTES: usize = 20 * 1024 - 1024;
/// Maximum size of a site without cost, in bytes.
const MAX_FREE_BYTES: u64 = 250 << 20;

pub(super) fn files(site: &Site) -> Files {
    let mut files = Files::default();
    let mut routes: Vec<Value> = vec![json!({"route": site.path(".guidepost-outputs"), "statusCode": 404})];
    for lasting in &site.lasting {
        let path = match lasting {
            Lasting::Folder(folder) => format!("{folder}*"),
            // One rule for each would fill the file; folders are what counts.
            Lasting::File(_) => continue,
        };
        routes.push(json!({"route": site.path(&path), "headers": {"Cache-Control": LASTING}}));
    }
    let fixed = routes.len();
    let mut left = 0;
    let mut size = written(site, &routes).len();
    for redirect in &site.redirects {
        let to = site.path(super::shown(&redirect.to, false));
        // The service takes a folder and its index for one.
        let rules: Vec<Value> = Site::asked(redirect)
            .into_iter()
            .map(|from| json!({"route": site.path(from), "redirect": to, "statusCode": 301}))
            .collect();
        let more: usize = rules.iter().map(|rule| rule.to_string().len() + 8).sum();
        if size + more > MAX_FILE_BYTES {
            left += 1;
            continue;
        }
        size += more;
        routes.extend(rules);
    }
    // The first that fits counts: what is exact stands before patterns.
    routes.rotate_left(fixed);
    files.add("staticwebapp.config.json", written(site, &routes));
    if left > 0 {
        files.limit(
            format!(
                "{left} of {} old addresses have no rule: Azure takes a file of 20 KB at most.",
                site.redirects.len()
            ),
            "Those that are left keep their redirect page, which leads on all the same.",
        );
    }
    if site.bytes > MAX_FREE_BYTES {
        files.limit(
            format!(
                "The files beside the pages are {} MB; Azure takes sites of 250 MB without cost, and of 500 MB in all.",
                site.bytes >> 20
            ),
            "Publish large files, such as films, somewhere else, and link to them.",
        );
    }
    site.only_at_top("staticwebapp.config.json", &mut files);
    files
}

/// The file, a rule on each line: the policy has a line of its own.
fn written(site: &Site, routes: &[Value]) -> String {
    let routes: Vec<String> = routes.iter().map(|route| format!("    {route}")).collect();
    let types: serde_json::Map<String, Value> =
        site.known_types().map(|(extension, kind)| (format!(".{extension}"), kind.into())).collect();
    let mut text = format!("{{\n  \"routes\": [\n{}\n  ],\n", routes.join(",\n"));
    text.push_str("  \"globalHeaders\": {\n");
    text.push_str(&format!("    \"Content-Security-Policy\": \"{POLICY}\",\n"));
    text.push_str(&format!(
        "    \"Cache-Control\": \"{FRESH}\",\n    \"X-Content-Type-Options\": \"nosniff\"\n  }},\n"
    ));
    if site.not_found {
        let rule = json!({"404": {"rewrite": site.path("404.html")}});
        text.push_str(&format!("  \"responseOverrides\": {rule},\n"));
    }
    text.push_str(&format!("  \"mimeTypes\": {}\n}}\n", Value::Object(types)));
    text
}
