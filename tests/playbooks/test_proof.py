"""Each check is tripped by one change to a pack that has nothing wrong, and says so in the owner's words."""

from dataclasses import replace
from typing import Any

import pytest
from tests.in_spanish import english_in

from answerback.engine.playbook import Learn, Nudge, Playbook, Route, Service, Triggers, Voicemail, Wording
from answerback.engine.proof import Line, Problem, problems
from answerback.engine.rehearsal import wordings
from answerback.store.playbook_file import pack, packs

PLUMBING = pack("plumbing")
STOP = "Reply STOP to opt out"
SIMPLE = tuple(replace(service, asks=()) for service in PLUMBING.services)


def found(playbook: Playbook) -> list[tuple[str, str, str]]:
    """What is wrong; whoever reads Spanish is told all of it in Spanish."""
    all_found = problems(playbook)
    notes = [line.text for problem in all_found for line in problem.conversation if line.who == "note"]
    said = [words for problem in all_found for words in (problem.what, problem.fix)]
    assert english_in(*said, *(note for note in notes if not note.startswith(("2:00", "A to-do", "The person")))) == []
    return [(problem.level, problem.where, problem.what) for problem in all_found]


def with_route(when: str, playbook: Playbook = PLUMBING, **changes: Any) -> Playbook:
    routes = tuple(replace(route, **changes) if route.when == when else route for route in playbook.routes)
    return replace(playbook, routes=routes)


def with_route_text(when: str, text: str, playbook: Playbook = PLUMBING) -> Playbook:
    route = playbook.route(when)  # type: ignore[arg-type]
    assert route is not None
    return with_route(when, playbook, say={**route.say, "en": (text,)})


def with_greeting(text: str, playbook: Playbook = PLUMBING) -> Playbook:
    greet = {**playbook.greet, "open": {**playbook.greet["open"], "en": (text,)}}
    return replace(playbook, greet=greet)


def with_say(name: str, text: str, playbook: Playbook = PLUMBING) -> Playbook:
    wording: Wording = getattr(playbook.say, name)
    return replace(playbook, say=replace(playbook.say, **{name: {**wording, "en": (text,)}}))


def with_learn(slot: str, playbook: Playbook = PLUMBING, **changes: Any) -> Playbook:
    learn = tuple(replace(each, **changes) if each.slot == slot else each for each in playbook.learn)
    return replace(playbook, learn=learn)


def with_service(id: str, **changes: Any) -> Playbook:
    services = tuple(replace(each, **changes) if each.id == id else each for each in PLUMBING.services)
    return replace(PLUMBING, services=services)


def without_route(when: str, playbook: Playbook = PLUMBING) -> Playbook:
    return replace(playbook, routes=tuple(route for route in playbook.routes if route.when != when))


def both(text: str) -> Wording:
    return {"en": (text,), "es": (text,)}


# --- in full -------------------------------------------------------------------------------------------------------


def test_urgent_case_without_a_person_is_shown_as_the_conversation_it_would_be() -> None:
    playbook = with_route("urgent", then="callback", say=both("Thank you, somebody will phone."), todo="Phone them")
    assert problems(playbook, "Hill Plumbing") == (
        Problem(
            level="error",
            where="routes > urgent > then",
            what="The route for an urgent case leads to `callback`, not to a person.",
            fix="Write `then: human`.",
            conversation=(
                Line(who="note", text="A customer calls. Nobody picks up."),
                Line(
                    who="business",
                    text="Hill Plumbing here. We are sorry we could not pick up just now. "
                    "What needs fixing? Reply STOP to opt out",
                ),
                Line(who="customer", text="It is an emergency, it cannot wait"),
                Line(who="business", text="Thank you, somebody will phone."),
                Line(who="note", text="The person on call is woken: Urgent: call now"),
                Line(who="note", text="A to-do for staff: Phone them"),
            ),
        ),
    )


