"""An agreement in writing is kept whole, by those in charge, never after a stop; it is the one way to its state."""

from typing import Any

from django.test import Client

from answerback.store import models
from answerback.testing.world import World

ANN = "+15125550131"
WORDS = "I agree that Rivera Plumbing may text me offers, also automatically. It is no condition of buying."


def kept(world: World, client: Any, **changes: str) -> list[str]:
    """What the page says after this form was sent."""
    contact = models.Contact.objects.get(number=ANN)
    form = {"name": "Ann Miller", "on": "2026-03-01", "way": "paper", "words": WORDS, "kept": "folder 12"} | changes
    page = client.post(f"/contacts/{contact.id}/agreed-in-writing", form, follow=True)
    world.run(seconds=2)
    said = [str(message) for message in page.context["messages"]]
    return [page.context["refused"].problem] if page.status_code == 409 else said


def signed_in(business: int, role: str) -> Client:
    from answerback.workflow import setup

    email = f"{role}@x.example"
    setup.add_member(business, role.title(), role, email=email, password="a long password")
    client = Client()
    client.force_login(models.User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_agreement_in_writing_is_kept_with_its_words_by_those_in_charge(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    manager, desk = signed_in(world.shop.business, "manager"), signed_in(world.shop.business, "desk")
    contact = models.Contact.objects.get(number=ANN)
    assert desk.post(f"/contacts/{contact.id}/agreed-in-writing", {}).status_code == 404

    refused = [
        kept(world, manager, name=" "),
        kept(world, manager, on="2026-03-11"),
        kept(world, manager, way="in passing"),
        kept(world, manager, words="yes"),
    ]
    assert [each[0].rpartition(". ")[2] for each in refused] == ["Nothing was kept."] * 4
    assert world.consent(ANN) == "inquiry"
    assert kept(world, manager) == ["Saved. It is never edited; a stop ends it."]

    record = models.Consent.objects.latest("id")
    evidence = "Ann Miller agreed on 2026-03-01 on paper; entered by Manager. The original: folder 12."
    assert (record.state, record.source, record.evidence, record.disclosure) == (
        "marketing_written",
        "staff",
        evidence,
        WORDS,
    )
    assert world.consent(ANN) == "marketing_written"
    page = manager.get(f"/contacts/{contact.id}").content.decode()
    assert (evidence in page, "no condition of buying" in page) == (True, True)

    world.text(ANN, "STOP")
    world.run(minutes=1)
    assert kept(world, manager)[0].startswith("They said stop.")
    assert world.consent(ANN) == "revoked_all"
    assert world.broken_promises() == ()
