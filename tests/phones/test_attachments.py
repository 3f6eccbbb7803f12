"""Pictures and voicemails: fetched once by the connection that told of them, kept as ours, shown to nobody else."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from answerback.adapters.simulator import keepsakes
from answerback.ports.errors import Unavailable
from answerback.store import models
from answerback.store.queries import timeline
from answerback.testing.world import World
from answerback.workflow import attachments, erasure, setup, tasks

ANN = "+15125550131"
AMR = b"#!AMR\n" + (b"\x3c" + bytes(31)) * 100
"""Two seconds as carriers send them: frames of 12.2 kbit, nothing said in them."""
PICTURE = "https://pictures.example/leak.jpg"


def rows() -> list[tuple[str, str, str, str]]:
    every = models.Attachment.objects.order_by("event_id", "n")
    return [(row.kind, row.state, row.content_type, row.problem) for row in every]


def test_a_picture_and_a_voicemail_are_kept_and_shown(world: World) -> None:
    world.call(ANN, voicemail="My sink leaks, please call me back")
    world.run(minutes=1)
    world.text(ANN, "this is what it looks like", media=(PICTURE, "https://elsewhere.example/x.jpg"))
    world.run(minutes=1)
    world.redeliver(1, last=3)
    attachments.fetch_due()

    refused = "The link does not lead to the pretend phones."
    assert rows() == [
        ("recording", "kept", "audio/mp4", ""),
        ("picture", "kept", "image/jpeg", ""),
        ("picture", "failed", "", refused),
    ]
    shown = [row for row in timeline.of_number(world.shop.business, ANN) if row.attached]
    assert [(row.kind, [each.state for each in row.attached]) for row in shown] == [
        ("voicemail", ["kept"]),
        ("text_in", ["kept", "failed"]),
    ]
    assert [(each.width, each.height) for each in shown[1].attached] == [(1200, 900), (0, 0)]


def test_a_voice_memo_that_comes_as_a_text_is_kept_as_one_and_asked_to_be_heard(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    world.text(ANN, "", media=("https://recordings.example/7.wav",))
    world.run(minutes=1)
    assert [todo.title for todo in world.todos(ANN)] == ["The customer sent a picture: please look"]
    attachments.fetch_due()
    assert rows() == [("recording", "kept", "audio/mp4", "")]
    assert [todo.title for todo in world.todos(ANN)] == ["The customer sent a voice memo: please listen"]


def test_of_a_picture_and_a_voice_memo_the_picture_is_looked_at(world: World) -> None:
    world.text(ANN, "", media=("https://recordings.example/7.wav", PICTURE))
    world.run(minutes=1)
    attachments.fetch_due()
    assert [row[:2] for row in rows()] == [("recording", "kept"), ("picture", "kept")]
    assert [todo.title for todo in world.todos(ANN)] == ["The customer sent a picture: please look"]


def test_a_voice_memo_as_carriers_make_it_can_be_heard(tmp_path: Path) -> None:
    came = tmp_path / "memo.amr"
    came.write_bytes(AMR)
    kept = attachments.anew("recording", came.read_bytes())
    assert (kept.content_type, kept.content[4:8]) == ("audio/mp4", b"ftyp")


def test_who_may_see_the_conversation_may_see_its_pictures_and_nobody_else(world: World) -> None:
    world.text(ANN, "look", media=(PICTURE,))
    world.call(ANN, voicemail="hello")
    world.run(minutes=1)
    attachments.fetch_due()
    picture, recording = models.Attachment.objects.order_by("kind")
    dana, stranger = browser(world.shop.business, "dana@x.example"), browser(other_business(), "eve@x.example")

    answer = dana.get(f"/media/{picture.id}")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with (
        Image.open(io.BytesIO(answer.getvalue())) as whole,
        Image.open(io.BytesIO(dana.get(f"/media/{picture.id}/small").getvalue())) as small,
    ):
        assert (whole.size, small.size) == ((1200, 900), (480, 360))
    part = dana.get(f"/media/{recording.id}", headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.getvalue(), part.headers["Content-Type"]) == (206, b"ftyp", "audio/mp4")
    assert stranger.get(f"/media/{picture.id}").status_code == 404
    assert Client().get(f"/media/{picture.id}").headers["Location"].startswith("/sign-in")


def test_a_provider_that_is_away_is_asked_again_until_a_day_is_over(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(link: str) -> Any:
        raise Unavailable("The pretend phones are away.")

    monkeypatch.setattr(keepsakes, "fetch", away)
    world.text(ANN, "look", media=(PICTURE,))
    world.run(minutes=1)
    asked = [attachments.fetch_due() for _ in range(2)]
    assert (asked, rows()) == ([1, 0], [("picture", "waiting", "", "")])
    for seconds in attachments.AGAIN:
        world.run(seconds=seconds + 1)
        asked.append(attachments.fetch_due())
    assert rows() == [("picture", "failed", "", "The pretend phones are away.")]
    assert sum(asked) == len(attachments.AGAIN)


def test_what_is_erased_or_old_is_gone(world: World) -> None:
    world.text(ANN, "look", media=(PICTURE,))
    world.call(ANN, voicemail="hello")
    world.run(minutes=1)
    attachments.fetch_due()
    world.run(hours=24 * 91)
    tasks.forget(timestamp=0)
    assert [(row[0], row[1]) for row in rows()] == [("picture", "kept"), ("recording", "gone")]
    erasure.erase(world.shop.business, ANN)
    assert rows() == []


def test_staff_send_a_picture_as_we_draw_it(world: World) -> None:
    """The provider gets an address of ours, at which the picture lies until its days are over."""
    chosen = io.BytesIO()
    Image.effect_noise((2400, 1800), 80).convert("RGB").save(chosen, "JPEG", comment=b"where I live", quality=95)
    world.call(ANN)
    world.run(minutes=1)
    conversation, dana = models.Conversation.objects.get(), browser(world.shop.business, "dana@x.example")

    def reply(content: bytes) -> Any:
        picture = SimpleUploadedFile("before.jpg", content)
        return dana.post(f"/c/{conversation.id}/reply", {"body": "Like this one?", "picture": picture})

    refused = reply(chosen.getvalue())
    assert (refused.status_code, b"This line cannot send pictures" in refused.content) == (409, True)
    models.Line.objects.update(media=True)
    refused = reply(b"GIF89a no")
    assert (refused.status_code, b"no picture that can be read" in refused.content) == (409, True)
    assert reply(chosen.getvalue()).status_code == 302
    world.run(minutes=1)

    sent = world.phones.texts_to(ANN)[-1]
    (link,) = world.phones.pictures(sent.message)
    came = dana.get(link[link.index("/hooks") :]).content
    assert (sent.body, len(came) <= 600_000, b"where I live" in came) == ("Like this one?", True, False)
    shown = [row for row in timeline.of_number(world.shop.business, ANN) if row.kind == "text_staff"]
    assert [each.state for each in shown[-1].attached] == ["kept"]
    stranger = Client()
    assert stranger.get(link[link.index("/hooks") :].replace("/pictures/", "/pictures/9")).status_code == 404
    world.run(hours=24 * 9)
    assert stranger.get(link[link.index("/hooks") :]).status_code == 404


def other_business() -> int:
    from answerback.workflow import clock

    made = models.Business.objects.create(
        name="Other", zone="America/Chicago", phone="+12125550100", created_at=clock.now()
    )
    return made.id


def browser(business: int, email: str) -> Client:
    setup.add_member(business, email.partition("@")[0].title(), "desk", email=email, password="a long password")
    client = Client()
    client.force_login(models.User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    return client
