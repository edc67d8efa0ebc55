//! `photo-location`: a photo that tells where it was taken.

use crate::check::file::{self, AssetInput};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::PHOTO_LOCATION,
    group: Group::Privacy,
    title: "A photo that tells where it was taken",
    explanation: "Phones write the place into every photo: a picture from a home visit tells the address. The site is made \
        without it, but the file in your folder still has it, and may be sent on. Save the photo again without its place.",
    bad: "A JPEG with GPS data in its EXIF block.\n",
    good: "The same JPEG, exported without metadata.\n",
    check: Check::Asset(check),
    ..RuleInfo::DEFAULT
};

fn check(asset: &AssetInput<'_>, out: &mut Findings<'_>) {
    if let Some(place) = file::location(asset.bytes) {
        // Rounded to some hundred kilometres: the report must not tell the place either.
        let message = format!(
            "this photo tells where it was taken (near {:.0}, {:.0})",
            place.latitude, place.longitude
        );
        out.push(out.at(Span::default(), message).help("Save it again without its place: \"Remove location\" in the photo program."));
    }
}
