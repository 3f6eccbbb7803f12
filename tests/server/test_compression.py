"""Pages and their files go out compressed to whoever takes that, and to nobody else."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from answerback.server.compression import Compression

STYLES = "/static/console/answerback.css"


def test_page_and_stylesheet_arrive_smaller_and_the_same(db: None, client: Client) -> None:
    for address in ("/sign-in", STYLES):
        plain = client.get(address)
        small = client.get(address, headers={"accept-encoding": "gzip"})
        assert (plain.has_header("Content-Encoding"), small["Content-Encoding"]) == (False, "gzip")
        whole, packed = plain.getvalue(), small.getvalue()
        assert len(packed) < len(whole) / 2
        if address == STYLES:  # a page has another token each time
            assert gzip.decompress(packed) == whole


@pytest.mark.parametrize(
    ("kind", "status"), [("video/mp4", 200), ("image/jpeg", 200), ("application/pdf", 200), ("text/html", 404)]
)
def test_what_is_small_already_or_in_parts_stays_as_it_is(kind: str, status: int) -> None:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = "gzip"
    plain = HttpResponse(b"a" * 1000, content_type=kind, status=status)
    answer = Compression(lambda _: plain).process_response(request, plain)
    assert (answer.has_header("Content-Encoding"), plain.content) == (False, b"a" * 1000)