def test_booking_without_any_question_is_shown_as_played_by_the_engine() -> None:
    kept = tuple(learn for learn in pack("law_firm").learn if learn.slot == "contact_pref")
    playbook = replace(PLUMBING, learn=kept, services=PLUMBING.services[:2], area=replace(PLUMBING.area, cities=("X",)))
    dropped = next(problem for problem in problems(playbook, "Hill") if problem.where == "learn")
    assert dropped.conversation == (
        Line(who="note", text="A customer calls. Nobody picks up."),
        Line(
            who="business",
            text="Hill here. We are sorry we could not pick up just now. What needs fixing? Reply STOP to opt out",
        ),
        Line(who="customer", text="I would like to book a time"),
        Line(who="business", text="Would you like a call from our office, or a link to choose a time yourself?"),
        Line(who="customer", text="A link please"),
        Line(
            who="business",
            text="Thank you, that is all we need. 1) Wed Mar 11, 9:00 AM 2) Wed Mar 11, 2:00 PM 3) Thu Mar 12, "
            "10:00 AM. Reply 1, 2 or 3. More times: https://book.example.com/k7Qm2x",
        ),
    )


def test_asking_people_to_reply_cancel_is_shown_with_what_happens_then() -> None:
    assert problems(with_say("booked", "{business}: you are booked for {when}. Reply CANCEL to cancel."), "Hill") == (
        Problem(
            level="error",
            where="say > booked > en",
            what='This asks people to reply CANCEL, which phone companies read as "never text me again".',
            fix='Ask for another word, such as C. Only the notice "Reply STOP to opt out" may name STOP.',
            conversation=(
                Line(who="note", text="A customer calls. Nobody picks up."),
                Line(
                    who="business",
                    text="Hi, it's Hill. Sorry we missed your call, our hands were full. "
                    "What can we help you with? Reply STOP to opt out",
                ),
                Line(who="customer", text="(books a time)"),
                Line(who="business", text="Hill: you are booked for Tue Mar 10, 9:00 AM. Reply CANCEL to cancel."),
                Line(who="customer", text="CANCEL"),
                Line(who="note", text="Every text to this customer is blocked from now on."),
            ),
        ),
    )


def test_a_second_route_for_one_case_is_shown_never_to_be_asked() -> None:
    first = with_route_text("book", "Thank you, please choose: {link}")
    book = first.route("book")
    assert book is not None
    second = replace(book, say=both("Never said: {link}"))
    routes = (*first.routes[:-1], second, first.routes[-1])
    service = replace(PLUMBING.learn[0], ask=both("What needs fixing?"))
    playbook = replace(first, routes=routes, learn=(service,), services=SIMPLE)
    assert [p for p in problems(playbook, "Hill") if p.level == "error"] == [
        Problem(
            level="error",
            where="routes > book",
            what="There are two routes for people who want to book: the second can never match.",
            fix="Take one of them out.",
            conversation=(
                Line(who="note", text="A customer calls. Nobody picks up."),
                Line(
                    who="business",
                    text="Hill here. We are sorry we could not pick up just now. "
                    "What needs fixing? Reply STOP to opt out",
                ),
                Line(who="customer", text="I would like to book a time"),
                Line(who="business", text="What needs fixing?"),
                Line(who="customer", text="Leak repair"),
                Line(who="business", text="Thank you, please choose: https://book.example.com/k7Qm2x"),
                Line(who="note", text="The first route has answered. The second is never asked."),
            ),
        ),
    ]


def test_a_first_text_that_names_nobody_is_answered_with_who_is_this() -> None:
    assert problems(with_greeting(f"Hi, sorry we missed your call. What do you need? {STOP}")) == (
        Problem(
            level="error",
            where="greet > open > en",
            what="A first text has to say who is writing.",
            fix="Put {business} into it.",
            conversation=(
                Line(who="note", text="A customer calls. Nobody picks up."),
                Line(who="business", text=f"Hi, sorry we missed your call. What do you need? {STOP}"),
                Line(who="customer", text="who is this?"),
            ),
        ),
    )


# --- routes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ("life_safety", "danger to life"),
        ("urgent", "an urgent case"),
        ("sensitive", "a sensitive message"),
        ("otherwise", "everything else"),
    ],
)
def test_a_route_that_must_exist_is_missing(when: str, name: str) -> None:
    assert found(without_route(when)) == [
        ("error", "routes", f"There is no route for {name} (`{when}`): your customer hears nothing that fits.")
    ]


