//! What must happen when something is wrong: hostile and broken front matter, text, settings, data, themes, paths and
//! output folders. The marks: **F** fails and says file and line, **W** is not silent, **O** builds and the page is
//! right, **E** either, but no crash, no hang, nothing lost in silence. `support::Run` fails on any panic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says so and stops")]

mod absent;
mod addresses;
mod ahead;
mod before_publishing;
mod cache;
mod components;
mod costs;
mod data;
mod data_pages;
mod folders;
mod followed;
mod foreign_keys;
mod front_matter;
mod glossary;
mod injection;
mod kinds;
mod languages;
mod made_html;
mod made_pages;
mod meant;
mod notices;
mod order;
mod outputs;
mod paths;
mod picture_files;
mod pictures;
mod published;
mod published_files;
mod raw_html;
mod refusals;
mod settings;
mod sheets;
mod stylesheets;
#[path = "../support/mod.rs"]
mod support;
mod tables;
mod tags;
mod templates;
mod themes_files;
mod themes_functions;
mod themes_overrides;
mod themes_settings;
mod themes_table;
mod titles;
mod values;
