//! Rules on what people with disabilities need; each names its WCAG criterion, or that it is good practice.

pub mod bold_as_heading;
pub mod color_wording;
pub mod heading_duplicate;
pub mod heading_empty;
pub mod heading_long;
pub mod heading_one;
pub mod heading_skip;
pub mod html_focus;
pub mod html_frame;
pub mod html_id;
pub mod html_moving;
pub mod html_role;
pub mod html_style;
pub mod image_alt_long;
pub mod image_alt_missing;
pub mod image_alt_useless;
pub mod image_moving;
pub mod image_of_text;
pub mod language_tag;
pub mod lost_heading;
pub mod media_transcript;
pub mod script_mix;
pub mod sensory_wording;
pub mod table_header;
pub mod table_layout;
pub mod typed_bullets;
pub mod typed_numbers;

group!(
    image_alt_missing,
    image_alt_useless,
    image_alt_long,
    image_of_text,
    image_moving,
    heading_skip,
    heading_one,
    heading_empty,
    heading_duplicate,
    heading_long,
    bold_as_heading,
    lost_heading,
    typed_bullets,
    typed_numbers,
    table_header,
    table_layout,
    language_tag,
    script_mix,
    sensory_wording,
    color_wording,
    media_transcript,
    html_moving,
    html_focus,
    html_frame,
    html_style,
    html_id,
    html_role,
);
