"""Every reason leads to the setting that would have changed it, for those who may open that setting."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

import answerback
from answerback.console.rule_names import GUARD_WORDS, RULE_WORDS
from answerback.console.whys import CHANGES, CONSENTS, GUARDS, RULES, behind, changed_by, place_of
from answerback.engine import guards
from answerback.engine.guards import WOULD_CHANGE
from answerback.engine.sending import WHY
from answerback.store import models
from answerback.store.queries.timeline import Check, Row
from answerback.workflow import delivery, setup

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


def _unsent(folder: str) -> Iterator[str]:
    """What would have changed that a text was not sent, or was taken back, as the code writes it without a guard."""
    for path in (Path(answerback.__file__).parent / folder).glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        kept = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            named = {each.arg: each.value for each in call.keywords}
            said = named.get("would_change")
            if isinstance(call.func, ast.Name) and call.func.id == "_no_text":
                said = call.args[3]
            elif not isinstance(verdict := named.get("verdict"), ast.Constant) or verdict.value not in _UNSENT:
                continue
            if isinstance(said, ast.Constant | ast.Name):
                yield str(said.value if isinstance(said, ast.Constant) else kept.get(said.id, ""))


_UNSENT = {"not_sent", "withdrawn", "deferred"}


def test_every_reason_for_a_text_not_sent_says_where_its_change_is_made() -> None:
    """A rule decides for several reasons: "Handing it back." led to how sure we must be of a reply."""
    said = {each for folder in ("engine", "workflow") for each in _unsent(folder)} | {
        would_change for _why, would_change in delivery._WHY.values()
    }
    assert len(said) > 20
    assert sorted(said - CHANGES.keys() - {""}) == []


@pytest.mark.parametrize(
    ("rule", "verdict", "would_change", "leads"),
    [
        ("reply", "not_sent", "Handing it back.", "#talk-head"),
        ("reminder", "not_sent", "Handing the conversation back before the time came.", "#talk-head"),
        ("reply", "not_sent", "Another reading.", "reports:texts"),
        ("reply", "not_sent", "The customer texting START.", ""),
        ("help", "not_sent", "A provider that leaves the word HELP to us.", "lines"),
        ("first text", "not_sent", "The playbook's trigger for this kind of call.", "edit_playbook triggers"),
        ("first text", "not_sent", "Having no open appointment.", ""),
        ("first text.withdrawn", "withdrawn", "", ""),
        ("opted out", "recorded", "", ""),
        ("first text", "sent", "Any of these checks failing.", "edit_playbook greet"),
    ],
)
def test_a_reason_leads_to_what_would_have_changed_it(rule: str, verdict: str, would_change: str, leads: str) -> None:
    row = Row(
        id="reason-1", at=datetime(2026, 3, 11, 15, 0, tzinfo=UTC), kind="reason", title="", rule=rule, verdict=verdict,
        would_change=would_change,
    )  # fmt: skip
    place = changed_by(row)
    assert (" ".join([place.url, *place.args]) + ("#" + place.anchor if place.anchor else "") if place else "") == leads


@pytest.mark.parametrize(
    ("name", "evidence", "rule", "leads"),
    [
        ("consent", "They ended their consent.", "nudge", ""),
        ("consent", "What they asked for is too long ago for a text they did not ask for.", "nudge", "follow_up_fresh"),
        ("fresh", "It is too long ago.", "first text", "first_text_fresh"),
        ("fresh", "It is too long ago.", "ask", "reply_fresh"),
        ("unanswered", "1 unanswered in a day, 2 in a week.", "nudge", "unanswered_per_day"),
        ("unanswered", "A clinic texts at most 1 a day that is not answered.", "nudge", "clinic_per_day"),
        ("wording", "The playbook has no wording for this moment.", "nudge", "nudges"),
        ("content", "It has a bracket.", "first text", "greet"),
        ("content", "It has a bracket.", "help", "say"),
        ("hold out", "One of the conversations that get no video, for comparison.", "video", "send"),
        ("once", "They got this video before.", "video", ""),
    ],
)
def test_a_guard_that_asks_several_things_leads_by_what_it_saw(name: str, evidence: str, rule: str, leads: str) -> None:
    place = behind(Check(name=name, passed=False, evidence=evidence), rule)
    assert (place.anchor.removeprefix("p-") or "".join(place.args) if place else "") == leads


def test_what_is_seen_of_a_consent_is_what_the_engine_says() -> None:
    written = Path(guards.__file__).read_text("utf-8")
    assert [each for each in CONSENTS if f'"{each}"' not in written] == []


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


def test_every_text_of_theirs_says_why_it_was_read_so(world: "World", as_person: Any) -> None:
    """ "78704" could be asked why, the "Austin" beside it could not."""
    setup.add_member(world.shop.business, "Bob", "desk", email="bob@example.com", password="a long password")
    world.call("+15125550131", 20, "no_answer")
    world.run(minutes=2)
    said = ["My sink leaks", "Austin", "austin tx", "78704", "ok", "?"]
    for text in said:
        world.text("+15125550131", text)
        world.run(minutes=1)
    [talk] = models.Conversation.objects.values_list("id", flat=True)
    page = as_person("bob@example.com").get(f"/c/{talk}").content.decode()
    bubbles = re.findall(r'<li class="bubble (in|out)[ "].*?</li>\n', page, re.DOTALL)
    asked = re.findall(r'<li class="bubble in[ "](?:(?!<li class="bubble).)*?<summary>why\?</summary>', page, re.DOTALL)
    assert (bubbles.count("in"), len(asked)) == (len(said), len(said))


def test_a_text_that_was_taken_back_says_what_took_it_back(shop: Any, bob: Client) -> None:
    """Its reasons told why it was written, and not why it never left."""
    talk = shop.conversation(131)
    text = shop.text(talk, "nudge:1", "machine", "Still there?", "withdrawn")
    models.Message.objects.filter(id=text.id).update(detail="A person took the conversation")
    [entry] = [each for each in bob.get(f"/c/{talk.id}").context["part"].entries if each.row.kind == "text_out"]
    assert [(each.title, each.would_change, each.link) for each in entry.reasons] == [
        ("A person took the conversation", "Nothing having happened since.", None)
    ]


def test_a_text_that_its_author_took_back_was_not_overtaken(shop: Any, bob: Client) -> None:
    """It said that what has been overtaken does not leave, and "Nothing having happened since.": nothing had."""
    talk = shop.conversation(131)
    sent = bob.post(f"/c/{talk.id}/reply", {"body": "On my way"}, follow=True)
    bob.post("/undo", {"undo": str(list(sent.context["messages"])[-1].extra_tags)})
    [entry] = [each for each in bob.get(f"/c/{talk.id}").context["part"].entries if each.row.kind == "text_staff"]
    assert [(each.title, each.rule) for each in entry.reasons] == [
        ("Bob wrote it.", "a person writes what they want"),
        ("Bob took it back before it left.", "a person took it back"),
    ]
    assert entry.reasons[-1].would_change == ""
