//! Rules on links and addresses.

group!(
    link_empty,
    link_text_vague,
    link_text_url,
    link_same_text,
    link_file_type,
    link_insecure,
    link_to_redirect,
    link_to_hidden,
    orphan_page,
    alias_collision,
    removed_address,
    external_broken,
    external_moved,
    external_unsure,
);
