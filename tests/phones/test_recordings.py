"""What a stranger recorded is served as we encoded it: none of what else may be in the file reaches a browser."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.phones.test_attachments import ANN, browser, rows

from answerback.adapters.ffmpeg.studio import _ffmpeg
from answerback.adapters.simulator import keepsakes
from answerback.ports.phone import Media
from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import attachments

EVIL = "<html><script>alert(document.domain)</script></html>"
MEMO = "https://recordings.example/7.wav"
CHAPTER = f";FFMETADATA1\ntitle={EVIL}\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle={EVIL}\n"


def _recorded(folder: Path, ending: str, *codec: str) -> bytes:
    """A second of a tone with words in whatever the format has for words: tags, comments, chapters."""
    words, to = folder / "words", folder / f"came.{ending}"
    words.write_text(CHAPTER)
    tone = ("-f", "lavfi", "-i", "sine=frequency=440:d=1", "-i", str(words))
    tags = ("-map_metadata", "1", "-map_chapters", "1", "-metadata", f"comment={EVIL}", "-metadata", f"artist={EVIL}")
    subprocess.run([_ffmpeg(), "-y", "-loglevel", "error", *tone, "-map", "0:a", *tags, *codec, str(to)], check=True)
    return to.read_bytes()


def _wav_and_page(folder: Path) -> bytes:
    """A WAV whose first chunk is a page, as a polyglot has it; players pass over a chunk they do not know."""
    wav, page = _recorded(folder, "wav"), EVIL.encode() + b" " * (len(EVIL) % 2)
    chunk = b"junk" + len(page).to_bytes(4, "little") + page
    return b"RIFF" + (len(wav) + len(chunk) - 8).to_bytes(4, "little") + b"WAVE" + chunk + wav[12:]


MADE: dict[str, Callable[[Path], bytes]] = {
    "wav": lambda folder: _recorded(folder, "wav"),
    "mp3": lambda folder: _recorded(folder, "mp3", "-id3v2_version", "3"),
    "ogg": lambda folder: _recorded(folder, "ogg"),
    "m4a": lambda folder: _recorded(folder, "m4a"),
    "a page in a chunk": _wav_and_page,
    "a page behind it": lambda folder: _recorded(folder, "mp3") + EVIL.encode(),
}


@pytest.mark.parametrize("made", MADE)
def test_a_recording_is_served_as_we_encoded_it(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: str
) -> None:
    came = MADE[made](tmp_path)
    assert EVIL.encode() in came
    monkeypatch.setattr(keepsakes, "fetch", lambda _: Media(content=came, content_type="text/html"))
    world.text(ANN, "", media=(MEMO,))
    world.run(minutes=1)
    attachments.fetch_due()
    assert rows() == [("recording", "kept", "audio/mp4", "")]
    row = models.Attachment.objects.get()
    answer = browser(world.shop.business, "dana@x.example").get(f"/media/{row.id}")
    served = answer.getvalue()
    assert (b"script" in served, b"alert" in served, served[4:8]) == (False, False, b"ftyp")
    told = {name: answer.headers[name] for name in (
        "Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Content-Disposition"
    )}  # fmt: skip
    assert told == {
        "Content-Type": "audio/mp4",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": f'inline; filename="recording-{row.id}.m4a"',
    }


@pytest.mark.parametrize("begins", [b"ID3", b"OggS", b"RIFF\x00\x00\x00\x00WAVE", b"\xff\xfb", b"#!AMR"])
def test_a_page_that_begins_as_a_recording_does_is_kept_nowhere(
    world: World, monkeypatch: pytest.MonkeyPatch, begins: bytes
) -> None:
    monkeypatch.setattr(keepsakes, "fetch", lambda _: Media(content=begins + EVIL.encode(), content_type="audio/wav"))
    world.call(ANN, voicemail="hello")
    world.run(minutes=1)
    attachments.fetch_due()
    ((kind, state, content_type, problem),) = rows()
    assert (kind, state, content_type, bool(problem)) == ("recording", "failed", "", True)
    row = models.Attachment.objects.get()
    assert (row.content, row.small) == (None, None)
    assert browser(world.shop.business, "dana@x.example").get(f"/media/{row.id}").status_code == 404
