"""A picture is drawn anew: what comes out holds its points, the right way up, and nothing else that came in."""

import io

import pytest
from PIL import Image

from answerback.workflow import pictures
from answerback.workflow.pictures import NotAPicture


def drawn(kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **more: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, "red").save(written, kind, **more)
    return written.getvalue()


def test_what_stood_beside_the_points_is_gone() -> None:
    place = Image.Exif()
    place[0x010F] = "A phone's maker"
    place[0x0112] = 6  # on its side: to be turned by a quarter
    came = drawn("JPEG", exif=place.tobytes(), comment=b"<script>alert(1)</script>")

    kept = pictures.anew(came)

    assert (kept.width, kept.height, kept.content_type) == (20, 40, "image/jpeg")
    assert b"script" not in kept.content
    assert b"maker" not in kept.content
    assert kept.small is not None
    with Image.open(io.BytesIO(kept.content)) as shown:
        assert (shown.format, shown.size, dict(shown.getexif())) == ("JPEG", (20, 40), {})


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "1"), ("GIF", "P"), ("WEBP", "RGBA"), ("PNG", "I;16")]
)
def test_every_kind_comes_out_the_same(kind: str, mode: str) -> None:
    came = io.BytesIO()
    Image.new(mode, (30, 30)).save(came, kind)
    assert pictures.anew(came.getvalue()).content.startswith(b"\xff\xd8")


def test_a_large_one_is_made_to_fit() -> None:
    noise = Image.effect_noise((2600, 1700), 90).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "JPEG", quality=95)
    kept = pictures.anew(written.getvalue(), most_bytes=400_000)
    assert len(kept.content) <= 400_000
    with Image.open(io.BytesIO(kept.small or b"")) as small:
        assert max(small.size) == 480


@pytest.mark.parametrize(
    "came",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"\xff\xd8\xff\xe0 cut off",
        drawn("TIFF"),
        drawn("PNG")[:60],
    ],
    ids=["nothing", "a drawing with a script", "cut off", "a kind we do not decode", "the half of one"],
)
def test_what_is_no_picture_is_refused(came: bytes) -> None:
    with pytest.raises(NotAPicture, match="no picture that can be read"):
        pictures.anew(came)


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(NotAPicture, match="20000 by 1 points"):
        pictures.anew(drawn("PNG", (20_000, 1)))
    with pytest.raises(NotAPicture, match="more than can be drawn anew"):
        pictures.anew(drawn("PNG", (9_000, 9_000), mode="1"))
