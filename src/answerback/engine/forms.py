"""Decides what follows from a form: a lead, a call to make, and a first text to somebody who agreed to be texted.

A form elsewhere is no proof that somebody may be texted. What they agreed to in writing is: it is kept with its words,
and then the owner's greeting for forms goes out. Never here: who may hand in a form.
"""

from datetime import timedelta

from answerback.engine.desk_events import FormSent
from answerback.engine.draft import Draft, consented, lead, todo
from answerback.engine.greeting import greet_form
from answerback.engine.hours import next_opening
from answerback.engine.state import changed

CALL_WITHIN = timedelta(minutes=15)


def sent(draft: Draft, event: FormSent) -> None:
    """They are a lead; a person calls them within minutes of opening hours, whatever is texted."""
    state = draft.state
    draft.state = changed(
        state,
        line=state.line or event.line,
        source_line=state.source_line or event.line,
        answers={**event.answers, **state.answers},
    )
    lead(draft, "new")
    if event.agreed:
        evidence = f"Agreed in a form: “{event.agreed}”"[:300]
        consented(draft, "express_informational", "form", event.at, evidence)
        greet_form(draft, event.at)
    else:
        draft.note(
            "first_text",
            "No text was sent. The form says nothing of having agreed to texts.",
            verdict="not_sent",
            would_change="What they agreed to in writing, handed in with the form.",
        )
    opens = next_opening(draft.hours, draft.now) or draft.now
    todo(draft, "callback", event.title, key="form", due_at=max(draft.now, opens) + CALL_WITHIN)
