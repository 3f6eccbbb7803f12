"""Answers with a file, or the part of it that was asked for (RFC 9110, section 14), so that players can seek.

Never here: whose file it is.
"""

import re
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")

KEPT_SECONDS = 7 * 24 * 3600
"""A file behind an address never changes under its tag, so a browser may keep it."""

Read = Callable[[int, int], Iterator[bytes]]
"""Reads so many bytes from this byte on."""


def answer(request: HttpRequest, *, tag: str, size: int, content_type: str, read: Read) -> HttpResponseBase:
    """The file, its part, or nothing where the browser has it already."""
    quoted = f'"{tag}"'
    headers = {"Accept-Ranges": "bytes", "ETag": quoted, "Cache-Control": f"private, max-age={KEPT_SECONDS}"}
    if request.headers.get("If-None-Match") == quoted:
        return HttpResponseNotModified(headers=headers)
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", quoted) != quoted:
        asked = ""
    span = _span(asked, size) if asked else (0, size - 1)
    if span is None:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    start, end = span
    headers |= {"Content-Length": str(end - start + 1)}
    if asked and _RANGE.fullmatch(asked):
        headers |= {"Content-Range": f"bytes {start}-{end}/{size}"}
    status = 206 if "Content-Range" in headers else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers, content_type=content_type)
    body = read(start, end - start + 1)
    return StreamingHttpResponse(body, status=status, headers=headers, content_type=content_type)


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; None where there is no such part. What is no single range asks for everything."""
    found = _RANGE.fullmatch(asked)
    if found is None or not (found[1] or found[2]):
        return (0, size - 1)
    if not found[1]:
        last = int(found[2])
        return (max(0, size - last), size - 1) if last else None
    start, end = int(found[1]), min(int(found[2] or size - 1), size - 1)
    return (start, end) if start < size and start <= end else None
