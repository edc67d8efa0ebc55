//! Makes an SVG file safe to stand inside a page.
//!
//! The page's policy already forbids scripts from elsewhere and inline ones; this refuses what a picture has no need
//! of, so that a file from the web is never inlined by mistake.

/// What no picture of a guide needs: scripts, handlers, foreign content, references to other places.
const REFUSED: &[(&str, &str)] = &[
    ("<script", "it holds a script"),
    ("<foreignobject", "it holds foreign content"),
    ("<iframe", "it holds a frame"),
    ("<!entity", "it defines entities"),
    ("javascript:", "it holds a script"),
    ("<animate", "it holds an animation"),
    ("<set", "it holds an animation"),
    ("data:text/html", "it holds a page"),
    ("@import", "it loads a style from elsewhere"),
];

/// The `<svg>` element of `text`; the error says why it is refused.
pub fn inline(text: &str) -> Result<String, &'static str> {
    let lower = text.to_ascii_lowercase();
    for (mark, why) in REFUSED {
        if lower.contains(mark) {
            return Err(why);
        }
    }
    // An attribute that begins with "on" after a space, quote or slash is an event handler.
    let bytes = lower.as_bytes();
    for (i, _) in lower.match_indices("on") {
        let before = i.checked_sub(1).and_then(|b| bytes.get(b)).copied().unwrap_or(b'x');
        let name_end = lower[i..].find(|c: char| !c.is_ascii_alphabetic()).map_or(lower.len(), |e| i + e);
        let assigned = lower[name_end..].trim_start().starts_with('=');
        let in_tag = lower[..i].rfind('<') > lower[..i].rfind('>');
        if matches!(before, b' ' | b'\n' | b'\t' | b'\r' | b'"' | b'\'' | b'/') && assigned && in_tag {
            return Err("it holds an event handler");
        }
    }
    for (i, _) in lower.match_indices("href") {
        let rest = lower[i + 4..].trim_start().trim_start_matches('=').trim_start();
        let target = rest.trim_start_matches(['"', '\'']);
        if rest != target && !target.starts_with('#') {
            return Err("it refers to another place");
        }
    }
    let Some(start) = lower.find("<svg") else { return Err("it has no svg element") };
    // An empty drawing may be closed where it begins.
    let alone = lower[start..].find('>').map(|end| start + end).filter(|end| lower[..*end].ends_with('/'));
    let end = lower.rfind("</svg>").map(|end| end + "</svg>".len()).or_else(|| alone.map(|end| end + 1));
    let Some(end) = end else { return Err("it has no svg element") };
    Ok(strip_comments(&text[start..end]))
}

fn strip_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("<!--") {
        out.push_str(&rest[..open]);
        match rest[open..].find("-->") {
            Some(close) => rest = &rest[open + close + 3..],
            None => return out,
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::inline;

    #[test]
    fn refuses_programs() {
        for bad in [
            "<svg><script>x</script></svg>",
            "<svg onload=\"x\"></svg>",
            "<svg><a xlink:href=\"https://x\"/></svg>",
            "<svg><image href='x.png'/></svg>",
            "no picture",
        ] {
            assert!(inline(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn keeps_pictures() {
        let good =
            "<?xml version='1.0'?><!-- c --><svg><title>On = off</title><use href=\"#a\"/><!-- d --></svg>";
        assert_eq!(inline(good).unwrap(), "<svg><title>On = off</title><use href=\"#a\"/></svg>");
    }
}
