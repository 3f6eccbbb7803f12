"""What each setting is called and what it does, in the owner's words. Never here: what it may be (`preferences`)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

GROUPS = {
    "caps": _("How often we text"),
    "quiet": _("Quiet hours, nudges and late answers"),
    "missed": _("What counts as a missed call"),
    "consent": _("Consent and doubtful callers"),
    "reading": _("Understanding replies"),
    "booking": _("Booking"),
    "people": _("On call, to-dos and promised calls"),
    "kept": _("How long what was said is kept"),
}

UNITS = {
    "seconds": ngettext_lazy("second", "seconds", "count"),
    "minutes": ngettext_lazy("minute", "minutes", "count"),
    "hours": ngettext_lazy("hour", "hours", "count"),
    "days": ngettext_lazy("day", "days", "count"),
}

COUNTS = {
    "noise_abandon_seconds": "seconds",
    "short_abandon_seconds": "seconds",
    "voicemail_min_seconds": "seconds",
    "voicemail_longest_seconds": "seconds",
    "call_back_seconds": "seconds",
    "page_later_minutes": "minutes",
    "callback_each_minutes": "minutes",
}
"""Plain numbers that count seconds or minutes."""

LEVELS = {
    "default": _("built-in default"),
    "agency": _("from the agency"),
    "business": _("from the business"),
    "location": _("of this location"),
}

CHOICES = {
    "yes": _("Yes"),
    "no": _("No"),
    "send": _("Text at night as well"),
    "defer": _("Text in the morning"),
    "call": _("Do not text; a person calls"),
    "greeting_disclosure": _("The call is enough; the greeting says we may text"),
    "inquiry_only": _("The call is enough"),
    "press_1": _("Only callers who pressed the key"),
    "off": _("Off"),
    "on": _("On for doubtful texts"),
    "all": _("On, also for clinics and law firms"),
}

SETTINGS = {
    "first_text_cooldown": (_("One first text per caller in"), _("However often they call, on whichever line.")),
    "texts_per_day": (_("Automatic texts a day"), _("For one conversation.")),
    "unanswered_per_day": (_("Unanswered texts a day"), _("After so many without an answer we wait.")),
    "unanswered_per_week": (_("Unanswered texts a week"), ""),
    "clinic_per_day": (_("A clinic's unanswered texts a day"), _("By the calendar; for playbooks of clinics.")),
    "clinic_per_week": (_("A clinic's unanswered texts a week"), ""),
    "replies_per_hour": (_("Answers an hour"), _("Stops two machines that answer each other.")),
    "sender_pause": (_("Rest a line for"), _("After a carrier refused its text because it is not registered.")),
    "overnight_first_text": (_("Missed calls at night"), _("First texts outside the hours in which nudges may go.")),
    "nudge_days": (_("Nudge for so many days"), _("After their last word. 0 never nudges.")),
    "follow_ups": (_("Texts nobody asked for"), _("At most so many after their last call or text. 0 never.")),
    "follow_up_fresh": (_("Nothing unasked after"), _("Counted from their last call or text.")),
    "hold_out_delay": (
        _("Hold a text back to compare"),
        _("Only for the callers in a hundred chosen under Reports, Experiments."),
    ),
    "first_text_fresh": (_("A first text is too late after"), _("Then it becomes a to-do for a person.")),
    "reply_fresh": (_("An answer is too late after"), ""),
    "settle": (_("Wait after a call ends"), _("Phone systems report in pieces.")),
    "noise_abandon_seconds": (_("No lead from calls shorter than"), _("They hung up while the greeting was spoken.")),
    "short_abandon_seconds": (
        _("A call that was given up early ends within"),
        _("It makes a lead; the playbook says whether we text."),
    ),
    "voicemail_min_seconds": (_("A voicemail is longer than"), _("Anything shorter is a phone being put down.")),
    "voicemail_longest_seconds": (
        _("A voicemail is at most"),
        _("A longer call was talked, whoever picked it up."),
    ),
    "call_back_seconds": (_("A call back is longer than"), _("Where only the length of the call is known.")),
    "urgent_keys": (
        _("Keys that say it is urgent"),
        _("Of your phone menu. Somebody is woken as soon as such a call is missed."),
    ),
    "consent_mode": (_("When we may text a caller"), ""),
    "countries": (_("Countries that may be texted"), _("Two letters each, such as US CA.")),
    "consent_keys": (_("Keys that ask for a text"), _("Of your phone menu, such as 1.")),
    "text_unproven_callers": (_("Text callers whose number the network calls forged"), ""),
    "text_screened_callers": (_("Text callers the phone company takes for spam"), ""),
    "burst_businesses": (_("Doubt who called so many other businesses within the hour"), _("0 never doubts.")),
    "look_up_numbers": (
        _("Look numbers up before the first text"),
        _("Twilio, Telnyx and SignalWire charge for each. A landline is then called, not texted."),
    ),
    "look_up_price": (
        _("What one look-up costs, in dollars"),
        _("Your provider's price; only for the sum shown here."),
    ),
    "confidence_for_machine": (_("How sure we must be of a reply"), _("0 to 1; below it a person is asked to look.")),
    "language_model": (_("Ask the language model"), _("Only where this installation has one.")),
    "language_model_below": (_("Ask it of texts we are less sure of than"), _("0 to 1.")),
    "booking_notice": (_("Book no sooner than in"), ""),
    "booking_horizon": (_("Book at most ahead"), ""),
    "hold": (_("Keep a time for who is choosing"), ""),
    "travel": (_("Way between two areas"), _("Kept free between appointments.")),
    "reminders": (_("Remind of an appointment"), _("So long before it, such as 24 2. 0 never reminds.")),
    "page_window": (_("Each rung of the on-call ladder has"), _("Then the next one is woken.")),
    "page_window_danger": (_("Each rung has, where somebody is in danger"), ""),
    "page_last_resort": (_("The owner and the desk are woken within"), _("Counted from when it began.")),
    "page_repeat": (_("Wake everybody again every"), _("Until somebody takes the case.")),
    "page_later_minutes": (_("“I call later” promises a call within"), ""),
    "todo_remind": (_("Remind of a to-do before it is due"), ""),
    "todo_escalate": (_("A to-do goes up when it is overdue by"), _("Counted in business hours.")),
    "callback_each_minutes": (
        _("Each promised call takes"),
        _("With calls ahead of theirs, a customer is told a later time. 0 promises everybody the same."),
    ),
    "words_kept": (
        _("The words of texts, voicemails, forms and to-dos"),
        _(
            "With them go what a form said, the titles of to-dos that are done, and what people were woken with. "
            "What is older goes the next night and cannot be had back. That there was a text stays, and what it led to."
        ),
    ),
    "pictures_kept": (_("Pictures"), _("Theirs and yours. What is older goes the next night for good.")),
    "recordings_kept": (
        _("Recordings of voicemails and voice memos"),
        _("What is older goes the next night for good; the words of a voicemail stay as long as words do."),
    ),
}


def unit(name: str, value: str) -> str:
    """The unit as it stands behind this value: `hour` behind 1; empty for what has none."""
    return str(UNITS[name] % {"count": 1 if value.strip() == "1" else 2}) if name else ""
