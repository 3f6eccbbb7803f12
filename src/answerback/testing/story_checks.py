"""Sentences that say what must be true: texts that came or did not, leads, pages, to-dos, who has the word, and why."""

from datetime import timedelta

from answerback.testing.story_sentences import Failed, Teller, Unclear, count_of, says, span_of

SOON = timedelta(seconds=5)
"""How long a check without a time waits: a text needs a second to arrive."""


@says("within {span} {who} gets a text[ with {words}]", "{who} gets a text[ with {words}]")
def gets_text(teller: Teller, who: str, span: str = "", words: str = "") -> None:
    within = span_of(span) if span else SOON
    text = teller.next_text(teller.number(who), within, who)
    if words.lower() not in text.body.lower():
        raise Failed(f'{who} got another text: "{text.body}"')


@says("{who} gets a text without {words}", "within {span} {who} gets a text without {words}")
def gets_text_without(teller: Teller, who: str, words: str, span: str = "") -> None:
    text = teller.next_text(teller.number(who), span_of(span) if span else SOON, who)
    if words.lower() in text.body.lower():
        raise Failed(f'{who} got this text: "{text.body}"')


@says(
    "{who} gets no text[ for {span}]",
    "{who} gets no other text[ for {span}]",
    "{who} gets no more texts[ for {span}]",
    "for {span} {who} gets no text",
)
def gets_no_text(teller: Teller, who: str, span: str = "") -> None:
    number = teller.number(who)
    teller.world.run(seconds=(span_of(span) if span else SOON).total_seconds())
    if found := teller.unread(number):
        raise Failed(f'{who} got a text: "{found[0].body}"')


@says("{who} has got {number:count} text in all", "{who} has got {number:count} texts in all")
def has_got(teller: Teller, who: str, number: str) -> None:
    texts = teller.world.texts_to(teller.number(who))
    if len(texts) != count_of(number):
        raise Failed(f"{who} has got {len(texts)} texts in all: {' / '.join(map(str, texts)) or 'none'}")


@says("{who} is a lead[: {status:any}]", "{who} is a lead, {status:any}")
def is_lead(teller: Teller, who: str, status: str = "") -> None:
    found = teller.world.lead(teller.number(who))
    if found is None:
        raise Failed(f"There is no lead for {who}.")
    if status and found.status.replace("_", " ") != status:
        raise Failed(f"The lead of {who} is {found.status.replace('_', ' ')}.")


@says("{who} is not a lead", "{who} is no lead")
def is_no_lead(teller: Teller, who: str) -> None:
    if found := teller.world.lead(teller.number(who)):
        raise Failed(f"There is a lead for {who}, {found.status}.")


@says("{who} is one lead", "{who} is {number:count} leads")
def is_so_many_leads(teller: Teller, who: str, number: str = "one") -> None:
    found = teller.world.leads(teller.number(who))
    if len(found) != count_of(number):
        raise Failed(f"There are {len(found)} leads for {who}.")


@says("{who} wants {words}", "the service of {who} is {words}")
def wants(teller: Teller, who: str, words: str) -> None:
    found = teller.world.lead(teller.number(who))
    service = found.service if found else ""
    if service.replace("_", " ") != words.lower().replace("_", " "):
        raise Failed(f"What {who} wants is written down as {service or 'nothing'!r}.")


@says("{who} answered {words}", "{who} has answered {words}")
def answered(teller: Teller, who: str, words: str) -> None:
    found = teller.world.lead(teller.number(who))
    answers = sorted(found.answers.values()) if found else []
    if words not in answers:
        raise Failed(f"What {who} answered is written down as {', '.join(answers) or 'nothing'}.")


@says("it is urgent for {who}")
def is_urgent(teller: Teller, who: str) -> None:
    found = teller.world.lead(teller.number(who))
    if found is None or found.urgency != "emergency":
        raise Failed(f"The urgency of {who} is written down as {found.urgency if found else 'nothing'!r}.")


