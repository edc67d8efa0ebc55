//! The HTML that a page may hold: which elements, with which attributes, and what each attribute means.
//!
//! A list of what is allowed, never of what is not: what a browser learns tomorrow stays out. Nothing here runs a program,
//! loads by itself from another host, sends anything, or changes the look against the theme.

/// How an element stands among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Within a line.
    Inline,
    /// Within a line, without an end.
    Void,
    /// A block.
    Block,
    /// A block without an end.
    Rule,
    /// A part of a table.
    Part,
    /// A part of a table without an end.
    Column,
}

/// An element that is allowed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    /// Its name.
    pub name: &'static str,
    /// How it stands among others.
    pub shape: Shape,
    attributes: &'static [&'static str],
}

/// What an attribute says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A text for the browser.
    Text,
    /// Yes, by being there.
    Flag,
    /// The name of this place.
    Id,
    /// Where a link leads.
    Link,
    /// A picture to be shown.
    Picture,
    /// Pictures to choose from, with what each is for.
    Pictures,
    /// A file to be played.
    File,
}

impl Element {
    /// Whether it has an end.
    pub fn ends(&self) -> bool {
        !matches!(self.shape, Shape::Void | Shape::Rule | Shape::Column)
    }

    /// What the attribute says; none if it is not allowed.
    pub fn attribute(&self, name: &str) -> Option<Meaning> {
        let everywhere = EVERYWHERE.contains(&name)
            || name.strip_prefix("aria-").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_lowercase()));
        if !everywhere && !self.attributes.contains(&name) {
            return None;
        }
        Some(match (self.name, name) {
            (_, "id") | ("a", "name") => Meaning::Id,
            (_, "href" | "cite") => Meaning::Link,
            (_, "srcset") => Meaning::Pictures,
            ("img", "src") | (_, "poster") => Meaning::Picture,
            (_, "src") => Meaning::File,
            (
                _,
                "controls" | "default" | "hidden" | "loop" | "muted" | "open" | "playsinline" | "reversed",
            ) => Meaning::Flag,
            _ => Meaning::Text,
        })
    }

    /// Whether glossary words stay plain in it: it is a link itself, a heading, or nothing that is read as prose.
    pub fn no_terms(&self) -> bool {
        const PLAIN: &[&str] = &[
            "a", "audio", "code", "dfn", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "samp", "summary",
            "var", "video",
        ];
        PLAIN.contains(&self.name)
    }

    /// Whether its end goes without saying.
    pub fn end_is_optional(&self) -> bool {
        const OPTIONAL: &[&str] = &[
            "colgroup", "dd", "dt", "li", "p", "rp", "rt", "rtc", "tbody", "td", "tfoot", "th", "thead", "tr",
        ];
        OPTIONAL.contains(&self.name)
    }
}

/// The element of that name, if it is allowed.
pub(super) fn element(name: &str) -> Option<Element> {
    let at = ELEMENTS.binary_search_by_key(&name, |(name, ..)| *name).ok()?;
    ELEMENTS.get(at).map(|&(name, shape, attributes)| Element { name, shape, attributes })
}

/// Elements that are left out with all in them: programs, other pages, drawings with programs in them.
pub(super) const WITH_CONTENT: &[&str] = &[
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "script",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];

const EVERYWHERE: &[&str] = &["class", "dir", "hidden", "id", "lang", "role", "title", "translate"];