@pytest.mark.parametrize("then", ["callback", "decline"])
@pytest.mark.parametrize(("when", "name"), [("life_safety", "danger to life"), ("urgent", "an urgent case")])
def test_danger_that_does_not_end_at_a_person(when: str, name: str, then: str) -> None:
    # What the words promise no longer holds either; the first problem is the one that matters.
    assert found(with_route(when, then=then))[0] == (
        "error",
        f"routes > {when} > then",
        f"The route for {name} leads to `{then}`, not to a person.",
    )


@pytest.mark.parametrize(
    ("when", "then", "what"),
    [
        ("sensitive", "decline", "The route for a sensitive message leads to `decline`, not to a person."),
        ("wants_call", "decline", "The route for people who want a call leads to `decline`, not to a person."),
        ("otherwise", "decline", "The route for everything else leads to `decline`, not to a person."),
        ("not_served", "link", "The route for work or places you do not serve cannot lead to `link`."),
        ("book", "decline", "The route for people who want to book cannot lead to `decline`."),
    ],
)
def test_a_route_that_ends_where_it_may_not(when: str, then: str, what: str) -> None:
    assert ("error", f"routes > {when} > then", what) in found(with_route(when, then=then))


def test_a_person_is_to_act_without_a_to_do() -> None:
    assert found(with_route("wants_call", todo=" ")) == [
        (
            "error",
            "routes > wants_call > todo",
            "A person is to act here, but the to-do has no title to tell them what to do.",
        )
    ]


def test_a_route_after_otherwise() -> None:
    *first, book, otherwise = PLUMBING.routes
    assert found(replace(PLUMBING, routes=(*first, otherwise, book))) == [
        (
            "error",
            "routes > book",
            "The route for people who want to book stands after `otherwise`, which matches everything.",
        )
    ]


def test_a_route_lower_than_it_is_asked() -> None:
    danger, urgent, *others = PLUMBING.routes
    assert found(replace(PLUMBING, routes=(urgent, danger, *others))) == [
        (
            "error",
            "routes > life_safety",
            "This route stands lower than it is asked: danger to life always comes before an urgent case.",
        )
    ]


def test_intake_first_takes_everybody_from_book() -> None:
    intake = Route(when="intake_first", then="human", say=both("Thank you. A person will answer you."), todo="Intake")
    routes = (*PLUMBING.routes[:-2], intake, *PLUMBING.routes[-2:])
    assert found(replace(PLUMBING, routes=routes)) == [
        ("error", "routes > book", "This route can never match: `intake_first` takes everybody who would book.")
    ]


def test_book_where_every_service_leads_elsewhere() -> None:
    services = tuple(replace(service, next=service.next or "callback") for service in PLUMBING.services)
    assert found(replace(PLUMBING, services=services)) == [
        ("error", "routes > book", "This route can never match: every service leads elsewhere by its own `next`.")
    ]


def test_not_served_where_everything_is_served() -> None:
    assert found(replace(PLUMBING, services=PLUMBING.services[:-1])) == [
        (
            "warning",
            "routes > not_served",
            "This route can never match: you serve every place and decline no service.",
        )
    ]


def test_no_word_for_those_not_served() -> None:
    playbook = replace(without_route("not_served"), area=replace(PLUMBING.area, cities=("Austin",)))
    assert found(playbook) == [
        (
            "error",
            "services > not_ours > next",
            "This service leads to `decline`, but no route `not_served` says so to the customer.",
        ),
        ("error", "area", "You limit the places you serve, but no route `not_served` tells people from elsewhere."),
    ]


def test_no_word_for_those_who_want_a_call() -> None:
    assert found(without_route("wants_call")) == [
        (
            "error",
            "services > remodel > next",
            "This service leads to `callback`, but no route `wants_call` says so to the customer.",
        ),
    ]
    assert found(without_route("wants_call", pack("law_firm")))[-1:] == [
        (
            "error",
            "learn > contact_pref",
            "You ask whether people want a call, but no route `wants_call` says what happens then.",
        ),
    ]


