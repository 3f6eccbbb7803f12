"""A body in chunks is a body: who sends it without saying its length is understood."""

from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIRequest

from answerback.server import bodies


def request(body: bytes, **more: Any) -> WSGIRequest:
    """What Django makes of it."""
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/", "wsgi.input": BytesIO(body), **more}
    bodies.measure(environ)
    return WSGIRequest(environ)


def test_body_in_chunks_is_read_in_full() -> None:
    assert request(b'{"number": 1}', HTTP_TRANSFER_ENCODING="Chunked").body == b'{"number": 1}'


def test_body_with_a_length_is_left_alone() -> None:
    assert request(b"12345", CONTENT_LENGTH="3").body == b"123"


def test_too_large_a_body_is_read_no_further_than_its_size_shows(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    long = BytesIO(b"x" * 1_000_000)
    environ: dict[str, Any] = {"wsgi.input": long, "HTTP_TRANSFER_ENCODING": "chunked"}
    bodies.measure(environ)
    assert environ["CONTENT_LENGTH"] == str(2 * bodies.AT_A_TIME)
    assert long.tell() == 2 * bodies.AT_A_TIME