@says("nobody is paged")
def nobody_is_paged(teller: Teller) -> None:
    teller.world.run(seconds=SOON.total_seconds())
    if found := teller.world.pages():
        raise Failed(f"Somebody was paged: {found[0].summary}")


@says(
    "within {span} {staff} is paged[ with {words}]",
    "{staff} is paged[ with {words}]",
    "within {span} {staff} is paged about {who}[ with {words}]",
    "{staff} is paged about {who}[ with {words}]",
)
def is_paged(teller: Teller, staff: str, span: str = "", words: str = "", who: str = "") -> None:
    if who and not teller.world.pages(teller.number(who)):
        raise Failed(f"There is no page about {who}.")
    text = teller.next_text(teller.phone_of(staff), span_of(span) if span else SOON, staff)
    if words.lower() not in text.body.lower():
        raise Failed(f'{staff} was paged with other words: "{text.body}"')


@says("there is a to-do about {who}[ with {words}]", "there is an urgent to-do about {who}[ with {words}]")
def is_todo(teller: Teller, who: str, words: str = "") -> None:
    titles = [todo.title for todo in teller.world.todos(teller.number(who))]
    if not any(words.lower() in title.lower() for title in titles):
        raise Failed(f"The open to-dos about {who}: {' / '.join(titles) or 'none'}.")


@says("there is no to-do about {who}")
def is_no_todo(teller: Teller, who: str) -> None:
    if found := teller.world.todos(teller.number(who)):
        raise Failed(f"There is a to-do about {who}: {found[0].title}")


@says("{staff} has the conversation with {who}")
def has_conversation(teller: Teller, staff: str, who: str) -> None:
    found = teller.world.conversation(teller.number(who))
    holder = found.held_by.name if found and found.held_by else ""
    if found is None or found.phase != "human" or holder != staff:
        raise Failed(
            f"The conversation with {who} is {found.phase if found else 'not there'}, held by {holder or 'nobody'}."
        )


@says("a person has the conversation with {who}", "a person goes on with {who}")
def person_has(teller: Teller, who: str) -> None:
    _phase(teller, who, "human")


@says("the conversation with {who} is {phase:any}")
def is_in_phase(teller: Teller, who: str, phase: str) -> None:
    _phase(teller, who, phase)


@says("{who} has said stop", "{who} is on the stop list")
def has_said_stop(teller: Teller, who: str) -> None:
    if not teller.world.is_stopped(teller.number(who)):
        raise Failed(f"{who} is not on the list of numbers that said stop.")


@says("{who} has not said stop", "{who} is not on the stop list")
def has_not_said_stop(teller: Teller, who: str) -> None:
    if teller.world.is_stopped(teller.number(who)):
        raise Failed(f"{who} is on the list of numbers that said stop.")


@says("{who} is booked[ for {words}]")
def is_booked(teller: Teller, who: str, words: str = "") -> None:
    found = [each for each in teller.world.appointments(teller.number(who)) if each.status == "booked"]
    if not found:
        raise Failed(f"No appointment of {who} stands.")
    if words and found[-1].service.replace("_", " ") != words.lower():
        raise Failed(f"{who} is booked for {found[-1].service!r}.")


@says("the reason for {who} says {words}", "a reason for {who} says {words}")
def reason_says(teller: Teller, who: str, words: str) -> None:
    reasons = [receipt.why for receipt in teller.world.receipts(teller.number(who))]
    if not any(words.lower() in why.lower() for why in reasons):
        raise Failed(f"The reasons written down for {who}: {' / '.join(reasons) or 'none'}")


@says("the program has died {number:count} time", "the program has died {number:count} times")
def has_died(teller: Teller, number: str) -> None:
    if teller.world.crashes.count != count_of(number):
        raise Failed(f"It died {teller.world.crashes.count} times.")


def _phase(teller: Teller, who: str, phase: str) -> None:
    found = teller.world.conversation(teller.number(who))
    if found is None:
        raise Unclear(f"There is no conversation with {who} yet.")
    if found.phase != phase:
        raise Failed(f"The conversation with {who} is {found.phase}.")
