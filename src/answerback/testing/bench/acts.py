"""What people do in a day, timed as whole requests with their commit; each run takes a conversation of its own."""

import time as stopwatch
from collections.abc import Iterator
from typing import Any

from answerback.store import models
from answerback.testing.bench.browse import Browser

AT_ONCE = 100

Act = tuple[str, str, dict[str, Any]]
"""What it is called, its address, and what its form holds."""


def acts(business: int, run: int) -> list[Act]:
    """A conversation's day in the order it happens, on the newest open one whose customer did not say stop, as they do
    at its end; then a hundred leads at once.
    """
    stopped = models.Suppression.objects.filter(business=business, lifted_at=None).values("number")
    open_ones = models.Conversation.objects.filter(business=business, ended_at=None, leads__status="contacted")
    talk = open_ones.exclude(contact__number__in=stopped).order_by("-id").values_list("id", flat=True)[0]
    member = models.Member.objects.filter(business=business, left_at=None).order_by("id")[1].id
    leads = models.Lead.objects.filter(business=business).order_by("-id")[1000 * (run + 1) :][:AT_ONCE]
    moved = [f"{lead.conversation_id}:{lead.status}" for lead in leads]
    of_talk: list[tuple[str, str, dict[str, Any]]] = [
        ("here", "here", {"body": "On my", "before": ""}),
        ("take over", "take-over", {}),
        ("reply", "reply", {"body": "We are on our way, see you at ten."}),
        ("note", "note", {"body": "Has a dog."}),
        ("assign", "assign", {"member": str(member)}),
        ("snooze", "snooze", {"until": "tomorrow"}),
        ("snooze, back", "snooze", {"until": "now"}),
        ("called", "called", {"talked": "yes"}),
        ("mark qualified", "mark", {"status": "qualified"}),
        ("mark won", "mark", {"status": "won", "amount": "250", "evidence": "Invoice", "job": f"B-{talk}"}),
        ("done", "done", {}),
        ("open again", "open-again", {}),
        ("hand back", "hand-back", {}),
        ("stop", "stop", {}),
    ]
    found: list[Act] = [(name, f"/c/{talk}/{path}", fields) for name, path, fields in of_talk]
    todos = models.Todo.objects.filter(business=business, closed_at=None).order_by("-id").values_list("id", flat=True)
    found += [("close a to-do", f"/todos/{id}/close", {"outcome": "done"}) for id in todos[:1]]
    return [*found, ("move a card", "/leads/move", {"lead": moved[:1], "status": "contacted"}),
            (f"move {AT_ONCE} leads", "/leads/move", {"lead": moved[1:], "status": "qualified"})]  # fmt: skip


def timed(browser: Browser, runs: int) -> Iterator[tuple[str, int, list[float]]]:
    """Each act with how it was answered the last time, and what it took in ms each time."""
    took: dict[str, list[float]] = {}
    answered: dict[str, int] = {}
    for run in range(runs):
        for name, address, fields in acts(browser.business, run):
            began = stopwatch.perf_counter()
            answer = browser.post(address, fields)
            took.setdefault(name, []).append((stopwatch.perf_counter() - began) * 1000)
            answered[name] = answer.status_code
    yield from ((name, answered[name], each) for name, each in took.items())
