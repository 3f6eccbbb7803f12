"""What the kinds of video and the drawings in them are called. Nothing here decides anything."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Mapping[str, Promise] = {
    "what_next": _("What happens next"),
    "overview": _("Overview"),
    "explainer": _("Explainer"),
    "faq": _("Answer to a question"),
    "testimonial": _("Testimonial"),
}

DRAWINGS: Mapping[str, Promise] = {
    "calendar-check": _("Calendar"),
    "check": _("Check mark"),
    "clipboard-list": _("Clipboard"),
    "clock": _("Clock"),
    "file-text": _("Sheet of paper"),
    "heart-handshake": _("Hands and heart"),
    "house": _("House"),
    "key-round": _("Key"),
    "message-circle": _("Speech bubble"),
    "phone": _("Telephone"),
    "scale": _("Scales"),
    "shield-check": _("Shield"),
    "sparkles": _("Sparkles"),
    "stethoscope": _("Stethoscope"),
    "thermometer": _("Thermometer"),
    "truck": _("Truck"),
    "user-check": _("Person"),
    "wrench": _("Wrench"),
}
"""What the drawings of a scene show."""
