"""Everything a person can do or see in the console, a program can by the API; what it cannot says why.

A new address in `console.urls` fails this test until somebody has said by which operation a program does the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

PART_OF_A_PAGE = "a part of a page, for a browser that looks at it"
OWN = "a person's own: their sign-in, their language, the browser they sit at"
A_PERSONS_WORD = "a person judges what the corrections of people have taught a line"
A_FORM = "a form; what it does has an operation"
SIGNS_IN = "a person signs in at somebody else's page"
WHITE_LABEL = "an agency's: a token belongs to one business"
RINGS = "it rings the phone of the person who asks: a program has none"
FACE_TO_FACE = "it opens a way in past somebody's phone: a person answers for it that it is they who ask"
NOBODY_TWICE = "a token that makes tokens would outlive its own end"

TOGETHER: dict[str, str] = {
    # What needs somebody, and who that is
    "today": "list_todos list_pages list_appointments get_report",
    "today_live": PART_OF_A_PAGE,
    "counted": PART_OF_A_PAGE,
    "inbox": "list_conversations",
    "inbox_live": PART_OF_A_PAGE,
    "search": "list_contacts list_messages",
    "search_rows": PART_OF_A_PAGE,
    "todos": "list_todos",
    "todos_live": PART_OF_A_PAGE,
    "close_todo": "close_todo",
    "take_page": "take_page",
    "calls": "list_calls",
    "health": "list_line_findings get_forwarding_codes",
    "finding_behind": "list_messages list_calls",
    "undo": "hand_back take_over open_conversation_again open_todo_again let_message_go remove_note take_back_revenue",
    # A conversation
    "conversation": "get_conversation get_timeline list_notes",
    "conversation_live": PART_OF_A_PAGE,
    "here": PART_OF_A_PAGE,
    "plain": PART_OF_A_PAGE,
    "take_over": "take_over",
    "hand_back": "hand_back",
    "reply": "send_message",
    "mark": "mark_lead",
    "assign": "assign_conversation",
    "snooze": "snooze_conversation",
    "done": "finish_conversation",
    "open_again": "open_conversation_again",
    "note": "write_note",
    "remove_note": "remove_note",
    "plan": "plan_lead",
    "called": "note_call",
    "correct": "correct_call",
    "whose": "mark_number",
    "stop": "note_stop",
    "hold_back": "hold_back_message",
    "hold_back_plan": "hold_back_planned let_planned_go",
    "connect": RINGS,
    "media": "list_attachments get_attachment_file",
    "media_small": PART_OF_A_PAGE,
    "on_call": "list_shifts list_overrides",
    "add_shift": "add_shifts",
    "remove_shift": "remove_shift",
    "add_override": "add_override",
    "remove_override": "remove_override",
    "on_call_drill": "start_drill stop_drill",
    "set_ways": "set_waking",
    "snippets": "list_snippets",
    "save_snippet": "keep_snippet",
    "remove_snippet": "remove_snippet",
    # Leads and money
    "leads": "list_leads",
    "leads_live": PART_OF_A_PAGE,
    "calls_live": PART_OF_A_PAGE,
    "move_leads": "mark_lead",
    "save_view": OWN,
    "remove_view": OWN,
    "take_back_money": "take_back_revenue",
    "correct_money": "correct_revenue",
    "reports:refund": "refund_revenue take_back_revenue",
    "reports:money": "list_revenue",
    # The calendar
    "diary": "list_appointments list_openings list_own_entries",
    "appointment_types": "list_appointment_types list_openings explain_opening",
    "save_appointment_type": "set_appointment_type",
    "taken_by_appointment": PART_OF_A_PAGE,
    "taken_by_entry": PART_OF_A_PAGE,
    "diary_move": "move_appointment",
    "diary_end": "end_appointment cancel_appointment",
    "bookable": "list_members get_bookable_days list_time_off",
    "bookable_person": "get_bookable_days list_openings explain_opening",
    "save_bookable_person": "set_bookable_days",
    "take_off": "take_time_off",
    "come_back": "end_time_off",
    "things": "list_things",
    "add_things": "add_things",
    "change_thing": "change_thing",
    "ways": "list_ways get_rules",
    "save_usual_way": "change_rules",
    "add_way": "set_way",
    "remove_way": "remove_way",
    "new_own_entry": "put_own_entry",
    "own_entry": "change_own_entry take_own_entry_out",
    "book_openings": "list_openings",
    "book_hold": "book_appointment",
    "book_let_go": "cancel_appointment",
    "book": "book_appointment",
    "calendars": "list_calendars get_booking_page",
    "new_calendar": "connect_calendar",
    "calendar": "change_calendar",
    "calendar_behind": "list_appointments",
    "calendar_app": "set_calendar_app",
    "calendar_sign_in": SIGNS_IN,
    "calendar_signed_in": SIGNS_IN,
    "test_calendar": "check_calendar",
    "try_calendar": "try_calendar",
    "disconnect_calendar": "disconnect_calendar",
    "feed": "make_feed",
    "make_feed": "make_feed",
    "revoke_feed": "end_feed",
    "booking_page": "use_booking_page",
    "stop_booking_page": "use_own_booking_page",
    # Contacts
    "contacts": "list_contacts",
    "contact_rows": PART_OF_A_PAGE,
    "contact": "get_contact list_people",
    "name_contact": "change_contact",
    "add_contact_person": "add_person",
    "remove_contact_person": "remove_person",
    "erase_contact": "erase_contact",
    "agreed_in_writing": "keep_written_consent",
    "export_contact": "export_contact",
    "duplicates": "list_duplicates",
    "merge_contact": "merge_contacts",
    "contacts_apart": "keep_contacts_apart",
    "undo_merge": "undo_merge",
    "import_contacts": "import_table",
    "check_import": "import_table",
    "take_import": "import_table",
    "import_progress": "import_table",
    "import_taken_in": "list_contacts",
    "import_read": "import_table",
    "import_refused": "import_table",
    "import_live": PART_OF_A_PAGE,
    "export_everything": "export_everything",
    "export_table": "export_rows",
    # Reports
    "reports:show": "get_report",
    "reports:leads": "list_report_leads",
    "reports:hidden": "list_calls",
    "reports:table": "get_report",
    "reports:leads_csv": "list_report_leads",
    "reports:leads_parquet": "list_report_leads",
    "reports:weekly": "choose_weekly_letter",
    "reports:links": "list_report_links get_weekly_letter",
    "reports:share": "share_report",
    "reports:end": "end_report_link",
    "reports:trials": "list_trials",
    "reports:add_variant": "add_variant",
    "reports:keep": "keep_variant",
    "reports:hold_out": "set_hold_out",
    "reports:review": "get_report list_opt_outs",
    "reports:replay": "replay_conversations",
    "reports:texts": "list_messages",
    "reports:correct": "correct_reading",
    "reports:labelled": "export_corrections",
    "reports:everywhere": WHITE_LABEL,
    "reports:enter": WHITE_LABEL,
    "reports:months": WHITE_LABEL,
    "reports:everywhere_leads": WHITE_LABEL,
    "reports:monthly_letter": WHITE_LABEL,
    "reports:review_leads": "list_report_leads",
    "reports:trial_leads": "list_report_leads",
    "reports:month": WHITE_LABEL,
    "videos_compared": "list_videos",
    "videos_compared_leads": "list_report_leads",
    # Videos
    "videos": "list_videos",
    "videos_live": PART_OF_A_PAGE,
    "video_new": A_FORM,
    "video_start": "draft_video",
    "video_upload": "begin_upload send_piece",
    "video_uploads": "begin_upload",
    "video_piece": "send_piece get_upload",
    "video": "get_video",
    "video_live": PART_OF_A_PAGE,
    "video_act": "publish_video unpublish_video stop_video try_video_again withdraw_releases remove_video",
    "video_captions": "set_captions",
    "video_release": "keep_release",
    "storyboard": "get_storyboard change_storyboard make_video",
    "storyboard_yaml": "change_storyboard",
    "scene_file": "set_scene_file",
    # Playbooks
    "playbooks": "list_playbooks get_draft check_playbook",
    "try_playbook": "rehearse_playbook",
    "publish_playbook": "publish_draft publish_playbook",
    "discard_draft": "discard_draft",
    "compare_playbook": "get_playbook",
    "roll_back_playbook": "publish_playbook_again",
    "edit_playbook": "get_draft",
    "save_playbook": "change_draft",
    # Settings
    "settings": "get_business list_locations",
    "change_business": "change_business",
    "add_location": "add_location",
    "location": "list_locations",
    "change_location": "change_location",
    "hours": "get_hours",
    "save_hours": "set_hours",
    "location_hours": "get_location_hours",
    "save_location_hours": "set_location_hours",
    "rules": "get_rules",
    "save_rules": "change_rules",
    "line_hours": "get_line_hours",
    "save_line_hours": "set_line_hours",
    "location_rules": "get_location_rules",
    "save_location_rules": "change_location_rules",
    "lines": "list_lines list_connections",
    "line": "get_line get_line_settings",
    "set_line": "change_line_settings",
    "name_source": "change_line",
    "forget_learned": A_PERSONS_WORD,
    "connect_line": "connect_line",
    "test_forwarding": "get_forwarding watch_forwarding test_forwarding",
    "test_connection": "check_connection",
    "set_up": A_FORM,
    "set_up_new": "a token belongs to a business that is there already",
    "set_up_step": A_FORM,
    "set_up_save": "change_business set_hours change_rules publish_playbook change_line_settings",
    "set_up_call": OWN,
    "set_up_live": PART_OF_A_PAGE,
    "set_up_finish": A_FORM,
    # The CRM
    "crm": "get_crm list_crm_copies",
    "crm_copies": "list_crm_copies",
    "new_crm": "connect_crm",
    "crm_settings": "change_crm",
    "crm_app": "set_crm_app",
    "crm_fields": "map_crm_fields",
    "crm_sign_in": SIGNS_IN,
    "crm_signed_in": SIGNS_IN,
    "test_crm": "check_crm",
    "try_crm": "try_crm",
    "pause_crm": "pause_crm",
    "fill_back_crm": "fill_crm_back",
    "try_refused_crm": "try_refused_copies",
    "try_crm_copy": "try_copy_again",
    "choose_crm_copy": "choose_crm_record",
    "compare_crm": "ask_for_crm_report",
    "crm_report": "get_crm_report",
    "disconnect_crm": "disconnect_crm",
    # Programs
    "webhooks": "list_webhooks",
    "add_webhook": "add_webhook",
    "webhook": "get_webhook list_notices",
    "change_webhook": "change_webhook",
    "rotate_webhook": "rotate_webhook_secret",
    "test_webhook": "test_webhook",
    "switch_webhook": "switch_webhook_off switch_webhook_on",
    "remove_webhook": "remove_webhook",
    "replay_failed": "replay_failed_notices",
    "replay_notice": "replay_notice",
    "tokens": NOBODY_TWICE,
    "make_token": NOBODY_TWICE,
    "revoke_token": NOBODY_TWICE,
    # People
    "people": "list_members",
    "invite": "invite_member",
    "join_link": "make_join_link",
    "change_person": "change_member",
    "confirm_phone": "confirm_member_phone",
    "confirm_own_phone": OWN,
    "let_go": "let_member_go",
    "sign_person_out": "sign_member_out",
    "take_step": FACE_TO_FACE,
    "history": "list_audit_entries",
    "see_as": OWN,
    "see_as_myself": OWN,
    "account": OWN,
    "set_language": OWN,
    "alerts": OWN,
    "add_alert_way": OWN,
    "alert_way_answer": OWN,
    "push_key": OWN,
    "change_alert_way": OWN,
    "test_alert_way": OWN,
    "remove_alert_way": OWN,
    "end_sign_in": OWN,
    "end_others": OWN,
    "join": OWN,
    "sign_in": OWN,
    "sign_out": OWN,
    "business": OWN,
    "businesses": OWN,
    # An agency, and the app on a phone
    "agency": WHITE_LABEL,
    "invite_admin": WHITE_LABEL,
    "take_back_invitation": WHITE_LABEL,
    "remove_admin": WHITE_LABEL,
    "take_admins_step": WHITE_LABEL,
    "agency_rules": WHITE_LABEL,
    "save_agency_rules": WHITE_LABEL,
    "looks": WHITE_LABEL,
    "save_looks": WHITE_LABEL,
    "brand_css": PART_OF_A_PAGE,
    "brand_logo": PART_OF_A_PAGE,
    "manifest": PART_OF_A_PAGE,
    "icon": PART_OF_A_PAGE,
    "worker": PART_OF_A_PAGE,
    "offline": PART_OF_A_PAGE,
}
"""By the name of an address of the console: the operations that do the same, or why there is none."""

REASONS = {
    PART_OF_A_PAGE,
    OWN,
    A_FORM,
    SIGNS_IN,
    WHITE_LABEL,
    NOBODY_TWICE,
    RINGS,
    FACE_TO_FACE,
    A_PERSONS_WORD,
    TOGETHER["set_up_new"],
}


def test_every_address_of_the_console_has_its_operations_or_a_reason() -> None:
    assert sorted(TOGETHER.keys() ^ set(console_names())) == []


def test_every_operation_named_exists_and_every_acting_one_is_named() -> None:
    from answerback.api.v1 import api

    known: dict[str, str] = {}
    for operations in api.get_openapi_schema()["paths"].values():
        known |= {operation["operationId"]: method for method, operation in operations.items()}
    named = {each for words in TOGETHER.values() if words not in REASONS for each in words.split()}
    assert sorted(named - known.keys()) == []
    without_a_page = {"add_opt_out", "open_todo", "create_lead", "mark_sold", "pause_contact"}
    assert sorted(id for id, method in known.items() if method != "get" and id not in named | without_a_page) == []


def console_names() -> Iterator[str]:
    """The names of all addresses of the console, those of parts with their part before them."""
    for found in get_resolver().url_patterns:
        if isinstance(found, URLResolver) and found.namespace == "console":
            yield from _names(found, "")


def _names(resolver: URLResolver, before: str) -> Iterator[str]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _names(found, f"{before}{found.namespace}:" if found.namespace else before)
        elif isinstance(found, URLPattern) and found.name:
            yield before + found.name