# --- languages and situations --------------------------------------------------------------------------------------


def places(name: str) -> list[tuple[str, str]]:
    return [(where, language) for where, _, _, _, _ in wordings(pack(name)) for language in pack(name).languages]


@pytest.mark.parametrize("name", packs())
def test_any_single_wording_taken_out_is_reported(name: str) -> None:
    silent = []
    for where, language in places(name):
        reported = {problem.where for problem in problems(taken_out(pack(name), where, language))}
        if not any(place in (f"{where} > {language}", where) for place in reported):
            silent.append(f"{where} > {language}")
    assert silent == []


def taken_out(playbook: Playbook, where: str, language: str) -> Playbook:
    """The playbook without this one wording."""
    part, name, *rest = where.split(" > ")
    if part == "greet":
        return replace(playbook, greet={**playbook.greet, name: less(playbook.greet[name], language)})  # type: ignore[index]
    if part == "learn":
        learn = playbook.slot(name)
        assert learn is not None
        return with_learn(name, playbook, **{rest[0]: less(getattr(learn, rest[0]), language)})
    if part == "routes":
        route = playbook.route(name)  # type: ignore[arg-type]
        assert route is not None
        return with_route(name, playbook, say=less(route.say, language))
    if part == "send":
        at = int(name) - 1
        rule = replace(playbook.send[at], say=less(playbook.send[at].say, language))
        return replace(playbook, send=(*playbook.send[:at], rule, *playbook.send[at + 1 :]))
    if part == "say":
        return replace(playbook, say=replace(playbook.say, **{name: less(getattr(playbook.say, name), language)}))
    number = int(name) - 1
    nudges = list(playbook.nudges)
    nudges[number] = replace(nudges[number], say=less(nudges[number].say, language))
    return replace(playbook, nudges=tuple(nudges))


def less(wording: Wording, language: str) -> Wording:
    return {code: texts for code, texts in wording.items() if code != language}


@pytest.mark.parametrize("situation", ["open", "closed", "lunch", "holiday", "repeat", "voicemail"])
def test_a_situation_without_a_first_text(situation: str) -> None:
    greet = {name: wording for name, wording in PLUMBING.greet.items() if name != situation}
    assert found(replace(PLUMBING, greet=greet)) == [
        ("error", f"greet > {situation}", f"There is no first text for the situation `{situation}`.")
    ]


def test_no_language() -> None:
    assert [what for what in found(replace(PLUMBING, languages=())) if what[0] == "error"] == [
        ("error", "languages", "No language is named.")
    ]


def test_an_empty_variant() -> None:
    say = replace(PLUMBING.say, thanks={"en": ("Thank you.", " "), "es": ("Gracias.",)})
    assert found(replace(PLUMBING, say=say)) == [
        ("error", "say > thanks > en", "There is no English wording here, but you answer in English.")
    ]


def test_a_wording_in_a_language_that_is_not_answered_in() -> None:
    say = replace(PLUMBING.say, thanks={**PLUMBING.say.thanks, "fr": ("Merci.",)})
    assert found(replace(PLUMBING, say=say)) == [
        ("warning", "say > thanks > fr", "This French wording is never used: `languages` does not name `fr`.")
    ]


def test_a_menu_choice_has_a_first_text_of_its_own() -> None:
    menu = {"2": {"en": (f"Press 2? {STOP}",), "es": PLUMBING.greet["open"]["es"]}}
    assert found(replace(PLUMBING, menu=menu)) == [
        ("error", "menu > 2 > en", "A first text has to say who is writing.")
    ]


