"""Experiments, replay, review and corrections in the console, on real rows."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args

import pytest
from django.test import Client

from answerback.console.reports.meant import INTENTS, URGENCIES
from answerback.console.reports.places import place_name
from answerback.console.reports.trials import LETTERS, in_words
from answerback.engine.reading import Intent, Urgency
from answerback.engine.sequential import Verdict
from answerback.engine.variants import digest
from answerback.store import codec, models
from answerback.workflow import corrections, directory, experiments, measuring
from answerback.workflow.actors import NotAllowed

B = "Hi, {business} here, sorry we missed your call. What do you need? Reply STOP to opt out"


@pytest.fixture
def trial(shop: Any, alice: Client, now: Any) -> Iterator[str]:
    """Another wording of the greeting, published by its page, told to 400 people as the first one: 100 and 200 replied.

    Gives the letter the new one is called by.
    """
    answer = alice.post("/reports/trials/add", {"place": "greet > open > en", "text": B}, follow=True)
    assert str(next(iter(answer.context["messages"]))).startswith("Published.")
    directory.forget()
    texts = greetings(shop)
    models.LeadWording.objects.bulk_create(
        models.LeadWording(
            lead_id=10_000 + 1000 * arm + number, business=shop.business, place="greet > open", language="en",
            variant=digest(texts[(0, -1)[arm]]), said_at=now - timedelta(days=10), replied=number < (100, 200)[arm],
            stopped=False, complained=False,
        )
        for arm in (0, 1)
        for number in range(400)
    )  # fmt: skip
    yield LETTERS[len(texts) - 1]
    directory.forget()


def greetings(shop: Any) -> tuple[str, ...]:
    shop.business.refresh_from_db()
    return codec.decode_playbook(codec.encode(shop.business.playbook.body)).greet["open"]["en"]


def variants(client: Client) -> Any:
    shown = client.get("/reports/trials").context["comparisons"]
    return next(variants for _each, name, variants in shown if name == "First text while you are open (English)")


def test_of_a_wording_nobody_was_told_no_shares_are_told(trial: str, alice: Client) -> None:
    page = alice.get("/reports/trials").content.decode()
    told = [
        each.variant.told.people
        for _name, _words, found in alice.get("/reports/trials").context["comparisons"]
        for each in found
    ]
    assert told.count(0) > 0
    assert (page.count("Nobody was told it yet."), page.count("replied within a day")) == (
        told.count(0),
        len(told) - told.count(0),
    )


def test_variant_that_gets_more_replies_is_said_to(trial: str, alice: Client) -> None:
    first, *_others, last = variants(alice)
    assert (first.rate, last.rate, last.variant.text) == ("25%", "50%", B)
    assert last.said == f"{trial} gets 25 more replies in 100, sure enough to keep."


def test_keeping_one_publishes_it_alone_and_guard_rails_pause_another(trial: str, shop: Any, alice: Client) -> None:
    models.LeadWording.objects.filter(variant=digest(B)).update(stopped=True)
    assert (experiments.guard(shop.business.id), experiments.guard(shop.business.id)) == (1, 0)
    shop.business.refresh_from_db()
    assert shop.business.settings["paused_wordings"] == [digest(B)]
    assert variants(alice)[-1].warning == "Paused: it made more people say stop or complain."
    alice.post("/reports/trials/keep", {"place": "greet > open", "language": "en", "variant": digest(B)})
    assert greetings(shop) == (B,)


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict(call="open", difference=0.05, low=-0.1, high=0.2, weeks=3), "Can't tell yet, about 3 more weeks."),
        (
            Verdict(call="worse", difference=-0.12, low=-0.2, high=-0.01),
            "B gets 12 fewer replies in 100, sure enough to drop.",
        ),
        (Verdict(call="few", difference=0, low=-1, high=1), "Too few people yet to say anything."),
    ],
)
def test_verdicts_are_plain(verdict: Verdict, said: str) -> None:
    assert in_words(verdict, "B") == said


def test_bad_wording_is_refused_with_its_reason(shop: Any, alice: Client) -> None:
    answer = alice.post("/reports/trials/add", {"place": "greet > open > en", "text": "Your plumber is on the way!"})
    refused = answer.context["refused"]
    assert (answer.status_code, refused.field, "Your plumber is on the way!" in answer.content.decode()) == (
        409,
        "text",
        True,
    )
    assert models.PlaybookVersion.objects.filter(business=shop.business).count() == 1


def test_hold_out_is_off_until_it_is_switched_on(shop: Any, alice: Client) -> None:
    assert alice.get("/reports/trials").context["held"].share == 0
    alice.post("/reports/trials/hold-out", {"share": "10"})
    shop.business.refresh_from_db()
    assert shop.business.settings["hold_out_share"] == 10
    with pytest.raises(NotAllowed):
        experiments.set_hold_out(shop.business.id, 90)


@pytest.fixture
def text(shop: Any, now: Any) -> models.Message:
    conversation = shop.conversation(131, name="Rosa", at=now - timedelta(days=1))
    said = shop.text(
        conversation, "in:1", "customer", "can we do friday instead", "received", at=now - timedelta(hours=3)
    )
    models.Message.objects.filter(id=said.id).update(
        reading={"intent": "book", "urgency": "unknown", "confidence": 0.3}
    )
    measuring.refresh(shop.business.id)
    return said  # type: ignore[no-any-return]


def test_correction_is_kept_exported_and_measured(text: models.Message, shop: Any, alice: Client) -> None:
    alice.post(f"/reports/texts/{text.id}", {"intent": "reschedule", "urgency": "soon"})
    alice.post(f"/reports/texts/{text.id}", {"urgency": "can_wait"})
    kept = list(models.Correction.objects.order_by("id").values_list("about", "said", "read"))
    assert kept == [
        ("intent", "reschedule", "book"),
        ("urgency", "soon", "unknown"),
        ("urgency", "can_wait", "unknown"),
    ]
    (line,) = alice.get("/reports/corrections.jsonl").content.decode().splitlines()
    label = json.loads(line)
    assert (label["text"], label["intent"], label["urgency"]) == ("can we do friday instead", "reschedule", "can_wait")
    assert label["industry"] == "plumbing"
    assert corrections.score(shop.business.id).texts == (text.id,)
    ((shown, _intent, _urgency, _form),) = alice.get("/reports/texts").context["texts"]
    assert (shown.said_intent, shown.said_urgency) == ("reschedule", "can_wait")
    alice.post(f"/reports/texts/{text.id}", {"intent": "nonsense"})
    assert models.Correction.objects.count() == 3


def test_review_quotes_without_names(text: models.Message, alice: Client) -> None:
    page = alice.get("/reports/review?week=2026-03-09")
    assert page.status_code == 200
    assert [group.texts for group in page.context["review"].groups] == [("can we do friday instead",)]
    assert page.context["review"].proposal is None


def test_replay_sends_and_changes_nothing(text: models.Message, shop: Any, alice: Client, tables: Any) -> None:
    shop.missed_call(
        models.Conversation.objects.get(messages=text), at=models.Message.objects.get(id=text.id).created_at
    )
    source = shop.business.playbook.source
    before = {name: rows for name, rows in tables().items() if name not in {"audit_entry", "act_once"}}
    page = alice.post("/reports/replay", {"days": "7", "against": "playbook", "playbook": source})
    assert (len(page.context["found"].pairs), page.context["found"].different) == (1, ())
    changed = source.replace("Sorry we missed", "Sorry that we missed")
    page = alice.post("/reports/replay", {"days": "7", "against": "playbook", "playbook": changed})
    (different,) = page.context["different"]
    assert different.differs == ("other texts",)
    assert [[str(chip.words) for chip in side.chips] for side in different.sides] == [["New", "Resting"]] * 2
    assert (
        alice.post("/reports/replay", {"against": "reader"}).context["found"].pairs[0].conversation
        == text.conversation_id
    )
    assert "problem" in alice.post("/reports/replay", {"against": "playbook", "playbook": "a: ["}).context
    assert {name: rows for name, rows in tables().items() if name in before} == before


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("greet > open", "First text while you are open"),
        ("greet > easter", "First text: Easter"),
        ("menu > 2", "First text after key 2"),
        ("learn > area > ask", "The question where they are"),
        ("learn > system_age > again", "The question for: System age, asked again"),
        ("routes > book > say", "How a time is offered"),
        ("nudges > 2 > say", "Nudge 2"),
    ],
)
def test_places_are_said_as_an_owner_would(place: str, said: str) -> None:
    assert place_name(place) == said


def test_everything_a_text_may_want_has_words() -> None:
    assert set(INTENTS) == {*get_args(Intent), "spam"}
    assert set(URGENCIES) == set(get_args(Urgency))
