//! Fields that a site's own template of a kind shows nowhere: what an editor wrote there would be lost.
//!
//! Called when the plan is made. Only templates of the site itself are looked at: a theme's are its author's, and the
//! built-in one shows all facts. A template that leaves the text of the page to the one that it extends shows what that shows.

use crate::diag::{Diagnostic, code};
use crate::render::World;
use crate::schema::Kind;
use crate::source::Span;
use crate::template::{Reads, TemplateFile, Templates};

/// The field of what is picked.
const PICKS: &str = "picks";

/// What a template is for.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Page,
    Entry,
}

/// A warning for each template and kind that loses what a page or entry has.
pub fn told(world: &World) -> Vec<Diagnostic> {
    let templates = &world.templates;
    let mut found = Vec::new();
    for kind in world.config.kinds.0.values() {
        let page = kind.template.as_deref().unwrap_or("page.html");
        for (name, of) in [(page.to_owned(), Of::Page), (format!("entries/{}.html", kind.name), Of::Entry)] {
            let file = templates.resolve(&name).and_then(|full| templates.file(full));
            found.extend(file.filter(|file| is_own(file)).and_then(|file| look(kind, file, of, world)));
        }
    }
    found
}

/// Whether any page or entry of the kind has a value of the field.
fn is_written(world: &World, kind: &Kind, field: &str, of: Of) -> bool {
    let mut nodes = world.site.trees.iter().flat_map(|tree| &tree.nodes);
    nodes.any(|node| {
        let summary = &node.document.summary;
        match of {
            Of::Page => summary.kind == kind.name && summary.fields.get(field).is_some(),
            Of::Entry => summary.entries.iter().any(|e| e.kind == kind.name && e.fields.get(field).is_some()),
        }
    })
}

fn is_own(file: &TemplateFile) -> bool {
    file.path.as_str().starts_with("templates/")
}

/// What a template reads with the files of the site that it names; none when it leaves the text to another one.
fn reads(file: &TemplateFile, templates: &Templates) -> Option<Reads> {
    let mut reads = Reads::of(&file.text);
    if !reads.variable("body") && !reads.names_key("body") || reads.variable("super") {
        return None;
    }
    for other in templates.files().values().filter(|other| is_own(other) && other.name != file.name) {
        let is_component = other.path.as_str().starts_with("templates/components/");
        if is_component && file.text.contains('<') || file.text.contains(&format!("\"{}\"", other.name)) {
            reads.add(&Reads::of(&other.text));
        }
    }
    Some(reads)
}

fn look(kind: &Kind, file: &TemplateFile, of: Of, world: &World) -> Option<Diagnostic> {
    let reads = reads(file, &world.templates)?;
    // `ui.rows` shows all facts, too; `entry[name]` may show any.
    if reads.any() || reads.names_key("facts") || reads.names_key("rows") {
        return None;
    }
    // What is picked reaches a template as `picks`, too.
    let shows = |name: &str| reads.names_key(name) || name == PICKS && reads.variable(PICKS);
    let lost = kind.fields.iter().filter(|field| field.show && !shows(&field.name));
    let lost = lost.filter(|field| is_written(world, kind, &field.name, of));
    let lost: Vec<String> = lost.map(|field| format!("`{}`", field.name)).collect();
    if lost.is_empty() {
        return None;
    }
    let message = format!(
        "This template does not show {} of the kind `{}`, so readers never see it",
        lost.join(", "),
        kind.name
    );
    let of = if of == Of::Page { "page" } else { "entry" };
    let help = format!(
        "Show all fields with {{{{ <ui.facts of={{{of}}} /> }}}}, or each fact of `{of}.facts`. Fields that readers are not to see get `show: false`."
    );
    Some(Diagnostic::warning(code::FIELD_UNSHOWN, &file.path, Span::default(), message).help(help))
}
