//! `guidepost search`: what families find in the guide, as they get it in the browser.
//!
//! With `--missing` it asks a whole list of questions and tells which find nothing.

use super::Outcome;
use super::args::SearchArgs;
use super::opened;
use super::report::{self, count};
use crate::engine::Engine;
use crate::plan::Job;
use crate::search::{Answer, Search, text};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Maximum number of answers that are looked at for the address that should be found.
const MAX_ANSWERS: usize = 3;

/// Runs the command.
pub fn run(args: &SearchArgs) -> Outcome {
    let mut opened = match opened::open_published(&args.root, opened::Needs::Pages) {
        Ok(opened) => opened,
        Err(outcome) => return outcome,
    };
    let config = opened.engine.config().clone();
    let lang = args.lang.clone().unwrap_or_else(|| config.default_language().to_owned());
    let files: BTreeMap<String, String> =
        opened.engine.search_files().map(|(name, script)| (name.to_owned(), text(script))).collect();
    let load = |name: &str| files.get(name).cloned();
    let Some(search) = Search::open(&lang, &load) else {
        let known: Vec<&str> = config.languages.iter().map(|l| l.code.as_str()).collect();
        report::say(match config.outputs.search {
            true => {
                format!("There is no search in {lang}. The languages of this site: {}.", known.join(", "))
            }
            false => "The search is switched off below outputs in site.yaml.".to_owned(),
        });
        return Outcome::CouldNotRun;
    };
    let Some(list) = &args.missing else {
        let query = args.words.join(" ");
        let answer = search.find(&query, true, args.limit).unwrap_or_default();
        let shown = if args.addresses { addresses(&answer) } else { told(&query, &answer) };
        report::tell(shown.trim_end());
        return Outcome::Clean;
    };
    let lines = match std::fs::read_to_string(list) {
        Ok(lines) => lines,
        Err(error) => {
            report::say(format_args!("{} cannot be read: {error}.", list.display()));
            return Outcome::CouldNotRun;
        }
    };
    let leads = |address: &str| leads_to(address, &opened.engine);
    report::tell(missing(&lines, &search, &leads).trim_end());
    Outcome::Clean
}

fn addresses(answer: &Answer) -> String {
    let mut out = String::new();
    for found in &answer.results {
        let _ = writeln!(out, "{}", found.address);
    }
    if answer.help {
        out.push_str("help\n");
    }
    out
}

/// The answer for a person.
fn told(query: &str, answer: &Answer) -> String {
    let mut out = String::new();
    for (typed, taken) in &answer.instead {
        let _ = writeln!(out, "No page has \"{typed}\"; looked for \"{taken}\" in its place.");
    }
    for word in &answer.missing {
        let _ = writeln!(out, "No page has \"{word}\", nor a word like it.");
    }
    if !answer.nearest.is_empty() {
        let _ = writeln!(out, "The nearest words: {}.", answer.nearest.join(", "));
    }
    if answer.results.is_empty() {
        let _ = writeln!(out, "Nothing is found for \"{query}\".");
        return out;
    }
    if answer.partial {
        out.push_str("No page has all these words.\n");
    }
    for (number, found) in answer.results.iter().enumerate() {
        let page = if found.page.is_empty() { String::new() } else { format!(" ({})", found.page) };
        let _ = writeln!(out, "{:>3}. {}{page}\n     {}", number + 1, found.title, found.address);
    }
    if answer.total > answer.results.len() {
        let _ = writeln!(out, "{} in all.", count(answer.total, "answer", "answers"));
    }
    if answer.help {
        out.push_str("Readers are also shown the A to Z and who to ask.\n");
    }
    out
}

/// Where an address leads: lists of questions outlive the move of a page, so an old one stands for the new one. None when
/// there is no page.
fn leads_to(address: &str, engine: &Engine) -> Option<String> {
    let (page, place) = address.split_once('#').unwrap_or((address, ""));
    let is_file = page.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let file = if is_file { page.to_owned() } else { format!("{}/index.html", page.trim_end_matches('/')) };
    let (path, job) = engine.plan().jobs.get_key_value(file.trim_start_matches('/'))?;
    let page = match job {
        Job::Redirect { lang, to } => {
            let tree = engine.world()?.site.trees.get(*lang as usize)?;
            tree.find(to).map_or(page.to_owned(), |(_, node)| node.address.to_string())
        }
        _ if is_file => path.to_string(),
        _ => page.to_owned(),
    };
    Some(if place.is_empty() { page } else { format!("{page}#{place}") })
}

/// What a list of questions does not find; `leads` says where an address leads.
fn missing(lines: &str, search: &Search<'_>, leads: &dyn Fn(&str) -> Option<String>) -> String {
    let (mut asked, mut found) = (0, 0);
    let mut out = String::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (query, wanted) = line.split_once('\t').unwrap_or((line, ""));
        let wanted = wanted.trim().trim_start_matches('/');
        let answers = leads(wanted);
        asked += 1;
        let answer = search.find(query, true, MAX_ANSWERS).unwrap_or_default();
        let first = answer.results.first().map_or("", |found| found.address.as_str());
        // A page stands for all its places.
        let is_wanted = |address: &str| {
            let page = address.split('#').next();
            answers
                .as_deref()
                .is_some_and(|wanted| address == wanted || !wanted.contains('#') && page == Some(wanted))
        };
        let problem = if !wanted.is_empty() && answers.is_none() {
            Some(format!("there is no page {wanted}"))
        } else if answer.results.is_empty() {
            Some("nothing is found".to_owned())
        } else if !wanted.is_empty() && !answer.results.iter().any(|found| is_wanted(&found.address)) {
            Some(format!("{wanted} is not among the first {MAX_ANSWERS}; the first is {first}"))
        } else if !answer.missing.is_empty() {
            Some(format!("no page has {}; the first is {first}", answer.missing.join(", ")))
        } else if answer.partial {
            Some(format!("no page has all words; the first is {first}"))
        } else {
            None
        };
        match problem {
            Some(problem) => {
                let _ = writeln!(out, "{}: {problem}", query.trim());
            }
            None => found += 1,
        }
    }
    let _ = writeln!(out, "{found} of {} found.", count(asked, "question", "questions"));
    out
}
