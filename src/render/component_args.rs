//! What a page hands to a component, in the types that the component declares.
//!
//! In a page every value is a text. A component says of which type an argument is, as in `columns: integer`, or by its default, as in
//! `columns=2`: then the text is read as that, and what cannot be is told where it is written. Called by `body`.

use crate::diag::{Diagnostic, code};
use crate::document::ComponentPlaceholder;
use crate::schema::scalar;
use crate::source::SourcePath;
use tera::value::ValueKind;
use tera::{ComponentArg, ComponentArgType, Context, Tera, Value};

/// The arguments of a component in the page at `path`; the first that does not fit is told.
pub(super) fn given(
    tera: &Tera,
    name: &str,
    component: &ComponentPlaceholder,
    path: &SourcePath,
) -> Result<Context, Box<Diagnostic>> {
    let mut args = Context::new();
    if component.args.is_empty() {
        return Ok(args);
    }
    let info = tera.get_component_definition(name);
    for (key, text) in &component.args {
        let declared = info.as_ref().and_then(|info| info.args().iter().find(|arg| *arg.name() == **key));
        let wanted = declared.and_then(wanted);
        let value = match wanted {
            Some(wanted) => read(wanted, text).ok_or_else(|| {
                let message = format!(
                    "\"{key}\" of the component \"{}\" must be {}, not \"{text}\".",
                    component.name,
                    called(wanted)
                );
                let help = format!("Write {key}=\"{}\".", example(wanted));
                Box::new(Diagnostic::error(code::WRONG_TYPE, path, component.span, message).help(help))
            })?,
            None => Value::from(text.as_ref()),
        };
        args.insert_value(key.to_string(), value);
    }
    Ok(args)
}

/// The type of an argument, where it is another than a text.
fn wanted(arg: &ComponentArg) -> Option<ComponentArgType> {
    let of_default = || {
        Some(match arg.default()?.kind() {
            ValueKind::Bool => ComponentArgType::Bool,
            ValueKind::I64 | ValueKind::U64 | ValueKind::I128 | ValueKind::U128 => ComponentArgType::Integer,
            ValueKind::F64 => ComponentArgType::Float,
            ValueKind::Array => ComponentArgType::Array,
            _ => return None,
        })
    };
    let wanted = arg.arg_type().or_else(of_default)?;
    use ComponentArgType::{Array, Bool, Float, Integer, Number};
    matches!(wanted, Bool | Integer | Float | Number | Array).then_some(wanted)
}

fn read(wanted: ComponentArgType, text: &str) -> Option<Value> {
    let text = text.trim();
    match wanted {
        ComponentArgType::Bool => scalar::boolean(text).ok().map(Value::from),
        ComponentArgType::Integer => text.parse::<i64>().ok().map(Value::from),
        ComponentArgType::Array => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Some(Value::from(items.map(Value::from).collect::<Vec<_>>()))
        }
        ComponentArgType::Number => {
            let whole = text.parse::<i64>().ok().map(Value::from);
            whole.or_else(|| text.parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::from))
        }
        _ => text.parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::from),
    }
}

fn called(wanted: ComponentArgType) -> &'static str {
    match wanted {
        ComponentArgType::Bool => "true or false",
        ComponentArgType::Integer => "a whole number",
        ComponentArgType::Array => "a list with commas",
        _ => "a number",
    }
}

fn example(wanted: ComponentArgType) -> &'static str {
    match wanted {
        ComponentArgType::Bool => "true",
        ComponentArgType::Integer => "3",
        ComponentArgType::Array => "one, two",
        _ => "2.5",
    }
}
