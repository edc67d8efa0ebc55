//! Links that a template made to a page that is not published: the words stay, the link goes.
//!
//! A template writes `<a href="{{ link(to="x.md") }}">words</a>` and cannot know that `x.md` is left out today. So `link()`
//! gives [`MARK`] then, and what was rendered is freed of it here before anybody sees it.

use crate::source::html::tags;
use memchr::memmem;

/// The address that `link()` gives for what is not published. It has a scheme, so nothing takes it for a path.
pub const MARK: &str = "guidepost:left-out";

/// What a template made, without links to [`MARK`].
pub fn unlinked(made: Vec<u8>) -> Vec<u8> {
    if memmem::find(&made, MARK.as_bytes()).is_none() {
        return made;
    }
    match String::from_utf8(made) {
        Ok(html) => without(&html).into_bytes(),
        Err(bytes) => bytes.into_bytes(),
    }
}

/// The same of a text.
pub fn words(html: String) -> String {
    match memmem::find(html.as_bytes(), MARK.as_bytes()) {
        Some(_) => without(&html),
        None => html,
    }
}

fn without(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let (mut done, mut open) = (0, false);
    for tag in tags(html).filter(|tag| tag.is("a")) {
        let goes = match tag.closes {
            true => std::mem::take(&mut open),
            false => tag.value("href").is_some_and(|href| href == MARK),
        };
        if goes {
            open |= !tag.closes;
            out.push_str(html.get(done..tag.range().start).unwrap_or(""));
            done = tag.end;
        }
    }
    out.push_str(html.get(done..).unwrap_or(""));
    // In another place than a link it says nothing.
    out.replace(MARK, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_links_go() {
        for (made, left) in [
            ("<p><a href=\"M\">Old</a> <a href=\"x\">new</a></p>", "<p>Old <a href=\"x\">new</a></p>"),
            ("<A class=c HREF='M'><b>Old</b></A>", "<b>Old</b>"),
            ("<a href=M>a</a><a href=M>b</a>", "ab"),
            ("<form action=\"M\"><a name=x>y</a></form>", "<form action=\"\"><a name=x>y</a></form>"),
            ("{\"to\": \"M\"}", "{\"to\": \"\"}"),
            ("<a href=\"x\">y</a>", "<a href=\"x\">y</a>"),
        ] {
            let made = made.replace('M', MARK);
            assert_eq!(String::from_utf8(unlinked(made.into_bytes())).unwrap(), left);
        }
    }
}
