"""What pretend links lead to: a picture of a leaking pipe, and a voicemail that hums. Nothing here asks a network."""

import io
import math
import struct
import wave

from PIL import Image, ImageDraw

from answerback.ports.errors import Refused
from answerback.ports.phone import Media

PICTURES = "https://pictures.example/"
RECORDINGS = "https://recordings.example/"
RATE = 8000


def fetch(link: str) -> Media:
    """What lies at a pretend link; raises `Refused` for any other, which a pretend phone cannot have sent."""
    if link.startswith(PICTURES):
        return Media(content_type="image/png", content=_picture())
    if link.startswith(RECORDINGS):
        seconds = link.rpartition("/")[2].partition(".")[0]
        return Media(content_type="audio/wav", content=_hum(min(30, int(seconds) if seconds.isdecimal() else 3)))
    raise Refused("The link does not lead to the pretend phones.")


def _picture() -> bytes:
    """A pipe under a sink that drips into a puddle."""
    picture = Image.new("RGB", (1200, 900), "#d8dee4")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 640, 1200, 900), fill="#9aa5ad")
    draw.rounded_rectangle((200, 60, 1000, 200), 30, fill="#f5f7f8", outline="#8b979f", width=6)
    draw.line((600, 200, 600, 420, 860, 420, 860, 640), fill="#5c6a72", width=44, joint="curve")
    draw.rectangle((566, 380, 640, 460), fill="#b4573f")
    for top in (480, 540, 600):
        draw.ellipse((592, top, 616, top + 34), fill="#3f8fc4")
    draw.ellipse((430, 690, 800, 780), fill="#5aa7d6")
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _hum(seconds: int) -> bytes:
    """So many seconds of a low voice-like hum, 8 kHz, 16 bit."""
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        for at in range(seconds * RATE):
            loud = 6000 * (0.55 + 0.45 * math.sin(2 * math.pi * 2.3 * at / RATE))
            sound.writeframesraw(struct.pack("<h", int(loud * math.sin(2 * math.pi * 170 * at / RATE))))
    return written.getvalue()
