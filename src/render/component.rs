//! What the components of a theme make of a page's text: in containers and alerts, and in lines.
//!
//! Called by `body` with the text that stands in the component, already filled. What cannot be shown is told, and its text stays.

use super::body::Fill;
use super::headings::in_html;
use super::trail::Step;
use super::unlink;
use crate::diag::{Diagnostic, closest, code};
use crate::document::{ComponentPlaceholder, Document, Form};
use crate::source;
use tera::{Context, Value};

impl Fill<'_> {
    /// Writes the component, whose text is `inner`.
    pub(super) fn component(&mut self, component: &ComponentPlaceholder, inner: &str, out: &mut String) {
        let world = self.reader.unrecorded().clone();
        let name = component.name.replace('-', "_");
        if !self.reader.component(&name) && world.templates.is_broken_component(&name) {
            // The fault of its file was told when that was loaded.
            self.reader.component("");
            out.push_str(inner);
            return;
        }
        if name == "table" && component.form == Form::Block && !self.reader.component(&name) {
            if let Err(found) = super::data_table::write(self.reader, self.document, component, out) {
                self.reader.report(*found);
            }
            out.push_str(inner);
            return;
        }
        if name == "table" && !self.reader.component(&name) {
            self.tell_block(component, "<table>");
            out.push_str(inner);
            return;
        }
        if !self.reader.component(&name) {
            // A suggestion depends on which components there are.
            self.reader.component("");
            let names = world.templates.component_names().map(|n| n.replace('_', "-")).collect::<Vec<_>>();
            let mut found = Diagnostic::error(
                code::UNKNOWN_COMPONENT,
                &self.document.path,
                component.span,
                format!("The theme has no component \"{}\".", component.name),
            );
            found = match closest(&component.name, names.iter().map(String::as_str)) {
                Some(near) => found.help(format!("Did you mean {}?", called(component, near))),
                None => found
                    .help("The manual lists the components; a new one is a file in templates/components/."),
            };
            self.reader.report(found);
            let (before, after) = match component.form {
                Form::Block => ("<div>", "</div>"),
                Form::InLine => ("", ""),
            };
            out.extend([before, inner, after]);
            return;
        }
        let Some(tera) = self.reader.tera() else { return };
        let args = match super::component_args::given(tera, &name, component, &self.document.path) {
            Ok(args) => args,
            Err(found) => {
                self.reader.report(*found);
                out.push_str(inner);
                return;
            }
        };
        let reads = self.reader.made_for(&format!("<{name}>"));
        let mut implicits = Context::new();
        implicits.insert_value("page", self.page_value());
        implicits.insert_value("lang", Value::from(self.reader.lang_code()));
        let before = self.reader.set_beside(Some(self.document.path.clone()));
        let _going = self.reader.go(Step::Component(component.name.to_string()));
        let made = super::bounded(inner.len() + 1024, |out| {
            tera.render_component_with_implicits_to(&name, &args, &implicits, Some(inner), true, out)
        });
        self.reader.set_beside(before);
        self.reader.set_reads(reads);
        match made {
            Ok(html) => {
                let html = unlink::unlinked(html);
                let html = String::from_utf8_lossy(&html);
                self.tell_block(component, &html);
                self.note_headings(&html);
                out.push_str(html.trim());
            }
            Err(error) => {
                // A file that the page names is wrong where it is written; everything else is the component's fault.
                let written = |found: &Diagnostic| {
                    let names = |value: &str| found.message.contains(&format!("\"{value}\""));
                    found.code == code::MISSING_ASSET && component.args.iter().any(|(_, value)| names(value))
                };
                let placed = crate::template::placed(&error, &world.templates);
                self.reader.report(match placed.filter(|found| !written(found)) {
                    Some(found) => found.label(&self.document.path, component.span, "used here"),
                    None => component_error(self.document, component, &error),
                });
                out.push_str(inner);
            }
        }
    }

    /// Takes the headings into the outline that the component wrote, and not the page.
    fn note_headings(&mut self, html: &str) {
        for heading in in_html(html) {
            let is_own = self.document.summary.anchors.iter().any(|id| *id == *heading.id);
            if !is_own && !self.headings.iter().any(|known| known.id == heading.id) {
                self.headings.push(heading);
            }
        }
    }

    /// Tells of a component in a line that makes a block: browsers would end the paragraph before it.
    fn tell_block(&self, component: &ComponentPlaceholder, html: &str) {
        if component.form == Form::Block {
            return;
        }
        let names = source::html::opened(html).map(|tag| tag.name().into_owned());
        let block = names.into_iter().find(|name| source::html::ENDS_PARAGRAPH.contains(&name.as_str()));
        if let Some(block) = block {
            let name = &component.name;
            let message =
                format!("The component \"{name}\" makes a block, <{block}>, which cannot stand in a line.");
            let help = format!(
                "Write :::{name} on a line of its own, its text on the next ones, and ::: on a line behind them. A component for \
                 lines makes <span> and the like."
            );
            let found =
                Diagnostic::error(code::INLINE_COMPONENT, &self.document.path, component.span, message);
            self.reader.report(found.help(help));
        }
    }
}

fn component_error(document: &Document, component: &ComponentPlaceholder, error: &tera::Error) -> Diagnostic {
    let text = error.to_string();
    let name = &component.name;
    let names = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let (why, help) = match text.split_once("Possible argument(s) are") {
        // What tera says of it is said to whoever wrote the template; this is an editor's line.
        Some((given, possible)) if given.contains("Unknown argument") => {
            let (given, possible) = (names(given), names(possible));
            let near = given.first().and_then(|key| closest(key, possible.iter().map(String::as_str)));
            let why = format!("it has no setting \"{}\"", given.join("\", \""));
            let help = match near {
                Some(near) => format!("Did you mean {near}=\"…\"?"),
                None => format!("Its settings are {}.", possible.join(", ")),
            };
            (why, help)
        }
        _ => {
            let help = format!(
                "Check the arguments written after its name, as in {}.",
                called(component, "name key=\"value\"")
            );
            (text.replace('`', "\"").trim_end_matches('.').to_owned(), help)
        }
    };
    let message = format!("The component \"{name}\" cannot be shown: {why}.");
    Diagnostic::error(code::UNKNOWN_COMPONENT, &document.path, component.span, message).help(help)
}

/// How a component of that name is called where this one stands.
fn called(component: &ComponentPlaceholder, name: &str) -> String {
    match component.form {
        Form::Block => format!(":::{name}"),
        Form::InLine => format!("{{:{name}}}"),
    }
}
