"""What comes next for a lead, and when, as SQL over `lead l` and `conversation c`: never empty while the lead is open.

A person's own step goes before the engine's. Where neither says anything, an open lead is looked at again a day after
something last happened: never when the machine is next awake, which may be for anything. `console.steps` says the
same of one lead.

Nobody waits for a reply of somebody who said stop, also where another number of theirs said it: that a person decides
is said then, for as long as the stop stands.
"""

from answerback.engine.draft import NEXT_STEPS, WAITS_FOR_THEM

WAITS = frozenset(NEXT_STEPS[phase] for phase in WAITS_FOR_THEM)
INSTEAD = NEXT_STEPS["resting"]

_WAITS = ", ".join(f"'{each}'" for each in sorted(WAITS))
_ENGINES = f"""CASE WHEN l.next_step IN ({_WAITS}) AND EXISTS (
    SELECT 1 FROM contact h JOIN suppression x ON x.business_id = h.business_id AND x.number = h.number
    WHERE h.id = l.contact_id AND x.lifted_at IS NULL) THEN '{INSTEAD}' ELSE l.next_step END"""

OPEN = "l.status IN ('new', 'contacted', 'qualified', 'booked')"

BY_ITSELF = f"""CASE WHEN {OPEN} THEN COALESCE(NULLIF(NULLIF({_ENGINES}, ''), 'Nothing'), 'Look at it again')
                ELSE 'Nothing' END"""
"""The engine's step; for a lead that is over nothing comes next."""

BY_ITSELF_AT = f"""CASE WHEN {OPEN} THEN COALESCE(l.next_step_at, c.last_at + interval '1 day')
                   END"""

LOOKED_AT_AGAIN = f"CASE WHEN {OPEN} AND l.next_step_at IS NULL THEN c.last_at + interval '1 day' END"
"""When that is, where nothing else says what comes next."""

STEP = f"CASE WHEN l.own_step <> '' THEN l.own_step ELSE {BY_ITSELF} END"

STEP_AT = """COALESCE(CASE WHEN l.own_step <> '' THEN l.own_step_at ELSE l.next_step_at END,
                      c.last_at + interval '1 day')"""
