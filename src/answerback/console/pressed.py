"""What is pressed twice before a page's scripts are there is done once.

Scripts hold the second press back and mark each act with a key. A plain form has neither, but each page that is drawn
bears a token of its own: the same words from the same page are one act.
"""

from collections.abc import Callable
from datetime import timedelta
from hashlib import blake2b
from typing import TypeVar

from answerback.console.guard import Visit
from answerback.workflow import once

T = TypeVar("T")

PATIENCE = timedelta(seconds=5)
"""So long the second press waits for what the first one came to: the browser shows only the answer to the second."""


def once_a_page(visit: Visit, words: str, act: Callable[[], T]) -> T | None:
    """Do `act` with these words and return what it does; None where the same press of this very page did it before.

    Raises what `act` raises, after which it may be tried again; `BeingDone` where the first press is not done in time.
    """
    page = visit.request.POST.get("csrfmiddlewaretoken", "")
    if not page or "once" in visit.request.POST or "HX-Request" in visit.request.headers:
        return act()
    did: list[T] = []

    def do() -> tuple[str, bool]:
        did.append(act())
        return "", True

    pressed = blake2b(f"{visit.request.path} {page} {words}".encode(), digest_size=16).hexdigest()
    once.done(visit.user, f"page {pressed}", do, patience=PATIENCE)
    return did[0] if did else None