/// In the order of their names.
#[rustfmt::skip]
const ELEMENTS: &[(&str, Shape, &[&str])] = &[
    ("a", Shape::Inline, &["download", "href", "hreflang", "name", "rel", "type"]),
    ("abbr", Shape::Inline, &[]),
    ("acronym", Shape::Inline, &[]),
    ("address", Shape::Block, &[]),
    ("area", Shape::Void, &["alt", "coords", "href", "shape"]),
    ("article", Shape::Block, &[]),
    ("aside", Shape::Block, &[]),
    ("audio", Shape::Inline, &["controls", "loop", "muted", "preload", "src"]),
    ("b", Shape::Inline, &[]),
    ("bdi", Shape::Inline, &[]),
    ("bdo", Shape::Inline, &[]),
    ("blockquote", Shape::Block, &["cite"]),
    ("br", Shape::Void, &[]),
    ("caption", Shape::Part, &["align"]),
    ("center", Shape::Block, &[]),
    ("cite", Shape::Inline, &[]),
    ("code", Shape::Inline, &[]),
    ("col", Shape::Column, &["align", "span", "valign", "width"]),
    ("colgroup", Shape::Part, &["align", "span", "valign", "width"]),
    ("data", Shape::Inline, &["value"]),
    ("dd", Shape::Block, &[]),
    ("del", Shape::Inline, &["cite", "datetime"]),
    ("details", Shape::Block, &["name", "open"]),
    ("dfn", Shape::Inline, &[]),
    ("div", Shape::Block, &["align"]),
    ("dl", Shape::Block, &[]),
    ("dt", Shape::Block, &[]),
    ("em", Shape::Inline, &[]),
    ("figcaption", Shape::Block, &[]),
    ("figure", Shape::Block, &[]),
    ("footer", Shape::Block, &[]),
    ("h1", Shape::Block, &["align"]),
    ("h2", Shape::Block, &["align"]),
    ("h3", Shape::Block, &["align"]),
    ("h4", Shape::Block, &["align"]),
    ("h5", Shape::Block, &["align"]),
    ("h6", Shape::Block, &["align"]),
    ("header", Shape::Block, &[]),
    ("hgroup", Shape::Block, &[]),
    ("hr", Shape::Rule, &["align", "size", "width"]),
    ("i", Shape::Inline, &[]),
    ("img", Shape::Void, &["align", "alt", "decoding", "height", "loading", "sizes", "src", "srcset", "usemap", "width"]),
    ("ins", Shape::Inline, &["cite", "datetime"]),
    ("kbd", Shape::Inline, &[]),
    ("li", Shape::Block, &["type", "value"]),
    ("map", Shape::Inline, &["name"]),
    ("mark", Shape::Inline, &[]),
    ("menu", Shape::Block, &[]),
    ("meter", Shape::Inline, &["high", "low", "max", "min", "optimum", "value"]),
    ("nav", Shape::Block, &[]),
    ("ol", Shape::Block, &["reversed", "start", "type"]),
    ("p", Shape::Block, &["align"]),
    ("picture", Shape::Inline, &[]),
    ("pre", Shape::Block, &[]),
    ("progress", Shape::Inline, &["max", "value"]),
    ("q", Shape::Inline, &["cite"]),
    ("rp", Shape::Inline, &[]),
    ("rt", Shape::Inline, &[]),
    ("rtc", Shape::Inline, &[]),
    ("ruby", Shape::Inline, &[]),
    ("s", Shape::Inline, &[]),
    ("samp", Shape::Inline, &[]),
    ("section", Shape::Block, &[]),
    ("small", Shape::Inline, &[]),
    ("source", Shape::Void, &["height", "media", "sizes", "src", "srcset", "type", "width"]),
    ("span", Shape::Inline, &[]),
    ("strike", Shape::Inline, &[]),
    ("strong", Shape::Inline, &[]),
    ("sub", Shape::Inline, &[]),
    ("summary", Shape::Block, &[]),
    ("sup", Shape::Inline, &[]),
    ("table", Shape::Block, &["align", "border", "cellpadding", "cellspacing", "summary", "width"]),
    ("tbody", Shape::Part, &["align", "valign"]),
    ("td", Shape::Part, &["abbr", "align", "colspan", "headers", "height", "rowspan", "scope", "valign", "width"]),
    ("tfoot", Shape::Part, &["align", "valign"]),
    ("th", Shape::Part, &["abbr", "align", "colspan", "headers", "height", "rowspan", "scope", "valign", "width"]),
    ("thead", Shape::Part, &["align", "valign"]),
    ("time", Shape::Inline, &["datetime"]),
    ("tr", Shape::Part, &["align", "valign"]),
    ("track", Shape::Void, &["default", "kind", "label", "src", "srclang"]),
    ("tt", Shape::Inline, &[]),
    ("u", Shape::Inline, &[]),
    ("ul", Shape::Block, &["type"]),
    ("var", Shape::Inline, &[]),
    ("video", Shape::Inline, &["controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"]),
    ("wbr", Shape::Void, &[]),
];

/// The names of all elements.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ELEMENTS.iter().map(|(name, ..)| *name)
}

/// The attributes that an element has besides those of all.
#[cfg(test)]
pub(super) fn attributes(name: &str) -> &'static [&'static str] {
    element(name).map_or(&[], |element| element.attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_name() {
        assert!(ELEMENTS.windows(2).all(|two| two[0].0 < two[1].0));
        for (name, ..) in ELEMENTS {
            assert_eq!(element(name).map(|e| e.name), Some(*name));
            assert!(!WITH_CONTENT.contains(name));
        }
        assert!(element("script").is_none() && element("form").is_none() && element("").is_none());
    }

    #[test]
    fn attributes_are_allowed_by_element() {
        let meaning = |name: &str, attribute: &str| element(name).unwrap().attribute(attribute);
        assert_eq!(meaning("a", "href"), Some(Meaning::Link));
        assert_eq!(meaning("a", "name"), Some(Meaning::Id));
        assert_eq!(meaning("p", "href"), None);
        assert_eq!(meaning("img", "src"), Some(Meaning::Picture));
        assert_eq!(meaning("video", "src"), Some(Meaning::File));
        assert_eq!(meaning("details", "open"), Some(Meaning::Flag));
        assert_eq!(meaning("p", "aria-label"), Some(Meaning::Text));
        for never in
            ["style", "onclick", "aria-\"x", "aria-LABEL", "tabindex", "ping", "target", "data-x", ""]
        {
            assert_eq!(meaning("a", never), None, "{never}");
        }
    }
}
