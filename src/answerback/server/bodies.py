"""Gives a body that was sent in chunks the length that Django asks for.

Go, Java and Node send so where they do not know the size before. Django believes the length alone and would take such a
body for an empty one. Never here: what hooks are sent, which look after that themselves.
"""

from io import BytesIO
from typing import Any

from django.conf import settings

AT_A_TIME = 64 * 1024


def measure(environ: dict[str, Any]) -> None:
    """Read a body of unknown length, at most a little more than a request may have, so that it is seen to be too large.

    A file larger than that must come with its length, as browsers send it.
    """
    if "chunked" not in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        return
    body, most = BytesIO(), settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    while body.tell() <= most and (piece := environ["wsgi.input"].read(AT_A_TIME)):
        body.write(piece)
    environ["CONTENT_LENGTH"] = str(body.tell())
    body.seek(0)
    environ["wsgi.input"] = body