# --- first texts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "level", "what"),
    [
        (
            "{business} here. What do you need?",
            "error",
            "A first text has to say how to make the texts end.",
        ),
        (
            f"{{business}} here. What do you need? Where are you? {STOP}",
            "error",
            "A first text asks one question; this one asks 2.",
        ),
        (
            f"{{business}} here. Tell us what you need. {STOP}",
            "warning",
            "This first text asks nothing, so few people will answer it.",
        ),
        (
            f"{{business}} here. See https://hill.example.com/help or tell us: what do you need? {STOP}",
            "error",
            "A first text may not hold a link (`https://hill.example.com/help`): to a stranger it looks like fraud.",
        ),
        (
            f"{{business}} here. Book at {{link}} or tell us: what do you need? {STOP}",
            "error",
            "A booking link stands here, before it is known what the customer needs.",
        ),
        (
            f"{{business}} here. 20% off today! What do you need? {STOP}",
            "error",
            "`20%` makes this an offer. An offer is advertising, and a missed call is no consent to that.",
        ),
        (
            f"{{business}} here. Is it about {{service}}? {STOP}",
            "error",
            (
                "Nothing is known yet for `{service}` (the service the customer asked for, in their language) "
                "when this is said."
            ),
        ),
        (
            f"{{business}} here. We’re sorry. What do you need? {STOP}",
            "warning",
            "This text is 83 characters long and is charged as 2 texts because of ’.",
        ),
        (
            "{business} here. " + "We are sorry. " * 9 + f"What do you need? {STOP}",
            "warning",
            "This text is 196 characters long and is charged as 2 texts.",
        ),
        (
            "{business} here. " + "We are sorry. " * 19 + f"What do you need? {STOP}",
            "error",
            "This text is 336 characters long and is charged as 3 texts. A first text may be 2.",
        ),
    ],
)
def test_a_first_text_that_may_not_be_sent(text: str, level: str, what: str) -> None:
    assert found(with_greeting(text)) == [(level, "greet > open > en", what)]


# --- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Thank you. Reply STOP to cancel your visit.", "STOP"),
        ("Thank you. Text END when you are done.", "END"),
        ("Thank you. Send QUIT to leave.", "QUIT"),
        ('Thank you. Please reply with "CANCEL".', "CANCEL"),
        ("Gracias. Responda CANCELAR para cancelar.", "CANCELAR"),
        ("Thank you. C to confirm, CANCEL to change it.", "CANCEL"),
        ("Thank you. Reply STOP.", "STOP"),
    ],
)
def test_asking_for_a_word_that_ends_the_texts(text: str, word: str) -> None:
    assert found(with_say("thanks", text)) == [
        (
            "error",
            "say > thanks > en",
            f'This asks people to reply {word}, which phone companies read as "never text me again".',
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you. Reply STOP to opt out.",
        "Thank you. Text STOP to stop texts.",
        "Gracias. Responda STOP para no recibir mensajes.",
        "Thank you. We hope that this is the end of it.",
        "Thank you. Tell us if you want to cancel.",
        "Thank you. Feel free to text us.",
        "Thank you. Please send no photos yet.",
    ],
)
def test_plain_notices_and_ordinary_words_are_allowed(text: str) -> None:
    assert found(with_say("thanks", text)) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Thanks, we are on our way.", "`on our way` says that somebody is coming, and no record says so."),
        ("Thanks, we'll be there at 3.", "`we'll be there` says that somebody is coming, and no record says so."),
        ("Thanks, see you tomorrow.", "`see you tomorrow` says that somebody is coming, and no record says so."),
        ("Gracias, vamos para allá.", "`vamos para alla` says that somebody is coming, and no record says so."),
        (
            "Thanks, you're booked.",
            "`you're booked` says something about an appointment that is not in the calendar.",
        ),
        (
            "Gracias, su cita queda confirmada.",
            "`su cita queda` says something about an appointment that is not in the calendar.",
        ),
        ("Thanks, we will call you.", "`will call` promises a call, but no to-do is made at this moment."),
        (
            "Thanks, someone will get back to you.",
            "`someone will get back` promises a person, but nobody is told at this moment.",
        ),
        ("Thanks, help comes within 20 minutes.", "`within 20 minutes` promises a time that nobody keeps watch over."),
        ("Thanks, it is $89.", "`$89` is a price that no service of yours has."),
        (
            "Thanks, the estimate is free.",
            "`free` makes this an offer. An offer is advertising, and a missed call is no consent to that.",
        ),
        (
            "Thanks, we are the cheapest.",
            "`cheapest` makes this an offer. An offer is advertising, and a missed call is no consent to that.",
        ),
        (
            "Gracias, es gratis.",
            "`gratis` makes this an offer. An offer is advertising, and a missed call is no consent to that.",
        ),
        (
            "Thanks, see bit.ly/x1",
            "`bit.ly/x1` is a public link shortener: phone companies block texts that hold one.",
        ),
        ("Thanks, see http://hill.example.com", "`http://hill.example.com` is not a safe address."),
        ("Thanks {name}.", "There is no blank `{name}`."),
        ("Thanks {business.", "There is a brace here that belongs to no blank."),
        ("Thanks, book: {link}", "A booking link stands here, before it is known what the customer needs."),
        (
            "Thanks, until {when}.",
            (
                "Nothing is known yet for `{when}` (the day and time of the appointment, or of the promised call) "
                "when this is said."
            ),
        ),
    ],
)
def test_words_that_no_record_backs(text: str, what: str) -> None:
    assert found(with_say("thanks", text)) == [("error", "say > thanks > en", what)]


