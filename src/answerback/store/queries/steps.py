"""What comes next for a lead, and when, as SQL over `lead l` and `conversation c`: never empty while the lead is open.

A person's own step goes before the engine's. Where neither says anything, an open lead is looked at again a day after
something last happened: never when the machine is next awake, which may be for anything. `console.steps` says the
same of one lead.
"""

OPEN = "l.status IN ('new', 'contacted', 'qualified', 'booked')"

BY_ITSELF = f"""CASE WHEN {OPEN} THEN COALESCE(NULLIF(NULLIF(l.next_step, ''), 'Nothing'), 'Look at it again')
                ELSE l.next_step END"""
"""The engine's step; of a lead that is over as it was written."""

BY_ITSELF_AT = f"""CASE WHEN {OPEN} THEN COALESCE(l.next_step_at, c.last_at + interval '1 day')
                   ELSE l.next_step_at END"""

STEP = f"CASE WHEN l.own_step <> '' THEN l.own_step ELSE {BY_ITSELF} END"

STEP_AT = """COALESCE(CASE WHEN l.own_step <> '' THEN l.own_step_at ELSE l.next_step_at END,
                      c.last_at + interval '1 day')"""
