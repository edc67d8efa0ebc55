//! `remote-in-theme`: something that a stylesheet, a template, a script or a setting loads from another host.

use crate::check::file::AssetInput;
use crate::check::remote;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::config::yaml::{self, Node, NodeValue};
use crate::diag::{Severity, code};
use crate::source::Span;
use crate::source::address::{self, Address};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::REMOTE_IN_THEME,
    group: Group::Privacy,
    severity: Severity::Error,
    title: "A theme that loads something from another host",
    explanation: "A font, style or script from another host tells that host of every visit to every page. The guide \
        promises that nothing leaves the page. Copy the file into the `assets` folder (mind its license) and name it there. \
        Looked at are stylesheets, templates and scripts, files beside pages, and `theme: settings:` in `site.yaml`.",
    bad: "@import url(\"https://fonts.example.com/font.css\");\n",
    good: "@font-face { font-family: Guide; src: url(fonts/guide.woff2) }\n",
    check: Check::Asset(check),
    ..RuleInfo::DEFAULT
};

const HELP: &str = "Copy the file into the assets folder (mind its license) and name it here.";

fn check(asset: &AssetInput<'_>, out: &mut Findings<'_>) {
    let read = match asset.path.extension().as_str() {
        "css" => remote::in_style,
        "html" | "htm" | "svg" => remote::in_markup,
        "js" | "mjs" => remote::in_script,
        "yaml" if asset.path.as_str() == "site.yaml" => return settings(asset, out),
        _ => return,
    };
    // Most files name no other host at all.
    if memchr::memmem::find(asset.bytes, b"//").is_none() {
        return;
    }
    let Ok(text) = std::str::from_utf8(asset.bytes) else { return };
    for found in read(text) {
        let span = Span::new(found.range.start, found.range.end);
        let message = match found.by.as_str() {
            "a script" => format!("this script would load something from `{}`", found.host),
            by => format!("this `{by}` would be loaded from `{}`", found.host),
        };
        out.push(out.at(span, message).help(HELP));
    }
}

/// Names under which a theme is told what to load.
const LOADED: &[&str] = &[
    "script",
    "style",
    "css",
    "font",
    "image",
    "picture",
    "photo",
    "logo",
    "icon",
    "video",
    "audio",
    "analytics",
    "background",
    "src",
    "frame",
    "embed",
];

/// Files that pages show or run.
const SHOWN: &[&str] = &[
    "css", "js", "mjs", "woff", "woff2", "ttf", "otf", "eot", "png", "jpg", "jpeg", "gif", "svg", "webp",
    "avif", "ico", "mp4", "webm", "mp3", "ogg", "wasm",
];

/// Free settings that a theme would make a resource of: by the name of the setting or of the file.
fn settings(asset: &AssetInput<'_>, out: &mut Findings<'_>) {
    let Ok(text) = std::str::from_utf8(asset.bytes) else { return };
    if !text.contains("//") {
        return;
    }
    let node = yaml::parse(asset.path, text, 0).value;
    if let Some(settings) =
        node.as_ref().and_then(|node| node.get("theme")).and_then(|theme| theme.get("settings"))
    {
        walk(settings, false, out);
    }
}

fn walk(node: &Node, named: bool, out: &mut Findings<'_>) {
    match &node.value {
        NodeValue::Map(entries) => {
            for (key, inner) in entries {
                let name = key.text.to_ascii_lowercase();
                walk(inner, named || LOADED.iter().any(|word| name.contains(word)), out);
            }
        }
        NodeValue::List(items) => items.iter().for_each(|item| walk(item, named, out)),
        NodeValue::Scalar { text, .. } => {
            if let Address::Remote { host, .. } = address::of(text.trim())
                && (named || SHOWN.contains(&address::extension(text.trim()).as_str()))
            {
                let message = format!("the theme would load this from `{host}`");
                out.push(out.at_level(Severity::Warning, node.span, message).help(HELP));
            }
        }
        NodeValue::Null | NodeValue::Broken => {}
    }
}
