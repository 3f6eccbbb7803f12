"""Who counts as a viewer, and which part of a file is answered with: pure, without a server."""

import pytest
from django.test import RequestFactory

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1"
READS = {"Accept-Language": "en-US,en;q=0.9"}


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "facebookexternalhit/1.1 Facebot Twitterbot/1.0",  # iMessage's preview
        "WhatsApp/2.23.20.0",
        "TelegramBot (like TwitterBot)",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Mozilla/5.0 (compatible; Google-PageRenderer Google (+https://developers.google.com))",
        "Mozilla/5.0 (Windows NT 10.0) HeadlessChrome/120.0",
        "Mozilla/5.0 (compatible; Barracuda Sentinel)",
        "curl/8.5.0",
        "python-httpx/0.28",
    ],
)
def test_programs_that_look_at_links_are_no_viewers(agent: str) -> None:
    from answerback.watch.robots import is_robot

    assert is_robot("GET", {"User-Agent": agent, **READS})


def test_a_person_with_a_phone_is_a_viewer_unless_their_browser_only_asks_ahead() -> None:
    from answerback.watch.robots import is_robot

    person = {"User-Agent": PHONE, **READS}
    assert not is_robot("GET", person)
    assert is_robot("HEAD", person)
    assert is_robot("GET", person | {"Sec-Purpose": "prefetch;prerender"})
    assert is_robot("GET", {"User-Agent": PHONE})


WHOLE = bytes(range(100))


@pytest.mark.parametrize(
    ("asked", "status", "says", "body"),
    [
        ("", 200, "", WHOLE),
        ("bytes=0-", 206, "bytes 0-99/100", WHOLE),
        ("bytes=10-19", 206, "bytes 10-19/100", WHOLE[10:20]),
        ("bytes=90-500", 206, "bytes 90-99/100", WHOLE[90:]),
        ("bytes=-5", 206, "bytes 95-99/100", WHOLE[95:]),
        ("bytes=100-", 416, "bytes */100", b""),
        ("bytes=-0", 416, "bytes */100", b""),
        ("bytes=5-2", 416, "bytes */100", b""),
        ("bytes=0-1,5-6", 200, "", WHOLE),
        ("lines=1-2", 200, "", WHOLE),
    ],
)
def test_a_player_gets_the_part_it_asks_for(asked: str, status: int, says: str, body: bytes) -> None:
    from answerback.workflow.ranged import answer

    request = RequestFactory().get("/", headers={"Range": asked} if asked else {})
    made = answer(
        request,
        tag="t",
        size=100,
        content_type="video/mp4",
        read=lambda start, many: iter([WHOLE[start : start + many]]),
    )
    got = b"".join(made.streaming_content) if made.streaming else made.content
    assert (made.status_code, made.headers.get("Content-Range", ""), got) == (status, says, body)


def test_what_a_browser_has_already_is_not_sent_again() -> None:
    from answerback.workflow.ranged import answer

    request = RequestFactory().get("/", headers={"If-None-Match": '"t"'})
    made = answer(request, tag="t", size=100, content_type="video/mp4", read=lambda *_: iter([]))
    assert (made.status_code, made.headers["Cache-Control"]) == (304, "private, max-age=604800")
