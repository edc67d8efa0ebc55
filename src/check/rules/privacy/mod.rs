//! Rules on what must not be published.

pub mod file_author;
pub mod personal_contact;
pub mod photo_location;
pub mod remote_in_theme;
pub mod remote_resource;
pub mod student_data;

group!(remote_resource, remote_in_theme, personal_contact, student_data, photo_location, file_author);
