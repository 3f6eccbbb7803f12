"""Sentences about the people on call: who works there, who is on duty when, what they answer by text."""

from datetime import timedelta

from answerback.engine.events import TodoOutcome
from answerback.testing.story_checks import SOON
from answerback.testing.story_sentences import Failed, Teller, Unclear, clock_of, count_of, says, span_of

DAYS = {
    "every day": (0, 1, 2, 3, 4, 5, 6),
    "on weekdays": (0, 1, 2, 3, 4),
    "on weekends": (5, 6),
    "on holidays": (7,),
    "on Mondays": (0,),
    "on Tuesdays": (1,),
    "on Wednesdays": (2,),
    "on Thursdays": (3,),
    "on Fridays": (4,),
    "on Saturdays": (5,),
    "on Sundays": (6,),
}


@says("{who} works here[ as {role:any}]")
def works_here(teller: Teller, who: str, role: str = "technician") -> None:
    teller.world.hire(who.partition(" (")[0], teller.number(who), role)


@says("{staff} is on call {days:any} from {clock} to {end:clock}[, on rung {count}]")
def is_on_call(teller: Teller, staff: str, days: str, clock: str, end: str, *, count: str = "1") -> None:
    if days not in DAYS:
        raise Unclear(f"When is {days!r}? Write one of: {', '.join(DAYS)}.")
    teller.world.put_on_call(staff, DAYS[days], clock_of(clock), clock_of(end), rung=count_of(count))


@says("{staff} answers {words}")
def answers(teller: Teller, staff: str, words: str) -> None:
    teller.world.text(teller.phone_of(staff), words)


@says("nobody else is paged[ for {span}]")
def nobody_else(teller: Teller, span: str = "") -> None:
    before = len(teller.world.woken())
    teller.world.run(seconds=(span_of(span) if span else SOON).total_seconds())
    if more := teller.world.woken()[before:]:
        raise Failed(f"More were paged: {', '.join(more)}.")


@says("{who} picks up the next call[ and presses {key:any}]")
def picks_up(teller: Teller, who: str, key: str = "") -> None:
    teller.world.phones.picks_up(teller.number(who), *key.replace(",", " ").split())


@says("{staff} rings whenever there is a page")
def rings(teller: Teller, staff: str) -> None:
    teller.world.set_member(staff, rings=True)


@says("{staff} has no phone")
def no_phone(teller: Teller, staff: str) -> None:
    teller.world.set_member(staff, phone="")


@says("{staff} has not confirmed the phone")
def not_confirmed(teller: Teller, staff: str) -> None:
    teller.world.set_member(staff, confirmed="")


@says("a page about {who} is still open")
def page_is_open(teller: Teller, who: str) -> None:
    if not [page for page in teller.world.pages(teller.number(who)) if page.taken_at is None]:
        raise Failed(f"No page about {who} is open.")


@says("{staff} finds {what:any} for {who}")
def finds(teller: Teller, staff: str, what: str, who: str) -> None:
    if what not in ("no conflict", "a conflict"):
        raise Unclear(f"What does {staff} find: {what!r}? Write 'no conflict' or 'a conflict'.")
    outcome: TodoOutcome = "done" if what == "no conflict" else "dismissed"
    teller.world.staff(staff).close_todo(teller.number(who), outcome, kind="conflict")


@says("the report leaves {who} out[ as a {why:any}]")
def left_out(teller: Teller, who: str, why: str = "") -> None:
    found = teller.world.measure(teller.number(who)).excluded
    if not found or (why and found.replace("_", " ") != why):
        raise Failed(f"The report has {who} as {found.replace('_', ' ') or 'somebody who counts'}.")


@says(
    "the report counts {number:count} of {count} calls to {who} as made",
    "the report counts {number:count} of {count} call to {who} as made",
)
def calls_made(teller: Teller, number: str, count: str, who: str) -> None:
    found = teller.world.measure(teller.number(who))
    if (found.callbacks_made, found.callbacks_owed) != (count_of(number), count_of(count)):
        raise Failed(f"It counts {found.callbacks_made} of {found.callbacks_owed} calls.")


@says("{staff} has answered the page about {who} after {span}")
def answered_after(teller: Teller, staff: str, who: str, span: str) -> None:
    page = teller.world.pages(teller.number(who))[-1]
    if page.taken_by is None or page.taken_by.name != staff or page.taken_at is None:
        raise Failed(f"{page.taken_by.name if page.taken_by else 'Nobody'} has it.")
    took = page.taken_at - page.opened_at
    if abs(took - span_of(span)) > timedelta(seconds=30):
        raise Failed(f"It took {took}.")
