"""The host names we answer to: those of the environment, and those agencies have set for their people.

Names that agencies gave up lead on to the public address, for as long as they point here: links went out by them.
"""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

LEADS_ON = 307
"""Not for good, as another agency may take the name; and with what was sent, where something was."""


class Hosts(list[str]):
    """Django's list of allowed hosts, with the agencies' behind it; asked anew at every look."""

    def __iter__(self) -> Iterator[str]:
        """Ours first, so that a database that does not answer costs nobody who comes by them."""
        yield from super().__iter__()
        from answerback.store.queries import agencies  # noqa: PLC0415  tables exist only once settings were read

        yield from agencies.domains()


class LeadOn:
    """A middleware: who comes by a host name that an agency gave up is led to the same at the public address.

    Nothing else is done at such a name, which may be anybody's by now: no sign-in, and no mail that leads to it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or where it is."""
        from answerback.console.brand import is_ours  # noqa: PLC0415
        from answerback.store.queries import agencies  # noqa: PLC0415
        from answerback.workflow import ways_in  # noqa: PLC0415

        host = split_domain_port(request.META.get("HTTP_HOST", ""))[0]
        if is_ours(host) or host not in agencies.former():
            return self._next(request)
        return HttpResponse(status=LEADS_ON, headers={"Location": f"{ways_in.public()}{request.get_full_path()}"})
