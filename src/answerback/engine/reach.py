"""Knows whether a page about a conversation can reach anybody at this moment, and keeps what the customer is told true.

A text must not say that somebody is being alerted where nobody can be. The page is opened all the same, and goes on.
Never here: who is woken (`ladder`).
"""

import re

from answerback.engine import handoff_words, wording
from answerback.engine.draft import Draft
from answerback.engine.guards import MAY_NOT_SEND
from answerback.engine.ladder import standing
from answerback.engine.lint import says_alerting
from answerback.engine.rota import Scope
from answerback.engine.sending import say

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def truly(draft: Draft, reason: str, body: str) -> str:
    """The words for an urgent case, as they are true now: without a promise to alert somebody where nobody can be."""
    if reaches(draft, reason):
        return body
    draft.note(
        "page.nobody",
        "Nobody can be woken by phone now, so the customer is not told that somebody is.",
        would_change="A phone of somebody on call, or of an owner, that is confirmed.",
    )
    truth = say(draft, handoff_words.NOBODY_ALERTED)
    said = _SENTENCE.split(body)
    claims = [says_alerting(sentence) for sentence in said]
    at = claims.index(True) if any(claims) else len(said)
    before, after = said[:at], [each for each, claim in zip(said[at:], claims[at:], strict=True) if not claim]
    return wording.joined(*before, truth, *after)


def reaches(draft: Draft, reason: str) -> bool:
    """Can a page about this conversation reach anybody now: a phone, over a line that may text or can call?"""
    rules, state = draft.rules, draft.state
    if rules.rota is None:
        return True
    scope = Scope(location=rules.line(state.line).location, service=state.service or "")
    ladder = standing(rules.rota, draft.now, scope, rules, reason)
    people = [person for rung in (*ladder.rungs, ladder.last) for person in rung if person.phone]
    if not rules.business.lines or any(line.sender not in MAY_NOT_SEND for line in rules.business.lines.values()):
        return bool(people)
    calls = rules.line(state.line).calls
    return calls and any(person.rings or reason == "life_safety" for person in people)
