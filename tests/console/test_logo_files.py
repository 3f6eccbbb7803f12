"""Whatever file is given as a logo: what is no picture is refused, and no byte of it is served."""

import io
import random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageChops

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


def _mark(size: tuple[int, int], colour: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGBA", size, colour).save(written, "PNG")
    return written.getvalue()


def _installed(kim: Client) -> tuple[str, "Image.Image"]:
    """The address of the icon a phone installs, and the icon."""
    agencies.forget()
    icons = kim.get("/manifest.webmanifest").json()["icons"]
    address = next(each["src"] for each in icons if each["purpose"] == "maskable" and each["sizes"] == "512x512")
    return address, Image.open(io.BytesIO(kim.get(address).content)).convert("RGB")


def test_the_installed_app_bears_the_logo_within_what_a_phone_leaves_of_it(kim: Client) -> None:
    plain, _ours = _installed(kim)
    _send(kim, _mark((300, 100), "#b4145a"))
    address, icon = _installed(kim)
    assert (icon.size, address == plain, icon.getpixel((0, 0))) == ((512, 512), False, (255, 255, 255))
    left, top, right, bottom = ImageChops.invert(icon).getbbox() or (0, 0, 0, 0)
    wide, high = right - left, bottom - top
    assert abs(wide - 3 * high) <= 3, "as it was given"
    assert 400 <= (wide**2 + high**2) ** 0.5 <= 412, (
        "as large as the circle that every phone leaves, which is 80 % wide"
    )
    assert icon.getpixel((256, 256)) == (0xB4, 0x14, 0x5A)
    _send(kim, _mark((90, 90), "#1d4ed8"))
    assert _installed(kim)[0] != address, "a phone fetches the new one"
    worker, page = kim.get("/worker.js").content.decode(), kim.get("/agency/looks").content.decode()
    assert [_installed(kim)[0].partition("?")[2] in each.replace("&amp;", "&") for each in (worker, page)] == [
        True,
        True,
    ]


def test_a_logo_made_for_a_dark_ground_stands_on_the_agencys_colour(kim: Client) -> None:
    logo = SimpleUploadedFile("logo.png", _mark((90, 90), "#ffffff"))
    kim.post("/agency/looks/save", {"name": "North Star", "colour": "#b4145a", "own_colour": "yes", "logo": logo})
    _address, icon = _installed(kim)
    assert (icon.getpixel((256, 390)), icon.getpixel((0, 0))) == ((255, 255, 255), (0xB4, 0x14, 0x5A))


def test_an_icon_of_an_agency_without_a_logo_or_of_none_is_the_usual_one(kim: Client) -> None:
    usual = kim.get("/icon-192.png").content
    agency = models.Agency.objects.get().id
    for asked in (f"of={agency}&logo=1", "of=99999&logo=1", "logo=x"):
        assert kim.get(f"/icon-192.png?{asked}").content == usual
