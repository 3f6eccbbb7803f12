"""Which pages a phone may keep to be opened again without a network, and when it has to forget all of them.

The service worker does the keeping (`worker.js`, decision 63); here it is told. Never here: how long, and how many.
"""

from collections.abc import Sequence
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse

from answerback.store.queries.access import Seat

OF = "Page-Of"
"""The header that says whose page it is. One that says another thing than those that are kept ends them all."""

KEEP = "Keep-Page"
"""The header of a page that may be kept."""

NOBODY = "nobody"

KEPT = frozenset({
    "console:today", "console:inbox", "console:todos", "console:leads", "console:conversation",
})  # fmt: skip
"""Where a technician works. What is set up, exported or searched for is not needed in a cellar."""


def told(request: HttpRequest, answer: HttpResponse, user: int, seats: Sequence[Seat], *, own_eyes: bool) -> None:
    """Write on this answer whose page it is, and whether it may be kept."""
    answer[OF] = _whose(user, seats)
    match = request.resolver_match
    if own_eyes and answer.status_code == 200 and request.method == "GET" and match and match.view_name in KEPT:
        answer[KEEP] = "yes"


def nobodys(answer: HttpResponse) -> HttpResponse:
    """An answer to somebody who is not, or no longer, let in: whatever was kept is to be forgotten."""
    answer[OF] = NOBODY
    return answer


def _whose(user: int, seats: Sequence[Seat]) -> str:
    """Differs for another person, when they lose or change a seat, and once somebody was erased."""
    held = sorted((each.business, each.role, each.erased) for each in seats)
    return blake2b(repr((user, held)).encode(), digest_size=12).hexdigest()
