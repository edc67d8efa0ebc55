//! Names of assets that mean nothing: in `keep_names`, and of files whose place a template takes. Told with the plan, when it is
//! known which assets there are and which templates make some.

use super::settings::Settings;
use crate::diag::{Diagnostic, Severity, closest, code};
use crate::render::{World, stylesheet};
use crate::source::{SourcePath, Span};

/// What is wrong with the names of assets; `names` are those of all layers.
pub(super) fn told(settings: &Settings, names: &[String], world: &World) -> Vec<Diagnostic> {
    let made: Vec<String> = stylesheet::all(world).into_iter().map(|(name, _)| name).collect();
    let mut found: Vec<Diagnostic> = Vec::new();
    for keep in &settings.keep_names {
        let all = || names.iter().chain(&made).map(String::as_str);
        if !all().any(|name| keep.means(name)) {
            let written = &keep.pattern;
            let message = format!("keep_names names \"{written}\", and no asset is called so.");
            let bare = written.strip_prefix("assets/").and_then(|bare| all().find(|name| *name == bare));
            let help = match bare.or_else(|| closest(written, all())) {
                Some(near) => format!("Did you mean {near}?"),
                None => "Write the path of a file below assets/, or take the name away.".to_owned(),
            };
            found.push(Diagnostic::warning(code::UNKNOWN_NAME, &keep.path, keep.span, message).help(help));
        }
    }
    found.extend(made.iter().filter_map(|name| shadowed(settings, name, world)));
    found
}

/// That a template makes the file of a name which an asset has that is as near: nobody ever sees that one.
fn shadowed(settings: &Settings, name: &str, world: &World) -> Option<Diagnostic> {
    let template = &stylesheet::template_file(world, name)?.path;
    let asset = &world.assets.get(name)?.source;
    let layer = |path: &SourcePath| {
        let theme = path.as_str().strip_prefix("themes/").and_then(|path| path.split('/').next());
        theme.map_or(0, |theme| settings.themes.iter().position(|t| t == theme).map_or(0, |at| at + 1))
    };
    if layer(asset) > layer(template) {
        return None;
    }
    let message = format!("{template} makes {name}, so this file of the same name is not used.");
    let found = Diagnostic::new(code::UNUSED_OVERRIDE, Severity::Warning, asset, Span::default(), message);
    Some(found.help(match layer(asset) == layer(template) {
        true => "Give one of the two another name, or delete it.".to_owned(),
        false => format!(
            "To take its place, put this file into the folder templates/ beside assets/ as {name}; {{% include %}} takes in the theme's own."
        ),
    }))
}
