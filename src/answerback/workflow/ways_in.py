"""Where we are for whoever reads a mail or a text: at the host name of the agency that looks after the business, else
at the installation's own address.

An agency's counts once one of its people has come in by it and for as long as it leads here (`host_watch`). Whatever is
at one of both addresses is at the other too. Never here: addresses for providers, who are told one address for good.
"""

from urllib.parse import urlsplit

from django.conf import settings

from answerback.store.queries import agencies


def root(*, business: int | None = None, agency: int | None = None) -> str:
    """The address for people and customers of this business, or of this agency, without a slash behind it."""
    host = agencies.reached_at(business=business, agency=agency)
    return at(host) if host else public()


def public() -> str:
    """The installation's own, which never changes with an agency.

    On a machine without one it bears that machine's name: browsers make no passkey for an address of numbers, and
    whoever is signed in at the one is not at the other.
    """
    address: str = settings.PUBLIC_URL or settings.LOCAL_URL
    return address.replace("//127.0.0.1:", "//localhost:")


def at(host: str) -> str:
    """The address at this host name: scheme and port are the installation's."""
    parts = urlsplit(public())
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}"
