"""An act that changes nothing writes nothing, neither into the timeline nor into the audit log, and says so."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from answerback.store import models

ACTS: dict[str, tuple[list[tuple[str, dict[str, str]]], str]] = {
    "assign": ([("/c/{id}/assign", {"member": "{alice}"})], "It is Alice's already. Nothing was changed."),
    "assign to nobody": (
        [("/c/{id}/assign", {"member": "{alice}"}), ("/c/{id}/assign", {"member": ""})],
        "It is nobody's already. Nothing was changed.",
    ),
    "put aside": (
        [("/c/{id}/snooze", {"until": "tomorrow"})],
        "It is put aside until then already. Nothing was changed.",
    ),
    "wake": (
        [("/c/{id}/snooze", {"until": "tomorrow"}), ("/c/{id}/snooze", {"until": "now"})],
        "It is not put aside. Nothing was changed.",
    ),
    "done": ([("/c/{id}/done", {})], "It is done already. Nothing was changed."),
    "open again": (
        [("/c/{id}/done", {}), ("/c/{id}/open-again", {})],
        "It is open already. Nothing was changed.",
    ),
    "take over": ([("/c/{id}/take-over", {})], "It is yours already. Nothing was changed."),
    "hand back": (
        [("/c/{id}/take-over", {}), ("/c/{id}/hand-back", {})],
        "No person has it, so there is nothing to hand back. Nothing was changed.",
    ),
    "stop": ([("/c/{id}/stop", {})], "They had said stop already. Nothing was changed."),
    "plan": ([("/c/{id}/plan", {"step": "Send a quote", "value": "480"})], "It says so already. Nothing was changed."),
    "owner": ([("/c/{id}/plan", {"owner": "{alice}"})], "It says so already. Nothing was changed."),
    "mark": ([("/c/{id}/mark", {"status": "qualified"})], "It is marked “Qualified” already. Nothing was changed."),
    "win": ([("/c/{id}/mark", {"status": "won"})], "It is marked “Won” already. Nothing was changed."),
    "name": (
        [("/contacts/{contact}/name", {"name": "Maria", "email": ""})],
        "It says so already. Nothing was changed.",
    ),
    "ways": ([("/on-call/people/{alice}", {"rings": "yes"})], "It says so already. Nothing was changed."),
}


def written() -> dict[str, int]:
    """How many entries stand everywhere an act writes one."""
    told = models.AuditEntry.objects.exclude(act__in=("view", "sign_in"))
    return {
        "events": models.Event.objects.count(),
        "notes": models.Note.objects.count(),
        "audit": told.count(),
        "consents": models.Consent.objects.count(),
    }


@pytest.mark.parametrize("act", ACTS)
def test_an_act_that_changes_nothing_writes_nothing(act: str, shop: Any, alice: Client) -> None:
    """Whoever pressed it twice, or later than a colleague, left an entry that told of no change."""
    conversation = shop.conversation(131)
    names = {
        "{id}": str(conversation.id),
        "{contact}": str(conversation.contact_id),
        "{alice}": str(models.Member.objects.get(name="Alice").id),
    }

    def filled(words: str) -> str:
        return re.sub(r"\{\w+\}", lambda found: names[found[0]], words)

    def post(address: str, given: dict[str, str]) -> str:
        answer = alice.post(filled(address), {name: filled(value) for name, value in given.items()}, follow=True)
        page = answer.content.decode()
        return " ".join(strip_tags(html.unescape(page.partition('id="toasts"')[2].partition("</ol>")[0])).split())

    steps, says = ACTS[act]
    for step in steps:
        before = written()
        post(*step)
        assert written() != before
    # What the turn that follows would write.
    if act == "stop":
        models.Conversation.objects.update(ended_at=conversation.opened_at)
    if act == "hand back":
        models.Conversation.objects.update(phase="learning")
    before, offers = written(), post(*steps[-1])
    assert (written(), says in offers, "Undo" in offers) == (before, True, False)
