"""Sentences about what phone systems tell: who answered and what proves it, menus, forged numbers, lines and hours."""

from itertools import count

import yaml

from answerback.store.playbook_file import pack_text
from answerback.testing.story_sentences import Failed, Teller, Unclear, says, seconds_of

_CALLS = count(1)


# Where and when


@says("Rule: {key:any} = {value:any}")
def rule(teller: Teller, key: str, value: str) -> None:
    """`Rule: triggers > voicemail > action = text_at_once`: one key of the pack's playbook is changed.

    The things of a list are counted from 0; `learn > more` puts one more at its end.
    """
    book = yaml.safe_load(teller.playbook or pack_text(teller.pack))
    *where, last = key.split(" > ")
    place = book
    for name in where:
        place = place[int(name)] if isinstance(place, list) else place.setdefault(name, {})
    if last == "more":
        place.append(yaml.safe_load(value))
    else:
        place[last] = yaml.safe_load(value)
    teller.playbook = yaml.safe_dump(book, allow_unicode=True, sort_keys=False)


@says("Hours: {hours:any}")
def hours(teller: Teller, hours: str) -> None:
    """`Hours: 8:00 to 12:00, 13:00 to 17:00`, from Monday to Friday."""
    for span in hours.split(", "):
        start, _, end = span.partition(" to ")
        if not end:
            raise Unclear(f"{hours!r} are no hours. Write: Hours: 8:00 to 12:00, 13:00 to 17:00")
        teller.hours += [(day, start.strip().zfill(5), end.strip().zfill(5)) for day in range(5)]


@says("Closed on {day:any}")
def closed(teller: Teller, day: str) -> None:
    teller.closed.append(day)


# What the phone system tells


@says("the shop's own voicemail picks up after {span}")
def voicemail_point(teller: Teller, span: str) -> None:
    teller.world.set_line(voicemail_after=seconds_of(span))


@says("{who} calls, something picks up after {ring:span}[ and they talk for {talk:span}]")
def something_answers(teller: Teller, who: str, ring: str, talk: str = "20 seconds") -> None:
    _answered(teller, who, "bridge", seconds_of(ring), seconds_of(talk))


@says("{who} calls, {staff} presses 1 after {ring:span}")
def pressed(teller: Teller, who: str, staff: str, ring: str) -> None:  # noqa: ARG001  who answers is for the reader
    _answered(teller, who, "press_1", seconds_of(ring), 60)


def _answered(teller: Teller, who: str, evidence: str, ring: int, talk: int) -> None:
    number, world, call = teller.number(who), teller.world, f"told-{next(_CALLS)}"
    world.tell(number, "ringing", call=call)
    world.run(seconds=ring + talk)
    world.tell(number, "answered", call=call, by="person", evidence=evidence, rang_seconds=ring)
    world.tell(number, "ended", call=call, outcome="answered_human", rang_seconds=ring, talked_seconds=talk)


@says("{who} calls and gives up in the menu after {span}", "{who} calls, gives up in the menu after {span}")
def gives_up(teller: Teller, who: str, span: str) -> None:
    number, world, call = teller.number(who), teller.world, f"told-{next(_CALLS)}"
    world.tell(number, "ringing", call=call)
    world.run(seconds=seconds_of(span))
    world.tell(number, "ended", call=call, outcome="unknown", talked_seconds=seconds_of(span), stage="menu")


@says("{who} calls, an assistant program answers")
def assistant(teller: Teller, who: str) -> None:
    teller.world.call(teller.number(who), None, "answered_ai")


@says("{who} calls with a forged number, nobody answers")
def forged(teller: Teller, who: str) -> None:
    _unanswered(teller, who, attestation="failed")


@says("{who} calls and the phone company takes it for spam, nobody answers")
def spam(teller: Teller, who: str) -> None:
    _unanswered(teller, who, screening="spam")


@says("{who} calls and is sent on by the same number, nobody answers")
def loop(teller: Teller, who: str) -> None:
    _unanswered(teller, who, forwarded_from=teller.number(who))


def _unanswered(teller: Teller, who: str, **told: str) -> None:
    number, world, call = teller.number(who), teller.world, f"told-{next(_CALLS)}"
    world.tell(number, "ringing", **{"call": call, **told})  # type: ignore[arg-type]  # fields of the fact
    world.run(seconds=20)
    world.tell(number, "ended", call=call, outcome="no_answer", rang_seconds=20)


