//! The pictures to choose from that a `srcset` names.

/// The addresses of a `srcset`, and what each is for.
pub fn candidates(value: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = value;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        // A comma ends the address where nothing says what it is for.
        let bare = address.trim_end_matches(',');
        if bare.len() < address.len() {
            rest = after;
            return Some((bare, ""));
        }
        let end = after.find(',').unwrap_or(after.len());
        rest = &after[end..];
        Some((address, after[..end].trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pictures_to_choose_from() {
        let read = |value| candidates(value).collect::<Vec<_>>();
        assert_eq!(
            read("a.png 1x,  b c.png 2x , d.png"),
            [("a.png", "1x"), ("b", "c.png 2x"), ("d.png", "")]
        );
        assert_eq!(read("a.png, b.png 200w"), [("a.png", ""), ("b.png", "200w")]);
        assert_eq!(read(" , "), []);
    }
}
