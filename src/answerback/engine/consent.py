"""Knows why a person may be texted: the states of consent, which event leads to which, and what each class needs.

Consent belongs to one person and one business. Only what they did themselves raises it, never a model's guess and never
an import; a stop ends it whatever it was. Never here: the table it is kept in.
"""

from typing import get_args

from answerback.engine.effects import ConsentState, TextClass

RISING: tuple[ConsentState, ...] = get_args(ConsentState)[:5]
ENDED: frozenset[ConsentState] = frozenset({"revoked_all", "wrong_party"})

NEEDS: dict[TextClass, ConsentState] = {
    "first_reply": "inquiry",
    "reply": "inquiry",
    "follow_up": "inquiry",
    "reminder": "express_informational",
    "marketing": "marketing_written",
}
"""What each class of text needs at least. Confirming a stop and answering HELP need nothing."""

FRESH_CLASSES: frozenset[TextClass] = frozenset({"follow_up"})
"""Classes that live on an inquiry which must not be old."""


def rises(here: ConsentState, to: ConsentState) -> bool:
    """Is this a step up? After a stop or a wrong number only START leads up again, which is no step of this kind."""
    if here in ENDED:
        return False
    if here == "revoked_marketing":
        return False
    return RISING.index(to) > RISING.index(here)


def suffices(here: ConsentState, text_class: TextClass) -> bool:
    """Is this consent good enough for a text of this class?"""
    needed = NEEDS.get(text_class)
    if needed is None:
        return True
    if here in ENDED:
        return False
    if here == "revoked_marketing":
        return needed != "marketing_written"
    return RISING.index(here) >= RISING.index(needed)
