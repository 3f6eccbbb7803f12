"""Sentences about videos: one stands in the library, somebody has got it, opens it, or has not got it.

It is opened by way of the watch page itself. Never here: making a video, which takes a minute.
"""

import re
from typing import get_args
from urllib.parse import urlsplit

from answerback.engine.storyboard import VideoKind
from answerback.testing.story_sentences import Failed, Teller, Unclear, count_of, says

PHONE = {
    "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Mobile/15E148 Safari/604.1",
    "Accept-Language": "en-US",
}
ROBOT = {"User-Agent": "WhatsApp/2.23.20.0"}

_LINK = re.compile(r"\S+/v/\S+")


@says(
    "the library has the {language:staff} video {title:words} of the kind {film:any} about {service:any}",
    "the library has the {language:staff} video {title:words} of the kind {film:any}",
)
def is_in_the_library(teller: Teller, language: str, title: str, film: str, service: str = "") -> None:
    from answerback.store import models  # noqa: PLC0415  Django is set up by the World

    if film not in get_args(VideoKind):
        raise Unclear(f"There is no kind of video {film!r}. Kinds: {', '.join(get_args(VideoKind))}.")
    video = models.Video.objects.create(
        business_id=teller.world.shop.business,
        title=title,
        kind=film,
        service=service,
        language="es" if language == "Spanish" else "en",
        made_by="studio",
        state="ready",
        published_at=teller.world.now,
        created_at=teller.world.now,
    )
    for role, name, content_type in (
        ("vertical", "nothing.mp4", "video/mp4"),
        ("vertical_poster", "no.jpg", "image/jpeg"),
    ):
        models.VideoFile.objects.create(
            video=video, role=role, path=name, content_type=content_type, bytes=1, created_at=teller.world.now
        )


@says("{who} opens the video")
def opens(teller: Teller, who: str) -> None:
    _look(teller, who, PHONE)


@says("a robot looks at the video of {who}")
def is_looked_at(teller: Teller, who: str) -> None:
    _look(teller, who, ROBOT)


@says("{who} has got {number:count} video", "{who} has got {number:count} videos")
def has_got(teller: Teller, who: str, number: str) -> None:
    if len(found := _links(teller, who)) != count_of(number):
        raise Failed(f"{who} has got {len(found)} videos: {' / '.join(found) or 'none'}")


@says(
    "the video {title:words} was opened {number:count} time", "the video {title:words} was opened {number:count} times"
)
def was_opened(teller: Teller, title: str, number: str) -> None:
    from answerback.store import models  # noqa: PLC0415
    from answerback.store.queries import watched  # noqa: PLC0415

    video = models.Video.objects.get(business_id=teller.world.shop.business, title=title)
    figures = watched.of_videos(teller.world.shop.business).get(video.id)
    opened = figures.opened if figures else 0
    if opened != count_of(number):
        raise Failed(f"The video {title!r} was opened {opened} times.")


def _look(teller: Teller, who: str, browser: dict[str, str]) -> None:
    links = _links(teller, who)
    if not links:
        raise Failed(f"{who} has got no video.")
    answer = teller.world.stack.client.get(urlsplit(links[-1]).path, headers=browser)
    if answer.status_code != 200:
        raise Failed(f"The page of the video answers {answer.status_code}.")


def _links(teller: Teller, who: str) -> list[str]:
    texts = teller.world.texts_to(teller.number(who))
    return [link for text in texts for link in _LINK.findall(text.body)]
