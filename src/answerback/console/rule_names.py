"""The names of the rules as a reason says them, for the catalogue: a page says them in the reader's language."""

from django.utils.translation import gettext_lazy as _

RULE_NAMES = (
    _("missed"), _("missed.after hours"), _("missed.short abandon"), _("missed.carrier voicemail"),
    _("missed.voicemail"), _("missed.no answer"), _("missed.busy"), _("call.corrected"), _("call.served"),
    _("first text"), _("again"), _("asked"), _("reply"), _("times"), _("openings"), _("price"), _("nudge"),
    _("given up"), _("conversation.ended"), _("reminder"), _("voicemail"), _("to person"), _("urgent"), _("sensitive"),
    _("not served"), _("callback"), _("booked"), _("moved"), _("cancelled"), _("help"), _("opted out"), _("opted in"),
    _("started"), _("wrong number"), _("declined"), _("delivery.too late"), _("outcome"), _("number"),
    _("handed back"), _("ended"), _("called back"), _("todo.reopened"), _("todo.reached"), _("todo.closed"),
    _("time.taken"), _("time.chosen"), _("picture"), _("person asked"), _("no show"), _("long ago"), _("held back"),
    _("consent"), _("conflict"), _("corrected"), _("draft"),
)  # fmt: skip
