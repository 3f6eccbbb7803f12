"""Videos, as programs are told of them."""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.told.listing import Listing


@dataclass(frozen=True, slots=True)
class Video:
    """A video of the business. It is sent while `published_at` is set.

    `state`: arriving, draft, waiting, working, ready, failed (`problem` says why) or stopped. `progress` in hundredths.
    """

    id: int
    title: str
    kind: str
    language: str
    service: str
    location: str
    made_by: str
    state: str
    progress: int
    problem: str
    seconds: float
    sound: bool
    released: bool
    published_at: datetime | None
    created_at: datetime


VIDEOS = Listing(
    shape=Video,
    select="""
SELECT v.id, v.title, v.kind, v.language, v.service, COALESCE(o.name, ''), v.made_by, v.state, v.progress, v.problem,
       v.seconds, v.sound,
       EXISTS (SELECT 1 FROM video_release r WHERE r.video_id = v.id AND r.withdrawn_at IS NULL),
       v.published_at, v.created_at
FROM video v LEFT JOIN location o ON o.id = v.location_id""",
    id="v.id",
    business="v.business_id",
    only={"published": "(v.published_at IS NOT NULL) = %(published)s"},
    always="v.removed_at IS NULL",
)