def test_a_price_of_a_service_may_be_told() -> None:
    price = {"en": "A service call is $89.", "es": "La visita cuesta $89."}
    playbook = with_service("leak", price=price)
    assert found(with_say("thanks", "Thank you. A visit is $89.", playbook)) == []
    assert found(with_say("thanks", "Thank you. A visit is $8.", playbook)) == [
        ("error", "say > thanks > en", "`$8` is a price that no service of yours has.")
    ]


def test_a_call_may_be_promised_where_a_to_do_is_made() -> None:
    assert found(with_route_text("wants_call", "Someone will call you within 30 minutes.")) == []
    assert found(with_route_text("wants_call", "Someone will call you within 5 minutes.")) == [
        (
            "error",
            "routes > wants_call > say > en",
            "`within 5 minutes` promises a time that nobody keeps watch over.",
        )
    ]


def test_a_link_route_without_its_link() -> None:
    assert found(with_route_text("book", "Thank you, choose a time.")) == [
        ("error", "routes > book > say > en", "This route leads to a booking link, but the text does not hold it.")
    ]


def test_a_reminder_may_hold_the_link() -> None:
    nudge = replace(PLUMBING.nudges[0], say=both("It's {business}. Choose a time here: {link}"))
    assert found(replace(PLUMBING, nudges=(nudge,))) == []


@pytest.mark.parametrize(("number", "text"), [("911", "Call 988."), ("988", "Call 911.")])
def test_life_safety_without_its_number(number: str, text: str) -> None:
    assert found(with_route_text("life_safety", text)) == [
        ("error", "routes > life_safety > say > en", f"Somebody in danger is not told about {number}.")
    ]


def test_a_confirmed_stop_asks_for_nothing() -> None:
    assert found(with_say("opted_out", "{business}: done. May we ask why?")) == [
        (
            "error",
            "say > opted_out > en",
            "Somebody said stop. The one text that confirms it may not ask for anything.",
        )
    ]


# --- services and questions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "level", "where", "what"),
    [
        (
            {"asks": ("roof",)},
            "error",
            "services > leak > asks",
            "This service asks for `roof`, but `learn` has no question of that name.",
        ),
        (
            {"name": {"en": "Leak repair"}},
            "error",
            "services > leak > name",
            "This service has no name in Spanish, but you answer in Spanish.",
        ),
        (
            {"price": {"en": "A visit is $89."}},
            "error",
            "services > leak > price",
            "This service's price cannot be told in Spanish.",
        ),
        (
            {"words": {"en": ("leak",)}},
            "warning",
            "services > leak > words",
            "No Spanish words say that somebody wants this: only its exact name is understood.",
        ),
        (
            {"words": {"en": ("leak", "cancel"), "es": ("fuga",)}},
            "error",
            "services > leak > words",
            "`cancel` is read as an order about texting, never as a service.",
        ),
        (
            {"minutes": 0},
            "error",
            "services > leak > minutes",
            "An appointment of 0 minutes cannot be booked.",
        ),
    ],
)
def test_a_service_that_does_not_work(changes: dict[str, Any], level: str, where: str, what: str) -> None:
    assert found(with_service("leak", **changes)) == [(level, where, what)]


