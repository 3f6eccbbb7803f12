"""Says whether this process lives (`/healthz`) and whether it can do its work (`/readyz`), for supervisors and
balancers.
"""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

PLAIN = "text/plain; charset=utf-8"


def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """200 as long as the process answers at all."""
    return HttpResponse("ok\n", content_type=PLAIN)


def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 when the database answers, else 503 so that no traffic is sent here."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database away\n", status=503, content_type=PLAIN)
    return HttpResponse("ok\n", content_type=PLAIN)
