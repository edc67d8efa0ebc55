//! Pictures made of drawings: a template that makes an SVG makes a PNG where its file is called so.
//!
//! For what takes no SVG: the picture of a shared link, icons on the screen of a phone. Letters are not drawn: a font for each
//! language of a guide would be larger than the program, and whoever shows a link writes its title beside the picture.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

/// Maximum side of a picture, in pixels.
const MAX_SIDE: u32 = 4096;

/// The bytes of the drawing as a PNG, as large as its `width` and `height`; an error says why there is none.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    if svg.contains("<text") {
        return Err("letters cannot be drawn: make outlines of them, or leave them out".to_owned());
    }
    // A drawing loads nothing: neither a file of this computer nor a picture inside it.
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let size = tree.size().to_int_size();
    if size.width() > MAX_SIDE || size.height() > MAX_SIDE {
        return Err(format!("it is larger than {MAX_SIDE} pixels"));
    }
    let mut picture = Pixmap::new(size.width(), size.height()).ok_or("it has no size")?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_becomes_a_picture() {
        let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">\
            <rect width=\"20\" height=\"20\" fill=\"#1f6f8b\"/></svg>";
        let made = png(drawing).unwrap();
        let picture = Pixmap::decode_png(&made).unwrap();
        assert_eq!((picture.width(), picture.height()), (40, 20));
        assert_eq!(made, png(drawing).unwrap());
        // The first pixel is the color, the last one nothing.
        let pixels: Vec<_> =
            picture.pixels().iter().map(|p| (p.red(), p.green(), p.blue(), p.alpha())).collect();
        assert_eq!((pixels[0], pixels[799]), ((0x1f, 0x6f, 0x8b, 255), (0, 0, 0, 0)));
    }

    #[test]
    fn what_is_no_drawing_is_told() {
        for (drawing, says) in [
            ("<p>", ""),
            (
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text>A</text></svg>",
                "letters",
            ),
            ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"5000\" height=\"9\"/>", "4096"),
        ] {
            let said = png(drawing).unwrap_err();
            assert!(said.to_lowercase().contains(says), "{drawing}: {said}");
        }
        let file = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><image href=\"/etc/passwd\" width=\"9\" height=\"9\"/></svg>";
        assert!(png(file).is_ok(), "nothing is loaded");
    }
}