def test_a_word_of_two_services() -> None:
    words = {"en": ("drain", "leak"), "es": ("drenaje",)}
    assert found(with_service("drain", words=words)) == [
        (
            "warning",
            "services > drain > words",
            "`leak` also stands under `leak`: nobody can tell which of the two is meant.",
        )
    ]


def test_two_services_of_one_id() -> None:
    again = Service(id="leak", name={"en": "Damp", "es": "Humedad"}, words={"en": ("damp",), "es": ("moho",)})
    assert found(replace(PLUMBING, services=(*PLUMBING.services, again))) == [
        ("error", "services > leak", "Two services are called `leak`.")
    ]


def test_no_services() -> None:
    playbook = replace(PLUMBING, services=(), learn=PLUMBING.learn[:4])
    assert found(playbook)[0] == ("error", "services", "No service is named, so no reply can be understood.")


@pytest.mark.parametrize("key", ["ask", "again"])
def test_a_question_without_a_question_mark(key: str) -> None:
    assert found(with_learn("area", **{key: {"en": ("Tell us the city.",), "es": ("¿En qué ciudad?",)}})) == [
        ("error", f"learn > area > {key} > en", "This is meant to be a question but has no question mark.")
    ]


def test_two_questions_of_one_name() -> None:
    assert found(replace(PLUMBING, learn=(*PLUMBING.learn, PLUMBING.learn[0]))) == [
        ("error", "learn > service", "Two questions are called `service`.")
    ]


def test_every_required_question_dropped() -> None:
    kept = tuple(learn for learn in PLUMBING.learn if learn.slot not in {"service", "area", "urgency"})
    assert found(replace(PLUMBING, learn=kept)) == [
        ("error", "learn", "None of service, area and urgency is asked for: people you know nothing about could book.")
    ]


def test_two_required_questions_dropped() -> None:
    kept = tuple(learn for learn in PLUMBING.learn if learn.slot not in {"area", "urgency"})
    assert found(replace(PLUMBING, learn=kept)) == [
        ("warning", "learn", "Neither `area` nor `urgency` is asked for before a booking.")
    ]


def test_a_question_that_is_never_asked() -> None:
    extra = Learn(slot="pets", kind="yes_no", ask=both("Any pets?"), again=both("Pets?"), required=False)
    assert found(replace(PLUMBING, learn=(*PLUMBING.learn, extra))) == [
        (
            "warning",
            "learn > pets",
            "This question is never asked: it is not required and no service names it in `asks`.",
        )
    ]


@pytest.mark.parametrize(
    ("choices", "what"),
    [
        (
            {"en": ("Gas", "Electric"), "es": ("Gas",)},
            (
                "The languages do not offer the same number of choices (`en` 2, `es` 1): "
                "`2` would mean different things."
            ),
        ),
        ({"en": ("Gas",), "es": ("Gas",)}, "A choice needs at least two answers to choose from."),
    ],
)
def test_choices_that_cannot_be_chosen_from(choices: Wording, what: str) -> None:
    assert found(with_learn("owner", choices=choices)) == [("error", "learn > owner > choices", what)]


def test_choices_where_none_are_offered() -> None:
    assert found(with_learn("area", choices={"en": ("A", "B"), "es": ("A", "B")})) == [
        ("error", "learn > area > choices", "Choices are offered only where `kind` is choice; here it is area.")
    ]


def test_a_choice_that_ends_the_texts() -> None:
    assert found(with_learn("owner", choices={"en": ("Gas", "Stop"), "es": ("Gas", "Luz")})) == [
        (
            "error",
            "learn > owner > choices > en > 2",
            'This asks people to reply STOP, which phone companies read as "never text me again".',
        )
    ]


# --- caps and people -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [-1, 46])
def test_a_hold_outside_its_bounds(seconds: int) -> None:
    assert found(replace(PLUMBING, triggers=Triggers(hold_seconds=seconds))) == [
        (
            "error",
            "triggers > hold_seconds",
            f"The first text would wait {seconds} seconds; 0 to 45 are allowed.",
        )
    ]


