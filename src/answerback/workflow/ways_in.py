"""Where the console is for whoever reads a mail or a text: at their agency's host name, else at the installation's own.

An agency's counts once one of its people has come in by it: before that it may lead nowhere. Never here: addresses for
customers and for providers.
"""

from urllib.parse import urlsplit

from django.conf import settings

from answerback.store.queries import agencies


def root(*, business: int | None = None, agency: int | None = None) -> str:
    """The console's address for people of this business, or of this agency, without a slash behind it."""
    ours: str = settings.PUBLIC_URL or settings.LOCAL_URL
    host = agencies.reached_at(business=business, agency=agency)
    if not host:
        return ours
    parts = urlsplit(ours)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}"
