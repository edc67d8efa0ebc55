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
    FILE_NAME = "file-name": "A file name cannot be used for a page or asset, or means something else than it seems.",
    UNREAD_FILE = "unread-file": "A file or folder is called as if Guidepost read it, and it does not.",
    CONTROL_CHARACTER = "control-character": "A text holds a control character that readers cannot see.",
    // YAML and front matter.
    YAML_SYNTAX = "yaml-syntax": "A part in YAML cannot be understood.",
    YAML_SILENT_LOSS = "yaml-silent-loss": "YAML would drop part of a text without a word.",
    FRONT_MATTER_FENCE = "front-matter-fence": "The front matter is not closed, or not YAML.",
    DUPLICATE_KEY = "duplicate-key": "A key stands twice in one mapping.",
    UNKNOWN_KEY = "unknown-key": "A key is not one that is known here.",
    FOREIGN_KEY = "foreign-key": "A key on top of pages belongs to another program.",
    MISSING_FIELD = "missing-field": "A required field is missing or empty.",
    PLAIN_TEXT = "plain-text": "A title or a description holds markdown, which is not read there.",
    WRONG_TYPE = "wrong-type": "A value is not of the type its field asks for.",
    WRONG_CHOICE = "wrong-choice": "A value is not one of the field's choices.",
    UNKNOWN_KIND = "unknown-kind": "A page or entry names a kind that does not exist.",
    BAD_KIND = "bad-kind": "A kind is described in a way that cannot work.",
    BAD_CONFIG = "bad-config": "A setting in site.yaml or theme.yaml cannot be used.",
    TIME_OF_DAY = "time-of-day": "A time stands at `publish` or `expires`, and days count.",
    TIME_ZONE = "time-zone": "A time zone is not known.",
    BRAND_CONTRAST = "brand-contrast": "A brand color cannot be made readable.",
    // Entries.
    ENTRY_LABEL = "entry-label": "A line of an entry is not one of its kind's labels.",
    ENTRY_HEADING = "entry-heading": "The heading of an entry holds a link or a picture, which is not shown.",
    ENTRY_PLACE = "entry-place": "An entry stands where its page's entry level does not allow it.",
    // Markdown.
    UNKNOWN_COMPONENT = "unknown-component": "A container names a component that the theme does not have.",
    UNKNOWN_VALUE = "unknown-value": "A word in braces is nearly a setting, or one that is not set.",
    BAD_TABLE = "bad-table": "A table cannot be made of the data file that it names.",
    CONTAINER_FENCE = "container-fence": "A container is not closed, or closed twice.",
    INLINE_COMPONENT = "inline-component": "A component in a line of text cannot be understood, or cannot stand there.",
    DUPLICATE_ANCHOR = "duplicate-anchor": "Two headings of a page have the same id.",
    NESTING = "nesting": "Markdown or YAML is nested too deeply.",
    RAW_HTML = "raw-html": "HTML in a page is shown as text, since the site does not allow it.",
    HTML_DROPPED = "html-dropped": "A part of the HTML in a page is not allowed and is left out.",
    HTML_STRUCTURE = "html-structure": "A tag of the HTML in a page is not closed, or does not fit where it stands.",
    FOOTNOTE = "footnote": "A footnote is used but not written, or written but not used.",
    COMMENT = "comment": "A comment meant for Guidepost cannot be understood.",
    // Links.
    BROKEN_LINK = "broken-link": "A link leads to a page or file that does not exist.",
    BROKEN_ANCHOR = "broken-anchor": "A link leads to a heading that does not exist.",
    BROKEN_REFERENCE = "broken-reference": "A field refers to an entry or page that does not exist.",
    MISSING_IMAGE = "missing-image": "An image does not exist.",
    BROKEN_IMAGE = "broken-image": "An image cannot be understood.",
    PHOTO_FORMAT = "photo-format": "A picture is of a format that browsers do not show.",
    UNSAFE_LINK = "unsafe-link": "A link uses an address form that could run a program.",
    LINK_TO_LEFT_OUT = "link-to-left-out": "A link leads to a page that is a draft, not yet published or expired.",
    // The site.
    UNLINKED_FILE = "unlinked-file": "Files beside pages are not published, since nothing published leads to them.",
    UNMATCHED_FILES = "unmatched-files": "A pattern of `files` in site.yaml matches no file.",
    ADDRESS_COLLISION = "address-collision": "Two sources would make the same output file.",
    MENU_TARGET = "menu-target": "An entry of the menu leads nowhere.",
    DUPLICATE_TERM = "duplicate-term": "Two terms of the glossary are triggered by the same word.",
    FIELD_UNSHOWN = "field-unshown": "A template of the site does not show all fields of its kind.",
    NUMBERED_NAME = "numbered-name": "Two digits before a name are its place, and were a part of its address before.",
    FOLDER_SECTION = "folder-section": "A section has no page of its own and the title of its folder.",
    MISSING_HOME = "missing-home": "The content folder has no start page.",
    NO_CONTENT = "no-content": "The content folder is missing or has no page.",
    NO_SETTINGS = "no-settings": "There is no site.yaml.",
    UNKNOWN_LANGUAGE = "unknown-language": "A language is not one that the site lists.",
    NEEDS_BASE_URL = "needs-base-url": "An output was left out because base_url is not set.",
    // Templates and data.
    TEMPLATE_SYNTAX = "template-syntax": "A template cannot be understood.",
    TEMPLATE_RENDER = "template-render": "A template failed while it made a page.",
    MISSING_TEMPLATE = "missing-template": "A template that is asked for does not exist.",
    MISSING_ASSET = "missing-asset": "A template asks for an asset that does not exist.",
    MISSING_TEXT = "missing-text": "A template asks for a UI string that no language has.",
    UNKNOWN_NAME = "unknown-name": "A template asks for something that is not there, by a name that is nearly that of another.",
    MADE_PAGE = "made-page": "A page that a template makes lacks what readers need: a language, a heading, names, closed tags.",
    DATA_PAGE = "data-page": "A page that is to be made of a row of data cannot be made.",
    BAD_DATA = "bad-data": "A data file cannot be understood.",
    MISSING_THEME = "missing-theme": "The theme does not exist.",
    UNUSED_OVERRIDE = "unused-override": "A file or text of the site is to take the place of the theme's, and nothing asks for it.",
    THEME_CHANGED = "theme-changed": "A file of the built-in theme has changed since the site took a copy of it.",
    // Output.
    OUTPUT_FOLDER = "output-folder": "The output folder cannot be used.",
    BUILD_LOCK = "build-lock": "Another build of this site is running.",
    FOREIGN_FILE = "foreign-file": "A file that Guidepost did not write stands where an output belongs.",
    // Checks: links.
    LINK_EMPTY = "link-empty": "A link has no text.",
    LINK_TEXT_VAGUE = "link-text-vague": "A link's text does not say where it leads.",
    LINK_TEXT_URL = "link-text-url": "A link's text is an address.",
    LINK_SAME_TEXT = "link-same-text": "The same link text leads to two targets.",
    LINK_FILE_TYPE = "link-file-type": "A link to a file does not say its type and size.",
    LINK_INSECURE = "link-insecure": "A link uses http where https works.",
    LINK_TO_REDIRECT = "link-to-redirect": "A link uses the old address of a page.",
    LINK_TO_HIDDEN = "link-to-hidden": "A link leads to a page that menus and lists leave out.",
    ORPHAN_PAGE = "orphan-page": "No menu, list or link leads to a page.",
    ALIAS_COLLISION = "alias-collision": "An old address is also the address of something else.",
    REMOVED_ADDRESS = "removed-address": "An address that was once published leads nowhere now.",
    EXTERNAL_BROKEN = "external-broken": "A link to another site leads nowhere.",
    EXTERNAL_MOVED = "external-moved": "A page of another site has moved for good.",
    EXTERNAL_UNSURE = "external-unsure": "Another site does not answer a program.",
    // Checks: what is typed and does not come out.
    FRONT_MATTER_AS_TEXT = "front-matter-as-text": "Front matter does not begin the file, so it is shown as text.",
    LINK_AS_TEXT = "link-as-text": "A link or picture is written in a way that is shown as text.",
    COMMENT_UNCLOSED = "comment-unclosed": "A comment is not closed, so that text behind it is lost.",
    TABLE_CELLS = "table-cells": "A row of a table has more or fewer cells than its header.",
    TABLE_AS_TEXT = "table-as-text": "A table is written in a way that is shown as text.",
    MARK_WITHOUT_SPACE = "mark-without-space": "A heading or list item has no space behind its mark.",
    INVISIBLE_CHARACTER = "invisible-character": "A character that nobody can see stands where a mark needs a plain space.",
    LIST_FALLS_APART = "list-falls-apart": "Something in a numbered list is not indented enough, so that the list ends there.",
    TEXT_AS_CODE = "text-as-code": "A paragraph is shown as code, since it is indented.",
    TEXT_AS_HEADING = "text-as-heading": "A paragraph is shown as a heading, since dashes stand right below it.",
    FIELD_AS_TEXT = "field-as-text": "Facts of an entry stand in no list, so they are text.",
    MARK_UNBALANCED = "mark-unbalanced": "A mark for bold, italic or code has no partner.",
    CONTAINER_AS_TEXT = "container-as-text": "A container is shown as text, since it has not three colons.",
    FOREIGN_MARKUP = "foreign-markup": "Markup of another program is shown as text.",
    MERGE_MARK = "merge-mark": "Two versions of a text stand in a page, with the marks of version control.",
    UNFINISHED_TEXT = "unfinished-text": "A note to oneself or a sentence to be replaced stands in a page.",
    PAGE_EMPTY = "page-empty": "A page has no text.",
    REVIEWED_IN_FUTURE = "reviewed-in-future": "A page was reviewed on a day that is not here yet.",
    // Checks: accessibility.
    IMAGE_ALT_MISSING = "image-alt-missing": "An image has no description.",
    IMAGE_ALT_USELESS = "image-alt-useless": "An image's description says nothing.",
    IMAGE_ALT_LONG = "image-alt-long": "An image's description is too long.",
    IMAGE_OF_TEXT = "image-of-text": "An image seems to hold text.",
    IMAGE_MOVING = "image-moving": "An image may move and cannot be stopped.",
    HEADING_SKIP = "heading-skip": "A heading level is skipped.",
    HEADING_ONE = "heading-one": "A heading of the first level stands in the body.",
    HEADING_EMPTY = "heading-empty": "A heading has no text.",
    HEADING_DUPLICATE = "heading-duplicate": "Two headings next to each other say the same.",
    HEADING_LONG = "heading-long": "A heading is too long.",
    BOLD_AS_HEADING = "bold-as-heading": "A bold line is used as a heading.",
    LOST_HEADING = "lost-heading": "A plain line looks like a heading that was lost in pasting.",
    TYPED_BULLETS = "typed-bullets": "A list is typed with bullet characters.",
    TYPED_NUMBERS = "typed-numbers": "A list is typed with numbers or letters by hand.",
    TABLE_HEADER = "table-header": "A table has empty header cells.",
    TABLE_LAYOUT = "table-layout": "A table is used to place things.",
    LANGUAGE_TAG = "language-tag": "A language tag cannot be understood.",
    SCRIPT_MIX = "script-mix": "Text in another script is not marked with its language.",
    SENSORY_WORDING = "sensory-wording": "An instruction works only for those who see the page.",
    COLOR_WORDING = "color-wording": "A meaning is given by color alone.",
    MEDIA_TRANSCRIPT = "media-transcript": "A video or sound has no transcript.",
    HTML_MOVING = "html-moving": "HTML moves, blinks or reloads by itself.",
    HTML_FOCUS = "html-focus": "HTML changes the keyboard order or takes a key.",
    HTML_FRAME = "html-frame": "An embedded frame has no title.",
    HTML_ID = "html-id": "HTML gives an id that the page has already.",
    HTML_ROLE = "html-role": "HTML uses a role or an aria attribute that does not exist.",
    HTML_STYLE = "html-style": "HTML fixes spacing or color.",
    // Checks: plain language.
    READING_LEVEL = "reading-level": "A page is too hard to read.",
    SECTION_LEVEL = "section-level": "A section is too hard to read.",
    HARDER_THAN_OTHERS = "harder-than-others": "A page is much harder to read than the others of its language.",
    LONG_SENTENCE = "long-sentence": "A sentence is too long.",
    LONG_PARAGRAPH = "long-paragraph": "A paragraph is too long.",
    ACRONYM_UNEXPLAINED = "acronym-unexplained": "An acronym is neither spelt out nor in the glossary.",
    ACRONYM_TWO_WAYS = "acronym-two-ways": "An acronym is spelt out in two ways.",
    CLAIM_WORD = "claim-word": "A word promises too much.",
    BRAND_NAME = "brand-name": "A brand stands without the everyday word.",
    MANY_TERMS = "many-terms": "A paragraph uses too many glossary terms.",
    // Checks: translations.
    TRANSLATION_MISSING = "translation-missing": "A page is not translated.",
    TRANSLATION_OUTDATED = "translation-outdated": "A translation is older than the page it was made from.",
    TRANSLATION_ORPHAN = "translation-orphan": "A translation has no page that it translates.",
    TERM_UNTRANSLATED = "term-untranslated": "A glossary term has no counterpart in another language.",
    LABEL_UNTRANSLATED = "label-untranslated": "A label of a kind or of the site is not translated.",
    TEXT_UNTRANSLATED = "text-untranslated": "A UI string of the theme is not translated.",
    // Hosts.
    HOST_LIMIT = "host-limit": "A host cannot take all that the site asks of it.",
    // Checks: review.
    REVIEW_OVERDUE = "review-overdue": "A page is past its review date.",
    REVIEW_OWNER = "review-owner": "A page that is reviewed has no owner.",
    PLACEHOLDER = "placeholder": "A value or a box is still as the starter guide had it.",
    CHECKED_LONG_AGO = "checked-long-ago": "A fact was last checked more than two years ago.",
    // Checks: privacy.
    REMOTE_RESOURCE = "remote-resource": "A page would load something from another host.",
    REMOTE_IN_THEME = "remote-in-theme": "The theme, a setting or a file would load something from another host.",
    PERSONAL_CONTACT = "personal-contact": "An e-mail address or telephone number stands in the text.",
    STUDENT_DATA = "student-data": "Text looks like data on a student.",
    PHOTO_LOCATION = "photo-location": "A photo tells where it was taken.",
    FILE_AUTHOR = "file-author": "A document tells who wrote it.",
    // Checks: content.
    CITATION_UNLINKED = "citation-unlinked": "A citation is not linked to its source.",
    HAZARD_WITHOUT_SAFETY = "hazard-without-safety": "A hazard is named without a safety note.",
    TERM_DEFINED_TWICE = "term-defined-twice": "A glossary term is defined twice.",
    TERM_UNUSED = "term-unused": "A glossary term is used on no page.",
    TITLE_DUPLICATE = "title-duplicate": "Two pages have the same title.",
    DESCRIPTION_MISSING = "description-missing": "A page has no description.",
    DESCRIPTION_DUPLICATE = "description-duplicate": "Two pages have the same description.",
    PAGE_TOO_LARGE = "page-too-large": "A page is too long.",
    UNUSED_ALLOW = "unused-allow": "A comment allows a problem that is not there.",
}
