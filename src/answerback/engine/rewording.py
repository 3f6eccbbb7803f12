"""A playbook with one of its wordings changed, by the place that `rehearsal.wordings` names.

Never here: whether the changed playbook may be published (`engine.proof` judges it).
"""

from dataclasses import replace

from answerback.engine.playbook import Playbook, Wording
from answerback.engine.rehearsal import wordings
from answerback.engine.variants import digest


def at(playbook: Playbook, place: str) -> Wording | None:
    """The wording at this place; None where there is none."""
    return next((wording for where, _, _, wording, _ in wordings(playbook) if where == place), None)


def with_variant(playbook: Playbook, place: str, language: str, text: str) -> Playbook | None:
    """One more variant there; None where the place does not exist or says it already."""
    said = at(playbook, place)
    if said is None or text in said.get(language, ()):
        return None
    return reworded(playbook, place, {**said, language: (*said.get(language, ()), text)})


def with_only(playbook: Playbook, place: str, language: str, kept: str) -> Playbook | None:
    """Only the variant with this digest is left there; None where there is none."""
    said = at(playbook, place)
    left = tuple(text for text in (said or {}).get(language, ()) if digest(text) == kept)
    return reworded(playbook, place, {**said, language: left}) if said is not None and left else None


def reworded(playbook: Playbook, place: str, said: Wording) -> Playbook | None:
    """The playbook with this wording at the place; None for a place that holds none."""
    match place.split(" > "):
        case ["greet", situation]:
            greet = {each: said if each == situation else wording for each, wording in playbook.greet.items()}
            return replace(playbook, greet=greet)
        case ["menu", digit]:
            return replace(playbook, menu={**playbook.menu, digit: said})
        case ["learn", slot, "ask"]:
            learn = tuple(replace(each, ask=said) if each.slot == slot else each for each in playbook.learn)
            return replace(playbook, learn=learn)
        case ["learn", slot, "again"]:
            learn = tuple(replace(each, again=said) if each.slot == slot else each for each in playbook.learn)
            return replace(playbook, learn=learn)
        case ["routes", when, "say"]:
            routes = tuple(replace(each, say=said) if each.when == when else each for each in playbook.routes)
            return replace(playbook, routes=routes)
        case ["nudges", number, "say"] if number.isdigit():
            nudges = tuple(
                replace(each, say=said) if at == int(number) else each for at, each in enumerate(playbook.nudges, 1)
            )
            return replace(playbook, nudges=nudges)
        case _:
            return None
