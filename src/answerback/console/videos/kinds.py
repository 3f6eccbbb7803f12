"""What the kinds of video are called. Nothing here decides anything."""

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
