"""Answers a customer's question from what the owner lets us tell: a price, a fact of the playbook, or nothing.

It must never put two facts together, guess, or tell a price that no service has.
"""

import re
import unicodedata

from answerback.engine import wording
from answerback.engine.draft import Draft
from answerback.engine.playbook import Fact
from answerback.engine.sending import say

_ASKS_PRICE = re.compile(
    r"\$|\b(price|prices|pricing|cost|costs|charge|charges|fee|fees|rate|rates|quote|estimate|how much|"
    r"precio|precios|costo|cuesta|cuestan|cuánto|cuanto|cobran|cobra|tarifa)\b",
    re.IGNORECASE,
)


def answer(draft: Draft, service: str | None, text: str) -> str:
    """What may be told to this question; empty when a person has to answer it. `service` is the one it names."""
    return _price(draft, service, text) or _fact(draft, text)


def _price(draft: Draft, service: str | None, text: str) -> str:
    """The price the owner lets us tell, when that is what they ask for."""
    about = draft.rules.playbook.service(service or draft.state.service)
    if about is None or not _ASKS_PRICE.search(text):
        return ""
    return wording.in_language(about.price, playbook=draft.rules.playbook, language=draft.state.language)


def _fact(draft: Draft, text: str) -> str:
    """The one fact a question is about; of two, neither: which of them is asked for is not ours to say."""
    asked = f" {_plain(text)} "
    found = [each for each in draft.rules.playbook.facts if _is_about(each, asked)]
    return say(draft, found[0].say) if len(found) == 1 else ""


def _is_about(fact: Fact, asked: str) -> bool:
    return any(f" {_plain(word)} " in asked for words in fact.words.values() for word in words if _plain(word))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(each for each in letters if not unicodedata.combining(each))))
