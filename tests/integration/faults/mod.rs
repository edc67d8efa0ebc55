//! What must happen when something is wrong: hostile and broken front matter, text, settings, data, themes, paths and
//! output folders. The marks: **F** fails and says file and line, **W** is not silent, **O** builds and the page is
//! right, **E** either, but no crash, no hang, nothing lost in silence. `crate::support::Run` fails on any panic.
//!
//! What was found by people who tried the program, with the tests that hold it (numbers of the findings; each test has the
//! finding's own input and neighbours of it):
//!
//! | Finding | Test |
//! |---|---|
//! | A1 F6 | `languages::an_original_is_published_however_far_its_translations_are`, `what_a_translation_lacks_is_told_at_its_own_line_with_the_language`, `meant::a_pick_is_told_at_its_own_line` |
//! | A2 F17 | `published::hidden_pages_have_their_entries_and_no_dead_links`, `addresses::hidden_pages_have_no_dead_links` |
//! | A4 F26 | `published::links_to_what_is_left_out_are_words_and_told_once` |
//! | A5 | `published::the_table_of_the_manual_is_true`, `meant::a_translation_of_what_is_left_out_is_no_orphan`, `published_files::files_come_and_go_with_what_leads_to_them` |
//! | A6 | `languages::a_removed_language_is_told_once_with_the_ways_out` |
//! | A7 F3 | `absent::one_error_and_nothing_written`, `broken_settings_are_told_alone`, `a_good_website_stays_as_it_was` |
//! | A13 | all of `before_publishing` |
//! | A15 | `published::a_section_that_is_left_out_takes_its_pages_along`, `a_section_that_stands_alone_speaks_for_itself_only` |
//! | C1 | `published::a_locked_address_that_is_over_answers` |
//! | C2 | `outputs::the_day_is_that_of_the_zone`, `a_zone_that_nobody_knows_is_told`, and the tests in `cli/today.rs` |
//! | C4 | `settings::an_old_address_that_no_server_takes_for_a_page_is_told_unless_a_host_leads_on_by_itself`, `two_hosts_that_read_one_file_in_other_words_are_told`, the tests in `hosts/tests.rs`, `tests/web/hosts.test.mjs` with the real Apache and nginx |
//! | C5 A21 | `strict_quiet_and_notes_say_what_counts_and_how_much_is_said` of the test program `publish`, `init_makes_a_guide_that_builds` of `cli_commands` |
//! | C6 | `build_tells_what_changed_since_it_was_published_and_what_it_would_write`, `a_folder_gets_what_changed_and_keeps_what_is_not_ours` of `publish` |
//! | C7 C11 | all of `colleagues` of `serve_files`, the tests in `cli/neighbours.rs` and `serve/guard.rs`, `network_wsl_and_fuse_are_polled` in `io/watch/filesystem.rs` |
//! | C8 A22 | all of the test program `packaging`; the command scripts/test packages installs each |
//! | C9 | `outputs::a_note_says_what_needs_the_address`, `followed::an_empty_feed_says_no_day_of_1970`, `meant::a_robots_file_of_the_site_stands_in_place_of_the_made_one` |
//! | C10 | `tests/web/hosts.test.mjs`: nothing of Guidepost's own is shown |
//! | C12 | `published::a_name_with_an_underscore_is_a_draft` |
//! | F4 | `published_files::files_that_look_like_pages_are_named_and_not_published`, `absent::a_site_without_a_page_is_told_what_is_there_instead` |
//! | F5 | `published::menus_fields_handouts_and_templates_leave_out_what_is_left_out`, `ahead` |
//! | F7 | `languages::a_renamed_page_keeps_its_locked_addresses_in_all_languages`, `an_alias_holds_in_all_languages` |
//! | F13 F31 | `outputs::clashes_are_found_before_anything_is_written`, `what_others_wrote_in_the_way_is_named_with_what_belongs_there`, `made_pages::pages_and_files_at_the_address_of_a_made_page_are_told_with_the_remedy`, `clashes_of_finders_name_both_lines_and_a_right_remedy` |
//! | F14 | `languages::entries_that_a_translation_lacks_are_shown_in_its_lists`, `a_word_of_a_page_that_is_not_translated_gives_way` |
//! | F15 | `made_pages::letters_of_the_a_to_z_stand_once_and_in_the_order_of_the_language`, `lists_of_pages_sort_as_the_a_to_z_does` |
//! | F16 | `made_pages::two_tags_never_share_a_page_and_one_word_has_one`, `one_word_in_two_forms_is_one_tag` |
//! | F23 | `outputs::without_checks_nothing_of_an_earlier_run_is_told` |
//! | F24 | `languages::regional_languages_inherit_labels_choices_and_texts`, `a_folder_that_is_spelt_otherwise_is_named_with_the_right_spelling` |
//! | D1 F19 A9 | all of `pictures` |
//! | D11 | `a_page_saved_while_the_site_is_made_is_never_mixed_of_old_and_new` in `src/cli/work/tests.rs` |
//! | D22 | `the_day_turns_at_the_local_midnight` of the test program `serve_files` |
//! | A3 | `kinds::the_examples_of_the_manual_work`, and `config::kinds::tests` of the library: `one_more_choice_keeps_the_others`, `a_label_in_one_more_language_keeps_the_others`, `fields_are_added_changed_and_taken_away`, `kinds_are_taken_away` |
//! | A10 | `languages::the_notice_names_the_language_that_is_missing_by_its_own_name` |
//! | A11 | `languages` of `cli_commands`: `a_new_translation_has_the_text_and_the_stamp_of_the_original`, `a_language_that_the_theme_does_not_speak_gets_a_file_to_translate`, `vietnamese_joins_the_guide_and_leaves_it_without_a_trace`; all of `theme_texts` |
//! | A14 | `absent::a_logo_that_is_missing_is_told_where_it_is_named` |
//! | B1 T7 | `kinds::every_field_is_shown_by_its_type_in_the_readers_words`, `a_field_added_to_a_kind_of_the_theme_is_shown`, `a_field_is_displayed_as_its_kind_says` |
//! | B2 D16 | `kinds::an_entry_shows_the_same_wherever_it_stands`, `what_a_sheet_picks_says_its_language_where_the_sheet_is_in_another`, and `tests/web/kinds.test.mjs` |
//! | B3 | `kinds::what_is_taken_away_leaves_no_trace`, `a_blank_guide_builds_and_speaks_of_no_trade` of `cli_commands`, `theme_and_program_know_no_trade` of `tidy` |
//! | B4 | `folders::a_folder_without_a_page_is_a_section_with_the_title_of_its_name`, `a_page_beside_a_folder_of_its_name_is_the_page_of_the_folder`, `menus_are_bounded` |
//! | B5 | `tests/check/foreign-markup` |
//! | B6 | all of `titles`, `folders::a_readme_is_the_page_of_its_folder` |
//! | B8 T53 | all of `foreign_keys`, `languages::a_folder_that_is_spelt_otherwise_is_named_with_the_right_spelling` |
//! | B9 | `kinds::every_field_is_shown_by_its_type_in_the_readers_words`, `a_blank_guide_builds_and_speaks_of_no_trade` of `cli_commands` |
//! | C3 | all of `theme` of `cli_commands`, `templates::a_failure_of_one_cause_is_told_once` |
//! | D19 | `made_pages::clashes_of_finders_name_both_lines_and_a_right_remedy` |
//! | D27 | `a_theme_says_which_versions_it_works_with_and_its_grounds` and `a_hard_color_is_noted` of the library's `config::tests` |
//! | F6 | `notices::a_list_says_when_most_of_it_is_in_another_language`, `tests/web/languages.test.mjs` |
//! | F27 | `kinds::a_link_to_print_a_part_stands_only_where_there_is_a_part`, `tags::a_tag_is_one_whichever_of_its_names_is_written` |
//! | F29 | `tests/web/keyboard.test.mjs`, `tests/web/tasks.test.mjs` (d) |
//! | T6 | `kinds::references_that_lead_nowhere_are_told_at_their_place`, `a_path_that_is_nearly_right_is_named_as_one_writes_it` |
//! | T10 | `themes_overrides::a_text_that_readers_must_see_and_that_the_theme_lacks_is_an_error`, `components::a_theme_without_the_notice_on_unchecked_pages_must_say_so` |
//! | T31 | all of `tags` |
//! | T1 T5 | `outputs::a_build_makes_what_the_sources_say_whatever_ran_before`, `names_that_are_kept_are_kept_in_all_pages` |
//! | F48 | `a_new_handout_has_an_address_and_stands_in_no_list` of `cli_commands` |
//!
//! The same for what the issue "One reading of a page" names. `check` is the test program of that name, `tests/check/…` its
//! fixtures: what a rule tells, and what it is silent about.
//!
//! | Finding | Test | Neighbours of its input there |
//! |---|---|---|
//! | D2 | `check`: `front_end::tables_with_too_many_empty_places_are_no_tables_for_rules_either`; `markdown::limits` of the library | in a quotation, in an item, with text below, with the line ends of Windows |
//! | D8 | `check`: `front_end::front_matter_is_never_read_as_text`, `a_second_reading_gives_the_same_text` | three empty lines, a mark at the start, line ends of Windows, blanks behind the dashes, three points |
//! | D18 | `addresses::pages_files_and_folders_are_found_as_they_are_written`, `menus_templates_and_fields_get_the_same_answers` | the folder with a slash, with an anchor, from inside, a page in it |
//! | F9 | all of `raw_html`, `check`: `tests/check/html-id` | `srcset`, `poster`, `cite`; print pages, handouts, other languages, both address styles |
//! | F12 | `addresses::pages_that_guidepost_makes_can_be_linked` | from text, menu and template; tags, finder and its choices, print pages of parts, A to Z |
//! | F17 | `addresses::hidden_pages_have_no_dead_links`, `published::hidden_pages_have_their_entries_and_no_dead_links` | a tag of signs alone, `print: false`, a page in no section, a page that is seen again |
//! | F18 | `addresses::two_forms_of_unicode_are_one_name`, `old_addresses_are_one_in_both_forms_of_unicode`, `glossary::names_with_signs_link_and_their_letters_alone_do_not` | pages, folders, files, anchors, tags, fields, menus, templates, old addresses, words; each way round |
//! | F32 | `addresses::what_leads_nowhere_is_told_with_what_to_write`, `names_of_files_that_mean_something_else_are_told` | four paths with backslashes, two hidden names, nine names of files, two signs of addresses |
//! | A16 | `addresses::what_leads_nowhere_is_told_with_what_to_write`, `check`: `tests/check/merge-mark`, `tests/check/unfinished-text`, `tests/check/foreign-markup` | three hosts without `https:`, six names in the wrong case, five boxes of Obsidian |
//! | B7 | `addresses::links_of_other_tools_lead_to_the_page_of_the_same_language`, `folders::advice_names_the_file_that_is_there` | from the root, with the language, with an anchor, without a slash, from a folder |
//! | D14 | `glossary::the_rules_count_what_is_linked`, `a_word_that_is_never_linked_is_none_to_any_rule` | names with signs, in Spanish, terms that nobody uses, short forms |
//! | F22 | all of `glossary`, `site::matcher` of the library | both apostrophes, points, a plus, `#`, numbers; four scripts without spaces; two spaces, a line end |
//! | F8 | `sheets::footnotes_of_picked_entries_stand_at_the_foot_of_a_handout`, `footnotes_of_entries_are_in_the_finder_and_on_print_pages`, `footnotes_stay_with_their_entry_where_a_theme_has_no_place_for_them` | a note in a note, one mentioned twice, in Spanish, in three address styles |
//! | D9 | `sheets::words_of_what_is_picked_are_among_the_words_of_the_page`, `words_in_each_part_of_what_is_picked_are_among_the_words_of_the_page` | in a footnote, a box, a list, a table, a quotation; in Spanish, in the finder |
//! | F10 A8 | `check`: `tests/check/link-as-text`, `fixes::fixes_write_what_their_messages_say` | pictures, telephones, definitions, no-break spaces, titles |
//! | F11 A8 | `check`: `tests/check/table-cells`, `tests/check/table-as-text` | a pipe in code, a cell too few, rulers of dashes, grid tables, tabs |
//! | F21 A8 | `check`: `tests/check/invisible-character`, `tests/check/front-matter-as-text`, `front_matter::each_is_told_once` | headings, items, numbers, nested items, keys, fences |
//! | F33 | `check`: `tests/check/foreign-markup`; `commonmark` and `markdown::autolink` of the library | some eighty marks of twenty programs |
//! | A8 | `check`: all of `tests/check` for the rules of the group `lost`; `titles::what_of_a_title_is_not_shown_is_told` | each rule has its own |
//! | F2 | `check`: `fixes::bullets_in_bold_and_links_stay_what_they_are`, and 600 texts by chance in each of three tests | nine marks, seven nestings |
//! | D4 T3 F38 | `templates::a_thing_that_is_asked_for_while_it_is_made_is_an_error_with_the_round_trip`, `warm_and_cold_agree_on_what_asks_for_itself` | `menu()` through a file, through an entry |
//! | D4 T4 | `templates::stylesheets_that_ask_for_each_other_are_told_the_same_way_however_many_threads_there_are`, `stylesheets::a_template_in_a_circle_of_stylesheets_is_an_error` | one, two, three of them; plain ones between |
//! | D5 F1 T2 | `templates::a_thing_that_is_asked_for_while_it_is_made_is_an_error_with_the_round_trip`, `entries_of_two_kinds_that_list_each_other_end`, `a_way_that_is_too_long_is_an_error`, `sheets::what_a_template_does_not_read_is_not_made` | `entry()`, two kinds, sixty in a row, titles alone |
//! | T46 | `templates::long_chains_of_files_are_refused_and_short_ones_are_not`, `many_includes_and_many_broken_files_are_read_once`, `output_without_an_end_is_given_up` | `extends`, circles, 5,000 files beside each other, output of a component |
//! | F30 T11 T12 | `templates::an_error_in_a_component_is_told_once_at_the_line_of_its_template`, `the_way_through_components_is_shown` | five faults, a component in a component, two languages |
//! | T25 | `templates::one_line_of_a_template_is_one_error_whatever_page_it_is_met_on` | pages that know other names |
//! | T24 | `templates::a_failure_of_one_cause_is_told_once` | fourteen causes |
//! | D10 T8 T40 T47 T48 | all of `stylesheets` | `image-set`, `layer`, modules, source maps, fragments, made stylesheets, circles |
//! | D7 | all of `cache` | another build, length, version; values that cannot be read; damage of three sorts |
//! | D21 | `panics` of the test program `incremental` | in rules, renders, parsers and the sink, with one thread and two |
//! | F20 | `data::what_was_typed_is_shown`, `what_would_be_lost_is_told_at_its_place` | twelve values in YAML, CSV and JSON; texts; eight broken files |
//!
//! What "It must have" says of publication, number by number, with the tests that hold it and the neighbours of its input that are
//! tried in them:
//!
//! | Publication | Tests | Neighbours |
//! |---|---|---|
//! | 1 one model | `published::the_table_of_the_manual_is_true`, `a_section_that_stands_alone_speaks_for_itself_only`, `a_section_that_is_left_out_takes_its_pages_along`, `a_name_with_an_underscore_is_a_draft`, `hidden_pages_have_their_entries_and_no_dead_links`, `unmeant::every_page_of_a_section_speaks_for_what_is_below_it`, `front_matter::a_page_meant_as_a_draft_is_not_published`, `what_is_public_is_what_the_front_matter_says` of `incremental` | a section within a section; a translation that says `draft: false`; `README.md`, `Index.md` or a page beside the folder as the section's page; numbers before names; ways to misspell `draft` |
//! | 2 files follow pages | all of `published_files`, `followed::what_a_linked_page_in_html_needs_is_published`, `a_file_that_is_only_measured_stays_at_home`, `meant::what_files_takes_out_is_not_published_and_each_idle_pattern_is_told`, `unmeant::what_an_editor_or_a_system_leaves_is_not_published` | `srcset`, `poster` and footnotes; code, comments and bare names, which lead nowhere; a file of the other language; what a file in HTML names; copies that editors leave |
//! | 3 links to what is left out | `published::links_to_what_is_left_out_are_words_and_told_once`, `menus_fields_handouts_and_templates_leave_out_what_is_left_out`, `a_made_page_of_which_all_is_left_out_is_no_error`, `a_locked_address_that_is_over_answers`, all of `ahead` | a link without words, by reference, in a table, in HTML; the page of a tag, the sheet of a section; an old address, a translation's address |
//! | 4 the local day | `outputs::the_day_is_that_of_the_zone`, `a_zone_that_nobody_knows_is_told`, `meant::times_and_empty_keys_are_told_at_their_line`, `notices::the_day_is_that_of_the_site`, `the_day_turns_at_the_local_midnight` of `serve_files`, the tests in `cli/today.rs` and `schema/scalar.rs` | offsets of a quarter and half of an hour; forms of `TZ`; a moment with an offset; days on which clocks change |
//! | 5 languages | `languages` from `an_original_is_published_however_far_its_translations_are` on, `notices::a_list_says_when_most_of_it_is_in_another_language`, `unmeant::a_key_that_the_site_ignores_keeps_no_translation_back` | an entry, a heading, a pick and a word that a translation lacks; a renamed page; tags with a region and with a script; a mistake in a section's page |
//! | 6 settings | all of `absent`, `settings::each_fault_is_reported_at_its_file` | `site.yml`, `Site.yaml`, `site.yaml.txt`, the folder above; settings that are no text; a theme without its file; pages with another ending |
//! | 7 the output folder | all of `outputs`, `refusals::output_folders_that_hold_something_else_are_refused`, `a_build_makes_what_the_sources_say_whatever_wrote_there` of `incremental`, `a_build_after_serve_that_wrote_is_a_build` of `serve_files` | `serve --write` and `watch` that are killed; a list, a manifest, a cache that is gone; a file for a folder and the reverse; names in another case |
//! | 8 tags and made pages | all of `made_pages`, `tags`, `order`, `paths::tags_and_titles_make_no_paths` | signs alone, emoji, long and other scripts; one word in two forms; Spanish, Danish, Czech, Korean, Thai |
//! | 9 before publishing | all of `before_publishing` | a moved box, a comment to fill in, a sentence of `new`; what is good to know; addresses that would be dead |
//! | 10 photos | all of `pictures`, `picture_files`, `followed::a_film_that_tells_its_place_is_an_error_with_the_way_out`, `a_photo_that_ends_too_early_is_told_and_shown` | another ending, trailing data, a second picture inside; damage at every byte; a photo inside a drawing, a stylesheet, a theme |
//!
//! The same of a guide of any topic:
//!
//! | Any guide | Tests | Neighbours |
//! |---|---|---|
//! | 1 the theme of the program | all of `theme` and `new_theme` of `cli_commands` | a copy of the whole theme; a file that cannot be ejected; a fault in a built-in template |
//! | 2 starters | all of `starters` of `cli_commands`, `handbook.test.mjs`, `pages.test.mjs`, `html.test.mjs` | with drafts; without the examples; each in the other language |
//! | 3 no trade in theme and program | `theme_and_program_know_no_trade` and `words_of_one_trade_are_seen` of `tidy`, `the_foot_says_what_the_guide_is_not_where_the_guide_says_so` of `cli_commands` | words, paths and lists; all pages of `blank`; the foot in each starter |
//! | 4 kinds | all of `kinds`, `foreign_keys`, `sheets`, `tests/web/kinds.test.mjs`, `unmeant::what_a_kind_shows_to_no_reader_stands_in_no_file`, `a_new_handout_has_an_address_and_stands_in_no_list` of `cli_commands` | a field of each type; a kind, a field, a choice taken away; what cascades; `yes` and `no` on both places |
//! | 5 folders and titles | all of `folders`, `titles`, `order` | `README.md`, a page beside its folder, numbers that are part of a name; a title over a line of `=` |
//! | 6 keys of other programs | all of `foreign_keys`, `unmeant::a_key_that_holds_a_page_back_elsewhere_stops_the_build` | a typo; a key that is ignored; a field of that name |
//! | 7 languages | `languages` and `theme_texts` of `cli_commands` | a language that the theme does not speak; `vn`, `jp`, `hindi`; a language taken out and put back |
//! | 8 notices, tables, words of the settings | all of `notices`, `tables`, `values` | both days, one, none; a column, an order, a file that are not there; braces that are text; a number among Arabic words |
//!
//! A theme author's day (T1 to T59), each with the neighbours that were tried, or why it is as it is:
//!
//! | Finding | Test | Neighbours |
//! |---|---|---|
//! | T1 T5 | `outputs::a_build_makes_what_the_sources_say_whatever_ran_before`, `names_that_are_kept_are_kept_in_all_pages` | other dates, addresses, drafts, without a cache |
//! | T2 T3 T4 | `templates::a_thing_that_is_asked_for_while_it_is_made_is_an_error_with_the_round_trip`, `entries_of_two_kinds_that_list_each_other_end` | one, two, three in a circle; warm and cold |
//! | T6 | `kinds::references_that_lead_nowhere_are_told_at_their_place`, `a_path_that_is_nearly_right_is_named_as_one_writes_it` | pages and entries, one and lists |
//! | T7 | `kinds::every_field_is_shown_by_its_type_in_the_readers_words` | every type, in three languages |
//! | T8 T47 T48 | `stylesheets::whatever_names_a_file_names_it_as_it_is_called_in_the_site`, `an_address_that_leads_to_no_file_is_told_at_its_line` | `url`, `@import`, `image-set`, modules, source maps, `#id` |
//! | T9 T41 | `the_examples_of_the_manual_on_the_theme_work` of `cli_commands`, `followed::an_empty_feed_says_no_day_of_1970` | each fence of the page |
//! | T10 | `themes_overrides::a_text_that_readers_must_see_and_that_the_theme_lacks_is_an_error`, `components::a_theme_without_the_notice_on_unchecked_pages_must_say_so` | notices, months, titles |
//! | T11 T12 T25 | `templates::an_error_in_a_component_is_told_once_at_the_line_of_its_template`, `the_way_through_components_is_shown`, `one_line_of_a_template_is_one_error_whatever_page_it_is_met_on` | in entries, in components of components |
//! | T13 | `themes_functions::a_wrong_name_in_a_call_is_an_error_at_its_line_with_the_one_that_is_meant`, `a_place_that_nothing_fills_is_told`, `what_may_be_missing_is_no_error` | every function |
//! | T14 T37 | `formats` of `check_cli`: `sarif_keeps_to_its_schema`, `paths_count_from_the_top_of_the_repository` | results without a place |
//! | T15 | all of `themes_files` | JSON, calendars, own sitemap and robots, hashed names, each language |
//! | T16 | all of `values`, all of `inline_components` | headings, tables, links, lists, code, fields |
//! | T17 | `themes_files::cards_carry_days_and_owner`, `component_headings::a_card_has_the_first_words_of_its_page` | pages without words, with a picture first |
//! | T18 T54 | all of `themes_settings` | two layers, every type |
//! | T19 | `themes_overrides::a_template_that_is_missing_is_told_with_what_needs_it`, all of `new_theme` of `cli_commands` | a theme that extends, the whole guide with it |
//! | T20 | `themes_functions::names_of_other_programs_are_told_with_what_to_write_here`, `themes_files::the_manuals_examples_give_what_it_says` | tags, filters, tests, functions |
//! | T21 | `themes_functions::a_file_that_extends_itself_is_told_the_name_of_the_themes` | parts: `themes_overrides::what_is_wrong_in_a_block_of_a_part_is_told_in_its_file` |
//! | T22 | `themes_settings::a_line_kinds_on_top_of_kinds_yaml_is_told_once` | |
//! | T23 | `themes_overrides::a_component_may_hold_the_one_whose_place_it_takes`, `a_block_of_a_part_is_replaced_and_the_rest_stays` of the library's `template::parts` | three layers, nested blocks, `super()` twice |
//! | T24 | `templates::a_failure_of_one_cause_is_told_once` | wrong theme, missing folder, `extends` |
//! | T26 | `themes_functions::no_message_names_a_type_of_the_programs_language` | |
//! | T27 | all of `components` | each type, quotes of both sorts |
//! | T28 | all of `component_headings`, `counts::a_heading_of_a_component_redoes_those_who_link_to_it` of `incremental` | in entries, in boxes, in another language, two pages that link to each other |
//! | T29 | `themes_overrides::an_override_that_nothing_uses_is_told_with_the_name_that_is_meant`, `stylesheets::an_asset_whose_name_a_template_takes_is_told` , all of `unread`, `themes_tools::what_nothing_uses_in_a_theme_is_told` | templates, entries, texts; 54 names of files and folders, and 23 that are right |
//! | T30 | `themes_functions::tags_without_pages_are_none_and_a_code_has_a_limit` | |
//! | T31 | all of `tags` | |
//! | T32 | `data::what_would_be_lost_is_told_at_its_place`, `themes_overrides::data_of_a_theme_work_and_those_of_the_site_come_first` | |
//! | T33 | `themes_overrides::a_template_that_is_too_large_is_told_and_nothing_stands_in_for_it` | a page's template, a part |
//! | T34 | `themes_overrides::a_file_of_an_editor_stands_in_for_none_of_the_theme` | |
//! | T35 | `every_language_has_the_words_of_the_theme` of `cli_commands`, `themes_table` | |
//! | T36 T57 | all of `made_html` | each lack |
//! | T38 | `themes_tools::texts_within_quotes_may_stand_in_single_ones`, `the_manual_sets_up_the_tools` | djlint itself was run by hand: it finds no fault in `themes/plain`, and what it reformats builds |
//! | T39 | `themes_overrides::the_list_of_pages_is_for_other_programs`, `report::as_json_it_is_the_same_and_writes_no_file` of `check_cli`, `new_theme::the_library_builds_as_the_program_does` of `cli_commands` | |
//! | T40 | `stylesheets::a_name_changes_with_what_is_named_and_with_nothing_else` | |
//! | T42 | `data::files_that_are_no_data_are_told_where_a_template_asks_for_them` | |
//! | T43 T44 T45 | `themes_overrides::an_empty_drawing_may_be_closed_where_it_begins`, `drawings_say_how_large_they_are` of the library | A viewBox alone gives no size: such a drawing fills the room that it gets |
//! | T46 | `templates::long_chains_of_files_are_refused_and_short_ones_are_not`, `many_includes_and_many_broken_files_are_read_once`, `output_without_an_end_is_given_up` | A text doubled in a variable ends with the memory: the engine of templates has no bound for it |
//! | T49 | `stylesheets::a_name_in_keep_names_that_means_no_asset_is_told` | patterns, a folder before the name, a template's stylesheet |
//! | T50 | `themes_functions::tags_without_pages_are_none_and_a_code_has_a_limit` | |
//! | T51 | `stylesheets::an_asset_whose_name_a_template_takes_is_told` | the site's file below the theme's template, and the other way round |
//! | T52 | units of the library's `engine::patterns` | |
//! | T53 | all of `foreign_keys` | |
//! | T55 | `schemas_are_written_and_printed` of `cli_commands` | |
//! | T56 | `heals::the_page_of_an_error_names_the_file_that_is_broken` of `serve_files` | the frame, the page's own template, a part |
//! | T58 | `meant::what_is_left_out_is_named_and_notes_say_the_safe_way_first` | of a hidden page no more than a note is told |
//! | T59 | `themes_table::each_mistake_is_told_at_its_place_with_what_to_write`, the rows of debug | An error of a name lists those that are known there, which is what a dump was for |
//! | 390 mistakes | `themes_table`: each kind once | |

mod absent;
mod addresses;
mod ahead;
mod before_publishing;
mod cache;
mod component_headings;
mod components;
mod costs;
mod data;
mod data_pages;
mod folders;
mod followed;
mod foreign_keys;
mod front_matter;
mod glossary;
mod injection;
mod inline_components;
mod kinds;
mod languages;
mod made_html;
mod made_pages;
mod meant;
pub mod narrow_photos;
mod notices;
mod order;
mod outputs;
mod paths;
mod picture_files;
mod pictures;
mod published;
mod published_files;
mod raw_html;
mod refusals;
mod settings;
mod sheets;
mod stylesheets;
mod tables;
mod tags;
mod templates;
mod themes_files;
mod themes_functions;
mod themes_overrides;
mod themes_settings;
mod themes_table;
mod themes_tools;
mod titles;
mod unmeant;
mod unread;
mod values;
