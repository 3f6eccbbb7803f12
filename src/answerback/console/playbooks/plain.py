"""What a playbook's keys and values are called in its forms: plain words for whoever never sees the file.

`store.playbook_keys` explains the file; here stands only what reads otherwise in a form. Never here: what a key may
hold.
"""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from answerback.console.retold import retold
from answerback.console.videos.kinds import KINDS

VALUES: dict[str, Promise] = {
    "text": _("Text them"),
    "todo": _("Make a to-do"),
    "ignore": _("Do nothing"),
    "text_at_once": _("Text at once"),
    "call_back": _("A person calls first"),
    "human": _("A person, now"),
    "callback": _("A person phones them"),
    "link": _("They book online"),
    "decline": _("A truthful no"),
    "life_safety": _("Danger to life"),
    "urgent": _("Urgent"),
    "sensitive": _("Sensitive"),
    "not_served": _("Not offered, or not there"),
    "wants_call": _("Wants a call"),
    "intake_first": _("A form comes first"),
    "book": _("Ready to book"),
    "otherwise": _("Everything else"),
    "service_known": _("Once the service is known"),
    "booked": _("After booking"),
    "before_visit": _("Before the visit"),
    "thinking": _("While they think an offer over"),
    "nothing": _("Nothing"),
    "picture": _("The picture"),
    "video": _("The video"),
    "on_call": _("Whoever is on call"),
    "owner": _("The owner"),
    "desk": _("The desk"),
    "service": _("Service"),
    "urgency": _("Urgency"),
    "area": _("Area"),
    "contact_pref": _("Call or text"),
    "name": _("Name"),
    "address": _("Address"),
    "time": _("Time"),
    "choice": _("One of several answers"),
    "yes_no": _("Yes or no"),
    "next_business_morning": _("The next business morning"),
    **KINDS,
}
"""The values of choices, and the titles of what stands in a list."""

LABELS: dict[str, Promise] = {
    "service": _("Service"),
    "area": _("Area"),
    "open": _("While you are open"),
    "closed": _("While you are closed"),
    "lunch": _("In the lunch break"),
    "holiday": _("On a holiday"),
    "repeat": _("When they call again"),
    "voicemail": _("After a voicemail"),
    "form": _("After a web form"),
    "hold_seconds": _("Seconds before the first text"),
    "no_answer": _("Nobody picked up"),
    "busy": _("The line was busy"),
    "after_hours": _("You were closed"),
    "abandoned": _("The caller hung up"),
    "short_abandon": _("The caller hung up within seconds"),
    "carrier_voicemail": _("The shop's own voicemail picked up"),
    "answered_by_ai": _("An assistant program took it"),
    "failed": _("The call did not go through"),
    "unknown": _("Nobody knows what happened"),
    "call_now": _("At which call a person is asked to call"),
    "page": _("At which call somebody is woken"),
    "action": _("What happens first"),
    "minutes": _("Minutes"),
    "id": _("Short name"),
    "name": _("Name"),
    "words": _("Words customers use"),
    "price": _("What may be said of the price"),
    "asks": _("Its own questions"),
    "next": _("Where it leads"),
    "cities": _("Cities and towns"),
    "zips": _("ZIP codes"),
    "slot": _("What is learned"),
    "kind": _("How the answer is read"),
    "ask": _("The question"),
    "again": _("In other words"),
    "required": _("Ask everybody"),
    "choices": _("Answers to choose from"),
    "when": _("When"),
    "then": _("What happens then"),
    "say": _("What is said"),
    "todo": _("Title of the to-do"),
    "after": _("After how long"),
    "weekdays": _("Monday to Friday"),
    "saturday": _("Saturday"),
    "sunday": _("Sunday"),
    "about": _("About"),
    "video": _("Which video"),
    "hold_out": _("Held back for comparison"),
    "attach": _("As a picture message"),
    "urgent": _("Woken when it is urgent"),
    "callbacks": _("Calls customers back"),
    "callback_minutes": _("Minutes until a callback is due"),
    "opted_out": _("After somebody said stop"),
    "started": _("The answer to START"),
    "help": _("The answer to HELP"),
    "wrong_number": _("It was the wrong number"),
    "to_person": _("A person takes over"),
    "thanks": _("Thanks"),
    "booked": _("Booked"),
    "cancelled": _("Cancelled"),
    "declined": _("They need nothing any more"),
    "times": _("Times offered"),
    "other_times": _("Other times offered"),
    "taken": _("Somebody was faster"),
    "which_time": _("Which time do they mean?"),
    "ask_name": _("Asking for a name"),
    "ask_address": _("Asking for the address"),
    "moved": _("Moved"),
    "move_times": _("Times for a move"),
    "reminder": _("Reminder"),
    "deposit": _("Deposit"),
    "calling_now": _("A person calls at once"),
    "calling_later": _("A person calls soon"),
}

HELPS: dict[str, Promise | str] = {
    "greet": _("The first text, for each situation a call can be missed in."),
    "then": "",
    "when": "",
    "action": _("A text follows by itself if nobody called in time."),
    "asks": _("Questions that are asked for this service only."),
    "slot": _("One word of your own, or service, urgency, area."),
    "kind": "",
    "required": _("Otherwise only for the services that name it among their questions."),
    "urgent": "",
    "callbacks": "",
    "ask": "",
    "started": "",
    "help": "",
    "short_abandon": "",
    "hold_seconds": _("0 to 45, so that a person may still reach the caller."),
    "no_answer": "",
    "after_hours": "",
    "carrier_voicemail": "",
    "answered_by_ai": "",
    "failed": "",
    "unknown": "",
    "todo": "",
    "callback_minutes": _("Minutes while you are open."),
    "cities": _("With a comma between two. With neither you serve everywhere."),
    "zips": _("With a comma between two."),
    "next": _("Where this service leads instead of the usual next step."),
    "video": "",
    "choices": _("One a line, offered as 1, 2, 3."),
    "attach": _("A picture message where the line can send one."),
}
"""Where what the file's page says is of no use in a form."""


def value(key: str) -> str:
    """This value, or the title of this item, in plain words; words of the owner's stay as they are."""
    if hours := re.fullmatch(r"(\d+)h", key):
        return ngettext("After %(hours)s hour", "After %(hours)s hours", int(hours[1])) % {"hours": hours[1]}
    return str(VALUES.get(key, key))


def label(key: str) -> str:
    """What this field is called; a digit is a key of the phone menu."""
    if key.isdecimal():
        return str(_("They pressed %(key)s")) % {"key": key}
    return str(LABELS.get(key, key.replace("_", " ")))


def shown(text: str, blanks: Mapping[str, str]) -> str:
    """A wording as a phone shows it, so that nothing moves when the page's script shows it once more."""
    return re.sub(r"\{(\w+)\}", lambda blank: blanks.get(blank[1]) or blank[0], text)


def helps(key: str, about: str) -> str:
    """What is said under this field; `about` is what the file's page says."""
    return str(HELPS[key]) if key in HELPS else retold(short(about))


def short(about: str) -> str:
    """A sentence of the file's page without what only the file needs: marks of code, and the values a list shows."""
    return about.replace(": text, todo or ignore.", ".").replace("`", "")
