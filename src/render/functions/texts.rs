//! Texts and days for templates: `t()` and `date()`.
//!
//! Called by `functions`, and by whoever names a page that Guidepost makes.

use super::super::fact::{Fact, FactKind};
use super::super::folder_memo::folder_memo;
use super::super::missing;
use super::super::reader::Reader;
use super::arguments::{called, is_own, whole};
use crate::diag::{Diagnostic, Severity, closest, code};
use crate::site::{LangIndex, path_hash};
use crate::template::{placeholders, refused};
use std::collections::BTreeSet;
use tera::{Error, Kwargs, TeraResult, Value};

/// `t()`: a text of the view's language, or of another one, with its places filled.
pub(super) fn translate(r: &Reader, k: &Kwargs) -> TeraResult<Value> {
    let key = k.must_get::<&str>("key")?;
    let n = k.get::<&Value>("n")?.and_then(whole);
    let lang = language(r, "t", k)?;
    let kind = k.get::<&str>("kind")?;
    if let Some(kind) = kind {
        super::kind_named(r, "t", kind)?;
    }
    let more = k.iter().any(|(name, _)| name.as_str().is_some_and(|name| !is_own("t", name)));
    let hash = path_hash(key);
    let is_plain = n.is_none() && kind.is_none() && !more;
    if is_plain && let Some(text) = folder_memo(r, |memo| memo.texts.get(&(lang, hash)).cloned()) {
        r.record(Fact { kind: FactKind::Text, lang, part: 0, name: hash });
        return Ok(text);
    }
    let text = match kind {
        Some(kind) => text_for(r, lang, key, kind, n),
        None => r.text(lang, key, n).map(str::to_owned),
    };
    let text = text.ok_or_else(|| no_text(r, key))?;
    if more {
        no_place(r, lang, key, kind, k)?;
    }
    let places = placeholders(&text);
    let asks = more || given(k, "n")?.is_some();
    let world = r.unrecorded();
    let default = world.config.default_language();
    let plural = given(k, "n")?.is_none() && world.strings.is_plural(world.lang_code(lang), default, key);
    if plural {
        let help = format!("Write t(key=\"{key}\", n=…): which form is right depends on the number.");
        unfilled(r, asks, key, "the text has plural forms, and no n is given", help)?;
    } else {
        for place in &places {
            let value = given(k, place)?;
            if value.is_none() {
                let why = format!("the text has the place {{{place}}}, and no such argument is given");
                let help = format!(
                    "Write t(key=\"{key}\", {place}=…). Where a script fills it in, write {place}=\"{{{place}}}\"."
                );
                unfilled(r, asks, key, &why, help)?;
            } else if value.is_some_and(|value| value.is_none() || value.is_undefined()) {
                let why = format!("the text has the place {{{place}}}, and what is given for it is nothing");
                let help = format!(
                    "Write a fallback, such as {place}=x or \"\", or ask first whether there is a value."
                );
                return Err(refused(format!("t(key=\"{key}\"): {why}"), help));
            }
        }
    }
    if !places.is_empty() {
        let value = |name: &str| k.get::<&Value>(name).ok().flatten().map(Value::to_string);
        return Ok(Value::from(crate::template::fill(&text, &value)));
    }
    let text = Value::from(text);
    if is_plain && !plural {
        folder_memo(r, |memo| memo.texts.insert((lang, hash), text.clone()));
    }
    Ok(text)
}

fn given<'k>(k: &'k Kwargs, name: &'k str) -> TeraResult<Option<&'k Value>> {
    k.get(name)
}

/// That a place of a text is not filled: readers would see its name. Who gives nothing at all may hand the text to a script,
/// as older themes do.
fn unfilled(r: &Reader, is_error: bool, key: &str, why: &str, help: String) -> TeraResult<()> {
    let message = format!("t(key=\"{key}\"): {why}");
    if is_error {
        return Err(refused(message, help));
    }
    let message = format!("{message}.");
    let found = match r.unrecorded().templates.place_of("key", key) {
        Some((path, span)) => Diagnostic::warning(code::MISSING_TEXT, &path, span, message),
        None => Diagnostic::site(code::MISSING_TEXT, Severity::Warning, message),
    };
    r.report(found.help(help));
    Ok(())
}

/// That no language has a text, with the key that is meant.
fn no_text(r: &Reader, key: &str) -> Error {
    let world = r.unrecorded();
    let known = world.strings.keys(world.config.default_language());
    let near = closest(key, known.iter().copied());
    let near = near.map_or_else(String::new, |near| {
        // When that one is gone, something else is to be said.
        r.text(0, near, None);
        format!("; did you mean \"{near}\"?")
    });
    Error::message(format!("t(key=\"{key}\"): no language has this text{near}"))
}

