"""Reads what a person says a video is, from a form or from what came with an upload."""

from django.utils.translation import gettext

from answerback.console.guard import Visit
from answerback.console.videos.kinds import KINDS
from answerback.console.videos.library import LANGUAGES
from answerback.store import ids, models
from answerback.workflow.library import About, NotPossible


def about_of(visit: Visit, told: "dict[str, str] | object") -> About:
    """What a person says the video is; raises `NotPossible`."""
    get = getattr(told, "get")  # noqa: B009  a form or a dictionary
    kind, language = str(get("kind", "")), str(get("language", "en"))
    if kind not in KINDS or language not in LANGUAGES:
        says = gettext("Say what kind of video it is, and in which language.")
        raise NotPossible(says, "language" if kind in KINDS else "kind")
    place = str(get("location", "") or "")
    location = models.Location.objects.filter(business_id=visit.seat.business, id=ids.read(place) or 0)
    return About(
        title=str(get("title", "")),
        kind=kind,
        language=language,
        service=str(get("service", "")),
        location=location.values_list("id", flat=True).first(),
    )
