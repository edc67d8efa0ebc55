//! Rules on links and addresses.

pub mod alias_collision;
pub mod external_broken;
pub mod external_moved;
pub mod external_unsure;
pub mod link_empty;
pub mod link_file_type;
pub mod link_insecure;
pub mod link_same_text;
pub mod link_text_url;
pub mod link_text_vague;
pub mod link_to_hidden;
pub mod link_to_redirect;
pub mod orphan_page;
pub mod removed_address;

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
