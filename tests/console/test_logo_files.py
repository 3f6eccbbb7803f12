"""Whatever file is given as a logo: what is no picture is refused, and no byte of it is served."""

import io
import random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from answerback.store import models
from answerback.store.queries import agencies
from answerback.workflow import people


@pytest.fixture
def kim(shop: Any) -> Client:
    """An agency's admin."""
    agency = models.Agency.objects.create(name="North Star")
    models.Business.objects.filter(id=shop.business.id).update(agency=agency)
    agencies.forget()
    user = models.User.objects.create_user("kim@north.test", "a long password")
    people.add_agency_admin(agency.id, user.id, "Kim")
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def _send(kim: Client, content: bytes, name: str = "logo.png") -> Any:
    return kim.post("/agency/looks/save", {"name": "North Star", "logo": SimpleUploadedFile(name, content)})


def _picture() -> bytes:
    written = io.BytesIO()
    Image.effect_noise((60, 40), 50).convert("RGB").save(written, "PNG")
    return written.getvalue()


def _broken() -> list[bytes]:
    """Pictures of which some bytes are others or missing, the same in every run."""
    dice, found = random.Random(7), []
    for _time in range(60):
        content = bytearray(_picture())
        for _byte in range(dice.randint(1, 6)):
            content[dice.randrange(60)] = dice.randrange(256)
        found.append(bytes(content))
    whole = _picture()
    # A part with a name that is none, and a head that ends too soon: what Pillow calls an error of syntax or value.
    named = whole[:33] + b"\x00\x00\x00\x04o\x01\x02\x00abcd\x00\x00\x00\x00" + whole[33:]
    short = whole[:8] + b"\x00\x00\x00\x05IHDR" + whole[16:]
    return [*found, named, short]


def test_no_broken_picture_brings_the_page_down(kim: Client) -> None:
    """A damaged PNG was a 500."""
    answers = [_send(kim, each).status_code for each in _broken()]
    assert set(answers) <= {302, 409}
    assert 409 in answers


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<html><script>alert(1)</script></html>",
        b"GIF89a<script>alert(1)</script>",
        b"%PDF-1.7",
        b"",
    ],
)
def test_what_is_no_picture_is_refused(kim: Client, content: bytes) -> None:
    answer = _send(kim, content)
    kept = models.Agency.objects.get(name="North Star").logo
    assert (answer.status_code in {302, 409}, kept) == (True, None)


def test_what_hides_in_a_picture_is_not_served(kim: Client) -> None:
    assert _send(kim, _picture() + b"<script>alert(1)</script>").status_code == 302
    agency = models.Agency.objects.get(name="North Star")
    answer = Client().get(f"/brand/{agency.id}.png")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert b"script" not in answer.content
