"""Every form of the console that shows what stands says what it showed, so that nobody overwrites what they never saw.

Mechanical on purpose: the templates are read, and a form that asks for something bears `{% shown %}` or stands on the
list below under the reason why not. What follows for two people with the same form open: `test_stale_pages`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import answerback

TEMPLATES = Path(answerback.__file__).parent / "console" / "templates"

FORM = re.compile(r'<form\b(?=[^>]*method="post").*?</form>', re.DOTALL)
LEADS_TO = re.compile(r"""action="{% url 'console:([\w:]+)'((?: '\w+')*)""")
ASKS = re.compile(r"""<select|<textarea|<input(?![^>]*(?:type="hidden"|readonly))|<button[^>]*value="{{""")
INCLUDED = re.compile(r"""{% include ['"]([\w/.-]+)['"]""")

NEEDS_NONE: dict[str, set[str]] = {
    "it adds something new, or writes one more line of a book that keeps them all": {
        "add_alert_way", "add_contact_person", "add_location", "add_override", "add_shift", "add_things",
        "add_webhook", "agreed_in_writing", "book", "book_hold", "book_hold 2", "invite", "invite_admin",
        "make_token", "new_own_entry", "reply", "reports:add_variant", "reports:refund", "reports:share",
        "set_up/new.html", "set_up_save phone 3", "set_up_save team", "take_off", "video_release", "video_start",
        "video_upload", "contacts/import.html", "fill_back_crm", "scene_file",
    },
    "the act itself looks whether somebody else was first, and says who": {
        "choose_crm_copy", "close_todo", "close_todo 2", "contacts_apart", "correct_money", "diary_end", "diary_move 2",
        "mark", "mark 2", "merge_contact", "merge_contact 2", "move_leads 2", "own_entry", "save_playbook",
    },
    "whoever presses it names what they want, whatever stood before; the toast takes it back": {
        "assign", "remove_contact_person", "reports:keep", "save_view", "snooze",
    },
    "it is one's own, in one browser, and nothing of it is kept beside what is chosen": {
        "business", "business 2", "business 3", "set_language", "step_owed.html",
    },
    "a code, a password or an address is typed, never shown": {
        "accounts/join.html 2", "confirm_own_phone", "confirm_phone", "erase_contact", "join_link",
        "set_up_save forwarding", "sign_in",
    },
    "it only looks, tries out, or is the undo": {
        "check_import", "reports/replay.html", "set_up_call", "toast.html", "try_playbook",
    },
}  # fmt: skip
"""Forms without it, by where they lead, under the reason why."""


def _forms() -> Iterator[tuple[str, str]]:
    """Where each form leads, numbered where several lead there, and its template with what is included."""
    seen: Counter[str] = Counter()
    for path in sorted((TEMPLATES / "console").rglob("*.html")):
        for form in FORM.findall(path.read_text()):
            found = LEADS_TO.search(form.partition("{% csrf_token %}")[0])
            name = found[1] + found[2].replace("'", "") if found else path.relative_to(TEMPLATES / "console").as_posix()
            seen[name] += 1
            yield f"{name} {seen[name]}" if seen[name] > 1 else name, INCLUDED.sub(_read, form)


def _read(found: re.Match[str]) -> str:
    return (TEMPLATES / found[1]).read_text()


def test_every_form_that_shows_what_stands_says_what_it_showed() -> None:
    bare = {name for name, form in _forms() if ASKS.search(form) and "{% shown " not in form}
    excused = [name for names in NEEDS_NONE.values() for name in names]
    assert len(excused) == len(set(excused))
    assert bare == set(excused)
