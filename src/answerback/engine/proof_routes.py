"""Judges the routes of a playbook: is there a person where one is needed, and can each route ever match?

Never here: what the routes say (`engine.proof_texts`).
"""

from collections.abc import Iterator
from typing import get_args

from answerback.engine.play import played, played_for
from answerback.engine.playbook import Playbook, RouteWhen
from answerback.engine.problem import Problem, error, warning
from answerback.engine.rehearsal import Line

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
                f"There is no route for {_CASE_NAMES[when]} (`{when}`): your customer hears nothing that fits.",
                f"Add a route `when: {when}` that leads to a human.",
                *played(playbook, when, business),
            )
    wants = {"decline": "not_served", "link": "book", "callback": "wants_call"}
    for service in playbook.services:
        needed = wants.get(service.next or "")
        if needed and needed not in present:
            yield error(
                f"services > {service.id} > next",
                f"This service leads to `{service.next}`, but no route `{needed}` says so to the customer.",
                f"Add a route `when: {needed}`, or take `next` out.",
                *played_for(playbook, service, business),
            )
    if (playbook.area.cities or playbook.area.zips) and "not_served" not in present:
        yield error(
            "area",
            "You limit the places you serve, but no route `not_served` tells people from elsewhere.",
            "Add a route `when: not_served` with a truthful no.",
            *played(playbook, "not_served", business),
        )
    if playbook.slot("contact_pref") and "wants_call" not in present:
        yield error(
            "learn > contact_pref",
            "You ask whether people want a call, but no route `wants_call` says what happens then.",
            "Add a route `when: wants_call` that leads to a callback.",
            *played(playbook, "wants_call", business),
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
                *played(playbook, route.when, business),
            )
        if route.then in {"human", "callback"} and not route.todo.strip():
            yield error(
                f"{where} > todo",
                "A person is to act here, but the to-do has no title to tell them what to do.",
                'Write a title, such as "Call back".',
                *played(playbook, route.when, business),
            )


def _unreachable_routes(playbook: Playbook, business: str) -> Iterator[Problem]:
    cases = [route.when for route in playbook.routes]
    for number, route in enumerate(playbook.routes):
        earlier = cases[:number]
        where = f"routes > {route.when}"
        if route.when in earlier:
            yield error(
                where,
                f"There are two routes for {_CASE_NAMES[route.when]}: the second can never match.",
                "Take one of them out.",
                *played(playbook, route.when, business),
                Line(who="note", text="The first route has answered. The second is never asked."),
            )
        elif "otherwise" in earlier:
            yield error(
                where,
                f"The route for {_CASE_NAMES[route.when]} stands after `otherwise`, which matches everything.",
                "Move `otherwise` to the end.",
                *played(playbook, route.when, business),
                Line(who="note", text="Whoever reads your routes from the top expects `otherwise` to answer here."),
            )
        elif earlier and ORDER.index(route.when) < max(ORDER.index(when) for when in earlier):
            yield error(
                where,
                f"This route stands lower than it is asked: {_CASE_NAMES[route.when]} always comes "
                f"before {_CASE_NAMES[max(earlier, key=ORDER.index)]}.",
                f"Write the routes in this order: {', '.join(ORDER)}.",
                *played(playbook, route.when, business),
            )
    yield from _never_needed(playbook, business)


def _never_needed(playbook: Playbook, business: str) -> Iterator[Problem]:
    declines = any(service.next == "decline" for service in playbook.services)
    if playbook.route("not_served") and not (declines or playbook.area.cities or playbook.area.zips):
        yield warning(
            "routes > not_served",
            "This route can never match: you serve every place and decline no service.",
            "List your cities or ZIP codes under `area`, or name work you do not do as a service with `next: decline`.",
            *played(playbook, "not_served", business),
        )
    intake = playbook.route("intake_first")
    if playbook.route("book") and intake and not any(service.next == "link" for service in playbook.services):
        yield error(
            "routes > book",
            "This route can never match: `intake_first` takes everybody who would book.",
            "Take one of the two out, or write `next: link` at the services that can be booked without an intake.",
            *played(playbook, "book", business),
            Line(who="note", text="`intake_first` has answered. `book` is never asked."),
        )
    if (
        playbook.route("book")
        and playbook.services
        and all(service.next not in {None, "link"} for service in playbook.services)
    ):
        yield error(
            "routes > book",
            "This route can never match: every service leads elsewhere by its own `next`.",
            "Take `next` out of the services that can be booked, or take this route out.",
            *played(playbook, "book", business),
        )
