//! From addresses to output files, and the addresses of pages that Guidepost makes by itself.

use crate::site::LangIndex;
use crate::source::{OutputPath, PathError, nfc};

/// The file that a server shows for an address: a folder address means the `index.html` in it.
pub fn output_path(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') {
        format!("{address}index.html")
    } else {
        address.to_string()
    }
}

/// The folder of a language's pages, with a trailing `/`; "" for the default language.
pub fn prefix(lang: LangIndex, code: &str) -> String {
    if lang == 0 { String::new() } else { format!("{code}/") }
}

/// The address of a tag's page.
pub fn tag_address(prefix: &str, slug: &str) -> String {
    format!("{prefix}tags/{slug}.html")
}

/// The address of the print page of a section, or of the whole guide for the home page.
pub fn print_address(prefix: &str, section: &str) -> String {
    let folder = match section.strip_suffix("index.md") {
        Some(folder) => folder.to_owned(),
        // The page beside a folder of its name.
        None => format!("{}/", section.strip_suffix(".md").unwrap_or(section)),
    };
    format!("{prefix}{folder}print.html")
}

/// The address of an asset of the theme or the site, with a part of its fingerprint in its name.
pub fn asset_address(name: &str, fingerprint: Option<&str>) -> String {
    let name = &*nfc(name);
    match (fingerprint, name.rfind('.').filter(|dot| !name[*dot..].contains('/'))) {
        (Some(mark), Some(dot)) => format!("assets/{}.{mark}{}", &name[..dot], &name[dot..]),
        (Some(mark), None) => format!("assets/{name}.{mark}"),
        (None, _) => format!("assets/{name}"),
    }
}

/// The address of a photo that is made narrower: with a part of its fingerprint, so that no other file has that name, and with
/// its width in pixels.
pub fn narrow_address(address: &str, mark: &str, width: u32) -> String {
    let (stem, extension) = address.rsplit_once('.').unwrap_or((address, "jpg"));
    format!("{stem}.{mark}-{width}.{extension}")
}

/// The output file of an alias as an editor writes it: with or without a leading `/`, a trailing `/` or `.html`.
pub fn alias_address(prefix: &str, alias: &str) -> Result<String, PathError> {
    let alias = nfc(alias.trim().trim_start_matches('/'));
    let last = alias.rsplit('/').next().unwrap_or(&alias);
    let file = if alias.ends_with('/') {
        format!("{alias}index.html")
    } else if last.contains('.') {
        alias.to_string()
    } else {
        format!("{alias}/index.html")
    };
    let path = OutputPath::new(&file)?;
    Ok(format!("{prefix}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_go_before_the_extension() {
        assert_eq!(asset_address("style.css", Some("0a")), "assets/style.0a.css");
        assert_eq!(asset_address("icons/hand.svg", None), "assets/icons/hand.svg");
        assert_eq!(asset_address("a.b/LICENSE", Some("0a")), "assets/a.b/LICENSE.0a");
    }

    #[test]
    fn a_narrower_photo_is_named_after_the_whole_one() {
        assert_eq!(narrow_address("a.b/my.photo.jpg", "0a", 480), "a.b/my.photo.0a-480.jpg");
    }

    #[test]
    fn aliases_become_files_inside_the_site() {
        assert_eq!(alias_address("", "/old/").as_deref(), Ok("old/index.html"));
        assert_eq!(alias_address("es/", "old.html").as_deref(), Ok("es/old.html"));
        assert_eq!(alias_address("", "old/page").as_deref(), Ok("old/page/index.html"));
        assert_eq!(alias_address("", "nin\u{303}o").as_deref(), Ok("niño/index.html"));
        assert_eq!(alias_address("", "../x.html"), Err(PathError::Escapes));
    }
}
