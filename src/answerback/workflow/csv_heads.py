"""Says how well the head of a column fits what we ask for, as people and the programs they export from name columns."""

from collections.abc import Sequence

from answerback.store.queries import names

ASIDE = frozenset({"label", "type", "fax", "assistant's", "assistants", "assistant"})
"""Words in the heads of Google's and Outlook's tables that say what a neighbour is, or whose it is instead."""

CARRIED = frozenset({"mobile", "cell", "movil", "celular"})
"""Of several phones it is these that can be texted."""


def fit(head: str, wanted: Sequence[str]) -> tuple[int, bool] | None:
    """How well this head is one of the wanted ones, the less the better; None where it is none."""
    plain = names.plain(head).replace("_", " ").strip()
    if plain in wanted:
        return wanted.index(plain), False
    words = set(plain.split())
    # "Phone 1 - Type" says what a phone is; "Service type" names a service
    aside = ASIDE if any(map(str.isdigit, plain)) else ASIDE - {"type", "label"}
    meant = words & set(wanted) and not words & aside
    return (len(wanted), not words & CARRIED) if meant else None


LONGEST_NAME = 120


def whole(name: str, surname: str) -> str:
    """First and last name in one, unless the first is the whole name already."""
    return name if name.endswith(surname) else f"{name} {surname}".strip()[:LONGEST_NAME]
