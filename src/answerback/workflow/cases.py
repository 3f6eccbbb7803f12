"""The conversation as its next decision finds it; what one decision of a turn planned, the next one knows of."""

from typing import cast

from answerback.engine.decision import Case
from answerback.engine.events import LineType
from answerback.engine.state import Contact
from answerback.workflow import places
from answerback.workflow.effects import Draft


def case_of(draft: Draft) -> Case:
    """Where a conversation stands in the middle of its turn."""
    return Case(
        key=str(draft.woken.id),
        state=draft.state,
        contact=_contact(draft),
        unsent=frozenset(draft.unsent | draft.texts.keys()),
        ahead=draft.ahead,
    )


def _contact(draft: Draft) -> Contact:
    woken = draft.woken
    place = places.of_number(woken.number)
    home, named = draft.known.rules.business.hours.zone, tuple(draft.state.answers.values())
    where = places.whereabouts(woken.number, home, named)
    return Contact(
        number=woken.number,
        suppressed=draft.suppressed,
        untextable=draft.untextable,
        first_text_at=woken.first_text_at,
        consent=draft.consent,
        consent_at=draft.consent_at,
        region=place.region,
        line_type=place.line_type if woken.line_type is None else cast("LineType", woken.line_type),
        zones=where.zones,
        states=where.states,
        clock=places.clock(woken.number, home, named),
        elsewhere=woken.elsewhere,
        name=woken.name or None,
        has_open_appointment=woken.has_appointment,
        videos=draft.shown,
        language=woken.language,
    )
