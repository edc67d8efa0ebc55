//! `guidepost schema`: JSON Schemas for `site.yaml`, `theme.yaml`, `kinds.yaml`, front matter, data files and the texts
//! of translations, so that an editor program completes and checks them while one types.

use super::Outcome;
use super::args::SchemaArgs;
use super::opened;
use super::report::{self, count};
use crate::config::data_schema as learnt;
use crate::config::json_schema::{self as settings, LimitInfo};
use crate::diag::closest;
use crate::document::json_schema as pages;
use crate::engine::Engine;
use crate::io::Disk;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write as _;

/// The folder of the schemas, in the site's folder.
const FOLDER: &str = "schemas";

/// Runs the command.
pub fn run(args: &SchemaArgs) -> Outcome {
    let opened = match opened::open(&args.root, opened::Needs::Settings) {
        Ok(opened) => opened,
        Err(outcome) => return outcome,
    };
    let all = schemas(&opened.engine);
    if let Some(name) = &args.print {
        let Some(schema) = all.get(name.as_str()) else {
            let near = closest(name, all.keys().map(String::as_str));
            let near = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            let names: Vec<&str> = all.keys().map(String::as_str).collect();
            report::say(format_args!("There is no schema {name}.{near} There are: {}.", names.join(", ")));
            return Outcome::CouldNotRun;
        };
        // A closed output is nothing to complain about here.
        let _ = std::io::stdout().write_all(text(schema).as_bytes());
        return Outcome::Clean;
    }
    let files = &opened.session.files;
    let folder = match &args.out {
        Some(out) => std::path::absolute(out).unwrap_or_else(|_| out.clone()),
        None => files.mounts().root().join(FOLDER),
    };
    for (name, schema) in &all {
        let path = folder.join(format!("{name}.schema.json"));
        if let Err(error) = replace(files.disk.as_ref(), &path, text(schema).as_bytes()) {
            report::say(format_args!("{} could not be written: {error}.", path.display()));
            return Outcome::CouldNotRun;
        }
    }
    report::tell(format_args!("{} in {}", count(all.len(), "schema", "schemas"), folder.display()));
    report::tell(
        "The manual says how an editor program is told of them. Run this again after a change of kinds.",
    );
    Outcome::Clean
}

/// Writes a file if its bytes differ.
fn replace(disk: &dyn Disk, path: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut old = Vec::new();
    if let Ok(stat) = disk.stat_target(path)
        && disk.read(path, stat.size, &mut old).is_ok()
        && old == bytes
    {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        disk.create_folders(folder)?;
    }
    disk.write_atomic(path, bytes)
}

/// All schemas by name.
fn schemas(engine: &Engine) -> BTreeMap<String, Value> {
    let config = engine.config();
    let limits = crate::check::rules().iter().flat_map(|rule| rule.limits);
    let limits: Vec<LimitInfo> =
        limits.map(|l| LimitInfo { name: l.name, about: l.about, default: l.default }).collect();
    let lang = config.default_language();
    let mut all = BTreeMap::from([
        ("site".to_owned(), settings::site(&limits, &config.theme_declares, lang)),
        ("theme".to_owned(), settings::theme()),
        ("kinds".to_owned(), settings::kinds()),
        ("front-matter".to_owned(), pages::any_front_matter(&config.kinds, lang)),
    ]);
    for kind in config.kinds.0.values() {
        let name = format!("front-matter-{}", kind.name);
        all.insert(name, pages::front_matter(kind, &config.kinds, lang));
    }
    if let Some(world) = engine.world() {
        let texts = world
            .strings
            .keys(lang)
            .into_iter()
            .filter_map(|key| Some((key, world.strings.get(lang, lang, key, None)?)));
        all.insert("translations".to_owned(), learnt::texts(texts));
    }
    for source in engine.files_in("data/") {
        let (Ok(text), Some(file)) = (source.utf8(), source.path.as_str().strip_prefix("data/")) else {
            continue;
        };
        let value: Option<Value> = match source.path.extension().as_str() {
            "yaml" | "yml" => serde_yaml::from_str(text).ok(),
            "json" => serde_json::from_str(text).ok(),
            _ => None,
        };
        if let Some(value) = value {
            // A slash would be another folder, and `a.b.yaml` keeps its dot.
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).replace('/', "-");
            all.insert(format!("data-{stem}"), learnt::data(file, &value));
        }
    }
    all
}

fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}
