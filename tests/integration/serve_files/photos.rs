//! Photos in a preview: whole at once, then as narrow as they are published, and never those of another file.

use super::{Running, eventually};
use crate::faults::narrow_photos::{photo, pictures};
use crate::support::Site;

fn wide(bytes: &[u8]) -> usize {
    imagesize::blob_size(bytes).unwrap().width
}

/// The addresses of the photo's widths on the page, the narrowest first.
fn widths(serve: &Running) -> Vec<String> {
    let page = serve.shows("/a/b.html", "srcset=");
    let (_, rest) = page.split_once("srcset=\"").unwrap();
    let choices = rest.split('"').next().unwrap();
    choices.split(", ").map(|choice| format!("a/{}", choice.split(' ').next().unwrap())).collect()
}

#[test]
fn w25_a_photo_is_shown_at_once_and_then_as_it_is_published() {
    let site = Site::plain();
    site.page("a/b.md", "title: B", "![A class](class.jpg)").file("content/a/class.jpg", photo(700, 1000, 6));
    site.build().clean();
    let serve = Running::serve(&site, &[]);
    let mut before: Vec<String> = Vec::new();
    for (again, (width, height)) in [(700, 1000), (600, 1100)].into_iter().enumerate() {
        if again > 0 {
            site.file("content/a/class.jpg", photo(width, height, 6));
            eventually("the page names the other photo", || (widths(&serve) != before).then_some(()));
            for gone in &before {
                assert_eq!(serve.get(&format!("/{gone}")).0, 404, "{gone}");
            }
            site.build().clean();
        }
        let names = widths(&serve);
        // Turned, it is as wide as it was high.
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(
            names.iter().all(|name| pictures(&site).contains(name)),
            "as the build names them: {names:?}"
        );
        for name in &names {
            let seen = serve.version();
            let first = serve.bytes(name);
            assert_eq!(
                imagesize::blob_size(&first).unwrap().width,
                usize::from(width),
                "whole, as the file is"
            );
            let published = std::fs::read(site.root().join("public").join(name)).unwrap();
            assert!(wide(&published) < usize::from(height));
            eventually("the narrow one", || (serve.bytes(name) == published).then_some(()));
            let news = format!("{{\"kind\":\"pictures\",\"paths\":[\"{name}\"]}}");
            let told = eventually("browsers are told", || {
                Some(serve.state(seen)["news"].to_string()).filter(|told| told.contains(&news))
            });
            assert!(again > 0 || !told.contains("reload"), "no page is loaded again: {told}");
        }
        before = names;
    }
}
