"""Judges the routes of a playbook: is there a person where one is needed, and can each route ever match?

Never here: what the routes say (`engine.proof_texts`).
"""

from collections.abc import Iterator
from typing import get_args

from answerback.engine.playbook import Next, Playbook, RouteWhen
from answerback.engine.problem import Problem, error, warning
from answerback.engine.rehearsal import Line, answer, case, need

ORDER: tuple[RouteWhen, ...] = get_args(RouteWhen)

_CASE_NAMES: dict[RouteWhen, str] = {
    "life_safety": "danger to life",
    "urgent": "an urgent case",
    "sensitive": "a sensitive message",
    "not_served": "work or places you do not serve",
    "wants_call": "people who want a call",
    "intake_first": "people who need an intake first",
    "book": "people who want to book",
    "otherwise": "everything else",
}
_ALLOWED_ENDS: dict[RouteWhen, tuple[str, ...]] = {
    "life_safety": ("human",),
    "urgent": ("human",),
    "sensitive": ("human", "callback"),
    "not_served": ("decline", "human", "callback"),
    "wants_call": ("callback", "human"),
    "intake_first": ("human", "callback", "link"),
    "book": ("link", "callback", "human"),
    "otherwise": ("human", "callback"),
}
_MUST_EXIST: tuple[RouteWhen, ...] = ("life_safety", "urgent", "sensitive", "otherwise")
_WHAT_HAPPENS: dict[Next, str] = {
    "link": "The customer gets a link. No person is told.",
    "decline": "The conversation ends. No person is told.",
    "callback": "A callback waits in the list. Nobody is woken.",
    "human": "A person is told.",
}


def route_problems(playbook: Playbook, business: str) -> Iterator[Problem]:
    """What is wrong with the routes of this playbook."""
    yield from _missing_routes(playbook, business)
    yield from _ends_without_a_person(playbook, business)
    yield from _unreachable_routes(playbook, business)


def _missing_routes(playbook: Playbook, business: str) -> Iterator[Problem]:
    present = {route.when for route in playbook.routes}
    for when in _MUST_EXIST:
        if when not in present:
            yield error(
                "routes",
                f"There is no route for {_CASE_NAMES[when]} (`{when}`): the customer is left without a person.",
                f"Add a route `when: {when}` that leads to a human.",
                *case(playbook, when, business),
                Line(who="note", text="Nothing is sent and nobody is told."),
            )
    wants = {"decline": "not_served", "link": "book", "callback": "wants_call"}
    for service in playbook.services:
        needed = wants.get(service.next or "")
        if needed and needed not in present:
            yield error(
                f"services > {service.id} > next",
                f"This service leads to `{service.next}`, but no route `{needed}` says so to the customer.",
                f"Add a route `when: {needed}`, or take `next` out.",
                *need(playbook, service, business),
                Line(who="note", text="There is nothing to say."),
            )
    if (playbook.area.cities or playbook.area.zips) and "not_served" not in present:
        yield error(
            "area",
            "You limit the places you serve, but no route `not_served` tells people from elsewhere.",
            "Add a route `when: not_served` with a truthful no.",
            *case(playbook, "not_served", business),
            Line(who="note", text="There is nothing to say."),
        )
    if playbook.slot("contact_pref") and "wants_call" not in present:
        yield error(
            "learn > contact_pref",
            "You ask whether people want a call, but no route `wants_call` says what happens then.",
            "Add a route `when: wants_call` that leads to a callback.",
            *case(playbook, "wants_call", business),
            Line(who="note", text="Nobody is told to call."),
        )


def _ends_without_a_person(playbook: Playbook, business: str) -> Iterator[Problem]:
    for route in playbook.routes:
        where = f"routes > {route.when}"
        allowed = _ALLOWED_ENDS[route.when]
        if route.then not in allowed:
            yield error(
                f"{where} > then",
                f"The route for {_CASE_NAMES[route.when]} leads to `{route.then}`, not to a person."
                if "link" not in allowed and "decline" not in allowed
                else f"The route for {_CASE_NAMES[route.when]} cannot lead to `{route.then}`.",
                f"Write `then: {allowed[0]}`.",
                *case(playbook, route.when, business),
                *answer(route, business),
                Line(who="note", text=_WHAT_HAPPENS[route.then]),
            )
        if route.then in {"human", "callback"} and not route.todo.strip():
            yield error(
                f"{where} > todo",
                "A person is to act here, but the to-do has no title to tell them what to do.",
                'Write a title, such as `todo: "Call back"`.',
                *case(playbook, route.when, business),
                Line(who="note", text="Staff see a to-do without a title."),
            )


def _unreachable_routes(playbook: Playbook, business: str) -> Iterator[Problem]:
    cases = [route.when for route in playbook.routes]
    for number, route in enumerate(playbook.routes):
        earlier = cases[:number]
        where = f"routes > {route.when}"
        if route.when in earlier:
            first = playbook.routes[earlier.index(route.when)]
            yield error(
                where,
                f"There are two routes for {_CASE_NAMES[route.when]}: the second can never match.",
                "Take one of them out.",
                *case(playbook, route.when, business),
                *answer(first, business),
                Line(who="note", text="The first route has answered. The second is never asked."),
            )
        elif "otherwise" in earlier:
            otherwise = playbook.routes[earlier.index("otherwise")]
            yield error(
                where,
                f"The route for {_CASE_NAMES[route.when]} stands after `otherwise`, which matches everything.",
                "Move `otherwise` to the end.",
                *case(playbook, route.when, business),
                *answer(otherwise, business),
                Line(who="note", text="Read from the top, `otherwise` has answered already."),
            )
        elif earlier and ORDER.index(route.when) < max(ORDER.index(when) for when in earlier):
            yield error(
                where,
                f"This route stands lower than it is asked: {_CASE_NAMES[route.when]} always comes "
                f"before {_CASE_NAMES[max(earlier, key=ORDER.index)]}.",
                f"Write the routes in this order: {', '.join(ORDER)}.",
                *case(playbook, route.when, business),
                *answer(route, business),
            )
    yield from _never_needed(playbook, business)


def _never_needed(playbook: Playbook, business: str) -> Iterator[Problem]:
    declines = any(service.next == "decline" for service in playbook.services)
    if playbook.route("not_served") and not (declines or playbook.area.cities or playbook.area.zips):
        yield warning(
            "routes > not_served",
            "This route can never match: you serve every place and decline no service.",
            "List your cities or ZIP codes under `area`, or name work you do not do as a service with `next: decline`.",
            *case(playbook, "not_served", business),
            Line(who="note", text="The place is written down, and the questions go on."),
        )
    if playbook.route("book") and playbook.services and all(service.next for service in playbook.services):
        yield error(
            "routes > book",
            "This route can never match: every service leads elsewhere by its own `next`.",
            "Take `next` out of the services that can be booked, or take this route out.",
            *case(playbook, "book", business),
            Line(who="note", text="Whatever the service, its own `next` comes first."),
        )
