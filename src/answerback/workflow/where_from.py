"""From where somebody asks, for whoever counts tries, lists sign-ins, or writes down who looked at what."""

from django.conf import settings
from django.http import HttpRequest

LONGEST = 45
"""Letters of a network address: a version 6 one that ends in a version 4 one."""


def place_of(request: HttpRequest) -> str:
    """The network address a request came from; a proxy's word is taken only where it is trusted."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.TRUSTED_PROXY else ""
    address: str = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    return address[:LONGEST]
