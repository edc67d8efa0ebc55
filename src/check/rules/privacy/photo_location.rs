//! `photo-location`: a photo that tells where it was taken.

use crate::check::file::{self, AssetInput, Whence};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::Span;

const HELP: &str = "The copy on the website is clean. Before you send this file on, save it again without its place: \"Remove location\" in the photo program.";

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::PHOTO_LOCATION,
    group: Group::Privacy,
    title: "A photo that tells where it was taken",
    explanation: "Phones write the place into every photo: a picture from a home visit tells the address. Programs add it in XMP, \
        news agencies name the town in IPTC fields. The website gets a clean copy: the same pixels without any of it. \
        But the file in your folder still tells the place, and may be sent on. Save the photo again without it. \
        A film (MP4, MOV) is published as it is, so one that tells its place is an error.",
    bad: "A JPEG with GPS data in its EXIF block.\n",
    good: "The same JPEG, exported without metadata.\n",
    check: Check::Asset(check),
    ..RuleInfo::DEFAULT
};

const FILM_HELP: &str = "The film is published as it is. Save it again without its place: \"Remove location\" or \"Include: Location\" off when you \
    send it from the phone; on a computer, `ffmpeg -i film.mp4 -map_metadata -1 -c copy clean.mp4`.";

fn check(asset: &AssetInput<'_>, out: &mut Findings<'_>) {
    if asset.picture.is_none() && file::is_film(&asset.path.extension()) {
        if file::film_tells_place(asset.bytes) {
            let message = "this film tells where it was taken";
            out.push(out.at_level(Severity::Error, Span::default(), message).help(FILM_HELP));
        }
        return;
    }
    let Some(place) = asset.picture.and_then(|picture| file::place(picture.format, asset.bytes)) else {
        return;
    };
    let whence = match place.whence {
        Whence::Exif => "",
        Whence::Xmp => ", in what a program wrote beside the pixels (XMP)",
        Whence::Iptc => ", in the fields of news agencies (IPTC)",
        Whence::SecondPicture => ", in a second picture inside the file",
        Whence::Film => ", in the short film behind the photo",
    };
    // Rounded to some hundred kilometres: the report must not tell the place either.
    let near = place
        .degrees
        .map_or_else(String::new, |at| format!(" (near {:.0}, {:.0})", at.latitude, at.longitude));
    let message = format!("this photo tells where it was taken{near}{whence}");
    out.push(out.at(Span::default(), message).help(HELP));
}