/// Says so when an argument fills no place: neither in the text nor in that of another language.
fn no_place(r: &Reader, lang: LangIndex, key: &str, kind: Option<&str>, k: &Kwargs) -> TeraResult<()> {
    let world = r.unrecorded();
    let default = world.config.default_language();
    let keys = [Some(key.to_owned()), kind.map(|kind| format!("{key}.{kind}"))];
    let places = |lang: LangIndex| {
        let code = world.lang_code(lang);
        let keys = keys.iter().flatten();
        keys.flat_map(|key| world.strings.places(code, default, key)).collect::<BTreeSet<String>>()
    };
    let own = places(lang);
    let extra = k.iter().filter_map(|(name, _)| name.as_str()).filter(|name| !is_own("t", name));
    for name in extra.filter(|name| !own.contains(*name)) {
        // A translation may do without a name that the others have.
        let mut all = own.clone();
        for lang in 0..world.config.languages.len() {
            let lang = lang as LangIndex;
            keys.iter().flatten().for_each(|key| r.record(Fact::new(FactKind::Text, lang, key)));
            all.extend(places(lang));
        }
        if all.contains(name) {
            continue;
        }
        let own = ["lang", "kind", "n"];
        let help = match closest(name, all.iter().map(String::as_str).chain(own)) {
            Some(near) => format!("Did you mean {near}?"),
            None if all.is_empty() => "Take the argument out, or write the place into the text.".to_owned(),
            None => {
                format!("The text has the places {}.", all.iter().cloned().collect::<Vec<_>>().join(", "))
            }
        };
        return Err(refused(format!("t(key=\"{key}\"): the text has no place {{{name}}}"), help));
    }
    Ok(())
}

/// The language that a call asks for; without one, that of the view.
pub(super) fn language(r: &Reader, function: &str, k: &Kwargs) -> TeraResult<LangIndex> {
    let Some(code) = k.get::<&str>("lang")? else { return Ok(r.lang) };
    let languages = &r.unrecorded().config.languages;
    if let Some(found) = languages.iter().position(|l| l.code == code) {
        return Ok(found as LangIndex);
    }
    let codes: Vec<&str> = languages.iter().map(|l| l.code.as_str()).collect();
    let message = format!("{function}(lang=\"{code}\"): the site has no language \"{code}\"");
    Err(refused(
        message,
        format!(
            "Languages of the site: {}. Most often lang=lang or lang=text_lang is meant.",
            codes.join(", ")
        ),
    ))
}

/// A text that may be another one for each kind: `key.kind` in the language, else `key`. `{kind}` and `{kinds}` in it are the
/// names of one and of many.
pub(in super::super) fn text_for(
    r: &Reader,
    lang: LangIndex,
    key: &str,
    kind: &str,
    n: Option<i64>,
) -> Option<String> {
    let world = r.unrecorded();
    let code = world.lang_code(lang);
    let own = format!("{key}.{kind}");
    let both = [r.text(lang, &own, n), r.text(lang, key, n)];
    let has = |key: &str| world.strings.has(code, key);
    // A text of the language about any kind is better than one of another language about this kind.
    let text = if !has(&own) && has(key) { both[1] } else { both[0].or(both[1]) }?;
    let kind = world.config.kinds.get(kind)?;
    Some(crate::template::fill(text, &|name| match name {
        "kind" => Some(kind.label.get(code).to_owned()),
        "kinds" => Some(kind.plural.get(code).to_owned()),
        _ => None,
    }))
}

/// `date()`: a day in words.
pub(super) fn date(r: &Reader, k: &Kwargs) -> TeraResult<Value> {
    match k.get::<&Value>("value")? {
        Some(value) => day(r, value, k),
        None => Ok(Value::none()),
    }
}

/// A value as a day in words; nothing stays nothing.
pub(super) fn day(r: &Reader, value: &Value, k: &Kwargs) -> TeraResult<Value> {
    if value.is_none() || value.is_undefined() {
        return Ok(Value::none());
    }
    let lang = language(r, "date", k)?;
    let Some(written) = value.as_str() else {
        let message = format!("date(): a day is a text such as 2027-03-01, and this is {}", called(value));
        return Err(refused(
            message,
            "Write date(value=page.reviewed), or the filter: page.reviewed | date.",
        ));
    };
    if !written.is_empty() && written.parse::<jiff::civil::Date>().is_err() {
        let help = "Write a day as 2027-03-01: the year, the month and the day.";
        return Err(refused(format!("date(): \"{written}\" is no day"), help));
    }
    if k.get::<bool>("weekday")?.unwrap_or(false) {
        return Ok(Value::from(with_weekday(r, lang, written)?));
    }
    Ok(Value::from(date_in(r, lang, written)))
}

/// The day of the week and the day.
fn with_weekday(r: &Reader, lang: LangIndex, iso: &str) -> TeraResult<String> {
    let Ok(day) = iso.parse::<jiff::civil::Date>() else { return Ok(iso.to_owned()) };
    let key = format!("weekday_{}", day.weekday().to_monday_one_offset());
    let weekday = r.text(lang, &key, None).ok_or_else(|| no_text(r, &key))?;
    let format = r.text(lang, "date_weekday", None).ok_or_else(|| no_text(r, "date_weekday"))?;
    Ok(crate::template::fill(format, &|name| match name {
        "weekday" => Some(weekday.to_owned()),
        "date" => Some(date_in(r, lang, iso)),
        _ => None,
    }))
}

/// A day in the words of a language: UI strings `date_format` and `month_1` to `month_12`.
pub(in super::super) fn date_in(r: &Reader, lang: LangIndex, iso: &str) -> String {
    let Ok(day) = iso.parse::<jiff::civil::Date>() else { return iso.to_string() };
    let month = r.text(lang, &format!("month_{}", day.month()), None).map(str::to_string);
    match (month, r.text(lang, "date_format", None)) {
        (Some(month), Some(format)) => crate::template::fill(format, &|name| match name {
            "day" => Some(day.day().to_string()),
            "month" => Some(month.clone()),
            "year" => Some(day.year().to_string()),
            _ => None,
        }),
        (month, _) => {
            let key =
                if month.is_some() { "date_format".to_owned() } else { format!("month_{}", day.month()) };
            missing::text(r, lang, &key, "days in words");
            iso.to_string()
        }
    }
}
