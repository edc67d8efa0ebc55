//! Rules on what must not be published.

group!(remote_resource, remote_in_theme, personal_contact, student_data, photo_location, file_author);