@pytest.mark.parametrize("seconds", [0, 45])
def test_a_hold_at_its_bounds(seconds: int) -> None:
    assert found(replace(PLUMBING, triggers=Triggers(hold_seconds=seconds))) == []


def test_too_many_reminders() -> None:
    nudges = tuple(Nudge(after=f"{hours}h", say=PLUMBING.nudges[0].say) for hours in (1, 2, 3, 4))
    assert found(replace(PLUMBING, nudges=nudges[:3])) == []
    assert found(replace(PLUMBING, nudges=nudges)) == [
        ("error", "nudges", "There are 4 reminders; at most 3 are allowed.")
    ]


@pytest.mark.parametrize(
    ("after", "what"),
    [
        ("73h", "A reminder after 73 hours is not allowed: 72 at most."),
        ("4d", "A reminder after 96 hours is not allowed: 72 at most."),
        ("0h", "A reminder after 0 hours is not allowed: 72 at most."),
        ("soon", "`soon` is not a time for a reminder."),
    ],
)
def test_a_reminder_at_the_wrong_time(after: str, what: str) -> None:
    nudge = Nudge(after=after, say=PLUMBING.nudges[0].say)
    assert found(replace(PLUMBING, nudges=(nudge,))) == [("error", "nudges > 1 > after", what)]


def test_no_time_to_call_back() -> None:
    assert found(replace(PLUMBING, triggers=Triggers(voicemail=Voicemail(minutes=0)))) == [
        ("error", "triggers > voicemail > minutes", "A person needs time to call back.")
    ]
    assert found(replace(PLUMBING, people=replace(PLUMBING.people, callback_minutes=0))) == [
        ("error", "people > callback_minutes", "A callback cannot be due before it is asked for.")
    ]


def test_urgent_cases_at_an_empty_desk() -> None:
    assert found(replace(PLUMBING, people=replace(PLUMBING.people, urgent="desk"))) == [
        ("warning", "people > urgent", "Urgent cases go to the desk, and at night nobody sits there.")
    ]


def test_nobody_is_ever_answered() -> None:
    silent = Triggers(no_answer="todo", busy="todo", after_hours="ignore", abandoned="todo")
    assert found(replace(PLUMBING, triggers=silent)) == [
        ("error", "triggers", "No kind of missed call gets a text: this playbook never answers anybody.")
    ]


# --- privacy -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thank you. Your root canal is next.", "root canal"),
        ("Thank you. Your cleaning is next.", "Cleaning"),
        ("Gracias por su endodoncia.", "endodoncia"),
        ("Thank you for asking about {service}.", "{service}"),
    ],
)
def test_a_clinic_that_names_a_treatment(text: str, name: str) -> None:
    assert found(with_say("thanks", text, pack("dental_clinic"))) == [
        (
            "error",
            "say > thanks > en",
            f"`{name}` tells anybody who sees this phone what kind of care the patient wants.",
        )
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What happened?", "what happened"),
        ("Can you describe your case?", "describe your case"),
        ("Can you tell us about the accident?", "tell us about"),
    ],
)
def test_a_law_firm_that_asks_for_facts(text: str, words: str) -> None:
    firm = pack("law_firm")
    learn = firm.slot("area")
    assert learn is not None
    assert found(with_learn("area", firm, ask={**learn.ask, "en": (text,)})) == [
        (
            "error",
            "learn > area > ask > en",
            f"`{words}` asks for facts of a case before anybody has checked for a conflict.",
        )
    ]


def test_a_law_firm_that_does_not_say_that_nobody_is_a_client_yet() -> None:
    assert found(with_greeting(f"{{business}} here. What type of matter is it? {STOP}", pack("law_firm"))) == [
        (
            "error",
            "greet > open > en",
            "A law firm's first text has to say that there is no attorney-client relationship yet.",
        )
    ]


def test_errors_come_before_warnings() -> None:
    playbook = replace(with_route("wants_call", todo=""), people=replace(PLUMBING.people, urgent="desk"))
    assert [problem.level for problem in problems(playbook)] == ["error", "warning"]
