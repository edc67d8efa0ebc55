//! What is said of a picture that browsers do not show, or that cannot be published without what a camera wrote into it.
//!
//! It is said where a page shows the picture; of files that no page shows, at the file (`engine/consequences.rs` leaves out the
//! second of the two).

use super::world::AssetEntry;
use crate::diag::{Diagnostic, Severity, code};
use crate::source::{Fault, Format, Picture, SourcePath, Span};

const CAMERA: &str = "On an iPhone, Settings > Camera > Formats > Most Compatible makes JPEG from now on.";

/// What keeps `asset` from being published as a picture: told at the place of a page that shows it as `written`.
pub fn on_page(asset: &AssetEntry, written: &str, page: &SourcePath, span: Span) -> Option<Diagnostic> {
    let picture = asset.picture?;
    let (code, is) = trouble(picture, &asset.source)?;
    let found =
        Diagnostic::new(code, severity(picture), page, span, format!("The picture \"{written}\" {is}."));
    Some(found.help(way_out(picture)).label(&asset.source, Span::default(), "this file"))
}

/// The same, told at the file itself.
pub fn of_file(asset: &AssetEntry) -> Option<Diagnostic> {
    let picture = asset.picture?;
    let (code, is) = trouble(picture, &asset.source)?;
    let severity = severity(picture);
    let message = match severity {
        Severity::Error => format!("This file {is}, so it is not published."),
        _ => format!("This file {is}."),
    };
    Some(Diagnostic::new(code, severity, &asset.source, Span::default(), message).help(way_out(picture)))
}

/// A picture that is shown with a hole stops nothing.
fn severity(picture: Picture) -> Severity {
    let shown = picture.format.shown() && picture.fault.is_some_and(Fault::is_shown);
    if shown { Severity::Warning } else { Severity::Error }
}

/// What is wrong with a picture, as the end of a sentence.
fn trouble(picture: Picture, path: &SourcePath) -> Option<(crate::diag::Code, String)> {
    let Picture { format, fault } = picture;
    let extension = path.extension();
    if !format.shown() && format != Format::Unknown {
        let what = match format {
            Format::Heif => "HEIC, the format of iPhone photos".to_owned(),
            Format::Raw => "the raw photo of a camera".to_owned(),
            _ => format!("a {} picture", format.name()),
        };
        let really = if format.is_called(&extension) {
            "is".to_owned()
        } else {
            format!("is called .{extension}, but is really")
        };
        return Some((code::PHOTO_FORMAT, format!("{really} {what}, which most browsers do not show")));
    }
    let is = match fault? {
        Fault::CutShort => "is cut short: the end of the file is missing".to_owned(),
        Fault::EndMissing => "ends too early: a part of it may be grey or missing".to_owned(),
        Fault::Broken => "is damaged: its parts do not fit together".to_owned(),
        Fault::TooLarge => "is larger than 64 MB".to_owned(),
        Fault::Hidden => {
            format!("is no {extension} picture, but carries what a camera wrote, such as the place")
        }
        Fault::Inside => "holds a photo that tells where it was taken".to_owned(),
        Fault::DataInside => {
            "holds a photo with what a camera or a program wrote into it, such as the day and names"
                .to_owned()
        }
    };
    Some((code::BROKEN_IMAGE, is))
}

fn way_out(picture: Picture) -> String {
    match (picture.format, picture.fault) {
        (Format::Heif, _) => {
            format!("Open it on the computer, save it as JPEG, and use that file. {CAMERA}")
        }
        (format, _) if !format.shown() && format != Format::Unknown => {
            "Open it on the computer, save it as JPEG (a photo) or PNG (a drawing, a screenshot), and use that file."
                .to_owned()
        }
        (_, Some(Fault::CutShort | Fault::EndMissing)) => {
            "Copy it once more from where it came from, or open it in a picture program and save it again."
                .to_owned()
        }
        (_, Some(Fault::Inside)) => {
            "Save that photo again without its place (\"Remove location\" in the photo program), and put it in once more."
                .to_owned()
        }
        (_, Some(Fault::DataInside)) => {
            "Save that photo again without these data (\"Remove properties and personal information\" in Windows, or as PNG without \
             metadata), and put it in once more. A photo in a file of its own, shown by a page, is cleaned by itself."
                .to_owned()
        }
        (_, Some(Fault::TooLarge)) => {
            "Open it in a picture program and save it smaller: 1600 pixels are wide enough for a page.".to_owned()
        }
        _ => "Open it in a picture program and save it again as PNG or JPEG.".to_owned(),
    }
}
