"""Sends text smaller: pages, stylesheets, scripts, tables. On a van's mobile connection a page weighs a fifth.

Pictures, recordings and videos are compressed already, and are sent in parts, which must stay what they are.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "application/problem+json", "application/manifest+json", "image/svg+xml")


class Compression(GZipMiddleware):
    """Middleware: gzip for whole answers of text, to whoever takes it.

    What a page repeats of a request cannot be told from its size: Django pads each answer at random, and a form's token
    differs in each (breachattack.com).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed where that is of use."""
        if response.status_code != 200 or not response.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
