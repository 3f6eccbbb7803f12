"""What became of videos: for each, to how many it went and how far they watched; and what they did in the end."""

from dataclasses import dataclass, field

from django.db.models import Count

from answerback.store import models


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many people a video was sent to, and how many of them got how far (`showings.MARKS`)."""

    sent: int = 0
    marks: dict[str, int] = field(default_factory=dict)

    @property
    def opened(self) -> int:
        """People who opened its page."""
        return self.marks.get("opened", 0)

    @property
    def finished(self) -> int:
        """People who watched it to the end."""
        return self.marks.get("finished", 0)

    @property
    def played(self) -> int:
        """People who started it."""
        return self.marks.get("played", 0)


def of_videos(business: int, video: int | None = None) -> dict[int, Figures]:
    """The figures of each video of this business, or of one; texts that never left count as never sent."""
    shown = models.Showing.objects.filter(business_id=business).exclude(id__in=_never_left(business))
    if video is not None:
        shown = shown.filter(video_id=video)
    sent = dict(shown.values_list("video").annotate(Count("id")))
    marks: dict[int, dict[str, int]] = {}
    rows = models.Watched.objects.filter(showing__in=shown).values_list("showing__video", "what").annotate(Count("id"))
    for of, what, count in rows:
        marks.setdefault(of, {})[what] = count
    return {id: Figures(sent=count, marks=marks.get(id, {})) for id, count in sent.items()}


def _never_left(business: int) -> list[int]:
    """Showings whose text was taken back or refused."""
    found = models.Showing.objects.raw(
        """
        SELECT s.id FROM showing s JOIN message m ON m.conversation_id = s.conversation_id AND m.key = s.text
        WHERE s.business_id = %s AND m.status IN ('withdrawn', 'refused')
        """,
        [business],
    )
    return [row.id for row in found]
