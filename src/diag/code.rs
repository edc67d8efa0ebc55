//! The codes of all diagnostics: the stable names by which they are configured, suppressed and explained.
//!
//! One line a code: its name, its usual severity, and one sentence on what it is about. The longer text
//! of `check --explain` stands with each rule.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The stable name of a kind of problem, such as `broken-link`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(&'static str);

impl Code {
    /// The name.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// The code of that name, if there is one.
    pub fn named(name: &str) -> Option<Code> {
        ALL.iter().find(|(n, _)| *n == name).map(|(n, _)| Code(n))
    }

    /// One sentence on what the code is about.
    pub fn about(self) -> &'static str {
        ALL.iter().find(|(n, _)| *n == self.0).map_or("", |(_, about)| about)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(d)?;
        Code::named(&name).ok_or_else(|| serde::de::Error::custom("unknown diagnostic code"))
    }
}

macro_rules! codes {
    ($($constant:ident = $name:literal : $about:literal,)*) => {
        $(#[doc = $about] pub const $constant: Code = Code($name);)*
        /// Every code with its sentence, in the order of this file.
        pub const ALL: &[(&str, &str)] = &[$(($name, $about)),*];
    };
}

codes! {
    // Reading files.
    UNREADABLE_FILE = "unreadable-file": "A file could not be read.",
    NOT_UTF8 = "not-utf8": "A text file is not in UTF-8.",
    OUTSIDE_SITE = "outside-site": "A path or link leads out of the site folder.",
    LINK_LOOP = "link-loop": "A link leads back to a folder it lies in.",
    SPECIAL_FILE = "special-file": "A pipe, socket or device stands among the sources.",
    FILE_NAME = "file-name": "A file name cannot be used for a page or asset.",
    CONTROL_CHARACTER = "control-character": "A text holds a control character that readers cannot see.",
    // YAML and front matter.
    YAML_SYNTAX = "yaml-syntax": "A part in YAML cannot be understood.",
    YAML_SILENT_LOSS = "yaml-silent-loss": "YAML would drop part of a text without a word.",
    FRONT_MATTER_FENCE = "front-matter-fence": "The front matter is not closed, or not YAML.",
    DUPLICATE_KEY = "duplicate-key": "A key stands twice in one mapping.",
    UNKNOWN_KEY = "unknown-key": "A key is not one that is known here.",
    MISSING_FIELD = "missing-field": "A required field is missing or empty.",
    WRONG_TYPE = "wrong-type": "A value is not of the type its field asks for.",
    WRONG_CHOICE = "wrong-choice": "A value is not one of the field's choices.",
    UNKNOWN_KIND = "unknown-kind": "A page or entry names a kind that does not exist.",
    BAD_KIND = "bad-kind": "A kind is described in a way that cannot work.",
    BAD_CONFIG = "bad-config": "A setting in site.yaml or theme.yaml cannot be used.",
    BRAND_CONTRAST = "brand-contrast": "A brand color cannot be made readable.",
    // Entries.
    ENTRY_LABEL = "entry-label": "A line of an entry is not one of its kind's labels.",
    ENTRY_PLACE = "entry-place": "An entry stands where its page's entry level does not allow it.",
    // Markdown.
    UNKNOWN_COMPONENT = "unknown-component": "A container names a component that the theme does not have.",
    CONTAINER_FENCE = "container-fence": "A container is not closed, or closed twice.",
    DUPLICATE_ANCHOR = "duplicate-anchor": "Two headings of a page have the same id.",
    NESTING = "nesting": "Markdown or YAML is nested too deeply.",
    RAW_HTML = "raw-html": "HTML in a page is shown as text, since the site does not allow it.",
    FOOTNOTE = "footnote": "A footnote is used but not written, or written but not used.",
    COMMENT = "comment": "A comment meant for Guidepost cannot be understood.",
    // Links.
    BROKEN_LINK = "broken-link": "A link leads to a page or file that does not exist.",
    BROKEN_ANCHOR = "broken-anchor": "A link leads to a heading that does not exist.",
    BROKEN_REFERENCE = "broken-reference": "A field refers to an entry or page that does not exist.",
    MISSING_IMAGE = "missing-image": "An image does not exist.",
    BROKEN_IMAGE = "broken-image": "An image cannot be understood.",
    UNSAFE_LINK = "unsafe-link": "A link uses an address form that could run a program.",
    LINK_TO_LEFT_OUT = "link-to-left-out": "A link leads to a page that is a draft, not yet published or expired.",
    // The site.
    ADDRESS_COLLISION = "address-collision": "Two sources would make the same output file.",
    MENU_TARGET = "menu-target": "An entry of the menu leads nowhere.",
    DUPLICATE_TERM = "duplicate-term": "Two terms of the glossary are triggered by the same word.",
    MISSING_HOME = "missing-home": "The content folder has no start page.",
    NO_CONTENT = "no-content": "The content folder is missing or empty.",
    UNKNOWN_LANGUAGE = "unknown-language": "A language is not one that the site lists.",
    NEEDS_BASE_URL = "needs-base-url": "An output was left out because base_url is not set.",
    // Templates and data.
    TEMPLATE_SYNTAX = "template-syntax": "A template cannot be understood.",
    TEMPLATE_RENDER = "template-render": "A template failed while it made a page.",
    MISSING_TEMPLATE = "missing-template": "A template that is asked for does not exist.",
    MISSING_ASSET = "missing-asset": "A template asks for an asset that does not exist.",
    MISSING_TEXT = "missing-text": "A template asks for a UI string that no language has.",
    BAD_DATA = "bad-data": "A data file cannot be understood.",
    MISSING_THEME = "missing-theme": "The theme does not exist.",
    // Output.
    OUTPUT_FOLDER = "output-folder": "The output folder cannot be used.",
    BUILD_LOCK = "build-lock": "Another build of this site is running.",
    FOREIGN_FILE = "foreign-file": "A file that Guidepost did not write stands where an output belongs.",
}
