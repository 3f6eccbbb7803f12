"""Every reason leads to the setting that would have changed it, for those who may open that setting."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

import answerback
from answerback.console.rule_names import GUARD_WORDS, RULE_WORDS
from answerback.console.whys import GUARDS, RULES, place_of
from answerback.engine.guards import WOULD_CHANGE
from answerback.engine.sending import WHY
from answerback.store import models
from answerback.workflow import setup

if TYPE_CHECKING:
    from answerback.testing.world import World

FACTS = {
    "withheld": "the caller hides their number",
    "blocked": "the block list is kept by the API",
    "country": "follows from the number",
    "textable": "follows from the number",
    "suppressed": "only the customer can take it back",
    "no_offers": "only the customer can take it back",
    "closed": "only the customer opens it again",
    "life_safety": "nobody can switch it off",
}
"""What no setting changes, each with the reason."""


def _said(name: str) -> str:
    return name.replace("_", " ")


def test_every_guard_and_every_kind_of_text_has_its_setting() -> None:
    assert {name for name in WOULD_CHANGE if _said(name) not in GUARDS} <= FACTS.keys()
    assert {name for name in WHY if place_of(_said(name)) is None} <= FACTS.keys()


def test_every_guard_and_every_rule_has_plain_words() -> None:
    """The engine's own names are short; `cooldown` says nothing to an owner."""
    assert {name for name in (*map(_said, WOULD_CHANGE), *GUARDS) if name not in GUARD_WORDS} == set()
    assert {name for name in (*map(_said, WHY), *RULES) if name not in RULE_WORDS} == set()
    assert [
        words for words in map(str, (*GUARD_WORDS.values(), *RULE_WORDS.values())) if "." in words or "_" in words
    ] == []


def _noted(folder: str) -> Iterator[str]:
    """The rules that the code writes receipts by."""
    for path in (Path(answerback.__file__).parent / folder).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                named = [each.value for each in node.keywords if each.arg == "rule" and path.stem != "obstacles"]
                first = node.args[:1] if isinstance(node.func, ast.Attribute) and node.func.attr == "note" else []
                yield from (str(each.value) for each in (*named, *first) if isinstance(each, ast.Constant))


def test_every_rule_that_is_written_down_has_plain_words() -> None:
    """«Regla: mistake.» stood under a reason."""
    written = {_said(name) for folder in ("engine", "workflow") for name in _noted(folder)} | {"restore.withdrawn"}
    assert len(written) > 30
    assert sorted(written - RULE_WORDS.keys()) == []


@pytest.fixture
def refused(shop: Any, now: Any) -> models.Conversation:
    """A conversation whose first text was refused by the cooldown, and one text for each other setting there is."""
    found: models.Conversation = shop.conversation(131, name="Maria")
    for n, name in enumerate(["cooldown", *GUARDS]):
        _receipt(shop, found, now, "first_text", [{"name": name, "passed": n > 0, "evidence": "Seen."}])
    for rule in RULES:
        _receipt(shop, found, now, rule.replace(" ", "_"), [])
    return found


def _receipt(shop: Any, about: models.Conversation, at: Any, rule: str, guards: list[dict[str, Any]]) -> None:
    models.Decision.objects.create(
        business=shop.business,
        conversation=about,
        at=at,
        rule=rule,
        verdict="not_sent",
        why="No text was sent.",
        guards=[guard | {"name": guard["name"].replace(" ", "_")} for guard in guards],
        would_change="A shorter cooldown.",
    )


def test_owner_is_led_to_the_very_setting(refused: models.Conversation, alice: Client) -> None:
    page = alice.get(f"/c/{refused.id}")
    reasons = [entry.reasons[0] for entry in page.context["part"].entries if entry.row.kind == "reason"]
    assert reasons[0].link.href == reasons[0].checks[0].link.href == "/settings/rules#p-first_text_cooldown"
    links = {reason.link.href for reason in reasons} | {each.link.href for reason in reasons for each in reason.checks}
    for address in sorted(links):
        place, _hash, anchor = address.partition("#")
        there = alice.get(place or f"/c/{refused.id}")
        assert (address, there.status_code) == (address, 200)
        assert not anchor or f'id="{anchor}"' in there.content.decode(), address


def test_desk_reads_the_same_without_links_it_may_not_open(refused: models.Conversation, bob: Client) -> None:
    page = bob.get(f"/c/{refused.id}").content.decode()
    assert "What would have changed it: A shorter cooldown." in page
    reasons = "".join(re.findall(r'<div class="reason-body">.*?</div>', page, re.DOTALL))
    assert "/settings/" not in reasons
    assert "/playbooks/" not in reasons
    assert 'href="#wrong"' in reasons


def test_a_text_that_a_person_wrote_says_why_it_went_too(shop: Any, bob: Client) -> None:
    """Only the machine's texts could be asked; a person's own bore nothing but the name."""
    talk = shop.conversation(131)
    text = shop.text(talk, "staff:1", "staff", "On my way", "delivered")
    models.Message.objects.filter(id=text.id).update(member=models.Member.objects.get(name="Bob"))
    page = bob.get(f"/c/{talk.id}")
    [entry] = [each for each in page.context["part"].entries if each.row.kind == "text_staff"]
    assert [(each.title, each.checks, each.link) for each in entry.reasons] == [("Bob wrote it.", (), None)]
    assert "What would have changed it: taking it back before it left." in page.content.decode()


def test_what_was_seen_of_a_call_held_nothing_back(shop: Any, now: Any, alice: Client, bob: Client) -> None:
    """No text is in question there: a voicemail was not let through, nor the hour held back."""
    talk = shop.conversation(131)
    models.Decision.objects.create(
        business=shop.business, conversation=talk, at=now, rule="missed.after_hours", verdict="recorded", why="Closed.",
        guards=[{"name": "hours", "passed": False, "evidence": "It was closed."}], would_change="Other hours.",
    )  # fmt: skip
    [entry] = [each for each in alice.get(f"/c/{talk.id}").context["part"].entries if each.row.kind == "reason"]
    assert [each.link.href for each in entry.reasons[0].checks] == ["/settings/hours"], "those of nudges decide of none"
    page = re.sub(r"<[^>]+>", "", bob.get(f"/c/{talk.id}").content.decode())
    assert ("no: Hours It was closed." in page, "held back:" in page) == (True, False)


def test_a_reason_on_the_page_of_calls_leads_into_the_conversation(world: "World", as_person: Any) -> None:
    """`#wrong` and `#talk-head` are places of its page, and led nowhere from the list of calls."""
    setup.add_member(world.shop.business, "Bob", "desk", email="bob@example.com", password="a long password")
    world.call("+15125550131", 20, "no_answer")
    world.run(minutes=2)
    [talk] = models.Conversation.objects.values_list("id", flat=True)
    bob = as_person("bob@example.com")
    [call] = bob.get("/calls").context["calls"]
    reasons = bob.get(f"/c/{talk}/why?{call.reasons}").content.decode()
    assert set(re.findall(r'href="([^"]*)"', reasons)) == {
        f"/c/{talk}#wrong", f"/c/{talk}#talk-head", "/reports/trials",
    }  # fmt: skip
