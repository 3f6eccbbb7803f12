"""Two people have the same page open: what one of them kept is not undone by what the other page still shows."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from answerback.store import models


@pytest.fixture
def maria(shop: Any) -> models.Conversation:
    found: models.Conversation = shop.conversation(131, name="Maria", phase="human")
    return found


def _filled(page: Any, action: str) -> dict[str, Any]:
    """What a browser would send of the form that leads there, as it was drawn."""
    (form,) = re.findall(rf'<form[^>]*action="{action}".*?</form>', page.content.decode(), re.DOTALL)
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        field = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" not in field or field["name"] == "csrfmiddlewaretoken":
            continue
        if field.get("type") in {"checkbox", "radio"}:
            if " checked" in tag:
                sent.setdefault(field["name"], []).append(html.unescape(field.get("value", "on")))
        else:
            sent[field["name"]] = html.unescape(field.get("value", ""))
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        options = re.findall(r'<option(?: value="([^"]*)")?([^>]*)>([^<]*)', body)
        chosen = [value or words for value, rest, words in options if "selected" in rest]
        sent[name] = html.unescape((chosen or [options[0][0]])[0]) if options else ""
    for name, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = html.unescape(body).replace("\n", "\r\n")
    return sent


def _text(page: Any) -> str:
    return html.unescape(page.content.decode())


def _plan(maria: models.Conversation) -> tuple[object, ...]:
    lead = models.Lead.objects.get(conversation=maria)
    return (lead.owner and lead.owner.name, lead.own_step, bool(lead.own_step_at), lead.value_cents)


def test_only_what_a_person_changed_of_a_plan_is_written(
    shop: Any, maria: models.Conversation, alice: Client, bob: Client
) -> None:
    at = f"/c/{maria.id}/plan"
    older = _filled(alice.get(f"/c/{maria.id}"), at)
    bobs = str(models.Member.objects.get(business=shop.business, name="Bob").id)
    planned = {"step": "Send the offer", "step_at": "2026-03-12T09:30", "owner": bobs}
    bob.post(at, _filled(bob.get(f"/c/{maria.id}"), at) | planned)
    page = alice.post(at, older | {"value": "480"}, follow=True)
    assert (page.status_code, _plan(maria)) == (200, ("Bob", "Send the offer", True, 48000))


def test_who_changed_the_same_of_a_plan_is_told_both(
    shop: Any, maria: models.Conversation, alice: Client, bob: Client
) -> None:
    at = f"/c/{maria.id}/plan"
    older = _filled(alice.get(f"/c/{maria.id}"), at)
    bob.post(at, _filled(bob.get(f"/c/{maria.id}"), at) | {"step": "Send the offer", "step_at": "2026-03-12T09:30"})
    page = alice.post(at, older | {"step": "Call her", "value": "480"})
    assert (page.status_code, _plan(maria)) == (409, (None, "Send the offer", True, None))
    assert "Next step: it says “Send the offer” now, you wrote “Call her”." in _text(page)
    again = _filled(page, at)
    assert (again["step"], again["value"], again["step_at"]) == ("Call her", "480", "2026-03-12T09:30")
    assert alice.post(at, again).status_code == 302
    assert _plan(maria) == (None, "Call her", True, 48000)


def test_what_cannot_be_read_of_a_plan_stays_in_the_form(maria: models.Conversation, alice: Client) -> None:
    at = f"/c/{maria.id}/plan"
    page = alice.post(at, _filled(alice.get(f"/c/{maria.id}"), at) | {"step": "A long careful plan", "value": "abc"})
    assert (page.status_code, _filled(page, at)["step"], _filled(page, at)["value"]) == (
        409,
        "A long careful plan",
        "abc",
    )
    assert "The amount must be a number" in _text(page)


def test_undo_of_a_plan_leaves_what_a_colleague_planned(maria: models.Conversation, alice: Client, bob: Client) -> None:
    at = f"/c/{maria.id}/plan"
    page = alice.post(at, _filled(alice.get(f"/c/{maria.id}"), at) | {"value": "480"}, follow=True)
    bob.post(at, _filled(bob.get(f"/c/{maria.id}"), at) | {"step": "Send the offer"})
    alice.post("/undo", {"undo": str(list(page.context["messages"])[-1].extra_tags)})
    assert _plan(maria) == (None, "Send the offer", False, None)