@says("{staff} phones {who} from the office phone for {span}")
def phones(teller: Teller, staff: str, who: str, span: str) -> None:
    world, call = teller.world, f"told-{next(_CALLS)}"
    world.tell(teller.number(who), "called_back", call=call, talked_seconds=seconds_of(span), by=staff)


@says("the words of the voicemail of {who} arrive: {words}")
def transcript(teller: Teller, who: str, words: str) -> None:
    number = teller.number(who)
    calls = teller.world.phones.calls(number)
    key = teller.calls.get(number) or (calls[-1].key if calls else "")
    if not key:
        raise Unclear(f"{who} has left no voicemail yet.")
    teller.world.tell(number, "transcript", call=key, text=words)


@says("{who} calls and leaves a voicemail of {span}")
def silent_voicemail(teller: Teller, who: str, span: str) -> None:
    number, world, call = teller.number(who), teller.world, f"told-{next(_CALLS)}"
    world.tell(number, "ringing", call=call)
    world.run(seconds=20)
    world.tell(number, "ended", call=call, outcome="no_answer", rang_seconds=20)
    world.tell(number, "voicemail", call=call, seconds=seconds_of(span))
    teller.calls[number] = call


@says("a look-up says that {who} has a {kind:any}")
def looked_up(teller: Teller, who: str, kind: str) -> None:
    teller.world.tell(teller.number(who), "line_type", line_type=kind.replace(" ", "_"))


@says("the line's registration for texting is {state:any}")
def registration(teller: Teller, state: str) -> None:
    teller.world.set_line(sender_state=state)


@says("callers hear {words}")
def disclosure(teller: Teller, words: str) -> None:
    teller.world.set_line(disclosure=words)


@says("{who} calls and presses {key:any} for a text, nobody answers")
@says("{who} calls and presses {key:any} for an emergency, nobody answers")
def pressed_in_menu(teller: Teller, who: str, key: str) -> None:
    number, world, call = teller.number(who), teller.world, f"told-{next(_CALLS)}"
    world.tell(number, "ended", call=call, outcome="no_answer", rang_seconds=20, menu_choice=key)


# What the business knows better


@says("{staff} says that the last call of {who} was answered")
def was_answered(teller: Teller, staff: str, who: str) -> None:
    teller.world.staff(staff).correct_call(teller.number(who), "served")


@says("{staff} says that nobody took the last call of {who}")
def was_missed(teller: Teller, staff: str, who: str) -> None:
    teller.world.staff(staff).correct_call(teller.number(who), "missed")


@says("{staff} says that the phone's own voicemail took the last call of {who}")
def was_voicemail(teller: Teller, staff: str, who: str) -> None:
    teller.world.staff(staff).correct_call(teller.number(who), "missed", by_voicemail=True)


@says("{staff} says that {who} is {what:any}")
def number_is(teller: Teller, staff: str, who: str, what: str) -> None:
    known = {"a supplier": "supplier", "one of us": "staff", "spam": "spam", "a customer": "customer"}
    if what not in known:
        raise Unclear(f"{what!r} is not whose number it can be. Write one of: {', '.join(known)}.")
    teller.world.staff(staff).mark_number(teller.number(who), known[what])  # type: ignore[arg-type]  # checked


# What is written down


@says("the last missed call of {who} counts as {reason:any}")
def counts_as(teller: Teller, who: str, reason: str) -> None:
    number = teller.number(who)
    teller.world.run(minutes=1, until=lambda: bool(_counted(teller, number)))
    found = _counted(teller, number)
    if not found or found[-1] != reason:
        raise Failed(f"The last missed call of {who} counts as {found[-1] if found else 'none at all'}.")


def _counted(teller: Teller, number: str) -> list[str]:
    """As what each missed call of this number was counted."""
    rules = [receipt.rule for receipt in teller.world.receipts(number) if receipt.rule != "missed.repeat"]
    return [rule.removeprefix("missed.").replace("_", " ") for rule in rules if rule.startswith("missed.")]


@says("consent of {who} is {state:any}")
def consent_is(teller: Teller, who: str, state: str) -> None:
    found = teller.world.consent(teller.number(who))
    if found.replace("_", " ") != state:
        raise Failed(f"Consent of {who} is {found.replace('_', ' ')}.")
